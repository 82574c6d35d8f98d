//! A copy of the keys of brands, apart from that of their journals: whoever has both reads what was sealed.
//!
//! **Law.** The copy is what there is and no more: a key that was destroyed leaves it at the next copy. What is brought back is
//! what nobody has: never the key of a brand that somebody asked to forget, and never one in the place of another.

use crate::journal::{Home, region_of};
use crate::sealed::{KEYS, is_end, key_name};
use crate::values::Values;
use crate::{Ledger, read_all};
use core_brand::Fault;
use core_brand::envelope::Head;
use core_brand::fault::Code;
use data_encoding::BASE64;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, rename};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// What the file begins with.
const FORMAT: &str = "imprint-keys 1";
/// Whoever reads the file reads what was sealed, so nobody else may.
const MODE: u32 = 0o600;

/// What was done, and what cannot be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Keys that the copy has now, or had.
    pub keys: u64,
    /// Of these: written, or brought back.
    pub new: u64,
    /// Keys that left the copy, or stay away, because their brands are forgotten.
    pub forgotten: u64,
    /// Keys that are not what the copy says.
    pub lacks: Vec<Lack>,
}

/// A key that is not what its copy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    pub name: String,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// There is none; its copy is kept.
    Gone,
    /// There is another; neither is touched.
    Other,
    /// It names no journal.
    Nobodys,
}

/// Makes the copy what the ledger has. Keys that are gone without having been destroyed stay in it, and are told.
pub async fn copy<V: Values>(keys: &V, to: &Path) -> Result<Done, Fault> {
    let mut copied = read(to)?.unwrap_or_default();
    let there = all(keys).await?;
    let mut done = Done::default();
    for (name, kept) in std::mem::take(&mut copied) {
        let what = match there.get(&name) {
            Some(key) if key.is_empty() => {
                done.forgotten += 1;
                continue;
            }
            Some(key) if *key == kept => None,
            Some(_) => Some(What::Other),
            None => Some(What::Gone),
        };
        done.lacks.extend(what.map(|what| Lack { name: name.clone(), what }));
        copied.insert(name, kept);
    }
    for (name, key) in there.into_iter().filter(|(_, key)| !key.is_empty()) {
        copied.entry(name).or_insert_with(|| {
            done.new += 1;
            key
        });
    }
    done.keys = copied.len() as u64;
    write(to, &copied)?;
    Ok(done)
}

/// Brings back the keys that are gone. Journals come first: they say which brands are forgotten.
pub async fn mend<L: Ledger, V: Values>(ledger: &L, keys: &V, from: &Path) -> Result<Done, Fault> {
    let copied = read(from)?.ok_or_else(|| storage(from, &"there is no such file"))?;
    let mut done = Done { keys: copied.len() as u64, ..Done::default() };
    for (name, kept) in copied {
        match keys.get(&name).await? {
            Some((_, key)) if key == kept => {}
            Some((_, key)) if key.is_empty() => done.forgotten += 1,
            Some(_) => done.lacks.push(Lack { name, what: What::Other }),
            None => match home_of(&name) {
                None => done.lacks.push(Lack { name, what: What::Nobodys }),
                Some(home) if is_forgotten(ledger, &home).await? => done.forgotten += 1,
                Some(_) => match keys.put(&name, Some(0), kept).await {
                    Ok(_) => done.new += 1,
                    Err(fault) if fault.is(Code::Conflict) => {
                        done.lacks.push(Lack { name, what: What::Other });
                    }
                    Err(fault) => return Err(fault),
                },
            },
        }
    }
    Ok(done)
}

async fn all<V: Values>(keys: &V) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let (mut all, mut revision) = (BTreeMap::new(), 0);
    loop {
        let listed = keys.after(KEYS, revision).await?;
        let Some(last) = listed.last() else { return Ok(all) };
        revision = last.revision;
        all.extend(listed.into_iter().map(|value| (value.key, value.bytes)));
    }
}

/// The journal that a key opens.
fn home_of(name: &str) -> Option<Home> {
    let mut parts = name.splitn(3, '.').skip(1);
    let (tenant, job_id) = (parts.next()?, parts.next()?);
    let home = Home::new(region_of(job_id)?, tenant, job_id);
    (key_name(&home) == name).then_some(home)
}

async fn is_forgotten<L: Ledger>(ledger: &L, home: &Home) -> Result<bool, Fault> {
    let stored = read_all(ledger, &home.subject()).await?;
    Ok(stored.iter().any(|bytes| Head::read(bytes).is_ok_and(|head| is_end(&head.event_type))))
}

