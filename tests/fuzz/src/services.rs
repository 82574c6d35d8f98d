//! What services of others answer: a language model, a bucket, a provider of SMS, Prometheus.
//!
//! They are asked over a connection of this machine, by the same clients as anywhere.

use crate::answer::{Answer, failed, inner, no_text, parted, said, same, taken, utf8};
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use core_notify::{Attempt, Channel};
use imprint_blobs::{Blobs, S3Blobs};
use imprint_courier::{Carrier, Letter, Outcome, Parcel, Post, Settings, To, Told};
use imprint_polish::Polisher;
use imprint_rollout::executor::{Sample, one_number, samples};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::future::Future;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

/// What a language model is asked to say better.
const TEXTS: [&str; 2] = ["The sign is drawn on a grid of 24 units.", "Blue, because it is calm."];
const LANGUAGE: &str = "en";
/// The content that a bucket is asked for, and where it lies.
const CONTENT: &[u8] = b"content";
const SPACE: &str = "acme/br_1";
/// A list without a key, and the time of a bucket.
const END: &str = r#"<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></ListBucketResult>"#;
const DATE: &str = "Sat, 21 Nov 2026 00:00:00 GMT";
/// A secret that no answer of ours may say.
pub(crate) const SECRET: &str = "hush-hush-secret";
/// Longer is no answer that stands in a line of a log.
const TOLD_BYTES_MAX: usize = 80;

/// An answer that is not read at once, because it is asked for again.
const PASSING: &[u16] = &[408, 429];

/// An answer as it is sent.
#[derive(Clone)]
struct Said {
    status: u16,
    /// With its line break.
    header: String,
    body: Vec<u8>,
}

/// A server that says what it is told to, once; after that it says that this was all.
pub(crate) struct Server {
    runtime: Runtime,
    pub(crate) url: String,
    next: Arc<Mutex<Option<Said>>>,
    /// Held by who asks.
    asking: Mutex<()>,
}

pub(crate) static SERVER: LazyLock<Result<Server, String>> =
    LazyLock::new(|| Server::new().map_err(|why| why.to_string()));

impl Server {
    fn new() -> std::io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let url = format!("http://{}", listener.local_addr()?);
        let next: Arc<Mutex<Option<Said>>> = Arc::default();
        let told = Arc::clone(&next);
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let said = told.lock().unwrap_or_else(PoisonError::into_inner).take();
                // Who does not listen to the end has what it wants.
                let _ = answer(stream, said.unwrap_or_else(Said::end)).await;
            }
        });
        Ok(Self { runtime, url, next, asking: Mutex::default() })
    }

    /// Asks while the server has this to say.
    fn ask<T>(&self, said: Option<&Said>, asked: impl Future<Output = T>) -> T {
        let _alone: MutexGuard<'_, ()> = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = said.cloned();
        self.runtime.block_on(asked)
    }

    /// Asks a server that has nothing more to say.
    pub(crate) fn idle<T>(&self, asked: impl Future<Output = T>) -> T {
        self.ask(None, asked)
    }
}

impl Said {
    fn end() -> Self {
        Self { status: 200, header: format!("date: {DATE}\r\n"), body: END.as_bytes().to_vec() }
    }

    /// A line such as `200 word`; the word becomes the value of this header. What cannot stand in a head was never sent.
    fn read(line: &str, name: &str, body: &[u8]) -> Option<Self> {
        let (status, value) = line.split_once(' ').unwrap_or((line, ""));
        let status = status.parse().ok().filter(|status| (200..600).contains(status))?;
        let is_plain = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let header = if value.is_empty() { String::new() } else { format!("{name}: {value}\r\n") };
        is_plain.then(|| Self { status, header, body: body.to_vec() })
    }
}

/// Reads a request, says what there is to say, and closes.
async fn answer(mut stream: TcpStream, said: Said) -> std::io::Result<()> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut part).await?;
        bytes.extend_from_slice(&part[..count]);
        if count == 0 || is_whole(&bytes) {
            break;
        }
    }
    let Said { status, header, body } = said;
    let head =
        format!("HTTP/1.1 {status} -\r\n{header}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all(&[head.as_bytes(), &body].concat()).await?;
    stream.shutdown().await
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn server() -> Result<&'static Server, String> {
    SERVER.as_ref().map_err(Clone::clone)
}

