//! The text of Prometheus, and what it says of the versions of one rollout.
//!
//! Each process counts from its own start. What it had counted before it was started anew stays counted here, so that a
//! runner that dies is not taken for broken numbers.

use crate::data::Meter;
use crate::seen::Arms;
use crate::shadow::Compared;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const REQUESTS: &str = "imprint_arm_requests_total";
const SECONDS: &str = "imprint_arm_seconds";
const SHADOW: &str = "imprint_shadow_total";
/// The provider that counts. One that answers and has no sample has counted nothing.
const RUNNER: &str = "imprint-runner";
/// The labels that say of which rollout a sample is, and of jobs of which region.
const ROLLOUT: &str = "rollout";
const HOME: &str = "region";
/// Microseconds of a second.
const MICROS: f64 = 1e6;

/// One line of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub name: String,
    pub labels: BTreeMap<String, String>,
    pub value: f64,
}

/// Reads what can be read; other lines are left out.
#[must_use]
pub fn samples(text: &str) -> Vec<Sample> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(sample).collect()
}

fn sample(line: &str) -> Option<Sample> {
    let at = line.find(['{', ' '])?;
    let (name, rest) = line.split_at(at);
    let (labels, value) = match rest.strip_prefix('{') {
        Some(rest) => labels(rest)?,
        None => (BTreeMap::new(), rest),
    };
    let value = value.split_whitespace().next()?.parse().ok()?;
    Some(Sample { name: name.to_owned(), labels, value })
}

/// Labels up to the closing brace, and what follows it. Values may hold anything, with three signs escaped.
fn labels(text: &str) -> Option<(BTreeMap<String, String>, &str)> {
    let (mut labels, mut rest) = (BTreeMap::new(), text);
    loop {
        rest = rest.trim_start_matches([',', ' ']);
        if let Some(behind) = rest.strip_prefix('}') {
            return Some((labels, behind));
        }
        let (name, behind) = rest.split_once("=\"")?;
        let mut value = String::new();
        let mut letters = behind.char_indices();
        let end = loop {
            match letters.next()? {
                (at, '"') => break at,
                (_, '\\') => match letters.next()? {
                    (_, 'n') => value.push('\n'),
                    (_, other) => value.push(other),
                },
                (_, letter) => value.push(letter),
            }
        };
        labels.insert(name.trim().to_owned(), value);
        rest = &behind[end + 1..];
    }
}

/// One process of a region, as it was asked.
#[derive(Clone, Debug)]
pub struct Told {
    pub region: String,
    pub samples: Vec<Sample>,
}

impl Told {
    fn label(&self, name: &str) -> &str {
        let first = self.samples.first();
        first.and_then(|sample| sample.labels.get(name)).map_or("", String::as_str)
    }

    fn is_runner(&self) -> bool {
        self.label("service") == RUNNER
    }

    /// Whether it is this provider, on this host.
    pub(crate) fn is_of(&self, service: &str, host: &str) -> bool {
        self.label("service") == service && self.label("instance") == host
    }

    /// Who it is, whatever its number: the provider on its host.
    fn instance(&self) -> String {
        format!("{}/{}", self.label("instance"), self.label("service"))
    }

    /// The regions that jobs of a rollout were at home in when it counted them: any region may work on a job of another, and
    /// what happens to it belongs to where it was drawn. Nothing stands for the own region, as older runners count.
    fn homes(&self, rollout: &str) -> BTreeSet<&str> {
        let of_rollout = self
            .samples
            .iter()
            .filter(|sample| sample.labels.get(ROLLOUT).is_some_and(|name| name == rollout));
        of_rollout.map(|sample| sample.labels.get(HOME).map_or("", String::as_str)).collect()
    }

