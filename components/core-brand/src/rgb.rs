//! A colour as it is written down: eight bits a channel, sRGB.

use crate::fault::{Code, Fault};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgb {
    pub r: u8,
    pub g: u8,
    pub b: u8,
}

impl Rgb {
    pub const WHITE: Self = Self::new(255, 255, 255);
    pub const BLACK: Self = Self::new(0, 0, 0);

    #[must_use]
    pub const fn new(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b }
    }

    /// A colour between this and another, on the straight line of their channels; `share` of the other.
    #[must_use]
    pub fn mix(self, other: Self, share: f64) -> Self {
        let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self::new(channel(self.r, other.r), channel(self.g, other.g), channel(self.b, other.b))
    }

    /// Reads `#RRGGBB` (the `#` may be missing, letters of either case).
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let malformed = || Fault::new(Code::ColorMalformed, [("value", text.to_owned())]);
        let digits = text.trim().strip_prefix('#').unwrap_or_else(|| text.trim());
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(malformed());
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| malformed())?;
        let [_, r, g, b] = value.to_be_bytes();
        Ok(Self { r, g, b })
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

impl Serialize for Rgb {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_hex() {
        assert_eq!(Rgb::parse("#2563EB").unwrap().to_string(), "#2563eb");
        assert_eq!(Rgb::parse("2563eb").unwrap(), Rgb::new(0x25, 0x63, 0xeb));
        for wrong in ["", "#fff", "#12345g", "rebeccapurple", "#1234567", "#+12345", "#é1234"] {
            assert!(Rgb::parse(wrong).unwrap_err().is(Code::ColorMalformed), "{wrong}");
        }
    }
}
