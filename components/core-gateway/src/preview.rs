//! A palette, type and first marks for a brief, while one waits. Nothing is kept, and no job begins.

use crate::api::Visit;
use crate::http::Response;
use crate::query::number;
use crate::{submit, versions};
use core_brand::brief::Order;
use core_brand::{Body, Design, Document, Fault, broken};
use serde_json::{Value, json};

/// So many marks say what a brand would be like. Each takes as long as the rest of the answer.
pub(crate) const MARKS_MAX: u32 = 3;
/// What calls for no brand at all are named by.
const ACT: &str = "preview";

/// A mark as `logo` draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub concept: String,
    pub title: String,
    pub idea: String,
    pub svg: String,
}

/// `POST /designs:preview`: what a brand of this brief and seed would begin with.
pub(crate) fn preview(visit: &Visit<'_>) -> Result<Response, Fault> {
    // A preview is not polished: a model takes longer than a call may.
    let order = Order { polish: false, ..submit::order(visit)? };
    let wanted = number(&visit.request.query, "marks", 1..=MARKS_MAX)?.unwrap_or(1);
    let text = design(visit, &order)?;
    let read: Design = serde_json::from_str(&text).map_err(|why| broken!("{}: {why}", Design::DOCUMENT))?;
    let marks = marks(visit, &order, &text, wanted)?;
    let body = json!({ "palette": read.palette, "type": read.typography, "concepts": marks });
    Ok(Response::json(200, &body).with("cache-control", "no-store"))
}

fn design(visit: &Visit<'_>, order: &Order) -> Result<String, Fault> {
    let target = versions::target(visit, "design")?;
    let order = Document::working(Order::DOCUMENT, order)?;
    let made = visit.platform.design(&visit.call(ACT, "design"), target.as_deref(), order)?;
    let found = made.into_iter().find(|document| document.name == Design::DOCUMENT);
    let found = found.map(|document| document.body);
    let Some(Body::Inline(bytes)) = found else { return Err(broken!("no design came back")) };
    String::from_utf8(bytes).map_err(|_| broken!("a design is no text"))
}

fn marks(visit: &Visit<'_>, order: &Order, design: &str, wanted: u32) -> Result<Vec<Value>, Fault> {
    let target = versions::target(visit, "logo")?;
    let text = serde_json::to_string(order).map_err(|why| broken!("{why}"))?;
    let draw = |rank| {
        let call = visit.call(ACT, "mark");
        let mark = visit.platform.mark(&call, target.as_deref(), (&text, design), rank)?;
        Ok(json!({ "id": mark.concept, "title": mark.title, "idea": mark.idea, "svg": mark.svg }))
    };
    (1..=order.concepts.min(wanted)).map(draw).collect()
}
