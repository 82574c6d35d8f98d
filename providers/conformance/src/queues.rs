//! What all queues promise.
//!
//! Each promise has a step of its own, so that they do not meet.

use core_saga::Priority;
use imprint_ledger::queue::{Claim, DELIVERIES_MAX, Queues, Work};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Long enough for anything that happens at all.
const LONG: Duration = Duration::from_secs(20);
/// Only what is there.
const NOW: Duration = Duration::ZERO;
/// Work that is expected at once is there by then, also on a busy machine.
const SOON: Duration = Duration::from_secs(2);

/// Runs every promise. `claim`: how long the queues leave work in silent hands.
pub async fn suite<Q: Queues>(queues: &Q, claim: Duration) {
    // Alone, because turns are counted over all steps.
    high_goes_first_and_low_is_not_forgotten(queues).await;
    tokio::join!(
        work_comes_back_once_it_is_enqueued(queues),
        an_id_is_there_once(queues),
        who_waits_is_woken(queues),
        waiting_for_nothing_ends(queues),
        work_in_silent_hands_comes_back(queues, claim),
        renewed_work_stays(queues, claim),
        later_is_later(queues),
        takers_never_hold_the_same(queues),
        what_never_ends_is_set_aside(queues),
        letters_are_redriven(queues),
        strange_steps_are_refused(queues),
    );
    // Last, because a second tenant makes the others wait for their turn.
    tenants_share(queues).await;
}

fn work(step: &str, number: usize) -> Work {
    Work {
        step: step.to_owned(),
        priority: Priority::Normal,
        tenant: "acme".to_owned(),
        home_region: "us-east-1".to_owned(),
        job_id: format!("br_{number}"),
        id: format!("br_{number}/{step}"),
        traceparent: String::new(),
    }
}

async fn take<Q: Queues>(queues: &Q, step: &str, wait: Duration) -> Q::Claim {
    queues.claim(&[step], wait).await.expect("answers").unwrap_or_else(|| panic!("there is work for {step}"))
}

async fn nothing<Q: Queues>(queues: &Q, step: &str) {
    let claim = queues.claim(&[step], NOW).await.expect("answers");
    assert!(claim.is_none(), "unexpected: {:?}", claim.map(|claim| claim.work().clone()));
}

async fn work_comes_back_once_it_is_enqueued<Q: Queues>(queues: &Q) {
    nothing(queues, "order").await;
    for number in 0..5 {
        queues.enqueue(&work("order", number)).await.expect("enqueues");
    }
    let depths = queues.depths().await.expect("answers");
    assert!(depths.contains(&("order".to_owned(), Priority::Normal, 5)), "{depths:?}");
    for number in 0..5 {
        let claim = take(queues, "order", SOON).await;
        assert_eq!(*claim.work(), work("order", number));
        assert_eq!(claim.deliveries(), 1);
        claim.done().await.expect("is done");
    }
    nothing(queues, "order").await;
    let depths = queues.depths().await.expect("answers");
    assert!(!depths.iter().any(|(step, _, _)| step == "order"), "{depths:?}");
}

async fn an_id_is_there_once<Q: Queues>(queues: &Q) {
    for _ in 0..3 {
        queues.enqueue(&work("once", 1)).await.expect("enqueues");
    }
    take(queues, "once", SOON).await.done().await.expect("is done");
    queues.enqueue(&work("once", 1)).await.expect("enqueues");
    nothing(queues, "once").await;
}

async fn high_goes_first_and_low_is_not_forgotten<Q: Queues>(queues: &Q) {
    for number in 0..20 {
        for priority in [Priority::Low, Priority::Normal, Priority::High] {
            let id = format!("{number}/{}", priority.as_str());
            let work = Work { priority, id, ..work("rank", number) };
            queues.enqueue(&work).await.expect("enqueues");
        }
    }
    let mut taken = Vec::new();
    for _ in 0..60 {
        let claim = take(queues, "rank", SOON).await;
        taken.push(claim.work().priority);
        claim.done().await.expect("is done");
    }
    let count = |wanted: Priority, from: &[Priority]| from.iter().filter(|one| **one == wanted).count();
    assert!(count(Priority::Low, &taken[..20]) <= 6, "{taken:?}");
    assert!(count(Priority::High, &taken[..20]) >= 14, "{taken:?}");
    assert!(count(Priority::High, &taken[..30]) == 20, "{taken:?}");
    assert_eq!(count(Priority::Low, &taken), 20);
}

