//! The journal of a job: where it is kept, and how an event becomes an entry.

use core_brand::content::sha256_hex;
use core_brand::envelope::{DataClass, Envelope, EventBody, GENESIS, Head, Meters};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use core_saga::Event;
use serde::Deserialize;

/// What all subjects of journals begin with.
pub const SUBJECTS: &str = "imprint.v1.";

/// The random part of a job id.
const ID_LETTERS: usize = 26;

/// Names the journal of one job.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    pub region: String,
    pub tenant: String,
    pub job_id: String,
}

/// What an event is written down with.
#[derive(Clone, Debug, Default)]
pub struct Stamp {
    pub now_ms: u64,
    pub meters: Meters,
    pub traceparent: Option<String>,
    /// The component and version that caused it.
    pub component_version: Option<String>,
}

impl Home {
    #[must_use]
    pub fn new(region: &str, tenant: &str, job_id: &str) -> Self {
        Self { region: region.to_owned(), tenant: tenant.to_owned(), job_id: job_id.to_owned() }
    }

    /// `imprint.v1.<region>.<tenant>.brand.<job id>`
    #[must_use]
    pub fn subject(&self) -> String {
        format!("{SUBJECTS}{}.{}.brand.{}", self.region, self.tenant, self.job_id)
    }

    /// The home behind a subject, if it is one of a job.
    #[must_use]
    pub fn of_subject(subject: &str) -> Option<Self> {
        let tokens: Vec<_> = subject.strip_prefix(SUBJECTS)?.split('.').collect();
        match tokens.as_slice() {
            [region, tenant, "brand", job_id] => Some(Self::new(region, tenant, job_id)),
            _ => None,
        }
    }

    /// The entry of an event that stands behind `sequence` others, the last of which hashes to `previous`.
    pub fn entry(
        &self,
        sequence: u64,
        previous: &str,
        event: &Event,
        stamp: Stamp,
    ) -> Result<Vec<u8>, Fault> {
        let envelope = Envelope {
            format: 1,
            id: sha256_hex(format!("{}/{sequence}/{}", self.job_id, event.event_type()).as_bytes()),
            event_type: event.event_type().to_owned(),
            type_version: 1,
            tenant: self.tenant.clone(),
            user: None,
            home_region: self.region.clone(),
            correlation_id: self.job_id.clone(),
            causation_id: None,
            traceparent: stamp.traceparent,
            data_class: DataClass::Internal,
            key_id: None,
            component_version: stamp.component_version,
            recorded_ms: stamp.now_ms,
            meters: stamp.meters,
            body: EventBody::Inline(serde_json::to_value(event).map_err(|why| broken!("{why}"))?),
            previous: previous.to_owned(),
        };
        envelope.to_bytes().map_err(|why| broken!("{why}"))
    }
}

/// The region in a job id, `br_<region>_<26 letters of base32>`; `None` when it is no job id.
#[must_use]
pub fn region_of(job_id: &str) -> Option<&str> {
    let (region, letters) = job_id.strip_prefix("br_")?.rsplit_once('_')?;
    let is_region =
        region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let is_base32 = letters.len() == ID_LETTERS && letters.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_region && is_base32 && !region.is_empty()).then_some(region)
}

/// What the next entry names as its `previous`.
#[must_use]
pub fn previous_of(stored: &[Vec<u8>]) -> String {
    stored.last().map_or_else(|| GENESIS.to_owned(), |bytes| sha256_hex(bytes))
}

/// A journal from its beginning whose entries follow each other. Their bodies were passed over.
pub struct Chain<'a> {
    pub(crate) stored: &'a [Vec<u8>],
    pub(crate) heads: Vec<Head>,
}

