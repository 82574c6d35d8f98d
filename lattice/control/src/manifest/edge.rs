//! What an edge asks of the region behind it: the same calls, under names that its server leads over the link.

use super::{COMPONENTS, GATEWAY, LEDGER, LINK_USUAL, PROVIDERS};
use crate::wire::Link;
use core_brand::VERSION;
use core_saga::component_id;

/// Before the name of what stands in the region.
const BEHIND: &str = "imprint-region-";

/// Whether a call of an edge is answered in the region. Its gateway shows what was made there; only the jobs that wait, and
/// what it asks of components of the edge, are here.
pub(super) fn is_behind(source: &str, target: &str) -> bool {
    source == GATEWAY && target != LEDGER && !["design", "logo"].contains(&target)
}

fn behind() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
    let gateway = COMPONENTS.iter().filter(|known| known.name == GATEWAY);
    gateway.flat_map(|gateway| gateway.calls).filter(|(.., target)| is_behind(GATEWAY, target))
}

/// The links that lead there. wadm cannot make them: it links only what it runs.
#[must_use]
pub fn edge_links() -> Vec<Link> {
    let link = |(package, interfaces, target): &(&str, &str, &str)| Link {
        source: component_id(GATEWAY, VERSION),
        target: format!("{BEHIND}{target}"),
        name: LINK_USUAL.to_owned(),
        package: (*package).to_owned(),
        interfaces: interfaces.split(", ").map(str::to_owned).collect(),
    };
    behind().map(link).collect()
}

/// What the server of the edge makes of their subjects: from, and to.
#[must_use]
pub fn edge_mappings(edge: &str, region: &str) -> Vec<(String, String)> {
    let id = |target: &str| match PROVIDERS.iter().any(|(name, _)| *name == target) {
        true => format!("imprint-{target}"),
        false => component_id(target, VERSION),
    };
    let mapping = |(.., target): &(&str, &str, &str)| {
        (format!("{edge}.{BEHIND}{target}.>"), format!("{region}.{}.>", id(target)))
    };
    behind().map(mapping).collect()
}