async fn who_waits_is_woken<Q: Queues>(queues: &Q) {
    let waiting = async {
        let claim = take(queues, "wake", LONG).await;
        let at = Instant::now();
        claim.done().await.expect("is done");
        at
    };
    let giving = async {
        sleep(Duration::from_millis(300)).await;
        let low = Work { priority: Priority::Low, ..work("wake", 1) };
        queues.enqueue(&low).await.expect("enqueues");
        Instant::now()
    };
    let (taken, given) = tokio::join!(waiting, giving);
    assert!(taken.saturating_duration_since(given) < Duration::from_secs(1));
}

async fn waiting_for_nothing_ends<Q: Queues>(queues: &Q) {
    let began = Instant::now();
    assert!(queues.claim(&["idle"], Duration::from_millis(500)).await.expect("answers").is_none());
    let waited = began.elapsed();
    assert!(waited >= Duration::from_millis(400) && waited < SOON + SOON, "{waited:?}");
}

async fn work_in_silent_hands_comes_back<Q: Queues>(queues: &Q, claim: Duration) {
    queues.enqueue(&work("silent", 1)).await.expect("enqueues");
    let began = Instant::now();
    drop(take(queues, "silent", SOON).await);
    nothing(queues, "silent").await;
    let again = take(queues, "silent", LONG).await;
    assert!(began.elapsed() + claim / 10 >= claim, "came back after {:?}", began.elapsed());
    assert!(began.elapsed() < claim * 2 + SOON, "came back after {:?}", began.elapsed());
    assert_eq!(again.deliveries(), 2);
    again.done().await.expect("is done");
}

async fn renewed_work_stays<Q: Queues>(queues: &Q, claim: Duration) {
    queues.enqueue(&work("renew", 1)).await.expect("enqueues");
    let held = take(queues, "renew", SOON).await;
    for _ in 0..10 {
        sleep(claim / 5).await;
        held.renew().await.expect("renews");
        nothing(queues, "renew").await;
    }
    held.done().await.expect("is done");
    sleep(claim + claim / 5).await;
    nothing(queues, "renew").await;
}

async fn later_is_later<Q: Queues>(queues: &Q) {
    queues.enqueue(&work("later", 1)).await.expect("enqueues");
    take(queues, "later", SOON).await.again(Duration::from_millis(700)).await.expect("goes back");
    let began = Instant::now();
    nothing(queues, "later").await;
    let claim = take(queues, "later", LONG).await;
    assert!(began.elapsed() > Duration::from_millis(500), "{:?}", began.elapsed());
    assert_eq!(claim.deliveries(), 2);
    claim.done().await.expect("is done");
}

async fn takers_never_hold_the_same<Q: Queues>(queues: &Q) {
    const ALL: usize = 60;
    for number in 0..ALL {
        queues.enqueue(&work("share", number)).await.expect("enqueues");
    }
    let taker = || async {
        let mut taken = Vec::new();
        while let Some(claim) = queues.claim(&["share"], NOW).await.expect("answers") {
            taken.push(claim.work().id.clone());
            tokio::task::yield_now().await;
            claim.done().await.expect("is done");
        }
        taken
    };
    let (one, two, three) = tokio::join!(taker(), taker(), taker());
    let taken = [one, two, three].concat();
    assert_eq!(taken.len(), ALL, "each once");
    assert_eq!(taken.into_iter().collect::<BTreeSet<_>>().len(), ALL);
}

