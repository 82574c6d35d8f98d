//! Concepts that a painter paints: what an order wishes, what the painter is told, and what it answered.
//!
//! A painter is the only part of a job that may be away, slow or at a loss without the job being so: what it did not paint
//! is missing from the kit, and the kit says why.

use crate::content::BlobRef;
use crate::fault::{Code, Fault};
use serde::{Deserialize, Serialize};

/// Pictures of a painter cost more than all else of a kit, and more of them are one idea again.
pub const CONCEPTS_MAX: u32 = 3;
/// A painter takes no more.
pub const STEPS_MAX: u32 = 150;
/// Bytes of the name of a model: what painters take.
pub const NAME_BYTES_MAX: usize = 128;
/// Pictures for one concept: the best of those that become a mark is taken.
pub const TRIES: u32 = 3;
/// A smaller picture does not become a mark, whatever it shows.
const SIDE_PX_MIN: u32 = 256;
/// The side that prompts are written for.
const SIDE_PX_USUAL: u32 = 1024;
/// Painters take sides of so many pixels, and multiples.
const SIDE_PX_STEP: u32 = 64;
/// Steps of models that were distilled to few.
const STEPS_FEW: u32 = 4;
/// The settings of these models: they paint in few steps, and the prompt alone.
const DISTILLED: [&str; 3] = ["lcm", "turbo", "lightning"];
/// All settings, by the names of the contract of painters.
pub const SAMPLERS: [&str; 6] =
    ["euler", "euler-ancestral", "dpm-multistep-karras", DISTILLED[0], DISTILLED[1], DISTILLED[2]];
/// The painter without a model. It is asked for by this name alone, and is never an answer for another.
pub const PROCEDURAL: &str = "procedural";

/// The painted concepts of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paintings {
    /// A name, `name@version`, an alias of the painter, or `procedural`.
    pub model: String,
    #[serde(default = "one")]
    pub concepts: u32,
    /// What the sampler usually takes, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<u32>,
    /// `euler` where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampler: Option<String>,
}

fn one() -> u32 {
    1
}

impl Paintings {
    /// The first limit that is broken.
    pub fn check(&self) -> Result<(), Fault> {
        within("painted.concepts", self.concepts, CONCEPTS_MAX)?;
        self.steps.map_or(Ok(()), |steps| within("painted.steps", steps, STEPS_MAX))?;
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.@".contains(&byte);
        let is_name = self.model.bytes().all(is_letter)
            && self.model.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
        if !is_name || self.model.len() > NAME_BYTES_MAX {
            let value = self.model.chars().take(NAME_BYTES_MAX).collect();
            let args = [("field", "painted.model".to_owned()), ("value", value)];
            return Err(wished(Fault::new(Code::PaintName, args)));
        }
        match &self.sampler {
            Some(sampler) if !SAMPLERS.contains(&sampler.as_str()) => {
                Err(range("painted.sampler", sampler.clone(), SAMPLERS.join(", ")))
            }
            _ => Ok(()),
        }
    }

    fn is_distilled(&self) -> bool {
        self.sampler.as_deref().is_some_and(|sampler| DISTILLED.contains(&sampler))
    }
}

fn within(field: &str, value: u32, max: u32) -> Result<(), Fault> {
    if (1..=max).contains(&value) {
        return Ok(());
    }
    Err(range(field, value.to_string(), format!("1 to {max}")))
}

fn range(field: &str, value: String, allowed: String) -> Fault {
    wished(Fault::new(
        Code::PaintRange,
        [("field", field.to_owned()), ("value", value), ("allowed", allowed)],
    ))
}

/// The fault of a wish, which is one field of a brief.
fn wished(fault: Fault) -> Fault {
    Fault { field: Some("painted".to_owned()), ..fault }
}

/// What a painter is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaintOrder {
    pub format: u32,
    pub model: String,
    pub prompt: String,
    pub negative: String,
    /// As for a model of 1024 pixels.
    pub width: u32,
    pub height: u32,
    pub steps: u32,
    pub guidance: f64,
    pub sampler: String,
    pub seed: u64,
    /// Pictures, each with the next seed.
    pub count: u32,
}

impl PaintOrder {
    pub const DOCUMENT: &str = "paint-order.json";

    /// The wish over what the prompt's own settings are.
    #[must_use]
    pub fn wished(self, wish: &Paintings) -> Self {
        let few = wish.is_distilled();
        Self {
            model: wish.model.clone(),
            steps: wish.steps.unwrap_or(if few { STEPS_FEW } else { self.steps }),
            guidance: if few { 1.0 } else { self.guidance },
            sampler: wish.sampler.clone().unwrap_or(self.sampler),
            ..self
        }
    }

