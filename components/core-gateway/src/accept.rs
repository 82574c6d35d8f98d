//! What a client sends and what it wants.

use crate::http::Request;
use core_brand::Fault;
use core_brand::fault::Code;

/// Whether the answer may have this media type.
pub(crate) fn check_answer(request: &Request, media_type: &str) -> Result<(), Fault> {
    let Some(accept) = request.header("accept").filter(|accept| !accept.is_empty()) else { return Ok(()) };
    if media_type.is_empty() || accept.split(',').any(|range| matches(range, media_type)) {
        return Ok(());
    }
    Err(Fault::new(Code::HttpNotAcceptable, [("media_type", media_type.to_owned())]))
}

fn matches(range: &str, media_type: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let range = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_refused = parts.any(|part| {
        let weight = part.strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        weight == Some(0.0)
    });
    let folder = media_type.split('/').next().unwrap_or_default();
    !is_refused && (range == "*/*" || range == media_type || range == format!("{folder}/*"))
}

/// The body, which must be JSON.
pub(crate) fn json_body(request: &Request) -> Result<&[u8], Fault> {
    let media_type = request.header("content-type").unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if media_type != "application/json" {
        return Err(Fault::new(Code::HttpMediaType, []));
    }
    Ok(request.body.as_deref().unwrap_or_default())
}

/// The preference of a client for waiting: seconds.
pub(crate) fn prefer_wait(request: &Request) -> Option<u64> {
    let prefer = request.header("prefer")?;
    let mut preferences = prefer.split([',', ';']).map(str::trim);
    preferences.find_map(|one| one.strip_prefix("wait=")).and_then(|seconds| seconds.trim().parse().ok())
}
