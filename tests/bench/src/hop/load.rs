//! Callers with connections that stay open, and what a server says of its traffic.

use crate::ms;
use std::io::{BufRead as _, BufReader, Error, Read as _, Result, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

/// What is asked for, and the only right answer.
const NAME: &str = "Northwind-Coffee-Roasters";
const INITIALS: &str = "NCR";
/// An answer that takes longer is none.
const ANSWER_MAX: Duration = Duration::from_secs(5);

pub(super) struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub(super) fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_MAX))?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Whether the right answer came.
    pub(super) fn is_answered(&mut self) -> Result<bool> {
        let request = format!("GET /{NAME} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (status, length) = self.head()?;
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(status == 200 && body == INITIALS.as_bytes())
    }

    /// Status and length of the body.
    fn head(&mut self) -> Result<(u16, usize)> {
        let (mut status, mut length) = (None, None);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                let wrong = || Error::other("no answer, or one without a length");
                return status.zip(length).ok_or_else(wrong);
            }
            if status.is_none() {
                status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
            }
            length = length.or(line.strip_prefix("content-length: ").and_then(|text| text.parse().ok()));
        }
    }
}

/// Somebody who asks again and again, and counts what stayed without an answer.
struct Caller {
    port: u16,
    connection: Connection,
    lost: usize,
}

impl Caller {
    fn new(port: u16) -> Self {
        Self { port, connection: open(port), lost: 0 }
    }

    /// Whether there was an answer; another than the right one is a failure of the measure.
    fn ask(&mut self) -> bool {
        let answer = self.connection.is_answered();
        let Ok(is_right) = answer else {
            self.lost += 1;
            self.connection = open(self.port);
            return false;
        };
        assert!(is_right, "another answer than `{INITIALS}`");
        true
    }
}

fn open(port: u16) -> Connection {
    Connection::open(port).unwrap_or_else(|why| panic!("port {port}: {why}"))
}

/// What came of the requests of one measure.
pub(super) struct Asked {
    pub(super) answered_ms: Vec<f64>,
    pub(super) lost: usize,
    pub(super) took: Duration,
}

/// So many callers, each with one request after another.
pub(super) fn ask(port: u16, length: Duration, callers: usize) -> Asked {
    let callers: Vec<Caller> = (0..callers).map(|_| Caller::new(port)).collect();
    let begin = Instant::now();
    let one = |mut caller: Caller| {
        let mut answered_ms = Vec::new();
        while begin.elapsed() < length {
            let began = Instant::now();
            if caller.ask() {
                answered_ms.push(ms(began.elapsed()));
            }
        }
        (answered_ms, caller.lost)
    };
    let one = &one;
    let all: Vec<(Vec<f64>, usize)> = std::thread::scope(|scope| {
        let all: Vec<_> = callers.into_iter().map(|caller| scope.spawn(move || one(caller))).collect();
        all.into_iter().map(|caller| caller.join().unwrap_or_else(|_| panic!("a caller failed"))).collect()
    });
    let lost = all.iter().map(|(_, lost)| lost).sum();
    Asked { answered_ms: all.into_iter().flat_map(|(times, _)| times).collect(), lost, took: begin.elapsed() }
}

/// What came into a nats-server so far.
pub(super) struct Traffic {
    pub(super) messages: f64,
    pub(super) bytes: f64,
}

impl Traffic {
    pub(super) fn of(about: u16) -> Self {
        let said = imprint_harness::get(about, "/varz").json();
        let number = |name: &str| said[name].as_f64().unwrap_or_else(|| panic!("no `{name}` in {said}"));
        Self { messages: number("in_msgs"), bytes: number("in_bytes") }
    }

    pub(super) fn since(&self, before: &Self) -> Self {
        Self { messages: self.messages - before.messages, bytes: self.bytes - before.bytes }
    }
}
