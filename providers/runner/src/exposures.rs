//! Notes who has met a rollout: each person once, beside the work and never in its way.

use crate::meters::EXPOSURES;
use core_brand::Fault;
use core_brand::fault::Code;
use core_saga::{COMPLETED, Pins};
use imprint_ledger::Values;
use imprint_telemetry::Tally;
use tokio::sync::mpsc;
use tracing::warn;

/// So many wait to be written. What comes on top is lost, and noted with the next job of that person.
const WAITING_MAX: usize = 1000;

/// Where exposures are noted; nowhere by default. Cheap to clone.
#[derive(Clone, Default)]
pub struct Exposures(Option<mpsc::Sender<Note>>);

struct Note {
    key: String,
    bytes: Vec<u8>,
    /// Where it is counted who has met a rollout.
    meters: Option<Tally>,
}

impl Exposures {
    /// Writes to these values until the last clone is gone.
    #[must_use]
    pub fn new(values: impl Values + 'static) -> Self {
        let (sender, notes) = mpsc::channel(WAITING_MAX);
        tokio::spawn(write(values, notes));
        Self(Some(sender))
    }

    /// Notes what the job of this person has met.
    pub(crate) fn note(&self, pins: &Pins, whose: Whose<'_>, meters: &Tally) {
        let Some(sender) = &self.0 else { return };
        for drawn in &pins.draws {
            let Some(met) = drawn.exposed(whose.region) else { continue };
            let bytes = met.to_string().into_bytes();
            let key = drawn.exposure_key(whose.tenant, whose.user);
            if sender.try_send(Note { key, bytes, meters: Some(meters.clone()) }).is_err() {
                meters.count(&EXPOSURES, &[("result", "lost")]);
            }
        }
    }

    /// Notes that a job of this person is complete. One that is lost is noted with his next.
    pub(crate) fn note_completed(&self, pins: &Pins, whose: Whose<'_>) {
        let Some(sender) = &self.0 else { return };
        for drawn in pins.draws.iter().filter(|drawn| drawn.exposed(whose.region).is_some()) {
            let key = drawn.goal_key(whose.tenant, whose.user, COMPLETED);
            // Nobody waits for a note.
            let _ = sender.try_send(Note { key, bytes: Vec::new(), meters: None });
        }
    }
}

/// Whose job it is, and where it is at home.
#[derive(Clone, Copy)]
pub(crate) struct Whose<'a> {
    pub(crate) tenant: &'a str,
    pub(crate) user: &'a str,
    pub(crate) region: &'a str,
}

async fn write(values: impl Values, mut notes: mpsc::Receiver<Note>) {
    while let Some(Note { key, bytes, meters }) = notes.recv().await {
        let result = told(&key, &values.put(&key, Some(0), bytes).await);
        meters.iter().for_each(|meters| meters.count(&EXPOSURES, &[("result", result)]));
    }
}

/// The first note stays: what somebody met first is what he is counted for.
fn told(key: &str, written: &Result<u64, Fault>) -> &'static str {
    match written {
        Ok(_) => "new",
        Err(fault) if fault.is(Code::Conflict) => "known",
        Err(fault) => {
            warn!(code = fault.code, key, "an exposure is not noted");
            "lost"
        }
    }
}
