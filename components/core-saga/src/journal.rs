//! What a journal of a job is made of.

use crate::routes::Drawn;
use core_brand::content::BlobRef;
use core_brand::step::Document;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// One thing that happened to a job. Stored as the body of an envelope; never changed, only added to.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

/// The names of the events.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Name {
    Requested,
    Planned,
    Built,
    StepFailed,
    CancelRequested,
    Undone,
    Ended,
    EraseRequested,
    Erased,
}

/// An event as it is stored: its name and what may come with one. Derived, the enum would first be read as a tree of values, one
/// for every byte of every document, because its name stands among its fields; that was most of the time of a replay.
#[derive(Deserialize)]
struct Stored {
    event: Name,
    request: Option<Document>,
    pins: Option<Pins>,
    terms: Option<Terms>,
    step: Option<String>,
    tasks: Option<Vec<TaskRef>>,
    task: Option<String>,
    documents: Option<Vec<Document>>,
    code: Option<String>,
    message: Option<String>,
    outcome: Option<Outcome>,
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fn there<T, E: Error>(value: Option<T>, field: &'static str) -> Result<T, E> {
            value.ok_or_else(|| E::missing_field(field))
        }
        let stored = Stored::deserialize(deserializer)?;
        let step = there(stored.step, "step");
        Ok(match stored.event {
            Name::Requested => Self::Requested {
                request: there(stored.request, "request")?,
                pins: there(stored.pins, "pins")?,
                terms: stored.terms.unwrap_or_default(),
            },
            Name::Planned => Self::Planned { step: step?, tasks: there(stored.tasks, "tasks")? },
            Name::Built => Self::Built {
                step: step?,
                task: there(stored.task, "task")?,
                documents: there(stored.documents, "documents")?,
            },
            Name::StepFailed => Self::StepFailed {
                step: step?,
                code: there(stored.code, "code")?,
                message: there(stored.message, "message")?,
            },
            Name::CancelRequested => Self::CancelRequested,
            Name::Undone => Self::Undone { step: step? },
            Name::Ended => Self::Ended { outcome: there(stored.outcome, "outcome")? },
            Name::EraseRequested => Self::EraseRequested,
            Name::Erased => Self::Erased,
        })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn every() -> Vec<Event> {
        let text = || "a".to_owned();
        let document = || Document::file("a.svg", "image/svg+xml", vec![0, 120, 255]);
        let pins =
            Pins { steps_version: 1, components: BTreeMap::new(), model_variant: text(), draws: Vec::new() };
        let terms = Terms { priority: Priority::High, timeout_ms: 1 };
        vec![
            Event::Requested { request: document(), pins: pins.clone(), terms: Terms::default() },
            Event::Requested { request: document(), pins, terms },
            Event::Planned { step: text(), tasks: Vec::new() },
            Event::Built { step: text(), task: text(), documents: vec![document()] },
            Event::StepFailed { step: text(), code: text(), message: text() },
            Event::CancelRequested,
            Event::Undone { step: text() },
            Event::Ended { outcome: Outcome::Failed },
            Event::EraseRequested,
            Event::Erased,
        ]
    }

    #[test]
    fn what_is_written_is_read_and_what_is_missing_is_named() {
        for event in every() {
            let written = serde_json::to_value(&event).unwrap();
            assert_eq!(serde_json::from_value::<Event>(written.clone()).unwrap(), event);
            for field in written.as_object().unwrap().keys().filter(|field| *field != "terms") {
                let mut without = written.clone();
                without.as_object_mut().unwrap().remove(field);
                let why = serde_json::from_value::<Event>(without).unwrap_err().to_string();
                assert_eq!(why, format!("missing field `{field}`"), "{event:?}");
            }
        }
    }

    #[test]
    fn a_newer_field_is_passed_over_and_a_newer_event_is_not() {
        let newer = r#"{"step":"logo","why":{"a":[1]},"event":"undone"}"#;
        assert_eq!(serde_json::from_str::<Event>(newer).unwrap(), Event::Undone { step: "logo".to_owned() });
        assert!(serde_json::from_str::<Event>(r#"{"event":"unheard-of"}"#).is_err());
    }
}
