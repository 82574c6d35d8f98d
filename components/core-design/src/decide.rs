//! From an order to a design.

use crate::answers::graph_use;
use crate::checks::{Setting, checks};
use crate::choice::{color_in, hundredths, pick_harmony, pick_hue, region_of, traits};
use crate::customs::Customs;
use crate::distance::{Standing, Wishes, measured, steer};
use crate::guidance::guidance;
use crate::reasons::{Case, reasons, warnings};
use crate::speech::color_name;
use crate::typography::{Faces, faces};
use core_brand::brief::{Distance, Order};
use core_brand::design::{
    DistanceFound, IndustryAlternative, IndustryMatch, LogoGuidance, Palette, StyleMatch,
};
use core_brand::{Design, Fault, Rng, broken};
use core_color::Request;
use core_graph::{Alternative, Graph, Hue, Industry, IndustryAnswer, Style, StyleAnswer, Traits};
use core_words::Words;

/// Positions of the dial that are tried, beside nought.
const DIAL_STEPS: u8 = 20;

/// Decides everything that later steps obey, by the graph that is compiled in.
pub fn decide(order: &Order) -> Result<Design, Fault> {
    decide_by(Graph::base()?, order)
}

/// Decides by this graph.
pub fn decide_by(graph: &Graph, order: &Order) -> Result<Design, Fault> {
    let brief = &order.brief;
    let words = Words::new(&brief.language)?;
    let industry = graph.industry(&brief.industry)?;
    let style = graph.style_of(&brief.style, &industry)?;
    let traits = traits(&industry.industry, &style.blend);
    let customs = Customs::of(graph, &brief.language, &industry.industry.id);
    let basis = Basis {
        graph,
        order,
        industry: &industry.industry,
        style: &style.blend,
        traits: &traits,
        customs: &customs,
        words: &words,
    };
    let Draft { palette, region, faces, guidance, distance } = basis.nearest()?;
    let setting = Setting { name: &brief.company_name, language: &brief.language };
    let checks = checks(&palette, brief.primary_color, &faces.typography, &setting)?;
    let mut design = Design {
        format: 1,
        industry: industry_match(graph, &brief.industry, &industry, &words)?,
        style: style_match(&brief.style, &style, &words)?,
        typography: faces.typography.clone(),
        traits: traits.clone(),
        palette: palette.clone(),
        guidance: guidance.clone(),
        reasons: Vec::new(),
        warnings: Vec::new(),
        checks,
        polish: None,
        graph: None,
        distance: None,
    };
    let chosen = chosen(&design, region);
    let case = Case {
        graph,
        industry: &industry,
        style: &style,
        traits: &traits,
        palette: &palette,
        region,
        faces: &faces,
        guidance: &guidance,
        distance: &distance,
        customs: &customs,
        words: &words,
    };
    (design.reasons, design.warnings) = (reasons(&case)?, warnings(&case, brief)?);
    design.graph = Some(graph_use(graph, &industry, &style, &chosen)?);
    design.distance = Some(distance);
    Ok(design)
}

/// What a design is drafted from.
struct Basis<'a> {
    graph: &'a Graph,
    order: &'a Order,
    industry: &'a Industry,
    style: &'a Style,
    traits: &'a Traits,
    customs: &'a Customs<'a>,
    words: &'a Words,
}

/// What the dial decides about.
struct Draft<'a> {
    palette: Palette,
    region: Option<&'a Hue>,
    faces: Faces,
    guidance: LogoGuidance,
    distance: DistanceFound,
}

impl<'a> Basis<'a> {
    /// The draft that stands where the brief asks: what is measured moves in steps, so that all positions of the dial
    /// are tried. Of two as near, that of the position nearer to the asked one.
    fn nearest(&self) -> Result<Draft<'a>, Fault> {
        let Some(asked) = self.order.brief.distance else { return self.draft(None) };
        let mut drafts = Vec::new();
        for step in 0..=DIAL_STEPS {
            let position = Distance::new(f64::from(step) / f64::from(DIAL_STEPS))?;
            let draft = self.draft(Some(position))?;
            let off = |value: f64| hundredths((value - asked.value()).abs());
            drafts.push((off(draft.distance.measured), off(position.value()), draft));
        }
        let nearest = drafts.into_iter().min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        nearest.map(|(_, _, draft)| draft).ok_or_else(|| broken!("the dial has no positions"))
    }

    fn draft(&self, position: Option<Distance>) -> Result<Draft<'a>, Fault> {
        let Self { graph, order, traits, words, .. } = *self;
        let wishes = steer(graph, self.industry, self.style, traits, position);
        let (palette, region) = palette(order, graph, &wishes, traits, self.customs, words)?;
        let mut rng = Rng::fork(order.seed, "type");
        let Wishes { industry, style } = &wishes;
        let faces = faces(industry, style, traits, &order.brief.company_name, words, &mut rng)?;
        let guidance = guidance(graph, industry, style);
        let primary = palette.swatch("primary").ok_or_else(|| broken!("the palette has no `primary`"))?;
        let standing =
            Standing { primary: primary.rgb, class: &faces.typography.display.class, guidance: &guidance };
        let distance = measured(graph, self.industry, &standing, order.brief.distance);
        Ok(Draft { palette, region, faces, guidance, distance })
    }
}

