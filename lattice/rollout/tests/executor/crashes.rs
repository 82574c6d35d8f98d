//! Executors that die at everything they do, and two that live at once.

use super::{CANARY, LOOK_MS, REQUESTS, ROUNDS_MAX, Site};
use crate::fake::Kill;
use crate::publics::published;
use imprint_rollout::Phase;
use imprint_rollout::executor::{Executor, Record};
use std::collections::BTreeSet;

/// Effects of the longest of these rollouts, and some more.
const EFFECTS_MAX: usize = 12;

/// Rounds until the rollout is closed; who is killed is followed by a new one. Gives the record, and whether it came to
/// that.
async fn drive(site: &Site, id: &str) -> (Record, bool) {
    let mut executor = site.executor().await;
    let mut was_killed = false;
    for _ in 0..ROUNDS_MAX {
        site.pass(LOOK_MS);
        site.fake.serve(REQUESTS);
        let is_dead = tokio::select! {
            // A look that fails is tried again.
            _ = executor.round() => false,
            () = site.fake.killed.notified() => true,
        };
        if is_dead {
            was_killed = true;
            executor = site.executor().await;
        }
        let record = site.record(id).await;
        if record.state.is_over() && !record.is_closed {
            site.pass(66 * 60 * 1000);
        }
        if record.is_closed {
            return (record, was_killed);
        }
    }
    panic!("it does not end: {:?}", site.texts(id).await)
}

async fn one(kill: Kill, is_faulty: bool) -> bool {
    let Some(site) = Site::start().await else { return false };
    let id = site.begin(CANARY).await.id;
    {
        let mut world = site.fake.world();
        (world.kill, world.is_faulty) = (Some(kill), is_faulty);
    }
    let (record, was_killed) = drive(&site, &id).await;
    let wanted = if is_faulty { Phase::RolledBack } else { Phase::Promoted };
    assert_eq!(record.state.phase, wanted, "{kill:?}");
    holds(&site, &id, is_faulty, &format!("{kill:?}")).await;
    was_killed
}

/// What must be so however often somebody died.
async fn holds(site: &Site, id: &str, is_faulty: bool, what: &str) {
    let lines = site.store().await.history(id).await.unwrap();
    let numbers: Vec<u64> = lines.iter().map(|line| line.number).collect();
    assert_eq!(
        numbers,
        (0..numbers.len() as u64).collect::<Vec<_>>(),
        "{what}: a line is missing, or there twice"
    );
    let count = |text: &str| lines.iter().filter(|line| line.text.starts_with(text)).count();
    assert_eq!(count("promoted;"), usize::from(!is_faulty), "{what}");
    assert_eq!(count("goes back"), usize::from(is_faulty), "{what}");
    let told = if is_faulty { "rollout.rolled-back" } else { "rollout.promoted" };
    assert_eq!(published(site).await, ["rollout.started", told], "{what}");
    let world = site.fake.world();
    let generations: Vec<u64> = world
        .puts
        .iter()
        .filter_map(|routes| routes.rollouts.get(id))
        .map(|route| route.split.generation)
        .collect();
    assert!(generations.is_sorted(), "{what}: older routes were put over newer ones: {generations:?}");
    assert!(world.routes().rollouts.is_empty(), "{what}");
    assert_eq!(world.routes().versions.contains_key("design"), !is_faulty, "{what}");
    assert_eq!(world.apps["imprint-design-0_2_0"].1.is_some(), !is_faulty, "{what}");
    let deployed: BTreeSet<&String> =
        world.effects.iter().filter(|effect| effect.starts_with("deploy")).collect();
    assert_eq!(deployed.len(), 1, "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_at_everything_it_does_it_comes_to_the_same_end() {
    let mut kills = 0;
    for at in 1..=EFFECTS_MAX {
        let cases = [(false, false), (false, true), (true, false), (true, true)];
        let runs = cases
            .map(|(is_before_answer, is_faulty)| tokio::spawn(one(Kill { at, is_before_answer }, is_faulty)));
        for run in runs {
            kills += usize::from(run.await.unwrap());
        }
    }
    // Where there is no server nothing was killed, and the test says that it was skipped.
    assert!(kills == 0 || kills >= 20, "{kills} executors were killed");
}

/// Killed before anything was carried out: what was written down is all there is.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_record_alone_is_enough() {
    let Some(site) = Site::start().await else { return };
    let id = site.begin(CANARY).await.id;
    for _ in 0..ROUNDS_MAX {
        site.pass(LOOK_MS);
        site.fake.serve(REQUESTS);
        // Each look is somebody else's first and last.
        site.executor().await.round().await.unwrap();
        if site.record(&id).await.is_closed {
            break;
        }
    }
    holds(&site, &id, false, "a new one at every look").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_at_once_do_what_one_does() {
    for is_faulty in [false, true] {
        let Some(site) = Site::start().await else { return };
        let id = site.begin(CANARY).await.id;
        site.fake.world().is_faulty = is_faulty;
        let mut both: [Executor; 2] = [site.executor().await, site.executor().await];
        for _ in 0..ROUNDS_MAX {
            site.pass(LOOK_MS);
            site.fake.serve(REQUESTS);
            let [a, b] = &mut both;
            // Whoever loses tries again at the next look.
            let _ = tokio::join!(a.round(), b.round());
            let record = site.record(&id).await;
            if record.state.is_over() && !record.is_closed {
                site.pass(66 * 60 * 1000);
            }
            if record.is_closed {
                break;
            }
        }
        assert!(site.record(&id).await.is_closed, "{:?}", site.texts(&id).await);
        holds(&site, &id, is_faulty, "two at once").await;
    }
}
