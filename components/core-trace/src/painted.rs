//! The steps of the `logo` component: concepts that are drawn, and those that somebody paints.
//!
//! A painted concept is planned as an order for a painter. Whoever runs the job has it painted and puts the answer beside the
//! order; the task traces the pictures and takes the best that passes every gate of drawn marks. Where there is none,
//! the job goes on without, and says why.

use crate::{FILLS_MAX, Traced, trace};
use core_brand::brief::{Complexity, Order};
use core_brand::check::{Comparison, Severity};
use core_brand::fault::Code;
use core_brand::painting::{Missed, Origin, PaintAnswer, PaintOrder, Painted, Paintings, TRIES, Why};
use core_brand::step::{DocumentKind, find};
use core_brand::{Body, Check, Concept, Design, Document, Drawing, Fault, Step, Studio, Task};
use core_logo::concept::{Painting, painted};
use core_logo::gate::{self, Verdict};
use core_logo::prompt::{Request, prompts};
use core_logo::step::{colorways, files};
use core_logo::{LogoStep, PAINT};
use serde::{Deserialize, Serialize};

/// The marks of the concepts before, for a task.
const MARKS: &str = "marks.json";

/// `logo` and `paint`.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogoSteps;

/// What a task is told beside its documents.
#[derive(Serialize, Deserialize)]
struct Settings {
    rank: u32,
    is_simple: bool,
}

impl Step for LogoSteps {
    fn plan(&self, step: &str, inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
        if step == PAINT { plan(inputs, studio) } else { LogoStep.plan(step, inputs, studio) }
    }

    fn build(&self, task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
        if task.kind == PAINT { build(task, studio) } else { LogoStep.build(task, studio) }
    }
}

/// An order for a painter for each concept that is wished for, behind those that were drawn.
fn plan(inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
    let order: Order = find(inputs, Order::DOCUMENT)?.json(studio)?;
    let design: Design = find(inputs, Design::DOCUMENT)?.json(studio)?;
    let Some(wish) = &order.painted else { return Ok(Vec::new()) };
    let drawn: Result<Vec<Concept>, Fault> =
        Concept::documents(inputs).into_iter().map(|document| document.json(studio)).collect();
    let drawn = drawn?;
    let last = drawn.iter().map(|concept| concept.rank).max().unwrap_or_default();
    let marks: Vec<Drawing> = drawn.into_iter().map(|concept| concept.mark).collect();
    let is_simple = order.brief.complexity == Complexity::Simple;
    let shared = [
        Document::working(Order::DOCUMENT, &order.drawn())?,
        find(inputs, Design::DOCUMENT)?.clone(),
        Document::working(MARKS, &marks)?,
    ];
    let wanted = prompts(&Order { concepts: wish.concepts, ..order.clone() }, &design)?.requests;
    let task = |(rank, request): (u32, Request)| {
        let told = Document::working(PaintOrder::DOCUMENT, &told(&request, wish))?;
        let inputs = shared.iter().cloned().chain([told]).collect();
        Task::new(request.id, PAINT, &Settings { rank, is_simple }, inputs)
    };
    (last + 1..).zip(wanted).map(task).collect()
}

fn told(request: &Request, wish: &Paintings) -> PaintOrder {
    let order = PaintOrder {
        format: 1,
        model: String::new(),
        prompt: request.prompt.clone(),
        negative: request.negative.clone(),
        width: request.width,
        height: request.height,
        steps: request.steps,
        guidance: request.guidance,
        sampler: "euler".to_owned(),
        seed: request.seed,
        count: TRIES,
    };
    order.wished(wish)
}

fn build(task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let answer = match find(&task.inputs, PaintAnswer::DOCUMENT) {
        Ok(answer) => answer.json(studio)?,
        Err(_) => PaintAnswer::of(Err(Fault::new(Code::PaintOff, []))),
    };
    match answer.missed {
        Some(why) => missed(task, why),
        None => concept(task, &answer.pictures, studio),
    }
}

