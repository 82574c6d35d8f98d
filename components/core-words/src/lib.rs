//! What Imprint says in each language: Fluent catalogues and a few calls to read them.
//!
//! Pure: the catalogues are compiled in. A sentence is a key with values. Measured figures come as text that
//! `Words::decimal` has written, so that they read as the caller measured them; what a sentence counts comes as a
//! number, so that its words agree with it.
//!
//! **Law.** Every catalogue has exactly the sentences and values of the English one; kept by the build
//! (`build/audit.rs`), tested in `tests/catalogues.rs`.
//! **Absent.** The sentences of faults (`core-brand::fault`) and of checks, which are English at their source.

mod locale;
mod pseudo;

use core_brand::{Fault, broken};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use locale::Locale;
use unic_langid::LanguageIdentifier;

pub use pseudo::{accented, bracketed};

macro_rules! catalogues {
    ($($language:literal),*) => {
        /// The catalogue of a language, a text per topic.
        fn catalogue(language: &str) -> Option<[&'static str; 6]> {
            match language {
                $( $language => Some([
                    include_str!(concat!("../locales/", $language, "/design.ftl")),
                    include_str!(concat!("../locales/", $language, "/logo.ftl")),
                    include_str!(concat!("../locales/", $language, "/kit.ftl")),
                    include_str!(concat!("../locales/", $language, "/book.ftl")),
                    include_str!(concat!("../locales/", $language, "/check.ftl")),
                    include_str!(concat!("../locales/", $language, "/print.ftl")),
                ]), )*
                _ => None,
            }
        }

        /// The languages there are catalogues for.
        pub const LANGUAGES: &[&str] = &[ $( $language ),* ];
    };
}

catalogues!("en", "de", "es", "fr", "pt", "it", "nl", "pl", "tr", "ja");

/// The language of tests: English with an accent, in brackets. No brief can ask for it.
pub const PSEUDO: &str = "en-XA";

/// One language, ready to speak.
pub struct Words {
    language: String,
    locale: &'static Locale,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    pub fn new(language: &str) -> Result<Self, Fault> {
        let spoken = if language == PSEUDO { "en" } else { language };
        let texts = catalogue(spoken).ok_or_else(|| broken!("no catalogue for `{language}`"))?;
        let tag: LanguageIdentifier = spoken.parse().map_err(|why| broken!("`{language}`: {why}"))?;
        let mut bundle = FluentBundle::new(vec![tag]);
        // Isolation marks are for text that is laid out bidirectionally by a browser; kits hold plain text.
        bundle.set_use_isolating(false);
        if language == PSEUDO {
            bundle.set_transform(Some(pseudo::accented));
        }
        for text in texts {
            let resource = FluentResource::try_new(text.to_owned())
                .map_err(|(_, why)| broken!("catalogue `{language}`: {why:?}"))?;
            bundle.add_resource(resource).map_err(|why| broken!("catalogue `{language}`: {why:?}"))?;
        }
        Ok(Self { language: language.to_owned(), locale: Locale::of(language), bundle })
    }

    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Says a sentence. A key that is not in the catalogue is a fault of ours, not an empty text.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> Result<String, Fault> {
        self.format(key, &values.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect())
    }

    /// Says a sentence that counts: its words agree with the number.
    pub fn count(&self, key: &str, count: (&str, u32), values: &[(&str, &str)]) -> Result<String, Fault> {
        let counted = std::iter::once((count.0, FluentValue::from(count.1)));
        let others = values.iter().map(|(name, value)| (*name, FluentValue::from(*value)));
        self.format(key, &counted.chain(others).collect())
    }

    fn format(&self, key: &str, args: &FluentArgs) -> Result<String, Fault> {
        let pattern = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
            .ok_or_else(|| broken!("no words for `{key}` in `{}`", self.language))?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        match errors.is_empty() {
            true if self.language == PSEUDO => Ok(pseudo::bracketed(&text)),
            true => Ok(text),
            false => Err(broken!("words for `{key}` in `{}`: {errors:?}", self.language)),
        }
    }

    /// Whether there is such a sentence.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A number with a fixed count of places, as the language writes it.
    #[must_use]
    pub fn decimal(&self, value: f64, places: usize) -> String {
        self.locale.decimal(value, places)
    }

    /// A share of a hundred; the number is written already.
    #[must_use]
    pub fn percent(&self, number: &str) -> String {
        self.locale.percent(number)
    }

    /// The members of a list as they stand in a sentence.
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        self.locale.list(items)
    }

    /// Sentences one after another.
    #[must_use]
    pub fn sentences(&self, parts: &[&str]) -> String {
        self.locale.sentences(parts)
    }
}
