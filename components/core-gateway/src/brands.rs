//! Brands as their owners see them.

use crate::api::Visit;
use crate::http::Response;
use crate::ids::is_brand_id;
use crate::platform::{Page, Query};
use crate::query::{escape, escape_path, number, parameter, refused};
use crate::time::rfc3339;
use crate::{accept, events};
use core_brand::Fault;
use core_brand::fault::Code;
use core_saga::{FileView, Status, View};
use serde_json::{Map, Value, json};

pub(crate) const BRANDS: &str = "/api/v1/brands";

/// A connection is not held longer: proxies cut what is silent for half a minute.
pub(crate) const WAIT_S_MAX: u64 = 20;
/// What the ledger gives at once.
pub(crate) const LIMIT_MAX: u32 = 100;
const LIMIT_DEFAULT: u32 = 20;

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

/// `GET /brands`.
pub(crate) fn list(visit: &Visit<'_>) -> Result<Response, Fault> {
    let query = &visit.request.query;
    let limit = number(query, "limit", 1..=LIMIT_MAX)?.unwrap_or(LIMIT_DEFAULT);
    let (status, after) = (parameter(query, "status"), parameter(query, "cursor"));
    if let Some(unknown) = status.as_deref().filter(|wanted| !STATUSES.iter().any(|(name, _)| name == wanted))
    {
        return Err(refused("status", unknown, "queued, running, completed, failed or cancelled"));
    }
    if let Some(unknown) = after.as_deref().filter(|id| !is_brand_id(id)) {
        return Err(refused("cursor", unknown, "the one of a `next` link"));
    }
    let asked = Query { status: status.clone(), after, limit };
    let page = visit.platform.views(&visit.call("list", "views"), asked)?;
    Ok(listed(&page, status.as_deref(), limit, query))
}

fn listed(page: &Page, status: Option<&str>, limit: u32, query: &str) -> Response {
    let filter = status.map_or_else(String::new, |status| format!("&status={status}"));
    let own = if query.is_empty() { BRANDS.to_owned() } else { format!("{BRANDS}?{query}") };
    let mut links = json!({ "self": own });
    let next =
        page.next.as_ref().map(|next| format!("{BRANDS}?limit={limit}{filter}&cursor={}", escape(next)));
    if let (Some(next), Some(links)) = (&next, links.as_object_mut()) {
        links.insert("next".to_owned(), json!(next));
    }
    let brands: Vec<Value> = page.views.iter().map(|view| Value::Object(summary(view))).collect();
    let answer = Response::json(200, &json!({ "brands": brands, "links": links }));
    let answer = answer.with("cache-control", "no-store");
    match next {
        Some(next) => answer.with("link", format!("<{next}>; rel=\"next\"")),
        None => answer,
    }
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
    if view.status == Status::Completed {
        let files: Vec<Value> = view.files.iter().map(|one| file(&view.id, one)).collect();
        brand.insert("files".to_owned(), json!(files));
    }
    Value::Object(brand)
}

fn summary(view: &View) -> Map<String, Value> {
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
