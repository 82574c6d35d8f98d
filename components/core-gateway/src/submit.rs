//! A brief becomes a job: checked here, so that a person hears at once what is wrong.

use crate::api::Visit;
use crate::brands::{self, BRANDS, WAIT_S_MAX};
use crate::http::Response;
use crate::ids::brand_id;
use crate::platform::{Receipt, Submission};
use crate::problem::several;
use crate::versions::{EDGE, pins, region};
use crate::{accept, events, files, object, quota};
use core_brand::brief::{Order, RawBrief};
use core_brand::content::sha256_hex;
use core_brand::envelope::{DataClass, Envelope, EventBody, GENESIS, Meters};
use core_brand::fault::Code;
use core_brand::painting::Paintings;
use core_brand::templates::Templates;
use core_brand::{Blame, Document, Fault, VERSION, broken};
use core_saga::{Event, Pins, Priority, Status, TIMEOUT_MS_DEFAULT, Terms, View};
use serde::Deserialize;
use serde_json::{Value, json};

/// A key is a UUID or a short name.
pub(crate) const KEY_BYTES_MAX: usize = 128;
/// Less than any brand takes.
pub(crate) const TIMEOUT_S_MIN: u64 = 10;
/// More than any brand takes.
pub(crate) const TIMEOUT_S_MAX: u64 = 3600;
/// What the ledger takes at once.
pub(crate) const BATCH_MAX: usize = 100;
/// Before the name of a tenant: the setting with its own layouts.
const TEMPLATES_OF: &str = "templates-";

/// What a person sends. A field that is not known is refused: a typing error would be a silent default.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Wish {
    #[serde(alias = "name")]
    company_name: String,
    industry: String,
    style: Option<String>,
    primary_color: Option<String>,
    complexity: Option<String>,
    language: Option<String>,
    distance: Option<f64>,
    seed: Option<Seed>,
    concepts: Option<u32>,
    priority: Option<String>,
    timeout: Option<u64>,
    /// Whether a language model may say the reasons in better words.
    polish: bool,
    templates: Option<serde_json::Value>,
    /// Silhouettes of marks that no concept may be near.
    unlike: Option<Vec<String>>,
    /// Concepts that the platform's painter paints.
    painted: Option<Paintings>,
}

