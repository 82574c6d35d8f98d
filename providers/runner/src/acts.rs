//! What can be done with a job: plan a step, build its open tasks, take a step back.

use crate::arms::Arms;
use crate::callee::{Asked, CallContext, Callee};
use crate::journal::{Journal, is_built, planned};
use crate::limits::{Limits, Stop};
use crate::meters::RETRIES;
use crate::retry::{WAIT_IN_HANDS_MS_MAX, wait_ms};
use crate::shadows::{Answer, Shadows};
use core_brand::envelope::Meters;
use core_brand::fault::Code;
use core_brand::painting::{self, PaintAnswer, PaintOrder};
use core_brand::step::{TASKS_MAX, find};
use core_brand::{Blame, BlobRef, Body, Document, Fault, Task, broken};
use core_saga::{Event, PAINT, TaskRef};
use futures::{StreamExt, TryStreamExt, stream};
use imprint_blobs::{Blobs, Collect};
use imprint_ledger::Ledger;
use imprint_telemetry::Tally;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use tracing::{Instrument as _, warn};

/// So much content of one step or task is stored at once.
const PUTS: usize = 8;
/// So many tasks that are done at one moment are said in one append, which stays far below the largest message of a server.
const TOGETHER: usize = 8;
/// A painter that was waited for is told to leave it, which takes a moment.
const PAINT_GRACE: Duration = Duration::from_secs(5);
/// How often it is looked for a stop while a painter is waited for.
const STOP_LOOK: Duration = Duration::from_millis(100);

/// Whose job it is, and where its content lies.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) tenant: String,
    pub(crate) job_id: String,
    pub(crate) space: String,
    pub(crate) locale: String,
    pub(crate) traceparent: String,
}

/// A step, and who does it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    pub(crate) step: &'a str,
    /// The address of the component.
    pub(crate) component: &'a str,
    /// What its calls count for.
    pub(crate) arms: &'a Arc<Arms>,
}

/// A fault of the work, or of where it is kept.
pub(crate) enum StepFault {
    Step(Fault),
    Store(Fault),
}

/// How far a step is: done and total.
pub(crate) type Watch<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What acts are done with. Cheap to clone, so that tasks go to other threads.
pub(crate) struct Acts<B, C> {
    pub(crate) blobs: Arc<B>,
    pub(crate) callee: Arc<C>,
    pub(crate) limits: Limits,
    pub(crate) clock: fn() -> u64,
    pub(crate) meters: Tally,
    pub(crate) shadows: Shadows,
}

impl<B, C> Clone for Acts<B, C> {
    fn clone(&self) -> Self {
        let Self { limits, clock, .. } = *self;
        let (blobs, callee) = (self.blobs.clone(), self.callee.clone());
        let (meters, shadows) = (self.meters.clone(), self.shadows.clone());
        Self { blobs, callee, limits, clock, meters, shadows }
    }
}

