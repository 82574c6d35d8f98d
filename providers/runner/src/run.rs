//! One job from its request to its end, in one process.

use crate::acts::{Acts, Part, Place, StepFault, failed};
use crate::callee::{Callee, Decided};
use crate::journal::Journal;
use crate::limits::{Limits, Stop};
use crate::shadows::Shadows;
use core_brand::envelope::Meters;
use core_brand::fault::Code;
use core_brand::step::find;
use core_brand::{Document, DocumentKind, Fault, broken};
use core_saga::{Event, Outcome, Pins, Terms};
use imprint_blobs::Blobs;
use imprint_ledger::Ledger;
use imprint_ledger::journal::Home;
use imprint_telemetry::Tally;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A job is a few hundred acts; more means that deciding does not end.
const ACTS_MAX: usize = 10_000;

/// The component that decides.
pub(crate) const ORCHESTRATOR: &str = "orchestrator";

/// What is to be made, for whom, under which name.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: String,
    pub tenant: String,
    pub home_region: String,
    pub locale: String,
    pub request: Document,
    pub components: BTreeMap<String, String>,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub step: String,
    pub done: usize,
    pub total: usize,
}

/// A job that has ended, with everything it made.
#[derive(Clone, Debug)]
pub struct Finished {
    pub documents: Vec<Document>,
    /// Milliseconds spent in calls, by step.
    pub call_ms: BTreeMap<String, u64>,
    /// Files and their bytes, by the step that made them.
    pub step_files: BTreeMap<String, (usize, u64)>,
}

/// Runs jobs over a ledger, a blob store and components.
pub struct Runner<L, B, C> {
    pub ledger: Arc<L>,
    pub blobs: Arc<B>,
    pub callee: Arc<C>,
    pub limits: Limits,
    /// Milliseconds since 1970.
    pub clock: fn() -> u64,
}

impl<L: Ledger + 'static, B: Blobs + 'static, C: Callee> Runner<L, B, C> {
    /// Starts or continues a job and follows it to its end.
    pub async fn run(
        &self,
        job: &Job,
        stop: &Stop,
        watch: &(dyn Fn(Progress) + Sync),
    ) -> Result<Finished, Fault> {
        let (acts, at, arms) = (self.acts(), place(job), Arc::default());
        let home = Home::new(&job.home_region, &job.tenant, &job.id);
        let mut journal = Journal::open(&*self.ledger, home, "").await?;
        if journal.events().is_empty() {
            self.note(&mut journal, begin(job)).await?;
        }
        let (mut first, mut at_hand) = (None, (String::new(), Vec::new()));
        for _ in 0..ACTS_MAX {
            if stop.is_asked() && !journal.events().contains(&Event::CancelRequested) {
                self.note(&mut journal, Event::CancelRequested).await?;
            }
            let ctx = acts.context(&at, "decide", 1);
            match self.callee.decide(ORCHESTRATOR.to_owned(), ctx, journal.texts()?).await? {
                Decided::Plan { step, component } => {
                    let part = Part { step: &step, component: &component, arms: &arms };
                    let made = acts.plan(&at, &mut journal, part).await;
                    let made = made.map(|tasks| at_hand = (step.clone(), tasks));
                    self.keep_fault(&mut journal, &step, made, &mut first).await?;
                }
                Decided::Build { step, component, .. } => {
                    let part = Part { step: &step, component: &component, arms: &arms };
                    let told = |done, total| watch(Progress { step: step.clone(), done, total });
                    let (of, tasks) = std::mem::take(&mut at_hand);
                    let tasks = if of == step { tasks } else { Vec::new() };
                    let made = acts.build(&at, &mut journal, part, tasks, stop, &told).await;
                    self.keep_fault(&mut journal, &step, made, &mut first).await?;
                }
                Decided::Undo { step } => acts.undo(&at, &mut journal, step).await?,
                Decided::End(outcome) => self.note(&mut journal, Event::Ended { outcome }).await?,
                Decided::Rest => return finish(&journal, first),
            }
        }
        Err(broken!("the job `{}` does not end", job.id))
    }

    fn acts(&self) -> Acts<B, C> {
        Acts {
            blobs: self.blobs.clone(),
            callee: self.callee.clone(),
            limits: self.limits,
            clock: self.clock,
            // One job in one process: what it took is in its journal.
            meters: Tally::default(),
            shadows: Shadows::default(),
        }
    }

    async fn note(&self, journal: &mut Journal<'_, L>, event: Event) -> Result<(), Fault> {
        journal.record(event, (self.clock)(), Meters::default()).await?;
        Ok(())
    }

    /// A fault of a step is an event; a fault of the ledger or the store ends the run, and the journal stays as it is.
    async fn keep_fault(
        &self,
        journal: &mut Journal<'_, L>,
        step: &str,
        made: Result<(), StepFault>,
        first: &mut Option<Fault>,
    ) -> Result<(), Fault> {
        match made {
            Ok(()) => Ok(()),
            Err(StepFault::Store(fault)) => Err(fault),
            Err(StepFault::Step(fault)) => {
                let event = failed(step, &fault);
                first.get_or_insert(fault);
                self.note(journal, event).await
            }
        }
    }
}

fn begin(job: &Job) -> Event {
    let pins = Pins {
        steps_version: core_saga::STEPS_VERSION,
        components: job.components.clone(),
        model_variant: "stable".to_owned(),
        draws: Vec::new(),
    };
    // The request stays inline: the orchestrator reads it, and its world has no blob store.
    Event::Requested { request: job.request.clone(), pins, terms: Terms::default() }
}

/// In one process all jobs of a tenant share their content.
fn place(job: &Job) -> Place {
    Place {
        tenant: job.tenant.clone(),
        job_id: job.id.clone(),
        space: job.tenant.clone(),
        locale: job.locale.clone(),
        traceparent: String::new(),
    }
}

fn finish<L: Ledger>(journal: &Journal<'_, L>, fault: Option<Fault>) -> Result<Finished, Fault> {
    let state = journal.state();
    match state.ended {
        Some(Outcome::Completed) => {
            let (call_ms, step_files) = (journal.call_ms().clone(), step_files(journal.events()));
            Ok(Finished { documents: state.documents, call_ms, step_files })
        }
        Some(Outcome::Cancelled) => Err(Fault::new(Code::Cancelled, [])),
        _ => Err(fault.unwrap_or_else(|| told(journal.events()))),
    }
}

/// The fault of a job that failed in an earlier run.
fn told(events: &[Event]) -> Fault {
    let failed = events.iter().find_map(|event| match event {
        Event::StepFailed { step, code, message } => {
            Some(broken!("step `{step}` failed before ({code}): {message}"))
        }
        _ => None,
    });
    failed.unwrap_or_else(|| broken!("the job rests without an end"))
}

fn step_files(events: &[Event]) -> BTreeMap<String, (usize, u64)> {
    let mut all: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for event in events {
        let Event::Built { step, documents, .. } = event else { continue };
        let sum = all.entry(step.clone()).or_default();
        for file in documents.iter().filter(|document| document.kind == DocumentKind::File) {
            *sum = (sum.0 + 1, sum.1 + file.content().bytes);
        }
    }
    all
}

impl Finished {
    /// The files of the kit.
    pub fn files(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(|document| document.kind == DocumentKind::File)
    }

    /// A working document by name.
    pub fn document(&self, name: &str) -> Result<&Document, Fault> {
        find(&self.documents, name)
    }
}
