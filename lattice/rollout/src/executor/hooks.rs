//! Hooks: questions and news by HTTP, beside the looks, so that nobody who is slow keeps a weight from going back.

use crate::executor::record::{Open, Record};
use crate::plan::{Ask, Tell};
use crate::policy::{Hook, HookKind, Policy};
use crate::seen::Answer;
use imprint_outbound::{Call, Method, Outbound, StatusCode};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::task::JoinSet;

/// Somebody who has to agree is not asked more often; a hook that watches is asked at every look.
const ASK_AGAIN_MS: u64 = 10_000;
/// News that nobody took by then are dropped: nothing waits for them.
const TELLS_MAX: u32 = 10;
/// Only the status is read.
const ANSWER_BYTES_MAX: usize = 64 << 10;

/// What is on its way, and what came back.
pub(crate) struct Hooks {
    client: Outbound,
    running: JoinSet<(String, HookKind, Option<StatusCode>)>,
    on_way: BTreeSet<String>,
    asked_ms: BTreeMap<String, u64>,
    answers: BTreeMap<String, Answer>,
    /// Tries to tell, by id.
    tells: BTreeMap<String, u32>,
    told: BTreeSet<String>,
}

impl Hooks {
    pub(crate) fn new(client: Outbound) -> Self {
        Self {
            client,
            running: JoinSet::new(),
            on_way: BTreeSet::new(),
            asked_ms: BTreeMap::new(),
            answers: BTreeMap::new(),
            tells: BTreeMap::new(),
            told: BTreeSet::new(),
        }
    }

    /// Takes in what has come back since the last look.
    pub(crate) fn collect(&mut self) {
        while let Some(done) = self.running.try_join_next() {
            let Ok((id, on, status)) = done else { continue };
            self.on_way.remove(&id);
            let answer = status.and_then(answer_of);
            if matches!(on, HookKind::PostRollout | HookKind::Event) {
                let tries = self.tells.entry(id.clone()).or_default();
                *tries += 1;
                if answer.is_some() || *tries >= TELLS_MAX {
                    self.tells.remove(&id);
                    self.told.insert(id);
                }
            } else if let Some(answer) = answer {
                self.answers.insert(id, answer);
            } else {
                // Who watches and does not answer has not said what he said before.
                self.answers.remove(&id);
            }
        }
    }

    /// What was answered to the questions that a record has open. Older ones are forgotten with it.
    pub(crate) fn answers(&self, record: &Record) -> BTreeMap<String, Answer> {
        let mine = format!("{}.", record.state.rollout);
        let fresh = self.answers.iter().filter(|(id, _)| id.starts_with(&mine));
        let mut answers = record.answers.clone();
        let asked = |id: &String| self.asked_ms.contains_key(id) && !self.on_way.contains(id);
        answers.retain(|id, _| !asked(id) || self.answers.contains_key(id));
        answers.extend(fresh.map(|(id, answer)| (id.clone(), *answer)));
        answers
    }

    /// Whether somebody has this news, or nobody will.
    pub(crate) fn is_told(&self, id: &str) -> bool {
        self.told.contains(id)
    }

    pub(crate) fn ask(&mut self, policy: &Policy, record: &Record, asks: &[Ask]) {
        let now_ms = record.state.now_ms;
        for ask in asks {
            let watches = matches!(ask.on, HookKind::Rollout | HookKind::Rollback);
            let asked_ms = self.asked_ms.get(&ask.id).copied();
            let is_due =
                watches || asked_ms.is_none_or(|asked_ms| now_ms.saturating_sub(asked_ms) >= ASK_AGAIN_MS);
            let has_agreed = !watches && record.answers.get(&ask.id) == Some(&Answer::Yes);
            if is_due
                && !has_agreed
                && let Some(hook) = hook(policy, &ask.hook)
            {
                self.asked_ms.insert(ask.id.clone(), now_ms);
                self.send(hook, record, &ask.id, None);
            }
        }
        let mine = format!("{}.", record.state.rollout);
        let is_asked = |id: &str| !id.starts_with(&mine) || asks.iter().any(|ask| ask.id == id);
        self.asked_ms.retain(|id, _| is_asked(id));
        self.answers.retain(|id, _| is_asked(id));
    }

    pub(crate) fn tell(&mut self, policy: &Policy, record: &Record) {
        let news = record.open.iter().filter_map(|open| match open {
            Open::Tell(tell) => Some(tell),
            Open::Line(_) | Open::News(_) => None,
        });
        for Tell { id, hook: name, text } in news {
            match hook(policy, name) {
                Some(hook) if !self.told.contains(id) => self.send(hook, record, id, Some(text)),
                Some(_) => {}
                // The file knows no such hook any more.
                None => {
                    self.told.insert(id.clone());
                }
            }
        }
    }

    fn send(&mut self, hook: &Hook, record: &Record, id: &str, text: Option<&String>) {
        if !self.on_way.insert(id.to_owned()) {
            return;
        }
        let body = json!({
            "id": id, "rollout": record.id, "hook": hook.name, "on": hook.on, "generation": record.state.generation,
            "status": record.state.status(), "phase": record.state.phase, "set": record.set, "text": text,
        });
        let call = Call {
            method: Method::POST,
            url: hook.url.clone(),
            headers: vec![
                ("content-type", "application/json".to_owned()),
                ("idempotency-key", id.to_owned()),
            ],
            body: body.to_string().into(),
        };
        let (client, id, on, within) =
            (self.client.clone(), id.to_owned(), hook.on, Duration::from_millis(hook.timeout.0));
        self.running.spawn(async move {
            let answered = client.once(call, within, ANSWER_BYTES_MAX).await;
            let status = answered.ok().and_then(Result::ok).map(|answer| answer.status);
            (id, on, status)
        });
    }
}

fn hook<'a>(policy: &'a Policy, name: &str) -> Option<&'a Hook> {
    policy.hooks.iter().find(|hook| hook.name == name)
}

/// 2xx agrees and 4xx refuses; whoever says anything else could not judge.
fn answer_of(status: StatusCode) -> Option<Answer> {
    match status {
        status if status.is_success() => Some(Answer::Yes),
        status if status.is_client_error() => Some(Answer::No),
        _ => None,
    }
}
