//! Notifications: who is told of what and when, whom nobody may reach, how a message is signed, when it is tried again.
//!
//! Pure: no clock, no I/O, no random source. Events, rules, preferences, brand and links come in; messages go out.
//!
//! **Law.** No address of a machine's own, of a private network or of a cloud's metadata passes, however it is written
//! (`tests/tricks.txt`). A message is tried again at the same moments wherever that is reckoned, and never for ever.
//! Nothing that comes from an event or a tenant leaves its place in a header, in HTML or in JSON, and no message is said
//! with a value missing, in any language (`tests/words.rs`, `tests/letters.rs`).
//! **Absent.** Clocks, names and sockets: whoever sends looks names up, and asks here about every address it gets.

mod address;
mod contact;
mod event;
mod html;
mod kinds;
mod letter;
mod mail;
mod matter;
mod messages;
mod news;
mod palette;
mod plain;
mod retry;
mod rules;
mod sample;
mod settings;
mod sign;
mod sms;
mod target;
mod templates;
mod words;
mod zones;

pub use address::{Reach, is_public};
pub use contact::{Addresses, ContactError, email, phone};
pub use event::Event;
pub use html::HTML_BYTES_MAX;
pub use kinds::{KINDS, Kind, NAMESPACE, Speech, default_rules, is_of_brand, kind, public_name};
pub use letter::{Letter, PUSH_BYTES_MAX, write};
pub use matter::{Colors, EVENTS_MAX};
pub use messages::WORDS_VERSION;
pub use retry::{Attempt, Next, TRIES_MAX, next, retry_after};
pub use rules::{ANY_RULE, Channel, Message, Occasion, Preferences, Quiet, Rule, decide};
pub use sample::{SAMPLE_JOB, sample_event, sample_matter};
pub use settings::{Choice, check, choice, is_off, preferences, rules, turned_off};
pub use sign::{Key, KeyError, PAYLOAD_BYTES_MAX, Signed, sign};
pub use sms::{PARTS_MAX, parts};
pub use target::{Host, Scheme, Target, TargetError};
pub use words::{catalogue, language};
pub use zones::Zone;

use core_brand::Fault;
use core_brand::fault::Code;

/// Who is told of an event, on which channels and when. Rules and preferences are JSON; empty is what holds without any.
pub fn plan(
    tenant: &str,
    event: &str,
    user: &str,
    rules: &str,
    preferences: &str,
) -> Result<Vec<Message>, Fault> {
    let event = Event::read(event)?;
    if event.tenant.as_ref().is_some_and(|own| own != tenant) {
        let why = "it belongs to another tenant".to_owned();
        return Err(Fault::new(Code::NoticeEvent, [("why", why)]));
    }
    let occasion =
        Occasion { event_id: &event.id, event_type: event.name(), tenant, user, at_ms: event.at_ms()? };
    Ok(decide(&settings::rules(rules)?, &settings::preferences(preferences)?, &occasion))
}
