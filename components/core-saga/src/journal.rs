//! What a journal of a job is made of.

use crate::routes::Drawn;
use core_brand::content::BlobRef;
use core_brand::step::Document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that happened to a job. Stored as the body of an envelope; never changed, only added to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The first event: what was asked, and what the whole job runs on.
    Requested {
        request: Document,
        pins: Pins,
        #[serde(default, skip_serializing_if = "Terms::is_usual")]
        terms: Terms,
    },
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
    /// Somebody asked to forget the brand. Nothing more is made.
    EraseRequested,
    /// Its content is gone.
    Erased,
}

/// What a job was started with and keeps to its end, however long it takes and whatever is deployed meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    pub steps_version: u32,
    /// The version of each component, by its name.
    pub components: BTreeMap<String, String>,
    /// `stable`, or the variant of an experiment.
    pub model_variant: String,
    /// The rollouts that were under way, and what they meant for this job.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub draws: Vec<Drawn>,
}

/// What was agreed when the job was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub priority: Priority,
    /// After this many milliseconds the job is late, and no new step begins.
    pub timeout_ms: u64,
}

/// What is done first where not all can be done at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    High,
    #[default]
    Normal,
    Low,
}

/// A brand is promised within five minutes.
pub const TIMEOUT_MS_DEFAULT: u64 = 300_000;
/// So many brands of one tenant may be in hand at once: some minutes of work for one host, and no more, so that the queue
/// of one never keeps the others from theirs for long.
pub const OPEN_MAX: usize = 1000;

impl Default for Terms {
    fn default() -> Self {
        Self { priority: Priority::Normal, timeout_ms: TIMEOUT_MS_DEFAULT }
    }
}

impl Terms {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl Priority {
    pub const ALL: [Self; 3] = [Self::High, Self::Normal, Self::Low];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == text)
    }
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
            Self::EraseRequested => "brand.erase.requested",
            Self::Erased => "brand.erased",
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
