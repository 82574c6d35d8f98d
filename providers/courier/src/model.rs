//! What is stored, and what of it is shown.

use crate::limits::ATTEMPTS_KEPT_MAX;
use core_notify::Channel;
use core_saga::rfc3339;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Of everything that is stored here.
pub(crate) const FORMAT: u32 = 1;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Waits for its time, its turn or its next attempt.
    Queued,
    /// Somebody took it who does not say whether it arrives: a mail server, a provider of SMS, a push service.
    Sent,
    Delivered,
    /// There is no such address.
    Bounced,
    /// Set aside; it can be tried again.
    Failed,
    /// Not tried: the endpoint is off, or there is no address.
    Suppressed,
}

impl Status {
    pub const ALL: [Self; 6] =
        [Self::Queued, Self::Sent, Self::Delivered, Self::Bounced, Self::Failed, Self::Suppressed];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::Failed => "failed",
            Self::Suppressed => "suppressed",
        }
    }
}

/// One attempt: when, with which answer, how long, over which kind of address. Never a body, and no address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub at_ms: u64,
    /// A status of HTTP, a code of SMTP, or what happened in place of an answer.
    pub answer: String,
    pub ms: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub format: u32,
    pub id: String,
    pub tenant: String,
    pub channel: Channel,
    pub rule: String,
    /// Empty for programs.
    pub user: String,
    /// Of a webhook its endpoint, of a push message its subscription.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// What happened. Of a digest nothing: that is gathered apart.
    pub event: Value,
    /// When it happened.
    pub event_ms: u64,
    pub created_ms: u64,
    pub due_ms: u64,
    pub is_digest: bool,
    /// Of a digest: how often something was put to it, which keeps two writers apart.
    #[serde(default)]
    pub gathered: u32,
    /// Of a digest that is told: what it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tells: Option<Vec<String>>,
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Attempts of this round; a redrive begins another.
    pub tries: u32,
    pub rounds: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_ms: Option<u64>,
    pub attempts: Vec<Tried>,
}

impl Notice {
    /// A message that waits. Its times are yet to be said.
    pub(crate) fn new(tenant: &str, id: &str, rule: &str, channel: Channel, event: Value) -> Self {
        Self {
            format: FORMAT,
            id: id.to_owned(),
            tenant: tenant.to_owned(),
            channel,
            rule: rule.to_owned(),
            user: String::new(),
            endpoint: None,
            event,
            event_ms: 0,
            created_ms: 0,
            due_ms: 0,
            is_digest: false,
            gathered: 0,
            tells: None,
            status: Status::Queued,
            why: None,
            tries: 0,
            rounds: 0,
            next_ms: None,
            attempts: Vec::new(),
        }
    }

    /// When it happened, when it was heard, and when it is due.
    pub(crate) fn at(&mut self, [event_ms, created_ms, due_ms]: [u64; 3]) {
        (self.event_ms, self.created_ms, self.due_ms) = (event_ms, created_ms, due_ms);
        self.next_ms = Some(due_ms);
    }

    /// What a person sees of it.
    #[must_use]
    pub fn view(&self) -> Value {
        let event = |name: &str| self.event.get(name).cloned().unwrap_or_default();
        let attempt = |tried: &Tried| {
            let mut shown = json!({ "at": rfc3339(tried.at_ms), "answer": tried.answer, "ms": tried.ms });
            if let Some(family) = &tried.family {
                shown["family"] = json!(family);
            }
            shown
        };
        let mut shown = json!({
            "id": self.id,
            "channel": self.channel,
            "rule": self.rule,
            "status": self.status,
            "created_at": rfc3339(self.created_ms),
            "due_at": rfc3339(self.due_ms),
            "attempts": self.attempts.iter().map(attempt).collect::<Vec<_>>(),
        });
        let mut tell = |name: &str, value: Value| {
            if !value.is_null() && value != "" {
                shown[name] = value;
            }
        };
        tell("user", json!(self.user));
        tell("endpoint", json!(self.endpoint));
        tell("why", json!(self.why));
        tell("next_at", json!(self.next_ms.map(rfc3339)));
        if self.is_digest {
            tell("digest_of", json!(self.tells.as_ref().map_or(self.gathered as usize, Vec::len)));
        } else {
            tell("event_id", event("id"));
            tell("event_type", event("type"));
            tell("brand_id", json!(brand_of(&self.event)));
        }
        shown
    }

    /// Whether somebody may ask for another round.
    #[must_use]
    pub fn is_aside(&self) -> bool {
        matches!(self.status, Status::Failed | Status::Bounced | Status::Suppressed)
    }

