//! A painter behind `wasi:nn`, for programs that embed wasmtime: a model by its name, tensors in, a picture out.
//!
//! **Law.** Whatever a guest sends, it hears of a picture within `Order::check` or of a reason, and nothing panics; weights
//! are never taken from guests. Kept by `order::read`, tested in `tests/guest.rs`.
//! **Absent.** What `wasi:nn` has no words for and `imprint:painter` has: progress, previews, cancelling. LoRAs, ControlNets,
//! pictures to begin with, several pictures at once. Queues and memory plans (`gpu-provider/serve`).

mod error;
mod graph;
pub mod limits;
mod order;

pub use graph::{models, refusals};
pub use order::INPUTS;

use error::NnError;
use imprint_painter::Painter;
use std::sync::Arc;
use std::time::Duration;
use wasmtime::component::ResourceTable;
use wasmtime_wasi_nn::wit::{WasiNnCtx, WasiNnView};

/// What one guest sees of a painter; it lies in the store of that guest.
pub struct Facade {
    table: ResourceTable,
    context: WasiNnCtx,
}

impl Facade {
    /// Every model that the painter has now. An order that takes longer than `order_max` ends after the step it is at, since
    /// nothing else can end it: a guest's own time does not run while it waits.
    #[must_use]
    pub fn new(painter: &Arc<dyn Painter>, order_max: Duration) -> Self {
        let mut table = ResourceTable::new();
        table.set_max_capacity(limits::HANDLES_MAX);
        Self { table, context: WasiNnCtx::new(refusals(), models(painter, order_max)) }
    }

    /// For `wasmtime_wasi_nn::wit::add_to_linker`.
    pub fn view(&mut self) -> WasiNnView<'_> {
        WasiNnView::new(&mut self.table, &mut self.context)
    }
}
