//! Models on a disk, in every layout, and what is wrong with some of them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{clip_config_json, order_of, parts, unet_config_json, vae_config_json};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Plan, clip, unet, vae};
use imprint_painter_reference::single::{Part, PlaceKind, place};
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{Extras, Model, ModelError, Parts, Tensor, folder};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use tempfile::TempDir;

type File = BTreeMap<String, Tensor>;

fn write(path: &Path, file: &File) {
    let (mut header, mut data) = (serde_json::Map::new(), Vec::new());
    for (name, tensor) in file {
        let begin = data.len();
        data.extend(tensor.data.iter().flat_map(|value| value.to_le_bytes()));
        let entry = json!({ "dtype": "F32", "shape": tensor.shape, "data_offsets": [begin, data.len()] });
        header.insert(name.clone(), entry);
    }
    let header = serde_json::to_vec(&Value::Object(header)).unwrap();
    fs::write(path, [&(header.len() as u64).to_le_bytes()[..], &header, &data].concat()).unwrap();
}

/// All weights of the tiny model by the name of their part.
fn all() -> BTreeMap<&'static str, File> {
    let parts = parts();
    let call = Call { images: 1, height: 4, width: 4, tokens: 1 };
    let from = |weights: &dyn Weights, plans: &[Plan]| -> File {
        let names = plans.iter().flat_map(|plan| &plan.weights);
        names.map(|weight| (weight.name.clone(), weights.load(&weight.name).unwrap())).collect()
    };
    let [first, second] = &parts.text_encoders;
    BTreeMap::from([
        ("text_encoder", from(&*first.1, &[clip::plan(&first.0, 1, false).unwrap()])),
        ("text_encoder_2", from(&*second.1, &[clip::plan(&second.0, 1, true).unwrap()])),
        ("unet", from(&*parts.unet.1, &[unet::plan(&parts.unet.0, call, false).unwrap()])),
        (
            "vae",
            from(
                &*parts.vae.1,
                &[vae::decoder(&parts.vae.0, 1, 1, 1).unwrap(), vae::encoder(&parts.vae.0, 1, 4, 4).unwrap()],
            ),
        ),
    ])
}

fn stem(part: &str) -> &'static str {
    if part.starts_with("text") { "model" } else { "diffusion_pytorch_model" }
}

/// Everything but weights.
fn bare() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let (vocabulary, merges) = common::vocabulary_files();
    write("model_index.json", json!({ "_class_name": "StableDiffusionXLPipeline" }).to_string());
    write("tokenizer/vocab.json", vocabulary);
    write("tokenizer/merges.txt", merges);
    write("text_encoder/config.json", clip_config_json("quick_gelu").to_string());
    write("text_encoder_2/config.json", clip_config_json("gelu").to_string());
    write("unet/config.json", unet_config_json().to_string());
    write("vae/config.json", vae_config_json().to_string());
    write(
        "scheduler/scheduler_config.json",
        json!({ "_class_name": "EulerDiscreteScheduler", "steps_offset": 1, "prediction_type": "epsilon" })
            .to_string(),
    );
    folder
}

fn whole() -> TempDir {
    let folder = bare();
    for (part, file) in all() {
        write(&folder.path().join(part).join(format!("{}.safetensors", stem(part))), &file);
    }
    folder
}

fn painted(parts: Parts) -> Vec<Vec<f32>> {
    let order = imprint_painter::Order { steps: 1, ..order_of(&common::fixture("pictures")[0]) };
    let model = Model::new(parts).unwrap();
    model.paint(&order, &Extras::default(), &mut |_, _| ControlFlow::Continue(())).unwrap()
}

