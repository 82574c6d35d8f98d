//! An office in one process: a scribe with few words, a carrier that does as it is told, a clock that a test moves.

#![allow(dead_code, reason = "each suite takes from here what it needs")]

use core_brand::Fault;
use core_notify::{Attempt, Channel, Message, Occasion, Preferences, Rule, decide};
use imprint_conformance::timers::HandClock;
use imprint_courier::{
    Asking, Brands, Carrier, Letter, Native, NoBrands, Office, Outcome, Parcel, Post, Scribe, Settings,
    Shelves, Terms, Told,
};
use imprint_ledger::{MemoryTimers, MemoryValues};
use imprint_telemetry::Tally;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

pub(crate) const TENANT: &str = "acme";
pub(crate) const USER: &str = "ann@acme.example";
pub(crate) const FINISHED: &str = "com.brandgenerator.events.brand-kit.compilation.finished";

/// Tells every event by the rules, in its type and its id.
pub(crate) struct PlainScribe;

impl Scribe for PlainScribe {
    async fn plan(
        &self,
        asking: &Asking,
        event: &str,
        user: &str,
        rules: &str,
        preferences: &str,
    ) -> Result<Vec<Message>, Fault> {
        let event: Value = serde_json::from_str(event).expect("an event");
        let rules: Vec<Rule> = serde_json::from_str(rules).unwrap_or_default();
        let wishes: Value = serde_json::from_str(preferences).unwrap_or_default();
        let quiet = serde_json::from_value(wishes["quiet"].clone()).ok();
        let occasion = Occasion {
            event_id: event["id"].as_str().expect("an id"),
            event_type: event["type"].as_str().expect("a type"),
            tenant: &asking.tenant,
            user,
            at_ms: event["data"]["at_ms"].as_u64().expect("a time"),
        };
        Ok(decide(&rules, &Preferences { quiet, ..Preferences::default() }, &occasion))
    }

    async fn write(&self, _: &Asking, _: &str, matter: &str) -> Result<Letter, Fault> {
        let matter: Value = serde_json::from_str(matter).expect("matter");
        let events = matter["events"].as_array().expect("events");
        let ids: Vec<&str> = events.iter().filter_map(|event| event["id"].as_str()).collect();
        Ok(Letter {
            subject: format!("{} of {}", events[0]["type"].as_str().unwrap_or_default(), ids.len()),
            text: ids.join(" "),
            html: Some(format!("<p>{}</p>", ids.join(" "))),
            payload: Some(events[0].to_string()),
        })
    }

    async fn check(&self, _: &Asking, _: &str, text: &str) -> Result<String, Fault> {
        Ok(text.to_owned())
    }
}

/// Answers as it was told, and notes what it was given.
#[derive(Default)]
pub(crate) struct Script {
    /// By the id of the message, or of the endpoint's address; what is not named is delivered.
    pub(crate) answers: Mutex<BTreeMap<String, Vec<Outcome>>>,
    pub(crate) carried: Mutex<Vec<Parcel>>,
}

/// The office's half of it.
pub(crate) struct Hand(pub(crate) Arc<Script>);

impl Carrier for Hand {
    async fn carry(&self, parcel: Parcel) -> Told {
        let key = match &parcel.to {
            imprint_courier::To::Hook { url, .. } => url.clone(),
            _ => parcel.channel.as_str().to_owned(),
        };
        self.0.carried.lock().unwrap().push(parcel);
        let mut answers = self.0.answers.lock().unwrap();
        let next =
            answers.get_mut(&key).filter(|answers| !answers.is_empty()).map(|answers| answers.remove(0));
        let outcome = next.unwrap_or_else(|| answered(200));
        Told { answer: format!("{outcome:?}").chars().take(40).collect(), outcome, family: Some("ipv4") }
    }
}

pub(crate) fn answered(status: u16) -> Outcome {
    Outcome::Tried(Attempt::Answered { status, retry_after_s: None })
}

