//! A lattice in memory that can be killed before and after every effect, and interfered with at every event.

#![allow(dead_code, reason = "each test file uses a part of it")]

use core_brand::envelope::Envelope;
use core_brand::fault::Code;
use core_brand::{BlobRef, Body, Document, DocumentKind, Fault, Task};
use core_saga::{Drawn, Event, Outcome, Pins, Priority, STEPS, State, Terms, state};
use imprint_blobs::{Blobs, Collect, MemoryBlobs, space};
use imprint_ledger::journal::{Chain, Entry, Home, Stamp, check_chain, event_of, previous_of};
use imprint_ledger::queue::{Claim, DECIDE, DeadLetter, Queues, Work};
use imprint_ledger::{Ledger, MemoryLedger, MemoryQueues, read_all};

use imprint_runner::{CallContext, Callee, Decided, Driver, Exposures, Limits, Shadows, Stop, Verdict};
use imprint_telemetry::Tally;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

pub(crate) const TENANT: &str = "acme";
pub(crate) const USER: &str = "ann";
pub(crate) const REGION: &str = "us-east-1";
pub(crate) const TASKS: [&str; 3] = ["a", "b", "c"];

/// Virtual time. A job that is not at its end by then is lost.
const LOST_AFTER: Duration = Duration::from_secs(1800);

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The clock of these tests stands still while something is done, and jumps while all wait.
pub(crate) fn now_ms() -> u64 {
    Instant::now().saturating_duration_since(*BEGAN).as_millis() as u64
}

/// Counts effects, and stops for ever at one of them.
pub(crate) struct Points {
    passed: AtomicUsize,
    kill_at: Option<usize>,
    killed: watch::Sender<bool>,
}

impl Points {
    pub(crate) fn new(kill_at: Option<usize>) -> Arc<Self> {
        Arc::new(Self { passed: AtomicUsize::new(0), kill_at, killed: watch::channel(false).0 })
    }

    pub(crate) fn passed(&self) -> usize {
        self.passed.load(Ordering::SeqCst)
    }

    async fn pass(&self) {
        let number = self.passed.fetch_add(1, Ordering::SeqCst);
        if self.kill_at.is_some_and(|at| number >= at) {
            self.killed.send_replace(true);
            std::future::pending::<()>().await;
        }
    }

    async fn killed(&self) {
        let _ = self.killed.subscribe().wait_for(|killed| *killed).await;
    }
}

/// What somebody outside does once the journal has so many entries.
#[derive(Clone)]
pub(crate) struct Meddling {
    pub(crate) at: u64,
    pub(crate) event: Event,
}

/// What lives as long as the lattice, whatever process dies.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) ledger: Arc<MemoryLedger>,
    pub(crate) queues: MemoryQueues,
    pub(crate) blobs: Arc<MemoryBlobs>,
    pub(crate) toy: Arc<Toy>,
    /// Subjects whose key is gone.
    pub(crate) shredded: Arc<Mutex<BTreeSet<String>>>,
    pub(crate) meddling: Option<Meddling>,
    /// What somebody outside does while this decision, counted from 0, is on its way back.
    pub(crate) overtaking: Option<(usize, Event)>,
    /// The rollouts that jobs have met.
    pub(crate) draws: Vec<Drawn>,
    pub(crate) meters: Tally,
    pub(crate) exposures: Exposures,
    /// Everything is handed out twice.
    pub(crate) is_doubled: bool,
    /// The next look into a journal sees only so many entries.
    pub(crate) behind: Arc<Mutex<Option<u64>>>,
    /// No append is answered.
    pub(crate) is_mute: Arc<AtomicBool>,
}

/// One process.
#[derive(Clone)]
pub(crate) struct Process {
    pub(crate) world: World,
    pub(crate) points: Arc<Points>,
}

impl World {
    pub(crate) fn new(toy: Toy) -> Self {
        Self {
            ledger: Arc::default(),
            queues: MemoryQueues::new(now_ms),
            blobs: Arc::default(),
            toy: Arc::new(toy),
            shredded: Arc::default(),
            meddling: None,
            overtaking: None,
            draws: Vec::new(),
            meters: Tally::default(),
            exposures: Exposures::default(),
            is_doubled: false,
            behind: Arc::default(),
            is_mute: Arc::default(),
        }
    }

    pub(crate) fn process(&self, kill_at: Option<usize>) -> Process {
        Process { world: self.clone(), points: Points::new(kill_at) }
    }

