//! LoRAs: changes of weights of low rank, in the two ways that files name them.
//!
//! Names of diffusers: `unet.<layer>.lora_A.weight`, `.lora_B.weight`, also `.lora.down.weight`, `.lora.up.weight`. Names of
//! kohya: `lora_unet_<layer with underscores>.lora_down.weight`, `.lora_up.weight`, `.alpha`, where layers of the UNet may
//! be counted as in single files.

use crate::model::Parts;
use crate::plan::unet::Call;
use crate::plan::{clip, unet};
use crate::single;
use crate::weights::Weights;
use crate::{ModelError, Tensor};
use std::collections::{BTreeMap, BTreeSet};

/// Published ones have up to 256; a full weight has 1280.
const RANK_MAX: usize = 2048;

/// A LoRA, read.
#[derive(Clone, Debug, Default)]
pub struct Lora {
    /// By part and name of the weight.
    changes: BTreeMap<(&'static str, String), Change>,
    /// Layers by their names with underscores, which the model has to be asked for.
    flat: BTreeMap<String, Change>,
}

/// `up · down`, times the strength that the file gives it.
#[derive(Clone, Debug)]
struct Change {
    down: Tensor,
    up: Tensor,
    strength: f32,
}

/// How parts are called in files.
const PARTS: &[(&str, &[&str])] = &[
    ("text_encoder_2", &["text_encoder_2.", "lora_te2_"]),
    ("text_encoder", &["text_encoder.", "lora_te1_"]),
    ("unet", &["unet.", "lora_unet_"]),
];
const DOWN: &[&str] = &[".lora_A.weight", ".lora.down.weight", ".lora_down.weight"];
const UP: &[&str] = &[".lora_B.weight", ".lora.up.weight", ".lora_up.weight"];
const ALPHA: &str = ".alpha";

impl Lora {
    /// Reads every weight of a file. What is no LoRA, or another kind of one, is refused, not left out.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>, file: &dyn Weights) -> Result<Self, ModelError> {
        Self::read(names, &|name| file.load(name))
    }

    fn read<'a>(
        names: impl Iterator<Item = &'a str>,
        load: &dyn Fn(&str) -> Result<Tensor, ModelError>,
    ) -> Result<Self, ModelError> {
        let names: BTreeSet<&str> = names.collect();
        let mut lora = Self::default();
        for name in &names {
            let is = |ends: &[&str]| ends.iter().find_map(|end| name.strip_suffix(end));
            let Some(layer) = is(DOWN) else {
                if is(UP).is_none() && !name.ends_with(ALPHA) {
                    return Err(refused(&format!("`{name}` is of a kind that is not supported")));
                }
                continue;
            };
            let up = UP.iter().map(|end| format!("{layer}{end}")).find(|up| names.contains(up.as_str()));
            let up = up.ok_or_else(|| refused(&format!("`{layer}` has no second half")))?;
            let alpha = format!("{layer}{ALPHA}");
            let alpha = if names.contains(alpha.as_str()) { Some(load(&alpha)?) } else { None };
            lora.insert(layer, Change::new(layer, load(name)?, load(&up)?, alpha)?)?;
        }
        if lora.changes.is_empty() && lora.flat.is_empty() {
            return Err(refused("it holds no change"));
        }
        Ok(lora)
    }

    fn insert(&mut self, layer: &str, change: Change) -> Result<(), ModelError> {
        for (part, starts) in PARTS {
            if let Some(layer) = layer.strip_prefix(starts[0]) {
                self.changes.insert((part, format!("{layer}.weight")), change);
                return Ok(());
            }
            if layer.starts_with(starts[1]) {
                self.flat.insert(layer.to_owned(), change);
                return Ok(());
            }
        }
        Err(refused(&format!("`{layer}` is of no part of this model")))
    }

    /// Every change has its weight in the model; else it was made for another one.
    pub(crate) fn check(&self, parts: &Parts) -> Result<(), ModelError> {
        let side = 1 << (parts.unet.0.block_out_channels.len() - 1);
        let call = Call { images: 1, height: side, width: side, tokens: 1 };
        let plans = [
            ("text_encoder", clip::plan(&parts.text_encoders[0].0, 1, true)?),
            ("text_encoder_2", clip::plan(&parts.text_encoders[1].0, 1, true)?),
            ("unet", unet::plan(&parts.unet.0, call, false)?),
        ];
        let mut unused = self.changes.len() + self.flat.len();
        for (part, plan) in &plans {
            for weight in &plan.weights {
                for change in self.of(part, &weight.name) {
                    change.check(&weight.name, &weight.shape)?;
                    unused = unused.saturating_sub(1);
                }
            }
        }
        if unused == 0 {
            return Ok(());
        }
        Err(refused(&format!("{unused} of its changes are of another model")))
    }

    fn of(&self, part: &str, name: &str) -> impl Iterator<Item = &Change> {
        let key = PARTS.iter().find(|(known, _)| *known == part);
        let named = key.and_then(|(part, _)| self.changes.get(&(*part, name.to_owned())));
        let flat = key.filter(|_| !self.flat.is_empty()).into_iter().flat_map(move |(part, starts)| {
            let layer = name.strip_suffix(".weight").unwrap_or_default();
            let other = if *part == "unet" { single::unet_layer(layer) } else { None };
            let names = [Some(layer.to_owned()), other].into_iter().flatten();
            names.map(|layer| format!("{}{}", starts[1], layer.replace('.', "_"))).collect::<Vec<_>>()
        });
        named.into_iter().chain(flat.filter_map(|name| self.flat.get(&name)))
    }
}

