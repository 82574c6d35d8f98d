//! Messages of a tenant, and what became of each.

use crate::api::Visit;
use crate::desk::{NoticeQuery, Notices, document, id_of, is_id};
use crate::http::Response;
use crate::list::{LIMIT_DEFAULT, LIMIT_MAX, turn};
use crate::query::{number, parameter, refused};
use core_brand::Fault;
use core_brand::fault::Code;
use serde_json::{Map, Value, json};

pub(crate) const NOTICES: &str = "/api/v1/notifications";
pub(crate) const CHANNELS: &[&str] = &["email", "webhook", "sms", "feed", "push"];
pub(crate) const STATES: &[&str] = &["queued", "sent", "delivered", "bounced", "failed", "suppressed"];
/// Where a page begins, as the courier writes it.
pub(crate) const CURSOR_PATTERN: &str = "^[A-Za-z0-9_.:-]{0,256}$";
const CURSOR_BYTES_MAX: usize = 256;
/// What a link to another page repeats.
const KEPT: &[&str] = &["limit", "channel", "status", "webhook"];

/// `GET /notifications`.
pub(crate) fn list(visit: &Visit<'_>) -> Result<Response, Fault> {
    let query = asked(&visit.request.query)?;
    let page = visit.platform.desk().notices(&visit.call("notifications", "list"), query)?;
    listed(&page, &visit.request.query)
}

fn asked(query: &str) -> Result<NoticeQuery, Fault> {
    let is_cursor = |text: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
        text.len() <= CURSOR_BYTES_MAX && text.bytes().all(is_plain)
    };
    Ok(NoticeQuery {
        channel: one_of(query, "channel", CHANNELS)?,
        status: one_of(query, "status", STATES)?,
        endpoint: fitting(query, "webhook", is_id, "the id of a webhook")?,
        cursor: fitting(query, "cursor", is_cursor, "the one of a `next` link")?,
        limit: number(query, "limit", 1..=LIMIT_MAX)?.unwrap_or(LIMIT_DEFAULT),
    })
}

fn one_of(query: &str, name: &str, words: &[&str]) -> Result<Option<String>, Fault> {
    fitting(query, name, |value| words.contains(&value), &format!("one of {}", words.join(", ")))
}

fn fitting(
    query: &str,
    name: &str,
    is_fine: impl Fn(&str) -> bool,
    wanted: &str,
) -> Result<Option<String>, Fault> {
    match parameter(query, name) {
        Some(value) if !is_fine(&value) => Err(refused(name, &value, wanted)),
        value => Ok(value),
    }
}

fn listed(page: &Notices, query: &str) -> Result<Response, Fault> {
    let own = if query.is_empty() { NOTICES.to_owned() } else { format!("{NOTICES}?{query}") };
    let next = page.next.as_deref().map(|cursor| turn(NOTICES, KEPT, query, cursor));
    let mut links = json!({ "self": own });
    let header = next.as_ref().map(|href| format!("<{href}>; rel=\"next\""));
    if let (Some(next), Some(links)) = (next, links.as_object_mut()) {
        links.insert("next".to_owned(), json!(next));
    }
    let notices = page.items.iter().map(|text| shown(text)).collect::<Result<Vec<_>, _>>()?;
    let answer = Response::json(200, &json!({ "notifications": notices, "links": links }));
    let answer = answer.with("cache-control", "no-store");
    Ok(header.into_iter().fold(answer, |answer, link| answer.with("link", link)))
}

/// `GET /notifications/{id}`.
pub(crate) fn one(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = id(visit)?;
    let found = visit.platform.desk().notice(&visit.call(id, "look"), id)?;
    answer(200, &found.ok_or_else(|| missing(id))?)
}

/// `POST /notifications/{id}/redrive`.
pub(crate) fn redrive(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = id(visit)?;
    let found = visit.platform.desk().redrive(&visit.call(id, "redrive"), id)?;
    answer(202, &found.ok_or_else(|| missing(id))?)
}

fn id<'a>(visit: &'a Visit<'_>) -> Result<&'a str, Fault> {
    let id = visit.part("id");
    if is_id(id) { Ok(id) } else { Err(missing(id)) }
}

fn missing(id: &str) -> Fault {
    Fault::new(Code::NoticeMissing, [("id", id.to_owned())])
}

/// A message as an answer.
pub(crate) fn answer(status: u16, text: &str) -> Result<Response, Fault> {
    Ok(Response::json(status, &Value::Object(shown(text)?)).with("cache-control", "no-store"))
}

/// A message with where it leads.
pub(crate) fn shown(text: &str) -> Result<Map<String, Value>, Fault> {
    let mut notice = document(text)?;
    let own = format!("{NOTICES}/{}", id_of(&notice)?);
    let mut links = json!({ "self": own, "redrive": format!("{own}/redrive") });
    if let (Some(endpoint), Some(links)) =
        (notice.get("endpoint").and_then(Value::as_str), links.as_object_mut())
    {
        links.insert("webhook".to_owned(), json!(format!("{}/{endpoint}", crate::webhooks::WEBHOOKS)));
    }
    notice.insert("links".to_owned(), links);
    Ok(notice)
}
