//! The laws of the logo step, over a corpus of names and trades.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disk;

use core_brand::brief::{Order, RawBrief};
use core_brand::check::Severity;
use core_brand::{
    Body, Concept, Design, Document, DocumentKind, Drawing, FillRole, Shape, Silhouette, Step, Task,
};
use core_logo::choice::{self, Look};
use core_logo::crowd::TAKEN_BITS;
use core_logo::desk::Try;
use core_logo::{LogoStep, concept, gate, plan};
use core_vector::{Mask, bezier, measure, path, raster};
use disk::Disk;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

const NAMES: &[&str] = &[
    "Northwind Coffee",
    "TechCorp",
    "Maison Éclair",
    "Volt",
    "Lindqvist & Partner",
    "قهوة الشمال",
    "Заря",
    "7",
    "Bar Ö",
    "The Very Long Company Name of Aberdeen",
    "Nord",
    "Nordic",
    "Northern",
    "adidas & sons",
    "3M Works",
    "Ágora",
    "Ελλάς",
    "שמש",
    "O",
    "X-Lab",
    "Yoga",
    "Zeit",
    "Quill",
    "Jump!",
    "Iris",
    "Kite",
    "Umbra",
    "गंगा",
    "Être",
    "J. K. Rowan",
    "!!!",
    "42 North",
    "Wren",
    "Hello, World",
    "Æther",
    "Đà Lạt Trà",
    "Société Générique",
    "Ølstedet",
    "Łódź Labs",
    "Fjord & Fjell",
    "Pixel",
    "Sable",
    "Green Roof",
    "Dune",
    "East/West",
    "B2B",
    "ﷺ",
    "ß-Werk",
    "ij",
    "Mmm",
    "北風コーヒー",
];
const TRADES: &[&str] = &[
    "coffee",
    "technology",
    "bakery",
    "energy",
    "law",
    "health",
    "fashion",
    "bar",
    "logistics",
    "finance",
    "education",
    "music",
    "pets",
    "construction",
    "travel",
];
const STYLES: &[&str] = &["modern", "classic", "playful", "elegant", "bold", "minimal"];

fn order(name: &str, trade: &str, style: &str, seed: u64, concepts: u32) -> Order {
    let raw = RawBrief {
        company_name: name.into(),
        industry: trade.into(),
        style: Some(style.into()),
        ..RawBrief::default()
    };
    Order::new(&raw, Some(seed), Some(concepts)).unwrap()
}

/// The orders of the corpus that the bundled fonts can set.
fn corpus(concepts: u32) -> Vec<Order> {
    let of = |(at, name): (usize, &&str)| {
        order(name, TRADES[at % TRADES.len()], STYLES[at % STYLES.len()], at as u64, concepts)
    };
    NAMES.iter().enumerate().filter(|(_, name)| core_typography::check_name(name).is_ok()).map(of).collect()
}

fn concepts(order: &Order) -> Vec<Concept> {
    let design = core_design::decide(order).unwrap();
    drawn(order, &design)
}

fn drawn(order: &Order, design: &Design) -> Vec<Concept> {
    plan::wishes(order, design, &Disk)
        .unwrap()
        .iter()
        .map(|wish| concept::draw(order, design, wish, &Disk).unwrap())
        .collect()
}

/// The concepts of the whole corpus, drawn once for all tests, two halves at a time.
fn drawn_corpus() -> &'static [(Order, Vec<Concept>)] {
    static DRAWN: OnceLock<Vec<(Order, Vec<Concept>)>> = OnceLock::new();
    DRAWN.get_or_init(|| {
        let orders = corpus(6);
        assert!(orders.len() >= 40, "only {} names can be set", orders.len());
        let draw =
            |half: &[Order]| half.iter().map(|order| (order.clone(), concepts(order))).collect::<Vec<_>>();
        let (first, second) = orders.split_at(orders.len() / 2);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| draw(second));
            let mut all = draw(first);
            all.extend(other.join().unwrap());
            all
        })
    })
}

fn mask(concept: &Concept) -> Mask {
    raster::mask(&concept.mark, 64)
}

