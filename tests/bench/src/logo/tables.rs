//! The tables of a report.

use super::make::{Made, Mark, Timed};
use super::quantile;
use core_brand::Rgb;
use std::collections::{BTreeMap, BTreeSet};

/// Failing marks that are named: enough to look at, few enough to read.
const NAMED: usize = 4;
/// Marks of different briefs that differ in fewer bits of their hashes are one mark.
const NEAR_BITS: u32 = 6;
/// Faces and colours that machines choose where nobody does.
const USUAL_FACES: [&str; 3] = ["Playfair Display", "Inter", "Poppins"];

/// One gate: what holds where it is kept.
type Gate = (&'static str, &'static str, fn(&Mark) -> bool);

const GATES: &[Gate] = &[
    ("L1", "every file is clean", |mark| mark.unclean.is_empty()),
    ("L3", "at most 3 fills", |mark| mark.fills <= 3),
    ("L4", "at most 200 segments, 8 kB", |mark| mark.segments <= 200 && mark.bytes <= 8192),
    ("L5", "ink and gap at 16 px: 1 px or more", |mark| !mark.thin[0]),
    ("L6", "parts and holes at 16 px as large", |mark| mark.keeps[0]),
    ("L8", "black: silhouette at least 0.98 the same", |mark| mark.one_color >= 0.98),
    ("L8", "black: no part lost", |mark| mark.parts_lost == 0),
    ("L9", "balance: at most 0.08", |mark| mark.imbalance <= 0.08),
    ("L11", "coverage: 0.12 to 0.80", |mark| (0.12..=0.80).contains(&mark.coverage)),
];

const AIMS: &[Gate] = &[
    ("L3", "at most 2 fills", |mark| mark.fills <= 2),
    ("L5", "ink and gap at 16 px: 1.5 px or more", |mark| !mark.thin[1]),
    ("L6", "parts and holes kept without a small drawing", |mark| mark.keeps[1]),
    ("L9", "balance: at most 0.03", |mark| mark.imbalance <= 0.03),
    ("L11", "coverage: 0.20 to 0.65", |mark| (0.20..=0.65).contains(&mark.coverage)),
];

fn marks(made: &[Made]) -> impl Iterator<Item = (&Made, &Mark)> {
    made.iter().flat_map(|one| one.marks.iter().map(move |mark| (one, mark)))
}

/// Every mark by every gate, with some of those that fail.
pub(super) fn gates(made: &[Made]) {
    println!("| gate, from the exported files | measured | failed | for example |\n|---|---|---|---|");
    for (id, what, holds) in GATES {
        let failed: Vec<_> = marks(made).filter(|(_, mark)| !holds(mark)).collect();
        let named = failed.iter().take(NAMED);
        let named: Vec<String> =
            named.map(|(one, mark)| format!("{} {}", one.order.brief.company_name, mark.id)).collect();
        println!("| {id}: {what} | {} | {} | {} |", marks(made).count(), failed.len(), named.join(", "));
    }
    pairs(made);
    println!("\n| aim | marks | reached |\n|---|---|---|");
    for (id, what, holds) in AIMS {
        let (all, kept) = (marks(made).count(), marks(made).filter(|(_, mark)| holds(mark)).count());
        println!("| {id}: {what} | {all} | {:.1} % |", 100.0 * kept as f64 / all.max(1) as f64);
    }
    for why in marks(made).flat_map(|(_, mark)| &mark.unclean).take(NAMED) {
        println!("\nNot clean: {why}");
    }
}

