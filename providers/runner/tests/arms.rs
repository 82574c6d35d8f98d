//! What a rollout is judged by: attempts counted for the arm of their job, and people noted once.

mod world;

use core_brand::Fault;
use core_brand::fault::Code;
use core_saga::{Arm, COMPLETED, Drawn, Event, Exposed, Outcome, STEPS, Sticky, Terms};
use imprint_ledger::{Listed, MemoryValues, Values};
use imprint_runner::{Driver, Exposures, Guard, Guards, Stop, Verdict, serve};
use imprint_telemetry::Tally;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use world::{Act, How, Meddling, REGION, SHADOW, Shade, TENANT, Toy, USER, World, now_ms, work};

const JOB: &str = "br_us-east-1_aaaaaaaaaaaaaaaaaaaaaaaaaa";
const OTHER: &str = "br_us-east-1_bbbbbbbbbbbbbbbbbbbbbbbbbb";

/// A plan and three tasks.
const ATTEMPTS: u64 = 4;

/// Virtual time.
const WAIT_MAX: Duration = Duration::from_secs(900);

fn drawn(components: &[&str]) -> Drawn {
    Drawn {
        rollout: "new".into(),
        arm: Arm::Canary,
        is_drawn: true,
        components: components.iter().map(|name| (*name).to_owned()).collect(),
        sticky: Sticky::User,
        variant: None,
        shadows: BTreeMap::new(),
    }
}

async fn driven(toy: Toy, draws: Vec<Drawn>) -> World {
    let world = World { draws, ..World::new(toy) };
    world.submit(JOB, Terms::default()).await;
    world.drive(None).await;
    world
}

/// A sample of this meter for a component; 0 where there is none.
fn sample(meters: &Tally, name: &str, labels: &[&str]) -> f64 {
    let text = meters.text(&[]);
    let is_it = |line: &&str| {
        line.starts_with(&format!("{name}{{")) && labels.iter().all(|label| line.contains(label))
    };
    let found: Vec<_> = text.lines().filter(is_it).collect();
    assert!(found.len() <= 1, "{found:?}");
    let number = |line: &&str| line.rsplit(' ').next().and_then(|number| number.parse().ok());
    found.first().map_or(0.0, |line| number(line).expect("a sample ends with its number"))
}

/// Good attempts, errors and measured times of a component.
fn counted(meters: &Tally, component: &str) -> (u64, u64, u64) {
    let component = format!("component=\"{component}\"");
    let whose = ["rollout=\"new\"", component.as_str(), "version=\"0.1.0\"", "arm=\"canary\""];
    let of = |name: &str, more: &[&str]| sample(meters, name, &[&whose, more].concat()) as u64;
    let requests = |result| of("imprint_arm_requests_total", &[result]);
    (requests("result=\"ok\""), requests("result=\"error\""), of("imprint_arm_seconds_count", &[]))
}

