//! Numbers of instances follow their queues: seldom, within limits, and not at all without data.

use imprint_rollout::Span;
use imprint_scaling::{Change, Policy, Rule, Seen, State, Why, scale};
use proptest::prelude::*;

fn policy(rule: Rule) -> Policy {
    Policy { scaling: [("logo".to_owned(), rule)].into() }
}

fn seen(now_s: u64, depth: Option<u64>) -> Seen {
    Seen { now_ms: now_s * 1000, depths: depth.map(|depth| ("logo".to_owned(), depth)).into_iter().collect() }
}

fn replicas(state: &State) -> u32 {
    state.components.get("logo").map_or(0, |standing| standing.replicas)
}

/// A look of each line: seconds, depth, what it comes to.
#[test]
fn a_day_of_a_queue() {
    let policy = policy(Rule::default());
    let day = [
        (0, Some(0), 2),
        (5, Some(95), 2),    // too soon after the beginning
        (15, Some(95), 10),  // ten for each
        (20, Some(400), 10), // too soon again
        (30, Some(400), 20), // and never more than twenty
        (60, Some(0), 20),
        (200, Some(55), 20), // six were needed meanwhile
        (359, None, 20),     // a look without data starts the wait anew
        (365, Some(0), 20),
        (400, Some(55), 20),
        (664, Some(0), 20),
        (665, Some(0), 6),
        (966, Some(0), 6),
        (1266, Some(0), 2),
    ];
    let mut state = scale(&policy, &seen(0, None), &State::default()).0;
    assert!(state.components.is_empty(), "what was never seen is left alone");
    for (now_s, depth, expected) in day {
        state = scale(&policy, &seen(now_s, depth), &state).0;
        assert_eq!(replicas(&state), expected, "after {now_s} s");
    }
}

#[test]
fn hours_have_floors_of_their_own() {
    let text = r#"
scaling:
  logo:
    min: 2
    scheduled:
      - { at_least: 8, when: { days: [mon], from: "07:00", until: "18:00" } }
"#;
    let policy = Policy::read(text).unwrap();
    // The first Monday of the epoch was its fifth day.
    let monday = |hour: u64| 4 * 86_400 + hour * 3600;
    let mut state = State::default();
    let mut whys = Vec::new();
    for hour in [6, 7, 17, 18, 19] {
        for look in [0, 600] {
            let (next, changes) = scale(&policy, &seen(monday(hour) + look, Some(0)), &state);
            whys.extend(changes.into_iter().map(|change| (hour, change.to, change.why)));
            state = next;
        }
    }
    assert_eq!(whys, [(6, 2, Why::Begun), (7, 8, Why::Limits), (18, 2, Why::Calm)]);
}

#[test]
fn changes_are_said_in_words() {
    let change = |from, to, why| Change { component: "logo".into(), from, to, why }.to_string();
    assert_eq!(change(2, 10, Why::Depth(95)), "logo: 2 to 10, 95 in its queue");
    assert_eq!(change(10, 6, Why::Calm), "logo: 10 to 6, which was enough for a while");
}

#[test]
fn broken_files_say_where_and_what_to_do() {
    for case in imprint_golden::cases("tests/policies") {
        let said = match Policy::read(&case.text("policy.yaml")) {
            Ok(_) => panic!("{} is read without a fault", case.name),
            Err(faults) => faults.iter().map(|fault| format!("{fault}\n")).collect::<String>(),
        };
        imprint_golden::check_text(case.path("said.txt"), &said);
    }
}

#[test]
fn the_file_that_ships_is_read() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../wadm/scaling/usual.yaml");
    let policy = Policy::read(&std::fs::read_to_string(path).unwrap()).unwrap();
    let logo = &policy.scaling["logo"];
    assert_eq!((logo.min, logo.max, logo.lag), (2, 20, 10));
}

fn looks() -> impl Strategy<Value = Vec<(u64, Option<u64>)>> {
    let depth = prop_oneof![Just(None), (0u64..500).prop_map(Some), Just(Some(u64::MAX))];
    // Time may stand still or go back: clocks do.
    prop::collection::vec((0u64..2000, depth), 1..80)
}

proptest! {
    #[test]
    fn it_keeps_its_limits_and_settles(
        looks in looks(), min in 0u32..30, max in 0u32..30, lag in 0u32..20, up in 0u64..60, down in 0u64..400,
    ) {
        let rule = Rule { min, max, lag, cool_up: Span(up * 1000), cool_down: Span(down * 1000), scheduled: Vec::new() };
        let policy = policy(rule);
        let mut state = State::default();
        for (now_s, depth) in looks {
            let seen = seen(now_s, depth);
            let (next, _) = scale(&policy, &seen, &state);
            let is_begun = next.components.contains_key("logo");
            prop_assert!(!is_begun || (replicas(&next) <= max && replicas(&next) >= min.min(max)));
            if down > 0 && up > 0 {
                let (again, changes) = scale(&policy, &seen, &next);
                prop_assert_eq!(replicas(&again), replicas(&next));
                prop_assert!(changes.is_empty());
            }
            state = next;
        }
    }

    /// A queue that stays as it is gets what it needs, and keeps it.
    #[test]
    fn a_steady_queue_is_met(first in 0u64..400, then in 0u64..400) {
        let policy = policy(Rule::default());
        let mut state = scale(&policy, &seen(0, Some(first)), &State::default()).0;
        let mut changes = 0;
        for look in 1..200 {
            let (next, changed) = scale(&policy, &seen(look * 5, Some(then)), &state);
            changes += changed.len();
            state = next;
        }
        prop_assert_eq!(u64::from(replicas(&state)), then.div_ceil(10).clamp(2, 20));
        prop_assert!(changes <= 1);
    }

    /// However a queue swings, it grows at most once in a cool-down and never shrinks within one of calm.
    #[test]
    fn a_swinging_queue_costs_few_changes(depths in prop::collection::vec(0u64..400, 120)) {
        let policy = policy(Rule::default());
        let mut state = State::default();
        let (mut changed_s, mut is_first) = (0, true);
        for (look, depth) in depths.into_iter().enumerate() {
            let now_s = look as u64 * 5;
            let (next, changes) = scale(&policy, &seen(now_s, Some(depth)), &state);
            for change in changes {
                let waited = now_s - changed_s;
                let least = if change.to > change.from { 15 } else { 300 };
                prop_assert!(is_first || waited >= least, "{change} after {waited} s");
                (changed_s, is_first) = (now_s, false);
            }
            state = next;
        }
    }
}
