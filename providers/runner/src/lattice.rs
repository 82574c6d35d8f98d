//! Components on a lattice, called by the id of their version.

use crate::arms::PAINTER;
use crate::callee::{CallContext, Callee, Decided, Paintings};
use crate::painter::Painter;
use bindings::imprint::jobs::step;
use bindings::imprint::orchestrator::saga;
use core_brand::fault::Code;
use core_brand::painting::PaintOrder;
use core_brand::{Document, Fault, Task};
use core_saga::Outcome;
use imprint_provider::wire::types;
use imprint_provider::{Client, Provider};
use imprint_telemetry::trace;
use std::future::Future;
use std::io::ErrorKind;
use std::time::Duration;
use tracing::{Instrument as _, Span};

pub(crate) mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "runner-provider",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:jobs/step@0.1.0": generate,
            "imprint:orchestrator/saga@0.1.0": generate,
            "imprint:painter/orders@0.1.0": generate,
        },
    });
}

/// Components of a lattice. Waits without end: put a `Guard` before it.
#[derive(Clone)]
pub struct LatticeCallee {
    provider: Provider,
}

impl LatticeCallee {
    #[must_use]
    pub fn new(provider: Provider) -> Self {
        Self { provider }
    }

    async fn client(&self, component: &str) -> Result<Client, Fault> {
        let client = self.provider.client(component).await;
        client.map_err(|why| silent(component, &why.to_string()))
    }
}

impl Callee for LatticeCallee {
    async fn decide(
        &self,
        component: String,
        ctx: CallContext,
        journal: Vec<String>,
    ) -> Result<Decided, Fault> {
        let (client, (span, ctx)) = (self.client(&component).await?, traced(&component, ctx));
        let journal: Vec<_> = journal.iter().map(String::as_str).collect();
        let call = saga::next(&client, self.provider.headers(&ctx), &ctx, &journal);
        Ok(decided(answered(&component, call).instrument(span).await?))
    }

    async fn plan(
        &self,
        component: String,
        ctx: CallContext,
        step: String,
        inputs: Vec<Document>,
    ) -> Result<Vec<Task>, Fault> {
        let (client, (span, ctx)) = (self.client(&component).await?, traced(&component, ctx));
        let inputs: Vec<types::Document> = inputs.into_iter().map(Into::into).collect();
        let call = step::plan(&client, self.provider.headers(&ctx), &ctx, &step, &inputs);
        Ok(answered(&component, call).instrument(span).await?.into_iter().map(Into::into).collect())
    }

    async fn build(&self, component: String, ctx: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
        let (client, (span, ctx)) = (self.client(&component).await?, traced(&component, ctx));
        let task = types::Task::from(task);
        let call = step::build(&client, self.provider.headers(&ctx), &ctx, &task);
        Ok(answered(&component, call).instrument(span).await?.into_iter().map(Into::into).collect())
    }

    async fn paint(&self, ctx: CallContext, order: PaintOrder) -> Result<Paintings, Fault> {
        let client = self.client(PAINTER).await?;
        let (span, ctx) = traced(PAINTER, ctx);
        let wait = Duration::from_millis(ctx.deadline_ms.saturating_sub(ctx.now_ms));
        Painter::new(&self.provider, &client, ctx).paint(&order, wait).instrument(span).await
    }
}

/// What a component says, or why it says nothing. Nothing is `busy`: the callee may be moving, and every call may be
/// repeated.
async fn answered<T>(
    component: &str,
    call: impl Future<Output = anyhow::Result<Result<T, types::Error>>>,
) -> Result<T, Fault> {
    match call.await {
        Ok(answer) => answer.map_err(Into::into),
        Err(why) if is_missing(&why) => {
            Err(Fault::new(Code::CalleeMissing, [("callee", component.to_owned())]))
        }
        Err(why) => Err(silent(component, &format!("{why:#}"))),
    }
}

/// The server says at once that nobody listens, and the transport takes that for an end of the connection.
fn is_missing(why: &anyhow::Error) -> bool {
    let kinds = why.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    kinds.map(std::io::Error::kind).any(|kind| kind == ErrorKind::NotConnected)
}

fn silent(component: &str, why: &str) -> Fault {
    Fault::new(Code::Unreachable, [("callee", component.to_owned()), ("why", why.to_owned())])
}

/// The span of a call, and the context that leads the callee to it.
fn traced(component: &str, ctx: CallContext) -> (Span, types::CallContext) {
    let span = tracing::info_span!("call", callee = component, attempt = ctx.attempt);
    let traceparent = trace::lead(&span, &ctx.traceparent);
    (span, wire(CallContext { traceparent, ..ctx }))
}

fn wire(ctx: CallContext) -> types::CallContext {
    types::CallContext {
        tenant: ctx.tenant,
        traceparent: ctx.traceparent,
        now_ms: ctx.now_ms,
        deadline_ms: ctx.deadline_ms,
        attempt: ctx.attempt,
        idempotency_key: ctx.idempotency_key,
        locale: ctx.locale,
    }
}

fn decided(wit: saga::Decision) -> Decided {
    match wit {
        saga::Decision::Plan(work) => Decided::Plan { step: work.step, component: work.component },
        saga::Decision::Build(tasks) => {
            Decided::Build { step: tasks.step, component: tasks.component, ids: tasks.ids }
        }
        saga::Decision::Undo(work) => Decided::Undo { step: work.step },
        saga::Decision::End(saga::Outcome::Completed) => Decided::End(Outcome::Completed),
        saga::Decision::End(saga::Outcome::Failed) => Decided::End(Outcome::Failed),
        saga::Decision::End(saga::Outcome::Cancelled) => Decided::End(Outcome::Cancelled),
        saga::Decision::Rest => Decided::Rest,
    }
}
