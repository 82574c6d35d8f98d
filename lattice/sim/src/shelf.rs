//! The store of content as a process sees it: it may not answer, and the process may die before and behind every effect.

use crate::plan::Fault as Wrong;
use crate::wire::Wire;
use core_brand::{BlobRef, Fault};
use imprint_blobs::{Blobs, Collect};
use imprint_ledger::jetstream::port::unreachable;
use std::future::Future;

/// The store over one connection.
#[derive(Clone)]
pub(crate) struct Shelf(pub(crate) Wire);

impl Shelf {
    async fn effect<T>(
        &self,
        what: &str,
        effect: impl Future<Output = Result<T, Fault>> + Send,
    ) -> Result<T, Fault> {
        self.0.life.point(&self.0.world, &format!("the request to {what} content")).await;
        self.answers(what)?;
        let done = effect.await;
        self.answers(what)?;
        self.0.life.point(&self.0.world, &format!("the answer to {what} content")).await;
        done
    }

    /// Silence before an effect is a lost request, behind it a lost answer.
    fn answers(&self, what: &str) -> Result<(), Fault> {
        let world = &self.0.world;
        let is_struck = world.held().chance.often(world.scene.faults / 4);
        match is_struck && world.strikes(Wrong::Store, || format!("{} {what} content", self.0.life.name)) {
            true => Err(unreachable(&"the store is away")),
            false => Ok(()),
        }
    }
}

impl Blobs for Shelf {
    async fn put(&self, space: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        self.effect("put", self.0.world.blobs.put(space, bytes)).await
    }

    async fn get(&self, space: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        self.answers("get")?;
        self.0.world.blobs.get(space, content).await
    }

    async fn exists(&self, space: &str, content: &BlobRef) -> Result<bool, Fault> {
        self.answers("look for")?;
        self.0.world.blobs.exists(space, content).await
    }

    async fn delete(&self, space: &str, content: &BlobRef) -> Result<(), Fault> {
        self.effect("delete", self.0.world.blobs.delete(space, content)).await
    }

    async fn list(&self, space: &str) -> Result<Vec<BlobRef>, Fault> {
        self.answers("list")?;
        self.0.world.blobs.list(space).await
    }

    async fn clear(&self, space: &str) -> Result<u64, Fault> {
        self.effect("clear", self.0.world.blobs.clear(space)).await
    }

    async fn collect(&self, space: &str, what: &Collect<'_>) -> Result<Vec<BlobRef>, Fault> {
        self.effect("collect", self.0.world.blobs.collect(space, what)).await
    }
}
