//! Models on a disk: folders as diffusers lays them out, and single files beside such a folder.

use crate::config::UnetConfig;
use crate::safetensors::SafeTensors;
use crate::single::{Part, Single};
use crate::tokens::Vocabulary;
use crate::weights::Weights;
use crate::{ControlNet, Lora, ModelError, Parts, Tensor};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

/// Published configurations have some kilobytes, the published vocabulary and lists of weights about one megabyte.
const TEXT_BYTES_MAX: u64 = 16 << 20;
/// A UNet in full precision is cut into two.
const SHARDS_MAX: usize = 64;

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

/// A model in a folder.
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
    let vae: crate::config::VaeConfig = read_json(&folder.join("vae/config.json"))?;
    vae.check()?;
    let levels = vae.block_out_channels.len();
    parts(
        folder,
        [part(Part::TextEncoder), part(Part::TextEncoder2)],
        part(Part::Unet),
        part(Part::Vae { levels }),
    )
}

/// A ControlNet in a folder.
pub fn open_control(folder: &Path) -> Result<ControlNet, ModelError> {
    let config: UnetConfig = read_json(&folder.join("config.json"))?;
    ControlNet::new(config, &*weights(folder, "diffusion_pytorch_model")?)
}

/// A LoRA in a file.
pub fn open_lora(file: &Path) -> Result<Lora, ModelError> {
    let file = SafeTensors::open(file)?;
    Lora::new(file.names(), &file)
}

fn parts(
    folder: &Path,
    [first, second]: [Box<dyn Weights>; 2],
    unet: Box<dyn Weights>,
    vae: Box<dyn Weights>,
) -> Result<Parts, ModelError> {
    let index: Index = read_json(&folder.join("model_index.json"))?;
    let vocabulary = read(&folder.join("tokenizer/vocab.json"))?;
    let merges = read(&folder.join("tokenizer/merges.txt"))?;
    Ok(Parts {
        vocabulary: Vocabulary::new(&vocabulary, &merges)?,
        text_encoders: [
            (read_json(&folder.join("text_encoder/config.json"))?, first),
            (read_json(&folder.join("text_encoder_2/config.json"))?, second),
        ],
        unet: (read_json(&folder.join("unet/config.json"))?, unet),
        vae: (read_json(&folder.join("vae/config.json"))?, vae),
        trained: read_json(&folder.join("scheduler/scheduler_config.json"))?,
        zeros_for_empty: index.force_zeros_for_empty_prompt,
    })
}

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
    let ShardIndex { weight_map } = read_json(&index)?;
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

impl Weights for Shards {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        let file = self.weight_map.get(name).and_then(|file| self.files.get(file));
        file.ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })?.load(name)
    }
}

fn read(path: &Path) -> Result<String, ModelError> {
    let failed = |cause| ModelError::File { path: path.display().to_string(), cause };
    let mut text = String::new();
    File::open(path).and_then(|file| file.take(TEXT_BYTES_MAX).read_to_string(&mut text)).map_err(failed)?;
    Ok(text)
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, ModelError> {
    let failed = |cause| ModelError::Config { path: path.display().to_string(), cause };
    serde_json::from_str(&read(path)?).map_err(failed)
}
