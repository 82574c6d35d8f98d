//! What every graph must hold: asked of `data/` by the build, and of every overlay when it is applied.

use crate::node::{
    AXES, COLORS, Custom, Edge, GENERAL, GRADES, GRAMMARS, HARMONIES, MOTIFS, STYLE_FALLBACK, TYPES, Traits,
};
use crate::source::Source;
use crate::word::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer edges than this, and a category is not described.
pub const EDGES_MIN: usize = 12;
/// More motifs than this are not a direction.
pub const MOTIFS_MAX: usize = 4;
/// Ids are part of paths and of keys.
const ID_CHARS_MAX: usize = 40;
/// Beyond this no colour is inside sRGB.
const CHROMA_MAX: f64 = 0.33;

/// The kinds of a fault in a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// An edge leads to a node that is not there.
    Dangling,
    /// No edge leads to a node.
    Unreached,
    /// A weight or another number is out of range.
    Range,
    /// A word or an id means two things.
    Duplicate,
    /// A claim without its evidence.
    Evidence,
    /// Too few edges, or too many.
    Count,
    /// What cannot be drawn or said.
    Unknown,
}

/// A fault in a graph, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    pub text: String,
}

/// Looks for everything that is wrong.
#[must_use]
pub fn check(source: &Source) -> Vec<Finding> {
    let mut look = Look { known: known(source), found: Vec::new() };
    look.ids(source);
    look.evidence(source);
    look.industries(source);
    look.styles(source);
    look.characters(source);
    look.cultures(source);
    look.words(source);
    look.reached(source);
    look.found
}

/// All nodes, as `kind:id`.
fn known(source: &Source) -> BTreeSet<String> {
    let fixed = [("trait", &AXES[..]), ("grammar", &GRAMMARS), ("harmony", &HARMONIES), ("color", &COLORS)];
    let fixed = fixed.into_iter().flat_map(|(kind, ids)| ids.iter().map(move |id| format!("{kind}:{id}")));
    fixed.chain(named(source).into_iter().map(|(kind, id)| format!("{kind}:{id}"))).collect()
}

