//! The page, and whether we are well.

use crate::api::Visit;
use crate::coding::{self, is_known, takes_gzip};
use crate::http::Response;
use core_brand::Fault;
use core_brand::content::sha256_hex;
use serde_json::json;

/// A text of the page, and the same packed when this was built.
struct Constant {
    media_type: &'static str,
    plain: &'static str,
    packed: &'static [u8],
}

macro_rules! constant {
    ($media_type:literal, $name:literal) => {
        Constant {
            media_type: $media_type,
            plain: include_str!(concat!("../page/", $name)),
            packed: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".gz")),
        }
    };
}

const INDEX: Constant = constant!("text/html; charset=utf-8", "index.html");
const STYLE: Constant = constant!("text/css; charset=utf-8", "page.css");
const SCRIPT: Constant = constant!("text/javascript; charset=utf-8", "page.js");

pub(crate) fn index(visit: &Visit<'_>) -> Result<Response, Fault> {
    Ok(INDEX.answer(visit))
}

pub(crate) fn style(visit: &Visit<'_>) -> Result<Response, Fault> {
    Ok(STYLE.answer(visit))
}

pub(crate) fn script(visit: &Visit<'_>) -> Result<Response, Fault> {
    Ok(SCRIPT.answer(visit))
}

impl Constant {
    /// Asked for each time, sent when it has changed.
    fn answer(&self, visit: &Visit<'_>) -> Response {
        let tag = tag(self.plain.as_bytes());
        let tagged = |answer: Response| answer.with("etag", &tag).with("cache-control", "no-cache");
        match () {
            () if is_known(visit.request, &tag) => tagged(Response::empty(304)),
            () if takes_gzip(visit.request) => {
                coding::packed(tagged(Response::new(200, self.media_type, self.packed)))
            }
            () => tagged(Response::new(200, self.media_type, self.plain)),
        }
    }
}

fn tag(bytes: &[u8]) -> String {
    format!("\"{}\"", sha256_hex(bytes))
}

/// `/healthz`: this component answers.
pub(crate) fn health(_: &Visit<'_>) -> Result<Response, Fault> {
    Ok(Response::json(200, &json!({ "status": "ok" })).with("cache-control", "no-store"))
}

/// `/readyz`: the ledger answers too. It is asked for what a tenant has in hand that nobody can be.
pub(crate) fn ready(visit: &Visit<'_>) -> Result<Response, Fault> {
    let call = crate::Call { tenant: "readyz".to_owned(), ..visit.call("readyz", "standing") };
    visit.platform.standing(&call)?;
    Ok(Response::json(200, &json!({ "status": "ready" })).with("cache-control", "no-store"))
}

pub(crate) fn catalogue(_: &Visit<'_>) -> Result<Response, Fault> {
    Ok(crate::problem::catalogue())
}

pub(crate) fn catalogue_entry(visit: &Visit<'_>) -> Result<Response, Fault> {
    let missing = || Fault::new(core_brand::fault::Code::HttpMissing, []);
    crate::problem::entry(visit.part("code")).ok_or_else(missing)
}

pub(crate) fn description(visit: &Visit<'_>) -> Result<Response, Fault> {
    let text = format!("{}\n", crate::openapi::description());
    let tag = tag(text.as_bytes());
    let answer = match is_known(visit.request, &tag) {
        true => Response::empty(304),
        false => Response::new(200, "application/json", text),
    };
    Ok(answer.with("etag", tag).with("cache-control", "no-cache"))
}
