//! What people and tenants set: preferences, rules, templates; and the browsers that take push messages.
//!
//! What such a text may say is known where messages are made; here it must be an object, and goes on as it came.

use crate::api::Visit;
use crate::desk::{Setting, document, is_id};
use crate::http::Response;
use crate::submit::unreadable;
use crate::{accept, object};
use core_brand::Fault;
use core_brand::fault::Code;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

const SUBSCRIPTIONS: &str = "/api/v1/push/subscriptions";
/// Addresses of push services have a few hundred bytes.
pub(crate) const ADDRESS_BYTES_MAX: usize = 2048;
/// A key of 65 bytes and a secret of 16, as browsers write them.
pub(crate) const PUSH_KEY_BYTES_MAX: usize = 128;

/// What a browser gives to a page that may send to it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Subscription {
    endpoint: String,
    #[serde(rename = "expirationTime", default)]
    expires: Option<u64>,
    keys: Keys,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    p256dh: String,
    auth: String,
}

/// `GET /preferences`: empty where nothing was ever set.
pub(crate) fn preferences(visit: &Visit<'_>) -> Result<Response, Fault> {
    shown(visit.platform.desk().preferences(&visit.call("preferences", "look"))?.as_deref())
}

/// `PUT /preferences`.
pub(crate) fn set_preferences(visit: &Visit<'_>) -> Result<Response, Fault> {
    let text = body(visit)?;
    shown(Some(&visit.platform.desk().set_preferences(&visit.call("preferences", "set"), &text)?))
}

/// `DELETE /preferences`. Forgetting twice is forgetting once.
pub(crate) fn forget(visit: &Visit<'_>) -> Result<Response, Fault> {
    visit.platform.desk().forget(&visit.call("preferences", "forget"))?;
    Ok(Response::empty(204))
}

/// `GET /notification-rules`.
pub(crate) fn rules(visit: &Visit<'_>) -> Result<Response, Fault> {
    setting(visit, Setting::Rules)
}

/// `PUT /notification-rules`.
pub(crate) fn set_rules(visit: &Visit<'_>) -> Result<Response, Fault> {
    set(visit, Setting::Rules)
}

/// `GET /notification-templates`.
pub(crate) fn templates(visit: &Visit<'_>) -> Result<Response, Fault> {
    setting(visit, Setting::Templates)
}

/// `PUT /notification-templates`.
pub(crate) fn set_templates(visit: &Visit<'_>) -> Result<Response, Fault> {
    set(visit, Setting::Templates)
}

fn setting(visit: &Visit<'_>, kind: Setting) -> Result<Response, Fault> {
    shown(visit.platform.desk().setting(&visit.call(kind.as_str(), "look"), kind)?.as_deref())
}

fn set(visit: &Visit<'_>, kind: Setting) -> Result<Response, Fault> {
    let text = body(visit)?;
    shown(Some(&visit.platform.desk().set(&visit.call(kind.as_str(), "set"), kind, &text)?))
}

/// `GET /push/key`.
pub(crate) fn push_key(visit: &Visit<'_>) -> Result<Response, Fault> {
    let key = visit.platform.desk().push_key(&visit.call("push", "key"))?;
    let key = key.ok_or_else(|| Fault::new(Code::PushOff, []))?;
    Ok(Response::json(200, &json!({ "key": key, "links": { "subscriptions": SUBSCRIPTIONS } })))
}

/// `POST /push/subscriptions`. The same browser is the same subscription, however often it is sent.
pub(crate) fn subscribe(visit: &Visit<'_>) -> Result<Response, Fault> {
    let wish: Subscription = object::read(accept::json_body(visit.request)?).map_err(unreadable)?;
    let is_key = |text: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=');
        (1..=PUSH_KEY_BYTES_MAX).contains(&text.len()) && text.bytes().all(is_plain)
    };
    let checks = [
        ("endpoint", wish.endpoint.starts_with("https://") && wish.endpoint.len() <= ADDRESS_BYTES_MAX),
        ("keys.p256dh", is_key(&wish.keys.p256dh)),
        ("keys.auth", is_key(&wish.keys.auth)),
    ];
    if let Some((field, _)) = checks.iter().find(|(_, is_fine)| !is_fine) {
        let why = format!("`{field}` is not what a browser gives");
        return Err(Fault { field: Some((*field).to_owned()), ..Fault::new(Code::HttpBody, [("why", why)]) });
    }
    let text = json!(wish).to_string();
    let id = visit.platform.desk().subscribe(&visit.call("push", "subscribe"), &text)?;
    let own = format!("{SUBSCRIPTIONS}/{id}");
    let answer = Response::json(201, &json!({ "id": id, "links": { "self": own } }));
    Ok(answer.with("cache-control", "no-store").with("location", own))
}

/// `DELETE /push/subscriptions/{id}`.
pub(crate) fn unsubscribe(visit: &Visit<'_>) -> Result<Response, Fault> {
    let id = visit.part("id");
    let is_gone = is_id(id) && visit.platform.desk().unsubscribe(&visit.call(id, "unsubscribe"), id)?;
    match is_gone {
        true => Ok(Response::empty(204)),
        false => Err(Fault::new(Code::PushMissing, [("id", id.to_owned())])),
    }
}

/// The object of the body, as text.
fn body(visit: &Visit<'_>) -> Result<String, Fault> {
    let wish: Map<String, Value> = object::read(accept::json_body(visit.request)?).map_err(unreadable)?;
    Ok(Value::Object(wish).to_string())
}

/// What is set, and an empty object where that is nothing: it can be changed and sent back as it is.
fn shown(text: Option<&str>) -> Result<Response, Fault> {
    let text = text.map(document).transpose()?.unwrap_or_default();
    Ok(Response::json(200, &Value::Object(text)).with("cache-control", "no-store"))
}
