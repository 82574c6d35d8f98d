//! Notifications, webhooks, news and wishes, from the side of those who ask.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::post::{TOKEN, item, notice, who};
use common::{Memory, NOW_MS, SEED, answer, bare, claims, description, get, json, request, text};
use core_brand::Fault;
use core_brand::fault::Code;
use core_gateway::token::{Claims, NOTIFY, READ, WRITE, sign};
use core_gateway::{Request, Response};
use serde_json::{Value, json as value};

const NOTICES: &str = "/api/v1/notifications";
const WEBHOOKS: &str = "/api/v1/webhooks";
const BROWSER: &str =
    r#"{"endpoint":"https://push.example/x","expirationTime":null,"keys":{"p256dh":"BAA_-=","auth":"aa"}}"#;
/// What nobody outside of the tenant may ever see, and nobody beside the person.
const OURS: &str = "acme-only";
const MINE: &str = "ada-only";

/// A tenant with a bit of everything.
fn memory() -> Memory {
    let memory = Memory::default();
    let post = &memory.post;
    let mut failed = notice("m1", "webhook", "failed", Some("we1"));
    failed["why"] = value!(OURS);
    post.notices.borrow_mut().insert("acme".into(), vec![failed, notice("m2", "email", "sent", None)]);
    let webhook = value!({ "id": "we1", "url": format!("https://{OURS}.example"), "description": "", "events": [],
        "enabled": true, "signature": "hmac", "created_at": "2026-11-21T00:00:00.000Z" });
    post.endpoints.borrow_mut().insert(who("acme", "we1"), webhook);
    let rules =
        value!({ "format": 1, "rules": [{ "name": OURS, "on": ["brand.erased"], "channels": ["feed"] }] });
    let templates = value!({ "format": 1, "messages": { "en": { "email": { "subject": OURS } } } });
    for (kind, setting) in [("rules", rules), ("templates", templates)] {
        post.settings.borrow_mut().insert(("acme".into(), kind), setting.to_string());
    }
    let wishes = value!({ "addresses": { "email": format!("{MINE}@acme.example") } });
    post.people.borrow_mut().insert(who("acme", "ada"), wishes.to_string());
    post.news.borrow_mut().insert(who("acme", "ada"), vec![item(3, MINE), item(7, MINE)]);
    post.browsers.borrow_mut().insert((who("acme", "ada"), "b1".into()), MINE.into());
    memory.settings.borrow_mut().insert("push".into(), "BAbc".into());
    memory
}

fn send(memory: &Memory, method: &str, target: &str, body: &str) -> Response {
    let headers = [("content-type", "application/json"), ("idempotency-key", "k-1")];
    answer(&request(method, target, &headers, body), memory)
}

/// The same as somebody else, with these scopes.
fn as_one(tenant: &str, user: &str, scopes: &[&str], (method, target, body): (&str, &str, &str)) -> Request {
    let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let claims = Claims { tenant: tenant.into(), sub: user.into(), scopes, ..claims() };
    let token = format!("Bearer {}", sign(&SEED, "k1", &claims));
    let headers =
        [("content-type", "application/json"), ("idempotency-key", "k-1"), ("authorization", token.as_str())];
    bare(method, target, &headers, body)
}