#[test]
fn every_mark_passes_its_gates() {
    for (order, concepts) in drawn_corpus() {
        let name = &order.brief.company_name;
        let grammars: BTreeSet<&str> = concepts.iter().map(|concept| concept.grammar.as_str()).collect();
        assert!(grammars.len() >= 4, "{name}: {grammars:?}");
        for concept in concepts {
            let verdict = gate::judge(&concept.mark).unwrap_or_else(|| panic!("{name} {}", concept.id));
            assert!(verdict.px_min == concept.mark_px_min && verdict.px_min <= 32, "{name} {}", concept.id);
            assert_eq!(concept.small.is_none(), verdict.holds(), "{name} {}", concept.id);
            holds_at_16(concept.small.as_ref().unwrap_or(&concept.mark), &format!("{name} {}", concept.id));
            let failed: Vec<_> =
                concept.checks.iter().filter(|c| c.severity == Severity::Gate && !c.passed).collect();
            assert!(failed.is_empty(), "{name} {}: {failed:?}", concept.id);
            assert!(!concept.title.is_empty() && concept.idea.len() > 20 && !concept.idea.contains('{'));
            drawing_is_sound(concept);
        }
    }
}

/// Measured again, against a picture much larger than the one that the gate looked at.
fn holds_at_16(drawing: &Drawing, name: &str) {
    let widths = measure::widths(&raster::mask(drawing, measure::WIDTHS_PX));
    assert!(widths.ink >= 1.0 && widths.gap >= 1.0, "{name}: {widths:?}");
    let large = measure::topology(&raster::mask(drawing, 512));
    assert_eq!(measure::topology(&raster::mask(drawing, 16)), large, "{name}");
    let one = measure::one_color(drawing);
    assert!(one.likeness >= 0.98 && one.lost == 0, "{name}: {one:?}");
}

#[test]
fn most_marks_need_no_small_drawing() {
    let all: Vec<&Concept> = drawn_corpus().iter().flat_map(|(_, concepts)| concepts).collect();
    let special = all.iter().filter(|concept| concept.small.is_some()).count();
    assert!(special * 100 <= all.len() * 36, "{special} of {}", all.len());
    let two = all.iter().filter(|concept| measure::fills(&concept.mark) <= 2).count();
    assert!(two * 10 >= all.len() * 9, "{two} of {} have at most two fills", all.len());
    let mut segments: Vec<usize> = all.iter().map(|concept| measure::segments(&concept.mark)).collect();
    segments.sort_unstable();
    assert!(segments[segments.len() / 2] <= 60, "median of {} segments", segments[segments.len() / 2]);
}

#[test]
fn every_check_has_a_number_and_says_what_helps() {
    let (order, concepts) = &drawn_corpus()[0];
    for concept in concepts {
        let of =
            |id: &str| concept.checks.iter().any(|check| check.id.contains(&format!("{}.{id}", concept.id)));
        for id in [
            "l01", "l02", "l03", "l04", "l05", "l06", "l07", "l08", "l09", "l10", "l11", "l12", "l13", "l14",
            "l18",
        ] {
            assert!(of(id), "{} {} has no {id}", order.brief.company_name, concept.id);
        }
        for check in &concept.checks {
            let is_missed = !check.passed && check.severity != Severity::Info;
            assert_eq!(check.fix.is_empty(), !is_missed, "{}", check.id);
        }
        let ids: BTreeSet<&str> = concept.checks.iter().map(|check| check.id.as_str()).collect();
        assert_eq!(ids.len(), concept.checks.len(), "{ids:?}");
    }
}

/// What every drawing promises: readable paths inside the box, no ink in the mark, and in the wordmark ink and at
/// most one sign in the second colour on each line, behind its ink.
fn drawing_is_sound(concept: &Concept) {
    for (drawing, is_word) in [(&concept.mark, false), (&concept.wordmark, true)] {
        for shape in &drawing.shapes {
            let is_sign = is_word && shape.fill == FillRole::Accent && concept.grammar == "sign";
            assert!((shape.fill == FillRole::Ink) == is_word || is_sign, "{}", concept.id);
            let outline = path::parse(&shape.path).unwrap();
            assert_eq!(path::write(&outline), shape.path);
            let ink = bezier::bounds(&outline);
            assert!(ink.x0 > -1.0 && ink.y0 > -1.0, "{} {ink:?}", concept.id);
            assert!(ink.x1 < drawing.width + 1.0 && ink.y1 < drawing.height + 1.0, "{} {ink:?}", concept.id);
        }
    }
    assert_eq!(
        concept.wordmark.shapes.first().map(|shape| shape.fill),
        Some(FillRole::Ink),
        "{}",
        concept.id
    );
    assert!(concept.baseline <= concept.wordmark.height + 1.0 && concept.cap_height > 0.0);
}

