//! What the design step decides and every later step obeys.

use crate::check::Check;
use crate::rgb::Rgb;
use crate::step::FontKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Design {
    pub format: u32,
    pub industry: IndustryMatch,
    pub style: StyleMatch,
    /// Personality on axes, -2.0 to 2.0, by axis id (`warm`, `classic`, `playful`, `premium`, `quiet`, `friend`).
    pub traits: BTreeMap<String, f64>,
    pub palette: Palette,
    pub typography: Typography,
    pub guidance: LogoGuidance,
    pub reasons: Vec<Reason>,
    /// What the person should know: an unknown industry, a colour that needed a sister.
    pub warnings: Vec<Note>,
    pub checks: Vec<Check>,
    /// What a language model made of the reasons, where one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polish: Option<Polish>,
    /// Which graph decided. Designs of before graphs could be changed have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graph: Option<GraphUse>,
    /// How far the design stands from its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<DistanceFound>,
}

/// Sentences that were rephrased, and those that kept our words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Polish {
    pub asked: u32,
    pub taken: u32,
    /// Sentences that kept our words, by what their new ones had changed: `number`, `name`, `length`, `form`.
    pub kept: BTreeMap<String, u32>,
    /// Why nothing was rephrased at all.
    pub fault: Option<String>,
}

impl Design {
    pub const DOCUMENT: &str = "design.json";
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndustryMatch {
    /// The words of the brief.
    pub asked: String,
    /// The node of the graph that answered.
    pub id: String,
    /// Its name in the language of the brief.
    pub name: String,
    /// 1.0 for a known name or synonym; less for the nearest.
    pub confidence: f64,
    /// What else may have been meant, nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<IndustryAlternative>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndustryAlternative {
    pub id: String,
    /// In the language of the brief.
    pub name: String,
    /// The known word that is near to one of the brief.
    pub word: String,
    pub confidence: f64,
}

/// The graph that decided, and what it answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphUse {
    /// The hash of everything the graph says.
    pub version: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<OverlayUse>,
    /// Each choice with the way through the graph that speaks most for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<GraphAnswer>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverlayUse {
    pub name: String,
    pub version: String,
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphAnswer {
    /// `hue`, `type`, `motif`, `grammar`, `shape`, `archetype`.
    pub topic: String,
    /// With its kind: `hue:terracotta`.
    pub node: String,
    /// What speaks for it in industry and style together.
    pub score: f64,
    pub path: Vec<GraphEdge>,
}

/// An edge as it stands in the graph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphEdge {
    pub from: String,
    pub to: String,
    pub weight: f64,
    /// The id of the evidence, and its grade.
    pub evidence: String,
    pub grade: String,
}

/// How far a design stands from what its category does, 0.0 to 1.0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DistanceFound {
    /// `None` where the brief says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<f64>,
    /// The weighted sum of the parts.
    pub measured: f64,
    pub parts: Vec<DistancePart>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DistancePart {
    /// `hue`, `type`, `motif`, `grammar`.
    pub id: String,
    /// What was chosen, such as `hue:terracotta`.
    pub node: String,
    pub measured: f64,
    /// All weights add up to 1.
    pub weight: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StyleMatch {
    pub asked: String,
    pub id: String,
    pub name: String,
    pub confidence: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Palette {
    /// The brand's colours, most used first: `primary`, `secondary`, `accent`, `ink`, `paper`.
    pub swatches: Vec<Swatch>,
    pub scales: Vec<Scale>,
    /// `light`, `dark` and `high-contrast`; older designs have no third.
    pub themes: Vec<Theme>,
    pub contrasts: Vec<Contrast>,
    pub logo: LogoColors,
    /// True where the primary is the colour that the person gave, kept exactly.
    pub given: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<Print>,
}

impl Palette {
    /// A swatch by id.
    #[must_use]
    pub fn swatch(&self, id: &str) -> Option<&Swatch> {
        self.swatches.iter().find(|swatch| swatch.id == id)
    }

    /// A theme by id.
    #[must_use]
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swatch {
    pub id: String,
    /// A name in the language of the brief.
    pub name: String,
    pub rgb: Rgb,
    /// Lightness 0-1, chroma, hue in degrees; rounded to 4, 4 and 2 places.
    pub oklch: [f64; 3],
    /// Share of a usual layout, in percent; all shares add up to 100.
    pub share: u8,
    /// Display P3, 0 to 1, 4 places: the same colour, or where ours has room there, the same with more chroma.
    #[serde(default)]
    pub p3: [f64; 3],
    /// dE in OKLAB from the P3 colour to what sRGB shows of it; 0 where the two are the same.
    #[serde(default)]
    pub p3_error: f64,
    /// On the press that the palette names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ink: Option<Ink>,
}

/// What a colour takes on a press.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ink {
    /// Cyan, magenta, yellow and black in percent.
    pub cmyk: [u8; 4],
    /// All four together, in percent.
    pub total: u16,
    /// CIEDE2000 from the colour to its print, rounded up to tenths.
    pub difference: f64,
}

/// The press that the inks of a palette are for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Print {
    /// The name of its ICC profile.
    pub press: String,
    /// Small text: black alone, so that four plates need not meet.
    pub text: Ink,
}

/// A tonal scale: one hue, light to dark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    pub id: String,
    /// Steps 50 to 950.
    pub steps: Vec<ScaleStep>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScaleStep {
    pub step: u16,
    pub rgb: Rgb,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    pub id: String,
    /// By role: `background`, `surface`, `surface-raised`, `border`, `text`, `muted`, `primary`, `on-primary`,
    /// `secondary`, `on-secondary`, `accent`, `on-accent`, `link`, `focus`, `success`, `on-success`, `warning`,
    /// `on-warning`, `danger`, `on-danger`, `info`, `on-info`, `chart-1` to `chart-8`.
    pub roles: BTreeMap<String, Rgb>,
    /// The same colours in Display P3, 0 to 1, 4 places.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub p3: BTreeMap<String, [f64; 3]>,
}

impl Theme {
    /// The colour of a role; the text colour of a missing one is never silently wrong, it is `None`.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<Rgb> {
        self.roles.get(id).copied()
    }
}