impl Change {
    fn new(layer: &str, down: Tensor, up: Tensor, alpha: Option<Tensor>) -> Result<Self, ModelError> {
        let rank = down.shape.first().copied().unwrap_or_default();
        let is_fine = down.shape.len() >= 2 && up.shape.len() >= 2 && up.shape[1] == rank;
        if !is_fine || !(1..=RANK_MAX).contains(&rank) || up.shape[2..].iter().any(|side| *side != 1) {
            return Err(refused(&format!("`{layer}` is {:?} and {:?}", down.shape, up.shape)));
        }
        if let Some(alpha) = alpha.as_ref().filter(|alpha| alpha.shape.iter().any(|side| *side != 1)) {
            return Err(refused(&format!("the alpha of `{layer}` is {:?}, and not one number", alpha.shape)));
        }
        let alpha = alpha.and_then(|alpha| alpha.data.first().copied()).unwrap_or(rank as f32);
        Ok(Self { down, up, strength: alpha / rank as f32 })
    }

    /// Whether it has the dimensions of a weight; gives the inputs of each output.
    fn check(&self, name: &str, wanted: &[usize]) -> Result<usize, ModelError> {
        let (outputs, inputs) = (self.up.shape[0], self.down.shape[1..].iter().product::<usize>());
        if wanted.first() == Some(&outputs)
            && outputs.saturating_mul(inputs) == wanted.iter().product::<usize>()
        {
            return Ok(inputs);
        }
        let found = [&[outputs], &self.down.shape[1..]].concat();
        Err(ModelError::Shape { name: name.to_owned(), found, wanted: wanted.to_vec() })
    }

    /// Adds `scale` times this to a weight.
    fn merge(&self, name: &str, weight: &mut Tensor, scale: f32) -> Result<(), ModelError> {
        let (rank, inputs) = (self.up.shape[1], self.check(name, &weight.shape)?);
        let by = scale * self.strength;
        for (row, up) in weight.data.chunks_mut(inputs).zip(self.up.data.chunks(rank)) {
            for (share, down) in up.iter().zip(self.down.data.chunks(inputs)) {
                for (value, down) in row.iter_mut().zip(down) {
                    *value += by * share * down;
                }
            }
        }
        Ok(())
    }
}

/// A LoRA of which the dimensions are known, and no number: enough to tell whether it fits, and what it will take.
#[derive(Clone, Debug)]
pub struct LoraOutline(Lora);

impl LoraOutline {
    pub fn new<'a>(names: impl Iterator<Item = &'a str>, file: &dyn Weights) -> Result<Self, ModelError> {
        let bare = |name: &str| Ok(Tensor { shape: file.sides(name)?, data: Vec::new() });
        Ok(Self(Lora::read(names, &bare)?))
    }

    /// Every change has its weight in the model; else it was made for another one.
    pub fn check(&self, parts: &Parts) -> Result<(), ModelError> {
        self.0.check(parts)
    }

    /// Numbers of each of its tensors.
    pub(crate) fn lens(&self) -> impl Iterator<Item = usize> {
        let changes = self.0.changes.values().chain(self.0.flat.values());
        changes.flat_map(|change| [&change.down, &change.up]).map(|half| half.shape.iter().product())
    }
}

/// Weights of a part with LoRAs merged into them.
pub(crate) struct Merged<'a> {
    pub(crate) part: &'static str,
    pub(crate) base: &'a dyn Weights,
    pub(crate) loras: &'a [(&'a Lora, f32)],
}

impl Weights for Merged<'_> {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        let mut weight = self.base.load(name)?;
        for (lora, scale) in self.loras {
            for change in lora.of(self.part, name) {
                change.merge(name, &mut weight, *scale)?;
            }
        }
        Ok(weight)
    }

    fn sides(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        self.base.sides(name)
    }
}

fn refused(why: &str) -> ModelError {
    ModelError::Unsupported { why: format!("this LoRA: {why}") }
}
