//! A wire of a length, which can be cut, or held without a word.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

/// Pieces under way in one direction; more wait at the end they came from.
const PIECES_MAX: usize = 4096;
const PIECE_BYTES: usize = 64 << 10;

/// A way to a server that can be made long, cut, and held.
pub struct Relay {
    /// Where it is entered.
    pub port: u16,
    way: Arc<watch::Sender<Way>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Open,
    Cut,
    Held,
}

impl Relay {
    /// Takes connections for this port, and hands on what they say after `one_way`.
    ///
    /// # Panics
    /// Where no port is free.
    pub async fn start(to: u16, one_way: Duration) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let way = Arc::new(watch::channel(Way::Open).0);
        let found = way.clone();
        tokio::spawn(async move {
            while let Ok((here, _)) = listener.accept().await {
                let mut found = found.subscribe();
                if *found.borrow_and_update() == Way::Cut {
                    continue;
                }
                tokio::spawn(async move {
                    let Ok(there) = TcpStream::connect((Ipv4Addr::LOCALHOST, to)).await else { return };
                    // Small messages are not held back.
                    let _ = (here.set_nodelay(true), there.set_nodelay(true));
                    let ((from_here, to_here), (from_there, to_there)) =
                        (here.into_split(), there.into_split());
                    tokio::select! {
                        () = hand_on(from_here, to_there, one_way, found.clone()) => {}
                        () = hand_on(from_there, to_here, one_way, found.clone()) => {}
                        _ = found.wait_for(|way| *way == Way::Cut) => {}
                    }
                });
            }
        });
        Self { port, way }
    }

    /// Ends every connection, with what is under way, and takes no new one.
    pub fn cut(&self) {
        self.way.send_replace(Way::Cut);
    }

    /// Lets nothing through and ends nothing: neither side is told. What is said meanwhile arrives when it is whole again.
    pub fn hold(&self) {
        self.way.send_replace(Way::Held);
    }

    pub fn heal(&self) {
        self.way.send_replace(Way::Open);
    }
}

async fn hand_on(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    one_way: Duration,
    mut way: watch::Receiver<Way>,
) {
    let (sender, mut pieces) = mpsc::channel::<(Instant, Vec<u8>)>(PIECES_MAX);
    let reading = async move {
        let mut bytes = vec![0; PIECE_BYTES];
        while let Ok(count @ 1..) = from.read(&mut bytes).await {
            if sender.send((Instant::now() + one_way, bytes[..count].to_vec())).await.is_err() {
                return;
            }
        }
    };
    let writing = async move {
        while let Some((due, piece)) = pieces.recv().await {
            sleep_until(due).await;
            // Its sender lives as long as the relay.
            if way.wait_for(|way| *way != Way::Held).await.is_err() {
                return;
            }
            if to.write_all(&piece).await.is_err() {
                return;
            }
        }
    };
    tokio::join!(reading, writing);
}
