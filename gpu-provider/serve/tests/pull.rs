//! Models pulled from a server of this machine: whole, in pieces, broken off and taken up again, and not what they say.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;

use core_brand::fault::Code;
use imprint_painter_serve::home::{self, LIST};
use imprint_painter_serve::pull::pull;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A hub: the files of a folder, by ranges. Can break off every answer after so many bytes, and knows what was asked.
struct Hub {
    files: PathBuf,
    /// Answers that are still given; after them the connection is closed.
    answers: AtomicUsize,
    asked: Mutex<Vec<String>>,
}

impl Hub {
    async fn open(files: PathBuf) -> (Arc<Self>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let hub = Arc::new(Self { files, answers: AtomicUsize::new(usize::MAX), asked: Mutex::default() });
        let serving = Arc::clone(&hub);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&serving).answer(stream));
            }
        });
        (hub, address)
    }

    async fn answer(self: Arc<Self>, mut stream: TcpStream) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let head = String::from_utf8(head).unwrap();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        let range = head.lines().find_map(|line| line.strip_prefix("range: bytes="));
        self.asked.lock().unwrap().push(format!("{path} {}", range.unwrap_or_default()));
        if self.answers.fetch_sub(1, Ordering::SeqCst) == 0 {
            self.answers.store(0, Ordering::SeqCst);
            return;
        }
        // A hub sends on to where its files lie.
        if let Some(rest) = path.strip_prefix("/moved/") {
            let to = format!("http://{}/{rest}", stream.local_addr().unwrap());
            let line = format!(
                "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            stream.write_all(line.as_bytes()).await.unwrap();
            return;
        }
        let Ok(bytes) = std::fs::read(self.files.join(path.trim_start_matches('/'))) else {
            let line = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(line.as_bytes()).await.unwrap();
            return;
        };
        let (status, part) = match range.and_then(|range| range.split_once('-')) {
            Some((from, to)) => {
                let to = to.parse::<usize>().unwrap().min(bytes.len() - 1);
                (206, &bytes[from.parse().unwrap()..=to])
            }
            None => (200, &bytes[..]),
        };
        let line =
            format!("HTTP/1.1 {status} OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", part.len());
        // Who has gone away does not mind.
        let _ = stream.write_all(&[line.as_bytes(), part].concat()).await;
    }
}

/// A hub with the tiny model, whose UNet is larger than a piece, and a folder for what is pulled.
async fn set() -> (TempDir, Arc<Hub>, String) {
    let folder = tempfile::tempdir().unwrap();
    let from = folder.path().join("tiny");
    support::tiny(&from);
    let list = home::add(&folder.path().join("theirs"), &from, "tiny@1", 64).unwrap();
    let hub = folder.path().join("hub/tiny/resolve/1");
    std::fs::create_dir_all(hub.parent().unwrap()).unwrap();
    std::fs::rename(folder.path().join("theirs").join(&list.name), &hub).unwrap();
    let (hub, address) = Hub::open(folder.path().join("hub")).await;
    (folder, hub, address)
}

async fn pulled(root: &Path, base: &str) -> Result<home::List, core_brand::Fault> {
    pull(root, base, "tiny@1", &mut |_, _| {}).await
}

#[tokio::test]
async fn a_model_is_pulled_and_is_the_same() {
    let (folder, hub, base) = set().await;
    let root = folder.path().join("models");
    let mut last = (0, 0);
    let list = pull(&root, &base, "tiny@1", &mut |there, all| last = (there, all)).await.unwrap();
    assert_eq!(last, (list.bytes(), list.bytes()));
    let cards = home::cards(&root).unwrap();
    home::unchanged(&cards[0].name, &cards[0].home).unwrap();
    assert_eq!(cards[0].name, "tiny@1");
    // Sent on, as hubs do; and twice is once.
    assert_eq!(pulled(&root, &format!("{base}/moved")).await.unwrap(), list);
    assert!(hub.asked.lock().unwrap().iter().any(|line| line.starts_with("/moved/")));
}

