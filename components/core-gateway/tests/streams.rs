//! Kits, files and events on their way.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{BRIEF, Memory, NOW_MS, SVG, answer, brand, bytes, get, json, request, text};
use core_gateway::Gone;
use core_saga::{Event, Outcome};

fn own(id: &str) -> String {
    format!("/api/v1/brands/{id}")
}

#[test]
fn a_kit_is_the_same_zip_every_time() {
    let memory = Memory::default();
    let id = memory.completed("k");
    let kit = get(&memory, &format!("{}/kit", own(&id)));
    assert_eq!((kit.status, kit.header("content-type")), (200, Some("application/zip")));
    assert!(kit.header("content-disposition").unwrap().contains("filename=\"techcorp.zip\""));
    let (length, tag) =
        (kit.header("content-length").unwrap().to_owned(), kit.header("etag").unwrap().to_owned());
    let zip = bytes(&memory, kit);
    assert_eq!(zip.len().to_string(), length);
    assert_eq!(zip, bytes(&memory, get(&memory, &format!("{}/kit", own(&id)))));
    assert_eq!(
        core_brand::content::sha256_hex(&zip),
        "1c57fb3cde558a7b5ff3324d43559b92109c3a448505508edcbf1147f50b10a5",
        "read by `unzip -t` and Python's zipfile when it was written down"
    );
    let known = [("if-none-match", tag.as_str())];
    assert_eq!(answer(&request("GET", &format!("{}/kit", own(&id)), &known, ""), &memory).status, 304);
    let head = answer(&request("HEAD", &format!("{}/kit", own(&id)), &[], ""), &memory);
    assert_eq!(head.header("content-length"), Some(length.as_str()));
    assert_eq!(bytes(&memory, head), b"");
}

/// A store that goes away in the middle must not look like the end.
#[test]
fn a_kit_that_breaks_off_is_no_kit() {
    let memory = Memory::default();
    let id = memory.completed("k");
    let kit = get(&memory, &format!("{}/kit", own(&id)));
    memory.gone.borrow_mut().push("blobs");
    assert!(matches!(kit.body.send(&memory, &mut |_| Ok(())), Err(Gone::Source(_))));
    memory.gone.borrow_mut().clear();
    let kit = get(&memory, &format!("{}/kit", own(&id)));
    assert!(matches!(kit.body.send(&memory, &mut |_| Err(Gone::Reader)), Err(Gone::Reader)));
}

#[test]
fn files_come_whole_in_part_or_not_at_all() {
    let memory = Memory::default();
    let id = memory.completed("k");
    let target = format!("{}/files/logos/orbit/mark.svg", own(&id));
    let ask = |headers: &[(&str, &str)]| answer(&request("GET", &target, headers, ""), &memory);
    let whole = ask(&[]);
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("image/svg+xml")));
    assert_eq!(whole.header("cache-control"), Some("private, max-age=31536000, immutable"));
    assert!(whole.header("content-security-policy").unwrap().contains("sandbox"));
    let tag = whole.header("etag").unwrap().to_owned();
    assert_eq!(text(&memory, whole), SVG);
    assert_eq!(ask(&[("if-none-match", &tag)]).status, 304);
    assert_eq!(ask(&[("if-none-match", &format!("\"x\", W/{tag}"))]).status, 304);
    assert_eq!(ask(&[("if-none-match", "\"x\"")]).status, 200);
    let last = SVG.len() - 1;
    let cases: &[(&str, &str, String)] = &[
        ("bytes=0-3", &SVG[..4], format!("bytes 0-3/{}", SVG.len())),
        ("bytes=1-", &SVG[1..], format!("bytes 1-{last}/{}", SVG.len())),
        ("bytes=-2", &SVG[SVG.len() - 2..], format!("bytes {}-{last}/{}", last - 1, SVG.len())),
        ("bytes=-9999", SVG, format!("bytes 0-{last}/{}", SVG.len())),
        ("bytes=0-9999", SVG, format!("bytes 0-{last}/{}", SVG.len())),
    ];
    for (range, wanted, told) in cases {
        let part = ask(&[("range", range)]);
        assert_eq!((part.status, part.header("content-range")), (206, Some(told.as_str())), "{range}");
        assert_eq!(text(&memory, part), *wanted, "{range}");
    }
    for outside in ["bytes=9999-", "bytes=-0", "bytes=9999-10000"] {
        let refused = ask(&[("range", outside)]);
        let all = format!("bytes */{}", SVG.len());
        assert_eq!((refused.status, refused.header("content-range")), (416, Some(all.as_str())), "{outside}");
    }
    for odd in ["bytes=3-1", "bytes=0-1,3-4", "lines=0-1", "bytes=x-", "bytes=-", "bytes"] {
        assert_eq!(ask(&[("range", odd)]).status, 200, "{odd}");
    }
    assert_eq!(ask(&[("range", "bytes=0-1"), ("if-range", "\"old\"")]).status, 200);
    assert_eq!(ask(&[("range", "bytes=0-1"), ("if-range", &tag)]).status, 206);
    assert_eq!(get(&memory, &format!("{}/files/nothing", own(&id))).status, 404);
    assert_eq!(get(&memory, &format!("{}/files/..%2F..%2Fetc", own(&id))).status, 404);
    assert_eq!(json(get(&memory, &format!("{}/files", own(&id))))["files"].as_array().unwrap().len(), 4);
}

