//! What browsers are told: who may read an answer, and what a document may do.

use crate::http::{Request, Response};
use crate::leaving::LEAVING;

/// Any page may call with a token that it was given; no cookie ever counts.
const EXPOSED: &str = "accept-ranges, content-disposition, content-range, etag, link, location, preference-applied, ratelimit, \
    ratelimit-policy, retry-after, x-request-id";
const ALLOWED: &str = "authorization, canary, content-type, idempotency-key, if-none-match, if-range, last-event-id, prefer, \
    range, traceparent, x-request-id";
/// How long a browser remembers the answer to a preflight, in seconds.
const REMEMBER_S: &str = "600";

/// A document of the API does nothing, even if it is an SVG opened by itself.
const STILL: &str = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; sandbox";
/// The page runs what it was served with, and shows pictures it made from answers.
const PAGE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What is read, and answered with a button.
const FORM: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The answer to OPTIONS.
pub(crate) fn options(allowed: &str) -> Response {
    Response::empty(204)
        .with("allow", allowed)
        .with("access-control-allow-methods", allowed)
        .with("access-control-allow-headers", ALLOWED)
        .with("access-control-max-age", REMEMBER_S)
}

/// Adds what every answer carries.
pub(crate) fn guard(request: &Request, answer: Response) -> Response {
    let policy = match request.path.as_str() {
        "/" => PAGE,
        path if path.starts_with(LEAVING) => FORM,
        _ => STILL,
    };
    answer
        .with("access-control-allow-origin", "*")
        .with("access-control-expose-headers", EXPOSED)
        .with("content-security-policy", policy)
        .with("referrer-policy", "no-referrer")
        .with("x-content-type-options", "nosniff")
}
