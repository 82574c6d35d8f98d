//! What the edges on a path weigh.

use core_graph::{industries, styles};

/// One node of a path, and the edge that led to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stop<'a> {
    pub(crate) node: &'a str,
    pub(crate) edge: Option<Edge<'a>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edge<'a> {
    pub(crate) weight: f64,
    /// Where it begins, if not at the node before.
    pub(crate) from: Option<&'a str>,
}

/// A path with the weights that the graph of this program has.
pub(crate) fn weighed(path: &[String]) -> Vec<Stop<'_>> {
    let stop = |index: usize| Stop { node: &path[index], edge: edge(&path[..index], &path[index]) };
    (0..path.len()).map(stop).collect()
}

/// The same without weights: a path through another graph.
pub(crate) fn bare(path: &[String]) -> Vec<Stop<'_>> {
    path.iter().map(|node| Stop { node, edge: None }).collect()
}

/// The edge to a node from the nearest node before it that has one.
fn edge<'a>(before: &'a [String], to: &str) -> Option<Edge<'a>> {
    let (index, weight) =
        before.iter().enumerate().rev().find_map(|(index, from)| Some((index, weight(from, to)?)))?;
    let from = (index + 1 != before.len()).then(|| before[index].as_str());
    Some(Edge { weight, from })
}

fn weight(from: &str, to: &str) -> Option<f64> {
    let ((kind, id), (target, wanted)) = (from.split_once(':')?, to.split_once(':')?);
    let industry = || industries().iter().find(|node| kind == "industry" && node.id == id);
    let style = || styles().iter().find(|node| kind == "style" && node.id == id);
    let edges = match target {
        "hue" => industry().map(|node| &node.hues).or_else(|| style().map(|node| &node.hues)),
        "class" => industry().map(|node| &node.types).or_else(|| style().map(|node| &node.types)),
        "motif" => industry().map(|node| &node.motifs),
        _ => None,
    };
    edges?.iter().find(|edge| edge.to == wanted).map(|edge| edge.weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_graph() {
        let coffee = industries().iter().find(|node| node.id == "coffee").unwrap();
        let (hue, motif) = (&coffee.hues[0], &coffee.motifs[1]);
        let (to_hue, to_motif) = (format!("hue:{}", hue.to), format!("motif:{}", motif.to));
        let path = ["brief:coffee", "industry:coffee", &to_hue, &to_motif].map(str::to_owned);
        let edges: Vec<_> = weighed(&path).into_iter().map(|stop| stop.edge).collect();
        let near = Edge { weight: hue.weight, from: None };
        let far = Edge { weight: motif.weight, from: Some("industry:coffee") };
        assert_eq!(edges, [None, None, Some(near), Some(far)]);
        assert!(bare(&path).iter().all(|stop| stop.edge.is_none()));
        assert_eq!(weight("industry:nothing", "hue:amber"), None);
    }
}
