//! The committed manifest is the rendered one.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_topology::{Polish, RELEASED_VERSION, Site, manifest, registry_image};
use std::path::Path;

#[test]
fn the_committed_manifest_is_the_rendered_one() {
    let site = site(None);
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wadm/imprint.yaml");
    imprint_golden::check_text(&committed, &manifest(&site));
}

#[test]
fn a_language_model_is_one_more_provider_and_a_link() {
    let key_file = Some("/etc/imprint/model.key".into());
    let polish = Polish { url: "http://127.0.0.1:11434/v1".into(), model: "tiny".into(), key_file };
    let (without, with) = (manifest(&site(None)), manifest(&site(Some(polish))));
    let more: Vec<&str> = with.lines().filter(|line| !without.lines().any(|known| known == *line)).collect();
    let wanted = [
        "            package: polish",
        "            interfaces: [text]",
        "              name: polish",
        "    - name: polish",
        "        id: imprint-polish",
        "        image: localhost:5000/imprint-polish:0.1.0",
        "          - name: polish-settings",
        "              url: \"http://127.0.0.1:11434/v1\"",
        "              model: \"tiny\"",
        "              key_file: \"/etc/imprint/model.key\"",
    ];
    assert_eq!(more, wanted);
}

fn site(polish: Option<Polish>) -> Site<'static> {
    Site {
        version: RELEASED_VERSION,
        image: &|name| registry_image("localhost:5000", name),
        http: "0.0.0.0:8080".to_owned(),
        region: "us-east-1".to_owned(),
        replicas: 3,
        fonts: "/var/lib/imprint/fonts.json".to_owned(),
        width: 4,
        polish,
    }
}
