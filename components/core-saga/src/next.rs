//! What follows from a journal.

use crate::journal::{Event, JournalError, Outcome, read};
use crate::table::{STEPS, StepRow, steps_of};
use core_brand::step::Document;
use std::collections::{BTreeMap, BTreeSet};

/// What to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Ask the component of this step for its tasks.
    Plan(&'static StepRow),
    /// Build these tasks; any number at once.
    Build(&'static StepRow, Vec<String>),
    /// Take back what this step made.
    Undo(&'static StepRow),
    /// Write the end.
    End(Outcome),
    /// Nothing: the journal has an end, or no beginning.
    Rest,
}

/// What a journal says, folded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    pub requested: bool,
    /// The tasks of each planned step, in the order of the plan.
    planned: BTreeMap<String, Vec<String>>,
    built: BTreeSet<(String, String)>,
    failed: bool,
    cancelled: bool,
    undone: BTreeSet<String>,
    pub ended: Option<Outcome>,
    /// Somebody asked to forget the brand.
    pub erasing: bool,
    /// It was forgotten.
    pub erased: bool,
    /// Everything made, in the order of the journal.
    pub documents: Vec<Document>,
}

/// The decision that follows from a journal of JSON events.
pub fn next<S: AsRef<str>>(journal: &[S]) -> Result<Decision, JournalError> {
    let events = read(journal)?;
    Ok(next_from(steps(&events), &events))
}

/// The steps of a job, by its first event.
#[must_use]
pub fn steps(journal: &[Event]) -> &'static [StepRow] {
    let asked = journal.iter().find_map(|event| match event {
        Event::Requested { request, .. } => Some(steps_of(request)),
        _ => None,
    });
    asked.unwrap_or(STEPS)
}

/// The same over events and any table.
#[must_use]
pub fn next_from(steps: &'static [StepRow], journal: &[Event]) -> Decision {
    let state = state(journal);
    if !state.requested || state.ended.is_some() || state.erasing {
        return Decision::Rest;
    }
    if state.failed || state.cancelled {
        return back(steps, &state);
    }
    forward(steps, &state)
}

/// Folds a journal. An event that happened twice counts once.
#[must_use]
pub fn state(journal: &[Event]) -> State {
    journal.iter().fold(State::default(), |mut state, event| {
        state.apply(event);
        state
    })
}

impl State {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Requested { request, .. } if !self.requested => {
                self.requested = true;
                self.documents.push(request.clone());
            }
            Event::Planned { step, tasks } => {
                let ids = tasks.iter().map(|task| task.id.clone()).collect();
                self.planned.entry(step.clone()).or_insert(ids);
            }
            Event::Built { step, task, documents } => {
                if self.built.insert((step.clone(), task.clone())) {
                    self.documents.extend(documents.iter().cloned());
                }
            }
            Event::StepFailed { .. } => self.failed = true,
            Event::CancelRequested => self.cancelled = true,
            Event::Undone { step } => {
                self.undone.insert(step.clone());
            }
            Event::Ended { outcome } => self.ended = self.ended.or(Some(*outcome)),
            Event::EraseRequested => self.erasing = true,
            Event::Erased => self.erased = true,
            Event::Requested { .. } => {}
        }
    }

    /// Whether anything more may be made: nobody asked to stop or to forget, nothing failed, no end is written.
    #[must_use]
    pub fn is_going(&self) -> bool {
        let stopped = self.failed || self.cancelled || self.erasing || self.ended.is_some();
        self.requested && !stopped
    }

    /// Whether every task of this step is built.
    #[must_use]
    pub fn has_built(&self, step: &StepRow) -> bool {
        self.planned.get(step.name).is_some_and(|ids| self.open(step, ids).is_empty())
    }

    /// The tasks of a step that are planned and not built.
    fn open(&self, step: &StepRow, ids: &[String]) -> Vec<String> {
        let is_open = |id: &&String| !self.built.contains(&(step.name.to_owned(), (*id).clone()));
        ids.iter().filter(is_open).cloned().collect()
    }
}

fn forward(steps: &'static [StepRow], state: &State) -> Decision {
    for step in steps {
        match state.planned.get(step.name) {
            None => return Decision::Plan(step),
            Some(ids) => {
                let open = state.open(step, ids);
                if !open.is_empty() {
                    return Decision::Build(step, open);
                }
            }
        }
    }
    Decision::End(Outcome::Completed)
}

/// Undoes what was begun, last step first.
fn back(steps: &'static [StepRow], state: &State) -> Decision {
    let begun = |step: &&StepRow| state.planned.contains_key(step.name) && !state.undone.contains(step.name);
    match steps.iter().rev().find(begun) {
        Some(step) => Decision::Undo(step),
        None if state.failed => Decision::End(Outcome::Failed),
        None => Decision::End(Outcome::Cancelled),
    }
}
