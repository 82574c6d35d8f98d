//! A server of streams in memory, with the promises of JetStream. Pure: the time comes in.

use imprint_ledger::jetstream::port::{Batch, DUPLICATES, Kept, MESSAGE_ID, Post, Shape, Word};
use std::collections::{BTreeMap, BTreeSet};

/// The bucket of keys, and what the subjects of those begin with.
pub(crate) const KEYS_STREAM: &str = "KV_IMPRINT_KEYS";
pub(crate) const KEYS: &str = "$KV.IMPRINT_KEYS.";

/// A stream, by its place among all.
pub type StreamId = usize;

/// What a stream says of a message that it does not store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum No {
    /// The subject does not end where the writer thought.
    Moved,
    /// No stream takes this subject.
    Nobody,
}

/// All streams, and who reads them.
#[derive(Debug, Default)]
pub struct Server {
    streams: Vec<Stream>,
    /// Every key of a brand that was ever stored, by its subject, for whoever looks at journals afterwards.
    pub(crate) keys: BTreeMap<String, BTreeSet<Vec<u8>>>,
}

#[derive(Debug)]
struct Stream {
    shape: Shape,
    /// Sequences are never given twice.
    last: u64,
    messages: BTreeMap<u64, Kept>,
    /// What gave way to newer messages of its subject. Nothing on the disk says so.
    given_way: BTreeMap<u64, Kept>,
    /// The sequences of each subject, oldest first.
    subjects: BTreeMap<String, Vec<u64>>,
    /// What is known of ids: the sequence, and when.
    ids: BTreeMap<String, (u64, u64)>,
    /// When each sequence was stored, whatever the wall said.
    stored: Vec<u64>,
    lanes: BTreeMap<String, Lane>,
}

#[derive(Debug)]
struct Lane {
    subjects: String,
    wait_ms: u64,
    /// Up to here everything was handed out at least once.
    handed: u64,
    pending: BTreeMap<u64, Pending>,
}

#[derive(Debug)]
struct Pending {
    deliveries: u32,
    until_ms: u64,
}

/// A delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub stream: StreamId,
    pub lane: String,
    pub sequence: u64,
}

impl Server {
    /// The stream of this name, made when there is none.
    pub fn open(&mut self, shape: &Shape) -> StreamId {
        if let Some(found) = self.find(&shape.name) {
            return found;
        }
        self.streams.push(Stream {
            shape: shape.clone(),
            last: 0,
            messages: BTreeMap::new(),
            given_way: BTreeMap::new(),
            subjects: BTreeMap::new(),
            ids: BTreeMap::new(),
            stored: Vec::new(),
            lanes: BTreeMap::new(),
        });
        self.streams.len() - 1
    }

