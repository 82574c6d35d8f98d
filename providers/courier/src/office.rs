//! What intake, dispatch and desk share.

use crate::limits::LEASE_MS;
use crate::model::{Endpoint, Notice, Person};
use crate::safe::Safe;
use crate::scribe::{Asking, Scribe};
use crate::store::{self, Shelves, load};
use core_brand::Fault;
use imprint_ledger::timers::Clock;
use imprint_ledger::{Timers, Values};
use imprint_telemetry::Tally;
use serde_json::{Value, json};
use std::fmt;
use std::future::Future;
use std::sync::Mutex;
use tokio::sync::watch;

/// What a courier is told by its operator, beside its ways out.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Where people find the platform, without a slash at the end; links begin with it.
    pub base_url: String,
    /// The language of those who set none.
    pub locale: String,
    /// Whether receivers may be in a network of the operator's own, also without TLS.
    pub allows_local: bool,
    /// What browsers need to know, where there is push.
    pub push_key: Option<String>,
    /// How long the timers hand a message out for.
    pub lease_ms: u64,
    /// What a provider of SMS signs its reports with; without, they need no signature.
    pub sms_secret: Option<Hidden>,
}

/// What no log may say.
#[derive(Clone)]
pub struct Hidden(pub String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hidden")
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            base_url: "http://localhost:8000".to_owned(),
            locale: "en".to_owned(),
            allows_local: false,
            push_key: None,
            lease_ms: LEASE_MS,
            sms_secret: None,
        }
    }
}

/// What is known of a brand that a message is about: its name and colours.
pub trait Brands: Send + Sync + 'static {
    fn brand(&self, asking: &Asking, id: &str) -> impl Future<Output = Option<Value>> + Send;
}

/// Nobody knows anything.
pub struct NoBrands;

impl Brands for NoBrands {
    async fn brand(&self, _: &Asking, _: &str) -> Option<Value> {
        None
    }
}

/// Everything a courier works with. Several of one lattice may work beside each other.
pub struct Office<V, T, S, C, B> {
    pub shelves: Shelves<V>,
    /// Hands a message out for as long as the terms say.
    pub timers: T,
    pub scribe: S,
    pub carrier: C,
    pub brands: B,
    pub clock: Clock,
    pub meters: Tally,
    pub terms: Terms,
    pub(crate) safe: Safe,
    pub(crate) lists: Mutex<crate::lists::Lists>,
    pub(crate) gate: Mutex<crate::gate::Gate>,
    /// Says that there is news in this process.
    pub(crate) news: watch::Sender<u64>,
}

impl<V, T, S, C, B> Office<V, T, S, C, B>
where
    V: Values,
    T: Timers,
    S: Scribe,
    B: Brands,
{
    #[allow(clippy::too_many_arguments, reason = "each is a part that can be another one")]
    pub fn new(
        shelves: Shelves<V>,
        timers: T,
        scribe: S,
        carrier: C,
        brands: B,
        clock: Clock,
        meters: Tally,
        terms: Terms,
    ) -> Self {
        let (news, _) = watch::channel(0);
        Self {
            shelves,
            timers,
            scribe,
            carrier,
            brands,
            clock,
            meters,
            terms,
            safe: Safe::default(),
            lists: Mutex::default(),
            gate: Mutex::default(),
            news,
        }
    }

    pub(crate) fn now_ms(&self) -> u64 {
        (self.clock)()
    }

    pub(crate) fn asking(&self, tenant: &str, event: &Value, key: &str, locale: Option<&str>) -> Asking {
        Asking {
            tenant: tenant.to_owned(),
            traceparent: event["traceparent"].as_str().unwrap_or_default().to_owned(),
            now_ms: self.now_ms(),
            key: key.to_owned(),
            locale: locale.unwrap_or(&self.terms.locale).to_owned(),
        }
    }

    /// What a tenant set; empty if it never did.
    pub(crate) async fn setting(&self, tenant: &str, kind: &str) -> Result<String, Fault> {
        let found = self.shelves.settings.get(&store::setting_key(tenant, kind)).await?;
        Ok(found.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default())
    }

    /// What a person set; empty if they never did.
    pub(crate) async fn preferences(&self, tenant: &str, user: &str) -> Result<String, Fault> {
        let key = store::person_key(tenant, user);
        let Some((_, person)) = load::<V, Person>(&self.shelves.settings, &key).await? else {
            return Ok(String::new());
        };
        let seal = store::person_seal(tenant, user);
        let clear = self.safe.open(&self.shelves.keys, &seal, "preferences", &person.sealed).await?;
        Ok(clear.unwrap_or_default())
    }

    pub(crate) async fn endpoints_of(&self, tenant: &str) -> Result<Vec<Endpoint>, Fault> {
        let prefix = store::endpoints_prefix(tenant);
        let found = store::all(&self.shelves.settings, &prefix, crate::limits::ENDPOINTS_MAX).await?;
        found.iter().map(|value| store::read(&value.key, &value.bytes)).collect()
    }

    pub(crate) async fn endpoint_of(&self, tenant: &str, id: &str) -> Result<Option<(u64, Endpoint)>, Fault> {
        match store::is_id(id) {
            true => load(&self.shelves.settings, &store::endpoint_key(tenant, id)).await,
            false => Ok(None),
        }
    }

    pub(crate) async fn notice_of(&self, tenant: &str, id: &str) -> Result<Option<(u64, Notice)>, Fault> {
        match store::is_id(id) {
            true => load(&self.shelves.messages, &store::notice_key(tenant, id)).await,
            false => Ok(None),
        }
    }

    /// Says when a message is due. Whoever sets it again moves it.
    pub(crate) async fn remind(&self, notice: &Notice) -> Result<(), Fault> {
        let lane = crate::lanes::Lane::of(notice).text(0);
        self.timers.set(&timer_id(&notice.tenant, &notice.id), notice.due_ms, lane.into_bytes()).await
    }
}

pub(crate) fn timer_id(tenant: &str, id: &str) -> String {
    format!("{tenant}.{id}")
}

/// What stands in preferences of addresses and language. The notify component has checked them.
pub(crate) struct Known(Value);

impl Known {
    pub(crate) fn read(preferences: &str) -> Self {
        Self(serde_json::from_str(preferences).unwrap_or(json!({})))
    }

    pub(crate) fn email(&self) -> Option<&str> {
        self.text(&["/addresses/email"])
    }

    pub(crate) fn number(&self) -> Option<&str> {
        self.text(&["/addresses/phone"])
    }

    pub(crate) fn locale(&self) -> Option<&str> {
        self.text(&["/language"])
    }

    fn text(&self, places: &[&str]) -> Option<&str> {
        let found = places.iter().find_map(|place| self.0.pointer(place)?.as_str());
        found.filter(|text| !text.is_empty())
    }
}
