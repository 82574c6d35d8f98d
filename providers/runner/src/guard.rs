//! Stands before callees: a bound on calls at once, a breaker, a deadline, and a second call where the first is silent.

use crate::breaker::{Breaker, RESET_MS};
use crate::bulkhead::{Bulkhead, CALLS_MAX, Place, WAITING_MAX};
use crate::callee::{Asked, CallContext, Callee, Decided, Paintings};
use crate::meters::{BREAKER, CALLS, WAITS};
use core_brand::fault::Code;
use core_brand::painting::PaintOrder;
use core_brand::{Document, Fault, Task};
use imprint_telemetry::Tally;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};

/// A task takes about five seconds, on a crowded machine several times that; the hosts stop it after thirty.
pub(crate) const CALL_MS: u64 = 30_000;

/// After this silence a call is made a second time beside the first, because whoever took it may be gone.
const SILENCE_MS: u64 = 3000;

/// A callee that is known to be slow is given this many times its slowest answer,
const SILENCE_TIMES: u64 = 2;

/// but no longer than this: a job whose host is gone is to move within five seconds, and a call too many is only work.
const SILENCE_MS_MAX: u64 = 4000;

/// How calls are guarded, each callee by itself.
#[derive(Clone, Copy, Debug)]
pub struct Guards {
    pub calls_max: usize,
    pub waiting_max: usize,
    /// One call.
    pub call_ms: u64,
    /// How long a breaker stays open.
    pub reset_ms: u64,
}

impl Default for Guards {
    fn default() -> Self {
        Self { calls_max: CALLS_MAX, waiting_max: WAITING_MAX, call_ms: CALL_MS, reset_ms: RESET_MS }
    }
}

/// Callees behind guards.
pub struct Guard<C> {
    callee: C,
    guards: Guards,
    clock: fn() -> u64,
    meters: Tally,
    shields: Mutex<BTreeMap<String, Arc<Shield>>>,
}

/// What is kept of one callee.
struct Shield {
    bulkhead: Bulkhead,
    seen: Mutex<Seen>,
    /// Told when a call ends.
    heard: Notify,
}

struct Seen {
    breaker: Breaker,
    slowest_ms: u64,
}

impl Shield {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Guard<C> {
    pub fn new(callee: C, guards: Guards, clock: fn() -> u64) -> Self {
        Self { callee, guards, clock, meters: Tally::default(), shields: Mutex::default() }
    }

    /// Counts calls, waits and the states of breakers here.
    #[must_use]
    pub fn metered(self, meters: Tally) -> Self {
        Self { meters, ..self }
    }

    fn shield(&self, component: &str) -> Arc<Shield> {
        let mut shields = self.shields.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || {
            let seen = Seen { breaker: Breaker::new(self.guards.reset_ms), slowest_ms: 0 };
            let bulkhead = Bulkhead::new(self.guards.calls_max, self.guards.waiting_max);
            Arc::new(Shield { bulkhead, seen: Mutex::new(seen), heard: Notify::new() })
        };
        shields.entry(component.to_owned()).or_insert_with(fresh).clone()
    }

    async fn guarded<T, F: Future<Output = Result<T, Fault>>>(
        &self,
        component: &str,
        asked: &Asked,
        call: impl Fn() -> F,
    ) -> Result<T, Fault> {
        let shield = self.shield(component);
        let _place = self.enter(&shield, component).await?;
        asked.mark();
        let (began, limit_ms) = (Instant::now(), self.guards.call_ms);
        let answer = timeout(Duration::from_millis(limit_ms), asked_twice(&shield, &call)).await;
        let answer = answer.unwrap_or_else(|_| {
            let args = [("callee", component.to_owned()), ("limit_ms", limit_ms.to_string())];
            Err(Fault::new(Code::CalleeTimeout, args))
        });
        let spent_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.count(component, told(&answer));
        let mut seen = shield.seen();
        seen.breaker.record((self.clock)(), is_answer(&answer));
        if answer.is_ok() {
            // Old slowness is forgotten slowly.
            seen.slowest_ms = (seen.slowest_ms - seen.slowest_ms / 16).max(spent_ms);
        }
        self.meters.set(&BREAKER, &[("callee", component)], seen.breaker.level());
        shield.heard.notify_waiters();
        answer
    }

