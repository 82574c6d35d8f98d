//! Sets the book and the overview of the test cases, or of the briefs of a file: `book <folder> [<briefs>]`.
//!
//! A brief a line: `id | name | industry | style | colour | language`; the colour may be empty.

#![allow(clippy::print_stdout, reason = "a tool talks to whoever runs it")]

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use core_brand::brief::{Order, RawBrief};
use core_brand::{Document, Fault, Step, Studio};
use core_design::DesignStep;
use core_kit::{Book, Brand, board};
use core_logo::LogoStep;
use fixture::{CASES, Memory};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().ok_or("which folder?")?);
    std::fs::create_dir_all(&folder)?;
    let orders: Vec<(String, Order)> = match args.next() {
        Some(briefs) => std::fs::read_to_string(briefs)?.lines().map(order).collect::<Result<_, _>>()?,
        None => CASES.iter().map(|case| (case.id.to_owned(), case.order())).collect(),
    };
    let studio = Memory::new();
    for (id, order) in orders {
        let mut documents = vec![Document::working(Order::DOCUMENT, &order)?];
        run(&DesignStep, "design", &mut documents, &studio)?;
        run(&LogoStep, "logo", &mut documents, &studio)?;
        let files: Vec<String> = documents.iter().map(|document| document.name.clone()).collect();
        let brand = Brand::read(&documents, &studio)?;
        let start = std::time::Instant::now();
        let book = Book::set(&brand, &files, &studio)?;
        let pdf = book.pdf()?;
        let took = start.elapsed().as_millis();
        println!("{id}: {} pages, {} bytes, {took} ms", book.pages().len(), pdf.len());
        for check in book.checks().iter().filter(|check| !check.passed) {
            println!("{id}: {check:?}");
        }
        std::fs::write(folder.join(format!("{id}.pdf")), pdf)?;
        std::fs::write(folder.join(format!("{id}.svg")), board(&brand, &studio)?)?;
        std::fs::write(folder.join(format!("{id}.txt")), book.transcript())?;
    }
    Ok(())
}

/// The order of a line of briefs.
fn order(line: &str) -> Result<(String, Order), Fault> {
    let mut parts = line.split('|').map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    let (id, company_name, industry) = (next(), next(), next());
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    let (style, primary_color, language) = (filled(next()), filled(next()), filled(next()));
    let raw = RawBrief { company_name, industry, style, primary_color, language, ..RawBrief::default() };
    Ok((id, Order::new(&raw, Some(7), None)?))
}

fn run(step: &dyn Step, name: &str, documents: &mut Vec<Document>, studio: &dyn Studio) -> Result<(), Fault> {
    for task in step.plan(name, documents, studio)? {
        documents.extend(step.build(&task, studio)?);
    }
    Ok(())
}
