//! Three servers of one cluster, as `imprint up --regions` configures them, with a relay on every way between two.

use imprint_servers::Relay;
use imprint_topology::{Core, Door};
use nkeys::KeyPair;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;

/// A majority of three outlives one.
pub(crate) const NODES: usize = 3;
const NAMES: [&str; NODES] = ["us-east-1", "us-west-2", "eu-west-1"];
/// All ways lead through the relays: nobody is told where a server is, and who looks where it says it is finds nobody. Without
/// the second a server that lost a way goes past the relay.
const HIDDEN: &str = "  no_advertise: true\n  advertise: \"127.0.0.1:9\"";
/// A server that takes longer to listen, or to end when it is asked to, is broken.
const START: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(20);

pub(crate) struct Cluster {
    program: PathBuf,
    nodes: Vec<Node>,
    /// From, to, and the way.
    ways: Vec<(usize, usize, Relay)>,
}

struct Node {
    config: PathBuf,
    store: PathBuf,
    log: PathBuf,
    port: u16,
    /// Where it tells of itself.
    about: u16,
    child: Option<Child>,
}

impl Cluster {
    /// `stores` is where the folder of each is made. Without `is_synced` they sync when they please, as nats-server does by default.
    pub(crate) async fn start(
        program: &Path,
        folder: &Path,
        stores: &[PathBuf; NODES],
        is_synced: bool,
    ) -> Self {
        let free = || imprint_ports::some(NODES).expect("ports are free");
        let (clients, routes, leaves, abouts) = (free(), free(), free(), free());
        let mut ways = Vec::new();
        for (from, to) in (0..NODES).flat_map(|from| (0..NODES).map(move |to| (from, to))) {
            if from != to {
                ways.push((from, to, Relay::start(routes[to], Duration::ZERO).await));
            }
        }
        // No leaf comes; a door wants the key of those who might.
        let key = KeyPair::new_user().public_key();
        let mut nodes = Vec::new();
        for (index, name) in NAMES.iter().enumerate() {
            let mine = ways.iter().filter(|(from, ..)| *from == index);
            let core = Core {
                region: (*name).to_owned(),
                client_port: clients[index],
                route_port: routes[index],
                door: Door::own(leaves[index], &key),
                routes: mine.map(|(.., way)| format!("nats://127.0.0.1:{}", way.port)).collect(),
            };
            let store = stores[index].join(name);
            let about = format!("http: \"127.0.0.1:{}\"\n", abouts[index]);
            let text = core.config(&store, &about);
            let mut text = text.replacen("cluster {", &format!("cluster {{\n{HIDDEN}"), 1);
            if !is_synced {
                text = text.replacen("  sync_interval: always\n", "", 1);
            }
            let config = folder.join(format!("{name}.conf"));
            std::fs::write(&config, text).expect("a file");
            let log = folder.join(format!("{name}.log"));
            nodes.push(Node { config, store, log, port: clients[index], about: abouts[index], child: None });
        }
        let mut cluster = Self { program: program.to_owned(), nodes, ways };
        for node in 0..NODES {
            cluster.revive(node).await.expect("a new server starts");
        }
        cluster
    }

    pub(crate) fn url(&self, node: usize) -> String {
        format!("nats://127.0.0.1:{}", self.nodes[node].port)
    }

    pub(crate) fn store(&self, node: usize) -> &Path {
        &self.nodes[node].store
    }

    pub(crate) fn name(node: usize) -> &'static str {
        NAMES[node]
    }

    /// Starts it over what it has stored, unless it runs.
    pub(crate) async fn revive(&mut self, node: usize) -> Result<(), String> {
        let Node { config, log, port, child, .. } = &mut self.nodes[node];
        if child.is_some() {
            return Ok(());
        }
        let log: File =
            OpenOptions::new().create(true).append(true).open(log).map_err(|why| why.to_string())?;
        let errors = log.try_clone().map_err(|why| why.to_string())?;
        let mut command = Command::new(&self.program);
        command.arg("-c").arg(config).stdout(log).stderr(errors);
        let running = child.insert(command.spawn().map_err(|why| why.to_string())?);
        let end = Instant::now() + START;
        while TcpStream::connect(("127.0.0.1", *port)).await.is_err() {
            if let Ok(Some(status)) = running.try_wait() {
                return Err(format!("{} ended with {status}", NAMES[node]));
            }
            if Instant::now() > end {
                return Err(format!("{} does not listen", NAMES[node]));
            }
            sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Ends it without a warning.
    pub(crate) fn kill(&mut self, node: usize) {
        if let Some(mut child) = self.nodes[node].child.take() {
            // That it has ended already is as well.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks it to end.
    pub(crate) async fn stop(&mut self, node: usize) {
        self.signal(node, Signal::TERM);
        let end = Instant::now() + START;
        while self.nodes[node].child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None))) {
            if Instant::now() > end {
                break;
            }
            sleep(PAUSE).await;
        }
        self.kill(node);
    }

    /// Nothing of it moves until it is told to go on.
    pub(crate) fn pause(&self, node: usize) {
        self.signal(node, Signal::STOP);
    }

    pub(crate) fn go_on(&self, node: usize) {
        self.signal(node, Signal::CONT);
    }

    fn signal(&self, node: usize, signal: Signal) {
        if let Some(child) = &self.nodes[node].child {
            // One that has ended hears nothing.
            let _ = kill_process(Pid::from_child(child), signal);
        }
    }

    /// Cuts the ways between such servers, or lets nothing through without saying so.
    pub(crate) fn part(&self, is_apart: impl Fn(usize, usize) -> bool, is_silent: bool) {
        for (from, to, way) in &self.ways {
            match is_apart(*from, *to) || is_apart(*to, *from) {
                true if is_silent => way.hold(),
                true => way.cut(),
                false => {}
            }
        }
    }

    /// Cuts all ways, and waits until each server says that nobody is there.
    pub(crate) async fn alone(&self) -> Result<(), String> {
        self.part(|_, _| true, false);
        let end = Instant::now() + START;
        for (node, name) in NAMES.iter().enumerate() {
            while !self.routes(node).await.is_some_and(|text| text.contains("\"num_routes\": 0")) {
                if Instant::now() > end {
                    return Err(format!("{name} still knows others"));
                }
                sleep(PAUSE).await;
            }
        }
        Ok(())
    }

    /// What it tells of its ways to others.
    async fn routes(&self, node: usize) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.nodes[node].about)).await.ok()?;
        stream.write_all(b"GET /routez HTTP/1.0\r\n\r\n").await.ok()?;
        let mut text = String::new();
        stream.read_to_string(&mut text).await.ok()?;
        Some(text)
    }

    pub(crate) fn join(&self) {
        self.ways.iter().for_each(|(.., way)| way.heal());
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        (0..NODES).for_each(|node| self.kill(node));
    }
}
