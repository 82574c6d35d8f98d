//! A whole platform on this machine, from an empty folder to an answering address, and back.

use crate::access;
use crate::buckets;
use crate::children::{self, Place, Running};
use crate::courier;
use crate::edge::{self, Edge, EdgeOf};
use crate::images;
use crate::leaves::{self, Leaves};
use crate::regions::{self, COPIES, Ports, Servers};
use crate::state::{self, Card, RegionCard, State};
use crate::supervise;
use crate::wrong::{ROOM_BYTES_MIN, has_room, wrong};
use anyhow::{Context as _, Result, bail};
use imprint_control::{APP, Control, Entrance, LOCAL_VERSION, PAINTER, Painter, Polish, Site, manifest};
use imprint_supply::{Places, Voice};
use nkeys::KeyPair;
use std::collections::BTreeMap;
use std::fs::File;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::AbortHandle;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub state: PathBuf,
    pub port: u16,
    /// 0: any free one.
    pub nats_port: u16,
    pub hosts: usize,
    pub regions: Vec<String>,
    pub fresh: bool,
    pub lattice: String,
    /// Work done at once by one runner.
    pub width: u32,
    /// Where traces, metrics and logs of hosts and providers are sent.
    pub otlp: Option<String>,
    /// The language model that briefs may ask for.
    pub polish: Option<Polish>,
    /// The painter that briefs may ask for painted concepts.
    pub painter: Option<Painter>,
    /// What the operator says of the courier. Without, it writes all messages into a folder.
    pub courier: Option<BTreeMap<String, String>>,
    /// Where edges join; without, none does.
    pub leaves: Option<Leaves>,
    /// The region behind, where this is an edge of it.
    pub edge_of: Option<EdgeOf>,
}

/// A running platform.
pub struct Platform {
    pub card: Card,
    state: State,
    nats: Running,
    wadm: Running,
    hosts: Vec<Running>,
    /// The further servers and wadms of several regions.
    beside: Vec<Running>,
    /// The controller of rollouts; it starts when there is somebody to ask. An edge has none.
    rollout: Option<Running>,
    /// Hears what the region says to its edges.
    hearing: Option<AbortHandle>,
    /// Nobody else starts a platform in this folder meanwhile.
    _held: File,
}

/// NATS listens at once, unless it has much to read.
const NATS_MAX: Duration = Duration::from_secs(30);
/// A host listens when it has its buckets.
const HOSTS_MAX: Duration = Duration::from_secs(60);
/// The first start compiles every component in every host.
const ANSWER_MAX: Duration = Duration::from_secs(300);
/// Hosts drain first: providers end what they have begun.
const HOST_STOP_MAX: Duration = Duration::from_secs(30);
const STOP_MAX: Duration = Duration::from_secs(10);
/// How often a state is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// More hosts than this on one machine is a mistake.
pub const HOSTS_MAX_COUNT: usize = 8;
/// JSON messages with an event of half a megabyte fit, and nothing much larger.
const NATS_PAYLOAD_MAX: u32 = 2 << 20;

/// Who hears of rollouts: the person whose key is printed at the start.
const OPERATORS: &str = "local/owner";