/// One promised pair, measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    pub theme: String,
    pub foreground: String,
    pub background: String,
    /// WCAG 2.2 contrast ratio, rounded down to hundredths.
    pub ratio: f64,
    pub threshold: f64,
    /// What the foreground is: `text` or `ui` (lines, symbols, areas).
    #[serde(default)]
    pub kind: String,
    /// The best that WCAG 2.2 says of it: `AAA`, `AA`, `large` (large text only), `UI` or `fail`.
    #[serde(default)]
    pub level: String,
}

/// The colours that logos are drawn in. On light: `mark`, `accent`, `ink` on white and `paper`. On dark: the
/// `*_on_dark` ones on `ground_dark`. Each pair is at least 3:1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogoColors {
    pub mark: Rgb,
    pub accent: Rgb,
    pub ink: Rgb,
    pub ground_dark: Rgb,
    pub mark_on_dark: Rgb,
    pub accent_on_dark: Rgb,
    pub ink_on_dark: Rgb,
    /// Ink on a tile of the primary colour (app icons): white or near-black, whichever reads better.
    pub on_primary: Rgb,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Typography {
    pub display: FontChoice,
    pub text: FontChoice,
    /// The bold of the text family.
    pub strong: FontChoice,
    /// Why these two stand together, in the language of the brief.
    pub rule: String,
    /// The rule by name, one of `core_typography::RULES`; empty in designs before there were names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule_id: String,
    /// Modular ratio of the sizes.
    pub ratio: f64,
    /// Largest first.
    pub sizes: Vec<TypeSize>,
    /// Whether the name runs from right to left.
    pub right_to_left: bool,
    /// What each family may be used for, by family.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licenses: Vec<FontLicense>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FontChoice {
    pub key: FontKey,
    pub class: String,
    /// SPDX identifier.
    pub license: String,
    pub file: String,
    pub sha256: String,
    /// In units of 1000 per em.
    pub x_height: i32,
    pub cap_height: i32,
    /// Thickness of the upright of the I, and mean advance of a to z.
    #[serde(default)]
    pub stem: i32,
    #[serde(default)]
    pub width: i32,
    /// Thick against thin in the o, in hundredths: 100 is a line of one thickness.
    #[serde(default)]
    pub contrast: i32,
    /// How much ink the two likest of I, l and 1 share, in thousandths.
    #[serde(default)]
    pub likeness: i32,
    /// The upright weights of the family that are at hand.
    #[serde(default)]
    pub weights: Vec<u16>,
    /// How the figures stand: `tabular`, `on-request` or `proportional`.
    #[serde(default)]
    pub figures: String,
}

/// A line of the licence ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FontLicense {
    pub family: String,
    /// SPDX identifier.
    pub spdx: String,
    /// Whose it is, as the licence file says.
    pub notice: String,
    /// Whether a changed font may not keep its name.
    pub reserved: bool,
    /// The file of the kit that holds the licence, and the hash of its text.
    pub file: String,
    pub sha256: String,
    /// What the unchanged font may be used for: `outline`, `print`, `web`, `app`, `pdf`, `redistribute`.
    pub uses: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeSize {
    /// `display`, `title`, `heading`, `lead`, `body`, `caption`.
    pub role: String,
    pub size_px: f64,
    pub line_height: f64,
    /// In thousandths of an em.
    pub tracking: i32,
}

/// What the graph says to the hand that draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogoGuidance {
    /// Mark grammars with their fitness, 0 to 1, best first.
    pub grammars: Vec<Weighted>,
    /// Motif ids of the industry (`bean`, `leaf`, `wave`, ...), best first.
    pub motifs: Vec<Weighted>,
    /// Motif ids that everybody in the industry uses; designs of before do not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cliches: Vec<String>,
    /// 0 is angular, 1 is round.
    pub roundness: f64,
    /// 0 is light, 1 is heavy.
    pub weight: f64,
    /// 0 is still, 1 is moving.
    pub energy: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighted {
    pub id: String,
    pub weight: f64,
}

/// Why something was chosen: a sentence in the brief's language, and the path through the graph behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// `industry`, `color`, `type`, `shape`, ...
    pub topic: String,
    pub text: String,
    /// `strong`, `limited` or `practice`.
    pub evidence: String,
    pub source: String,
    pub path: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub id: String,
    pub message: String,
}
