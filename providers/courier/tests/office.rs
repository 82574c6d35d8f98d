//! From an event to what the desk shows, in one process, on a clock that the test moves.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use common::{Desk, FINISHED, TENANT, USER, answered, event};
use core_notify::{Attempt, Channel};
use imprint_courier::{Outcome, Query, To};
use imprint_ledger::Values;
use serde_json::{Value, json};
use std::collections::BTreeSet;

mod common;

const URL: &str = "https://hooks.example.com/in";
const HOUR_MS: u64 = 3_600_000;
/// The clock is moved by so much while it is looked for what is tried again.
const STEP_S: u64 = 5;

#[tokio::test]
async fn an_event_becomes_a_webhook_that_is_delivered_once() {
    let desk = Desk::new();
    desk.rules(&[Channel::Webhook], 0).await;
    let endpoint = desk.endpoint(URL).await;
    for _ in 0..3 {
        desk.hear("e1").await;
        desk.settle().await;
    }
    let carried = desk.script.carried.lock().unwrap().clone();
    let [parcel] = carried.as_slice() else { panic!("{} times", carried.len()) };
    let To::Hook { url, keys } = &parcel.to else { panic!("no webhook") };
    assert_eq!((url.as_str(), keys.len()), (URL, 1));
    assert_eq!(keys[0].told(), endpoint["secret"].as_str().unwrap(), "it signs with what was told");
    let shown = desk.notices().await;
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0]["status"], "delivered");
    assert_eq!(shown[0]["event_id"], "e1");
    assert_eq!(shown[0]["endpoint"], endpoint["id"]);
    assert_eq!(shown[0]["attempts"][0]["family"], "ipv4");
}

#[tokio::test]
async fn every_channel_has_its_message_and_says_where_it_stands() {
    let desk = Desk::new();
    desk.rules(&[Channel::Email, Channel::Sms, Channel::Feed, Channel::Push, Channel::Webhook], 0).await;
    desk.hear("before").await;
    desk.settle().await;
    let without: BTreeSet<String> = desk
        .notices()
        .await
        .iter()
        .map(|shown| format!("{} {}", shown["channel"], shown["status"]))
        .collect();
    let expected = [r#""email" "suppressed""#, r#""feed" "delivered""#, r#""sms" "suppressed""#];
    assert_eq!(without, expected.map(str::to_owned).into());

    desk.person(json!({ "addresses": { "email": "ann@acme.example", "phone": "+491701234567" } })).await;
    desk.endpoint(URL).await;
    let point = data_encoding::BASE64URL_NOPAD.encode(&[4; 65]);
    let auth = data_encoding::BASE64URL_NOPAD.encode(&[7; 16]);
    let browser =
        json!({ "endpoint": "https://push.example.net/1", "keys": { "p256dh": point, "auth": auth } });
    desk.office.subscribe(TENANT, USER, &browser.to_string()).await.expect("subscribes");
    let answers = [("email", Outcome::Sent), ("sms", Outcome::Failed), ("push", Outcome::Sent)];
    for (channel, outcome) in answers {
        desk.script.answers.lock().unwrap().insert(channel.into(), vec![outcome]);
    }
    desk.clock.pass(1000);
    desk.hear("after").await;
    desk.settle().await;
    let shown = desk.notices().await;
    let states: BTreeSet<String> = shown
        .iter()
        .filter(|shown| shown["event_id"] == "after")
        .map(|shown| format!("{} {}", shown["channel"].as_str().unwrap(), shown["status"].as_str().unwrap()))
        .collect();
    let expected = ["email sent", "feed delivered", "push sent", "sms failed", "webhook delivered"];
    assert_eq!(states, expected.map(str::to_owned).into());
    let text = shown.iter().map(Value::to_string).collect::<String>();
    assert!(!text.contains("+4917") && !text.contains("push.example"), "no address is shown: {text}");
}

#[tokio::test]
async fn lists_are_asked_by_what_stands_in_them_and_go_on_where_they_ended() {
    let desk = Desk::new();
    desk.rules(&[Channel::Feed, Channel::Webhook], 0).await;
    let endpoint = desk.endpoint(URL).await;
    for number in 0..7 {
        desk.clock.pass(10);
        desk.hear(&format!("e{number}")).await;
    }
    desk.settle().await;
    let ask = async |query: Query| desk.office.notices(TENANT, &query).await;
    let webhooks = Query { channel: Some("webhook".into()), limit: 3, ..Query::default() };
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = ask(Query { cursor: cursor.clone(), ..webhooks.clone() }).await.expect("lists");
        assert!(page.items.len() <= 3);
        let ids =
            page.items.iter().map(|item| serde_json::from_str::<Value>(item).unwrap()["event_id"].clone());
        seen.extend(ids.map(|id| id.as_str().unwrap().to_owned()));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["e6", "e5", "e4", "e3", "e2", "e1", "e0"]);
    let by = async |query: Query| ask(Query { limit: 100, ..query }).await.expect("lists").items.len();
    let id = endpoint["id"].as_str().map(str::to_owned);
    assert_eq!(by(Query { endpoint: id, ..Query::default() }).await, 7);
    assert_eq!(by(Query { status: Some("delivered".into()), ..Query::default() }).await, 14);
    assert_eq!(by(Query { status: Some("failed".into()), ..Query::default() }).await, 0);
    let wrong = [
        Query { channel: Some("pigeon".into()), ..Query::default() },
        Query { status: Some("lost".into()), ..Query::default() },
        Query { cursor: Some("x".into()), ..Query::default() },
    ];
    for query in wrong {
        let fault = ask(query).await.expect_err("refused");
        assert_eq!(fault.code, "http.parameter");
    }
    let other = desk.office.notices("other", &Query { limit: 100, ..Query::default() }).await.expect("lists");
    assert!(other.items.is_empty(), "a tenant sees its own");
    assert!(desk.office.notices("a.b", &Query::default()).await.is_err());
}