/// Gates of a whole set: its marks differ, and its families do.
fn pairs(made: &[Made]) {
    let two = |one: &Made| -> Vec<(f64, u32, String)> {
        let marks = &one.marks;
        let pairs = marks.iter().enumerate().flat_map(|(at, a)| marks[at + 1..].iter().map(move |b| (a, b)));
        let seen = |(a, b): (&Mark, &Mark)| {
            let (likeness, bits) = (a.silhouette.likeness(&b.silhouette), a.silhouette.apart(&b.silhouette));
            (likeness, bits, format!("{}: {} and {}", one.order.brief.company_name, a.id, b.id))
        };
        pairs.map(seen).collect()
    };
    let all: Vec<(f64, u32, String)> = made.iter().flat_map(two).collect();
    let like = |(likeness, ..): &&(f64, u32, String)| *likeness > 0.70;
    let near = |(_, bits, _): &&(f64, u32, String)| *bits < 14;
    let (like, near): (Vec<_>, Vec<_>) =
        (all.iter().filter(like).collect(), all.iter().filter(near).collect());
    let example = |failed: &[&(f64, u32, String)]| {
        let told =
            |(likeness, bits, names): &&(f64, u32, String)| format!("{names}, {likeness:.3}, {bits} bits");
        failed.iter().take(NAMED).map(told).collect::<Vec<_>>().join("; ")
    };
    for (gate, failed) in
        [("silhouettes of a set at most 0.70 alike", like), ("hashes of a set at least 14 bits apart", near)]
    {
        println!("| L13: {gate} | {} pairs | {} | {} |", all.len(), failed.len(), example(&failed));
    }
    let most = all.iter().map(|(likeness, ..)| *likeness).fold(0.0, f64::max);
    let fewest = all.iter().map(|(_, bits, _)| *bits).min().unwrap_or_default();
    let few = made.iter().filter(|one| families(one) < one.marks.len().min(4)).count();
    println!("| L14: at least 4 grammars in a set | {} sets | {few} | |", made.len());
    let spacing: Vec<f64> = made.iter().filter_map(|one| one.spacing).collect();
    let uneven: Vec<&Made> = made.iter().filter(|one| one.spacing.is_some_and(|cv| cv > 0.35)).collect();
    let named: Vec<&str> =
        uneven.iter().take(NAMED).map(|one| one.order.brief.company_name.as_str()).collect();
    println!(
        "| L17: gaps of a wordmark vary by at most 0.35 | {} names | {} | {} |",
        spacing.len(),
        uneven.len(),
        named.join(", ")
    );
    let [p50, p95] = [0.5, 0.95].map(|share| quantile(spacing.clone(), share));
    println!("\nThe two marks of a set that are most alike: {most:.3}; the nearest hashes: {fewest} bits.");
    println!("\nGaps of wordmarks vary by {p50:.2} in the median, {p95:.2} at p95.");
}

fn families(one: &Made) -> usize {
    one.marks.iter().map(|mark| mark.grammar.as_str()).collect::<BTreeSet<_>>().len()
}

/// What was drawn to choose from, and which gates refused how much of it.
pub(super) fn drawn(made: &[Made]) {
    let drawn: u32 = made.iter().map(|one| one.drawn).sum();
    let mut rejected: BTreeMap<&str, u32> = BTreeMap::new();
    for (gate, count) in made.iter().flat_map(|one| &one.rejected) {
        *rejected.entry(gate).or_default() += count;
    }
    let refused: u32 = rejected.values().sum();
    let share = |count: u32| 100.0 * f64::from(count) / f64::from(drawn.max(1));
    println!("\n| candidates of {} briefs | marks | share |\n|---|---|---|", made.len());
    println!("| drawn | {drawn} | 100.0 % |");
    println!("| refused by a gate | {refused} | {:.1} % |", share(refused));
    for (gate, count) in rejected {
        println!("| refused by `{gate}` | {count} | {:.1} % |", share(count));
    }
    println!(
        "| chosen | {} | {:.1} % |",
        marks(made).count(),
        100.0 * marks(made).count() as f64 / f64::from(drawn.max(1))
    );
}

