//! Where orders are painted: a thread for each that has begun, a step at a time, in the order that the queue says.
//!
//! **Law.** Every order ends in pictures or in a reason, whatever its model, its client or the store does: a panic, a full
//! store, a cancel and a stop are ends like others. Tested in `tests/studio.rs`.

use crate::backend::{Backend, Canvas, Latent};
use crate::catalog::{Catalog, Look};
use crate::fault::{fault, refused};
use crate::inspect::{Inspect, NotBlank};
use crate::job::{Asked, End, Files, Job, Jobs, Kept, State, id, job_key};
use crate::limits::{IDLE_MS, KEPT_MAX, KEPT_MS, LOOK_MS, MEMORY_BYTES, ORDER_MS, PREVIEW_STEPS, SILENT_MS};
use crate::meters::{
    DEVICE, GPU_SECONDS, LOADS, MEMORY, MODELS, ORDERS, PAINTING, REFUSED, STEP, WAIT, WAITING,
};
use crate::picture::{Painter, plain, preview, signed};
use crate::plan::Ticket;
use crate::queue::{Begun, Entry, Place, Queue};
use crate::registry::{Beside, Card, Registry};
use core_brand::fault::Code;
use core_brand::{Blame, BlobRef, Fault, broken};
use imprint_painter::{Order, PaintError, Picture, Progress};
use imprint_telemetry::Tally;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

/// How often it is looked for what is late, idle or to be forgotten, where nothing else happens.
const LOOK: Duration = Duration::from_millis(250);

/// Where pictures are kept.
pub trait Keep: Send + Sync {
    /// Keeps a picture of this tenant; the key says whose brand's it is. Waits for the store with a bound.
    fn put(&self, tenant: &str, key: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault>;
}

/// What an operator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Of models and work together.
    pub memory_bytes: u64,
    /// From arrival to end.
    pub order_ms: u64,
    /// A step that has not ended for so long is given up, and its device with it; so is an order that late.
    pub silent_ms: u64,
    pub idle_ms: u64,
    pub kept_ms: u64,
    /// Models are looked for again no more often than this.
    pub look_ms: u64,
    pub previews: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            memory_bytes: MEMORY_BYTES,
            order_ms: ORDER_MS,
            silent_ms: SILENT_MS,
            idle_ms: IDLE_MS,
            kept_ms: KEPT_MS,
            look_ms: LOOK_MS,
            previews: true,
        }
    }
}

/// What a studio is made of.
pub struct Equipment {
    pub registry: Registry,
    pub backend: Arc<dyn Backend>,
    pub keep: Arc<dyn Keep>,
    /// Beside `NotBlank`.
    pub inspectors: Vec<Box<dyn Inspect>>,
    pub meters: Tally,
}

/// Takes orders and paints them. Dropping it stops nothing; `stop` does.
#[derive(Clone)]
pub struct Studio(Arc<Inner>);

struct Inner {
    equipment: Equipment,
    catalog: Catalog,
    settings: Settings,
    began: Instant,
    state: Mutex<Shared>,
    /// Something is another: a turn, an end, an arrival.
    changed: Condvar,
}

struct Shared {
    queue: Queue,
    jobs: Jobs,
    canvases: BTreeMap<String, Arc<Slot>>,
    is_stopped: bool,
    /// Who has the turn, which turn it is, and since when.
    turn: (Option<(Ticket, u64)>, u64),
    /// Why there is nothing to paint on any more.
    lost: Option<String>,
    /// Time that orders took of a GPU.
    gpu: Duration,
}

/// A model that is loaded by the first who needs it.
#[derive(Default)]
struct Slot {
    /// Held while somebody loads.
    loading: Mutex<()>,
    canvas: OnceLock<Arc<dyn Canvas>>,
}

/// What a thread needs of its order.
struct Work {
    ticket: Ticket,
    card: Card,
    beside: Beside,
    order: Order,
    files: Files,
    tenant: String,
    key: String,
    arrived_ms: u64,
}

impl Studio {
    #[must_use]
    pub fn new(equipment: Equipment, settings: Settings) -> Self {
        Self::begin(equipment, settings, None)
    }

    /// The same with models that come and go: they are looked for when they are listed, and when an unknown one is asked for.
    #[must_use]
    pub fn looking(equipment: Equipment, settings: Settings, look: Box<Look>) -> Self {
        Self::begin(equipment, settings, Some(look))
    }

