//! Every rule over this repository.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_tidy::law::{self, Allowed, Package, Room};
use imprint_tidy::source::Source;
use imprint_tidy::{Finding, contract, exceptions, manifest, repository, schema, source, text};
use std::collections::BTreeMap;
use std::fs;

const ALLOWED: Allowed = Allowed { core: exceptions::CORE_CRATES, components: exceptions::COMPONENT_CRATES };

fn clean(mut found: Vec<Finding>) {
    found.sort();
    let lines: Vec<String> = found.iter().map(|finding| format!("  {finding}\n")).collect();
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), lines.concat());
}

fn of_sources(rule: fn(&Source) -> Vec<Finding>) {
    clean(repository::sources().unwrap().iter().flat_map(rule).collect());
}

fn of_texts(rule: fn(&str, &str) -> Vec<Finding>) {
    clean(repository::texts().unwrap().iter().flat_map(|(path, text)| rule(path, text)).collect());
}

fn packages() -> Vec<Package> {
    let metadata =
        repository::output(env!("CARGO"), &["metadata", "--no-deps", "--format-version", "1", "--offline"]);
    let packages =
        law::packages(&serde_json::from_str(&metadata.unwrap()).unwrap(), &repository::root()).unwrap();
    assert!(packages.iter().any(|package| package.room == Room::Core), "cargo metadata names no core crate");
    packages
}

#[test]
fn crates_know_only_whom_the_law_allows() {
    clean(law::forbidden_edges(&packages(), ALLOWED));
}

#[test]
fn exceptions_of_the_law_are_needed() {
    clean(law::idle_exceptions(&packages(), ALLOWED));
}

#[test]
fn nothing_worldly_lies_below_core() {
    let core: Vec<String> = packages()
        .into_iter()
        .filter(|package| package.room == Room::Core)
        .map(|package| package.name)
        .collect();
    let mut args =
        vec!["tree", "--offline", "--edges", "normal", "--target", "wasm32-wasip2", "--prefix", "none"];
    args.extend(core.iter().flat_map(|name| ["--package", name.as_str()]));
    let tree = repository::output(env!("CARGO"), &args).unwrap();
    clean(law::worldly(&tree, exceptions::WORLDLY_CRATES));
}

#[test]
fn crates_are_named_and_described() {
    clean(law::misnamed(&packages(), exceptions::NAMES));
}

#[test]
fn every_folder_of_a_room_is_a_crate() {
    clean(law::folders_without_crate(&repository::paths().unwrap()));
}

#[test]
fn pins_say_why() {
    let manifests = repository::texts_ending("Cargo.toml").unwrap();
    clean(manifests.iter().flat_map(|(path, text)| manifest::pins_without_reason(path, text)).collect());
}

#[test]
fn versions_live_in_one_table() {
    clean(manifest::versions_apart(&repository::texts_ending("Cargo.toml").unwrap()));
}

#[test]
fn files_start_with_what_they_are() {
    of_sources(source::heading);
}

#[test]
fn functions_have_an_end() {
    clean(source::long_functions(&repository::sources().unwrap(), exceptions::LONG_FUNCTIONS));
}

#[test]
fn silenced_lints_say_why() {
    of_sources(source::silenced_without_reason);
}

#[test]
fn nothing_is_left_unfinished() {
    of_sources(source::unfinished);
}

#[test]
fn what_is_code_is_run() {
    of_sources(source::code_in_comments);
}

#[test]
fn failures_are_handed_on() {
    of_sources(source::unwraps);
}

#[test]
fn core_asks_for_the_world() {
    of_sources(source::world_in_core);
}

#[test]
fn files_have_an_end() {
    of_texts(text::long);
}

#[test]
fn white_space_is_plain() {
    of_texts(text::white_space);
}

#[test]
fn registries_are_not_named() {
    of_texts(text::registry_addresses);
}

#[test]
fn locks_name_no_mirror() {
    of_texts(text::resolved_addresses);
}

#[test]
fn only_text_is_tracked() {
    let is_picture = |path: &String| exceptions::PICTURES.iter().any(|(picture, _)| picture == path);
    let paths: Vec<String> =
        repository::paths().unwrap().into_iter().filter(|path| !is_picture(path)).collect();
    clean(paths.iter().flat_map(|path| text::binary(path, &repository::bytes(path).unwrap())).collect());
}

#[test]
fn contracts_live_in_one_place() {
    clean(contract::strays(&repository::paths().unwrap(), exceptions::CONTRACT_TEMPLATES));
}

#[test]
fn released_contracts_do_not_change() {
    let paths = repository::paths().unwrap();
    let contracts: BTreeMap<String, Vec<u8>> = paths
        .into_iter()
        .filter(|path| path.starts_with("wit/") && path.ends_with(".wit"))
        .map(|path| (path.clone(), repository::bytes(&path).unwrap()))
        .collect();
    let list = repository::root().join(contract::FROZEN);
    if std::env::var_os("IMPRINT_ACCEPT").is_some_and(|value| value == "1") {
        fs::write(&list, contract::freeze(&contracts)).unwrap();
    }
    clean(contract::thawed(&fs::read_to_string(&list).unwrap_or_default(), &contracts));
}

#[test]
fn schemas_stay_and_newer_ones_read_older_messages() {
    let room = || -> BTreeMap<String, Vec<u8>> {
        let paths = repository::paths().unwrap().into_iter().filter(|path| path.starts_with(schema::ROOM));
        paths.map(|path| (path.clone(), repository::bytes(&path).unwrap())).collect()
    };
    if std::env::var_os("IMPRINT_ACCEPT").is_some_and(|value| value == "1") {
        for (path, bytes) in schema::release(&room()) {
            fs::write(repository::root().join(path), bytes).unwrap();
        }
    }
    let room = room();
    assert!(room.contains_key(schema::HASHES), "{} is missing", schema::HASHES);
    clean(schema::faults(&room));
}
