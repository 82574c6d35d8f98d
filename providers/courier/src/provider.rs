//! The courier on a lattice.

use crate::config::Settings;
use crate::desk::Query;
use crate::hearing::{begin, hear_all};
use crate::lattice::{LatticeBrands, LatticeScribe};
use crate::leaving::Link;
use crate::limits::KEPT;
use crate::office::Office;
use crate::scribe::Asking;
use crate::send::Post;
use crate::store::Shelves;
use async_nats::jetstream;
use bindings::exports::imprint::courier::{desk, leaving, reports};
use core_saga::component_id;
use imprint_ledger::{Bus, JetStreamTimers, JetStreamValues};
use imprint_provider::wire::{reply, types};
use imprint_provider::{Error, Provider};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use wrpc_transport_nats::NatsContext;

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "courier-provider",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:courier/desk@0.1.0": generate,
            "imprint:courier/leaving@0.1.0": generate,
            "imprint:courier/reports@0.1.0": generate,
        },
    });
}

/// What the names of streams begin with, unless the configuration says otherwise.
const PREFIX: &str = "IMPRINT";
/// What begins the names of our own.
const OWN: &str = "COURIER";
/// Whom the courier asks, unless the configuration says otherwise.
const LEDGER: &str = "imprint-ledger";
const BLOBS: &str = "imprint-blobs";
const NOTIFY: (&str, &str) = ("notify", env!("CARGO_PKG_VERSION"));

type LatticeOffice = Office<JetStreamValues, JetStreamTimers, LatticeScribe, Post, LatticeBrands>;

/// Works until a stop. The README lists the configuration.
pub async fn run(provider: Provider) -> Result<(), Error> {
    let office = Arc::new(open(&provider).await?);
    let context = jetstream::new(provider.nats());
    // Whoever asks is answered from the moment on that events are kept for us.
    begin(&context).await;
    let room = Room { office: Arc::clone(&office) };
    let calls = bindings::serve(&provider.serving().await?, room).await.map_err(Error::Rpc)?;
    tokio::select! {
        () = provider.serve(calls) => {}
        // Neither has an end of its own.
        () = office.deliver() => {}
        () = hear_all(Arc::clone(&office), context) => {}
    }
    provider.finish().await;
    Ok(())
}

async fn open(provider: &Provider) -> Result<LatticeOffice, Error> {
    let config = provider.config();
    let replicas = match config.get("replicas").map(|text| text.parse()) {
        None => 1,
        Some(Ok(count)) => count,
        Some(Err(why)) => return Err(Error::Config { key: "replicas".into(), why: format!("{why}") }),
    };
    let bus = Bus::new(provider.nats(), config.get("prefix").map_or(PREFIX, String::as_str), replicas);
    let shelves = Shelves {
        settings: JetStreamValues::own(&bus, OWN, Duration::ZERO).await?,
        messages: JetStreamValues::own(&bus, &format!("{OWN}_MESSAGES"), KEPT).await?,
        keys: JetStreamValues::own(&bus, &format!("{OWN}_KEYS"), Duration::ZERO).await?,
    };
    let settings = Settings(config);
    let (terms, post) = (settings.terms()?, settings.post()?);
    let clock = Arc::new(now_ms);
    let timers = JetStreamTimers::own(&bus, clock.clone(), OWN, terms.lease_ms).await?;
    let notify = config.get("notify").cloned().unwrap_or_else(|| component_id(NOTIFY.0, NOTIFY.1));
    let scribe = LatticeScribe::new(provider, &notify).await?;
    let ledger = config.get("ledger").map_or(LEDGER, String::as_str);
    let blobs = config.get("blobs").map_or(BLOBS, String::as_str);
    let brands = LatticeBrands::new(provider, ledger, blobs).await?;
    Ok(Office::new(shelves, timers, scribe, post, brands, clock, provider.meters().clone(), terms))
}

#[allow(clippy::disallowed_methods, reason = "the one clock of this process; nothing of it enters a kit")]
fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// What all calls share.
#[derive(Clone)]
struct Room {
    office: Arc<LatticeOffice>,
}

/// What every function of the contract gives.
type Answer<T> = anyhow::Result<Result<T, types::Error>>;

fn asking(ctx: &types::CallContext) -> Asking {
    Asking {
        tenant: ctx.tenant.clone(),
        traceparent: ctx.traceparent.clone(),
        now_ms: ctx.now_ms,
        key: ctx.idempotency_key.clone(),
        locale: ctx.locale.clone(),
    }
}

impl desk::Handler<NatsContext> for Room {
    async fn notices(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        query: desk::Query,
    ) -> Answer<desk::Page> {
        let query = Query {
            channel: query.channel,
            status: query.status,
            endpoint: query.endpoint,
            cursor: query.cursor,
            limit: query.limit,
        };
        reply(&ctx, async {
            let page = self.office.notices(&ctx.tenant, &query).await?;
            Ok(desk::Page { items: page.items, next: page.next })
        })
        .await
    }

