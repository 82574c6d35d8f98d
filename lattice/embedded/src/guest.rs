//! What a guest sees of the world: content, fonts, and a WASI with nothing behind it.

use crate::calls::error_of;
use crate::engine::imprint::{blobs::store, fonts::library, platform::types, polish::text};
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault, FontKey};
use imprint_blobs::{Blobs, FontShelf};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use wasmtime::component::ResourceTable;
use wasmtime::{StoreLimits, StoreLimitsBuilder};
use wasmtime_wasi::random::Deterministic;
use wasmtime_wasi::{HostMonotonicClock, HostWallClock, WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};

/// The libraries behind the imports, shared by all guests.
pub(crate) struct World<B> {
    pub(crate) blobs: Arc<B>,
    pub(crate) fonts: FontShelf,
    /// Where the asynchronous libraries run.
    pub(crate) runtime: Handle,
}

/// The state of one instance.
pub(crate) struct Guest<B> {
    pub(crate) world: Arc<World<B>>,
    pub(crate) limits: StoreLimits,
    /// How many forwarded calls led here.
    pub(crate) depth: u32,
    wasi: WasiCtx,
    table: ResourceTable,
}

impl<B> Guest<B> {
    pub(crate) fn new(world: Arc<World<B>>, memory_bytes_max: usize, depth: u32) -> Self {
        // One module per component and one memory each; the shim modules of a component have none.
        let limits =
            StoreLimitsBuilder::new().memory_size(memory_bytes_max).trap_on_grow_failure(true).build();
        Self { world, limits, depth, wasi: nothing(), table: ResourceTable::new() }
    }
}

/// A WASI with closed standard streams, stopped clocks, a fixed seed and no files: same input, same output.
fn nothing() -> WasiCtx {
    WasiCtxBuilder::new()
        .secure_random(Deterministic::new(vec![0]))
        .insecure_random(Deterministic::new(vec![0]))
        .insecure_random_seed(0)
        .wall_clock(StoppedClock)
        .monotonic_clock(StoppedClock)
        .allow_ip_name_lookup(false)
        .allow_tcp(false)
        .allow_udp(false)
        .build()
}

struct StoppedClock;

impl HostWallClock for StoppedClock {
    fn resolution(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

impl HostMonotonicClock for StoppedClock {
    fn resolution(&self) -> u64 {
        1
    }

    fn now(&self) -> u64 {
        0
    }
}

impl<B: Send + Sync + 'static> WasiView for Guest<B> {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl<B: Send + Sync + 'static> types::Host for Guest<B> {}

impl<B: Blobs + 'static> store::Host for Guest<B> {
    fn get(&mut self, ctx: types::CallContext, content: types::BlobRef) -> Result<Vec<u8>, types::Error> {
        let content = BlobRef { sha256: content.sha256, bytes: content.bytes };
        let found = match self.world.fonts.read(&content) {
            Some(font) => font,
            None => self.world.runtime.block_on(self.world.blobs.get(&ctx.tenant, &content)),
        };
        found.map_err(error_of)
    }

    fn put(&mut self, ctx: types::CallContext, bytes: Vec<u8>) -> Result<types::BlobRef, types::Error> {
        let kept = self.world.runtime.block_on(self.world.blobs.put(&ctx.tenant, bytes)).map_err(error_of)?;
        Ok(types::BlobRef { sha256: kept.sha256, bytes: kept.bytes })
    }
}

impl<B: Send + Sync + 'static> library::Host for Guest<B> {
    fn find(
        &mut self,
        _ctx: types::CallContext,
        key: library::FontKey,
    ) -> Result<types::BlobRef, types::Error> {
        let weight = u16::try_from(key.weight).unwrap_or(u16::MAX);
        let key = FontKey { family: key.family, weight, italic: key.italic };
        let found = self.world.fonts.find(&key).map_err(error_of)?;
        Ok(types::BlobRef { sha256: found.sha256, bytes: found.bytes })
    }
}

/// One process has no network, so that it has no language model either.
impl<B: Send + Sync + 'static> text::Host for Guest<B> {
    fn rephrase(
        &mut self,
        _ctx: types::CallContext,
        _language: String,
        _texts: Vec<String>,
    ) -> Result<Vec<String>, types::Error> {
        Err(error_of(Fault::new(Code::PolishOff, [])))
    }
}
