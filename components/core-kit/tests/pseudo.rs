//! A whole book in the language that nobody speaks: what it shows without an accent was never in a catalogue.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod fixture;

use core_brand::brief::Order;
use core_brand::{Document, Step, Studio};
use core_design::DesignStep;
use core_kit::{Book, Brand, KitStep};
use core_logo::LogoStep;
use core_words::PSEUDO;
use fixture::{CASES, Memory};

/// Runs a step and adds what it makes.
fn run(step: &dyn Step, name: &str, documents: &mut Vec<Document>, studio: &dyn Studio) {
    for task in step.plan(name, documents, studio).unwrap() {
        documents.extend(step.build(&task, studio).unwrap());
    }
}

/// What a reader meets that no catalogue says: names, files, units and samples of letters.
fn known(brand: &Brand, files: &[String]) -> Vec<String> {
    let mut known: Vec<String> = files.to_vec();
    let typography = &brand.design.typography;
    for face in [&typography.display, &typography.text, &typography.strong] {
        known.extend([face.key.family.clone(), face.license.clone()]);
    }
    known.extend(brand.design.palette.print.iter().map(|print| print.press.clone()));
    known.extend(typography.licenses.iter().flat_map(|line| [line.notice.clone(), line.file.clone()]));
    let tokens = core_tokens::Tokens::of(brand.name(), &brand.design);
    let formats = core_tokens::formats(brand.order.brief.complexity);
    known.extend(formats.flat_map(|format| format.files(&tokens).unwrap()).map(|file| file.path));
    known.extend(
        brand
            .design
            .palette
            .themes
            .iter()
            .flat_map(|theme| theme.roles.keys())
            .map(|role| format!("--color-{role}")),
    );
    known.extend(brand.design.reasons.iter().map(|reason| reason.source.clone()));
    let folders =
        files.iter().filter_map(|file| file.split_once('/')).map(|(folder, _)| format!("{folder}/"));
    known.extend(folders.collect::<Vec<_>>());
    known.extend(
        [
            "Tailwind",
            "JavaScript",
            "Design Tokens",
            "Compose",
            "SwiftUI",
            "Flutter",
            "Less",
            "Sass",
            "C M Y K",
            "book/",
            "tokens/",
            "fonts/",
            "Hex",
            "OKLCH",
            "(dE",
            "dE",
            "AAA",
            "AA",
            "Aa",
            brand.name(),
            core_brand::VERSION,
        ]
        .map(str::to_owned),
    );
    known.extend(["ABCDEFGHIJKLM NOPQRSTUVWXYZ", "abcdefghijklm nopqrstuvwxyz"].map(str::to_owned));
    // The longest first: one may hold another.
    known.sort_by_key(|name| std::cmp::Reverse(name.len()));
    known
}

/// The words with a plain vowel in what is read of a book.
fn untranslated(transcript: &str, known: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for line in transcript.lines().filter(|line| line.starts_with("  ")) {
        // The kind of a part stands before its words.
        let said = line.trim_start();
        let said = said.split_once(": ").or_else(|| said.split_once(' ')).map_or("", |(_, said)| said);
        // An address may break behind its slashes.
        let mut said = said.replace("/ | ", "/").replace(" | ", " ");
        for name in known {
            said = said.replace(name.as_str(), "");
        }
        let is_hex = |word: &str| {
            let digits = word.trim_matches(|letter: char| !letter.is_ascii_hexdigit());
            word.contains('#') && digits.len() == 6
        };
        let words = said.split_whitespace().filter(|word| !is_hex(word));
        let plain = words.filter(|word| word.contains(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']));
        found.extend(plain.map(|word| format!("{word} in `{}`", line.trim())));
    }
    found
}

#[test]
fn nothing_is_read_that_is_in_no_catalogue() {
    let studio = Memory::new();
    for case in CASES.iter().filter(|case| ["yellow", "german"].contains(&case.id)) {
        let mut order = case.order();
        PSEUDO.clone_into(&mut order.brief.language);
        let mut documents = vec![Document::working(Order::DOCUMENT, &order).unwrap()];
        run(&DesignStep, "design", &mut documents, &studio);
        run(&LogoStep, "logo", &mut documents, &studio);
        let files: Vec<String> = documents.iter().map(|document| document.name.clone()).collect();
        let brand = Brand::read(&documents, &studio).unwrap();
        let read = Book::set(&brand, &files, &studio).unwrap().transcript();
        let known = known(&brand, &files);
        assert_eq!(untranslated(&read, &known), Vec::<String>::new(), "{}", case.id);
        for concept in brand.concepts() {
            assert!(concept.title.starts_with('[') && concept.idea.starts_with('['), "{}", concept.idea);
        }
        run(&KitStep, "kit", &mut documents, &studio);
    }
    assert_eq!(untranslated("page 1: Cover\n  p: [á gréén] leaf | #aabbcc\n", &[]).len(), 1);
}
