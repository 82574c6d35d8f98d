//! When a rollout may go on: days and hours in UTC, and days on which nothing moves.

use serde::Deserialize;
use std::collections::BTreeSet;

const DAY_MS: u64 = 86_400_000;

/// All of it in UTC: a rollout of many regions has no other common clock.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    #[serde(default)]
    pub days: BTreeSet<Day>,
    /// `09:00`
    pub from: String,
    pub until: String,
    /// Dates such as `2026-12-24`.
    #[serde(default)]
    pub except: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Schedule {
    /// Whether a moment is one at which it may go on. A schedule that cannot be read is never open.
    #[must_use]
    pub fn is_open(&self, now_ms: u64) -> bool {
        const DAYS: [Day; 7] = [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun];
        let (Some(from), Some(until)) = (minute(&self.from), minute(&self.until)) else { return false };
        let (date, now) = (now_ms / DAY_MS, now_ms % DAY_MS / 60_000);
        // The first day of the epoch was a Thursday.
        let is_day =
            self.days.is_empty() || self.days.iter().any(|day| *day == DAYS[((date + 3) % 7) as usize]);
        let is_excepted = self.except.iter().any(|text| day_number(text).is_none_or(|day| day == date));
        is_day && !is_excepted && (from..until).contains(&now)
    }

    /// What is wrong with it: where, what, and what to do.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let mut faults = Vec::new();
        let hours = minute(&self.from).zip(minute(&self.until));
        if hours.is_none() {
            faults.push(("schedule", "has no such time", "write `from` and `until` like 09:00, in UTC"));
        } else if hours.is_some_and(|(from, until)| from >= until) {
            faults.push(("schedule", "ends before it begins", "write an earlier `from`"));
        }
        if self.except.iter().any(|text| day_number(text).is_none()) {
            faults.push(("schedule.except", "has no such date", "write dates like 2026-12-24"));
        }
        faults
    }
}

fn number(text: &str, digits: usize) -> Option<u64> {
    let is_plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}

fn minute(text: &str) -> Option<u64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (number(hour, 2)?, number(minute, 2)?);
    (minute < 60 && hour * 60 + minute <= 24 * 60).then_some(hour * 60 + minute)
}

/// Days since the epoch of a date of the Gregorian calendar.
fn day_number(text: &str) -> Option<u64> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) =
        (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *lengths.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    if year < 1970 || day == 0 || day > length {
        return None;
    }
    let before = year - 1;
    let leaps = |year: u64| year / 4 - year / 100 + year / 400;
    let months: u64 = lengths.iter().take(usize::try_from(month).ok()? - 1).sum();
    Some((year - 1970) * 365 + leaps(before) - leaps(1969) + months + day - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule() -> Schedule {
        Schedule {
            days: [Day::Mon, Day::Tue, Day::Wed, Day::Thu].into(),
            from: "09:00".into(),
            until: "16:00".into(),
            except: ["2026-12-24".into()].into(),
        }
    }

    fn at(date: &str, time: &str) -> u64 {
        day_number(date).unwrap() * DAY_MS + minute(time).unwrap() * 60_000
    }

    #[test]
    fn dates_are_counted_from_the_epoch() {
        let cases =
            [("1970-01-01", 0), ("2000-03-01", 11_017), ("2024-02-29", 19_782), ("2026-11-21", 20_778)];
        for (text, day) in cases {
            assert_eq!(day_number(text), Some(day), "{text}");
        }
        for text in ["2026-02-29", "2026-13-01", "2026-00-01", "2026-1-1", "1969-12-31", "2026-12", ""] {
            assert_eq!(day_number(text), None, "{text}");
        }
    }

    #[test]
    fn it_opens_on_its_days_and_hours() {
        let cases = [
            ("2026-11-23", "09:00", true),
            ("2026-11-23", "08:59", false),
            ("2026-11-23", "15:59", true),
            ("2026-11-23", "16:00", false),
            ("2026-11-27", "10:00", false),
            ("2026-12-24", "10:00", false),
            ("2026-12-23", "10:00", true),
        ];
        for (date, time, is_open) in cases {
            assert_eq!(schedule().is_open(at(date, time)), is_open, "{date} {time}");
        }
        assert!(!Schedule { from: "9".into(), ..schedule() }.is_open(at("2026-11-23", "10:00")));
    }
}
