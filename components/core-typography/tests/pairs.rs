//! Names of many scripts get faces that hold them, or a refusal that names the letters.

#![allow(clippy::unwrap_used, reason = "a test stops where something is missing")]

use core_brand::design::Weighted;
use core_brand::fault::Code;
use core_brand::{FontKey, Rng};
use core_typography::{AXES, CLASSES, Pair, RULES, X_HEIGHT_MAX, X_HEIGHT_MIN};
use core_typography::{
    check_name, check_setting, choice, exemplars, families, family, font_file, languages, pair,
    x_height_ratio,
};
use std::collections::{BTreeMap, BTreeSet};

type Traits = BTreeMap<String, f64>;

fn traits(values: [f64; 6]) -> Traits {
    AXES.into_iter().map(str::to_owned).zip(values).collect()
}

fn wished(ids: &[&str]) -> Vec<Weighted> {
    let weights = [1.0, 0.7, 0.4, 0.2];
    ids.iter().zip(weights).map(|(id, weight)| Weighted { id: (*id).to_owned(), weight }).collect()
}

fn chosen(personality: [f64; 6], classes: &[&str], name: &str, seed: u64) -> Pair {
    pair(&traits(personality), &wished(classes), name, "en", &mut Rng::fork(seed, "type")).unwrap()
}

/// Personality and classes of a few industries: warm classic playful premium quiet friend.
const INDUSTRIES: &[(&str, [f64; 6], &[&str])] = &[
    ("coffee", [1.5, 0.3, 0.3, 0.3, 0.0, 1.2], &["slab", "humanist", "old-style"]),
    ("law", [-0.5, 1.6, -1.5, 1.2, 1.2, -0.8], &["transitional", "didone", "old-style"]),
    ("software", [-0.6, -1.2, -0.2, 0.2, 0.2, -0.2], &["geometric", "grotesque", "mono"]),
    ("toys", [1.5, -1.2, 2.0, -1.2, -1.2, 1.9], &["rounded", "display"]),
    ("fashion", [-0.6, 0.8, -0.5, 2.0, 0.3, -1.2], &["didone", "humanist", "display"]),
    ("sport", [-0.3, -0.8, 0.6, -0.3, -1.8, 0.2], &["display", "grotesque"]),
];

#[test]
fn names_are_covered_or_refused_by_letter() {
    let fine = [
        "Northwind Coffee",
        "Žižkov Ćevapi",
        "İstanbul Çeşme",
        "Đường Việt",
        "Καφές Αθήνα",
        "Кофейня Север",
        "Їжак",
        "מגדלור",
        "قهوة الشمال",
        "کافه گل",
        "कमल चाय",
        "น้ำใจ",
        "Café\u{301}",
        "Müller & Söhne GmbH",
        "L’Été 24/7",
        "Nord שלום",
        "Rubik Кофе",
        "می\u{200c}خواهم",
        "O'Neill–Smith",
        "Ñandú",
        "Ærø",
        "Ł",
        "北風",
        "株式会社 きたかぜ",
        "コーヒー Nord",
        "カフェ Север",
    ];
    for name in fine {
        assert_eq!(check_name(name), Ok(()), "{name}");
    }
    let refused: &[(&str, Code, &[&str])] = &[
        ("咖啡们", Code::NameUncovered, &["们 (U+4EEC)"]),
        ("Nord 们", Code::NameUncovered, &["们 (U+4EEC)"]),
        ("커피", Code::NameUncovered, &["커 (U+CEE4)", "피 (U+D53C)"]),
        ("Party 🎉", Code::NameUncovered, &["🎉 (U+1F389)"]),
        ("👩\u{200d}🍳 Cook", Code::NameUncovered, &["👩 (U+1F469)", "🍳 (U+1F373)"]),
        ("🇫🇷", Code::NameUncovered, &["🇫 (U+1F1EB)", "🇷 (U+1F1F7)"]),
        ("சென்னை", Code::NameUncovered, &["ச (U+0B9A)"]),
        ("Nord\u{e000}", Code::NameUncovered, &["U+E000"]),
        ("Кофе कमल", Code::NameMixed, &["U+0"]),
        ("北 कमल", Code::NameMixed, &["U+"]),
        ("שלום नमस्ते", Code::NameMixed, &["U+05"]),
        ("Ωμέγα น้ำ", Code::NameMixed, &["U+0E"]),
    ];
    for (name, code, letters) in refused {
        let fault = check_name(name).expect_err(name);
        assert!(fault.is(*code), "{name}: {fault}");
        for letter in *letters {
            assert!(fault.message.contains(letter), "{name}: {fault}");
        }
        let chosen = pair(&Traits::new(), &[], name, "en", &mut Rng::new(1)).unwrap_err();
        assert_eq!(chosen, fault, "pairing refuses with the same words");
    }
}

