//! What a run stands on: threads, component files, fonts, and a workshop over them.

use crate::args::Wish;
use crate::say::Speaker;
use core_brand::brief::{Order, RawBrief};
use core_brand::step::find;
use core_brand::{Design, Document, Fault, broken};
use core_order::Request;
use imprint_embedded::{Callee, ComponentFile, FontEntry, Settings, Stop, Workshop};
use imprint_supply::{Component, Font, Places};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Fewer threads than this cannot both compute and wait.
const THREADS_MIN: usize = 2;
/// More bring nothing: a job has a few dozen tasks.
const THREADS_MAX: usize = 16;
/// The steps that a look at a design takes.
const STEPS: [&str; 2] = ["create-job", "design"];
/// The components of these steps.
const COMPONENTS: [&str; 2] = ["orchestrator", "design"];

/// How many threads this machine makes worth it.
pub(crate) fn threads() -> usize {
    let threads = std::thread::available_parallelism().map_or(THREADS_MIN, usize::from);
    threads.clamp(THREADS_MIN, THREADS_MAX)
}

pub(crate) fn runtime() -> Result<Runtime, Fault> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(threads()).enable_all().build().map_err(|why| broken!("no threads: {why}"))
}

/// The brief of a request; what only a kit needs is left open.
pub(crate) fn request(wish: &Wish) -> Request {
    let brief = RawBrief {
        company_name: wish.name.clone(),
        industry: wish.industry.clone(),
        style: wish.style.clone(),
        primary_color: wish.color.clone(),
        complexity: None,
        language: wish.lang.clone(),
    };
    Request { format: 1, brief, seed: wish.seed.clone(), ..Request::default() }
}

/// Builds and fetches what is missing, on a thread where waiting is allowed.
pub(crate) async fn setup(
    speaker: Arc<Speaker>,
) -> Result<(Places, Vec<ComponentFile>, Vec<FontEntry>), Fault> {
    on_thread(move || {
        let places = Places::find()?;
        let fonts = imprint_supply::fonts(&places, &*speaker)?;
        let components = imprint_supply::components(&places, &*speaker)?;
        let font = |one: Font| FontEntry { key: one.key, path: one.path, content: one.content };
        Ok((places, components.into_iter().map(file).collect(), fonts.into_iter().map(font).collect()))
    })
    .await
}

/// Decides a design as a job would, in the same components, and makes nothing of it.
pub(crate) fn design(wish: &Wish) -> Result<(Order, Design), Fault> {
    let request = request(wish);
    // Refused here, before anything is built, in the same words as by the component.
    core_order::order(&request)?;
    let runtime = runtime()?;
    let speaker = Arc::new(Speaker::new(false, Stop::default(), Vec::new()));
    runtime.block_on(async {
        let (places, components) = design_setup(speaker).await?;
        let settings = Settings::default();
        let workshop = Workshop::open(&components, Vec::new(), &places.compiled(), settings, || 0)?;
        decide(&workshop, &request).await
    })
}

/// No fonts: they are chosen by what was measured of them.
async fn design_setup(speaker: Arc<Speaker>) -> Result<(Places, Vec<ComponentFile>), Fault> {
    on_thread(move || {
        let places = Places::find()?;
        let components = imprint_supply::components(&places, &*speaker)?.into_iter();
        let needed = components.filter(|one| COMPONENTS.contains(&one.name.as_str()));
        Ok((places, needed.map(file).collect()))
    })
    .await
}

async fn decide<C: Callee>(workshop: &Workshop<C>, request: &Request) -> Result<(Order, Design), Fault> {
    let mut documents = vec![Document::working(Request::DOCUMENT, request)?];
    for step in STEPS {
        documents.extend(workshop.step(step, documents.clone()).await?);
    }
    Ok((
        read(workshop, &documents, Order::DOCUMENT).await?,
        read(workshop, &documents, Design::DOCUMENT).await?,
    ))
}

async fn read<C: Callee, T: DeserializeOwned>(
    workshop: &Workshop<C>,
    documents: &[Document],
    name: &str,
) -> Result<T, Fault> {
    let bytes = workshop.read(find(documents, name)?).await?;
    serde_json::from_slice(&bytes).map_err(|why| broken!("{name}: {why}"))
}

fn file(one: Component) -> ComponentFile {
    ComponentFile { name: one.name, path: one.path, sha256: one.sha256 }
}

async fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|why| Err(broken!("setting up ended badly: {why}")))
}
