//! The ledger of an edge: a place near users whose link to its region may be cut.
//!
//! It keeps no journals. What is asked of it goes to the ledger of the region. A job that comes while that does not answer
//! is kept here, on the disk, and handed on once it answers again. The region knows a job by its id, so one that is handed on
//! twice is begun once.

mod held;

use crate::Bus;
use crate::jobs::{Asker, Submission, WAIT_MS_MAX, check};
use crate::journal::{event_of, region_of};
use async_nats::jetstream::{AckKind, Message};
use bindings::exports::imprint::ledger::{jobs, shelf};
use bindings::imprint::ledger::{jobs as away, shelf as away_shelf};
use bytes::Bytes;
use core_brand::envelope::Envelope;
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use core_saga::{OPEN_MAX, View};
use futures::StreamExt;
use held::Held;
use imprint_provider::wire::{answer, reply, types};
use imprint_provider::{Client, Error, Provider};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use tracing::{info, warn};
use wrpc_transport_nats::NatsContext;

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "ledger-edge",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:ledger/jobs@0.1.0": generate,
            "imprint:ledger/shelf@0.1.0": generate,
        },
    });
}

/// The setting with the lattice of the region. With it, this ledger is that of an edge.
pub(crate) const REGION: &str = "region_lattice";
/// And with the name of the edge.
const NAME: &str = "edge";
/// The ledger of the region, by its id, as faults name it too.
const LEDGER: &str = "imprint-ledger";

/// A region that answers does so in milliseconds. A surface waits five seconds, and what is not answered is kept in time.
const ANSWER_MAX: Duration = Duration::from_secs(2);
/// A region that is away is asked again after this long, and so is a queue that broke.
const PAUSE: Duration = Duration::from_millis(500);
/// A job that the region refuses is offered again after this long; those behind it go on.
const REFUSED: Duration = Duration::from_secs(30);
/// Whoever waits for news of a job that is kept here asks again after this long.
const NEWS: Duration = Duration::from_secs(1);

/// Serves until a stop.
pub(crate) async fn run(
    provider: Provider,
    bus: &Bus,
    region: &str,
    now_ms: fn() -> u64,
) -> Result<(), Error> {
    let name = provider.config().get(NAME).map_or("edge", String::as_str).to_owned();
    let edge = Edge {
        held: Arc::new(Held::open(bus).await?),
        region: provider.client_in(region, LEDGER).await?,
        provider: provider.clone(),
        name,
        now_ms,
    };
    let calls = bindings::serve(&provider.serving().await?, edge.clone()).await.map_err(Error::Rpc)?;
    let handing_on = tokio::spawn(edge.hand_on());
    provider.serve(calls).await;
    handing_on.abort();
    provider.finish().await;
    Ok(())
}

#[derive(Clone)]
struct Edge {
    held: Arc<Held>,
    region: Client,
    provider: Provider,
    name: String,
    now_ms: fn() -> u64,
}

impl Edge {
    async fn ask<T>(
        &self,
        within: Duration,
        call: impl Future<Output = anyhow::Result<Result<T, types::Error>>>,
    ) -> Result<T, Fault> {
        answer(LEDGER, within, call).await
    }

    /// Begins jobs in the region, or keeps them here. One that is kept already is answered from here.
    async fn begin(
        &self,
        ctx: &types::CallContext,
        wanted: Vec<jobs::Submission>,
    ) -> Result<Vec<jobs::Receipt>, Fault> {
        let mut is_held = false;
        for one in &wanted {
            is_held |= self.held.find(&ctx.tenant, &one.id).await?.is_some();
        }
        if is_held {
            return self.keep(ctx, wanted).await;
        }
        let theirs: Vec<_> = wanted.iter().map(theirs).collect();
        let headers = self.provider.headers(ctx);
        match self.ask(ANSWER_MAX, away::submit(&self.region, headers, ctx, &theirs)).await {
            // It may have been begun all the same; then handing it on finds it there.
            Err(fault) if fault.is(Code::Unreachable) => self.keep(ctx, wanted).await,
            told => Ok(told?.into_iter().map(|one| receipt(one.fresh, one.first)).collect()),
        }
    }

