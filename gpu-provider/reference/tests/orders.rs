//! What the painter does with orders: seeds, cancelling, prompts of any length, what it has not.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{named, parts};
use imprint_painter::{
    Backend, Control, Lora, Order, PaintError, Painter, Picture, Progress, Sampler, Source, Unwatched, Watch,
};
use imprint_painter_reference::config::UnetConfig;
use imprint_painter_reference::plan::control;
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::weights::Weights;
use imprint_painter_reference::{ControlNet, Model, ModelError, Reference, Tensor};
use serde_json::json;
use std::ops::ControlFlow;

fn painter() -> Reference {
    let mut painter = Reference::default();
    painter.add_model("tiny@1", 64, Model::new(parts()).unwrap());
    painter
}

fn order() -> Order {
    Order { width: 64, height: 64, steps: 2, ..Order::new("tiny@1", common::PROMPT) }
}

fn paint(painter: &Reference, order: &Order) -> Vec<Vec<u8>> {
    let paintings = painter.paint(order, &mut Unwatched).unwrap();
    paintings.into_iter().map(|painting| painting.picture.rgb).collect()
}

#[test]
fn each_picture_has_a_seed_of_its_own() {
    let painter = painter();
    let many = painter.paint(&Order { count: 2, seed: 5, ..order() }, &mut Unwatched).unwrap();
    assert_eq!(many.iter().map(|painting| painting.seed).collect::<Vec<_>>(), [5, 6]);
    assert!(many.iter().all(|painting| painting.backend == Backend::Reference));
    assert_eq!(many[1].picture.rgb.len(), 64 * 64 * 3);
    assert_ne!(many[0].picture, many[1].picture);
    let alone = painter.paint(&Order { seed: 6, ..order() }, &mut Unwatched).unwrap();
    assert_eq!(alone[0].picture, many[1].picture, "a picture depends on the others of its order");
}

struct Until(u32, Vec<Progress>);

