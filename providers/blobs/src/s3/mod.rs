//! Content in an S3 bucket: the key is `<folder>/<tenant>/<brand>/<sha256>.<bytes>`.
//!
//! Any server that speaks S3 with signatures of version 4, addressed by path. A value is one request; there is nothing
//! half-written. Beside content lie the marks of collectors, `<sha256>-<collector>`.

mod http;
mod marks;
mod settings;

use crate::space::Space;
use crate::{Blobs, Collect, changed, check_content, check_size, missing};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use core_brand::content::{BLOB_BYTES_MAX, sha256};
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault, broken};
use futures::{StreamExt, TryStreamExt};
use http::{Call, Http, OfBucket as _};
use imprint_outbound::{Answer, Method, StatusCode};

use jiff::Timestamp;
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket, Credentials, S3Action};
use settings::{SECRET_VARIABLE, Settings};
use std::collections::BTreeMap;
use std::time::Duration;

/// Above this a value would have to be sent in parts, which this store does not do. The limit of all stores is below.
const ONE_REQUEST_BYTES_MAX: u64 = 64 << 20;
const _: () = assert!(BLOB_BYTES_MAX <= ONE_REQUEST_BYTES_MAX);

/// A signed address is good for one try, and for clocks that differ by seconds.
const SIGNED_FOR: Duration = Duration::from_secs(60);

/// A thousand keys each: no space has a million.
const PAGES_MAX: usize = 1000;

/// Removals under way at once: enough to hide the way to the bucket, too few to be told to slow down.
const REMOVALS_AT_ONCE: usize = 8;

/// Content that whoever has the right to the bucket sees.
pub struct S3Blobs {
    http: Http,
    bucket: Bucket,
    credentials: Credentials,
    folder: String,
}

/// A key of a space, and since when it is there.
struct Entry {
    /// Without the space.
    name: String,
    since: Timestamp,
}

/// What a bucket answers when it is asked for its keys.
struct Listed {
    entries: Vec<Entry>,
    /// For the bucket.
    now: Timestamp,
}

impl S3Blobs {
    /// Asks the bucket once, so that a wrong address, name or secret is told at the start. Settings: `s3.endpoint`,
    /// `s3.bucket`, `s3.access_key`; `s3.region`, `s3.folder`; `s3.secret_file`, or the secret in the environment.
    pub async fn open(settings: &BTreeMap<String, String>) -> Result<Self, Fault> {
        let Settings { bucket, credentials, folder } =
            Settings::of(settings, std::env::var(SECRET_VARIABLE).ok())?;
        let blobs = Self { http: Http::new()?, bucket, credentials, folder };
        blobs.page("", None, 1).await?;
        Ok(blobs)
    }

    /// What all keys of a space begin with; the `/` at the end keeps `b1` and `b11` apart.
    fn of_space(&self, space: &str) -> Result<String, Fault> {
        let Space { tenant, brand } = Space::of(space)?;
        Ok(format!("{}{tenant}/{brand}/", self.folder))
    }

    fn key(&self, space: &str, content: &BlobRef) -> Result<String, Fault> {
        let space = self.of_space(space)?;
        check_content(content)?;
        Ok(format!("{space}{}.{}", content.sha256, content.bytes))
    }

    /// The bucket compares the hash of what arrived with the one that is signed.
    async fn write(&self, key: &str, bytes: &Bytes) -> Result<(), Fault> {
        let hash = STANDARD.encode(sha256(bytes));
        let call = || {
            let mut action = self.bucket.put_object(Some(&self.credentials), key);
            action.headers_mut().insert("x-amz-checksum-sha256", hash.clone());
            let headers = vec![("x-amz-checksum-sha256", hash.clone())];
            Call { method: Method::PUT, url: action.sign(SIGNED_FOR), headers, body: bytes.clone() }
        };
        let answer = self.http.send(call).await?;
        if answer.status.is_success() { Ok(()) } else { Err(answer.refused("it does not take content")) }
    }

    async fn read(&self, key: &str, content: &BlobRef) -> Result<Bytes, Fault> {
        let sign = || self.bucket.get_object(Some(&self.credentials), key).sign(SIGNED_FOR);
        let answer = self.http.send(|| Call::plain(Method::GET, sign())).await?;
        match is_there(&answer)? {
            true if BlobRef::of(&answer.body) == *content => Ok(answer.body),
            true => Err(changed(format!("`{key}`"))),
            false => Err(missing(content)),
        }
    }

    async fn remove(&self, key: &str) -> Result<(), Fault> {
        let sign = || self.bucket.delete_object(Some(&self.credentials), key).sign(SIGNED_FOR);
        let answer = self.http.send(|| Call::plain(Method::DELETE, sign())).await?;
        is_there(&answer).map(drop)
    }

    /// All keys that begin so, without what they begin with up to the space.
    async fn entries(&self, space: &str, begin: &str) -> Result<Listed, Fault> {
        let space = self.of_space(space)?;
        let mut listed = Listed { entries: Vec::new(), now: Timestamp::UNIX_EPOCH };
        let mut next = None;
        for _ in 0..PAGES_MAX {
            let (page, now, more) = self.page(&format!("{space}{begin}"), next, 1000).await?;
            listed.now = now;
            let inside = |(key, since): (String, Timestamp)| {
                key.strip_prefix(&space).map(|name| Entry { name: name.to_owned(), since })
            };
            listed.entries.extend(page.into_iter().filter_map(inside));
            next = more;
            if next.is_none() {
                return Ok(listed);
            }
        }
        Err(broken!("a space has more than {PAGES_MAX} pages of keys"))
    }

