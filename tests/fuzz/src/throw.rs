//! Throws inputs at a reader.

use crate::Target;
use crate::change::change;
use core_brand::Rng;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// An input is changed in at most so many ways at once.
const CHANGES_MAX: usize = 5;
/// Inputs with answers of their own are kept to be changed further, up to so many.
const KEPT_MAX: usize = 512;
/// A failing input is made smaller in so many attempts.
const SHRINKS_MAX: usize = 2000;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thrown {
    pub inputs: usize,
    pub taken: usize,
    /// Different answers.
    pub answers: usize,
}

/// An input that breaks a law, as small as it could be made, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub bytes: Vec<u8>,
    pub why: String,
}

/// Reads the corpus, then `count` changes of it. `last` always holds the input that is read, for whoever looks after an abort.
pub fn throw(
    target: &Target,
    corpus: &[Vec<u8>],
    seed: u64,
    count: usize,
    last: &Path,
) -> io::Result<Result<Thrown, Broken>> {
    let mut kept = corpus.to_vec();
    let mut answers = BTreeSet::new();
    let mut taken = 0;
    for at in 0..corpus.len() + count {
        let mut rng = Rng::fork(seed, &format!("{}/{at}", target.name));
        let mut bytes = corpus.get(at).cloned().unwrap_or_default();
        if at >= corpus.len() {
            bytes = rng.pick(&kept).cloned().unwrap_or_default();
            for _ in 0..=rng.below(CHANGES_MAX) {
                change(&mut rng, &mut bytes, &kept);
            }
        }
        fs::write(last, &bytes)?;
        match read(target, &bytes) {
            Err(why) => return Ok(Err(shrunk(target, bytes, why))),
            Ok(answer) => {
                taken += usize::from(answer.is_ok());
                if answers.insert(answer) && kept.len() < KEPT_MAX {
                    kept.push(bytes);
                }
            }
        }
    }
    Ok(Ok(Thrown { inputs: corpus.len() + count, taken, answers: answers.len() }))
}

/// What the reader answers: something taken or something refused, by the name of its kind.
type Answer = Result<String, String>;

/// Nothing may come out of a reader but an answer.
fn read(target: &Target, bytes: &[u8]) -> Result<Answer, String> {
    let read = catch_unwind(AssertUnwindSafe(|| (target.read)(bytes)));
    read.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(format!("panicked: {}", text.unwrap_or_default()))
    })
}

/// The same fault with fewer bytes.
fn shrunk(target: &Target, mut bytes: Vec<u8>, mut why: String) -> Broken {
    let mut left = SHRINKS_MAX;
    let mut size = bytes.len() / 2;
    while size > 0 && left > 0 {
        let mut at = 0;
        while at < bytes.len() && left > 0 {
            left -= 1;
            let mut fewer = bytes.clone();
            fewer.drain(at..(at + size).min(bytes.len()));
            match read(target, &fewer) {
                Err(still) => (bytes, why) = (fewer, still),
                Ok(_) => at += size,
            }
        }
        size /= 2;
    }
    Broken { bytes, why }
}
