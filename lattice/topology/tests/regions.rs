//! Regions over real servers: one dies while all write, and an edge is cut off and comes back.
//!
//! `cargo test -p imprint-topology --test regions -- --nocapture` prints what was seen; `IMPRINT_RTT_MS=40` puts that far a
//! way between the regions.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use async_nats::jetstream::stream::{Config, Stream};
use async_nats::jetstream::{self, Context};
use async_nats::{Client, HeaderMap};
use futures::{StreamExt as _, TryStreamExt as _};
use imprint_servers::{Relay, nats_program};
use imprint_topology::{Certificate, Core, Door, Edge, EdgeOf, Local, Pass, Trust, prepare};
use nkeys::KeyPair;
use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

const REGIONS: [&str; 3] = ["us-east-1", "us-west-2", "eu-west-1"];
/// What is waited for happens within seconds, on a machine that also builds within this.
const WAIT_MAX: Duration = Duration::from_secs(60);
/// Where a region dies the others write again within this.
const AWAY_MAX: Duration = Duration::from_secs(30);
/// One try of a write.
const WRITE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(50);
/// Some thousand short messages are read in a second.
const READ_MAX: Duration = Duration::from_secs(15);
/// So many requests show who answers.
const REQUESTS: usize = 50;

/// A key that opens doors, and its public half.
fn key() -> (String, String) {
    let key = KeyPair::new_user();
    (key.seed().unwrap(), key.public_key())
}

struct Server {
    program: PathBuf,
    config: PathBuf,
    port: u16,
    child: Option<Child>,
}

impl Server {
    fn new(program: &Path, folder: &Path, name: &str, port: u16, config: &str) -> Self {
        let path = folder.join(format!("{name}.conf"));
        std::fs::write(&path, config).unwrap();
        let mut server = Self { program: program.to_owned(), config: path, port, child: None };
        server.start();
        server
    }

    fn start(&mut self) {
        let mut command = Command::new(&self.program);
        command.arg("-c").arg(&self.config).stdout(Stdio::null()).stderr(Stdio::null());
        self.child = Some(command.spawn().unwrap());
        let end = Instant::now() + WAIT_MAX;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < end, "`{}` does not listen", self.config.display());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A region: its core, its local server, and somebody connected to that.
struct Region {
    pass: Pass,
    core: Server,
    local: Server,
    leaf_port: u16,
    client: Client,
}

fn distance() -> Duration {
    let ms = std::env::var("IMPRINT_RTT_MS").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    Duration::from_millis(ms) / 2
}

async fn regions(program: &Path, folder: &Path) -> Vec<Region> {
    let (clients, routes, leaves, locals) = {
        let ports = || imprint_ports::some(3).unwrap();
        (ports(), ports(), ports(), ports())
    };
    let (seed, public) = key();
    let pass = Pass::new(&seed, Trust::Plain);
    let mut ways = Vec::new();
    for route in &routes {
        ways.push(Relay::start(*route, distance()).await.port);
    }
    let mut cores = Vec::new();
    for (index, region) in REGIONS.iter().enumerate() {
        let others = ways.iter().enumerate().filter(|(other, _)| *other != index);
        let core = Core {
            region: (*region).to_owned(),
            client_port: clients[index],
            route_port: routes[index],
            door: Door::own(leaves[index], &public),
            routes: others.map(|(_, port)| format!("nats://127.0.0.1:{port}")).collect(),
        };
        // Told of the others by nobody: all ways lead through the relays.
        let text =
            core.config(&folder.join(region), "").replacen("cluster {", "cluster {\n  no_advertise: true", 1);
        cores.push(Server::new(program, folder, region, core.client_port, &text));
    }
    let mut found = Vec::new();
    for (index, core) in cores.into_iter().enumerate() {
        let leaf_urls = vec![format!("nats://127.0.0.1:{}", leaves[index])];
        let (name, port, pass) = (format!("{}-local", REGIONS[index]), locals[index], pass.clone());
        let local = Local { name, port, leaf_urls, pass: pass.clone() };
        let server = Server::new(program, folder, &local.name, local.port, &local.config(""));
        let client = connect(local.port).await;
        found.push(Region { pass, core, local: server, leaf_port: leaves[index], client });
    }
    let url = format!("nats://127.0.0.1:{}", locals[0]);
    // Before there is a leader nothing is made.
    until("the regions do not find together", || async { prepare(&url, "test").await.ok() }).await;
    found
}

async fn connect(port: u16) -> Client {
    let options = async_nats::ConnectOptions::new().retry_on_initial_connect().max_reconnects(None);
    let options = options.reconnect_delay_callback(|_| PAUSE);
    options.connect(format!("nats://127.0.0.1:{port}")).await.unwrap()
}

async fn until<T, F: Future<Output = Option<T>>>(what: &str, look: impl Fn() -> F) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(began.elapsed() < WAIT_MAX, "{what} after {WAIT_MAX:?}");
        sleep(PAUSE).await;
    }
}

