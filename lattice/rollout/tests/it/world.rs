//! A platform that exists only as numbers: people ask, two versions answer, meters count, and every ten seconds the
//! planner looks. Either by chance from a seed, or exactly as the averages are.

use imprint_rollout::{
    Arms, BUCKETS, Command, Compared, Event, Histogram, Meter, Order, Phase, Plan, Policy, RegionSeen, Seen,
    Split, State, plan,
};
use std::collections::BTreeMap;

pub const LOOK_MS: u64 = 10_000;
/// The bounds that our meters have, in microseconds.
const BOUNDS_US: [u64; 14] = [
    1000, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000,
    10_000_000, 30_000_000, 60_000_000,
];
const CELLS: usize = BOUNDS_US.len() + 1;

/// How a version really is.
#[derive(Clone, Copy, Debug)]
pub struct Truth {
    pub errors: f64,
    /// Times are log-normal.
    pub median_ms: f64,
    pub spread: f64,
    /// The share of answers that are not those of the other version.
    pub differs: f64,
}

/// Its 99th percentile is 0.96 s.
pub const SOUND: Truth = Truth { errors: 0.0005, median_ms: 150.0, spread: 0.8, differs: 0.0 };

impl Truth {
    /// The chance of each cell of the histogram.
    fn cells(&self) -> [f64; CELLS] {
        let up_to = |us: u64| {
            let z = (libm::log(us as f64 / 1000.0) - libm::log(self.median_ms)) / self.spread;
            0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
        };
        let mut before = 0.0;
        std::array::from_fn(|at| {
            let now = BOUNDS_US.get(at).map_or(1.0, |bound| up_to(*bound));
            (now - before, before = now).0
        })
    }
}

/// Uniform numbers from a seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Above 0, up to 1.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        // Far from zero it is as good as normal.
        if mean > 100.0 {
            let normal =
                libm::sqrt(-2.0 * libm::log(self.unit())) * libm::cos(std::f64::consts::TAU * self.unit());
            return (mean + libm::sqrt(mean) * normal).max(0.0).round() as u64;
        }
        let (mut left, mut count) = (self.unit(), 0);
        let mut chance = libm::exp(-mean);
        while left > chance && count < 1000 {
            left -= chance;
            count += 1;
            chance *= mean / count as f64;
        }
        count
    }

    /// How many of `trials` hit, by leaping over the misses.
    pub fn binomial(&mut self, trials: u64, chance: f64) -> u64 {
        if chance >= 1.0 {
            return trials;
        }
        let (mut at, mut hits) = (0.0, 0);
        if chance <= 0.0 {
            return 0;
        }
        loop {
            at += (libm::log(self.unit()) / libm::log1p(-chance)).floor() + 1.0;
            if at > trials as f64 {
                return hits;
            }
            hits += 1;
        }
    }
}

/// Meters of one version in one region.
#[derive(Clone, Debug, Default)]
struct Counter {
    cells: [f64; CELLS],
    errors: f64,
}

impl Counter {
    fn serve(&mut self, chance: Option<&mut Chance>, requests: f64, truth: &Truth) {
        let mean = truth.cells().map(|part| part * requests);
        let Some(chance) = chance else {
            self.cells.iter_mut().zip(mean).for_each(|(sum, more)| *sum += more);
            self.errors += requests * truth.errors;
            return;
        };
        let drawn = mean.map(|mean| chance.poisson(mean));
        self.cells.iter_mut().zip(drawn).for_each(|(sum, more)| *sum += more as f64);
        self.errors += chance.binomial(drawn.iter().sum(), truth.errors) as f64;
    }

    fn meter(&self) -> Meter {
        let mut sum = 0;
        let mut up_to: Vec<u64> = self.cells.iter().map(|cell| (sum += *cell as u64, sum).1).collect();
        let count = up_to.pop().unwrap_or(0);
        let latency = Histogram { le_us: BOUNDS_US.into(), up_to, count };
        Meter { requests: count, errors: (self.errors as u64).min(count), latency }
    }
}

#[derive(Clone, Debug, Default)]
struct Place {
    generation: u64,
    split: Split,
    /// By component.
    meters: BTreeMap<String, [Counter; 3]>,
    /// Whether the split says behind whom the new version is asked.
    is_shadow: bool,
    shadow: BTreeMap<String, Compared>,
    drawn: [f64; 2],
}

/// The platform and the rollout on it.
#[derive(Clone, Debug)]
pub struct World {
    pub policy: Policy,
    pub state: State,
    pub seen: Seen,
    pub chance: Option<Chance>,
    pub old: Truth,
    pub new: Truth,
    /// Where the new version is otherwise.
    pub elsewhere: BTreeMap<String, Truth>,
    /// Of a region.
    pub requests_a_second: f64,
    /// Parts of the meters that cannot be read.
    pub is_blind: bool,
    /// The only component whose new version is as `new` says; without one, all of the set are.
    pub faulty: Option<String>,
    /// Makes other numbers of what is seen.
    pub tamper: Option<fn(&mut RegionSeen)>,
    /// Regions where the new version does not start.
    pub unready: Vec<String>,
    /// How much more often than meant the draw chooses the new version.
    pub skew: f64,
    /// How often the executor dies after a plan: half of the times before it is stored, half before it is carried out.
    pub dies: f64,
    /// What happened, by plans that were stored.
    pub events: Vec<Event>,
    /// The time when a bad number could first be seen.
    pub applied_ms: Option<u64>,
    places: BTreeMap<String, Place>,
}

