//! Beginning a rollout: everything that cannot be done is said before anything is stored.

use crate::contracts::{Moved, Surface, breaches};
use crate::executor::gather::{Hosts, Patience, World, region_of};
use crate::executor::painters;
use crate::executor::record::{Change, Record, Wanted, token};
use crate::executor::routes::version_of;
use crate::executor::store::Store;
use crate::policy::{Member, Policy, Source};
use crate::seen::Order;
use anyhow::{Result, bail};
use core_saga::{component_id, model_of};
use futures::future::join_all;
use imprint_control::{APP, Control, WantedVersion, calls_of, version_app};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Letters of a version: it becomes part of an id and a subject.
const VERSION_LETTERS_MAX: usize = 48;

/// A wish that cannot be met as it is: what is wrong, and what to do.
#[derive(Debug)]
pub struct Refused(pub String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

macro_rules! refuse {
    ($($words:tt)*) => { return Err(Refused(format!($($words)*)).into()) };
}
pub(crate) use refuse;

/// What a person asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The file.
    pub text: String,
    /// Components and versions, or names for models and what they shall mean, where the file does not name them.
    pub set: BTreeMap<String, String>,
    /// Images of new versions, by component: a file, or what a registry calls it.
    pub images: BTreeMap<String, String>,
    pub name: Option<String>,
    pub prometheus: Option<String>,
    pub by: String,
    pub now_ms: u64,
}

impl Asked {
    /// The policy, with the set of the command where it has none.
    pub fn policy(&self) -> Result<Policy> {
        let mut policy = match Policy::read(&self.text) {
            Ok(policy) => policy,
            Err(faults) => {
                let lines: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
                refuse!("the file cannot be used:\n{}", lines.join("\n"))
            }
        };
        if !self.set.is_empty() {
            let named = std::mem::take(&mut policy.set);
            let member = |(component, to): (&String, &String)| {
                let known = named.iter().find(|member| member.component == *component);
                let from = known.and_then(|member| member.from.clone());
                Member { component: component.clone(), from, to: to.clone() }
            };
            policy.set = self.set.iter().map(member).collect();
        }
        let faults = policy.faults();
        if !faults.is_empty() {
            let lines: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
            refuse!("the file cannot be used:\n{}", lines.join("\n"));
        }
        Ok(policy)
    }

    fn name(&self, policy: &Policy) -> String {
        let named = self.name.clone().or_else(|| Some(policy.name.clone()).filter(|name| !name.is_empty()));
        named.unwrap_or_else(|| {
            let members = policy.set.iter().map(|member| format!("{}-{}", member.component, member.to));
            members.collect::<Vec<_>>().join("-")
        })
    }
}

/// Checks everything, stores the rollout and orders it to start.
pub async fn start(control: &Control, store: &Store, asked: &Asked) -> Result<Record> {
    let policy = asked.policy()?;
    if policy.set.is_empty() {
        refuse!(
            "nothing is to change: name a component and its new version, such as --set design=0.2.0, or what a name for models shall mean, such as --set model/best=sdxl-base@1.1"
        );
    }
    if asked.prometheus.is_none() && policy.metrics.values().any(|metric| metric.source == Source::Prometheus)
    {
        refuse!("the file asks Prometheus, and nobody said where it is: add --prometheus http://…");
    }
    let Some(main) = control.manifest(APP).await? else {
        refuse!("wadm knows no application `{APP}` on the lattice `{}`", control.lattice())
    };
    check_regions(control, &policy).await?;
    check_others(store, &policy).await?;
    let set = set(control, store, asked, &policy, &main).await?;
    let wanted = Wanted {
        name: token(&asked.name(&policy)),
        policy: asked.text.clone(),
        set,
        prometheus: asked.prometheus.clone(),
        by: asked.by.clone(),
        now_ms: asked.now_ms,
    };
    let record = store.begin(&wanted).await?;
    // Two who begin at once have both looked before either was there: the later one finds out.
    if let Err(why) = check_others_but(store, &policy, Some(&record)).await {
        store.order(&record.id, Order::Abort, &asked.by).await?;
        return Err(why);
    }
    store.order(&record.id, Order::Start, &asked.by).await?;
    Ok(record)
}

