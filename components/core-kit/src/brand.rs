//! Everything decided and drawn so far, read once.

use core_brand::brief::Order;
use core_brand::step::{Document, find};
use core_brand::{Concept, Design, Fault, Rgb, Studio, broken};
use core_words::Words;

/// A brand as the kit step sees it.
pub struct Brand {
    pub order: Order,
    pub design: Design,
    /// By rank; never empty.
    concepts: Vec<Concept>,
    pub words: Words,
}

impl Brand {
    pub fn read(inputs: &[Document], studio: &dyn Studio) -> Result<Self, Fault> {
        let concepts: Result<Vec<Concept>, Fault> =
            Concept::documents(inputs).into_iter().map(|document| document.json(studio)).collect();
        Self::new(
            find(inputs, Order::DOCUMENT)?.json(studio)?,
            find(inputs, Design::DOCUMENT)?.json(studio)?,
            concepts?,
        )
    }

    pub fn new(order: Order, design: Design, mut concepts: Vec<Concept>) -> Result<Self, Fault> {
        if concepts.is_empty() {
            return Err(broken!("a brand without a concept"));
        }
        concepts.sort_by_key(|concept| concept.rank);
        let words = Words::new(&order.brief.language)?;
        Ok(Self { order, design, concepts, words })
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.order.brief.company_name
    }

    /// The recommended concept: the brand's logo wherever one stands.
    #[must_use]
    pub fn logo(&self) -> &Concept {
        &self.concepts[0]
    }

    #[must_use]
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    pub fn say(&self, key: &str) -> Result<String, Fault> {
        self.words.say(key, &[])
    }

    /// A colour of the palette that every design has.
    pub fn swatch(&self, id: &str) -> Result<Rgb, Fault> {
        self.design
            .palette
            .swatch(id)
            .map(|swatch| swatch.rgb)
            .ok_or_else(|| broken!("a palette without `{id}`"))
    }

    /// A step of the neutral scale.
    pub fn neutral(&self, step: u16) -> Result<Rgb, Fault> {
        let scale = self.design.palette.scales.iter().find(|scale| scale.id == "neutral");
        let found = scale.and_then(|scale| scale.steps.iter().find(|one| one.step == step));
        found.map(|one| one.rgb).ok_or_else(|| broken!("a palette without `neutral` {step}"))
    }

    pub fn role(&self, theme: &str, role: &str) -> Result<Rgb, Fault> {
        let theme_of =
            self.design.palette.theme(theme).ok_or_else(|| broken!("a palette without `{theme}`"))?;
        theme_of.role(role).ok_or_else(|| broken!("a theme without `{role}`"))
    }
}

/// A colour between two; `share` of the second.
pub(crate) fn mix(one: Rgb, two: Rgb, share: f64) -> Rgb {
    one.mix(two, share)
}