    async fn notice(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        reply(&ctx, self.office.notice(&ctx.tenant, &id)).await
    }

    async fn redrive(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        reply(&ctx, self.office.redrive(&ctx.tenant, &id)).await
    }

    async fn news(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        user: String,
        after: u64,
        limit: u32,
        wait_ms: u32,
    ) -> Answer<desk::Feed> {
        reply(&ctx, async {
            let feed = self.office.news(&ctx.tenant, &user, after, limit, wait_ms).await?;
            Ok(desk::Feed { items: feed.items, unread: feed.unread, last: feed.last })
        })
        .await
    }

    async fn mark(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        user: String,
        ids: Vec<String>,
        up_to: u64,
    ) -> Answer<u32> {
        reply(&ctx, self.office.mark(&ctx.tenant, &user, &ids, up_to)).await
    }

    async fn endpoints(&self, _: NatsContext, ctx: types::CallContext) -> Answer<Vec<String>> {
        reply(&ctx, self.office.endpoints(&ctx.tenant)).await
    }

    async fn endpoint(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        reply(&ctx, self.office.endpoint(&ctx.tenant, &id)).await
    }

    async fn add_endpoint(&self, _: NatsContext, ctx: types::CallContext, wish: String) -> Answer<String> {
        reply(&ctx, self.office.add_endpoint_once(&ctx.tenant, &ctx.idempotency_key, &wish)).await
    }

    async fn change_endpoint(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        id: String,
        wish: String,
    ) -> Answer<Option<String>> {
        reply(&ctx, self.office.change_endpoint(&ctx.tenant, &id, &wish)).await
    }

    async fn remove_endpoint(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<bool> {
        reply(&ctx, self.office.remove_endpoint(&ctx.tenant, &id)).await
    }

    async fn rotate_secret(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        id: String,
    ) -> Answer<Option<String>> {
        reply(&ctx, self.office.rotate_secret(&ctx.tenant, &id)).await
    }

    async fn try_endpoint(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        id: String,
    ) -> Answer<Option<String>> {
        reply(&ctx, self.office.try_endpoint(&ctx.tenant, &id)).await
    }

    async fn replay(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        id: String,
        from_ms: u64,
        until_ms: u64,
    ) -> Answer<Option<u32>> {
        reply(&ctx, self.office.replay(&ctx.tenant, &id, from_ms, until_ms)).await
    }

    async fn setting(&self, _: NatsContext, ctx: types::CallContext, kind: String) -> Answer<Option<String>> {
        reply(&ctx, self.office.settings(&ctx.tenant, &kind)).await
    }

    async fn set(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        kind: String,
        text: String,
    ) -> Answer<String> {
        reply(&ctx, self.office.set(&asking(&ctx), &kind, &text)).await
    }

    async fn preferences(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        user: String,
    ) -> Answer<Option<String>> {
        reply(&ctx, self.office.preferences_of(&ctx.tenant, &user)).await
    }

    async fn set_preferences(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        user: String,
        text: String,
    ) -> Answer<String> {
        reply(&ctx, self.office.set_preferences(&asking(&ctx), &user, &text)).await
    }

    async fn forget(&self, _: NatsContext, ctx: types::CallContext, user: String) -> Answer<bool> {
        reply(&ctx, self.office.forget(&ctx.tenant, &user)).await
    }

    async fn push_key(&self, _: NatsContext, ctx: types::CallContext) -> Answer<Option<String>> {
        reply(&ctx, async { Ok(self.office.push_key()) }).await
    }

    async fn subscribe(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        user: String,
        subscription: String,
    ) -> Answer<String> {
        reply(&ctx, self.office.subscribe(&ctx.tenant, &user, &subscription)).await
    }

    async fn unsubscribe(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        user: String,
        id: String,
    ) -> Answer<bool> {
        reply(&ctx, self.office.unsubscribe(&ctx.tenant, &user, &id)).await
    }
}

impl leaving::Handler<NatsContext> for Room {
    async fn look(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        token: String,
    ) -> Answer<Option<leaving::Link>> {
        reply(&ctx, async { Ok(self.office.look(&token).await?.map(wire)) }).await
    }

    async fn leave(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        token: String,
    ) -> Answer<Option<leaving::Link>> {
        reply(&ctx, async { Ok(self.office.leave(&token).await?.map(wire)) }).await
    }
}

fn wire(link: Link) -> leaving::Link {
    leaving::Link { rule: link.rule, language: link.language, is_off: link.is_off }
}

impl reports::Handler<NatsContext> for Room {
    async fn sms(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        token: String,
        form: String,
        signature: Option<String>,
    ) -> Answer<bool> {
        reply(&ctx, self.office.sms_report(&token, &form, signature.as_deref())).await
    }
}