async fn check_regions(control: &Control, policy: &Policy) -> Result<()> {
    let named: BTreeSet<&String> = policy.waves.iter().flat_map(|wave| &wave.regions).collect();
    if named.is_empty() {
        return Ok(());
    }
    let ids = control.hosts().await?;
    let hosts = join_all(ids.iter().map(|id| control.inventory(id))).await;
    let known: BTreeSet<String> =
        hosts.into_iter().filter_map(Result::ok).map(|host| region_of(&host)).collect();
    if let Some(missing) = named.into_iter().find(|region| !known.contains(*region)) {
        let known: Vec<String> = known.into_iter().collect();
        refuse!("no host stands in the region `{missing}`; there are hosts in {}", known.join(", "));
    }
    Ok(())
}

async fn check_others(store: &Store, policy: &Policy) -> Result<()> {
    check_others_but(store, policy, None).await
}

/// A component is in one rollout at most.
async fn check_others_but(store: &Store, policy: &Policy, own: Option<&Record>) -> Result<()> {
    for other in store.records().await? {
        let is_earlier = own.is_none_or(|own| (other.began_ms, &other.id) < (own.began_ms, &own.id));
        if other.state.is_over() || !is_earlier {
            continue;
        }
        if let Some(member) = policy.set.iter().find(|member| other.set.contains_key(&member.component)) {
            refuse!(
                "`{}` is in the rollout {} already; wait for its end, or end it with `imprint rollout abort {}`",
                member.component,
                other.id,
                other.id
            );
        }
    }
    Ok(())
}

async fn set(
    control: &Control,
    store: &Store,
    asked: &Asked,
    policy: &Policy,
    main: &Value,
) -> Result<BTreeMap<String, Change>> {
    if let Some(stray) = asked.images.keys().find(|name| model_of(name).is_some()) {
        refuse!(
            "--image names `{stray}`: components come from images, and models do not. Bring the model to every painter with `imprint models add` or `imprint models pull`, and leave --image away"
        );
    }
    let (versions, _) = store.versions().await?;
    let named: Vec<String> = policy.waves.iter().flat_map(|wave| wave.regions.clone()).collect();
    let world = painters_of(control, policy, asked.now_ms).await?;
    let (mut set, mut moved) = (BTreeMap::new(), BTreeMap::new());
    for member in &policy.set {
        let (component, to) = (&member.component, &member.to);
        if let Some(name) = member.model() {
            set.insert(component.clone(), painters::change(&world, &versions, &named, member, name)?);
            continue;
        }
        let (first, first_image) = of_main(main, component)?;
        check_version(to)?;
        let Some(from) = version_of(&versions, component, &named, &first) else {
            refuse!(
                "regions have different versions of `{component}`; bring them to one first, with a rollout of one wave"
            )
        };
        if from == *to {
            refuse!("`{component}` {to} is what everybody has already");
        }
        let image = image_of(asked, component, to, &first_image)?;
        check_running(control, component, to, &image).await?;
        let old_image = match from == first {
            true => first_image,
            false => running_image(control, component, &from).await?,
        };
        // An old file that is not there any more cannot be looked at either.
        if let (Some(new), Ok(Some(old))) = (surface(&image)?, surface(&old_image)) {
            moved.insert(component.clone(), Moved { to: to.clone(), old, new });
        }
        set.insert(component.clone(), Change { from, to: to.clone(), image });
    }
    check_contracts(&moved, main)?;
    if let Some(stray) = asked.images.keys().find(|name| !set.contains_key(*name)) {
        refuse!("--image names `{stray}`, which is not in this rollout");
    }
    Ok(set)
}

/// What painters say, where a model is among what changes.
async fn painters_of(control: &Control, policy: &Policy, now_ms: u64) -> Result<World> {
    match policy.set.iter().any(|member| member.model().is_some()) {
        true => Hosts::default().look(control, Patience::default(), now_ms).await,
        false => Ok(World::default()),
    }
}

/// The version and the image of a component in the main application.
fn of_main(main: &Value, component: &str) -> Result<(String, String)> {
    if component == "gateway" {
        refuse!(
            "`gateway` cannot be in a rollout: it is the gateway that decides who gets which version. Deploy another manifest"
        );
    }
    let all = || {
        main["spec"]["components"].as_array().into_iter().flatten().filter(|one| one["type"] == "component")
    };
    let Some(found) = all().find(|one| one["name"] == component) else {
        let names: Vec<&str> =
            all().filter_map(|one| one["name"].as_str()).filter(|name| *name != "gateway").collect();
        refuse!(
            "there is no component `{component}`; there are {}. A name for models is written `model/{component}`",
            names.join(", ")
        )
    };
    let text = |key: &str| found["properties"][key].as_str().unwrap_or_default().to_owned();
    // An id is written with `_` for the dots of its version.
    let version =
        text("id").strip_prefix(&format!("imprint-{component}-")).map(|version| version.replace('_', "."));
    match version {
        Some(version) => Ok((version, text("image"))),
        None => bail!("the id `{}` of `{component}` has no version", text("id")),
    }
}