#[test]
fn concepts_of_one_order_are_told_apart() {
    for (order, concepts) in drawn_corpus() {
        let looks: Vec<Look> = concepts.iter().map(|concept| Look::of(&concept.mark)).collect();
        for (at, one) in looks.iter().enumerate() {
            for (other, second) in looks.iter().enumerate().skip(at + 1) {
                let (likeness, bits) = (one.likeness(second), one.bits(second));
                let name = &order.brief.company_name;
                let is_apart = likeness <= choice::LIKENESS_MAX && bits >= choice::BITS_MIN;
                assert!(is_apart, "{name} {} {}: {likeness} {bits}", concepts[at].id, concepts[other].id);
            }
        }
    }
    let missed = |(order, concepts): &(Order, Vec<Concept>)| {
        let checks = concepts.iter().flat_map(|concept| &concept.checks);
        let missed = checks.filter(|check| check.id.contains(".l13-") && !check.passed);
        let said: Vec<_> = missed.map(|check| format!("{} {:.2}", check.id, check.measured)).collect();
        (!said.is_empty()).then(|| format!("{}: {}", order.brief.company_name, said.join(", ")))
    };
    let missed: Vec<_> = drawn_corpus().iter().filter_map(missed).collect();
    // Names of few letters, or of scripts with few drawn ideas, leave little to choose from.
    assert!(missed.len() * 7 <= drawn_corpus().len(), "of {} sets: {missed:#?}", drawn_corpus().len());
}

/// Two sentences are one where they differ in no more than a letter or a motif: this share of their words is equal.
const SAME: f64 = 0.7;

/// The share of sentences that two concepts have in common.
fn shared(one: &Concept, other: &Concept) -> f64 {
    let sentences = |concept: &Concept| -> Vec<BTreeSet<String>> {
        let split = concept.idea.split_inclusive(['.', '\u{3002}']);
        let words = |sentence: &str| sentence.split_whitespace().map(str::to_lowercase).collect();
        split.map(words).filter(|words: &BTreeSet<String>| words.len() > 2).collect()
    };
    let (own, theirs) = (sentences(one), sentences(other));
    let is_same = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        a.intersection(b).count() as f64 >= SAME * a.union(b).count() as f64
    };
    let common = own.iter().filter(|own| theirs.iter().any(|their| is_same(own, their))).count();
    common as f64 / own.len().min(theirs.len()).max(1) as f64
}

#[test]
fn concepts_of_one_order_say_different_things() {
    let largest: Vec<Order> = corpus(12).into_iter().step_by(4).collect();
    let largest: Vec<_> = largest.iter().map(|order| (order.clone(), concepts(order))).collect();
    for (count, runs) in [(6, drawn_corpus()), (12, &largest[..])] {
        let mut shares = Vec::new();
        for (order, concepts) in runs {
            for (at, one) in concepts.iter().enumerate() {
                shares.extend(
                    concepts[at + 1..]
                        .iter()
                        .map(|other| (shared(one, other), order, &one.idea, &other.idea)),
                );
            }
        }
        let mean = shares.iter().map(|(share, ..)| share).sum::<f64>() / shares.len() as f64;
        let repeats: Vec<_> = shares
            .iter()
            .filter(|(share, ..)| *share > 0.0)
            .map(|(_, order, one, other)| format!("{}: {one} / {other}", order.brief.company_name))
            .collect();
        println!(
            "{count} concepts: {} of {} pairs repeat a sentence, {:.1} % shared",
            repeats.len(),
            shares.len(),
            100.0 * mean
        );
        // Twelve ask for all that a short name has.
        let most = if count > 6 { shares.len() / 100 } else { 0 };
        assert!(
            repeats.len() <= most,
            "{count} concepts: {} of {}: {repeats:#?}",
            repeats.len(),
            shares.len()
        );
    }
}

#[test]
fn another_name_or_seed_changes_every_mark() {
    let base = order("Northwind", "coffee", "modern", 7, 10);
    let design = core_design::decide(&base).unwrap();
    let marks = |order: &Order| {
        drawn(order, &design).into_iter().map(|c| (c.grammar.clone(), c)).collect::<BTreeMap<_, _>>()
    };
    let first = marks(&base);
    let others =
        [order("Nordwind", "coffee", "modern", 7, 10), order("Northwind", "coffee", "modern", 8, 10)];
    let mut likeness = Vec::new();
    for other in &others {
        for (grammar, concept) in marks(other) {
            let Some(before) = first.get(&grammar) else { continue };
            assert_ne!(before.mark, concept.mark, "{grammar} of {}", other.brief.company_name);
            likeness.push((measure::overlap(&mask(before), &mask(&concept)), grammar));
        }
    }
    likeness.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(likeness[likeness.len() / 2].0 <= 0.6, "the same trade and initial look alike: {likeness:?}");
}

/// Names of one initial, to be drawn for one trade.
const NEIGHBOURS: &[&str] =
    &["Northwind", "Nordlicht", "Nimbus", "Noon & Co", "Novara", "Nest", "Nexa Labs", "Nutmeg Lane"];

