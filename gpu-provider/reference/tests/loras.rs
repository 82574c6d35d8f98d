//! LoRAs against diffusers, under every name that files give them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{TOLERANCE, distance, fixture, given, order_of, parts};
use imprint_painter::{Order, PaintError};
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{Extras, Lora, Model, ModelError, Parts, Tensor};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

#[derive(Clone, Default)]
struct File(BTreeMap<String, Tensor>);

impl Weights for File {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        self.0.get(name).cloned().ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })
    }
}

impl File {
    fn lora(&self) -> Result<Lora, ModelError> {
        Lora::new(self.0.keys().map(String::as_str), self)
    }

    fn set(&mut self, name: String, shape: &[usize], data: Vec<f32>) {
        self.0.insert(name, Tensor { shape: shape.to_vec(), data });
    }
}

/// How a kind of file names a layer and its halves.
struct Style {
    layer: fn(&str) -> String,
    down: &'static str,
    up: &'static str,
}

/// The same layers in the words of diffusers.
const LAYERS: &[(&str, &str)] = &[
    (
        "lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q",
        "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q",
    ),
    (
        "lora_unet_input_blocks_8_1_transformer_blocks_1_attn2_to_k",
        "unet.down_blocks.2.attentions.1.transformer_blocks.1.attn2.to_k",
    ),
    (
        "lora_unet_middle_block_1_transformer_blocks_0_ff_net_0_proj",
        "unet.mid_block.attentions.0.transformer_blocks.0.ff.net.0.proj",
    ),
    ("lora_unet_output_blocks_3_1_proj_in", "unet.up_blocks.1.attentions.0.proj_in"),
    (
        "lora_te1_text_model_encoder_layers_0_self_attn_q_proj",
        "text_encoder.text_model.encoder.layers.0.self_attn.q_proj",
    ),
    (
        "lora_te1_text_model_encoder_layers_0_self_attn_out_proj",
        "text_encoder.text_model.encoder.layers.0.self_attn.out_proj",
    ),
    (
        "lora_te2_text_model_encoder_layers_1_self_attn_out_proj",
        "text_encoder_2.text_model.encoder.layers.1.self_attn.out_proj",
    ),
];

fn of_diffusers(layer: &str) -> String {
    LAYERS.iter().find(|(kohya, _)| *kohya == layer).unwrap().1.to_owned()
}

const STYLES: &[Style] = &[
    Style { layer: str::to_owned, down: "lora_down", up: "lora_up" },
    Style {
        layer: |layer| {
            let name = of_diffusers(layer);
            if name.starts_with("unet") {
                format!("lora_{}", name.replace('.', "_"))
            } else {
                layer.to_owned()
            }
        },
        down: "lora_down",
        up: "lora_up",
    },
    Style { layer: of_diffusers, down: "lora_A", up: "lora_B" },
    Style { layer: of_diffusers, down: "lora.down", up: "lora.up" },
];

/// The LoRA of `make.py`: rank 4, alpha 2.
fn file(style: &Style) -> File {
    let quiet =
        |name: String, count: usize| given(&name, count).into_iter().map(|value| value * 0.3).collect();
    let mut file = File::default();
    for (layer, sides) in fixture("lora")["layers"].as_object().unwrap() {
        let (outputs, inputs) = (sides[0].as_u64().unwrap() as usize, sides[1].as_u64().unwrap() as usize);
        let name = (style.layer)(layer);
        let (down, up) =
            (quiet(format!("{layer}/down"), 4 * inputs), quiet(format!("{layer}/up"), outputs * 4));
        file.set(format!("{name}.{}.weight", style.down), &[4, inputs], down);
        file.set(format!("{name}.{}.weight", style.up), &[outputs, 4], up);
        file.set(format!("{name}.alpha"), &[], vec![2.0]);
    }
    file
}

