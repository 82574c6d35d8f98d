//! What the owner of a job hears of it: small events under public names, without content.
//!
//! Pure. One entry of the journal may say several things; the sequence is that of the entry.

use core_saga::{Event, Outcome, View};
use serde_json::{Value, json};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicEvent {
    /// Of the entry, counted from 1.
    pub sequence: u64,
    pub kind: &'static str,
    /// JSON.
    pub body: String,
}

/// Steps whose end has a name of its own.
const STEP_ENDS: &[(&str, &str)] = &[
    ("design", "design.palette.computed"),
    ("logo", "content.logo.generated"),
    ("assets", "assets.optimization.completed"),
];

/// What this event says, `view` being the job after it.
pub(crate) fn tell(event: &Event, view: &View, at_ms: u64) -> Vec<PublicEvent> {
    let mut told = Vec::new();
    let mut say = |kind: &'static str, mut body: Value| {
        body["id"] = json!(view.id);
        body["at_ms"] = json!(at_ms);
        told.push(PublicEvent { sequence: view.sequence, kind, body: body.to_string() });
    };
    match event {
        Event::Requested { terms, .. } => {
            let body = json!({ "priority": terms.priority.as_str(), "due_ms": at_ms + terms.timeout_ms });
            say("brand.generation.requested", body);
        }
        Event::Planned { step, .. } | Event::Built { step, .. } => {
            let Some(now) = view.steps.iter().find(|view| view.name == *step) else { return told };
            say("brand.step.progress", json!({ "step": step, "done": now.done, "total": now.total }));
            let end = STEP_ENDS.iter().find(|(name, _)| name == step).filter(|_| now.done == now.total);
            if let Some((_, kind)) = end {
                say(kind, json!({ "step": step, "bytes": now.bytes }));
            }
        }
        Event::Ended { outcome: Outcome::Completed } => {
            say("brand-kit.compilation.finished", json!({ "files": view.files.len() }));
        }
        Event::Ended { outcome: Outcome::Failed } => {
            let body = json!({ "step": view.step_failed, "code": view.code, "message": view.message });
            say("brand.generation.failed", body);
        }
        Event::Ended { outcome: Outcome::Cancelled } => say("brand.generation.cancelled", json!({})),
        Event::Erased => say("brand.erased", json!({})),
        Event::StepFailed { .. } | Event::CancelRequested | Event::Undone { .. } | Event::EraseRequested => {}
    }
    told
}
