//! Rules about the schemas of public events: nothing released changes, and what is newer reads what is older.
//!
//! The rules in words stand in `schemas/README.md`.

use crate::Finding;
use crate::contract::sha256;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Where schemas live.
pub const ROOM: &str = "schemas/";
/// Those that others rely on.
pub const RELEASED: &str = "schemas/released/";
/// Their hashes, `sha256  name` a line.
pub const HASHES: &str = "schemas/released/hashes.txt";

/// Keywords that the rules of compatibility know.
const KEYWORDS: &[&str] = &[
    "$schema",
    "$id",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "enum",
    "const",
    "pattern",
    "format",
    "default",
    "items",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
];
/// Bounds from below; a newer one may be lower.
const LOWER: &[&str] = &["minimum", "minLength", "minItems"];
/// Bounds from above; a newer one may be higher.
const UPPER: &[&str] = &["maximum", "maxLength", "maxItems"];
/// Constraints that cannot be compared: they stay as they are, or go.
const OPAQUE: &[&str] = &["const", "pattern", "format"];

/// The files of the room by path, and what is wrong with them.
#[must_use]
pub fn faults(files: &BTreeMap<String, Vec<u8>>) -> Vec<Finding> {
    let mut found = thawed(files);
    let mut versions: BTreeMap<&str, BTreeMap<u32, (&str, Value)>> = BTreeMap::new();
    for (path, bytes) in schemas(files) {
        let (Some((name, version)), Ok(schema)) = (named(path), serde_json::from_slice::<Value>(bytes))
        else {
            found.push(Finding::new(path, 0, "is not JSON, or not named `<type>.v<number>.json`"));
            continue;
        };
        let id = format!("urn:brandgenerator:events:{name}:v{version}");
        if schema["$id"] != id.as_str() {
            found.push(Finding::new(path, 0, format!("has not the `$id` {id}")));
        }
        found.extend(strange_keywords(&schema, "").into_iter().map(|what| Finding::new(path, 0, what)));
        versions.entry(name).or_default().insert(version, (path, schema));
    }
    for versions in versions.values() {
        for (version, (path, newer)) in versions {
            match version.checked_sub(1).map(|before| versions.get(&before)) {
                Some(Some((_, older))) => {
                    let what = narrowed(older, newer, "");
                    found.extend(what.into_iter().map(|what| Finding::new(path, 0, what)));
                }
                Some(None) if *version > 1 => {
                    found.push(Finding::new(path, 0, format!("has no version {} before it", version - 1)));
                }
                _ if *version == 0 => found.push(Finding::new(path, 0, "has the version 0; the first is 1")),
                _ => {}
            }
        }
    }
    found
}

/// What is to be written so that everything is released: the files, and the list. What is listed stays as it is.
#[must_use]
pub fn release(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut list = listed(files);
    let mut written = BTreeMap::new();
    for (path, bytes) in schemas(files) {
        let name = path.trim_start_matches(ROOM).to_owned();
        if let std::collections::btree_map::Entry::Vacant(place) = list.entry(name.clone()) {
            place.insert(sha256(bytes));
            written.insert(format!("{RELEASED}{name}"), bytes.clone());
        }
    }
    let lines: String = list.iter().map(|(name, hash)| format!("{hash}  {name}\n")).collect();
    written.insert(HASHES.to_owned(), lines.into_bytes());
    written
}

/// The schemas beside the released ones.
fn schemas(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, &Vec<u8>)> {
    let is_schema = |path: &str| path.ends_with(".json") && !path.starts_with(RELEASED);
    files.iter().map(|(path, bytes)| (path.as_str(), bytes)).filter(move |(path, _)| is_schema(path))
}

fn listed(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let list = files.get(HASHES).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let entries = list.lines().filter_map(|line| line.split_once("  "));
    entries.map(|(hash, name)| (name.to_owned(), hash.to_owned())).collect()
}

/// Released files that changed or are gone, are not listed, or differ from the file beside them.
fn thawed(files: &BTreeMap<String, Vec<u8>>) -> Vec<Finding> {
    let list = listed(files);
    let mut found = Vec::new();
    for (name, hash) in &list {
        let path = format!("{RELEASED}{name}");
        match files.get(&path) {
            None => found.push(Finding::new(&path, 0, "was released and is gone")),
            Some(bytes) if sha256(bytes) != *hash => {
                found.push(Finding::new(&path, 0, "was released and differs now. Make a new version"));
            }
            Some(bytes) if files.get(&format!("{ROOM}{name}")) != Some(bytes) => {
                found.push(Finding::new(&path, 0, format!("differs from the file in {ROOM}")));
            }
            Some(_) => {}
        }
    }
    let is_unlisted = |path: &&String| {
        path.strip_prefix(RELEASED).is_some_and(|name| name.ends_with(".json") && !list.contains_key(name))
    };
    found.extend(
        files.keys().filter(is_unlisted).map(|path| Finding::new(path, 0, format!("is not in {HASHES}"))),
    );
    found
}

