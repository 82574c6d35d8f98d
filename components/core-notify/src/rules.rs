//! What follows from an event: who is told, on which channels, and when.
//!
//! Rules belong to a tenant, preferences to a person. An event makes at most one message on a channel for a person, however
//! many rules name it, and the same message each time it is asked about: its id is reckoned from the event.

use core_brand::content::sha256_hex;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const MINUTE_MS: u64 = 60_000;
const DAY_MIN: u64 = 24 * 60;
/// No place on earth is further from UTC.
const OFFSET_MAX_MIN: i32 = 14 * 60;
/// A window of a digest; a longer one is a report.
const DIGEST_MAX_MIN: u64 = 31 * DAY_MIN;
/// Letters of an id: half a SHA-256 tells all messages apart that will ever be.
const ID_LETTERS: usize = 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    Email,
    Webhook,
    Sms,
    /// The list of news in the page and the API.
    Feed,
    Push,
}

/// What a tenant wants told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub name: String,
    /// Types of public events.
    pub on: BTreeSet<String>,
    pub channels: BTreeSet<Channel>,
    /// Is told at once, and cannot be turned off: a failed payment, a rollout that went back.
    #[serde(default)]
    pub is_critical: bool,
    /// Gathered, and told together at the end of each window of so many minutes; 0 tells each at once.
    #[serde(default)]
    pub digest_min: u64,
}

/// What a person wants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Preferences {
    /// Channels that are off, by the name of a rule.
    pub off: BTreeMap<String, BTreeSet<Channel>>,
    pub quiet: Option<Quiet>,
}

/// Hours at which nothing rings, in the person's own time; they may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// Minutes of the day.
    pub from_min: u16,
    pub until_min: u16,
    /// Minutes that the person's time is ahead of UTC.
    #[serde(default)]
    pub offset_min: i32,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    pub event_id: &'a str,
    pub event_type: &'a str,
    pub tenant: &'a str,
    /// Whom it concerns.
    pub user: &'a str,
    pub at_ms: u64,
}

/// One message to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The same for the same event, person and channel.
    pub id: String,
    pub rule: String,
    pub channel: Channel,
    /// Not before.
    pub due_ms: u64,
    /// Messages with the same digest are told as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// The messages that an event makes. Of several rules the first that names a channel says how.
#[must_use]
pub fn decide(rules: &[Rule], preferences: &Preferences, occasion: &Occasion<'_>) -> Vec<Message> {
    let mut messages: BTreeMap<Channel, Message> = BTreeMap::new();
    for rule in rules.iter().filter(|rule| rule.on.contains(occasion.event_type)) {
        for channel in &rule.channels {
            let is_off = preferences.off.get(&rule.name).is_some_and(|off| off.contains(channel));
            if rule.is_critical || !is_off {
                messages.entry(*channel).or_insert_with(|| message(rule, *channel, preferences, occasion));
            }
        }
    }
    messages.into_values().collect()
}

fn message(rule: &Rule, channel: Channel, preferences: &Preferences, occasion: &Occasion<'_>) -> Message {
    let window_ms = rule.digest_min.min(DIGEST_MAX_MIN) * MINUTE_MS;
    let is_gathered = window_ms > 0 && !rule.is_critical && channel.rings();
    let end_ms = match is_gathered {
        true => (occasion.at_ms / window_ms).saturating_add(1).saturating_mul(window_ms),
        false => occasion.at_ms,
    };
    let quiet = preferences.quiet.filter(|_| channel.rings() && !rule.is_critical);
    let end_text = end_ms.to_string();
    let digest = [&rule.name, channel.as_str(), occasion.tenant, occasion.user, &end_text];
    Message {
        id: id(&["message", occasion.event_id, occasion.tenant, occasion.user, channel.as_str()]),
        rule: rule.name.clone(),
        channel,
        due_ms: quiet.map_or(end_ms, |quiet| quiet.after(end_ms)),
        digest: is_gathered.then(|| id(&digest)),
    }
}

impl Channel {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Webhook => "webhook",
            Self::Sms => "sms",
            Self::Feed => "feed",
            Self::Push => "push",
        }
    }

    /// Whether somebody may be woken by it. Programs want each event at once, and a list wakes nobody.
    fn rings(self) -> bool {
        matches!(self, Self::Email | Self::Sms | Self::Push)
    }
}

impl Quiet {
    /// The first moment from this one on at which it may ring.
    fn after(self, at_ms: u64) -> u64 {
        let [from, until] = [self.from_min, self.until_min].map(|minute| u64::from(minute) % DAY_MIN);
        let offset = i64::from(self.offset_min.clamp(-OFFSET_MAX_MIN, OFFSET_MAX_MIN));
        let local_min = (at_ms / MINUTE_MS).saturating_add_signed(offset) % DAY_MIN;
        // Counted from the beginning of the quiet, so that midnight is nothing special.
        let since = (local_min + DAY_MIN - from) % DAY_MIN;
        let length = (until + DAY_MIN - from) % DAY_MIN;
        match since < length {
            true => (at_ms / MINUTE_MS).saturating_add(length - since).saturating_mul(MINUTE_MS),
            false => at_ms,
        }
    }
}

/// Every word goes in with its length, so that no two lists run together.
fn id(words: &[&str]) -> String {
    let mut text = String::new();
    for word in words {
        text += &format!("{} {word} ", word.len());
    }
    let mut hex = sha256_hex(text.as_bytes());
    hex.truncate(ID_LETTERS);
    hex
}
