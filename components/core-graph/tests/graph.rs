//! The graph is whole, and its answers are the ones a person would give.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_graph::*;
use std::collections::BTreeSet;

const EDGES_MIN: usize = 12;

fn all_edges() -> Vec<(String, &'static str, &'static Edge)> {
    let mut all = Vec::new();
    for node in industries() {
        let kinds = [
            ("hue", &node.hues),
            ("type", &node.types),
            ("motif", &node.motifs),
            ("grammar", &node.grammars),
        ];
        all.extend(
            kinds
                .into_iter()
                .flat_map(|(kind, edges)| edges.iter().map(move |edge| (node.id.clone(), kind, edge))),
        );
    }
    for node in styles() {
        let kinds = [
            ("hue", &node.hues),
            ("type", &node.types),
            ("grammar", &node.grammars),
            ("harmony", &node.harmonies),
        ];
        all.extend(
            kinds
                .into_iter()
                .flat_map(|(kind, edges)| edges.iter().map(move |edge| (node.id.clone(), kind, edge))),
        );
    }
    all
}

fn targets(kind: &str) -> BTreeSet<String> {
    let list: Vec<&str> = match kind {
        "hue" => hues().iter().map(|hue| hue.id.as_str()).collect(),
        "type" => TYPES.to_vec(),
        "motif" => MOTIFS.to_vec(),
        "grammar" => GRAMMARS.to_vec(),
        _ => HARMONIES.to_vec(),
    };
    list.into_iter().map(str::to_owned).collect()
}

#[test]
fn every_edge_leads_somewhere_and_has_evidence() {
    for (from, kind, edge) in all_edges() {
        assert!(targets(kind).contains(&edge.to), "{from} -> {kind} {}", edge.to);
        assert!((-1.0..=1.0).contains(&edge.weight) && edge.weight != 0.0, "{from} -> {edge:?}");
        assert!(
            ["strong", "limited", "practice"].contains(&evidence(&edge.evidence).unwrap().grade.as_str())
        );
    }
}

#[test]
fn every_node_is_reached() {
    for kind in ["hue", "type", "motif", "grammar", "harmony"] {
        let reached: BTreeSet<String> = all_edges()
            .into_iter()
            .filter(|(_, of, edge)| *of == kind && edge.weight > 0.0)
            .map(|(_, _, edge)| edge.to.clone())
            .collect();
        assert_eq!(reached, targets(kind), "{kind}");
    }
}

#[test]
fn nodes_are_in_range() {
    assert!(industries().len() >= 34 && styles().len() >= 12 && hues().len() >= 16);
    let traits = industries().iter().map(|node| (&node.id, &node.traits));
    let traits = traits.chain(styles().iter().map(|node| (&node.id, &node.traits)));
    for (id, traits) in traits.chain(hues().iter().map(|node| (&node.id, &node.traits))) {
        for (axis, value) in traits {
            assert!(AXES.contains(&axis.as_str()) && value.abs() <= 2.0, "{id}: {axis} {value}");
        }
    }
    for hue in hues() {
        assert!(
            hue.hue[0] < hue.hue[1] && hue.chroma[0] < hue.chroma[1] && hue.lightness[0] < hue.lightness[1],
            "{hue:?}"
        );
        assert!(
            (0.0..360.0).contains(&hue.hue[0]) && hue.chroma[1] < 0.33 && hue.lightness[1] < 1.0,
            "{hue:?}"
        );
        evidence(&hue.evidence).unwrap();
    }
    for style in styles() {
        let unit = [style.loudness, style.roundness, style.weight, style.energy];
        assert!(
            unit.iter().all(|value| (0.0..=1.0).contains(value)) && (0.5..=1.5).contains(&style.chroma),
            "{}",
            style.id
        );
    }
    for node in industries() {
        let count = node.hues.len() + node.types.len() + node.motifs.len() + node.grammars.len();
        assert!(count >= EDGES_MIN && (1..=4).contains(&node.motifs.len()), "{}: {count} edges", node.id);
        let known = [targets("hue"), targets("motif")].concat_sets();
        assert!(node.cliches.iter().all(|cliche| known.contains(cliche)), "{}: {:?}", node.id, node.cliches);
    }
}

trait ConcatSets {
    fn concat_sets(self) -> BTreeSet<String>;
}

impl ConcatSets for [BTreeSet<String>; 2] {
    fn concat_sets(self) -> BTreeSet<String> {
        self.into_iter().flatten().collect()
    }
}

