//! The way from a process to the server, on which things go wrong.

use crate::clock::{self, now_ms, passed_ms};
use crate::plan::{Fault as Wrong, Planted};
use crate::server::{KEYS, KEYS_STREAM, No, Server, StreamId, Token};
use crate::world::{Life, World};
use core_brand::Fault;
use imprint_ledger::jetstream::port::{
    Batch, Handed, Kept, Post, Shape, Streams, Unstored, Word, storage, unreachable,
};
use imprint_ledger::journal::SUBJECTS;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

/// One request waits this long for its answer.
const REQUEST: Duration = Duration::from_secs(2);
/// What was stored within this time is what a follower may not have.
const BEHIND_MS: u64 = 400;
/// What subjects of timers begin with.
const TIMERS: &str = "imprint.timer.";

/// A connection of one process. Cheap to clone.
#[derive(Clone)]
pub struct Wire {
    pub(crate) world: Arc<World>,
    pub(crate) life: Arc<Life>,
}

/// A delivery in somebody's hands, also when the server has forgotten it.
pub struct Taken {
    token: Token,
    _hands: Arc<()>,
}

/// What becomes of a request.
enum Fate {
    Arrives,
    Lost,
    Unanswered,
    Late(u64),
    Twice(u64),
    Torn(u64),
}

impl Wire {
    pub(crate) fn new(world: &Arc<World>, life: Arc<Life>) -> Self {
        Self { world: world.clone(), life }
    }

    /// A connection to a server where nothing goes wrong.
    #[must_use]
    pub fn calm() -> Self {
        clock::begin();
        Self::new(&World::calm(), Arc::new(Life::endless("nobody")))
    }

    /// Asks the server; a fault is silence. What is asked may be done although nobody hears of it, also later, also twice.
    async fn ask<R: Send + 'static>(
        &self,
        what: &str,
        is_effect: bool,
        act: impl Fn(&mut Server) -> R + Clone + Send + Sync + 'static,
    ) -> Result<R, Fault> {
        if is_effect {
            self.life.point(&self.world, &format!("the request to {what}")).await;
        }
        self.slow().await;
        let silence = |why: &str| unreachable(&why.to_owned());
        let answer = match self.fate(what, is_effect) {
            Fate::Arrives => self.act(is_effect, &act).await?,
            Fate::Twice(after_ms) => {
                self.later(after_ms, act.clone());
                self.act(is_effect, &act).await?
            }
            Fate::Lost => {
                sleep(REQUEST).await;
                return Err(silence("lost"));
            }
            Fate::Unanswered => {
                let _ = self.act(is_effect, &act).await?;
                sleep(REQUEST).await;
                return Err(silence("unanswered"));
            }
            Fate::Late(after_ms) => {
                self.later(after_ms, act);
                sleep(REQUEST).await;
                return Err(silence("late"));
            }
            Fate::Torn(away_ms) => {
                self.world.stop_server(away_ms);
                sleep(REQUEST).await;
                return Err(silence("torn"));
            }
        };
        if is_effect {
            self.life.point(&self.world, &format!("the answer to {what}")).await;
        }
        Ok(answer)
    }

    async fn act<R>(&self, is_effect: bool, act: &impl Fn(&mut Server) -> R) -> Result<R, Fault> {
        if self.world.is_away() {
            sleep(REQUEST).await;
            return Err(unreachable(&"the server is away"));
        }
        let answer = act(&mut self.world.server());
        if is_effect {
            self.world.changed.notify_waiters();
        }
        Ok(answer)
    }

    fn later<R>(&self, after_ms: u64, act: impl Fn(&mut Server) -> R + Send + Sync + 'static) {
        let world = self.world.clone();
        tokio::spawn(async move {
            sleep(Duration::from_millis(after_ms)).await;
            if !world.is_away() {
                act(&mut world.server());
                world.changed.notify_waiters();
            }
        });
    }

    async fn slow(&self) {
        let slow = self.world.scene.slow;
        let wait_ms = {
            let mut held = self.world.held();
            held.asked += 1;
            let is_slow = slow > 0 && held.chance.often(slow);
            is_slow.then(|| held.chance.between(1, 120))
        };
        if let Some(wait_ms) = wait_ms
            && self.world.may_be_slow()
        {
            sleep(Duration::from_millis(wait_ms)).await;
        }
    }

    fn fate(&self, what: &str, is_effect: bool) -> Fate {
        let per_mille = self.world.scene.faults;
        let (is_struck, which, number) = {
            let chance = &mut self.world.held().chance;
            (per_mille > 0 && chance.often(per_mille), chance.between(0, 9), chance.number())
        };
        if !is_struck {
            return Fate::Arrives;
        }
        let told = |fault| self.world.strikes(fault, || format!("{} {what}", self.life.name));
        match which {
            0..3 if told(Wrong::Lost) => Fate::Lost,
            3 | 4 if told(Wrong::Unanswered) => Fate::Unanswered,
            5 | 6 if is_effect && told(Wrong::Late) => Fate::Late(2_001 + number % 20_000),
            7 if is_effect && told(Wrong::Twice) => Fate::Twice(number % 5_000),
            8 if is_effect && told(Wrong::Torn) => Fate::Torn(300 + number % 4_000),
            _ => Fate::Arrives,
        }
    }

    /// What a mistake makes of a write.
    fn mistaken(&self, subject: &str, post: &Post) -> Post {
        let mut post = post.clone();
        if subject.starts_with(SUBJECTS) {
            match self.world.plan.planted {
                Some(Planted::NoCompare) => post.behind = None,
                Some(Planted::WindowOnly) if post.behind == Some(0) => {
                    post = Post { behind: None, id: Some(subject.to_owned()), ..post };
                }
                _ => {}
            }
        }
        post
    }

    /// The first message that one of these lanes has.
    fn take(&self, lanes: &[(StreamId, String)]) -> Option<Handed<Taken>> {
        let mut server = self.world.server();
        let mut lanes = lanes.iter();
        let (kept, deliveries, token) =
            lanes.find_map(|(stream, lane)| server.hand_out(passed_ms(), *stream, lane))?;
        if self.world.plan.planted == Some(Planted::AckFirst) {
            server.say(passed_ms(), &token, Word::Done);
        }
        Some(Handed {
            sequence: kept.sequence,
            subject: kept.subject,
            payload: kept.payload,
            deliveries,
            token: Taken { token, _hands: self.world.hands.clone() },
        })
    }

    async fn wait(&self, lanes: &[(StreamId, String)], end: Instant) -> Option<Handed<Taken>> {
        loop {
            let changed = self.world.changed.notified();
            if let Some(handed) = (!self.world.is_away()).then(|| self.take(lanes)).flatten() {
                return Some(handed);
            }
            let now = Instant::now();
            if now >= end {
                return None;
            }
            let back_ms = {
                let server = self.world.server();
                lanes.iter().filter_map(|(stream, lane)| server.comes_back_ms(*stream, lane)).min()
            };
            let wait = back_ms.map(|at_ms| Duration::from_millis(at_ms.saturating_sub(passed_ms()).max(1)));
            let until = wait.map_or(end, |wait| (now + wait).min(end));
            let _ = timeout_at(until, changed).await;
        }
    }
}

