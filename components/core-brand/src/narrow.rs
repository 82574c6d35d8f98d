//! What a task is given of the decisions: no more than it reads, so that its key changes only when what it makes may.
//!
//! Documents keep their names and their form; what is left out is empty.

use crate::brief::{Brief, Order};
use crate::concept::Concept;
use crate::design::{
    Design, IndustryMatch, LogoColors, LogoGuidance, Palette, StyleMatch, Swatch, Typography,
};
use crate::rgb::Rgb;
use std::collections::BTreeMap;

impl Order {
    /// Whose brand it is: all that pictures know of an order.
    #[must_use]
    pub fn called(&self) -> Self {
        let named = self.named();
        Self { brief: Brief { language: String::new(), ..named.brief }, ..named }
    }

    /// Whose brand it is, and in which language: all that the website, tokens and papers know of an order.
    #[must_use]
    pub fn named(&self) -> Self {
        let drawn = self.drawn();
        Self { seed: 0, like: None, brief: Brief { industry: String::new(), ..drawn.brief }, ..drawn }
    }

    /// What a drawing knows: also the words of the trade, the chance, and what it is to be like; neither colour nor the
    /// size of the kit, nor what it is to be unlike, which is over when it was chosen.
    #[must_use]
    pub fn drawn(&self) -> Self {
        let brief = Brief {
            company_name: self.brief.company_name.clone(),
            language: self.brief.language.clone(),
            industry: self.brief.industry.clone(),
            style: String::new(),
            primary_color: None,
            complexity: crate::Complexity::default(),
            distance: None,
        };
        Self {
            brief,
            concepts: 0,
            polish: false,
            graph: None,
            unlike: Vec::new(),
            templates: None,
            painted: None,
            ..self.clone()
        }
    }
}

impl Design {
    /// Colours and faces, without words about them: what is seen.
    #[must_use]
    pub fn seen(&self) -> Self {
        let wordless = |swatch: &Swatch| Swatch { name: String::new(), ..swatch.clone() };
        let swatches = self.palette.swatches.iter().map(wordless).collect();
        let palette = Palette { swatches, ..self.palette.clone() };
        let typography = Typography { rule: String::new(), ..self.typography.clone() };
        Self { palette, typography, ..self.bare() }
    }

    /// Faces and guidance, without any colour: what a drawing obeys.
    #[must_use]
    pub fn drawn(&self) -> Self {
        let typography = Typography { rule: String::new(), ..self.typography.clone() };
        Self { typography, guidance: self.guidance.clone(), ..self.bare() }
    }

    /// The faces alone.
    #[must_use]
    pub fn set(&self) -> Self {
        let typography = Typography { rule: String::new(), ..self.typography.clone() };
        Self { typography, ..self.bare() }
    }

    /// Nothing but the form; typography has no empty one.
    fn bare(&self) -> Self {
        let (none, guidance) = (String::new, &self.guidance);
        Self {
            format: self.format,
            industry: IndustryMatch {
                asked: none(),
                id: none(),
                name: none(),
                confidence: 0.0,
                alternatives: Vec::new(),
            },
            style: StyleMatch { asked: none(), id: none(), name: none(), confidence: 0.0 },
            traits: BTreeMap::new(),
            palette: colorless(),
            typography: self.typography.clone(),
            guidance: LogoGuidance {
                grammars: Vec::new(),
                motifs: Vec::new(),
                cliches: Vec::new(),
                ..*guidance
            },
            reasons: Vec::new(),
            warnings: Vec::new(),
            checks: Vec::new(),
            polish: None,
            graph: None,
            distance: None,
        }
    }
}

fn colorless() -> Palette {
    let [ink, paper] = [Rgb::BLACK, Rgb::WHITE];
    Palette {
        swatches: Vec::new(),
        scales: Vec::new(),
        themes: Vec::new(),
        contrasts: Vec::new(),
        logo: LogoColors {
            mark: ink,
            accent: ink,
            ink,
            ground_dark: ink,
            mark_on_dark: paper,
            accent_on_dark: paper,
            ink_on_dark: paper,
            on_primary: paper,
        },
        given: false,
        print: None,
    }
}

impl Concept {
    /// The outlines with their measures, without words and checks.
    #[must_use]
    pub fn outlines(&self) -> Self {
        Self {
            title: String::new(),
            idea: String::new(),
            checks: Vec::new(),
            recipe: None,
            silhouette: None,
            painted: None,
            ..self.clone()
        }
    }
}
