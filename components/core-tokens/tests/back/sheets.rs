//! Style sheets: CSS, Sass, Less, Tailwind.

use super::{Facts, family, number};

/// The declarations of every block outside of media queries: selector, name, value.
fn declarations(css: &str) -> Vec<(String, String, String)> {
    let css = css.split_once("*/").map_or(css, |(_, rest)| rest);
    let (mut stack, mut word, mut found) = (Vec::<String>::new(), String::new(), Vec::new());
    for letter in css.chars() {
        match letter {
            '{' => stack.push(std::mem::take(&mut word).trim().to_owned()),
            '}' => {
                stack.pop().unwrap();
            }
            ';' => {
                let (name, value) = word.split_once(':').unwrap();
                found.push((stack.join(" > "), name.trim().to_owned(), value.trim().to_owned()));
                word.clear();
            }
            _ => word.push(letter),
        }
    }
    assert!(stack.is_empty() && word.trim().is_empty());
    found
}

const THEMES: [&str; 3] = ["light", "dark", "high-contrast"];

fn theme_of(selector: &str) -> Option<&'static str> {
    THEMES.into_iter().find(|theme| selector.ends_with(&format!("[data-theme=\"{theme}\"]")))
}

pub(crate) fn css(css: &str) -> Facts {
    let mut facts = Facts::new();
    for (selector, name, value) in declarations(css) {
        if let (Some(theme), Some(role)) = (theme_of(&selector), name.strip_prefix("--color-")) {
            facts.insert(format!("theme.{theme}.{role}"), value);
        } else if selector == ":root" {
            property(&name, &value, &mut facts);
        }
    }
    facts
}

fn property(name: &str, value: &str, facts: &mut Facts) {
    let name = name.trim_start_matches("--");
    let (group, rest) = name.split_once('-').unwrap();
    let (key, value) = match group {
        "brand" | "logo" => (format!("{group}.{rest}"), value.to_owned()),
        "scale" => {
            let (scale, step) = rest.rsplit_once('-').unwrap();
            (format!("scale.{scale}.{step}"), value.to_owned())
        }
        "font" => match rest.rsplit_once('-') {
            Some((id, part @ ("weight" | "style"))) => (format!("font.{id}.{part}"), value.to_owned()),
            _ => (format!("font.{rest}.family"), family(value)),
        },
        "text" => size(rest, value),
        other => panic!("{other}"),
    };
    facts.insert(key, value);
}

fn size(name: &str, value: &str) -> (String, String) {
    let ends =
        [("-size", "rem"), ("-line-height", "line-height"), ("-tracking", "tracking"), ("-font", "font")];
    let (end, part) = ends.into_iter().find(|(end, _)| name.ends_with(end)).unwrap();
    let value = match part {
        "font" => value.trim_start_matches("var(--font-").trim_end_matches(')').to_owned(),
        _ => number(value.trim_end_matches("rem").trim_end_matches("em")),
    };
    (format!("size.{}.{part}", name.trim_end_matches(end)), value)
}

pub(crate) fn tailwind(css: &str) -> Facts {
    let mut facts = Facts::new();
    let mut inline = Vec::new();
    for (selector, name, value) in declarations(css) {
        if selector == "@theme inline" {
            let role = name.strip_prefix("--color-").unwrap().to_owned();
            assert_eq!(value, format!("var(--role-{role})"));
            inline.push(role);
        } else if let (Some(theme), Some(role)) = (theme_of(&selector), name.strip_prefix("--role-")) {
            facts.insert(format!("theme.{theme}.{role}"), value);
        } else if let Some(color) = name.strip_prefix("--color-") {
            let (group, rest) = match color.split_once('-') {
                Some((group @ ("brand" | "logo"), rest)) => (group.to_owned(), rest),
                _ => {
                    let (scale, step) = color.rsplit_once('-').unwrap();
                    (format!("scale.{scale}"), step)
                }
            };
            facts.insert(format!("{group}.{rest}"), value);
        } else if let Some(id) = name.strip_prefix("--font-") {
            facts.insert(format!("font.{id}.family"), family(&value));
        } else if let Some(rest) = name.strip_prefix("--text-") {
            let (role, part) = rest.split_once("--").unwrap_or((rest, "rem"));
            let part = part.replace("letter-spacing", "tracking");
            let value = number(value.trim_end_matches("rem").trim_end_matches("em"));
            facts.insert(format!("size.{role}.{part}"), value);
        }
    }
    let roles = |theme: &str| facts.keys().filter(|key| key.starts_with(&format!("theme.{theme}."))).count();
    assert!(THEMES.into_iter().all(|theme| roles(theme) == inline.len()));
    facts
}

pub(crate) fn scss(scss: &str) -> Facts {
    let mut facts = Facts::new();
    let mut map = String::new();
    for line in scss.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_suffix(": (") {
            map = name.trim_start_matches('$').to_owned();
        } else if line == ");" {
            map.clear();
        } else if map.is_empty() {
            let (name, value) = line.trim_end_matches(';').split_once(": ").unwrap();
            property(name.trim_start_matches('$'), value, &mut facts);
        } else if map == "text" {
            let (role, set) = line.trim_end_matches(',').split_once(": ").unwrap();
            sass_size(role.trim_matches('"'), set, &mut facts);
        } else {
            let (key, value) = line.trim_end_matches(',').split_once(": ").unwrap();
            let map = map.replacen('-', ".", 1);
            facts.insert(format!("{map}.{}", key.trim_matches('"')), value.to_owned());
        }
    }
    facts
}

fn sass_size(role: &str, set: &str, facts: &mut Facts) {
    for part in set.trim_start_matches('(').trim_end_matches(')').split(", ") {
        let (name, value) = part.split_once(": ").unwrap();
        let (name, value) = match name {
            "size" => ("rem", number(value.trim_end_matches("rem"))),
            "font" => (name, value.trim_matches(['(', ')']).trim_start_matches("$font-").to_owned()),
            _ => (name, number(value.trim_end_matches("em"))),
        };
        facts.insert(format!("size.{role}.{name}"), value);
    }
}

pub(crate) fn less(less: &str) -> Facts {
    let mut facts = Facts::new();
    let mut map = String::new();
    for line in less.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()) {
        let declared = line.trim_end_matches(';').split_once(": ");
        match (line.strip_suffix(": {"), line) {
            (Some(name), _) => map = name.trim_start_matches('@').to_owned(),
            (_, "}") => map.clear(),
            _ if map.is_empty() => {
                let (name, value) = declared.unwrap();
                property(name.trim_start_matches('@'), value, &mut facts);
            }
            _ => {
                let (name, value) = declared.unwrap();
                if let Some(role) = map.strip_prefix("text-") {
                    let value = value.trim_start_matches("@font-");
                    let (key, value) = match name {
                        "size" => ("rem", number(value.trim_end_matches("rem"))),
                        "font" => ("font", value.to_owned()),
                        _ => (name, number(value.trim_end_matches("em"))),
                    };
                    facts.insert(format!("size.{role}.{key}"), value);
                } else {
                    facts.insert(format!("{}.{name}", map.replacen('-', ".", 1)), value.to_owned());
                }
            }
        }
    }
    facts
}
