//! Messages as they are sent: what they look like, that they fit, and that nothing breaks out of them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::brief::LANGUAGES;
use core_brand::fault::Code;
use core_notify::{
    EVENTS_MAX, HTML_BYTES_MAX, KINDS, Kind, Letter, PARTS_MAX, PAYLOAD_BYTES_MAX, PUSH_BYTES_MAX,
    SAMPLE_JOB, kind, parts, sample_event, sample_matter, write,
};
use imprint_golden::check_text;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write as _;

const FINISHED: &str = "brand-kit.compilation.finished";

fn spoken() -> Vec<&'static Kind> {
    KINDS.iter().filter(|kind| kind.speech.is_some()).collect()
}

fn blue() -> Value {
    json!({ "primary": "#2563eb", "on_primary": "#ffffff", "surface": "#ffffff", "text": "#15213b" })
}

fn matter(kinds: &[&Kind]) -> Value {
    sample_matter(kinds, "TechCorp", &blue(), &Value::Null)
}

fn written(language: &str, channel: &str, matter: &Value) -> Letter {
    write(language, channel, &matter.to_string()).unwrap()
}

/// Every message of a language on one page.
#[test]
fn languages_are_as_accepted() {
    for language in LANGUAGES {
        let mut page = String::new();
        for one in spoken() {
            let matter = matter(&[one]);
            let (email, sms) = (written(language, "email", &matter), written(language, "sms", &matter));
            let (name, subject) = (one.name, &email.subject);
            let body = email.text.split("\n\n-- \n").next().unwrap_or_default();
            let _ = write!(page, "== {name}\nSubject: {subject}\n\n{body}\n\nSMS: {}\n\n", sms.text);
        }
        let several = [kind(FINISHED).unwrap(), kind("brand.erased").unwrap()];
        let mut matter = matter(&several);
        matter["person"] = json!({ "name": "Ann" });
        let digest = written(language, "email", &matter);
        // The line before a signature ends with a blank, which a file of ours may not.
        let text = digest.text.replace("\n-- \n", "\n--\u{2420}\n");
        let _ = write!(page, "== digest\nSubject: {}\n\n{text}", digest.subject);
        check_text(format!("tests/golden/{language}.txt"), &page);
    }
}

#[test]
fn a_mail_and_its_sisters_are_as_accepted() {
    let one = matter(&[kind(FINISHED).unwrap()]);
    check_text("tests/golden/finished.html", &written("en", "email", &one).html.unwrap());
    let pretty = |channel: &str| {
        let payload: Value = serde_json::from_str(&written("en", channel, &one).payload.unwrap()).unwrap();
        format!("{channel} {payload:#}\n")
    };
    check_text("tests/golden/payloads.txt", &["webhook", "feed", "push"].map(pretty).concat());
}

/// Tables, styles in the elements, and nothing that is fetched.
#[test]
fn a_mail_is_one_that_programs_keep() {
    for (language, one) in LANGUAGES.iter().flat_map(|one| spoken().into_iter().map(move |kind| (one, kind)))
    {
        let html = written(language, "email", &matter(&[one])).html.unwrap();
        for wrong in [
            "<script",
            "<img",
            "<link",
            "<iframe",
            "<form",
            "url(",
            "@import",
            "@font-face",
            "src=",
            "javascript:",
            "<svg",
        ] {
            assert!(!html.contains(wrong), "{language} {}: {wrong}", one.name);
        }
        assert_eq!(html.matches("<style>").count(), 1);
        assert!(html.contains(&format!("<html lang=\"{language}\">")));
        assert!(html.len() <= 12 << 10, "{language} {}: {} bytes", one.name, html.len());
        assert!(
            html.lines().all(|line| line.len() <= 998),
            "{}",
            html.lines().map(str::len).max().unwrap_or(0)
        );
        balanced(&html);
    }
}