/// The nodes that stand in the document, in its order.
pub(crate) fn named(source: &Source) -> Vec<(&'static str, &str)> {
    let mut all: Vec<(&'static str, &str)> = Vec::new();
    all.extend(source.industries.iter().map(|node| ("industry", node.id.as_str())));
    all.extend(source.styles.iter().map(|node| ("style", node.id.as_str())));
    all.extend(source.hues.iter().map(|node| ("hue", node.id.as_str())));
    all.extend(source.archetypes.iter().map(|node| ("archetype", node.id.as_str())));
    all.extend(source.shapes.iter().map(|node| ("shape", node.id.as_str())));
    all.extend(source.motifs.iter().map(|node| ("motif", node.id.as_str())));
    all.extend(source.types.iter().map(|node| ("type", node.id.as_str())));
    all.extend(source.cultures.iter().map(|node| ("culture", node.id.as_str())));
    all.extend(source.evidence.iter().map(|node| ("evidence", node.id.as_str())));
    all
}

struct Look {
    known: BTreeSet<String>,
    found: Vec<Finding>,
}

impl Look {
    fn say(&mut self, rule: Rule, text: String) {
        self.found.push(Finding { rule, text });
    }

    fn ids(&mut self, source: &Source) {
        let mut seen = BTreeSet::new();
        for (kind, id) in named(source) {
            let is_plain =
                id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            if id.is_empty() || id.len() > ID_CHARS_MAX || !is_plain {
                self.say(Rule::Unknown, format!("`{kind}:{id}` is no id: use a-z, 0-9 and hyphens"));
            }
            if !seen.insert((kind, id)) {
                self.say(Rule::Duplicate, format!("`{kind}:{id}` stands there twice"));
            }
        }
        for id in [format!("industry:{GENERAL}"), format!("style:{STYLE_FALLBACK}")] {
            if !self.known.contains(&id) {
                self.say(Rule::Dangling, format!("`{id}`, which answers when nothing is near, is not there"));
            }
        }
        let drawable = [
            ("motif", &MOTIFS[..], source.motifs.iter().map(|node| &node.id).collect::<Vec<_>>()),
            ("type", &TYPES, source.types.iter().map(|node| &node.id).collect()),
        ];
        for (kind, can, ids) in drawable {
            for id in ids.iter().filter(|id| !can.contains(&id.as_str())) {
                self.say(Rule::Unknown, format!("`{kind}:{id}` cannot be drawn"));
            }
            for id in can.iter().filter(|id| !ids.iter().any(|there| there == *id)) {
                self.say(Rule::Dangling, format!("`{kind}:{id}` can be drawn and is not described"));
            }
        }
    }

    fn evidence(&mut self, source: &Source) {
        for one in &source.evidence {
            if !GRADES.contains(&one.grade.as_str()) || one.source.trim().is_empty() {
                self.say(
                    Rule::Evidence,
                    format!("`evidence:{}` needs a source and a grade of {}", one.id, GRADES.join(", ")),
                );
            }
        }
    }

    fn founded(&mut self, from: &str, id: &str) {
        if !self.known.contains(&format!("evidence:{id}")) {
            self.say(Rule::Evidence, format!("`{from}` names the evidence `{id}`, which is not there"));
        }
    }

    fn unit(&mut self, from: &str, what: &str, value: f64, range: [f64; 2]) {
        if !(range[0]..=range[1]).contains(&value) {
            let [low, high] = range;
            self.say(Rule::Range, format!("`{from}`: {what} is {value}, outside of {low} to {high}"));
        }
    }

    fn traits(&mut self, from: &str, traits: &Traits) {
        for (axis, value) in traits {
            if !AXES.contains(&axis.as_str()) {
                self.say(Rule::Dangling, format!("`{from}` leads to `trait:{axis}`, which is not there"));
            }
            self.unit(from, axis, *value, [-2.0, 2.0]);
        }
    }

    fn edge(&mut self, from: &str, to: &str, weight: f64, evidence: &str) {
        if !self.known.contains(to) {
            self.say(Rule::Dangling, format!("`{from}` leads to `{to}`, which is not there"));
        }
        if !(-1.0..=1.0).contains(&weight) || weight == 0.0 {
            self.say(
                Rule::Range,
                format!("`{from}` to `{to}`: the weight is {weight}, outside of -1 to 1 or 0"),
            );
        }
        self.founded(&format!("{from} to {to}"), evidence);
    }

    /// Edges of one node: each by itself, and no target twice.
    fn edges<'a>(&mut self, from: &str, edges: impl Iterator<Item = (&'static str, &'a Edge)>) -> usize {
        let mut seen = BTreeSet::new();
        for (kind, edge) in edges {
            let to = format!("{kind}:{}", edge.to);
            self.edge(from, &to, edge.weight, &edge.evidence);
            if !seen.insert(to.clone()) {
                self.say(Rule::Duplicate, format!("`{from}` leads to `{to}` twice"));
            }
        }
        seen.len()
    }

    fn industries(&mut self, source: &Source) {
        for node in &source.industries {
            let from = format!("industry:{}", node.id);
            self.traits(&from, &node.traits);
            let count = self.edges(&from, node.edges());
            if count < EDGES_MIN {
                self.say(Rule::Count, format!("`{from}` has {count} edges and needs {EDGES_MIN}"));
            }
            if !(1..=MOTIFS_MAX).contains(&node.motifs.len()) {
                let count = node.motifs.len();
                self.say(Rule::Count, format!("`{from}` has {count} motifs; 1 to {MOTIFS_MAX} are possible"));
            }
            for (what, list) in [("hue", &node.hues), ("type", &node.types), ("grammar", &node.grammars)] {
                if list.iter().all(|edge| edge.weight <= 0.0) {
                    self.say(Rule::Count, format!("`{from}` wants no {what}"));
                }
            }
            for edge in &node.cliches {
                self.cliche(&from, edge);
            }
        }
    }

    fn cliche(&mut self, from: &str, edge: &Edge) {
        self.edge(from, &edge.to, edge.weight, &edge.evidence);
        if !edge.to.starts_with("hue:") && !edge.to.starts_with("motif:") {
            self.say(
                Rule::Unknown,
                format!("`{from}`: the cliché `{}` is neither a hue nor a motif", edge.to),
            );
        }
        if edge.weight < 0.0 {
            self.say(Rule::Range, format!("`{from}`: the cliché `{}` has a weight below 0", edge.to));
        }
    }

    fn styles(&mut self, source: &Source) {
        for node in &source.styles {
            let from = format!("style:{}", node.id);
            self.traits(&from, &node.traits);
            self.edges(&from, node.edges());
            let units = [
                ("loudness", node.loudness),
                ("roundness", node.roundness),
                ("weight", node.weight),
                ("energy", node.energy),
            ];
            for (what, value) in units {
                self.unit(&from, what, value, [0.0, 1.0]);
            }
            self.unit(&from, "chroma", node.chroma, [0.5, 1.5]);
        }
    }

    fn characters(&mut self, source: &Source) {
        for node in &source.hues {
            let from = format!("hue:{}", node.id);
            self.traits(&from, &node.traits);
            self.founded(&from, &node.evidence);
            let ranges = [
                ("hue", node.hue, 360.0),
                ("chroma", node.chroma, CHROMA_MAX),
                ("lightness", node.lightness, 1.0),
            ];
            for (what, [low, high], max) in ranges {
                if !(0.0 <= low && low < high && high <= max) {
                    self.say(Rule::Range, format!("`{from}`: {what} runs from {low} to {high}"));
                }
            }
        }
        for node in &source.archetypes {
            let from = format!("archetype:{}", node.id);
            self.traits(&from, &node.traits);
            self.founded(&from, &node.evidence);
        }
        for node in &source.motifs {
            self.traits(&format!("motif:{}", node.id), &node.traits);
        }
        for node in &source.types {
            self.traits(&format!("type:{}", node.id), &node.traits);
        }
        for node in &source.shapes {
            let from = format!("shape:{}", node.id);
            self.founded(&from, &node.evidence);
            for (what, value) in
                [("roundness", node.roundness), ("weight", node.weight), ("energy", node.energy)]
            {
                self.unit(&from, what, value, [0.0, 1.0]);
            }
        }
    }

    fn cultures(&mut self, source: &Source) {
        for (node, custom) in
            source.cultures.iter().flat_map(|node| node.notes.iter().map(move |c| (node, c)))
        {
            let from = format!("culture:{}", node.id);
            self.edge(&from, &custom.to, custom.weight, &custom.evidence);
            for target in others(custom) {
                if !self.known.contains(&target) {
                    self.say(Rule::Dangling, format!("`{from}` speaks of `{target}`, which is not there"));
                }
            }
            if custom.weight < 0.0 && custom.note.is_none() {
                self.say(Rule::Unknown, format!("`{from}` warns of `{}` without a note", custom.to));
            }
        }
    }

    /// A word may mean one industry and one style.
    fn words(&mut self, source: &Source) {
        let industries = source.industries.iter().map(|node| (format!("industry:{}", node.id), node.words()));
        let words: Vec<_> =
            industries.flat_map(|(id, words)| words.map(move |word| (id.clone(), word))).collect();
        self.one_meaning(&words);
        let styles = source.styles.iter().map(|node| (format!("style:{}", node.id), node.words()));
        let words: Vec<_> =
            styles.flat_map(|(id, words)| words.map(move |word| (id.clone(), word))).collect();
        self.one_meaning(&words);
        let synonyms = source.industries.iter().map(|node| (&node.id, &node.synonyms));
        for (id, synonyms) in synonyms.chain(source.styles.iter().map(|node| (&node.id, &node.synonyms))) {
            for word in synonyms.values().flatten() {
                if *word != word.to_lowercase() || fold(word).is_empty() {
                    self.say(Rule::Unknown, format!("`{id}`: the word `{word}` is not in lower case"));
                }
            }
        }
    }

    fn one_meaning(&mut self, words: &[(String, &str)]) {
        let mut owner: BTreeMap<String, &str> = BTreeMap::new();
        for (id, word) in words {
            let first = owner.entry(fold(word)).or_insert(id);
            if first != id {
                let text = format!("the word `{word}` means both `{first}` and `{id}`");
                self.say(Rule::Duplicate, text);
            }
        }
    }

    /// Something must wish for each node that can be chosen.
    fn reached(&mut self, source: &Source) {
        let of_industries = source.industries.iter().flat_map(|node| node.edges());
        let all = of_industries.chain(source.styles.iter().flat_map(|node| node.edges()));
        let reached: BTreeSet<String> = all
            .filter(|(_, edge)| edge.weight > 0.0)
            .map(|(kind, edge)| format!("{kind}:{}", edge.to))
            .collect();
        let kinds = ["hue", "type", "motif", "grammar", "harmony", "shape", "archetype"];
        let missing: Vec<String> = self
            .known
            .iter()
            .filter(|id| kinds.contains(&id.split(':').next().unwrap_or_default()) && !reached.contains(*id))
            .cloned()
            .collect();
        for id in missing {
            self.say(Rule::Unreached, format!("no edge with a weight above 0 leads to `{id}`"));
        }
    }
}

/// The nodes that a custom names beside its target.
fn others(custom: &Custom) -> Vec<String> {
    let industries = custom.industries.iter().map(|id| format!("industry:{id}"));
    industries.chain(custom.beside.clone()).collect()
}
