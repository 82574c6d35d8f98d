//! The host as a process over a real server: what it says of itself, and how it goes.

use futures::StreamExt as _;
use imprint_servers::nats_server;
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// The engine starts in a second or two on a quiet machine.
const WAIT_MAX: Duration = Duration::from_secs(60);

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    fn ended(&mut self) -> ExitStatus {
        let end = Instant::now() + WAIT_MAX;
        loop {
            if let Some(status) = self.0.try_wait().expect("works") {
                return status;
            }
            assert!(Instant::now() < end, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn free_port() -> u16 {
    imprint_ports::one().expect("a port is free")
}

fn host(url: &str, metrics: u16, log: &Path, more: &[&str]) -> Process {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imprint-host"));
    command
        .args(["--nats", url, "--lattice", "test", "--metrics", &format!("127.0.0.1:{metrics}")])
        .args(more);
    let log = std::fs::File::create(log).expect("a file");
    Process(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().expect("works"))
}

/// Status and body, or nothing where nobody listens.
fn ask(port: u16, method: &str, path: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(WAIT_MAX)).ok()?;
    stream.write_all(format!("{method} {path} HTTP/1.1\r\nhost: h\r\n\r\n").as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}

fn ready(port: u16, log: &Path) {
    let end = Instant::now() + WAIT_MAX;
    while ask(port, "GET", "/readyz").is_none_or(|(status, _)| status != 200) {
        let said = || std::fs::read_to_string(log).unwrap_or_default();
        assert!(Instant::now() < end, "the host is not ready: {}", said());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The meters, once these are among them: a subscription is known to the server a moment after it is made.
fn metrics_with(port: u16, line: &str) -> String {
    let end = Instant::now() + WAIT_MAX;
    loop {
        let (status, text) = ask(port, "GET", "/metrics").expect("it answers");
        assert_eq!(status, 200);
        if text.contains(line) {
            return text;
        }
        assert!(Instant::now() < end, "{text}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A provider of this host, as far as its meters go.
async fn provider(url: &str, id: &str) -> tokio::task::JoinHandle<()> {
    let nats = async_nats_host::connect(url).await.expect("works");
    let mut questions = nats.subscribe(format!("imprint.metrics.test.{id}")).await.expect("works");
    nats.flush().await.expect("works");
    tokio::spawn(async move {
        while let Some(question) = questions.next().await {
            let text = "# HELP a_total A.\n# TYPE a_total counter\na_total{service=\"p\"} 3\n";
            nats.publish(question.reply.expect("a question"), text.into()).await.expect("works");
            nats.flush().await.expect("works");
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_says_how_it_is_and_goes_when_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(server) = nats_server() else { return };
    let url = server.url();
    let (port, log) = (free_port(), folder.path().join("log"));
    let mut host = host(&url, port, &log, &[]);
    ready(port, &log);
    assert_eq!(ask(port, "GET", "/livez"), Some((200, "ok\n".to_owned())));
    assert_eq!(ask(port, "HEAD", "/livez"), Some((200, String::new())));
    assert_eq!(ask(port, "POST", "/metrics").map(|(status, _)| status), Some(405));
    assert_eq!(ask(port, "GET", "/").map(|(status, _)| status), Some(404));

    let lines: Vec<Value> = std::fs::read_to_string(&log)
        .expect("a file")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    let up = lines.iter().find(|line| line["message"] == "the host runs").expect("it says so");
    let fields: Vec<&str> = up.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut agreed =
        ["timestamp", "level", "service", "traceId", "spanId", "userId", "requestId", "message", "data"];
    agreed.sort_unstable();
    let mut fields = fields;
    fields.sort_unstable();
    assert_eq!(fields, agreed);

    let id = up["data"]["host"].as_str().expect("an id");
    let _provider = provider(&url, id).await;
    let text = metrics_with(port, "a_total{service=\"p\"} 3\n");
    assert!(
        text.contains(&format!("imprint_host_info{{service=\"imprint-host\",instance=\"{id}\"")),
        "{text}"
    );

    let told = Command::new("kill").args(["-TERM", &host.0.id().to_string()]).status().expect("works");
    assert!(
        told.success() && host.ended().success(),
        "{}",
        std::fs::read_to_string(&log).unwrap_or_default()
    );
    let said = std::fs::read_to_string(&log).expect("a file");
    assert!(!said.contains("not everything could be drained"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_without_its_server_is_alive_and_not_ready() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(server) = nats_server() else { return };
    let url = server.url();
    let (port, log) = (free_port(), folder.path().join("log"));
    let _host = host(&url, port, &log, &[]);
    ready(port, &log);
    drop(server);
    let end = Instant::now() + WAIT_MAX;
    while ask(port, "GET", "/readyz").is_none_or(|(status, _)| status != 503) {
        assert!(Instant::now() < end, "it says that it is ready");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(ask(port, "GET", "/livez").map(|(status, _)| status), Some(200));
}

#[tokio::test]
async fn credentials_that_are_none_are_refused_without_being_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let [jwt, seed] = ["jwt", "seed"].map(|name| folder.path().join(name).display().to_string());
    std::fs::write(&jwt, "not.a.jwt").expect("a file");
    std::fs::write(&seed, "SUNONSENSE").expect("a file");
    let log = folder.path().join("log");
    let more = ["--nats-jwt", &jwt, "--nats-seed", &seed];
    let mut host = host("nats://127.0.0.1:1", free_port(), &log, &more);
    assert!(!host.ended().success());
    let said = std::fs::read_to_string(&log).expect("a file");
    assert!(said.contains("holds no seed") && !said.contains("NONSENSE"), "{said}");
}