    /// A place, and leave to call.
    async fn enter(&self, shield: &Shield, component: &str) -> Result<Place, Fault> {
        let refused = |_: &Fault| self.count(component, "refused");
        let place = match shield.bulkhead.try_enter() {
            Some(place) => place,
            None => {
                self.meters.count(&WAITS, &[("callee", component)]);
                shield.bulkhead.enter(component).await.inspect_err(refused)?
            }
        };
        loop {
            let heard = shield.heard.notified();
            let admitted = {
                let mut seen = shield.seen();
                let admitted = seen.breaker.admit((self.clock)());
                self.meters.set(&BREAKER, &[("callee", component)], seen.breaker.level());
                admitted
            };
            match admitted {
                Ok(()) => return Ok(place),
                // Tasks of one step come together: refused here, they would take the one that tries down with them.
                Err(shut) if shut.is_tried => {
                    let _either = timeout(Duration::from_millis(shut.wait_ms), heard).await;
                }
                Err(shut) => return Err(open(component, shut.wait_ms)).inspect_err(refused),
            }
        }
    }

    fn count(&self, component: &str, result: &str) {
        self.meters.count(&CALLS, &[("callee", component), ("result", result)]);
    }
}

/// What a call came to, in a word.
fn told<T>(answer: &Result<T, Fault>) -> &'static str {
    match answer {
        Ok(_) => "ok",
        Err(_) if is_answer(answer) => "fault",
        Err(_) => "silent",
    }
}

/// Whoever says anything is there, also when the answer is a fault.
fn is_answer<T>(answer: &Result<T, Fault>) -> bool {
    let silent = [Code::CalleeMissing, Code::CalleeTimeout, Code::Unreachable];
    !matches!(answer, Err(fault) if silent.iter().any(|code| fault.is(*code)))
}

fn open(component: &str, wait_ms: u64) -> Fault {
    let args = [("callee", component.to_owned()), ("wait_ms", wait_ms.to_string())];
    let retry_after_ms = u32::try_from(wait_ms).unwrap_or(u32::MAX);
    Fault { retry_after_ms, ..Fault::new(Code::BreakerOpen, args) }
}

/// Every call may be repeated, so the first answer of two counts; silence of one is no answer of the other.
async fn asked_twice<T, F: Future<Output = Result<T, Fault>>>(
    shield: &Shield,
    call: &impl Fn() -> F,
) -> Result<T, Fault> {
    let usual_ms = shield.seen().slowest_ms.saturating_mul(SILENCE_TIMES);
    let silence_ms = usual_ms.clamp(SILENCE_MS, SILENCE_MS_MAX);
    let mut first = pin!(call());
    tokio::select! {
        biased; // nothing is left to chance
        answer = &mut first => return answer,
        () = sleep(Duration::from_millis(silence_ms)) => {}
    }
    // Not when the callee is crowded: then it is slow, not gone.
    let Some(_place) = shield.bulkhead.try_enter() else { return first.await };
    let mut second = pin!(call());
    tokio::select! {
        biased; // nothing is left to chance
        answer = &mut first => if is_answer(&answer) { answer } else { second.await },
        answer = &mut second => if is_answer(&answer) { answer } else { first.await },
    }
}

impl<C: Callee> Callee for Guard<C> {
    async fn decide(
        &self,
        component: String,
        ctx: CallContext,
        journal: Vec<String>,
    ) -> Result<Decided, Fault> {
        let call = || self.callee.decide(component.clone(), ctx.clone(), journal.clone());
        self.guarded(&component, &ctx.asked, call).await
    }

    async fn plan(
        &self,
        component: String,
        ctx: CallContext,
        step: String,
        inputs: Vec<Document>,
    ) -> Result<Vec<Task>, Fault> {
        let call = || self.callee.plan(component.clone(), ctx.clone(), step.clone(), inputs.clone());
        self.guarded(&component, &ctx.asked, call).await
    }

    async fn build(&self, component: String, ctx: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
        let call = || self.callee.build(component.clone(), ctx.clone(), task.clone());
        self.guarded(&component, &ctx.asked, call).await
    }

    /// A painter has bounds of its own, and what it does says nothing of components.
    async fn paint(&self, ctx: CallContext, order: PaintOrder) -> Result<Paintings, Fault> {
        self.callee.paint(ctx, order).await
    }
}
