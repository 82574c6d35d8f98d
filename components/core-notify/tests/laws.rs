//! Tricks that reach nobody, signatures as others make them, and moments of further attempts.

use core::net::{IpAddr, Ipv4Addr};
use core_notify::{
    Attempt, Host, Key, Next, Reach, Scheme, TRIES_MAX, Target, is_public, next, retry_after, sign,
};
use proptest::prelude::*;

/// At least as many ways as are known to be tried.
const TRICKS_MIN: usize = 60;

#[test]
fn no_trick_reaches_anybody() {
    let lines = include_str!("tricks.txt").lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    let tricks: Vec<(&str, &str)> = lines.map(|line| line.rsplit_once("  ").unwrap()).collect();
    assert!(tricks.len() >= TRICKS_MIN);
    for (text, why) in tricks {
        let found = match Target::read(text, false) {
            Ok(Target { host: Host::Address(address), .. }) if !Reach::default().allows(address) => {
                "address".to_owned()
            }
            Ok(target) => format!("goes to {target:?}"),
            Err(why) => format!("{why:?}"),
        };
        assert_eq!(found, why, "{text}");
    }
}

#[test]
fn addresses_of_the_internet_are_read() {
    let name = |name: &str| Host::Name(name.into());
    let cases = [
        ("https://hooks.example.com/in?a=b", name("hooks.example.com"), 443, "/in?a=b"),
        ("HTTPS://Hooks.Example.COM:8443", name("hooks.example.com"), 8443, "/"),
        ("https://example.com?x=%20", name("example.com"), 443, "/?x=%20"),
        ("https://xn--caf-dma.example/", name("xn--caf-dma.example"), 443, "/"),
        ("https://8.8.8.8/x", Host::Address([8, 8, 8, 8].into()), 443, "/x"),
        ("https://[2606:4700::1111]:444/", Host::Address("2606:4700::1111".parse().unwrap()), 444, "/"),
    ];
    for (text, host, port, path) in cases {
        let expected = Target { scheme: Scheme::Https, host, port, path: path.into() };
        assert_eq!(Target::read(text, false), Ok(expected), "{text}");
    }
}

#[test]
fn an_operator_may_open_a_network() {
    let reach = Reach::read(["10.1.0.0/16", "fd00::/8"]).unwrap();
    for (address, is_allowed) in [
        ("10.1.2.3", true),
        ("::ffff:10.1.2.3", true),
        ("10.2.0.1", false),
        ("fd12::1", true),
        ("::1", false),
        ("8.8.4.4", true),
    ] {
        assert_eq!(reach.allows(address.parse().unwrap()), is_allowed, "{address}");
    }
    for wrong in ["10.0.0.0", "10.0.0.0/33", "x/8", "fd00::/129"] {
        assert_eq!(Reach::read([wrong]), Err(wrong.to_owned()));
    }
    let local = Target::read("http://receiver:8080/in", true).unwrap();
    assert_eq!((local.scheme, local.port), (Scheme::Http, 8080));
}

/// The example of the specification's own library, and one with two keys while the first is changed for the second.
#[test]
fn signatures_are_those_of_the_specification() {
    let key = Key::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let (id, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", br#"{"test": 2432232314}"#);
    let signed = sign(std::slice::from_ref(&key), id, 1_614_265_330, body);
    assert_eq!(signed.signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assert_eq!((signed.id.as_str(), signed.timestamp.as_str()), (id, "1614265330"));
    let private = Key::read(
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
    );
    assert!(private.is_err(), "32 bytes, not 64");
    let private = Key::read("whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=").unwrap();
    let both = sign(&[key, private], id, 1_614_265_330, body).signature;
    let kinds: Vec<&str> =
        both.split(' ').filter_map(|one| one.split_once(',')).map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["v1", "v1a"]);
}

#[test]
fn keys_are_never_printed() {
    let key = Key::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    assert_eq!(format!("{key:?}"), "Key::Shared");
    assert_eq!(key.told(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    for wrong in ["", "whsec_", "whsec_MfKQ", "whsec_é", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
        assert!(Key::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn an_answer_says_what_follows() {
    let answered = |status| Attempt::Answered { status, retry_after_s: None };
    assert_eq!(next("m", 1, answered(204)), Next::Delivered);
    assert_eq!(next("m", 1, answered(410)), Next::Disable);
    assert_eq!(next("m", 1, Attempt::Refused), Next::Dead);
    for attempt in [answered(302), answered(404), answered(500), Attempt::Silent] {
        let Next::Again(ms) = next("m", 1, attempt) else { panic!("{attempt:?}") };
        assert!((4000..=6000).contains(&ms), "{ms}");
        assert_eq!(next("m", TRIES_MAX, attempt), Next::Dead);
    }
    let asked = |status, seconds| next("m", 1, Attempt::Answered { status, retry_after_s: Some(seconds) });
    assert_eq!(asked(503, 120), Next::Again(120_000));
    assert_eq!(asked(429, u64::MAX), Next::Again(36_000_000), "no longer than ten hours");
    assert!(matches!(asked(503, 0), Next::Again(ms) if ms >= 4000), "and never sooner than by itself");
    assert!(
        matches!(asked(404, 120), Next::Again(ms) if ms <= 6000),
        "only those that are overloaded are heard"
    );
    for (header, seconds) in [
        ("120", Some(120)),
        (" 0 ", Some(0)),
        ("-1", None),
        ("1.5", None),
        ("Fri, 31 Dec 1999 23:59:59 GMT", None),
    ] {
        assert_eq!(retry_after(header), seconds, "{header}");
    }
}

proptest! {
    /// On a simulated clock: each message has the same moments whoever reckons them, within a fifth of the schedule, and ends.
    #[test]
    fn every_message_ends(id in "[a-z0-9]{1,20}") {
        let waits = [5u64, 300, 1800, 7200, 18_000, 36_000, 36_000];
        for (number, wait_s) in (1..).zip(waits) {
            let Next::Again(ms) = next(&id, number, Attempt::Silent) else { panic!("{number}") };
            prop_assert_eq!(next(&id, number, Attempt::Silent), Next::Again(ms));
            prop_assert!((wait_s * 800..=wait_s * 1200).contains(&ms), "{} s: {} ms", wait_s, ms);
        }
        prop_assert_eq!(next(&id, 8, Attempt::Silent), Next::Dead);
        prop_assert_eq!(next(&id, u32::MAX, Attempt::Silent), Next::Dead);
    }

    /// Whatever holds an older address that is not public is not public either.
    #[test]
    fn clothes_do_not_help(bits: u32) {
        let v4 = Ipv4Addr::from(bits);
        let v6 = v4.to_ipv6_mapped();
        prop_assert_eq!(Reach::default().allows(v6.into()), is_public(v4.into()));
        prop_assert!(!is_public(v4.to_ipv6_compatible().into()));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}", bits: u128) {
        for allows_local in [false, true] {
            if let Ok(target) = Target::read(&text, allows_local) {
                let again = format!("{}://{}:{}{}", if target.scheme == Scheme::Https { "https" } else { "http" }, target.host, target.port, target.path);
                prop_assert_eq!(Target::read(&again, allows_local), Ok(target));
            }
        }
        let _ = Reach::default().allows(IpAddr::V6(bits.into()));
    }
}