fn config<const N: usize>(words: [(&str, &str); N]) -> BTreeMap<String, String> {
    words.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

/// A service is at fault in these ways only.
fn unfit(fault: &Fault, codes: &[Code]) -> Answer {
    if !codes.iter().any(|code| fault.is(*code)) {
        return Err(format!("`{}` is said of a service: {}", fault.code, fault.message));
    }
    failed(fault).map(drop)?;
    Ok(Err(fault.message.chars().filter(|letter| letter.is_ascii_alphabetic()).take(90).collect()))
}

static POLISHER: LazyLock<Result<Polisher, String>> = LazyLock::new(|| {
    let url = format!("{}/v1", server()?.url);
    let settings = config([("url", url.as_str()), ("model", "tiny")]);
    Polisher::new(imprint_polish::Settings::read(&settings).map_err(inner)?).map_err(inner)
});

/// The first line is the status; `said` behind it makes the rest what the model said, in an answer that holds.
pub(crate) fn polish(bytes: &[u8]) -> Answer {
    let Some((line, body)) = parted(bytes) else { return no_text() };
    let (status, is_said) = line.strip_suffix(" said").map_or((line, false), |status| (status, true));
    let body = if is_said { completion(&String::from_utf8_lossy(body)) } else { body.to_vec() };
    let Some(said) = Said::read(status, "server", &body) else { return no_text() };
    let texts = TEXTS.map(str::to_owned);
    let polisher = POLISHER.as_ref().map_err(Clone::clone)?;
    let rephrase = |said: &Said| server().map(|one| one.ask(Some(said), polisher.rephrase(LANGUAGE, &texts)));
    match rephrase(&said)? {
        Err(fault) => unfit(&fault, &[Code::PolishMalformed, Code::Unreachable]),
        Ok(found) => {
            same("how many", &texts.len(), &found.len())?;
            let again = json!({ "sentences": found }).to_string();
            let again = Said { status: 200, header: String::new(), body: completion(&again) };
            same("what was said", &Ok(found), &rephrase(&again)?.map_err(inner))?;
            taken("sentences")
        }
    }
}

/// An answer of a model that says this.
fn completion(said: &str) -> Vec<u8> {
    json!({ "choices": [{ "message": { "role": "assistant", "content": said } }] }).to_string().into_bytes()
}

static BUCKET: LazyLock<Result<S3Blobs, String>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
    let file = folder.path().join("secret");
    std::fs::write(&file, SECRET).map_err(|why| why.to_string())?;
    let server = server()?;
    let file = file.to_string_lossy();
    let settings = config([
        ("s3.endpoint", &server.url),
        ("s3.bucket", "imprint"),
        ("s3.access_key", "me"),
        ("s3.secret_file", &file),
    ]);
    server.idle(S3Blobs::open(&settings)).map_err(inner)
});

/// The first line is what is asked, the status and the time: `list 200 Sat, 21 Nov 2026 00:00:00 GMT`.
pub(crate) fn bucket(bytes: &[u8]) -> Answer {
    let asked = parted(bytes).and_then(|(line, body)| Some((line.split_once(' ')?, body)));
    let Some(((door, line), body)) = asked else { return no_text() };
    let Some(said) = Said::read(line, "date", body) else { return no_text() };
    if said.status >= 500 || PASSING.contains(&said.status) {
        return Ok(Err("it is asked again".to_owned()));
    }
    let (server, bucket) = (server()?, BUCKET.as_ref().map_err(Clone::clone)?);
    let content = BlobRef::of(CONTENT);
    let found = match door {
        "list" => return listed(server, bucket, &said),
        "get" => server.ask(Some(&said), bucket.get(SPACE, &content)).map(|found| found == CONTENT),
        "exists" => server.ask(Some(&said), bucket.exists(SPACE, &content)),
        "delete" => server.ask(Some(&said), bucket.delete(SPACE, &content)).map(|()| true),
        _ => return no_text(),
    };
    match found {
        Err(fault) => unfit(&fault, &[Code::Storage, Code::BlobMissing]),
        Ok(false) if door == "get" => Err("other content".to_owned()),
        Ok(is_there) => taken(format!("{door} {is_there}")),
    }
}

/// What is listed is content, in order; a list of the same content gives the same.
fn listed(server: &Server, bucket: &S3Blobs, said: &Said) -> Answer {
    let found = match server.ask(Some(said), bucket.list(SPACE)) {
        Ok(found) => found,
        Err(fault) => return unfit(&fault, &[Code::Storage]),
    };
    if !found.iter().all(BlobRef::is_well_formed) || !found.is_sorted() {
        return Err(format!("{found:?}"));
    }
    let key = |content: &BlobRef| {
        format!(
            "<Contents><Key>{SPACE}/{}.{}</Key><LastModified>2026-11-21T00:00:00Z</LastModified></Contents>",
            content.sha256, content.bytes
        )
    };
    let keys: String = found.iter().map(key).collect();
    let list = END.replacen("></", &format!(">{keys}</"), 1);
    let again = server.ask(Some(&Said { body: list.into_bytes(), ..Said::end() }), bucket.list(SPACE));
    same("a list", &found, &again.map_err(inner)?)?;
    taken(found.len().min(3))
}

