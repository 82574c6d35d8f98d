//! Which models are in memory, and whether there is room for an order: by bytes that are known, never by trying.
//!
//! **Law.** Models and work together never take more than the budget, and no model that somebody paints with is taken
//! away; kept by `take`, tested in `tests/laws.rs`.

use std::collections::{BTreeMap, BTreeSet};

/// An order, among those of this process.
pub type Ticket = u64;

/// Bytes of a model, and of one order beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Need {
    pub weights: u64,
    pub work: u64,
}

/// Whether an order can begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Once these models are gone.
    Now(Vec<String>),
    /// When somebody has ended.
    Later,
    /// It is larger than everything.
    Never,
}

/// The memory of a device.
#[derive(Clone, Debug)]
pub struct Shelf {
    budget: u64,
    models: BTreeMap<String, Held>,
    work: BTreeMap<Ticket, (String, u64)>,
}

#[derive(Clone, Debug)]
struct Held {
    bytes: u64,
    users: BTreeSet<Ticket>,
    used_ms: u64,
}

impl Shelf {
    #[must_use]
    pub fn new(budget: u64) -> Self {
        Self { budget, models: BTreeMap::new(), work: BTreeMap::new() }
    }

    #[must_use]
    pub fn budget(&self) -> u64 {
        self.budget
    }

    /// Bytes of models and work.
    #[must_use]
    pub fn used(&self) -> u64 {
        let models: u64 = self.models.values().map(|held| held.bytes).sum();
        models + self.work.values().map(|(_, bytes)| bytes).sum::<u64>()
    }

    #[must_use]
    pub fn holds(&self, model: &str) -> bool {
        self.models.contains_key(model)
    }

    /// Models that nobody paints with are taken away as far as needed, those used longest ago first.
    #[must_use]
    pub fn fit(&self, model: &str, need: Need) -> Fit {
        let Some(whole) = need.weights.checked_add(need.work).filter(|whole| *whole <= self.budget) else {
            return Fit::Never;
        };
        let wanted = if self.holds(model) { need.work } else { whole };
        let mut free = self.budget - self.used();
        let mut idle: Vec<(&String, &Held)> =
            self.models.iter().filter(|(name, held)| held.users.is_empty() && *name != model).collect();
        idle.sort_by_key(|(name, held)| (held.used_ms, *name));
        let mut gone = Vec::new();
        for (name, held) in idle {
            if free >= wanted {
                break;
            }
            free += held.bytes;
            gone.push(name.clone());
        }
        if free >= wanted { Fit::Now(gone) } else { Fit::Later }
    }

    /// Takes the room that `fit` found; gives the models that have to go. Nothing where there is none.
    pub fn take(&mut self, ticket: Ticket, model: &str, need: Need, now_ms: u64) -> Option<Vec<String>> {
        let Fit::Now(gone) = self.fit(model, need) else { return None };
        for name in &gone {
            self.models.remove(name);
        }
        let fresh = Held { bytes: need.weights, users: BTreeSet::new(), used_ms: now_ms };
        let held = self.models.entry(model.to_owned()).or_insert(fresh);
        held.users.insert(ticket);
        held.used_ms = now_ms;
        self.work.insert(ticket, (model.to_owned(), need.work));
        Some(gone)
    }

    /// The work of an order is done; its model stays.
    pub fn give_back(&mut self, ticket: Ticket, now_ms: u64) {
        let Some((model, _)) = self.work.remove(&ticket) else { return };
        if let Some(held) = self.models.get_mut(&model) {
            held.users.remove(&ticket);
            held.used_ms = now_ms;
        }
    }

    /// Takes away the models that nobody has used for so long, and says which.
    pub fn idle(&mut self, now_ms: u64, idle_ms: u64) -> Vec<String> {
        self.let_go(|_, used_ms| now_ms.saturating_sub(used_ms) >= idle_ms)
    }

    /// Takes away those of this kind, by their name and the time of their last use, that nobody paints with; says which.
    pub fn let_go(&mut self, is_meant: impl Fn(&str, u64) -> bool) -> Vec<String> {
        let is_free = |name: &str, held: &Held| held.users.is_empty() && is_meant(name, held.used_ms);
        let gone: Vec<String> = self
            .models
            .iter()
            .filter(|(name, held)| is_free(name, held))
            .map(|(name, _)| name.clone())
            .collect();
        for name in &gone {
            self.models.remove(name);
        }
        gone
    }
}
