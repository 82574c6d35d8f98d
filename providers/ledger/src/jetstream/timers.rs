//! Timers on JetStream: the last message of a subject is the timer.
//!
//! Every process follows the stream and waits by its own clock. Who takes a timer that is due moves it into the future,
//! if it still is as it was seen: of two takers one wins, and a taker that dies leaves it to the next. No feature of a
//! server newer than 2.10 is needed.

use crate::jetstream::port::{Kept, Post, Refusal, Shape, Streams, store, try_for};
use crate::timers::{CLAIM_MS, Clock, Due, Shared, Timer, Timers};
use crate::{Fault, check};
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
/// Messages of a timer that are kept: each time that it is set or taken is one, until it is done and all of them are removed.
/// With one alone those before it would have given way, and come back when the server dies after the timer was done.
const SAID_MAX: u32 = 16;
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);

/// Timers that outlive the process.
pub struct StreamTimers<S: Streams> {
    bus: S,
    stream: S::Stream,
    /// What the subjects of these timers begin with.
    prefix: Arc<str>,
    claim_ms: u64,
    shared: Shared,
    follower: AbortHandle,
}

/// A timer of `StreamTimers` whose time has come.
pub struct StreamDue<S: Streams> {
    id: String,
    timer: Timer,
    subject: String,
    bus: S,
    stream: S::Stream,
    shared: Shared,
}

impl<S: Streams> StreamTimers<S> {
    /// Uses the stream `<prefix>_TIMERS`, and makes it when there is none.
    pub async fn open(bus: &S, clock: Clock) -> Result<Self, Fault> {
        Self::with(bus, clock, "TIMERS", TIMERS, CLAIM_MS).await
    }

    /// Uses the stream `<prefix>_<NAME>_TIMERS`, for a provider with timers of its own, which are claimed for so long.
    pub async fn own(bus: &S, clock: Clock, name: &str, claim_ms: u64) -> Result<Self, Fault> {
        let subjects = format!("imprint.{}.timer.", name.to_ascii_lowercase());
        Self::with(bus, clock, &format!("{name}_TIMERS"), &subjects, claim_ms).await
    }

    async fn with(bus: &S, clock: Clock, name: &str, prefix: &str, claim_ms: u64) -> Result<Self, Fault> {
        let (name, subjects) = (bus.name(name), format!("{prefix}>"));
        let shape = Shape { name, subjects, newest: SAID_MAX, ..Shape::default() };
        let stream = try_for(|| bus.open(&shape)).await?;
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
        let post = post(at_ms, &timer.payload).behind(timer.revision);
        match store(&self.bus, &self.subject(id), &post).await {
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

impl<S: Streams> Drop for StreamTimers<S> {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl<S: Streams> Timers for StreamTimers<S> {
    type Due = StreamDue<S>;

    async fn set(&self, id: &str, at_ms: u64, payload: Vec<u8>) -> Result<(), Fault> {
        check(id, std::slice::from_ref(&payload))?;
        match store(&self.bus, &self.subject(id), &post(at_ms, &payload)).await {
            Ok(_) => Ok(()),
            Err(Refusal::Final(fault)) => Err(fault),
            Err(Refusal::Moved { .. }) => Err(core_brand::broken!("a timer refused a sequence nobody named")),
        }
    }

    async fn cancel(&self, id: &str) -> Result<(), Fault> {
        check(id, &[])?;
        let subject = self.subject(id);
        try_for(|| self.bus.purge(&self.stream, &subject, None)).await?;
        self.shared.wheel().remove(id);
        Ok(())
    }

    async fn due(&self, wait: Duration) -> Result<Option<StreamDue<S>>, Fault> {
        let end = Instant::now() + wait;
        loop {
            if let Some((id, timer)) = self.shared.take_due() {
                match self.take(&id, &timer).await {
                    Ok(Some(timer)) => {
                        let (bus, stream, shared) =
                            (self.bus.clone(), self.stream.clone(), self.shared.clone());
                        let subject = self.subject(&id);
                        return Ok(Some(StreamDue { id, timer, subject, bus, stream, shared }));
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

impl<S: Streams> Due for StreamDue<S> {
    fn id(&self) -> &str {
        &self.id
    }

    fn payload(&self) -> &[u8] {
        &self.timer.payload
    }

    async fn done(self) -> Result<(), Fault> {
        self.shared.wheel().remove_revision(&self.id, self.timer.revision);
        // What was set anew, or taken by another after too long, is behind it and stays.
        self.bus.purge(&self.stream, &self.subject, Some(self.timer.revision)).await
    }
}

/// Hears of every timer, for ever. Those that are taken back are not heard of: nobody can take them.
async fn follow<S: Streams>(bus: S, stream: S::Stream, prefix: Arc<str>, shared: Shared) {
    let mut last = 0;
    loop {
        let hear = |message: Kept| {
            match (message.subject.strip_prefix(&*prefix), at_of(&message)) {
                (Some(id), Some(at_ms)) => {
                    shared.put(
                        id,
                        Timer { at_ms, revision: message.sequence, payload: message.payload.clone() },
                    );
                }
                (Some(id), None) => warn!(timer = id, "a timer without a time"),
                (None, _) => {}
            }
            ready(Ok(()))
        };
        if let Err(fault) = bus.follow(&stream, &format!("{prefix}>"), &mut last, hear).await {
            warn!(code = %fault.code, "following the timers: {}", fault.message);
        }
        sleep(PAUSE).await;
    }
}

fn at_of(message: &Kept) -> Option<u64> {
    message.header(AT)?.parse().ok()
}

fn post(at_ms: u64, payload: &[u8]) -> Post {
    Post::new(payload.to_vec()).header(AT, at_ms.to_string())
}
