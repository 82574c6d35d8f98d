//! What never goes on by itself: without numbers, past a gate, in a set that does not fit.

use crate::started;
use crate::world::{Truth, World};
use imprint_rollout::contracts::{Moved, Surface, breaches};
use imprint_rollout::{Answer, Event, Hold, HookKind, Order, Phase, RegionSeen, plan};
use std::collections::{BTreeMap, BTreeSet};

const RUNS: u64 = 400;
const FEW: u64 = 100;
/// Longer than all stages, than a person is waited for, and than the old version is warm.
const LOOKS: u64 = 900;
/// Looks of ten minutes.
const WHILE: u64 = 60;

/// Stages of five and ten minutes; what neither passes nor fails calls a person ten minutes later.
fn quick() -> String {
    let text = crate::CANARY.replace("30m", "5m").replace("1h", "10m");
    text + "judgement: { patience: 10m }\n"
}

/// The same with a number from elsewhere that each stage asks for.
fn watched() -> String {
    let text = quick().replace("latency_p99: \"<2s\"", "latency_p99: \"<2s\", queue_depth: \"<100\"");
    text + "metrics: { queue_depth: { source: prometheus, query: depth } }\n"
}

type Tamper = fn(&mut RegionSeen);

fn canary(seen: &mut RegionSeen, change: impl Fn(&mut imprint_rollout::Meter)) {
    seen.components.values_mut().filter_map(|arms| arms.canary.as_mut()).for_each(change);
}

fn depth(seen: &mut RegionSeen, number: Option<f64>) {
    seen.numbers.insert("queue_depth".into(), number);
}

/// C7: from some look on, numbers are missing or cannot be true.
pub fn numbers() {
    let cases: [(&str, Tamper); 8] = [
        ("no meters of the new version", |seen| {
            seen.components.values_mut().for_each(|arms| arms.canary = None);
        }),
        ("no meters at all", |seen| seen.components.clear()),
        ("more errors than requests", |seen| canary(seen, |meter| meter.errors = meter.requests + 1)),
        ("a histogram that falls", |seen| canary(seen, |meter| meter.latency.up_to.reverse())),
        ("bounds without counts", |seen| canary(seen, |meter| meter.latency.up_to.clear())),
        ("Prometheus is away", |seen| depth(seen, None)),
        ("Prometheus says NaN", |seen| depth(seen, Some(f64::NAN))),
        ("Prometheus says infinity", |seen| depth(seen, Some(f64::INFINITY))),
    ];
    println!(
        "C7: {RUNS} rollouts each; from a look of the first stages on, drawn by seed, numbers are no numbers"
    );
    println!("  | numbers | promoted | more traffic | went back | paused, and a person called |");
    for (name, tamper) in cases {
        let (mut promoted, mut more, mut back, mut paused) = (0, 0, 0, 0);
        for seed in 0..RUNS {
            let mut world = started(&watched(), seed);
            world.tamper = Some(|seen| depth(seen, Some(10.0)));
            world.until(3 + seed % WHILE, |_| false);
            world.tamper = Some(tamper);
            let weight = world.state.weight("all");
            world.until(LOOKS, |world| world.went_back() || world.state.hold.is_some());
            world.until(WHILE, World::went_back);
            promoted += u64::from(matches!(world.state.phase, Phase::Warm { .. } | Phase::Promoted));
            more += u64::from(world.state.weight("all") > weight);
            back += u64::from(world.went_back());
            paused += u64::from(matches!(world.state.hold, Some(Hold::NoData | Hold::Undecided)));
        }
        println!("  | {name} | {promoted} | {more} | {back} | {paused} |");
    }
}

/// Whether a rollout did what it should, and what is said of it then.
type Story = fn(&mut World) -> bool;

fn why(world: &World) -> String {
    let plan = plan(&world.policy, &world.seen, &world.state);
    let waits = plan.waits.iter().map(ToString::to_string);
    let verdicts = plan.verdicts.iter().filter(|verdict| verdict.outcome != imprint_rollout::Outcome::Pass);
    let returning = world.events.iter().filter(|event| matches!(event, Event::Returning { .. }));
    let all = returning.map(ToString::to_string).chain(waits).chain(verdicts.map(ToString::to_string));
    all.collect::<Vec<_>>().join("; ")
}

/// Traffic that does not change for a while.
fn stays(world: &mut World) -> bool {
    let weight = world.state.weight("all");
    world.until(WHILE, |world| world.state.weight("all") != weight).is_none()
}

fn grows(world: &mut World) -> bool {
    let weight = world.state.weight("all");
    world.until(WHILE, |world| world.state.weight("all") > weight).is_some()
}

fn flows(world: &mut World) -> bool {
    world.until(WHILE, |world| world.applied_ms.is_some()).is_some()
}

