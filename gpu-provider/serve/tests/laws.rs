//! What the queue, the plan of memory and the registry promise, over orders of events drawn from seeds.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_painter::Backend;
use imprint_painter_serve::limits::{AGE_MS, FAIR_EVERY, TENANT_MAX, TURNS_HIGH, TURNS_MAX, WAITING_MAX};
use imprint_painter_serve::plan::{Fit, Need, Shelf};
use imprint_painter_serve::queue::{Entry, Place, Priority, Queue, Refusal};
use imprint_painter_serve::registry::{Aliases, Card, Registry, WEIGHT_ALL, Way};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const BUDGET: u64 = 1000;

fn entry(ticket: u64, priority: Priority, arrived_ms: u64) -> Entry {
    Entry {
        ticket,
        tenant: format!("t{}", ticket % 7),
        model: "m@1".to_owned(),
        need: Need { weights: 100, work: 50 },
        priority,
        arrived_ms,
        deadline_ms: u64::MAX,
    }
}

/// What may happen.
#[derive(Clone, Copy, Debug)]
enum Event {
    Submit { priority: u8, model: u8, weights: u64, work: u64, within: u64 },
    Begin,
    Step,
    Painted,
    Ended,
    Cancel(u64),
    Idle,
    Wait(u64),
}

fn event() -> impl Strategy<Value = Event> {
    let submit = (0..3_u8, 0..5_u8, 0..500_u64, 1..700_u64, 100..100_000_u64);
    prop_oneof![
        3 => submit.prop_map(|(priority, model, weights, work, within)| Event::Submit {
            priority, model, weights, work, within,
        }),
        3 => Just(Event::Begin),
        6 => Just(Event::Step),
        1 => Just(Event::Painted),
        2 => Just(Event::Ended),
        1 => (0..40_u64).prop_map(Event::Cancel),
        1 => Just(Event::Idle),
        2 => (0..20_000_u64).prop_map(Event::Wait),
    ]
}

fn priority(number: u8) -> Priority {
    [Priority::Low, Priority::Normal, Priority::High][usize::from(number)]
}

/// The queue with what a studio would remember beside it.
struct World {
    queue: Queue,
    now_ms: u64,
    last: u64,
    waiting: BTreeSet<u64>,
    painting: BTreeSet<u64>,
    done: BTreeSet<u64>,
}

impl World {
    fn does(&mut self, event: Event) {
        match event {
            Event::Submit { priority: number, model, weights, work, within } => {
                self.last += 1;
                let entry = Entry {
                    // Each model has one size.
                    need: Need { weights: weights - weights % 100 + u64::from(model), work },
                    model: format!("m{model}-{}@1", weights / 100),
                    deadline_ms: self.now_ms + within,
                    ..entry(self.last, priority(number), self.now_ms)
                };
                let whole = entry.need.weights + work;
                match self.queue.submit(entry) {
                    Ok(()) => drop(self.waiting.insert(self.last)),
                    Err(Refusal::TooLarge { bytes, budget }) => assert!(bytes == whole && whole > budget),
                    Err(other) => assert_eq!(other, Refusal::Full(TENANT_MAX)),
                }
            }
            Event::Begin => {
                if let Some(begun) = self.queue.begin(self.now_ms) {
                    assert!(self.waiting.remove(&begun.ticket), "{} did not wait", begun.ticket);
                    self.painting.insert(begun.ticket);
                    self.queue.ready(begun.ticket);
                }
            }
            Event::Step => {
                if let Some(holder) = self.queue.holder() {
                    self.queue.stepped(holder);
                }
            }
            Event::Painted => {
                if let Some(holder) = self.queue.holder() {
                    self.queue.painted(holder);
                    self.done.insert(holder);
                }
            }
            Event::Ended => {
                if let Some(ticket) = self.painting.pop_first() {
                    self.queue.ended(ticket, self.now_ms);
                }
            }
            Event::Cancel(ticket) => {
                let wanted = if self.waiting.remove(&ticket) {
                    Place::Waiting
                } else if self.painting.contains(&ticket) {
                    Place::Painting
                } else {
                    Place::Nowhere
                };
                assert_eq!(self.queue.cancel(ticket), wanted);
            }
            Event::Idle => drop(self.queue.idle(self.now_ms, 10_000)),
            Event::Wait(ms) => {
                self.now_ms += ms;
                let (gone, late) = self.queue.late(self.now_ms);
                assert!(gone.iter().all(|ticket| self.waiting.remove(ticket)), "who is gone did not wait");
                assert!(late.iter().all(|ticket| self.painting.contains(ticket)));
            }
        }
    }

