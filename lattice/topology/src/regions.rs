//! Several regions: how their NATS servers are joined, and what each takes of the work.
//!
//! Each region has two servers. Its *core* keeps streams, together with the cores of the other regions: every stream lies in
//! three regions, so any one may die and nothing acknowledged with it. Its *local* server is a leaf of the core; hosts
//! connect to it. A leaf prefers subscribers of its own, so calls stay in their region while somebody there
//! answers, and go on when the link to all others is cut. `lattice/README.md` has the trials behind this.

use crate::children::{self, Place, Running};
use crate::leaves::{self, Door, Leaves, Pass, Trust};
use crate::state::{self, RegionCard, State};
use crate::wrong::wrong;
use anyhow::{Context as _, Result};
use imprint_control::REGIONS_MAX;
use std::path::Path;
use std::time::{Duration, Instant};

/// Servers that start together have a leader within seconds, on a busy machine within this.
const TOGETHER_MAX: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(200);

/// A local server that died comes back so long after its core at the earliest, which is then one of the cluster again.
pub(crate) const SETTLE: Duration = Duration::from_secs(3);

/// A majority of two is both, so neither of two could go on alone.
const SEVERAL_MIN: usize = 3;
/// A stream in so many regions outlives one of them.
pub(crate) const COPIES: usize = 3;
/// Names stand in ids and subjects; the longest of the large clouds has 14 letters.
const NAME_CHARS_MAX: usize = 32;
/// Where a server that stands alone keeps its streams.
const OF_ONE: &str = "jetstream";
/// The domain of all streams: a server without streams of its own is told to look for them there.
pub(crate) const DOMAIN: &str = "imprint";
/// The account that everything runs in, as nats-server calls it where none is named.
const ACCOUNT: &str = "$G";

/// The server that keeps streams in a region.
#[derive(Clone, Debug)]
pub struct Core {
    pub region: String,
    /// Where clients, the other cores and leaves connect, on this machine.
    pub client_port: u16,
    pub route_port: u16,
    pub door: Door,
    /// The addresses of the other cores.
    pub routes: Vec<String>,
}

/// The server that hosts of a region, or at an edge, connect to.
#[derive(Clone)]
pub struct Local {
    pub name: String,
    pub port: u16,
    /// Where it reaches a core, the nearest first.
    pub leaf_urls: Vec<String>,
    pub pass: Pass,
}

impl Core {
    /// Every write is on the disk of three regions before it is acknowledged.
    #[must_use]
    pub fn config(&self, store: &Path, more: &str) -> String {
        let Self { region, client_port, route_port, door, routes } = self;
        let routes: Vec<String> = routes.iter().map(|url| format!("{url:?}")).collect();
        format!(
            "listen: \"127.0.0.1:{client_port}\"\nserver_name: \"{region}\"\nserver_tags: [\"region:{region}\"]\n{more}\
             jetstream {{\n  store_dir: {store:?}\n  domain: {DOMAIN}\n  unique_tag: \"region:\"\n  sync_interval: always\n}}\n\
             cluster {{\n  name: {DOMAIN}\n  listen: \"127.0.0.1:{route_port}\"\n  routes: [{}]\n}}\n{}",
            routes.join(", "),
            door.config()
        )
    }
}

impl Local {
    /// It keeps nothing itself.
    #[must_use]
    pub fn config(&self, more: &str) -> String {
        let Self { name, port, leaf_urls, pass } = self;
        let urls: Vec<String> = leaf_urls.iter().map(|url| format!("{url:?}")).collect();
        format!(
            "listen: \"127.0.0.1:{port}\"\nserver_name: \"{name}\"\n{more}\
             default_js_domain {{ \"{ACCOUNT}\": {DOMAIN} }}\n\
             leafnodes {{\n  reconnect: \"1s\"\n  remotes: [{{ urls: [{}], no_randomize: true, {} }}]\n}}\n",
            urls.join(", "),
            pass.config()
        )
    }
}

