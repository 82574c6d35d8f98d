//! Sites where a kit can be made: a brand job through wasm components in one process, through the same code native, or
//! on a platform of real processes.
//!
//! A scenario asks a `Site` for a kit and never knows which it was; a `Lattice` is asked over HTTP, as people do.

mod faulty;
mod http;
mod lattice;
mod model;
mod native;
mod process;
mod receiver;
mod witness;

pub use faulty::speechless;
pub use http::{Answer, get};
pub use imprint_servers::Chance;
pub use lattice::{Lattice, PATIENCE, program};
pub use model::ChattyModel;
pub use native::NativeComponents;
pub use receiver::{Heard, Receiver};
pub use witness::{Entry, Witness, oddities, silence_ms};

use core_brand::brief::RawBrief;
use core_brand::content::sha256_hex;
use core_brand::{Document, Fault};
use core_order::Request;
use imprint_artifacts::artifacts;
use imprint_blobs::MemoryBlobs;
use imprint_embedded::{Embedded, Kit, Settings, Stop, Workshop};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Somewhere a kit can be made.
pub enum Site {
    /// The component files in the embedded engine.
    Embedded(Workshop<Embedded<MemoryBlobs>>),
    /// The core crates called directly.
    Native(Workshop<NativeComponents>),
}

impl Site {
    /// The component files in one process. Call inside a tokio runtime.
    pub fn embedded() -> Self {
        let built = artifacts();
        let opened =
            Workshop::open(&built.components, built.fonts.clone(), &built.compiled, settings(), || 0);
        match opened {
            Ok(workshop) => Self::Embedded(workshop),
            Err(fault) => panic!("{fault}"),
        }
    }

    /// The same code without wasm.
    pub fn native() -> Self {
        let blobs = Arc::new(MemoryBlobs::default());
        let components = NativeComponents::new(blobs.clone(), artifacts().fonts.clone());
        Self::Native(Workshop::over(components, blobs, BTreeMap::new(), settings(), || 0))
    }

    pub async fn make(&self, request: &Request) -> Result<Kit, Fault> {
        let document = Document::working(Request::DOCUMENT, request)?;
        let id = format!("br_{}", &sha256_hex(&serde_json::to_vec(request).unwrap_or_default())[..12]);
        let (stop, watch) = (Stop::default(), |_| {});
        match self {
            Self::Embedded(workshop) => workshop.make(&id, document, &stop, &watch).await,
            Self::Native(workshop) => workshop.make(&id, document, &stop, &watch).await,
        }
    }

    /// What the steps up to this one make, without those that come after it.
    pub async fn make_until(&self, last: &str, request: &Request) -> Result<Vec<Document>, Fault> {
        let mut documents = vec![Document::working(Request::DOCUMENT, request)?];
        for step in imprint_embedded::steps() {
            documents.extend(match self {
                Self::Embedded(workshop) => workshop.step(step, documents.clone()).await?,
                Self::Native(workshop) => workshop.step(step, documents.clone()).await?,
            });
            if step == last {
                break;
            }
        }
        Ok(documents)
    }
}

fn settings() -> Settings {
    Settings::default()
}

/// A request with only what must be said.
#[must_use]
pub fn request(name: &str, industry: &str) -> Request {
    let brief = RawBrief { company_name: name.into(), industry: industry.into(), ..RawBrief::default() };
    Request { format: 1, brief, ..Request::default() }
}

/// The hash of every file of a kit, by path.
#[must_use]
pub fn hashes(kit: &Kit) -> BTreeMap<String, String> {
    kit.files.iter().map(|file| (file.path.clone(), sha256_hex(&file.bytes))).collect()
}

/// A text file of a kit.
#[must_use]
pub fn text<'a>(kit: &'a Kit, path: &str) -> &'a str {
    let file = kit.files.iter().find(|file| file.path == path);
    match file.map(|file| std::str::from_utf8(&file.bytes)) {
        Some(Ok(text)) => text,
        _ => panic!("the kit has no text file `{path}`"),
    }
}
