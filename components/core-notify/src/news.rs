//! One event in words: a title, a text, the brand it is about, and where it leads.

use crate::event::Event;
use crate::kinds::{About, Speech, Value, kind};
use crate::matter::{Brand, Matter, malformed};
use crate::plain;
use crate::rules::Channel;
use crate::settings::wrong;
use crate::words::{Filling, Words};
use core_brand::Fault;
use core_brand::fault::Code;
use fluent_bundle::FluentValue;

/// Letters of the id of a job that stand for a brand without a name.
const ID_LETTERS: usize = 8;
/// A subject of more letters is cut by every client.
const TITLE_CHARS_MAX: usize = 200;
/// The fault of a brand that took too long.
const DEADLINE: &str = "job.deadline";
/// Who speaks where no brand does.
pub(crate) const SENDER: &str = "Imprint";

pub(crate) struct News {
    pub(crate) title: String,
    /// In lines; empty on a channel that has no room.
    pub(crate) text: Vec<String>,
    /// The name, or what stands for it.
    pub(crate) brand: Option<String>,
    pub(crate) link: Option<Link>,
}

pub(crate) struct Link {
    pub(crate) url: String,
    /// The message on its button.
    pub(crate) label: &'static str,
}

pub(crate) fn news(words: &Words, channel: Channel, matter: &Matter, event: &Event) -> Result<News, Fault> {
    let speech = kind(&event.kind).and_then(|kind| kind.speech).ok_or_else(|| unknown(event))?;
    let brand = brand(words, matter, event, speech)?;
    let mut filling = filling(words, channel, event, speech)?;
    if let Some(brand) = &brand {
        filling.push(("brand", brand.as_str().into()));
    }
    let title = words.say(&format!("{}-title", speech.words), &filling)?;
    let text = match channel {
        Channel::Sms => String::new(),
        _ => words.say(&format!("{}-text", speech.words), &filling)?,
    };
    let title = plain::cut(&plain::line(&title), TITLE_CHARS_MAX);
    Ok(News { title, text: plain::lines(&text), link: link(matter, event, speech), brand })
}

fn unknown(event: &Event) -> Fault {
    let known: Vec<&str> =
        crate::kinds::KINDS.iter().filter(|kind| kind.speech.is_some()).map(|kind| kind.name).collect();
    Fault::new(Code::NoticeKind, [("value", plain::value(&event.kind)), ("known", known.join(", "))])
}

fn brand(words: &Words, matter: &Matter, event: &Event, speech: Speech) -> Result<Option<String>, Fault> {
    if !matches!(speech.about, About::Brand | About::Gone) {
        return Ok(None);
    }
    let name = matter.brand_of(event).map(|brand| plain::value(&brand.name)).unwrap_or_default();
    if !name.is_empty() {
        return Ok(Some(name));
    }
    let id: String = plain::line(&event.subject).chars().take(ID_LETTERS).collect();
    words.say("brand-unnamed", &vec![("id", id.into())]).map(|text| Some(plain::line(&text)))
}

fn filling(
    words: &Words,
    channel: Channel,
    event: &Event,
    speech: Speech,
) -> Result<Filling<'static>, Fault> {
    speech.values.iter().map(|value| Ok((value.name(), filled(words, channel, event, *value)?))).collect()
}

fn filled(
    words: &Words,
    channel: Channel,
    event: &Event,
    value: Value,
) -> Result<FluentValue<'static>, Fault> {
    let missing = |name: &str, what: &str| {
        malformed(wrong(&format!("event {}", event.name()), format!("its data has no {what} `{name}`")))
    };
    match value {
        Value::Text(name) => {
            let text = event.data.get(name).and_then(|value| value.as_str()).map(plain::value);
            let text = text.filter(|text| !text.is_empty()).ok_or_else(|| missing(name, "text"))?;
            Ok(text.into())
        }
        Value::Count(name) => {
            let count = event.data.get(name).and_then(|value| value.as_f64()).filter(|count| *count >= 0.0);
            // Whole numbers as far as a float knows them all.
            let count = count.ok_or_else(|| missing(name, "number"))?.round().min(9e15) as u64;
            Ok(count.into())
        }
        Value::Reason if channel == Channel::Sms => Ok(FluentValue::None),
        Value::Reason => reason(words, event).map(Into::into),
    }
}

fn reason(words: &Words, event: &Event) -> Result<String, Fault> {
    let code = event.data.get("code").and_then(|code| code.as_str()).unwrap_or_default();
    match code {
        DEADLINE => words.say("reason-deadline", &Filling::new()),
        code => {
            let code = if code.is_empty() { "internal" } else { code };
            words.say("reason-fault", &vec![("code", plain::value(code).into())])
        }
    }
}

fn link(matter: &Matter, event: &Event, speech: Speech) -> Option<Link> {
    let (url, label) = match speech.about {
        About::Brand => {
            let own = matter.brand_of(event).and_then(|brand: &Brand| brand.link.clone());
            // One link cannot lead to several brands.
            let shared = matter
                .links
                .brand
                .clone()
                .filter(|_| matter.events.iter().all(|one| one.subject == event.subject));
            (own.or(shared), "open-brand")
        }
        About::Settings => (matter.links.settings.clone(), "open-settings"),
        About::Gone | About::Platform => (None, ""),
    };
    url.map(|url| Link { url, label })
}

impl News {
    pub(crate) fn subject(&self, words: &Words) -> Result<String, Fault> {
        subject(words, &self.title, self.brand.as_deref())
    }
}

/// A title with the brand it is about.
pub(crate) fn subject(words: &Words, title: &str, brand: Option<&str>) -> Result<String, Fault> {
    let Some(brand) = brand else { return Ok(title.to_owned()) };
    let filling = vec![("title", title.into()), ("brand", brand.into())];
    Ok(plain::cut(&plain::line(&words.say("subject", &filling)?), TITLE_CHARS_MAX))
}
