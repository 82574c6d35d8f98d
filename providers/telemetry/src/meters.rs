//! Counters, gauges and histograms with labels, and their text as Prometheus reads it (0.0.4).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Series of one meter. Labels are steps, callees and codes, some dozens; more means that a label holds what it should
/// not, and counting that would fill the memory.
const SERIES_MAX: usize = 1000;

/// Bounds for what takes from a millisecond to a minute, in seconds.
pub const SECONDS: &[f64] =
    &[0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0];

/// What is measured. Written down once, as a constant.
#[derive(Debug)]
pub struct Meter {
    pub name: &'static str,
    pub help: &'static str,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Counter,
    Gauge,
    /// With these upper bounds.
    Histogram(&'static [f64]),
}

/// What one process has measured. Cheap to clone.
#[derive(Clone, Default)]
pub struct Tally(Arc<Mutex<BTreeMap<&'static str, Family>>>);

type Labels<'a> = &'a [(&'static str, &'a str)];

struct Family {
    meter: &'static Meter,
    series: BTreeMap<Vec<(&'static str, String)>, Value>,
}

#[derive(Default)]
struct Value {
    /// The number, or the sum of a histogram.
    sum: f64,
    /// Observations up to each bound, and of any size.
    counts: Vec<u64>,
}

impl Tally {
    /// One more.
    pub fn count(&self, meter: &'static Meter, labels: Labels<'_>) {
        self.change(meter, labels, |value| value.sum += 1.0);
    }

    /// So it is now.
    pub fn set(&self, meter: &'static Meter, labels: Labels<'_>, number: f64) {
        self.change(meter, labels, |value| value.sum = number);
    }

    /// One observation of a histogram.
    pub fn observe(&self, meter: &'static Meter, labels: Labels<'_>, number: f64) {
        let Kind::Histogram(bounds) = meter.kind else { return };
        self.change(meter, labels, |value| {
            value.counts.resize(bounds.len() + 1, 0);
            value.sum += number;
            for (count, bound) in value.counts.iter_mut().zip(bounds.iter().chain([&f64::INFINITY])) {
                *count += u64::from(number <= *bound);
            }
        });
    }

    /// Everything, with these labels on every sample.
    #[must_use]
    pub fn text(&self, common: &[(&str, &str)]) -> String {
        let mut text = String::new();
        for family in self.lock().values() {
            family.write(&mut text, common);
        }
        text
    }

    fn change(&self, meter: &'static Meter, labels: Labels<'_>, change: impl FnOnce(&mut Value)) {
        let mut families = self.lock();
        let family = families.entry(meter.name).or_insert_with(|| Family { meter, series: BTreeMap::new() });
        let labels: Vec<_> = labels.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        if family.series.len() < SERIES_MAX || family.series.contains_key(&labels) {
            change(family.series.entry(labels).or_default());
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, Family>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Family {
    fn write(&self, text: &mut String, common: &[(&str, &str)]) {
        let Meter { name, help, kind } = self.meter;
        let word = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram(_) => "histogram",
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {word}");
        for (labels, value) in &self.series {
            let own = labels.iter().map(|(name, value)| (*name, value.as_str()));
            let labels: Vec<_> = common.iter().copied().chain(own).collect();
            match kind {
                Kind::Histogram(bounds) => histogram(text, name, bounds, &labels, value),
                _ => sample(text, name, &labels, &value.sum),
            }
        }
    }
}

fn histogram(text: &mut String, name: &str, bounds: &[f64], labels: &[(&str, &str)], value: &Value) {
    let names = bounds.iter().map(ToString::to_string).chain(["+Inf".to_owned()]);
    for (bound, count) in names.zip(&value.counts) {
        let labels: Vec<_> = labels.iter().copied().chain([("le", bound.as_str())]).collect();
        sample(text, &format!("{name}_bucket"), &labels, count);
    }
    sample(text, &format!("{name}_sum"), labels, &value.sum);
    sample(text, &format!("{name}_count"), labels, value.counts.last().unwrap_or(&0));
}

fn sample(text: &mut String, name: &str, labels: &[(&str, &str)], number: &dyn std::fmt::Display) {
    let labels: Vec<_> =
        labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{name}{labels} {number}");
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLS: Meter = Meter { name: "calls_total", help: "Calls.", kind: Kind::Counter };
    const TIMES: Meter = Meter { name: "times_seconds", help: "Times.", kind: Kind::Histogram(&[0.5, 2.0]) };
    const DEPTH: Meter = Meter { name: "depth", help: "Depth.", kind: Kind::Gauge };

    #[test]
    fn the_text_is_what_prometheus_reads() {
        let meters = Tally::default();
        meters.count(&CALLS, &[("to", "a\"b\\c\nd")]);
        meters.count(&CALLS, &[("to", "a\"b\\c\nd")]);
        meters.set(&DEPTH, &[], 7.5);
        for number in [0.25, 0.5, 1.0, 9.0] {
            meters.observe(&TIMES, &[], number);
        }
        let want = "# HELP calls_total Calls.\n# TYPE calls_total counter\n\
                    calls_total{service=\"s\",to=\"a\\\"b\\\\c\\nd\"} 2\n\
                    # HELP depth Depth.\n# TYPE depth gauge\ndepth{service=\"s\"} 7.5\n\
                    # HELP times_seconds Times.\n# TYPE times_seconds histogram\n\
                    times_seconds_bucket{service=\"s\",le=\"0.5\"} 2\n\
                    times_seconds_bucket{service=\"s\",le=\"2\"} 3\n\
                    times_seconds_bucket{service=\"s\",le=\"+Inf\"} 4\n\
                    times_seconds_sum{service=\"s\"} 10.75\ntimes_seconds_count{service=\"s\"} 4\n";
        assert_eq!(meters.text(&[("service", "s")]), want);
    }

    #[test]
    fn series_have_a_limit() {
        let meters = Tally::default();
        for number in 0..SERIES_MAX + 10 {
            meters.count(&CALLS, &[("to", &number.to_string())]);
        }
        meters.count(&CALLS, &[("to", "0")]);
        let text = meters.text(&[]);
        assert_eq!(text.lines().count(), SERIES_MAX + 2);
        assert!(text.contains("calls_total{to=\"0\"} 2\n"), "those that are known go on");
    }
}
