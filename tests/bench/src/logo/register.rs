//! One brief after another, each unlike every mark that was chosen before: what that brings, and what it costs.

use super::make::{Fonts, Made, make};
use super::{quantile, tables};
use crate::ms;
use core_brand::brief::Order;
use core_brand::{Fault, Silhouette};
use core_logo::choice;
use core_logo::crowd::TAKEN_BITS;
use core_logo::plan;
use std::collections::BTreeSet;
use std::time::Instant;

/// What is near none of the marks before is not drawn again, for nothing would be refused; of that, one brief in so many
/// is drawn again all the same, and has to come out as it was.
const CHECKED_EVERY: usize = 10;

/// What the register did to the sets of a corpus.
#[derive(Default)]
struct Cost {
    /// Briefs whose set is another, those that were drawn again to no end, and those of them that came out otherwise.
    changed: usize,
    checked: usize,
    moved: usize,
    /// Marks that are not in the set which the brief had for itself.
    marks: usize,
    refused: u32,
    fewer: usize,
    /// The mean score of each changed set, before and after, and how long it took to choose it.
    scores: [Vec<f64>; 2],
    times_ms: [Vec<f64>; 2],
}

/// Prints the near pairs of the corpus made one after another, its gates, and what it cost.
pub(super) fn print(alone: &[Made]) -> Result<(), Fault> {
    let (made, cost) = one_after_another(alone)?;
    tables::near("each unlike all marks before it", &made);
    println!();
    tables::gates(&made);
    cost.print(alone.len());
    Ok(())
}

fn one_after_another(alone: &[Made]) -> Result<(Vec<Made>, Cost), Fault> {
    let fonts = Fonts::open()?;
    let (mut made, mut cost, mut taken) = (Vec::new(), Cost::default(), BTreeSet::new());
    for (at, before) in alone.iter().enumerate() {
        let is_near = said(before).iter().any(|own| is_taken(&taken, *own));
        let next = if is_near || at % CHECKED_EVERY == 0 {
            let order = Order { unlike: taken.iter().copied().collect(), ..before.order.clone() };
            let after = make(order, &fonts)?;
            if is_near {
                cost.add(before, &after, &fonts)?;
            } else {
                cost.check(before, &after);
            }
            after
        } else {
            before.clone()
        };
        taken.extend(said(&next));
        made.push(next);
    }
    Ok((made, cost))
}

fn said(made: &Made) -> Vec<Silhouette> {
    made.marks.iter().map(|mark| mark.said).collect()
}

fn is_taken(taken: &BTreeSet<Silhouette>, own: Silhouette) -> bool {
    taken.iter().any(|other| choice::bits(own, *other) <= TAKEN_BITS)
}

impl Cost {
    fn add(&mut self, before: &Made, after: &Made, fonts: &Fonts) -> Result<(), Fault> {
        let known = said(before);
        self.changed += 1;
        self.marks += said(after).iter().filter(|mark| !known.contains(mark)).count();
        self.refused += after.rejected.get("l15-unlike").copied().unwrap_or_default();
        self.fewer += usize::from(after.marks.len() < before.marks.len());
        for (at, set) in [before, after].into_iter().enumerate() {
            let sum: f64 = set.marks.iter().map(|mark| mark.score).sum();
            self.scores[at].push(sum / set.marks.len() as f64);
            let started = Instant::now();
            plan::survey(&set.order, &set.design, fonts)?;
            self.times_ms[at].push(ms(started.elapsed()));
        }
        Ok(())
    }

    fn check(&mut self, before: &Made, after: &Made) {
        self.checked += 1;
        self.moved += usize::from(said(before) != said(after));
    }

    fn print(&self, briefs: usize) {
        let share = 100.0 * self.changed as f64 / briefs.max(1) as f64;
        println!("\n| what it costs to be unlike all marks before | |\n|---|---|");
        println!("| briefs whose set is another | {} of {briefs} ({share:.1} %) |", self.changed);
        println!("| marks that are others | {} |", self.marks);
        println!("| candidates refused by `l15-unlike` | {} |", self.refused);
        println!("| sets with fewer concepts than ordered | {} |", self.fewer);
        println!(
            "| sets near none before, drawn again | {}, of them another: {} |",
            self.checked, self.moved
        );
        let [before, after] =
            self.scores.each_ref().map(|all| all.iter().sum::<f64>() / all.len().max(1) as f64);
        println!("| mean score of the changed sets, before and after | {before:.3}, {after:.3} |");
        for (what, times) in ["without", "with"].into_iter().zip(&self.times_ms) {
            let [p50, p95] = [0.5, 0.95].map(|share| quantile(times.clone(), share));
            println!("| choosing them {what} the marks before: p50, p95 | {p50:.0} ms, {p95:.0} ms |");
        }
    }
}