#[test]
fn one_trade_and_one_initial_give_every_name_its_own_marks() {
    for trade in ["coffee", "law"] {
        let looks = |name: &&str| -> Vec<Look> {
            concepts(&order(name, trade, "modern", 1, 6)).iter().map(|one| Look::of(&one.mark)).collect()
        };
        let sets: Vec<Vec<Look>> = NEIGHBOURS.iter().map(looks).collect();
        let mut likeness = Vec::new();
        for (at, one) in sets.iter().enumerate() {
            let others = sets[at + 1..].iter().flatten();
            likeness.extend(others.flat_map(|other| one.iter().map(|own| own.likeness(other))));
        }
        likeness.sort_by(f64::total_cmp);
        let median = likeness[likeness.len() / 2];
        assert!(median <= 0.60, "{trade}: the median likeness is {median}");
    }
}

#[test]
fn marks_rarely_repeat_across_briefs() {
    let seen = |(order, concepts): &(Order, Vec<Concept>)| {
        let name = order.brief.company_name.clone();
        concepts.iter().map(|c| (Look::of(&c.mark), format!("{name} {}", c.id))).collect::<Vec<_>>()
    };
    let all: Vec<Vec<(Look, String)>> = drawn_corpus().iter().map(seen).collect();
    let mut twins = Vec::new();
    for (at, one) in all.iter().enumerate() {
        for (look, name) in one {
            let others = all[at + 1..].iter().flatten();
            let is_twin = |(other, _): &&(Look, String)| look.bits(other) <= 6 && look.likeness(other) > 0.8;
            twins.extend(others.filter(is_twin).map(|(_, other)| (name, other)));
        }
    }
    let marks: usize = all.iter().map(Vec::len).sum();
    println!("{} pairs of twins among {marks} marks", twins.len());
    assert!(twins.len() * 8 <= marks, "{} of {marks}: {twins:#?}", twins.len());
}

/// One brief after another, each with the marks of all before it: none comes twice, and who is near none of them gets
/// what would have come anyway.
#[test]
fn no_mark_comes_twice_where_earlier_ones_are_named() {
    let mut taken: Vec<Silhouette> = Vec::new();
    let (mut changed, mut kept) = (0, 0);
    for (at, (order, alone)) in drawn_corpus().iter().enumerate() {
        let own = |concepts: &[Concept]| -> Vec<Silhouette> {
            concepts.iter().map(|concept| concept.silhouette.unwrap()).collect()
        };
        let is_near = |one: &Silhouette| taken.iter().any(|other| choice::bits(*one, *other) <= TAKEN_BITS);
        let near = own(alone).iter().filter(|one| is_near(one)).count();
        if near == 0 && at % 16 > 0 {
            taken.extend(own(alone));
            continue;
        }
        let design = core_design::decide(order).unwrap();
        let unlike = Order { unlike: taken.clone(), ..order.clone() };
        let survey = plan::survey(&unlike, &design, &Disk).unwrap();
        let concepts: Vec<Concept> =
            survey.wishes.iter().map(|wish| concept::draw(&unlike, &design, wish, &Disk).unwrap()).collect();
        let name = &order.brief.company_name;
        assert_eq!(concepts.len(), alone.len(), "{name}");
        assert!(!own(&concepts).iter().any(is_near), "{name}");
        if near == 0 {
            let marks = |of: &[Concept]| of.iter().map(|one| one.mark.clone()).collect::<Vec<_>>();
            assert_eq!(marks(&concepts), marks(alone), "{name} is near none and gets another set");
            kept += usize::from(at > 0);
        } else {
            assert!(survey.rejected["l15-unlike"] >= near as u32, "{name}: {:?}", survey.rejected);
            changed += 1;
        }
        for concept in &concepts {
            let said = concept.checks.iter().find(|check| check.id.ends_with(".l15-unlike"));
            assert!(
                at == 0 || said.is_some_and(|check| check.passed && check.measured > f64::from(TAKEN_BITS)),
                "{name}: {said:?}"
            );
            let failed =
                concept.checks.iter().find(|check| check.severity == Severity::Gate && !check.passed);
            assert_eq!(failed, None, "{name}");
        }
        taken.extend(own(&concepts));
    }
    println!("{changed} of {} sets changed for {} marks", drawn_corpus().len(), taken.len());
    assert!(changed > 0 && kept > 0, "{changed} {kept}");
}