#[tokio::test]
async fn a_broken_pull_goes_on_where_it_was() {
    let (folder, hub, base) = set().await;
    let root = folder.path().join("models");
    let list = std::fs::read_to_string(hub.files.join("tiny/resolve/1").join(LIST)).unwrap();
    let files = home::List::read(&list).unwrap().files;
    // So many answers, and then the line is dead.
    hub.answers.store(files.len() - 2, Ordering::SeqCst);
    let why = pulled(&root, &base).await.unwrap_err();
    assert!(why.is(Code::PaintPull), "{why}");
    assert!(home::models(&root).unwrap().is_empty(), "half a model is there");
    let partial = root.join("tiny@1.partial");
    let is_there = |file: &&home::Entry| {
        std::fs::metadata(partial.join(&file.path)).is_ok_and(|found| found.len() == file.bytes)
    };
    let missing: Vec<&str> =
        files.iter().filter(|file| !is_there(file)).map(|file| file.path.as_str()).collect();
    assert!((1..files.len()).contains(&missing.len()), "{missing:?} are missing");
    hub.answers.store(usize::MAX, Ordering::SeqCst);
    hub.asked.lock().unwrap().clear();
    pulled(&root, &base).await.unwrap();
    let asked = hub.asked.lock().unwrap().clone();
    let is_needed = |line: &String| line.contains(LIST) || missing.iter().any(|path| line.contains(path));
    assert!(asked.iter().all(is_needed), "{missing:?} were missing, and {asked:?} was asked for");
    // A file of which a part is there is asked for from behind it.
    let half = folder.path().join("more/tiny@1.partial/unet");
    std::fs::create_dir_all(&half).unwrap();
    let name = "unet/diffusion_pytorch_model.safetensors";
    let bytes = std::fs::read(root.join("tiny@1").join(name)).unwrap();
    std::fs::write(half.join("diffusion_pytorch_model.safetensors"), &bytes[..100_000]).unwrap();
    std::fs::write(half.join("diffusion_pytorch_model.fp16.safetensors"), b"of another list").unwrap();
    hub.asked.lock().unwrap().clear();
    pulled(&folder.path().join("more"), &base).await.unwrap();
    let asked = hub.asked.lock().unwrap().clone();
    let unet: Vec<&String> = asked.iter().filter(|line| line.contains("unet/diffusion")).collect();
    assert!(unet[0].contains(" 100000-"), "{unet:?}");
    let unet = folder.path().join("more/tiny@1/unet");
    assert!(
        !unet.join("diffusion_pytorch_model.fp16.safetensors").exists(),
        "a file that nobody listed is part of the model"
    );
}

#[tokio::test]
async fn what_is_not_what_it_says_is_not_taken() {
    let (folder, hub, base) = set().await;
    let root = folder.path().join("models");
    let home = hub.files.join("tiny/resolve/1");
    let list = std::fs::read_to_string(home.join(LIST)).unwrap();
    let first = home::List::read(&list).unwrap().files[0].clone();
    let cases: [(&str, String); 6] = [
        ("no file of a model", list.replace(&first.path, "../../secret.json")),
        ("no file of a model", list.replace(&first.path, "/etc/secret.json")),
        ("expected", "{".to_owned()),
        ("list of `tiny@2`", list.replace("tiny@1", "tiny@2")),
        ("its format is 2", list.replace("\"format\": 1", "\"format\": 2")),
        ("and the list says", list.replace(&first.sha256, &"0".repeat(64))),
    ];
    for (wanted, text) in cases {
        std::fs::write(home.join(LIST), text).unwrap();
        let why = pulled(&root, &base).await.unwrap_err();
        assert!(why.is(Code::PaintPull) || why.is(Code::PaintName), "{wanted}: {why}");
        assert!(why.message.contains(wanted) || wanted == "expected", "{wanted}: {why}");
        assert!(home::models(&root).unwrap().is_empty(), "{wanted}: it was added");
    }
    let why = pull(&root, &base, "../up@1", &mut |_, _| {}).await.unwrap_err();
    assert!(why.is(Code::PaintName), "{why}");
    let why = pull(&root, &base, "none@1", &mut |_, _| {}).await.unwrap_err();
    assert!(why.message.contains("404"), "{why}");
}
