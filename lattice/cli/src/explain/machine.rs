//! What `imprint explain --json` prints. The keys are told in `lattice/README.md`; one that is there stays.

use crate::explain::edges::{Stop, stops};
use crate::explain::kit::KitFiles;
use crate::explain::story::{gates, missed, words};
use core_brand::brief::Brief;
use core_brand::check::Check;
use core_brand::design::{DistanceFound, GraphUse, Note, Reason};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(crate) struct Explained<'a> {
    format: u32,
    /// Of the program that made the kit.
    version: &'a str,
    seed: String,
    brief: &'a Brief,
    industry: Read<'a>,
    style: Read<'a>,
    traits: &'a BTreeMap<String, f64>,
    /// Null where the kit was made before there was one.
    distance: Option<&'a DistanceFound>,
    /// The graph with its overlays and what it answered; null as above.
    graph: Option<&'a GraphUse>,
    choices: Vec<Choice<'a>>,
    /// Null where the kit has no `report.json`.
    gates: Option<usize>,
    gates_failed: Option<usize>,
    missed: Vec<&'a Check>,
    warnings: &'a [Note],
}

/// How words of the brief were read.
#[derive(Serialize)]
struct Read<'a> {
    asked: &'a str,
    id: &'a str,
    name: &'a str,
    confidence: f64,
    words: Vec<&'a str>,
}

#[derive(Serialize)]
struct Choice<'a> {
    topic: &'a str,
    path: Vec<Node<'a>>,
    text: &'a str,
    evidence: &'a str,
    source: &'a str,
}

#[derive(Serialize)]
struct Node<'a> {
    node: &'a str,
    /// Of the edge that led here; null where the graph was not asked.
    weight: Option<f64>,
    grade: Option<&'a str>,
    /// Where that edge begins, if not at the node before.
    from: Option<&'a str>,
}

pub(crate) fn explained(kit: &KitFiles) -> Explained<'_> {
    let (order, design) = (&kit.brand.order, &kit.brand.design.0);
    let (industry, style) = (&design.industry, &design.style);
    let counted = gates(kit);
    Explained {
        format: 1,
        version: &order.version,
        seed: order.seed.to_string(),
        brief: &order.brief,
        industry: Read {
            asked: &industry.asked,
            id: &industry.id,
            name: &industry.name,
            confidence: industry.confidence,
            words: words(kit, "industry"),
        },
        style: Read {
            asked: &style.asked,
            id: &style.id,
            name: &style.name,
            confidence: style.confidence,
            words: words(kit, "style"),
        },
        traits: &design.traits,
        distance: design.distance.as_ref(),
        graph: design.graph.as_ref(),
        choices: design.reasons.iter().map(|reason| choice(kit, reason)).collect(),
        gates: counted.map(|(count, _)| count),
        gates_failed: counted.map(|(_, failed)| failed),
        missed: missed(kit),
        warnings: &design.warnings,
    }
}

fn choice<'a>(kit: &'a KitFiles, reason: &'a Reason) -> Choice<'a> {
    let node = |stop: Stop<'a>| Node {
        node: stop.node,
        weight: stop.edge.as_ref().map(|edge| edge.weight),
        grade: stop.edge.as_ref().map(|edge| edge.grade),
        from: stop.edge.and_then(|edge| edge.from),
    };
    Choice {
        topic: &reason.topic,
        path: stops(&kit.brand.design.0, &reason.path).into_iter().map(node).collect(),
        text: &reason.text,
        evidence: &reason.evidence,
        source: &reason.source,
    }
}