#[test]
fn events_come_once_and_in_order() {
    let memory = Memory::default();
    let id = brand(&memory, "k");
    let target = format!("{}/events", own(&id));
    memory.meanwhile.borrow_mut().push((id.clone(), Event::Ended { outcome: Outcome::Completed }));
    memory.meanwhile.borrow_mut().push((id, Event::Planned { step: "logo".into(), tasks: Vec::new() }));
    let stream = get(&memory, &target);
    assert_eq!(stream.header("content-type"), Some("text/event-stream; charset=utf-8"));
    assert_eq!(stream.header("content-length"), None);
    let wanted = "retry: 1000\n\n\
        id: 1\nevent: brand.generation.requested\ndata: { }\n\n\
        id: 2\nevent: brand.step.planned\ndata: { }\n\n\
        id: 3\nevent: brand-kit.compilation.finished\ndata: { }\n\n";
    assert_eq!(text(&memory, stream), wanted);
    let again = answer(&request("GET", &target, &[("last-event-id", "2")], ""), &memory);
    assert_eq!(
        text(&memory, again),
        "retry: 1000\n\nid: 3\nevent: brand-kit.compilation.finished\ndata: { }\n\n"
    );
    assert_eq!(answer(&request("GET", &target, &[("last-event-id", "3")], ""), &memory).status, 204);
}

#[test]
fn a_stream_ends_and_is_taken_up_again() {
    let memory = Memory::default();
    let id = brand(&memory, "k");
    let told = text(&memory, get(&memory, &format!("{}/events", own(&id))));
    assert_eq!(memory.now_ms.get(), NOW_MS + 20_000);
    assert_eq!(told.matches(": still here").count(), 3, "{told}");
    let broken = get(&memory, &format!("{}/events", own(&id)));
    memory.gone.borrow_mut().push("ledger");
    assert!(text(&memory, broken).starts_with("retry: 1000\n\nid: 1\n"));
}

#[test]
fn who_prefers_to_wait_waits() {
    let memory = Memory::default();
    let headers = [("content-type", "application/json"), ("idempotency-key", "k"), ("prefer", "wait=60")];
    let taken = answer(&request("POST", "/api/v1/brands", &headers, BRIEF), &memory);
    assert_eq!((taken.status, taken.header("preference-applied")), (202, Some("wait=20")));
    assert_eq!(memory.now_ms.get(), NOW_MS + 20_000);
    let id = json(taken)["id"].as_str().unwrap().to_owned();
    memory.meanwhile.borrow_mut().push((id.clone(), Event::Ended { outcome: Outcome::Completed }));
    let waited = answer(&request("GET", &own(&id), &[("prefer", "respond-async, wait=10")], ""), &memory);
    assert_eq!(json(waited)["status"], "completed");
    assert_eq!(memory.now_ms.get(), NOW_MS + 25_000);
}
