//! The components as native code: the same core crates behind the same trait that the engine implements.

use core_assets::AssetsStep;
use core_brand::painting::PaintOrder;
use core_brand::{BlobRef, Document, Fault, FontKey, Step, Studio, Task, broken};
use core_design::DesignStep;
use core_kit::KitStep;
use core_order::CreateJob;
use core_trace::LogoSteps;
use imprint_blobs::{Blobs, FontEntry, FontShelf, MemoryBlobs};
use imprint_embedded::{CallContext, Callee, Decided, Easel, Paintings};
use std::sync::Arc;
use tokio::runtime::Handle;

/// Core crates as callees.
#[derive(Clone)]
pub struct NativeComponents {
    blobs: Arc<MemoryBlobs>,
    fonts: Arc<FontShelf>,
    easel: Arc<Easel<MemoryBlobs>>,
}

impl NativeComponents {
    #[must_use]
    pub fn new(blobs: Arc<MemoryBlobs>, fonts: Vec<FontEntry>) -> Self {
        let easel = Arc::new(Easel::new(blobs.clone()));
        Self { blobs, fonts: Arc::new(FontShelf::new(fonts)), easel }
    }

    async fn on_thread<T: Send + 'static>(
        &self,
        component: &str,
        tenant: String,
        work: impl FnOnce(&'static dyn Step, &dyn Studio) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let step = step(component)?;
        let studio = NativeStudio { components: self.clone(), tenant, runtime: Handle::current() };
        let done = tokio::task::spawn_blocking(move || work(step, &studio)).await;
        done.unwrap_or_else(|why| Err(broken!("a native call ended badly: {why}")))
    }
}

fn step(component: &str) -> Result<&'static dyn Step, Fault> {
    match component {
        "orchestrator" => Ok(&CreateJob),
        "design" => Ok(&DesignStep),
        "logo" => Ok(&LogoSteps),
        "assets" => Ok(&AssetsStep),
        "kit" => Ok(&KitStep),
        other => Err(broken!("there is no component `{other}`")),
    }
}

impl Callee for NativeComponents {
    async fn decide(&self, _: String, _: CallContext, journal: Vec<String>) -> Result<Decided, Fault> {
        core_saga::next(&journal).map(Decided::from).map_err(|why| broken!("{why}"))
    }

    async fn plan(
        &self,
        component: String,
        ctx: CallContext,
        step: String,
        inputs: Vec<Document>,
    ) -> Result<Vec<Task>, Fault> {
        self.on_thread(&component, ctx.tenant, move |core, studio| core.plan(&step, &inputs, studio)).await
    }

    async fn build(&self, component: String, ctx: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
        self.on_thread(&component, ctx.tenant, move |core, studio| core.build(&task, studio)).await
    }

    async fn paint(&self, ctx: CallContext, order: PaintOrder) -> Result<Paintings, Fault> {
        self.easel.paint(ctx, order).await
    }
}

struct NativeStudio {
    components: NativeComponents,
    tenant: String,
    runtime: Handle,
}

impl Studio for NativeStudio {
    fn blob(&self, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        self.runtime.block_on(self.components.blobs.get(&self.tenant, content))
    }

    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        let content = self.components.fonts.find(key)?;
        self.components.fonts.read(&content).unwrap_or_else(|| self.blob(&content))
    }

    fn picture(&self, svg: &str, width: u32) -> Result<Vec<u8>, Fault> {
        core_assets::png(svg, width).map(|png| png.bytes)
    }
}
