//! Models fetched over HTTP, in the layout of model hubs: `<base>/<name>/resolve/<version>/<path>`.
//!
//! The list of the files, with their hashes, lies beside them as `imprint-model.json`; `imprint models add` writes one, and a
//! folder of models served as it is can be pulled from. Files come in pieces; what has arrived stays, and the next pull goes
//! on behind it.
//!
//! **Law.** Nothing is taken whose hash is not that of the list, and no piece is larger than its limit.

use crate::home::{Entry, LIST, LIST_BYTES_MAX, List, Partial, finish, hash, unread};
use crate::registry::check_name;
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_outbound::{Answer, Call, Method, Outbound};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

/// Bytes asked for at once: some seconds over a slow line.
const PIECE_BYTES: u64 = 8 << 20;
/// A piece that takes longer is asked for anew.
const PIECE_MAX: Duration = Duration::from_secs(120);
/// Tries of a piece, with a pause between them.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(200);
/// A hub sends on to where its files lie.
const REDIRECTS_MAX: usize = 3;

/// Fetches a model and adds it. `say` hears of the bytes that are there of all.
pub async fn pull(root: &Path, base: &str, name: &str, say: &mut dyn FnMut(u64, u64)) -> Result<List, Fault> {
    check_name(name).map_err(|_| {
        let args = [("field", "name".to_owned()), ("value", name.to_owned())];
        Fault::new(Code::PaintName, args)
    })?;
    let (own, version) = name.split_once('@').unwrap_or((name, ""));
    let hub = Hub {
        outbound: Outbound::new()?,
        base: format!("{}/{own}/resolve/{version}", base.trim_end_matches('/')),
    };
    let list = hub.list(name).await?;
    let partial = Partial::begin(root, name)?;
    let mut there = 0;
    for file in &list.files {
        hub.file(&partial.0, file, &mut |bytes| say(there + bytes, list.bytes())).await?;
        there += file.bytes;
    }
    finish(root, &partial, list)
}

struct Hub {
    outbound: Outbound,
    base: String,
}

impl Hub {
    fn address(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }

    async fn list(&self, name: &str) -> Result<List, Fault> {
        let url = self.address(LIST);
        let answer = self.asked(&url, None, LIST_BYTES_MAX).await?;
        let text = String::from_utf8(answer.body.into()).map_err(|why| failed(&url, &why))?;
        let list = List::read(&text).map_err(|why| failed(&url, &why))?;
        if list.name == name {
            Ok(list)
        } else {
            Err(failed(&url, &format!("it is the list of `{}`", list.name)))
        }
    }

    /// A file, from behind what is there of it.
    async fn file(&self, folder: &Path, file: &Entry, say: &mut dyn FnMut(u64)) -> Result<(), Fault> {
        let (path, url) = (folder.join(&file.path), self.address(&file.path));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|why| unread(folder, &why))?;
        }
        let mut there = fs::metadata(&path).map_or(0, |found| found.len());
        if there > file.bytes {
            // Of another list; it is begun anew.
            File::create(&path).map_err(|why| unread(&path, &why))?;
            there = 0;
        }
        let mut out =
            OpenOptions::new().create(true).append(true).open(&path).map_err(|why| unread(&path, &why))?;
        while there < file.bytes {
            let end = file.bytes.min(there + PIECE_BYTES);
            let piece = self.piece(&url, (there, end), file.bytes).await?;
            out.write_all(&piece).map_err(|why| unread(&path, &why))?;
            there = end;
            say(there);
        }
        out.sync_all().map_err(|why| unread(&path, &why))?;
        let (sha256, bytes) = hash(&path).map_err(|why| unread(&path, &why))?;
        if sha256 == file.sha256 && bytes == file.bytes {
            return Ok(());
        }
        // Going on behind it would never mend it.
        fs::remove_file(&path).map_err(|why| unread(&path, &why))?;
        Err(failed(&url, &format!("its hash is {sha256}, and the list says {}", file.sha256)))
    }

    /// These bytes of a file.
    async fn piece(&self, url: &str, (from, to): (u64, u64), all: u64) -> Result<Vec<u8>, Fault> {
        let most = (to - from) as usize;
        let answer = self.asked(url, Some((from, to)), most).await?;
        let is_part = answer.status.as_u16() == 206 || (from, to) == (0, all);
        if is_part && answer.body.len() == most {
            return Ok(answer.body.into());
        }
        let said =
            format!("{} with {} bytes for bytes {from} to {to}", answer.status.as_u16(), answer.body.len());
        Err(failed(url, &format!("the answer was {said}")))
    }

    /// One answer that is good, after some tries.
    async fn asked(&self, url: &str, range: Option<(u64, u64)>, most: usize) -> Result<Answer, Fault> {
        let mut why = String::new();
        for attempt in 0..TRIES {
            if attempt > 0 {
                tokio::time::sleep(PAUSE * attempt).await;
            }
            match self.once(url, range, most).await? {
                Ok(answer) if answer.status.is_success() => return Ok(answer),
                Ok(answer) if answer.status.is_server_error() => {
                    why = format!("the answer was {}", answer.status);
                }
                Ok(answer) => return Err(failed(url, &format!("the answer was {}", answer.status))),
                Err(silent) => why = silent,
            }
        }
        Err(failed(url, &why))
    }

    /// One try, sent on as far as a hub does.
    async fn once(
        &self,
        url: &str,
        range: Option<(u64, u64)>,
        most: usize,
    ) -> Result<Result<Answer, String>, Fault> {
        let mut url = url.to_owned();
        for _ in 0..=REDIRECTS_MAX {
            let range = range.map(|(from, to)| ("range", format!("bytes={from}-{}", to - 1)));
            let call = Call {
                method: Method::GET,
                url: url.clone(),
                headers: range.into_iter().collect(),
                body: Vec::new().into(),
            };
            let answer = match self.outbound.once(call, PIECE_MAX, most).await? {
                Ok(answer) => answer,
                Err(why) => return Ok(Err(why)),
            };
            let to = answer.headers.get("location").and_then(|to| to.to_str().ok());
            match to.filter(|_| answer.status.is_redirection()) {
                Some(to) if to.starts_with("https://") || to.starts_with("http://") => url = to.to_owned(),
                _ => return Ok(Ok(answer)),
            }
        }
        Ok(Err(format!("it was sent on more than {REDIRECTS_MAX} times")))
    }
}

fn failed(url: &str, why: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::PaintPull, [("url", url.to_owned()), ("why", why.to_string())])
}
