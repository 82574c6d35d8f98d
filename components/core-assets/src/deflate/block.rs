//! Blocks: stretches of symbols with a code of their own, and how such a code is written.

use super::Symbol;
use super::code::{
    Bits, Codes, Counts, DISTANCES, END, INNER_WORD_MAX, LITERALS, distance_class, length_class, word_bits,
    words,
};

/// Symbols in the smallest block.
const PIECE: usize = 3000;
/// The order in which the word lengths of the inner code are written: those that are rarely used come last.
const INNER_ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/// Inner symbols that repeat: the last length, a few zeros, many zeros. Each with its least and most, and its bits.
const AGAIN: Repeat = Repeat { symbol: 16, least: 3, most: 6, extra_bits: 2 };
const ZEROS: Repeat = Repeat { symbol: 17, least: 3, most: 10, extra_bits: 3 };
const MANY_ZEROS: Repeat = Repeat { symbol: 18, least: 11, most: 138, extra_bits: 7 };
/// Says that a block brings its own code.
const OWN_CODE: u32 = 2;

#[derive(Clone, Copy, Debug)]
struct Repeat {
    symbol: usize,
    least: usize,
    most: usize,
    extra_bits: u8,
}

/// Symbols that share a code.
#[derive(Debug)]
pub(super) struct Block<'a> {
    symbols: &'a [Symbol],
    counts: Counts,
    bits: u64,
}

/// All symbols in pieces, and neighbours joined where one code costs less than two.
pub(super) fn blocks(symbols: &[Symbol]) -> Vec<Block<'_>> {
    let mut joined: Vec<Block> = Vec::new();
    let mut start = 0;
    for piece in symbols.chunks(PIECE) {
        let end = start + piece.len();
        let next = Block::new(piece, count(piece));
        start = end;
        if let Some(last) = joined.last_mut() {
            let both = Block::new(
                &symbols[end - piece.len() - last.symbols.len()..end],
                last.counts.plus(&next.counts),
            );
            if both.bits <= last.bits + next.bits {
                *last = both;
                continue;
            }
        }
        joined.push(next);
    }
    if joined.is_empty() {
        joined.push(Block::new(symbols, count(symbols)));
    }
    joined
}

pub(super) fn count(symbols: &[Symbol]) -> Counts {
    let mut counts = Counts { literals: [0; LITERALS], distances: [0; DISTANCES], extra_bits: 0 };
    for symbol in symbols {
        match symbol {
            Symbol::Byte(byte) => counts.literals[usize::from(*byte)] += 1,
            Symbol::Match(one) => {
                let (length, distance) = (length_class(one.length), distance_class(one.distance));
                counts.literals[length.symbol] += 1;
                counts.distances[distance.symbol] += 1;
                counts.extra_bits += u64::from(length.extra_bits + distance.extra_bits);
            }
        }
    }
    counts.literals[END] = 1;
    counts
}

impl Counts {
    fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.literals.iter_mut().zip(&other.literals).for_each(|(one, other)| *one += other);
        sum.distances.iter_mut().zip(&other.distances).for_each(|(one, other)| *one += other);
        sum.literals[END] = 1;
        sum.extra_bits += other.extra_bits;
        sum
    }
}

impl<'a> Block<'a> {
    fn new(symbols: &'a [Symbol], counts: Counts) -> Self {
        let codes = Codes::of(&counts);
        let words = |bits: &[u8], counts: &[u32]| -> u64 {
            bits.iter().zip(counts).map(|(bits, count)| u64::from(*bits) * u64::from(*count)).sum()
        };
        let bits = Head::of(&codes).bits()
            + words(&codes.literals, &counts.literals)
            + words(&codes.distances, &counts.distances)
            + counts.extra_bits;
        Self { symbols, counts, bits }
    }

