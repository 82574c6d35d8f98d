//! Publishes what jobs tell everybody, from the journals, in their order.
//!
//! How far it is stands in the server: one durable consumer of the journals hands out one append at a time, to whichever
//! process asks, and the next one only when that was published. A process that dies in between leaves it to the next,
//! which publishes the same ids again; the streams know them for a while.

use crate::frame::unframe;
use crate::jetstream::LatticeLedger;
use crate::jetstream::bus::{Bus, stored};
use crate::jetstream::ledger::end_of;
use crate::jetstream::port::{Post, Refusal, store, try_for, unreachable};
use crate::jetstream::tail::{EXPIRES, HEARTBEAT, MESSAGES_MAX};
use crate::jobs::Job;
use crate::journal::{Entry, Home, SUBJECTS};
use crate::outbox::{Channel, Message, messages};
use crate::read_all;
use async_nats::jetstream::consumer::{AckPolicy, PullConsumer, pull};
use async_nats::jetstream::stream::{Config, Stream};
use async_nats::jetstream::{self, AckKind};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use core_saga::Event;
use futures::StreamExt;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use tracing::{error, warn};

/// The consumer that knows how far it is.
const CONSUMER: &str = "outbox";
/// An append in silent hands goes to another process after this long; publishing it takes milliseconds.
const ACK_WAIT: Duration = Duration::from_secs(15);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);
/// So many jobs under way are kept in mind; one that is not is read again.
const JOBS_MAX: usize = 1000;
/// Progress is of use for days. Names of brands stand in it, and are gone after a week at the latest.
const PROGRESS_AGE: Duration = Duration::from_secs(7 * 24 * 3600);
/// An audit looks back over a year.
const AUDIT_AGE: Duration = Duration::from_secs(400 * 24 * 3600);

/// Publishes until it is dropped.
pub(crate) struct Outbox {
    bus: Bus,
    ledger: Arc<LatticeLedger>,
    progress: Stream,
    jobs: BTreeMap<String, Told>,
}

/// A job as far as it was told.
struct Told {
    job: Job,
    /// Somebody asked to forget it, here or later in the journal.
    is_forgotten: bool,
}

impl Outbox {
    /// Uses the streams of the channels, and makes them when there are none.
    pub(crate) async fn open(bus: &Bus, ledger: Arc<LatticeLedger>) -> Result<Self, Fault> {
        let progress = Config { max_age: PROGRESS_AGE, ..Config::default() };
        let progress = open(bus, Channel::Progress, progress).await?;
        let audit = Config { max_age: AUDIT_AGE, deny_delete: true, deny_purge: true, ..Config::default() };
        open(bus, Channel::Audit, audit).await?;
        Ok(Self { bus: bus.clone(), ledger, progress, jobs: BTreeMap::new() })
    }

    /// Publishes for ever; whatever breaks, it goes on where the server says.
    pub(crate) async fn run(mut self) {
        loop {
            if let Err(fault) = self.follow().await {
                warn!(code = %fault.code, "the outbox waits: {}", fault.message);
            }
            sleep(PAUSE).await;
        }
    }

    async fn follow(&mut self) -> Result<(), Fault> {
        let consumer = self.consumer().await?;
        let messages =
            consumer.stream().heartbeat(HEARTBEAT).expires(EXPIRES).max_messages_per_batch(MESSAGES_MAX);
        let mut messages = messages.messages().await.map_err(|why| unreachable(&why))?;
        while let Some(message) = messages.next().await {
            let message = message.map_err(|why| unreachable(&why))?;
            if let Err(fault) = self.tell(&message).await {
                // Told in part: the next turn reads the journal and tells it from its beginning.
                self.jobs.remove(message.subject.as_str());
                message.ack_with(AckKind::Nak(Some(PAUSE))).await.map_err(|why| unreachable(&why))?;
                return Err(fault);
            }
            message.double_ack().await.map_err(|why| unreachable(&why))?;
        }
        Ok(())
    }

    async fn consumer(&self) -> Result<PullConsumer, Fault> {
        let config = pull::Config {
            durable_name: Some(CONSUMER.to_owned()),
            filter_subject: format!("{SUBJECTS}>"),
            ack_policy: AckPolicy::Explicit,
            ack_wait: ACK_WAIT,
            // One at a time keeps the order, however many processes ask.
            max_ack_pending: 1,
            ..pull::Config::default()
        };
        let journals = self.ledger.ledger().stream();
        self.bus.try_for(|| journals.get_or_create_consumer(CONSUMER, config.clone())).await
    }

