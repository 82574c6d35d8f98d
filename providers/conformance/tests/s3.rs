//! The blob store in a bucket, against a server that checks every signature.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use imprint_blobs::{Blobs, Collect, GRACE, S3Blobs};
use imprint_conformance::blobs;
use s3s::HttpResponse;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};

const BUCKET: &str = "imprint";
const SECRET: &str = "a secret of the tests";

/// A server over a folder of its own, which can be told to be busy.
struct Server {
    port: u16,
    folder: TempDir,
    /// So many requests are answered by 503.
    busy: Arc<AtomicUsize>,
    asked: Arc<AtomicUsize>,
}

impl Server {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut service = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
        service.set_auth(SimpleAuth::from_single("imprint", SECRET));
        let server = Self { port, folder, busy: Arc::default(), asked: Arc::default() };
        let (service, busy, asked) = (service.build(), server.busy.clone(), server.asked.clone());
        // Ends with the runtime of the test.
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, service.clone(), busy.clone(), asked.clone()));
            }
        });
        server
    }

    async fn open(&self, more: &[(&str, &str)]) -> Result<S3Blobs, Fault> {
        let secret = self.folder.path().join("secret");
        std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
        let endpoint = format!("http://127.0.0.1:{}", self.port);
        let secret = secret.display().to_string();
        let usual = [
            ("s3.endpoint", endpoint.as_str()),
            ("s3.bucket", BUCKET),
            ("s3.access_key", "imprint"),
            ("s3.secret_file", &secret),
        ];
        let config = usual.iter().chain(more).map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        S3Blobs::open(&config.collect::<BTreeMap<_, _>>()).await
    }

    /// Where a key lies.
    fn path(&self, key: &str) -> PathBuf {
        self.folder.path().join(BUCKET).join(key)
    }

    fn path_of(&self, space: &str, content: &BlobRef) -> PathBuf {
        self.path(&format!("{space}/{}.{}", content.sha256, content.bytes))
    }
}

async fn serve(connection: TcpStream, service: S3Service, busy: Arc<AtomicUsize>, asked: Arc<AtomicUsize>) {
    let answer = service_fn(move |request| {
        asked.fetch_add(1, Ordering::SeqCst);
        let is_busy =
            busy.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        let service = service.clone();
        async move {
            match is_busy {
                true => {
                    let mut response = HttpResponse::new(s3s::Body::empty());
                    *response.status_mut() = hyper::StatusCode::SERVICE_UNAVAILABLE;
                    Ok(response)
                }
                false => Service::call(&service, request).await,
            }
        }
    });
    // The end of a connection is no matter.
    let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(connection), answer).await;
}

/// Long ago, for the clock of the server.
fn make_old(path: &PathBuf) {
    let file = OpenOptions::new().write(true).open(path).unwrap();
    let long_ago = file.metadata().unwrap().modified().unwrap() - GRACE * 2;
    file.set_modified(long_ago).unwrap();
}

#[tokio::test]
async fn s3_blobs() {
    let server = Server::start().await;
    blobs::suite(&server.open(&[]).await.unwrap()).await;
}

#[tokio::test]
async fn s3_blobs_in_a_folder_of_a_bucket() {
    let server = Server::start().await;
    let (one, other) =
        (server.open(&[("s3.folder", "one")]).await, server.open(&[("s3.folder", "other")]).await);
    let (one, other) = (one.unwrap(), other.unwrap());
    let content = one.put("acme/b1", b"mine".to_vec()).await.unwrap();
    assert!(server.path_of("one/acme/b1", &content).exists());
    assert!(!other.exists("acme/b1", &content).await.unwrap());
    assert_eq!(other.clear("acme/b1").await.unwrap(), 0);
    assert_eq!(one.get("acme/b1", &content).await.unwrap(), b"mine");
}

#[tokio::test]
async fn a_wrong_secret_a_wrong_name_and_a_wrong_bucket_are_told_at_the_start() {
    let server = Server::start().await;
    let wrong = server.folder.path().join("wrong");
    std::fs::write(&wrong, "another secret").unwrap();
    let cases = [
        ("s3.secret_file", wrong.display().to_string(), "SignatureDoesNotMatch"),
        ("s3.access_key", "somebody".to_owned(), "403"),
        ("s3.bucket", "nowhere".to_owned(), "NoSuchBucket"),
    ];
    for (key, value, want) in cases {
        let why = server.open(&[(key, &value)]).await.err().unwrap();
        assert!(why.is(Code::Storage), "{why}");
        assert!(why.message.contains(want), "{why}");
        assert!(!why.message.contains("another secret") && !why.message.contains("Signature="), "{why}");
    }
}

