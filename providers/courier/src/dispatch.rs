//! From messages that are due to attempts, and from attempts to what follows.
//!
//! A message is claimed before it is tried, and what came of it is stored before the claim is given back. Who dies in
//! between leaves it to the next, who sends it again under the same id: receivers know a repetition by that.

use crate::lanes::{Entry, Lane, Lanes, Turn};
use crate::limits::{DIGEST_MAX, FAILING_MS_MAX, FEED_MAX, LEASE_LEFT_MS_MIN, VALUES_OF_FEED_MAX};
use crate::meters::{ATTEMPT_SECONDS, ATTEMPTS, ENDPOINTS_OFF, FIRST_SECONDS, NOTICES, SET_BACK};
use crate::model::{Endpoint, FORMAT, News, Notice, Status, Subscription, Tried, brand_of};
use crate::office::{Brands, Known, Office, timer_id};
use crate::scribe::{Letter, Scribe};
use crate::send::{Carrier, Outcome, Parcel, To, Told};
use crate::store::{self, all, create, load, save};
use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use core_brand::{Blame, Fault, broken};
use core_notify::{Attempt, Channel, Choice, Key, Next, next};
use core_saga::rfc3339;
use imprint_ledger::timers::Due;
use imprint_ledger::{Timers, Values};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tracing::warn;

/// Messages are claimed by so many at once, because a claim is a round trip.
const TAKERS: usize = 8;
/// One question for what is due.
const WAIT: Duration = Duration::from_secs(2);
/// Between two tries when the store is away.
const PAUSE: Duration = Duration::from_millis(300);
/// Of a message whose words cannot be had at this moment.
const ASIDE_MS: u64 = 5000;
/// Two who write one message at once need two rounds.
const ROUNDS_MAX: usize = 16;

/// What an attempt needs, or why there is none.
enum Prepared {
    Feed(Letter),
    Parcel(Box<Parcel>),
    /// It is not tried.
    Not(Status, String),
}

/// Lanes that tasks share.
struct Floor<D> {
    lanes: Mutex<Lanes<D>>,
    /// A lane has room again, or nothing runs any more.
    changed: Notify,
}

