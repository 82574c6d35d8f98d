//! What the runner calls.

use core_brand::fault::Code;
use core_brand::painting::{PaintOrder, Painted};
use core_brand::{Document, Fault, Task};
use core_saga::{Decision, Outcome};
use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::time::Instant;

/// Goes with every call; a component can see none of this by itself.
#[derive(Clone, Debug, Default)]
pub struct CallContext {
    pub tenant: String,
    pub traceparent: String,
    pub now_ms: u64,
    pub deadline_ms: u64,
    pub attempt: u32,
    pub idempotency_key: String,
    pub locale: String,
    /// Stays here.
    pub asked: Asked,
}

/// When a call left, for whoever measures the callee and not the wait for a place. Clones are of the same call.
#[derive(Clone, Debug, Default)]
pub struct Asked(Arc<OnceLock<Instant>>);

impl Asked {
    /// Now. Only the first one counts.
    pub(crate) fn mark(&self) {
        self.0.get_or_init(Instant::now);
    }

    /// How long ago it left; where nobody said so, how long ago this was.
    pub(crate) fn spent(&self, began: Instant) -> Duration {
        self.0.get().unwrap_or(&began).elapsed()
    }
}

/// A decision of the saga as it comes back from the orchestrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    Plan { step: String, component: String },
    Build { step: String, component: String, ids: Vec<String> },
    Undo { step: String },
    End(Outcome),
    Rest,
}

impl From<Decision> for Decided {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Plan(row) => Self::Plan { step: row.name.into(), component: row.component.into() },
            Decision::Build(row, ids) => {
                Self::Build { step: row.name.into(), component: row.component.into(), ids }
            }
            Decision::Undo(row) => Self::Undo { step: row.name.into() },
            Decision::End(outcome) => Self::End(outcome),
            Decision::Rest => Self::Rest,
        }
    }
}

/// What a painter painted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paintings {
    pub pictures: Vec<Painted>,
    /// On a device.
    pub gpu_ms: u64,
}

/// The components, wherever they run. `component` is a name in one process, and the id of a version on a lattice.
pub trait Callee: Send + Sync + 'static {
    /// What follows from this journal.
    fn decide(
        &self,
        component: String,
        ctx: CallContext,
        journal: Vec<String>,
    ) -> impl Future<Output = Result<Decided, Fault>> + Send;

    /// The tasks of a step.
    fn plan(
        &self,
        component: String,
        ctx: CallContext,
        step: String,
        inputs: Vec<Document>,
    ) -> impl Future<Output = Result<Vec<Task>, Fault>> + Send;

    /// Does a task.
    fn build(
        &self,
        component: String,
        ctx: CallContext,
        task: Task,
    ) -> impl Future<Output = Result<Vec<Document>, Fault>> + Send;

    /// Has pictures painted for the job that the key begins with, and waits for them until the deadline.
    fn paint(
        &self,
        _ctx: CallContext,
        _order: PaintOrder,
    ) -> impl Future<Output = Result<Paintings, Fault>> + Send {
        async { Err(Fault::new(Code::PaintOff, [])) }
    }
}
