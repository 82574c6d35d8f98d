//! A moment as text.

/// RFC 3339 in UTC, such as `2026-11-21T05:41:57.120Z`.
#[must_use]
pub fn rfc3339(ms: u64) -> String {
    let (days, rest) = (ms / 86_400_000, ms % 86_400_000);
    let (year, month, day) = date(days);
    let (hour, minute, second, milli) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// Year, month and day of a count of days since 1970. The year is counted from March, so that the leap day is its last.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + u64::from(month <= 2), month, day)
}

/// A moment that was written so, in any offset from UTC; parts of a millisecond are left out. Nothing if it is none, lies
/// before 1970, or on a leap second, which has no number.
#[must_use]
pub fn from_rfc3339(text: &str) -> Option<u64> {
    let (day, clock) = text.split_at_checked(10)?;
    let (time, rest) = clock.strip_prefix(['T', 't', ' '])?.split_at_checked(8)?;
    let ([year, month, day], [hour, minute, second]) =
        (numbers(day, '-', [4, 2, 2])?, numbers(time, ':', [2; 3])?);
    let is_fine = (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let (milli, zone) = fraction(rest)?;
    let at_ms = days_until(year, month, day) * 86_400_000
        + ((hour * 60 + minute) * 60 + second) as i64 * 1000
        + milli as i64
        - offset_min(zone)? * 60_000;
    u64::try_from(at_ms).ok().filter(|_| is_fine)
}

/// Numbers of so many digits, with a sign between them.
fn numbers(text: &str, between: char, lengths: [usize; 3]) -> Option<[u64; 3]> {
    let mut parts = text.split(between);
    let mut numbers = [0; 3];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let digits = parts.next().filter(|part| part.len() == length && is_digits(part))?;
        *number = digits.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Milliseconds behind a point, if there is one, and what follows.
fn fraction(text: &str) -> Option<(u64, &str)> {
    let Some(behind) = text.strip_prefix('.') else { return Some((0, text)) };
    let length = behind.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = behind.split_at_checked(length).filter(|(digits, _)| !digits.is_empty())?;
    let first: String = digits.chars().chain("00".chars()).take(3).collect();
    Some((first.parse().ok()?, rest))
}

/// Minutes that a clock is ahead of UTC.
fn offset_min(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let is_fine = [hours, minutes].iter().all(|part| part.len() == 2 && is_digits(part));
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let ahead = (is_fine && hours < 24 && minutes < 60).then(|| hours * 60 + minutes)?;
    match text.as_bytes().first()? {
        b'+' => Some(ahead),
        b'-' => Some(-ahead),
        _ => None,
    }
}

fn days_of(year: u64, month: u64) -> u64 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970 until then, counted as `date` counts them.
fn days_until(year: u64, month: u64, day: u64) -> i64 {
    let year = year as i64 - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = (month as i64 + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + day as i64 - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::{from_rfc3339, rfc3339};

    #[test]
    fn moments_are_read_as_they_are_written() {
        for day in 0..80_000 {
            let at_ms = day * 86_400_000 + day * 7919 % 86_400_000;
            assert_eq!(from_rfc3339(&rfc3339(at_ms)), Some(at_ms), "{}", rfc3339(at_ms));
        }
        let read = [
            ("2026-11-21T00:00:00Z", Some(1_795_219_200_000)),
            ("2026-11-21t05:30:00.1239+05:30", Some(1_795_219_200_123)),
            ("2026-11-20 22:30:00.5-01:30", Some(1_795_219_200_500)),
            ("1970-01-01T00:00:00+00:01", None),
            ("1969-12-31T23:59:59Z", None),
            ("2026-02-29T00:00:00Z", None),
            ("2026-13-01T00:00:00Z", None),
            ("2026-11-31T00:00:00Z", None),
            ("2026-11-21T24:00:00Z", None),
            ("2026-11-21T23:59:60Z", None),
            ("2026-11-21T00:00:00", None),
            ("2026-11-21T00:00:00.Z", None),
            ("2026-11-21T00:00:00+24:00", None),
            ("2026-11-21T00:00:00+0100", None),
            ("2026-11-21T00:00:00€01:00", None),
            ("2026-11-21T00:00Z", None),
            ("+026-11-21T00:00:00Z", None),
            ("2026-11-21", None),
            ("", None),
        ];
        for (text, wanted) in read {
            assert_eq!(from_rfc3339(text), wanted, "{text}");
        }
    }

    #[test]
    fn moments_are_dates() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(951_782_400_000), "2000-02-29T00:00:00.000Z");
        assert_eq!(rfc3339(1_795_219_200_123), "2026-11-21T00:00:00.123Z");
        assert_eq!(rfc3339(4_107_542_399_999), "2100-02-28T23:59:59.999Z");
    }
}
