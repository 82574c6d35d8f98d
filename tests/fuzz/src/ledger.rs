//! What the ledger kept: files of journals, chains of entries, entries under seal, and work that waits.

use crate::answer::{Answer, failed, inner, near, no_text, parted, same, taken, utf8};
use crate::world::NOW_MS;
use core_brand::Fault;
use core_brand::content::sha256_hex;
use core_brand::envelope::{Envelope, GENESIS, Head, first_break};
use core_brand::fault::Code;
use imprint_ledger::journal::{Chain, Home, Stamp, event_of};
use imprint_ledger::queue::{Claim, DeadLetter, Queues, Work};
use imprint_ledger::{
    FolderLedger, Ledger, MemoryLedger, MemoryQueues, MemoryValues, READ_ENTRIES_MAX, Sealed, Values,
    read_all,
};
use std::future::Future;
use std::path::Path;
use std::time::Duration;
use tokio::runtime::Builder;

/// The journal that everything here is of.
const JOB: &str = "br_x";
const TENANT: &str = "acme";
const REGION: &str = "us-east-1";
/// How keys are stored: their format, and the key.
const KEY: [u8; 33] = {
    let mut key = [7; 33];
    key[0] = 1;
    key
};
/// Where a journal has this, it gets the hash of the entry before.
const PREVIOUS: &str = "PREVIOUS";
/// The entry that was sealed for the corpus; it is in the corpus of its reader, too.
const CLEAR: &str = include_str!("../corpus/seal/clear");

/// Waits here for what a store promises.
pub(crate) fn now<T>(done: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let runtime = Builder::new_current_thread().enable_time().build().map_err(|why| why.to_string())?;
    runtime.block_on(done)
}

fn home() -> Home {
    Home::new(REGION, TENANT, JOB)
}

/// The first line is what was kept: a whole `file`, or the `payload` of a batch, which gets a head that holds.
pub(crate) fn frame(bytes: &[u8]) -> Answer {
    let Some((door, kept)) = parted(bytes) else { return no_text() };
    let head = || format!("{} {:010}\n", sha256_hex(kept), kept.len()).into_bytes();
    let file = match door {
        "file" => kept.to_vec(),
        "payload" => [&head(), kept, b"\n"].concat(),
        _ => return no_text(),
    };
    let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
    let path = folder.path().join(format!("{}.journal", home().subject()));
    std::fs::write(&path, &file).map_err(|why| why.to_string())?;
    let ledger = FolderLedger::open(folder.path()).map_err(inner)?;
    now(async {
        match read_all(&ledger, &home().subject()).await {
            Err(fault) => tampered(&fault),
            Ok(entries) if entries.is_empty() => Ok(Err("nothing whole".to_owned())),
            Ok(entries) => kept_again(&ledger, folder.path(), &entries, door, &file).await,
        }
    })
}

/// What was read is written as it was, and goes on where it ended.
async fn kept_again(
    ledger: &FolderLedger,
    folder: &Path,
    entries: &[Vec<u8>],
    door: &str,
    file: &[u8],
) -> Answer {
    if door == "payload" {
        let again = Home::new(REGION, TENANT, "br_again").subject();
        ledger.append(&again, 0, entries.to_vec()).await.map_err(inner)?;
        let written = std::fs::read(folder.join(format!("{again}.journal")));
        same("a file", &file, &written.map_err(|why| why.to_string())?.as_slice())?;
    }
    let (subject, count) = (home().subject(), entries.len() as u64);
    let end = ledger.append(&subject, count, vec![b"the next".to_vec()]).await.map_err(inner)?;
    same("the end", &(count + 1), &end)?;
    let read = read_all(ledger, &subject).await.map_err(inner)?;
    same("the entries before", &entries, &&read[..entries.len()])?;
    same("the next entry", &Some(&b"the next".to_vec()), &read.get(entries.len()))?;
    taken(if entries.len() > READ_ENTRIES_MAX { "many".to_owned() } else { entries.len().min(3).to_string() })
}

/// What was changed is said, and where.
fn tampered(fault: &Fault) -> Answer {
    if !fault.is(Code::Tampered) {
        return Err(format!("`{}` says nothing of a change: {}", fault.code, fault.message));
    }
    failed(fault)
}

/// A line is an entry.
pub(crate) fn chain(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    let (mut stored, mut previous) = (Vec::new(), GENESIS.to_owned());
    for line in text.lines() {
        let entry = line.replacen(PREVIOUS, &previous, 1).into_bytes();
        previous = sha256_hex(&entry);
        stored.push(entry);
    }
    let broken = first_break(stored.iter().map(Vec::as_slice));
    let read = match Chain::of(&stored) {
        Err(fault) => {
            let place = fault.args.iter().find(|(name, _)| name == "sequence");
            same("where it breaks", &broken.map(|at| at.to_string()).as_ref(), &place.map(|(_, at)| at))?;
            return tampered(&fault);
        }
        Ok(chain) => chain.entries(),
    };
    same("where it breaks", &None, &broken)?;
    match read {
        Err(fault) => failed(&fault),
        Ok(entries) => {
            let events: Vec<_> = entries.iter().filter_map(|(_, event)| event.as_ref()).collect();
            for event in &events {
                let written = home().entry(0, GENESIS, event, Stamp::default()).map_err(inner)?;
                let (_, again) = event_of(&written).map_err(inner)?;
                near("an event", *event, &again)?;
            }
            taken(format!("{} {}", stored.len().min(3), events.len().min(3)))
        }
    }
}

