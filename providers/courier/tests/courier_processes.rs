//! The provider as a process, over a real server: what is published becomes messages that are delivered once for each id,
//! whoever is killed meanwhile.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use async_nats::jetstream;
use async_nats::jetstream::stream::Config;
use bindings::exports::imprint::blobs::store;
use bindings::exports::imprint::ledger::jobs;
use bindings::exports::imprint::notify::notices;
use bindings::imprint::courier::desk;
use common::{FINISHED, TENANT, USER, event};
use core_brand::content::sha256_hex;
use core_notify::{Channel, Message, Occasion, Preferences, Rule, decide};
use futures::StreamExt;
use imprint_provider::wire::types;
use imprint_servers::NatsServer;
use imprint_servers::nats_server;
use receiver::Receiver;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use wrpc_transport_nats::{Client, NatsContext};

mod common;
mod receiver;

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        inline: "
            package imprint:toy@0.1.0;
            world toy {
                import imprint:courier/desk@0.1.0;
                export imprint:notify/notices@0.1.0;
                export imprint:ledger/jobs@0.1.0;
                export imprint:blobs/store@0.1.0;
            }
        ",
        world: "imprint:toy/toy@0.1.0",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:courier/desk@0.1.0": generate,
            "imprint:notify/notices@0.1.0": generate,
            "imprint:ledger/jobs@0.1.0": generate,
            "imprint:blobs/store@0.1.0": generate,
        },
    });
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_imprint-courier-provider");
/// Nothing here takes longer on a working machine.
const WAIT_MAX: Duration = Duration::from_secs(90);
/// And for each of many messages.
const EACH_MAX: Duration = Duration::from_millis(20);
/// Notifications on three channels; the long proof says more.
const NOTICES: usize = 300;

/// The design of a brand, as the store has it.
const DESIGN: &[u8] = include_bytes!("design.json");

/// The notify component with few words, the ledger with one brand, and the store with its design.
#[derive(Clone)]
struct Toy;

type Answer<T> = anyhow::Result<Result<T, types::Error>>;

impl notices::Handler<NatsContext> for Toy {
    async fn plan(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        event: String,
        user: String,
        rules: String,
        _: String,
    ) -> Answer<Vec<notices::Notice>> {
        let event: Value = serde_json::from_str(&event)?;
        let rules: Vec<Rule> = serde_json::from_str(&rules).unwrap_or_default();
        let text = |name: &str| event[name].as_str().unwrap_or_default();
        let occasion = Occasion {
            event_id: text("id"),
            event_type: text("type"),
            tenant: &ctx.tenant,
            user: &user,
            at_ms: event["data"]["at_ms"].as_u64().unwrap_or_default(),
        };
        let wire = |message: Message| notices::Notice {
            id: message.id,
            rule: message.rule,
            channel: message.channel.as_str().to_owned(),
            due_ms: message.due_ms,
            digest: message.digest,
        };
        Ok(Ok(decide(&rules, &Preferences::default(), &occasion).into_iter().map(wire).collect()))
    }

    async fn write(
        &self,
        _: NatsContext,
        _: types::CallContext,
        _: String,
        matter: String,
    ) -> Answer<notices::Letter> {
        let matter: Value = serde_json::from_str(&matter)?;
        let event = &matter["events"][0];
        let id = event["id"].as_str().unwrap_or_default().to_owned();
        Ok(Ok(notices::Letter {
            subject: id,
            text: matter["brand"].to_string(),
            html: None,
            payload: Some(event.to_string()),
        }))
    }

    async fn check(&self, _: NatsContext, _: types::CallContext, _: String, text: String) -> Answer<String> {
        Ok(Ok(text))
    }
}

fn none<T>(what: &str) -> Answer<T> {
    anyhow::bail!("nobody asks for {what}")
}

