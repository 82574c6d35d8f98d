//! What jobs tell everybody, read from the public streams as a stranger would, and checked against `schemas/`.

use async_nats::jetstream;
use core_brand::{BlobRef, Document};
use core_saga::{Event, GenerationRequested, Outcome, Pins, STEPS, TaskRef, Terms};
use imprint_ledger::jobs::{Asker, Jobs, Submission};
use imprint_ledger::journal::{Home, Stamp, previous_of};
use imprint_ledger::outbox::{Channel, ROWS};
use imprint_ledger::{Bus, JetStreamLedger, Ledger, read_all};
use imprint_servers::{NatsServer, nats_server};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const REGION: &str = "us-east-1";
const TENANT: &str = "acme";
const SECRET: &str = "Northwind Coffee";
const NOW_MS: u64 = 1_795_219_200_123;
/// What is not published by then is not published.
const WAIT_MAX: Duration = Duration::from_secs(30);

async fn bus(server: &NatsServer) -> Bus {
    Bus::new(async_nats::connect(server.url()).await.expect("works"), "IMPRINT", 1)
}

async fn start(bus: &Bus) -> Jobs {
    let jobs = Jobs::start(bus, || NOW_MS).await.expect("works");
    jobs.ready().await;
    jobs
}

fn home(number: usize) -> Home {
    Home::new(REGION, TENANT, &format!("br_{REGION}_{number:0>26}"))
}

async fn submit(jobs: &Jobs, number: usize) {
    let components = BTreeMap::new();
    let pins = Pins { steps_version: 1, components, model_variant: "stable".to_owned(), draws: Vec::new() };
    let brief = json!({ "company_name": SECRET, "industry": "coffee", "style": "modern",
        "primary_color": "#2563eb", "complexity": "simple", "language": "en", "distance": 0.8 });
    let request = Document::working("request.json", &json!({ "brief": brief, "seed": null })).expect("works");
    let stamp = Stamp { now_ms: NOW_MS, traceparent: Some("00-1-2-01".to_owned()), ..Stamp::default() };
    let event = Event::Requested { request, pins, terms: Terms::default() };
    let first = home(number).entry(0, &previous_of(&[]), &event, stamp).expect("works");
    let one = Submission { id: home(number).job_id, home_region: REGION.to_owned(), first };
    let asker = Asker { tenant: TENANT.to_owned(), traceparent: String::new(), now_ms: NOW_MS };
    jobs.submit(&asker, vec![one]).await.expect("works");
}

/// What the runner would write.
async fn write(ledger: &JetStreamLedger, number: usize, event: &Event) {
    let home = home(number);
    let stored = read_all(ledger, &home.subject()).await.expect("works");
    let stamp = Stamp { now_ms: NOW_MS + 1, ..Stamp::default() };
    let sequence = stored.len() as u64;
    let entry = home.entry(sequence, &previous_of(&stored), event, stamp).expect("works");
    ledger.append(&home.subject(), sequence, vec![entry]).await.expect("works");
}

fn planned(step: &str) -> Event {
    let one = TaskRef { id: "one".to_owned(), content: BlobRef::of(b"task") };
    Event::Planned { step: step.to_owned(), tasks: vec![one] }
}

fn built(step: &str) -> Event {
    Event::Built { step: step.to_owned(), task: "one".to_owned(), documents: Vec::new() }
}

fn failed() -> Event {
    let message = format!("`{SECRET}` cannot be drawn.");
    Event::StepFailed { step: "logo".to_owned(), code: "internal.broken".to_owned(), message }
}

fn ended(outcome: Outcome) -> Event {
    Event::Ended { outcome }
}

/// Everything in the stream of a channel: subject and event, oldest first.
async fn published(bus: &Bus, channel: Channel) -> Vec<(String, Value)> {
    let context = jetstream::new(bus.client().clone());
    let mut stream = context.get_stream(channel.stream()).await.expect("is there");
    let state = stream.info().await.expect("answers").state.clone();
    let mut all = Vec::new();
    for sequence in state.first_sequence.max(1)..=state.last_sequence {
        // Some were removed.
        if let Ok(message) = stream.get_raw_message(sequence).await {
            all.push((message.subject.to_string(), serde_json::from_slice(&message.payload).expect("JSON")));
        }
    }
    all
}

