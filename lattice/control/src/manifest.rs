//! The application, as wadm reads it: rendered from one model, so that no id is written by hand.

mod edge;

pub use edge::{edge_links, edge_mappings};

use crate::spread;
use crate::wire::Link;
use core_brand::VERSION;
use core_brand::content::sha256_hex;
use core_saga::component_id;
use edge::is_behind;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

/// The name of the application on a lattice.
pub const APP: &str = "imprint";
/// The named configuration that holds keys, revocations and versions. The application refers to it and does not own
/// it, so that it is changed while everything runs.
pub const ACCESS: &str = "imprint-access";
/// The named configuration that holds which versions new jobs run on while rollouts are under way. Not owned either: whoever
/// carries out rollouts writes it.
pub const ROUTES_CONFIG: &str = "imprint-routes";

/// The name of a link that nobody chooses by name.
const LINK_USUAL: &str = "default";

/// What lets other applications use the providers of this one.
const SHARED: &str = "experimental.wasmcloud.dev/shared";

/// The version with images from files: it never stands in the way of the released one.
pub const LOCAL_VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"), "-local");
/// The version with images from a registry.
pub const RELEASED_VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"));

/// Instances of a component on one host, at most: each is a place in the pool and a call in the air.
const INSTANCES: u32 = 32;
/// The gateway also holds the connections of those who wait.
const GATEWAY_INSTANCES: u32 = 256;

/// Where images come from, and what differs between installations.
pub struct Site<'a> {
    /// What the application is called beside its name: wadm keeps one manifest of each version.
    pub version: &'a str,
    /// The image of a component or provider, by its name.
    pub image: &'a dyn Fn(&str) -> String,
    pub http: String,
    pub region: String,
    pub replicas: u32,
    /// Where the blob provider finds the list of font files.
    pub fonts: String,
    /// Work done at once by one runner.
    pub width: u32,
    pub polish: Option<Polish>,
    pub painter: Option<Painter>,
    /// What the operator says of the courier, by name; secrets stand in files. With nothing it delivers to webhooks and
    /// news only.
    pub courier: BTreeMap<String, String>,
    /// Where each of several regions is entered, the first being home; empty where there is one.
    pub entrances: Vec<Entrance>,
    /// The lattice of the region behind, where this is an edge; `region` is its name then.
    pub edge_of: Option<String>,
}

/// The address of a region.
#[derive(Clone, Debug)]
pub struct Entrance {
    pub region: String,
    pub http: String,
}

/// The language model that may say reasons in better words.
#[derive(Clone, Debug)]
pub struct Polish {
    pub url: String,
    pub model: String,
    /// On every host: a key does not belong in a manifest.
    pub key_file: Option<PathBuf>,
}

impl Polish {
    fn settings(&self) -> String {
        let Self { url, model, key_file } = self;
        let key_file = key_file.as_ref().map(|path| format!("              key_file: {path:?}\n"));
        format!(
            "              url: {url:?}\n              model: {model:?}\n{}",
            key_file.unwrap_or_default()
        )
    }
}

/// The painter that briefs may ask for painted concepts.
#[derive(Clone, Debug)]
pub struct Painter {
    /// The folder of its models, on every host.
    pub models: PathBuf,
    /// Bytes of models and work, where it is not what the painter takes usually.
    pub memory: Option<u64>,
}

impl Painter {
    fn settings(&self) -> String {
        let Self { models, memory } = self;
        let memory = memory.map(|bytes| format!("              memory: \"{bytes}\"\n"));
        format!("              models: {models:?}\n{}", memory.unwrap_or_default())
    }
}

/// A component, and what it may call: package, interface, target.
struct Component {
    name: &'static str,
    calls: &'static [(&'static str, &'static str, &'static str)],
}

const COMPONENTS: &[Component] = &[
    Component { name: "orchestrator", calls: &[] },
    Component { name: "notify", calls: &[] },
    Component { name: "design", calls: &[("blobs", "store", "blobs")] },
    Component { name: "logo", calls: &[("blobs", "store", "blobs"), ("fonts", "library", "fonts")] },
    Component { name: "assets", calls: &[("blobs", "store", "blobs")] },
    Component {
        name: "kit",
        calls: &[("blobs", "store", "blobs"), ("fonts", "library", "fonts"), ("assets", "raster", "assets")],
    },
    Component {
        name: "gateway",
        calls: &[
            ("ledger", "jobs, shelf", "ledger"),
            ("blobs", "store", "blobs"),
            ("assets", "raster", "assets"),
            ("courier", "desk, leaving, reports", "courier"),
            ("jobs", "step", "design"),
            ("logo", "marks", "logo"),
        ],
    },
];

