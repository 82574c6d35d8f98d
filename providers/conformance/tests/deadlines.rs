//! Deadlines are kept also when nobody works on a job: by its timer, and without one by the sweeper.

use core_brand::Document;
use core_saga::{Event, Pins, Status, Terms, View};
use imprint_ledger::jobs::{Asker, Jobs, Submission};
use imprint_ledger::journal::{Home, Stamp, previous_of};
use imprint_ledger::queue::{Claim, DECIDE, Queues};
use imprint_ledger::{Bus, JetStreamLedger, JetStreamQueues, Ledger, read_all};
use imprint_servers::{NatsServer, nats_server};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const REGION: &str = "us-east-1";
/// A state that does not come by then does not come.
const WAIT_MAX: Duration = Duration::from_secs(20);
/// When the clock of these tests begins.
const BEGAN_MS: u64 = 1_000_000;

/// A clock that goes on with the tests.
fn now_ms() -> u64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    BEGAN_MS + u64::try_from(BEGAN.get_or_init(Instant::now).elapsed().as_millis()).unwrap_or_default()
}

/// One that is an hour ahead.
fn later_ms() -> u64 {
    now_ms() + 3_600_000
}

async fn bus(server: &NatsServer) -> Bus {
    Bus::new(async_nats::connect(server.url()).await.expect("works"), "IMPRINT", 1)
}

fn asker() -> Asker {
    Asker { tenant: "acme".to_owned(), traceparent: String::new(), now_ms: now_ms() }
}

fn home(number: usize) -> Home {
    Home::new(REGION, "acme", &format!("br_{REGION}_{number:0>26}"))
}

fn submission(number: usize, timeout_ms: u64) -> Submission {
    let pins = Pins {
        steps_version: 1,
        components: BTreeMap::new(),
        model_variant: "stable".to_owned(),
        draws: Vec::new(),
    };
    let request = Document::working("request", &"a brief").expect("works");
    let event = Event::Requested { request, pins, terms: Terms { timeout_ms, ..Terms::default() } };
    let stamp = Stamp { now_ms: now_ms(), ..Stamp::default() };
    let first = home(number).entry(0, &previous_of(&[]), &event, stamp).expect("works");
    Submission { id: home(number).job_id, home_region: REGION.to_owned(), first }
}

async fn until_late(jobs: &Jobs, number: usize) -> View {
    let end = Instant::now() + WAIT_MAX;
    loop {
        let view = jobs.view(&asker(), &home(number).job_id).await.expect("answers").expect("is there");
        if view.sla.missed {
            return view;
        }
        assert!(Instant::now() < end, "nobody says that it is late: {view:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_job_that_nobody_works_on_is_late_in_time() {
    let Some(server) = nats_server() else { return };
    let bus = bus(&server).await;
    let jobs = Jobs::start(&bus, now_ms).await.unwrap();
    jobs.ready().await;
    jobs.submit(&asker(), vec![submission(1, 600), submission(2, 600_000)]).await.unwrap();
    let view = until_late(&jobs, 1).await;
    assert_eq!((view.status, view.code.as_deref()), (Status::Queued, Some("job.deadline")));
    assert_eq!((view.step_failed.as_deref(), view.sequence), (Some("create-job"), 2));
    let took_ms = now_ms() - view.created_ms;
    assert!((600..5600).contains(&took_ms), "{took_ms} ms");
    let other = jobs.view(&asker(), &home(2).job_id).await.unwrap().unwrap();
    assert_eq!((other.sequence, other.sla.missed), (1, false));
    // The runner is reminded, takes back what was made, and writes the end.
    let queues = JetStreamQueues::open(&bus).await.unwrap();
    let mut reminders = Vec::new();
    while let Some(claim) = queues.claim(&[DECIDE], Duration::from_secs(1)).await.unwrap() {
        reminders.push(claim.work().id.clone());
        claim.done().await.unwrap();
    }
    assert!(reminders.contains(&format!("{}/{DECIDE}/2", home(1).job_id)), "{reminders:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_outlives_the_provider_and_the_server() {
    let Some(mut server) = nats_server() else { return };
    let jobs = Jobs::start(&bus(&server).await, now_ms).await.unwrap();
    jobs.ready().await;
    jobs.submit(&asker(), vec![submission(1, 1500)]).await.unwrap();
    drop(jobs);
    tokio::task::block_in_place(|| server.restart());
    let jobs = Jobs::start(&bus(&server).await, now_ms).await.unwrap();
    let view = until_late(&jobs, 1).await;
    assert_eq!((view.code.as_deref(), view.sequence), (Some("job.deadline"), 2));
    let stored = read_all(jobs.ledger(), &home(1).subject()).await.unwrap();
    assert_eq!(stored.len(), 2, "said once");
}

/// The process that began it died before it set the timer.
#[tokio::test]
async fn without_a_timer_the_sweeper_keeps_the_deadline() {
    let Some(server) = nats_server() else { return };
    let bus = bus(&server).await;
    let ledger = JetStreamLedger::open(&bus).await.unwrap();
    ledger.append(&home(1).subject(), 0, vec![submission(1, 1000).first]).await.unwrap();
    let (one, two) = (Jobs::start(&bus, later_ms).await.unwrap(), Jobs::start(&bus, later_ms).await.unwrap());
    let view = until_late(&one, 1).await;
    assert_eq!((view.code.as_deref(), view.sequence), (Some("job.deadline"), 2));
    until_late(&two, 1).await;
    assert_eq!(read_all(&ledger, &home(1).subject()).await.unwrap().len(), 2, "said once, by one of both");
}