#[test]
fn every_layout_paints_the_same() {
    let wanted = painted(parts());
    let folder = whole();
    assert_eq!(painted(folder::open(folder.path()).unwrap()), wanted, "a folder");

    let unet = folder.path().join("unet");
    fs::remove_file(unet.join("diffusion_pytorch_model.safetensors")).unwrap();
    let (mut shards, mut map) = ([File::new(), File::new()], serde_json::Map::new());
    for (place, (name, tensor)) in all().remove("unet").unwrap().into_iter().enumerate() {
        map.insert(name.clone(), json!(format!("shard-{}.safetensors", place % 2)));
        shards[place % 2].insert(name, tensor);
    }
    for (place, shard) in shards.iter().enumerate() {
        write(&unet.join(format!("shard-{place}.safetensors")), shard);
    }
    let index = json!({ "metadata": {}, "weight_map": map }).to_string();
    fs::write(unet.join("diffusion_pytorch_model.safetensors.index.json"), index).unwrap();
    assert_eq!(painted(folder::open(folder.path()).unwrap()), wanted, "shards");

    let single = folder.path().join("single.safetensors");
    write(&single, &together());
    assert_eq!(painted(folder::open_single(&single, bare().path()).unwrap()), wanted, "one file");
}

/// The weights as one file has them.
fn together() -> File {
    let mut file = File::new();
    let kinds = [
        ("text_encoder", Part::TextEncoder),
        ("text_encoder_2", Part::TextEncoder2),
        ("unet", Part::Unet),
        ("vae", Part::Vae { levels: 3 }),
    ];
    let all = all();
    for (part, kind) in kinds {
        for (name, tensor) in &all[part] {
            let place = place(kind, name).unwrap();
            match place.kind {
                PlaceKind::Whole => drop(file.insert(place.name, tensor.clone())),
                PlaceKind::Transposed => {
                    let side = tensor.shape[0];
                    let data = (0..side * side).map(|at| tensor.data[at % side * side + at / side]).collect();
                    file.insert(place.name, Tensor { shape: tensor.shape.clone(), data });
                }
                PlaceKind::Third(number) => {
                    let mut shape = tensor.shape.clone();
                    shape[0] *= 3;
                    let len = tensor.data.len();
                    let joined =
                        file.entry(place.name).or_insert_with(|| Tensor { shape, data: vec![0.0; 3 * len] });
                    joined.data[number * len..(number + 1) * len].copy_from_slice(&tensor.data);
                }
            }
        }
    }
    file
}

/// Newer versions save one file of the vocabulary, and shorter names of the first text encoder.
#[test]
fn a_folder_that_diffusers_saved_paints_the_same() {
    let saved = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/folder");
    let folder = copy(&saved);
    for (part, file) in all() {
        let short = |name: String| {
            if part == "text_encoder" { name.trim_start_matches("text_model.").to_owned() } else { name }
        };
        let file = file.into_iter().map(|(name, tensor)| (short(name), tensor)).collect();
        write(&folder.path().join(part).join(format!("{}.safetensors", stem(part))), &file);
    }
    assert_eq!(painted(folder::open(folder.path()).unwrap()), painted(parts()));
    // A schedule that ends in nothing but noise is another one.
    let path = folder.path().join("scheduler/scheduler_config.json");
    let config = fs::read_to_string(&path).unwrap();
    fs::write(&path, config.replace("\"rescale_betas_zero_snr\": false", "\"rescale_betas_zero_snr\": true"))
        .unwrap();
    let Err(refused) = folder::open(folder.path()) else { panic!("a model of another schedule") };
    assert!(refused.to_string().contains("rescale_betas_zero_snr is true"), "{refused}");
}

type Damage = fn(&Path);

