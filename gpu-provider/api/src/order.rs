//! What is ordered.

use crate::PaintError;
use crate::limits::{
    AREA_PX_MAX, CONTROL_SCALE_MAX, CONTROLS_MAX, COUNT_MAX, GUIDANCE_MAX, LORA_SCALE_MAX, LORAS_MAX,
    NAME_BYTES_MAX, PROMPT_BYTES_MAX, SIDE_PX_MAX, SIDE_PX_MIN, SIDE_STEP_PX, STEPS_MAX,
};
use std::fmt::Display;

/// One order of one or more pictures.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// `name` or `name@version`.
    pub model: String,
    /// Words; `(word:1.2)` weighs them.
    pub prompt: String,
    /// What shall not be there. Empty: nothing is taken away.
    pub negative_prompt: String,
    pub width: u32,
    pub height: u32,
    pub steps: u32,
    /// 1 and less: the prompt alone, at half the work.
    pub guidance: f32,
    pub sampler: Sampler,
    /// The picture at place `n` has the seed `seed + n`, so that it can be painted again alone.
    pub seed: u64,
    pub noise: Noise,
    pub count: u32,
    pub loras: Vec<Lora>,
    /// A picture to begin with.
    pub source: Option<Source>,
    pub controls: Vec<Control>,
}

/// How noise becomes a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampler {
    Euler,
    EulerAncestral,
    DpmPlusPlus2mKarras,
    /// For models distilled to consistency; without guidance.
    Lcm,
    /// Ancestral steps from the last one backwards; for models distilled to 1 to 4 steps.
    Turbo,
    /// Euler steps from the last one backwards; for models distilled to 2 to 8 steps.
    Lightning,
}

impl Sampler {
    pub const ALL: [Self; 6] = [
        Self::Euler,
        Self::EulerAncestral,
        Self::DpmPlusPlus2mKarras,
        Self::Lcm,
        Self::Turbo,
        Self::Lightning,
    ];

    /// As the contract names it, and so people and files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Euler => "euler",
            Self::EulerAncestral => "euler-ancestral",
            Self::DpmPlusPlus2mKarras => "dpm-multistep-karras",
            Self::Lcm => "lcm",
            Self::Turbo => "turbo",
            Self::Lightning => "lightning",
        }
    }

    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sampler| sampler.word() == word)
    }
}

/// Where the noise comes from. Both give the same numbers on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// What PyTorch makes on a GPU.
    Philox,
    /// What PyTorch makes on a CPU.
    Mt19937,
}

/// A change of the model's weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Lora {
    pub name: String,
    pub scale: f32,
}

/// A picture to begin with.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub picture: Picture,
    /// 0 leaves it, 1 paints it anew.
    pub strength: f32,
    /// Where to paint: one byte a pixel, above 127 is painted anew. None: everywhere.
    pub mask: Option<Vec<u8>>,
}

/// A picture that the new one follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    pub model: String,
    pub picture: Picture,
    pub scale: f32,
}

/// Red, green, blue, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

impl Picture {
    /// Bytes that width and height ask for.
    #[must_use]
    pub fn bytes_of(width: u32, height: u32) -> usize {
        (width as usize).saturating_mul(height as usize).saturating_mul(3)
    }
}

impl Order {
    /// An order with the settings that most people keep.
    #[must_use]
    pub fn new(model: &str, prompt: &str) -> Self {
        Self {
            model: model.to_owned(),
            prompt: prompt.to_owned(),
            negative_prompt: String::new(),
            width: 1024,
            height: 1024,
            steps: 30,
            guidance: 5.0,
            sampler: Sampler::Euler,
            seed: 0,
            noise: Noise::Philox,
            count: 1,
            loras: Vec::new(),
            source: None,
            controls: Vec::new(),
        }
    }

