//! One concept: its mark, the name beside it, and the idea in words.

use crate::badge;
use crate::choice::Look;
use crate::desk::{Desk, Mark};
use crate::ground;
use crate::letters::{mark_cut, typeset};
use crate::plan::Wish;
use crate::report;
use crate::wordmark;
use core_brand::brief::Order;
use core_brand::{ClearFrom, Concept, Design, Fault, Rng, Studio, broken};
use core_typography::Face;
use core_vector::room;
use core_vector::svg::Frame;
use core_words::Words;

/// Draws a whole concept.
pub fn draw(order: &Order, design: &Design, wish: &Wish, studio: &dyn Studio) -> Result<Concept, Fault> {
    let name = &order.brief.company_name;
    let language = &order.brief.language;
    let drawn = Desk::open(order, design, studio)?.mark(&wish.mark);
    let mark =
        drawn.ok_or_else(|| broken!("the mark of concept {} passed when it was planned", wish.rank))?;
    let key = wordmark::cut(design);
    let face = Face::new(key.clone(), studio.font(&key)?)?;
    let word = wordmark::set(&face, &typeset(name, &face), language, design, &mark.idea.touch);
    let (title, idea) = say(&Words::new(language)?, name, &mark)?;
    let id = format!("{}-{}", wish.rank, mark.grammar);
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
    let badge = badge::draw(&parts, &mut Rng::fork(order.seed, &format!("logo/{name}/badge/{}", wish.rank)));
    let mut checks = mark.verdict.checks(&id);
    checks.extend(word.checks(&id));
    let colors = &design.palette.logo;
    let frame = Frame { title: name, desc: &idea, margin: 0.0, ground: None };
    checks.extend(report::file(&id, &mark.drawing, colors, &frame));
    checks.extend(report::contrast(&id, colors));
    checks.extend(wish.among.iter().flat_map(|among| report::among(&id, among, order.like.is_some())));
    let concept = room::measured(Concept {
        format: 1,
        id,
        rank: wish.rank,
        grammar: mark.grammar.to_owned(),
        title,
        idea,
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
        recipe: Some(wish.mark.clone()),
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
