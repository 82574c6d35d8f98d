//! From pixels to files: PNG with the fewest bytes a pixel, WebP without loss, and ICO.

use crate::{deflate, filter, webp};
use core_brand::{Fault, broken};
use image::ExtendedColorType;
use image::codecs::ico::{IcoEncoder, IcoFrame};
use image::codecs::webp::WebPEncoder;
use png::{BitDepth, ColorType, DeflateCompression, Filter, chunk};
use std::collections::{BTreeMap, VecDeque};

/// So many are remembered: all widths of one logo lie between two of one width in other colours.
const RECENT_MAX: usize = 8;

/// A PNG file with its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Png {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Pixels, four bytes each, alpha not multiplied in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rgba: Vec<u8>,
}

impl Picture {
    pub(crate) fn png(&self) -> Result<Png, Fault> {
        self.png_after(&mut Packer::default())
    }

    /// The smallest exact form: a palette where the colours fit one, else without alpha where nothing is transparent.
    pub(crate) fn png_after(&self, packer: &mut Packer) -> Result<Png, Fault> {
        if let Some(indexed) = Indexed::of(self) {
            return self.pack_indexed(indexed, packer);
        }
        if self.is_opaque() {
            let rgb: Vec<u8> = self.colors().flat_map(|[r, g, b, _]| [r, g, b]).collect();
            return self.pack(ColorType::Rgb, &rgb);
        }
        self.png_rgba()
    }

    /// Four bytes a pixel, as readers of ICO files expect.
    pub(crate) fn png_rgba(&self) -> Result<Png, Fault> {
        self.pack(ColorType::Rgba, &self.rgba)
    }

    /// Without loss: logos have edges, and what other encoders leave out shows first at those.
    pub(crate) fn webp(&self) -> Result<Vec<u8>, Fault> {
        if let Some(indexed) = Indexed::of(self) {
            return Ok(webp::indexed(self.width, self.height, &indexed.pixels, &indexed.colors()));
        }
        let mut bytes = Vec::new();
        WebPEncoder::new_lossless(&mut bytes)
            .encode(&self.rgba, self.width, self.height, ExtendedColorType::Rgba8)
            .map_err(|why| broken!("{why}"))?;
        Ok(bytes)
    }

    pub(crate) fn is_opaque(&self) -> bool {
        self.colors().all(|[.., alpha]| alpha == u8::MAX)
    }

    pub(crate) fn colors(&self) -> impl Iterator<Item = [u8; 4]> + '_ {
        self.rgba.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]])
    }

    fn pack(&self, color: ColorType, data: &[u8]) -> Result<Png, Fault> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(color);
        encoder.set_depth(BitDepth::Eight);
        // Flat pictures repeat pixels: differences of neighbours would only add noise.
        encoder.set_deflate_compression(DeflateCompression::Level(9));
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header().map_err(|why| broken!("{why}"))?;
        writer.write_image_data(data).map_err(|why| broken!("{why}"))?;
        writer.finish().map_err(|why| broken!("{why}"))?;
        Ok(Png { bytes, width: self.width, height: self.height })
    }

    /// A byte a pixel, packed as well as it goes: nearly all pictures of a kit are of this kind.
    fn pack_indexed(&self, indexed: Indexed, packer: &mut Packer) -> Result<Png, Fault> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(&indexed.palette);
        if !indexed.alpha.is_empty() {
            encoder.set_trns(&indexed.alpha);
        }
        let mut writer = encoder.write_header().map_err(|why| broken!("{why}"))?;
        let packed = packer.pack(indexed.pixels, self.width as usize);
        writer.write_chunk(chunk::IDAT, packed).map_err(|why| broken!("{why}"))?;
        writer.finish().map_err(|why| broken!("{why}"))?;
        Ok(Png { bytes, width: self.width, height: self.height })
    }
}

/// Packs one picture after another. Those of a logo in other colours have the same places in another palette, and these
/// are packed once.
#[derive(Default)]
pub(crate) struct Packer {
    recent: VecDeque<Packed>,
}

struct Packed {
    pixels: Vec<u8>,
    width: usize,
    stream: Vec<u8>,
}

impl Packer {
    fn pack(&mut self, pixels: Vec<u8>, width: usize) -> &[u8] {
        let known = self.recent.iter().position(|one| one.width == width && one.pixels == pixels);
        let found = known.and_then(|index| self.recent.remove(index)).unwrap_or_else(|| {
            let stream = deflate::zlib(&filter::filtered(&pixels, width), width + 1);
            Packed { pixels, width, stream }
        });
        self.recent.truncate(RECENT_MAX - 1);
        self.recent.push_front(found);
        &self.recent[0].stream
    }
}

