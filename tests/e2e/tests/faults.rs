//! What breaks, and that nobody outside loses anything by it: processes killed at moments that a seed chooses, a callee that
//! is gone, one that hangs, work handed out twice, nonsense in a queue, a forged entry in a journal.
//!
//! `IMPRINT_SEED` repeats the moments of an earlier run.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::content::sha256_hex;
use core_order::Request;
use imprint_harness::{Chance, Lattice, PATIENCE, Witness, oddities};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// What is killed. Each host carries components, providers and a runner; the first also the entrance.
const VICTIMS: &[&str] =
    &["runner", "ledger", "blobs", "runner", "host-0", "host-1", "nats", "wadm", "imprint up"];
/// A kill comes at any moment of two jobs begun together, and another so long behind it at most.
const MOMENT_MS_MAX: u64 = 2500;
/// Victims of the same two jobs: the second dies while the first is missed, or has just come back.
const VICTIMS_AT_ONCE: usize = 2;
/// Briefs of the suite whose kits are made quickly.
const CASES: &[&str] = &["01-plain", "02-example", "04-hard-letters", "05-unknown-words"];
/// Whose jobs these are.
const TENANT: &str = "local";
/// How long a host says nothing.
const HANG: Duration = Duration::from_secs(8);
/// How long a component is away.
const GONE: Duration = Duration::from_secs(3);

/// A platform, what is asked of it, and what was acknowledged.
struct Trial {
    lattice: Lattice,
    runtime: Runtime,
    chance: Chance,
    /// The case of every job that was acknowledged.
    acked: BTreeMap<String, String>,
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_done_twice() {
    let folder = tempfile::tempdir().unwrap();
    let chance = Chance::of_environment();
    println!("IMPRINT_SEED={}", chance.seed());
    let runtime = Runtime::new().unwrap();
    let lattice = Lattice::command(folder.path().join("state"), 2);
    let mut trial = Trial { lattice, runtime, chance, acked: BTreeMap::new() };
    kills(&mut trial);
    a_missing_callee_is_waited_for(&mut trial);
    a_hanging_host_is_passed_by(&mut trial);
    nonsense_in_the_queues_is_set_aside(&mut trial);
    work_handed_out_twice_is_done_once(&mut trial);
    trial.judge();
    a_forged_entry_is_refused(&mut trial);
    let Trial { lattice, runtime, .. } = trial;
    runtime.block_on(lattice.stop());
}

impl Trial {
    /// Begins jobs with briefs by chance.
    fn begin(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.begin_one()).collect()
    }

    fn begin_one(&mut self) -> String {
        let case = self.chance.one(CASES).unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(root.join("suite").join(case).join("request.json")).unwrap();
        let request: Request = serde_json::from_str(&text).unwrap();
        let id = self.lattice.begin_patiently(&format!("fault-{}", self.acked.len()), &brief(&request));
        self.acked.insert(id.clone(), case.to_owned());
        id
    }

    /// Waits for the end of these jobs.
    fn end(&self, ids: &[String]) {
        for id in ids {
            let job = self.lattice.end_patiently(id, PATIENCE);
            assert_eq!(job["status"], "completed", "{job}\n{}", self.told());
        }
    }

    fn witness(&self) -> Witness {
        self.runtime.block_on(Witness::connect(&self.lattice.card().nats_url))
    }

    fn told(&self) -> String {
        format!("IMPRINT_SEED={}", self.chance.seed())
    }

    /// Counts as somebody outside does who kept the id of every acknowledged job.
    fn judge(&self) {
        let golden = include_str!("../golden/kits.txt");
        let witness = self.witness();
        let (mut lost, mut odd, mut other) = (0, Vec::new(), Vec::new());
        for (id, case) in &self.acked {
            let job = self.lattice.end_patiently(id, PATIENCE);
            lost += usize::from(job["status"] != "completed");
            let path = format!("/api/v1/brands/{id}/files/manifest.json");
            let manifest = sha256_hex(&self.lattice.ask_patiently("GET", &path, &[], b"").body);
            other.extend((!golden.contains(&format!("{manifest}  {case}"))).then(|| id.clone()));
            odd.extend(oddities(&self.runtime.block_on(witness.entries(TENANT, id))));
        }
        println!(
            "{} jobs acknowledged, {lost} lost, {} effects done twice or not, {} kits differ",
            self.acked.len(),
            odd.len(),
            other.len()
        );
        assert!(lost == 0 && odd.is_empty() && other.is_empty(), "{odd:?} {other:?} {}", self.told());
        assert!(self.runtime.block_on(witness.verify()).is_whole());
    }
}

/// The body of a `POST` for a request of the suite.
fn brief(request: &Request) -> Value {
    let mut body = serde_json::to_value(&request.brief).unwrap();
    body["seed"] = json!(request.seed);
    body["concepts"] = json!(request.concepts);
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    body
}

fn kills(trial: &mut Trial) {
    let mut victims = VICTIMS.to_vec();
    trial.chance.shuffle(&mut victims);
    for victims in victims.chunks(VICTIMS_AT_ONCE) {
        let ids = trial.begin(2);
        for victim in victims {
            let moment = Duration::from_millis(trial.chance.below(MOMENT_MS_MAX));
            sleep(moment);
            kill(trial, victim);
            println!("{victim} killed after {moment:?}");
        }
        let began = Instant::now();
        trial.end(&ids);
        println!("{}: both jobs complete {:.1?} later", victims.join(" and "), began.elapsed());
    }
}

