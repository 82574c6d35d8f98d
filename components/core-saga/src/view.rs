//! A job as its owner sees it: folded from the journal, so that it can always be made again.

use crate::journal::{Event, Outcome, Priority, Terms};
use crate::table::steps_of;
use core_brand::step::{Body, DocumentKind};
use core_brand::{BlobRef, Pixels};
use serde::{Deserialize, Serialize};

/// Where a job stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,
    Erased,
}

/// What was promised, and whether it was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sla {
    pub due_ms: u64,
    /// It was not over when it was due; known by the first event after that.
    pub missed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    pub name: String,
    pub done: usize,
    pub total: usize,
    /// Milliseconds in calls.
    pub cpu_ms: u64,
    pub bytes: u64,
}

/// A file of the kit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    pub path: String,
    pub media_type: String,
    pub pixels: Option<Pixels>,
    pub content: BlobRef,
}

/// A job, folded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct View {
    pub format: u32,
    pub id: String,
    pub tenant: String,
    pub status: Status,
    pub priority: Priority,
    /// The number of entries in the journal.
    pub sequence: u64,
    pub created_ms: u64,
    pub started_ms: Option<u64>,
    pub ended_ms: Option<u64>,
    pub sla: Sla,
    pub steps: Vec<StepView>,
    pub step_failed: Option<String>,
    pub code: Option<String>,
    pub message: Option<String>,
    pub files: Vec<FileView>,
    /// Documents between the steps, by name.
    pub documents: Vec<FileView>,
    /// The request as it came, JSON.
    pub request: Option<serde_json::Value>,
}

impl View {
    #[must_use]
    pub fn new(id: &str, tenant: &str) -> Self {
        Self { format: 1, id: id.to_owned(), tenant: tenant.to_owned(), ..Self::default() }
    }

    /// Takes the next event of the journal in.
    pub fn apply(&mut self, event: &Event, recorded_ms: u64, cpu_ms: u64) {
        self.sequence += 1;
        let is_promised = !self.steps.is_empty() && self.ended_ms.is_none();
        self.sla.missed |= is_promised && recorded_ms > self.sla.due_ms;
        match event {
            Event::Requested { request, terms, .. } if self.sequence == 1 => {
                self.requested(request, terms, recorded_ms);
            }
            Event::Planned { step, tasks } => {
                self.begin(recorded_ms);
                if let Some(view) = self.step(step) {
                    view.total = tasks.len();
                    view.cpu_ms += cpu_ms;
                }
            }
            Event::Built { step, documents, .. } => {
                let bytes: u64 = documents.iter().map(|document| document.content().bytes).sum();
                if let Some(view) = self.step(step) {
                    view.done += 1;
                    view.cpu_ms += cpu_ms;
                    view.bytes += bytes;
                }
                for document in documents {
                    let file = FileView {
                        path: document.name.clone(),
                        media_type: document.media_type.clone(),
                        pixels: document.pixels,
                        content: document.content(),
                    };
                    match document.kind {
                        DocumentKind::File => self.files.push(file),
                        DocumentKind::Working => self.documents.push(file),
                    }
                }
            }
            Event::StepFailed { step, code, message } if self.code.is_none() => {
                self.step_failed = Some(step.clone());
                self.code = Some(code.clone());
                self.message = Some(message.clone());
            }
            Event::Ended { outcome } if self.ended_ms.is_none() => self.end(*outcome, recorded_ms),
            Event::EraseRequested | Event::Erased => {
                *self = Self {
                    status: Status::Erased,
                    sequence: self.sequence,
                    created_ms: self.created_ms,
                    ended_ms: self.ended_ms.or(Some(recorded_ms)),
                    ..Self::new(&self.id, &self.tenant)
                };
            }
            Event::Requested { .. }
            | Event::StepFailed { .. }
            | Event::Ended { .. }
            | Event::CancelRequested
            | Event::Undone { .. } => {}
        }
    }

    fn requested(&mut self, request: &core_brand::Document, terms: &Terms, recorded_ms: u64) {
        self.created_ms = recorded_ms;
        self.priority = terms.priority;
        self.sla.due_ms = recorded_ms + terms.timeout_ms;
        let blank = |name: &str| StepView { name: name.to_owned(), done: 0, total: 0, cpu_ms: 0, bytes: 0 };
        self.steps = steps_of(request).iter().map(|row| blank(row.name)).collect();
        if let Body::Inline(bytes) = &request.body {
            self.request = serde_json::from_slice(bytes).ok();
        }
    }

    fn begin(&mut self, recorded_ms: u64) {
        if self.started_ms.is_none() {
            self.started_ms = Some(recorded_ms);
            self.status = Status::Running;
        }
    }

    fn end(&mut self, outcome: Outcome, recorded_ms: u64) {
        self.status = match outcome {
            Outcome::Completed => Status::Completed,
            Outcome::Failed => Status::Failed,
            Outcome::Cancelled => Status::Cancelled,
        };
        self.ended_ms = Some(recorded_ms);
        if outcome != Outcome::Completed {
            self.files.clear();
            self.documents.clear();
        }
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
    }

    fn step(&mut self, name: &str) -> Option<&mut StepView> {
        self.steps.iter_mut().find(|step| step.name == name)
    }
}