/// Waits until so much is published that `is_there`.
async fn until(
    bus: &Bus,
    channel: Channel,
    is_there: impl Fn(&[(String, Value)]) -> bool,
) -> Vec<(String, Value)> {
    let end = Instant::now() + WAIT_MAX;
    loop {
        let all = published(bus, channel).await;
        if is_there(&all) {
            return all;
        }
        assert!(Instant::now() < end, "published is only {all:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn has(all: &[(String, Value)], number: usize, name: &str) -> bool {
    all.iter().any(|(subject, _)| subject.ends_with(&format!(".{}.{name}", home(number).job_id)))
}

fn schema(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schemas").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    serde_json::from_str(&text).expect("a schema is JSON")
}

fn fits(schema: &Value, value: &Value) {
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(schema);
    let validator = validator.expect("is a schema");
    let faults: Vec<String> = validator.iter_errors(value).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{value:#}");
}

/// An event is what its schemas say, under the subject that its stream has.
fn check(channel: Channel, subject: &str, event: &Value) {
    fits(&schema("envelope.v1.json"), event);
    let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
    let named = text("dataschema").replace("urn:brandgenerator:events:", "").replace(":v", ".v");
    fits(&schema(&format!("{named}.json")), &event["data"]);
    let name = text("type").replace("com.brandgenerator.events.", "");
    let row = ROWS.iter().find(|row| row.name == name).expect("is known");
    assert_eq!((named, text("kind").as_str()), (format!("{name}.v{}", row.version), row.kind.as_str()));
    assert!(row.channels.contains(&channel), "{name}");
    let root = if channel == Channel::Audit { "audit" } else { "progress" };
    assert_eq!(subject, format!("imprint.events.{root}.{TENANT}.{}.{name}", text("subject")));
}

#[tokio::test]
async fn what_jobs_tell_is_what_the_schemas_say() {
    let Some(server) = nats_server() else { return };
    let bus = bus(&server).await;
    let jobs = start(&bus).await;
    let ledger = JetStreamLedger::open(&bus).await.unwrap();
    for number in 1..=3 {
        submit(&jobs, number).await;
    }
    for row in STEPS {
        write(&ledger, 1, &planned(row.name)).await;
        write(&ledger, 1, &built(row.name)).await;
    }
    write(&ledger, 1, &ended(Outcome::Completed)).await;
    write(&ledger, 2, &failed()).await;
    write(&ledger, 2, &ended(Outcome::Failed)).await;
    write(&ledger, 3, &Event::CancelRequested).await;
    write(&ledger, 3, &ended(Outcome::Cancelled)).await;
    let audit = until(&bus, Channel::Audit, |all| has(all, 3, "brand.generation.ended")).await;
    let progress = until(&bus, Channel::Progress, |all| has(all, 3, "brand.generation.cancelled")).await;
    let asked = progress.iter().find(|(subject, _)| subject.ends_with("brand.generation.requested"));
    let asked = GenerationRequested::read(3, &asked.unwrap().1["data"].to_string()).unwrap();
    assert_eq!((asked.company_name.as_str(), asked.user_id.as_str()), (SECRET, TENANT));
    assert_eq!(asked.style_preferences.primary_color.as_deref(), Some("#2563eb"));
    assert_eq!(asked.style_preferences.complexity, "simple");
    assert_eq!(asked.style_preferences.distance, Some(0.8));

    // Erased: what was said of it is gone, and the others' is not.
    write(&ledger, 1, &Event::EraseRequested).await;
    write(&ledger, 1, &Event::Erased).await;
    let audit_later = until(&bus, Channel::Audit, |all| has(all, 1, "brand.erased")).await;
    let progress_later = until(&bus, Channel::Progress, |all| has(all, 1, "brand.erased")).await;
    let of_first = progress_later.iter().filter(|(subject, _)| subject.contains(&home(1).job_id));
    assert_eq!(of_first.count(), 1, "{progress_later:#?}");
    assert!(has(&progress_later, 2, "brand.generation.requested"));
    assert!(audit_later.starts_with(&audit), "an audit only grows");

    let mut names = BTreeSet::new();
    for (channel, all) in
        [(Channel::Progress, progress), (Channel::Progress, progress_later), (Channel::Audit, audit_later)]
    {
        for (subject, event) in &all {
            check(channel, subject, event);
            names.insert(event["type"].as_str().unwrap().replace("com.brandgenerator.events.", ""));
            let says = event.to_string().contains(SECRET);
            assert_eq!(says, subject.ends_with("brand.generation.requested"), "{event:#}");
        }
    }
    // `brand.erase.requested` among them: every row was seen.
    assert_eq!(names, ROWS.iter().map(|row| row.name.to_owned()).collect());
}

/// Providers and the server are killed while jobs go on: everything is told, in the order of each job, once.
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_point_nothing_is_lost_and_the_order_stays() {
    const JOBS: usize = 8;
    let Some(mut server) = nats_server() else { return };
    let bus = bus(&server).await;
    let ledger = JetStreamLedger::open(&bus).await.unwrap();
    let mut jobs = start(&bus).await;
    for number in 0..JOBS {
        submit(&jobs, number).await;
    }
    for (turn, row) in STEPS.iter().enumerate() {
        // Another process, which starts while the last one is in the middle of it; two of them in every other turn.
        let other = if turn % 2 == 0 { Some(Jobs::start(&bus, || NOW_MS).await.unwrap()) } else { None };
        for number in 0..JOBS {
            write(&ledger, number, &planned(row.name)).await;
            write(&ledger, number, &built(row.name)).await;
        }
        drop(other);
        drop(jobs);
        if turn % 3 == 1 {
            tokio::task::block_in_place(|| server.restart());
        }
        jobs = Jobs::start(&bus, || NOW_MS).await.unwrap();
    }
    for number in 0..JOBS {
        write(&ledger, number, &ended(Outcome::Completed)).await;
    }
    let is_all =
        |all: &[(String, Value)]| (0..JOBS).all(|number| has(all, number, "brand-kit.compilation.finished"));
    let all = until(&bus, Channel::Progress, is_all).await;
    let ids: BTreeSet<&str> = all.iter().map(|(_, event)| event["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len(), "the stream knows an id for two minutes");
    for number in 0..JOBS {
        let id = home(number).job_id;
        let of_job = all.iter().filter(|(subject, _)| subject.contains(&id));
        let told: Vec<(String, &str)> = of_job
            .map(|(_, event)| {
                let name = event["type"].as_str().unwrap().replace("com.brandgenerator.events.", "");
                (name, event["sequence"].as_str().unwrap())
            })
            .collect();
        assert!(told.is_sorted_by_key(|(_, sequence)| *sequence), "{told:#?}");
        // Asked, planned and built for each step, three that have names of their own, and the end.
        assert_eq!(told.len(), 1 + 2 * STEPS.len() + 3 + 1, "{told:#?}");
    }
}

/// A brand that was erased while nobody published is not told of afterwards.
#[tokio::test]
async fn what_was_erased_before_it_was_told_is_never_told() {
    let Some(server) = nats_server() else { return };
    let bus = bus(&server).await;
    let ledger = JetStreamLedger::open(&bus).await.unwrap();
    let jobs = start(&bus).await;
    submit(&jobs, 1).await;
    until(&bus, Channel::Audit, |all| has(all, 1, "brand.generation.accepted")).await;
    let first = ledger.read(&home(1).subject(), 0).await.unwrap();
    drop(jobs);
    // The same words in the journal of another job, and its end, while the outbox is away.
    let text = String::from_utf8(first[0].clone()).unwrap().replace(&home(1).job_id, &home(2).job_id);
    ledger.append(&home(2).subject(), 0, vec![text.into_bytes()]).await.unwrap();
    write(&ledger, 2, &Event::EraseRequested).await;
    write(&ledger, 2, &Event::Erased).await;
    let _jobs = start(&bus).await;
    let told = until(&bus, Channel::Progress, |all| has(all, 2, "brand.erased")).await;
    assert!(!has(&told, 2, "brand.generation.requested") && has(&told, 1, "brand.generation.requested"));
}
