//! Buckets over real servers: one alone, and a cluster of three.

use imprint_servers::nats_program;
use imprint_topology::{Control, ROUTES_CONFIG, prepare};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A cluster elects its leader within this on a busy machine.
const WAIT_MAX: Duration = Duration::from_secs(60);

struct Server {
    child: Child,
    url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn server(program: &Path, folder: &Path, port: u16, more: &str) -> Server {
    let config = folder.join(format!("{port}.conf"));
    let store = folder.join(port.to_string());
    let text = format!(
        "listen: 127.0.0.1:{port}\nserver_name: s{port}\njetstream {{ store_dir: {store:?} }}\n{more}"
    );
    std::fs::write(&config, text).expect("a file");
    let mut command = Command::new(program);
    let child =
        command.arg("-c").arg(config).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("works");
    let end = Instant::now() + WAIT_MAX;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < end, "it does not listen");
        std::thread::sleep(Duration::from_millis(20));
    }
    Server { child, url: format!("nats://127.0.0.1:{port}") }
}

/// Names and replicas of all streams.
async fn streams(url: &str) -> Vec<(String, usize)> {
    let jetstream = async_nats::jetstream::new(async_nats::connect(url).await.expect("works"));
    let mut found = Vec::new();
    for bucket in ["CONFIGDATA_test", "LATTICEDATA_test", "wadm_manifests", "wadm_state"] {
        let stream = jetstream.get_stream(format!("KV_{bucket}")).await.expect("it is there");
        found.push((bucket.to_owned(), stream.cached_info().config.num_replicas));
    }
    found
}

#[tokio::test]
async fn a_server_alone_keeps_one_copy_and_what_is_there_stays() {
    let Some(program) = nats_program() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let server = server(&program, folder.path(), imprint_ports::one().expect("a port is free"), "");
    assert_eq!(prepare(&server.url, "test").await.expect("works"), 1);
    assert!(streams(&server.url).await.iter().all(|(_, replicas)| *replicas == 1));
    let jetstream = async_nats::jetstream::new(async_nats::connect(&server.url).await.expect("works"));
    let bucket = jetstream.get_key_value("LATTICEDATA_test").await.expect("it is there");
    bucket.put("a", "b".into()).await.expect("works");
    assert_eq!(prepare(&server.url, "test").await.expect("works"), 1);
    assert_eq!(bucket.get("a").await.expect("works").as_deref(), Some(b"b".as_slice()));
}

#[tokio::test]
async fn a_configuration_is_begun_once() {
    let Some(program) = nats_program() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let server = server(&program, folder.path(), imprint_ports::one().expect("a port is free"), "");
    prepare(&server.url, "test").await.expect("works");
    let control = Control::connect(&server.url, "test").await.expect("works");
    let jetstream = async_nats::jetstream::new(async_nats::connect(&server.url).await.expect("works"));
    let bucket = jetstream.get_key_value("CONFIGDATA_test").await.expect("it is there");
    let kept = async || bucket.get(ROUTES_CONFIG).await.expect("works").expect("it is there");
    control.begin_config(ROUTES_CONFIG).await.expect("works");
    // A host reads it as a map of texts.
    assert_eq!(kept().await.as_ref(), b"{}");
    let written = br#"{"routes":"{}"}"#.as_slice();
    bucket.put(ROUTES_CONFIG, written.into()).await.expect("works");
    control.begin_config(ROUTES_CONFIG).await.expect("works");
    assert_eq!(kept().await.as_ref(), written);
}

#[tokio::test]
async fn a_cluster_keeps_three() {
    let Some(program) = nats_program() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let ports = || imprint_ports::some(3).expect("ports are free");
    let (clients, routes) = (ports(), ports());
    let all: Vec<_> = routes.iter().map(|port| format!("nats://127.0.0.1:{port}")).collect();
    let cluster = |route: u16| {
        format!("cluster {{ name: c, listen: \"127.0.0.1:{route}\", routes: [{}] }}\n", all.join(", "))
    };
    let servers: Vec<_> = clients
        .iter()
        .zip(&routes)
        .map(|(client, route)| server(&program, folder.path(), *client, &cluster(*route)))
        .collect();
    let end = Instant::now() + WAIT_MAX;
    // Before there is a leader nothing is made, and never a bucket with fewer copies.
    while prepare(&servers[0].url, "test").await.is_err() {
        assert!(Instant::now() < end, "it has no leader");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!(streams(&servers[0].url).await.iter().all(|(_, replicas)| *replicas == 3));
}
