//! How the rows of a picture are written: as they are, or as their difference to the row above.
//!
//! A difference joins rows that are alike, and turns edges that move a little from row to row into the same few bytes; of rows
//! with much in them it makes noise. Pairs of neighbours that a row is made of tell which: where the difference has less
//! than half of them, it packs better. Over the pictures of a kit that is within a hundredth of trying both.

/// The numbers that the format has for these two.
const NONE: u8 = 0;
const UP: u8 = 2;
/// What a difference has to be below, of the pairs of the row itself.
const SHARE: (usize, usize) = (1, 2);
/// Pairs of bytes.
const PAIRS: usize = 1 << 16;

/// Every row behind the number of its filter.
pub(crate) fn filtered(pixels: &[u8], width: usize) -> Vec<u8> {
    let mut pairs = Pairs { seen: vec![0; PAIRS], now: 0 };
    let mut rows = Vec::with_capacity(pixels.len() + pixels.len() / width.max(1));
    let mut above = vec![0; width];
    let mut difference = vec![0; width];
    for row in pixels.chunks_exact(width) {
        for (place, (here, there)) in difference.iter_mut().zip(row.iter().zip(&above)) {
            *place = here.wrapping_sub(*there);
        }
        let is_up = pairs.count(&difference) * SHARE.1 < pairs.count(row) * SHARE.0;
        rows.push(if is_up { UP } else { NONE });
        rows.extend_from_slice(if is_up { &difference } else { row });
        above.copy_from_slice(row);
    }
    rows
}

/// Counts pairs, each once.
struct Pairs {
    /// When a pair was seen last.
    seen: Vec<u32>,
    now: u32,
}

impl Pairs {
    fn count(&mut self, row: &[u8]) -> usize {
        self.now += 1;
        let mut count = 0;
        let mut last = None;
        for pair in row.array_windows::<2>() {
            // Most repeat the one before.
            if last != Some(pair) {
                let seen = &mut self.seen[usize::from(u16::from_be_bytes(*pair))];
                count += usize::from(*seen != self.now);
                *seen = self.now;
                last = Some(pair);
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_the_filter_that_leaves_less() {
        let stripes = [1, 2, 3, 4, 5, 6];
        let noise = [9, 9, 9, 9, 9, 9];
        let pixels = [stripes, stripes, noise].concat();
        let rows = filtered(&pixels, 6);
        let of = |index: usize| &rows[index * 7..][..7];
        assert_eq!(of(0), [&[NONE][..], &stripes].concat());
        assert_eq!(of(1), [UP, 0, 0, 0, 0, 0, 0]);
        assert_eq!(of(2), [&[NONE][..], &noise].concat());
    }

    #[test]
    fn narrow_pictures_have_rows_too() {
        assert_eq!(filtered(&[7, 7], 1), [NONE, 7, NONE, 7]);
    }
}
