//! A manifest of wadm with other numbers of instances.

use serde_json::Value;
use std::collections::BTreeMap;

/// Before the number of a version that differs in instances only.
const MARK: &str = "-scaled-";

/// Hosts of a lattice, by what they are labelled with.
pub(crate) type Labels = BTreeMap<String, String>;

/// Sets the instances of a component. Gives whether anything changed.
///
/// A spread scaler counts instances on the whole lattice, a daemon scaler on each host that it chooses.
pub(crate) fn set_instances(manifest: &mut Value, component: &str, replicas: u32, hosts: &[Labels]) -> bool {
    let components = manifest["spec"]["components"].as_array_mut().into_iter().flatten();
    let mut is_changed = false;
    for found in components.filter(|found| found["name"] == component) {
        for scaler in found["traits"].as_array_mut().into_iter().flatten() {
            let instances = match scaler["type"].as_str() {
                Some("spreadscaler") => replicas,
                Some("daemonscaler") => replicas.div_ceil(chosen(&scaler["properties"], hosts)),
                _ => continue,
            };
            if scaler["properties"]["instances"] != instances {
                scaler["properties"]["instances"] = instances.into();
                is_changed = true;
            }
        }
    }
    is_changed
}

/// How many hosts a scaler chooses, at least one.
fn chosen(properties: &Value, hosts: &[Labels]) -> u32 {
    let spreads = properties["spread"].as_array().map(Vec::as_slice).unwrap_or_default();
    let fits = |host: &Labels, spread: &Value| {
        let mut required = spread["requirements"].as_object().into_iter().flatten();
        required.all(|(label, value)| host.get(label).map(String::as_str) == value.as_str())
    };
    let is_chosen = |host: &&Labels| spreads.is_empty() || spreads.iter().any(|spread| fits(host, spread));
    u32::try_from(hosts.iter().filter(is_chosen).count()).unwrap_or(u32::MAX).max(1)
}

/// The version of a manifest.
pub(crate) fn version(manifest: &Value) -> &str {
    manifest["metadata"]["annotations"]["version"].as_str().unwrap_or_default()
}

/// Gives it the version of its original with this number. wadm takes no second manifest of one version.
pub(crate) fn set_version(manifest: &mut Value, number: u64) -> String {
    let version = version(manifest);
    let original = version.split_once(MARK).map_or(version, |(original, _)| original);
    let version = format!("{original}{MARK}{number}");
    manifest["metadata"]["annotations"]["version"] = version.clone().into();
    version
}

/// Whether a version differs from its original in instances only, and is ours to delete.
pub(crate) fn is_scaled(version: &str) -> bool {
    version.contains(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn manifest(scaler: &str, requirements: &Value) -> Value {
        let spread = json!([{ "name": "hosts", "requirements": requirements }]);
        json!({
            "metadata": { "annotations": { "version": "v1" } },
            "spec": { "components": [
                { "name": "kit", "traits": [{ "type": scaler, "properties": { "instances": 32 } }] },
                { "name": "logo", "traits": [
                    { "type": "link", "properties": { "target": { "name": "blobs" } } },
                    { "type": scaler, "properties": { "instances": 32, "spread": spread } },
                ] },
            ] },
        })
    }

    #[test]
    fn only_the_instances_of_that_component_change() {
        let host = |brands: &str| Labels::from([("brands".to_owned(), brands.to_owned())]);
        let hosts = [host("true"), host("true"), host("false")];
        let own = json!({ "brands": "true" });
        let cases = [("spreadscaler", 7, 7), ("daemonscaler", 7, 4), ("daemonscaler", 1, 1)];
        for (scaler, replicas, expected) in cases {
            let (before, mut after) = (manifest(scaler, &own), manifest(scaler, &own));
            assert!(set_instances(&mut after, "logo", replicas, &hosts));
            assert!(!set_instances(&mut after, "logo", replicas, &hosts), "the same again changes nothing");
            let place = "/spec/components/1/traits/1/properties/instances";
            assert_eq!(after.pointer(place), Some(&json!(expected)), "{scaler} {replicas}");
            *after.pointer_mut(place).unwrap() = json!(32);
            assert_eq!(after, before);
        }
        let mut nowhere = manifest("daemonscaler", &json!({ "brands": "other" }));
        assert!(
            set_instances(&mut nowhere, "logo", 5, &hosts) && !set_instances(&mut nowhere, "else", 5, &hosts)
        );
    }

    #[test]
    fn a_version_is_numbered_once() {
        let mut manifest = manifest("spreadscaler", &json!({}));
        assert_eq!(set_version(&mut manifest, 3), "v1-scaled-3");
        assert_eq!(set_version(&mut manifest, 12), "v1-scaled-12");
        assert!(is_scaled(version(&manifest)) && !is_scaled("v1"));
    }
}
