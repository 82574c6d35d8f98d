//! A zlib stream of nearly the fewest bytes: a match is taken for what it costs, not for how long it is.
//!
//! A flat picture is runs, and rows that repeat the row above. So little is worth a look: matches begin and end where
//! a run ends, here or in the row above ([`places`]), or another match ([`with_ends`]), and lead back to the pixel before,
//! to the row above, or to a place that begins alike ([`Matches`]). Of all chains of them the cheapest is taken ([`chain()`]), first at guessed
//! prices, then at those of the code that the first chain led to. Pictures of noise gain nothing here.

mod block;
mod code;

use block::blocks;
use code::{Bits, Codes, Prices};

/// The longest and the shortest match that the format knows.
const LENGTH_MAX: usize = 258;
const LENGTH_MIN: usize = 3;
/// How far back a match can lie.
const DISTANCE_MAX: usize = 32_768;
/// How many places that begin alike are looked at; twice as many save half a hundredth.
const ALIKE_MAX: usize = 16;
/// How many ends of a match are looked at, the farthest. A usual kit comes out the same to the byte without this bound; a
/// comb of fine lines has hundreds of ends, and took a minute.
const ENDS_MAX: usize = 32;
/// Chains are laid this often; a third one saves less than a hundredth.
const ROUNDS: usize = 2;
/// Bits of the hash of the bytes that a match needs at least.
const HASH_BITS: u32 = 15;
/// Where no place begins alike.
const NONE: u32 = u32::MAX;
/// The first bytes of a zlib stream: deflate, the whole window, pressed hard.
const HEAD: [u8; 2] = [0x78, 0xDA];

/// How long and how far back the matches of a format can be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    pub(crate) length: usize,
    pub(crate) distance: usize,
}

const REACH: Reach = Reach { length: LENGTH_MAX, distance: DISTANCE_MAX };

/// What the symbols of a format cost.
pub(crate) trait Costs {
    fn byte(&self, byte: u8) -> u64;
    fn length(&self, length: usize) -> u64;
    fn distance(&self, distance: usize) -> u64;
}

/// A stretch that was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) length: usize,
    pub(crate) distance: usize,
}

/// One symbol of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    Byte(u8),
    Match(Match),
}

/// Packs rows of this many bytes, filter bytes counted.
pub(crate) fn zlib(data: &[u8], row: usize) -> Vec<u8> {
    let begun = places(data, row, &REACH);
    let places = with_ends(&begun, &Matches::of(data, &begun, row, &REACH));
    let matches = Matches::of(data, &places, row, &REACH);
    let mut prices = Prices::guess(changes(data).map(|at| data[at]));
    let mut symbols = Vec::new();
    for _ in 0..ROUNDS {
        symbols = chain(data, &places, &matches, &prices);
        prices = Prices::of(&Codes::of(&block::count(&symbols)));
    }
    let mut bits = Bits::after(&HEAD);
    let blocks = blocks(&symbols);
    for (index, block) in blocks.iter().enumerate() {
        block.write(&mut bits, index + 1 == blocks.len());
    }
    let mut bytes = bits.close();
    bytes.extend(adler(data).to_be_bytes());
    bytes
}

/// Where a match may begin and end, in order: around each change of a byte, and one row below it. Between two of them
/// lies no more than one match can cover.
pub(crate) fn places(data: &[u8], row: usize, reach: &Reach) -> Vec<usize> {
    let mut is_place = vec![0_u8; data.len() + 1];
    for at in changes(data) {
        for near in [at, at + row] {
            is_place.iter_mut().skip(near - 1).take(3).for_each(|it| *it = 1);
        }
    }
    // Nothing lies before the first byte: the second is the first that a match can make.
    is_place[..2.min(data.len() + 1)].fill(1);
    is_place[data.len()] = 1;
    let mut found = Vec::new();
    let mut last = 0;
    for at in marked(&is_place) {
        while at - last > reach.length {
            last += reach.length;
            found.push(last);
        }
        found.push(at);
        last = at;
    }
    found
}