    /// The stream of this name, if there is one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<StreamId> {
        self.streams.iter().position(|stream| stream.shape.name == name)
    }

    #[must_use]
    pub fn may_delete(&self, stream: StreamId) -> bool {
        !self.streams[stream].shape.is_final
    }

    pub fn post(&mut self, now_ms: u64, wall_ms: u64, subject: &str, post: &Post) -> Result<u64, No> {
        let stream = self.streams.iter_mut().find(|stream| matches(&stream.shape.subjects, subject));
        let stored = stream.ok_or(No::Nobody)?.post(now_ms, wall_ms, subject, post)?;
        if subject.starts_with(KEYS) && !post.payload.is_empty() {
            self.keys.entry(subject.to_owned()).or_default().insert(post.payload.clone());
        }
        Ok(stored)
    }

    #[must_use]
    pub fn last(&self, stream: StreamId, subject: &str) -> Option<Kept> {
        let stream = &self.streams[stream];
        stream.messages.get(stream.subjects.get(subject)?.last()?).cloned()
    }

    #[must_use]
    pub fn get(&self, stream: StreamId, sequence: u64) -> Option<Kept> {
        self.streams[stream].messages.get(&sequence).cloned()
    }

    /// The messages of these subjects from this sequence on.
    #[must_use]
    pub fn batch(&self, stream: StreamId, subjects: &str, from: u64, limit: usize) -> Batch {
        let stream = &self.streams[stream];
        let mut found: Vec<Kept> = match stream.subjects.get(subjects) {
            Some(of) => {
                let of = of.iter().skip_while(|sequence| **sequence < from).take(limit.saturating_add(1));
                of.filter_map(|sequence| stream.messages.get(sequence).cloned()).collect()
            }
            None => stream.of(subjects, from).take(limit.saturating_add(1)).cloned().collect(),
        };
        let more = found.len() > limit;
        found.truncate(limit);
        Batch { messages: found, more }
    }

    /// The last sequence of this stream that was there at a time.
    #[must_use]
    pub fn last_at(&self, stream: StreamId, at_ms: u64) -> u64 {
        self.streams[stream].stored.partition_point(|stored_ms| *stored_ms <= at_ms) as u64
    }

    /// Whether there was such a message.
    pub fn delete(&mut self, stream: StreamId, sequence: u64) -> bool {
        self.may_delete(stream) && self.streams[stream].remove(sequence)
    }

    pub fn purge(&mut self, stream: StreamId, subjects: &str, to: Option<u64>) {
        let stream = &mut self.streams[stream];
        let all = stream.of(subjects, 0).map(|message| message.sequence);
        let gone: Vec<u64> = all.filter(|sequence| to.is_none_or(|to| *sequence <= to)).collect();
        gone.into_iter().for_each(|sequence| {
            stream.remove(sequence);
        });
    }

    #[must_use]
    pub fn counts(&self, stream: StreamId, subjects: &str) -> Vec<(String, u64)> {
        let all = self.streams[stream].subjects.iter();
        let all = all.filter(|(subject, of)| !of.is_empty() && matches(subjects, subject));
        all.map(|(subject, of)| (subject.clone(), of.len() as u64)).collect()
    }

    pub fn lane(&mut self, stream: StreamId, name: &str, subjects: &str, wait_ms: u64) {
        let fresh = || Lane { subjects: subjects.to_owned(), wait_ms, handed: 0, pending: BTreeMap::new() };
        self.streams[stream].lanes.entry(name.to_owned()).or_insert_with(fresh);
    }

    /// The next message of a lane and how often it was handed out with this time.
    pub fn hand_out(&mut self, now_ms: u64, stream: StreamId, lane: &str) -> Option<(Kept, u32, Token)> {
        let id = stream;
        let stream = &mut self.streams[stream];
        let lane_name = lane;
        let lane = stream.lanes.get_mut(lane)?;
        let again = lane.pending.iter().find(|(_, pending)| pending.until_ms <= now_ms).map(|(at, _)| *at);
        let sequence = match again {
            Some(sequence) => sequence,
            None => {
                let mut rest = stream.messages.range(lane.handed + 1..);
                let next =
                    rest.find(|(_, message)| matches(&lane.subjects, &message.subject)).map(|(at, _)| *at);
                lane.handed = next.unwrap_or(stream.last);
                next?
            }
        };
        let until_ms = now_ms + lane.wait_ms;
        let pending = lane.pending.entry(sequence).or_insert(Pending { deliveries: 0, until_ms });
        pending.deliveries += 1;
        pending.until_ms = until_ms;
        let deliveries = pending.deliveries;
        let message = stream.messages.get(&sequence)?.clone();
        Some((message, deliveries, Token { stream: id, lane: lane_name.to_owned(), sequence }))
    }

    /// When the next message in silent hands comes back.
    #[must_use]
    pub fn comes_back_ms(&self, stream: StreamId, lane: &str) -> Option<u64> {
        let lane = self.streams[stream].lanes.get(lane)?;
        lane.pending.values().map(|pending| pending.until_ms).min()
    }

    pub fn say(&mut self, now_ms: u64, token: &Token, word: Word) {
        let stream = &mut self.streams[token.stream];
        let is_work = stream.shape.is_work;
        let Some(lane) = stream.lanes.get_mut(&token.lane) else { return };
        let wait_ms = lane.wait_ms;
        let Some(pending) = lane.pending.get_mut(&token.sequence) else { return };
        match word {
            Word::Done => {
                lane.pending.remove(&token.sequence);
                if is_work {
                    stream.remove(token.sequence);
                }
            }
            Word::Working => pending.until_ms = now_ms + wait_ms,
            Word::Again(after) => {
                pending.until_ms = now_ms + after.map_or(0, |after| after.as_millis() as u64);
            }
        }
    }

    /// What a server without syncing forgets when the power goes: what it stored last, if that is not long ago.
    pub fn forget_newest(&mut self, now_ms: u64) {
        for stream in &mut self.streams {
            let newest: Vec<u64> =
                stream.ids.values().filter(|(_, at_ms)| at_ms + 500 > now_ms).map(|id| id.0).collect();
            for sequence in newest {
                stream.remove(sequence);
            }
        }
        self.restart();
    }

    /// Nothing is known any more of the ids of this stream, as when their window has passed.
    pub fn forget_ids(&mut self, name: &str) {
        self.streams
            .iter_mut()
            .filter(|stream| stream.shape.name == name)
            .for_each(|stream| stream.ids.clear());
    }

    /// Killed and started: of ids is known only what stands on messages that are there, and what only gave way may be back.
    pub fn restart(&mut self) {
        for stream in &mut self.streams {
            stream.read_again();
            let messages = &stream.messages;
            stream.ids.retain(|_, (sequence, _)| messages.contains_key(sequence));
        }
    }
}

