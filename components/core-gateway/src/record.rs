//! Which request this is, in which trace, and the line that the access log has of it.
//!
//! A line holds the template of the route, never the address: names of people and brands stand in addresses.

use crate::http::Request;
use crate::platform::Platform;
use serde_json::json;

/// Longer names of requests are not taken over: each goes into logs.
const REQUEST_ID_BYTES_MAX: usize = 128;
/// A method that is none of these was made up by the client, and does not go into logs.
const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"];

/// What is known of a request from its beginning to its end.
pub(crate) struct Record {
    began_ms: u64,
    method: &'static str,
    trace_id: String,
    /// Ours: calls made for this request are its children.
    span_id: String,
    flags: String,
    pub(crate) request_id: String,
    /// The template of the route, once one is found.
    pub(crate) route: Option<&'static str>,
    /// The subject of the token, once one is verified.
    pub(crate) user: Option<String>,
}

impl Record {
    /// Takes over the trace and the name of a request where they are well-formed, else makes them.
    pub(crate) fn begin(request: &Request, platform: &dyn Platform) -> Self {
        let (trace_id, flags) = trace(request)
            .unwrap_or_else(|| (format!("{}{}", word(platform), word(platform)), "01".to_owned()));
        let sent = request.header("x-request-id").filter(|id| is_request_id(id));
        let request_id = sent.map_or_else(|| format!("{}{}", word(platform), word(platform)), str::to_owned);
        Self {
            began_ms: platform.now_ms(),
            method: METHODS.iter().find(|known| **known == request.method).unwrap_or(&"other"),
            trace_id,
            span_id: word(platform),
            flags,
            request_id,
            route: None,
            user: None,
        }
    }

    /// The trace as it is given on.
    pub(crate) fn traceparent(&self) -> String {
        format!("00-{}-{}-{}", self.trace_id, self.span_id, self.flags)
    }

    /// One line for one request, when its answer begins.
    pub(crate) fn end(&self, platform: &dyn Platform, status: u16) {
        let line = json!({
            "method": self.method,
            "route": self.route,
            "status": status,
            "ms": platform.now_ms().saturating_sub(self.began_ms),
            "traceId": self.trace_id,
            "spanId": self.span_id,
            "requestId": self.request_id,
            "userId": self.user,
        });
        platform.log(&line.to_string());
    }
}

/// 16 hexadecimal letters, never all zero: that would mean nothing.
fn word(platform: &dyn Platform) -> String {
    format!("{:016x}", platform.random().max(1))
}

fn is_request_id(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=REQUEST_ID_BYTES_MAX).contains(&id.len()) && id.bytes().all(is_plain)
}

/// Trace and flags of `00-<32 hex>-<16 hex>-<2 hex>`; a later version may say more behind.
fn trace(request: &Request) -> Option<(String, String)> {
    let sent = request.header("traceparent").filter(|_| request.header_count("traceparent") == 1)?;
    let parts: Vec<&str> = sent.split('-').collect();
    let [version, trace, parent, flags, rest @ ..] = parts.as_slice() else { return None };
    let is_hex = |text: &str, length: usize| {
        text.len() == length
            && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    let is_nothing = |text: &str| text.bytes().all(|byte| byte == b'0');
    let is_formed = is_hex(version, 2) && is_hex(trace, 32) && is_hex(parent, 16) && is_hex(flags, 2);
    let is_version = *version != "ff" && (*version != "00" || rest.is_empty());
    let is_fine = is_formed && is_version && !is_nothing(trace) && !is_nothing(parent);
    is_fine.then(|| ((*trace).to_owned(), (*flags).to_owned()))
}
