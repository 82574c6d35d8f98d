//! The committed figures are those of the pinned files. `IMPRINT_ACCEPT=1 cargo test -p core-typography --test
//! families` writes them anew after a change of families or versions; what is set by hand stays.

#![allow(clippy::unwrap_used, reason = "a test stops where something is missing")]

mod common;

use core_typography::{
    AXES, CLASSES, Coverage, FIGURES, Family, LIKENESS_MAX, WEIGHTS_MIN, exemplars, families, languages,
    licence_text, measure,
};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A table is read by people, and compiled into components.
const TABLE_BYTES_MAX: usize = 220_000;

fn table() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/families.json")
}

fn remeasured(mut family: Family) -> Family {
    let mut coverage = None;
    family.figures = String::new();
    let package = family.package.clone();
    for font in &mut family.fonts {
        let found = measure(&font.key, &common::read(&package, &font.path)).unwrap();
        font.sha256 = found.sha256;
        font.bytes = found.bytes;
        font.x_height = found.x_height;
        font.cap_height = found.cap_height;
        font.ascender = found.ascender;
        font.descender = found.descender;
        font.stem = found.stem;
        font.width = found.width;
        font.contrast = found.contrast;
        font.likeness = found.likeness;
        family.figures = worse(&family.figures, found.figures);
        coverage = Some(coverage.map_or(found.coverage.clone(), |all: Coverage| all.shared(&found.coverage)));
    }
    family.coverage = coverage.unwrap_or_default();
    let writes = |language: &&str| family.covers(&exemplars(language));
    family.languages = languages().into_iter().filter(writes).map(str::to_owned).collect();
    family.notice = notice(&family);
    family
}

/// What every font of a family has.
fn worse(one: &str, other: String) -> String {
    let place = |figures: &str| FIGURES.iter().position(|known| *known == figures);
    if place(one) > place(&other) { one.to_owned() } else { other }
}

/// The licence file of a family, on one line where lines do not matter.
fn licence(family: &Family) -> String {
    let text = String::from_utf8(common::read(&family.package, "LICENSE_FONT")).unwrap();
    text.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before the licence itself.
fn notice(family: &Family) -> String {
    let text = licence(family);
    text.split_once("This Font Software is licensed under").unwrap().0.trim().to_owned()
}

/// One field a line, one font a line: a diff shows what changed.
fn write_table(families: &[Family]) -> String {
    let text = |value: &dyn erased::Json| value.json();
    let mut out = String::from("[\n");
    for (index, family) in families.iter().enumerate() {
        let fields: [(&str, &dyn erased::Json); 15] = [
            ("name", &family.name),
            ("package", &family.package),
            ("version", &family.version),
            ("class", &family.class),
            ("license", &family.license),
            ("notice", &family.notice),
            ("note", &family.note),
            ("scripts", &family.scripts),
            ("home", &family.home),
            ("roles", &family.roles),
            ("system", &family.system),
            ("hand", &family.hand),
            ("traits", &family.traits),
            ("figures", &family.figures),
            ("languages", &family.languages),
        ];
        out.push_str("  {\n");
        for (name, value) in fields {
            writeln!(out, "    \"{name}\": {},", text(value)).unwrap();
        }
        let fonts: Vec<_> = family.fonts.iter().map(|font| format!("      {}", text(font))).collect();
        writeln!(out, "    \"fonts\": [\n{}\n    ],", fonts.join(",\n")).unwrap();
        writeln!(out, "    \"coverage\": {}", text(&family.coverage)).unwrap();
        out.push_str(if index + 1 < families.len() { "  },\n" } else { "  }\n" });
    }
    out.push_str("]\n");
    out
}

/// JSON of anything, behind a reference.
mod erased {
    pub(crate) trait Json {
        fn json(&self) -> String;
    }

    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> String {
            serde_json::to_string(self).unwrap()
        }
    }
}

#[test]
fn the_committed_figures_are_those_of_the_files() {
    let committed = std::fs::read_to_string(table()).unwrap();
    let families: Vec<Family> = serde_json::from_str(&committed).unwrap();
    let measured = write_table(&families.into_iter().map(remeasured).collect::<Vec<_>>());
    if std::env::var("IMPRINT_ACCEPT").is_ok_and(|value| value == "1") {
        std::fs::write(table(), &measured).unwrap();
        return;
    }
    for (committed, measured) in committed.lines().zip(measured.lines()) {
        assert_eq!(committed, measured, "write the figures anew with IMPRINT_ACCEPT=1");
    }
    assert_eq!(committed.len(), measured.len());
}

#[test]
fn the_table_is_whole() {
    assert!(families().len() >= 42);
    assert!(std::fs::metadata(table()).unwrap().len() < TABLE_BYTES_MAX as u64);
    assert!(families().is_sorted_by(|a, b| a.name < b.name), "families stand in the order of their names");
    let classes: BTreeSet<&str> = families().iter().map(|family| family.class.as_str()).collect();
    assert_eq!(
        classes,
        CLASSES.into_iter().collect(),
        "every class has a family, and no family another class"
    );
    for family in families() {
        let name = &family.name;
        assert_eq!(family.license, "OFL-1.1", "{name}");
        assert_eq!(
            family.traits.keys().map(String::as_str).collect::<BTreeSet<_>>(),
            AXES.into_iter().collect(),
            "{name}"
        );
        assert!(family.traits.values().all(|value| (-2.0..=2.0).contains(value)), "{name}");
        assert!(
            !family.roles.is_empty() && family.roles.iter().all(|role| role == "display" || role == "text"),
            "{name}"
        );
        assert!(family.upright(400).is_some(), "{name} has no regular");
        let weights: Vec<u16> = family.uprights().map(|font| font.key.weight).collect();
        assert!(weights.is_sorted(), "{name}");
        for font in &family.fonts {
            let key = &font.key;
            assert!(font.key.family == *name && !font.path.is_empty() && font.bytes > 0, "{key}");
            assert!(
                font.x_height > 350 && font.x_height < font.cap_height && font.cap_height < font.ascender,
                "{key}"
            );
            assert!(font.contrast >= 100 && (1..1000).contains(&font.likeness), "{key}");
            assert!(font.descender < 0 && font.stem > 20 && font.stem < 300 && font.width > 300, "{key}");
        }
        for pair in family.uprights().collect::<Vec<_>>().windows(2) {
            assert!(pair[0].stem < pair[1].stem, "{} is not heavier than {}", pair[1].key, pair[0].key);
        }
    }
}