/// One file with a picture for each size.
pub(crate) fn ico(pictures: &[Picture]) -> Result<Vec<u8>, Fault> {
    let frames: Result<Vec<_>, Fault> = pictures.iter().map(frame).collect();
    let mut bytes = Vec::new();
    IcoEncoder::new(&mut bytes).encode_images(&frames?).map_err(|why| broken!("{why}"))?;
    Ok(bytes)
}

fn frame(picture: &Picture) -> Result<IcoFrame<'static>, Fault> {
    let png = picture.png_rgba()?;
    IcoFrame::with_encoded(png.bytes, png.width, png.height, ExtendedColorType::Rgba8)
        .map_err(|why| broken!("{why}"))
}

/// Pixels as places in a palette, the colours in the order in which they come: places of neighbours are then alike
/// in all rows, which packs best.
struct Indexed {
    pixels: Vec<u8>,
    palette: Vec<u8>,
    /// Of the colours up to the last that is not opaque.
    alpha: Vec<u8>,
}

impl Indexed {
    fn colors(&self) -> Vec<[u8; 4]> {
        let alpha = self.alpha.iter().copied().chain(std::iter::repeat(u8::MAX));
        self.palette.chunks_exact(3).zip(alpha).map(|(rgb, alpha)| [rgb[0], rgb[1], rgb[2], alpha]).collect()
    }

    /// `None` where there are too many colours.
    fn of(picture: &Picture) -> Option<Self> {
        let mut places = BTreeMap::new();
        let mut colors = Vec::new();
        let mut last = None;
        let mut pixels = Vec::with_capacity(picture.rgba.len() / 4);
        for color in picture.colors() {
            // Most pixels repeat the one before.
            let place = match last {
                Some((before, place)) if before == color => place,
                _ => *places.entry(color).or_insert_with(|| {
                    colors.push(color);
                    colors.len() - 1
                }),
            };
            last = Some((color, place));
            pixels.push(u8::try_from(place).ok()?);
        }
        let translucent = colors.iter().rposition(|[.., alpha]| *alpha < u8::MAX).map_or(0, |last| last + 1);
        let palette = colors.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
        let alpha = colors[..translucent].iter().map(|[.., alpha]| *alpha).collect();
        Some(Self { pixels, palette, alpha })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, colors: &[[u8; 4]]) -> Picture {
        Picture { width, height: colors.len() as u32 / width, rgba: colors.concat() }
    }

    /// The kind of pixels a PNG holds, straight from its header.
    fn kind(png: &Png) -> u8 {
        png.bytes[25]
    }

    #[test]
    fn the_form_follows_the_colours() {
        let gray = |alpha: u8| (0..=255).map(move |v| [v, v, v, alpha]);
        let many: Vec<_> = gray(255).chain(gray(9)).collect();
        let opaque: Vec<_> = gray(255).chain((0..=255).map(|v| [v, 0, 0, 255])).collect();
        let cases: &[(&str, Vec<[u8; 4]>, u8)] = &[
            ("few colours", vec![[1, 2, 3, 0], [4, 5, 6, 255]], 3),
            ("as many as a palette holds", gray(255).collect(), 3),
            ("many opaque", opaque, 2),
            ("many with alpha", many, 6),
        ];
        for (what, colors, wanted) in cases {
            let png = picture(2, colors).png().unwrap();
            assert_eq!(kind(&png), *wanted, "{what}");
            let back = image::load_from_memory(&png.bytes).unwrap().to_rgba8();
            assert_eq!(back.as_raw(), &colors.concat(), "{what}");
        }
    }

    #[test]
    fn what_is_remembered_is_what_would_be_packed() {
        let stripes = |width: u32, colors: [[u8; 4]; 2]| {
            picture(width, &(0..240).map(|at| colors[at / 3 % 2]).collect::<Vec<_>>())
        };
        let (red, blue, white) = ([200, 0, 0, 255], [0, 0, 200, 255], [255; 4]);
        let pictures = [stripes(12, [red, white]), stripes(12, [blue, white]), stripes(10, [red, white])];
        let mut packer = Packer::default();
        for picture in pictures.iter().chain(&pictures) {
            assert_eq!(picture.png_after(&mut packer).unwrap(), picture.png().unwrap());
        }
        assert_eq!(packer.recent.len(), 2, "colours are no part of what is packed");
        for width in 1..=40 {
            stripes(width, [red, white]).png_after(&mut packer).unwrap();
        }
        assert_eq!(packer.recent.len(), RECENT_MAX);
    }

    #[test]
    fn an_icon_file_holds_each_size() {
        let pictures: Vec<_> =
            [16, 32].map(|px| picture(px, &vec![[9, 8, 7, 255]; (px * px) as usize])).into();
        let bytes = ico(&pictures).unwrap();
        assert_eq!((&bytes[..6], bytes[6], bytes[22]), (&[0, 0, 1, 0, 2, 0][..], 16, 32));
    }
}
