//! Rollouts on real processes: a version that works reaches everybody by itself, one that does not goes back by itself, while
//! people make brands. The files are those of the application; the one that fails has lost its words. So do models of a painter,
//! of which one paints nothing.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod models;

use imprint_harness::{Lattice, PATIENCE, get, speechless};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use wadm_client::Client as Wadm;

const LOOK: Duration = Duration::from_millis(100);
/// Jobs at once.
const JOBS: usize = 4;

/// `canary.yaml` with shares and times for a few jobs on a machine that has other things to do.
const CANARY: &str = r#"
canary:
  stages:
    - { name: initial, traffic: 40%,  duration: 2s, success_criteria: { error_rate: "<5%", latency_p99: "<30s" } }
    - { name: expand,  traffic: 70%,  duration: 2s, success_criteria: { error_rate: "<5%", latency_p99: "<30s" } }
    - { name: full,    traffic: 100%, auto_promote: true }
  rollback:
    trigger: automatic
    conditions: { error_rate: ">5%", latency_p99: ">60s" }
  keep_warm: 2s
judgement: { min_requests: 3 }
"#;

/// What comes before: the files are the same, so the answers are.
const SHADOW: &str =
    r#"  shadow: { duration: 1s, success_criteria: { difference_rate: "<1%", error_rate: "<5%" } }"#;

/// Somebody in front of a platform.
struct Person {
    lattice: Lattice,
    state: PathBuf,
    /// Jobs so far: each has a tenant of its own, as every draw goes by tenant and user.
    jobs: usize,
    /// Painted concepts of each brand.
    painted: usize,
}

impl Person {
    /// `imprint rollout …`: how it ended, and what it said.
    fn rollout(&self, words: &[&str]) -> (Option<i32>, String) {
        self.lattice.said(&[&["rollout"], words].concat())
    }

    fn json(&self, words: &[&str]) -> Value {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        let (code, said) = self.rollout(&words);
        assert_eq!(code, Some(0), "{words:?}: {said}");
        serde_json::from_str(&said).unwrap_or_else(|why| panic!("{why}: {said}"))
    }

    fn status(&self, id: &str) -> String {
        self.json(&["status", id])["status"].as_str().unwrap().to_owned()
    }

    fn start(&self, version: &str, image: &Path, policy: &str) -> String {
        let (set, image) = (format!("design={version}"), format!("design={}", image.display()));
        self.start_with(policy, &["--set", &set, "--image", &image])
    }

    fn start_with(&self, policy: &str, words: &[&str]) -> String {
        let file = self.file(policy);
        let started = self.json(&[&["start", file.to_str().unwrap()], words].concat());
        started["id"].as_str().unwrap().to_owned()
    }

    fn file(&self, policy: &str) -> PathBuf {
        let file = self.state.with_file_name("canary.yaml");
        std::fs::write(&file, policy).unwrap();
        file
    }

