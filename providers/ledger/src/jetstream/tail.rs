//! Follows a stream from a place on, without a trace in the server.

use crate::jetstream::bus::{Bus, stored};
use crate::jetstream::port::{Kept, unreachable};
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::stream::Stream;
use core_brand::{Fault, broken};
use futures::StreamExt;
use std::time::Duration;

/// A server that says nothing for twice as long has gone, and with it the consumer.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(1);
/// One request of the consumer.
pub(crate) const EXPIRES: Duration = Duration::from_secs(10);
/// So many messages are asked for at once.
pub(crate) const MESSAGES_MAX: usize = 500;
/// The server forgets a consumer that nobody uses.
const FORGOTTEN: Duration = Duration::from_secs(60);

/// Hands over the messages behind `last`, each once and in order, and moves `last` along. Ends when something breaks, or
/// one is not taken; the next call goes on where this one ended.
pub(crate) async fn tail<F: Future<Output = Result<(), Fault>> + Send>(
    bus: &Bus,
    stream: &Stream,
    subjects: &str,
    last: &mut u64,
    mut take: impl FnMut(Kept) -> F + Send,
) -> Result<(), Fault> {
    let config = pull::Config {
        filter_subject: subjects.to_owned(),
        deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: *last + 1 },
        ack_policy: AckPolicy::None,
        inactive_threshold: FORGOTTEN,
        num_replicas: 1,
        memory_storage: true,
        ..pull::Config::default()
    };
    let consumer = bus.try_for(|| stream.create_consumer(config.clone())).await?;
    let messages =
        consumer.stream().heartbeat(HEARTBEAT).expires(EXPIRES).max_messages_per_batch(MESSAGES_MAX);
    let mut messages = messages.messages().await.map_err(|why| unreachable(&why))?;
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
        take(stored(&message)?).await?;
        *last = place;
    }
    Ok(())
}
