//! Bytes to pixels, refused before they cost anything.

use crate::picture::Picture;
use core_brand::Fault;
use core_brand::fault::Code;
use png::{ColorType, Decoder, Limits, Transformations};
use std::io::Cursor;

/// A painted picture of 1024 by 1024 pixels has one to three megabytes.
pub const BYTES_MAX: usize = 8 << 20;
/// Four times what painters give; at sixteen bytes each while they are read, a quarter of a component's memory.
pub const PIXELS_MAX: u64 = 4 << 20;
/// A strip that is wider than this in one direction is no mark.
pub const SIDE_MAX: u32 = 4096;
/// What the decoder may hold beside the pixels: tables, a palette, a profile.
const DECODER_BYTES_MAX: usize = 32 << 20;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What other pictures begin with, so that a refusal can name them.
const OTHERS: &[(&[u8], &str)] = &[
    (b"\xff\xd8\xff", "a JPEG"),
    (b"GIF8", "a GIF"),
    (b"RIFF", "a WebP"),
    (b"BM", "a BMP"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"%PDF", "a PDF"),
    (b"<", "an SVG or another text"),
    (b"", "no PNG"),
];

/// Reads a still PNG of any colour type and depth.
pub(crate) fn read(bytes: &[u8]) -> Result<Picture, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(too_large(bytes.len() as u64, "bytes", BYTES_MAX as u64));
    }
    if !bytes.starts_with(SIGNATURE) {
        let found =
            OTHERS.iter().find(|(start, _)| bytes.starts_with(start)).map_or("no PNG", |(_, name)| name);
        return Err(Fault::new(Code::PictureFormat, [("found", found.to_owned())]));
    }
    check_size(bytes)?;
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: DECODER_BYTES_MAX });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|why| malformed(&why))?;
    if reader.info().animation_control().is_some() {
        return Err(Fault::new(Code::PictureFormat, [("found", "an animated PNG".to_owned())]));
    }
    let size = reader.output_buffer_size().ok_or_else(|| malformed(&"it has no size"))?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(|why| malformed(&why))?;
    data.truncate(frame.buffer_size());
    let rgba = |pixel: &[u8]| match (frame.color_type, pixel) {
        (ColorType::Grayscale, [v]) => [*v, *v, *v, 255],
        (ColorType::GrayscaleAlpha, [v, a]) => [*v, *v, *v, *a],
        (ColorType::Rgb, [r, g, b]) => [*r, *g, *b, 255],
        (_, [r, g, b, a]) => [*r, *g, *b, *a],
        _ => [0; 4],
    };
    let pixels: Vec<[u8; 4]> = data.chunks_exact(frame.color_type.samples()).map(rgba).collect();
    Ok(Picture::new(frame.width as usize, frame.height as usize, &pixels))
}

/// From the first chunk alone: a file of a hundred bytes can claim to be a thousand million pixels.
fn check_size(bytes: &[u8]) -> Result<(), Fault> {
    let side = |at: usize| {
        let four = bytes.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
        four.map(u32::from_be_bytes).ok_or_else(|| malformed(&"it ends in its first chunk"))
    };
    let (width, height) = (side(16)?, side(20)?);
    let (longest, pixels) = (width.max(height), u64::from(width) * u64::from(height));
    if longest > SIDE_MAX {
        return Err(too_large(longest.into(), "pixels on one side", SIDE_MAX.into()));
    }
    if pixels > PIXELS_MAX { Err(too_large(pixels, "pixels", PIXELS_MAX)) } else { Ok(()) }
}

fn too_large(count: u64, what: &str, max: u64) -> Fault {
    let args = [("count", count.to_string()), ("what", what.to_owned()), ("max", max.to_string())];
    Fault::new(Code::PictureTooLarge, args)
}

fn malformed(why: &impl ToString) -> Fault {
    Fault::new(Code::PictureMalformed, [("why", why.to_string())])
}
