//! The kit step as the runner sees it: plan, build, seal.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod fixture;

use core_brand::check::Severity;
use core_brand::kit::{BrandFile, ManifestFile, ReportFile};
use core_brand::step::{Body, Document, DocumentKind, find};
use core_brand::{BlobRef, Check, Design, Step, Studio};
use core_kit::KitStep;
use fixture::{CASES, Case, Memory, check};
use serde_json::Value;
use std::collections::BTreeSet;

/// Runs a step and returns the documents it makes.
fn run(step: &str, inputs: &[Document], studio: &dyn Studio) -> Vec<Document> {
    let tasks = KitStep.plan(step, inputs, studio).unwrap();
    let ids: BTreeSet<_> = tasks.iter().map(|task| task.id.clone()).collect();
    assert_eq!(ids.len(), tasks.len());
    tasks.iter().flat_map(|task| KitStep.build(task, studio).unwrap()).collect()
}

fn case(id: &str) -> &'static Case {
    CASES.iter().find(|case| case.id == id).unwrap()
}

fn text(documents: &[Document], name: &str) -> String {
    find(documents, name).unwrap().text(&Memory::new()).unwrap()
}

#[test]
fn every_case_makes_its_files_and_passes_its_gates() {
    let studio = Memory::new();
    for case in CASES {
        let made = run("kit", &case.documents(&studio), &studio);
        let names: BTreeSet<_> =
            made.iter().filter(|d| d.kind == DocumentKind::File).map(|d| d.name.as_str()).collect();
        let (order, design) = (case.order(), case.design());
        let tokens = core_tokens::Tokens::of(case.name, &design);
        let tokens: Vec<String> = core_tokens::formats(order.brief.complexity)
            .flat_map(|format| format.files(&tokens).unwrap())
            .map(|file| file.path)
            .collect();
        let (logos, names): (BTreeSet<&str>, BTreeSet<&str>) =
            names.into_iter().partition(|name| name.starts_with("logos/"));
        let versions = core_vector::Lockup::ALL.len() * core_vector::Colorway::ALL.len();
        assert_eq!(logos.len(), if case.complexity == "simple" { 0 } else { 2 * versions });
        let mut wanted = BTreeSet::from(["book/brand-book.pdf", "overview.png"]);
        if case.complexity != "simple" {
            wanted.extend(["email/signature.html", "email/signature.txt", "email/mark.png"]);
            wanted.extend(["print/business-card.pdf", "print/letterhead.pdf", "print/envelope.pdf"]);
            wanted.insert("print/overview.png");
        }
        wanted.extend(tokens.iter().map(String::as_str));
        let (fonts, others): (BTreeSet<&str>, BTreeSet<&str>) =
            names.into_iter().partition(|name| name.starts_with("fonts/"));
        assert_eq!(others, wanted, "{}", case.id);
        let licences = fonts.iter().filter(|name| name.ends_with("-OFL.txt")).count();
        assert!((1..=2).contains(&licences) && fonts.len() == licences + 3, "{fonts:?}");
        for checks in made.iter().filter(|document| document.name.starts_with("checks-")) {
            for check in checks.json::<Vec<Check>>(&studio).unwrap() {
                assert!(check.passed, "{}: {check:?}", case.id);
            }
        }
        let overview = find(&made, "overview.png").unwrap().pixels.unwrap();
        assert_eq!((overview.width, overview.height), (1600, 1100));
    }
}

#[test]
fn same_documents_same_bytes() {
    let studio = Memory::new();
    let inputs = case("arabic").documents(&studio);
    assert_eq!(run("kit", &inputs, &studio), run("kit", &inputs, &studio));
}

#[test]
fn unknown_steps_and_tasks_are_our_fault() {
    let studio = Memory::new();
    let inputs = case("short").documents(&studio);
    assert!(KitStep.plan("logo", &inputs, &studio).is_err());
    let mut task = KitStep.plan("kit", &inputs, &studio).unwrap().remove(0);
    task.kind = "unheard-of".into();
    assert_eq!(KitStep.build(&task, &studio).unwrap_err().code, "step.task.unknown");
    assert_eq!(KitStep.plan("kit", &[], &studio).unwrap_err().code, "step.document.missing");
}

/// The formats are read back in `core-tokens`; here what only a whole kit can tell.
#[test]
fn tokens_say_what_the_design_says() {
    let studio = Memory::new();
    for case in CASES.iter().filter(|case| case.complexity != "simple") {
        let design = case.design();
        let made = run("kit", &case.documents(&studio), &studio);
        let json: Value = serde_json::from_str(&text(&made, "tokens/brand.tokens.json")).unwrap();
        let css = text(&made, "tokens/brand.css");
        wide(&design, &json, &css);
        recomputed(&design, &json);
    }
}

