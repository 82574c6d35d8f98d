//! States and chart colours stay apart in every sight, whatever the brand.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::Rgb;
use core_color::{CHARTS, Harmony, Oklch, Request, STATES, Sight, build, measure};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The target of P7: CIEDE2000 in the worst sight.
const APART: f64 = 12.0;

fn request(given: Option<Rgb>, hue: f64, harmony: usize, seed: u64) -> Request {
    Request {
        given,
        wanted: Oklch::new(0.55, 0.15, hue),
        harmony: Harmony::ALL[harmony],
        loudness: 0.6,
        seed,
    }
}

/// The least that any two colours of a group lie apart, over themes and sights.
fn least(request: &Request, group: &[&str]) -> f64 {
    let palette = build(request);
    let sights = palette
        .themes
        .iter()
        .flat_map(|theme| Sight::ALL.map(|sight| measure::least_apart(theme, group, sight)));
    sights.fold(f64::MAX, f64::min)
}

proptest! {
    #[test]
    fn no_sight_mixes_up_states_or_series(
        rgb in prop_oneof![2 => any::<[u8; 3]>().prop_map(Some), 1 => Just(None)],
        hue in 0.0..360.0,
        harmony in 0..Harmony::ALL.len(),
        seed in any::<u64>(),
    ) {
        let request = request(rgb.map(|[r, g, b]| Rgb::new(r, g, b)), hue, harmony, seed);
        for group in [&CHARTS[..], &STATES[..]] {
            let apart = least(&request, group);
            prop_assert!(apart >= APART, "{group:?}: {apart}");
        }
    }
}

#[test]
fn the_first_series_is_of_the_brand_and_brands_differ() {
    let mut firsts = BTreeSet::new();
    for hue in 0..12 {
        let request = request(None, f64::from(hue) * 30.0, 2, 7);
        let palette = build(&request);
        let light = palette.theme("light").unwrap();
        let own = core_color::to_oklch(palette.swatch("primary").unwrap().rgb).h;
        let first = core_color::to_oklch(light.role("chart-1").unwrap()).h;
        let gap = (own - first).abs().min(360.0 - (own - first).abs());
        assert!(gap < 40.0, "{own} {first}");
        firsts.insert(light.role("chart-1").unwrap());
    }
    assert!(firsts.len() >= 8, "{firsts:?}");
}
