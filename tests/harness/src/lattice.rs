//! A whole platform as real processes, and a person in front of its address.

use crate::http::{Answer, ask};
use crate::process::{Up, kill, kill_all};
use imprint_supply::{Places, Quiet};
use imprint_topology::{
    Card, EdgeOf, Leaves, Painter, Platform, Polish, RegionCard, State, Wanted, WantedKey,
};
use serde_json::Value;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How often a state is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// A platform that lost a part has it back within this, and a job ends. Alone it takes seconds; two hosts that start again at
/// once compile every component twice, which took 90 s on two cores that five more processes wanted.
pub const PATIENCE: Duration = Duration::from_secs(240);

/// A running platform with an owner.
pub struct Lattice {
    starter: Starter,
    state: PathBuf,
    port: u16,
    key: String,
}

/// Who started it, and ends with it.
enum Starter {
    /// This process.
    Us(Box<Platform>),
    /// `imprint up`.
    Command(Up),
}

impl Lattice {
    /// Starts a platform in a folder of its own.
    pub async fn start(state: PathBuf, hosts: usize) -> Self {
        Self::start_as(usual(state, &["us-east-1"], hosts)).await
    }

    /// The same with a language model and a painter that briefs may ask for, and a courier that is told these settings.
    pub async fn start_with(state: PathBuf, polish: Polish, courier: &[(&str, &str)]) -> Self {
        let courier = courier.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let painter = Painter { models: state.join("models"), memory: None };
        let (polish, painter, courier) = (Some(polish), Some(painter), Some(courier.collect()));
        Self::start_as(Wanted { polish, painter, courier, ..usual(state, &["us-east-1"], 1) }).await
    }

    /// The same with a painter alone, and these models.
    pub async fn start_painting(state: PathBuf, models: PathBuf) -> Self {
        let painter = Some(Painter { models, memory: None });
        Self::start_as(Wanted { painter, ..usual(state, &["us-east-1"], 1) }).await
    }

    /// Several regions with a host each. Asked is the first.
    pub async fn start_regions(state: PathBuf, regions: &[&str]) -> Self {
        Self::start_as(usual(state, regions, regions.len())).await
    }

    /// One region with a port where edges join. Gives it too.
    pub async fn start_with_leaves(state: PathBuf) -> (Self, u16) {
        let leaf_port = ports(1);
        let leaves = Leaves { port: leaf_port, listen: Ipv4Addr::LOCALHOST.into(), tls: None };
        let wanted = Wanted { leaves: Some(leaves), ..usual(state, &["us-east-1"], 1) };
        (Self::start_as(wanted).await, leaf_port)
    }

    /// An edge of such a region, entered at this port, asked by the owner of `region`.
    pub async fn start_edge(state: PathBuf, name: &str, region: &Self, entered_at: u16) -> Self {
        let (url, lattice) = (format!("nats://127.0.0.1:{entered_at}"), region.card().lattice);
        let of = EdgeOf { url, lattice, key: region.edge_key(), ca: None };
        let lattice = format!("{}-{name}", of.lattice);
        let wanted = Wanted { lattice, edge_of: Some(of), ..usual(state, &[name], 1) };
        let edge = Self::start_as(wanted).await;
        Self { key: region.key.clone(), ..edge }
    }

    async fn start_as(wanted: Wanted) -> Self {
        let places = Places::find().unwrap_or_else(|fault| panic!("{fault}"));
        let (state, port) = (wanted.state.clone(), wanted.port);
        let programs = programs();
        let platform = imprint_topology::up(&wanted, &programs, &places, &Quiet).await;
        let platform = platform.unwrap_or_else(|why| panic!("{why:#}; see `{}`", state.display()));
        let key = key(&state, "local", true);
        Self { starter: Starter::Us(Box::new(platform)), state, port, key }
    }

    /// The file of the key that edges of this region join with.
    #[must_use]
    pub fn edge_key(&self) -> PathBuf {
        imprint_topology::edge_key_path(&State::open(&self.state).unwrap_or_else(|why| panic!("{why:#}")))
    }

