//! Work of the queues, done: whatever a reminder says, the journal is looked into first.

use crate::acts::{Acts, Part, Place, StepFault, failed};
use crate::arms::Arms;
use crate::callee::{Callee, Decided};
use crate::exposures::{Exposures, Whose};
use crate::journal::{Journal, planned};
use crate::limits::{Limits, Stop};
use crate::meters::{ENDED, STEP_SECONDS};
use crate::retry::wait_ms;
use crate::run::ORCHESTRATOR;
use crate::shadows::{Remind, Shadows};
use core_brand::envelope::Meters;
use core_brand::fault::Code;
use core_brand::{Blame, Fault, broken};
use core_saga::{Event, Outcome, StepRow, component_id, row, steps};
use imprint_blobs::{Blobs, space};
use imprint_ledger::Ledger;
use imprint_ledger::journal::Home;
use imprint_ledger::queue::{DECIDE, DELIVERIES_MAX, Queues, Work};
use imprint_telemetry::{Tally, trace};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use tracing::{Instrument, error, info, warn};

/// One decision leads to the next only while a job is taken back, and then once for each step and the end.
const DECISIONS_MAX: usize = 100;

/// A journal that is not there at so many looks is no longer believed to be on its way.
const LOOKS_MAX: u32 = 3;

/// Texts of the lattice are English; a brief has its own language.
const LOCALE: &str = "en";

/// Does work over a ledger, queues, a blob store and components.
pub struct Driver<L, Q, B, C> {
    pub ledger: Arc<L>,
    pub queues: Arc<Q>,
    pub blobs: Arc<B>,
    pub callee: Arc<C>,
    pub limits: Limits,
    /// Milliseconds since 1970.
    pub clock: fn() -> u64,
    pub meters: Tally,
    pub exposures: Exposures,
    pub shadows: Shadows,
}

/// What is to become of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Done,
    Again(Duration),
    Bury(String),
}

/// Work in somebody's hands.
#[derive(Clone, Copy)]
struct Held<'a> {
    work: &'a Work,
    deliveries: u32,
}

impl Held<'_> {
    /// Work on the same job that these hands leave, whatever was enqueued before: what is enqueued for a place in the journal is
    /// there once.
    fn anew(&self, step: &str, now_ms: u64) -> Work {
        let Self { work, deliveries } = self;
        let id = format!("{}/{step}/{}/{deliveries}/{now_ms}", work.job_id, work.step);
        Work { step: step.to_owned(), id, ..Work::clone(work) }
    }

    /// Has the job looked at once more: whoever finds it over removes what nobody refers to.
    async fn remind<Q: Queues>(&self, queues: &Q, now_ms: u64) {
        if let Err(fault) = queues.enqueue(&self.anew(DECIDE, now_ms)).await {
            warn!(code = fault.code, job = self.work.job_id, "something may be left behind");
        }
    }

    /// The same, for those who outlive these hands.
    fn reminder<Q: Queues + 'static>(&self, queues: Arc<Q>, clock: fn() -> u64) -> Remind {
        let (work, deliveries) = (self.work.clone(), self.deliveries);
        Arc::new(move || {
            let (queues, work) = (queues.clone(), work.clone());
            Box::pin(async move { Held { work: &work, deliveries }.remind(&*queues, clock()).await })
        })
    }
}

/// Why work did not come to an end.
enum Trouble {
    /// It never will.
    Poison(String),
    /// It may later.
    Passing(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Passing(fault)
    }
}

