//! What was found, for people and for programs.

use crate::limits::TOLD_MAX;
use crate::scene::{Place, Untold};
use core_brand::Fault;
use core_words::Words;
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of a file.
#[derive(Clone, Debug, Serialize)]
pub struct Graded {
    pub format: u32,
    /// `svg`, `png`, `css`, `html` or `pdf`.
    pub kind: &'static str,
    pub findings: Vec<Finding>,
    /// Findings of a kind that are not told one by one, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, u32>,
    pub looked_at: LookedAt,
    /// What cannot be told of this file.
    pub untold: Vec<Note>,
}

/// Something that is not as the brand has it.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// `color.foreign`, `font.foreign`, `logo.stretched` and so on; stays.
    pub id: &'static str,
    /// What it is about: a colour, a family, a logo by concept and lockup.
    pub subject: String,
    /// What the brand has instead, where that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    pub place: Place,
    /// How often it is there.
    pub count: u32,
    pub measured: Option<f64>,
    pub allowed: Option<f64>,
    pub unit: &'static str,
    /// What is wrong and what to do, in the language of the kit.
    pub message: String,
}

/// How much there was to judge.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LookedAt {
    pub colors: u32,
    pub fonts: u32,
    pub text_pairs: u32,
    pub pages: u32,
    pub logos: Vec<Sighting>,
}

/// A logo of the kit, wherever it was found.
#[derive(Clone, Debug, Serialize)]
pub struct Sighting {
    pub concept: String,
    pub lockup: String,
    /// One of the kit's; null where it has colours of its own.
    pub colorway: Option<&'static str>,
    pub place: Place,
}

#[derive(Clone, Debug, Serialize)]
pub struct Note {
    pub id: &'static str,
    pub message: String,
}

impl Graded {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    pub(crate) fn add(&mut self, finding: Finding) {
        let told = self.findings.iter().filter(|other| other.id == finding.id).count();
        if told < TOLD_MAX {
            self.findings.push(finding);
        } else {
            *self.more.entry(finding.id.to_owned()).or_insert(0) += 1;
        }
    }
}

/// Names that one note tells.
const NAMES_MAX: usize = 5;
/// Letters of a name that comes from a file: a longer one is told by its beginning.
const NAME_CHARS_MAX: usize = 80;

/// A foreign name as it can be shown: without what moves the cursor of a terminal or turns the direction of a line.
pub(crate) fn plain(text: &str) -> String {
    let is_hidden = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let mut shown: String = text
        .chars()
        .take(NAME_CHARS_MAX)
        .map(|letter| if is_hidden(letter) { '\u{fffd}' } else { letter })
        .collect();
    if text.chars().nth(NAME_CHARS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

/// Says what cannot be told.
pub(crate) fn note(words: &Words, untold: &Untold) -> Result<Note, Fault> {
    let text = |number: u32| number.to_string();
    let (id, message) = match untold {
        Untold::Logo => ("logo.none", words.say("check-untold-logo", &[])?),
        Untold::PlainLogo(logo) => ("logo.plain", words.say("check-untold-plain", &[("logo", logo)])?),
        Untold::Own(path) => {
            ("file.own", words.say("check-untold-own", &[("path", &format!("`{}`", plain(path)))])?)
        }
        Untold::Size => ("size.open", words.say("check-untold-size", &[])?),
        Untold::Pictures(count) => {
            ("pictures", words.count("check-untold-pictures", ("count", *count), &[])?)
        }
        Untold::Photo(flat) => {
            let share = words.percent(&text(*flat));
            ("picture.photo", words.say("check-untold-photo", &[("share", &share)])?)
        }
        Untold::Spaces(names) => {
            let names = words.list(&names.iter().take(NAMES_MAX).map(|name| plain(name)).collect::<Vec<_>>());
            ("color.space", words.say("check-untold-spaces", &[("names", &names)])?)
        }
        Untold::External(links) => {
            let links = links.iter().take(NAMES_MAX).map(|link| format!("`{}`", plain(link)));
            let links = words.list(&links.collect::<Vec<_>>());
            ("external", words.say("check-untold-external", &[("links", &links)])?)
        }
        Untold::Text => ("text.placed", words.say("check-untold-text", &[])?),
        Untold::Ground => ("picture.ground", words.say("check-untold-ground", &[])?),
        Untold::Many => ("logo.search", words.say("check-untold-many", &[])?),
        Untold::Pages(read, all) => {
            let values = [("read", text(*read)), ("all", text(*all))];
            let values = [("read", values[0].1.as_str()), ("all", values[1].1.as_str())];
            ("pages", words.say("check-untold-pages", &values)?)
        }
        Untold::Packed(names) => {
            let names = words.list(&names.iter().take(NAMES_MAX).map(|name| plain(name)).collect::<Vec<_>>());
            ("packed", words.say("check-untold-packed", &[("names", &names)])?)
        }
    };
    Ok(Note { id, message })
}