/// Starts everything and waits until the address answers.
pub async fn up(wanted: &Wanted, programs: &Path, places: &Places, voice: &dyn Voice) -> Result<Platform> {
    regions::check(&wanted.regions, wanted.hosts)?;
    edge::check(wanted)?;
    let mut state = State::open(&wanted.state)?;
    if let Some(card) = state.card() {
        wrong!(
            "a platform runs already at {} (process {}). `imprint down` stops it.",
            card.http_url,
            card.pid
        );
    }
    let mut held = state.hold()?;
    children::end_remnants(&state.root, &state.temporary()).await;
    if wanted.fresh {
        state = state.clear()?;
        held = state.hold()?;
    }
    regions::check_kept(&state.root, &wanted.regions)?;
    for entrance in entrances(wanted) {
        check_port(entrance.0)?;
    }
    if let Some(leaves) = &wanted.leaves {
        leaves.check()?;
        for region in 0..wanted.regions.len() {
            check_address(leaves.listen, leaves.port_of(region))?;
        }
    }
    has_room(&state.root, ROOM_BYTES_MIN)?;
    let server = imprint_supply::nats_server(places, voice)?;
    let fonts = write_fonts(&state, places, voice)?;
    // Packing takes a while, and few have a painter.
    let is_wanted = |name: &str| name != PAINTER || wanted.painter.is_some();
    let images = images::files(&state, programs, places, voice, &is_wanted).await?;
    let site = Site {
        version: LOCAL_VERSION,
        image: &|name| images.get(name).map(|path| format!("file://{}", path.display())).unwrap_or_default(),
        http: format!("127.0.0.1:{}", wanted.port),
        region: wanted.regions[0].clone(),
        // A server that stands alone has one.
        replicas: if wanted.regions.len() > 1 { COPIES as u32 } else { 1 },
        fonts: fonts.display().to_string(),
        width: wanted.width,
        polish: wanted.polish.clone(),
        painter: wanted.painter.clone(),
        courier: courier::settings(wanted, &state.root),
        entrances: entrances(wanted).into_iter().filter_map(|(_, entrance)| entrance).collect(),
        edge_of: wanted.edge_of.as_ref().map(|region| region.lattice.clone()),
    };
    let text = manifest(&site);
    let path = state.root.join("manifest.yaml");
    let is_new = std::fs::read_to_string(&path).ok().as_ref() != Some(&text);
    let mut platform = start(wanted, &state, programs, &server, is_new, held, voice).await?;
    if let Err(why) = ready(wanted, &mut platform, &text, voice).await {
        platform.stop().await;
        return Err(why);
    }
    // Written last: an application that never answered is deployed anew.
    std::fs::write(path, &text)?;
    Ok(platform)
}

/// The port of each region; of several with the region.
fn entrances(wanted: &Wanted) -> Vec<(u16, Option<Entrance>)> {
    let is_several = wanted.regions.len() > 1;
    let ports = (0..u16::MAX).map(|offset| wanted.port.saturating_add(offset));
    let one = |(port, region): (u16, &String)| {
        let http = format!("127.0.0.1:{port}");
        (port, is_several.then(|| Entrance { region: region.clone(), http }))
    };
    ports.zip(&wanted.regions).take(if is_several { usize::MAX } else { 1 }).map(one).collect()
}

fn check_port(port: u16) -> Result<()> {
    check_address(Ipv4Addr::LOCALHOST.into(), port)
}

fn check_address(address: IpAddr, port: u16) -> Result<()> {
    let Err(why) = TcpListener::bind((address, port)) else { return Ok(()) };
    wrong!("port {port} cannot be used ({why}). Stop what listens there, or choose another with --port.")
}

/// The list of font files, as the blob provider reads it.
fn write_fonts(state: &State, places: &Places, voice: &dyn Voice) -> Result<PathBuf> {
    let one = |font: imprint_supply::Font| {
        serde_json::json!({
            "family": font.key.family, "weight": font.key.weight, "italic": font.key.italic,
            "path": font.path, "sha256": font.content.sha256, "bytes": font.content.bytes,
        })
    };
    let list: Vec<_> = imprint_supply::fonts(places, voice)?.into_iter().map(one).collect();
    let path = state.fonts();
    std::fs::write(&path, serde_json::to_vec_pretty(&list)?)?;
    Ok(path)
}

async fn start(
    wanted: &Wanted,
    state: &State,
    programs: &Path,
    server: &Path,
    is_new: bool,
    held: File,
    voice: &dyn Voice,
) -> Result<Platform> {
    voice.say("Starting NATS, wadm and the hosts.");
    let place = Place { programs, temporary: &state.temporary() };
    let Servers { home: nats, others: beside, cards } = servers(wanted, state, &place, server).await?;
    let urls: Vec<String> = cards.iter().map(|card| card.nats_url.clone()).collect();
    let mut platform = {
        if let Err(why) = prepare(wanted, &urls[0], is_new).await {
            futures::future::join_all(beside.into_iter().map(|server| server.stop(STOP_MAX))).await;
            nats.stop(STOP_MAX).await;
            return Err(why.context(format!("see `{}`", state.root.join("logs").display())));
        }
        let is_one = cards.len() == 1;
        let wadm = wadm(state, &place, &urls[0], if is_one { "" } else { &cards[0].name })?;
        let card = card(wanted, if is_one { Vec::new() } else { cards }, &urls[0]);
        Platform {
            card,
            state: state.clone(),
            nats,
            wadm,
            hosts: Vec::new(),
            beside,
            rollout: None,
            hearing: None,
            _held: held,
        }
    };
    if let Err(why) = start_further(&mut platform, wanted, &place, &urls) {
        platform.stop().await;
        return Err(why);
    }
    platform.note_processes()?;
    Ok(platform)
}

