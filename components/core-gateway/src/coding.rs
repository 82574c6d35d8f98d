//! Answers packed where the client allows it and it pays.
//!
//! A packed answer is another representation: its tag ends in `-gzip`, and caches are told what it depends on. Parts of a
//! file and streams stay as they are: a range counts the bytes of the plain file, and an event must not wait in a packer.

use crate::gzip::gzip;
use crate::http::{Body, Request, Response};

/// Smaller answers fit one packet as they are.
const PACK_BYTES_MIN: usize = 1024;
const SUFFIX: &str = "-gzip\"";

/// How a client weighs gzip and plain: thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Weights {
    gzip: u32,
    plain: u32,
}

/// Whether a client would rather have gzip.
pub(crate) fn takes_gzip(request: &Request) -> bool {
    let weights = weights(request);
    weights.gzip > 0 && weights.gzip >= weights.plain
}

fn weights(request: &Request) -> Weights {
    let accept = request.header("accept-encoding").unwrap_or_default().to_ascii_lowercase();
    let listed: Vec<(&str, u32)> = accept.split(',').filter_map(weighed).collect();
    let of = |names: &[&str]| listed.iter().find(|(name, _)| names.contains(name)).map(|(_, weight)| *weight);
    let any = of(&["*"]);
    // Plain is fine unless refused; named with nothing else, it is what is wanted least.
    let plain = of(&["identity"]).or_else(|| any.filter(|weight| *weight == 0)).unwrap_or(1);
    Weights { gzip: of(&["gzip", "x-gzip"]).or(any).unwrap_or(0), plain }
}

/// `gzip;q=0.5` as its name and 500. A weight that is none counts as a refusal.
fn weighed(entry: &str) -> Option<(&str, u32)> {
    let mut parts = entry.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |text| text.parse().ok());
    let weight: f32 = weight.filter(|weight| (0.0..=1.0).contains(weight)).unwrap_or(0.0);
    Some((name, (weight * 1000.0) as u32))
}

/// Packs an answer where that is allowed and pays, and says what it depends on.
pub(crate) fn encode(request: &Request, answer: Response) -> Response {
    if answer.status == 304 {
        return known(request, answer).with("vary", "accept-encoding");
    }
    if answer.status == 206 || !answer.header("content-type").is_some_and(packs_well) {
        return answer;
    }
    let answer = answer.with("vary", "accept-encoding");
    if answer.header("content-encoding").is_some() || !takes_gzip(request) {
        return answer;
    }
    let must = weights(request).plain == 0;
    match answer.body {
        Body::Bytes(bytes) if bytes.len() >= PACK_BYTES_MIN || (must && !bytes.is_empty()) => {
            packed(Response { body: Body::Bytes(gzip(&bytes)), ..answer })
        }
        body => Response { body, ..answer },
    }
}

/// An answer whose body is gzip already.
pub(crate) fn packed(mut answer: Response) -> Response {
    for (_, tag) in answer.headers.iter_mut().filter(|(name, _)| name == "etag") {
        *tag = suffixed(tag);
    }
    answer.with("content-encoding", "gzip")
}

/// Whether the client has what this tag names, packed or plain.
pub(crate) fn is_known(request: &Request, tag: &str) -> bool {
    sent_tags(request).any(|one| one == tag || one == "*" || one == suffixed(tag))
}

/// "As you have it" names the representation that the client has.
fn known(request: &Request, mut answer: Response) -> Response {
    for (_, tag) in answer.headers.iter_mut().filter(|(name, _)| name == "etag") {
        let other = suffixed(tag);
        if sent_tags(request).any(|one| one == other) {
            *tag = other;
        }
    }
    answer
}

fn sent_tags(request: &Request) -> impl Iterator<Item = &str> {
    let sent = request.header("if-none-match").unwrap_or_default();
    sent.split(',').map(|one| one.trim().trim_start_matches("W/"))
}

fn suffixed(tag: &str) -> String {
    format!("{}{SUFFIX}", tag.strip_suffix('"').unwrap_or(tag))
}

/// Text packs well; pictures, fonts and archives are packed already, and a stream of events must not wait.
fn packs_well(media_type: &str) -> bool {
    let bare = media_type.split(';').next().unwrap_or_default().trim();
    let is_text = bare.starts_with("text/") && bare != "text/event-stream";
    is_text || bare.ends_with("+json") || bare.ends_with("+xml") || bare == "application/json"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read() {
        let takes = |accept: &str| {
            let headers = vec![("accept-encoding".to_owned(), accept.to_owned())];
            takes_gzip(&Request { headers, ..Request::default() })
        };
        for yes in [
            "gzip",
            "GZIP",
            "br, gzip;q=0.1",
            "*",
            "x-gzip",
            "identity;q=0, *",
            "gzip, *;q=0",
            "gzip;q=1, identity",
        ] {
            assert!(takes(yes), "{yes}");
        }
        for no in [
            "",
            "br",
            "gzip;q=0",
            "*;q=0",
            "gzip;q=0, *",
            "identity, gzip;q=0.5",
            "identity",
            "gzip;q=2",
            "gzip;q=x",
            ";",
        ] {
            assert!(!takes(no), "{no}");
        }
        assert!(!takes_gzip(&Request::default()));
    }
}
