//! Installs, once in a process, what happens with its lines and spans.

use crate::lines::Lines;
use crate::otlp::{Exporters, Otlp};
use tracing_subscriber::Registry;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// A layer that is added to the log.
pub type More = Box<dyn Layer<Registry> + Send + Sync>;

/// How a process tells what it does.
pub struct Process<'a> {
    /// What lines and spans call it.
    pub service: &'a str,
    /// `RUST_LOG` is stronger.
    pub level: Option<&'a str>,
    /// Crates that speak at that level; all others only warn.
    pub loud: &'a [&'a str],
    pub otlp: Otlp,
}

/// Lives as long as the process.
#[derive(Clone, Default)]
pub struct Installed(Exporters);

impl Installed {
    /// The last thing a process does with its telemetry: sends what is left, within a bound.
    pub async fn flush(self) {
        self.0.flush().await;
    }
}

/// Installs the log of this process, and these layers. A second call changes nothing.
pub fn install(process: &Process<'_>, more: Vec<More>) -> Installed {
    let asked = std::env::var("RUST_LOG").ok().and_then(|text| text.parse::<Targets>().ok());
    let filter = asked.unwrap_or_else(|| quiet(process.level.unwrap_or("info"), process.loud));
    let (sent, exporters, why) = match process.otlp.layers(process.service, process.loud) {
        Ok((layers, exporters)) => (layers, exporters, None),
        Err(why) => (Vec::new(), Exporters::default(), Some(why)),
    };
    // Those that send stand first: a line then knows its span.
    let mut layers = sent;
    layers.push(Lines::new(process.service).with_filter(filter).boxed());
    layers.extend(more);
    // Somebody else's log is as good as this one.
    let _ = tracing_subscriber::registry().with(layers).try_init();
    if let Some(why) = why {
        tracing::warn!(%why, "nothing is sent to a collector");
    }
    Installed(exporters)
}

/// The level for these crates, and only warnings of what they are built with.
pub(crate) fn quiet(level: &str, loud: &[&str]) -> Targets {
    let level =
        if level == "critical" { LevelFilter::ERROR } else { level.parse().unwrap_or(LevelFilter::INFO) };
    let base = Targets::new().with_default(level.min(LevelFilter::WARN));
    base.with_targets(loud.iter().map(|target| (*target, level)))
}

#[cfg(test)]
mod tests {
    use super::quiet;

    #[test]
    fn imprint_speaks_and_the_rest_only_warns() {
        let targets = quiet("info", &["imprint"]);
        assert!(targets.would_enable("imprint_blobs::nats", &tracing::Level::INFO));
        assert!(!targets.would_enable("imprint_blobs::nats", &tracing::Level::DEBUG));
        assert!(!targets.would_enable("async_nats", &tracing::Level::INFO));
        assert!(targets.would_enable("async_nats", &tracing::Level::WARN));
        assert!(!quiet("error", &["imprint"]).would_enable("async_nats", &tracing::Level::WARN));
    }
}