/// Marks that two briefs share.
pub(super) fn near(how: &str, made: &[Made]) {
    let all: Vec<(usize, &Made, &Mark)> = made
        .iter()
        .enumerate()
        .flat_map(|(at, one)| one.marks.iter().map(move |mark| (at, one, mark)))
        .collect();
    let (mut count, mut near, mut named) = (0_usize, 0_usize, Vec::new());
    let mut by_grammar: BTreeMap<String, usize> = BTreeMap::new();
    let mut touched = BTreeSet::new();
    for (place, (at, one, mark)) in all.iter().enumerate() {
        for (far, (_, two, other)) in
            all.iter().enumerate().skip(place + 1).filter(|(_, found)| found.0 != *at)
        {
            count += 1;
            let bits = mark.silhouette.apart(&other.silhouette);
            if bits > NEAR_BITS {
                continue;
            }
            near += 1;
            touched.extend([place, far]);
            *by_grammar.entry(format!("{} and {}", mark.grammar, other.grammar)).or_default() += 1;
            let [own, usual] = [0, 1].map(|at| (mark.said.0[at] ^ other.said.0[at]).count_ones());
            named.push(format!(
                "{} {} and {} {}, {bits} bits; {own} and {usual} as the kits say them",
                one.order.brief.company_name, mark.id, two.order.brief.company_name, other.id
            ));
        }
    }
    println!(
        "\n| L15: marks of two briefs with at most {NEAR_BITS} bits between their hashes, {how} | |\n|---|---|"
    );
    println!("| pairs | {near} of {count} |");
    let share = 100.0 * touched.len() as f64 / all.len().max(1) as f64;
    println!("| marks that have such a twin | {} of {} ({share:.1} %) |", touched.len(), all.len());
    for (grammars, count) in by_grammar {
        println!("| {grammars} | {count} |");
    }
    for pair in named.iter().take(NAMED) {
        println!("\nNear: {pair}");
    }
}

/// Which grammars came out, and how often.
pub(super) fn variety(made: &[Made]) {
    let mut grammars: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (_, mark) in marks(made) {
        let row = grammars.entry(&mark.grammar).or_default();
        row[0] += 1;
        row[1] += usize::from(mark.id.starts_with("1-"));
    }
    println!("\n| grammar | concepts | recommended |\n|---|---|---|");
    for (grammar, [count, first]) in &grammars {
        println!("| {grammar} | {count} | {first} |");
    }
    let per_set: Vec<f64> = made.iter().map(|one| families(one) as f64).collect();
    println!(
        "\nGrammars in a set: {:.0} in the median, {:.0} at least.",
        quantile(per_set.clone(), 0.5),
        quantile(per_set, 0.0)
    );
    let hits: Vec<f64> = made.iter().map(|one| usual(one) as f64).collect();
    let (mean, none) = (
        hits.iter().sum::<f64>() / hits.len().max(1) as f64,
        hits.iter().filter(|hits| **hits == 0.0).count(),
    );
    println!(
        "\nL18, what machines do by habit (a letter in a disc; cream with terracotta; {}): {mean:.2} a set, {:.0} % of sets with none.",
        USUAL_FACES.join(", "),
        100.0 * none as f64 / hits.len().max(1) as f64
    );
}

/// Habits of machines in one set: our own judgement.
fn usual(one: &Made) -> usize {
    const OF_LETTERS: [&str; 5] = ["monogram", "negative", "container", "stencil", "monoline"];
    let in_disc = one.marks.iter().filter(|mark| mark.is_disc && OF_LETTERS.contains(&mark.grammar.as_str()));
    let palette = &one.design.palette;
    let swatch = |id: &str| palette.swatch(id).map(|swatch| swatch.rgb);
    let is_cream = |rgb: Rgb| rgb.r > 240 && rgb.g > 230 && rgb.b < rgb.r.saturating_sub(8);
    let is_terracotta =
        |rgb: Rgb| (170..=225).contains(&rgb.r) && (70..=120).contains(&rgb.g) && (45..=100).contains(&rgb.b);
    let is_earthen = swatch("paper").is_some_and(is_cream) && swatch("primary").is_some_and(is_terracotta);
    let is_usual = USUAL_FACES.contains(&one.design.typography.display.key.family.as_str());
    in_disc.count() + usize::from(is_earthen) + usize::from(is_usual)
}

