//! Real tools read the token files of real designs, and must find in them what the design says.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::brief::{Order, RawBrief};
use core_tokens::{FORMATS, Tokens};
use imprint_e2e::skip;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

type Facts = BTreeMap<String, String>;

/// Set by `cargo xtask test`: the folder with the tools, and the browser with what drives it.
const TOOLS: &str = "IMPRINT_CONSUMERS";
const BROWSER: [&str; 2] = ["IMPRINT_BROWSER", "IMPRINT_BROWSER_MODULES"];

/// Name and colour: a plain one, and one with all that hurts.
const BRIEFS: &[(&str, &str)] = &[("Northwind Coffee", "#1f6f5c"), ("A */ \"<b>\" -- $x & 'y'", "#ffe600")];

/// Every tool, and the least that it must have found: a script that finds nothing agrees with everything.
const FOUND_MIN: &[(&str, usize)] = &[
    ("terrazzo", 140),
    ("terrazzoResolver", 90),
    ("styleDictionary", 150),
    ("less", 130),
    ("sass", 90),
    ("tailwind4", 140),
    ("tailwind3", 50),
    ("yaml", 7),
    ("typescript", 90),
];

#[test]
fn tools_read_what_the_design_says() {
    if std::env::var_os(TOOLS).is_none() {
        skip("consumers: the tools were not fetched");
        return;
    }
    for (name, color) in BRIEFS {
        let (folder, facts) = written(name, color);
        let answers: BTreeMap<String, Facts> = answer("read.mjs", folder.path());
        for (tool, least) in FOUND_MIN {
            let found = &answers[*tool];
            assert!(found.len() >= *least, "{tool} found {} values", found.len());
            agrees(tool, found, &facts);
        }
        assert_eq!(answers.len(), FOUND_MIN.len());
    }
}

#[test]
fn a_browser_shows_every_theme() {
    if BROWSER.iter().any(|name| std::env::var_os(name).is_none()) {
        skip("browser: no Chromium at hand");
        return;
    }
    let (name, color) = BRIEFS[0];
    let (folder, facts) = written(name, color);
    let answers: Vec<Facts> = answer("show.mjs", folder.path());
    assert_eq!(answers.len(), 6);
    for found in &answers {
        assert!(found.len() > 30, "only {} roles", found.len());
        agrees("the browser", found, &facts);
    }
}

/// All formats of a design in a folder, and what they should say.
fn written(name: &str, color: &str) -> (tempfile::TempDir, Facts) {
    let raw = RawBrief {
        company_name: name.into(),
        industry: "coffee".into(),
        primary_color: Some(color.into()),
        ..RawBrief::default()
    };
    let order = Order::new(&raw, Some(1), None).unwrap();
    let design = core_design::decide(&order).unwrap();
    let tokens = Tokens::of(&order.brief.company_name, &design);
    let folder = tempfile::tempdir().unwrap();
    for file in FORMATS.iter().flat_map(|format| format.files(&tokens).unwrap()) {
        let path = folder.path().join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
    (folder, tokens.facts())
}

fn answer<T: serde::de::DeserializeOwned>(script: &str, folder: &Path) -> T {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("consumers").join(script);
    let done = Command::new("node").arg(script).arg(folder).stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

fn agrees(tool: &str, found: &Facts, facts: &Facts) {
    let odd: Vec<_> = found.iter().filter(|(key, value)| facts.get(*key) != Some(value)).collect();
    assert!(odd.is_empty(), "{tool}: {odd:#?}");
}