/// Nothing fails, so that nothing but what is looked at holds it up: stages are short, and one error in five minutes is
/// already more than the file allows.
fn calm(world: &mut World) {
    world.new = Truth { errors: 0.0, ..world.new };
    world.old = Truth { errors: 0.0, ..world.old };
}

fn fails(world: &mut World) {
    world.new = Truth { errors: 0.5, ..world.new };
}

/// Answers every question that a look asks, until something is so.
fn answering(world: &mut World, answer: Answer, is_so: impl Fn(&World) -> bool) -> bool {
    for _ in 0..LOOKS {
        let asks = world.step().asks;
        world.seen.answers.extend(asks.into_iter().map(|ask| (ask.id, answer)));
        if is_so(world) {
            return true;
        }
    }
    false
}

fn is_at(world: &World) -> Option<u16> {
    world.state.weight("all").filter(|weight| *weight > 0)
}

/// What steers, with its file, what has to happen, and a part of what `why` says at the last moment of it.
const STORIES: [(&str, &str, Story, &str); 7] = [
    (
        "freeze",
        "remedy: freeze",
        |world| {
            let is = flows(world);
            fails(world);
            is && world.until(WHILE, |world| world.state.hold == Some(Hold::Frozen)).is_some() && stays(world)
        },
        "frozen where it is",
    ),
    (
        "a person decides",
        "trigger: manual",
        |world| {
            let is = flows(world);
            fails(world);
            is && world.until(WHILE, |world| world.state.hold == Some(Hold::Asking)).is_some() && stays(world)
        },
        "a person decides",
    ),
    (
        "dry run",
        "dry_run: true",
        |world| {
            let is = flows(world);
            fails(world);
            is && world.until(WHILE, World::went_back).is_none()
        },
        "dry run: nothing follows",
    ),
    (
        "manual gate",
        "manual_gate: true",
        |world| {
            let is_held = flows(world)
                && world.until(WHILE, |world| matches!(world.state.phase, Phase::Gate { .. })).is_some()
                && stays(world);
            let told = why(world).contains("waits for a person");
            world.order(Order::Resume, "figures");
            is_held && told && grows(world)
        },
        "",
    ),
    (
        "pause",
        "",
        |world| {
            let is = flows(world);
            world.order(Order::Pause, "figures");
            is && stays(world)
        },
        "paused by a person",
    ),
    (
        "pause, and going back all the same",
        "",
        |world| {
            let is = flows(world);
            world.order(Order::Pause, "figures");
            fails(world);
            is && world.until(WHILE, World::went_back).is_some()
        },
        "goes back, because bad: error_rate",
    ),
    (
        "a person goes back",
        "",
        |world| {
            let is = flows(world);
            world.order(Order::Rollback, "figures");
            is && world.until(3, World::went_back).is_some()
        },
        "goes back, as a person asked",
    ),
];

/// The six kinds of hooks that are asked: it stays until they agree, or goes back as they say.
const ASKED: [(HookKind, &str, Story, &str); 6] = [
    (
        HookKind::ConfirmRollout,
        "confirm-rollout",
        |world| world.until(WHILE, |world| world.state.weight("all").is_some()).is_none(),
        "waits for the hook it",
    ),
    (
        HookKind::PreRollout,
        "pre-rollout",
        |world| world.until(WHILE, |world| is_at(world).is_some()).is_none(),
        "waits for the hook it",
    ),
    (
        HookKind::ConfirmTrafficIncrease,
        "confirm-traffic-increase",
        |world| flows(world) && world.until(LOOKS, |world| is_at(world) > Some(500)).is_none(),
        "waits for the hook it",
    ),
    (
        HookKind::ConfirmPromotion,
        "confirm-promotion",
        |world| {
            flows(world)
                && world
                    .until(LOOKS, |world| matches!(world.state.phase, Phase::Promoting | Phase::Warm { .. }))
                    .is_none()
        },
        "waits for the hook it",
    ),
    (
        HookKind::Rollout,
        "rollout",
        |world| answering(world, Answer::No, World::went_back),
        "the hook it sends it back",
    ),
    (
        HookKind::Rollback,
        "rollback",
        |world| answering(world, Answer::Yes, World::went_back),
        "the hook it sends it back",
    ),
];

