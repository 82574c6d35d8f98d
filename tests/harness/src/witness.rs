//! Looks into the streams behind the API, and writes what nobody should into them.

use async_nats::HeaderMap;
use core_brand::envelope::Head;
use core_saga::{Event, Outcome, Priority};
use imprint_ledger::journal::{Home, Stamp, event_of, region_of};
use imprint_ledger::queue::{DeadLetter, Queues, Work};
use imprint_ledger::verify::{Report, verify};
use imprint_ledger::{Bus, JetStreamLedger, JetStreamQueues, LatticeLedger, Ledger, read_all};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Display;

/// So often a host is asked for the same.
const ASKED_MAX: usize = 3;
/// More dead letters than this are not looked at.
const LETTERS_MAX: usize = 100;

/// Somebody with a connection to the streams of a platform.
pub struct Witness {
    nats: async_nats::Client,
    /// As everybody reads it.
    ledger: LatticeLedger,
    /// As it is stored.
    stored: JetStreamLedger,
    queues: JetStreamQueues,
}

/// One entry of a journal.
pub struct Entry {
    pub envelope: Head,
    pub event: Event,
}

impl Witness {
    pub async fn connect(nats_url: &str) -> Self {
        let nats = sure(async_nats::connect(nats_url).await);
        let bus = Bus::new(nats.clone(), "IMPRINT", 1);
        let (ledger, stored) =
            (sure(LatticeLedger::open(&bus).await), sure(JetStreamLedger::open(&bus).await));
        let queues = sure(JetStreamQueues::open(&bus).await);
        Self { nats, ledger, stored, queues }
    }

    /// What was written of a job, oldest first.
    pub async fn entries(&self, tenant: &str, id: &str) -> Vec<Entry> {
        let subject = home(tenant, id).subject();
        let stored = sure(read_all(&self.ledger, &subject).await);
        let opened = sure(self.ledger.unseal(&subject, 0, &stored).await);
        let entry = |bytes: &Vec<u8>| {
            let (envelope, event) = sure(event_of(bytes));
            Entry { envelope, event }
        };
        opened.iter().map(entry).collect()
    }

    /// Whether every journal is as it was written.
    pub async fn verify(&self) -> Report {
        let subjects = sure(self.stored.subjects().await);
        sure(verify(&self.stored, &subjects).await)
    }

    /// Work that waits or is in somebody's hands.
    pub async fn waiting(&self) -> u64 {
        sure(self.queues.depths().await).iter().map(|(.., depth)| depth).sum()
    }

    /// Work that was set aside.
    pub async fn dead(&self) -> Vec<DeadLetter> {
        sure(self.queues.dead(LETTERS_MAX).await)
    }

    /// Reminds of a job, under a name of its own: the queue does not know that it has such a reminder.
    pub async fn remind(&self, tenant: &str, id: &str, step: &str, name: &str) {
        let work = Work {
            step: step.to_owned(),
            priority: Priority::Normal,
            tenant: tenant.to_owned(),
            home_region: region_of(id).unwrap_or_default().to_owned(),
            job_id: id.to_owned(),
            id: format!("{id}/{name}"),
            traceparent: String::new(),
        };
        sure(self.queues.enqueue(&work).await);
    }

    /// Takes a component off this host, through the control interface. Asked until the host takes it.
    pub async fn remove(&self, host: &str, component: &str) {
        let found = self.control(&format!("host.get.{host}"), &Value::Null).await;
        let components = found["response"]["components"].as_array().cloned().unwrap_or_default();
        let is_it = |one: &Value| one["id"].as_str().is_some_and(|id| id.contains(component));
        for one in components.iter().filter(|one| is_it(one)) {
            let scale = json!({
                "component_ref": one["image_ref"], "component_id": one["id"], "count": 0,
                "host_id": host, "annotations": one["annotations"],
            });
            let mut is_taken = false;
            for _ in 0..ASKED_MAX {
                is_taken |= self.control(&format!("component.scale.{host}"), &scale).await["success"] == true;
            }
            assert!(is_taken, "{host} does not take `{component}` off");
        }
    }

    /// How many of this component run on these hosts.
    pub async fn running(&self, hosts: &[String], component: &str) -> usize {
        let mut running = 0;
        for host in hosts {
            let found = self.control(&format!("host.get.{host}"), &Value::Null).await;
            let components = found["response"]["components"].as_array().cloned().unwrap_or_default();
            let is_it = |one: &&Value| one["id"].as_str().is_some_and(|id| id.contains(component));
            running += components.iter().filter(is_it).count();
        }
        running
    }

    /// A host that is busy, or gone, has no answer.
    async fn control(&self, subject: &str, body: &Value) -> Value {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let answer = self.nats.request(format!("wasmbus.ctl.v1.default.{subject}"), body.into()).await;
        answer.map_or(Value::Null, |answer| sure(serde_json::from_slice(&answer.payload)))
    }

    /// Puts any bytes into any stream, and waits until they are stored.
    pub async fn publish(&self, subject: &str, bytes: Vec<u8>) {
        let context = async_nats::jetstream::new(self.nats.clone());
        let sent =
            sure(context.publish_with_headers(subject.to_owned(), HeaderMap::new(), bytes.into()).await);
        sure(sent.await);
    }

    /// Appends to a job that it is finished, in an entry that follows from nothing. Gives its number.
    pub async fn forge_end(&self, tenant: &str, id: &str) -> u64 {
        let (home, event) = (home(tenant, id), Event::Ended { outcome: Outcome::Completed });
        loop {
            let sequence = sure(read_all(&self.stored, &home.subject()).await).len() as u64;
            let previous = "f".repeat(64);
            let entry = sure(home.entry(sequence, &previous, &event, Stamp::default()));
            // The runner may have been faster; a forger tries again.
            if let Ok(end) = self.stored.append(&home.subject(), sequence, vec![entry]).await {
                return end;
            }
        }
    }
}

/// How long nothing was written after this moment; nothing when the job had ended by then.
#[must_use]
pub fn silence_ms(entries: &[Entry], from_ms: u64) -> Option<u64> {
    let next = entries.iter().map(|entry| entry.envelope.recorded_ms).find(|at_ms| *at_ms > from_ms);
    next.map(|at_ms| at_ms - from_ms)
}

/// What stands in a journal more often than it may, or not at all.
#[must_use]
pub fn oddities(entries: &[Entry]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut odd = Vec::new();
    for entry in entries {
        let name = match &entry.event {
            Event::Planned { step, .. } => format!("planned {step}"),
            Event::Built { step, task, .. } => format!("built {step}/{task}"),
            Event::Ended { .. } => "ended".to_owned(),
            other => other.event_type().to_owned(),
        };
        if !seen.insert(name.clone()) {
            odd.push(format!("twice {name}"));
        }
    }
    for entry in entries {
        let Event::Planned { step, tasks } = &entry.event else { continue };
        let missing = tasks.iter().filter(|task| !seen.contains(&format!("built {step}/{}", task.id)));
        odd.extend(missing.map(|task| format!("never built {step}/{}", task.id)));
    }
    odd.extend((!seen.contains("ended")).then(|| "never ended".to_owned()));
    odd
}

fn home(tenant: &str, id: &str) -> Home {
    Home::new(region_of(id).unwrap_or_default(), tenant, id)
}

fn sure<T, E: Display>(done: Result<T, E>) -> T {
    done.unwrap_or_else(|why| panic!("{why}"))
}