/// Refuses regions that could not keep what is promised of them.
pub(crate) fn check(regions: &[String], hosts: usize) -> Result<()> {
    if regions.len() < 2 {
        return Ok(());
    }
    if regions.len() < SEVERAL_MIN {
        wrong!(
            "two regions cannot outlive one of them: what is kept needs a majority, and a majority of two is both. Name one \
             region, or three or four, with --regions."
        );
    }
    if regions.len() > REGIONS_MAX {
        wrong!("{} regions are too many; name at most {} with --regions.", regions.len(), REGIONS_MAX);
    }
    for (index, name) in regions.iter().enumerate() {
        check_name(name)?;
        if regions[..index].contains(name) {
            wrong!("the region `{name}` is named twice.");
        }
    }
    if hosts < regions.len() {
        wrong!("{hosts} hosts are too few for {} regions; leave --hosts away, or name more.", regions.len());
    }
    Ok(())
}

/// Refuses a name that cannot stand in ids and subjects.
pub(crate) fn check_name(name: &str) -> Result<()> {
    let is_plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    if name.is_empty() || name.len() > NAME_CHARS_MAX || !name.bytes().all(is_plain) {
        wrong!("`{name}` is no region: up to {NAME_CHARS_MAX} of a-z, 0-9 and `-`.");
    }
    Ok(())
}

/// Refuses a folder whose streams belong to other regions: they would not be seen.
pub(crate) fn check_kept(root: &Path, regions: &[String]) -> Result<()> {
    let entries = std::fs::read_dir(root.join("nats")).into_iter().flatten().flatten();
    let mut kept: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let mut wanted = if regions.len() > 1 { regions.to_vec() } else { vec![OF_ONE.to_owned()] };
    kept.sort();
    wanted.sort();
    if kept.is_empty() || kept == wanted {
        return Ok(());
    }
    let of = if kept == [OF_ONE] { "one region".to_owned() } else { kept.join(", ") };
    wrong!(
        "`{}` keeps what {of} made. Name the same regions, choose another folder with --state, or forget it with --fresh.",
        root.display()
    )
}

/// The servers of all regions, started.
pub(crate) struct Servers {
    /// The local one of the first region.
    pub(crate) home: Running,
    pub(crate) others: Vec<Running>,
    pub(crate) cards: Vec<RegionCard>,
}

/// What every configuration of ours says besides.
pub(crate) struct Ports<'a> {
    /// Of NATS in the first region; 0 takes free ones.
    pub(crate) nats: u16,
    /// Of the API in the first region.
    pub(crate) http: u16,
    /// Where edges join; without, nobody does but the local servers, at a free port in each region.
    pub(crate) leaves: Option<&'a Leaves>,
}

