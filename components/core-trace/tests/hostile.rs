//! What is no mark stays a picture and says why; what is no picture is refused.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;

use core_trace::{BYTES_MAX, FILLS_MAX, SIDE_MAX, Traced, trace};
use png::{BitDepth, ColorType};
use support::{Canvas, Dice, draw, encode, marks};

const SIDE: usize = 512;

/// A picture, and one of the checks that it must fail.
struct Unfit {
    name: &'static str,
    paint: fn() -> Canvas,
    fails: &'static str,
}

const UNFIT: &[Unfit] = &[
    Unfit { name: "empty", paint: || Canvas::of(SIDE, |_, _| [255; 4]), fails: "trace.ink" },
    Unfit { name: "all black", paint: || Canvas::of(SIDE, |_, _| [0, 0, 0, 255]), fails: "trace.ink" },
    Unfit { name: "all clear", paint: || Canvas::of(SIDE, |_, _| [9, 9, 9, 0]), fails: "trace.ink" },
    Unfit { name: "one pixel", paint: || Canvas::of(1, |_, _| [0, 0, 0, 255]), fails: "trace.side" },
    Unfit { name: "tiny", paint: || draw(&marks()[0].svg("#ffffff"), 96), fails: "trace.side" },
    Unfit { name: "noise", paint: || noise(1), fails: "trace.ground" },
    Unfit { name: "coarse noise", paint: || noise(16), fails: "trace.ground" },
    Unfit { name: "photograph", paint: photograph, fails: "trace.ground" },
    Unfit {
        name: "gradient",
        paint: || Canvas::of(SIDE, |x, y| [(x * 255.0) as u8, (y * 255.0) as u8, 90, 255]),
        fails: "trace.ink",
    },
    Unfit { name: "blob", paint: blob, fails: "trace.crisp" },
    Unfit { name: "shaded ball", paint: ball, fails: "trace.crisp" },
    Unfit { name: "text page", paint: text, fails: "trace.ink" },
    Unfit { name: "specks", paint: specks, fails: "trace.crisp" },
    Unfit { name: "hairlines", paint: hairlines, fails: "trace.ink" },
    Unfit { name: "full square", paint: || square(0.04), fails: "logo.mark." },
    Unfit { name: "dot", paint: || square(0.46), fails: "trace.ink" },
];

fn noise(block: usize) -> Canvas {
    let mut dice = Dice(11);
    let values: Vec<u64> = (0..SIDE * SIDE).map(|_| dice.next()).collect();
    Canvas::of(SIDE, |x, y| {
        let at = |v: f64| (v * SIDE as f64) as usize / block;
        let [r, g, b, ..] = values[at(y) * SIDE + at(x)].to_le_bytes();
        [r, g, b, 255]
    })
}

/// Sky, hills, grain: many soft colours to the rim.
fn photograph() -> Canvas {
    let hill = |x: f64| 0.55 + 0.2 * (x - 0.3) * (x - 0.7) * 9.0;
    Canvas::of(SIDE, |x, y| {
        if y < hill(x) {
            [(120.0 + 90.0 * y) as u8, (150.0 + 80.0 * y) as u8, 235, 255]
        } else {
            [(60.0 + 160.0 * (1.0 - y)) as u8, (110.0 - 60.0 * x) as u8, 40, 255]
        }
    })
    .compressed(50.0, 5)
}

/// Ink that fades into the ground.
fn blob() -> Canvas {
    Canvas::of(SIDE, |x, y| {
        let away = ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)).sqrt() / 0.4;
        let value = (255.0 * away.min(1.0)) as u8;
        [value, value, 255, 255]
    })
}

/// A crisp disc with light on it.
fn ball() -> Canvas {
    Canvas::of(SIDE, |x, y| {
        let away = (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5);
        let light = (x - 0.4) * (x - 0.4) + (y - 0.35) * (y - 0.35);
        let value = (255.0 - 620.0 * light).clamp(0.0, 255.0);
        if away < 0.14 {
            [value as u8, (value * 0.5) as u8, (120.0 - value * 0.4) as u8, 255]
        } else {
            [255; 4]
        }
    })
}

