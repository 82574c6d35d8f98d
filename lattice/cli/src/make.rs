//! `imprint make`: checks the brief, gets what is missing, runs the job, writes the kit.

use crate::archive;
use crate::args::Make;
use crate::engine::{self, Asked};
use crate::publish;
use crate::record::{self, Kept};
use crate::remake::Old;
use crate::say::{Speaker, data};
use crate::unlike;
use core_brand::brief::RawBrief;
use core_brand::content::sha256_hex;
use core_brand::kit::{BrandFile, ManifestFile};
use core_brand::{Document, Fault, broken};
use core_order::Request;
use core_words::Words;
use imprint_embedded::{Account, ComponentFile, FontEntry, Kit, Settings, Stop, Workshop};
use imprint_supply::Places;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The folders of a kit, as they are told after it was made.
const FOLDERS: [&str; 9] = ["logos", "web", "app", "social", "tokens", "fonts", "print", "email", "book"];

/// Milliseconds, as `--json` tells them.
#[derive(Debug, Default, Serialize)]
struct Timings {
    /// From the start of the program.
    total_ms: u64,
    /// Building and fetching; 0 when nothing was missing.
    setup_ms: u64,
    /// Loading the components until the first can be called.
    engine_ms: u64,
    job_ms: u64,
    write_ms: u64,
    /// Time in calls by step, summed over tasks that ran beside each other.
    steps_ms: BTreeMap<String, u64>,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Report<'a> {
    format: u32,
    kit: &'a Path,
    seed: String,
    version: &'a str,
    concepts: Vec<ConceptLine>,
    warnings: Vec<String>,
    files: Vec<FileLine<'a>>,
    timings: Timings,
}

#[derive(Debug, Serialize)]
struct ConceptLine {
    id: String,
    grammar: String,
    title: String,
}

#[derive(Debug, Serialize)]
struct FileLine<'a> {
    path: &'a str,
    bytes: usize,
}

pub(crate) fn run(make: &Make) -> Result<(), Fault> {
    let asked = asked(make)?;
    let order = core_order::order(&asked.request)?;
    let out = make.out.clone().unwrap_or_else(|| PathBuf::from(order.brief.slug()));
    produce(asked, &Wanted { out, zip: make.zip, json: make.json, quiet: make.quiet })
}

/// Where a kit goes, and what is said about it.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) out: PathBuf,
    /// Whether it is to be packed, too.
    pub(crate) zip: bool,
    pub(crate) json: bool,
    pub(crate) quiet: bool,
}

/// What a job made, with what a remake needs to know of it.
pub(crate) struct Made {
    pub(crate) kit: Kit,
    pub(crate) account: Account,
    /// All content by its hash.
    pub(crate) bytes: BTreeMap<String, Vec<u8>>,
    /// The hash of all components and fonts.
    pub(crate) workshop: String,
    pub(crate) places: Places,
    timings: Timings,
}

/// Makes what was asked for and writes it.
pub(crate) fn produce(asked: Asked, wanted: &Wanted) -> Result<(), Fault> {
    let started = Instant::now();
    // Refused here, before anything is built or fetched, in the same words as by the component.
    core_order::order(&asked.request)?;
    let out = &wanted.out;
    let stop = Stop::default();
    let is_quiet = wanted.quiet || wanted.json;
    // Listens for Ctrl-C before anything is written, and until everything is.
    let runtime = engine::runtime()?;
    listen(&runtime, &stop);
    publish::check(out)?;
    let mut made = work(&runtime, asked, None, (is_quiet, &stop))?;
    let mut lap = Instant::now();
    publish::write(out, &made.kit.files, &stop)?;
    if wanted.zip {
        pack(&made.kit, out)?;
    }
    record::keep(&made, manifest(&made.kit)?);
    made.timings.write_ms = next_lap(&mut lap);
    made.timings.total_ms = elapsed_ms(started);
    let Made { kit, timings, .. } = made;
    let speaker = Speaker::new(is_quiet, stop, Vec::new());
    if wanted.json { print_json(&kit, out, timings) } else { print_summary(&kit, out, &timings, &speaker) }
}

/// Does the work of a request, or of it what was not done for an earlier kit.
pub(crate) fn work(
    runtime: &Runtime,
    asked: Asked,
    old: Option<&Old>,
    (is_quiet, stop): (bool, &Stop),
) -> Result<Made, Fault> {
    let steps = imprint_embedded::steps_of(&Document::working(Request::DOCUMENT, &asked.request)?);
    let speaker = Arc::new(Speaker::new(is_quiet, stop.clone(), steps));
    let done = runtime.block_on(make_kit(asked, old, &speaker, stop));
    speaker.finish();
    done
}

