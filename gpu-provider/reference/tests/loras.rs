//! LoRAs against diffusers, under every name that files give them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{TOLERANCE, distance, fixture, given, order_of, parts};
use imprint_painter::{Order, PaintError};
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{Extras, Lora, Model, ModelError, Tensor};
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

fn painted(model: &Model, order: &Order, loras: Vec<(&Lora, f32)>) -> Result<Vec<f32>, PaintError> {
    let extras = Extras { loras, ..Extras::default() };
    let mut last = Vec::new();
    model.paint(order, &extras, &mut |_, latents| {
        last = latents.to_vec();
        ControlFlow::Continue(())
    })?;
    Ok(last)
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
