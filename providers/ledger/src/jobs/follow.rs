//! Follows the stream of journals, from its beginning and for as long as it goes on.

use crate::frame::unframe;
use crate::jetstream::Bus;
use crate::jetstream::bus::unreachable;
use crate::jobs::projection::Projection;
use crate::journal::{Home, SUBJECTS};
use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::stream::Stream;
use core_brand::{Fault, broken};
use futures::StreamExt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;
use tracing::warn;

/// A server that says nothing for twice as long has gone, and with it the consumer.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// One request of the consumer.
const EXPIRES: Duration = Duration::from_secs(10);
const MESSAGES_MAX: usize = 500;
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);
/// The server forgets a consumer that nobody uses.
const FORGOTTEN: Duration = Duration::from_secs(60);

pub(crate) struct Follower {
    pub(crate) bus: Bus,
    pub(crate) stream: Stream,
    pub(crate) projection: Arc<Mutex<Projection>>,
    /// Set once everything that was there at the start is taken in.
    pub(crate) ready: watch::Sender<bool>,
}

impl Follower {
    /// Follows for ever; whatever breaks, it goes on behind the last message it took in.
    pub(crate) async fn run(self) {
        let mut last = 0;
        loop {
            if let Err(fault) = self.follow(&mut last).await {
                warn!(code = %fault.code, "following the journals: {}", fault.message);
            }
            sleep(PAUSE).await;
        }
    }

    async fn follow(&self, last: &mut u64) -> Result<(), Fault> {
        let info = self.stream.get_info().await.map_err(|why| unreachable(&why))?;
        let target = info.state.last_sequence;
        self.caught_up(*last, target);
        let config = pull::Config {
            filter_subject: format!("{SUBJECTS}>"),
            deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: *last + 1 },
            ack_policy: AckPolicy::None,
            inactive_threshold: FORGOTTEN,
            num_replicas: 1,
            memory_storage: true,
            ..pull::Config::default()
        };
        let consumer = self.bus.try_for(|| self.stream.create_consumer(config.clone())).await?;
        let messages = consumer
            .stream()
            .heartbeat(HEARTBEAT)
            .expires(EXPIRES)
            .max_messages_per_batch(MESSAGES_MAX)
            .messages();
        let mut messages = messages.await.map_err(|why| unreachable(&why))?;
        let mut number = 0;
        while let Some(message) = messages.next().await {
            let message = message.map_err(|why| unreachable(&why))?;
            let info = message.info().map_err(|why| broken!("a message without its number: {why}"))?;
            number += 1;
            if info.consumer_sequence != number {
                // One was lost on the way here.
                return Ok(());
            }
            let place = info.stream_sequence;
            self.take(&message, place);
            *last = place;
            self.caught_up(place, target);
        }
        Ok(())
    }

    fn caught_up(&self, last: u64, target: u64) {
        if last >= target {
            self.ready.send_if_modified(|ready| !std::mem::replace(ready, true));
        }
    }

    fn take(&self, message: &Message, place: u64) {
        let Some(home) = Home::of_subject(&message.subject) else { return };
        let Some(entries) = unframe(&message.payload) else {
            warn!(subject = %message.subject, "an append is not whole");
            return;
        };
        let mut projection = self.projection.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(fault) = projection.take(&home, place, &entries) {
            warn!(code = %fault.code, subject = %message.subject, "{}", fault.message);
        }
    }
}
