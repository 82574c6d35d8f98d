//! What was promised, held against what is there.
//!
//! It knows the histories of the clients and the messages as a server gives them out, and reads both by itself: lengths,
//! hashes and ids, with nothing of the ledger's code. Content is in `kept.rs`.

use crate::kept;
use crate::load::{Act, Deed, Outcome};
use core_brand::content::sha256_hex;
use std::collections::{BTreeMap, BTreeSet};

/// The hash that the first entry of a journal follows.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A message as a server gives it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw {
    pub sequence: u64,
    pub subject: String,
    /// What its header says the journal has behind it.
    pub entries: Option<u64>,
    pub id: Option<String>,
    pub payload: Vec<u8>,
}

/// What is not as it was promised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Acknowledged, and not there, or not where it was said to be.
    pub lost: Vec<String>,
    /// There twice, or a piece of content that every client was told has taken the place of the one before.
    pub doubled: Vec<String>,
    /// Refused, and there all the same.
    pub ghosts: Vec<String>,
    /// There, and written by nobody.
    pub strangers: Vec<String>,
    /// An append of which only a part is there, or content whose first piece is there and not all others.
    pub halves: Vec<String>,
    /// A journal whose entries do not follow from each other, or whose numbers have a hole.
    pub broken: Vec<String>,
    /// Content whose bytes, stored or read, are not those of its name.
    pub changed: Vec<String>,
    /// Content that was removed, and is there all the same.
    pub risen: Vec<String>,
    /// A read of a process that did not show what this process had been told is stored.
    pub stale: Vec<String>,
    /// What other processes had been told is stored, and a look did not show: nobody promises that.
    pub old_looks: usize,
    pub looks: usize,
    /// Acknowledged entries and pieces of work.
    pub acknowledged: usize,
    /// Content kept, and removed, with an answer.
    pub kept: usize,
    pub removed: usize,
    /// Content that has to be there, and that has to be gone, whatever became of what had no answer.
    pub standing: usize,
    pub gone: usize,
    /// Reads of content, and those that showed some which had been removed: any server may answer with what it still has.
    pub fetches: usize,
    pub old_fetches: usize,
}

impl Verdict {
    /// Everything that is wrong, in words.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        let all = [
            ("lost", &self.lost),
            ("there twice", &self.doubled),
            ("refused and there", &self.ghosts),
            ("written by nobody", &self.strangers),
            ("half", &self.halves),
            ("broken", &self.broken),
            ("changed", &self.changed),
            ("removed and there", &self.risen),
            ("stale", &self.stale),
        ];
        all.iter().flat_map(|(what, found)| found.iter().map(move |one| format!("{what}: {one}"))).collect()
    }
}

/// Journals, work and content of one server, against what clients remember.
#[must_use]
pub fn judge(deeds: &[Deed], journals: &[Raw], work: &[Raw], content: &[Raw]) -> Verdict {
    let mut verdict = Verdict::default();
    let stored = chains(journals, &mut verdict);
    appends(deeds, &stored, &mut verdict);
    queue(deeds, work, &mut verdict);
    reads(deeds, &mut verdict);
    kept::content(deeds, content, &mut verdict);
    verdict
}

/// The hashes of every journal in their order.
pub(crate) fn chains(journals: &[Raw], verdict: &mut Verdict) -> BTreeMap<String, Vec<String>> {
    let mut stored: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut broken: BTreeMap<String, String> = BTreeMap::new();
    for message in journals {
        // The first place of each journal says it; behind it nothing fits any more.
        let mut breaks = |what: String| {
            broken.entry(message.subject.clone()).or_insert(what);
        };
        let chain = stored.entry(message.subject.clone()).or_default();
        let here = format!("{} at {}", message.subject, chain.len() + 1);
        let Some(entries) = entries(&message.payload) else {
            breaks(format!("{here}: no entries"));
            continue;
        };
        for entry in entries {
            let previous = chain.last().map_or(NOTHING, String::as_str);
            let said: Option<serde_json::Value> = serde_json::from_slice(entry).ok();
            if said.as_ref().and_then(|said| said["previous"].as_str()) != Some(previous) {
                breaks(format!("{here}: does not follow"));
            }
            chain.push(sha256_hex(entry));
        }
        if message.entries != Some(chain.len() as u64) {
            breaks(format!("{here}: says {:?} entries, has {}", message.entries, chain.len()));
        }
    }
    verdict.broken.extend(broken.into_values());
    stored
}

