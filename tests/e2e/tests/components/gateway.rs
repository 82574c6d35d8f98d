//! The component file of the gateway, which runs on a lattice only.

use imprint_supply::{Places, Quiet};
use std::collections::BTreeSet;
use wasmtime::Engine;
use wasmtime::component::Component;

/// What it may call: ours, and what a host gives to every component.
const IMPORTS: &[&str] = &[
    "imprint:assets/raster@0.1.0",
    "imprint:blobs/store@0.1.0",
    "imprint:courier/desk@0.1.0",
    "imprint:courier/leaving@0.1.0",
    "imprint:courier/reports@0.1.0",
    "imprint:jobs/step@0.1.0",
    "imprint:ledger/jobs@0.1.0",
    "imprint:ledger/shelf@0.1.0",
    "imprint:logo/marks@0.1.0",
    "imprint:platform/types@0.1.0",
    "wasi:config/store@0.2.0-draft",
    "wasi:logging/logging@0.1.0-draft",
    "wasmcloud:bus/lattice@2.0.0",
    "wrpc:rpc/error@0.1.0",
];
/// Packages of plain WASI, in whatever version the standard library has them.
const PLAIN: &[&str] = &["wasi:cli/", "wasi:clocks/", "wasi:http/types@", "wasi:io/", "wasi:random/"];

/// What the file imports and exports is what its world says, and nothing else: no sockets, no files, no way out.
#[test]
pub(crate) fn surface_is_its_world() {
    let places = Places::find().unwrap();
    let files = imprint_supply::lattice_components(&places, &Quiet).unwrap();
    let file = files.iter().find(|file| file.name == "gateway").unwrap();
    let engine = Engine::default();
    let kind = Component::from_file(&engine, &file.path).unwrap().component_type();
    let imports: BTreeSet<&str> = kind.imports(&engine).map(|(name, _)| name).collect();
    let ours: BTreeSet<&str> =
        imports.iter().copied().filter(|name| !PLAIN.iter().any(|plain| name.starts_with(plain))).collect();
    assert_eq!(ours, IMPORTS.iter().copied().collect());
    let exports: Vec<&str> = kind.exports(&engine).map(|(name, _)| name).collect();
    assert!(
        matches!(exports.as_slice(), [one] if one.starts_with("wasi:http/incoming-handler@0.2.")),
        "{exports:?}"
    );
}
