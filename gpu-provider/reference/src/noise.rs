//! Noise as PyTorch makes it, so that a seed means the same picture as elsewhere.

use imprint_painter::Noise;
use std::f64::consts::TAU;

/// Gives normal numbers, one draw after another.
#[derive(Clone, Debug)]
pub enum NoiseSource {
    Philox { key: [u32; 2], draw: u32 },
    Mt19937(Box<Twister>),
}

impl NoiseSource {
    #[must_use]
    pub fn new(noise: Noise, seed: u64) -> Self {
        match noise {
            Noise::Philox => Self::Philox { key: [seed as u32, (seed >> 32) as u32], draw: 0 },
            Noise::Mt19937 => Self::Mt19937(Box::new(Twister::new(seed as u32))),
        }
    }

    /// The next draw. Draws of fewer than 16 numbers are made otherwise in PyTorch; no latent is so small.
    pub fn normal(&mut self, count: usize) -> Vec<f32> {
        match self {
            Self::Philox { key, draw } => {
                let numbers = (0..count as u32).map(|place| from_pair(philox([*draw, 0, place, 0], *key)));
                let numbers = numbers.collect();
                *draw += 1;
                numbers
            }
            Self::Mt19937(twister) => twister.normal(count),
        }
    }
}

/// Philox4x32 with ten rounds.
#[must_use]
pub fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    const ROUNDS: usize = 10;
    const FACTORS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
    const STEPS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
    for _ in 0..ROUNDS {
        let product = |at: usize, factor: usize| u64::from(counter[at]) * u64::from(FACTORS[factor]);
        let (low, high) = (product(0, 0), product(2, 1));
        counter = [
            (high >> 32) as u32 ^ counter[1] ^ key[0],
            high as u32,
            (low >> 32) as u32 ^ counter[3] ^ key[1],
            low as u32,
        ];
        key = [key[0].wrapping_add(STEPS[0]), key[1].wrapping_add(STEPS[1])];
    }
    counter
}

/// Box and Muller's first number.
fn from_pair([first, second, ..]: [u32; 4]) -> f32 {
    const STEP: f64 = 1.0 / (1_u64 << 32) as f64;
    let radius = f64::from(first) * STEP + STEP / 2.0;
    let turn = f64::from(second) * STEP * TAU + STEP * TAU / 2.0;
    ((-2.0 * libm::log(radius)).sqrt() * libm::sin(turn)) as f32
}

/// The Mersenne Twister.
#[derive(Clone, Debug)]
pub struct Twister {
    state: [u32; Self::LEN],
    next: usize,
}

impl Twister {
    const LEN: usize = 624;
    const AHEAD: usize = 397;
    /// Normal numbers are made in blocks of this many.
    const BLOCK: usize = 16;

    #[must_use]
    pub fn new(seed: u32) -> Self {
        let mut state = [seed; Self::LEN];
        for at in 1..Self::LEN {
            let before = state[at - 1];
            state[at] = (before ^ (before >> 30)).wrapping_mul(1_812_433_253).wrapping_add(at as u32);
        }
        Self { state, next: Self::LEN }
    }

    pub fn next_u32(&mut self) -> u32 {
        if self.next == Self::LEN {
            self.turn();
        }
        let mut y = self.state[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C_5680;
        y ^= (y << 15) & 0xEFC6_0000;
        y ^ (y >> 18)
    }

    fn turn(&mut self) {
        for at in 0..Self::LEN {
            let joined = (self.state[at] & 0x8000_0000) | (self.state[(at + 1) % Self::LEN] & 0x7FFF_FFFF);
            let odd = if joined & 1 == 1 { 0x9908_B0DF } else { 0 };
            self.state[at] = self.state[(at + Self::AHEAD) % Self::LEN] ^ (joined >> 1) ^ odd;
        }
        self.next = 0;
    }

    /// In [0, 1), with the 24 bits that an f32 holds.
    fn uniform(&mut self) -> f32 {
        (self.next_u32() & 0x00FF_FFFF) as f32 / (1 << 24) as f32
    }

    fn normal(&mut self, count: usize) -> Vec<f32> {
        let len = count.max(Self::BLOCK);
        let mut numbers: Vec<f32> = (0..len).map(|_| self.uniform()).collect();
        for block in numbers.chunks_exact_mut(Self::BLOCK) {
            turn_normal(block);
        }
        if !len.is_multiple_of(Self::BLOCK) {
            // The last block is drawn anew and overlaps the one before.
            let last = &mut numbers[len - Self::BLOCK..];
            last.fill_with(|| self.uniform());
            turn_normal(last);
        }
        numbers.truncate(count);
        numbers
    }
}

/// Box and Muller: the first half gives the radii, the second the angles.
fn turn_normal(block: &mut [f32]) {
    let half = block.len() / 2;
    for at in 0..half {
        let radius = (-2.0 * libm::logf(1.0 - block[at])).sqrt();
        let turn = std::f32::consts::TAU * block[at + half];
        block[at] = radius * libm::cosf(turn);
        block[at + half] = radius * libm::sinf(turn);
    }
}
