//! One job from its request to its end.

use crate::callee::{CallContext, Callee, Decided};
use crate::journal::Journal;
use core_brand::envelope::Meters;
use core_brand::fault::Code;
use core_brand::step::{TASKS_MAX, find};
use core_brand::{Blame, Body, Document, DocumentKind, Fault, Task, broken};
use core_saga::{Event, Outcome, Pins, State, TaskRef};
use imprint_blobs::Blobs;
use imprint_ledger::Ledger;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// A job is a few hundred acts; more means that deciding does not end.
const ACTS_MAX: usize = 10_000;

/// How far the runner goes before it gives up.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Calls at once.
    pub width: usize,
    /// One call.
    pub call_ms: u64,
    /// Tries of a call that answers `busy`.
    pub attempts: u32,
    /// Longest wait between two tries.
    pub backoff_ms_max: u64,
}

/// Asks a running job to stop. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn ask(&self) {
        self.0.store(true, Ordering::Release);
    }

    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

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
        let mut journal = Journal::open(&*self.ledger, &job.tenant, &job.home_region, &job.id).await?;
        if journal.events().is_empty() {
            self.start(job, &mut journal).await?;
        }
        let mut fault = None;
        let mut call_ms = BTreeMap::new();
        for _ in 0..ACTS_MAX {
            if stop.is_asked() && !journal.events().contains(&Event::CancelRequested) {
                journal.append(Event::CancelRequested, (self.clock)(), Meters::default()).await?;
            }
            match self.callee.decide(self.context(job, "decide"), journal.texts()?).await? {
                Decided::Plan { step, component } => {
                    let began_ms = (self.clock)();
                    let made = self.plan(job, &mut journal, &step, &component).await;
                    *call_ms.entry(step.clone()).or_default() += (self.clock)().saturating_sub(began_ms);
                    self.keep_fault(&mut journal, &step, made, &mut fault).await?;
                }
                Decided::Build { step, component, ids } => {
                    let made = self
                        .build(job, &mut journal, &step, &component, &ids, stop, watch, &mut call_ms)
                        .await;
                    self.keep_fault(&mut journal, &step, made, &mut fault).await?;
                }
                Decided::Undo { step } => self.undo(job, &mut journal, step).await?,
                Decided::End(outcome) => {
                    journal.append(Event::Ended { outcome }, (self.clock)(), Meters::default()).await?;
                }
                Decided::Rest => return finish(&journal.state(), journal.events(), fault, call_ms),
            }
        }
        Err(broken!("the job `{}` does not end", job.id))
    }

    async fn start(&self, job: &Job, journal: &mut Journal<'_, L>) -> Result<(), Fault> {
        let pins = Pins {
            steps_version: core_saga::STEPS_VERSION,
            components: job.components.clone(),
            model_variant: "stable".to_owned(),
        };
        // The request stays inline: the orchestrator reads it, and its world has no blob store.
        let request = job.request.clone();
        journal.append(Event::Requested { request, pins }, (self.clock)(), Meters::default()).await
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
                let event = Event::StepFailed {
                    step: step.to_owned(),
                    code: fault.code.clone(),
                    message: fault.message.clone(),
                };
                first.get_or_insert(fault);
                journal.append(event, (self.clock)(), Meters::default()).await
            }
        }
    }

    async fn plan(
        &self,
        job: &Job,
        journal: &mut Journal<'_, L>,
        step: &str,
        component: &str,
    ) -> Result<(), StepFault> {
        let began_ms = (self.clock)();
        let inputs = journal.state().documents;
        let tasks = self
            .retried(job, step, |ctx| {
                self.callee.plan(component.to_owned(), ctx, step.to_owned(), inputs.clone())
            })
            .await
            .map_err(StepFault::Step)?;
        if tasks.len() > TASKS_MAX {
            return Err(StepFault::Step(broken!(
                "`{step}` wants {} tasks; at most {TASKS_MAX}",
                tasks.len()
            )));
        }
        let mut refs = Vec::new();
        for task in tasks {
            let bytes = serde_json::to_vec(&task).map_err(|why| StepFault::Step(broken!("{why}")))?;
            let content = self.blobs.put(&job.tenant, bytes).await.map_err(StepFault::Store)?;
            refs.push(TaskRef { id: task.id, content });
        }
        let meters = Meters { cpu_ms: (self.clock)().saturating_sub(began_ms), ..Meters::default() };
        let event = Event::Planned { step: step.to_owned(), tasks: refs };
        journal.append(event, (self.clock)(), meters).await.map_err(StepFault::Store)
    }

    /// Builds all open tasks of a step, `width` at once, and records each as it is done.
    #[allow(clippy::too_many_arguments, reason = "the state of one loop, passed to its one long act")]
    async fn build(
        &self,
        job: &Job,
        journal: &mut Journal<'_, L>,
        step: &str,
        component: &str,
        ids: &[String],
        stop: &Stop,
        watch: &(dyn Fn(Progress) + Sync),
        call_ms: &mut BTreeMap<String, u64>,
    ) -> Result<(), StepFault> {
        let planned = planned_tasks(journal.events(), step);
        let total = planned.len();
        let mut done = total - ids.len();
        watch(Progress { step: step.to_owned(), done, total });
        let places = Arc::new(Semaphore::new(self.limits.width.max(1)));
        let mut running = JoinSet::new();
        for id in ids {
            let content =
                planned.get(id.as_str()).ok_or_else(|| StepFault::Step(broken!("no task `{id}`")))?;
            let bytes = self.blobs.get(&job.tenant, content).await.map_err(StepFault::Store)?;
            let task: Task =
                serde_json::from_slice(&bytes).map_err(|why| StepFault::Step(broken!("{why}")))?;
            let work = Work {
                callee: self.callee.clone(),
                limits: self.limits,
                clock: self.clock,
                job: job.clone(),
            };
            let (places, stop) = (places.clone(), stop.clone());
            let (step, component) = (step.to_owned(), component.to_owned());
            running.spawn(async move {
                // The semaphore is never closed.
                let _place = places.acquire_owned().await.ok();
                if stop.is_asked() {
                    return (task.id, 0, Err(Fault::new(Code::Cancelled, [])));
                }
                let began_ms = (work.clock)();
                let id = task.id.clone();
                let made = work
                    .retried(&format!("{step}/{id}"), |ctx| {
                        work.callee.build(component.clone(), ctx, task.clone())
                    })
                    .await;
                (id, (work.clock)().saturating_sub(began_ms), made)
            });
        }
        while let Some(joined) = running.join_next().await {
            let (id, spent_ms, made) =
                joined.map_err(|why| StepFault::Step(broken!("a task ended badly: {why}")))?;
            *call_ms.entry(step.to_owned()).or_default() += spent_ms;
            match made {
                Ok(documents) => {
                    self.record(job, journal, step, id, documents, spent_ms)
                        .await
                        .map_err(StepFault::Store)?;
                }
                Err(fault) if fault.is(Code::Cancelled) => continue,
                Err(fault) => return Err(StepFault::Step(fault)),
            }
            done += 1;
            watch(Progress { step: step.to_owned(), done, total });
        }
        Ok(())
    }

    async fn record(
        &self,
        job: &Job,
        journal: &mut Journal<'_, L>,
        step: &str,
        task: String,
        documents: Vec<Document>,
        spent_ms: u64,
    ) -> Result<(), Fault> {
        let mut stored = Vec::new();
        let mut bytes = 0;
        for document in documents {
            let document = self.stored(&job.tenant, document).await?;
            bytes += document.content().bytes;
            stored.push(document);
        }
        let meters = Meters { cpu_ms: spent_ms, gpu_ms: 0, bytes };
        let event = Event::Built { step: step.to_owned(), task, documents: stored };
        journal.append(event, (self.clock)(), meters).await
    }

    /// Removes what a step made, unless something else made the same bytes.
    async fn undo(&self, job: &Job, journal: &mut Journal<'_, L>, step: String) -> Result<(), Fault> {
        let of = |wanted: bool| -> BTreeSet<_> {
            let made = journal.events().iter().filter_map(|event| match event {
                Event::Built { step: by, documents, .. } if (*by == step) == wanted => Some(documents),
                _ => None,
            });
            made.flatten().map(Document::content).collect()
        };
        for content in of(true).difference(&of(false)) {
            self.blobs.delete(&job.tenant, content).await?;
        }
        journal.append(Event::Undone { step }, (self.clock)(), Meters::default()).await
    }

    async fn stored(&self, tenant: &str, document: Document) -> Result<Document, Fault> {
        match document.body {
            Body::Inline(bytes) => {
                let content = self.blobs.put(tenant, bytes).await?;
                Ok(Document { body: Body::Stored(content), ..document })
            }
            Body::Stored(_) => Ok(document),
        }
    }

    async fn retried<T, F: Future<Output = Result<T, Fault>>>(
        &self,
        job: &Job,
        key: &str,
        call: impl Fn(CallContext) -> F,
    ) -> Result<T, Fault> {
        let work =
            Work { callee: self.callee.clone(), limits: self.limits, clock: self.clock, job: job.clone() };
        work.retried(key, call).await
    }

    fn context(&self, job: &Job, key: &str) -> CallContext {
        context(job, key, 1, (self.clock)(), self.limits.call_ms)
    }
}