/// Beside the folder, named as it is.
fn pack(kit: &Kit, out: &Path) -> Result<(), Fault> {
    let mut place = out.components().as_path().as_os_str().to_owned();
    place.push(".zip");
    let files: Vec<(&str, &[u8])> =
        kit.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
    archive::write(Path::new(&place), &kit.order.brief.slug(), &files)
}

fn manifest(kit: &Kit) -> Result<&[u8], Fault> {
    let file = kit.files.iter().find(|file| file.path == ManifestFile::PATH);
    file.map(|file| file.bytes.as_slice()).ok_or_else(|| broken!("the kit has no {}", ManifestFile::PATH))
}

/// The brief with what only a kit needs.
fn asked(make: &Make) -> Result<Asked, Fault> {
    let Asked { request, overlay } = engine::asked(&make.wish)?;
    let brief = RawBrief { complexity: make.complexity.clone(), ..request.brief };
    let templates = make.templates.as_deref().map(engine::templates).transpose()?;
    let unlike = unlike::silhouettes(&make.unlike, &[])?;
    let (concepts, painted) = (make.concepts, make.painted.wish());
    Ok(Asked { request: Request { brief, concepts, templates, unlike, painted, ..request }, overlay })
}

/// From now on the first signal asks to stop; the second does not ask.
pub(crate) fn listen(runtime: &Runtime, stop: &Stop) {
    let _inside = runtime.enter();
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    if let (Ok(interrupt), Ok(terminate)) = signals {
        runtime.spawn(interrupts(interrupt, terminate, stop.clone()));
    }
}

async fn interrupts(mut interrupt: Signal, mut terminate: Signal, stop: Stop) {
    loop {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        if stop.is_asked() {
            std::process::exit(i32::from(crate::INTERRUPTED));
        }
        stop.ask();
    }
}

async fn make_kit(
    asked: Asked,
    old: Option<&Old>,
    speaker: &Arc<Speaker>,
    stop: &Stop,
) -> Result<Made, Fault> {
    let mut timings = Timings::default();
    let mut lap = Instant::now();
    let (places, components, fonts) = engine::setup(speaker.clone()).await?;
    timings.setup_ms = next_lap(&mut lap);
    let known = workshop_hash(&components, &fonts);
    let past = old.map(|old| Kept::find(&places, &old.kit, &old.manifest, &known)).unwrap_or_default();
    let settings = Settings { width: engine::threads(), ..Settings::default() };
    let workshop = Workshop::open(&components, fonts, &places.compiled(), settings, now_ms)?;
    if asked.request.painted.is_some() {
        workshop.components().easel().models_in(Places::models()?);
    }
    let workshop = workshop.remembering(past);
    timings.engine_ms = next_lap(&mut lap);
    let document = Document::working(Request::DOCUMENT, &asked.request)?;
    asked.keep(&workshop).await?;
    let watch = |progress| speaker.progress(&progress);
    let kit = workshop.make("br_local_1", document, stop, &watch).await?;
    timings.job_ms = next_lap(&mut lap);
    timings.steps_ms = kit.call_ms.clone();
    let mut bytes = BTreeMap::new();
    for document in &kit.documents {
        bytes.insert(document.content().sha256, workshop.read(document).await?);
    }
    let account = workshop.components().account();
    Ok(Made { kit, account, bytes, workshop: known, places, timings })
}

/// What decides the outputs of tasks beside their inputs.
fn workshop_hash(components: &[ComponentFile], fonts: &[FontEntry]) -> String {
    let mut lines: Vec<String> =
        components.iter().map(|one| format!("{} {}", one.name, one.sha256)).collect();
    lines.extend(fonts.iter().map(|font| format!("{} {}", font.key, font.content.sha256)));
    lines.sort();
    sha256_hex(lines.join("\n").as_bytes())
}

fn print_json(kit: &Kit, out: &Path, timings: Timings) -> Result<(), Fault> {
    let brand = brand(kit)?;
    let kit_path = std::fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
    let concepts = brand.concepts.iter().map(|concept| ConceptLine {
        id: concept.id.clone(),
        grammar: concept.grammar.clone(),
        title: concept.title.clone(),
    });
    let report = Report {
        format: 1,
        kit: &kit_path,
        seed: kit.order.seed.to_string(),
        version: &kit.order.version,
        concepts: concepts.collect(),
        warnings: notes(&brand, &Words::new(&kit.order.brief.language)?)?,
        files: kit.files.iter().map(|file| FileLine { path: &file.path, bytes: file.bytes.len() }).collect(),
        timings,
    };
    data(&serde_json::to_string_pretty(&report).map_err(|why| broken!("{why}"))?);
    Ok(())
}

