//! Keeps a callee that does not answer from being asked on and on. Pure: the time is handed in.

/// So many of the last calls are looked at.
const WINDOW: usize = 20;

/// Fewer say nothing about a callee.
const CALLS_MIN: usize = 10;

/// From this share of errors on the breaker opens.
const ERRORS_PERCENT: usize = 50;

/// How long it stays open before one call tries again.
pub(crate) const RESET_MS: u64 = 30_000;

/// One breaker, for one callee.
#[derive(Clone, Debug)]
pub(crate) struct Breaker {
    reset_ms: u64,
    state: State,
}

#[derive(Clone, Debug)]
enum State {
    /// The last outcomes, oldest first.
    Closed(Vec<bool>),
    Open {
        until_ms: u64,
    },
    /// One call is on its way. One that never comes back is given up after a reset.
    HalfOpen {
        until_ms: u64,
    },
}

/// Why no call may go now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shut {
    /// How long it stays so unless something is heard.
    pub(crate) wait_ms: u64,
    /// Whether a call is on its way that decides for all: who waits for it soon knows.
    pub(crate) is_tried: bool,
}

impl Breaker {
    pub(crate) fn new(reset_ms: u64) -> Self {
        Self { reset_ms, state: State::Closed(Vec::new()) }
    }

    /// Whether a call may go now.
    pub(crate) fn admit(&mut self, now_ms: u64) -> Result<(), Shut> {
        match self.state {
            State::Closed(_) => Ok(()),
            State::Open { until_ms } | State::HalfOpen { until_ms } if now_ms < until_ms => {
                let is_tried = matches!(self.state, State::HalfOpen { .. });
                Err(Shut { wait_ms: until_ms - now_ms, is_tried })
            }
            State::Open { .. } | State::HalfOpen { .. } => {
                self.state = State::HalfOpen { until_ms: now_ms + self.reset_ms };
                Ok(())
            }
        }
    }

    /// For whoever draws it: 0 closed, 1 half open, 2 open.
    pub(crate) fn level(&self) -> f64 {
        match self.state {
            State::Closed(_) => 0.0,
            State::HalfOpen { .. } => 1.0,
            State::Open { .. } => 2.0,
        }
    }

    /// What became of a call: whether it was answered, whatever the answer.
    pub(crate) fn record(&mut self, now_ms: u64, answered: bool) {
        match &mut self.state {
            State::Closed(outcomes) => {
                outcomes.push(answered);
                if outcomes.len() > WINDOW {
                    outcomes.remove(0);
                }
                let errors = outcomes.iter().filter(|answered| !**answered).count();
                if outcomes.len() >= CALLS_MIN && errors * 100 >= outcomes.len() * ERRORS_PERCENT {
                    self.state = State::Open { until_ms: now_ms + self.reset_ms };
                }
            }
            // Also a late answer to a call from before it opened shows that the callee is there.
            State::Open { .. } | State::HalfOpen { .. } if answered => self.state = State::Closed(Vec::new()),
            State::HalfOpen { .. } => self.state = State::Open { until_ms: now_ms + self.reset_ms },
            State::Open { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(outcomes: &[bool]) -> Breaker {
        let mut breaker = Breaker::new(RESET_MS);
        for answered in outcomes {
            breaker.record(0, *answered);
        }
        breaker
    }

    #[test]
    fn half_of_enough_calls_opens_it() {
        let cases = [
            (vec![false; CALLS_MIN - 1], true),
            (vec![false; CALLS_MIN], false),
            ([vec![true; 6], vec![false; 4]].concat(), true),
            ([vec![true; 5], vec![false; 5]].concat(), false),
            // Old answers are forgotten.
            ([vec![true; 100], vec![false; 9]].concat(), true),
            ([vec![true; 100], vec![false; 10]].concat(), false),
        ];
        for (outcomes, is_closed) in cases {
            assert_eq!(after(&outcomes).admit(0).is_ok(), is_closed, "{outcomes:?}");
        }
    }

    #[test]
    fn after_the_reset_one_call_tries() {
        let mut breaker = after(&[false; CALLS_MIN]);
        let shut = |wait_ms, is_tried| Err(Shut { wait_ms, is_tried });
        assert_eq!(breaker.admit(RESET_MS - 1), shut(1, false));
        assert_eq!(breaker.admit(RESET_MS), Ok(()));
        assert_eq!(breaker.admit(RESET_MS), shut(RESET_MS, true), "a second one waits");
        breaker.record(RESET_MS + 5, false);
        assert_eq!(breaker.admit(RESET_MS + 5), shut(RESET_MS, false), "it failed: another reset");
        assert_eq!(breaker.admit(2 * RESET_MS + 5), Ok(()));
        breaker.record(2 * RESET_MS + 9, true);
        for _ in 0..CALLS_MIN - 1 {
            breaker.record(0, false);
            assert_eq!(breaker.admit(2 * RESET_MS + 9), Ok(()), "closed, with nothing held against it");
        }
    }

    #[test]
    fn a_call_that_never_comes_back_does_not_hold_it_for_ever() {
        let mut breaker = after(&[false; CALLS_MIN]);
        assert_eq!(breaker.admit(RESET_MS), Ok(()));
        assert_eq!(breaker.admit(2 * RESET_MS), Ok(()));
    }

    #[test]
    fn a_late_answer_closes_it() {
        let mut breaker = after(&[false; CALLS_MIN]);
        breaker.record(1, true);
        assert_eq!(breaker.admit(1), Ok(()));
    }
}
