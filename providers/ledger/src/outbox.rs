//! What a job tells everybody: public events, each a CloudEvent 1.0 in JSON, made from its journal.
//!
//! Pure. The same entry gives the same events with the same ids, however often. What stands in them is written down in
//! `schemas/`. Only `brand.generation.requested` says what a brand is called; it goes into one stream, which forgets, and
//! is removed when the brand is erased.

use crate::jobs::{PublicEvent, said, tell};
use crate::journal::Home;
use core_brand::content::sha256_hex;
use core_brand::envelope::Head;
use core_brand::{Fault, broken};
use core_saga::{Event, ExperimentContext, GenerationRequested, StylePreferences, View, rfc3339};
use serde_json::{Value, json};

/// What the types of all public events begin with.
pub const NAMESPACE: &str = "com.brandgenerator.events";
/// What all subjects of public events begin with.
pub const EVENTS: &str = "imprint.events";

/// Where an event is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// How brands come along, for whoever shows it or works with it.
    Progress,
    /// What was asked and what came of it, without a word of any brief.
    Audit,
}

/// What an event is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody wants something.
    Command,
    /// Something happened to a job.
    Domain,
    /// Others are to act on it.
    Integration,
    /// For counting.
    Analytics,
}

/// A public event, as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub channel: Channel,
    pub subject: String,
    /// Of the event: a reader that knows it has heard it before.
    pub id: String,
    /// A CloudEvent, JSON.
    pub body: Vec<u8>,
}

/// A kind of public event.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub name: &'static str,
    /// Of its schema, `schemas/<name>.v<version>.json`.
    pub version: u32,
    pub kind: Kind,
    pub channels: &'static [Channel],
}

const PROGRESS: &[Channel] = &[Channel::Progress];
const AUDIT: &[Channel] = &[Channel::Audit];
const BOTH: &[Channel] = &[Channel::Progress, Channel::Audit];

const fn row(name: &'static str, version: u32, kind: Kind, channels: &'static [Channel]) -> Row {
    Row { name, version, kind, channels }
}

/// Every public event that comes from a journal.
pub const ROWS: &[Row] = &[
    row("brand.generation.requested", 3, Kind::Command, PROGRESS),
    row("brand.generation.accepted", 1, Kind::Domain, AUDIT),
    row("brand.step.progress", 1, Kind::Analytics, PROGRESS),
    row("design.palette.computed", 1, Kind::Domain, PROGRESS),
    row("content.logo.generated", 1, Kind::Domain, PROGRESS),
    row("assets.optimization.completed", 1, Kind::Domain, PROGRESS),
    row("brand-kit.compilation.finished", 1, Kind::Integration, PROGRESS),
    row("brand.generation.failed", 1, Kind::Integration, PROGRESS),
    row("brand.generation.cancelled", 1, Kind::Integration, PROGRESS),
    row("brand.generation.ended", 1, Kind::Domain, AUDIT),
    row("brand.cancel.requested", 1, Kind::Command, AUDIT),
    row("brand.erase.requested", 1, Kind::Command, AUDIT),
    row("brand.erased", 1, Kind::Integration, BOTH),
];

impl Channel {
    /// The name of its stream.
    #[must_use]
    pub fn stream(self) -> &'static str {
        match self {
            Self::Progress => "generation-progress-stream",
            Self::Audit => "audit-events-stream",
        }
    }

    fn token(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Audit => "audit",
        }
    }

    /// `imprint.events.<channel>.>`
    #[must_use]
    pub fn subjects(self) -> String {
        format!("{EVENTS}.{}.>", self.token())
    }

    /// What the subjects of one job are, all of them.
    #[must_use]
    pub fn subjects_of(self, home: &Home) -> String {
        self.subject(&home.tenant, &home.job_id, ">")
    }

    /// The subject of an event: of a tenant, about a job or something else.
    #[must_use]
    pub fn subject(self, tenant: &str, about: &str, name: &str) -> String {
        format!("{EVENTS}.{}.{tenant}.{about}.{name}", self.token())
    }
}

impl Kind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Domain => "domain",
            Self::Integration => "integration",
            Self::Analytics => "analytics",
        }
    }
}

