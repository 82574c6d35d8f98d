//! What must be true behind a run, whatever happened. Looked at in what the server and the store hold, not in what
//! processes say.

use crate::clock::passed_ms;
use crate::plan::Order;
use crate::run::{Outcome, TENANT, USER, home};
use crate::server::{KEYS, KEYS_STREAM};
use crate::world::World;
use core_brand::content::sha256_hex;
use core_brand::{BlobRef, Document, Fault};
use core_saga::{Event, Outcome as End, STEPS, next_from};
use imprint_blobs::{Blobs, space};
use imprint_ledger::journal::{check_chain, event_of};
use imprint_ledger::{Ledger, MemoryLedger, MemoryValues, Sealed, Values};
use std::collections::{BTreeMap, BTreeSet};
use std::slice;

/// A timer that was acknowledged is heard within this time once nothing goes wrong any more: a look at the clock, an
/// append, and room.
const TIMER_MS: u64 = 3_000;
/// How many entries a journal has behind an append.
const ENTRIES: &str = "Imprint-Entries";

/// A history: its entries as they are stored and as they were written, and the times and events in them.
struct History {
    stored: Vec<Vec<u8>>,
    written: Vec<Vec<u8>>,
    events: Vec<(u64, Event)>,
}

impl World {
    /// Whether owners want nothing more, nothing is to be done, and every job is at its end.
    pub(crate) fn rests(&self) -> bool {
        if self.held().waiting > 0 {
            return false;
        }
        let server = self.server();
        let is_idle = server.find("IMPRINT_WORK").is_none_or(|work| server.counts(work, ">").is_empty());
        let is_over = |order: &Order| {
            let last =
                server.find("IMPRINT_JOURNAL").and_then(|all| server.last(all, &home(&order.id).subject()));
            let ends = ["\"brand.generation.ended\"", "\"brand.erased\""];
            last.is_some_and(|last| {
                let text = String::from_utf8_lossy(&last.payload);
                ends.iter().any(|end| text.contains(end))
            })
        };
        is_idle && self.scene.orders.iter().all(is_over)
    }

    async fn history(&self, id: &str) -> Result<History, String> {
        let messages = {
            let server = self.server();
            let all = server.find("IMPRINT_JOURNAL").ok_or("there is no stream of journals")?;
            server.batch(all, &home(id).subject(), 0, usize::MAX).messages
        };
        let mut stored = Vec::new();
        for message in messages {
            stored.extend(entries(&message.payload).ok_or("an append is not whole")?);
            let count = message.header(ENTRIES).and_then(|count| count.parse::<usize>().ok());
            if count != Some(stored.len()) {
                return Err(format!("an append says {count:?} and is at {}", stored.len()));
            }
        }
        check_chain(&stored).map_err(|fault| fault.to_string())?;
        let written = self.written(id, &stored).await?;
        let event = |bytes: &Vec<u8>| event_of(bytes).map(|(envelope, event)| (envelope.recorded_ms, event));
        let events =
            written.iter().map(event).collect::<Result<_, _>>().map_err(|fault| fault.to_string())?;
        Ok(History { stored, written, events })
    }