/// A register that holds everything there is: one mark is left, and says what it is near.
#[test]
fn where_everything_is_taken_one_mark_is_left() {
    let order = order("!!!", "music", "modern", 5, 6);
    let design = core_design::decide(&order).unwrap();
    let looks = (0..14).flat_map(|round| plan::looks(&order, &design, &Disk, round).unwrap());
    let all: BTreeSet<Silhouette> = looks.map(|look| look.silhouette()).collect();
    let full = Order { unlike: all.iter().copied().collect(), ..order.clone() };
    let left = drawn(&full, &design);
    assert_eq!(left.len(), 1, "{:?}", left.iter().map(|one| &one.id).collect::<Vec<_>>());
    let missed: Vec<_> =
        left[0].checks.iter().filter(|check| check.id.contains(".l15-") && !check.passed).collect();
    assert_eq!(missed.iter().map(|check| check.measured).collect::<Vec<_>>(), [0.0, 1.0]);
    assert!(missed.iter().all(|check| check.severity == Severity::Warn && !check.fix.is_empty()));
    // Of a kit to go on from, the chosen mark stays, and is not held against itself.
    let chosen = drawn(&order, &design).remove(1);
    let near = drawn(&Order { like: chosen.recipe.clone(), ..full }, &design);
    assert_eq!(near[0].mark, chosen.mark);
    assert!(near[0].checks.iter().all(|check| !check.id.contains(".l15-")));
    // The tasks are as many as there are marks.
    let inputs = [
        Document::working(Order::DOCUMENT, &Order { unlike: all.into_iter().collect(), ..order }).unwrap(),
        Document::working(Design::DOCUMENT, &design).unwrap(),
    ];
    assert_eq!(LogoStep.plan("logo", &inputs, &Disk).unwrap().len(), 2);
}

#[test]
fn neighbours_of_a_concept_start_with_it_and_are_told_apart() {
    // With how many of its own grammar at least: a cut through a letter of the face is one figure only.
    let cases = [
        ("Northwind Coffee", "coffee", 1, 2),
        ("Volt", "energy", 3, 2),
        ("!!!", "music", 2, 1),
        ("Заря", "bar", 6, 1),
    ];
    for (name, trade, rank, least) in cases {
        let base = order(name, trade, "modern", 5, 6);
        let design = core_design::decide(&base).unwrap();
        let chosen = drawn(&base, &design).remove(rank - 1);
        let near = Order { like: chosen.recipe.clone(), ..base };
        let around = drawn(&near, &design);
        assert_eq!(around, drawn(&near, &design), "{name}");
        assert_eq!(
            (&around[0].mark, &around[0].idea, around.len()),
            (&chosen.mark, &chosen.idea, 6),
            "{name}"
        );
        let kin = around.iter().filter(|one| one.grammar == chosen.grammar).count();
        assert!(kin >= least, "{name}: {:?}", around.iter().map(|one| &one.id).collect::<Vec<_>>());
        let looks: Vec<Look> = around.iter().map(|concept| Look::of(&concept.mark)).collect();
        for (at, one) in looks.iter().enumerate() {
            for other in &looks[at + 1..] {
                let (likeness, bits) = (one.likeness(other), one.bits(other));
                assert!(
                    likeness <= choice::KIN_LIKENESS_MAX && bits >= choice::KIN_BITS_MIN,
                    "{name}: {likeness} {bits}"
                );
            }
        }
        let gates =
            around.iter().flat_map(|one| &one.checks).filter(|check| check.severity == Severity::Gate);
        assert_eq!(gates.filter(|check| !check.passed).count(), 0, "{name}");
    }
}

#[test]
fn a_recipe_of_another_brief_is_refused() {
    let base = order("Nord", "coffee", "modern", 5, 6);
    let design = core_design::decide(&base).unwrap();
    let recipe = Try { grammar: "no-such-grammar".into(), round: 0, idea: 0, attempt: 0 };
    let fault = plan::wishes(&Order { like: Some(recipe), ..base }, &design, &Disk).unwrap_err();
    assert!(fault.is(core_brand::fault::Code::LikeUndrawn), "{fault}");
}

#[test]
fn foreign_drawings_hear_every_gate_that_they_fail() {
    let drawing = |path: &str| {
        let shapes = vec![Shape { fill: FillRole::Mark, path: path.to_owned() }];
        Drawing { width: 1000.0, height: 1000.0, shapes }
    };
    let cases: &[(&str, &[&str])] = &[
        // A ring with a good hole.
        ("M0 0L1000 0L1000 1000L0 1000ZM300 300L300 700L700 700L700 300Z", &["l11-coverage-max"]),
        // A hairline in a corner.
        ("M0 0L200 0L200 12L0 12Z", &["l05-ink-at-16", "l05-ink-at-32", "l09-balance", "l11-coverage-min"]),
        ("", &["l09-balance", "l11-coverage-min"]),
    ];
    for (path, expected) in cases {
        let checks = gate::inspect(&drawing(path));
        let failed = gate::failed(&checks);
        for gate in *expected {
            assert!(failed.contains(gate), "{path}: {gate} is not among {failed:?}");
        }
        assert!(gate::judge(&drawing(path)).is_none(), "{path}");
    }
    let (_, concepts) = &drawn_corpus()[0];
    assert_eq!(gate::failed(&gate::inspect(&concepts[0].mark)), Vec::<&str>::new());
}

