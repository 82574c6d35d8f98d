//! Queues, as runners measure them.

use core_saga::{PAINT, STEPS_PAINTED};
use imprint_rollout::executor::Told;
use std::collections::BTreeMap;

const DEPTH: &str = "imprint_queue_depth";

/// Work that waits or is claimed, by component: its own, and that of the steps before, which comes to it next; a runner takes no
/// more of all steps than it can do, so what is too much waits at the first. Nothing of those whose queues nobody tells. Every
/// runner tells all queues, so the most that one says counts.
pub(crate) fn depths(told: &[Told]) -> BTreeMap<String, u64> {
    let mut queues: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let samples = told.iter().flat_map(|one| &one.samples).filter(|sample| sample.name == DEPTH);
    for sample in samples.filter(|sample| sample.value.is_finite() && sample.value >= 0.0) {
        let label = |name: &str| sample.labels.get(name).map(String::as_str);
        let (Some(step), Some(priority)) = (label("step"), label("priority")) else { continue };
        let most = queues.entry((step, priority)).or_default();
        *most = (*most).max(sample.value as u64);
    }
    let (mut depths, mut before) = (BTreeMap::new(), 0);
    for row in STEPS_PAINTED {
        let own: Vec<u64> =
            queues.iter().filter(|((step, _), _)| *step == row.name).map(|(_, depth)| *depth).collect();
        if own.is_empty() {
            continue;
        }
        let own: u64 = own.iter().sum();
        depths.insert(row.component.to_owned(), before + own);
        // Who waits for a painter is nobody's work yet.
        before += if row.name == PAINT { 0 } else { own };
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;
    use imprint_rollout::executor::samples;

    #[test]
    fn what_waits_at_a_step_comes_to_those_behind_it() {
        let line = |step: &str, depth: u64| {
            format!("imprint_queue_depth{{step=\"{step}\",priority=\"low\"}} {depth}\n")
        };
        let text = line("create-job", 12) + &line("logo", 4) + &line("paint", 30) + &line("assets", 1);
        let told = [Told { region: String::new(), samples: samples(&text) }];
        let wanted = [("assets", 17), ("logo", 46), ("orchestrator", 12)];
        assert_eq!(depths(&told), wanted.map(|(name, depth)| (name.to_owned(), depth)).into());
    }

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