impl Streams for Wire {
    type Stream = StreamId;
    type Lane = (StreamId, String);
    type Token = Taken;

    fn name(&self, what: &str) -> String {
        format!("IMPRINT_{what}")
    }

    fn bucket(&self, what: &str) -> String {
        format!("imprint-{what}")
    }

    fn unique(&self) -> String {
        let mut held = self.world.held();
        held.unique += 1;
        format!("unique-{}", held.unique)
    }

    async fn open(&self, shape: &Shape) -> Result<StreamId, Fault> {
        let shape = shape.clone();
        self.ask("open a stream", false, move |server| server.open(&shape)).await
    }

    fn may_delete(&self, stream: &StreamId) -> bool {
        self.world.server().may_delete(*stream)
    }

    async fn post(&self, subject: &str, post: &Post) -> Result<u64, Unstored> {
        let post = self.mistaken(subject, post);
        let is_timer = subject.starts_with(TIMERS);
        if is_timer && self.world.plan.planted == Some(Planted::TimerLost) {
            self.world.note_timer(subject, &post);
            return Ok(1);
        }
        let is_kept = self.world.plan.planted == Some(Planted::KeyKept);
        if is_kept && subject.starts_with(KEYS) && post.payload.is_empty() {
            return Ok(1);
        }
        let (name, asked) = (subject.to_owned(), post.clone());
        let act = move |server: &mut Server| server.post(passed_ms(), now_ms(), &name, &asked);
        match self.ask(&format!("store {subject}"), true, act).await {
            Ok(Ok(sequence)) => {
                if is_timer {
                    self.world.note_timer(subject, &post);
                }
                Ok(sequence)
            }
            Ok(Err(No::Moved)) => Err(Unstored::Moved),
            Ok(Err(No::Nobody)) => Err(Unstored::Refused(storage(&"no stream takes this"))),
            Err(fault) => Err(Unstored::NoAnswer(fault)),
        }
    }

    async fn last(&self, stream: &StreamId, subject: &str) -> Result<Option<Kept>, Fault> {
        let (stream, subject) = (*stream, subject.to_owned());
        self.ask("look at an end", false, move |server| server.last(stream, &subject)).await
    }

    async fn next(&self, stream: &StreamId, subject: &str, from: u64) -> Result<Option<Kept>, Fault> {
        let (stream, subject) = (*stream, subject.to_owned());
        let next = move |server: &mut Server| server.batch(stream, &subject, from, 1).messages.pop();
        self.ask("look at the next", false, next).await
    }

    async fn get(&self, stream: &StreamId, sequence: u64) -> Result<Option<Kept>, Fault> {
        let stream = *stream;
        self.ask("look at a message", false, move |server| server.get(stream, sequence)).await
    }

