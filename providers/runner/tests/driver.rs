//! The laws of the driver, by loop: every act fails, every effect is the last one of a process, all is handed out twice,
//! owners cancel and erase at every event, time runs out anywhere.

mod world;

use core_brand::fault::Code;
use core_saga::{Event, Outcome, STEPS, Terms};
use imprint_blobs::{Blobs, space};
use imprint_ledger::Ledger;
use imprint_ledger::journal::{Stamp, previous_of};
use imprint_ledger::queue::{DECIDE, Queues};
use imprint_runner::{Stop, Verdict, serve};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};
use world::{Act, How, Meddling, TASKS, TENANT, Toy, World, home, now_ms, work};

const JOB: &str = "br_us-east-1_aaaaaaaaaaaaaaaaaaaaaaaaaa";
const OTHER: &str = "br_us-east-1_bbbbbbbbbbbbbbbbbbbbbbbbbb";

/// The request, a plan and three tasks of each step, the end.
const ENTRIES: u64 = 2 + 4 * STEPS.len() as u64;

/// Where two loops meet, one of both takes steps of this length. A prime, so that no kind of point is left out.
const STRIDE: usize = 7;

async fn begun(world: World) -> World {
    world.submit(JOB, Terms::default()).await;
    world
}

async fn whole() -> (World, usize) {
    let world = begun(World::new(Toy::default())).await;
    let points = world.drive(None).await;
    (world, points)
}

#[tokio::test(start_paused = true)]
async fn a_job_is_done_once_and_whole() {
    let (world, points) = whole().await;
    world.check(JOB, "whole").await;
    assert_eq!(world.state(JOB).await.ended, Some(Outcome::Completed));
    assert_eq!(world.events(JOB).await.len() as u64, ENTRIES);
    assert!(points > 100, "{points}");
}

#[tokio::test(start_paused = true)]
async fn a_job_goes_on_wherever_its_process_dies() {
    for toy in toys() {
        goes_on_wherever_its_process_dies(toy).await;
    }
}

async fn goes_on_wherever_its_process_dies(toy: fn() -> Toy) {
    let first = begun(World::new(toy())).await;
    let points = first.drive(None).await;
    for at in 0..points {
        let world = begun(World::new(toy())).await;
        world.drive(Some(at)).await;
        let told = format!("killed at {at}");
        world.check(JOB, &told).await;
        assert_eq!(world.state(JOB).await.ended, Some(Outcome::Completed), "{told}");
        let mut documents = [world.state(JOB).await.documents, first.state(JOB).await.documents];
        documents.iter_mut().for_each(|all| all.sort_by(|a, b| a.name.cmp(&b.name)));
        assert_eq!(documents[0], documents[1], "{told}");
    }
}

/// Tasks of a step that are said in one append, and each in one of its own.
fn toys() -> [fn() -> Toy; 2] {
    [Toy::default, || Toy { is_apart: true, ..Toy::default() }]
}

#[tokio::test(start_paused = true)]
async fn a_cancel_at_any_event_ends_cancelled_and_clean() {
    for toy in toys() {
        cancelled_at_any_event(toy).await;
    }
}