/// The latents after the last step; there is no picture of them.
fn painted(model: &Model, order: &Order, loras: Vec<(&Lora, f32)>) -> Result<Vec<f32>, PaintError> {
    let extras = Extras { loras, ..Extras::default() };
    let mut last = Vec::new();
    let ended = model.paint(order, &extras, &mut |progress, latents| {
        if progress.step < order.steps {
            return ControlFlow::Continue(());
        }
        last = latents.to_vec();
        ControlFlow::Break(())
    });
    match ended {
        Err(PaintError::Cancelled { .. }) => Ok(last),
        other => other.map(|_| last),
    }
}

#[test]
fn every_kind_of_file_does_what_it_does_in_diffusers() {
    let (case, model) = (fixture("lora"), Model::new(parts()).unwrap());
    let (order, wanted) = (order_of(&case), &case["latents"][1]);
    let bare = painted(&model, &order, Vec::new()).unwrap();
    assert!(distance(&bare, wanted) > TOLERANCE, "the LoRA does nothing");
    for (place, style) in STYLES.iter().enumerate() {
        let lora = file(style).lora().unwrap();
        let found = painted(&model, &order, vec![(&lora, 0.8)]).unwrap();
        assert!(distance(&found, wanted) <= TOLERANCE, "style {place}: {}", distance(&found, wanted));
    }
    // Several at once add up, and the base is as it was before.
    let lora = file(&STYLES[0]).lora().unwrap();
    let found = painted(&model, &order, vec![(&lora, 0.5), (&lora, 0.3)]).unwrap();
    assert!(distance(&found, wanted) <= TOLERANCE);
    let found = painted(&model, &order, vec![(&lora, 0.8)]).unwrap();
    assert!(distance(&found, wanted) <= TOLERANCE);
    assert_eq!(painted(&model, &order, Vec::new()).unwrap(), bare);
}

#[test]
fn without_alpha_the_strength_is_one() {
    let mut plain = file(&STYLES[0]);
    plain.0.retain(|name, _| !name.ends_with(".alpha"));
    let (case, model) = (fixture("lora"), Model::new(parts()).unwrap());
    let found = painted(&model, &order_of(&case), vec![(&plain.lora().unwrap(), 0.4)]).unwrap();
    assert!(distance(&found, &case["latents"][1]) <= TOLERANCE);
}

/// A layer under the name that a file has for it, and the weight that it is made for.
#[derive(Clone, Copy, Debug)]
struct Layer {
    named: &'static str,
    down: &'static str,
    up: &'static str,
    part: &'static str,
    weight: &'static str,
}

const fn kohya(named: &'static str, part: &'static str, weight: &'static str) -> Layer {
    Layer { named, down: "lora_down", up: "lora_up", part, weight }
}

const fn peft(named: &'static str, part: &'static str, weight: &'static str) -> Layer {
    Layer { named, down: "lora_A", up: "lora_B", part, weight }
}

const fn diffusers(named: &'static str, part: &'static str, weight: &'static str) -> Layer {
    Layer { named, down: "lora.down", up: "lora.up", part, weight }
}

const RANK: usize = 3;
const ALPHA: f32 = 1.5;
/// What is the same but for the order of its sums.
const SAME: f64 = 1e-6;

fn weights<'a>(parts: &'a mut Parts, part: &str) -> &'a mut Box<dyn Weights> {
    let [first, second] = &mut parts.text_encoders;
    match part {
        "text_encoder" => &mut first.1,
        "text_encoder_2" => &mut second.1,
        _ => &mut parts.unet.1,
    }
}

