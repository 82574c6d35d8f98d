//! WIT types of the host's side to core types and back, field by field.

use crate::engine::imprint::platform::types as wit;
use core_brand::{Blame, BlobRef, Body, Document, DocumentKind, Fault, Pixels, Task};
use imprint_runner::CallContext;

pub(crate) fn context_of(core: CallContext) -> wit::CallContext {
    wit::CallContext {
        tenant: core.tenant,
        traceparent: core.traceparent,
        now_ms: core.now_ms,
        deadline_ms: core.deadline_ms,
        attempt: core.attempt,
        idempotency_key: core.idempotency_key,
        locale: core.locale,
    }
}

pub(crate) fn error_of(core: Fault) -> wit::Error {
    let (blame, after_ms) = (core.blame, core.retry_after_ms);
    let fault = wit::Fault {
        code: core.code,
        args: core.args.into_iter().map(|(name, value)| wit::Arg { name, value }).collect(),
        field: core.field,
        message: core.message,
    };
    match blame {
        Blame::Rejected => wit::Error::Rejected(fault),
        Blame::Busy => wit::Error::Busy(wit::Delay { fault, after_ms }),
        Blame::Internal => wit::Error::Internal(fault),
    }
}

pub(crate) fn fault_of(wit: wit::Error) -> Fault {
    let (blame, retry_after_ms, fault) = match wit {
        wit::Error::Rejected(fault) => (Blame::Rejected, 0, fault),
        wit::Error::Busy(delay) => (Blame::Busy, delay.after_ms, delay.fault),
        wit::Error::Internal(fault) => (Blame::Internal, 0, fault),
    };
    Fault {
        code: fault.code,
        blame,
        args: fault.args.into_iter().map(|arg| (arg.name, arg.value)).collect(),
        field: fault.field,
        message: fault.message,
        retry_after_ms,
    }
}

pub(crate) fn document_of(wit: wit::Document) -> Document {
    Document {
        name: wit.name,
        kind: match wit.kind {
            wit::DocumentKind::Working => DocumentKind::Working,
            wit::DocumentKind::File => DocumentKind::File,
        },
        media_type: wit.media_type,
        pixels: wit.pixels.map(|pixels| Pixels { width: pixels.width, height: pixels.height }),
        body: match wit.body {
            wit::Body::Inline(bytes) => Body::Inline(bytes),
            wit::Body::Stored(content) => {
                Body::Stored(BlobRef { sha256: content.sha256, bytes: content.bytes })
            }
        },
    }
}

pub(crate) fn wit_document(core: Document) -> wit::Document {
    wit::Document {
        name: core.name,
        kind: match core.kind {
            DocumentKind::Working => wit::DocumentKind::Working,
            DocumentKind::File => wit::DocumentKind::File,
        },
        media_type: core.media_type,
        pixels: core.pixels.map(|pixels| wit::Pixels { width: pixels.width, height: pixels.height }),
        body: match core.body {
            Body::Inline(bytes) => wit::Body::Inline(bytes),
            Body::Stored(content) => {
                wit::Body::Stored(wit::BlobRef { sha256: content.sha256, bytes: content.bytes })
            }
        },
    }
}

pub(crate) fn task_of(wit: wit::Task) -> Task {
    let inputs = wit.inputs.into_iter().map(document_of).collect();
    Task { id: wit.id, kind: wit.kind, settings: wit.settings, inputs }
}

pub(crate) fn wit_task(core: Task) -> wit::Task {
    let inputs = core.inputs.into_iter().map(wit_document).collect();
    wit::Task { id: core.id, kind: core.kind, settings: core.settings, inputs }
}
