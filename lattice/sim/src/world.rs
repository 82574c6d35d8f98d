//! What all processes of a run share: the server, chance, and the story of what went wrong.

use crate::chance::Chance;
use crate::clock::passed_ms;
use crate::plan::{Fault, PROCESSES, Plan, Scene};
use crate::server::Server;
use imprint_blobs::MemoryBlobs;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, watch};

/// What lives as long as the run, whatever process dies.
pub struct World {
    pub(crate) plan: Plan,
    pub(crate) scene: Scene,
    pub(crate) blobs: MemoryBlobs,
    server: Mutex<Server>,
    held: Mutex<Held>,
    /// Something was stored, or the server is back.
    pub(crate) changed: Notify,
    /// Whoever has work in hands has one of these.
    pub(crate) hands: Arc<()>,
}

/// What changes.
pub(crate) struct Held {
    pub(crate) chance: Chance,
    /// The server does not answer until then.
    pub(crate) away_ms: u64,
    pub(crate) faults: usize,
    pub(crate) story: Vec<(u64, String)>,
    pub(crate) unique: u64,
    /// What must not have happened, and did.
    pub(crate) wrong: Vec<String>,
    /// Timers that were acknowledged, and when they are due.
    pub(crate) timers: BTreeMap<String, u64>,
    /// The first entries that were acknowledged, by job.
    pub(crate) begun: BTreeMap<String, Vec<u8>>,
    /// Owners whose wish to cancel or erase was acknowledged.
    pub(crate) cancelled: Vec<String>,
    pub(crate) erased: Vec<String>,
    /// Owners who still want something.
    pub(crate) waiting: usize,
    pub(crate) asked: u64,
    /// The version that each job was begun with.
    pub(crate) pinned: BTreeMap<String, String>,
}

/// A process, from its start to its death.
pub(crate) struct Life {
    pub(crate) name: String,
    left: Mutex<Option<u64>>,
    dead: watch::Sender<bool>,
}

impl World {
    #[must_use]
    pub fn new(seed: u64, plan: &Plan) -> Arc<Self> {
        let mut chance = Chance::new(seed);
        let scene = Scene::draw(seed, &mut chance);
        Self::with(scene, chance, plan)
    }

    /// A world in which nothing goes wrong.
    #[must_use]
    pub fn calm() -> Arc<Self> {
        let mut chance = Chance::new(0);
        let scene = Scene { heal_ms: 0, orders: Vec::new(), ..Scene::draw(0, &mut chance) };
        Self::with(scene, chance, &Plan::default())
    }

    fn with(scene: Scene, chance: Chance, plan: &Plan) -> Arc<Self> {
        let held = Held {
            chance,
            away_ms: 0,
            faults: 0,
            story: Vec::new(),
            unique: 0,
            wrong: Vec::new(),
            timers: BTreeMap::new(),
            begun: BTreeMap::new(),
            cancelled: Vec::new(),
            erased: Vec::new(),
            waiting: scene.orders.len(),
            asked: 0,
            pinned: BTreeMap::new(),
        };
        Arc::new(Self {
            plan: plan.clone(),
            scene,
            blobs: MemoryBlobs::new(passed_ms),
            server: Mutex::default(),
            held: Mutex::new(held),
            changed: Notify::new(),
            hands: Arc::default(),
        })
    }

    pub(crate) fn server(&self) -> MutexGuard<'_, Server> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this fault happens now, and if so a line of the story.
    pub(crate) fn strikes(&self, fault: Fault, tell: impl FnOnce() -> String) -> bool {
        let mut held = self.held();
        let is_left = self.plan.faults_max.is_none_or(|max| held.faults < max);
        let at_ms = passed_ms();
        if !is_left || at_ms >= self.scene.heal_ms || self.plan.without.contains(&fault) {
            return false;
        }
        held.faults += 1;
        held.story.push((at_ms, format!("{}: {}", fault.name(), tell())));
        true
    }

    pub(crate) fn tell(&self, line: String) {
        self.held().story.push((passed_ms(), line));
    }

    /// Whether somebody is still at work, also at what others have done by now.
    pub(crate) fn is_worked_on(&self) -> bool {
        Arc::strong_count(&self.hands) > 1
    }

    pub(crate) fn wrong(&self, what: String) {
        self.held().wrong.push(what);
    }

    /// The life of this number of a process.
    pub(crate) fn life(&self, process: usize, number: usize) -> Life {
        let left = self.scene.lives.get(process).and_then(|lives| lives.get(number)).copied();
        let role = ["ledger", "runner"][usize::from(process >= PROCESSES / 2)];
        Life { name: format!("{role} {process}"), left: Mutex::new(left), dead: watch::Sender::new(false) }
    }
}

impl Life {
    /// Somebody who is not killed.
    pub(crate) fn endless(name: &str) -> Self {
        Self { name: name.to_owned(), left: Mutex::new(None), dead: watch::Sender::new(false) }
    }

    /// An effect is near. At its last one the process stops for ever.
    pub(crate) async fn point(&self, world: &World, what: &str) {
        let is_last = {
            let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
            *left = left.map(|left| left.saturating_sub(1));
            *left == Some(0)
        };
        if is_last {
            if world.strikes(Fault::Crash, || format!("{} at {what}", self.name)) {
                self.dead.send_replace(true);
                std::future::pending::<()>().await;
            }
            *self.left.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    pub(crate) async fn death(&self) {
        // The sender lives as long as this.
        let _ = self.dead.subscribe().wait_for(|dead| *dead).await;
    }
}
