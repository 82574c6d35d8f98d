//! Child programs: cargo, rustup, npm.

use crate::missing;
use core_brand::Fault;
use core_brand::fault::Code;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// How often a running child is looked at.
const LOOK_MS: u64 = 20;

/// What a long step says, and whether it should stop.
pub trait Voice: Sync {
    /// A long step begins.
    fn say(&self, what: &str);
    /// Whether the child may write to our standard error.
    fn lets_children_speak(&self) -> bool;
    /// Whether somebody asked to stop.
    fn is_stopped(&self) -> bool;
}

/// Says nothing and never stops.
pub struct Quiet;

impl Voice for Quiet {
    fn say(&self, _what: &str) {}

    fn lets_children_speak(&self) -> bool {
        false
    }

    fn is_stopped(&self) -> bool {
        false
    }
}

/// The cargo that runs us, else the one on the path. What it told this program of its package is of no use to another
/// build, and would have it compile anew whatever reads the environment.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let is_of_package =
            |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        if name.to_str().is_some_and(is_of_package) {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a child to its end. Its standard output is never ours.
pub(crate) fn run(command: &mut Command, what: &str, mend: &str, voice: &dyn Voice) -> Result<(), Fault> {
    let speak = voice.lets_children_speak();
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.stderr(if speak { Stdio::inherit() } else { Stdio::piped() });
    let mut child = command.spawn().map_err(|why| missing(what, why, mend))?;
    let said = listen(&mut child);
    let status = loop {
        if voice.is_stopped() {
            // A child that has just ended cannot be killed, and need not.
            let _ = child.kill();
            let _ = child.wait();
            return Err(Fault::new(Code::Cancelled, []));
        }
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => thread::sleep(Duration::from_millis(LOOK_MS)),
            Err(why) => return Err(missing(what, why, mend)),
        }
    };
    if status.success() {
        return Ok(());
    }
    let tail = said.and_then(|thread| thread.join().ok()).unwrap_or_default();
    let last: Vec<&str> = tail.lines().rev().take(12).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    let why =
        format!("`{}` ended with {status}\n{}", command.get_program().to_string_lossy(), last.join("\n"));
    Err(missing(what, why.trim_end(), mend))
}

/// Reads the child's standard error beside it, so that it never waits for us.
fn listen(child: &mut Child) -> Option<thread::JoinHandle<String>> {
    let mut stderr = child.stderr.take()?;
    Some(thread::spawn(move || {
        let mut said = Vec::new();
        // What was read before an error is still worth telling.
        let _ = stderr.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    }))
}
