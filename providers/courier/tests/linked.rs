//! In one process, with the real words and a folder in place of the world.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use common::{FINISHED, LinkedOffice, TENANT, USER, event, linked};
use imprint_courier::{Asking, NoBrands, Query};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

mod common;

#[tokio::test]
async fn an_event_becomes_a_mail_in_the_language_of_its_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = [
        ("outbox", folder.path().to_str().expect("text")),
        ("mail_from", "Imprint <news@brand.example>"),
        ("base_url", "https://brand.example/"),
    ];
    let (office, clock) = linked(&config, NoBrands);
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

/// Mails in a folder, by what stands in `Message-ID` before the sender's domain.
fn mails(folder: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    let mails = files.filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
    mails
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("text"))
        })
        .collect()
}

/// The token of the link at the head of a mail.
fn token(mail: &str) -> Option<&str> {
    let (_, rest) = mail.split_once("List-Unsubscribe: <https://brand.example/unsubscribe/")?;
    Some(rest.split_once('>')?.0)
}

async fn why(office: &LinkedOffice<NoBrands>, event_id: &str) -> Option<(String, String)> {
    let query = Query { channel: Some("email".into()), limit: 10, ..Query::default() };
    let items = office.notices(TENANT, &query).await.expect("lists").items;
    let items = items.iter().map(|item| serde_json::from_str::<Value>(item).expect("JSON"));
    let text = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    items
        .filter(|item| item["event_id"] == event_id)
        .map(|item| (text(&item, "status"), text(&item, "why")))
        .next()
}

/// Links that somebody made of one: another tenant, another person, other bytes, fewer and more parts.
fn forged(token: &str) -> [String; 7] {
    let parts: Vec<&str> = token.split('.').collect();
    let turned: String = parts[2].chars().rev().collect();
    [
        format!("other.{}.{}", parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], "0".repeat(32), parts[2]),
        format!("{}.{}.{turned}", parts[0], parts[1]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{token}.x"),
        "../..".to_owned(),
        String::new(),
    ]
}

#[tokio::test]
async fn the_link_of_a_mail_ends_the_mails_of_its_rule_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = [
        ("outbox", folder.path().to_str().expect("text")),
        ("mail_from", "Imprint <news@brand.example>"),
        ("base_url", "https://brand.example/"),
    ];
    let (office, clock) = linked(&config, NoBrands);
    let asking = Asking { tenant: TENANT.into(), ..Asking::default() };
    // Events say when they happened.
    clock.pass(90_000_000_000_000);
    let wishes = json!({ "format": 1, "language": "de", "off": { "*": ["sms"] },
        "addresses": { "email": "ann@acme.example" } });
    office.set_preferences(&asking, USER, &wishes.to_string()).await.expect("sets");
    let hear = async |id: &str, kind: &str| {
        let mut event = event(id, kind, clock.now_ms());
        event["data"]["files"] = json!(42);
        event["data"]["url"] = json!("https://hooks.example.com/in");
        office.hear(event.to_string().as_bytes()).await.expect("hears");
    };
    hear("e1", FINISHED).await;
    office.settle().await.expect("settles");
    let first = mails(folder.path()).into_values().next().expect("a mail");
    assert!(first.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{first}");
    let token = token(&first).expect("a link").to_owned();
    assert!(!token.contains("ann"), "it names nobody");

    let link = office.look(&token).await.expect("looks").expect("is ours");
    assert_eq!((link.rule.as_str(), link.language.as_str(), link.is_off), ("brand-finished", "de", false));
    let other = imprint_courier::Asking { tenant: "other".into(), ..Asking::default() };
    office.set_preferences(&other, USER, &wishes.to_string()).await.expect("sets");
    office.set_preferences(&asking, "bob", &wishes.to_string()).await.expect("sets");
    for forged in &forged(&token) {
        assert_eq!(office.look(forged).await.expect("looks"), None, "{forged}");
        assert_eq!(office.leave(forged).await.expect("looks"), None, "{forged}");
    }
    assert!(!office.look(&token).await.expect("looks").expect("is ours").is_off);

    // What was on its way when they said so does not go out either.
    hear("e2", FINISHED).await;
    for _ in 0..2 {
        assert!(office.leave(&token).await.expect("leaves").expect("is ours").is_off);
    }
    office.settle().await.expect("settles");
    assert_eq!(why(&office, "e2").await, Some(("suppressed".into(), "it was turned off".into())));
    hear("e3", FINISHED).await;
    hear("e4", "com.brandgenerator.events.brand.erased").await;
    hear("e5", "com.brandgenerator.events.webhook.endpoint.disabled").await;
    office.settle().await.expect("settles");
    assert_eq!(why(&office, "e3").await, None);
    let later = mails(folder.path());
    assert_eq!(later.len(), 3, "another rule and what is critical are told");
    let without = later.values().filter(|mail| !mail.contains("List-Unsubscribe")).count();
    assert_eq!(without, 1, "nobody leaves what is critical");
    let stored = office.preferences_of(TENANT, USER).await.expect("reads").expect("is set");
    let stored: Value = serde_json::from_str(&stored).expect("JSON");
    assert_eq!(stored["off"], json!({ "*": ["sms"], "brand-finished": ["email", "sms"] }));
    assert_eq!(stored["addresses"]["email"], "ann@acme.example");

    office.forget(TENANT, USER).await.expect("forgets");
    assert_eq!(office.look(&token).await.expect("looks"), None, "nobody is left whose it was");
}