    async fn page(&self, begin: &str, from: Option<String>, keys_max: usize) -> Result<Page, Fault> {
        let call = || {
            let mut action = self.bucket.list_objects_v2(Some(&self.credentials));
            action.with_prefix(begin);
            action.with_max_keys(keys_max);
            if let Some(from) = &from {
                action.with_continuation_token(from.clone());
            }
            Call::plain(Method::GET, action.sign(SIGNED_FOR))
        };
        let answer = self.http.send(call).await?;
        if !answer.status.is_success() {
            return Err(answer.refused("it does not list its keys"));
        }
        let text = std::str::from_utf8(&answer.body).map_err(|_| answer.refused("its list is not text"))?;
        let list =
            ListObjectsV2::parse_response(text).map_err(|_| answer.refused("its list cannot be read"))?;
        let mut keys = Vec::with_capacity(list.contents.len());
        for object in list.contents {
            let since = object.last_modified.and_then(|since| since.parse().ok());
            keys.push((object.key, since.ok_or_else(|| answer.refused("a key has no time"))?));
        }
        Ok((keys, answer.now()?, list.next_continuation_token))
    }
}

/// Keys with their times, the time of the bucket, and where to go on.
type Page = (Vec<(String, Timestamp)>, Timestamp, Option<String>);

impl Blobs for S3Blobs {
    async fn put(&self, space: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        check_size(&bytes)?;
        let content = BlobRef::of(&bytes);
        let key = self.key(space, &content)?;
        let bytes = Bytes::from(bytes);
        self.write(&key, &bytes).await?;
        self.outlast_collectors(space, &content, &key, &bytes).await?;
        Ok(content)
    }

    async fn get(&self, space: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        let key = self.key(space, content)?;
        self.read(&key, content).await.map(Into::into)
    }

    async fn exists(&self, space: &str, content: &BlobRef) -> Result<bool, Fault> {
        let key = self.key(space, content)?;
        let sign = || self.bucket.head_object(Some(&self.credentials), &key).sign(SIGNED_FOR);
        is_there(&self.http.send(|| Call::plain(Method::HEAD, sign())).await?)
    }

    async fn delete(&self, space: &str, content: &BlobRef) -> Result<(), Fault> {
        self.remove(&self.key(space, content)?).await
    }

    async fn list(&self, space: &str) -> Result<Vec<BlobRef>, Fault> {
        let listed = self.entries(space, "").await?;
        let mut found: Vec<BlobRef> =
            listed.entries.iter().filter_map(|entry| content_of(&entry.name)).collect();
        found.sort();
        Ok(found)
    }

    async fn clear(&self, space: &str) -> Result<u64, Fault> {
        let begin = self.of_space(space)?;
        let listed = self.entries(space, "").await?;
        let keys: Vec<String> = listed.entries.iter().map(|entry| format!("{begin}{}", entry.name)).collect();
        futures::stream::iter(keys)
            .map(|key| async move { self.remove(&key).await })
            .buffer_unordered(REMOVALS_AT_ONCE)
            .try_collect::<()>()
            .await?;
        Ok(listed.entries.iter().filter(|entry| content_of(&entry.name).is_some()).count() as u64)
    }

    async fn collect(&self, space: &str, what: &Collect<'_>) -> Result<Vec<BlobRef>, Fault> {
        let listed = self.entries(space, "").await?;
        if !what.is_dry {
            self.remove_old_marks(space, &listed).await?;
        }
        let mut gone = Vec::new();
        for entry in &listed.entries {
            let Some(content) = content_of(&entry.name) else { continue };
            if !what.spares(&content) && what.is_old(age(listed.now, entry.since)) {
                let goes = what.is_dry || self.remove_marked(space, &content, what).await?;
                gone.extend(goes.then_some(content));
            }
        }
        gone.sort();
        Ok(gone)
    }
}

/// Whether an answer is about something that is there. A bucket that is not there is a fault.
fn is_there(answer: &Answer) -> Result<bool, Fault> {
    let is_bucket = || answer.body.windows(12).any(|part| part == b"NoSuchBucket");
    match answer.status {
        StatusCode::NOT_FOUND if !is_bucket() => Ok(false),
        status if status.is_success() => Ok(true),
        _ => Err(answer.refused("it refuses")),
    }
}

fn content_of(name: &str) -> Option<BlobRef> {
    let (sha256, bytes) = name.split_once('.')?;
    let content = BlobRef { sha256: sha256.to_owned(), bytes: bytes.parse().ok()? };
    content.is_well_formed().then_some(content)
}

/// What is of the future is young.
fn age(now: Timestamp, since: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(since)).unwrap_or_default()
}

/// What may pass while a collector is at it.
fn busy() -> Fault {
    let why = "content is being collected".to_owned();
    Fault::new(Code::Unreachable, [("callee", "the bucket".to_owned()), ("why", why)])
}
