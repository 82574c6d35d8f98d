//! Every format is read back by a reader of its own and must say what the design says: no more, no less, no other.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod back;

use core_brand::brief::{Complexity, Order, RawBrief};
use core_tokens::{FORMATS, Tokens, formats};
use std::collections::{BTreeMap, BTreeSet};

/// Name, industry, style, colour.
const BRIEFS: &[(&str, &str, &str, &str)] = &[
    ("Northwind Coffee", "coffee", "modern", "#1f6f5c"),
    ("Sol", "energy", "bold", "#ffe600"),
    ("Atelier No\u{ef}r", "fashion", "elegant", "#000000"),
    ("A */ body{display:none} /* \"<b>\" -- $x", "law", "classic", "#7a1f3d"),
    ("\u{6771}\u{4eac}\u{66f8}\u{5e97}", "publishing", "minimal", "#b3541e"),
];

fn check(work: impl Fn(&Tokens)) {
    for (name, industry, style, color) in BRIEFS {
        let raw = RawBrief {
            company_name: (*name).into(),
            industry: (*industry).into(),
            style: Some((*style).into()),
            primary_color: Some((*color).into()),
            ..RawBrief::default()
        };
        let order = Order::new(&raw, Some(1), None).unwrap();
        let design = core_design::decide(&order).unwrap();
        work(&Tokens::of(&order.brief.company_name, &design));
    }
}

#[test]
fn every_format_says_what_the_design_says() {
    check(|tokens| {
        for format in FORMATS {
            let files = format.files(tokens).unwrap();
            let expected: BTreeMap<String, String> =
                tokens.facts().into_iter().filter(|(key, _)| format.carries(key)).collect();
            assert!(expected.len() > 8, "{} carries next to nothing", format.id);
            let found = back::read(format.id, &files, tokens);
            let odd: Vec<_> = expected
                .keys()
                .chain(found.keys())
                .filter(|key| expected.get(*key) != found.get(*key))
                .map(|key| format!("{key}: {:?} for {:?}", found.get(key), expected.get(key)))
                .collect();
            assert!(odd.is_empty(), "{} of {}: {odd:#?}", format.id, tokens.name);
            let (stated, all) = format.stated(tokens, &files);
            assert!(stated == all && all > 0, "{}: {stated} of {all}", format.id);
        }
    });
}

#[test]
fn a_changed_colour_is_noticed() {
    check(|tokens| {
        for format in FORMATS {
            let files = format.files(tokens).unwrap();
            let (head, tail) = files.split_at(files.len() / 2);
            // Of several files none, of one its head: some colour must be missing.
            let half = if head.is_empty() {
                let mut cut = tail.to_vec();
                cut.iter_mut().for_each(|file| file.bytes.truncate(file.bytes.len() / 8));
                cut
            } else {
                Vec::new()
            };
            let (stated, all) = format.stated(tokens, &half);
            assert!(stated < all, "{}", format.id);
        }
    });
}

#[test]
fn paths_are_one_each_and_larger_kits_hold_more() {
    check(|tokens| {
        let mut counts = Vec::new();
        for complexity in [Complexity::Simple, Complexity::Medium, Complexity::Complex] {
            let all: Vec<String> = formats(complexity)
                .flat_map(|format| format.files(tokens).unwrap())
                .map(|file| file.path)
                .collect();
            let once: BTreeSet<&String> = all.iter().collect();
            assert_eq!(once.len(), all.len());
            assert!(all.iter().all(|path| path.starts_with("tokens/")), "{all:?}");
            counts.push((formats(complexity).count(), all.len()));
        }
        assert!(counts.is_sorted() && counts[2].0 == FORMATS.len() && counts[2].0 >= 12, "{counts:?}");
    });
}

#[test]
fn a_name_cannot_leave_its_comment() {
    check(|tokens| {
        for file in FORMATS.iter().flat_map(|format| format.files(tokens).unwrap()) {
            let Ok(text) = String::from_utf8(file.bytes) else { continue };
            let head = text.lines().next().unwrap_or_default();
            if head.starts_with("/*") {
                assert!(head.ends_with("*/") && head.matches("*/").count() == 1, "{}: {head}", file.path);
            }
            assert!(text.ends_with('\n') && !text.contains('\r'), "{}", file.path);
        }
    });
}
