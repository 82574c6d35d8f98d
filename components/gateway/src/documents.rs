//! Documents of components, field by field.

use crate::remote::imprint::platform::types as wit;
use core_brand::{BlobRef, Body, Document, DocumentKind, Pixels};

pub(crate) fn to_wit(core: Document) -> wit::Document {
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

pub(crate) fn to_core(wit: wit::Document) -> Document {
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
