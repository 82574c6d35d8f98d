//! `GET /brands`: filtered, sorted, page by page.

use crate::api::Visit;
use crate::brands::{BRANDS, STATUSES, summary};
use crate::http::Response;
use crate::platform::{Order, Page, Query};
use crate::query::{number, parameter, refused};
use core_brand::Fault;
use core_brand::brief::NAME_CHARS_MAX;
use serde_json::{Value, json};

/// What the ledger gives at once.
pub(crate) const LIMIT_MAX: u32 = 100;
pub(crate) const LIMIT_DEFAULT: u32 = 20;
/// The longest name there can be, written out.
const CURSOR_BYTES_MAX: usize = 2048;

/// What a list can be sorted by: its name, and the letter that cursors of it have.
pub(crate) const ORDERS: &[(&str, Order, u8)] =
    &[("-created", Order::Newest, b'c'), ("created", Order::Oldest, b'o'), ("name", Order::Name, b'a')];

/// `GET /brands`.
pub(crate) fn list(visit: &Visit<'_>) -> Result<Response, Fault> {
    let query = asked(&visit.request.query)?;
    let page = visit.platform.views(&visit.call("list", "views"), query)?;
    Ok(listed(&page, &visit.request.query))
}

fn asked(query: &str) -> Result<Query, Fault> {
    let limit = number(query, "limit", 1..=LIMIT_MAX)?.unwrap_or(LIMIT_DEFAULT);
    let sort = parameter(query, "sort");
    let named = sort.as_deref().unwrap_or(ORDERS[0].0);
    let order = ORDERS.iter().find(|(name, ..)| *name == named);
    let (_, order, letter) = order.ok_or_else(|| refused("sort", named, "created, -created or name"))?;
    let cursor = parameter(query, "cursor");
    if let Some(unknown) = cursor.as_deref().filter(|cursor| !is_cursor(cursor, *letter)) {
        return Err(refused("cursor", unknown, "the one of a `next` or `prev` link, with the same `sort`"));
    }
    let status = parameter(query, "status");
    if let Some(unknown) = status.as_deref().filter(|wanted| !STATUSES.iter().any(|(name, _)| name == wanted))
    {
        return Err(refused("status", unknown, "queued, running, completed, failed or cancelled"));
    }
    let (industry, name_starts) = (text(query, "industry")?, text(query, "name")?);
    Ok(Query { status, industry, name_starts, order: *order, cursor, limit })
}

/// A part of a brief is no longer than in one.
fn text(query: &str, name: &str) -> Result<Option<String>, Fault> {
    let Some(text) = parameter(query, name) else { return Ok(None) };
    if text.chars().count() <= NAME_CHARS_MAX {
        return Ok(Some(text));
    }
    Err(refused(name, &text, &format!("at most {NAME_CHARS_MAX} characters")))
}

/// `<n|p><order><place>-<name>`, the last two in hexadecimal. Nothing else reaches the ledger.
fn is_cursor(text: &str, letter: u8) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let [b'n' | b'p', order, ..] = text.as_bytes() else { return false };
    let place = text.get(2..).and_then(|rest| rest.split_once('-'));
    *order == letter
        && text.len() <= CURSOR_BYTES_MAX
        && place.is_some_and(|(place, name)| {
            (1..=16).contains(&place.len()) && is_hex(place) && name.len() % 2 == 0 && is_hex(name)
        })
}

fn listed(page: &Page, query: &str) -> Response {
    let own = if query.is_empty() { BRANDS.to_owned() } else { format!("{BRANDS}?{query}") };
    let turned = [("next", &page.next), ("prev", &page.previous)];
    let turned = turned
        .map(|(name, cursor)| (name, cursor.as_deref().map(|cursor| turn(BRANDS, KEPT, query, cursor))));
    let links = turned.iter().filter_map(|(name, href)| Some((*name, href.as_ref()?)));
    let header: Vec<String> = links.clone().map(|(name, href)| format!("<{href}>; rel=\"{name}\"")).collect();
    let links: serde_json::Map<String, Value> = [("self", &own)]
        .into_iter()
        .chain(links)
        .map(|(name, href)| (name.to_owned(), json!(href)))
        .collect();
    let brands: Vec<Value> = page.views.iter().map(|view| Value::Object(summary(view))).collect();
    let answer = Response::json(200, &json!({ "brands": brands, "links": links }));
    let answer = answer.with("cache-control", "no-store");
    if header.is_empty() { answer } else { answer.with("link", header.join(", ")) }
}

/// The same list from another place.
pub(crate) fn turn(address: &str, kept: &[&str], query: &str, cursor: &str) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    let known = form_urlencoded::parse(query.as_bytes());
    let known = known.filter(|(name, value)| kept.contains(&name.as_ref()) && !value.is_empty());
    pairs.extend_pairs(known).append_pair("cursor", cursor);
    format!("{address}?{}", pairs.finish())
}

/// What a link to another page repeats.
const KEPT: &[&str] = &["limit", "sort", "status", "industry", "name"];
