//! Whoever answers.

use serde_json::{Value, json};

/// A callee, called with JSON as its contract has it: records are objects, a variant is an object of one field, bytes
/// that are no text are hexadecimal behind `0x`, a result is `{"ok": ...}` or `{"err": ...}`.
pub trait Callee {
    /// Calls `package:name/interface@version#function`. The fault of a call that cannot be made is a sentence.
    fn call(&self, function: &str, args: &[Value]) -> Result<Value, String>;

    /// All documents that the steps before this one make of the usual brief.
    fn made(&self, step: &str) -> Result<Value, String> {
        Err(format!("this callee makes no documents before `{step}`"))
    }

    /// What the store that the callee reads from keeps.
    fn content(&self, content: &Value) -> Result<Vec<u8>, String> {
        Err(format!("this callee has no store for {content}"))
    }

    /// Keeps bytes in that store, and gives what they are found by.
    fn keep(&self, _bytes: &[u8]) -> Result<Value, String> {
        Err("this callee has no store".to_owned())
    }

    /// Whether the store that the callee reads from answers only `busy`.
    fn store_is_away(&self, _is_away: bool) {}
}

/// The first argument of a function: the usual one, with these fields changed.
pub(crate) fn context(changed: &serde_json::Map<String, Value>, attempt: u32) -> Value {
    let mut context = json!({
        "tenant": "acme",
        "traceparent": "",
        "now-ms": 1_000_000,
        "deadline-ms": 1_030_000,
        "attempt": attempt,
        "idempotency-key": "br_us-east-1_aaaaaaaaaaaaaaaaaaaaaaaaaa/contract",
        "locale": "en",
    });
    for (name, value) in changed {
        context[name] = value.clone();
    }
    context
}
