//! A step of a brand job: plan says which tasks there are, build does one of them.
//!
//! A task takes at most about five seconds, so a kit is many tasks: that gives parallel work, progress and
//! incremental rebuilds, and lives inside a host's limit on execution time.

use crate::content::{BlobRef, sha256_hex};
use crate::fault::{Code, Fault};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A step may not ask for more tasks than this; it bounds the journal of a job.
pub const TASKS_MAX: usize = 512;

/// Something made: a file of the kit, or a working document that later steps read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// For a file its path in the kit, with `/`; for a working document its name.
    pub name: String,
    pub kind: DocumentKind,
    pub media_type: String,
    /// For pictures.
    pub pixels: Option<Pixels>,
    pub body: Body,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// Read by later steps, not part of the kit.
    Working,
    /// A file of the kit.
    File,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
}

/// Bytes at hand, or in the blob store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    Inline(Vec<u8>),
    Stored(BlobRef),
}

/// One piece of work: everything `build` needs, nothing it has to look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Unique in its step, and the same for the same inputs.
    pub id: String,
    pub kind: String,
    /// JSON that only the component reads.
    pub settings: String,
    pub inputs: Vec<Document>,
}

/// One weight of one family.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FontKey {
    pub family: String,
    pub weight: u16,
    pub italic: bool,
}

impl std::fmt::Display for FontKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}{}", self.family, self.weight, if self.italic { " italic" } else { "" })
    }
}

/// The one door to the world. Components stand behind WIT imports, tests behind memory.
pub trait Studio {
    /// The content behind a reference.
    fn blob(&self, content: &BlobRef) -> Result<Vec<u8>, Fault>;
    /// The whole font file.
    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault>;
    /// Draws an SVG (paths only) as a PNG of this width.
    fn picture(&self, svg: &str, width: u32) -> Result<Vec<u8>, Fault>;
    /// Says each text again in better words, where there is a language model. Most studios have none.
    fn rephrase(&self, _language: &str, _texts: &[String]) -> Result<Vec<String>, Fault> {
        Err(Fault::new(Code::PolishOff, []))
    }
}

/// What every component of a job does, in core terms.
pub trait Step: Sync {
    /// Splits a step into tasks. `inputs` are all documents made so far.
    fn plan(&self, step: &str, inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault>;
    /// Does one task.
    fn build(&self, task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault>;
}

impl Document {
    /// A JSON document for later steps.
    pub fn working<T: Serialize>(name: &str, value: &T) -> Result<Self, Fault> {
        Ok(Self { kind: DocumentKind::Working, ..Self::json_file(name, value)? })
    }

    /// A JSON file of the kit: indented, with a final newline.
    pub fn json_file<T: Serialize>(path: &str, value: &T) -> Result<Self, Fault> {
        let mut text = serde_json::to_string_pretty(value).map_err(|why| malformed(path, &why))?;
        text.push('\n');
        Ok(Self::file(path, "application/json", text.into_bytes()))
    }

    #[must_use]
    pub fn file(path: impl Into<String>, media_type: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: path.into(),
            kind: DocumentKind::File,
            media_type: media_type.to_owned(),
            pixels: None,
            body: Body::Inline(bytes),
        }
    }

    #[must_use]
    pub fn with_pixels(self, width: u32, height: u32) -> Self {
        Self { pixels: Some(Pixels { width, height }), ..self }
    }

    pub fn bytes(&self, studio: &dyn Studio) -> Result<Vec<u8>, Fault> {
        match &self.body {
            Body::Inline(bytes) => Ok(bytes.clone()),
            Body::Stored(content) => studio.blob(content),
        }
    }

    pub fn text(&self, studio: &dyn Studio) -> Result<String, Fault> {
        String::from_utf8(self.bytes(studio)?).map_err(|why| malformed(&self.name, &why))
    }

    pub fn json<T: DeserializeOwned>(&self, studio: &dyn Studio) -> Result<T, Fault> {
        serde_json::from_slice(&self.bytes(studio)?).map_err(|why| malformed(&self.name, &why))
    }

    /// The document without its bytes.
    #[must_use]
    pub fn by_reference(&self) -> Self {
        Self { body: Body::Stored(self.content()), ..self.clone() }
    }

    /// What the body is, by content.
    #[must_use]
    pub fn content(&self) -> BlobRef {
        match &self.body {
            Body::Inline(bytes) => BlobRef::of(bytes),
            Body::Stored(content) => content.clone(),
        }
    }
}

/// The document of that name.
pub fn find<'a>(inputs: &'a [Document], name: &str) -> Result<&'a Document, Fault> {
    inputs
        .iter()
        .find(|document| document.name == name)
        .ok_or_else(|| Fault::new(Code::DocumentMissing, [("name", name.to_owned())]))
}

impl Task {
    /// What a task is known by to a memory: the same for the same work on the same inputs by the same component, wherever
    /// their bytes lie.
    #[must_use]
    pub fn key(&self, component: &str) -> String {
        let inputs = self.inputs.iter().map(Document::by_reference).collect();
        let (id, kind, settings) = (self.id.clone(), self.kind.clone(), self.settings.clone());
        // Structs of strings and numbers always serialise.
        let text =
            serde_json::to_string(&(component, Self { id, kind, settings, inputs })).unwrap_or_default();
        sha256_hex(text.as_bytes())
    }

    pub fn new<T: Serialize>(
        id: impl Into<String>,
        kind: &str,
        settings: &T,
        inputs: Vec<Document>,
    ) -> Result<Self, Fault> {
        let settings = serde_json::to_string(settings).map_err(|why| malformed(kind, &why))?;
        Ok(Self { id: id.into(), kind: kind.to_owned(), settings, inputs })
    }

    pub fn settings<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        serde_json::from_str(&self.settings).map_err(|why| malformed(&self.id, &why))
    }

    /// The fault of a component that was given a kind of task it does not know.
    #[must_use]
    pub fn unknown(&self) -> Fault {
        Fault::new(Code::TaskUnknown, [("kind", self.kind.clone())])
    }
}

fn malformed(name: &str, why: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::DocumentMalformed, [("name", name.to_owned()), ("why", why.to_string())])
}
