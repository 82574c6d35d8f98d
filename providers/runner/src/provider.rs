//! The runner as a provider: queues and journals of JetStream, content of NATS, components by id.

use crate::drive::Driver;
use crate::exposures::Exposures;
use crate::gauges::measure;
use crate::guard::{Guard, Guards};
use crate::lattice::LatticeCallee;
use crate::limits::Limits;
use crate::meters::Metered;
use crate::retry::{ATTEMPTS, PAINT_MS, WAIT_MS_MAX};
use crate::serve::serve;
use crate::shadows::Shadows;
use imprint_blobs::AnyBlobs;
use imprint_ledger::{Bus, JetStreamQueues, JetStreamValues, LatticeLedger};
use imprint_provider::{Error, Provider};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tracing::info;

/// What the names of streams begin with, unless the configuration says otherwise.
const PREFIX: &str = "IMPRINT";

/// Jobs of one step at once, unless the configuration says otherwise.
const WIDTH: usize = 4;

/// The longest call that may be asked for: a claim is renewed for it, and a stop does not wait for it.
const CALL_MS_MAX: u64 = 600_000;

/// More at once is more than a process of this kind can hold in memory.
const WIDTH_MAX: usize = 256;

/// Works until a stop. The configuration: `prefix` of the streams and their `replicas`; `region`, for the log; `width`,
/// jobs of a step and tasks of a job at once; `call_ms`, the limit of one call; `reset_ms`, how long a breaker stays open; `backend` and what else the
/// blob store is told, which must be the same.
pub async fn run(provider: Provider) -> Result<(), Error> {
    let config = provider.config();
    let usual = Guards::default();
    let guards = Guards {
        call_ms: setting(config, "call_ms", usual.call_ms, CALL_MS_MAX)?,
        reset_ms: setting(config, "reset_ms", usual.reset_ms, CALL_MS_MAX)?,
        ..usual
    };
    let width = setting(config, "width", WIDTH, WIDTH_MAX)?;
    let replicas = setting(config, "replicas", 1, 5)?;
    let prefix = config.get("prefix").map_or(PREFIX, String::as_str);
    let bus = Bus::new(provider.nats(), prefix, replicas);
    let limits = Limits {
        width,
        call_ms: guards.call_ms,
        attempts: ATTEMPTS,
        backoff_ms_max: WAIT_MS_MAX,
        paint_ms: PAINT_MS,
    };
    let meters = provider.meters().clone();
    let queues = JetStreamQueues::open(&bus).await?;
    let queues = Arc::new(Metered { queues, meters: meters.clone() });
    let callee = Guard::new(LatticeCallee::new(provider.clone()), guards, now_ms).metered(meters.clone());
    let driver = Driver {
        ledger: Arc::new(LatticeLedger::open(&bus).await?),
        queues: queues.clone(),
        blobs: Arc::new(AnyBlobs::open(provider.nats(), config).await?),
        callee: Arc::new(callee),
        limits,
        clock: now_ms,
        meters: meters.clone(),
        shadows: Shadows::default(),
        exposures: Exposures::new(JetStreamValues::exposures(&bus).await?),
    };
    info!(region = config.get("region"), width, "the queues are open");
    tokio::select! {
        () = serve(Arc::new(driver), width, provider.stopping()) => {}
        // Has no end of its own.
        () = measure(queues, meters) => {}
    }
    provider.finish().await;
    Ok(())
}

/// A number of the configuration, from 1 to the most that makes sense.
fn setting<T>(config: &BTreeMap<String, String>, key: &str, usual: T, max: T) -> Result<T, Error>
where
    T: Copy + Display + From<u8> + FromStr<Err: Display> + PartialOrd,
{
    let Some(text) = config.get(key) else { return Ok(usual) };
    let refused = |why: String| Error::Config { key: key.to_owned(), why };
    let value: T = text.parse().map_err(|why| refused(format!("{why}")))?;
    match value >= T::from(1) && value <= max {
        true => Ok(value),
        false => Err(refused(format!("{value} is not from 1 to {max}"))),
    }
}

#[allow(clippy::disallowed_methods, reason = "the one clock of this process; nothing of it enters a kit")]
fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
