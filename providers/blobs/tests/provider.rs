//! The provider as a process: started by arguments and as a host does it, called, stopped.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core_brand::fault::Code;
use core_brand::{Blame, BlobRef, Fault};
use imprint_provider::wire::types::CallContext;
use imprint_provider::wire::{answer, library, store};
use imprint_servers::{NatsServer, nats_server};
use std::io::Write;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use wrpc_transport_nats::Client;

const PROGRAM: &str = env!("CARGO_BIN_EXE_imprint-blobs-provider");

/// No step of these tests takes longer on a working machine.
const WAIT_MAX: Duration = Duration::from_secs(60);

/// A provider over a server of its own.
struct Lattice {
    process: Child,
    nats: async_nats::Client,
    calls: Client,
    folder: TempDir,
    _server: NatsServer,
}

impl Lattice {
    async fn start() -> Option<Self> {
        Self::start_by(|url, index| {
            let config = format!("fonts={index}");
            let mut command = Command::new(PROGRAM);
            command.args(["--nats", url, "--lattice", "test", "--id", "imprint-blobs", "--config", &config]);
            command.stdin(Stdio::null()).spawn().expect("starts")
        })
        .await
    }

    /// With an empty environment and a line on standard input.
    async fn start_as_a_host_does() -> Option<Self> {
        Self::start_by(|url, index| {
            let data = format!(
                r#"{{"host_id":"NHOST","lattice_rpc_prefix":"test","lattice_rpc_url":"{url}","env_values":[],
                "provider_key":"imprint-blobs","link_definitions":[],"config":{{"fonts":"{index}"}},
                "lattice_rpc_user_jwt":"","lattice_rpc_user_seed":"","structured_logging":true,"log_level":"info"}}"#
            );
            let mut process =
                Command::new(PROGRAM).env_clear().stdin(Stdio::piped()).spawn().expect("starts");
            let mut line = process.stdin.take().expect("is piped");
            line.write_all(format!("{}\r\n", STANDARD.encode(data)).as_bytes()).expect("writes");
            process
        })
        .await
    }

    async fn start_by(spawn: impl FnOnce(&str, &str) -> Child) -> Option<Self> {
        let server = nats_server()?;
        let folder = tempfile::tempdir().expect("a folder");
        let nats = async_nats::connect(server.url()).await.expect("connects");
        let process = spawn(&server.url(), &font_index(&folder));
        let calls = Client::new(nats.clone(), "test.imprint-blobs", None).await.expect("subscribes");
        let lattice = Self { process, nats, calls, folder, _server: server };
        lattice.wait_until_it_answers().await;
        Some(lattice)
    }

    async fn wait_until_it_answers(&self) {
        let begun = Instant::now();
        while self.put("up", vec![]).await.is_err() {
            assert!(begun.elapsed() < WAIT_MAX, "the provider does not come up");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        let (ctx, bytes) = (context(key), bytes.into());
        answer("it", WAIT_MAX, store::put(&self.calls, None, &ctx, &bytes)).await.map(Into::into)
    }

    async fn get(&self, key: &str, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        let (ctx, content) = (context(key), content.clone().into());
        answer("it", WAIT_MAX, store::get(&self.calls, None, &ctx, &content)).await.map(Into::into)
    }

    async fn find(&self, family: &str) -> Result<BlobRef, Fault> {
        let key = library::FontKey { family: family.to_owned(), weight: 400, italic: false };
        answer("it", WAIT_MAX, library::find(&self.calls, None, &context("b1/x"), &key)).await.map(Into::into)
    }

    /// How the process ends, waited for with a bound.
    fn end(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().expect("is ours") {
                return status;
            }
            assert!(begun.elapsed() < WAIT_MAX, "the provider does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Lattice {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn font_index(folder: &TempDir) -> String {
    let font = folder.path().join("toy.ttf");
    std::fs::write(&font, b"a font").expect("writes");
    let content = BlobRef::of(b"a font");
    let index = folder.path().join("fonts.json");
    let line = format!(
        r#"[{{"family":"Toy","weight":400,"italic":false,"path":"{}","sha256":"{}","bytes":{}}}]"#,
        font.display(),
        content.sha256,
        content.bytes
    );
    std::fs::write(&index, line).expect("writes");
    index.display().to_string()
}

fn context(key: &str) -> CallContext {
    CallContext {
        tenant: "acme".to_owned(),
        traceparent: String::new(),
        now_ms: 0,
        deadline_ms: 0,
        attempt: 1,
        idempotency_key: key.to_owned(),
        locale: "en".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn content_travels_there_and_back() {
    let Some(lattice) = Lattice::start().await else { return };
    for bytes in [vec![], vec![1], vec![2; 300_000], vec![3; 5_000_000]] {
        let content = lattice.put("b1/one", bytes.clone()).await.unwrap();
        assert_eq!(content, BlobRef::of(&bytes));
        assert_eq!(lattice.get("b1/two", &content).await.unwrap(), bytes);
        let why = lattice.get("b2/one", &content).await.unwrap_err();
        assert!(why.is(Code::BlobMissing) && why.blame == Blame::Internal, "{why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn content_lies_in_the_folder_that_is_named() {
    let started = Lattice::start_by(|url, index| {
        let root = format!("folder={index}.blobs");
        let mut command = Command::new(PROGRAM);
        command.args([
            "--nats",
            url,
            "--lattice",
            "test",
            "--id",
            "imprint-blobs",
            "--config",
            "backend=folder",
        ]);
        command.args(["--config", &root]).stdin(Stdio::null()).spawn().expect("starts")
    });
    let Some(lattice) = started.await else { return };
    let content = lattice.put("b1/one", b"on the disk".to_vec()).await.unwrap();
    let place = format!("fonts.json.blobs/acme/b1/{}/{}", &content.sha256[..2], content.sha256);
    assert_eq!(std::fs::read(lattice.folder.path().join(place)).unwrap(), b"on the disk");
    assert_eq!(lattice.get("b1/two", &content).await.unwrap(), b"on the disk");
}

/// A provider that cannot keep content where it is told does not come up, and says why; a secret is never repeated.
#[test]
fn a_backend_that_cannot_be_used_is_said() {
    let Some(server) = nats_server() else { return };
    let cases: [(&[&str], &str); 3] = [
        (&["backend=tape"], "`tape` is none of nats, folder, s3"),
        (&["backend=folder"], "A usable `folder` is missing"),
        (&["backend=s3", "s3.secret_key=hush-hush"], "A usable `"),
    ];
    for (settings, want) in cases {
        let settings = settings.iter().flat_map(|setting| ["--config", setting]);
        let ended = Command::new(PROGRAM).args(["--nats", &server.url()]).args(settings).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!ended.status.success() && said.contains(want) && !said.contains("hush"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_come_back_as_what_they_are() {
    let Some(lattice) = Lattice::start().await else { return };
    let large = vec![0; core_brand::content::BLOB_BYTES_MAX as usize + 1];
    let why = lattice.put("b1/x", large).await.unwrap_err();
    assert!(why.is(Code::BlobTooLarge) && why.blame == Blame::Rejected, "{why}");
    let why = lattice.put("b.1/x", vec![1]).await.unwrap_err();
    assert!(why.is(Code::Broken), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn fonts_are_found_and_read() {
    let Some(lattice) = Lattice::start().await else { return };
    let content = lattice.find("Toy").await.unwrap();
    assert_eq!(lattice.get("any/x", &content).await.unwrap(), b"a font");
    assert!(lattice.find("Toys").await.unwrap_err().is(Code::FontMissing));
    std::fs::write(lattice.folder.path().join("toy.ttf"), b"another").unwrap();
    assert!(lattice.get("any/x", &content).await.unwrap_err().is(Code::FontMalformed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_starts_asks_and_stops_it() {
    let Some(mut lattice) = Lattice::start_as_a_host_does().await else { return };
    let health = lattice.nats.request("wasmbus.rpc.test.imprint-blobs.health", "".into()).await.unwrap();
    assert_eq!(health.payload, r#"{"healthy":true}"#);
    let stop = "wasmbus.rpc.test.imprint-blobs.default.shutdown";
    let other = lattice.nats.request(stop, r#"{"host_id":"NOTHER"}"#.into());
    assert!(tokio::time::timeout(Duration::from_millis(300), other).await.is_err(), "that was for another");
    lattice.nats.request(stop, r#"{"host_id":"NHOST"}"#.into()).await.expect("answers when it has stopped");
    assert!(lattice.end().success());
    let why = lattice.put("b1/x", vec![1]).await.unwrap_err();
    assert!(why.is(Code::Unreachable) && why.blame == Blame::Busy, "{why}");
}

/// Calls in hand are answered with what was asked; those that come too late hear so at once and can go elsewhere. The
/// client ends a drained subscription without waiting for the server, so a call on its way just then may be left without
/// an answer; its caller waits with a bound and tries again.
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_under_load_answers_the_calls_in_hand() {
    let Some(lattice) = Lattice::start_as_a_host_does().await else { return };
    let lattice = Arc::new(lattice);
    let puts = (0..40_u8).map(|number| {
        let lattice = Arc::clone(&lattice);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(5) * u32::from(number)).await;
            lattice.put("b1/x", vec![number; 1_000_000]).await
        })
    });
    let puts: Vec<_> = puts.collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let stop = "wasmbus.rpc.test.imprint-blobs.default.shutdown";
    lattice.nats.request(stop, r#"{"host_id":"NHOST"}"#.into()).await.expect("answers when it has stopped");
    let (mut kept, mut unanswered) = (0, 0);
    for put in puts {
        match put.await.unwrap() {
            Ok(_) => kept += 1,
            Err(why) if why.message.contains("not connected") => {}
            Err(why) => {
                eprintln!("{why}");
                unanswered += 1;
            }
        }
    }
    assert!(unanswered <= 6, "{unanswered} were left without an answer");
    assert!((1..40).contains(&kept), "{kept} were kept");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_system_stops_it() {
    let Some(mut lattice) = Lattice::start().await else { return };
    let id = lattice.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert!(lattice.end().success());
}

/// A host that is killed takes its providers along: here a shell is the host, and it ends once the provider is up.
#[cfg(unix)]
#[test]
fn the_end_of_its_parent_stops_it() {
    let Some(server) = nats_server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let script = r#""$1" --nats "$2" --id imprint-blobs >/dev/null 2>"$3" & while ! grep -q up "$3"; do sleep 0.1; done"#;
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh", PROGRAM, &server.url()]).arg(&log);
    assert!(shell.status().unwrap().success());
    let begun = Instant::now();
    while !std::fs::read_to_string(&log).unwrap().contains(r#""message":"stopped""#) {
        assert!(begun.elapsed() < WAIT_MAX, "the provider stayed behind");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let wrong = Command::new(PROGRAM).args(["--nats"]).output().unwrap();
    assert!(!wrong.status.success());
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(said.contains("`--nats` has no value"), "{said}");
}
