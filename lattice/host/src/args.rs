//! What a host is told.

use anyhow::{Context as _, Result};
use nkeys::KeyPair;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use url::Url;
use wasmcloud_core::OtelConfig;
use wasmcloud_core::logging::Level;
use wasmcloud_host::OciConfig;

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
    /// The JWT of the NATS user that host and providers are.
    #[arg(long, value_name = "FILE", env = "IMPRINT_NATS_JWT_FILE", requires = "nats_seed")]
    nats_jwt: Option<PathBuf>,
    /// The seed of that user.
    #[arg(long, value_name = "FILE", env = "IMPRINT_NATS_SEED_FILE", requires = "nats_jwt")]
    nats_seed: Option<PathBuf>,
    /// Where to answer `/metrics`, `/livez` and `/readyz`, for example `127.0.0.1:9090`. Whoever can reach it may read.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) metrics: Option<SocketAddr>,
    /// How many instances the pool has room for.
    #[arg(long, default_value_t = 500, value_name = "NUMBER")]
    pub(crate) components_max: u32,
    /// Registries that may be asked over plain HTTP, for example `127.0.0.1:5000`.
    #[arg(
        long = "insecure-registry",
        value_name = "HOST:PORT",
        value_delimiter = ',',
        env = "IMPRINT_INSECURE_REGISTRY"
    )]
    insecure_registries: Vec<String>,
    /// error, warn, info, debug or trace.
    #[arg(long, default_value = "info", value_name = "LEVEL")]
    pub(crate) log: String,
    /// Sends traces, metrics and logs to this OTLP collector, for example `http://127.0.0.1:4318`.
    #[arg(long, value_name = "URL", env = "OTEL_EXPORTER_OTLP_ENDPOINT")]
    pub(crate) otlp: Option<String>,
}

/// A user of NATS.
#[derive(Clone)]
pub(crate) struct User {
    pub(crate) jwt: String,
    pub(crate) key: Arc<KeyPair>,
}

fn read(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(text.trim().to_owned())
}

/// A fault names the file and never what is in it.
fn seed(path: &Path) -> Result<KeyPair> {
    KeyPair::from_seed(&read(path)?).ok().with_context(|| format!("`{}` holds no seed", path.display()))
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
        seed(path)
    }

    /// Who this host and its providers are to NATS, where that is asked for.
    pub(crate) fn user(&self) -> Result<Option<User>> {
        let (Some(jwt), Some(key)) = (&self.nats_jwt, &self.nats_seed) else { return Ok(None) };
        Ok(Some(User { jwt: read(jwt)?, key: Arc::new(seed(key)?) }))
    }

    /// Images have fixed versions: one that is called `latest` is not taken.
    pub(crate) fn registries(&self) -> OciConfig {
        OciConfig {
            allow_latest: false,
            allowed_insecure: self.insecure_registries.clone(),
            ..OciConfig::default()
        }
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
