//! The laws of faces and sizes, over the whole graph and every language.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::Design;
use core_brand::brief::{LANGUAGES, Order, RawBrief};
use core_brand::check::Severity;
use core_design::decide;
use core_typography::{RULES, exemplars, family, licence_text};
use std::collections::{BTreeMap, BTreeSet};

fn design(name: &str, industry: &str, style: &str, language: &str, seed: u64) -> Design {
    let raw = RawBrief {
        company_name: name.into(),
        industry: industry.into(),
        style: Some(style.into()),
        language: Some(language.into()),
        ..RawBrief::default()
    };
    decide(&Order::new(&raw, Some(seed), None).unwrap()).unwrap()
}

#[test]
fn the_graph_gives_many_pairs() {
    let (mut pairs, mut displays): (BTreeMap<_, u32>, BTreeSet<_>) = (BTreeMap::new(), BTreeSet::new());
    let mut fonts = BTreeSet::new();
    let mut count = 0;
    for industry in core_graph::industries() {
        for style in core_graph::styles() {
            for seed in 0..5 {
                let faces = design("Nordwind", &industry.id, &style.id, "en", seed).typography;
                fonts.insert((faces.display.key.clone(), faces.text.key.clone()));
                displays.insert(faces.display.key.family.clone());
                *pairs.entry((faces.display.key.family, faces.text.key.family)).or_default() += 1;
                count += 1;
            }
        }
    }
    println!(
        "{} pairs of families, {} of fonts, {} display families in {count} designs",
        pairs.len(),
        fonts.len(),
        displays.len()
    );
    assert!(pairs.len() >= 400 && displays.len() >= 50, "{} pairs, {} displays", pairs.len(), displays.len());
    let most = pairs.values().max().unwrap();
    assert!(most * 50 <= count, "one pair is {most} of {count}");
}

#[test]
fn every_design_says_what_its_faces_were_measured_for() {
    for (turn, industry) in core_graph::industries().iter().enumerate() {
        let language = LANGUAGES[turn % LANGUAGES.len()];
        let design = design("Nordwind Ágape", &industry.id, "modern", language, turn as u64);
        let faces = &design.typography;
        assert!(RULES.contains(&faces.rule_id.as_str()));
        let ids: BTreeSet<&str> = design.checks.iter().map(|check| check.id.as_str()).collect();
        for id in [
            "type.language.display",
            "type.language.text",
            "type.name.display",
            "type.name.text",
            "type.marks.text",
            "type.weights.least",
            "type.likeness.most",
            "type.licences",
        ] {
            assert!(ids.contains(id), "{id}");
        }
        let is_kin = ["single-family", "superfamily"].contains(&faces.rule_id.as_str());
        assert_eq!(ids.contains("type.x-height.least"), !is_kin);
        let aims =
            design.checks.iter().filter(|check| check.id.starts_with("type.") && check.id.ends_with("aim"));
        assert!(aims.clone().count() >= 2 && aims.clone().all(|check| check.severity == Severity::Warn));
        for line in &faces.licenses {
            let text = licence_text(family(&line.family).unwrap());
            assert_eq!(line.sha256, core_brand::content::sha256_hex(text.as_bytes()));
            assert!(
                line.spdx == "OFL-1.1"
                    && line.uses.contains(&"pdf".to_owned())
                    && text.contains(&line.notice)
            );
        }
    }
}

#[test]
fn lines_and_letters_suit_size_face_and_script() {
    for (turn, industry) in core_graph::industries().iter().enumerate() {
        for (name, language) in [("Nordwind", "de"), ("कमल", "en"), ("سلام", "fr")] {
            let faces = design(name, &industry.id, "bold", language, turn as u64).typography;
            let heads = &faces.sizes[..3];
            assert!(heads.windows(2).all(|pair| pair[0].line_height <= pair[1].line_height), "{heads:?}");
            assert!(heads.windows(2).all(|pair| pair[0].tracking <= pair[1].tracking), "{heads:?}");
            let body = &faces.sizes[4];
            assert!(body.line_height > heads[0].line_height && body.tracking == 0, "{body:?}");
            let joined = name != "Nordwind";
            assert!(
                !joined || faces.sizes.iter().all(|size| size.tracking == 0),
                "{name}: {:?}",
                faces.sizes
            );
            assert!(faces.sizes.iter().all(|size| (1.04..=1.9).contains(&size.line_height)));
            assert!(faces.display.class != "mono" || heads.iter().all(|size| size.tracking == 0));
        }
    }
}

/// What the catalogues say has to be drawn by every family that writes their language.
#[test]
fn our_own_words_need_no_letter_beyond_those_of_their_language() {
    for language in LANGUAGES {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../core-words/locales").join(language);
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        // What is found in a foreign file is said in a terminal, and never drawn.
        let files = files.filter(|path| !path.ends_with("check.ftl"));
        let texts = files.map(std::fs::read_to_string);
        let words: String = texts.map(Result::unwrap).collect();
        let said = words.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars);
        let known = exemplars(language);
        let is_syntax = |letter: char| letter.is_whitespace() || "{}$".contains(letter);
        let beyond: BTreeSet<char> =
            said.filter(|letter| !is_syntax(*letter) && !known.contains(*letter)).collect();
        assert_eq!(beyond, BTreeSet::new(), "{language}");
    }
}