/// Nothing where there is no file.
fn read(path: &Path) -> Result<Option<BTreeMap<String, Vec<u8>>>, Fault> {
    let mut text = String::new();
    match File::open(path).and_then(|mut file| file.read_to_string(&mut text)) {
        Ok(_) => {}
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
        Err(why) => return Err(storage(path, &why)),
    }
    let mut lines = text.lines();
    if lines.next() != Some(FORMAT) {
        return Err(storage(path, &format!("it does not begin with `{FORMAT}`")));
    }
    let key = |(at, line): (usize, &str)| {
        let found = line.split_once(' ').and_then(|(name, key)| {
            Some((name.to_owned(), BASE64.decode(key.as_bytes()).ok()?)).filter(|(_, key)| !key.is_empty())
        });
        found.ok_or_else(|| storage(path, &format!("line {} is no key", at + 2)))
    };
    lines.enumerate().map(key).collect::<Result<_, _>>().map(Some)
}

/// Beside its place, then renamed: a copy is whole, or it is the one before.
fn write(path: &Path, keys: &BTreeMap<String, Vec<u8>>) -> Result<(), Fault> {
    let fail = |why: std::io::Error| storage(path, &why);
    let beside = path.with_extension("new");
    let lines: String = keys.iter().map(|(name, key)| format!("{name} {}\n", BASE64.encode(key))).collect();
    // One that an earlier try left behind may have other rights.
    match std::fs::remove_file(&beside) {
        Err(why) if why.kind() != ErrorKind::NotFound => return Err(fail(why)),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(MODE).open(&beside).map_err(fail)?;
    write!(file, "{FORMAT}\n{lines}").and_then(|()| file.sync_all()).map_err(fail)?;
    rename(&beside, path).map_err(fail)
}

fn storage(path: &Path, why: &dyn std::fmt::Display) -> Fault {
    let what = format!("The copy of keys `{}`", path.display());
    Fault::new(Code::Storage, [("what", what), ("why", why.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Stamp, previous_of};
    use crate::{MemoryLedger, MemoryValues};
    use core_saga::Event;

    fn home(name: char) -> Home {
        Home::new("us-east-1", "acme", &format!("br_us-east-1_{}", name.to_string().repeat(26)))
    }

    async fn wish_to_forget(ledger: &MemoryLedger, home: &Home) {
        let entry = home.entry(0, &previous_of(&[]), &Event::EraseRequested, Stamp::default());
        ledger.append(&home.subject(), 0, vec![entry.expect("serialises")]).await.expect("works");
    }

    #[tokio::test]
    async fn the_copy_forgets_what_is_forgotten_and_keeps_what_was_lost() {
        let folder = tempfile::tempdir().expect("works");
        let at = folder.path().join("keys");
        let (keys, ledger) = (MemoryValues::default(), MemoryLedger::default());
        let [kept, destroyed, wished, other] = ['a', 'b', 'c', 'd'].map(home);
        let name = |home: &Home| key_name(home);
        for home in [&kept, &destroyed, &wished, &other] {
            keys.put(&name(home), Some(0), name(home).into_bytes()).await.expect("works");
        }
        assert!(mend(&ledger, &keys, &at).await.is_err(), "there is no copy");
        let done = copy(&keys, &at).await.expect("works");
        assert_eq!((done.keys, done.new, done.forgotten, done.lacks.len()), (4, 4, 0, 0));
        keys.destroy(&name(&destroyed)).await.expect("works");
        let done = copy(&keys, &at).await.expect("works");
        assert_eq!((done.keys, done.new, done.forgotten), (3, 0, 1));
        let text = std::fs::read_to_string(&at).expect("works");
        assert!(!text.contains(&name(&destroyed)) && text.contains(&name(&kept)), "{text}");

        // All are lost, one is made anew, and of one brand somebody wished that it be forgotten.
        let keys = MemoryValues::default();
        keys.put(&name(&other), Some(0), vec![1]).await.expect("works");
        wish_to_forget(&ledger, &wished).await;
        let done = copy(&keys, &at).await.expect("works");
        let gone = |home: &Home, what| Lack { name: name(home), what };
        assert_eq!(
            done.lacks,
            [gone(&kept, What::Gone), gone(&wished, What::Gone), gone(&other, What::Other)]
        );
        assert_eq!(done.keys, 3, "a loss is not copied");
        let done = mend(&ledger, &keys, &at).await.expect("works");
        assert_eq!((done.new, done.forgotten, done.lacks), (1, 1, vec![gone(&other, What::Other)]));
        assert_eq!(
            keys.get(&name(&kept)).await.expect("works").map(|key| key.1),
            Some(name(&kept).into_bytes())
        );
        assert_eq!(keys.get(&name(&wished)).await.expect("works"), None);
    }

    #[tokio::test]
    async fn a_file_that_is_no_copy_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().expect("works");
        let at = folder.path().join("keys");
        let keys = MemoryValues::default();
        for text in ["", "something else\n", "imprint-keys 1\nkey.a.b\n", "imprint-keys 1\nkey.a.b !\n"] {
            std::fs::write(&at, text).expect("works");
            assert!(copy(&keys, &at).await.is_err_and(|fault| fault.is(Code::Storage)), "{text}");
            assert_eq!(std::fs::read_to_string(&at).expect("works"), text);
        }
    }
}
