//! Looks, one after another.

use crate::executor::gather::{Hosts, Patience, World};
use crate::executor::hooks::Hooks;
use crate::executor::measure;
use crate::executor::measure::{Numbers, place, regions};
use crate::executor::news::{Operators, Publisher};
use crate::executor::people::People;
use crate::executor::record::{Change, Line, Open, Record};
use crate::executor::routes;
use crate::executor::store::Store;
use crate::plan::plan;
use crate::policy::Policy;
use crate::seen::{RegionSeen, Seen};
use crate::state::Phase;
use anyhow::{Context as _, Result, anyhow};
use core_brand::VERSION;
use core_saga::{ROUTES, component_id, model_of};
use futures::StreamExt as _;
use imprint_control::{APP, Control, Link, ROUTES_CONFIG, WantedVersion, direct_links, version_app};
use imprint_outbound::Outbound;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// A region obeys a weight so long after the configuration was read back with it. Hosts follow a watch and give the next
/// call the new values; that was seen to take less than 0.3 s.
const OBEYED_MS: u64 = 2000;
/// Nothing is under way: the routes are compared now and then, and a new rollout is seen.
const IDLE_MS: u64 = 2000;
/// A version is stopped so long after the last job can have been pinned to it: a job may take an hour, and what it took up
/// last may still be in the air.
const KEEP_MS: u64 = 65 * 60 * 1000;
/// Somebody else put other routes meanwhile: compared again so often within one look.
const TRIES: usize = 4;
/// After a look that failed as a whole, mostly because NATS is away.
const PAUSE: Duration = Duration::from_secs(1);

/// Carries out the rollouts of a lattice. Several may run at once.
pub struct Executor {
    control: Control,
    store: Store,
    client: Outbound,
    clock: Clock,
    patience: Patience,
    hosts: Hosts,
    people: People,
    numbers: Numbers,
    hooks: Hooks,
    publisher: Publisher,
    /// By rollout and region: the generation that stands in the configuration, and since when.
    obeyed: BTreeMap<(String, String), (u64, u64)>,
    /// Lines that the history has.
    written: BTreeSet<(String, u64)>,
    closed: BTreeSet<String>,
}

/// What matters here of the main application.
struct Main {
    /// Whether it has the provider that speaks to a language model.
    has_model: bool,
    /// The ids of its gateways, one or one for each region.
    gateways: Vec<String>,
}

impl Executor {
    pub async fn open(control: Control, clock: Clock, patience: Patience) -> Result<Self> {
        let store = Store::open(control.nats()).await?;
        let client = Outbound::new().map_err(|fault| anyhow!("{fault}"))?;
        let publisher = Publisher::new(&control);
        Ok(Self {
            control,
            store,
            hooks: Hooks::new(client.clone()),
            publisher,
            client,
            clock,
            patience,
            hosts: Hosts::default(),
            people: People::default(),
            numbers: Numbers::default(),
            obeyed: BTreeMap::new(),
            written: BTreeSet::new(),
            closed: BTreeSet::new(),
        })
    }

    /// Whom public events are told. Without, nobody.
    #[must_use]
    pub fn telling(mut self, operators: Option<Operators>) -> Self {
        self.publisher.operators = operators;
        self
    }

