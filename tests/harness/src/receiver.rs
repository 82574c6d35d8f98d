//! A program of somebody who wants to be told: it takes webhooks on a port of this machine, and keeps them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// Takes webhooks as long as the process lives.
pub struct Receiver {
    port: u16,
    heard: Arc<Mutex<Vec<Heard>>>,
}

/// One webhook.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Receiver {
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap_or_else(|why| panic!("{why}"));
        let port = listener.local_addr().unwrap_or_else(|why| panic!("{why}")).port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who hangs up has said nothing.
                if let Ok(one) = take(stream) {
                    kept.lock().unwrap_or_else(PoisonError::into_inner).push(one);
                }
            }
        });
        Self { port, heard }
    }

    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    /// What has come so far.
    #[must_use]
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Heard {
    /// The value of a header; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

fn take(mut stream: TcpStream) -> std::io::Result<Heard> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut headers = Vec::new();
    reader.read_line(&mut String::new())?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut heard = Heard { headers, body: String::new() };
    let length = heard.header("content-length").parse().unwrap_or(0);
    reader.take(length).read_to_string(&mut heard.body)?;
    stream.write_all(b"HTTP/1.1 204 Taken\r\nconnection: close\r\n\r\n")?;
    Ok(heard)
}
