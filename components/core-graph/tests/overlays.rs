//! Overlays and JSON-LD: what is brought in is there, what does not fit is refused with its code.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_graph::{Graph, NODES_MAX, OVERLAY_BYTES_MAX};
use serde_json::{Value, json};

fn base() -> &'static Graph {
    Graph::base().unwrap()
}

fn falconry() -> Value {
    json!({
        "node": "industry:falconry",
        "name": "Falconry",
        "synonyms": { "en": ["falconer", "birds of prey"], "de": ["falknerei"] },
        "traits": { "classic": 1.2, "quiet": 0.4 },
        "archetypes": [{ "to": "explorer", "weight": 0.7, "evidence": "practice" }],
        "hues": [
            { "to": "espresso", "weight": 0.8, "evidence": "house" },
            { "to": "olive", "weight": 0.7, "evidence": "house" },
            { "to": "amber", "weight": 0.4, "evidence": "practice" }
        ],
        "types": [
            { "to": "old-style", "weight": 0.8, "evidence": "practice" },
            { "to": "slab", "weight": 0.5, "evidence": "practice" }
        ],
        "motifs": [
            { "to": "arc", "weight": 0.8, "evidence": "practice" },
            { "to": "peak", "weight": 0.5, "evidence": "practice" }
        ],
        "grammars": [
            { "to": "negative", "weight": 0.4, "evidence": "practice" },
            { "to": "container", "weight": 0.3, "evidence": "practice" },
            { "to": "motif", "weight": 0.2, "evidence": "practice" }
        ],
        "shapes": [{ "to": "shield", "weight": 0.5, "evidence": "practice" }],
        "cliches": [{ "to": "motif:peak", "weight": 0.6, "evidence": "practice" }],
        "says": { "de": { "name": "Falknerei", "insight": "Ein Vogel fliegt, wohin er will." } }
    })
}

fn overlay(part: &Value) -> Vec<u8> {
    let mut document = json!({ "format": 1, "name": "house", "version": "3" });
    for (field, value) in part.as_object().unwrap() {
        document[field] = value.clone();
    }
    serde_json::to_vec(&document).unwrap()
}

fn with_falconry() -> Value {
    let house =
        json!({ "node": "evidence:house", "grade": "limited", "source": "our own customers, asked in 2025" });
    json!({
        "nodes": {
            "added": [house, falconry()],
            "changed": [{ "node": "industry:coffee", "traits": { "playful": 0.9 } }],
            "removed": ["culture:tr"]
        },
        "edges": {
            "added": [
                { "from": "industry:coffee", "to": "hue:violet", "weight": 0.9, "evidence": "house" },
                { "from": "industry:coffee", "to": "hue:violet", "cliche": true, "weight": 0.2, "evidence": "practice" }
            ],
            "changed": [{ "from": "industry:coffee", "to": "hue:espresso", "weight": -0.4, "evidence": "house" }],
            "removed": [{ "from": "industry:coffee", "to": "hue:ocean" }]
        }
    })
}

#[test]
fn an_overlay_adds_changes_and_removes() {
    let graph = base().with(&overlay(&with_falconry())).unwrap();
    let answer = graph.industry("a school for birds of prey").unwrap();
    assert_eq!(answer.industry.id, "falconry");
    assert_eq!(base().industry("falconry").unwrap().industry.id, "general");
    let coffee = graph.industry("coffee").unwrap().industry;
    assert_eq!((coffee.traits["playful"], coffee.traits["warm"]), (0.9, 1.5));
    let weight = |to: &str| graph.link("industry:coffee", to).map(|link| link.weight);
    assert_eq!(
        [weight("hue:violet"), weight("hue:espresso"), weight("hue:ocean")],
        [Some(0.9), Some(-0.4), None]
    );
    assert!(coffee.is_cliche("hue:violet"));
    assert_eq!(graph.evidence("house").unwrap().grade, "limited");
    assert!(graph.source().cultures.iter().all(|culture| culture.id != "tr"));
    let applied = &graph.overlays()[0];
    assert_eq!((applied.name.as_str(), applied.version.as_str(), applied.sha256.len()), ("house", "3", 64));
}

