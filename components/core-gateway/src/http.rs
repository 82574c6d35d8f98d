//! A request and a response, as plain values.

use crate::events::Stream;
use crate::zip::Archive;
use core_brand::Fault;

/// Larger bodies are refused before they are read to the end: a batch of briefs is far smaller.
pub(crate) const BODY_BYTES_MAX: usize = 65_536;

/// Addresses of ours, with a cursor and every filter, stay far below; what proxies let through is longer.
pub(crate) const TARGET_BYTES_MAX: usize = 8192;
/// Tokens and traces fit many times over.
pub(crate) const HEADERS_BYTES_MAX: usize = 32_768;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// In upper case.
    pub method: String,
    /// As it came, escapes included, without the query.
    pub path: String,
    pub query: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Nothing if it is larger than `Request::BODY_BYTES_MAX`.
    pub body: Option<Vec<u8>>,
}

#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Body,
}

/// What is sent behind the headers.
#[derive(Debug)]
pub enum Body {
    Bytes(Vec<u8>),
    /// The files of a kit, read one by one while they are sent.
    Zip(Archive),
    /// What happens to a job, sent when it happens.
    Events(Stream),
}

/// Where a body goes.
pub type Sink<'a> = dyn FnMut(&[u8]) -> Result<(), Gone> + 'a;

/// Why a body ends before its end. The connection must not look as if all had been sent.
#[derive(Debug)]
pub enum Gone {
    /// Nobody listens any more.
    Reader,
    Source(Fault),
}

impl From<Fault> for Gone {
    fn from(fault: Fault) -> Self {
        Self::Source(fault)
    }
}

impl Request {
    pub const BODY_BYTES_MAX: usize = BODY_BYTES_MAX;

    /// The first value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// How long the address is.
    pub(crate) fn target_bytes(&self) -> usize {
        self.path.len() + self.query.len()
    }

    /// How long the headers are.
    pub(crate) fn headers_bytes(&self) -> usize {
        self.headers.iter().map(|(name, value)| name.len() + value.len()).sum()
    }

    /// How often a header was sent.
    pub(crate) fn header_count(&self, name: &str) -> usize {
        self.headers.iter().filter(|(known, _)| known == name).count()
    }
}

impl Response {
    pub(crate) fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: Body::Bytes(body.into()) }.with("content-type", media_type)
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Bytes(Vec::new()) }
    }

    pub(crate) fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::new(status, "application/json", format!("{value}\n"))
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The first value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// How long the body is, where that is known before it is sent.
    pub(crate) fn length(&self) -> Option<u64> {
        match &self.body {
            Body::Bytes(bytes) => Some(bytes.len() as u64),
            Body::Zip(archive) => Some(archive.length()),
            Body::Events(_) => None,
        }
    }
}

impl Body {
    /// Sends all of it, piece by piece.
    pub fn send(self, platform: &dyn crate::Platform, sink: &mut Sink<'_>) -> Result<(), Gone> {
        match self {
            Self::Bytes(bytes) if bytes.is_empty() => Ok(()),
            Self::Bytes(bytes) => sink(&bytes),
            Self::Zip(archive) => archive.send(platform, sink),
            Self::Events(stream) => stream.send(platform, sink),
        }
    }
}
