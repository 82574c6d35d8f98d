//! What a host is told.

use anyhow::{Context as _, Result};
use nkeys::KeyPair;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use url::Url;
use wasmcloud_core::OtelConfig;
use wasmcloud_core::logging::Level;

/// A wasmCloud host for Imprint.
#[derive(Debug, clap::Parser)]
#[command(name = "imprint-host", version)]
pub(crate) struct Args {
    /// The NATS server of the lattice.
    #[arg(long, default_value = "nats://127.0.0.1:4222", value_name = "URL")]
    pub(crate) nats: Url,
    #[arg(long, default_value = "default", value_name = "NAME")]
    pub(crate) lattice: String,
    /// The region it stands in; becomes the label `region`.
    #[arg(long, default_value = "us-east-1", value_name = "REGION")]
    region: String,
    /// Further labels, for example `ingress=true`.
    #[arg(long = "label", value_name = "KEY=VALUE")]
    more_labels: Vec<String>,
    /// A file with the host's seed; without one the host has a new id each time.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Where to answer `/livez` and `/readyz`.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) admin: Option<SocketAddr>,
    /// How many instances the pool has room for.
    #[arg(long, default_value_t = 500, value_name = "NUMBER")]
    pub(crate) components_max: u32,
    /// error, warn, info, debug or trace.
    #[arg(long, default_value = "info", value_name = "LEVEL")]
    log: String,
    /// Sends traces, metrics and logs to this OTLP collector, for example `http://127.0.0.1:4318`.
    #[arg(long, value_name = "URL")]
    otlp: Option<String>,
}

impl Args {
    pub(crate) fn labels(&self) -> HashMap<String, String> {
        let split = |label: &String| label.split_once('=').map(|(key, value)| (key.into(), value.into()));
        let mut labels: HashMap<String, String> = self.more_labels.iter().filter_map(split).collect();
        labels.insert("region".to_owned(), self.region.clone());
        labels
    }

    pub(crate) fn key(&self) -> Result<KeyPair> {
        let Some(path) = &self.key else { return Ok(KeyPair::new_server()) };
        let seed =
            std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        KeyPair::from_seed(seed.trim()).with_context(|| format!("`{}` holds no host seed", path.display()))
    }

    pub(crate) fn log_level(&self) -> Result<Level> {
        let level: tracing::Level =
            self.log.parse().with_context(|| format!("`{}` is not a level", self.log))?;
        Ok(level.into())
    }

    pub(crate) fn telemetry(&self) -> OtelConfig {
        OtelConfig {
            enable_observability: self.otlp.is_some(),
            observability_endpoint: self.otlp.clone(),
            ..OtelConfig::default()
        }
    }
}
