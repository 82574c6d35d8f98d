//! The desk that marks are drawn at: what an order gives to draw from, and one try after another.

use crate::art::{Idea, MIDDLE, Pen};
use crate::fit::fit;
use crate::gate::{self, Refusal, Verdict};
use crate::grammar::{self, Subject};
use crate::letters::{Letters, mark_cut, typeset};
use crate::motif;
use crate::taste::Taste;
use crate::wordbook;
use core_brand::brief::Order;
use core_brand::{Design, Drawing, Fault, Rng, Studio};
use core_typography::Face;
use core_vector::transform;
use kurbo::Affine;

/// What a trade without motifs of its own draws.
const MOTIFS_ANY: &[&str] = &["star", "arc", "spark", "wave", "leaf"];

/// One try: everything in it follows from these and the order.
pub use core_brand::concept::Recipe as Try;

/// A mark that passed its gates.
#[derive(Clone, Debug)]
pub struct Mark {
    pub grammar: &'static str,
    pub idea: Idea,
    pub drawing: Drawing,
    pub verdict: Verdict,
    /// 0 to 1, by chance: lifts one of two marks that measure nearly the same.
    pub luck: f64,
}

impl Mark {
    /// The drawing that is used at 16 pixels.
    #[must_use]
    pub fn at_16(&self) -> &Drawing {
        self.verdict.small.as_ref().map_or(&self.drawing, |small| &small.drawing)
    }
}

/// An order laid out for drawing.
pub struct Desk<'a> {
    order: &'a Order,
    taste: Taste,
    face: Face,
    /// As it is set.
    name: String,
    letters: Letters,
    motifs: Vec<&'static str>,
    is_named: bool,
}

impl<'a> Desk<'a> {
    pub fn open(order: &'a Order, design: &Design, studio: &dyn Studio) -> Result<Self, Fault> {
        let key = mark_cut(&design.typography.display.key);
        let face = Face::new(key.clone(), studio.font(&key)?)?;
        let name = typeset(&order.brief.company_name, &face);
        let letters = Letters::from_face(&face, &name, &order.brief.language);
        let wanted = design.guidance.motifs.iter().filter_map(|wanted| motif::find(&wanted.id));
        let industry: Vec<&'static str> = wanted.map(|(id, _)| id).collect();
        let is_named = wordbook::says_a_thing(&order.brief.company_name);
        let mut motifs = wordbook::motifs(&order.brief.company_name, &order.brief.industry, &industry);
        if motifs.is_empty() {
            motifs.extend(MOTIFS_ANY);
        }
        Ok(Self { order, taste: Taste::of(&design.guidance), face, name, letters, motifs, is_named })
    }

    /// Whether a grammar has anything to say about the name.
    #[must_use]
    pub fn suits(&self, grammar: &str) -> bool {
        grammar::suits(grammar, &self.subject())
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            name: &self.name,
            face: &self.face,
            language: &self.order.brief.language,
            letters: &self.letters,
            motifs: &self.motifs,
            is_named: self.is_named,
        }
    }

    /// Draws and judges one try; `None` when its grammar has nothing to say or a gate fails.
    #[must_use]
    pub fn mark(&self, wanted: &Try) -> Option<Mark> {
        self.draft(wanted)?.ok().and_then(|draft| settled(draft).ok())
    }

    /// Draws one try and asks every gate but the slow last ones; `None` when its grammar has nothing to say.
    pub(crate) fn draft(&self, wanted: &Try) -> Option<Result<Mark, Refusal>> {
        let (grammar, draw) = grammar::find(&wanted.grammar)?;
        // The whole name and the seed decide where a grammar starts and every number of a try.
        let purpose = format!("logo/{}/{grammar}/{}", self.order.brief.company_name, wanted.round);
        let lead = Rng::fork(self.order.seed, &purpose).below(LEADS) + wanted.idea as usize;
        let own = Rng::fork(self.order.seed, &format!("{purpose}/own")).below(OWN) as u64;
        let mut rng = Rng::fork(self.order.seed, &format!("{purpose}/{}/{}", wanted.idea, wanted.attempt));
        let mut pen = Pen { rng: &mut rng, taste: self.taste, lead, own };
        let sketch = draw(&mut pen, &self.subject())?;
        let is_form = sketch.idea.letters.is_empty() && sketch.idea.motif.is_empty();
        let art = if is_form { sketch.art.moved(stance(&mut rng)) } else { sketch.art };
        // The name decides whether a grammar speaks to it in one colour, not the try.
        let is_one = Rng::fork(self.order.seed, &format!("{purpose}/tones")).unit() < ONE_TONE;
        let drawing = fit(&if is_one { art.in_one() } else { art });
        let weighed = gate::weigh(&drawing);
        // What the name itself says is rarely the calmest figure, and worth more than luck.
        let is_said = self.is_named && self.motifs.first().is_some_and(|first| *first == sketch.idea.motif);
        let luck = if is_said { f64::midpoint(rng.unit(), 1.0) } else { rng.unit() };
        Some(weighed.map(|verdict| Mark { grammar, idea: sketch.idea, drawing, verdict, luck }))
    }
}

/// The last gates of a draft.
pub(crate) fn settled(draft: Mark) -> Result<Mark, Refusal> {
    let verdict = gate::settle(draft.verdict, &draft.drawing)?;
    Ok(Mark { verdict, ..draft })
}

/// A figure that is neither letter nor sign stands any way: one of four quarter turns, as it is or mirrored. The name
/// decides, so that two names with the same figure do not show the same.
fn stance(rng: &mut Rng) -> Affine {
    let turned = transform::turn(90.0 * rng.below(4) as f64, MIDDLE);
    if rng.below(2) == 0 { turned } else { turned * transform::mirror_x(MIDDLE.x) }
}

/// Ways in which the proportions of a name may fall.
const OWN: usize = 1 << 30;
/// How many marks are drawn in one colour, whatever parts they have.
const ONE_TONE: f64 = 0.5;
/// Where a name may start among the ideas of a grammar: a multiple of every number of ideas there is.
const LEADS: usize = 420;