#[test]
fn every_pair_holds_its_law() {
    let names =
        ["Nord", "Đường Việt", "Καφές", "Кофе", "מגדלור", "قهوة", "کافه گل", "कमल", "น้ำใจ", "Nord שלום"];
    for name in names {
        for (industry, personality, classes) in INDUSTRIES {
            for seed in 0..12 {
                let pair = chosen(*personality, classes, name, seed);
                hold(&pair, name, "en", &format!("{name}, {industry}, seed {seed}: {pair:?}"));
            }
        }
    }
}

fn hold(pair: &Pair, name: &str, language: &str, case: &str) {
    let (display, text) = (family(&pair.display.family).unwrap(), family(&pair.text.family).unwrap());
    let needed = format!("{name}{}", exemplars(language));
    assert!(display.covers(&needed) && text.covers(&needed), "{case}");
    assert!(
        text.has_role("text") && pair.text.weight == 400 && [600, 700].contains(&pair.strong.weight),
        "{case}"
    );
    assert_eq!(pair.strong.family, pair.text.family, "{case}");
    assert!(pair.display != pair.text, "{case}");
    for key in [&pair.display, &pair.text, &pair.strong] {
        assert!(font_file(key).is_some() && choice(key).is_ok(), "{case}");
    }
    let kin = ["single-family", "superfamily"].contains(&pair.rule.as_str());
    let is_one_system = !display.system.is_empty() && display.system == text.system;
    assert_eq!(kin, display.name == text.name || is_one_system, "{case}");
    if !kin {
        assert_ne!(display.class, text.class, "{case}");
        let ratio = x_height_ratio(display, text).unwrap();
        assert!((X_HEIGHT_MIN..=X_HEIGHT_MAX).contains(&ratio), "{case}: {ratio}");
    }
    match pair.rule.as_str() {
        "same-hand" => assert!(!display.hand.is_empty() && display.hand == text.hand, "{case}"),
        "data-face" => assert_eq!(display.class, "mono", "{case}"),
        "contrast" => assert!(display.has_role("text"), "{case}"),
        "display-workhorse" => assert!(!display.has_role("text"), "{case}"),
        _ => {}
    }
}

#[test]
fn every_language_gets_faces_that_hold_its_book() {
    for language in languages() {
        let mut found = BTreeSet::new();
        for name in ["Nord", "Żółć", "Çığır", "Кофе", "Καφές", "北風"] {
            for seed in 0..40 {
                let case = format!("{name} in {language}, seed {seed}");
                let (_, personality, classes) = INDUSTRIES[seed as usize % INDUSTRIES.len()];
                let mut rng = Rng::fork(seed, "type");
                let pair = pair(&traits(personality), &wished(classes), name, language, &mut rng).unwrap();
                hold(&pair, name, language, &case);
                found.insert((pair.display.family, pair.text.family));
            }
        }
        assert!(found.len() >= if language == "ja" { 8 } else { 30 }, "{language}: {found:?}");
    }
}