/// What starts once there is NATS, and a wadm: those of further regions, the hosts, the controller of rollouts.
fn start_further(platform: &mut Platform, wanted: &Wanted, place: &Place, urls: &[String]) -> Result<()> {
    let state = platform.state.clone();
    for (region, url) in wanted.regions.iter().zip(urls).skip(1) {
        platform.beside.push(wadm(&state, place, url, region)?);
    }
    for number in 0..wanted.hosts {
        let at = number % urls.len();
        let (id, metrics, host) = host(wanted, &state, place, &urls[at], number)?;
        platform.card.hosts.push(id);
        if let Some(region) = platform.card.regions.get_mut(at) {
            region.processes.push(host.name.clone());
        }
        platform.card.metrics_urls.push(format!("http://127.0.0.1:{metrics}/metrics"));
        platform.hosts.push(host);
    }
    if wanted.edge_of.is_some() {
        return Ok(());
    }
    // It goes on in another region when the first dies.
    let all = urls.join(",");
    let words = ["run", "--nats", &all, "--lattice", &wanted.lattice, "--operators", OPERATORS];
    let words = words.map(str::to_owned);
    let program = place.programs.join("imprint-rollout");
    platform.rollout = Some(children::start(place, "rollout", &program, &words, &state.log("rollout"))?);
    Ok(())
}

/// One server, or a pair for each region.
async fn servers(wanted: &Wanted, state: &State, place: &Place<'_>, server: &Path) -> Result<Servers> {
    let ports = Ports { nats: wanted.nats_port, http: wanted.port, leaves: wanted.leaves.as_ref() };
    if wanted.regions.len() > 1 {
        for offset in (0..wanted.regions.len()).filter(|_| ports.nats != 0) {
            check_port(ports.nats.saturating_add(u16::try_from(offset).unwrap_or_default()))?;
        }
        return regions::servers(place, server, (&wanted.regions, &ports), state, &limits()).await;
    }
    let port = if ports.nats == 0 { imprint_ports::one()? } else { ports.nats };
    check_port(port)?;
    let config = nats_config(state, wanted, port)?;
    let args = ["-c".to_owned(), config.display().to_string()];
    let home = children::start(place, "nats", server, &args, &state.log("nats"))?;
    let card = RegionCard {
        name: wanted.regions[0].clone(),
        http_url: format!("http://127.0.0.1:{}", ports.http),
        nats_url: format!("nats://127.0.0.1:{port}"),
        leaf_url: String::new(),
        processes: Vec::new(),
    };
    Ok(Servers { home, others: Vec::new(), cards: vec![card] })
}

/// Waits for NATS, and makes what is stored in it before anybody else does.
async fn prepare(wanted: &Wanted, url: &str, is_new: bool) -> Result<()> {
    let connected =
        wait(NATS_MAX, "NATS does not answer", async || Control::connect(url, &wanted.lattice).await.ok());
    let control = connected.await?;
    if wanted.regions.len() > 1 {
        let ready = wait(NATS_MAX, "the regions do not find together", async || {
            buckets::prepare_with(url, &wanted.lattice, COPIES).await.ok()
        });
        ready.await?;
    }
    let is_ours = !is_new && control.runs(APP, LOCAL_VERSION).await;
    if !is_ours {
        control.forget(APP).await?;
    }
    buckets::prepare(url, &wanted.lattice).await.map(drop)
}

