//! Overlays: what a tenant adds to a graph, changes in it or takes out of it, as a document.

use crate::check::{Rule, check, named};
use crate::graph::{Applied, Graph};
use crate::linked;
use crate::source::Source;
use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The format of overlays that is read.
pub const OVERLAY_FORMAT: u32 = 1;
/// The base as JSON-LD is about half as large; more is not an overlay, and would slow every job that names it.
pub const OVERLAY_BYTES_MAX: usize = 1 << 20;
/// Several times the base; every word of every node is compared with every brief.
pub const NODES_MAX: usize = 2000;
/// A house, a brand family, a season: deeper stacks hide who said what.
const OVERLAYS_MAX: usize = 8;
/// A name or a version is a few words.
const LABEL_CHARS_MAX: usize = 80;
/// More findings than this are not read.
const FINDINGS_SHOWN: usize = 5;

/// A document of changes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Overlay {
    format: u32,
    name: String,
    version: String,
    #[serde(default)]
    nodes: Nodes,
    #[serde(default)]
    edges: Edges,
}

/// Each node has its id with its kind as `node`, and the fields of its kind.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Nodes {
    added: Vec<Map<String, Value>>,
    /// Fields that are named replace those that are there; `null` takes one away.
    changed: Vec<Map<String, Value>>,
    removed: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Edges {
    added: Vec<Change>,
    changed: Vec<Change>,
    removed: Vec<Way>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    from: String,
    to: String,
    /// Whether the edge says what everybody does, not what suits.
    #[serde(default)]
    cliche: bool,
    weight: f64,
    evidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Way {
    from: String,
    to: String,
    #[serde(default)]
    cliche: bool,
}

/// An edge as it stands in the list of its node.
#[derive(Serialize)]
struct Stored<'a> {
    to: &'a str,
    weight: f64,
    evidence: &'a str,
}

impl Graph {
    /// This graph with a document of changes: an overlay, JSON-LD, or an array of them, applied in order.
    pub fn with(&self, document: &[u8]) -> Result<Self, Fault> {
        if document.len() > OVERLAY_BYTES_MAX {
            return Err(too_large("bytes", document.len(), OVERLAY_BYTES_MAX));
        }
        let value: Value = serde_json::from_slice(document).map_err(|why| malformed(&why))?;
        let sha256 = sha256_hex(document);
        let mut overlays = self.overlays().to_vec();
        let mut source = self.source().clone();
        let parts = if let Value::Array(parts) = value { parts } else { vec![value] };
        for part in parts {
            let (next, name, version) = apply(&source, part)?;
            judge(&next, &name)?;
            source = next;
            overlays.push(Applied { name, version, sha256: sha256.clone() });
        }
        if overlays.len() > OVERLAYS_MAX {
            return Err(too_large("overlays", overlays.len(), OVERLAYS_MAX));
        }
        Self::of(source, overlays)
    }

    /// A graph of its own from JSON-LD; nothing of the base is in it.
    pub fn import(document: &[u8]) -> Result<Self, Fault> {
        if document.len() > OVERLAY_BYTES_MAX {
            return Err(too_large("bytes", document.len(), OVERLAY_BYTES_MAX));
        }
        let value = serde_json::from_slice(document).map_err(|why| malformed(&why))?;
        let mut all = as_value(&Source::default())?;
        let nodes = linked::nodes(value).map_err(|why| malformed(&why))?;
        for (kind, node) in nodes {
            list(&mut all, &kind)?.push(node);
        }
        let source = as_source(all)?;
        judge(&source, "import")?;
        Self::of(source, Vec::new())
    }

    /// The whole graph as JSON-LD; `import` makes the same graph of it.
    pub fn export(&self) -> Result<String, Fault> {
        let document = linked::document(&as_value(self.source())?, self.version());
        serde_json::to_string_pretty(&document).map_err(|why| broken!("the brand graph: {why}"))
    }
}

