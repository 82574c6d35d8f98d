//! Whatever is fed to the planner.

use crate::policies::shipped;
use imprint_rollout::{
    Answer, Arms, Command, Compared, Histogram, Hold, Meter, Order, Phase, Policy, RegionSeen, Seen, State,
    plan,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

fn policies() -> Vec<Policy> {
    let files = [
        "canary.yaml",
        "waves.yaml",
        "careful.yaml",
        "experiment.yaml",
        "shadow.yaml",
        "demo.yaml",
        "model.yaml",
    ];
    let mut policies: Vec<Policy> = files.iter().map(|name| Policy::read(&shipped(name)).unwrap()).collect();
    // What no file can say, but a program can.
    policies.push(Policy::default());
    policies
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![0u64..2000, Just(u64::MAX), any::<u64>()]
}

fn meter() -> impl Strategy<Value = Meter> {
    let histogram = (vec(number(), 0..4), vec(number(), 0..4), number(), any::<bool>());
    let histogram = histogram.prop_map(|(mut le_us, mut up_to, count, is_sorted)| {
        if is_sorted {
            le_us.sort_unstable();
            up_to.sort_unstable();
            up_to.resize(le_us.len(), count);
        }
        Histogram { le_us, up_to, count }
    });
    (number(), number(), histogram).prop_map(|(requests, errors, latency)| Meter {
        requests,
        errors,
        latency,
    })
}

fn region() -> impl Strategy<Value = RegionSeen> {
    let compared = (number(), number(), number(), number());
    let compared =
        compared.prop_map(|(same, differs, errors, dropped)| Compared { same, differs, errors, dropped });
    let arms = (option::of(meter()), option::of(meter()), option::of(meter()), option::of(compared));
    let arms = arms.prop_map(|(canary, baseline, stable, shadow)| Arms { canary, baseline, stable, shadow });
    let components = btree_map(select(&["design", "gateway", "orchestrator"][..]), arms, 0..4);
    let numbers = option::of(prop_oneof![any::<f64>(), Just(50.0)]);
    let generation = prop_oneof![0u64..12, Just(u64::MAX)];
    (generation, prop::bool::weighted(0.8), components, option::of((number(), number())), numbers).prop_map(
        |(generation, is_ready, components, drawn, number)| RegionSeen {
            generation,
            is_ready,
            components: components.into_iter().map(|(name, arms)| (name.to_owned(), arms)).collect(),
            drawn,
            numbers: [("queue_depth".to_owned(), number)].into(),
        },
    )
}

const REGIONS: [&str; 5] = ["all", "ap-southeast-1", "eu-west-1", "us-west-2", "us-east-1"];
const HOOKS: [&str; 6] = ["smoke", "change-board", "ledger-check", "red-button", "second-look", "sign-off"];

/// Most begin.
const ORDERS: [Order; 7] =
    [Order::Start, Order::Start, Order::Pause, Order::Resume, Order::Promote, Order::Abort, Order::Rollback];

fn seen() -> impl Strategy<Value = Seen> {
    let command = (0u64..40, select(&ORDERS[..])).prop_map(|(sequence, order)| Command {
        sequence,
        order,
        by: String::new(),
    });
    let answers =
        btree_map((0u64..12, select(&HOOKS[..])), select(&[Answer::Yes, Answer::Yes, Answer::No][..]), 0..20);
    // From a Monday morning on, or anywhere.
    let now = prop_oneof![1_795_420_800_000u64..1_795_450_000_000, any::<u64>()];
    (now, vec(command, 0..3), answers, btree_map(select(&REGIONS[..]), region(), 0..6)).prop_map(
        |(now_ms, commands, answers, regions)| Seen {
            now_ms,
            commands,
            answers: answers
                .into_iter()
                .map(|((at, hook), answer)| (format!("r.{at}.{hook}"), answer))
                .collect(),
            regions: regions.into_iter().map(|(name, region)| (name.to_owned(), region)).collect(),
        },
    )
}

fn phase() -> impl Strategy<Value = Phase> {
    let place = || prop_oneof![0usize..5, Just(usize::MAX)];
    prop_oneof![
        any::<bool>().prop_map(|is_started| Phase::Pending { is_started }),
        place().prop_map(|wave| Phase::Opening { wave }),
        (place(), any::<bool>()).prop_map(|(wave, is_approved)| Phase::Shadow { wave, is_approved }),
        (place(), place()).prop_map(|(wave, stage)| Phase::Stage { wave, stage }),
        (place(), place(), any::<bool>()).prop_map(|(wave, stage, is_approved)| Phase::Gate {
            wave,
            stage,
            is_approved
        }),
        place().prop_map(|wave| Phase::Bake { wave }),
        Just(Phase::Promoting),
        any::<u64>().prop_map(|until_ms| Phase::Warm { until_ms }),
        Just(Phase::Promoted),
        any::<bool>().prop_map(|is_abort| Phase::RollingBack { is_abort }),
        Just(Phase::RolledBack),
        Just(Phase::Aborted),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Walks over random looks; now and then the file or the stored state becomes another.
    #[test]
    fn every_input_has_a_plan_and_the_same_input_twice_changes_nothing(
        steps in vec((seen(), 0usize..6, option::weighted(0.1, phase()), prop::bool::weighted(0.2)), 1..12),
    ) {
        let policies = policies();
        let mut state = State::new("r");
        let mut policy = &policies[steps[0].1];
        for (seen, other, phase, is_other) in &steps {
            if *is_other {
                policy = &policies[*other];
            }
            state.phase = phase.unwrap_or(state.phase);
            let first = plan(policy, seen, &state);
            // The bytes, because a number that is none is not equal to itself.
            let bytes = |plan: &imprint_rollout::Plan| serde_json::to_string(plan).unwrap();
            prop_assert_eq!(bytes(&first), bytes(&plan(policy, seen, &state)));
            let again = plan(policy, seen, &first.next);
            prop_assert_eq!(&again.next, &first.next);
            prop_assert_eq!(&again.routes, &first.routes);
            prop_assert_eq!(again.events.len(), 0, "{:?}", again.events);
            prop_assert!(first.next.generation >= state.generation && first.parent == state.generation);
            prop_assert!(first.routes.values().all(|route| route.split.weight <= 10_000));
            let stored: State = serde_json::from_str(&serde_json::to_string(&first.next).unwrap()).unwrap();
            prop_assert_eq!(&stored, &first.next);
            first.verdicts.iter().for_each(|verdict| assert!(!verdict.to_string().is_empty()));
            state = first.next;
        }
    }

    /// However long, and whatever else is said: nobody who sees nothing goes beyond the first stage.
    #[test]
    fn without_numbers_nothing_goes_on(looks in vec(seen(), 1..40)) {
        let policy = &policies()[1];
        let mut state = State::new("r");
        for (at, mut seen) in looks.into_iter().enumerate() {
            seen.now_ms = 1_795_420_800_000 + at as u64 * 600_000;
            seen.commands.retain(|command| command.order != Order::Promote);
            for region in seen.regions.values_mut() {
                region.components.values_mut().for_each(|arms| arms.canary = None);
            }
            let plan = plan(policy, &seen, &state);
            prop_assert!(plan.routes.values().all(|route| route.split.weight <= 100));
            state = plan.next;
        }
        prop_assert!(state.hold != Some(Hold::Misfit));
    }
}
