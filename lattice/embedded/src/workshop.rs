//! Everything a brand job needs, in one process: components, journal, content, fonts, runner.

use crate::cache::CodeCache;
use crate::load::{ComponentFile, Embedded, Settings};
use core_brand::brief::Order;
use core_brand::{BlobRef, Body, Document, Fault, Pixels, Task};
use core_saga::STEPS;
use imprint_blobs::{Blobs, FontEntry, FontShelf, MemoryBlobs};
use imprint_ledger::MemoryLedger;
use imprint_runner::{CallContext, Callee, Finished, Job, Limits, Past, Progress, Reusing, Runner, Stop};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The one tenant of a workshop.
const TENANT: &str = "local";
/// How long pictures may take: whoever waits for a kit can interrupt it.
const PAINT_MS: u64 = 3_600_000;
/// A workshop stands in no region of the lattice.
const REGION: &str = "local";

/// A runner over memory and the given components.
pub struct Workshop<C> {
    runner: Runner<MemoryLedger, MemoryBlobs, C>,
    versions: BTreeMap<String, String>,
}

/// A finished kit.
pub struct Kit {
    pub order: Order,
    pub files: Vec<KitFile>,
    /// The documents of the job as they were made.
    pub documents: Vec<Document>,
    /// Milliseconds spent in calls, by step.
    pub call_ms: BTreeMap<String, u64>,
    /// Files and their bytes, by the step that made them.
    pub step_files: BTreeMap<String, (usize, u64)>,
}

/// One file of a kit.
pub struct KitFile {
    pub path: String,
    pub media_type: String,
    pub pixels: Option<Pixels>,
    pub bytes: Vec<u8>,
}

impl Workshop<Embedded<MemoryBlobs>> {
    /// Loads the component files. Call inside a tokio runtime.
    pub fn open(
        files: &[ComponentFile],
        fonts: Vec<FontEntry>,
        compiled: &Path,
        settings: Settings,
        clock: fn() -> u64,
    ) -> Result<Self, Fault> {
        let blobs = Arc::new(MemoryBlobs::default());
        let cache = CodeCache::open(compiled)?;
        let callee = Embedded::load(files, &cache, blobs.clone(), FontShelf::new(fonts), settings)?;
        let versions = files.iter().map(|file| (file.name.clone(), file.sha256.clone())).collect();
        Ok(Self::over(callee, blobs, versions, settings, clock))
    }
}

impl<C: Callee> Workshop<C> {
    /// A workshop over any components, for those who bring their own.
    pub fn over(
        callee: C,
        blobs: Arc<MemoryBlobs>,
        versions: BTreeMap<String, String>,
        settings: Settings,
        clock: fn() -> u64,
    ) -> Self {
        let limits = Limits {
            width: settings.width,
            call_ms: settings.call_ms,
            attempts: 3,
            backoff_ms_max: 30_000,
            paint_ms: PAINT_MS,
        };
        let runner = Runner { ledger: Arc::default(), blobs, callee: Arc::new(callee), limits, clock };
        Self { runner, versions }
    }

    /// The same workshop, which does not do again what was done in this past.
    pub fn remembering<P: Past>(self, past: P) -> Workshop<Reusing<C, P>> {
        let Runner { ledger, blobs, callee, limits, clock } = self.runner;
        let callee = Arc::new(Reusing::new(callee, past));
        Workshop { runner: Runner { ledger, blobs, callee, limits, clock }, versions: self.versions }
    }

    /// The components themselves.
    #[must_use]
    pub fn components(&self) -> &C {
        &self.runner.callee
    }

    /// Makes a kit from a request document.
    pub async fn make(
        &self,
        id: &str,
        request: Document,
        stop: &Stop,
        watch: &(dyn Fn(Progress) + Sync),
    ) -> Result<Kit, Fault> {
        let job = Job {
            id: id.to_owned(),
            tenant: TENANT.to_owned(),
            home_region: REGION.to_owned(),
            locale: "en".to_owned(),
            request,
            components: self.versions.clone(),
        };
        let finished = self.runner.run(&job, stop, watch).await?;
        self.kit(finished).await
    }

    /// Does the tasks of one step on these documents, outside of any job: for a look at what a job would decide.
    pub async fn step(&self, step: &str, inputs: Vec<Document>) -> Result<Vec<Document>, Fault> {
        let row = core_saga::row(step).ok_or_else(|| core_brand::broken!("no step is called `{step}`"))?;
        let ctx = CallContext { tenant: TENANT.to_owned(), ..CallContext::default() };
        let plan = self.components().plan(row.component.to_owned(), ctx.clone(), step.to_owned(), inputs);
        let mut made = Vec::new();
        for task in plan.await? {
            made.extend(self.components().build(row.component.to_owned(), ctx.clone(), task).await?);
        }
        Ok(made)
    }

    /// Does one task of a component, outside of any job.
    pub async fn task(&self, component: &str, task: Task) -> Result<Vec<Document>, Fault> {
        let ctx = CallContext { tenant: TENANT.to_owned(), ..CallContext::default() };
        self.components().build(component.to_owned(), ctx, task).await
    }

    /// Keeps content where the components of this workshop find it.
    pub async fn keep(&self, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        self.runner.blobs.put(TENANT, bytes).await
    }

    async fn kit(&self, finished: Finished) -> Result<Kit, Fault> {
        let order = self.read(finished.document(Order::DOCUMENT)?).await?;
        let order = serde_json::from_slice(&order).map_err(|why| core_brand::broken!("the order: {why}"))?;
        let mut files = Vec::new();
        for document in finished.files() {
            files.push(KitFile {
                path: document.name.clone(),
                media_type: document.media_type.clone(),
                pixels: document.pixels,
                bytes: self.read(document).await?,
            });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let Finished { documents, call_ms, step_files } = finished;
        Ok(Kit { order, files, documents, call_ms, step_files })
    }

    /// The bytes of a document of this workshop.
    pub async fn read(&self, document: &Document) -> Result<Vec<u8>, Fault> {
        match &document.body {
            Body::Inline(bytes) => Ok(bytes.clone()),
            Body::Stored(content) => self.runner.blobs.get(TENANT, content).await,
        }
    }
}

/// The steps of the job of a request, in order.
#[must_use]
pub fn steps_of(request: &Document) -> Vec<&'static str> {
    core_saga::steps_of(request).iter().map(|step| step.name).collect()
}

/// The steps of a usual job, in order.
#[must_use]
pub fn steps() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}