fn jetstream(client: &Client) -> Context {
    let mut context = jetstream::new(client.clone());
    context.set_timeout(WRITE);
    context
}

async fn stream(client: &Client, copies: usize) -> Stream {
    let subjects = vec!["job.>".to_owned()];
    let config = Config { name: "J".into(), subjects, num_replicas: copies, ..Config::default() };
    let context = jetstream(client);
    until("no stream", || async { context.get_or_create_stream(config.clone()).await.ok() }).await
}

/// What one writer was told is stored, and the longest it waited for that.
#[derive(Default)]
struct Written {
    acked: Vec<String>,
    after_ms: Vec<u128>,
    longest: Duration,
}

/// Writes one message after another, each again under its id until it is acknowledged.
async fn write(client: Client, region: &'static str, stop: Arc<AtomicBool>) -> Written {
    let (context, mut written) = (jetstream(&client), Written::default());
    for number in 0.. {
        let id = format!("{region}-{number}");
        let began = Instant::now();
        loop {
            if stop.load(Ordering::Acquire) {
                return written;
            }
            let mut headers = HeaderMap::new();
            headers.insert("Nats-Msg-Id", id.as_str());
            let sent =
                context.publish_with_headers(format!("job.{region}.{number}"), headers, id.clone().into());
            let stored = timeout(WRITE, async { sent.await.ok()?.await.ok() }).await;
            if matches!(stored, Ok(Some(_))) {
                break;
            }
            sleep(PAUSE).await;
        }
        written.longest = written.longest.max(began.elapsed());
        written.after_ms.push(began.elapsed().as_millis());
        written.acked.push(id);
    }
    written
}