#[test]
fn a_survey_counts_what_it_refused() {
    let order = order("Northwind", "coffee", "modern", 7, 6);
    let design = core_design::decide(&order).unwrap();
    let survey = plan::survey(&order, &design, &Disk).unwrap();
    let refused: u32 = survey.rejected.values().sum();
    assert!(survey.drawn >= 60 && refused < survey.drawn, "{} {:?}", survey.drawn, survey.rejected);
    assert_eq!(survey.wishes, plan::wishes(&order, &design, &Disk).unwrap());
    assert_eq!(survey.wishes.iter().map(|wish| wish.rank).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn the_same_order_gives_the_same_bytes() {
    let order = order("Zwölf Eichen", "law", "classic", 3, 4);
    let (one, other) = (documents(&order), documents(&order));
    assert_eq!(one, other);
    assert!(one.iter().all(|document| document.content().bytes > 100));
}

/// Plans and builds the step as a job does.
fn documents(order: &Order) -> Vec<Document> {
    let design = core_design::decide(order).unwrap();
    let inputs = [
        Document::working(Order::DOCUMENT, order).unwrap(),
        Document::working(Design::DOCUMENT, &design).unwrap(),
    ];
    let tasks = LogoStep.plan("logo", &inputs, &Disk).unwrap();
    assert_eq!(tasks.len(), 2 * order.concepts as usize, "what has colours, and what has none");
    tasks.iter().flat_map(|task| LogoStep.build(task, &Disk).unwrap()).collect()
}

#[test]
fn files_are_clean_and_small() {
    let order = order("Fjord & <Fjell>", "travel", "modern", 5, 6);
    let documents = documents(&order);
    let files: Vec<&Document> = documents.iter().filter(|d| d.kind == DocumentKind::File).collect();
    let small = files.iter().filter(|file| file.name.contains("/small-")).count();
    assert_eq!(files.len(), 6 * 36 + small);
    let mut ids = BTreeSet::new();
    for file in files {
        let Body::Inline(bytes) = &file.body else { panic!("{} is not at hand", file.name) };
        let svg = String::from_utf8(bytes.clone()).unwrap();
        for banned in ["<text", "<image", "<script", "<style", "<filter", "href", "<rect", "Fjell>"] {
            assert!(!svg.contains(banned), "{} holds {banned}", file.name);
        }
        let values = |name: &str| attributes(&svg, name);
        let fills: BTreeSet<&str> = values("fill").into_iter().collect();
        assert!(!fills.is_empty() && fills.len() <= 3, "{}: {fills:?}", file.name);
        let id = file.name.trim_start_matches("logos/").trim_end_matches(".svg").replace('/', "-");
        let title = format!("<title id=\"logo-{id}-title\">Fjord &amp; &lt;Fjell&gt;</title>");
        assert!(svg.contains("viewBox=\"0 0 ") && svg.contains("role=\"img\"") && svg.contains(&title));
        // Ids say what a part is, and no two files share one.
        let own = values("id");
        for id in &own {
            assert!(ids.insert((*id).to_owned()), "{} holds {id} again", file.name);
            let part = id.rsplit('-').next().unwrap();
            assert!(["title", "desc", "mark", "accent", "name"].contains(&part), "{id}");
        }
        let has = |part: &str| own.iter().any(|id| id.ends_with(part));
        // A badge is one figure: it may hold the name as a part of its own or cut out of another.
        let is_badge = file.name.contains("/badge-");
        let has_name = !["/mark-", "/small-"].iter().any(|kind| file.name.contains(kind));
        assert!(is_badge || has("-name") == has_name, "{}", file.name);
        // A small drawing may be of the second colour alone.
        let has_mark = has("-mark") || file.name.contains("/small-");
        assert!(is_badge || has_mark != file.name.contains("/wordmark-"), "{}", file.name);
        assert!(
            !file.name.contains("/mark-") || bytes.len() <= 8 << 10,
            "{} has {} bytes",
            file.name,
            bytes.len()
        );
        assert!(is_written_finely(&svg), "{}", file.name);
    }
}

/// The values of an attribute, in the order of the file.
fn attributes<'a>(svg: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    svg.match_indices(&start).map(|(at, _)| svg[at + start.len()..].split('"').next().unwrap()).collect()
}

/// No number has more than one decimal.
fn is_written_finely(svg: &str) -> bool {
    let d = svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
    d.flat_map(|d| d.split(|c: char| !c.is_ascii_digit() && c != '.'))
        .all(|number| number.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 1))
}

