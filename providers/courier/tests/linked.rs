//! In one process, with the real words and a folder in place of the world.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use common::{FINISHED, TENANT, USER, event};
use imprint_conformance::timers::HandClock;
use imprint_courier::{Asking, Native, NoBrands, Office, Query, Settings, Shelves};
use imprint_ledger::{MemoryTimers, MemoryValues};
use imprint_telemetry::Tally;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

mod common;

#[tokio::test]
async fn an_event_becomes_a_mail_in_the_language_of_its_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let config: BTreeMap<String, String> = [
        ("outbox", folder.path().to_str().expect("text")),
        ("mail_from", "Imprint <news@brand.example>"),
        ("base_url", "https://brand.example/"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .into();
    let settings = Settings(&config);
    let (clock, terms) = (HandClock::default(), settings.terms().expect("terms"));
    let shelves = Shelves {
        settings: MemoryValues::default(),
        messages: MemoryValues::default(),
        keys: MemoryValues::default(),
    };
    let timers = MemoryTimers::claiming(clock.clock(), terms.lease_ms);
    let post = settings.post().expect("a post");
    let office = Office::new(shelves, timers, Native, post, NoBrands, clock.clock(), Tally::default(), terms);
    let office = Arc::new(office);
    let asking = Asking { tenant: TENANT.into(), ..Asking::default() };
    let wishes =
        json!({ "format": 1, "language": "de", "addresses": { "email": "ann@acme.example" } }).to_string();
    office.set_preferences(&asking, USER, &wishes).await.expect("sets");
    office.add_endpoint(TENANT, r#"{"url":"https://hooks.example.com/in"}"#).await.expect("makes");
    for bad in [r#"{"format":1,"rules":[{"name":"x"}]}"#, "{", r#"{"format":9}"#] {
        let fault = office.set(&asking, "rules", bad).await.expect_err(bad);
        assert_eq!(fault.code, "notify.rules.malformed", "{bad}");
    }
    let mut finished = event("e1", FINISHED, clock.now_ms());
    finished["data"]["files"] = json!(42);
    office.hear(finished.to_string().as_bytes()).await.expect("hears");
    clock.pass(90_000_000_000_000);
    office.settle().await.expect("settles");
    let page = office.notices(TENANT, &Query { limit: 10, ..Query::default() }).await.expect("lists");
    let mut states: Vec<String> = page
        .items
        .iter()
        .map(|item| {
            let item: Value = serde_json::from_str(item).expect("JSON");
            format!("{} {}", item["channel"].as_str().expect("text"), item["status"].as_str().expect("text"))
        })
        .collect();
    states.sort();
    assert_eq!(states, ["email sent", "feed delivered", "webhook sent"]);
    let mail = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("a file").path())
        .find(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .expect("a mail");
    let mail = std::fs::read_to_string(mail).expect("text");
    assert!(mail.contains("To: ann@acme.example") && mail.contains("42"), "{mail}");
    let feed = office.news(TENANT, USER, 0, 10, 0).await.expect("news");
    assert_eq!(feed.unread, 1);
}
