//! Whole rollouts as text: what happens to a policy is a script, what is said is compared.
//!
//! A script has one act a line: `order start ann`, `new errors=2% median=300ms`, `in eu-west-1 errors=2%`, `blind`,
//! `seeing`, `unready eu-west-1`, `ready`, `answer smoke yes`, `number queue_depth 700`, `skew 1.2`, `for 30m`; `waits`
//! and `verdicts` ask.

use crate::world::{Truth, World};
use imprint_rollout::{Answer, Order, Plan};
use std::fmt::Write;

#[test]
fn stories_end_as_they_should() {
    for case in imprint_golden::cases("tests/stories") {
        let mut world = World::new(&case.text("policy.yaml"), "story.1");
        let mut told = Told { text: String::new(), began_ms: world.seen.now_ms, last: String::new() };
        for line in case.text("script.txt").lines().filter(|line| !line.is_empty()) {
            let _ = writeln!(told.text, "> {line}");
            act(&mut world, &mut told, &line.split(' ').collect::<Vec<_>>());
        }
        imprint_golden::check_text(case.path("told.txt"), &told.text);
    }
}

struct Told {
    text: String,
    began_ms: u64,
    last: String,
}

impl Told {
    fn lines<T: std::fmt::Display>(&mut self, lines: &[T]) {
        lines.iter().for_each(|line| self.text.push_str(&format!("  {line}\n")));
    }

    /// Only what is new: time passes in every look.
    fn tell(&mut self, world: &World, plan: &Plan) {
        let seconds = (world.seen.now_ms - self.began_ms) / 1000;
        let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        for event in &plan.events {
            let _ = writeln!(self.text, "{time} {event}");
        }
        let weights: Vec<String> =
            plan.routes.iter().map(|(region, route)| format!("{region}={}", route.split.weight)).collect();
        let status = serde_json::to_value(plan.next.status()).unwrap();
        let now = format!("[{}] {}", status.as_str().unwrap(), weights.join(" "));
        let now = now.trim_end().to_owned();
        if now != self.last {
            let _ = writeln!(self.text, "{time} {now}");
            self.last = now;
        }
    }
}

fn act(world: &mut World, told: &mut Told, words: &[&str]) {
    match words {
        ["order", order, by] => world.order(serde_json::from_value::<Order>((*order).into()).unwrap(), by),
        ["old", rest @ ..] => world.old = truth(world.old, rest),
        ["new", rest @ ..] => world.new = truth(world.new, rest),
        ["in", region, rest @ ..] => {
            world.elsewhere.insert((*region).to_owned(), truth(world.new, rest));
        }
        ["blind"] => world.is_blind = true,
        ["seeing"] => world.is_blind = false,
        ["unready", region] => world.unready.push((*region).to_owned()),
        ["ready"] => world.unready.clear(),
        ["skew", factor] => world.skew = factor.parse().unwrap(),
        ["answer", hook, answer] => {
            let answer = if *answer == "yes" { Answer::Yes } else { Answer::No };
            let asked = imprint_rollout::plan(&world.policy, &world.seen, &world.state).asks;
            let ask =
                asked.iter().find(|ask| ask.hook == *hook).unwrap_or_else(|| panic!("{hook} is not asked"));
            world.seen.answers.insert(ask.id.clone(), answer);
        }
        ["number", name, number] => {
            for region in world.seen.regions.values_mut() {
                region.numbers.insert((*name).to_owned(), number.parse().ok());
            }
        }
        ["for", span] => {
            for _ in 0..looks(span) {
                let plan = world.step();
                told.tell(world, &plan);
            }
        }
        ["waits"] => {
            let plan = imprint_rollout::plan(&world.policy, &world.seen, &world.state);
            told.lines(&plan.waits);
        }
        ["verdicts"] => {
            let plan = imprint_rollout::plan(&world.policy, &world.seen, &world.state);
            told.lines(&plan.verdicts);
        }
        _ => panic!("no such act: {words:?}"),
    }
}

/// Errors are written in percent.
fn truth(mut truth: Truth, words: &[&str]) -> Truth {
    truth.errors *= 100.0;
    for word in words {
        match word.split_once('=') {
            Some(("errors", share)) => truth.errors = share.trim_end_matches('%').parse().unwrap(),
            Some(("differs", share)) => {
                truth.differs = share.trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
            }
            Some(("median", time)) => truth.median_ms = time.trim_end_matches("ms").parse().unwrap(),
            _ => panic!("no such truth: {word}"),
        }
    }
    truth.errors /= 100.0;
    truth
}

fn looks(span: &str) -> u64 {
    let (number, unit) = span.split_at(span.len() - 1);
    let seconds = if unit == "m" {
        60
    } else if unit == "h" {
        3600
    } else {
        1
    };
    number.parse::<u64>().unwrap() * seconds / 10
}