fn apply(source: &Source, part: Value) -> Result<(Source, String, String), Fault> {
    let mut all = as_value(source)?;
    if part.get("@graph").is_some() {
        let label = |field: &str| part.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (name, version) = (label("name"), label("version"));
        for (kind, node) in linked::nodes(part).map_err(|why| malformed(&why))? {
            put(list(&mut all, &kind)?, node);
        }
        return Ok((as_source(all)?, name, version));
    }
    let overlay: Overlay = serde_json::from_value(part).map_err(|why| malformed(&why))?;
    if overlay.format != OVERLAY_FORMAT {
        return Err(malformed(&format!("format {} is not {OVERLAY_FORMAT}", overlay.format)));
    }
    for label in [&overlay.name, &overlay.version] {
        if label.trim().is_empty() || label.chars().count() > LABEL_CHARS_MAX {
            return Err(malformed(&format!("name and version have 1 to {LABEL_CHARS_MAX} characters")));
        }
    }
    nodes(&mut all, overlay.nodes, &overlay.name)?;
    edges(&mut all, &overlay.edges, &overlay.name)?;
    Ok((as_source(all)?, overlay.name, overlay.version))
}

fn nodes(all: &mut Value, nodes: Nodes, name: &str) -> Result<(), Fault> {
    for node in nodes.added {
        let (kind, id, node) = named_node(node)?;
        let list = list(all, &kind)?;
        if list.iter().any(|known| known["id"] == *id) {
            return Err(rule(name, &format!("`{kind}:{id}` is there already; change it")));
        }
        list.push(Value::Object(node));
    }
    for node in nodes.changed {
        let (kind, id, node) = named_node(node)?;
        let known = list(all, &kind)?.iter_mut().find(|known| known["id"] == *id);
        let known =
            known.ok_or_else(|| dangling(name, &format!("`{kind}:{id}` is not there to be changed")))?;
        merge(known, Value::Object(node));
    }
    for id in nodes.removed {
        let (kind, id) = parts(&id)?;
        let list = list(all, kind)?;
        let before = list.len();
        list.retain(|known| known["id"] != *id);
        if list.len() == before {
            return Err(dangling(name, &format!("`{kind}:{id}` is not there to be removed")));
        }
    }
    Ok(())
}

fn edges(all: &mut Value, edges: &Edges, name: &str) -> Result<(), Fault> {
    for (change, is_new) in
        edges.added.iter().map(|edge| (edge, true)).chain(edges.changed.iter().map(|edge| (edge, false)))
    {
        let (list, to) = edge_list(all, name, &change.from, &change.to, change.cliche)?;
        let stored = Stored { to: &to, weight: change.weight, evidence: &change.evidence };
        let stored = serde_json::to_value(stored).map_err(|why| malformed(&why))?;
        let known = list.iter_mut().find(|edge| edge["to"] == *to);
        match (known, is_new) {
            (Some(_), true) => {
                let way = format!("`{}` leads to `{}` already; change it", change.from, change.to);
                return Err(rule(name, &way));
            }
            (Some(known), false) => merge(known, stored),
            (None, true) => list.push(stored),
            (None, false) => return Err(no_edge(name, &change.from, &change.to)),
        }
    }
    for way in &edges.removed {
        let (list, to) = edge_list(all, name, &way.from, &way.to, way.cliche)?;
        let before = list.len();
        list.retain(|edge| edge["to"] != *to);
        if list.len() == before {
            return Err(no_edge(name, &way.from, &way.to));
        }
    }
    Ok(())
}

/// The list that an edge stands in, and how its target is written there.
fn edge_list<'a>(
    all: &'a mut Value,
    name: &str,
    from: &str,
    to: &str,
    cliche: bool,
) -> Result<(&'a mut Vec<Value>, String), Fault> {
    let ((kind, id), (target, target_id)) = (parts(from)?, parts(to)?);
    let field = match (kind, target) {
        ("industry", _) if cliche => "cliches",
        ("culture", _) => "notes",
        ("industry" | "style", "archetype") => "archetypes",
        ("industry" | "style", "hue") => "hues",
        ("industry" | "style", "type") => "types",
        ("industry" | "style", "grammar") => "grammars",
        ("industry" | "style", "shape") => "shapes",
        ("industry", "motif") => "motifs",
        ("style", "harmony") => "harmonies",
        _ => return Err(malformed(&format!("no edges lead from a `{kind}` to a `{target}`"))),
    };
    let to = if matches!(field, "cliches" | "notes") { to } else { target_id }.to_owned();
    let node = list(all, kind)?.iter_mut().find(|node| node["id"] == *id);
    let node = node.ok_or_else(|| dangling(name, &format!("`{from}` is not there")))?;
    let list = node.as_object_mut().map(|node| node.entry(field).or_insert_with(|| Value::Array(Vec::new())));
    let list =
        list.and_then(Value::as_array_mut).ok_or_else(|| malformed(&format!("{field} of `{from}`")))?;
    Ok((list, to))
}