/// A figure of one mark.
type Measured = fn(&Mark) -> f64;

/// How heavy the files are, and how many marks have a drawing of their own for small sizes.
pub(super) fn files(made: &[Made]) {
    println!("\n| mark | p50 | p95 | max |\n|---|---|---|---|");
    let rows: [(&str, Measured); 4] = [
        ("lines and curves (L4; aim p50 60)", |mark| mark.segments as f64),
        ("bytes of SVG (L4; aim p50 3,000)", |mark| mark.bytes as f64),
        ("perimetric complexity (L12)", |mark| mark.complexity),
        ("fills (L3)", |mark| mark.fills as f64),
    ];
    for (what, of) in rows {
        let values: Vec<f64> = marks(made).map(|(_, mark)| of(mark)).collect();
        let [p50, p95, max] = [0.5, 0.95, 1.0].map(|share| quantile(values.clone(), share));
        println!("| {what} | {p50:.1} | {p95:.1} | {max:.1} |");
    }
    let small = marks(made).filter(|(_, mark)| mark.has_small).count();
    println!("\n{small} of {} concepts have a small drawing.", marks(made).count());
}

/// Names of one trade with one initial: whether they get the same marks.
pub(super) fn twins(groups: &[Vec<Made>]) {
    let (mut rank, mut grammar, mut nearest) = (Vec::new(), Vec::new(), Vec::new());
    for group in groups {
        for (at, one) in group.iter().enumerate() {
            for other in &group[at + 1..] {
                for mark in &one.marks {
                    let likeness = |other: &Mark| mark.silhouette.likeness(&other.silhouette);
                    nearest.push(other.marks.iter().map(likeness).fold(0.0, f64::max));
                    grammar.extend(
                        other.marks.iter().filter(|other| other.grammar == mark.grammar).map(likeness),
                    );
                }
                rank.extend(
                    one.marks.iter().zip(&other.marks).map(|(a, b)| a.silhouette.likeness(&b.silhouette)),
                );
            }
        }
    }
    println!(
        "\n| L16: likeness of silhouettes, same trade and initial, other name (aim: median 0.60) | pairs | p50 | p95 |"
    );
    println!("|---|---|---|---|");
    for (what, values) in [
        ("concepts of one rank", rank),
        ("concepts of one grammar", grammar),
        ("each with the nearest of the other name", nearest),
    ] {
        let [p50, p95] = [0.5, 0.95].map(|share| quantile(values.clone(), share));
        println!("| {what} | {} | {p50:.2} | {p95:.2} |", values.len());
    }
}

/// Time of all concepts of a brief.
pub(super) fn times(timed: &[Timed]) {
    println!(
        "\n| six concepts: plan, drawing, every SVG, a PNG each | briefs | p50 | p95 | max |\n|---|---|---|---|---|"
    );
    let wasm: Vec<(f64, bool)> = timed.iter().filter_map(|one| one.wasm).collect();
    for (what, values) in [
        ("native (aim p95 1,000 ms)", timed.iter().map(|one| one.native_ms).collect()),
        ("wasm (aim p95 2,000 ms)", wasm.iter().map(|(took, _)| *took).collect::<Vec<f64>>()),
    ] {
        let [p50, p95, max] = [0.5, 0.95, 1.0].map(|share| quantile(values.clone(), share));
        println!("| {what} | {} | {p50:.0} ms | {p95:.0} ms | {max:.0} ms |", values.len());
    }
    let differ = wasm.iter().filter(|(_, differs)| *differs).count();
    println!("\n{differ} of {} sets differ between native code and wasm.", wasm.len());
}
