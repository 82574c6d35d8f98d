//! The brief: what a person says. Canonical before anything else looks at it.

use crate::casing::lower;
use crate::concept::Recipe;
use crate::content::{BlobRef, sha256};
use crate::fault::{Code, Fault};
use crate::painting::Paintings;
use crate::rgb::Rgb;
use crate::silhouette::Silhouette;
use crate::templates::Templates;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer names do not fit a business card; the sample of real company names ends well before.
pub const NAME_CHARS_MAX: usize = 80;
/// An industry is a few words, or a sentence about what somebody does.
pub const INDUSTRY_CHARS_MAX: usize = 200;
/// A style is a few words.
pub const STYLE_CHARS_MAX: usize = 80;
/// More marks on one letter leave the line; real orthographies stop at three.
pub const MARKS_MAX: usize = 4;
/// More letters than this are counted, not named: a sentence is to be read.
const LETTERS_NAMED_MAX: usize = 8;
/// Latin, Greek and Cyrillic letters stand before this one and know no joiners.
const FIRST_JOINING: u32 = 0x590;
/// One concept is a choice already made.
pub const CONCEPTS_MIN: u32 = 1;
/// More than a person compares, and bounds the work of one job.
pub const CONCEPTS_MAX: u32 = 12;
pub const CONCEPTS_DEFAULT: u32 = 6;
/// The languages that reasons and books are written in; `core-words` has a catalogue for each.
pub const LANGUAGES: &[&str] = &["en", "de", "es", "fr", "pt", "it", "nl", "pl", "tr", "ja"];

pub const STYLE_DEFAULT: &str = "modern";
pub const LANGUAGE_DEFAULT: &str = "en";

/// How much a kit holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Complexity {
    Simple,
    #[default]
    Medium,
    Complex,
}

impl Complexity {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        match text {
            "simple" => Ok(Self::Simple),
            "medium" => Ok(Self::Medium),
            "complex" => Ok(Self::Complex),
            _ => Err(Fault::new(Code::ComplexityUnknown, [("value", text.to_owned())])),
        }
    }

    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Medium => "medium",
            Self::Complex => "complex",
        }
    }
}

/// What a person says, as it came in: nothing trimmed, nothing checked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBrief {
    pub company_name: String,
    pub industry: String,
    #[serde(default)]
    pub style: Option<String>,
    #[serde(default)]
    pub primary_color: Option<String>,
    #[serde(default)]
    pub complexity: Option<String>,
    #[serde(default)]
    pub language: Option<String>,
    /// 0.0, as the category does, to 1.0, deliberately apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<f64>,
}

/// How far a brand stands from what its category does: 0.0 is as everybody does, 1.0 deliberately apart.
///
/// Kept in hundredths, so that it is written the same everywhere and two of them can be told equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance(u8);

impl Distance {
    pub const MIN: Self = Self(0);
    pub const MAX: Self = Self(100);
    /// What a design keeps where the brief says nothing.
    pub const USUAL: Self = Self(35);