/// Each entry behind its length, four bytes.
fn entries(payload: &[u8]) -> Option<Vec<&[u8]>> {
    let (mut found, mut left) = (Vec::new(), payload);
    while !left.is_empty() {
        let (length, behind) = left.split_at_checked(4)?;
        let length = length.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        let (entry, behind) = behind.split_at_checked(length)?;
        found.push(entry);
        left = behind;
    }
    (!found.is_empty()).then_some(found)
}

fn appends(deeds: &[Deed], stored: &BTreeMap<String, Vec<String>>, verdict: &mut Verdict) {
    let mut places: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (subject, chain) in stored {
        for (place, hash) in chain.iter().enumerate() {
            places.entry((subject, hash)).or_default().push(place);
        }
    }
    let mut written: BTreeSet<(&str, &str)> = BTreeSet::new();
    for deed in deeds {
        let Act::Append { subject, place, hashes } = &deed.act else { continue };
        let found: Vec<&[usize]> = hashes
            .iter()
            .map(|hash| places.get(&(subject.as_str(), hash.as_str())).map_or(&[][..], Vec::as_slice))
            .collect();
        written.extend(hashes.iter().map(|hash| (subject.as_str(), hash.as_str())));
        let here = format!("{subject} at {} of client {} ({} ms)", place + 1, deed.client, deed.began_ms);
        if found.iter().any(|places| places.len() > 1) {
            verdict.doubled.push(here.clone());
        }
        let there = found.iter().filter(|places| !places.is_empty()).count();
        if there != 0 && there != hashes.len() {
            verdict.halves.push(here.clone());
        }
        match deed.outcome {
            Outcome::Done => {
                verdict.acknowledged += hashes.len();
                let is_there = |(index, places): (usize, &&[usize])| places.contains(&(place + index));
                if !found.iter().enumerate().all(is_there) {
                    verdict.lost.push(here);
                }
            }
            Outcome::Refused if there > 0 => verdict.ghosts.push(here),
            Outcome::Refused | Outcome::Unknown(_) => {}
        }
    }
    let strange = places.keys().filter(|entry| !written.contains(*entry));
    verdict.strangers.extend(strange.map(|(subject, hash)| format!("{subject} {hash}")));
}

fn queue(deeds: &[Deed], work: &[Raw], verdict: &mut Verdict) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for message in work {
        *counts.entry(message.id.as_deref().unwrap_or_default()).or_default() += 1;
    }
    let mut asked: BTreeMap<&str, bool> = BTreeMap::new();
    for deed in deeds {
        if let Act::Enqueue { id } = &deed.act {
            *asked.entry(id).or_default() |= deed.outcome == Outcome::Done;
        }
    }
    for (id, is_done) in &asked {
        verdict.acknowledged += usize::from(*is_done);
        match counts.get(id).copied().unwrap_or_default() {
            0 if *is_done => verdict.lost.push(format!("work {id}")),
            0 | 1 => {}
            _ => verdict.doubled.push(format!("work {id}")),
        }
    }
    let strange = counts.keys().filter(|id| !asked.contains_key(*id));
    verdict.strangers.extend(strange.map(|id| format!("work {id}")));
}

