//! The journal of one job, as the runner writes it: events in envelopes, chained by hash.

use core_brand::content::sha256_hex;
use core_brand::envelope::{DataClass, Envelope, EventBody, GENESIS, Meters, first_break};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use core_saga::{Event, State, state};
use imprint_ledger::{Ledger, read_all};

/// One job's events, and where the stored journal ends.
pub struct Journal<'a, L> {
    ledger: &'a L,
    subject: String,
    tenant: String,
    home_region: String,
    job_id: String,
    previous: String,
    events: Vec<Event>,
}

impl<'a, L: Ledger> Journal<'a, L> {
    /// Reads what is stored and checks the chain.
    pub async fn open(ledger: &'a L, tenant: &str, home_region: &str, job_id: &str) -> Result<Self, Fault> {
        let subject = format!("imprint.v1.{home_region}.{tenant}.brand.{job_id}");
        let stored = read_all(ledger, &subject).await?;
        if let Some(sequence) = first_break(stored.iter().map(Vec::as_slice)) {
            return Err(Fault::new(Code::Tampered, [("sequence", sequence.to_string())]));
        }
        let events = stored.iter().map(|bytes| event_of(bytes)).collect::<Result<_, _>>()?;
        Ok(Self {
            ledger,
            subject,
            tenant: tenant.to_owned(),
            home_region: home_region.to_owned(),
            job_id: job_id.to_owned(),
            previous: stored.last().map_or_else(|| GENESIS.to_owned(), |bytes| sha256_hex(bytes)),
            events,
        })
    }

    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    #[must_use]
    pub fn state(&self) -> State {
        state(&self.events)
    }

    /// The events as the orchestrator reads them.
    pub fn texts(&self) -> Result<Vec<String>, Fault> {
        let text =
            |event| serde_json::to_string(event).map_err(|why| broken!("an event does not serialise: {why}"));
        self.events.iter().map(text).collect()
    }

    /// Writes one event behind all others.
    pub async fn append(&mut self, event: Event, now_ms: u64, meters: Meters) -> Result<(), Fault> {
        let sequence = self.events.len() as u64;
        let envelope = Envelope {
            format: 1,
            id: sha256_hex(format!("{}/{sequence}/{}", self.job_id, event.event_type()).as_bytes()),
            event_type: event.event_type().to_owned(),
            type_version: 1,
            tenant: self.tenant.clone(),
            user: None,
            home_region: self.home_region.clone(),
            correlation_id: self.job_id.clone(),
            causation_id: None,
            traceparent: None,
            data_class: DataClass::Internal,
            key_id: None,
            component_version: None,
            recorded_ms: now_ms,
            meters,
            body: EventBody::Inline(serde_json::to_value(&event).map_err(|why| broken!("{why}"))?),
            previous: self.previous.clone(),
        };
        let bytes = envelope.to_bytes().map_err(|why| broken!("{why}"))?;
        let hash = sha256_hex(&bytes);
        self.ledger.append(&self.subject, sequence, vec![bytes]).await?;
        self.previous = hash;
        self.events.push(event);
        Ok(())
    }
}

fn event_of(bytes: &[u8]) -> Result<Event, Fault> {
    let envelope =
        Envelope::from_bytes(bytes).map_err(|why| broken!("a stored event cannot be read: {why}"))?;
    match envelope.body {
        EventBody::Inline(value) => {
            serde_json::from_value(value).map_err(|why| broken!("a stored event: {why}"))
        }
        EventBody::Stored(content) => {
            Err(broken!("an event of this version is never stored apart ({})", content.sha256))
        }
    }
}
