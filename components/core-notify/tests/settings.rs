//! Rules and preferences as they are written, and what follows from them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::fault::Code;
use core_notify::{
    Channel, Choice, KINDS, check, choice, default_rules, email, is_off, phone, plan, sample_event,
    turned_off,
};
use serde_json::{Value, json};

fn event(name: &str) -> Value {
    sample_event(core_notify::kind(name).unwrap())
}

/// Rule and channel of each message.
fn told(name: &str, rules: &str, preferences: &str) -> Vec<(String, &'static str)> {
    let messages = plan("acme", &event(name).to_string(), "ann", rules, preferences).unwrap();
    messages.into_iter().map(|message| (message.rule, message.channel.as_str())).collect()
}

#[test]
fn without_rules_people_hear_of_what_concerns_them() {
    for kind in KINDS {
        let told: Vec<_> = told(kind.name, "", "").into_iter().map(|(_, channel)| channel).collect();
        let expected: &[&str] = match (kind.speech, kind.name) {
            (None, _) => &[],
            (_, "webhook.endpoint.disabled") => &["email", "feed"],
            _ => &["email", "webhook", "feed"],
        };
        assert_eq!(told, expected, "{}", kind.name);
    }
    let stored = check("rules", &json!({ "format": 1, "rules": default_rules() }).to_string()).unwrap();
    imprint_golden::check_text("tests/golden/rules.json", &format!("{}\n", pretty(&stored)));
}

fn pretty(text: &str) -> String {
    serde_json::to_string_pretty(&serde_json::from_str::<Value>(text).unwrap()).unwrap()
}

#[test]
fn a_tenant_and_a_person_decide() {
    let rules = json!({ "format": 1, "rules": [
        { "name": "ready", "on": ["com.brandgenerator.events.brand-kit.compilation.finished"], "channels": ["email", "sms", "feed"] },
        { "name": "steps", "on": ["brand.step.progress"], "channels": ["webhook"] },
    ] })
    .to_string();
    let finished = "brand-kit.compilation.finished";
    let all = |channels: &[&'static str]| {
        channels.iter().map(|channel| ("ready".to_owned(), *channel)).collect::<Vec<_>>()
    };
    assert_eq!(told(finished, &rules, ""), all(&["email", "sms", "feed"]));
    assert_eq!(told("brand.step.progress", &rules, ""), [("steps".to_owned(), "webhook")]);
    assert_eq!(told("brand.generation.failed", &rules, ""), []);
    let cases = [
        (json!({ "off": { "ready": ["sms"] } }), all(&["email", "feed"])),
        (json!({ "off": { "*": ["sms", "email"] } }), all(&["feed"])),
        // What is said of one rule stands before what is said of all.
        (json!({ "off": { "*": ["sms", "email"], "ready": [] } }), all(&["email", "sms", "feed"])),
    ];
    for (preferences, expected) in cases {
        assert_eq!(told(finished, &rules, &preferences.to_string()), expected, "{preferences}");
    }
    let digest = json!({ "digest_min": { "*": 60 } }).to_string();
    let messages = plan("acme", &event(finished).to_string(), "ann", &rules, &digest).unwrap();
    let gathered: Vec<bool> = messages.iter().map(|message| message.digest.is_some()).collect();
    assert_eq!(gathered, [true, true, false], "email, sms, feed");
}

/// However many people hear of an event, a program hears it once.
#[test]
fn a_webhook_is_the_tenants() {
    let event = event("brand.erased").to_string();
    let of = |user: &str| plan("acme", &event, user, "", "").unwrap();
    for (ann, bob) in of("ann").into_iter().zip(of("bob")) {
        assert_eq!(ann.id == bob.id, ann.channel == Channel::Webhook, "{ann:?}");
    }
    assert_eq!(of("ann"), of("ann"));
}

#[test]
fn events_of_others_and_broken_ones_are_refused() {
    let with = |key: &str, value: Value| {
        let mut event = event("brand.erased");
        event[key] = value;
        event.to_string()
    };
    let cases = [
        (with("tenant", json!("other")), "another tenant"),
        (with("time", json!("yesterday")), "`yesterday` is no time"),
        (with("id", json!("")), "its id has not 1 to 256 letters"),
        (with("id", json!("x".repeat(257))), "its id has not 1 to 256 letters"),
        (with("data", json!([1])), "its data is no object"),
        (with("data", json!({ "a": "x".repeat(300_000) })), "more than 262144 bytes"),
        ("{".to_owned(), "EOF"),
        (String::new(), "EOF"),
    ];
    for (event, says) in cases {
        let fault = plan("acme", &event, "ann", "", "").unwrap_err();
        assert!(fault.is(Code::NoticeEvent) && fault.message.contains(says), "{fault}");
    }
    assert!(plan("acme", &with("tenant", json!("acme")), "ann", "", "").is_ok());
    assert_eq!(plan("acme", &with("type", json!("com.example.other")), "ann", "", "").unwrap(), []);
}

