//! The law of reasons: no number, name or node in a sentence that the design or the graph does not have, in any
//! language; and no sentence that was never in a catalogue.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::brief::{LANGUAGES, Order, RawBrief};
use core_brand::design::{Palette, Reason};
use core_brand::{Design, Rgb};
use core_color::{contrast, difference, to_oklch};
use core_design::decide;
use core_words::{PSEUDO, Words};
use std::collections::BTreeSet;

const NAME: &str = "Nrdwnd";
const STYLES: [&str; 3] = ["modern", "vintage", "playful and technical"];
const DISTANCES: [Option<f64>; 3] = [None, Some(0.0), Some(0.9)];
const COLORS: [Option<&str>; 4] = [None, Some("#ffd400"), None, Some("#101010")];

fn design(industry: &str, style: &str, color: Option<&str>, language: &str, seed: u64) -> Design {
    let raw = RawBrief {
        company_name: NAME.into(),
        industry: industry.into(),
        style: Some(style.into()),
        primary_color: color.map(str::to_owned),
        // Every third says how far it wants to stand from its category.
        distance: DISTANCES[seed as usize % DISTANCES.len()],
        ..RawBrief::default()
    };
    let mut order = Order::new(&raw, Some(seed), None).unwrap();
    language.clone_into(&mut order.brief.language);
    decide(&order).unwrap()
}

/// Every industry in every language, the styles and colours by turns; every style in every language.
fn corpus(mut check: impl FnMut(&Design, &Words)) {
    for (turn, language) in LANGUAGES.iter().enumerate() {
        let words = Words::new(language).unwrap();
        for (at, industry) in core_graph::industries().iter().enumerate() {
            let (style, color) = (STYLES[(at + turn) % STYLES.len()], COLORS[(at + turn) % COLORS.len()]);
            check(&design(&industry.id, style, color, language, at as u64), &words);
        }
        for (at, style) in core_graph::styles().iter().enumerate() {
            check(&design("cofee shop", &style.id, COLORS[at % COLORS.len()], language, at as u64), &words);
        }
    }
}

/// The figures that a sentence may hold: what was measured for its topic, written as the language writes it.
fn measured(design: &Design, reason: &Reason, words: &Words) -> BTreeSet<String> {
    let palette = &design.palette;
    let floor = |value: f64, places: usize| {
        let factor = if places == 1 { 10.0 } else { 100.0 };
        words.decimal((value * factor).floor() / factor, places)
    };
    let mut found = BTreeSet::new();
    match reason.topic.as_str() {
        "color" => {
            found.extend(palette.swatches.iter().map(|swatch| swatch.share.to_string()));
            let [primary, accent] = ["primary", "accent"].map(|id| palette.swatch(id).unwrap().rgb);
            found.insert(floor(difference(primary, accent), 1));
        }
        "contrast" => {
            found.insert(palette.contrasts.len().to_string());
            for pair in &palette.contrasts {
                found.extend([floor(pair.ratio, 2), words.decimal(pair.threshold, 1)]);
            }
            found.extend(worst_of_primary(palette).iter().map(|ratio| floor(*ratio, 2)));
        }
        "type" => {
            for face in [&design.typography.display, &design.typography.text] {
                found.extend([face.key.weight.to_string(), face.x_height.to_string()]);
            }
        }
        "distance" => {
            let distance = design.distance.as_ref().unwrap();
            // The ends of the dial, what was asked and what was measured.
            found.extend(["0".to_owned(), "1".to_owned(), words.decimal(distance.measured, 2)]);
            found.extend(distance.asked.map(|asked| words.decimal(asked, 2)));
        }
        // The number of logos in the study that the source names.
        "shape" if reason.source.starts_with("Henderson & Cote 1998") => found.extend(["195".to_owned()]),
        _ => {}
    }
    found
}

/// The worst ratios that the primary and what stands in for it would have as text, by theme.
fn worst_of_primary(palette: &Palette) -> Vec<f64> {
    let primary = palette.swatch("primary").unwrap().rgb;
    let mut ratios = Vec::new();
    for theme in &palette.themes {
        let grounds = ["background", "surface", "surface-raised"].map(|ground| theme.role(ground).unwrap());
        for rgb in [primary, theme.role("primary").unwrap()] {
            ratios.push(grounds.iter().map(|ground| contrast(rgb, *ground)).fold(f64::MAX, f64::min));
        }
    }
    ratios
}

