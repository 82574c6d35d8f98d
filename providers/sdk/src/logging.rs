//! Log lines: one JSON object a line on standard error, in the form that all of Imprint writes.

use serde_json::{Map, Value};
use std::fmt::Debug;
use std::io::Write;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

/// Fields with a place of their own in a line; all others go into `data`.
const NAMED: &[(&str, &str)] = &[
    ("trace_id", "traceId"),
    ("span_id", "spanId"),
    ("user_id", "userId"),
    ("request_id", "requestId"),
    ("message", "message"),
];

/// Installs the log of this process. A second call changes nothing.
pub(crate) fn install(service: &str, level: Option<&str>) {
    let asked = std::env::var("RUST_LOG").ok().and_then(|text| text.parse::<Targets>().ok());
    let filter = asked.unwrap_or_else(|| quiet(level.unwrap_or("info")));
    let lines = Lines { service: service.to_owned() };
    // Somebody else's log is as good as this one.
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).try_init();
}

/// The level for Imprint, and only warnings of what it is built with.
fn quiet(level: &str) -> Targets {
    let level =
        if level == "critical" { LevelFilter::ERROR } else { level.parse().unwrap_or(LevelFilter::INFO) };
    Targets::new().with_default(level.min(LevelFilter::WARN)).with_target("imprint", level)
}

struct Lines {
    service: String,
}

/// The fields of a span, kept for the events inside it.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), Value::String(format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name().to_owned(), value.into());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Lines {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(fields) = span.extensions_mut().get_mut::<Fields>() {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        for span in context.event_scope(event).into_iter().flat_map(|scope| scope.from_root()) {
            if let Some(outer) = span.extensions().get::<Fields>() {
                fields.0.extend(outer.0.clone());
            }
        }
        event.record(&mut fields);
        let line = line(&self.service, event.metadata().level().as_str(), fields.0);
        // One write a line, because the processes of a host share its standard error. A log that cannot be written has no
        // other place to say so.
        let _ = std::io::stderr().lock().write_all(format!("{line}\n").as_bytes());
    }
}

fn line(service: &str, level: &str, mut fields: Map<String, Value>) -> Value {
    let mut line = Map::new();
    line.insert("timestamp".to_owned(), now().into());
    line.insert("level".to_owned(), level.to_lowercase().into());
    line.insert("service".to_owned(), service.into());
    for (name, place) in NAMED {
        line.insert((*place).to_owned(), fields.remove(*name).unwrap_or(Value::Null));
    }
    line.insert("data".to_owned(), Value::Object(fields));
    Value::Object(line)
}

/// RFC 3339.
fn now() -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = SystemTime.format_time(&mut Writer::new(&mut text));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_line_has_the_agreed_fields() {
        let fields = json!({ "message": "m", "trace_id": "t", "left": 3 });
        let Value::Object(fields) = fields else { unreachable!("an object was written") };
        let mut line = line("imprint-blobs", "INFO", fields);
        assert!(line["timestamp"].take().as_str().is_some_and(|text| text.ends_with('Z')));
        let want = json!({
            "timestamp": null, "level": "info", "service": "imprint-blobs", "traceId": "t", "spanId": null,
            "userId": null, "requestId": null, "message": "m", "data": { "left": 3 },
        });
        assert_eq!(line, want);
    }

    #[test]
    fn imprint_speaks_and_the_rest_only_warns() {
        let targets = quiet("info");
        assert!(targets.would_enable("imprint_blobs::nats", &tracing::Level::INFO));
        assert!(!targets.would_enable("imprint_blobs::nats", &tracing::Level::DEBUG));
        assert!(!targets.would_enable("async_nats", &tracing::Level::INFO));
        assert!(targets.would_enable("async_nats", &tracing::Level::WARN));
        assert!(!quiet("error").would_enable("async_nats", &tracing::Level::WARN));
    }
}
