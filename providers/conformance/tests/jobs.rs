//! Jobs as their owners see them, over a real server that is also killed. The runner is played by hand.

use core_brand::fault::Code;
use core_brand::{BlobRef, Document};
use core_saga::{Event, Outcome, Pins, Priority, Status, TaskRef, Terms};
use imprint_ledger::jobs::{Asker, Jobs, Submission};
use imprint_ledger::journal::{Home, Stamp, check_chain, previous_of};
use imprint_ledger::queue::{Claim, DECIDE, Queues};
use imprint_ledger::{Bus, JetStreamLedger, JetStreamQueues, Ledger, read_all};
use imprint_servers::{NatsServer, nats_server};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const REGION: &str = "us-east-1";
/// A state that does not come by then does not come.
const WAIT_MAX: Duration = Duration::from_secs(20);
/// The clock of all tests.
const NOW_MS: u64 = 1_000_000;

struct Lattice {
    server: NatsServer,
    bus: Bus,
    jobs: Jobs,
}

impl Lattice {
    async fn start() -> Option<Self> {
        let server = nats_server()?;
        let bus = bus(&server).await;
        let jobs = Jobs::start(&bus, || NOW_MS).await.expect("works");
        jobs.ready().await;
        Some(Self { server, bus, jobs })
    }

    async fn submit(&self, tenant: &str, number: usize) -> String {
        let one = submission(tenant, number);
        let id = one.id.clone();
        assert!(self.jobs.submit(&asker(tenant), vec![one]).await.expect("works")[0].fresh);
        id
    }

    /// What the runner would write.
    async fn write(&self, tenant: &str, id: &str, event: &Event) {
        let ledger = JetStreamLedger::open(&self.bus).await.expect("works");
        let home = Home::new(REGION, tenant, id);
        let stored = read_all(&ledger, &home.subject()).await.expect("works");
        check_chain(&stored).expect("works");
        let stamp = Stamp { now_ms: NOW_MS, ..Stamp::default() };
        let sequence = stored.len() as u64;
        let entry = home.entry(sequence, &previous_of(&stored), event, stamp).expect("works");
        ledger.append(&home.subject(), sequence, vec![entry]).await.expect("works");
    }

