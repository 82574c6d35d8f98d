//! Layouts as data: what somebody adds to the templates of Imprint, leaves out of them, or puts in their place.
//!
//! A file has a section for each kind of layout. A reader that does not know a section says so, because a layout that is
//! silently not made is worse.

pub mod print;

use crate::fault::{Code, Fault};
use print::PrintSheet;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The form of the file that this program reads.
pub const VERSION: u64 = 1;
/// A format is a line of about a hundred bytes; this is room for all of them with words about each.
pub const BYTES_MAX: usize = 65_536;
/// Formats of one file: more pictures than anybody posts, and a bound on the work of a job.
pub const FORMATS_MAX: usize = 64;
/// Sheets of one file: one task sets them all, beside those of Imprint.
pub const SHEETS_MAX: usize = 16;
/// A name of a file.
const ID_CHARS_MAX: usize = 40;
/// Smaller pictures are icons, which have rules of their own; larger ones are posters, which are vectors.
pub const SIDES_PX: [u32; 2] = [64, 4096];
/// What a component can hold as pixels and in packed form.
const PIXELS_MAX: u64 = 16 << 20;
/// The share of its room that a logo may fill: less is a dot, more leaves no air.
pub const ROOM: [f64; 2] = [0.05, 0.95];

/// The templates of somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Templates {
    pub version: u64,
    #[serde(default)]
    pub social: Section<SocialFormat>,
    /// Not written where there are none, as before there were any.
    #[serde(default, skip_serializing_if = "Section::is_empty")]
    pub print: Section<PrintSheet>,
}

/// Templates of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section<T> {
    /// New ones, and those that take the place of one with the same id.
    pub formats: Vec<T>,
    /// Ids that are not made.
    pub without: Vec<String>,
}

impl<T> Default for Section<T> {
    fn default() -> Self {
        Self { formats: Vec::new(), without: Vec::new() }
    }
}

impl<T> Section<T> {
    fn is_empty(&self) -> bool {
        self.formats.is_empty() && self.without.is_empty()
    }
}

/// A picture for a profile or a post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SocialFormat {
    /// Also the name of its file.
    pub id: String,
    pub width: u32,
    pub height: u32,
    pub layout: SocialLayout,
    /// What stays visible wherever it is shown.
    pub safe: Safe,
    /// The share of the safe box that a logo may fill.
    pub room: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SocialLayout {
    /// The mark on the primary colour, for pictures that are cut to a circle.
    Avatar,
    /// The same for pictures that stay square.
    Tile,
    /// The logo on the dark ground, with the pattern.
    Banner,
    /// The logo on the light ground.
    Post,
    /// The logo, one part above the other, on the primary colour with the pattern.
    Story,
    /// A small logo in a corner, the rest left to the person before it.
    Corner,
}

/// A box of this width and height in the middle, or the circle inside the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Safe {
    Box([u32; 2]),
    Named(String),
}

impl Templates {
    /// Reads and checks a file.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        if bytes.len() > BYTES_MAX {
            return Err(too_many(bytes.len(), "bytes", BYTES_MAX));
        }
        Self::of(serde_json::from_slice(bytes).map_err(|why| wrong("the file", &why))?)
    }

    /// Reads and checks what stands in another document.
    pub fn of(value: Value) -> Result<Self, Fault> {
        let Value::Object(mut file) = value else { return Err(wrong("the file", &"it is no object")) };
        match file.remove("version") {
            Some(Value::Number(number)) if number.as_u64() == Some(VERSION) => {}
            Some(other) => return Err(wrong("version", &format!("{other} is not known; write {VERSION}"))),
            None => return Err(wrong("version", &format!("it is missing; write {VERSION}"))),
        }
        // Words for people.
        file.remove("about");
        let social = section(&mut file, (FORMATS_MAX, SocialFormat::check))?;
        let print = section(&mut file, (SHEETS_MAX, PrintSheet::check))?;
        match file.keys().next() {
            Some(stranger) => Err(wrong(stranger, &"it is not known; sections are: social, print")),
            None => Ok(Self { version: VERSION, social, print }),
        }
    }

    /// Checks templates that were read as part of an order, which anybody may have written.
    pub fn check(&self) -> Result<(), Fault> {
        let value = serde_json::to_value(self).map_err(|why| wrong("the file", &why))?;
        Self::of(value).map(drop)
    }
}