/// What the files say to those who hear them.
#[test]
fn files_say_what_they_show() {
    let order = order("Nord", "coffee", "modern", 5, 1);
    let documents = documents(&order);
    let concept = documents.iter().find(|document| document.name == Concept::document(1)).unwrap();
    let concept: Concept = concept.json(&Disk).unwrap();
    let says = |kind: &str| {
        let name = format!("logos/{}/{kind}-grey.svg", concept.id);
        let file = documents.iter().find(|file| file.name == name).unwrap();
        let Body::Inline(bytes) = &file.body else { panic!("{name} is not at hand") };
        let svg = String::from_utf8(bytes.clone()).unwrap();
        svg.split_once("-desc\">").unwrap().1.split_once("</desc>").unwrap().0.to_owned()
    };
    let kinds = core_vector::Lockup::ALL.map(core_vector::Lockup::id);
    let said: BTreeSet<String> = kinds.into_iter().map(says).collect();
    assert_eq!(said.len(), 6, "{said:?}");
    for kind in kinds {
        let tells_the_idea = says(kind).contains(&core_vector::svg::escape(&concept.idea));
        assert_eq!(tells_the_idea, kind != "wordmark", "{kind}: {}", says(kind));
    }
}

/// In every lockup: ink inside the box and touching it, nothing lost, the name no smaller than can be read.
#[test]
fn lockups_are_sound() {
    use core_vector::{Lockup, lockup, optics};
    for (order, concepts) in drawn_corpus() {
        for concept in concepts {
            for kind in Lockup::ALL {
                let laid = lockup::lay(concept, kind);
                let what = format!("{} {} {}", order.brief.company_name, concept.id, kind.id());
                let drawing = laid.drawing();
                let (width, height) = (drawing.width, drawing.height);
                let ink = optics::ink(&optics::pieces(&drawing)).unwrap();
                let out = (-ink.x0).max(-ink.y0).max(ink.x1 - width).max(ink.y1 - height);
                assert!(out <= 0.5, "{what}: {ink:?} leaves {width} x {height}");
                let is_framed = matches!(kind, Lockup::Mark | Lockup::Square);
                let air = ink.x0.max(ink.y0).max(width - ink.x1).max(height - ink.y1);
                assert!(
                    is_framed || concept.badge.is_some() || air <= 0.2,
                    "{what}: {ink:?} in {width} x {height}"
                );
                if kind == Lockup::Square {
                    assert!(
                        (width - height).abs() < 1e-9 && (ink.center().x - width / 2.0).abs() < 60.0,
                        "{what}"
                    );
                    assert!(
                        laid.cap >= 18.0 && ink.width().max(ink.height()) >= 0.55 * width,
                        "{what}: {}",
                        laid.cap
                    );
                }
                if kind == Lockup::Stacked {
                    assert!(width <= 3.2 * lockup::SIDE && laid.cap >= 60.0, "{what}: {width} {}", laid.cap);
                }
                let roles = |drawing: &core_brand::Drawing| {
                    drawing.shapes.iter().map(|shape| format!("{:?}", shape.fill)).collect::<BTreeSet<_>>()
                };
                if matches!(kind, Lockup::Horizontal | Lockup::Stacked | Lockup::Square) {
                    let both: BTreeSet<_> =
                        roles(&concept.mark).union(&roles(&concept.wordmark)).cloned().collect();
                    assert_eq!(roles(&drawing), both, "{what}");
                }
            }
        }
    }
}

/// Smallest sizes are there for every lockup; and a lockup drawn at its own keeps mark and name apart.
#[test]
fn room_is_measured_on_every_logo() {
    for (order, concepts) in drawn_corpus() {
        for concept in concepts {
            let what = format!("{} {}", order.brief.company_name, concept.id);
            assert!((0.2..=0.36).contains(&concept.clear_space), "{what}: {}", concept.clear_space);
            let kinds: Vec<&str> = concept.minimums.iter().map(|least| least.lockup.as_str()).collect();
            assert_eq!(kinds, core_vector::Lockup::ALL.map(core_vector::Lockup::id), "{what}");
            for least in &concept.minimums {
                assert!(least.px.iter().all(|px| (3..=900).contains(px)), "{what}: {least:?}");
                assert!(least.mm.iter().all(|mm| (1.0..=120.0).contains(mm)), "{what}: {least:?}");
            }
            let of = |kind: &str| concept.minimums.iter().find(|least| least.lockup == kind).unwrap();
            assert_eq!(of("mark").px, [concept.mark_px_min; 2], "{what}");
            // Where mark and name stand side by side both must be large enough.
            assert!(of("horizontal").px[0] > of("wordmark").px[0], "{what}");
        }
    }
}