    pub fn new(value: f64) -> Result<Self, Fault> {
        if (0.0..=1.0).contains(&value) {
            return Ok(Self((value * 100.0).round() as u8));
        }
        let [min, max] = [Self::MIN, Self::MAX].map(|bound| format!("{:.1}", bound.value()));
        Err(Fault::new(Code::DistanceRange, [("value", value.to_string()), ("min", min), ("max", max)]))
    }

    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl Serialize for Distance {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

impl<'de> Deserialize<'de> for Distance {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A brief in canonical form: NFC, trimmed, inner white space single, defaults filled, words in lower case.
///
/// **Law.** Only `Brief::canonical` makes one, and canonical of canonical is itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    pub company_name: String,
    pub industry: String,
    pub style: String,
    pub primary_color: Option<Rgb>,
    pub complexity: Complexity,
    pub language: String,
    /// Not written where nothing was said, so that such a brief keeps its seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<Distance>,
}

impl Brief {
    /// Checks a brief and brings it into canonical form.
    pub fn canonical(raw: &RawBrief) -> Result<Self, Fault> {
        let style = raw.style.as_deref().map(str::trim).filter(|style| !style.is_empty());
        let color = raw.primary_color.as_deref().map(Rgb::parse).transpose()?;
        let language = canonical_language(raw.language.as_deref().unwrap_or(LANGUAGE_DEFAULT));
        // A language that is refused is said last, after what stands before it in the brief.
        let spoken = language.as_deref().unwrap_or(LANGUAGE_DEFAULT);
        Ok(Self {
            company_name: canonical_name(&raw.company_name)?,
            industry: canonical_industry(&raw.industry, spoken)?,
            style: canonical_style(style.unwrap_or(STYLE_DEFAULT), spoken)?,
            primary_color: color,
            complexity: raw.complexity.as_deref().map(Complexity::parse).transpose()?.unwrap_or_default(),
            language: language?,
            distance: raw.distance.map(Distance::new).transpose()?,
        })
    }

    /// The brief as a person would say it: canonical of this is the brief itself.
    #[must_use]
    pub fn raw(&self) -> RawBrief {
        RawBrief {
            company_name: self.company_name.clone(),
            industry: self.industry.clone(),
            style: Some(self.style.clone()),
            primary_color: self.primary_color.map(|color| color.to_string()),
            complexity: Some(self.complexity.id().to_owned()),
            language: Some(self.language.clone()),
            distance: self.distance.map(Distance::value),
        }
    }

    /// The seed used when a person gives none: the first 64 bits of the hash of the canonical brief.
    #[must_use]
    pub fn seed(&self) -> u64 {
        // A struct of strings and enums always serialises.
        let text = serde_json::to_string(self).unwrap_or_default();
        let mut first = [0; 8];
        first.copy_from_slice(&sha256(text.as_bytes())[..8]);
        u64::from_be_bytes(first)
    }

    /// The name as a folder: lower-case words with hyphens; letters of every script stay.
    #[must_use]
    pub fn slug(&self) -> String {
        let mut slug = String::new();
        for letter in lower(&self.company_name, &self.language).chars() {
            if letter.is_alphanumeric() || is_combining_mark(letter) {
                slug.push(letter);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        if slug.is_empty() { "brand-kit".to_owned() } else { slug.to_owned() }
    }
}

/// What is made: a brief, the seed and how many concepts. With the version it decides every byte of a kit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    pub format: u32,
    pub brief: Brief,
    /// Decimal, as text: JSON readers lose whole numbers above 2^53.
    #[serde(with = "decimal")]
    pub seed: u64,
    pub concepts: u32,
    pub version: String,
    /// Whether a language model may say the reasons in better words. It changes no decision.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub polish: bool,
    /// The SHA-256 of a graph overlay in the blob space of the job. Stores that also ask for the size find it
    /// behind a full stop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graph: Option<String>,
    /// The concept that comes first; all others are its neighbours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<Recipe>,
    /// The marks that no concept may be near: somebody has them already. Beside the brief, so that it keeps its seed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unlike: Vec<Silhouette>,
    /// Layouts of somebody's own, over those of Imprint. They are small, and a kit can be remade without their file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub templates: Option<Templates>,
    /// Concepts that a painter paints, beside those that are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub painted: Option<Paintings>,
}

impl Order {
    pub const DOCUMENT: &str = "order.json";

    pub fn new(raw: &RawBrief, seed: Option<u64>, concepts: Option<u32>) -> Result<Self, Fault> {
        let brief = Brief::canonical(raw)?;
        let count = concepts.unwrap_or(CONCEPTS_DEFAULT);
        if !(CONCEPTS_MIN..=CONCEPTS_MAX).contains(&count) {
            let [min, max] = [CONCEPTS_MIN, CONCEPTS_MAX].map(|bound| bound.to_string());
            return Err(Fault::new(
                Code::ConceptsRange,
                [("count", count.to_string()), ("min", min), ("max", max)],
            ));
        }
        let seed = seed.unwrap_or_else(|| brief.seed());
        Ok(Self {
            format: 1,
            brief,
            seed,
            concepts: count,
            version: crate::VERSION.to_owned(),
            polish: false,
            graph: None,
            like: None,
            unlike: Vec::new(),
            templates: None,
            painted: None,
        })
    }

    /// The same order, decided by a graph with this overlay.
    pub fn with_graph(self, graph: Option<String>) -> Result<Self, Fault> {
        let order = Self { graph, ..self };
        order.overlay()?;
        Ok(order)
    }

    /// Where the overlay of the graph lies, if one is wanted.
    pub fn overlay(&self) -> Result<Option<BlobRef>, Fault> {
        let parse = |text: &str| {
            let malformed = || Fault::new(Code::GraphMalformed, [("value", text.to_owned())]);
            BlobRef::parse(text).ok_or_else(malformed)
        };
        self.graph.as_deref().map(parse).transpose()
    }
}

/// Reads a seed as a person writes it.
pub fn parse_seed(text: &str) -> Result<u64, Fault> {
    text.parse().map_err(|_| Fault::new(Code::SeedMalformed, [("value", text.to_owned())]))
}

/// Says characters so that each can be recognised: the letter, when it can be shown, and its code point. Of many it
/// says the first ones and how many more there are.
#[must_use]
pub fn name_letters(letters: &[char]) -> String {
    let mut named: Vec<String> = letters
        .iter()
        .take(LETTERS_NAMED_MAX)
        .map(|letter| match letter {
            l if l.is_control() || l.is_whitespace() || is_format(*l) || is_steering(*l) => {
                format!("U+{:04X}", u32::from(*l))
            }
            l if is_combining_mark(*l) => format!("\u{25cc}{l} (U+{:04X})", u32::from(*l)),
            l => format!("{l} (U+{:04X})", u32::from(*l)),
        })
        .collect();
    if letters.len() > LETTERS_NAMED_MAX {
        named.push(format!("{} more", letters.len() - LETTERS_NAMED_MAX));
    }
    named.join(", ")
}

fn canonical_name(raw: &str) -> Result<String, Fault> {
    let name = tidy(raw);
    refuse_undrawable(raw.trim(), Code::NameControl, "The company name")?;
    let count = name.chars().count();
    let max = NAME_CHARS_MAX.to_string();
    if count == 0 {
        return Err(Fault::new(Code::NameEmpty, [("max", max)]));
    }
    if count > NAME_CHARS_MAX {
        return Err(Fault::new(Code::NameTooLong, [("count", count.to_string()), ("max", max)]));
    }
    refuse_unseen(&name)?;
    let marks = longest_run_of_marks(&name);
    if marks > MARKS_MAX {
        let args = [("count", marks.to_string()), ("max", MARKS_MAX.to_string())];
        return Err(Fault::new(Code::NameMarks, args));
    }
    Ok(name)
}

/// Refuses what no font shows: joiners and variants of letters that have none, marks on nothing, nothing at all.
fn refuse_unseen(name: &str) -> Result<(), Fault> {
    let letters: Vec<char> = name.chars().collect();
    if letters.iter().all(|letter| letter.is_whitespace() || is_steering(*letter)) {
        return Err(Fault::new(Code::NameInvisible, [("letters", name_letters(&letters))]));
    }
    let before = |at: usize| at.checked_sub(1).and_then(|before| letters.get(before)).copied().unwrap_or(' ');
    let placed = |at: &usize| u32::from(before(*at)) < FIRST_JOINING || before(*at).is_whitespace();
    let named = |wanted: &dyn Fn(usize, char) -> bool| -> Vec<char> {
        let found = letters.iter().enumerate().filter(|(at, letter)| wanted(*at, **letter));
        found.map(|(_, letter)| *letter).collect()
    };
    let stray = named(&|at, letter| is_steering(letter) && placed(&at));
    if !stray.is_empty() {
        let args = [("letters", name_letters(&stray)), ("field", "The company name".to_owned())];
        return Err(Fault::new(Code::NameControl, args));
    }
    let loose = named(&|at, letter| is_combining_mark(letter) && before(at).is_whitespace());
    if loose.is_empty() {
        Ok(())
    } else {
        Err(Fault::new(Code::NameLooseMark, [("letters", name_letters(&loose))]))
    }
}

/// Joiners and variation selectors: they change the letter before them and are nothing themselves.
fn is_steering(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

fn canonical_industry(raw: &str, language: &str) -> Result<String, Fault> {
    let industry = lower(&tidy(raw), language);
    refuse_undrawable(raw.trim(), Code::TextControl, "The industry")?;
    match industry.chars().count() {
        0 => Err(Fault::new(Code::IndustryEmpty, [])),
        count if count > INDUSTRY_CHARS_MAX => {
            let args = [("count", count.to_string()), ("max", INDUSTRY_CHARS_MAX.to_string())];
            Err(Fault::new(Code::IndustryTooLong, args))
        }
        _ => Ok(industry),
    }
}

fn canonical_style(raw: &str, language: &str) -> Result<String, Fault> {
    let style = lower(&tidy(raw), language);
    refuse_undrawable(raw.trim(), Code::TextControl, "The style")?;
    let count = style.chars().count();
    if count > STYLE_CHARS_MAX {
        let args = [("count", count.to_string()), ("max", STYLE_CHARS_MAX.to_string())];
        return Err(Fault::new(Code::StyleTooLong, args));
    }
    Ok(style)
}

/// Looks a tag up as BCP 47 does: `de-AT` is answered by `de`.
fn canonical_language(tag: &str) -> Result<String, Fault> {
    let wanted = tag.trim().to_ascii_lowercase();
    let first = wanted.split(['-', '_']).next().unwrap_or_default();
    let is_tag = wanted
        .split(['-', '_'])
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    match LANGUAGES.iter().find(|known| **known == first && is_tag) {
        Some(known) => Ok((*known).to_owned()),
        None => {
            let args = [("value", tag.trim().to_owned()), ("known", LANGUAGES.join(", "))];
            Err(Fault::new(Code::LanguageUnknown, args))
        }
    }
}

/// NFC, trimmed, inner runs of white space as one space.
fn tidy(raw: &str) -> String {
    let composed: String = raw.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn refuse_undrawable(text: &str, code: Code, field: &str) -> Result<(), Fault> {
    let mut found: Vec<char> = text.chars().filter(|l| l.is_control() || is_format(*l)).collect();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        return Ok(());
    }
    Err(Fault::new(code, [("letters", name_letters(&found)), ("field", field.to_owned())]))
}

/// Invisible characters that steer text instead of being drawn. ZWJ and ZWNJ belong to orthographies
/// (Persian, Indic scripts) and stay.
fn is_format(letter: char) -> bool {
    matches!(u32::from(letter),
        0xad | 0x061c | 0x180e | 0x200b | 0x200e | 0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff9..=0xfffb
        | 0xe0000..=0xe007f)
}

fn longest_run_of_marks(text: &str) -> usize {
    let (longest, _) = text.chars().fold((0, 0), |(longest, run): (usize, usize), letter| {
        let run = if is_combining_mark(letter) { run + 1 } else { 0 };
        (longest.max(run), run)
    });
    longest
}

/// Whole numbers as decimal text.
mod decimal {
    use serde::{Deserialize, Deserializer, Serializer};

    // Serde hands the field by reference; the signature is its own.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
    pub(super) fn serialize<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(name: &str) -> RawBrief {
        RawBrief { company_name: name.into(), industry: "coffee".into(), ..RawBrief::default() }
    }

    fn refusal(raw: &RawBrief) -> String {
        Brief::canonical(raw).unwrap_err().code
    }

    #[test]
    fn canonical_is_idempotent_and_composed() {
        let brief = Brief::canonical(&raw("  Cafe\u{301}   Nord ")).unwrap();
        assert_eq!(brief.company_name, "Caf\u{e9} Nord");
        assert_eq!(brief.style, "modern");
        assert_eq!(brief.slug(), "caf\u{e9}-nord");
        assert_eq!(brief.seed(), Brief::canonical(&raw("Caf\u{e9} Nord")).unwrap().seed());
    }

    #[test]
    fn every_field_moves_the_seed() {
        let base = raw("Northwind Coffee");
        let seed = |raw: &RawBrief| Brief::canonical(raw).unwrap().seed();
        let others = [
            RawBrief { company_name: "Southwind Coffee".into(), ..base.clone() },
            RawBrief { industry: "law".into(), ..base.clone() },
            RawBrief { style: Some("classic".into()), ..base.clone() },
            RawBrief { primary_color: Some("#2563eb".into()), ..base.clone() },
            RawBrief { complexity: Some("simple".into()), ..base.clone() },
            RawBrief { language: Some("de".into()), ..base.clone() },
            RawBrief { distance: Some(0.8), ..base.clone() },
        ];
        for other in &others {
            assert_ne!(seed(&base), seed(other), "{other:?}");
        }
    }

    #[test]
    fn refuses_by_code() {
        let cases: &[(RawBrief, &str)] = &[
            (raw(""), "brief.name.empty"),
            (raw(" \u{a0}\t "), "brief.name.empty"),
            (raw("Nord\u{7}"), "brief.name.control"),
            (raw("Nord\u{202e}"), "brief.name.control"),
            (raw("No\u{200d}rd"), "brief.name.control"),
            (raw("Nord\u{fe0f}"), "brief.name.control"),
            (raw("\u{200c}می"), "brief.name.control"),
            (raw("\u{200d}"), "brief.name.invisible"),
            (raw("\u{fe0f} \u{200c}"), "brief.name.invisible"),
            (raw("\u{301}"), "brief.name.loose-mark"),
            (raw("Nord \u{323}a"), "brief.name.loose-mark"),
            (raw(&"x".repeat(81)), "brief.name.too-long"),
            (raw(&format!("Z{}", "\u{335}".repeat(40))), "brief.name.too-many-marks"),
            (RawBrief { industry: " ".into(), ..raw("Nord") }, "brief.industry.empty"),
            (RawBrief { industry: "x".repeat(201), ..raw("Nord") }, "brief.industry.too-long"),
            (RawBrief { style: Some("x".repeat(81)), ..raw("Nord") }, "brief.style.too-long"),
            (RawBrief { primary_color: Some("blue".into()), ..raw("Nord") }, "brief.color.malformed"),
            (RawBrief { complexity: Some("huge".into()), ..raw("Nord") }, "brief.complexity.unknown"),
            (RawBrief { language: Some("tlh".into()), ..raw("Nord") }, "brief.language.unknown"),
            (RawBrief { distance: Some(1.01), ..raw("Nord") }, "brief.distance.range"),
            (RawBrief { distance: Some(-0.2), ..raw("Nord") }, "brief.distance.range"),
            (RawBrief { distance: Some(f64::NAN), ..raw("Nord") }, "brief.distance.range"),
        ];
        for (raw, code) in cases {
            assert_eq!(refusal(raw), *code, "{raw:?}");
        }
        for fine in [&"x".repeat(80), "می\u{200c}خواهم", "क्\u{200d}ष", "é", "!!!", "&"] {
            assert!(Brief::canonical(&raw(fine)).is_ok(), "{fine}");
        }
    }

    #[test]
    fn letters_are_named_so_that_they_can_be_found() {
        assert_eq!(
            name_letters(&['们', '\u{301}', '\u{200b}']),
            "们 (U+4EEC), \u{25cc}\u{301} (U+0301), U+200B"
        );
        let many: Vec<char> = ('а'..='м').collect();
        assert!(name_letters(&many).ends_with("з (U+0437), 5 more"), "{}", name_letters(&many));
    }

    #[test]
    fn distances_are_hundredths_and_unset_ones_are_not_written() {
        let brief = |distance| Brief::canonical(&RawBrief { distance, ..raw("Nord") }).unwrap();
        let text = |distance| serde_json::to_string(&brief(distance)).unwrap();
        assert!(!text(None).contains("distance"), "{}", text(None));
        assert!(text(Some(0.349_999)).ends_with(r#""distance":0.35}"#), "{}", text(Some(0.349_999)));
        assert_eq!(serde_json::from_str::<Brief>(&text(Some(1.0))).unwrap(), brief(Some(1.0)));
        assert_eq!(serde_json::from_str::<Brief>(&text(None)).unwrap(), brief(None));
    }

    #[test]
    fn an_order_names_its_overlay_by_hash() {
        let order = Order::new(&raw("Nord"), None, None).unwrap();
        assert!(!serde_json::to_string(&order).unwrap().contains("graph"));
        let hash = "a0".repeat(32);
        let with = |graph: &str| order.clone().with_graph(Some(graph.to_owned()));
        assert_eq!(with(&hash).unwrap().overlay().unwrap(), Some(BlobRef { sha256: hash.clone(), bytes: 0 }));
        assert_eq!(with(&format!("{hash}.12")).unwrap().overlay().unwrap().map(|blob| blob.bytes), Some(12));
        for wrong in ["", "a0", &"A0".repeat(32), &format!("{hash}.x"), &format!("../{hash}")] {
            assert!(with(wrong).unwrap_err().is(Code::GraphMalformed), "{wrong}");
        }
    }

    #[test]
    fn an_order_without_a_model_is_written_as_before() {
        let order = Order::new(&raw("Nord"), None, None).unwrap();
        let text = serde_json::to_string(&order).unwrap();
        assert!(!text.contains("like"), "{text}");
        let like = Some(Recipe { grammar: "orbit".into(), round: 0, idea: 2, attempt: 1 });
        let order = Order { like, unlike: vec![Silhouette([7, u64::MAX])], ..order };
        let text = serde_json::to_string(&order).unwrap();
        assert_eq!(serde_json::from_str::<Order>(&text).unwrap(), order);
    }

    #[test]
    fn languages_are_looked_up() {
        let with = |tag: &str| RawBrief { language: Some(tag.into()), ..raw("Nord") };
        assert_eq!(Brief::canonical(&with("de-AT")).unwrap().language, "de");
        assert_eq!(refusal(&with("de-")), "brief.language.unknown");
    }

    #[test]
    fn letters_are_small_as_the_language_has_them() {
        let brief = |language: &str| {
            let raw =
                RawBrief {
                    industry: "IŞIK".into(), language: Some(language.into()), ..raw("Işık İstanbul")
                };
            Brief::canonical(&raw).unwrap()
        };
        assert_eq!((brief("tr").industry.as_str(), brief("tr").slug().as_str()), ("ışık", "ışık-istanbul"));
        assert_eq!((brief("de").industry.as_str(), brief("de").slug().as_str()), ("işik", "işık-istanbul"));
    }

    #[test]
    fn seeds_are_decimal_text() {
        let order = Order::new(&raw("Nord"), Some(u64::MAX), None).unwrap();
        let text = serde_json::to_string(&order).unwrap();
        assert!(text.contains(r#""seed":"18446744073709551615""#), "{text}");
        assert_eq!(serde_json::from_str::<Order>(&text).unwrap(), order);
        assert!(Order::new(&raw("Nord"), None, Some(13)).unwrap_err().is(Code::ConceptsRange));
        assert!(parse_seed("-1").unwrap_err().is(Code::SeedMalformed));
    }
}