impl<D> Floor<D> {
    fn lanes(&self) -> MutexGuard<'_, Lanes<D>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V, T, S, C, B> Office<V, T, S, C, B>
where
    V: Values + 'static,
    T: Timers<Due: 'static> + 'static,
    S: Scribe,
    C: Carrier,
    B: Brands,
{
    /// Delivers until it is dropped.
    pub async fn deliver(self: &Arc<Self>) {
        let floor = Arc::new(Floor { lanes: Mutex::new(Lanes::default()), changed: Notify::new() });
        let mut takers = JoinSet::new();
        for _ in 0..TAKERS {
            let (office, floor) = (Arc::clone(self), Arc::clone(&floor));
            takers.spawn(async move {
                loop {
                    if let Err(fault) = office.take(&floor, WAIT).await {
                        warn!(code = fault.code, "what is due cannot be asked for");
                        sleep(PAUSE).await;
                    }
                }
            });
        }
        while takers.join_next().await.is_some() {}
    }

    /// Delivers what is due at this moment, and comes back when all of it was tried.
    pub async fn settle(self: &Arc<Self>) -> Result<(), Fault> {
        let floor = Arc::new(Floor { lanes: Mutex::new(Lanes::default()), changed: Notify::new() });
        loop {
            if self.take(&floor, Duration::ZERO).await? {
                continue;
            }
            let changed = floor.changed.notified();
            if floor.lanes().running() == 0 {
                return Ok(());
            }
            changed.await;
        }
    }

    /// Takes one message that is due. `false` when there was none.
    async fn take(self: &Arc<Self>, floor: &Arc<Floor<T::Due>>, wait: Duration) -> Result<bool, Fault> {
        let Some(due) = self.timers.due(wait).await? else { return Ok(false) };
        let Some((tenant, id)) =
            due.id().split_once('.').map(|(tenant, id)| (tenant.to_owned(), id.to_owned()))
        else {
            due.done().await?;
            return Ok(true);
        };
        let text = String::from_utf8_lossy(due.payload()).into_owned();
        let (lane, set_back) = Lane::read(&tenant, &text);
        let turn = Turn { lane, id, claimed_ms: self.now_ms(), due };
        let entry = floor.lanes().enter(turn, set_back);
        match entry {
            Entry::Now(turn) => self.begin(floor, turn),
            Entry::Waits | Entry::Known => {}
            Entry::Full(turn, wait_ms) => {
                self.meters.count(&SET_BACK, &[("channel", &turn.lane.channel)]);
                let at_ms = self.now_ms() + wait_ms;
                let payload = turn.lane.text(set_back.saturating_add(1)).into_bytes();
                self.timers.set(&timer_id(&turn.lane.tenant, &turn.id), at_ms, payload).await?;
            }
        }
        Ok(true)
    }

    fn begin(self: &Arc<Self>, floor: &Arc<Floor<T::Due>>, turn: Turn<T::Due>) {
        let (office, floor) = (Arc::clone(self), Arc::clone(floor));
        tokio::spawn(async move {
            let mut turn = turn;
            loop {
                let (lane, id, began) = (turn.lane.clone(), turn.id.clone(), Instant::now());
                if let Err(fault) = office.turn(turn).await {
                    // Its claim runs out, and it comes again.
                    warn!(code = fault.code, channel = lane.channel, "a message has to wait");
                }
                let next = {
                    let mut lanes = floor.lanes();
                    lanes.leave(&lane, &id, millis(began.elapsed()));
                    lanes.next()
                };
                match next {
                    Some(next) => turn = next,
                    None => break,
                }
            }
            floor.changed.notify_waiters();
        });
    }

    /// One message in our hands.
    async fn turn(&self, turn: Turn<T::Due>) -> Result<(), Fault> {
        let held_ms = self.now_ms().saturating_sub(turn.claimed_ms);
        let lease_ms = self.terms.lease_ms;
        if held_ms + LEASE_LEFT_MS_MIN.min(lease_ms / 2) > lease_ms {
            // Too late to begin: it is due again in a moment.
            return Ok(());
        }
        let found = self.notice_of(&turn.lane.tenant, &turn.id).await?;
        let Some((revision, notice)) = found.filter(|(_, notice)| notice.status == Status::Queued) else {
            return turn.due.done().await;
        };
        let (revision, notice) = match notice.is_digest && notice.tells.is_none() {
            true => self.close(revision, notice).await?,
            false => (revision, notice),
        };
        if let Some(next_ms) = self.attempt(revision, notice).await? {
            let payload = turn.lane.text(0).into_bytes();
            return self.timers.set(&timer_id(&turn.lane.tenant, &turn.id), next_ms, payload).await;
        }
        turn.due.done().await
    }

    /// Ends the gathering: what comes later is told alone.
    async fn close(&self, revision: u64, notice: Notice) -> Result<(u64, Notice), Fault> {
        let key = store::notice_key(&notice.tenant, &notice.id);
        let (mut revision, mut notice) = (revision, notice);
        for _ in 0..ROUNDS_MAX {
            let prefix = store::gather_prefix(&notice.tenant, &notice.id);
            let gathered = all(&self.shelves.messages, &prefix, imprint_ledger::VALUES_MAX).await?;
            let id = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
            notice.tells = Some(gathered.iter().map(|value| id(&value.key)).collect());
            match save(&self.shelves.messages, &key, Some(revision), &notice).await {
                Ok(revision) => return Ok((revision, notice)),
                Err(fault) if fault.is(Code::Conflict) => {}
                Err(fault) => return Err(fault),
            }
            let found = load::<V, Notice>(&self.shelves.messages, &key).await?;
            (revision, notice) = found.ok_or_else(|| broken!("a digest is gone while it is told"))?;
        }
        Err(broken!("a digest cannot be closed"))
    }

    /// Makes an attempt and stores what came of it. Gives when the next one is due, if there is one.
    async fn attempt(&self, revision: u64, mut notice: Notice) -> Result<Option<u64>, Fault> {
        let (at_ms, began) = (self.now_ms(), Instant::now());
        let (due_ms, is_first) = (notice.next_ms.unwrap_or(notice.due_ms), notice.attempts.is_empty());
        let told = match self.prepared(&notice, at_ms).await {
            Ok(Prepared::Parcel(parcel)) => self.carrier.carry(*parcel).await,
            Ok(Prepared::Feed(letter)) => self.put_in_feed(&notice, &letter).await?,
            Ok(Prepared::Not(status, why)) => {
                self.ended(&mut notice, status, Some(why));
                return self.stored(revision, &notice).await.map(|()| None);
            }
            Err(fault) if fault.blame == Blame::Busy => return Ok(Some(at_ms + ASIDE_MS)),
            Err(fault) => Told::new(Outcome::Failed, fault.code),
        };
        let channel = [("channel", notice.channel.as_str())];
        self.meters.observe(&ATTEMPT_SECONDS, &channel, began.elapsed().as_secs_f64());
        if is_first {
            let late = Duration::from_millis(at_ms.saturating_sub(due_ms));
            self.meters.observe(&FIRST_SECONDS, &channel, late.as_secs_f64());
        }
        let family = told.family.map(str::to_owned);
        notice.tried(Tried { at_ms, answer: told.answer.clone(), ms: millis(began.elapsed()), family });
        let result = self.follow(&mut notice, &told, at_ms).await?;
        self.meters.count(&ATTEMPTS, &[channel[0], ("result", result)]);
        self.stored(revision, &notice).await?;
        Ok(notice.next_ms)
    }

    /// What follows from an attempt, in a word.
    async fn follow(&self, notice: &mut Notice, told: &Told, at_ms: u64) -> Result<&'static str, Fault> {
        let answer = || Some(told.answer.clone());
        let attempt = match &told.outcome {
            Outcome::Delivered => Attempt::Answered { status: 200, retry_after_s: None },
            Outcome::Sent => {
                self.ended(notice, Status::Sent, None);
                return Ok("sent");
            }
            Outcome::Bounced => {
                self.bounced(notice).await?;
                self.ended(notice, Status::Bounced, answer());
                return Ok("bounced");
            }
            Outcome::Failed => {
                self.ended(notice, Status::Failed, answer());
                return Ok("failed");
            }
            Outcome::Tried(attempt) => *attempt,
        };
        // Each round has a jitter of its own.
        let name = format!("{} {}", notice.id, notice.rounds);
        match next(&name, notice.tries, attempt) {
            Next::Delivered => {
                self.endpoint_answers(notice, None, at_ms).await?;
                self.ended(notice, Status::Delivered, None);
                Ok("delivered")
            }
            Next::Again(wait_ms) => {
                self.endpoint_answers(notice, Some(Next::Again(wait_ms)), at_ms).await?;
                notice.next_ms = Some(at_ms + wait_ms);
                Ok("again")
            }
            Next::Dead => {
                self.endpoint_answers(notice, Some(Next::Dead), at_ms).await?;
                self.ended(notice, Status::Failed, answer());
                Ok("failed")
            }
            Next::Disable => {
                self.endpoint_answers(notice, Some(Next::Disable), at_ms).await?;
                self.ended(notice, Status::Failed, Some("the receiver wants nothing any more".to_owned()));
                Ok("gone")
            }
        }
    }

