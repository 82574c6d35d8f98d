//! What is stored of a rollout: what was asked for, where it stands, and what is still to be handed over.

use crate::executor::meters::Memory;
use crate::executor::news::{self, News};
use crate::plan::{Plan, Route, Tell};
use crate::policy::{Fault, Member, Policy};
use crate::results::{Notes, Results, results};
use crate::seen::Answer;
use crate::state::{Phase, State};
use crate::units::Span;
use crate::verdict::{Verdict, Wait};
use core_saga::model_of;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The version of the stored form.
const FORMAT: u16 = 1;
/// Letters of a key that come from a name.
const NAME_LETTERS_MAX: usize = 48;

/// One rollout, under one key. The revision of the key is the fence: who read an older one writes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub format: u16,
    pub id: String,
    pub attempt: u32,
    /// The file, word for word.
    pub policy: String,
    pub set: BTreeMap<String, Change>,
    /// Where metrics from elsewhere are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prometheus: Option<String>,
    pub by: String,
    pub began_ms: u64,
    pub state: State,
    /// How regions shall be, of the last plan.
    #[serde(default)]
    pub routes: BTreeMap<String, Route>,
    #[serde(default)]
    pub said: Said,
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    /// What is not handed over yet: lines of the history, news for hooks and for everybody.
    #[serde(default)]
    pub open: Vec<Open>,
    /// The number of the next line of the history.
    #[serde(default)]
    pub lines: u64,
    /// The number of the next public event.
    #[serde(default)]
    pub news: u64,
    #[serde(default)]
    pub meters: Memory,
    /// By region: the generation that was seen to stand in the configuration, and since when.
    #[serde(default)]
    pub obeyed: BTreeMap<String, (u64, u64)>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_ms: Option<u64>,
    /// Nothing is left to be done for it.
    #[serde(default)]
    pub is_closed: bool,
}

/// A component of the set: from what to what, and the image of the new one. A model has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub from: String,
    pub to: String,
    pub image: String,
}

/// The last plan as people read it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Said {
    pub verdicts: Vec<Sentence>,
    pub waits: Vec<String>,
    /// What is left of the time of a stage, a bake or the warmth.
    pub left_ms: Option<u64>,
    pub look_again_ms: Option<u64>,
}

/// A verdict in words, and as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    pub text: String,
    /// Whether it keeps a stage from passing.
    pub blocks: bool,
    pub verdict: Value,
}

/// What must reach somebody once at least, always under the same number or id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Open {
    Line(Line),
    Tell(Tell),
    News(News),
}

/// A line of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub number: u64,
    pub at_ms: u64,
    pub text: String,
}

/// What `start` was given.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub name: String,
    pub policy: String,
    pub set: BTreeMap<String, Change>,
    pub prometheus: Option<String>,
    pub by: String,
    pub now_ms: u64,
}

impl Record {
    #[must_use]
    pub fn new(wanted: &Wanted, attempt: u32) -> Self {
        let id = format!("{}-{attempt}", token(&wanted.name));
        Self {
            format: FORMAT,
            state: State::new(&id),
            id,
            attempt,
            policy: wanted.policy.clone(),
            set: wanted.set.clone(),
            prometheus: wanted.prometheus.clone(),
            by: wanted.by.clone(),
            began_ms: wanted.now_ms,
            routes: BTreeMap::new(),
            said: Said::default(),
            answers: BTreeMap::new(),
            open: Vec::new(),
            lines: 0,
            news: 0,
            meters: Memory::default(),
            obeyed: BTreeMap::new(),
            over_ms: None,
            is_closed: false,
        }
    }

    /// The policy with the set of this rollout.
    pub fn policy(&self) -> Result<Policy, Vec<Fault>> {
        let mut policy = Policy::read(&self.policy)?;
        let member = |(name, change): (&String, &Change)| Member {
            component: name.clone(),
            from: Some(change.from.clone()).filter(|_| model_of(name).is_some()),
            to: change.to.clone(),
        };
        policy.set = self.set.iter().map(member).collect();
        Ok(policy)
    }

    /// Takes a plan in: what follows is written down before anything of it is done.
    pub fn take(&mut self, plan: Plan) {
        for event in &plan.events {
            let line = Line { number: self.lines, at_ms: plan.next.now_ms, text: event.to_string() };
            self.lines = self.lines.saturating_add(1);
            self.open.push(Open::Line(line));
        }
        for (name, data) in news::of(&plan, &self.said.waits) {
            let news = News { number: self.news, at_ms: plan.next.now_ms, name: name.to_owned(), data };
            self.news = self.news.saturating_add(1);
            self.open.push(Open::News(news));
        }
        self.open.extend(plan.tells.into_iter().map(Open::Tell));
        let asked = |id: &String| plan.asks.iter().any(|ask| ask.id == *id);
        self.answers.retain(|id, _| asked(id));
        let left = |wait: &Wait| match wait {
            Wait::Time { left: Span(ms) } => Some(*ms),
            _ => None,
        };
        self.said = Said {
            verdicts: plan.verdicts.iter().map(Sentence::of).collect(),
            left_ms: plan.waits.iter().find_map(left),
            waits: plan.waits.iter().map(ToString::to_string).collect(),
            look_again_ms: plan.look_again_ms,
        };
        self.routes = plan.routes;
        self.state = plan.next;
        if self.state.is_over() {
            self.over_ms.get_or_insert(self.state.now_ms);
        }
    }

    /// What it has shown by now, of people who are noted and of everything that was counted since it began.
    #[must_use]
    pub fn results(&self, notes: &Notes) -> Results {
        let experiment = self.policy().ok().and_then(|policy| policy.experiment);
        let arms = self.set.keys().map(|name| (name.clone(), self.meters.sums(name, None)));
        results(experiment.as_ref(), notes, &arms.collect())
    }

    /// Everybody goes back, or has gone back.
    #[must_use]
    pub fn is_back(&self) -> bool {
        matches!(self.state.phase, Phase::RollingBack { .. } | Phase::RolledBack | Phase::Aborted)
    }
}

impl Open {
    pub(crate) fn line(&self) -> Option<&Line> {
        match self {
            Self::Line(line) => Some(line),
            Self::Tell(_) | Self::News(_) => None,
        }
    }

    pub(crate) fn news(&self) -> Option<&News> {
        match self {
            Self::News(news) => Some(news),
            Self::Line(_) | Self::Tell(_) => None,
        }
    }
}

impl Sentence {
    fn of(verdict: &Verdict) -> Self {
        // Numbers and words: there is nothing in a verdict that JSON cannot say.
        let data = serde_json::to_value(verdict).unwrap_or_default();
        Self { text: verdict.to_string(), blocks: verdict.blocks(), verdict: data }
    }
}

/// A name as one token of a key: no dot, no blank, and never empty.
#[must_use]
pub fn token(name: &str) -> String {
    let clean = |letter: char| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' };
    let token: String = name.chars().take(NAME_LETTERS_MAX).map(clean).collect();
    if token.is_empty() { "rollout".to_owned() } else { token }
}

#[cfg(test)]
mod tests {
    use super::token;

    #[test]
    fn every_name_becomes_one_token() {
        for (name, wanted) in [("design-0.2.0", "design-0_2_0"), ("a b/*>é", "a_b____"), ("", "rollout")] {
            assert_eq!(token(name), wanted);
        }
        assert_eq!(token(&"x".repeat(300)).len(), super::NAME_LETTERS_MAX);
    }
}
