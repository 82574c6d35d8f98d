//! HTTP to addresses that others name.
//!
//! A name is looked up at every attempt, every address that it leads to is asked about, and the connection goes to one of
//! those and to nothing else: no second look, no redirect, no proxy, no connection that is kept for later.

use crate::limits::ANSWER_BYTES_MAX;
use bytes::Bytes;
use core_brand::{Fault, broken};
use core_notify::{Host, Reach, Scheme, Target};
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{HOST, HeaderMap, USER_AGENT};
use hyper::{Request, Response, StatusCode, body::Incoming, client::conn::http1};
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// A receiver that is there takes the connection at once.
const CONNECT_MAX: Duration = Duration::from_secs(8);
/// A body that nobody reads is not waited for longer.
const BODY_MAX: Duration = Duration::from_secs(3);
/// What we call ourselves.
const AGENT: &str = concat!("Imprint/", env!("CARGO_PKG_VERSION"));

/// Who says what a name leads to.
#[derive(Debug, Default)]
pub enum Names {
    /// This machine.
    #[default]
    System,
    /// A table: each look takes the next row of a name, the last one for ever. So a test can have names that change.
    Table(Mutex<BTreeMap<String, Vec<Vec<IpAddr>>>>),
}

/// The client.
pub(crate) struct Http {
    reach: Reach,
    names: Names,
    tls: TlsConnector,
}

/// What came back; its body was read and thrown away.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) family: &'static str,
}

/// Why nothing came back.
pub(crate) enum Silence {
    /// The name leads to an address that must not be reached, or the address is none.
    Refused(String),
    Silent(String),
}

impl Http {
    /// `authorities` is a file with certificates that are trusted beside those of this machine.
    pub(crate) fn new(reach: Reach, names: Names, authorities: Option<&Path>) -> Result<Self, Fault> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(path) = authorities {
            let failed = |why: &dyn std::fmt::Display| broken!("certificates in `{}`: {why}", path.display());
            for certificate in CertificateDer::pem_file_iter(path).map_err(|why| failed(&why))? {
                roots.add(certificate.map_err(|why| failed(&why))?).map_err(|why| failed(&why))?;
            }
        }
        let config = ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
            .with_safe_default_protocol_versions()
            .map_err(|why| broken!("{why}"))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { reach, names, tls: TlsConnector::from(Arc::new(config)) })
    }

    /// One request. Whoever calls bounds its time.
    pub(crate) async fn post(
        &self,
        target: &Target,
        headers: &[(&str, String)],
        body: Bytes,
    ) -> Result<Answer, Silence> {
        let address = self.address(target).await?;
        let request = request(target, headers, body)?;
        let connected = timeout(CONNECT_MAX, TcpStream::connect(address)).await;
        let stream = match connected {
            Ok(Ok(stream)) => stream,
            Ok(Err(why)) => return Err(Silence::Silent(format!("no connection: {}", why.kind()))),
            Err(_) => return Err(Silence::Silent("no connection in time".to_owned())),
        };
        // Small messages are to leave at once; a connection without that is as good.
        let _ = stream.set_nodelay(true);
        let (status, headers) = match target.scheme {
            Scheme::Http => ask(stream, request).await?,
            Scheme::Https => {
                let tls = self.tls.connect(server_name(&target.host)?, stream);
                ask(tls.await.map_err(|why| Silence::Silent(format!("no TLS: {why}")))?, request).await?
            }
        };
        let family = if address.is_ipv4() { "ipv4" } else { "ipv6" };
        Ok(Answer { status, headers, family })
    }

    /// The one address that is connected to. Of several all have to be fine: a name that leads here and there deceives.
    async fn address(&self, target: &Target) -> Result<SocketAddr, Silence> {
        let addresses = match &target.host {
            Host::Address(address) => vec![*address],
            Host::Name(name) => self.look_up(name, target.port).await?,
        };
        if let Some(bad) = addresses.iter().find(|address| !self.reach.allows(**address)) {
            let family = if bad.is_ipv4() { "IPv4" } else { "IPv6" };
            return Err(Silence::Refused(format!("leads to an {family} address that must not be reached")));
        }
        // The older kind first: it is reachable from everywhere.
        let first = addresses.iter().find(|address| address.is_ipv4()).or(addresses.first());
        let first = first.ok_or_else(|| Silence::Silent("the name has no address".to_owned()))?;
        Ok(SocketAddr::new(*first, target.port))
    }

    async fn look_up(&self, name: &str, port: u16) -> Result<Vec<IpAddr>, Silence> {
        match &self.names {
            Names::System => match timeout(CONNECT_MAX, lookup_host((name, port))).await {
                Ok(Ok(found)) => Ok(found.map(|address| address.ip()).collect()),
                Ok(Err(_)) => Err(Silence::Silent("the name is not known".to_owned())),
                Err(_) => Err(Silence::Silent("the name was not found in time".to_owned())),
            },
            Names::Table(table) => {
                let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
                let rows = table.get_mut(name);
                let rows = rows.ok_or_else(|| Silence::Silent("the name is not known".to_owned()))?;
                Ok(if rows.len() > 1 { rows.remove(0) } else { rows.first().cloned().unwrap_or_default() })
            }
        }
    }
}

fn server_name(host: &Host) -> Result<ServerName<'static>, Silence> {
    match host {
        Host::Name(name) => ServerName::try_from(name.clone())
            .map_err(|_| Silence::Refused("the name cannot be on a certificate".to_owned())),
        Host::Address(address) => Ok(ServerName::from(*address)),
    }
}

fn request(
    target: &Target,
    headers: &[(&str, String)],
    body: Bytes,
) -> Result<Request<Full<Bytes>>, Silence> {
    let is_usual = target.port == if target.scheme == Scheme::Https { 443 } else { 80 };
    let host = if is_usual { target.host.to_string() } else { format!("{}:{}", target.host, target.port) };
    let mut request = Request::post(&target.path).header(HOST, host).header(USER_AGENT, AGENT);
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    request.body(Full::new(body)).map_err(|why| Silence::Refused(format!("cannot be asked: {why}")))
}

/// One question over one connection, which ends with it.
async fn ask(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, HeaderMap), Silence> {
    let silent = |why: hyper::Error| Silence::Silent(format!("no answer: {why}"));
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(silent)?;
    let talk = async {
        let answer = sender.send_request(request).await.map_err(silent)?;
        Ok(drained(answer).await)
    };
    tokio::pin!(connection);
    tokio::pin!(talk);
    tokio::select! {
        answer = &mut talk => answer,
        // The connection may end before its answer was read from it.
        _ = &mut connection => talk.await,
    }
}

/// Reads as much of the body as it may have, so that a receiver is not cut off while it speaks.
async fn drained(answer: Response<Incoming>) -> (StatusCode, HeaderMap) {
    let (head, body) = answer.into_parts();
    // Whatever stands in it, is too much or never comes: the status counts.
    let _ = timeout(BODY_MAX, Limited::new(body, ANSWER_BYTES_MAX).collect()).await;
    (head.status, head.headers)
}
