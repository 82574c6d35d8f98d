//! What strangers may send is read without harm. `IMPRINT_FUZZ=20000` throws so many inputs at each reader, and
//! `IMPRINT_FUZZ_SEED` decides which; `cargo xtask fuzz` does both.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::Rng;
use imprint_fuzz::{TARGETS, Target, throw};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Inputs for each reader where nobody asks for more: a few seconds in all.
const COUNT: u64 = 400;
const SEED: u64 = 7;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|why| panic!("{name}: {why}")))
}

fn corpus(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new("corpus").join(target.name);
    let files = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| input(file)).collect()
}

/// A file of the corpus is text: bytes are hex digits in it, and the last line break is not meant.
fn input(file: &Path) -> Vec<u8> {
    let text = fs::read_to_string(file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    if file.extension().is_none_or(|ending| ending != "hex") {
        return text.strip_suffix('\n').unwrap_or(&text).into();
    }
    let digits: Vec<u8> = text.chars().filter_map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect()
}

#[test]
fn readers_answer_whatever_is_sent() {
    let count = number("IMPRINT_FUZZ").unwrap_or(COUNT);
    let seed = number("IMPRINT_FUZZ_SEED").unwrap_or(SEED);
    let only = std::env::var("IMPRINT_FUZZ_ONLY").ok();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).unwrap();
    let mut broken = Vec::new();
    for target in TARGETS.iter().filter(|target| only.as_deref().is_none_or(|only| only == target.name)) {
        let corpus = corpus(target);
        let last = folder.join(format!("{}.last", target.name));
        let count = usize::try_from(count).unwrap() / target.slow;
        match throw(target, &corpus, seed, count, &last).unwrap() {
            Ok(thrown) => {
                println!(
                    "{}: {} inputs, {} taken, {} different answers",
                    target.name, thrown.inputs, thrown.taken, thrown.answers
                );
                assert!(thrown.taken > 0 && thrown.answers > 1, "{}: {thrown:?}", target.name);
            }
            Err(found) => {
                let kept = folder.join(format!("{}-{seed}", target.name));
                fs::write(&kept, &found.bytes).unwrap();
                let shown = String::from_utf8_lossy(&found.bytes);
                broken.push(format!(
                    "{}: {}\n  {:.300}\n  kept in {}; with a name it belongs in corpus/{}",
                    target.name,
                    found.why,
                    shown,
                    kept.display(),
                    target.name
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_corpus_has_a_reader() {
    let known: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    let found =
        fs::read_dir("corpus").unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.collect::<BTreeSet<_>>(), known);
}

/// A reader with faults of each kind.
const PLANTED: Target = Target {
    name: "planted",
    slow: 1,
    read: |bytes| {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("]]"), "a panic");
        if text.starts_with('[') { Ok(Ok("list".to_owned())) } else { Ok(Err("no list".to_owned())) }
    },
};

#[test]
fn a_fault_is_found_and_made_small() {
    let folder = tempfile::tempdir().unwrap();
    let last = folder.path().join("last");
    let corpus = [b"[1, [2, 3], 4]".to_vec(), b"{\"some\": \"thing\"}".to_vec()];
    let found = throw(&PLANTED, &corpus, SEED, 2000, &last).unwrap().unwrap_err();
    assert_eq!((found.bytes.as_slice(), found.why.as_str()), (b"]]".as_slice(), "panicked: a panic"));
    assert!(
        fs::read(&last).unwrap().windows(2).any(|two| two == b"]]"),
        "the input that was read last is kept"
    );
}

#[test]
fn a_seed_decides_what_is_thrown() {
    let folder = tempfile::tempdir().unwrap();
    let target = &TARGETS[0];
    let one = |seed| {
        let last = folder.path().join(format!("{seed}-{}", Rng::new(seed).next_u64()));
        let thrown = throw(target, &corpus(target), seed, 60, &last).unwrap().unwrap();
        (thrown, fs::read(&last).unwrap())
    };
    assert_eq!(one(1), one(1));
    assert_ne!(one(1).1, one(2).1);
}
