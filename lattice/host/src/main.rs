//! One wasmCloud host as a process: the engine that runs components and starts providers.
//!
//! **Law.** Told to stop (SIGTERM, Ctrl-C or the control interface) it takes nothing new, lets its providers end their
//! work, and only then goes. Its id is its key: with a key file it is the same host after every start.
//! **Absent.** Starting a whole platform (`topology`), what to run where (`wadm`).

mod args;
mod drain;

use anyhow::{Context as _, Result};
use args::Args;
use clap::Parser as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use wasmcloud_host::WasmbusHostConfig;
use wasmcloud_host::wasmbus::{Features, Host};
use wasmcloud_tracing::configure_observability;

/// No task of ours takes longer than about 5 s; what runs six times as long is lost.
const EXECUTION_MAX: Duration = Duration::from_secs(30);
/// A drawing component needs tens of megabytes; the kit with its fonts the most, below half of this.
const MEMORY_BYTES_MAX: u32 = 512 << 20;
/// A provider ends the calls it has begun within this.
const PROVIDER_STOP_MAX: Duration = Duration::from_secs(12);
/// What is left after draining is a flush.
const SHUTDOWN_MAX: Duration = Duration::from_secs(5);
/// Dead hosts are noticed after two missed beats, so beats are frequent.
const HEARTBEAT: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let otel = args.telemetry();
    let no_flames: Option<&str> = None;
    let (dispatch, _flush) =
        configure_observability("imprint-host", &otel, true, no_flames, Some(&args.log_level()?), None)?;
    tracing::dispatcher::set_global_default(dispatch).context("two subscribers in one process")?;
    run(&args).await
}

async fn run(args: &Args) -> Result<()> {
    let key = args.key()?;
    let id = key.public_key();
    let config = WasmbusHostConfig {
        ctl_nats_url: args.nats.clone(),
        rpc_nats_url: args.nats.clone(),
        lattice: args.lattice.as_str().into(),
        labels: args.labels(),
        host_key: Some(Arc::new(key)),
        provider_shutdown_delay: Some(PROVIDER_STOP_MAX),
        allow_file_load: true,
        enable_structured_logging: true,
        log_level: args.log_level()?,
        otel_config: args.telemetry(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        max_execution_time: EXECUTION_MAX,
        max_linear_memory: MEMORY_BYTES_MAX,
        max_components: args.components_max,
        heartbeat_interval: Some(HEARTBEAT),
        http_admin: args.admin,
        experimental_features: Features::new().enable_builtin_http_server().enable_rpc_interface(),
        ..WasmbusHostConfig::default()
    };
    let (host, shutdown) = Host::new(config).await.context("the host did not start")?;
    tracing::info!(host = %id, "the host runs");
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
        _ = host.stopped() => {}
    }
    if let Err(why) = drain::drain(args, &id).await {
        tracing::warn!(%why, "not everything could be drained");
    }
    drop(host);
    tokio::time::timeout(SHUTDOWN_MAX, shutdown).await.context("the host did not go in time")?
}
