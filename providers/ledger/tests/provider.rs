//! The provider as a process: called over the lattice, killed, started again, stopped.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use async_nats::jetstream::consumer::pull;
use core_brand::Fault;
use core_brand::fault::Code;
use core_brand::{Document, content::sha256_hex};
use core_saga::{Event, OPEN_MAX, Pins, Status, Terms, View};
use futures::{StreamExt as _, TryStreamExt as _};
use imprint_ledger::journal::{Home, Stamp, previous_of};
use imprint_ledger::outbox::Channel;
use imprint_provider::wire::answer;
use imprint_provider::wire::types::CallContext;
use imprint_servers::{NatsServer, nats_server};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use wire::imprint::ledger::{jobs, journal, shelf};
use wrpc_transport_nats::Client;

mod wire {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        inline: "
            package imprint:caller@0.1.0;
            world caller {
                import imprint:ledger/journal@0.1.0;
                import imprint:ledger/jobs@0.1.0;
                import imprint:ledger/shelf@0.1.0;
            }
        ",
        world: "imprint:caller/caller@0.1.0",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:ledger/journal@0.1.0": generate,
            "imprint:ledger/jobs@0.1.0": generate,
            "imprint:ledger/shelf@0.1.0": generate,
        },
    });
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_imprint-ledger-provider");
const REGION: &str = "us-east-1";
/// These jobs begin in 1970, and are not late today.
const NEVER_MS: u64 = 1 << 50;
/// No step of these tests takes longer on a working machine.
const WAIT_MAX: Duration = Duration::from_secs(20);

/// A provider over a server of its own.
struct Lattice {
    process: Child,
    calls: Client,
    server: NatsServer,
}

impl Lattice {
    async fn start() -> Option<Self> {
        let server = nats_server()?;
        let nats = async_nats::connect(server.url()).await.expect("works");
        let calls = Client::new(nats, "test.imprint-ledger", None).await.expect("works");
        let lattice = Self { process: spawn(&server), calls, server };
        lattice.wait_until_it_answers().await;
        Some(lattice)
    }