/// A file that changes these layers, by numbers that follow from its name and theirs.
fn file_of(name: &str, layers: &[Layer]) -> File {
    let (mut file, mut parts) = (File::default(), parts());
    for Layer { named, down, up, part, weight } in layers {
        let sides = weights(&mut parts, part).sides(weight).unwrap();
        let ones = &[1, 1][..sides.len() - 2];
        for (half, shape) in
            [(down, [&[RANK], &sides[1..]].concat()), (up, [&[sides[0], RANK], ones].concat())]
        {
            let data = given(&format!("{name}/{named}/{half}"), shape.iter().product());
            let data = data.into_iter().map(|value| value * 0.3).collect();
            file.set(format!("{named}.{half}.weight"), &shape, data);
        }
        file.set(format!("{named}.alpha"), &[], vec![ALPHA]);
    }
    file
}

/// Weights of which one is another.
struct Changed {
    base: Box<dyn Weights>,
    name: &'static str,
    whole: Tensor,
}

impl Weights for Changed {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        if name == self.name { Ok(self.whole.clone()) } else { self.base.load(name) }
    }
}

/// Makes the layers of a file whole and adds them to the weights, in 64 bits: what a LoRA has to come to.
fn add(parts: &mut Parts, file: &File, layers: &[Layer], scale: f64) {
    for Layer { named, down, up, part, weight } in layers {
        let half = |half: &str| &file.0[&format!("{named}.{half}.weight")].data;
        let (down, up, weights) = (half(down), half(up), weights(parts, part));
        let mut whole = weights.load(weight).unwrap();
        let inputs = whole.data.len() / whole.shape[0];
        for (at, value) in whole.data.iter_mut().enumerate() {
            let (output, input) = (at / inputs, at % inputs);
            let share =
                |rank: usize| f64::from(up[output * RANK + rank]) * f64::from(down[rank * inputs + input]);
            let sum: f64 = (0..RANK).map(share).sum();
            *value = (f64::from(*value) + scale * f64::from(ALPHA) / RANK as f64 * sum) as f32;
        }
        let base = std::mem::replace(weights, Box::new(File::default()));
        *weights = Box::new(Changed { base, name: weight, whole });
    }
}

/// What is painted where files are part of the weights from the beginning.
fn dense(order: &Order, files: &[(&File, &[Layer], f64)]) -> Vec<f32> {
    let mut parts = parts();
    for (file, layers, scale) in files {
        add(&mut parts, file, layers, *scale);
    }
    painted(&Model::new(parts).unwrap(), order, Vec::new()).unwrap()
}

/// How far latents are from others, relative to their length.
fn apart(found: &[f32], wanted: &[f32]) -> f64 {
    assert_eq!(found.len(), wanted.len());
    let pairs = || found.iter().zip(wanted).map(|(a, b)| (f64::from(*a), f64::from(*b)));
    let far: f64 = pairs().map(|(a, b)| (a - b) * (a - b)).sum();
    (far / pairs().map(|(_, b)| b * b).sum::<f64>()).sqrt()
}

/// One step is enough: every layer has its say in it.
fn one_step() -> Order {
    Order { steps: 1, ..order_of(&fixture("lora")) }
}

const CONVOLUTIONS: &[Layer] = &[
    kohya("lora_unet_input_blocks_0_0", "unet", "conv_in.weight"),
    kohya("lora_unet_input_blocks_1_0_in_layers_2", "unet", "down_blocks.0.resnets.0.conv1.weight"),
    kohya("lora_unet_input_blocks_3_0_op", "unet", "down_blocks.0.downsamplers.0.conv.weight"),
    kohya("lora_unet_input_blocks_4_0_skip_connection", "unet", SHORTCUT),
    kohya("lora_unet_middle_block_2_out_layers_3", "unet", "mid_block.resnets.1.conv2.weight"),
    kohya("lora_unet_output_blocks_2_2_conv", "unet", "up_blocks.0.upsamplers.0.conv.weight"),
    kohya("lora_unet_out_2", "unet", "conv_out.weight"),
    kohya("lora_unet_down_blocks_0_resnets_1_conv2", "unet", "down_blocks.0.resnets.1.conv2.weight"),
    kohya("lora_unet_down_blocks_1_resnets_0_conv_shortcut", "unet", SHORTCUT),
    peft("unet.up_blocks.1.resnets.0.conv_shortcut", "unet", "up_blocks.1.resnets.0.conv_shortcut.weight"),
    diffusers("unet.down_blocks.1.downsamplers.0.conv", "unet", "down_blocks.1.downsamplers.0.conv.weight"),
];
const SHORTCUT: &str = "down_blocks.1.resnets.0.conv_shortcut.weight";

