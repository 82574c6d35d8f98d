//! News of the person who asks, and of nobody else: the user is that of the token.

use crate::api::Visit;
use crate::desk::{News, document, is_id};
use crate::events::{self, Source};
use crate::http::Response;
use crate::list::{LIMIT_DEFAULT, LIMIT_MAX};
use crate::platform::{Call, Platform, PublicEvent};
use crate::query::number;
use crate::submit::unreadable;
use crate::{accept, object};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use serde::Deserialize;
use serde_json::{Value, json};

const FEED: &str = "/api/v1/feed";
/// What programs of all kinds read as a whole number.
pub(crate) const SEQUENCE_MAX: u64 = (1 << 53) - 1;
/// A page of news, and as many again.
pub(crate) const MARKS_MAX: usize = 200;
/// What a stream calls each piece of news.
const KIND: &str = "news";

/// What was read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    #[serde(default)]
    ids: Vec<String>,
    #[serde(default)]
    up_to: u64,
}

/// `GET /feed`.
pub(crate) fn list(visit: &Visit<'_>) -> Result<Response, Fault> {
    let after = after(visit)?;
    let limit = number(&visit.request.query, "limit", 1..=LIMIT_MAX)?.unwrap_or(LIMIT_DEFAULT);
    let News { items, unread, last } =
        visit.platform.desk().news(&visit.call("feed", "list"), after, limit, 0)?;
    let news = items.iter().map(|text| document(text)).collect::<Result<Vec<_>, _>>()?;
    let links = json!({
        "self": format!("{FEED}?after={after}&limit={limit}"),
        "next": format!("{FEED}?after={last}&limit={limit}"),
        "events": format!("{FEED}/events?after={last}"),
    });
    let answer = json!({ "news": news, "unread": unread, "last": last, "links": links });
    Ok(Response::json(200, &answer).with("cache-control", "no-store"))
}

/// `POST /feed/read`.
pub(crate) fn read(visit: &Visit<'_>) -> Result<Response, Fault> {
    let marks: Marks = object::read(accept::json_body(visit.request)?).map_err(unreadable)?;
    let odd = |why: String| Fault::new(Code::HttpBody, [("why", why)]);
    if marks.ids.len() > MARKS_MAX {
        return Err(odd(format!("`ids` has {} entries; at most {MARKS_MAX} are possible", marks.ids.len())));
    }
    if let Some(id) = marks.ids.iter().find(|id| !is_id(id)) {
        return Err(odd(format!("`{id}` in `ids` is no id of news")));
    }
    if marks.up_to > SEQUENCE_MAX {
        return Err(odd(format!("`up_to` is above {SEQUENCE_MAX}")));
    }
    let unread = visit.platform.desk().mark(&visit.call("feed", "read"), &marks.ids, marks.up_to)?;
    let answer = json!({ "unread": unread, "links": { "feed": FEED } });
    Ok(Response::json(200, &answer).with("cache-control", "no-store"))
}

/// `GET /feed/events`.
pub(crate) fn follow(visit: &Visit<'_>) -> Result<Response, Fault> {
    let after = events::last_heard(visit).map_or_else(|| after(visit), Ok)?;
    let first = ask(visit.platform, &visit.call("feed", "events"), after, 0)?;
    Ok(events::stream(visit, Source::Feed, after, first))
}

/// The news of a person as events of a stream.
pub(crate) fn ask(
    platform: &dyn Platform,
    call: &Call,
    after: u64,
    wait_ms: u32,
) -> Result<Vec<PublicEvent>, Fault> {
    let news = platform.desk().news(call, after, LIMIT_MAX, wait_ms)?;
    let event = |text: &String| {
        let sequence = document(text)?.get("sequence").and_then(Value::as_u64);
        let sequence = sequence.ok_or_else(|| broken!("news without a `sequence`"))?;
        Ok(PublicEvent { sequence, kind: KIND.to_owned(), body: text.clone() })
    };
    news.items.iter().map(event).collect()
}

fn after(visit: &Visit<'_>) -> Result<u64, Fault> {
    Ok(number(&visit.request.query, "after", 0..=SEQUENCE_MAX)?.unwrap_or(0))
}
