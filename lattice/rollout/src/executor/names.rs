//! Names for models: what one means before its first rollout, and giving one back to painters.

use crate::executor::gather::{Hosts, Patience};
use crate::executor::painters;
use crate::executor::routes::ALL;
use crate::executor::start::{Refused, refuse};
use crate::executor::store::{Store, Version, Versions};
use crate::policy::{is_model, is_open_name, key_of};
use anyhow::{Result, bail};
use core_saga::{ROUTES, Routes, model_of};
use imprint_control::{Control, ROUTES_CONFIG};
use std::collections::BTreeSet;

/// Controllers write the same entry now and then; more tries than this mean that somebody goes on writing.
const TRIES: usize = 16;

/// Says what a name means to everybody from now on. Only for one that has no meaning here: to another model a rollout leads.
pub async fn hold(control: &Control, store: &Store, name: &str, model: &str, now_ms: u64) -> Result<()> {
    let key = key_of(name);
    if !is_open_name(model_of(name).unwrap_or(name)) {
        refuse!("`{name}` is no name for models; write what briefs do, a bare name such as best");
    }
    if !is_model(model) {
        refuse!("`{model}` is no model; write its name and version, such as sdxl-base@1.0");
    }
    let world = Hosts::default().look(control, Patience::default(), now_ms).await?;
    painters::check(&world, model)?;
    for _ in 0..TRIES {
        let (mut versions, revision) = store.versions().await?;
        check_free(store, &key).await?;
        if let Some(held) = versions.values().filter_map(|known| known.get(&key)).find(|held| held.is_said())
        {
            refuse!(
                "`{name}` means {} already; a rollout leads to another model, and `imprint rollout forget {name}` gives it back",
                held.version
            );
        }
        let known = versions.entry(ALL.to_owned()).or_default();
        let at_ms = known.get(&key).map_or(now_ms, |free| free.at_ms.max(now_ms));
        known.insert(key.clone(), Version { version: model.to_owned(), rollout: String::new(), at_ms });
        if store.write_versions(&versions, revision).await? {
            return Ok(());
        }
    }
    bail!("others write what everybody has all the time")
}

/// Gives a name back: from then on it means to everybody what painters take it for, as before its first rollout. Gives the models
/// that it meant. Jobs keep what they were pinned to.
///
/// Its place stays in the store, without a model: whoever reads the old rollouts again would otherwise find a meaning in them.
pub async fn forget(store: &Store, name: &str, now_ms: u64) -> Result<BTreeSet<String>> {
    let key = key_of(name);
    for _ in 0..TRIES {
        let (mut versions, revision) = store.versions().await?;
        let last_ms = check_free(store, &key).await?;
        let meant = take(&mut versions, &key, now_ms.max(last_ms.saturating_add(1)));
        if meant.is_empty() {
            refuse!(
                "nobody has said here what `{name}` means to painters; `imprint rollout versions` shows the names that have a meaning"
            );
        }
        if store.write_versions(&versions, revision).await? {
            return Ok(meant);
        }
    }
    bail!("others write what everybody has all the time")
}

/// Refuses while a rollout of this name is under way. Gives when the last one ended.
async fn check_free(store: &Store, key: &str) -> Result<u64> {
    let mut last_ms = 0;
    for record in store.records().await?.iter().filter(|record| record.set.contains_key(key)) {
        if !record.state.is_over() {
            refuse!(
                "`{}` is in the rollout {id}; wait for its end, or end it with `imprint rollout rollback {id}`",
                model_of(key).unwrap_or(key),
                id = record.id
            );
        }
        last_ms = last_ms.max(record.over_ms.unwrap_or(record.began_ms));
    }
    Ok(last_ms)
}

/// Takes the models of a name out, everywhere. Gives them.
fn take(versions: &mut Versions, key: &str, at_ms: u64) -> BTreeSet<String> {
    let held = versions.values_mut().filter_map(|known| known.get_mut(key)).filter(|held| held.is_said());
    held.map(|held| {
        let at_ms = at_ms.max(held.at_ms.saturating_add(1));
        let free = Version { version: String::new(), rollout: held.rollout.clone(), at_ms };
        std::mem::replace(held, free).version
    })
    .collect()
}

/// Whether gateways are still told what this name means, in any region.
pub async fn is_told(control: &Control, name: &str) -> Result<bool> {
    let key = key_of(name);
    let config = control.config(ROUTES_CONFIG).await?;
    let mut routes = config.iter().filter(|(place, _)| place.starts_with(ROUTES));
    Ok(routes.any(|(_, text)| Routes::read(text).0.versions.contains_key(&key)))
}
