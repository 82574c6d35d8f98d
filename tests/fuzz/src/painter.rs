//! Files of models, LoRAs and ControlNets, and the prompts that they paint.

use crate::answer::{Answer, no_text, parted, refused, same, taken, utf8};
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_painter::Sampler;
use imprint_painter_reference::config::{ClipConfig, UnetConfig, VaeConfig};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Plan, clip, control, unet, vae};
use imprint_painter_reference::safetensors::{SIDES_MAX, SafeTensors, TENSORS_MAX};
use imprint_painter_reference::schedule::{Schedule, Trained};
use imprint_painter_reference::tokens::{CHUNK_WORDS, CHUNKS_MAX, Vocabulary, WEIGHT_MAX, chunks, parts};
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{Lora, LoraOutline, ModelError, Parts};
use imprint_painter_serve::home::List;
use imprint_painter_serve::limits::{MODEL_BYTES_MAX, MODEL_FILES_MAX};
use serde::de::DeserializeOwned;
use std::error::Error;
use std::io::Cursor;
use std::path::{Component, Path};
use std::sync::LazyLock;

/// Where a vocabulary has this, it gets every letter that it must have.
const LETTERS: &str = "LETTERS";
/// The vocabulary that prompts are read with; it is in the corpus of its reader, too.
const VOCABULARY: &str = include_str!("../corpus/vocabulary/words");
static WORDS: LazyLock<Result<Vocabulary, String>> =
    LazyLock::new(|| vocabulary_of(VOCABULARY).map_err(|why| why.to_string()));
/// The model that LoRAs are compared with; it is in the corpus of its reader, too.
const CLIP: &str = include_str!("../corpus/model-config/clip");
const UNET: &str = include_str!("../corpus/model-config/unet");
const VAE: &str = include_str!("../corpus/model-config/vae");
/// Prompts with words, brackets, letters of several bytes and nothing.
const PROMPTS: &[&str] = &["a fox, (by:1.2) the [river] 42", "lowéřşﷺ\u{1f98a}", ""];
/// Steps that people ask for, and too many.
const STEPS: &[usize] = &[1, 4, 30, 1001];
/// Published models have some thousands; what takes the square of them is only asked of such.
const OPS_MAX: usize = 4_000;

/// A model's file is refused as it is where somebody adds it.
fn unfit(why: &ModelError) -> Answer {
    let cause = why.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    let args = [("path", "a model".to_owned()), ("why", format!("{why}{cause}"))];
    refused(&Fault::new(Code::PaintModelFolder, args)).map(drop)?;
    let kind = format!("{why:?}");
    Ok(Err(kind.split([' ', '{']).next().unwrap_or_default().to_owned()))
}

/// Whoever sends a header as a line, with its numbers behind, gets the length before it that holds.
fn safetensors(bytes: &[u8]) -> Result<SafeTensors<Cursor<Vec<u8>>>, ModelError> {
    let whole = match bytes.iter().position(|byte| *byte == b'\n').filter(|_| bytes.starts_with(b"{")) {
        Some(end) => [&(end as u64).to_le_bytes(), &bytes[..end], &bytes[end + 1..]].concat(),
        None => bytes.to_vec(),
    };
    SafeTensors::new(Cursor::new(whole))
}

/// What is in a file is in it once, and no number is none.
pub(crate) fn weights(bytes: &[u8]) -> Answer {
    let file = match safetensors(bytes) {
        Ok(file) => file,
        Err(why) => return unfit(&why),
    };
    let (mut numbers, mut loaded, mut refusal) = (0, 0, "none");
    for name in file.names() {
        let sides = file.sides(name).map_err(|why| why.to_string())?;
        numbers += sides.iter().product::<usize>();
        if sides.len() > SIDES_MAX {
            return Err(format!("{sides:?}"));
        }
        match file.load(name) {
            Ok(tensor) => {
                same("the dimensions", &sides, &tensor.shape)?;
                same("the numbers", &sides.iter().product(), &tensor.data.len())?;
                if !tensor.data.iter().all(|number| number.is_finite()) {
                    return Err("a number that is none".to_owned());
                }
                loaded += 1;
            }
            Err(why) => {
                unfit(&why).map(drop)?;
                refusal = "some";
            }
        }
    }
    let names = file.names().count();
    if numbers > bytes.len() || names > TENSORS_MAX {
        return Err(format!("{numbers} numbers under {names} names in {} bytes", bytes.len()));
    }
    taken(format!("{} {refusal}", loaded.min(3)))
}