#[test]
fn a_name_that_no_family_shares_with_the_language_is_refused() {
    let cases: &[(&str, &[&str])] = &[
        ("قهوة", &["ja"]),
        ("कमल", &["ja"]),
        ("น้ำใจ", &["ja"]),
        ("Nord", &[]),
        ("北風", &[]),
        ("מגדלור", &[]),
    ];
    for (name, refused) in cases {
        for language in languages() {
            let checked = check_setting(name, language);
            assert_eq!(checked.is_err(), refused.contains(&language), "{name} in {language}: {checked:?}");
            let Err(fault) = checked else { continue };
            assert!(fault.is(Code::NameLanguage) && fault.message.contains("`ja`"), "{fault}");
            let chosen = pair(&Traits::new(), &[], name, language, &mut Rng::new(1)).unwrap_err();
            assert_eq!(chosen, fault, "pairing refuses with the same words");
        }
    }
}

#[test]
fn industries_look_different() {
    let expected: &[(&str, &[&str])] = &[
        ("law", &["transitional", "didone", "old-style", "humanist"]),
        ("toys", &["rounded", "display"]),
        ("fashion", &["didone", "display", "humanist"]),
        ("software", &["geometric", "grotesque", "mono"]),
    ];
    let mut tops = BTreeSet::new();
    for (industry, personality, classes) in INDUSTRIES {
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        for seed in 0..40 {
            *found.entry(chosen(*personality, classes, "Nord", seed).display.family).or_default() += 1;
        }
        let allowed = expected.iter().find(|(id, _)| id == industry).map(|(_, allowed)| *allowed);
        for name in found.keys() {
            let class = family(name).unwrap().class.as_str();
            assert!(allowed.is_none_or(|allowed| allowed.contains(&class)), "{industry} got {name}");
        }
        assert!(found.len() >= 2, "{industry} always looks the same: {found:?}");
        tops.insert(found.into_iter().max_by_key(|(_, count)| *count).unwrap().0);
    }
    assert!(tops.len() >= 5, "{tops:?}");
}

#[test]
fn the_same_seed_gives_the_same_pair() {
    for (_, personality, classes) in INDUSTRIES {
        assert_eq!(chosen(*personality, classes, "Nord", 5), chosen(*personality, classes, "Nord", 5));
        let pairs: BTreeSet<String> =
            (0..20).map(|seed| format!("{:?}", chosen(*personality, classes, "Nord", seed))).collect();
        assert!(pairs.len() >= 3, "another seed changes nothing: {pairs:?}");
    }
}

#[test]
fn every_family_and_rule_is_used() {
    let mut rng = Rng::new(3);
    let (mut faces, mut rules) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..4000 {
        let personality: Traits = traits([0.0; 6].map(|_: f64| rng.between(-2.0, 2.0)));
        let class = rng.pick(&CLASSES).copied().unwrap();
        let name = ["Nord", "Nord", "Nord", "北風", "กาแฟ", "कमल", "قهوة"][round % 7];
        let pair = pair(&personality, &wished(&[class]), name, "de", &mut rng).unwrap();
        faces.extend([pair.display.family, pair.text.family]);
        rules.insert(pair.rule);
    }
    let all: BTreeSet<String> = families().iter().map(|family| family.name.clone()).collect();
    assert_eq!(faces, all);
    assert_eq!(rules, RULES.map(str::to_owned).into());
}

#[test]
fn nonsense_wishes_are_borne() {
    let odd: Traits =
        [("warm".to_owned(), f64::NAN), ("classic".to_owned(), f64::INFINITY), ("colour".to_owned(), 9.0)]
            .into();
    let classes = [
        Weighted { id: "didone".into(), weight: f64::NAN },
        Weighted { id: "blackletter".into(), weight: -1.0 },
    ];
    let made = pair(&odd, &classes, "Nord", "tlh", &mut Rng::new(1)).unwrap();
    hold(&made, "Nord", "tlh", "nonsense");
}

#[test]
fn unknown_fonts_are_a_fault() {
    let key = FontKey { family: "Comic".into(), weight: 400, italic: false };
    assert!(choice(&key).unwrap_err().is(Code::FontMissing));
    assert!(
        choice(&FontKey { family: "Jost".into(), weight: 450, italic: false })
            .unwrap_err()
            .is(Code::FontMissing)
    );
}