/// What each read had to show: what its own process had been told, and for looks what anybody had been told.
fn reads(deeds: &[Deed], verdict: &mut Verdict) {
    let mut told: BTreeMap<&str, Vec<(&Deed, usize, &str)>> = BTreeMap::new();
    for deed in deeds.iter().filter(|deed| deed.outcome == Outcome::Done) {
        if let Act::Append { subject, place, hashes } = &deed.act {
            let entries = hashes.iter().enumerate().map(|(index, hash)| (deed, place + index, hash.as_str()));
            told.entry(subject).or_default().extend(entries);
        }
    }
    for deed in deeds.iter().filter(|deed| deed.outcome == Outcome::Done) {
        let (subject, seen, is_own) = match &deed.act {
            Act::Read { subject, seen } => (subject, seen, true),
            Act::Look { subject, seen } => (subject, seen, false),
            _ => continue,
        };
        let before = told.get(subject.as_str()).map_or(&[][..], Vec::as_slice).iter();
        let mut before =
            before.filter(|(by, ..)| by.ended_ms < deed.began_ms && (by.client == deed.client || !is_own));
        let missing = before.find(|(_, place, hash)| seen.get(*place).map(String::as_str) != Some(*hash));
        verdict.looks += usize::from(!is_own);
        match missing {
            Some((_, place, _)) if is_own => {
                let client = deed.client;
                verdict.stale.push(format!(
                    "{subject} at {} for client {client} ({} ms)",
                    place + 1,
                    deed.began_ms
                ));
            }
            Some(_) => verdict.old_looks += 1,
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBJECT: &str = "imprint.v1.r.t.brand.b";

    /// A journal of three appends, the last of two entries, and who wrote it; and a piece of work.
    fn honest() -> (Vec<Deed>, Vec<Raw>, Vec<Raw>) {
        let (mut deeds, mut journal, mut previous, mut place) =
            (Vec::new(), Vec::new(), NOTHING.to_owned(), 0);
        for (number, count) in [(1, 1), (2, 1), (3, 2)] {
            let (mut payload, mut hashes) = (Vec::new(), Vec::new());
            for entry in 0..count {
                let entry = format!(r#"{{"previous":"{previous}","n":"{number}-{entry}"}}"#).into_bytes();
                payload.extend((entry.len() as u32).to_be_bytes());
                payload.extend(&entry);
                previous = sha256_hex(&entry);
                hashes.push(previous.clone());
            }
            let (subject, id) = (SUBJECT.to_owned(), Some(number.to_string()));
            let entries = Some(place as u64 + count);
            journal.push(Raw { sequence: number, subject: subject.clone(), entries, id, payload });
            deeds.push(deed(number * 10, Act::Append { subject, place, hashes }));
            place += count as usize;
        }
        deeds.push(deed(50, Act::Read { subject: SUBJECT.to_owned(), seen: seen(&journal) }));
        deeds.push(deed(60, Act::Enqueue { id: "w".to_owned() }));
        (deeds, journal, vec![Raw { id: Some("w".to_owned()), ..Raw::default() }])
    }

    fn deed(at: u64, act: Act) -> Deed {
        Deed { client: 0, began_ms: at, ended_ms: at + 5, act, outcome: Outcome::Done }
    }

    fn seen(journal: &[Raw]) -> Vec<String> {
        chains(journal, &mut Verdict::default()).remove(SUBJECT).unwrap_or_default()
    }

    #[test]
    fn what_is_as_promised_is_not_wrong() {
        let (deeds, journal, work) = honest();
        let verdict = judge(&deeds, &journal, &work, &[]);
        assert_eq!((verdict.wrong(), verdict.acknowledged), (Vec::new(), 5));
    }

    #[test]
    fn every_broken_promise_is_found() {
        type Change = fn(&mut Vec<Deed>, &mut Vec<Raw>, &mut Vec<Raw>);
        let cases: [(&str, Change); 10] = [
            ("lost: ", |_, journal, _| drop(journal.pop())),
            ("lost: work", |_, _, work| work.clear()),
            ("there twice: work", |_, _, work| work.push(work[0].clone())),
            ("there twice: ", |_, journal, _| journal.push(journal[1].clone())),
            ("broken: ", |_, journal, _| drop(journal.remove(1))),
            ("broken: ", |_, journal, _| journal[2].entries = Some(7)),
            ("half: ", |_, journal, _| {
                let length = 4 + usize::from(journal[2].payload[3]);
                journal[2].payload.truncate(length);
            }),
            ("refused and there: ", |deeds, _, _| deeds[1].outcome = Outcome::Refused),
            ("written by nobody: ", |deeds, _, _| drop(deeds.remove(1))),
            ("stale: ", |deeds, _, _| {
                if let Act::Read { seen, .. } = &mut deeds[3].act {
                    seen.pop();
                }
            }),
        ];
        for (wanted, change) in cases {
            let (mut deeds, mut journal, mut work) = honest();
            change(&mut deeds, &mut journal, &mut work);
            let wrong = judge(&deeds, &journal, &work, &[]).wrong();
            assert!(wrong.iter().any(|one| one.starts_with(wanted)), "{wanted} {wrong:?}");
        }
    }

    #[test]
    fn what_nobody_was_told_may_be_there_or_not() {
        let (mut deeds, mut journal, work) = honest();
        deeds[2].outcome = Outcome::Unknown("lattice.unreachable".to_owned());
        deeds.remove(3);
        assert_eq!(judge(&deeds, &journal, &work, &[]).wrong(), Vec::<String>::new());
        journal.pop();
        assert_eq!(judge(&deeds, &journal, &work, &[]).wrong(), Vec::<String>::new());
    }

    #[test]
    fn an_old_look_of_another_process_is_counted_and_not_wrong() {
        let (mut deeds, journal, work) = honest();
        let mut look = deed(55, Act::Look { subject: SUBJECT.to_owned(), seen: Vec::new() });
        look.client = 1;
        deeds.push(look);
        let verdict = judge(&deeds, &journal, &work, &[]);
        assert_eq!((verdict.wrong(), verdict.old_looks, verdict.looks), (Vec::new(), 1, 1));
    }
}