/// What an entry of a journal says to everybody, `view` being the job after it.
pub fn messages(home: &Home, envelope: &Head, event: &Event, view: &View) -> Result<Vec<Message>, Fault> {
    let mut all = Vec::new();
    for (name, data) in facts(envelope, event, view)? {
        let row = ROWS.iter().find(|row| row.name == name);
        let row = row.ok_or_else(|| broken!("`{name}` is no public event"))?;
        let id = sha256_hex(format!("{}/{}/{name}", home.job_id, view.sequence).as_bytes());
        let body = cloud_event(home, envelope, view, row, &id, &data);
        let body = serde_json::to_vec(&body).map_err(|why| broken!("{why}"))?;
        all.extend(row.channels.iter().map(|channel| Message {
            channel: *channel,
            subject: channel.subject(&home.tenant, &home.job_id, name),
            id: id.clone(),
            body: body.clone(),
        }));
    }
    Ok(all)
}

/// What happened, by its public name.
fn facts(envelope: &Head, event: &Event, view: &View) -> Result<Vec<(&'static str, Value)>, Fault> {
    let at_ms = envelope.recorded_ms;
    let plain = json!({ "id": view.id, "at_ms": at_ms });
    let mut facts = Vec::new();
    for told in tell(event, view, at_ms) {
        facts.push((told.kind, data_of(&told)?));
    }
    match event {
        Event::Requested { pins, .. } => {
            // What the owner hears of it says nothing of the brief: that is for the audit.
            facts.iter_mut().for_each(|(name, _)| *name = "brand.generation.accepted");
            let asked = asked(envelope, view, &pins.model_variant)?;
            facts.extend(asked.map(|asked| ("brand.generation.requested", asked)));
        }
        Event::Ended { outcome } => {
            let mut data = plain;
            data["outcome"] = serde_json::to_value(outcome).map_err(|why| broken!("{why}"))?;
            data["created_ms"] = json!(view.created_ms);
            data["started_ms"] = json!(view.started_ms);
            data["due_ms"] = json!(view.sla.due_ms);
            data["missed"] = json!(view.sla.missed);
            facts.push(("brand.generation.ended", data));
        }
        Event::CancelRequested => facts.push(("brand.cancel.requested", plain)),
        Event::EraseRequested => facts.push(("brand.erase.requested", plain)),
        Event::Planned { .. }
        | Event::Built { .. }
        | Event::StepFailed { .. }
        | Event::Undone { .. }
        | Event::Erased => {}
    }
    Ok(facts)
}

/// What an owner is told, without words that may repeat a piece of the brief.
fn data_of(told: &PublicEvent) -> Result<Value, Fault> {
    let mut data: Value = serde_json::from_str(&told.body).map_err(|why| broken!("{why}"))?;
    if let Some(fields) = data.as_object_mut() {
        fields.remove("message");
    }
    Ok(data)
}

/// The brief as others may know it; nothing where it cannot be read here.
fn asked(envelope: &Head, view: &View, model_variant: &str) -> Result<Option<Value>, Fault> {
    let [company_name, industry] = ["company_name", "industry"].map(|field| said(view, field).to_owned());
    if company_name.is_empty() {
        return Ok(None);
    }
    let some = |field| Some(said(view, field).to_owned()).filter(|text| !text.is_empty());
    let usual = StylePreferences::default();
    let event = GenerationRequested {
        request_id: view.id.clone(),
        user_id: envelope.user.clone().unwrap_or_else(|| envelope.tenant.clone()),
        company_name,
        industry,
        style_preferences: StylePreferences {
            primary_color: some("primary_color"),
            style: some("style").unwrap_or(usual.style),
            complexity: some("complexity").unwrap_or(usual.complexity),
            distance: distance(view),
        },
        experiment_context: ExperimentContext {
            model_variant: model_variant.to_owned(),
            ..ExperimentContext::default()
        },
    };
    serde_json::to_value(event).map(Some).map_err(|why| broken!("{why}"))
}

fn distance(view: &View) -> Option<f64> {
    view.request.as_ref()?.get("brief")?.get("distance")?.as_f64()
}

fn cloud_event(home: &Home, envelope: &Head, view: &View, row: &Row, id: &str, data: &Value) -> Value {
    let mut event = json!({
        "specversion": "1.0",
        "id": id,
        "source": format!("/imprint/{}", home.region),
        "type": format!("{NAMESPACE}.{}", row.name),
        "subject": home.job_id,
        "time": rfc3339(envelope.recorded_ms),
        "datacontenttype": "application/json",
        "dataschema": format!("urn:brandgenerator:events:{}:v{}", row.name, row.version),
        "kind": row.kind.as_str(),
        "tenant": home.tenant,
        "sequence": format!("{:010}", view.sequence),
        "data": data,
    });
    if let Some(traceparent) = envelope.traceparent.as_ref().filter(|text| !text.is_empty()) {
        event["traceparent"] = json!(traceparent);
    }
    event
}
