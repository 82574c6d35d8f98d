//! A shorter story with the same end.

use crate::plan::{Fault, Plan};
use crate::run::{Outcome, run};

/// Leaves out kinds of faults, then the last ones, as long as something is still wrong.
#[must_use]
pub fn shrink(outcome: &Outcome, plan: &Plan) -> (Plan, Outcome) {
    let (mut plan, mut shortest) = (plan.clone(), outcome.clone());
    let mut keep = |smaller: Plan, plan: &mut Plan| {
        let tried = run(outcome.seed, &smaller);
        let is_wrong = !tried.wrong.is_empty();
        if is_wrong {
            (*plan, shortest) = (smaller, tried);
        }
        (is_wrong, shortest.faults)
    };
    for fault in Fault::ALL {
        let mut smaller = plan.clone();
        smaller.without.push(fault);
        keep(smaller, &mut plan);
    }
    let (_, mut faults) = keep(plan.clone(), &mut plan);
    let mut step = faults.div_ceil(2);
    while step > 0 {
        let smaller = Plan { faults_max: Some(faults.saturating_sub(step)), ..plan.clone() };
        let (is_wrong, left) = keep(smaller, &mut plan);
        faults = left;
        step = if is_wrong { step.min(faults) } else { step / 2 };
    }
    (plan, shortest)
}
