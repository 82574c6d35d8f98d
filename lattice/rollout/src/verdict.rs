//! What was found and what follows from it, as data and as sentences.

use crate::plan::EVERYWHERE;
use crate::policy::HookKind;
use crate::seen::Order;
use crate::state::Hold;
use crate::units::{Level, Limit, Share, Span};
use serde::Serialize;
use std::fmt;

/// One question about the numbers, and its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    pub region: String,
    /// Empty for what concerns a whole region.
    pub component: String,
    /// A metric, or the name of a hook.
    pub metric: String,
    pub rule: Rule,
    pub outcome: Outcome,
    /// Said, and not acted upon.
    pub is_dry: bool,
    /// What the new version has; a quantile is the bound under which it lies.
    pub measured: Option<Level>,
    pub requests: u64,
    /// What it is compared with, and over how many requests.
    pub control: Option<(Level, u64)>,
    pub limit: Option<Limit>,
    /// The betting capital as a logarithm in millionths, and what a judgement asks for.
    pub evidence: Option<(i64, i64)>,
}

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A success criterion of the stage: the number itself.
    Criterion,
    /// A rollback condition of the file: shown beyond doubt, or bad so often in a row.
    Condition,
    /// Worse than the old version, shown beyond doubt.
    Control,
    /// Enough numbers, and recent ones.
    Data,
    /// As many people as were meant to.
    SampleRatio,
    Hook,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Pass,
    Fail,
    /// Not good enough to go on, and not shown to be bad.
    Unsure,
    NoData,
    /// Numbers that cannot be true, or do not fit the question.
    Broken,
}

impl Verdict {
    /// Whether it keeps a stage from passing.
    #[must_use]
    pub fn blocks(&self) -> bool {
        !self.is_dry && self.outcome != Outcome::Pass
    }

    /// Whether it sends the new version back.
    #[must_use]
    pub fn is_harm(&self) -> bool {
        !self.is_dry && self.outcome == Outcome::Fail && self.rule != Rule::SampleRatio
    }
}

/// Something that happened to the rollout in this plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    Started,
    Opened { wave: usize, regions: Vec<String> },
    Shadowed { traffic: Share },
    Entered { wave: usize, stage: String, traffic: Share },
    Passed { wave: usize, stage: String },
    Baking { wave: usize },
    Promoting,
    Promoted { warm_until_ms: u64 },
    Retired,
    Returning { because: Cause },
    Returned,
    Aborted,
    Held { hold: Hold, because: Option<Box<Verdict>> },
    Obeyed { order: Order, by: String },
    Refused { order: Order, by: String, why: &'static str },
}

/// Why everybody goes back.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    Numbers(Box<Verdict>),
    Person(Order),
}

/// What must come before it goes on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wait {
    Start,
    Hold(Hold),
    Schedule,
    /// Somebody promotes, or lets it through a gate.
    Person,
    /// Somebody lets the shadow through.
    Approval,
    Hook {
        name: String,
        on: HookKind,
    },
    /// The new version does not run there yet.
    Ready {
        region: String,
    },
    /// Not every painter has the new model yet, or there is none.
    Listed {
        model: String,
    },
    /// Gateways or runners there still use older weights.
    Applied {
        region: String,
    },
    Time {
        left: Span,
    },
    Verdict(Box<Verdict>),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (outcome, place, metric) = (self.outcome, Place(&self.region), &self.metric);
        match self.rule {
            Rule::Hook => return self.write_hook(f),
            Rule::Data => write!(f, "{outcome}: {} requests of {}{place}", self.requests, self.component)?,
            Rule::SampleRatio => write!(f, "{outcome}: the draw{place}, which gave the new version to")?,
            _ if self.component.is_empty() => write!(f, "{outcome}: {metric}{place} is")?,
            _ => write!(f, "{outcome}: {metric} of {}{place} is", self.component)?,
        }
        self.write_levels(f)?;
        if let Some(limit) = self.limit {
            let what = if self.rule == Rule::Condition { "goes back" } else { "goes on" };
            write!(f, "; it {what} {limit}")?;
        }
        if let Some((capital, needed)) = self.evidence {
            let what = if self.rule == Rule::SampleRatio { "a fault" } else { "harm" };
            write!(f, "; evidence of {what} {}, {} is needed", Odds(capital), Odds(needed))?;
        }
        if self.is_dry { f.write_str(" (dry run: nothing follows)") } else { Ok(()) }
    }
}

impl Verdict {
    fn write_hook(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.outcome {
            Outcome::Pass => "has nothing against it",
            Outcome::Fail => "sends it back",
            Outcome::Unsure => "refuses",
            Outcome::NoData | Outcome::Broken => "has not answered",
        };
        write!(f, "the hook {} {what}{}", self.metric, Place(&self.region))
    }

