//! Notifications in the description: what the courier's documents look like.

use super::{reference, wishes};
use crate::desk::ID_PATTERN;
use crate::feed::{MARKS_MAX, SEQUENCE_MAX};
use crate::list::LIMIT_MAX;
use crate::notices::{CHANNELS, CURSOR_PATTERN, STATES};
use crate::webhooks::{ABOUT_CHARS_MAX, EVENT_BYTES_MAX, EVENTS_MAX, URL_BYTES_MAX};
use crate::wishes::{ADDRESS_BYTES_MAX, PUSH_KEY_BYTES_MAX};
use serde_json::{Value, json};

/// What requests and answers consist of, by name.
pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("Notification", notification()),
        ("NotificationList", list("notifications", "Notification")),
        ("Webhook", webhook(&[])),
        ("WebhookWithSecret", webhook(&["secret"])),
        ("WebhookList", list("webhooks", "Webhook")),
        ("WebhookWish", webhook_wish(&["url"])),
        ("WebhookChange", webhook_wish(&[])),
        ("Span", span()),
        (
            "Replayed",
            object(&[("messages", json!({ "type": "integer", "minimum": 0 })), ("links", links())], &[]),
        ),
        ("News", news()),
        ("Feed", feed()),
        ("Marks", marks()),
        ("Unread", object(&[("unread", count()), ("links", links())], &[])),
        ("Preferences", wishes::preferences()),
        ("Rules", wishes::rules()),
        ("RulesSet", wishes::set("Rules")),
        ("NotificationTemplates", wishes::templates()),
        ("NotificationTemplatesSet", wishes::set("NotificationTemplates")),
        (
            "PushKey",
            object(
                &[
                    ("key", text("A P-256 point in base64url, for `applicationServerKey`")),
                    ("links", links()),
                ],
                &[],
            ),
        ),
        ("Subscription", subscription()),
        ("Subscribed", object(&[("id", text("Its name")), ("links", links())], &[])),
    ]
}

/// A parameter of a route of the courier.
pub(super) fn parameter(name: &str) -> Option<Value> {
    Some(match name {
        "channel" => json!({ "type": "string", "enum": CHANNELS }),
        "status" => json!({ "type": "string", "enum": STATES }),
        // Empty is none, as everywhere.
        "webhook" => json!({ "type": "string", "pattern": ID_PATTERN.replace("{1,", "{0,") }),
        "cursor" => json!({ "type": "string", "pattern": CURSOR_PATTERN }),
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": LIMIT_MAX }),
        "after" => json!({ "type": "integer", "minimum": 0, "maximum": SEQUENCE_MAX }),
        _ => return None,
    })
}

pub(super) fn told_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "channel" => "Only messages of this channel",
        "status" => "Only messages that stand so",
        "webhook" => "Only messages to this webhook",
        "after" => "The `last` of the news that are at hand; 0 is the beginning",
        _ => return None,
    })
}

/// What the summary of a route does not say.
pub(super) fn about(name: &str) -> &'static str {
    match name {
        "listNotifications" => {
            "The messages of the tenant, newest first, to all its people and webhooks. Each has its attempts; none has an \
             address or its words."
        }
        "redriveNotification" => {
            "The message goes on its way under the id that it always had. A message that is on its way already stays as \
             it is."
        }
        "addWebhook" => {
            "Messages are signed as Standard Webhooks says. The secret is told in this answer and never again. An address \
             of this machine, of a private network or of a cloud's metadata is refused."
        }
        "removeWebhook" => "What waits for it is suppressed.",
        "rotateWebhook" => {
            "The secret is told in this answer and never again. The old one signs beside it for a day."
        }
        "testWebhook" => "Sent once like any other message; its notification says what became of it.",
        "replayWebhook" => {
            "From `from` until `until`, or until now. Messages keep their ids, by which a receiver knows those that it has."
        }
        "listNews" => {
            "Oldest first. `last` is what to ask `after` for what comes next; `unread` counts all that is unread."
        }
        "readNews" => "These news, and all up to this sequence. What is unknown is read already.",
        "followNews" => {
            "Server-sent events named `news`. The stream is closed after 20 seconds; Last-Event-ID goes on where it stopped."
        }
        "forgetMe" => "All that is kept of you for notifications. Brands and messages of the tenant stay.",
        "addSubscription" => {
            "What `PushManager.subscribe` gave, as it is. The same browser is the same subscription."
        }
        "showUnsubscribe" => {
            "The link stands at the foot of a mail and in its List-Unsubscribe. Looking changes nothing: programs that check \
             mails open every link."
        }
        "reportSms" => {
            "A form with MessageStatus and ErrorCode, as Twilio sends it to the StatusCallback of a message. The address is \
             given with each message; no token of the API is needed."
        }
        "unsubscribe" => {
            "One click after RFC 8058: no token, and whatever body. The mails of one rule end for one person; doing it again \
             changes nothing. The link holds until its person is forgotten."
        }
        _ => "",
    }
}

