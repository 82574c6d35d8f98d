//! Whatever colour is given, the design passes its gates and keeps it.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::Rgb;
use core_brand::brief::{Order, RawBrief};
use core_brand::check::Severity;
use core_design::decide;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn order(color: &str, industry: usize, style: usize, seed: u64) -> Order {
    let (industries, styles) = (core_graph::industries(), core_graph::styles());
    let raw = RawBrief {
        company_name: "Nordwind".into(),
        industry: industries[industry % industries.len()].id.clone(),
        style: Some(styles[style % styles.len()].id.clone()),
        primary_color: Some(color.into()),
        ..RawBrief::default()
    };
    Order::new(&raw, Some(seed), None).unwrap()
}

/// What is wrong with the design for a colour, if anything.
fn fault(color: &str, industry: usize, style: usize, seed: u64) -> Option<String> {
    let design = match decide(&order(color, industry, style, seed)) {
        Ok(design) => design,
        Err(fault) => return Some(fault.to_string()),
    };
    let kept = design.palette.swatch("primary").map(|swatch| swatch.rgb.to_string());
    let ids: BTreeSet<&str> = design.checks.iter().map(|check| check.id.as_str()).collect();
    let silent = design.checks.iter().find(|check| !check.passed && check.fix.is_empty());
    match silent {
        _ if kept.as_deref() != Some(color) => Some(format!("kept {kept:?}")),
        _ if ids.len() != design.checks.len() => Some("two checks have one id".into()),
        Some(check) => Some(format!("{check:?}")),
        None => design
            .checks
            .iter()
            .find(|check| check.severity == Severity::Gate && !check.passed)
            .map(|check| format!("{check:?}")),
    }
}

#[test]
fn extremes_pass() {
    let colors = [
        "#000000", "#ffffff", "#010101", "#fefefe", "#000001", "#fffffe", "#ff0000", "#00ff00", "#0000ff",
        "#ffff00", "#00ffff", "#ff00ff", "#777777", "#7f8080", "#808081", "#fff8f8", "#0a0000",
    ];
    for (turn, color) in colors.iter().enumerate() {
        assert_eq!(fault(color, turn * 5, turn, turn as u64), None, "{color}");
    }
}

proptest! {
    #[test]
    fn every_colour_passes(
        [r, g, b] in any::<[u8; 3]>(),
        industry in any::<u16>(),
        style in any::<u16>(),
        seed in any::<u64>(),
    ) {
        let color = Rgb::new(r, g, b).to_string();
        prop_assert_eq!(fault(&color, industry.into(), style.into(), seed), None);
    }
}

#[test]
fn every_measure_of_the_guide_is_among_the_checks() {
    let design = decide(&order("#2563eb", 3, 1, 7)).unwrap();
    let ids: BTreeSet<&str> = design.checks.iter().map(|check| check.id.as_str()).collect();
    let wanted = [
        "palette.contrast.high-contrast.chart-8-on-surface",
        "palette.text.dark",
        "palette.given-kept",
        "palette.contrast.light.on-info-on-info",
        "palette.scale.primary",
        "palette.scale.neutral.hue.target",
        "palette.scale.accent.even",
        "palette.scale.primary.own",
        "palette.scale.secondary.text",
        "palette.apart.primary-accent.target",
        "palette.sight.dark.charts.tritan",
        "palette.sight.high-contrast.states.protan.target",
        "palette.gamut",
        "palette.print.accent.ink",
        "palette.print.primary",
        "palette.matrix",
        "palette.hue.chart-1.target",
    ];
    let missing: Vec<_> = wanted.iter().filter(|id| !ids.contains(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