    pub(crate) fn tried(&mut self, tried: Tried) {
        self.tries += 1;
        self.attempts.push(tried);
        let over = self.attempts.len().saturating_sub(ATTEMPTS_KEPT_MAX);
        self.attempts.drain(..over);
    }

    /// It is not tried.
    pub(crate) fn suppress(&mut self, why: &str) {
        self.status = Status::Suppressed;
        self.why = Some(why.to_owned());
        self.next_ms = None;
    }

    /// It goes on its way anew, under the id that it always had.
    pub(crate) fn again(&mut self, now_ms: u64) {
        self.status = Status::Queued;
        self.tries = 0;
        self.rounds += 1;
        self.why = None;
        self.due_ms = now_ms;
        self.next_ms = Some(now_ms);
    }
}

/// Where webhooks go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Endpoint {
    pub format: u32,
    pub id: String,
    pub url: String,
    #[serde(default)]
    pub description: String,
    /// Types of events that it wants; none are all.
    #[serde(default)]
    pub events: BTreeSet<String>,
    pub is_on: bool,
    /// Why it is off, and since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<Off>,
    pub created_ms: u64,
    /// Sealed, the newest first.
    pub secrets: Vec<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since_ms: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Off {
    /// `asked`, `gone` (it answered 410) or `failing`.
    pub why: String,
    pub at_ms: u64,
}

/// A secret as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    pub sealed: String,
    /// `hmac` or `ed25519`.
    pub kind: String,
    /// What a receiver of ed25519 checks with; it is no secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<String>,
    /// Signs until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<u64>,
}

impl Endpoint {
    /// What a person sees of it: never a secret.
    #[must_use]
    pub fn view(&self) -> Value {
        let newest = self.secrets.first();
        let mut shown = json!({
            "id": self.id,
            "url": self.url,
            "description": self.description,
            "events": self.events,
            "enabled": self.is_on,
            "signature": newest.map(|secret| &secret.kind),
            "created_at": rfc3339(self.created_ms),
        });
        if let Some(public) = newest.and_then(|secret| secret.public.as_ref()) {
            shown["public_key"] = json!(public);
        }
        if let Some(off) = &self.off {
            shown["disabled"] = json!({ "why": off.why, "at": rfc3339(off.at_ms) });
        }
        if let Some(since_ms) = self.failing_since_ms {
            shown["failing_since"] = json!(rfc3339(since_ms));
        }
        shown
    }

    pub(crate) fn turn_off(&mut self, why: &str, at_ms: u64) {
        self.is_on = false;
        self.off = Some(Off { why: why.to_owned(), at_ms });
    }

    /// Whether it wants events of this type. `com.…` may be left out.
    pub(crate) fn wants(&self, event_type: &str) -> bool {
        self.events.is_empty() || self.events.iter().any(|name| is_type(event_type, name))
    }
}

/// Whether a type of an event goes by this name, which may lack what all types begin with.
pub(crate) fn is_type(event_type: &str, name: &str) -> bool {
    event_type == name || event_type.strip_suffix(name).is_some_and(|rest| rest.ends_with(".events."))
}

/// The brand that an event is about.
pub(crate) fn brand_of(event: &Value) -> Option<&str> {
    let about = event["subject"].as_str().filter(|about| !about.is_empty());
    about.filter(|_| event["type"].as_str().is_some_and(core_notify::is_of_brand))
}

/// A browser that takes push messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Subscription {
    pub format: u32,
    pub id: String,
    pub user: String,
    /// As the browser gave it.
    pub sealed: String,
    pub created_ms: u64,
}

/// What a person set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    pub format: u32,
    /// What they set, as the notify component gives it: JSON.
    pub sealed: String,
}

/// What a person has read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marks {
    pub format: u32,
    pub up_to: u64,
    /// Behind that.
    pub ids: BTreeSet<String>,
}

/// An item of the news, as it is stored; its revision is its sequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct News {
    pub format: u32,
    pub id: String,
    pub at_ms: u64,
    pub subject: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand_id: Option<String>,
}

impl News {
    #[must_use]
    pub fn view(&self, sequence: u64, is_read: bool) -> Value {
        let mut shown = json!({
            "sequence": sequence,
            "id": self.id,
            "at": rfc3339(self.at_ms),
            "subject": self.subject,
            "text": self.text,
            "read": is_read,
        });
        for (name, value) in [("event_type", &self.event_type), ("brand_id", &self.brand_id)] {
            if let Some(value) = value {
                shown[name] = json!(value);
            }
        }
        shown
    }
}
