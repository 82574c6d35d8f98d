//! Content as it was promised, held against the pieces that are there.
//!
//! Names, hashes and the order of what clients did, and nothing of the store's code. Who asks for two things of one content at
//! the same time, or got no answer, may find either.

use crate::check::{Raw, Verdict};
use crate::content::{Content, PIECE_BYTES};
use crate::load::{Act, Deed, Outcome};
use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use std::collections::BTreeMap;

/// What was asked for one content.
#[derive(Default)]
struct Story<'a> {
    puts: Vec<&'a Deed>,
    removals: Vec<&'a Deed>,
}

impl<'a> Story<'a> {
    /// What was asked before this time.
    fn until(&self, ms: u64) -> Self {
        let before = |deeds: &[&'a Deed]| -> Vec<&'a Deed> {
            deeds.iter().filter(|deed| deed.began_ms <= ms).copied().collect()
        };
        Self { puts: before(&self.puts), removals: before(&self.removals) }
    }

    /// Kept with an answer, and no removal afterwards nor at the same time.
    fn has_to_be_there(&self, put: &Deed) -> bool {
        put.outcome == Outcome::Done && self.removals.iter().all(|removal| is_before(removal, put))
    }

    /// Removed with an answer, and nobody put it afterwards nor at the same time.
    fn gone(&self) -> impl Iterator<Item = &Deed> {
        let is_last = |removal: &&Deed| {
            removal.outcome == Outcome::Done && self.puts.iter().all(|put| is_before(put, removal))
        };
        self.removals.iter().copied().filter(is_last)
    }
}

/// Without an answer it may still be on its way: it is before nothing.
fn is_before(one: &Deed, other: &Deed) -> bool {
    one.outcome == Outcome::Done && one.ended_ms < other.began_ms
}

/// The payloads of each piece of a content, oldest first.
type Pieces<'a> = BTreeMap<u64, Vec<&'a [u8]>>;

/// Content of one server, against what clients remember.
pub(crate) fn content(deeds: &[Deed], messages: &[Raw], verdict: &mut Verdict) {
    let stories = stories(deeds, verdict);
    let mut stored: BTreeMap<Content, Pieces> = BTreeMap::new();
    for message in messages {
        match place(&message.subject) {
            Some((content, piece)) => {
                stored.entry(content).or_default().entry(piece).or_default().push(&message.payload);
            }
            None => verdict.strangers.push(format!("content {}", message.subject)),
        }
    }
    let none = Pieces::new();
    for (content, story) in &stories {
        one(content, story, stored.get(content).unwrap_or(&none), verdict);
    }
    for content in stored.keys().filter(|content| !stories.contains_key(content)) {
        let has_refused =
            deeds.iter().any(|deed| matches!(&deed.act, Act::Put { content: put } if put == content));
        let found = if has_refused { &mut verdict.ghosts } else { &mut verdict.strangers };
        found.push(words(content));
    }
    fetches(deeds, &stories, verdict);
}

/// What was asked, without what was refused: that is as if nobody had.
fn stories<'a>(deeds: &'a [Deed], verdict: &mut Verdict) -> BTreeMap<Content, Story<'a>> {
    let mut stories: BTreeMap<Content, Story> = BTreeMap::new();
    for deed in deeds.iter().filter(|deed| deed.outcome != Outcome::Refused) {
        let is_done = usize::from(deed.outcome == Outcome::Done);
        match &deed.act {
            Act::Put { content } => {
                verdict.kept += is_done;
                stories.entry(content.clone()).or_default().puts.push(deed);
            }
            Act::Remove { content } => {
                verdict.removed += is_done;
                stories.entry(content.clone()).or_default().removals.push(deed);
            }
            _ => {}
        }
    }
    stories.retain(|_, story| !story.puts.is_empty());
    stories
}

/// `imprint.blobs.<tenant>.<brand>.<sha256>.<bytes>.<piece>`
fn place(subject: &str) -> Option<(Content, u64)> {
    let tokens: Vec<&str> = subject.split('.').collect();
    let ["imprint", "blobs", tenant, brand, sha256, bytes, piece] = tokens[..] else { return None };
    let content =
        Content { space: format!("{tenant}/{brand}"), sha256: sha256.to_owned(), bytes: bytes.parse().ok()? };
    Some((content, piece.parse().ok()?))
}

