//! The step: a task per concept, and its files.

use crate::concept;
use crate::plan::{self, Wish};
use core_brand::brief::{Complexity, Order};
use core_brand::design::LogoColors;
use core_brand::fault::Code;
use core_brand::step::find;
use core_brand::{Concept, Design, Document, Fault, Step, Studio, Task};
use core_vector::svg::{self, Frame};
use core_vector::{Colorway, Lockup, lockup};

/// The kind of the one task there is.
const DRAW: &str = "draw";

/// The logo step.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogoStep;

impl Step for LogoStep {
    fn plan(&self, _step: &str, inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
        let (order, design) = (find(inputs, Order::DOCUMENT)?, find(inputs, Design::DOCUMENT)?);
        let wishes = plan::wishes(&order.json(studio)?, &design.json(studio)?, studio)?;
        wishes
            .iter()
            .map(|wish| {
                Task::new(
                    format!("concept-{:02}", wish.rank),
                    DRAW,
                    wish,
                    vec![order.clone(), design.clone()],
                )
            })
            .collect()
    }

    fn build(&self, task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
        if task.kind != DRAW {
            return Err(task.unknown());
        }
        let order: Order = find(&task.inputs, Order::DOCUMENT)?.json(studio)?;
        let design: Design = find(&task.inputs, Design::DOCUMENT)?.json(studio)?;
        let wish: Wish = task.settings()?;
        let concept = concept::draw(&order, &design, &wish, studio)?;
        let mut documents = vec![Document::working(&Concept::document(wish.rank), &concept)?];
        documents.extend(files(&order, &concept, &design.palette.logo));
        Ok(documents)
    }
}

/// The SVG files of a concept. A simple kit holds what a first day needs.
#[must_use]
pub fn files(order: &Order, concept: &Concept, colors: &LogoColors) -> Vec<Document> {
    let is_simple = order.brief.complexity == Complexity::Simple;
    let lockups: &[Lockup] = if is_simple { &[Lockup::Horizontal, Lockup::Mark] } else { &Lockup::ALL };
    let colorways: &[Colorway] =
        if is_simple { &[Colorway::Color, Colorway::Black, Colorway::White] } else { &Colorway::ALL };
    let name = &order.brief.company_name;
    let mut files = Vec::new();
    for lockup in lockups {
        let drawing = lockup::compose(concept, *lockup);
        for colorway in colorways {
            let frame = Frame { title: name, desc: &concept.idea, margin: 0.0, ground: None };
            let svg = svg::render(&drawing, &|role| colorway.color(role, colors), &frame);
            let path = format!("logos/{}/{}-{}.svg", concept.id, lockup.id(), colorway.id());
            files.push(Document::file(path, "image/svg+xml", svg.into_bytes()));
        }
    }
    files
}

/// One concept by rank, and its mark in colour as SVG: for a caller that wants no whole kit.
pub fn single(
    order: &Order,
    design: &Design,
    rank: u32,
    studio: &dyn Studio,
) -> Result<(Concept, String), Fault> {
    let wish = plan::wishes(order, design, studio)?.into_iter().find(|wish| wish.rank == rank);
    let bounds = [("count", rank.to_string()), ("min", "1".to_owned()), ("max", order.concepts.to_string())];
    let wish = wish.ok_or_else(|| Fault::new(Code::ConceptsRange, bounds))?;
    let concept = concept::draw(order, design, &wish, studio)?;
    let frame = Frame { title: &order.brief.company_name, desc: &concept.idea, margin: 0.0, ground: None };
    let mark = lockup::compose(&concept, Lockup::Mark);
    let svg = svg::render(&mark, &|role| Colorway::Color.color(role, &design.palette.logo), &frame);
    Ok((concept, svg))
}
