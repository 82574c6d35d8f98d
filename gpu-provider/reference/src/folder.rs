//! Models on a disk: folders as diffusers lays them out, and single files beside such a folder.

use crate::config::UnetConfig;
use crate::plan::unet::Call;
use crate::plan::{Engine, Plan, clip, unet, vae};
use crate::safetensors::SafeTensors;
use crate::single::{Part, Single};
use crate::tokens::Vocabulary;
use crate::weights::{Weights, check_sides};
use crate::{ControlNet, ControlOutline, Lora, LoraOutline, ModelError, Parts, Tensor};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Published configurations have some kilobytes, the published vocabulary and lists of weights about one megabyte.
const TEXT_BYTES_MAX: u64 = 16 << 20;
/// A UNet in full precision is cut into two.
const SHARDS_MAX: usize = 64;
/// The folders that have weights, where a model has no single file.
const PARTS: [&str; 4] = ["text_encoder", "text_encoder_2", "unet", "vae"];

/// What a folder says of the whole model.
#[derive(Deserialize)]
struct Index {
    #[serde(default = "yes")]
    force_zeros_for_empty_prompt: bool,
}

fn yes() -> bool {
    true
}

/// Where the weights of a part lie.
#[derive(Deserialize)]
struct ShardIndex {
    weight_map: BTreeMap<String, String>,
}

/// A model in a folder, whichever way its weights lie: those of each part beside its configuration, or all of them in one
/// file at the top.
pub fn open_either(folder: &Path) -> Result<Parts, ModelError> {
    match checkpoint(folder)? {
        Some(file) => open_single(&file, folder),
        None => open(folder),
    }
}

/// The file at the top of a folder that has the weights of the whole model; none where a part has weights of its own.
pub fn checkpoint(folder: &Path) -> Result<Option<PathBuf>, ModelError> {
    let unread = |cause| ModelError::File { path: folder.display().to_string(), cause };
    for part in PARTS.map(|part| folder.join(part)).iter().filter(|part| part.is_dir()) {
        if !weights_in(part).map_err(unread)?.is_empty() {
            return Ok(None);
        }
    }
    let mut found = weights_in(folder).map_err(unread)?;
    match (found.pop(), found.len()) {
        (Some(only), 0) => Ok(Some(only)),
        (Some(_), others) => {
            let why = format!(
                "there are {} files of weights at its top; leave the one that is the model",
                others + 1
            );
            Err(unread(Error::new(ErrorKind::InvalidInput, why)))
        }
        (None, _) => {
            let why = "it has no weights: put those of each part into the part's folder, or one checkpoint of the whole \
                       model, a `.safetensors`, at the top";
            Err(unread(Error::new(ErrorKind::NotFound, why)))
        }
    }
}

fn weights_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let paths =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    let is_weights =
        |path: &PathBuf| path.extension().is_some_and(|end| end == "safetensors") && path.is_file();
    Ok(paths.into_iter().filter(is_weights).collect())
}

/// Whether a model has every weight of its plans, with their dimensions. No number is read.
pub fn check_weights(parts: &Parts) -> Result<(), ModelError> {
    parts.check()?;
    let [first, second] = &parts.text_encoders;
    // Weights do not depend on sizes, so that any size will do.
    let side = 1 << (parts.unet.0.block_out_channels.len() - 1);
    let call = Call { images: 1, height: side, width: side, tokens: 1 };
    let pixels = parts.vae.0.pixels_each();
    let plans: [(Plan, &dyn Weights); 5] = [
        (clip::plan(&first.0, 1, false)?, &*first.1),
        (clip::plan(&second.0, 1, true)?, &*second.1),
        (unet::plan(&parts.unet.0, call, false)?, &*parts.unet.1),
        (vae::decoder(&parts.vae.0, 1, 1, 1)?, &*parts.vae.1),
        (vae::encoder(&parts.vae.0, 1, pixels, pixels)?, &*parts.vae.1),
    ];
    for (plan, weights) in &plans {
        for weight in &plan.weights {
            check_sides(&weight.name, &weights.sides(&weight.name)?, &weight.shape)?;
        }
    }
    Ok(())
}

/// A model in a folder whose parts have weights of their own.
pub fn open(folder: &Path) -> Result<Parts, ModelError> {
    let part = |name: &str, stem: &str| weights(&folder.join(name), stem);
    parts(
        folder,
        [part("text_encoder", "model")?, part("text_encoder_2", "model")?],
        part("unet", "diffusion_pytorch_model")?,
        part("vae", "diffusion_pytorch_model")?,
    )
}

