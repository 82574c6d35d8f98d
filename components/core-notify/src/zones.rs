//! Time zones by their names of the IANA, each with the rule that it goes by now.
//!
//! `zones.txt` was made from the last lines of the files of tzdata 2025b: a name, minutes ahead of UTC, and where clocks are
//! set, minutes ahead in the other half of the year and when that begins and ends (month, week, day of the week, minute of
//! that day; week 5 is the last). Messages are of today and the next days, so nothing of the past is needed. Morocco sets its
//! clocks by the moon, which no rule says: there they stay as in most of the year.

use crate::event::days;
use serde::{Deserialize, Serialize};

const TABLE: &str = include_str!("zones.txt");
const DAY_MIN: i64 = 24 * 60;
/// Of a mean year of the Gregorian calendar.
const YEAR_MIN: i64 = 525_949;

/// A zone, as the number of its line in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(u16);

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| {
            let name: String = name.chars().take(40).collect();
            format!("`{}` is no time zone, such as Europe/Berlin", name.escape_debug())
        })
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

impl Zone {
    /// As the IANA writes it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let is_named = |line: &str| line.split(' ').next() == Some(name);
        TABLE.lines().position(is_named).and_then(|line| u16::try_from(line).ok()).map(Self)
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        self.line().split(' ').next().unwrap_or_default()
    }

    fn line(self) -> &'static str {
        TABLE.lines().nth(usize::from(self.0)).unwrap_or_default()
    }

    /// Minutes ahead of UTC, so many minutes after the beginning of 1970.
    #[must_use]
    pub fn offset_min(self, at_min: i64) -> i64 {
        let words: Vec<&str> = self.line().split(' ').collect();
        let minutes = |index: usize| words.get(index).and_then(|word| word.parse::<i64>().ok());
        let usual = minutes(1).unwrap_or_default();
        let (Some(other), Some(begins), Some(ends)) = (minutes(2), words.get(3), words.get(4)) else {
            return usual;
        };
        let year = year(at_min + usual);
        let (Some(begins), Some(ends)) = (change_min(year, begins), change_min(year, ends)) else {
            return usual;
        };
        // Each is said in the time that holds before it.
        let (begins, ends) = (begins - usual, ends - other);
        let is_other = match begins < ends {
            true => (begins..ends).contains(&at_min),
            false => !(ends..begins).contains(&at_min),
        };
        if is_other { other } else { usual }
    }
}

/// The year of a minute.
fn year(at_min: i64) -> i64 {
    let guess = 1970 + at_min.div_euclid(YEAR_MIN);
    // A mean year is off by a day or so at its ends.
    let begins = |year: i64| days([year, 1, 1]) * DAY_MIN;
    if at_min < begins(guess) {
        guess - 1
    } else if at_min >= begins(guess + 1) {
        guess + 1
    } else {
        guess
    }
}

/// When clocks are set in a year, in minutes of the clock on the wall.
fn change_min(year: i64, rule: &str) -> Option<i64> {
    let (day, minute) = rule.split_once('/')?;
    let mut parts = day.split('.').map(|part| part.parse::<i64>().ok());
    let (month, week, weekday) = (parts.next()??, parts.next()??, parts.next()??);
    let first = days([year, month, 1]);
    let next = if month == 12 { days([year + 1, 1, 1]) } else { days([year, month + 1, 1]) };
    // 1970 began on a Thursday.
    let mut day = first + (weekday - (first + 4)).rem_euclid(7) + (week - 1) * 7;
    if day >= next {
        day -= 7;
    }
    Some(day * DAY_MIN + minute.parse::<i64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::at_ms;

    /// Reckoned by another library from the whole of tzdata.
    #[test]
    fn clocks_are_set_as_they_are_there() {
        let cases = [
            ("Europe/Berlin", "2026-03-29T00:59", 60),
            ("Europe/Berlin", "2026-03-29T01:00", 120),
            ("Europe/Berlin", "2026-10-25T00:59", 120),
            ("Europe/Berlin", "2026-10-25T01:00", 60),
            ("Europe/Dublin", "2026-01-15T12:00", 0),
            ("Europe/Dublin", "2026-07-15T12:00", 60),
            ("America/New_York", "2027-03-14T06:59", -300),
            ("America/New_York", "2027-03-14T07:00", -240),
            ("America/New_York", "2027-11-07T06:00", -300),
            ("Australia/Sydney", "2027-01-01T00:00", 660),
            ("Australia/Sydney", "2027-04-03T16:00", 600),
            ("Australia/Lord_Howe", "2027-01-01T00:00", 660),
            ("Australia/Lord_Howe", "2027-06-01T00:00", 630),
            ("Asia/Kolkata", "2027-06-01T00:00", 330),
            ("America/Nuuk", "2027-03-28T00:59", -120),
            ("America/Nuuk", "2027-03-28T01:00", -60),
            ("Pacific/Kiritimati", "2027-06-01T00:00", 840),
            ("Asia/Gaza", "2028-07-01T00:00", 180),
            ("Africa/Cairo", "2028-12-31T23:59", 120),
            ("Pacific/Chatham", "2028-12-31T23:59", 825),
            ("UTC", "2028-02-29T00:00", 0),
        ];
        for (name, time, expected) in cases {
            let at_min = at_ms(&format!("{time}:00Z")).unwrap() / 60_000;
            let zone = Zone::named(name).unwrap_or_else(|| panic!("there is no {name}"));
            assert_eq!(zone.offset_min(at_min.cast_signed()), expected, "{name} {time}");
        }
    }

    #[test]
    fn every_line_is_whole() {
        for line in TABLE.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            assert!(matches!(words.len(), 2 | 5), "{line}");
            assert!(words.iter().skip(1).take(2).all(|word| word.parse::<i64>().is_ok()), "{line}");
            assert!(words.iter().skip(3).all(|rule| change_min(2027, rule).is_some()), "{line}");
            assert_eq!(Zone::named(words[0]).map(Zone::line), Some(line));
        }
        for bad in ["", "Europe", "europe/berlin", "Europe/Berlin 60", "\n"] {
            assert_eq!(Zone::named(bad), None, "{bad}");
        }
    }
}