    /// What a person types behind `imprint` here: how it ended, and what it said.
    #[must_use]
    pub fn said(&self, words: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(programs().join("imprint-lattice"));
        command.arg("--state").arg(&self.state).args(words).env_remove("IMPRINT_NATS_URL");
        let answer = command.output().unwrap_or_else(|why| panic!("{why}"));
        let said = [answer.stdout, answer.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        (answer.status.code(), said.concat())
    }

    /// The file of a component, as the manifest of this platform names it.
    #[must_use]
    pub fn image(&self, component: &str) -> PathBuf {
        let manifest = std::fs::read_to_string(self.state.join("manifest.yaml"));
        let manifest = manifest.unwrap_or_else(|why| panic!("{why}"));
        let id = core_saga::component_id(component, core_brand::VERSION);
        let behind = manifest.split(&format!("id: {id}\n")).nth(1).and_then(|text| text.lines().next());
        let file = behind.and_then(|line| line.trim().strip_prefix("image: file://"));
        file.map_or_else(|| panic!("`{component}` has no file"), PathBuf::from)
    }

    /// Asks in this region from now on.
    pub fn ask_in(&mut self, region: &str) {
        let card = self.region(region);
        let port = card.http_url.rsplit(':').next().and_then(|port| port.parse().ok());
        self.port = port.unwrap_or_else(|| panic!("`{}` has no port", card.http_url));
    }

    fn region(&self, name: &str) -> RegionCard {
        let found = self.card().regions.into_iter().find(|region| region.name == name);
        found.unwrap_or_else(|| panic!("there is no region `{name}`"))
    }

    /// The NATS server that hosts of a region connect to.
    #[must_use]
    pub fn nats_in(&self, region: &str) -> String {
        self.region(region).nats_url
    }

    /// Kills everything in a region at once; nobody starts it again before `tend`.
    pub fn kill_region(&self, name: &str) {
        let processes = self.region(name).processes;
        let mut found: Vec<u32> = processes.iter().flat_map(|process| self.providers_of(process)).collect();
        found.extend(processes.iter().filter_map(|process| self.process(process)));
        let words: Vec<String> = found.iter().map(u32::to_string).collect();
        kill_all(&words);
    }

    /// Starts again what died, and waits until the region that is asked answers.
    pub fn tend(&mut self) {
        let began = Instant::now();
        loop {
            if let Starter::Us(platform) = &mut self.starter {
                platform.tend(&Quiet).unwrap_or_else(|why| panic!("{why:#}"));
            }
            if self.is_ready() {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "the region does not come back");
            std::thread::sleep(LOOK);
        }
    }

    /// Starts one with the command, as a process that can be killed.
    #[must_use]
    pub fn command(state: PathBuf, hosts: usize) -> Self {
        let port = ports(1);
        let up = Up::start(&programs(), &state, port, hosts);
        let lattice = Self { starter: Starter::Command(up), key: key(&state, "local", true), state, port };
        lattice.wait_until_it_answers();
        lattice
    }

    /// Kills the command, without a word to what it had started, and starts it again in the same folder.
    pub fn kill_command(&mut self) {
        if let Starter::Command(up) = &mut self.starter {
            up.kill();
            up.start_again();
        }
        self.wait_until_it_answers();
    }

    /// Waits until everything is there, which is when the card says so.
    fn wait_until_it_answers(&self) {
        let Starter::Command(up) = &self.starter else { return };
        let began = Instant::now();
        let is_up = || self.try_card().is_some_and(|card| card.pid == up.pid() && self.is_ready());
        while !is_up() {
            up.check();
            assert!(began.elapsed() < up.patience(), "no answer; {}", up.log());
            std::thread::sleep(LOOK);
        }
    }

    fn is_ready(&self) -> bool {
        ask(self.port, "GET", "/readyz", &[], b"").is_ok_and(|answer| answer.status == 200)
    }

    fn try_card(&self) -> Option<Card> {
        State::open(&self.state).ok()?.card()
    }

    /// What runs at this moment.
    #[must_use]
    pub fn card(&self) -> Card {
        self.try_card().unwrap_or_else(|| panic!("nothing runs in `{}`", self.state.display()))
    }

    /// A key for somebody else.
    #[must_use]
    pub fn key_for(&self, tenant: &str, may_write: bool) -> String {
        key(&self.state, tenant, may_write)
    }

    pub async fn stop(self) {
        match self.starter {
            Starter::Us(platform) => platform.stop().await,
            Starter::Command(up) => up.stop(),
        }
    }

    /// Asks as the owner.
    #[must_use]
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.try_ask(method, path, headers, body).unwrap_or_else(|why| panic!("{method} {path}: {why}"))
    }

