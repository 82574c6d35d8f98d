//! WebP without loss for pictures of few colours: each pixel is a place in a palette, repeats are told by length and
//! distance (RFC 9649, section 3). Encoders at hand know no palettes, and logos come out twice as large as their PNG.

mod code;

use crate::deflate::{self, Costs, Matches, Reach, Symbol};
use code::{Bits, Code};
use std::collections::BTreeMap;

/// What both sides of a picture are written in.
const SIDE_BITS: u32 = 14;
/// No side of a picture is longer.
pub(crate) const SIDE_MAX: u32 = 1 << SIDE_BITS;
/// The transform that makes colours of places.
const INDEXING: u64 = 3;
/// Up to this many colours, several pixels would share a byte; spare colours keep it at one.
const SHARED_MAX: usize = 16;
/// The alphabets: literals with lengths, each of the other channels, distances.
const LITERALS: usize = 256;
const GREEN: usize = LITERALS + 24;
const DISTANCES: usize = 40;
/// The longest repeat that is written, and how far back it may lie.
const REACH: Reach = Reach { length: 4096, distance: 1 << 19 };
/// Chains are laid this often, each at the prices of the one before.
const ROUNDS: usize = 3;
/// Distances from here on are written as themselves; those before are neighbours in the plane.
const PLANE: usize = 120;
/// The first of those neighbours: right and down, negated.
const NEAR: [(i64, i64); 12] =
    [(0, 1), (1, 0), (1, 1), (-1, 1), (0, 2), (2, 0), (1, 2), (-1, 2), (2, 1), (-2, 1), (2, 2), (-2, 2)];

/// A picture as places in a palette of at most 256 colours, RGBA.
pub(crate) fn indexed(width: u32, height: u32, places: &[u8], palette: &[[u8; 4]]) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(0x2f, 8);
    bits.put(u64::from(width - 1), SIDE_BITS);
    bits.put(u64::from(height - 1), SIDE_BITS);
    bits.put(u64::from(palette.iter().any(|color| color[3] < u8::MAX)), 1);
    // The version, then one transform.
    bits.put(0, 3);
    bits.put(1, 1);
    bits.put(INDEXING, 2);
    colors(&mut bits, palette);
    bits.put(0, 1);
    // No cache of colours, and one set of codes for the whole picture.
    bits.put(0, 1);
    bits.put(0, 1);
    pixels(&mut bits, places, width as usize);
    file(&bits.bytes())
}

/// The palette as a picture of one row, each colour told as what it adds to the one before.
fn colors(bits: &mut Bits, palette: &[[u8; 4]]) {
    let mut palette = palette.to_vec();
    let last = palette.last().copied().unwrap_or_default();
    palette.resize(palette.len().max(SHARED_MAX + 1), last);
    bits.put(palette.len() as u64 - 1, 8);
    bits.put(0, 1);
    let mut before = [0_u8; 4];
    let mut steps = Vec::new();
    for color in palette {
        steps.push([0, 1, 2, 3].map(|part: usize| color[part].wrapping_sub(before[part])));
        before = color;
    }
    // Green, red, blue, alpha: the order of the codes.
    let order = [1, 0, 2, 3];
    let codes = order.map(|part| {
        let mut counts = vec![0; if part == 1 { GREEN } else { LITERALS }];
        steps.iter().for_each(|step| counts[usize::from(step[part])] += 1);
        Code::of(&counts)
    });
    codes.iter().for_each(|code| code.write(bits));
    Code::of(&[0; DISTANCES]).write(bits);
    for step in steps {
        for (code, part) in codes.iter().zip(order) {
            code.put(bits, usize::from(step[part]));
        }
    }
}

fn pixels(bits: &mut Bits, places: &[u8], width: usize) {
    let near = near(width);
    let stops = deflate::places(places, width, &REACH);
    let matches = Matches::of(places, &stops, width, &REACH);
    let mut prices = Prices::guess(&near);
    let mut symbols = Vec::new();
    for _ in 0..ROUNDS {
        symbols = deflate::chain(places, &stops, &matches, &prices);
        let (green, distances) = counts(&symbols, &prices);
        prices = Prices { green: Code::of(&green), distances: Code::of(&distances), near: &near };
    }
    prices.green.write(bits);
    // Red, blue and alpha are nothing everywhere.
    (0..3).for_each(|_| Code::of(&[0; LITERALS]).write(bits));
    prices.distances.write(bits);
    for symbol in &symbols {
        match symbol {
            Symbol::Byte(place) => prices.green.put(bits, usize::from(*place)),
            Symbol::Match(one) => {
                let (length, distance) = (prefix(one.length), prefix(prices.code_of(one.distance)));
                prices.green.put(bits, LITERALS + length.0);
                bits.put(length.1, length.2);
                prices.distances.put(bits, distance.0);
                bits.put(distance.1, distance.2);
            }
        }
    }
}

