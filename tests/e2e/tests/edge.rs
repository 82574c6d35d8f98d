//! An edge as real processes: while the link to its region is cut it goes on answering, and keeps what only the region can do.
//!
//! With `IMPRINT_EDGE_KILL` its host is killed too while the link is cut; it compiles its components again, which takes a while.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_harness::{Answer, Lattice, PATIENCE, Witness, oddities};
use imprint_servers::Relay;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

const TENANT: &str = "local";
const JSON: (&str, &str) = ("content-type", "application/json");
/// An edge notices at once that its wire is cut, and seconds later that it is whole again.
const NOTICE_MAX: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(50);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_edge_goes_on_while_its_link_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let (region, leaf_port) = Lattice::start_with_leaves(folder.path().join("region")).await;
    let way = Relay::start(leaf_port, Duration::ZERO).await;
    let mut edge = Lattice::start_edge(folder.path().join("edge"), "berlin", &region, way.port).await;
    tokio::task::block_in_place(|| {
        let before = preview(&edge);
        assert_eq!(before.status, 200, "{}", before.text());
        assert_eq!(before.json(), preview(&region).json(), "an edge designs as its region does");
        // An edge bears with its region for two seconds, and what is asked first may take as long on a busy machine.
        let list = edge.ask_patiently("GET", "/api/v1/brands", &[], b"");
        assert_eq!(list.status, 200, "{}", list.text());
        assert_eq!(begin(&region, "first").status, 202);
        let through = begin(&edge, "through").json();
        assert_eq!(through["note"], json!(null), "with a link nothing waits: {through}");
        way.cut();
        let held = queued(&edge);
        the_edge_answers(&edge, &before);
        if std::env::var_os("IMPRINT_EDGE_KILL").is_some() {
            its_host_dies(&mut edge, &before);
        }
        way.heal();
        for id in [through["id"].as_str().unwrap(), &held] {
            done_once(&edge, &region, id);
        }
    });
    edge.stop().await;
    region.stop().await;
}

fn preview(at: &Lattice) -> Answer {
    let brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee", "seed": 7 }).to_string();
    at.ask_patiently("POST", "/api/v1/designs:preview", &[JSON], brief.as_bytes())
}

fn begin(at: &Lattice, key: &str) -> Answer {
    let brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee", "complexity": "simple", "concepts": 1 });
    let headers = [JSON, ("idempotency-key", key)];
    at.ask("POST", "/api/v1/brands", &headers, brief.to_string().as_bytes())
}

/// Asks for a brand at an edge that is cut off: it is taken, and says where it waits.
fn queued(edge: &Lattice) -> String {
    let (taken, again) = (begin(edge, "cut"), begin(edge, "cut"));
    assert_eq!((taken.status, again.status), (202, 202), "{}", taken.text());
    let (taken, again) = (taken.json(), again.json());
    assert_eq!(taken["id"], again["id"]);
    let id = taken["id"].as_str().unwrap().to_owned();
    let seen = edge.ask("GET", &format!("/api/v1/brands/{id}"), &[], b"").json();
    for told in [&taken, &again, &seen] {
        assert_eq!(told["status"], "queued");
        assert!(told["note"].as_str().unwrap().starts_with("queued at the edge `berlin`"), "{told}");
    }
    let briefs = json!({ "briefs": [{ "company_name": "Southwind Tea", "industry": "tea", "concepts": 1 }] });
    let headers = [JSON, ("idempotency-key", "batch")];
    let batch = edge.ask("POST", "/api/v1/brands:batch", &headers, briefs.to_string().as_bytes());
    assert_eq!(batch.status, 202, "{}", batch.text());
    id
}

/// What it can do alone it does; what is in the region is away, and said to be.
fn the_edge_answers(edge: &Lattice, before: &Answer) {
    let now = preview(edge);
    assert_eq!((now.status, now.json()), (200, before.json()));
    for (path, status) in [("/readyz", 200), ("/", 200), ("/api/v1/brands", 503)] {
        let answer = edge.ask("GET", path, &[], b"");
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
    }
}

/// The host of a cut edge comes back without the region, with all it runs.
fn its_host_dies(edge: &mut Lattice, before: &Answer) {
    let began = Instant::now();
    edge.signal(edge.process("host-0").unwrap(), "KILL");
    edge.tend();
    assert_eq!(preview(edge).json(), before.json());
    println!("cut off, its host answers again {:.1?} after it was killed", began.elapsed());
}

/// Once the link is whole the job is handed on, and what is made can be fetched at both ends.
fn done_once(edge: &Lattice, region: &Lattice, id: &str) {
    let began = Instant::now();
    while edge.ask_patiently("GET", &format!("/api/v1/brands/{id}"), &[], b"").json()["note"] != json!(null) {
        assert!(began.elapsed() < NOTICE_MAX, "{id} is not handed on");
        std::thread::sleep(LOOK);
    }
    println!("handed on {:.1?} after the link was whole", began.elapsed());
    let job = edge.end_patiently(id, PATIENCE);
    assert_eq!(job["status"], "completed", "{job}");
    let kits =
        [edge, region].map(|at| at.ask_patiently("GET", &format!("/api/v1/brands/{id}/kit"), &[], b""));
    assert_eq!([kits[0].status, kits[1].status], [200, 200]);
    assert!(kits[0].body == kits[1].body, "the kit is the same at both ends");
    let entries = Handle::current()
        .block_on(async { Witness::connect(&region.card().nats_url).await.entries(TENANT, id).await });
    let odd = oddities(&entries);
    assert!(odd.is_empty(), "{id}: {odd:?}");
}