/// Whole numbers above 2^53 are lost by many JSON writers, so text is fine too.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Seed {
    Number(u64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch {
    briefs: Vec<object::Object<Wish>>,
}

/// A job that can be begun.
struct Job {
    id: String,
    request: Document,
    terms: Terms,
    /// The batch that it came with, by its content.
    batch: Option<String>,
}

/// `POST /brands`.
pub(crate) fn brand(visit: &Visit<'_>) -> Result<Response, Fault> {
    let view = begin_one(visit, &read(visit)?)?;
    let location = format!("{BRANDS}/{}", view.id);
    Ok(quota::told(visit, taken(visit, view, &location)))
}

/// At once, or when it is done, as the client prefers.
fn taken(visit: &Visit<'_>, view: View, location: &str) -> Response {
    let Some(seconds) = accept::prefer_wait(visit.request).map(|seconds| seconds.min(WAIT_S_MAX)) else {
        return brands::answer(202, &view).with("location", location);
    };
    // The job is stored; whatever goes wrong from here on, the answer is that it was taken.
    let waited = events::wait(visit, &view.id, seconds * 1000);
    let view = waited.and_then(|()| brands::find_id(visit, &view.id)).unwrap_or(view);
    let status = if events::is_over(view.status) { 200 } else { 202 };
    let answer = brands::answer(status, &view).with("location", location);
    answer.with("preference-applied", format!("wait={seconds}"))
}

/// `POST /brands:batch`: all or none, and where none, everything that is wrong is said.
pub(crate) fn batch(visit: &Visit<'_>) -> Result<Response, Fault> {
    let batch: Batch = object::read(accept::json_body(visit.request)?).map_err(unreadable)?;
    let count = batch.briefs.len();
    if !(1..=BATCH_MAX).contains(&count) {
        let args = [("count", count.to_string()), ("max", BATCH_MAX.to_string())];
        return Err(Fault::new(Code::BatchSize, args));
    }
    let key = key(visit)?;
    let place = |index: usize, fault: Fault| {
        let field = fault.field.as_deref().map_or_else(String::new, |field| format!(".{field}"));
        Fault { field: Some(format!("briefs[{index}]{field}")), ..fault }
    };
    let job = |(index, wish): (usize, &object::Object<Wish>)| {
        job(visit, &wish.0, &format!("{key} {index}")).map_err(|fault| place(index, fault))
    };
    let (mut jobs, mut faults) = (Vec::new(), Vec::new());
    for one in batch.briefs.iter().enumerate().map(job) {
        match one {
            Ok(job) => jobs.push(job),
            // What is ours, or passes, has nothing to do with the briefs.
            Err(fault) if fault.blame != Blame::Rejected => return Err(fault),
            Err(fault) => faults.push(fault),
        }
    }
    if let Some(refused) = several(&faults) {
        return Ok(refused);
    }
    let name = batch_name(&jobs)?;
    jobs.iter_mut().for_each(|job| job.batch = Some(name.clone()));
    let first = &jobs[..1];
    if is_known(visit, &first[0].id)? {
        // Another batch under a key that was used is refused here, before anything of it begins.
        begin(visit, first)?;
    }
    let views = begin(visit, &jobs)?;
    let brands: Vec<Value> = views.iter().map(brands::brand).collect();
    let answer = Response::json(202, &json!({ "brands": brands })).with("cache-control", "no-store");
    Ok(quota::told(visit, answer))
}

/// Whether a job was begun before. An edge that is cut off knows only of what waits there.
fn is_known(visit: &Visit<'_>, id: &str) -> Result<bool, Fault> {
    match visit.platform.view(&visit.call(id, "view"), id) {
        Err(fault) if fault.is(Code::Unreachable) && visit.platform.setting(EDGE)?.is_some() => Ok(false),
        known => Ok(known?.is_some()),
    }
}

/// The same for the same briefs in the same order.
fn batch_name(jobs: &[Job]) -> Result<String, Fault> {
    let wishes: Vec<_> = jobs.iter().map(|job| (&job.request, &job.terms)).collect();
    let text = serde_json::to_vec(&wishes).map_err(|why| broken!("{why}"))?;
    Ok(format!("batch:{}", sha256_hex(&text)))
}

/// `POST /content/generate`: the same job, simple unless said otherwise, seen from its concepts.
pub(crate) fn content(visit: &Visit<'_>) -> Result<Response, Fault> {
    let mut wish = read(visit)?;
    wish.complexity.get_or_insert_with(|| "simple".to_owned());
    let view = begin_one(visit, &wish)?;
    let location = format!("/api/v1/content/status/{}", view.id);
    let answer = Response::json(202, &files::content_of(&view)).with("location", location);
    Ok(quota::told(visit, answer.with("cache-control", "no-store")))
}

fn read(visit: &Visit<'_>) -> Result<Wish, Fault> {
    object::read(accept::json_body(visit.request)?).map_err(unreadable)
}

// Handed to `map_err`, which gives the value.
#[allow(clippy::needless_pass_by_value, reason = "the signature is map_err's")]
pub(crate) fn unreadable(why: serde_json::Error) -> Fault {
    Fault::new(Code::HttpBody, [("why", why.to_string())])
}

/// The key of this wish: the same key is the same wish.
pub(crate) fn key<'a>(visit: &'a Visit<'_>) -> Result<&'a str, Fault> {
    let key = visit.request.header("idempotency-key").ok_or_else(|| Fault::new(Code::KeyMissing, []))?;
    let is_fine = (1..=KEY_BYTES_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if is_fine && visit.request.header_count("idempotency-key") == 1 {
        return Ok(key);
    }
    Err(Fault::new(Code::KeyMalformed, [("max", KEY_BYTES_MAX.to_string())]))
}

fn begin_one(visit: &Visit<'_>, wish: &Wish) -> Result<View, Fault> {
    let job = job(visit, wish, key(visit)?)?;
    let views = begin(visit, &[job])?;
    let view = views.into_iter().next().ok_or_else(|| broken!("the ledger gave no receipt"))?;
    match visit.platform.setting(EDGE)? {
        // It may wait here; the ledger knows. It is taken all the same.
        Some(_) => Ok(brands::find_id(visit, &view.id).unwrap_or(view)),
        None => Ok(view),
    }
}

/// What would be made of the brief that was sent.
pub(crate) fn order(visit: &Visit<'_>) -> Result<Order, Fault> {
    core_order::order(&request(visit, &read(visit)?)?)
}

fn job(visit: &Visit<'_>, wish: &Wish, key: &str) -> Result<Job, Fault> {
    let terms = terms(wish)?;
    if wish.polish && visit.platform.setting("polish")?.as_deref() != Some("true") {
        return Err(Fault::new(Code::PolishOff, []));
    }
    if wish.painted.is_some() && visit.platform.setting("painter")?.as_deref() != Some("true") {
        return Err(Fault::new(Code::PaintOff, []));
    }
    let request = request(visit, wish)?;
    core_order::order(&request)?;
    let request = Document::working(core_order::Request::DOCUMENT, &request)?;
    Ok(Job { id: brand_id(&region(visit)?, &visit.caller.tenant, key), request, terms, batch: None })
}

fn request(visit: &Visit<'_>, wish: &Wish) -> Result<core_order::Request, Fault> {
    Ok(core_order::Request {
        format: 1,
        brief: RawBrief {
            company_name: wish.company_name.clone(),
            industry: wish.industry.clone(),
            style: wish.style.clone(),
            primary_color: wish.primary_color.clone(),
            complexity: wish.complexity.clone(),
            language: wish.language.clone(),
            distance: wish.distance,
        },
        seed: wish.seed.as_ref().map(Seed::text),
        concepts: wish.concepts,
        polish: wish.polish,
        graph: None,
        templates: templates(visit, wish)?,
        like: None,
        unlike: wish.unlike.clone().unwrap_or_default(),
        painted: wish.painted.clone(),
    })
}

/// The layouts of a brief; else those that the operator keeps for its tenant.
fn templates(visit: &Visit<'_>, wish: &Wish) -> Result<Option<Templates>, Fault> {
    if let Some(own) = &wish.templates {
        return Templates::of(own.clone()).map(Some);
    }
    let kept = visit.platform.setting(&format!("{TEMPLATES_OF}{}", visit.caller.tenant))?;
    kept.map(|text| Templates::read(text.as_bytes())).transpose()
}

impl Seed {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

fn terms(wish: &Wish) -> Result<Terms, Fault> {
    let priority = wish.priority.as_deref().map_or(Ok(Priority::default()), |text| {
        Priority::parse(text).ok_or_else(|| Fault::new(Code::PriorityUnknown, [("value", text.to_owned())]))
    })?;
    let seconds = wish.timeout.unwrap_or(TIMEOUT_MS_DEFAULT / 1000);
    if !(TIMEOUT_S_MIN..=TIMEOUT_S_MAX).contains(&seconds) {
        let [min, max] = [TIMEOUT_S_MIN, TIMEOUT_S_MAX].map(|bound| bound.to_string());
        return Err(Fault::new(
            Code::TimeoutRange,
            [("value", seconds.to_string()), ("min", min), ("max", max)],
        ));
    }
    Ok(Terms { priority, timeout_ms: seconds * 1000 })
}

/// Stores the first events of all jobs, in one call.
fn begin(visit: &Visit<'_>, jobs: &[Job]) -> Result<Vec<View>, Fault> {
    let home_region = region(visit)?;
    let pins = pins(visit, &home_region)?;
    let submission = |job: &Job| {
        let first = first(visit, job, &pins, &home_region)?;
        Ok(Submission { id: job.id.clone(), home_region: home_region.clone(), first })
    };
    let submissions = jobs.iter().map(submission).collect::<Result<Vec<_>, Fault>>()?;
    let call = visit.call(jobs.first().map_or("", |job| &job.id), "submit");
    let receipts = visit.platform.submit(&call, submissions)?;
    if receipts.len() != jobs.len() {
        return Err(broken!("{} receipts for {} jobs", receipts.len(), jobs.len()));
    }
    jobs.iter().zip(&receipts).map(|(job, receipt)| settle(visit, job, receipt)).collect()
}

/// The first event: what was asked, and what the whole job runs on.
fn first(visit: &Visit<'_>, job: &Job, pins: &Pins, home_region: &str) -> Result<Vec<u8>, Fault> {
    let event =
        Event::Requested { request: job.request.clone(), pins: pins.clone(), terms: job.terms.clone() };
    let traceparent = &visit.caller.traceparent;
    let envelope = Envelope {
        format: 1,
        id: sha256_hex(format!("{}/0/{}", job.id, event.event_type()).as_bytes()),
        event_type: event.event_type().to_owned(),
        type_version: 1,
        tenant: visit.caller.tenant.clone(),
        user: Some(visit.caller.user.clone()),
        home_region: home_region.to_owned(),
        correlation_id: job.id.clone(),
        causation_id: job.batch.clone(),
        traceparent: (!traceparent.is_empty()).then(|| traceparent.clone()),
        data_class: DataClass::Internal,
        key_id: None,
        component_version: Some(format!("gateway@{VERSION}")),
        recorded_ms: visit.platform.now_ms(),
        meters: Meters::default(),
        body: EventBody::Inline(serde_json::to_value(&event).map_err(|why| broken!("{why}"))?),
        previous: GENESIS.to_owned(),
    };
    envelope.to_bytes().map_err(|why| broken!("{why}"))
}

/// The job as it was stored: by this call, or by an earlier one with the same key and the same wish.
fn settle(visit: &Visit<'_>, job: &Job, receipt: &Receipt) -> Result<View, Fault> {
    let envelope = Envelope::from_bytes(&receipt.first).map_err(|why| broken!("a first event: {why}"))?;
    let is_of_batch = envelope.causation_id == job.batch;
    let EventBody::Inline(body) = envelope.body else { return Err(broken!("a first event without a body")) };
    let event: Event = serde_json::from_value(body).map_err(|why| broken!("a first event: {why}"))?;
    if !receipt.fresh {
        match &event {
            Event::Requested { request, terms, .. }
                if is_of_batch && *request == job.request && *terms == job.terms => {}
            _ => return Err(Fault::new(Code::KeyMismatch, [])),
        }
        // An erased brand does not come back under its old key.
        let now = visit.platform.view(&visit.call(&job.id, "view"), &job.id)?;
        if now.is_some_and(|view| view.status == Status::Erased) {
            return Err(Fault::new(Code::BrandErased, [("id", job.id.clone())]));
        }
    }
    let mut view = View::new(&job.id, &visit.caller.tenant);
    view.apply(&event, envelope.recorded_ms, 0);
    Ok(view)
}