/// Also where a match of one of them ends: a run that moved aside from the row above ends where nothing changes.
fn with_ends(places: &[usize], matches: &Matches) -> Vec<usize> {
    let ends = places
        .iter()
        .enumerate()
        .flat_map(|(index, at)| matches.at(index).iter().map(move |found| at + found.length));
    let mut all: Vec<usize> = places.iter().copied().chain(ends).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Where a byte is not the one before it. Eight are compared at a time: most are alike.
fn changes(data: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let after = data.get(1..).unwrap_or_default();
    let pairs = data.chunks(8).zip(after.chunks(8)).enumerate();
    let alive = pairs.filter(|(_, (one, other))| one != other);
    alive.flat_map(|(index, (one, other))| {
        let differs = one.iter().zip(other).enumerate().filter(|(_, (one, other))| one != other);
        differs.map(move |(place, _)| index * 8 + place + 1)
    })
}

/// Where a byte is not 0.
fn marked(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let alive = bytes.chunks(8).enumerate().filter(|(_, bytes)| bytes.iter().any(|byte| *byte != 0));
    alive.flat_map(|(index, bytes)| {
        let marked = bytes.iter().enumerate().filter(|(_, byte)| **byte != 0);
        marked.map(move |(place, _)| index * 8 + place)
    })
}

/// The matches of all places in one list, and where those of each end.
#[derive(Debug)]
pub(crate) struct Matches {
    all: Vec<Match>,
    ends: Vec<usize>,
}

impl Matches {
    /// Of each place the nearest first, and each longer than the one before.
    pub(crate) fn of(data: &[u8], places: &[usize], row: usize, reach: &Reach) -> Self {
        let mut head = vec![NONE; 1 << HASH_BITS];
        let mut before = vec![NONE; places.len()];
        let mut matches =
            Self { all: Vec::with_capacity(places.len()), ends: Vec::with_capacity(places.len()) };
        for (index, &at) in places.iter().enumerate() {
            let mut found = Longer::new(&mut matches.all, *reach);
            found.look(data, at, 1);
            found.look(data, at, row);
            if let Some(key) = key(data, at) {
                let mut alike = head[key];
                for _ in 0..ALIKE_MAX {
                    if alike == NONE || found.length == reach.length {
                        break;
                    }
                    found.look(data, at, at - places[alike as usize]);
                    alike = before[alike as usize];
                }
                before[index] = head[key];
                head[key] = u32::try_from(index).unwrap_or(NONE);
            }
            matches.ends.push(matches.all.len());
        }
        matches
    }

    fn at(&self, index: usize) -> &[Match] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[index]]
    }
}

/// Matches of one place, as long as they grow longer.
#[derive(Debug)]
struct Longer<'a> {
    all: &'a mut Vec<Match>,
    /// Of the longest.
    length: usize,
    reach: Reach,
}

impl<'a> Longer<'a> {
    fn new(all: &'a mut Vec<Match>, reach: Reach) -> Self {
        Self { all, length: LENGTH_MIN - 1, reach }
    }

    fn look(&mut self, data: &[u8], at: usize, distance: usize) {
        if distance > at.min(self.reach.distance) {
            return;
        }
        let length = common(data, at, distance, self.reach.length);
        if length > self.length {
            self.length = length;
            self.all.push(Match { length, distance });
        }
    }
}

/// The hash of the bytes at a place.
fn key(data: &[u8], at: usize) -> Option<usize> {
    let bytes = data.get(at..at + LENGTH_MIN)?;
    let value = bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
    // Knuth's multiplier: the upper bits of the product depend on all bits of the value.
    Some((value.wrapping_mul(0x9E37_79B1) >> (u32::BITS - HASH_BITS)) as usize)
}

