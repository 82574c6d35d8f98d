//! Each choice with the way through the graph that speaks most for it.

use crate::choice::STYLE_SHARE;
use core_brand::Fault;
use core_brand::design::{GraphAnswer, GraphEdge, GraphUse, OverlayUse};
use core_graph::{Answer, Graph, IndustryAnswer, Kind, Link, StyleAnswer};

/// How many of the characters in the mixture are named.
const ARCHETYPES_SHOWN: usize = 2;

/// Which graph decided, and how it answers for what was chosen.
pub(crate) fn graph_use(
    graph: &Graph,
    industry: &IndustryAnswer,
    style: &StyleAnswer,
    chosen: &[String],
) -> Result<GraphUse, Fault> {
    let spread = spread(graph, industry, style);
    let mut answers: Vec<GraphAnswer> = Vec::new();
    let wanted = chosen.iter().filter_map(|node| spread.iter().find(|answer| answer.node == *node));
    let best = |kind: Kind, count: usize| spread.iter().filter(move |answer| answer.kind == kind).take(count);
    for answer in wanted.chain(best(Kind::Archetype, ARCHETYPES_SHOWN)).chain(best(Kind::Shape, 1)) {
        answers.push(GraphAnswer {
            topic: answer.node.split(':').next().unwrap_or_default().to_owned(),
            node: answer.node.clone(),
            score: answer.score,
            path: answer.path.iter().map(|link| edge(graph, link)).collect::<Result<_, _>>()?,
        });
    }
    let overlay = |applied: &core_graph::Applied| OverlayUse {
        name: applied.name.clone(),
        version: applied.version.clone(),
        sha256: applied.sha256.clone(),
    };
    Ok(GraphUse {
        version: graph.version().to_owned(),
        overlays: graph.overlays().iter().map(overlay).collect(),
        answers,
    })
}

fn spread(graph: &Graph, industry: &IndustryAnswer, style: &StyleAnswer) -> Vec<Answer> {
    let share = STYLE_SHARE / style.styles.len().max(1) as f64;
    let starts = [(format!("industry:{}", industry.industry.id), 1.0)];
    let styles = style.styles.iter().map(|style| (format!("style:{}", style.id), share));
    let starts: Vec<(String, f64)> = starts.into_iter().chain(styles).collect();
    let starts: Vec<(&str, f64)> = starts.iter().map(|(id, share)| (id.as_str(), *share)).collect();
    graph.spread(&starts)
}

fn edge(graph: &Graph, link: &Link) -> Result<GraphEdge, Fault> {
    Ok(GraphEdge {
        from: link.from.clone(),
        to: link.to.clone(),
        weight: link.weight,
        evidence: link.evidence.clone(),
        grade: graph.evidence(&link.evidence)?.grade.clone(),
    })
}
