//! A name for models of the painter: a model that paints is what it means to everybody, one that paints nothing goes back by
//! itself, and jobs that are under way keep the model that they were pinned to.

#[path = "../../../../gpu-provider/serve/tests/support/mod.rs"]
mod support;

use super::{CANARY, JOBS, LOOK, Person};
use imprint_harness::{PATIENCE, program};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use tokio::runtime::Handle;

/// What briefs write. To painters it means the newest model of this name, which is the one that paints nothing.
pub(crate) const NAME: &str = "tiny";
pub(crate) const OLD: &str = "tiny@1";
pub(crate) const GOOD: &str = "tiny@2";
const EMPTY: &str = "tiny@3";
/// What a kit says of a picture that is there and no mark, as those of such a small model are.
const PAINTED: &str = "paint.untraced";
/// And of one that has one colour.
const FAILED: &str = "paint.blank";
/// So many of them are more than chance.
const ERRORS: u64 = 5;

/// Models in a folder, as a person brings them in.
pub(crate) fn bring(folder: &Path) -> PathBuf {
    let (small, empty, models) = (folder.join("small"), folder.join("empty"), folder.join("models"));
    support::coarse(&small);
    support::coarse(&empty);
    support::blank(&empty);
    for (name, from) in [(OLD, &small), (GOOD, &small), (EMPTY, &empty)] {
        let mut command = Command::new(program("imprint"));
        command.args(["models", "add"]).arg(from).args(["--name", name, "--native", "64"]);
        let added = command.env("IMPRINT_MODELS", &models).output().unwrap();
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    }
    models
}

/// From now on people ask for painted concepts, and some get another model.
pub(crate) fn start_a_good_one(person: &mut Person) -> String {
    person.painted = 2;
    person.start_with(&format!("set: [{{ model: {NAME}, from: {OLD}, to: {GOOD} }}]{CANARY}"), &[])
}

/// The controller looks away while there is evidence, so that it goes back at one look, with a job under way.
pub(crate) fn a_faulty_model(person: &mut Person) {
    person.painted = 2;
    let set = format!("model/{NAME}={EMPTY}");
    let file = person.file(CANARY);
    let words = ["start", file.to_str().unwrap(), "--set", &set, "--image", "model/tiny=tiny.wasm"];
    let (code, said) = person.rollout(&words);
    assert!(code == Some(2) && said.contains("components come from images, and models do not"), "{said}");

    let id = person.start_with(CANARY, &["--set", &set]);
    let weight = || Some(routes(person).rollouts.get(&id)?.split.weight);
    until("people get it", || weight() > Some(0));
    let controller = person.lattice.process("rollout").unwrap();
    person.lattice.signal(controller, "STOP");
    let began = Instant::now();
    while person.met("canary", EMPTY, "error") < ERRORS {
        assert!(began.elapsed() < PATIENCE, "nobody meets it");
        let jobs = [(); JOBS].map(|()| person.begin(&[]));
        assert!(person.ends(&jobs).iter().all(|end| end == "completed"), "the rest of the brand is there");
    }
    let painters = person.lattice.providers("painter");
    painters.iter().for_each(|painter| person.lattice.signal(*painter, "STOP"));
    let pinned = person.begin(&[("canary", "true")]);
    person.lattice.signal(controller, "CONT");
    until("it goes back", || person.status(&id) == "rolled-back");
    assert_eq!(person.end_of(&pinned), None, "nobody paints meanwhile");
    let later = person.begin(&[("canary", "true")]);
    painters.iter().for_each(|painter| person.lattice.signal(*painter, "CONT"));
    assert_eq!(missed(person, &pinned), [FAILED.to_owned()].into(), "it has kept its model");
    assert_eq!(missed(person, &later), [PAINTED.to_owned()].into(), "a header still reaches it");
    let (_, history) = person.rollout(&["history", &id]);
    assert!(history.contains("goes back, because bad: error_rate of model/tiny"), "{history}");
    println!("{:.1?}: {history}", began.elapsed());
}

/// Then it means to painters what it meant before.
pub(crate) fn a_name_is_given_back(person: &mut Person) {
    let known = person.json(&["versions"]);
    let is_it = |one: &Value| one["name"] == format!("model/{NAME}") && one["version"] == GOOD;
    assert!(known.as_array().unwrap().iter().any(is_it), "{known}");
    let (code, said) = person.rollout(&["forget", NAME]);
    assert!(code == Some(0) && said.contains("`tiny` meant tiny@2;"), "{said}");
    until("gateways forget it", || !routes(person).versions.contains_key("model/tiny"));
    let job = person.begin(&[]);
    assert_eq!(missed(person, &job), [FAILED.to_owned()].into(), "the newest is what painters take it for");
    let (code, said) = person.rollout(&["forget", NAME]);
    assert!(code == Some(2) && said.contains("nobody has said here what `tiny` means"), "{said}");
}

fn routes(person: &Person) -> core_saga::Routes {
    Handle::current().block_on(super::routes(&person.lattice))
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "{what}: not so after {PATIENCE:?}");
        std::thread::sleep(LOOK);
    }
}

/// Why a brand lacks its painted concepts, once it is there.
fn missed(person: &Person, job: &(String, String)) -> BTreeSet<String> {
    assert_eq!(person.ends(std::slice::from_ref(job)), ["completed"]);
    let (id, bearer) = job;
    let path = format!("/api/v1/brands/{id}/files/brand.json");
    let brand = person.lattice.ask_as_nobody("GET", &path, &[("authorization", bearer.as_str())], b"").json();
    let missed = brand["missed"].as_array().unwrap_or_else(|| panic!("{brand}"));
    missed.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}
