//! How every answer is given: limits, packing, traces, the access log, HEAD and CORS.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::post::TOKEN;
use common::{BRIEF, Memory, answer, bare, brand, bytes, description, get, json, post, request};
use core_brand::Fault;
use core_brand::fault::Code;
use core_gateway::{Request, Response};
use core_saga::{Event, Outcome};
use serde_json::{Value, json as value};

const BRANDS: &str = "/api/v1/brands";
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

fn ask(memory: &Memory, target: &str, headers: &[(&str, &str)]) -> Response {
    answer(&request("GET", target, headers, ""), memory)
}

/// Every address there is, with parts that lead somewhere, and its methods.
fn addresses(memory: &Memory) -> Vec<(String, Vec<String>)> {
    let id = memory.completed("addresses");
    memory.post.link("en");
    let told = description();
    let paths = told["paths"].as_object().unwrap().iter();
    let filled = |path: &str| {
        path.replace("{id}", &id)
            .replace("{job_id}", &id)
            .replace("{design_id}", &id)
            .replace("{path}", "manifest.json")
            .replace("{asset_id}", &format!("{id}:logos%2Forbit%2Fmark.svg"))
            .replace("{code}", "http.body")
            .replace("{token}", TOKEN)
    };
    let methods = |of: &Value| of.as_object().unwrap().keys().map(|name| name.to_uppercase()).collect();
    paths.map(|(path, of)| (filled(path), methods(of))).collect()
}

#[test]
fn head_is_get_without_a_body_everywhere() {
    let memory = Memory::default();
    for (path, _) in addresses(&memory).iter().filter(|(_, methods)| methods.iter().any(|name| name == "GET"))
    {
        for coding in ["", "gzip"] {
            let headers = [("accept-encoding", coding)];
            let (get, head) =
                (ask(&memory, path, &headers), answer(&request("HEAD", path, &headers, ""), &memory));
            assert_eq!(get.status, head.status, "{path}");
            let told = |answer: &Response| {
                let mut headers = answer.headers.clone();
                headers.retain(|(name, _)| name != "x-request-id");
                headers
            };
            assert_eq!(told(&get), told(&head), "{path}");
            assert!(bytes(&memory, head).is_empty(), "{path}");
        }
    }
}

#[test]
fn any_page_may_ask_and_every_refusal_says_what_is_possible() {
    let memory = Memory::default();
    for (path, methods) in addresses(&memory) {
        let preflight = bare(
            "OPTIONS",
            &path,
            &[("origin", "https://a.example"), ("access-control-request-method", "GET")],
            "",
        );
        let told = answer(&preflight, &memory);
        assert_eq!((told.status, told.header("access-control-allow-origin")), (204, Some("*")), "{path}");
        let allowed = told.header("access-control-allow-methods").unwrap().to_owned();
        assert_eq!(told.header("allow"), Some(allowed.as_str()));
        assert!(methods.iter().all(|method| allowed.contains(method.as_str())), "{path}: {allowed}");
        assert!(told.header("access-control-allow-headers").unwrap().contains("x-request-id"));
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "TRACE"] {
            if !allowed.contains(method) {
                let refused = answer(&request(method, &path, &[], ""), &memory);
                assert_eq!(
                    (refused.status, refused.header("allow")),
                    (405, Some(allowed.as_str())),
                    "{method} {path}"
                );
            }
        }
        for method in &methods {
            let told = answer(&request(method, &path, &[], "{}"), &memory);
            assert_eq!(told.header("access-control-allow-origin"), Some("*"), "{method} {path}");
            assert!(told.header("access-control-expose-headers").unwrap().contains("ratelimit"));
            let refused = answer(&request(method, &path, &[("accept", "font/none")], "{}"), &memory);
            assert!(matches!(refused.status, 200 | 206 | 406 | 410), "{method} {path}: {}", refused.status);
        }
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let memory = Memory::default();
    let long = "x".repeat(9000);
    let (path, cookie) = (format!("{BRANDS}?name={long}"), "x".repeat(40_000));
    let code = |answer: Response| (answer.status, json(answer)["code"].as_str().unwrap().to_owned());
    assert_eq!(code(ask(&memory, &path, &[])), (414, "http.target.too-long".to_owned()));
    assert_eq!(
        code(ask(&memory, BRANDS, &[("cookie", &cookie)])),
        (431, "http.headers.too-large".to_owned())
    );
    let body = Request { body: None, ..request("POST", BRANDS, &[], "") };
    assert_eq!(code(answer(&body, &memory)), (413, "http.body.too-large".to_owned()));
    for (path, methods) in addresses(&memory) {
        for method in methods
            .iter()
            .filter(|_| path.ends_with("brands") || path.ends_with("batch") || path.ends_with("generate"))
        {
            let headers = [("content-type", "text/plain"), ("idempotency-key", "k")];
            let wanted = if method == "POST" { 415 } else { 200 };
            assert_eq!(
                answer(&request(method, &path, &headers, BRIEF), &memory).status,
                wanted,
                "{method} {path}"
            );
        }
    }
}

