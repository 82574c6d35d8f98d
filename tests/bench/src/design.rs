//! The design of a whole corpus: gates, warnings, variety, time; native and in wasm.

use crate::corpus::corpus;
use crate::ms;
use core_brand::brief::Order;
use core_brand::check::{Check, Comparison, Severity};
use core_brand::{Design, Document, Fault, Rgb, Task};
use core_color::{contrast, difference};
use imprint_artifacts::artifacts;
use imprint_embedded::{CallContext, Callee, MemoryBlobs, Settings, Workshop};
use imprint_harness::{Chance, NativeComponents};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

/// Two colours closer than this (CIEDE2000) are taken for one where they are not seen side by side.
const ALIKE: f64 = 5.0;
/// The colours that make a palette what it is.
const VOICES: [&str; 3] = ["primary", "secondary", "accent"];

/// One brief and what came of it.
struct Made {
    order: Order,
    design: Design,
    native_ms: f64,
    wasm_ms: f64,
    /// Whether wasm made other bytes than native code.
    differs: bool,
}

pub(crate) fn print() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("threads start");
    let chance = Chance::of_environment();
    let seed = chance.seed();
    let made = runtime.block_on(make(chance)).unwrap_or_else(|fault| panic!("{fault}"));
    let industries: BTreeSet<&str> = made.iter().map(|one| one.order.brief.industry.as_str()).collect();
    println!(
        "\n{} briefs of {} industries, every other drawn: IMPRINT_SEED={seed}\n",
        made.len(),
        industries.len()
    );
    gates(&made);
    replaced(&made);
    warnings(&made);
    variety(&made);
    distances(&made);
    times(&made);
}

/// Each brief native and in wasm, in turn.
async fn make(chance: Chance) -> Result<Vec<Made>, Fault> {
    let built = artifacts();
    let native = NativeComponents::new(Arc::new(MemoryBlobs::default()), Vec::new());
    let design: Vec<_> = built.components.iter().filter(|one| one.name == "design").cloned().collect();
    let wasm = Workshop::open(&design, Vec::new(), &built.compiled, Settings::default(), || 0)?;
    let mut made = Vec::new();
    for order in corpus(chance)? {
        let document = Document::working(Order::DOCUMENT, &order)?;
        let task = Task::new(core_design::TASK, core_design::TASK, &(), vec![document])?;
        let (native_ms, one) = timed(&native, &task).await?;
        let (wasm_ms, other) = timed(wasm.components(), &task).await?;
        let differs = one != other;
        let design = serde_json::from_slice(&one).map_err(|why| core_brand::broken!("a design: {why}"))?;
        made.push(Made { order, design, native_ms, wasm_ms, differs });
    }
    Ok(made)
}

async fn timed<C: Callee>(callee: &C, task: &Task) -> Result<(f64, Vec<u8>), Fault> {
    let ctx = CallContext { tenant: "local".into(), ..CallContext::default() };
    let started = Instant::now();
    let documents = callee.build("design".to_owned(), ctx, task.clone()).await?;
    let took = ms(started.elapsed());
    match documents.into_iter().next().map(|document| document.body) {
        Some(core_brand::Body::Inline(bytes)) => Ok((took, bytes)),
        _ => Err(core_brand::broken!("no design at hand")),
    }
}

/// What was measured of one kind of gate.
#[derive(Default)]
struct Gate {
    measured: usize,
    failed: usize,
    /// How much of the threshold the tightest has to spare; one is none.
    tightest: Option<f64>,
}

/// The first two words of an id: what is measured, whatever it is measured on.
fn kind(check: &Check) -> String {
    check.id.split('.').take(2).collect::<Vec<_>>().join(".")
}

/// Measured over wanted, or the other way round where less is better. Nothing where a value must be met.
fn spare(check: &Check) -> Option<f64> {
    let spare = match check.comparison {
        Comparison::AtLeast => check.measured / check.threshold,
        Comparison::AtMost => check.threshold / check.measured,
        Comparison::Equal => return None,
    };
    spare.is_finite().then_some(spare)
}

fn gates(made: &[Made]) {
    let mut kinds: BTreeMap<String, Gate> = BTreeMap::new();
    let checks = made.iter().flat_map(|one| &one.design.checks);
    for check in checks.filter(|check| check.severity == Severity::Gate) {
        let gate = kinds.entry(kind(check)).or_default();
        gate.measured += 1;
        gate.failed += usize::from(!check.passed);
        gate.tightest = gate.tightest.into_iter().chain(spare(check)).reduce(f64::min);
    }
    println!("| gate | measured | failed | tightest, of its threshold |\n|---|---|---|---|");
    for (kind, gate) in kinds {
        let tightest = gate.tightest.map_or_else(|| "met".to_owned(), |spare| format!("{spare:.3}"));
        println!("| `{kind}` | {} | {} | {tightest} |", gate.measured, gate.failed);
    }
}

/// The brand's own colours in the roles of their name: kept where they keep the promise, else a sister stands in.
fn replaced(made: &[Made]) {
    let mut rows: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    for design in made.iter().map(|one| &one.design) {
        for theme in &design.palette.themes {
            for voice in VOICES {
                let (Some(swatch), Some(role)) = (design.palette.swatch(voice), theme.role(voice)) else {
                    continue;
                };
                let row = rows.entry((&theme.id, voice)).or_default();
                row[0] += 1;
                row[1] += usize::from(breaks(design, &theme.id, voice, swatch.rgb));
                row[2] += usize::from(role != swatch.rgb);
            }
        }
    }
    println!("\n| theme, role | own colour tried | would break a promise | replaced |\n|---|---|---|---|");
    for ((theme, voice), [tried, breaks, replaced]) in rows {
        println!("| {theme}, {voice} | {tried} | {breaks} | {replaced} |");
    }
}

