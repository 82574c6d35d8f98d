//! The same decisions and words as the notify component's, without one: for one process, and for tests.

use crate::scribe::{Asking, Letter, Scribe};
use core_brand::Fault;
use core_notify::Message;

/// `core-notify`, linked.
pub struct Native;

impl Scribe for Native {
    async fn plan(
        &self,
        asking: &Asking,
        event: &str,
        user: &str,
        rules: &str,
        preferences: &str,
    ) -> Result<Vec<Message>, Fault> {
        core_notify::plan(&asking.tenant, event, user, rules, preferences)
    }

    async fn write(&self, asking: &Asking, channel: &str, matter: &str) -> Result<Letter, Fault> {
        let letter = core_notify::write(&asking.locale, channel, matter)?;
        Ok(Letter { subject: letter.subject, text: letter.text, html: letter.html, payload: letter.payload })
    }

    async fn check(&self, _: &Asking, kind: &str, text: &str) -> Result<String, Fault> {
        core_notify::check(kind, text)
    }
}
