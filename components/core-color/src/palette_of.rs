//! A request becomes a palette.

use crate::companions::{Companions, Harmony, companions};
use crate::contrast::{Toward, reach};
use crate::logo::logo;
use crate::matrix::contrasts;
use crate::name::{ink_name, name, paper_name};
use crate::print::press;
use crate::scale::scale;
use crate::space::{Oklch, to_oklch};
use crate::theme::{Brand, paper, settled, themes};
use crate::wide::{Wide, richer};
use core_brand::design::{Palette, Print, Swatch, Theme};
use core_brand::{Rgb, Rng};

pub const SCALE_STEPS: [u16; 11] = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950];

/// Below this a colour has no hue worth following.
const GREY_CHROMA: f64 = 0.025;
/// The ink's contrast on every light ground.
const INK: f64 = 12.0;

/// What a palette is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The colour that the person gave; it becomes the primary as it is.
    pub given: Option<Rgb>,
    /// The primary where none is given, and the hue to follow where the given one is a grey.
    pub wanted: Oklch,
    pub harmony: Harmony,
    /// 0 is quiet, 1 is loud: how colourful the companions are and how much room colour gets.
    pub loudness: f64,
    pub seed: u64,
}

/// The palette of a request. Swatch names are ids (`deep-blue`), for the caller to say in a language.
#[must_use]
pub fn build(request: &Request) -> Palette {
    let loudness = request.loudness.clamp(0.0, 1.0);
    let mut rng = Rng::fork(request.seed, "palette");
    let primary =
        request.given.unwrap_or_else(|| settled(request.wanted, tint(request.wanted, request.wanted.h)));
    let base = to_oklch(primary);
    let hue = if base.c < GREY_CHROMA { request.wanted.h } else { base.h };
    let tint = tint(base, hue);
    let paper = paper(tint);
    let Companions { secondary, accent } =
        companions(primary, hue, request.harmony, loudness, paper, &mut rng);
    let ink = reach(Oklch::new(0.235, tint.0 * 1.6, hue), INK, &[paper], Toward::Black);
    let brand = Brand { primary, secondary, accent, ink, paper, tint };

    let themes: Vec<Theme> = themes(&brand);
    Palette {
        swatches: swatches(&brand, loudness, request.given),
        scales: vec![
            scale("primary", base, Some(primary)),
            scale("secondary", to_oklch(secondary), Some(secondary)),
            scale("accent", to_oklch(accent), Some(accent)),
            scale("neutral", Oklch::new(0.6, tint.0, hue), None),
        ],
        contrasts: themes.iter().flat_map(contrasts).collect(),
        themes,
        logo: logo(&brand),
        given: request.given.is_some(),
        print: press().map(|press| Print { press: press.name.clone(), text: press.text(brand.ink) }),
    }
}

/// Chroma and hue of the neutrals: the brand's hue, hardly there.
fn tint(base: Oklch, hue: f64) -> (f64, f64) {
    (0.007 + 0.08 * base.c.min(0.14), hue)
}

fn swatches(brand: &Brand, loudness: f64, given: Option<Rgb>) -> Vec<Swatch> {
    // Room for colour grows with loudness; paper gives what colour takes.
    let extra = (loudness * 15.0).round() as u8;
    let primary = 15 + extra;
    let rows = [
        ("primary", brand.primary, name(brand.primary), primary),
        ("secondary", brand.secondary, name(brand.secondary), 10),
        ("accent", brand.accent, name(brand.accent), 5),
        ("ink", brand.ink, ink_name(brand.ink), 10),
        ("paper", brand.paper, paper_name(brand.paper), 60 - extra),
    ];
    rows.into_iter()
        .map(|(id, rgb, name, share)| {
            // A colour that a person gave is not made richer behind their back.
            let wide = if given == Some(rgb) { Wide::same(rgb) } else { richer(rgb) };
            Swatch {
                id: id.to_owned(),
                name,
                rgb,
                oklch: rounded(to_oklch(rgb)),
                share,
                p3: wide.p3,
                p3_error: wide.error,
                ink: press().map(|press| press.ink(rgb)),
            }
        })
        .collect()
}

fn rounded(color: Oklch) -> [f64; 3] {
    let grid = |value: f64, places: f64| (value * places).round() / places;
    [grid(color.l, 10_000.0), grid(color.c, 10_000.0), grid(color.h, 100.0)]
}