/// A model whose weights are one file. Configurations and vocabulary lie in a folder, since the file has none.
pub fn open_single(file: &Path, folder: &Path) -> Result<Parts, ModelError> {
    let file = Arc::new(SafeTensors::open(file)?);
    let part = |part: Part| -> Box<dyn Weights> { Box::new(Single { part, file: Arc::clone(&file) }) };
    let vae: crate::config::VaeConfig = read_json(&folder.join("vae/config.json"), VAE_ONLY)?;
    vae.check()?;
    let levels = vae.block_out_channels.len();
    parts(
        folder,
        [part(Part::TextEncoder), part(Part::TextEncoder2)],
        part(Part::Unet),
        part(Part::Vae { levels }),
    )
}

/// A ControlNet in a folder, to be run where `engine` runs.
pub fn open_control(folder: &Path, engine: &dyn Engine) -> Result<ControlNet, ModelError> {
    ControlNet::on(control_config(folder)?, &*control_weights(folder)?, engine)
}

/// The same without its numbers.
pub fn outline_control(folder: &Path) -> Result<ControlOutline, ModelError> {
    ControlOutline::new(control_config(folder)?, &*control_weights(folder)?)
}

fn control_config(folder: &Path) -> Result<UnetConfig, ModelError> {
    read_json(&folder.join("config.json"), UNET_ONLY)
}

fn control_weights(folder: &Path) -> Result<Box<dyn Weights>, ModelError> {
    weights(folder, "diffusion_pytorch_model")
}

/// A LoRA in a file.
pub fn open_lora(file: &Path) -> Result<Lora, ModelError> {
    let file = SafeTensors::open(file)?;
    Lora::new(file.names(), &file)
}

/// The same without its numbers.
pub fn outline_lora(file: &Path) -> Result<LoraOutline, ModelError> {
    let file = SafeTensors::open(file)?;
    LoraOutline::new(file.names(), &file)
}

fn parts(
    folder: &Path,
    [first, second]: [Box<dyn Weights>; 2],
    unet: Box<dyn Weights>,
    vae: Box<dyn Weights>,
) -> Result<Parts, ModelError> {
    let index: Index = read_json(&folder.join("model_index.json"), &[])?;
    let text = |part: &str| read_json(&folder.join(part).join("config.json"), &[]);
    Ok(Parts {
        vocabulary: vocabulary(&folder.join("tokenizer"))?,
        text_encoders: [
            (text("text_encoder")?, Box::new(Unprefixed(first))),
            (text("text_encoder_2")?, Box::new(Unprefixed(second))),
        ],
        unet: (read_json(&folder.join("unet/config.json"), UNET_ONLY)?, unet),
        vae: (read_json(&folder.join("vae/config.json"), VAE_ONLY)?, vae),
        trained: read_json(&folder.join("scheduler/scheduler_config.json"), TRAINED_ONLY)?,
        zeros_for_empty: index.force_zeros_for_empty_prompt,
    })
}

/// Published models have two files, those that newer versions saved have one.
fn vocabulary(folder: &Path) -> Result<Vocabulary, ModelError> {
    let (vocabulary, whole) = (folder.join("vocab.json"), folder.join("tokenizer.json"));
    if !vocabulary.is_file() && whole.is_file() {
        return Vocabulary::from_json(&read(&whole)?);
    }
    Vocabulary::new(&read(&vocabulary)?, &read(&folder.join("merges.txt"))?)
}

/// A text encoder that a newer version may have saved with shorter names.
struct Unprefixed(Box<dyn Weights>);

impl Weights for Unprefixed {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        either(name, |name| self.0.load(name))
    }

    fn sides(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        either(name, |name| self.0.sides(name))
    }
}

/// What a weight gives under its name, or under the one without the part that newer files leave out.
fn either<T>(name: &str, of: impl Fn(&str) -> Result<T, ModelError>) -> Result<T, ModelError> {
    let found = of(name);
    match (&found, name.strip_prefix("text_model.")) {
        (Err(ModelError::NoWeight { .. }), Some(short)) => of(short).or(found),
        _ => found,
    }
}

/// What configurations may say beside what is read of them, as JSON. Anything else is another model, which would paint, and
/// wrongly.
type Only = [(&'static str, &'static str)];

