//! What tenants and people ask of the courier: the contract `imprint:courier/desk`.

use crate::dispatch::event;
use crate::limits::{
    DESCRIPTION_CHARS_MAX, ENDPOINTS_MAX, EVENT_TYPES_MAX, NEWS_WAIT_MS_MAX, PAGE_MAX, REPLAY_MAX,
    ROTATION_MS, SUBSCRIPTIONS_MAX, TEXT_BYTES_MAX, USER_CHARS_MAX, VALUES_OF_FEED_MAX, WISH_BYTES_MAX,
};
use crate::lists::{List, Place};
use crate::model::{Endpoint, FORMAT, Marks, News, Notice, Person, Secret, Status, Subscription};
use crate::office::{Brands, Known, Office};
use crate::scribe::{Asking, Scribe};
use crate::send::push::Browser;
use crate::store::{self, all, load, save};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use core_notify::{Channel, Host, Key, Target, is_public};
use data_encoding::{BASE32_NOPAD, BASE64};
use imprint_ledger::{Timers, VALUES_MAX, Values};
use ring::rand::{SecureRandom, SystemRandom};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Two who change one thing at once need two rounds.
const ROUNDS_MAX: usize = 16;
/// Bytes of a shared secret, as the specification advises, and of the seed of an ed25519 key.
const SECRET_BYTES: usize = 32;
/// While somebody waits for news, the store is asked this often: another process may have put some there.
const NEWS_TICK: Duration = Duration::from_millis(500);

/// What a list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub channel: Option<String>,
    pub status: Option<String>,
    pub endpoint: Option<String>,
    pub cursor: Option<String>,
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub items: Vec<String>,
    pub next: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    pub items: Vec<String>,
    pub unread: u32,
    pub last: u64,
}

/// A wish for an endpoint. What is not named stays.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Wish {
    url: Option<String>,
    description: Option<String>,
    events: Option<BTreeSet<String>>,
    enabled: Option<bool>,
    /// `hmac` or `ed25519`; only when it is made.
    signature: Option<String>,
}

