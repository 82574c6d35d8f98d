//! Queues, as runners measure them.

use core_saga::row;
use imprint_rollout::executor::Told;
use std::collections::BTreeMap;

const DEPTH: &str = "imprint_queue_depth";

/// Work that waits or is claimed, by component; nothing of those whose queues nobody tells. Every runner tells all queues, so
/// the most that one says counts.
pub(crate) fn depths(told: &[Told]) -> BTreeMap<String, u64> {
    let mut queues: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let samples = told.iter().flat_map(|one| &one.samples).filter(|sample| sample.name == DEPTH);
    for sample in samples.filter(|sample| sample.value.is_finite() && sample.value >= 0.0) {
        let label = |name: &str| sample.labels.get(name).map(String::as_str);
        let (Some(step), Some(priority)) = (label("step"), label("priority")) else { continue };
        let most = queues.entry((step, priority)).or_default();
        *most = (*most).max(sample.value as u64);
    }
    let mut depths = BTreeMap::new();
    for ((step, _), depth) in queues {
        if let Some(row) = row(step) {
            *depths.entry(row.component.to_owned()).or_default() += depth;
        }
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;
    use imprint_rollout::executor::samples;

    #[test]
    fn steps_of_a_component_are_added_and_runners_are_not() {
        let runner = |name: &str, kit: u64, seal: u64| {
            let line = |step: &str, priority: &str, depth: u64| {
                format!(
                    "imprint_queue_depth{{service=\"{name}\",step=\"{step}\",priority=\"{priority}\"}} {depth}\n"
                )
            };
            line("kit", "low", kit)
                + &line("kit", "high", 1)
                + &line("seal", "low", seal)
                + &line("decide", "low", 9)
        };
        let texts = [
            runner("one", 3, 4),
            runner("two", 5, 2),
            "imprint_queue_depth{step=\"logo\"} x\n".to_owned(),
            "imprint_queue_depth{step=\"logo\",priority=\"low\"} NaN\n".to_owned(),
        ];
        let told: Vec<Told> =
            texts.iter().map(|text| Told { region: String::new(), samples: samples(text) }).collect();
        assert_eq!(depths(&told), [("kit".to_owned(), 10)].into());
    }
}
