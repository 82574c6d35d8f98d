//! A wire of a length, which can be cut.

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

/// A way to a server that can be made long, and cut.
pub struct Relay {
    /// Where it is entered.
    pub port: u16,
    is_cut: Arc<watch::Sender<bool>>,
}

impl Relay {
    /// Takes connections for this port, and hands on what they say after `one_way`.
    ///
    /// # Panics
    /// Where no port is free.
    pub async fn start(to: u16, one_way: Duration) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let is_cut = Arc::new(watch::channel(false).0);
        let cut = is_cut.clone();
        tokio::spawn(async move {
            while let Ok((here, _)) = listener.accept().await {
                let mut cut = cut.subscribe();
                if *cut.borrow_and_update() {
                    continue;
                }
                tokio::spawn(async move {
                    let Ok(there) = TcpStream::connect((Ipv4Addr::LOCALHOST, to)).await else { return };
                    // Small messages are not held back.
                    let _ = (here.set_nodelay(true), there.set_nodelay(true));
                    let ((from_here, to_here), (from_there, to_there)) =
                        (here.into_split(), there.into_split());
                    tokio::select! {
                        () = hand_on(from_here, to_there, one_way) => {}
                        () = hand_on(from_there, to_here, one_way) => {}
                        _ = cut.wait_for(|cut| *cut) => {}
                    }
                });
            }
        });
        Self { port, is_cut }
    }

    /// Ends every connection, with what is under way, and takes no new one.
    pub fn cut(&self) {
        self.is_cut.send_replace(true);
    }

    pub fn heal(&self) {
        self.is_cut.send_replace(false);
    }
}

async fn hand_on(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, one_way: Duration) {
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
            if to.write_all(&piece).await.is_err() {
                return;
            }
        }
    };
    tokio::join!(reading, writing);
}