    pub(super) fn write(&self, out: &mut Bits, is_last: bool) {
        let codes = Codes::of(&self.counts);
        out.put(u32::from(is_last), 1);
        out.put(OWN_CODE, 2);
        Head::of(&codes).write(out);
        let (literals, distances) = (words(&codes.literals), words(&codes.distances));
        let literal = |out: &mut Bits, symbol: usize| out.put(literals[symbol], codes.literals[symbol]);
        for symbol in self.symbols {
            match symbol {
                Symbol::Byte(byte) => literal(out, usize::from(*byte)),
                Symbol::Match(one) => {
                    let (length, distance) = (length_class(one.length), distance_class(one.distance));
                    literal(out, length.symbol);
                    out.put(length.extra, length.extra_bits);
                    out.put(distances[distance.symbol], codes.distances[distance.symbol]);
                    out.put(distance.extra, distance.extra_bits);
                }
            }
        }
        literal(out, END);
    }
}

/// How a code is told: the lengths of its words, in a code of their own.
#[derive(Debug)]
struct Head {
    literals: usize,
    distances: usize,
    inner: Vec<u8>,
    /// How many lengths of the inner code are written.
    inner_count: usize,
    symbols: Vec<InnerSymbol>,
}

#[derive(Clone, Copy, Debug)]
struct InnerSymbol {
    symbol: usize,
    extra: u32,
    extra_bits: u8,
}

impl Head {
    fn of(codes: &Codes) -> Self {
        let used = |bits: &[u8], least: usize| {
            bits.iter().rposition(|bits| *bits > 0).map_or(least, |last| least.max(last + 1))
        };
        let (literals, distances) = (used(&codes.literals, END + 1), used(&codes.distances, 1));
        let symbols = repeats(&[&codes.literals[..literals], &codes.distances[..distances]].concat());
        let mut counts = [0; INNER_ORDER.len()];
        symbols.iter().for_each(|one| counts[one.symbol] += 1);
        let inner = word_bits(&counts, INNER_WORD_MAX);
        // The format has no fewer than four.
        let inner_count =
            INNER_ORDER.iter().rposition(|symbol| inner[*symbol] > 0).map_or(4, |last| 4.max(last + 1));
        Self { literals, distances, inner, inner_count, symbols }
    }

    fn bits(&self) -> u64 {
        let symbols = self.symbols.iter().map(|one| u64::from(self.inner[one.symbol] + one.extra_bits));
        17 + 3 * self.inner_count as u64 + symbols.sum::<u64>()
    }

    fn write(&self, out: &mut Bits) {
        out.put((self.literals - END - 1) as u32, 5);
        out.put((self.distances - 1) as u32, 5);
        out.put((self.inner_count - 4) as u32, 4);
        INNER_ORDER[..self.inner_count].iter().for_each(|symbol| out.put(u32::from(self.inner[*symbol]), 3));
        let words = words(&self.inner);
        for one in &self.symbols {
            out.put(words[one.symbol], self.inner[one.symbol]);
            out.put(one.extra, one.extra_bits);
        }
    }
}

/// Lengths of words, with what repeats told as such.
fn repeats(lengths: &[u8]) -> Vec<InnerSymbol> {
    let mut symbols = Vec::new();
    for run in lengths.chunk_by(|one, other| one == other) {
        let plain = InnerSymbol { symbol: usize::from(run[0]), extra: 0, extra_bits: 0 };
        let mut left = run.len();
        if run[0] != 0 {
            symbols.push(plain);
            left -= 1;
        }
        let kinds: &[Repeat] = if run[0] == 0 { &[MANY_ZEROS, ZEROS] } else { &[AGAIN] };
        while let Some(kind) = kinds.iter().find(|kind| kind.least <= left) {
            let taken = left.min(kind.most);
            let extra = (taken - kind.least) as u32;
            symbols.push(InnerSymbol { symbol: kind.symbol, extra, extra_bits: kind.extra_bits });
            left -= taken;
        }
        symbols.extend(std::iter::repeat_n(plain, left));
    }
    symbols
}
