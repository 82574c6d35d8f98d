//! The events that can be told: what each is called, what its sentences begin with, and the rule that tells it where a
//! tenant has none of its own.

use crate::rules::{Channel, Rule};
use std::collections::BTreeSet;

/// What stands before the public name of an event in its type.
pub const NAMESPACE: &str = "com.brandgenerator.events.";

/// One kind of event.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its public name.
    pub name: &'static str,
    pub speech: Option<Speech>,
}

/// How it is said to people; what has none is for programs.
#[derive(Clone, Copy, Debug)]
pub struct Speech {
    /// What the ids of its sentences begin with.
    pub(crate) words: &'static str,
    /// What its sentences are filled with.
    pub(crate) values: &'static [Value],
    pub(crate) about: About,
    /// The rule that tells it, unless a tenant has rules.
    pub(crate) rule: &'static str,
}

/// A value of a sentence, by the name of the field in the event's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(&'static str),
    /// A whole number, which words agree with.
    Count(&'static str),
    /// Why a brand came to nothing, from the code of the fault.
    Reason,
}

/// Where a message leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// To the brand, which is named.
    Brand,
    /// A brand that is no more: it is named, and nothing can be opened.
    Gone,
    Settings,
    /// Something that has no page.
    Platform,
}

const fn told(
    name: &'static str,
    rule: &'static str,
    words: &'static str,
    about: About,
    values: &'static [Value],
) -> Kind {
    Kind { name, speech: Some(Speech { words, values, about, rule }) }
}

const fn silent(name: &'static str) -> Kind {
    Kind { name, speech: None }
}

const VERSION: &[Value] = &[Value::Text("component"), Value::Text("version")];
const PERCENT: &[Value] = &[Value::Count("percent")];

/// Every kind that a rule can name. The ledger publishes those of brands and quotas, the controller of rollouts theirs, and
/// the courier those of webhooks. Of budgets nothing publishes yet.
pub const KINDS: &[Kind] = &[
    told(
        "brand-kit.compilation.finished",
        "brand-finished",
        "finished",
        About::Brand,
        &[Value::Count("files")],
    ),
    told("brand.generation.failed", "brand-failed", "failed", About::Gone, &[Value::Reason]),
    told("brand.generation.cancelled", "brand-cancelled", "cancelled", About::Gone, &[]),
    told("brand.erased", "brand-erased", "erased", About::Gone, &[]),
    told("rollout.promoted", "rollout", "promoted", About::Platform, VERSION),
    told("rollout.paused", "rollout", "paused", About::Platform, VERSION),
    told("rollout.rolled-back", "rollout-back", "returned", About::Platform, VERSION),
    told("budget.warned", "limits-near", "budget-near", About::Settings, PERCENT),
    told("budget.spent", "limits-reached", "budget-spent", About::Settings, &[]),
    told("quota.warned", "limits-near", "quota-near", About::Settings, PERCENT),
    told("quota.spent", "limits-reached", "quota-spent", About::Settings, &[]),
    told("webhook.endpoint.disabled", "webhook-off", "endpoint-off", About::Settings, &[Value::Text("url")]),
    silent("rollout.started"),
    silent("rollout.aborted"),
    silent("webhook.endpoint.tested"),
    silent("brand.generation.requested"),
    silent("brand.generation.accepted"),
    silent("brand.generation.ended"),
    silent("brand.step.progress"),
    silent("brand.cancel.requested"),
    silent("brand.erase.requested"),
    silent("design.palette.computed"),
    silent("content.logo.generated"),
    silent("assets.optimization.completed"),
];

/// Rules of ours that are told at once and cannot be turned off.
const CRITICAL: &[&str] = &["rollout-back", "limits-reached", "webhook-off"];
/// Whoever hears that its endpoint is off hears it elsewhere.
const NOT_BY_WEBHOOK: &str = "webhook-off";

/// The kind of a type, with or without the namespace.
#[must_use]
pub fn kind(event_type: &str) -> Option<&'static Kind> {
    let name = public_name(event_type);
    KINDS.iter().find(|kind| kind.name == name)
}

/// The type without its namespace.
#[must_use]
pub fn public_name(event_type: &str) -> &str {
    event_type.strip_prefix(NAMESPACE).unwrap_or(event_type)
}

/// What events begin with that are not about a brand: their subject is something else.
const NOT_OF_BRANDS: &[&str] = &["rollout.", "budget.", "quota.", "webhook."];

/// Whether an event of this type has a brand for its subject.
#[must_use]
pub fn is_of_brand(event_type: &str) -> bool {
    let name = public_name(event_type);
    !NOT_OF_BRANDS.iter().any(|start| name.starts_with(start))
}

/// What is told where a tenant has no rules: all that concerns a person, in the feed, by e-mail and to webhooks.
#[must_use]
pub fn default_rules() -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for kind in KINDS {
        let Some(speech) = kind.speech else { continue };
        match rules.iter_mut().find(|rule| rule.name == speech.rule) {
            Some(rule) => {
                rule.on.insert(kind.name.to_owned());
            }
            None => rules.push(default_rule(speech.rule, kind.name)),
        }
    }
    rules
}

fn default_rule(name: &str, on: &str) -> Rule {
    let mut channels = BTreeSet::from([Channel::Email, Channel::Feed]);
    if name != NOT_BY_WEBHOOK {
        channels.insert(Channel::Webhook);
    }
    Rule {
        name: name.to_owned(),
        on: BTreeSet::from([on.to_owned()]),
        channels,
        is_critical: CRITICAL.contains(&name),
        digest_min: 0,
    }
}
