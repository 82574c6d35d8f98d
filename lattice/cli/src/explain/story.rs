//! What a kit tells, brought into order for both ways of telling it.

use crate::explain::kit::KitFiles;
use core_brand::check::{Check, Severity};
use core_brand::design::{GraphAnswer, Reason};

/// Before the word of the brief that decided.
const WORD: &str = "word:";

/// Topics of reasons, with the topics that the graph was asked about for them.
const QUESTIONS: &[(&str, &[&str])] = &[
    ("character", &["archetype"]),
    ("color", &["hue"]),
    ("type", &["type"]),
    ("shape", &["shape", "motif", "grammar"]),
];

/// The reasons of one topic.
pub(crate) struct Topic<'a> {
    pub(crate) id: &'a str,
    pub(crate) reasons: Vec<&'a Reason>,
}

/// By topic, in the order of their first reasons.
pub(crate) fn topics(kit: &KitFiles) -> Vec<Topic<'_>> {
    let mut topics: Vec<Topic<'_>> = Vec::new();
    for reason in &kit.brand.design.0.reasons {
        match topics.iter_mut().find(|topic| topic.id == reason.topic) {
            Some(topic) => topic.reasons.push(reason),
            None => topics.push(Topic { id: &reason.topic, reasons: vec![reason] }),
        }
    }
    topics
}

/// What the graph answered to the questions of a topic, best first.
pub(crate) fn answers<'a>(kit: &'a KitFiles, topic: &str) -> Vec<&'a GraphAnswer> {
    let asked = QUESTIONS.iter().find(|(id, _)| *id == topic).map_or(&[][..], |(_, asked)| *asked);
    let answers = kit.brand.design.0.graph.iter().flat_map(|graph| &graph.answers);
    answers.filter(|answer| asked.contains(&answer.topic.as_str())).collect()
}

/// The words of the brief by which a topic was read.
pub(crate) fn words<'a>(kit: &'a KitFiles, topic: &str) -> Vec<&'a str> {
    let reasons = kit.brand.design.0.reasons.iter().filter(|reason| reason.topic == topic);
    let mut words: Vec<&str> = Vec::new();
    for word in reasons.flat_map(|reason| reason.path.iter().filter_map(|node| node.strip_prefix(WORD))) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The traits that say something, strongest first.
pub(crate) fn traits(kit: &KitFiles) -> Vec<(&str, f64)> {
    let traits = kit.brand.design.0.traits.iter().filter(|(_, value)| **value != 0.0);
    let mut traits: Vec<(&str, f64)> = traits.map(|(axis, value)| (axis.as_str(), *value)).collect();
    traits.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    traits
}

/// How many gates there were and how many failed.
pub(crate) fn gates(kit: &KitFiles) -> Option<(usize, usize)> {
    let checks = &kit.report.as_ref()?.checks;
    let gates = checks.iter().filter(|check| check.severity == Severity::Gate);
    Some((gates.clone().count(), gates.filter(|check| !check.passed).count()))
}

/// Checks of the whole kit that are no gates and do not hold.
pub(crate) fn missed(kit: &KitFiles) -> Vec<&Check> {
    let checks = kit.report.iter().flat_map(|report| &report.checks);
    checks.filter(|check| check.severity == Severity::Warn && !check.passed).collect()
}
