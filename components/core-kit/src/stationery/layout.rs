//! What a sheet looks like, as data: sizes, grounds and parts, in millimetres from the trimmed corner at the top left.

use core_brand::{Complexity, Fault, broken};
use core_vector::Lockup;
use serde::{Deserialize, Serialize};

/// The layouts that come with Imprint.
const DATA: &str = include_str!("../../data/print.json");
/// The one form that is read.
const VERSION: u32 = 1;
/// A kit with more sheets is a catalogue; bounds the work of a task.
const SHEETS_MAX: usize = 40;
const PAGES_MAX: usize = 8;
const PARTS_MAX: usize = 60;
/// From a stamp to a poster.
const SIDE_MM: (f64, f64) = (20.0, 1200.0);
const BLEED_MM: (f64, f64) = (3.0, 10.0);
/// Nothing lies further from its sheet than this.
const PLACE_MM_MAX: f64 = 2000.0;
/// The smallest type that is printed clearly, and the largest that is still stationery.
pub(crate) const TEXT_PT_MIN: f64 = 6.0;
const TEXT_PT_MAX: f64 = 200.0;
/// What a line may hold in braces.
pub(crate) const FIELDS: [&str; 10] =
    ["name", "person", "role", "phone", "mail", "web", "street", "city", "register", "tax"];

/// All layouts of a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layouts {
    version: u32,
    pub(crate) sheets: Vec<Layout>,
}