fn counts(symbols: &[Symbol], prices: &Prices) -> (Vec<u32>, Vec<u32>) {
    let (mut green, mut distances) = (vec![0; GREEN], vec![0; DISTANCES]);
    for symbol in symbols {
        match symbol {
            Symbol::Byte(place) => green[usize::from(*place)] += 1,
            Symbol::Match(one) => {
                green[LITERALS + prefix(one.length).0] += 1;
                distances[prefix(prices.code_of(one.distance)).0] += 1;
            }
        }
    }
    (green, distances)
}

/// The symbol of a length or distance, and the bits that tell it from others of that symbol.
fn prefix(value: usize) -> (usize, u64, u32) {
    let rest = value - 1;
    if rest < 4 {
        return (rest, 0, 0);
    }
    let high = rest.ilog2();
    let extra = high - 1;
    let second = rest >> extra & 1;
    (2 * high as usize + second, (rest & ((1 << extra) - 1)) as u64, extra)
}

/// The distances that are told by where they lie in the plane, with their codes.
fn near(width: usize) -> BTreeMap<usize, usize> {
    let of = |(code, (x, y)): (usize, &(i64, i64))| {
        Some((usize::try_from(x + y * width as i64).ok()?.max(1), code + 1))
    };
    // The first of two that lie alike is told by less.
    NEAR.iter().enumerate().rev().filter_map(of).collect()
}

/// What symbols cost under a set of codes.
struct Prices<'a> {
    green: Code,
    distances: Code,
    near: &'a BTreeMap<usize, usize>,
}

impl<'a> Prices<'a> {
    /// Before there is a code: all alike, but for what is seldom.
    fn guess(near: &'a BTreeMap<usize, usize>) -> Self {
        Self { green: Code::of(&[1; GREEN]), distances: Code::of(&[1; DISTANCES]), near }
    }

    fn code_of(&self, distance: usize) -> usize {
        self.near.get(&distance).copied().unwrap_or(distance + PLANE)
    }
}

impl Costs for Prices<'_> {
    fn byte(&self, byte: u8) -> u64 {
        self.green.cost(usize::from(byte))
    }

    fn length(&self, length: usize) -> u64 {
        let (symbol, _, extra) = prefix(length);
        self.green.cost(LITERALS + symbol) + u64::from(extra)
    }

    fn distance(&self, distance: usize) -> u64 {
        let (symbol, _, extra) = prefix(self.code_of(distance));
        self.distances.cost(symbol) + u64::from(extra)
    }
}

fn file(stream: &[u8]) -> Vec<u8> {
    let padded = stream.len() + stream.len() % 2;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((padded as u32 + 12).to_le_bytes());
    bytes.extend(b"WEBPVP8L");
    bytes.extend((stream.len() as u32).to_le_bytes());
    bytes.extend(stream);
    bytes.resize(bytes.len() + stream.len() % 2, 0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read back by the decoder of another hand, exactly.
    #[test]
    fn every_kind_of_picture_is_read_back() {
        let colors = |count: usize| -> Vec<[u8; 4]> {
            (0..count).map(|at| [at as u8, (at * 7) as u8, 255 - at as u8, (at * 3 % 256) as u8]).collect()
        };
        // A walk that repeats and does not: x -> 5 x + 3 in 16 bits.
        let walk = |count: usize, colors: usize| -> Vec<u8> {
            let mut x = 1_u16;
            let mut step = || {
                x = x.wrapping_mul(5).wrapping_add(3);
                (usize::from(x >> 3) % colors) as u8
            };
            (0..count).map(|_| step()).collect()
        };
        let stripes = |count: usize| (0..count).map(|at| (at / 37 % 3) as u8).collect::<Vec<_>>();
        let cases: Vec<(&str, u32, Vec<u8>, usize)> = vec![
            ("one pixel", 1, vec![0], 1),
            ("one colour", 64, vec![0; 64 * 64], 1),
            ("two colours", 3, vec![0, 1, 1, 0, 1, 0, 0, 0, 1], 2),
            ("sixteen", 40, walk(1600, 16), 16),
            ("seventeen", 40, walk(1600, 17), 17),
            ("all", 64, walk(64 * 64, 256), 256),
            ("stripes", 1000, stripes(100_000), 3),
            ("a row", 300, walk(300, 5), 5),
            ("a column", 1, walk(300, 5), 5),
        ];
        for (what, width, places, count) in cases {
            let palette = colors(count);
            let bytes = indexed(width, places.len() as u32 / width, &places, &palette);
            let read =
                image::load_from_memory_with_format(&bytes, image::ImageFormat::WebP).unwrap().to_rgba8();
            let wanted: Vec<u8> = places.iter().flat_map(|place| palette[usize::from(*place)]).collect();
            assert!(read.as_raw() == &wanted, "{what}");
            if what == "stripes" {
                assert!(bytes.len() < 500, "{} bytes of stripes", bytes.len());
            }
        }
    }

    #[test]
    fn lengths_have_their_symbols() {
        let cases = [
            (1, (0, 0, 0)),
            (4, (3, 0, 0)),
            (5, (4, 0, 1)),
            (6, (4, 1, 1)),
            (7, (5, 0, 1)),
            (4096, (23, 1023, 10)),
        ];
        for (value, wanted) in cases {
            assert_eq!(prefix(value), wanted, "{value}");
        }
    }
}