#[tokio::test]
async fn a_provider_says_later_what_became_of_a_text_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = [("outbox", folder.path().to_str().expect("text")), ("base_url", "https://brand.example/")];
    let (office, clock) = linked(&config, NoBrands);
    clock.pass(90_000_000_000_000);
    let asking = Asking { tenant: TENANT.into(), ..Asking::default() };
    let rules = json!({ "format": 1, "rules": [{ "name": "all", "on": ["brand-kit.compilation.finished"],
        "channels": ["sms"] }] });
    office.set(&asking, "rules", &rules.to_string()).await.expect("sets");
    let wishes = json!({ "addresses": { "phone": "+491701234567" } }).to_string();
    office.set_preferences(&asking, USER, &wishes).await.expect("sets");
    let cases: &[(&str, Option<&str>, &str, Option<&str>)] = &[
        ("sending", None, "sent", None),
        ("delivered", None, "delivered", None),
        ("undelivered", Some("30005"), "bounced", Some("undelivered 30005")),
        ("failed", Some("30008"), "failed", Some("failed 30008")),
        ("failed", Some("<b>"), "failed", Some("failed")),
    ];
    for (number, (status, code, stands, why)) in cases.iter().enumerate() {
        let mut finished = event(&format!("e{number}"), FINISHED, clock.now_ms());
        finished["data"]["files"] = json!(42);
        office.hear(finished.to_string().as_bytes()).await.expect("hears");
        let query = || Query { limit: 1, ..Query::default() };
        let newest = async || -> Value {
            let page = office.notices(TENANT, &query()).await.expect("lists");
            serde_json::from_str(&page.items[0]).expect("JSON")
        };
        office.settle().await.expect("settles");
        let id = newest().await["id"].as_str().expect("an id").to_owned();
        let sent = std::fs::read_to_string(folder.path().join(format!("sms-{id}.json"))).expect("a message");
        let sent: Value = serde_json::from_str(&sent).expect("JSON");
        let address = sent["report"].as_str().expect("where to say it");
        let token = address.strip_prefix("https://brand.example/callbacks/sms/").expect(address);
        let other = token.replacen(&id, &"0".repeat(32), 1);
        let elsewhere = token.replacen(TENANT, "other", 1);
        for forged in [other.as_str(), &elsewhere, "", "a.b.c"] {
            assert!(!office.sms_report(forged, "delivered", None).await.expect("hears"), "{forged}");
        }
        assert_eq!(newest().await["status"], "sent", "nobody else says anything");
        for _ in 0..2 {
            assert!(office.sms_report(token, status, *code).await.expect("hears"));
        }
        let after = newest().await;
        assert_eq!((after["status"].as_str(), after["why"].as_str()), (Some(*stands), *why), "{status}");
        clock.pass(10);
    }
}
