//! What the blob store and the fonts answer on a lattice.

use crate::{AnyBlobs, Blobs, FontShelf, space};
use bindings::exports::imprint::blobs::store;
use bindings::exports::imprint::fonts::library;
use bytes::Bytes;
use core_brand::{BlobRef, Fault, FontKey};
use imprint_provider::wire::{reply, types};
use imprint_provider::{Error, Provider};
use std::sync::Arc;
use wrpc_transport_nats::NatsContext;

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "blobs-provider",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:blobs/store@0.1.0": generate,
            "imprint:fonts/library@0.1.0": generate,
        },
    });
}

/// Serves until a stop. The configuration: `fonts`, the path of the index of the fonts; `backend` and what it needs, as
/// the README of this crate lists it.
pub async fn run(provider: Provider) -> Result<(), Error> {
    let room = Room::open(&provider).await?;
    let calls = bindings::serve(&provider.serving().await?, room).await.map_err(Error::Rpc)?;
    provider.serve(calls).await;
    provider.finish().await;
    Ok(())
}

/// What all calls share.
#[derive(Clone)]
struct Room {
    blobs: Arc<AnyBlobs>,
    fonts: Arc<FontShelf>,
}

impl Room {
    async fn open(provider: &Provider) -> Result<Self, Error> {
        let config = provider.config();
        let blobs = AnyBlobs::open(provider.nats(), config).await?;
        let fonts = match config.get("fonts") {
            Some(path) => FontShelf::open(path.as_ref())?,
            None => FontShelf::default(),
        };
        Ok(Self { blobs: Arc::new(blobs), fonts: Arc::new(fonts) })
    }

    /// Fonts belong to the installation, everything else to a brand.
    async fn read(&self, ctx: &types::CallContext, content: BlobRef) -> Result<Vec<u8>, Fault> {
        // Fonts are files of some megabytes; reading and hashing one would hold up other calls.
        let (fonts, asked) = (Arc::clone(&self.fonts), content.clone());
        let font = tokio::task::spawn_blocking(move || fonts.read(&asked)).await;
        match font.map_err(|why| core_brand::broken!("{why}"))? {
            Some(font) => font,
            None => self.blobs.get(&space(&ctx.tenant, &ctx.idempotency_key), &content).await,
        }
    }
}

impl store::Handler<NatsContext> for Room {
    async fn get(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        content: types::BlobRef,
    ) -> anyhow::Result<Result<Bytes, types::Error>> {
        reply(&ctx, self.read(&ctx, content.into())).await
    }

    async fn put(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        bytes: Bytes,
    ) -> anyhow::Result<Result<types::BlobRef, types::Error>> {
        let space = space(&ctx.tenant, &ctx.idempotency_key);
        reply(&ctx, self.blobs.put(&space, bytes.into())).await
    }
}

impl library::Handler<NatsContext> for Room {
    async fn find(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        key: library::FontKey,
    ) -> anyhow::Result<Result<types::BlobRef, types::Error>> {
        let weight = u16::try_from(key.weight).unwrap_or(u16::MAX);
        let key = FontKey { family: key.family, weight, italic: key.italic };
        reply(&ctx, async { self.fonts.find(&key) }).await
    }
}
