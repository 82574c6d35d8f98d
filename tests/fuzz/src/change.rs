//! One change of an input.

use core_brand::Rng;

/// No input grows beyond this: more than every reader's own limit for what is small.
const BYTES_MAX: usize = 1 << 17;
/// A piece is repeated at most so often: deep nesting, long words.
const REPEATS_MAX: usize = 4096;
/// What readers trip over: ends of numbers, quotes, brackets, letters that are none or many.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\"",
    b"\\",
    b"\\ud800",
    b"\\u0000",
    b"{",
    b"}",
    b"[",
    b"]",
    b"[[[[[[[[",
    b"{\"a\":",
    b"null",
    b"true",
    b"-0",
    b"-1",
    b"0.1",
    b"1e309",
    b"-1e-400",
    b"NaN",
    b"4294967296",
    b"9007199254740993",
    b"18446744073709551615",
    b"18446744073709551616",
    b"99999999999999999999999999999999",
    b"\r\n",
    b"\n",
    b"%00",
    b"%",
    b"%ff",
    b"..",
    b"/../",
    b"&",
    b";",
    b"=",
    b"<",
    b"]]>",
    b"&#x0;",
    b"<!DOCTYPE a [",
    b"M0 0",
    b"A1 1 0 0 1 1 1",
    b"*a",
    b"&a ",
    b"- ",
    b": ",
    b"100%",
    b"-5s",
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    "e\u{301}\u{301}\u{301}\u{301}".as_bytes(),
    "\u{1f468}\u{200d}\u{1f469}".as_bytes(),
    "ﷺ".as_bytes(),
    "İ".as_bytes(),
];

/// Changes the bytes in one way; `others` lend pieces.
pub(crate) fn change(rng: &mut Rng, bytes: &mut Vec<u8>, others: &[Vec<u8>]) {
    match rng.below(10) {
        0 => flip(rng, bytes),
        1 => cut(rng, bytes),
        2 => bytes.truncate(rng.below(bytes.len() + 1)),
        3 | 4 => insert(rng, bytes, others),
        5 => replace(rng, bytes),
        6 => repeat(rng, bytes),
        7 => swap(rng, bytes),
        8 => number(rng, bytes),
        _ => splice(rng, bytes, others),
    }
    bytes.truncate(BYTES_MAX);
}

/// A part of a few bytes, rarely of many.
fn part(rng: &mut Rng, bytes: &[u8]) -> std::ops::Range<usize> {
    let start = rng.below(bytes.len() + 1);
    let most = if rng.below(8) == 0 { bytes.len() } else { 24 };
    let length = rng.below(most.min(bytes.len() - start) + 1);
    start..start + length
}

fn flip(rng: &mut Rng, bytes: &mut [u8]) {
    let at = rng.below(bytes.len());
    let bit = 1 << rng.below(8);
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= bit;
    }
}

fn cut(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let part = part(rng, bytes);
    bytes.drain(part);
}

fn insert(rng: &mut Rng, bytes: &mut Vec<u8>, others: &[Vec<u8>]) {
    let at = rng.below(bytes.len() + 1);
    let piece = match rng.pick(others) {
        Some(other) if rng.below(3) == 0 => other[part(rng, other)].to_vec(),
        _ => rng.pick(PIECES).map(|piece| piece.to_vec()).unwrap_or_default(),
    };
    bytes.splice(at..at, piece);
}

fn replace(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let part = part(rng, bytes);
    let piece = rng.pick(PIECES).copied().unwrap_or_default();
    bytes.splice(part, piece.iter().copied());
}

fn repeat(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let part = part(rng, bytes);
    let most = if rng.below(6) == 0 { REPEATS_MAX } else { 4 };
    let times = rng.below(most.min(BYTES_MAX / part.len().max(1)) + 1);
    let piece = bytes[part.clone()].repeat(times);
    bytes.splice(part.end..part.end, piece);
}

fn swap(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let (one, other) = (part(rng, bytes), part(rng, bytes));
    let (first, last) = if one.start <= other.start { (one, other) } else { (other, one) };
    if first.end <= last.start {
        let piece = bytes[first.clone()].to_vec();
        let moved: Vec<u8> = bytes.splice(last, piece).collect();
        bytes.splice(first, moved);
    }
}

/// Another number where one stands.
fn number(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let is_digit = |at: &usize| bytes[*at].is_ascii_digit();
    let starts: Vec<usize> =
        (0..bytes.len()).filter(is_digit).filter(|at| *at == 0 || !is_digit(&(at - 1))).collect();
    let Some(&start) = rng.pick(&starts) else { return };
    let end = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let values = ["0", "-1", "1", "2147483648", "18446744073709551615", "1e999", "0.0000001", "65536", "256"];
    let value = rng.pick(&values).copied().unwrap_or_default();
    bytes.splice(start..end, value.bytes());
}

/// The beginning of this one and the end of another.
fn splice(rng: &mut Rng, bytes: &mut Vec<u8>, others: &[Vec<u8>]) {
    if let Some(other) = rng.pick(others) {
        bytes.truncate(rng.below(bytes.len() + 1));
        bytes.extend_from_slice(&other[rng.below(other.len() + 1)..]);
    }
}
