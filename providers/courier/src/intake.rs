//! From an event to messages that wait for their time.
//!
//! Everything here may be done twice and comes to the same: the id of a message is reckoned from the event, and a message
//! of that id is stored once. An event is acknowledged when all of it is stored.

use crate::limits::{EVENT_BYTES_MAX, SUBSCRIPTIONS_MAX};
use crate::meters::{EVENTS, NOTICES};
use crate::model::{FORMAT, Notice, Status, Subscription, is_type};
use crate::office::{Brands, Known, Office};
use crate::scribe::Scribe;
use crate::store::{self, create, hash, is_id, load, save};
use core_brand::fault::Code;
use core_brand::{Blame, Fault};
use core_notify::{Channel, Message};
use imprint_ledger::{Timers, Values};
use serde_json::{Value, json};
use tracing::warn;

/// Says who asked for a brand, and what it is called: it is noted and told to nobody, so that an erased brand leaves no name.
const REQUESTED: &str = "brand.generation.requested";
const ERASED: &str = "brand.erased";
/// Two who put things to one digest at once need two rounds.
const ROUNDS_MAX: usize = 64;

/// An event as far as it is looked at here.
struct Heard<'a> {
    event: &'a Value,
    id: &'a str,
    kind: &'a str,
    tenant: &'a str,
    brand: &'a str,
    at_ms: u64,
}

impl<'a> Heard<'a> {
    /// Nothing when it is no event of ours.
    fn read(event: &'a Value) -> Option<Self> {
        let text = |name: &str| event[name].as_str().unwrap_or_default();
        let time = || text("time").parse::<jiff::Timestamp>().ok();
        let at_ms = event["data"]["at_ms"].as_u64();
        let at_ms = at_ms.or_else(|| time().and_then(|time| u64::try_from(time.as_millisecond()).ok()))?;
        let heard = Self {
            event,
            id: text("id"),
            kind: text("type"),
            tenant: text("tenant"),
            brand: text("subject"),
            at_ms,
        };
        let is_ours =
            !heard.id.is_empty() && !heard.kind.is_empty() && store::check_tenant(heard.tenant).is_ok();
        is_ours.then_some(heard)
    }
}