async fn what_never_ends_is_set_aside<Q: Queues>(queues: &Q) {
    queues.enqueue(&work("poison", 1)).await.expect("enqueues");
    for turn in 1..=DELIVERIES_MAX {
        let claim = take(queues, "poison", LONG).await;
        assert_eq!(claim.deliveries(), turn);
        claim.again(Duration::from_millis(1)).await.expect("goes back");
    }
    assert!(queues.claim(&["poison"], SOON).await.expect("answers").is_none());
    let letters = queues.dead(100).await.expect("answers");
    let letter = letters.iter().find(|letter| letter.work.step == "poison").expect("was set aside");
    assert_eq!(letter.work, work("poison", 1));
    assert!(letter.why.contains(&DELIVERIES_MAX.to_string()), "{}", letter.why);
    assert_eq!(letter.deliveries, DELIVERIES_MAX);
    assert!(letter.at_ms > 0);
}

async fn letters_are_redriven<Q: Queues>(queues: &Q) {
    queues.enqueue(&work("redrive", 1)).await.expect("enqueues");
    take(queues, "redrive", SOON).await.bury("a test").await.expect("sets aside");
    nothing(queues, "redrive").await;
    let ours = |letters: Vec<_>| {
        letters.into_iter().find(|letter: &imprint_ledger::queue::DeadLetter| letter.work.step == "redrive")
    };
    let letter = ours(queues.dead(100).await.expect("answers")).expect("was set aside");
    assert_eq!((letter.why.as_str(), letter.deliveries), ("a test", 1));
    assert!(queues.redrive(letter.sequence).await.expect("answers"));
    assert!(!queues.redrive(letter.sequence).await.expect("answers"), "only once");
    assert_eq!(ours(queues.dead(100).await.expect("answers")), None);
    let claim = take(queues, "redrive", SOON).await;
    assert_eq!((claim.work().job_id.as_str(), claim.deliveries()), ("br_1", 1));
    // Set aside again it is another letter, which two may take at once.
    claim.bury("a test").await.expect("sets aside");
    let letter = ours(queues.dead(100).await.expect("answers")).expect("was set aside");
    let (one, two) = tokio::join!(queues.redrive(letter.sequence), queues.redrive(letter.sequence));
    assert!(one.expect("answers") || two.expect("answers"));
    take(queues, "redrive", SOON).await.done().await.expect("is done");
    nothing(queues, "redrive").await;
}

/// Of two tenants with work, the one that asked for much does not keep the other waiting.
async fn tenants_share<Q: Queues>(queues: &Q) {
    let bolt =
        |number| Work { tenant: "bolt".to_owned(), id: format!("bolt/{number}"), ..work("fair", number) };
    queues.enqueue(&bolt(100)).await.expect("enqueues");
    let seen = take(queues, "fair", SOON).await;
    for number in 0..30 {
        queues.enqueue(&work("fair", number)).await.expect("enqueues");
    }
    queues.enqueue(&bolt(101)).await.expect("enqueues");
    seen.done().await.expect("is done");
    let mut held = Vec::new();
    for _ in 0..6 {
        held.push(take(queues, "fair", SOON).await);
    }
    let mut tenants: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in &held {
        *tenants.entry(claim.work().tenant.as_str()).or_default() += 1;
    }
    assert_eq!(
        tenants.get("bolt"),
        Some(&1),
        "behind thirty of another and among the first six: {tenants:?}"
    );
    for claim in held {
        claim.done().await.expect("is done");
    }
    while let Some(claim) = queues.claim(&["fair"], SOON).await.expect("answers") {
        claim.done().await.expect("is done");
    }
}

async fn strange_steps_are_refused<Q: Queues>(queues: &Q) {
    for step in ["", ".", "a.b", "a b", "*", ">", &"x".repeat(41)] {
        assert!(queues.enqueue(&work(step, 1)).await.is_err(), "{step:?}");
        assert!(queues.claim(&[step], NOW).await.is_err(), "{step:?}");
    }
}