impl<T: Named + Clone> Section<T> {
    /// These templates over those: in their places, the new ones behind.
    pub fn over(&self, own: Vec<T>) -> Result<Vec<T>, Fault> {
        for (at, id) in self.without.iter().enumerate() {
            if own.iter().all(|format| format.name() != id) {
                let place = format!("{}.without[{at}]", T::SECTION);
                let known: Vec<&str> = own.iter().map(Named::name).collect();
                let why = format!("`{id}` is no format of Imprint; there are {}", known.join(", "));
                return Err(wrong(&place, &why));
            }
        }
        let given = |id: &str| self.formats.iter().find(|format| format.name() == id);
        let is_new = |format: &&T| own.iter().all(|other| other.name() != format.name());
        let new: Vec<T> = self.formats.iter().filter(is_new).cloned().collect();
        let kept = own.into_iter().filter(|format| !self.without.iter().any(|id| id == format.name()));
        Ok(kept.map(|format| given(format.name()).cloned().unwrap_or(format)).chain(new).collect())
    }
}

impl SocialFormat {
    /// Whether a picture of this format can be made.
    pub fn check(&self, place: &str) -> Result<(), Fault> {
        let at = |field: &str, why: String| Err(wrong(&format!("{place}.{field}"), &why));
        id_check(&self.id, place)?;
        let [least, most] = SIDES_PX;
        for (field, side) in [("width", self.width), ("height", self.height)] {
            if !(least..=most).contains(&side) {
                return at(field, format!("{side} pixels are not possible; use {least} to {most}"));
            }
        }
        let pixels = u64::from(self.width) * u64::from(self.height);
        if pixels > PIXELS_MAX {
            return at("height", format!("{pixels} pixels are more than {PIXELS_MAX}"));
        }
        if !(ROOM[0]..=ROOM[1]).contains(&self.room) {
            return at("room", format!("{} is not possible; use {} to {}", self.room, ROOM[0], ROOM[1]));
        }
        match &self.safe {
            Safe::Box([width, height])
                if (1..=self.width).contains(width) && (1..=self.height).contains(height) =>
            {
                Ok(())
            }
            Safe::Box([width, height]) => {
                at("safe", format!("a box of {width} by {height} is not inside the picture"))
            }
            Safe::Named(name) if name == "circle" && self.width == self.height => Ok(()),
            Safe::Named(name) if name == "circle" => at("safe", "a circle needs a square picture".to_owned()),
            Safe::Named(name) => {
                at("safe", format!("`{name}` is not known; use \"circle\" or [width, height]"))
            }
        }
    }
}

/// An id is the name of a file.
fn id_check(id: &str, place: &str) -> Result<(), Fault> {
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if (1..=ID_CHARS_MAX).contains(&id.len()) && id.chars().all(is_name) {
        return Ok(());
    }
    let why = format!("use 1 to {ID_CHARS_MAX} of a to z, 0 to 9 and hyphens");
    Err(wrong(&format!("{place}.id"), &why))
}

/// A section of the file, each of its formats read by itself, so that a fault names the one it is in.
fn section<T: DeserializeOwned + Named>(
    file: &mut Map<String, Value>,
    (max, check): (usize, impl Fn(&T, &str) -> Result<(), Fault>),
) -> Result<Section<T>, Fault> {
    let name = T::SECTION;
    let Some(value) = file.remove(name) else { return Ok(Section::default()) };
    let Value::Object(mut value) = value else { return Err(wrong(name, &"it is no object")) };
    let mut list = |key: &str| match value.remove(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) if items.len() <= max => Ok(items),
        Some(Value::Array(items)) => Err(too_many(items.len(), &format!("entries in {name}.{key}"), max)),
        Some(_) => Err(wrong(&format!("{name}.{key}"), &"it is no list")),
    };
    let (formats, without) = (list("formats")?, list("without")?);
    if let Some(stranger) = value.keys().next() {
        return Err(wrong(&format!("{name}.{stranger}"), &"it is not known; use formats and without"));
    }
    let (mut read, mut ids) = (Section::default(), BTreeSet::new());
    for (at, item) in formats.into_iter().enumerate() {
        let place = format!("{name}.formats[{at}]");
        let format: T = serde_json::from_value(item).map_err(|why| wrong(&place, &why))?;
        check(&format, &place)?;
        if !ids.insert(format.name().to_owned()) {
            return Err(wrong(&format!("{place}.id"), &format!("`{}` is there twice", format.name())));
        }
        read.formats.push(format);
    }
    for (at, item) in without.into_iter().enumerate() {
        let place = format!("{name}.without[{at}]");
        read.without.push(serde_json::from_value(item).map_err(|why| wrong(&place, &why))?);
    }
    Ok(read)
}

