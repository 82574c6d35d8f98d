//! An event as it comes: a CloudEvent in JSON, of which a few fields are read.

use crate::kinds::public_name;
use core_brand::Fault;
use core_brand::fault::Code;
use serde::Deserialize;
use serde_json::Value;

/// Of one event; those of a brand have a tenth of a percent of it.
pub(crate) const EVENT_BYTES_MAX: usize = 256 << 10;
/// Letters of an id; ours are SHA-256 in hexadecimal. A type has a third of it.
const ID_LETTERS_MAX: usize = 256;
/// Letters of a time, with every digit of a second that a clock could know.
const TIME_LETTERS_MAX: usize = 64;
const DAY_MS: i64 = 86_400_000;

/// A CloudEvent. Fields that nobody here needs are left alone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Event {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is about: for brands the id of the job.
    #[serde(default)]
    pub subject: String,
    /// As in RFC 3339.
    pub time: String,
    #[serde(default)]
    pub tenant: Option<String>,
    #[serde(default)]
    pub data: Value,
}

impl Event {
    pub fn read(text: &str) -> Result<Self, Fault> {
        if text.len() > EVENT_BYTES_MAX {
            return Err(malformed(format!("it has more than {EVENT_BYTES_MAX} bytes")));
        }
        let event: Self = serde_json::from_str(text).map_err(|why| malformed(why.to_string()))?;
        event.checked()
    }

    pub(crate) fn checked(self) -> Result<Self, Fault> {
        if self.id.is_empty() || self.id.len() > ID_LETTERS_MAX {
            return Err(malformed(format!("its id has not 1 to {ID_LETTERS_MAX} letters")));
        }
        if self.kind.len() > ID_LETTERS_MAX || self.time.len() > TIME_LETTERS_MAX {
            return Err(malformed("its type or its time is longer than any"));
        }
        if !self.data.is_null() && !self.data.is_object() {
            return Err(malformed("its data is no object"));
        }
        self.at_ms()?;
        Ok(self)
    }

    /// Its public name.
    #[must_use]
    pub fn name(&self) -> &str {
        public_name(&self.kind)
    }

    /// When it happened, in milliseconds since 1970.
    pub fn at_ms(&self) -> Result<u64, Fault> {
        at_ms(&self.time).ok_or_else(|| malformed(format!("`{}` is no time of RFC 3339", self.time)))
    }
}

fn malformed(why: impl Into<String>) -> Fault {
    Fault::new(Code::NoticeEvent, [("why", why.into())])
}

/// Milliseconds since 1970 of a time such as `2026-11-22T02:50:58.123Z` or `…+02:00`.
pub(crate) fn at_ms(text: &str) -> Option<u64> {
    let number = |range: std::ops::Range<usize>| -> Option<i64> {
        let digits = text.get(range).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        digits.parse().ok()
    };
    let (date, clock) =
        ([number(0..4)?, number(5..7)?, number(8..10)?], [number(11..13)?, number(14..16)?, number(17..19)?]);
    let signs: Vec<u8> =
        [4, 7, 10, 13, 16].iter().filter_map(|at| text.as_bytes().get(*at).copied()).collect();
    let is_in_range = (1..=12).contains(&date[1])
        && (1..=31).contains(&date[2])
        && clock[0] < 24
        && clock[1] < 60
        && clock[2] <= 60
        && matches!(signs.as_slice(), [b'-', b'-', b'T' | b't' | b' ', b':', b':']);
    let (fraction_ms, zone) = fraction(text.get(19..)?)?;
    let minutes = clock[0] * 60 + clock[1] - offset_min(zone)?;
    let since_ms = days(date) * DAY_MS + minutes * 60_000 + clock[2] * 1000 + fraction_ms;
    u64::try_from(since_ms).ok().filter(|_| is_in_range)
}

/// Milliseconds of a part such as `.1234567`, and what follows it.
fn fraction(rest: &str) -> Option<(i64, &str)> {
    let Some(rest) = rest.strip_prefix('.') else { return Some((0, rest)) };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let thousandths: String = format!("{:0<3}", rest.get(..digits.min(3))?);
    (digits > 0).then_some((thousandths.parse().ok()?, rest.get(digits..)?))
}

/// Minutes ahead of UTC.
fn offset_min(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let sign = match zone.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let two = |text: &str| -> Option<i64> {
        let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_number)
    };
    Some(sign * (two(hours)? * 60 + two(minutes)?))
}

/// Days since 1970 of a date of the Gregorian calendar, counted in years that begin in March.
pub(crate) fn days([year, month, day]: [i64; 3]) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::at_ms;

    #[test]
    fn times_are_read() {
        let cases = [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2026-11-22T02:50:58.123Z", Some(1_795_315_858_123)),
            ("2026-11-22T02:50:58.1Z", Some(1_795_315_858_100)),
            ("2026-11-22T04:50:58.1234567+02:00", Some(1_795_315_858_123)),
            ("2024-02-29T23:59:59-01:30", Some(1_709_256_599_000)),
            ("2026-13-22T02:50:58Z", None),
            ("2026-11-22T24:50:58Z", None),
            ("2026-11-22", None),
            ("2026-11-22T02:50:58", None),
            ("2026-11-22T02:50:58.Z", None),
            ("2026-11-22T02:50:58+2:00", None),
            ("1969-12-31T23:59:59Z", None),
            ("２０26-11-22T02:50:58Z", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(at_ms(text), expected, "{text}");
        }
    }
}
