//! Where servers store: what is done to their files, and a disk whose power can be cut.

use imprint_servers::Chance;
use rustix::ioctl::{Setter, ioctl, opcode};
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use tokio::time::sleep;

/// A file of this size takes only what is written.
const DISK_BYTES: u64 = 1 << 30;
/// Who still holds a file of it lets go within this many tries.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(50);
/// Ends a file system at once: what is not on the disk never will be (`EXT4_IOC_SHUTDOWN`, without the journal).
const SHUTDOWN: rustix::ioctl::Opcode = opcode::read::<u32>(b'X', 125);
const WITHOUT_JOURNAL: u32 = 2;

/// A file system of its own in a file. What was written and not synced is gone when its power is cut, and only that. It needs
/// Linux and the right to mount.
pub(crate) struct Disk {
    image: PathBuf,
    pub(crate) at: PathBuf,
}

impl Disk {
    pub(crate) fn new(folder: &Path, name: &str) -> Result<Self, String> {
        let disk =
            Self { image: folder.join(format!("{name}.image")), at: folder.join(format!("{name}.disk")) };
        let file = File::create(&disk.image).map_err(|why| why.to_string())?;
        file.set_len(DISK_BYTES).map_err(|why| why.to_string())?;
        fs::create_dir(&disk.at).map_err(|why| why.to_string())?;
        done(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&disk.image))?;
        disk.mount()?;
        Ok(disk)
    }

    fn mount(&self) -> Result<(), String> {
        done(Command::new("mount").args(["-o", "loop"]).arg(&self.image).arg(&self.at))
    }

    /// What was written until now is on the disk, as that of servers is which began long ago.
    pub(crate) fn sync(&self) -> Result<(), String> {
        done(Command::new("sync").arg("--file-system").arg(&self.at))
    }

    /// From now on nothing reaches the disk.
    pub(crate) fn cut(&self) -> Result<(), String> {
        let root = File::open(&self.at).map_err(|why| why.to_string())?;
        // SAFETY: this request reads one `u32`, as its number says, and keeps nothing.
        let ended = unsafe { ioctl(&root, Setter::<SHUTDOWN, u32>::new(WITHOUT_JOURNAL)) };
        ended.map_err(|why| format!("the disk goes on: {why}"))
    }

    /// The power is back. Everybody who used the disk must have ended.
    pub(crate) async fn back(&self) -> Result<(), String> {
        for _ in 0..TRIES {
            if done(Command::new("umount").arg(&self.at)).is_ok() {
                return self.mount();
            }
            sleep(PAUSE).await;
        }
        Err("somebody still uses the disk".to_owned())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Nothing that could be done about it.
        let _ = done(Command::new("umount").arg("--lazy").arg(&self.at));
    }
}

fn done(command: &mut Command) -> Result<(), String> {
    let said = command.output().map_err(|why| format!("{command:?}: {why}"))?;
    match said.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?}: {}", String::from_utf8_lossy(&said.stderr).trim())),
    }
}

/// Turns one bit in a block of this stream over. Says where.
pub(crate) fn flip(store: &Path, stream: &str, chance: &mut Chance) -> Option<String> {
    let (path, bytes) = block(store, stream, chance)?;
    let at = chance.below(bytes);
    let file = OpenOptions::new().read(true).write(true).open(&path).ok()?;
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).ok()?;
    file.write_all_at(&[byte[0] ^ (1 << chance.below(8))], at).ok()?;
    Some(format!("a bit at {at} of {bytes} in {}", name(&path)))
}

/// Cuts the end of a block off: up to a third of it. Says how much.
pub(crate) fn truncate(store: &Path, stream: &str, chance: &mut Chance) -> Option<String> {
    let (path, bytes) = block(store, stream, chance)?;
    let left = bytes - 1 - chance.below(bytes / 3);
    OpenOptions::new().write(true).open(&path).ok()?.set_len(left).ok()?;
    Some(format!("{} of {bytes} bytes of {} are gone", bytes - left, name(&path)))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A block that holds something, and its length.
fn block(store: &Path, stream: &str, chance: &mut Chance) -> Option<(PathBuf, u64)> {
    let folder = store.join("jetstream/$G/streams").join(stream).join("msgs");
    let paths = fs::read_dir(folder).ok()?.flatten().map(|found| found.path());
    let mut blocks: Vec<(PathBuf, u64)> = paths
        .filter(|path| path.extension().is_some_and(|kind| kind == "blk"))
        .filter_map(|path| fs::metadata(&path).ok().map(|about| (path, about.len())))
        .filter(|(_, bytes)| *bytes > 3)
        .collect();
    blocks.sort();
    let place = usize::try_from(chance.below(blocks.len() as u64)).ok()?;
    blocks.into_iter().nth(place)
}
