//! What the surface asks of the world.

use crate::desk::Desk;
use crate::preview::Mark;
use core_brand::{BlobRef, Document, Fault};
use core_saga::View;

/// A call answers within this long, or the person hears that something does not answer.
pub(crate) const CALL_MS_MAX: u64 = 5_000;

/// Who calls, and until when. The component adds what the transport needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    pub tenant: String,
    /// The subject of the token.
    pub user: String,
    /// What is done, the same when it is repeated; starts with the id of the brand it is done to.
    pub act: String,
    /// W3C trace context, or empty.
    pub traceparent: String,
    pub locale: String,
    pub deadline_ms: u64,
}

/// A job to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub id: String,
    pub home_region: String,
    /// The envelope of the first event, as it is to be stored.
    pub first: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Whether this call began the job.
    pub fresh: bool,
    /// The first event as it is stored.
    pub first: Vec<u8>,
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Newest,
    Oldest,
    Name,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub status: Option<String>,
    pub industry: Option<String>,
    pub name_starts: Option<String>,
    pub order: Order,
    /// `next` or `previous` of a page in the same order.
    pub cursor: Option<String>,
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub views: Vec<View>,
    pub next: Option<String>,
    pub previous: Option<String>,
}

/// How much a tenant has in hand, and may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub open: u32,
    pub open_max: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicEvent {
    pub sequence: u64,
    pub kind: String,
    /// JSON.
    pub body: String,
}

/// The world. Every fault of a call is a value; `lattice.unreachable` where nobody answered.
pub trait Platform {
    fn now_ms(&self) -> u64;

    /// Does nothing for a while.
    fn pause(&self, ms: u64);

    /// A number that nobody can guess.
    fn random(&self) -> u64;

    /// Writes a line of the access log.
    fn log(&self, line: &str);

    /// A value of the live configuration.
    fn setting(&self, key: &str) -> Result<Option<String>, Fault>;

    fn submit(&self, call: &Call, submissions: Vec<Submission>) -> Result<Vec<Receipt>, Fault>;

    fn view(&self, call: &Call, id: &str) -> Result<Option<View>, Fault>;

    fn views(&self, call: &Call, query: Query) -> Result<Page, Fault>;

    fn standing(&self, call: &Call) -> Result<Standing, Fault>;

    /// What happened after this sequence; waits up to `wait_ms` for something to happen.
    fn events(&self, call: &Call, id: &str, after: u64, wait_ms: u32) -> Result<Vec<PublicEvent>, Fault>;

    fn cancel(&self, call: &Call, id: &str) -> Result<Option<View>, Fault>;

    fn erase(&self, call: &Call, id: &str) -> Result<Option<View>, Fault>;

    fn blob(&self, call: &Call, content: &BlobRef) -> Result<Vec<u8>, Fault>;

    /// A PNG of an SVG, made by the component of this id where one is named and linked, else by the usual one.
    fn render(&self, call: &Call, target: Option<&str>, svg: &str, width: u32) -> Result<Vec<u8>, Fault>;

    /// The documents of the step `design` for an order, made at once by the component of this id where one is named and linked,
    /// else by the usual one.
    fn design(&self, call: &Call, target: Option<&str>, order: Document) -> Result<Vec<Document>, Fault>;

    /// The mark of this rank for `of`, an order and a design, both JSON; `target` as above.
    fn mark(&self, call: &Call, target: Option<&str>, of: (&str, &str), rank: u32) -> Result<Mark, Fault>;

    /// The courier, which need not be there: everything else goes on without it.
    fn desk(&self) -> &dyn Desk;
}

impl Call {
    /// The same caller, doing this to a brand.
    #[must_use]
    pub(crate) fn to(&self, platform: &dyn Platform, id: &str, act: &str) -> Self {
        self.waiting(platform, id, act, 0)
    }

    /// The same, where the callee may wait this long before it answers.
    #[must_use]
    pub(crate) fn waiting(&self, platform: &dyn Platform, id: &str, act: &str, wait_ms: u64) -> Self {
        let deadline_ms = platform.now_ms() + CALL_MS_MAX + wait_ms;
        Self { act: format!("{id}/{act}"), deadline_ms, ..self.clone() }
    }
}
