//! Child processes that never outlive us.
//!
//! Each is started through `imprint-lattice guard`, which asks the kernel to be told when its parent dies, and then
//! becomes the child. Each has a process group of its own, so that Ctrl-C reaches only us and we stop them in order.

use anyhow::{Context as _, Result, bail};
use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};

/// A running child.
pub(crate) struct Running {
    pub(crate) name: String,
    child: Child,
    pid: u32,
}

/// The argument that makes this program a guard.
pub(crate) const GUARD: &str = "guard";

/// Where the programs of a lattice lie, and where they may put what they unpack.
pub(crate) struct Place<'a> {
    pub(crate) programs: &'a Path,
    pub(crate) temporary: &'a Path,
}

/// Starts a program with its output in a log file.
pub(crate) fn start(
    place: &Place,
    name: &str,
    program: &Path,
    args: &[String],
    log: &Path,
) -> Result<Running> {
    let log = File::options()
        .create(true)
        .append(true)
        .open(log)
        .with_context(|| format!("`{}`", log.display()))?;
    let mut command = Command::new(place.programs.join("imprint-lattice"));
    command.arg(GUARD).arg(program).args(args).process_group(0).stdin(Stdio::null());
    command.env("TMPDIR", place.temporary);
    command.stdout(log.try_clone()?).stderr(log);
    let child = command.spawn().with_context(|| format!("`{name}` does not start"))?;
    let pid = child.id().with_context(|| format!("`{name}` ended at once"))?;
    Ok(Running { name: name.to_owned(), child, pid })
}

/// Becomes the program, having asked to be stopped when our parent goes.
pub(crate) fn become_guarded(words: &[String]) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    let Some((program, args)) = words.split_first() else { bail!("nothing to guard") };
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::TERM))?;
    Err(std::process::Command::new(program).args(args).exec().into())
}

impl Running {
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether it has ended by itself, and how.
    pub(crate) fn ended(&mut self) -> Option<String> {
        self.child.try_wait().ok().flatten().map(|status| status.to_string())
    }

    /// Asks it to stop, waits, and then makes it.
    pub(crate) async fn stop(mut self, patience: Duration) {
        signal(self.pid, rustix::process::Signal::TERM);
        if tokio::time::timeout(patience, self.child.wait()).await.is_err() {
            // It had its time; a child that has just ended cannot be killed, and need not.
            let _ = self.child.kill().await;
        }
    }
}

/// Sends a signal to a process of ours.
pub(crate) fn signal(pid: u32, signal: rustix::process::Signal) {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(pid) = pid {
        // A process that is gone needs no signal.
        let _ = rustix::process::kill_process(pid, signal);
    }
}

/// Whether a process of this id runs.
pub(crate) fn is_alive(pid: u32) -> bool {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    pid.is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
}
