//! Why: sentences rendered from paths through the graph and from measured values, and from nothing else.

use crate::customs::{Customs, plain};
use crate::decide::{industry_name, style_name};
use crate::speech;
use crate::typography::Faces;
use core_brand::brief::Brief;
use core_brand::design::{DistanceFound, LogoGuidance, Note, Palette, Reason, Swatch};
use core_brand::{Fault, Rgb, broken};
use core_color::{THEMES, contrast, to_oklch};
use core_graph::{Evidence, GENERAL, Graph, Hue, IndustryAnswer, StyleAnswer, Traits, evidence};
use core_words::Words;

/// More reasons than this are not read.
const REASONS_MAX: usize = 12;
/// A trait weaker than this is not worth a word.
const TRAIT_MIN: f64 = 0.3;
/// From here on a reading needs no warning.
const SURE: f64 = 0.8;
/// Degrees of hue up to which two colours are kin, and neighbours; from the last on they are opposites.
const KIN: f64 = 25.0;
const NEIGHBOUR: f64 = 62.0;
const OPPOSITE: f64 = 130.0;
const GREY_CHROMA: f64 = 0.03;
/// Forms count as angular below and as round above.
const ANGULAR: f64 = 0.42;
const ROUND: f64 = 0.6;

/// A measured distance counts as near below and as apart above.
const NEAR: f64 = 0.35;
const APART: f64 = 0.65;

const GROUNDS: [&str; 3] = ["background", "surface", "surface-raised"];

/// Everything that reasons are made of.
pub(crate) struct Case<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) industry: &'a IndustryAnswer,
    pub(crate) style: &'a StyleAnswer,
    pub(crate) traits: &'a Traits,
    pub(crate) palette: &'a Palette,
    /// Where the primary lies in the graph, if anywhere.
    pub(crate) region: Option<&'a Hue>,
    pub(crate) faces: &'a Faces,
    pub(crate) guidance: &'a LogoGuidance,
    pub(crate) distance: &'a DistanceFound,
    pub(crate) customs: &'a Customs<'a>,
    pub(crate) words: &'a Words,
}

pub(crate) fn reasons(case: &Case) -> Result<Vec<Reason>, Fault> {
    let mut reasons = vec![industry(case)?];
    reasons.extend(character(case)?);
    reasons.extend(styles(case)?);
    reasons.push(primary(case)?);
    reasons.extend(category(case)?);
    reasons.push(secondary(case)?);
    reasons.push(accent(case)?);
    reasons.push(contrasts(case)?);
    let sister = ["light", "dark"].into_iter().find_map(|theme| Sister::in_theme(case.palette, theme));
    reasons.extend(sister.map(|sister| sister_reason(case, &sister)).transpose()?);
    reasons.push(faces(case)?);
    reasons.push(shape(case)?);
    reasons.push(mark(case)?);
    reasons.extend(distance(case)?);
    // The second style of a blend can be spared, then what the measured distance says too.
    for topic in ["style", "category"] {
        if reasons.len() > REASONS_MAX
            && let Some(spare) = reasons.iter().rposition(|reason| reason.topic == topic)
        {
            reasons.remove(spare);
        }
    }
    Ok(reasons)
}

fn reason(topic: &str, text: String, because: &str, path: Vec<String>) -> Result<Reason, Fault> {
    Ok(founded(topic, text, evidence(because)?, path))
}

/// A reason with evidence that an overlay may have brought.
fn founded(topic: &str, text: String, evidence: &Evidence, path: Vec<String>) -> Reason {
    Reason {
        topic: topic.to_owned(),
        text,
        evidence: evidence.grade.clone(),
        source: evidence.source.clone(),
        path,
    }
}

impl Case<'_> {
    fn say(&self, key: &str, values: &[(&str, &str)]) -> Result<String, Fault> {
        self.words.say(key, values)
    }

    fn industry_node(&self) -> String {
        format!("industry:{}", self.industry.industry.id)
    }

    fn swatch(&self, id: &str) -> Result<&Swatch, Fault> {
        self.palette.swatch(id).ok_or_else(|| broken!("the palette has no `{id}`"))
    }

    fn ratio(&self, value: f64) -> String {
        speech::ratio(value, self.words)
    }
}

fn industry(case: &Case) -> Result<Reason, Fault> {
    let node = &case.industry.industry;
    let key = format!("design-insight-{}", node.id);
    let insight = match node.says.get(case.words.language()) {
        Some(said) => said.insight.clone(),
        None if case.words.knows(&key) => case.say(&key, &[])?,
        None => case.say(&format!("design-insight-{GENERAL}"), &[])?,
    };
    let name = industry_name(node, case.words)?;
    let text = case.say("design-reason-industry", &[("industry", &name), ("insight", &insight)])?;
    let text = text.trim_end().to_owned();
    reason("industry", text, "practice", case.industry.path.clone())
}