    /// What the ledger does with a new job.
    pub(crate) async fn submit(&self, id: &str, terms: Terms) {
        let request = Document::file("request.json", "application/json", b"{}".to_vec());
        let components = STEPS
            .iter()
            .map(|row| (row.component.to_owned(), "0.1.0".to_owned()))
            .collect::<BTreeMap<_, _>>();
        let pins = Pins {
            steps_version: 1,
            components,
            model_variant: "stable".to_owned(),
            draws: self.draws.clone(),
        };
        let event = Event::Requested { request, pins, terms };
        let stamp = Stamp { now_ms: now_ms(), ..Stamp::default() };
        let entry = home(id).entry(0, &previous_of(&[]), &event, stamp).expect("works");
        let envelope =
            Envelope { user: Some(USER.to_owned()), ..Envelope::from_bytes(&entry).expect("works") };
        let entry = envelope.to_bytes().expect("works");
        self.process(None).append(&home(id).subject(), 0, vec![entry]).await.expect("works");
        self.queues.enqueue(&work(id, DECIDE, 0)).await.expect("works");
    }

    pub(crate) async fn events(&self, id: &str) -> Vec<Event> {
        let stored = read_all(&*self.ledger, &home(id).subject()).await.expect("works");
        check_chain(&stored).expect("works");
        stored.iter().map(|bytes| event_of(bytes).expect("works").1).collect()
    }

    pub(crate) async fn state(&self, id: &str) -> State {
        state(&self.events(id).await)
    }

    pub(crate) async fn is_over(&self, id: &str) -> bool {
        let state = self.state(id).await;
        if state.erasing { state.erased } else { state.ended.is_some() }
    }

    pub(crate) async fn waiting(&self) -> u64 {
        self.queues.depths().await.expect("works").iter().map(|(_, _, count)| count).sum()
    }

    /// Another process after the other, until nothing is left to do. The first is killed where it is told to be.
    pub(crate) async fn drive(&self, kill_at: Option<usize>) -> usize {
        let process = self.process(kill_at);
        let end = Instant::now() + LOST_AFTER;
        process.work(end).await;
        if kill_at.is_some() {
            self.process(None).work(end).await;
        }
        process.points.passed()
    }

    /// What must be true of every job at its end, however it got there.
    pub(crate) async fn check(&self, id: &str, told: &str) {
        let events = self.events(id).await;
        let mut acts = BTreeMap::<String, usize>::new();
        for event in &events {
            let act = match event {
                Event::Built { step, task, .. } => format!("{step}/{task}"),
                Event::Planned { step, .. } => format!("plan {step}"),
                Event::Undone { step } => format!("undo {step}"),
                other => other.event_type().to_owned(),
            };
            *acts.entry(act).or_default() += 1;
        }
        let twice: Vec<_> = acts.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "{told}: done twice: {twice:?}");
        let state = state(&events);
        let kept: BTreeSet<_> =
            self.blobs.list(&space(TENANT, id)).await.expect("works").into_iter().collect();
        let is_whole = state.ended == Some(Outcome::Completed) && !state.erasing;
        let wanted = if is_whole { referenced(&events) } else { BTreeSet::new() };
        let left: Vec<_> = kept.symmetric_difference(&wanted).collect();
        assert!(left.is_empty(), "{told}: left over or missing: {left:?}");
        let is_shredded = self.shredded.lock().expect("works").contains(&home(id).subject());
        assert_eq!(is_shredded, state.erased, "{told}: the key of an erased brand is gone, and no other");
        assert_eq!(self.waiting().await, 0, "{told}: work is left");
    }
}

fn referenced(events: &[Event]) -> BTreeSet<BlobRef> {
    let of = |event: &Event| match event {
        Event::Planned { tasks, .. } => tasks.iter().map(|task| task.content.clone()).collect(),
        Event::Built { documents, .. } => documents.iter().map(Document::content).collect(),
        _ => Vec::new(),
    };
    events.iter().flat_map(of).collect()
}

pub(crate) fn home(id: &str) -> Home {
    Home::new(REGION, TENANT, id)
}

pub(crate) fn work(id: &str, step: &str, sequence: usize) -> Work {
    Work {
        step: step.to_owned(),
        priority: Priority::Normal,
        tenant: TENANT.to_owned(),
        home_region: REGION.to_owned(),
        job_id: id.to_owned(),
        id: format!("{id}/{step}/{sequence}"),
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned(),
    }
}

