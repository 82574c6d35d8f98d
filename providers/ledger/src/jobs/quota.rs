//! Says that a tenant comes near its quota, and that it was refused something: public events, each once a day.
//!
//! Any process may say it: the id is reckoned from the tenant and the day, so whoever hears it twice knows.

use crate::jetstream::Bus;
use crate::jetstream::port::{Post, Refusal, store};
use crate::outbox::{Channel, Kind, NAMESPACE};
use core_brand::content::sha256_hex;
use core_saga::{OPEN_MAX, rfc3339};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tracing::warn;

/// Percent of the quota from which on it is said: there is time left to do something.
const NEAR_PERCENT: usize = 80;
/// Whoever was told today knows; a tenant that works at its limit would hear it with every order.
const WINDOW_MS: u64 = 24 * 3_600_000;
/// Tenants of which it is remembered; of others it is said again, under the same id.
const TENANTS_MAX: usize = 10_000;

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Near,
    Reached,
}

/// What was said lately by this process.
pub(super) struct QuotaNews {
    bus: Bus,
    now_ms: fn() -> u64,
    /// The last day, by tenant.
    told: Arc<Mutex<BTreeMap<(String, Level), u64>>>,
}

impl QuotaNews {
    pub(super) fn new(bus: &Bus, now_ms: fn() -> u64) -> Self {
        Self { bus: bus.clone(), now_ms, told: Arc::default() }
    }

    /// So many are in hand, or will be in a moment.
    pub(super) fn used(&self, tenant: &str, open: usize) {
        if open * 100 >= OPEN_MAX * NEAR_PERCENT {
            self.say(tenant, Level::Near, open);
        }
    }

    /// One was refused.
    pub(super) fn refused(&self, tenant: &str, open: usize) {
        self.say(tenant, Level::Reached, open);
    }

    /// Publishes beside the work: nobody's order waits for it.
    fn say(&self, tenant: &str, level: Level, open: usize) {
        let now_ms = (self.now_ms)();
        let (key, day) = ((tenant.to_owned(), level), now_ms / WINDOW_MS);
        let told = Arc::clone(&self.told);
        {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if told.len() >= TENANTS_MAX {
                told.clear();
            }
            if told.insert(key.clone(), day) == Some(day) {
                return;
            }
        }
        let (bus, name) = (self.bus.clone(), level.name());
        let event = event(tenant, name, open, now_ms);
        tokio::spawn(async move {
            let post = Post::new(event.to_string().into_bytes())
                .id(event["id"].as_str().unwrap_or_default())
                .header("content-type", "application/cloudevents+json".to_owned());
            let subject = Channel::Audit.subject(&key.0, "quota-open", name);
            if let Err(Refusal::Final(fault)) = store(&bus, &subject, &post).await {
                warn!(code = %fault.code, "that a quota is used is not told yet");
                told.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
            }
        });
    }
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::Near => "quota.warned",
            Self::Reached => "quota.spent",
        }
    }
}

fn event(tenant: &str, name: &str, open: usize, now_ms: u64) -> Value {
    let day = now_ms / WINDOW_MS;
    let used = open.min(OPEN_MAX);
    let data = json!({ "quota": "open", "at_ms": now_ms, "used": used, "max": OPEN_MAX, "percent": used * 100 / OPEN_MAX });
    json!({
        "specversion": "1.0",
        "id": sha256_hex(format!("{name}/open/{tenant}/{day}").as_bytes()),
        "source": "/imprint/ledger",
        "type": format!("{NAMESPACE}.{name}"),
        "subject": "quota-open",
        "time": rfc3339(now_ms),
        "datacontenttype": "application/json",
        "dataschema": format!("urn:brandgenerator:events:{name}:v1"),
        "kind": Kind::Integration.as_str(),
        "tenant": tenant,
        "sequence": format!("{day:010}"),
        "data": data,
    })
}