/// At least one: empty content is an empty piece.
fn count(content: &Content) -> u64 {
    content.bytes.div_ceil(PIECE_BYTES).max(1)
}

fn words(content: &Content) -> String {
    format!("content {} {}.{}", content.space, content.sha256, content.bytes)
}

fn one(content: &Content, story: &Story, pieces: &Pieces, verdict: &mut Verdict) {
    let here = words(content);
    let lacks: Vec<u64> = (0..count(content)).filter(|piece| !pieces.contains_key(piece)).collect();
    let (must_be, must_not) =
        (story.puts.iter().find(|put| story.has_to_be_there(put)), story.gone().next().is_some());
    verdict.standing += usize::from(must_be.is_some());
    verdict.gone += usize::from(must_not);
    match must_be {
        Some(put) if !lacks.is_empty() => {
            let told = format!("client {} ({} ms)", put.client, put.began_ms);
            verdict.lost.push(format!("{here} of {told}: {} of {} pieces", lacks.len(), count(content)));
        }
        // The first piece is written last, and goes with all others.
        None if story.removals.is_empty() && pieces.contains_key(&0) && !lacks.is_empty() => {
            verdict.halves.push(format!("{here}: pieces {lacks:?} are not there"));
        }
        _ => {}
    }
    if must_not && !pieces.is_empty() {
        verdict.risen.push(format!("{here}: pieces {:?}", pieces.keys().collect::<Vec<_>>()));
    }
    // Who writes a piece anew and gets an answer has removed the older ones.
    let is_answered = story.puts.iter().all(|put| put.outcome == Outcome::Done);
    if is_answered && pieces.values().any(|messages| messages.len() > 1) {
        verdict.doubled.push(here.clone());
    }
    if !is_itself(content, pieces, lacks.is_empty()) {
        verdict.changed.push(here);
    }
}

/// Whether the bytes are those of the name; where not all are there, whether each piece can be one of it.
fn is_itself(content: &Content, pieces: &Pieces, is_whole: bool) -> bool {
    let fits = |(piece, messages): (&u64, &Vec<&[u8]>)| {
        let wanted = content.bytes.saturating_sub(piece.saturating_mul(PIECE_BYTES)).min(PIECE_BYTES);
        let is_one = |message: &&[u8]| message.len() as u64 == wanted && *message == messages[0];
        *piece < count(content) && messages.iter().all(is_one)
    };
    let bytes: Vec<u8> = pieces
        .values()
        .filter_map(|messages| messages.last())
        .flat_map(|last| last.iter())
        .copied()
        .collect();
    pieces.iter().all(fits) && (!is_whole || sha256_hex(&bytes) == content.sha256)
}