impl jobs::Handler<NatsContext> for Toy {
    async fn submit(
        &self,
        _: NatsContext,
        _: types::CallContext,
        _: Vec<jobs::Submission>,
    ) -> Answer<Vec<jobs::Receipt>> {
        none("jobs")
    }

    async fn view(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        let content = json!({ "sha256": sha256_hex(DESIGN), "bytes": DESIGN.len() });
        let document = json!({ "path": "design.json", "media_type": "application/json", "pixels": null, "content": content });
        let mut view = json!(core_saga::View::new(&id, &ctx.tenant));
        view["documents"] = json!([document]);
        view["request"] = json!({ "brief": { "company_name": "Northwind" } });
        Ok(Ok(Some(view.to_string())))
    }

    async fn views(&self, _: NatsContext, _: types::CallContext, _: jobs::Query) -> Answer<jobs::Page> {
        none("views")
    }

    async fn events(
        &self,
        _: NatsContext,
        _: types::CallContext,
        _: String,
        _: u64,
        _: u32,
    ) -> Answer<Vec<jobs::PublicEvent>> {
        none("events")
    }

    async fn cancel(&self, _: NatsContext, _: types::CallContext, _: String) -> Answer<Option<String>> {
        none("an end")
    }

    async fn erase(&self, _: NatsContext, _: types::CallContext, _: String) -> Answer<Option<String>> {
        none("nothing")
    }
}

impl store::Handler<NatsContext> for Toy {
    async fn get(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        content: types::BlobRef,
    ) -> Answer<bytes::Bytes> {
        // Content is kept by tenant and brand.
        assert_eq!((ctx.tenant.as_str(), ctx.idempotency_key.split('/').next()), (TENANT, Some("br_1")));
        assert_eq!(content.sha256, sha256_hex(DESIGN));
        Ok(Ok(DESIGN.into()))
    }

    async fn put(&self, _: NatsContext, _: types::CallContext, _: bytes::Bytes) -> Answer<types::BlobRef> {
        none("a place")
    }
}

struct Courier(Child);

impl Drop for Courier {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Lattice {
    server: NatsServer,
    context: jetstream::Context,
    desk: Client,
    outbox: tempfile::TempDir,
    host: JoinSet<()>,
}

/// Whom the courier asks.
async fn host(server: &NatsServer) -> JoinSet<()> {
    let mut host = JoinSet::new();
    for id in [&core_saga::component_id("notify", "0.1.0"), "imprint-ledger", "imprint-blobs"] {
        let nats = async_nats::connect(server.url()).await.expect("connects");
        let client = Client::new(nats, format!("test.{id}"), Some(id.into())).await.expect("a client");
        for (_, _, calls) in bindings::serve(&client, Toy).await.expect("serves") {
            host.spawn(
                // Who was killed meanwhile gets no answer.
                calls.for_each_concurrent(None, |call| async { drop(call.expect("a call").await) }),
            );
        }
    }
    host
}

impl Lattice {
    async fn start() -> Option<Self> {
        let server = nats_server()?;
        let connect = || async { async_nats::connect(server.url()).await.expect("connects") };
        let context = jetstream::new(connect().await);
        for (name, subjects) in [
            ("generation-progress-stream", "imprint.events.progress.>"),
            ("audit-events-stream", "imprint.events.audit.>"),
        ] {
            let config = Config { name: name.into(), subjects: vec![subjects.into()], ..Config::default() };
            context.create_stream(config).await.expect("a stream");
        }
        let host = host(&server).await;
        let desk =
            Client::new(connect().await, "test.imprint-courier".to_owned(), None).await.expect("a client");
        Some(Self { server, context, desk, outbox: tempfile::tempdir().expect("a folder"), host })
    }

    /// The host of the notify component dies with what it has in hand, and another comes up.
    async fn kill_host(&mut self) {
        self.host.shutdown().await;
        self.host = host(&self.server).await;
    }

    /// Webhooks go to the receiver.
    fn courier(&self) -> Courier {
        self.courier_with(&["networks=127.0.0.0/8"])
    }

