//! Who is painted when: a bounded queue with priorities and deadlines, and turns of one step.
//!
//! Pure: time comes in, decisions go out. Orders that are painted share the device step by step, so that a new one joins, a
//! cancelled one leaves and a more urgent one goes first at the next step.
//!
//! **Law.** Nobody waits for ever: who has waited rises in priority, nobody is overtaken for lack of memory, and each of
//! those who are painted gets a step in every `FAIR_EVERY` times their number. Kept by `begin` and `next`, tested in
//! `tests/laws.rs`.

use crate::limits::{AGE_MS, FAIR_EVERY, TENANT_MAX, TURNS_HIGH, TURNS_MAX, WAITING_MAX};
use crate::plan::{Fit, Need, Shelf, Ticket};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    Low,
    Normal,
    High,
}

/// What the queue knows of an order.
#[derive(Clone, Debug)]
pub struct Entry {
    pub ticket: Ticket,
    pub tenant: String,
    /// `name@version`.
    pub model: String,
    pub need: Need,
    pub priority: Priority,
    pub arrived_ms: u64,
    /// When nobody wants it any more.
    pub deadline_ms: u64,
}

/// Why an order is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// So many are there already.
    Full(usize),
    Stopping,
    /// It is larger than the memory.
    TooLarge {
        bytes: u64,
        budget: u64,
    },
}

/// An order that begins, and the models that have to go before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    pub ticket: Ticket,
    pub unload: Vec<String>,
}

/// Where an order was when it was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is gone.
    Waiting,
    /// It ends at its next step.
    Painting,
    Nowhere,
}

#[derive(Clone, Debug)]
struct Turn {
    entry: Entry,
    /// The number of its last step among all steps.
    last: u64,
    /// Its model is loaded: it can take steps.
    is_ready: bool,
    /// It has no more steps, and is being kept.
    is_done: bool,
}

/// The queue, those who are painted, and the memory they share.
#[derive(Clone, Debug)]
pub struct Queue {
    waiting: Vec<Entry>,
    turns: Vec<Turn>,
    shelf: Shelf,
    /// Whose step it is.
    holder: Option<Ticket>,
    steps: u64,
    is_stopping: bool,
}

impl Queue {
    #[must_use]
    pub fn new(budget: u64) -> Self {
        Self {
            waiting: Vec::new(),
            turns: Vec::new(),
            shelf: Shelf::new(budget),
            holder: None,
            steps: 0,
            is_stopping: false,
        }
    }

    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    #[must_use]
    pub fn painting(&self) -> usize {
        self.turns.len()
    }

    /// Whose step it is now.
    #[must_use]
    pub fn holder(&self) -> Option<Ticket> {
        self.holder
    }

    pub fn submit(&mut self, entry: Entry) -> Result<(), Refusal> {
        if self.is_stopping {
            return Err(Refusal::Stopping);
        }
        if self.shelf.fit(&entry.model, entry.need) == Fit::Never {
            let bytes = entry.need.weights.saturating_add(entry.need.work);
            return Err(Refusal::TooLarge { bytes, budget: self.shelf.budget() });
        }
        let all = self.waiting.iter().chain(self.turns.iter().map(|turn| &turn.entry));
        if all.filter(|other| other.tenant == entry.tenant).count() >= TENANT_MAX {
            return Err(Refusal::Full(TENANT_MAX));
        }
        if self.waiting.len() >= WAITING_MAX {
            return Err(Refusal::Full(WAITING_MAX));
        }
        self.waiting.push(entry);
        Ok(())
    }

    /// How many are before it; nothing for one that does not wait.
    #[must_use]
    pub fn before(&self, ticket: Ticket, now_ms: u64) -> Option<usize> {
        self.in_order(now_ms).iter().position(|entry| entry.ticket == ticket)
    }

    /// The next order that has a place and room. The first in order is waited for: nobody goes past it because it is large.
    pub fn begin(&mut self, now_ms: u64) -> Option<Begun> {
        let first = (*self.in_order(now_ms).first()?).clone();
        let places = if first.priority == Priority::High { TURNS_MAX } else { TURNS_MAX - TURNS_HIGH };
        if self.turns.len() >= places {
            return None;
        }
        let unload = self.shelf.take(first.ticket, &first.model, first.need, now_ms)?;
        self.waiting.retain(|entry| entry.ticket != first.ticket);
        let ticket = first.ticket;
        self.turns.push(Turn { entry: first, last: 0, is_ready: false, is_done: false });
        Some(Begun { ticket, unload })
    }