/// The text without what has digits in its name.
fn without_names(text: &str, design: &Design) -> String {
    let mut text = text.replace("WCAG 2.2", "").replace("WCAG\u{a0}2.2", "").replace("CIEDE2000", "");
    for family in families(design) {
        text = text.replace(family, "");
    }
    for hex in hexes(&text) {
        text = text.replace(&hex.to_string(), "");
    }
    // A ratio is so many to one.
    text.replace(":1", "")
}

/// The families of a design; the longer name first, since it may hold the other.
fn families(design: &Design) -> [&str; 2] {
    let mut names =
        [&design.typography.display, &design.typography.text].map(|face| face.key.family.as_str());
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

fn hexes(text: &str) -> Vec<Rgb> {
    text.match_indices('#').filter_map(|(at, _)| Rgb::parse(text.get(at..at + 7)?).ok()).collect()
}

/// Runs of digits with one mark inside.
fn numbers(text: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_numeric() || matches!(letter, '.' | ',');
    let runs = text.split(|letter: char| !is_part(letter)).map(|run| run.trim_matches(['.', ',']));
    runs.filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_number_in_a_reason_was_measured() {
    let mut count = 0;
    corpus(|design, words| {
        for reason in &design.reasons {
            let known = measured(design, reason, words);
            for number in numbers(&without_names(&reason.text, design)) {
                assert!(known.contains(&number), "{}: {number} in `{}`", words.language(), reason.text);
                count += 1;
            }
        }
        for note in &design.warnings {
            let sure = [design.industry.confidence, design.style.confidence]
                .map(|sure| words.decimal(sure * 100.0, 0));
            let ratios = worst_of_primary(&design.palette);
            let known: BTreeSet<String> = ratios
                .iter()
                .map(|ratio| words.decimal((ratio * 100.0).floor() / 100.0, 2))
                .chain(sure)
                .collect();
            for number in numbers(&without_names(&note.message, design)) {
                assert!(known.contains(&number), "{}: {number} in `{}`", words.language(), note.message);
                count += 1;
            }
        }
    });
    assert!(count > 5000, "only {count} numbers were read");
}

#[test]
fn every_colour_and_face_in_a_reason_is_in_the_design() {
    corpus(|design, words| {
        let palette = &design.palette;
        let known: BTreeSet<Rgb> = palette
            .swatches
            .iter()
            .map(|swatch| swatch.rgb)
            .chain(palette.themes.iter().filter_map(|theme| theme.role("primary")))
            .collect();
        for reason in &design.reasons {
            let text = &reason.text;
            for rgb in hexes(text) {
                assert!(known.contains(&rgb), "{rgb} in `{text}`");
                let named = palette
                    .swatches
                    .iter()
                    .find(|swatch| swatch.rgb == rgb)
                    .map(|swatch| swatch.name.clone());
                let name = named.unwrap_or_else(|| {
                    words.say(&format!("design-color-{}", core_color::name(rgb)), &[]).unwrap()
                });
                let (before, _) = text.split_once(&rgb.to_string()).unwrap();
                let before = before.trim_end_matches(['(', '\u{ff08}', ' ', '\u{a0}']);
                let stands_alone = reason.topic == "contrast" && !text.contains(&format!("({rgb})"));
                assert!(stands_alone || before.ends_with(&name), "{rgb} is not {name} in `{text}`");
            }
            if reason.topic == "type" {
                let own = [&design.typography.display, &design.typography.text]
                    .map(|face| face.key.family.as_str());
                assert!(text.contains(own[0]), "{text}");
                let rest = without_names(text, design);
                let foreign = core_typography::families().iter().map(|family| family.name.as_str());
                let foreign: Vec<&str> =
                    foreign.filter(|name| !own.contains(name) && is_word_of(name, &rest)).collect();
                assert!(foreign.is_empty(), "{foreign:?} in `{text}`");
            }
        }
    });
}

fn is_word_of(name: &str, text: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        edge(text[..at].chars().next_back()) && edge(text[at + name.len()..].chars().next())
    })
}

