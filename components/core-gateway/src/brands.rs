//! Brands as their owners see them.

use crate::api::Visit;
use crate::http::Response;
use crate::ids::is_brand_id;
use crate::query::escape_path;
use crate::{accept, events};
use core_brand::Fault;
use core_brand::fault::Code;
use core_saga::{FileView, Status, View, rfc3339};
use serde_json::{Map, Value, json};

pub(crate) const BRANDS: &str = "/api/v1/brands";

/// A connection is not held longer: proxies cut what is silent for half a minute.
pub(crate) const WAIT_S_MAX: u64 = 20;
pub(crate) const STATUSES: &[(&str, Status)] = &[
    ("queued", Status::Queued),
    ("running", Status::Running),
    ("completed", Status::Completed),
    ("failed", Status::Failed),
    ("cancelled", Status::Cancelled),
];

/// The brand of the address, erased or not.
fn look(visit: &Visit<'_>, id: &str) -> Result<View, Fault> {
    let missing = || Fault::new(Code::BrandMissing, [("id", id.to_owned())]);
    if !is_brand_id(id) {
        return Err(missing());
    }
    let view = visit.platform.view(&visit.call(id, "view"), id)?.ok_or_else(missing)?;
    // The ledger gives a tenant its own brands only; what it gives is looked at again, because it costs nothing.
    if view.tenant == visit.caller.tenant { Ok(view) } else { Err(missing()) }
}

/// The brand of the address; gone where it was erased.
pub(crate) fn find(visit: &Visit<'_>) -> Result<View, Fault> {
    find_id(visit, visit.part("id"))
}

pub(crate) fn find_id(visit: &Visit<'_>, id: &str) -> Result<View, Fault> {
    let view = look(visit, id)?;
    match view.status {
        Status::Erased => Err(Fault::new(Code::BrandErased, [("id", id.to_owned())])),
        _ => Ok(view),
    }
}

/// The brand of the address, with a kit.
pub(crate) fn find_completed(visit: &Visit<'_>, id: &str, what: &str) -> Result<View, Fault> {
    let view = find_id(visit, id)?;
    if view.status == Status::Completed { Ok(view) } else { Err(unfinished(&view, what)) }
}

/// The brand of the address, with files: those of its kit, or what is made of it so far. A file never changes.
pub(crate) fn find_with_files(visit: &Visit<'_>, id: &str) -> Result<View, Fault> {
    let view = find_id(visit, id)?;
    if has_files(view.status) { Ok(view) } else { Err(unfinished(&view, "its kit")) }
}

fn has_files(status: Status) -> bool {
    matches!(status, Status::Running | Status::Completed)
}

pub(crate) fn unfinished(view: &View, what: &str) -> Fault {
    let args = [("id", view.id.clone()), ("status", status_name(view.status)), ("what", what.to_owned())];
    Fault::new(Code::BrandUnfinished, args)
}

/// `GET /brands/{id}`.
pub(crate) fn one(visit: &Visit<'_>) -> Result<Response, Fault> {
    let view = find(visit)?;
    match accept::prefer_wait(visit.request).map(|seconds| seconds.min(WAIT_S_MAX)) {
        Some(seconds) if !events::is_over(view.status) => {
            events::wait(visit, &view.id, seconds * 1000)?;
            Ok(answer(200, &find(visit)?).with("preference-applied", format!("wait={seconds}")))
        }
        _ => Ok(answer(200, &view)),
    }
}

/// `POST /brands/{id}/cancel`.
pub(crate) fn cancel(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = find(visit)?.id;
    let view = visit.platform.cancel(&visit.call(&id, "cancel"), &id)?;
    let view = view.ok_or_else(|| Fault::new(Code::BrandMissing, [("id", id)]))?;
    Ok(answer(if events::is_over(view.status) { 200 } else { 202 }, &view))
}

/// `DELETE /brands/{id}`. Erasing twice is erasing once.
pub(crate) fn erase(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = look(visit, visit.part("id"))?.id;
    let view = visit.platform.erase(&visit.call(&id, "erase"), &id)?;
    let view = view.ok_or_else(|| Fault::new(Code::BrandMissing, [("id", id)]))?;
    Ok(answer(202, &view))
}

