//! A whole platform as real processes, and a person in front of its address.

use imprint_supply::{Places, Quiet};
use imprint_topology::{Card, Platform, State, Wanted, WantedKey};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// An answer takes milliseconds; a page that waits, twenty seconds.
const ANSWER_MAX: Duration = Duration::from_secs(40);

/// A running platform with an owner.
pub struct Lattice {
    platform: Platform,
    state: PathBuf,
    port: u16,
    key: String,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Lattice {
    /// Starts a platform in a folder of its own.
    pub async fn start(state: PathBuf, hosts: usize) -> Self {
        let places = Places::find().unwrap_or_else(|fault| panic!("{fault}"));
        let port = free_port();
        let wanted = Wanted {
            state: state.clone(),
            port,
            nats_port: 0,
            hosts,
            regions: vec!["us-east-1".to_owned()],
            fresh: false,
            lattice: "default".to_owned(),
            width: 4,
        };
        let programs = programs();
        let platform = imprint_topology::up(&wanted, &programs, &places, &Quiet).await;
        let platform = platform.unwrap_or_else(|why| panic!("{why:#}; see `{}`", state.display()));
        let key = key(&state, "local", true);
        Self { platform, state, port, key }
    }

    /// What runs.
    #[must_use]
    pub fn card(&self) -> &Card {
        &self.platform.card
    }

    /// A key for somebody else.
    #[must_use]
    pub fn key_for(&self, tenant: &str, may_write: bool) -> String {
        key(&self.state, tenant, may_write)
    }

    pub async fn stop(self) {
        self.platform.stop().await;
    }

    /// Asks as the owner.
    #[must_use]
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let bearer = format!("Bearer {}", self.key);
        let mut all = vec![("authorization", bearer.as_str())];
        all.extend(headers);
        self.ask_as_nobody(method, path, &all, body)
    }

    /// Asks with these headers only. A connection that closes without an answer is a failure of the platform.
    #[must_use]
    pub fn ask_as_nobody(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let answer = ask(self.port, method, path, headers, body);
        answer.unwrap_or_else(|why| panic!("{method} {path}: {why}"))
    }

    /// Begins a brand and gives its id.
    #[must_use]
    pub fn begin(&self, idempotency_key: &str, brief: &Value) -> String {
        let headers = [("idempotency-key", idempotency_key), ("content-type", "application/json")];
        let answer = self.ask("POST", "/api/v1/brands", &headers, brief.to_string().as_bytes());
        assert_eq!(answer.status, 202, "{}", answer.text());
        answer.json()["id"].as_str().map(str::to_owned).unwrap_or_default()
    }

    /// Looks at a brand until it has ended.
    #[must_use]
    pub fn end_of(&self, id: &str, patience: Duration) -> Value {
        let began = Instant::now();
        loop {
            let job = self.ask("GET", &format!("/api/v1/brands/{id}"), &[], b"");
            assert!(matches!(job.status, 200 | 503), "{} {}", job.status, job.text());
            let job = if job.status == 200 { job.json() } else { Value::Null };
            if matches!(job["status"].as_str(), Some("completed" | "failed" | "cancelled")) {
                return job;
            }
            assert!(began.elapsed() < patience, "{id} has no end after {patience:?}: {job}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The processes of this platform whose program has this name.
    #[must_use]
    pub fn processes(&self, program: &str) -> Vec<u32> {
        let root = self.state.display().to_string();
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
            let program_path = std::fs::read_link(entry.path().join("exe")).unwrap_or_default();
            let name = program_path.display().to_string();
            let words = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let is_ours = name.contains(&root) || String::from_utf8_lossy(&words).contains(&root);
            if is_ours && name.contains(program) {
                found.push(pid);
            }
        }
        found
    }
}

impl Answer {
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.text()))
    }

    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn key(state: &std::path::Path, tenant: &str, may_write: bool) -> String {
    let life = Duration::from_secs(3600);
    let wanted = WantedKey { tenant: tenant.to_owned(), subject: "owner".to_owned(), may_write, life };
    let made = State::open(state).and_then(|state| imprint_topology::create_key(&state, &wanted));
    made.unwrap_or_else(|why| panic!("{why:#}"))
}

/// The programs lie in the folder of ours, or in the one above: tests lie in `deps`.
fn programs() -> PathBuf {
    let us = std::env::current_exe().unwrap_or_else(|why| panic!("{why}"));
    let has_host = |folder: &&std::path::Path| folder.join("imprint-host").is_file();
    let found = us.ancestors().skip(1).take(2).find(has_host);
    found.unwrap_or_else(|| panic!("`cargo xtask test` builds the programs of a lattice")).to_owned()
}

fn free_port() -> u16 {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|bound| bound.local_addr());
    bound.unwrap_or_else(|why| panic!("{why}")).port()
}

fn ask(
    port: u16,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(ANSWER_MAX))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("content-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    parse(&bytes).ok_or_else(|| std::io::Error::other("the connection closed without an answer"))
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let split =
        |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: Vec<(String, String)> = lines.filter_map(split).collect();
    let body = &bytes[end + 4..];
    let is_chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if is_chunked { unchunk(body)? } else { body.to_vec() };
    Some(Answer { status, headers, body })
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?.trim(), 16).ok()?;
        let chunk = rest.get(end + 2..end + 2 + length)?;
        if length == 0 {
            return Some(body);
        }
        body.extend(chunk);
        rest = rest.get(end + 4 + length..)?;
    }
}
