//! Times, levels of noise, paths and noise against diffusers and PyTorch.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{TOLERANCE, distance, fixture, floats};
use imprint_painter::{Noise, Sampler};
use imprint_painter_reference::channels_last;
use imprint_painter_reference::noise::{NoiseSource, Twister, philox};
use imprint_painter_reference::schedule::{BetaSchedule, Prediction, Schedule, Trained};
use serde_json::Value;

const SAMPLERS: &[(&str, Sampler)] = &[
    ("euler", Sampler::Euler),
    ("euler-ancestral", Sampler::EulerAncestral),
    ("dpm++2m-karras", Sampler::DpmPlusPlus2mKarras),
    ("lcm", Sampler::Lcm),
    ("turbo", Sampler::Turbo),
    ("lightning", Sampler::Lightning),
];

fn trained(prediction: &str) -> Trained {
    let prediction_type = if prediction == "epsilon" { Prediction::Noise } else { Prediction::Velocity };
    Trained { prediction_type, ..Trained::default() }
}

/// The model in closed form of `make.py`.
fn model(shown: &[f32], time: f32) -> Vec<f32> {
    shown.iter().map(|x| x * (time / (time + 1.0)) + 0.1 * libm::sinf(3.0 * x)).collect()
}

/// What somebody may do wrong with a schedule.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wrong {
    Nothing,
    /// Pure noise that is as strong as the other spacing begins with.
    Begin,
    /// The model sees the latents as they are.
    Unscaled,
    /// Noise drawn pixel by pixel.
    Drawn,
    /// Times counted from the first, where others count from the last.
    Leading,
}

/// How far the path of a case is from that of diffusers, step by step.
fn path(sampler: Sampler, case: &Value, wrong: Wrong) -> Vec<f64> {
    let steps = case["steps"].as_u64().unwrap() as usize;
    let mut schedule = Schedule::new(sampler, &trained(case["prediction"].as_str().unwrap()), steps).unwrap();
    let top = schedule.sigmas[0];
    if wrong == Wrong::Begin {
        let leads = matches!(sampler, Sampler::Euler | Sampler::EulerAncestral);
        schedule.begin = if leads { top } else { (top * top + 1.0).sqrt() } as f32;
    }
    if wrong == Wrong::Leading {
        let leading = Schedule::new(Sampler::Euler, &trained("epsilon"), steps).unwrap();
        schedule.begin = leading.sigmas[0] as f32;
        (schedule.timesteps, schedule.sigmas) = (leading.timesteps, leading.sigmas);
    }
    let mut noise = NoiseSource::new(Noise::Mt19937, 5);
    let mut draw = || {
        let planes = noise.normal(4 * 8 * 8);
        if wrong == Wrong::Drawn { planes } else { channels_last(&planes, 4) }
    };
    let mut latents: Vec<f32> = draw().into_iter().map(|value| value * schedule.begin).collect();
    let mut found = Vec::new();
    for (step, kept) in case["path"].as_array().unwrap().iter().enumerate() {
        let shown = if wrong == Wrong::Unscaled { latents.clone() } else { schedule.shown(step, &latents) };
        let said = model(&shown, schedule.timesteps[step]);
        latents = schedule.step(step, &latents, &said, &mut draw);
        found.push(distance(&latents, kept));
    }
    found
}

#[test]
fn paths_are_those_of_diffusers() {
    let kept = fixture("schedules");
    let mut compared = 0;
    for (name, sampler) in SAMPLERS {
        for case in kept[name].as_array().unwrap() {
            let steps = case["steps"].as_u64().unwrap() as usize;
            let schedule =
                Schedule::new(*sampler, &trained(case["prediction"].as_str().unwrap()), steps).unwrap();
            let times: Vec<f64> = schedule.timesteps.iter().map(|time| f64::from(*time)).collect();
            assert_eq!(times, floats(&case["timesteps"]), "{name} {steps}");
            for (ours, theirs) in schedule.sigmas.iter().zip(floats(&case["sigmas"])) {
                assert!((ours - theirs).abs() <= TOLERANCE * theirs, "{name} {steps}: {ours} {theirs}");
            }
            let found = path(*sampler, case, Wrong::Nothing);
            assert!(found.iter().all(|distance| *distance <= TOLERANCE), "{name} {steps}: {found:?}");
            compared += found.len();
        }
    }
    assert_eq!(compared, 253, "steps that were compared");
}