fn kill(trial: &mut Trial, victim: &str) {
    if victim == "imprint up" {
        return trial.lattice.kill_command();
    }
    let process = match trial.lattice.process(victim) {
        Some(pid) => pid,
        None => {
            let of_hosts = until("no such provider", || {
                Some(trial.lattice.providers(victim)).filter(|found| !found.is_empty())
            });
            trial.chance.one(&of_hosts).unwrap()
        }
    };
    trial.lattice.signal(process, "KILL");
}

/// Nobody runs the logo component for a while. wadm, which would bring it back at once, is held still.
fn a_missing_callee_is_waited_for(trial: &mut Trial) {
    let wadm = trial.lattice.process("wadm").unwrap();
    trial.lattice.signal(wadm, "STOP");
    let (witness, hosts) = (trial.witness(), trial.lattice.card().hosts);
    // A host may still be starting one that wadm asked for before it was held.
    until("the component still runs", || {
        for host in &hosts {
            trial.runtime.block_on(witness.remove(host, "logo"));
        }
        (trial.runtime.block_on(witness.running(&hosts, "logo")) == 0).then_some(())
    });
    let ids = trial.begin(2);
    sleep(GONE);
    for id in &ids {
        let job = trial.lattice.ask_patiently("GET", &format!("/api/v1/brands/{id}"), &[], b"").json();
        assert!(matches!(job["status"].as_str(), Some("queued" | "running")), "{job}");
    }
    trial.lattice.signal(wadm, "CONT");
    let began = Instant::now();
    trial.end(&ids);
    println!(
        "a component was gone for {GONE:?}: both jobs complete {:.1?} after wadm may act",
        began.elapsed()
    );
}

/// A host that says nothing holds the components that half of all calls go to.
fn a_hanging_host_is_passed_by(trial: &mut Trial) {
    let host = trial.lattice.process("host-1").unwrap();
    trial.lattice.signal(host, "STOP");
    let began = Instant::now();
    let ids = trial.begin(2);
    sleep(HANG.saturating_sub(began.elapsed()));
    trial.lattice.signal(host, "CONT");
    trial.end(&ids);
    println!("a host hung for {HANG:?}: both jobs complete {:.1?} after its start", began.elapsed());
}

fn nonsense_in_the_queues_is_set_aside(trial: &mut Trial) {
    let witness = trial.witness();
    let before = trial.runtime.block_on(witness.dead()).len();
    trial.runtime.block_on(witness.publish("imprint.work.logo.normal", b"{\"step\": nonsense".to_vec()));
    let nobodys = format!("br_us-east-1_{}", "z".repeat(26));
    trial.runtime.block_on(witness.remind(TENANT, &nobodys, "decide", "poison"));
    let ids = trial.begin(2);
    trial.end(&ids);
    let letters = until("not both are set aside", || {
        let letters = trial.runtime.block_on(witness.dead());
        (letters.len() >= before + 2).then_some(letters)
    });
    let has = |why: &str| letters.iter().any(|letter| letter.why.contains(why));
    assert!(has("it cannot be read") && has("there is no such job"), "{letters:?}");
    println!("two pieces of nonsense were set aside, and two jobs beside them completed");
}

fn work_handed_out_twice_is_done_once(trial: &mut Trial) {
    let witness = trial.witness();
    let ids = trial.begin(2);
    // Each under an id of its own, as a server does that has forgotten the first.
    for (number, id) in (0..12).flat_map(|number| ids.iter().map(move |id| (number, id))) {
        let step = ["decide", "design", "logo", "assets"][number % 4];
        trial.runtime.block_on(witness.remind(TENANT, id, step, &format!("again-{number}")));
        sleep(Duration::from_millis(trial.chance.below(200)));
    }
    trial.end(&ids);
    println!("twelve reminders too many for each of two jobs");
}

/// The forger wants a kit to be taken for finished. Nothing is done that would follow from what does not follow from what was
/// before, and whoever checks the journals is told the place.
fn a_forged_entry_is_refused(trial: &mut Trial) {
    let witness = trial.witness();
    let ids = trial.begin(2);
    let forged_at = trial.runtime.block_on(witness.forge_end(TENANT, &ids[0]));
    trial.runtime.block_on(witness.remind(TENANT, &ids[0], "decide", "forged"));
    let why = format!("ledger.tampered at entry {forged_at}");
    until("its work is not set aside", || {
        let letters = trial.runtime.block_on(witness.dead());
        letters.into_iter().find(|letter| letter.work.job_id == ids[0] && letter.why == why)
    });
    trial.end(&ids[1..]);
    let report = trial.runtime.block_on(witness.verify());
    let found: Vec<_> =
        report.breaks.iter().map(|found| (found.subject.contains(&ids[0]), found.sequence)).collect();
    assert_eq!(found, [(true, forged_at)]);
    println!("a forged entry was refused and is named, and another job completed");
}

/// Looks until there is something.
fn until<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "{what} after {PATIENCE:?}");
        sleep(Duration::from_millis(100));
    }
}
