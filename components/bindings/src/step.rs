//! `imprint:jobs/step` over a core step, and the studio that its imports make.

use crate::translate::{error, fault};
use crate::types as wit;
use core_brand::content::INLINE_BYTES_MAX;
use core_brand::fault::Code;
use core_brand::{BlobRef, Body, Document, Fault, FontKey, Step, Studio, Task, broken};

type Find = fn(&wit::CallContext, &FontKey) -> Result<BlobRef, Fault>;
type Rephrase = fn(&wit::CallContext, &str, &[String]) -> Result<Vec<String>, Fault>;
type Picture = fn(&wit::CallContext, &str, u32) -> Result<Vec<u8>, Fault>;

/// What a component's world lets it reach. Nothing, unless said.
#[derive(Clone, Copy, Default)]
pub struct Capabilities {
    pub blobs: Option<Blobs>,
    pub fonts: Option<Find>,
    pub pictures: Option<Picture>,
    pub rephrase: Option<Rephrase>,
}

/// Reading and keeping content.
#[derive(Clone, Copy)]
pub struct Blobs {
    get: fn(&wit::CallContext, &BlobRef) -> Result<Vec<u8>, Fault>,
    put: fn(&wit::CallContext, Vec<u8>) -> Result<BlobRef, Fault>,
}

/// The blob store of the world.
#[must_use]
pub fn blobs() -> Blobs {
    Blobs {
        get: |ctx, content| crate::store::get(ctx, &content.clone().into()).map_err(fault),
        put: |ctx, bytes| crate::store::put(ctx, &bytes).map(BlobRef::from).map_err(fault),
    }
}

/// The font library of the world.
pub fn fonts(ctx: &wit::CallContext, key: &FontKey) -> Result<BlobRef, Fault> {
    let key = crate::library::FontKey {
        family: key.family.clone(),
        weight: u32::from(key.weight),
        italic: key.italic,
    };
    crate::library::find(ctx, &key).map(BlobRef::from).map_err(fault)
}

/// The picture maker of the world.
pub fn pictures(ctx: &wit::CallContext, svg: &str, width: u32) -> Result<Vec<u8>, Fault> {
    crate::raster::render(ctx, svg, width).map(|picture| picture.png).map_err(fault)
}

/// The language model of the world.
pub fn rephrase(ctx: &wit::CallContext, language: &str, texts: &[String]) -> Result<Vec<String>, Fault> {
    crate::text::rephrase(ctx, language, texts).map_err(fault)
}

/// A studio made of imports.
pub struct GuestStudio<'a> {
    ctx: &'a wit::CallContext,
    can: Capabilities,
}

impl<'a> GuestStudio<'a> {
    #[must_use]
    pub fn new(ctx: &'a wit::CallContext, can: Capabilities) -> Self {
        Self { ctx, can }
    }
}

impl Studio for GuestStudio<'_> {
    fn blob(&self, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        let blobs = self.can.blobs.ok_or_else(|| broken!("this world has no blob store"))?;
        (blobs.get)(self.ctx, content)
    }

    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        let find = self.can.fonts.ok_or_else(|| broken!("this world has no fonts"))?;
        self.blob(&find(self.ctx, key)?)
    }

    fn picture(&self, svg: &str, width: u32) -> Result<Vec<u8>, Fault> {
        let picture = self.can.pictures.ok_or_else(|| broken!("this world makes no pictures"))?;
        picture(self.ctx, svg, width)
    }

    fn rephrase(&self, language: &str, texts: &[String]) -> Result<Vec<String>, Fault> {
        let rephrase = self.can.rephrase.ok_or_else(|| Fault::new(Code::PolishOff, []))?;
        rephrase(self.ctx, language, texts)
    }
}

/// `plan` of the contract.
pub fn plan(
    step: &dyn Step,
    ctx: &wit::CallContext,
    can: Capabilities,
    name: &str,
    inputs: Vec<wit::Document>,
) -> Result<Vec<wit::Task>, wit::Error> {
    let inputs: Vec<Document> = inputs.into_iter().map(Document::from).collect();
    let tasks = step.plan(name, &inputs, &GuestStudio::new(ctx, can)).map_err(error)?;
    Ok(tasks.into_iter().map(wit::Task::from).collect())
}

/// `build` of the contract: what is too large to travel inline goes to the blob store.
pub fn build(
    step: &dyn Step,
    ctx: &wit::CallContext,
    can: Capabilities,
    task: wit::Task,
) -> Result<Vec<wit::Document>, wit::Error> {
    let documents = step.build(&Task::from(task), &GuestStudio::new(ctx, can)).map_err(error)?;
    documents
        .into_iter()
        .map(|document| put(document, ctx, can).map(wit::Document::from).map_err(error))
        .collect()
}

/// Stores the body if it is large.
pub fn put(document: Document, ctx: &wit::CallContext, can: Capabilities) -> Result<Document, Fault> {
    match (document.body, can.blobs) {
        (Body::Inline(bytes), Some(blobs)) if bytes.len() > INLINE_BYTES_MAX => {
            Ok(Document { body: Body::Stored((blobs.put)(ctx, bytes)?), ..document })
        }
        (Body::Inline(bytes), None) if bytes.len() > INLINE_BYTES_MAX => {
            let [size, max] = [bytes.len(), INLINE_BYTES_MAX].map(|count| count.to_string());
            Err(Fault::new(Code::BlobTooLarge, [("bytes", size), ("max", max)]))
        }
        (body, _) => Ok(Document { body, ..document }),
    }
}