/// C10: freezing, trying, gates, hooks and pauses, each with what `why` says of it.
pub fn steering() {
    println!("C10: {FEW} rollouts each");
    println!("  | | as it should | `why` says |");
    for (name, change, story, said) in STORIES {
        let mut text = match change {
            "manual_gate: true" => quick().replace("name: initial,", "name: initial, manual_gate: true,"),
            "remedy: freeze" => quick().replace("trigger: automatic", "remedy: freeze"),
            "trigger: manual" => quick().replace("trigger: automatic", "trigger: manual"),
            _ => quick(),
        };
        if change == "dry_run: true" {
            text += "dry_run: true\n";
        }
        tell(name, &text, story, said);
    }
    for (_, name, story, said) in ASKED {
        let text = format!("{}hooks: [{{ name: it, on: {name}, url: \"http://a\" }}]\n", quick());
        tell(&format!("hook `{name}`"), &text, story, said);
    }
    for name in ["post-rollout", "event"] {
        let text = format!("{}hooks: [{{ name: it, on: {name}, url: \"http://a\" }}]\n", quick());
        let is_right = |seed: &u64| is_told_once(&text, *seed, name == "event");
        println!("  | hook `{name}` | {} | is only told |", (0..FEW).filter(is_right).count());
    }
}

fn tell(name: &str, text: &str, story: Story, said: &str) {
    let (mut right, mut last) = (0, String::new());
    for seed in 0..FEW {
        let mut world = started(text, seed);
        calm(&mut world);
        let is_right = story(&mut world);
        let now = why(&world);
        right += u64::from(is_right && now.contains(said));
        last = now;
    }
    last.truncate(last.char_indices().nth(120).map_or(last.len(), |(at, _)| at));
    println!("  | {name} | {right} | {last} |");
}

/// News of a whole rollout: each change, or the end alone, under ids that are all different.
fn is_told_once(text: &str, seed: u64, is_all: bool) -> bool {
    let mut world = started(text, seed);
    calm(&mut world);
    let mut told = Vec::new();
    for _ in 0..LOOKS {
        told.extend(world.step().tells.into_iter().map(|tell| tell.id));
        if world.state.is_over() {
            break;
        }
    }
    let different: BTreeSet<&String> = told.iter().collect();
    let wanted = if is_all { world.events.len() } else { 1 };
    world.state.phase == Phase::Promoted && different.len() == told.len() && told.len() == wanted
}

/// C11: components that move together, and versions that fit each other.
pub fn sets() {
    let set = "set:\n  - { component: design, to: 0.2.0 }\n  - { component: logo, to: 0.2.0 }\n";
    let (mut promoted, mut back, mut once) = (0, 0, 0);
    for seed in 0..RUNS {
        let mut world = crate::world_of(&format!("{}{set}", quick()), seed);
        calm(&mut world);
        world.until(LOOKS, |world| world.state.is_over());
        promoted += u64::from(world.state.phase == Phase::Promoted);
        let mut world = crate::world_of(&format!("{}{set}", quick()), seed);
        world.faulty = Some("logo".into());
        fails(&mut world);
        world.until(LOOKS, |world| world.state.is_over());
        back += u64::from(world.state.phase == Phase::RolledBack && world.state.weight("all") == Some(0));
        let said = world.events.iter().filter(|event| matches!(event, Event::Returning { .. }));
        let said: Vec<String> = said.map(ToString::to_string).collect();
        once += u64::from(said.len() == 1 && said[0].contains("of logo"));
    }
    println!("C11: {RUNS} rollouts of design and logo together: {promoted} sound ones promoted whole");
    println!("  where only the new logo fails, {back} went back whole; {once} with one plan that names logo");
    contracts();
}

const RASTER: [&str; 2] = ["imprint:assets/raster@0.1.0", "imprint:assets/raster@0.2.0"];

fn surface(offers: &[&str], asks: &[&str]) -> Surface {
    let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Surface { offers: all(offers), asks: all(asks) }
}

/// A kit that asks for one version of an interface or the other, beside each kind of assets, moved with it or not.
fn contracts() {
    let kinds: [(&str, &[&str]); 3] = [("old", &RASTER[..1]), ("both", &RASTER), ("new", &RASTER[1..])];
    println!("  | kit asks for | assets offer | moved together | |");
    for asks in 0..2 {
        for (kind, offers) in kinds {
            for is_together in [false, true] {
                let old = surface(&[], &RASTER[..1]);
                let kit = Moved { to: "0.2.0".into(), old, new: surface(&[], &RASTER[asks..=asks]) };
                let mut set = BTreeMap::from([("kit".to_owned(), kit)]);
                let mut beside = BTreeMap::new();
                if is_together {
                    let (old, new) = (surface(&RASTER[..1], &[]), surface(offers, &[]));
                    set.insert("assets".into(), Moved { to: "0.2.0".into(), old, new });
                } else {
                    beside.insert("assets".into(), surface(offers, &[]));
                }
                let found = breaches(&set, &beside, &imprint_control::calls_of);
                let said = found.first().map_or("begun".to_owned(), |breach| format!("refused: {breach}"));
                println!("  | {} | {kind} | {is_together} | {said} |", RASTER[asks]);
            }
        }
    }
}