/// The first line is `stored` before an entry as it lies there, and `clear` before one that is yet to be sealed.
pub(crate) fn seal(bytes: &[u8]) -> Answer {
    let Some((door, entry)) = parted(bytes) else { return no_text() };
    now(async {
        let keys = MemoryValues::default();
        keys.put(&format!("key.{TENANT}.{JOB}"), None, KEY.to_vec()).await.map_err(inner)?;
        let ledger = Sealed::new(MemoryLedger::default(), keys);
        match door {
            "stored" => stored(&ledger, entry).await,
            "clear" => clear(&ledger, entry).await,
            _ => no_text(),
        }
    })
}

type Journals = Sealed<MemoryLedger, MemoryValues>;

/// What opens is what was sealed; what was changed under its seal is refused, whoever reads it.
async fn stored(ledger: &Journals, entry: &[u8]) -> Answer {
    let (subject, entries) = (home().subject(), [entry.to_vec()]);
    let opened = ledger.unseal(&subject, 0, &entries).await;
    if let Ok(chain) = Chain::of(&entries) {
        match (&opened, ledger.entries(&subject, chain).await) {
            (Ok(_), Ok(_)) => {}
            (Err(one), Err(other)) => same("a refusal", &one.code, &other.code)?,
            // It opens, or was never sealed, and is no event of ours.
            (Ok(_), Err(fault)) => failed(&fault).map(drop)?,
            (Err(fault), Ok(_)) => return Err(format!("it is read, and `{}` is not", fault.message)),
        }
    }
    match opened {
        Err(fault) => tampered(&fault),
        Ok(opened) if opened == entries => Ok(Err("it is not sealed".to_owned())),
        Ok(opened) => {
            let read = |bytes: &[u8]| Envelope::from_bytes(bytes).map_err(|why| why.to_string());
            let (_, clear) = parted(CLEAR.trim_end().as_bytes()).ok_or("an entry")?;
            let (ours, found) = (read(clear)?, read(opened.first().ok_or("an entry")?)?);
            same("who caused it", &ours.user, &found.user)?;
            same("its class", &ours.data_class, &found.data_class)?;
            same("its body", &ours.body, &found.body)?;
            taken("what was sealed")
        }
    }
}

/// What is sealed says nothing, and opens as what it was.
async fn clear(ledger: &Journals, entry: &[u8]) -> Answer {
    let subject = home().subject();
    let sealed = ledger.seal(&subject, 0, entry.to_vec()).await.map_err(inner)?;
    if sealed == entry {
        return Ok(Err("it stays as it is".to_owned()));
    }
    let head = Head::read(&sealed).map_err(|why| why.to_string())?;
    same("who caused it", &None, &head.user)?;
    same("whether it has a key", &true, &head.key_id.is_some())?;
    let opened = ledger.unseal(&subject, 0, &[sealed]).await.map_err(inner)?;
    let read = |bytes: &[u8]| Envelope::from_bytes(bytes).map_err(|why| why.to_string());
    near("an entry", &read(entry)?, &read(opened.first().ok_or("an entry")?)?)?;
    taken("sealed")
}

/// Work as it waits: it is handed out as it was put in, and comes back from those that were set aside.
pub(crate) fn work(bytes: &[u8]) -> Answer {
    let work: Work = match serde_json::from_slice(bytes) {
        Ok(work) => work,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    let text = serde_json::to_vec(&work).map_err(|why| why.to_string())?;
    let again = serde_json::from_slice(&text).map_err(|why| format!("again: {why}"))?;
    same("work", &work, &again)?;
    now(async {
        let queues = MemoryQueues::new(|| NOW_MS);
        if let Err(fault) = queues.enqueue(&work).await {
            return failed(&fault);
        }
        let claim = || async { queues.claim(&[&work.step], Duration::ZERO).await.map_err(inner) };
        let claimed = claim().await?.ok_or("nothing waits")?;
        same("work", &work, claimed.work())?;
        claimed.bury("a person must look").await.map_err(inner)?;
        let letters = queues.dead(1).await.map_err(inner)?;
        let letter = letters.first().ok_or("nothing was set aside")?;
        let text = serde_json::to_vec(letter).map_err(|why| why.to_string())?;
        let read: DeadLetter = serde_json::from_slice(&text).map_err(|why| format!("again: {why}"))?;
        same("a letter", letter, &read)?;
        same("whether it is there", &true, &queues.redrive(letter.sequence).await.map_err(inner)?)?;
        let back = claim().await?.ok_or("it did not come back")?;
        same("work that came back", &work, &Work { id: work.id.clone(), ..back.work().clone() })?;
        taken(format!("{:?} {}", work.priority, letter.is_readable()))
    })
}
