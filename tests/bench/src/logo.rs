//! The logos of a corpus of briefs: every gate measured again from the exported files, variety, likeness, time.

mod file;
mod look;
mod make;
mod names;
mod register;
mod spacing;
mod tables;

use core_brand::Fault;
use core_brand::brief::Order;
use imprint_harness::Chance;
use make::{Fonts, Made, make};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Briefs at once: the machine that the figures are for has two cores.
const WIDTH: usize = 2;
/// One brief in so many is made in wasm too: enough for a quantile, and the run stays short.
const WASM_EVERY: usize = 4;

/// Prints the tables of the first so many briefs; of all where nothing is said.
pub(crate) fn print(count: Option<usize>) {
    let made = corpus(count, WASM_EVERY);
    tables::gates(&made);
    tables::drawn(&made);
    tables::times(&made);
    tables::near("each brief for itself", &made);
    register::print(&made).unwrap_or_else(|fault| panic!("{fault}"));
    tables::variety(&made);
    tables::files(&made);
    let groups = names::twins().unwrap_or_else(|fault| panic!("{fault}"));
    let twins: Result<Vec<Vec<Made>>, Fault> =
        groups.into_iter().map(|group| all(&group, usize::MAX)).collect();
    tables::twins(&twins.unwrap_or_else(|fault| panic!("{fault}")));
}

/// Prints only what marks of different briefs have in common: each brief for itself, then one after another.
pub(crate) fn near(count: Option<usize>) {
    let made = corpus(count, usize::MAX);
    tables::near("each brief for itself", &made);
    register::print(&made).unwrap_or_else(|fault| panic!("{fault}"));
}

/// The concepts of the first so many briefs.
fn corpus(count: Option<usize>, wasm_every: usize) -> Vec<Made> {
    let chance = Chance::of_environment();
    let seed = chance.seed();
    let some =
        |orders: Vec<Order>| -> Vec<Order> { orders.into_iter().take(count.unwrap_or(usize::MAX)).collect() };
    let made = names::corpus(chance).and_then(|orders| all(&some(orders), wasm_every));
    let made = made.unwrap_or_else(|fault| panic!("{fault}"));
    println!("\n{} briefs of up to 20 industries, every other drawn: IMPRINT_SEED={seed}\n", made.len());
    made
}

/// All orders, in their order; the first and then every so many in wasm too.
fn all(orders: &[Order], wasm_every: usize) -> Result<Vec<Made>, Fault> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let worker = || -> Result<(), Fault> {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
            let runtime = runtime.map_err(|why| core_brand::broken!("no threads: {why}"))?;
            let fonts = Fonts::open()?;
            runtime.block_on(async {
                let wasm = if wasm_every < usize::MAX { Some(make::workshop()?) } else { None };
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(order) = orders.get(at) else { return Ok(()) };
                    let wasm = wasm.as_ref().filter(|_| at.is_multiple_of(wasm_every));
                    let made = make(order.clone(), &fonts, wasm).await?;
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((at, made));
                }
            })
        };
        let workers: Vec<_> = (0..WIDTH).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(done) => done,
            Err(why) => std::panic::resume_unwind(why),
        })
    })?;
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, made)| made).collect())
}

fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * share).ceil() as usize;
    values.get(place.saturating_sub(1)).copied().unwrap_or_default()
}
