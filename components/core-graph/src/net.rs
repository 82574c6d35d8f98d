//! Nodes and edges as a net, and what spreads through it.

use crate::check::named;
use crate::graph::Graph;
use crate::node::{AXES, COLORS, GRAMMARS, HARMONIES, Traits};
use crate::source::Source;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

/// Longer ways say too little: industry, archetype, trait, hue.
const STEPS_MAX: usize = 3;
/// What a further step is worth beside the first.
const DECAY: f64 = 0.5;
/// What a trait of 2 is as a weight.
const TRAIT_SCALE: f64 = 0.5;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Industry,
    Style,
    Archetype,
    Trait,
    Hue,
    Type,
    Motif,
    Grammar,
    Harmony,
    Shape,
    Culture,
    Color,
}

/// One edge of a path, as it stands in the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// With its kind: `industry:coffee`.
    pub from: String,
    pub to: String,
    pub weight: f64,
    /// The id of an `Evidence`.
    pub evidence: String,
}

/// A node, how much speaks for it, and the way that speaks most.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub kind: Kind,
    pub node: String,
    pub score: f64,
    pub path: Vec<Link>,
}

#[derive(Clone, Debug)]
struct Tie {
    weight: f64,
    evidence: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Net {
    ties: DiGraph<(Kind, String), Tie>,
    at: BTreeMap<String, NodeIndex>,
}

impl Kind {
    const ALL: [(&'static str, Self); 12] = [
        ("industry", Self::Industry),
        ("style", Self::Style),
        ("archetype", Self::Archetype),
        ("trait", Self::Trait),
        ("hue", Self::Hue),
        ("type", Self::Type),
        ("motif", Self::Motif),
        ("grammar", Self::Grammar),
        ("harmony", Self::Harmony),
        ("shape", Self::Shape),
        ("culture", Self::Culture),
        ("color", Self::Color),
    ];

    fn of(id: &str) -> Option<Self> {
        let kind = id.split(':').next().unwrap_or_default();
        Self::ALL.iter().find(|(name, _)| *name == kind).map(|(_, kind)| *kind)
    }
}

impl Net {
    pub(crate) fn of(source: &Source) -> Self {
        let mut net = Self { ties: DiGraph::new(), at: BTreeMap::new() };
        let fixed =
            [("trait", &AXES[..]), ("grammar", &GRAMMARS), ("harmony", &HARMONIES), ("color", &COLORS)];
        for (kind, id) in fixed.iter().flat_map(|(kind, ids)| ids.iter().map(move |id| (*kind, *id))) {
            net.node(format!("{kind}:{id}"));
        }
        for (kind, id) in named(source) {
            net.node(format!("{kind}:{id}"));
        }
        net.wishes(source);
        net.characters(source);
        net
    }

    fn node(&mut self, id: String) {
        if let Some(kind) = Kind::of(&id) {
            let index = self.ties.add_node((kind, id.clone()));
            self.at.insert(id, index);
        }
    }

    fn tie(&mut self, from: &str, to: &str, weight: f64, evidence: &str) {
        if let (Some(from), Some(to)) = (self.at.get(from), self.at.get(to)) {
            self.ties.add_edge(*from, *to, Tie { weight, evidence: evidence.to_owned() });
        }
    }

    fn wishes(&mut self, source: &Source) {
        for node in &source.industries {
            let from = format!("industry:{}", node.id);
            for (kind, edge) in node.edges() {
                self.tie(&from, &format!("{kind}:{}", edge.to), edge.weight, &edge.evidence);
            }
            self.has(&from, &node.traits, "practice");
        }
        for node in &source.styles {
            let from = format!("style:{}", node.id);
            for (kind, edge) in node.edges() {
                self.tie(&from, &format!("{kind}:{}", edge.to), edge.weight, &edge.evidence);
            }
            self.has(&from, &node.traits, "practice");
        }
        for (node, custom) in
            source.cultures.iter().flat_map(|node| node.notes.iter().map(move |c| (node, c)))
        {
            self.tie(&format!("culture:{}", node.id), &custom.to, custom.weight, &custom.evidence);
        }
    }

    fn characters(&mut self, source: &Source) {
        for node in &source.archetypes {
            self.has(&format!("archetype:{}", node.id), &node.traits, &node.evidence);
        }
        for node in &source.hues {
            self.shows(&format!("hue:{}", node.id), &node.traits, &node.evidence);
        }
        for node in &source.motifs {
            self.shows(&format!("motif:{}", node.id), &node.traits, "practice");
        }
        for node in &source.types {
            self.shows(&format!("type:{}", node.id), &node.traits, "practice");
        }
    }

