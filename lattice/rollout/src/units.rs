//! Shares, spans and limits as people write them: `5%`, `30m`, `<2s`. Read without floats, so that what is written is
//! what is meant.

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Parts of a million.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Share(pub u32);

/// Milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Span(pub u64);

/// Something that can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Share(u32),
    /// Microseconds.
    Time(u64),
    Number(f64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Below,
    Above,
}

/// A side of a level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limit {
    pub side: Side,
    pub level: Level,
}

/// Longer than anything a rollout waits for; a hundred years would be a slip of the pen.
const SPAN_MAX_MS: u64 = 90 * 24 * 3_600_000;

impl Share {
    pub const WHOLE: Self = Self(1_000_000);

    fn read(text: &str) -> Option<Self> {
        let parts = decimal(text.strip_suffix('%')?, 4)?;
        u32::try_from(parts).ok().map(Self).filter(|share| *share <= Self::WHOLE)
    }
}

impl Span {
    fn read(text: &str) -> Option<Self> {
        let micros = micros(text)?;
        (micros % 1000 == 0 && micros / 1000 <= SPAN_MAX_MS).then_some(Self(micros / 1000))
    }
}

impl Limit {
    fn read(text: &str) -> Option<Self> {
        let (side, rest) = match text.split_at_checked(1)? {
            ("<", rest) => (Side::Below, rest.trim()),
            (">", rest) => (Side::Above, rest.trim()),
            _ => return None,
        };
        let number = || rest.parse().ok().filter(|number: &f64| number.is_finite()).map(Level::Number);
        let level = Share::read(rest).map(|share| Level::Share(share.0));
        let level = level.or_else(|| micros(rest).map(Level::Time)).or_else(number)?;
        Some(Self { side, level })
    }

    /// Whether a measured level lies on this side. Levels of two kinds cannot be compared and never do.
    #[must_use]
    pub fn holds(&self, level: Level) -> bool {
        let order = match (level, self.level) {
            (Level::Share(a), Level::Share(b)) => a.partial_cmp(&b),
            (Level::Time(a), Level::Time(b)) => a.partial_cmp(&b),
            (Level::Number(a), Level::Number(b)) => a.partial_cmp(&b),
            _ => None,
        };
        order.is_some_and(|order| if self.side == Side::Below { order.is_lt() } else { order.is_gt() })
    }
}

/// A decimal number in units of `10^-digits`; more digits than that would be lost, so they are refused.
fn decimal(text: &str, digits: usize) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_dot_in_vain = text.contains('.') && part.is_empty();
    if whole.is_empty() || !are_digits(whole) || !are_digits(part) || part.len() > digits || has_dot_in_vain {
        return None;
    }
    format!("{whole}{part:0<digits$}").parse().ok()
}

fn micros(text: &str) -> Option<u64> {
    // Longer endings first: `ms` also ends in `s`.
    const UNITS: [(&str, u64); 6] = [
        ("us", 1),
        ("ms", 1000),
        ("s", 1_000_000),
        ("m", 60_000_000),
        ("h", 3_600_000_000),
        ("d", 86_400_000_000),
    ];
    let (number, unit) = UNITS.iter().find_map(|(end, unit)| Some((text.strip_suffix(end)?, *unit)))?;
    // Thousandths of a unit; a microsecond has none.
    let thousandths = decimal(number, 3)?.checked_mul(unit)?;
    (thousandths % 1000 == 0).then_some(thousandths / 1000)
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 10_000, self.0 % 10_000);
        let part = format!("{part:04}");
        match part.trim_end_matches('0') {
            "" => write!(f, "{whole} %"),
            part => write!(f, "{whole}.{part} %"),
        }
    }
}

impl Span {
    /// For people: no finer than a second, where it is one or more.
    #[must_use]
    pub fn in_seconds(self) -> Self {
        if self.0 < 1000 { self } else { Self(self.0.div_ceil(1000) * 1000) }
    }
}

impl fmt::Display for Span {
    /// The largest unit that fits, and what is left in the next.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(&str, u64); 5] =
            [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1)];
        let at = UNITS.iter().position(|(_, unit)| self.0 >= *unit).unwrap_or(UNITS.len() - 1);
        let (name, unit) = UNITS[at];
        write!(f, "{} {name}", self.0 / unit)?;
        match UNITS.get(at + 1) {
            Some((next, part)) if self.0 % unit / part > 0 => write!(f, " {} {next}", self.0 % unit / part),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share(parts) => Share(*parts).fmt(f),
            Self::Time(micros) if micros % 1000 == 0 => Span(micros / 1000).fmt(f),
            Self::Time(micros) => write!(f, "{micros} us"),
            Self::Number(number) => number.fmt(f),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = if self.side == Side::Below { "below" } else { "above" };
        write!(f, "{side} {}", self.level)
    }
}

/// Reading from a text, with a hint that shows how it is written.
macro_rules! read_from_text {
    ($type:ident, $hint:literal) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl Visitor<'_> for Text {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                        f.write_str($hint)
                    }

                    fn visit_str<E: Error>(self, text: &str) -> Result<$type, E> {
                        let wrong = || E::custom(format!("`{text}` is not {}", $hint));
                        $type::read(text.trim()).ok_or_else(wrong)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}

read_from_text!(
    Share,
    "a share from 0% to 100%, with at most four digits behind the point: write it like `5%`"
);
read_from_text!(Span, "a span of at most 90d: write it like `30m`, `1h` or `10s`");
read_from_text!(Limit, "a limit: write it like `<0.1%`, `>5s` or `<100`");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_meant() {
        let shares = [("5%", 50_000), ("0.1%", 1000), ("100%", 1_000_000), ("0%", 0), ("0.0001%", 1)];
        for (text, parts) in shares {
            assert_eq!(Share::read(text), Some(Share(parts)), "{text}");
        }
        for text in ["5", "5 %", "-1%", "101%", "0.00001%", ".5%", "5.%", "%", "1e1%", "٥%"] {
            assert_eq!(Share::read(text), None, "{text}");
        }
        let spans =
            [("30m", 1_800_000), ("1h", 3_600_000), ("1.5s", 1500), ("10ms", 10), ("2d", 172_800_000)];
        for (text, ms) in spans {
            assert_eq!(Span::read(text), Some(Span(ms)), "{text}");
        }
        for text in ["30", "1 h", "1.0001s", "91d", "1us", "m", "99999999999999999999d"] {
            assert_eq!(Span::read(text), None, "{text}");
        }
        let limits = [
            ("<0.1%", Side::Below, Level::Share(1000)),
            (">5s", Side::Above, Level::Time(5_000_000)),
            ("< 250ms", Side::Below, Level::Time(250_000)),
            (">-1.5", Side::Above, Level::Number(-1.5)),
        ];
        for (text, side, level) in limits {
            assert_eq!(Limit::read(text), Some(Limit { side, level }), "{text}");
        }
        for text in ["0.1%", "<", "=5", "<=5", ">NaN", "<inf", "", "é"] {
            assert_eq!(Limit::read(text), None, "{text}");
        }
    }

    #[test]
    fn levels_of_two_kinds_never_hold() {
        let limit = Limit { side: Side::Below, level: Level::Share(1000) };
        assert!(limit.holds(Level::Share(999)) && !limit.holds(Level::Share(1000)));
        assert!(!limit.holds(Level::Number(0.0)));
        let number = Limit { side: Side::Above, level: Level::Number(1.0) };
        assert!(!number.holds(Level::Number(f64::NAN)));
    }
}
