//! The laws of a design, over everything the graph knows.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::brief::{LANGUAGES, Order, RawBrief};
use core_brand::check::Severity;
use core_brand::content::BlobRef;
use core_brand::{Design, Document, Fault, FontKey, Rgb, Step, Studio};
use core_design::{DesignStep, TASK, decide};
use core_words::Words;
use std::collections::BTreeSet;

fn order(name: &str, industry: &str, style: &str, color: Option<&str>, language: &str, seed: u64) -> Order {
    let raw = RawBrief {
        company_name: name.into(),
        industry: industry.into(),
        style: Some(style.into()),
        primary_color: color.map(str::to_owned),
        complexity: None,
        language: Some(language.into()),
        ..RawBrief::default()
    };
    Order::new(&raw, Some(seed), None).unwrap()
}

fn design(industry: &str, style: &str, color: Option<&str>, language: &str, seed: u64) -> Design {
    decide(&order("Nordwind Ágape", industry, style, color, language, seed)).unwrap()
}

/// What must hold of every design.
fn holds(design: &Design) {
    let failed: Vec<_> =
        design.checks.iter().filter(|check| check.severity == Severity::Gate && !check.passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let missed: Vec<_> = design.checks.iter().filter(|check| !check.passed).collect();
    assert!(
        missed.iter().all(|check| check.severity == Severity::Warn && !check.fix.is_empty()),
        "{missed:#?}"
    );
    assert!(design.checks.len() > 300);
    let names: BTreeSet<&str> = design.palette.swatches.iter().map(|swatch| swatch.name.as_str()).collect();
    assert_eq!(names.len(), 5, "{:?}", design.palette.swatches);
    assert!((8..=12).contains(&design.reasons.len()), "{} reasons", design.reasons.len());
    for reason in &design.reasons {
        assert!(
            reason.text.ends_with(['.', '\u{3002}']) && !reason.text.contains(['{', '}']),
            "{}",
            reason.text
        );
        assert!(
            !reason.text.contains("  ") && !reason.path.is_empty() && !reason.source.is_empty(),
            "{reason:?}"
        );
        assert!(["strong", "limited", "practice"].contains(&reason.evidence.as_str()));
    }
    let texts: BTreeSet<&str> = design.reasons.iter().map(|reason| reason.text.as_str()).collect();
    assert_eq!(texts.len(), design.reasons.len());
    let shape = [design.guidance.roundness, design.guidance.weight, design.guidance.energy];
    assert!(shape.iter().all(|value| (0.0..=1.0).contains(value)));
    assert_eq!(design.guidance.grammars.len(), core_graph::GRAMMARS.len());
    assert!(design.guidance.grammars.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
    assert!((1..=4).contains(&design.guidance.motifs.len()));
    let sizes: Vec<f64> = design.typography.sizes.iter().map(|size| size.size_px).collect();
    assert!(sizes.len() == 6 && sizes.windows(2).all(|pair| pair[0] > pair[1]), "{sizes:?}");
}

#[test]
fn every_industry_in_every_style_passes_its_gates_in_some_language() {
    let colors = [None, Some("#2563eb"), Some("#ffd400"), Some("#101010")];
    let mut turn = 0;
    for industry in core_graph::industries() {
        for style in core_graph::styles() {
            turn += 1;
            let (language, color) = (LANGUAGES[turn % LANGUAGES.len()], colors[turn / 3 % colors.len()]);
            let design = design(&industry.id, &style.id, color, language, turn as u64);
            holds(&design);
            assert_eq!((&design.industry.id, design.industry.confidence), (&industry.id, 1.0));
            assert_eq!((&design.style.id, design.style.confidence), (&style.id, 1.0));
        }
    }
}

#[test]
fn every_node_has_words_in_every_language() {
    let mut keys: Vec<String> = Vec::new();
    for node in core_graph::industries() {
        keys.extend([format!("design-industry-{}", node.id), format!("design-insight-{}", node.id)]);
    }
    for node in core_graph::styles() {
        keys.extend([format!("design-style-{}", node.id), format!("design-style-effect-{}", node.id)]);
    }
    keys.extend(core_graph::hues().iter().map(|hue| format!("design-hue-{}", hue.id)));
    keys.extend(core_graph::MOTIFS.iter().map(|motif| format!("design-motif-{motif}")));
    keys.extend(
        core_graph::TYPES
            .iter()
            .flat_map(|class| [format!("design-class-{class}"), format!("design-class-says-{class}")]),
    );
    keys.extend(core_typography::RULES.iter().map(|rule| format!("design-rule-{rule}")));
    keys.extend(
        core_graph::AXES
            .iter()
            .flat_map(|axis| ["high", "low"].map(|pole| format!("design-trait-{axis}-{pole}"))),
    );
    for tone in core_color::TONES {
        keys.extend(core_color::FAMILIES.iter().map(|family| format!("design-color-{tone}-{family}")));
    }
    keys.extend(core_color::NEUTRALS.iter().map(|name| format!("design-color-{name}")));
    for kind in ["ink", "paper"] {
        keys.extend(core_color::PAPERS.iter().map(|name| format!("design-color-{kind}-{name}")));
    }
    for language in LANGUAGES {
        let words = Words::new(language).unwrap();
        let missing: Vec<_> = keys.iter().filter(|key| !words.knows(key)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

#[test]
fn the_graph_and_the_faces_speak_of_the_same_things() {
    assert_eq!(core_graph::AXES, core_typography::AXES);
    assert_eq!(BTreeSet::from(core_graph::TYPES), BTreeSet::from(core_typography::CLASSES));
    let harmonies: Vec<&str> = core_color::Harmony::ALL.iter().map(|harmony| harmony.id()).collect();
    assert_eq!(harmonies, core_graph::HARMONIES);
}

#[test]
fn the_english_names_are_the_names_of_the_graph() {
    let words = Words::new("en").unwrap();
    for node in core_graph::industries() {
        assert_eq!(words.say(&format!("design-industry-{}", node.id), &[]).unwrap(), node.name);
    }
    for node in core_graph::styles() {
        assert_eq!(words.say(&format!("design-style-{}", node.id), &[]).unwrap(), node.name);
    }
}

#[test]
fn the_same_order_gives_the_same_bytes_and_each_part_of_it_counts() {
    let base = design("coffee", "modern", None, "en", 1);
    assert_eq!(
        serde_json::to_string(&base).unwrap(),
        serde_json::to_string(&design("coffee", "modern", None, "en", 1)).unwrap()
    );
    let texts = |design: &Design| design.reasons.iter().map(|reason| reason.text.clone()).collect::<Vec<_>>();

    let colored = design("coffee", "modern", Some("#2563eb"), "en", 1);
    assert_ne!(base.palette, colored.palette);
    let other = design("law", "modern", None, "en", 1);
    assert!(base.guidance != other.guidance && base.traits != other.traits && texts(&base) != texts(&other));
    assert_ne!(base.guidance, design("coffee", "luxury", None, "en", 1).guidance);
    assert_ne!(texts(&base), texts(&design("coffee", "modern", None, "de", 1)));
    for seed in 2..12 {
        assert_ne!(
            base.palette.swatches,
            design("coffee", "modern", None, "en", seed).palette.swatches,
            "{seed}"
        );
        let kept = design("coffee", "modern", Some("#2563eb"), "en", seed);
        assert_eq!(kept.palette.swatch("primary").unwrap().rgb, Rgb::new(0x25, 0x63, 0xeb));
        assert_ne!(kept.palette.swatches, colored.palette.swatches, "{seed}");
    }
}

#[test]
fn seeds_explore() {
    let designs: Vec<Design> = (0..40).map(|seed| design("technology", "modern", None, "en", seed)).collect();
    let count = |part: fn(&Design) -> String| designs.iter().map(part).collect::<BTreeSet<_>>().len();
    assert!(count(|design| design.palette.swatches[0].name.clone()) >= 3);
    assert!(count(|design| design.typography.display.key.family.clone()) >= 3);
}

#[test]
fn warns_about_what_was_not_known() {
    // Industry, style, colour, warnings.
    let cases: &[(&str, &str, Option<&str>, &[&str])] = &[
        ("coffee", "modern", None, &[]),
        ("kaffee", "schlicht", None, &[]),
        ("cofee shop", "modern", None, &["industry-near"]),
        ("asdfgh", "modern", None, &["industry-unknown"]),
        ("coffee", "blorp", None, &["style-near"]),
        ("coffee", "modern", Some("#ffd400"), &["color-sister-light", "color-sister-high-contrast"]),
        ("coffee", "modern", Some("#101010"), &["color-sister-dark"]),
        ("coffee", "modern", Some("#2563eb"), &["color-sister-dark", "color-sister-high-contrast"]),
    ];
    for language in LANGUAGES {
        for (industry, style, color, expected) in cases {
            let design = design(industry, style, *color, language, 3);
            holds(&design);
            let ids: Vec<&str> = design.warnings.iter().map(|note| note.id.as_str()).collect();
            assert_eq!(ids, *expected, "{industry} {style} {color:?}");
            assert!(
                design
                    .warnings
                    .iter()
                    .all(|note| note.message.chars().count() > 30 && !note.message.contains('{'))
            );
        }
    }
}

#[test]
fn numbers_in_sentences_are_those_of_the_design() {
    let design = design("law", "classic", Some("#ffd400"), "en", 9);
    let text = |topic: &str| {
        let texts =
            design.reasons.iter().filter(|reason| reason.topic == topic).map(|reason| reason.text.as_str());
        texts.collect::<Vec<_>>().join(" ")
    };
    assert!(text("color").contains("#ffd400"));
    let light =
        design.palette.contrasts.iter().filter(|pair| pair.theme == "light" && pair.foreground == "text");
    let least = light.map(|pair| pair.ratio).fold(f64::MAX, f64::min);
    assert!(text("contrast").contains(&format!("{least:.2}:1")), "{}", text("contrast"));
    let sister = design.palette.theme("light").unwrap().role("primary").unwrap();
    assert!(text("contrast").contains(&sister.to_string()), "{}", text("contrast"));
    assert!(text("type").contains(&design.typography.display.key.family));
}

#[test]
fn decimals_are_written_as_the_language_writes_them() {
    for (language, sign) in [("en", '.'), ("de", ','), ("fr", ','), ("es", ',')] {
        let design = design("law", "classic", None, language, 9);
        let text = &design.reasons.iter().find(|reason| reason.topic == "contrast").unwrap().text;
        let ratio = text.split(":1").next().unwrap().rsplit(' ').next().unwrap();
        assert!(ratio.contains(sign), "{language}: {text}");
    }
}

#[test]
fn names_of_other_scripts_are_set_or_refused() {
    for name in ["Ωmega", "Москва", "שלום", "سلام"] {
        let design = decide(&order(name, "coffee", "modern", None, "de", 1)).unwrap();
        assert_eq!(design.typography.right_to_left, core_typography::is_right_to_left(name), "{name}");
        holds(&design);
    }
    let fault = decide(&order("ᚠᚢᚦ", "coffee", "modern", None, "de", 1)).unwrap_err();
    assert_eq!(fault.code, "brief.name.uncovered");
}

/// How far what is measured lies from what is asked, on average: a design is made of few parts, so that it moves in steps.
const OFF_MAX: f64 = 0.1;

#[test]
fn the_dial_moves_the_design_away_from_its_category() {
    let steps = [0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0];
    let mut sums = [0.0; 7];
    let (mut moved, mut off) = (0, 0.0);
    for node in core_graph::industries() {
        let mut means = [0.0; 7];
        for (mean, asked) in means.iter_mut().zip(steps) {
            for seed in 0..3 {
                let order = apart(&node.id, "modern", asked, seed);
                let design = decide(&order).unwrap();
                let found = design.distance.clone().unwrap();
                assert_eq!(found.asked, Some(asked));
                off += (found.measured - asked).abs() / 3.0 / 7.0;
                *mean += found.measured / 3.0;
            }
        }
        for (sum, mean) in sums.iter_mut().zip(means) {
            *sum += mean / core_graph::industries().len() as f64;
        }
        moved += usize::from(means[0] < means[6]);
    }
    eprintln!("mean distance measured at {steps:?}: {sums:.2?}; {moved} industries moved");
    let off = off / core_graph::industries().len() as f64;
    assert!(off < OFF_MAX, "what is measured lies {off} from what is asked");
    assert!(sums.windows(2).all(|pair| pair[0] < pair[1]), "{sums:?}");
    assert!(sums[0] < 0.2 && sums[6] > 0.8, "{sums:?}");
    assert!(moved * 10 >= core_graph::industries().len() * 9, "{moved}");
}

#[test]
fn a_distance_that_is_asked_for_is_said_and_others_change_nothing() {
    for language in LANGUAGES {
        for asked in [0.0, 0.5, 1.0] {
            let mut order = apart("law", "classic and bold", asked, 4);
            order.brief.language = (*language).to_owned();
            let design = decide(&order).unwrap();
            holds(&design);
            let found = design.distance.unwrap();
            let sum: f64 = found.parts.iter().map(|part| part.weight * part.measured).sum();
            assert!((sum - found.measured).abs() < 0.006, "{found:?}");
            assert!((found.parts.iter().map(|part| part.weight).sum::<f64>() - 1.0).abs() < 1e-9);
            let reason = design.reasons.iter().find(|reason| reason.topic == "distance").unwrap();
            let digits = format!("{:02.0}", found.measured * 100.0 % 100.0);
            assert!(reason.text.contains(&digits), "{found:?}: {}", reason.text);
        }
    }
    // Where nothing is asked it is measured and not said.
    let design = decide(&order("Nordwind", "law", "classic", None, "en", 4)).unwrap();
    assert!(design.reasons.iter().all(|reason| reason.topic != "distance"));
    assert_eq!(design.distance.unwrap().asked, None);
}

fn apart(industry: &str, style: &str, asked: f64, seed: u64) -> Order {
    let raw = RawBrief {
        company_name: "Nordwind".into(),
        industry: industry.into(),
        style: Some(style.into()),
        distance: Some(asked),
        ..RawBrief::default()
    };
    Order::new(&raw, Some(seed), None).unwrap()
}

#[test]
fn every_choice_is_answered_by_edges_of_the_graph() {
    let graph = core_graph::Graph::base().unwrap();
    for node in core_graph::industries() {
        for asked in [0.0, 1.0] {
            let design = decide(&apart(&node.id, "elegant", asked, 1)).unwrap();
            let used = design.graph.unwrap();
            assert_eq!((used.version.as_str(), used.overlays.len()), (graph.version(), 0));
            let topics: BTreeSet<&str> = used.answers.iter().map(|answer| answer.topic.as_str()).collect();
            let wanted = ["archetype", "grammar", "hue", "motif", "shape", "type"];
            let grammar_is_reached = topics.contains("grammar");
            assert!(wanted.iter().all(|topic| topics.contains(topic) || *topic == "grammar"), "{topics:?}");
            assert!(asked > 0.5 || grammar_is_reached, "{}", node.id);
            for edge in used.answers.iter().flat_map(|answer| &answer.path) {
                let link = graph.link(&edge.from, &edge.to).unwrap();
                assert_eq!((link.weight, &link.evidence), (edge.weight, &edge.evidence));
                assert_eq!(graph.evidence(&edge.evidence).unwrap().grade, edge.grade);
            }
        }
    }
}

#[test]
fn customs_are_spoken_of_where_they_touch_the_brief() {
    // Industry, colour, language, warning.
    let cases: &[(&str, &str, &str, Option<&str>)] = &[
        ("health", "#d3202f", "en", Some("culture-emblem")),
        ("health", "#0e7c86", "en", None),
        ("coffee", "#d3202f", "en", None),
        ("music", "#f5c518", "es", Some("culture-stage")),
        ("coffee", "#f5c518", "es", None),
        ("florist", "#101010", "de", Some("culture-mourning")),
    ];
    for (industry, color, language, expected) in cases {
        let design = design(industry, "modern", Some(color), language, 2);
        holds(&design);
        let ids: Vec<&str> = design.warnings.iter().map(|note| note.id.as_str()).collect();
        let custom = ids.iter().find(|id| id.starts_with("culture-")).copied();
        assert_eq!(custom, *expected, "{industry} {color}: {ids:?}");
    }
}

/// A blob space with one document.
struct Shelf(Vec<u8>);

impl Studio for Shelf {
    fn blob(&self, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        assert_eq!(content.sha256, BlobRef::of(&self.0).sha256);
        Ok(self.0.clone())
    }
    fn font(&self, _: &FontKey) -> Result<Vec<u8>, Fault> {
        Err(core_brand::broken!("no fonts here"))
    }
    fn picture(&self, _: &str, _: u32) -> Result<Vec<u8>, Fault> {
        Err(core_brand::broken!("no pictures here"))
    }
}

fn made_with(order: &Order, shelf: &Shelf) -> Result<Design, Fault> {
    let document = Document::working(Order::DOCUMENT, order).unwrap();
    let tasks = DesignStep.plan("design", &[document], shelf)?;
    DesignStep.build(&tasks[0], shelf)?[0].json(shelf)
}

#[test]
fn the_step_decides_by_the_overlay_that_the_order_names() {
    let overlay = br#"{
        "format": 1, "name": "falconers", "version": "2026",
        "nodes": {
            "added": [{
                "node": "industry:falconry", "name": "Falconry",
                "synonyms": { "en": ["birds of prey"] }, "traits": { "classic": 1.2 },
                "hues": [{ "to": "dusk", "weight": 0.9, "evidence": "house" }, { "to": "olive", "weight": 0.1, "evidence": "house" }],
                "types": [{ "to": "slab", "weight": 0.9, "evidence": "house" }, { "to": "didone", "weight": 0.2, "evidence": "house" }],
                "motifs": [{ "to": "arc", "weight": 0.9, "evidence": "house" }, { "to": "peak", "weight": 0.4, "evidence": "house" }],
                "grammars": [{ "to": "stencil", "weight": 0.6, "evidence": "house" }, { "to": "negative", "weight": 0.2, "evidence": "house" },
                    { "to": "ribbon", "weight": 0.1, "evidence": "house" }],
                "shapes": [{ "to": "shield", "weight": 0.5, "evidence": "house" }],
                "archetypes": [{ "to": "explorer", "weight": 0.5, "evidence": "house" }, { "to": "sage", "weight": 0.5, "evidence": "house" }]
            }, {
                "node": "hue:dusk", "hue": [300, 310], "chroma": [0.05, 0.07], "lightness": [0.4, 0.45],
                "traits": { "quiet": 1.0 }, "evidence": "house"
            }, { "node": "evidence:house", "grade": "limited", "source": "our own customers" }]
        }
    }"#;
    let shelf = Shelf(overlay.to_vec());
    let hash = BlobRef::of(overlay).sha256;
    let plain = order("Nordwind", "falconry", "modern", None, "de", 4);
    let order = plain.clone().with_graph(Some(hash.clone())).unwrap();
    let design = made_with(&order, &shelf).unwrap();
    holds(&design);
    assert_eq!((design.industry.id.as_str(), design.industry.name.as_str()), ("falconry", "Falconry"));
    let used = design.graph.unwrap();
    assert_eq!((used.overlays[0].name.as_str(), &used.overlays[0].sha256), ("falconers", &hash));
    let hue = used.answers.iter().find(|answer| answer.topic == "hue").unwrap();
    assert_eq!((hue.node.as_str(), hue.path[0].grade.as_str()), ("hue:dusk", "limited"));
    let color = design.reasons.iter().find(|reason| reason.path.contains(&"hue:dusk".to_owned())).unwrap();
    assert_eq!(color.source, "our own customers");
    assert_eq!(made_with(&plain, &shelf).unwrap().industry.id, "general");

    let broken = Shelf(b"{}".to_vec());
    let order = plain.with_graph(Some(BlobRef::of(b"{}").sha256)).unwrap();
    assert_eq!(made_with(&order, &broken).unwrap_err().code, "graph.overlay.malformed");
}

struct Nothing;

impl Studio for Nothing {
    fn blob(&self, _: &BlobRef) -> Result<Vec<u8>, Fault> {
        Err(core_brand::broken!("no blobs here"))
    }
    fn font(&self, _: &FontKey) -> Result<Vec<u8>, Fault> {
        Err(core_brand::broken!("no fonts here"))
    }
    fn picture(&self, _: &str, _: u32) -> Result<Vec<u8>, Fault> {
        Err(core_brand::broken!("no pictures here"))
    }
}

#[test]
fn the_step_reads_an_order_and_writes_a_design() {
    let order = order("Nordwind", "coffee", "warm and minimal", None, "fr", 4);
    let document = Document::working(Order::DOCUMENT, &order).unwrap();
    let tasks = DesignStep.plan("design", &[document], &Nothing).unwrap();
    assert_eq!(tasks.len(), 1);
    let made = DesignStep.build(&tasks[0], &Nothing).unwrap();
    assert_eq!(made[0].name, Design::DOCUMENT);
    let design: Design = made[0].json(&Nothing).unwrap();
    assert_eq!(design, decide(&order).unwrap());
    assert_eq!(design.style.id, "friendly+minimal");

    assert_eq!(DesignStep.plan("design", &[], &Nothing).unwrap_err().code, "step.document.missing");
    let mut strange = tasks[0].clone();
    strange.kind = "guess".into();
    assert_eq!(DesignStep.build(&strange, &Nothing).unwrap_err().code, "step.task.unknown");
    assert_eq!(tasks[0].kind, TASK);
}
