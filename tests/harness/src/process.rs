//! `imprint up` as a process of its own, which a test can kill.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The first start compiles every component in every host.
const ANSWER_MAX: Duration = Duration::from_secs(300);
/// Hosts drain first.
const STOP_MAX: Duration = Duration::from_secs(60);

/// The command, running.
pub(crate) struct Up {
    child: Child,
    program: PathBuf,
    words: Vec<String>,
    log: PathBuf,
}

impl Up {
    pub(crate) fn start(programs: &Path, state: &Path, port: u16, hosts: usize) -> Self {
        let program = programs.join("imprint-lattice");
        let state_text = state.display().to_string();
        let numbers = [port.to_string(), hosts.to_string()];
        let words =
            ["--state", &state_text, "up", "--port", &numbers[0], "--nats-port", "0", "--hosts", &numbers[1]];
        let words: Vec<String> = words.map(str::to_owned).to_vec();
        let log = state.with_extension("log");
        let child = spawn(&program, &words, &log);
        Self { child, program, words, log }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn patience(&self) -> Duration {
        ANSWER_MAX
    }

    /// What it said.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Fails when it has ended by itself.
    pub(crate) fn check(&self) {
        let about = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap_or_default();
        let is_gone = about.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z'));
        assert!(!is_gone, "`imprint up` ended: {}", self.log());
    }

    pub(crate) fn kill(&mut self) {
        kill(self.pid(), "KILL");
        self.child.wait().unwrap_or_else(|why| panic!("{why}"));
    }

    pub(crate) fn start_again(&mut self) {
        self.child = spawn(&self.program, &self.words, &self.log);
    }

    /// Asks it to stop, and waits.
    pub(crate) fn stop(mut self) {
        self.end();
        let status = self.child.wait().unwrap_or_else(|why| panic!("{why}"));
        assert!(status.success(), "`imprint up` ended with {status}: {}", self.log());
    }

    fn end(&mut self) {
        let began = Instant::now();
        if matches!(self.child.try_wait(), Ok(None)) {
            kill(self.pid(), "TERM");
        }
        while matches!(self.child.try_wait(), Ok(None)) && began.elapsed() < STOP_MAX {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Up {
    /// A test that fails leaves nothing running.
    fn drop(&mut self) {
        self.end();
    }
}

fn spawn(program: &Path, words: &[String], log: &Path) -> Child {
    let log = File::options().create(true).append(true).open(log).unwrap_or_else(|why| panic!("{why}"));
    let other = log.try_clone().unwrap_or_else(|why| panic!("{why}"));
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::null()).stdout(log).stderr(other);
    command.spawn().unwrap_or_else(|why| panic!("`{}`: {why}", program.display()))
}

/// Kills these, in one act.
pub(crate) fn kill_all(pids: &[String]) {
    let done = Command::new("kill").arg("-KILL").args(pids).stderr(Stdio::null()).status();
    done.unwrap_or_else(|why| panic!("kill: {why}"));
}

/// Sends a signal. A process that has just gone needs none.
pub(crate) fn kill(pid: u32, signal: &str) {
    let words = [format!("-{signal}"), pid.to_string()];
    // What it says of a process that is gone is of no use to a reader.
    let done = Command::new("kill").args(words).stderr(Stdio::null()).status();
    done.unwrap_or_else(|why| panic!("kill: {why}"));
}
