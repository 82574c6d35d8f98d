//! What follows from an event: who is told, on which channels, and when.
//!
//! Rules belong to a tenant, preferences to a person. An event makes at most one message on a channel for a person, however
//! many rules name it, and the same message each time it is asked about: its id is reckoned from the event.

use crate::contact::Addresses;
use crate::zones::Zone;
use core_brand::content::sha256_hex;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const MINUTE_MS: u64 = 60_000;
pub(crate) const DAY_MIN: u64 = 24 * 60;
/// No place on earth is further from UTC.
pub(crate) const OFFSET_MAX_MIN: i32 = 14 * 60;
/// A window of a digest; a longer one is a report.
pub(crate) const DIGEST_MAX_MIN: u64 = 31 * DAY_MIN;
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

/// What a person wants. The name of a rule may be `*`, which is every rule that is not named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Preferences {
    pub format: u32,
    /// Channels that are off, by the name of a rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub off: BTreeMap<String, BTreeSet<Channel>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
    /// Windows of digests in minutes, by the name of a rule, in place of the rule's own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub digest_min: BTreeMap<String, u64>,
    /// BCP 47; of those that there are words in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    pub addresses: Addresses,
}

/// Stands for every rule.
pub const ANY_RULE: &str = "*";

impl Default for Preferences {
    fn default() -> Self {
        Self {
            format: 1,
            off: BTreeMap::new(),
            quiet: None,
            digest_min: BTreeMap::new(),
            language: None,
            addresses: Addresses::default(),
        }
    }
}

impl Preferences {
    fn is_off(&self, rule: &Rule, channel: Channel) -> bool {
        channel != Channel::Webhook && !rule.is_critical && self.is_named_off(&rule.name, channel)
    }

    /// Turns a channel off for a rule, beside what is off for it already. Where there are so many wishes that no other
    /// rule can be named, it is off for every rule that is not.
    pub(crate) fn turn_off(&mut self, rule: &str, channel: Channel, wishes_max: usize) {
        let named = self.off.keys().filter(|name| *name != ANY_RULE).count();
        let is_full = named >= wishes_max && !self.off.contains_key(rule);
        let usual = self.off.get(ANY_RULE).cloned().unwrap_or_default();
        let name = if is_full { ANY_RULE } else { rule };
        self.off.entry(name.to_owned()).or_insert(usual).insert(channel);
    }

    /// Whether a channel is off for a rule of this name.
    pub(crate) fn is_named_off(&self, rule: &str, channel: Channel) -> bool {
        self.off.get(rule).or_else(|| self.off.get(ANY_RULE)).is_some_and(|off| off.contains(&channel))
    }

    fn digest_min(&self, rule: &Rule) -> u64 {
        let own = self.digest_min.get(&rule.name).or_else(|| self.digest_min.get(ANY_RULE));
        own.copied().unwrap_or(rule.digest_min).min(DIGEST_MAX_MIN)
    }
}

/// Hours at which nothing rings, in the person's own time; they may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// Minutes of the day.
    pub from_min: u16,
    pub until_min: u16,
    /// Where the person's clock stands. Without, it is `offset_min` ahead of UTC all the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
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
            if !preferences.is_off(rule, *channel) {
                messages.entry(*channel).or_insert_with(|| message(rule, *channel, preferences, occasion));
            }
        }
    }
    messages.into_values().collect()
}

fn message(rule: &Rule, channel: Channel, preferences: &Preferences, occasion: &Occasion<'_>) -> Message {
    let window_ms = preferences.digest_min(rule) * MINUTE_MS;
    let is_gathered = window_ms > 0 && !rule.is_critical && channel.rings();
    let end_ms = match is_gathered {
        true => (occasion.at_ms / window_ms).saturating_add(1).saturating_mul(window_ms),
        false => occasion.at_ms,
    };
    let quiet = preferences.quiet.filter(|_| channel.rings() && !rule.is_critical);
    let end_text = end_ms.to_string();
    let digest = [&rule.name, channel.as_str(), occasion.tenant, occasion.user, &end_text];
    // Webhooks are the tenant's: however many people hear of an event, a program hears it once.
    let user = if channel == Channel::Webhook { "" } else { occasion.user };
    Message {
        id: id(&["message", occasion.event_id, occasion.tenant, user, channel.as_str()]),
        rule: rule.name.clone(),
        channel,
        due_ms: quiet.map_or(end_ms, |quiet| quiet.after(end_ms)),
        digest: is_gathered.then(|| id(&digest)),
    }
}

impl Channel {
    pub const ALL: [Self; 5] = [Self::Email, Self::Webhook, Self::Sms, Self::Feed, Self::Push];

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text)
    }

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
        let day = DAY_MIN.cast_signed();
        let [from, until] = [self.from_min, self.until_min].map(|minute| i64::from(minute) % day);
        let at_min = (at_ms / MINUTE_MS).cast_signed();
        let offset = self.ahead_min(at_min);
        let local_min = at_min.saturating_add(offset).rem_euclid(day);
        // Counted from the beginning of the quiet, so that midnight is nothing special.
        let since = (local_min + day - from) % day;
        let length = (until + day - from) % day;
        if since >= length {
            return at_ms;
        }
        let end_min = at_min.saturating_add(length - since);
        // Clocks may be set meanwhile; a time that is left out is when they are.
        let later = self.ahead_min(end_min);
        let by_clock = end_min.saturating_sub(later - offset);
        let end_min = if self.ahead_min(by_clock) == later { by_clock } else { end_min };
        end_min.cast_unsigned().saturating_mul(MINUTE_MS).max(at_ms)
    }

    /// Minutes that the person's clock is ahead of UTC at a minute.
    fn ahead_min(self, at_min: i64) -> i64 {
        let fixed = i64::from(self.offset_min.clamp(-OFFSET_MAX_MIN, OFFSET_MAX_MIN));
        self.zone.map_or(fixed, |zone| zone.offset_min(at_min))
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