    /// A node that has traits leads to them.
    fn has(&mut self, node: &str, traits: &Traits, evidence: &str) {
        for (axis, value) in traits.iter().filter(|(_, value)| **value != 0.0) {
            self.tie(node, &format!("trait:{axis}"), value * TRAIT_SCALE, evidence);
        }
    }

    /// A trait leads to the nodes that show it.
    fn shows(&mut self, node: &str, traits: &Traits, evidence: &str) {
        for (axis, value) in traits.iter().filter(|(_, value)| **value != 0.0) {
            self.tie(&format!("trait:{axis}"), node, value * TRAIT_SCALE, evidence);
        }
    }

    fn id(&self, node: NodeIndex) -> &str {
        &self.ties[node].1
    }

    fn link(&self, from: NodeIndex, to: NodeIndex, tie: &Tie) -> Link {
        Link {
            from: self.id(from).to_owned(),
            to: self.id(to).to_owned(),
            weight: tie.weight,
            evidence: tie.evidence.clone(),
        }
    }
}

/// What has come to a node.
#[derive(Clone, Debug, Default)]
struct Wave {
    sum: f64,
    /// The largest single part of it, and the way that part came.
    best: f64,
    path: Vec<Link>,
}

impl Graph {
    /// Spreads from some nodes, each with what it counts, and says which nodes are reached, best first.
    #[must_use]
    pub fn spread(&self, starts: &[(&str, f64)]) -> Vec<Answer> {
        let mut wave: BTreeMap<NodeIndex, Wave> = BTreeMap::new();
        for (id, share) in starts {
            if let Some(at) = self.net.at.get(*id) {
                wave.insert(*at, Wave { sum: *share, best: *share, path: Vec::new() });
            }
        }
        let mut found: BTreeMap<NodeIndex, Wave> = BTreeMap::new();
        for step in 0..STEPS_MAX {
            wave = self.further(&wave, if step == 0 { 1.0 } else { DECAY });
            for (at, part) in &wave {
                join(found.entry(*at).or_default(), part.sum, part.best, || part.path.clone());
            }
        }
        let answer = |(at, wave): (NodeIndex, Wave)| Answer {
            kind: self.net.ties[at].0,
            node: self.net.id(at).to_owned(),
            score: (wave.sum * 1000.0).round() / 1000.0,
            path: wave.path,
        };
        let mut answers: Vec<Answer> = found.into_iter().map(answer).collect();
        answers.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.node.cmp(&b.node)));
        answers
    }

    fn further(&self, wave: &BTreeMap<NodeIndex, Wave>, share: f64) -> BTreeMap<NodeIndex, Wave> {
        let mut next: BTreeMap<NodeIndex, Wave> = BTreeMap::new();
        for (from, come) in wave {
            // Edges come out newest first; by target they come out the same however the graph was built.
            let mut ties: Vec<_> = self.net.ties.edges(*from).collect();
            ties.sort_by_key(|tie| tie.target());
            for tie in ties {
                let part = tie.weight().weight * share;
                join(next.entry(tie.target()).or_default(), come.sum * part, come.best * part, || {
                    let last = self.net.link(*from, tie.target(), tie.weight());
                    come.path.iter().cloned().chain([last]).collect()
                });
            }
        }
        next
    }

    /// The edges from a node to another, by the way that counts most; empty where none leads there.
    #[must_use]
    pub fn path(&self, from: &str, to: &str) -> Vec<Link> {
        let answers = self.spread(&[(from, 1.0)]);
        answers.into_iter().find(|answer| answer.node == to).map(|answer| answer.path).unwrap_or_default()
    }

    /// The edge between two nodes, if there is one.
    #[must_use]
    pub fn link(&self, from: &str, to: &str) -> Option<Link> {
        let (from, to) = (*self.net.at.get(from)?, *self.net.at.get(to)?);
        let edge = self.net.ties.find_edge(from, to)?;
        Some(self.net.link(from, to, &self.net.ties[edge]))
    }

    /// All nodes of a kind, by id.
    #[must_use]
    pub fn nodes(&self, kind: Kind) -> Vec<&str> {
        let ids = self.net.at.iter().filter(|(_, at)| self.net.ties[**at].0 == kind);
        ids.map(|(id, _)| id.as_str()).collect()
    }
}

fn join(into: &mut Wave, sum: f64, best: f64, path: impl FnOnce() -> Vec<Link>) {
    into.sum += sum;
    if into.path.is_empty() || best > into.best {
        into.best = best;
        into.path = path();
    }
}
