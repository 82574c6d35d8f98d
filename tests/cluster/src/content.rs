//! Content that clients keep through the shipped store, remove, and read back.

use crate::load::{Act, Outcome, outcome};
use async_nats::Client;
use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use imprint_blobs::{Blobs as _, NatsBlobs};
use imprint_servers::Chance;
use std::collections::BTreeMap;

/// A piece as it is stored.
pub(crate) const PIECE_BYTES: u64 = 262_144;
/// Most content is of such a size.
const SMALL_BYTES: u64 = 4096;
/// A client puts so much content of a piece and more: half a megabyte each, three times, and once more in what servers tell each
/// other. What is wanted behind that is small.
const LARGE_MAX: u64 = 16;
/// For so long all clients that put content of all put the same.
const RACE_MS: u64 = 500;
/// What is put again, removed and read is one of the last so many.
const LATEST: u64 = 16;

/// Where content is kept, and its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Content {
    pub space: String,
    pub sha256: String,
    pub bytes: u64,
}

/// What content is made from: the same gives the same bytes.
#[derive(Clone)]
struct Kit {
    space: String,
    seed: u64,
    bytes: u64,
}

impl Kit {
    /// Empty, small, or a few pieces: one and two to the byte, or somewhere up to three.
    fn of(space: String, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let bytes = match chance.below(40) {
            0..3 => 0,
            3 => PIECE_BYTES * (1 + chance.below(2)),
            4..7 => PIECE_BYTES + 1 + chance.below(2 * PIECE_BYTES),
            _ => 1 + chance.below(SMALL_BYTES),
        };
        Self { space, seed, bytes }
    }

    fn made(&self) -> Vec<u8> {
        let (mut chance, mut made) = (Chance::new(self.seed), Vec::new());
        let bytes = usize::try_from(self.bytes).unwrap_or_default();
        while made.len() < bytes {
            made.extend(chance.below(u64::MAX).to_le_bytes());
        }
        made.truncate(bytes);
        made
    }

    fn content(&self) -> Content {
        Content { space: self.space.clone(), sha256: sha256_hex(&self.made()), bytes: self.bytes }
    }
}

/// What a client knows of the store.
pub(crate) struct Shelf {
    nats: Client,
    settings: BTreeMap<String, String>,
    blobs: NatsBlobs,
    /// What it has asked to be kept, in this order; perhaps it is removed again.
    known: Vec<Kit>,
    large: u64,
}

impl Shelf {
    /// Opens the store as the provider does.
    pub(crate) async fn open(nats: &Client, replicas: usize) -> Result<Self, Fault> {
        let settings = BTreeMap::from([("replicas".to_owned(), replicas.to_string())]);
        let blobs = NatsBlobs::open(nats.clone(), &settings).await?;
        Ok(Self { nats: nats.clone(), settings, blobs, known: Vec::new(), large: 0 })
    }

    /// One act of this client. `number` is another one each time.
    pub(crate) async fn act(
        &mut self,
        (client, number, now_ms): (usize, u64, u64),
        chance: &mut Chance,
    ) -> (Act, Outcome) {
        let latest = self.known.len() - pick(chance, self.known.len());
        let known = self.known.get(latest).cloned();
        let fresh = Kit::of(format!("client-{client}/kits"), (client as u64) << 32 | number);
        match (chance.below(20), known) {
            (0..5, _) | (_, None) => self.put(fresh).await,
            // All clients put this one, at about the same time.
            (5..9, _) => self.put(Kit::of("shared/kits".to_owned(), now_ms / RACE_MS)).await,
            (9..12, Some(known)) => self.put(known).await,
            (12..15, Some(known)) => self.remove(&known).await,
            (_, Some(known)) => self.fetch(&known).await,
        }
    }

    async fn put(&mut self, mut kit: Kit) -> (Act, Outcome) {
        match kit.bytes < PIECE_BYTES {
            true => {}
            false if self.large < LARGE_MAX => self.large += 1,
            false => kit.bytes %= SMALL_BYTES,
        }
        let mut content = kit.content();
        let told = self.blobs.put(&kit.space, kit.made()).await;
        if let Ok(named) = &told {
            // Under whatever name it is said to be kept, there it has to be.
            content = Content { sha256: named.sha256.clone(), bytes: named.bytes, ..content };
        }
        self.known.push(kit);
        (Act::Put { content }, outcome(told.map(drop)))
    }

    async fn remove(&self, kit: &Kit) -> (Act, Outcome) {
        let content = kit.content();
        let told = self.blobs.delete(&kit.space, &named(&content)).await;
        (Act::Remove { content }, outcome(told))
    }

    /// Reads it as a process does that has just begun, because one that put it remembers it.
    async fn fetch(&self, kit: &Kit) -> (Act, Outcome) {
        let content = kit.content();
        let read = match NatsBlobs::open(self.nats.clone(), &self.settings).await {
            Ok(young) => young.get(&kit.space, &named(&content)).await,
            Err(fault) => Err(fault),
        };
        let (seen, outcome) = match read {
            Ok(bytes) => (Some(sha256_hex(&bytes)), Outcome::Done),
            Err(fault) if fault.is(Code::BlobMissing) => (None, Outcome::Done),
            Err(fault) => (None, outcome(Err(fault))),
        };
        (Act::Fetch { content, seen }, outcome)
    }
}

fn named(content: &Content) -> BlobRef {
    BlobRef { sha256: content.sha256.clone(), bytes: content.bytes }
}

/// How far from the end one of the last is, from 1.
fn pick(chance: &mut Chance, known: usize) -> usize {
    let latest = LATEST.min(known as u64);
    // Where nothing is known there is none to be had.
    known.min(1 + usize::try_from(chance.below(latest)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_empty_small_and_of_several_pieces() {
        let kits: Vec<Kit> = (0..200).map(|seed| Kit::of("t/b".to_owned(), seed)).collect();
        for wanted in
            [0..1, 1..SMALL_BYTES, PIECE_BYTES..PIECE_BYTES + 1, 2 * PIECE_BYTES + 1..3 * PIECE_BYTES]
        {
            assert!(kits.iter().any(|kit| wanted.contains(&kit.bytes)), "{wanted:?}");
        }
        let small = kits.iter().filter(|kit| kit.bytes < PIECE_BYTES).count();
        assert!((150..195).contains(&small), "{small} of 200 are small");
        for kit in &kits[..20] {
            assert_eq!((kit.made().len() as u64, kit.made()), (kit.bytes, kit.clone().made()));
        }
    }
}
