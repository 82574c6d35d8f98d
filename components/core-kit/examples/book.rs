//! Writes books and overviews of whole brands to a folder, to be looked at:
//! `cargo run -p core-kit --example book -- <folder> [case]`.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use core_brand::brief::Order;
use core_brand::{Document, Fault, Step, Studio};
use core_design::DesignStep;
use core_kit::{Book, Brand, board};
use core_logo::LogoStep;
use fixture::{CASES, Memory};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().ok_or("which folder?")?);
    let only = args.next();
    std::fs::create_dir_all(&folder)?;
    let studio = Memory::new();
    for case in CASES.iter().filter(|case| only.as_deref().is_none_or(|only| only == case.id)) {
        let mut documents = vec![Document::working(Order::DOCUMENT, &case.order())?];
        run(&DesignStep, "design", &mut documents, &studio)?;
        run(&LogoStep, "logo", &mut documents, &studio)?;
        let files: Vec<String> = documents.iter().map(|document| document.name.clone()).collect();
        let brand = Brand::read(&documents, &studio)?;
        let book = Book::set(&brand, &files, &studio)?;
        let pdf = book.pdf()?;
        println!("{}: {} pages, {} bytes", case.id, book.pages().len(), pdf.len());
        std::fs::write(folder.join(format!("{}.pdf", case.id)), pdf)?;
        std::fs::write(folder.join(format!("{}.svg", case.id)), board(&brand, &studio)?)?;
        std::fs::write(folder.join(format!("{}.txt", case.id)), book.transcript())?;
    }
    Ok(())
}

fn run(step: &dyn Step, name: &str, documents: &mut Vec<Document>, studio: &dyn Studio) -> Result<(), Fault> {
    for task in step.plan(name, documents, studio)? {
        documents.extend(step.build(&task, studio)?);
    }
    Ok(())
}
