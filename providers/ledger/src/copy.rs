//! A second copy of all journals, in a folder outside of the servers, and what was lost brought back from it.
//!
//! **Law.** The copy only grows, and only by what follows from what it has: a ledger that lost or changed something cannot
//! take it from the copy. What is brought back goes behind the end of a journal, as every append does.
//! **Absent.** Keys (`keys`). Who copies them can read what was erased, so they are copied elsewhere and for a shorter time.

use crate::jetstream::ledger::{StreamLedger, appended};
use crate::jetstream::port::{Kept, Streams};
use crate::journal::{missing_at, previous_of};
use crate::{APPEND_BYTES_MAX, FolderLedger, Ledger, read_all};
use core_brand::Fault;
use core_brand::content::sha256_hex;
use core_brand::envelope::{GENESIS, Head};
use core_brand::fault::Code;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::future::ready;

/// What was done, and what cannot be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Journals that were looked at.
    pub journals: u64,
    /// Entries that were copied or brought back.
    pub entries: u64,
    pub lacks: Vec<Lack>,
}

/// A journal that is not what its copy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    pub subject: String,
    pub what: What,
}

/// How a journal differs from its copy. Entries are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It ends before its copy does.
    Short { has: u64, copied: u64 },
    /// It has another entry here, and perhaps behind it.
    Other { at: u64 },
    /// This entry does not follow from the one before, or is not to be read.
    Broken { at: u64 },
}

/// Takes over what the copy does not have yet.
pub async fn copy<L: Ledger>(ledger: &L, subjects: &[String], to: &FolderLedger) -> Result<Done, Fault> {
    let mut done = Done::default();
    for subject in both(subjects, to)? {
        done.journals += 1;
        let have = read_all(to, &subject).await?;
        // The last one again: what is new has to follow from it. Only where it does not, all are looked at.
        let found = match behind(ledger, &subject, &have, have.len().saturating_sub(1)).await? {
            Err(_) => behind(ledger, &subject, &have, 0).await?,
            found => found,
        };
        match found {
            Ok(new) => {
                done.entries += new.len() as u64;
                append(to, &subject, have.len() as u64, new).await?;
            }
            Err(what) => done.lacks.push(Lack { subject, what }),
        }
    }
    Ok(done)
}

/// Holds every entry against its copy, and changes nothing.
pub async fn compare<L: Ledger>(ledger: &L, copied: &FolderLedger) -> Result<Done, Fault> {
    let mut done = Done::default();
    for subject in copied.subjects()? {
        done.journals += 1;
        let have = read_all(copied, &subject).await?;
        if let Err(what) = behind(ledger, &subject, &have, 0).await? {
            done.lacks.push(Lack { subject, what });
        }
    }
    Ok(done)
}

/// Brings back what the ledger lost at the ends of journals. What was written there since stays, and is told.
pub async fn mend<L: Ledger>(ledger: &L, from: &FolderLedger) -> Result<Done, Fault> {
    let mut done = compare(ledger, from).await?;
    let mut left = Vec::new();
    for lack in std::mem::take(&mut done.lacks) {
        let What::Short { has, .. } = lack.what else {
            left.push(lack);
            continue;
        };
        let lost = read_all(from, &lack.subject).await?.split_off(usize::try_from(has).unwrap_or(usize::MAX));
        let count = lost.len() as u64;
        match append(ledger, &lack.subject, has, lost).await {
            Ok(()) => done.entries += count,
            // Somebody wrote there meanwhile.
            Err(fault) if fault.is(Code::Conflict) => {
                left.push(Lack { what: What::Other { at: has + 1 }, ..lack });
            }
            Err(fault) => return Err(fault),
        }
    }
    done.lacks = left;
    Ok(done)
}

