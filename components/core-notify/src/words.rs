//! The words of one language on one channel.
//!
//! A catalogue per language lies in `locales/`, each with exactly the messages of the table and the values of the English
//! one (`tests/words.rs`). What a tenant wrote stands before ours.

use crate::rules::Channel;
use crate::templates::{Templates, source};
use core_brand::brief::{LANGUAGE_DEFAULT, LANGUAGES};
use core_brand::{Fault, broken};
use core_words::{PSEUDO, accented, bracketed};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

macro_rules! catalogues {
    ($($language:literal),*) => {
        /// The catalogue of a language.
        #[must_use]
        pub fn catalogue(language: &str) -> Option<&'static str> {
            match language {
                $( $language => Some(include_str!(concat!("../locales/", $language, ".ftl"))), )*
                _ => None,
            }
        }
    };
}

catalogues!("en", "de", "es", "fr", "pt", "it", "nl", "pl", "tr", "ja");

/// The values of a sentence.
pub(crate) type Filling<'a> = Vec<(&'a str, FluentValue<'a>)>;

pub(crate) struct Words {
    pub(crate) language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// The language that a tag such as `de-AT` is answered in.
#[must_use]
pub fn language(tag: &str) -> &'static str {
    if tag == PSEUDO {
        return PSEUDO;
    }
    let first = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    LANGUAGES.iter().copied().find(|known| *known == first).unwrap_or(LANGUAGE_DEFAULT)
}

impl Words {
    pub(crate) fn new(tag: &str, channel: Channel, templates: &Templates) -> Result<Self, Fault> {
        let language = language(tag);
        let mut words = Self::empty(language)?;
        let ours = catalogue(words.spoken()).ok_or_else(|| broken!("no catalogue for `{language}`"))?;
        words.learn(ours.to_owned())?;
        for (id, text) in templates.of(language, channel) {
            words.learn(source(id, text))?;
        }
        Ok(words)
    }

    /// One message and nothing else.
    pub(crate) fn alone(tag: &str, id: &str, text: &str) -> Result<Self, Fault> {
        let mut words = Self::empty(language(tag))?;
        words.learn(source(id, text))?;
        Ok(words)
    }

    fn empty(language: &'static str) -> Result<Self, Fault> {
        let spoken = if language == PSEUDO { LANGUAGE_DEFAULT } else { language };
        let tag = spoken.parse().map_err(|why| broken!("`{spoken}`: {why}"))?;
        let mut bundle = FluentBundle::new(vec![tag]);
        // Marks of isolation are for browsers; a subject and an SMS are plain.
        bundle.set_use_isolating(false);
        if language == PSEUDO {
            bundle.set_transform(Some(accented));
        }
        Ok(Self { language, bundle })
    }

    /// The language of the catalogue, which the pseudo-language has from English.
    pub(crate) fn spoken(&self) -> &'static str {
        if self.language == PSEUDO { LANGUAGE_DEFAULT } else { self.language }
    }

    fn learn(&mut self, text: String) -> Result<(), Fault> {
        let resource = FluentResource::try_new(text);
        let resource = resource.map_err(|(_, why)| broken!("words in `{}`: {why:?}", self.language))?;
        self.bundle.add_resource_overriding(resource);
        Ok(())
    }

    /// Says a sentence. One that is not there, or lacks a value, is a fault of ours.
    pub(crate) fn say(&self, id: &str, filling: &Filling<'_>) -> Result<String, Fault> {
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        let pattern = pattern.ok_or_else(|| broken!("no words for `{id}` in `{}`", self.language))?;
        let args: FluentArgs<'_> = filling.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        match errors.is_empty() {
            true if self.language == PSEUDO => Ok(bracketed(&text)),
            true => Ok(text),
            false => Err(broken!("words for `{id}` in `{}`: {errors:?}", self.language)),
        }
    }
}