/// One sheet; also the name of its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layout {
    pub(crate) id: String,
    /// The smallest kit that holds it.
    pub(crate) from: Complexity,
    pub(crate) size_mm: [f64; 2],
    pub(crate) bleed_mm: f64,
    /// Words and logos stay this far from the cut.
    pub(crate) safe_mm: f64,
    pub(crate) pages: Vec<Side>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Side {
    pub(crate) ground: Ground,
    pub(crate) parts: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Ground {
    Paper,
    Primary,
    Dark,
}

/// A part; a box is left, top, width and height.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Piece {
    Logo(Logo),
    /// The mark once more, large and near to the ground.
    Pattern(Pattern),
    Text(Text),
    Fill(Fill),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Logo {
    pub(crate) lockup: Choice,
    pub(crate) box_mm: [f64; 4],
    /// The box for a logo that would be smaller in the first than it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) wide_mm: Option<[f64; 4]>,
    /// Where it lies in its box: 0 is left or top, 1 is right or bottom.
    #[serde(default)]
    pub(crate) anchor: [f64; 2],
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pattern {
    pub(crate) box_mm: [f64; 4],
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fill {
    pub(crate) color: Color,
    pub(crate) box_mm: [f64; 4],
}

/// Lines of words, with what stands in braces filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Text {
    pub(crate) face: Typeface,
    pub(crate) size_pt: f64,
    #[serde(default = "usual_leading")]
    pub(crate) leading: f64,
    pub(crate) box_mm: [f64; 4],
    #[serde(default)]
    pub(crate) at: At,
    pub(crate) lines: Vec<String>,
}

/// Which lockup: the one named, or the one in which the logo gets largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Choice {
    Best,
    Horizontal,
    Stacked,
    Mark,
    Wordmark,
    Square,
    Badge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Typeface {
    Display,
    Text,
    Strong,
}

/// The end of its box from which a text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum At {
    #[default]
    Top,
    Bottom,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Color {
    Ink,
    Primary,
    Secondary,
    Accent,
}

impl Choice {
    /// None where the size decides.
    pub(crate) fn lockup(self) -> Option<Lockup> {
        Some(match self {
            Self::Best => return None,
            Self::Horizontal => Lockup::Horizontal,
            Self::Stacked => Lockup::Stacked,
            Self::Mark => Lockup::Mark,
            Self::Wordmark => Lockup::Wordmark,
            Self::Square => Lockup::Square,
            Self::Badge => Lockup::Badge,
        })
    }
}

impl Layouts {
    /// Those that come with Imprint.
    pub(crate) fn own() -> Result<Self, Fault> {
        Self::read(DATA)
    }

    /// Reads a file of layouts, and says what is wrong with it.
    pub(crate) fn read(text: &str) -> Result<Self, Fault> {
        let all: Self = serde_json::from_str(text).map_err(|why| broken!("layouts: {why}"))?;
        if all.version != VERSION {
            return Err(broken!("layouts of version {}; {VERSION} is known", all.version));
        }
        if all.sheets.len() > SHEETS_MAX {
            return Err(broken!("{} layouts; at most {SHEETS_MAX}", all.sheets.len()));
        }
        for (index, sheet) in all.sheets.iter().enumerate() {
            sheet.complaint().map_or(Ok(()), |what| Err(broken!("layout `{}`: {what}", sheet.id)))?;
            if all.sheets[..index].iter().any(|other| other.id == sheet.id) {
                return Err(broken!("two layouts are called `{}`", sheet.id));
            }
        }
        Ok(all)
    }

    /// Those that a kit of this size holds.
    pub(crate) fn of(self, complexity: Complexity) -> Vec<Layout> {
        self.sheets.into_iter().filter(|sheet| sheet.from <= complexity).collect()
    }
}

impl Layout {
    fn complaint(&self) -> Option<String> {
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if self.id.is_empty() || self.id.len() > 40 || !self.id.chars().all(is_plain) {
            return Some("an id is small letters, digits and hyphens".to_owned());
        }
        let within = |value: f64, (least, most): (f64, f64)| (least..=most).contains(&value);
        if !self.size_mm.iter().all(|side| within(*side, SIDE_MM)) {
            return Some(format!("its sides are {} to {} mm", SIDE_MM.0, SIDE_MM.1));
        }
        if !within(self.bleed_mm, BLEED_MM) || !within(self.safe_mm, (0.0, PLACE_MM_MAX)) {
            return Some(format!("its bleed is {} to {} mm", BLEED_MM.0, BLEED_MM.1));
        }
        if self.pages.is_empty() || self.pages.len() > PAGES_MAX {
            return Some(format!("it has 1 to {PAGES_MAX} pages"));
        }
        self.pages.iter().find_map(Side::complaint)
    }
}

impl Side {
    fn complaint(&self) -> Option<String> {
        if self.parts.len() > PARTS_MAX {
            return Some(format!("a page has at most {PARTS_MAX} parts"));
        }
        self.parts.iter().find_map(Piece::complaint)
    }
}

impl Piece {
    fn complaint(&self) -> Option<String> {
        let (boxes, text) = match self {
            Self::Logo(logo) => (vec![logo.box_mm, logo.wide_mm.unwrap_or(logo.box_mm)], None),
            Self::Pattern(pattern) => (vec![pattern.box_mm], None),
            Self::Fill(fill) => (vec![fill.box_mm], None),
            Self::Text(text) => (vec![text.box_mm], Some(text)),
        };
        let is_place = |[left, top, width, height]: &[f64; 4]| {
            [left, top].iter().all(|place| place.abs() <= PLACE_MM_MAX)
                && [width, height].iter().all(|side| **side > 0.0 && **side <= PLACE_MM_MAX)
        };
        let stray = boxes.iter().find(|place| !is_place(place));
        stray.map(|place| format!("{place:?} is no place on it")).or_else(|| text?.complaint())
    }
}

impl Text {
    fn complaint(&self) -> Option<String> {
        if !(TEXT_PT_MIN..=TEXT_PT_MAX).contains(&self.size_pt) || !(1.0..=3.0).contains(&self.leading) {
            return Some(format!("type has {TEXT_PT_MIN} to {TEXT_PT_MAX} pt and a leading of 1 to 3"));
        }
        if self.lines.len() > PARTS_MAX {
            return Some(format!("a text has at most {PARTS_MAX} lines"));
        }
        let fields = self.lines.iter().flat_map(|line| line.split('{').skip(1));
        let names: Vec<&str> = fields.map(|rest| rest.split('}').next().unwrap_or(rest)).collect();
        let unknown = names.into_iter().find(|name| !FIELDS.contains(name));
        unknown.map(|name| format!("there is no `{name}` to fill in"))
    }
}

fn usual_leading() -> f64 {
    1.4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_layouts_are_sound_and_larger_kits_hold_more() {
        let [simple, medium, complex] = [Complexity::Simple, Complexity::Medium, Complexity::Complex]
            .map(|complexity| Layouts::own().unwrap().of(complexity));
        assert_eq!([simple.len(), medium.len(), complex.len()], [0, 3, 7]);
        let ids: Vec<&str> = medium.iter().map(|sheet| sheet.id.as_str()).collect();
        assert_eq!(ids, ["business-card", "letterhead", "envelope"]);
    }

    #[test]
    fn what_is_no_layout_is_refused_with_the_reason() {
        let part = |part: &str| {
            format!(
                r#"{{"version":1,"sheets":[{{"id":"x","from":"medium","size_mm":[85,55],"bleed_mm":3,"safe_mm":4,"pages":[{{"ground":"paper","parts":[{part}]}}]}}]}}"#
            )
        };
        let good = r#"{"part":"fill","color":"ink","box_mm":[0,0,10,1]}"#;
        assert!(Layouts::read(&part(good)).is_ok());
        let cases = [
            (part(good).replace("\"version\":1", "\"version\":2"), "version 2"),
            (part(good).replace("\"x\"", "\"../x\""), "small letters"),
            (part(good).replace("[85,55]", "[85,5]"), "its sides"),
            (part(good).replace("\"bleed_mm\":3", "\"bleed_mm\":0"), "its bleed"),
            (part(good).replace("[0,0,10,1]", "[0,0,10,-1]"), "no place"),
            (part(good).replace("\"ink\"", "\"pink\""), "pink"),
            (part(r#"{"part":"film","box_mm":[0,0,1,1]}"#), "film"),
            (part(r#"{"part":"text","face":"text","size_pt":5,"box_mm":[0,0,9,9],"lines":[]}"#), "6 to 200"),
            (
                part(r#"{"part":"text","face":"text","size_pt":7,"box_mm":[0,0,9,9],"lines":["{secret}"]}"#),
                "secret",
            ),
            (part(&[good; PARTS_MAX + 1].join(",")), "at most 60"),
        ];
        for (text, wanted) in cases {
            let said = Layouts::read(&text).unwrap_err().message;
            assert!(said.contains(wanted), "{said}");
        }
    }
}