    /// Its model is there; from now on it gets turns.
    pub fn ready(&mut self, ticket: Ticket) {
        for turn in self.turns.iter_mut().filter(|turn| turn.entry.ticket == ticket) {
            turn.is_ready = true;
        }
        if self.holder.is_none() {
            self.next();
        }
    }

    /// A step is done, and the turn goes on.
    pub fn stepped(&mut self, ticket: Ticket) {
        if self.holder == Some(ticket) {
            self.next();
        }
    }

    /// It wants no more steps; its memory is still taken.
    pub fn painted(&mut self, ticket: Ticket) {
        for turn in self.turns.iter_mut().filter(|turn| turn.entry.ticket == ticket) {
            turn.is_done = true;
        }
        self.stepped(ticket);
    }

    /// It has ended, well or not, and gives its memory back.
    pub fn ended(&mut self, ticket: Ticket, now_ms: u64) {
        self.painted(ticket);
        self.turns.retain(|turn| turn.entry.ticket != ticket);
        self.shelf.give_back(ticket, now_ms);
    }

    pub fn cancel(&mut self, ticket: Ticket) -> Place {
        if self.turns.iter().any(|turn| turn.entry.ticket == ticket) {
            return Place::Painting;
        }
        let before = self.waiting.len();
        self.waiting.retain(|entry| entry.ticket != ticket);
        if self.waiting.len() < before { Place::Waiting } else { Place::Nowhere }
    }

    /// Those whose time is over. Who waited is gone; who is painted has to be told.
    pub fn late(&mut self, now_ms: u64) -> (Vec<Ticket>, Vec<Ticket>) {
        let is_late = |entry: &Entry| entry.deadline_ms <= now_ms;
        let gone = self.waiting.iter().filter(|entry| is_late(entry)).map(|entry| entry.ticket).collect();
        self.waiting.retain(|entry| !is_late(entry));
        let painted = self.turns.iter().filter(|turn| is_late(&turn.entry)).map(|turn| turn.entry.ticket);
        (gone, painted.collect())
    }

    /// Those that are not over so long after their time.
    #[must_use]
    pub fn stuck(&self, now_ms: u64, silent_ms: u64) -> Vec<Ticket> {
        let is_stuck = |turn: &&Turn| turn.entry.deadline_ms.saturating_add(silent_ms) <= now_ms;
        self.turns.iter().filter(is_stuck).map(|turn| turn.entry.ticket).collect()
    }

    /// Who has the turn, and which turn it is.
    #[must_use]
    pub fn turn(&self) -> Option<(Ticket, u64)> {
        self.holder().map(|ticket| (ticket, self.steps))
    }

    /// Models that nobody has used for so long are gone.
    pub fn idle(&mut self, now_ms: u64, idle_ms: u64) -> Vec<String> {
        self.shelf.idle(now_ms, idle_ms)
    }

    /// Models that are not wanted any more are gone, where no order waits for them or paints with them.
    pub fn let_go(&mut self, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let waiting = &self.waiting;
        self.shelf.let_go(|name, _| !is_wanted(name) && waiting.iter().all(|entry| entry.model != name))
    }

    /// A model could not be loaded: nothing is taken for it any more, unless others are about to load it. Says whether so.
    pub fn unloaded(&mut self, model: &str) -> bool {
        !self.shelf.let_go(|name, _| name == model).is_empty()
    }

    /// Whether nothing more is taken.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.is_stopping
    }

    /// Takes nothing more; gives those who waited, who are gone.
    pub fn stop(&mut self) -> Vec<Ticket> {
        self.is_stopping = true;
        self.waiting.drain(..).map(|entry| entry.ticket).collect()
    }

    /// The more urgent first, then who came first.
    fn in_order(&self, now_ms: u64) -> Vec<&Entry> {
        let mut order: Vec<&Entry> = self.waiting.iter().collect();
        let level = |entry: &Entry| entry.priority as u64 + now_ms.saturating_sub(entry.arrived_ms) / AGE_MS;
        order.sort_by_key(|entry| (std::cmp::Reverse(level(entry)), entry.arrived_ms, entry.ticket));
        order
    }

    /// The turn goes to the most urgent who has waited longest; now and then to whoever has waited longest.
    fn next(&mut self) {
        self.steps += 1;
        let is_fair = self.steps.is_multiple_of(FAIR_EVERY);
        let waits = self.turns.iter_mut().filter(|turn| turn.is_ready && !turn.is_done);
        let next = waits.min_by_key(|turn| {
            let urgency = if is_fair { Priority::High } else { turn.entry.priority };
            (std::cmp::Reverse(urgency), turn.last, turn.entry.ticket)
        });
        self.holder = next.map(|turn| {
            turn.last = self.steps;
            turn.entry.ticket
        });
    }
}