/// A node's kind and id, and its fields as they stand in the graph.
fn named_node(mut node: Map<String, Value>) -> Result<(String, String, Map<String, Value>), Fault> {
    let name = node.remove("node").and_then(|name| name.as_str().map(str::to_owned));
    let name = name.ok_or_else(|| malformed(&"a node without `node`, such as `industry:falconry`"))?;
    let (kind, id) = parts(&name)?;
    node.insert("id".to_owned(), Value::from(id));
    Ok((kind.to_owned(), id.to_owned(), node))
}

fn parts(id: &str) -> Result<(&str, &str), Fault> {
    id.split_once(':').ok_or_else(|| malformed(&format!("`{id}` names no kind, as `industry:coffee` does")))
}

/// The nodes of a kind.
fn list<'a>(all: &'a mut Value, kind: &str) -> Result<&'a mut Vec<Value>, Fault> {
    let list = linked::list_of(kind).and_then(|field| all.get_mut(field)).and_then(Value::as_array_mut);
    list.ok_or_else(|| malformed(&format!("`{kind}` is no kind of node that an overlay can bring")))
}

fn put(list: &mut Vec<Value>, node: Value) {
    match list.iter_mut().find(|known| known["id"] == node["id"]) {
        Some(known) => *known = node,
        None => list.push(node),
    }
}

/// As a JSON merge patch does.
fn merge(known: &mut Value, change: Value) {
    let (Some(fields), Value::Object(change)) = (known.as_object_mut(), change.clone()) else {
        *known = change;
        return;
    };
    for (field, value) in change {
        if value.is_null() {
            fields.remove(&field);
        } else {
            merge(fields.entry(field).or_insert(Value::Null), value);
        }
    }
}

fn as_value(source: &Source) -> Result<Value, Fault> {
    serde_json::to_value(source).map_err(|why| broken!("the brand graph: {why}"))
}

fn as_source(all: Value) -> Result<Source, Fault> {
    let mut source: Source = serde_json::from_value(all).map_err(|why| malformed(&why))?;
    source.industries.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(source)
}

/// An overlay obeys what the base obeys.
fn judge(source: &Source, name: &str) -> Result<(), Fault> {
    let count = named(source).len();
    if count > NODES_MAX {
        return Err(too_large("nodes", count, NODES_MAX));
    }
    let found = check(source);
    let Some(first) = found.first() else { return Ok(()) };
    let shown: Vec<&str> = found.iter().take(FINDINGS_SHOWN).map(|one| one.text.as_str()).collect();
    let why = shown.join("; ");
    Err(if first.rule == Rule::Dangling { dangling(name, &why) } else { rule(name, &why) })
}

fn malformed(why: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::OverlayMalformed, [("why", why.to_string())])
}

fn dangling(name: &str, why: &str) -> Fault {
    Fault::new(Code::OverlayDangling, [("name", name.to_owned()), ("why", why.to_owned())])
}

fn rule(name: &str, why: &str) -> Fault {
    Fault::new(Code::OverlayRule, [("name", name.to_owned()), ("why", why.to_owned())])
}

fn no_edge(name: &str, from: &str, to: &str) -> Fault {
    dangling(name, &format!("no edge leads from `{from}` to `{to}`"))
}

fn too_large(what: &str, count: usize, max: usize) -> Fault {
    let [count, max] = [count, max].map(|number| number.to_string());
    Fault::new(Code::OverlayTooLarge, [("what", what.to_owned()), ("count", count), ("max", max)])
}
