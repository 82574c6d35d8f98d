//! What the processes of a platform hold, from outside.

use imprint_harness::{Lattice, Witness};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::runtime::Runtime;

const MIB: f64 = 1_048_576.0;

pub(super) struct Watch<'a> {
    /// Those that live from the beginning to the end, with a name for each.
    pids: BTreeMap<String, u32>,
    witness: &'a Witness,
    runtime: &'a Runtime,
    state: PathBuf,
    pub(super) samples: Vec<Sample>,
}

pub(super) struct Sample {
    pub(super) at: Duration,
    pub(super) processes: BTreeMap<String, Process>,
    pub(super) disk_mib: f64,
    /// Work that waits or is in somebody's hands.
    pub(super) waiting: u64,
}

pub(super) struct Process {
    pub(super) mib: f64,
    pub(super) files: usize,
}

impl<'a> Watch<'a> {
    pub(super) fn new(lattice: &Lattice, witness: &'a Witness, runtime: &'a Runtime, state: PathBuf) -> Self {
        let mut pids = BTreeMap::new();
        for pid in lattice.providers_of("host-0") {
            pids.insert(name_of(pid), pid);
        }
        for name in ["nats", "host-0"] {
            pids.extend(lattice.process(name).map(|pid| (name.to_owned(), pid)));
        }
        pids.insert("imprint up".to_owned(), lattice.card().pid);
        Self { pids, witness, runtime, state, samples: Vec::new() }
    }

    pub(super) fn look(&mut self, at: Duration) {
        let seen = self.pids.iter().filter_map(|(name, pid)| Some((name.clone(), process(*pid)?)));
        let sample = Sample {
            at,
            processes: seen.collect(),
            disk_mib: size(&self.state) as f64 / MIB,
            waiting: self.runtime.block_on(self.witness.waiting()),
        };
        self.samples.push(sample);
    }
}

/// The program of a process. Hosts name that of a provider after its image: folders, name, hash, `par`.
pub(super) fn name_of(pid: u32) -> String {
    let program = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
    let Some(file) = program.file_name() else { return "gone".to_owned() };
    let file = file.to_string_lossy();
    let image = file.rsplit_once("_images_").and_then(|(_, image)| image.strip_suffix("_par"));
    image
        .and_then(|image| image.rsplit_once('_'))
        .map_or_else(|| file.to_string(), |(name, _)| name.to_owned())
}

/// What it holds. Nothing where it is gone.
fn process(pid: u32) -> Option<Process> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(Process { mib: kib / 1024.0, files: fs::read_dir(format!("/proc/{pid}/fd")).ok()?.count() })
}

/// Bytes of all files in a folder. Some may go while they are counted.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let of = |entry: fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => size(&entry.path()),
        Ok(kind) if kind.is_file() => entry.metadata().map_or(0, |about| about.len()),
        _ => 0,
    };
    entries.map(of).sum()
}
