//! What an operator does with a running platform: the control interfaces, asked with the crates that wash asks with.
//!
//! **Law.** The application is one that wadm lists, shows, stops, starts and replaces; what others run on the same
//! lattice is never touched.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_harness::{Lattice, PATIENCE};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use wadm_client::Client as Wadm;
use wasmcloud_control_interface::{Client as Control, ClientBuilder, HostInventory};

const LOOK: Duration = Duration::from_millis(200);
const APP: &str = "imprint";
/// Somebody else's application on the same lattice.
const NEIGHBOUR: &str = "neighbour";

/// Both interfaces of a lattice, and its folder.
struct Operator {
    wadm: Wadm,
    control: Control,
    state: PathBuf,
}

impl Operator {
    async fn of(lattice: &Lattice, state: &Path) -> Self {
        let nats = async_nats_host::connect(&lattice.card().nats_url).await.unwrap();
        let wadm = Wadm::from_nats_client("default", None, nats.clone());
        let control = ClientBuilder::new(nats).lattice("default").timeout(Duration::from_secs(10)).build();
        Self { wadm, control, state: state.to_owned() }
    }

    async fn inventory(&self) -> HostInventory {
        let hosts = self.control.get_hosts().await.unwrap();
        let [host] = hosts.as_slice() else { panic!("{} hosts", hosts.len()) };
        let id = host.data().unwrap().id();
        self.control.get_host_inventory(id).await.unwrap().into_data().unwrap()
    }

    /// Instances of a component, by its id; 0 when it does not run.
    async fn instances(&self, id: &str) -> u32 {
        let host = self.inventory().await;
        host.components().iter().filter(|one| one.id() == id).map(|one| one.max_instances()).sum()
    }

    /// What wadm says of an application: deployed, undeployed, reconciling.
    async fn status(&self, app: &str) -> String {
        let all = self.wadm.list_manifests().await.unwrap();
        let found = all.iter().find(|summary| summary.name == app);
        found.map_or_else(String::new, |one| format!("{:?}", one.detailed_status.info.status_type))
    }

    async fn until_status(&self, app: &str, wanted: &str) {
        until(&format!("{app} is {wanted}"), async || self.status(app).await == wanted).await;
    }

    async fn until_instances(&self, id: &str, wanted: u32) {
        until(&format!("{wanted} of {id}"), async || self.instances(id).await == wanted).await;
    }

    /// The manifest that `imprint up` rendered.
    fn local_manifest(&self) -> String {
        std::fs::read_to_string(self.state.join("manifest.yaml")).unwrap()
    }
}

async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
        tokio::time::sleep(LOOK).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_operator_finds_what_anyone_expects() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let lattice = Lattice::start(state.clone(), 1).await;
    let operator = Operator::of(&lattice, &state).await;
    the_application_is_listed(&operator).await;
    the_host_shows_what_runs(&operator).await;
    every_link_of_the_manifest_is_there(&operator).await;
    a_neighbour_moves_in(&operator).await;
    it_is_taken_down_and_put_up_again(&operator, &lattice).await;
    another_version_replaces_it(&operator, &lattice).await;
    what_is_scaled_by_hand_is_put_right(&operator).await;
    numbers_follow_queues(&operator, &lattice).await;
    lattice.stop().await;
    // Another port, another manifest: our own application is made anew, and the neighbour's stays.
    let lattice = Lattice::start(state.clone(), 1).await;
    let operator = Operator::of(&lattice, &state).await;
    operator.until_status(NEIGHBOUR, "Deployed").await;
    operator.until_instances(NEIGHBOUR, 3).await;
    operator.until_status(APP, "Deployed").await;
    a_brand_is_made(&lattice, "after-restart");
    lattice.stop().await;
}

async fn the_application_is_listed(operator: &Operator) {
    operator.until_status(APP, "Deployed").await;
    let version = format!("v{}-local", core_brand::VERSION);
    let manifest = operator.wadm.get_manifest(APP, None).await.unwrap();
    assert_eq!((manifest.metadata.name.as_str(), manifest.version()), (APP, version.as_str()));
    let kinds = operator.local_manifest().matches("\n      type: ").count();
    assert_eq!(manifest.spec.components.len(), kinds);
    let versions = operator.wadm.list_versions(APP).await.unwrap();
    assert_eq!(versions.len(), 1);
    assert!(versions[0].deployed && versions[0].version == version);
}

