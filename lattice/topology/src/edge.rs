//! An edge: a small platform near users, joined to a region by a link that may be cut.
//!
//! It is whole in itself: a NATS server with streams of its own, wadm, a host, and a lattice of its own name. So everything
//! there can die and start again while the link is cut. Its server is a leaf of the region's; over the link go calls of
//! components and providers of the region by their ids, and questions to its hosts, and nothing of streams or of wadm.

use crate::leaves::{self, Pass, Trust};
use crate::regions::check_name;
use crate::up::Wanted;
use crate::wrong::wrong;
use anyhow::{Context as _, Result, bail};
use imprint_control::{ACCESS, Control, ROUTES_CONFIG, edge_links, edge_mappings};
use imprint_supply::Voice;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::task::AbortHandle;

/// How often the region is asked what it says to gateways: keys that were taken back, versions that people get.
const HEAR: Duration = Duration::from_secs(2);
/// A region that is there answers within this.
const FIRST_MAX: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(200);
/// The setting of gateways that says that they stand at an edge, and at which.
const EDGE: &str = "edge";
/// The stream in which the ledger of an edge keeps jobs.
const HELD: &str = "IMPRINT_EDGE";
/// What keys begin with in the configuration.
const KEY: &str = "key.";

/// What each end keeps for itself: streams and their acknowledgements, buckets, wadm and the events it lives by, journals
/// and work. The names are the same at both ends.
const KEPT: [&str; 6] = ["$JS.>", "$KV.>", "$O.>", "imprint.>", "wadm.>", "wasmbus.evt.>"];

/// The region behind an edge.
#[derive(Clone, Debug)]
pub struct EdgeOf {
    /// Where its server takes leaves.
    pub url: String,
    pub lattice: String,
    /// The file with its key.
    pub key: PathBuf,
    /// The file with the certificates that its own leads to; without one the link is not encrypted.
    pub ca: Option<PathBuf>,
}

impl EdgeOf {
    /// What its door is shown.
    pub fn pass(&self) -> Result<Pass> {
        Pass::read(&self.key, self.ca.clone().map_or(Trust::Plain, Trust::Authority))
    }
}

/// The server of an edge.
#[derive(Clone)]
pub struct Edge {
    pub name: String,
    /// Its own lattice.
    pub lattice: String,
    pub port: u16,
    pub of: EdgeOf,
    pub pass: Pass,
}

impl Edge {
    /// Writes are on the disk before they are acknowledged. A link that says nothing counts as cut after some seconds.
    #[must_use]
    pub fn config(&self, store: &Path, more: &str) -> String {
        let Self { name, lattice, port, of, pass } = self;
        let kept: Vec<String> = KEPT.iter().map(|subject| format!("{subject:?}")).collect();
        let kept = kept.join(", ");
        let mappings: String = edge_mappings(lattice, &of.lattice)
            .iter()
            .map(|(from, to)| format!("  {from:?}: {to:?}\n"))
            .collect();
        format!(
            "listen: \"127.0.0.1:{port}\"\nserver_name: \"{name}\"\nping_interval: \"5s\"\nping_max: 2\n{more}\
             jetstream {{\n  store_dir: {store:?}\n  domain: \"{name}\"\n  sync_interval: always\n}}\n\
             mappings {{\n{mappings}}}\n\
             leafnodes {{\n  reconnect: \"1s\"\n  remotes: [{{\n    urls: [{url:?}], {pass}\n    \
             deny_imports: [{kept}]\n    deny_exports: [{kept}]\n  }}]\n}}\n",
            url = of.url,
            pass = pass.config(),
        )
    }
}

/// Refuses an edge that could not be one.
pub(crate) fn check(wanted: &Wanted) -> Result<()> {
    let Some(of) = &wanted.edge_of else { return Ok(()) };
    let [name] = wanted.regions.as_slice() else {
        wrong!("an edge is one place: give it one name of its own with --regions.")
    };
    check_name(name)?;
    if of.lattice == wanted.lattice {
        wrong!("an edge has a lattice of its own, and `{}` is that of its region.", of.lattice);
    }
    if wanted.polish.is_some()
        || wanted.painter.is_some()
        || wanted.courier.is_some()
        || wanted.leaves.is_some()
    {
        wrong!(
            "a language model, a painter, a courier and further edges belong to the region, not to its edge."
        );
    }
    if of.ca.is_none() && !leaves::is_here(&of.url) {
        wrong!(
            "`{}` is reached over a network, where others could read: name the certificates that the region's leads to with --edge-ca.",
            of.url
        );
    }
    if let Some(ca) = of.ca.as_ref().filter(|ca| !ca.is_file()) {
        wrong!("`{}` is no file.", ca.display());
    }
    of.pass()?;
    Ok(())
}

/// How many jobs wait at an edge for their region; nothing where nobody tells.
pub async fn waiting(url: &str) -> Option<u64> {
    let nats = async_nats::connect(url).await.ok()?;
    let stream = async_nats::jetstream::new(nats).get_stream(HELD).await.ok()?;
    Some(stream.cached_info().state.messages)
}

/// Puts what leads to the region, where it is not there.
async fn link(control: &Control) -> Result<()> {
    for link in edge_links() {
        control.link(&link).await?;
    }
    Ok(())
}

/// Takes over what the region says to gateways, and goes on doing so. An edge that knows it from before starts without.
pub(crate) async fn hear(
    control: &Control,
    of: &EdgeOf,
    name: &str,
    voice: &dyn Voice,
) -> Result<AbortHandle> {
    let region = Control::over(control.nats().clone(), &of.lattice);
    let began = Instant::now();
    loop {
        let Err(why) = hear_once(control, &region, name).await else { break };
        if knows_a_key(&control.config(ACCESS).await?) {
            voice.say("The region does not answer. What is asked of it waits here.");
            break;
        }
        if began.elapsed() > FIRST_MAX {
            wrong!(
                "the region behind `{}` does not answer, and an edge takes its keys from there: {why:#}",
                of.url
            );
        }
        tokio::time::sleep(LOOK).await;
    }
    control.begin_config(ROUTES_CONFIG).await?;
    link(control).await?;
    let (control, name) = (control.clone(), name.to_owned());
    let hearing = tokio::spawn(async move {
        loop {
            tokio::time::sleep(HEAR).await;
            // Until the link is there again, what was heard last holds.
            let _ = hear_once(&control, &region, &name).await;
            // A link that is put while wadm puts one of the same component may be lost.
            let _ = link(&control).await;
        }
    });
    Ok(hearing.abort_handle())
}

async fn hear_once(control: &Control, region: &Control, name: &str) -> Result<()> {
    let mut access = region.config(ACCESS).await?;
    if !knows_a_key(&access) {
        bail!("`{ACCESS}` of the lattice `{}` has no keys", region.lattice());
    }
    access.insert(EDGE.to_owned(), name.to_owned());
    let routes = region.config(ROUTES_CONFIG).await?;
    for (config, said) in [(ACCESS, access), (ROUTES_CONFIG, routes)] {
        if control.config(config).await? != said {
            control.put_config(config, &said).await.with_context(|| format!("`{config}`"))?;
        }
    }
    Ok(())
}

fn knows_a_key(access: &BTreeMap<String, String>) -> bool {
    access.keys().any(|name| name.starts_with(KEY))
}
