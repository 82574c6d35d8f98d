//! The logos of a corpus of briefs: every gate measured again from the exported files, variety, likeness, time.

mod file;
mod look;
mod make;
mod names;
mod register;
mod spacing;
mod tables;

use core_brand::brief::Order;
use core_brand::{Fault, broken};
use imprint_harness::Chance;
use make::{Fonts, Made, Timed, make, timed};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Briefs that are measured at once: the machine that the figures are for has two cores.
const WIDTH: usize = 2;
/// One brief in so many is made in wasm too: enough for a quantile, and the run stays short.
const WASM_EVERY: usize = 4;

/// Prints the tables of the first so many briefs; of all where nothing is said.
pub(crate) fn print(count: Option<usize>) {
    let orders = orders(count);
    tables::times(&sure(one_by_one(&orders)));
    let made = sure(all(&orders));
    println!();
    tables::gates(&made);
    tables::drawn(&made);
    tables::near("each brief for itself", &made);
    sure(register::print(&made));
    tables::variety(&made);
    tables::files(&made);
    let twins = sure(names::twins()).iter().map(|group| sure(all(group))).collect::<Vec<Vec<Made>>>();
    tables::twins(&twins);
}

/// Prints only what marks of different briefs have in common: each brief for itself, then one after another.
pub(crate) fn near(count: Option<usize>) {
    let made = sure(all(&orders(count)));
    tables::near("each brief for itself", &made);
    sure(register::print(&made));
}

/// The first so many briefs.
fn orders(count: Option<usize>) -> Vec<Order> {
    let chance = Chance::of_environment();
    let seed = chance.seed();
    let mut orders = sure(names::corpus(chance));
    orders.truncate(count.unwrap_or(usize::MAX));
    println!("\n{} briefs of up to 20 industries, every other drawn: IMPRINT_SEED={seed}", orders.len());
    orders
}

/// One order after another, each as somebody has it who waits for it alone; the first and then every so many in wasm too.
fn one_by_one(orders: &[Order]) -> Result<Vec<Timed>, Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|why| broken!("no threads: {why}"))?;
    let fonts = Fonts::open()?;
    runtime.block_on(async {
        let (workshop, mut all) = (make::workshop()?, Vec::new());
        for (at, order) in orders.iter().enumerate() {
            let wasm = Some(&workshop).filter(|_| at.is_multiple_of(WASM_EVERY));
            all.push(timed(order, &fonts, wasm).await?);
        }
        Ok(all)
    })
}

/// All orders, in their order.
fn all(orders: &[Order]) -> Result<Vec<Made>, Fault> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let worker = || -> Result<(), Fault> {
            let fonts = Fonts::open()?;
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(order) = orders.get(at) else { return Ok(()) };
                let made = make(order.clone(), &fonts)?;
                done.lock().unwrap_or_else(PoisonError::into_inner).push((at, made));
            }
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

fn sure<T>(result: Result<T, Fault>) -> T {
    result.unwrap_or_else(|fault| panic!("{fault}"))
}

fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * share).ceil() as usize;
    values.get(place.saturating_sub(1)).copied().unwrap_or_default()
}
