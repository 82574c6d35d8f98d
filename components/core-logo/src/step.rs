//! The step: a task per concept, and its files.

use crate::concept;
use crate::plan::{self, Wish};
use core_brand::brief::{Complexity, Order};
use core_brand::design::LogoColors;
use core_brand::fault::Code;
use core_brand::step::find;
use core_brand::{Concept, Design, Document, Drawing, Fault, Step, Studio, Task};
use core_vector::svg::{self, Frame};
use core_vector::{Colorway, Lockup, lockup};
use core_words::Words;

/// The kind of the one task there is.
const DRAW: &str = "draw";

/// The drawing for the smallest sides, in the names of files.
const SMALL: &str = "small";

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
        documents.extend(files(&order, &concept, &design.palette.logo)?);
        Ok(documents)
    }
}

/// The SVG files of a concept. A simple kit holds what a first day needs.
pub fn files(order: &Order, concept: &Concept, colors: &LogoColors) -> Result<Vec<Document>, Fault> {
    let is_simple = order.brief.complexity == Complexity::Simple;
    let lockups: &[Lockup] = if is_simple { &[Lockup::Horizontal, Lockup::Mark] } else { &Lockup::ALL };
    let colorways: &[Colorway] =
        if is_simple { &[Colorway::Color, Colorway::Black, Colorway::White] } else { &Colorway::ALL };
    let mut drawings: Vec<(&str, Drawing)> =
        lockups.iter().map(|kind| (kind.id(), lockup::compose(concept, *kind))).collect();
    drawings.extend(concept.small.clone().map(|small| (SMALL, small)));
    let words = Words::new(&order.brief.language)?;
    let mut files = Vec::new();
    for (kind, drawing) in &drawings {
        let desc = describe(&words, order, concept, kind)?;
        for colorway in colorways {
            let svg = write(kind, drawing, *colorway, (order, concept, colors), &desc);
            let path = format!("logos/{}/{kind}-{}.svg", concept.id, colorway.id());
            files.push(Document::file(path, "image/svg+xml", svg.into_bytes()));
        }
    }
    Ok(files)
}

fn write(
    kind: &str,
    drawing: &Drawing,
    colorway: Colorway,
    (order, concept, colors): (&Order, &Concept, &LogoColors),
    desc: &str,
) -> String {
    let frame = Frame { title: &order.brief.company_name, desc, margin: 0.0, ground: None };
    // No two files of a kit share an id, so that they can stand in one page.
    let id = format!("logo-{}-{kind}-{}", concept.id, colorway.id());
    svg::render_as(&id, drawing, &|role| colorway.color(role, colors), &frame)
}

/// What a file shows, for those who hear it; and the idea where the mark is in it.
fn describe(words: &Words, order: &Order, concept: &Concept, kind: &str) -> Result<String, Fault> {
    let what = words.say(&format!("kit-alt-{kind}"), &[("name", &order.brief.company_name)])?;
    if kind == Lockup::Wordmark.id() {
        return Ok(what);
    }
    words.say("kit-alt-with-idea", &[("what", &what), ("idea", &concept.idea)])
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
    let desc = describe(&Words::new(&order.brief.language)?, order, &concept, Lockup::Mark.id())?;
    let mark = lockup::compose(&concept, Lockup::Mark);
    let about = (order, &concept, &design.palette.logo);
    let svg = write(Lockup::Mark.id(), &mark, Colorway::Color, about, &desc);
    Ok((concept, svg))
}
