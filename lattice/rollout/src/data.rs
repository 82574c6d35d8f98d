//! Counters as the meters of gateways and runners have them: they only grow, and a histogram counts up to each bound.

use crate::units::Level;
use serde::{Deserialize, Serialize};

/// Bounds of a histogram. Ours has 14; more than this is no histogram but a list.
const BOUNDS_MAX: usize = 128;

/// What one version did since its meters began, added up over hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meter {
    pub requests: u64,
    /// Those that failed by our fault.
    pub errors: u64,
    #[serde(default)]
    pub latency: Histogram,
}

/// Observations by size, as Prometheus counts them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Histogram {
    /// Upper bounds in microseconds, growing.
    pub le_us: Vec<u64>,
    /// Observations up to each bound.
    pub up_to: Vec<u64>,
    /// Observations of any size.
    pub count: u64,
}

/// What a metric is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    Errors,
    /// Answers in the shadow that are not those of the old version.
    Differences,
    /// The quantile, in parts of a million that are slower.
    Latency(u32),
    /// A bare number from elsewhere.
    Number,
}

impl Measure {
    pub(crate) fn of(name: &str) -> Self {
        let slower = match name.strip_prefix("latency_p") {
            Some(digits @ ("50" | "75" | "90" | "95" | "99" | "999")) => digits,
            _ if name == "error_rate" => return Self::Errors,
            _ if name == "difference_rate" => return Self::Differences,
            _ => return Self::Number,
        };
        let per_mille = slower.parse::<u32>().unwrap_or(0) * if slower.len() == 2 { 10 } else { 1 };
        Self::Latency((1000 - per_mille) * 1000)
    }
}

impl Meter {
    /// Whether the numbers can be true together.
    pub(crate) fn is_sound(&self) -> bool {
        self.errors <= self.requests && self.latency.is_sound()
    }

    /// What came since then; nothing where a counter went back or bounds changed, since then it cannot be known.
    pub(crate) fn since(&self, then: &Self) -> Option<Self> {
        let requests = self.requests.checked_sub(then.requests)?;
        let errors = self.errors.checked_sub(then.errors)?;
        let meter = Self { requests, errors, latency: self.latency.since(&then.latency)? };
        meter.is_sound().then_some(meter)
    }

    pub(crate) fn add(&mut self, more: &Self) {
        self.requests = self.requests.saturating_add(more.requests);
        self.errors = self.errors.saturating_add(more.errors);
        self.latency.add(&more.latency);
    }

    /// What a metric says: for a quantile the bound under which it lies.
    pub(crate) fn level(&self, measure: Measure) -> Option<Level> {
        match measure {
            Measure::Errors => share_of(self.errors, self.requests).map(Level::Share),
            Measure::Latency(slower) => self.latency.quantile(slower).map(Level::Time),
            Measure::Differences | Measure::Number => None,
        }
    }
}

impl Histogram {
    fn is_sound(&self) -> bool {
        let grows = |numbers: &[u64]| numbers.windows(2).all(|pair| pair[0] <= pair[1]);
        self.le_us.len() == self.up_to.len()
            && self.le_us.len() <= BOUNDS_MAX
            && self.le_us.windows(2).all(|pair| pair[0] < pair[1])
            && grows(&self.up_to)
            && self.up_to.last().is_none_or(|last| *last <= self.count)
    }

    fn since(&self, then: &Self) -> Option<Self> {
        // A meter that has seen nothing yet has no bounds.
        if then.count == 0 && then.le_us.is_empty() {
            return Some(self.clone());
        }
        if self.le_us != then.le_us || self.up_to.len() != then.up_to.len() {
            return None;
        }
        let up_to: Option<Vec<u64>> =
            self.up_to.iter().zip(&then.up_to).map(|(now, then)| now.checked_sub(*then)).collect();
        Some(Self { le_us: self.le_us.clone(), up_to: up_to?, count: self.count.checked_sub(then.count)? })
    }

    /// Where bounds have changed, what was counted by the old ones is given up.
    fn add(&mut self, more: &Self) {
        if self.le_us == more.le_us && self.up_to.len() == more.up_to.len() {
            self.up_to.iter_mut().zip(&more.up_to).for_each(|(sum, more)| *sum = sum.saturating_add(*more));
            self.count = self.count.saturating_add(more.count);
        } else if more.count > 0 {
            self.clone_from(more);
        }
    }

    /// Observations that are surely slower.
    pub(crate) fn slower_than(&self, us: u64) -> Option<u64> {
        let at = self.le_us.iter().position(|bound| *bound >= us)?;
        Some(self.count.saturating_sub(*self.up_to.get(at)?))
    }

    /// Observations that may be slower.
    pub(crate) fn not_surely_within(&self, us: u64) -> Option<u64> {
        let at = self.le_us.iter().rposition(|bound| *bound <= us)?;
        Some(self.count.saturating_sub(*self.up_to.get(at)?))
    }