impl<V, T, S, C, B> Office<V, T, S, C, B>
where
    V: Values,
    T: Timers,
    S: Scribe,
    B: Brands,
    C: Send + Sync,
{
    /// Takes a public event in, as it is published. What can never be told is left out, and said in the log; any fault is
    /// one that passes.
    pub async fn hear(&self, body: &[u8]) -> Result<(), Fault> {
        let result = self.heard(body).await;
        let told = match &result {
            Ok(told) => told,
            Err(fault) if fault.blame == Blame::Rejected => {
                warn!(code = fault.code, "an event is not told");
                "refused"
            }
            Err(_) => "again",
        };
        self.meters.count(&EVENTS, &[("result", told)]);
        match result {
            Err(fault) if fault.blame != Blame::Rejected => Err(fault),
            _ => Ok(()),
        }
    }

    async fn heard(&self, body: &[u8]) -> Result<&'static str, Fault> {
        if body.len() > EVENT_BYTES_MAX {
            return Ok("large");
        }
        let Ok(event) = serde_json::from_slice::<Value>(body) else { return Ok("unreadable") };
        let Some(heard) = Heard::read(&event) else { return Ok("unreadable") };
        if is_type(heard.kind, REQUESTED) {
            self.note_whose(&heard).await?;
            return Ok("noted");
        }
        let user = self.whose(&heard).await?;
        let rules = self.setting(heard.tenant, "rules").await?;
        self.tell_programs(&heard, &rules).await?;
        self.tell_person(&heard, &user, &rules).await?;
        if is_type(heard.kind, ERASED) {
            self.shelves.messages.delete(&store::whose_key(heard.tenant, heard.brand)).await?;
        }
        Ok("told")
    }

    async fn note_whose(&self, heard: &Heard<'_>) -> Result<(), Fault> {
        let user = heard.event["data"]["user_id"].as_str().unwrap_or(heard.tenant);
        let seal = store::person_seal(heard.tenant, user);
        let sealed = self.safe.seal(&self.shelves.keys, &seal, "whose", user).await?;
        let note = json!({ "format": FORMAT, "seal": seal, "user": sealed });
        save(&self.shelves.messages, &store::whose_key(heard.tenant, heard.brand), None, &note).await?;
        Ok(())
    }

    /// Whom an event concerns: whoever it names, whoever asked for the brand, or else the tenant as a whole.
    async fn whose(&self, heard: &Heard<'_>) -> Result<String, Fault> {
        for name in ["user_id", "user"] {
            if let Some(user) = heard.event["data"][name].as_str().filter(|user| !user.is_empty()) {
                return Ok(user.to_owned());
            }
        }
        let key = store::whose_key(heard.tenant, heard.brand);
        if let Some((_, note)) = load::<V, Value>(&self.shelves.messages, &key).await? {
            let text = |name: &str| note[name].as_str().unwrap_or_default().to_owned();
            let user = self.safe.open(&self.shelves.keys, &text("seal"), "whose", &text("user")).await?;
            if let Some(user) = user {
                return Ok(user);
            }
        }
        Ok(heard.tenant.to_owned())
    }

    async fn planned(
        &self,
        heard: &Heard<'_>,
        user: &str,
        rules: &str,
        preferences: &str,
    ) -> Result<Vec<Message>, Fault> {
        let asking = self.asking(heard.tenant, heard.event, heard.id, None);
        let event = heard.event.to_string();
        let mut planned = self.scribe.plan(&asking, &event, user, rules, preferences).await?;
        planned.retain(|message| {
            let is_fine = is_id(&message.id) && message.digest.as_deref().is_none_or(is_id);
            if !is_fine {
                warn!("a message without a usable id is left out");
            }
            is_fine
        });
        Ok(planned)
    }

    /// Webhooks are the tenant's, not a person's: they are planned once, for each endpoint that wants the event.
    async fn tell_programs(&self, heard: &Heard<'_>, rules: &str) -> Result<(), Fault> {
        let endpoints = self.endpoints_of(heard.tenant).await?;
        if !endpoints.iter().any(|endpoint| endpoint.wants(heard.kind)) {
            return Ok(());
        }
        let planned = self.planned(heard, "", rules, "").await?;
        let Some(message) = planned.iter().find(|message| message.channel == Channel::Webhook) else {
            return Ok(());
        };
        for endpoint in endpoints.iter().filter(|endpoint| endpoint.wants(heard.kind)) {
            let mut notice = self.made(heard, message, "");
            notice.id = hash(&["endpoint", &message.id, &endpoint.id]);
            notice.endpoint = Some(endpoint.id.clone());
            if !endpoint.is_on {
                notice.suppress("the endpoint is off");
            }
            self.keep(&notice).await?;
        }
        Ok(())
    }

    async fn tell_person(&self, heard: &Heard<'_>, user: &str, rules: &str) -> Result<(), Fault> {
        let preferences = self.preferences(heard.tenant, user).await?;
        let known = Known::read(&preferences);
        for message in self.planned(heard, user, rules, &preferences).await? {
            let notice = self.made(heard, &message, user);
            match message.channel {
                Channel::Webhook => {}
                Channel::Push => self.tell_browsers(notice).await?,
                Channel::Email if known.email().is_none() => {
                    self.give_up(notice, "there is no address").await?;
                }
                Channel::Sms if known.number().is_none() => {
                    self.give_up(notice, "there is no number").await?;
                }
                _ => match &message.digest {
                    Some(digest) => self.gather(notice, digest).await?,
                    None => self.keep(&notice).await?,
                },
            }
        }
        Ok(())
    }

    /// A message for each browser. Push is never gathered: what rings late is of no use.
    async fn tell_browsers(&self, message: Notice) -> Result<(), Fault> {
        let prefix = store::subscriptions_prefix(&message.tenant, &message.user);
        for found in store::all(&self.shelves.settings, &prefix, SUBSCRIPTIONS_MAX).await? {
            let browser: Subscription = store::read(&found.key, &found.bytes)?;
            let id = hash(&["browser", &message.id, &browser.id]);
            self.keep(&Notice { id, endpoint: Some(browser.id), ..message.clone() }).await?;
        }
        Ok(())
    }

    async fn give_up(&self, mut notice: Notice, why: &str) -> Result<(), Fault> {
        notice.suppress(why);
        self.keep(&notice).await
    }

    /// Puts a message to its digest, unless that is told already: then it is told alone.
    async fn gather(&self, notice: Notice, digest: &str) -> Result<(), Fault> {
        let part = format!("{}.{}", store::gather_prefix(&notice.tenant, digest), notice.id);
        create(&self.shelves.messages, &part, &notice.event).await?;
        let whole = Notice {
            id: digest.to_owned(),
            event: Value::Null,
            is_digest: true,
            gathered: 1,
            ..notice.clone()
        };
        if self.create_notice(&whole).await? {
            return self.remind(&whole).await;
        }
        let key = store::notice_key(&notice.tenant, digest);
        for _ in 0..ROUNDS_MAX {
            let Some((revision, mut found)) = load::<V, Notice>(&self.shelves.messages, &key).await? else {
                return Ok(());
            };
            match &found.tells {
                Some(tells) if tells.contains(&notice.id) => return Ok(()),
                Some(_) => return self.keep(&notice).await,
                None => {}
            }
            // Whoever closes the digest now has not seen this message, and is refused.
            found.gathered += 1;
            match save(&self.shelves.messages, &key, Some(revision), &found).await {
                Ok(_) => return self.remind(&found).await,
                Err(fault) if fault.is(Code::Conflict) => {}
                Err(fault) => return Err(fault),
            }
        }
        Err(Fault::new(
            Code::Conflict,
            [("expected", "a quiet digest".to_owned()), ("found", "a crowd".to_owned())],
        ))
    }

    /// Stores a message, once. One that is there and waits is reminded of: its writer may have died before that.
    pub(crate) async fn keep(&self, notice: &Notice) -> Result<(), Fault> {
        if self.create_notice(notice).await? {
            return match notice.status {
                Status::Queued => self.remind(notice).await,
                _ => Ok(()),
            };
        }
        match self.notice_of(&notice.tenant, &notice.id).await? {
            Some((_, found)) if found.status == Status::Queued && found.attempts.is_empty() => {
                self.remind(&found).await
            }
            _ => Ok(()),
        }
    }

    async fn create_notice(&self, notice: &Notice) -> Result<bool, Fault> {
        let is_new =
            create(&self.shelves.messages, &store::notice_key(&notice.tenant, &notice.id), notice).await?;
        if is_new {
            let labels = [("channel", notice.channel.as_str()), ("status", notice.status.as_str())];
            self.meters.count(&NOTICES, &labels);
        }
        Ok(is_new)
    }

    fn made(&self, heard: &Heard<'_>, message: &Message, user: &str) -> Notice {
        let event = heard.event.clone();
        let mut notice = Notice::new(heard.tenant, &message.id, &message.rule, message.channel, event);
        user.clone_into(&mut notice.user);
        notice.at([heard.at_ms, self.now_ms(), message.due_ms]);
        notice
    }
}
