//! What whoever steers a lattice says to it: the control interfaces on the wire, and the manifests that wadm reads.
//!
//! **Law.** The committed manifest is the rendered one, and every id in it comes from one function (`tests/manifest.rs`).
//! **Absent.** Processes (`topology`), and deciding what shall be (`rollout`, `scaling`).

mod manifest;
mod spread;
mod wire;

pub use manifest::{
    ACCESS, APP, Entrance, LOCAL_VERSION, PAINTER, PROVIDERS, Painter, Polish, RELEASED_VERSION,
    ROUTES_CONFIG, Site, VersionApp, Wanted as WantedVersion, calls_of, direct_links, edge_links,
    edge_mappings, manifest, registry_image, version_app,
};
pub use spread::REGIONS_MAX;
pub use wire::{Control, Inventory, Link, Placed};
