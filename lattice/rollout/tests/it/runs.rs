//! Many simulated rollouts: how often a sound version is sent back, and how soon a bad one.

use crate::policies::shipped;
use crate::world::{Chance, SOUND, Truth, World};
use imprint_rollout::{Event, Hold, Order, Phase, State, Status};

/// The canary file on one component, with stages of 5 and 10 minutes.
pub(crate) fn quick() -> String {
    let text = shipped("canary.yaml").replace("30m", "5m").replace("1h", "10m");
    format!("{text}set:\n  - {{ component: design, to: 0.2.0 }}\n")
}

fn started(policy: &str, seed: u64) -> World {
    let mut world = World::new(policy, &format!("design-0_2_0.{seed}"));
    world.chance = Some(Chance(seed));
    world.order(Order::Start, "test");
    world
}

/// How many of so many rollouts of this policy went back.
fn went_back(runs: u64, looks: u64, policy: &str, truth: Truth) -> u64 {
    let is_back = |seed: &u64| {
        let mut world = started(policy, *seed);
        (world.old, world.new) = (truth, truth);
        world.until(looks, |world| world.went_back() || world.state.is_over());
        world.went_back()
    };
    (0..runs).filter(is_back).count() as u64
}

/// At most 1 % may go back, of a thousand that are looked at every ten seconds for twenty minutes.
#[test]
fn a_sound_version_is_not_sent_back() {
    let back = went_back(1000, 120, &quick(), SOUND);
    assert!(back <= 10, "{back} of 1,000 went back");
}

/// The same where times have a heavy tail, errors come close to the limit and nothing is tolerated.
#[test]
fn a_sound_version_on_a_poor_platform_is_not_sent_back() {
    let poor = Truth { errors: 0.009, median_ms: 300.0, spread: 1.2, ..SOUND };
    let strict = format!("{}judgement: {{ tolerance: 0% }}\n", quick());
    let back = went_back(300, 120, &strict, poor);
    assert!(back <= 3, "{back} of 300 went back");
}

/// When everything fails for both versions, that is no reason to blame the new one.
#[test]
fn bad_weather_is_nobodys_fault() {
    let mut gone = 0;
    for seed in 0..100 {
        let policy =
            quick().replace("conditions: { error_rate: \">1%\", latency_p99: \">5s\" }", "conditions: {}");
        let mut world = started(&policy, seed);
        for look in 0..60 {
            let storm = Truth { errors: 0.4, median_ms: 3000.0, spread: 1.0, ..SOUND };
            let truth = if look % 15 > 10 { storm } else { SOUND };
            (world.old, world.new) = (truth, truth);
            world.step();
        }
        gone += u64::from(world.went_back());
    }
    assert!(gone <= 1, "{gone} of 100 went back");
}

/// Requests to the new version until it went back.
fn requests_until_back(seed: u64, prepare: impl Fn(&mut World)) -> f64 {
    let mut world = started(&quick().replace("5m", "60m"), seed);
    // Five requests to the new version between two looks.
    world.requests_a_second = 10.0;
    prepare(&mut world);
    world.until(5, |world| world.applied_ms.is_some()).unwrap();
    let took = world.until(250, World::went_back);
    took.map_or(f64::INFINITY, |ms| ms as f64 / 1000.0 * 0.5)
}

fn found_by(requests: f64, runs: u64, prepare: impl Fn(&mut World)) -> u64 {
    (0..runs).filter(|seed| requests_until_back(*seed, &prepare) <= requests).count() as u64
}

/// One more error in a hundred, found by 1,000 requests to the new version, where the old one hardly fails. Where it fails
/// often, no test can be that quick: `examples/figures.rs` prints both beside the limit of what is possible.
#[test]
fn one_point_of_errors_is_found() {
    let found = found_by(1000.0, 200, |world| {
        world.old.errors = 0.000_01;
        world.new.errors = 0.010_01;
    });
    assert!(found >= 198, "{found} of 200");
}

/// Twice as slow, found by 1,000 requests to the new version against as many to the baseline.
#[test]
fn a_doubled_99th_percentile_is_found() {
    let found = found_by(1000.0, 200, |world| world.new.median_ms *= 2.0);
    assert!(found >= 198, "{found} of 200");
}

#[test]
fn a_version_that_only_fails_is_gone_after_the_first_look() {
    for seed in 0..50 {
        let mut world = started(&quick(), seed);
        world.new.errors = 1.0;
        world.until(10, World::went_back).unwrap();
        assert_eq!(world.state.weight("all"), Some(0));
        assert_eq!(world.seen.now_ms - world.applied_ms.unwrap(), 10_000, "seed {seed}");
    }
}

#[test]
fn a_version_that_fails_after_promotion_goes_back_while_the_old_one_is_warm() {
    let mut world = started(&quick(), 7);
    world.until(600, |world| matches!(world.state.phase, Phase::Warm { .. })).unwrap();
    world.until(30, |_| false);
    world.new.errors = 0.5;
    assert_eq!(world.until(10, World::went_back), Some(10_000));
    assert_eq!(world.until(2, |world| world.state.phase == Phase::RolledBack), Some(10_000));
}

