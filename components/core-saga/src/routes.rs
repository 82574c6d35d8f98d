//! Which versions new jobs run on: what gateways of a region are told while versions change.

use crate::split::{Arm, Choice, Split, Sticky, Who};
use crate::trial::Trial;
use core_brand::sayable;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The name under which routes stand in the configuration. A region's own stand under `routes.<region>`.
pub const ROUTES: &str = "routes";

/// Components whose work is their answer: only these may be asked in the shadow, as asking another one twice would do something
/// twice.
pub const PURE: &[&str] = &["design", "logo"];

/// What new jobs of a region run on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Routes {
    /// The versions that everybody has, of components that have another than the application was deployed with.
    pub versions: BTreeMap<String, String>,
    /// Rollouts under way, by id. A component is in one at most.
    pub rollouts: BTreeMap<String, Route>,
}

/// One rollout: what moves together, and who gets it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    pub split: Split,
    /// Old and new version by component.
    pub set: BTreeMap<String, Change>,
    /// What is tried beside it, on those who are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiment: Option<Trial>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub from: String,
    pub to: String,
    /// The new version gets no traffic: behind the jobs that are drawn for it, it is asked the same as the old one, and its
    /// answers are compared and thrown away.
    #[serde(default, skip_serializing_if = "is_false")]
    pub shadow: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The arm of a rollout that a job has, kept with the versions it is pinned to. Lies in journals, which older versions
/// read too: what they do not know they leave out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    pub rollout: String,
    pub arm: Arm,
    /// Whether chance chose it.
    pub is_drawn: bool,
    /// The components whose version the arm decides.
    pub components: Vec<String>,
    /// Who is one person in this draw.
    #[serde(default, skip_serializing_if = "Sticky::is_user")]
    pub sticky: Sticky,
    /// Of the experiment, where there is one and he takes part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// Versions that are asked the same behind the one that the job runs on, by component.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shadows: BTreeMap<String, String>,
}

/// Routes as they are written, each rollout still to be read.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Written {
    versions: BTreeMap<String, String>,
    rollouts: BTreeMap<String, Value>,
}

impl Routes {
    /// What can be read of the text, and what cannot: a rollout that is not understood moves nobody, and everything
    /// else goes on.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<String>) {
        let Written { versions, rollouts } = match serde_json::from_str(text) {
            Ok(written) => written,
            Err(why) => return (Self::default(), vec![sayable(why.to_string())]),
        };
        let (mut routes, mut faults) = (Self { versions, ..Self::default() }, Vec::new());
        for (id, value) in rollouts {
            match serde_json::from_value(value) {
                Ok(route) => drop(routes.rollouts.insert(id, route)),
                Err(why) => faults.push(sayable(format!("rollout `{id}`: {why}"))),
            }
        }
        (routes, faults)
    }

    /// What somebody's job runs on, beside what it would run on anyway, and the draws that decided.
    #[must_use]
    pub fn choose(&self, who: &Who<'_>) -> (BTreeMap<String, String>, Vec<Drawn>) {
        let mut versions = self.versions.clone();
        let mut draws = Vec::new();
        for (id, route) in &self.rollouts {
            let drawn = route.draw(id, who);
            versions.extend(route.set.iter().map(|(name, change)| (name.clone(), change.version(drawn.arm))));
            draws.push(drawn);
        }
        (versions, draws)
    }
}

impl Route {
    fn draw(&self, id: &str, who: &Who<'_>) -> Drawn {
        let Choice { arm, is_drawn } = self.split.choose(who);
        let experiment = self.experiment.as_ref().filter(|_| is_drawn);
        let variant = experiment.and_then(|trial| trial.variant(who.tenant, who.user));
        let (shadowed, moved): (Vec<_>, Vec<_>) = self.set.iter().partition(|(_, change)| change.shadow);
        let shadowed = shadowed.into_iter().filter(|_| arm == Arm::Canary);
        Drawn {
            rollout: id.to_owned(),
            arm,
            is_drawn,
            components: moved.into_iter().map(|(name, _)| name.clone()).collect(),
            sticky: self.split.sticky,
            variant: variant.map(str::to_owned),
            shadows: shadowed.map(|(name, change)| (name.clone(), change.to.clone())).collect(),
        }
    }
}