impl Stream {
    fn post(&mut self, now_ms: u64, wall_ms: u64, subject: &str, post: &Post) -> Result<u64, No> {
        let window_ms = DUPLICATES.as_millis() as u64;
        if self.ids.len() > 64 {
            self.ids.retain(|_, (_, since)| *since + window_ms > now_ms);
        }
        let of = self.subjects.entry(subject.to_owned()).or_default();
        let end = of.last().copied().unwrap_or_default();
        if post.behind.is_some_and(|behind| behind != end) {
            return Err(No::Moved);
        }
        if let Some((sequence, since)) = post.id.as_ref().and_then(|id| self.ids.get(id))
            && *since + window_ms > now_ms
        {
            return Ok(*sequence);
        }
        self.last += 1;
        self.stored.push(now_ms);
        let sequence = self.last;
        of.push(sequence);
        let mut headers: BTreeMap<String, String> =
            post.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        if let Some(id) = &post.id {
            headers.insert(MESSAGE_ID.to_owned(), id.clone());
            self.ids.insert(id.clone(), (sequence, now_ms));
        }
        let kept = Kept {
            sequence,
            subject: subject.to_owned(),
            headers,
            payload: post.payload.clone(),
            at_ms: wall_ms,
        };
        self.messages.insert(sequence, kept);
        self.give_way(subject);
        Ok(sequence)
    }

    fn of(&self, subjects: &str, from: u64) -> impl Iterator<Item = &Kept> {
        let wanted = subjects.to_owned();
        let rest = self.messages.range(from..).map(|(_, message)| message);
        rest.filter(move |message| matches(&wanted, &message.subject))
    }

    /// What is one too many of its subject leaves, but not the disk.
    fn give_way(&mut self, subject: &str) {
        let newest = self.shape.newest as usize;
        while newest > 0
            && let Some(of) = self.subjects.get(subject)
            && of.len() > newest
        {
            let oldest = of[0];
            self.given_way.extend(self.messages.get(&oldest).map(|message| (oldest, message.clone())));
            self.remove(oldest);
        }
    }

    /// What gave way is read again from the disk, and gives way again where those that it gave way to are still there.
    fn read_again(&mut self) {
        for (sequence, message) in std::mem::take(&mut self.given_way) {
            let subject = message.subject.clone();
            let of = self.subjects.entry(subject.clone()).or_default();
            of.insert(of.partition_point(|at| *at < sequence), sequence);
            self.messages.insert(sequence, message);
            self.give_way(&subject);
        }
    }

    fn remove(&mut self, sequence: u64) -> bool {
        let Some(message) = self.messages.remove(&sequence) else { return false };
        if let Some(of) = self.subjects.get_mut(&message.subject) {
            of.retain(|at| *at != sequence);
        }
        for lane in self.lanes.values_mut() {
            lane.pending.remove(&sequence);
        }
        true
    }
}

/// Whether a subject is one of these: `*` is a token, `>` all that follow.
fn matches(subjects: &str, subject: &str) -> bool {
    let mut tokens = subject.split('.');
    for wanted in subjects.split('.') {
        match (wanted, tokens.next()) {
            (">", Some(_)) => return true,
            ("*", Some(_)) => {}
            (wanted, Some(token)) if wanted == token => {}
            _ => return false,
        }
    }
    tokens.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn subjects_are_told_apart() {
        for (subjects, subject, is_one) in [
            ("a.>", "a.b", true),
            ("a.>", "a.b.c", true),
            ("a.>", "a", false),
            ("a.b", "a.b", true),
            ("a.b", "a.b.c", false),
            ("a.*.c", "a.b.c", true),
            ("a.*.c", "a.b.d", false),
        ] {
            assert_eq!(matches(subjects, subject), is_one, "{subjects} {subject}");
        }
    }
}