    /// How often jobs of this arm met this version with this result, as its meters say.
    fn met(&self, arm: &str, version: &str, result: &str) -> u64 {
        let url = &self.lattice.card().metrics_urls[0];
        let port = url.trim_end_matches("/metrics").rsplit(':').next().unwrap().parse().unwrap();
        let labels = [("arm", arm), ("version", version), ("result", result)];
        let labels = labels.map(|(name, value)| format!("{name}=\"{value}\""));
        let text = get(port, "/metrics").text();
        let lines = text.lines().filter(|line| line.starts_with("imprint_arm_requests_total{"));
        let lines = lines.filter(|line| labels.iter().all(|label| line.contains(label)));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).sum()
    }

    /// A design that cannot read its English words.
    fn faulty_image(&self) -> PathBuf {
        let copy = self.state.with_file_name("faulty.wasm");
        speechless(&self.lattice.image("design"), "# What the design step says.", &copy)
    }

    /// Begins a brand of somebody new; its id, and who asks for it.
    fn begin(&mut self, headers: &[(&str, &str)]) -> (String, String) {
        let mut brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee", "complexity": "simple", "concepts": 1 });
        if self.painted > 0 {
            brief["painted"] =
                json!({ "model": models::NAME, "concepts": self.painted, "steps": 1, "sampler": "turbo" });
        }
        let bearer = format!("Bearer {}", self.lattice.key_for(&format!("tenant-{}", self.jobs), true));
        self.jobs += 1;
        let mut all = vec![
            ("authorization", bearer.as_str()),
            ("idempotency-key", "one"),
            ("content-type", "application/json"),
        ];
        all.extend(headers);
        let answer = self.lattice.ask_as_nobody("POST", "/api/v1/brands", &all, brief.to_string().as_bytes());
        assert_eq!(answer.status, 202, "{}", answer.text());
        (answer.json()["id"].as_str().unwrap().to_owned(), bearer)
    }

    /// How a brand ended, if it did.
    fn end_of(&self, (id, bearer): &(String, String)) -> Option<String> {
        let headers = [("authorization", bearer.as_str())];
        let job = self.lattice.ask_as_nobody("GET", &format!("/api/v1/brands/{id}"), &headers, b"");
        let status = job.json()["status"].as_str().unwrap_or_default().to_owned();
        matches!(status.as_str(), "completed" | "failed" | "cancelled").then_some(status)
    }

    /// How each of these ended.
    fn ends(&self, jobs: &[(String, String)]) -> Vec<String> {
        let began = Instant::now();
        let end = |job: &(String, String)| loop {
            if let Some(end) = self.end_of(job) {
                return end;
            }
            assert!(began.elapsed() < PATIENCE, "{} has no end", job.0);
            std::thread::sleep(LOOK);
        };
        jobs.iter().map(end).collect()
    }

    /// Makes brands, so many at once, until each of these rollouts has this status; how the brands ended.
    fn work_until(&mut self, ids: &[&str], wanted: &str) -> Vec<String> {
        let (began, mut ends, mut running) = (Instant::now(), Vec::new(), Vec::new());
        while let Some(id) = ids.iter().find(|id| self.status(id) != wanted) {
            let told = || self.rollout(&["why", id]).1 + &self.rollout(&["history", id]).1;
            assert!(began.elapsed() < PATIENCE, "{wanted}: {}", told());
            while running.len() < JOBS {
                running.push(self.begin(&[]));
            }
            running.retain(|job| {
                let end = self.end_of(job);
                ends.extend(end.clone());
                end.is_none()
            });
            std::thread::sleep(LOOK);
        }
        ends.extend(self.ends(&running));
        for id in ids {
            println!("{id}: {wanted} after {:.1?} and {} jobs", began.elapsed(), ends.len());
            println!("{}", self.rollout(&["history", id]).1);
        }
        ends
    }
}

/// The applications that `wash app list` prints, with the version that is deployed.
async fn applications(lattice: &Lattice) -> BTreeMap<String, Option<String>> {
    let nats = async_nats_host::connect(&lattice.card().nats_url).await.unwrap();
    let all = Wadm::from_nats_client("default", None, nats).list_manifests().await.unwrap();
    all.into_iter().map(|one| (one.name, one.deployed_version)).collect()
}

async fn routes(lattice: &Lattice) -> core_saga::Routes {
    let control = imprint_topology::Control::connect(&lattice.card().nats_url, "default").await.unwrap();
    let config = control.config(imprint_topology::ROUTES_CONFIG).await.unwrap();
    core_saga::Routes::read(&config[core_saga::ROUTES]).0
}

/// The help of a program, and of each of its commands.
fn help_of(program: &Path, path: &[&str], all: &mut String) {
    let answer = Command::new(program).args(path).arg("--help").env_clear().output().unwrap();
    let text = String::from_utf8(answer.stdout).unwrap();
    let lines: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    let title = if path.is_empty() { "help".to_owned() } else { path.join(" ") };
    all.push_str(&format!("== {title}\n{lines}"));
    let listed = text.split("Commands:\n").nth(1).unwrap_or_default().lines();
    let names = listed.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    for name in names.filter(|name| *name != "help") {
        help_of(program, &[path, &[name]].concat(), all);
    }
}

