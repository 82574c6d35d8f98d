//! Plans of SDXL itself: they have as many weights and as much work as the published model, to the digit.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_painter_reference::config::{ClipConfig, UnetConfig, VaeConfig};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Op, Plan, clip, control, unet, vae};
use serde_json::json;

fn unet_config() -> UnetConfig {
    serde_json::from_value(json!({
        "in_channels": 4, "out_channels": 4, "block_out_channels": [320, 640, 1280], "layers_per_block": 2,
        "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
        "attention_head_dim": [5, 10, 20], "transformer_layers_per_block": [1, 2, 10], "cross_attention_dim": 2048,
        "addition_time_embed_dim": 256, "projection_class_embeddings_input_dim": 2816, "use_linear_projection": true,
        "norm_num_groups": 32, "conditioning_embedding_out_channels": [16, 32, 96, 256],
    }))
    .unwrap()
}

fn vae_config() -> VaeConfig {
    serde_json::from_value(json!({
        "block_out_channels": [128, 256, 512, 512], "layers_per_block": 2, "latent_channels": 4, "norm_num_groups": 32,
        "scaling_factor": 0.13025,
    }))
    .unwrap()
}

fn clip_config(size: usize, layers: usize, heads: usize, activation: &str) -> ClipConfig {
    serde_json::from_value(json!({
        "vocab_size": 49408, "hidden_size": size, "intermediate_size": 4 * size, "num_attention_heads": heads,
        "num_hidden_layers": layers, "max_position_embeddings": 77, "projection_dim": size, "hidden_act": activation,
    }))
    .unwrap()
}

/// A picture of 1024 by 1024 with guidance.
const CALL: Call = Call { images: 2, height: 128, width: 128, tokens: 77 };

fn weights(plan: &Plan) -> usize {
    plan.weight_bytes(1)
}

#[test]
fn weights_are_as_many_as_in_the_published_model() {
    let first = clip_config(768, 12, 12, "quick_gelu");
    // Without the last layer and the final norm, which nobody reads.
    let layer = 4 * (768 * 768 + 768) + 2 * 768 * 3072 + 3072 + 768 + 4 * 768;
    let cases = [
        ("UNet", weights(&unet::plan(&unet_config(), CALL, false).unwrap()), 2_567_463_684),
        (
            "second encoder",
            weights(&clip::plan(&clip_config(1280, 32, 20, "gelu"), 1, true).unwrap()),
            694_659_840,
        ),
        ("first encoder", weights(&clip::plan(&first, 1, false).unwrap()) + layer + 2 * 768, 123_060_480),
        (
            "VAE",
            weights(&vae::decoder(&vae_config(), 1, 128, 128).unwrap())
                + weights(&vae::encoder(&vae_config(), 1, 1024, 1024).unwrap()),
            83_653_863,
        ),
        ("ControlNet", weights(&control::plan(&unet_config(), CALL, 1.0).unwrap()), 1_251_014_160),
    ];
    for (name, found, wanted) in cases {
        assert_eq!(found, wanted, "{name}");
    }
}

/// Multiplications of matrices and windows, in units of 10^12, twice as the trade counts them.
fn teraflops(plan: &Plan) -> f64 {
    let shape = |value: usize| plan.shapes[value];
    let rows = |value: usize| (shape(value).images * shape(value).rows()) as f64;
    let one = |(number, op): (usize, &Op)| match op {
        Op::Linear { input, .. } => rows(number) * (shape(input.0).channels * shape(number).channels) as f64,
        Op::Conv { input, side, .. } => {
            rows(number) * (side * side * shape(input.0).channels * shape(number).channels) as f64
        }
        Op::Attention { query, key, .. } => {
            2.0 * rows(query.0) * (shape(key.0).rows() * shape(query.0).channels) as f64
        }
        _ => 0.0,
    };
    plan.ops.iter().enumerate().map(one).sum::<f64>() * 2.0 / 1e12
}

#[test]
fn work_is_as_much_as_in_the_published_model() {
    let cases = [
        ("UNet", teraflops(&unet::plan(&unet_config(), CALL, false).unwrap()), 13.52),
        ("decoder", teraflops(&vae::decoder(&vae_config(), 1, 128, 128).unwrap()), 10.47),
        ("ControlNet", teraflops(&control::plan(&unet_config(), CALL, 1.0).unwrap()), 6.04),
    ];
    for (name, found, wanted) in cases {
        assert!((found / wanted - 1.0).abs() < 0.01, "{name}: {found}");
    }
}

/// The peak is one of the sums of what is alive, counted the slow way.
#[test]
fn what_is_alive_at_once_is_known_before() {
    let plan = vae::decoder(&vae_config(), 1, 16, 16).unwrap();
    let is_needed = |value: usize, after: usize| {
        plan.outputs.iter().any(|(_, output)| output.0 == value)
            || plan.ops[after..].iter().any(|op| op.reads().iter().any(|read| read.0 == value))
    };
    let peak = (0..plan.ops.len())
        .map(|at| {
            (0..=at)
                .filter(|value| *value == at || is_needed(*value, at))
                .map(|value| plan.shapes[value].len())
                .sum()
        })
        .max();
    assert_eq!(Some(plan.live_len_max()), peak);
}
