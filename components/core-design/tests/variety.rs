//! How many pairs of faces the whole graph gives.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::brief::{Order, RawBrief};
use core_design::decide;
use std::collections::BTreeSet;

#[test]
fn many_pairs() {
    let mut pairs = BTreeSet::new();
    let mut displays = BTreeSet::new();
    let mut families = BTreeSet::new();
    for industry in core_graph::industries() {
        for style in core_graph::styles() {
            for seed in 0..5 {
                let raw = RawBrief {
                    company_name: "Nordwind".into(),
                    industry: industry.id.clone(),
                    style: Some(style.id.clone()),
                    ..RawBrief::default()
                };
                let t = decide(&Order::new(&raw, Some(seed), None).unwrap()).unwrap().typography;
                families.insert((t.display.key.family.clone(), t.text.key.family.clone()));
                displays.insert(t.display.key.family.clone());
                pairs.insert((t.display.key.to_string(), t.text.key.to_string()));
            }
        }
    }
    println!("pairs of fonts {}, of families {}, displays {}", pairs.len(), families.len(), displays.len());
}
