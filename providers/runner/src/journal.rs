//! The journal of one job, as the runner writes it: events in envelopes, chained by hash.

use core_brand::Fault;
use core_brand::envelope::Meters;
use core_brand::fault::Code;
use core_saga::{Event, Outcome, Pins, State, Terms, row, state};
use imprint_ledger::journal::{Chain, Home, Stamp, previous_of};
use imprint_ledger::{Ledger, read_all};
use std::collections::BTreeMap;

/// So often others may write first. A job has one worker, one decider and a few who ask; more means a fault.
const CONFLICTS_MAX: usize = 100;

/// One job's events, as far as they can be read, and where the stored journal ends.
pub struct Journal<'a, L> {
    ledger: &'a L,
    home: Home,
    traceparent: String,
    previous: String,
    /// All of them, unless the brand is to be forgotten.
    events: Vec<Event>,
    stored: usize,
    began_ms: u64,
    /// Who asked, where that is known.
    user: Option<String>,
    call_ms: BTreeMap<String, u64>,
}

impl<'a, L: Ledger> Journal<'a, L> {
    /// Reads what is stored and checks the chain. Events that are added carry the trace.
    pub async fn open(ledger: &'a L, home: Home, traceparent: &str) -> Result<Self, Fault> {
        let mut journal = Self {
            ledger,
            home,
            traceparent: traceparent.to_owned(),
            previous: String::new(),
            events: Vec::new(),
            stored: 0,
            began_ms: 0,
            user: None,
            call_ms: BTreeMap::new(),
        };
        journal.reload().await?;
        Ok(journal)
    }

