//! What Imprint says in each language: Fluent catalogues and one call to read them.
//!
//! Pure: the catalogues are compiled in. A sentence is a key with values; numbers come as text already, so that
//! every figure reads as the caller measured it.
//!
//! **Law.** Every catalogue has exactly the keys and values of the English one; kept by `tests/catalogues.rs`.
//! **Absent.** The sentences of faults (`core-brand::fault`), which are English at their source.

use core_brand::{Fault, broken};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;

macro_rules! catalogues {
    ($($language:literal),*) => {
        /// The catalogue of a language, a text per topic.
        fn catalogue(language: &str) -> Option<[&'static str; 3]> {
            match language {
                $( $language => Some([
                    include_str!(concat!("../locales/", $language, "/design.ftl")),
                    include_str!(concat!("../locales/", $language, "/logo.ftl")),
                    include_str!(concat!("../locales/", $language, "/kit.ftl")),
                ]), )*
                _ => None,
            }
        }

        /// The languages there are catalogues for.
        pub const LANGUAGES: &[&str] = &[ $( $language ),* ];
    };
}

catalogues!("en", "de", "es", "fr");

/// One language, ready to speak.
pub struct Words {
    language: String,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    pub fn new(language: &str) -> Result<Self, Fault> {
        let texts = catalogue(language).ok_or_else(|| broken!("no catalogue for `{language}`"))?;
        let tag: LanguageIdentifier = language.parse().map_err(|why| broken!("`{language}`: {why}"))?;
        let mut bundle = FluentBundle::new(vec![tag]);
        // Isolation marks are for text that is laid out bidirectionally by a browser; kits hold plain text.
        bundle.set_use_isolating(false);
        for text in texts {
            let resource = FluentResource::try_new(text.to_owned())
                .map_err(|(_, why)| broken!("catalogue `{language}`: {why:?}"))?;
            bundle.add_resource(resource).map_err(|why| broken!("catalogue `{language}`: {why:?}"))?;
        }
        Ok(Self { language: language.to_owned(), bundle })
    }

    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Says a sentence. A key that is not in the catalogue is a fault of ours, not an empty text.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> Result<String, Fault> {
        let pattern = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
            .ok_or_else(|| broken!("no words for `{key}` in `{}`", self.language))?;
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, *value);
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if errors.is_empty() {
            Ok(text)
        } else {
            Err(broken!("words for `{key}` in `{}`: {errors:?}", self.language))
        }
    }

    /// Whether there is such a sentence.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// The keys of a language with the names of the values each uses, for the test that compares catalogues.
#[must_use]
pub fn keys(language: &str) -> Vec<(String, Vec<String>)> {
    let mut keys = Vec::new();
    for text in catalogue(language).unwrap_or_default() {
        let mut key = String::new();
        for line in text.lines() {
            let starts_key = line.starts_with(|first: char| first.is_ascii_alphabetic());
            if let Some((name, _)) = line.split_once('=').filter(|_| starts_key) {
                key = name.trim().to_owned();
                keys.push((key.clone(), Vec::new()));
            }
            if let Some((_, values)) =
                keys.last_mut().filter(|(name, _)| *name == key && !line.starts_with('#'))
            {
                let names = line.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}', ',']).next());
                values.extend(names.map(str::to_owned));
            }
        }
    }
    for (_, values) in &mut keys {
        values.sort();
        values.dedup();
    }
    keys.sort();
    keys
}
