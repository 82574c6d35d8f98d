//! What the courier measures.

use imprint_telemetry::meters::SECONDS;
use imprint_telemetry::{Kind, Meter};

pub(crate) const EVENTS: Meter = Meter {
    name: "imprint_courier_events_total",
    help: "Public events heard, by result (told, noted, unreadable, large, refused, again).",
    kind: Kind::Counter,
};
pub(crate) const NOTICES: Meter = Meter {
    name: "imprint_notices_total",
    help: "Messages by channel and what they came to be (queued, sent, delivered, bounced, failed, suppressed).",
    kind: Kind::Counter,
};
pub(crate) const ATTEMPTS: Meter = Meter {
    name: "imprint_notice_attempts_total",
    help: "Attempts to deliver, by channel and result (delivered, sent, again, bounced, failed, gone).",
    kind: Kind::Counter,
};
pub(crate) const ATTEMPT_SECONDS: Meter = Meter {
    name: "imprint_notice_attempt_seconds",
    help: "Time that one attempt took, by channel.",
    kind: Kind::Histogram(SECONDS),
};
pub(crate) const FIRST_SECONDS: Meter = Meter {
    name: "imprint_notice_first_attempt_seconds",
    help: "Time from when a message was due to its first attempt, by channel.",
    kind: Kind::Histogram(SECONDS),
};
pub(crate) const SET_BACK: Meter = Meter {
    name: "imprint_notice_set_back_total",
    help: "Messages whose receiver had no room for them at that moment, by channel.",
    kind: Kind::Counter,
};
pub(crate) const ENDPOINTS_OFF: Meter = Meter {
    name: "imprint_endpoints_disabled_total",
    help: "Endpoints that were turned off by what they answered, by why (gone, failing).",
    kind: Kind::Counter,
};