pub(crate) fn limits() -> Limits {
    Limits { width: 2, call_ms: 30_000, attempts: 2, backoff_ms_max: 30_000, paint_ms: 10_000 }
}

impl Process {
    pub(crate) fn driver(&self) -> Driver<Self, Self, Self, Self> {
        let shared = Arc::new(self.clone());
        Driver {
            ledger: shared.clone(),
            queues: shared.clone(),
            blobs: shared.clone(),
            callee: shared,
            limits: limits(),
            clock: now_ms,
            meters: self.world.meters.clone(),
            exposures: self.world.exposures.clone(),
            shadows: Shadows::default(),
        }
    }

    /// Takes work of every queue in turn until none is left, or until it is killed.
    async fn work(&self, end: Instant) {
        let driver = self.driver();
        while self.world.waiting().await > 0 {
            assert!(Instant::now() < end, "a job is lost");
            let mut has_worked = false;
            for step in std::iter::once(DECIDE).chain(STEPS.iter().map(|row| row.name)) {
                let Some(claim) = self.world.queues.claim(&[step], Duration::ZERO).await.expect("works")
                else {
                    continue;
                };
                has_worked = true;
                let done = async {
                    let verdict = driver.act(claim.work(), claim.deliveries(), &Stop::default()).await;
                    self.points.pass().await;
                    verdict
                };
                let verdict = tokio::select! {
                    verdict = done => verdict,
                    () = self.points.killed() => return,
                };
                settle(claim, verdict).await;
            }
            if !has_worked {
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn settle<K: Claim>(claim: K, verdict: Verdict) {
    match verdict {
        Verdict::Done => claim.done().await,
        Verdict::Again(after) => claim.again(after).await,
        Verdict::Bury(why) => claim.bury(&why).await,
    }
    .expect("works");
}

impl Ledger for Process {
    async fn append(&self, subject: &str, expected: u64, entries: Vec<Vec<u8>>) -> Result<u64, Fault> {
        self.points.pass().await;
        if self.world.is_mute.load(Ordering::SeqCst) {
            return Err(Fault::new(Code::Unreachable, []));
        }
        let end = self.world.ledger.append(subject, expected, entries).await?;
        let has_come = |meddling: &Meddling| meddling.at > expected && meddling.at <= end;
        if let Some(meddling) = self.world.meddling.clone().filter(has_come) {
            self.world.meddle(subject, meddling.event).await;
        }
        self.points.pass().await;
        Ok(end)
    }

    async fn read(&self, subject: &str, from: u64) -> Result<Vec<Vec<u8>>, Fault> {
        let mut read = self.world.ledger.read(subject, from).await?;
        let mut behind = self.world.behind.lock().expect("works");
        if let Some(seen) = *behind {
            read.truncate(usize::try_from(seen.saturating_sub(from)).expect("works"));
            // The look is over.
            *behind = behind.filter(|_| !read.is_empty());
        }
        Ok(read)
    }

    /// Once the key is gone, nobody reads what was sealed.
    async fn entries(&self, subject: &str, chain: Chain<'_>) -> Result<Vec<Entry>, Fault> {
        let is_gone = self.world.shredded.lock().expect("works").contains(subject);
        let open = |(head, event): Entry| (head, event.filter(|event| !is_gone || !is_sealed(event)));
        Ok(chain.entries()?.into_iter().map(open).collect())
    }

    async fn shred(&self, subject: &str) -> Result<(), Fault> {
        self.points.pass().await;
        self.world.shredded.lock().expect("works").insert(subject.to_owned());
        self.points.pass().await;
        Ok(())
    }
}

fn is_sealed(event: &Event) -> bool {
    matches!(event, Event::Requested { .. } | Event::Planned { .. } | Event::Built { .. })
}

impl World {
    /// What the ledger does for an owner who wants a job to stop or to be forgotten.
    async fn meddle(&self, subject: &str, event: Event) {
        let stored = read_all(&*self.ledger, subject).await.expect("works");
        let home = Home::of_subject(subject).expect("works");
        let events: Vec<_> = stored.iter().map(|bytes| event_of(bytes).expect("works").1).collect();
        if event == Event::CancelRequested && state(&events).ended.is_some() {
            return;
        }
        let stamp = Stamp { now_ms: now_ms(), ..Stamp::default() };
        let entry = home.entry(stored.len() as u64, &previous_of(&stored), &event, stamp).expect("works");
        self.ledger.append(subject, stored.len() as u64, vec![entry]).await.expect("works");
        self.queues.enqueue(&work(&home.job_id, DECIDE, stored.len() + 1)).await.expect("works");
    }
}

impl Queues for Process {
    type Claim = <MemoryQueues as Queues>::Claim;

    async fn enqueue(&self, work: &Work) -> Result<(), Fault> {
        self.points.pass().await;
        self.world.queues.enqueue(work).await?;
        if self.world.is_doubled {
            let twin = Work { id: format!("{}/twin", work.id), ..work.clone() };
            self.world.queues.enqueue(&twin).await?;
        }
        self.points.pass().await;
        Ok(())
    }

    async fn claim(&self, steps: &[&str], wait: Duration) -> Result<Option<Self::Claim>, Fault> {
        self.world.queues.claim(steps, wait).await
    }

    async fn depths(&self) -> Result<Vec<(String, Priority, u64)>, Fault> {
        self.world.queues.depths().await
    }

    async fn dead(&self, limit: usize) -> Result<Vec<DeadLetter>, Fault> {
        self.world.queues.dead(limit).await
    }

    async fn redrive(&self, sequence: u64) -> Result<bool, Fault> {
        self.world.queues.redrive(sequence).await
    }
}

impl Blobs for Process {
    async fn put(&self, space: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        self.points.pass().await;
        let content = self.world.blobs.put(space, bytes).await;
        self.points.pass().await;
        content
    }

    async fn get(&self, space: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        self.world.blobs.get(space, content).await
    }

    async fn exists(&self, space: &str, content: &BlobRef) -> Result<bool, Fault> {
        self.world.blobs.exists(space, content).await
    }

    async fn delete(&self, space: &str, content: &BlobRef) -> Result<(), Fault> {
        self.points.pass().await;
        self.world.blobs.delete(space, content).await
    }

    async fn list(&self, space: &str) -> Result<Vec<BlobRef>, Fault> {
        self.world.blobs.list(space).await
    }

    async fn clear(&self, space: &str) -> Result<u64, Fault> {
        self.points.pass().await;
        self.world.blobs.clear(space).await
    }

    async fn collect(&self, space: &str, what: &Collect<'_>) -> Result<Vec<BlobRef>, Fault> {
        self.points.pass().await;
        self.world.blobs.collect(space, what).await
    }
}

/// An act of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Decide,
    Plan(&'static str),
    Build(&'static str),
}

/// What a callee does instead of its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// Answers with this fault.
    Says(Code),
    /// Never answers.
    Hangs,
}

/// How a shadow differs from the version it follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shade {
    #[default]
    Same,
    /// Also in what it stores.
    Differs,
    Says(Code),
    Hangs,
}

/// The version that is only compared.
pub(crate) const SHADOW: &str = "0.2.0";

/// Components that make two documents of each task, one of which they store by themselves, and fail as they are told.
#[derive(Default)]
pub(crate) struct Toy {
    pub(crate) failing: Option<(Act, How)>,
    /// So many calls fail, if not all.
    pub(crate) failures: Option<AtomicU32>,
    pub(crate) calls: AtomicUsize,
    pub(crate) decisions: AtomicUsize,
    /// What it stores by itself is another each time, which no component may do.
    pub(crate) is_fickle: bool,
    /// What the versions say that are only compared.
    pub(crate) shade: Shade,
    /// One call takes this long.
    pub(crate) takes: Duration,
    /// No two tasks of a step are done at one moment.
    pub(crate) is_apart: bool,
}

impl Toy {
    pub(crate) fn failing(act: Act, how: How, times: Option<u32>) -> Self {
        Self { failing: Some((act, how)), failures: times.map(AtomicU32::new), ..Self::default() }
    }

    async fn fail(&self, act: &str) -> Result<(), Fault> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        sleep(self.takes).await;
        let Some((failing, how)) = self.failing else { return Ok(()) };
        let is_it = match failing {
            Act::Decide => act == "decide",
            Act::Plan(step) => act == format!("plan {step}"),
            Act::Build(step) => act == format!("build {step}"),
        };
        let less = |left: u32| left.checked_sub(1);
        let is_left = self
            .failures
            .as_ref()
            .is_none_or(|left| is_it && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less).is_ok());
        match how {
            _ if !is_it || !is_left => Ok(()),
            How::Says(code) => Err(Fault::new(code, [])),
            How::Hangs => std::future::pending().await,
        }
    }
}

impl Callee for Process {
    async fn decide(
        &self,
        component: String,
        ctx: CallContext,
        journal: Vec<String>,
    ) -> Result<Decided, Fault> {
        assert_eq!((component.as_str(), ctx.tenant.as_str()), ("imprint-orchestrator-0_1_0", TENANT));
        self.points.pass().await;
        self.world.toy.fail("decide").await?;
        let number = self.world.toy.decisions.fetch_add(1, Ordering::SeqCst);
        if let Some((_, event)) = self.world.overtaking.clone().filter(|(at, _)| *at == number) {
            let job = ctx.idempotency_key.split('/').next().expect("works");
            self.world.meddle(&home(job).subject(), event).await;
        }
        core_saga::next(&journal).map(Decided::from).map_err(|why| core_brand::broken!("{why}"))
    }

