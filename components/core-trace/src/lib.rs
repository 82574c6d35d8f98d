//! From a painted picture to a drawing of flat shapes, judged as drawn marks are.
//!
//! Pure: PNG bytes in, a drawing or the reasons against one out. The ground is taken away, colours become at most
//! three flat fills, `visioncortex` (the engine of vtracer) finds and walks the regions, their edges are placed
//! between the pixels, refitted with few lines and curves, and brought into the square that marks are drawn in.
//!
//! **Law.** A drawing that leaves this crate passes every gate of `core_logo::gate`; any other picture stays a picture
//! and says why; kept by `trace`, tested in `tests/marks.rs` and `tests/hostile.rs`. Same bytes in, same drawing out,
//! on every machine: of floats only what IEEE 754 fixes, and `libm` for colours; kept by `tests/marks.rs`, which traces twice.
//! `painted` makes concepts of what was painted: the steps of the `logo` component.
//! **Absent.** Painting (a provider's), prompts for it (`core_logo::prompt`), colours of a brand: fills are roles.

mod color;
mod compose;
mod curve;
mod ground;
mod judge;
mod knot;
mod outline;
pub mod painted;
mod picture;
mod read;
mod region;

pub use color::FILLS_MAX;
pub use painted::LogoSteps;
pub use picture::WORK_PX;
pub use read::{BYTES_MAX, PIXELS_MAX, SIDE_MAX};

use core_brand::fault::Code;
use core_brand::{Check, Drawing, Fault, FillRole, Rgb};
use picture::Picture;
use serde::{Deserialize, Serialize};

/// What became of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Traced {
    /// A mark like a drawn one: every gate holds.
    Vector { format: u32, drawing: Drawing, fills: Vec<Fill>, checks: Vec<Check> },
    /// It stays a picture: what does not hold.
    Picture { format: u32, why: Vec<Check> },
}

/// A colour of the picture, and the role that its shapes have now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    pub role: FillRole,
    pub rgb: Rgb,
    /// Share of the ink, in percent.
    pub share: u8,
}

/// Traces a PNG with at most so many colours. A fault is a file that is no picture; a picture that makes no mark is none.
pub fn trace(png: &[u8], colors: u32) -> Result<Traced, Fault> {
    if !(1..=FILLS_MAX).contains(&colors) {
        let [count, max] = [colors, FILLS_MAX].map(|count| count.to_string());
        return Err(Fault::new(Code::PictureColors, [("count", count), ("max", max)]));
    }
    let picture = read::read(png)?;
    Ok(drawn(&picture, colors).unwrap_or_else(|why| Traced::Picture { format: 1, why }))
}

/// The way of a picture; it ends where something does not hold.
fn drawn(picture: &Picture, colors: u32) -> Result<Traced, Vec<Check>> {
    judge::large_enough(picture)?;
    let ground = ground::find(picture);
    judge::calm(&ground)?;
    let picture = &picture.calmed(ground.noise);
    let found = color::reduce(picture, &ground, colors as usize);
    judge::inked(&found)?;
    let regions = region::sort(picture, &ground, &found.fills);
    judge::few_edges(&regions)?;
    judge::flat(&found, outline::crispness(picture, &ground, &found.fills, &regions))?;
    let (regions, fills) = color::named(picture, regions, &found.fills);
    let roles: Vec<FillRole> = fills.iter().map(|fill| fill.role).collect();
    let drawing = compose::drawing(picture, &ground, &found.fills, &regions, &roles);
    judge::mark(&drawing).map(|checks| Traced::Vector { format: 1, drawing, fills, checks })
}
