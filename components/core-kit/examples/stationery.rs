//! Writes the sheets and the signature of a brand to a folder, to be looked at:
//! `cargo run -p core-kit --example stationery -- <folder> <name> <industry> <language> <color> [complexity]`.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use core_assets::{AssetsStep, png};
use core_brand::brief::Order;
use core_brand::step::{Body, DocumentKind};
use core_brand::{BlobRef, Document, Fault, FontKey, Step, Studio};
use core_design::DesignStep;
use core_kit::KitStep;
use core_logo::LogoStep;
use fixture::{Case, Memory};
use std::path::PathBuf;

/// Fonts of the cache, pictures as they are drawn.
struct Real(Memory);

impl Studio for Real {
    fn blob(&self, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        self.0.blob(content)
    }
    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        self.0.font(key)
    }
    fn picture(&self, svg: &str, width: u32) -> Result<Vec<u8>, Fault> {
        png(svg, width).map(|png| png.bytes)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<&'static str> = std::env::args().skip(1).map(|arg| &*arg.leak()).collect();
    let [folder, name, industry, language, color, rest @ ..] = args.as_slice() else {
        return Err("which folder, name, industry, language and colour?".into());
    };
    let complexity = rest.first().unwrap_or(&"medium");
    let case = Case { id: "asked", name, industry, color, language, complexity, concepts: 1 };
    let studio = Real(Memory::new());
    let mut documents = vec![Document::working(Order::DOCUMENT, &case.order())?];
    for (step, name) in [
        (&DesignStep as &dyn Step, "design"),
        (&LogoStep, "logo"),
        (&AssetsStep, "assets"),
        (&KitStep, "kit"),
        (&KitStep, "seal"),
    ] {
        for task in step.plan(name, &documents, &studio)? {
            // The book and the tokens have examples of their own.
            if !["book", "overview", "tokens", "social", "app"].contains(&task.kind.as_str()) {
                documents.extend(step.build(&task, &studio)?);
            }
        }
    }
    let wanted = |name: &str| {
        ["print/", "email/", "index", "report", "logos/1"].iter().any(|start| name.starts_with(start))
    };
    for document in
        documents.iter().filter(|document| document.kind == DocumentKind::File && wanted(&document.name))
    {
        let Body::Inline(bytes) = &document.body else { continue };
        let path = PathBuf::from(folder).join(&document.name);
        std::fs::create_dir_all(path.parent().unwrap_or(&path))?;
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