/// Lines of little bars, as words look from afar.
fn text() -> Canvas {
    Canvas::of(SIDE, |x, y| {
        let (column, row) = ((x * 90.0) as usize, (y * 60.0) as usize);
        let is_in = (0.1..0.9).contains(&x) && (0.1..0.9).contains(&y);
        let is_ink = is_in && row % 2 == 0 && (column * 7 + row * 13) % 5 < 3 && (x * 90.0).fract() < 0.7;
        if is_ink { [20, 20, 20, 255] } else { [255; 4] }
    })
}

fn specks() -> Canvas {
    Canvas::of(SIDE, |x, y| {
        let (u, v) = ((x * 24.0).fract() - 0.5, (y * 24.0).fract() - 0.5);
        let is_in = (0.1..0.9).contains(&x) && (0.1..0.9).contains(&y);
        if is_in && u * u + v * v < 0.09 { [200, 30, 30, 255] } else { [255; 4] }
    })
}

fn hairlines() -> Canvas {
    Canvas::of(SIDE, |x, y| {
        let is_in = (0.1..0.9).contains(&x) && (0.1..0.9).contains(&y);
        if is_in && ((x + y) * 30.0).fract() < 0.16 { [0, 0, 0, 255] } else { [255; 4] }
    })
}

fn square(inset: f64) -> Canvas {
    Canvas::of(SIDE, |x, y| {
        let is_in = |v: f64| (inset..1.0 - inset).contains(&v);
        if is_in(x) && is_in(y) { [10, 90, 60, 255] } else { [255; 4] }
    })
}

