//! Timers on JetStream: the last message of a subject is the timer.
//!
//! Every process follows the stream and waits by its own clock. Who takes a timer that is due moves it into the future,
//! if it still is as it was seen: of two takers one wins, and a taker that dies leaves it to the next. No feature of a
//! server newer than 2.10 is needed.

use crate::jetstream::bus::{Bus, Refusal, found, storage};
use crate::jetstream::tail::tail;
use crate::timers::{CLAIM_MS, Clock, Due, Shared, Timer, Timers};
use crate::{Fault, check};
use async_nats::jetstream::Message;
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{Config, Stream};
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};
use tracing::warn;

/// What all subjects of the ledger's timers begin with.
const TIMERS: &str = "imprint.timer.";
/// When a timer is due, in milliseconds since 1970.
const AT: &str = "Imprint-At";
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);

/// Timers that outlive the process.
pub struct JetStreamTimers {
    bus: Bus,
    stream: Stream,
    /// What the subjects of these timers begin with.
    prefix: Arc<str>,
    claim_ms: u64,
    shared: Shared,
    follower: AbortHandle,
}

/// A timer of `JetStreamTimers` whose time has come.
pub struct JetStreamDue {
    id: String,
    timer: Timer,
    stream: Stream,
    shared: Shared,
}

impl JetStreamTimers {
    /// Uses the stream `<prefix>_TIMERS`, and makes it when there is none.
    pub async fn open(bus: &Bus, clock: Clock) -> Result<Self, Fault> {
        Self::with(bus, clock, "TIMERS", TIMERS, CLAIM_MS).await
    }

    /// Uses the stream `<prefix>_<NAME>_TIMERS`, for a provider with timers of its own, which are claimed for so long.
    pub async fn own(bus: &Bus, clock: Clock, name: &str, claim_ms: u64) -> Result<Self, Fault> {
        let subjects = format!("imprint.{}.timer.", name.to_ascii_lowercase());
        Self::with(bus, clock, &format!("{name}_TIMERS"), &subjects, claim_ms).await
    }

    async fn with(bus: &Bus, clock: Clock, name: &str, prefix: &str, claim_ms: u64) -> Result<Self, Fault> {
        let special = Config { max_messages_per_subject: 1, ..Config::default() };
        let stream = bus.stream(name, &format!("{prefix}>"), special).await?;
        let (shared, prefix) = (Shared::new(clock), Arc::from(prefix));
        let following = follow(bus.clone(), stream.clone(), Arc::clone(&prefix), shared.clone());
        let follower = tokio::spawn(following).abort_handle();
        Ok(Self { bus: bus.clone(), stream, prefix, claim_ms, shared, follower })
    }

    fn subject(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }

    /// Moves a timer that is due into the future; nothing when it is no longer as it was seen.
    async fn take(&self, id: &str, timer: &Timer) -> Result<Option<Timer>, Fault> {
        let at_ms = (self.shared.clock)() + self.claim_ms;
        let message = message(at_ms, &timer.payload).expected_last_subject_sequence(timer.revision);
        match self.bus.store(&self.subject(id), &message).await {
            Ok(revision) => {
                let taken = Timer { at_ms, revision, payload: timer.payload.clone() };
                self.shared.put(id, taken.clone());
                Ok(Some(taken))
            }
            // Also when it was ours and nobody said so: then it is due again.
            Err(Refusal::Moved { .. }) => Ok(None),
            Err(Refusal::Final(fault)) => Err(fault),
        }
    }
}

impl Drop for JetStreamTimers {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl Timers for JetStreamTimers {
    type Due = JetStreamDue;

    async fn set(&self, id: &str, at_ms: u64, payload: Vec<u8>) -> Result<(), Fault> {
        check(id, std::slice::from_ref(&payload))?;
        match self.bus.store(&self.subject(id), &message(at_ms, &payload)).await {
            Ok(_) => Ok(()),
            Err(Refusal::Final(fault)) => Err(fault),
            Err(Refusal::Moved { .. }) => Err(core_brand::broken!("a timer refused a sequence nobody named")),
        }
    }

    async fn cancel(&self, id: &str) -> Result<(), Fault> {
        check(id, &[])?;
        self.bus.try_for(|| self.stream.purge().filter(self.subject(id))).await?;
        self.shared.wheel().remove(id);
        Ok(())
    }

    async fn due(&self, wait: Duration) -> Result<Option<JetStreamDue>, Fault> {
        let end = Instant::now() + wait;
        loop {
            if let Some((id, timer)) = self.shared.take_due() {
                match self.take(&id, &timer).await {
                    Ok(Some(timer)) => {
                        let (stream, shared) = (self.stream.clone(), self.shared.clone());
                        return Ok(Some(JetStreamDue { id, timer, stream, shared }));
                    }
                    Ok(None) => {}
                    Err(fault) => {
                        self.shared.put(&id, timer);
                        return Err(fault);
                    }
                }
            } else if !self.shared.pause(end).await {
                return Ok(None);
            }
        }
    }
}

impl Due for JetStreamDue {
    fn id(&self) -> &str {
        &self.id
    }

    fn payload(&self) -> &[u8] {
        &self.timer.payload
    }

    async fn done(self) -> Result<(), Fault> {
        self.shared.wheel().remove_revision(&self.id, self.timer.revision);
        let Err(why) = self.stream.delete_message(self.timer.revision).await else { return Ok(()) };
        // Set anew, taken back, or taken by another after too long: this one is gone already.
        match found(self.stream.get_raw_message(self.timer.revision).await)? {
            None => Ok(()),
            Some(_) => Err(storage(&why)),
        }
    }
}

/// Hears of every timer, for ever. Those that are taken back are not heard of: nobody can take them.
async fn follow(bus: Bus, stream: Stream, prefix: Arc<str>, shared: Shared) {
    let mut last = 0;
    loop {
        let hear = |message: Message, place: u64| {
            match (message.subject.strip_prefix(&*prefix), at_of(&message)) {
                (Some(id), Some(at_ms)) => {
                    shared.put(id, Timer { at_ms, revision: place, payload: message.payload.to_vec() });
                }
                (Some(id), None) => warn!(timer = id, "a timer without a time"),
                (None, _) => {}
            }
            ready(Ok(()))
        };
        if let Err(fault) = tail(&bus, &stream, &format!("{prefix}>"), &mut last, hear).await {
            warn!(code = %fault.code, "following the timers: {}", fault.message);
        }
        sleep(PAUSE).await;
    }
}

fn at_of(message: &Message) -> Option<u64> {
    message.headers.as_ref()?.get(AT)?.as_str().parse().ok()
}

fn message(at_ms: u64, payload: &[u8]) -> PublishMessage {
    PublishMessage::build().payload(payload.to_vec().into()).header(AT, at_ms.to_string())
}
