//! Files as others make them, each with what is found in it; and files that want to harm.
//!
//! `data/cases` holds a file each and its findings as text; a `drawn.svg` is drawn and checked as PNG. `IMPRINT_ACCEPT=1`
//! accepts what is found now. `data/kit` is a small kit that stays as it is.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use core_check::{Graded, check};
use imprint_golden::{Case, cases, check_text};
use std::fmt::Write;
use support::{kit, png_of};

/// A case's file: its name and its bytes.
fn file(case: &Case) -> (String, Vec<u8>) {
    if case.path("drawn.svg").exists() {
        return ("file.png".to_owned(), png_of(&case.text("drawn.svg")));
    }
    let names = ["file.svg", "file.css", "file.html", "file.pdf"];
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
        let graded = check(&kit.brand, &kit.drawings, &name, &bytes).unwrap_or_else(|fault| panic!("{}: {fault}", case.name));
        check_text(case.path("findings.txt"), &told(&graded));
    }
}
