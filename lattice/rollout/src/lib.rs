//! Rollouts that go on or go back by themselves: what is wanted, what is seen, and what follows.
//!
//! `plan(policy, seen, last)` is a pure function. What time it is and what was measured stand in `seen`, what was
//! decided before in `last`; an executor writes the plan down, makes it so and asks again.
//!
//! **Law.** `plan` is total and settles: no input makes it panic, and the same input twice changes nothing. A healthy
//! version is sent back in at most 1 % of rollouts however often one looks; nothing goes on without evidence
//! (`tests/it`). Executors may be killed anywhere and be many (`tests/executor`).
//! **Absent.** From the planner: clocks, files and networks. They are in `executor`, which measures, asks hooks, sets weights
//! and starts versions.

pub mod contracts;
mod data;
mod evidence;
pub mod executor;
mod experiment;
mod judge;
mod plan;
mod policy;
mod results;
mod schedule;
mod seen;
mod sequential;
mod shadow;
mod state;
mod units;
mod verdict;

pub use core_saga::{Arm, BUCKETS, Choice, Split, Sticky, Who, bucket};
pub use data::{Histogram, Meter};
pub use experiment::{Experiment, Exposure, Tally, VariantResult};
pub use judge::quantile_us;
pub use plan::{Ask, Plan, Route, Tell, plan};
pub use policy::{
    Baseline, Canary, Fault, Hook, HookKind, Judgement, Member, Metric, NoData, Policy, Remedy, Rollback,
    Skew, Source, Stage, Targeting, Trigger, Wave,
};
pub use results::{ArmPeople, ArmRequests, Notes, QuantileRange, Results, results};
pub use schedule::{Day, Schedule};
pub use seen::{Answer, Arms, Command, Order, RegionSeen, Seen};
pub use sequential::{interval, needed};
pub use shadow::{Compared, Shadow};
pub use state::{Hold, Phase, State, Status};
pub use units::{Level, Limit, Share, Side, Span};
pub use verdict::{Event, Outcome, Rule, Verdict};
