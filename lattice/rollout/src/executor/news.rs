//! What everybody may hear of a rollout: public events, as `schemas/` has them.
//!
//! They go into the stream in which the ledger keeps its own for the audit, so that whoever hears those hears these. An event
//! stands in the record until the server has it, and always has the same id.

use crate::executor::record::Record;
use crate::plan::Plan;
use crate::seen::Order;
use crate::verdict::{Cause, Event, Wait};
use async_nats::jetstream::context::PublishErrorKind;
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::{self};
use core_brand::content::sha256_hex;
use core_saga::rfc3339;
use imprint_control::Control;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// What the types of all public events begin with.
const NAMESPACE: &str = "com.brandgenerator.events";
/// What subjects of the stream for the audit begin with.
const SUBJECTS: &str = "imprint.events.audit";
/// Looks at which there is no such stream. Nobody keeps events on that lattice, and nothing waits for somebody to.
const LOOKS_MAX: u32 = 30;
/// Letters of a tenant, which is a part of subjects.
const TENANT_LETTERS_MAX: usize = 64;
/// Letters of a person.
const USER_LETTERS_MAX: usize = 256;

/// A public event that is to be published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct News {
    pub number: u64,
    pub at_ms: u64,
    /// Without the namespace.
    pub name: String,
    /// Beside what every event of a rollout says.
    pub data: Value,
}

/// Who is told: a tenant by its rules, and one person of it or who goes by the tenant's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operators {
    pub tenant: String,
    pub user: Option<String>,
}

impl FromStr for Operators {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (tenant, user) = match text.split_once('/') {
            Some((tenant, user)) => (tenant, Some(user)),
            None => (text, None),
        };
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if !(1..=TENANT_LETTERS_MAX).contains(&tenant.len()) || !tenant.chars().all(is_plain) {
            return Err(format!(
                "`{tenant}` is no tenant; a tenant has 1 to {TENANT_LETTERS_MAX} of a-z, 0-9, `-` and `_`"
            ));
        }
        if user.is_some_and(|user| !(1..=USER_LETTERS_MAX).contains(&user.chars().count())) {
            return Err(format!("a person has a name of 1 to {USER_LETTERS_MAX} letters"));
        }
        Ok(Self { tenant: tenant.to_owned(), user: user.map(str::to_owned) })
    }
}

/// What a plan has for everybody; `waits` is what the one before it waited for, in words.
pub(crate) fn of(plan: &Plan, waits: &[String]) -> Vec<(&'static str, Value)> {
    let mut all: Vec<_> = plan.events.iter().filter_map(told).collect();
    let calls = [Wait::Person, Wait::Approval];
    let was_called = calls.iter().any(|wait| waits.contains(&wait.to_string()));
    let called = plan.waits.iter().find(|wait| calls.contains(wait));
    all.extend(called.filter(|_| !was_called).map(|wait| paused("gate", &wait.to_string())));
    all
}

fn told(event: &Event) -> Option<(&'static str, Value)> {
    match event {
        Event::Started => Some(("rollout.started", json!({}))),
        Event::Held { hold, .. } => {
            let why = serde_json::to_value(hold).ok()?;
            Some(paused(why.as_str()?, &event.to_string()))
        }
        // Said in our words: theirs would name who asked for it.
        Event::Obeyed { order: Order::Pause, .. } => {
            Some(paused("paused", "paused by a person; `resume` goes on"))
        }
        Event::Promoted { .. } => Some(("rollout.promoted", json!({}))),
        // That has an event of its own when it is done.
        Event::Returning { because: Cause::Person(Order::Abort) } => None,
        Event::Returning { because } => {
            let why = if matches!(because, Cause::Numbers(_)) { "numbers" } else { "person" };
            Some(("rollout.rolled-back", json!({ "why": why, "detail": event.to_string() })))
        }
        Event::Aborted => Some(("rollout.aborted", json!({}))),
        Event::Opened { .. }
        | Event::Shadowed { .. }
        | Event::Entered { .. }
        | Event::Passed { .. }
        | Event::Baking { .. }
        | Event::Promoting
        | Event::Retired
        | Event::Returned
        | Event::Obeyed { .. }
        | Event::Refused { .. } => None,
    }
}

fn paused(why: &str, detail: &str) -> (&'static str, Value) {
    ("rollout.paused", json!({ "why": why, "detail": detail }))
}

