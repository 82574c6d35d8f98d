//! What versions are judged by while a rollout is under way: each attempt at the work of a component, counted for the arm
//! that its job has drawn.

use crate::meters::{ARM_REQUESTS, ARM_SECONDS};
use crate::shadows::Shadow;
use core_brand::fault::Code;
use core_brand::{Blame, Fault};
use core_saga::{Pins, model_of};
use imprint_telemetry::Tally;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The id of the painter.
pub(crate) const PAINTER: &str = "imprint-painter";

/// What calls of one component count for, in one job; or orders by one name for models.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arms {
    component: String,
    version: String,
    /// Where the job is at home, and was drawn. Whoever works on it may stand elsewhere.
    region: String,
    /// Rollout and arm. A component is in one rollout at most, so this is one or none.
    drawn: Vec<(String, &'static str)>,
    /// Versions that are asked the same.
    shadows: Vec<Shadow>,
    /// The names for models that the job is pinned to one model by.
    models: BTreeMap<String, Arms>,
}

impl Arms {
    /// What was forced is no sample, and counts for nothing.
    pub(crate) fn of(pins: Option<&Pins>, component: &str, region: &str) -> Arc<Self> {
        let Some(pins) = pins else { return Arc::default() };
        let names = pins.components.keys().filter_map(|key| Some((key, model_of(key)?)));
        let models = names.map(|(key, name)| (name.to_owned(), Self::one(pins, key, region)));
        Arc::new(Self { models: models.collect(), ..Self::one(pins, component, region) })
    }

    fn one(pins: &Pins, component: &str, region: &str) -> Self {
        let is_in = |components: &[String]| components.iter().any(|name| name == component);
        let drawn = pins.draws.iter().filter(|drawn| drawn.is_drawn && is_in(&drawn.components));
        Self {
            component: component.to_owned(),
            version: pins.components.get(component).cloned().unwrap_or_default(),
            region: region.to_owned(),
            drawn: drawn.map(|drawn| (drawn.rollout.clone(), drawn.arm.as_str())).collect(),
            shadows: Shadow::all(pins, component, region),
            models: BTreeMap::new(),
        }
    }

    /// What painters are asked for in place of this name, and what that counts for. Nothing where the name means what it means
    /// to them.
    pub(crate) fn model(&self, name: &str) -> Option<(&str, &Self)> {
        self.models.get(name).map(|pinned| (pinned.version.as_str(), pinned))
    }

    pub(crate) fn shadows(&self) -> &[Shadow] {
        &self.shadows
    }

    /// Counts an attempt at the component of this address. Only good answers have a time: a version that fails fast would
    /// look fast.
    pub(crate) fn count<T>(&self, meters: &Tally, address: &str, answer: &Result<T, Fault>, spent: Duration) {
        self.note(meters, result(address, answer), answer.is_ok().then_some(spent));
    }

    /// Counts an order for the model that it was pinned to.
    pub(crate) fn count_painted<T>(&self, meters: &Tally, answer: &Result<T, Fault>, spent: Duration) {
        self.note(meters, painted(answer), answer.is_ok().then_some(spent));
    }

    fn note(&self, meters: &Tally, result: Option<&str>, spent: Option<Duration>) {
        let Some(result) = result else { return };
        for (rollout, arm) in &self.drawn {
            let whose: [_; 5] = [
                ("rollout", rollout.as_str()),
                ("component", self.component.as_str()),
                ("version", self.version.as_str()),
                ("arm", arm),
                ("region", self.region.as_str()),
            ];
            let [a, b, c, d, e] = whose;
            meters.count(&ARM_REQUESTS, &[a, b, c, d, e, ("result", result)]);
            if let Some(spent) = spent {
                meters.observe(&ARM_SECONDS, &whose, spent.as_secs_f64());
            }
        }
    }
}

