//! What happens in a run, drawn from its seed.

use crate::chance::Chance;
use core_saga::STEPS;
use imprint_ledger::queue::DELIVERIES_MAX;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A request does not arrive.
    Lost,
    /// It arrives, and its answer does not.
    Unanswered,
    /// It arrives when nobody waits for an answer any more.
    Late,
    /// It arrives twice.
    Twice,
    /// It takes its time, so that others are first.
    Slow,
    /// A reader is told what was true a moment ago.
    Behind,
    /// The server dies in the middle of a write, and what is half written is cut off.
    Torn,
    /// The server stops and starts.
    Restart,
    /// A process dies before or behind an effect.
    Crash,
    /// The clock on the wall jumps.
    Jump,
    /// The store of content does not answer.
    Store,
    /// A component never answers.
    Silent,
    /// A component wants to be asked again.
    Busy,
}

impl Fault {
    pub const ALL: [Self; 13] = [
        Self::Lost,
        Self::Unanswered,
        Self::Late,
        Self::Twice,
        Self::Slow,
        Self::Behind,
        Self::Torn,
        Self::Restart,
        Self::Crash,
        Self::Jump,
        Self::Store,
        Self::Silent,
        Self::Busy,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Unanswered => "unanswered",
            Self::Late => "late",
            Self::Twice => "twice",
            Self::Slow => "slow",
            Self::Behind => "behind",
            Self::Torn => "torn",
            Self::Restart => "restart",
            Self::Crash => "crash",
            Self::Jump => "jump",
            Self::Store => "store",
            Self::Silent => "silent",
            Self::Busy => "busy",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.name() == text)
    }
}

/// A mistake that somebody could have made, put between the shipped code and the server. It exists only here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// Appends are not compared with the end of the journal.
    NoCompare,
    /// Work is acknowledged when it is taken.
    AckFirst,
    /// A second request is known only as long as the server remembers ids.
    WindowOnly,
    /// A job that came to nothing is ended without taking back what was made.
    NoUndo,
    /// Timers are acknowledged and not kept.
    TimerLost,
    /// The server acknowledges a write before it is on the disk.
    Unsynced,
    /// The key of a brand that was erased is said to be destroyed and is not.
    KeyKept,
}

impl Planted {
    pub const ALL: [Self; 7] = [
        Self::NoCompare,
        Self::AckFirst,
        Self::WindowOnly,
        Self::NoUndo,
        Self::TimerLost,
        Self::Unsynced,
        Self::KeyKept,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoCompare => "no-compare",
            Self::AckFirst => "ack-first",
            Self::WindowOnly => "window-only",
            Self::NoUndo => "no-undo",
            Self::TimerLost => "timer-lost",
            Self::Unsynced => "unsynced",
            Self::KeyKept => "key-kept",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|planted| planted.name() == text)
    }
}

/// How a run is made from a seed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub planted: Option<Planted>,
    /// Faults that are left out.
    pub without: Vec<Fault>,
    /// Only so many of the others happen.
    pub faults_max: Option<usize>,
    /// Processes are replaced by the next version in the middle of jobs.
    pub upgrade: bool,
}

/// What an owner does once a job is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Nothing,
    Cancel(u64),
    Erase(u64),
    /// Asks for the same once more, when the server knows nothing of the first time.
    Again,
}

/// A job of a run.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) begin_ms: u64,
    pub(crate) timeout_ms: u64,
    pub(crate) tasks: usize,
    pub(crate) wish: Wish,
    /// The step that refuses.
    pub(crate) failing: Option<&'static str>,
}

/// All that is drawn before a run begins.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) orders: Vec<Order>,
    /// From here on nothing goes wrong any more.
    pub(crate) heal_ms: u64,
    /// Of a thousand messages, how many meet a fault.
    pub(crate) faults: u64,
    /// Of a thousand messages, how many are slow.
    pub(crate) slow: u64,
    pub(crate) has_sweeper: bool,
    /// No runner is there until then.
    pub(crate) runners_ms: u64,
    pub(crate) restarts: Vec<(u64, u64)>,
    pub(crate) jumps: Vec<(u64, i64)>,
    /// How many effects each process lives for, life by life.
    pub(crate) lives: Vec<Vec<u64>>,
    /// When the next version comes.
    pub(crate) upgrade_ms: u64,
}

/// Two keep deadlines and look after jobs, two work.
pub(crate) const PROCESSES: usize = 4;
/// The first of those who work.
pub(crate) const RUNNERS: usize = 2;
/// A queue hands a piece of work out so often, and where nobody looks after jobs it is gone then: workers that die so often
/// leave it a time.
const CALM_DEATHS_MAX: u64 = (DELIVERIES_MAX as u64 - 1) / (PROCESSES - RUNNERS) as u64;

impl Scene {
    pub(crate) fn draw(seed: u64, chance: &mut Chance) -> Self {
        let is_deserted = chance.often(80);
        // Without anybody who looks after jobs, what is in hands has to come back by itself; a lost reminder would not.
        let is_calm = !is_deserted && chance.often(150);
        let heal_ms = chance.between(5_000, 40_000);
        // Most runs have one job of few tasks: what goes wrong between two is rarer than what goes wrong with one.
        let jobs = 1 + u64::from(chance.often(250));
        let orders = (0..jobs).map(|number| order(seed, number, is_deserted, chance)).collect();
        let restarts = (0..chance.between(0, 3))
            .map(|_| (chance.between(0, heal_ms), chance.between(300, 6_000)))
            .filter(|_| !is_calm)
            .collect();
        let jumps = [-3_600_000, -5_000, 2_000, 30_000, 600_000];
        let jumps = (0..chance.between(0, 3))
            .map(|_| (chance.between(0, heal_ms), chance.one_of(&jumps)))
            .filter(|_| !is_calm && !is_deserted)
            .collect();
        let deaths = chance.between(0, if is_calm { CALM_DEATHS_MAX } else { 5 });
        let lives = (0..PROCESSES).map(|_| (0..deaths).map(|_| chance.between(1, 60)).collect()).collect();
        Self {
            orders,
            heal_ms,
            faults: if is_calm { 0 } else { chance.one_of(&[0, 5, 20, 60]) },
            slow: chance.one_of(&[0, 100, 400]),
            has_sweeper: !is_calm,
            runners_ms: if is_deserted { 90_000 } else { 0 },
            restarts,
            jumps,
            lives,
            upgrade_ms: chance.between(200, 6_000),
        }
    }
}

fn order(seed: u64, number: u64, is_deserted: bool, chance: &mut Chance) -> Order {
    let at_ms = chance.between(0, 6_000);
    let wish = match chance.between(0, 100) {
        0..15 => Wish::Cancel(at_ms),
        15..25 => Wish::Erase(at_ms),
        25..33 => Wish::Again,
        _ => Wish::Nothing,
    };
    let failing = chance.often(200).then(|| chance.one_of(STEPS).name);
    Order {
        id: format!("br_us-east-1_{:026}", seed % 1_000_000_000_000 * 10 + number),
        begin_ms: chance.between(0, 1_500),
        timeout_ms: if is_deserted { 60_000 } else { 300_000 },
        tasks: 1 + usize::from(chance.often(300)),
        wish: if is_deserted { Wish::Nothing } else { wish },
        failing,
    }
}