/// Providers by name, and the program of each. Fonts and content come from one program, under two ids: wadm knows a
/// link by its two ends, so two packages of one target would be one link. Each has an archive of its own: a host
/// unpacks an archive to one place, and cannot write over a program that runs.
pub const PROVIDERS: &[(&str, &str)] = &[
    ("ledger", "ledger"),
    ("blobs", "blobs"),
    ("fonts", "blobs"),
    ("runner", "runner"),
    (COURIER, COURIER),
    (POLISH, POLISH),
    (PAINTER, PAINTER),
];

/// The component that answers people.
const GATEWAY: &str = "gateway";
/// The provider that delivers messages. It asks `notify` and the ledger by their ids, as the runner does, without links.
const COURIER: &str = "courier";
/// The provider that only runs where there is a model.
const POLISH: &str = "polish";
/// The provider that only runs where concepts may be painted. The runner asks it by its id, without a link.
pub const PAINTER: &str = "painter";

/// What runs at an edge: what answers without a region, and a ledger that keeps jobs until theirs is there.
const AT_EDGE: &[&str] = &["design", "logo", GATEWAY, LEDGER, "blobs", "fonts"];
/// The provider that keeps journals; at an edge it keeps jobs for a while.
const LEDGER: &str = "ledger";

/// The image of a component or provider in a registry.
#[must_use]
pub fn registry_image(registry: &str, name: &str) -> String {
    format!("{registry}/imprint-{name}:{VERSION}")
}

/// The manifest.
#[must_use]
pub fn manifest(site: &Site) -> String {
    let mut text = head(site.version);
    let is_split = |name: &str| name == GATEWAY && !site.entrances.is_empty();
    let is_here = |name: &str| site.edge_of.is_none() || AT_EDGE.contains(&name);
    for component in COMPONENTS.iter().filter(|one| is_here(one.name) && !is_split(one.name)) {
        text += &one_component(site, component, None);
    }
    let gateway = COMPONENTS.iter().find(|component| is_split(component.name));
    for (gateway, entrance) in gateway.iter().flat_map(|one| site.entrances.iter().map(move |to| (one, to))) {
        text += &one_component(site, gateway, Some(entrance));
    }
    let is_wanted = |name: &str| match name {
        POLISH => site.polish.is_some(),
        PAINTER => site.painter.is_some(),
        _ => true,
    };
    for (name, _) in PROVIDERS.iter().filter(|(name, _)| is_wanted(name)) {
        text += &if is_here(name) { provider(site, name) } else { String::new() };
    }
    if site.entrances.is_empty() {
        text += &http(&site.http, None);
    }
    for entrance in &site.entrances {
        text += &http(&entrance.http, Some(&entrance.region));
    }
    text
}

fn head(version: &str) -> String {
    format!(
        "# Rendered from lattice/control/src/manifest.rs.\n\
         apiVersion: core.oam.dev/v1beta1\n\
         kind: Application\n\
         metadata:\n  name: {APP}\n  annotations:\n    version: {version}\n    \
         description: The brand generator\n    {SHARED}: \"true\"\n\
         spec:\n  components:\n"
    )
}

fn one_component(site: &Site, component: &Component, entrance: Option<&Entrance>) -> String {
    let image = (site.image)(component.name);
    let place = Place { entrance, entrances: &site.entrances, only: &[] };
    let mut calls = component.calls(site.polish.is_some());
    if site.edge_of.is_some() {
        calls.retain(|(.., target)| !is_behind(component.name, target));
    }
    component_text(component, VERSION, &image, &calls, &place)
}

/// Where a component runs: in one of several regions, spread over all of them, on every host, or on every host of a region.
#[derive(Default)]
struct Place<'a> {
    entrance: Option<&'a Entrance>,
    entrances: &'a [Entrance],
    /// The only regions of a version that others shall not have.
    only: &'a [&'a str],
}

