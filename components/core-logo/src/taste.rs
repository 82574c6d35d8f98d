//! What the design says to the hand, in the numbers that drawing needs. Lengths are in a square of side 1000.

use core_brand::design::LogoGuidance;
use core_vector::form::Cap;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Taste {
    /// 0 is angular, 1 is round.
    pub round: f64,
    /// 0 is light, 1 is heavy.
    pub weight: f64,
    /// 0 is still, 1 is moving.
    pub energy: f64,
}

impl Taste {
    #[must_use]
    pub(crate) fn of(guidance: &LogoGuidance) -> Self {
        let [round, weight, energy] =
            [guidance.roundness, guidance.weight, guidance.energy].map(|value| value.clamp(0.0, 1.0));
        Self { round, weight, energy }
    }

    /// Between parts. Never under a pixel of sixteen, with room for fitting.
    #[must_use]
    pub(crate) fn gap(self) -> f64 {
        82.0 - 10.0 * self.weight
    }

    /// The width of drawn strokes.
    #[must_use]
    pub(crate) fn stroke(self) -> f64 {
        112.0 + 48.0 * self.weight
    }

    #[must_use]
    pub(crate) fn cap(self) -> Cap {
        if self.is_round() { Cap::Round } else { Cap::Flat }
    }

    #[must_use]
    pub(crate) fn is_round(self) -> bool {
        self.round >= 0.5
    }

    /// A corner radius: nothing for angular tastes, up to `most` for round ones.
    #[must_use]
    pub(crate) fn corner(self, most: f64) -> f64 {
        if self.round < 0.25 { 0.0 } else { most * self.round }
    }
}
