//! Codes of WebP: symbols that come often are short. Told by the lengths of their words alone.

/// No word is longer; and of the words that tell the lengths.
const WORD_MAX: usize = 15;
const LENGTH_WORD_MAX: usize = 7;
const RARE: u64 = 12;
/// The order in which the words of lengths are told.
const ORDER: [usize; 19] = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
/// Runs of lengths: the last one again, few noughts, many.
const AGAIN: usize = 16;
const FEW: usize = 17;
const MANY: usize = 18;

/// Bits from the lowest on.
#[derive(Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    pub(super) fn put(&mut self, value: u64, count: u32) {
        self.held |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push((self.held & 0xff) as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    pub(super) fn bytes(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push((self.held & 0xff) as u8);
        }
        self.bytes
    }
}

/// Words for the symbols of an alphabet.
pub(super) struct Code {
    /// 0 for symbols that never come.
    lengths: Vec<usize>,
    words: Vec<u64>,
    /// A symbol that is the only one needs no word.
    is_single: bool,
}

impl Code {
    pub(super) fn of(counts: &[u32]) -> Self {
        Self::within(counts, WORD_MAX)
    }

    fn within(counts: &[u32], most: usize) -> Self {
        let lengths = lengths(counts, most);
        let words = words(&lengths);
        let is_single = lengths.iter().filter(|length| **length > 0).nth(1).is_none();
        Self { lengths, words, is_single }
    }

    /// The symbols that come.
    fn used(&self) -> Vec<usize> {
        (0..self.lengths.len()).filter(|symbol| self.lengths[*symbol] > 0).collect()
    }

    pub(super) fn put(&self, bits: &mut Bits, symbol: usize) {
        if !self.is_single {
            bits.put(self.words[symbol], self.lengths[symbol] as u32);
        }
    }

    /// In bits; of a symbol that never came about what a rare one costs.
    pub(super) fn cost(&self, symbol: usize) -> u64 {
        match self.lengths[symbol] {
            0 => RARE,
            _ if self.is_single => 0,
            length => length as u64,
        }
    }

    pub(super) fn write(&self, bits: &mut Bits) {
        match self.used().as_slice() {
            [] => self.write_few(bits, &[0]),
            few @ ([_] | [_, _]) if few.iter().all(|symbol| *symbol < 256) => self.write_few(bits, few),
            _ => self.write_lengths(bits),
        }
    }

    /// One or two symbols, told by themselves.
    fn write_few(&self, bits: &mut Bits, symbols: &[usize]) {
        bits.put(1, 1);
        bits.put(symbols.len() as u64 - 1, 1);
        bits.put(1, 1);
        symbols.iter().for_each(|symbol| bits.put(*symbol as u64, 8));
    }

    fn write_lengths(&self, bits: &mut Bits) {
        let runs = runs(&self.lengths);
        let mut counts = vec![0; ORDER.len()];
        runs.iter().for_each(|(symbol, ..)| counts[*symbol] += 1);
        // Readers differ on a code of one symbol, so there are always two.
        if counts.iter().filter(|count| **count > 0).count() == 1 {
            let other = usize::from(counts[0] > 0);
            counts[other] += 1;
        }
        let code = Self::within(&counts, LENGTH_WORD_MAX);
        let told =
            ORDER.iter().rposition(|symbol| code.lengths[*symbol] > 0).map_or(4, |last| (last + 1).max(4));
        bits.put(0, 1);
        bits.put(told as u64 - 4, 4);
        ORDER[..told].iter().for_each(|symbol| bits.put(code.lengths[*symbol] as u64, 3));
        // All lengths are told, to the end of the alphabet.
        bits.put(0, 1);
        for (symbol, extra, count) in runs {
            code.put(bits, symbol);
            bits.put(extra, count);
        }
    }
}

/// Lengths with their runs: the symbol, and the bits that say how long the run is.
fn runs(lengths: &[usize]) -> Vec<(usize, u64, u32)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < lengths.len() {
        let length = lengths[at];
        let run = lengths[at..].iter().take_while(|other| **other == length).count();
        let (symbol, least, most, extra) = match (length, run) {
            (0, 11..) => (MANY, 11, 138, 7),
            (0, 3..) => (FEW, 3, 10, 3),
            // The first of a run is told, the others repeat it.
            (1.., 3..) if at > 0 && lengths[at - 1] == length => (AGAIN, 3, 6, 2),
            _ => (length, 1, 1, 0),
        };
        let taken = run.min(most);
        runs.push((symbol, (taken - least) as u64, extra));
        at += taken;
    }
    runs
}

/// The lengths of the words, the longest within the limit: counts are made more alike until they are.
fn lengths(counts: &[u32], most: usize) -> Vec<usize> {
    let mut counts = counts.to_vec();
    loop {
        let lengths = tree(&counts);
        if lengths.iter().all(|length| *length <= most) {
            return lengths;
        }
        counts.iter_mut().filter(|count| **count > 0).for_each(|count| *count = *count / 2 + 1);
    }
}

/// Huffman's tree: the two rarest become one, until one is left.
fn tree(counts: &[u32]) -> Vec<usize> {
    let mut lengths = vec![0; counts.len()];
    // Each with its count, a number that breaks ties, and its symbols.
    let used = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut heap: std::collections::BTreeMap<(u64, usize), Vec<usize>> =
        used.map(|(symbol, count)| ((u64::from(*count), symbol), vec![symbol])).collect();
    if heap.len() == 1 {
        heap.values().flatten().for_each(|symbol| lengths[*symbol] = 1);
    }
    let mut next = counts.len();
    while heap.len() > 1 {
        let (Some((one, mut symbols)), Some((other, others))) = (heap.pop_first(), heap.pop_first()) else {
            break;
        };
        symbols.extend(others);
        symbols.iter().for_each(|symbol| lengths[*symbol] += 1);
        heap.insert((one.0 + other.0, next), symbols);
        next += 1;
    }
    lengths
}

/// Words in order of their lengths, then of their symbols; the first bit is the lowest.
fn words(lengths: &[usize]) -> Vec<u64> {
    let mut words = vec![0; lengths.len()];
    let mut word = 0_u64;
    for length in 1..=WORD_MAX {
        for (symbol, _) in lengths.iter().enumerate().filter(|(_, own)| **own == length) {
            words[symbol] = word.reverse_bits() >> (64 - length);
            word += 1;
        }
        word <<= 1;
    }
    words
}
