//! Data: JSON in its kinds, palettes, brand.yml, the asset catalogue.

use super::{Facts, family, number};
use core_tokens::File;
use serde_json::Value;

pub(crate) fn dtcg(text: &str) -> Facts {
    let root: Value = serde_json::from_str(text).unwrap();
    let mut facts = shared(&root);
    for theme in ["light", "dark", "high-contrast"] {
        colors(&root["color"][theme], &format!("theme.{theme}"), &mut facts);
    }
    for (id, weight) in tokens(&root["font"]["weight"]) {
        facts.insert(format!("font.{id}.weight"), weight.to_string());
    }
    for (role, height) in tokens(&root["font"]["line-height"]) {
        facts.insert(format!("size.{role}.line-height"), number(&height.to_string()));
    }
    for (role, set) in tokens(&root["typography"]) {
        let alias = set["fontFamily"].as_str().unwrap();
        let font = alias.trim_start_matches("{font.family.").trim_end_matches('}').to_owned();
        assert_eq!(set["fontSize"], format!("{{font.size.{role}}}"));
        facts.insert(format!("size.{role}.font"), font);
    }
    facts
}

/// The sets in the order of the document, one context after another.
pub(crate) fn resolved(files: &[File]) -> Facts {
    let json = |path: &str| -> Value {
        let file = files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}"));
        serde_json::from_slice(&file.bytes).unwrap()
    };
    let resolver = json("tokens/brand.resolver.json");
    assert_eq!(resolver["version"], "2025.10");
    assert_eq!(resolver["resolutionOrder"][0]["$ref"], "#/sets/base");
    let source = |value: &Value| json(&format!("tokens/{}", value[0]["$ref"].as_str().unwrap()));
    let mut facts = shared(&source(&resolver["sets"]["base"]["sources"]));
    let theme = &resolver["modifiers"]["theme"];
    let contexts = theme["contexts"].as_object().unwrap();
    assert!(contexts.len() >= 2 && contexts.contains_key(theme["default"].as_str().unwrap()));
    for (id, sources) in contexts {
        colors(&source(sources)["color"]["role"], &format!("theme.{id}"), &mut facts);
    }
    facts
}

fn shared(root: &Value) -> Facts {
    let mut facts = Facts::new();
    assert_eq!(root["color"]["$type"], "color");
    colors(&root["color"]["brand"], "brand", &mut facts);
    colors(&root["color"]["logo"], "logo", &mut facts);
    for (id, scale) in root["color"]["scale"].as_object().unwrap() {
        colors(scale, &format!("scale.{id}"), &mut facts);
    }
    for (id, families) in tokens(&root["font"]["family"]) {
        facts.insert(format!("font.{id}.family"), families[0].as_str().unwrap().to_owned());
    }
    for (role, size) in tokens(&root["font"]["size"]) {
        assert_eq!(size["unit"], "rem");
        facts.insert(format!("size.{role}.rem"), number(&size["value"].to_string()));
    }
    facts
}

fn tokens(group: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let all = group.as_object().unwrap().iter();
    all.filter(|(name, _)| !name.starts_with('$')).map(|(name, token)| (name, &token["$value"]))
}

/// A colour is an object; its components and its hex say the same.
fn colors(group: &Value, prefix: &str, facts: &mut Facts) {
    for (id, value) in tokens(group) {
        assert_eq!(value["colorSpace"], "srgb");
        let byte = |at: usize| (value["components"][at].as_f64().unwrap() * 255.0).round() as u8;
        let hex = format!("#{:02x}{:02x}{:02x}", byte(0), byte(1), byte(2));
        assert_eq!(value["hex"], hex);
        facts.insert(format!("{prefix}.{id}"), hex);
    }
}

pub(crate) fn flat(text: &str) -> Facts {
    fn walk(value: &Value, path: &str, facts: &mut Facts) {
        if let Some(token) = value["$value"].as_str() {
            assert_eq!(value["$type"], "color");
            facts.insert(path.to_owned(), token.to_owned());
            return;
        }
        for (name, inner) in value.as_object().unwrap() {
            walk(inner, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, facts);
        }
    }
    let mut facts = Facts::new();
    walk(&serde_json::from_str(text).unwrap(), "", &mut facts);
    facts
}

pub(crate) fn module(js: &str, types: &str) -> Facts {
    let (_, rest) = js.split_once("export const tokens = ").unwrap();
    let (json, end) = rest.split_once(";\n\nexport default tokens;").unwrap();
    assert_eq!(end, "\n");
    let root: Value = serde_json::from_str(json).unwrap();
    let mut facts = Facts::new();
    for (group, value) in root.as_object().unwrap() {
        assert!(types.contains(&format!("  readonly \"{group}\": {{")), "{group} has no type");
        let mut walk = vec![(group.clone(), value)];
        while let Some((path, value)) = walk.pop() {
            match value {
                Value::Object(inner) => {
                    walk.extend(inner.iter().map(|(name, value)| (format!("{path}.{name}"), value)));
                }
                Value::String(text) => {
                    drop(facts.insert(path.replace("lineHeight", "line-height"), text.clone()));
                }
                other => {
                    drop(facts.insert(path.replace("lineHeight", "line-height"), number(&other.to_string())));
                }
            }
        }
    }
    facts.retain(|key, _| !key.ends_with(".fallback"));
    facts
}