/// The two strongest traits, where there are two.
fn character(case: &Case) -> Result<Option<Reason>, Fault> {
    let mut strongest: Vec<(&String, f64)> = case.traits.iter().map(|(axis, value)| (axis, *value)).collect();
    strongest.retain(|(_, value)| value.abs() >= TRAIT_MIN);
    strongest.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let [first, second, ..] = strongest[..] else { return Ok(None) };
    let word = |(axis, value): (&String, f64)| {
        case.say(&format!("design-trait-{axis}-{}", if value > 0.0 { "high" } else { "low" }), &[])
    };
    let text =
        case.say("design-reason-character", &[("first", &word(first)?), ("second", &word(second)?)])?;
    let path = vec![
        case.industry_node(),
        format!("style:{}", case.style.blend.id),
        format!("trait:{} {}", first.0, first.1),
        format!("trait:{} {}", second.0, second.1),
    ];
    reason("character", text, "practice", path).map(Some)
}

fn styles(case: &Case) -> Result<Vec<Reason>, Fault> {
    let effect = |style: &core_graph::Style| {
        let key = format!("design-style-effect-{}", style.id);
        let text = match style.says.get(case.words.language()) {
            Some(said) => said.insight.clone(),
            None if case.words.knows(&key) => case.say(&key, &[])?,
            None => return Ok(None),
        };
        reason("style", text, "practice", case.style.path.clone()).map(Some)
    };
    let effects = case.style.styles.iter().take(2).map(effect).collect::<Result<Vec<_>, Fault>>()?;
    Ok(effects.into_iter().flatten().filter(|reason| !reason.text.is_empty()).collect())
}

fn primary(case: &Case) -> Result<Reason, Fault> {
    let swatch = case.swatch("primary")?;
    let hex = swatch.rgb.to_string();
    let meaning = case.region.map(|hue| format!("design-hue-{}", hue.id));
    let meaning = meaning.filter(|key| case.words.knows(key)).map(|key| case.say(&key, &[])).transpose()?;
    let key = match (case.palette.given, &meaning) {
        (true, Some(_)) => "design-reason-primary-given",
        (true, None) => "design-reason-primary-kept",
        (false, _) => "design-reason-primary-chosen",
    };
    let meaning = meaning.unwrap_or_default();
    let text = case.say(key, &[("color", &swatch.name), ("hex", &hex), ("meaning", &meaning)])?;
    let start = if case.palette.given { format!("brief:{hex}") } else { case.industry_node() };
    let path = [start].into_iter().chain(case.region.map(|hue| format!("hue:{}", hue.id))).collect();
    let because = case.graph.evidence(case.region.map_or("practice", |hue| &hue.evidence))?;
    Ok(founded("color", text.trim_end().to_owned(), because, path))
}

/// How the primary stands to what the category is used to.
fn category(case: &Case) -> Result<Option<Reason>, Fault> {
    let node = &case.industry.industry;
    let id = case.region.map(|hue| hue.id.as_str());
    if node.id == GENERAL {
        return Ok(None);
    }
    let is_cliche = id.is_some_and(|id| node.is_cliche(&format!("hue:{id}")));
    let is_usual = id.is_some_and(|id| node.hues.iter().any(|edge| edge.to == id));
    let path = vec![format!("hue:{}", id.unwrap_or("other")), case.industry_node()];
    match (is_cliche, is_usual) {
        (true, _) => {
            let text = case.say("design-reason-category-cliche", &[])?;
            reason("category", text, "practice", path).map(Some)
        }
        (false, true) => Ok(None),
        (false, false) => {
            let text = case.say("design-reason-category-own", &[])?;
            reason("category", text, "labrecque-milne-2013", path).map(Some)
        }
    }
}

/// The shorter way between the hues of two colours, in degrees.
fn hue_gap(a: Rgb, b: Rgb) -> f64 {
    let gap = (to_oklch(a).h - to_oklch(b).h).abs();
    gap.min(360.0 - gap)
}

fn secondary(case: &Case) -> Result<Reason, Fault> {
    let (primary, secondary) = (case.swatch("primary")?, case.swatch("secondary")?);
    let gap = hue_gap(primary.rgb, secondary.rgb);
    let (relation, because) = match gap {
        _ if primary.oklch[1] < GREY_CHROMA => ("grey", "practice"),
        g if g < KIN => ("kin", "schloss-palmer-2011"),
        g if g < NEIGHBOUR => ("neighbour", "schloss-palmer-2011"),
        _ => ("apart", "practice"),
    };
    let depth = if secondary.oklch[0] < primary.oklch[0] { "darker" } else { "lighter" };
    let depth = case.say(&format!("design-depth-{depth}"), &[])?;
    let hex = secondary.rgb.to_string();
    let values = [("secondary", secondary.name.as_str()), ("hex", &hex), ("depth", &depth)];
    let text = case.say(&format!("design-reason-secondary-{relation}"), &values)?;
    reason(
        "color",
        text,
        because,
        vec!["swatch:primary".into(), format!("hue-gap:{gap:.0}"), "swatch:secondary".into()],
    )
}