/// Says that a concept is missing, to the kit and among its checks.
fn missed(task: &Task, why: Why) -> Result<Vec<Document>, Fault> {
    let check = Check::new(
        format!("painted.{}", task.id),
        Severity::Warn,
        0.0,
        Comparison::AtLeast,
        1.0,
        "concepts",
        format!("A painted concept that was asked for. {}", why.message),
    );
    let missed = Missed { id: task.id.clone(), why };
    Ok(vec![
        Document::working(&Missed::document(&task.id), &missed)?,
        Document::working(
            &format!("checks-{}.json", task.id),
            &[check.or("Ask again when there is a painter that can.")],
        )?,
    ])
}

/// The best of the pictures that are marks, as a concept.
fn concept(task: &Task, pictures: &[Painted], studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
    let order: Order = find(&task.inputs, Order::DOCUMENT)?.json(studio)?;
    let design: Design = find(&task.inputs, Design::DOCUMENT)?.json(studio)?;
    let told: PaintOrder = find(&task.inputs, PaintOrder::DOCUMENT)?.json(studio)?;
    let marks: Vec<Drawing> = find(&task.inputs, MARKS)?.json(studio)?;
    let Settings { rank, is_simple } = task.settings()?;
    let (found, mut why) = traced(pictures, studio)?;
    for (picture, drawing, verdict) in found {
        let origin = origin(&told, picture, rank);
        let painting = Painting { rank, drawing, verdict, origin, beside: marks.clone() };
        match painted(&order, &design, &painting, studio)? {
            Ok(concept) => {
                let mut documents =
                    files(&order, &concept, &design.palette.logo, (is_simple, colorways(is_simple)))?;
                documents.push(file(&painting.origin.picture, picture));
                documents.push(Document::working(&Concept::document(rank), &concept)?);
                return Ok(documents);
            }
            Err(failed) => why = sentence(&failed),
        }
    }
    let args = [("count", pictures.len().to_string()), ("why", why)];
    missed(task, Why::of(&Fault::new(Code::PaintUntraced, args)))
}

/// A picture that became a mark.
type Found<'a> = (&'a Painted, Drawing, Verdict);

/// The pictures that became marks, the best first, and why the last of the others did not.
fn traced<'a>(pictures: &'a [Painted], studio: &dyn Studio) -> Result<(Vec<Found<'a>>, String), Fault> {
    let (mut found, mut why) = (Vec::new(), "there is none".to_owned());
    for picture in pictures {
        match trace(&studio.blob(&picture.content)?, FILLS_MAX) {
            Ok(Traced::Vector { drawing, .. }) => {
                found.extend(gate::judge(&drawing).map(|verdict| (picture, drawing, verdict)));
            }
            Ok(Traced::Picture { why: checks, .. }) => {
                why = checks.first().map(sentence).unwrap_or_default();
            }
            Err(fault) => why = fault.message,
        }
    }
    found.sort_by(|a, b| b.2.score().total_cmp(&a.2.score()));
    Ok((found, why))
}

fn sentence(check: &Check) -> String {
    let Check { id, measured, unit, threshold, comparison, .. } = check;
    let wanted = match comparison {
        Comparison::AtLeast => "at least ",
        Comparison::AtMost => "at most ",
        Comparison::Equal => "",
    };
    format!("{id} is {measured} {unit}, wanted is {wanted}{threshold}")
}

fn origin(told: &PaintOrder, picture: &Painted, rank: u32) -> Origin {
    Origin {
        model: picture.model.clone(),
        backend: picture.backend.clone(),
        seed: picture.seed,
        prompt: told.prompt.clone(),
        negative: told.negative.clone(),
        width: picture.width,
        height: picture.height,
        steps: told.steps,
        guidance: told.guidance,
        sampler: told.sampler.clone(),
        picture: format!("logos/{rank}-{}/painting.png", core_logo::concept::PAINTED),
    }
}

/// The picture itself, as it lies in the store.
fn file(path: &str, picture: &Painted) -> Document {
    Document {
        name: path.to_owned(),
        kind: DocumentKind::File,
        media_type: "image/png".to_owned(),
        pixels: None,
        body: Body::Stored(picture.content.clone()),
    }
    .with_pixels(picture.width, picture.height)
}
