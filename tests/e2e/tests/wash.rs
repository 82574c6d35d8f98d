//! The platform under real wash, with images from files and from a registry: `cargo xtask test wash`. What
//! `wadm/README.md` shows to a person is done here in the same words.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_harness::{Lattice, PATIENCE};
use serde_json::{Value, json};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const LOOK: Duration = Duration::from_millis(500);

/// Debian's registry, on an address and a folder of its own. Ends with the test.
struct Registry {
    child: Child,
    address: String,
}

impl Registry {
    fn start(folder: &Path) -> Self {
        // The hosts read the same variable.
        let address = std::env::var("IMPRINT_INSECURE_REGISTRY").expect("`cargo xtask test wash` names one");
        let config = folder.join("registry.yaml");
        let store = folder.join("registry");
        let text = format!(
            "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {}\nhttp:\n  addr: {address}\n",
            store.display()
        );
        std::fs::write(&config, text).unwrap();
        let log = std::fs::File::create(folder.join("registry.log")).unwrap();
        let program = std::env::var_os("IMPRINT_REGISTRY").unwrap_or_else(|| "docker-registry".into());
        let mut command = Command::new(program);
        command.arg("serve").arg(config).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        let child = command.spawn().unwrap();
        let registry = Self { child, address };
        until("the registry listens", || TcpStream::connect(&registry.address).is_ok());
        registry
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed, and need not.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody with wash, whose own settings are nobody else's.
struct Person {
    wash: PathBuf,
    home: PathBuf,
    nats_port: String,
}

impl Person {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.wash);
        command.args(words).stdin(Stdio::null()).env("HOME", &self.home).current_dir(&self.home);
        command.env("WASMCLOUD_CTL_HOST", "127.0.0.1").env("WASMCLOUD_CTL_PORT", &self.nats_port);
        command.env("WASMCLOUD_CTL_TIMEOUT_MS", "10000");
        command
    }

    /// Runs a command that has to work, and gives what it says as JSON.
    fn wash(&self, words: &[&str]) -> Value {
        let words: Vec<&str> = words.iter().copied().chain(["--output", "json"]).collect();
        println!("wash {}", words.join(" "));
        let answer = self.command(&words).output().unwrap();
        let said = String::from_utf8_lossy(&answer.stdout).into_owned();
        let fault = String::from_utf8_lossy(&answer.stderr);
        assert!(answer.status.success(), "wash {words:?}: {said} {fault}");
        // The first time, wash greets behind its answer.
        let first = serde_json::Deserializer::from_str(&said).into_iter().next();
        first.and_then(Result::ok).unwrap_or_else(|| panic!("wash {words:?}: {said}"))
    }

    /// The application as `wash app list` shows it: its deployed version, and how it is.
    fn listed(&self) -> (Value, Value) {
        let said = self.wash(&["app", "list"]);
        let apps = said["applications"].as_array().unwrap();
        let found = apps.iter().find(|app| app["name"] == "imprint");
        let found = found.unwrap_or_else(|| panic!("not listed: {said}"));
        (found["deployed_version"].clone(), found["detailed_status"]["status"]["type"].clone())
    }

    /// What runs on the only host: components and providers, by id and image.
    fn inventory(&self) -> Vec<(String, String)> {
        let said = self.wash(&["get", "inventory"]);
        let host = &said["inventories"][0];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let all = ["components", "providers"].into_iter().flat_map(|kind| host[kind].as_array().unwrap());
        all.map(|one| (text(&one["id"]), text(&one["image_ref"]))).collect()
    }

    fn undeploy(&self) {
        let said = self.wash(&["app", "undeploy", "imprint"]);
        assert_eq!(said["success"], json!(true), "{said}");
        until("nothing runs", || self.inventory().is_empty());
        assert_eq!(self.listed().0, Value::Null);
    }

    fn deployed(&self, version: &str) {
        until(version, || self.listed() == (json!(version), json!("deployed")));
    }
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
        std::thread::sleep(LOOK);
    }
}