    fn try_ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> std::io::Result<Answer> {
        let bearer = format!("Bearer {}", self.key);
        let mut all = vec![("authorization", bearer.as_str())];
        all.extend(headers);
        ask(self.port, method, path, &all, body)
    }

    /// Asks with these headers only. A connection that closes without an answer is a failure of the platform.
    #[must_use]
    pub fn ask_as_nobody(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let answer = ask(self.port, method, path, headers, body);
        answer.unwrap_or_else(|why| panic!("{method} {path}: {why}"))
    }

    /// Asks until there is an answer: again after a connection that breaks, and when the platform says that it is not all
    /// there.
    #[must_use]
    pub fn ask_patiently(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let began = Instant::now();
        loop {
            let answer = self.try_ask(method, path, headers, body);
            let why = match answer {
                Ok(answer) if answer.status != 409 && answer.status != 429 && answer.status < 500 => {
                    return answer;
                }
                Ok(answer) => format!("{} {}", answer.status, answer.text()),
                Err(why) => why.to_string(),
            };
            assert!(began.elapsed() < PATIENCE, "{method} {path}: {why}");
            std::thread::sleep(LOOK);
        }
    }

    /// Begins a brand and gives its id.
    #[must_use]
    pub fn begin(&self, idempotency_key: &str, brief: &Value) -> String {
        let headers = [("idempotency-key", idempotency_key), ("content-type", "application/json")];
        let answer = self.ask("POST", "/api/v1/brands", &headers, brief.to_string().as_bytes());
        id_of(&answer)
    }

    /// The same of somebody who asks again until it is acknowledged.
    #[must_use]
    pub fn begin_patiently(&self, idempotency_key: &str, brief: &Value) -> String {
        let headers = [("idempotency-key", idempotency_key), ("content-type", "application/json")];
        let answer = self.ask_patiently("POST", "/api/v1/brands", &headers, brief.to_string().as_bytes());
        id_of(&answer)
    }

    /// Looks at a brand until it has ended.
    #[must_use]
    pub fn end_of(&self, id: &str, patience: Duration) -> Value {
        self.wait_for_end(id, patience, || {
            let job = self.ask("GET", &format!("/api/v1/brands/{id}"), &[], b"");
            assert!(matches!(job.status, 200 | 503), "{} {}", job.status, job.text());
            if job.status == 200 { job.json() } else { Value::Null }
        })
    }

    /// The same of somebody whose connection breaks now and then.
    #[must_use]
    pub fn end_patiently(&self, id: &str, patience: Duration) -> Value {
        self.wait_for_end(id, patience, || {
            let job = self.ask_patiently("GET", &format!("/api/v1/brands/{id}"), &[], b"");
            assert_eq!(job.status, 200, "{}", job.text());
            job.json()
        })
    }

    fn wait_for_end(&self, id: &str, patience: Duration, look: impl Fn() -> Value) -> Value {
        let began = Instant::now();
        loop {
            let job = look();
            if matches!(job["status"].as_str(), Some("completed" | "failed" | "cancelled")) {
                return job;
            }
            assert!(began.elapsed() < patience, "{id} has no end after {patience:?}: {job}");
            std::thread::sleep(LOOK);
        }
    }

    /// Deploys one component behind an address of its own, as an application beside ours, and waits until it answers.
    /// Gives the port.
    pub async fn deploy_beside(&self, app: &str, image: &Path) -> u16 {
        let (card, port) = (self.card(), ports(1));
        let control = imprint_topology::Control::connect(&card.nats_url, &card.lattice).await;
        let control = control.unwrap_or_else(|why| panic!("{why:#}"));
        let manifest = beside(app, &image.display().to_string(), port);
        let deployed = control.deploy(app, "v1", &manifest).await;
        deployed.unwrap_or_else(|why| panic!("{why:#}"));
        let began = Instant::now();
        while !ask(port, "GET", "/", &[], b"").is_ok_and(|answer| answer.status == 200) {
            assert!(began.elapsed() < PATIENCE, "`{app}` does not answer");
            tokio::time::sleep(LOOK).await;
        }
        port
    }