impl Change {
    fn version(&self, arm: Arm) -> String {
        match arm {
            Arm::Canary if !self.shadow => self.to.clone(),
            Arm::Canary | Arm::Baseline | Arm::Stable => self.from.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BUCKETS;

    fn routes(weight: u16) -> Routes {
        let change = Change { from: "0.1.0".into(), to: "0.2.0".into(), shadow: false };
        let split = Split { rollout: "new".into(), generation: 2, weight, ..Split::default() };
        let set = ["kit", "logo"].map(|name| (name.to_owned(), change.clone())).into();
        let versions = [("assets".to_owned(), "0.1.5".to_owned())].into();
        let route = Route { split, set, experiment: None };
        Routes { versions, rollouts: [("new".to_owned(), route)].into() }
    }

    fn drawn(arm: Arm) -> Drawn {
        let components = vec!["kit".to_owned(), "logo".to_owned()];
        Drawn {
            rollout: "new".into(),
            arm,
            is_drawn: true,
            components,
            sticky: Sticky::User,
            variant: None,
            shadows: BTreeMap::new(),
        }
    }

    const ANN: Who<'_> = Who { tenant: "acme", user: "ann", has_header: &|_, _| false };
    const FORCED: Who<'_> =
        Who { tenant: "acme", user: "ann", has_header: &|name, value| (name, value) == ("canary", "true") };

    #[test]
    fn what_moves_together_has_one_draw() {
        for (weight, version, arm) in [(0, "0.1.0", Arm::Stable), (BUCKETS, "0.2.0", Arm::Canary)] {
            let (versions, draws) = routes(weight).choose(&ANN);
            let expected = [("assets", "0.1.5"), ("kit", version), ("logo", version)];
            assert_eq!(
                versions,
                expected.map(|(name, version)| (name.to_owned(), version.to_owned())).into()
            );
            assert_eq!(draws, [drawn(arm)]);
        }
    }

    #[test]
    fn a_shadow_gets_no_traffic_not_even_forced() {
        let mut routes = routes(BUCKETS);
        let set = &mut routes.rollouts.get_mut("new").unwrap().set;
        set.get_mut("logo").unwrap().shadow = true;
        for who in [&ANN, &FORCED] {
            let (versions, draws) = routes.choose(who);
            assert_eq!((versions["logo"].as_str(), versions["kit"].as_str()), ("0.1.0", "0.2.0"));
            assert_eq!(
                (&draws[0].components, &draws[0].shadows["logo"]),
                (&vec!["kit".into()], &"0.2.0".into())
            );
        }
    }

    #[test]
    fn behind_the_jobs_of_others_nobody_is_asked() {
        let mut routes = routes(0);
        routes.rollouts.get_mut("new").unwrap().set.values_mut().for_each(|change| change.shadow = true);
        let (versions, draws) = routes.choose(&ANN);
        assert_eq!((versions["logo"].as_str(), draws[0].shadows.len()), ("0.1.0", 0));
    }

    #[test]
    fn an_experiment_is_drawn_with_it_and_never_forced() {
        let mut routes = routes(0);
        let variants = [("plain".to_owned(), 5000), ("warm".to_owned(), 5000)].into();
        let trial = Trial { name: "palette".into(), traffic: BUCKETS, variants };
        routes.rollouts.get_mut("new").unwrap().experiment = Some(trial.clone());
        let variant = |who| routes.choose(who).1[0].variant.clone();
        assert_eq!(variant(&ANN).as_deref(), trial.variant("acme", "ann"));
        assert!(variant(&ANN).is_some());
        assert_eq!(variant(&FORCED), None);
    }

    #[test]
    fn what_was_stored_is_read() {
        let stored = r#"{"versions":{},"rollouts":{"new":{"split":{"rollout":"new","generation":2,"weight":500,"has_baseline":false,"sticky":"user"},"set":{"kit":{"from":"0.1.0","to":"0.2.0"}}}}}"#;
        let read: Routes = serde_json::from_str(stored).unwrap();
        assert_eq!(read.rollouts["new"].split.weight, 500);
        assert_eq!(serde_json::to_string(&read).unwrap(), stored);
        assert_eq!(Routes::read(stored), (read, Vec::new()));
        let stored = r#"{"rollout":"new","arm":"canary","is_drawn":true,"components":["kit","logo"]}"#;
        let read: Drawn = serde_json::from_str(stored).unwrap();
        assert_eq!((&read, serde_json::to_string(&read).unwrap().as_str()), (&drawn(Arm::Canary), stored));
        let later = stored.replace("\"arm\"", "\"mood\":1,\"arm\"");
        assert_eq!(serde_json::from_str::<Drawn>(&later).unwrap(), read);
    }

    #[test]
    fn what_is_not_understood_moves_nobody_and_the_rest_goes_on() {
        let stored = serde_json::to_string(&routes(BUCKETS)).unwrap();
        let more = stored.replace("\"rollouts\":{", "\"rollouts\":{\"odd\":{\"split\":7},");
        let (read, faults) = Routes::read(&more);
        assert_eq!(read, routes(BUCKETS));
        assert!(faults.len() == 1 && faults[0].contains("odd"), "{faults:?}");
        for broken in ["", "{", "[7]", "{\"versions\":[]}"] {
            let (read, faults) = Routes::read(broken);
            assert_eq!((read, faults.len()), (Routes::default(), 1), "{broken}");
        }
    }
}