/// What was made, in the language of the brand.
fn print_summary(kit: &Kit, out: &Path, timings: &Timings, speaker: &Speaker) -> Result<(), Fault> {
    let brand = brand(kit)?;
    let words = Words::new(&kit.order.brief.language)?;
    for note in notes(&brand, &words)? {
        speaker.line(&format!("  {}", words.say("made-note", &[("text", &note)])?));
    }
    let (bytes, path) = (kit.files.iter().map(|file| file.bytes.len()).sum::<usize>(), out.display());
    let (size, path) = ((bytes / 1000).to_string(), path.to_string());
    let sum = words.count(
        "made-files",
        ("count", counted(kit.files.len())),
        &[("size", &size), ("path", &path)],
    )?;
    speaker.line(&format!("\n  {}\n  {sum}\n", kit.order.brief.company_name));
    for line in folders(kit, &brand, &words)? {
        speaker.line(&line);
    }
    let seconds = words.decimal(timings.total_ms as f64 / 1000.0, 1);
    let seed = kit.order.seed.to_string();
    let seed = words.say("made-seed", &[("seed", &seed), ("seconds", &seconds)])?;
    speaker.line(&format!("\n  {seed}{}", setup_share(timings, &words)?));
    Ok(())
}

/// What a person should know: the warnings of the design, and that there are fewer marks than asked for.
fn notes(brand: &BrandFile, words: &Words) -> Result<Vec<String>, Fault> {
    let mut notes: Vec<String> =
        brand.design.0.warnings.iter().map(|warning| warning.message.clone()).collect();
    for missed in &brand.missed {
        notes.push(words.say("made-missed", &[("id", &missed.id), ("why", &missed.why.message)])?);
    }
    let drawn = brand.concepts.iter().filter(|concept| concept.painted.is_none()).count();
    let (made, asked) = (counted(drawn), brand.order.concepts);
    if made < asked {
        let [made, asked] = [made, asked].map(|count| count.to_string());
        notes.push(words.say("made-fewer", &[("count", &made), ("asked", &asked)])?);
    }
    Ok(notes)
}

/// A line for each folder of the kit, with how many files it holds and what they are.
fn folders(kit: &Kit, brand: &BrandFile, words: &Words) -> Result<Vec<String>, Fault> {
    let has = |path: &str| kit.files.iter().any(|file| file.path == path);
    let mut lines = Vec::new();
    for folder in FOLDERS {
        let inside = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let count = kit.files.iter().filter(|file| inside(&file.path)).count();
        if count == 0 {
            continue;
        }
        let about = match folder {
            "logos" => {
                let recommended = [("first", first(brand))];
                words.count("made-concepts", ("count", counted(brand.concepts.len())), &recommended)?
            }
            "book" => words.say("made-book", &[])?,
            _ => words.say(&format!("kit-folder-{folder}"), &[])?,
        };
        lines.push(format!("    {:<14}{count:>4}  {about}", format!("{folder}/")));
    }
    for (file, key) in [("index.html", "made-index"), ("overview.png", "made-overview")] {
        if has(file) {
            lines.push(format!("    {file:<18}  {}", words.say(key, &[])?));
        }
    }
    Ok(lines)
}

fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn first(brand: &BrandFile) -> &str {
    brand.concepts.first().map_or("none", |concept| concept.id.as_str())
}

fn setup_share(timings: &Timings, words: &Words) -> Result<String, Fault> {
    let setup_ms = timings.setup_ms + timings.engine_ms;
    if setup_ms < 1000 {
        return Ok(String::new());
    }
    let seconds = words.decimal(setup_ms as f64 / 1000.0, 1);
    Ok(format!(" {}", words.say("made-setup", &[("seconds", &seconds)])?))
}

fn brand(kit: &Kit) -> Result<BrandFile, Fault> {
    let file = kit.files.iter().find(|file| file.path == BrandFile::PATH);
    let file = file.ok_or_else(|| broken!("the kit has no {}", BrandFile::PATH))?;
    serde_json::from_slice(&file.bytes).map_err(|why| broken!("{}: {why}", BrandFile::PATH))
}

fn next_lap(lap: &mut Instant) -> u64 {
    let spent_ms = elapsed_ms(*lap);
    *lap = Instant::now();
    spent_ms
}

pub(crate) fn elapsed_ms(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// The one clock of this program; it goes into the journal and into timings, never into a kit.
#[allow(clippy::disallowed_methods, reason = "the outermost room hands the time in")]
fn now_ms() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
