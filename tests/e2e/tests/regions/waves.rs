//! A version that fails in the second of three regions: it goes back there and in the first, and the third never has it.

use super::{LOOK, REGIONS};
use imprint_harness::{Lattice, PATIENCE, speechless};
use imprint_topology::{Control, ROUTES_CONFIG, running};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;
use tokio::runtime::Handle;

/// Region after region, with times for a few jobs.
const WAVES: &str = r#"
canary:
  stages:
    - { name: most, traffic: 80%,  duration: 1s, success_criteria: { error_rate: "<5%" } }
    - { name: full, traffic: 100%, auto_promote: true }
  rollback:
    trigger: automatic
    conditions: { error_rate: ">5%" }
waves:
  - { regions: [us-east-1], bake: 1s }
  - { regions: [us-west-2], bake: 1s }
  - { regions: [eu-west-1] }
judgement: { min_requests: 3 }
"#;
/// Has no German words, so it fails for whoever asks in German.
const VERSION: &str = "0.2.0";
const GERMAN: &str = "# Was der Gestaltungsschritt sagt.";
const FIRST: &str = REGIONS[0];
const SECOND: &str = REGIONS[1];
const THIRD: &str = REGIONS[2];

/// Languages that are asked in and jobs at once, by region, while the first has the new version, and when the second has it too.
type Load = [(&'static str, &'static str, usize)];
const BEFORE: &Load = &[(FIRST, "en", 3), (THIRD, "de", 1)];
const AFTER: &Load = &[(FIRST, "en", 1), (SECOND, "de", 3), (THIRD, "de", 1)];

/// People who ask in several regions.
struct People<'a> {
    lattice: &'a mut Lattice,
    /// Each job has a tenant of its own, as every draw goes by tenant and user.
    begun: usize,
    /// By region: id, who asked.
    under_way: BTreeMap<&'static str, Vec<(String, String)>>,
    ends: BTreeMap<&'static str, Vec<String>>,
}

/// The platform has three regions and nothing has been rolled out on it.
pub(crate) fn a_version_that_fails_in_the_second_region_spares_the_third(
    lattice: &mut Lattice,
    folder: &Path,
) {
    let began = Instant::now();
    let copy = speechless(&lattice.image("design"), GERMAN, &folder.join("speechless.wasm"));
    let file = folder.join("waves.yaml");
    std::fs::write(&file, WAVES).unwrap();
    let (set, image) = (format!("design={VERSION}"), format!("design={}", copy.display()));
    let words = ["rollout", "start", file.to_str().unwrap(), "--set", &set, "--image", &image, "--json"];
    let (code, said) = lattice.said(&words);
    assert_eq!(code, Some(0), "{said}");
    let id = serde_json::from_str::<Value>(&said).unwrap()["id"].as_str().unwrap().to_owned();
    let mut people = People { lattice, begun: 0, under_way: BTreeMap::new(), ends: BTreeMap::new() };
    people.ask_until(&id, BEFORE, "the second region has it", |status| {
        status["weights"][SECOND].as_u64() > Some(0)
    });
    people.follow_until(&id, "routes", |people| {
        let [everywhere, first, second, third] = people.weights(&id);
        (everywhere, third) == (None, None) && first == Some(10_000) && second == Some(8000)
    });
    println!("{:.1?}: the first region has the new version, the second begins", began.elapsed());
    people.ask_until(&id, AFTER, "it goes back", |status| status["status"] == "rolled-back");
    println!("{:.1?}: everybody has the old version", began.elapsed());
    people.follow_until(&id, "routes", |people| people.weights(&id) == [None; 4]);
    people.end();
    it_is_said_who_failed(people.lattice, &id);
    the_third_region_never_had_it(people.lattice);
    let ends = |region| people.ends[region].iter().map(String::as_str).collect::<BTreeSet<_>>();
    assert_eq!((ends(FIRST), ends(THIRD)), (["completed"].into(), ["completed"].into()));
    assert!(people.ends[SECOND].iter().any(|end| end == "failed"), "nobody met it: {:?}", people.ends);
    println!("{:.1?}: {:?}", began.elapsed(), people.ends);
}

/// The first region is gone: a person finds another, and so does the controller of rollouts. Nothing starts, as nobody
/// confirms it.
pub(crate) fn orders_are_heard_in_another_region(lattice: &Lattice, folder: &Path) {
    let began = Instant::now();
    let hook = "hooks: [{ name: nobody, on: confirm-rollout, url: \"http://127.0.0.1:9/\" }]";
    let file = folder.join("unconfirmed.yaml");
    std::fs::write(&file, WAVES.split("waves:").next().unwrap().to_owned() + hook).unwrap();
    let image = format!("design={}", lattice.image("design").display());
    let set = ["--set", "design=0.3.0", "--image", &image, "--json"];
    let (code, said) = lattice.said(&[&["rollout", "start", file.to_str().unwrap()][..], &set].concat());
    assert_eq!(code, Some(0), "{said}");
    let id = serde_json::from_str::<Value>(&said).unwrap()["id"].as_str().unwrap().to_owned();
    let (code, said) = lattice.said(&["rollout", "abort", &id]);
    assert_eq!(code, Some(0), "{said}");
    let status = || lattice.said(&["rollout", "status", &id, "--json"]).1;
    while serde_json::from_str::<Value>(&status()).unwrap()["status"] != "aborted" {
        assert!(began.elapsed() < PATIENCE, "no controller hears it: {}", status());
        std::thread::sleep(LOOK);
    }
    println!("{:.1?}: an order of a rollout is heard without {FIRST}", began.elapsed());
}

