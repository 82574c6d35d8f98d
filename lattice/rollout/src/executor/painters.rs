//! Names of models: which models painters have, and what must be so before a name means another one.
//!
//! Nothing is deployed for a model. It starts by being there: every painter of the lattice lists it among its meters, since
//! painters share what they are asked, and any of them may be the one.

use crate::executor::gather::World;
use crate::executor::record::Change;
use crate::executor::routes::version_of;
use crate::executor::start::{Refused, refuse};
use crate::executor::store::Versions;
use crate::policy::Member;
use anyhow::Result;
use std::collections::BTreeSet;

/// The id of the painter on a lattice, which is also what its meters say that they are of.
const PAINTER: &str = "imprint-painter";
/// A sample for each model that a painter has.
const LISTED: &str = "imprint_painter_model";
/// Models that are named to a person who asked for another one.
const NAMED_MAX: usize = 8;

/// The painters of a lattice: the host of each, and the models that it lists; nothing where it does not answer.
struct Painters<'a>(Vec<(&'a str, Option<BTreeSet<&'a str>>)>);

impl<'a> Painters<'a> {
    fn of(world: &'a World) -> Self {
        let hosts =
            world.hosts.iter().filter(|host| host.providers.iter().any(|provider| provider.id == PAINTER));
        Self(hosts.map(|host| (host.host_id.as_str(), listed(world, &host.host_id))).collect())
    }

    /// Whether there is a painter, and none lacks it.
    fn have(&self, model: &str) -> bool {
        let has = |models: &Option<BTreeSet<&str>>| models.as_ref().is_some_and(|all| all.contains(model));
        !self.0.is_empty() && self.0.iter().all(|(_, models)| has(models))
    }

    /// Says who lacks it, and what to do.
    fn check(&self, model: &str) -> Result<()> {
        if self.0.is_empty() {
            refuse!(
                "no painter runs on this lattice, so no name can mean `{model}`: start one with `imprint up --painter`, or with the manifest of `imprint manifest --painter DIR`"
            );
        }
        for (host, models) in &self.0 {
            let Some(models) = models else {
                refuse!(
                    "the painter on the host {host} does not say which models it has; begin when it answers"
                )
            };
            if !models.contains(model) {
                let known: Vec<&str> = models.iter().copied().take(NAMED_MAX).collect();
                refuse!(
                    "the painter on the host {host} has no model `{model}`, but {}: bring it in there with `imprint models add` or `imprint models pull`, and start that painter anew",
                    known.join(", ")
                );
            }
        }
        Ok(())
    }
}

/// What the painter on a host lists.
fn listed<'a>(world: &'a World, host: &str) -> Option<BTreeSet<&'a str>> {
    let told = world.told.iter().find(|told| told.is_of(PAINTER, host))?;
    let samples = told.samples.iter().filter(|sample| sample.name == LISTED && sample.value > 0.0);
    Some(samples.filter_map(|sample| sample.labels.get("model")).map(String::as_str).collect())
}

/// Whether every painter has this model, and there is one.
pub(crate) fn have(world: &World, model: &str) -> bool {
    Painters::of(world).have(model)
}

/// Says which painter lacks this model, if one does, or that there is none.
pub(crate) fn check(world: &World, model: &str) -> Result<()> {
    Painters::of(world).check(model)
}

/// What a name means by now, and what it shall mean. Both must be there: the old model is what everybody goes back to.
pub(crate) fn change(
    world: &World,
    versions: &Versions,
    regions: &[String],
    member: &Member,
    name: &str,
) -> Result<Change> {
    let Member { component, from, to } = member;
    let first = from.as_deref().unwrap_or_default();
    let Some(known) = version_of(versions, component, regions, first) else {
        refuse!(
            "`{name}` means different models in these regions; bring them to one first, with a rollout of one wave"
        )
    };
    if known.is_empty() {
        refuse!(
            "nobody knows what `{name}` means to painters before: say it in the file, such as `from: sdxl-base@1.0`, or once with `imprint rollout hold {name}=sdxl-base@1.0`"
        )
    }
    if from.as_ref().is_some_and(|from| *from != known) {
        refuse!("`{name}` means {known} here already: write that for `from`, or leave it out");
    }
    if known == *to {
        refuse!("`{name}` means {to} for everybody already");
    }
    let painters = Painters::of(world);
    [&known, to].into_iter().try_for_each(|model| painters.check(model))?;
    Ok(Change { from: known, to: to.clone(), image: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::executor::meters::{Told, samples};
    use imprint_control::{Inventory, Placed};

    /// Hosts, and what the painter of each lists; nothing for one that is silent.
    fn world(hosts: &[(&str, Option<&[&str]>)]) -> World {
        let mut world = World::default();
        for (host, models) in hosts {
            let providers = vec![Placed { id: PAINTER.to_owned(), ..Placed::default() }];
            world.hosts.push(Inventory { host_id: (*host).to_owned(), providers, ..Inventory::default() });
            let line = |model: &&str| {
                format!(
                    "imprint_painter_model{{service=\"imprint-painter\",instance=\"{host}\",model=\"{model}\"}} 1\n"
                )
            };
            let text = models.map(|models| models.iter().map(line).collect::<String>());
            world.told.extend(text.map(|text| Told { region: String::new(), samples: samples(&text) }));
        }
        world.hosts.push(Inventory { host_id: "NOTHER".to_owned(), ..Inventory::default() });
        world
    }

    #[test]
    fn a_model_has_come_when_no_painter_lacks_it() {
        type Hosts<'a> = &'a [(&'a str, Option<&'a [&'a str]>)];
        let both: &[&str] = &["procedural@1", "tiny@1"];
        let cases: [(Hosts<'_>, bool, &str); 5] = [
            (&[], false, "no painter runs on this lattice"),
            (&[("NA", Some(both))], true, ""),
            (&[("NA", Some(both)), ("NB", Some(both))], true, ""),
            (
                &[("NA", Some(both)), ("NB", Some(&both[..1]))],
                false,
                "NB has no model `tiny@1`, but procedural@1",
            ),
            (&[("NA", Some(both)), ("NB", None)], false, "NB does not say which models it has"),
        ];
        for (hosts, is_there, told) in cases {
            let world = world(hosts);
            assert_eq!(have(&world, "tiny@1"), is_there, "{hosts:?}");
            let why =
                Painters::of(&world).check("tiny@1").map_or_else(|why| why.to_string(), |()| String::new());
            assert!(why.contains(told) && why.is_empty() == is_there, "{hosts:?}: {why}");
        }
    }
}