/// What each read had to show: what its own process had been told is kept. Any server may answer with what it still has, so
/// content that was removed is counted.
fn fetches(deeds: &[Deed], stories: &BTreeMap<Content, Story>, verdict: &mut Verdict) {
    let changed = Outcome::Unknown(Code::Storage.as_str().to_owned());
    for deed in deeds {
        let Act::Fetch { content, seen } = &deed.act else { continue };
        let here = format!("{} for client {} ({} ms)", words(content), deed.client, deed.began_ms);
        if deed.outcome == changed {
            verdict.changed.push(here);
            continue;
        }
        let (Some(story), Outcome::Done) = (stories.get(content), &deed.outcome) else { continue };
        verdict.fetches += 1;
        let before = story.until(deed.ended_ms);
        let is_own = |put: &&&Deed| put.client == deed.client && is_before(put, deed);
        match seen {
            Some(hash) if *hash != content.sha256 => verdict.changed.push(here),
            Some(_) => {
                let is_old = before.gone().any(|removal| is_before(removal, deed));
                verdict.old_fetches += usize::from(is_old);
            }
            None if before.puts.iter().filter(is_own).any(|put| before.has_to_be_there(put)) => {
                verdict.stale.push(here);
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::judge;

    const SPACE: &str = "t/b";
    const PIECE: usize = PIECE_BYTES as usize;

    /// What is done to an honest history, and to what is stored.
    type Change = fn(&mut Vec<Deed>, &mut Vec<Raw>);

    /// Empty, small, and of three pieces, all kept; and a small one that was kept and removed. Each was read in the end.
    fn honest() -> (Vec<Deed>, Vec<Raw>) {
        let (mut deeds, mut messages) = (Vec::new(), Vec::new());
        for (at, bytes) in [(100, vec![]), (200, vec![1; 9]), (300, large()), (400, vec![2; 7])] {
            let content = of(&bytes);
            deeds.push(deed(at, Act::Put { content: content.clone() }));
            let seen = if at == 400 { None } else { Some(content.sha256.clone()) };
            match seen {
                Some(_) => messages.extend(pieces(&bytes)),
                None => deeds.push(deed(at + 10, Act::Remove { content: content.clone() })),
            }
            deeds.push(deed(at + 20, Act::Fetch { content, seen }));
        }
        (deeds, messages)
    }

    fn large() -> Vec<u8> {
        (0..=2 * PIECE).map(|at| (at % 251) as u8).collect()
    }

    fn of(bytes: &[u8]) -> Content {
        Content { space: SPACE.to_owned(), sha256: sha256_hex(bytes), bytes: bytes.len() as u64 }
    }

    fn pieces(bytes: &[u8]) -> Vec<Raw> {
        let all = if bytes.is_empty() { vec![bytes] } else { bytes.chunks(PIECE).collect() };
        let subject = |piece| format!("imprint.blobs.t.b.{}.{}.{piece}", sha256_hex(bytes), bytes.len());
        let raw = |(piece, payload): (usize, &&[u8])| Raw {
            subject: subject(piece),
            payload: payload.to_vec(),
            ..Raw::default()
        };
        all.iter().enumerate().map(raw).collect()
    }

    fn deed(at: u64, act: Act) -> Deed {
        Deed { client: 0, began_ms: at, ended_ms: at + 5, act, outcome: Outcome::Done }
    }

    fn unknown(deed: &mut Deed) {
        deed.outcome = Outcome::Unknown("lattice.unreachable".to_owned());
    }

    fn wrong((deeds, messages): &(Vec<Deed>, Vec<Raw>)) -> Vec<String> {
        judge(deeds, &[], &[], messages).wrong()
    }

    /// Where in the history of `honest` the large one is put, and the one that is removed.
    const LARGE: usize = 4;
    const REMOVED: usize = 6;

    #[test]
    fn what_is_as_promised_is_not_wrong() {
        let (deeds, messages) = honest();
        let verdict = judge(&deeds, &[], &[], &messages);
        assert_eq!(verdict.wrong(), Vec::<String>::new());
        let counts = [verdict.kept, verdict.removed, verdict.fetches, verdict.standing, verdict.gone];
        assert_eq!((counts, verdict.old_fetches), ([4, 1, 4, 3, 1], 0));
    }

    #[test]
    fn every_broken_promise_is_found() {
        let cases: [(&str, Change); 16] = [
            ("lost: content", |_, messages| drop(messages.remove(0))),
            ("lost: content", |_, messages| messages.truncate(2)),
            // A piece in the middle, the last, the first.
            ("lost: content", |_, messages| drop(messages.remove(3))),
            ("lost: content", |_, messages| drop(messages.pop())),
            ("lost: content", |_, messages| drop(messages.remove(2))),
            ("changed: content", |_, messages| messages[3].payload[77] ^= 1),
            ("changed: content", |_, messages| messages[1].payload.truncate(8)),
            // Of one that nobody was told is kept, and that is not whole.
            ("changed: content", |deeds, messages| {
                unknown(&mut deeds[LARGE]);
                messages[3].payload.truncate(9);
                messages.remove(2);
            }),
            // All of it comes back, or a piece.
            ("removed and there: content", |_, messages| messages.extend(pieces(&[2; 7]))),
            ("removed and there: content", |deeds, messages| {
                deeds.push(deed(500, Act::Remove { content: of(&large()) }));
                messages.drain(2..4);
            }),
            ("there twice: content", |_, messages| messages.push(messages[1].clone())),
            ("half: content", |deeds, messages| {
                unknown(&mut deeds[LARGE]);
                messages.pop();
            }),
            ("refused and there: content", |deeds, _| deeds[LARGE].outcome = Outcome::Refused),
            ("written by nobody: content", |_, messages| messages.extend(pieces(&[3; 5]))),
            ("written by nobody: content", |_, messages| messages[0].subject.push_str(".0")),
            ("stale: content", |deeds, _| saw(&mut deeds[LARGE + 1], None)),
        ];
        for (wanted, change) in cases {
            let mut both = honest();
            change(&mut both.0, &mut both.1);
            let wrong = wrong(&both);
            assert!(wrong.iter().any(|one| one.starts_with(wanted)), "{wanted} {wrong:?}");
        }
    }

    fn saw(deed: &mut Deed, hash: Option<String>) {
        if let Act::Fetch { seen, .. } = &mut deed.act {
            *seen = hash;
        }
    }

    #[test]
    fn a_read_of_other_bytes_is_found() {
        let (mut deeds, messages) = honest();
        saw(&mut deeds[LARGE + 1], Some(sha256_hex(b"another")));
        deeds[1].outcome = Outcome::Unknown(Code::Storage.as_str().to_owned());
        let wrong = wrong(&(deeds, messages));
        assert!(wrong.len() == 2 && wrong.iter().all(|one| one.starts_with("changed: ")), "{wrong:?}");
    }

    #[test]
    fn what_nobody_was_told_may_be_there_or_not() {
        let cases: [Change; 5] = [
            // A put without an answer: whole, again, not at all, or pieces without the first.
            |_, messages| messages.push(messages[2].clone()),
            |_, messages| messages.truncate(2),
            |_, messages| drop(messages.remove(2)),
            // Its pieces may even come behind a removal.
            |deeds, _| deeds.push(deed(500, Act::Remove { content: of(&large()) })),
            |deeds, messages| {
                deeds.push(deed(500, Act::Remove { content: of(&large()) }));
                messages.pop();
            },
        ];
        for change in cases {
            let (mut deeds, mut messages) = honest();
            unknown(&mut deeds[LARGE]);
            deeds.remove(LARGE + 1);
            change(&mut deeds, &mut messages);
            assert_eq!(wrong(&(deeds, messages)), Vec::<String>::new());
        }
    }

    #[test]
    fn a_removal_without_an_answer_may_come_at_any_time() {
        let (mut deeds, mut messages) = honest();
        unknown(&mut deeds[REMOVED + 1]);
        deeds.push(deed(500, Act::Put { content: of(&[2; 7]) }));
        deeds.push(deed(520, Act::Fetch { content: of(&[2; 7]), seen: None }));
        assert_eq!(wrong(&(deeds.clone(), messages.clone())), Vec::<String>::new());
        messages.extend(pieces(&[2; 7]));
        assert_eq!(wrong(&(deeds, messages)), Vec::<String>::new());
    }

    #[test]
    fn what_is_asked_at_the_same_time_has_no_order() {
        for (put_at, messages) in [(411, true), (411, false), (500, true)] {
            let (mut deeds, mut stored) = honest();
            let mut put = deed(put_at, Act::Put { content: of(&[2; 7]) });
            put.client = 1;
            deeds.push(put);
            stored.extend(pieces(&[2; 7]).into_iter().filter(|_| messages));
            assert_eq!(wrong(&(deeds, stored)), Vec::<String>::new(), "{put_at}");
        }
        // Behind the removal it has to be there.
        let (mut deeds, stored) = honest();
        deeds.push(deed(500, Act::Put { content: of(&[2; 7]) }));
        assert!(wrong(&(deeds, stored))[0].starts_with("lost: content"));
    }

    #[test]
    fn a_read_of_what_was_removed_is_counted_and_not_wrong() {
        let (mut deeds, messages) = honest();
        saw(&mut deeds[REMOVED + 2], Some(sha256_hex(&[2; 7])));
        let verdict = judge(&deeds, &[], &[], &messages);
        assert_eq!((verdict.wrong(), verdict.old_fetches), (Vec::new(), 1));
        // Another process was not told that it is kept.
        let (mut deeds, messages) = honest();
        saw(&mut deeds[LARGE + 1], None);
        deeds[LARGE + 1].client = 1;
        assert_eq!(wrong(&(deeds, messages)), Vec::<String>::new());
    }
}