fn notification() -> Value {
    let moment = || json!({ "type": "string", "format": "date-time" });
    let attempt = object(
        &[
            ("at", moment()),
            ("answer", text("A status of HTTP, a code of SMTP, or what happened in place of an answer")),
            ("ms", json!({ "type": "integer" })),
        ],
        &[("family", text("Whether it went over IPv4 or IPv6"))],
    );
    let mut schema = object(
        &[
            ("id", text("The same for the same event, person and channel")),
            ("channel", json!({ "type": "string", "enum": CHANNELS })),
            ("rule", text("The rule that asked for it")),
            ("status", json!({ "type": "string", "enum": STATES })),
            ("created_at", moment()),
            ("due_at", moment()),
            ("attempts", json!({ "type": "array", "items": attempt })),
            ("links", links()),
        ],
        &[
            ("user", text("Whom it is for")),
            ("endpoint", text("The webhook it is for, or the browser")),
            ("why", text("Why it stands so")),
            ("next_at", moment()),
            ("digest_of", json!({ "type": "integer", "description": "How many events it tells together" })),
            ("event_id", text("What happened")),
            ("event_type", text("What kind of event that was")),
            ("brand_id", text("The brand it is about")),
        ],
    );
    schema["examples"] = json!([{
        "id": "0f6a1c9be2d94f7ab35d4c1e8a7f6052", "channel": "webhook", "rule": "brand-finished", "status": "queued",
        "created_at": "2026-11-21T05:41:57.120Z", "due_at": "2026-11-21T05:41:57.120Z", "next_at": "2026-11-21T05:42:02.480Z",
        "attempts": [{ "at": "2026-11-21T05:41:57.431Z", "answer": "503", "ms": 84 }],
        "endpoint": "we_k3j9", "event_id": "5b0c", "event_type": "com.brandgenerator.events.brand-kit.compilation.finished",
        "brand_id": "br_us-east-1_aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "links": { "self": "/api/v1/notifications/0f6a1c9be2d94f7ab35d4c1e8a7f6052" },
    }]);
    schema
}

fn webhook(also: &[&'static str]) -> Value {
    let secret = || text("`whsec_…` or `whsk_…`, told this once");
    let also: Vec<(&str, Value)> = also.iter().map(|name| (*name, secret())).collect();
    let moment = || json!({ "type": "string", "format": "date-time" });
    let usual = [
        ("id", text("Its name")),
        ("url", text("Where messages go")),
        ("description", text("What it is for")),
        ("events", events()),
        ("enabled", json!({ "type": "boolean" })),
        ("signature", signature()),
        ("created_at", moment()),
        ("links", links()),
    ];
    let usual: Vec<(&str, Value)> = usual.into_iter().chain(also).collect();
    object(
        &usual,
        &[
            ("public_key", text("Of ed25519, `whpk_…`")),
            ("disabled", object(&[("why", text("`asked`, `gone` or `failing`")), ("at", moment())], &[])),
            ("failing_since", moment()),
        ],
    )
}

fn webhook_wish(required: &[&str]) -> Value {
    let url = json!({ "type": "string", "minLength": 1, "maxLength": URL_BYTES_MAX });
    let mut schema = json!({
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": {
            "url": url,
            "description": { "type": "string", "maxLength": ABOUT_CHARS_MAX },
            "events": events(),
            "enabled": { "type": "boolean", "default": true },
            "signature": signature(),
        },
    });
    schema["examples"] = match required {
        [] => json!([{ "enabled": false }]),
        _ => json!([{
            "url": "https://hooks.example.com/imprint",
            "events": ["brand-kit.compilation.finished", "brand.generation.failed"],
        }]),
    };
    schema
}

