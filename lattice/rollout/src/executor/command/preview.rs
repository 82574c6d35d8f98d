//! `plan`: what a file would do, without a lattice.

use crate::view::wrap;
use anyhow::Result;
use imprint_rollout::executor::Asked;
use imprint_rollout::{Policy, Shadow, Share, Span, Stage};
use serde_json::json;
use std::process::ExitCode;

/// Cells of a name.
const NAME: usize = 16;

pub(crate) fn print(asked: &Asked, json: bool) -> Result<ExitCode> {
    let policy = asked.policy()?;
    if json {
        out!("{}", serde_json::to_string_pretty(&data(&policy))?);
        return Ok(ExitCode::SUCCESS);
    }
    out!("");
    if policy.set.is_empty() {
        out!("  no component is named; `start --set design=0.2.0` names one");
    }
    for member in &policy.set {
        out!("  {} to {}", member.component, member.to);
    }
    out!("");
    let waves = policy.waves.len().max(1);
    for wave in 0..waves {
        if let Some(wave) = policy.waves.get(wave) {
            out!("  {}", wave.regions.join(", "));
        }
        if wave == 0 {
            policy.canary.shadow.iter().for_each(print_shadow);
        }
        policy.canary.stages.iter().for_each(|stage| print_stage(&policy, stage));
        let bake = policy.waves.get(wave).filter(|one| one.bake.0 > 0 && wave + 1 < waves);
        if let Some(wave) = bake {
            out!("  {:<NAME$} {:>8}   watched for {}", "bake", Share::WHOLE.to_string(), wave.bake);
        }
    }
    out!("");
    for line in risks(&policy) {
        wrap(&line, "  ").iter().for_each(|line| out!("{line}"));
    }
    out!("");
    Ok(ExitCode::SUCCESS)
}

fn print_shadow(shadow: &Shadow) {
    let mut words =
        vec![if shadow.duration.0 == 0 { "no time".to_owned() } else { shadow.duration.to_string() }];
    words.push(format!("asked behind {} of people", shadow.traffic));
    words.extend(shadow.success_criteria.iter().map(|(metric, limit)| format!("{metric} {limit}")));
    words.extend(shadow.manual_gate.then(|| "then a person".to_owned()));
    print_line("shadow", &Share(0).to_string(), &words);
}

/// A stage: what it gives, and what it waits for.
fn print_line(name: &str, traffic: &str, words: &[String]) {
    let lines = wrap(&words.join(", "), &" ".repeat(NAME + 14));
    let first = lines.first().map_or("", |line| line.trim_start());
    out!("  {name:<NAME$} {traffic:>8}   {first}");
    lines.iter().skip(1).for_each(|line| out!("{line}"));
}

fn print_stage(policy: &Policy, stage: &Stage) {
    let is_last = policy.canary.stages.last().is_some_and(|last| last.name == stage.name);
    let mut words =
        vec![if stage.duration.0 == 0 { "no time".to_owned() } else { stage.duration.to_string() }];
    words.extend(stage.success_criteria.iter().map(|(metric, limit)| format!("{metric} {limit}")));
    if stage.manual_gate || (is_last && !stage.auto_promote) {
        words.push("then a person".to_owned());
    } else if is_last {
        words.push("then by itself".to_owned());
    }
    print_line(&stage.name, &stage.traffic.to_string(), &words);
}

/// The shortest time that it takes: a stage waits longer when its criteria do not hold.
fn shortest_ms(policy: &Policy) -> u64 {
    let stages: u64 = policy.canary.stages.iter().map(|stage| stage.duration.0).sum();
    let waves = policy.waves.len().max(1) as u64;
    let bakes: u64 = policy.waves.iter().rev().skip(1).map(|wave| wave.bake.0).sum();
    let shadow = policy.canary.shadow.as_ref().map_or(0, |shadow| shadow.duration.0);
    stages.saturating_mul(waves).saturating_add(bakes).saturating_add(shadow)
}

fn risks(policy: &Policy) -> Vec<String> {
    let judgement = &policy.judgement;
    let first = policy.canary.stages.first().map_or(Share::default(), |stage| stage.traffic);
    let mut lines = vec![
        format!("At best it takes {}, and the old version stays warm for {} more.", Span(shortest_ms(policy)), policy.canary.keep_warm),
        format!(
            "The first to have the new version are {first} of people; {} requests are needed before a stage passes.",
            judgement.min_requests
        ),
        format!(
            "At most {} of sound versions are sent back by chance; up to {} worse than the old version is no harm.",
            judgement.false_alarms, judgement.tolerance
        ),
        "A version that only fails is back at 0 % within ten seconds of the first bad evidence, going by a look every two."
            .to_owned(),
    ];
    let conditions: Vec<String> = policy
        .canary
        .rollback
        .conditions
        .iter()
        .map(|(metric, limit)| format!("{metric} is {limit}"))
        .collect();
    if !conditions.is_empty() {
        lines.push(format!("It goes back when evidence shows that {}.", conditions.join(", or ")));
    }
    if policy.canary.stages.first().is_some_and(|stage| stage.traffic.0 >= 500_000) {
        lines.push("The first stage gives half of all people or more an untried version.".to_owned());
    }
    if policy.dry_run {
        lines.push("It is a dry run: bad numbers are said, and nothing follows.".to_owned());
    }
    if !policy.hooks.is_empty() {
        let names: Vec<&str> = policy.hooks.iter().map(|hook| hook.name.as_str()).collect();
        lines.push(format!("It asks or tells {}.", names.join(", ")));
    }
    lines
}

fn data(policy: &Policy) -> serde_json::Value {
    let stage = |stage: &Stage| {
        json!({
            "name": stage.name, "traffic": stage.traffic.to_string(), "duration_ms": stage.duration.0,
            "criteria": stage.success_criteria.iter().map(|(metric, limit)| format!("{metric} {limit}")).collect::<Vec<_>>(),
            "manual_gate": stage.manual_gate, "auto_promote": stage.auto_promote,
        })
    };
    json!({
        "format": 1,
        "set": policy.set.iter().map(|member| json!({ "component": member.component, "to": member.to })).collect::<Vec<_>>(),
        "shadow": policy.canary.shadow.as_ref().map(|shadow| json!({
            "traffic": shadow.traffic.to_string(), "duration_ms": shadow.duration.0, "manual_gate": shadow.manual_gate,
            "criteria": shadow.success_criteria.iter().map(|(metric, limit)| format!("{metric} {limit}")).collect::<Vec<_>>(),
        })),
        "stages": policy.canary.stages.iter().map(stage).collect::<Vec<_>>(),
        "waves": policy.waves.iter().map(|wave| json!({ "regions": wave.regions, "bake_ms": wave.bake.0 })).collect::<Vec<_>>(),
        "shortest_ms": shortest_ms(policy),
        "keep_warm_ms": policy.canary.keep_warm.0,
        "risks": risks(policy),
    })
}
