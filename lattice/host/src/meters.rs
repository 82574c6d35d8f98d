//! What the host counts, and what its providers have counted.

use async_nats_host::Client;
use futures::StreamExt as _;
use imprint_telemetry::meters::SECONDS;
use imprint_telemetry::{Kind, Meter, More, Tally, merge};
use serde_json::Value;
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Context, Layer};

const REQUESTS: Meter =
    Meter { name: "http_requests_total", help: "Answered HTTP requests, by status.", kind: Kind::Counter };
const SECONDS_PER_REQUEST: Meter = Meter {
    name: "http_request_duration_seconds",
    help: "Time from request to answer as the gateway measured it, by method.",
    kind: Kind::Histogram(SECONDS),
};
const UP: Meter =
    Meter { name: "imprint_host_info", help: "1 for each host that answers.", kind: Kind::Gauge };

/// Providers that have not answered by then are left out of this scrape.
const GATHER_MAX: Duration = Duration::from_millis(250);
/// A host runs a handful of providers; more answers than this come from somebody else.
const ANSWERS_MAX: usize = 64;
/// Some thousand samples; a larger answer is none of a provider of ours.
const ANSWER_BYTES_MAX: usize = 512 << 10;

/// Where what components log comes from: the engine makes an event of it.
const ENGINE: &str = "wasmcloud_host";
/// The component that answers HTTP, and the context it logs requests under.
const GATEWAY: &str = "gateway";
const CONTEXT: &str = "http";
/// Methods that get a label of their own; others are one.
const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];

/// A layer that counts the requests which the gateway logs.
pub(crate) fn requests(meters: Tally) -> More {
    let of_engine = Targets::new().with_target(ENGINE, LevelFilter::INFO);
    Requests(meters).with_filter(of_engine).boxed()
}

struct Requests(Tally);

impl<S: Subscriber> Layer<S> for Requests {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut said = Said::default();
        event.record(&mut said);
        if said.context == CONTEXT && said.component.contains(GATEWAY) {
            count(&self.0, &said.message);
        }
    }
}

/// What a component logged.
#[derive(Default)]
struct Said {
    component: String,
    context: String,
    message: String,
}

impl Said {
    fn keep(&mut self, field: &Field, text: String) {
        match field.name() {
            "component_id" => self.component = text,
            "context" => self.context = text,
            "message" => self.message = text,
            _ => {}
        }
    }
}

impl Visit for Said {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.keep(field, format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.keep(field, value.to_owned());
    }
}

/// What is no request is not counted.
fn count(meters: &Tally, message: &str) {
    let Ok(told) = serde_json::from_str::<Value>(message) else { return };
    let Some(status) = told["status"].as_u64().filter(|status| (100..600).contains(status)) else { return };
    meters.count(&REQUESTS, &[("status", &status.to_string())]);
    let method = told["method"].as_str().filter(|method| METHODS.contains(method)).unwrap_or("other");
    if let Some(ms) = told["ms"].as_f64() {
        meters.observe(&SECONDS_PER_REQUEST, &[("method", method)], ms / 1000.0);
    }
}

/// A host among its providers.
pub(crate) struct Site {
    pub(crate) lattice: String,
    pub(crate) id: String,
    pub(crate) nats: Client,
    pub(crate) meters: Tally,
}

impl Site {
    /// Everything that is known on this host now.
    pub(crate) async fn text(&self) -> String {
        self.meters.set(&UP, &[("lattice", &self.lattice), ("version", env!("CARGO_PKG_VERSION"))], 1.0);
        let own = self.meters.text(&[("service", "imprint-host"), ("instance", &self.id)]);
        let mut texts = vec![own];
        // Without a connection there is only our own.
        let _ = tokio::time::timeout(GATHER_MAX, self.gather(&mut texts)).await;
        merge(texts.iter().map(String::as_str))
    }

    async fn gather(&self, texts: &mut Vec<String>) -> Option<()> {
        let inbox = self.nats.new_inbox();
        let mut answers = self.nats.subscribe(inbox.clone()).await.ok()?;
        let subject = format!("imprint.metrics.{}.{}", self.lattice, self.id);
        self.nats.publish_with_reply(subject, inbox, "".into()).await.ok()?;
        while let Some(answer) = answers.next().await {
            // Nobody listens: the server says so at once.
            if answer.status.is_some() || texts.len() > ANSWERS_MAX {
                break;
            }
            let is_fine = answer.payload.len() <= ANSWER_BYTES_MAX;
            texts.extend(is_fine.then(|| String::from_utf8_lossy(&answer.payload).into_owned()));
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing_subscriber::layer::SubscriberExt as _;

    #[test]
    fn requests_that_the_gateway_logs_are_counted() {
        let meters = Tally::default();
        let layers = tracing_subscriber::registry().with(vec![requests(meters.clone())]);
        tracing::subscriber::with_default(layers, || {
            let log = |component: &str, context: &str, message: &str| {
                tracing::event!(target: "wasmcloud_host::wasmbus::handler", tracing::Level::INFO, component_id = ?component, context, "{message}");
            };
            log("imprint-gateway-0-1-0", "http", r#"{"method":"GET","status":200,"ms":20}"#);
            log("imprint-gateway-0-1-0", "http", r#"{"method":"WEIRD","status":503,"ms":0.5}"#);
            log("imprint-gateway-0-1-0", "http", "not a request");
            log("imprint-gateway-0-1-0", "http", r#"{"status":9}"#);
            log("imprint-gateway-0-1-0", "else", r#"{"status":200}"#);
            log("imprint-logo-0-1-0", "http", r#"{"status":200}"#);
        });
        let text = meters.text(&[]);
        for want in [
            "http_requests_total{status=\"200\"} 1\n",
            "http_requests_total{status=\"503\"} 1\n",
            "http_request_duration_seconds_sum{method=\"GET\"} 0.02\n",
            "http_request_duration_seconds_count{method=\"other\"} 1\n",
        ] {
            assert!(text.contains(want), "{want} is not in\n{text}");
        }
        assert!(!text.contains("status=\"9\""));
    }
}