#[test]
fn rules_say_what_is_wrong_with_them() {
    let rule = |change: Value| {
        let mut rule = json!({ "name": "ready", "on": ["brand.erased"], "channels": ["email"] });
        for (key, value) in change.as_object().unwrap() {
            rule[key] = value.clone();
        }
        json!({ "format": 1, "rules": [rule] }).to_string()
    };
    let twice = json!({ "name": "a", "on": ["brand.erased"], "channels": ["feed"] });
    let cases = [
        (rule(json!({ "name": "Ready!" })), "`rules[0].name`: a name has 1 to 40"),
        (rule(json!({ "on": [] })), "`rules[0].on`: it names no event"),
        (rule(json!({ "on": ["brand.sold"] })), "there is no event `brand.sold`"),
        (rule(json!({ "on": ["brand.step.progress"] })), "is for programs; tell it by webhook alone"),
        (rule(json!({ "channels": [] })), "`rules[0].channels`: it names no channel"),
        (rule(json!({ "channels": ["fax"] })), "unknown variant `fax`"),
        (rule(json!({ "digest_min": 44_641 })), "at most 44640 minutes"),
        (rule(json!({ "colour": 1 })), "unknown field `colour`"),
        (json!({ "format": 1, "rules": [twice, twice] }).to_string(), "`a` is there twice"),
        (json!({ "format": 1, "rules": vec![twice; 33] }).to_string(), "there are 33; at most 32"),
        (json!({ "format": 3, "rules": [] }).to_string(), "this is 3; Imprint reads 1"),
        (" ".repeat(70_000), "it has 70000 bytes"),
    ];
    for (text, says) in cases {
        let fault = check("rules", &text).unwrap_err();
        assert!(fault.is(Code::NoticeRules) && fault.message.contains(says), "{fault}");
    }
    assert!(check("colours", "{}").unwrap_err().is(Code::NoticeSetting));
    assert_eq!(check("rules", r#"{"format":1,"rules":[]}"#).unwrap(), r#"{"format":1,"rules":[]}"#);
}

#[test]
fn preferences_say_what_is_wrong_with_them() {
    let cases = [
        (json!({ "off": { "Ready!": ["email"] } }), "`off.Ready!`"),
        (json!({ "off": { "ready": ["webhook"] } }), "webhooks are the tenant's"),
        (json!({ "quiet": { "from_min": 1440, "until_min": 0 } }), "minutes of a day are 0 to 1439"),
        (json!({ "quiet": { "from_min": 60, "until_min": 60 } }), "it begins when it ends"),
        (json!({ "quiet": { "from_min": 60, "until_min": 0, "offset_min": -841 } }), "more than 840 minutes"),
        (json!({ "quiet": { "from_min": 60, "until_min": 0, "zone": "Mars/Olympus" } }), "is no time zone"),
        (
            json!({ "quiet": { "from_min": 60, "until_min": 0, "zone": "Asia/Tokyo", "offset_min": 540 } }),
            "leave one of the two out",
        ),
        (json!({ "digest_min": { "ready": 99_999 } }), "`digest_min.ready`"),
        (json!({ "language": "tlh" }), "there are words in en, de"),
        (json!({ "addresses": { "email": "a@b" } }), "`addresses.email`: it has no domain"),
        (json!({ "addresses": { "phone": "0151" } }), "`addresses.phone`: it does not begin with +"),
        (json!({ "shoes": 46 }), "unknown field `shoes`"),
        (json!({ "format": 2 }), "this is 2"),
    ];
    for (preferences, says) in cases {
        let fault = check("preferences", &preferences.to_string()).unwrap_err();
        assert!(fault.is(Code::NoticePreferences) && fault.message.contains(says), "{fault}");
    }
    let whole = json!({ "off": { "*": ["sms"] }, "quiet": { "from_min": 1320, "until_min": 420, "offset_min": 60 },
        "digest_min": { "ready": 1440 }, "language": "ja", "addresses": { "email": "Ann.B@EXAMPLE.com", "phone": "+4915112345678" } });
    let stored = check("preferences", &whole.to_string()).unwrap();
    assert!(stored.contains(r#""email":"Ann.B@example.com""#), "{stored}");
    assert_eq!(check("preferences", &stored).unwrap(), stored, "what is stored is read again as it is");
}

#[test]
fn addresses_are_addresses_and_nothing_else() {
    let fine = [
        "a@example.com",
        "a.b+c@sub.example.co.uk",
        "o'neil@example.com",
        "x_1@xn--mnchen-3ya.de",
        "1@example.io",
    ];
    for text in fine {
        assert_eq!(email(text).as_deref(), Ok(text), "{text}");
    }
    let long = format!("{}@example.com", "a".repeat(65));
    let longer = format!("a@{}.com", "a.".repeat(130));
    let wrong = [
        "",
        "a",
        "@",
        "a@",
        "@b.com",
        "a@b",
        "a@b.c",
        "a@@b.com",
        "a@b@c.com",
        "a b@c.com",
        "a@b .com",
        " a@b.com",
        "a@b.com ",
        "a@b.com\r\nBcc: c@d.com",
        "a\n@b.com",
        "a\0@b.com",
        "a,b@c.com",
        "a@b.com,c@d.com",
        "a;b@c.com",
        "<a@b.com>",
        "Ann <a@b.com>",
        "\"a b\"@c.com",
        "a(c)@b.com",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@b..com",
        ".a@b.com",
        "a.@b.com",
        "a..b@c.com",
        "-oX@b.com",
        "a@-b.com",
        "a@b-.com",
        "a@b.com.",
        "ä@b.com",
        "a@münchen.de",
        "a@b.com%0d%0a",
        "a\u{202e}@b.com",
        &long,
        &longer,
    ];
    for text in wrong {
        assert!(email(text).is_err(), "{text:?}");
    }
}

#[test]
fn numbers_are_those_of_e_164() {
    for text in ["+4915112345678", "+1234567", "+123456789012345"] {
        assert_eq!(phone(text).as_deref(), Ok(text));
    }
    for text in [
        "",
        "+",
        "4915112345678",
        "+0151123456",
        "+123456",
        "+1234567890123456",
        "+49 151 1234567",
        "+49-151",
        "+４９1234567",
        "+49151\n1234",
    ] {
        assert!(phone(text).is_err(), "{text:?}");
    }
}

#[test]
fn what_a_link_turns_off_is_one_rule_beside_what_is_off_already() {
    let email = Channel::Email;
    let off = |preferences: &str, rule: &str| {
        let text = turned_off(preferences, rule, email).expect("turns off");
        assert!(is_off(&text, rule, email).expect("reads"), "{text}");
        assert_eq!(turned_off(&text, rule, email).expect("again"), text, "twice is once");
        serde_json::from_str::<Value>(&text).expect("JSON")["off"].clone()
    };
    assert_eq!(off("", "ready"), json!({ "ready": ["email"] }));
    let some = json!({ "format": 1, "off": { "*": ["sms"], "steps": ["push"] } }).to_string();
    assert_eq!(off(&some, "ready"), json!({ "*": ["sms"], "ready": ["email", "sms"], "steps": ["push"] }));
    assert_eq!(off(&some, "steps"), json!({ "*": ["sms"], "steps": ["email", "push"] }));
    let wishes: serde_json::Map<String, Value> =
        (0..64).map(|number| (format!("rule-{number}"), json!(["sms"]))).collect();
    let full = json!({ "format": 1, "off": wishes }).to_string();
    assert_eq!(off(&full, "ready")["*"], json!(["email"]), "there is no room for another name");
}

#[test]
fn what_is_critical_is_nobodys_choice() {
    let choose = |rules: &str, preferences: &str, rule: &str| {
        choice(rules, preferences, rule, Channel::Email).expect("reads")
    };
    assert_eq!(choose("", "", "brand-finished"), Choice::On);
    let off = turned_off("", "brand-finished", Channel::Email).expect("turns off");
    assert_eq!(choose("", &off, "brand-finished"), Choice::Off);
    let all = json!({ "format": 1, "off": { "*": ["email"] } }).to_string();
    for (rules, rule) in
        [("", "webhook-off"), ("", "no-such"), (r#"{"format":1,"rules":[]}"#, "brand-finished")]
    {
        assert_eq!(choose(rules, &all, rule), Choice::Fixed, "{rule}");
    }
    assert_eq!(choice("", "", "brand-finished", Channel::Webhook), Ok(Choice::Fixed));
}