/// The targets of calls, by package and interface.
type Calls = Vec<(&'static str, &'static str, &'static str)>;

impl Component {
    fn calls(&self, has_model: bool) -> Calls {
        let model = (self.name == "design" && has_model).then_some((POLISH, "text", POLISH));
        self.calls.iter().copied().chain(model).collect()
    }
}

fn component_text(
    component: &Component,
    version: &str,
    image: &str,
    calls: &Calls,
    place: &Place<'_>,
) -> String {
    let name = component.name;
    let of_region = of_region(place.entrance.map(|entrance| entrance.region.as_str()));
    let id = component_id(name, version) + &of_region;
    let mut text = format!(
        "    - name: {name}{of_region}\n      type: component\n      properties:\n        id: {id}\n        image: {image}\n"
    );
    let is_gateway = name == GATEWAY;
    if is_gateway {
        let _ =
            writeln!(text, "        config:\n          - name: {ACCESS}\n          - name: {ROUTES_CONFIG}");
    }
    if let Some(Entrance { region, .. }) = place.entrance {
        // The last one wins, so this is the region that new jobs are at home in.
        let _ = writeln!(
            text,
            "          - name: region-{region}\n            properties:\n              region: {region}"
        );
    }
    let instances = if is_gateway { GATEWAY_INSTANCES } else { INSTANCES };
    text += "      traits:\n";
    text += &match (place.entrance, place.entrances) {
        (None, []) if !place.only.is_empty() => there(instances, place.only),
        (None, []) => everywhere(instances, if is_gateway { "ingress" } else { "brands" }, None),
        (Some(entrance), _) => everywhere(instances, "ingress", Some(&entrance.region)),
        (None, entrances) => {
            let regions: Vec<&str> = entrances.iter().map(|one| one.region.as_str()).collect();
            spread::spread(&regions, instances)
        }
    };
    for (package, interface, target) in calls {
        let _ = write!(
            text,
            "        - type: link\n          properties:\n            namespace: imprint\n            \
             package: {package}\n            interfaces: [{interface}]\n            target:\n              name: {target}\n"
        );
    }
    text
}

/// One version of a component as an application of its own, beside the main one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionApp {
    pub name: String,
    /// Of the manifest: another image is another manifest.
    pub version: String,
    pub manifest: String,
    /// Links that wadm cannot make: to a component of another application, whose id it does not know.
    pub links: Vec<Link>,
}

/// A version of a component, and where it runs.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub component: &'a str,
    pub version: &'a str,
    pub image: &'a str,
    /// Whether the main application has the provider that speaks to a language model.
    pub has_model: bool,
    /// The only regions that it runs in; without any it runs everywhere. More regions are another manifest of the same
    /// application, and what runs in the others goes on.
    pub regions: &'a [&'a str],
}

/// The application of a version: the instances, the hosts and the links of the main manifest. Providers are those of the main
/// application. Nothing where there is no such component, or the main manifest alone can run it.
#[must_use]
pub fn version_app(wanted: &Wanted<'_>) -> Option<VersionApp> {
    let Wanted { component, version, image, has_model, regions } = *wanted;
    let known = COMPONENTS.iter().find(|known| known.name == component && component != GATEWAY)?;
    let is_provider = |target: &str| PROVIDERS.iter().any(|(name, _)| *name == target);
    let (ours, others): (Calls, Calls) =
        known.calls(has_model).into_iter().partition(|(_, _, target)| is_provider(target));
    let mut body = component_text(known, version, image, &ours, &Place { only: regions, ..Place::default() });
    for (_, _, target) in &ours {
        // Without an id wadm takes `<application>-<component>`, which is what our providers are called.
        let _ = write!(
            body,
            "    - name: {target}\n      type: capability\n      properties:\n        \
             application: {{ name: {APP}, component: {target} }}\n"
        );
    }
    let name = component_id(component, version);
    let text = |version: &str| {
        format!(
            "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata:\n  name: {name}\n  annotations:\n    \
             version: {version}\n    description: The component {component} in another version\n\
             spec:\n  components:\n{body}"
        )
    };
    let manifest_version = format!("v{version}-{}", &sha256_hex(text("").as_bytes())[..12]);
    let link = |(package, interface, target): &(&str, &str, &str)| Link {
        source: name.clone(),
        target: component_id(target, VERSION),
        name: LINK_USUAL.to_owned(),
        package: (*package).to_owned(),
        interfaces: vec![(*interface).to_owned()],
    };
    let links = others.iter().map(link).collect();
    Some(VersionApp { manifest: text(&manifest_version), version: manifest_version, links, name })
}