    /// The first limit that is broken.
    pub fn check(&self) -> Result<(), PaintError> {
        named("model", &self.model)?;
        at_most("prompt", self.prompt.len(), PROMPT_BYTES_MAX)?;
        at_most("negative_prompt", self.negative_prompt.len(), PROMPT_BYTES_MAX)?;
        side("width", self.width)?;
        side("height", self.height)?;
        at_most("width x height", self.width * self.height, AREA_PX_MAX)?;
        within("steps", self.steps, 1, STEPS_MAX)?;
        self.check_guidance()?;
        within("count", self.count, 1, COUNT_MAX)?;
        at_most("seed", self.seed, u64::MAX - u64::from(COUNT_MAX))?;
        at_most("loras", self.loras.len(), LORAS_MAX)?;
        for lora in &self.loras {
            named("loras.name", &lora.name)?;
            within("loras.scale", lora.scale, -LORA_SCALE_MAX, LORA_SCALE_MAX)?;
        }
        at_most("controls", self.controls.len(), CONTROLS_MAX)?;
        for control in &self.controls {
            named("controls.model", &control.model)?;
            within("controls.scale", control.scale, 0.0, CONTROL_SCALE_MAX)?;
            self.same_size("controls.picture", &control.picture)?;
        }
        self.source.as_ref().map_or(Ok(()), |source| self.check_source(source))
    }

    /// A consistency model has guidance within it: more of it breaks the picture.
    fn check_guidance(&self) -> Result<(), PaintError> {
        if self.sampler == Sampler::Lcm && self.guidance > 1.0 {
            let allowed = "0 to 1 with the sampler `lcm`, which is without guidance".to_owned();
            return Err(PaintError::OutOfRange {
                field: "guidance",
                value: self.guidance.to_string(),
                allowed,
            });
        }
        within("guidance", self.guidance, 0.0, GUIDANCE_MAX)
    }

    fn check_source(&self, source: &Source) -> Result<(), PaintError> {
        within("source.strength", source.strength, 0.0, 1.0)?;
        self.same_size("source.picture", &source.picture)?;
        let pixels = (self.width * self.height) as usize;
        source.mask.as_ref().map_or(Ok(()), |mask| within("source.mask", mask.len(), pixels, pixels))
    }

    fn same_size(&self, field: &'static str, picture: &Picture) -> Result<(), PaintError> {
        within(field, picture.width, self.width, self.width)?;
        within(field, picture.height, self.height, self.height)?;
        let bytes = Picture::bytes_of(self.width, self.height);
        within(field, picture.rgb.len(), bytes, bytes)
    }
}

fn named(field: &'static str, value: &str) -> Result<(), PaintError> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.@".contains(&byte);
    let is_name =
        value.bytes().all(is_letter) && value.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    if is_name && value.len() <= NAME_BYTES_MAX {
        return Ok(());
    }
    Err(PaintError::Name { field, value: value.chars().take(NAME_BYTES_MAX).collect() })
}

fn side(field: &'static str, value: u32) -> Result<(), PaintError> {
    within(field, value, SIDE_PX_MIN, SIDE_PX_MAX)?;
    if value.is_multiple_of(SIDE_STEP_PX) {
        return Ok(());
    }
    Err(PaintError::OutOfRange {
        field,
        value: value.to_string(),
        allowed: format!("a multiple of {SIDE_STEP_PX}"),
    })
}

fn at_most<T: Copy + PartialOrd + Display>(field: &'static str, value: T, max: T) -> Result<(), PaintError> {
    if value <= max {
        return Ok(());
    }
    Err(PaintError::OutOfRange { field, value: value.to_string(), allowed: format!("at most {max}") })
}

/// What is not a number is within nothing.
fn within<T: Copy + PartialOrd + Display>(
    field: &'static str,
    value: T,
    min: T,
    max: T,
) -> Result<(), PaintError> {
    if value >= min && value <= max {
        return Ok(());
    }
    let allowed = if min == max { min.to_string() } else { format!("{min} to {max}") };
    Err(PaintError::OutOfRange { field, value: value.to_string(), allowed })
}