/// Keeps the copy at the ledger's heels, append by append. Ends when something breaks; who calls it again loses nothing.
/// Journals that are not what the copy says are told, and not copied.
pub async fn follow<S: Streams>(
    ledger: &StreamLedger<S>,
    to: &FolderLedger,
    mut tell: impl FnMut(Lack) + Send,
) -> Result<Infallible, Fault> {
    let mut ends: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for subject in to.subjects()? {
        let have = read_all(to, &subject).await?;
        ends.insert(subject, (have.len() as u64, previous_of(&have)));
    }
    loop {
        // From the first message on: a stream that was made anew counts anew.
        let mut last = 0;
        let take = |message: Kept| {
            let next = next(&mut ends, &message);
            if let Err(what) = next {
                tell(Lack { subject: message.subject.clone(), what });
            }
            ready(match next {
                Ok((place, new)) if !new.is_empty() => to.put(&message.subject, place, &new).map(drop),
                _ => Ok(()),
            })
        };
        ledger.follow(&mut last, take).await?;
    }
}

/// What of a message the copy does not have, and where it goes.
fn next(ends: &mut BTreeMap<String, (u64, String)>, message: &Kept) -> Result<(u64, Vec<Vec<u8>>), What> {
    let (place, previous) = ends.entry(message.subject.clone()).or_insert_with(|| (0, GENESIS.to_owned()));
    let broken = What::Broken { at: *place + 1 };
    let (begin, entries) = appended(message).ok_or(broken)?;
    if begin + (entries.len() as u64) <= *place {
        return Ok((*place, Vec::new()));
    }
    let known = usize::try_from(place.checked_sub(begin).ok_or(broken)?).unwrap_or(usize::MAX);
    let new: Vec<Vec<u8>> = entries.into_iter().skip(known).collect();
    if !follows(&new, previous) {
        return Err(What::Other { at: *place + 1 });
    }
    let at = *place;
    *previous = previous_of(&new);
    *place += new.len() as u64;
    Ok((at, new))
}

/// Journals of either.
fn both(subjects: &[String], copied: &FolderLedger) -> Result<BTreeSet<String>, Fault> {
    Ok(subjects.iter().cloned().chain(copied.subjects()?).collect())
}

/// The entries of a journal behind those of its copy, of which those from `from` on are compared.
async fn behind<L: Ledger>(
    ledger: &L,
    subject: &str,
    have: &[Vec<u8>],
    from: usize,
) -> Result<Result<Vec<Vec<u8>>, What>, Fault> {
    let (place, copied) = (from as u64, have.len() as u64);
    // Makes the ledger ask for its end: a server that is behind would look as if something was lost.
    match ledger.append(subject, copied, Vec::new()).await {
        Err(fault) if !fault.is(Code::Conflict) => return Err(fault),
        _ => {}
    }
    let mut there = Vec::new();
    loop {
        match ledger.read(subject, place + there.len() as u64).await {
            Ok(more) if more.is_empty() => break,
            Ok(more) => there.extend(more),
            Err(fault) => return missing_at(&fault).map(|at| Err(What::Broken { at })).ok_or(fault),
        }
    }
    let same = have.iter().skip(from).zip(&there).take_while(|(copied, there)| copied == there).count();
    if from + same < have.len() {
        let has = place + there.len() as u64;
        let is_short = same == there.len();
        let other = What::Other { at: place + same as u64 + 1 };
        return Ok(Err(if is_short { What::Short { has, copied } } else { other }));
    }
    let new = there.split_off(same);
    match follows(&new, &previous_of(have)) {
        true => Ok(Ok(new)),
        false => Ok(Err(What::Broken { at: copied + 1 })),
    }
}

fn follows(entries: &[Vec<u8>], previous: &str) -> bool {
    let mut previous = previous.to_owned();
    entries.iter().all(|bytes| {
        let is_next = Head::read(bytes).is_ok_and(|entry| entry.previous == previous);
        previous = sha256_hex(bytes);
        is_next
    })
}

/// Appends entries, as many at once as one append takes.
async fn append<L: Ledger>(
    ledger: &L,
    subject: &str,
    mut place: u64,
    entries: Vec<Vec<u8>>,
) -> Result<(), Fault> {
    let mut batch: Vec<Vec<u8>> = Vec::new();
    let mut bytes = 0;
    for entry in entries {
        let framed = entry.len() + size_of::<u32>();
        if bytes + framed > APPEND_BYTES_MAX {
            place = ledger.append(subject, place, std::mem::take(&mut batch)).await?;
            bytes = 0;
        }
        bytes += framed;
        batch.push(entry);
    }
    if !batch.is_empty() {
        ledger.append(subject, place, batch).await?;
    }
    Ok(())
}
