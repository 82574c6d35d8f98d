//! Huffman codes: how long each word is, what a symbol costs, and bits in a row.

use super::{Costs, LENGTH_MAX, LENGTH_MIN};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Bytes, the end, and 29 classes of lengths.
pub(super) const LITERALS: usize = 286;
pub(super) const DISTANCES: usize = 30;
/// The symbol that ends a block; the classes of lengths follow it.
pub(super) const END: usize = 256;
/// The longest word of a code, and of the code that the lengths of its words are written in.
const WORD_MAX: u8 = 15;
pub(super) const INNER_WORD_MAX: u8 = 7;
/// Prices are told in parts of a bit.
const BIT: u64 = 16;
/// What a symbol costs that no chain has used yet: about what a rare one would.
const RARE_BITS: u8 = 12;

/// The shortest length of each class, and the bits that say which of its lengths is meant.
const CLASSES: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// A class of lengths or distances, and the bits that tell its members apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) symbol: usize,
    pub(super) extra: u32,
    pub(super) extra_bits: u8,
}

pub(super) fn length_class(length: usize) -> Class {
    let class = CLASSES.partition_point(|(least, _)| usize::from(*least) <= length) - 1;
    let (least, extra_bits) = CLASSES[class];
    Class { symbol: END + 1 + class, extra: (length - usize::from(least)) as u32, extra_bits }
}

/// Two classes for each power of two.
pub(super) fn distance_class(distance: usize) -> Class {
    let from_zero = distance as u32 - 1;
    if from_zero < 2 {
        return Class { symbol: from_zero as usize, extra: 0, extra_bits: 0 };
    }
    let extra_bits = from_zero.ilog2() - 1;
    let symbol = 2 * extra_bits + (from_zero >> extra_bits);
    let extra = from_zero & ((1 << extra_bits) - 1);
    Class { symbol: symbol as usize, extra, extra_bits: extra_bits as u8 }
}

/// How often each symbol comes.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    pub(super) literals: [u32; LITERALS],
    pub(super) distances: [u32; DISTANCES],
    /// Bits beside the words.
    pub(super) extra_bits: u64,
}

/// The bits of each word; 0 for a symbol that does not come.
#[derive(Clone, Debug)]
pub(super) struct Codes {
    pub(super) literals: Vec<u8>,
    pub(super) distances: Vec<u8>,
}

impl Codes {
    pub(super) fn of(counts: &Counts) -> Self {
        let mut distances = word_bits(&counts.distances, WORD_MAX);
        // Some readers want one word even where none is used.
        if counts.distances.iter().all(|count| *count == 0) {
            distances[0] = 1;
        }
        Self { literals: word_bits(&counts.literals, WORD_MAX), distances }
    }
}

/// The lengths of the words of a Huffman code with none longer than allowed.
pub(super) fn word_bits(counts: &[u32], most: u8) -> Vec<u8> {
    let mut counts: Vec<u64> = counts.iter().map(|count| u64::from(*count)).collect();
    loop {
        let bits = huffman(&counts);
        if bits.iter().all(|bits| *bits <= most) {
            return bits;
        }
        // Flatter counts make shorter words; in the end all are alike.
        counts.iter_mut().filter(|count| **count > 0).for_each(|count| *count = *count / 2 + 1);
    }
}

fn huffman(counts: &[u64]) -> Vec<u8> {
    let used = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut heap: BinaryHeap<_> = used.map(|(symbol, count)| Reverse((*count, symbol))).collect();
    let is_alone = heap.len() == 1;
    let mut parents: Vec<Option<usize>> = vec![None; counts.len()];
    while let (Some(Reverse((one, left))), Some(Reverse((other, right)))) = (heap.pop(), heap.pop()) {
        let parent = parents.len();
        parents.push(None);
        parents[left] = Some(parent);
        parents[right] = Some(parent);
        heap.push(Reverse((one + other, parent)));
        if heap.len() == 1 {
            break;
        }
    }
    let depth = |symbol: usize| std::iter::successors(parents[symbol], |at| parents[*at]).count() as u8;
    let bits =
        |(symbol, count): (usize, &u64)| if *count == 0 { 0 } else { depth(symbol) + u8::from(is_alone) };
    counts.iter().enumerate().map(bits).collect()
}

/// The words, last bit first, as the stream wants them.
pub(super) fn words(bits: &[u8]) -> Vec<u32> {
    let mut next = [0_u32; WORD_MAX as usize + 2];
    for length in 1..=WORD_MAX {
        let count = bits.iter().filter(|bits| **bits == length).count() as u32;
        next[usize::from(length) + 1] = (next[usize::from(length)] + count) << 1;
    }
    let word = |bits: &u8| {
        let next = &mut next[usize::from(*bits)];
        *next += 1;
        if *bits == 0 { 0 } else { (*next - 1).reverse_bits() >> (u32::BITS - u32::from(*bits)) }
    };
    bits.iter().map(word).collect()
}

/// What each symbol costs, its extra bits counted.
#[derive(Debug)]
pub(super) struct Prices {
    bytes: Vec<u64>,
    lengths: Vec<u64>,
    distances: Vec<u64>,
}

impl Prices {
    /// Before there is a code: bytes by how many runs of them there are, classes all alike.
    pub(super) fn guess(runs: impl Iterator<Item = u8>) -> Self {
        let mut counts = [1_u32; END];
        runs.for_each(|byte| counts[usize::from(byte)] += 1);
        let mut literals = word_bits(&counts, WORD_MAX);
        // A match is half of what comes, so each byte costs one bit more.
        literals.iter_mut().for_each(|bits| *bits += 1);
        literals.resize(LITERALS, 5);
        Self::of(&Codes { literals, distances: vec![4; DISTANCES] })
    }

    pub(super) fn of(codes: &Codes) -> Self {
        let word = |bits: u8| BIT * u64::from(if bits == 0 { RARE_BITS } else { bits });
        let length = |length: usize| {
            let class = length_class(length.max(LENGTH_MIN));
            word(codes.literals[class.symbol]) + BIT * u64::from(class.extra_bits)
        };
        let distance = |(class, bits): (usize, &u8)| word(*bits) + BIT * (class as u64 / 2).saturating_sub(1);
        Self {
            bytes: codes.literals[..END].iter().map(|bits| word(*bits)).collect(),
            lengths: (0..=LENGTH_MAX).map(length).collect(),
            distances: codes.distances.iter().enumerate().map(distance).collect(),
        }
    }
}

impl Costs for Prices {
    fn byte(&self, byte: u8) -> u64 {
        self.bytes[usize::from(byte)]
    }

    fn length(&self, length: usize) -> u64 {
        self.lengths[length]
    }

    fn distance(&self, distance: usize) -> u64 {
        self.distances[distance_class(distance).symbol]
    }
}

/// Bits in a row, the lowest of each byte first.
#[derive(Debug)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    pub(super) fn after(head: &[u8]) -> Self {
        Self { bytes: head.to_vec(), held: 0, count: 0 }
    }

    pub(super) fn put(&mut self, value: u32, count: u8) {
        self.held |= u64::from(value) << self.count;
        self.count += u32::from(count);
        while self.count >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    pub(super) fn close(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push(self.held as u8);
        }
        self.bytes
    }
}