/// Whether the component did its part. Nothing, where the answer does not say: a store that is away, a crowd, a stop.
///
/// A breaker that is open was opened by silence of this version, and its jobs wait because of it.
pub(crate) fn result<T>(address: &str, answer: &Result<T, Fault>) -> Option<&'static str> {
    let Err(fault) = answer else { return Some("ok") };
    let is = |codes: &[Code]| codes.iter().any(|code| fault.is(*code));
    let callee = fault.args.iter().find(|(name, _)| *name == "callee").map(|(_, callee)| callee.as_str());
    match fault.blame {
        _ if is(&[Code::Unreachable]) && callee != Some(address) => None,
        _ if is(&[Code::CalleeFull, Code::Cancelled, Code::Storage, Code::DiskFull, Code::Conflict]) => None,
        // A wrong brief, and a component that says so.
        Blame::Rejected => Some("ok"),
        Blame::Busy | Blame::Internal => Some("error"),
    }
}

/// Whether a model did its part. Nothing, where the painter is away or goes: that is so for every model. What a job does not choose
/// itself is the fault of the model that it was given: that the painter lacks it, or has no room for it.
fn painted<T>(answer: &Result<T, Fault>) -> Option<&'static str> {
    let is = |codes: &[Code]| matches!(answer, Err(fault) if codes.iter().any(|code| fault.is(*code)));
    if is(&[Code::PaintAway, Code::PaintOff, Code::PaintStopping, Code::PaintCancelled]) {
        return None;
    }
    if is(&[Code::PaintModelUnknown, Code::PaintModelUnfit, Code::PaintUnsupported, Code::PaintMemory]) {
        return Some("error");
    }
    result(PAINTER, answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use core_brand::broken;

    const LOGO: &str = "imprint-logo-0_2_0";

    fn unreachable(callee: &str) -> Fault {
        Fault::new(Code::Unreachable, [("callee", callee.to_owned()), ("why", "silence".to_owned())])
    }

    #[test]
    fn an_error_is_the_fault_of_the_component() {
        let cases = [
            (Fault::new(Code::NameEmpty, []), Some("ok")),
            (Fault::new(Code::CalleeMissing, [("callee", LOGO.to_owned())]), Some("error")),
            (Fault::new(Code::CalleeTimeout, [("callee", LOGO.to_owned())]), Some("error")),
            (Fault::new(Code::BreakerOpen, [("callee", LOGO.to_owned())]), Some("error")),
            (unreachable(LOGO), Some("error")),
            (broken!("it cannot count"), Some("error")),
            (Fault::new(Code::StepTrapped, []), Some("error")),
            (unreachable("imprint-blobs"), None),
            (unreachable("nats-server"), None),
            (Fault::new(Code::Storage, []), None),
            (Fault::new(Code::DiskFull, []), None),
            (Fault::new(Code::CalleeFull, [("callee", LOGO.to_owned())]), None),
            (Fault::new(Code::Cancelled, []), None),
        ];
        for (fault, expected) in cases {
            let code = fault.code.clone();
            assert_eq!(result::<()>(LOGO, &Err(fault)), expected, "{code}");
        }
        assert_eq!(result(LOGO, &Ok(())), Some("ok"));
    }

    #[test]
    fn an_error_is_the_fault_of_the_model() {
        let cases = [
            (Code::PaintNotANumber, Some("error")),
            (Code::PaintBlank, Some("error")),
            (Code::PaintModelUnknown, Some("error")),
            (Code::PaintModelUnreadable, Some("error")),
            (Code::PaintMemory, Some("error")),
            (Code::PaintLate, Some("error")),
            (Code::PaintNoDevice, Some("error")),
            (Code::PaintRange, Some("ok")),
            (Code::PaintWithheld, Some("ok")),
            (Code::PaintAway, None),
            (Code::PaintOff, None),
            (Code::PaintCancelled, None),
            (Code::Storage, None),
        ];
        for (code, expected) in cases {
            let args = [("name", String::new()), ("limit_ms", String::new()), ("why", String::new())];
            assert_eq!(painted::<()>(&Err(Fault::new(code, args))), expected, "{code:?}");
        }
        assert_eq!(painted(&Ok(())), Some("ok"));
    }
}