/// The same parts in every colourway, and each seen on its ground.
#[test]
fn every_colourway_is_measured() {
    for (order, concepts) in drawn_corpus() {
        for concept in concepts {
            let of = |what: &str| {
                let id = format!("logo.{}.{what}", concept.id);
                let check = concept.checks.iter().find(|check| check.id == id);
                check.unwrap_or_else(|| panic!("{}: no {id}", order.brief.company_name))
            };
            for colorway in core_vector::Colorway::ALL {
                assert!(of(&format!("l07-{}", colorway.id())).passed, "{}", order.brief.company_name);
            }
            assert!(of("l08-silhouette").measured > 0.99, "{:?}", of("l08-silhouette"));
            of("l08-lost");
        }
    }
}

#[test]
fn a_simple_kit_holds_what_a_first_day_needs() {
    let mut order = order("Nord", "coffee", "modern", 5, 1);
    order.brief.complexity = core_brand::Complexity::Simple;
    let files = documents(&order).into_iter().filter(|document| document.kind == DocumentKind::File);
    let names: BTreeSet<String> = files.map(|document| document.name).collect();
    let folder = names.first().unwrap().rsplit_once('/').unwrap().0.to_owned();
    let expected = ["horizontal", "mark"]
        .iter()
        .flat_map(|lockup| ["color", "black", "white"].map(|color| format!("{folder}/{lockup}-{color}.svg")));
    assert_eq!(names, expected.collect());
}

#[test]
fn names_of_any_letters_are_drawn() {
    // Letters of many blocks, thrown together; those that the fonts can set must be drawn without a panic.
    let mut rng = core_brand::Rng::new(11);
    let blocks = [
        (0x20, 0x7e),
        (0xa1, 0x17f),
        (0x370, 0x3ff),
        (0x400, 0x4ff),
        (0x5d0, 0x5ea),
        (0x621, 0x64a),
        (0x905, 0x939),
    ];
    let mut set = 0;
    for at in 0..90 {
        let (low, high) = blocks[rng.below(blocks.len())];
        let length = 1 + rng.below(24);
        let name: String = (0..length)
            .filter_map(|_| char::from_u32(low + rng.below((high - low) as usize) as u32))
            .collect();
        let name = name.trim().to_owned();
        let raw = RawBrief { company_name: name.clone(), industry: "law".into(), ..RawBrief::default() };
        let Ok(order) = Order::new(&raw, Some(at), Some(1)) else { continue };
        if core_typography::check_name(&order.brief.company_name).is_err() {
            continue;
        }
        let Ok(design) = core_design::decide(&order) else { continue };
        let concept = drawn(&order, &design).remove(0);
        assert!(!concept.wordmark.shapes.is_empty(), "{name:?}");
        set += 1;
    }
    assert!(set >= 30, "only {set} names could be set");
}

#[test]
fn right_to_left_names_lead_with_the_mark_on_the_right() {
    let order = order("قهوة الشمال", "coffee", "modern", 1, 1);
    let concept = concepts(&order).remove(0);
    assert!(concept.right_to_left);
    let lockup = core_vector::lockup::compose(&concept, core_vector::Lockup::Horizontal);
    let middle = |fill: FillRole| {
        let of = lockup.shapes.iter().find(|shape| shape.fill == fill).unwrap();
        bezier::bounds(&path::parse(&of.path).unwrap()).center().x
    };
    assert!(middle(FillRole::Mark) > middle(FillRole::Ink));
}

#[test]
fn long_names_stand_on_two_lines_and_keep_their_letters() {
    let concept =
        concepts(&order("The Very Long Company Name of Aberdeen", "logistics", "modern", 1, 1)).remove(0);
    assert_eq!(concept.wordmark.shapes.len(), 2);
    assert!(concept.wordmark.height > 2.0 * concept.cap_height);
    let one = concepts(&order("Aberdeen", "logistics", "modern", 1, 1)).remove(0);
    assert_eq!(one.wordmark.shapes.len(), 1);
}

#[test]
fn an_unknown_task_is_refused() {
    let task = Task::new("x", "paint", &(), Vec::new()).unwrap();
    assert!(LogoStep.build(&task, &Disk).unwrap_err().is(core_brand::fault::Code::TaskUnknown));
}
