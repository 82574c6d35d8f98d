//! From noise to a latent, step by step.
//!
//! **Law.** Times, noise levels and paths are those of diffusers; kept by `tests/schedules.rs`.

use crate::ModelError;
use imprint_painter::Sampler;
use serde::Deserialize;

/// How a model was trained, as `scheduler_config.json` says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct Trained {
    pub num_train_timesteps: usize,
    pub beta_start: f64,
    pub beta_end: f64,
    pub beta_schedule: BetaSchedule,
    pub prediction_type: Prediction,
    pub steps_offset: usize,
    /// Of consistency models: the steps they were distilled from.
    pub original_inference_steps: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BetaSchedule {
    Linear,
    ScaledLinear,
}

/// What the model says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Prediction {
    #[serde(rename = "epsilon")]
    Noise,
    #[serde(rename = "v_prediction")]
    Velocity,
}

impl Default for Trained {
    /// SDXL.
    fn default() -> Self {
        Self {
            num_train_timesteps: 1000,
            beta_start: 0.00085,
            beta_end: 0.012,
            beta_schedule: BetaSchedule::ScaledLinear,
            prediction_type: Prediction::Noise,
            steps_offset: 1,
            original_inference_steps: 50,
        }
    }
}

/// No model was trained on more; a table of them is made for each order.
const TRAINED_STEPS_MAX: usize = 100_000;

/// The path of one picture.
#[derive(Clone, Debug)]
pub struct Schedule {
    sampler: Sampler,
    prediction: Prediction,
    pub timesteps: Vec<f32>,
    /// The level of noise before each step, and after the last one.
    pub sigmas: Vec<f64>,
    /// What pure noise is multiplied with to begin.
    pub begin: f32,
    /// What the model made of the step before, as a latent without noise.
    before: Option<Vec<f32>>,
}

impl Schedule {
    pub fn new(sampler: Sampler, trained: &Trained, steps: usize) -> Result<Self, ModelError> {
        let all = trained.sigmas()?;
        let refuse = |why: String| Err(ModelError::Unsupported { why });
        let original = trained.original_inference_steps;
        // A consistency model's own steps are a whole number of the steps of the training: there are no more of them.
        let most = match sampler {
            Sampler::Lcm if original > all.len() => 0,
            Sampler::Lcm => original,
            _ => all.len(),
        };
        if steps == 0 || steps > most || original == 0 {
            return refuse(format!("{steps} steps; this sampler has 1 to {most}"));
        }
        let timesteps = match sampler {
            Sampler::Euler | Sampler::EulerAncestral => leading(all.len(), steps, trained.steps_offset),
            Sampler::Turbo | Sampler::Lightning => trailing(all.len(), steps),
            Sampler::Lcm => distilled(all.len(), original, steps),
            Sampler::DpmPlusPlus2mKarras => Vec::new(),
        };
        let mut sigmas: Vec<f64> = timesteps.iter().map(|time| all[(*time).min(all.len() - 1)]).collect();
        let mut timesteps: Vec<f32> = timesteps.into_iter().map(|time| time as f32).collect();
        if sampler == Sampler::DpmPlusPlus2mKarras {
            sigmas = karras(all[0], all[all.len() - 1], steps);
            timesteps = sigmas.iter().map(|sigma| time_of(*sigma, &all).round_ties_even() as f32).collect();
        }
        sigmas.push(0.0);
        let top = sigmas[0];
        let begin = match sampler {
            Sampler::Euler | Sampler::EulerAncestral => (top * top + 1.0).sqrt(),
            Sampler::Turbo | Sampler::Lightning => top,
            Sampler::Lcm | Sampler::DpmPlusPlus2mKarras => 1.0,
        };
        let prediction = trained.prediction_type;
        Ok(Self { sampler, prediction, timesteps, sigmas, begin: begin as f32, before: None })
    }

    /// What the model is shown at a step.
    #[must_use]
    pub fn shown(&self, step: usize, latents: &[f32]) -> Vec<f32> {
        match self.sampler {
            Sampler::Lcm | Sampler::DpmPlusPlus2mKarras => latents.to_vec(),
            _ => scaled(latents, Self::alpha(self.sigmas[step])),
        }
    }

