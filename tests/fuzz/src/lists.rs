//! Queries of lists: filters, and the cursors that lead to other pages.

use crate::answer::{Answer, no_text, parted, said, same, taken, utf8};
use crate::world::{World, token};
use core_gateway::{Body, Request};
use serde_json::Value;

/// The lists that are turned page by page.
const LISTS: &[&str] = &["brands", "notifications"];
const API: &str = "/api/v1/";
/// A link repeats what was asked, and each byte of it may be escaped.
const LINK_TIMES_MAX: usize = 3;

/// The first line is the list, the rest is the query. Our world gives every page a next one.
pub(crate) fn list(bytes: &[u8]) -> Answer {
    let Some((list, query)) = parted(bytes).and_then(|(list, query)| Some((list, utf8(query)?))) else {
        return no_text();
    };
    let Some(list) = LISTS.iter().find(|known| **known == list) else { return Ok(Err("no list".to_owned())) };
    match page(list, query)? {
        Err(code) => Ok(Err(code)),
        Ok(next) => {
            let (_, following) = next.split_once('?').ok_or_else(|| format!("{next:?} asks nothing"))?;
            if following.len() > LINK_TIMES_MAX * query.len() + API.len() + 100 {
                return Err(format!("a link of {} bytes for {}", following.len(), query.len()));
            }
            // A link asks for the same: it leads to a page with the same link.
            let again = page(list, following)?.map_err(|code| format!("{next:?} is refused: {code}"))?;
            same("a link", &next, &again)?;
            taken(list)
        }
    }
}

/// The link of a page to the next one, or the code of its refusal.
fn page(list: &str, query: &str) -> Result<Result<String, String>, String> {
    let request = Request {
        method: "GET".to_owned(),
        path: format!("{API}{list}"),
        query: query.to_owned(),
        headers: vec![("authorization".to_owned(), format!("Bearer {}", token()))],
        body: Some(Vec::new()),
    };
    let response = core_gateway::answer(&request, &World);
    let Body::Bytes(body) = &response.body else { return Err("a list that goes on and on".to_owned()) };
    let body: Value = serde_json::from_slice(body).map_err(|why| format!("{}: {why}", response.status))?;
    let text = |value: &Value| value.as_str().map(str::to_owned).unwrap_or_default();
    match response.status {
        200 => Ok(Ok(text(&body["links"]["next"]))),
        400..500 => {
            said(&text(&body["detail"]))?;
            Ok(Err(text(&body["code"])))
        }
        status => Err(format!("{status}: {body}")),
    }
}
