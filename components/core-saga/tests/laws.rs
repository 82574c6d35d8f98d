//! The laws of the saga, by loop: fail every step, cut every prefix, repeat every act, cancel anywhere.

use core_brand::content::BlobRef;
use core_brand::step::Document;
use core_saga::{
    Decision, Event, Outcome, Pins, STEPS, STEPS_VERSION, TaskRef, Terms, next, next_from, state,
};

/// No job of these tests is longer; more means that deciding does not end.
const ACTS_MAX: usize = 200;

/// A world that does what is decided, and fails where it is told to.
#[derive(Default)]
struct World {
    failing: Option<&'static str>,
    cancel_after: Option<usize>,
    journal: Vec<Event>,
}

impl World {
    fn started() -> Self {
        let request = Document::file("request.json", "application/json", b"{}".to_vec());
        let pins = Pins {
            steps_version: STEPS_VERSION,
            components: [].into(),
            model_variant: "stable".into(),
            draws: Vec::new(),
        };
        Self { journal: vec![Event::Requested { request, pins, terms: Terms::default() }], ..Self::default() }
    }

    fn act(&mut self, decision: &Decision) {
        let events = match decision {
            Decision::Plan(step) if self.failing == Some(step.name) => vec![failed(step.name)],
            Decision::Plan(step) => vec![planned(step.name)],
            Decision::Build(step, ids) => ids.iter().map(|id| built(step.name, id)).collect(),
            Decision::Undo(step) => vec![Event::Undone { step: step.name.into() }],
            Decision::End(outcome) => vec![Event::Ended { outcome: *outcome }],
            Decision::Rest => vec![],
        };
        self.journal.extend(events);
        if self.cancel_after.is_some_and(|after| self.journal.len() > after) {
            self.cancel_after = None;
            self.journal.push(Event::CancelRequested);
        }
    }

    fn run(&mut self) -> Outcome {
        for _ in 0..ACTS_MAX {
            let decision = next_from(STEPS, &self.journal);
            if decision == Decision::Rest {
                return state(&self.journal).ended.expect("a job that rests has ended");
            }
            self.act(&decision);
        }
        panic!("no end after {ACTS_MAX} acts: {:?}", self.journal);
    }

    fn undone(&self) -> Vec<&str> {
        let name = |event: &'_ Event| matches!(event, Event::Undone { .. });
        self.journal
            .iter()
            .filter(|event| name(event))
            .map(|event| match event {
                Event::Undone { step } => step.as_str(),
                _ => "",
            })
            .collect()
    }
}

fn planned(step: &str) -> Event {
    let task = |id: &str| TaskRef { id: id.into(), content: BlobRef::of(id.as_bytes()) };
    Event::Planned { step: step.into(), tasks: vec![task("a"), task("b")] }
}

fn built(step: &str, task: &str) -> Event {
    let documents = vec![Document::file(format!("{step}/{task}"), "text/plain", vec![])];
    Event::Built { step: step.into(), task: task.into(), documents }
}

fn failed(step: &str) -> Event {
    Event::StepFailed { step: step.into(), code: "internal.broken".into(), message: "told to fail".into() }
}

#[test]
fn every_step_is_done_once_and_in_order() {
    let mut world = World::started();
    assert_eq!(world.run(), Outcome::Completed);
    let steps: Vec<_> = world
        .journal
        .iter()
        .filter_map(|event| match event {
            Event::Planned { step, .. } => Some(step.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(steps, STEPS.iter().map(|step| step.name).collect::<Vec<_>>());
    assert_eq!(state(&world.journal).documents.len(), 1 + 2 * STEPS.len());
}

#[test]
fn a_failing_step_undoes_all_before_it_in_reverse() {
    for (failing, step) in STEPS.iter().enumerate() {
        let mut world = World { failing: Some(step.name), ..World::started() };
        assert_eq!(world.run(), Outcome::Failed);
        let expected: Vec<_> = STEPS[..failing].iter().rev().map(|step| step.name).collect();
        assert_eq!(world.undone(), expected, "failing {}", step.name);
    }
}

#[test]
fn a_cancel_anywhere_ends_cancelled_and_clean() {
    let mut whole = World::started();
    whole.run();
    for after in 1..whole.journal.len() - 1 {
        let mut world = World { cancel_after: Some(after), ..World::started() };
        assert_eq!(world.run(), Outcome::Cancelled, "cancelled after {after}");
        let begun = world.journal.iter().filter(|event| matches!(event, Event::Planned { .. })).count();
        assert_eq!(world.undone().len(), begun, "cancelled after {after}");
    }
}

#[test]
fn every_prefix_continues_to_the_same_end() {
    let mut whole = World::started();
    whole.run();
    for cut in 1..=whole.journal.len() {
        let mut world = World { journal: whole.journal[..cut].to_vec(), ..World::default() };
        assert_eq!(world.run(), Outcome::Completed, "cut at {cut}");
        assert_eq!(state(&world.journal).documents, state(&whole.journal).documents, "cut at {cut}");
    }
}

#[test]
fn an_act_done_twice_counts_once() {
    let mut world = World::started();
    for _ in 0..ACTS_MAX {
        let decision = next_from(STEPS, &world.journal);
        world.act(&decision);
        world.act(&decision);
    }
    assert_eq!(state(&world.journal).ended, Some(Outcome::Completed));
    assert_eq!(state(&world.journal).documents.len(), 1 + 2 * STEPS.len());
}

#[test]
fn the_empty_journal_rests_and_a_torn_entry_is_an_error() {
    assert_eq!(next::<&str>(&[]).unwrap(), Decision::Rest);
    assert!(next(&[r#"{"event":"requ"#]).is_err());
    assert!(next(&[r#"{"event":"never-heard-of"}"#]).is_err());
}