/// With its numbers and without them a file is the same LoRA; only the numbers can be damaged.
pub(crate) fn lora(bytes: &[u8]) -> Answer {
    let file = match safetensors(bytes) {
        Ok(file) => file,
        Err(why) => return unfit(&why),
    };
    let outline = LoraOutline::new(file.names(), &file);
    match (Lora::new(file.names(), &file), outline) {
        (Err(ModelError::Damaged { .. }), Ok(_)) => Ok(Err("damaged".to_owned())),
        (Err(why), Err(bare)) if why.to_string() == bare.to_string() => unfit(&why),
        (Err(ModelError::Damaged { .. }), Err(bare)) => unfit(&bare),
        (Ok(_), Ok(outline)) => match outline.check(&model()?) {
            Ok(()) => taken("a LoRA of this model"),
            Err(why) => {
                unfit(&why).map(drop)?;
                taken("a LoRA of another model")
            }
        },
        (whole, bare) => Err(format!("{:?} and {:?}", whole.err(), bare.err())),
    }
}

/// The tiny model of the corpus, without a weight.
fn model() -> Result<Parts, String> {
    let clip = || config::<ClipConfig>(CLIP);
    let none = || -> Result<Box<dyn Weights>, String> {
        Ok(Box::new(safetensors(b"{}\n").map_err(|why| why.to_string())?))
    };
    Ok(Parts {
        vocabulary: WORDS.as_ref()?.clone(),
        text_encoders: [(clip()?, none()?), (clip()?, none()?)],
        unet: (config(UNET)?, none()?),
        vae: (config(VAE)?, none()?),
        trained: Trained::default(),
        zeros_for_empty: true,
    })
}

/// A configuration of the corpus, behind the line that says which it is.
fn config<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let (_, text) = text.split_once('\n').unwrap_or_default();
    serde_json::from_str(text).map_err(|why| why.to_string())
}

/// The first line is the part: `clip`, `unet`, `control`, `vae` or `schedule`.
pub(crate) fn model_config(bytes: &[u8]) -> Answer {
    let Some((part, text)) = parted(bytes) else { return no_text() };
    match part {
        "clip" => planned(text, |config: &ClipConfig| {
            config.check()?;
            clip::plan(config, 1, true)
        }),
        "unet" => planned(text, |config: &UnetConfig| unet::plan(config, call(config), false)),
        "control" => planned(text, |config: &UnetConfig| control::plan(config, call(config), 1.0)),
        "vae" => planned(text, |config: &VaeConfig| {
            config.check()?;
            let pixels = config.pixels_each();
            vae::encoder(config, 1, pixels, pixels)?;
            vae::decoder(config, 1, 1, 1)
        }),
        "schedule" => schedule(text),
        _ => no_text(),
    }
}

/// The smallest latent that such a UNet can read.
fn call(config: &UnetConfig) -> Call {
    let side = 1 << config.block_out_channels.len().saturating_sub(1).min(8);
    Call { images: 1, height: side, width: side, tokens: 1 }
}