    /// What it has counted of a rollout for jobs of a region, by `component/arm`, and by `component/shadow.result`.
    fn arms(&self, rollout: &str, home: &str) -> BTreeMap<String, Meter> {
        let mut meters: BTreeMap<String, Meter> = BTreeMap::new();
        let mut bounds: BTreeMap<String, BTreeMap<u64, u64>> = BTreeMap::new();
        for sample in &self.samples {
            let label = |name: &str| sample.labels.get(name).map_or("", String::as_str);
            let is_asked = label(ROLLOUT) == rollout && label(HOME) == home;
            let Some(count) = whole(sample.value).filter(|_| is_asked) else { continue };
            let key = match sample.name == SHADOW {
                true => format!("{}/shadow.{}", label("component"), label("result")),
                false => format!("{}/{}", label("component"), label("arm")),
            };
            let meter = meters.entry(key.clone()).or_default();
            match sample.name.strip_prefix(SECONDS) {
                Some("_count") => meter.latency.count = count,
                Some("_bucket") => {
                    if let Some(le) = label("le").parse().ok().filter(|le: &f64| le.is_finite()) {
                        bounds.entry(key).or_default().insert((le * MICROS).round() as u64, count);
                    }
                }
                None if sample.name == SHADOW => meter.requests = count,
                None if sample.name == REQUESTS => {
                    meter.requests = meter.requests.saturating_add(count);
                    let errors = if label("result") == "error" { count } else { 0 };
                    meter.errors = meter.errors.saturating_add(errors);
                }
                _ => {}
            }
        }
        for (key, bounds) in bounds {
            let latency = &mut meters.entry(key).or_default().latency;
            (latency.le_us, latency.up_to) = bounds.into_iter().unzip();
        }
        meters
    }
}

/// A count; what is none is not there.
fn whole(value: f64) -> Option<u64> {
    (value.is_finite() && value >= 0.0).then_some(value as u64)
}

/// What processes have counted of one rollout, over all their lives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Memory(BTreeMap<String, Life>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Life {
    region: String,
    /// By `component/arm`.
    counts: BTreeMap<String, Count>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    /// Of earlier lives.
    before: Meter,
    now: Meter,
}

impl Memory {
    /// Takes one look in. What did not answer keeps what it had counted.
    pub(crate) fn take(&mut self, rollout: &str, told: &[Told]) {
        let runners = told.iter().filter(|one| one.is_runner());
        for (one, home) in runners.flat_map(|one| one.homes(rollout).into_iter().map(move |home| (one, home)))
        {
            let own = one.instance();
            let life = self.0.entry(if home.is_empty() { own } else { format!("{own}/{home}") }).or_default();
            life.region = if home.is_empty() { one.region.clone() } else { home.to_owned() };
            // Numbers that cannot be true together are those of a text that was cut off.
            for (key, now) in one.arms(rollout, home).into_iter().filter(|(_, now)| now.is_sound()) {
                let count = life.counts.entry(key).or_default();
                if now.since(&count.now).is_none() {
                    count.before.add(&count.now);
                }
                count.now = now;
            }
        }
    }

    /// The sums of a region, or of all of them. Nothing where nobody who counts has answered.
    #[must_use]
    pub(crate) fn arms(&self, component: &str, region: Option<&str>, told: &[Told]) -> Arms {
        let is_here = |name: &str| region.is_none_or(|region| region == name);
        if !told.iter().any(|one| one.is_runner() && is_here(&one.region)) {
            return Arms::default();
        }
        self.sums(component, region)
    }

    /// What was counted by now, whoever answers at this moment.
    #[must_use]
    pub(crate) fn sums(&self, component: &str, region: Option<&str>) -> Arms {
        let is_here = |name: &str| region.is_none_or(|region| region == name);
        let sum = |arm: &str| {
            let key = format!("{component}/{arm}");
            let lives = self.0.values().filter(|life| is_here(&life.region));
            let mut sum = Meter::default();
            for count in lives.filter_map(|life| life.counts.get(&key)) {
                sum.add(&count.before);
                sum.add(&count.now);
            }
            Some(sum)
        };
        let compared = |result: &str| sum(&format!("shadow.{result}")).map_or(0, |meter| meter.requests);
        let shadow = Compared {
            same: compared("same"),
            differs: compared("differs"),
            errors: compared("error"),
            dropped: compared("dropped"),
        };
        Arms { canary: sum("canary"), baseline: sum("baseline"), stable: sum("stable"), shadow: Some(shadow) }
    }
}

