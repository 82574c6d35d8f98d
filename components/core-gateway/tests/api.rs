//! The surface, from a person's side.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{BRIEF, Memory, NOW_MS, SVG, answer, bare, brand, bytes, get, json, post, request};
use core_brand::envelope::{Envelope, EventBody};
use core_gateway::Platform;
use core_saga::{Event, Outcome};
use serde_json::{Value, json as value};

const BRANDS: &str = "/api/v1/brands";

#[test]
fn a_brief_becomes_a_job() {
    let memory = Memory::default();
    let taken = post(&memory, BRANDS, "k-1", BRIEF);
    assert_eq!(taken.status, 202);
    let location = taken.header("location").unwrap().to_owned();
    let told = json(taken);
    assert_eq!(location, format!("{BRANDS}/{}", told["id"].as_str().unwrap()));
    assert_eq!((&told["status"], &told["id"]), (&value!("queued"), &told["job_id"]));
    assert_eq!(told["created_at"], "2026-11-21T00:00:00.000Z");
    assert_eq!(told["sla"], value!({ "due_at": "2026-11-21T00:05:00.000Z", "missed": false }));
    assert_eq!(told["request"]["company_name"], "TechCorp");
    assert_eq!(told["steps"].as_array().unwrap().len(), core_saga::STEPS.len());
    let seen = json(get(&memory, &location));
    assert_eq!(seen, told);
    // Found again by a repetition, which begins nothing.
    memory.now_ms.set(NOW_MS + 5000);
    let again = post(&memory, BRANDS, "k-1", BRIEF);
    assert_eq!((again.status, json(again)), (202, told));
}

#[test]
fn the_first_event_holds_what_the_job_runs_on() {
    let memory = Memory::default();
    memory.settings.borrow_mut().insert("versions".into(), "design=0.2.0, logo=0.1.1".into());
    memory.settings.borrow_mut().insert("region".into(), "eu-west-1".into());
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", "k"),
        ("canary", "true"),
        ("traceparent", trace),
    ];
    let body = r#"{"name":"Nord","industry":"law","seed":18446744073709551615,"distance":0.8,"priority":"high","timeout":60,"unlike":["0123456789abcdef0123456789abcdef"]}"#;
    let taken = answer(&request("POST", BRANDS, &headers, body), &memory);
    assert_eq!(taken.status, 202);
    let id = json(taken)["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("br_eu-west-1_"), "{id}");
    let first = memory.first(&id);
    let envelope = Envelope::from_bytes(&first).unwrap();
    assert_eq!((envelope.user.as_deref(), envelope.home_region.as_str()), (Some("ada"), "eu-west-1"));
    let [given, kept] =
        [trace, envelope.traceparent.as_deref().unwrap()].map(|text| text.split('-').collect::<Vec<_>>());
    assert_eq!((given[1], given[3], envelope.recorded_ms), (kept[1], kept[3], NOW_MS));
    assert_ne!(given[2], kept[2], "a span of our own, below the caller's");
    let EventBody::Inline(body) = envelope.body else { panic!() };
    let Event::Requested { request, pins, terms } = serde_json::from_value(body).unwrap() else { panic!() };
    assert_eq!(pins.components["design"], "0.2.0");
    assert_eq!(pins.components["kit"], core_brand::VERSION);
    assert_eq!((pins.components.len(), pins.model_variant.as_str()), (5, "canary"));
    assert_eq!((terms.priority.as_str(), terms.timeout_ms), ("high", 60_000));
    let core_brand::Body::Inline(bytes) = request.body else { panic!() };
    let request: core_order::Request = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        (request.brief.company_name.as_str(), request.seed.as_deref()),
        ("Nord", Some("18446744073709551615"))
    );
    assert_eq!((request.brief.distance, request.graph), (Some(0.8), None));
    assert_eq!(request.unlike, ["0123456789abcdef0123456789abcdef"]);
}