    /// The side that the model was trained at, by the names of models and their sides; an alias counts as most models.
    #[must_use]
    pub fn native_px<'a>(&self, models: impl IntoIterator<Item = (&'a str, u32)>) -> u32 {
        let is_meant = |name: &str| name == self.model || name.split('@').next() == Some(&self.model);
        let mut found = models.into_iter().filter(|(name, _)| is_meant(name));
        found.next().map_or(SIDE_PX_USUAL, |(_, native_px)| native_px)
    }

    /// The size for a model that was trained at this side, in the same shape.
    #[must_use]
    pub fn sides(&self, native_px: u32) -> [u32; 2] {
        [self.width, self.height].map(|side| {
            let scaled = u64::from(side) * u64::from(native_px) / u64::from(SIDE_PX_USUAL);
            let scaled = u32::try_from(scaled).unwrap_or(u32::MAX);
            (scaled / SIDE_PX_STEP * SIDE_PX_STEP).max(SIDE_PX_MIN)
        })
    }
}

/// What came of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaintAnswer {
    pub format: u32,
    /// None: it was not painted, and `missed` says why.
    pub pictures: Vec<Painted>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<Why>,
}

impl PaintAnswer {
    pub const DOCUMENT: &str = "paint-answer.json";

    #[must_use]
    pub fn of(painted: Result<Vec<Painted>, Fault>) -> Self {
        match painted {
            Ok(pictures) => Self { format: 1, pictures, missed: None },
            Err(fault) => Self { format: 1, pictures: Vec::new(), missed: Some(Why::of(&fault)) },
        }
    }
}

/// A picture, and what painted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Painted {
    pub content: BlobRef,
    pub width: u32,
    pub height: u32,
    pub seed: u64,
    /// `name@version`.
    pub model: String,
    /// `reference`, `cuda`, or `procedural`: drawn by rules, without a model.
    pub backend: String,
}

/// A fault as a kit tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    pub code: String,
    /// In English.
    pub message: String,
}

impl Why {
    #[must_use]
    pub fn of(fault: &Fault) -> Self {
        Self { code: fault.code.clone(), message: fault.message.clone() }
    }
}

/// Where a painted concept comes from: enough to paint it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// `name@version`.
    pub model: String,
    pub backend: String,
    pub seed: u64,
    pub prompt: String,
    pub negative: String,
    pub width: u32,
    pub height: u32,
    pub steps: u32,
    pub guidance: f64,
    pub sampler: String,
    /// The file of the kit that was traced.
    pub picture: String,
}

impl Origin {
    /// Whether it was drawn by rules, and no model painted it.
    #[must_use]
    pub fn is_procedural(&self) -> bool {
        self.backend == PROCEDURAL
    }
}

/// A concept that was wished for, and is not in the kit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    /// `paint-01`.
    pub id: String,
    #[serde(flatten)]
    pub why: Why,
}

impl Missed {
    /// The document of a painted concept that is missing.
    #[must_use]
    pub fn document(id: &str) -> String {
        format!("missed-{id}.json")
    }

    /// Whether a document of this name tells of one.
    #[must_use]
    pub fn is_told(name: &str) -> bool {
        name.starts_with("missed-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> Paintings {
        Paintings { model: "sdxl-base@1.0".to_owned(), concepts: 1, steps: None, sampler: None }
    }

    #[test]
    fn wishes_are_bounded() {
        assert!(wish().check().is_ok());
        type Case = (fn(&mut Paintings), Code);
        let cases: [Case; 8] = [
            (|wish| wish.concepts = 0, Code::PaintRange),
            (|wish| wish.concepts = 4, Code::PaintRange),
            (|wish| wish.steps = Some(0), Code::PaintRange),
            (|wish| wish.steps = Some(151), Code::PaintRange),
            (|wish| wish.sampler = Some("fast".to_owned()), Code::PaintRange),
            (|wish| wish.model = String::new(), Code::PaintName),
            (|wish| wish.model = "../x".to_owned(), Code::PaintName),
            (|wish| wish.model = "x".repeat(129), Code::PaintName),
        ];
        for (at, (change, code)) in cases.into_iter().enumerate() {
            let mut wish = wish();
            change(&mut wish);
            let fault = wish.check().unwrap_err();
            assert!(fault.is(code) && fault.field.as_deref() == Some("painted"), "{at}: {fault:?}");
        }
    }

    #[test]
    fn distilled_models_paint_in_few_steps_and_the_prompt_alone() {
        let order = PaintOrder {
            format: 1,
            model: String::new(),
            prompt: "a leaf".to_owned(),
            negative: String::new(),
            width: 1152,
            height: 896,
            steps: 30,
            guidance: 7.0,
            sampler: "euler".to_owned(),
            seed: 7,
            count: 1,
        };
        let told = |wish: &Paintings| {
            let told = order.clone().wished(wish);
            (told.steps, told.guidance, told.sampler)
        };
        assert_eq!(told(&wish()), (30, 7.0, "euler".to_owned()));
        let turbo = Paintings { sampler: Some("turbo".to_owned()), ..wish() };
        assert_eq!(told(&turbo), (4, 1.0, "turbo".to_owned()));
        assert_eq!(told(&Paintings { steps: Some(1), ..turbo }).0, 1);
        for (native, sides) in [(1024, [1152, 896]), (512, [576, 448]), (64, [256, 256])] {
            assert_eq!(order.sides(native), sides);
        }
    }
}