    fn begin(mut equipment: Equipment, settings: Settings, look: Option<Box<Look>>) -> Self {
        let (known, pause) =
            (std::mem::take(&mut equipment.registry), Duration::from_millis(settings.look_ms));
        let shared = Shared {
            queue: Queue::new(settings.memory_bytes),
            jobs: Jobs::default(),
            canvases: BTreeMap::new(),
            is_stopped: false,
            turn: (None, 0),
            lost: None,
            gpu: Duration::ZERO,
        };
        let inner = Arc::new(Inner {
            equipment,
            catalog: Catalog::new(known, look, pause),
            settings,
            began: Instant::now(),
            state: Mutex::new(shared),
            changed: Condvar::new(),
        });
        inner.tell_models(&Registry::default());
        inner.measure_device();
        let clerk = Arc::downgrade(&inner);
        thread::spawn(move || look_after(&clerk));
        Self(inner)
    }

    /// Every model that there is now, and whether it is loaded. Reads small files.
    #[must_use]
    pub fn models(&self) -> Vec<(Card, bool)> {
        self.0.look();
        let registry = self.0.catalog.known();
        let shared = self.0.lock();
        registry.cards().map(|card| (card.clone(), shared.has_loaded(&card.name))).collect()
    }

    /// Takes an order; gives its id. The same key gives the same id; after a failure that passes, the order begins anew.
    pub fn submit(&self, asked: Asked) -> Result<String, Fault> {
        let taken = self.take(asked);
        if let Err(fault) = &taken {
            self.0.equipment.meters.count(&REFUSED, &[("code", &fault.code)]);
        }
        taken
    }

    fn take(&self, mut asked: Asked) -> Result<String, Fault> {
        asked.order.check().map_err(|why| fault(&why))?;
        let id = id(&asked.tenant, &asked.key);
        // Its model may be gone since.
        if self.0.lock().has(&asked, &id)? {
            return Ok(id);
        }
        let (card, beside) = self.0.meant(&mut asked).map_err(|why| fault(&why))?;
        let need = self.0.equipment.backend.need(&card, &asked.order, &beside).map_err(|why| fault(&why))?;
        let now_ms = self.0.now_ms();
        let limit_ms = self.0.settings.order_ms.min(asked.wait_ms.unwrap_or(u64::MAX));
        let mut shared = self.0.lock();
        // Somebody may have put in the same meanwhile.
        if shared.has(&asked, &id)? {
            return Ok(id);
        }
        let ticket = shared.jobs.next();
        let entry = Entry {
            ticket,
            tenant: asked.tenant.clone(),
            model: card.name.clone(),
            need,
            priority: asked.priority,
            arrived_ms: now_ms,
            deadline_ms: now_ms + limit_ms,
        };
        shared.queue.submit(entry).map_err(refused)?;
        let job = Job {
            id: id.clone(),
            card,
            beside,
            asked,
            state: State::Waiting(0),
            end: None,
            arrived_ms: now_ms,
            limit_ms,
            ended_ms: None,
        };
        shared.jobs.put(ticket, job);
        drop(shared);
        self.0.changed.notify_all();
        Ok(id)
    }

    /// How an order of this tenant stands.
    #[must_use]
    pub fn poll(&self, tenant: &str, id: &str) -> Option<State> {
        let shared = self.0.lock();
        let ticket = shared.jobs.find(tenant, id)?;
        let state = shared.jobs.get(ticket)?.state.clone();
        match state {
            State::Waiting(_) => {
                Some(State::Waiting(shared.queue.before(ticket, self.0.now_ms()).unwrap_or_default()))
            }
            other => Some(other),
        }
    }

    /// Ends an order at its next step; gives how it stands.
    pub fn cancel(&self, tenant: &str, id: &str) -> Option<State> {
        let mut shared = self.0.lock();
        let ticket = shared.jobs.find(tenant, id)?;
        match shared.queue.cancel(ticket) {
            Place::Waiting => self.0.end(&mut shared, ticket, State::Cancelled),
            Place::Painting => {
                if let Some(job) = shared.jobs.get_mut(ticket) {
                    job.end.get_or_insert(End::Cancelled);
                }
            }
            Place::Nowhere => {}
        }
        drop(shared);
        self.0.changed.notify_all();
        self.poll(tenant, id)
    }

    /// Waits until an order has ended, or for so long.
    #[must_use]
    pub fn wait(&self, tenant: &str, id: &str, within: Duration) -> Option<State> {
        let begun = Instant::now();
        let mut shared = self.0.lock();
        loop {
            let ticket = shared.jobs.find(tenant, id)?;
            let job = shared.jobs.get(ticket)?;
            let left = within.saturating_sub(begun.elapsed());
            if job.ended_ms.is_some() || left.is_zero() {
                return Some(job.state.clone());
            }
            shared = self.0.wait(shared, left);
        }
    }

