//! WIT types to core types and back, field by field.

use crate::types as wit;
use core_brand::{Blame, BlobRef, Body, Document, DocumentKind, Fault, Pixels, Task};

impl From<wit::BlobRef> for BlobRef {
    fn from(wit: wit::BlobRef) -> Self {
        Self { sha256: wit.sha256, bytes: wit.bytes }
    }
}

impl From<BlobRef> for wit::BlobRef {
    fn from(core: BlobRef) -> Self {
        Self { sha256: core.sha256, bytes: core.bytes }
    }
}

impl From<wit::Document> for Document {
    fn from(wit: wit::Document) -> Self {
        Self {
            name: wit.name,
            kind: match wit.kind {
                wit::DocumentKind::Working => DocumentKind::Working,
                wit::DocumentKind::File => DocumentKind::File,
            },
            media_type: wit.media_type,
            pixels: wit.pixels.map(|pixels| Pixels { width: pixels.width, height: pixels.height }),
            body: match wit.body {
                wit::Body::Inline(bytes) => Body::Inline(bytes),
                wit::Body::Stored(content) => Body::Stored(content.into()),
            },
        }
    }
}

impl From<Document> for wit::Document {
    fn from(core: Document) -> Self {
        Self {
            name: core.name,
            kind: match core.kind {
                DocumentKind::Working => wit::DocumentKind::Working,
                DocumentKind::File => wit::DocumentKind::File,
            },
            media_type: core.media_type,
            pixels: core.pixels.map(|pixels| wit::Pixels { width: pixels.width, height: pixels.height }),
            body: match core.body {
                Body::Inline(bytes) => wit::Body::Inline(bytes),
                Body::Stored(content) => wit::Body::Stored(content.into()),
            },
        }
    }
}

impl From<wit::Task> for Task {
    fn from(wit: wit::Task) -> Self {
        let inputs = wit.inputs.into_iter().map(Document::from).collect();
        Self { id: wit.id, kind: wit.kind, settings: wit.settings, inputs }
    }
}

impl From<Task> for wit::Task {
    fn from(core: Task) -> Self {
        let inputs = core.inputs.into_iter().map(wit::Document::from).collect();
        Self { id: core.id, kind: core.kind, settings: core.settings, inputs }
    }
}

/// A fault as the WIT error that says whose it is.
#[must_use]
pub fn error(core: Fault) -> wit::Error {
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

/// The fault that a callee answered with.
pub(crate) fn fault(wit: wit::Error) -> Fault {
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
