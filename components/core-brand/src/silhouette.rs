//! What a mark looks like from far away: by it two marks are told apart that nobody shows side by side.

use crate::fault::{Code, Fault};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Digits of one hash.
const DIGITS: usize = 16;

/// Two perceptual hashes of a mark, as `core-logo` computes them: by its own way to see it, and as most compute it.
/// Written as 32 hexadecimal digits in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Silhouette(pub [u64; 2]);

impl Silhouette {
    /// Silhouettes that one order may name: seven hundred sets of six. A search over all of them is still nothing beside
    /// a drawing, and the order stays below what travels inside a call.
    pub const COUNT_MAX: usize = 4096;

    pub fn parse(text: &str) -> Result<Self, Fault> {
        Self::read(text).ok_or_else(|| Fault::new(Code::UnlikeMalformed, [("value", text.to_owned())]))
    }

    /// What an order names, each once and in one order, so that the same marks are the same order.
    pub fn parse_all(texts: &[String]) -> Result<Vec<Self>, Fault> {
        if texts.len() > Self::COUNT_MAX {
            let args = [("count", texts.len().to_string()), ("max", Self::COUNT_MAX.to_string())];
            return Err(Fault::new(Code::UnlikeTooMany, args));
        }
        let mut all = texts.iter().map(|text| Self::parse(text)).collect::<Result<Vec<_>, Fault>>()?;
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    fn read(text: &str) -> Option<Self> {
        let is_hex = text.len() == 2 * DIGITS
            && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        let half = |at: usize| u64::from_str_radix(&text[at * DIGITS..(at + 1) * DIGITS], 16).ok();
        if is_hex { Some(Self([half(0)?, half(1)?])) } else { None }
    }
}

impl fmt::Display for Silhouette {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.0[0], self.0[1])
    }
}

impl Serialize for Silhouette {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Silhouette {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silhouettes_are_read_as_they_are_written() {
        let one = Silhouette([0x0123_4567_89ab_cdef, 7]);
        assert_eq!(one.to_string(), "0123456789abcdef0000000000000007");
        assert_eq!(Silhouette::parse(&one.to_string()).unwrap(), one);
        let json = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Silhouette>(&json).unwrap(), one);
        for wrong in
            ["", "0123456789abcdef", &"A".repeat(32), &"g".repeat(32), &"0".repeat(33), &"\u{e9}".repeat(16)]
        {
            let fault = Silhouette::parse(wrong).unwrap_err();
            assert!(fault.is(Code::UnlikeMalformed) && fault.message.contains(wrong), "{fault:?}");
        }
    }

    #[test]
    fn the_same_marks_are_the_same_order() {
        let [low, high] = [[1, 9], [2, 0]].map(|hashes| Silhouette(hashes).to_string());
        let read = |texts: &[&String]| {
            Silhouette::parse_all(&texts.iter().map(|text| (*text).clone()).collect::<Vec<_>>())
        };
        assert_eq!(read(&[&high, &low, &high]).unwrap(), read(&[&low, &high]).unwrap());
        let many = vec![low; Silhouette::COUNT_MAX + 1];
        assert!(Silhouette::parse_all(&many[1..]).is_ok());
        assert!(Silhouette::parse_all(&many).unwrap_err().is(Code::UnlikeTooMany));
    }
}