    async fn batch(&self, stream: &StreamId, subject: &str, from: u64, limit: usize) -> Result<Batch, Fault> {
        let (stream, subjects) = (*stream, subject.to_owned());
        let read = move |server: &mut Server| server.batch(stream, &subjects, from, limit);
        let mut batch = self.ask("read", false, read).await?;
        let had = self.world.server().last_at(stream, passed_ms().saturating_sub(BEHIND_MS));
        let is_new = batch.messages.last().is_some_and(|last| last.sequence > had);
        let is_behind = is_new && self.world.held().chance.often(self.world.scene.faults * 4);
        if is_behind && self.world.strikes(Wrong::Behind, || format!("{} reads {subject}", self.life.name)) {
            batch.messages.retain(|message| message.sequence <= had);
            batch.more = false;
        }
        Ok(batch)
    }

    async fn delete(&self, stream: &StreamId, sequence: u64) -> Result<(), Fault> {
        let stream = *stream;
        let keys = self.world.server().find(KEYS_STREAM);
        if self.world.plan.planted == Some(Planted::KeyKept) && keys == Some(stream) {
            return Ok(());
        }
        let is_gone = self.ask("delete", true, move |server| server.delete(stream, sequence)).await?;
        if is_gone { Ok(()) } else { Err(storage(&"there is no such message")) }
    }

    async fn purge(&self, stream: &StreamId, subjects: &str, to: Option<u64>) -> Result<(), Fault> {
        let (stream, subjects) = (*stream, subjects.to_owned());
        self.ask("purge", true, move |server| server.purge(stream, &subjects, to)).await
    }

    async fn counts(&self, stream: &StreamId, subjects: &str) -> Result<Vec<(String, u64)>, Fault> {
        let (stream, subjects) = (*stream, subjects.to_owned());
        self.ask("count", false, move |server| server.counts(stream, &subjects)).await
    }

    async fn lane(
        &self,
        stream: &StreamId,
        name: &str,
        subjects: &str,
        wait: Duration,
    ) -> Result<(StreamId, String), Fault> {
        let (id, lane) = (*stream, name.to_owned());
        let (made, subjects) = (lane.clone(), subjects.to_owned());
        let make = move |server: &mut Server| server.lane(id, &made, &subjects, wait.as_millis() as u64);
        self.ask("open a queue", false, make).await?;
        Ok((id, lane))
    }

    async fn pull(
        &self,
        lanes: &[(StreamId, String)],
        wait: Option<Duration>,
    ) -> Result<Option<Handed<Taken>>, Fault> {
        self.slow().await;
        let end = Instant::now() + wait.unwrap_or_default();
        match self.fate("claim", false) {
            // Nobody tells: the reader waits for as long as it wanted to and a little more.
            Fate::Lost => {
                sleep_until(end + REQUEST / 4).await;
                Ok(None)
            }
            Fate::Unanswered => {
                // It is in nobody's hands until it comes back.
                let _ = self.wait(lanes, end).await;
                sleep_until(end + REQUEST / 4).await;
                Ok(None)
            }
            _ if self.world.is_away() => {
                sleep(REQUEST).await;
                Err(unreachable(&"the server is away"))
            }
            _ => {
                let handed = self.wait(lanes, end).await;
                if handed.is_some() {
                    self.life.point(&self.world, "a claim").await;
                }
                Ok(handed)
            }
        }
    }

    async fn say(&self, taken: &Taken, word: Word) -> Result<(), Fault> {
        let said = taken.token.clone();
        let act = move |server: &mut Server| server.say(passed_ms(), &said, word);
        let heard = self.ask("answer for a claim", true, act).await;
        // Only an end is waited for.
        if word == Word::Done { heard } else { Ok(()) }
    }

    async fn follow<F: Future<Output = Result<(), Fault>> + Send>(
        &self,
        stream: &StreamId,
        subjects: &str,
        last: &mut u64,
        mut take: impl FnMut(Kept) -> F + Send,
    ) -> Result<(), Fault> {
        loop {
            let changed = self.world.changed.notified();
            let next = match self.world.is_away() {
                true => return Err(unreachable(&"the server is away")),
                false => self.world.server().batch(*stream, subjects, *last + 1, 1).messages.pop(),
            };
            match next {
                Some(message) => {
                    let place = message.sequence;
                    take(message).await?;
                    *last = place;
                }
                None => changed.await,
            }
        }
    }
}

impl World {
    pub(crate) fn is_away(&self) -> bool {
        passed_ms() < self.held().away_ms
    }

    /// Slowness is a fault like others, but too common for the story.
    fn may_be_slow(&self) -> bool {
        passed_ms() < self.scene.heal_ms && !self.plan.without.contains(&Wrong::Slow)
    }

    /// The server dies and is back after a while; what it had not finished to write is gone.
    pub(crate) fn stop_server(&self, away_ms: u64) {
        self.held().away_ms = passed_ms() + away_ms;
        let mut server = self.server();
        server.restart();
        if self.plan.planted == Some(Planted::Unsynced) {
            server.forget_newest(passed_ms());
        }
        self.changed.notify_waiters();
    }

    fn note_timer(&self, subject: &str, post: &Post) {
        let at_ms = post.headers.first().and_then(|(_, at_ms)| at_ms.parse().ok()).unwrap_or_default();
        self.held().timers.entry(subject.to_owned()).or_insert(at_ms);
    }
}
