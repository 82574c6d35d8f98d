//! Source code and resources of the app platforms.

use super::{Facts, number};
use core_tokens::{File, Tokens};
use std::collections::BTreeMap;

/// Names in code back to names of the model: `OnPrimary`, `onPrimary` and `on_primary` all hold the same letters.
fn bare(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase()
}

pub(crate) struct Names {
    by_bare: BTreeMap<(&'static str, String), String>,
    /// Whether the sizes of a style are stated by place, not by name.
    is_kotlin: bool,
}

impl Names {
    pub(crate) fn new(tokens: &Tokens, is_kotlin: bool) -> Self {
        let mut by_bare = BTreeMap::new();
        for key in tokens.facts().into_keys() {
            let (group, rest) = key.split_once('.').unwrap();
            let group = ["brand", "scale", "theme", "logo", "font", "size"]
                .into_iter()
                .find(|own| *own == group)
                .unwrap();
            let short = match group {
                "font" | "size" => rest.split('.').next().unwrap(),
                "theme" => rest.split_once('.').unwrap().1,
                _ => rest,
            };
            let full = if group == "theme" { short } else { rest };
            let full = if matches!(group, "font" | "size") { short } else { full };
            by_bare.insert((group, bare(short)), full.to_owned());
        }
        Self { by_bare, is_kotlin }
    }

    fn find(&self, group: &'static str, name: &str) -> &str {
        self.by_bare.get(&(group, bare(name))).unwrap_or_else(|| panic!("{group} {name}"))
    }

    /// The three languages differ in words and marks, not in shape: blocks with a line for each value.
    pub(crate) fn read(&self, code: &str) -> Facts {
        let mut facts = Facts::new();
        let (mut block, mut theme) = (String::new(), String::new());
        for line in code.lines().map(str::trim) {
            let words: Vec<&str> = line.split_whitespace().collect();
            if line.ends_with('{') && !line.starts_with('}') {
                let at =
                    words.iter().position(|word| matches!(*word, "object" | "enum" | "class" | "struct"));
                if let Some(name) = at.and_then(|at| words.get(at + 1)) {
                    block = name.trim_end_matches(['(', '{']).to_owned();
                }
            } else if line.starts_with("data class BrandTheme") {
                block = "BrandTheme".to_owned();
            } else if let Some((left, _)) = line.split_once(" = BrandTheme(") {
                theme = left.split_whitespace().last().unwrap().to_owned();
            } else if line.to_lowercase().contains("color(0x") && block != "BrandColor" {
                self.color(line, &block, &theme, &mut facts);
            } else if let Some((left, right)) = line.split_once(" = BrandFont(") {
                self.font(left, right, &mut facts);
            } else if let Some((left, right)) = line.split_once(" = BrandSize(") {
                self.size(left, right, &mut facts);
            }
        }
        facts
    }

    fn color(&self, line: &str, block: &str, theme: &str, facts: &mut Facts) {
        let name = line.split([':', '=']).next().unwrap().split_whitespace().last().unwrap();
        let (_, digits) = line.split_once("(0x").unwrap();
        let digits = digits.split(')').next().unwrap();
        let hex = format!("#{}", &digits[digits.len() - 6..]).to_lowercase();
        let key = match block {
            "BrandColors" => format!("brand.{}", self.find("brand", name)),
            "BrandScales" => format!("scale.{}", self.find("scale", name)),
            "LogoColors" => format!("logo.{}", self.find("logo", name)),
            _ => {
                let theme =
                    ["light", "dark", "high-contrast"].into_iter().find(|own| bare(own) == bare(theme));
                format!("theme.{}.{}", theme.unwrap(), self.find("theme", name))
            }
        };
        assert!(facts.insert(key.clone(), hex).is_none(), "{key} stands twice");
    }

    fn font(&self, left: &str, right: &str, facts: &mut Facts) {
        let id = self.find("font", left.split_whitespace().last().unwrap()).to_owned();
        let parts: Vec<&str> = right.split(", ").collect();
        let (_, family) = parts[0].split_once('"').unwrap();
        facts.insert(format!("font.{id}.family"), family.trim_end_matches('"').to_owned());
        let weight: String = parts[1].chars().filter(char::is_ascii_digit).collect();
        facts.insert(format!("font.{id}.weight"), weight);
        let style = parts[2].to_lowercase();
        let is_italic = style.contains("italic)") && !style.contains("false")
            || style.contains("true")
            || style.contains(".italic");
        facts.insert(format!("font.{id}.style"), if is_italic { "italic" } else { "normal" }.to_owned());
    }

    fn size(&self, left: &str, right: &str, facts: &mut Facts) {
        let role = self.find("size", left.split_whitespace().last().unwrap()).to_owned();
        let parts: Vec<&str> = right.split(", ").collect();
        let value = |part: &str| {
            let part = part.rsplit(": ").next().unwrap();
            let part =
                if self.is_kotlin { part.trim_end_matches(".sp").trim_end_matches(".em") } else { part };
            number(part.trim_matches(['(', ')']))
        };
        facts.insert(format!("size.{role}.px"), value(parts[0]));
        facts.insert(format!("size.{role}.line-height"), value(parts[1]));
        facts.insert(format!("size.{role}.tracking"), value(parts[2]));
        let font = parts[3].rsplit('.').next().unwrap().trim_end_matches([')', ';']);
        facts.insert(format!("size.{role}.font"), self.find("font", font).to_owned());
    }
}

pub(crate) fn android(files: &[File], tokens: &Tokens) -> Facts {
    let names = Names::new(tokens, false);
    let mut facts = Facts::new();
    for file in files {
        let night = file.path.contains("values-night");
        let text = std::str::from_utf8(&file.bytes).unwrap();
        for line in text.lines().map(str::trim).filter(|line| line.contains("name=\"")) {
            let (_, rest) = line.split_once("name=\"").unwrap();
            let (name, rest) = rest.split_once("\">").unwrap();
            let value = rest.split("</").next().unwrap();
            let (group, own) = name.split_once('_').unwrap();
            let (key, value) = match group {
                "brand" => (format!("brand.{}", names.find("brand", own)), value.to_owned()),
                "scale" => (format!("scale.{}", names.find("scale", own)), value.to_owned()),
                "logo" => (format!("logo.{}", names.find("logo", own)), value.to_owned()),
                "role" => {
                    let theme = if night { "dark" } else { "light" };
                    (format!("theme.{theme}.{}", names.find("theme", own)), value.to_owned())
                }
                "contrast" => (format!("theme.high-contrast.{}", names.find("theme", own)), value.to_owned()),
                "font" => (format!("font.{}.family", names.find("font", own)), value.to_owned()),
                "size" => {
                    (format!("size.{}.px", names.find("size", own)), number(value.trim_end_matches("sp")))
                }
                other => panic!("{other}"),
            };
            assert!(facts.insert(key.clone(), value).is_none(), "{key} stands twice");
        }
    }
    facts
}