/// The programs of a lattice lie in the folder of ours, or in the one above.
fn imprint(state: &Path, words: &[&str]) -> String {
    let us = std::env::current_exe().unwrap();
    let program = us.ancestors().skip(1).take(2).map(|folder| folder.join("imprint-lattice"));
    let program = program.into_iter().find(|program| program.is_file()).unwrap();
    let answer = Command::new(program).arg("--state").arg(state).args(words).output().unwrap();
    assert!(answer.status.success(), "{words:?}: {}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap()
}

fn a_brand_is_made(lattice: &Lattice, key: &str) {
    let brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee", "concepts": 1 });
    let id = lattice.begin_patiently(key, &brief);
    assert_eq!(lattice.end_patiently(&id, PATIENCE)["status"], "completed", "{key}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn wash_deploys_from_files_and_from_a_registry() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let registry = Registry::start(folder.path());
    let lattice = Lattice::start(state.clone(), 1).await;
    let nats_port = lattice.card().nats_url.rsplit(':').next().unwrap().to_owned();
    let wash = std::env::var_os("IMPRINT_WASH").map_or_else(|| "wash".into(), PathBuf::from);
    let person = Person { wash, home: folder.path().to_owned(), nats_port };
    tokio::task::block_in_place(|| {
        a_person_looks_around(&person, &lattice);
        files_are_deployed(&person, &lattice, &state);
        a_registry_is_deployed_from(&person, &lattice, &registry, &state);
    });
    lattice.stop().await;
}

fn a_person_looks_around(person: &Person, lattice: &Lattice) {
    let version = format!("v{}-local", core_brand::VERSION);
    person.deployed(&version);
    let hosts = person.wash(&["get", "hosts"]);
    assert_eq!(hosts["hosts"][0]["id"].as_str(), lattice.card().hosts.first().map(String::as_str), "{hosts}");
    let running = person.inventory();
    for id in ["imprint-ledger", "imprint-blobs", "imprint-fonts", "imprint-runner", "imprint-http"] {
        assert!(running.iter().any(|(known, _)| known == id), "{id} is not in {running:?}");
    }
    let gateway = core_saga::component_id("gateway", core_brand::VERSION);
    assert!(running.iter().any(|(known, image)| *known == gateway && image.starts_with("file://")));
    let links = person.wash(&["get", "links"]).to_string();
    for end in ["imprint-ledger", "imprint-blobs", "imprint-fonts", "imprint-http", gateway.as_str()] {
        assert!(links.contains(end), "no link of {end}: {links}");
    }
    let status = person.wash(&["app", "status", "imprint"]);
    assert_eq!(status["status"]["status"]["type"], "deployed", "{status}");
}

fn files_are_deployed(person: &Person, lattice: &Lattice, state: &Path) {
    a_brand_is_made(lattice, "before");
    person.undeploy();
    let said = person.wash(&["app", "delete", "imprint"]);
    assert_eq!(said["success"], json!(true), "{said}");
    let manifest = state.join("manifest.yaml");
    let said = person.wash(&["app", "deploy", manifest.to_str().unwrap()]);
    assert_eq!(said["deployed"], json!(true), "{said}");
    person.deployed(&format!("v{}-local", core_brand::VERSION));
    a_brand_is_made(lattice, "from-files");
    person.undeploy();
}

fn a_registry_is_deployed_from(person: &Person, lattice: &Lattice, registry: &Registry, state: &Path) {
    let images = state.with_file_name("pushed");
    let written = imprint(state, &["images", images.to_str().unwrap()]);
    for file in written.lines() {
        let name = Path::new(file).file_stem().unwrap().to_str().unwrap();
        let url = format!("{}/{name}:{}", registry.address, core_brand::VERSION);
        let said = person.wash(&["push", &url, file, "--insecure"]);
        assert_eq!(said["success"], json!(true), "{said}");
    }
    let manifest = state.with_file_name("imprint.yaml");
    std::fs::write(&manifest, imprint(state, &["manifest", "--registry", &registry.address])).unwrap();
    let said = person.wash(&["app", "deploy", manifest.to_str().unwrap()]);
    assert_eq!(said["model_version"], json!(format!("v{}", core_brand::VERSION)), "{said}");
    person.deployed(&format!("v{}", core_brand::VERSION));
    let running = person.inventory();
    let foreign =
        running.iter().find(|(id, image)| id != "imprint-http" && !image.starts_with(&registry.address));
    assert!(foreign.is_none(), "not from the registry: {foreign:?}");
    a_brand_is_made(lattice, "from-a-registry");
    person.undeploy();
}