#[tokio::test]
async fn retries_come_at_the_moments_of_the_schedule_and_end() {
    let desk = Desk::new();
    desk.rules(&[Channel::Webhook], 0).await;
    desk.endpoint(URL).await;
    desk.script.answers.lock().unwrap().insert(URL.into(), vec![answered(500); 100]);
    desk.hear("e1").await;
    let mut waits = Vec::new();
    let id = {
        desk.settle().await;
        desk.notices().await[0]["id"].as_str().unwrap().to_owned()
    };
    let mut before = desk.clock.now_ms();
    for _ in 0..30_000 {
        let tries = desk.script.carried.lock().unwrap().len();
        desk.clock.pass(STEP_S * 1000);
        desk.settle().await;
        if desk.script.carried.lock().unwrap().len() > tries {
            waits.push((desk.clock.now_ms() - before) / 1000);
            before = desk.clock.now_ms();
        }
        if desk.notices().await[0]["status"] == "failed" {
            break;
        }
    }
    let usual = [5_u64, 300, 1800, 7200, 18_000, 36_000, 36_000];
    assert_eq!(waits.len(), usual.len(), "{waits:?}");
    for (wait, usual) in waits.iter().zip(usual) {
        let fits = (usual * 8 / 10..=usual * 12 / 10 + STEP_S).contains(wait);
        assert!(fits, "{waits:?}");
    }
    // Set aside, it can be tried again under the same id.
    desk.script.answers.lock().unwrap().clear();
    desk.office.redrive(TENANT, &id).await.expect("redrives").expect("is there");
    desk.settle().await;
    let shown = &desk.notices().await[0];
    assert_eq!((shown["status"].as_str(), shown["id"].as_str()), (Some("delivered"), Some(id.as_str())));
    let ids: BTreeSet<String> =
        desk.script.carried.lock().unwrap().iter().map(|parcel| parcel.id.clone()).collect();
    assert_eq!(ids.len(), 1, "the same id at every attempt");
    assert_eq!(desk.office.redrive(TENANT, "none").await.expect("answers"), None);
}

