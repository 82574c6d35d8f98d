//! What a printed sheet looks like, as data: sizes, grounds and parts, in millimetres from the trimmed corner at the top left.

use super::{Named, id_check, wrong};
use crate::brief::Complexity;
use crate::fault::Fault;
use serde::{Deserialize, Serialize};

const PAGES_MAX: usize = 8;
/// Parts of one page. Together with the sheets of a file it bounds the work of a task.
const PARTS_MAX: usize = 60;
/// From a stamp to a poster.
const SIDE_MM: [f64; 2] = [20.0, 1200.0];
/// What printers ask for, and what a sheet can be cut from.
const BLEED_MM: [f64; 2] = [3.0, 10.0];
/// Nothing lies further from its sheet than this.
const PLACE_MM_MAX: f64 = 2000.0;
/// The smallest type that is printed clearly, and the largest that is still stationery.
pub const TEXT_PT: [f64; 2] = [6.0, 200.0];
const LEADING: [f64; 2] = [1.0, 3.0];
/// A line of an address, with room.
const LINE_CHARS_MAX: usize = 200;
/// What a line may hold in braces.
pub const FIELDS: [&str; 10] =
    ["name", "person", "role", "phone", "mail", "web", "street", "city", "register", "tax"];

/// One sheet; its id is also the name of its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintSheet {
    pub id: String,
    /// The smallest kit that holds it; every one where nothing is said.
    #[serde(default = "smallest")]
    pub from: Complexity,
    pub size_mm: [f64; 2],
    pub bleed_mm: f64,
    /// Words and logos stay this far from the cut.
    pub safe_mm: f64,
    pub pages: Vec<Side>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    pub ground: Ground,
    pub parts: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ground {
    Paper,
    Primary,
    Dark,
}

/// A part; a box is left, top, width and height.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "lowercase", deny_unknown_fields)]
pub enum Piece {
    Logo(Logo),
    /// The mark once more, large and near to the ground.
    Pattern(Pattern),
    Text(Text),
    Fill(Fill),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logo {
    pub lockup: Choice,
    pub box_mm: [f64; 4],
    /// The box for a logo that would be smaller in the first than it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wide_mm: Option<[f64; 4]>,
    /// Where it lies in its box: 0 is left or top, 1 is right or bottom.
    #[serde(default)]
    pub anchor: [f64; 2],
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    pub box_mm: [f64; 4],
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fill {
    pub color: Color,
    pub box_mm: [f64; 4],
}

/// Lines of words, with what stands in braces filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    pub face: Typeface,
    pub size_pt: f64,
    #[serde(default = "usual_leading")]
    pub leading: f64,
    pub box_mm: [f64; 4],
    #[serde(default)]
    pub at: At,
    pub lines: Vec<String>,
}

/// Which lockup: the one named, or the one in which the logo gets largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
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
pub enum Typeface {
    Display,
    Text,
    Strong,
}

/// The end of its box from which a text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum At {
    #[default]
    Top,
    Bottom,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Color {
    Ink,
    Primary,
    Secondary,
    Accent,
}

impl Named for PrintSheet {
    const SECTION: &'static str = "print";

    fn name(&self) -> &str {
        &self.id
    }
}

impl PrintSheet {
    /// Whether such a sheet can be set.
    pub fn check(&self, place: &str) -> Result<(), Fault> {
        id_check(&self.id, place)?;
        for (index, side) in self.size_mm.iter().enumerate() {
            within(*side, SIDE_MM, &format!("{place}.size_mm[{index}]"), "mm")?;
        }
        within(self.bleed_mm, BLEED_MM, &format!("{place}.bleed_mm"), "mm")?;
        let half = self.size_mm[0].min(self.size_mm[1]) / 2.0;
        within(self.safe_mm, [0.0, half], &format!("{place}.safe_mm"), "mm")?;
        counted(self.pages.len(), [1, PAGES_MAX], &format!("{place}.pages"), "pages")?;
        let mut pages = self.pages.iter().enumerate();
        pages.try_for_each(|(index, side)| side.check(&format!("{place}.pages[{index}]")))
    }
}

impl Side {
    fn check(&self, place: &str) -> Result<(), Fault> {
        counted(self.parts.len(), [0, PARTS_MAX], &format!("{place}.parts"), "parts")?;
        let mut parts = self.parts.iter().enumerate();
        parts.try_for_each(|(index, part)| part.check(&format!("{place}.parts[{index}]")))
    }
}

impl Piece {
    fn check(&self, place: &str) -> Result<(), Fault> {
        match self {
            Self::Pattern(pattern) => lies(pattern.box_mm, place, "box_mm"),
            Self::Fill(fill) => lies(fill.box_mm, place, "box_mm"),
            Self::Text(text) => lies(text.box_mm, place, "box_mm").and_then(|()| text.check(place)),
            Self::Logo(logo) => {
                lies(logo.box_mm, place, "box_mm")?;
                lies(logo.wide_mm.unwrap_or(logo.box_mm), place, "wide_mm")?;
                let mut parts = logo.anchor.iter();
                parts.try_for_each(|part| within(*part, [0.0, 1.0], &format!("{place}.anchor"), ""))
            }
        }
    }
}

impl Text {
    fn check(&self, place: &str) -> Result<(), Fault> {
        within(self.size_pt, TEXT_PT, &format!("{place}.size_pt"), "pt")?;
        within(self.leading, LEADING, &format!("{place}.leading"), "")?;
        counted(self.lines.len(), [1, PARTS_MAX], &format!("{place}.lines"), "lines")?;
        for (index, line) in self.lines.iter().enumerate() {
            let place = format!("{place}.lines[{index}]");
            counted(line.chars().count(), [1, LINE_CHARS_MAX], &place, "letters")?;
            if line.chars().any(char::is_control) {
                return Err(wrong(&place, &"a line is one line, without control characters"));
            }
            let names = line.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
            if let Some(unknown) = names.into_iter().find(|name| !FIELDS.contains(name)) {
                let known = FIELDS.join(", ");
                return Err(wrong(&place, &format!("there is no `{unknown}` to fill in; there is {known}")));
            }
        }
        Ok(())
    }
}

fn within(value: f64, [least, most]: [f64; 2], place: &str, unit: &str) -> Result<(), Fault> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let why = format!("{value} {unit} is not possible; use {least} to {most}").replace("  ", " ");
    Err(wrong(place, &why))
}

