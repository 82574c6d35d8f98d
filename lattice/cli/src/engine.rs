//! What a run stands on: threads, component files, fonts, and a workshop over them.

use crate::args::Wish;
use crate::say::Speaker;
use core_brand::brief::{Distance, Order, RawBrief};
use core_brand::fault::Code;
use core_brand::step::find;
use core_brand::templates::{self, Templates};
use core_brand::{BlobRef, Design, Document, Fault, broken};
use core_graph::{Graph, OVERLAY_BYTES_MAX};
use core_order::Request;
use imprint_embedded::{Callee, ComponentFile, FontEntry, Settings, Stop, Workshop};
use imprint_supply::{Component, Font, Places};
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Fewer threads than this cannot both compute and wait.
const THREADS_MIN: usize = 2;
/// More bring nothing: a job has a few dozen tasks.
const THREADS_MAX: usize = 16;
/// The steps that a look at a design takes.
const STEPS: [&str; 2] = ["create-job", "design"];
/// The components of these steps.
const COMPONENTS: &[&str] = &["orchestrator", "design"];

/// How many threads this machine makes worth it.
pub(crate) fn threads() -> usize {
    let threads = std::thread::available_parallelism().map_or(THREADS_MIN, usize::from);
    threads.clamp(THREADS_MIN, THREADS_MAX)
}

pub(crate) fn runtime() -> Result<Runtime, Fault> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(threads()).enable_all().build().map_err(|why| broken!("no threads: {why}"))
}

/// A request, and the overlay of the graph that has to be kept before it is made.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) request: Request,
    pub(crate) overlay: Option<Vec<u8>>,
}

impl Asked {
    /// Puts what the request names by its hash where the components find it.
    pub(crate) async fn keep<C: Callee>(&self, workshop: &Workshop<C>) -> Result<(), Fault> {
        if let Some(overlay) = &self.overlay {
            workshop.keep(overlay.clone()).await?;
        }
        Ok(())
    }
}

/// What was typed; what only a kit needs is left open.
pub(crate) fn asked(wish: &Wish) -> Result<Asked, Fault> {
    let overlay = wish.graph.as_deref().map(overlay).transpose()?;
    let graph = overlay.as_deref().map(stored);
    let brief = RawBrief {
        company_name: wish.name.clone(),
        industry: wish.industry.clone(),
        style: wish.style.clone(),
        primary_color: wish.color.clone(),
        complexity: None,
        language: wish.lang.clone(),
        distance: wish.distance.as_deref().map(distance).transpose()?,
    };
    let request = Request { format: 1, brief, seed: wish.seed.clone(), graph, ..Request::default() };
    Ok(Asked { request, overlay })
}

/// How an order names content that lies beside it.
pub(crate) fn stored(bytes: &[u8]) -> String {
    let content = BlobRef::of(bytes);
    format!("{}.{}", content.sha256, content.bytes)
}

/// A number; whether it is in range is asked where every brief is checked.
pub(crate) fn distance(text: &str) -> Result<f64, Fault> {
    let [min, max] = [Distance::MIN, Distance::MAX].map(|bound| format!("{:.1}", bound.value()));
    let fault = |_| Fault::new(Code::DistanceRange, [("value", text.to_owned()), ("min", min), ("max", max)]);
    text.parse().map_err(fault)
}

/// The bytes of an overlay.
pub(crate) fn overlay(path: &Path) -> Result<Vec<u8>, Fault> {
    let unreadable = |why: std::io::Error| {
        Fault::new(Code::GraphUnreadable, [("path", path.display().to_string()), ("why", why.to_string())])
    };
    let (mut bytes, file) = (Vec::new(), File::open(path).map_err(unreadable)?);
    file.take(OVERLAY_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() <= OVERLAY_BYTES_MAX {
        // Refused here, before anything is built, in the same words as by the component.
        Graph::base()?.with(&bytes)?;
        return Ok(bytes);
    }
    let (count, max) = (format!("more than {OVERLAY_BYTES_MAX}"), OVERLAY_BYTES_MAX.to_string());
    Err(Fault::new(Code::OverlayTooLarge, [("count", count), ("what", "bytes".to_owned()), ("max", max)]))
}

/// The templates of a file.
pub(crate) fn templates(path: &Path) -> Result<Templates, Fault> {
    let unreadable = |why: std::io::Error| {
        Fault::new(
            Code::TemplatesUnreadable,
            [("path", path.display().to_string()), ("why", why.to_string())],
        )
    };
    let (mut bytes, file) = (Vec::new(), File::open(path).map_err(unreadable)?);
    file.take(templates::BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Templates::read(&bytes)
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
    let asked = asked(wish)?;
    // Refused here, before anything is built, in the same words as by the component.
    core_order::order(&asked.request)?;
    let runtime = runtime()?;
    let speaker = Arc::new(Speaker::new(false, Stop::default(), Vec::new()));
    runtime.block_on(async {
        // No fonts: they are chosen by what was measured of them.
        let (places, components) = components(speaker, COMPONENTS).await?;
        let settings = Settings::default();
        let workshop = Workshop::open(&components, Vec::new(), &places.compiled(), settings, || 0)?;
        decide(&workshop, asked).await
    })
}

/// Some components, without fonts.
pub(crate) async fn components(
    speaker: Arc<Speaker>,
    names: &'static [&'static str],
) -> Result<(Places, Vec<ComponentFile>), Fault> {
    on_thread(move || {
        let places = Places::find()?;
        let components = imprint_supply::components(&places, &*speaker)?.into_iter();
        let needed = components.filter(|one| names.contains(&one.name.as_str()));
        Ok((places, needed.map(file).collect()))
    })
    .await
}

async fn decide<C: Callee>(workshop: &Workshop<C>, asked: Asked) -> Result<(Order, Design), Fault> {
    let mut documents = vec![Document::working(Request::DOCUMENT, &asked.request)?];
    asked.keep(workshop).await?;
    for step in STEPS {
        documents.extend(workshop.step(step, documents.clone()).await?);
    }
    Ok((
        read(workshop, &documents, Order::DOCUMENT).await?,
        read(workshop, &documents, Design::DOCUMENT).await?,
    ))
}

/// A document of a run, read.
pub(crate) async fn read<C: Callee, T: DeserializeOwned>(
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
