//! Answers those who look after the host: `/livez`, `/readyz`, `/metrics`, and nothing else.
//!
//! Written by hand, because it needs one line of HTTP/1.1 and no more: one request a connection.

use crate::meters::Site;
use anyhow::{Context as _, Result};
use async_nats_host::connection;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// A request without a body; a scraper sends some hundred bytes.
const HEAD_BYTES_MAX: usize = 8 << 10;
/// From the connection to the end of the answer. A scrape itself takes a quarter of a second.
const ANSWER_MAX: Duration = Duration::from_secs(5);
/// Connections at once; a few scrapers and a kubelet are enough.
const CONNECTIONS_MAX: usize = 16;
/// After an accept that failed, mostly for want of file handles.
const PAUSE: Duration = Duration::from_millis(100);

/// Whether the host takes work: not yet while it starts, no more while it drains. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct State(Arc<AtomicBool>);

impl State {
    pub(crate) fn takes_work(&self, takes: bool) {
        self.0.store(takes, Ordering::Release);
    }

    fn is_open(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

pub(crate) struct Listener(TcpListener);

/// What is asked for, once it is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Alive,
    Ready,
    Metrics,
    Unknown,
    /// Only reading is allowed.
    Forbidden,
    Nonsense,
}

struct Answer {
    status: &'static str,
    media: &'static str,
    body: String,
}

impl Listener {
    pub(crate) async fn bind(address: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind(address).await;
        listener.map(Self).with_context(|| format!("{address} cannot be used for --metrics"))
    }

    /// Answers until the process ends.
    pub(crate) async fn serve(self, site: Site, state: State) {
        let (site, places) = (Arc::new(site), Arc::new(Semaphore::new(CONNECTIONS_MAX)));
        loop {
            // The semaphore is never closed.
            let place = Arc::clone(&places).acquire_owned().await.ok();
            let Ok((stream, _)) = self.0.accept().await else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let (site, state) = (Arc::clone(&site), state.clone());
            tokio::spawn(async move {
                // Whoever is slow or goes away is not waited for.
                let _ = tokio::time::timeout(ANSWER_MAX, converse(stream, &site, &state)).await;
                drop(place);
            });
        }
    }
}

async fn converse(mut stream: TcpStream, site: &Site, state: &State) -> std::io::Result<()> {
    let head = head(&mut stream).await?;
    let (asked, has_body) = understood(&head);
    let Answer { status, media, body } = answer(asked, site, state).await;
    let length = body.len();
    let body = if has_body { body } else { String::new() };
    let text = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {media}\r\ncontent-length: {length}\r\ncache-control: no-store\r\n\
         allow: GET, HEAD\r\nconnection: close\r\n\r\n{body}"
    );
    stream.write_all(text.as_bytes()).await?;
    stream.shutdown().await
}

/// Reads up to the empty line.
async fn head(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let (mut head, mut part) = (Vec::new(), [0; 1024]);
    while !head.windows(4).any(|window| window == b"\r\n\r\n") && head.len() < HEAD_BYTES_MAX {
        match stream.read(&mut part).await? {
            0 => break,
            count => head.extend(&part[..count]),
        }
    }
    Ok(head)
}

/// What the first line asks for, and whether the answer has a body.
fn understood(head: &[u8]) -> (Asked, bool) {
    let text = String::from_utf8_lossy(head);
    let mut words = text.lines().next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        return (Asked::Nonsense, true);
    };
    if !version.starts_with("HTTP/1.") || !text.contains("\r\n\r\n") {
        return (Asked::Nonsense, true);
    }
    let asked = match (method, target.split('?').next().unwrap_or_default()) {
        ("GET" | "HEAD", "/livez") => Asked::Alive,
        ("GET" | "HEAD", "/readyz") => Asked::Ready,
        ("GET" | "HEAD", "/metrics") => Asked::Metrics,
        ("GET" | "HEAD", _) => Asked::Unknown,
        _ => Asked::Forbidden,
    };
    (asked, method != "HEAD")
}

async fn answer(asked: Asked, site: &Site, state: &State) -> Answer {
    let plain = |status, body: &str| Answer { status, media: "text/plain", body: format!("{body}\n") };
    match asked {
        Asked::Alive => plain("200 OK", "ok"),
        Asked::Ready if !state.is_open() => plain("503 Service Unavailable", "starting or draining"),
        Asked::Ready if site.nats.connection_state() != connection::State::Connected => {
            plain("503 Service Unavailable", "not connected to NATS")
        }
        Asked::Ready => plain("200 OK", "ok"),
        Asked::Metrics => {
            Answer { status: "200 OK", media: "text/plain; version=0.0.4", body: site.text().await }
        }
        Asked::Unknown => plain("404 Not Found", "there are /metrics, /livez and /readyz"),
        Asked::Forbidden => plain("405 Method Not Allowed", "only GET and HEAD"),
        Asked::Nonsense => plain("400 Bad Request", "this is no HTTP/1.1"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, understood};

    #[test]
    fn only_reading_of_three_places_is_understood() {
        let cases = [
            ("GET /metrics HTTP/1.1\r\nhost: a\r\n\r\n", (Asked::Metrics, true)),
            ("HEAD /readyz HTTP/1.1\r\n\r\n", (Asked::Ready, false)),
            ("GET /livez?a=b HTTP/1.0\r\n\r\n", (Asked::Alive, true)),
            ("GET / HTTP/1.1\r\n\r\n", (Asked::Unknown, true)),
            ("GET /metrics/../x HTTP/1.1\r\n\r\n", (Asked::Unknown, true)),
            ("POST /metrics HTTP/1.1\r\n\r\n", (Asked::Forbidden, true)),
            ("GET /metrics HTTP/1.1\r\n", (Asked::Nonsense, true)),
            ("GET /metrics HTTP/2\r\n\r\n", (Asked::Nonsense, true)),
            ("\x16\x03\x01", (Asked::Nonsense, true)),
            ("", (Asked::Nonsense, true)),
        ];
        for (head, want) in cases {
            assert_eq!(understood(head.as_bytes()), want, "{head:?}");
        }
    }
}