async fn cancelled_at_any_event(toy: fn() -> Toy) {
    let points = begun(World::new(toy())).await.drive(None).await;
    for at in 1..=ENTRIES {
        let kills = std::iter::once(None).chain((0..points).step_by(STRIDE).map(Some));
        for kill_at in kills {
            let meddling = Some(Meddling { at, event: Event::CancelRequested });
            let world = begun(World { meddling, ..World::new(toy()) }).await;
            world.drive(kill_at).await;
            let told = format!("cancelled at {at}, killed at {kill_at:?}");
            world.check(JOB, &told).await;
            let end = if at < ENTRIES { Outcome::Cancelled } else { Outcome::Completed };
            assert_eq!(world.state(JOB).await.ended, Some(end), "{told}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_erase_at_any_event_leaves_nothing() {
    for toy in toys() {
        erased_at_any_event(toy).await;
    }
}

async fn erased_at_any_event(toy: fn() -> Toy) {
    let points = begun(World::new(toy())).await.drive(None).await;
    for at in 1..=ENTRIES {
        let kills = std::iter::once(None).chain((0..points).step_by(STRIDE).map(Some));
        for kill_at in kills {
            let meddling = Some(Meddling { at, event: Event::EraseRequested });
            let world = begun(World { meddling, ..World::new(toy()) }).await;
            world.drive(kill_at).await;
            let told = format!("erased at {at}, killed at {kill_at:?}");
            world.check(JOB, &told).await;
            assert!(world.state(JOB).await.erased, "{told}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_owner_may_be_faster_than_a_decision() {
    // One for each step and one for the end.
    for at in 0..=STEPS.len() {
        for (event, end) in
            [(Event::CancelRequested, Some(Outcome::Cancelled)), (Event::EraseRequested, None)]
        {
            let told = format!("{event:?} during decision {at}");
            let world = begun(World { overtaking: Some((at, event)), ..World::new(Toy::default()) }).await;
            world.drive(None).await;
            world.check(JOB, &told).await;
            let state = world.state(JOB).await;
            assert_eq!((state.ended, state.erased), (end, end.is_none()), "{told}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn workers_that_hear_late_leave_nothing() {
    for event in [Event::CancelRequested, Event::EraseRequested] {
        for at in 1..ENTRIES {
            let meddling = Some(Meddling { at, event: event.clone() });
            let toy = Toy { takes: Duration::from_millis(300), ..Toy::default() };
            let world = begun(World { meddling, ..World::new(toy) }).await;
            let pools: Vec<_> = (0..2)
                .map(|_| {
                    let driver = Arc::new(world.process(None).driver());
                    tokio::spawn(serve(driver, 2, std::future::pending()))
                })
                .collect();
            until_all_rests(&world).await;
            world.check(JOB, &format!("{event:?} at {at}")).await;
            assert!(world.is_over(JOB).await);
            pools.iter().for_each(tokio::task::JoinHandle::abort);
        }
    }
}

/// The work was in other hands, which kept something and died, and is in these although the job is over by now: a reader may
/// be behind, and a store silent when it is to be told.
#[tokio::test(start_paused = true)]
async fn work_that_is_late_and_hears_late_leaves_nothing() {
    let mut given_back = 0;
    for (at, row) in (1..ENTRIES).flat_map(|at| STEPS.iter().map(move |row| (at, row))) {
        for is_mute in [false, true] {
            let world = begun(World::new(Toy { is_fickle: true, ..Toy::default() })).await;
            world.drive(None).await;
            world.blobs.put(&space(TENANT, JOB), b"kept by hands that died".to_vec()).await.unwrap();
            *world.behind.lock().unwrap() = Some(at);
            world.is_mute.store(is_mute, Ordering::SeqCst);
            let stop = Stop::default();
            let verdict = world.process(None).driver().act(&work(JOB, row.name, 0), 2, &stop).await;
            // Nobody hears it: the claim is gone.
            given_back += usize::from(verdict != Verdict::Done);
            world.is_mute.store(false, Ordering::SeqCst);
            world.drive(None).await;
            let told = format!("`{}` at {at}, {}", row.name, if is_mute { "silent" } else { "heard" });
            world.check(JOB, &told).await;
            assert_eq!(world.state(JOB).await.ended, Some(Outcome::Completed), "{told}");
        }
    }
    // A plan and three tasks of each step.
    assert_eq!(given_back, 4 * STEPS.len());
}

#[tokio::test(start_paused = true)]
async fn what_a_killed_call_left_behind_is_removed_at_the_end() {
    let (_, points) = whole().await;
    for at in 0..points {
        let toy = Toy { is_fickle: true, ..Toy::default() };
        let world = begun(World::new(toy)).await;
        world.drive(Some(at)).await;
        let told = format!("killed at {at}");
        world.check(JOB, &told).await;
        assert_eq!(world.state(JOB).await.ended, Some(Outcome::Completed), "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_step_waits_for_its_turn() {
    let world = begun(World::new(Toy::default())).await;
    let verdict = world.process(None).driver().act(&work(JOB, "seal", 1), 1, &Stop::default()).await;
    assert_eq!(verdict, Verdict::Done);
    assert_eq!(world.events(JOB).await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_job_that_nobody_works_on_is_late_too() {
    let world = World::new(Toy::default());
    world.submit(JOB, Terms { timeout_ms: 5000, ..Terms::default() }).await;
    sleep(Duration::from_secs(5)).await;
    world.process(None).driver().act(&work(JOB, DECIDE, 0), 1, &Stop::default()).await;
    assert_eq!(failure(&world).await, "job.deadline");
    assert_eq!(world.state(JOB).await.ended, Some(Outcome::Failed));
}

fn acts() -> Vec<Act> {
    let of = |row: &core_saga::StepRow| [Act::Plan(row.name), Act::Build(row.name)];
    STEPS.iter().flat_map(of).chain([Act::Decide]).collect()
}

#[tokio::test(start_paused = true)]
async fn every_act_may_fail() {
    let cases = [
        // Who is away for a while is waited for, and for ever costs the job when its time is over.
        (How::Says(Code::Unreachable), Some(5), Outcome::Completed),
        (How::Says(Code::CalleeMissing), None, Outcome::Failed),
        // What is wrong is not tried again.
        (How::Says(Code::NameEmpty), Some(1), Outcome::Failed),
        (How::Says(Code::StepTrapped), Some(1), Outcome::Failed),
    ];
    for act in acts() {
        for (how, times, end) in cases {
            let told = format!("{act:?} {how:?} {times:?}");
            let world = begun(World::new(Toy::failing(act, how, times))).await;
            world.drive(None).await;
            if act == Act::Decide && times.is_none() {
                // Nobody can say how to take it back; the work is with a person, and the fault is told.
                assert!(
                    world.events(JOB).await.iter().any(|event| matches!(event, Event::StepFailed { .. })),
                    "{told}"
                );
                assert!(!world.queues.dead(10).await.unwrap().is_empty(), "{told}");
                continue;
            }
            world.check(JOB, &told).await;
            assert_eq!(world.state(JOB).await.ended, Some(end), "{told}");
            assert!(world.queues.dead(10).await.unwrap().is_empty(), "{told}");
            if times.is_none() {
                assert_eq!(failure(&world).await, "job.deadline", "{told}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_callee_that_hangs_costs_the_job_and_not_the_runner() {
    for act in [Act::Plan("logo"), Act::Build("kit")] {
        let world = begun(World::new(Toy::failing(act, How::Hangs, None))).await;
        let due = Instant::now() + Duration::from_millis(Terms::default().timeout_ms);
        world.drive(None).await;
        world.check(JOB, &format!("{act:?} hangs")).await;
        assert_eq!(failure(&world).await, "job.deadline");
        assert!(Instant::now() < due + Duration::from_secs(5));
    }
}

async fn failure(world: &World) -> String {
    let code = |event: &Event| match event {
        Event::StepFailed { code, .. } => Some(code.clone()),
        _ => None,
    };
    world.events(JOB).await.iter().find_map(code).unwrap_or_default()
}

#[tokio::test(start_paused = true)]
async fn time_may_run_out_anywhere() {
    let toy = || Toy { takes: Duration::from_secs(1), ..Toy::default() };
    let world = World::new(toy());
    let began = now_ms();
    begun(world.clone()).await.drive(None).await;
    let whole_ms = now_ms() - began;
    let mut ends = [0, 0];
    for timeout_ms in (0..whole_ms + 2000).step_by(700) {
        let world = World::new(toy());
        world.submit(JOB, Terms { timeout_ms, ..Terms::default() }).await;
        world.drive(None).await;
        let told = format!("{timeout_ms} of {whole_ms} ms");
        world.check(JOB, &told).await;
        match world.state(JOB).await.ended.unwrap() {
            Outcome::Completed => ends[0] += 1,
            _ => {
                assert_eq!(failure(&world).await, "job.deadline", "{told}");
                ends[1] += 1;
            }
        }
    }
    assert!(ends[0] > 0 && ends[1] > 10, "{ends:?}");
}

#[tokio::test(start_paused = true)]
async fn all_twice_by_three_processes_is_done_once() {
    let toy = Toy { takes: Duration::from_millis(300), ..Toy::default() };
    let world = World { is_doubled: true, ..World::new(toy) };
    for id in [JOB, OTHER] {
        world.submit(id, Terms::default()).await;
    }
    let stop = Stop::default();
    let pools: Vec<_> = (0..3)
        .map(|_| {
            let (driver, stop) = (Arc::new(world.process(None).driver()), stop.clone());
            let stopping = async move {
                while !stop.is_asked() {
                    sleep(Duration::from_millis(100)).await;
                }
            };
            tokio::spawn(serve(driver, 2, stopping))
        })
        .collect();
    until_all_rests(&world).await;
    stop.ask();
    for pool in pools {
        pool.await.unwrap();
    }
    for id in [JOB, OTHER] {
        world.check(id, id).await;
        assert_eq!(world.state(id).await.ended, Some(Outcome::Completed));
    }
}

async fn until_all_rests(world: &World) {
    let rests = async {
        while world.waiting().await > 0 {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(Duration::from_secs(600), rests).await.expect("a job is lost");
}

#[tokio::test(start_paused = true)]
async fn a_long_task_is_not_handed_out_twice() {
    let toy = Toy { takes: Duration::from_secs(9), ..Toy::default() };
    let world = begun(World::new(toy)).await;
    for _ in 0..2 {
        let driver = Arc::new(world.process(None).driver());
        tokio::spawn(serve(driver, 2, std::future::pending()));
    }
    until_all_rests(&world).await;
    world.check(JOB, "long tasks").await;
    let calls = world.toy.calls.load(Ordering::SeqCst);
    // A decision, a plan and the tasks of each step, and the decision to end.
    assert_eq!(calls, STEPS.len() * (2 + TASKS.len()) + 1);
}

#[tokio::test(start_paused = true)]
async fn a_stop_gives_work_back_in_time() {
    let toy = Toy::failing(Act::Build("logo"), How::Hangs, Some(2));
    let world = begun(World::new(toy)).await;
    let driver = Arc::new(world.process(None).driver());
    let began = Instant::now();
    serve(driver, 2, sleep(Duration::from_secs(1))).await;
    assert!(began.elapsed() <= Duration::from_secs(11), "{:?}", began.elapsed());
    assert_eq!(world.waiting().await, 1);
    let again = Instant::now();
    tokio::spawn(serve(Arc::new(world.process(None).driver()), 2, std::future::pending()));
    until_all_rests(&world).await;
    assert!(again.elapsed() < Duration::from_secs(1), "it was given back at once: {:?}", again.elapsed());
    world.check(JOB, "stopped").await;
    assert_eq!(world.state(JOB).await.ended, Some(Outcome::Completed));
}

#[tokio::test(start_paused = true)]
async fn poison_is_set_aside_and_others_go_on() {
    let world = World::new(Toy::default());
    world.queues.enqueue(&work(JOB, DECIDE, 0)).await.unwrap();
    world.queues.enqueue(&work(JOB, "logo", 1)).await.unwrap();
    world.submit(OTHER, Terms::default()).await;
    world.queues.enqueue(&work(OTHER, "no-such-step", 1)).await.unwrap();
    let driver = world.process(None).driver();
    let verdict = driver.act(&work(OTHER, "no-such-step", 1), 1, &Stop::default()).await;
    assert!(matches!(verdict, Verdict::Bury(_)), "{verdict:?}");
    let claim = world.queues.claim(&["no-such-step"], Duration::ZERO).await.unwrap().unwrap();
    imprint_ledger::queue::Claim::bury(claim, "tested").await.unwrap();
    world.drive(None).await;
    world.check(OTHER, "beside poison").await;
    assert_eq!(world.state(OTHER).await.ended, Some(Outcome::Completed));
    let dead = world.queues.dead(10).await.unwrap();
    assert_eq!(dead.iter().filter(|letter| letter.why == "there is no such job").count(), 2, "{dead:?}");
}

#[tokio::test(start_paused = true)]
async fn a_changed_journal_is_set_aside_and_others_go_on() {
    let (whole, _) = whole().await;
    let world = World::new(Toy::default());
    let mut entries = whole.ledger.read(&home(JOB).subject(), 0).await.unwrap();
    entries.truncate(5);
    let at = entries[2].iter().position(|byte| *byte == b'0').unwrap();
    entries[2][at] = b'1';
    world.ledger.append(&home(JOB).subject(), 0, entries).await.unwrap();
    world.queues.enqueue(&work(JOB, DECIDE, 5)).await.unwrap();
    world.submit(OTHER, Terms::default()).await;
    world.drive(None).await;
    assert_eq!(world.state(OTHER).await.ended, Some(Outcome::Completed));
    let dead = world.queues.dead(10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert!(dead[0].why.starts_with("ledger.tampered"), "{}", dead[0].why);
}

/// Nobody may decide on a journal in which something stands that he does not know.
#[tokio::test(start_paused = true)]
async fn an_event_of_the_next_version_is_set_aside_and_others_go_on() {
    let world = begun(World::new(Toy::default())).await;
    let stored = world.ledger.read(&home(JOB).subject(), 0).await.unwrap();
    let event = Event::CancelRequested;
    let known = home(JOB).entry(1, &previous_of(&stored), &event, Stamp::default()).unwrap();
    let newer =
        String::from_utf8(known).unwrap().replace(r#""event":"cancel-requested""#, r#""event":"said-later""#);
    world.ledger.append(&home(JOB).subject(), 1, vec![newer.into_bytes()]).await.unwrap();
    world.submit(OTHER, Terms::default()).await;
    world.drive(None).await;
    assert_eq!(world.state(OTHER).await.ended, Some(Outcome::Completed));
    let dead = world.queues.dead(10).await.unwrap();
    assert_eq!(dead.iter().map(|letter| letter.work.job_id.as_str()).collect::<Vec<_>>(), [JOB]);
    assert_eq!(world.ledger.read(&home(JOB).subject(), 0).await.unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_job_without_a_version_fails_and_says_so() {
    let world = World::new(Toy::default());
    world.submit(JOB, Terms::default()).await;
    // The same begin without pins.
    let other = World::new(Toy::default());
    let mut events = world.events(JOB).await;
    if let Event::Requested { pins, .. } = &mut events[0] {
        pins.components.remove("logo");
    }
    let entry = home(JOB).entry(0, core_brand::envelope::GENESIS, &events[0], Default::default()).unwrap();
    other.ledger.append(&home(JOB).subject(), 0, vec![entry]).await.unwrap();
    other.queues.enqueue(&work(JOB, DECIDE, 1)).await.unwrap();
    other.drive(None).await;
    other.check(JOB, "no version").await;
    assert_eq!(other.state(JOB).await.ended, Some(Outcome::Failed));
}
