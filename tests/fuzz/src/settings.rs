//! What operators say: the settings of providers with the keys that they name, and the aliases of a painter.

use crate::answer::{Answer, failed, no_text, parted, said, same, taken, told};
use crate::services::SERVER;
use core_brand::Fault;
use imprint_blobs::{Blobs, S3Blobs};
use imprint_courier::Settings;
use imprint_painter::{Backend, PaintError};
use imprint_painter_serve::registry::{Aliases, Card, Registry, Way};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Settings that end so, or are called so, name a file: what is said of them here is what the file holds.
const FILE: &str = "_file";
const AUTHORITIES: &str = "authorities";
/// Shorter words stand in sentences by chance.
const SECRET_CHARS_MIN: usize = 12;
/// Where settings have this, it is the address of a bucket that answers; any other with a scheme would be asked.
const SERVER_WORD: &str = "SERVER";
const ENDPOINT: &str = "s3.endpoint";
/// The keys of jobs that an alias is drawn for.
const JOBS: [&str; 3] = ["", "br_1", "br_2"];

type Config = BTreeMap<String, String>;

/// The first line is the provider: `bucket`, `courier` or `polish`. The rest is an object of texts.
pub(crate) fn settings(bytes: &[u8]) -> Answer {
    let Some((provider, text)) = parted(bytes) else { return no_text() };
    let config: Config = match serde_json::from_slice(text) {
        Ok(config) => config,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
    let filed = filed(&config, folder.path())?;
    match provider {
        "bucket" => bucket(&config, filed, folder.path()),
        "courier" => courier(&config, &filed, folder.path()),
        "polish" => polish(&config),
        _ => no_text(),
    }
}

/// The settings with the names of files that hold what was said.
fn filed(config: &Config, folder: &Path) -> Result<Config, String> {
    let mut filed = config.clone();
    for (number, (name, value)) in filed.iter_mut().enumerate() {
        if name.ends_with(FILE) || name == AUTHORITIES {
            let file = folder.join(number.to_string());
            std::fs::write(&file, &*value).map_err(|why| why.to_string())?;
            *value = file.display().to_string();
        }
    }
    Ok(filed)
}

/// An operator is told what is wrong, and no log is told what a file holds.
fn refused(fault: &Fault, config: &Config, folder: &Path) -> Answer {
    failed(fault).map(drop)?;
    let is_secret = |name: &str| name.ends_with(FILE);
    for (name, value) in config.iter().filter(|(name, _)| is_secret(name)) {
        if value.trim().chars().count() >= SECRET_CHARS_MIN && fault.message.contains(value.trim()) {
            return Err(format!("what `{name}` holds is told: {}", fault.message));
        }
    }
    told(fault.message.replace(&folder.display().to_string(), ""))
}

fn courier(config: &Config, filed: &Config, folder: &Path) -> Answer {
    let settings = Settings(filed);
    let terms = match settings.terms() {
        Ok(terms) => terms,
        Err(fault) => return refused(&fault, config, folder),
    };
    let again = settings.terms().map_err(|fault| format!("again: {fault}"))?;
    same("the terms", &format!("{terms:?}"), &format!("{again:?}"))?;
    // A pool of connections begins and ends with somebody beside who looks after it.
    let server = SERVER.as_ref().map_err(Clone::clone)?;
    match server.idle(async { settings.post().map(drop) }) {
        Err(fault) => refused(&fault, config, folder),
        Ok(()) => {
            let ways = ["smtp", "dkim_key_file", "sms_account", "push_key_file", "outbox"];
            let ways = ways.iter().filter(|way| config.contains_key(**way));
            taken(ways.copied().collect::<Vec<_>>().join(" "))
        }
    }
}

fn polish(config: &Config) -> Answer {
    match imprint_polish::Settings::read(config) {
        Err(fault) => refused(&fault, config, Path::new("no folder")),
        Ok(None) => taken("off"),
        Ok(Some(settings)) => {
            let key_file = settings.key_file.as_deref().map(|path| path.display().to_string());
            let words = [
                ("url", settings.url.clone()),
                ("model", settings.model.clone()),
                ("key_file", key_file.unwrap_or_default()),
                ("time_ms", settings.time_ms.to_string()),
                ("structured", settings.structured.to_string()),
            ];
            let config = words.map(|(name, value)| (name.to_owned(), value)).into();
            let again = imprint_polish::Settings::read(&config).map_err(|fault| format!("again: {fault}"))?;
            same("settings", &Some(&settings), &again.as_ref())?;
            taken(format!("{} {}", settings.structured, settings.key_file.is_some()))
        }
    }
}

/// What is taken leads to a bucket that can be asked.
fn bucket(config: &Config, mut filed: Config, folder: &Path) -> Answer {
    let server = SERVER.as_ref().map_err(Clone::clone)?;
    match filed.get_mut(ENDPOINT) {
        Some(endpoint) if endpoint == SERVER_WORD => endpoint.clone_from(&server.url),
        Some(endpoint) if endpoint.contains(':') => return Ok(Err("the address of somebody".to_owned())),
        _ => {}
    }
    match server.idle(S3Blobs::open(&filed)) {
        Err(fault) => refused(&fault, config, folder),
        Ok(bucket) => {
            let listed = server.idle(bucket.list("acme/br_1")).map_err(|fault| fault.to_string())?;
            same("what is in it", &Vec::new(), &listed)?;
            taken("a bucket")
        }
    }
}

/// The first line is the models that there are, the rest is the setting `aliases` of a painter.
pub(crate) fn aliases(bytes: &[u8]) -> Answer {
    let Some((models, text)) = parted(bytes) else { return no_text() };
    let aliases: Aliases = match serde_json::from_slice(text) {
        Ok(aliases) => aliases,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    let card = |name: &str| Card {
        name: name.to_owned(),
        native_px: 512,
        backend: Backend::Reference,
        home: "here".into(),
    };
    let cards: Vec<Card> = models.split(' ').filter(|name| !name.is_empty()).map(card).collect();
    let registry = match Registry::new(cards.clone(), aliases.clone()) {
        Ok(registry) => registry,
        Err(why) => return told(why),
    };
    let again: Aliases = serde_json::from_value(written(&aliases)).map_err(|why| format!("again: {why}"))?;
    same("aliases", &aliases, &again)?;
    for (alias, ways) in &aliases {
        for job in JOBS {
            let card = registry.resolve(alias, job).map_err(|why| format!("`{alias}`: {why}"))?;
            let is_way = ways.iter().any(|way| way.to == card.name && way.weight > 0);
            let drawn = registry.resolve(alias, job).map_err(|why| format!("`{alias}`: {why}"))?;
            same("whether it leads there", &true, &is_way)?;
            same("what was drawn", &card, &drawn)?;
        }
    }
    for card in &cards {
        same("a model", &Ok(card), &registry.resolve(&card.name, "").map_err(|why| why.to_string()))?;
    }
    unknown(&registry)?;
    taken(format!("{} {}", cards.len().min(3), aliases.len().min(3)))
}

/// As an operator writes them.
fn written(aliases: &Aliases) -> Value {
    let ways = |ways: &[Way]| -> Value {
        ways.iter().map(|way| json!({ "to": way.to, "weight": way.weight })).collect()
    };
    aliases.iter().map(|(alias, all)| (alias.clone(), ways(all))).collect::<serde_json::Map<_, _>>().into()
}

/// What nobody has is told by its name.
fn unknown(registry: &Registry) -> Result<(), String> {
    match registry.resolve("nobody has this@0", "") {
        Err(why @ PaintError::NoModel { .. }) => said(&why.to_string()),
        found => Err(format!("{found:?}")),
    }
}