#[test]
fn text_families_can_be_read() {
    for family in families().iter().filter(|family| family.has_role("text")) {
        assert!(family.upright(700).or(family.upright(600)).is_some(), "{} has no bold", family.name);
        assert!(family.uprights().count() >= WEIGHTS_MIN, "{}", family.name);
        assert!(family.likeness() < LIKENESS_MAX, "{} takes an I for an l", family.name);
    }
}

#[test]
fn every_language_has_faces_of_many_kinds() {
    for language in languages() {
        let serves = |role: &str| -> BTreeSet<&str> {
            let own = families().iter().filter(|family| family.writes(language) && family.has_role(role));
            own.map(|family| family.class.as_str()).collect()
        };
        let least = if language == "ja" { 3 } else { 7 };
        assert!(serves("text").len() >= least && serves("display").len() > least, "{language}");
        for family in families() {
            let missing = family.missing(&exemplars(language));
            assert_eq!(family.writes(language), missing.is_empty(), "{} in {language}", family.name);
        }
    }
}

#[test]
fn every_class_has_at_least_three_display_families() {
    for class in CLASSES {
        let own = families().iter().filter(|family| family.class == class && family.has_role("display"));
        assert!(own.count() >= 3, "{class}");
    }
}

#[test]
fn licence_texts_are_those_of_the_packages() {
    // One package has the foot of a web page below its licence.
    let end = "OTHER DEALINGS IN THE FONT SOFTWARE.";
    let plain = |text: &str| {
        let words =
            text.split_whitespace().filter(|word| !word.starts_with("http") && !word.starts_with("---"));
        let text = words.collect::<Vec<_>>().join(" ");
        text.split_once(end).map(|(text, _)| text.to_owned())
    };
    for family in families() {
        let (ours, theirs) = (plain(&licence_text(family)), plain(&licence(family)));
        assert!(ours.is_some() && ours == theirs, "{}", family.name);
        assert!(family.notice.starts_with("Copyright"), "{}", family.name);
    }
}

#[test]
fn kin_are_named_for_a_reason() {
    let words: [fn(&Family) -> &str; 2] = [|family| &family.system, |family| &family.hand];
    for word in words {
        for family in families().iter().filter(|family| !word(family).is_empty()) {
            let kin = families().iter().filter(|other| word(other) == word(family)).count();
            assert!(kin >= 2, "{} is alone in {}", family.name, word(family));
        }
    }
}

#[test]
fn scripts_are_what_they_claim() {
    let letters = [
        ("latin", "AZaz"),
        ("latin-ext", "ąćęłńśźżőűřšžğışțā"),
        ("vietnamese", "ạảấằẵợữđ"),
        ("greek", "αβγδεζηθικλμνξοπρστυφχψωάέΩ"),
        ("cyrillic", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"),
        ("hebrew", "אבגדהוזחטיכלמנסעפצקרשתםןףץך"),
        ("arabic", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
        ("persian", "پچژگکی"),
        ("devanagari", "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहािीुूेैोौं्"),
        ("japanese", "あいうえおんアイウエオンーヴ々日本語東京"),
        ("thai", "กขคงจชซดตทนบปผพฟมยรลวสหอาิีึืุูเแโใไ่้"),
    ];
    for family in families() {
        for (script, text) in letters {
            let claimed = family.scripts.iter().any(|own| own == script);
            assert_eq!(claimed, family.covers(text), "{} and {script}", family.name);
        }
        assert!(family.scripts.contains(&family.home), "{} is not at home", family.name);
        assert!(
            family.scripts.iter().all(|own| letters.iter().any(|(script, _)| script == own)),
            "{}",
            family.name
        );
    }
    for (script, _) in letters {
        let served =
            families().iter().any(|f| f.has_role("text") && f.scripts.iter().any(|own| own == script));
        assert!(served, "no text family for {script}");
    }
}

#[test]
fn letters_of_parts_count_where_the_parts_fit() {
    let cases = [
        // Fredoka has a cedilla and no place for it under an s; it would hang under the next letter.
        ("Fredoka", "ş", "ş"),
        ("Fredoka", "Šéç", ""),
        // No glyph for these, but a k, an M and an acute with places for it.
        ("Source Serif 4", "ḱ Ḿ q\u{303}", ""),
        ("Amiri", "Žižkov ąćęłńśźżőűřšžğış", ""),
        ("Jost", "ḱ", "ḱ"),
    ];
    for (name, text, missing) in cases {
        let family = core_typography::family(name).unwrap();
        assert_eq!(family.missing(text).into_iter().collect::<String>(), missing, "{name}: {text}");
    }
}
