//! Child processes that never outlive us.
//!
//! Each is started through `imprint-lattice guard`, which asks the kernel to be told when its parent dies, and then
//! becomes the child. Each has a process group of its own, so that Ctrl-C reaches only us and we stop them in order, and
//! so that what a killed child had started ends with it.

use crate::supervise::Watch;
use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};

/// A child that runs, or is about to run again.
pub(crate) struct Running {
    pub(crate) name: String,
    pub(crate) watch: Watch,
    recipe: Recipe,
    child: Child,
    pid: u32,
}

/// How a child is started, the first time and every other.
struct Recipe {
    guard: PathBuf,
    temporary: PathBuf,
    program: PathBuf,
    args: Vec<String>,
    log: PathBuf,
}

/// What an earlier platform left behind gets this long to stop by itself.
const REMNANTS_MAX: Duration = Duration::from_secs(5);
/// How often a state is looked at.
const LOOK: Duration = Duration::from_millis(50);

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
    let recipe = Recipe {
        guard: place.programs.join("imprint-lattice"),
        temporary: place.temporary.to_owned(),
        program: program.to_owned(),
        args: args.to_vec(),
        log: log.to_owned(),
    };
    let (child, pid) = recipe.start(name)?;
    Ok(Running { name: name.to_owned(), watch: Watch::default(), recipe, child, pid })
}

impl Recipe {
    fn start(&self, name: &str) -> Result<(Child, u32)> {
        let log = File::options().create(true).append(true).open(&self.log);
        let log = log.with_context(|| format!("`{}`", self.log.display()))?;
        let mut command = Command::new(&self.guard);
        command.arg(GUARD).arg(&self.program).args(&self.args).process_group(0).stdin(Stdio::null());
        command.env("TMPDIR", &self.temporary);
        command.stdout(log.try_clone()?).stderr(log);
        let child = command.spawn().with_context(|| format!("`{name}` does not start"))?;
        let pid = child.id().with_context(|| format!("`{name}` ended at once"))?;
        Ok((child, pid))
    }
}

/// Becomes the program, having asked to be stopped when our parent goes.
pub(crate) fn become_guarded(words: &[String]) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    let Some((program, args)) = words.split_first() else { bail!("nothing to guard") };
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(Signal::TERM))?;
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

    pub(crate) fn log(&self) -> &Path {
        &self.recipe.log
    }

    /// Starts it once more after it has ended.
    pub(crate) fn start_again(&mut self) -> Result<()> {
        (self.child, self.pid) = self.recipe.start(&self.name)?;
        Ok(())
    }

    /// Ends what it had started and did not stop. No other group can have its number while one of these lives.
    pub(crate) fn end_group(&self) {
        if let Some(group) = pid_of(self.pid) {
            // A group without processes needs no signal.
            let _ = rustix::process::kill_process_group(group, Signal::KILL);
        }
    }

    /// Asks it to stop, waits, and then makes it.
    pub(crate) async fn stop(mut self, patience: Duration) {
        if self.ended().is_none() {
            signal(self.pid, Signal::TERM);
            if tokio::time::timeout(patience, self.child.wait()).await.is_err() {
                // It had its time; a child that has just ended cannot be killed, and need not.
                let _ = self.child.kill().await;
            }
        }
        self.end_group();
    }
}

/// Ends what an earlier platform of this folder left behind: one that is killed cannot stop its children, and they take a
/// moment to notice.
pub(crate) async fn end_remnants(root: &Path, temporary: &Path) {
    let mut left = remnants(root, temporary);
    for kind in [Signal::TERM, Signal::KILL] {
        left.iter().for_each(|pid| signal(*pid, kind));
        let began = Instant::now();
        while !left.is_empty() && began.elapsed() < REMNANTS_MAX {
            tokio::time::sleep(LOOK).await;
            left.retain(|pid| !has_ended(*pid));
        }
        // What those had started meanwhile.
        left.extend(remnants(root, temporary));
    }
}

/// A process that ends lets go of its memory and environment first, and of its ports last: it is over when it is gone, or
/// has no other thread and only waits to be asked how it went.
fn has_ended(pid: u32) -> bool {
    let Ok(about) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { return true };
    let is_asked_for = about.rsplit(") ").next().is_some_and(|rest| rest.starts_with(['Z', 'X']));
    is_asked_for && std::fs::read_dir(format!("/proc/{pid}/task")).is_ok_and(|threads| threads.count() <= 1)
}

/// Processes that were started with the temporary folder of this platform, or from a program in its folder. None where the
/// system does not tell.
fn remnants(root: &Path, temporary: &Path) -> Vec<u32> {
    let variable = format!("TMPDIR={}", temporary.display());
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let is_ours = |folder: &Path| {
        let words = std::fs::read(folder.join("environ")).unwrap_or_default();
        let is_child = words.split(|byte| *byte == 0).any(|word| word == variable.as_bytes());
        is_child || std::fs::read_link(folder.join("exe")).is_ok_and(|program| program.starts_with(&root))
    };
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbered =
        entries.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())));
    let others = numbered.filter(|(pid, _)| *pid != std::process::id());
    others.filter(|(_, folder)| is_ours(folder)).map(|(pid, _)| pid).collect()
}

fn pid_of(pid: u32) -> Option<Pid> {
    i32::try_from(pid).ok().and_then(Pid::from_raw)
}

/// Sends a signal to a process of ours.
pub(crate) fn signal(pid: u32, signal: Signal) {
    if let Some(pid) = pid_of(pid) {
        // A process that is gone needs no signal.
        let _ = rustix::process::kill_process(pid, signal);
    }
}