/// Each encoder has these, with the same names and sizes, so that one may be taken for the other.
const OF_FIRST: &[Layer] = &[
    kohya("lora_te1_text_model_encoder_layers_0_mlp_fc1", "text_encoder", FC1),
    peft("text_encoder.text_model.encoder.layers.0.mlp.fc1", "text_encoder", FC1),
    diffusers("text_encoder.text_model.encoder.layers.1.self_attn.v_proj", "text_encoder", VALUES),
];
const OF_SECOND: &[Layer] = &[
    kohya("lora_te2_text_model_encoder_layers_0_mlp_fc1", "text_encoder_2", FC1),
    peft("text_encoder_2.text_model.encoder.layers.0.mlp.fc1", "text_encoder_2", FC1),
    diffusers("text_encoder_2.text_model.encoder.layers.1.self_attn.v_proj", "text_encoder_2", VALUES),
];
const FC1: &str = "text_model.encoder.layers.0.mlp.fc1.weight";
const VALUES: &str = "text_model.encoder.layers.1.self_attn.v_proj.weight";

/// Of convolutions, and of one encoder and not the other.
#[test]
fn changes_are_what_they_come_to_when_they_are_made_whole() {
    let (model, order) = (Model::new(parts()).unwrap(), one_step());
    for (layers, other) in
        [(CONVOLUTIONS, None), (OF_FIRST, Some("text_encoder_2")), (OF_SECOND, Some("text_encoder"))]
    {
        let file = file_of("one", layers);
        let found = painted(&model, &order, vec![(&file.lora().unwrap(), 0.8)]).unwrap();
        let far = apart(&found, &dense(&order, &[(&file, layers, 0.8)]));
        assert!(far <= SAME, "{layers:?}: {far}");
        let Some(part) = other else { continue };
        let mistaken: Vec<Layer> = layers.iter().map(|layer| Layer { part, ..*layer }).collect();
        let mistaken = dense(&order, &[(&file, &mistaken, 0.8)]);
        assert!(apart(&found, &mistaken) > TOLERANCE, "{layers:?} may be of the other encoder");
    }
}

/// Files have a convolution of one pixel with two sides or with four, and so have those of linear layers.
#[test]
fn one_pixel_is_no_matter_of_sides() {
    let (model, order) = (Model::new(parts()).unwrap(), one_step());
    let linear =
        kohya("lora_unet_output_blocks_3_1_proj_in", "unet", "up_blocks.1.attentions.0.proj_in.weight");
    for layer in [linear, kohya("lora_unet_input_blocks_4_0_skip_connection", "unet", SHORTCUT)] {
        let file = file_of("one", &[layer]);
        let found = [&[][..], &[1, 1]].map(|ones| {
            let mut file = file.clone();
            for half in file.0.values_mut().filter(|half| half.shape.len() > 1) {
                half.shape = [&half.shape[..2], ones].concat();
            }
            painted(&model, &order, vec![(&file.lora().unwrap(), 0.8)]).unwrap()
        });
        assert_eq!(found[0], found[1], "{layer:?}");
    }
}