/// A number of our own meters: `name` or `name{label="value"}`. Every process says it; the largest counts.
#[must_use]
pub(crate) fn number(query: &str, region: Option<&str>, told: &[Told]) -> Option<f64> {
    let wanted = sample(&format!("{} 0", query.trim()))?;
    let is_here = |one: &&Told| region.is_none_or(|region| region == one.region);
    let all = told.iter().filter(is_here).flat_map(|one| &one.samples);
    let matching = all.filter(|sample| {
        let mut labels = wanted.labels.iter();
        sample.name == wanted.name && labels.all(|(name, value)| sample.labels.get(name) == Some(value))
    });
    matching.map(|sample| sample.value).filter(|value| value.is_finite()).reduce(f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Histogram;

    fn told(text: &str) -> Told {
        Told { region: "us-east-1".into(), samples: samples(text) }
    }

    /// As a runner says it.
    fn text(ok: u64, errors: u64, quick: u64) -> String {
        let of = "service=\"imprint-runner\",instance=\"NHOST\",rollout=\"r-1\",component=\"design\",version=\"0.2.0\",arm=\"canary\"";
        let all = ok + errors;
        format!(
            "# HELP imprint_arm_requests_total x\n# TYPE imprint_arm_requests_total counter\n\
             imprint_arm_requests_total{{{of},result=\"ok\"}} {ok}\n\
             imprint_arm_requests_total{{{of},result=\"error\"}} {errors}\n\
             imprint_arm_seconds_bucket{{{of},le=\"0.001\"}} {quick}\n\
             imprint_arm_seconds_bucket{{{of},le=\"2\"}} {all}\n\
             imprint_arm_seconds_bucket{{{of},le=\"+Inf\"}} {all}\n\
             imprint_arm_seconds_sum{{{of}}} 1.5\nimprint_arm_seconds_count{{{of}}} {all}\n"
        )
    }

    #[test]
    fn the_text_of_prometheus_is_read() {
        let read = samples(
            "# TYPE a counter\na{x=\"1\",y=\"a,b}\\\"c\\\\\\n\"} 3 1700000000\nb 4.5\nc NaN\nnonsense\nd{x=\"1} 2\n",
        );
        assert_eq!(read.len(), 3, "{read:?}");
        assert_eq!((read[0].labels["y"].as_str(), read[0].value), ("a,b}\"c\\\n", 3.0));
        assert_eq!((read[1].name.as_str(), read[1].value), ("b", 4.5));
        assert!(read[2].value.is_nan());
    }

    #[test]
    fn arms_are_summed_and_other_rollouts_left_out() {
        let mut memory = Memory::default();
        let told = [told(&text(90, 10, 40))];
        memory.take("r-1", &told);
        let arms = memory.arms("design", None, &told);
        let canary = arms.canary.unwrap();
        assert_eq!((canary.requests, canary.errors), (100, 10));
        assert_eq!(
            canary.latency,
            Histogram { le_us: vec![1000, 2_000_000], up_to: vec![40, 100], count: 100 }
        );
        assert_eq!(arms.stable, Some(Meter::default()), "who answers and has no sample has counted nothing");
        let mut other = Memory::default();
        other.take("r-2", &told);
        assert_eq!(other.arms("design", None, &told).canary, Some(Meter::default()));
        assert_eq!(memory.arms("design", Some("eu-west-1"), &told), Arms::default());
        assert_eq!(memory.arms("design", None, &[]), Arms::default(), "absent is absent");
    }

    #[test]
    fn answers_in_the_shadow_are_counted_by_result() {
        let text = |numbers: [u64; 4]| {
            let line = |(result, number): (&str, u64)| {
                format!(
                    "imprint_shadow_total{{service=\"imprint-runner\",instance=\"NHOST\",rollout=\"r-1\",component=\"design\",version=\"0.2.0\",result=\"{result}\"}} {number}\n"
                )
            };
            ["same", "differs", "error", "dropped"].into_iter().zip(numbers).map(line).collect::<String>()
        };
        let mut memory = Memory::default();
        let (mut seen, mut others) = (Vec::new(), 0);
        // The runner is started anew behind the first look.
        for numbers in [[90, 10, 3, 1], [4, 0, 1, 0]] {
            let told = [told(&text(numbers))];
            memory.take("r-1", &told);
            let arms = memory.arms("design", None, &told);
            seen.extend(arms.shadow.map(|all| [all.same, all.differs, all.errors, all.dropped]));
            others += arms.canary.map_or(0, |meter| meter.requests);
        }
        assert_eq!((seen, others), (vec![[90, 10, 3, 1], [94, 10, 4, 1]], 0));
    }

    #[test]
    fn a_runner_that_is_started_anew_goes_on_counting() {
        let mut memory = Memory::default();
        let mut seen = Vec::new();
        for (ok, errors) in [(10, 0), (20, 1), (3, 0), (3, 0), (30, 2)] {
            let told = [told(&text(ok, errors, ok))];
            memory.take("r-1", &told);
            let canary = memory.arms("design", None, &told).canary.unwrap();
            seen.push((canary.requests, canary.errors, canary.latency.count));
        }
        assert_eq!(seen, [(10, 0, 10), (21, 1, 21), (24, 1, 24), (24, 1, 24), (53, 3, 53)]);
        // Nothing is lost in the store, and a runner that is silent takes nothing away.
        let stored: Memory = serde_json::from_str(&serde_json::to_string(&memory).unwrap()).unwrap();
        assert_eq!(stored, memory);
        let other = [told(&text(1, 0, 1).replace("NHOST", "NOTHER"))];
        memory.take("r-1", &other);
        assert_eq!(memory.arms("design", None, &other).canary.unwrap().requests, 54);
    }

    /// A runner counts for the region that a job is at home in, wherever it stands itself.
    #[test]
    fn what_is_counted_belongs_to_the_home_of_the_job() {
        let homes =
            ["us-east-1", "us-west-2"].map(|home| (format!("arm=\"canary\",region=\"{home}\""), home));
        let text: String = (homes.iter().zip([(5, 0), (1, 4)]))
            .map(|((labels, _), (ok, errors))| text(ok, errors, ok).replace("arm=\"canary\"", labels))
            .collect();
        let (mut memory, here) = (Memory::default(), [told(&text)]);
        memory.take("r-1", &here);
        let counted = |region: Option<&str>| {
            let canary = memory.sums("design", region).canary.unwrap_or_default();
            (canary.requests, canary.errors, canary.latency.count)
        };
        let all = [Some("us-east-1"), Some("us-west-2"), Some("eu-west-1"), None].map(counted);
        assert_eq!(all, [(5, 0, 5), (5, 4, 5), (0, 0, 0), (10, 4, 10)]);
        assert_eq!(
            memory.arms("design", Some("us-west-2"), &here),
            Arms::default(),
            "nobody of there answers"
        );
    }

    #[test]
    fn a_number_of_our_own_is_found() {
        let told = [told("q{step=\"kit\",service=\"a\"} 3\nq{step=\"kit\"} 7\nq{step=\"logo\"} 99\n")];
        assert_eq!(number("q{step=\"kit\"}", None, &told), Some(7.0));
        assert_eq!(number("q", Some("us-east-1"), &told), Some(99.0));
        assert_eq!(number("q", Some("eu-west-1"), &told), None);
        assert_eq!(number("other", None, &told), None);
        assert_eq!(number("{", None, &told), None);
    }
}