/// The nodes that were chosen.
fn chosen(design: &Design, region: Option<&Hue>) -> Vec<String> {
    let class = format!("type:{}", design.typography.display.class);
    let motif = design.guidance.motifs.first().map(|one| format!("motif:{}", one.id));
    let grammar = design.guidance.grammars.first().map(|one| format!("grammar:{}", one.id));
    let hue = region.map(|hue| format!("hue:{}", hue.id));
    hue.into_iter().chain([class]).chain(motif).chain(grammar).collect()
}

/// The palette, and the region of colour that its primary lies in.
fn palette<'a>(
    order: &Order,
    graph: &'a Graph,
    wishes: &Wishes,
    traits: &Traits,
    customs: &Customs<'_>,
    words: &Words,
) -> Result<(Palette, Option<&'a Hue>), Fault> {
    let Wishes { industry, style } = wishes;
    // A stream per reading of the brief: with one seed, two industries do not get the same throw.
    let mut rng = Rng::fork(order.seed, &format!("color/{}/{}", industry.id, style.id));
    let hue = pick_hue(&order.brief.company_name, graph, industry, style, traits, customs, &mut rng);
    let hue = hue.ok_or_else(|| broken!("`{}` has no hues", industry.id))?;
    let given = order.brief.primary_color;
    let mut palette = core_color::build(&Request {
        given,
        wanted: color_in(hue, style, &mut rng),
        harmony: pick_harmony(style, traits, &mut rng),
        loudness: style.loudness,
        seed: rng.next_u64(),
    });
    for swatch in &mut palette.swatches {
        swatch.name = color_name(&swatch.name, words)?;
    }
    Ok((palette, given.map_or(Some(hue), |rgb| region_of(graph, rgb))))
}

fn industry_match(
    graph: &Graph,
    asked: &str,
    answer: &IndustryAnswer,
    words: &Words,
) -> Result<IndustryMatch, Fault> {
    let alternative = |other: &Alternative| {
        let node = graph.source().industries.iter().find(|node| node.id == other.id);
        let node = node.ok_or_else(|| broken!("no industry `{}` in the brand graph", other.id))?;
        let name = industry_name(node, words)?;
        let (id, word) = (other.id.clone(), other.word.clone());
        Ok(IndustryAlternative { id, name, word, confidence: other.confidence })
    };
    Ok(IndustryMatch {
        asked: asked.to_owned(),
        id: answer.industry.id.clone(),
        name: industry_name(&answer.industry, words)?,
        confidence: answer.confidence,
        alternatives: answer.alternatives.iter().map(alternative).collect::<Result<_, Fault>>()?,
    })
}

/// The name of an industry in a language: what its node says, then the catalogue, then its English name.
pub(crate) fn industry_name(node: &Industry, words: &Words) -> Result<String, Fault> {
    let key = format!("design-industry-{}", node.id);
    match node.says.get(words.language()) {
        Some(said) => Ok(said.name.clone()),
        None if words.knows(&key) => words.say(&key, &[]),
        None => Ok(node.name.clone()),
    }
}

fn style_match(asked: &str, answer: &StyleAnswer, words: &Words) -> Result<StyleMatch, Fault> {
    let name = style_name(answer, words)?;
    Ok(StyleMatch {
        asked: asked.to_owned(),
        id: answer.blend.id.clone(),
        name,
        confidence: answer.confidence,
    })
}

/// The names of all styles that were found.
pub(crate) fn style_name(answer: &StyleAnswer, words: &Words) -> Result<String, Fault> {
    let name = |style: &Style| {
        let key = format!("design-style-{}", style.id);
        match style.says.get(words.language()) {
            Some(said) => Ok(said.name.clone()),
            None if words.knows(&key) => words.say(&key, &[]),
            None => Ok(style.name.clone()),
        }
    };
    Ok(answer.styles.iter().map(name).collect::<Result<Vec<_>, Fault>>()?.join(" + "))
}