static POST: LazyLock<Result<Post, String>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
    let file = folder.path().join("token");
    std::fs::write(&file, SECRET).map_err(|why| why.to_string())?;
    let (url, file) = (&server()?.url, file.to_string_lossy());
    let settings = config([
        ("sms_url", url.as_str()),
        ("sms_account", "AC1"),
        ("sms_token_file", &file),
        ("sms_from", "+15005550006"),
    ]);
    Settings(&settings).post().map_err(inner)
});

/// The first line is the status and the header `Retry-After`.
pub(crate) fn sms(bytes: &[u8]) -> Answer {
    let Some((line, body)) = parted(bytes) else { return no_text() };
    let Some(said) = Said::read(line, "retry-after", body) else { return no_text() };
    let post = POST.as_ref().map_err(Clone::clone)?;
    let number = "+491701234567".to_owned();
    let letter = Letter { text: "Your brand is ready.".to_owned(), ..Letter::default() };
    let to = To::Sms { number: number.clone(), report: None };
    let parcel = Parcel { id: "m1".to_owned(), channel: Channel::Sms, at_ms: 0, letter, to };
    let told = server()?.ask(Some(&said), post.carry(parcel));
    is_clear(&told, &number)?;
    let is_good = (200..300).contains(&said.status);
    match told.outcome {
        Outcome::Sent if is_good => taken("sent"),
        // An answer without end is none.
        Outcome::Tried(Attempt::Silent) => Ok(Err("silent".to_owned())),
        Outcome::Tried(Attempt::Answered { status, retry_after_s }) if !is_good => {
            same("the status", &said.status, &status)?;
            Ok(Err(format!("again {}", retry_after_s.is_some())))
        }
        Outcome::Bounced | Outcome::Failed if !is_good => Ok(Err(format!("{:?}", told.outcome))),
        outcome => Err(format!("{outcome:?} of {}", said.status)),
    }
}

/// What is told of an attempt stands in a log: a line, and nobody's number or secret.
fn is_clear(told: &Told, number: &str) -> Result<(), String> {
    said(&told.answer)?;
    if told.answer.len() > TOLD_BYTES_MAX || told.answer.contains(number) || told.answer.contains(SECRET) {
        return Err(format!("{:?} is told", told.answer));
    }
    Ok(())
}

/// One number, or nothing that counts.
pub(crate) fn prometheus(bytes: &[u8]) -> Answer {
    let answer: Value = match serde_json::from_slice(bytes) {
        Ok(answer) => answer,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    let Some(number) = one_number(&answer) else {
        let kind = answer["data"]["resultType"].as_str().unwrap_or("nothing");
        return Ok(Err(format!("no number of {}", kind.chars().take(10).collect::<String>())));
    };
    if !number.is_finite() {
        return Err(format!("{number} counts"));
    }
    let again = json!({ "data": { "resultType": "scalar", "result": [1, number.to_string()] } });
    same("a number", &Some(number), &one_number(&again))?;
    taken(answer["data"]["resultType"].as_str().unwrap_or_default())
}

/// The text that a process counts in. Answers always: what cannot be read is left out.
pub(crate) fn meters(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    let found = samples(text);
    if found.len() > text.lines().count() {
        return Err(format!("{} numbers in {} lines", found.len(), text.lines().count()));
    }
    for sample in found.iter().filter(|sample| is_usual(sample)) {
        let again = samples(&line(sample)?);
        let shown = |samples: &[Sample]| format!("{samples:?}");
        same("a number", &shown(std::slice::from_ref(sample)), &shown(&again))?;
    }
    let labels = found.iter().map(|sample| sample.labels.len()).max().unwrap_or_default();
    if found.is_empty() {
        Ok(Err("nothing".to_owned()))
    } else {
        taken(format!("{} {}", found.len().min(3), labels.min(3)))
    }
}

/// Whether names are such as a process gives: others are read, and mean nothing to anybody.
fn is_usual(sample: &Sample) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'))
    };
    is_name(&sample.name) && sample.labels.keys().all(|name| is_name(name))
}

/// The sample as a process writes it.
fn line(sample: &Sample) -> Result<String, String> {
    let mut line = format!("{}{{", sample.name);
    for (name, value) in &sample.labels {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        write!(line, "{name}=\"{value}\",").map_err(|why| why.to_string())?;
    }
    write!(line, "}} {}", sample.value).map_err(|why| why.to_string())?;
    Ok(line)
}