/// What has an id, in its section of the file.
pub trait Named {
    const SECTION: &'static str;

    fn name(&self) -> &str;
}

impl Named for SocialFormat {
    const SECTION: &'static str = "social";

    fn name(&self) -> &str {
        &self.id
    }
}

fn wrong(place: &str, why: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::TemplatesMalformed, [("place", place.to_owned()), ("why", why.to_string())])
}

fn too_many(count: usize, what: &str, max: usize) -> Fault {
    let args = [("count", count.to_string()), ("what", what.to_owned()), ("max", max.to_string())];
    Fault::new(Code::TemplatesTooLarge, args)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSTER: &str = r#"{"id": "poster", "width": 1000, "height": 500, "layout": "post", "safe": [900, 400], "room": 0.5}"#;

    fn file(formats: &str, without: &str) -> String {
        format!(
            r#"{{"version": 1, "about": "ours", "social": {{"formats": [{formats}], "without": [{without}]}}}}"#
        )
    }

    #[test]
    fn templates_are_read_and_laid_over_ours() {
        let own: Vec<SocialFormat> = ["a", "poster", "c"]
            .map(|id| SocialFormat {
                id: id.to_owned(),
                width: 400,
                height: 400,
                layout: SocialLayout::Avatar,
                safe: Safe::Named("circle".to_owned()),
                room: 0.6,
            })
            .into();
        let templates = Templates::read(
            file(&format!("{POSTER}, {}", POSTER.replace("poster", "new")), "\"c\"").as_bytes(),
        );
        let laid = templates.unwrap().social.over(own.clone()).unwrap();
        let ids: Vec<&str> = laid.iter().map(Named::name).collect();
        assert_eq!(ids, ["a", "poster", "new"]);
        assert_eq!(laid[1].width, 1000);
        let none = Templates::read(br#"{"version": 1}"#).unwrap();
        assert_eq!(none.social.over(own.clone()).unwrap(), own);
        let stray = Templates::read(file("", "\"z\"").as_bytes()).unwrap().social.over(own).unwrap_err();
        assert!(stray.message.contains("social.without[0]"), "{stray}");
    }

    #[test]
    fn each_fault_names_its_place() {
        let with = |from: &str, to: &str| file(&POSTER.replace(from, to), "");
        let cases = [
            ("[]".to_owned(), "at `the file`"),
            ("{".to_owned(), "at `the file`"),
            ("{}".to_owned(), "at `version`"),
            (r#"{"version": 2}"#.to_owned(), "2 is not known"),
            (r#"{"version": 1, "posters": {}}"#.to_owned(), "at `posters`"),
            (r#"{"version": 1, "social": []}"#.to_owned(), "at `social`"),
            (r#"{"version": 1, "social": {"formats": {}}}"#.to_owned(), "at `social.formats`"),
            (r#"{"version": 1, "social": {"format": []}}"#.to_owned(), "at `social.format`"),
            (file("", "7"), "at `social.without[0]`"),
            (file(&format!("{POSTER}, {POSTER}"), ""), "at `social.formats[1].id`"),
            (with("width", "widht"), "widht"),
            (with("\"poster\"", "\"../up\""), "at `social.formats[0].id`"),
            (with("1000", "4097"), "at `social.formats[0].width`"),
            (with("500", "63"), "at `social.formats[0].height`"),
            (with("0.5", "0.99"), "at `social.formats[0].room`"),
            (with("[900, 400]", "[900, 501]"), "at `social.formats[0].safe`"),
            (with("[900, 400]", "\"circle\""), "needs a square"),
            (with("[900, 400]", "\"oval\""), "`oval` is not known"),
            (with("post\"", "psot\""), "at `social.formats[0]`"),
            (" ".repeat(BYTES_MAX + 1), "at most 65536"),
            (file(&vec![POSTER; FORMATS_MAX + 1].join(","), ""), "at most 64"),
        ];
        for (text, says) in cases {
            let fault = Templates::read(text.as_bytes()).unwrap_err();
            assert!(fault.message.contains(says), "{says}: {fault}");
        }
    }
}
