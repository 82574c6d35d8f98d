//! From what hosts say to what the planner sees.

use crate::executor::gather::{World, region_of};
use crate::executor::meters::number;
use crate::executor::painters;
use crate::executor::record::Record;
use crate::plan::EVERYWHERE;
use crate::policy::{Metric, Policy, Source};
use core_saga::{component_id, model_of};
use imprint_control::Inventory;
use imprint_outbound::{Call, Method, Outbound};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// A number from elsewhere is asked for as often as it may count.
const NUMBER_MS: u64 = 10_000;
/// Prometheus answers at once, or not at all.
const NUMBER_MAX: Duration = Duration::from_secs(2);
/// One number with its labels.
const NUMBER_BYTES_MAX: usize = 256 << 10;

/// The regions that a policy speaks of; one that stands for all where it names none.
pub(crate) fn regions(policy: &Policy) -> Vec<String> {
    let named: Vec<String> = policy.waves.iter().flat_map(|wave| wave.regions.clone()).collect();
    if named.is_empty() { vec![EVERYWHERE.to_owned()] } else { named }
}

/// The region of hosts and processes; nothing where it stands for all.
pub(crate) fn place(region: &str) -> Option<&str> {
    (region != EVERYWHERE).then_some(region)
}

/// Whether every new version runs on as many hosts as the old one, and on one at least; and every painter has every new model.
#[must_use]
pub fn is_ready(record: &Record, region: Option<&str>, world: &World) -> bool {
    record.set.iter().all(|(component, change)| {
        if model_of(component).is_some() {
            return painters::have(world, &change.to);
        }
        let count = |version: &str| {
            let id = component_id(component, version);
            let runs = |host: &&Inventory| host.components.iter().any(|one| one.id == id);
            let is_here = |host: &&Inventory| region.is_none_or(|region| region == region_of(host));
            world.hosts.iter().filter(is_here).filter(runs).count()
        };
        count(&change.to) >= count(&change.from).max(1)
    })
}

/// Numbers from elsewhere, as they were asked for last.
#[derive(Default)]
pub(crate) struct Numbers {
    /// By rollout, region and metric: when, and what.
    known: BTreeMap<[String; 3], (u64, Option<f64>)>,
}

impl Numbers {
    /// What each metric of a policy says of a region. What cannot be had is absent.
    pub(crate) async fn look(
        &mut self,
        client: &Outbound,
        (policy, record): (&Policy, &Record),
        region: &str,
        world: &World,
        now_ms: u64,
    ) -> BTreeMap<String, Option<f64>> {
        let mut numbers = BTreeMap::new();
        for (name, metric) in &policy.metrics {
            let key = [record.id.clone(), region.to_owned(), name.clone()];
            let known = self.known.get(&key).filter(|(at_ms, _)| now_ms.saturating_sub(*at_ms) < NUMBER_MS);
            let value = match (known, metric.source) {
                (Some((_, value)), _) => *value,
                (None, Source::Meters) => number(&metric.query, place(region), &world.told),
                (None, Source::Prometheus) => ask(client, record.prometheus.as_deref(), metric, region).await,
            };
            if known.is_none() {
                self.known.insert(key, (now_ms, value));
            }
            numbers.insert(name.clone(), value);
        }
        numbers
    }
}

/// One number of Prometheus. `$region` in a query is the region.
async fn ask(client: &Outbound, url: Option<&str>, metric: &Metric, region: &str) -> Option<f64> {
    let query = metric.query.replace("$region", region);
    let url = format!("{}/api/v1/query?query={}", url?.trim_end_matches('/'), escape(&query));
    let call = Call { method: Method::GET, url, headers: Vec::new(), body: bytes::Bytes::new() };
    let answer = client.once(call, NUMBER_MAX, NUMBER_BYTES_MAX).await.ok()?.ok()?;
    one_number(&serde_json::from_slice(&answer.body).ok()?)
}

/// What Prometheus answered, as one number: of several nobody knows which is meant.
#[must_use]
pub fn one_number(answer: &Value) -> Option<f64> {
    let data = &answer["data"];
    let pair = match data["resultType"].as_str()? {
        "scalar" => &data["result"],
        "vector" if data["result"].as_array()?.len() == 1 => &data["result"][0]["value"],
        _ => return None,
    };
    pair[1].as_str()?.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A text as part of a query.
fn escape(text: &str) -> String {
    let letter = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_number_or_none() {
        let vector = |values: &[&str]| {
            let result: Vec<Value> = values.iter().map(|value| json!({ "value": [1, value] })).collect();
            json!({ "status": "success", "data": { "resultType": "vector", "result": result } })
        };
        assert_eq!(one_number(&vector(&["1.5"])), Some(1.5));
        assert_eq!(one_number(&json!({ "data": { "resultType": "scalar", "result": [1, "7"] } })), Some(7.0));
        for bad in [
            vector(&[]),
            vector(&["1", "2"]),
            vector(&["NaN"]),
            vector(&["+Inf"]),
            json!({ "status": "error" }),
        ] {
            assert_eq!(one_number(&bad), None, "{bad}");
        }
    }

    #[test]
    fn queries_travel_whole() {
        assert_eq!(escape("max(q{a=\"b\"})"), "max%28q%7Ba%3D%22b%22%7D%29");
    }
}