#[test]
fn two_files_add_up_in_either_order_and_leave_no_trace() {
    let shared = kohya("lora_unet_input_blocks_1_0_in_layers_2", "unet", CONVOLUTIONS[1].weight);
    let again = peft("unet.down_blocks.0.resnets.0.conv1", "unet", CONVOLUTIONS[1].weight);
    let (first, second) = ([shared, OF_FIRST[0], CONVOLUTIONS[3]], [again, OF_SECOND[1], CONVOLUTIONS[10]]);
    let files = [file_of("first", &first), file_of("second", &second)];
    let [one, other] = [files[0].lora().unwrap(), files[1].lora().unwrap()];
    let (model, order) = (Model::new(parts()).unwrap(), one_step());
    let bare = painted(&model, &order, Vec::new()).unwrap();
    let alone = painted(&model, &order, vec![(&one, 0.8)]).unwrap();

    let both = painted(&model, &order, vec![(&one, 0.8), (&other, -0.5)]).unwrap();
    let far = apart(&both, &dense(&order, &[(&files[0], &first, 0.8), (&files[1], &second, -0.5)]));
    assert!(far <= SAME, "{far}");
    assert!(apart(&both, &alone) > TOLERANCE, "the second file does nothing");
    let turned = painted(&model, &order, vec![(&other, -0.5), (&one, 0.8)]).unwrap();
    let far = apart(&turned, &both);
    assert!(far <= SAME, "{far}");

    assert_eq!(painted(&model, &order, vec![(&one, 0.8)]).unwrap(), alone);
    assert_eq!(painted(&model, &order, Vec::new()).unwrap(), bare);
}

type Damage = fn(&mut File);

#[test]
fn what_is_no_lora_of_this_model_is_refused() {
    let cases: &[(&str, Damage)] = &[
        ("empty", |file| file.0.clear()),
        ("half", |file| file.0.retain(|name, _| !name.ends_with("lora_up.weight"))),
        ("an alpha of many numbers", |file| {
            let alpha = file.0.keys().find(|name| name.ends_with(".alpha")).unwrap().clone();
            file.set(alpha, &[2], vec![2.0, 2.0]);
        }),
        ("another kind", |file| file.set("lora_unet_conv_in.hada_w1_a".into(), &[1], vec![1.0])),
        ("of no part", |file| {
            file.set("vae.x.lora_A.weight".into(), &[1, 1], vec![1.0]);
            file.set("vae.x.lora_B.weight".into(), &[1, 1], vec![1.0]);
        }),
        ("of a deeper model", |file| {
            file.set("unet.mid_block.attentions.7.proj_in.lora_A.weight".into(), &[1, 64], vec![1.0; 64]);
            file.set("unet.mid_block.attentions.7.proj_in.lora_B.weight".into(), &[64, 1], vec![1.0; 64]);
        }),
        ("of a wider model", |file| {
            file.set("unet.mid_block.attentions.0.proj_in.lora_A.weight".into(), &[1, 128], vec![1.0; 128]);
            file.set("unet.mid_block.attentions.0.proj_in.lora_B.weight".into(), &[128, 1], vec![1.0; 128]);
        }),
        ("of two ranks", |file| {
            file.set("unet.mid_block.attentions.0.proj_in.lora_A.weight".into(), &[2, 64], vec![1.0; 128]);
            file.set("unet.mid_block.attentions.0.proj_in.lora_B.weight".into(), &[64, 3], vec![1.0; 192]);
        }),
        ("of no rank", |file| {
            file.set("unet.mid_block.attentions.0.proj_in.lora_A.weight".into(), &[0, 64], Vec::new());
            file.set("unet.mid_block.attentions.0.proj_in.lora_B.weight".into(), &[64, 0], Vec::new());
        }),
    ];
    let (case, model) = (fixture("lora"), Model::new(parts()).unwrap());
    for (name, damage) in cases {
        let mut file = file(&STYLES[0]);
        damage(&mut file);
        let Ok(lora) = file.lora() else { continue };
        let refused = painted(&model, &order_of(&case), vec![(&lora, 1.0)]).unwrap_err();
        assert!(
            matches!(refused, PaintError::Unsupported { .. } | PaintError::Unfit { .. }),
            "{name}: {refused}"
        );
    }
}