    async fn plan(
        &self,
        component: String,
        ctx: CallContext,
        step: String,
        inputs: Vec<Document>,
    ) -> Result<Vec<Task>, Fault> {
        if component == shadow(&step) {
            let tasks = TASKS.iter().map(|id| Task::new(*id, "toy", &step, inputs[..1].to_vec())).collect();
            return self.shaded(tasks).await?;
        }
        assert_eq!(component, address(&step));
        assert!(ctx.traceparent.starts_with("00-4bf9"), "{}", ctx.traceparent);
        self.points.pass().await;
        self.world.toy.fail(&format!("plan {step}")).await?;
        let inputs = inputs.into_iter().take(1).collect::<Vec<_>>();
        TASKS.iter().map(|id| Task::new(*id, "toy", &step, inputs.clone())).collect()
    }

    async fn build(&self, component: String, ctx: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
        let step: String = task.settings()?;
        if component == shadow(&step) {
            return self.follow(&ctx, &step, &task).await;
        }
        assert_eq!(component, address(&step));
        let job = ctx.idempotency_key.split('/').next().expect("works").to_owned();
        self.points.pass().await;
        self.world.toy.fail(&format!("build {step}")).await?;
        if self.world.toy.is_apart {
            let place = TASKS.iter().position(|known| *known == task.id).unwrap_or_default();
            sleep(Duration::from_millis(place as u64)).await;
        }
        let name = format!("{step}/{}", task.id);
        let call = if self.world.toy.is_fickle { self.world.toy.calls.load(Ordering::SeqCst) } else { 0 };
        let large = format!("large {name} {call}").into_bytes();
        let large = self.world.blobs.put(&space(&ctx.tenant, &job), large).await?;
        self.points.pass().await;
        Ok(made(&name, large))
    }
}

impl Process {
    async fn shaded<T>(&self, answer: T) -> Result<T, Fault> {
        sleep(self.world.toy.takes).await;
        match self.world.toy.shade {
            Shade::Same | Shade::Differs => Ok(answer),
            Shade::Says(code) => Err(Fault::new(code, [])),
            Shade::Hangs => std::future::pending().await,
        }
    }

    async fn follow(&self, ctx: &CallContext, step: &str, task: &Task) -> Result<Vec<Document>, Fault> {
        let job = ctx.idempotency_key.split('/').next().expect("works");
        let name = format!("{step}/{}", task.id);
        let call = if self.world.toy.shade == Shade::Differs { 1 } else { 0 };
        // Most jobs of these tests are over by then.
        sleep(Duration::from_secs(5)).await;
        let large = format!("large {name} {call}").into_bytes();
        let large = self.world.blobs.put(&space(&ctx.tenant, job), large).await?;
        self.shaded(made(&name, large)).await
    }
}

/// A document of a task that it hands over, and one that it has stored.
fn made(name: &str, large: BlobRef) -> Vec<Document> {
    let stored = Document {
        kind: DocumentKind::Working,
        body: Body::Stored(large),
        ..Document::file(format!("{name}.large"), "text/plain", Vec::new())
    };
    vec![Document::file(name.to_owned(), "text/plain", name.as_bytes().to_vec()), stored]
}

fn shadow(step: &str) -> String {
    core_saga::component_id(core_saga::row(step).expect("works").component, SHADOW)
}

fn address(step: &str) -> String {
    core_saga::component_id(core_saga::row(step).expect("works").component, "0.1.0")
}
