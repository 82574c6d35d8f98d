//! What is wrong with a file that can be read.

use super::Policy;
use super::member::{is_model, is_open_name};
use crate::data::Measure;
use crate::shadow::Shadow;
use crate::units::{Level, Limit, Share, Side};
use core_brand::fault::sayable;
use core_saga::PURE;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Stages of one rollout. Each costs evidence, since every look at a number may deceive.
const STAGES_MAX: usize = 20;
/// Components that move together. More is an application, and that is wadm's.
const MEMBERS_MAX: usize = 16;
/// Regions, over all waves.
const REGIONS_MAX: usize = 32;
/// Metrics and hooks: each is asked at every look.
const ASKED_MAX: usize = 32;
/// Letters of a name: it becomes part of subjects and keys.
const NAME_LETTERS_MAX: usize = 64;
/// What is wrong with a file: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: String,
    pub what: String,
    pub mend: String,
}

/// Of a place and of what is wrong there, which repeat the file: a longer one is cut, because people read it.
const LETTERS_MAX: usize = 600;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [at, what] = [&self.at, &self.what].map(|text| sayable(text.clone()));
        write!(f, "{at:.LETTERS_MAX$}: {what:.LETTERS_MAX$}; {}", self.mend)
    }
}

impl Policy {
    /// What a reader of single values cannot see.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Faults(Vec::new());
        self.check_names(&mut faults);
        self.check_models(&mut faults);
        self.check_stages(&mut faults);
        self.check_shadow(&mut faults);
        self.check_limits(&mut faults);
        self.check_waves(&mut faults);
        self.check_judgement(&mut faults);
        faults.0
    }

    fn check_names(&self, faults: &mut Faults) {
        faults.count("set", self.set.len(), 0, MEMBERS_MAX);
        faults.count("metrics", self.metrics.len(), 0, ASKED_MAX);
        faults.count("hooks", self.hooks.len(), 0, ASKED_MAX);
        let mut names: Vec<(String, &str)> = Vec::new();
        if !self.name.is_empty() {
            names.push(("name".into(), &self.name));
        }
        let at = |room: &str, index: usize, field: &str| format!("{room}[{index}].{field}");
        let set = self.set.iter().enumerate().filter(|(_, member)| member.model().is_none());
        names.extend(set.map(|(index, member)| (at("set", index, "component"), member.component.as_str())));
        let hooks = self.hooks.iter().enumerate();
        names.extend(hooks.map(|(index, hook)| (at("hooks", index, "name"), hook.name.as_str())));
        let stages = self.canary.stages.iter().enumerate();
        names.extend(stages.map(|(index, stage)| (at("canary.stages", index, "name"), stage.name.as_str())));
        names.extend(self.metrics.keys().map(|name| (format!("metrics.{name}"), name.as_str())));
        for (at, name) in &names {
            faults.name(at, name);
        }
        faults.unique("set", self.set.iter().map(|member| &member.component));
        faults.unique("hooks", self.hooks.iter().map(|hook| &hook.name));
        faults.unique("canary.stages", self.canary.stages.iter().map(|stage| &stage.name));
        let known = self.metrics.keys().filter(|name| Measure::of(name) != Measure::Number);
        for name in known {
            faults.add(&format!("metrics.{name}"), "is built in", "take another name");
        }
    }

    fn check_models(&self, faults: &mut Faults) {
        for (index, member) in self.set.iter().enumerate() {
            let Some(name) = member.model() else { continue };
            if !is_open_name(name) {
                let what = format!("`{name}` is no name that may mean one model or another");
                let mend = "write a bare name or an alias of the painter, such as best";
                faults.add(&format!("set[{index}].model"), &what, mend);
            }
            let from = member.from.iter().map(|model| ("from", model));
            for (field, model) in from.chain([("to", &member.to)]).filter(|(_, model)| !is_model(model)) {
                let what = format!("`{model}` is no model");
                faults.add(
                    &format!("set[{index}].{field}"),
                    &what,
                    "write its name and version, such as sdxl-base@1.1",
                );
            }
        }
    }

    fn check_stages(&self, faults: &mut Faults) {
        let stages = &self.canary.stages;
        faults.count("canary.stages", stages.len(), 1, STAGES_MAX);
        for (index, stage) in stages.iter().enumerate() {
            let at = format!("canary.stages[{index}]");
            faults.traffic(&at, stage.traffic);
            if index > 0 && stages[index - 1].traffic >= stage.traffic {
                let what = format!("{} is no more than the stage before has", stage.traffic);
                faults.add(&format!("{at}.traffic"), &what, "let traffic grow from stage to stage");
            }
            if stage.auto_promote && index + 1 < stages.len() {
                let mend = "only the last stage promotes; leave it out here";
                faults.add(&format!("{at}.auto_promote"), "stands at a stage with others behind it", mend);
            }
        }
    }

    fn check_shadow(&self, faults: &mut Faults) {
        let Some(Shadow { traffic, success_criteria, .. }) = &self.canary.shadow else { return };
        faults.traffic("canary.shadow", *traffic);
        if !self.set.is_empty() && !self.set.iter().any(|member| PURE.contains(&member.component.as_str())) {
            let mend = format!("only {} can be asked twice without an effect", PURE.join(" and "));
            faults.add("canary.shadow", "has nobody in the set that it could ask", &mend);
        }
        let at = "canary.shadow.success_criteria";
        for name in success_criteria.keys() {
            if !matches!(Measure::of(name), Measure::Errors | Measure::Differences) {
                let mend = "write error_rate or difference_rate";
                faults.add(&format!("{at}.{name}"), "is not measured in the shadow", mend);
            }
        }
        self.check_limits_of(faults, at, success_criteria, None);
    }

    fn check_limits(&self, faults: &mut Faults) {
        for (index, stage) in self.canary.stages.iter().enumerate() {
            let at = format!("canary.stages[{index}].success_criteria");
            if stage.success_criteria.contains_key("difference_rate") {
                let mend = "write it under canary.shadow.success_criteria";
                faults.add(&format!("{at}.difference_rate"), "is measured in the shadow only", mend);
            }
            self.check_limits_of(faults, &at, &stage.success_criteria, None);
        }
        let conditions = &self.canary.rollback.conditions;
        if conditions.contains_key("difference_rate") && self.canary.shadow.is_none() {
            let mend = "write canary.shadow too, or leave it out";
            faults.add("canary.rollback.conditions.difference_rate", "is measured in the shadow only", mend);
        }
        self.check_limits_of(faults, "canary.rollback.conditions", conditions, Some(Side::Above));
    }

    fn check_limits_of(
        &self,
        faults: &mut Faults,
        at: &str,
        limits: &BTreeMap<String, Limit>,
        side: Option<Side>,
    ) {
        for (name, limit) in limits {
            let at = format!("{at}.{name}");
            let measure = Measure::of(name);
            let wanted = match measure {
                Measure::Errors | Measure::Differences => "a share, such as 1%",
                Measure::Latency(_) => "a time, such as 2s",
                Measure::Number => "a number, such as 100",
            };
            let fits = matches!(
                (measure, limit.level),
                (Measure::Errors | Measure::Differences, Level::Share(_))
                    | (Measure::Latency(_), Level::Time(_))
                    | (Measure::Number, Level::Number(_))
            );
            if measure == Measure::Number && !self.metrics.contains_key(name) {
                faults.add(
                    &at,
                    "is no metric",
                    "write error_rate, latency_p99, or describe it under `metrics`",
                );
            } else if !fits {
                faults.add(&at, &format!("is measured as {wanted}"), &format!("write {wanted}"));
            } else if measure != Measure::Number && side.unwrap_or(Side::Below) != limit.side {
                let sign = if side.is_some() { ">" } else { "<" };
                faults.add(&at, "points the wrong way", &format!("begin it with `{sign}`"));
            } else if side.is_some() && matches!(limit.level, Level::Share(0 | 1_000_000)) {
                faults.add(&at, "can be neither reached nor missed", "write a share between 0% and 100%");
            }
        }
    }

    fn check_waves(&self, faults: &mut Faults) {
        let regions = || self.waves.iter().flat_map(|wave| &wave.regions);
        faults.count("waves", regions().count(), 0, REGIONS_MAX);
        faults.unique("waves", regions());
        for (index, wave) in self.waves.iter().enumerate() {
            faults.count(&format!("waves[{index}].regions"), wave.regions.len(), 1, REGIONS_MAX);
            for region in &wave.regions {
                faults.name(&format!("waves[{index}].regions"), region);
            }
        }
    }

    fn check_judgement(&self, faults: &mut Faults) {
        let share = self.judgement.false_alarms;
        if share.0 == 0 || share > Share(100_000) {
            let mend = "write a share above 0% and up to 10%";
            faults.add("judgement.false_alarms", &format!("{share} is no useful risk"), mend);
        }
        if self.judgement.min_requests == 0 {
            faults.add("judgement.min_requests", "lets a stage pass without data", "write 1 or more");
        }
        for (name, _) in self.metrics.iter().filter(|(_, metric)| metric.failures == 0) {
            faults.add(&format!("metrics.{name}.failures"), "is 0", "write 1 or more");
        }
        if let Some(schedule) = &self.schedule {
            schedule.faults().into_iter().for_each(|(at, what, mend)| faults.add(at, what, mend));
        }
        if let Some(experiment) = &self.experiment {
            experiment.faults().into_iter().for_each(|(at, what, mend)| faults.add(at, &what, mend));
        }
    }
}

struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, at: &str, what: &str, mend: &str) {
        self.0.push(Fault { at: at.to_owned(), what: what.to_owned(), mend: mend.to_owned() });
    }

    fn traffic(&mut self, at: &str, traffic: Share) {
        if traffic.0 < 100 || !traffic.0.is_multiple_of(100) {
            let what = format!("{traffic} is no whole number of hundredths of a percent");
            let mend = "traffic is split into 10,000 parts: write 0.01% or a multiple of it";
            self.add(&format!("{at}.traffic"), &what, mend);
        }
    }

    fn count(&mut self, at: &str, count: usize, min: usize, max: usize) {
        if count < min || count > max {
            self.add(at, &format!("has {count}"), &format!("write {min} to {max}"));
        }
    }

    fn name(&mut self, at: &str, name: &str) {
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        if name.is_empty() || name.len() > NAME_LETTERS_MAX || !name.chars().all(is_letter) {
            let mend = format!("write 1 to {NAME_LETTERS_MAX} of a-z, 0-9, `-` and `_`");
            self.add(at, &format!("`{name}` is no name"), &mend);
        }
    }

    fn unique<'a>(&mut self, at: &str, names: impl Iterator<Item = &'a String>) {
        let mut known = BTreeSet::new();
        for name in names {
            if !known.insert(name) {
                self.add(at, &format!("names `{name}` twice"), "once is enough");
            }
        }
    }
}