impl<B: Blobs + 'static, C: Callee> Acts<B, C> {
    /// Asks a component for the tasks of its step. Gives those that stand in the journal then; nothing where somebody else
    /// planned it first.
    pub(crate) async fn plan<L: Ledger>(
        &self,
        at: &Place,
        journal: &mut Journal<'_, L>,
        part: Part<'_>,
    ) -> Result<Vec<Task>, StepFault> {
        let began_ms = (self.clock)();
        let inputs = journal.state().documents;
        let call =
            |ctx| self.callee.plan(part.component.to_owned(), ctx, part.step.to_owned(), inputs.clone());
        let tasks = self.retried(at, part, part.step, call).await.map_err(StepFault::Step)?;
        check(part.step, &tasks).map_err(StepFault::Step)?;
        self.shadow_plan(at, part, &inputs, &tasks);
        let put = |task: &Task| {
            let (id, bytes) = (task.id.clone(), serde_json::to_vec(task));
            async move {
                let bytes = bytes.map_err(|why| StepFault::Step(broken!("{why}")))?;
                let content = self.blobs.put(&at.space, bytes).await.map_err(StepFault::Store)?;
                Ok::<_, StepFault>(TaskRef { id, content })
            }
        };
        let refs = stream::iter(tasks.iter().map(put)).buffered(PUTS).try_collect().await?;
        let meters = Meters { cpu_ms: self.since(began_ms), ..Meters::default() };
        let event = Event::Planned { step: part.step.to_owned(), tasks: refs };
        let is_ours = journal.record(event, (self.clock)(), meters).await.map_err(StepFault::Store)?;
        Ok(if is_ours { tasks } else { Vec::new() })
    }

    /// Builds all open tasks of a planned step, `width` at once, and records them as they are done. Those at hand need not be
    /// read again. Ends early when a stop is asked for, or when somebody else has ended the job.
    pub(crate) async fn build<L: Ledger>(
        &self,
        at: &Place,
        journal: &mut Journal<'_, L>,
        part: Part<'_>,
        at_hand: Vec<Task>,
        stop: &Stop,
        watch: Watch<'_>,
    ) -> Result<(), StepFault> {
        let (total, open) = open_tasks(journal.events(), part.step);
        let mut done = total - open.len();
        watch(done, total);
        let mut running = self.spawn(at, part, open, at_hand, stop).await?;
        while let Some(joined) = running.join_next().await {
            // Whatever else is done by now goes into the same append.
            let mut all = vec![joined];
            while all.len() < TOGETHER
                && let Some(joined) = running.try_join_next()
            {
                all.push(joined);
            }
            let (mut events, mut wrong) = (Vec::new(), None);
            for joined in all {
                let made = joined.map_err(|why| StepFault::Step(broken!("a task ended badly: {why}")));
                match self.built(at, part.step, made?).await {
                    Ok(event) => events.extend(event),
                    Err(fault) => wrong = wrong.or(Some(fault)),
                }
            }
            let count = events.len();
            journal.record_all(events, (self.clock)()).await.map_err(StepFault::Store)?;
            if let Some(wrong) = wrong {
                return Err(wrong);
            }
            if !journal.state().is_going() {
                return Ok(());
            }
            done += count;
            if count > 0 {
                watch(done, total);
            }
        }
        Ok(())
    }

    /// Stores what a task made; gives what is to be said of it, nothing where it was broken off.
    async fn built(&self, at: &Place, step: &str, made: Made) -> Result<Option<(Event, Meters)>, StepFault> {
        let documents = match made.documents {
            Ok(documents) => documents,
            Err(fault) if fault.is(Code::Cancelled) => return Ok(None),
            Err(fault) => return Err(StepFault::Step(fault)),
        };
        let stored = documents.into_iter().map(|document| self.stored(&at.space, document));
        let stored: Result<Vec<_>, _> = stream::iter(stored).buffered(PUTS).try_collect().await;
        let documents = stored.map_err(StepFault::Store)?;
        let bytes = documents.iter().map(|document| document.content().bytes).sum();
        let meters = Meters { cpu_ms: made.spent_ms, gpu_ms: made.gpu_ms, bytes };
        Ok(Some((Event::Built { step: step.to_owned(), task: made.task, documents }, meters)))
    }

    async fn spawn(
        &self,
        at: &Place,
        part: Part<'_>,
        open: Vec<(String, BlobRef)>,
        at_hand: Vec<Task>,
        stop: &Stop,
    ) -> Result<JoinSet<Made>, StepFault> {
        let mut at_hand: BTreeMap<String, Task> =
            at_hand.into_iter().map(|task| (task.id.clone(), task)).collect();
        // Who is painted for waits, and computes nothing meanwhile.
        let least = if part.step == PAINT { painting::CONCEPTS_MAX as usize } else { 1 };
        let places = Arc::new(Semaphore::new(self.limits.width.max(least)));
        let mut running = JoinSet::new();
        for (id, content) in open {
            let task = match at_hand.remove(&id) {
                Some(task) => task,
                None => {
                    let bytes = self.blobs.get(&at.space, &content).await.map_err(StepFault::Store)?;
                    serde_json::from_slice(&bytes).map_err(|why| StepFault::Step(broken!("{why}")))?
                }
            };
            let (acts, at, places, stop) = (self.clone(), at.clone(), places.clone(), stop.clone());
            let (step, component) = (part.step.to_owned(), part.component.to_owned());
            let arms = part.arms.clone();
            let span = tracing::info_span!("task", task = task.id);
            let made = async move {
                // The semaphore is never closed.
                let _place = places.acquire_owned().await.ok();
                let part = Part { step: &step, component: &component, arms: &arms };
                acts.make(&at, part, task, &stop).await
            };
            running.spawn(made.instrument(span));
        }
        Ok(running)
    }

    async fn make(&self, at: &Place, part: Part<'_>, task: Task, stop: &Stop) -> Made {
        let id = task.id.clone();
        let stopped = || Made {
            task: id.clone(),
            spent_ms: 0,
            gpu_ms: 0,
            documents: Err(Fault::new(Code::Cancelled, [])),
        };
        if stop.is_asked() {
            return stopped();
        }
        let (task, gpu_ms) = match part.step {
            PAINT => match self.painted(at, part, task, stop).await {
                Some(painted) => painted,
                None => return stopped(),
            },
            _ => (task, 0),
        };
        let began_ms = (self.clock)();
        let call = |ctx| self.callee.build(part.component.to_owned(), ctx, task.clone());
        let place = format!("{}/{id}", part.step);
        let documents = self.retried(at, part, &place, call).await;
        if let Ok(documents) = &documents {
            self.shadow_build(at, part, &task, documents);
        }
        Made { task: id, spent_ms: self.since(began_ms), gpu_ms, documents }
    }

    /// The task with the answer of a painter beside its order. No painter, a slow one and one that fails are answers: what
    /// becomes of them the component decides. Nothing where a stop is asked for first.
    async fn painted(&self, at: &Place, part: Part<'_>, task: Task, stop: &Stop) -> Option<(Task, u64)> {
        let painted = async {
            let order = find(&task.inputs, PaintOrder::DOCUMENT)?;
            let bytes = match &order.body {
                Body::Inline(bytes) => bytes.clone(),
                Body::Stored(content) => self.blobs.get(&at.space, content).await?,
            };
            let mut order: PaintOrder = serde_json::from_slice(&bytes).map_err(|why| broken!("{why}"))?;
            let pinned = part.arms.model(&order.model);
            if let Some((model, _)) = pinned {
                order.model = model.to_owned();
            }
            let wait_ms = self.limits.paint_ms;
            let ctx = self.context(at, &format!("{PAINT}/{}", task.id), 1);
            let ctx = CallContext { deadline_ms: ctx.now_ms + wait_ms, ..ctx };
            let limit = Duration::from_millis(wait_ms) + PAINT_GRACE;
            let late = || Fault::new(Code::PaintLate, [("limit_ms", wait_ms.to_string())]);
            let began = Instant::now();
            let answer = timeout(limit, self.callee.paint(ctx, order)).await.unwrap_or_else(|_| Err(late()));
            if let Some((_, arms)) = pinned {
                arms.count_painted(&self.meters, &answer, began.elapsed());
            }
            answer
        };
        let painted = tokio::select! {
            biased; // nothing is left to chance
            painted = painted => painted,
            () = asked(stop) => return None,
        };
        let (pictures, gpu_ms) = match painted {
            Ok(paintings) => (Ok(paintings.pictures), paintings.gpu_ms),
            Err(fault) => {
                warn!(code = fault.code, task = task.id, "nothing was painted");
                (Err(fault), 0)
            }
        };
        let mut task = task;
        // Strings and numbers always serialise; without an answer the component says that there was no painter.
        task.inputs.extend(Document::working(PaintAnswer::DOCUMENT, &PaintAnswer::of(pictures)).ok());
        Some((task, gpu_ms))
    }

    /// Asks the shadows of the component for the tasks too.
    fn shadow_plan(&self, at: &Place, part: Part<'_>, inputs: &[Document], tasks: &[Task]) {
        // Tasks that do not serialise are not stored either.
        let Ok(real) = Answer::of_tasks(tasks) else { return };
        self.shadow(at, part, part.step, &real, |callee, address, ctx| {
            let (step, inputs) = (part.step.to_owned(), inputs.to_vec());
            async move { Answer::of_tasks(&callee.plan(address, ctx, step, inputs).await?) }
        });
    }

    /// Asks the shadows of the component to do the task too.
    fn shadow_build(&self, at: &Place, part: Part<'_>, task: &Task, documents: &[Document]) {
        let real = Answer::of_documents(documents);
        let place = format!("{}/{}", part.step, task.id);
        self.shadow(at, part, &place, &real, |callee, address, ctx| {
            let task = task.clone();
            async move { Ok(Answer::of_documents(&callee.build(address, ctx, task).await?)) }
        });
    }

    fn shadow<F: Future<Output = Result<Answer, Fault>> + Send + 'static>(
        &self,
        at: &Place,
        part: Part<'_>,
        place: &str,
        real: &Answer,
        call: impl Fn(Arc<C>, String, CallContext) -> F,
    ) {
        let limit = Duration::from_millis(self.limits.call_ms);
        let call = |address| call(self.callee.clone(), address, self.context(at, place, 1));
        self.shadows.follow(part.arms.shadows(), real, &self.meters, limit, call);
    }

    async fn stored(&self, space: &str, document: Document) -> Result<Document, Fault> {
        match document.body {
            Body::Inline(bytes) => {
                let content = self.blobs.put(space, bytes).await?;
                Ok(Document { body: Body::Stored(content), ..document })
            }
            Body::Stored(_) => Ok(document),
        }
    }

    /// Removes what a step made, unless another step made the same bytes.
    pub(crate) async fn undo<L: Ledger>(
        &self,
        at: &Place,
        journal: &mut Journal<'_, L>,
        step: String,
    ) -> Result<(), Fault> {
        let own = contents(journal.events(), |by| *by == step);
        for content in own.difference(&contents(journal.events(), |by| *by != step)) {
            self.blobs.delete(&at.space, content).await?;
        }
        journal.record(Event::Undone { step }, (self.clock)(), Meters::default()).await?;
        Ok(())
    }

    /// Removes what an ended journal does not refer to: parts of broken-off attempts, and what was made twice. Nothing
    /// can be referred to behind the end, so nothing has to grow old first.
    pub(crate) async fn collect<L: Ledger>(&self, at: &Place, journal: &Journal<'_, L>) -> Result<(), Fault> {
        let kept = contents(journal.events(), |_| true);
        let referenced = kept.into_iter().map(|content| content.sha256).collect();
        let unreferenced = Collect { referenced: &referenced, older_than: Duration::ZERO, is_dry: false };
        self.blobs.collect(&at.space, &unreferenced).await.map(drop)
    }

    /// Calls until it is answered with something other than `busy`, or the tries are used up, or the callee wants
    /// to be left alone for longer than work is kept in hands.
    async fn retried<T, F: Future<Output = Result<T, Fault>>>(
        &self,
        at: &Place,
        part: Part<'_>,
        place: &str,
        call: impl Fn(CallContext) -> F,
    ) -> Result<T, Fault> {
        let mut attempt = 1;
        loop {
            let ctx = self.context(at, place, attempt);
            let key = ctx.idempotency_key.clone();
            match self.counted(part, ctx, &call).await {
                Err(fault) if fault.blame == Blame::Busy && attempt < self.limits.attempts => {
                    let asked_ms = u64::from(fault.retry_after_ms);
                    if asked_ms > WAIT_IN_HANDS_MS_MAX {
                        return Err(fault);
                    }
                    let wait_ms = wait_ms(attempt, &key).max(asked_ms).min(self.limits.backoff_ms_max);
                    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
                    attempt += 1;
                    self.meters.count(&RETRIES, &[("step", part.step)]);
                }
                answer => return answer,
            }
        }
    }

    /// One attempt, counted for the arms of its job.
    pub(crate) async fn counted<T, F: Future<Output = Result<T, Fault>>>(
        &self,
        part: Part<'_>,
        ctx: CallContext,
        call: impl Fn(CallContext) -> F,
    ) -> Result<T, Fault> {
        let (asked, began) = (ctx.asked.clone(), Instant::now());
        let answer = call(ctx).await;
        part.arms.count(&self.meters, part.component, &answer, asked.spent(began));
        answer
    }

    pub(crate) fn context(&self, at: &Place, key: &str, attempt: u32) -> CallContext {
        let now_ms = (self.clock)();
        CallContext {
            tenant: at.tenant.clone(),
            traceparent: at.traceparent.clone(),
            now_ms,
            deadline_ms: now_ms + self.limits.call_ms,
            attempt,
            idempotency_key: format!("{}/{key}", at.job_id),
            locale: at.locale.clone(),
            asked: Asked::default(),
        }
    }

    fn since(&self, began_ms: u64) -> u64 {
        (self.clock)().saturating_sub(began_ms)
    }
}