#[test]
fn planted_in_a_schedule_it_is_found() {
    let kept = fixture("schedules");
    let cases: &[(&str, &[Wrong])] = &[
        ("euler", &[Wrong::Begin, Wrong::Unscaled, Wrong::Drawn]),
        ("euler-ancestral", &[Wrong::Begin, Wrong::Unscaled, Wrong::Drawn]),
        ("dpm++2m-karras", &[Wrong::Begin, Wrong::Drawn]),
        ("lcm", &[Wrong::Begin, Wrong::Drawn]),
        ("turbo", &[Wrong::Begin, Wrong::Unscaled, Wrong::Drawn, Wrong::Leading]),
        ("lightning", &[Wrong::Begin, Wrong::Unscaled, Wrong::Drawn, Wrong::Leading]),
    ];
    for (name, wrongs) in cases {
        let (_, sampler) = SAMPLERS.iter().find(|(known, _)| known == name).unwrap();
        for wrong in *wrongs {
            let found = path(*sampler, &kept[name][1], *wrong);
            assert!(found.iter().any(|distance| *distance > TOLERANCE), "{name} {wrong:?}: {found:?}");
        }
    }
}

/// How a test of diffusers spreads its steps.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spread {
    /// As the sampler does when it paints.
    Own,
    /// Evenly, from the last time to the first.
    Even,
    /// Evenly, in whole times; the first one is left out.
    Whole,
    /// Levels of Karras, at the times that have them, whole or not.
    Karras,
}

/// The level of noise at each time of the training.
fn levels(trained: &Trained) -> Vec<f64> {
    let trained = Trained { steps_offset: 0, ..trained.clone() };
    let all = Schedule::new(Sampler::Euler, &trained, trained.num_train_timesteps).unwrap();
    all.sigmas.into_iter().rev().skip(1).collect()
}

/// The time whose level of noise this is.
fn time_of(sigma: f64, all: &[f64]) -> f64 {
    let above = all.partition_point(|level| *level <= sigma).clamp(1, all.len() - 1);
    let (low, high) = (libm::log(all[above - 1]), libm::log(all[above]));
    (above - 1) as f64 + ((libm::log(sigma) - low) / (high - low)).clamp(0.0, 1.0)
}

fn level_at(time: f64, all: &[f64]) -> f64 {
    let low = (time as usize).min(all.len() - 2);
    all[low] + (all[low + 1] - all[low]) * (time - low as f64)
}

fn spread(sampler: Sampler, trained: &Trained, steps: usize, way: Spread) -> Schedule {
    let mut schedule = Schedule::new(sampler, trained, steps).unwrap();
    let all = levels(trained);
    let even = |gaps: usize| (0..steps).map(move |at| (gaps - at) as f64 / gaps as f64);
    let last = (all.len() - 1) as f64;
    let times: Vec<f64> = match way {
        Spread::Own => Vec::new(),
        Spread::Even => even(steps - 1).map(|share| share * last).collect(),
        Spread::Whole => even(steps).map(|share| (share * last).round_ties_even()).collect(),
        Spread::Karras => {
            let known = Schedule::new(Sampler::DpmPlusPlus2mKarras, trained, steps).unwrap();
            known.sigmas[..steps].iter().map(|sigma| time_of(*sigma, &all)).collect()
        }
    };
    if way != Spread::Own {
        let level = |time: &f64| level_at(*time, &all);
        schedule.sigmas = times.iter().map(level).chain([0.0]).collect();
        schedule.timesteps = times.iter().map(|time| *time as f32).collect();
    }
    if sampler == Sampler::DpmPlusPlus2mKarras {
        // Its tests end at the lowest level.
        schedule.sigmas[steps] = all[0];
    } else if way != Spread::Own {
        schedule.begin = schedule.sigmas[0] as f32;
    }
    schedule
}

/// A loop of the tests of diffusers: a model in closed form, followed from a ramp; gives the sum of what it ends with.
/// One that begins at a later step puts noise on the ramp, which is the same ramp backward.
fn sum_at_end(mut schedule: Schedule, first: usize) -> f64 {
    // `[8, 8, 4, 3]` elsewhere is `[3, 8, 8, 4]` with its last side first.
    let ramp: Vec<f32> = (0..768).map(|at| ((at % 192) * 4 + at / 192) as f32 / 768.0).collect();
    let mut latents: Vec<f32> = ramp.iter().map(|value| value * schedule.begin).collect();
    if first > 0 {
        let backward: Vec<f32> = ramp.iter().map(|value| 767.0 / 768.0 - value).collect();
        latents = schedule.noised(first, &latents, &backward);
    }
    let mut noise = NoiseSource::new(Noise::Mt19937, 0);
    for step in first..schedule.timesteps.len() {
        let time = schedule.timesteps[step];
        // These loops go on with what the model was shown.
        latents = schedule.shown(step, &latents);
        let said: Vec<f32> = latents.iter().map(|x| x * (time / (time + 1.0))).collect();
        latents = schedule.step(step, &latents, &said, &mut || noise.normal(768));
    }
    latents.iter().map(|x| f64::from(x.abs())).sum()
}