pub(crate) type TestOffice = Office<MemoryValues, MemoryTimers, PlainScribe, Hand, NoBrands>;

/// An office whose carrier and clock the test holds.
pub(crate) struct Desk {
    pub(crate) office: Arc<TestOffice>,
    pub(crate) script: Arc<Script>,
    pub(crate) clock: HandClock,
}

pub(crate) fn terms() -> Terms {
    Terms { push_key: Some("key".into()), allows_local: false, ..Terms::default() }
}

/// An office with the real words, which goes out by these settings.
pub(crate) type LinkedOffice<B> = Office<MemoryValues, MemoryTimers, Native, Post, B>;

pub(crate) fn linked<B: Brands>(config: &[(&str, &str)], brands: B) -> (Arc<LinkedOffice<B>>, HandClock) {
    let config: BTreeMap<String, String> =
        config.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let settings = Settings(&config);
    let (clock, terms) = (HandClock::default(), settings.terms().expect("terms"));
    let timers = MemoryTimers::claiming(clock.clock(), terms.lease_ms);
    let post = settings.post().expect("a post");
    let (clocks, tally) = (clock.clock(), Tally::default());
    let office = Office::new(shelves(), timers, Native, post, brands, clocks, tally, terms);
    (Arc::new(office), clock)
}

fn shelves() -> Shelves<MemoryValues> {
    Shelves {
        settings: MemoryValues::default(),
        messages: MemoryValues::default(),
        keys: MemoryValues::default(),
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        let (clock, script) = (HandClock::default(), Arc::new(Script::default()));
        let terms = terms();
        let timers = MemoryTimers::claiming(clock.clock(), terms.lease_ms);
        let office = Office::new(
            shelves(),
            timers,
            PlainScribe,
            Hand(Arc::clone(&script)),
            NoBrands,
            clock.clock(),
            Tally::default(),
            terms,
        );
        Self { office: Arc::new(office), script, clock }
    }

    /// Rules of the tenant, as this scribe reads them.
    pub(crate) async fn rules(&self, channels: &[Channel], digest_min: u64) {
        let rule =
            json!([{ "name": "all", "on": [FINISHED], "channels": channels, "digest_min": digest_min }]);
        self.office.set(&self.asking(), "rules", &rule.to_string()).await.expect("sets");
    }

    pub(crate) async fn person(&self, wishes: Value) {
        self.office.set_preferences(&self.asking(), USER, &wishes.to_string()).await.expect("sets");
    }

    pub(crate) fn asking(&self) -> Asking {
        Asking { tenant: TENANT.into(), now_ms: self.clock.now_ms(), ..Asking::default() }
    }

    pub(crate) async fn hear(&self, id: &str) {
        self.office
            .hear(event(id, FINISHED, self.clock.now_ms()).to_string().as_bytes())
            .await
            .expect("hears");
    }

    pub(crate) async fn endpoint(&self, url: &str) -> Value {
        let made = self.office.add_endpoint(TENANT, &json!({ "url": url }).to_string()).await.expect("makes");
        serde_json::from_str(&made).expect("JSON")
    }

    pub(crate) async fn settle(&self) {
        self.office.settle().await.expect("settles");
    }

    /// What the desk shows, newest first.
    pub(crate) async fn notices(&self) -> Vec<Value> {
        let query = imprint_courier::Query { limit: 100, ..Default::default() };
        let page = self.office.notices(TENANT, &query).await.expect("lists");
        page.items.iter().map(|item| serde_json::from_str(item).expect("JSON")).collect()
    }
}

pub(crate) fn event(id: &str, kind: &str, at_ms: u64) -> Value {
    json!({
        "specversion": "1.0", "id": id, "source": "/imprint/test", "type": kind, "subject": "br_1", "tenant": TENANT,
        "time": "2026-11-22T00:00:00Z", "data": { "id": "br_1", "at_ms": at_ms, "user_id": USER },
    })
}