    /// The bound under which this quantile lies; nothing where it lies above the last, or there are no observations.
    pub(crate) fn quantile(&self, slower_ppm: u32) -> Option<u64> {
        self.quantile_at(slower_ppm).and_then(|at| self.le_us.get(at)).copied()
    }

    fn quantile_at(&self, slower_ppm: u32) -> Option<usize> {
        let is_within = |up_to: &u64| is_at_most(self.count.saturating_sub(*up_to), self.count, slower_ppm);
        (self.count > 0).then(|| self.up_to.iter().position(is_within).unwrap_or(self.up_to.len()))
    }

    /// The two bounds between which this quantile lies, or the nearest ones.
    pub(crate) fn around(&self, slower_ppm: u32) -> Option<[u64; 2]> {
        let at = self.quantile_at(slower_ppm)?;
        let last = self.le_us.len().checked_sub(1)?;
        Some([self.le_us[at.saturating_sub(1).min(last)], self.le_us[at.min(last)]])
    }
}

/// Parts of a million, rounded; nothing of nothing.
pub(crate) fn share_of(part: u64, whole: u64) -> Option<u32> {
    let parts = (u128::from(part) * 1_000_000 + u128::from(whole) / 2).checked_div(u128::from(whole))?;
    u32::try_from(parts).ok()
}

/// Whether a share is at most so many parts of a million, without rounding.
pub(crate) fn is_at_most(part: u64, whole: u64, ppm: u32) -> bool {
    u128::from(part) * 1_000_000 <= u128::from(whole) * u128::from(ppm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(up_to: [u64; 3], count: u64) -> Histogram {
        Histogram { le_us: vec![500, 1000, 2000], up_to: up_to.into(), count }
    }

    #[test]
    fn quantiles_lie_between_bounds() {
        let cases = [
            (histogram([900, 990, 1000], 1000), 10_000, Some(1000), Some([500, 1000])),
            (histogram([900, 989, 1000], 1000), 10_000, Some(2000), Some([1000, 2000])),
            (histogram([0, 0, 989], 1000), 10_000, None, Some([2000, 2000])),
            (histogram([10, 10, 10], 10), 500_000, Some(500), Some([500, 500])),
            (histogram([0, 0, 0], 0), 10_000, None, None),
        ];
        for (histogram, slower, quantile, around) in cases {
            assert_eq!(
                (histogram.quantile(slower), histogram.around(slower)),
                (quantile, around),
                "{histogram:?}"
            );
        }
    }

    #[test]
    fn what_lies_between_bounds_is_read_in_favour_of_nobody() {
        let histogram = histogram([900, 990, 999], 1000);
        // Surely above 700 is what is above 1000; what may be above it is what is above 500.
        assert_eq!((histogram.slower_than(700), histogram.not_surely_within(700)), (Some(10), Some(100)));
        assert_eq!((histogram.slower_than(1000), histogram.not_surely_within(1000)), (Some(10), Some(10)));
        assert_eq!((histogram.slower_than(3000), histogram.not_surely_within(400)), (None, None));
    }

    #[test]
    fn counters_that_go_back_say_nothing() {
        let meter =
            |requests, errors, count| Meter { requests, errors, latency: histogram([0, 0, count], count) };
        let grown = meter(12, 1, 12).since(&meter(10, 1, 10)).unwrap();
        assert_eq!((grown.requests, grown.errors, grown.latency.count), (2, 0, 2));
        assert_eq!(meter(9, 1, 12).since(&meter(10, 1, 10)), None);
        assert_eq!(meter(12, 1, 9).since(&meter(10, 1, 10)), None);
        assert!(meter(5, 0, 5).since(&Meter::default()).is_some());
        let other = Histogram { le_us: vec![1, 2, 3], up_to: vec![0, 0, 12], count: 12 };
        assert_eq!(Meter { latency: other, ..meter(12, 1, 12) }.since(&meter(10, 1, 10)), None);
        assert!(
            !meter(1, 2, 0).is_sound()
                && !Meter { latency: histogram([3, 2, 3], 3), ..meter(3, 0, 0) }.is_sound()
        );
    }

    #[test]
    fn names_say_what_is_measured() {
        assert_eq!(Measure::of("error_rate"), Measure::Errors);
        assert_eq!(Measure::of("difference_rate"), Measure::Differences);
        assert_eq!(Measure::of("latency_p99"), Measure::Latency(10_000));
        assert_eq!(Measure::of("latency_p999"), Measure::Latency(1000));
        assert_eq!(Measure::of("latency_p50"), Measure::Latency(500_000));
        assert_eq!(Measure::of("latency_p0"), Measure::Number);
    }
}
