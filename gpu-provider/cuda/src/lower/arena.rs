//! Where values lie while a plan runs: places are given out and taken back in the order of the plan, before it runs.

use std::collections::BTreeMap;

/// Every value begins at a multiple of this: what the library for matrices likes best.
pub const STEP: usize = 256;

/// Bytes that are taken from one launch until another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub at: usize,
    pub bytes: usize,
    /// The first launch that may touch them, counted over all of a plan.
    pub from: usize,
    /// The first launch that finds them free again.
    pub until: usize,
}

/// Working memory that is planned.
#[derive(Clone, Debug, Default)]
pub(super) struct Arena {
    /// Free pieces below the top, by where they begin.
    free: BTreeMap<usize, usize>,
    top: usize,
    /// The most that was taken at once.
    pub(super) bytes: usize,
    /// What is taken: bytes, since when.
    taken: BTreeMap<usize, (usize, usize)>,
    pub(super) spans: Vec<Span>,
}

impl Arena {
    /// The lowest place with room.
    pub(super) fn take(&mut self, bytes: usize, now: usize) -> usize {
        let bytes = bytes.max(1).next_multiple_of(STEP);
        let fit = self.free.iter().find(|(_, len)| **len >= bytes).map(|(at, len)| (*at, *len));
        let at = match fit {
            Some((at, len)) => {
                self.free.remove(&at);
                if len > bytes {
                    self.free.insert(at + bytes, len - bytes);
                }
                at
            }
            None => {
                // A free piece at the top is made longer.
                let last = self.free.last_key_value().filter(|(at, len)| *at + *len == self.top);
                let at = last.map_or(self.top, |(at, _)| *at);
                self.free.remove(&at);
                self.top = at + bytes;
                at
            }
        };
        self.bytes = self.bytes.max(self.top);
        self.taken.insert(at, (bytes, now));
        at
    }

    pub(super) fn give_back(&mut self, at: usize, now: usize) {
        let Some((bytes, from)) = self.taken.remove(&at) else { return };
        self.spans.push(Span { at, bytes, from, until: now });
        let (mut start, mut len) = (at, bytes);
        if let Some((before, size)) = self.free.range(..at).next_back().map(|(at, len)| (*at, *len))
            && before + size == start
        {
            self.free.remove(&before);
            (start, len) = (before, len + size);
        }
        if let Some(behind) = self.free.remove(&(start + len)) {
            len += behind;
        }
        self.free.insert(start, len);
    }

    /// What nobody gave back stays taken for ever.
    pub(super) fn end(&mut self) {
        for (at, (bytes, from)) in std::mem::take(&mut self.taken) {
            self.spans.push(Span { at, bytes, from, until: usize::MAX });
        }
    }
}
