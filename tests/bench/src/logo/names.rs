//! Names and trades, and the orders made of them.

use core_brand::Fault;
use core_brand::brief::{Order, RawBrief};
use core_order::Request;
use imprint_harness::Chance;

const TEXT: &str = include_str!("../../data/logo-names.txt");
/// Of each industry, as many drawn as the file holds.
const DRAWN: usize = 5;
/// What decides the styles of the half that is always the same.
const SEED: u64 = 5;

/// Every brief: the even ones are always the same, the odd ones are drawn.
pub(super) fn corpus(mut drawn: Chance) -> Result<Vec<Order>, Fault> {
    let mut same = Chance::new(SEED);
    let mut orders = Vec::new();
    for at in 0..DRAWN {
        for (industry, names) in industries() {
            orders.push(order(industry, names[at], &mut same)?);
            orders.push(order(industry, &name(&mut drawn), &mut drawn)?);
        }
    }
    Ok(orders)
}

/// Names of one trade that begin with one letter, group by group.
pub(super) fn twins() -> Result<Vec<Vec<Order>>, Fault> {
    let groups = lines().filter_map(|(key, names)| Some((key.strip_prefix("same ")?, names)));
    groups
        .map(|(industry, names)| {
            names.iter().map(|name| order(industry, name, &mut Chance::new(SEED))).collect()
        })
        .collect()
}

fn lines() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let lines = TEXT.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": ")).map(|(key, names)| (key, names.split("; ").collect()))
}

fn industries() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    lines().filter(|(key, _)| core_graph::industries().iter().any(|industry| industry.id == *key))
}

fn part(key: &str) -> Vec<&'static str> {
    lines().find(|(found, _)| *found == key).map(|(_, names)| names).unwrap_or_default()
}

/// One in five is of another script, very short or very long.
fn name(chance: &mut Chance) -> String {
    let mut one = |key: &str| chance.one(&part(key)).unwrap_or_default();
    let (first, second, other) = (one("first"), one("second"), one("others"));
    if chance.below(5) == 0 { other.to_owned() } else { format!("{first} {second}") }
}

fn order(industry: &str, name: &str, chance: &mut Chance) -> Result<Order, Fault> {
    let styles: Vec<&str> = core_graph::styles().iter().map(|style| style.id.as_str()).collect();
    let brief = RawBrief {
        company_name: name.to_owned(),
        industry: industry.to_owned(),
        style: chance.one(&styles).map(str::to_owned),
        ..RawBrief::default()
    };
    core_order::order(&Request { format: 1, brief, ..Request::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_corpus_is_as_wide_as_it_says() {
        let [one, other] = [1, 2].map(|seed| corpus(Chance::new(seed)).unwrap());
        let industries: BTreeSet<&str> = one.iter().map(|order| order.brief.industry.as_str()).collect();
        assert_eq!((one.len(), industries.len()), (200, 20));
        let differ = |at: &usize| one[*at] != other[*at];
        let (odd, even): (Vec<_>, Vec<_>) = (0..200).filter(differ).partition(|at| at % 2 == 1);
        assert!(even.is_empty() && odd.len() > 90, "{} differ", odd.len());
        for group in twins().unwrap() {
            let initials: BTreeSet<_> =
                group.iter().filter_map(|order| order.brief.company_name.chars().next()).collect();
            assert_eq!((group.len(), initials.len()), (4, 1));
        }
    }
}
