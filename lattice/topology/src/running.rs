//! What runs on the hosts of a lattice, by region.

use futures::future::join_all;
use imprint_control::Control;
use serde::Serialize;
use std::collections::BTreeMap;

/// A component in a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Such as `imprint-design-0_1_0`.
    pub id: String,
    pub region: String,
    pub hosts: usize,
    /// Calls that it takes at once, on all these hosts together.
    pub instances: u32,
}

/// What the hosts say that they run; nothing where nobody answers.
pub async fn running(url: &str, lattice: &str) -> Option<Vec<Run>> {
    let control = Control::connect(url, lattice).await.ok()?;
    let hosts = control.hosts().await.ok()?;
    let mut found: BTreeMap<(String, String), (usize, u32)> = BTreeMap::new();
    for host in join_all(hosts.iter().map(|id| control.inventory(id))).await.into_iter().flatten() {
        let region = host.labels.get("region").cloned().unwrap_or_default();
        for component in host.components {
            let sum = found.entry((component.id, region.clone())).or_default();
            *sum = (sum.0 + 1, sum.1.saturating_add(component.max_instances));
        }
    }
    let run = |((id, region), (hosts, instances))| Run { id, region, hosts, instances };
    Some(found.into_iter().map(run).collect())
}

/// A line for each component, with each region where there are several.
#[must_use]
pub fn lines(all: &[Run]) -> Vec<String> {
    let mut by_id: BTreeMap<&str, Vec<&Run>> = BTreeMap::new();
    all.iter().for_each(|run| by_id.entry(&run.id).or_default().push(run));
    let line = |(id, runs): (&str, Vec<&Run>)| {
        let sum: u32 = runs.iter().map(|run| run.instances).sum();
        let each: Vec<String> = runs.iter().map(|run| format!("{} {}", run.region, run.instances)).collect();
        format!("  {id:<28}{sum:>5}   {}", each.join(", "))
    };
    by_id.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_component_has_a_line() {
        let run = |id: &str, region: &str, instances| Run {
            id: id.into(),
            region: region.into(),
            hosts: 1,
            instances,
        };
        let all =
            [run("imprint-design-0_1_0", "a", 32), run("imprint-design-0_1_0", "b", 24), run("x", "a", 1)];
        let told = lines(&all);
        assert_eq!(told.len(), 2);
        assert!(told[0].ends_with("56   a 32, b 24"), "{told:?}");
    }
}