const UNET_ONLY: &Only = &[
    ("act_fn", r#""silu""#),
    ("addition_embed_type", r#""text_time""#),
    ("attention_type", r#""default""#),
    ("center_input_sample", "false"),
    ("class_embed_type", "null"),
    ("conv_in_kernel", "3"),
    ("conv_out_kernel", "3"),
    ("controlnet_conditioning_channel_order", r#""rgb""#),
    ("cross_attention_norm", "null"),
    ("downsample_padding", "1"),
    ("dual_cross_attention", "false"),
    ("encoder_hid_dim", "null"),
    ("flip_sin_to_cos", "true"),
    ("freq_shift", "0"),
    ("global_pool_conditions", "false"),
    ("mid_block_scale_factor", "1"),
    ("mid_block_type", r#""UNetMidBlock2DCrossAttn""#),
    ("num_attention_heads", "null"),
    ("only_cross_attention", "false"),
    ("resnet_time_scale_shift", r#""default""#),
    ("reverse_transformer_layers_per_block", "null"),
    // Consistency models with a guidance of their own.
    ("time_cond_proj_dim", "null"),
    ("time_embedding_type", r#""positional""#),
];

const VAE_ONLY: &Only = &[
    ("act_fn", r#""silu""#),
    ("in_channels", "3"),
    ("latents_mean", "null"),
    ("latents_std", "null"),
    ("mid_block_add_attention", "true"),
    ("out_channels", "3"),
    ("shift_factor", "null"),
    ("use_post_quant_conv", "true"),
    ("use_quant_conv", "true"),
];

const TRAINED_ONLY: &Only = &[
    ("interpolation_type", r#""linear""#),
    ("rescale_betas_zero_snr", "false"),
    ("timestep_type", r#""discrete""#),
    ("trained_betas", "null"),
];

/// One file, or several with a list of what lies where; in full precision, else in half.
fn weights(folder: &Path, stem: &str) -> Result<Box<dyn Weights>, ModelError> {
    let whole = ["", ".fp16"].map(|variant| folder.join(format!("{stem}{variant}.safetensors")));
    if let Some(whole) = whole.iter().find(|path| path.is_file()) {
        return Ok(Box::new(SafeTensors::open(whole)?));
    }
    let index = folder.join(format!("{stem}.safetensors.index.json"));
    if !index.is_file() {
        return Ok(Box::new(SafeTensors::open(&whole[0])?));
    }
    let ShardIndex { weight_map } = read_json(&index, &[])?;
    let names: BTreeSet<&String> = weight_map.values().collect();
    let is_plain = |name: &&&String| name.ends_with(".safetensors") && !name.contains(['/', '\\']);
    if names.len() > SHARDS_MAX || names.iter().filter(is_plain).count() != names.len() {
        return Err(ModelError::Damaged { why: format!("`{}` names other files", index.display()) });
    }
    let open = |name: &String| Ok((name.clone(), SafeTensors::open(&folder.join(name))?));
    let files: Result<BTreeMap<_, _>, ModelError> = names.into_iter().map(open).collect();
    Ok(Box::new(Shards { files: files?, weight_map }))
}

struct Shards {
    files: BTreeMap<String, SafeTensors<File>>,
    weight_map: BTreeMap<String, String>,
}

impl Shards {
    fn of(&self, name: &str) -> Result<&SafeTensors<File>, ModelError> {
        let file = self.weight_map.get(name).and_then(|file| self.files.get(file));
        file.ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })
    }
}

impl Weights for Shards {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        self.of(name)?.load(name)
    }

    fn sides(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        self.of(name)?.sides(name)
    }
}

fn read(path: &Path) -> Result<String, ModelError> {
    let failed = |cause| ModelError::File { path: path.display().to_string(), cause };
    let mut text = String::new();
    File::open(path).and_then(|file| file.take(TEXT_BYTES_MAX).read_to_string(&mut text)).map_err(failed)?;
    Ok(text)
}

fn read_json<T: DeserializeOwned>(path: &Path, only: &Only) -> Result<T, ModelError> {
    let failed = |cause| ModelError::Config { path: path.display().to_string(), cause };
    let text = read(path)?;
    let value: Value = serde_json::from_str(&text).map_err(failed)?;
    for (key, wanted) in only {
        let found = value.get(*key).map(Value::to_string);
        if let Some(found) = found.filter(|found| found != wanted) {
            let why = format!("{key} is {found} in `{}`", path.display());
            return Err(ModelError::Unsupported { why });
        }
    }
    serde_json::from_value(value).map_err(failed)
}