/// `schemas/<type>.v<number>.json`
fn named(path: &str) -> Option<(&str, u32)> {
    let (name, version) = path.strip_prefix(ROOM)?.strip_suffix(".json")?.rsplit_once(".v")?;
    Some((name, version.parse().ok()?))
}

/// Keywords that nobody can compare, at any depth.
fn strange_keywords(schema: &Value, at: &str) -> Vec<String> {
    let Some(fields) = schema.as_object() else { return vec![format!("`{at}` is not an object")] };
    let strange = fields.keys().filter(|key| !KEYWORDS.contains(&key.as_str()));
    let mut found: Vec<String> = strange.map(|key| format!("uses `{key}` at `{at}/`")).collect();
    for (name, inner) in properties(schema) {
        found.extend(strange_keywords(inner, &format!("{at}/{name}")));
    }
    if let Some(items) = fields.get("items") {
        found.extend(strange_keywords(items, &format!("{at}/[]")));
    }
    found
}

/// Why messages of the older version may not be read by the newer one.
#[must_use]
pub fn narrowed(older: &Value, newer: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |what: String| found.push(format!("{what} at `{at}/`"));
    let (before, now) = (words(older, "required"), words(newer, "required"));
    now.difference(&before).for_each(|name| say(format!("requires `{name}`, which was not required")));
    before.difference(&now).for_each(|name| say(format!("no longer requires `{name}`")));
    let (before, now) = (words(older, "type"), words(newer, "type"));
    if !now.is_empty() && (before.is_empty() || !before.is_subset(&now)) {
        say(format!("narrows the type {before:?} to {now:?}"));
    }
    if let Some(now) = newer.get("enum").and_then(Value::as_array) {
        let before = older.get("enum").and_then(Value::as_array);
        if !before.is_some_and(|before| before.iter().all(|value| now.contains(value))) {
            say("takes values of the enum away".to_owned());
        }
    }
    for key in OPAQUE.iter().filter(|key| newer.get(**key).is_some() && newer.get(**key) != older.get(**key))
    {
        say(format!("adds or changes `{key}`"));
    }
    for (keys, is_upper) in [(LOWER, false), (UPPER, true)] {
        for key in keys.iter().filter(|key| is_tighter(older.get(**key), newer.get(**key), is_upper)) {
            say(format!("tightens `{key}`"));
        }
    }
    if newer.get("items").is_some() && older.get("items").is_none() {
        say("restricts `items`".to_owned());
    }
    found.extend(of_fields(older, newer, at));
    found
}

/// The same for what lies inside.
fn of_fields(older: &Value, newer: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let now: BTreeMap<&String, &Value> = properties(newer).collect();
    let before: BTreeSet<&String> = properties(older).map(|(name, _)| name).collect();
    for (name, inner) in properties(older) {
        match now.get(name) {
            None => found.push(format!("removes `{name}` at `{at}/`")),
            Some(newer) => found.extend(narrowed(inner, newer, &format!("{at}/{name}"))),
        }
    }
    let is_new =
        |(name, inner): &(&&String, &&Value)| !before.contains(**name) && inner.get("default").is_none();
    found.extend(
        now.iter().filter(is_new).map(|(name, _)| format!("adds `{name}` without a default at `{at}/`")),
    );
    if let (Some(older), Some(newer)) = (older.get("items"), newer.get("items")) {
        found.extend(narrowed(older, newer, &format!("{at}/[]")));
    }
    found
}

