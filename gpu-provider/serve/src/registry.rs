//! Which model a name means: `name@version`, a bare name, or an alias that leads to several by weight. LoRAs and
//! ControlNets have names and versions too, and no aliases.
//!
//! Pure: the draw of an alias follows from the alias and the key of a job, so that a job always meets the same model,
//! and from two of them nobody is drawn back while the weight of the last one grows.

use crate::limits::{ALIASES_MAX, MODELS_MAX, WAYS_MAX};
use core_brand::content::sha256;
use core_brand::fault::sayable;
use imprint_painter::limits::NAME_BYTES_MAX;
use imprint_painter::{Backend, Order, PaintError};
use serde::{Deserialize, Serialize};
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

/// What a folder of models holds under a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    #[default]
    Model,
    Lora,
    Control,
}

impl Kind {
    /// As a sentence says it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Lora => "LoRA",
            Self::Control => "ControlNet",
        }
    }
}

/// A LoRA or a ControlNet that an order can name beside its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// `name@version`.
    pub name: String,
    pub kind: Kind,
    /// Where its files lie.
    pub home: PathBuf,
}

/// What one order names beside its model, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    pub loras: Vec<Extra>,
    pub controls: Vec<Extra>,
}

impl Beside {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.loras.is_empty() && self.controls.is_empty()
    }
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
    extras: BTreeMap<String, Extra>,
    aliases: Aliases,
}

impl Registry {
    /// The cards with the procedural painter among them. An alias that leads nowhere is said, and nothing is served.
    pub fn new(cards: Vec<Card>, aliases: Aliases) -> Result<Self, String> {
        let registry = Self::of(cards, aliases).map_err(sayable)?;
        registry.check_aliases().map_err(sayable)?;
        Ok(registry)
    }

    /// The same aliases over other models. Where an alias leads to a model that is gone, who is drawn there is told that it is
    /// unknown.
    pub fn with_models(&self, cards: Vec<Card>, extras: Vec<Extra>) -> Result<Self, String> {
        Self::of(cards, self.aliases.clone())?.with_extras(extras)
    }

    fn of(cards: Vec<Card>, aliases: Aliases) -> Result<Self, String> {
        let own = Card {
            name: format!("{PROCEDURAL}@1"),
            native_px: 512,
            backend: Backend::Procedural,
            home: PathBuf::new(),
        };
        let cards_own = BTreeMap::from([(own.name.clone(), own)]);
        let mut registry = Self { cards: cards_own, extras: BTreeMap::new(), aliases };
        if cards.len() > MODELS_MAX || registry.aliases.len() > ALIASES_MAX {
            return Err(format!("more than {MODELS_MAX} models or {ALIASES_MAX} aliases"));
        }
        for card in cards {
            check_name(&card.name)?;
            registry.cards.insert(card.name.clone(), card);
        }
        Ok(registry)
    }

    /// The same with what orders can name beside a model.
    pub fn with_extras(mut self, extras: Vec<Extra>) -> Result<Self, String> {
        if extras.len() > MODELS_MAX {
            return Err(format!("more than {MODELS_MAX} LoRAs and ControlNets"));
        }
        for extra in extras {
            check_name(&extra.name)?;
            self.extras.insert(extra.name.clone(), extra);
        }
        Ok(self)
    }

    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.cards.values()
    }

    /// Whether there is a model of this whole name, `name@version`.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.cards.contains_key(name)
    }

    /// Whether anything of it lies on a disk.
    #[must_use]
    pub fn has_files(&self) -> bool {
        !self.extras.is_empty() || self.cards.values().any(|card| !card.home.as_os_str().is_empty())
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

    /// What an order names beside its model. From here on the order has the whole names, so that its pictures tell versions.
    pub fn beside(&self, order: &mut Order) -> Result<Beside, PaintError> {
        let mut beside = Beside::default();
        for lora in &mut order.loras {
            let found = self.extra(Kind::Lora, &lora.name)?;
            lora.name.clone_from(&found.name);
            beside.loras.push(found.clone());
        }
        for control in &mut order.controls {
            let found = self.extra(Kind::Control, &control.model)?;
            control.model.clone_from(&found.name);
            beside.controls.push(found.clone());
        }
        Ok(beside)
    }

    fn extra(&self, kind: Kind, asked: &str) -> Result<&Extra, PaintError> {
        let of = |extra: &&Extra| extra.kind == kind;
        let found = self.extras.get(asked).filter(of);
        if let Some(found) = found.or_else(|| newest(self.extras.values().filter(of), |it| &it.name, asked)) {
            return Ok(found);
        }
        let other = self.extras.get(asked).or_else(|| newest(self.extras.values(), |it| &it.name, asked));
        let other =
            other.map(|extra| extra.kind).or_else(|| self.resolve(asked, "").ok().map(|_| Kind::Model));
        match other {
            Some(other) => {
                let why = format!("it is a {}, and a {} was asked for", other.word(), kind.word());
                Err(PaintError::Unfit { part: asked.to_owned(), why })
            }
            None => Err(PaintError::NoModel { name: asked.to_owned() }),
        }
    }

    /// The newest version of a bare name.
    fn newest(&self, name: &str) -> Option<&Card> {
        newest(self.cards.values(), |card| &card.name, name)
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
            if let Some(way) = ways.iter().find(|way| split(&way.to, PROCEDURAL).is_some()) {
                return Err(format!(
                    "the alias `{alias}` leads to `{}`, which is no model: it draws only where it is named",
                    way.to
                ));
            }
            if let Some(way) = ways.iter().find(|way| !self.has(&way.to)) {
                return Err(format!("the alias `{alias}` leads to `{}`, which is no model here", way.to));
            }
        }
        Ok(())
    }
}

fn newest<'a, T>(
    all: impl Iterator<Item = &'a T>,
    name_of: impl Fn(&'a T) -> &'a str,
    name: &str,
) -> Option<&'a T> {
    let versions = all.filter_map(|one| Some((split(name_of(one), name)?, one)));
    versions.max_by(|(a, _), (b, _)| by_version(a, b)).map(|(_, one)| one)
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
