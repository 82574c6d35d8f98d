//! The application, as wadm reads it: rendered from one model, so that no id is written by hand.

use core_brand::VERSION;
use core_saga::component_id;
use std::fmt::Write;
use std::path::PathBuf;

/// The name of the application on a lattice.
pub const APP: &str = "imprint";
/// The named configuration that holds keys, revocations and versions. The application refers to it and does not own
/// it, so that it is changed while everything runs.
pub const ACCESS: &str = "imprint-access";

/// The version with images from files: it never stands in the way of the released one.
pub(crate) const LOCAL_VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"), "-local");
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

/// A component, and what it may call: package, interface, target.
struct Component {
    name: &'static str,
    calls: &'static [(&'static str, &'static str, &'static str)],
}

const COMPONENTS: &[Component] = &[
    Component { name: "orchestrator", calls: &[] },
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
        ],
    },
];

/// Providers by name, and the program of each. Fonts and content come from one program, under two ids: wadm knows a
/// link by its two ends, so two packages of one target would be one link. Each has an archive of its own: a host
/// unpacks an archive to one place, and cannot write over a program that runs.
pub(crate) const PROVIDERS: &[(&str, &str)] =
    &[("ledger", "ledger"), ("blobs", "blobs"), ("fonts", "blobs"), ("runner", "runner"), (POLISH, POLISH)];

/// The provider that only runs where there is a model.
const POLISH: &str = "polish";

/// The image of a component or provider in a registry.
#[must_use]
pub fn registry_image(registry: &str, name: &str) -> String {
    format!("{registry}/imprint-{name}:{VERSION}")
}

/// The manifest.
#[must_use]
pub fn manifest(site: &Site) -> String {
    let mut text = head(site.version);
    for component in COMPONENTS {
        text += &one_component(site, component);
    }
    for (name, _) in PROVIDERS.iter().filter(|(name, _)| *name != POLISH || site.polish.is_some()) {
        text += &provider(site, name);
    }
    text += &http(site);
    text
}

fn head(version: &str) -> String {
    format!(
        "# Rendered from lattice/topology/src/manifest.rs.\n\
         apiVersion: core.oam.dev/v1beta1\n\
         kind: Application\n\
         metadata:\n  name: {APP}\n  annotations:\n    version: {version}\n    \
         description: The brand generator\n\
         spec:\n  components:\n"
    )
}

fn one_component(site: &Site, component: &Component) -> String {
    let Component { name, calls } = component;
    let id = component_id(name, VERSION);
    let image = (site.image)(name);
    let mut text = format!(
        "    - name: {name}\n      type: component\n      properties:\n        id: {id}\n        image: {image}\n"
    );
    let is_gateway = *name == "gateway";
    if is_gateway {
        let _ = writeln!(text, "        config:\n          - name: {ACCESS}");
    }
    let instances = if is_gateway { GATEWAY_INSTANCES } else { INSTANCES };
    let needs = if is_gateway { "{ ingress: \"true\" }" } else { "{ brands: \"true\" }" };
    let _ = write!(
        text,
        "      traits:\n        - type: daemonscaler\n          properties:\n            instances: {instances}\n            \
         spread:\n              - name: hosts\n                requirements: {needs}\n"
    );
    let polish: &[_] = &[(POLISH, "text", POLISH)];
    let has_model = *name == "design" && site.polish.is_some();
    for (package, interface, target) in calls.iter().chain(if has_model { polish } else { &[] }) {
        let _ = write!(
            text,
            "        - type: link\n          properties:\n            namespace: imprint\n            \
             package: {package}\n            interfaces: [{interface}]\n            target:\n              name: {target}\n"
        );
    }
    text
}

fn provider(site: &Site, name: &str) -> String {
    let Site { region, replicas, fonts, width, .. } = site;
    let image = (site.image)(name);
    let settings = match &site.polish {
        Some(polish) if name == POLISH => polish.settings(),
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

fn http(site: &Site) -> String {
    format!(
        "    - name: http\n      type: capability\n      properties:\n        id: imprint-http\n        \
         image: {image}\n      traits:\n        - type: daemonscaler\n          properties:\n            \
         instances: 1\n            spread:\n              - name: hosts\n                \
         requirements: {{ ingress: \"true\" }}\n        - type: link\n          properties:\n            \
         namespace: wasi\n            package: http\n            interfaces: [incoming-handler]\n            \
         source:\n              config:\n                - name: http-address\n                  properties:\n                    \
         address: {address}\n            target:\n              name: gateway\n",
        image = "wasmcloud+builtin://http-server",
        address = site.http,
    )
}