/// How many bytes from here on are those that far back, eight at a time.
fn common(data: &[u8], at: usize, distance: usize, most: usize) -> usize {
    let most = most.min(data.len() - at);
    let (here, there) = (&data[at..at + most], &data[at - distance..][..most]);
    let mut length = 0;
    for (one, other) in here.as_chunks::<8>().0.iter().zip(there.as_chunks::<8>().0) {
        let differs = u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other);
        if differs != 0 {
            return length + differs.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + here[length..].iter().zip(&there[length..]).take_while(|(one, other)| one == other).count()
}

/// The cheapest way found to a place: what it costs, and the step that ends there.
#[derive(Clone, Copy)]
struct Way {
    cost: u64,
    /// The number of the place the step begins at.
    from: usize,
    /// How far back its match lies; 0 for plain bytes.
    distance: usize,
}

/// The cheapest symbols from the first byte to the last.
pub(crate) fn chain(data: &[u8], places: &[usize], matches: &Matches, prices: &impl Costs) -> Vec<Symbol> {
    let mut ways = vec![Way { cost: u64::MAX, from: 0, distance: 0 }; places.len()];
    ways[0].cost = 0;
    for (index, &at) in places.iter().enumerate().take(places.len() - 1) {
        let here = ways[index].cost;
        let bytes = &data[at..places[index + 1]];
        let plain = here + bytes.iter().map(|byte| prices.byte(*byte)).sum::<u64>();
        improve(&mut ways[index + 1], Way { cost: plain, from: index, distance: 0 });
        let mut end = index + 1;
        for one in matches.at(index) {
            let base = here + prices.distance(one.distance);
            let stop = end + places[end..].partition_point(|place| place - at <= one.length);
            let first = end.max(stop.saturating_sub(ENDS_MAX));
            for (place, way) in places[first..stop].iter().zip(&mut ways[first..stop]) {
                let length = place - at;
                if length >= LENGTH_MIN {
                    let cost = base + prices.length(length);
                    improve(way, Way { cost, from: index, distance: one.distance });
                }
            }
            end = stop;
        }
    }
    walk(data, places, &ways)
}

fn improve(way: &mut Way, other: Way) {
    if other.cost < way.cost {
        *way = other;
    }
}

/// From the last place back to the first.
fn walk(data: &[u8], places: &[usize], ways: &[Way]) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    let mut to = places.len() - 1;
    while to > 0 {
        let Way { from, distance, .. } = ways[to];
        let (start, end) = (places[from], places[to]);
        match distance {
            0 => symbols.extend(data[start..end].iter().rev().map(|byte| Symbol::Byte(*byte))),
            distance => symbols.push(Symbol::Match(Match { length: end - start, distance })),
        }
        to = from;
    }
    symbols.reverse();
    symbols
}

/// The check at the end of a zlib stream.
fn adler(data: &[u8]) -> u32 {
    /// The largest prime below 2^16, and how many bytes can be added before a sum of 32 bits runs over.
    const MODULUS: u32 = 65_521;
    const BYTES: usize = 5552;
    let (mut sum, mut sums) = (1_u32, 0_u32);
    for part in data.chunks(BYTES) {
        for byte in part {
            sum += u32::from(*byte);
            sums += sum;
        }
        sum %= MODULUS;
        sums %= MODULUS;
    }
    sums << 16 | sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::inflate::decompress_to_vec_zlib;
    use proptest::prelude::*;

    /// Rows of runs, as pictures have them, some like the row above.
    fn rows() -> impl Strategy<Value = (Vec<u8>, usize)> {
        let run = (0_u8..6, 1_usize..400);
        (1_usize..700, prop::collection::vec(run, 0..120), prop::collection::vec(any::<u8>(), 0..300))
            .prop_map(|(row, runs, noise)| {
                let mut data: Vec<u8> =
                    runs.iter().flat_map(|(byte, length)| std::iter::repeat_n(*byte, *length)).collect();
                let again = data[data.len().saturating_sub(3 * row)..].to_vec();
                data.extend(again.iter().chain(&noise));
                (data, row)
            })
    }

    proptest! {
        #[test]
        fn another_reader_gets_the_same_bytes((data, row) in rows()) {
            prop_assert_eq!(decompress_to_vec_zlib(&zlib(&data, row)).ok(), Some(data));
        }
    }

    #[test]
    fn the_smallest_and_the_dullest_streams_are_read() {
        let cases: [&[u8]; 6] = [&[], &[7], &[7, 7], &[0; 100_000], &[1, 2, 3], &[0, 0, 0, 1]];
        for data in cases {
            assert_eq!(decompress_to_vec_zlib(&zlib(data, 10)).unwrap(), data, "{} bytes", data.len());
        }
    }

    /// All 256 bytes with counts like Fibonacci's numbers would need codes longer than the format has.
    #[test]
    fn no_code_is_longer_than_the_format_allows() {
        let (mut one, mut two) = (1_usize, 1_usize);
        let mut data = Vec::new();
        for byte in 0..24_u8 {
            // No two alike beside each other: nothing but plain bytes.
            data.extend((0..one).flat_map(|index| [byte, 100 + (index * index % 97) as u8]));
            (one, two) = (two, one + two);
        }
        assert_eq!(decompress_to_vec_zlib(&zlib(&data, 1000)).unwrap(), data);
    }
}
