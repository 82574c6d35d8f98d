//! Files as others make them, each with what is found in it; and files that want to harm.
//!
//! `data/cases` holds a file each and its findings as text; a `drawn.svg` is drawn and checked as PNG. `IMPRINT_ACCEPT=1`
//! accepts what is found now. A PDF is written by hand and told by its beginning, not by its name. `data/kit` is a small kit that stays as it is.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use core_brand::{Blame, Rng};
use core_check::{Graded, check};
use imprint_golden::{Case, cases, check_text};
use std::fmt::Write;
use support::{kit, png_of};

/// A case's file: its name and its bytes.
fn file(case: &Case) -> (String, Vec<u8>) {
    if case.path("drawn.svg").exists() {
        return ("file.png".to_owned(), png_of(&case.text("drawn.svg")));
    }
    let names = ["file.svg", "file.css", "file.html", "file.pdf.txt"];
    let name = names.into_iter().find(|name| case.path(name).exists()).unwrap();
    (name.to_owned(), case.text(name).into_bytes())
}

/// As a person reads it.
fn told(graded: &Graded) -> String {
    let mut text = String::new();
    let place = |place: &core_check::Place| serde_json::to_string(place).unwrap();
    for one in &graded.findings {
        let measured = one.measured.map_or(String::new(), |value| format!(" {value}"));
        let allowed = one.allowed.map_or(String::new(), |value| format!(" of {value} {}", one.unit));
        writeln!(text, "{} x{}{measured}{allowed} {}", one.id, one.count, place(&one.place)).unwrap();
        writeln!(text, "  {}", one.message).unwrap();
    }
    let seen = &graded.looked_at;
    writeln!(text, "{} colours, {} fonts, {} pairs", seen.colors, seen.fonts, seen.text_pairs).unwrap();
    for logo in &seen.logos {
        let way = logo.colorway.unwrap_or("none");
        writeln!(text, "logo {} {} {way} {}", logo.concept, logo.lockup, place(&logo.place)).unwrap();
    }
    for note in &graded.untold {
        writeln!(text, "untold {}: {}", note.id, note.message).unwrap();
    }
    text
}

#[test]
fn cases_are_graded_as_accepted() {
    let kit = kit();
    for case in cases("tests/data/cases") {
        let (name, bytes) = file(&case);
        let graded = check(&kit.brand, &kit.drawings, &name, &bytes)
            .unwrap_or_else(|fault| panic!("{}: {fault}", case.name));
        check_text(case.path("findings.txt"), &told(&graded));
    }
}

/// Longer than any file should take in a test build; a bound against what never ends, not a measure.
const SECONDS_MAX: u64 = 20;

#[test]
fn hostile_files_are_refused_in_a_sentence_or_simply_graded() {
    let kit = kit();
    for one in support::hostile::all() {
        let started = std::time::Instant::now();
        let graded = check(&kit.brand, &kit.drawings, one.name, &one.bytes);
        let seconds = started.elapsed().as_secs();
        println!("{}: {} ms", one.what, started.elapsed().as_millis());
        assert!(seconds < SECONDS_MAX, "{} took {seconds} s", one.what);
        match (one.refused, graded) {
            (Some((code, says)), Err(fault)) => {
                assert_eq!(fault.code, code, "{}: {fault}", one.what);
                assert!(fault.message.contains(says), "{}: {fault}", one.what);
            }
            (None, Ok(graded)) => {
                let text = told(&graded);
                assert!(
                    text.chars().all(|letter| letter == '\n' || !letter.is_control()),
                    "{}: {text}",
                    one.what
                );
                assert!(!text.contains('\u{202e}'), "{}", one.what);
            }
            (wanted, got) => panic!("{}: {wanted:?}, {:?}", one.what, got.map(|graded| told(&graded))),
        }
    }
}

/// Files thrown where nobody asks for more: a few seconds.
const THROWN: usize = 240;

/// Files of the kit and of the cases, cut up, doubled and mixed: graded or refused, never a panic. `IMPRINT_FUZZ=20000`
/// throws that many, and `IMPRINT_FUZZ_SEED` others.
#[test]
fn broken_files_are_graded_or_refused() {
    let kit = kit();
    let mut bases: Vec<(String, Vec<u8>)> = cases("tests/data/cases").iter().map(file).collect();
    let drawings = kit.drawings.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes()));
    bases.extend(drawings);
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("IMPRINT_FUZZ_SEED").unwrap_or(7);
    let count = number("IMPRINT_FUZZ").map_or(THROWN, |count| count as usize);
    let mut graded = 0;
    for at in 0..count {
        let mut rng = Rng::fork(seed, &format!("check/{at}"));
        let (name, mut bytes) = rng.pick(&bases).unwrap().clone();
        for _ in 0..=rng.below(6) {
            mutate(&mut rng, &mut bytes, &bases);
        }
        // Shown where the test fails: the seed and the number bring the file back.
        println!("seed {seed}, number {at}: {name}, {} bytes", bytes.len());
        match check(&kit.brand, &kit.drawings, &name, &bytes) {
            Ok(_) => graded += 1,
            Err(fault) => {
                assert!(fault.code.starts_with("check."), "{fault:?}");
                assert_eq!(fault.blame, Blame::Rejected, "{fault:?}");
            }
        }
    }
    assert!(graded * 8 >= count, "only {graded} of {count} could be read");
}

/// Words that parsers wait for.
const WORDS: &[&str] = &[
    "<g>",
    "</g>",
    "<use href=\"#a\"/>",
    " id=\"a\"",
    "url(#a)",
    "{",
    "}",
    ";",
    ":",
    "(",
    ")",
    "/*",
    "*/",
    "\"",
    "'",
    "stream\n",
    "endstream",
    " 0 obj",
    " 0 R",
    "<<",
    ">>",
    "[",
    "]",
    " q ",
    " Q ",
    " Do ",
    " BI ID ",
    "/Kids",
    "#fff",
    "999999999999",
    "-1",
    "1e38",
    "NaN",
    ".",
    "%",
    "\u{0}",
    "oklch(",
    "var(--a)",
    "é",
    "🦊",
];

fn mutate(rng: &mut Rng, bytes: &mut Vec<u8>, bases: &[(String, Vec<u8>)]) {
    let length = bytes.len().max(1);
    let from = rng.below(length);
    let to = (from + 1 + rng.below(40)).min(bytes.len());
    let from = from.min(to);
    match rng.below(8) {
        0 => bytes.truncate(from),
        1 => drop(bytes.drain(from..to)),
        2 => {
            let piece = bytes[from..to].repeat(1 + rng.below(30));
            bytes.splice(from..from, piece).for_each(drop);
        }
        3 => {
            let (_, other) = rng.pick(bases).unwrap();
            let at = rng.below(other.len());
            let end = (at + rng.below(400)).min(other.len());
            bytes.splice(from..to, other[at..end].iter().copied()).for_each(drop);
        }
        4 => bytes[from..to].iter_mut().for_each(|byte| *byte = rng.below(256) as u8),
        5 => bytes[from..to]
            .iter_mut()
            .filter(|byte| byte.is_ascii_digit())
            .for_each(|byte| *byte = b'0' + rng.below(10) as u8),
        _ => {
            let word = rng.pick(WORDS).unwrap().bytes();
            bytes.splice(from..from, word).for_each(drop);
        }
    }
}
