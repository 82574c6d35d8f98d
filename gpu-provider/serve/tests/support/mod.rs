//! A tiny model in a folder: configurations as diffusers saved them, weights that follow from their names.
#![allow(dead_code, reason = "each suite uses a part")]

use imprint_painter::Order;
use imprint_painter_reference::config::{ClipConfig, UnetConfig, VaeConfig};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Plan, clip, control, unet, vae};
use imprint_painter_reference::single::{Part, PlaceKind, place};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A prompt that the vocabulary of the tiny model has words for.
pub(crate) const PROMPT: &str = "a fox by the river, flat vector drawing";

fn saved() -> PathBuf {
    let folder = |above: &Path| above.join("gpu-provider/reference/tests/fixtures/folder");
    let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(folder);
    above.find(|folder| folder.is_dir()).unwrap()
}

fn config<T: DeserializeOwned>(folder: &Path, part: &str) -> T {
    let text = fs::read_to_string(folder.join(part).join("config.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// An order that the tiny model paints in a moment.
pub(crate) fn order(model: &str) -> Order {
    Order { width: 64, height: 64, steps: 2, guidance: 1.0, ..Order::new(model, PROMPT) }
}

/// Writes the model into this folder.
pub(crate) fn tiny(folder: &Path) {
    copy(&saved(), folder);
    weigh(folder);
}

/// Writes the same model with all weights in this file at the top of its folder, as checkpoints have them.
pub(crate) fn single(folder: &Path, file: &str) {
    copy(&saved(), folder);
    let mut together = Tensors::new();
    for (path, weights) in parts(folder) {
        for (name, shape) in weights {
            put(&mut together, part_of(folder, path), &name, shape);
        }
    }
    write_tensors(&folder.join(file), &together);
}

fn part_of(folder: &Path, path: &str) -> Part {
    match path.split('/').next().unwrap() {
        "text_encoder" => Part::TextEncoder,
        "text_encoder_2" => Part::TextEncoder2,
        "unet" => Part::Unet,
        _ => Part::Vae { levels: config::<VaeConfig>(folder, "vae").block_out_channels.len() },
    }
}

/// Puts a weight where a checkpoint has it.
fn put(together: &mut Tensors, part: Part, name: &str, mut shape: Vec<usize>) {
    let data: Vec<f32> = values(name, &shape).collect();
    let place = place(part, name).unwrap();
    match place.kind {
        PlaceKind::Whole => {
            // Attention of the VAE is made of convolutions of one pixel there.
            if shape.len() == 2 && matches!(part, Part::Vae { .. }) {
                shape.extend([1, 1]);
            }
            together.insert(place.name, (shape, data));
        }
        PlaceKind::Transposed => {
            let (rows, columns) = (shape[0], shape[1]);
            let turned = (0..data.len()).map(|at| data[at % rows * columns + at / rows]).collect();
            together.insert(place.name, (vec![columns, rows], turned));
        }
        PlaceKind::Third(number) => {
            let len = data.len();
            shape[0] *= 3;
            let joined = together.entry(place.name).or_insert_with(|| (shape, vec![0.0; 3 * len]));
            joined.1[number * len..(number + 1) * len].copy_from_slice(&data);
        }
    }
}

/// The same with a coarse decoder: it paints the sides that kits want in a moment, too.
pub(crate) fn coarse(folder: &Path) {
    copy(&saved(), folder);
    levels(folder, 5);
    weigh(folder);
}

/// The same with a decoder that heeds no latents: it paints a black ring on white, which is a mark. Its first layer is
/// less where it looks over the rim, each later one rounds that off, and the last ones draw the lines, outside and inside.
pub(crate) fn seal(folder: &Path) {
    copy(&saved(), folder);
    levels(folder, 6);
    weigh(folder);
    let path = folder.join("vae/diffusion_pytorch_model.safetensors");
    write_as(&path, &decoder_and_encoder(&config(folder, "vae")), |name, shape| {
        sealed(name, shape).unwrap_or_else(|| values(name, shape).collect())
    });
}

/// A weight of the decoder that paints seals.
fn sealed(name: &str, shape: &[usize]) -> Option<Vec<f32>> {
    let count = shape.iter().product();
    // Where a weight of a convolution leads to, where from, and its place of nine.
    let kernel = |weight: fn([usize; 3]) -> f32| -> Vec<f32> {
        (0..count).map(|at| weight([at / 9 / shape[1], at / 9 % shape[1], at % 9])).collect()
    };
    match name {
        "post_quant_conv.bias" | "decoder.conv_out.bias" => Some(vec![1.0; count]),
        // So much that an edge is as thin as a pixel. The second channel begins further inside.
        "decoder.conv_norm_out.weight" => Some(vec![300.0; count]),
        "decoder.conv_norm_out.bias" => Some(vec![0.0, -180.0, 0.0, 0.0]),
        "decoder.conv_out.weight" => Some(kernel(|at| match at {
            [_, 0, 4] => -0.5,
            [_, 1, 4] => 6.0,
            _ => 0.0,
        })),
        _ if name == "decoder.conv_in.weight" || name.contains("upsamplers.0.conv.weight") => {
            Some(kernel(|[to, from, _]| if to == from { 1.0 / 9.0 } else { 0.0 }))
        }
        // Everything else gives on what it is given.
        _ => (name.starts_with("decoder") || name.starts_with("post_quant")).then(|| vec![0.0; count]),
    }
}

/// Gives the decoder four channels and so many levels.
fn levels(folder: &Path, count: usize) {
    let mut vae: serde_json::Value = config(folder, "vae");
    (vae["block_out_channels"], vae["norm_num_groups"]) = (json!(vec![4; count]), json!(4));
    fs::write(folder.join("vae/config.json"), vae.to_string()).unwrap();
}

/// Takes every weight of the decoder away: what it paints has one colour.
pub(crate) fn blank(folder: &Path) {
    let path = folder.join("vae/diffusion_pytorch_model.safetensors");
    let mut bytes = fs::read(&path).unwrap();
    let (size, rest) = bytes.split_at_mut(8);
    let header = u64::from_le_bytes(size.try_into().unwrap()) as usize;
    rest[header..].fill(0);
    fs::write(path, bytes).unwrap();
}

/// Writes weights for the configurations in a folder.
fn weigh(folder: &Path) {
    for (path, weights) in parts(folder) {
        write(&folder.join(format!("{path}.safetensors")), &weights);
    }
}

/// The weights of each part, by the path of their file.
fn parts(folder: &Path) -> [(&'static str, BTreeMap<String, Vec<usize>>); 4] {
    let first: ClipConfig = config(folder, "text_encoder");
    let second: ClipConfig = config(folder, "text_encoder_2");
    let (unet, vae): (UnetConfig, VaeConfig) = (config(folder, "unet"), config(folder, "vae"));
    let call = Call { images: 1, height: 4, width: 4, tokens: 1 };
    [
        ("text_encoder/model", weights_of(&[clip::plan(&first, 1, false).unwrap()])),
        ("text_encoder_2/model", weights_of(&[clip::plan(&second, 1, true).unwrap()])),
        ("unet/diffusion_pytorch_model", weights_of(&[unet::plan(&unet, call, false).unwrap()])),
        ("vae/diffusion_pytorch_model", decoder_and_encoder(&vae)),
    ]
}

fn decoder_and_encoder(vae: &VaeConfig) -> BTreeMap<String, Vec<usize>> {
    let side = vae.pixels_each();
    weights_of(&[vae::decoder(vae, 1, 1, 1).unwrap(), vae::encoder(vae, 1, side, side).unwrap()])
}

/// Writes a LoRA for a UNet whose middle has so many channels; that of the tiny model has 64.
pub(crate) fn lora(file: &Path, channels: usize) {
    let layer = "unet.mid_block.attentions.0.proj_in";
    let halves = [(".lora_A.weight", vec![4, channels]), (".lora_B.weight", vec![channels, 4])];
    write(file, &halves.map(|(half, shape)| (format!("{layer}{half}"), shape)).into());
}

/// Writes a ControlNet for the tiny model, or for one of other conditions.
pub(crate) fn control(folder: &Path, conditioning: &[usize]) {
    let text = fs::read_to_string(saved().join("unet/config.json")).unwrap();
    let mut config: serde_json::Value = serde_json::from_str(&text).unwrap();
    config["_class_name"] = json!("ControlNetModel");
    config["conditioning_embedding_out_channels"] = json!(conditioning);
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("config.json"), config.to_string()).unwrap();
    let call = Call { images: 1, height: 4, width: 4, tokens: 1 };
    let plan = control::plan(&serde_json::from_value(config).unwrap(), call, 1.0).unwrap();
    write(&folder.join("diffusion_pytorch_model.safetensors"), &weights_of(&[plan]));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

fn weights_of(plans: &[Plan]) -> BTreeMap<String, Vec<usize>> {
    let weights = plans.iter().flat_map(|plan| &plan.weights);
    weights.map(|weight| (weight.name.clone(), weight.shape.clone())).collect()
}

fn write(path: &Path, weights: &BTreeMap<String, Vec<usize>>) {
    write_as(path, weights, |name, shape| values(name, shape).collect());
}

fn write_as(
    path: &Path,
    weights: &BTreeMap<String, Vec<usize>>,
    values: impl Fn(&str, &[usize]) -> Vec<f32>,
) {
    let tensors = weights.iter().map(|(name, shape)| (name.clone(), (shape.clone(), values(name, shape))));
    write_tensors(path, &tensors.collect());
}

/// Dimensions and numbers, by name.
type Tensors = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

fn write_tensors(path: &Path, tensors: &Tensors) {
    let (mut header, mut data) = (serde_json::Map::new(), Vec::new());
    for (name, (shape, values)) in tensors {
        let begin = data.len();
        data.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        let entry = json!({ "dtype": "F32", "shape": shape, "data_offsets": [begin, data.len()] });
        header.insert(name.clone(), entry);
    }
    let header = serde_json::to_vec(&header).unwrap();
    fs::write(path, [&(header.len() as u64).to_le_bytes()[..], &header, &data].concat()).unwrap();
}

/// Norms that change nothing; everything else keeps the size of what it is given.
fn values(name: &str, shape: &[usize]) -> impl Iterator<Item = f32> {
    let seed = name.bytes().fold(7_u32, |seed, byte| seed.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let fan: usize = shape.iter().skip(1).product();
    let scale = if shape.len() == 1 { 0.02 } else { (3.0 / fan as f32).sqrt() };
    let base = if shape.len() == 1 && name.ends_with("weight") { 1.0 } else { 0.0 };
    (0..shape.iter().product::<usize>() as u32).map(move |at| {
        let mut h = at.wrapping_mul(0x9E37_79B9) ^ seed;
        h = (h ^ (h >> 15)).wrapping_mul(0x85EB_CA6B);
        h = (h ^ (h >> 13)).wrapping_mul(0xC2B2_AE35);
        base + scale * ((h >> 8) as f32 / (1 << 23) as f32 - 1.0)
    })
}