#[test]
fn what_is_wrong_is_named() {
    let cases: &[(&str, Damage)] = &[
        ("vocab.json", |folder| fs::remove_file(folder.join("tokenizer/vocab.json")).unwrap()),
        ("unet", |folder| fs::remove_file(folder.join("unet/diffusion_pytorch_model.safetensors")).unwrap()),
        ("unet/config.json", |folder| fs::write(folder.join("unet/config.json"), "{}").unwrap()),
        ("model_index.json", |folder| fs::write(folder.join("model_index.json"), "[").unwrap()),
        ("damaged", |folder| {
            let path = folder.join("vae/diffusion_pytorch_model.safetensors");
            let bytes = fs::read(&path).unwrap();
            fs::remove_file(&path).unwrap();
            fs::write(path, &bytes[..bytes.len() - 1]).unwrap();
        }),
        ("channels of the prompt", |folder| change(folder, "unet", "cross_attention_dim", json!(32))),
        ("conditions of the UNet", |folder| change(folder, "text_encoder_2", "projection_dim", json!(16))),
        ("channels that the UNet reads", |folder| change(folder, "unet", "in_channels", json!(9))),
        ("channels that the UNet reads", |folder| change(folder, "vae", "latent_channels", json!(16))),
        ("tokens of the text encoder", |folder| change(folder, "text_encoder", "vocab_size", json!(100))),
        ("tokens read at once", |folder| {
            change(folder, "text_encoder_2", "max_position_embeddings", json!(64));
        }),
        ("num_attention_heads", |folder| change(folder, "text_encoder", "num_attention_heads", json!(0))),
        ("block_out_channels", |folder| change(folder, "unet", "block_out_channels", json!([]))),
        ("norm_num_groups", |folder| change(folder, "vae", "norm_num_groups", json!(7))),
        ("KDownBlock2D", |folder| {
            change(folder, "unet", "down_block_types", json!(["KDownBlock2D", "a", "b"]));
        }),
        ("scaling_factor", |folder| change(folder, "vae", "scaling_factor", json!(0.0))),
        ("is [128], wanted is [192]", |folder| {
            change(folder, "unet", "block_out_channels", json!([48, 64, 64]));
        }),
        ("resnets.2", |folder| change(folder, "unet", "layers_per_block", json!(3))),
        ("time_cond_proj_dim is 256", |folder| change(folder, "unet", "time_cond_proj_dim", json!(256))),
        ("latents_mean is [0.1]", |folder| change(folder, "vae", "latents_mean", json!([0.1]))),
        ("use_linear_projection", |folder| change(folder, "unet", "use_linear_projection", json!(false))),
        ("names other files", |folder| {
            let unet = folder.join("unet");
            fs::remove_file(unet.join("diffusion_pytorch_model.safetensors")).unwrap();
            let index = json!({ "weight_map": { "conv_in.weight": "../../secret.safetensors" } }).to_string();
            fs::write(unet.join("diffusion_pytorch_model.safetensors.index.json"), index).unwrap();
        }),
    ];
    let good = whole();
    for (wanted, damage) in cases {
        let folder = copy(good.path());
        damage(folder.path());
        let opened = folder::open(folder.path()).and_then(Model::new);
        let Err(error) = opened else { panic!("{wanted}: a model") };
        assert!(error.to_string().contains(wanted), "{wanted}: {error}");
    }
}

fn change(folder: &Path, part: &str, key: &str, value: Value) {
    let path = folder.join(part).join("config.json");
    let mut config: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    config[key] = value;
    fs::write(path, config.to_string()).unwrap();
}

fn copy(from: &Path) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.path().join(path.file_name().unwrap());
        if path.is_file() {
            fs::copy(&path, target).unwrap();
            continue;
        }
        fs::create_dir(&target).unwrap();
        for file in fs::read_dir(&path).unwrap() {
            let file = file.unwrap().path();
            let target = target.join(file.file_name().unwrap());
            // Weights are large and stay as they are in most cases; a changed one is removed before it is written.
            if file.extension().is_some_and(|end| end == "safetensors") {
                fs::hard_link(&file, &target).or_else(|_| fs::copy(&file, &target).map(drop)).unwrap();
            } else {
                fs::copy(&file, target).unwrap();
            }
        }
    }
    to
}

#[test]
fn a_missing_weight_is_an_error_of_the_model() {
    let folder = whole();
    let mut file = all().remove("unet").unwrap();
    file.remove("conv_out.bias");
    write(&folder.path().join("unet/diffusion_pytorch_model.safetensors"), &file);
    let opened = folder::open(folder.path()).and_then(Model::new);
    assert!(matches!(opened, Err(ModelError::NoWeight { name }) if name == "conv_out.bias"));
}
