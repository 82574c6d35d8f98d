//! Spans and log lines on their way to a collector: OTLP over HTTP, protobuf.

use crate::process::{More, quiet};
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_otlp::{
    ExporterBuildError, LogExporter, Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::logs::log_processor_with_async_runtime::BatchLogProcessor;
use opentelemetry_sdk::runtime::Tokio;
use opentelemetry_sdk::trace::SdkTracerProvider;
use opentelemetry_sdk::trace::span_processor_with_async_runtime::BatchSpanProcessor;
use serde::Deserialize;
use std::time::Duration;
use tracing_subscriber::layer::Layer as _;

/// A collector that takes longer is as good as none; what it missed is lost, the work goes on.
const EXPORT_MAX: Duration = Duration::from_secs(5);
/// A process that ends waits this long for its last spans.
const FLUSH_MAX: Duration = Duration::from_secs(2);

/// Where to send what, as a host tells its providers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Otlp {
    enable_observability: bool,
    enable_traces: Option<bool>,
    enable_logs: Option<bool>,
    observability_endpoint: Option<String>,
    traces_endpoint: Option<String>,
    logs_endpoint: Option<String>,
}

/// What has to live as long as the process sends.
#[derive(Clone, Default)]
pub(crate) struct Exporters {
    spans: Option<SdkTracerProvider>,
    lines: Option<SdkLoggerProvider>,
}

impl Otlp {
    /// Everything to one collector, for example `http://127.0.0.1:4318`.
    #[must_use]
    pub fn to(endpoint: &str) -> Self {
        Self {
            enable_observability: true,
            observability_endpoint: Some(endpoint.to_owned()),
            ..Self::default()
        }
    }

    fn traces(&self) -> Option<String> {
        let is_on = self.enable_traces.unwrap_or(self.enable_observability);
        is_on.then(|| self.endpoint(self.traces_endpoint.as_ref(), "/v1/traces"))
    }

    fn logs(&self) -> Option<String> {
        let is_on = self.enable_logs.unwrap_or(self.enable_observability);
        is_on.then(|| self.endpoint(self.logs_endpoint.as_ref(), "/v1/logs"))
    }

    /// An address for one signal is taken as it is; one for all gets the path of the signal.
    fn endpoint(&self, own: Option<&String>, path: &str) -> String {
        let all = self.observability_endpoint.as_deref().unwrap_or("http://127.0.0.1:4318");
        own.cloned().unwrap_or_else(|| format!("{}{path}", all.trim_end_matches('/')))
    }

    /// The layers that this asks for. Has to be called inside of a runtime, which then does the sending.
    pub(crate) fn layers(
        &self,
        service: &str,
        loud: &[&str],
    ) -> Result<(Vec<More>, Exporters), ExporterBuildError> {
        let (mut layers, mut exporters) = (Vec::new(), Exporters::default());
        if let Some(endpoint) = self.traces() {
            let spans = spans(service, &endpoint)?;
            let layer = tracing_opentelemetry::layer().with_tracer(spans.tracer("imprint"));
            layers.push(layer.with_filter(quiet("info", loud)).boxed());
            exporters.spans = Some(spans);
        }
        if let Some(endpoint) = self.logs() {
            let lines = lines(service, &endpoint)?;
            layers.push(OpenTelemetryTracingBridge::new(&lines).with_filter(quiet("info", loud)).boxed());
            exporters.lines = Some(lines);
        }
        Ok((layers, exporters))
    }
}

fn spans(service: &str, endpoint: &str) -> Result<SdkTracerProvider, ExporterBuildError> {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(client()?)
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(endpoint)
        .build()?;
    let sending = BatchSpanProcessor::builder(exporter, Tokio).build();
    Ok(SdkTracerProvider::builder().with_resource(resource(service)).with_span_processor(sending).build())
}

fn lines(service: &str, endpoint: &str) -> Result<SdkLoggerProvider, ExporterBuildError> {
    let exporter = LogExporter::builder()
        .with_http()
        .with_http_client(client()?)
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(endpoint)
        .build()?;
    let sending = BatchLogProcessor::builder(exporter, Tokio).build();
    Ok(SdkLoggerProvider::builder().with_resource(resource(service)).with_log_processor(sending).build())
}

fn client() -> Result<reqwest::Client, ExporterBuildError> {
    let client = reqwest::Client::builder().timeout(EXPORT_MAX).build();
    client.map_err(|why| ExporterBuildError::InternalFailure(why.to_string()))
}

fn resource(service: &str) -> Resource {
    Resource::builder_empty().with_attribute(KeyValue::new("service.name", service.to_owned())).build()
}

impl Exporters {
    /// Sends what is left.
    pub(crate) async fn flush(self) {
        // The calls block on tasks of the runtime.
        let flushed = tokio::task::spawn_blocking(move || {
            // What a collector does not take now is lost.
            let _ = self.spans.map(|spans| spans.force_flush());
            let _ = self.lines.map(|lines| lines.force_flush());
        });
        // The same.
        let _ = tokio::time::timeout(FLUSH_MAX, flushed).await;
    }
}

#[cfg(test)]
mod tests {
    use super::Otlp;

    #[test]
    fn addresses_are_those_of_the_host() {
        let off = r#"{"enable_observability":false,"protocol":"Http","trace_level":"Info"}"#;
        let off: Otlp = serde_json::from_str(off).expect("reads");
        assert_eq!((off.traces(), off.logs()), (None, None));
        let all = Otlp::to("http://collector:4318/");
        assert_eq!(all.traces().as_deref(), Some("http://collector:4318/v1/traces"));
        let some = r#"{"enable_observability":true,"enable_logs":false,"traces_endpoint":"http://t/x"}"#;
        let some: Otlp = serde_json::from_str(some).expect("reads");
        assert_eq!((some.traces().as_deref(), some.logs()), (Some("http://t/x"), None));
    }
}