    /// Waits until what is painted on was lost for good, and says why; nothing where it was stopped before.
    #[must_use]
    pub fn lost(&self) -> Option<String> {
        let mut shared = self.0.lock();
        while shared.lost.is_none() && !shared.is_stopped {
            shared = self.0.wait(shared, LOOK);
        }
        shared.lost.clone()
    }

    /// The same without waiting.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.0.lock().lost.is_some()
    }

    /// Whether it paints what it is asked for; else why it does not. Reads small files.
    pub fn health(&self) -> Result<(), String> {
        {
            let shared = self.0.lock();
            if let Some(why) = &shared.lost {
                return Err(format!("the device was lost: {why}; this painter has to be started anew"));
            }
            if shared.queue.is_stopping() {
                return Err("it stops and takes no orders; another painter has to take them".to_owned());
            }
        }
        self.0.look();
        self.0.catalog.is_readable().map_err(|why| {
            let told: Vec<&str> = why.args.iter().map(|(_, told)| told.as_str()).collect();
            format!("models cannot be read: {}; mend or remove what is named", told.join(": "))
        })
    }

    /// Takes nothing more. Orders that wait are told so; those that are painted have so long to end, and are ended then.
    pub fn stop(&self, within: Duration) {
        let begun = Instant::now();
        let mut shared = self.0.lock();
        for ticket in shared.queue.stop() {
            self.0.end(&mut shared, ticket, State::Failed(Fault::new(Code::PaintStopping, [])));
        }
        while shared.queue.painting() > 0 && begun.elapsed() < within {
            shared = self.0.wait(shared, within.saturating_sub(begun.elapsed()));
        }
        shared.jobs.end_all(&End::With(Fault::new(Code::PaintStopping, [])));
        shared.is_stopped = true;
        drop(shared);
        self.0.changed.notify_all();
    }
}

/// The clerk: begins what can begin, ends what is late, and gives idle memory back. It ends with the studio.
fn look_after(studio: &Weak<Inner>) {
    while let Some(inner) = studio.upgrade() {
        let now_ms = inner.now_ms();
        let mut shared = inner.lock();
        if shared.is_stopped && shared.queue.painting() == 0 {
            return;
        }
        inner.end_late(&mut shared, now_ms);
        inner.end_silent(&mut shared, now_ms);
        inner.end_stuck(&mut shared, now_ms);
        shared.jobs.forget(now_ms, inner.settings.kept_ms, KEPT_MAX);
        let mut gone: Vec<Arc<Slot>> = Vec::new();
        for name in shared.queue.idle(now_ms, inner.settings.idle_ms) {
            gone.extend(shared.canvases.remove(&name));
        }
        let mut begun = Vec::new();
        while let Some(Begun { ticket, unload }) = shared.queue.begin(now_ms) {
            gone.extend(unload.iter().filter_map(|name| shared.canvases.remove(name)));
            begun.push(ticket);
        }
        inner.measure(&shared);
        let work: Vec<Work> = begun.iter().filter_map(|ticket| inner.work_of(&mut shared, *ticket)).collect();
        drop(shared);
        // The memory of models is free before others take it.
        drop(gone);
        for work in work {
            inner.spawn(work);
        }
        let shared = inner.lock();
        // Nothing is missed: whoever changes something holds the lock while doing so, and the next look is near.
        drop(inner.wait(shared, LOOK));
    }
}

impl Shared {
    /// Whether there is this order already, and it is not to begin anew. Another one under its key is refused.
    fn has(&self, asked: &Asked, id: &str) -> Result<bool, Fault> {
        let found = self.jobs.find(&asked.tenant, id).and_then(|ticket| self.jobs.get(ticket));
        let Some(job) = found else { return Ok(false) };
        if job.asked.fingerprint != asked.fingerprint {
            return Err(Fault::new(Code::KeyMismatch, []));
        }
        Ok(match &job.state {
            State::Failed(fault) => fault.blame != Blame::Busy,
            _ => true,
        })
    }

    fn has_loaded(&self, model: &str) -> bool {
        self.canvases.get(model).is_some_and(|slot| slot.canvas.get().is_some())
    }