    async fn until(&self, tenant: &str, id: &str, status: Status) {
        let end = Instant::now() + WAIT_MAX;
        while self.jobs.view(&asker(tenant), id).await.expect("answers").expect("is there").status != status {
            assert!(Instant::now() < end, "{id} does not become {status:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn kinds(&self, tenant: &str, id: &str, after: u64) -> Vec<(u64, &'static str)> {
        let told = self.jobs.events(&asker(tenant), id, after, 5000).await.expect("works");
        told.iter().map(|event| (event.sequence, event.kind)).collect()
    }
}

async fn bus(server: &NatsServer) -> Bus {
    Bus::new(async_nats::connect(server.url()).await.expect("works"), "IMPRINT", 1)
}

fn asker(tenant: &str) -> Asker {
    Asker { tenant: tenant.to_owned(), traceparent: String::new(), now_ms: NOW_MS }
}

fn id(number: usize) -> String {
    format!("br_{REGION}_{number:0>26}")
}

fn requested(priority: Priority) -> Event {
    let pins = Pins {
        steps_version: 1,
        components: BTreeMap::new(),
        model_variant: "stable".to_owned(),
        draws: Vec::new(),
    };
    let request = Document::working("request", &"a brief").expect("works");
    Event::Requested { request, pins, terms: Terms { priority, ..Terms::default() } }
}

fn submission(tenant: &str, number: usize) -> Submission {
    let home = Home::new(REGION, tenant, &id(number));
    let stamp = Stamp { now_ms: NOW_MS, ..Stamp::default() };
    let first = home.entry(0, &previous_of(&[]), &requested(Priority::High), stamp).expect("works");
    Submission { id: id(number), home_region: REGION.to_owned(), first }
}

fn planned(step: &str) -> Event {
    Event::Planned {
        step: step.to_owned(),
        tasks: vec![TaskRef { id: "one".to_owned(), content: BlobRef::of(b"task") }],
    }
}

fn built(step: &str) -> Event {
    Event::Built { step: step.to_owned(), task: "one".to_owned(), documents: Vec::new() }
}

#[tokio::test]
async fn a_job_is_begun_once_and_reminded_of() {
    let Some(lattice) = Lattice::start().await else { return };
    let both = vec![submission("acme", 1), submission("acme", 2)];
    let receipts = lattice.jobs.submit(&asker("acme"), both.clone()).await.unwrap();
    assert!(receipts.iter().all(|receipt| receipt.fresh));
    let mut other = submission("acme", 1);
    other.first = Home::new(REGION, "acme", &id(1))
        .entry(0, &previous_of(&[]), &requested(Priority::Low), Stamp::default())
        .unwrap();
    let again = lattice.jobs.submit(&asker("acme"), vec![other]).await.unwrap();
    assert!(!again[0].fresh);
    assert_eq!(again[0].first, both[0].first, "what was stored first is given back");
    let queues = JetStreamQueues::open(&lattice.bus).await.unwrap();
    for number in [1, 2] {
        let claim = queues.claim(&[DECIDE], Duration::from_secs(2)).await.unwrap().unwrap();
        assert_eq!((&claim.work().job_id, claim.work().priority), (&id(number), Priority::High));
        claim.done().await.unwrap();
    }
    assert!(queues.claim(&[DECIDE], Duration::ZERO).await.unwrap().is_none());
}

/// One key, a hundred at once, through two processes: each writes a beginning of its own, and all are told the same one.
#[tokio::test(flavor = "multi_thread")]
async fn of_a_hundred_at_once_one_begins_the_job() {
    let Some(lattice) = Lattice::start().await else { return };
    let mut asked = JoinSet::new();
    for process in 0..2 {
        let jobs = Arc::new(Jobs::start(&bus(&lattice.server).await, || NOW_MS).await.expect("works"));
        jobs.ready().await;
        for number in 0..50 {
            let stamp = Stamp { now_ms: NOW_MS + process * 50 + number, ..Stamp::default() };
            let home = Home::new(REGION, "acme", &id(1));
            let first = home.entry(0, &previous_of(&[]), &requested(Priority::High), stamp).expect("works");
            let (one, jobs) = (Submission { first, ..submission("acme", 1) }, Arc::clone(&jobs));
            asked.spawn(
                async move { jobs.submit(&asker("acme"), vec![one]).await.expect("is told").remove(0) },
            );
        }
    }
    let receipts = asked.join_all().await;
    assert_eq!(receipts.iter().filter(|receipt| receipt.fresh).count(), 1);
    let begun = &receipts.iter().find(|receipt| receipt.fresh).expect("one begins").first;
    assert!(receipts.iter().all(|receipt| receipt.first == *begun));
    let ledger = JetStreamLedger::open(&lattice.bus).await.unwrap();
    let home = Home::new(REGION, "acme", &id(1));
    assert_eq!(read_all(&ledger, &home.subject()).await.unwrap().len(), 1);
    let queues = JetStreamQueues::open(&lattice.bus).await.unwrap();
    queues
        .claim(&[DECIDE], Duration::from_secs(2))
        .await
        .unwrap()
        .expect("is reminded of")
        .done()
        .await
        .unwrap();
    assert!(queues.claim(&[DECIDE], Duration::ZERO).await.unwrap().is_none(), "once");
}

#[tokio::test]
async fn what_is_no_beginning_is_refused_and_nothing_is_stored() {
    let Some(lattice) = Lattice::start().await else { return };
    let good = submission("acme", 1);
    let strange = [
        Submission { id: "br_x".to_owned(), ..good.clone() },
        Submission { id: id(2), ..good.clone() },
        Submission { home_region: "eu-west-1".to_owned(), ..good.clone() },
        Submission { first: b"{}".to_vec(), ..good.clone() },
        submission("bolt", 1),
    ];
    for one in strange {
        let fault = lattice.jobs.submit(&asker("acme"), vec![good.clone(), one]).await.unwrap_err();
        assert!(fault.is(Code::JobMalformed), "{fault:?}");
    }
    for tenant in ["", "a.b", "*", ">"] {
        assert!(
            lattice.jobs.submit(&asker(tenant), vec![submission(tenant, 1)]).await.is_err(),
            "{tenant:?}"
        );
    }
    assert!(lattice.jobs.submit(&asker("acme"), Vec::new()).await.unwrap_err().is(Code::BatchSize));
    assert!(lattice.jobs.submit(&asker("acme"), vec![good; 101]).await.unwrap_err().is(Code::BatchSize));
    assert_eq!(lattice.jobs.view(&asker("acme"), &id(1)).await.unwrap(), None);
}

#[tokio::test]
async fn a_job_is_seen_at_once_and_by_its_tenant_only() {
    let Some(lattice) = Lattice::start().await else { return };
    for number in 0..20 {
        let id = lattice.submit("acme", number).await;
        let view = lattice.jobs.view(&asker("acme"), &id).await.unwrap().unwrap();
        assert_eq!((view.id.as_str(), view.status, view.sequence), (id.as_str(), Status::Queued, 1));
    }
    let (mine, theirs) = (asker("acme"), asker("bolt"));
    lattice.kinds("acme", &id(19), 0).await;
    assert_eq!(lattice.jobs.views(&mine, None, None, 100).await.unwrap().views.len(), 20);
    let page = lattice.jobs.views(&mine, Some("queued"), Some(&id(10)), 5).await.unwrap();
    let ids: Vec<_> = page.views.iter().map(|view| view.id.clone()).collect();
    assert_eq!(ids, [9, 8, 7, 6, 5].map(id));
    assert_eq!(page.next, Some(id(5)));
    assert!(lattice.jobs.views(&mine, Some("dancing"), None, 5).await.is_err());
    assert!(lattice.jobs.views(&theirs, None, None, 100).await.unwrap().views.is_empty());
    assert_eq!(lattice.jobs.view(&theirs, &id(1)).await.unwrap(), None);
    assert_eq!(lattice.jobs.cancel(&theirs, &id(1)).await.unwrap(), None);
    assert_eq!(lattice.jobs.erase(&theirs, &id(1)).await.unwrap(), None);
    assert!(lattice.jobs.events(&theirs, &id(1), 0, 5000).await.unwrap().is_empty());
}

#[tokio::test]
async fn events_come_as_they_happen_and_can_be_heard_again() {
    let Some(lattice) = Lattice::start().await else { return };
    let id = lattice.submit("acme", 1).await;
    assert_eq!(lattice.kinds("acme", &id, 0).await, [(1, "brand.generation.requested")]);
    let began = Instant::now();
    let (heard, ()) = tokio::join!(lattice.kinds("acme", &id, 1), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        lattice.write("acme", &id, &planned("design")).await;
    });
    assert_eq!(heard, [(2, "brand.step.progress")]);
    assert!(began.elapsed() < Duration::from_secs(2), "woken, not waited out: {:?}", began.elapsed());
    lattice.write("acme", &id, &built("design")).await;
    let now = [(3, "brand.step.progress"), (3, "design.palette.computed")];
    assert_eq!(lattice.kinds("acme", &id, 2).await, now);
    lattice.write("acme", &id, &Event::Ended { outcome: Outcome::Completed }).await;
    assert_eq!(lattice.kinds("acme", &id, 3).await, [(4, "brand-kit.compilation.finished")]);
    // It has ended: told again from the journal.
    assert_eq!(lattice.kinds("acme", &id, 0).await.len(), 5);
    let began = Instant::now();
    assert!(lattice.jobs.events(&asker("acme"), &id, 4, 300).await.unwrap().is_empty());
    assert!(began.elapsed() >= Duration::from_millis(290));
}

#[tokio::test]
async fn a_job_is_cancelled_once_and_an_ended_one_stays() {
    let Some(lattice) = Lattice::start().await else { return };
    let id = lattice.submit("acme", 1).await;
    for _ in 0..2 {
        assert_eq!(lattice.jobs.cancel(&asker("acme"), &id).await.unwrap().unwrap().sequence, 2);
    }
    lattice.write("acme", &id, &Event::Ended { outcome: Outcome::Cancelled }).await;
    lattice.until("acme", &id, Status::Cancelled).await;
    let view = lattice.jobs.cancel(&asker("acme"), &id).await.unwrap().unwrap();
    assert_eq!((view.status, view.sequence), (Status::Cancelled, 3));
}

#[tokio::test]
async fn owner_and_runner_write_at_once_and_nothing_is_lost() {
    let Some(lattice) = Lattice::start().await else { return };
    let id = lattice.submit("acme", 1).await;
    let steps = ["create-job", "design", "logo", "assets", "kit", "seal"];
    let runner = async {
        for step in steps {
            let ledger = JetStreamLedger::open(&lattice.bus).await.unwrap();
            let home = Home::new(REGION, "acme", &id);
            loop {
                let stored = read_all(&ledger, &home.subject()).await.unwrap();
                let sequence = stored.len() as u64;
                let event = planned(step);
                let entry = home.entry(sequence, &previous_of(&stored), &event, Stamp::default()).unwrap();
                match ledger.append(&home.subject(), sequence, vec![entry]).await {
                    Ok(_) => break,
                    Err(fault) => assert!(fault.is(Code::Conflict), "{fault:?}"),
                }
            }
        }
    };
    let owner = asker("acme");
    let ((), cancelled) = tokio::join!(runner, lattice.jobs.cancel(&owner, &id));
    cancelled.unwrap().unwrap();
    let stored = read_all(lattice.jobs.ledger(), &Home::new(REGION, "acme", &id).subject()).await.unwrap();
    assert_eq!(stored.len(), 2 + steps.len());
    check_chain(&stored).unwrap();
}

#[tokio::test]
async fn an_erased_brand_shows_nothing_and_its_chain_holds() {
    let Some(lattice) = Lattice::start().await else { return };
    let id = lattice.submit("acme", 1).await;
    lattice.write("acme", &id, &Event::Ended { outcome: Outcome::Completed }).await;
    for _ in 0..2 {
        let view = lattice.jobs.erase(&asker("acme"), &id).await.unwrap().unwrap();
        assert_eq!((view.status, view.sequence, view.request), (Status::Erased, 3, None));
    }
    lattice.write("acme", &id, &Event::Erased).await;
    assert_eq!(lattice.kinds("acme", &id, 3).await, [(4, "brand.erased")]);
    let stored = read_all(lattice.jobs.ledger(), &Home::new(REGION, "acme", &id).subject()).await.unwrap();
    check_chain(&stored).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_go_on_over_killed_servers_and_new_providers() {
    let Some(mut lattice) = Lattice::start().await else { return };
    let id = lattice.submit("acme", 1).await;
    lattice.kinds("acme", &id, 0).await;
    tokio::task::block_in_place(|| lattice.server.restart());
    // The follower goes on by itself, and a submission waits until somebody answers.
    lattice.write("acme", &id, &planned("design")).await;
    lattice.until("acme", &id, Status::Running).await;
    let other = lattice.submit("acme", 2).await;
    let fresh = Jobs::start(&lattice.bus, || NOW_MS).await.unwrap();
    fresh.ready().await;
    let seen = fresh.views(&asker("acme"), None, None, 10).await.unwrap().views;
    assert_eq!(seen.iter().map(|view| view.id.as_str()).collect::<Vec<_>>(), [other.as_str(), id.as_str()]);
    assert_eq!(seen, lattice.jobs.views(&asker("acme"), None, None, 10).await.unwrap().views);
}

#[tokio::test]
async fn a_job_that_nobody_works_on_is_reminded_of() {
    let Some(lattice) = Lattice::start().await else { return };
    let id = lattice.submit("acme", 1).await;
    let queues = JetStreamQueues::open(&lattice.bus).await.unwrap();
    queues.claim(&[DECIDE], Duration::from_secs(2)).await.unwrap().unwrap().done().await.unwrap();
    // Of two sweepers a minute after, both remind, and it arrives once.
    let (one, two) = (
        Jobs::start(&lattice.bus, || NOW_MS + 60_000).await,
        Jobs::start(&lattice.bus, || NOW_MS + 60_000).await,
    );
    let claim = queues.claim(&[DECIDE], Duration::from_secs(5)).await.unwrap().unwrap();
    assert_eq!(claim.work().job_id, id);
    claim.done().await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(queues.claim(&[DECIDE], Duration::ZERO).await.unwrap().is_none());
    drop((one, two));
}