/// A brand as an answer.
pub(crate) fn answer(status: u16, view: &View) -> Response {
    Response::json(status, &brand(view)).with("cache-control", "no-store")
}

/// All that is said of a brand.
pub(crate) fn brand(view: &View) -> Value {
    let mut brand = summary(view);
    let steps: Vec<Value> = view.steps.iter().map(|step| json!(step)).collect();
    brand.insert("steps".to_owned(), json!(steps));
    if has_files(view.status) {
        let files: Vec<Value> = view.files.iter().map(|one| file(&view.id, one)).collect();
        brand.insert("files".to_owned(), json!(files));
    }
    Value::Object(brand)
}

pub(crate) fn summary(view: &View) -> Map<String, Value> {
    let moment = |ms: Option<u64>| ms.map(rfc3339);
    let (done, total) =
        view.steps.iter().fold((0, 0), |(done, total), step| (done + step.done, total + step.total));
    let pairs = [
        ("id", json!(view.id)),
        ("job_id", json!(view.id)),
        ("type", json!("brand_generation")),
        ("status", json!(status_name(view.status))),
        ("priority", json!(view.priority.as_str())),
        ("request", view.request.as_ref().map_or(Value::Null, request)),
        ("created_at", json!(rfc3339(view.created_ms))),
        ("started_at", json!(moment(view.started_ms))),
        ("ended_at", json!(moment(view.ended_ms))),
        ("sla", json!({ "due_at": rfc3339(view.sla.due_ms), "missed": view.sla.missed })),
        ("progress", json!({ "tasks_done": done, "tasks_known": total })),
        ("fault", fault(view)),
        ("note", json!(view.message.as_ref().filter(|_| view.code.is_none()))),
        ("links", links(view)),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
}

/// The brief as it was sent, in one object.
fn request(stored: &Value) -> Value {
    let mut brief = stored.get("brief").cloned().unwrap_or_default();
    if let Some(brief) = brief.as_object_mut() {
        for name in ["seed", "concepts"] {
            brief.insert(name.to_owned(), stored.get(name).cloned().unwrap_or_default());
        }
        for name in ["polish", "painted"] {
            brief.extend(stored.get(name).map(|asked| (name.to_owned(), asked.clone())));
        }
    }
    brief
}

fn fault(view: &View) -> Value {
    view.code.as_ref().map_or(Value::Null, |code| {
        json!({
            "type": format!("{}/{code}", crate::problem::CATALOGUE),
            "code": code,
            "detail": view.message,
            "step": view.step_failed,
        })
    })
}

fn links(view: &View) -> Value {
    let own = format!("{BRANDS}/{}", view.id);
    match view.status {
        Status::Queued | Status::Running => {
            json!({ "self": own, "events": format!("{own}/events"), "cancel": format!("{own}/cancel") })
        }
        Status::Completed => json!({
            "self": own,
            "events": format!("{own}/events"),
            "kit": format!("{own}/kit"),
            "files": format!("{own}/files"),
            "palette": format!("/api/v1/designs/{}/palette", view.id),
        }),
        Status::Failed | Status::Cancelled => json!({ "self": own, "events": format!("{own}/events") }),
        Status::Erased => json!({ "self": own }),
    }
}

pub(crate) fn file(id: &str, file: &FileView) -> Value {
    json!({
        "path": file.path,
        "media_type": file.media_type,
        "bytes": file.content.bytes,
        "sha256": file.content.sha256,
        "width": file.pixels.map(|pixels| pixels.width),
        "height": file.pixels.map(|pixels| pixels.height),
        "href": format!("{BRANDS}/{id}/files/{}", escape_path(&file.path)),
    })
}

pub(crate) fn status_name(status: Status) -> String {
    let listed = STATUSES.iter().find(|(_, known)| *known == status);
    listed.map_or("erased", |(name, _)| name).to_owned()
}