/// What a stream holds. A consumer that comes to a halt is made anew: it may have stood on a copy that just came back.
async fn stored(stream: &Stream) -> Vec<String> {
    until("the stream is not read to its end", || async {
        let last = stream.get_info().await.ok()?.state.messages;
        let consumer =
            stream.create_consumer(jetstream::consumer::pull::OrderedConfig::default()).await.ok()?;
        let messages = consumer.messages().await.ok()?.take(usize::try_from(last).ok()?);
        let bodies = messages.map_ok(|message| String::from_utf8_lossy(&message.payload).into_owned());
        timeout(READ_MAX, bodies.try_collect()).await.ok()?.ok()
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_region_dies_and_nothing_acknowledged_with_it() {
    let Some(program) = nats_program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut all = regions(&program, folder.path()).await;
    let leader = until("no leader", || async {
        let info = stream(&all[0].client, 3).await.get_info().await.ok()?;
        let cluster =
            info.cluster.filter(|cluster| cluster.replicas.iter().filter(|one| one.current).count() == 2)?;
        cluster.leader
    });
    let leader = leader.await;
    let victim = REGIONS.iter().position(|region| *region == leader).unwrap();
    let (stop, dead) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let writers: Vec<_> = (0..3)
        .map(|index| {
            let stop = if index == victim { dead.clone() } else { stop.clone() };
            tokio::spawn(write(all[index].client.clone(), REGIONS[index], stop))
        })
        .collect();
    sleep(Duration::from_secs(2)).await;
    all[victim].core.kill();
    all[victim].local.kill();
    dead.store(true, Ordering::Release);
    sleep(Duration::from_secs(12)).await;
    all[victim].core.start();
    all[victim].local.start();
    sleep(Duration::from_secs(2)).await;
    stop.store(true, Ordering::Release);
    let mut acked = BTreeSet::new();
    for (region, writer) in REGIONS.iter().zip(writers) {
        let mut written = writer.await.unwrap();
        written.after_ms.sort_unstable();
        let middle = written.after_ms.get(written.after_ms.len() / 2).copied().unwrap_or_default();
        println!(
            "{region}: {} acknowledged, half within {middle} ms, longest wait {:.1?}",
            written.acked.len(),
            written.longest
        );
        assert!(written.longest < AWAY_MAX, "{region} waited {:?}", written.longest);
        acked.extend(written.acked);
    }
    // The region that is back has it all too, and nobody has anything twice.
    let back = stream(&all[victim].client, 3).await;
    until("a copy stays behind", || async {
        let cluster = back.get_info().await.ok()?.cluster?;
        cluster.replicas.iter().all(|one| one.current && one.lag.unwrap_or(0) == 0).then_some(())
    })
    .await;
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    stored(&back).await.into_iter().for_each(|id| *times.entry(id).or_default() += 1);
    let lost = acked.iter().filter(|id| !times.contains_key(*id)).count();
    let twice = times.values().filter(|count| **count > 1).count();
    println!("{leader} died: {} acknowledged, {lost} lost, {twice} stored twice", acked.len());
    assert_eq!((lost, twice), (0, 0));
}

/// Somebody who answers with a name, in the group that all regions share.
async fn answers(client: &Client, name: &'static str) {
    let mut calls = client.queue_subscribe("calls", "calls".to_owned()).await.unwrap();
    client.flush().await.unwrap();
    let client = client.clone();
    tokio::spawn(async move {
        while let Some(call) = calls.next().await {
            if let Some(reply) = call.reply {
                // Whoever asked may be gone.
                let _ = client.publish(reply, name.into()).await;
            }
        }
    });
}

async fn asked(client: &Client) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for _ in 0..REQUESTS {
        let answer = timeout(WRITE, client.request("calls", "".into())).await;
        let name = answer
            .ok()
            .and_then(Result::ok)
            .map_or_else(String::new, |answer| String::from_utf8_lossy(&answer.payload).into_owned());
        *found.entry(name).or_default() += 1;
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_stay_in_their_region_and_an_edge_goes_on_when_it_is_cut_off() {
    let Some(program) = nats_program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let all = regions(&program, folder.path()).await;
    let way = Relay::start(all[1].leaf_port, distance()).await;
    let urls = vec![format!("nats://127.0.0.1:{}", way.port)];
    let (port, pass) = (imprint_ports::one().unwrap(), all[1].pass.clone());
    let edge = Local { name: "edge".into(), port, leaf_urls: urls, pass };
    let _server = Server::new(&program, folder.path(), "edge", edge.port, &edge.config(""));
    let edge = connect(edge.port).await;
    let journal = stream(&edge, 3).await;
    for (region, name) in all.iter().zip(REGIONS) {
        answers(&region.client, name).await;
    }
    let nobody = until("nobody answers the edge", || async {
        Some(asked(&edge).await).filter(|found| !found.contains_key(""))
    });
    println!("an edge where nobody answers is answered by {:?}", nobody.await);
    answers(&edge, "edge").await;
    for (client, name) in all.iter().map(|region| &region.client).zip(REGIONS).chain([(&edge, "edge")]) {
        until("calls leave their region", || async {
            (asked(client).await.get(name) == Some(&REQUESTS)).then_some(())
        })
        .await;
    }
    way.cut();
    sleep(Duration::from_millis(200)).await;
    assert_eq!(asked(&edge).await.get("edge"), Some(&REQUESTS), "cut off, it answers for itself");
    let context = jetstream(&edge);
    let put = async || {
        timeout(WRITE, async { context.publish("job.edge", "x".into()).await.ok()?.await.ok() }).await
    };
    assert!(!matches!(put().await, Ok(Some(_))), "nothing is acknowledged that is not kept");
    way.heal();
    let began = Instant::now();
    until("the edge does not write again", || async { put().await.ok().flatten() }).await;
    println!("{:.1?} after the link is back the edge writes again", began.elapsed());
    assert!(journal.get_info().await.unwrap().state.messages >= 1);
}

/// What an edge keeps to itself: its streams have the names of those of the region, and neither end hears of the other's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edge_has_streams_of_its_own_and_calls_its_region() {
    let Some(program) = nats_program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (client_port, leaf_port) = (imprint_ports::one().unwrap(), imprint_ports::one().unwrap());
    let store = folder.path().join("region");
    let (seed, public) = key();
    let region = format!(
        "listen: \"127.0.0.1:{client_port}\"\nserver_name: region\njetstream {{ store_dir: {store:?} }}\n{}",
        Door::own(leaf_port, &public).config()
    );
    let _region = Server::new(&program, folder.path(), "region", client_port, &region);
    let way = Relay::start(leaf_port, distance()).await;
    let port = imprint_ports::one().unwrap();
    let edge = berlin(port, &format!("nats://127.0.0.1:{}", way.port), Pass::new(&seed, Trust::Plain));
    let config = edge.config(&folder.path().join("edge"), "");
    let _edge = Server::new(&program, folder.path(), "edge", port, &config);
    let (region, edge) = (connect(client_port).await, connect(port).await);
    let kept = ["imprint.v1.x", "wadm.cmd.default", "wasmbus.evt.default.x", "$KV.bucket.x"];
    let mut streams = Vec::new();
    for client in [&region, &edge] {
        let subjects = kept.iter().map(|subject| (*subject).to_owned()).collect();
        let config = Config { name: "S".into(), subjects, ..Config::default() };
        streams.push(jetstream(client).create_stream(config).await.unwrap());
    }
    // A provider of the region, asked by the name that the gateway of the edge knows it by.
    let mut calls = region.subscribe("default.imprint-blobs.wrpc.get").await.unwrap();
    let provider = region.clone();
    tokio::spawn(async move {
        while let Some(reply) = calls.next().await.and_then(|call| call.reply) {
            // Whoever asked may be gone.
            let _ = provider.publish(reply, "here".into()).await;
        }
    });
    let reach = async || {
        let call = edge.request("default-berlin.imprint-region-blobs.wrpc.get", "".into());
        timeout(WRITE, call).await.ok()?.ok()
    };
    for is_cut in [false, true, false] {
        if is_cut {
            way.cut();
            until("calls pass a cut link", || async { reach().await.is_none().then_some(()) }).await;
        } else {
            way.heal();
            until("the edge does not reach the region", &reach).await;
        }
        for subject in kept {
            until("an end does not write", || async {
                let sent = jetstream(&edge).publish(subject, "x".into()).await.ok()?;
                timeout(WRITE, sent).await.ok()?.ok()
            })
            .await;
        }
    }
    for (stream, wanted) in streams.iter_mut().zip([0, 12]) {
        assert_eq!(stream.info().await.unwrap().state.messages, wanted);
    }
}

/// An edge of the lattice `default`. Its key is shown as it is, not read from a file.
fn berlin(port: u16, url: &str, pass: Pass) -> Edge {
    let of = EdgeOf { url: url.to_owned(), lattice: "default".into(), key: PathBuf::new(), ca: None };
    Edge { name: "berlin".into(), lattice: "default-berlin".into(), port, of, pass }
}

/// A certificate for this machine that nobody else has signed.
fn certificate(folder: &Path, name: &str) -> Certificate {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".into(), "127.0.0.1".into()]).unwrap();
    let path = |end: &str| folder.join(format!("{name}.{end}"));
    let certificate = Certificate { cert: path("pem"), key: path("key") };
    std::fs::write(&certificate.cert, made.cert.pem()).unwrap();
    std::fs::write(&certificate.key, made.signing_key.serialize_pem()).unwrap();
    certificate
}

/// Each door, and who comes: only those with its key are let in, and only by a door that is the one they know.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_joins_without_the_key_or_by_a_door_that_others_could_stand_in() {
    let Some(program) = nats_program() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (key, stranger) = (key(), key());
    let (ours, others) = (certificate(folder.path(), "ours"), certificate(folder.path(), "others"));
    let (plain, closed) = (Trust::Plain, |known: &Certificate| Trust::Authority(known.cert.clone()));
    let cases: [(&str, bool, &str, &str, Trust, bool); 9] = [
        ("the key", false, "nats", &key.0, plain.clone(), true),
        ("another key", false, "nats", &stranger.0, plain.clone(), false),
        ("a door without a certificate, where one is wanted", false, "tls", &key.0, closed(&ours), false),
        ("the key, encrypted", true, "tls", &key.0, closed(&ours), true),
        ("the key, encrypted, whatever the address says", true, "nats", &key.0, closed(&ours), true),
        ("another key, encrypted", true, "tls", &stranger.0, closed(&ours), false),
        ("the certificate of somebody else", true, "tls", &key.0, closed(&others), false),
        ("nobody knows the certificate", true, "tls", &key.0, plain, false),
        ("on the same machine", true, "nats", &key.0, Trust::OwnMachine, true),
    ];
    let ports = imprint_ports::some(4 + cases.len()).unwrap();
    let mut doors = Vec::new();
    for (index, tls) in [None, Some(ours)].into_iter().enumerate() {
        let door = Door { tls, ..Door::own(ports[2 * index], &key.1) };
        let (name, port) = (format!("door-{index}"), ports[2 * index + 1]);
        let config = format!("listen: \"127.0.0.1:{port}\"\nserver_name: {name}\n{}", door.config());
        doors.push((
            Server::new(&program, folder.path(), &name, port, &config),
            connect(port).await,
            door.port,
        ));
    }
    for (_, client, _) in &doors {
        answers(client, "the region").await;
    }
    let mut leaves = Vec::new();
    for (port, (told, is_closed, scheme, seed, trust, is_let_in)) in ports[4..].iter().zip(cases) {
        let url = format!("{scheme}://127.0.0.1:{}", doors[usize::from(is_closed)].2);
        let leaf = berlin(*port, &url, Pass::new(seed, trust));
        let store = folder.path().join(format!("leaf-{port}"));
        let server =
            Server::new(&program, folder.path(), &format!("leaf-{port}"), *port, &leaf.config(&store, ""));
        leaves.push((told, server, connect(*port).await, is_let_in));
    }
    let reaches = async |client: &Client| {
        let call = timeout(WRITE, client.request("calls", "".into())).await;
        call.is_ok_and(|answer| answer.is_ok())
    };
    for (told, _, client, _) in leaves.iter().filter(|leaf| leaf.3) {
        until(told, || async { reaches(client).await.then_some(()) }).await;
    }
    // By now whoever may come in has come in.
    for (told, _, client, _) in leaves.iter().filter(|leaf| !leaf.3) {
        assert!(!reaches(client).await, "{told}: it is let in");
    }
}