impl Watch for Until {
    fn step(&mut self, progress: Progress) -> ControlFlow<()> {
        self.1.push(progress);
        if progress.step == self.0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn cancelling_ends_at_the_step() {
    let mut watch = Until(2, Vec::new());
    let order = Order { steps: 4, count: 3, ..order() };
    let ended = painter().paint(&order, &mut watch);
    assert_eq!(ended, Err(PaintError::Cancelled { step: 2 }));
    assert_eq!(watch.1.len(), 2);
    assert_eq!(watch.1[1], Progress { image: 0, step: 2, steps: 4 });
}

#[test]
fn every_sampler_and_any_prompt_paints() {
    let painter = painter();
    for sampler in
        [Sampler::Euler, Sampler::DpmPlusPlus2mKarras, Sampler::Lcm, Sampler::Turbo, Sampler::Lightning]
    {
        assert_eq!(paint(&painter, &Order { sampler, steps: 1, guidance: 1.0, ..order() }).len(), 1);
    }
    let prompts = ["", "(((", "日本 \u{0} 🦊", &"(fox:1.3) river ".repeat(90), &"x".repeat(4096)];
    for prompt in prompts {
        assert_eq!(
            paint(&painter, &Order { prompt: prompt.to_owned(), steps: 1, ..order() }).len(),
            1,
            "{prompt}"
        );
        let negative = Order { negative_prompt: prompt.to_owned(), steps: 1, ..order() };
        assert_eq!(paint(&painter, &negative).len(), 1, "{prompt}");
    }
}

#[test]
fn words_behind_the_first_chunk_are_read() {
    let painter = painter();
    let with = |end: &str| {
        paint(&painter, &Order { prompt: format!("{}{end}", "a ".repeat(100)), steps: 1, ..order() })
    };
    assert_ne!(with("fox"), with("tower"));
}

#[test]
fn a_source_of_no_strength_is_left_alone() {
    let painter = painter();
    let picture =
        Picture { width: 64, height: 64, rgb: (0..64 * 64 * 3).map(|at| (at % 251) as u8).collect() };
    let with = |strength: f32, seed: u64| {
        let source = Some(Source { picture: picture.clone(), strength, mask: None });
        let mut watch = Until(9, Vec::new());
        let painted = painter.paint(&Order { source, seed, ..order() }, &mut watch).unwrap();
        (painted[0].picture.rgb.clone(), watch.1.len())
    };
    assert_eq!(with(0.0, 1).1, 0, "no step");
    assert_eq!(with(1.0, 1).1, 2, "every step");
    assert_ne!(with(0.0, 1).0, with(1.0, 1).0);
}

#[test]
fn controls_add_up() {
    let mut painter = painter();
    painter.add_control("edges", common::controlnet());
    let with = |scales: &[f32]| {
        let picture =
            Picture { width: 64, height: 64, rgb: (0..64 * 64 * 3).map(|at| (at % 7 * 36) as u8).collect() };
        let one = |scale: &f32| Control { model: "edges".into(), picture: picture.clone(), scale: *scale };
        paint(&painter, &Order { controls: scales.iter().map(one).collect(), steps: 1, ..order() })
    };
    assert_eq!(with(&[0.0]), with(&[]));
    assert_ne!(with(&[1.0]), with(&[]));
    assert_eq!(with(&[0.5, 0.5]), with(&[1.0]));
}

#[test]
fn a_control_of_another_model_is_refused() {
    let cases = [
        ("layers_per_block", json!(1)),
        ("block_out_channels", json!([32, 64, 32])),
        (HINT, json!([16, 32])),
    ];
    for (key, value) in cases {
        let mut config = common::unet_config_json();
        config[key] = value;
        let config: UnetConfig = serde_json::from_value(config).unwrap();
        let call = Call { images: 1, height: 4, width: 4, tokens: 1 };
        let plan = control::plan(&config, call, 1.0).unwrap();
        let mut painter = painter();
        painter.add_control("edges", ControlNet::new(config, &*named("controlnet", &[plan])).unwrap());
        let picture = Picture { width: 64, height: 64, rgb: vec![0; 64 * 64 * 3] };
        let controls = vec![Control { model: "edges".into(), picture, scale: 1.0 }];
        let error = painter.paint(&Order { controls, ..order() }, &mut Unwatched).unwrap_err();
        assert_eq!(error.code(), "paint.model.unfit", "{key}: {error}");
    }
}

const HINT: &str = "conditioning_embedding_out_channels";

type Change = fn(&mut Order);

#[test]
fn what_there_is_not_is_said() {
    let cases: &[(&str, Change)] = &[
        ("paint.model.unknown", |order| order.model = "tiny@2".into()),
        ("paint.model.unknown", |order| order.loras = vec![Lora { name: "ink".into(), scale: 1.0 }]),
        ("paint.model.unknown", |order| {
            let picture = Picture { width: 64, height: 64, rgb: vec![0; 64 * 64 * 3] };
            order.controls = vec![Control { model: "depth".into(), picture, scale: 1.0 }];
        }),
        ("paint.range", |order| order.steps = 0),
        ("paint.range", |order| order.width = 65),
        ("paint.range", |order| order.prompt = "x".repeat(100 << 10)),
        ("paint.unsupported", |order| {
            (order.sampler, order.guidance, order.steps) = (Sampler::Lcm, 1.0, 60);
        }),
    ];
    let painter = painter();
    for (code, change) in cases {
        let mut order = order();
        change(&mut order);
        assert_eq!(painter.paint(&order, &mut Unwatched).unwrap_err().code(), *code);
    }
}

/// Weights that are numbers, and too large for what is made of them.
struct Huge(Box<dyn Weights>);

impl Weights for Huge {
    fn load(&self, name: &str) -> Result<Tensor, ModelError> {
        let mut tensor = self.0.load(name)?;
        if name == "conv_out.weight" {
            tensor.data.fill(f32::MAX);
        }
        Ok(tensor)
    }
}

#[test]
fn what_is_no_number_becomes_no_picture() {
    let mut parts = parts();
    parts.unet.1 = Box::new(Huge(parts.unet.1));
    let mut painter = Reference::default();
    painter.add_model("tiny@1", 64, Model::new(parts).unwrap());
    let error = painter.paint(&order(), &mut Unwatched).unwrap_err();
    assert_eq!(error, PaintError::NotANumber { stage: "unet".to_owned() });
}
