//! The laws of a palette, for colours from all over the cube, recomputed from the hex values by other code.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::design::{Palette, Scale};
use core_brand::{Rgb, Rng};
use core_color::{
    CHARTS, FILLS, GROUNDS, Harmony, Oklch, Request, SCALE_STEPS, THEMES, build, difference, measure,
    pairs_of_a_theme, to_oklch,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Foreground and ratio on every ground: what a palette promises on light and on dark. With high contrast each
/// promise is 7.
const PROMISED: &[(&str, f64)] = &[
    ("text", 7.0),
    ("muted", 4.5),
    ("link", 4.5),
    ("primary", 4.5),
    ("secondary", 3.0),
    ("accent", 3.0),
    ("border", 3.0),
    ("focus", 3.0),
    ("success", 4.5),
    ("warning", 4.5),
    ("danger", 4.5),
    ("info", 4.5),
    ("chart-1", 3.0),
    ("chart-2", 3.0),
    ("chart-3", 3.0),
    ("chart-4", 3.0),
    ("chart-5", 3.0),
    ("chart-6", 3.0),
    ("chart-7", 3.0),
    ("chart-8", 3.0),
];
/// A primary that is hard: black, white, what lies next to them, pure hues, greys and what is nearly grey.
const EXTREMES: &[&str] = &[
    "#000000", "#ffffff", "#010101", "#fefefe", "#000001", "#fffffe", "#ff0000", "#00ff00", "#0000ff",
    "#ffff00", "#00ffff", "#ff00ff", "#777777", "#767676", "#7f8080", "#808081", "#0a0000", "#fff8f8",
    "#ff8000", "#8000ff",
];
const STEPS_PER_CHANNEL: u32 = 17;

/// WCAG 2.2 from the written hex, with arithmetic of its own.
fn ratio(a: Rgb, b: Rgb) -> f64 {
    let luminance = |rgb: Rgb| -> f64 {
        let hex = rgb.to_string();
        let weights = [0.2126, 0.7152, 0.0722];
        (0..3)
            .map(|channel| {
                let level = u8::from_str_radix(&hex[1 + 2 * channel..3 + 2 * channel], 16).unwrap();
                let part = f64::from(level) / 255.0;
                let light = if part <= 0.04045 {
                    part / 12.92
                } else {
                    libm::exp(2.4 * libm::log((part + 0.055) / 1.055))
                };
                weights[channel] * light
            })
            .sum()
    };
    let mut pair = [luminance(a), luminance(b)];
    pair.sort_by(f64::total_cmp);
    (pair[1] + 0.05) / (pair[0] + 0.05)
}

fn request(given: Option<Rgb>, salt: u64) -> Request {
    let mut rng = Rng::new(salt);
    Request {
        given,
        wanted: Oklch::new(rng.between(0.35, 0.8), rng.between(0.04, 0.2), rng.between(0.0, 360.0)),
        harmony: Harmony::ALL[rng.below(Harmony::ALL.len())],
        loudness: rng.unit(),
        seed: salt,
    }
}

fn holds(palette: &Palette, given: Option<Rgb>) -> Result<(), String> {
    themes_hold(palette)?;
    logo_holds(palette)?;
    swatches_hold(palette, given)?;
    palette
        .scales
        .iter()
        .try_for_each(|scale| scale_holds(scale).map_err(|why| format!("{}: {why}", scale.id)))
}

fn themes_hold(palette: &Palette) -> Result<(), String> {
    let on_grounds = PROMISED
        .iter()
        .flat_map(|(front, least)| GROUNDS.iter().map(move |back| ((*front).to_owned(), *back, *least)));
    let on_fills = FILLS.iter().map(|fill| (format!("on-{fill}"), *fill, 4.5));
    let promised: Vec<(String, &str, f64)> = on_grounds.chain(on_fills).collect();
    let mut roles: BTreeSet<String> = GROUNDS.iter().map(|role| (*role).to_owned()).collect();
    roles.extend(promised.iter().map(|(front, ..)| front.clone()));
    if palette.themes.iter().map(|theme| theme.id.as_str()).ne(THEMES) || promised.len() != pairs_of_a_theme()
    {
        return Err("themes or promises missing".into());
    }
    for theme in &palette.themes {
        if theme.roles.keys().ne(&roles) || theme.p3.keys().ne(&roles) {
            return Err(format!("{} has roles {:?}", theme.id, theme.roles.keys()));
        }
        for (front, back, least) in &promised {
            let least = if theme.id == "high-contrast" { 7.0 } else { *least };
            pair_holds(palette, &theme.id, front, back, least)?;
        }
    }
    if palette.contrasts.len() != promised.len() * THEMES.len() {
        return Err(format!("{} pairs", palette.contrasts.len()));
    }
    Ok(())
}

/// One pair: measured here, said there, and called by its name of WCAG 2.2.
fn pair_holds(palette: &Palette, id: &str, front: &str, back: &str, least: f64) -> Result<(), String> {
    let theme = palette.theme(id).ok_or("theme missing")?;
    let measured = ratio(theme.roles[front], theme.roles[back]);
    let said = palette
        .contrasts
        .iter()
        .find(|pair| pair.theme == id && pair.foreground == front && pair.background == back);
    let said = said.ok_or_else(|| format!("{front} on {back} is not promised"))?;
    let is_text = said.kind == "text";
    let level = match said.ratio {
        _ if !is_text => "UI",
        r if r >= 7.0 => "AAA",
        _ => "AA",
    };
    let is_said = (0.0..0.0101).contains(&(measured - said.ratio)) && said.threshold == least;
    if measured < least || !is_said || said.level != level || (least == 4.5 && !is_text) {
        return Err(format!("{id} {front} on {back}: {measured}, said {said:?}"));
    }
    Ok(())
}

fn logo_holds(palette: &Palette) -> Result<(), String> {
    let logo = &palette.logo;
    let paper = palette.swatch("paper").ok_or("no paper")?.rgb;
    let primary = palette.swatch("primary").ok_or("no primary")?.rgb;
    let light = [logo.mark, logo.accent, logo.ink]
        .into_iter()
        .flat_map(|front| [(front, Rgb::WHITE), (front, paper)]);
    let dark =
        [logo.mark_on_dark, logo.accent_on_dark, logo.ink_on_dark].map(|front| (front, logo.ground_dark));
    for (front, back) in light.chain(dark).chain([(logo.on_primary, primary)]) {
        if ratio(front, back) < 3.0 {
            return Err(format!("logo {front} on {back}: {}", ratio(front, back)));
        }
    }
    Ok(())
}

fn swatches_hold(palette: &Palette, given: Option<Rgb>) -> Result<(), String> {
    let ids: Vec<&str> = palette.swatches.iter().map(|swatch| swatch.id.as_str()).collect();
    let shares: u32 = palette.swatches.iter().map(|swatch| u32::from(swatch.share)).sum();
    let brand: Vec<Rgb> = palette.swatches.iter().take(3).map(|swatch| swatch.rgb).collect();
    if ids != ["primary", "secondary", "accent", "ink", "paper"] || shares != 100 {
        return Err(format!("{ids:?} with {shares} %"));
    }
    if given.is_some_and(|given| brand[0] != given) || palette.given != given.is_some() {
        return Err("the given colour was changed".into());
    }
    for (scale, own) in palette.scales.iter().zip(&brand) {
        if !scale.steps.iter().any(|step| step.rgb == *own) {
            return Err(format!("{own} is not in its scale"));
        }
    }
    if palette.swatches.iter().any(|swatch| swatch.p3_error > 0.02) {
        return Err(format!("{:?}", palette.swatches));
    }
    let apart = [(0, 1), (0, 2), (1, 2)].map(|(a, b)| difference(brand[a], brand[b]));
    if apart.iter().any(|gap| *gap < 25.0) {
        return Err(format!("{brand:?} only {apart:?} apart"));
    }
    Ok(())
}

fn scale_holds(scale: &Scale) -> Result<(), String> {
    let steps: Vec<u16> = scale.steps.iter().map(|step| step.step).collect();
    let lightness: Vec<f64> = scale.steps.iter().map(|step| to_oklch(step.rgb).l).collect();
    if steps != SCALE_STEPS || lightness.windows(2).any(|pair| pair[0] - pair[1] < 0.005) {
        return Err(format!("{steps:?} {lightness:?}"));
    }
    let (drift, unevenness) = (measure::hue_drift(scale), measure::unevenness(scale));
    if drift > 6.0 || unevenness > 0.2 {
        return Err(format!("hue drifts by {drift}, steps differ by {unevenness}"));
    }
    let promised = [(500, 3.0), (600, 4.5), (700, 4.5), (800, 7.0)];
    for (step, least) in promised {
        let rgb = scale.steps.iter().find(|at| at.step == step).ok_or("step missing")?.rgb;
        if ratio(rgb, Rgb::WHITE) < least {
            return Err(format!("{step} is {} on white", ratio(rgb, Rgb::WHITE)));
        }
    }
    for (apart, least) in [(5, 3.0), (7, 4.5)] {
        for (light, dark) in scale.steps.iter().zip(scale.steps.iter().skip(apart)) {
            let measured = ratio(light.rgb, dark.rgb);
            if measured < least || measured + 1e-9 < measure::lattice(scale, apart) {
                return Err(format!("{} on {}: {measured}", light.step, dark.step));
            }
        }
    }
    Ok(())
}

#[test]
fn every_given_colour_makes_a_palette_that_holds() {
    let level = |index: u32| ((index * 255) / (STEPS_PER_CHANNEL - 1)) as u8;
    let cube = (0..STEPS_PER_CHANNEL * STEPS_PER_CHANNEL * STEPS_PER_CHANNEL).map(|index| {
        let [r, g, b] = [index / 289, index / 17 % 17, index % 17].map(level);
        Rgb::new(r, g, b)
    });
    let colors: Vec<Rgb> = cube.chain(EXTREMES.iter().map(|hex| Rgb::parse(hex).unwrap())).collect();
    let halves = colors.split_at(colors.len() / 2);
    let failures = std::thread::scope(|scope| {
        let run = |half: &'static str, colors: Vec<Rgb>| scope.spawn(move || failures(half, &colors));
        let (first, second) = (run("a", halves.0.to_vec()), run("b", halves.1.to_vec()));
        [first.join().unwrap(), second.join().unwrap()].concat()
    });
    assert!(
        failures.is_empty(),
        "{} of {}: {:#?}",
        failures.len(),
        colors.len(),
        &failures[..failures.len().min(12)]
    );
}

fn failures(half: &str, colors: &[Rgb]) -> Vec<String> {
    let salted = colors.iter().zip(0u64..);
    salted
        .filter_map(|(rgb, salt)| {
            let palette = build(&request(Some(*rgb), salt));
            holds(&palette, Some(*rgb)).err().map(|why| format!("{half} {rgb}: {why}"))
        })
        .collect()
}

#[test]
fn every_wanted_colour_makes_a_palette_that_holds() {
    for salt in 0..300 {
        let palette = build(&request(None, salt));
        holds(&palette, None).unwrap_or_else(|why| panic!("{salt}: {why}"));
    }
}

#[test]
fn same_request_same_palette_and_each_part_of_it_counts() {
    let base = Request { seed: 1, harmony: Harmony::Split, ..request(Rgb::parse("#2563eb").ok(), 5) };
    assert_eq!(build(&base), build(&base.clone()));
    let palette = build(&base);
    let others = [
        Request { given: Rgb::parse("#2564eb").ok(), ..base.clone() },
        Request { harmony: Harmony::Triad, ..base.clone() },
        Request { seed: 2, ..base.clone() },
        Request { loudness: 1.0 - base.loudness, ..base },
    ];
    for other in others {
        assert_ne!(palette, build(&other), "{other:?}");
    }
}

#[test]
fn hue_stays_from_light_to_dark() {
    for salt in 0..60 {
        let palette = build(&request(None, salt));
        for role in
            ["primary", "secondary", "accent", "success", "warning", "danger", "info"].iter().chain(&CHARTS)
        {
            let turn = measure::hue_turn(&palette, role, ["light", "dark"]);
            assert!(turn <= 8.0, "{salt} {role}: {turn}");
        }
    }
}

fn any_request() -> impl Strategy<Value = Request> {
    let given = prop_oneof![
        3 => any::<[u8; 3]>().prop_map(Some),
        1 => any::<u8>().prop_map(|level| Some([level, level, level])),
        1 => (any::<u8>(), 0_u8..4).prop_map(|(level, off)| Some([level, level.saturating_add(off), level])),
        1 => Just(None),
    ];
    let wanted = (0.0..1.0, 0.0..0.4, 0.0..360.0);
    (given, wanted, 0..Harmony::ALL.len(), 0.0..=1.0, any::<u64>()).prop_map(
        |(given, (l, c, h), harmony, loudness, seed)| Request {
            given: given.map(|[r, g, b]| Rgb::new(r, g, b)),
            wanted: Oklch::new(l, c, h),
            harmony: Harmony::ALL[harmony],
            loudness,
            seed,
        },
    )
}

proptest! {
    #[test]
    fn every_request_makes_a_palette_that_holds(request in any_request()) {
        let palette = build(&request);
        let held = holds(&palette, request.given);
        prop_assert!(held.is_ok(), "{held:?}");
    }
}

#[test]
fn names_are_of_the_known_words() {
    use core_color::{FAMILIES, NEUTRALS, PAPERS, TONES};
    let mut known: BTreeSet<String> = NEUTRALS.iter().map(|name| (*name).to_owned()).collect();
    known.extend(TONES.iter().flat_map(|tone| FAMILIES.iter().map(move |family| format!("{tone}-{family}"))));
    known.extend(
        ["ink", "paper"].iter().flat_map(|kind| PAPERS.iter().map(move |name| format!("{kind}-{name}"))),
    );
    for value in (0..0x0100_0000_u32).step_by(4099) {
        let [_, r, g, b] = value.to_be_bytes();
        let rgb = Rgb::new(r, g, b);
        for name in [core_color::name(rgb), core_color::ink_name(rgb), core_color::paper_name(rgb)] {
            assert!(known.contains(&name), "{rgb}: {name}");
        }
    }
}
