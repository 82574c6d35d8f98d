//! Servers for a measure: one that stands alone, or several regions, in the configuration of a platform.

use imprint_servers::{Relay, nats_program};
use imprint_topology::{Core, Door, Local, Pass, Trust};
use nkeys::KeyPair;
use std::fs::File;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Whatever is waited for before there is something to measure; compiling on a busy machine is the longest of it.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often a state is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// The kernel tells processor time in hundredths of a second, whatever its own clock is.
const TICKS_A_SECOND: f64 = 100.0;

/// As many as a platform of several regions has.
pub(crate) const REGIONS: [&str; 3] = ["us-east-1", "us-west-2", "eu-west-1"];

/// A program that ends with the measure.
pub(crate) struct Process(Child);

impl Process {
    pub(crate) fn start(program: &Path, args: &[&str], log: &Path) -> Self {
        let log = File::create(log).unwrap_or_else(|why| panic!("`{}`: {why}", log.display()));
        let errors = log.try_clone().unwrap_or_else(|why| panic!("{why}"));
        let mut command = Command::new(program);
        command.args(args).stdin(Stdio::null()).stdout(log).stderr(errors);
        Self(command.spawn().unwrap_or_else(|why| panic!("`{}`: {why}", program.display())))
    }

    pub(crate) fn pid(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) struct Server {
    process: Process,
    config: PathBuf,
    port: u16,
    /// Where it tells of itself.
    pub(crate) about: u16,
}

impl Server {
    /// The one of a platform with one region.
    pub(crate) fn alone(folder: &Path) -> Self {
        let [port, about] = ports();
        let store = folder.join("alone");
        let config = format!(
            "listen: \"127.0.0.1:{port}\"\nserver_name: alone\n{}jetstream {{\n  store_dir: {store:?}\n  sync_interval: always\n}}\n",
            tells(about)
        );
        Self::start(folder, "alone", (port, about), &config)
    }

    fn start(folder: &Path, name: &str, (port, about): (u16, u16), config: &str) -> Self {
        let path = folder.join(format!("{name}.conf"));
        std::fs::write(&path, config).unwrap_or_else(|why| panic!("`{}`: {why}", path.display()));
        Self { process: listening(&path, port), config: path, port, about }
    }

    /// The same server after a restart, with what it has stored.
    pub(crate) fn again(self) -> Self {
        let Self { process, config, port, about } = self;
        drop(process);
        Self { process: listening(&config, port), config, port, about }
    }

    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.pid()
    }
}

fn listening(config: &Path, port: u16) -> Process {
    let program = nats_program().unwrap_or_else(|| panic!("there is no nats-server"));
    let process =
        Process::start(&program, &["-c", &config.display().to_string()], &config.with_extension("log"));
    let began = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        assert!(began.elapsed() < PATIENCE, "`{}` does not listen", config.display());
        std::thread::sleep(LOOK);
    }
    process
}

/// A core and a local server in each region, and a long way between the cores.
pub(crate) struct Regions {
    locals: Vec<Server>,
    cores: Vec<Server>,
    _ways: Vec<Relay>,
}

impl Regions {
    /// The first regions, each so far from the others that a question and its answer take this long more.
    pub(crate) async fn start(folder: &Path, count: usize, apart: Duration) -> Self {
        let regions = &REGIONS[..count];
        let (routes, doors, key) = (some(count), some(count), KeyPair::new_user());
        let pass = Pass::new(&key.seed().unwrap_or_else(|why| panic!("{why}")), Trust::Plain);
        let mut ways = Vec::new();
        for route in &routes {
            ways.push(Relay::start(*route, apart / 2).await);
        }
        let (mut cores, mut locals) = (Vec::new(), Vec::new());
        for (index, region) in regions.iter().enumerate() {
            let [port, about] = ports();
            let others = ways.iter().enumerate().filter(|(other, _)| *other != index);
            let core = Core {
                region: (*region).to_owned(),
                client_port: port,
                route_port: routes[index],
                door: Door::own(doors[index], &key.public_key()),
                routes: others.map(|(_, way)| format!("nats://127.0.0.1:{}", way.port)).collect(),
            };
            // Told of the others by nobody: all ways lead through the relays.
            let text = core.config(&folder.join(region), &tells(about));
            let text = text.replacen("cluster {", "cluster {\n  no_advertise: true", 1);
            cores.push(Server::start(folder, &format!("core-{region}"), (port, about), &text));
        }
        for (index, region) in regions.iter().enumerate() {
            let ([port, about], name) = (ports(), format!("{region}-local"));
            let leaf_urls = vec![format!("nats://127.0.0.1:{}", doors[index])];
            let local = Local { name: name.clone(), port, leaf_urls, pass: pass.clone() };
            locals.push(Server::start(folder, &name, (port, about), &local.config(&tells(about))));
        }
        Self { locals, cores, _ways: ways }
    }

    /// Where the hosts of each region connect.
    pub(crate) fn urls(&self) -> Vec<String> {
        self.locals.iter().map(Server::url).collect()
    }

    /// Where the local server of the first region tells of itself.
    pub(crate) fn about(&self) -> u16 {
        self.locals[0].about
    }

    pub(crate) fn pids(&self) -> Vec<u32> {
        self.locals.iter().chain(&self.cores).map(Server::pid).collect()
    }
}

/// A free port.
pub(crate) fn port() -> u16 {
    imprint_ports::one().unwrap_or_else(|why| panic!("{why}"))
}

fn ports() -> [u16; 2] {
    [port(), port()]
}

fn some(count: usize) -> Vec<u16> {
    (0..count).map(|_| port()).collect()
}

fn tells(about: u16) -> String {
    format!("http: \"127.0.0.1:{about}\"\n")
}

/// Looks until something is so.
pub(crate) async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < PATIENCE, "{what}");
        tokio::time::sleep(LOOK).await;
    }
}

/// The processor time that these have used since they started.
pub(crate) fn processor_s(pids: &[u32]) -> f64 {
    let one = |pid: &u32| {
        let about = std::fs::read_to_string(format!("/proc/{pid}/stat"));
        let about = about.unwrap_or_else(|why| panic!("process {pid}: {why}"));
        ticks(&about).unwrap_or_else(|| panic!("process {pid}: {about}")) / TICKS_A_SECOND
    };
    pids.iter().map(one).sum()
}

/// Behind the name in brackets: the state, ten numbers, and the time for itself and in the kernel.
fn ticks(about: &str) -> Option<f64> {
    let mut times = about.rsplit(')').next()?.split_whitespace().skip(11);
    let mut next = || times.next()?.parse::<f64>().ok();
    Some(next()? + next()?)
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn processor_time_is_read_behind_any_name() {
        let about = "7 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 50 11 12";
        assert_eq!(ticks(about), Some(300.0));
        assert_eq!(ticks("7 (a) S 1"), None);
    }
}