async fn the_host_shows_what_runs(operator: &Operator) {
    let host = operator.inventory().await;
    for (label, value) in [("region", "us-east-1"), ("brands", "true"), ("ingress", "true")] {
        assert_eq!(host.labels().get(label).map(String::as_str), Some(value), "{label}");
    }
    for name in ["orchestrator", "design", "logo", "assets", "kit", "gateway", "notify"] {
        let id = core_saga::component_id(name, core_brand::VERSION);
        let found = host.components().iter().find(|one| one.id() == id);
        let found = found.unwrap_or_else(|| panic!("{id} does not run"));
        let about = found.annotations().unwrap();
        assert_eq!(about["wasmcloud.dev/managed-by"], "wadm", "{id}");
        assert_eq!(about["wasmcloud.dev/appspec"], APP, "{id}");
        assert!(found.image_ref().starts_with("file://"), "{id}: {}", found.image_ref());
    }
    for name in ["ledger", "blobs", "fonts", "runner", "http"] {
        let id = format!("imprint-{name}");
        let found = host.providers().iter().find(|one| one.id() == id);
        let found = found.unwrap_or_else(|| panic!("{id} does not run"));
        assert_eq!(found.annotations().unwrap()["wasmcloud.dev/appspec"], APP, "{id}");
        if name != "http" {
            assert_eq!(found.name(), Some(id.as_str()));
        }
    }
}

async fn every_link_of_the_manifest_is_there(operator: &Operator) {
    let links = operator.control.get_links().await.unwrap().into_data().unwrap();
    assert_eq!(links.len(), operator.local_manifest().matches("- type: link").count(), "{links:?}");
    let gateway = core_saga::component_id("gateway", core_brand::VERSION);
    let to_ledger =
        links.iter().find(|link| link.source_id() == gateway && link.target() == "imprint-ledger");
    let to_ledger = to_ledger.expect("the gateway has a ledger");
    assert_eq!((to_ledger.wit_namespace(), to_ledger.wit_package()), ("imprint", "ledger"));
    assert!(to_ledger.interfaces().contains(&"jobs".to_owned()), "{:?}", to_ledger.interfaces());
    let from_http = links.iter().find(|link| link.source_id() == "imprint-http");
    assert_eq!(from_http.expect("people reach the gateway").target(), gateway);
}

/// One of our component files under a name that nobody knows: it needs nothing, and it stays where it is.
async fn a_neighbour_moves_in(operator: &Operator) {
    let host = operator.inventory().await;
    let image = host.components().iter().find(|one| one.id().contains("orchestrator")).unwrap().image_ref();
    let manifest = json!({
        "apiVersion": "core.oam.dev/v1beta1",
        "kind": "Application",
        "metadata": { "name": NEIGHBOUR, "annotations": { "version": "v1" } },
        "spec": { "components": [{
            "name": "alone",
            "type": "component",
            "properties": { "id": NEIGHBOUR, "image": image },
            "traits": [{ "type": "spreadscaler", "properties": { "instances": 3 } }],
        }] },
    });
    operator.wadm.put_and_deploy_manifest(manifest.to_string().into_bytes()).await.unwrap();
    operator.until_status(NEIGHBOUR, "Deployed").await;
    operator.until_instances(NEIGHBOUR, 3).await;
}

async fn it_is_taken_down_and_put_up_again(operator: &Operator, lattice: &Lattice) {
    operator.wadm.undeploy_manifest(APP).await.unwrap();
    operator.until_status(APP, "Undeployed").await;
    until("nothing of ours runs", async || {
        let host = operator.inventory().await;
        let ids =
            host.components().iter().map(|one| one.id()).chain(host.providers().iter().map(|one| one.id()));
        let ids: Vec<&str> = ids.collect();
        ids == [NEIGHBOUR]
    })
    .await;
    let kept = operator.control.get_config("imprint-access").await.unwrap().into_data().unwrap();
    assert!(kept.contains_key("key.local"), "what the manifest only refers to stays: {kept:?}");
    let version = format!("v{}-local", core_brand::VERSION);
    operator.wadm.deploy_manifest(APP, Some(&version)).await.unwrap();
    operator.until_status(APP, "Deployed").await;
    a_brand_is_made(lattice, "put-up-again");
    assert_eq!(operator.instances(NEIGHBOUR).await, 3);
}

