//! Who is told of what, and when.

use core_notify::{Channel, Message, Occasion, Preferences, Quiet, Rule, Zone, decide};
use proptest::prelude::*;

const HOUR_MS: u64 = 3_600_000;
const FAILED: &str = "brand.generation.failed";

fn rule(name: &str, channels: &[Channel]) -> Rule {
    let on = [FAILED.to_owned()].into();
    Rule {
        name: name.into(),
        on,
        channels: channels.iter().copied().collect(),
        is_critical: false,
        digest_min: 0,
    }
}

fn occasion(event_id: &str, at_ms: u64) -> Occasion<'_> {
    Occasion { event_id, event_type: FAILED, tenant: "acme", user: "ann", at_ms }
}

/// Ten in the evening to seven in the morning, two hours ahead of UTC.
const NIGHT: Quiet = Quiet { from_min: 22 * 60, until_min: 7 * 60, offset_min: 120, zone: None };

fn due(rule: &Rule, at_ms: u64) -> Vec<(Channel, u64)> {
    let preferences = Preferences { quiet: Some(NIGHT), ..Preferences::default() };
    let messages = decide(std::slice::from_ref(rule), &preferences, &occasion("e", at_ms));
    messages.into_iter().map(|message| (message.channel, message.due_ms)).collect()
}

/// Ten in the evening to seven in the morning in Berlin, whatever that is in UTC.
#[test]
fn quiet_hours_follow_the_clocks_of_a_place() {
    let cases = [
        ("winter", 1_768_080_600_000, 1_768_111_200_000),
        ("summer", 1_783_715_400_000, 1_783_746_000_000),
        ("the night in which clocks go forward", 1_774_735_200_000, 1_774_760_400_000),
        ("and back", 1_792_879_200_000, 1_792_908_000_000),
        ("day", 1_783_659_600_000, 1_783_659_600_000),
    ];
    let quiet = Quiet { offset_min: 0, zone: Zone::named("Europe/Berlin"), ..NIGHT };
    let preferences = Preferences { quiet: Some(quiet), ..Preferences::default() };
    for (what, at_ms, due_ms) in cases {
        let found = decide(&[rule("mine", &[Channel::Sms])], &preferences, &occasion("e", at_ms));
        assert_eq!(found[0].due_ms, due_ms, "{what}");
    }
}

#[test]
fn one_message_on_a_channel_however_many_rules() {
    let rules =
        [rule("mine", &[Channel::Email, Channel::Feed]), rule("all", &[Channel::Email, Channel::Webhook])];
    let found = decide(&rules, &Preferences::default(), &occasion("e", 5));
    let told: Vec<_> = found.iter().map(|message| (message.channel, message.rule.as_str())).collect();
    assert_eq!(told, [(Channel::Email, "mine"), (Channel::Webhook, "all"), (Channel::Feed, "mine")]);
    assert_eq!(decide(&rules, &Preferences::default(), &occasion("e", 9999))[0].id, found[0].id);
    assert_ne!(decide(&rules, &Preferences::default(), &occasion("f", 5))[0].id, found[0].id);
    let other = Occasion { event_type: "brand.erased", ..occasion("e", 5) };
    assert_eq!(decide(&rules, &Preferences::default(), &other), []);
}

#[test]
fn what_is_off_is_off_unless_it_is_critical() {
    let off = [("mine".to_owned(), [Channel::Email].into())].into();
    let preferences = Preferences { off, ..Preferences::default() };
    let channels = |is_critical| {
        let rule = Rule { is_critical, ..rule("mine", &[Channel::Email, Channel::Feed]) };
        decide(&[rule], &preferences, &occasion("e", 5))
            .into_iter()
            .map(|one| one.channel)
            .collect::<Vec<_>>()
    };
    assert_eq!(channels(false), [Channel::Feed]);
    assert_eq!(channels(true), [Channel::Email, Channel::Feed]);
}

#[test]
fn nothing_rings_at_night() {
    let all = rule("mine", &[Channel::Email, Channel::Webhook]);
    let hour = |hour: u64| hour * HOUR_MS;
    // Seven in the morning there is five in UTC.
    let cases = [(19, 19), (20, 29), (23, 29), (28, 29), (29, 29), (43, 43), (44, 53)];
    for (at, email) in cases {
        let expected = [(Channel::Email, hour(email)), (Channel::Webhook, hour(at))];
        assert_eq!(due(&all, hour(at)), expected, "at {at}");
    }
    assert_eq!(due(&Rule { is_critical: true, ..all }, hour(23))[0].1, hour(23));
}

#[test]
fn what_is_gathered_is_told_together() {
    let rule = Rule { digest_min: 60, ..rule("mine", &[Channel::Email, Channel::Webhook]) };
    let told =
        |event, at_ms| decide(std::slice::from_ref(&rule), &Preferences::default(), &occasion(event, at_ms));
    let (first, second, third) = (told("a", 10), told("b", HOUR_MS - 1), told("c", HOUR_MS));
    let email = |messages: &[Message]| (messages[0].digest.clone(), messages[0].due_ms);
    assert_eq!(email(&first), email(&second));
    assert_eq!(first[0].due_ms, HOUR_MS);
    assert_eq!(third[0].due_ms, 2 * HOUR_MS);
    assert_ne!(email(&second).0, email(&third).0);
    assert_eq!((first[1].digest.clone(), first[1].due_ms), (None, 10), "programs are told at once");
}

proptest! {
    #[test]
    fn nothing_is_told_too_early_or_never(
        at_ms: u64, from_min: u16, until_min: u16, offset_min: i32, digest_min: u64, is_critical: bool,
    ) {
        let rule = Rule { digest_min, is_critical, ..rule("mine", &[Channel::Email, Channel::Feed, Channel::Sms]) };
        let quiet = Some(Quiet { from_min, until_min, offset_min, zone: None });
        let preferences = Preferences { quiet, ..Preferences::default() };
        for message in decide(&[rule], &preferences, &occasion("e", at_ms)) {
            // The end of time is rounded to the minute before it.
            prop_assert!(message.due_ms >= at_ms.min(u64::MAX - 60_000));
            prop_assert!(message.due_ms - at_ms.min(message.due_ms) <= 32 * 24 * HOUR_MS);
        }
    }
}