/// The links by which gateways, of these ids, call a version of a component directly: each has the id of the version for its
/// name, which is what a gateway chooses it by.
#[must_use]
pub fn direct_links(component: &str, version: &str, gateways: &[String]) -> Vec<Link> {
    let gateway = COMPONENTS.iter().filter(|known| known.name == GATEWAY);
    let calls = gateway.flat_map(|gateway| gateway.calls).filter(|(.., target)| *target == component);
    let link = |(package, interfaces, _): &(&str, &str, &str), source: &String| Link {
        source: source.clone(),
        target: component_id(component, version),
        name: component_id(component, version),
        package: (*package).to_owned(),
        interfaces: interfaces.split(", ").map(str::to_owned).collect(),
    };
    calls.flat_map(|call| gateways.iter().map(move |source| link(call, source))).collect()
}

/// What a component may ask, by package, interfaces and who answers.
#[must_use]
pub fn calls_of(component: &str) -> &'static [(&'static str, &'static str, &'static str)] {
    COMPONENTS.iter().find(|known| known.name == component).map_or(&[], |known| known.calls)
}

/// What is there once for each region has it at the end of its name.
fn of_region(region: Option<&str>) -> String {
    region.map(|region| format!("-{region}")).unwrap_or_default()
}

/// So many on every host of these regions.
fn there(instances: u32, regions: &[&str]) -> String {
    let mut text = format!(
        "        - type: daemonscaler\n          properties:\n            instances: {instances}\n            spread:\n"
    );
    for region in regions {
        let _ = writeln!(
            text,
            "              - name: {region}\n                requirements: {{ brands: \"true\", region: {region} }}"
        );
    }
    text
}

/// So many on every host with this label, of a region or of all.
fn everywhere(instances: u32, label: &str, region: Option<&str>) -> String {
    let region = region.map(|region| format!(", region: {region}")).unwrap_or_default();
    format!(
        "        - type: daemonscaler\n          properties:\n            instances: {instances}\n            \
         spread:\n              - name: hosts\n                requirements: {{ {label}: \"true\"{region} }}\n"
    )
}

fn provider(site: &Site, name: &str) -> String {
    let Site { region, replicas, fonts, width, .. } = site;
    let image = (site.image)(name);
    let settings = match &site.polish {
        Some(polish) if name == POLISH => polish.settings(),
        _ if name == PAINTER => site.painter.as_ref().map(Painter::settings).unwrap_or_default(),
        _ if name == COURIER => {
            let said = site.courier.iter();
            let said = said.map(|(name, value)| format!("              {name}: {value:?}\n"));
            format!("              replicas: \"{replicas}\"\n{}", said.collect::<String>())
        }
        _ if name == LEDGER && site.edge_of.is_some() => {
            let behind = site.edge_of.as_deref().unwrap_or_default();
            format!(
                "              edge: {region}\n              region_lattice: {behind}\n              \
                 replicas: \"{replicas}\"\n"
            )
        }
        _ => format!(
            "              region: {region}\n              replicas: \"{replicas}\"\n              \
             fonts: \"{fonts}\"\n              width: \"{width}\"\n"
        ),
    };
    format!(
        "    - name: {name}\n      type: capability\n      properties:\n        id: imprint-{name}\n        \
         image: {image}\n        config:\n          - name: {name}-settings\n            properties:\n{settings}      \
         traits:\n        - type: daemonscaler\n          properties:\n            \
         instances: 1\n            spread:\n              - name: hosts\n                \
         requirements: {{ brands: \"true\" }}\n"
    )
}

fn http(address: &str, region: Option<&str>) -> String {
    let of_region = of_region(region);
    format!(
        "    - name: http{of_region}\n      type: capability\n      properties:\n        id: imprint-http{of_region}\n        \
         image: {image}\n      traits:\n{placed}        - type: link\n          properties:\n            \
         namespace: wasi\n            package: http\n            interfaces: [incoming-handler]\n            \
         source:\n              config:\n                - name: http-address{of_region}\n                  \
         properties:\n                    address: {address}\n            target:\n              name: gateway{of_region}\n",
        image = "wasmcloud+builtin://http-server",
        placed = everywhere(1, "ingress", region),
    )
}