/// Every element that is opened is closed, in order.
fn balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let body = html
        .split("<style>")
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split("</style>").nth(1).unwrap() });
    let body: String = body.collect::<String>().replace("<!--[if mso]>", "").replace("<![endif]-->", "");
    for tag in body.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        match (tag.starts_with('/'), name) {
            (_, "!doctype" | "meta" | "br") => {}
            (true, name) => assert_eq!(open.pop(), Some(name), "{html}"),
            (false, name) => open.push(
                ["html", "head", "body", "title", "div", "table", "tr", "td", "p", "h1", "a"]
                    .into_iter()
                    .find(|known| *known == name)
                    .unwrap_or_else(|| panic!("<{tag}>")),
            ),
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn several_events_make_one_message() {
    let finished = kind(FINISHED).unwrap();
    let mut several = matter(&[finished, finished, kind("brand.erased").unwrap()]);
    several["events"][1]["subject"] = json!("other");
    several["brands"] =
        json!([{ "id": "other", "name": "Nordlicht", "link": "https://imprint.example/brands/other" }]);
    let mail = written("en", "email", &several);
    assert_eq!(mail.subject, "3 updates");
    for said in [
        "* Your brand kit is ready · TechCorp",
        "* Your brand kit is ready · Nordlicht",
        "brands/other",
        "* The brand was erased · TechCorp",
    ] {
        assert!(mail.text.contains(said), "{said} in {}", mail.text);
    }
    // One link for all would lead to the wrong brand.
    assert!(!mail.text.contains(SAMPLE_JOB), "{}", mail.text);
    assert_eq!(written("en", "sms", &several).text, "Imprint: 3 updates.");
    let push: Value = serde_json::from_str(&written("en", "push", &several).payload.unwrap()).unwrap();
    assert_eq!(push["title"], "3 updates");
    let webhook: Value = serde_json::from_str(&written("en", "webhook", &several).payload.unwrap()).unwrap();
    assert_eq!(
        (webhook["type"].as_str(), webhook["data"]["events"].as_array().unwrap().len()),
        (Some("digest"), 3)
    );
}

#[test]
fn the_largest_matter_fits() {
    let finished = kind(FINISHED).unwrap();
    let mut many = matter(&vec![finished; EVENTS_MAX]);
    let long = "&<>\"'".repeat(100);
    many["brand"]["name"] = json!(long);
    many["person"] = json!({ "name": long });
    for link in ["brand", "settings", "unsubscribe"] {
        many["links"][link] = json!(format!("https://example.com/{}", "&".repeat(2000)));
    }
    let text = format!("{{ $brand }}{}", "&".repeat(1900));
    let words =
        json!({ "finished-title": text, "finished-text": text, "digest-text": text["{ $brand }".len()..] });
    many["templates"] = json!({ "format": 1, "messages": { "en": { "email": words, "push": words } } });
    let mail = written("en", "email", &many);
    assert!(mail.html.unwrap().len() <= HTML_BYTES_MAX);
    assert!(mail.text.contains("And 980 more."));
    assert!(written("en", "push", &many).payload.unwrap().len() <= PUSH_BYTES_MAX);
    assert!(parts(&written("en", "sms", &many).text) <= PARTS_MAX);
    let webhook = written("en", "webhook", &many).payload.unwrap();
    assert!(webhook.len() <= PAYLOAD_BYTES_MAX && webhook.contains("is_cut"), "{}", webhook.len());
    let mut one = many.clone();
    one["events"] = json!([sample_event(finished)]);
    one["events"][0]["data"]["more"] = json!("x".repeat(PAYLOAD_BYTES_MAX));
    let webhook: Value = serde_json::from_str(&written("en", "webhook", &one).payload.unwrap()).unwrap();
    assert_eq!(webhook["data"], json!({ "id": SAMPLE_JOB, "is_cut": true }));
    assert!(written("en", "email", &one).html.unwrap().len() <= HTML_BYTES_MAX);
}

#[test]
fn matter_that_cannot_be_told_is_refused() {
    let finished = kind(FINISHED).unwrap();
    let with = |change: fn(&mut Value)| {
        let mut matter = matter(&[finished]);
        change(&mut matter);
        matter
    };
    let cases: &[(Value, Code, &str)] = &[
        (with(|matter| matter["format"] = json!(2)), Code::NoticeMatter, "`format`: this is 2"),
        (with(|matter| matter["events"] = json!([])), Code::NoticeMatter, "there are 0; 1 to 1000"),
        (
            with(|matter| matter["links"]["brand"] = json!("javascript:alert(1)")),
            Code::NoticeMatter,
            "`links.brand`",
        ),
        (
            with(|matter| matter["links"]["settings"] = json!("https://a.b/\" onclick=\"x")),
            Code::NoticeMatter,
            "`links.settings`",
        ),
        (
            with(|matter| matter["links"]["unsubscribe"] = json!("https://a.b/\r\nBcc: x")),
            Code::NoticeMatter,
            "`links.unsubscribe`",
        ),
        (
            with(|matter| matter["brand"]["link"] = json!("data:text/html,x")),
            Code::NoticeMatter,
            "`brand 0b7e4c9a5d3f48e2`",
        ),
        (
            with(|matter| matter["brand"]["colors"]["primary"] = json!("red;}")),
            Code::NoticeMatter,
            "is not a colour",
        ),
        (
            with(|matter| matter["events"][0]["data"] = json!({})),
            Code::NoticeMatter,
            "its data has no number `files`",
        ),
        (
            with(|matter| matter["events"][0]["type"] = json!("brand.step.progress")),
            Code::NoticeKind,
            "Use one of: brand-kit.",
        ),
        (
            with(|matter| matter["templates"] = json!({ "format": 1 })),
            Code::NoticeWords,
            "missing field `messages`",
        ),
    ];
    for (matter, code, says) in cases {
        let fault = write("en", "email", &matter.to_string()).unwrap_err();
        assert!(fault.is(*code) && fault.message.contains(says), "{fault}");
    }
    assert!(write("en", "fax", &matter(&[finished]).to_string()).unwrap_err().is(Code::NoticeChannel));
}

/// What somebody may call a brand who means no good, and what may come in the data of an event.
const HOSTILE: &[&str] = &[
    "</title><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "a\r\nBcc: everybody@example.com",
    "a\n\n<html>",
    "--></td></tr></table>",
    "<!--[if mso]><a href=x>",
    "&lt;b&gt; &amp; &#60;",
    "{ $title } { \"x\" } {{",
    "\u{202e}gnp.exe",
    "a\u{2028}b\u{2029}c\u{0}d\u{1b}[31m",
    "\u{200b}\u{feff}",
    "%0d%0aBcc:%20x",
    "\\\",\"admin\":true,\"x\":\"",
    "=?utf-8?q?x?=",
    "😀\u{fe0f}\u{200d}ﷺ\u{301}\u{301}",
    " ",
];

fn check_hostile(value: &str) {
    let failed = json!({ "code": value, "files": 1, "percent": 3, "component": format!("k{value}"), "version": format!("v{value}"), "url": format!("u{value}") });
    for one in spoken() {
        let mut matter = sample_matter(&[one], value, &blue(), &Value::Null);
        matter["events"][0]["data"] = failed.clone();
        matter["person"] = json!({ "name": value });
        let mail = written("de", "email", &matter);
        let html = mail.html.unwrap();
        balanced(&html);
        let plain = sample_matter(&[one], "TechCorp", &blue(), &Value::Null);
        let shape = |html: &str| html.matches('<').count();
        let extra = if html.contains("Guten Tag") { 2 } else { 0 };
        assert_eq!(
            shape(&html),
            shape(&written("de", "email", &plain).html.unwrap()) + extra,
            "{value:?} made elements"
        );
        for subject in
            [&mail.subject, &written("de", "sms", &matter).text, &written("de", "feed", &matter).subject]
        {
            assert!(
                !subject
                    .chars()
                    .any(|letter| letter.is_control() || "\u{202e}\u{2028}\u{2029}".contains(letter)),
                "{subject:?}"
            );
        }
        assert!(parts(&written("de", "sms", &matter).text) <= PARTS_MAX);
        for (channel, fields) in [
            ("feed", ["link", "text", "title"]),
            ("push", ["body", "title", "url"]),
            ("webhook", ["data", "timestamp", "type"]),
        ] {
            let payload: Value =
                serde_json::from_str(&written("de", channel, &matter).payload.unwrap()).unwrap();
            assert!(payload.as_object().unwrap().keys().eq(fields), "{payload}");
        }
    }
}

#[test]
fn nothing_breaks_out() {
    HOSTILE.iter().for_each(|value| check_hostile(value));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn no_name_breaks_out(value in "\\PC{0,40}", sign in "[<>&\"'{}\r\n\t\u{0}\u{202e}]{0,6}") {
        check_hostile(&format!("{value}{sign}"));
        check_hostile(&format!("{sign}{value}"));
    }
}
