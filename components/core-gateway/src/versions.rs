//! Which versions a person gets while rollouts are under way: for a whole job when it begins, for a call when it is made.

use crate::api::Visit;
use crate::ids::is_region;
use core_brand::{Fault, VERSION, broken};
use core_saga::{Drawn, Pins, ROUTES, Routes, STEPS, STEPS_VERSION, Who, component_id};
use serde_json::json;
use std::collections::BTreeMap;

const REGION_DEFAULT: &str = "us-east-1";
/// The setting with the name of the edge that a gateway stands at, where it does.
pub(crate) const EDGE: &str = "edge";

/// The region that this gateway stands in.
pub(crate) fn region(visit: &Visit<'_>) -> Result<String, Fault> {
    let region = visit.platform.setting("region")?.unwrap_or_else(|| REGION_DEFAULT.to_owned());
    if is_region(&region) { Ok(region) } else { Err(broken!("`{region}` in the configuration is no region")) }
}

/// What new jobs run on.
pub(crate) fn pins(visit: &Visit<'_>, region: &str) -> Result<Pins, Fault> {
    let mut components: BTreeMap<String, String> =
        STEPS.iter().map(|row| (row.component.to_owned(), VERSION.to_owned())).collect();
    let (versions, draws) = chosen(visit, region)?;
    components.extend(versions);
    let variant = visit.platform.setting("model_variant")?.unwrap_or_else(|| "stable".to_owned());
    let is_canary = has_header(visit, "canary", "true");
    let model_variant = if is_canary { "canary".to_owned() } else { variant };
    Ok(Pins { steps_version: STEPS_VERSION, components, model_variant, draws })
}

/// The component id that a call of this caller goes to, beside the one that every gateway is linked to.
pub(crate) fn target(visit: &Visit<'_>, component: &str) -> Result<Option<String>, Fault> {
    if visit.platform.setting(EDGE)?.is_some() {
        // An edge runs one version; what rollouts mean for a job is carried out in its region.
        return Ok(None);
    }
    let (versions, _) = chosen(visit, &region(visit)?)?;
    let version = versions.get(component).filter(|version| *version != VERSION);
    Ok(version.map(|version| component_id(component, version)))
}

/// The versions that differ for this caller: `assets=0.1.0,design=0.1.0,...` in the configuration, then what rollouts
/// under way mean for him.
fn chosen(visit: &Visit<'_>, region: &str) -> Result<(BTreeMap<String, String>, Vec<Drawn>), Fault> {
    let listed = visit.platform.setting("versions")?.unwrap_or_default();
    let pairs = listed.split(',').filter_map(|pair| pair.split_once('='));
    let mut versions: BTreeMap<String, String> =
        pairs.map(|(name, version)| (name.trim().to_owned(), version.trim().to_owned())).collect();
    let has_header = |name: &str, value: &str| has_header(visit, name, value);
    let who = Who { tenant: &visit.caller.tenant, user: &visit.caller.user, has_header: &has_header };
    let (routed, draws) = routes(visit, region)?.choose(&who);
    versions.extend(routed);
    Ok((versions, draws))
}

fn has_header(visit: &Visit<'_>, name: &str, value: &str) -> bool {
    visit.request.header(&name.to_ascii_lowercase()) == Some(value)
}

/// The routes of this region, else those of all. What cannot be read moves nobody: jobs go on, on the versions that
/// everybody has, and the log says why.
fn routes(visit: &Visit<'_>, region: &str) -> Result<Routes, Fault> {
    for key in [&format!("{ROUTES}.{region}"), ROUTES] {
        let Some(text) = visit.platform.setting(key)?.filter(|text| !text.is_empty()) else { continue };
        let (routes, faults) = Routes::read(&text);
        if !faults.is_empty() {
            let message = "routes cannot be read, and nobody is moved by them";
            let line = json!({ "level": "error", "message": message, "key": key, "why": faults });
            visit.platform.log(&line.to_string());
        }
        return Ok(routes);
    }
    Ok(Routes::default())
}
