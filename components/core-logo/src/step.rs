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
use serde::{Deserialize, Serialize};

/// The drawing of a concept with the files that show the brand's colours.
const DRAW: &str = "draw";
/// Its files in black and in white. A task of their own, which is drawn again: who changes a colour keeps them.
const PLAIN: &str = "plain";

/// The step of painted concepts, and the kind of its tasks.
pub const PAINT: &str = "paint";

/// The drawing for the smallest sides, in the names of files.
const SMALL: &str = "small";

/// The logo step.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogoStep;

impl Step for LogoStep {
    fn plan(&self, _step: &str, inputs: &[Document], studio: &dyn Studio) -> Result<Vec<Task>, Fault> {
        let (order, design) = (find(inputs, Order::DOCUMENT)?, find(inputs, Design::DOCUMENT)?);
        let (read, decided): (Order, Design) = (order.json(studio)?, design.json(studio)?);
        let is_simple = read.brief.complexity == Complexity::Simple;
        let colored = vec![Document::working(Order::DOCUMENT, &read.drawn())?, design.clone()];
        let plain = vec![colored[0].clone(), Document::working(Design::DOCUMENT, &decided.drawn())?];
        let mut tasks = Vec::new();
        for wish in plan::wishes(&read, &decided, studio)? {
            let rank = wish.rank;
            let settings = Settings { wish, is_simple };
            tasks.push(Task::new(format!("concept-{rank:02}"), DRAW, &settings, colored.clone())?);
            tasks.push(Task::new(format!("{PLAIN}-{rank:02}"), PLAIN, &settings, plain.clone())?);
        }
        Ok(tasks)
    }

    fn build(&self, task: &Task, studio: &dyn Studio) -> Result<Vec<Document>, Fault> {
        let is_plain = match task.kind.as_str() {
            DRAW => false,
            PLAIN => true,
            _ => return Err(task.unknown()),
        };
        let order: Order = find(&task.inputs, Order::DOCUMENT)?.json(studio)?;
        let design: Design = find(&task.inputs, Design::DOCUMENT)?.json(studio)?;
        let Settings { wish, is_simple } = task.settings()?;
        let concept = concept::draw(&order, &design, &wish, studio)?;
        let colorways: Vec<Colorway> =
            colorways(is_simple).iter().copied().filter(|one| one.is_plain() == is_plain).collect();
        let mut documents = files(&order, &concept, &design.palette.logo, (is_simple, &colorways))?;
        if !is_plain {
            documents.push(Document::working(&Concept::document(wish.rank), &concept)?);
        }
        Ok(documents)
    }
}

/// What a drawing task is told beside the decisions.
#[derive(Serialize, Deserialize)]
struct Settings {
    wish: Wish,
    is_simple: bool,
}

/// The colourways of a kit. A simple one holds what a first day needs.
#[must_use]
pub fn colorways(is_simple: bool) -> &'static [Colorway] {
    if is_simple { &[Colorway::Color, Colorway::Black, Colorway::White] } else { &Colorway::ALL }
}

/// The SVG files of a concept in these colourways, of a simple kit or a whole one.
pub fn files(
    order: &Order,
    concept: &Concept,
    colors: &LogoColors,
    (is_simple, colorways): (bool, &[Colorway]),
) -> Result<Vec<Document>, Fault> {
    let lockups: &[Lockup] = if is_simple { &[Lockup::Horizontal, Lockup::Mark] } else { &Lockup::ALL };
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
    let wishes = plan::wishes(order, design, studio)?;
    let bounds = [("count", rank.to_string()), ("min", "1".to_owned()), ("max", wishes.len().to_string())];
    let wish = wishes.into_iter().find(|wish| wish.rank == rank);
    let wish = wish.ok_or_else(|| Fault::new(Code::ConceptsRange, bounds))?;
    let concept = concept::draw(order, design, &wish, studio)?;
    let desc = describe(&Words::new(&order.brief.language)?, order, &concept, Lockup::Mark.id())?;
    let mark = lockup::compose(&concept, Lockup::Mark);
    let about = (order, &concept, &design.palette.logo);
    let svg = write(Lockup::Mark.id(), &mark, Colorway::Color, about, &desc);
    Ok((concept, svg))
}
