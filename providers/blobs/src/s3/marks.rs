//! A bucket cannot look at the age of a key and remove it in one act. Marks make up for it.
//!
//! A collector puts a mark beside the content, looks whether the content is still old, removes it, and takes its mark
//! away. Who puts content looks for marks afterwards. If the put came before the collector's look, the collector saw it
//! young. If it came after, then the mark was there before, and the put either finds it, and waits for the collector,
//! or finds that the collector is done, and sees for itself whether the content is there.
//!
//! A collector that dies leaves a mark that is void after a while. Its removal cannot arrive later than that: it is
//! signed at the time of the bucket, for a shorter while. All times here are the bucket's.

use super::http::Call;
use super::{Entry, Listed, S3Blobs, age, busy, content_of, is_there};
use crate::Collect;
use bytes::Bytes;
use core_brand::{BlobRef, Fault};
use imprint_outbound::Method;
use rusty_s3::S3Action;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// An older mark is of a collector that died.
const MARK_AGE_MAX: Duration = Duration::from_secs(60);

/// The removal arrives in this time or never. With the next it stays below the age of a mark, with room for whole
/// seconds being cut off.
const REMOVAL_MAX: Duration = Duration::from_secs(20);

/// A collector that took so long from its mark to its look leaves the content for the next time.
const LOOK_MAX: Duration = Duration::from_secs(20);

/// How long a put waits for a collector before it looks again.
const WAIT: Duration = Duration::from_millis(100);

/// A collector is done after three requests; a put that has waited for two seconds is tried again later.
const LOOKS_MAX: usize = 20;

/// What one look at a content shows.
struct Look {
    is_marked: bool,
    /// How old the content is, where it is there.
    age: Option<Duration>,
}

impl S3Blobs {
    /// Comes back when no collector can take away what was put.
    pub(super) async fn outlast_collectors(
        &self,
        space: &str,
        content: &BlobRef,
        key: &str,
        bytes: &Bytes,
    ) -> Result<(), Fault> {
        for _ in 0..LOOKS_MAX {
            match look(&self.entries(space, &content.sha256).await?, content) {
                Look { is_marked: true, .. } => tokio::time::sleep(WAIT).await,
                Look { age: Some(_), .. } => return Ok(()),
                Look { age: None, .. } => self.write(key, bytes).await?,
            }
        }
        Err(busy())
    }

    /// Removes content that is still old behind a mark; says whether it went.
    pub(super) async fn remove_marked(
        &self,
        space: &str,
        content: &BlobRef,
        what: &Collect<'_>,
    ) -> Result<bool, Fault> {
        // Nobody else's name: two collectors must not take each other's marks away.
        let collector = RandomState::new().hash_one(std::process::id());
        let name = format!("{}-{collector:016x}", content.sha256);
        let mark = format!("{}{name}", self.of_space(space)?);
        self.write(&mark, &Bytes::new()).await?;
        let listed = self.entries(space, &content.sha256).await?;
        let mark_age =
            listed.entries.iter().find(|entry| entry.name == name).map(|mark| age(listed.now, mark.since));
        let is_old = look(&listed, content).age.is_some_and(|age| what.is_old(age));
        let goes = is_old && mark_age.is_some_and(|age| age <= LOOK_MAX);
        if goes {
            self.remove_at(&self.key(space, content)?, &listed).await?;
        }
        self.remove(&mark).await?;
        Ok(goes)
    }

    /// One try. If nothing is known of it, the mark stays, and the removal may still arrive while it does.
    async fn remove_at(&self, key: &str, listed: &Listed) -> Result<(), Fault> {
        let action = self.bucket.delete_object(Some(&self.credentials), key);
        let call = Call::plain(Method::DELETE, action.sign_with_time(REMOVAL_MAX, &listed.now));
        let answer = self.http.once(call).await?.map_err(|_| busy())?;
        is_there(&answer).map(drop)
    }

    /// What dead collectors left.
    pub(super) async fn remove_old_marks(&self, space: &str, listed: &Listed) -> Result<(), Fault> {
        let begin = self.of_space(space)?;
        let is_dead =
            |entry: &&Entry| content_of(&entry.name).is_none() && age(listed.now, entry.since) > MARK_AGE_MAX;
        for mark in listed.entries.iter().filter(is_dead) {
            self.remove(&format!("{begin}{}", mark.name)).await?;
        }
        Ok(())
    }
}

/// Marks come first in the list, so that a list that is not of one moment is not read the wrong way round.
fn look(listed: &Listed, content: &BlobRef) -> Look {
    let age_of = |entry: &Entry| age(listed.now, entry.since);
    let is_mark = |entry: &&Entry| content_of(&entry.name).is_none();
    let own = |entry: &&Entry| content_of(&entry.name).as_ref() == Some(content);
    Look {
        is_marked: listed.entries.iter().filter(is_mark).any(|mark| age_of(mark) <= MARK_AGE_MAX),
        age: listed.entries.iter().find(own).map(age_of),
    }
}
