//! One concept: its mark, the name beside it, and the idea in words.

use crate::badge;
use crate::choice::Look;
use crate::desk::{Desk, Mark};
use crate::gate::Verdict;
use crate::ground;
use crate::letters::{mark_cut, typeset};
use crate::plan::Wish;
use crate::report;
use crate::wordmark::{self, Touch};
use core_brand::brief::Order;
use core_brand::check::Severity;
use core_brand::concept::Recipe;
use core_brand::painting::Origin;
use core_brand::{Check, ClearFrom, Concept, Design, Drawing, Fault, Rng, Studio, broken};
use core_typography::Face;
use core_vector::room;
use core_vector::svg::Frame;
use core_words::Words;

/// Draws a whole concept.
pub fn draw(order: &Order, design: &Design, wish: &Wish, studio: &dyn Studio) -> Result<Concept, Fault> {
    let drawn = Desk::open(order, design, studio)?.mark(&wish.mark);
    let mark =
        drawn.ok_or_else(|| broken!("the mark of concept {} passed when it was planned", wish.rank))?;
    let (title, idea) = say(&Words::new(&order.brief.language)?, &order.brief.company_name, &mark)?;
    let id = format!("{}-{}", wish.rank, mark.grammar);
    let among = wish.among.iter().flat_map(|among| report::among(&id, among, order.like.is_some())).collect();
    let figure = Figure {
        rank: wish.rank,
        grammar: mark.grammar,
        title,
        idea,
        touch: mark.idea.touch,
        drawing: mark.drawing,
        verdict: mark.verdict,
        recipe: Some(wish.mark.clone()),
        painted: None,
        among,
    };
    whole(order, design, figure, studio)
}

/// A painted mark as a concept, where it is like none of the marks beside it; else the check that it fails.
pub fn painted(
    order: &Order,
    design: &Design,
    painting: &Painting,
    studio: &dyn Studio,
) -> Result<Result<Concept, Check>, Fault> {
    let Painting { rank, drawing, verdict, origin, beside } = painting;
    let words = Words::new(&order.brief.language)?;
    let said = if origin.is_procedural() { "rules" } else { "model" };
    let id = format!("{rank}-{PAINTED}");
    let among = report::beside(&id, &Look::of(drawing), &beside.iter().map(Look::of).collect::<Vec<_>>());
    if let Some(failed) = among.iter().find(|check| check.severity == Severity::Gate && !check.passed) {
        return Ok(Err(failed.clone()));
    }
    let figure = Figure {
        rank: *rank,
        grammar: PAINTED,
        title: words.say(&format!("logo-title-painted-{said}"), &[])?,
        idea: words.say(&format!("logo-idea-painted-{said}"), &[("model", &origin.model)])?,
        touch: Touch::Plain,
        drawing: drawing.clone(),
        verdict: verdict.clone(),
        recipe: None,
        painted: Some(origin.clone()),
        among,
    };
    whole(order, design, figure, studio).map(Ok)
}

/// What a concept that was painted has for a grammar.
pub const PAINTED: &str = "painted";

/// A painted mark that passed its gates, and the marks of the concepts before it.
pub struct Painting {
    pub rank: u32,
    pub drawing: Drawing,
    pub verdict: Verdict,
    pub origin: Origin,
    pub beside: Vec<Drawing>,
}

/// A mark with all that is said of it, before the name stands beside it.
struct Figure {
    rank: u32,
    grammar: &'static str,
    title: String,
    idea: String,
    touch: Touch,
    drawing: Drawing,
    verdict: Verdict,
    recipe: Option<Recipe>,
    painted: Option<Origin>,
    /// How it stands in its set.
    among: Vec<Check>,
}

fn whole(order: &Order, design: &Design, mark: Figure, studio: &dyn Studio) -> Result<Concept, Fault> {
    let name = &order.brief.company_name;
    let language = &order.brief.language;
    let key = wordmark::cut(design);
    let face = Face::new(key.clone(), studio.font(&key)?)?;
    let word = wordmark::set(&face, &typeset(name, &face), language, design, &mark.touch);
    let id = format!("{}-{}", mark.rank, mark.grammar);
    let cut = mark_cut(&key);
    let cut = if cut == key { face } else { Face::new(cut.clone(), studio.font(&cut)?)? };
    let parts = badge::Parts {
        mark: &mark.drawing,
        wordmark: &word.drawing,
        cap_height: word.cap_height,
        face: &cut,
        name,
        language,
        is_round: design.guidance.roundness >= 0.5,
    };
    let badge = badge::draw(&parts, &mut Rng::fork(order.seed, &format!("logo/{name}/badge/{}", mark.rank)));
    let mut checks = mark.verdict.checks(&id);
    checks.extend(word.checks(&id));
    let colors = &design.palette.logo;
    let frame = Frame { title: name, desc: &mark.idea, margin: 0.0, ground: None };
    checks.extend(report::file(&id, &mark.drawing, colors, &frame));
    checks.extend(report::contrast(&id, colors));
    checks.extend(mark.among);
    let concept = room::measured(Concept {
        format: 1,
        id,
        rank: mark.rank,
        grammar: mark.grammar.to_owned(),
        title: mark.title,
        idea: mark.idea,
        silhouette: Some(Look::of(&mark.drawing).silhouette()),
        mark: mark.drawing,
        small: mark.verdict.small.as_ref().map(|small| small.drawing.clone()),
        badge: Some(badge),
        wordmark: word.drawing,
        baseline: word.baseline,
        cap_height: word.cap_height,
        // Both measured on what is drawn.
        clear_space: 0.0,
        clear_from: ClearFrom::default(),
        mark_px_min: mark.verdict.px_min,
        minimums: Vec::new(),
        right_to_left: word.right_to_left,
        recipe: mark.recipe,
        painted: mark.painted,
        checks,
    });
    let seen = ground::checks(&concept, design);
    Ok(Concept { checks: [concept.checks.clone(), seen].concat(), ..concept })
}

fn say(words: &Words, name: &str, mark: &Mark) -> Result<(String, String), Fault> {
    let title = words.say(&format!("logo-title-{}", mark.grammar), &[])?;
    let motif = match mark.idea.motif.as_str() {
        "" => String::new(),
        id => words.say(&format!("logo-motif-{id}"), &[])?,
    };
    let values = [("name", name), ("letters", mark.idea.letters.as_str()), ("motif", motif.as_str())];
    Ok((title, words.say(&format!("logo-idea-{}", mark.idea.key), &values)?))
}
