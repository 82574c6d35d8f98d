//! Names of single files against diffusers, and weights that lie in them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{clip_config, fixture, unet_config, vae_config};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Plan, clip, unet, vae};
use imprint_painter_reference::single::{Part, PlaceKind, Single, place};
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{ModelError, Tensor};
use std::collections::BTreeMap;
use std::sync::Arc;

const VAE: Part = Part::Vae { levels: 3 };

fn plans() -> Vec<(&'static str, Part, Vec<Plan>)> {
    let call = Call { images: 1, height: 4, width: 4, tokens: 1 };
    vec![
        ("unet", Part::Unet, vec![unet::plan(&unet_config(), call, false).unwrap()]),
        (
            "vae",
            VAE,
            vec![
                vae::decoder(&vae_config(), 1, 1, 1).unwrap(),
                vae::encoder(&vae_config(), 1, 4, 4).unwrap(),
            ],
        ),
        ("text_encoder_2", Part::TextEncoder2, vec![clip::plan(&clip_config("gelu"), 1, true).unwrap()]),
    ]
}

#[test]
fn names_are_those_that_diffusers_knows() {
    let kept = fixture("names");
    for (part, kind, plans) in plans() {
        for weight in plans.iter().flat_map(|plan| &plan.weights) {
            let found = place(kind, &weight.name).unwrap_or_else(|| panic!("{part}: {}", weight.name));
            let third = match found.kind {
                PlaceKind::Third(number) => number,
                PlaceKind::Whole | PlaceKind::Transposed => 0,
            };
            let wanted = &kept[part][&weight.name];
            assert_eq!(found.name, wanted[0], "{}", weight.name);
            assert_eq!(["whole", "second", "third"][third], wanted[1], "{}", weight.name);
        }
    }
    let first = place(Part::TextEncoder, "text_model.final_layer_norm.bias").unwrap();
    assert_eq!(first.name, "conditioner.embedders.0.transformer.text_model.final_layer_norm.bias");
}

#[test]
fn names_that_no_model_has_are_in_no_place() {
    let cases = [
        (Part::Unet, "conv_in"),
        (Part::Unet, "down_blocks.x.resnets.0.conv1.weight"),
        (Part::Unet, "down_blocks.0.resnets.0.conv9.weight"),
        (Part::TextEncoder2, "text_model.encoder.layers.0.self_attn.z_proj.weight"),
        (VAE, "decoder.up_blocks.7.resnets.0.conv1.weight"),
        (VAE, ""),
    ];
    for (part, name) in cases {
        assert_eq!(place(part, name), None, "{name}");
    }
}

struct Few(BTreeMap<&'static str, Tensor>);

impl Weights for Few {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        self.0.get(name).cloned().ok_or_else(|| ModelError::NoWeight { name: name.to_owned() })
    }
}

#[test]
fn what_lies_together_is_taken_apart() {
    let tensor = |shape: &[usize]| Tensor {
        shape: shape.to_vec(),
        data: (0..shape.iter().product::<usize>()).map(|at| at as f32).collect(),
    };
    let prefix = "conditioner.embedders.1.model";
    let few = |joined: &[usize]| {
        let name = |end: &str| -> &'static str { Box::leak(format!("{prefix}.{end}").into_boxed_str()) };
        let weights = BTreeMap::from([
            (name("transformer.resblocks.0.attn.in_proj_weight"), tensor(joined)),
            (name("text_projection"), tensor(&[2, 3])),
        ]);
        Single { part: Part::TextEncoder2, file: Arc::new(Few(weights)) }
    };
    let file = few(&[6, 1]);
    let third =
        |name: &str| file.load(&format!("text_model.encoder.layers.0.self_attn.{name}.weight")).unwrap();
    assert_eq!(third("q_proj"), Tensor { shape: vec![2, 1], data: vec![0.0, 1.0] });
    assert_eq!(third("v_proj"), Tensor { shape: vec![2, 1], data: vec![4.0, 5.0] });
    let projection = file.load("text_projection.weight").unwrap();
    assert_eq!(projection, Tensor { shape: vec![3, 2], data: vec![0.0, 3.0, 1.0, 4.0, 2.0, 5.0] });
    for damaged in [&[5, 1][..], &[], &[7]] {
        let loaded = few(damaged).load("text_model.encoder.layers.0.self_attn.q_proj.weight");
        assert!(matches!(loaded, Err(ModelError::Shape { .. })), "{damaged:?}");
    }
}