/// Whether a colour in this role would miss a contrast that the palette promises.
fn breaks(design: &Design, theme: &str, role: &str, rgb: Rgb) -> bool {
    let palette = &design.palette;
    let ground = |id: &str| palette.theme(theme).and_then(|theme| theme.role(id));
    let promises = palette.contrasts.iter().filter(|pair| pair.theme == theme && pair.foreground == role);
    let mut missed =
        promises.filter_map(|pair| Some(contrast(rgb, ground(&pair.background)?) < pair.threshold));
    missed.any(|missed| missed)
}

fn warnings(made: &[Made]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for design in made.iter().map(|one| &one.design) {
        let missed = design.checks.iter().filter(|check| check.severity == Severity::Warn && !check.passed);
        let ids =
            design.warnings.iter().map(|note| note.id.as_str()).chain(missed.map(|check| check.id.as_str()));
        // A brief counts once for each kind.
        for id in ids.collect::<BTreeSet<_>>() {
            *counts.entry(id).or_default() += 1;
        }
    }
    println!("\n| warning | briefs |\n|---|---|");
    for (id, count) in counts {
        println!("| `{id}` | {count} |");
    }
}

fn voices(design: &Design) -> Vec<Rgb> {
    VOICES.iter().filter_map(|id| design.palette.swatch(id)).map(|swatch| swatch.rgb).collect()
}

fn variety(made: &[Made]) {
    let all = |design: &Design| design.palette.swatches.iter().map(|swatch| swatch.rgb).collect::<Vec<_>>();
    let palettes: BTreeSet<Vec<Rgb>> = made.iter().map(|one| all(&one.design)).collect();
    let families = |design: &Design| {
        let typography = &design.typography;
        (typography.display.key.family.clone(), typography.text.key.family.clone())
    };
    let pairs: BTreeSet<_> = made.iter().map(|one| families(&one.design)).collect();
    println!("\n| variety | |\n|---|---|");
    println!("| distinct palettes | {} of {} |", palettes.len(), made.len());
    println!("| distinct pairs of families | {} |", pairs.len());
    // A colour that a person gave makes palettes differ, or agree, by the person.
    let free: Vec<&Made> = made.iter().filter(|one| !one.design.palette.given).collect();
    let palettes: BTreeSet<Vec<Rgb>> = free.iter().map(|one| all(&one.design)).collect();
    println!("| distinct palettes where no colour was given | {} of {} |", palettes.len(), free.len());
    let same = shared(&free, |a, b| all(a) == all(b));
    println!("| pairs of briefs of different industries with the same palette, no colour given | {same} |");
    let alike = shared(&free, |a, b| {
        let (a, b) = (voices(a), voices(b));
        a.iter().zip(&b).all(|(one, other)| difference(*one, *other) < ALIKE)
    });
    println!("| the same with primary, secondary and accent each within dE00 {ALIKE} | {alike} |");
}

/// The share of pairs of different industries of which something holds.
fn shared(made: &[&Made], holds: impl Fn(&Design, &Design) -> bool) -> String {
    let (mut count, mut held) = (0_usize, 0_usize);
    for (index, one) in made.iter().enumerate() {
        let strangers =
            made[index + 1..].iter().filter(|other| one.design.industry.id != other.design.industry.id);
        for other in strangers {
            count += 1;
            held += usize::from(holds(&one.design, &other.design));
        }
    }
    format!("{held} of {count} ({:.3} %)", 100.0 * held as f64 / count.max(1) as f64)
}

/// How far the designs stand from their categories, by what was asked for. A colour that a person gave stands where it
/// stands, whatever was asked.
fn distances(made: &[Made]) {
    let mut rows: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for one in made.iter().filter(|one| !one.design.palette.given) {
        let asked =
            one.order.brief.distance.map_or("nothing".to_owned(), |asked| format!("{:.2}", asked.value()));
        let found = one.design.distance.as_ref().map(|found| found.measured);
        rows.entry(asked).or_default().extend(found);
    }
    println!(
        "\n| distance asked, no colour given | briefs | measured p5 | p50 | p95 |\n|---|---|---|---|---|"
    );
    for (asked, found) in rows {
        let [p5, p50, p95] = [0.05, 0.5, 0.95].map(|share| quantile(found.clone(), share));
        println!("| {asked} | {} | {p5:.2} | {p50:.2} | {p95:.2} |", found.len());
    }
}

fn times(made: &[Made]) {
    println!("\n| palette and type with all checks | p50 | p95 | max |\n|---|---|---|---|");
    for (label, times) in [
        ("native", made.iter().map(|one| one.native_ms).collect::<Vec<_>>()),
        ("wasm, with its instantiation", made.iter().map(|one| one.wasm_ms).collect()),
    ] {
        let [p50, p95, max] = [0.5, 0.95, 1.0].map(|share| quantile(times.clone(), share));
        println!("| {label} | {p50:.1} ms | {p95:.1} ms | {max:.1} ms |");
    }
    let differ = made.iter().filter(|one| one.differs).count();
    println!("\n{differ} of {} designs differ between native code and wasm.", made.len());
}

fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * share).ceil() as usize;
    values.get(place.saturating_sub(1)).copied().unwrap_or_default()
}
