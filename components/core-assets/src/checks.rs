//! What is promised about the icons, measured on the finished files.

use crate::encode::Picture;
use crate::favicon::{CONTRAST_MIN, Favicon, SIZES};
use crate::web::{Brand, SAFE_ZONE};
use core_brand::Check;
use core_brand::Rgb;
use core_brand::check::{Comparison, Severity};

/// Header of an ICO file, then an entry for each picture.
const ICO_HEADER: usize = 6;
const ICO_ENTRY: usize = 16;
/// The size of a tab's icon on a dense screen.
const WHOLE_PX: u32 = 32;

pub(crate) fn all(
    brand: &Brand,
    favicon: &Favicon,
    ico: &[u8],
    apple: &Picture,
    maskable: &Picture,
) -> Vec<Check> {
    use Comparison::{AtLeast, AtMost, Equal};
    use Severity::{Gate, Warn};
    let found = ico_sizes(ico);
    let sizes = SIZES.iter().filter(|size| found.contains(size)).count();
    let clear = apple.colors().filter(|[.., alpha]| *alpha < u8::MAX).count();
    let used = reach(maskable, brand.primary);
    let check = Check::new;
    vec![
        check(
            "assets.favicon.sizes",
            Gate,
            sizes as f64,
            Equal,
            SIZES.len() as f64,
            "sizes",
            "favicon.ico holds 16, 32 and 48 pixels.",
        ),
        check(
            "assets.favicon.contrast",
            Gate,
            favicon.contrast,
            AtLeast,
            CONTRAST_MIN,
            "ratio",
            "The mark of the favicon stands out from what is behind it, on light and on dark tabs.",
        ),
        check(
            "assets.favicon.whole",
            Warn,
            f64::from(favicon.whole_px),
            AtMost,
            f64::from(WHOLE_PX),
            "pixels",
            "From this size on the favicon shows every part and hole of the mark.",
        ),
        check(
            "assets.apple-touch-icon.clear",
            Gate,
            clear as f64,
            Equal,
            0.0,
            "pixels",
            "apple-touch-icon.png has no transparent pixel, which a home screen would show black.",
        ),
        check(
            "assets.icon-maskable.reach",
            Gate,
            used,
            AtMost,
            SAFE_ZONE,
            "of the side",
            "The mark of the maskable icon lies inside the circle that every launcher shows.",
        ),
    ]
}

fn ico_sizes(ico: &[u8]) -> Vec<u32> {
    let entries = ico.get(ICO_HEADER..).unwrap_or_default().chunks(ICO_ENTRY);
    let count = ico.get(4).copied().map_or(0, usize::from);
    entries.take(count).filter_map(|entry| entry.first().copied().map(u32::from)).collect()
}

/// The diameter of the circle around everything that is not ground, as a share of the side.
fn reach(picture: &Picture, ground: Rgb) -> f64 {
    let ground = [ground.r, ground.g, ground.b, u8::MAX];
    let width = picture.width as usize;
    let half = f64::from(picture.width) / 2.0;
    let drawn = picture.colors().enumerate().filter(|(_, color)| *color != ground);
    let far = drawn.map(|(index, _)| {
        // The far corner of the pixel.
        let away = |at: usize| (at as f64 + 0.5 - half).abs() + 0.5;
        let (x, y) = (away(index % width), away(index / width));
        (x * x + y * y).sqrt()
    });
    2.0 * far.fold(0.0, f64::max) / f64::from(picture.width)
}
