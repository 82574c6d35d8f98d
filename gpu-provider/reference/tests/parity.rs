//! Every stage of every model against diffusers, on the same weights and inputs.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{
    TOLERANCE, bound, clip_config, distances, fixture, given_picture, unet_config, unet_inputs, vae_config,
};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Inputs, clip, control, unet, vae};

fn close(found: &[(String, f64)], count: usize) {
    let far: Vec<_> = found.iter().filter(|(_, distance)| *distance > TOLERANCE).collect();
    assert!(far.is_empty(), "{far:?}");
    assert_eq!(found.len(), count, "stages that were compared: {found:?}");
}

#[test]
fn text_encoders() {
    let kept = fixture("text");
    let ids =
        |place: usize| common::floats(&kept["ids"][place]).iter().map(|id| *id as f32).collect::<Vec<_>>();
    let first = bound("text_encoder", clip::plan(&clip_config("quick_gelu"), 1, false).unwrap());
    let found = first.run(&Inputs::from([("ids", ids(0))])).unwrap();
    close(&distances(&found, &kept, &[("hidden", "text_encoder.hidden")]), 1);

    let second = bound("text_encoder_2", clip::plan(&clip_config("gelu"), 1, true).unwrap());
    let end = ids(1).iter().position(|id| *id == 673.0).unwrap();
    let found = second.run(&Inputs::from([("ids", ids(1)), ("end", vec![end as f32])])).unwrap();
    let names = [("hidden", "text_encoder_2.hidden"), ("pooled", "text_encoder_2.pooled")];
    close(&distances(&found, &kept, &names), 2);
}

const CALL: Call = Call { images: 2, height: 8, width: 16, tokens: 77 };

#[test]
fn unet_stages() {
    let model = bound("unet", unet::plan(&unet_config(), CALL, false).unwrap());
    let found = model.run_staged(&unet_inputs()).unwrap();
    close(&distances(&found, &fixture("unet"), &[]), 11);
}

#[test]
fn vae_stages() {
    let kept = fixture("vae");
    let decoder = bound("vae", vae::decoder(&vae_config(), 1, 8, 12).unwrap());
    let latents = given_picture("vae.latents", 1, 4, 8 * 12);
    let found = decoder.run_staged(&Inputs::from([("latents", latents)])).unwrap();
    close(&distances(&found, &kept, &[("picture", "decoded")]), 6);

    let encoder = bound("vae", vae::encoder(&vae_config(), 1, 32, 48).unwrap());
    let picture = given_picture("vae.picture", 1, 3, 32 * 48);
    let found = encoder.run_staged(&Inputs::from([("picture", picture)])).unwrap();
    close(&distances(&found, &kept, &[]), 6);
}

#[test]
fn controlnet_and_what_it_does() {
    let kept = fixture("control");
    let model = bound("controlnet", control::plan(&unet_config(), CALL, 0.7).unwrap());
    let mut inputs = unet_inputs();
    inputs.insert("hint", given_picture("control.hint", 2, 3, 32 * 64));
    let found = model.run(&inputs).unwrap();
    let names: Vec<(String, String)> = (0..9)
        .map(|number| (format!("control.{number}"), format!("down.{number}")))
        .chain([("control.mid".to_owned(), "mid".to_owned())])
        .collect();
    let names: Vec<_> = names.iter().map(|(ours, theirs)| (ours.as_str(), theirs.as_str())).collect();
    close(&distances(&found, &kept, &names), 10);

    let unet = bound("unet", unet::plan(&unet_config(), CALL, true).unwrap());
    for (name, values) in &found {
        inputs.insert(name, values.clone());
    }
    close(&distances(&unet.run(&inputs).unwrap(), &kept, &[]), 1);
}
