//! Checkpoints in a single file, where every part has other names, and some weights lie together.
//!
//! The layout is that of SDXL: two resnets a level, and every level that is doubled again on the way up attends.

use crate::weights::Weights;
use crate::{ModelError, Tensor};
use std::sync::Arc;

/// Resnets of a level, and what follows them.
const STEP: usize = 3;

/// A part of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    TextEncoder,
    TextEncoder2,
    Unet,
    /// With so many levels.
    Vae {
        levels: usize,
    },
}

/// A part of a checkpoint under the names of diffusers.
pub struct Single<W> {
    pub part: Part,
    pub file: Arc<W>,
}

/// Where a weight lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub name: String,
    pub kind: PlaceKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    Whole,
    /// One of three equal parts, one behind another.
    Third(usize),
    Transposed,
}

impl<W: Weights> Weights for Single<W> {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        let place = place(self.part, name).ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })?;
        let tensor = self.file.load(&place.name)?;
        match place.kind {
            PlaceKind::Whole => Ok(tensor),
            PlaceKind::Third(number) => third(tensor, number, &place.name),
            PlaceKind::Transposed => transposed(&tensor, &place.name),
        }
    }

    fn sides(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        let place = place(self.part, name).ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })?;
        let mut sides = self.file.sides(&place.name)?;
        match place.kind {
            PlaceKind::Whole => {}
            PlaceKind::Third(_) => sides.iter_mut().take(1).for_each(|side| *side /= 3),
            PlaceKind::Transposed => sides.reverse(),
        }
        Ok(sides)
    }
}

/// Where a single file has the weight that diffusers calls so.
#[must_use]
pub fn place(part: Part, name: &str) -> Option<Place> {
    let whole = |name: String| Some(Place { name, kind: PlaceKind::Whole });
    match part {
        Part::TextEncoder => whole(format!("conditioner.embedders.0.transformer.{name}")),
        Part::TextEncoder2 => open_clip(name),
        Part::Unet => {
            let (layer, end) = name.rsplit_once('.')?;
            whole(format!("model.diffusion_model.{}.{end}", unet_layer(layer)?))
        }
        Part::Vae { levels } => whole(format!("first_stage_model.{}", vae_name(name, levels)?)),
    }
}

fn open_clip(name: &str) -> Option<Place> {
    let at = |name: String, kind| Some(Place { name: format!("conditioner.embedders.1.model.{name}"), kind });
    match name {
        "text_projection.weight" => return at("text_projection".to_owned(), PlaceKind::Transposed),
        "text_model.embeddings.position_embedding.weight" => {
            return at("positional_embedding".to_owned(), PlaceKind::Whole);
        }
        "text_model.embeddings.token_embedding.weight" => {
            return at("token_embedding.weight".to_owned(), PlaceKind::Whole);
        }
        _ => {}
    }
    if let Some(end) = name.strip_prefix("text_model.final_layer_norm.") {
        return at(format!("ln_final.{end}"), PlaceKind::Whole);
    }
    let (number, rest) = name.strip_prefix("text_model.encoder.layers.")?.split_once('.')?;
    let (layer, end) = rest.rsplit_once('.')?;
    let block = format!("transformer.resblocks.{number}");
    let names = [
        ("layer_norm1", "ln_1"),
        ("layer_norm2", "ln_2"),
        ("mlp.fc1", "mlp.c_fc"),
        ("mlp.fc2", "mlp.c_proj"),
        ("self_attn.out_proj", "attn.out_proj"),
    ];
    if let Some((_, theirs)) = names.iter().find(|(ours, _)| *ours == layer) {
        return at(format!("{block}.{theirs}.{end}"), PlaceKind::Whole);
    }
    let thirds = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"];
    let third = thirds.iter().position(|third| *third == layer)?;
    at(format!("{block}.attn.in_proj_{end}"), PlaceKind::Third(third))
}