/// A configuration that is taken gives a plan whose weights all have numbers, and that tells what it takes.
fn planned<T: DeserializeOwned>(bytes: &[u8], plan: impl Fn(&T) -> Result<Plan, ModelError>) -> Answer {
    let config = match serde_json::from_slice(bytes) {
        Ok(config) => config,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    match plan(&config) {
        Err(why) => unfit(&why),
        Ok(plan) => {
            let empty = plan.weights.iter().find(|weight| weight.shape.contains(&0));
            if let Some(weight) = empty.filter(|_| plan.weight_bytes(size_of::<f32>()) > 0) {
                return Err(format!("`{}` is {:?}", weight.name, weight.shape));
            }
            if plan.ops.len() <= OPS_MAX {
                let largest = plan.shapes.iter().map(|shape| shape.len()).max();
                if plan.live_len_max() < largest.unwrap_or_default() {
                    return Err("less lives at once than its largest value".to_owned());
                }
            }
            taken(plan.ops.len().ilog2())
        }
    }
}

/// A path has as many steps as were asked for, from noise that can be reckoned with to none.
fn schedule(bytes: &[u8]) -> Answer {
    let trained: Trained = match serde_json::from_slice(bytes) {
        Ok(trained) => trained,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    let mut paths = 0;
    for (sampler, steps) in Sampler::ALL.iter().flat_map(|one| STEPS.iter().map(move |steps| (*one, *steps)))
    {
        let path = match Schedule::new(sampler, &trained, steps) {
            Ok(path) => path,
            Err(why) => {
                unfit(&why).map(drop)?;
                continue;
            }
        };
        same("the steps", &(steps, steps + 1), &(path.timesteps.len(), path.sigmas.len()))?;
        let is_fine = path.sigmas.iter().all(|sigma| sigma.is_finite() && *sigma >= 0.0)
            && path.timesteps.iter().all(|time| time.is_finite() && *time >= 0.0)
            && path.begin.is_finite();
        if !is_fine {
            return Err(format!("{sampler:?} in {steps} steps: {path:?}"));
        }
        paths += 1;
    }
    if paths == 0 { Ok(Err("no path".to_owned())) } else { taken(paths) }
}

pub(crate) fn model_list(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    match List::read(text) {
        Err(why) => {
            let args = [("path", "a model".to_owned()), ("why", why)];
            refused(&Fault::new(Code::PaintModelFolder, args))
        }
        Ok(list) => {
            let text = serde_json::to_string(&list).map_err(|why| why.to_string())?;
            same("a list", &Ok(list.clone()), &List::read(&text))?;
            let is_out =
                |path: &str| !Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
            if let Some(file) = list.files.iter().find(|file| file.path.is_empty() || is_out(&file.path)) {
                return Err(format!("{:?} leads out of its folder", file.path));
            }
            if list.bytes() > MODEL_BYTES_MAX || list.files.len() > MODEL_FILES_MAX {
                return Err(format!("{} bytes in {} files", list.bytes(), list.files.len()));
            }
            taken(list.kind.word())
        }
    }
}

/// `tokenizer.json`, or `vocab.json` as a line with `merges.txt` behind it.
fn vocabulary_of(text: &str) -> Result<Vocabulary, ModelError> {
    let text = text.replacen(LETTERS, &letters(), 1);
    if text.starts_with("{\"model\"") {
        return Vocabulary::from_json(&text);
    }
    let (vocabulary, merges) = text.split_once('\n').unwrap_or((&text, ""));
    Vocabulary::new(vocabulary, merges)
}

/// Every byte as a letter, alone and at the end of a word, and the marks of start and end.
fn letters() -> String {
    let plain = |byte: &u32| matches!(byte, 0x21..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF);
    let letters = (0..256).filter(plain).chain((0x100..).take(68)).filter_map(char::from_u32);
    let tokens = letters.flat_map(|letter| [letter.to_string(), format!("{letter}</w>")]);
    let tokens = tokens.chain(["<|startoftext|>".to_owned(), "<|endoftext|>".to_owned()]);
    let entries: Vec<String> = tokens.enumerate().map(|(id, token)| format!("{token:?}:{id}")).collect();
    entries.join(",")
}

pub(crate) fn vocabulary(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    match vocabulary_of(text) {
        Err(why) => unfit(&why),
        Ok(vocabulary) => {
            PROMPTS.iter().try_for_each(|prompt| read_in_chunks(&vocabulary, prompt).map(drop))?;
            taken(vocabulary.tokens(PROMPTS[0]).len())
        }
    }
}

/// Anybody writes prompts.
pub(crate) fn prompt(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    let all = parts(text);
    if all.iter().map(|part| part.text.len()).sum::<usize>() > text.len() {
        return Err("a prompt grew".to_owned());
    }
    let is_fine = |weight: f32| weight.abs() <= WEIGHT_MAX;
    if let Some(part) = all.iter().find(|part| !is_fine(part.weight) || part.text.is_empty()) {
        return Err(format!("{part:?}"));
    }
    let chunks = read_in_chunks(WORDS.as_ref()?, text)?;
    if all.len() < 2 { Ok(Err("nothing weighs more".to_owned())) } else { taken(chunks) }
}

/// How many chunks a prompt is; every one of them is full, and of tokens that there are.
fn read_in_chunks(vocabulary: &Vocabulary, prompt: &str) -> Result<usize, String> {
    let all = chunks(vocabulary, prompt, vocabulary.bang, 1);
    let width = CHUNK_WORDS + 2;
    let is_whole = all.iter().all(|chunk| {
        chunk.tokens.len() == width
            && chunk.weights.len() == width
            && chunk.tokens.get(chunk.end) == Some(&vocabulary.end)
            && chunk.tokens.iter().all(|token| *token <= vocabulary.last())
    });
    if !is_whole || !(1..=CHUNKS_MAX).contains(&all.len()) {
        return Err(format!("{all:?}"));
    }
    Ok(all.len())
}