impl World {
    pub fn new(policy: &str, rollout: &str) -> Self {
        let policy = Policy::read(policy).unwrap_or_else(|faults| panic!("{faults:?}"));
        let named = policy.waves.iter().flat_map(|wave| wave.regions.clone());
        let mut regions: Vec<String> = named.collect();
        if regions.is_empty() {
            regions.push("all".into());
        }
        let places = regions.into_iter().map(|region| (region, Place::default())).collect();
        Self {
            policy,
            state: State::new(rollout),
            seen: Seen { now_ms: 1_795_593_600_000, ..Seen::default() },
            chance: None,
            old: SOUND,
            new: SOUND,
            elsewhere: BTreeMap::new(),
            requests_a_second: 20.0,
            is_blind: false,
            faulty: None,
            tamper: None,
            unready: Vec::new(),
            skew: 1.0,
            dies: 0.0,
            events: Vec::new(),
            applied_ms: None,
            places,
        }
    }

    pub fn order(&mut self, order: Order, by: &str) {
        let sequence = self.state.command.max(self.seen.commands.last().map_or(0, |last| last.sequence)) + 1;
        self.seen.commands.push(Command { sequence, order, by: by.to_owned() });
    }

    /// Ten seconds of traffic, then a look, then the plan is carried out.
    pub fn step(&mut self) -> Plan {
        self.seen.now_ms += LOOK_MS;
        let seconds = LOOK_MS as f64 / 1000.0;
        let members: Vec<String> = self.policy.set.iter().map(|member| member.component.clone()).collect();
        for (region, place) in &mut self.places {
            let new = self.elsewhere.get(region).unwrap_or(&self.new);
            let requests = self.requests_a_second * seconds;
            let drawn = f64::from(place.split.weight) / f64::from(BUCKETS);
            if place.is_shadow {
                place.ask_behind(&members, requests * drawn, new);
            }
            let weight = if place.is_shadow { 0.0 } else { drawn };
            let shares = [weight, if place.split.has_baseline { weight.min(1.0 - weight) } else { 0.0 }];
            let shares = [shares[0], shares[1], 1.0 - shares[0] - shares[1]];
            for member in &members {
                let counters = place.meters.entry(member.clone()).or_default();
                let is_sound = self.faulty.as_ref().is_some_and(|faulty| faulty != member);
                let new = if is_sound { &self.old } else { new };
                for ((counter, share), truth) in
                    counters.iter_mut().zip(shares).zip([new, &self.old, &self.old])
                {
                    counter.serve(self.chance.as_mut(), requests * share, truth);
                }
            }
            let people = requests / 10.0;
            let fresh = people * (weight * self.skew).min(1.0);
            let fresh = self
                .chance
                .as_mut()
                .map_or(fresh, |chance| chance.binomial(people as u64, fresh / people) as f64);
            place.drawn = [place.drawn[0] + fresh, place.drawn[1] + people.floor()];
            let seen = self.seen.regions.entry(region.clone()).or_default();
            *seen = place.seen(self.is_blind, std::mem::take(seen));
            seen.is_ready = !self.unready.contains(region);
            if let Some(tamper) = self.tamper {
                tamper(seen);
            }
        }
        let plan = plan(&self.policy, &self.seen, &self.state);
        let fate = self.chance.as_mut().map_or(1.0, Chance::unit);
        if fate < self.dies / 2.0 {
            return plan;
        }
        self.state = plan.next.clone();
        self.events.extend(plan.events.clone());
        if fate < self.dies {
            return plan;
        }
        for (region, route) in &plan.routes {
            let place = self.places.entry(region.clone()).or_default();
            if place.split.weight == 0 && !route.is_shadow && route.split.weight > 0 {
                self.applied_ms = Some(self.seen.now_ms);
            }
            place.generation = route.split.generation;
            assert!(route.split.generation >= place.split.generation, "an agent would refuse");
            place.split = route.split.clone();
            place.is_shadow = route.is_shadow;
        }
        plan
    }

    /// Looks until a phase is reached; how long that took, or nothing within the time.
    pub fn until(&mut self, looks: u64, is_reached: impl Fn(&World) -> bool) -> Option<u64> {
        let began = self.seen.now_ms;
        for _ in 0..looks {
            self.step();
            if is_reached(self) {
                return Some(self.seen.now_ms - began);
            }
        }
        None
    }

    pub fn went_back(&self) -> bool {
        matches!(self.state.phase, Phase::RollingBack { .. } | Phase::RolledBack)
    }
}

impl Place {
    /// Exactly as the averages are.
    fn ask_behind(&mut self, members: &[String], requests: f64, truth: &Truth) {
        for member in members {
            let all = self.shadow.entry(member.clone()).or_default();
            let errors = requests * truth.errors;
            let differs = (requests - errors) * truth.differs;
            all.errors += errors as u64;
            all.differs += differs as u64;
            all.same += (requests - errors - differs) as u64;
        }
    }

    fn seen(&self, is_blind: bool, before: RegionSeen) -> RegionSeen {
        let arms = |name: &String, counters: &[Counter; 3]| match is_blind {
            true => Arms::default(),
            false => {
                let [canary, baseline, stable] = counters.each_ref().map(|counter| Some(counter.meter()));
                let shadow = Some(self.shadow.get(name).copied().unwrap_or_default());
                Arms { canary, baseline, stable, shadow }
            }
        };
        RegionSeen {
            generation: self.generation,
            components: (self.meters.iter())
                .map(|(name, counters)| (name.clone(), arms(name, counters)))
                .collect(),
            drawn: Some((self.drawn[0] as u64, self.drawn[1] as u64)),
            ..before
        }
    }
}