/// The wadm of a region, or of all where there is one.
fn wadm(state: &State, place: &Place, url: &str, region: &str) -> Result<Running> {
    let name = if region.is_empty() { "wadm".to_owned() } else { format!("wadm-{region}") };
    let copies = if region.is_empty() { 1 } else { COPIES };
    let words =
        ["--nats", url.trim_start_matches("nats://"), "--copies", &copies.to_string()].map(str::to_owned);
    children::start(place, &name, &place.programs.join("imprint-wadm"), &words, &state.log(&name))
}

fn card(wanted: &Wanted, regions: Vec<RegionCard>, nats_url: &str) -> Card {
    Card {
        format: 1,
        pid: std::process::id(),
        nats_url: nats_url.to_owned(),
        http_url: format!("http://127.0.0.1:{}", wanted.port),
        lattice: wanted.lattice.clone(),
        region: wanted.regions[0].clone(),
        polish: wanted.polish.is_some(),
        painter: wanted.painter.is_some(),
        edge_of: wanted.edge_of.as_ref().map(|region| region.url.clone()),
        hosts: Vec::new(),
        metrics_urls: Vec::new(),
        processes: Vec::new(),
        regions,
    }
}

/// What all our servers say.
fn limits() -> String {
    format!("max_payload: {NATS_PAYLOAD_MAX}\n")
}

/// Every write is on the disk before it is acknowledged: one machine has no other copy.
fn nats_config(state: &State, wanted: &Wanted, port: u16) -> Result<PathBuf> {
    let path = state.root.join("nats.conf");
    let store = state.root.join("nats");
    let (limits, name) = (limits(), &wanted.regions[0]);
    let text = match (&wanted.edge_of, &wanted.leaves) {
        (Some(of), _) => {
            let (lattice, pass) = (wanted.lattice.clone(), of.pass()?);
            Edge { name: name.clone(), lattice, port, of: of.clone(), pass }.config(&store, &limits)
        }
        (None, leaves) => {
            let leaves = match leaves {
                Some(leaves) => leaves.door(0, &leaves::key(state)?.1).config(),
                None => String::new(),
            };
            format!(
                "listen: 127.0.0.1:{port}\nserver_name: imprint\n{limits}\
                 jetstream {{\n  store_dir: {store:?}\n  sync_interval: always\n}}\n{leaves}",
            )
        }
    };
    state::write_private(&path, &text)?;
    Ok(path)
}

fn host(
    wanted: &Wanted,
    state: &State,
    place: &Place,
    url: &str,
    number: usize,
) -> Result<(String, u16, Running)> {
    let (seed, key) = state.secret(&format!("host-{number}"), || Ok(KeyPair::new_server().seed()?))?;
    let id = KeyPair::from_seed(&seed)?.public_key();
    let region = &wanted.regions[number % wanted.regions.len()];
    let mut args = vec!["--nats".to_owned(), url.to_owned(), "--lattice".to_owned(), wanted.lattice.clone()];
    args.extend(["--region".to_owned(), region.clone(), "--key".to_owned(), key.display().to_string()]);
    args.extend(["--label".to_owned(), "brands=true".to_owned()]);
    if number < wanted.regions.len() {
        args.extend(["--label".to_owned(), "ingress=true".to_owned()]);
    }
    let metrics = imprint_ports::one()?;
    args.extend(["--metrics".to_owned(), format!("127.0.0.1:{metrics}")]);
    args.extend(wanted.otlp.iter().flat_map(|url| ["--otlp".to_owned(), url.clone()]));
    let name = format!("host-{number}");
    let running =
        children::start(place, &name, &place.programs.join("imprint-host"), &args, &state.log(&name))?;
    Ok((id, metrics, running))
}