type Right = (&'static str, &'static str, &'static str, &'static str, &'static str, [u16; 3]);

/// Every route: what is asked, the scope it needs, and what the owner, another person of the tenant, and somebody of
/// another tenant are answered.
#[rustfmt::skip]
const RIGHTS: &[Right] = &[
    ("GET", NOTICES, "", NOTIFY, OURS, [200, 200, 200]),
    ("GET", "/api/v1/notifications/m1", "", NOTIFY, OURS, [200, 200, 404]),
    ("POST", "/api/v1/notifications/m1/redrive", "", NOTIFY, OURS, [202, 202, 404]),
    ("GET", WEBHOOKS, "", NOTIFY, OURS, [200, 200, 200]),
    ("POST", WEBHOOKS, r#"{"url":"https://a.example"}"#, NOTIFY, OURS, [201, 201, 201]),
    ("GET", "/api/v1/webhooks/we1", "", NOTIFY, OURS, [200, 200, 404]),
    ("PATCH", "/api/v1/webhooks/we1", r#"{"enabled":false}"#, NOTIFY, OURS, [200, 200, 404]),
    ("POST", "/api/v1/webhooks/we1/rotate", "", NOTIFY, OURS, [200, 200, 404]),
    ("POST", "/api/v1/webhooks/we1/test", "", NOTIFY, OURS, [202, 202, 404]),
    ("POST", "/api/v1/webhooks/we1/replay", r#"{"from":"2026-11-20T00:00:00Z"}"#, NOTIFY, OURS, [202, 202, 404]),
    ("DELETE", "/api/v1/webhooks/we1", "", NOTIFY, OURS, [204, 204, 404]),
    ("GET", "/api/v1/feed", "", READ, MINE, [200, 200, 200]),
    ("GET", "/api/v1/feed/events", "", READ, MINE, [200, 200, 200]),
    ("POST", "/api/v1/feed/read", r#"{"up_to":9,"ids":["n3"]}"#, WRITE, MINE, [200, 200, 200]),
    ("GET", "/api/v1/preferences", "", READ, MINE, [200, 200, 200]),
    ("PUT", "/api/v1/preferences", "{}", WRITE, MINE, [200, 200, 200]),
    ("DELETE", "/api/v1/preferences", "", WRITE, MINE, [204, 204, 204]),
    ("GET", "/api/v1/notification-rules", "", NOTIFY, OURS, [200, 200, 200]),
    ("PUT", "/api/v1/notification-rules", "{}", NOTIFY, OURS, [200, 200, 200]),
    ("GET", "/api/v1/notification-templates", "", NOTIFY, OURS, [200, 200, 200]),
    ("PUT", "/api/v1/notification-templates", "{}", NOTIFY, OURS, [200, 200, 200]),
    ("GET", "/api/v1/push/key", "", READ, MINE, [200, 200, 200]),
    ("POST", "/api/v1/push/subscriptions", BROWSER, WRITE, MINE, [201, 201, 201]),
    ("DELETE", "/api/v1/push/subscriptions/b1", "", WRITE, MINE, [204, 404, 404]),
];

#[test]
fn everybody_gets_their_own_and_nothing_else() {
    let all = [READ, WRITE, NOTIFY];
    for (method, target, body, scope, mark, [owner, beside, stranger]) in RIGHTS {
        let (asked, place) = ((*method, *target, *body), format!("{method} {target}"));
        let people = [("acme", "bob", beside), ("evil", "ada", stranger), ("acme", "ada", owner)];
        for (tenant, user, wanted) in people {
            let memory = memory();
            // What is the tenant's, its people may change; what is a person's, nobody else.
            let kept = || memory.post.kept("acme", (*mark == MINE).then_some("ada"));
            let before = kept();
            let told = answer(&as_one(tenant, user, &all, asked), &memory);
            assert_eq!(told.status, *wanted, "{place} by {user} of {tenant}");
            let told = text(&memory, told);
            if (tenant, user) != ("acme", "ada") && (tenant == "evil" || *mark == MINE) {
                assert!(
                    !told.contains(OURS) && !told.contains(MINE),
                    "{place} by {user} of {tenant}: {told}"
                );
                assert_eq!(kept(), before, "{place} by {user} of {tenant}");
            }
        }
        let memory = memory();
        let before = memory.post.kept("acme", None);
        let nobody = answer(&bare(method, target, &[], body), &memory);
        assert_eq!((nobody.status, json(nobody)["code"].clone()), (401, value!("token.missing")), "{place}");
        let others: Vec<&str> = all.iter().copied().filter(|other| other != scope).collect();
        for scopes in [&others[..], &[]] {
            let refused = answer(&as_one("acme", "ada", scopes, asked), &memory);
            assert_eq!(
                (refused.status, json(refused)["code"].clone()),
                (403, value!("token.scope")),
                "{place}"
            );
        }
        assert_eq!(memory.post.kept("acme", None), before, "{place}");
    }
}

/// The table above names every route there is, and the description says which scope each needs.
#[test]
fn no_route_is_forgotten() {
    let (mut described, mut open) = (Vec::new(), Vec::new());
    for (path, methods) in description()["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if operation["tags"] == value!(["notifications"]) {
                match operation["security"][0]["token"][0].as_str() {
                    Some(scope) => described.push((method.to_uppercase(), path.clone(), scope.to_owned())),
                    None => open.push(path.clone()),
                }
            }
        }
    }
    let pattern = |path: &str| path.replace("/m1", "/{id}").replace("/we1", "/{id}").replace("/b1", "/{id}");
    let mut tried: Vec<(String, String, String)> = RIGHTS
        .iter()
        .map(|(method, path, _, scope, ..)| ((*method).to_owned(), pattern(path), (*scope).to_owned()))
        .collect();
    described.sort();
    tried.sort();
    assert_eq!(described, tried);
    // Whoever has the link of a mail, or the address that went with a text message, shows no token.
    assert_eq!(open, ["/callbacks/sms/{token}", "/unsubscribe/{token}", "/unsubscribe/{token}"]);
}

#[test]
fn a_courier_that_is_away_is_told_and_nothing_else_suffers() {
    let memory = memory();
    memory.gone.borrow_mut().push("courier");
    for (method, target, body, ..) in RIGHTS {
        let told = send(&memory, method, target, body);
        assert_eq!((told.status, told.header("retry-after")), (503, Some("1")), "{method} {target}");
        assert_eq!(json(told)["code"], "lattice.unreachable", "{method} {target}");
    }
    assert_eq!(get(&memory, "/api/v1/brands").status, 200);
    assert_eq!(answer(&bare("GET", "/readyz", &[], ""), &memory).status, 200);
}

/// What is odd is refused here, with a code, before the courier hears of it.
#[test]
fn what_is_odd_is_refused() {
    let long = |length: usize| "x".repeat(length);
    let url = |url: &str| value!({ "url": url }).to_string();
    let marks = value!({ "ids": vec!["n1"; 201] }).to_string();
    let many = value!({ "url": "https://a", "events": (0..51).map(|n| n.to_string()).collect::<Vec<_>>() })
        .to_string();
    #[rustfmt::skip]
    let cases: &[(&str, String, String, u16, &str)] = &[
        ("GET", format!("{NOTICES}?channel=fax"), String::new(), 400, "http.parameter"),
        ("GET", format!("{NOTICES}?status=lost"), String::new(), 400, "http.parameter"),
        ("GET", format!("{NOTICES}?webhook=a%20b"), String::new(), 400, "http.parameter"),
        ("GET", format!("{NOTICES}?cursor=%2F"), String::new(), 400, "http.parameter"),
        ("GET", format!("{NOTICES}?limit=0"), String::new(), 400, "http.parameter"),
        ("GET", format!("{NOTICES}?limit=101"), String::new(), 400, "http.parameter"),
        ("GET", format!("{NOTICES}/a.b"), String::new(), 404, "notification.missing"),
        ("GET", format!("{NOTICES}/{}", long(97)), String::new(), 404, "notification.missing"),
        ("POST", format!("{NOTICES}/..%2Fx/redrive"), String::new(), 404, "notification.missing"),
        ("GET", format!("{WEBHOOKS}/%3E"), String::new(), 404, "webhook.missing"),
        ("DELETE", format!("{WEBHOOKS}/nothing"), String::new(), 404, "webhook.missing"),
        ("POST", WEBHOOKS.into(), "{}".into(), 400, "http.body"),
        ("POST", WEBHOOKS.into(), "[]".into(), 400, "http.body"),
        ("POST", WEBHOOKS.into(), r#"{"url":7}"#.into(), 400, "http.body"),
        ("POST", WEBHOOKS.into(), r#"{"url":null}"#.into(), 400, "http.body"),
        ("POST", WEBHOOKS.into(), r#"{"url":"https://a","url":"https://b"}"#.into(), 400, "http.body"),
        ("POST", WEBHOOKS.into(), r#"{"url":"https://a","secret":"mine"}"#.into(), 400, "http.body"),
        ("POST", WEBHOOKS.into(), r#"{"url":"https://a","signature":"none"}"#.into(), 400, "http.body"),
        ("POST", WEBHOOKS.into(), url(""), 400, "http.body"),
        ("POST", WEBHOOKS.into(), url(&long(2049)), 400, "http.body"),
        ("POST", WEBHOOKS.into(), many, 400, "http.body"),
        ("PATCH", format!("{WEBHOOKS}/we1"), r#"{"id":"x"}"#.into(), 400, "http.body"),
        ("PATCH", format!("{WEBHOOKS}/we1"), value!({ "description": long(201) }).to_string(), 400, "http.body"),
        ("POST", format!("{WEBHOOKS}/we1/replay"), "{}".into(), 400, "http.body"),
        ("POST", format!("{WEBHOOKS}/we1/replay"), r#"{"from":"yesterday"}"#.into(), 422, "webhook.replay.moment"),
        ("POST", format!("{WEBHOOKS}/we1/replay"), r#"{"from":"2027-01-01T00:00:00Z"}"#.into(), 422, "webhook.replay.moment"),
        ("POST", format!("{WEBHOOKS}/we1/replay"), r#"{"from":"2026-01-02T00:00:00Z","until":"2026-01-01T00:00:00Z"}"#.into(), 422, "webhook.replay.moment"),
        ("GET", "/api/v1/feed?after=-1".into(), String::new(), 400, "http.parameter"),
        ("GET", "/api/v1/feed?after=9007199254740992".into(), String::new(), 400, "http.parameter"),
        ("GET", "/api/v1/feed/events?after=x".into(), String::new(), 400, "http.parameter"),
        ("POST", "/api/v1/feed/read".into(), marks, 400, "http.body"),
        ("POST", "/api/v1/feed/read".into(), r#"{"ids":["a/b"]}"#.into(), 400, "http.body"),
        ("POST", "/api/v1/feed/read".into(), r#"{"up_to":-1}"#.into(), 400, "http.body"),
        ("PUT", "/api/v1/preferences".into(), "[]".into(), 400, "http.body"),
        ("PUT", "/api/v1/notification-rules".into(), "7".into(), 400, "http.body"),
        ("PUT", "/api/v1/notification-templates".into(), String::new(), 400, "http.body"),
        ("POST", "/api/v1/push/subscriptions".into(), "{}".into(), 400, "http.body"),
        ("POST", "/api/v1/push/subscriptions".into(), BROWSER.replace("https", "http"), 400, "http.body"),
        ("POST", "/api/v1/push/subscriptions".into(), BROWSER.replace("\"aa\"", "\"\""), 400, "http.body"),
        ("DELETE", "/api/v1/push/subscriptions/b%2F1".into(), String::new(), 404, "push.missing"),
    ];
    for (method, target, body, status, code) in cases {
        let memory = memory();
        let before = memory.post.kept("acme", None);
        let refused = send(&memory, method, target, body);
        assert_eq!(refused.status, *status, "{method} {target} {body}");
        assert_eq!(json(refused)["code"], *code, "{method} {target} {body}");
        assert_eq!(memory.post.kept("acme", None), before, "{method} {target} {body}");
    }
    let json_only = [("content-type", "application/json")];
    let keyless = request("POST", WEBHOOKS, &json_only, r#"{"url":"https://a.example"}"#);
    assert_eq!(json(answer(&keyless, &memory()))["code"], "idempotency.missing");
}

#[test]
fn messages_are_listed_looked_at_and_sent_again() {
    let memory = memory();
    let ids = |query: &str| -> Vec<String> {
        let told = json(get(&memory, &format!("{NOTICES}{query}")));
        let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
        told["notifications"].as_array().unwrap().iter().map(id).collect()
    };
    assert_eq!(ids(""), ["m2", "m1"], "newest first");
    assert_eq!(ids("?channel=email"), ["m2"]);
    assert_eq!(ids("?status=failed&webhook=we1"), ["m1"]);
    let first = get(&memory, &format!("{NOTICES}?limit=1&x=y"));
    let link = first.header("link").unwrap().to_owned();
    let told = json(first);
    let next = told["links"]["next"].as_str().unwrap();
    assert_eq!((next, link), ("/api/v1/notifications?limit=1&cursor=1", format!("<{next}>; rel=\"next\"")));
    let second = json(get(&memory, next));
    assert_eq!((&second["notifications"][0]["id"], &second["links"]["next"]), (&value!("m1"), &Value::Null));
    let one = json(get(&memory, &format!("{NOTICES}/m1")));
    assert_eq!(one["attempts"][0]["answer"], "503");
    assert_eq!(one["links"]["webhook"], format!("{WEBHOOKS}/we1"));
    let again = send(&memory, "POST", one["links"]["redrive"].as_str().unwrap(), "");
    assert_eq!((again.status, json(again)["status"].clone()), (202, value!("queued")));
}

#[test]
fn a_webhook_lives_and_its_secret_is_told_once() {
    let memory = memory();
    let wish = r#"{"url":"https://a.example/x","events":["brand.generation.failed"],"signature":"ed25519"}"#;
    let made = send(&memory, "POST", WEBHOOKS, wish);
    let location = made.header("location").unwrap().to_owned();
    assert_eq!((made.status, made.header("cache-control")), (201, Some("no-store")));
    let made = json(made);
    assert_eq!((&made["secret"], &made["links"]["self"]), (&value!("whsec_1"), &value!(location)));
    assert_eq!(json(send(&memory, "POST", WEBHOOKS, wish)), made, "a repetition makes no second one");
    let other = send(&memory, "POST", WEBHOOKS, r#"{"url":"https://b.example"}"#);
    assert_eq!((other.status, json(other)["code"].clone()), (422, value!("idempotency.mismatch")));
    let seen = json(get(&memory, &location));
    assert_eq!((&seen["secret"], &seen["signature"]), (&Value::Null, &value!("ed25519")));
    let listed = text(&memory, get(&memory, WEBHOOKS));
    assert!(listed.contains("a.example") && !listed.contains("whsec"), "{listed}");
    let changed = json(send(&memory, "PATCH", &location, r#"{"enabled":false}"#));
    assert_eq!((&changed["enabled"], &changed["url"]), (&value!(false), &value!("https://a.example/x")));
    assert!(json(send(&memory, "POST", &format!("{location}/rotate"), ""))["secret"].is_string());
    let tested = send(&memory, "POST", &format!("{location}/test"), "");
    let notice = tested.header("location").unwrap().to_owned();
    assert_eq!((tested.status, json(get(&memory, &notice))["status"].clone()), (202, value!("queued")));
    let span = r#"{"from":"2026-11-20T00:00:00+01:00","until":"2026-11-20T12:00:00Z"}"#;
    let replayed = send(&memory, "POST", &format!("{location}/replay"), span);
    assert_eq!((replayed.status, json(replayed)["messages"].clone()), (202, value!(2)));
    let open = send(&memory, "POST", &format!("{location}/replay"), r#"{"from":"2026-11-20T00:00:00Z"}"#);
    assert_eq!(open.status, 202);
    let day = 86_400_000;
    let spans: Vec<(u64, u64)> =
        memory.post.replayed.borrow().iter().map(|(_, from, until)| (*from, *until)).collect();
    assert_eq!(spans, [(NOW_MS - day - 3_600_000, NOW_MS - day / 2), (NOW_MS - day, NOW_MS)]);
    assert_eq!(send(&memory, "DELETE", &location, "").status, 204);
    assert_eq!(send(&memory, "DELETE", &location, "").status, 404);
    let lines = memory.lines.borrow().join("\n");
    assert!(!lines.contains("whsec") && !lines.contains("a.example") && !lines.contains("we_"), "{lines}");
}

#[test]
fn news_are_read_and_followed() {
    let memory = memory();
    let told = json(get(&memory, "/api/v1/feed?limit=1"));
    assert_eq!(
        (&told["unread"], &told["last"], &told["news"][0]["sequence"]),
        (&value!(2), &value!(3), &value!(3))
    );
    let next = json(get(&memory, told["links"]["next"].as_str().unwrap()));
    assert_eq!((&next["last"], next["news"].as_array().unwrap().len()), (&value!(7), 1));
    let marked = json(send(&memory, "POST", "/api/v1/feed/read", r#"{"ids":["n7"]}"#));
    assert_eq!(marked["unread"], 1);
    assert_eq!(json(send(&memory, "POST", "/api/v1/feed/read", r#"{"up_to":3}"#))["unread"], 0);
    memory.post.meanwhile.borrow_mut().push((who("acme", "ada"), item(9, "later")));
    let stream = get(&memory, "/api/v1/feed/events?after=3");
    assert_eq!(stream.header("content-type"), Some("text/event-stream; charset=utf-8"));
    let heard = text(&memory, stream);
    assert_eq!(memory.now_ms.get(), NOW_MS + 20_000, "a stream ends");
    let ids: Vec<&str> = heard.lines().filter_map(|line| line.strip_prefix("id: ")).collect();
    assert_eq!(ids, ["7", "9"], "{heard}");
    assert_eq!(heard.matches("event: news\n").count(), 2);
    let data = heard.lines().filter_map(|line| line.strip_prefix("data: ")).next_back().unwrap();
    assert_eq!(serde_json::from_str::<Value>(data).unwrap()["text"], "later");
    // A reader that comes back is not told again, whatever its address says.
    let back = answer(&request("GET", "/api/v1/feed/events?after=3", &[("last-event-id", "9")], ""), &memory);
    assert!(!text(&memory, back).contains("id: "));
    let broken = get(&memory, "/api/v1/feed/events");
    memory.gone.borrow_mut().push("courier");
    assert!(text(&memory, broken).contains("id: 9\n"), "what had come is told, then the stream ends");
}

#[test]
fn wishes_are_kept_as_they_come_and_forgotten() {
    let memory = memory();
    let examples = |name: &str| description()["components"]["schemas"][name]["examples"][0].to_string();
    let paths = [
        ("/api/v1/preferences", "Preferences"),
        ("/api/v1/notification-rules", "Rules"),
        ("/api/v1/notification-templates", "NotificationTemplates"),
    ];
    for (path, schema) in paths {
        let wish = examples(schema);
        let set = send(&memory, "PUT", path, &wish);
        assert_eq!((set.status, json(set)), (200, serde_json::from_str(&wish).unwrap()));
        assert_eq!(json(get(&memory, path)), serde_json::from_str::<Value>(&wish).unwrap());
        let args = [("why", "no such channel".to_owned())];
        memory.post.refusal.replace(Some(Fault::new(Code::HttpBody, args)));
        assert_eq!(
            send(&memory, "PUT", path, &wish).status,
            400,
            "{path}: what the courier refuses is refused"
        );
    }
    for _ in 0..2 {
        assert_eq!(send(&memory, "DELETE", "/api/v1/preferences", "").status, 204);
    }
    assert_eq!(json(get(&memory, "/api/v1/preferences")), value!({}));
    assert_eq!(json(get(&memory, "/api/v1/feed"))["unread"], 0);
}

#[test]
fn browsers_come_and_go() {
    let memory = memory();
    assert_eq!(json(get(&memory, "/api/v1/push/key"))["key"], "BAbc");
    let taken = send(&memory, "POST", "/api/v1/push/subscriptions", BROWSER);
    let location = taken.header("location").unwrap().to_owned();
    assert_eq!((taken.status, json(taken)["links"]["self"].clone()), (201, value!(location)));
    let kept = memory.post.browsers.borrow().values().next_back().cloned().unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&kept).unwrap(),
        serde_json::from_str::<Value>(BROWSER).unwrap()
    );
    assert_eq!(send(&memory, "DELETE", &location, "").status, 204);
    assert_eq!(send(&memory, "DELETE", &location, "").status, 404);
    memory.settings.borrow_mut().remove("push");
    let off = get(&memory, "/api/v1/push/key");
    assert_eq!((off.status, json(off)["code"].clone()), (404, value!("push.off")));
}

#[test]
fn examples_are_what_they_are_examples_of() {
    let told = description();
    for (name, schema) in told["components"]["schemas"].as_object().unwrap() {
        let mut whole = schema.clone();
        whole["components"] = told["components"].clone();
        let validator = jsonschema::validator_for(&whole).unwrap();
        for example in schema["examples"].as_array().into_iter().flatten() {
            assert!(validator.is_valid(example), "{name}: {example}");
        }
    }
}

/// A form without a token, as a mail program sends it (RFC 8058).
fn clicked(memory: &Memory, method: &str, token: &str, headers: &[(&str, &str)]) -> Response {
    let body = if method == "POST" { "List-Unsubscribe=One-Click" } else { "" };
    answer(&bare(method, &format!("/unsubscribe/{token}"), headers, body), memory)
}

#[test]
fn one_click_ends_mails_and_a_look_does_not() {
    let form = [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")];
    let cases = [
        ("en", "Do you want", "You will not", "finished brand kits"),
        ("de", "Möchten Sie", "Sie bekommen", "fertige Brand-Kits"),
    ];
    for (language, ask, done, rule) in cases {
        let memory = Memory::default();
        memory.post.link(language);
        for _ in 0..2 {
            let shown = clicked(&memory, "GET", TOKEN, &[]);
            assert_eq!((shown.status, shown.header("cache-control")), (200, Some("no-store")));
            let policy = shown.header("content-security-policy").unwrap().to_owned();
            assert!(
                policy.contains("form-action 'self'") && policy.contains("default-src 'none'"),
                "{policy}"
            );
            let page = text(&memory, shown);
            assert!(page.contains(ask) && page.contains(&format!("<strong>{rule}</strong>")), "{page}");
            assert!(
                page.contains("method=\"post\"") && page.contains(&format!("lang=\"{language}\"")),
                "{page}"
            );
        }
        for _ in 0..2 {
            let told = clicked(&memory, "POST", TOKEN, &form);
            assert_eq!(told.status, 200);
            assert!(text(&memory, told).contains(done));
        }
        let after = text(&memory, clicked(&memory, "GET", TOKEN, &[]));
        assert!(after.contains(done) && !after.contains("<form"), "{after}");
        let log = memory.lines.borrow().join(" ");
        assert!(!log.contains(TOKEN), "whoever reads the log could leave for others: {log}");
    }
}

#[test]
fn links_that_lead_nowhere_say_so() {
    let memory = Memory::default();
    memory.post.link("en");
    let long = "a".repeat(600);
    for token in ["acme.0f6a.other", "x", "a%20b", "%2e%2e", long.as_str()] {
        for method in ["GET", "POST"] {
            let told = clicked(&memory, method, token, &[("accept-language", "xx, fr-CH;q=0.9")]);
            assert_eq!(told.status, 404, "{token}");
            assert!(text(&memory, told).contains("Ce lien ne fonctionne plus"), "{token}");
        }
    }
    assert!(!memory.post.links.borrow()[TOKEN].is_off);
    memory.gone.borrow_mut().push("courier");
    assert_eq!(clicked(&memory, "POST", TOKEN, &[]).status, 503, "a mail program comes again");
}

/// The description of what is set is as strict as whoever checks it; what only they can judge is named.
#[test]
fn settings_are_described_as_they_are_checked() {
    let all = description();
    let rule = |name: &str, rest: &str| {
        format!(
            r#"{{"format":1,"rules":[{{"name":"{name}","on":["brand.erased"],"channels":["email"]{rest}}}]}}"#
        )
    };
    let words = |language: &str, channel: &str, id: &str, text: &str| {
        value!({ "format": 1, "messages": { language: { channel: { id: text } } } }).to_string()
    };
    let long = "x".repeat(2001);
    let good: &[(&str, &str, String)] = &[
        ("rules", "Rules", rule("ready", "")),
        ("rules", "Rules", rule("ready", r#","digest_min":44640,"is_critical":true"#)),
        ("rules", "Rules", r#"{"format":1,"rules":[]}"#.into()),
        ("preferences", "Preferences", "{}".into()),
        (
            "preferences",
            "Preferences",
            r#"{"quiet":null,"language":null,"off":{"*":[]},"addresses":{}}"#.into(),
        ),
        ("preferences", "Preferences", r#"{"format":1,"addresses":{"email":"A.b+c@Example.com"}}"#.into()),
        ("templates", "NotificationTemplates", words("de", "sms", "sms", "{ $title }")),
        ("templates", "NotificationTemplates", r#"{"format":1,"messages":{}}"#.into()),
    ];
    let bad: &[(&str, &str, String)] = &[
        ("rules", "Rules", "{}".into()),
        ("rules", "Rules", rule("Ready", "")),
        ("rules", "Rules", rule("", "")),
        ("rules", "Rules", rule("ready", r#","digest_min":44641"#)),
        ("rules", "Rules", rule("ready", r#","also":1"#)),
        ("rules", "Rules", rule("ready", "").replace("email", "pigeon")),
        ("rules", "Rules", rule("ready", "").replace(r#""email""#, "")),
        ("rules", "Rules", rule("ready", "").replace(":1", ":2")),
        ("preferences", "Preferences", r#"{"language":"xx"}"#.into()),
        ("preferences", "Preferences", r#"{"colour":"blue"}"#.into()),
        ("preferences", "Preferences", r#"{"off":{"*":["webhook"]}}"#.into()),
        ("preferences", "Preferences", r#"{"off":{"A b":["email"]}}"#.into()),
        ("preferences", "Preferences", r#"{"quiet":{"from_min":1440,"until_min":0}}"#.into()),
        ("preferences", "Preferences", r#"{"quiet":{"from_min":1,"until_min":0,"offset_min":841}}"#.into()),
        ("preferences", "Preferences", r#"{"quiet":{"from_min":1,"until_min":0,"zone":"here"}}"#.into()),
        ("preferences", "Preferences", r#"{"digest_min":{"ready":-1}}"#.into()),
        ("preferences", "Preferences", r#"{"addresses":{"email":"ann"}}"#.into()),
        ("preferences", "Preferences", r#"{"addresses":{"phone":"0170"}}"#.into()),
        ("templates", "NotificationTemplates", words("xx", "sms", "sms", "{ $title }")),
        ("templates", "NotificationTemplates", words("de", "pigeon", "sms", "{ $title }")),
        ("templates", "NotificationTemplates", words("de", "sms", "sms", "")),
        ("templates", "NotificationTemplates", words("de", "sms", "sms", &long)),
    ];
    let fits = |schema: &str, text: &str| fits(&all, schema, text);
    for (kind, schema, text) in good {
        let checked = core_notify::check(kind, text).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert!(fits(schema, text) && fits(schema, &checked), "{text}");
    }
    for (kind, schema, text) in bad {
        assert!(core_notify::check(kind, text).is_err() && !fits(schema, text), "{text}");
    }
    for (kind, schema) in
        [("rules", "Rules"), ("preferences", "Preferences"), ("templates", "NotificationTemplates")]
    {
        let example = all["components"]["schemas"][schema]["examples"][0].to_string();
        core_notify::check(kind, &example).unwrap_or_else(|why| panic!("{example}: {why}"));
        assert!(fits(schema, &example), "{example}");
    }
}

#[test]
fn more_rules_than_can_be_are_refused_by_the_description_too() {
    let many: Vec<Value> = (0..33)
        .map(|number| value!({ "name": format!("r{number}"), "on": ["brand.erased"], "channels": ["feed"] }))
        .collect();
    let many = value!({ "format": 1, "rules": many }).to_string();
    assert!(core_notify::check("rules", &many).is_err() && !fits(&description(), "Rules", &many), "33 rules");
}

fn fits(all: &Value, schema: &str, text: &str) -> bool {
    let validator = jsonschema::draft202012::new(&all["components"]["schemas"][schema]).unwrap();
    validator.is_valid(&serde_json::from_str(text).unwrap())
}

#[test]
fn a_provider_says_what_became_of_a_text_message() {
    let memory = Memory::default();
    let say = |token: &str, body: &str| {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-twilio-signature", "c2ln")];
        answer(&bare("POST", &format!("/callbacks/sms/{token}"), &headers, body), &memory).status
    };
    assert_eq!(say(TOKEN, "MessageSid=SM1&MessageStatus=delivered&To=%2B49"), 204);
    let told = ("MessageSid=SM1&MessageStatus=delivered&To=%2B49".to_owned(), Some("c2ln".to_owned()));
    assert_eq!(*memory.post.reports.borrow(), [told], "word for word: it is signed so");
    for token in ["other", "a%20b"] {
        assert_eq!(say(token, "MessageStatus=delivered"), 404, "{token}");
    }
    assert!(!memory.lines.borrow().join(" ").contains(TOKEN));
}
