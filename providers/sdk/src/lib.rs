//! What every provider of the lattice does alike: start, be asked, serve, stop.
//!
//! A provider is a process that a host starts. It reads who it is from its standard input, connects, answers health
//! checks, serves calls and stops when it is asked to.
//!
//! **Law.** A call that was taken is answered: a stop ends the arriving of calls first, and waits for those in hand.
//! Kept by `callee` and `serving`; `providers/blobs/tests/provider.rs` stops a real process under load.
//! **Absent.** Links: a callee is found by its id, which carries its version. What a provider does.

mod callee;
mod error;
mod metrics;
mod serving;
mod setup;
mod signals;
pub mod wire;

pub use callee::Serving;
pub use error::Error;
pub use serving::{CALLS_MAX, DRAIN_MAX, Invocations};

use async_nats::HeaderMap;
use imprint_telemetry::{Installed, More, Otlp, Process, Tally};
use setup::Setup;
use signals::Signals;
use std::collections::BTreeMap;
use std::error::Error as _;
use std::future::Future;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The `main` of a provider: starts it, runs it, and says in the log why it could not.
pub async fn main<F, R>(kind: &str, run: F) -> ExitCode
where
    F: FnOnce(Provider) -> R,
    R: Future<Output = Result<(), Error>>,
{
    let done = async { run(Provider::start(kind).await?).await };
    let Err(why) = done.await else { return ExitCode::SUCCESS };
    // It may be too early for the level that was asked for.
    let _ = log(kind, None, Otlp::default());
    tracing::error!(cause = why.source().map(ToString::to_string), "{why}");
    ExitCode::FAILURE
}

/// Lines of Imprint at this level, and warnings of all it is built with.
fn log(kind: &str, level: Option<&str>, otlp: Otlp) -> Installed {
    let none: Vec<More> = Vec::new();
    imprint_telemetry::install(&Process { service: kind, level, loud: &["imprint"], otlp }, none)
}

/// The client of a callee.
pub type Client = wrpc_transport_nats::Client;

/// A running provider.
#[derive(Clone)]
pub struct Provider {
    nats: async_nats::Client,
    setup: Arc<Setup>,
    signals: Signals,
    clients: Arc<Mutex<BTreeMap<String, Client>>>,
    meters: Tally,
    telemetry: Installed,
}

impl Provider {
    /// Starts from what the host writes to standard input, or from arguments where there are any:
    /// `--nats URL --lattice NAME --id ID --config key=value …`. `kind` is what the log calls this service.
    pub async fn start(kind: &str) -> Result<Self, Error> {
        let setup = Setup::of_process(kind)?;
        let telemetry = log(kind, setup.log_level.as_deref(), setup.otel_config.clone());
        let nats = setup.connect().await?;
        let signals = Signals::listen(&nats, &setup).await?;
        let meters = Tally::default();
        metrics::answer(&nats, &setup, meters.clone()).await?;
        tracing::info!(id = setup.id, lattice = setup.lattice, "{kind} is up");
        Ok(Self { nats, setup: Arc::new(setup), signals, clients: Arc::default(), meters, telemetry })
    }

    #[must_use]
    pub fn nats(&self) -> async_nats::Client {
        self.nats.clone()
    }

    #[must_use]
    pub fn lattice(&self) -> &str {
        &self.setup.lattice
    }

    #[must_use]
    pub fn id(&self) -> &str {
        &self.setup.id
    }

    #[must_use]
    pub fn config(&self) -> &BTreeMap<String, String> {
        &self.setup.config
    }

    /// What this provider counts; its host gives it out.
    #[must_use]
    pub fn meters(&self) -> &Tally {
        &self.meters
    }

    /// The client of this component or provider. One for each target: every new one is a subscription.
    pub async fn client(&self, target: &str) -> Result<Client, Error> {
        self.client_in(self.lattice(), target).await
    }

    /// The same of another lattice that can be reached over this connection.
    pub async fn client_in(&self, lattice: &str, target: &str) -> Result<Client, Error> {
        let mut clients = self.clients.lock().await;
        let prefix = format!("{lattice}.{target}");
        if let Some(client) = clients.get(&prefix) {
            return Ok(client.clone());
        }
        let client = Client::new(self.nats(), prefix.clone(), None).await.map_err(Error::Rpc)?;
        clients.insert(prefix, client.clone());
        Ok(client)
    }

    /// What the generated `serve` takes. Providers of one id share the calls.
    pub async fn serving(&self) -> Result<Serving, Error> {
        let address = format!("{}.{}", self.lattice(), self.id());
        Serving::open(self.nats(), address, self.signals.stopped()).await.map_err(Error::Rpc)
    }

    /// The headers of a call made for this context.
    #[must_use]
    pub fn headers(&self, ctx: &wire::types::CallContext) -> Option<HeaderMap> {
        let mut headers = HeaderMap::new();
        headers.insert("source-id", self.id());
        if !ctx.traceparent.is_empty() {
            headers.insert("traceparent", ctx.traceparent.as_str());
        }
        Some(headers)
    }

    /// What a host hears that asks whether it is well: `None` says yes, as does who never says anything.
    pub fn ail(&self, why: Option<String>) {
        self.signals.ail(why);
    }

    /// Resolves when a stop was asked for: by the host, by SIGTERM or Ctrl-C, or by the end of the parent.
    pub fn stopping(&self) -> impl Future<Output = ()> + Send + 'static {
        self.signals.stopping()
    }

    /// Asks for the same, from inside.
    pub fn stop(&self) {
        self.signals.stop();
    }

    /// Takes calls until a stop, then waits for those in hand.
    pub async fn serve(&self, invocations: Invocations) {
        serving::serve(invocations, self.stopping(), CALLS_MAX, &self.meters).await;
    }

    /// The last thing a provider does: tells the host that it may end the process.
    pub async fn finish(self) {
        tracing::info!("stopped");
        // Before the answer, because the host kills after it.
        self.telemetry.flush().await;
        self.signals.answer(&self.nats).await;
        // The process ends now; what cannot be sent any more has nobody to be told to.
        let _ = self.nats.flush().await;
    }
}