/// Ends when a stop is asked for.
async fn asked(stop: &Stop) {
    while !stop.is_asked() {
        tokio::time::sleep(STOP_LOOK).await;
    }
}

/// What became of one task.
struct Made {
    task: String,
    spent_ms: u64,
    gpu_ms: u64,
    documents: Result<Vec<Document>, Fault>,
}

/// The event of a step that cannot be done.
pub(crate) fn failed(step: &str, fault: &Fault) -> Event {
    Event::StepFailed { step: step.to_owned(), code: fault.code.clone(), message: fault.message.clone() }
}

fn check(step: &str, tasks: &[Task]) -> Result<(), Fault> {
    let ids: BTreeSet<_> = tasks.iter().map(|task| &task.id).collect();
    match tasks.len() {
        count if count > TASKS_MAX => Err(broken!("`{step}` wants {count} tasks; at most {TASKS_MAX}")),
        count if count > ids.len() => Err(broken!("`{step}` has two tasks of one id")),
        _ => Ok(()),
    }
}

/// How many tasks a step has, and those not built yet.
fn open_tasks(events: &[Event], step: &str) -> (usize, Vec<(String, BlobRef)>) {
    let tasks = planned(events, step).unwrap_or_default();
    let open = tasks.iter().filter(|task| !is_built(events, step, &task.id));
    (tasks.len(), open.map(|task| (task.id.clone(), task.content.clone())).collect())
}

/// The content that these steps refer to.
pub(crate) fn contents(events: &[Event], of: impl Fn(&String) -> bool) -> BTreeSet<BlobRef> {
    let mut contents = BTreeSet::new();
    for event in events {
        match event {
            Event::Planned { step, tasks } if of(step) => {
                contents.extend(tasks.iter().map(|task| task.content.clone()));
            }
            Event::Built { step, documents, .. } if of(step) => {
                contents.extend(documents.iter().map(Document::content));
            }
            _ => {}
        }
    }
    contents
}