    /// A picture's latents with as much noise as a step begins with.
    #[must_use]
    pub fn noised(&self, step: usize, latents: &[f32], noise: &[f32]) -> Vec<f32> {
        let sigma = self.sigmas[step];
        match self.sampler {
            Sampler::Lcm | Sampler::DpmPlusPlus2mKarras => {
                let alpha = Self::alpha(sigma);
                mixed(latents, alpha, noise, sigma * alpha)
            }
            _ => mixed(latents, 1.0, noise, sigma),
        }
    }

    /// The latents after a step; `said` is the model's answer, `noise` gives new noise to the samplers that want some.
    pub fn step(
        &mut self,
        step: usize,
        latents: &[f32],
        said: &[f32],
        noise: &mut dyn FnMut() -> Vec<f32>,
    ) -> Vec<f32> {
        match self.sampler {
            Sampler::Euler | Sampler::Lightning => {
                let clean = self.clean_of_variance(step, latents, said);
                toward(latents, &clean, self.sigmas[step], self.sigmas[step + 1])
            }
            Sampler::EulerAncestral | Sampler::Turbo => {
                let clean = self.clean_of_variance(step, latents, said);
                let (from, to) = (self.sigmas[step], self.sigmas[step + 1]);
                let up = (to * to * (from * from - to * to) / (from * from)).sqrt();
                let down = (to * to - up * up).max(0.0).sqrt();
                mixed(&toward(latents, &clean, from, down), 1.0, &noise(), up)
            }
            Sampler::Lcm => self.consistent(step, latents, said, noise),
            Sampler::DpmPlusPlus2mKarras => self.second_order(step, latents, said),
        }
    }

    fn alpha(sigma: f64) -> f64 {
        1.0 / (sigma * sigma + 1.0).sqrt()
    }

    /// The latent without noise, where noise was added to it.
    fn clean_of_variance(&self, step: usize, latents: &[f32], said: &[f32]) -> Vec<f32> {
        let sigma = self.sigmas[step];
        match self.prediction {
            Prediction::Noise => mixed(latents, 1.0, said, -sigma),
            Prediction::Velocity => {
                let alpha = Self::alpha(sigma);
                mixed(latents, alpha * alpha, said, -sigma * alpha)
            }
        }
    }

    /// The latent without noise, where it was mixed with it.
    fn clean_of_mix(&self, step: usize, latents: &[f32], said: &[f32]) -> Vec<f32> {
        let sigma = self.sigmas[step];
        let alpha = Self::alpha(sigma);
        match self.prediction {
            Prediction::Noise => mixed(latents, 1.0 / alpha, said, -sigma),
            Prediction::Velocity => mixed(latents, alpha, said, -sigma * alpha),
        }
    }

    fn consistent(
        &self,
        step: usize,
        latents: &[f32],
        said: &[f32],
        noise: &mut dyn FnMut() -> Vec<f32>,
    ) -> Vec<f32> {
        /// The deviation of latents that consistency models assume, and how they stretch time.
        const DEVIATION: f64 = 0.5;
        const STRETCH: f64 = 10.0;
        let clean = self.clean_of_mix(step, latents, said);
        let time = f64::from(self.timesteps[step]) * STRETCH;
        let whole = time * time + DEVIATION * DEVIATION;
        let clean = mixed(latents, DEVIATION * DEVIATION / whole, &clean, time / whole.sqrt());
        if step + 1 == self.timesteps.len() {
            return clean;
        }
        self.noised(step + 1, &clean, &noise())
    }

    fn second_order(&mut self, step: usize, latents: &[f32], said: &[f32]) -> Vec<f32> {
        let clean = self.clean_of_mix(step, latents, said);
        let before = self.before.replace(clean.clone());
        let (from, to) = (self.sigmas[step], self.sigmas[step + 1]);
        if to == 0.0 {
            return clean;
        }
        // The logarithm of alpha over sigma is that of one over the level of noise.
        let way = libm::log(from) - libm::log(to);
        let alpha = Self::alpha(to);
        let part = alpha * (1.0 - libm::exp(-way));
        let carried = to * alpha / (from * Self::alpha(from));
        let Some(before) = before.filter(|_| step > 0) else {
            return mixed(latents, carried, &clean, part);
        };
        let way_before = libm::log(self.sigmas[step - 1]) - libm::log(from);
        let slope = 0.5 * way / way_before;
        let ahead = mixed(&clean, 1.0 + slope, &before, -slope);
        mixed(latents, carried, &ahead, part)
    }
}

