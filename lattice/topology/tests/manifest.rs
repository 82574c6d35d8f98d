//! The committed manifest is the rendered one.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_topology::{RELEASED_VERSION, Site, manifest, registry_image};
use std::path::Path;

#[test]
fn the_committed_manifest_is_the_rendered_one() {
    let site = Site {
        version: RELEASED_VERSION,
        image: &|name| registry_image("localhost:5000", name),
        http: "0.0.0.0:8080".to_owned(),
        region: "us-east-1".to_owned(),
        replicas: 3,
        fonts: "/var/lib/imprint/fonts.json".to_owned(),
        width: 4,
    };
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wadm/imprint.yaml");
    imprint_golden::check_text(&committed, &manifest(&site));
}
