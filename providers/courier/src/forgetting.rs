//! Forgetting a person: what is known of them goes, what is sealed opens no more, and no message says who it was for.

use crate::desk::check_person;
use crate::model::{Notice, Status};
use crate::office::{Brands, Known, Office};
use crate::scribe::Scribe;
use crate::store::{self, all, load, save};
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_ledger::{Timers, VALUES_MAX, Values};
use serde_json::Value;

/// Two who change one thing at once need two rounds.
const ROUNDS_MAX: usize = 16;

impl<V, T, S, C, B> Office<V, T, S, C, B>
where
    V: Values,
    T: Timers,
    S: Scribe,
    B: Brands,
    C: Send + Sync,
{
    /// Forgets a person: preferences, addresses, subscriptions, news. The key goes last, and with it every copy.
    pub async fn forget(&self, tenant: &str, user: &str) -> Result<bool, Fault> {
        check_person(tenant, user)?;
        let settings = &self.shelves.settings;
        let key = store::person_key(tenant, user);
        let mut was_known = settings.get(&key).await?.is_some();
        if let Some(address) = Known::read(&self.preferences(tenant, user).await?).email() {
            settings.delete(&store::suppressed_key(tenant, address)).await?;
        }
        settings.delete(&key).await?;
        settings.delete(&store::marks_key(tenant, user)).await?;
        for (values, prefix) in [
            (settings, store::subscriptions_prefix(tenant, user)),
            (&self.shelves.messages, store::feed_prefix(tenant, user)),
        ] {
            for found in all(values, &prefix, usize::MAX).await? {
                values.delete(&found.key).await?;
                was_known = true;
            }
        }
        was_known |= self.unname(tenant, user).await?;
        self.safe.destroy(&self.shelves.keys, &store::person_seal(tenant, user)).await?;
        Ok(was_known)
    }

    /// Takes a person's name out of every message of the tenant, and of what was gathered. What waits for them is not sent.
    async fn unname(&self, tenant: &str, user: &str) -> Result<bool, Fault> {
        let messages = &self.shelves.messages;
        let mut was_named = false;
        for prefix in [store::notices_prefix(tenant), store::gathered_prefix(tenant)] {
            let mut revision = 0;
            loop {
                let found = messages.after(&prefix, revision).await?;
                let is_end = found.len() < VALUES_MAX;
                for value in found {
                    revision = value.revision;
                    was_named |= match prefix.starts_with(store::NOTICES) {
                        true => self.unname_notice(&value.key, user).await?,
                        false => self.unname_event(&value.key, user).await?,
                    };
                }
                if is_end {
                    break;
                }
            }
        }
        Ok(was_named)
    }

    async fn unname_notice(&self, key: &str, user: &str) -> Result<bool, Fault> {
        let messages = &self.shelves.messages;
        for _ in 0..ROUNDS_MAX {
            let Some((revision, mut notice)) = load::<V, Notice>(messages, key).await? else {
                return Ok(false);
            };
            let is_theirs = notice.user == user;
            if !strip(&mut notice.event, user) && !is_theirs {
                return Ok(false);
            }
            if is_theirs && notice.status == Status::Queued && notice.is_digest {
                // Whoever comes back under the same name begins another.
                messages.delete(key).await?;
                return Ok(true);
            }
            if is_theirs {
                notice.user.clear();
            }
            if is_theirs && notice.status == Status::Queued {
                notice.suppress("the person was forgotten");
            }
            match save(messages, key, Some(revision), &notice).await {
                Ok(_) => return Ok(true),
                Err(fault) if fault.is(Code::Conflict) => {}
                Err(fault) => return Err(fault),
            }
        }
        let args = [("expected", "a quiet moment".to_owned()), ("found", "a crowd".to_owned())];
        Err(Fault::new(Code::Conflict, args))
    }

    /// Nobody writes to what was gathered.
    async fn unname_event(&self, key: &str, user: &str) -> Result<bool, Fault> {
        let messages = &self.shelves.messages;
        let Some((revision, mut event)) = load::<V, Value>(messages, key).await? else { return Ok(false) };
        if !strip(&mut event, user) {
            return Ok(false);
        }
        save(messages, key, Some(revision), &event).await?;
        Ok(true)
    }
}

/// Whether an event named the person.
fn strip(event: &mut Value, user: &str) -> bool {
    let Some(data) = event.get_mut("data").and_then(Value::as_object_mut) else { return false };
    let before = data.len();
    for name in ["user_id", "user"] {
        if data.get(name).and_then(Value::as_str) == Some(user) {
            data.remove(name);
        }
    }
    data.len() < before
}
