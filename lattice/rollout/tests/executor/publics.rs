//! Public events of rollouts, read from the stream as the courier would.

use super::{CANARY, LOOK_MS, REQUESTS, Site, connect};
use async_nats::jetstream::stream::Config;
use async_nats::jetstream::{self};
use imprint_rollout::Order;
use imprint_rollout::executor::Record;
use imprint_servers::NatsServer;
use serde_json::Value;
use std::collections::BTreeSet;

const NAMESPACE: &str = "com.brandgenerator.events.";
const STREAM: &str = "audit-events-stream";

/// The stream, as the ledger makes it.
pub async fn open(server: &NatsServer) {
    let subjects = vec!["imprint.events.audit.>".to_owned()];
    let config = Config { name: STREAM.to_owned(), subjects, ..Config::default() };
    jetstream::new(connect(server).await).create_stream(config).await.unwrap();
}

/// Every event in the stream, which all fit their schemas and have ids of their own.
async fn events(site: &Site) -> Vec<Value> {
    let context = jetstream::new(connect(&site.server).await);
    let mut stream = context.get_stream(STREAM).await.unwrap();
    let last = stream.info().await.unwrap().state.last_sequence;
    let mut events = Vec::new();
    for sequence in 1..=last {
        let message = stream.get_raw_message(sequence).await.unwrap();
        let event: Value = serde_json::from_slice(&message.payload).unwrap();
        let name = name(&event);
        for (schema, value) in [("envelope", &event), (name.as_str(), &event["data"])] {
            let path = format!("{}/../../schemas/{schema}.v1.json", env!("CARGO_MANIFEST_DIR"));
            let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            let validator = jsonschema::draft202012::new(&schema).unwrap();
            assert!(validator.is_valid(value), "{name}: {value}");
        }
        let about = event["subject"].as_str().unwrap();
        assert_eq!(message.subject.as_str(), format!("imprint.events.audit.ops.{about}.{name}"));
        events.push(event);
    }
    let ids: BTreeSet<String> = events.iter().map(|event| event["id"].to_string()).collect();
    assert_eq!(ids.len(), events.len(), "an event stands there twice");
    events
}

fn name(event: &Value) -> String {
    event["type"].as_str().unwrap().strip_prefix(NAMESPACE).unwrap().to_owned()
}

/// What was published, in its order.
pub async fn published(site: &Site) -> Vec<String> {
    events(site).await.iter().map(name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_hear_what_became_of_a_rollout_and_nobody_s_name() {
    let Some(site) = Site::start().await else { return };
    let id = site.begin(CANARY).await.id;
    let store = site.store().await;
    let mut executor = site.executor().await;
    let has_traffic = |record: &Record| record.state.weight("all").is_some_and(|weight| weight > 0);
    site.until(&mut executor, &id, "traffic", has_traffic).await;
    store.order(&id, Order::Pause, "bob").await.unwrap();
    site.until(&mut executor, &id, "paused", |record| record.state.hold.is_some()).await;
    store.order(&id, Order::Resume, "bob").await.unwrap();
    site.fake.world().is_faulty = true;
    site.until(&mut executor, &id, "closed", |record| record.state.is_over()).await;
    executor.round().await.unwrap();
    let events = events(&site).await;
    let told: Vec<(String, &str)> =
        events.iter().map(|event| (name(event), event["data"]["why"].as_str().unwrap_or_default())).collect();
    let wanted = [("rollout.started", ""), ("rollout.paused", "paused"), ("rollout.rolled-back", "numbers")];
    assert_eq!(told, wanted.map(|(name, why)| (name.to_owned(), why)));
    let data = &events[2]["data"];
    assert_eq!((&data["component"], &data["version"]), (&"design".into(), &"0.2.0".into()));
    assert_eq!((&events[2]["tenant"], &data["user_id"]), (&"ops".into(), &"ann".into()));
    assert!(data["detail"].as_str().unwrap().contains("error_rate of design"), "{data}");
    assert!(!events.iter().any(|event| event.to_string().contains("bob")), "{events:?}");
}

/// A person who has to say something is told so once, however often one looks.
#[tokio::test(flavor = "multi_thread")]
async fn a_gate_calls_a_person_once() {
    let Some(site) = Site::start().await else { return };
    let gate = CANARY.replace("{ name: expand,", "{ name: expand, manual_gate: true,");
    let id = site.begin(&gate).await.id;
    let mut executor = site.executor().await;
    let waits = |record: &Record| record.said.waits.iter().any(|wait| wait.contains("waits for a person"));
    site.until(&mut executor, &id, "gate", waits).await;
    for _ in 0..4 {
        site.pass(LOOK_MS);
        site.fake.serve(REQUESTS);
        executor.round().await.unwrap();
    }
    let told = events(&site).await;
    let whys: Vec<&Value> = told.iter().map(|event| &event["data"]["why"]).collect();
    assert_eq!(whys, [&Value::Null, &"gate".into()]);
    // Where nobody keeps events, nothing waits for that.
    let context = jetstream::new(connect(&site.server).await);
    context.delete_stream(STREAM).await.unwrap();
    site.store().await.order(&id, Order::Abort, "bob").await.unwrap();
    site.until(&mut executor, &id, "closed", |record| record.state.is_over()).await;
    site.pass(66 * 60 * 1000);
    site.until(&mut executor, &id, "closed", |record| record.is_closed).await;
}