#[test]
fn versions_follow_what_is_said() {
    let graph = base().with(&overlay(&with_falconry())).unwrap();
    assert_ne!(graph.version(), base().version());
    assert_eq!(graph.version(), base().with(&overlay(&with_falconry())).unwrap().version());
    assert_eq!(base().with(&overlay(&json!({}))).unwrap().version(), base().version());
}

#[test]
fn overlays_are_applied_in_order() {
    let set = |weight: f64| {
        let edge =
            json!({ "from": "industry:law", "to": "hue:navy", "weight": weight, "evidence": "practice" });
        json!({ "format": 1, "name": "n", "version": "1", "edges": { "changed": [edge] } })
    };
    let weight = |document: Value| {
        let graph = base().with(&serde_json::to_vec(&document).unwrap()).unwrap();
        (graph.link("industry:law", "hue:navy").unwrap().weight, graph.overlays().len())
    };
    assert_eq!(weight(json!([set(0.1), set(0.2)])), (0.2, 2));
    assert_eq!(weight(json!([set(0.2), set(0.1)])), (0.1, 2));
    let stacked = base().with(&serde_json::to_vec(&set(0.3)).unwrap()).unwrap();
    let stacked = stacked.with(&serde_json::to_vec(&set(0.4)).unwrap()).unwrap();
    assert_eq!(
        (stacked.link("industry:law", "hue:navy").unwrap().weight, stacked.overlays().len()),
        (0.4, 2)
    );
}

#[test]
fn what_does_not_fit_is_refused_by_code() {
    let edge = |from: &str, to: &str, weight: f64| json!({ "from": from, "to": to, "weight": weight, "evidence": "practice" });
    let edges = |kind: &str, edge: Value| overlay(&json!({ "edges": { kind: [edge] } }));
    let nodes = |kind: &str, node: Value| overlay(&json!({ "nodes": { kind: [node] } }));
    let mut lonely = falconry();
    lonely["hues"] = json!([{ "to": "espresso", "weight": 0.8, "evidence": "practice" }]);
    let mut again = falconry();
    again["synonyms"] = json!({ "en": ["coffee shop"] });
    again["hues"] = json!([{ "to": "espresso", "weight": 0.8, "evidence": "practice" },
        { "to": "olive", "weight": 0.8, "evidence": "practice" }, { "to": "amber", "weight": 0.8, "evidence": "practice" }]);
    let cases: Vec<(Vec<u8>, &str, &str)> = vec![
        (b"{".to_vec(), "graph.overlay.malformed", "EOF"),
        (b"{}".to_vec(), "graph.overlay.malformed", "missing field"),
        (overlay(&json!({ "format": 2 })), "graph.overlay.malformed", "format 2"),
        (overlay(&json!({ "name": " " })), "graph.overlay.malformed", "name and version"),
        (overlay(&json!({ "colour": 1 })), "graph.overlay.malformed", "unknown field `colour`"),
        (nodes("added", json!({ "name": "x" })), "graph.overlay.malformed", "a node without `node`"),
        (nodes("added", json!({ "node": "planet:mars" })), "graph.overlay.malformed", "`planet`"),
        (nodes("added", json!({ "node": "hue:puce", "hue": 3 })), "graph.overlay.malformed", "invalid type"),
        (
            edges("added", edge("hue:red", "hue:navy", 0.1)),
            "graph.overlay.malformed",
            "no edges lead from a `hue`",
        ),
        (edges("added", edge("coffee", "hue:navy", 0.1)), "graph.overlay.malformed", "names no kind"),
        (edges("added", edge("industry:coffee", "hue:puce", 0.1)), "graph.overlay.dangling", "`hue:puce`"),
        (
            edges("added", edge("industry:nothing", "hue:red", 0.1)),
            "graph.overlay.dangling",
            "`industry:nothing`",
        ),
        (
            edges("changed", edge("industry:coffee", "hue:navy", 0.1)),
            "graph.overlay.dangling",
            "no edge leads",
        ),
        (
            edges("removed", json!({ "from": "industry:coffee", "to": "hue:navy" })),
            "graph.overlay.dangling",
            "no edge",
        ),
        (
            nodes("changed", json!({ "node": "industry:nothing" })),
            "graph.overlay.dangling",
            "not there to be changed",
        ),
        (
            nodes("removed", json!("hue:navy")),
            "graph.overlay.dangling",
            "leads to `hue:navy`, which is not there",
        ),
        (nodes("removed", json!("hue:puce")), "graph.overlay.dangling", "not there to be removed"),
        (
            edges("changed", edge("industry:coffee", "hue:espresso", 1.5)),
            "graph.overlay.rule",
            "the weight is 1.5",
        ),
        (edges("added", edge("industry:coffee", "hue:espresso", 0.5)), "graph.overlay.rule", "already"),
        (nodes("added", lonely), "graph.overlay.rule", "needs 12"),
        (nodes("added", again), "graph.overlay.rule", "the word `coffee shop` means both"),
        (vec![b' '; OVERLAY_BYTES_MAX + 1], "graph.overlay.too-large", "bytes"),
    ];
    for (document, code, words) in cases {
        let fault = base().with(&document).unwrap_err();
        let text = String::from_utf8_lossy(&document[..document.len().min(200)]).into_owned();
        assert!(fault.code == code && fault.message.contains(words), "{text}\n{fault}");
    }
}

