//! Journals on JetStream: one message for each append, so that an append is whole or not there.
//!
//! The server compares the last sequence of the subject with the one the writer saw and refuses the write when they
//! differ: of two writers one wins. Reads may come from a follower that is behind; no decision rests on them, because
//! its append would be refused.

use crate::frame::{frame, unframe};
use crate::jetstream::port::{
    Batch, Kept, MESSAGE_ID, Post, Refusal, Shape, Streams, batch_singly, store, try_for,
};
use crate::journal::SUBJECTS;
use crate::{Ledger, READ_ENTRIES_MAX, check, conflict};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Mutex, PoisonError};

/// How many entries the journal has behind this message.
const ENTRIES: &str = "Imprint-Entries";
/// The ends of this many journals are remembered; one that is not costs a round trip.
const TAILS_MAX: usize = 10_000;

/// Journals that outlive the process and, with three replicas, a node.
pub struct StreamLedger<S: Streams> {
    bus: S,
    stream: S::Stream,
    tails: Mutex<BTreeMap<String, Tail>>,
    /// How far long journals were read, for the next turn.
    marks: Mutex<BTreeMap<String, Tail>>,
}

/// The end of a journal: its entries, and the sequence of its last message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tail {
    entries: u64,
    sequence: u64,
}

impl<S: Streams> StreamLedger<S> {
    /// Uses the stream `<prefix>_JOURNAL`, and makes it when there is none.
    pub async fn open(bus: &S) -> Result<Self, Fault> {
        let (name, subjects) = (bus.name("JOURNAL"), format!("{SUBJECTS}>"));
        let shape = Shape { name, subjects, is_final: true, ..Shape::default() };
        let stream = try_for(|| bus.open(&shape)).await?;
        Ok(Self { bus: bus.clone(), stream, tails: Mutex::default(), marks: Mutex::default() })
    }

    #[must_use]
    pub fn bus(&self) -> &S {
        &self.bus
    }

    /// Every journal there is.
    pub async fn subjects(&self) -> Result<Vec<String>, Fault> {
        let counted = self.bus.counts(&self.stream, &format!("{SUBJECTS}>")).await?;
        let mut subjects: Vec<_> = counted.into_iter().map(|(subject, _)| subject).collect();
        subjects.sort();
        Ok(subjects)
    }

    pub(crate) fn stream(&self) -> &S::Stream {
        &self.stream
    }

    /// Hands over the appends of all journals behind `last`, as `Streams::follow` does.
    pub(crate) async fn follow<F: Future<Output = Result<(), Fault>> + Send>(
        &self,
        last: &mut u64,
        take: impl FnMut(Kept) -> F + Send,
    ) -> Result<(), Fault> {
        self.bus.follow(&self.stream, &format!("{SUBJECTS}>"), last, take).await
    }

    fn known(&self, subject: &str) -> Option<Tail> {
        self.tails.lock().unwrap_or_else(PoisonError::into_inner).get(subject).copied()
    }

    fn remember(&self, subject: &str, tail: Tail) {
        let mut tails = self.tails.lock().unwrap_or_else(PoisonError::into_inner);
        if tails.len() >= TAILS_MAX {
            tails.clear();
        }
        let known = tails.entry(subject.to_owned()).or_default();
        // A read of a follower may be behind what was written meanwhile.
        if tail.sequence > known.sequence {
            *known = tail;
        }
    }

    /// The place nearest to this entry from which a read can start.
    fn start(&self, subject: &str, from: u64) -> Tail {
        let mark = self.marks.lock().unwrap_or_else(PoisonError::into_inner).get(subject).copied();
        let known = [self.known(subject), mark].into_iter().flatten().filter(|tail| tail.entries <= from);
        known.max_by_key(|tail| tail.entries).unwrap_or_default()
    }

    fn mark(&self, subject: &str, tail: Tail) {
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        if marks.len() >= TAILS_MAX {
            marks.clear();
        }
        marks.insert(subject.to_owned(), tail);
    }

    /// The end as the leader knows it.
    async fn tail(&self, subject: &str) -> Result<Tail, Fault> {
        let last = self.bus.last(&self.stream, subject).await?;
        let tail = last.as_ref().map_or(Ok(Tail::default()), tail_of)?;
        self.remember(subject, tail);
        Ok(tail)
    }

    /// Where a writer who saw this many entries stands; `ledger.conflict` when the journal has another number.
    async fn stand(&self, subject: &str, expected: u64) -> Result<u64, Fault> {
        match self.known(subject) {
            Some(tail) if tail.entries == expected => return Ok(tail.sequence),
            // Nothing was heard of this journal: the server will say if there is one.
            None if expected == 0 => return Ok(0),
            _ => {}
        }
        match self.tail(subject).await? {
            tail if tail.entries == expected => Ok(tail.sequence),
            tail => Err(conflict(expected, tail.entries)),
        }
    }

    /// Whether the message behind this sequence is the one of this id.
    async fn was_ours(&self, subject: &str, behind: u64, id: &str) -> Result<Option<u64>, Fault> {
        let next = self.bus.next(&self.stream, subject, behind + 1).await?;
        let is_ours = |message: &Kept| message.header(MESSAGE_ID) == Some(id);
        Ok(next.filter(is_ours).map(|message| message.sequence))
    }