#[tokio::test(start_paused = true)]
async fn every_attempt_counts_for_its_arm_and_no_other_component_does() {
    let world = driven(Toy::default(), vec![drawn(&["logo", "kit", "orchestrator"])]).await;
    assert_eq!(world.state(JOB).await.ended, Some(Outcome::Completed));
    assert_eq!(counted(&world.meters, "logo"), (ATTEMPTS, 0, ATTEMPTS));
    // It does two steps.
    assert_eq!(counted(&world.meters, "kit"), (2 * ATTEMPTS, 0, 2 * ATTEMPTS));
    // A step, a decision for each step, and one for the end.
    let decided = ATTEMPTS + STEPS.len() as u64 + 1;
    assert_eq!(counted(&world.meters, "orchestrator"), (decided, 0, decided));
    assert_eq!(counted(&world.meters, "design"), (0, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn an_error_is_what_the_component_did_wrong() {
    let failing = |act, code, times| Toy::failing(act, How::Says(code), times);
    let (plan, build) = (Act::Plan("logo"), Act::Build("logo"));
    // What fails, then good attempts, errors and times.
    let cases = [
        // A wrong brief is no error, and the step is over. Tasks of it run side by side.
        (failing(plan, Code::NameEmpty, None), (1, 0, 0)),
        (failing(plan, Code::Broken, None), (0, 1, 0)),
        // Tried again in hands, and given back to the queue after two tries.
        (failing(build, Code::CalleeMissing, Some(5)), (ATTEMPTS, 5, ATTEMPTS)),
        (failing(build, Code::CalleeTimeout, Some(1)), (ATTEMPTS, 1, ATTEMPTS)),
        // A store that is away, as a component says it.
        (failing(build, Code::Unreachable, Some(5)), (ATTEMPTS, 0, ATTEMPTS)),
    ];
    for (toy, expected) in cases {
        let told = format!("{:?}", toy.failing);
        let world = driven(toy, vec![drawn(&["logo"])]).await;
        assert!(world.is_over(JOB).await, "{told}");
        assert_eq!(counted(&world.meters, "logo"), expected, "{told}");
    }
    let toy = failing(Act::Decide, Code::Unreachable, Some(2));
    let world = driven(toy, vec![drawn(&["orchestrator"])]).await;
    let decided = ATTEMPTS + STEPS.len() as u64 + 1;
    assert_eq!(counted(&world.meters, "orchestrator"), (decided, 0, decided));
    let toy = failing(Act::Decide, Code::CalleeMissing, Some(2));
    let world = driven(toy, vec![drawn(&["orchestrator"])]).await;
    assert_eq!(counted(&world.meters, "orchestrator"), (decided, 2, decided));
}

#[tokio::test(start_paused = true)]
async fn what_was_forced_or_not_drawn_counts_for_nothing() {
    let forced = Drawn { is_drawn: false, ..drawn(&["logo"]) };
    for draws in [vec![forced], Vec::new()] {
        let world = driven(Toy::default(), draws).await;
        assert_eq!(world.state(JOB).await.ended, Some(Outcome::Completed));
        assert!(!world.meters.text(&[]).contains("imprint_arm"), "{}", world.meters.text(&[]));
    }
}

#[tokio::test(start_paused = true)]
async fn a_time_has_no_wait_for_a_place_in_it_and_silence_is_an_error() {
    let takes = Duration::from_secs(1);
    let hangs = Toy { takes, ..Toy::failing(Act::Plan("kit"), How::Hangs, Some(1)) };
    let world = World { draws: vec![drawn(&["logo", "kit"])], ..World::new(hangs) };
    world.submit(JOB, Terms::default()).await;
    let Driver { ledger, queues, blobs, limits, shadows, .. } = world.process(None).driver();
    let guards = Guards { calls_max: 1, call_ms: 5000, ..Guards::default() };
    let callee = Arc::new(Guard::new(world.process(None), guards, now_ms));
    let (clock, meters, exposures) = (now_ms as fn() -> u64, world.meters.clone(), Exposures::default());
    let driver = Driver { ledger, queues, blobs, callee, limits, clock, meters, exposures, shadows };
    let pool = tokio::spawn(serve(Arc::new(driver), 2, std::future::pending()));
    let end = Instant::now() + WAIT_MAX;
    while !world.is_over(JOB).await {
        assert!(Instant::now() < end, "the job is lost");
        sleep(Duration::from_millis(50)).await;
    }
    pool.abort();
    // Two tasks at once, and one place: each waits for another.
    assert_eq!(counted(&world.meters, "logo"), (ATTEMPTS, 0, ATTEMPTS));
    let seconds = sample(&world.meters, "imprint_arm_seconds_sum", &["component=\"logo\""]);
    assert!((seconds - ATTEMPTS as f64).abs() < 0.1, "{seconds}");
    assert_eq!(counted(&world.meters, "kit"), (2 * ATTEMPTS, 1, 2 * ATTEMPTS));
}

/// Values of several processes, which may be away.
#[derive(Clone, Default)]
struct Shared {
    values: Arc<MemoryValues>,
    is_away: Arc<AtomicBool>,
}

impl Values for Shared {
    async fn get(&self, key: &str) -> Result<Option<(u64, Vec<u8>)>, Fault> {
        self.values.get(key).await
    }

    async fn put(&self, key: &str, expected: Option<u64>, bytes: Vec<u8>) -> Result<u64, Fault> {
        if self.is_away.load(Ordering::SeqCst) {
            sleep(Duration::from_secs(12)).await;
            return Err(Fault::new(Code::Unreachable, []));
        }
        self.values.put(key, expected, bytes).await
    }

    async fn after(&self, prefix: &str, revision: u64) -> Result<Vec<Listed>, Fault> {
        self.values.after(prefix, revision).await
    }

    async fn delete(&self, key: &str) -> Result<(), Fault> {
        self.values.delete(key).await
    }

    async fn destroy(&self, key: &str) -> Result<(), Fault> {
        self.values.destroy(key).await
    }
}

impl Shared {
    async fn noted(&self) -> Vec<(String, Exposed)> {
        let listed = self.after("new", 0).await.expect("works");
        let met =
            |bytes: &[u8]| Exposed::read(std::str::from_utf8(bytes).expect("is text")).expect("is known");
        listed.into_iter().map(|one| (one.key, met(&one.bytes))).collect()
    }

    /// Until so many notes of this result were taken.
    async fn until(&self, meters: &Tally, result: &str, count: u64) {
        let end = Instant::now() + WAIT_MAX;
        let label = format!("result=\"{result}\"");
        while (sample(meters, "imprint_exposures_total", &[&label]) as u64) < count {
            assert!(Instant::now() < end, "{}", meters.text(&[]));
            sleep(Duration::from_millis(50)).await;
        }
    }
}

/// The first decision of a job, in a process of its own.
async fn decides(world: &World, job: &str, shared: &Shared) {
    let driver = Driver { exposures: Exposures::new(shared.clone()), ..world.process(None).driver() };
    let verdict = driver.act(&work(job, "decide", 0), 1, &Stop::default()).await;
    assert_eq!(verdict, Verdict::Done);
}

#[tokio::test(start_paused = true)]
async fn a_person_is_noted_once_whoever_decides() {
    let shared = Shared::default();
    let met = Drawn { variant: Some("warm".into()), ..drawn(&["logo"]) };
    let forced = Drawn { rollout: "new.forced".into(), is_drawn: false, ..met.clone() };
    let world = World { draws: vec![met.clone(), forced], ..World::new(Toy::default()) };
    world.submit(JOB, Terms::default()).await;
    world.submit(OTHER, Terms::default()).await;
    // Two runners have the same decision, then one has another job of the same person.
    tokio::join!(decides(&world, JOB, &shared), decides(&world, JOB, &shared));
    decides(&world, OTHER, &shared).await;
    shared.until(&world.meters, "known", 2).await;
    let exposed = Exposed { arm: Arm::Canary, region: REGION.into(), variant: Some("warm".into()) };
    assert_eq!(shared.noted().await, [(met.exposure_key(TENANT, USER), exposed)]);
    assert_eq!(sample(&world.meters, "imprint_exposures_total", &["result=\"new\""]) as u64, 1);
}

/// Whoever has a complete brand has what was hoped for, once; whoever has a failed one has not.
#[tokio::test(start_paused = true)]
async fn a_complete_job_is_noted_for_its_person() {
    let refused = Toy::failing(Act::Plan("logo"), How::Says(Code::NameEmpty), None);
    for (toy, expected) in [(Toy::default(), 1), (refused, 0)] {
        let shared = Shared::default();
        let forced = Drawn { rollout: "new.forced".into(), is_drawn: false, ..drawn(&["logo"]) };
        let draws = vec![drawn(&["logo"]), forced];
        let exposures = Exposures::new(shared.clone());
        let world = World { draws, exposures, ..World::new(toy) };
        for job in [JOB, OTHER] {
            world.submit(job, Terms::default()).await;
        }
        world.drive(None).await;
        shared.until(&world.meters, "new", 1).await;
        sleep(Duration::from_millis(50)).await;
        let listed = shared.after("new", 0).await.expect("works");
        let goals = listed.iter().filter(|one| one.key.ends_with(&format!(".{COMPLETED}")));
        let keys: Vec<&str> = goals.map(|one| one.key.as_str()).collect();
        let key = drawn(&["logo"]).goal_key(TENANT, USER, COMPLETED);
        assert_eq!(keys, vec![key.as_str(); expected]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_does_not_wait_for_its_note() {
    let shared = Shared::default();
    shared.is_away.store(true, Ordering::SeqCst);
    let world = World { draws: vec![drawn(&["logo"])], ..World::new(Toy::default()) };
    world.submit(JOB, Terms::default()).await;
    let began = Instant::now();
    decides(&world, JOB, &shared).await;
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    shared.until(&world.meters, "lost", 1).await;
    // The next job of that person says it.
    shared.is_away.store(false, Ordering::SeqCst);
    world.submit(OTHER, Terms::default()).await;
    decides(&world, OTHER, &shared).await;
    shared.until(&world.meters, "new", 1).await;
    assert_eq!(shared.noted().await.len(), 1);
}

fn shadowed() -> Vec<Drawn> {
    // What has effects is never asked twice, whoever says so.
    let shadows = ["logo", "kit"].map(|name| (name.to_owned(), SHADOW.to_owned())).into();
    vec![Drawn { shadows, is_drawn: false, ..drawn(&[]) }]
}

/// How often a shadow was compared, with this result.
fn compared(meters: &Tally, result: &str) -> u64 {
    let result = format!("result=\"{result}\"");
    let whose = ["rollout=\"new\"", "component=\"logo\"", "version=\"0.2.0\"", &result];
    sample(meters, "imprint_shadow_total", &whose) as u64
}

#[tokio::test(start_paused = true)]
async fn a_shadow_is_compared_and_leaves_nothing() {
    let says = Shade::Says;
    // What it does, and how often that was the same, different, an error, and not compared. A plan is the same always.
    let cases = [
        (Shade::Same, [4, 0, 0, 0]),
        (Shade::Differs, [1, 3, 0, 0]),
        (says(Code::NameEmpty), [0, 4, 0, 0]),
        (says(Code::Broken), [0, 0, 4, 0]),
        (says(Code::Unreachable), [0, 0, 0, 4]),
        (Shade::Hangs, [0, 0, 4, 0]),
    ];
    let erased = Meddling { at: 14, event: Event::EraseRequested };
    let meddlings = [None, Some(erased)];
    for ((shade, expected), meddling) in
        cases.into_iter().flat_map(|case| meddlings.clone().map(|how| (case, how)))
    {
        let told = format!("{shade:?} {}", meddling.is_some());
        let outcome = if meddling.is_none() { Some(Outcome::Completed) } else { None };
        let world = World { draws: shadowed(), meddling, ..World::new(Toy { shade, ..Toy::default() }) };
        world.submit(JOB, Terms::default()).await;
        let began = Instant::now();
        world.drive(None).await;
        let results =
            || ["same", "differs", "error", "dropped"].map(|result| compared(&world.meters, result));
        assert!(began.elapsed() < Duration::from_secs(1), "{told}: the job waited {:?}", began.elapsed());
        let end = Instant::now() + WAIT_MAX;
        while results().iter().sum::<u64>() < ATTEMPTS {
            assert!(Instant::now() < end, "{told}: {:?}", results());
            sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(results(), expected, "{told}");
        // Reminders are on their way behind what was counted.
        sleep(Duration::from_millis(50)).await;
        world.drive(None).await;
        world.check(JOB, &told).await;
        assert_eq!(world.state(JOB).await.ended, outcome, "{told}");
        assert!(!world.meters.text(&[]).contains("imprint_shadow_total{rollout=\"new\",component=\"kit\""));
    }
}

#[tokio::test(start_paused = true)]
async fn shadows_that_find_no_place_are_dropped() {
    let world = World { draws: shadowed(), ..World::new(Toy { shade: Shade::Hangs, ..Toy::default() }) };
    world.submit(JOB, Terms::default()).await;
    world.submit(OTHER, Terms::default()).await;
    let began = Instant::now();
    world.drive(None).await;
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    // Four places, and two jobs with four calls each.
    assert_eq!((compared(&world.meters, "dropped"), compared(&world.meters, "error")), (ATTEMPTS, 0));
    for job in [JOB, OTHER] {
        assert_eq!(world.state(job).await.ended, Some(Outcome::Completed));
    }
}
