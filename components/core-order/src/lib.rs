//! The create-job step: a request becomes an order that can be made.
//!
//! Pure. Everything that could make a later step refuse is asked here, so that a person hears it at once.
//!
//! **Law.** An order from here is canonical and its name and language are covered by a bundled font; kept by `order`.
//! **Absent.** Which industry or style is meant (`core-graph`): unknown words are answered, not refused.

use core_brand::brief::{Order, RawBrief, parse_seed};
use core_brand::concept::Recipe;
use core_brand::fault::Code;
use core_brand::painting::Paintings;
use core_brand::templates::Templates;
use core_brand::{Document, Fault, Silhouette, Step, Studio, Task, step};
use serde::{Deserialize, Serialize};

/// What a person asked for, unchecked. The first document of a job.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Request {
    pub format: u32,
    pub brief: RawBrief,
    /// Decimal.
    pub seed: Option<String>,
    pub concepts: Option<u32>,
    /// Whether a language model may say the reasons in better words.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub polish: bool,
    /// The hash of a graph overlay in the blob space of the job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graph: Option<String>,
    /// Layouts of somebody's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub templates: Option<Templates>,
    /// The concept to start from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<Recipe>,
    /// The silhouettes of marks that no concept may be near, as `brand.json` of a kit has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unlike: Vec<String>,
    /// Concepts that a painter paints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub painted: Option<Paintings>,
}

impl Request {
    pub const DOCUMENT: &str = "request.json";

    /// What a person would say to get this order: said in full, whatever was said first.
    #[must_use]
    pub fn of(order: &Order) -> Self {
        Self {
            format: 1,
            brief: order.brief.raw(),
            seed: Some(order.seed.to_string()),
            concepts: Some(order.concepts),
            polish: order.polish,
            graph: order.graph.clone(),
            templates: order.templates.clone(),
            like: order.like.clone(),
            unlike: order.unlike.iter().map(Silhouette::to_string).collect(),
            painted: order.painted.clone(),
        }
    }
}

/// Checks a request and fills all defaults.
pub fn order(request: &Request) -> Result<Order, Fault> {
    let seed = request.seed.as_deref().map(parse_seed).transpose()?;
    let order = Order::new(&request.brief, seed, request.concepts)?.with_graph(request.graph.clone())?;
    if let Some(templates) = &request.templates {
        templates.check()?;
    }
    request.painted.as_ref().map_or(Ok(()), Paintings::check)?;
    let (like, templates, painted) =
        (request.like.clone(), request.templates.clone(), request.painted.clone());
    let unlike = Silhouette::parse_all(&request.unlike)?;
    let order = Order { polish: request.polish, like, unlike, templates, painted, ..order };
    core_typography::check_setting(&order.brief.company_name, &order.brief.language)?;
    Ok(order)
}

/// `create-job`: one task, one document.
pub struct CreateJob;

impl Step for CreateJob {
    fn plan(&self, _step: &str, inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
        let said = step::find(inputs, Request::DOCUMENT)?;
        // Said in full, so that the same order is the same task however it was asked for. What cannot be ordered is left as
        // it is: the task says why.
        let order = read(said, studio).and_then(|request| order(&request));
        let request = match order {
            Ok(order) => Document::working(Request::DOCUMENT, &Request::of(&order))?,
            Err(_) => said.clone(),
        };
        Ok(vec![Task::new("order", "order", &(), vec![request])?])
    }

    fn build(&self, task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
        if task.kind != "order" {
            return Err(task.unknown());
        }
        let request = read(step::find(&task.inputs, Request::DOCUMENT)?, studio)?;
        Ok(vec![Document::working(Order::DOCUMENT, &order(&request)?)?])
    }
}

fn read(request: &Document, studio: &dyn Studio) -> Result<Request, Fault> {
    serde_json::from_slice(&request.bytes(studio)?)
        .map_err(|why| Fault::new(Code::BriefMalformed, [("why", why.to_string())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Request {
        let brief = RawBrief { company_name: name.into(), industry: "coffee".into(), ..RawBrief::default() };
        Request { format: 1, brief, ..Request::default() }
    }

    #[test]
    fn letters_without_a_font_are_named() {
        let fault = order(&named("Nord 🦊")).unwrap_err();
        assert!(fault.is(Code::NameUncovered), "{fault:?}");
        assert!(fault.message.contains("🦊 (U+1F98A)"), "{fault}");
    }

    #[test]
    fn an_order_is_asked_for_again_in_full() {
        let raw = RawBrief {
            style: Some(" Bold ".into()),
            primary_color: Some("#1F6F5C".into()),
            language: Some("de-AT".into()),
            distance: Some(0.349_999),
            ..named("Nord  Wind").brief
        };
        let unlike = vec!["f".repeat(32), "0".repeat(32)];
        let full = Request { brief: raw, concepts: Some(3), unlike, ..Request::default() };
        for asked in [named(" Northwind"), full] {
            let order = order(&asked).unwrap();
            assert_eq!(super::order(&Request::of(&order)).unwrap(), order);
        }
    }

    #[test]
    fn marks_to_be_unlike_leave_the_seed_alone() {
        let with = |unlike: &[String]| order(&Request { unlike: unlike.to_vec(), ..named("Northwind") });
        let marks = ["ab".repeat(16), "01".repeat(16)];
        let order = with(&marks).unwrap();
        assert_eq!(Order { unlike: Vec::new(), ..order.clone() }, with(&[]).unwrap());
        assert_eq!(
            order.unlike.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["01".repeat(16), "ab".repeat(16)]
        );
        assert!(with(&["ab".to_owned()]).unwrap_err().is(Code::UnlikeMalformed));
    }

    #[test]
    fn a_request_becomes_an_order() {
        let order = order(&Request { seed: Some("7".into()), ..named(" Northwind  Coffee") }).unwrap();
        assert_eq!((order.brief.company_name.as_str(), order.seed), ("Northwind Coffee", 7));
        assert_eq!(order.concepts, core_brand::brief::CONCEPTS_DEFAULT);
    }
}