impl<L, Q, B, C> Driver<L, Q, B, C>
where
    L: Ledger + 'static,
    Q: Queues + 'static,
    B: Blobs + 'static,
    C: Callee,
{
    /// Does a piece of work as far as it goes. Safe to break off, to repeat, and to do twice at once.
    pub async fn act(&self, work: &Work, deliveries: u32, stop: &Stop) -> Verdict {
        let mut ids = work.traceparent.split('-').skip(1);
        let span = tracing::info_span!(
            "work",
            trace_id = ids.next(),
            span_id = ids.next(),
            user_id = work.tenant,
            request_id = work.id,
            job = work.job_id,
            step = work.step,
        );
        trace::follow(&span, &work.traceparent);
        let began = Instant::now();
        let acted = async {
            match self.try_act(work, deliveries, stop).await {
                Ok(verdict) => verdict,
                Err(trouble) => self.trouble(work, deliveries, trouble).await,
            }
        };
        let verdict = acted.instrument(span).await;
        if verdict == Verdict::Done {
            self.meters.observe(&STEP_SECONDS, &[("step", &work.step)], began.elapsed().as_secs_f64());
        }
        verdict
    }

    async fn try_act(&self, work: &Work, deliveries: u32, stop: &Stop) -> Result<Verdict, Trouble> {
        let mut journal = self.open(work).await?;
        if journal.sequence() == 0 {
            // A reader may be behind the writer.
            return match deliveries < LOOKS_MAX {
                true => Ok(Verdict::Again(pause(work, deliveries))),
                false => Err(Trouble::Poison("there is no such job".to_owned())),
            };
        }
        match row(&work.step) {
            _ if work.step == DECIDE => self.decide(work, &mut journal).await,
            Some(row) => {
                let held = Held { work, deliveries };
                let done = self.step(held, &mut journal, row, stop).await;
                if done.is_err() {
                    // Where the claim is in other hands by now, nobody comes back to what was kept.
                    held.remind(&*self.queues, (self.clock)()).await;
                }
                done
            }
            None => Err(Trouble::Poison(format!("there is no step `{}`", work.step))),
        }
    }

    async fn open(&self, work: &Work) -> Result<Journal<'_, L>, Trouble> {
        let home = Home::new(&work.home_region, &work.tenant, &work.job_id);
        let opened = Journal::open(&*self.ledger, home, &work.traceparent).await;
        opened.map_err(|fault| match fault.is(Code::Tampered) || fault.is(Code::Broken) {
            true => Trouble::Poison(told(&fault)),
            false => Trouble::Passing(fault),
        })
    }

    /// Does what follows from the journal, up to the next step that somebody has to work on.
    async fn decide(&self, work: &Work, journal: &mut Journal<'_, L>) -> Result<Verdict, Trouble> {
        let at = place(work);
        self.note_exposure(work, journal);
        for _ in 0..DECISIONS_MAX {
            let state = journal.state();
            if state.erasing {
                return self.erase(&at, journal).await;
            }
            if let Some(outcome) = state.ended {
                self.clear_after(&at, journal, outcome).await?;
                return Ok(Verdict::Done);
            }
            if state.is_going() && self.left_ms(journal) == 0 {
                self.note(journal, late(journal)).await?;
                continue;
            }
            match self.next(&at, journal).await? {
                Ok(Decided::Plan { step, .. } | Decided::Build { step, .. }) => {
                    self.enqueue(work, journal, &step).await?;
                    return Ok(Verdict::Done);
                }
                Ok(Decided::Undo { step }) => {
                    info!(undone = step, "a step is taken back");
                    self.acts().undo(&at, journal, step).await?;
                }
                Ok(Decided::End(outcome)) => self.end(work, journal, outcome).await?,
                Ok(Decided::Rest) => return Ok(Verdict::Done),
                Err(fault) if state.is_going() => {
                    self.note(journal, failed(current(journal), &fault)).await?;
                }
                // It cannot be decided how to take it back. A person has to look.
                Err(fault) => return Err(Trouble::Poison(told(&fault))),
            }
        }
        Err(Trouble::Poison(format!("deciding does not end after {DECISIONS_MAX} decisions")))
    }

    /// What the orchestrator of this job's version says; its own refusals apart from its silence.
    async fn next(&self, at: &Place, journal: &Journal<'_, L>) -> Result<Result<Decided, Fault>, Fault> {
        let component = match address(journal, ORCHESTRATOR) {
            Ok(component) => component,
            Err(fault) => return Ok(Err(fault)),
        };
        let (acts, texts) = (self.acts(), journal.texts()?);
        let ctx = acts.context(at, DECIDE, 1);
        let arms = &Arms::of(journal.begin().map(|(pins, _)| pins), ORCHESTRATOR, journal.region());
        let part = Part { step: DECIDE, component: &component, arms };
        let ask = |ctx| self.callee.decide(component.clone(), ctx, texts.clone());
        match acts.counted(part, ctx, ask).await {
            Err(fault) if fault.blame == Blame::Busy => Err(fault),
            answer => Ok(answer),
        }
    }

    /// At the first decision: before it nobody has met anything. A second first decision notes the same.
    fn note_exposure(&self, work: &Work, journal: &Journal<'_, L>) {
        let (Some((pins, _)), Some(user), 1) = (journal.begin(), journal.user(), journal.sequence()) else {
            return;
        };
        let whose = Whose { tenant: &work.tenant, user, region: &work.home_region };
        self.exposures.note(pins, whose, &self.meters);
    }

    async fn end(&self, work: &Work, journal: &mut Journal<'_, L>, outcome: Outcome) -> Result<(), Fault> {
        if self.record(journal, Event::Ended { outcome }).await? {
            if let (Some((pins, _)), Some(user), Outcome::Completed) =
                (journal.begin(), journal.user(), outcome)
            {
                let whose = Whose { tenant: &work.tenant, user, region: &work.home_region };
                self.exposures.note_completed(pins, whose);
            }
            self.meters.count(&ENDED, &[("outcome", word(outcome))]);
            info!(?outcome, "a job ended");
        }
        Ok(())
    }

    /// Content of a job that came to something is what its journal refers to; of any other there is none. Done behind
    /// the end, and whenever somebody finds a job ended: also what a worker kept that did not hear in time.
    async fn clear_after(&self, at: &Place, journal: &Journal<'_, L>, outcome: Outcome) -> Result<(), Fault> {
        match outcome {
            Outcome::Completed => self.acts().collect(at, journal).await,
            _ => self.blobs.clear(&at.space).await.map(drop),
        }
    }

    /// Forgets a brand. Nobody is asked: there is nothing to decide.
    ///
    /// The key goes before the end is written: behind the end nobody would come back for one that a kill left. A kill
    /// before it costs nothing: from the wish to be forgotten on nobody asks for the key, and every act here may be repeated.
    async fn erase(&self, at: &Place, journal: &mut Journal<'_, L>) -> Result<Verdict, Trouble> {
        self.blobs.clear(&at.space).await?;
        journal.shred().await?;
        if self.record(journal, Event::Erased).await? {
            // A worker that did not know may have kept something in between.
            self.blobs.clear(&at.space).await?;
            info!("a brand was erased");
        }
        Ok(Verdict::Done)
    }

    /// Plans a step if nobody has, and builds what is open of it.
    async fn step(
        &self,
        held: Held<'_>,
        journal: &mut Journal<'_, L>,
        row: &StepRow,
        stop: &Stop,
    ) -> Result<Verdict, Trouble> {
        let at = place(held.work);
        if is_its_turn(journal, row) {
            let left = Duration::from_millis(self.left_ms(journal));
            match tokio::time::timeout(left, self.make(held, &at, journal, row, stop)).await {
                Ok(Ok(())) => {}
                Ok(Err(StepFault::Step(fault))) if fault.blame != Blame::Busy => {
                    warn!(code = fault.code, "a step failed");
                    self.note(journal, failed(row.name, &fault)).await?;
                }
                Ok(Err(StepFault::Step(fault) | StepFault::Store(fault))) => return Err(fault.into()),
                Err(_) => {
                    // It was broken off anywhere, also in the middle of writing.
                    journal.reload().await?;
                    self.note(journal, late(journal)).await?;
                }
            }
            if stop.is_asked() && is_its_turn(journal, row) {
                return Ok(Verdict::Again(Duration::ZERO));
            }
        }
        self.leave(held, &at, journal).await?;
        Ok(Verdict::Done)
    }

    async fn make(
        &self,
        held: Held<'_>,
        at: &Place,
        journal: &mut Journal<'_, L>,
        row: &StepRow,
        stop: &Stop,
    ) -> Result<(), StepFault> {
        let component = address(journal, row.component).map_err(StepFault::Step)?;
        let arms = &Arms::of(journal.begin().map(|(pins, _)| pins), row.component, journal.region());
        let part = Part { step: row.name, component: &component, arms };
        let shadows = self.shadows.reminding(held.reminder(self.queues.clone(), self.clock));
        // Behind the painter the job still has to be made.
        let paint_ms = self.limits.paint_ms.min(self.left_ms(journal) / 2);
        let acts = Acts { shadows, limits: Limits { paint_ms, ..self.limits }, ..self.acts() };
        let at_hand = match planned(journal.events(), row.name) {
            None => acts.plan(at, journal, part).await?,
            Some(_) => Vec::new(),
        };
        match journal.state().is_going() {
            true => acts.build(at, journal, part, at_hand, stop, &|_, _| {}).await,
            false => Ok(()),
        }
    }

    /// Removes what was kept for a job that somebody else has ended or erased; any other is decided on, anew: what was kept
    /// here, or by hands that the work was in before, may be in no journal, and the end of the job may be newer than what was
    /// read here.
    async fn leave(&self, held: Held<'_>, at: &Place, journal: &Journal<'_, L>) -> Result<(), Fault> {
        let state = journal.state();
        match state.ended {
            _ if state.erased => self.blobs.clear(&at.space).await.map(drop),
            Some(outcome) if !state.erasing => self.clear_after(at, journal, outcome).await,
            _ => self.queues.enqueue(&held.anew(DECIDE, (self.clock)())).await,
        }
    }

    async fn trouble(&self, work: &Work, deliveries: u32, trouble: Trouble) -> Verdict {
        let fault = match trouble {
            Trouble::Poison(why) => {
                error!("work is set aside: {why}");
                return Verdict::Bury(why);
            }
            Trouble::Passing(fault) => fault,
        };
        warn!(code = fault.code, deliveries, "work has to wait");
        let wait = pause(work, deliveries).max(Duration::from_millis(u64::from(fault.retry_after_ms)));
        if deliveries < DELIVERIES_MAX {
            return Verdict::Again(wait);
        }
        let held = Held { work, deliveries };
        if is_away(&fault) {
            match self.wait_on(held).await {
                Ok(true) => return Verdict::Done,
                Ok(false) => {}
                Err(_) => return Verdict::Again(wait),
            }
        }
        match self.give_up(held, &fault).await {
            Ok(()) => Verdict::Bury(told(&fault)),
            // The queue sets it aside by itself, and the job is reminded of while it has no end.
            Err(_) => Verdict::Again(wait),
        }
    }

    /// What is away comes back, and the job has until its deadline: the deliveries are counted from the start. Says
    /// whether there is time.
    async fn wait_on(&self, held: Held<'_>) -> Result<bool, Trouble> {
        let journal = self.open(held.work).await?;
        if !journal.state().is_going() || self.left_ms(&journal) == 0 {
            return Ok(false);
        }
        self.queues.enqueue(&held.anew(&held.work.step, (self.clock)())).await?;
        Ok(true)
    }

    /// The job fails, and is taken back.
    async fn give_up(&self, held: Held<'_>, fault: &Fault) -> Result<(), Trouble> {
        let work = held.work;
        let mut journal = self.open(work).await?;
        let step = if work.step == DECIDE { current(&journal) } else { &work.step };
        let is_recorded = self.record(&mut journal, failed(step, fault)).await?;
        // Without a new event the reminder would be the one that is given up.
        if is_recorded || work.step != DECIDE {
            self.leave(held, &place(work), &journal).await?;
        }
        Ok(())
    }

    async fn enqueue(&self, work: &Work, journal: &Journal<'_, L>, step: &str) -> Result<(), Fault> {
        let id = format!("{}/{step}/{}", work.job_id, journal.sequence());
        self.queues.enqueue(&Work { step: step.to_owned(), id, ..work.clone() }).await
    }

    async fn note(&self, journal: &mut Journal<'_, L>, event: Event) -> Result<(), Fault> {
        self.record(journal, event).await?;
        Ok(())
    }

    async fn record(&self, journal: &mut Journal<'_, L>, event: Event) -> Result<bool, Fault> {
        journal.record(event, (self.clock)(), Meters::default()).await
    }

    /// How long until the job is late.
    fn left_ms(&self, journal: &Journal<'_, L>) -> u64 {
        journal.due_ms().saturating_sub((self.clock)())
    }

    fn acts(&self) -> Acts<B, C> {
        Acts {
            blobs: self.blobs.clone(),
            callee: self.callee.clone(),
            limits: self.limits,
            clock: self.clock,
            meters: self.meters.clone(),
            shadows: self.shadows.clone(),
        }
    }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::Failed => "failed",
        Outcome::Cancelled => "cancelled",
    }
}

