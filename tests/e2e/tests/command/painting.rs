//! `imprint paint` and `imprint models`, as a person runs them: a picture says what drew it, and rules stand in for no model.

#[path = "../../../../gpu-provider/serve/tests/support/mod.rs"]
mod support;

use super::{folder, program};
use core_brand::content::sha256_hex;
use resvg::tiny_skia::Pixmap;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The exit code, what was printed, and what was said to a person. No component is needed.
fn run(at: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(program());
    command.current_dir(at).env("IMPRINT_MODELS", at.join("models")).args(args).stdin(Stdio::null());
    let answer = command.output().unwrap();
    let [printed, said] = [answer.stdout, answer.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (answer.status.code(), printed, said)
}

#[test]
fn a_picture_says_what_drew_it() {
    let folder = folder();
    let at = folder.path();
    support::tiny(&at.join("tiny"));
    let fox = support::PROMPT;
    // Nothing is named and nothing is there; then one is, and is taken.
    let (code, _, said) = run(at, &["paint", fox]);
    assert!(code == Some(2) && said.contains("none is here"), "{said}");
    let (code, printed, said) = run(at, &["models", "add", "tiny", "--name", "tiny@1", "--native", "64"]);
    assert!(code == Some(0) && printed.starts_with("tiny@1  64 px, 11 files"), "{printed}{said}");
    let painted = ["paint", fox, "--steps", "2", "--seed", "7", "-o", "a.png", "--json"];
    let (code, printed, said) = run(at, &painted);
    assert_eq!(code, Some(0), "{said}");
    let told: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((&told["model"], &told["backend"]), (&"tiny@1".into(), &"reference".into()));
    let painted = fs::read(at.join("a.png")).unwrap();
    assert!(String::from_utf8_lossy(&painted).contains("Painted by the model tiny@1."));
    // The same again is the same.
    let again =
        ["paint", fox, "--model", "tiny", "--steps", "2", "--seed", "7", "--size", "64", "-o", "b.png"];
    assert_eq!(run(at, &again).0, Some(0));
    assert_eq!(sha256_hex(&painted), sha256_hex(&fs::read(at.join("b.png")).unwrap()));
    // A model of few steps is painted as it was made for, without a word about steps and guidance.
    let few = ["paint", fox, "--sampler", "lcm", "-o", "f.png", "--json"];
    let (code, printed, said) = run(at, &few);
    assert_eq!(code, Some(0), "{said}");
    let told: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(
        (&told["sampler"], &told["steps"], &told["guidance"]),
        (&"lcm".into(), &4.into(), &1.0.into())
    );
    let text = fs::read(at.join("f.png")).unwrap();
    for wanted in [r#""sampler":"lcm""#, r#""steps":4"#, r#""guidance":1.0"#] {
        assert!(String::from_utf8_lossy(&text).contains(wanted), "{wanted}");
    }
    // With a LoRA it is another, unless the LoRA weighs nothing.
    support::lora(&at.join("ink.safetensors"), 64);
    let (code, printed, said) = run(at, &["models", "add", "ink.safetensors", "--name", "ink@1"]);
    assert!(code == Some(0) && printed.starts_with("ink@1  LoRA, 1 file, "), "{printed}{said}");
    for (lora, is_same) in [("ink:0", true), ("ink@1:0.8", false), ("ink", false)] {
        let inked = [&again[..10], &["--lora", lora, "-o", "e.png"]].concat();
        let (code, _, said) = run(at, &inked);
        assert_eq!(code, Some(0), "{lora}: {said}");
        let pixels = |name: &str| Pixmap::decode_png(&fs::read(at.join(name)).unwrap()).unwrap().take();
        assert_eq!(pixels("e.png") == pixels("a.png"), is_same, "{lora}");
    }
    let (code, printed, said) = run(at, &["paint", fox, "--procedural", "--size", "128x64", "-o", "c.png"]);
    assert!(code == Some(0) && printed.contains("drawn by rules and not by a model"), "{printed}{said}");
    let drawn = fs::read(at.join("c.png")).unwrap();
    assert!(String::from_utf8_lossy(&drawn).contains("no model painted this"));
    // What was drawn is traced as a mark.
    assert_eq!(run(at, &["paint", "a leaf", "--procedural", "--size", "512", "-o", "d.png"]).0, Some(0));
    let (code, printed, said) = run(at, &["trace", "d.png"]);
    assert!(code == Some(0) && printed.starts_with("d.svg: a mark in"), "{printed}{said}");
}

#[test]
fn a_model_that_was_named_paints_or_nothing_does() {
    let folder = folder();
    let at = folder.path();
    let long = "x".repeat(100 << 10);
    let cases: &[(&[&str], &str)] = &[
        (&["paint", "a fox", "--model", "sdxl"], "There is no model `sdxl` here."),
        (&["paint", "a fox", "--model", "procedural"], "There is no model `procedural` here."),
        (&["paint", "a fox", "--model", "../x"], "which is no such name"),
        (&["paint", "a fox", "--model", "a", "--procedural"], "cannot be used with"),
        (&["paint", &long, "--procedural"], "`prompt` of the order is 102400"),
        (
            &["paint", "a fox", "--procedural", "--steps", "0"],
            "`steps` of the order is 0; allowed is 1 to 150",
        ),
        (&["paint", "a fox", "--procedural", "--lora", "ink"], "ink"),
        (&["paint", "a fox", "--procedural", "--lora", "ink:much"], "such as ink:0.8"),
        (
            &["paint", "a fox", "--procedural", "--sampler", "fast"],
            "[possible values: euler, euler-ancestral, ",
        ),
        (
            &["paint", "a fox", "--procedural", "--sampler", "lcm", "--guidance", "5"],
            "`guidance` of the order is 5; allowed is 0 to 1 with the sampler `lcm`, which is without guidance.",
        ),
        (&["paint", "a fox", "--procedural", "--size", "500"], "a multiple of 64"),
        (&["paint", "a fox", "--procedural", "--size", "huge"], "pixels such as 512 or 768x512"),
        (&["paint", "a fox", "--procedural", "-o", "no/where.png"], "`no/where.png` cannot be written"),
        (&["models", "add", "nowhere", "--name", "a@1"], "`nowhere` cannot be added as a model"),
        (&["models", "add", ".", "--name", "a"], "is no name such as"),
        (&["models", "pull", "http://127.0.0.1:9", "../a@1"], "which is no such name"),
    ];
    for (args, wanted) in cases {
        let (code, printed, said) = run(at, args);
        assert!(
            code == Some(2) && said.contains(wanted),
            "{wanted}: {code:?} {}",
            &said[..said.len().min(500)]
        );
        assert!(printed.is_empty() && !said.contains("panicked"), "{args:?}");
    }
    assert_eq!(fs::read_dir(at).unwrap().count(), 0, "something was left");
}

/// A tiny model paints what is no mark. Then the kit has none of it, says so, and nothing else stands in for it. What is a
/// mark is a concept like any other, which says what painted it.
#[test]
fn a_kit_takes_from_a_model_what_is_a_mark_or_says_why_not() {
    let folder = folder();
    let at = folder.path();
    support::tiny(&at.join("tiny"));
    support::seal(&at.join("seal"));
    assert_eq!(run(at, &["models", "add", "tiny", "--name", "tiny@1", "--native", "64"]).0, Some(0));
    assert_eq!(run(at, &["models", "add", "seal", "--name", "seal@1", "--native", "256"]).0, Some(0));
    let name = ["make", "Alder Tea", "--industry", "tea", "--complexity", "simple", "--concepts", "1"];
    let quick = ["--painted-steps", "1", "--painted-sampler", "turbo"];
    let make = |model: &str, out: &str| -> (String, Value) {
        let (code, _, said) =
            run(at, &[&name[..], &quick[..], &["--painted", model, "--out", out][..]].concat());
        assert_eq!(code, Some(0), "{said}");
        (said, serde_json::from_slice(&fs::read(at.join(out).join("brand.json")).unwrap()).unwrap())
    };
    let (said, brand) = make("seal", "sealed");
    assert!(brand["missed"].as_array().is_none_or(Vec::is_empty), "{said}");
    let concept = &brand["concepts"][1];
    assert_eq!((&concept["painted"]["model"], &concept["id"]), (&"seal@1".into(), &"2-painted".into()));
    for file in ["mark-color.svg", "painting.png"] {
        assert!(at.join("sealed/logos/2-painted").join(file).is_file(), "{file}");
    }
    let (said, brand) = make("tiny", "kit");
    assert!(said.contains("paint-01 is missing: Of 3 painted pictures none became a mark"), "{said}");
    assert_eq!(brand["missed"][0]["code"], "paint.untraced");
    assert_eq!(brand["concepts"].as_array().unwrap().len(), 1);
    assert!(!at.join("kit/logos/2-painted").exists());
}
