//! What tenants and people set, as JSON: rules and preferences. Templates have a room of their own.

use crate::contact;
use crate::kinds::{default_rules, kind, public_name};
use crate::rules::{ANY_RULE, Channel, DAY_MIN, DIGEST_MAX_MIN, OFFSET_MAX_MIN, Preferences, Quiet, Rule};
use crate::templates::Templates;
use core_brand::Fault;
use core_brand::brief::LANGUAGES;
use core_brand::fault::Code;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const FORMAT: u32 = 1;
/// Far more than the largest that the other limits let pass.
const RULES_BYTES_MAX: usize = 64 << 10;
const PREFERENCES_BYTES_MAX: usize = 16 << 10;
/// Rules are read at every event; a person reads a page of them.
const RULES_MAX: usize = 32;
/// Rules that a person has a wish of.
const WISHES_MAX: usize = 64;
const NAME_LETTERS_MAX: usize = 40;

/// The rules of a tenant, as they are stored.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    format: u32,
    rules: Vec<Rule>,
}

/// A place in a setting, and what is wrong there.
pub(crate) type Wrong = (String, String);

/// Checks a setting: `rules`, `preferences` or `templates`. Gives it as it is stored.
pub fn check(setting: &str, text: &str) -> Result<String, Fault> {
    match setting {
        "rules" => as_json(&RulesFile { format: FORMAT, rules: rules(text)? }),
        "preferences" => as_json(&preferences(text)?),
        "templates" => as_json(&Templates::read(text)?),
        _ => Err(Fault::new(Code::NoticeSetting, [("value", setting.to_owned())])),
    }
}

fn as_json<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|why| core_brand::broken!("{why}"))
}

/// The rules of a tenant; those of ours where there are none.
pub fn rules(text: &str) -> Result<Vec<Rule>, Fault> {
    if text.is_empty() {
        return Ok(default_rules());
    }
    let fault = |(place, why)| Fault::new(Code::NoticeRules, [("place", place), ("why", why)]);
    let mut file: RulesFile = parse(text, RULES_BYTES_MAX).map_err(fault)?;
    for rule in &mut file.rules {
        rule.on = rule.on.iter().map(|name| public_name(name).to_owned()).collect();
    }
    check_rules(&file).map_err(fault)?;
    Ok(file.rules)
}

/// What a person wants; nothing special where the text is empty.
pub fn preferences(text: &str) -> Result<Preferences, Fault> {
    if text.is_empty() {
        return Ok(Preferences::default());
    }
    let fault = |(place, why)| Fault::new(Code::NoticePreferences, [("place", place), ("why", why)]);
    let mut preferences: Preferences = parse(text, PREFERENCES_BYTES_MAX).map_err(fault)?;
    check_preferences(&mut preferences).map_err(fault)?;
    Ok(preferences)
}

/// What a person may say to the messages of a rule on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing: it is critical, or no rule of the tenant.
    Fixed,
    On,
    Off,
}

/// How a person chose, by the texts of a tenant's rules and of their preferences.
pub fn choice(rules: &str, preferences: &str, rule: &str, channel: Channel) -> Result<Choice, Fault> {
    let known = self::rules(rules)?.into_iter().find(|known| known.name == rule);
    Ok(match known.is_none_or(|known| known.is_critical || channel == Channel::Webhook) {
        true => Choice::Fixed,
        false if is_off(preferences, rule, channel)? => Choice::Off,
        false => Choice::On,
    })
}

/// Whether a person turned a channel off for a rule of this name.
pub fn is_off(preferences: &str, rule: &str, channel: Channel) -> Result<bool, Fault> {
    Ok(self::preferences(preferences)?.is_named_off(rule, channel))
}

/// The preferences of a person, with a channel turned off for a rule; the same text where it is off already.
pub fn turned_off(preferences: &str, rule: &str, channel: Channel) -> Result<String, Fault> {
    let mut wishes = self::preferences(preferences)?;
    if wishes.is_named_off(rule, channel) {
        return Ok(preferences.to_owned());
    }
    wishes.turn_off(rule, channel, WISHES_MAX);
    check("preferences", &as_json(&wishes)?)
}

/// Reads JSON; says where it stops being what it should.
pub(crate) fn parse<T: DeserializeOwned>(text: &str, bytes_max: usize) -> Result<T, Wrong> {
    if text.len() > bytes_max {
        return Err((
            "the whole".to_owned(),
            format!("it has {} bytes; at most {bytes_max} are possible", text.len()),
        ));
    }
    serde_json::from_str(text).map_err(|why| {
        let told = why.to_string();
        let what = told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what);
        (format!("line {}, column {}", why.line(), why.column()), what.to_owned())
    })
}

