//! What gateways of each region are told, from the records of all rollouts.

use crate::executor::record::Record;
use crate::executor::store::{Version, Versions};
use crate::plan::EVERYWHERE;
use crate::state::Phase;
use core_saga::{Change, PURE, ROUTES, Route, Routes, Trial, model_of};
use std::collections::{BTreeMap, BTreeSet};

/// The key of everywhere among versions.
pub(crate) const ALL: &str = "";

/// The configuration as it shall be: one entry for everybody, and one for each region that a rollout names.
#[must_use]
pub(crate) fn wanted(records: &[Record], versions: &Versions) -> BTreeMap<String, String> {
    let versions = promoted(records, versions);
    let named = records.iter().flat_map(regions).chain(versions.keys().cloned());
    let places: BTreeSet<String> = named.chain([ALL.to_owned()]).collect();
    places.iter().map(|place| (key(place), text(&routes(records, &versions, place)))).collect()
}

/// The regions that a rollout names; none where it is everywhere at once.
fn regions(record: &Record) -> Vec<String> {
    record.routes.keys().filter(|name| *name != EVERYWHERE).cloned().collect()
}

fn key(place: &str) -> String {
    if place.is_empty() { ROUTES.to_owned() } else { format!("{ROUTES}.{place}") }
}

/// Maps of texts and numbers can always be written.
fn text(routes: &Routes) -> String {
    serde_json::to_string(routes).unwrap_or_default()
}

fn routes(records: &[Record], versions: &Versions, place: &str) -> Routes {
    let mut routes = Routes::default();
    for known in [ALL, place] {
        let of = versions.get(known).into_iter().flatten().filter(|(_, version)| version.is_said());
        routes.versions.extend(of.map(|(component, version)| (component.clone(), version.version.clone())));
    }
    for record in records.iter().filter(|record| is_reachable(record)) {
        let of = record.routes.get(EVERYWHERE).or_else(|| record.routes.get(place));
        if let Some(route) = of {
            let shadow = route.is_shadow;
            // What cannot be asked twice stays out of it until there is traffic.
            let moved = record.set.iter().filter(|(name, _)| !shadow || PURE.contains(&name.as_str()));
            let change = |known: &crate::executor::record::Change| Change {
                from: known.from.clone(),
                to: known.to.clone(),
                shadow,
            };
            let set = moved.map(|(component, known)| (component.clone(), change(known)));
            let experiment = trial(record).filter(|_| !shadow);
            let route = Route { split: route.split.clone(), set: set.collect(), experiment };
            routes.rollouts.insert(record.id.clone(), route);
        }
    }
    routes
}

/// What is tried beside the rollout.
fn trial(record: &Record) -> Option<Trial> {
    Some(record.policy().ok()?.experiment?.trial())
}

/// Whether a job may get the new version. Nobody may before it runs, and nobody after it went back, whatever a header says.
fn is_reachable(record: &Record) -> bool {
    let is_first = matches!(record.state.phase, Phase::Pending { .. } | Phase::Opening { wave: 0 });
    !is_first && !record.is_back() && record.state.phase != Phase::Promoted
}

/// What everybody has: what is stored, and what was promoted since.
///
/// What a name of models means is held from the beginning of its first rollout on: to a painter a bare name is the newest model
/// that it has, which would be the new one whatever becomes of it. One that was given back is held again from a later rollout on.
#[must_use]
pub(crate) fn promoted(records: &[Record], versions: &Versions) -> Versions {
    let mut versions = versions.clone();
    for record in records {
        for (name, change) in record.set.iter().filter(|(name, _)| model_of(name).is_some()) {
            let held =
                Version { version: change.from.clone(), rollout: record.id.clone(), at_ms: record.began_ms };
            let known = versions.entry(ALL.to_owned()).or_default();
            let is_free = |known: &Version| !known.is_said() && known.at_ms <= record.began_ms;
            if known.get(name).is_none_or(is_free) {
                known.insert(name.clone(), held);
            }
        }
    }
    for record in records.iter().filter(|record| record.state.phase == Phase::Promoted) {
        let at_ms = record.over_ms.unwrap_or(record.state.now_ms);
        for place in record.routes.keys() {
            let place = if place == EVERYWHERE { ALL } else { place };
            let known = versions.entry(place.to_owned()).or_default();
            for (component, change) in &record.set {
                let is_newer = known.get(component).is_none_or(|known| known.at_ms < at_ms);
                if is_newer {
                    let version = Version { version: change.to.clone(), rollout: record.id.clone(), at_ms };
                    known.insert(component.clone(), version);
                }
            }
        }
    }
    // A place without versions says nothing.
    versions.retain(|_, versions| !versions.is_empty());
    versions
}

/// The version of a component that people have before a rollout, where all of these regions have the same.
#[must_use]
pub(crate) fn version_of(
    versions: &Versions,
    component: &str,
    regions: &[String],
    first: &str,
) -> Option<String> {
    let at = |place: &str| {
        let known = versions.get(place).and_then(|known| known.get(component));
        known.filter(|version| version.is_said()).map(|version| version.version.as_str())
    };
    let everywhere = at(ALL).unwrap_or(first);
    let of = |region: &str| at(region).unwrap_or(everywhere);
    let found: BTreeSet<&str> = if regions.is_empty() {
        versions.keys().map(String::as_str).chain([ALL]).map(of).collect()
    } else {
        regions.iter().map(|region| of(region)).collect()
    };
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none()).map(str::to_owned)
}
