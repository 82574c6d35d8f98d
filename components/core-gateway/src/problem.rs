//! A fault as an answer: RFC 9457, and a page for each code.

use crate::http::Response;
use core_brand::fault::Code;
use core_brand::{Blame, Fault};
use serde_json::{Map, Value, json};

/// Where the codes of a catalogue page lie.
pub(crate) const CATALOGUE: &str = "/problems";

/// The status of a code that differs from what its blame says.
const STATUSES: &[(Code, u16)] = &[
    (Code::BriefMalformed, 400),
    (Code::BlobTooLarge, 422),
    (Code::BrandMissing, 404),
    (Code::BrandErased, 410),
    (Code::BrandUnfinished, 409),
    (Code::BrandFileMissing, 404),
    (Code::NoticeMissing, 404),
    (Code::WebhookMissing, 404),
    (Code::PushOff, 404),
    (Code::PushMissing, 404),
    (Code::KeyMissing, 400),
    (Code::KeyMalformed, 400),
    (Code::KeyInFlight, 409),
    (Code::QuotaOpen, 429),
    (Code::HttpTooOften, 429),
    (Code::TokenMissing, 401),
    (Code::TokenInvalid, 401),
    (Code::TokenExpired, 401),
    (Code::TokenRevoked, 401),
    (Code::TokenScope, 403),
    (Code::HttpMissing, 404),
    (Code::HttpMethod, 405),
    (Code::HttpBody, 400),
    (Code::HttpBodyTooLarge, 413),
    (Code::HttpTargetTooLong, 414),
    (Code::HttpHeadersTooLarge, 431),
    (Code::HttpMediaType, 415),
    (Code::HttpNotAcceptable, 406),
    (Code::HttpParameter, 400),
    (Code::HttpRange, 416),
];

/// The status that says the same as a code, or as its blame where the code is new to this table.
pub(crate) fn status(code: &str, blame: Blame) -> u16 {
    let listed = STATUSES.iter().find(|(known, _)| known.as_str() == code);
    listed.map_or_else(
        || match blame {
            Blame::Rejected => 422,
            Blame::Busy => 503,
            Blame::Internal => 500,
        },
        |(_, status)| *status,
    )
}

fn title(status: u16) -> &'static str {
    match status {
        400 => "The request cannot be read",
        401 => "A valid token is needed",
        403 => "The token does not allow this",
        404 => "Not found",
        405 => "Not possible here",
        406 => "Not acceptable",
        409 => "Not yet",
        410 => "Erased",
        413 => "Too large",
        414 => "Too long",
        415 => "Not JSON",
        416 => "Outside of the content",
        422 => "The request cannot be met",
        429 => "Too much at once",
        431 => "Too large",
        503 => "Not available at the moment",
        _ => "A fault of Imprint",
    }
}

/// The answer to a request that failed.
#[must_use]
pub fn problem(fault: &Fault) -> Response {
    carried(fault, &told(fault))
}

fn told(fault: &Fault) -> Value {
    let status = status(&fault.code, fault.blame);
    let mut body = json!({
        "type": format!("{CATALOGUE}/{}", fault.code),
        "title": title(status),
        "status": status,
        "detail": fault.message,
        "code": fault.code,
    });
    if let (Some(field), Some(object)) = (&fault.field, body.as_object_mut()) {
        object.insert("field".to_owned(), json!(field));
    }
    if let (false, Some(object)) = (fault.args.is_empty(), body.as_object_mut()) {
        let args: Map<String, Value> =
            fault.args.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        object.insert("args".to_owned(), Value::Object(args));
    }
    body
}

/// The answer to a request of which several things failed: the first as usual, all of them in `problems`.
pub(crate) fn several(faults: &[Fault]) -> Option<Response> {
    let first = faults.first()?;
    let mut body = told(first);
    if let Some(object) = body.as_object_mut() {
        object.insert("problems".to_owned(), faults.iter().map(told).collect());
    }
    Some(carried(first, &body))
}

fn carried(fault: &Fault, body: &Value) -> Response {
    let status = status(&fault.code, fault.blame);
    let answer = Response::new(status, "application/problem+json", format!("{body}\n"));
    let answer = answer.with("cache-control", "no-store");
    let answer = match fault.retry_after_ms.div_ceil(1000) {
        0 if status == 503 => answer.with("retry-after", "1"),
        seconds if seconds > 0 && matches!(status, 409 | 429 | 503) => {
            answer.with("retry-after", seconds.to_string())
        }
        _ => answer,
    };
    match status {
        401 if fault.is(Code::TokenMissing) => answer.with("www-authenticate", "Bearer realm=\"imprint\""),
        401 => answer.with("www-authenticate", "Bearer realm=\"imprint\", error=\"invalid_token\""),
        403 => answer.with("www-authenticate", "Bearer realm=\"imprint\", error=\"insufficient_scope\""),
        429 if fault.is(Code::QuotaOpen) => {
            answer.with("ratelimit", crate::quota::none_left(fault.retry_after_ms.div_ceil(1000).max(1)))
        }
        _ => answer,
    }
}

/// The list of all codes.
pub(crate) fn catalogue() -> Response {
    let line = |code: &Code| format!("<li><a href=\"{CATALOGUE}/{code}\">{code}</a></li>");
    let list: String = Code::ALL.iter().map(line).collect();
    english(
        "Problems",
        &format!("<p>Every failure has a code that never changes its meaning.</p><ul>{list}</ul>"),
    )
}

/// What one code means.
pub(crate) fn entry(name: &str) -> Option<Response> {
    let code = Code::ALL.iter().find(|code| code.as_str() == name)?;
    let whose = match code.blame() {
        Blame::Rejected => "The request has to change; repeating it as it is does not help.",
        Blame::Busy => "Nothing is wrong with the request. Repeat it after the time in Retry-After.",
        Blame::Internal => "It is not the fault of the request. Please report it with the code and the time.",
    };
    let (text, status) = (escape(code.text()), status(name, code.blame()));
    let rows = format!(
        "<p class=\"lead\">{text}</p><p>{whose}</p><dl><dt>Status</dt><dd>{status} {}</dd></dl>\
         <p><a href=\"{CATALOGUE}\">All problems</a></p>",
        title(status)
    );
    Some(english(name, &rows))
}

fn english(title: &str, body: &str) -> Response {
    page("en", title, body)
}

/// A page to be read.
pub(crate) fn page(language: &str, title: &str, body: &str) -> Response {
    let text = format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title} · Imprint</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/page.css\">\
         </head><body class=\"reading\"><main><h1>{title}</h1>{body}</main></body></html>\n"
    );
    Response::new(200, "text/html; charset=utf-8", text).with("cache-control", "no-cache")
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_page() {
        for code in Code::ALL {
            assert_eq!(entry(code.as_str()).unwrap().status, 200, "{code}");
        }
        assert!(entry("no.such").is_none());
    }
}
