//! A message in the words of its channel.

use crate::event::Event;
use crate::html;
use crate::mail::Mail;
use crate::matter::Matter;
use crate::news::{News, SENDER, news};
use crate::plain;
use crate::rules::Channel;
use crate::sign::PAYLOAD_BYTES_MAX;
use crate::sms;
use crate::words::{Filling, Words};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use serde_json::{Value, json};

/// Push services take 4096 bytes with the encryption around them.
pub const PUSH_BYTES_MAX: usize = 3000;
const PUSH_TITLE_CHARS: usize = 100;
const PUSH_BODY_CHARS: usize = 240;
/// A longer one would fill a push message alone.
const PUSH_LINK_LETTERS: usize = 1024;
/// News of a digest that are told one by one; the rest is counted.
const ITEMS_MAX: usize = 20;

/// A message in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Of an e-mail; the first line elsewhere.
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    /// JSON, for programs.
    pub payload: Option<String>,
}

/// Writes a message in the language of a tag such as `de-AT`. Several events are told as one.
pub fn write(language: &str, channel: &str, matter: &str) -> Result<Letter, Fault> {
    let unknown = || Fault::new(Code::NoticeChannel, [("value", plain::value(channel))]);
    let channel = Channel::parse(channel).ok_or_else(unknown)?;
    let matter = Matter::read(matter)?;
    if channel == Channel::Webhook {
        return webhook(&matter);
    }
    let words = Words::new(language, channel, &matter.templates()?)?;
    let told = told(&words, channel, &matter)?;
    match channel {
        Channel::Email => email(&words, &matter, &told),
        Channel::Sms => text_message(&words, &told),
        Channel::Push => push(&words, &told),
        Channel::Feed | Channel::Webhook => feed(&words, &told),
    }
}

/// What a message tells: a title, and the news one by one.
pub(crate) struct Told {
    pub(crate) title: String,
    /// What a digest begins with.
    pub(crate) intro: Option<String>,
    pub(crate) items: Vec<News>,
    /// News that are not among the items.
    pub(crate) more: usize,
}

fn told(words: &Words, channel: Channel, matter: &Matter) -> Result<Told, Fault> {
    let items = matter.events.iter().take(ITEMS_MAX).map(|event| news(words, channel, matter, event));
    let items = items.collect::<Result<Vec<News>, Fault>>()?;
    let more = matter.events.len() - items.len();
    if let [only] = items.as_slice() {
        return Ok(Told { title: only.subject(words)?, intro: None, items, more });
    }
    let count = matter.events.len() as u64;
    let title = plain::line(&words.say("digest-title", &vec![("count", count.into())])?);
    let intro = match channel {
        Channel::Sms => None,
        _ => Some(plain::line(&words.say("digest-text", &Filling::new())?)),
    };
    Ok(Told { title, intro, items, more })
}

impl Told {
    pub(crate) fn is_digest(&self) -> bool {
        self.intro.is_some()
    }
}

fn email(words: &Words, matter: &Matter, told: &Told) -> Result<Letter, Fault> {
    let mail = Mail::new(words, matter, told)?;
    Ok(Letter {
        subject: mail.subject.clone(),
        text: mail.text(),
        html: Some(html::html(&mail)?),
        payload: None,
    })
}

fn text_message(words: &Words, told: &Told) -> Result<Letter, Fault> {
    let (brand, title, link) = match told.items.as_slice() {
        [only] => {
            let link = only.link.as_ref().map_or("", |link| link.url.as_str());
            (only.brand.as_deref().unwrap_or(SENDER), only.title.as_str(), link)
        }
        _ => (SENDER, told.title.as_str(), ""),
    };
    let text = sms::fitted(brand, title, link, |brand, title, link| {
        words.say("sms", &vec![("brand", brand.into()), ("title", title.into()), ("link", link.into())])
    })?;
    Ok(Letter { subject: text.clone(), text, html: None, payload: None })
}

fn feed(words: &Words, told: &Told) -> Result<Letter, Fault> {
    let (title, text, link) = short(words, told)?;
    let payload = json!({ "title": title, "text": text, "link": link });
    Ok(Letter { subject: title, text, html: None, payload: Some(payload.to_string()) })
}

fn push(words: &Words, told: &Told) -> Result<Letter, Fault> {
    let (title, text, link) = short(words, told)?;
    let (title, text) =
        (plain::cut(&title, PUSH_TITLE_CHARS), plain::cut(&plain::line(&text), PUSH_BODY_CHARS));
    let url = link.filter(|link| link.len() <= PUSH_LINK_LETTERS);
    let payload = json!({ "title": title, "body": text, "url": url }).to_string();
    match payload.len() <= PUSH_BYTES_MAX {
        true => Ok(Letter { subject: title, text, html: None, payload: Some(payload) }),
        false => Err(broken!("a push message has {} bytes", payload.len())),
    }
}

/// Title, text and link of one event, or of several.
fn short(words: &Words, told: &Told) -> Result<(String, String, Option<String>), Fault> {
    match told.items.as_slice() {
        [only] => {
            let link = only.link.as_ref().map(|link| link.url.clone());
            Ok((told.title.clone(), only.text.join("\n"), link))
        }
        items => {
            let lines = items.iter().map(|item| item.subject(words)).collect::<Result<Vec<_>, _>>()?;
            Ok((told.title.clone(), lines.join("\n"), None))
        }
    }
}

/// The body of a webhook: thin, as Standard Webhooks advises. Whoever wants more asks the API.
fn webhook(matter: &Matter) -> Result<Letter, Fault> {
    let payload = match matter.events.as_slice() {
        [only] => body(only, &only.data).to_string(),
        events => {
            let last = events.last().map(|event| event.time.clone());
            let all: Vec<Value> = events.iter().map(|event| body(event, &event.data)).collect();
            json!({ "type": "digest", "timestamp": last, "data": { "events": all } }).to_string()
        }
    };
    let payload = if payload.len() <= PAYLOAD_BYTES_MAX { payload } else { thin(matter)? };
    let subject = plain::value(matter.events.first().map_or("", |event| event.name()));
    Ok(Letter { text: subject.clone(), subject, html: None, payload: Some(payload) })
}

fn body(event: &Event, data: &Value) -> Value {
    let data = if data.is_null() { json!({}) } else { data.clone() };
    json!({ "type": event.name(), "timestamp": event.time, "data": data })
}

/// Only what each event is about.
fn thin(matter: &Matter) -> Result<String, Fault> {
    let about = |event: &Event| body(event, &json!({ "id": plain::value(&event.subject), "is_cut": true }));
    let mut count = matter.events.len();
    loop {
        let all: Vec<Value> = matter.events.iter().take(count).map(about).collect();
        let payload = match all.as_slice() {
            [only] => only.to_string(),
            all => {
                let last = matter.events.last().map(|event| event.time.clone());
                let more = matter.events.len() - count;
                json!({ "type": "digest", "timestamp": last, "data": { "events": all, "more": more } })
                    .to_string()
            }
        };
        if payload.len() <= PAYLOAD_BYTES_MAX {
            return Ok(payload);
        }
        if count == 1 {
            return Err(broken!("a webhook of one event has {} bytes", payload.len()));
        }
        count /= 2;
    }
}
