//! Numbers of instances that follow their queues, as long as `imprint up --scale` or `imprint scale` runs.

use crate::wrong::wrong;
use anyhow::{Context as _, Result};
use imprint_control::APP;
use imprint_scaling::{Controller, LOOK, Policy, Record};
use imprint_supply::Voice;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Reads a file of rules.
pub fn read(path: &Path) -> Result<Policy> {
    let text = std::fs::read_to_string(path);
    let Ok(text) = text else { wrong!("`{}` cannot be read", path.display()) };
    match Policy::read(&text) {
        Ok(policy) => Ok(policy),
        Err(faults) => {
            let lines: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
            wrong!("`{}` is not as it must be:\n{}", path.display(), lines.join("\n"))
        }
    }
}

/// Looks again and again until it is dropped. What goes wrong is said when it begins, and when it is over.
pub async fn follow(url: &str, lattice: &str, policy: Policy, voice: &dyn Voice) {
    let mut wrong = None;
    loop {
        match begin(url, lattice, policy.clone()).await {
            Ok(controller) => look_on(controller, voice, &mut wrong).await,
            Err(why) => note(&mut wrong, Some(format!("{why:#}")), voice),
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn begin(url: &str, lattice: &str, policy: Policy) -> Result<Controller> {
    let nats = async_nats::connect(url).await.with_context(|| format!("nothing answers at {url}"))?;
    Controller::connect(nats, lattice, APP, policy).await
}

/// The connection comes back by itself, so one controller is enough.
async fn look_on(mut controller: Controller, voice: &dyn Voice, wrong: &mut Option<String>) {
    loop {
        match controller.look(now_ms()).await {
            Ok(changes) => {
                note(wrong, None, voice);
                changes.iter().for_each(|change| voice.say(change));
            }
            Err(why) => note(wrong, Some(format!("{why:#}")), voice),
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn note(wrong: &mut Option<String>, now: Option<String>, voice: &dyn Voice) {
    if *wrong != now {
        voice.say(&now.as_ref().map_or("Scaling goes on.".to_owned(), |why| format!("Scaling waits: {why}")));
        *wrong = now;
    }
}

/// What was decided last for the application of a running platform; nothing where nobody scales it.
pub async fn standing(url: &str, lattice: &str) -> Option<Record> {
    let nats = async_nats::connect(url).await.ok()?;
    imprint_scaling::record(&nats, lattice, APP).await
}

/// A line for each component.
#[must_use]
pub fn lines(record: &Record) -> Vec<String> {
    let line = |(name, standing): (&String, &imprint_scaling::Standing)| {
        let (min, max) = record.limits.get(name).copied().unwrap_or_default();
        let queue = record.depths.get(name).map_or("unknown".to_owned(), u64::to_string);
        format!("  {name:<13}{:>3} of {min} to {max}   queue {queue}", standing.replicas)
    };
    record.state.components.iter().map(line).collect()
}

#[allow(
    clippy::disallowed_methods,
    reason = "cool-downs and hours are of the clock; nothing of it enters a kit"
)]
fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