/// Sums and means that the tests of diffusers have had for years, with their tolerances. Left out: levels by Lu, clipped
/// values and other solvers, which no sampler here has; for the spreads of Turbo and Lightning there are none.
#[test]
fn sums_are_those_that_others_know() {
    let linear = |num_train_timesteps: usize, prediction_type: Prediction| Trained {
        num_train_timesteps,
        beta_start: 0.0001,
        beta_end: 0.02,
        beta_schedule: BetaSchedule::Linear,
        prediction_type,
        ..Trained::default()
    };
    let (noise, velocity) = (&linear(1100, Prediction::Noise), &linear(1100, Prediction::Velocity));
    let (noise_1000, velocity_1000) = (&linear(1000, Prediction::Noise), &linear(1000, Prediction::Velocity));
    let lcm = &Trained::default();
    let (euler, ancestral) = (Sampler::Euler, Sampler::EulerAncestral);
    let solver = Sampler::DpmPlusPlus2mKarras;
    // How many steps, the first of them that is taken, the sum where one is known, the mean.
    let cases = [
        (euler, noise, Spread::Even, 10, 0, Some(10.0807), 0.0131),
        (euler, velocity, Spread::Even, 10, 0, Some(0.0002), 2.2676e-6),
        (euler, noise, Spread::Karras, 10, 0, Some(124.522_994_995), 0.162_139_326),
        (euler, noise, Spread::Even, 10, 8, Some(57_062.929_7), 74.3007),
        (ancestral, noise, Spread::Even, 10, 0, Some(152.3192), 0.1983),
        (ancestral, velocity, Spread::Even, 10, 0, Some(108.4439), 0.1412),
        (ancestral, noise, Spread::Even, 10, 8, Some(56_163.050_8), 73.1290),
        (solver, noise_1000, Spread::Whole, 10, 0, None, 0.3301),
        (solver, velocity_1000, Spread::Whole, 10, 0, None, 0.2251),
        (solver, velocity_1000, Spread::Own, 10, 0, None, 0.2096),
        (solver, noise_1000, Spread::Whole, 10, 5, Some(318.4111), 0.4146),
        (Sampler::Lcm, lcm, Spread::Own, 1, 0, Some(18.7097), 0.0244),
        (Sampler::Lcm, lcm, Spread::Own, 10, 0, Some(197.7616), 0.2575),
    ];
    for (sampler, trained, way, steps, first, sum, mean) in cases {
        let found = sum_at_end(spread(sampler, trained, steps, way), first);
        let said = format!("{sampler:?} {way:?} {steps} from {first}: {found}");
        if let Some(sum) = sum {
            // Levels are f32 there: sums of many thousands are apart by one in a million.
            assert!((found - sum).abs() < 1e-2_f64.max(2e-6 * sum), "{said}, and not {sum}");
        }
        assert!((found / 768.0 - mean).abs() < 1e-3, "{said}, and a mean of {mean}");
    }
}

#[test]
fn noise_is_that_of_pytorch() {
    for case in fixture("noise").as_array().unwrap() {
        let mut noise = NoiseSource::new(Noise::Mt19937, case["seed"].as_u64().unwrap());
        for kept in case["draws"].as_array().unwrap() {
            let found = noise.normal(case["count"].as_u64().unwrap() as usize);
            assert!(distance(&found, kept) < 1e-6, "{}", case["seed"]);
        }
    }
}

/// The first numbers of the seed that the authors print, and the known answers of the other generator.
#[test]
fn generators_give_their_known_answers() {
    let mut twister = Twister::new(5489);
    assert_eq!([twister.next_u32(), twister.next_u32()], [3_499_211_612, 581_869_302]);
    let cases = [
        ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
        ),
    ];
    for (counter, key, wanted) in cases {
        assert_eq!(philox(counter, key), wanted);
    }
}

/// The first numbers of seed 0 on a GPU, as they are widely known.
#[test]
fn noise_of_the_other_generator_is_known_too() {
    let wanted =
        [-0.924_662_6, -0.425_344_1, -2.643_845_8, 0.145_183_9, -0.120_866_5, -0.579_725_6, -0.622_851_2];
    let found = NoiseSource::new(Noise::Philox, 0).normal(12);
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found - wanted).abs() < 1e-6_f32, "{found} {wanted}");
    }
}

#[test]
fn steps_that_a_sampler_does_not_have_are_refused() {
    for (_, sampler) in SAMPLERS {
        for steps in [0, 1001, usize::MAX] {
            assert!(Schedule::new(*sampler, &Trained::default(), steps).is_err());
        }
    }
    assert!(Schedule::new(Sampler::Lcm, &Trained::default(), 51).is_err());
    let broken: [fn(&mut Trained); 4] = [
        |trained| trained.num_train_timesteps = 0,
        |trained| trained.num_train_timesteps = usize::MAX,
        |trained| trained.beta_end = f64::NAN,
        |trained| trained.original_inference_steps = 0,
    ];
    for change in broken {
        let mut trained = Trained::default();
        change(&mut trained);
        assert!(Schedule::new(Sampler::Lcm, &trained, 4).is_err());
    }
}
