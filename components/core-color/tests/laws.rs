//! The laws of a palette, for colours from all over the cube, recomputed from the hex values by other code.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::design::{Palette, Scale};
use core_brand::{Rgb, Rng};
use core_color::{Harmony, Oklch, Request, SCALE_STEPS, build, difference, to_oklch};
use std::collections::BTreeSet;

const ROLES: &[&str] = &[
    "background",
    "surface",
    "surface-raised",
    "border",
    "text",
    "muted",
    "primary",
    "on-primary",
    "secondary",
    "on-secondary",
    "accent",
    "on-accent",
    "link",
    "focus",
    "success",
    "on-success",
    "warning",
    "on-warning",
    "danger",
    "on-danger",
];
const GROUNDS: &[&str] = &["background", "surface", "surface-raised"];
/// Foreground, grounds, ratio: what a palette promises in both themes.
const PROMISED: &[(&str, &[&str], f64)] = &[
    ("text", GROUNDS, 7.0),
    ("muted", GROUNDS, 4.5),
    ("link", GROUNDS, 4.5),
    ("primary", GROUNDS, 4.5),
    ("secondary", GROUNDS, 3.0),
    ("accent", GROUNDS, 3.0),
    ("border", GROUNDS, 3.0),
    ("focus", GROUNDS, 3.0),
    ("success", GROUNDS, 4.5),
    ("warning", GROUNDS, 4.5),
    ("danger", GROUNDS, 4.5),
    ("on-primary", &["primary"], 4.5),
    ("on-secondary", &["secondary"], 4.5),
    ("on-accent", &["accent"], 4.5),
    ("on-success", &["success"], 4.5),
    ("on-warning", &["warning"], 4.5),
    ("on-danger", &["danger"], 4.5),
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
    for theme in ["light", "dark"] {
        let theme = palette.theme(theme).ok_or("theme missing")?;
        let roles: BTreeSet<&str> = theme.roles.keys().map(String::as_str).collect();
        if roles != ROLES.iter().copied().collect() {
            return Err(format!("{} has roles {roles:?}", theme.id));
        }
        for (front, backs, least) in PROMISED {
            for back in *backs {
                let measured = ratio(theme.roles[*front], theme.roles[*back]);
                let said = palette.contrasts.iter().find(|pair| {
                    pair.theme == theme.id && pair.foreground == *front && pair.background == *back
                });
                let said = said.ok_or_else(|| format!("{front} on {back} is not promised"))?;
                if measured < *least
                    || said.threshold != *least
                    || !(0.0..0.0101).contains(&(measured - said.ratio))
                {
                    return Err(format!("{} {front} on {back}: {measured}, said {said:?}", theme.id));
                }
            }
        }
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
    let promised = [(500, 3.0), (600, 4.5), (700, 4.5), (800, 7.0)];
    for (step, least) in promised {
        let rgb = scale.steps.iter().find(|at| at.step == step).ok_or("step missing")?.rgb;
        if ratio(rgb, Rgb::WHITE) < least {
            return Err(format!("{step} is {} on white", ratio(rgb, Rgb::WHITE)));
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
    let edges = [
        "#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff", "#ff00ff", "#777777",
        "#7f8080", "#fefefe", "#010101", "#808081",
    ];
    let colors: Vec<Rgb> = cube.chain(edges.iter().map(|hex| Rgb::parse(hex).unwrap())).collect();
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
        let [light, dark] =
            ["light", "dark"].map(|theme| to_oklch(palette.theme(theme).unwrap().roles["primary"]));
        let gap = (light.h - dark.h).abs();
        assert!(light.c < 0.04 || gap.min(360.0 - gap) < 8.0, "{light:?} {dark:?}");
    }
}

#[test]
fn scales_keep_their_hue_and_an_even_step() {
    for hex in ["#2563eb", "#c2410c", "#0f766e", "#7c3aed", "#ffd400"] {
        let palette = build(&request(Rgb::parse(hex).ok(), 3));
        let colors: Vec<Oklch> = palette.scales[0].steps.iter().map(|step| to_oklch(step.rgb)).collect();
        let hue = to_oklch(palette.swatches[0].rgb).h;
        for color in colors.iter().filter(|color| color.c > 0.03) {
            let gap = (color.h - hue).abs();
            assert!(gap.min(360.0 - gap) < 6.0, "{hex}: {color:?} against {hue}");
        }
        let gaps: Vec<f64> = colors.windows(2).map(|pair| pair[0].l - pair[1].l).collect();
        let mean = gaps.iter().sum::<f64>() / 10.0;
        let spread = (gaps.iter().map(|gap| (gap - mean) * (gap - mean)).sum::<f64>() / 10.0).sqrt() / mean;
        assert!(spread <= 0.3, "{hex}: {spread}");
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