    /// The entries as they were before they were sealed, also where the key is destroyed by now.
    async fn written(&self, id: &str, stored: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, String> {
        let keys = self.server().keys.get(&key(id)).cloned().unwrap_or_default();
        let mut written = Vec::new();
        for (place, entry) in (0..).zip(stored) {
            let mut opened = Ok(entry.clone());
            for key in &keys {
                if !opened.as_ref().is_ok_and(|entry| event_of(entry).is_ok()) {
                    opened = unsealed(id, place, entry, key).await;
                }
            }
            written.push(opened?);
        }
        Ok(written)
    }
}

/// The subject of the key of a job.
fn key(id: &str) -> String {
    format!("{KEYS}key.{TENANT}.{id}")
}

/// An entry as it was before it was sealed with this key. Each for itself: behind the wish to be forgotten nobody asks for keys.
async fn unsealed(id: &str, place: u64, entry: &Vec<u8>, key: &[u8]) -> Result<Vec<u8>, String> {
    let (keys, told) = (MemoryValues::default(), |fault: Fault| fault.to_string());
    keys.put(&format!("key.{TENANT}.{id}"), None, key.to_vec()).await.map_err(told)?;
    let ledger = Sealed::new(MemoryLedger::default(), keys);
    let opened = ledger.unseal(&home(id).subject(), place, slice::from_ref(entry)).await.map_err(told)?;
    opened.into_iter().next().ok_or_else(|| "an entry is none".to_owned())
}

fn entries(payload: &[u8]) -> Option<Vec<Vec<u8>>> {
    let (mut left, mut entries) = (payload, Vec::new());
    while !left.is_empty() {
        let (length, rest) = left.split_first_chunk::<4>()?;
        let (entry, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        entries.push(entry.to_vec());
        left = rest;
    }
    Some(entries)
}

/// Looks at everything.
pub(crate) async fn check(seed: u64, world: &World) -> Outcome {
    let mut wrong = std::mem::take(&mut world.held().wrong);
    let (mut ends, mut all) = (BTreeMap::new(), Vec::new());
    if !world.rests() {
        let left = left(world).await;
        wrong.push(format!("no rest after {} s: {left}", passed_ms() / 1000));
    }
    for order in &world.scene.orders {
        let mut say = |what: String| wrong.push(format!("{}: {what}", order.id));
        let history = match world.history(&order.id).await {
            Ok(history) => history,
            Err(why) => {
                say(why);
                continue;
            }
        };
        acknowledged(world, order, &history).into_iter().for_each(&mut say);
        once(&history).into_iter().for_each(&mut say);
        end(&history).into_iter().for_each(&mut say);
        timer(world, order, &history).into_iter().for_each(&mut say);
        content(world, order, &history).await.into_iter().for_each(&mut say);
        secret(world, order, &history).into_iter().for_each(&mut say);
        *ends.entry(told(&history)).or_default() += 1;
        // Not as it is stored: keys are drawn by the machine, and no two runs have the same.
        all.extend(format!("{:?}", history.events).into_bytes());
    }
    let held = world.held();
    Outcome {
        seed,
        wrong,
        story: held.story.clone(),
        history: sha256_hex(&all),
        faults: held.faults,
        asked: held.asked,
        ends,
        took_ms: passed_ms(),
    }
}

/// What is not at its end, in a line.
async fn left(world: &World) -> String {
    let work = {
        let server = world.server();
        server.find("IMPRINT_WORK").map(|work| server.counts(work, ">")).unwrap_or_default()
    };
    let waiting = world.held().waiting;
    let mut jobs = Vec::new();
    for order in &world.scene.orders {
        jobs.push(match world.history(&order.id).await {
            Ok(history) => format!("{} events, next {:?}", history.events.len(), {
                let events: Vec<_> = history.events.into_iter().map(|(_, event)| event).collect();
                next_from(STEPS, &events)
            }),
            Err(why) => why,
        });
    }
    format!("{waiting} owners wait, work {work:?}, jobs {jobs:?}")
}

/// Nothing that was acknowledged is lost.
fn acknowledged(world: &World, order: &Order, history: &History) -> Vec<String> {
    let held = world.held();
    let mut wrong = Vec::new();
    if held.begun.get(&order.id).is_some_and(|first| history.written.first() != Some(first)) {
        wrong.push("was acknowledged and is not there".to_owned());
    }
    let has = |wanted: &Event| history.events.iter().any(|(_, event)| event == wanted);
    let is_ended = history.events.iter().any(|(_, event)| matches!(event, Event::Ended { .. }));
    if held.cancelled.contains(&order.id) && !has(&Event::CancelRequested) && !is_ended {
        wrong.push("its cancel was acknowledged and is not there".to_owned());
    }
    if held.erased.contains(&order.id) && !(has(&Event::EraseRequested) && has(&Event::Erased)) {
        wrong.push("its erase was acknowledged and did not happen".to_owned());
    }
    wrong
}

/// Nothing is done twice.
fn once(history: &History) -> Vec<String> {
    let mut acts = BTreeMap::<String, usize>::new();
    for (_, event) in &history.events {
        let act = match event {
            Event::Built { step, task, .. } => format!("{step}/{task}"),
            Event::Planned { step, .. } => format!("plan {step}"),
            Event::Undone { step } => format!("undo {step}"),
            other => other.event_type().to_owned(),
        };
        *acts.entry(act).or_default() += 1;
    }
    let twice = acts.into_iter().filter(|(_, count)| *count > 1);
    twice.map(|(act, count)| format!("`{act}` stands there {count} times")).collect()
}

/// There is one end, nothing goes on behind it, and what was begun and came to nothing was taken back, last step first.
fn end(history: &History) -> Vec<String> {
    let mut wrong = Vec::new();
    let at = history.events.iter().position(|(_, event)| matches!(event, Event::Ended { .. }));
    let is_erasing = history.events.iter().any(|(_, event)| matches!(event, Event::EraseRequested));
    let Some(at) = at else {
        if !is_erasing {
            wrong.push("has no end".to_owned());
        }
        return wrong;
    };
    let behind = &history.events[at + 1..];
    if let Some((_, event)) =
        behind.iter().find(|(_, event)| !matches!(event, Event::EraseRequested | Event::Erased))
    {
        wrong.push(format!("`{}` stands behind the end", event.event_type()));
    }
    let before = &history.events[..at];
    let planned = before.iter().filter_map(|(_, event)| match event {
        Event::Planned { step, .. } => Some(step.as_str()),
        _ => None,
    });
    let undone = before.iter().filter_map(|(_, event)| match event {
        Event::Undone { step } => Some(step.as_str()),
        _ => None,
    });
    let (mut planned, undone): (Vec<_>, Vec<_>) = (planned.collect(), undone.collect());
    planned.reverse();
    let is_whole = history.events[at].1 == Event::Ended { outcome: End::Completed };
    if is_whole && (planned.len() != STEPS.len() || !undone.is_empty()) {
        wrong.push(format!("is complete with {planned:?} planned and {undone:?} undone"));
    }
    if !is_whole && planned != undone {
        wrong.push(format!("came to nothing: begun {planned:?}, taken back {undone:?}"));
    }
    wrong
}

/// Where nobody works and nothing goes wrong, the time of a job ends when its timer says so.
fn timer(world: &World, order: &Order, history: &History) -> Option<String> {
    let scene = &world.scene;
    let (began_ms, _) = history.events.first()?;
    let due_ms = began_ms + order.timeout_ms;
    let id = format!("imprint.timer.deadline.us-east-1.{TENANT}.{}", order.id);
    let is_promised = scene.runners_ms > 0 && scene.jumps.is_empty() && world.held().timers.contains_key(&id);
    let late = |(at_ms, event): &(u64, Event)| {
        matches!(event, Event::StepFailed { code, .. } if code == "job.deadline").then_some(*at_ms)
    };
    match history.events.iter().find_map(late) {
        Some(at_ms) if is_promised && at_ms > due_ms + TIMER_MS => {
            Some(format!("its timer was acknowledged and came {} ms late", at_ms - due_ms))
        }
        None if is_promised => Some("its timer was acknowledged and never came".to_owned()),
        _ => None,
    }
}

/// What is kept is what a complete job refers to, and nothing else.
async fn content(world: &World, order: &Order, history: &History) -> Vec<String> {
    let is_whole = told(history) == "completed";
    let of = |(_, event): &(u64, Event)| match event {
        Event::Planned { tasks, .. } => tasks.iter().map(|task| task.content.clone()).collect(),
        Event::Built { documents, .. } => documents.iter().map(Document::content).collect(),
        _ => Vec::new(),
    };
    let wanted: BTreeSet<BlobRef> =
        if is_whole { history.events.iter().flat_map(of).collect() } else { BTreeSet::new() };
    let kept = world.blobs.list(&space(TENANT, &order.id)).await.unwrap_or_default();
    let kept: BTreeSet<_> = kept.into_iter().collect();
    let mut wrong = Vec::new();
    let (missing, over) = (wanted.difference(&kept).count(), kept.difference(&wanted).count());
    if missing + over > 0 {
        wrong.push(format!("{missing} contents are missing and {over} are left over"));
    }
    wrong
}

/// Nobody reads who asked without the key, there was one key, and it is gone where the brand is.
fn secret(world: &World, order: &Order, history: &History) -> Vec<String> {
    let mut wrong = Vec::new();
    let user = format!("{USER:?}");
    let says_who = |entry: &Vec<u8>| String::from_utf8_lossy(entry).contains(&user);
    if history.stored.iter().any(says_who) {
        wrong.push("says in clear who asked".to_owned());
    }
    let server = world.server();
    let subject = key(&order.id);
    let kept = server.find(KEYS_STREAM).and_then(|keys| server.last(keys, &subject)).map(|last| last.payload);
    let ever = server.keys.get(&subject).cloned().unwrap_or_default();
    let is_gone = history.events.iter().any(|(_, event)| *event == Event::Erased);
    match kept {
        Some(kept) if is_gone && !kept.is_empty() => wrong.push("is erased, and its key is there".to_owned()),
        Some(kept) if !is_gone && !ever.contains(&kept) => wrong.push("has no key".to_owned()),
        Some(_) => {}
        None => wrong.push("never had a key".to_owned()),
    }
    // One that is erased while somebody is still at work may get another one, which is destroyed too.
    if ever.len() > 1 && told(history) != "erased" {
        wrong.push(format!("had {} keys", ever.len()));
    }
    wrong
}

/// How a job ended, in a word.
fn told(history: &History) -> String {
    let has = |wanted: &Event| history.events.iter().any(|(_, event)| event == wanted);
    let ended = |outcome| has(&Event::Ended { outcome });
    let word = match () {
        () if has(&Event::EraseRequested) => "erased",
        () if ended(End::Completed) => "completed",
        () if ended(End::Failed) => "failed",
        () if ended(End::Cancelled) => "cancelled",
        () => "open",
    };
    word.to_owned()
}
