//! The scenarios on real processes: nats-server, wadm, hosts, providers, HTTP. What comes out is what one process makes,
//! and what dies on the way is not missed.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "../../../gpu-provider/serve/tests/support/mod.rs"]
mod support;

use core_brand::content::sha256_hex;
use core_notify::{Key, sign};
use core_order::Request;
use imprint_harness::{Answer, ChattyModel, Heard, Lattice, PATIENCE, Receiver, program};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// What a finished brand is called outside.
const FINISHED: &str = "brand-kit.compilation.finished";

/// The body of a `POST` for a request of the suite.
fn brief(request: &Request) -> Value {
    let mut body = serde_json::to_value(&request.brief).unwrap();
    body["seed"] = json!(request.seed);
    body["concepts"] = json!(request.concepts);
    body["painted"] = json!(request.painted);
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    body
}

fn file(lattice: &Lattice, id: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    lattice.ask("GET", &format!("/api/v1/brands/{id}/files/{path}"), headers, b"")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_lattice_makes_what_one_process_makes() {
    let folder = tempfile::tempdir().unwrap();
    let lattice = Lattice::start(folder.path().join("state"), 1).await;
    tokio::task::block_in_place(|| {
        every_scenario_has_its_manifest(&lattice);
        the_surface_is_guarded(&lattice);
        one_key_begins_one_brand(&lattice);
        a_brand_is_cancelled_and_erased(&lattice);
        kills_are_not_missed(&lattice);
    });
    let kept =
        lattice.begin("kept", &json!({ "company_name": "Still Here", "industry": "books", "concepts": 1 }));
    // Stopped in the middle of a job, and started again on the same folder.
    lattice.stop().await;
    let (model, receiver) = (ChattyModel::start(), Receiver::start());
    let courier = [("networks", "127.0.0.0/8")];
    bring_a_model(folder.path());
    let lattice = Lattice::start_with(folder.path().join("state"), model.polish(), &courier).await;
    tokio::task::block_in_place(|| {
        assert_eq!(lattice.end_of(&kept, PATIENCE)["status"], "completed");
        let secret = webhook(&lattice, &receiver);
        let brand = reasons_are_polished(&lattice);
        concepts_are_painted(&lattice);
        people_and_programs_are_told(&lattice, &receiver, &secret, &brand);
    });
    lattice.stop().await;
}

/// Makes a webhook. Gives its secret.
fn webhook(lattice: &Lattice, receiver: &Receiver) -> String {
    let headers = [("content-type", "application/json"), ("idempotency-key", "hook")];
    let wish = json!({ "url": receiver.url(), "events": [FINISHED] }).to_string();
    // Whatever comes up last may still be on its way, and says so.
    let ask = || lattice.ask_patiently("POST", "/api/v1/webhooks", &headers, wish.as_bytes());
    let made = ask();
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(ask().json(), made.json(), "the same key is the same webhook");
    made.json()["secret"].as_str().unwrap().to_owned()
}

/// A brand that was finished is told: to a program, once and signed; to whoever asked for it, as news; and what became
/// of each message can be looked up.
fn people_and_programs_are_told(lattice: &Lattice, receiver: &Receiver, secret: &str, brand: &str) {
    let get = |path: &str| lattice.ask("GET", path, &[], b"").json();
    let of_brand = |list: Value| -> Option<Value> {
        list.as_array()?.iter().find(|one| one["brand_id"] == brand).cloned()
    };
    let notice = within(PATIENCE, || {
        of_brand(get("/api/v1/notifications?channel=webhook&status=delivered")["notifications"].take())
    });
    let heard: Vec<Heard> =
        receiver.heard().into_iter().filter(|one| one.header("webhook-id") == notice["id"]).collect();
    let [heard] = heard.as_slice() else { panic!("told {} times", heard.len()) };
    let at_s: u64 = heard.header("webhook-timestamp").parse().unwrap();
    let signed = sign(&[Key::read(secret).unwrap()], heard.header("webhook-id"), at_s, heard.body.as_bytes());
    assert_eq!(signed.signature, heard.header("webhook-signature"));
    assert!(heard.body.contains(brand) && heard.body.contains(FINISHED), "{}", heard.body);
    let news = within(PATIENCE, || of_brand(get("/api/v1/feed?limit=100")["news"].take()));
    assert!(news["subject"].as_str().unwrap().contains("Better Said"), "{news}");
    let mark = json!({ "up_to": news["sequence"] }).to_string();
    let headers = [("content-type", "application/json")];
    assert_eq!(lattice.ask("POST", "/api/v1/feed/read", &headers, mark.as_bytes()).status, 200);
    assert_eq!(of_brand(get("/api/v1/feed?limit=100")["news"].take()).unwrap()["read"], true);
}

/// Asks until there is an answer.
fn within<T>(patience: Duration, ask: impl Fn() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(began.elapsed() < patience, "nothing within {patience:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Who asks for it gets the model's words, and the same decisions. Gives the brand that was made last.
fn reasons_are_polished(lattice: &Lattice) -> String {
    let brief = |polish: bool| json!({ "company_name": "Better Said", "industry": "books", "concepts": 1, "polish": polish });
    let brand = |key: &str, polish: bool| {
        let id = lattice.begin(key, &brief(polish));
        assert_eq!(lattice.end_of(&id, PATIENCE)["status"], "completed");
        (file(lattice, &id, "brand.json", &[]).json(), id)
    };
    let ((plain, _), (polished, last)) = (brand("plain", false), brand("polished", true));
    assert_eq!(plain["design"]["palette"], polished["design"]["palette"]);
    let texts = |brand: &Value| -> Vec<String> {
        let reasons = brand["design"]["reasons"].as_array().unwrap().iter();
        reasons.map(|reason| reason["text"].as_str().unwrap().to_owned()).collect()
    };
    let wanted: Vec<String> =
        texts(&plain).iter().map(|text| format!("{text}{}", ChattyModel::WORDS)).collect();
    assert_eq!(texts(&polished), wanted);
    last
}

/// The painter of the lattice paints what the one of a process does; what it cannot paint is missing, and said.
fn concepts_are_painted(lattice: &Lattice) {
    let (_, painted) = suite();
    scenarios_have_their_manifests(lattice, &painted);
    let unknown = json!({ "company_name": "No Such Hand", "industry": "books", "concepts": 1, "complexity": "simple",
        "painted": { "model": "nobody@1" } });
    let id = lattice.begin("unpainted", &unknown);
    assert_eq!(lattice.end_of(&id, PATIENCE)["status"], "completed");
    let brand = file(lattice, &id, "brand.json", &[]).json();
    assert_eq!(
        brand["concepts"].as_array().unwrap().len(),
        1,
        "nothing else is given for a model that was named"
    );
    assert_eq!(brand["missed"][0]["code"], "paint.model.unknown");
    let sealed = json!({ "company_name": "Alder Tea", "industry": "tea", "concepts": 1, "complexity": "simple",
        "painted": { "model": SEAL, "steps": 1, "sampler": "turbo" } });
    let id = lattice.begin("sealed", &sealed);
    assert_eq!(lattice.end_of(&id, PATIENCE)["status"], "completed");
    let brand = file(lattice, &id, "brand.json", &[]).json();
    assert_eq!(brand["concepts"][1]["painted"]["model"], SEAL, "{}", brand["missed"]);
    let picture = file(lattice, &id, "logos/2-painted/painting.png", &[]);
    assert!(picture.text().contains("Painted by the model seal@1."));
}

/// A model that paints a mark.
const SEAL: &str = "seal@1";

/// Brings it in, as a person does.
fn bring_a_model(folder: &Path) {
    support::seal(&folder.join("seal"));
    let mut command = Command::new(program("imprint"));
    command.args(["models", "add"]).arg(folder.join("seal")).args(["--name", SEAL, "--native", "256"]);
    let added = command.env("IMPRINT_MODELS", folder.join("state/models")).output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
}

fn every_scenario_has_its_manifest(lattice: &Lattice) {
    let (drawn, painted) = suite();
    let jobs = scenarios_have_their_manifests(lattice, &drawn);
    the_zip_is_the_one_that_the_command_writes(lattice, &jobs[0]);
    let headers = [("idempotency-key", "painted"), ("content-type", "application/json")];
    let refused =
        lattice.ask("POST", "/api/v1/brands", &headers, brief(&painted[0].1).to_string().as_bytes());
    assert_eq!((refused.status, &refused.json()["code"]), (422, &json!("paint.off")), "there is no painter");
}

/// What is drawn, and what is painted too.
type Scenarios = Vec<(String, Request)>;

fn suite() -> (Scenarios, Scenarios) {
    let cases = imprint_golden::cases(Path::new(env!("CARGO_MANIFEST_DIR")).join("suite"));
    let read = |case: imprint_golden::Case| -> (String, Request) {
        let request = serde_json::from_str(&case.text("request.json")).unwrap();
        (case.name, request)
    };
    cases.into_iter().map(read).partition(|(_, request)| request.painted.is_none())
}

/// Gives the brands.
fn scenarios_have_their_manifests(lattice: &Lattice, cases: &Scenarios) -> Vec<String> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/kits.txt");
    let golden = std::fs::read_to_string(golden).unwrap();
    let begin = |(name, request): &(String, Request)| {
        (name.clone(), lattice.begin(&format!("suite-{name}"), &brief(request)))
    };
    let jobs: Vec<(String, String)> = cases.iter().map(begin).collect();
    for (name, id) in &jobs {
        let job = lattice.end_of(id, PATIENCE);
        assert_eq!(job["status"], "completed", "{name}: {job}");
        let manifest = file(lattice, id, "manifest.json", &[]);
        let line = format!("{}  {name}", sha256_hex(&manifest.body));
        assert!(golden.contains(&line), "{name}: another kit than one process makes");
        every_file_is_what_the_manifest_says(lattice, id, &manifest.json());
    }
    jobs.into_iter().map(|(_, id)| id).collect()
}

/// As `imprint zip` packs a folder: what the manifest lists and the manifest itself, by path, in a folder of the brand.
fn the_zip_is_the_one_that_the_command_writes(lattice: &Lattice, id: &str) {
    let manifest = file(lattice, id, "manifest.json", &[]);
    let listed = manifest.json();
    let mut paths: Vec<&str> =
        listed["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    paths.push("manifest.json");
    paths.sort_unstable();
    let brand: core_brand::kit::BrandFile =
        serde_json::from_slice(&file(lattice, id, "brand.json", &[]).body).unwrap();
    let (folder, mut archive, mut packed) =
        (brand.order.brief.slug(), core_archive::Archive::default(), Vec::new());
    for path in paths {
        let content = file(lattice, id, path, &[]).body;
        packed.extend(archive.file(&format!("{folder}/{path}"), &content));
        packed.extend(content);
    }
    packed.extend(archive.end());
    let zip = lattice.ask("GET", &format!("/api/v1/brands/{id}/kit"), &[], b"");
    assert!(zip.body == packed, "the zip of the API is another than that of the command");
}

fn every_file_is_what_the_manifest_says(lattice: &Lattice, id: &str, manifest: &Value) {
    for listed in manifest["files"].as_array().unwrap().iter().take(5) {
        let path = listed["path"].as_str().unwrap();
        let got = file(lattice, id, path, &[]);
        assert_eq!(json!(sha256_hex(&got.body)), listed["sha256"], "{path}");
        let etag = got.header("etag").unwrap().to_owned();
        assert_eq!(file(lattice, id, path, &[("if-none-match", &etag)]).status, 304);
        let part = file(lattice, id, path, &[("range", "bytes=1-3")]);
        assert_eq!((part.status, part.body.as_slice()), (206, &got.body[1..4]), "{path}");
    }
    let zip = lattice.ask("GET", &format!("/api/v1/brands/{id}/kit"), &[], b"");
    assert_eq!((zip.status, &zip.body[..4]), (200, b"PK\x03\x04".as_slice()));
}

fn the_surface_is_guarded(lattice: &Lattice) {
    let post = [("content-type", "application/json"), ("idempotency-key", "guard-1")];
    let brief = br#"{"company_name":"Guard","industry":"security","complexity":"simple","concepts":1}"#;
    assert_eq!(lattice.ask_as_nobody("POST", "/api/v1/brands", &post, brief).status, 401);
    assert_eq!(lattice.ask("POST", "/api/v1/brands", &post[..1], brief).status, 400);
    let first = lattice.ask("POST", "/api/v1/brands", &post, brief);
    let again = lattice.ask("POST", "/api/v1/brands", &post, brief);
    assert_eq!((first.status, again.status), (202, 202));
    assert_eq!(first.json()["id"], again.json()["id"]);
    let other = br#"{"company_name":"Other","industry":"security"}"#;
    assert_eq!(lattice.ask("POST", "/api/v1/brands", &post, other).status, 422);
    let wrong = lattice.ask("POST", "/api/v1/brands", &post, br#"{"company_name":"","industry":"x"}"#);
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    assert_eq!(wrong.header("content-type"), Some("application/problem+json"));
    let id = first.json()["id"].as_str().unwrap().to_owned();
    let stranger = format!("Bearer {}", lattice.key_for("other", true));
    let path = format!("/api/v1/brands/{id}");
    assert_eq!(lattice.ask_as_nobody("GET", &path, &[("authorization", &stranger)], b"").status, 404);
    let reader = format!("Bearer {}", lattice.key_for("local", false));
    assert_eq!(lattice.ask_as_nobody("DELETE", &path, &[("authorization", &reader)], b"").status, 403);
    assert_eq!(lattice.ask_as_nobody("GET", "/healthz", &[], b"").status, 200);
    assert_eq!(lattice.ask_as_nobody("GET", "/", &[], b"").status, 200);
    assert_eq!(lattice.end_of(&id, PATIENCE)["status"], "completed");
}

/// As a client does that has heard nothing and tries again, a hundred times at the same moment.
fn one_key_begins_one_brand(lattice: &Lattice) {
    let headers = [("content-type", "application/json"), ("idempotency-key", "at-once")];
    let brief = br#"{"company_name":"At Once","industry":"security","complexity":"simple","concepts":1}"#;
    let ids: BTreeSet<String> = std::thread::scope(|scope| {
        let ask = || lattice.ask("POST", "/api/v1/brands", &headers, brief);
        let asking: Vec<_> = (0..100).map(|_| scope.spawn(ask)).collect();
        let id = |answer: Answer| {
            assert_eq!(answer.status, 202, "{}", answer.text());
            answer.json()["id"].as_str().unwrap().to_owned()
        };
        asking.into_iter().map(|asking| id(asking.join().unwrap())).collect()
    });
    let [id] = ids.iter().collect::<Vec<_>>()[..] else { panic!("{ids:?}") };
    assert_eq!(lattice.end_of(id, PATIENCE)["status"], "completed");
    let listed = lattice.ask("GET", "/api/v1/brands?limit=100", &[], b"").json();
    let named = listed["brands"].as_array().unwrap().iter().filter(|brand| brand["id"] == id.as_str());
    assert_eq!(named.count(), 1);
}

fn a_brand_is_cancelled_and_erased(lattice: &Lattice) {
    let id = lattice.begin("cancel-1", &json!({ "company_name": "Short Life", "industry": "toys" }));
    assert_eq!(lattice.ask("POST", &format!("/api/v1/brands/{id}/cancel"), &[], b"").status, 202);
    assert_eq!(lattice.end_of(&id, PATIENCE)["status"], "cancelled");
    let id = lattice.begin(
        "erase-1",
        &json!({ "company_name": "Forget Me", "industry": "toys", "complexity": "simple" }),
    );
    assert_eq!(lattice.end_of(&id, PATIENCE)["status"], "completed");
    assert_eq!(lattice.ask("DELETE", &format!("/api/v1/brands/{id}"), &[], b"").status, 202);
    assert_eq!(lattice.ask("GET", &format!("/api/v1/brands/{id}"), &[], b"").status, 410);
    assert_eq!(file(lattice, &id, "manifest.json", &[]).status, 410);
}

/// Providers are killed at different moments of running jobs; hosts start them again, and nobody outside notices.
fn kills_are_not_missed(lattice: &Lattice) {
    for (round, program) in ["runner", "ledger", "blobs", "runner"].into_iter().enumerate() {
        let brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee" });
        let ids: Vec<String> =
            (0..2).map(|one| lattice.begin(&format!("kill-{round}-{one}"), &brief)).collect();
        std::thread::sleep(Duration::from_millis(150 * round as u64));
        let victims = lattice.providers(program);
        assert!(!victims.is_empty(), "no {program} runs");
        for pid in victims {
            lattice.signal(pid, "KILL");
        }
        let manifests: BTreeSet<String> = ids.iter().map(|id| whole(lattice, id)).collect();
        assert_eq!(manifests.len(), 1, "one brief, one kit");
    }
}

/// The hash of a finished kit's manifest.
fn whole(lattice: &Lattice, id: &str) -> String {
    let job = lattice.end_of(id, PATIENCE);
    assert_eq!(job["status"], "completed", "{job}");
    for step in job["steps"].as_array().unwrap() {
        assert_eq!(step["done"], step["total"], "a task was done twice or not: {job}");
    }
    let manifest = file(lattice, id, "manifest.json", &[]);
    assert_eq!(manifest.status, 200, "{}", manifest.text());
    sha256_hex(&manifest.body)
}