impl<V, T, S, C, B> Office<V, T, S, C, B>
where
    V: Values,
    T: Timers,
    S: Scribe,
    B: Brands,
    C: Send + Sync,
{
    /// The messages of a tenant, newest first.
    pub async fn notices(&self, tenant: &str, query: &Query) -> Result<Page, Fault> {
        store::check_tenant(tenant)?;
        let channel = query.channel.as_deref().map(channel).transpose()?;
        let status = query.status.as_deref().map(status).transpose()?;
        let cursor = query.cursor.as_deref().map(place).transpose()?;
        let limit = (query.limit.max(1) as usize).min(PAGE_MAX);
        let list = self.list(tenant).await?;
        let mut page = Page { items: Vec::new(), next: None };
        let passes = |row: &crate::lists::Row| {
            channel.is_none_or(|channel| row.channel == channel)
                && status.is_none_or(|status| row.status == status)
                && (query.endpoint.is_none() || row.endpoint == query.endpoint)
        };
        let mut places = list.before(cursor.as_ref(), passes).peekable();
        while let Some((created_ms, id)) = places.next() {
            if let Some((_, notice)) = self.notice_of(tenant, id).await? {
                page.items.push(notice.view().to_string());
            }
            if page.items.len() == limit {
                page.next = places.peek().map(|_| format!("{created_ms}.{id}"));
                break;
            }
        }
        Ok(page)
    }

    /// The list of a tenant as it is now.
    async fn list(&self, tenant: &str) -> Result<List, Fault> {
        let lists = || self.lists.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut list = lists().take(tenant);
        let prefix = store::notices_prefix(tenant);
        loop {
            let more = self.shelves.messages.after(&prefix, list.revision).await?;
            for value in &more {
                list.see(value.revision, &store::read::<Notice>(&value.key, &value.bytes)?);
            }
            if more.len() < VALUES_MAX {
                break;
            }
        }
        lists().put(tenant, list.clone());
        Ok(list)
    }

    pub async fn notice(&self, tenant: &str, id: &str) -> Result<Option<String>, Fault> {
        store::check_tenant(tenant)?;
        Ok(self.notice_of(tenant, id).await?.map(|(_, notice)| notice.view().to_string()))
    }

    /// Tries a message again that was set aside.
    pub async fn redrive(&self, tenant: &str, id: &str) -> Result<Option<String>, Fault> {
        store::check_tenant(tenant)?;
        let notice = self.again(tenant, id, Notice::is_aside).await?;
        Ok(notice.map(|notice| notice.view().to_string()))
    }

    /// Begins another round of a message, if it is one of those. Gives it as it is.
    async fn again(
        &self,
        tenant: &str,
        id: &str,
        is_meant: impl Fn(&Notice) -> bool,
    ) -> Result<Option<Notice>, Fault> {
        for _ in 0..ROUNDS_MAX {
            let Some((revision, mut notice)) = self.notice_of(tenant, id).await? else { return Ok(None) };
            if !is_meant(&notice) {
                return Ok(Some(notice));
            }
            notice.again(self.now_ms());
            let key = store::notice_key(tenant, id);
            match save(&self.shelves.messages, &key, Some(revision), &notice).await {
                Ok(_) => {
                    self.remind(&notice).await?;
                    return Ok(Some(notice));
                }
                Err(fault) if fault.is(Code::Conflict) => {}
                Err(fault) => return Err(fault),
            }
        }
        Err(crowded())
    }

    /// News of a person behind this sequence; waits for some.
    pub async fn news(
        &self,
        tenant: &str,
        user: &str,
        after: u64,
        limit: u32,
        wait_ms: u32,
    ) -> Result<Feed, Fault> {
        check_person(tenant, user)?;
        let until = Instant::now() + Duration::from_millis(u64::from(wait_ms.min(NEWS_WAIT_MS_MAX)));
        let mut told = self.news.subscribe();
        loop {
            let feed = self.feed(tenant, user, after, (limit.max(1) as usize).min(PAGE_MAX)).await?;
            if !feed.items.is_empty() || Instant::now() >= until {
                return Ok(feed);
            }
            let tick = until.min(Instant::now() + NEWS_TICK);
            // Whether it was told or the time is over: it is looked again.
            let _ = timeout_at(tick, told.changed()).await;
        }
    }

    async fn feed(&self, tenant: &str, user: &str, after: u64, limit: usize) -> Result<Feed, Fault> {
        let marks = self.marks(tenant, user).await?.1;
        let prefix = store::feed_prefix(tenant, user);
        // Counted from the first that may be unread.
        let from = after.min(marks.up_to);
        let found = store::all_after(&self.shelves.messages, &prefix, from, VALUES_OF_FEED_MAX).await?;
        let mut feed = Feed { items: Vec::new(), unread: 0, last: after };
        for value in &found {
            let news: News = store::read(&value.key, &value.bytes)?;
            let is_read = is_read(&marks, value.revision, &news.id);
            feed.unread += u32::from(!is_read);
            if value.revision > after && feed.items.len() < limit {
                feed.items.push(news.view(value.revision, is_read).to_string());
                feed.last = value.revision;
            }
        }
        Ok(feed)
    }

    async fn marks(&self, tenant: &str, user: &str) -> Result<(u64, Marks), Fault> {
        let found = load(&self.shelves.settings, &store::marks_key(tenant, user)).await?;
        Ok(found.unwrap_or((0, Marks { format: FORMAT, ..Marks::default() })))
    }

    /// Marks news as read. Gives how many are left.
    pub async fn mark(&self, tenant: &str, user: &str, ids: &[String], up_to: u64) -> Result<u32, Fault> {
        check_person(tenant, user)?;
        let prefix = store::feed_prefix(tenant, user);
        for _ in 0..ROUNDS_MAX {
            let (revision, mut marks) = self.marks(tenant, user).await?;
            let found = all(&self.shelves.messages, &prefix, VALUES_OF_FEED_MAX).await?;
            let last = found.last().map_or(0, |value| value.revision);
            marks.up_to = marks.up_to.max(up_to.min(last));
            marks.ids.extend(ids.iter().filter(|id| store::is_id(id)).cloned());
            let left: BTreeMap<&str, u64> = found
                .iter()
                .filter(|value| value.revision > marks.up_to)
                .map(|value| (value.key.rsplit('.').next().unwrap_or_default(), value.revision))
                .collect();
            // What is gone, or marked by its sequence, need not be named.
            marks.ids.retain(|id| left.contains_key(id.as_str()));
            let unread = left.keys().filter(|id| !marks.ids.contains(**id)).count();
            let key = store::marks_key(tenant, user);
            match save(&self.shelves.settings, &key, Some(revision), &marks).await {
                Ok(_) => return Ok(u32::try_from(unread).unwrap_or(u32::MAX)),
                Err(fault) if fault.is(Code::Conflict) => {}
                Err(fault) => return Err(fault),
            }
        }
        Err(crowded())
    }

    pub async fn endpoints(&self, tenant: &str) -> Result<Vec<String>, Fault> {
        store::check_tenant(tenant)?;
        Ok(self.endpoints_of(tenant).await?.iter().map(|endpoint| endpoint.view().to_string()).collect())
    }

    pub async fn endpoint(&self, tenant: &str, id: &str) -> Result<Option<String>, Fault> {
        store::check_tenant(tenant)?;
        Ok(self.endpoint_of(tenant, id).await?.map(|(_, endpoint)| endpoint.view().to_string()))
    }

    /// Makes an endpoint, with its secret.
    pub async fn add_endpoint(&self, tenant: &str, wish: &str) -> Result<String, Fault> {
        self.add_endpoint_once(tenant, &random_id()?, wish).await
    }

    /// The same for a key of the caller's: a repetition is given what was made, and another wish is refused.
    pub async fn add_endpoint_once(&self, tenant: &str, key: &str, wish: &str) -> Result<String, Fault> {
        store::check_tenant(tenant)?;
        let wish = self.wish(wish)?;
        if wish.url.is_none() {
            return Err(malformed("`url` is missing"));
        }
        let id = format!("ep_{}", store::hash(&["endpoint", tenant, key]));
        if let Some((_, known)) = self.endpoint_of(tenant, &id).await? {
            return self.told_again(tenant, &known, wish).await;
        }
        let count = self.endpoints_of(tenant).await?.len();
        if count >= ENDPOINTS_MAX {
            return Err(Fault::new(Code::EndpointsFull, [("max", ENDPOINTS_MAX.to_string())]));
        }
        let kind = wish.signature.clone().unwrap_or_else(|| "hmac".to_owned());
        let mut endpoint = Endpoint {
            format: FORMAT,
            id,
            url: String::new(),
            description: String::new(),
            events: BTreeSet::new(),
            is_on: true,
            off: None,
            created_ms: self.now_ms(),
            secrets: Vec::new(),
            failing_since_ms: None,
        };
        let (secret, told) = self.secret(tenant, &endpoint.id, &kind).await?;
        endpoint.secrets.push(secret);
        apply(&mut endpoint, wish.clone(), self.now_ms());
        let place = store::endpoint_key(tenant, &endpoint.id);
        match save(&self.shelves.settings, &place, Some(0), &endpoint).await {
            Ok(_) => Ok(with_secret(&endpoint, &told)),
            // Another call with this key was first.
            Err(fault) if fault.is(Code::Conflict) => {
                let known = self.endpoint_of(tenant, &endpoint.id).await?.ok_or(fault)?;
                self.told_again(tenant, &known.1, wish).await
            }
            Err(fault) => Err(fault),
        }
    }

    /// What was made under a key, for the same wish.
    async fn told_again(&self, tenant: &str, known: &Endpoint, wish: Wish) -> Result<String, Fault> {
        let kind = wish.signature.clone().unwrap_or_else(|| "hmac".to_owned());
        let mut wanted = Endpoint {
            url: String::new(),
            description: String::new(),
            events: BTreeSet::new(),
            is_on: true,
            off: None,
            ..known.clone()
        };
        apply(&mut wanted, wish, self.now_ms());
        let newest = known.secrets.first().filter(|newest| newest.kind == kind);
        let is_same = (&wanted.url, &wanted.description, &wanted.events, wanted.is_on)
            == (&known.url, &known.description, &known.events, known.is_on);
        let Some(newest) = newest.filter(|_| is_same) else { return Err(Fault::new(Code::KeyMismatch, [])) };
        let seal = store::endpoints_seal(tenant);
        let clear = self.safe.open(&self.shelves.keys, &seal, &known.id, &newest.sealed).await?;
        let key = clear.and_then(|text| Key::read(&text).ok());
        let key = key.ok_or_else(|| broken!("the secret of an endpoint cannot be opened"))?;
        Ok(with_secret(known, &key.told()))
    }

    /// Changes the fields that are named.
    pub async fn change_endpoint(&self, tenant: &str, id: &str, wish: &str) -> Result<Option<String>, Fault> {
        store::check_tenant(tenant)?;
        self.wish(wish)?;
        let change = |endpoint: &mut Endpoint, now_ms| {
            // It was read once already.
            if let Ok(wish) = serde_json::from_str(wish) {
                apply(endpoint, wish, now_ms);
            }
        };
        let endpoint = self.changed(tenant, id, change).await?;
        Ok(endpoint.map(|endpoint| endpoint.view().to_string()))
    }

    async fn changed(
        &self,
        tenant: &str,
        id: &str,
        change: impl Fn(&mut Endpoint, u64),
    ) -> Result<Option<Endpoint>, Fault> {
        for _ in 0..ROUNDS_MAX {
            let Some((revision, mut endpoint)) = self.endpoint_of(tenant, id).await? else {
                return Ok(None);
            };
            change(&mut endpoint, self.now_ms());
            match save(&self.shelves.settings, &store::endpoint_key(tenant, id), Some(revision), &endpoint)
                .await
            {
                Ok(_) => return Ok(Some(endpoint)),
                Err(fault) if fault.is(Code::Conflict) => {}
                Err(fault) => return Err(fault),
            }
        }
        Err(crowded())
    }

    pub async fn remove_endpoint(&self, tenant: &str, id: &str) -> Result<bool, Fault> {
        store::check_tenant(tenant)?;
        let is_there = self.endpoint_of(tenant, id).await?.is_some();
        if is_there {
            self.shelves.settings.delete(&store::endpoint_key(tenant, id)).await?;
        }
        Ok(is_there)
    }

    /// A new secret; the old one signs beside it for a day.
    pub async fn rotate_secret(&self, tenant: &str, id: &str) -> Result<Option<String>, Fault> {
        store::check_tenant(tenant)?;
        let Some((_, endpoint)) = self.endpoint_of(tenant, id).await? else { return Ok(None) };
        let kind = endpoint.secrets.first().map_or("hmac", |secret| secret.kind.as_str());
        let (secret, told) = self.secret(tenant, id, kind).await?;
        let change = |endpoint: &mut Endpoint, now_ms: u64| {
            // Of the old ones only the last stays.
            endpoint.secrets.truncate(1);
            for old in &mut endpoint.secrets {
                old.until_ms = Some(now_ms + ROTATION_MS);
            }
            endpoint.secrets.insert(0, secret.clone());
        };
        let endpoint = self.changed(tenant, id, change).await?;
        Ok(endpoint.map(|endpoint| with_secret(&endpoint, &told)))
    }

    /// A secret from the random source of the system: as it is stored, and as it is told.
    async fn secret(&self, tenant: &str, id: &str, kind: &str) -> Result<(Secret, String), Fault> {
        let mut bytes = [0; SECRET_BYTES];
        SystemRandom::new().fill(&mut bytes).map_err(|_| broken!("the system has no random numbers"))?;
        let prefix = if kind == "ed25519" { "whsk_" } else { "whsec_" };
        let text = format!("{prefix}{}", BASE64.encode(&bytes));
        let key = Key::read(&text).map_err(|why| broken!("a new secret is none: {why:?}"))?;
        let sealed = self.safe.seal(&self.shelves.keys, &store::endpoints_seal(tenant), id, &text).await?;
        let public = (kind == "ed25519").then(|| key.told());
        Ok((Secret { sealed, kind: kind.to_owned(), public, until_ms: None }, key.told()))
    }

    /// Sends a message that says only that it is a test.
    pub async fn try_endpoint(&self, tenant: &str, id: &str) -> Result<Option<String>, Fault> {
        store::check_tenant(tenant)?;
        let Some((_, endpoint)) = self.endpoint_of(tenant, id).await? else { return Ok(None) };
        let (now_ms, event_id) = (self.now_ms(), random_id()?);
        let data = json!({ "id": endpoint.id, "at_ms": now_ms });
        let event = event("webhook.endpoint.tested", &event_id, tenant, &endpoint.id, now_ms, &data);
        let mut notice = Notice::new(tenant, &event_id, "test", Channel::Webhook, event);
        notice.endpoint = Some(endpoint.id);
        notice.at([now_ms; 3]);
        self.keep(&notice).await?;
        Ok(Some(notice.view().to_string()))
    }

    /// Sends again what happened from the one moment to before the other, under the ids of then. Gives how many.
    pub async fn replay(
        &self,
        tenant: &str,
        id: &str,
        from_ms: u64,
        until_ms: u64,
    ) -> Result<Option<u32>, Fault> {
        store::check_tenant(tenant)?;
        if self.endpoint_of(tenant, id).await?.is_none() {
            return Ok(None);
        }
        let list = self.list(tenant).await?;
        let is_meant = |row: &crate::lists::Row| {
            row.endpoint.as_deref() == Some(id)
                && (from_ms..until_ms).contains(&row.event_ms)
                && row.status != Status::Queued
        };
        // The oldest first, as they happened.
        let mut places: Vec<Place> = list.before(None, is_meant).cloned().collect();
        places.reverse();
        if places.len() > REPLAY_MAX {
            let (name, value) = ("until", until_ms.to_string());
            let wanted = format!("a span with at most {REPLAY_MAX} messages; this one has {}", places.len());
            return Err(parameter(name, &value, &wanted));
        }
        let mut count = 0;
        for (_, id) in &places {
            let replayed = self.again(tenant, id, |notice| notice.status != Status::Queued).await?;
            count += u32::from(replayed.is_some());
        }
        Ok(Some(count))
    }

    /// What the tenant set.
    pub async fn settings(&self, tenant: &str, kind: &str) -> Result<Option<String>, Fault> {
        store::check_tenant(tenant)?;
        let text = self.setting(tenant, setting(kind)?).await?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    pub async fn set(&self, asking: &Asking, kind: &str, text: &str) -> Result<String, Fault> {
        store::check_tenant(&asking.tenant)?;
        let kind = setting(kind)?;
        check_length(text, TEXT_BYTES_MAX)?;
        let checked = self.scribe.check(asking, kind, text).await?;
        let key = store::setting_key(&asking.tenant, kind);
        self.shelves.settings.put(&key, None, checked.clone().into_bytes()).await?;
        Ok(checked)
    }

    /// What a person set.
    pub async fn preferences_of(&self, tenant: &str, user: &str) -> Result<Option<String>, Fault> {
        check_person(tenant, user)?;
        Ok(Some(self.preferences(tenant, user).await?).filter(|text| !text.is_empty()))
    }

    pub async fn set_preferences(&self, asking: &Asking, user: &str, text: &str) -> Result<String, Fault> {
        check_person(&asking.tenant, user)?;
        check_length(text, TEXT_BYTES_MAX)?;
        let checked = self.scribe.check(asking, "preferences", text).await?;
        let tenant = asking.tenant.as_str();
        let seal = store::person_seal(tenant, user);
        let sealed = self.safe.seal(&self.shelves.keys, &seal, "preferences", &checked).await?;
        let person = Person { format: FORMAT, sealed };
        save(&self.shelves.settings, &store::person_key(tenant, user), None, &person).await?;
        // Whoever sets an address says that it is there.
        if let Some(address) = Known::read(&checked).email() {
            self.shelves.settings.delete(&store::suppressed_key(tenant, address)).await?;
        }
        Ok(checked)
    }

    #[must_use]
    pub fn push_key(&self) -> Option<String> {
        self.terms.push_key.clone()
    }

    /// Keeps the subscription of a browser. The same browser has one, however often it says so.
    pub async fn subscribe(&self, tenant: &str, user: &str, subscription: &str) -> Result<String, Fault> {
        check_person(tenant, user)?;
        check_length(subscription, WISH_BYTES_MAX)?;
        if self.terms.push_key.is_none() {
            return Err(Fault::new(Code::PushOff, []));
        }
        let wrong = |why: String| Fault::new(Code::SubscriptionMalformed, [("why", why)]);
        let browser = Browser::read(subscription).map_err(wrong)?;
        Target::read(&browser.endpoint, self.terms.allows_local)
            .map_err(|why| wrong(format!("`endpoint` {why}")))?;
        let id = store::hash(&["browser", tenant, user, &browser.endpoint]);
        let prefix = store::subscriptions_prefix(tenant, user);
        let known = all(&self.shelves.settings, &prefix, SUBSCRIPTIONS_MAX + 1).await?;
        let key = format!("{prefix}.{id}");
        if known.len() >= SUBSCRIPTIONS_MAX && !known.iter().any(|found| found.key == key) {
            // The one that was not renewed for longest is one that nobody uses.
            self.shelves.settings.delete(&known[0].key).await?;
        }
        let seal = store::person_seal(tenant, user);
        let sealed = self.safe.seal(&self.shelves.keys, &seal, "push", subscription).await?;
        let kept = Subscription {
            format: FORMAT,
            id: id.clone(),
            user: store::person(tenant, user),
            sealed,
            created_ms: self.now_ms(),
        };
        save(&self.shelves.settings, &key, None, &kept).await?;
        Ok(id)
    }

    pub async fn unsubscribe(&self, tenant: &str, user: &str, id: &str) -> Result<bool, Fault> {
        check_person(tenant, user)?;
        if !store::is_id(id) {
            return Ok(false);
        }
        let key = format!("{}.{id}", store::subscriptions_prefix(tenant, user));
        let is_there = self.shelves.settings.get(&key).await?.is_some();
        self.shelves.settings.delete(&key).await?;
        Ok(is_there)
    }

    /// Reads a wish; says what is wrong with it.
    fn wish(&self, text: &str) -> Result<Wish, Fault> {
        check_length(text, WISH_BYTES_MAX)?;
        let wish: Wish = serde_json::from_str(text).map_err(|why| malformed(&why.to_string()))?;
        if let Some(url) = &wish.url {
            let read = Target::read(url, self.terms.allows_local);
            let target = read.map_err(|why| malformed(&format!("`url` {why}")))?;
            // A name is asked about at every attempt; an address can be judged at once.
            let is_reachable = |address| self.terms.allows_local || is_public(address);
            if matches!(target.host, Host::Address(address) if !is_reachable(address)) {
                return Err(malformed("`url` is an address that is not public"));
            }
        }
        let is_long = |text: &String| text.chars().count() > DESCRIPTION_CHARS_MAX;
        if wish.description.as_ref().is_some_and(is_long) {
            return Err(malformed(&format!("`description` has more than {DESCRIPTION_CHARS_MAX} letters")));
        }
        if wish.description.iter().any(|text| text.chars().any(char::is_control)) {
            return Err(malformed("`description` holds a control character"));
        }
        let events = wish.events.iter().flatten();
        if let Some(bad) = events.clone().find(|name| !is_event_name(name)) {
            return Err(malformed(&format!("`{}` is not the type of an event", bad.escape_debug())));
        }
        if events.count() > EVENT_TYPES_MAX {
            return Err(malformed(&format!("`events` has more than {EVENT_TYPES_MAX} types")));
        }
        match wish.signature.as_deref() {
            None | Some("hmac" | "ed25519") => Ok(wish),
            Some(_) => Err(malformed("`signature` is neither `hmac` nor `ed25519`")),
        }
    }
}

fn apply(endpoint: &mut Endpoint, wish: Wish, now_ms: u64) {
    if let Some(url) = wish.url {
        endpoint.url = url;
    }
    if let Some(description) = wish.description {
        endpoint.description = description;
    }
    if let Some(events) = wish.events {
        endpoint.events = events;
    }
    match wish.enabled {
        Some(true) => {
            endpoint.is_on = true;
            endpoint.off = None;
            endpoint.failing_since_ms = None;
        }
        Some(false) if endpoint.is_on => endpoint.turn_off("asked", now_ms),
        _ => {}
    }
}

fn with_secret(endpoint: &Endpoint, secret: &str) -> String {
    let mut shown = endpoint.view();
    shown["secret"] = Value::from(secret);
    shown.to_string()
}

fn is_read(marks: &Marks, sequence: u64, id: &str) -> bool {
    sequence <= marks.up_to || marks.ids.contains(id)
}

fn is_event_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=120).contains(&name.len()) && name.bytes().all(is_plain)
}

