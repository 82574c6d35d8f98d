//! Endpoints of webhooks: where a tenant's messages for programs go.
//!
//! A secret is told when it is made and never again; nothing here keeps or logs one.

use crate::api::Visit;
use crate::desk::{document, id_of, is_id};
use crate::http::Response;
use crate::submit::{key, unreadable};
use crate::{accept, notices, object};
use core_brand::Fault;
use core_brand::fault::Code;
use core_saga::from_rfc3339;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

pub(crate) const WEBHOOKS: &str = "/api/v1/webhooks";
/// Longer addresses are cut by somebody on the way.
pub(crate) const URL_BYTES_MAX: usize = 2048;
/// A sentence or two.
pub(crate) const ABOUT_CHARS_MAX: usize = 200;
/// More than there are types of events.
pub(crate) const EVENTS_MAX: usize = 50;
/// Types of events have a few dozen letters.
pub(crate) const EVENT_BYTES_MAX: usize = 128;

/// What is asked of an endpoint; what is not named stays, or is as usual where it is new.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// Types of events that go there; none are all.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    events: Option<BTreeSet<String>>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    signature: Option<Signature>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Signature {
    Hmac,
    Ed25519,
}

/// A field that is there has a value: nothing is no wish.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> Result<Option<T>, D::Error> {
    T::deserialize(field).map(Some)
}

/// A span of time, from here until there or now.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    from: String,
    #[serde(default)]
    until: Option<String>,
}

/// `GET /webhooks`.
pub(crate) fn list(visit: &Visit<'_>) -> Result<Response, Fault> {
    let found = visit.platform.desk().endpoints(&visit.call("webhooks", "list"))?;
    let webhooks = found.iter().map(|text| shown(text)).collect::<Result<Vec<_>, _>>()?;
    let answer = json!({ "webhooks": webhooks, "links": { "self": WEBHOOKS } });
    Ok(Response::json(200, &answer).with("cache-control", "no-store"))
}

/// `POST /webhooks`.
pub(crate) fn add(visit: &Visit<'_>) -> Result<Response, Fault> {
    let wish = wish(visit)?;
    if wish.url.is_none() {
        return Err(odd("url", "there is no `url`"));
    }
    let wish = json!(wish).to_string();
    let call = visit.call(&format!("webhook/{}", key(visit)?), "add");
    let made = shown(&visit.platform.desk().add_endpoint(&call, &wish)?)?;
    let location = format!("{WEBHOOKS}/{}", id_of(&made)?);
    Ok(answer(201, made).with("location", location))
}

/// `GET /webhooks/{id}`.
pub(crate) fn one(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = id(visit)?;
    found(id, visit.platform.desk().endpoint(&visit.call(id, "look"), id)?)
}

/// `PATCH /webhooks/{id}`: what is named is changed.
pub(crate) fn change(visit: &Visit<'_>) -> Result<Response, Fault> {
    let (id, wish) = (id(visit)?, json!(wish(visit)?).to_string());
    found(id, visit.platform.desk().change_endpoint(&visit.call(id, "change"), id, &wish)?)
}

/// `DELETE /webhooks/{id}`.
pub(crate) fn remove(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = id(visit)?;
    match visit.platform.desk().remove_endpoint(&visit.call(id, "remove"), id)? {
        true => Ok(Response::empty(204)),
        false => Err(missing(id)),
    }
}

/// `POST /webhooks/{id}/rotate`.
pub(crate) fn rotate(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = id(visit)?;
    found(id, visit.platform.desk().rotate_secret(&visit.call(id, "rotate"), id)?)
}

/// `POST /webhooks/{id}/test`.
pub(crate) fn test(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = id(visit)?;
    let sent = visit.platform.desk().try_endpoint(&visit.call(id, "test"), id)?.ok_or_else(|| missing(id))?;
    let location = format!("{}/{}", notices::NOTICES, id_of(&document(&sent)?)?);
    Ok(notices::answer(202, &sent)?.with("location", location))
}

/// `POST /webhooks/{id}/replay`.
pub(crate) fn replay(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = id(visit)?;
    let span: Span = object::read(accept::json_body(visit.request)?).map_err(unreadable)?;
    let [from_ms, until_ms] = [
        moment("from", &span.from)?,
        span.until.as_ref().map_or(Ok(visit.platform.now_ms()), |until| moment("until", until))?,
    ];
    if from_ms >= until_ms {
        return Err(odd_moment("from", &span.from));
    }
    let replayed = visit.platform.desk().replay(&visit.call(id, "replay"), id, from_ms, until_ms)?;
    let messages = replayed.ok_or_else(|| missing(id))?;
    let links = json!({ "notifications": format!("{}?webhook={id}", notices::NOTICES) });
    let answer = Response::json(202, &json!({ "messages": messages, "links": links }));
    Ok(answer.with("cache-control", "no-store"))
}

fn moment(name: &str, text: &str) -> Result<u64, Fault> {
    from_rfc3339(text).ok_or_else(|| odd_moment(name, text))
}

fn odd_moment(name: &str, text: &str) -> Fault {
    let args = [("name", name.to_owned()), ("value", text.to_owned())];
    Fault { field: Some(name.to_owned()), ..Fault::new(Code::MomentOdd, args) }
}

fn wish(visit: &Visit<'_>) -> Result<Wish, Fault> {
    let wish: Wish = object::read(accept::json_body(visit.request)?).map_err(unreadable)?;
    let is_event = |event: &String| (1..=EVENT_BYTES_MAX).contains(&event.len());
    let checks = [
        ("url", wish.url.as_ref().is_none_or(|url| (1..=URL_BYTES_MAX).contains(&url.len()))),
        (
            "description",
            wish.description.as_ref().is_none_or(|about| about.chars().count() <= ABOUT_CHARS_MAX),
        ),
        (
            "events",
            wish.events.as_ref().is_none_or(|all| all.len() <= EVENTS_MAX && all.iter().all(is_event)),
        ),
    ];
    match checks.iter().find(|(_, is_fine)| !is_fine) {
        Some((field, _)) => Err(odd(field, &format!("`{field}` is empty or too long"))),
        None => Ok(wish),
    }
}

fn odd(field: &str, why: &str) -> Fault {
    Fault { field: Some(field.to_owned()), ..Fault::new(Code::HttpBody, [("why", why.to_owned())]) }
}

fn id<'a>(visit: &'a Visit<'_>) -> Result<&'a str, Fault> {
    let id = visit.part("id");
    if is_id(id) { Ok(id) } else { Err(missing(id)) }
}

fn missing(id: &str) -> Fault {
    Fault::new(Code::WebhookMissing, [("id", id.to_owned())])
}

fn found(id: &str, found: Option<String>) -> Result<Response, Fault> {
    Ok(answer(200, shown(&found.ok_or_else(|| missing(id))?)?))
}

fn answer(status: u16, webhook: Map<String, Value>) -> Response {
    Response::json(status, &Value::Object(webhook)).with("cache-control", "no-store")
}

/// An endpoint with where it leads.
fn shown(text: &str) -> Result<Map<String, Value>, Fault> {
    let mut webhook = document(text)?;
    let id = id_of(&webhook)?;
    let own = format!("{WEBHOOKS}/{id}");
    let links = json!({
        "self": own,
        "rotate": format!("{own}/rotate"),
        "test": format!("{own}/test"),
        "replay": format!("{own}/replay"),
        "notifications": format!("{}?webhook={id}", notices::NOTICES),
    });
    webhook.insert("links".to_owned(), links);
    Ok(webhook)
}
