//! What a journal of a job is made of.

use core_brand::content::BlobRef;
use core_brand::step::Document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that happened to a job. Stored as the body of an envelope; never changed, only added to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The first event: what was asked, and what the whole job runs on.
    Requested { request: Document, pins: Pins },
    /// A step was split into tasks.
    Planned { step: String, tasks: Vec<TaskRef> },
    /// A task was done.
    Built { step: String, task: String, documents: Vec<Document> },
    /// A step cannot be done.
    StepFailed { step: String, code: String, message: String },
    /// Somebody asked to stop.
    CancelRequested,
    /// What a step made was taken back.
    Undone { step: String },
    /// The end.
    Ended { outcome: Outcome },
}

/// What a job was started with and keeps to its end, however long it takes and whatever is deployed meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    pub steps_version: u32,
    /// The version of each component, by its name.
    pub components: BTreeMap<String, String>,
    /// `stable`, or the variant of an experiment.
    pub model_variant: String,
}

/// A task, by name and content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRef {
    pub id: String,
    pub content: BlobRef,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Completed,
    Failed,
    Cancelled,
}

impl Event {
    /// The name under which the event stands in its envelope.
    #[must_use]
    pub fn event_type(&self) -> &'static str {
        match self {
            Self::Requested { .. } => "brand.generation.requested",
            Self::Planned { .. } => "brand.step.planned",
            Self::Built { .. } => "brand.task.built",
            Self::StepFailed { .. } => "brand.step.failed",
            Self::CancelRequested => "brand.cancel.requested",
            Self::Undone { .. } => "brand.step.undone",
            Self::Ended { .. } => "brand.generation.ended",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("entry {index} of the journal cannot be read")]
    Entry {
        index: usize,
        #[source]
        cause: serde_json::Error,
    },
}

/// Reads the events of a journal, oldest first.
pub fn read<S: AsRef<str>>(journal: &[S]) -> Result<Vec<Event>, JournalError> {
    let parse = |(index, text): (usize, &S)| {
        serde_json::from_str(text.as_ref()).map_err(|cause| JournalError::Entry { index, cause })
    };
    journal.iter().enumerate().map(parse).collect()
}