#[test]
fn a_word_belongs_to_one_node() {
    let mut seen = BTreeSet::new();
    for word in industries().iter().flat_map(|node| &node.synonyms) {
        assert!(seen.insert(word) && *word == word.to_lowercase(), "{word}");
    }
    let mut seen = BTreeSet::new();
    for word in styles().iter().flat_map(|node| &node.synonyms) {
        assert!(seen.insert(word) && *word == word.to_lowercase(), "{word}");
    }
}

#[test]
fn industries_are_understood() {
    // Asked, node, least and most confidence.
    let cases: &[(&str, &str, f64, f64)] = &[
        ("coffee", "coffee", 1.0, 1.0),
        ("kaffee", "coffee", 1.0, 1.0),
        ("Café", "coffee", 1.0, 1.0),
        ("cofee shop", "coffee", 0.6, 0.79),
        ("flower shop", "agriculture", 0.6, 0.95),
        ("shop", "retail", 1.0, 1.0),
        ("my little store", "retail", 0.8, 0.99),
        ("law firm for families", "law", 0.8, 0.99),
        ("specialty coffee roaster in berlin", "coffee", 0.7, 0.97),
        ("kaffeemaschinen", "coffee", 0.6, 0.9),
        ("quantum blockchain", "technology", 0.7, 0.99),
        ("technology", "technology", 1.0, 1.0),
        ("rechtsanwaltskanzlei", "law", 0.6, 0.95),
        ("boulangerie artisanale", "bakery", 0.7, 0.99),
        ("estudio de yoga", "wellness", 0.7, 0.99),
        ("dental clinic", "health", 0.7, 0.99),
        ("wedding photographer", "media", 0.7, 0.99),
        ("solar", "energy", 1.0, 1.0),
        ("dog grooming", "pets", 0.6, 0.99),
        ("falconry", "general", 0.0, 0.2),
        ("asdfgh", "general", 0.0, 0.2),
        ("qwerty zxcv", "general", 0.0, 0.2),
        ("!?", "general", 0.0, 0.2),
        ("业务", "general", 0.0, 0.2),
        ("business", "general", 1.0, 1.0),
    ];
    for (asked, id, least, most) in cases {
        let answer = industry(asked).unwrap();
        assert_eq!(answer.industry.id, *id, "{asked}: {answer:?}",);
        assert!((*least..=*most).contains(&answer.confidence), "{asked}: {}", answer.confidence);
        assert_eq!(answer.path.last().unwrap(), &format!("industry:{id}"));
    }
}

#[test]
fn every_name_and_synonym_finds_its_node() {
    for node in industries() {
        for word in node.synonyms.iter().chain([&node.id, &node.name]) {
            let answer = industry(word).unwrap();
            assert_eq!((answer.industry.id.as_str(), answer.confidence), (node.id.as_str(), 1.0), "{word}");
        }
    }
    for node in styles() {
        for word in node.synonyms.iter().chain([&node.id]) {
            let answer = style(word).unwrap();
            assert_eq!((answer.blend.id.as_str(), answer.confidence), (node.id.as_str(), 1.0), "{word}");
        }
    }
}

#[test]
fn styles_are_understood_and_blended() {
    let cases: &[(&str, &str, f64, f64)] = &[
        ("modern", "modern", 1.0, 1.0),
        ("warm and minimal", "friendly+minimal", 1.0, 1.0),
        ("schlicht und elegant", "minimal+elegant", 1.0, 1.0),
        ("minimalst", "minimal", 0.6, 0.98),
        ("bold gfhjk", "bold", 0.4, 0.6),
        ("high-end", "luxury", 1.0, 1.0),
        ("blorp", "modern", 0.0, 0.2),
        ("", "modern", 0.0, 0.2),
    ];
    for (asked, id, least, most) in cases {
        let answer = style(asked).unwrap();
        assert_eq!(answer.blend.id, *id, "{asked}");
        assert!((*least..=*most).contains(&answer.confidence), "{asked}: {}", answer.confidence);
    }
    let both = style("playful luxury").unwrap().blend;
    let mean = |axis: &str| {
        (styles()
            .iter()
            .filter(|s| s.id == "playful" || s.id == "luxury")
            .map(|s| s.traits[axis])
            .sum::<f64>())
            / 2.0
    };
    assert!((both.traits["premium"] - mean("premium")).abs() < 0.011, "{:?}", both.traits);
}