    async fn keep(
        &self,
        ctx: &types::CallContext,
        wanted: Vec<jobs::Submission>,
    ) -> Result<Vec<jobs::Receipt>, Fault> {
        let asker = Asker { tenant: ctx.tenant.clone(), ..Asker::default() };
        for one in &wanted {
            let (id, home_region, first) = (one.id.clone(), one.home_region.clone(), one.first.to_vec());
            check(&asker, &Submission { id, home_region, first })?;
        }
        self.held.has_room(wanted.len()).await?;
        let mut receipts = Vec::new();
        for one in wanted {
            let (fresh, first) = self.held.keep(&ctx.tenant, &one.id, one.first).await?;
            receipts.push(receipt(fresh, first));
        }
        Ok(receipts)
    }

    /// A job as it is known here, while it is kept here.
    async fn held(&self, tenant: &str, id: &str) -> Result<Option<View>, Fault> {
        let Some(first) = self.held.find(tenant, id).await? else { return Ok(None) };
        let (envelope, event) = event_of(&first)?;
        let mut view = View::new(id, tenant);
        view.apply(&event, envelope.recorded_ms, 0);
        let name = &self.name;
        view.message = Some(format!("queued at the edge `{name}`: its region gets it once that answers"));
        Ok(Some(view))
    }

    /// What can only be done where the job is.
    async fn is_there(&self, tenant: &str, id: &str) -> Result<(), Fault> {
        match self.held.find(tenant, id).await? {
            None => Ok(()),
            Some(_) => {
                let why = format!("`{id}` still waits at the edge `{}`", self.name);
                Err(Fault::new(Code::Unreachable, [("callee", LEDGER.to_owned()), ("why", why)]))
            }
        }
    }

    /// Hands on what is kept, oldest first, for as long as this runs.
    async fn hand_on(self) {
        loop {
            if let Err(fault) = self.hand_on_each().await {
                warn!(code = %fault.code, "handing on waits: {}", fault.message);
            }
            sleep(PAUSE).await;
        }
    }

    async fn hand_on_each(&self) -> Result<(), Fault> {
        let mut messages = self.held.messages().await?;
        while let Some(message) = messages.next().await {
            let message = message.map_err(|why| held::silent(&why))?;
            self.hand_on_one(&message).await?;
        }
        Ok(())
    }

    async fn hand_on_one(&self, message: &Message) -> Result<(), Fault> {
        let (tenant, id) = held::job_of(&message.subject)?;
        let told = loop {
            match self.offer(tenant, id, &message.payload).await {
                Err(fault) if fault.is(Code::Unreachable) => {
                    message.ack_with(AckKind::Progress).await.map_err(|why| held::silent(&why))?;
                    sleep(PAUSE).await;
                }
                told => break told,
            }
        };
        match told {
            Ok(is_fresh) => {
                // Not fresh: an earlier try got through, or the key was used in the region meanwhile.
                info!(job = id, is_fresh, "handed on");
                message.double_ack().await.map_err(|why| held::silent(&why))
            }
            // It was acknowledged, so it stays until it is taken or a person looks into the log.
            Err(fault) => {
                warn!(code = %fault.code, job = id, "the region does not take it: {}", fault.message);
                message.ack_with(AckKind::Nak(Some(REFUSED))).await.map_err(|why| held::silent(&why))
            }
        }
    }

    /// Gives whether it was begun by this.
    async fn offer(&self, tenant: &str, id: &str, first: &[u8]) -> Result<bool, Fault> {
        let now_ms = (self.now_ms)();
        let mut envelope = Envelope::from_bytes(first).map_err(|why| broken!("a first event: {why}"))?;
        // The promised time begins when the region hears of it, or a long cut would have used it up.
        envelope.recorded_ms = now_ms;
        let first = envelope.to_bytes().map_err(|why| broken!("a first event: {why}"))?;
        let ctx = types::CallContext {
            tenant: tenant.to_owned(),
            traceparent: envelope.traceparent.unwrap_or_default(),
            now_ms,
            deadline_ms: now_ms + u64::try_from(ANSWER_MAX.as_millis()).unwrap_or_default(),
            attempt: 1,
            idempotency_key: format!("{id}/submit"),
            locale: "en".to_owned(),
        };
        let home_region = region_of(id).unwrap_or_default().to_owned();
        let one = [away::Submission { id: id.to_owned(), home_region, first: first.into() }];
        let headers = self.provider.headers(&ctx);
        let told = self.ask(ANSWER_MAX, away::submit(&self.region, headers, &ctx, &one)).await?;
        told.first().map(|one| one.fresh).ok_or_else(|| broken!("no receipt for `{id}`"))
    }
}

fn theirs(one: &jobs::Submission) -> away::Submission {
    away::Submission { id: one.id.clone(), home_region: one.home_region.clone(), first: one.first.clone() }
}