fn counted(count: usize, [least, most]: [usize; 2], place: &str, what: &str) -> Result<(), Fault> {
    if (least..=most).contains(&count) {
        return Ok(());
    }
    Err(wrong(place, &format!("{count} {what} are not possible; use {least} to {most}")))
}

fn lies(area: [f64; 4], place: &str, field: &str) -> Result<(), Fault> {
    let [left, top, width, height] = area;
    let is_place = [left, top].iter().all(|place| place.abs() <= PLACE_MM_MAX)
        && [width, height].iter().all(|side| *side > 0.0 && *side <= PLACE_MM_MAX);
    if is_place {
        return Ok(());
    }
    let why = format!("{area:?} is no place; use [left, top, width, height] in mm");
    Err(wrong(&format!("{place}.{field}"), &why))
}

fn smallest() -> Complexity {
    Complexity::Simple
}

fn usual_leading() -> f64 {
    1.4
}

#[cfg(test)]
mod tests {
    use super::super::Templates;

    fn file(part: &str) -> String {
        format!(
            r#"{{"version":1,"print":{{"formats":[{{"id":"tag","size_mm":[85,55],"bleed_mm":3,"safe_mm":4,"pages":[{{"ground":"paper","parts":[{part}]}}]}}]}}}}"#
        )
    }

    #[test]
    fn a_sheet_that_cannot_be_set_is_refused_by_its_place() {
        let good = r#"{"part":"fill","color":"ink","box_mm":[0,0,10,1]}"#;
        let read = |text: &str| Templates::read(text.as_bytes());
        let templates = read(&file(good)).unwrap();
        assert_eq!(templates.print.formats[0].from, crate::Complexity::Simple);
        let again = serde_json::to_vec(&templates).unwrap();
        assert_eq!(Templates::read(&again).unwrap(), templates);
        let text = |rest: &str| {
            let text = r#"{"part":"text","face":"text","size_pt":7,"box_mm":[0,0,9,9],"lines":["{name}"]}"#;
            file(&text.replace(rest.split('|').next().unwrap(), rest.split('|').nth(1).unwrap()))
        };
        let cases = [
            (file(good).replace("\"tag\"", "\"../tag\""), "at `print.formats[0].id`"),
            (
                file(good).replace("[85,55]", "[85,5]"),
                "at `print.formats[0].size_mm[1]`: 5 mm is not possible; use 20 to 1200",
            ),
            (file(good).replace("\"bleed_mm\":3", "\"bleed_mm\":0"), "at `print.formats[0].bleed_mm`"),
            (file(good).replace("\"safe_mm\":4", "\"safe_mm\":28"), "at `print.formats[0].safe_mm`"),
            (
                file(good).replace("[0,0,10,1]", "[0,0,10,-1]"),
                "at `print.formats[0].pages[0].parts[0].box_mm`",
            ),
            (file(good).replace("\"ink\"", "\"pink\""), "pink"),
            (file(r#"{"part":"film","box_mm":[0,0,1,1]}"#), "film"),
            (file(&[good; super::PARTS_MAX + 1].join(",")), "61 parts are not possible"),
            (text("7|5"), ".parts[0].size_pt`: 5 pt is not possible; use 6 to 200"),
            (text("{name}|{secret}"), "there is no `secret` to fill in"),
            (text("[\"{name}\"]|[]"), "0 lines are not possible"),
            (text(r"{name}|a\nb"), "without control characters"),
            (
                file(r#"{"part":"logo","lockup":"best","box_mm":[0,0,9,9],"anchor":[0,2]}"#),
                ".anchor`: 2 is not possible",
            ),
        ];
        for (text, says) in cases {
            let fault = read(&text).unwrap_err();
            assert!(fault.message.contains(says), "{says}: {fault}");
        }
    }
}
