//! HTTP to services of others: buckets, language models.
//!
//! One client with the certificates of this machine; each request is one try with a limit of time and of size. When to
//! try again is the caller's to know.
//!
//! **Law.** No request is without a limit of time, and no answer without one of size; no redirect is followed.
//! **Absent.** Serving HTTP (the host), deciding who may be reached (the operator names the address).

use bytes::Bytes;
use core_brand::{Fault, broken};
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::HeaderMap;
pub use hyper::{Method, StatusCode};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::{ClientConfig, RootCertStore};
use std::time::Duration;

/// A service that is there takes the connection at once; a second try is worth more than a longer wait.
const CONNECT_MAX: Duration = Duration::from_secs(5);

/// One request.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// The client: connections are kept and used again.
#[derive(Clone)]
pub struct Outbound {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Outbound {
    pub fn new() -> Result<Self, Fault> {
        let mut plain = HttpConnector::new();
        plain.set_connect_timeout(Some(CONNECT_MAX));
        plain.set_nodelay(true);
        plain.enforce_http(false);
        // A machine without certificates can still speak to a service beside it.
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let ring = rustls::crypto::ring::default_provider();
        let config = ClientConfig::builder_with_provider(ring.into())
            .with_safe_default_protocol_versions()
            .map_err(|why| broken!("{why}"))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_or_http()
            .enable_http1()
            .wrap_connector(plain);
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector) })
    }

    /// One try. The inner text says what passes: a silent service, a broken connection.
    pub async fn once(
        &self,
        call: Call,
        within: Duration,
        bytes_max: usize,
    ) -> Result<Result<Answer, String>, Fault> {
        let mut request = hyper::Request::builder().method(call.method).uri(call.url);
        request = request.header("content-length", call.body.len());
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(call.body)).map_err(|why| broken!("{why}"))?;
        let answered = tokio::time::timeout(within, self.answer(request, bytes_max)).await;
        Ok(answered.unwrap_or_else(|_| Err(format!("no answer in {} ms", within.as_millis()))))
    }

    async fn answer(&self, request: hyper::Request<Full<Bytes>>, bytes_max: usize) -> Result<Answer, String> {
        let response = self.client.request(request).await.map_err(|why| deepest(&why))?;
        let (head, body) = response.into_parts();
        let body = Limited::new(body, bytes_max).collect().await.map_err(|why| why.to_string())?;
        Ok(Answer { status: head.status, headers: head.headers, body: body.to_bytes() })
    }
}

/// The first cause says what happened; those above it say that something did.
fn deepest(why: &dyn std::error::Error) -> String {
    let mut why = why;
    while let Some(cause) = why.source() {
        why = cause;
    }
    why.to_string()
}
