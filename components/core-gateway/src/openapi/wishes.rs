//! Rules, preferences and words in the description, as strict as whoever checks them (`core-notify`).
//!
//! What a schema cannot say is said in words and judged there: which messages take which values, that no two rules have one
//! name, that an address is one. `tests/news.rs` compares both over the same texts.

use super::reference;
use crate::notices::CHANNELS;
use core_brand::brief::LANGUAGES;
use serde_json::{Value, json};

/// The version of all three texts.
const FORMAT: u32 = 1;
const RULES_MAX: usize = 32;
/// Names of rules, and `*` beside them.
const WISHES_MAX: usize = 65;
const NAME: &str = "[a-z0-9-]{1,40}";
/// Types of public events, with what all begin with or without.
const EVENT: &str = "^(com\\.brandgenerator\\.events\\.)?[a-z]+([.-][a-z]+)*$";
const DAY_MIN: u32 = 24 * 60;
const DIGEST_MIN_MAX: u32 = 31 * DAY_MIN;
const OFFSET_MIN_MAX: i32 = 14 * 60;
const TEXT_BYTES_MAX: usize = 2000;
const EMAIL_BYTES_MAX: usize = 254;

pub(super) fn preferences() -> Value {
    let minute = json!({ "type": "integer", "minimum": 0, "maximum": DAY_MIN - 1 });
    let offset =
        json!({ "type": "integer", "minimum": -OFFSET_MIN_MAX, "maximum": OFFSET_MIN_MAX, "default": 0 });
    let zone = json!({ "type": ["string", "null"], "pattern": "^(UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$" });
    let quiet = json!({
        "type": ["object", "null"],
        "description": "Minutes of the day in the person's own time: that of `zone`, a name of the IANA, which follows daylight \
            saving; or `offset_min` ahead of UTC all the year. One of the two.",
        "required": ["from_min", "until_min"],
        "additionalProperties": false,
        "properties": { "from_min": minute, "until_min": minute, "offset_min": offset, "zone": zone },
    });
    let off: Vec<&str> = CHANNELS.iter().copied().filter(|channel| *channel != "webhook").collect();
    let email = json!({ "type": ["string", "null"], "maxLength": EMAIL_BYTES_MAX, "pattern": "^\\s*[!-?A-~]+@[!-?A-~]+\\s*$" });
    json!({
        "type": "object",
        "description": "Channels that are off by the name of a rule (`*` is every other), hours at which nothing rings, windows of \
            digests, language and addresses. What is left out is as usual.",
        "additionalProperties": false,
        "properties": {
            "format": { "const": FORMAT },
            "off": by_rule(&json!({ "type": "array", "items": { "enum": off } })),
            "quiet": quiet,
            "digest_min": by_rule(&window()),
            "language": { "enum": LANGUAGES.iter().copied().map(Some).chain([None]).collect::<Vec<_>>() },
            "addresses": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "email": email,
                    "phone": { "type": ["string", "null"], "pattern": "^\\+[1-9][0-9]{6,14}$" },
                },
            },
        },
        "examples": [{
            "format": FORMAT,
            "off": { "brand-finished": ["email"] },
            "quiet": { "from_min": 1320, "until_min": 420, "zone": "Europe/Berlin" },
            "digest_min": { "*": 60 },
            "language": "de",
            "addresses": { "email": "ada@example.com", "phone": "+491701234567" },
        }],
    })
}

pub(super) fn rules() -> Value {
    let rule = json!({
        "type": "object",
        "required": ["name", "on", "channels"],
        "additionalProperties": false,
        "properties": {
            "name": { "type": "string", "pattern": format!("^{NAME}$") },
            "on": { "type": "array", "minItems": 1, "items": { "type": "string", "pattern": EVENT } },
            "channels": { "type": "array", "minItems": 1, "items": { "enum": CHANNELS } },
            "is_critical": { "type": "boolean", "default": false, "description": "Is told at once, and cannot be turned off" },
            "digest_min": window(),
        },
    });
    json!({
        "type": "object",
        "description": "Which events are told on which channels, in place of the usual rules.",
        "required": ["format", "rules"],
        "additionalProperties": false,
        "properties": {
            "format": { "const": FORMAT },
            "rules": { "type": "array", "maxItems": RULES_MAX, "items": rule },
        },
        "examples": [{
            "format": FORMAT,
            "rules": [{
                "name": "brand-failed", "on": ["brand.generation.failed"], "channels": ["email", "feed", "webhook"],
                "digest_min": 0,
            }],
        }],
    })
}

pub(super) fn templates() -> Value {
    let texts = json!({
        "type": "object",
        "propertyNames": { "pattern": "^[a-z0-9-]{1,64}$" },
        "additionalProperties": { "type": "string", "minLength": 1, "maxLength": TEXT_BYTES_MAX },
    });
    json!({
        "type": "object",
        "description": "Texts in Fluent by language, channel and message, in place of the usual ones.",
        "required": ["format", "messages"],
        "additionalProperties": false,
        "properties": {
            "format": { "const": FORMAT },
            "messages": {
                "type": "object",
                "propertyNames": { "enum": LANGUAGES },
                "additionalProperties": {
                    "type": "object",
                    "propertyNames": { "enum": CHANNELS },
                    "additionalProperties": texts,
                },
            },
        },
        "examples": [{ "format": FORMAT, "messages": { "en": { "email": { "finished-title": "{ $brand } is ready" } } } }],
    })
}

/// What is set; an empty object where nothing is, and the usual holds.
pub(super) fn set(schema: &str) -> Value {
    json!({ "anyOf": [reference(schema), { "type": "object", "maxProperties": 0 }] })
}

fn by_rule(of: &Value) -> Value {
    json!({
        "type": "object",
        "propertyNames": { "pattern": format!("^({NAME}|\\*)$") },
        "maxProperties": WISHES_MAX,
        "additionalProperties": of,
    })
}

fn window() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": DIGEST_MIN_MAX, "description": "Minutes that a digest gathers; 0 tells each at once" })
}
