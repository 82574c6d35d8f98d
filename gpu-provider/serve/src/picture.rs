//! Pictures as PNG, with what is needed to paint them again written into them; and back from PNG.

use crate::job::Files;
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use imprint_painter::limits::{AREA_PX_MAX, SIDE_PX_MAX};
use imprint_painter::{Backend, Control, Noise, Order, Picture};
use png::{BitDepth, ColorType, Decoder, Encoder, Limits, Transformations};
use serde_json::{Value, json};
use std::io::Cursor;

/// The text that holds the order, as JSON.
pub const ORDER_TEXT: &str = "imprint-order";
/// What a person is told who looks.
pub const COMMENT_TEXT: &str = "Comment";
/// Said in every picture that no model painted.
pub const PROCEDURAL_COMMENT: &str = "Drawn by rules from the words and the seed; no model painted this.";
/// Of a picture that is read, decoded.
const DECODED_BYTES_MAX: usize = AREA_PX_MAX as usize * 8;

/// What painted a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Painter {
    /// `name@version`.
    pub model: String,
    pub backend: Backend,
    /// Of this picture.
    pub seed: u64,
}

/// A picture with its order, and the files that the order's own pictures came from.
pub fn signed(picture: &Picture, order: &Order, files: &Files, painter: &Painter) -> Result<Vec<u8>, Fault> {
    let comment = match painter.backend {
        Backend::Procedural => PROCEDURAL_COMMENT.to_owned(),
        Backend::Reference | Backend::Cuda => format!("Painted by the model {}.", painter.model),
    };
    let order = settings(order, files, painter).to_string();
    encode(picture, &[("Software", "Imprint"), (COMMENT_TEXT, &comment), (ORDER_TEXT, &order)])
}

/// A picture alone.
pub fn plain(picture: &Picture) -> Result<Vec<u8>, Fault> {
    encode(picture, &[])
}

fn encode(picture: &Picture, texts: &[(&str, &str)]) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let unwritten = |why: png::EncodingError| broken!("a picture: {why}");
    let mut encoder = Encoder::new(&mut bytes, picture.width, picture.height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    for (keyword, text) in texts {
        encoder.add_itxt_chunk((*keyword).to_owned(), (*text).to_owned()).map_err(unwritten)?;
    }
    let mut writer = encoder.write_header().map_err(unwritten)?;
    writer.write_image_data(&picture.rgb).map_err(unwritten)?;
    writer.finish().map_err(unwritten)?;
    Ok(bytes)
}

/// The order of one picture: with this seed, a count of 1 and the files that are named, it is painted again alone.
fn settings(order: &Order, files: &Files, painter: &Painter) -> Value {
    let loras: Vec<Value> =
        order.loras.iter().map(|lora| json!({ "name": lora.name, "scale": lora.scale })).collect();
    let control = |(at, one): (usize, &Control)| {
        let file = files.controls.get(at);
        json!({ "model": one.model, "scale": one.scale, "picture_sha256": file })
    };
    let controls: Vec<Value> = order.controls.iter().enumerate().map(control).collect();
    let mut all = json!({
        "format": 1,
        "backend": painter.backend.word(),
        "model": painter.model,
        "seed": painter.seed.to_string(),
        "prompt": order.prompt,
        "negative_prompt": order.negative_prompt,
        "width": order.width,
        "height": order.height,
        "steps": order.steps,
        "guidance": order.guidance,
        "sampler": order.sampler.word(),
        "noise": match order.noise { Noise::Philox => "philox", Noise::Mt19937 => "mt19937" },
        "loras": loras,
        "controls": controls,
        "source_strength": order.source.as_ref().map(|source| source.strength),
    });
    // Named where there are any: most orders have none.
    for (name, file) in [("source_sha256", &files.source), ("mask_sha256", &files.mask)] {
        if let Some(sha256) = file {
            all[name] = json!(sha256);
        }
    }
    all
}

/// A still PNG of any depth as red, green and blue; what is transparent is white.
pub fn read(bytes: &[u8]) -> Result<Picture, Fault> {
    let malformed = |why: String| Fault::new(Code::PictureMalformed, [("why", why)]);
    let limits = Limits { bytes: DECODED_BYTES_MAX };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|why| malformed(why.to_string()))?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width.max(height) > SIDE_PX_MAX || u64::from(width) * u64::from(height) > u64::from(AREA_PX_MAX) {
        let args =
            [("count", (u64::from(width) * u64::from(height)).to_string()), ("what", "pixels".to_owned())];
        let [count, what] = args;
        return Err(Fault::new(Code::PictureTooLarge, [count, what, ("max", AREA_PX_MAX.to_string())]));
    }
    let size = reader.output_buffer_size().ok_or_else(|| malformed("it has no size".to_owned()))?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(|why| malformed(why.to_string()))?;
    data.truncate(frame.buffer_size());
    let rgb = match frame.color_type {
        ColorType::Rgb => data,
        ColorType::Grayscale => data.iter().flat_map(|gray| [*gray; 3]).collect(),
        ColorType::GrayscaleAlpha => data.chunks_exact(2).flat_map(|two| [over(two[0], two[1]); 3]).collect(),
        ColorType::Rgba => data
            .chunks_exact(4)
            .flat_map(|four| [over(four[0], four[3]), over(four[1], four[3]), over(four[2], four[3])])
            .collect(),
        ColorType::Indexed => return Err(malformed("its palette was not read".to_owned())),
    };
    Ok(Picture { width, height, rgb })
}

/// On white.
fn over(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u16::from(value), u16::from(alpha));
    ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

/// How a latent looks so far, one pixel for each of its own: three of its channels as colours, each from its least to its
/// most. Shapes are seen, colours are not those of the picture.
#[must_use]
pub fn preview(latent: &[f32], width: u32, height: u32) -> Option<Picture> {
    let pixels = width as usize * height as usize;
    let channels = latent.len().checked_div(pixels)?;
    if channels == 0 || latent.len() != channels * pixels {
        return None;
    }
    let mut rgb = vec![0; pixels * 3];
    for color in 0..3 {
        let values = || latent.iter().skip(color.min(channels - 1)).step_by(channels);
        let (least, most) = values().fold((f32::INFINITY, f32::NEG_INFINITY), |(least, most), value| {
            (least.min(*value), most.max(*value))
        });
        let scale = 255.0 / (most - least).max(f32::MIN_POSITIVE);
        for (slot, value) in rgb.iter_mut().skip(color).step_by(3).zip(values()) {
            *slot = ((value - least) * scale).clamp(0.0, 255.0) as u8;
        }
    }
    Some(Picture { width, height, rgb })
}
