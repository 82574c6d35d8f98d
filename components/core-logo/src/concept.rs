//! One concept: tries of one grammar, the best that passes, the name beside it, and the idea in words.

use crate::art::{Idea, Pen, Sketch};
use crate::fit::fit;
use crate::gate::{self, Verdict};
use crate::grammar::{self, Subject};
use crate::letters::Letters;
use crate::taste::Taste;
use crate::{motif, wordmark};
use core_brand::brief::Order;
use core_brand::check::{Comparison, Severity};
use core_brand::{Check, Concept, Design, Drawing, Fault, Rng, Studio, broken};
use core_typography::Face;
use core_words::Words;
use serde::{Deserialize, Serialize};

/// Tries per idea: enough that the best of them is good, few enough for a twentieth of a second.
const TRIES: usize = 6;
/// Ideas of a grammar that are asked in turn.
const IDEAS: usize = 7;
/// How much chance may lift a try over a better measured one; without it every name would get the same answer.
const LUCK: f64 = 0.12;
/// Clear space, in sides of the mark.
const CLEAR_SPACE: f64 = 0.25;
/// The grammars that always pass, asked when another has nothing to say about a name.
const SURE: &[&str] = &["orbit", "truchet"];
/// What a trade without motifs of its own draws.
const MOTIFS_ANY: &[&str] = &["star", "arc", "spark", "wave", "leaf"];

/// Which concept is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub rank: u32,
    pub grammar: String,
    /// 0 for the first concept of a grammar, 1 for the next.
    pub round: u32,
}

/// A mark that passed.
#[derive(Clone, Debug)]
pub struct Mark {
    pub grammar: &'static str,
    pub idea: Idea,
    pub drawing: Drawing,
    pub verdict: Verdict,
}

/// Draws a whole concept.
pub fn draw(order: &Order, design: &Design, wish: &Wish, studio: &dyn Studio) -> Result<Concept, Fault> {
    let name = &order.brief.company_name;
    let language = &order.brief.language;
    let letters = Letters::of(name, &design.typography, language, studio)?;
    let mark = mark(order, design, wish, &letters)?;
    let key = &design.typography.display.key;
    let face = Face::new(key.clone(), studio.font(key)?)?;
    let word = wordmark::set(&face, name, language, design);
    let (title, idea) = say(&Words::new(language)?, name, &mark)?;
    let id = format!("{}-{}", wish.rank, mark.grammar);
    let mut checks = mark.verdict.checks(&id);
    let message = "Letters of the name that the display face could not draw.";
    let missing = format!("logo.{id}.letters-missing");
    checks.push(Check::new(
        missing,
        Severity::Gate,
        word.missing as f64,
        Comparison::Equal,
        0.0,
        "letters",
        message,
    ));
    Ok(Concept {
        format: 1,
        id,
        rank: wish.rank,
        grammar: mark.grammar.to_owned(),
        title,
        idea,
        mark: mark.drawing,
        wordmark: word.drawing,
        baseline: word.baseline,
        cap_height: word.cap_height,
        clear_space: CLEAR_SPACE,
        mark_px_min: mark.verdict.px_min,
        right_to_left: word.right_to_left,
        checks,
    })
}

/// The best try of the wished grammar, or of a sure one.
pub fn mark(order: &Order, design: &Design, wish: &Wish, letters: &Letters) -> Result<Mark, Fault> {
    let wanted = design.guidance.motifs.iter().filter_map(|wanted| motif::find(&wanted.id)).map(|(id, _)| id);
    let mut motifs: Vec<&'static str> = wanted.collect();
    if motifs.is_empty() {
        motifs.extend(MOTIFS_ANY);
    }
    let subject = Subject { letters, motifs: &motifs };
    let asked = std::iter::once(wish.grammar.as_str()).chain(SURE.iter().copied());
    asked
        .filter_map(grammar::find)
        .find_map(|(id, draw)| best(order, design, wish, &subject, id, draw))
        .ok_or_else(|| broken!("no mark for concept {} passes its gates", wish.rank))
}

/// The best try of the first idea that holds at 16 pixels; if none does, the best of all.
fn best(
    order: &Order,
    design: &Design,
    wish: &Wish,
    subject: &Subject,
    id: &'static str,
    draw: grammar::Draw,
) -> Option<Mark> {
    let taste = Taste::of(&design.guidance);
    // The whole name and the seed decide where a grammar starts and every number of a try.
    let purpose = format!("logo/{}/{id}/{}", order.brief.company_name, wish.round);
    let first = Rng::fork(order.seed, &purpose).below(usize::MAX);
    let mut best: Option<(f64, Mark)> = None;
    for idea in 0..IDEAS {
        for at in 0..TRIES {
            let mut rng = Rng::fork(order.seed, &format!("{purpose}/{idea}/{at}"));
            let mut pen = Pen { rng: &mut rng, taste, lead: (first >> 8).wrapping_add(idea) };
            let Some(sketch) = draw(&mut pen, subject) else { continue };
            let Some((drawing, verdict)) = passing(&sketch) else { continue };
            let score = verdict.score() + rng.between(0.0, LUCK);
            if best.as_ref().is_none_or(|(top, _)| score > *top) {
                best = Some((score, Mark { grammar: id, idea: sketch.idea, drawing, verdict }));
            }
        }
        if best.as_ref().is_some_and(|(_, mark)| mark.verdict.holds()) {
            break;
        }
    }
    best.map(|(_, mark)| mark)
}

fn passing(sketch: &Sketch) -> Option<(Drawing, Verdict)> {
    let drawing = fit(&sketch.art);
    let verdict = gate::judge(&drawing)?;
    Some((drawing, verdict))
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
