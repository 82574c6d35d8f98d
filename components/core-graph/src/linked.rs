//! A graph as JSON-LD: every node with its address, every edge with the address it leads to.

use serde_json::{Map, Value, json};

/// Kinds of nodes, and the lists that hold them.
const KINDS: [(&str, &str); 9] = [
    ("industry", "industries"),
    ("style", "styles"),
    ("hue", "hues"),
    ("archetype", "archetypes"),
    ("shape", "shapes"),
    ("motif", "motifs"),
    ("type", "types"),
    ("culture", "cultures"),
    ("evidence", "evidence"),
];
/// Lists of edges, and the kind that their targets are of; an empty kind stands where the target names its own.
const EDGES: [(&str, &str); 9] = [
    ("archetypes", "archetype"),
    ("hues", "hue"),
    ("types", "type"),
    ("motifs", "motif"),
    ("grammars", "grammar"),
    ("harmonies", "harmony"),
    ("shapes", "shape"),
    ("cliches", ""),
    ("notes", ""),
];
/// Fields whose names are prefixes of addresses here.
const RENAMED: [(&str, &str); 2] = [("hue", "hueRange"), ("evidence", "because")];
/// Kinds that are only led to.
const FIXED: [&str; 4] = ["trait", "grammar", "harmony", "color"];

/// The field that holds the nodes of a kind.
pub(crate) fn list_of(kind: &str) -> Option<&'static str> {
    KINDS.iter().find(|(name, _)| *name == kind).map(|(_, list)| *list)
}

/// The document of a graph.
pub(crate) fn document(all: &Value, version: &str) -> Value {
    let mut nodes = Vec::new();
    for (kind, list) in KINDS {
        for node in all[list].as_array().into_iter().flatten().filter_map(Value::as_object) {
            nodes.push(Value::Object(outward(kind, node)));
        }
    }
    json!({ "@context": context(), "name": "imprint", "version": version, "@graph": nodes })
}

/// The nodes of a document, each with its kind, as they stand in the lists of a graph.
pub(crate) fn nodes(document: Value) -> Result<Vec<(String, Value)>, String> {
    let nodes = match document {
        Value::Object(mut fields) => fields.remove("@graph"),
        _ => None,
    };
    let Some(Value::Array(nodes)) = nodes else { return Err("there is no list `@graph`".to_owned()) };
    nodes.into_iter().map(inward).collect()
}

fn context() -> Value {
    let mut context = json!({
        "@version": 1.1,
        "@vocab": "urn:imprint:graph:",
        "to": { "@type": "@id" },
        "because": { "@type": "@id" },
        "beside": { "@type": "@id" },
        "industries": { "@type": "@id" },
        "synonyms": { "@container": "@language" },
        "traits": { "@type": "@json" },
        "says": { "@type": "@json" },
        "hueRange": { "@container": "@list" },
        "chroma": { "@container": "@list" },
        "lightness": { "@container": "@list" },
    });
    for kind in KINDS.iter().map(|(kind, _)| *kind).chain(FIXED) {
        context[kind] = Value::from(format!("urn:imprint:graph:{kind}:"));
    }
    context
}

fn outward(kind: &str, node: &Map<String, Value>) -> Map<String, Value> {
    let mut out = Map::new();
    let id = node.get("id").and_then(Value::as_str).unwrap_or_default();
    out.insert("@id".to_owned(), Value::from(format!("{kind}:{id}")));
    out.insert("@type".to_owned(), Value::from(kind));
    for (field, value) in node.iter().filter(|(field, _)| *field != "id") {
        let value = match (edge_kind(field), value) {
            (Some(target), Value::Array(edges)) => {
                Value::Array(edges.iter().map(|edge| edge_outward(target, edge)).collect())
            }
            _ if field == "evidence" => address("evidence", value),
            _ => value.clone(),
        };
        out.insert(renamed(field, false), value);
    }
    out
}

fn edge_outward(target: &str, edge: &Value) -> Value {
    let mut out = Map::new();
    for (field, value) in edge.as_object().into_iter().flatten() {
        let value = match field.as_str() {
            "to" if !target.is_empty() => address(target, value),
            "evidence" => address("evidence", value),
            "industries" => {
                let ids = value.as_array().into_iter().flatten();
                Value::Array(ids.map(|id| address("industry", id)).collect())
            }
            _ => value.clone(),
        };
        out.insert(renamed(field, false), value);
    }
    Value::Object(out)
}

fn inward(node: Value) -> Result<(String, Value), String> {
    let Value::Object(mut node) = node else { return Err("a node is not an object".to_owned()) };
    let address = node.remove("@id").and_then(|id| id.as_str().map(str::to_owned));
    let address = address.ok_or("a node without `@id`")?;
    let (kind, id) = address.split_once(':').ok_or_else(|| format!("`{address}` names no kind"))?;
    if list_of(kind).is_none() {
        return Err(format!("`{kind}` is no kind of node"));
    }
    if node.remove("@type").is_some_and(|said| said != *kind) {
        return Err(format!("`{address}` has another `@type`"));
    }
    let mut own = Map::from_iter([("id".to_owned(), Value::from(id))]);
    for (field, value) in node {
        let field = renamed(&field, true);
        let value = match (edge_kind(&field), value) {
            (Some(target), Value::Array(edges)) => {
                let edges: Result<_, _> = edges.into_iter().map(|edge| edge_inward(target, edge)).collect();
                Value::Array(edges?)
            }
            (_, value) if field == "evidence" => id_of("evidence", &value)?,
            (_, value) => value,
        };
        own.insert(field, value);
    }
    Ok((kind.to_owned(), Value::Object(own)))
}

fn edge_inward(target: &str, edge: Value) -> Result<Value, String> {
    let Value::Object(edge) = edge else { return Err("an edge is not an object".to_owned()) };
    let mut own = Map::new();
    for (field, value) in edge {
        let field = renamed(&field, true);
        let value = match field.as_str() {
            "to" if !target.is_empty() => id_of(target, &value)?,
            "evidence" => id_of("evidence", &value)?,
            "industries" => {
                let ids = value.as_array().into_iter().flatten();
                Value::Array(ids.map(|id| id_of("industry", id)).collect::<Result<_, _>>()?)
            }
            _ => value,
        };
        own.insert(field, value);
    }
    Ok(Value::Object(own))
}

/// The kind that the edges of a list lead to, if the field is such a list.
fn edge_kind(field: &str) -> Option<&'static str> {
    EDGES.iter().find(|(name, _)| *name == field).map(|(_, kind)| *kind)
}

fn renamed(field: &str, is_inward: bool) -> String {
    let pair = RENAMED.iter().find(|(own, out)| field == if is_inward { *out } else { *own });
    pair.map_or(field, |(own, out)| if is_inward { own } else { out }).to_owned()
}

fn address(kind: &str, id: &Value) -> Value {
    Value::from(format!("{kind}:{}", id.as_str().unwrap_or_default()))
}

fn id_of(kind: &str, address: &Value) -> Result<Value, String> {
    let id = address.as_str().and_then(|address| address.strip_prefix(kind)?.strip_prefix(':'));
    id.map(Value::from).ok_or_else(|| format!("{address} is not the address of a `{kind}`"))
}
