//! Requests to a bucket: each with a limit of time, and made again while the bucket is busy or silent.

use bytes::Bytes;
use core_brand::content::{BLOB_BYTES_MAX, sha256};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use imprint_outbound::{Answer, Method, Outbound, StatusCode};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use std::time::Duration;
use url::Url;

/// One request with its answer: the largest value at about one megabyte a second.
const REQUEST_MAX: Duration = Duration::from_secs(40);

/// The first try, and three more.
const TRIES: u32 = 4;

/// The first pause; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(100);

/// The largest body of an answer: a value, or a thousand lines of a list. A body without end must not fill the memory.
const BODY_BYTES_MAX: usize = BLOB_BYTES_MAX as usize + 1;

/// One request, signed for one try.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Bytes,
}

impl Call {
    pub(super) fn plain(method: Method, url: Url) -> Self {
        Self { method, url, headers: Vec::new(), body: Bytes::new() }
    }
}

/// What an answer of a bucket says.
pub(super) trait OfBucket {
    /// What time it is, for the bucket.
    fn now(&self) -> Result<Timestamp, Fault>;
    /// The answer as a fault. The address is not told: it holds a signature.
    fn refused(&self, what: &str) -> Fault;
}

impl OfBucket for Answer {
    fn now(&self) -> Result<Timestamp, Fault> {
        let date = self.headers.get("date").and_then(|date| date.to_str().ok());
        let parsed = date.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
        parsed.ok_or_else(|| self.refused("its answer has no date"))
    }

    fn refused(&self, what: &str) -> Fault {
        let text = String::from_utf8_lossy(&self.body);
        let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
        let code = code.map_or("", |(code, _)| code);
        let plain = code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let why = format!("{what} ({} {})", self.status.as_u16(), if plain { code } else { "" });
        Fault::new(Code::Storage, [("what", "the bucket".to_owned()), ("why", why)])
    }
}

pub(super) struct Http {
    outbound: Outbound,
}

impl Http {
    pub(super) fn new() -> Result<Self, Fault> {
        Ok(Self { outbound: Outbound::new()? })
    }

    /// Asks until there is an answer that another try would not change. Every request of a store may be repeated.
    pub(super) async fn send(&self, call: impl Fn() -> Call) -> Result<Answer, Fault> {
        for tried in 1.. {
            let call = call();
            let key = call.url.path().to_owned();
            let why = match self.once(call).await? {
                Ok(answer) if !is_passing(answer.status) => return Ok(answer),
                Ok(answer) => format!("it answers {}", answer.status.as_u16()),
                Err(why) => why,
            };
            if tried >= TRIES {
                let callee = "the bucket".to_owned();
                return Err(Fault::new(Code::Unreachable, [("callee", callee), ("why", why)]));
            }
            tokio::time::sleep(pause(tried, &key)).await;
        }
        Err(broken!("a request has no end"))
    }

    /// One try. The inner fault is one that passes.
    pub(super) async fn once(&self, call: Call) -> Result<Result<Answer, String>, Fault> {
        let Call { method, url, headers, body } = call;
        let call = imprint_outbound::Call { method, url: url.into(), headers, body };
        self.outbound.once(call, REQUEST_MAX, BODY_BYTES_MAX).await
    }
}

fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
}

/// Up to half as long again, so that those who failed together do not come back together. The address and the process
/// take the place of chance.
fn pause(tried: u32, key: &str) -> Duration {
    let hash = sha256(format!("{key}/{tried}/{}", std::process::id()).as_bytes());
    let pause = PAUSE * 2_u32.pow(tried - 1);
    pause + pause.mul_f64(f64::from(hash[0]) / 512.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_differ() {
        for tried in 1..TRIES {
            let least = PAUSE * 2_u32.pow(tried - 1);
            assert!((least..least + least / 2).contains(&pause(tried, "a")));
        }
        let pauses: std::collections::BTreeSet<_> = (0..20).map(|key| pause(1, &key.to_string())).collect();
        assert!(pauses.len() > 10);
    }
}
