//! Ways out of the house.
//!
//! Each attempt says what came of it in the same words, whatever it went by; what follows is decided elsewhere.

pub(crate) mod dkim;
pub(crate) mod folder;
pub(crate) mod hook;
pub(crate) mod http;
pub(crate) mod mail;
pub(crate) mod push;
pub(crate) mod sms;

use crate::limits::ATTEMPT_MAX;
use crate::scribe::Letter;
use core_notify::{Attempt, Channel, Key};
use folder::Folder;
use hook::Hooks;
pub use http::Names;
use mail::Mail;
use push::Push;
use sms::Sms;
use std::future::Future;

/// One message on its way, for one attempt.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The same at every attempt; receivers know a repetition by it.
    pub id: String,
    pub channel: Channel,
    pub at_ms: u64,
    pub letter: Letter,
    pub to: To,
}

/// Where it goes.
#[derive(Clone)]
pub enum To {
    Email {
        address: String,
        unsubscribe: Option<String>,
    },
    Hook {
        url: String,
        keys: Vec<Key>,
    },
    /// Where the provider may say later what became of it.
    Sms {
        number: String,
        report: Option<String>,
    },
    Push {
        subscription: String,
    },
}

/// Addresses are nobody's business in a log.
impl std::fmt::Debug for To {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Email { .. } => "To::Email",
            Self::Hook { .. } => "To::Hook",
            Self::Sms { .. } => "To::Sms",
            Self::Push { .. } => "To::Push",
        })
    }
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it.
    Delivered,
    /// Somebody has it who hands it on.
    Sent,
    /// As the schedule of retries judges it.
    Tried(Attempt),
    /// There is no such receiver.
    Bounced,
    /// It can never be sent like this.
    Failed,
}

/// What is told of an attempt. Never a body, and no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub outcome: Outcome,
    pub answer: String,
    /// `ipv4` or `ipv6`.
    pub family: Option<&'static str>,
}

impl Told {
    pub(crate) fn new(outcome: Outcome, answer: impl Into<String>) -> Self {
        Self { outcome, answer: answer.into(), family: None }
    }

    pub(crate) fn silent(answer: impl Into<String>) -> Self {
        Self::new(Outcome::Tried(Attempt::Silent), answer)
    }
}

/// Makes one attempt.
pub trait Carrier: Send + Sync + 'static {
    fn carry(&self, parcel: Parcel) -> impl Future<Output = Told> + Send;
}

/// All ways there are.
#[derive(Default)]
pub struct Post {
    pub(crate) mail: Option<Mail>,
    pub(crate) hooks: Option<Hooks>,
    pub(crate) sms: Option<Sms>,
    pub(crate) push: Option<Push>,
    /// Takes everything in place of the others.
    pub(crate) folder: Option<Folder>,
}

impl Post {
    async fn by_channel(&self, parcel: &Parcel) -> Told {
        if let Some(folder) = &self.folder {
            return folder.put(parcel);
        }
        let sent = match &parcel.to {
            To::Email { address, unsubscribe } => match &self.mail {
                Some(mail) => Some(mail.send(parcel, address, unsubscribe.as_deref()).await),
                None => None,
            },
            To::Hook { url, keys } => match &self.hooks {
                Some(hooks) => Some(hooks.send(parcel, url, keys).await),
                None => None,
            },
            To::Sms { number, report } => match &self.sms {
                Some(sms) => Some(sms.send(parcel, number, report.as_deref()).await),
                None => None,
            },
            To::Push { subscription } => match &self.push {
                Some(push) => Some(push.send(parcel, subscription).await),
                None => None,
            },
        };
        sent.unwrap_or_else(|| Told::new(Outcome::Failed, "this channel is not set up"))
    }
}

impl Carrier for Post {
    async fn carry(&self, parcel: Parcel) -> Told {
        match tokio::time::timeout(ATTEMPT_MAX, self.by_channel(&parcel)).await {
            Ok(told) => told,
            Err(_) => Told::silent(format!("no answer in {} s", ATTEMPT_MAX.as_secs())),
        }
    }
}