/// A fault of the work, or of where it is kept.
enum StepFault {
    Step(Fault),
    Store(Fault),
}

/// What one call needs, apart from the runner, so that it can go to another thread.
struct Work<C> {
    callee: Arc<C>,
    limits: Limits,
    clock: fn() -> u64,
    job: Job,
}

impl<C> Work<C> {
    /// Calls until it is answered with something other than `busy`, or the tries are used up.
    async fn retried<T, F: Future<Output = Result<T, Fault>>>(
        &self,
        key: &str,
        call: impl Fn(CallContext) -> F,
    ) -> Result<T, Fault> {
        let mut attempt = 1;
        loop {
            let ctx = context(&self.job, key, attempt, (self.clock)(), self.limits.call_ms);
            match call(ctx).await {
                Err(fault) if fault.blame == Blame::Busy && attempt < self.limits.attempts => {
                    let doubled = 1000_u64 << (attempt - 1).min(5);
                    let wait_ms =
                        doubled.max(u64::from(fault.retry_after_ms)).min(self.limits.backoff_ms_max);
                    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
                    attempt += 1;
                }
                answer => return answer,
            }
        }
    }
}

fn context(job: &Job, key: &str, attempt: u32, now_ms: u64, call_ms: u64) -> CallContext {
    CallContext {
        tenant: job.tenant.clone(),
        traceparent: String::new(),
        now_ms,
        deadline_ms: now_ms + call_ms,
        attempt,
        idempotency_key: format!("{}/{key}", job.id),
        locale: job.locale.clone(),
    }
}

fn planned_tasks<'a>(events: &'a [Event], step: &str) -> BTreeMap<&'a str, &'a core_brand::BlobRef> {
    let planned = events.iter().find_map(|event| match event {
        Event::Planned { step: planned, tasks } if planned == step => Some(tasks),
        _ => None,
    });
    planned.into_iter().flatten().map(|task| (task.id.as_str(), &task.content)).collect()
}

fn finish(
    state: &State,
    events: &[Event],
    fault: Option<Fault>,
    call_ms: BTreeMap<String, u64>,
) -> Result<Finished, Fault> {
    match state.ended {
        Some(Outcome::Completed) => Ok(Finished { documents: state.documents.clone(), call_ms }),
        Some(Outcome::Cancelled) => Err(Fault::new(Code::Cancelled, [])),
        _ => Err(fault.unwrap_or_else(|| told(events))),
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
