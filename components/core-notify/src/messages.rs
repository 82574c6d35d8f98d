//! The table of messages: which there are, on which channels they are said, and with which values.

use crate::kinds::{About, KINDS, Speech, Value};
use crate::rules::Channel;

/// Rises when a message comes, goes or takes other values; what tenants wrote then has to be checked again.
pub const WORDS_VERSION: u32 = 1;

/// What a sentence can be filled with, and what it must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) id: String,
    pub(crate) channels: &'static [Channel],
    pub(crate) values: Vec<&'static str>,
    pub(crate) needed: &'static [&'static str],
}

const ALL: &[Channel] = &[Channel::Email, Channel::Sms, Channel::Feed, Channel::Push];
const EMAIL: &[Channel] = &[Channel::Email];
/// Channels with room for more than a line.
const LONG: &[Channel] = &[Channel::Email, Channel::Feed, Channel::Push];

type Row = (&'static str, &'static [Channel], &'static [&'static str], &'static [&'static str]);

/// What stands around the news.
const FRAME: &[Row] = &[
    ("subject", LONG, &["title", "brand"], &["title"]),
    ("greeting", EMAIL, &["name"], &[]),
    ("open-brand", EMAIL, &[], &[]),
    ("open-settings", EMAIL, &[], &[]),
    ("footer-why", EMAIL, &[], &[]),
    ("footer-settings", EMAIL, &[], &[]),
    ("footer-unsubscribe", EMAIL, &[], &[]),
    ("sms", &[Channel::Sms], &["brand", "title", "link"], &["title"]),
    ("brand-unnamed", ALL, &["id"], &["id"]),
    ("digest-title", &[Channel::Email, Channel::Sms, Channel::Push], &["count"], &["count"]),
    ("digest-text", &[Channel::Email, Channel::Push], &[], &[]),
    ("digest-more", EMAIL, &["count"], &["count"]),
    ("reason-deadline", LONG, &[], &[]),
    ("reason-fault", LONG, &["code"], &[]),
];

/// Every message.
pub(crate) fn slots() -> Vec<Slot> {
    let frame = FRAME.iter().map(|(id, channels, values, needed)| Slot {
        id: (*id).to_owned(),
        channels,
        values: values.to_vec(),
        needed,
    });
    frame.chain(KINDS.iter().filter_map(|kind| kind.speech).flat_map(of_speech)).collect()
}

fn of_speech(speech: Speech) -> [Slot; 2] {
    let mut values: Vec<&'static str> = speech.values.iter().map(|value| value.name()).collect();
    if matches!(speech.about, About::Brand | About::Gone) {
        values.push("brand");
    }
    let slot = |part: &str, channels| Slot {
        id: format!("{}-{part}", speech.words),
        channels,
        values: values.clone(),
        needed: &[],
    };
    [slot("title", ALL), slot("text", LONG)]
}

impl Value {
    /// What the sentence calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text(name) | Self::Count(name) => name,
            Self::Reason => "reason",
        }
    }
}
