//! What a message is made of: the events, the brand they are about, where it leads, and the words of the tenant.

use crate::event::{EVENT_BYTES_MAX, Event};
use crate::plain;
use crate::settings::{Wrong, check_format, parse, wrong};
use crate::templates::Templates;
use core_brand::fault::Code;
use core_brand::{Design, Fault, Rgb};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A digest of a month, with room for the largest event.
const MATTER_BYTES_MAX: usize = 4 << 20;
/// One of a day has a tenth; nobody reads more.
pub const EVENTS_MAX: usize = 1000;
/// Letters of an address that every program on the way takes.
const LINK_LETTERS_MAX: usize = 2048;

/// The matter of a message, format 1. Fields that are not known are left alone.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Matter {
    pub format: u32,
    /// One, or those of a digest, oldest first.
    pub events: Vec<Event>,
    /// The brand that they are about; nothing where it is not known, or there are several.
    #[serde(default)]
    pub brand: Option<Brand>,
    /// The brands of a digest, where they are known.
    #[serde(default)]
    pub brands: Vec<Brand>,
    #[serde(default)]
    pub links: Links,
    #[serde(default)]
    pub person: Option<Person>,
    /// What the tenant wrote, as `check` gave it.
    #[serde(default)]
    pub templates: Value,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Brand {
    pub id: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub colors: Option<Colors>,
    /// Where it is seen; of a digest, where each leads elsewhere.
    #[serde(default)]
    pub link: Option<String>,
}

/// Four colours of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colors {
    pub primary: Rgb,
    pub on_primary: Rgb,
    pub surface: Rgb,
    pub text: Rgb,
}

impl Colors {
    /// Those of the light theme of a brand; the dark is made from them. Nothing where one is missing.
    #[must_use]
    pub fn of(design: &Design) -> Option<Self> {
        let theme = design.palette.theme("light")?;
        Some(Self {
            primary: theme.role("primary")?,
            on_primary: theme.role("on-primary")?,
            surface: theme.role("surface")?,
            text: theme.role("text")?,
        })
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Links {
    pub brand: Option<String>,
    pub settings: Option<String>,
    pub unsubscribe: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Person {
    pub name: Option<String>,
}

impl Matter {
    pub(crate) fn read(text: &str) -> Result<Self, Fault> {
        let matter: Self = parse(text, MATTER_BYTES_MAX).map_err(malformed)?;
        check_format(matter.format).map_err(malformed)?;
        let count = matter.events.len();
        if !(1..=EVENTS_MAX).contains(&count) {
            return Err(malformed(wrong(
                "events",
                format!("there are {count}; 1 to {EVENTS_MAX} are possible"),
            )));
        }
        for (name, link) in matter.all_links() {
            if !link.is_none_or(is_link) {
                let why =
                    "it is no address that begins with https:// or http://, in printable ASCII".to_owned();
                return Err(malformed(wrong(&name, why)));
            }
        }
        for event in &matter.events {
            event.clone().checked()?;
        }
        Ok(matter)
    }

    fn all_links(&self) -> Vec<(String, Option<&str>)> {
        let own = [
            ("brand", &self.links.brand),
            ("settings", &self.links.settings),
            ("unsubscribe", &self.links.unsubscribe),
        ];
        let own = own.into_iter().map(|(name, link)| (format!("links.{name}"), link.as_deref()));
        let brands = self.brands.iter().chain(&self.brand);
        own.chain(brands.map(|brand| (format!("brand {}", plain::value(&brand.id)), brand.link.as_deref())))
            .collect()
    }

    /// The templates of the tenant, as an object, or as the text that is stored.
    pub(crate) fn templates(&self) -> Result<Templates, Fault> {
        match &self.templates {
            Value::Null => Templates::read(""),
            Value::String(text) => Templates::stored(text),
            other => Templates::stored(&other.to_string()),
        }
    }

    /// The brand of an event, where it is known.
    pub(crate) fn brand_of(&self, event: &Event) -> Option<&Brand> {
        let mut known = self.brand.iter().chain(&self.brands);
        known.find(|brand| brand.id == event.subject && !brand.id.is_empty())
    }

    /// The brand whose colours the message has: the only one it is about.
    pub(crate) fn only_brand(&self) -> Option<&Brand> {
        let first = &self.events.first()?.subject;
        let is_one = self.events.iter().all(|event| event.subject == *first);
        self.brand_of(self.events.first()?).filter(|_| is_one)
    }
}

pub(crate) fn malformed((place, why): Wrong) -> Fault {
    Fault::new(Code::NoticeMatter, [("place", place), ("why", why)])
}

/// Whether a text is an address that may stand in a mail: it leads to the web, and nothing in it ends an attribute or a line.
pub(crate) fn is_link(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_fine = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&byte);
    text.len() <= LINK_LETTERS_MAX
        && text.bytes().all(is_fine)
        && rest
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '['))
}

const _: () = assert!(EVENT_BYTES_MAX < MATTER_BYTES_MAX, "one event always fits");