/// Whether a step of a path is a node of the graph or a value of the design.
fn is_known(step: &str, design: &Design) -> bool {
    let Some((kind, rest)) = step.split_once(':') else { return false };
    let mut parts = design.distance.iter().flat_map(|distance| &distance.parts);
    if parts.any(|part| step == format!("{} {}", part.node, part.measured)) {
        return true;
    }
    let palette = &design.palette;
    let value = |text: &str| text.parse::<f64>().ok();
    match kind {
        "brief" | "word" => !rest.is_empty(),
        "industry" => core_graph::industries().iter().any(|node| node.id == rest),
        "style" => rest.split('+').all(|id| core_graph::styles().iter().any(|node| node.id == id)),
        "hue" => rest == "other" || core_graph::hues().iter().any(|hue| hue.id == rest),
        "trait" => rest
            .split_once(' ')
            .is_some_and(|(axis, weight)| design.traits.get(axis).copied() == value(weight)),
        "swatch" => palette.swatch(rest).is_some(),
        "hue-gap" => ["secondary", "accent"].iter().any(|id| gap(palette, id) == value(rest)),
        "palette" => rest == "contrasts" && !palette.contrasts.is_empty(),
        "pair" => palette
            .contrasts
            .iter()
            .any(|pair| rest == format!("{}/{}/{}", pair.theme, pair.foreground, pair.background)),
        "theme" => rest
            .split_once('/')
            .is_some_and(|(theme, role)| palette.theme(theme).and_then(|theme| theme.role(role)).is_some()),
        "class" => design.typography.display.class == rest,
        "rule" => core_typography::RULES.contains(&rest),
        "roundness" => value(rest) == Some(design.guidance.roundness),
        "distance" => design.distance.as_ref().map(|distance| distance.measured) == value(rest),
        "motif" => design.guidance.motifs.iter().any(|motif| motif.id == rest),
        _ => false,
    }
}

/// Degrees between a swatch and the primary, in whole ones.
fn gap(palette: &Palette, id: &str) -> Option<f64> {
    let hue = |id: &str| palette.swatch(id).map(|swatch| to_oklch(swatch.rgb).h);
    let gap = (hue("primary")? - hue(id)?).abs();
    Some(gap.min(360.0 - gap).round())
}

#[test]
fn every_reason_has_a_path_and_a_source() {
    corpus(|design, _| {
        for reason in &design.reasons {
            assert!(!reason.path.is_empty() && !reason.source.is_empty(), "{reason:?}");
            for step in &reason.path {
                assert!(is_known(step, design), "`{step}` of `{}`", reason.text);
            }
        }
    });
}

/// All vowels of the pseudo-language have accents: one without is of a name, or was never in a catalogue.
fn untranslated(text: &str, names: &[&str]) -> Vec<String> {
    let mut rest = text.to_owned();
    for name in names {
        rest = rest.replace(name, "");
    }
    for hex in hexes(text) {
        rest = rest.replace(&hex.to_string(), "");
    }
    let is_plain = |word: &&str| word.contains(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    rest.split_whitespace().filter(is_plain).map(str::to_owned).collect()
}

#[test]
fn nothing_is_said_that_is_in_no_catalogue() {
    let asked = ["cofee shop", "asdfgh", "blorp"];
    let briefs =
        core_graph::industries().iter().enumerate().map(|(at, node)| (node.id.as_str(), STYLES[at % 3]));
    let styles = core_graph::styles().iter().map(|node| ("law", node.id.as_str()));
    let unknown = [(asked[0], "modern"), (asked[1], "modern"), ("law", asked[2])];
    for (at, (industry, style)) in briefs.chain(styles).chain(unknown).enumerate() {
        let design = design(industry, style, COLORS[at % COLORS.len()], PSEUDO, at as u64);
        let mut names = families(&design).to_vec();
        names.push(NAME);
        names.extend(asked);
        let texts = design
            .reasons
            .iter()
            .map(|reason| &reason.text)
            .chain(design.warnings.iter().map(|note| &note.message))
            .chain(design.palette.swatches.iter().map(|swatch| &swatch.name))
            .chain([&design.typography.rule, &design.industry.name, &design.style.name]);
        for text in texts {
            assert!(text.starts_with('[') && text.ends_with(']'), "{text}");
            assert_eq!(untranslated(text, &names), Vec::<String>::new(), "{text}");
        }
    }
    assert_eq!(untranslated("[Thé wórd rust ís #aabbcc]", &[]), ["rust"]);
}

#[test]
fn sentences_end_as_the_language_ends_them() {
    corpus(|design, words| {
        let (end, joint) = if words.language() == "ja" { ('\u{3002}', '\u{3002}') } else { ('.', ' ') };
        for reason in &design.reasons {
            let text = &reason.text;
            assert!(text.ends_with(end), "{text}");
            let runs_on = text.match_indices(end).any(|(at, _)| {
                let next = text[at + end.len_utf8()..].chars().next();
                joint == ' ' && next.is_some_and(char::is_alphabetic)
            });
            let has_gap = joint != ' ' && text.contains("\u{3002} ");
            assert!(!runs_on && !has_gap, "{text}");
        }
    });
}