#[test]
fn a_graph_has_a_limit() {
    let many: Vec<Value> = (0..NODES_MAX)
        .map(|at| json!({ "node": format!("evidence:e{at}"), "grade": "practice", "source": "x" }))
        .collect();
    let fault = base().with(&overlay(&json!({ "nodes": { "added": many } }))).unwrap_err();
    assert_eq!(fault.code, "graph.overlay.too-large");
}

#[test]
fn json_ld_out_and_in_is_the_same_graph() {
    for graph in [base().clone(), base().with(&overlay(&with_falconry())).unwrap()] {
        let text = graph.export().unwrap();
        let again = Graph::import(text.as_bytes()).unwrap();
        assert_eq!(again.source(), graph.source());
        assert_eq!(again.version(), graph.version());
        assert!(text.len() < OVERLAY_BYTES_MAX, "{} bytes", text.len());
    }
}

#[test]
fn every_address_in_json_ld_has_its_prefix() {
    let document: Value = serde_json::from_str(&base().export().unwrap()).unwrap();
    let context = &document["@context"];
    for node in document["@graph"].as_array().unwrap() {
        let kind = node["@id"].as_str().unwrap().split(':').next().unwrap();
        assert!(context[kind].as_str().unwrap().ends_with(&format!("{kind}:")), "{kind}");
        for edge in node["hues"].as_array().into_iter().flatten() {
            assert!(edge["to"].as_str().unwrap().starts_with("hue:"), "{edge}");
            assert!(edge["because"].as_str().unwrap().starts_with("evidence:"), "{edge}");
        }
    }
}

#[test]
fn json_ld_is_an_overlay_too() {
    let changed = base().with(&overlay(&with_falconry())).unwrap();
    let over = base().with(changed.export().unwrap().as_bytes()).unwrap();
    assert_eq!(over.industry("falconry").unwrap().industry.id, "falconry");
    assert_eq!(over.industry("coffee").unwrap().industry, changed.industry("coffee").unwrap().industry);
    // What a document does not name stays.
    assert!(over.source().cultures.iter().any(|culture| culture.id == "tr"));
    let wrong = br#"{"@graph": [{"@id": "planet:mars"}]}"#;
    assert_eq!(base().with(wrong).unwrap_err().code, "graph.overlay.malformed");
    assert_eq!(Graph::import(wrong).unwrap_err().code, "graph.overlay.malformed");
    // A graph of its own must be whole.
    let part = br#"{"@graph": [{"@id": "evidence:a", "grade": "strong", "source": "b"}]}"#;
    assert_eq!(Graph::import(part).unwrap_err().code, "graph.overlay.dangling");
}

#[test]
fn the_example_of_the_readme_is_an_overlay() {
    let text = include_str!("../README.md");
    let example = text.split("```json").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let graph = base().with(example.as_bytes()).unwrap();
    assert_eq!(graph.industry("birds of prey").unwrap().industry.id, "falconry");
    assert!(graph.link("industry:coffee", "hue:ocean").is_none());
}