    /// Where the job is at home.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.home.region
    }

    /// Reads again what is stored.
    pub async fn reload(&mut self) -> Result<(), Fault> {
        let subject = self.home.subject();
        let stored = read_all(self.ledger, &subject).await?;
        let mut events = Vec::with_capacity(stored.len());
        for (place, (head, event)) in
            self.ledger.entries(&subject, Chain::of(&stored)?).await?.into_iter().enumerate()
        {
            if place == 0 {
                self.began_ms = head.recorded_ms;
                self.user = head.user;
            }
            events.extend(event);
        }
        self.previous = previous_of(&stored);
        self.stored = stored.len();
        self.events = events;
        Ok(())
    }

    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    #[must_use]
    pub fn state(&self) -> State {
        state(&self.events)
    }

    /// How many entries are stored.
    #[must_use]
    pub fn sequence(&self) -> usize {
        self.stored
    }

    /// Makes what the journal holds of the brand unreadable for ever. Safe to repeat.
    pub async fn shred(&self) -> Result<(), Fault> {
        self.ledger.shred(&self.home.subject()).await
    }

    /// Milliseconds in calls that were recorded through this value, by step.
    #[must_use]
    pub fn call_ms(&self) -> &BTreeMap<String, u64> {
        &self.call_ms
    }

    /// What the job was begun with.
    #[must_use]
    pub fn begin(&self) -> Option<(&Pins, &Terms)> {
        self.events.iter().find_map(|event| match event {
            Event::Requested { pins, terms, .. } => Some((pins, terms)),
            _ => None,
        })
    }

    /// Who asked for the job.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// When the job is late.
    #[must_use]
    pub fn due_ms(&self) -> u64 {
        self.begin().map_or(u64::MAX, |(_, terms)| self.began_ms.saturating_add(terms.timeout_ms))
    }

    /// The events as the orchestrator reads them.
    pub fn texts(&self) -> Result<Vec<String>, Fault> {
        let text = |event| {
            serde_json::to_string(event)
                .map_err(|why| core_brand::broken!("an event does not serialise: {why}"))
        };
        self.events.iter().map(text).collect()
    }

    /// Writes an event behind all others, if it still means something there. Says whether it did.
    pub async fn record(&mut self, event: Event, now_ms: u64, meters: Meters) -> Result<bool, Fault> {
        Ok(self.record_all(vec![(event, meters)], now_ms).await? == 1)
    }

    /// Writes those events behind all others, in one append, that still mean something there; none of them may make another
    /// needless. Gives how many they were.
    pub async fn record_all(&mut self, mut all: Vec<(Event, Meters)>, now_ms: u64) -> Result<usize, Fault> {
        for _ in 0..CONFLICTS_MAX {
            all.retain(|(event, _)| is_wanted(&self.events, event));
            if all.is_empty() {
                return Ok(0);
            }
            match self.append(&all, now_ms).await {
                Ok(()) => {
                    let count = all.len();
                    all.into_iter().for_each(|(event, meters)| self.take(event, now_ms, meters));
                    return Ok(count);
                }
                // Somebody else was first. What they wrote may have made this needless.
                Err(fault) if fault.is(Code::Conflict) => self.reload().await?,
                Err(fault) => return Err(fault),
            }
        }
        let [expected, found] = ["a pause", "others"].map(str::to_owned);
        Err(Fault::new(Code::Conflict, [("expected", expected), ("found", found)]))
    }

    async fn append(&mut self, all: &[(Event, Meters)], now_ms: u64) -> Result<(), Fault> {
        let (first, subject) = (self.stored as u64, self.home.subject());
        let (mut entries, mut previous) = (Vec::with_capacity(all.len()), self.previous.clone());
        for (sequence, (event, meters)) in (first..).zip(all) {
            let stamp = Stamp {
                now_ms,
                meters: *meters,
                traceparent: Some(self.traceparent.clone()).filter(|text| !text.is_empty()),
                component_version: self.made_by(event),
            };
            let bytes = self.home.entry(sequence, &previous, event, stamp)?;
            entries.push(self.ledger.seal(&subject, sequence, bytes).await?);
            previous = previous_of(&entries);
        }
        self.ledger.append(&subject, first, entries).await?;
        self.previous = previous;
        Ok(())
    }

    fn take(&mut self, event: Event, now_ms: u64, meters: Meters) {
        if self.stored == 0 {
            self.began_ms = now_ms;
        }
        if let Event::Planned { step, .. } | Event::Built { step, .. } = &event {
            *self.call_ms.entry(step.clone()).or_default() += meters.cpu_ms;
        }
        self.events.push(event);
        self.stored += 1;
    }

    /// The component and version behind an event, where one is.
    fn made_by(&self, event: &Event) -> Option<String> {
        let (Event::Planned { step, .. } | Event::Built { step, .. }) = event else { return None };
        let component = row(step)?.component;
        let version = self.begin()?.0.components.get(component)?;
        Some(format!("{component}@{version}"))
    }
}

/// Whether an event still means something behind these.
fn is_wanted(events: &[Event], event: &Event) -> bool {
    let state = state(events);
    match event {
        Event::Requested { .. } => events.is_empty(),
        Event::Planned { step, .. } => state.is_going() && planned(events, step).is_none(),
        Event::Built { step, task, .. } => state.is_going() && !is_built(events, step, task),
        Event::StepFailed { .. } | Event::CancelRequested => state.is_going(),
        // Decided on a journal that has since turned: it is decided anew.
        Event::Ended { outcome: Outcome::Completed } => state.is_going(),
        Event::Undone { .. } | Event::Ended { .. } => {
            let is_back = state.requested && !state.is_going() && !state.erasing && state.ended.is_none();
            is_back && !events.contains(event)
        }
        Event::EraseRequested => state.requested && !state.erasing,
        Event::Erased => state.erasing && !state.erased,
    }
}

/// The tasks of a step, once it is planned.
pub(crate) fn planned<'a>(events: &'a [Event], step: &str) -> Option<&'a [core_saga::TaskRef]> {
    events.iter().find_map(|event| match event {
        Event::Planned { step: planned, tasks } if planned == step => Some(tasks.as_slice()),
        _ => None,
    })
}

pub(crate) fn is_built(events: &[Event], step: &str, task: &str) -> bool {
    let is_it = |event: &Event| matches!(event, Event::Built { step: by, task: done, .. } if by == step && done == task);
    events.iter().any(is_it)
}