    fn courier_with(&self, config: &[&str]) -> Courier {
        let mut command = Command::new(PROGRAM);
        command.args(["--nats", &self.server.url(), "--lattice", "test", "--id", "imprint-courier"]);
        command.args(["--config", "lease_ms=2000", "--log-level", "warn"]);
        for pair in config {
            command.args(["--config", pair]);
        }
        Courier(command.stdin(Stdio::null()).spawn().expect("starts"))
    }

    fn ctx(&self) -> types::CallContext {
        types::CallContext {
            tenant: TENANT.into(),
            traceparent: String::new(),
            now_ms: 0,
            deadline_ms: 0,
            attempt: 1,
            idempotency_key: "k".into(),
            locale: "en".into(),
        }
    }

    /// Asks the desk until it answers: it may have been killed.
    async fn ask<T, F: Future<Output = anyhow::Result<Result<T, types::Error>>>>(
        &self,
        call: impl Fn() -> F,
    ) -> T {
        let end = Instant::now() + WAIT_MAX;
        loop {
            match tokio::time::timeout(Duration::from_secs(3), call()).await {
                Ok(Ok(Ok(answer))) => return answer,
                other => {
                    let said = other.map(|answer| answer.map(|answer| answer.err()));
                    assert!(Instant::now() < end, "the desk is silent: {said:?}");
                }
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    async fn set_up(&self, url: &str, channels: &[Channel]) -> Value {
        let ctx = self.ctx();
        let rules = json!([{ "name": "all", "on": [FINISHED], "channels": channels }]).to_string();
        let wishes =
            json!({ "addresses": { "email": "ann@acme.example", "phone": "+491701234567" } }).to_string();
        let wish = json!({ "url": url }).to_string();
        self.ask(|| desk::set(&self.desk, None, &ctx, "rules", &rules)).await;
        self.ask(|| desk::set_preferences(&self.desk, None, &ctx, USER, &wishes)).await;
        let made = self.ask(|| desk::add_endpoint(&self.desk, None, &ctx, &wish)).await;
        serde_json::from_str(&made).expect("JSON")
    }

    async fn publish(&self, id: &str) {
        let subject = "imprint.events.progress.acme.br_1.brand-kit.compilation.finished";
        let body = event(id, FINISHED, 1_000_000).to_string();
        let end = Instant::now() + WAIT_MAX;
        loop {
            let message = async_nats::jetstream::message::PublishMessage::build()
                .payload(body.clone().into())
                .message_id(id);
            let sent = async { self.context.send_publish(subject, message).await?.await };
            if sent.await.is_ok() {
                return;
            }
            assert!(Instant::now() < end, "the server takes nothing");
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// All messages of the tenant, by id.
    async fn notices(&self) -> BTreeMap<String, Value> {
        let (ctx, mut all, mut cursor) = (self.ctx(), BTreeMap::new(), None);
        loop {
            let query = |cursor: &Option<String>| desk::Query {
                channel: None,
                status: None,
                endpoint: None,
                cursor: cursor.clone(),
                limit: 100,
            };
            let page = self.ask(|| {
                let query = query(&cursor);
                let ctx = ctx.clone();
                async move { desk::notices(&self.desk, None, &ctx, &query).await }
            });
            let page = page.await;
            for item in page.items {
                let item: Value = serde_json::from_str(&item).expect("JSON");
                all.insert(item["id"].as_str().expect("an id").to_owned(), item);
            }
            cursor = page.next;
            if cursor.is_none() {
                return all;
            }
        }
    }

    /// Waits until there are so many messages, and none waits.
    async fn all_told(&self, count: usize) -> BTreeMap<String, Value> {
        // Ten thousand on a machine that others use, too.
        let end = Instant::now() + WAIT_MAX + EACH_MAX * u32::try_from(count).unwrap_or_default();
        loop {
            let all = self.notices().await;
            let open = all.values().filter(|notice| notice["status"] == "queued").count();
            if all.len() >= count && open == 0 {
                return all;
            }
            assert!(Instant::now() < end, "{} of {count} are there, {open} wait", all.len());
            sleep(Duration::from_millis(200)).await;
        }
    }
}

#[tokio::test]
async fn what_is_published_is_delivered_and_seen_at_the_desk() {
    let Some(lattice) = Lattice::start().await else { return };
    let receiver = Receiver::listen(|_| (200, Vec::new(), String::new())).await;
    let _courier = lattice.courier();
    let endpoint = lattice.set_up(&receiver.url("/in"), &[Channel::Webhook, Channel::Feed]).await;
    lattice.publish("e1").await;
    let all = lattice.all_told(2).await;
    let states: BTreeSet<_> =
        all.values().map(|notice| (notice["channel"].as_str(), notice["status"].as_str())).collect();
    assert_eq!(states, [(Some("feed"), Some("delivered")), (Some("webhook"), Some("delivered"))].into());
    let asked = receiver.last();
    let webhook =
        standardwebhooks::Webhook::new(endpoint["secret"].as_str().expect("a secret")).expect("reads");
    let headers: hyper::HeaderMap = asked
        .headers
        .iter()
        .map(|(name, value)| {
            (name.parse::<hyper::header::HeaderName>().expect("a name"), value.parse().expect("text"))
        })
        .collect();
    webhook.verify(asked.body.as_bytes(), &headers).expect("holds");
    let ctx = lattice.ctx();
    let feed = lattice.ask(|| desk::news(&lattice.desk, None, &ctx, USER, 0, 10, 0)).await;
    assert_eq!((feed.items.len(), feed.unread), (1, 1));
}

/// A mail has the name and the colours of the brand it is about, which the courier asks for.
#[tokio::test]
async fn a_mail_is_in_the_colours_of_its_brand() {
    let Some(lattice) = Lattice::start().await else { return };
    let outbox = format!("outbox={}", lattice.outbox.path().display());
    let _courier = lattice.courier_with(&[&outbox]);
    lattice.set_up("https://hooks.example.com/in", &[Channel::Email]).await;
    for id in ["e1", "e2"] {
        lattice.publish(id).await;
    }
    lattice.all_told(2).await;
    let mails = std::fs::read_dir(lattice.outbox.path()).expect("a folder");
    let mails = mails.map(|entry| std::fs::read_to_string(entry.expect("a file").path()).expect("text"));
    let mails: Vec<String> = mails.collect();
    assert_eq!(mails.len(), 2);
    let design: core_brand::Design = serde_json::from_slice(DESIGN).expect("a design");
    let colors = json!(core_notify::Colors::of(&design).expect("colours"));
    for mail in mails {
        let body = mail.split("\r\n\r\n").nth(1).expect("a body").replace("=\r\n", "").replace("=3D", "=");
        let brand: Value = serde_json::from_str(body.trim()).unwrap_or_else(|why| panic!("{why}: {mail}"));
        assert_eq!((&brand["name"], &brand["colors"]), (&json!("Northwind"), &colors));
    }
}

/// An endpoint that takes a call and never answers keeps nobody else waiting, be it of the same tenant.
#[tokio::test]
async fn a_slow_endpoint_delays_no_other() {
    let Some(lattice) = Lattice::start().await else { return };
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/in", silent.local_addr().expect("an address"));
    let taken = Arc::new(AtomicUsize::new(0));
    let counts = Arc::clone(&taken);
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = silent.accept().await {
            held.push(stream);
            counts.fetch_add(1, Ordering::SeqCst);
        }
    });
    let quick = Receiver::listen(|_| (200, Vec::new(), String::new())).await;
    let _courier = lattice.courier();
    let slow = lattice.set_up(&address, &[Channel::Webhook, Channel::Feed]).await;
    let ctx = types::CallContext { idempotency_key: "another".into(), ..lattice.ctx() };
    let wish = json!({ "url": quick.url("/in") }).to_string();
    lattice.ask(|| desk::add_endpoint(&lattice.desk, None, &ctx, &wish)).await;
    let events = 40;
    for number in 0..events {
        lattice.publish(&format!("e{number}")).await;
    }
    let end = Instant::now() + WAIT_MAX;
    loop {
        let all = lattice.notices().await;
        let (slow, others): (Vec<&Value>, Vec<&Value>) =
            all.values().partition(|notice| notice["endpoint"] == slow["id"]);
        let told = others.iter().filter(|notice| notice["status"] == "delivered").count();
        if told == 2 * events {
            // The first of them are still on the line, and the others wait for those.
            assert!(slow.iter().all(|notice| notice["status"] == "queued"), "{slow:?}");
            assert_eq!(slow.len(), events);
            break;
        }
        assert!(Instant::now() < end, "{told} of {} are told", 2 * events);
        sleep(Duration::from_millis(50)).await;
    }
    assert!(taken.load(Ordering::SeqCst) > 0, "the slow one was called");
}

/// Three channels; couriers, hosts of notify and the server are killed without a warning while messages come in and go out.
#[tokio::test]
async fn every_message_is_delivered_once_for_its_id_whoever_is_killed() {
    let Some(mut lattice) = Lattice::start().await else { return };
    let asked = std::env::var("IMPRINT_NOTICES").ok().and_then(|text| text.parse().ok());
    let events = asked.unwrap_or(NOTICES).div_ceil(3);
    let outbox = format!("outbox={}", lattice.outbox.path().display());
    let courier = lattice.courier_with(&[&outbox]);
    lattice.set_up("https://hooks.example.com/in", &[Channel::Webhook, Channel::Feed, Channel::Email]).await;
    let mut couriers = vec![courier, lattice.courier_with(&[&outbox])];
    let (kills, mut hosts) = (8, 0);
    for round in 0..kills {
        for number in (0..events).filter(|number| number % kills == round) {
            lattice.publish(&format!("e{number}")).await;
        }
        if round == kills / 2 {
            lattice.server.restart();
        }
        // What it had in hand is asked again after ten seconds, so the short proof kills one.
        if round == 3 || asked.is_some() && round % 2 == 1 {
            lattice.kill_host().await;
            hosts += 1;
        }
        // One dies at whatever it does, and another takes its place.
        couriers.remove(0);
        couriers.push(lattice.courier_with(&[&outbox]));
    }
    let all = lattice.all_told(3 * events).await;
    assert_eq!(all.len(), 3 * events, "one message for each event and channel");
    let by = |channel: &str, status: &str| {
        all.values().filter(|notice| notice["channel"] == channel && notice["status"] == status).count()
    };
    assert_eq!([by("webhook", "sent"), by("email", "sent"), by("feed", "delivered")], [events; 3]);
    let files: BTreeSet<String> = std::fs::read_dir(lattice.outbox.path())
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("text"))
        .filter(|name| !name.ends_with(".partial"))
        .collect();
    assert_eq!(files.len(), 2 * events, "what was sent twice has the same id");
    let again: usize = all.values().map(|notice| notice["attempts"].as_array().map_or(0, Vec::len)).sum();
    let ctx = lattice.ctx();
    let (mut news, mut after) = (0, 0);
    loop {
        let feed = lattice.ask(|| desk::news(&lattice.desk, None, &ctx, USER, after, 100, 0)).await;
        if feed.items.is_empty() {
            break;
        }
        (news, after) = (news + feed.items.len(), feed.last);
    }
    println!(
        "{} messages, {} attempts on record, {kills} couriers, {hosts} hosts of notify and one server killed",
        all.len(),
        again
    );
    // A feed holds so many; the oldest go.
    assert_eq!(news.min(imprint_courier::limits::FEED_MAX), events.min(imprint_courier::limits::FEED_MAX));
}