fn place(work: &Work) -> Place {
    Place {
        tenant: work.tenant.clone(),
        job_id: work.job_id.clone(),
        space: space(&work.tenant, &work.job_id),
        locale: LOCALE.to_owned(),
        traceparent: work.traceparent.clone(),
    }
}

/// What a log and a dead letter may hold. A message of a component may hold a piece of a brief.
fn told(fault: &Fault) -> String {
    let sequence = fault.args.iter().find(|(name, _)| name == "sequence" && fault.is(Code::Tampered));
    sequence.map_or_else(|| fault.code.clone(), |(_, number)| format!("{} at entry {number}", fault.code))
}

/// Nobody was asked: that says nothing of the job.
fn is_away(fault: &Fault) -> bool {
    [Code::CalleeMissing, Code::BreakerOpen, Code::Unreachable].iter().any(|code| fault.is(*code))
}

fn pause(work: &Work, deliveries: u32) -> Duration {
    Duration::from_millis(wait_ms(deliveries, &work.id))
}

/// The id of the version that the job was begun with.
fn address<L: Ledger>(journal: &Journal<'_, L>, component: &str) -> Result<String, Fault> {
    let version = journal.begin().and_then(|(pins, _)| pins.components.get(component));
    version
        .map(|version| component_id(component, version))
        .ok_or_else(|| broken!("the job names no version of `{component}`"))
}

/// Whether this step is what the job needs now.
fn is_its_turn<L: Ledger>(journal: &Journal<'_, L>, row: &StepRow) -> bool {
    let state = journal.state();
    let open = steps(journal.events()).iter().find(|step| !state.has_built(step));
    state.is_going() && open.is_some_and(|step| step.name == row.name)
}

/// The step that a job stands at.
fn current<L: Ledger>(journal: &Journal<'_, L>) -> &'static str {
    let state = journal.state();
    let steps = steps(journal.events());
    let open = steps.iter().find(|step| !state.has_built(step));
    open.or(steps.last()).map_or(DECIDE, |step| step.name)
}

fn late<L: Ledger>(journal: &Journal<'_, L>) -> Event {
    let limit_ms = journal.begin().map_or(0, |(_, terms)| terms.timeout_ms);
    failed(current(journal), &Fault::new(Code::JobDeadline, [("limit_ms", limit_ms.to_string())]))
}
