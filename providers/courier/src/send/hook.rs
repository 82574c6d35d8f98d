//! Webhooks, as Standard Webhooks 1.0 has them.

use super::http::{Answer, Http, Silence};
use super::{Outcome, Parcel, Told};
use core_notify::{Attempt, Key, PAYLOAD_BYTES_MAX, Target, retry_after, sign};
use hyper::header::{HeaderMap, RETRY_AFTER};
use jiff::fmt::rfc2822::DateTimeParser;
use std::sync::Arc;

/// Sends webhooks.
pub(crate) struct Hooks {
    pub(crate) http: Arc<Http>,
    /// Whether receivers may be in a network of the operator's own, also without TLS.
    pub(crate) allows_local: bool,
}

impl Hooks {
    pub(crate) async fn send(&self, parcel: &Parcel, url: &str, keys: &[Key]) -> Told {
        let target = match Target::read(url, self.allows_local) {
            Ok(target) => target,
            Err(why) => return refused(format!("the address {why}")),
        };
        let Some(body) = parcel.letter.payload.as_ref() else {
            return Told::new(Outcome::Failed, "there is nothing for programs in it");
        };
        if body.len() > PAYLOAD_BYTES_MAX {
            let answer = format!("{} bytes; a webhook may have {PAYLOAD_BYTES_MAX}", body.len());
            return Told::new(Outcome::Failed, answer);
        }
        let signed = sign(keys, &parcel.id, parcel.at_ms / 1000, body.as_bytes());
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("webhook-id", signed.id),
            ("webhook-timestamp", signed.timestamp),
            ("webhook-signature", signed.signature),
        ];
        told(self.http.post(&target, &headers, body.clone().into()).await, parcel.at_ms)
    }
}

/// What an answer says, for everything that goes by HTTP.
pub(super) fn told(answer: Result<Answer, Silence>, now_ms: u64) -> Told {
    match answer {
        Ok(answer) => {
            let status = answer.status.as_u16();
            let attempt = Attempt::Answered { status, retry_after_s: asked(&answer.headers, now_ms) };
            Told { outcome: Outcome::Tried(attempt), answer: status.to_string(), family: Some(answer.family) }
        }
        Err(Silence::Refused(why)) => refused(why),
        Err(Silence::Silent(why)) => Told::silent(why),
    }
}

fn refused(why: String) -> Told {
    Told::new(Outcome::Tried(Attempt::Refused), why)
}

/// Seconds that a receiver asks to be left alone, given as a number or as a date.
fn asked(headers: &HeaderMap, now_ms: u64) -> Option<u64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    retry_after(text).or_else(|| {
        let at = DateTimeParser::new().parse_timestamp(text).ok()?;
        let at_ms = u64::try_from(at.as_millisecond()).ok()?;
        Some(at_ms.saturating_sub(now_ms).div_ceil(1000))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_as_a_number_and_as_a_date() {
        // Sunday, 6 November 1994, 08:49:37.
        let then_ms = 784_111_777_000;
        let cases = [
            ("120", Some(120)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(30)),
            ("Sun, 06 Nov 1994 08:49:06 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ];
        for (text, seconds) in cases {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            assert_eq!(asked(&headers, then_ms - 30_000), seconds, "{text}");
        }
    }
}