fn check_rules(file: &RulesFile) -> Result<(), Wrong> {
    check_format(file.format)?;
    if file.rules.len() > RULES_MAX {
        return Err(wrong(
            "rules",
            format!("there are {}; at most {RULES_MAX} are possible", file.rules.len()),
        ));
    }
    let mut names = BTreeSet::new();
    for (index, rule) in file.rules.iter().enumerate() {
        let place = |field: &str| format!("rules[{index}].{field}");
        if !is_name(&rule.name) {
            let what = format!("a name has 1 to {NAME_LETTERS_MAX} of a to z, 0 to 9 and hyphens");
            return Err((place("name"), what));
        }
        if !names.insert(&rule.name) {
            return Err((place("name"), format!("`{}` is there twice", rule.name)));
        }
        check_rule(rule).map_err(|(field, why)| (place(field), why))?;
    }
    Ok(())
}

fn check_rule(rule: &Rule) -> Result<(), (&'static str, String)> {
    if rule.channels.is_empty() {
        return Err(("channels", "it names no channel".to_owned()));
    }
    if rule.on.is_empty() {
        return Err(("on", "it names no event".to_owned()));
    }
    let is_for_programs = rule.channels.iter().all(|channel| *channel == Channel::Webhook);
    for name in &rule.on {
        let kind = kind(name).ok_or_else(|| ("on", format!("there is no event `{name}`")))?;
        if kind.speech.is_none() && !is_for_programs {
            return Err(("on", format!("`{name}` is for programs; tell it by webhook alone")));
        }
    }
    check_window(rule.digest_min).map_err(|why| ("digest_min", why))
}

fn check_preferences(preferences: &mut Preferences) -> Result<(), Wrong> {
    check_format(preferences.format)?;
    // What holds for all the others has a place beside the names.
    let named = |name: &&String| *name != ANY_RULE;
    let off = preferences.off.keys().filter(named).count();
    for (field, count) in [("off", off), ("digest_min", preferences.digest_min.keys().filter(named).count())]
    {
        if count > WISHES_MAX {
            return Err(wrong(field, format!("there are {count} rules; at most {WISHES_MAX} are possible")));
        }
    }
    let names = preferences.off.keys().map(|name| ("off", name));
    for (field, name) in names.chain(preferences.digest_min.keys().map(|name| ("digest_min", name))) {
        if name != ANY_RULE && !is_name(name) {
            return Err((
                format!("{field}.{name}"),
                "it is no name of a rule, nor `*` for all of them".to_owned(),
            ));
        }
    }
    if let Some((name, _)) = preferences.off.iter().find(|(_, off)| off.contains(&Channel::Webhook)) {
        let why = "webhooks are the tenant's; change its rules or its endpoints";
        return Err((format!("off.{name}"), why.to_owned()));
    }
    for (name, window) in &preferences.digest_min {
        check_window(*window).map_err(|why| (format!("digest_min.{name}"), why))?;
    }
    check_quiet(preferences.quiet)?;
    let known = |language: &String| LANGUAGES.contains(&language.as_str());
    if !preferences.language.as_ref().is_none_or(known) {
        return Err(wrong("language", format!("there are words in {}", LANGUAGES.join(", "))));
    }
    let addresses = &mut preferences.addresses;
    if let Some(email) = &mut addresses.email {
        *email = contact::email(email).map_err(|why| wrong("addresses.email", format!("it {why}")))?;
    }
    if let Some(phone) = &addresses.phone {
        contact::phone(phone).map_err(|why| wrong("addresses.phone", format!("it {why}")))?;
    }
    Ok(())
}

fn check_quiet(quiet: Option<Quiet>) -> Result<(), Wrong> {
    let Some(quiet) = quiet else { return Ok(()) };
    if [quiet.from_min, quiet.until_min].iter().any(|minute| u64::from(*minute) >= DAY_MIN) {
        return Err(wrong("quiet", format!("minutes of a day are 0 to {}", DAY_MIN - 1)));
    }
    if quiet.from_min == quiet.until_min {
        return Err(wrong("quiet", "it begins when it ends; leave it out".to_owned()));
    }
    if quiet.zone.is_some() && quiet.offset_min != 0 {
        return Err(wrong(
            "quiet.offset_min",
            "the zone says it already; leave one of the two out".to_owned(),
        ));
    }
    if quiet.offset_min.abs() > OFFSET_MAX_MIN {
        return Err(wrong(
            "quiet.offset_min",
            format!("no place is more than {OFFSET_MAX_MIN} minutes from UTC"),
        ));
    }
    Ok(())
}

fn check_window(minutes: u64) -> Result<(), String> {
    match minutes <= DIGEST_MAX_MIN {
        true => Ok(()),
        false => Err(format!("a digest gathers for at most {DIGEST_MAX_MIN} minutes, which are 31 days")),
    }
}

pub(crate) fn check_format(format: u32) -> Result<(), Wrong> {
    match format {
        FORMAT => Ok(()),
        other => Err(wrong("format", format!("this is {other}; Imprint reads {FORMAT}"))),
    }
}

pub(crate) fn wrong(place: &str, why: String) -> Wrong {
    (place.to_owned(), why)
}

fn is_name(text: &str) -> bool {
    (1..=NAME_LETTERS_MAX).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
