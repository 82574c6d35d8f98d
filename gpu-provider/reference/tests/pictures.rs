//! From words to pictures, against the pipelines of diffusers.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{TOLERANCE, controlnet, fixture, given_picture, order_of, painted, painted_with, parts};
use imprint_painter::{Control, Picture, Source};
use imprint_painter_reference::{Extras, Model};

#[test]
fn pictures_are_those_of_diffusers() {
    let model = Model::new(parts()).unwrap();
    let cases = fixture("pictures");
    assert_eq!(cases.as_array().unwrap().len(), 7);
    for case in cases.as_array().unwrap() {
        let order = order_of(case);
        let found = painted(&model, &order, case);
        assert_eq!(found.len(), order.steps as usize + 1);
        assert!(found.iter().all(|distance| *distance <= TOLERANCE), "{}: {found:?}", case["sampler"]);
    }
}

#[test]
fn pictures_to_begin_with_and_to_follow_are_those_of_diffusers() {
    let model = Model::new(parts()).unwrap();
    let control = controlnet();
    let values = given_picture("source.picture", 1, 3, 64 * 128);
    let rgb =
        values.iter().map(|value| ((value / 4.0 + 0.5).clamp(0.0, 1.0) * 255.0).round_ties_even() as u8);
    let picture = Picture { width: 128, height: 64, rgb: rgb.collect() };
    let inside = |place: usize| (16..48).contains(&(place / 128)) && (32..96).contains(&(place % 128));
    let mask: Vec<u8> = (0..64 * 128).map(|place| if inside(place) { 255 } else { 0 }).collect();
    for case in fixture("sources").as_array().unwrap() {
        let mut order = order_of(case);
        let mut extras = Extras::default();
        if case["kind"] == "control" {
            let scale = case["scale"].as_f64().unwrap() as f32;
            order.controls = vec![Control { model: "edges".to_owned(), picture: picture.clone(), scale }];
            extras.controls.push(&control);
        } else {
            let mask = (case["kind"] == "mask").then(|| mask.clone());
            let strength = case["strength"].as_f64().unwrap() as f32;
            order.source = Some(Source { picture: picture.clone(), strength, mask });
        }
        let found = painted_with(&model, &order, &extras, case);
        assert_eq!(found.len(), case["latents"].as_array().unwrap().len() + 1);
        assert!(
            found.iter().all(|distance| *distance <= TOLERANCE),
            "{} {}: {found:?}",
            case["kind"],
            case["sampler"]
        );
    }
}