fn check_version(version: &str) -> Result<()> {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || ".-".contains(letter);
    if version.is_empty() || version.len() > VERSION_LETTERS_MAX || !version.chars().all(is_letter) {
        refuse!(
            "`{version}` is no version; write 1 to {VERSION_LETTERS_MAX} of a-z, 0-9, `.` and `-`, such as 0.2.0"
        );
    }
    Ok(())
}

/// As asked for; else beside the image of the main application, where that comes from a registry.
fn image_of(asked: &Asked, component: &str, to: &str, main: &str) -> Result<String> {
    if let Some(image) = asked.images.get(component) {
        let is_file = image.starts_with("file://") || image.ends_with(".wasm") && !image.contains("://");
        if !is_file {
            return Ok(image.clone());
        }
        let path = std::path::Path::new(image.trim_start_matches("file://"));
        return match path.canonicalize() {
            Ok(path) if path.is_file() => Ok(format!("file://{}", path.display())),
            _ => refuse!("`{}` is no file", path.display()),
        };
    }
    match main.rsplit_once(':') {
        Some((name, tag)) if !main.starts_with("file://") && !tag.contains('/') => Ok(format!("{name}:{to}")),
        _ => refuse!(
            "the platform runs from files, and nobody said which file is `{component}` {to}: add --image {component}=<file.wasm>"
        ),
    }
}

/// What a component in a file offers and asks for. Nothing for one in a registry, which nobody fetches to look at it.
fn surface(image: &str) -> Result<Option<Surface>> {
    let Some(path) = image.strip_prefix("file://") else { return Ok(None) };
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(why) => refuse!("`{path}` cannot be read: {why}"),
    };
    let Some(surface) = Surface::read(&bytes) else { refuse!("`{path}` is no component") };
    Ok(Some(surface))
}

/// The image that a version was started with, where it runs beside the main application.
async fn running_image(control: &Control, component: &str, version: &str) -> Result<String> {
    let running = control.manifest(&component_id(component, version)).await?;
    Ok(running.map(|app| image_in(&app)).unwrap_or_default())
}

fn image_in(app: &Value) -> String {
    app["spec"]["components"][0]["properties"]["image"].as_str().unwrap_or_default().to_owned()
}

/// Versions that would not find each other are not begun with.
fn check_contracts(moved: &BTreeMap<String, Moved>, main: &Value) -> Result<()> {
    let mut beside = BTreeMap::new();
    let all_asked = || moved.values().flat_map(|one| one.new.asks.iter().cloned()).collect();
    for component in moved.keys().flat_map(|name| calls_of(name)).map(|(.., target)| *target) {
        // A provider is none.
        if let Ok((_, image)) = of_main(main, component) {
            // What nobody can look at is taken to offer what is asked for.
            let unknown = || Surface { offers: all_asked(), asks: BTreeSet::new() };
            let known = surface(&image).ok().flatten();
            beside.insert(component.to_owned(), known.unwrap_or_else(unknown));
        }
    }
    let found: Vec<String> =
        breaches(moved, &beside, &calls_of).iter().map(|breach| format!("  {breach}")).collect();
    if !found.is_empty() {
        refuse!("these versions do not fit:\n{}", found.join("\n"));
    }
    Ok(())
}

/// An id that runs keeps its code, whatever image it is given.
async fn check_running(control: &Control, component: &str, to: &str, image: &str) -> Result<()> {
    let wanted = WantedVersion { component, version: to, image, has_model: false, regions: &[] };
    let Some(app) = version_app(&wanted) else {
        refuse!("there is no component `{component}` that could run in another version");
    };
    let is_running = control.applications().await?.get(&app.name).is_some_and(Option::is_some);
    if !is_running {
        return Ok(());
    }
    let running = control.manifest(&app.name).await?.unwrap_or_default();
    let known = image_in(&running);
    if known != image {
        refuse!("`{component}` {to} still runs with another image ({known}); take a new version");
    }
    Ok(())
}
