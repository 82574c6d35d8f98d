//! Hears public events from their streams: one durable consumer for each, which any courier of the lattice asks.
//!
//! An event is acknowledged when all its messages are stored. One that nobody acknowledges comes again.

use crate::office::{Brands, Office};
use crate::scribe::Scribe;
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, PullConsumer, pull};
use async_nats::jetstream::{self, AckKind, Context};
use futures::StreamExt;
use imprint_ledger::outbox::Channel;
use imprint_ledger::{Timers, Values};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tracing::warn;

/// The consumer that knows how far it is.
const CONSUMER: &str = "courier";
/// An event in silent hands goes to another process after this long; storing what follows from it takes milliseconds.
const ACK_WAIT: Duration = Duration::from_secs(20);
/// Events in hand at once, of all couriers.
const IN_HAND_MAX: i64 = 64;
/// Between two tries of an event.
const PAUSE: Duration = Duration::from_millis(300);
/// Between two looks for a stream that is not there: its maker comes up.
const LOOK: Duration = Duration::from_secs(2);
/// A server that says nothing for twice as long has gone.
const HEARTBEAT: Duration = Duration::from_secs(1);
const EXPIRES: Duration = Duration::from_secs(10);
/// So many are asked for at once.
const BATCH_MAX: usize = 32;

/// Sees to it that events are kept for us from now on. A stream that is not there yet is looked for later.
pub(crate) async fn begin(context: &Context) {
    for channel in [Channel::Progress, Channel::Audit] {
        if let Err(why) = consumer(context, channel).await {
            warn!(stream = channel.stream(), "nothing is heard yet: {why}");
        }
    }
}

/// Hears of everything until it is dropped.
pub(crate) async fn hear_all<V, T, S, C, B>(office: Arc<Office<V, T, S, C, B>>, context: Context)
where
    V: Values + 'static,
    T: Timers + 'static,
    S: Scribe,
    C: Send + Sync + 'static,
    B: Brands,
{
    let mut listeners = JoinSet::new();
    for channel in [Channel::Progress, Channel::Audit] {
        let (office, context) = (Arc::clone(&office), context.clone());
        listeners.spawn(async move {
            loop {
                if let Err(why) = hear(&office, &context, channel).await {
                    warn!(stream = channel.stream(), "the courier waits for events: {why}");
                }
                sleep(LOOK).await;
            }
        });
    }
    while listeners.join_next().await.is_some() {}
}

/// Hears one stream, until something breaks.
async fn hear<V, T, S, C, B>(
    office: &Arc<Office<V, T, S, C, B>>,
    context: &Context,
    channel: Channel,
) -> anyhow::Result<()>
where
    V: Values + 'static,
    T: Timers + 'static,
    S: Scribe,
    C: Send + Sync + 'static,
    B: Brands,
{
    let consumer = consumer(context, channel).await?;
    let messages = consumer.stream().heartbeat(HEARTBEAT).expires(EXPIRES).max_messages_per_batch(BATCH_MAX);
    let mut messages = messages.messages().await?;
    let mut in_hand = JoinSet::new();
    while let Some(message) = messages.next().await {
        let (office, message) = (Arc::clone(office), message?);
        in_hand.spawn(async move { take(&office, &message).await });
        while in_hand.len() >= BATCH_MAX {
            in_hand.join_next().await;
        }
        while in_hand.try_join_next().is_some() {}
    }
    Ok(())
}

async fn take<V, T, S, C, B>(office: &Office<V, T, S, C, B>, message: &jetstream::Message)
where
    V: Values,
    T: Timers,
    S: Scribe,
    C: Send + Sync,
    B: Brands,
{
    let acknowledged = match office.hear(&message.payload).await {
        Ok(()) => message.double_ack().await,
        Err(fault) => {
            warn!(code = fault.code, "an event has to wait");
            message.ack_with(AckKind::Nak(Some(PAUSE))).await
        }
    };
    if let Err(why) = acknowledged {
        // It comes again, and comes to the same.
        warn!("an event is not acknowledged: {why}");
    }
}

/// The audit holds what the progress holds in the case of `brand.erased`; the ids of messages are the same, so it is told
/// once. What was there before the first courier is not told.
async fn consumer(context: &Context, channel: Channel) -> anyhow::Result<PullConsumer> {
    let stream = context.get_stream(channel.stream()).await?;
    let config = pull::Config {
        durable_name: Some(CONSUMER.to_owned()),
        filter_subject: channel.subjects(),
        deliver_policy: DeliverPolicy::New,
        ack_policy: AckPolicy::Explicit,
        ack_wait: ACK_WAIT,
        max_ack_pending: IN_HAND_MAX,
        ..pull::Config::default()
    };
    Ok(stream.get_or_create_consumer(CONSUMER, config).await?)
}
