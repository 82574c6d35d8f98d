//! When a message is tried again, and when no more.

use core_brand::content::sha256;

/// Waits between attempts, as Standard Webhooks begins them: a restart is over in seconds, an outage in hours.
const WAITS_S: [u64; 7] = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];
/// The first attempt, and one behind each wait.
pub const TRIES_MAX: u32 = WAITS_S.len() as u32 + 1;
/// Waits differ by as much, so that what failed together does not come back together.
const JITTER_PERCENT: u64 = 20;
/// What a receiver may ask for; longer is as good as never.
const ASKED_MAX_S: u64 = 36_000;

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// An answer, and the seconds that it asks to wait.
    Answered { status: u16, retry_after_s: Option<u64> },
    /// No connection, no answer in time, or none that can be read.
    Silent,
    /// It led to an address that must not be reached.
    Refused,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Delivered,
    /// After so many milliseconds.
    Again(u64),
    /// Set aside for a person.
    Dead,
    /// The receiver wants nothing any more.
    Disable,
}

/// What follows from the attempt of this number, the first being 1. `id` tells messages apart: each has its own jitter,
/// the same wherever it is reckoned.
#[must_use]
pub fn next(id: &str, number: u32, attempt: Attempt) -> Next {
    let asked_s = match attempt {
        Attempt::Answered { status: 200..=299, .. } => return Next::Delivered,
        Attempt::Answered { status: 410, .. } => return Next::Disable,
        Attempt::Answered { status: 429 | 500..=599, retry_after_s } => retry_after_s.unwrap_or(0),
        // Another look would find the same address, or one that changes to deceive.
        Attempt::Refused => return Next::Dead,
        // A redirect is no answer: whoever moves says so to us, not to each message.
        Attempt::Answered { .. } | Attempt::Silent => 0,
    };
    let index = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    match WAITS_S.get(index) {
        Some(wait_s) => Next::Again(jittered(id, number, *wait_s).max(asked_s.min(ASKED_MAX_S) * 1000)),
        None => Next::Dead,
    }
}

/// Milliseconds, up to a fifth more or less.
fn jittered(id: &str, number: u32, wait_s: u64) -> u64 {
    let [a, b, c, d, ..] = sha256(format!("{number} {id}").as_bytes());
    let draw = u64::from(u32::from_be_bytes([a, b, c, d]));
    let (wait, width) = (wait_s * 1000, wait_s * 10 * JITTER_PERCENT);
    wait - width + 2 * width * draw / u64::from(u32::MAX)
}

/// The seconds of a `Retry-After` header. A date is read by whoever has a clock; here it is nothing.
#[must_use]
pub fn retry_after(header: &str) -> Option<u64> {
    let text = header.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}