    /// Looks for as long as it is let. An order of a person is heard at once.
    pub async fn run(mut self) -> Result<()> {
        let mut orders = self.store.watch_commands().await?;
        loop {
            let pause = match self.round().await {
                Ok(again_ms) => Duration::from_millis(again_ms.saturating_sub((self.clock)())),
                Err(why) => {
                    tracing::warn!(why = %format!("{why:#}"), "a look failed");
                    PAUSE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                order = orders.next() => if order.is_none() {
                    // The watch has ended; without it orders are heard at the next look.
                    tokio::time::sleep(pause).await;
                    orders = self.store.watch_commands().await?;
                },
            }
        }
    }

    /// One look at every rollout that is not closed. Gives when the next is due.
    pub async fn round(&mut self) -> Result<u64> {
        let now_ms = (self.clock)();
        let ids = self.store.ids().await?;
        let open: Vec<String> = ids.into_iter().filter(|id| !self.closed.contains(id)).collect();
        self.hooks.collect();
        let world = match open.is_empty() {
            true => World::default(),
            false => self.hosts.look(&self.control, self.patience, now_ms).await?,
        };
        // What somebody wrote down and did not live to do comes first.
        self.reconcile().await?;
        let mut again_ms = now_ms.saturating_add(IDLE_MS);
        for id in &open {
            match self.look(id, &world).await {
                Ok(Some(due_ms)) => again_ms = again_ms.min(due_ms),
                Ok(None) => {}
                Err(why) => tracing::warn!(rollout = %id, why = %format!("{why:#}"), "a look failed"),
            }
        }
        Ok(again_ms)
    }

    async fn look(&mut self, id: &str, world: &World) -> Result<Option<u64>> {
        let Some((mut record, revision)) = self.store.record(id).await? else { return Ok(None) };
        if record.is_closed {
            self.closed.insert(id.to_owned());
            self.people.forget(id);
            return Ok(None);
        }
        let policy = record.policy().map_err(|faults| anyhow!("its file: {}", faults[0]))?;
        self.take_out_done(&mut record);
        if record.state.is_over() {
            return self.finish(&policy, record, revision).await;
        }
        let seen = self.see(&policy, &mut record, world).await?;
        record.answers.clone_from(&seen.answers);
        let plan = plan(&policy, &seen, &record.state);
        let (asks, due_ms) = (plan.asks.clone(), plan.look_again_ms);
        record.take(plan);
        if !self.store.swap(&record, revision).await? {
            // Somebody else was faster, and carries out what he planned.
            return Ok(None);
        }
        self.reconcile().await?;
        self.start_versions(&record).await?;
        self.hand_over(&policy, &record).await?;
        self.hooks.ask(&policy, &record, &asks);
        Ok(due_ms)
    }

    async fn see(&mut self, policy: &Policy, record: &mut Record, world: &World) -> Result<Seen> {
        let now_ms = (self.clock)();
        record.meters.take(&record.id, &world.told);
        self.people.watch(&self.store, &record.id).await;
        self.keep_obeyed(record);
        let mut seen = Seen {
            now_ms,
            commands: self.store.commands(&record.id).await?,
            answers: self.hooks.answers(record),
            regions: BTreeMap::new(),
        };
        for region in regions(policy) {
            let arms = |component: &String| record.meters.arms(component, place(&region), &world.told);
            let components = record.set.keys().map(|name| (name.clone(), arms(name))).collect();
            let obeyed = record.obeyed.get(&region);
            let is_obeyed = |(_, since_ms): &&(u64, u64)| now_ms.saturating_sub(*since_ms) >= OBEYED_MS;
            let numbers = self.numbers.look(&self.client, (policy, record), &region, world, now_ms);
            let of_region = RegionSeen {
                generation: obeyed.filter(is_obeyed).map_or(0, |(generation, _)| *generation),
                is_ready: measure::is_ready(record, place(&region), world),
                components,
                drawn: self.people.drawn(&record.id, place(&region)),
                numbers: numbers.await,
            };
            seen.regions.insert(region, of_region);
        }
        Ok(seen)
    }

    /// What was seen to stand in the configuration is kept with the record, so that whoever comes next need not wait anew.
    fn keep_obeyed(&self, record: &mut Record) {
        for region in record.routes.keys() {
            let Some(seen) = self.obeyed.get(&(record.id.clone(), region.clone())) else { continue };
            let known = record.obeyed.entry(region.clone()).or_insert(*seen);
            if known.0 != seen.0 {
                *known = *seen;
            }
        }
    }

    /// Makes the configuration of the gateways so. What it shall be is read directly before from the newest records, and read
    /// again after it was put: whoever comes with something older finds out.
    async fn reconcile(&mut self) -> Result<()> {
        for _ in 0..TRIES {
            let (stored, revision) = self.store.versions().await?;
            let records = self.open_records().await?;
            let versions = routes::promoted(&records, &stored);
            if versions != stored && !self.store.write_versions(&versions, revision).await? {
                continue;
            }
            let wanted = routes::wanted(&records, &versions);
            let known = self.control.config(ROUTES_CONFIG).await?;
            let is_ours = |key: &String| key == ROUTES || key.starts_with(&format!("{ROUTES}."));
            let (ours, mut others): (BTreeMap<_, _>, BTreeMap<_, _>) =
                known.into_iter().partition(|(key, _)| is_ours(key));
            if ours == wanted {
                self.note(&records);
                return Ok(());
            }
            others.extend(wanted);
            self.control.put_config(ROUTES_CONFIG, &others).await?;
        }
        Ok(())
    }

    async fn open_records(&self) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        for id in self.store.ids().await?.iter().filter(|id| !self.closed.contains(*id)) {
            records.extend(self.store.record(id).await?.map(|(record, _)| record));
        }
        Ok(records)
    }

    /// What stands in the configuration, and since when.
    fn note(&mut self, records: &[Record]) {
        let now_ms = (self.clock)();
        for record in records {
            for (region, route) in &record.routes {
                let generation = route.split.generation;
                let known =
                    self.obeyed.entry((record.id.clone(), region.clone())).or_insert((generation, now_ms));
                if known.0 != generation {
                    *known = (generation, now_ms);
                }
            }
        }
    }

