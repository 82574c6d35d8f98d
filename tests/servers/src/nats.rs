//! A nats-server of its own for a test: own port, own folder, ended with the test, and killed in it if the test wants.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A server that takes longer to listen is broken.
const START: Duration = Duration::from_secs(20);

/// Its configuration, beside what it stores.
const CONFIG: &str = "nats.conf";

/// A running server with JetStream.
pub struct NatsServer {
    program: PathBuf,
    child: Child,
    port: u16,
    folder: TempDir,
}

impl NatsServer {
    /// Starts this program on a free port, with this in its configuration.
    pub(crate) fn start(program: PathBuf, config: &str) -> Self {
        let port = imprint_ports::one().expect("a port is free");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(CONFIG), config).expect("a file");
        let child = spawn(&program, port, folder.path());
        let mut server = Self { program, child, port, folder };
        server.wait();
        server
    }

    #[must_use]
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Where it stores everything.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Ends it without a warning.
    pub fn kill(&mut self) {
        // On Unix this is SIGKILL. That it has ended already is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again over what it has stored.
    pub fn restart(&mut self) {
        self.kill();
        self.child = spawn(&self.program, self.port, self.folder.path());
        self.wait();
    }

    fn wait(&mut self) {
        let end = Instant::now() + START;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let is_running = self.child.try_wait().is_ok_and(|ended| ended.is_none());
            assert!(is_running, "nats-server ended; does another listen on port {}?", self.port);
            assert!(Instant::now() < end, "nats-server does not listen on port {}", self.port);
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn spawn(program: &Path, port: u16, folder: &Path) -> Child {
    Command::new(program)
        .args(["--addr", "127.0.0.1", "--jetstream", "--port", &port.to_string(), "--store_dir"])
        .args([folder, Path::new("--config"), &folder.join(CONFIG)])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|why| panic!("cannot start {}: {why}", program.display()))
}