fn accent(case: &Case) -> Result<Reason, Fault> {
    let (primary, accent) = (case.swatch("primary")?, case.swatch("accent")?);
    let gap = hue_gap(primary.rgb, accent.rgb);
    let is_opposite = gap >= OPPOSITE && primary.oklch[1] >= GREY_CHROMA;
    let apart = core_color::difference(primary.rgb, accent.rgb);
    let values = [
        ("accent", accent.name.clone()),
        ("hex", accent.rgb.to_string()),
        ("share", accent.share.to_string()),
        ("difference", speech::difference(apart, case.words)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let relation = if is_opposite { "opposite" } else { "near" };
    let text = case.say(&format!("design-reason-accent-{relation}"), &values)?;
    reason(
        "color",
        text,
        "practice",
        vec!["swatch:primary".into(), format!("hue-gap:{gap:.0}"), "swatch:accent".into()],
    )
}

fn contrasts(case: &Case) -> Result<Reason, Fault> {
    let pairs = &case.palette.contrasts;
    let text_in = |theme: &str| {
        let ratios = pairs.iter().filter(|pair| pair.theme == theme && pair.foreground == "text");
        case.ratio(ratios.map(|pair| pair.ratio).fold(f64::MAX, f64::min))
    };
    let tightest = pairs.iter().min_by(|a, b| (a.ratio / a.threshold).total_cmp(&(b.ratio / b.threshold)));
    let tightest = tightest.ok_or_else(|| broken!("the palette promises nothing"))?;
    let values = [
        ("light", text_in("light")),
        ("dark", text_in("dark")),
        ("least", case.ratio(tightest.ratio)),
        ("needed", case.words.decimal(tightest.threshold, 1)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let path = vec![
        "palette:contrasts".into(),
        format!("pair:{}/{}/{}", tightest.theme, tightest.foreground, tightest.background),
    ];
    let text = case.words.count("design-reason-contrast", ("count", pairs.len() as u32), &values)?;
    reason("contrast", text, "wcag22", path)
}

/// A colour that stands in for the primary where that does not read.
struct Sister {
    theme: &'static str,
    rgb: Rgb,
    /// The worst ratio of the primary itself, and of the sister.
    ratio: f64,
    better: f64,
}

impl Sister {
    fn in_theme(palette: &Palette, id: &'static str) -> Option<Self> {
        let theme = palette.theme(id)?;
        let (primary, rgb) = (palette.swatch("primary")?.rgb, theme.role("primary")?);
        let worst = |rgb: Rgb| {
            let ratios = GROUNDS.iter().filter_map(|ground| Some(contrast(rgb, theme.role(ground)?)));
            ratios.fold(f64::MAX, f64::min)
        };
        (primary != rgb).then(|| Self { theme: id, rgb, ratio: worst(primary), better: worst(rgb) })
    }
}

/// A sister that has the primary's name goes by its value.
fn sister_named(case: &Case, sister: &Sister) -> Result<String, Fault> {
    let name = speech::color_name(&core_color::name(sister.rgb), case.words)?;
    let is_same = name == case.swatch("primary")?.name;
    Ok(if is_same { sister.rgb.to_string() } else { format!("{name} ({})", sister.rgb) })
}

fn sister_reason(case: &Case, sister: &Sister) -> Result<Reason, Fault> {
    let name = &case.swatch("primary")?.name;
    let (ratio, better) = (case.ratio(sister.ratio), case.ratio(sister.better));
    let values = [
        ("color", name.as_str()),
        ("ratio", &ratio),
        ("sister", &sister_named(case, sister)?),
        ("better", &better),
    ];
    let text = case.say(&format!("design-reason-sister-{}", sister.theme), &values)?;
    reason(
        "contrast",
        text,
        "wcag22",
        vec!["swatch:primary".into(), format!("theme:{}/primary", sister.theme)],
    )
}

fn faces(case: &Case) -> Result<Reason, Fault> {
    let typography = &case.faces.typography;
    let class = &typography.display.class;
    let says = case.say(&format!("design-class-says-{class}"), &[])?;
    let path = vec![
        case.industry_node(),
        format!("style:{}", case.style.blend.id),
        format!("class:{class}"),
        format!("rule:{}", case.faces.pair.rule),
    ];
    reason("type", case.words.sentences(&[&typography.rule, &says]), "practice", path)
}

fn shape(case: &Case) -> Result<Reason, Fault> {
    let roundness = case.guidance.roundness;
    let (form, because) = match roundness {
        r if r >= ROUND => ("round", "jiang-2016"),
        r if r <= ANGULAR => ("angular", "jiang-2016"),
        _ => ("balanced", "practice"),
    };
    let path = vec![
        case.industry_node(),
        format!("style:{}", case.style.blend.id),
        format!("roundness:{roundness}"),
    ];
    reason("shape", case.say(&format!("design-reason-shape-{form}"), &[])?, because, path)
}

fn mark(case: &Case) -> Result<Reason, Fault> {
    let motifs = &case.guidance.motifs;
    let named = motifs.iter().take(2).map(|motif| case.say(&format!("design-motif-{}", motif.id), &[]));
    let named = named.collect::<Result<Vec<_>, _>>()?;
    let text = case.say("design-reason-mark", &[("motifs", &case.words.list(&named))])?;
    let path = [case.industry_node()]
        .into_iter()
        .chain(motifs.iter().take(2).map(|motif| format!("motif:{}", motif.id)));
    reason("shape", text, "henderson-cote-1998", path.collect())
}

/// How far the design stands from its category, where that was asked for.
fn distance(case: &Case) -> Result<Option<Reason>, Fault> {
    let found = case.distance;
    let Some(asked) = found.asked else { return Ok(None) };
    let place = match found.measured {
        m if m < NEAR => "near",
        m if m > APART => "apart",
        _ => "between",
    };
    let [asked, measured] = [asked, found.measured].map(|value| case.words.decimal(value, 2));
    let text =
        case.say(&format!("design-reason-distance-{place}"), &[("asked", &asked), ("measured", &measured)])?;
    let parts = found.parts.iter().map(|part| format!("{} {}", part.node, part.measured));
    let path =
        [case.industry_node(), format!("distance:{}", found.measured)].into_iter().chain(parts).collect();
    reason("distance", text, "practice", path).map(Some)
}

/// What is chosen against a custom of those who speak the language.
fn custom_warnings(case: &Case) -> Result<Vec<Note>, Fault> {
    let swatch = case.swatch("primary")?;
    let hue = case.region.map(|hue| format!("hue:{}", hue.id));
    let motifs = case.guidance.motifs.iter().take(2).map(|motif| format!("motif:{}", motif.id));
    let plain = plain(swatch.rgb).map(str::to_owned);
    let chosen: Vec<String> = hue.into_iter().chain(plain).chain(motifs).collect();
    let said = case.customs.warnings(&chosen, &swatch.name, case.words)?;
    Ok(said.into_iter().map(|(note, message)| Note { id: format!("culture-{note}"), message }).collect())
}

/// What the person should know.
pub(crate) fn warnings(case: &Case, brief: &Brief) -> Result<Vec<Note>, Fault> {
    let mut notes = Vec::new();
    notes.extend(industry_warning(case, &brief.industry)?);
    notes.extend(style_warning(case, &brief.style)?);
    if case.palette.given {
        for sister in THEMES.into_iter().filter_map(|theme| Sister::in_theme(case.palette, theme)) {
            notes.push(sister_warning(case, &sister)?);
        }
    }
    notes.extend(custom_warnings(case)?);
    Ok(notes)
}

fn industry_warning(case: &Case, asked: &str) -> Result<Option<Note>, Fault> {
    let answer = case.industry;
    if answer.confidence >= SURE {
        return Ok(None);
    }
    let kind = if answer.industry.id == GENERAL { "unknown" } else { "near" };
    let name = industry_name(&answer.industry, case.words)?;
    let sure = speech::sure(answer.confidence, case.words);
    let values = [("asked", asked), ("industry", &name), ("sure", &sure)];
    let message = case.say(&format!("design-warning-industry-{kind}"), &values)?;
    Ok(Some(Note { id: format!("industry-{kind}"), message }))
}

fn style_warning(case: &Case, asked: &str) -> Result<Option<Note>, Fault> {
    if case.style.confidence >= SURE {
        return Ok(None);
    }
    let name = style_name(case.style, case.words)?;
    let sure = speech::sure(case.style.confidence, case.words);
    let message =
        case.say("design-warning-style-near", &[("asked", asked), ("style", &name), ("sure", &sure)])?;
    Ok(Some(Note { id: "style-near".into(), message }))
}

fn sister_warning(case: &Case, sister: &Sister) -> Result<Note, Fault> {
    let primary = case.swatch("primary")?;
    let values = [
        ("color", primary.name.clone()),
        ("hex", primary.rgb.to_string()),
        ("ratio", case.ratio(sister.ratio)),
        ("theme", case.say(&format!("design-theme-{}", sister.theme), &[])?),
        ("sister", sister_named(case, sister)?),
        ("better", case.ratio(sister.better)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let message = case.say("design-warning-sister", &values)?;
    Ok(Note { id: format!("color-sister-{}", sister.theme), message })
}