    fn write_levels(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.measured {
            Some(level) => write!(f, " {}", Known(level))?,
            None if self.rule == Rule::Data => return Ok(()),
            None => f.write_str(" unknown")?,
        }
        match (self.rule, self.requests) {
            (_, 0) => {}
            (Rule::SampleRatio, people) => write!(f, " of {people} people")?,
            (_, requests) => write!(f, " over {requests} requests")?,
        }
        match self.control {
            Some((level, requests)) => write!(f, ", of the old version {} over {requests}", Known(level)),
            None => Ok(()),
        }
    }
}

/// Nothing where there is only one.
struct Place<'a>(&'a str);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == EVERYWHERE { Ok(()) } else { write!(f, " in {}", self.0) }
    }
}

/// A measured level: times are known up to a bound, shares as exactly as anybody reads them.
struct Known(Level);

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Level::Time(_) => write!(f, "up to {}", self.0),
            Level::Share(parts @ 1000..) => Share((parts + 50) / 100 * 100).fmt(f),
            level => level.fmt(f),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pass => "good",
            Self::Fail => "bad",
            Self::Unsure => "not good enough yet",
            Self::NoData => "no data",
            Self::Broken => "broken numbers",
        })
    }
}

/// A logarithm in millionths, as odds against chance.
struct Odds(i64);

impl fmt::Display for Odds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Beyond this nobody counts.
        const MANY: i64 = 16_000_000;
        match self.0 {
            ..=0 => f.write_str("1 to 1"),
            MANY.. => f.write_str("over 1,000,000 to 1"),
            nats => write!(f, "{:.0} to 1", libm::exp(nats as f64 / 1e6)),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started => f.write_str("started"),
            Self::Opened { wave, regions } => {
                write!(f, "wave {}: the new version starts in {}", wave + 1, regions.join(", "))
            }
            Self::Shadowed { traffic } => {
                write!(f, "nobody gets the new version; it is asked the same behind {traffic} of people")
            }
            Self::Entered { wave, stage, traffic } => {
                write!(f, "wave {}, stage {stage}: {traffic} get the new version", wave + 1)
            }
            Self::Passed { wave, stage } => write!(f, "wave {}, stage {stage} has passed", wave + 1),
            Self::Baking { wave } => write!(f, "wave {} is through and is watched", wave + 1),
            Self::Promoting => f.write_str("everybody gets the new version"),
            Self::Promoted { .. } => f.write_str("promoted; the old version stays ready to come back"),
            Self::Retired => f.write_str("the old version is no longer needed"),
            Self::Returning { because: Cause::Numbers(verdict) } => write!(f, "goes back, because {verdict}"),
            Self::Returning { because: Cause::Person(Order::Abort) } => {
                f.write_str("goes back: it was aborted")
            }
            Self::Returning { because: Cause::Person(_) } => f.write_str("goes back, as a person asked"),
            Self::Returned => f.write_str("everybody has the old version"),
            Self::Aborted => f.write_str("aborted; everybody has the old version"),
            Self::Held { hold, because: Some(verdict) } => write!(f, "{hold}: {verdict}"),
            Self::Held { hold, because: None } => hold.fmt(f),
            Self::Obeyed { order, by } => write!(f, "{order}{}", By(by)),
            Self::Refused { order, by, why } => write!(f, "{order}{} was refused: {why}", By(by)),
        }
    }
}

struct By<'a>(&'a str);

impl fmt::Display for By<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " by {}", self.0) }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Start => "start",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Promote => "promote",
            Self::Abort => "abort",
            Self::Rollback => "rollback",
        })
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Paused => "paused by a person; `resume` goes on",
            Self::Frozen => "frozen where it is, since this version does not go back; `resume`, `promote` or `rollback`",
            Self::Asking => "the numbers are bad and a person decides; `rollback` or `resume`",
            Self::NoData => "paused, because numbers have been missing for too long; mend the meters, then `resume`",
            Self::Undecided => "paused, because it neither passes nor fails; `resume`, `promote` or `abort`",
            Self::Uneven => "paused, because the draw is uneven and compares other people; mend it, then `abort` or `resume`",
            Self::Misfit => "paused, because the file has changed and has no such stage; `abort` and start anew",
        })
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("waits for `start`"),
            Self::Hold(hold) => hold.fmt(f),
            Self::Schedule => f.write_str("waits for the hours of its schedule"),
            Self::Person => f.write_str("waits for a person: `promote` or `resume`"),
            Self::Approval => f.write_str("waits for a person: `resume`"),
            Self::Hook { name, .. } => write!(f, "waits for the hook {name} to agree"),
            Self::Ready { region } => write!(f, "waits for the new version to run in {region}"),
            Self::Listed { model } => write!(f, "waits for every painter to have {model}"),
            Self::Applied { region } => write!(f, "waits for {region} to use the new weight"),
            Self::Time { left } => write!(f, "waits another {}", left.in_seconds()),
            Self::Verdict(verdict) => write!(f, "waits: {verdict}"),
        }
    }
}
