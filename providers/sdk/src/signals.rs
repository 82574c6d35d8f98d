//! What is asked of a provider besides its work: is it well, and would it stop.

use crate::Error;
use crate::setup::Setup;
use async_nats::{Message, Subject, Subscriber};
use futures::StreamExt;
use serde_json::json;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, watch};

/// How often a provider looks whether its parent is still there.
const PARENT_INTERVAL: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub(crate) struct Signals {
    stopped: watch::Sender<bool>,
    /// Whom to tell that the provider has finished.
    waiting: Arc<Mutex<Vec<Subject>>>,
    /// Why it is not well, where it says so.
    ailing: watch::Sender<Option<String>>,
}

impl Signals {
    /// Starts to listen. The tasks end with the process.
    pub(crate) async fn listen(nats: &async_nats::Client, setup: &Setup) -> Result<Self, Error> {
        let root = format!("wasmbus.rpc.{}.{}", setup.lattice, setup.id);
        let health = subscribe(nats, format!("{root}.health")).await?;
        let shutdown = subscribe(nats, format!("{root}.default.shutdown")).await?;
        // Links are put and deleted by hosts that ask for no answer; a provider without links takes no notice.
        let stopped = watch::Sender::new(false);
        let signals = Self { stopped, waiting: Arc::default(), ailing: watch::Sender::new(None) };
        tokio::spawn(answer_health(nats.clone(), health, signals.ailing.subscribe()));
        tokio::spawn(signals.clone().await_shutdown(shutdown, setup.host_id.clone()));
        tokio::spawn(signals.clone().await_process());
        Ok(signals)
    }

    pub(crate) fn stop(&self) {
        self.stopped.send_replace(true);
    }

    pub(crate) fn ail(&self, why: Option<String>) {
        self.ailing.send_replace(why);
    }

    pub(crate) fn stopped(&self) -> watch::Receiver<bool> {
        self.stopped.subscribe()
    }

    pub(crate) fn stopping(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopped = self.stopped.subscribe();
        async move {
            // The sender lives in the provider; if that is gone, it has stopped too.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        }
    }

    /// A host kills the process as soon as it has this answer, so it is given last.
    pub(crate) async fn answer(&self, nats: &async_nats::Client) {
        for reply in self.waiting.lock().await.drain(..) {
            if let Err(why) = nats.publish(reply, "stopped".into()).await {
                tracing::warn!(%why, "the host was not told of the stop");
            }
        }
    }

    async fn await_shutdown(self, mut requests: Subscriber, host: String) {
        while let Some(request) = requests.next().await {
            if is_for(&request, &host) {
                self.waiting.lock().await.extend(request.reply);
                tracing::info!("the host asks for a stop");
                self.stop();
            }
        }
    }

    async fn await_process(self) {
        let why = tokio::select! {
            () = terminated() => "the system asks for a stop",
            () = parent_gone() => "the parent has ended",
        };
        tracing::info!("{why}");
        self.stop();
    }
}

async fn subscribe(nats: &async_nats::Client, subject: String) -> Result<Subscriber, Error> {
    nats.subscribe(subject.clone()).await.map_err(|cause| Error::Subscribe { subject, cause })
}

async fn answer_health(
    nats: async_nats::Client,
    mut questions: Subscriber,
    ailing: watch::Receiver<Option<String>>,
) {
    while let Some(question) = questions.next().await {
        let Some(reply) = question.reply else { continue };
        let answer = match &*ailing.borrow() {
            None => json!({ "healthy": true }),
            Some(why) => json!({ "healthy": false, "message": why }),
        };
        if let Err(why) = nats.publish(reply, answer.to_string().into()).await {
            tracing::warn!(%why, "a health check was not answered");
        }
    }
}

/// Several hosts may run a provider of one id; a request names the host it is for.
fn is_for(request: &Message, host: &str) -> bool {
    let asked: serde_json::Value = serde_json::from_slice(&request.payload).unwrap_or_default();
    host.is_empty() || asked["host_id"] == host
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

#[cfg(not(unix))]
async fn terminated() {
    // Without the signal there is only the host to ask for a stop.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

/// A host that was killed cannot ask for a stop; its providers would stay behind.
#[cfg(unix)]
async fn parent_gone() {
    let parent = std::os::unix::process::parent_id();
    while std::os::unix::process::parent_id() == parent {
        tokio::time::sleep(PARENT_INTERVAL).await;
    }
}

#[cfg(not(unix))]
async fn parent_gone() {
    std::future::pending().await
}