    fn holds(&self) {
        assert!(self.queue.shelf().used() <= BUDGET, "{} bytes are taken", self.queue.shelf().used());
        assert_eq!((self.queue.waiting(), self.queue.painting()), (self.waiting.len(), self.painting.len()));
        assert!(self.painting.len() <= TURNS_MAX && self.waiting.len() <= WAITING_MAX);
        let steps: Vec<u64> = self.painting.difference(&self.done).copied().collect();
        match self.queue.holder() {
            Some(holder) => assert!(steps.contains(&holder), "{holder} has the turn and is not painted"),
            None => assert!(steps.is_empty(), "{steps:?} wait for a turn that nobody has"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens in whatever order: memory holds, turns are given, nothing is lost and nothing is twice.
    #[test]
    fn the_queue_keeps_its_word(events in prop::collection::vec(event(), 1..120)) {
        let mut world = World {
            queue: Queue::new(BUDGET),
            now_ms: 0,
            last: 0,
            waiting: BTreeSet::new(),
            painting: BTreeSet::new(),
            done: BTreeSet::new(),
        };
        for event in events {
            world.does(event);
            world.holds();
        }
        // Everybody who waits is painted at last: no order of arrivals and sizes stops the queue.
        while world.queue.waiting() > 0 || !world.painting.is_empty() {
            let before = (world.queue.waiting(), world.painting.len());
            world.does(Event::Begin);
            if before == (world.queue.waiting(), world.painting.len()) {
                prop_assert!(!world.painting.is_empty(), "{} wait, and nobody begins", world.queue.waiting());
                world.does(Event::Ended);
            }
            world.holds();
        }
    }

    /// Each of those who are painted gets a step in every `FAIR_EVERY` times their number, whatever the others are.
    #[test]
    fn nobody_who_is_painted_starves(priorities in prop::collection::vec(0..3_u8, 2..=TURNS_MAX - TURNS_HIGH)) {
        let mut queue = Queue::new(BUDGET);
        for (ticket, number) in priorities.iter().enumerate() {
            queue.submit(entry(ticket as u64, priority(*number), 0)).unwrap();
            let begun = queue.begin(0).unwrap();
            queue.ready(begun.ticket);
        }
        let within = FAIR_EVERY as usize * priorities.len();
        let mut last: BTreeMap<u64, usize> = (0..priorities.len() as u64).map(|ticket| (ticket, 0)).collect();
        for step in 1..400 {
            let holder = queue.holder().unwrap();
            prop_assert!(step - last[&holder] <= within, "{holder} waited from {} to {step}", last[&holder]);
            last.insert(holder, step);
            queue.stepped(holder);
        }
        prop_assert!(last.values().all(|last| 400 - last <= within), "{last:?}");
    }

    /// The same job is drawn the same, shares are those of the weights, and who was on the canary stays there as it grows.
    #[test]
    fn draws_are_sticky_fair_and_monotone(less in 0..=WEIGHT_ALL, more in 0..=WEIGHT_ALL) {
        let (less, more) = (less.min(more), less.max(more));
        let at = |weight: u32| {
            let ways = [("m@1", WEIGHT_ALL - weight), ("m@2", weight)];
            let ways = ways.map(|(to, weight)| Way { to: to.to_owned(), weight }).to_vec();
            registry(Aliases::from([("best".to_owned(), ways)])).unwrap()
        };
        let (before, after) = (at(less), at(more));
        let mut canaries = 0;
        for job in 0..400 {
            let key = format!("acme/br_{job}");
            let [first, again] = [0, 1].map(|_| before.resolve("best", &key).unwrap().name.clone());
            prop_assert_eq!(&first, &again);
            if first == "m@2" {
                canaries += 1;
                prop_assert_eq!(&after.resolve("best", &key).unwrap().name, "m@2");
            }
        }
        let wanted = f64::from(less) / f64::from(WEIGHT_ALL) * 400.0;
        prop_assert!((f64::from(canaries) - wanted).abs() < 50.0, "{canaries} canaries of 400 at {less}");
    }
}

fn registry(aliases: Aliases) -> Result<Registry, String> {
    let card = |name: &str| Card {
        name: name.to_owned(),
        native_px: 64,
        backend: Backend::Reference,
        home: PathBuf::new(),
    };
    Registry::new(["m@1", "m@2", "other@1.9", "other@1.10"].map(card).to_vec(), aliases)
}

#[test]
fn names_mean_what_they_say() {
    let registry = registry(Aliases::new()).unwrap();
    let cases = [("m@1", "m@1"), ("m", "m@2"), ("other", "other@1.10"), ("procedural", "procedural@1")];
    for (asked, wanted) in cases {
        assert_eq!(registry.resolve(asked, "").unwrap().name, wanted);
    }
    // The procedural painter stands in for nobody.
    for asked in ["", "m@3", "sdxl", "m@", "@1", "procedural@2"] {
        assert_eq!(registry.resolve(asked, "").unwrap_err().code(), "paint.model.unknown", "{asked}");
    }
}

#[test]
fn aliases_that_lead_nowhere_are_refused() {
    let cases: &[(&str, &[(&str, u32)])] = &[
        ("best", &[("m@1", 9_999)]),
        ("best", &[("m@1", 10_000), ("m@2", 1)]),
        ("best", &[("m@9", 10_000)]),
        ("best", &[("m", 10_000)]),
        ("best", &[("procedural@1", 10_000)]),
        ("best", &[("m@1", 9_999), ("procedural@1", 1)]),
        ("best", &[]),
        ("m", &[("other@1.9", 10_000)]),
        ("procedural", &[("m@1", 10_000)]),
        ("m@3", &[("m@1", 10_000)]),
    ];
    for (alias, ways) in cases {
        let ways = ways.iter().map(|(to, weight)| Way { to: (*to).to_owned(), weight: *weight }).collect();
        assert!(registry(Aliases::from([((*alias).to_owned(), ways)])).is_err(), "{alias}");
    }
}

#[test]
fn the_more_urgent_go_first_and_who_has_waited_rises() {
    let mut queue = Queue::new(BUDGET);
    for (ticket, priority, arrived_ms) in
        [(1, Priority::Low, 0), (2, Priority::Normal, 10), (3, Priority::High, 20), (4, Priority::Normal, 5)]
    {
        queue.submit(entry(ticket, priority, arrived_ms)).unwrap();
    }
    let order = |now_ms: u64| -> Vec<u64> {
        let mut tickets: Vec<u64> = (1..=4).collect();
        tickets.sort_by_key(|ticket| queue.before(*ticket, now_ms).unwrap());
        tickets
    };
    assert_eq!(order(30), [3, 4, 2, 1]);
    // Two ages later a new order of high priority comes behind the old one of low.
    let mut late = Queue::new(BUDGET);
    late.submit(entry(1, Priority::Low, 0)).unwrap();
    late.submit(entry(2, Priority::High, 2 * AGE_MS)).unwrap();
    assert_eq!(late.begin(2 * AGE_MS).unwrap().ticket, 1);
}

#[test]
fn the_urgent_step_before_the_others_and_have_a_place() {
    let mut queue = Queue::new(BUDGET);
    for ticket in 1..=5 {
        queue.submit(entry(ticket, Priority::Normal, 0)).unwrap();
    }
    while let Some(begun) = queue.begin(0) {
        queue.ready(begun.ticket);
    }
    assert_eq!(queue.painting(), TURNS_MAX - TURNS_HIGH);
    queue.submit(entry(9, Priority::High, 1)).unwrap();
    let begun = queue.begin(1).unwrap();
    assert_eq!(begun.ticket, 9);
    let holder = queue.holder().unwrap();
    queue.ready(9);
    assert_eq!(queue.holder(), Some(holder), "a step that has begun is finished");
    queue.stepped(holder);
    let mut mine = 0;
    for _ in 0..FAIR_EVERY {
        mine += usize::from(queue.holder() == Some(9));
        queue.stepped(queue.holder().unwrap());
    }
    assert_eq!(mine as u64, FAIR_EVERY - 1, "one step in {FAIR_EVERY} belongs to the others");
}

#[test]
fn a_queue_has_an_end() {
    let mut queue = Queue::new(BUDGET);
    for ticket in 0..TENANT_MAX as u64 {
        queue.submit(Entry { tenant: "one".to_owned(), ..entry(ticket, Priority::Normal, 0) }).unwrap();
    }
    let more = Entry { tenant: "one".to_owned(), ..entry(999, Priority::High, 0) };
    assert_eq!(queue.submit(more), Err(Refusal::Full(TENANT_MAX)));
    for ticket in TENANT_MAX..WAITING_MAX {
        let tenant = format!("t{ticket}");
        queue.submit(Entry { tenant, ..entry(ticket as u64, Priority::Normal, 0) }).unwrap();
    }
    let more = Entry { tenant: "last".to_owned(), ..entry(1000, Priority::High, 0) };
    assert_eq!(queue.submit(more), Err(Refusal::Full(WAITING_MAX)));
    assert_eq!(queue.stop().len(), WAITING_MAX);
    assert_eq!(queue.submit(entry(1001, Priority::High, 0)), Err(Refusal::Stopping));
}

#[test]
fn the_model_used_longest_ago_goes_first() {
    let mut shelf = Shelf::new(100);
    let need = |weights, work| Need { weights, work };
    for (ticket, model, at) in [(1, "a", 0), (2, "b", 1), (3, "c", 2)] {
        assert_eq!(shelf.take(ticket, model, need(30, 1), at), Some(vec![]), "{model}");
    }
    for (ticket, at) in [(2, 10), (1, 11)] {
        shelf.give_back(ticket, at);
    }
    assert_eq!(shelf.fit("d", need(30, 1)), Fit::Now(vec!["b".to_owned()]));
    assert_eq!(shelf.fit("d", need(60, 1)), Fit::Now(vec!["b".to_owned(), "a".to_owned()]));
    assert_eq!(shelf.fit("d", need(70, 1)), Fit::Later, "c is in use");
    assert_eq!(shelf.fit("d", need(100, 1)), Fit::Never);
    assert_eq!(shelf.fit("d", need(u64::MAX, 1)), Fit::Never);
    assert_eq!(shelf.idle(21, 10), ["a", "b"]);
    assert_eq!(shelf.used(), 31);
}
