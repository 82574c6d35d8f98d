//! Which model a name means: `name@version`, a bare name, or an alias that leads to several by weight.
//!
//! Pure: the draw of an alias follows from the alias and the key of a job, so that a job always meets the same model,
//! and from two of them nobody is drawn back while the weight of the last one grows.

use crate::limits::{ALIASES_MAX, MODELS_MAX, WAYS_MAX};
use core_brand::content::sha256;
use imprint_painter::limits::NAME_BYTES_MAX;
use imprint_painter::{Backend, PaintError};
use serde::Deserialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// All weights of an alias together.
pub const WEIGHT_ALL: u32 = 10_000;
/// The name of the painter without a model; no model may have it.
pub const PROCEDURAL: &str = "procedural";

/// A model that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// `name@version`.
    pub name: String,
    pub native_px: u32,
    pub backend: Backend,
    /// Where its files lie; empty for the procedural painter.
    pub home: PathBuf,
}

/// One of the models that an alias leads to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// `name@version`.
    pub to: String,
    /// Of 10,000.
    pub weight: u32,
}

pub type Aliases = BTreeMap<String, Vec<Way>>;

/// All models and aliases.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    cards: BTreeMap<String, Card>,
    aliases: Aliases,
}

impl Registry {
    /// The cards with the procedural painter among them. An alias that leads nowhere is said, and nothing is served.
    pub fn new(cards: Vec<Card>, aliases: Aliases) -> Result<Self, String> {
        let own = Card {
            name: format!("{PROCEDURAL}@1"),
            native_px: 512,
            backend: Backend::Procedural,
            home: PathBuf::new(),
        };
        let mut registry = Self { cards: BTreeMap::from([(own.name.clone(), own)]), aliases };
        if cards.len() > MODELS_MAX || registry.aliases.len() > ALIASES_MAX {
            return Err(format!("more than {MODELS_MAX} models or {ALIASES_MAX} aliases"));
        }
        for card in cards {
            check_name(&card.name)?;
            registry.cards.insert(card.name.clone(), card);
        }
        registry.check_aliases()?;
        Ok(registry)
    }

    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.cards.values()
    }

    /// The model that is meant. `key` is the same for all orders of a job.
    pub fn resolve(&self, asked: &str, key: &str) -> Result<&Card, PaintError> {
        let found = match (self.cards.get(asked), self.aliases.get(asked)) {
            (Some(card), _) => Some(card),
            (None, Some(ways)) => self.cards.get(drawn(asked, ways, key)),
            (None, None) => self.newest(asked),
        };
        found.ok_or_else(|| PaintError::NoModel { name: asked.to_owned() })
    }

    /// The newest version of a bare name.
    fn newest(&self, name: &str) -> Option<&Card> {
        let versions = self.cards.values().filter_map(|card| Some((split(&card.name, name)?, card)));
        versions.max_by(|(a, _), (b, _)| by_version(a, b)).map(|(_, card)| card)
    }

    fn check_aliases(&self) -> Result<(), String> {
        for (alias, ways) in &self.aliases {
            let total: u64 = ways.iter().map(|way| u64::from(way.weight)).sum();
            if self.newest(alias).is_some() || alias.contains('@') || ways.len() > WAYS_MAX {
                return Err(format!(
                    "the alias `{alias}` has the name of a model, an `@`, or more than {WAYS_MAX} ways"
                ));
            }
            if total != u64::from(WEIGHT_ALL) {
                return Err(format!(
                    "the weights of the alias `{alias}` are {total} together, not {WEIGHT_ALL}"
                ));
            }
            if let Some(way) = ways.iter().find(|way| !self.cards.contains_key(&way.to)) {
                return Err(format!("the alias `{alias}` leads to `{}`, which is no model here", way.to));
            }
        }
        Ok(())
    }
}

/// Whether this can be the name of a model: `name@version`, and not that of the procedural painter.
pub fn check_name(name: &str) -> Result<(), String> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_plain = |part: &str| {
        part.bytes().all(is_letter) && part.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
    };
    let parts = name.split_once('@');
    let is_fine =
        parts.is_some_and(|(name, version)| is_plain(name) && is_plain(version) && name != PROCEDURAL);
    if is_fine && name.len() <= NAME_BYTES_MAX {
        return Ok(());
    }
    Err(format!(
        "`{}` is no name such as `sdxl-base@1.0`",
        name.chars().take(NAME_BYTES_MAX).collect::<String>()
    ))
}

/// Later ways take the first buckets: when the weight of the last of two grows, it only gains.
fn drawn<'a>(alias: &str, ways: &'a [Way], key: &str) -> &'a str {
    let hash = sha256(format!("{alias}\0{key}").as_bytes());
    let number = hash[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let (bucket, mut end) = (number % u64::from(WEIGHT_ALL), 0);
    let way = ways.iter().rev().find(|way| {
        end += u64::from(way.weight);
        bucket < end
    });
    way.map_or("", |way| way.to.as_str())
}

/// The version, where this is a card of that name.
fn split<'a>(card: &'a str, name: &str) -> Option<&'a str> {
    card.split_once('@').filter(|(own, _)| *own == name).map(|(_, version)| version)
}

/// Part by part; parts of digits as numbers, so that 1.10 is newer than 1.9.
fn by_version(a: &str, b: &str) -> Ordering {
    let part =
        |text: &str| text.parse::<u64>().map_or((0, text.to_owned()), |number| (number, String::new()));
    let parts = |text: &str| text.split(['.', '-', '_']).map(part).collect::<Vec<_>>();
    parts(a).cmp(&parts(b)).then_with(|| a.cmp(b))
}