/// A layer of the UNet by its place in one long list.
#[must_use]
pub fn unet_layer(layer: &str) -> Option<String> {
    const ALONE: &[(&str, &str)] = &[
        ("time_embedding.linear_1", "time_embed.0"),
        ("time_embedding.linear_2", "time_embed.2"),
        ("add_embedding.linear_1", "label_emb.0.0"),
        ("add_embedding.linear_2", "label_emb.0.2"),
        ("conv_in", "input_blocks.0.0"),
        ("conv_norm_out", "out.0"),
        ("conv_out", "out.2"),
    ];
    if let Some((_, theirs)) = ALONE.iter().find(|(ours, _)| *ours == layer) {
        return Some((*theirs).to_owned());
    }
    let words: Vec<&str> = layer.split('.').collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<usize>().ok());
    let rest = |from: usize| words.get(from..).map(|rest| rest.join("."));
    match words[..] {
        ["down_blocks", _, "resnets", _, part] => {
            Some(format!("input_blocks.{}.0.{}", STEP * number(1)? + number(3)? + 1, resnet(part)?))
        }
        ["down_blocks", _, "attentions", ..] => {
            Some(format!("input_blocks.{}.1.{}", STEP * number(1)? + number(3)? + 1, rest(4)?))
        }
        ["down_blocks", _, "downsamplers", "0", "conv"] => {
            Some(format!("input_blocks.{}.0.op", STEP * (number(1)? + 1)))
        }
        ["mid_block", "resnets", _, part] => {
            Some(format!("middle_block.{}.{}", 2 * number(2)?, resnet(part)?))
        }
        ["mid_block", "attentions", "0", ..] => Some(format!("middle_block.1.{}", rest(3)?)),
        ["up_blocks", _, "resnets", _, part] => {
            Some(format!("output_blocks.{}.0.{}", STEP * number(1)? + number(3)?, resnet(part)?))
        }
        ["up_blocks", _, "attentions", ..] => {
            Some(format!("output_blocks.{}.1.{}", STEP * number(1)? + number(3)?, rest(4)?))
        }
        ["up_blocks", _, "upsamplers", "0", "conv"] => {
            Some(format!("output_blocks.{}.2.conv", STEP * number(1)? + STEP - 1))
        }
        _ => None,
    }
}

fn resnet(part: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("norm1", "in_layers.0"),
        ("conv1", "in_layers.2"),
        ("time_emb_proj", "emb_layers.1"),
        ("norm2", "out_layers.0"),
        ("conv2", "out_layers.3"),
        ("conv_shortcut", "skip_connection"),
    ];
    NAMES.iter().find(|(ours, _)| *ours == part).map(|(_, theirs)| *theirs)
}

fn vae_name(name: &str, levels: usize) -> Option<String> {
    let words: Vec<&str> = name.split('.').collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<usize>().ok());
    let shortcut =
        |part: &str| if part == "conv_shortcut" { "nin_shortcut".to_owned() } else { part.to_owned() };
    let attention = |part: &str| match part {
        "group_norm" => Some("norm"),
        "to_q" => Some("q"),
        "to_k" => Some("k"),
        "to_v" => Some("v"),
        _ => None,
    };
    let upward = |block: usize| (levels - 1).checked_sub(block);
    match words[..] {
        [side, "conv_norm_out", end] => Some(format!("{side}.norm_out.{end}")),
        [_, "conv_in" | "conv_out", _] | ["quant_conv" | "post_quant_conv", _] => Some(name.to_owned()),
        [side, "mid_block", "resnets", _, part, end] => {
            Some(format!("{side}.mid.block_{}.{}.{end}", number(3)? + 1, shortcut(part)))
        }
        [side, "mid_block", "attentions", "0", "to_out", "0", end] => {
            Some(format!("{side}.mid.attn_1.proj_out.{end}"))
        }
        [side, "mid_block", "attentions", "0", part, end] => {
            Some(format!("{side}.mid.attn_1.{}.{end}", attention(part)?))
        }
        ["encoder", "down_blocks", block, "resnets", _, part, end] => {
            Some(format!("encoder.down.{block}.block.{}.{}.{end}", number(4)?, shortcut(part)))
        }
        ["encoder", "down_blocks", block, "downsamplers", "0", "conv", end] => {
            Some(format!("encoder.down.{block}.downsample.conv.{end}"))
        }
        ["decoder", "up_blocks", _, "resnets", _, part, end] => {
            Some(format!("decoder.up.{}.block.{}.{}.{end}", upward(number(2)?)?, number(4)?, shortcut(part)))
        }
        ["decoder", "up_blocks", _, "upsamplers", "0", "conv", end] => {
            Some(format!("decoder.up.{}.upsample.conv.{end}", upward(number(2)?)?))
        }
        _ => None,
    }
}

fn third(tensor: Tensor, number: usize, name: &str) -> Result<Tensor, ModelError> {
    let mut shape = tensor.shape;
    let len = tensor.data.len() / 3;
    match shape.first_mut().filter(|side| side.is_multiple_of(3)) {
        Some(side) => *side /= 3,
        None => return Err(ModelError::Shape { name: name.to_owned(), found: shape, wanted: vec![3] }),
    }
    Ok(Tensor { shape, data: tensor.data[number * len..(number + 1) * len].to_vec() })
}

fn transposed(tensor: &Tensor, name: &str) -> Result<Tensor, ModelError> {
    let [rows, columns] = tensor.shape[..] else {
        return Err(ModelError::Shape {
            name: name.to_owned(),
            found: tensor.shape.clone(),
            wanted: vec![0, 0],
        });
    };
    let data = (0..rows * columns).map(|at| tensor.data[at % rows * columns + at / rows]).collect();
    Ok(Tensor { shape: vec![columns, rows], data })
}