fn is_tighter(older: Option<&Value>, newer: Option<&Value>, is_upper: bool) -> bool {
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    match (older.map(number), newer.map(number)) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(older), Some(newer)) if is_upper => newer < older,
        (Some(older), Some(newer)) => newer > older,
    }
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// One word or several.
fn words<'a>(schema: &'a Value, key: &str) -> BTreeSet<&'a str> {
    match schema.get(key) {
        Some(Value::String(word)) => BTreeSet::from([word.as_str()]),
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
        _ => BTreeSet::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema(version: u32) -> Value {
        json!({
            "$id": format!("urn:brandgenerator:events:a.b:v{version}"),
            "type": "object",
            "properties": {
                "id": { "type": "string", "minLength": 1 },
                "size": { "type": "string", "enum": ["s", "m"], "default": "s" },
                "deep": { "type": "object", "properties": { "n": { "type": "integer", "maximum": 9 } } },
                "list": { "type": "array", "items": { "type": "string" } },
            },
            "required": ["id"],
        })
    }

    fn room(newer: &Value) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::from([
            ("schemas/a.b.v1.json".to_owned(), schema(1).to_string().into_bytes()),
            ("schemas/a.b.v2.json".to_owned(), newer.to_string().into_bytes()),
        ]);
        files.extend(release(&files));
        files
    }

    /// The second version with one thing changed.
    fn changed(pointer: &str, value: Value) -> Value {
        let mut newer = schema(2);
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = newer.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        match value.is_null() {
            true => parent.remove(key),
            false => parent.insert(key.to_owned(), value),
        };
        newer
    }

    #[test]
    fn what_only_widens_is_clean() {
        let widened = [
            ("/properties/new", json!({ "type": "string", "default": "" })),
            ("/properties/size/enum", json!(["s", "m", "l"])),
            ("/properties/id/minLength", Value::Null),
            ("/properties/deep/properties/n/maximum", json!(10)),
            ("/properties/id/type", json!(["string", "null"])),
            ("/properties/id/description", json!("new words")),
        ];
        assert_eq!(faults(&room(&schema(2))), []);
        for (pointer, value) in widened {
            assert_eq!(faults(&room(&changed(pointer, value))), [], "{pointer}");
        }
    }

    #[test]
    fn planted_violations_are_found() {
        let planted = [
            ("/required", json!(["id", "size"]), "requires `size`"),
            ("/required", json!([]), "no longer requires `id`"),
            ("/properties/size", Value::Null, "removes `size`"),
            ("/properties/new", json!({ "type": "string" }), "without a default"),
            ("/properties/id/type", json!("integer"), "narrows the type"),
            ("/properties/size/enum", json!(["s"]), "takes values"),
            ("/properties/id/enum", json!(["x"]), "takes values"),
            ("/properties/id/pattern", json!("x"), "adds or changes `pattern`"),
            ("/properties/id/const", json!("x"), "adds or changes `const`"),
            ("/properties/id/minLength", json!(2), "tightens `minLength`"),
            ("/properties/id/maxLength", json!(2), "tightens `maxLength`"),
            ("/properties/deep/properties/n/maximum", json!(8), "tightens `maximum` at `/deep/n/`"),
            ("/properties/list/items/type", json!("null"), "narrows the type"),
            ("/additionalProperties", json!(false), "uses `additionalProperties`"),
            ("/properties/deep/oneOf", json!([]), "uses `oneOf` at `/deep/`"),
            ("/$id", json!("urn:x"), "has not the `$id`"),
        ];
        for (pointer, value, expected) in planted {
            let found = faults(&room(&changed(pointer, value)));
            assert!(found.iter().any(|finding| finding.what.contains(expected)), "{pointer}: {found:?}");
        }
    }

    #[test]
    fn released_files_stay() {
        let mut drafts = room(&schema(2));
        drafts.insert("schemas/a.b.v3.json".to_owned(), schema(3).to_string().into_bytes());
        assert_eq!(faults(&drafts), [], "a draft beside them is free");
        let path = |name: &str| format!("{RELEASED}{name}");
        for (what, expected, spoil) in
            [("gone", "is gone", None), ("changed", "differs now", Some(b"{}".to_vec()))]
        {
            let mut files = room(&schema(2));
            match spoil {
                None => files.remove(&path("a.b.v1.json")),
                Some(bytes) => files.insert(path("a.b.v1.json"), bytes),
            };
            assert!(faults(&files).iter().any(|finding| finding.what.contains(expected)), "{what}");
            assert!(!release(&files).contains_key(&path("a.b.v1.json")), "accepting does not mend it");
        }
        let mut files = room(&schema(2));
        files.insert("schemas/a.b.v1.json".to_owned(), schema(2).to_string().into_bytes());
        assert!(faults(&files).iter().any(|finding| finding.what.contains("differs from the file")));
        let mut files = room(&schema(2));
        files.insert(path("a.b.v9.json"), b"{}".to_vec());
        assert!(faults(&files).iter().any(|finding| finding.what.contains("is not in")));
    }

    #[test]
    fn versions_have_no_gap() {
        let mut files = room(&schema(2));
        files.insert("schemas/a.b.v4.json".to_owned(), schema(4).to_string().into_bytes());
        files.insert("schemas/c.json".to_owned(), b"{}".to_vec());
        let whats: Vec<String> = faults(&files).into_iter().map(|finding| finding.what).collect();
        assert!(whats.iter().any(|what| what == "has no version 3 before it"), "{whats:?}");
        assert!(whats.iter().any(|what| what.contains("not named")), "{whats:?}");
    }
}
