//! `imprint remake`: the next revision of a kit, from its own `brand.json` with something changed. Only what depends on
//! the change is made anew; the kit is exchanged in one move, and its earlier revision stays in it.

mod changes;
mod exchange;
mod revision;
#[cfg(test)]
mod tests;

pub(crate) use revision::Old;

use crate::args::Remake;
use crate::engine::{self, Asked};
use crate::make::{self, Made};
use crate::more::same_graph;
use crate::record;
use crate::say::{Speaker, data};
use changes::Changes;
use core_brand::brief::RawBrief;
use core_brand::{Fault, broken};
use core_order::Request;
use imprint_embedded::Stop;
use revision::Next;
use serde::Serialize;
use std::path::Path;
use std::time::Instant;

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Report<'a> {
    format: u32,
    kit: &'a Path,
    /// The revision that the kit has now.
    revision: u32,
    /// Whether it is a new one.
    changed: bool,
    tasks_rebuilt: usize,
    tasks_reused: usize,
    files_rebuilt: usize,
    files_reused: usize,
    changes: &'a Changes,
    total_ms: u64,
}

pub(crate) fn run(remake: &Remake) -> Result<(), Fault> {
    let started = Instant::now();
    let old = Old::read(&remake.kit)?;
    let asked = asked(remake, &old)?;
    // Refused here, before anything is built or fetched, in the same words as by the component.
    core_order::order(&asked.request)?;
    let stop = Stop::default();
    // Listens for Ctrl-C also while the kit is written.
    let runtime = engine::runtime()?;
    make::listen(&runtime, &stop);
    let made = make::work(&runtime, asked, Some(&old), (remake.quiet || remake.json, &stop))?;
    let next = Next::of(&old, &made.kit)?;
    if next.is_new() {
        exchange::write(&old, &next, &stop)?;
        record::keep(&made, next.manifest());
    }
    tell(remake, &next, &made, make::elapsed_ms(started))
}

/// The order of the kit, with what is to be another.
fn asked(remake: &Remake, old: &Old) -> Result<Asked, Fault> {
    let order = &old.brand.order;
    let path = remake.kit.display().to_string();
    let overlay = remake.graph.as_deref().map(engine::overlay).transpose()?;
    if overlay.is_none() {
        // Its content lies outside of the kit: it has to be named again.
        same_graph(order, None, &path)?;
    }
    let templates = remake.templates.as_deref().map(engine::templates).transpose()?;
    let was = order.brief.raw();
    let brief = RawBrief {
        company_name: remake.name.clone().unwrap_or(was.company_name),
        industry: remake.industry.clone().unwrap_or(was.industry),
        style: remake.style.clone().or(was.style),
        primary_color: remake.color.clone().or(was.primary_color),
        complexity: remake.complexity.clone().or(was.complexity),
        language: remake.lang.clone().or(was.language),
        distance: remake.distance.as_deref().map(engine::distance).transpose()?.or(was.distance),
    };
    let request = Request {
        format: 1,
        brief,
        // Kept also where it came from the brief: another would change everything.
        seed: Some(remake.seed.clone().unwrap_or_else(|| order.seed.to_string())),
        concepts: Some(remake.concepts.unwrap_or(order.concepts)),
        painted: order.painted.clone(),
        polish: order.polish,
        graph: overlay.as_deref().map(engine::stored),
        templates: templates.or_else(|| order.templates.clone()),
        like: order.like.clone(),
        unlike: Request::of(order).unlike,
    };
    Ok(Asked { request, overlay })
}

fn tell(remake: &Remake, next: &Next, made: &Made, total_ms: u64) -> Result<(), Fault> {
    let account = &made.account;
    if remake.json {
        let report = Report {
            format: 1,
            kit: &std::fs::canonicalize(&remake.kit).unwrap_or_else(|_| remake.kit.clone()),
            revision: next.revision(),
            changed: next.is_new(),
            tasks_rebuilt: account.tasks_rebuilt,
            tasks_reused: account.tasks_reused,
            files_rebuilt: account.files_rebuilt,
            files_reused: account.files_reused,
            changes: &next.changes,
            total_ms,
        };
        data(&serde_json::to_string_pretty(&report).map_err(|why| broken!("{why}"))?);
        return Ok(());
    }
    let speaker = Speaker::new(remake.quiet, Stop::default(), Vec::new());
    let kit = remake.kit.display();
    if next.is_new() {
        speaker.line(&format!("  {kit} is revision {} now; CHANGES.md says what is new.", next.revision()));
    } else {
        speaker.line(&format!("  {kit} stays revision {}: nothing is another.", next.revision()));
    }
    let (tasks, reused) = (account.tasks_rebuilt, account.tasks_reused);
    speaker.line(&format!("  {tasks} tasks done, {reused} reused"));
    let (files, reused) = (account.files_rebuilt, account.files_reused);
    speaker.line(&format!("  {files} files made, {reused} reused, {:.1} s", total_ms as f64 / 1000.0));
    Ok(())
}