pub(crate) fn preset(module: &str) -> Facts {
    let (_, json) = module.split_once("module.exports = ").unwrap();
    let root: Value = serde_json::from_str(json.trim().trim_end_matches(';')).unwrap();
    let extend = &root["theme"]["extend"];
    let mut facts = Facts::new();
    for (group, colors) in extend["colors"].as_object().unwrap() {
        let Some(colors) = colors.as_object() else {
            assert_eq!(colors, &format!("var(--color-{group})"));
            continue;
        };
        for (id, color) in colors.iter().filter(|(id, _)| *id != "DEFAULT") {
            let prefix = if matches!(group.as_str(), "brand" | "logo") {
                group.clone()
            } else {
                format!("scale.{group}")
            };
            facts.insert(format!("{prefix}.{id}"), color.as_str().unwrap().to_owned());
        }
    }
    for (id, families) in extend["fontFamily"].as_object().unwrap() {
        facts.insert(format!("font.{id}.family"), family(families[0].as_str().unwrap()));
    }
    for (role, set) in extend["fontSize"].as_object().unwrap() {
        let part =
            |value: &Value| number(value.as_str().unwrap().trim_end_matches("rem").trim_end_matches("em"));
        facts.insert(format!("size.{role}.rem"), part(&set[0]));
        facts.insert(format!("size.{role}.line-height"), part(&set[1]["lineHeight"]));
        facts.insert(format!("size.{role}.tracking"), part(&set[1]["letterSpacing"]));
    }
    facts
}

/// Two blanks a level; only what the file uses of YAML.
pub(crate) fn brand_yml(text: &str) -> Facts {
    let mut facts = Facts::new();
    let mut path: Vec<&str> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let Some((key, value)) = line.trim().split_once(':') else { panic!("`{line}`") };
        path.truncate(depth);
        path.push(key);
        let value = value.trim().trim_matches('"').to_owned();
        match path.join(".").as_str() {
            "typography.headings.family" => drop(facts.insert("font.display.family".into(), value)),
            "typography.headings.weight" => drop(facts.insert("font.display.weight".into(), value)),
            "typography.headings.style" => drop(facts.insert("font.display.style".into(), value)),
            "typography.base.family" => drop(facts.insert("font.text.family".into(), value)),
            "typography.base.weight" => drop(facts.insert("font.text.weight".into(), value)),
            "typography.base.style" => drop(facts.insert("font.text.style".into(), value)),
            other => {
                if let Some(id) = other.strip_prefix("color.palette.brand-") {
                    facts.insert(format!("brand.{id}"), value);
                }
            }
        }
    }
    facts
}

pub(crate) fn gimp(text: &str) -> Facts {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("GIMP Palette"));
    let colors = lines.filter(|line| line.contains('\t'));
    colors
        .map(|line| {
            let (numbers, name) = line.split_once('\t').unwrap();
            let bytes: Vec<u8> = numbers.split_whitespace().map(|number| number.parse().unwrap()).collect();
            (name.to_owned(), format!("#{:02x}{:02x}{:02x}", bytes[0], bytes[1], bytes[2]))
        })
        .collect()
}

pub(crate) fn ase(bytes: &[u8]) -> Facts {
    assert_eq!(&bytes[..8], b"ASEF\0\x01\0\0");
    let long = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let short = |at: usize| u16::from_be_bytes(bytes[at..at + 2].try_into().unwrap());
    let (mut at, mut depth, mut facts) = (12, 0, Facts::new());
    for _ in 0..long(8) {
        let (kind, length, body) = (short(at), long(at + 2), at + 6);
        match kind {
            0xc001 => depth += 1,
            0xc002 => depth -= 1,
            1 => {
                let units = short(body) as usize;
                let name: Vec<u16> = (0..units - 1).map(|unit| short(body + 2 + 2 * unit)).collect();
                let model = body + 2 + 2 * units;
                assert_eq!(&bytes[model..model + 4], b"RGB ");
                let part = |at: usize| {
                    let share = f32::from_be_bytes(bytes[model + at..model + at + 4].try_into().unwrap());
                    (share * 255.0).round() as u8
                };
                let hex = format!("#{:02x}{:02x}{:02x}", part(4), part(8), part(12));
                facts.insert(String::from_utf16(&name).unwrap(), hex);
            }
            other => panic!("block {other:x}"),
        }
        at = body + length;
    }
    assert!(at == bytes.len() && depth == 0);
    facts
}

pub(crate) fn catalogue(files: &[File]) -> Facts {
    let mut facts = Facts::new();
    for file in files {
        let root: Value = serde_json::from_slice(&file.bytes).unwrap();
        assert_eq!(root["info"]["version"], 1);
        let Some(path) = file.path.strip_suffix(".colorset/Contents.json") else { continue };
        let (_, path) = path.split_once(".xcassets/").unwrap();
        let (group, id) = path.split_once('/').unwrap();
        for look in root["colors"].as_array().unwrap() {
            let part =
                |name: &str| look["color"]["components"][name].as_str().unwrap().trim_start_matches("0x");
            let hex = format!("#{}{}{}", part("red"), part("green"), part("blue")).to_lowercase();
            let theme = match look["appearances"][0]["value"].as_str() {
                None => "light",
                Some("high") => "high-contrast",
                Some(other) => other,
            };
            let key = if group == "role" { format!("theme.{theme}.{id}") } else { format!("{group}.{id}") };
            facts.insert(key, hex);
        }
    }
    facts
}
