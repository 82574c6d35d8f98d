//! One wasmCloud host as a process: the engine that runs components and starts providers.
//!
//! **Law.** Told to stop (SIGTERM, Ctrl-C or the control interface) it takes nothing new, lets its providers end their
//! work, and only then goes. Its id is its key: with a key file it is the same host after every start.
//! **Absent.** Starting a whole platform (`topology`), what to run where (`wadm`).

mod args;
mod drain;
mod listener;
mod meters;
mod nats;

use anyhow::{Context as _, Result};
use args::{Args, User};
use clap::Parser as _;
use imprint_telemetry::{Installed, Otlp, Process, Tally};
use listener::{Listener, State};
use nkeys::KeyPair;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use wasmcloud_core::OtelConfig;
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
async fn main() -> Result<ExitCode> {
    let args = Args::parse();
    let meters = Tally::default();
    let telemetry = observe(&args, &meters)?;
    let done = run(&args, meters).await;
    if let Err(why) = &done {
        tracing::error!("{why:#}");
    }
    telemetry.flush().await;
    Ok(if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Lines in the agreed form; spans, lines and the engine's own metrics to a collector, where one is named.
fn observe(args: &Args, meters: &Tally) -> Result<Installed> {
    if args.otlp.is_some() {
        let metrics =
            OtelConfig { enable_observability: false, enable_metrics: Some(true), ..args.telemetry() };
        let no_flames: Option<&str> = None;
        // Sets up the metrics of the process. The subscriber that it makes as well is not ours, and is not installed.
        configure_observability("imprint-host", &metrics, true, no_flames, None, None)?;
    }
    let otlp = args.otlp.as_deref().map_or_else(Otlp::default, Otlp::to);
    let process =
        Process { service: "imprint-host", level: Some(&args.log), loud: &["imprint", "wasmcloud"], otlp };
    Ok(imprint_telemetry::install(&process, vec![meters::requests(meters.clone())]))
}

async fn run(args: &Args, meters: Tally) -> Result<()> {
    let (key, user) = (args.key()?, args.user()?);
    let id = key.public_key();
    let state = State::default();
    if let Some(address) = args.metrics {
        // First, so that a taken port is known before anything runs.
        let listener = Listener::bind(address).await?;
        let (lattice, nats) = (args.lattice.clone(), nats::connect(args).await?);
        let site = meters::Site { lattice, id: id.clone(), nats, meters };
        tokio::spawn(listener.serve(site, state.clone()));
    }
    let (host, shutdown) = Host::new(config(args, key, user)?).await.context("the host did not start")?;
    state.takes_work(true);
    tracing::info!(host = %id, "the host runs");
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
        _ = host.stopped() => {}
    }
    state.takes_work(false);
    if let Err(why) = drain::drain(args, &id).await {
        tracing::warn!(%why, "not everything could be drained");
    }
    drop(host);
    tokio::time::timeout(SHUTDOWN_MAX, shutdown).await.context("the host did not go in time")?
}

fn config(args: &Args, key: KeyPair, user: Option<User>) -> Result<WasmbusHostConfig> {
    let (jwt, user) = user.map(|user| (user.jwt, user.key)).unzip();
    Ok(WasmbusHostConfig {
        ctl_nats_url: args.nats.clone(),
        rpc_nats_url: args.nats.clone(),
        // Providers are handed the same user.
        ctl_jwt: jwt.clone(),
        rpc_jwt: jwt,
        ctl_key: user.clone(),
        rpc_key: user,
        lattice: args.lattice.as_str().into(),
        labels: args.labels(),
        host_key: Some(Arc::new(key)),
        provider_shutdown_delay: Some(PROVIDER_STOP_MAX),
        allow_file_load: true,
        oci_opts: args.registries(),
        enable_structured_logging: true,
        log_level: args.log_level()?,
        otel_config: args.telemetry(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        max_execution_time: EXECUTION_MAX,
        max_linear_memory: MEMORY_BYTES_MAX,
        max_components: args.components_max,
        heartbeat_interval: Some(HEARTBEAT),
        experimental_features: Features::new().enable_builtin_http_server().enable_rpc_interface(),
        ..WasmbusHostConfig::default()
    })
}