    async fn wait_until_it_answers(&self) {
        let end = Instant::now() + WAIT_MAX;
        while self.view("br_none").await.is_err() {
            assert!(Instant::now() < end, "the provider does not come up");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn view(&self, id: &str) -> Result<Option<View>, Fault> {
        let view =
            answer("it", Duration::from_secs(2), jobs::view(&self.calls, None, &context("acme"), id)).await?;
        Ok(view.map(|text| serde_json::from_str(&text).expect("works")))
    }

    async fn submit(&self, number: usize) -> Vec<jobs::Receipt> {
        let (one, acme) = (submission(number), context("acme"));
        let call = jobs::submit(&self.calls, None, &acme, std::slice::from_ref(&one));
        answer("it", WAIT_MAX, call).await.expect("works")
    }
}

impl Drop for Lattice {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn spawn(server: &NatsServer) -> Child {
    let mut command = Command::new(PROGRAM);
    command.args(["--nats", &server.url(), "--lattice", "test", "--id", "imprint-ledger"]);
    command.stdin(Stdio::null()).spawn().expect("starts")
}

fn context(tenant: &str) -> CallContext {
    CallContext {
        tenant: tenant.to_owned(),
        traceparent: String::new(),
        now_ms: 5,
        deadline_ms: 0,
        attempt: 1,
        idempotency_key: "test".to_owned(),
        locale: "en".to_owned(),
    }
}

fn id(number: usize) -> String {
    format!("br_{REGION}_{number:0>26}")
}

fn submission(number: usize) -> jobs::Submission {
    submission_of("acme", number)
}

fn submission_of(tenant: &str, number: usize) -> jobs::Submission {
    let pins = Pins {
        steps_version: 1,
        components: BTreeMap::new(),
        model_variant: "stable".to_owned(),
        draws: Vec::new(),
    };
    let request = Document::working("request", &"a brief").expect("works");
    let event = Event::Requested { request, pins, terms: Terms { timeout_ms: NEVER_MS, ..Terms::default() } };
    let home = Home::new(REGION, tenant, &id(number));
    let first = home.entry(0, &previous_of(&[]), &event, Stamp::default()).expect("works");
    jobs::Submission { id: id(number), home_region: REGION.to_owned(), first: first.into() }
}

#[tokio::test]
async fn every_function_answers() {
    let Some(lattice) = Lattice::start().await else { return };
    let (calls, acme) = (&lattice.calls, context("acme"));
    assert!(lattice.submit(1).await[0].fresh);
    assert!(!lattice.submit(1).await[0].fresh);
    assert_eq!(lattice.view(&id(1)).await.unwrap().unwrap().status, Status::Queued);
    let told = answer("it", WAIT_MAX, jobs::events(calls, None, &acme, &id(1), 0, 5000)).await.unwrap();
    assert_eq!(told[0].kind, "brand.generation.requested");
    let query = jobs::Query { status: None, after: None, limit: 10 };
    let page = answer("it", WAIT_MAX, jobs::views(calls, None, &acme, &query)).await.unwrap();
    assert_eq!((page.views.len(), page.next), (1, None));
    for call in [
        answer("it", WAIT_MAX, jobs::cancel(calls, None, &acme, &id(1))).await,
        answer("it", WAIT_MAX, jobs::erase(calls, None, &acme, &id(1))).await,
    ] {
        assert!(call.unwrap().is_some());
    }
    let subject = Home::new(REGION, "acme", &id(1)).subject();
    let entries = answer("it", WAIT_MAX, journal::read(calls, None, &acme, &subject, 0)).await.unwrap();
    assert_eq!(entries.len(), 3);
    assert!(String::from_utf8_lossy(&entries[1]).contains(&sha256_hex(&entries[0])), "chained");
    let first = [&entries[0]];
    let append = journal::append(calls, None, &acme, &subject, 1, &first);
    assert!(answer("it", WAIT_MAX, append).await.unwrap_err().is(Code::Conflict));
    let foreign = journal::read(calls, None, &acme, "imprint.v1.us-east-1.bolt.brand.x", 0);
    assert!(answer("it", WAIT_MAX, foreign).await.unwrap_err().is(Code::JobMalformed));
}

#[tokio::test]
async fn a_killed_provider_knows_every_job_again() {
    let Some(mut lattice) = Lattice::start().await else { return };
    for number in 0..30 {
        assert!(lattice.submit(number).await[0].fresh);
    }
    lattice.process.kill().unwrap();
    lattice.process.wait().unwrap();
    lattice.process = spawn(&lattice.server);
    lattice.wait_until_it_answers().await;
    let query = jobs::Query { status: Some("queued".to_owned()), after: None, limit: 100 };
    let page =
        answer("it", WAIT_MAX, jobs::views(&lattice.calls, None, &context("acme"), &query)).await.unwrap();
    assert_eq!(page.views.len(), 30);
}

/// That the quota was nearly used and then used up is published once each, as the schemas have it.
async fn told_of_the_quota(server: &NatsServer) {
    let context = async_nats::jetstream::new(async_nats::connect(server.url()).await.unwrap());
    let stream = context.get_stream(Channel::Audit.stream()).await.unwrap();
    let config = pull::OrderedConfig {
        filter_subject: Channel::Audit.subject("acme", "quota-open", ">"),
        ..pull::OrderedConfig::default()
    };
    let mut events = stream.create_consumer(config).await.unwrap().messages().await.unwrap();
    for (name, percent) in [("quota.warned", 80), ("quota.spent", 100)] {
        let event = timeout(WAIT_MAX, events.next()).await.expect("is published").unwrap().unwrap();
        let event: Value = serde_json::from_slice(&event.payload).unwrap();
        assert_eq!(event["type"], format!("com.brandgenerator.events.{name}"));
        assert_eq!((&event["tenant"], &event["data"]["percent"]), (&"acme".into(), &percent.into()));
        for (schema, value) in [("envelope".to_owned(), &event), (name.to_owned(), &event["data"])] {
            let path = format!("{}/../../schemas/{schema}.v1.json", env!("CARGO_MANIFEST_DIR"));
            let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            let validator = jsonschema::draft202012::new(&schema).unwrap();
            assert!(validator.is_valid(value), "{value}");
        }
    }
    let counts = stream.info_with_subjects(Channel::Audit.subject("acme", "quota-open", ">")).await.unwrap();
    let counts: Vec<(String, usize)> = counts.try_collect().await.unwrap();
    assert!(counts.len() == 2 && counts.iter().all(|(_, count)| *count == 1), "{counts:?}");
}

/// What a tenant may have in hand has an end; what was begun before is still answered.
#[tokio::test]
async fn a_tenant_has_only_so_much_in_hand() {
    let Some(lattice) = Lattice::start().await else { return };
    let (calls, acme) = (&lattice.calls, context("acme"));
    let begin = async |numbers: std::ops::Range<usize>| {
        let all: Vec<_> = numbers.map(submission).collect();
        answer("it", WAIT_MAX, jobs::submit(calls, None, &acme, &all)).await
    };
    let standing = async || answer("it", WAIT_MAX, shelf::standing(calls, None, &acme)).await.unwrap();
    for hundred in 0..OPEN_MAX / 100 {
        begin(hundred * 100..(hundred + 1) * 100).await.unwrap();
        let end = Instant::now() + WAIT_MAX;
        while (standing().await.open as usize) < (hundred + 1) * 100 {
            assert!(Instant::now() < end, "the count does not follow");
        }
    }
    for _ in 0..3 {
        let refused = begin(OPEN_MAX..OPEN_MAX + 1).await.unwrap_err();
        assert!(refused.is(Code::QuotaOpen) && refused.retry_after_ms > 0, "{refused:?}");
    }
    told_of_the_quota(&lattice.server).await;
    assert!(!begin(0..1).await.unwrap()[0].fresh, "the same again begins nothing");
    let wish = shelf::Wish {
        status: Some("queued".to_owned()),
        industry: None,
        name_starts: None,
        order: shelf::Order::Oldest,
        cursor: None,
        limit: 3,
    };
    let page = answer("it", WAIT_MAX, shelf::views(calls, None, &acme, &wish)).await.unwrap();
    assert!(page.views.len() == 3 && page.views[0].contains(&id(0)) && page.next.is_some());
}

/// An edge and its region, which share a server here: what differs is who answers.
#[tokio::test]
async fn an_edge_keeps_jobs_until_its_region_answers_and_no_more_than_it_has_room_for() {
    let Some(mut region) = Lattice::start().await else { return };
    let mut command = Command::new(PROGRAM);
    command.args(["--nats", &region.server.url(), "--lattice", "edge", "--id", "imprint-ledger"]);
    command.args(["--config", "region_lattice=test", "--config", "edge=berlin"]);
    let process = command.stdin(Stdio::null()).spawn().unwrap();
    let nats = async_nats::connect(region.server.url()).await.unwrap();
    let calls = Client::new(nats, "edge.imprint-ledger", None).await.unwrap();
    let edge = Edge { process, calls };
    edge.wait_until_it_answers().await;

    assert!(edge.submit("acme", 1..2).await.unwrap()[0].fresh);
    assert!(region.view(&id(1)).await.unwrap().is_some(), "while the region answers it is asked");
    region.process.kill().unwrap();
    region.process.wait().unwrap();
    assert!(edge.submit("acme", 2..3).await.unwrap()[0].fresh);
    assert!(!edge.submit("acme", 2..3).await.unwrap()[0].fresh, "the same again is kept once");
    let held = edge.view("acme", &id(2)).await.unwrap().unwrap();
    assert_eq!(held.status, Status::Queued);
    assert!(held.message.unwrap().starts_with("queued at the edge `berlin`"));
    assert!(edge.view("bolt", &id(2)).await.is_err(), "another tenant has none of that id here");

    let mut kept = 1;
    let refused = loop {
        match edge.submit("bolt", kept..kept + 37).await {
            Ok(receipts) => kept += receipts.len(),
            Err(fault) => break fault,
        }
    };
    assert!(refused.is(Code::Unreachable) && refused.retry_after_ms > 1000, "{refused:?}");
    assert_eq!(kept, HELD, "a batch is kept whole or not at all");

    region.process = spawn(&region.server);
    region.wait_until_it_answers().await;
    let end = Instant::now() + WAIT_MAX;
    let is_waiting = async |tenant, number| match edge.view(tenant, &id(number)).await {
        Ok(view) => view.is_none_or(|view| view.message.is_some()),
        Err(_) => true,
    };
    while is_waiting("acme", 2).await || is_waiting("bolt", HELD - 1).await {
        assert!(Instant::now() < end, "not everything is handed on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let subject = Home::new(REGION, "acme", &id(2)).subject();
    let acme = context("acme");
    let read = journal::read(&region.calls, None, &acme, &subject, 0);
    assert_eq!(answer("it", WAIT_MAX, read).await.unwrap().len(), 1, "begun once");
    let query = jobs::Query { status: Some("queued".to_owned()), after: None, limit: 1 };
    assert!(answer("it", WAIT_MAX, jobs::views(&edge.calls, None, &acme, &query)).await.is_ok());
}

/// So many jobs an edge keeps.
const HELD: usize = 1000;

struct Edge {
    process: Child,
    calls: Client,
}

impl Edge {
    async fn wait_until_it_answers(&self) {
        let end = Instant::now() + WAIT_MAX;
        while self.view("acme", "br_none").await.is_err() {
            assert!(Instant::now() < end, "the edge does not come up");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn view(&self, tenant: &str, id: &str) -> Result<Option<View>, Fault> {
        let tenant = context(tenant);
        let view = answer("it", Duration::from_secs(5), jobs::view(&self.calls, None, &tenant, id)).await?;
        Ok(view.map(|text| serde_json::from_str(&text).expect("works")))
    }

    async fn submit(
        &self,
        tenant: &str,
        numbers: std::ops::Range<usize>,
    ) -> Result<Vec<jobs::Receipt>, Fault> {
        let all: Vec<_> = numbers.map(|number| submission_of(tenant, number)).collect();
        answer("it", WAIT_MAX, jobs::submit(&self.calls, None, &context(tenant), &all)).await
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