fn receipt(fresh: bool, first: Bytes) -> jobs::Receipt {
    jobs::Receipt { fresh, first }
}

type Answer<T> = anyhow::Result<Result<T, types::Error>>;

impl jobs::Handler<NatsContext> for Edge {
    async fn submit(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        submissions: Vec<jobs::Submission>,
    ) -> Answer<Vec<jobs::Receipt>> {
        reply(&ctx, self.begin(&ctx, submissions)).await
    }

    async fn view(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        let told = async {
            if let Some(view) = self.held(&ctx.tenant, &id).await? {
                let text = serde_json::to_string(&view);
                return text.map(Some).map_err(|why| broken!("a view does not serialise: {why}"));
            }
            let headers = self.provider.headers(&ctx);
            self.ask(ANSWER_MAX, away::view(&self.region, headers, &ctx, &id)).await
        };
        reply(&ctx, told).await
    }

    async fn views(&self, _: NatsContext, ctx: types::CallContext, query: jobs::Query) -> Answer<jobs::Page> {
        let query = away::Query { status: query.status, after: query.after, limit: query.limit };
        let told = async {
            let headers = self.provider.headers(&ctx);
            let page = self.ask(ANSWER_MAX, away::views(&self.region, headers, &ctx, &query)).await?;
            Ok(jobs::Page { views: page.views, next: page.next })
        };
        reply(&ctx, told).await
    }

    async fn events(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        id: String,
        after: u64,
        wait_ms: u32,
    ) -> Answer<Vec<jobs::PublicEvent>> {
        let wait = Duration::from_millis(u64::from(wait_ms.min(WAIT_MS_MAX)));
        let told = async {
            if self.held.find(&ctx.tenant, &id).await?.is_some() {
                sleep(NEWS.min(wait)).await;
                return Ok(Vec::new());
            }
            let headers = self.provider.headers(&ctx);
            let call = away::events(&self.region, headers, &ctx, &id, after, wait_ms);
            let events = self.ask(ANSWER_MAX + wait, call).await?.into_iter();
            let ours = |one: away::PublicEvent| jobs::PublicEvent {
                sequence: one.sequence,
                kind: one.kind,
                body: one.body,
            };
            Ok(events.map(ours).collect())
        };
        reply::<Vec<jobs::PublicEvent>, _>(&ctx, told).await
    }

    async fn cancel(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        let told = async {
            self.is_there(&ctx.tenant, &id).await?;
            let headers = self.provider.headers(&ctx);
            self.ask(ANSWER_MAX, away::cancel(&self.region, headers, &ctx, &id)).await
        };
        reply(&ctx, told).await
    }

    async fn erase(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        let told = async {
            self.is_there(&ctx.tenant, &id).await?;
            let headers = self.provider.headers(&ctx);
            self.ask(ANSWER_MAX, away::erase(&self.region, headers, &ctx, &id)).await
        };
        reply(&ctx, told).await
    }
}

impl shelf::Handler<NatsContext> for Edge {
    async fn views(&self, _: NatsContext, ctx: types::CallContext, wish: shelf::Wish) -> Answer<shelf::Page> {
        let wish = away_shelf::Wish {
            status: wish.status,
            industry: wish.industry,
            name_starts: wish.name_starts,
            order: match wish.order {
                shelf::Order::Newest => away_shelf::Order::Newest,
                shelf::Order::Oldest => away_shelf::Order::Oldest,
                shelf::Order::Name => away_shelf::Order::Name,
            },
            cursor: wish.cursor,
            limit: wish.limit,
        };
        let told = async {
            let headers = self.provider.headers(&ctx);
            let page = self.ask(ANSWER_MAX, away_shelf::views(&self.region, headers, &ctx, &wish)).await?;
            Ok(shelf::Page { views: page.views, next: page.next, previous: page.previous })
        };
        reply(&ctx, told).await
    }

    /// While the region is away: what is kept here.
    async fn standing(&self, _: NatsContext, ctx: types::CallContext) -> Answer<shelf::InHand> {
        let told = async {
            let headers = self.provider.headers(&ctx);
            match self.ask(ANSWER_MAX, away_shelf::standing(&self.region, headers, &ctx)).await {
                Err(fault) if fault.is(Code::Unreachable) => {
                    let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
                    let open = number(self.held.count().await?);
                    Ok(shelf::InHand { open, open_max: number(OPEN_MAX as u64) })
                }
                told => told.map(|now| shelf::InHand { open: now.open, open_max: now.open_max }),
            }
        };
        reply(&ctx, told).await
    }
}