/// `imprint` says it without building anything.
#[test]
fn the_help_that_is_kept_is_the_one_of_the_programs() {
    for name in ["ledger", "rollout"] {
        let mut all = String::new();
        help_of(&imprint_harness::program(&format!("imprint-{name}")), &[], &mut all);
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lattice/asked/src/help");
        imprint_golden::check_text(kept.join(format!("{name}.txt")), &all);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_good_version_reaches_everybody_and_a_faulty_one_goes_back() {
    let folder = tempfile::tempdir().unwrap();
    let state: PathBuf = Path::new(folder.path()).join("state");
    let models = models::bring(folder.path());
    let lattice = Lattice::start_painting(state.clone(), models).await;
    let mut person = Person { lattice, state, jobs: 0, painted: 0 };
    let good = tokio::task::block_in_place(|| a_good_version(&mut person));
    let pair = |(name, version): (&str, &str)| (name.to_owned(), version.to_owned());
    let promoted: BTreeMap<String, String> =
        [("design", "0.2.0"), ("model/tiny", models::GOOD)].map(pair).into();
    let routes_now = routes(&person.lattice).await;
    assert_eq!(routes_now.versions, promoted, "{good}");
    assert!(routes_now.rollouts.is_empty());
    tokio::task::block_in_place(|| {
        a_faulty_version(&mut person);
        models::a_faulty_model(&mut person);
    });
    let routes_now = routes(&person.lattice).await;
    assert_eq!(routes_now.versions, promoted);
    assert!(routes_now.rollouts.is_empty(), "a header would still reach it");
    tokio::task::block_in_place(|| models::a_name_is_given_back(&mut person));
    let listed = applications(&person.lattice).await;
    for app in ["imprint", "imprint-design-0_2_0", "imprint-design-0_3_0"] {
        assert!(listed.get(app).is_some_and(Option::is_some), "{app} is not deployed: {listed:?}");
    }
    person.lattice.stop().await;
}

/// And a good model, for the same people.
fn a_good_version(person: &mut Person) -> String {
    let (code, said) = person.rollout(&["start", "nowhere.yaml", "--set", "design=0.2.0"]);
    assert!(code == Some(2) && said.contains("cannot be read"), "{said}");
    let shadowed = CANARY.replace("canary:", &format!("canary:\n{SHADOW}"));
    let id = person.start("0.2.0", &person.lattice.image("design"), &shadowed);
    let model = models::start_a_good_one(person);
    let ends = person.work_until(&[&id, &model], "promoted");
    assert!(ends.iter().all(|end| end == "completed"), "{ends:?}");
    for (old, new) in [("0.1.0", "0.2.0"), (models::OLD, models::GOOD)] {
        let met = |arm| person.met(arm, if arm == "canary" { new } else { old }, "ok") > 0;
        assert!(met("canary") && (met("baseline") || met("stable")), "not both of {old} and {new} were met");
    }
    let shadow = person.json(&["status", &id])["shadow"]["design"].clone();
    assert!(shadow["answers"].as_u64() >= Some(3) && shadow["differs"] == 0, "{shadow}");
    let results = person.json(&["results", &id]);
    let new = results["people"].as_array().unwrap().iter().find(|one| one["arm"] == "canary");
    let new = new.unwrap_or_else(|| panic!("nobody is noted: {results}"));
    assert!(
        new["converted"].as_u64() > Some(0) && new["exposed"].as_u64() >= new["converted"].as_u64(),
        "{new}"
    );
    assert_eq!(results["requests"]["design"][0]["arm"], "canary", "{results}");
    id
}

fn a_faulty_version(person: &mut Person) {
    // A component that does another step fits nobody who asks it, and is not begun with.
    let stranger = format!("design={}", person.lattice.image("logo").display());
    let file = person.state.with_file_name("canary.yaml");
    let words = ["start", file.to_str().unwrap(), "--set", "design=0.3.0", "--image", &stranger];
    let (code, said) = person.rollout(&words);
    assert!(code == Some(2) && said.contains("does not offer imprint:design/palette@"), "{said}");
    person.painted = 0;
    let id = person.start("0.3.0", &person.faulty_image(), CANARY);
    let ends = person.work_until(&[&id], "rolled-back");
    assert!(ends.iter().any(|end| end == "failed"), "nobody met it: {ends:?}");
    let (_, history) = person.rollout(&["history", &id]);
    assert!(history.contains("goes back, because bad: error_rate of design"), "{history}");
    let (code, said) = person.rollout(&["promote", &id]);
    assert!(code == Some(2) && said.contains("it is over"), "{said}");
    // Everybody has what works, whatever they ask for.
    let jobs =
        [&[][..], &[("canary", "true")][..]].map(|headers| [person.begin(headers), person.begin(headers)]);
    assert!(person.ends(&jobs.concat()).iter().all(|end| end == "completed"));
}
