//! Asks a new version the same behind the one that a job runs on, compares, and throws away what it says.

use crate::arms::result;
use crate::meters::SHADOW;
use core_brand::content::sha256_hex;
use core_brand::fault::Code;
use core_brand::{Body, Document, Fault, Task, broken};
use core_saga::{PURE, Pins, component_id};
use imprint_telemetry::Tally;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Shadows asked at once by one runner: the rest of what a host can do is for jobs.
const CALLS_MAX: usize = 4;

/// A version that is asked behind another.
#[derive(Clone, Debug)]
pub(crate) struct Shadow {
    rollout: String,
    component: String,
    version: String,
    /// Where the job is at home.
    region: String,
}

/// An answer, as far as it is compared.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Each task or document by its hash and what stands around it.
    outline: Vec<String>,
    /// Whether content of it lies in the space of the job.
    is_kept: bool,
}

/// Reminds of a job, so that what a shadow kept for it is found.
pub(crate) type Remind = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// What asks shadows. Cheap to clone; clones share their places.
#[derive(Clone)]
pub struct Shadows {
    places: Arc<Semaphore>,
    remind: Option<Remind>,
}

impl Default for Shadows {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(CALLS_MAX)), remind: None }
    }
}

impl Shadow {
    /// The shadows of a component in a job.
    pub(crate) fn all(pins: &Pins, component: &str, region: &str) -> Vec<Self> {
        let is_pure = PURE.contains(&component);
        let found = pins.draws.iter().filter(|_| is_pure).filter_map(|drawn| {
            let version = drawn.shadows.get(component)?.clone();
            let (rollout, component) = (drawn.rollout.clone(), component.to_owned());
            Some(Self { rollout, component, version, region: region.to_owned() })
        });
        found.collect()
    }

    fn count(&self, meters: &Tally, result: &str) {
        let Self { rollout, component, version, region } = self;
        let whose = [("rollout", rollout.as_str()), ("component", component), ("version", version)];
        let [a, b, c] = whose;
        meters.count(&SHADOW, &[a, b, c, ("region", region), ("result", result)]);
    }
}

impl Answer {
    pub(crate) fn of_tasks(tasks: &[Task]) -> Result<Self, Fault> {
        let hash = |task: &Task| serde_json::to_vec(task).map(|bytes| sha256_hex(&bytes));
        let outline = tasks.iter().map(hash).collect::<Result<_, _>>();
        Ok(Self { outline: outline.map_err(|why| broken!("{why}"))?, is_kept: false })
    }

    pub(crate) fn of_documents(documents: &[Document]) -> Self {
        let line = |document: &Document| {
            let Document { name, kind, media_type, pixels, .. } = document;
            format!("{name} {kind:?} {media_type} {pixels:?} {}", document.content().sha256)
        };
        let is_kept = documents.iter().any(|document| matches!(document.body, Body::Stored(_)));
        Self { outline: documents.iter().map(line).collect(), is_kept }
    }
}

impl Shadows {
    #[must_use]
    pub(crate) fn reminding(&self, remind: Remind) -> Self {
        Self { remind: Some(remind), ..self.clone() }
    }

    /// Asks the shadows beside the work, as far as there are places. `call` gets the address of each.
    pub(crate) fn follow<F>(
        &self,
        shadows: &[Shadow],
        real: &Answer,
        meters: &Tally,
        limit: Duration,
        call: impl Fn(String) -> F,
    ) where
        F: Future<Output = Result<Answer, Fault>> + Send + 'static,
    {
        for shadow in shadows.iter().cloned() {
            let Ok(place) = self.places.clone().try_acquire_owned() else {
                shadow.count(meters, "dropped");
                continue;
            };
            let address = component_id(&shadow.component, &shadow.version);
            let asked = timeout(limit, call(address.clone()));
            let (real, meters, remind) = (real.clone(), meters.clone(), self.remind.clone());
            tokio::spawn(async move {
                let silent = |_| Err(Fault::new(Code::CalleeTimeout, [("callee", address.clone())]));
                let answer = asked.await.unwrap_or_else(silent);
                // What it kept for a job that is over meanwhile is unknown to everybody else, and so is what a silent one kept.
                let is_left = answer.as_ref().map_or(true, |answer| answer.is_kept);
                shadow.count(&meters, compared(&address, &answer, &real));
                if let Some(remind) = remind.filter(|_| is_left) {
                    remind().await;
                }
                drop(place);
            });
        }
    }
}

fn compared(address: &str, answer: &Result<Answer, Fault>, real: &Answer) -> &'static str {
    match answer {
        Ok(answer) if answer.outline == real.outline => "same",
        Ok(_) => "differs",
        Err(_) => match result(address, answer) {
            // It refused what the other took.
            Some("ok") => "differs",
            Some(_) => "error",
            None => "dropped",
        },
    }
}