    /// What was taken for a model that was not loaded after all is free again, once nobody is about to load it.
    fn free_unloaded(&mut self, model: &str) {
        if !self.has_loaded(model) && self.queue.unloaded(model) {
            self.canvases.remove(model);
        }
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, shared: MutexGuard<'a, Shared>, most: Duration) -> MutexGuard<'a, Shared> {
        self.changed.wait_timeout(shared, most).unwrap_or_else(PoisonError::into_inner).0
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The model that an order means, and what it names beside it. Where one is unknown, it may have been added since.
    fn meant(&self, asked: &mut Asked) -> Result<(Card, Beside), PaintError> {
        let key = job_key(asked);
        let mut among = |registry: &Registry| {
            let card = registry.resolve(&asked.order.model, &key)?.clone();
            Ok((card, registry.beside(&mut asked.order)?))
        };
        match among(&self.catalog.known()) {
            Err(PaintError::NoModel { .. }) => {
                self.look();
                among(&self.catalog.known())
            }
            meant => meant,
        }
    }

    /// Looks for models that came and went.
    fn look(&self) {
        if let Some(before) = self.catalog.look() {
            self.tell_models(&before);
        }
    }

    /// Tells which models there are. Those that went are forgotten, and give their memory back when nobody paints with them.
    fn tell_models(&self, before: &Registry) {
        let known = self.catalog.known();
        let tell = |card: &Card, number| {
            self.equipment.meters.set(&MODELS, &[("model", card.name.as_str())], number);
        };
        for gone in before.cards().filter(|card| !known.has(&card.name)) {
            self.equipment.backend.forget(&gone.name);
            tell(gone, 0.0);
        }
        known.cards().for_each(|card| tell(card, 1.0));
        let mut shared = self.lock();
        let gone = shared.queue.let_go(|name| known.has(name));
        let gone: Vec<_> = gone.iter().filter_map(|name| shared.canvases.remove(name)).collect();
        drop(shared);
        // A device may take a while to give memory back.
        drop(gone);
    }

    fn measure(&self, shared: &Shared) {
        let meters = &self.equipment.meters;
        meters.set(&WAITING, &[], shared.queue.waiting() as f64);
        meters.set(&PAINTING, &[], shared.queue.painting() as f64);
        meters.set(&MEMORY, &[("kind", "taken")], shared.queue.shelf().used() as f64);
        meters.set(&MEMORY, &[("kind", "budget")], shared.queue.shelf().budget() as f64);
    }

    /// Never while something is held that others wait for: a device that hangs may not answer.
    fn measure_device(&self) {
        let Some(memory) = self.equipment.backend.device_memory() else { return };
        for (what, bytes) in [("free", memory.free), ("total", memory.total)] {
            self.equipment.meters.set(&DEVICE, &[("what", what)], bytes as f64);
        }
    }

    fn end_late(&self, shared: &mut Shared, now_ms: u64) {
        let late = |job: &Job| Fault::new(Code::PaintLate, [("limit_ms", job.limit_ms.to_string())]);
        let (gone, painted) = shared.queue.late(now_ms);
        for ticket in gone {
            let Some(fault) = shared.jobs.get(ticket).map(late) else { continue };
            self.end(shared, ticket, State::Failed(fault));
        }
        for ticket in painted {
            if let Some(job) = shared.jobs.get_mut(ticket) {
                let fault = late(job);
                job.end.get_or_insert(End::With(fault));
            }
        }
    }

    /// A step that never ends keeps its device from everybody: its order is given back, and this painter paints no more.
    fn end_silent(&self, shared: &mut Shared, now_ms: u64) {
        let turn = shared.queue.turn();
        if shared.turn.0 != turn {
            shared.turn = (turn, now_ms);
        }
        let Some((ticket, _)) = turn.filter(|_| now_ms - shared.turn.1 >= self.settings.silent_ms) else {
            return;
        };
        self.end_lost(shared, ticket, format!("a step has not ended within {} ms", self.settings.silent_ms));
    }

    /// An order may hang outside of its steps, where no turn tells: its model is never loaded, or its device never answers.
    fn end_stuck(&self, shared: &mut Shared, now_ms: u64) {
        let silent_ms = self.settings.silent_ms;
        for ticket in shared.queue.stuck(now_ms, silent_ms) {
            self.end_lost(shared, ticket, format!("an order has not ended {silent_ms} ms after its time"));
        }
    }

    fn end_lost(&self, shared: &mut Shared, ticket: Ticket, why: String) {
        let lost = fault(&PaintError::DeviceLost { why: why.clone() });
        if let Some(job) = shared.jobs.get_mut(ticket) {
            job.end = Some(End::With(lost.clone()));
        }
        self.end(shared, ticket, State::Failed(lost));
        self.give_up(shared, why);
    }

    /// Nothing else is begun here: every order would fail.
    fn give_up(&self, shared: &mut Shared, why: String) {
        shared.lost.get_or_insert(why);
        for ticket in shared.queue.stop() {
            self.end(shared, ticket, State::Failed(Fault::new(Code::PaintStopping, [])));
        }
        self.changed.notify_all();
    }

    /// The order has ended so.
    fn end(&self, shared: &mut Shared, ticket: Ticket, state: State) {
        let now_ms = self.now_ms();
        shared.queue.ended(ticket, now_ms);
        if let Some(model) = shared.jobs.get(ticket).map(|job| job.card.name.clone()) {
            shared.free_unloaded(&model);
        }
        // Who was ended while a step went on comes here once more.
        let Some(job) = shared.jobs.get_mut(ticket).filter(|job| job.ended_ms.is_none()) else { return };
        let result = match &state {
            State::Failed(fault) => fault.code.clone(),
            State::Cancelled => "cancelled".to_owned(),
            _ => "done".to_owned(),
        };
        self.equipment.meters.count(&ORDERS, &[("result", &result)]);
        job.state = state;
        job.ended_ms = Some(now_ms);
        // Pictures to begin with are large, and nobody needs them any more.
        job.asked.order.source = None;
        job.asked.order.controls.clear();
        self.changed.notify_all();
    }

    fn work_of(&self, shared: &mut Shared, ticket: Ticket) -> Option<Work> {
        let job = shared.jobs.get_mut(ticket)?;
        let card = job.card.clone();
        let (order, steps) = (job.asked.order.clone(), job.asked.order.steps);
        job.state = State::Painting(Progress { image: 0, step: 0, steps }, None);
        Some(Work {
            ticket,
            order: Order { model: card.name.clone(), ..order },
            card,
            beside: job.beside.clone(),
            files: job.asked.files.clone(),
            tenant: job.asked.tenant.clone(),
            key: job.asked.key.clone(),
            arrived_ms: job.arrived_ms,
        })
    }

    fn spawn(self: &Arc<Self>, work: Work) {
        let (inner, ticket) = (Arc::clone(self), work.ticket);
        let thread = thread::Builder::new().name("paint".to_owned());
        let spawned = thread.spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(|| inner.work(&work)));
            let state = match done {
                Ok(Ok(kept)) => State::Done(kept),
                Ok(Err(End::Cancelled)) => State::Cancelled,
                Ok(Err(End::With(fault))) => State::Failed(fault),
                Err(_) => State::Failed(broken!("the painter of `{}` panicked", work.card.name)),
            };
            inner.end(&mut inner.lock(), work.ticket, state);
            inner.measure_device();
        });
        if let Err(why) = spawned {
            let lost = PaintError::DeviceLost { why: format!("no thread: {why}") };
            self.end(&mut self.lock(), ticket, State::Failed(fault(&lost)));
        }
    }

    /// From the model to the kept pictures.
    fn work(&self, work: &Work) -> Result<Vec<Kept>, End> {
        let canvas = self.canvas(&work.card).map_err(|why| self.failed(&why))?;
        let gathered = canvas.gather(&work.beside).map_err(|why| self.failed(&why))?;
        self.lock().queue.ready(work.ticket);
        self.turn(work.ticket)?;
        let waited = self.now_ms().saturating_sub(work.arrived_ms);
        self.equipment.meters.observe(&WAIT, &[], waited as f64 / 1000.0);
        let (mut ended, mut painting, mut begun) = (None, Duration::ZERO, Instant::now());
        let painted = canvas.paint(&work.order, &gathered, &mut |progress, latent| {
            let took = begun.elapsed();
            painting += took;
            let backend = [("backend", work.card.backend.word())];
            self.equipment.meters.observe(&STEP, &backend, took.as_secs_f64());
            match self.step(work, progress, latent) {
                Ok(()) => {
                    begun = Instant::now();
                    ControlFlow::Continue(())
                }
                Err(end) => {
                    ended = Some(end);
                    ControlFlow::Break(())
                }
            }
        });
        painting += begun.elapsed();
        self.painted(work, painting);
        match (painted, ended) {
            (_, Some(end)) => Err(end),
            (Err(why), None) => Err(self.failed(&why)),
            (Ok(pictures), None) => self.kept(work, &pictures, painting).map_err(End::With),
        }
    }

    /// It takes no more steps, and took so long for them.
    fn painted(&self, work: &Work, painting: Duration) {
        let mut shared = self.lock();
        shared.queue.painted(work.ticket);
        if work.card.backend == imprint_painter::Backend::Cuda {
            shared.gpu += painting;
            self.equipment.meters.set(&GPU_SECONDS, &[], shared.gpu.as_secs_f64());
        }
        drop(shared);
        self.changed.notify_all();
    }

    /// The model, loaded by the first who comes; the others wait for it. A failure is told to each who asked.
    fn canvas(&self, card: &Card) -> Result<Arc<dyn Canvas>, PaintError> {
        let slot = Arc::clone(self.lock().canvases.entry(card.name.clone()).or_default());
        let _loading = slot.loading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(canvas) = slot.canvas.get() {
            return Ok(Arc::clone(canvas));
        }
        let loaded = self.equipment.backend.load(card);
        let result = if loaded.is_ok() { "loaded" } else { "failed" };
        self.equipment.meters.count(&LOADS, &[("result", result)]);
        let loaded = loaded?;
        Ok(Arc::clone(slot.canvas.get_or_init(|| loaded)))
    }

    /// The end of an order that failed so. Where its device was lost and answers no more, nothing else is begun here.
    fn failed(&self, why: &PaintError) -> End {
        if let (PaintError::DeviceLost { .. }, Err(silent)) = (why, self.equipment.backend.answers()) {
            self.give_up(&mut self.lock(), silent.to_string());
        }
        End::With(fault(why))
    }

    /// After a step: the next one who has the turn goes on, and this one waits for it.
    fn step(&self, work: &Work, progress: Progress, latent: Option<Latent>) -> Result<(), End> {
        {
            let mut shared = self.lock();
            if let Some(job) = shared.jobs.get_mut(work.ticket).filter(|job| job.ended_ms.is_none()) {
                let shown = match &job.state {
                    State::Painting(_, shown) => shown.clone(),
                    _ => None,
                };
                job.state = State::Painting(progress, shown);
            }
            shared.queue.stepped(work.ticket);
        }
        self.changed.notify_all();
        if self.settings.previews && progress.step.is_multiple_of(PREVIEW_STEPS) {
            self.show(work, progress, latent);
        }
        self.turn(work.ticket)
    }

    /// Waits for the turn, or for the end.
    fn turn(&self, ticket: Ticket) -> Result<(), End> {
        let mut shared = self.lock();
        loop {
            match shared.jobs.get(ticket).map(|job| job.end.clone()) {
                Some(None) if shared.queue.holder() == Some(ticket) => return Ok(()),
                Some(None) => {}
                Some(Some(end)) => return Err(end),
                None => return Err(End::Cancelled),
            }
            shared = self.wait(shared, LOOK);
        }
    }

    /// A preview. A picture that cannot be shown so far is no reason not to paint it.
    fn show(&self, work: &Work, progress: Progress, latent: Option<Latent>) {
        let small = latent.and_then(|latent| preview(latent.values, latent.width, latent.height));
        let Some(bytes) = small.and_then(|small| plain(&small).ok()) else { return };
        let Ok(kept) = self.equipment.keep.put(&work.tenant, &work.key, bytes) else { return };
        let mut shared = self.lock();
        if let Some(job) = shared.jobs.get_mut(work.ticket).filter(|job| job.ended_ms.is_none()) {
            job.state = State::Painting(progress, Some(kept));
        }
    }

    fn kept(&self, work: &Work, pictures: &[Picture], painting: Duration) -> Result<Vec<Kept>, Fault> {
        let share = painting.as_millis() as u64 / pictures.len().max(1) as u64;
        let gpu_ms = if work.card.backend == imprint_painter::Backend::Cuda { share } else { 0 };
        let mut kept = Vec::new();
        for (place, picture) in pictures.iter().enumerate() {
            NotBlank.inspect(&work.order, picture)?;
            for inspector in &self.equipment.inspectors {
                inspector.inspect(&work.order, picture)?;
            }
            let seed = work.order.seed + place as u64;
            let painter = Painter { model: work.card.name.clone(), backend: work.card.backend, seed };
            let bytes = signed(picture, &work.order, &work.files, &painter)?;
            let picture = self.equipment.keep.put(&work.tenant, &work.key, bytes)?;
            kept.push(Kept { picture, seed, model: painter.model, backend: painter.backend, gpu_ms });
        }
        Ok(kept)
    }
}