    /// New versions run as applications of their own, which wadm keeps, in the regions that have been reached. Models are
    /// brought to painters by people.
    async fn start_versions(&self, record: &Record) -> Result<()> {
        let wanted = record.routes.iter().filter(|(_, route)| route.runs_new && !record.is_back());
        let reached: Vec<&String> = wanted.map(|(region, _)| region).collect();
        if reached.is_empty() {
            return Ok(());
        }
        let regions: Vec<&str> = reached.into_iter().filter_map(|region| place(region)).collect();
        let deployed: Vec<_> = record.set.iter().filter(|(name, _)| model_of(name).is_none()).collect();
        if deployed.is_empty() {
            return Ok(());
        }
        let applications = self.control.applications().await?;
        let mut main = None;
        for (component, Change { to: version, image, .. }) in deployed {
            let Main { has_model, gateways } = match &main {
                Some(known) => known,
                None => main.insert(self.main().await?),
            };
            let has_model = *has_model;
            let wanted = WantedVersion { component, version, image, has_model, regions: &regions };
            let app = version_app(&wanted);
            let app = app.with_context(|| format!("there is no component `{component}` that could run"))?;
            if applications.get(&app.name) != Some(&Some(app.version.clone())) {
                tracing::info!(rollout = %record.id, app = %app.name, ?regions, "a version is deployed");
                self.control.deploy(&app.name, &app.version, &app.manifest).await?;
            }
            let links = app.links.into_iter().map(|link| within(record, link));
            for link in links.chain(direct_links(component, version, gateways)) {
                self.control.link(&link).await?;
            }
        }
        Ok(())
    }

    async fn main(&self) -> Result<Main> {
        let manifest = self.control.manifest(APP).await?.unwrap_or_default();
        let components = || manifest["spec"]["components"].as_array().into_iter().flatten();
        let is_gateway = |name: &str| name == "gateway" || name.starts_with("gateway-");
        let gateways = components().filter(|one| one["name"].as_str().is_some_and(is_gateway));
        let ids = gateways.filter_map(|one| one["properties"]["id"].as_str().map(str::to_owned));
        Ok(Main { has_model: components().any(|one| one["name"] == "polish"), gateways: ids.collect() })
    }

    /// Lines that the history has, and news that were told, are not open any more.
    fn take_out_done(&self, record: &mut Record) {
        let id = record.id.clone();
        record.open.retain(|open| match open {
            Open::Line(line) => !self.written.contains(&(id.clone(), line.number)),
            Open::Tell(tell) => !self.hooks.is_told(&tell.id),
            Open::News(news) => !self.publisher.is_told(&id, news.number),
        });
    }

    async fn hand_over(&mut self, policy: &Policy, record: &Record) -> Result<()> {
        let lines: Vec<Line> = record.open.iter().filter_map(Open::line).cloned().collect();
        if !lines.is_empty() {
            self.store.write_history(&record.id, &lines).await?;
            self.written.extend(lines.iter().map(|line| (record.id.clone(), line.number)));
        }
        self.hooks.tell(policy, record);
        self.publisher.tell(record).await;
        Ok(())
    }

    /// One that is over: hands over what is open, stops what nobody needs any more, and closes it.
    async fn finish(&mut self, policy: &Policy, mut record: Record, revision: u64) -> Result<Option<u64>> {
        self.hand_over(policy, &record).await?;
        if !record.open.is_empty() {
            self.take_out_done(&mut record);
            self.store.swap(&record, revision).await?;
            return Ok(None);
        }
        let is_due = (self.clock)().saturating_sub(record.over_ms.unwrap_or_default()) >= KEEP_MS;
        let left = self.left_over(&record).await?;
        if !left.is_empty() && !is_due {
            return Ok(None);
        }
        for app in left {
            tracing::info!(rollout = %record.id, app = %app, "a version is stopped");
            self.control.undeploy(&app).await?;
        }
        // The versions that it brought are stored before it is forgotten.
        self.reconcile().await?;
        record.is_closed = true;
        self.store.swap(&record, revision).await?;
        Ok(None)
    }

    /// Applications of this rollout that run and that nobody needs.
    async fn left_over(&self, record: &Record) -> Result<Vec<String>> {
        let is_promoted = record.state.phase == Phase::Promoted;
        let others = self.open_records().await?;
        let others = others.iter().filter(|other| other.id != record.id && !other.state.is_over());
        let (stored, _) = self.store.versions().await?;
        let mut needed: BTreeSet<String> = stored
            .values()
            .flatten()
            .map(|(component, version)| component_id(component, &version.version))
            .collect();
        for (component, change) in others.flat_map(|other| &other.set) {
            needed.extend([&change.from, &change.to].map(|version| component_id(component, version)));
        }
        let running = self.control.applications().await?;
        let unneeded = record.set.iter().map(|(component, change)| {
            let version = if is_promoted { &change.from } else { &change.to };
            component_id(component, version)
        });
        let is_running = |app: &String| running.get(app).is_some_and(Option::is_some);
        Ok(unneeded.filter(|app| is_running(app) && !needed.contains(app)).collect())
    }
}

/// Components that move together call each other in their new versions.
fn within(record: &Record, link: Link) -> Link {
    let is_it = |(name, _): &(&String, &Change)| link.target == component_id(name, VERSION);
    let moved = record.set.iter().find(is_it).map(|(name, change)| component_id(name, &change.to));
    Link { target: moved.unwrap_or(link.target), ..link }
}
