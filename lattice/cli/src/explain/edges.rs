//! What the edges on a path weigh, as the kit itself tells it.

use core_brand::Design;
use core_brand::design::GraphEdge;

/// One node of a path, and the edge that led to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stop<'a> {
    pub(crate) node: &'a str,
    pub(crate) edge: Option<Edge<'a>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edge<'a> {
    pub(crate) weight: f64,
    pub(crate) grade: &'a str,
    /// Where it begins, if not at the node before.
    pub(crate) from: Option<&'a str>,
}

/// The path of a reason with the edges that the graph answered with. Kits of before that have none.
pub(crate) fn stops<'a>(design: &'a Design, path: &'a [String]) -> Vec<Stop<'a>> {
    let stop = |index: usize| Stop { node: &path[index], edge: edge(design, &path[..index], &path[index]) };
    (0..path.len()).map(stop).collect()
}

/// The nodes of an answer, each with its edge.
pub(crate) fn answered(path: &[GraphEdge]) -> Vec<Stop<'_>> {
    let first = path.first().map(|edge| Stop { node: &edge.from, edge: None });
    let mut stops: Vec<Stop<'_>> = first.into_iter().collect();
    for (index, edge) in path.iter().enumerate() {
        let is_broken = index > 0 && path[index - 1].to != edge.from;
        let from = is_broken.then_some(edge.from.as_str());
        stops.push(Stop {
            node: &edge.to,
            edge: Some(Edge { weight: edge.weight, grade: &edge.grade, from }),
        });
    }
    stops
}

/// The edge to a node from the nearest node before it that has one.
fn edge<'a>(design: &'a Design, before: &'a [String], to: &str) -> Option<Edge<'a>> {
    let known = || design.graph.iter().flat_map(|graph| &graph.answers).flat_map(|answer| &answer.path);
    let (index, edge) = before.iter().enumerate().rev().find_map(|(index, from)| {
        let mut edges = known();
        Some((index, edges.find(|edge| edge.from == *from && edge.to == to)?))
    })?;
    let from = (index + 1 != before.len()).then(|| before[index].as_str());
    Some(Edge { weight: edge.weight, grade: &edge.grade, from })
}