/// Another version of the manifest with the same images: only numbers change, so nothing has to stop.
async fn another_version_replaces_it(operator: &Operator, lattice: &Lattice) {
    let version = format!("v{}-local", core_brand::VERSION);
    let orchestrator = core_saga::component_id("orchestrator", core_brand::VERSION);
    let manifest = operator.local_manifest().replace(&version, "v9.9.9");
    // Only of one: a host takes a component up anew when its number changes, and that means to compile it.
    let (before, behind) = manifest.split_once(&format!("id: {orchestrator}\n")).unwrap();
    let next =
        format!("{before}id: {orchestrator}\n{}", behind.replacen("instances: 32", "instances: 24", 1));
    operator.wadm.put_and_deploy_manifest(next.into_bytes()).await.unwrap();
    operator.until_instances(&orchestrator, 24).await;
    operator.until_status(APP, "Deployed").await;
    let versions = operator.wadm.list_versions(APP).await.unwrap();
    let deployed: Vec<&str> = versions.iter().filter(|one| one.deployed).map(|one| &*one.version).collect();
    assert_eq!((versions.len(), deployed.as_slice()), (2, ["v9.9.9"].as_slice()));
    a_brand_is_made(lattice, "another-version");
    assert_eq!(operator.instances(NEIGHBOUR).await, 3);
}

async fn what_is_scaled_by_hand_is_put_right(operator: &Operator) {
    let host = operator.inventory().await;
    let ours = host.components().iter().find(|one| one.id().contains("orchestrator")).unwrap();
    let (image, id) = (ours.image_ref(), ours.id());
    let scale = async |id: &str, wanted: u32, about| {
        let answer =
            operator.control.scale_component(host.host_id(), image, id, wanted, about, vec![], false);
        let answer = answer.await.unwrap();
        assert!(answer.succeeded(), "{}", answer.message());
    };
    scale("by-hand", 2, None).await;
    operator.until_instances("by-hand", 2).await;
    scale("by-hand", 0, None).await;
    operator.until_instances("by-hand", 0).await;
    scale(id, 5, ours.annotations().cloned()).await;
    operator.until_instances(id, 24).await;
}

/// Work waits, and there are more; it is gone, and there are fewer. Only the numbers of the manifest change.
async fn numbers_follow_queues(operator: &Operator, lattice: &Lattice) {
    let rule = "scaling: { logo: { min: 2, max: 6, lag: 1, cool_up: 1s, cool_down: 5s } }";
    let (policy, url) = (imprint_scaling::Policy::read(rule).unwrap(), lattice.card().nats_url);
    let following = tokio::spawn(async move {
        imprint_topology::follow_queues(&url, "default", policy, &imprint_supply::Quiet).await;
    });
    let logo = core_saga::component_id("logo", core_brand::VERSION);
    operator.until_instances(&logo, 2).await;
    let jobs: Vec<String> = (0..12).map(|number| begin(lattice, &format!("queue-{number}"))).collect();
    until("more than two", async || operator.instances(&logo).await > 2).await;
    tokio::task::block_in_place(|| {
        for id in &jobs {
            assert_eq!(lattice.end_patiently(id, PATIENCE)["status"], "completed");
        }
    });
    operator.until_instances(&logo, 2).await;
    // The numbers follow a queue that holds as much as one takes; what is in it goes after.
    until("nothing waits", async || {
        let record = imprint_topology::scaling_standing(&lattice.card().nats_url, "default").await.unwrap();
        imprint_topology::scaling_lines(&record) == ["  logo           2 of 2 to 6   queue 0"]
    })
    .await;
    let orchestrator = core_saga::component_id("orchestrator", core_brand::VERSION);
    assert_eq!(operator.instances(&orchestrator).await, 24, "others stay as they are");
    let versions = operator.wadm.list_versions(APP).await.unwrap();
    assert_eq!(versions.len(), 3, "of its own versions one is kept: {versions:?}");
    following.abort();
}

fn begin(lattice: &Lattice, key: &str) -> String {
    let brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee", "complexity": "simple", "concepts": 1 });
    tokio::task::block_in_place(|| lattice.begin_patiently(key, &brief))
}

fn a_brand_is_made(lattice: &Lattice, key: &str) {
    tokio::task::block_in_place(|| {
        let brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee", "complexity": "simple", "concepts": 1 });
        let id = lattice.begin_patiently(key, &brief);
        assert_eq!(lattice.end_patiently(&id, PATIENCE)["status"], "completed", "{key}");
    });
}
