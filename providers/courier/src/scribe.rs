//! Who decides what is told, and writes the words.

use core_brand::Fault;
use core_notify::Message;
use std::future::Future;

/// For whom and when a question is asked.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    pub tenant: String,
    pub traceparent: String,
    pub now_ms: u64,
    /// The message or the event that it is about.
    pub key: String,
    /// BCP 47.
    pub locale: String,
}

/// A message in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    /// JSON, for programs.
    pub payload: Option<String>,
}

/// The notify component, wherever it runs: the contract `imprint:notify/notices`.
pub trait Scribe: Send + Sync + 'static {
    /// Who is told of an event, on which channels and when.
    fn plan(
        &self,
        asking: &Asking,
        event: &str,
        user: &str,
        rules: &str,
        preferences: &str,
    ) -> impl Future<Output = Result<Vec<Message>, Fault>> + Send;

    /// The words of a message.
    fn write(
        &self,
        asking: &Asking,
        channel: &str,
        matter: &str,
    ) -> impl Future<Output = Result<Letter, Fault>> + Send;

    /// What is stored of rules, preferences or templates.
    fn check(
        &self,
        asking: &Asking,
        kind: &str,
        text: &str,
    ) -> impl Future<Output = Result<String, Fault>> + Send;
}