async fn ready(wanted: &Wanted, platform: &mut Platform, manifest: &str, voice: &dyn Voice) -> Result<()> {
    let control = Control::connect(&platform.card.nats_url, &wanted.lattice).await?;
    let hosts = wait(HOSTS_MAX, "not all hosts answer", async || {
        control.hosts().await.ok().filter(|found| found.len() >= wanted.hosts)
    });
    if let Err(why) = hosts.await {
        // What ended says more than the time that went by.
        let why = platform.first_ended().map_or(why, |ended| anyhow::anyhow!(ended));
        return Err(why.context(format!("see `{}`", platform.state.log("host-0").display())));
    }
    match &wanted.edge_of {
        Some(of) => platform.hearing = Some(edge::hear(&control, of, &wanted.regions[0], voice).await?),
        None => access::publish(&platform.state, &control, &platform.card).await?,
    }
    voice.say("Deploying the application.");
    let deployed = wait(HOSTS_MAX, "wadm does not answer", async || {
        control.deploy(APP, LOCAL_VERSION, manifest).await.ok()
    });
    deployed.await.with_context(|| format!("see `{}`", platform.state.log("wadm").display()))?;
    let began = Instant::now();
    let ports: Vec<u16> = entrances(wanted).into_iter().map(|(port, _)| port).collect();
    while !futures::future::join_all(ports.iter().map(|port| is_ready(*port))).await.into_iter().all(|is| is)
    {
        platform.tend(voice)?;
        if began.elapsed() > ANSWER_MAX {
            bail!(
                "{} does not answer; see `{}`",
                platform.card.http_url,
                platform.state.root.join("logs").display()
            );
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// Whether `/readyz` says so.
async fn is_ready(port: u16) -> bool {
    let asked = async {
        let mut stream = tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await?;
        let mut answer = vec![0; 12];
        stream.read_exact(&mut answer).await?;
        std::io::Result::Ok(answer)
    };
    let answer = tokio::time::timeout(STOP_MAX, asked).await;
    answer.is_ok_and(|answer| answer.is_ok_and(|answer| answer.ends_with(b" 200")))
}

/// Asks until there is an answer, or the time is up.
async fn wait<T>(max: Duration, what: &str, ask: impl AsyncFn() -> Option<T>) -> Result<T> {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return Ok(answer);
        }
        if began.elapsed() > max {
            bail!("{what} within {} s", max.as_secs());
        }
        tokio::time::sleep(LOOK).await;
    }
}

impl Platform {
    fn children(&self) -> impl Iterator<Item = &Running> {
        [&self.nats, &self.wadm].into_iter().chain(&self.beside).chain(&self.hosts).chain(&self.rollout)
    }

    /// What `imprint status` shows.
    fn note_processes(&mut self) -> Result<()> {
        let of = |running: &Running| (running.name.clone(), running.pid());
        self.card.processes = self.children().map(of).collect();
        self.state.write_card(&self.card)
    }

    /// Starts again what died. Fails once something has died too often.
    pub fn tend(&mut self, voice: &dyn Voice) -> Result<()> {
        let mut said = Vec::new();
        let children = [&mut self.nats, &mut self.wadm].into_iter();
        for child in children.chain(&mut self.beside).chain(&mut self.hosts).chain(&mut self.rollout) {
            said.extend(supervise::tend(child, Instant::now())?);
        }
        said.iter().for_each(|line| voice.say(line));
        if said.is_empty() { Ok(()) } else { self.note_processes() }
    }

    /// A child that ended although nobody asked it to.
    fn first_ended(&mut self) -> Option<String> {
        let children = [&mut self.nats, &mut self.wadm].into_iter();
        for child in children.chain(&mut self.beside).chain(&mut self.hosts).chain(&mut self.rollout) {
            if let Some(how) = child.ended() {
                let log = self.state.log(&child.name);
                return Some(format!("`{}` ended ({how}); see `{}`", child.name, log.display()));
            }
        }
        None
    }

    /// Stops the controller of rollouts, then hosts, wadm and NATS: nothing is asked of what is gone already.
    pub async fn stop(self) {
        if let Some(hearing) = self.hearing {
            hearing.abort();
        }
        if let Some(rollout) = self.rollout {
            rollout.stop(STOP_MAX).await;
        }
        futures::future::join_all(self.hosts.into_iter().map(|host| host.stop(HOST_STOP_MAX))).await;
        self.wadm.stop(STOP_MAX).await;
        futures::future::join_all(self.beside.into_iter().map(|child| child.stop(STOP_MAX))).await;
        self.nats.stop(STOP_MAX).await;
        self.state.remove_card();
    }
}
