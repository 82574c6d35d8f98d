//! From an order to a design.

use crate::checks::{Setting, checks};
use crate::choice::{color_in, pick_harmony, pick_hue, region_of, traits};
use crate::guidance::guidance;
use crate::reasons::{Case, reasons, warnings};
use crate::speech::color_name;
use crate::typography::faces;
use core_brand::brief::Order;
use core_brand::design::{IndustryMatch, Palette, StyleMatch};
use core_brand::{Design, Fault, Rng, broken};
use core_color::Request;
use core_graph::{Hue, IndustryAnswer, StyleAnswer, Traits, industry, style};
use core_words::Words;

/// Decides everything that later steps obey.
pub fn decide(order: &Order) -> Result<Design, Fault> {
    let brief = &order.brief;
    let words = Words::new(&brief.language)?;
    let (industry, style) = (industry(&brief.industry)?, style(&brief.style)?);
    let traits = traits(industry.industry, &style.blend);
    let (palette, region) = palette(order, &industry, &style, &traits, &words)?;
    let mut rng = Rng::fork(order.seed, "type");
    let faces = faces(industry.industry, &style.blend, &traits, &brief.company_name, &words, &mut rng)?;
    let guidance = guidance(industry.industry, &style.blend);
    let setting = Setting { name: &brief.company_name, language: &brief.language };
    let checks = checks(&palette, brief.primary_color, &faces.typography, &setting)?;
    let case = Case {
        industry: &industry,
        style: &style,
        traits: &traits,
        palette: &palette,
        region,
        faces: &faces,
        guidance: &guidance,
        words: &words,
    };
    let (reasons, warnings) = (reasons(&case)?, warnings(&case, brief)?);
    Ok(Design {
        format: 1,
        industry: industry_match(&brief.industry, &industry, &words)?,
        style: style_match(&brief.style, &style, &words)?,
        typography: faces.typography,
        traits,
        palette,
        guidance,
        reasons,
        warnings,
        checks,
        polish: None,
    })
}

/// The palette, and the region of colour that its primary lies in.
fn palette(
    order: &Order,
    industry: &IndustryAnswer,
    style: &StyleAnswer,
    traits: &Traits,
    words: &Words,
) -> Result<(Palette, Option<&'static Hue>), Fault> {
    // A stream per reading of the brief: with one seed, two industries do not get the same throw.
    let mut rng = Rng::fork(order.seed, &format!("color/{}/{}", industry.industry.id, style.blend.id));
    let hue = pick_hue(industry.industry, &style.blend, traits, &mut rng);
    let hue = hue.ok_or_else(|| broken!("`{}` has no hues", industry.industry.id))?;
    let given = order.brief.primary_color;
    let mut palette = core_color::build(&Request {
        given,
        wanted: color_in(hue, &style.blend, &mut rng),
        harmony: pick_harmony(&style.blend, traits, &mut rng),
        loudness: style.blend.loudness,
        seed: rng.next_u64(),
    });
    for swatch in &mut palette.swatches {
        swatch.name = color_name(&swatch.name, words)?;
    }
    Ok((palette, given.map_or(Some(hue), region_of)))
}

fn industry_match(asked: &str, answer: &IndustryAnswer, words: &Words) -> Result<IndustryMatch, Fault> {
    let id = answer.industry.id.clone();
    let name = words.say(&format!("design-industry-{id}"), &[])?;
    Ok(IndustryMatch { asked: asked.to_owned(), id, name, confidence: answer.confidence })
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
    let names = answer.styles.iter().map(|style| words.say(&format!("design-style-{}", style.id), &[]));
    Ok(names.collect::<Result<Vec<_>, _>>()?.join(" + "))
}