#[test]
fn templates_come_with_the_brief_or_from_the_operator() {
    let own = r#"{"version":1,"social":{"formats":[],"without":["x-post"]}}"#;
    let kept = r#"{"version":1,"social":{"formats":[],"without":["x-avatar"]}}"#;
    let memory = Memory::default();
    let without = |key: &str, templates: &str| {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        let body = format!(r#"{{"name":"Nord","industry":"law"{templates}}}"#);
        let taken = answer(&request("POST", BRANDS, &headers, &body), &memory);
        if taken.status != 202 {
            return Err((taken.status, json(taken)["detail"].to_string()));
        }
        let envelope = Envelope::from_bytes(&memory.first(json(taken)["id"].as_str().unwrap())).unwrap();
        let EventBody::Inline(body) = envelope.body else { panic!() };
        let Event::Requested { request, .. } = serde_json::from_value(body).unwrap() else { panic!() };
        let core_brand::Body::Inline(bytes) = request.body else { panic!() };
        let request: core_order::Request = serde_json::from_slice(&bytes).unwrap();
        Ok(request.templates.map(|templates| templates.social.without))
    };
    let with_own = format!(r#","templates":{own}"#);
    assert_eq!(without("1", ""), Ok(None));
    assert_eq!(without("2", &with_own), Ok(Some(vec!["x-post".to_owned()])));
    memory.settings.borrow_mut().insert("templates-acme".into(), kept.into());
    assert_eq!(without("3", ""), Ok(Some(vec!["x-avatar".to_owned()])));
    assert_eq!(without("4", &with_own), Ok(Some(vec!["x-post".to_owned()])));
    let refused =
        without("5", r#","templates":{"version":1,"social":{"formats":[{"id":"a"}]}}"#).unwrap_err();
    assert!(refused.0 == 422 && refused.1.contains("social.formats[0]"), "{refused:?}");
    let refused = without("6", r#","templates":{"version":1,"print":{"formats":[{"id":"a"}]}}"#).unwrap_err();
    assert!(refused.0 == 422 && refused.1.contains("print.formats[0]"), "{refused:?}");
    memory.settings.borrow_mut().insert(
        "templates-acme".into(),
        r#"{"version":1,"social":{"without":["x-post"]},"print":{"without":["envelope"]}}"#.into(),
    );
    assert_eq!(without("7", ""), Ok(Some(vec!["x-post".to_owned()])));
}

#[test]
fn paintings_are_bounded_and_refused_where_there_is_no_painter() {
    let memory = Memory::default();
    let body = |painted: &str| BRIEF.replace('}', &format!(r#","painted":{painted}}}"#));
    let ask = |painted: &str| json(post(&memory, BRANDS, "k-1", &body(painted)))["code"].clone();
    let whole = r#"{"model":"sdxl-base@1.0","concepts":2,"steps":20,"sampler":"euler"}"#;
    assert_eq!(ask(whole), value!("paint.off"));
    memory.settings.borrow_mut().insert("painter".into(), "true".into());
    let cases = [
        (r#"{"model":"../x"}"#, "paint.name"),
        (r#"{"model":"a","concepts":4}"#, "paint.range"),
        (r#"{"model":"a","steps":0}"#, "paint.range"),
        (r#"{"model":"a","sampler":"fast"}"#, "paint.range"),
        (r#"{"concepts":1}"#, "http.body"),
        (r#"{"model":"a","lora":"b"}"#, "http.body"),
    ];
    for (painted, code) in cases {
        assert_eq!(ask(painted), value!(code), "{painted}");
    }
    let taken = post(&memory, BRANDS, "k-1", &body(whole));
    assert_eq!((taken.status, json(taken)["request"]["painted"]["concepts"].clone()), (202, value!(2)));
}

#[test]
fn polish_is_refused_where_there_is_no_model() {
    let memory = Memory::default();
    let body = BRIEF.replace('}', r#","polish":true}"#);
    let refused = post(&memory, BRANDS, "k-1", &body);
    assert_eq!((refused.status, json(refused)["code"].clone()), (422, value!("polish.off")));
    memory.settings.borrow_mut().insert("polish".into(), "true".into());
    let taken = post(&memory, BRANDS, "k-1", &body);
    assert_eq!((taken.status, json(taken)["request"]["polish"].clone()), (202, value!(true)));
}

#[test]
fn a_key_is_one_wish() {
    let memory = Memory::default();
    let id = brand(&memory, "k-1");
    let other = BRIEF.replace("TechCorp", "OtherCorp");
    for body in [other.clone(), BRIEF.replace('}', r#","priority":"low"}"#)] {
        let refused = post(&memory, BRANDS, "k-1", &body);
        assert_eq!((refused.status, json(refused)["code"].clone()), (422, value!("idempotency.mismatch")));
    }
    assert_eq!(post(&memory, BRANDS, "k-2", &other).status, 202);
    assert_eq!(answer(&request("DELETE", &format!("{BRANDS}/{id}"), &[], ""), &memory).status, 202);
    assert_eq!(post(&memory, BRANDS, "k-1", BRIEF).status, 410);
}

/// A body; what is answered: status, code, field.
const WRONG: &[(&str, u16, &str, Option<&str>)] = &[
    ("", 400, "http.body", None),
    ("[]", 400, "http.body", None),
    (r#"["A","x"]"#, 400, "http.body", None),
    (r#"{"company_name":"A","company_name":"B","industry":"x"}"#, 400, "http.body", None),
    (r#"{"company_name":"A","name":"B","industry":"x"}"#, 400, "http.body", None),
    (r#"{"name":"A","industry":"x","colour":"red"}"#, 400, "http.body", None),
    (r#"{"name":7,"industry":"x"}"#, 400, "http.body", None),
    (r#"{"name":"A","industry":"x","seed":-1}"#, 400, "http.body", None),
    (r#"{"name":"A","industry":"x","distance":"far"}"#, 400, "http.body", None),
    (r#"{"name":"A","industry":"x","distance":1.5}"#, 422, "brief.distance.range", Some("distance")),
    (r#"{"name":"A","industry":"x","unlike":"none"}"#, 400, "http.body", None),
    (r#"{"name":"A","industry":"x","unlike":["0123"]}"#, 422, "order.unlike.malformed", Some("unlike")),
    (r#"{"industry":"x"}"#, 422, "brief.name.empty", Some("company_name")),
    (r#"{"name":"A"}"#, 422, "brief.industry.empty", Some("industry")),
    (r#"{"name":"A 🦊","industry":"x"}"#, 422, "brief.name.uncovered", Some("company_name")),
    (
        r#"{"name":"A","industry":"x","primary_color":"blue"}"#,
        422,
        "brief.color.malformed",
        Some("primary_color"),
    ),
    (
        r#"{"name":"A","industry":"x","complexity":"huge"}"#,
        422,
        "brief.complexity.unknown",
        Some("complexity"),
    ),
    (r#"{"name":"A","industry":"x","language":"tlh"}"#, 422, "brief.language.unknown", Some("language")),
    (r#"{"name":"A","industry":"x","seed":"x"}"#, 422, "brief.seed.malformed", Some("seed")),
    (r#"{"name":"A","industry":"x","concepts":13}"#, 422, "brief.concepts.range", Some("concepts")),
    (r#"{"name":"A","industry":"x","priority":"now"}"#, 422, "brief.priority.unknown", Some("priority")),
    (r#"{"name":"A","industry":"x","timeout":9}"#, 422, "brief.timeout.range", Some("timeout")),
    (r#"{"name":"A","industry":"x","timeout":3601}"#, 422, "brief.timeout.range", Some("timeout")),
];

#[test]
fn faults_are_problems() {
    let long = "x".repeat(129);
    let memory = Memory::default();
    let keys = [("", BRIEF), ("a b", BRIEF), (long.as_str(), BRIEF)];
    let keys = keys.map(|(key, body)| (key, (body, 400, "idempotency.malformed", None)));
    let bodies = WRONG.iter().map(|case| ("k", *case));
    for (key, (body, status, code, field)) in bodies.chain(keys) {
        let refused = post(&memory, BRANDS, key, body);
        assert_eq!(refused.status, status, "{body}");
        assert_eq!(refused.header("content-type"), Some("application/problem+json"));
        let told = json(refused);
        assert_eq!((told["code"].as_str(), told["field"].as_str()), (Some(code), field), "{body}");
        assert_eq!(told["type"], format!("/problems/{code}"));
        let page = answer(&bare("GET", told["type"].as_str().unwrap(), &[], ""), &memory);
        assert_eq!(page.status, 200, "{code}");
    }
    let keyless = request("POST", BRANDS, &[("content-type", "application/json")], BRIEF);
    assert_eq!(json(answer(&keyless, &memory))["code"], "idempotency.missing");
}

#[test]
fn http_is_spoken_well() {
    let memory = Memory::default();
    let status = |request: &core_gateway::Request| answer(request, &memory).status;
    assert_eq!(status(&request("GET", "/api/v1/nothing", &[], "")), 404);
    let wrong = answer(&request("PATCH", BRANDS, &[], ""), &memory);
    assert_eq!((wrong.status, wrong.header("allow")), (405, Some("POST, GET, HEAD, OPTIONS")));
    assert_eq!(status(&request("GET", BRANDS, &[("accept", "text/html")], "")), 406);
    assert_eq!(status(&request("GET", BRANDS, &[("accept", "application/json;q=0")], "")), 406);
    assert_eq!(status(&request("GET", BRANDS, &[("accept", "text/html, */*;q=0.1")], "")), 200);
    let keyed = [("idempotency-key", "k"), ("content-type", "text/plain")];
    assert_eq!(status(&request("POST", BRANDS, &keyed, BRIEF)), 415);
    let large = core_gateway::Request { body: None, ..request("POST", BRANDS, &keyed, "") };
    assert_eq!(status(&large), 413);
    let head = answer(&request("HEAD", BRANDS, &[], ""), &memory);
    let length = get(&memory, BRANDS).header("content-length").unwrap().to_owned();
    assert_eq!((head.status, head.header("content-length")), (200, Some(length.as_str())));
    assert_eq!(bytes(&memory, head), b"");
    let preflight =
        answer(&bare("OPTIONS", BRANDS, &[("access-control-request-method", "POST")], ""), &memory);
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (204, Some("*")));
    assert!(preflight.header("access-control-allow-headers").unwrap().contains("idempotency-key"));
    assert_eq!(preflight.header("access-control-allow-credentials"), None);
    let page = answer(&bare("GET", "/", &[], ""), &memory);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    let tag = page.header("etag").unwrap().to_owned();
    assert_eq!(answer(&bare("GET", "/", &[("if-none-match", &tag)], ""), &memory).status, 304);
}

#[test]
fn a_brand_is_its_tenants_alone() {
    let memory = Memory::default();
    let id = memory.completed("k");
    let other = core_gateway::token::Claims { tenant: "evil".into(), ..common::claims() };
    let token = format!("Bearer {}", core_gateway::token::sign(&common::SEED, "k1", &other));
    let paths = ["", "/kit", "/files", "/files/manifest.json", "/events"];
    for path in paths {
        let asked = bare("GET", &format!("{BRANDS}/{id}{path}"), &[("authorization", &token)], "");
        assert_eq!(answer(&asked, &memory).status, 404, "{path}");
    }
    for (method, path) in [("DELETE", ""), ("POST", "/cancel")] {
        let asked = bare(method, &format!("{BRANDS}/{id}{path}"), &[("authorization", &token)], "");
        assert_eq!(answer(&asked, &memory).status, 404, "{method}");
    }
    assert_eq!(
        json(answer(&bare("GET", BRANDS, &[("authorization", &token)], ""), &memory))["brands"],
        value!([])
    );
    for odd in ["x", "br_x", "br_us-east-1_%2e%2e", "br_%3e_aaaaaaaaaaaaaaaaaaaaaaaaaa"] {
        assert_eq!(get(&memory, &format!("{BRANDS}/{odd}")).status, 404, "{odd}");
    }
}

#[test]
fn a_brand_is_made_looked_at_and_erased() {
    let memory = Memory::default();
    let id = brand(&memory, "k");
    let own = format!("{BRANDS}/{id}");
    let early = get(&memory, &format!("{own}/kit"));
    assert_eq!((early.status, json(early)["code"].clone()), (409, value!("brand.unfinished")));
    memory.happen(&id, Event::Planned { step: "design".into(), tasks: Vec::new() });
    assert_eq!(json(get(&memory, &own))["status"], "running");
    memory.happen(&id, Event::Ended { outcome: Outcome::Completed });
    let done = json(get(&memory, &own));
    assert_eq!(
        (&done["status"], &done["links"]["kit"]),
        (&value!("completed"), &value!(format!("{own}/kit")))
    );
    let cancelled = answer(&request("POST", &format!("{own}/cancel"), &[], ""), &memory);
    assert_eq!((cancelled.status, json(cancelled)["status"].clone()), (200, value!("completed")));
    for _ in 0..2 {
        let erased = answer(&request("DELETE", &own, &[], ""), &memory);
        assert_eq!((erased.status, json(erased)["status"].clone()), (202, value!("erased")));
    }
    for path in ["", "/kit", "/files", "/events", "/files/manifest.json"] {
        let gone = get(&memory, &format!("{own}{path}"));
        assert_eq!((gone.status, json(gone)["code"].clone()), (410, value!("brand.erased")), "{path}");
    }
}

#[test]
fn a_failure_says_why() {
    let memory = Memory::default();
    let id = brand(&memory, "k");
    memory.happen(
        &id,
        Event::StepFailed { step: "logo".into(), code: "step.trapped".into(), message: "It broke.".into() },
    );
    memory.happen(&id, Event::Ended { outcome: Outcome::Failed });
    let told = json(get(&memory, &format!("{BRANDS}/{id}")));
    assert_eq!(told["status"], "failed");
    assert_eq!(
        told["fault"],
        value!({ "type": "/problems/step.trapped", "code": "step.trapped", "detail": "It broke.", "step": "logo" })
    );
}

#[test]
fn lists_are_filtered_and_turned() {
    let memory = Memory::default();
    let mut ids: Vec<String> = (0..5).map(|index| brand(&memory, &format!("k{index}"))).collect();
    ids.reverse();
    let (mut seen, mut target) = (Vec::new(), format!("{BRANDS}?limit=2&status=queued"));
    loop {
        let page = get(&memory, &target);
        let link = page.header("link").map(str::to_owned);
        let page = json(page);
        seen.extend(
            page["brands"].as_array().unwrap().iter().map(|brand| brand["id"].as_str().unwrap().to_owned()),
        );
        assert!(page["brands"][0]["files"].is_null());
        let Some(next) = page["links"]["next"].as_str() else { break };
        assert!(link.unwrap().starts_with(&format!("<{next}>; rel=\"next\"")));
        target = next.to_owned();
    }
    assert_eq!(seen, ids);
    assert_eq!(json(get(&memory, &format!("{BRANDS}?status=completed")))["brands"], value!([]));
    let long = format!("name={}", "x".repeat(81));
    let bad =
        ["limit=0", "limit=101", "limit=x", "status=open", "cursor=x", "status=erased", "sort=size", &long];
    let cursors = ["cursor=na1-", "cursor=nc-", "cursor=nc1-zz", "cursor=nc1-f", "sort=name&cursor=nc1-"];
    for bad in bad.into_iter().chain(cursors) {
        assert_eq!(get(&memory, &format!("{BRANDS}?{bad}")).status, 400, "{bad}");
    }
}

#[test]
fn a_batch_is_all_or_none() {
    let memory = Memory::default();
    let batch = "/api/v1/brands:batch";
    let good = format!(r#"{{"briefs":[{BRIEF},{BRIEF}]}}"#);
    let taken = post(&memory, batch, "k", &good);
    assert_eq!(taken.status, 202);
    let told = json(taken);
    assert_ne!(told["brands"][0]["id"], told["brands"][1]["id"]);
    assert_eq!(json(post(&memory, batch, "k", &good)), told);
    // More briefs under the same key are another wish; nothing of it begins.
    let more = format!(r#"{{"briefs":[{BRIEF},{BRIEF},{BRIEF}]}}"#);
    assert_eq!(json(post(&memory, batch, "k", &more))["code"], "idempotency.mismatch");
    let bad = format!(r#"{{"briefs":[{BRIEF},{{"name":"A"}},{{"industry":"x"}},{BRIEF}]}}"#);
    let refused = post(&memory, batch, "k2", &bad);
    assert_eq!(refused.status, 422);
    let told = json(refused);
    assert_eq!(told["field"], "briefs[1].industry");
    let each: Vec<_> =
        told["problems"].as_array().unwrap().iter().map(|one| (&one["field"], &one["code"])).collect();
    let wanted = [
        (&value!("briefs[1].industry"), &value!("brief.industry.empty")),
        (&value!("briefs[2].company_name"), &value!("brief.name.empty")),
    ];
    assert_eq!(each, wanted);
    assert_eq!(json(get(&memory, BRANDS))["brands"].as_array().unwrap().len(), 2);
    assert_eq!(json(post(&memory, batch, "k3", r#"{"briefs":[]}"#))["code"], "batch.size");
    let many = format!(r#"{{"briefs":[{}]}}"#, vec![BRIEF; 101].join(","));
    assert_eq!(json(post(&memory, batch, "k4", &many))["code"], "batch.size");
}

#[test]
fn what_is_gone_is_said() {
    let memory = Memory::default();
    let id = memory.completed("k");
    memory.gone.borrow_mut().extend(["blobs", "assets"]);
    let own = format!("{BRANDS}/{id}");
    for path in ["/kit", "/files/manifest.json"] {
        let refused = get(&memory, &format!("{own}{path}"));
        assert_eq!((refused.status, refused.header("retry-after")), (503, Some("1")), "{path}");
    }
    assert_eq!(answer(&bare("GET", "/readyz", &[], ""), &memory).status, 200);
    memory.gone.borrow_mut().push("ledger");
    assert_eq!(get(&memory, &own).status, 503);
    assert_eq!(post(&memory, BRANDS, "k9", BRIEF).status, 503);
    assert_eq!(answer(&bare("GET", "/readyz", &[], ""), &memory).status, 503);
    assert_eq!(answer(&bare("GET", "/healthz", &[], ""), &memory).status, 200);
}

#[test]
fn content_is_a_simple_job() {
    let memory = Memory::default();
    let taken = post(&memory, "/api/v1/content/generate", "k", BRIEF);
    assert_eq!(taken.status, 202);
    let location = taken.header("location").unwrap().to_owned();
    let told = json(taken);
    let id = told["job_id"].as_str().unwrap();
    assert_eq!((&told["status"], &told["concepts"]), (&value!("queued"), &value!([])));
    assert_eq!(json(get(&memory, &format!("{BRANDS}/{id}")))["request"]["complexity"], "simple");
    memory
        .complete(id, &[("logos/a/x.svg", "image/svg+xml", b"1"), ("logos/a/y.svg", "image/svg+xml", b"2")]);
    let told = json(get(&memory, &location));
    assert_eq!(told["status"], "completed");
    assert_eq!((told["concepts"].as_array().unwrap().len(), &told["concepts"][0]["id"]), (1, &value!("a")));
    assert_eq!(told["concepts"][0]["files"].as_array().unwrap().len(), 2);
}

#[test]
fn a_palette_is_the_designs() {
    let memory = Memory::default();
    let id = brand(&memory, "k");
    let target = format!("/api/v1/designs/{id}/palette");
    assert_eq!(get(&memory, &target).status, 409);
    let request: core_order::Request = serde_json::from_value(value!({
        "format": 1, "brief": serde_json::from_str::<Value>(BRIEF).unwrap(), "seed": null, "concepts": null,
    }))
    .unwrap();
    let design = core_design::decide(&core_order::order(&request).unwrap()).unwrap();
    memory.complete(&id, &[("design.json", "application/json", &serde_json::to_vec(&design).unwrap())]);
    let shown = get(&memory, &target);
    let tag = shown.header("etag").unwrap().to_owned();
    let told = json(shown);
    assert_eq!(told["palette"]["swatches"][0]["rgb"], "#2563eb");
    assert_eq!(told["links"]["brand"], format!("{BRANDS}/{id}"));
    assert_eq!(answer(&request_known(&target, &tag), &memory).status, 304);
}

fn request_known(target: &str, tag: &str) -> core_gateway::Request {
    request("GET", target, &[("if-none-match", tag)], "")
}

#[test]
fn an_asset_is_drawn_at_a_width() {
    let memory = Memory::default();
    let id = memory.completed("k");
    let put = |asset: &str, query: &str| {
        answer(&request("PUT", &format!("/api/v1/assets/{asset}/optimize{query}"), &[], ""), &memory)
    };
    let drawn = put(&format!("{id}%3Alogos%2Forbit%2Fmark.svg"), "?width=64");
    assert_eq!((drawn.status, drawn.header("content-type")), (200, Some("image/png")));
    assert_eq!(bytes(&memory, drawn), format!("PNG 64 {}", SVG.len()).as_bytes());
    assert_eq!(put(&format!("{id}:logos%2Forbit%2Fmark.png"), "").status, 422);
    assert_eq!(put(&format!("{id}:nothing.svg"), "").status, 404);
    assert_eq!(put("nothing", "").status, 404);
    assert_eq!(put(&format!("{id}:logos%2Forbit%2Fmark.svg"), "?width=9999").status, 400);
}

#[test]
fn the_description_is_whole() {
    let memory = Memory::default();
    let told: Value = common::description();
    assert_eq!(told["openapi"], "3.1.0");
    let text = told.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(told["components"]["schemas"][name].is_object(), "{name} is not described");
    }
    assert!(memory.setting("key.k1").unwrap().is_some());
    assert!(told["paths"]["/api/v1/brands/{id}/files/{path}"]["get"].is_object());
}

#[test]
fn a_preview_is_what_a_brand_would_begin_with_and_keeps_nothing() {
    let memory = Memory::default();
    let ask = |body: &str| {
        let headers = [("content-type", "application/json")];
        answer(&request("POST", "/api/v1/designs:preview?marks=3", &headers, body), &memory)
    };
    let seeded = BRIEF.replace('}', r#","seed":7}"#);
    let (first, again) = (ask(&seeded), ask(&seeded));
    assert_eq!(first.status, 200);
    let (first, again) = (json(first), json(again));
    assert_eq!(first, again);
    assert!(first["type"].is_object() && first["palette"]["swatches"].is_array(), "{first}");
    let ids: Vec<&str> =
        first["concepts"].as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, ["concept 1", "concept 2", "concept 3"]);
    assert_eq!(json(get(&memory, "/api/v1/brands"))["brands"], serde_json::json!([]));
    assert_eq!(ask("{}").status, 422, "a brief is checked as for a brand");
    memory.gone.borrow_mut().push("logo");
    assert_eq!(ask(&seeded).status, 503);
}

/// The ledger of an edge says of a job that waits there where it waits; rollouts of components are not carried out there.
#[test]
fn a_job_that_waits_at_an_edge_says_so() {
    let memory = Memory::default();
    memory.settings.borrow_mut().insert("edge".into(), "berlin".into());
    *memory.note.borrow_mut() = Some("queued at the edge `berlin`".into());
    let taken = post(&memory, "/api/v1/brands", "k", BRIEF);
    assert_eq!(taken.status, 202);
    let taken = json(taken);
    assert_eq!((&taken["status"], &taken["note"]), (&"queued".into(), &"queued at the edge `berlin`".into()));
    *memory.note.borrow_mut() = None;
    let id = taken["id"].as_str().unwrap();
    assert_eq!(json(get(&memory, &format!("/api/v1/brands/{id}")))["note"], serde_json::Value::Null);
    memory.settings.borrow_mut().insert("versions".into(), "design=0.9.0,logo=0.9.0".into());
    let headers = [("content-type", "application/json")];
    let asked = request("POST", "/api/v1/designs:preview", &headers, BRIEF);
    assert_eq!(answer(&asked, &memory).status, 200);
    assert_eq!(*memory.targets.borrow(), [None, None]);
}