#[tokio::test]
async fn a_wait_that_is_asked_for_is_kept() {
    let desk = Desk::new();
    desk.rules(&[Channel::Webhook], 0).await;
    desk.endpoint(URL).await;
    let later = Outcome::Tried(Attempt::Answered { status: 429, retry_after_s: Some(90) });
    desk.script.answers.lock().unwrap().insert(URL.into(), vec![later]);
    desk.hear("e1").await;
    desk.settle().await;
    desk.clock.pass(89_000);
    desk.settle().await;
    assert_eq!(desk.script.carried.lock().unwrap().len(), 1);
    desk.clock.pass(1000);
    desk.settle().await;
    assert_eq!(desk.notices().await[0]["status"], "delivered");
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_turned_off_and_told_of_elsewhere() {
    let desk = Desk::new();
    let on = ["webhook.endpoint.disabled", "brand-kit.compilation.finished"]
        .map(|name| format!("com.brandgenerator.events.{name}"));
    let rules = json!([{ "name": "all", "on": on, "channels": ["webhook", "feed"] }]);
    desk.office.set(&desk.asking(), "rules", &rules.to_string()).await.expect("sets");
    let endpoint = desk.endpoint(URL).await;
    let id = endpoint["id"].as_str().unwrap();
    desk.script.answers.lock().unwrap().insert(URL.into(), vec![answered(410)]);
    desk.hear("e1").await;
    desk.settle().await;
    let shown: Value =
        serde_json::from_str(&desk.office.endpoint(TENANT, id).await.unwrap().unwrap()).unwrap();
    assert_eq!((shown["enabled"].as_bool(), shown["disabled"]["why"].as_str()), (Some(false), Some("gone")));
    assert!(shown["disabled"]["at"].is_string());
    let told = desk.office.news(TENANT, TENANT, 0, 10, 0).await.unwrap();
    assert!(told.items[0].contains("webhook.endpoint.disabled"), "{told:?}");
    // What comes now is kept, and can be had when it is on again.
    desk.clock.pass(10);
    desk.hear("e2").await;
    desk.settle().await;
    let query =
        Query { endpoint: Some(id.into()), status: Some("suppressed".into()), limit: 9, ..Query::default() };
    assert_eq!(
        desk.office.notices(TENANT, &query).await.unwrap().items.len(),
        2,
        "the event, and the news of it"
    );
    desk.office.change_endpoint(TENANT, id, r#"{"enabled":true}"#).await.unwrap().unwrap();
    let count = desk.office.replay(TENANT, id, 0, u64::MAX).await.unwrap().unwrap();
    desk.settle().await;
    assert_eq!(count, 3);
    let delivered = Query { status: Some("delivered".into()), ..query };
    assert_eq!(desk.office.notices(TENANT, &delivered).await.unwrap().items.len(), 3);
}

#[tokio::test]
async fn an_endpoint_that_fails_for_days_is_turned_off() {
    let desk = Desk::new();
    desk.rules(&[Channel::Webhook], 0).await;
    let id = desk.endpoint(URL).await["id"].as_str().unwrap().to_owned();
    desk.script.answers.lock().unwrap().insert(URL.into(), vec![answered(500); 1000]);
    let shown = async || -> Value {
        serde_json::from_str(&desk.office.endpoint(TENANT, &id).await.unwrap().unwrap()).unwrap()
    };
    for day in 0..6 {
        desk.hear(&format!("e{day}")).await;
        desk.settle().await;
        assert_eq!(shown().await["enabled"], day < 5, "day {day}");
        desk.clock.pass(24 * HOUR_MS);
    }
    assert_eq!(shown().await["disabled"]["why"], "failing");
}

#[tokio::test]
async fn secrets_are_told_once_and_two_sign_for_a_day() {
    let desk = Desk::new();
    desk.rules(&[Channel::Webhook], 0).await;
    let made = desk.endpoint(URL).await;
    let (id, first) = (made["id"].as_str().unwrap(), made["secret"].as_str().unwrap().to_owned());
    assert!(first.starts_with("whsec_"));
    assert!(!desk.office.endpoint(TENANT, id).await.unwrap().unwrap().contains("whsec_"));
    let rotated: Value =
        serde_json::from_str(&desk.office.rotate_secret(TENANT, id).await.unwrap().unwrap()).unwrap();
    let second = rotated["secret"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    let signing = async |event: &str| {
        desk.hear(event).await;
        desk.settle().await;
        let carried = desk.script.carried.lock().unwrap();
        let To::Hook { keys, .. } = &carried.last().unwrap().to else { panic!("no webhook") };
        keys.iter().map(core_notify::Key::told).collect::<Vec<_>>()
    };
    assert_eq!(signing("e1").await, [second.clone(), first]);
    desk.clock.pass(24 * HOUR_MS);
    assert_eq!(signing("e2").await, [second]);
    let wish = json!({ "url": URL, "signature": "ed25519" }).to_string();
    let made: Value = serde_json::from_str(&desk.office.add_endpoint(TENANT, &wish).await.unwrap()).unwrap();
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whpk_"), "of a pair only the half that checks is told");
    assert_eq!(made["public_key"], made["secret"]);
}

#[tokio::test]
async fn wishes_that_cannot_be_are_refused_with_their_reason() {
    let desk = Desk::new();
    let cases = [
        ("{", "EOF"),
        ("{}", "`url` is missing"),
        (r#"{"url":"http://hooks.example.com"}"#, "https://"),
        (r#"{"url":"https://u:p@hooks.example.com"}"#, "user"),
        (r#"{"url":"https://localhost/x"}"#, "local"),
        (r#"{"url":"https://169.254.169.254/latest"}"#, "not public"),
        (r#"{"url":"https://[::ffff:10.0.0.1]/"}"#, "not public"),
        (r#"{"url":"https://hooks.example.com","what":1}"#, "unknown field"),
        (r#"{"url":"https://hooks.example.com","signature":"rsa"}"#, "signature"),
        (r#"{"url":"https://hooks.example.com","events":["a b"]}"#, "type of an event"),
        (r#"{"url":"https://hooks.example.com","description":"a\nb"}"#, "control"),
    ];
    for (wish, why) in cases {
        let fault = desk.office.add_endpoint(TENANT, wish).await.expect_err(wish);
        assert_eq!(fault.code, "webhook.endpoint.malformed", "{wish}");
        assert!(fault.message.contains(why), "{}", fault.message);
    }
    let long = format!(r#"{{"url":"{URL}","description":"{}"}}"#, "x".repeat(20_000));
    assert_eq!(desk.office.add_endpoint(TENANT, &long).await.unwrap_err().code, "http.body.too-large");
    for _ in 0..imprint_courier::limits::ENDPOINTS_MAX {
        desk.endpoint(URL).await;
    }
    let full = desk.office.add_endpoint(TENANT, &json!({ "url": URL }).to_string()).await.unwrap_err();
    assert_eq!(full.code, "webhook.endpoints.full");
}

#[tokio::test]
async fn news_are_read_in_order_and_marked() {
    let desk = Desk::new();
    desk.rules(&[Channel::Feed], 0).await;
    for number in 0..5 {
        desk.hear(&format!("e{number}")).await;
        desk.settle().await;
    }
    let feed = desk.office.news(TENANT, USER, 0, 2, 0).await.unwrap();
    assert_eq!((feed.items.len(), feed.unread), (2, 5));
    let rest = desk.office.news(TENANT, USER, feed.last, 10, 0).await.unwrap();
    assert_eq!((rest.items.len(), rest.unread), (3, 5));
    let last: Value = serde_json::from_str(&rest.items[2]).unwrap();
    let one = [last["id"].as_str().unwrap().to_owned()];
    assert_eq!(desk.office.mark(TENANT, USER, &one, 0).await.unwrap(), 4);
    assert_eq!(desk.office.mark(TENANT, USER, &[], feed.last).await.unwrap(), 2);
    let again = desk.office.news(TENANT, USER, 0, 10, 0).await.unwrap();
    let read: Vec<bool> = again
        .items
        .iter()
        .map(|item| serde_json::from_str::<Value>(item).unwrap()["read"].as_bool().unwrap())
        .collect();
    assert_eq!((read, again.unread), (vec![true, true, false, false, true], 2));
    // Whoever waits hears of what comes.
    let (office, after) = (desk.office.clone(), rest.last);
    let waiting = tokio::spawn(async move { office.news(TENANT, USER, after, 10, 20_000).await });
    desk.hear("late").await;
    desk.settle().await;
    let heard = waiting.await.unwrap().unwrap();
    assert!(heard.items[0].contains("late"), "{heard:?}");
    assert!(desk.office.news(TENANT, "", 0, 1, 0).await.is_err());
}

#[tokio::test]
async fn what_is_gathered_is_told_as_one_and_what_comes_late_alone() {
    let desk = Desk::new();
    desk.rules(&[Channel::Email], 10).await;
    desk.person(json!({ "addresses": { "email": "ann@acme.example" } })).await;
    desk.script.answers.lock().unwrap().insert("email".into(), vec![Outcome::Sent; 9]);
    let began = desk.clock.now_ms();
    for id in ["a", "b", "b", "c"] {
        desk.hear(id).await;
    }
    desk.settle().await;
    assert!(desk.script.carried.lock().unwrap().is_empty(), "nothing before the end of the window");
    desk.clock.pass(10 * 60_000);
    desk.settle().await;
    let texts = || -> Vec<String> {
        desk.script.carried.lock().unwrap().iter().map(|parcel| parcel.letter.text.clone()).collect()
    };
    assert_eq!(texts(), ["a b c"]);
    let late = event("late", FINISHED, began).to_string();
    for _ in 0..2 {
        desk.office.hear(late.as_bytes()).await.expect("hears");
        desk.settle().await;
    }
    assert_eq!(texts(), ["a b c", "late"]);
    assert_eq!(desk.notices().await.iter().filter(|shown| shown["digest_of"] == 3).count(), 1);
}

#[tokio::test]
async fn nothing_rings_in_quiet_hours() {
    let desk = Desk::new();
    desk.rules(&[Channel::Sms, Channel::Feed], 0).await;
    // The clock of the test stands at 1000 seconds after midnight.
    let quiet = json!({ "from_min": 0, "until_min": 60 });
    desk.person(json!({ "addresses": { "phone": "+491701234567" }, "quiet": quiet })).await;
    desk.hear("e").await;
    desk.settle().await;
    assert!(desk.script.carried.lock().unwrap().is_empty());
    assert_eq!(desk.office.news(TENANT, USER, 0, 9, 0).await.unwrap().items.len(), 1);
    desk.clock.pass(HOUR_MS - desk.clock.now_ms());
    desk.settle().await;
    assert_eq!(desk.script.carried.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn an_address_that_bounced_is_left_alone_until_it_is_set_again() {
    let desk = Desk::new();
    desk.rules(&[Channel::Email], 0).await;
    let wishes = json!({ "addresses": { "email": "ann@acme.example" } });
    desk.person(wishes.clone()).await;
    desk.script.answers.lock().unwrap().insert("email".into(), vec![Outcome::Bounced, Outcome::Sent]);
    let state = async |id: &str| {
        desk.clock.pass(1);
        desk.hear(id).await;
        desk.settle().await;
        desk.notices().await[0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(state("a").await, "bounced");
    assert_eq!(state("b").await, "suppressed");
    desk.person(wishes).await;
    assert_eq!(state("c").await, "sent");
}

#[tokio::test]
async fn who_is_forgotten_leaves_nothing_that_opens() {
    let desk = Desk::new();
    desk.rules(&[Channel::Feed], 0).await;
    desk.person(json!({ "addresses": { "email": "ann@acme.example" } })).await;
    desk.hear("e").await;
    desk.settle().await;
    assert!(desk.office.forget(TENANT, USER).await.unwrap());
    assert_eq!(desk.office.preferences_of(TENANT, USER).await.unwrap(), None);
    assert!(desk.office.news(TENANT, USER, 0, 9, 0).await.unwrap().items.is_empty());
    assert!(!desk.office.forget(TENANT, USER).await.unwrap());
    // They may come back.
    desk.person(json!({ "language": "de" })).await;
    assert_eq!(desk.office.preferences_of(TENANT, USER).await.unwrap().unwrap(), r#"{"language":"de"}"#);
}

/// Their name stands in no message any more, nor in what was gathered; what waited is not sent, and a program still hears.
#[tokio::test]
async fn who_is_forgotten_is_named_by_no_message() {
    let desk = Desk::new();
    desk.rules(&[Channel::Feed, Channel::Webhook, Channel::Email], 0).await;
    desk.endpoint(URL).await;
    desk.person(json!({ "addresses": { "email": "ann@acme.example" } })).await;
    desk.hear("told").await;
    desk.settle().await;
    desk.hear("waiting").await;
    desk.rules(&[Channel::Email], 60).await;
    desk.hear("gathered").await;
    assert!(desk.office.forget(TENANT, USER).await.unwrap());
    let mut stored = Vec::new();
    for kind in ["notice", "gather", "feed", "whose"] {
        let found = desk.office.shelves.messages.after(&format!("{kind}.{TENANT}"), 0).await.unwrap();
        stored.extend(found.iter().map(|one| String::from_utf8_lossy(&one.bytes).into_owned()));
    }
    assert_eq!(stored.len(), 7, "three that were told, three that waited, and what was gathered: {stored:?}");
    assert!(!stored.iter().any(|text| text.contains(USER)), "{stored:?}");
    desk.clock.pass(7_200_000);
    desk.settle().await;
    let carried = desk.script.carried.lock().unwrap().iter().map(|parcel| parcel.channel).collect::<Vec<_>>();
    let count = |channel| carried.iter().filter(|one| **one == channel).count();
    assert_eq!((count(Channel::Email), count(Channel::Webhook), carried.len()), (1, 2, 3), "{carried:?}");
    let states = desk.notices().await;
    let waited = states.iter().filter(|one| one["status"] == "suppressed").count();
    assert_eq!(waited, 2, "news and a mail that waited: {states:?}");
    assert!(!desk.office.forget(TENANT, USER).await.unwrap());
}

/// An event of the courier's own is what `schemas/` says of it.
fn is_as_described(event: &Value, name: &str) {
    assert_eq!(event["type"], format!("com.brandgenerator.events.{name}"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas");
    for (file, value) in [("envelope.v1".to_owned(), event), (format!("{name}.v1"), &event["data"])] {
        let text = std::fs::read_to_string(format!("{folder}/{file}.json")).unwrap();
        let schema: Value = serde_json::from_str(&text).unwrap();
        let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema);
        let faults: Vec<String> = validator.unwrap().iter_errors(value).map(|one| one.to_string()).collect();
        assert!(faults.is_empty(), "{file}: {faults:#?}\n{value:#}");
    }
}

#[tokio::test]
async fn the_end_of_an_endpoint_is_told_as_described() {
    let desk = Desk::new();
    let on = ["webhook.endpoint.disabled", "brand-kit.compilation.finished"]
        .map(|name| format!("com.brandgenerator.events.{name}"));
    let rules = json!([{ "name": "all", "on": on, "channels": ["webhook"] }]);
    desk.office.set(&desk.asking(), "rules", &rules.to_string()).await.expect("sets");
    desk.endpoint(URL).await;
    desk.endpoint("https://other.example.com/in").await;
    desk.script.answers.lock().unwrap().insert(URL.into(), vec![answered(410)]);
    desk.hear("e1").await;
    desk.settle().await;
    let payloads: Vec<Value> = desk
        .script
        .carried
        .lock()
        .unwrap()
        .iter()
        .map(|parcel| serde_json::from_str(parcel.letter.payload.as_ref().unwrap()).unwrap())
        .collect();
    let told: Vec<&Value> = payloads.iter().filter(|event| event["data"]["why"] == "gone").collect();
    assert_eq!(told.len(), 1, "the other endpoint hears of it");
    is_as_described(told[0], "webhook.endpoint.disabled");
}

#[tokio::test]
async fn events_that_are_none_are_left_out() {
    let desk = Desk::new();
    desk.rules(&[Channel::Feed], 0).await;
    let huge = format!("{{\"id\":\"{}\"}}", "x".repeat(300_000));
    let foreign = event("e", FINISHED, 1).to_string().replace(TENANT, "a.b");
    for body in ["", "{", "{}", "[]", &huge, &foreign] {
        desk.office.hear(body.as_bytes()).await.expect("is left out");
    }
    desk.settle().await;
    assert!(desk.notices().await.is_empty());
}

#[tokio::test]
async fn a_test_says_that_it_is_one() {
    let desk = Desk::new();
    let id = desk.endpoint(URL).await["id"].as_str().unwrap().to_owned();
    desk.office.try_endpoint(TENANT, &id).await.unwrap().expect("a notice");
    desk.settle().await;
    let payload = desk.script.carried.lock().unwrap()[0].letter.payload.clone().unwrap();
    is_as_described(&serde_json::from_str(&payload).unwrap(), "webhook.endpoint.tested");
    assert_eq!(desk.office.try_endpoint(TENANT, "ep_none").await.unwrap(), None);
    assert!(desk.office.remove_endpoint(TENANT, &id).await.unwrap());
    assert!(!desk.office.remove_endpoint(TENANT, &id).await.unwrap());
}
