//! The page, and whether we are well.

use crate::api::Visit;
use crate::http::Response;
use crate::platform::Query;
use core_brand::Fault;
use core_brand::content::sha256_hex;
use serde_json::json;

const INDEX: &str = include_str!("../page/index.html");
const STYLE: &str = include_str!("../page/page.css");
const SCRIPT: &str = include_str!("../page/page.js");

pub(crate) fn index(visit: &Visit<'_>) -> Result<Response, Fault> {
    Ok(constant(visit, "text/html; charset=utf-8", INDEX))
}

pub(crate) fn style(visit: &Visit<'_>) -> Result<Response, Fault> {
    Ok(constant(visit, "text/css; charset=utf-8", STYLE))
}

pub(crate) fn script(visit: &Visit<'_>) -> Result<Response, Fault> {
    Ok(constant(visit, "text/javascript; charset=utf-8", SCRIPT))
}

/// Asked for each time, sent when it has changed.
fn constant(visit: &Visit<'_>, media_type: &str, text: &str) -> Response {
    let tag = format!("\"{}\"", sha256_hex(text.as_bytes()));
    let answer = match visit.request.header("if-none-match") {
        Some(known) if known == tag => Response::empty(304),
        _ => Response::new(200, media_type, text),
    };
    answer.with("etag", tag).with("cache-control", "no-cache")
}

/// `/healthz`: this component answers.
pub(crate) fn health(_: &Visit<'_>) -> Result<Response, Fault> {
    Ok(Response::json(200, &json!({ "status": "ok" })).with("cache-control", "no-store"))
}

/// `/readyz`: the ledger answers too. It is asked for the brands of a tenant that nobody can be.
pub(crate) fn ready(visit: &Visit<'_>) -> Result<Response, Fault> {
    let call = crate::Call { tenant: "readyz".to_owned(), ..visit.call("readyz", "views") };
    visit.platform.views(&call, Query { status: None, after: None, limit: 1 })?;
    Ok(Response::json(200, &json!({ "status": "ready" })).with("cache-control", "no-store"))
}

pub(crate) fn catalogue(_: &Visit<'_>) -> Result<Response, Fault> {
    Ok(crate::problem::catalogue())
}

pub(crate) fn catalogue_entry(visit: &Visit<'_>) -> Result<Response, Fault> {
    let missing = || Fault::new(core_brand::fault::Code::HttpMissing, []);
    crate::problem::entry(visit.part("code")).ok_or_else(missing)
}

pub(crate) fn description(_: &Visit<'_>) -> Result<Response, Fault> {
    Ok(Response::json(200, &crate::openapi::description()).with("cache-control", "no-cache"))
}
