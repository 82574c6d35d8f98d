//! PNG to pixels, refused before it costs anything, and the flat colours that are in it.

use crate::limits::{PNG_DECODER_BYTES_MAX, PNG_PIXELS_MAX, PNG_SIDE_MAX};
use crate::refuse;
use core_brand::{Fault, Rgb};
use png::{ColorType, Decoder, Limits, Transformations};
use std::collections::BTreeMap;
use std::io::Cursor;

const KIND: &str = "PNG";
pub(crate) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// A pixel that is seen through more than this shows what lies under it.
const SOLID: u8 = 250;
/// And one that is seen through more than this is not there.
pub(crate) const THERE: u8 = 128;
/// A colour that has less of the picture is an edge between two others, or noise.
const SHARE_MIN: f64 = 0.002;
/// With less flat colour than this share, a picture is a photograph or a gradient.
pub(crate) const FLAT_MIN: f64 = 0.5;
/// Colours of a picture that are judged: a screenshot of an app has about thirty.
const COLORS_MAX: usize = 64;

pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<[u8; 4]>,
}

/// Reads a still PNG of any colour type and depth.
pub(crate) fn read(bytes: &[u8]) -> Result<Picture, Fault> {
    check_size(bytes)?;
    let limits = Limits { bytes: PNG_DECODER_BYTES_MAX };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let malformed = |why: png::DecodingError| refuse::malformed(KIND, &why.to_string());
    let mut reader = decoder.read_info().map_err(malformed)?;
    let size = reader.output_buffer_size().ok_or_else(|| refuse::malformed(KIND, "it has no size"))?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(malformed)?;
    data.truncate(frame.buffer_size());
    let rgba = |pixel: &[u8]| match (frame.color_type, pixel) {
        (ColorType::Grayscale, [v]) => [*v, *v, *v, 255],
        (ColorType::GrayscaleAlpha, [v, a]) => [*v, *v, *v, *a],
        (ColorType::Rgb, [r, g, b]) => [*r, *g, *b, 255],
        (_, [r, g, b, a]) => [*r, *g, *b, *a],
        _ => [0; 4],
    };
    let pixels: Vec<[u8; 4]> = data.chunks_exact(frame.color_type.samples()).map(rgba).collect();
    let (width, height) = (frame.width as usize, frame.height as usize);
    if pixels.len() != width * height || pixels.is_empty() {
        return Err(refuse::malformed(KIND, "it has fewer pixels than it says"));
    }
    Ok(Picture { width, height, pixels })
}

/// From the first chunk alone: a file of a hundred bytes can claim to be a thousand million pixels.
fn check_size(bytes: &[u8]) -> Result<(), Fault> {
    let side = |at: usize| {
        let four = bytes.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
        four.map(u32::from_be_bytes).ok_or_else(|| refuse::malformed(KIND, "it ends in its first chunk"))
    };
    let (width, height) = (side(16)?, side(20)?);
    let (longest, pixels) = (width.max(height), u64::from(width) * u64::from(height));
    if longest > PNG_SIDE_MAX {
        return Err(refuse::too_large(longest.into(), "pixels on one side", PNG_SIDE_MAX.into()));
    }
    if pixels > PNG_PIXELS_MAX {
        return Err(refuse::too_large(pixels, "pixels", PNG_PIXELS_MAX));
    }
    Ok(())
}

/// A flat colour of a picture.
pub(crate) struct Flat {
    pub(crate) rgb: Rgb,
    pub(crate) count: u32,
    /// Where it is first, from the top.
    pub(crate) first: usize,
}

impl Picture {
    pub(crate) fn rgb(&self, at: usize) -> Rgb {
        let [r, g, b, _] = self.pixels[at];
        Rgb::new(r, g, b)
    }

    pub(crate) fn is_there(&self, at: usize) -> bool {
        self.pixels[at][3] >= THERE
    }

    /// The colours of areas, most used first, and the share of all pixels that are there which they make. A pixel is of
    /// an area where its neighbours on both sides and above have its very colour: edges are not.
    pub(crate) fn flats(&self) -> (Vec<Flat>, f64) {
        let mut found: BTreeMap<[u8; 4], (u32, usize)> = BTreeMap::new();
        let (mut there, mut flat) = (0_u32, 0_u32);
        for (at, pixel) in self.pixels.iter().enumerate() {
            if pixel[3] < SOLID {
                continue;
            }
            there += 1;
            let column = at % self.width;
            let left = if column > 0 { at - 1 } else { at };
            let right = if column + 1 < self.width { at + 1 } else { at };
            let above = at.checked_sub(self.width).unwrap_or(at);
            if [left, right, above].into_iter().all(|other| self.pixels[other] == *pixel) {
                flat += 1;
                found.entry(*pixel).or_insert((0, at)).0 += 1;
            }
        }
        let least = (SHARE_MIN * f64::from(there)).max(4.0);
        let mut flats: Vec<Flat> = found
            .into_iter()
            .filter(|(_, (count, _))| f64::from(*count) >= least)
            .map(|([r, g, b, _], (count, first))| Flat { rgb: Rgb::new(r, g, b), count, first })
            .collect();
        flats.sort_by(|a, b| b.count.cmp(&a.count).then(a.first.cmp(&b.first)));
        flats.truncate(COLORS_MAX);
        (flats, f64::from(flat) / f64::from(there.max(1)))
    }
}