/// Starts a core for each region, and when these found together a local server before each: what a local server asks for while
/// the cores still look for each other is not answered later either.
pub(crate) async fn servers(
    place: &Place<'_>,
    server: &Path,
    (regions, ports): (&[String], &Ports<'_>),
    state: &State,
    more: &str,
) -> Result<Servers> {
    let (mut home, mut others, mut cards) = (None, Vec::new(), Vec::new());
    let free = imprint_ports::some(4 * regions.len())?;
    let free: Vec<[u16; 4]> = free.chunks_exact(4).map(|four| [four[0], four[1], four[2], four[3]]).collect();
    let (seed, key, _) = leaves::key(state)?;
    let door = |index: usize| match ports.leaves {
        Some(leaves) => leaves.door(index, &key),
        None => Door::own(free[index][2], &key),
    };
    let cores = cores(regions, &free, &door);
    let has_tls = ports.leaves.is_some_and(|leaves| leaves.tls.is_some());
    let pass = Pass::new(&seed, if has_tls { Trust::OwnMachine } else { Trust::Plain });
    for core in &cores {
        let store = state.root.join("nats").join(&core.region);
        others.push(one(place, server, &format!("core-{}", core.region), &core.config(&store, more), state)?);
    }
    for core in &cores {
        together(core).await?;
    }
    for (index, core) in cores.iter().enumerate() {
        let region = &core.region;
        let offset = u16::try_from(index).unwrap_or_default();
        let port = if ports.nats == 0 { free[index][3] } else { ports.nats.saturating_add(offset) };
        let near_first = cores.iter().cycle().skip(index).take(cores.len());
        let leaf_urls = near_first.map(|core| format!("nats://127.0.0.1:{}", core.door.port)).collect();
        let local = Local { name: format!("{region}-local"), port, leaf_urls, pass: pass.clone() };
        let running = one(place, server, &format!("nats-{region}"), &local.config(more), state)?;
        match index {
            0 => home = Some(running),
            _ => others.push(running),
        }
        cards.push(RegionCard {
            name: region.clone(),
            http_url: format!("http://127.0.0.1:{}", ports.http.saturating_add(offset)),
            nats_url: format!("nats://127.0.0.1:{port}"),
            leaf_url: local.leaf_urls[0].clone(),
            processes: ["core", "nats", "wadm"].map(|kind| format!("{kind}-{region}")).to_vec(),
        });
    }
    Ok(Servers { home: home.context("there is no region")?, others, cards })
}

/// Whether a process is the local server of a region.
pub(crate) fn is_local(process: &str) -> bool {
    process.starts_with("nats-")
}

/// Waits until a core knows who leads.
async fn together(core: &Core) -> Result<()> {
    let url = format!("nats://127.0.0.1:{}", core.client_port);
    let began = Instant::now();
    loop {
        if let Ok(client) = async_nats::connect(&url).await {
            let mut jetstream = async_nats::jetstream::new(client);
            jetstream.set_timeout(PAUSE);
            if jetstream.query_account().await.is_ok() {
                return Ok(());
            }
        }
        if began.elapsed() > TOGETHER_MAX {
            wrong!("the servers of the regions do not find together; `imprint status` names their logs");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn cores(regions: &[String], ports: &[[u16; 4]], door: &dyn Fn(usize) -> Door) -> Vec<Core> {
    let route = |index: usize| format!("nats://127.0.0.1:{}", ports[index][1]);
    let core = |(index, region): (usize, &String)| Core {
        region: region.clone(),
        client_port: ports[index][0],
        route_port: ports[index][1],
        door: door(index),
        routes: (0..ports.len()).filter(|other| *other != index).map(route).collect(),
    };
    regions.iter().enumerate().map(core).collect()
}

fn one(place: &Place, server: &Path, name: &str, config: &str, state: &State) -> Result<Running> {
    let path = state.root.join(format!("{name}.conf"));
    state::write_private(&path, config)?;
    children::start(place, name, server, &["-c".to_owned(), path.display().to_string()], &state.log(name))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops where it fails")]
mod tests {
    use super::*;

    #[test]
    fn streams_of_other_regions_are_not_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let regions = |names: &str| names.split(',').map(str::to_owned).collect::<Vec<_>>();
        let check = |names: &str| check_kept(folder.path(), &regions(names));
        assert!(check("a").is_ok() && check("a,b,c").is_ok(), "nothing is kept yet");
        std::fs::create_dir_all(folder.path().join("nats/jetstream")).unwrap();
        assert!(check("b").is_ok());
        assert!(check("a,b,c").unwrap_err().to_string().contains("keeps what one region made"));
        std::fs::remove_dir(folder.path().join("nats/jetstream")).unwrap();
        for region in ["a", "b", "c"] {
            std::fs::create_dir(folder.path().join("nats").join(region)).unwrap();
        }
        assert!(check("c,a,b").is_ok());
        for other in ["a", "a,b,d", "a,b,c,d"] {
            assert!(check(other).unwrap_err().to_string().contains("keeps what a, b, c made"), "{other}");
        }
    }

    #[test]
    fn regions_that_could_not_keep_a_promise_are_refused() {
        let cases: [(&str, usize, Option<&str>); 8] = [
            ("us-east-1", 1, None),
            ("a,b,c", 3, None),
            ("a,b,c,d", 8, None),
            ("a,b", 2, Some("a majority of two is both")),
            ("a,b,c,d,e", 5, Some("too many")),
            ("a,b,a", 3, Some("named twice")),
            ("a,b,C.d", 3, Some("is no region")),
            ("a,b,c", 2, Some("too few")),
        ];
        for (names, hosts, want) in cases {
            let names: Vec<String> = names.split(',').map(str::to_owned).collect();
            match (check(&names, hosts), want) {
                (Ok(()), None) => {}
                (Err(why), Some(want)) => assert!(why.to_string().contains(want), "{names:?}: {why}"),
                (got, want) => panic!("{names:?} {hosts}: {got:?}, not {want:?}"),
            }
        }
    }
}