/// Publishes, at each look what is not published yet.
pub(crate) struct Publisher {
    pub(crate) operators: Option<Operators>,
    source: String,
    jetstream: jetstream::Context,
    /// By rollout and number.
    done: BTreeSet<(String, u64)>,
    /// Looks without a stream, by the same.
    misses: BTreeMap<(String, u64), u32>,
}

impl Publisher {
    pub(crate) fn new(control: &Control) -> Self {
        Self {
            operators: None,
            source: format!("/imprint/rollouts/{}", control.lattice()),
            jetstream: jetstream::new(control.nats().clone()),
            done: BTreeSet::new(),
            misses: BTreeMap::new(),
        }
    }

    /// Whether the server has it, or nobody will.
    pub(crate) fn is_told(&self, rollout: &str, number: u64) -> bool {
        self.operators.is_none() || self.done.contains(&(rollout.to_owned(), number))
    }

    /// What fails is tried again at the next look, and keeps nothing else waiting.
    pub(crate) async fn tell(&mut self, record: &Record) {
        let Some(operators) = self.operators.clone() else { return };
        for news in record.open.iter().filter_map(super::Open::news) {
            let key = (record.id.clone(), news.number);
            if self.done.contains(&key) {
                continue;
            }
            match self.publish(&operators, record, news).await {
                Ok(()) => {
                    self.done.insert(key);
                }
                Err(PublishErrorKind::StreamNotFound) => {
                    let misses = self.misses.entry(key.clone()).or_default();
                    *misses += 1;
                    if *misses >= LOOKS_MAX {
                        tracing::warn!(rollout = %record.id, event = news.name, "nobody keeps public events here");
                        self.misses.remove(&key);
                        self.done.insert(key);
                    }
                }
                Err(why) => {
                    // In their order: what comes later waits for this one.
                    tracing::warn!(rollout = %record.id, event = news.name, %why, "an event is not published yet");
                    return;
                }
            }
        }
    }

    async fn publish(
        &self,
        operators: &Operators,
        record: &Record,
        news: &News,
    ) -> Result<(), PublishErrorKind> {
        let body = cloud_event(&self.source, operators, record, news);
        let message = PublishMessage::build()
            .payload(body.to_string().into())
            .message_id(body["id"].as_str().unwrap_or_default())
            .header("content-type", "application/cloudevents+json");
        let subject = format!("{SUBJECTS}.{}.{}.{}", operators.tenant, record.id, news.name);
        let sent = self.jetstream.send_publish(subject, message).await.map_err(|why| why.kind())?;
        sent.await.map(|_| ()).map_err(|why| why.kind())
    }
}

fn cloud_event(source: &str, operators: &Operators, record: &Record, news: &News) -> Value {
    let News { number, at_ms, name, data } = news;
    let mut data = data.clone();
    let mut say = |field: &str, value: Value| data[field] = value;
    say("id", json!(record.id));
    say("at_ms", json!(at_ms));
    // As people read it: those that move together are one.
    let components: Vec<&str> = record.set.keys().map(String::as_str).collect();
    let mut versions: Vec<&str> = record.set.values().map(|change| change.to.as_str()).collect();
    versions.dedup();
    say("component", json!(components.join(", ")));
    say("version", json!(versions.join(", ")));
    let change = |(component, change): (&String, &super::Change)| json!({ "component": component, "from": change.from, "to": change.to });
    say("set", record.set.iter().map(change).collect());
    if let Some(user) = &operators.user {
        say("user_id", json!(user));
    }
    // A store that was emptied begins with the same names and numbers again, and at another time.
    let words = format!("{source}/{}/{}/{number}/{name}", record.id, record.began_ms);
    json!({
        "specversion": "1.0",
        "id": sha256_hex(words.as_bytes()),
        "source": source,
        "type": format!("{NAMESPACE}.{name}"),
        "subject": record.id,
        "time": rfc3339(*at_ms),
        "datacontenttype": "application/json",
        "dataschema": format!("urn:brandgenerator:events:{name}:v1"),
        "kind": "integration",
        "tenant": operators.tenant,
        "sequence": format!("{:010}", number + 1),
        "data": data,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_a_tenant_and_perhaps_a_person() {
        let read = |text: &str| text.parse::<Operators>().ok().map(|one| (one.tenant, one.user));
        assert_eq!(read("ops"), Some(("ops".into(), None)));
        assert_eq!(read("ops/ann@a.example"), Some(("ops".into(), Some("ann@a.example".into()))));
        for bad in ["", "/ann", "ops/", "a.b", "a b", "*", &"x".repeat(65)] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
