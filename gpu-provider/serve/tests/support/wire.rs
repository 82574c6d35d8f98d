//! How a program asks a painter over a lattice.

use imprint_provider::wire::types;

// What the macro writes is not ours to tidy.
wit_bindgen_wrpc::generate!({
    inline: "package imprint:test; world caller { import imprint:painter/orders@0.1.0; }",
    path: "../../wit",
    world: "imprint:test/caller",
    with: {
        "imprint:platform/types@0.1.0": imprint_provider::wire::types,
        "imprint:painter/orders@0.1.0": generate,
    },
});

/// Of a call about this brand or order.
pub(crate) fn context(key: &str) -> types::CallContext {
    types::CallContext {
        tenant: "acme".to_owned(),
        traceparent: String::new(),
        now_ms: 0,
        deadline_ms: 0,
        attempt: 1,
        idempotency_key: key.to_owned(),
        locale: "en".to_owned(),
    }
}