#[test]
fn what_is_no_mark_stays_a_picture_and_says_why() {
    let mut wrong = Vec::new();
    for unfit in UNFIT {
        match trace(&(unfit.paint)().png(), 3).unwrap() {
            Traced::Vector { checks, .. } => wrong.push(format!("{} became a mark: {checks:?}", unfit.name)),
            Traced::Picture { why, .. } => {
                let ids: Vec<&str> = why.iter().map(|check| check.id.as_str()).collect();
                println!("{:14} {ids:?}", unfit.name);
                if !ids.iter().any(|id| id.starts_with(unfit.fails)) || why.iter().any(|check| check.passed) {
                    wrong.push(format!("{}: {ids:?}", unfit.name));
                }
                for check in why {
                    assert!(!check.message.is_empty(), "{}", check.id);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn refused(bytes: &[u8]) -> String {
    trace(bytes, 3).unwrap_err().code
}

/// A PNG with another width and height in its first chunk.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut png = Canvas::of(8, |_, _| [0; 4]).png();
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    png
}

#[test]
fn what_is_no_picture_is_refused() {
    let good = draw(&marks()[0].svg("#ffffff"), 256).png();
    let others: [&[u8]; 9] = [
        b"",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"RIFF....WEBP",
        b"BM",
        b"II*\0",
        b"<svg/>",
        b"%PDF-1.7",
        b"hello",
    ];
    for other in others {
        assert_eq!(refused(other), "picture.format", "{other:?}");
    }
    assert!(trace(b"\xff\xd8\xff\xe0", 3).unwrap_err().message.contains("a JPEG"));
    assert_eq!(refused(&claiming(30_000, 30_000)), "picture.too-large");
    assert_eq!(refused(&claiming(SIDE_MAX + 1, 1)), "picture.too-large");
    assert_eq!(refused(&claiming(SIDE_MAX, SIDE_MAX)), "picture.too-large");
    assert_eq!(refused(&[&good[..], &vec![0; BYTES_MAX]].concat()), "picture.too-large");
    assert_eq!(refused(&claiming(0, 9)), "picture.malformed");
    for length in [8, 12, 20, 33, 40, good.len() / 2, good.len() - 16] {
        assert_eq!(refused(&good[..length]), "picture.malformed", "{length} bytes");
    }
    let mut animated = good[..33].to_vec();
    // `acTL` with one frame, and the checksum of it.
    let body: [u8; 12] = [b'a', b'c', b'T', b'L', 0, 0, 0, 1, 0, 0, 0, 0];
    animated.extend(8_u32.to_be_bytes());
    animated.extend(body);
    animated.extend(checksum(&body).to_be_bytes());
    animated.extend(&good[33..]);
    assert_eq!(refused(&animated), "picture.format");
    for colors in [0, FILLS_MAX + 1, u32::MAX] {
        assert_eq!(trace(&good, colors).unwrap_err().code, "picture.colors");
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// The same pixels in every form of PNG are the same mark.
#[test]
fn every_form_of_png_is_read() {
    let mark = &marks()[2];
    let canvas = Canvas {
        rgba: draw(&mark.svg("#ffffff"), 384).rgba.iter().map(|[r, g, b, _]| gray(*r, *g, *b)).collect(),
        side: 384,
    };
    let expected = trace(&canvas.png(), 1).unwrap();
    assert!(matches!(expected, Traced::Vector { .. }), "{expected:?}");
    let values: Vec<u8> = canvas.rgba.iter().map(|pixel| pixel[0]).collect();
    let each =
        |form: &dyn Fn(u8) -> Vec<u8>| values.iter().flat_map(|value| form(*value)).collect::<Vec<u8>>();
    let ramp: Vec<u8> = (0..=255).flat_map(|value| [value; 3]).collect();
    let forms = [
        (ColorType::Grayscale, BitDepth::Eight, values.clone(), None),
        (ColorType::GrayscaleAlpha, BitDepth::Eight, each(&|v| vec![v, 255]), None),
        (ColorType::Rgb, BitDepth::Eight, each(&|v| vec![v; 3]), None),
        (ColorType::Rgb, BitDepth::Sixteen, each(&|v| vec![v; 6]), None),
        (ColorType::Rgba, BitDepth::Sixteen, each(&|v| vec![v, v, v, v, v, v, 255, 255]), None),
        (ColorType::Indexed, BitDepth::Eight, values.clone(), Some(ramp.as_slice())),
    ];
    for (color, depth, data, palette) in forms {
        let png = encode(384, 384, color, depth, &data, palette);
        assert_eq!(trace(&png, 1).unwrap(), expected, "{color:?} {depth:?}");
    }
}

fn gray(r: u8, g: u8, b: u8) -> [u8; 4] {
    let value = ((u32::from(r) + u32::from(g) + u32::from(b)) / 3) as u8;
    [value, value, value, 255]
}

/// Bytes of pictures changed anywhere, and pictures of anything, end with an answer.
#[test]
fn no_bytes_and_no_pixels_make_it_stumble() {
    let mut dice = Dice(97);
    let good = draw(&marks()[0].svg("#ffffff"), 200).png();
    for _ in 0..300 {
        let mut bytes = good.clone();
        for _ in 0..=dice.below(6) {
            let at = dice.below(bytes.len());
            bytes[at] = dice.next() as u8;
        }
        bytes.truncate(dice.below(bytes.len() * 4).clamp(1, bytes.len()));
        let _ = trace(&bytes, 3);
    }
    // Blocks of few colours touch each other over corners, at the rim, in every way.
    for round in 0..40 {
        let (block, colors) = (1 + dice.below(60), 2 + dice.below(3));
        let values: Vec<usize> = (0..200 * 200).map(|_| dice.below(colors)).collect();
        let palette = [[255, 255, 255, 255], [20, 20, 20, 255], [220, 40, 40, 255], [30, 80, 200, 0]];
        let rim = if round % 2 == 0 { 0.12 } else { 0.0 };
        let canvas = Canvas::of(200, |x, y| {
            let at = |v: f64| (v * 200.0) as usize / block;
            let is_in = |v: f64| (rim..=1.0 - rim).contains(&v);
            if is_in(x) && is_in(y) { palette[values[at(y) * 200 + at(x)]] } else { palette[0] }
        });
        trace(&canvas.png(), 3).unwrap();
    }
}