    /// Publishes what an append says. What can never be told is left out, and said in the log.
    async fn tell(&mut self, message: &jetstream::Message) -> Result<(), Fault> {
        let subject = message.subject.as_str();
        let Some(home) = Home::of_subject(subject) else { return Ok(()) };
        let (Some(entries), Some(end)) = (unframe(&message.payload), end_of(&stored(message)?)) else {
            error!(subject, "an append that is not whole is not told");
            return Ok(());
        };
        let begin = end.saturating_sub(entries.len() as u64);
        let mut told = match self.told(&home, subject, begin).await {
            Ok(told) => told,
            Err(fault) if fault.is(Code::Tampered) || fault.is(Code::Broken) => {
                error!(code = %fault.code, subject, "a journal that cannot be read is not told");
                return Ok(());
            }
            Err(fault) => return Err(fault),
        };
        for entry in self.ledger.said_where_it_opens(&home, begin, &entries).await? {
            self.tell_entry(&home, &mut told, entry).await?;
        }
        if told.job.is_open() {
            if self.jobs.len() >= JOBS_MAX {
                self.jobs.clear();
            }
            self.jobs.insert(subject.to_owned(), told);
        }
        Ok(())
    }

    async fn tell_entry(
        &self,
        home: &Home,
        told: &mut Told,
        entry: Result<Entry, Fault>,
    ) -> Result<(), Fault> {
        let (envelope, event) = match entry {
            Ok(entry) => {
                told.job.heed(&entry);
                entry
            }
            Err(fault) => {
                warn!(code = %fault.code, job = home.job_id, "an entry that cannot be read is not told");
                told.job.view.sequence += 1;
                return Ok(());
            }
        };
        told.job.forget_told();
        // Nobody may read it any more, so it is told to nobody.
        let Some(event) = event else { return Ok(()) };
        if matches!(event, Event::EraseRequested) {
            told.is_forgotten = true;
            let subjects = Channel::Progress.subjects_of(home);
            self.bus.try_for(|| self.progress.purge().filter(subjects.clone())).await?;
        }
        if told.is_forgotten && !matches!(event, Event::EraseRequested | Event::Erased) {
            return Ok(());
        }
        for message in messages(home, &envelope, &event, &told.job.view)? {
            self.publish(&message).await?;
        }
        Ok(())
    }

    /// The job before this entry: as it is in mind, or else from its journal.
    async fn told(&mut self, home: &Home, subject: &str, begin: u64) -> Result<Told, Fault> {
        if let Some(told) = self.jobs.remove(subject).filter(|told| told.job.view.sequence == begin) {
            return Ok(told);
        }
        let stored = read_all(&*self.ledger, subject).await?;
        let begin = usize::try_from(begin).unwrap_or(usize::MAX).min(stored.len());
        let mut told = Told { job: Job::new(home.clone()), is_forgotten: false };
        for (index, entry) in self.ledger.said_where_it_opens(home, 0, &stored).await?.into_iter().enumerate()
        {
            told.is_forgotten |= matches!(entry, Ok((_, Some(Event::EraseRequested))));
            match entry {
                _ if index >= begin => {}
                Ok(entry) => told.job.heed(&entry),
                Err(_) => told.job.view.sequence += 1,
            }
        }
        told.job.forget_told();
        Ok(told)
    }

    async fn publish(&self, event: &Message) -> Result<(), Fault> {
        let post = Post::new(event.body.clone())
            .id(&event.id)
            .header("content-type", "application/cloudevents+json".to_owned());
        match store(&self.bus, &event.subject, &post).await {
            Ok(_) => Ok(()),
            Err(Refusal::Final(fault)) => Err(fault),
            Err(Refusal::Moved { .. }) => Err(broken!("a public stream refused a sequence nobody named")),
        }
    }
}

async fn open(bus: &Bus, channel: Channel, special: Config) -> Result<Stream, Fault> {
    let (name, subjects) = (channel.stream(), channel.subjects());
    try_for(|| bus.stream_named(name.to_owned(), &subjects, special.clone())).await
}