#[test]
fn the_quota_is_told_and_kept() {
    let memory = Memory::default();
    let taken = post(&memory, BRANDS, "k-1", BRIEF);
    assert_eq!(taken.header("ratelimit-policy"), Some(r#""open";q=1000;qu="concurrent-requests""#));
    assert_eq!(taken.header("ratelimit"), Some(r#""open";r=999"#));
    let id = json(taken)["id"].as_str().unwrap().to_owned();
    memory.happen(&id, Event::Ended { outcome: Outcome::Completed });
    let batch = format!(r#"{{"briefs":[{BRIEF},{BRIEF}]}}"#);
    assert_eq!(
        post(&memory, "/api/v1/brands:batch", "k-2", &batch).header("ratelimit"),
        Some(r#""open";r=998"#)
    );
    assert_eq!(get(&memory, BRANDS).header("ratelimit"), None, "reading is not limited");
    assert!(get(&memory, "/api/v1/nothing").header("ratelimit-policy").is_some());
    let args = [("open", "1000".to_owned()), ("count", "1".to_owned()), ("max", "1000".to_owned())];
    let full = Fault { retry_after_ms: 5000, ..Fault::new(Code::QuotaOpen, args) };
    memory.refusal.replace(Some(full));
    let refused = post(&memory, BRANDS, "k-3", BRIEF);
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("5")));
    assert_eq!(refused.header("ratelimit"), Some(r#""open";r=0;t=5"#));
    assert_eq!(json(refused)["code"], "quota.open");
}

#[test]
fn a_key_in_flight_is_a_conflict() {
    let memory = Memory::default();
    memory.refusal.replace(Some(Fault::new(Code::KeyInFlight, [])));
    let refused = post(&memory, BRANDS, "k", BRIEF);
    assert_eq!((refused.status, refused.header("retry-after")), (409, Some("1")));
    assert_eq!(json(refused)["code"], "idempotency.in-flight");
    assert_eq!(post(&memory, BRANDS, "k", BRIEF).status, 202);
}

#[test]
fn text_is_packed_and_nothing_else() {
    let memory = Memory::default();
    let id = brand(&memory, "k");
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", "<g/>".repeat(1000));
    let png = vec![7_u8; 4000];
    memory.complete(
        &id,
        &[
            ("a.svg", "image/svg+xml", svg.as_bytes()),
            ("a.png", "image/png", &png),
            ("s.svg", "image/svg+xml", b"<svg/>"),
            ("manifest.json", "application/json", b"{}"),
        ],
    );
    let file = |name: &str| format!("{BRANDS}/{id}/files/{name}");
    let plain = ask(&memory, &file("a.svg"), &[]);
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), (None, Some("accept-encoding")));
    let tag = plain.header("etag").unwrap().to_owned();
    let packed = ask(&memory, &file("a.svg"), &[("accept-encoding", "br, gzip")]);
    assert_eq!(
        (packed.header("content-encoding"), packed.header("vary")),
        (Some("gzip"), Some("accept-encoding"))
    );
    let packed_tag = packed.header("etag").unwrap().to_owned();
    assert_eq!(packed_tag, tag.replace("\"\"", "").trim_end_matches('"').to_owned() + "-gzip\"");
    let length: usize = packed.header("content-length").unwrap().parse().unwrap();
    let sent = bytes(&memory, packed);
    assert_eq!((sent.len(), unpack(&sent)), (length, svg.into_bytes()));
    assert!(sent.len() < 200);
    for known in [&tag, &packed_tag] {
        let same = ask(&memory, &file("a.svg"), &[("accept-encoding", "gzip"), ("if-none-match", known)]);
        assert_eq!((same.status, same.header("etag")), (304, Some(known.as_str())));
        assert_eq!(same.header("vary"), Some("accept-encoding"));
    }
    // A part is a part of the plain file, and a tag of the packed one does not fit it.
    let part = ask(&memory, &file("a.svg"), &[("accept-encoding", "gzip"), ("range", "bytes=0-3")]);
    assert_eq!((part.status, part.header("content-encoding")), (206, None));
    assert_eq!(bytes(&memory, part), b"<svg");
    let whole = ask(&memory, &file("a.svg"), &[("range", "bytes=0-3"), ("if-range", &packed_tag)]);
    assert_eq!(whole.status, 200);
    let gzip = [("accept-encoding", "gzip")];
    for (path, wanted) in [
        (file("a.png"), None),
        (file("s.svg"), None),
        (format!("{BRANDS}/{id}/kit"), None),
        (format!("{BRANDS}/{id}/events"), None),
        ("/openapi.json".into(), Some("gzip")),
    ] {
        let answer = ask(&memory, &path, &gzip);
        assert_eq!((answer.status, answer.header("content-encoding")), (200, wanted), "{path}");
    }
    let only = ask(&memory, &file("s.svg"), &[("accept-encoding", "gzip, identity;q=0")]);
    assert_eq!(only.header("content-encoding"), Some("gzip"), "plain was refused");
}

#[test]
fn the_page_is_packed_when_it_is_built() {
    let memory = Memory::default();
    for path in ["/", "/page.css", "/page.js"] {
        let plain = answer(&bare("GET", path, &[], ""), &memory);
        let packed = answer(&bare("GET", path, &[("accept-encoding", "gzip")], ""), &memory);
        assert_eq!(packed.header("content-encoding"), Some("gzip"));
        assert_ne!(plain.header("etag"), packed.header("etag"));
        let tag = packed.header("etag").unwrap().to_owned();
        assert_eq!(unpack(&bytes(&memory, packed)), bytes(&memory, plain), "{path}");
        let same =
            answer(&bare("GET", path, &[("accept-encoding", "gzip"), ("if-none-match", &tag)], ""), &memory);
        assert_eq!((same.status, same.header("etag")), (304, Some(tag.as_str())), "{path}");
    }
}

/// The end of gzip says sum and length; both are looked at.
fn unpack(packed: &[u8]) -> Vec<u8> {
    assert_eq!(packed[..4], [0x1f, 0x8b, 8, 0]);
    let (body, end) = packed[10..].split_at(packed.len() - 18);
    let plain = miniz_oxide::inflate::decompress_to_vec(body).unwrap();
    assert_eq!(end[..4], crc32fast::hash(&plain).to_le_bytes());
    assert_eq!(end[4..], u32::try_from(plain.len()).unwrap().to_le_bytes());
    plain
}

fn last_line(memory: &Memory) -> Value {
    serde_json::from_str(memory.lines.borrow().last().unwrap()).unwrap()
}

#[test]
fn every_request_is_one_line() {
    let memory = Memory::default();
    let id = memory.completed("k");
    let before = memory.lines.borrow().len();
    let told =
        ask(&memory, &format!("{BRANDS}/{id}/files/manifest.json?x=secret"), &[("x-request-id", "r-1")]);
    assert_eq!((told.status, told.header("x-request-id")), (200, Some("r-1")));
    assert_eq!(memory.lines.borrow().len(), before + 1);
    let line = last_line(&memory);
    let text = line.to_string();
    assert!(!text.contains(&id) && !text.contains("secret") && !text.contains("manifest"), "{text}");
    assert_eq!((&line["method"], &line["status"], &line["ms"]), (&value!("GET"), &value!(200), &value!(0)));
    assert_eq!(line["route"], "/api/v1/brands/{id}/files/{path...}");
    assert_eq!((&line["requestId"], &line["userId"]), (&value!("r-1"), &value!("ada")));
    assert_eq!(line.as_object().unwrap().len(), 8);
    let refused = answer(&bare("DELETE", &format!("{BRANDS}/{id}"), &[], ""), &memory);
    let line = last_line(&memory);
    assert_eq!((refused.status, &line["status"], &line["userId"]), (401, &value!(401), &Value::Null));
    let lost = answer(&bare("secret", "/secret", &[("x-request-id", "a b")], ""), &memory);
    let line = last_line(&memory);
    assert_eq!((lost.status, &line["method"], &line["route"]), (404, &value!("other"), &Value::Null));
    assert_eq!(lost.header("x-request-id").unwrap(), line["requestId"].as_str().unwrap());
    assert!(line["requestId"].as_str().unwrap().len() == 32 && !line.to_string().contains("secret"));
    let long = "x".repeat(129);
    let made = answer(&bare("GET", "/healthz", &[("x-request-id", &long)], ""), &memory);
    assert_eq!(made.header("x-request-id").unwrap().len(), 32);
}

#[test]
fn a_trace_is_taken_over_or_made() {
    let memory = Memory::default();
    let parent = format!("00-{TRACE}-00f067aa0ba902b7-00");
    let begin = |key: &str, parent: &str| {
        let headers =
            [("content-type", "application/json"), ("idempotency-key", key), ("traceparent", parent)];
        assert_eq!(answer(&request("POST", BRANDS, &headers, BRIEF), &memory).status, 202);
        let given = memory.traces.borrow().last().unwrap().clone();
        let line = last_line(&memory);
        let parts: Vec<&str> = given.split('-').collect();
        assert_eq!(
            (parts[1], parts[2]),
            (line["traceId"].as_str().unwrap(), line["spanId"].as_str().unwrap())
        );
        given
    };
    let given = begin("k-1", &parent);
    assert!(given.starts_with(&format!("00-{TRACE}-")) && given.ends_with("-00"), "{given}");
    assert!(!given.contains("00f067aa0ba902b7"), "a span of our own");
    assert!(begin("k-2", &format!("01-{TRACE}-00f067aa0ba902b7-01-more")).contains(TRACE));
    let odd = [
        String::new(),
        "x".to_owned(),
        format!("ff-{TRACE}-00f067aa0ba902b7-01"),
        format!("00-{TRACE}-00f067aa0ba902b7-01-more"),
        format!("00-{TRACE}-0000000000000000-01"),
        format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
        format!("00-{}-00f067aa0ba902b7-01", TRACE.to_uppercase()),
    ];
    for (index, odd) in odd.iter().enumerate() {
        let given = begin(&format!("odd-{index}"), odd);
        assert!(!given.contains(TRACE) && given.len() == 55 && given.ends_with("-01"), "{odd}: {given}");
    }
}

#[test]
fn lists_are_sorted_and_lead_back() {
    let memory = Memory::default();
    for (key, name, industry) in [("1", "Nord", "law"), ("2", "acorn", "Coffee"), ("3", "North", "coffee")] {
        let brief = value!({ "company_name": name, "industry": industry });
        assert_eq!(post(&memory, BRANDS, key, &brief.to_string()).status, 202);
    }
    let names = |query: &str| -> Vec<String> {
        let told = json(get(&memory, &format!("{BRANDS}?{query}")));
        let name = |brand: &Value| brand["request"]["company_name"].as_str().unwrap().to_owned();
        told["brands"].as_array().unwrap().iter().map(name).collect()
    };
    assert_eq!(names(""), ["North", "acorn", "Nord"]);
    assert_eq!(names("sort=created"), ["Nord", "acorn", "North"]);
    assert_eq!(names("sort=name"), ["acorn", "Nord", "North"]);
    assert_eq!(names("industry=coffee&sort=name"), ["acorn", "North"]);
    assert_eq!(names("name=NOR"), ["North", "Nord"]);
    let first = get(&memory, &format!("{BRANDS}?sort=name&limit=1&name=no&x=y"));
    let told = json(first);
    let next = told["links"]["next"].as_str().unwrap();
    assert!(next.contains("sort=name&limit=1&name=no&cursor=na") && !next.contains('y'), "{next}");
    assert_eq!(told["links"]["self"], format!("{BRANDS}?sort=name&limit=1&name=no&x=y"));
    let second = get(&memory, next);
    assert!(second.header("link").unwrap().contains("rel=\"prev\""));
    let told = json(second);
    assert_eq!(told["brands"][0]["request"]["company_name"], "North");
    assert!(told["links"]["prev"].is_string() && told["links"]["next"].is_null());
}