/// Sixteen random bytes, in small letters and digits.
fn random_id() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| broken!("the system has no random numbers"))?;
    Ok(BASE32_NOPAD.encode(&bytes).to_ascii_lowercase())
}

pub(crate) fn check_person(tenant: &str, user: &str) -> Result<(), Fault> {
    store::check_tenant(tenant)?;
    let count = user.chars().count();
    match (1..=USER_CHARS_MAX).contains(&count) {
        true => Ok(()),
        false => Err(parameter("user", &count.to_string(), &format!("1 to {USER_CHARS_MAX} letters"))),
    }
}

fn check_length(text: &str, max: usize) -> Result<(), Fault> {
    match text.len() <= max {
        true => Ok(()),
        false => Err(Fault::new(Code::HttpBodyTooLarge, [("max", max.to_string())])),
    }
}

fn setting(kind: &str) -> Result<&'static str, Fault> {
    match kind {
        "rules" => Ok("rules"),
        "templates" => Ok("templates"),
        other => Err(parameter("kind", other, "rules or templates")),
    }
}

fn channel(name: &str) -> Result<Channel, Fault> {
    let wanted = "email, webhook, sms, feed or push";
    serde_json::from_value(Value::from(name)).map_err(|_| parameter("channel", name, wanted))
}

fn status(name: &str) -> Result<Status, Fault> {
    let wanted = || Status::ALL.map(Status::as_str).join(", ");
    serde_json::from_value(Value::from(name)).map_err(|_| parameter("status", name, &wanted()))
}

fn place(cursor: &str) -> Result<Place, Fault> {
    let parts = cursor.split_once('.').filter(|(_, id)| store::is_id(id));
    let place = parts.and_then(|(ms, id)| Some((ms.parse().ok()?, id.to_owned())));
    place.ok_or_else(|| parameter("cursor", cursor, "what a page gave as `next`"))
}

fn parameter(name: &str, value: &str, wanted: &str) -> Fault {
    let args = [
        ("name", name.to_owned()),
        ("value", value.escape_debug().to_string()),
        ("wanted", wanted.to_owned()),
    ];
    Fault::new(Code::HttpParameter, args)
}

fn malformed(why: &str) -> Fault {
    Fault::new(Code::EndpointMalformed, [("why", why.to_owned())])
}

fn crowded() -> Fault {
    Fault::new(Code::Conflict, [("expected", "a quiet moment".to_owned()), ("found", "a crowd".to_owned())])
}
