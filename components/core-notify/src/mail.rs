//! An e-mail before it is laid out: what is said in it, in order, and the part in plain text.

use crate::letter::Told;
use crate::matter::Matter;
use crate::news::{Link, News, SENDER, subject};
use crate::palette::Palette;
use crate::plain;
use crate::words::{Filling, Words};
use core_brand::Fault;

/// What a mail has.
pub(crate) struct Mail {
    pub(crate) language: &'static str,
    pub(crate) palette: Palette,
    /// Whose mail it is: the name of the brand, or ours.
    pub(crate) name: String,
    /// With the brand; the title is without.
    pub(crate) subject: String,
    pub(crate) title: String,
    pub(crate) greeting: Option<String>,
    /// Of a digest: what it begins with.
    pub(crate) intro: Option<String>,
    pub(crate) items: Vec<Item>,
    /// Of a digest: what says that there is more.
    pub(crate) more: Option<String>,
    pub(crate) why: String,
    /// Label and address.
    pub(crate) foot: Vec<(String, String)>,
}

pub(crate) struct Item {
    /// Of a digest; a single one has the title of the mail.
    pub(crate) title: Option<String>,
    pub(crate) text: Vec<String>,
    /// Label and address.
    pub(crate) link: Option<(String, String)>,
}

impl Mail {
    pub(crate) fn new(words: &Words, matter: &Matter, told: &Told) -> Result<Self, Fault> {
        let say = |id: &str| words.say(id, &Filling::new()).map(|text| plain::line(&text));
        let only = matter.only_brand();
        let colors = only.and_then(|brand| brand.colors);
        let is_digest = told.is_digest();
        let first = told.items.first();
        // A brand of events that are about one only; a digest of several is ours.
        let shared = first.and_then(|news| news.brand.clone()).filter(|_| !is_digest || only.is_some());
        let title = match first {
            Some(news) if !is_digest => news.title.clone(),
            _ => told.title.clone(),
        };
        let subject = subject(words, &title, shared.as_deref())?;
        let person = matter.person.as_ref().and_then(|person| person.name.as_deref()).map(plain::value);
        let greeting = person
            .filter(|name| !name.is_empty())
            .map(|name| words.say("greeting", &vec![("name", name.into())]));
        let more =
            (told.more > 0).then(|| words.say("digest-more", &vec![("count", (told.more as u64).into())]));
        let links =
            [("footer-settings", &matter.links.settings), ("footer-unsubscribe", &matter.links.unsubscribe)];
        let foot =
            links.iter().filter_map(|(id, link)| link.as_ref().map(|link| Ok((say(id)?, link.clone()))));
        Ok(Self {
            language: words.spoken(),
            palette: Palette::of(colors),
            name: shared.unwrap_or_else(|| SENDER.to_owned()),
            subject,
            title,
            greeting: greeting.transpose()?.map(|text| plain::line(&text)),
            intro: told.intro.clone(),
            items: told.items.iter().map(|news| item(words, news, is_digest)).collect::<Result<_, _>>()?,
            more: more.transpose()?.map(|text| plain::line(&text)),
            why: say("footer-why")?,
            foot: foot.collect::<Result<_, Fault>>()?,
        })
    }

    /// The part for clients that show no HTML, and for people who want none.
    pub(crate) fn text(&self) -> String {
        let mut blocks = vec![self.subject.clone()];
        blocks.extend(self.greeting.clone());
        blocks.extend(self.intro.clone());
        for item in &self.items {
            blocks.extend(match &item.title {
                Some(title) => vec![row(title, item)],
                None => [item.text.join("\n")].into_iter().chain(item.link.as_ref().map(linked)).collect(),
            });
        }
        blocks.extend(self.more.clone());
        // The sign of old that what follows is no part of the letter.
        let foot = ["-- ".to_owned(), self.why.clone()].into_iter().chain(self.foot.iter().map(linked));
        blocks.push(foot.collect::<Vec<_>>().join("\n"));
        blocks.join("\n\n") + "\n"
    }
}

/// One of several news in plain text.
fn row(title: &str, item: &Item) -> String {
    let lines = item.text.iter().cloned().chain(item.link.as_ref().map(linked));
    lines.fold(format!("* {title}"), |row, line| format!("{row}\n  {line}"))
}

/// In angle brackets, so that what follows an address is no part of it.
fn linked((label, url): &(String, String)) -> String {
    format!("{label} <{url}>")
}

fn item(words: &Words, news: &News, is_digest: bool) -> Result<Item, Fault> {
    let labelled =
        |link: &Link| Ok((plain::line(&words.say(link.label, &Filling::new())?), link.url.clone()));
    Ok(Item {
        title: is_digest.then(|| news.subject(words)).transpose()?,
        text: news.text.clone(),
        link: news.link.as_ref().map(labelled).transpose()?,
    })
}
