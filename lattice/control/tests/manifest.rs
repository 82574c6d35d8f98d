//! The committed manifest is the rendered one.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_control::{
    Entrance, Link, Painter, Polish, RELEASED_VERSION, Site, WantedVersion, direct_links, edge_links,
    edge_mappings, manifest, registry_image, version_app,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[test]
fn the_committed_manifest_is_the_rendered_one() {
    let site = site(None);
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wadm/imprint.yaml");
    imprint_golden::check_text(&committed, &manifest(&site));
}

#[test]
fn the_committed_manifests_of_regions_are_the_rendered_ones() {
    let four = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"];
    for count in [3, 4] {
        let entrance =
            |region: &&str| Entrance { region: (*region).to_owned(), http: "0.0.0.0:8080".to_owned() };
        let site = Site { entrances: four[..count].iter().map(entrance).collect(), ..site(None) };
        let committed = format!("../../wadm/regions/{}.yaml", ["three", "four"][count - 3]);
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join(committed);
        imprint_golden::check_text(&committed, &manifest(&site));
    }
}

#[test]
fn the_committed_manifest_of_an_edge_is_the_rendered_one() {
    let edge =
        Site { region: "berlin".to_owned(), replicas: 1, edge_of: Some("default".to_owned()), ..site(None) };
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wadm/edge.yaml");
    imprint_golden::check_text(&committed, &manifest(&edge));
}

/// Everything that the gateway of an edge calls is either in its manifest or led to the region.
#[test]
fn what_an_edge_does_not_run_is_asked_of_its_region() {
    let links: Vec<String> = edge_links().into_iter().map(|link| link.target).collect();
    assert_eq!(links, ["imprint-region-blobs", "imprint-region-assets", "imprint-region-courier"]);
    let ways: Vec<(String, String)> = edge_mappings("default-berlin", "default");
    let ways: Vec<(&str, &str)> = ways.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    let wanted = [
        ("default-berlin.imprint-region-blobs.>", "default.imprint-blobs.>"),
        ("default-berlin.imprint-region-assets.>", "default.imprint-assets-0_1_0.>"),
        ("default-berlin.imprint-region-courier.>", "default.imprint-courier.>"),
    ];
    assert_eq!(ways, wanted);
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

#[test]
fn a_painter_is_one_more_provider_without_a_link() {
    let painter = Some(Painter { models: "/var/lib/imprint/models".into(), memory: Some(8_000_000_000) });
    let (without, with) = (manifest(&site(None)), manifest(&Site { painter, ..site(None) }));
    let more: Vec<&str> = with.lines().filter(|line| !without.lines().any(|known| known == *line)).collect();
    let wanted = [
        "    - name: painter",
        "        id: imprint-painter",
        "        image: localhost:5000/imprint-painter:0.1.0",
        "          - name: painter-settings",
        "              models: \"/var/lib/imprint/models\"",
        "              memory: \"8000000000\"",
    ];
    assert_eq!(more, wanted);
}

/// What wadm was seen to take: providers of the main application without an id of their own, links as in its manifest.
const KIT: &str = r#"apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: imprint-kit-0_2_0
  annotations:
    version: VERSION
    description: The component kit in another version
spec:
  components:
    - name: kit
      type: component
      properties:
        id: imprint-kit-0_2_0
        image: localhost:5000/imprint-kit:0.2.0
      traits:
        - type: daemonscaler
          properties:
            instances: 32
            spread:
              - name: hosts
                requirements: { brands: "true" }
        - type: link
          properties:
            namespace: imprint
            package: blobs
            interfaces: [store]
            target:
              name: blobs
        - type: link
          properties:
            namespace: imprint
            package: fonts
            interfaces: [library]
            target:
              name: fonts
    - name: blobs
      type: capability
      properties:
        application: { name: imprint, component: blobs }
    - name: fonts
      type: capability
      properties:
        application: { name: imprint, component: fonts }
"#;

#[test]
fn a_version_is_an_application_of_its_own() {
    let kit = "localhost:5000/imprint-kit:0.2.0";
    let app = version_app(&version("kit", kit)).unwrap();
    assert_eq!(app.manifest, KIT.replace("VERSION", &app.version));
    let link = Link {
        source: "imprint-kit-0_2_0".into(),
        target: "imprint-assets-0_1_0".into(),
        name: "default".into(),
        package: "assets".into(),
        interfaces: vec!["raster".into()],
    };
    assert_eq!((app.name.as_str(), &app.links), ("imprint-kit-0_2_0", &vec![link]));
    let other = version_app(&version("kit", "localhost:5000/imprint-kit:0.2.1")).unwrap();
    assert_ne!(other.version, app.version, "wadm takes no second manifest of one version");
    let with_model = WantedVersion { has_model: true, ..version("design", "x") };
    assert!(version_app(&with_model).unwrap().manifest.contains("component: polish"));
    assert!(version_app(&version("gateway", "x")).is_none() && version_app(&version("x", "x")).is_none());
    // In some regions it is another manifest of the same application.
    let there = WantedVersion { regions: &["eu-west-1", "us-west-2"], ..version("kit", kit) };
    let there = version_app(&there).unwrap();
    assert!(there.name == app.name && there.links == app.links && there.version != app.version);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (there, everywhere) = (lines(&there.manifest), lines(&app.manifest));
    let more: Vec<&str> = there.difference(&everywhere).map(|line| line.trim()).collect();
    for region in ["eu-west-1", "us-west-2"] {
        let wanted = format!("requirements: {{ brands: \"true\", region: {region} }}");
        assert!(more.contains(&wanted.as_str()), "{more:?}");
    }
}

fn version<'a>(component: &'a str, image: &'a str) -> WantedVersion<'a> {
    WantedVersion { component, version: "0.2.0", image, has_model: false, regions: &[] }
}

#[test]
fn what_is_said_of_the_courier_stands_in_its_settings() {
    let courier = [("outbox", "/var/lib/imprint/outbox"), ("mail_from", "Imprint <news@\"a\".example>")];
    let courier = courier.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let (without, with) = (manifest(&site(None)), manifest(&Site { courier, ..site(None) }));
    let more: Vec<&str> = with.lines().filter(|line| !without.lines().any(|known| known == *line)).collect();
    let wanted = [
        r#"              mail_from: "Imprint <news@\"a\".example>""#,
        r#"              outbox: "/var/lib/imprint/outbox""#,
    ];
    assert_eq!(more, wanted);
}

#[test]
fn every_gateway_reaches_a_version_by_the_name_of_its_id() {
    let gateways = ["imprint-gateway-0_1_0-us-east-1", "imprint-gateway-0_1_0-eu-west-1"].map(str::to_owned);
    let link = |source: &String| Link {
        source: source.clone(),
        target: "imprint-assets-0_2_0".into(),
        name: "imprint-assets-0_2_0".into(),
        package: "assets".into(),
        interfaces: vec!["raster".into()],
    };
    assert_eq!(direct_links("assets", "0.2.0", &gateways), gateways.each_ref().map(link));
    assert_eq!(direct_links("kit", "0.2.0", &gateways), [], "no gateway calls it");
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
        painter: None,
        courier: BTreeMap::new(),
        entrances: Vec::new(),
        edge_of: None,
    }
}