fn wide(design: &Design, json: &Value, css: &str) {
    assert!(css.contains("@media (prefers-color-scheme: dark) {"));
    assert!(css.contains("@media (prefers-contrast: more) {") && !css.contains("color-scheme: high"));
    let wide: Vec<_> = design.palette.swatches.iter().filter(|swatch| swatch.p3_error > 0.0).collect();
    assert_eq!(css.contains("@media (color-gamut: p3) {"), !wide.is_empty());
    for swatch in wide {
        let [r, g, b] = swatch.p3;
        assert!(css.contains(&format!("--brand-{}: color(display-p3 {r} {g} {b});", swatch.id)));
        let token = &json["color"]["brand-p3"][&swatch.id]["$value"];
        assert_eq!(
            (&token["colorSpace"], token["components"][0].as_f64()),
            (&Value::from("display-p3"), Some(r))
        );
        assert_eq!(token["hex"], swatch.rgb.to_string());
    }
}

/// Every pair of the contrast matrix, measured again from the hex values of the token file.
fn recomputed(design: &Design, json: &Value) {
    let luminance = |theme: &str, role: &str| {
        let hex = json["color"][theme][role]["$value"]["hex"].as_str().unwrap();
        let part = |at: usize| {
            let level = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if level <= 0.040_45 { level / 12.92 } else { libm::pow((level + 0.055) / 1.055, 2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let mut mismatches = Vec::new();
    for pair in &design.palette.contrasts {
        let [a, b] = [&pair.foreground, &pair.background].map(|role| luminance(&pair.theme, role) + 0.05);
        let ratio = if a > b { a / b } else { b / a };
        if !(0.0..0.0101).contains(&(ratio - pair.ratio)) || ratio < pair.threshold {
            mismatches.push(format!("{pair:?}: {ratio}"));
        }
    }
    assert!(design.palette.contrasts.len() == 201 && mismatches.is_empty(), "{mismatches:#?}");
}

#[test]
fn a_name_cannot_end_a_comment() {
    let studio = Memory::new();
    let evil = Case { id: "evil", name: "A */ body{display:none} /* B", ..*case("short") };
    let made = run("kit", &evil.documents(&studio), &studio);
    for name in ["tokens/brand.css", "tokens/brand.scss"] {
        assert_eq!(text(&made, name).matches("*/").count(), 1, "{name}");
    }
}

#[test]
fn the_seal_names_every_file_and_counts_every_check() {
    let studio = Memory::new();
    let case = case("short");
    let mut documents = case.documents(&studio);
    let failing =
        [check("x.gate", 1.0, 2.0), Check { severity: Severity::Warn, ..check("x.warn", 1.0, 2.0) }];
    documents.push(Document::working("checks-x.json", &failing.to_vec()).unwrap());
    let warned = Check { severity: Severity::Warn, ..check("palette.print.primary", 1.0, 2.0) };
    let design = documents.iter_mut().find(|document| document.name == Design::DOCUMENT).unwrap();
    let said = Design { checks: [case.design().checks, vec![warned.clone()]].concat(), ..case.design() };
    *design = Document::working(Design::DOCUMENT, &said).unwrap();
    // What is too large to travel lies in the store; the seal never needs it.
    let stored = BlobRef::of(b"somewhere else");
    documents.push(Document {
        body: Body::Stored(stored),
        ..Document::file("social/card.png", "image/png", vec![])
    });
    documents.extend(run("kit", &documents.clone(), &studio));
    let sealed = run("seal", &documents, &studio);

    let manifest: ManifestFile = find(&sealed, ManifestFile::PATH).unwrap().json(&studio).unwrap();
    let listed: Vec<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
    let mut wanted: Vec<&str> = documents
        .iter()
        .filter(|document| document.kind == DocumentKind::File)
        .map(|document| document.name.as_str())
        .collect();
    wanted.extend([BrandFile::PATH, ReportFile::PATH, "index.html", "index.pdf", "report.html", "AGENTS.md"]);
    wanted.sort_unstable();
    assert_eq!(listed, wanted);
    for entry in &manifest.files {
        let document = documents.iter().chain(&sealed).find(|document| document.name == entry.path).unwrap();
        let content = document.content();
        assert_eq!((&entry.sha256, entry.bytes), (&content.sha256, content.bytes), "{}", entry.path);
        assert_eq!(entry.width, document.pixels.map(|pixels| pixels.width));
        let is_font = entry.path.starts_with("fonts/");
        assert_eq!(entry.licence.as_deref(), is_font.then_some("OFL-1.1"), "{}", entry.path);
    }

    let report: ReportFile = find(&sealed, ReportFile::PATH).unwrap().json(&studio).unwrap();
    assert_eq!((report.gates_failed, report.warnings), (1, 2));
    let ids: Vec<&str> = report.checks.iter().map(|check| check.id.as_str()).collect();
    for id in [
        "palette.contrast",
        "logo.1-rotation.l05-small",
        "x.gate",
        "x.warn",
        "book.pages",
        "tokens.css.colors",
    ] {
        assert!(ids.contains(&id), "{id} is not among {ids:?}");
    }

    let brand: BrandFile = find(&sealed, BrandFile::PATH).unwrap().json(&studio).unwrap();
    assert_eq!(brand.order, case.order());
    assert_eq!(brand.design.0.checks, [warned]);
    assert_eq!(brand.design.0.palette, case.design().palette);
    assert_eq!(brand.concepts.len(), 6);
    let first = &brand.concepts[0];
    assert_eq!((first.rank, first.minimums.len()), (1, 6));
    assert_eq!((first.measures[0].id.as_str(), first.measures[0].passed), ("l05-small", true));
}

#[test]
fn two_files_of_one_name_are_refused() {
    let studio = Memory::new();
    let mut documents = case("german").documents(&studio);
    documents.push(documents.last().unwrap().clone());
    let task = KitStep.plan("seal", &documents, &studio).unwrap().remove(0);
    assert!(KitStep.build(&task, &studio).unwrap_err().message.contains("favicon.ico"));
}

/// Everything that a page asks for lies in the kit; nothing is fetched from elsewhere and nothing runs.
#[test]
fn the_first_page_and_the_rules_name_only_what_is_there() {
    let studio = Memory::new();
    for case in CASES {
        let mut inputs = case.documents(&studio);
        inputs.extend(run("kit", &inputs, &studio));
        let sealed = run("seal", &inputs, &studio);
        let manifest: ManifestFile = find(&sealed, "manifest.json").unwrap().json(&studio).unwrap();
        let has = |path: &str| manifest.files.iter().any(|file| file.path == path);
        let page = text(&sealed, "index.html");
        for banned in ["<script", "javascript:", "http:", "https:", "@import", " onload", " onerror"] {
            assert!(!page.contains(banned), "{}: {banned}", case.id);
        }
        let asked = ["src=\"", "href=\"", "url(\""].into_iter().flat_map(|start| page.split(start).skip(1));
        let asked: Vec<String> =
            asked.map(|rest| rest.split('"').next().unwrap().replace("%20", " ")).collect();
        assert!(asked.len() > 4, "{}: {asked:?}", case.id);
        for path in &asked {
            assert!(has(path), "{}: index.html asks for `{path}`", case.id);
        }
        let rules = text(&sealed, "AGENTS.md");
        for path in rules
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|part| part.contains('/') && !part.ends_with('/') && *part != case.name)
        {
            assert!(has(path), "{}: AGENTS.md names `{path}`", case.id);
        }
        let design = case.design();
        for swatch in &design.palette.swatches {
            assert!(
                rules.contains(&format!("`{}`", swatch.rgb))
                    && page.contains(&format!("<b>{}</b>", swatch.rgb))
            );
        }
        assert!(page.contains(&format!("<html lang=\"{}\">", case.language)));
        let asks = page.matches("<dt>").count();
        assert!(asks >= 6 && page.contains("href=\"index.pdf\""), "{}: {asks}", case.id);
        if let Some(folder) = std::env::var_os("IMPRINT_PICTURES") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{}.html", case.id)), page).unwrap();
        }
    }
}

/// Every check stands on its page with both numbers, the missed ones twice, and the page asks for nothing outside.
#[test]
fn the_page_of_the_checks_says_what_the_report_says() {
    let studio = Memory::new();
    let case = case("german");
    let mut inputs = case.documents(&studio);
    let missed = check("x.gate", 1.25, 2.0).or("Say `<b>`.");
    inputs.push(Document::working("checks-x.json", &[missed]).unwrap());
    inputs.extend(run("kit", &inputs, &studio));
    let sealed = run("seal", &inputs, &studio);
    let (page, report) = (text(&sealed, "report.html"), text(&sealed, ReportFile::PATH));
    let report: ReportFile = serde_json::from_str(&report).unwrap();
    for check in &report.checks {
        let expected = if check.passed || check.severity == Severity::Info { 1 } else { 2 };
        let found = page.matches(&format!("<code>{}</code>", check.id)).count();
        assert_eq!(found, expected, "{}", check.id);
    }
    assert!(page.contains("<td>1,25 <small lang=\"en\">ratio</small></td><td>≥ 2</td>"));
    assert!(page.contains("Say `&lt;b&gt;`."));
    assert!(page.contains("<html lang=\"de\">") && page.contains("durchgefallen"));
    for banned in ["<script", "javascript:", "http:", "https:", "@import", " onload", " onerror"] {
        assert!(!page.contains(banned), "{banned}");
    }
    if let Some(folder) = std::env::var_os("IMPRINT_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join("report.html"), page).unwrap();
    }
}

/// What Quarto and Shiny read: two blanks a level, logos by size and ground, each a file of the kit beside it.
#[test]
fn brand_yml_names_logos_that_are_there() {
    let studio = Memory::new();
    let inputs = case("short").documents(&studio);
    let has = |path: &str| inputs.iter().any(|document| document.name == path);
    let yml = text(&run("kit", &inputs, &studio), "tokens/_brand.yml");
    let (mut path, mut logos): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    for line in yml.lines().filter(|line| !line.starts_with('#')) {
        let (key, value) = line.trim().split_once(':').unwrap();
        path.truncate((line.len() - line.trim_start().len()) / 2);
        path.push(key);
        if path[0] == "logo" && !value.trim().is_empty() {
            let file = value.trim().strip_prefix("{path: \"../").unwrap().split('"').next().unwrap();
            assert!(value.ends_with(", alt: \"Northwind\"}"), "{value}");
            assert!(has(file), "{file} is not in the kit");
            logos.push(path[1..].join("."));
        }
    }
    for size in ["small", "medium", "large"] {
        assert!(
            ["light", "dark"].iter().all(|ground| logos.contains(&format!("{size}.{ground}"))),
            "{logos:?}"
        );
    }
    assert!(logos.iter().filter(|logo| logo.starts_with("images.")).count() >= 4, "{logos:?}");
}

#[test]
fn a_name_cannot_leave_its_place_on_the_page() {
    let studio = Memory::new();
    let evil = Case { id: "evil", name: "<img src=x onerror=1> `rm` & \"y\"", ..*case("short") };
    let mut inputs = evil.documents(&studio);
    inputs.extend(run("kit", &inputs, &studio));
    let sealed = run("seal", &inputs, &studio);
    let page = text(&sealed, "index.html");
    assert!(!page.contains("<img src=x") && page.contains("&lt;img src=x"), "{page}");
    assert!(text(&sealed, "AGENTS.md").starts_with("# Brand of `<img src=x onerror=1> rm & \"y\"`\n"));
}

/// The longest name in every language that the faces of the fixtures write: nothing leaves its box, no page its room.
#[test]
fn sheets_and_index_hold_every_language() {
    let studio = Memory::new();
    for language in core_words::LANGUAGES.iter().filter(|language| **language != "ja") {
        // German is long, and so stands for all where there are more sheets.
        let (complexity, count) = if *language == "de" { ("complex", 7) } else { ("medium", 3) };
        let case = Case { language, complexity, concepts: 1, ..*case("long") };
        let mut inputs = case.documents(&studio);
        let plan = KitStep.plan("kit", &inputs, &studio).unwrap();
        let task = plan.iter().find(|task| task.kind == "print").unwrap();
        let made = KitStep.build(task, &studio).unwrap();
        let checks: Vec<Check> = find(&made, "checks-print.json").unwrap().json(&studio).unwrap();
        assert_eq!(checks.len(), 7 * count, "{language}");
        inputs.extend(made);
        let sealed = run("seal", &inputs, &studio);
        let report: ReportFile = find(&sealed, ReportFile::PATH).unwrap().json(&studio).unwrap();
        let room = report.checks.iter().filter(|check| check.id == "index.pdf.room");
        for check in checks.iter().chain(room) {
            assert!(check.passed, "{language}: {check:?}");
        }
    }
}

/// What mail programs strip or change is not there; what the reader's program decides is left to it.
#[test]
fn the_signature_is_a_table_that_reads_on_light_and_dark() {
    let studio = Memory::new();
    for case in CASES.iter().filter(|case| case.complexity != "simple") {
        let made = run("kit", &case.documents(&studio), &studio);
        let page = text(&made, "email/signature.html");
        let body = page.split("<body").nth(1).unwrap();
        for banned in ["<script", "<style", "<div", "class=", "http", "background", ";color", "\"color"] {
            assert!(!body.contains(banned), "{}: {banned}", case.id);
        }
        assert!(body.contains("<table role=\"presentation\"") && body.contains("src=\"mark.png\""));
        let words = core_words::Words::new(case.language).unwrap();
        assert!(body.contains(&words.say("mail-how", &[]).unwrap()), "{}", case.id);
        let plain = text(&made, "email/signature.txt");
        assert!(plain.starts_with("-- \n") && plain.contains(case.name), "{plain}");
        for line in plain.lines().skip(1).flat_map(|line| line.split(" \u{b7} ")) {
            assert!(body.contains(line), "{}: {line}", case.id);
        }
    }
}
