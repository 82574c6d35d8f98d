//! The desk that marks are drawn at: what an order gives to draw from, and one try after another.

use crate::art::{Idea, Pen};
use crate::fit::fit;
use crate::gate::{self, Verdict};
use crate::grammar::{self, Subject};
use crate::letters::{Letters, mark_cut, typeset};
use crate::motif;
use crate::taste::Taste;
use core_brand::brief::Order;
use core_brand::{Design, Drawing, Fault, Rng, Studio};
use core_typography::Face;
use serde::{Deserialize, Serialize};

/// What a trade without motifs of its own draws.
const MOTIFS_ANY: &[&str] = &["star", "arc", "spark", "wave", "leaf"];

/// One try: everything in it follows from these and the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    pub grammar: String,
    /// 0 for the first concept of a grammar in an order, 1 for the next.
    pub round: u32,
    /// Which of the grammar's ideas, counted from the one that the name leads with.
    pub idea: u32,
    pub attempt: u32,
}

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

/// An order laid out for drawing.
pub struct Desk<'a> {
    order: &'a Order,
    taste: Taste,
    face: Face,
    /// As it is set.
    name: String,
    letters: Letters,
    motifs: Vec<&'static str>,
}

impl<'a> Desk<'a> {
    pub fn open(order: &'a Order, design: &Design, studio: &dyn Studio) -> Result<Self, Fault> {
        let key = mark_cut(&design.typography.display.key);
        let face = Face::new(key.clone(), studio.font(&key)?)?;
        let name = typeset(&order.brief.company_name, &face);
        let letters = Letters::from_face(&face, &name, &order.brief.language);
        let wanted = design.guidance.motifs.iter().filter_map(|wanted| motif::find(&wanted.id));
        let mut motifs: Vec<&'static str> = wanted.map(|(id, _)| id).collect();
        if motifs.is_empty() {
            motifs.extend(MOTIFS_ANY);
        }
        Ok(Self { order, taste: Taste::of(&design.guidance), face, name, letters, motifs })
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
        }
    }

    /// Draws and judges one try; `None` when its grammar has nothing to say or a gate fails.
    #[must_use]
    pub fn mark(&self, wanted: &Try) -> Option<Mark> {
        let (grammar, draw) = grammar::find(&wanted.grammar)?;
        // The whole name and the seed decide where a grammar starts and every number of a try.
        let purpose = format!("logo/{}/{grammar}/{}", self.order.brief.company_name, wanted.round);
        let lead = Rng::fork(self.order.seed, &purpose).below(LEADS) + wanted.idea as usize;
        let own = Rng::fork(self.order.seed, &format!("{purpose}/own")).below(OWN) as u64;
        let mut rng = Rng::fork(self.order.seed, &format!("{purpose}/{}/{}", wanted.idea, wanted.attempt));
        let mut pen = Pen { rng: &mut rng, taste: self.taste, lead, own };
        let sketch = draw(&mut pen, &self.subject())?;
        // The name decides whether a grammar speaks to it in one colour, not the try.
        let is_one = Rng::fork(self.order.seed, &format!("{purpose}/tones")).unit() < ONE_TONE;
        let drawing = fit(&if is_one { sketch.art.in_one() } else { sketch.art });
        let verdict = gate::judge(&drawing)?;
        Some(Mark { grammar, idea: sketch.idea, drawing, verdict, luck: rng.unit() })
    }
}

/// Ways in which the proportions of a name may fall.
const OWN: usize = 1 << 30;
/// How many marks are drawn in one colour, whatever parts they have.
const ONE_TONE: f64 = 0.5;
/// Where a name may start among the ideas of a grammar: a multiple of every number of ideas there is.
const LEADS: usize = 420;