impl<'a> Chain<'a> {
    /// Refuses a journal whose hash chain is broken.
    pub fn of(stored: &'a [Vec<u8>]) -> Result<Self, Fault> {
        let (mut heads, mut previous) = (Vec::with_capacity(stored.len()), GENESIS.to_owned());
        for (place, bytes) in stored.iter().enumerate() {
            match Head::read(bytes) {
                Ok(head) if head.previous == previous => heads.push(head),
                _ => return Err(Fault::new(Code::Tampered, [("sequence", (place + 1).to_string())])),
            }
            previous = sha256_hex(bytes);
        }
        Ok(Self { stored, heads })
    }

    /// What they say. Those that are sealed have no event.
    pub fn entries(self) -> Result<Vec<Entry>, Fault> {
        self.heads.into_iter().zip(self.stored).map(|(head, bytes)| said(head, bytes)).collect()
    }
}

/// Refuses a journal whose hash chain is broken.
pub fn check_chain(stored: &[Vec<u8>]) -> Result<(), Fault> {
    Chain::of(stored).map(|_| ())
}

/// The entry that a fault says was changed or is missing.
pub(crate) fn missing_at(fault: &Fault) -> Option<u64> {
    let sequence =
        fault.args.iter().find(|(name, _)| name == "sequence").filter(|_| fault.is(Code::Tampered));
    sequence.and_then(|(_, value)| value.parse().ok())
}

/// An entry as it was written: its envelope and the event in it.
pub fn event_of(bytes: &[u8]) -> Result<(Head, Event), Fault> {
    let (head, event) = entry_of(bytes)?;
    let event = event.ok_or_else(|| broken!("a stored event is sealed"))?;
    Ok((head, event))
}

/// What an entry says. One that is sealed has no event that anybody could read.
pub type Entry = (Head, Option<Event>);

pub fn entry_of(bytes: &[u8]) -> Result<Entry, Fault> {
    said(head_of(bytes)?, bytes)
}

pub(crate) fn head_of(bytes: &[u8]) -> Result<Head, Fault> {
    Head::read(bytes).map_err(|why| broken!("a stored event cannot be read: {why}"))
}

/// The same where the envelope was read already.
pub(crate) fn said(head: Head, bytes: &[u8]) -> Result<Entry, Fault> {
    if head.key_id.is_some() {
        return Ok((head, None));
    }
    let Said { body } = serde_json::from_slice(bytes).map_err(|why| broken!("a stored event: {why}"))?;
    Ok((head, Some(inline(body)?)))
}

/// What there is to an entry beside its envelope.
#[derive(Deserialize)]
pub(crate) struct Said<Body> {
    pub body: EventBody<Body>,
}

pub(crate) fn inline<Body>(body: EventBody<Body>) -> Result<Body, Fault> {
    match body {
        EventBody::Inline(body) => Ok(body),
        EventBody::Stored(content) => {
            Err(broken!("an event of this version is never stored apart ({})", content.sha256))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_id_names_its_region() {
        let id = format!("br_us-east-1_{}", "a2".repeat(13));
        assert_eq!(region_of(&id), Some("us-east-1"));
        let home = Home::new("us-east-1", "local", &id);
        assert_eq!(Home::of_subject(&home.subject()), Some(home));
        let long = format!("{id}a");
        for strange in
            ["", "br_", "br__", "br_us-east-1_short", "br_us.east_aaaaaaaaaaaaaaaaaaaaaaaaaa", &long]
        {
            assert_eq!(region_of(strange), None, "{strange}");
        }
    }

    #[test]
    fn an_entry_is_chained_and_reads_back() {
        let home = Home::new("us-east-1", "local", "br_x");
        let mut stored = Vec::new();
        for event in [Event::CancelRequested, Event::Erased] {
            let stamp = Stamp { now_ms: 5, ..Stamp::default() };
            let entry =
                home.entry(stored.len() as u64, &previous_of(&stored), &event, stamp).expect("serialises");
            assert_eq!(event_of(&entry).expect("reads").1, event);
            stored.push(entry);
        }
        check_chain(&stored).expect("is whole");
        stored.swap(0, 1);
        assert!(check_chain(&stored).is_err());
    }
}
