//! Orders within the limits and beyond them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_painter::{Blame, Control, Lora, Order, PaintError, Picture, Sampler, Source, limits};

type Change = fn(&mut Order);

fn small() -> Order {
    Order { width: 64, height: 128, ..Order::new("sdxl@1.0", "a mark") }
}

fn picture(width: u32, height: u32) -> Picture {
    Picture { width, height, rgb: vec![0; Picture::bytes_of(width, height)] }
}

fn source(strength: f32, mask: Option<usize>) -> Option<Source> {
    Some(Source { picture: picture(64, 128), strength, mask: mask.map(|bytes| vec![0; bytes]) })
}

fn lora(name: &str, scale: f32) -> Lora {
    Lora { name: name.to_owned(), scale }
}

#[test]
fn what_is_within_the_limits_is_taken() {
    let cases: &[Change] = &[
        |_| {},
        |order| order.prompt = String::new(),
        |order| order.prompt = "x".repeat(limits::PROMPT_BYTES_MAX),
        |order| (order.width, order.height) = (2048, 1152),
        |order| order.steps = 1,
        |order| order.guidance = 0.0,
        |order| (order.sampler, order.guidance) = (Sampler::Lcm, 1.0),
        |order| order.loras = vec![lora("ink", -4.0); limits::LORAS_MAX],
        |order| order.source = source(0.5, None),
        |order| order.source = source(1.0, Some(64 * 128)),
        |order| {
            order.controls = vec![Control { model: "edges".into(), picture: picture(64, 128), scale: 2.0 }];
        },
    ];
    for (place, change) in cases.iter().enumerate() {
        let mut order = small();
        change(&mut order);
        assert_eq!(order.check(), Ok(()), "case {place}");
    }
}

#[test]
fn what_is_beyond_a_limit_is_refused_by_the_name_of_the_field() {
    let cases: &[(&str, Change)] = &[
        ("model", |order| order.model = String::new()),
        ("model", |order| order.model = "../../etc".into()),
        ("model", |order| order.model = "m".repeat(limits::NAME_BYTES_MAX + 1)),
        ("prompt", |order| order.prompt = "x".repeat(100 << 10)),
        ("negative_prompt", |order| order.negative_prompt = "x".repeat(limits::PROMPT_BYTES_MAX + 1)),
        ("width", |order| order.width = 0),
        ("width", |order| order.width = 96),
        ("width", |order| order.width = u32::MAX),
        ("height", |order| order.height = 2112),
        ("width x height", |order| (order.width, order.height) = (2048, 2048)),
        ("steps", |order| order.steps = 0),
        ("steps", |order| order.steps = limits::STEPS_MAX + 1),
        ("guidance", |order| order.guidance = f32::NAN),
        ("guidance", |order| order.guidance = -1.0),
        ("guidance", |order| order.guidance = f32::INFINITY),
        ("guidance", |order| (order.sampler, order.guidance) = (Sampler::Lcm, 1.5)),
        ("count", |order| order.count = 0),
        ("count", |order| order.count = limits::COUNT_MAX + 1),
        ("seed", |order| order.seed = u64::MAX),
        ("loras", |order| order.loras = vec![lora("ink", 1.0); limits::LORAS_MAX + 1]),
        ("loras.name", |order| order.loras = vec![lora("a/b", 1.0)]),
        ("loras.scale", |order| order.loras = vec![lora("ink", f32::NAN)]),
        ("source.strength", |order| order.source = source(1.5, None)),
        ("source.mask", |order| order.source = source(0.5, Some(3))),
        ("source.picture", |order| {
            order.source = Some(Source { picture: picture(128, 64), strength: 1.0, mask: None });
        }),
        ("controls.picture", |order| {
            let picture = Picture { width: 64, height: 128, rgb: vec![0; 5] };
            order.controls = vec![Control { model: "edges".into(), picture, scale: 1.0 }];
        }),
        ("controls.scale", |order| {
            order.controls = vec![Control { model: "edges".into(), picture: picture(64, 128), scale: 9.0 }];
        }),
    ];
    for (wanted, change) in cases {
        let mut order = small();
        change(&mut order);
        let error = order.check().unwrap_err();
        let (PaintError::OutOfRange { field, .. } | PaintError::Name { field, .. }) = &error else {
            panic!("{wanted}: {error}");
        };
        assert_eq!(field, wanted, "{error}");
        assert_eq!(error.blame(), Blame::Rejected);
    }
}
