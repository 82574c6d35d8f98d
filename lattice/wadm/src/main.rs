//! wadm as a process: keeps the applications of a lattice as their manifests say.
//!
//! **Law.** Nothing but wadm's own server; what it stores lies in JetStream (`streams`) and survives it.
//! **Absent.** Manifests (`wadm/`), what they are rendered from (`topology`).

mod streams;

use anyhow::{Context as _, Result};
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};
use wadm::config::WadmConfig;

/// The application deployment manager of a lattice.
#[derive(Debug, Parser)]
#[command(name = "imprint-wadm", version)]
struct Args {
    /// The NATS server of the lattice.
    #[arg(long, default_value = "127.0.0.1:4222", value_name = "ADDRESS")]
    nats: String,
    /// How often its streams are kept, where it makes them.
    #[arg(long, default_value_t = 1, value_name = "COUNT", value_parser = clap::value_parser!(u8).range(1..=5))]
    copies: u8,
    /// error, warn, info, debug or trace.
    #[arg(long, default_value = "info", value_name = "LEVEL")]
    log: String,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let level: tracing::Level = args.log.parse().with_context(|| format!("`{}` is not a level", args.log))?;
    tracing_subscriber::fmt().json().with_max_level(level).with_writer(std::io::stderr).init();
    streams::ensure(&args.nats, args.copies.into()).await.context("the streams of wadm cannot be made")?;
    let config = WadmConfig { nats_server: args.nats, structured_logging: true, ..WadmConfig::default() };
    let mut workers = wadm::start_wadm(config).await.context("wadm did not start")?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
        ended = workers.join_next() => {
            if let Some(ended) = ended {
                ended??;
            }
        }
    }
    workers.abort_all();
    Ok(())
}