fn events() -> Value {
    json!({
        "type": "array",
        "items": { "type": "string", "minLength": 1, "maxLength": EVENT_BYTES_MAX },
        "maxItems": EVENTS_MAX,
        "description": "Types of events that go there; none are all",
    })
}

fn signature() -> Value {
    json!({ "type": "string", "enum": ["hmac", "ed25519"], "default": "hmac" })
}

fn span() -> Value {
    let moment = json!({ "type": "string", "format": "date-time" });
    json!({
        "type": "object",
        "required": ["from"],
        "additionalProperties": false,
        "properties": { "from": moment, "until": { "anyOf": [moment, { "type": "null" }] } },
        "examples": [{ "from": "2026-11-21T05:00:00Z", "until": "2026-11-21T06:00:00Z" }],
    })
}

fn news() -> Value {
    object(
        &[
            ("sequence", json!({ "type": "integer", "minimum": 0 })),
            ("id", text("What `ids` of what was read names")),
            ("at", json!({ "type": "string", "format": "date-time" })),
            ("subject", text("One line")),
            ("text", text("The words")),
            ("read", json!({ "type": "boolean" })),
        ],
        &[("event_type", text("What kind of event it was")), ("brand_id", text("The brand it is about"))],
    )
}

fn feed() -> Value {
    let last = json!({ "type": "integer", "minimum": 0 });
    let items = json!({ "type": "array", "items": reference("News") });
    object(&[("news", items), ("unread", count()), ("last", last), ("links", links())], &[])
}

fn marks() -> Value {
    let id = json!({ "type": "string", "pattern": ID_PATTERN });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "ids": { "type": "array", "items": id, "maxItems": MARKS_MAX },
            "up_to": { "type": "integer", "minimum": 0, "maximum": SEQUENCE_MAX },
        },
        "examples": [{ "up_to": 42 }, { "ids": ["0f6a1c9be2d94f7ab35d4c1e8a7f6052"] }],
    })
}

/// What `PushSubscription.toJSON` gives.
fn subscription() -> Value {
    let key = json!({ "type": "string", "pattern": "^[A-Za-z0-9_=-]+$", "maxLength": PUSH_KEY_BYTES_MAX });
    json!({
        "type": "object",
        "required": ["endpoint", "keys"],
        "additionalProperties": false,
        "properties": {
            "endpoint": { "type": "string", "pattern": "^https://", "maxLength": ADDRESS_BYTES_MAX },
            "expirationTime": { "type": ["integer", "null"], "minimum": 0 },
            "keys": {
                "type": "object",
                "required": ["p256dh", "auth"],
                "additionalProperties": false,
                "properties": { "p256dh": key, "auth": key },
            },
        },
        "examples": [{
            "endpoint": "https://push.example.net/send/c1KrmpTuRm",
            "expirationTime": null,
            "keys": {
                "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "auth": "BTBZMqHH6r4Tts7J_aSIgg",
            },
        }],
    })
}

fn list(name: &str, of: &str) -> Value {
    object(&[(name, json!({ "type": "array", "items": reference(of) })), ("links", links())], &[])
}

fn object(required: &[(&str, Value)], optional: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = required.iter().map(|(name, _)| *name).collect();
    let properties = required.iter().chain(optional).map(|(name, of)| ((*name).to_owned(), of.clone()));
    json!({ "type": "object", "required": names, "properties": properties.collect::<serde_json::Map<_, _>>() })
}

fn text(about: &str) -> Value {
    json!({ "type": "string", "description": about })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn links() -> Value {
    json!({ "type": "object", "additionalProperties": { "type": "string" } })
}