impl People<'_> {
    fn status(&self, id: &str) -> Value {
        let (code, said) = self.lattice.said(&["rollout", "status", id, "--json"]);
        assert_eq!(code, Some(0), "{said}");
        serde_json::from_str(&said).unwrap()
    }

    /// Keeps so many jobs going until something is so.
    fn ask_until(&mut self, id: &str, load: &Load, what: &str, is_so: impl Fn(&Value) -> bool) {
        let began = Instant::now();
        while !is_so(&self.status(id)) {
            let told = || ["why", "history"].map(|word| self.lattice.said(&["rollout", word, id]).1).concat();
            assert!(began.elapsed() < PATIENCE, "{what}: {}", told());
            for (region, language, count) in load {
                while self.under_way.entry(region).or_default().len() < *count {
                    self.begin(region, language);
                }
            }
            self.look();
            std::thread::sleep(LOOK);
        }
    }

    fn follow_until(&mut self, id: &str, what: &str, is_so: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !is_so(self) {
            assert!(began.elapsed() < PATIENCE, "{what}: {:?} {}", self.weights(id), self.status(id));
            self.look();
            std::thread::sleep(LOOK);
        }
    }

    fn begin(&mut self, region: &'static str, language: &str) {
        let brief = json!({
            "company_name": "Northwind Coffee", "industry": "coffee", "complexity": "simple", "concepts": 1, "language": language
        });
        let bearer = format!("Bearer {}", self.lattice.key_for(&format!("wave-{}", self.begun), true));
        self.begun += 1;
        self.lattice.ask_in(region);
        let headers = [
            ("authorization", bearer.as_str()),
            ("idempotency-key", "one"),
            ("content-type", "application/json"),
        ];
        let answer =
            self.lattice.ask_as_nobody("POST", "/api/v1/brands", &headers, brief.to_string().as_bytes());
        assert_eq!(answer.status, 202, "{}", answer.text());
        let id = answer.json()["id"].as_str().unwrap().to_owned();
        self.under_way.entry(region).or_default().push((id, bearer));
    }

    /// Takes out the jobs that have ended.
    fn look(&mut self) {
        for (region, jobs) in &mut self.under_way {
            self.lattice.ask_in(region);
            jobs.retain(|(id, bearer)| {
                let headers = [("authorization", bearer.as_str())];
                let job = self.lattice.ask_as_nobody("GET", &format!("/api/v1/brands/{id}"), &headers, b"");
                let status = job.json()["status"].as_str().unwrap_or_default().to_owned();
                let is_over = matches!(status.as_str(), "completed" | "failed" | "cancelled");
                if is_over {
                    self.ends.entry(region).or_default().push(status);
                }
                !is_over
            });
        }
    }

    fn end(&mut self) {
        let began = Instant::now();
        while self.under_way.values().any(|jobs| !jobs.is_empty()) {
            assert!(began.elapsed() < PATIENCE, "{:?}", self.under_way);
            self.look();
            std::thread::sleep(LOOK);
        }
    }

    /// The weight of a rollout that gateways are told: everywhere, and in each region.
    fn weights(&self, id: &str) -> [Option<u16>; 4] {
        let config = Handle::current().block_on(async {
            let control = Control::connect(&self.lattice.card().nats_url, "default").await.unwrap();
            control.config(ROUTES_CONFIG).await.unwrap()
        });
        let keys = ["".to_owned()].into_iter().chain(REGIONS.map(|region| format!(".{region}")));
        let weight = |key: String| {
            let text = config.get(&format!("{}{key}", core_saga::ROUTES))?;
            Some(core_saga::Routes::read(text).0.rollouts.get(id)?.split.weight)
        };
        let all: Vec<Option<u16>> = keys.map(weight).collect();
        all.try_into().unwrap()
    }
}

/// The words name the region, and no third wave.
fn it_is_said_who_failed(lattice: &Lattice, id: &str) {
    for word in ["history", "why"] {
        let (_, told) = lattice.said(&["rollout", word, id]);
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        let reason = format!("goes back, because bad: error_rate of design in {SECOND} is");
        assert!(told.contains(&reason) && told.contains("everybody has the old version"), "{word}: {told}");
        assert!(!told.contains(THIRD), "{word}: {told}");
    }
    let (_, history) = lattice.said(&["rollout", "history", id]);
    assert!(history.contains("wave 2") && !history.contains("wave 3"), "{history}");
    println!("{history}");
}

/// The new version is kept ready in the two regions that had it, and was never started in the third.
fn the_third_region_never_had_it(lattice: &Lattice) {
    let version = core_saga::component_id("design", VERSION);
    let (control, runs) = Handle::current().block_on(async {
        let url = lattice.card().nats_url;
        (Control::connect(&url, "default").await.unwrap(), running(&url, "default").await.unwrap())
    });
    let here: BTreeSet<&str> =
        runs.iter().filter(|run| run.id == version).map(|run| run.region.as_str()).collect();
    assert_eq!(here, [FIRST, SECOND].into());
    let applications = Handle::current().block_on(control.applications()).unwrap();
    assert!(
        applications.get(&version).is_some_and(Option::is_some),
        "it is not kept ready: {applications:?}"
    );
    // What comes next compiles nothing that nobody needs.
    Handle::current().block_on(control.undeploy(&version)).unwrap();
}
