//! What the ledger answers on a lattice.

use crate::Bus;
use crate::Ledger;
use crate::edge;
use crate::jobs::{Asker, Jobs, Order, Submission, Wish, status_of};
use crate::journal::Home;
use bindings::exports::imprint::ledger::{jobs, journal, shelf};
use bytes::Bytes;
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use core_saga::{OPEN_MAX, View};
use imprint_provider::wire::types;
use imprint_provider::{Error, Provider};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tracing::info;
use wrpc_transport_nats::NatsContext;

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "ledger-provider",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:ledger/journal@0.1.0": generate,
            "imprint:ledger/jobs@0.1.0": generate,
            "imprint:ledger/shelf@0.1.0": generate,
        },
    });
}

/// What the names of streams begin with, unless the configuration says otherwise.
const PREFIX: &str = "IMPRINT";

/// Serves until a stop. The configuration: `prefix` of the streams and their `replicas`; with `region_lattice` it is the
/// ledger of an edge.
pub async fn run(provider: Provider) -> Result<(), Error> {
    let config = provider.config();
    let replicas = match config.get("replicas").map(|text| text.parse()) {
        None => 1,
        Some(Ok(count)) => count,
        Some(Err(why)) => return Err(Error::Config { key: "replicas".into(), why: format!("{why}") }),
    };
    let bus = Bus::new(provider.nats(), config.get("prefix").map_or(PREFIX, String::as_str), replicas);
    if let Some(region) = provider.config().get(edge::REGION).cloned() {
        return edge::run(provider, &bus, &region, now_ms).await;
    }
    let jobs = Jobs::start(&bus, now_ms).await?;
    // Whoever asks is answered from the moment on that every job is known.
    tokio::select! {
        () = jobs.ready() => info!("every journal is read"),
        () = provider.stopping() => {}
    }
    let room = Room { jobs: Arc::new(jobs) };
    let calls = bindings::serve(&provider.serving().await?, room.clone()).await.map_err(Error::Rpc)?;
    provider.serve(calls).await;
    room.jobs.announced().await;
    provider.finish().await;
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "the one clock of this process; nothing of it enters a kit")]
fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// What all calls share.
#[derive(Clone)]
struct Room {
    jobs: Arc<Jobs>,
}

/// What every function of the contract gives.
type Answer<T> = anyhow::Result<Result<T, types::Error>>;

fn answer<T>(outcome: Result<T, Fault>) -> Answer<T> {
    Ok(outcome.map_err(Into::into))
}

fn asker(ctx: types::CallContext) -> Asker {
    Asker { tenant: ctx.tenant, traceparent: ctx.traceparent, now_ms: ctx.now_ms }
}

fn text(view: &View) -> Result<String, Fault> {
    serde_json::to_string(view).map_err(|why| broken!("a view does not serialise: {why}"))
}

/// A caller reaches the journals of its tenant and no others.
fn own(ctx: &types::CallContext, subject: &str) -> Result<(), Fault> {
    match Home::of_subject(subject) {
        Some(home) if home.tenant == ctx.tenant => Ok(()),
        _ => Err(Fault::new(
            Code::JobMalformed,
            [("why", format!("`{subject}` is not a journal of the caller"))],
        )),
    }
}

fn bytes_of(entries: Vec<Bytes>) -> Vec<Vec<u8>> {
    entries.into_iter().map(Into::into).collect()
}

impl journal::Handler<NatsContext> for Room {
    async fn append(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        subject: String,
        expected: u64,
        entries: Vec<Bytes>,
    ) -> Answer<u64> {
        if let Err(fault) = own(&ctx, &subject) {
            return answer(Err(fault));
        }
        answer(self.jobs.ledger().append(&subject, expected, bytes_of(entries)).await)
    }

    async fn read(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        subject: String,
        from: u64,
    ) -> Answer<Vec<Bytes>> {
        if let Err(fault) = own(&ctx, &subject) {
            return answer(Err(fault));
        }
        let entries = self.jobs.ledger().read(&subject, from).await;
        answer(entries.map(|entries| entries.into_iter().map(Into::into).collect()))
    }
}

impl jobs::Handler<NatsContext> for Room {
    async fn submit(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        submissions: Vec<jobs::Submission>,
    ) -> Answer<Vec<jobs::Receipt>> {
        let submissions = submissions.into_iter().map(|one| Submission {
            id: one.id,
            home_region: one.home_region,
            first: one.first.into(),
        });
        let receipts = self.jobs.submit(&asker(ctx), submissions.collect()).await;
        let wire = |receipt: crate::jobs::Receipt| jobs::Receipt {
            fresh: receipt.fresh,
            first: receipt.first.into(),
        };
        answer(receipts.map(|receipts| receipts.into_iter().map(wire).collect()))
    }

    async fn view(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        answer(shown(self.jobs.view(&asker(ctx), &id).await))
    }

    async fn views(&self, _: NatsContext, ctx: types::CallContext, query: jobs::Query) -> Answer<jobs::Page> {
        let (status, after) = (query.status.as_deref(), query.after.as_deref());
        let views = self.jobs.views(&asker(ctx), status, after, query.limit).await;
        answer(views.and_then(|page| {
            let views = page.views.iter().map(text).collect::<Result<_, _>>()?;
            Ok(jobs::Page { views, next: page.next })
        }))
    }

    async fn events(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        id: String,
        after: u64,
        wait_ms: u32,
    ) -> Answer<Vec<jobs::PublicEvent>> {
        let told = self.jobs.events(&asker(ctx), &id, after, wait_ms).await;
        let wire = |event: crate::jobs::PublicEvent| jobs::PublicEvent {
            sequence: event.sequence,
            kind: event.kind.to_owned(),
            body: event.body,
        };
        answer(told.map(|told| told.into_iter().map(wire).collect()))
    }

    async fn cancel(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        answer(shown(self.jobs.cancel(&asker(ctx), &id).await))
    }

    async fn erase(&self, _: NatsContext, ctx: types::CallContext, id: String) -> Answer<Option<String>> {
        answer(shown(self.jobs.erase(&asker(ctx), &id).await))
    }
}

impl shelf::Handler<NatsContext> for Room {
    async fn views(&self, _: NatsContext, ctx: types::CallContext, wish: shelf::Wish) -> Answer<shelf::Page> {
        let wish = match wish_of(wish) {
            Ok(wish) => wish,
            Err(fault) => return answer(Err(fault)),
        };
        answer(self.jobs.shelf(&asker(ctx), &wish).await.and_then(|page| {
            let views = page.views.iter().map(text).collect::<Result<_, _>>()?;
            Ok(shelf::Page { views, next: page.next, previous: page.previous })
        }))
    }

    async fn standing(&self, _: NatsContext, ctx: types::CallContext) -> Answer<shelf::InHand> {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let open = number(self.jobs.open(&asker(ctx)).await);
        answer(Ok(shelf::InHand { open, open_max: number(OPEN_MAX) }))
    }
}

fn wish_of(wish: shelf::Wish) -> Result<Wish, Fault> {
    Ok(Wish {
        status: wish.status.as_deref().map(status_of).transpose()?,
        industry: wish.industry,
        name_starts: wish.name_starts,
        order: match wish.order {
            shelf::Order::Newest => Order::Newest,
            shelf::Order::Oldest => Order::Oldest,
            shelf::Order::Name => Order::Name,
        },
        cursor: wish.cursor,
        limit: wish.limit as usize,
    })
}

fn shown(view: Result<Option<View>, Fault>) -> Result<Option<String>, Fault> {
    view?.as_ref().map(text).transpose()
}