    fn ended(&self, notice: &mut Notice, status: Status, why: Option<String>) {
        notice.status = status;
        notice.why = why;
        notice.next_ms = None;
        let labels = [("channel", notice.channel.as_str()), ("status", status.as_str())];
        self.meters.count(&NOTICES, &labels);
    }

    /// Stores a message as it is now. Whoever wrote it meanwhile, such as by a replay, has asked for another round.
    async fn stored(&self, revision: u64, notice: &Notice) -> Result<(), Fault> {
        let key = store::notice_key(&notice.tenant, &notice.id);
        save(&self.shelves.messages, &key, Some(revision), notice).await.map(drop)
    }

    /// Notes that an endpoint fails, or does not any more; turns it off when it is gone or failed for too long.
    async fn endpoint_answers(
        &self,
        notice: &Notice,
        trouble: Option<Next>,
        at_ms: u64,
    ) -> Result<(), Fault> {
        let Some(id) = &notice.endpoint else { return Ok(()) };
        if notice.channel == Channel::Push {
            if trouble == Some(Next::Disable) {
                let prefix = store::subscriptions_prefix(&notice.tenant, &notice.user);
                self.shelves.settings.delete(&format!("{prefix}.{id}")).await?;
            }
            return Ok(());
        }
        for _ in 0..ROUNDS_MAX {
            let Some((revision, mut endpoint)) = self.endpoint_of(&notice.tenant, id).await? else {
                return Ok(());
            };
            let Some(off) = changed(&mut endpoint, trouble, at_ms) else { return Ok(()) };
            let key = store::endpoint_key(&notice.tenant, id);
            match save(&self.shelves.settings, &key, Some(revision), &endpoint).await {
                Ok(_) => match off {
                    Some(why) => return self.tell_of_off(notice, &endpoint, why, at_ms).await,
                    None => return Ok(()),
                },
                Err(fault) if fault.is(Code::Conflict) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    /// People are told by another way that their endpoint is off.
    async fn tell_of_off(
        &self,
        notice: &Notice,
        endpoint: &Endpoint,
        why: &'static str,
        at_ms: u64,
    ) -> Result<(), Fault> {
        self.meters.count(&ENDPOINTS_OFF, &[("why", why)]);
        let id = store::hash(&["off", &notice.tenant, &endpoint.id, &at_ms.to_string()]);
        let data = json!({ "id": endpoint.id, "url": endpoint.url, "why": why, "at_ms": at_ms });
        let event = event("webhook.endpoint.disabled", &id, &notice.tenant, &endpoint.id, at_ms, &data);
        self.hear(event.to_string().as_bytes()).await
    }

    /// An address that does not exist is not tried again until its owner sets it anew.
    async fn bounced(&self, notice: &Notice) -> Result<(), Fault> {
        if notice.channel != Channel::Email {
            return Ok(());
        }
        let preferences = self.preferences(&notice.tenant, &notice.user).await?;
        let Some(address) = Known::read(&preferences).email().map(str::to_owned) else { return Ok(()) };
        let note = json!({ "format": FORMAT, "at_ms": self.now_ms() });
        create(&self.shelves.settings, &store::suppressed_key(&notice.tenant, &address), &note).await?;
        Ok(())
    }

    async fn prepared(&self, notice: &Notice, at_ms: u64) -> Result<Prepared, Fault> {
        let not = |why: &str| Ok(Prepared::Not(Status::Suppressed, why.to_owned()));
        if notice.user.is_empty() && notice.channel != Channel::Webhook {
            return not("the person was forgotten");
        }
        let preferences = match notice.user.is_empty() {
            true => String::new(),
            false => self.preferences(&notice.tenant, &notice.user).await?,
        };
        let known = Known::read(&preferences);
        let mut unsubscribe = None;
        let to = match notice.channel {
            Channel::Feed => {
                let letter = self.letter(notice, known.locale(), None).await?;
                return Ok(Prepared::Feed(letter));
            }
            Channel::Email => {
                let Some(address) = known.email() else { return not("there is no address") };
                let key = store::suppressed_key(&notice.tenant, address);
                if self.shelves.settings.get(&key).await?.is_some() {
                    return not("the address does not exist");
                }
                match self.choice(&notice.tenant, &preferences, &notice.rule).await? {
                    // Also what was on its way already when they said so.
                    Choice::Off => return not("it was turned off"),
                    Choice::On => {
                        unsubscribe = Some(self.link(&notice.tenant, &notice.user, &notice.rule).await?);
                    }
                    Choice::Fixed => {}
                }
                To::Email { address: address.to_owned(), unsubscribe: unsubscribe.clone() }
            }
            Channel::Sms => match known.number() {
                Some(number) => {
                    let report = self.report_to(&notice.tenant, &notice.id).await?;
                    To::Sms { number: number.to_owned(), report }
                }
                None => return not("there is no number"),
            },
            Channel::Webhook => {
                let id = notice.endpoint.as_deref().unwrap_or_default();
                let Some((_, endpoint)) = self.endpoint_of(&notice.tenant, id).await? else {
                    return not("the endpoint was removed");
                };
                if !endpoint.is_on {
                    return not("the endpoint is off");
                }
                let keys = self.keys_of(&notice.tenant, &endpoint, at_ms).await?;
                To::Hook { url: endpoint.url, keys }
            }
            Channel::Push => match self.subscription(notice).await? {
                Some(subscription) => To::Push { subscription },
                None => return not("the browser is not subscribed any more"),
            },
        };
        let letter = self.letter(notice, known.locale(), unsubscribe).await?;
        let parcel = Parcel { id: notice.id.clone(), channel: notice.channel, at_ms, letter, to };
        Ok(Prepared::Parcel(Box::new(parcel)))
    }

    async fn keys_of(&self, tenant: &str, endpoint: &Endpoint, now_ms: u64) -> Result<Vec<Key>, Fault> {
        let mut keys = Vec::new();
        let in_use =
            endpoint.secrets.iter().filter(|secret| secret.until_ms.is_none_or(|until| now_ms < until));
        for secret in in_use {
            let seal = store::endpoints_seal(tenant);
            let clear = self.safe.open(&self.shelves.keys, &seal, &endpoint.id, &secret.sealed).await?;
            let clear = clear.ok_or_else(|| broken!("the key of an endpoint's secret is gone"))?;
            keys.push(Key::read(&clear).map_err(|why| broken!("a stored secret is none: {why:?}"))?);
        }
        Ok(keys)
    }

    async fn subscription(&self, notice: &Notice) -> Result<Option<String>, Fault> {
        let prefix = store::subscriptions_prefix(&notice.tenant, &notice.user);
        let key = format!("{prefix}.{}", notice.endpoint.as_deref().unwrap_or_default());
        let Some((_, browser)) = load::<V, Subscription>(&self.shelves.settings, &key).await? else {
            return Ok(None);
        };
        let seal = store::person_seal(&notice.tenant, &notice.user);
        self.safe.open(&self.shelves.keys, &seal, "push", &browser.sealed).await
    }

    /// The words of a message, written anew at each attempt: a webhook's are the same each time.
    async fn letter(
        &self,
        notice: &Notice,
        locale: Option<&str>,
        unsubscribe: Option<String>,
    ) -> Result<Letter, Fault> {
        let events = match &notice.tells {
            Some(tells) => self.gathered(notice, tells).await?,
            None => vec![notice.event.clone()],
        };
        let first = events.first().cloned().unwrap_or_default();
        let asking = self.asking(&notice.tenant, &first, &notice.id, locale);
        let brand_id = brand_of(&first).unwrap_or_default();
        let brand = match notice.channel {
            // A program reads the event, which says nothing of the brief.
            Channel::Webhook => None,
            _ => self.brands.brand(&asking, brand_id).await,
        };
        let templates = self.setting(&notice.tenant, "templates").await?;
        let base = &self.terms.base_url;
        let page = (!brand_id.is_empty()).then(|| format!("{base}/brands/{brand_id}"));
        let matter = json!({
            "format": FORMAT,
            "events": events,
            "brand": brand,
            "links": { "brand": page, "settings": format!("{base}/notifications"), "unsubscribe": unsubscribe },
            "templates": serde_json::from_str::<Value>(&templates).ok(),
        });
        self.scribe.write(&asking, notice.channel.as_str(), &matter.to_string()).await
    }

    async fn gathered(&self, notice: &Notice, tells: &[String]) -> Result<Vec<Value>, Fault> {
        let prefix = store::gather_prefix(&notice.tenant, &notice.id);
        let found = all(&self.shelves.messages, &prefix, imprint_ledger::VALUES_MAX).await?;
        let is_told =
            |key: &str| key.rsplit('.').next().is_some_and(|id| tells.iter().any(|told| told == id));
        let told = found.iter().filter(|value| is_told(&value.key)).take(DIGEST_MAX);
        told.map(|value| store::read(&value.key, &value.bytes)).collect()
    }

    async fn put_in_feed(&self, notice: &Notice, letter: &Letter) -> Result<Told, Fault> {
        let text = |name: &str| notice.event[name].as_str().map(str::to_owned);
        let news = News {
            format: FORMAT,
            id: notice.id.clone(),
            at_ms: notice.event_ms,
            subject: letter.subject.clone(),
            text: letter.text.clone(),
            event_type: text("type"),
            brand_id: brand_of(&notice.event).map(str::to_owned),
        };
        let prefix = store::feed_prefix(&notice.tenant, &notice.user);
        // What is there already was put there by somebody who could not say so any more.
        create(&self.shelves.messages, &format!("{prefix}.{}", notice.id), &news).await?;
        self.news.send_modify(|count| *count += 1);
        // Ids are spread evenly: one in sixteen looks whether there is too much.
        if notice.id.starts_with('0') {
            let found = all(&self.shelves.messages, &prefix, VALUES_OF_FEED_MAX).await?;
            for old in found.iter().take(found.len().saturating_sub(FEED_MAX)) {
                self.shelves.messages.delete(&old.key).await?;
            }
        }
        Ok(Told::new(Outcome::Delivered, "stored"))
    }
}

/// Notes how an endpoint answers. Nothing when it stays as it is; else whether it was turned off, and why.
fn changed(endpoint: &mut Endpoint, trouble: Option<Next>, at_ms: u64) -> Option<Option<&'static str>> {
    match trouble {
        None => {
            endpoint.failing_since_ms.take()?;
            Some(None)
        }
        Some(Next::Disable) if endpoint.is_on => {
            endpoint.turn_off("gone", at_ms);
            Some(Some("gone"))
        }
        Some(_) if !endpoint.is_on => None,
        Some(_) => match endpoint.failing_since_ms {
            Some(since_ms) if at_ms.saturating_sub(since_ms) >= FAILING_MS_MAX => {
                endpoint.turn_off("failing", at_ms);
                Some(Some("failing"))
            }
            Some(_) => None,
            None => {
                endpoint.failing_since_ms = Some(at_ms);
                Some(None)
            }
        },
    }
}

/// An event of the courier's own, as `schemas/` has it.
pub(crate) fn event(name: &str, id: &str, tenant: &str, subject: &str, at_ms: u64, data: &Value) -> Value {
    json!({
        "specversion": "1.0",
        "id": sha256_hex(id.as_bytes()),
        "source": "/imprint/courier",
        "type": format!("com.brandgenerator.events.{name}"),
        "subject": subject,
        "time": rfc3339(at_ms),
        "datacontenttype": "application/json",
        "dataschema": format!("urn:brandgenerator:events:{name}:v1"),
        "kind": "integration",
        "tenant": tenant,
        // An event of no job stands alone.
        "sequence": format!("{:010}", 1),
        "data": data,
    })
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
