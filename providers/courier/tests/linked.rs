//! In one process, with the real words and a folder in place of the world.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use common::{FINISHED, LinkedOffice, TENANT, USER, event, linked};
use imprint_courier::{Asking, NoBrands, Query};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

mod common;

/// Mails lie in this folder, and have a link to leave by.
fn mailing(folder: &Path) -> [(&'static str, &str); 3] {
    [
        ("outbox", folder.to_str().expect("text")),
        ("mail_from", "Imprint <news@brand.example>"),
        ("base_url", "https://brand.example/"),
    ]
}

#[tokio::test]
async fn an_event_becomes_a_mail_in_the_language_of_its_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let (office, clock) = linked(&mailing(folder.path()), NoBrands);
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
    let (office, clock) = linked(&mailing(folder.path()), NoBrands);
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
    let cases: &[(&str, &str, Option<&str>)] = &[
        ("MessageStatus=sending", "sent", None),
        ("MessageStatus=a+b&ErrorCode=%0d%0a", "sent", None),
        ("MessageSid=SM1&MessageStatus=delivered&To=%2B49", "delivered", None),
        ("MessageStatus=undelivered&ErrorCode=30005", "bounced", Some("undelivered 30005")),
        ("MessageStatus=failed&ErrorCode=30008", "failed", Some("failed 30008")),
        ("MessageStatus=failed&ErrorCode=%3Cb%3E", "failed", Some("failed")),
    ];
    for (number, (form, stands, why)) in cases.iter().enumerate() {
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
            assert!(
                !office.sms_report(forged, "MessageStatus=delivered", None).await.expect("hears"),
                "{forged}"
            );
        }
        assert_eq!(newest().await["status"], "sent", "nobody else says anything");
        for _ in 0..2 {
            assert!(office.sms_report(token, form, None).await.expect("hears"));
        }
        let after = newest().await;
        assert_eq!((after["status"].as_str(), after["why"].as_str()), (Some(*stands), *why), "{form}");
        clock.pass(10);
    }
}

/// Where the operator asks for signatures, only the provider is heard, at the very address that it was given.
#[tokio::test]
async fn a_report_must_be_signed_where_the_operator_wants_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("token");
    std::fs::write(&secret, "12345\n").expect("a file");
    let config = [
        ("outbox", folder.path().to_str().expect("text")),
        ("base_url", "https://brand.example/"),
        ("sms_signed", "true"),
        ("sms_token_file", secret.to_str().expect("text")),
    ];
    let (office, _) = linked(&config, NoBrands);
    assert!(!format!("{:?}", office.terms).contains("12345"), "no log says it");
    let (token, form) = ("acme.0f6a.AAAA", "MessageStatus=delivered&MessageSid=SM1");
    let text = "https://brand.example/callbacks/sms/acme.0f6a.AAAAMessageSidSM1MessageStatusdelivered";
    let sign = |secret: &str| {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
        data_encoding::BASE64.encode(ring::hmac::sign(&key, text.as_bytes()).as_ref())
    };
    // The message is none of ours, and a wrong signature is said before anybody looks for it.
    for signature in [Some(sign("12345")), Some(sign("other")), None] {
        let heard = office.sms_report(token, form, signature.as_deref()).await.expect("answers");
        assert!(!heard);
    }
}

/// What has no key is asked so often, and no more, until some time has passed.
#[tokio::test]
async fn an_address_without_a_key_is_not_asked_without_end() {
    let (office, clock) = linked(&[("base_url", "https://brand.example/")], NoBrands);
    clock.pass(90_000_000_000_000);
    let (person, other) = ("0".repeat(32), "1".repeat(32));
    for number in 0..imprint_courier::limits::OPEN_SAME_MAX {
        let token = format!("{TENANT}.{person}.{number:A>4}");
        assert_eq!(office.look(&token).await.expect("looks"), None);
    }
    let token = format!("{TENANT}.{person}.AAAA");
    for fault in [office.look(&token).await.unwrap_err(), office.leave(&token).await.unwrap_err()] {
        assert_eq!(fault.code, "http.too-often");
        assert!((1..=60_000).contains(&fault.retry_after_ms), "{fault:?}");
    }
    assert_eq!(office.look(&format!("{TENANT}.{other}.AAAA")).await.expect("looks"), None);
    assert!(!office.sms_report(&token, "", None).await.expect("another address"));
    clock.pass(60_000);
    assert_eq!(office.look(&token).await.expect("looks"), None);
}

/// Who runs the platform hears once that a version went back, also by night; and of a quota whoever goes by the tenant's name.
#[tokio::test]
async fn operators_hear_that_a_rollout_went_back_and_tenants_of_their_quota() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = [("outbox", folder.path().to_str().expect("text")), ("base_url", "https://brand.example/")];
    let (office, clock) = linked(&config, NoBrands);
    clock.pass(1_795_593_600_000);
    let asking = Asking { tenant: TENANT.into(), ..Asking::default() };
    let wishes = json!({ "language": "de", "quiet": { "from_min": 0, "until_min": 1439 },
        "off": { "*": ["feed", "email"] }, "addresses": { "email": "ann@acme.example" } });
    office.set_preferences(&asking, USER, &wishes.to_string()).await.expect("sets");
    office.add_endpoint(TENANT, r#"{"url":"https://hooks.example.com/in"}"#).await.expect("makes");
    let mut back = event("r1", "com.brandgenerator.events.rollout.rolled-back", clock.now_ms());
    back["subject"] = json!("design-0_2_0-1");
    back["data"]["component"] = json!("design");
    back["data"]["version"] = json!("0.2.0");
    let mut quota = event("q1", "com.brandgenerator.events.quota.spent", clock.now_ms());
    quota["subject"] = json!("quota-open");
    quota["data"] =
        json!({ "quota": "open", "at_ms": clock.now_ms(), "used": 1000, "max": 1000, "percent": 100 });
    for event in [&back, &back, &quota, &quota] {
        office.hear(event.to_string().as_bytes()).await.expect("hears");
    }
    office.settle().await.expect("settles");
    let page = office.notices(TENANT, &Query { limit: 20, ..Query::default() }).await.expect("lists");
    let items: Vec<Value> = page.items.iter().map(|item| serde_json::from_str(item).expect("JSON")).collect();
    let of = |id: &str| {
        let of = items.iter().filter(|item| item["event_id"] == id);
        let mut of: Vec<String> = of.map(|item| format!("{} {}", item["channel"], item["status"])).collect();
        of.sort();
        of.join(", ")
    };
    assert_eq!(
        of("r1"),
        r#""email" "sent", "feed" "delivered", "webhook" "sent""#,
        "told, though all is off"
    );
    assert_eq!(of("q1"), r#""email" "suppressed", "feed" "delivered", "webhook" "sent""#);
    assert!(items.iter().all(|item| item["brand_id"].is_null()), "{items:?}");
    for (user, words) in [(USER, "design 0.2.0 wurde zurückgenommen"), (TENANT, "The quota is used up")] {
        let feed = office.news(TENANT, user, 0, 10, 0).await.expect("news");
        assert_eq!(feed.items.len(), 1);
        assert!(feed.items[0].contains(words), "{}", feed.items[0]);
    }
}