    async fn write(&self, subject: &str, expected: u64, entries: &[Vec<u8>]) -> Result<u64, Fault> {
        let mut behind = self.stand(subject, expected).await?;
        let end = expected.saturating_add(entries.len() as u64);
        let id = self.bus.unique();
        // One turn, and one more when what was remembered of the journal was old.
        for _ in 0..2 {
            let post = Post::new(frame(entries)).header(ENTRIES, end.to_string()).id(&id).behind(behind);
            let mut stored = match store(&self.bus, subject, &post).await {
                Ok(sequence) => Some(sequence),
                Err(Refusal::Final(fault)) => return Err(fault),
                Err(Refusal::Moved { unsure: true }) => self.was_ours(subject, behind, &id).await?,
                Err(Refusal::Moved { unsure: false }) => None,
            };
            if let Some(sequence) = stored.take() {
                self.remember(subject, Tail { entries: end, sequence });
                return Ok(end);
            }
            behind = match self.tail(subject).await? {
                tail if tail.entries == expected => tail.sequence,
                tail => return Err(conflict(expected, tail.entries)),
            };
        }
        Err(conflict(expected, expected))
    }
}

impl<S: Streams> Ledger for StreamLedger<S> {
    async fn append(&self, subject: &str, expected: u64, entries: Vec<Vec<u8>>) -> Result<u64, Fault> {
        check_home(subject, &entries)?;
        if !entries.is_empty() {
            return self.write(subject, expected, &entries).await;
        }
        match self.tail(subject).await? {
            tail if tail.entries == expected => Ok(expected),
            tail => Err(conflict(expected, tail.entries)),
        }
    }

    async fn read(&self, subject: &str, from: u64) -> Result<Vec<Vec<u8>>, Fault> {
        check_home(subject, &[])?;
        // Whoever waits for news, or reads on, asks for what follows a place that is known.
        let tail = self.start(subject, from);
        let mut reading = Reading { from, mark: tail, tail, entries: Vec::new() };
        loop {
            let next = reading.tail.sequence + 1;
            let mut batch = self.bus.batch(&self.stream, subject, next, READ_ENTRIES_MAX).await?;
            let read = batch.messages.last().map_or(reading.tail.sequence, |message| message.sequence);
            let is_behind = !batch.more && self.known(subject).is_some_and(|tail| tail.sequence > read);
            // A follower that does not yet have what this process wrote, or not everything it should; the leader has it.
            if is_behind || reading.take(&batch).is_err() {
                batch = batch_singly(&self.bus, &self.stream, subject, next, READ_ENTRIES_MAX).await?;
                reading.take(&batch)?;
            }
            if !batch.more {
                self.remember(subject, reading.tail);
            }
            if !batch.more || !reading.entries.is_empty() {
                if reading.mark != reading.tail || batch.more {
                    self.mark(subject, reading.mark);
                }
                reading.entries.truncate(READ_ENTRIES_MAX);
                return Ok(reading.entries);
            }
        }
    }
}

/// A read under way: what was found after `from`, and where it stands.
struct Reading {
    from: u64,
    /// The last message that fits into one answer whole.
    mark: Tail,
    tail: Tail,
    entries: Vec<Vec<u8>>,
}

impl Reading {
    /// Takes the next messages in, all or none.
    fn take(&mut self, batch: &Batch) -> Result<(), Fault> {
        let (mark, tail, count) = (self.mark, self.tail, self.entries.len());
        let taken = batch.messages.iter().try_for_each(|message| self.take_one(message));
        if taken.is_err() {
            (self.mark, self.tail) = (mark, tail);
            self.entries.truncate(count);
        }
        taken
    }

    /// A message that does not follow the last means that the server lost one between them.
    fn take_one(&mut self, message: &Kept) -> Result<(), Fault> {
        let tampered = || Fault::new(Code::Tampered, [("sequence", (self.tail.entries + 1).to_string())]);
        // What has no number was not appended by us.
        let tail = tail_of(message).map_err(|_| tampered())?;
        let entries = unframe(&message.payload).ok_or_else(tampered)?;
        if self.tail.entries + entries.len() as u64 != tail.entries {
            return Err(tampered());
        }
        let skipped = self.from.saturating_sub(self.tail.entries);
        self.entries.extend(entries.into_iter().skip(usize::try_from(skipped).unwrap_or(usize::MAX)));
        self.tail = tail;
        if tail.entries <= self.from.saturating_add(READ_ENTRIES_MAX as u64) {
            self.mark = tail;
        }
        Ok(())
    }
}

/// How many entries the journal has behind this message.
pub(crate) fn end_of(message: &Kept) -> Option<u64> {
    message.header(ENTRIES)?.parse().ok()
}

/// What an append holds, and how many entries stand before it; `None` when it is not one of ours.
pub(crate) fn appended(message: &Kept) -> Option<(u64, Vec<Vec<u8>>)> {
    let (end, entries) = (end_of(message)?, unframe(&message.payload)?);
    Some((end.checked_sub(entries.len() as u64)?, entries))
}

fn tail_of(message: &Kept) -> Result<Tail, Fault> {
    let entries = end_of(message);
    let entries = entries.ok_or_else(|| broken!("message {} is no append", message.sequence))?;
    Ok(Tail { entries, sequence: message.sequence })
}

/// The stream takes journals of `imprint.v1` only.
fn check_home(subject: &str, entries: &[Vec<u8>]) -> Result<(), Fault> {
    check(subject, entries)?;
    match subject.strip_prefix(SUBJECTS) {
        Some(rest) if !rest.is_empty() => Ok(()),
        _ => Err(broken!("`{subject}` is not the subject of a journal")),
    }
}
