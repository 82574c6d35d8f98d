//! An order from its arrival to the time when its result is forgotten.

use crate::plan::Ticket;
use crate::queue::Priority;
use crate::registry::{Beside, Card};
use core_brand::content::sha256;
use core_brand::{BlobRef, Fault};
use data_encoding::BASE32_NOPAD;
use imprint_painter::{Backend, Order, Progress};
use std::collections::BTreeMap;

/// Letters of an id's hash: 130 bits.
const ID_LETTERS: usize = 26;

/// What is asked, and for whom.
#[derive(Clone, Debug)]
pub struct Asked {
    pub tenant: String,
    /// The same for every try of one act; its first part is the brand that pictures belong to.
    pub key: String,
    /// Says whether two orders of one key are the same.
    pub fingerprint: [u8; 32],
    pub priority: Priority,
    /// Nobody waits for it any longer than this.
    pub wait_ms: Option<u64>,
    pub order: Order,
    pub files: Files,
}

/// SHA-256 of the files that an order's own pictures came from, so that they can be found again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    pub source: Option<String>,
    pub mask: Option<String>,
    /// In the order of `order.controls`.
    pub controls: Vec<String>,
}

/// A picture that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub picture: BlobRef,
    pub seed: u64,
    /// `name@version`.
    pub model: String,
    pub backend: Backend,
    /// Its share of the time of a GPU that the order took; 0 where none painted.
    pub gpu_ms: u64,
}

/// How an order stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// So many are before it.
    Waiting(usize),
    Painting(Progress, Option<BlobRef>),
    Done(Vec<Kept>),
    Cancelled,
    Failed(Fault),
}

/// Why an order ends before its time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum End {
    Cancelled,
    With(Fault),
}

pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) asked: Asked,
    /// As it was when the order came: it may be gone from the models since.
    pub(crate) card: Card,
    pub(crate) beside: Beside,
    pub(crate) state: State,
    /// Asked for, and not yet heard.
    pub(crate) end: Option<End>,
    pub(crate) arrived_ms: u64,
    /// It is late after so long.
    pub(crate) limit_ms: u64,
    pub(crate) ended_ms: Option<u64>,
}

/// The id of an order of a tenant.
#[must_use]
pub(crate) fn id(tenant: &str, key: &str) -> String {
    let hash = sha256(format!("{tenant}\0{key}").as_bytes());
    format!("paint_{}", BASE32_NOPAD.encode(&hash)[..ID_LETTERS].to_ascii_lowercase())
}

/// What all orders of a job share: the part of the key before the first `/`.
#[must_use]
pub(crate) fn job_key(asked: &Asked) -> String {
    format!("{}/{}", asked.tenant, asked.key.split('/').next().unwrap_or_default())
}

/// All orders that are known, by ticket and by tenant and id.
#[derive(Default)]
pub(crate) struct Jobs {
    by_ticket: BTreeMap<Ticket, Job>,
    by_id: BTreeMap<(String, String), Ticket>,
    last: Ticket,
}

impl Jobs {
    pub(crate) fn get(&self, ticket: Ticket) -> Option<&Job> {
        self.by_ticket.get(&ticket)
    }

    pub(crate) fn get_mut(&mut self, ticket: Ticket) -> Option<&mut Job> {
        self.by_ticket.get_mut(&ticket)
    }

    pub(crate) fn find(&self, tenant: &str, id: &str) -> Option<Ticket> {
        self.by_id.get(&(tenant.to_owned(), id.to_owned())).copied()
    }

    pub(crate) fn next(&mut self) -> Ticket {
        self.last += 1;
        self.last
    }

    /// In the place of an older one of the same id.
    pub(crate) fn put(&mut self, ticket: Ticket, job: Job) {
        let name = (job.asked.tenant.clone(), job.id.clone());
        if let Some(older) = self.by_id.insert(name, ticket) {
            self.by_ticket.remove(&older);
        }
        self.by_ticket.insert(ticket, job);
    }

    pub(crate) fn remove(&mut self, ticket: Ticket) {
        if let Some(job) = self.by_ticket.remove(&ticket) {
            self.by_id.remove(&(job.asked.tenant, job.id));
        }
    }

    /// Those that have not ended are to end so.
    pub(crate) fn end_all(&mut self, end: &End) {
        for job in self.by_ticket.values_mut().filter(|job| job.ended_ms.is_none()) {
            job.end.get_or_insert_with(|| end.clone());
        }
    }

    /// Forgets what ended so long ago, and the oldest of what is too many.
    pub(crate) fn forget(&mut self, now_ms: u64, kept_ms: u64, kept_max: usize) {
        let mut ended: Vec<(u64, Ticket)> =
            self.by_ticket.iter().filter_map(|(ticket, job)| Some((job.ended_ms?, *ticket))).collect();
        ended.sort_unstable();
        let surplus = ended.len().saturating_sub(kept_max);
        for (place, (ended_ms, ticket)) in ended.into_iter().enumerate() {
            if place < surplus || now_ms.saturating_sub(ended_ms) >= kept_ms {
                self.remove(ticket);
            }
        }
    }
}
