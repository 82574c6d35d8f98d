//! Three regions as real processes: a version goes from region to region and back, a person moves what leads, and one dies
//! under load: the others go on, its jobs are finished by them, and when it is back everybody tells the same.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod waves;

use imprint_harness::{Lattice, PATIENCE, Witness, oddities};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

const REGIONS: [&str; 3] = ["us-east-1", "us-west-2", "eu-west-1"];
/// The first: most of what the platform keeps is led from there.
const VICTIM: &str = REGIONS[0];
/// Jobs of each region when one dies.
const JOBS: usize = 3;
/// Long enough that work is in hands.
const MOMENT: Duration = Duration::from_millis(700);
const TENANT: &str = "local";
const LOOK: Duration = Duration::from_millis(100);

/// Jobs that were acknowledged, with the region that did.
type Acked = BTreeMap<String, &'static str>;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_region_dies_and_its_jobs_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut lattice = Lattice::start_regions(folder.path().join("state"), &REGIONS).await;
    tokio::task::block_in_place(|| {
        waves::a_version_that_fails_in_the_second_region_spares_the_third(&mut lattice, folder.path());
        a_person_moves_what_leads(&lattice);
        let mut acked = Acked::new();
        for region in REGIONS {
            begin(&mut lattice, region, "before", JOBS, &mut acked);
        }
        std::thread::sleep(MOMENT);
        lattice.kill_region(VICTIM);
        the_others_go_on(&mut lattice, &mut acked);
        waves::orders_are_heard_in_another_region(&lattice, folder.path());
        it_comes_back(&mut lattice, &mut acked);
        all_tell_the_same(&lattice, &acked);
        it_leads_again(&lattice);
    });
    lattice.stop().await;
}

/// What a person says, as `imprint regions promote`.
fn promote(lattice: &Lattice, region: &str) -> (Option<i32>, String) {
    lattice.said(&["regions", "promote", region])
}

/// The regions that lead something.
fn leading(lattice: &Lattice, asked: &str) -> BTreeSet<String> {
    let leaders = Handle::current().block_on(imprint_topology::leaders(&lattice.nats_in(asked))).unwrap();
    assert!(leaders.len() > 5, "most of what is kept is not there: {leaders:?}");
    leaders.into_iter().filter_map(|one| one.region).collect()
}

/// Another region leads, and then the first again: most of what the platform keeps is led from there when it dies.
fn a_person_moves_what_leads(lattice: &Lattice) {
    let (code, said) = promote(lattice, "mars");
    assert!(code == Some(2) && said.contains("no region of this platform; there are us-east-1"), "{said}");
    for region in [REGIONS[1], VICTIM] {
        let began = Instant::now();
        // One that has just taken the lead may wait for the others a moment.
        let (mut code, mut said) = promote(lattice, region);
        while code != Some(0) {
            assert!(began.elapsed() < PATIENCE, "{said}");
            std::thread::sleep(LOOK);
            (code, said) = promote(lattice, region);
        }
        println!("{:.1?}: {}", began.elapsed(), said.trim());
        assert_eq!(leading(lattice, REGIONS[2]), [region.to_owned()].into());
    }
    let (_, shown) = lattice.said(&["regions", "show"]);
    assert!(shown.lines().count() == 3 && shown.contains("us-west-2        leads 0 of"), "{shown}");
}

/// What took back what it had missed may lead.
fn it_leads_again(lattice: &Lattice) {
    let began = Instant::now();
    while promote(lattice, VICTIM).0 != Some(0) {
        assert!(began.elapsed() < PATIENCE, "{}", promote(lattice, VICTIM).1);
        std::thread::sleep(LOOK);
    }
    assert_eq!(leading(lattice, REGIONS[1]), [VICTIM.to_owned()].into());
}

/// Begins jobs in a region; they are at home there.
fn begin(lattice: &mut Lattice, region: &'static str, when: &str, count: usize, acked: &mut Acked) {
    lattice.ask_in(region);
    let brief = json!({ "company_name": "Northwind Coffee", "industry": "coffee", "complexity": "simple", "concepts": 1 });
    for number in 0..count {
        let id = lattice.begin_patiently(&format!("{region}-{when}-{number}"), &brief);
        assert!(id.starts_with(&format!("br_{region}_")), "{id}");
        acked.insert(id, region);
    }
}

/// Each of the others takes new jobs and finishes all, those of the dead region too.
fn the_others_go_on(lattice: &mut Lattice, acked: &mut Acked) {
    let began = Instant::now();
    for region in &REGIONS[1..] {
        begin(lattice, region, "after", 1, acked);
        println!("{:.1?} after {VICTIM} died {region} takes jobs", began.elapsed());
    }
    let (code, said) = promote(lattice, VICTIM);
    assert!(code == Some(2) && said.contains("is away"), "{said}");
    let mut lost = 0;
    for (number, (id, home)) in acked.iter().enumerate() {
        lattice.ask_in(REGIONS[1 + number % 2]);
        let job = lattice.end_patiently(id, PATIENCE);
        lost += usize::from(job["status"] != "completed");
        println!("{:.1?}: a job of {home} is {}", began.elapsed(), job["status"]);
    }
    println!(
        "{} acknowledged, {lost} lost, all ended {:.1?} after {VICTIM} died",
        acked.len(),
        began.elapsed()
    );
    assert_eq!(lost, 0);
}

fn it_comes_back(lattice: &mut Lattice, acked: &mut Acked) {
    let began = Instant::now();
    lattice.ask_in(VICTIM);
    lattice.tend();
    begin(lattice, VICTIM, "back", 1, acked);
    println!("{:.1?} after its start {VICTIM} takes jobs again", began.elapsed());
    for id in acked.keys() {
        assert_eq!(lattice.end_patiently(id, PATIENCE)["status"], "completed");
    }
}

/// Read in each region, every journal is whole and the same, and nothing in it was done twice.
fn all_tell_the_same(lattice: &Lattice, acked: &Acked) {
    let told = |region: &&str| {
        Handle::current().block_on(async {
            let witness = Witness::connect(&lattice.nats_in(region)).await;
            let mut journals = Vec::new();
            for id in acked.keys() {
                let entries = witness.entries(TENANT, id).await;
                let odd = oddities(&entries);
                assert!(odd.is_empty(), "{id} in {region}: {odd:?}");
                journals.push(entries.iter().map(|entry| format!("{:?}", entry.event)).collect::<Vec<_>>());
            }
            assert!(witness.verify().await.is_whole(), "a chain is broken in {region}");
            journals
        })
    };
    let all: Vec<_> = REGIONS.iter().map(told).collect();
    assert!(all.iter().all(|journals| *journals == all[0]), "the regions tell different things");
    println!("{} journals are whole, and the same in {} regions", acked.len(), REGIONS.len());
}