const WAVES: &str = "
set:
  - { component: design, to: 0.2.0 }
canary:
  stages:
    - { name: few, traffic: 10%, duration: 2m, success_criteria: { error_rate: \"<0.5%\" } }
    - { name: full, traffic: 100%, duration: 1m, auto_promote: true }
  rollback:
    conditions: { error_rate: \">1%\" }
waves:
  - { regions: [one], bake: 2m }
  - { regions: [two], bake: 2m }
  - { regions: [three] }
";

/// Three regions one after another; the second fails.
#[test]
fn a_wave_that_fails_takes_back_those_before_and_spares_those_behind() {
    let mut world = started(WAVES, 3);
    world.elsewhere.insert("two".into(), Truth { errors: 0.3, ..SOUND });
    world.until(200, |world| world.state.weight("two").is_some_and(|weight| weight > 0)).unwrap();
    assert_eq!(world.state.weight("one"), Some(10_000));
    world.until(10, World::went_back).unwrap();
    world.until(2, |world| world.state.phase == Phase::RolledBack).unwrap();
    let weights = ["one", "two", "three"].map(|region| world.state.weight(region));
    assert_eq!(weights, [Some(0), Some(0), None]);
}

#[test]
fn waves_of_sound_versions_reach_everybody() {
    let mut world = started(WAVES, 4);
    world.until(300, |world| world.state.status() == Status::PromotedWarm).unwrap();
    let weights = ["one", "two", "three"].map(|region| world.state.weight(region));
    assert_eq!(weights, [Some(10_000); 3]);
}

#[test]
fn what_is_not_seen_is_not_promoted() {
    let mut world = started(&quick(), 5);
    world.until(5, |world| world.state.weight("all") == Some(500)).unwrap();
    world.is_blind = true;
    world.until(500, |_| false);
    assert_eq!((world.state.weight("all"), world.state.hold), (Some(500), Some(Hold::NoData)));
    // Mended and let go on, it goes on.
    world.is_blind = false;
    world.order(Order::Resume, "test");
    world.until(200, |world| world.state.status() == Status::PromotedWarm).unwrap();
}

/// A quarter of all people is meant, 27 % are drawn.
#[test]
fn an_uneven_draw_stops_it() {
    let mut world = started(&quick().replace("25%", "30%").replace("traffic: 5%", "traffic: 25%"), 6);
    (world.requests_a_second, world.skew) = (500.0, 1.08);
    world.until(60, |world| world.state.hold == Some(Hold::Uneven)).unwrap();
    let even = (0..50).filter(|seed| {
        let mut world = started(&quick(), *seed);
        world.until(60, |world| world.state.hold == Some(Hold::Uneven)).is_some()
    });
    assert_eq!(even.count(), 0);
}

/// Rollouts with an executor that dies; `IMPRINT_SEEDS` asks for more.
fn seeds() -> u64 {
    std::env::var("IMPRINT_SEEDS").ok().and_then(|count| count.parse().ok()).unwrap_or(60)
}

/// Before a plan is stored or after, again and again: it ends as it should, and nothing happens twice. A judge may err, and
/// sends back one sound version of a thousand at most.
#[test]
fn an_executor_that_dies_between_any_two_acts_does_no_harm() {
    let mut misjudged = 0;
    for seed in 0..seeds() {
        let mut world = started(WAVES, seed);
        world.dies = 0.6;
        let ended = |world: &World| world.state.status() == Status::PromotedWarm || world.state.is_over();
        assert!(world.until(600, ended).is_some(), "seed {seed}: {:?}", world.state.phase);
        let count = |is_it: fn(&Event) -> bool| world.events.iter().filter(|event| is_it(event)).count();
        if world.state.phase == Phase::RolledBack {
            misjudged += 1;
            assert_eq!(count(|event| matches!(event, Event::Returned)), 1, "seed {seed}");
            continue;
        }
        assert_eq!(count(|event| matches!(event, Event::Promoted { .. })), 1, "seed {seed}");
        assert_eq!(count(|event| matches!(event, Event::Entered { .. })), 6, "seed {seed}");
        world.new.errors = 0.5;
        world.until(20, |world| world.state.phase == Phase::RolledBack).unwrap();
    }
    println!("{misjudged} of {} sound versions went back", seeds());
    assert!(misjudged * 1000 <= seeds(), "{misjudged} of {} sound versions went back", seeds());
}

/// What an older program stored is read, and goes on.
#[test]
fn a_stored_state_is_read_by_later_versions() {
    let mut world = World::new(&quick(), "design-0_2_0.1");
    world.order(Order::Start, "test");
    world.until(12, |_| false);
    let stored = serde_json::to_string_pretty(&world.state).unwrap();
    imprint_golden::check_text("tests/stored/state-1.json", &format!("{stored}\n"));
    let stored = std::fs::read_to_string("tests/stored/state-1.json").unwrap();
    world.state = serde_json::from_str::<State>(&stored).unwrap();
    world.until(200, |world| world.state.status() == Status::PromotedWarm).unwrap();
}
