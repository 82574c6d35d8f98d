//! What the person in front of it can mend: said in one sentence, and told apart by the exit code.

use anyhow::{Context as _, Result};
use std::fmt;
use std::path::Path;

/// A wish that cannot be met as it is.
#[derive(Debug)]
pub struct Wrong(pub String);

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

/// Ends here with a sentence for the person.
macro_rules! wrong {
    ($($words:tt)*) => { return Err($crate::wrong::Wrong(format!($($words)*)).into()) };
}
pub(crate) use wrong;

/// A day of brands and the logs of a week; NATS stops writing when nothing is left, and then nothing is acknowledged.
pub(crate) const ROOM_BYTES_MIN: u64 = 512 << 20;

/// Refuses a disk that is as good as full.
pub(crate) fn has_room(folder: &Path, wanted: u64) -> Result<()> {
    let stat = rustix::fs::statvfs(folder).with_context(|| format!("`{}`", folder.display()))?;
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    if free < wanted {
        wrong!(
            "the disk of `{}` has {} MiB left, and a platform needs {}. Make room, or choose another folder with --state.",
            folder.display(),
            free >> 20,
            wanted >> 20
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_said_before_anything_starts() {
        let folder = std::env::temp_dir();
        assert!(has_room(&folder, 1).is_ok());
        let refused = has_room(&folder, u64::MAX).unwrap_err();
        assert!(refused.is::<Wrong>());
        assert!(refused.to_string().contains("Make room"), "{refused}");
    }
}
