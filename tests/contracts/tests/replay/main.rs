//! Every expectation against whoever answers it; and that each of them can fail.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod bus;
mod http;
mod made;
mod released;
mod served;
mod texts;
mod versions;

use imprint_artifacts::artifacts;
use imprint_blobs::{FolderBlobs, FontShelf, MemoryBlobs, NatsBlobs};
use imprint_contracts::{
    Callee, Components, Courier, Expectation, Fonts, Ledger, Pair, Shapes, Store, Words, matches, pairs,
    planted,
};
use imprint_polish::Polisher;
use imprint_servers::nats_server;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;
use tokio::runtime::Runtime;

/// The clock of the ledger, and of the contexts.
const NOW_MS: u64 = 1_000_000;
/// Callees that are libraries; every other one is a component.
const LIBRARIES: &[&str] = &["blobs", "courier", "fonts", "ledger", "polish"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shapes() -> Shapes {
    Shapes::read(&root().join("texts/shapes.json")).unwrap()
}

fn components() -> &'static Components {
    static OPENED: OnceLock<Components> = OnceLock::new();
    OPENED.get_or_init(|| Components::open().unwrap())
}

fn of(callee: &str) -> Vec<Pair> {
    let all = pairs(root()).unwrap().into_iter();
    all.filter(|pair| pair.callee == callee && !pair.expectations.is_empty()).collect()
}

/// Replays all that anybody expects of this callee, with something planted into every expectation afterwards.
fn check(name: &str, callee: &dyn Callee) {
    let pairs = of(name);
    assert!(!pairs.is_empty(), "nobody expects anything of `{name}`");
    for pair in &pairs {
        for (file, expectation) in &pair.expectations {
            let title = format!("{}-{}/{file} ({})", pair.caller, pair.callee, expectation.because);
            let answers = expectation.replay(callee).unwrap_or_else(|why| panic!("{title}\n  {why}"));
            for (number, call) in expectation.calls.iter().enumerate() {
                for broken in planted(&call.answer) {
                    let told = matches(&broken, &answers[number], &answers[..number]);
                    assert!(told.is_err(), "{title}: nothing fails on {broken}");
                }
            }
        }
    }
}

#[test]
fn components_are_what_their_callers_rely_on() {
    macro_rules! each {
        ($component:ident) => {
            check(stringify!($component), &components().one(stringify!($component)));
        };
    }
    imprint_artifacts::foreach_component!(each);
    // No step of a brand job, so it is not among them.
    each!(notify);
}

#[test]
fn stores_are_what_their_callers_rely_on() {
    check("blobs", &Store::new(Runtime::new().unwrap(), MemoryBlobs::default()));
    let folder = tempfile::tempdir().unwrap();
    check("blobs", &Store::new(Runtime::new().unwrap(), FolderBlobs::open(folder.path()).unwrap()));
    let Some(server) = nats_server() else { return };
    let runtime = Runtime::new().unwrap();
    let opened = runtime.block_on(async {
        let nats = async_nats::connect(server.url()).await.unwrap();
        NatsBlobs::open(nats, &BTreeMap::new()).await.unwrap()
    });
    check("blobs", &Store::new(runtime, opened));
}

#[test]
fn fonts_are_what_their_callers_rely_on() {
    check("fonts", &Fonts(FontShelf::new(artifacts().fonts.clone())));
}

#[test]
fn a_platform_without_a_model_is_what_its_callers_rely_on() {
    check("polish", &Words::new(Runtime::new().unwrap(), Polisher::new(None).unwrap()));
}

#[test]
fn the_ledger_is_what_its_callers_rely_on() {
    let Some(server) = nats_server() else { return };
    check("ledger", &Ledger::start(&server.url(), || NOW_MS).unwrap());
}

#[test]
fn the_courier_is_what_its_callers_rely_on() {
    check("courier", &Courier::new(|| NOW_MS).unwrap());
}

/// Whoever calls somebody says what for: the runner every component, every component and the gateway what they import.
#[test]
fn every_caller_has_expectations() {
    let found: BTreeSet<(String, String)> =
        pairs(root()).unwrap().into_iter().map(|pair| (pair.caller, pair.callee)).collect();
    let lattice =
        [("gateway", "ledger"), ("gateway", "blobs"), ("gateway", "assets"), ("gateway", "courier")];
    let mut wanted = BTreeSet::from(lattice)
        .into_iter()
        .chain([("courier", "notify")])
        .map(|(caller, callee)| (caller.to_owned(), callee.to_owned()))
        .collect::<BTreeSet<_>>();
    macro_rules! each {
        ($component:ident) => {
            let component = stringify!($component);
            wanted.insert(("runner".to_owned(), component.to_owned()));
            let imports = components().surface(component).unwrap().imports;
            let imports = imports.iter().filter_map(|name| name.strip_prefix("imprint:")?.split_once('/'));
            let callees = imports.map(|(callee, _)| callee).filter(|callee| *callee != "platform");
            // Steps reach their libraries through one library of their own, `components/bindings`.
            let caller = |callee| if LIBRARIES.contains(&callee) { "bindings" } else { component };
            wanted.extend(callees.map(|callee| (caller(callee).to_owned(), callee.to_owned())));
        };
    }
    imprint_artifacts::foreach_component!(each);
    let missing: Vec<_> = wanted.difference(&found).collect();
    assert!(missing.is_empty(), "no expectations: {missing:?}");
}

/// Contracts that are broken on purpose; what is to be found stands in `because`. A replay that lets one pass proves nothing.
#[test]
fn a_planted_break_is_found() {
    let broken = pairs(&root().join("planted")).unwrap();
    assert!(!broken.is_empty());
    for pair in &broken {
        for (file, expectation) in &pair.expectations {
            let Err(told) = expectation.replay(&components().one(&pair.callee)) else {
                panic!("{}-{}/{file} passes", pair.caller, pair.callee)
            };
            assert!(told.contains(&expectation.because), "{file}: {told}");
        }
    }
}

/// The file is a parameter: a copy does as well, and a file of somebody else does not.
#[test]
fn another_file_can_stand_in() {
    let folder = tempfile::tempdir().unwrap();
    let file =
        |name: &str| artifacts().components.iter().find(|file| file.name == name).unwrap().path.clone();
    let released = folder.path().join("released.wasm");
    std::fs::copy(file("orchestrator"), &released).unwrap();
    let copy = Components::with(&BTreeMap::from([("orchestrator".to_owned(), released)])).unwrap();
    check("orchestrator", &copy.one("orchestrator"));
    let wrong = Components::with(&BTreeMap::from([("orchestrator".to_owned(), file("design"))])).unwrap();
    let first = Expectation::read(&root().join("runner-orchestrator/01-nothing-rests.json")).unwrap();
    let why = first.replay(&wrong.one("orchestrator")).unwrap_err();
    assert!(why.contains("imprint:orchestrator/saga"), "{why}");
}
