//! `imprint industries` and `imprint styles`: the words the graph knows.

use crate::args::Listing;
use crate::say::data;
use core_brand::{Fault, broken};
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    name: &'a str,
    synonyms: Vec<&'a str>,
}

pub(crate) fn industries(listing: &Listing) -> Result<(), Fault> {
    let lines = core_graph::industries().iter();
    let lines =
        lines.map(|one| Line { id: &one.id, name: &one.name, synonyms: one.words().skip(2).collect() });
    print(listing, &lines.collect::<Vec<_>>())
}

pub(crate) fn styles(listing: &Listing) -> Result<(), Fault> {
    let lines = core_graph::styles().iter();
    let lines =
        lines.map(|one| Line { id: &one.id, name: &one.name, synonyms: one.words().skip(2).collect() });
    print(listing, &lines.collect::<Vec<_>>())
}

fn print(listing: &Listing, lines: &[Line<'_>]) -> Result<(), Fault> {
    if listing.json {
        data(&serde_json::to_string_pretty(lines).map_err(|why| broken!("{why}"))?);
        return Ok(());
    }
    for line in lines {
        let known: Vec<&str> = line.synonyms.iter().take(6).copied().collect();
        data(&format!("{:<16} {:<32} {}", line.id, line.name, known.join(", ")));
    }
    Ok(())
}