impl Trained {
    /// The level of noise at each time of the training.
    fn sigmas(&self) -> Result<Vec<f64>, ModelError> {
        let count = self.num_train_timesteps;
        let is_fine = |beta: f64| beta > 0.0 && beta < 1.0;
        let refused = || ModelError::Unsupported { why: "a schedule of noise that no model has".to_owned() };
        let is_counted = (2..=TRAINED_STEPS_MAX).contains(&count) && self.steps_offset < count;
        if !is_counted || !is_fine(self.beta_start) || !is_fine(self.beta_end) {
            return Err(refused());
        }
        let between = |from: f64, to: f64, at: usize| from + (to - from) * at as f64 / (count - 1) as f64;
        let mut kept = 1.0;
        let sigma = |at: usize| {
            let beta = match self.beta_schedule {
                BetaSchedule::Linear => between(self.beta_start, self.beta_end, at),
                BetaSchedule::ScaledLinear => {
                    let root = between(self.beta_start.sqrt(), self.beta_end.sqrt(), at);
                    root * root
                }
            };
            kept *= 1.0 - beta;
            ((1.0 - kept) / kept).sqrt()
        };
        let all: Vec<f64> = (0..count).map(sigma).collect();
        // Betas that vanish add no noise, and those near one more than can be reckoned with.
        let is_growing = all[0] > 0.0 && all.windows(2).all(|two| two[0] < two[1]);
        let is_finite = all.last().is_some_and(|sigma| (*sigma as f32).is_finite());
        if is_growing && is_finite { Ok(all) } else { Err(refused()) }
    }
}

/// Even steps, counted from the first.
fn leading(trained: usize, steps: usize, offset: usize) -> Vec<usize> {
    let step = trained / steps;
    (0..steps).rev().map(|at| at * step + offset).collect()
}

/// Even steps, counted from the last.
fn trailing(trained: usize, steps: usize) -> Vec<usize> {
    let step = trained as f64 / steps as f64;
    (0..steps)
        .map(|at| ((trained as f64 - at as f64 * step).round_ties_even() as usize).saturating_sub(1))
        .collect()
}

/// Some of the steps that a consistency model was distilled from.
fn distilled(trained: usize, original: usize, steps: usize) -> Vec<usize> {
    let step = trained / original;
    (0..steps).map(|at| (original - at * original / steps) * step - 1).collect()
}

/// Dense where there is little noise.
fn karras(min: f64, max: f64, steps: usize) -> Vec<f64> {
    const RHO: f64 = 7.0;
    let (low, high) = (libm::pow(min, 1.0 / RHO), libm::pow(max, 1.0 / RHO));
    let share = |at: usize| if steps == 1 { 0.0 } else { at as f64 / (steps - 1) as f64 };
    (0..steps).map(|at| libm::pow(high + share(at) * (low - high), RHO)).collect()
}

/// The time whose level of noise this is.
fn time_of(sigma: f64, all: &[f64]) -> f64 {
    let above = all.partition_point(|known| *known <= sigma).clamp(1, all.len() - 1);
    let (low, high) = (libm::log(all[above - 1]), libm::log(all[above]));
    let share = ((libm::log(sigma) - low) / (high - low)).clamp(0.0, 1.0);
    (above - 1) as f64 + share
}

/// From one level of noise to another, away from or toward the latent without noise.
fn toward(latents: &[f32], clean: &[f32], from: f64, to: f64) -> Vec<f32> {
    let share = to / from;
    mixed(latents, share, clean, 1.0 - share)
}

fn scaled(values: &[f32], by: f64) -> Vec<f32> {
    values.iter().map(|value| (f64::from(*value) * by) as f32).collect()
}

fn mixed(a: &[f32], of_a: f64, b: &[f32], of_b: f64) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| (f64::from(*a) * of_a + f64::from(*b) * of_b) as f32).collect()
}
