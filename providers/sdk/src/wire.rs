//! The contracts as wRPC speaks them, and their way to core types and back, field by field.
//!
//! Crates that generate bindings of their own take the shared words from here:
//! `with: { "imprint:platform/types@0.1.0": imprint_provider::wire::types }`.

mod generated {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "shared",
        path: "../../wit",
        generate_all,
        generate_unused_types: true,
    });
}

pub use generated::imprint::blobs::store;
pub use generated::imprint::fonts::library;
pub use generated::imprint::platform::types;

use core_brand::fault::Code;
use core_brand::{Blame, BlobRef, Body, Document, DocumentKind, Fault, Pixels, Task};
use std::future::Future;
use std::time::Duration;
use tracing::{Instrument, Span};

/// What the log lines of a call carry. Calls are done inside of it: `call.instrument(span(&ctx))`.
#[must_use]
pub fn span(ctx: &types::CallContext) -> Span {
    // 00-<trace>-<span>-<flags>
    let mut trace = ctx.traceparent.split('-').skip(1);
    let span = tracing::info_span!(
        "call",
        trace_id = trace.next(),
        span_id = trace.next(),
        user_id = ctx.tenant,
        request_id = ctx.idempotency_key,
    );
    imprint_telemetry::trace::follow(&span, &ctx.traceparent);
    span
}

/// Answers a call: does the work inside the span of the call, and says in the log what is our fault.
pub async fn reply<C, W: From<C>>(
    ctx: &types::CallContext,
    work: impl Future<Output = Result<C, Fault>>,
) -> anyhow::Result<Result<W, types::Error>> {
    let said = async {
        let done = work.await;
        if let Err(fault) = &done
            && fault.blame != Blame::Rejected
        {
            tracing::warn!(code = fault.code, "{fault}");
        }
        done
    };
    Ok(said.instrument(span(ctx)).await.map(W::from).map_err(types::Error::from))
}

/// Waits for an answer as long as this. No answer is `busy`: the callee may be moving, and every call is safe to
/// repeat.
pub async fn answer<T>(
    callee: &str,
    wait_max: Duration,
    call: impl Future<Output = anyhow::Result<Result<T, types::Error>>>,
) -> Result<T, Fault> {
    let silent = |why: String| Fault::new(Code::Unreachable, [("callee", callee.to_owned()), ("why", why)]);
    match tokio::time::timeout(wait_max, call).await {
        Ok(Ok(answer)) => answer.map_err(Into::into),
        Ok(Err(why)) => Err(silent(format!("{why:#}"))),
        Err(_) => Err(silent(format!("no answer in {} ms", wait_max.as_millis()))),
    }
}

impl From<Fault> for types::Error {
    fn from(core: Fault) -> Self {
        let (blame, after_ms) = (core.blame, core.retry_after_ms);
        let fault = types::Fault {
            code: core.code,
            args: core.args.into_iter().map(|(name, value)| types::Arg { name, value }).collect(),
            field: core.field,
            message: core.message,
        };
        match blame {
            Blame::Rejected => Self::Rejected(fault),
            Blame::Busy => Self::Busy(types::Delay { fault, after_ms }),
            Blame::Internal => Self::Internal(fault),
        }
    }
}

impl From<types::Error> for Fault {
    fn from(wit: types::Error) -> Self {
        let (blame, retry_after_ms, fault) = match wit {
            types::Error::Rejected(fault) => (Blame::Rejected, 0, fault),
            types::Error::Busy(delay) => (Blame::Busy, delay.after_ms, delay.fault),
            types::Error::Internal(fault) => (Blame::Internal, 0, fault),
        };
        Self {
            code: fault.code,
            blame,
            args: fault.args.into_iter().map(|arg| (arg.name, arg.value)).collect(),
            field: fault.field,
            message: fault.message,
            retry_after_ms,
        }
    }
}

impl From<BlobRef> for types::BlobRef {
    fn from(core: BlobRef) -> Self {
        Self { sha256: core.sha256, bytes: core.bytes }
    }
}

impl From<types::BlobRef> for BlobRef {
    fn from(wit: types::BlobRef) -> Self {
        Self { sha256: wit.sha256, bytes: wit.bytes }
    }
}

impl From<Document> for types::Document {
    fn from(core: Document) -> Self {
        Self {
            name: core.name,
            kind: match core.kind {
                DocumentKind::Working => types::DocumentKind::Working,
                DocumentKind::File => types::DocumentKind::File,
            },
            media_type: core.media_type,
            pixels: core.pixels.map(|pixels| types::Pixels { width: pixels.width, height: pixels.height }),
            body: match core.body {
                Body::Inline(bytes) => types::Body::Inline(bytes.into()),
                Body::Stored(content) => types::Body::Stored(content.into()),
            },
        }
    }
}

impl From<types::Document> for Document {
    fn from(wit: types::Document) -> Self {
        Self {
            name: wit.name,
            kind: match wit.kind {
                types::DocumentKind::Working => DocumentKind::Working,
                types::DocumentKind::File => DocumentKind::File,
            },
            media_type: wit.media_type,
            pixels: wit.pixels.map(|pixels| Pixels { width: pixels.width, height: pixels.height }),
            body: match wit.body {
                types::Body::Inline(bytes) => Body::Inline(bytes.into()),
                types::Body::Stored(content) => Body::Stored(content.into()),
            },
        }
    }
}

impl From<Task> for types::Task {
    fn from(core: Task) -> Self {
        let inputs = core.inputs.into_iter().map(Into::into).collect();
        Self { id: core.id, kind: core.kind, settings: core.settings, inputs }
    }
}

impl From<types::Task> for Task {
    fn from(wit: types::Task) -> Self {
        let inputs = wit.inputs.into_iter().map(Into::into).collect();
        Self { id: wit.id, kind: wit.kind, settings: wit.settings, inputs }
    }
}