#[tokio::test]
async fn a_changed_object_is_not_given_out() {
    let server = Server::start().await;
    let blobs = server.open(&[]).await.unwrap();
    let content = blobs.put("acme/b1", b"right".to_vec()).await.unwrap();
    std::fs::write(server.path_of("acme/b1", &content), b"wrong").unwrap();
    assert!(blobs.get("acme/b1", &content).await.unwrap_err().is(Code::Storage));
    blobs.put("acme/b1", b"right".to_vec()).await.unwrap();
    assert_eq!(blobs.get("acme/b1", &content).await.unwrap(), b"right");
}

#[tokio::test]
async fn a_busy_bucket_is_asked_again_with_a_bound() {
    let server = Server::start().await;
    let blobs = server.open(&[]).await.unwrap();
    server.busy.store(3, Ordering::SeqCst);
    let content = blobs.put("acme/b1", b"patience".to_vec()).await.unwrap();
    assert_eq!(server.busy.load(Ordering::SeqCst), 0);
    server.busy.store(usize::MAX, Ordering::SeqCst);
    let before = server.asked.load(Ordering::SeqCst);
    let why = blobs.get("acme/b1", &content).await.unwrap_err();
    assert!(why.is(Code::Unreachable) && why.message.contains("503"), "{why}");
    assert_eq!(server.asked.load(Ordering::SeqCst) - before, 4);
    server.busy.store(0, Ordering::SeqCst);
    assert_eq!(blobs.get("acme/b1", &content).await.unwrap(), b"patience");
}

#[tokio::test]
async fn a_bucket_that_is_gone_is_unreachable() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = Server::start().await;
    let endpoint = format!("http://127.0.0.1:{port}");
    let why = server.open(&[("s3.endpoint", &endpoint)]).await.err().unwrap();
    assert!(why.is(Code::Unreachable), "{why}");
}

#[tokio::test]
async fn only_old_objects_are_collected_and_a_put_makes_them_young() {
    let server = Server::start().await;
    let blobs = server.open(&[]).await.unwrap();
    let [old, again, young] = [b"old", b"aga", b"you"].map(|value| value.to_vec());
    let old = blobs.put("acme/b1", old).await.unwrap();
    let twice = blobs.put("acme/b1", again.clone()).await.unwrap();
    make_old(&server.path_of("acme/b1", &old));
    make_old(&server.path_of("acme/b1", &twice));
    blobs.put("acme/b1", again).await.unwrap();
    blobs.put("acme/b1", young).await.unwrap();
    let what = Collect { referenced: &BTreeSet::new(), older_than: GRACE, is_dry: false };
    assert_eq!(blobs.collect("acme/b1", &what).await.unwrap(), [old]);
    assert_eq!(blobs.list("acme/b1").await.unwrap().len(), 2);
    let files = std::fs::read_dir(server.path("acme/b1")).unwrap().count();
    assert_eq!(files, 2, "no mark is left");
}

/// A collector is between its look and its removal: the put comes back when the mark is gone, and keeps its content.
#[tokio::test]
async fn a_put_waits_for_a_collector_and_outlasts_it() {
    let server = Server::start().await;
    let blobs = Arc::new(server.open(&[]).await.unwrap());
    let content = blobs.put("acme/b1", b"wanted".to_vec()).await.unwrap();
    let mark = server.path(&format!("acme/b1/{}-0123456789abcdef", content.sha256));
    std::fs::write(&mark, []).unwrap();
    let asked = server.asked.load(Ordering::SeqCst);
    let putting = tokio::spawn({
        let blobs = blobs.clone();
        async move { blobs.put("acme/b1", b"wanted".to_vec()).await }
    });
    // It has put and looked.
    while server.asked.load(Ordering::SeqCst) < asked + 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(!putting.is_finished());
    std::fs::remove_file(server.path_of("acme/b1", &content)).unwrap();
    std::fs::remove_file(&mark).unwrap();
    assert_eq!(putting.await.unwrap().unwrap(), content);
    assert_eq!(blobs.get("acme/b1", &content).await.unwrap(), b"wanted");
}

#[tokio::test]
async fn the_mark_of_a_dead_collector_is_void_and_removed() {
    let server = Server::start().await;
    let blobs = server.open(&[]).await.unwrap();
    let content = blobs.put("acme/b1", b"wanted".to_vec()).await.unwrap();
    let mark = server.path(&format!("acme/b1/{}-0123456789abcdef", content.sha256));
    std::fs::write(&mark, []).unwrap();
    let why = blobs.put("acme/b1", b"wanted".to_vec()).await.unwrap_err();
    assert!(why.is(Code::Unreachable), "{why}");
    make_old(&mark);
    blobs.put("acme/b1", b"wanted".to_vec()).await.unwrap();
    let referenced = BTreeSet::from([content.sha256]);
    let what = Collect { referenced: &referenced, older_than: Duration::ZERO, is_dry: false };
    assert_eq!(blobs.collect("acme/b1", &what).await.unwrap(), []);
    assert!(!mark.exists());
}