    /// The process of this name, such as `nats` or `host-0`.
    #[must_use]
    pub fn process(&self, name: &str) -> Option<u32> {
        let card = self.try_card()?;
        card.processes.into_iter().find(|(known, _)| known == name).map(|(_, pid)| pid)
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

    /// The processes of a provider, such as `runner`: each host runs one.
    #[must_use]
    pub fn providers(&self, name: &str) -> Vec<u32> {
        // A host names the file after the provider's id, with other signs where it must.
        let mut found = self.processes(&format!("imprint_{name}"));
        found.extend(self.processes(&format!("imprint-{name}")));
        found
    }

    /// The processes that this host has started.
    #[must_use]
    pub fn providers_of(&self, host: &str) -> Vec<u32> {
        let Some(host) = self.process(host) else { return Vec::new() };
        let is_child = |pid: &u32| {
            let about = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            // Behind the name in brackets: the state, and the parent.
            let parent = about.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
            parent.and_then(|parent| parent.parse().ok()) == Some(host)
        };
        self.processes("imprint").into_iter().filter(is_child).collect()
    }

    /// Sends a signal, such as `KILL`, to a process of this platform. One that is gone needs none.
    pub fn signal(&self, pid: u32, name: &str) {
        kill(pid, name);
    }
}

/// What most platforms are.
fn usual(state: PathBuf, regions: &[&str], hosts: usize) -> Wanted {
    Wanted {
        state,
        port: ports(regions.len()),
        nats_port: 0,
        hosts,
        regions: regions.iter().map(|region| (*region).to_owned()).collect(),
        fresh: false,
        lattice: "default".to_owned(),
        width: 4,
        otlp: None,
        polish: None,
        painter: None,
        courier: None,
        leaves: None,
        edge_of: None,
    }
}

/// A component and the HTTP server of the engine, and nothing else.
fn beside(app: &str, image: &str, port: u16) -> String {
    format!(
        r#"apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: {app}
  annotations: {{ version: v1 }}
spec:
  components:
    - name: component
      type: component
      properties: {{ id: {app}-component, image: "file://{image}" }}
      traits:
        - {{ type: spreadscaler, properties: {{ instances: 256 }} }}
    - name: http
      type: capability
      properties: {{ id: {app}-http, image: "wasmcloud+builtin://http-server" }}
      traits:
        - {{ type: spreadscaler, properties: {{ instances: 1 }} }}
        - type: link
          properties:
            namespace: wasi
            package: http
            interfaces: [incoming-handler]
            source:
              config: [{{ name: {app}-address, properties: {{ address: "127.0.0.1:{port}" }} }}]
            target: {{ name: component }}
"#
    )
}

fn id_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 202, "{}", answer.text());
    answer.json()["id"].as_str().map(str::to_owned).unwrap_or_default()
}

fn key(state: &Path, tenant: &str, may_write: bool) -> String {
    // A soak takes hours.
    let life = Duration::from_secs(12 * 3600);
    let wanted = WantedKey {
        tenant: tenant.to_owned(),
        subject: "owner".to_owned(),
        may_write,
        may_notify: may_write,
        life,
    };
    let made = State::open(state).and_then(|state| imprint_topology::create_key(&state, &wanted));
    made.unwrap_or_else(|why| panic!("{why:#}"))
}

/// A program of the workspace.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    programs().join(name)
}

/// The programs lie in the folder of ours, or in the one above: tests lie in `deps`.
fn programs() -> PathBuf {
    let us = std::env::current_exe().unwrap_or_else(|why| panic!("{why}"));
    let has_host = |folder: &&Path| folder.join("imprint-host").is_file();
    let found = us.ancestors().skip(1).take(2).find(has_host);
    found.unwrap_or_else(|| panic!("`cargo xtask test` builds the programs of a lattice")).to_owned()
}

/// The first of so many free ports in a row.
fn ports(count: usize) -> u16 {
    let row = imprint_ports::row(u16::try_from(count).unwrap_or(u16::MAX));
    row.unwrap_or_else(|why| panic!("{why}")).start
}
