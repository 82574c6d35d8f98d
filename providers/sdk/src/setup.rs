//! Who this provider is and where it connects.

use crate::Error;
use async_nats::ConnectOptions;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use imprint_telemetry::Otlp;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::Arc;
use std::time::Duration;

/// How long a server may take to accept the connection; the host starts the process again after that.
const CONNECT_MAX: Duration = Duration::from_secs(10);

/// What a host tells a provider, as far as Imprint needs it. It holds a seed, so it cannot be printed.
#[derive(Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Setup {
    pub(crate) host_id: String,
    #[serde(rename = "lattice_rpc_prefix")]
    pub(crate) lattice: String,
    #[serde(rename = "lattice_rpc_url")]
    url: String,
    #[serde(rename = "lattice_rpc_user_jwt")]
    jwt: String,
    #[serde(rename = "lattice_rpc_user_seed")]
    seed: String,
    #[serde(rename = "provider_key")]
    pub(crate) id: String,
    pub(crate) config: BTreeMap<String, String>,
    pub(crate) log_level: Option<String>,
    pub(crate) otel_config: Otlp,
}

impl Setup {
    /// Standard input is read only where there are no arguments.
    pub(crate) fn of_process(kind: &str) -> Result<Self, Error> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        if arguments.is_empty() {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line).map_err(|why| Error::HostData(why.to_string()))?;
            return Self::of_line(&line);
        }
        Self::of_arguments(kind, arguments)
    }

    /// One line of base64 around JSON.
    fn of_line(line: &str) -> Result<Self, Error> {
        let bytes = STANDARD.decode(line.trim()).map_err(|why| Error::HostData(why.to_string()))?;
        let setup: Self = serde_json::from_slice(&bytes).map_err(|why| Error::HostData(why.to_string()))?;
        if setup.lattice.is_empty() || setup.id.is_empty() || setup.url.is_empty() {
            return Err(Error::HostData("the lattice, the id or the address is missing".to_owned()));
        }
        Ok(setup)
    }

    fn of_arguments(kind: &str, arguments: Vec<String>) -> Result<Self, Error> {
        let mut setup = Self {
            lattice: "default".to_owned(),
            url: "nats://127.0.0.1:4222".to_owned(),
            id: kind.to_owned(),
            ..Self::default()
        };
        let mut arguments = arguments.into_iter();
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| Error::Arguments(format!("`{name}` has no value")))?;
            setup.set(&name, value)?;
        }
        Ok(setup)
    }

    fn set(&mut self, name: &str, value: String) -> Result<(), Error> {
        match name {
            "--nats" => self.url = value,
            "--lattice" => self.lattice = value,
            "--id" => self.id = value,
            "--host" => self.host_id = value,
            "--otlp" => self.otel_config = Otlp::to(&value),
            "--log-level" => self.log_level = Some(value),
            "--config" => {
                let (key, value) =
                    value.split_once('=').ok_or_else(|| Error::Arguments(format!("`{value}` has no `=`")))?;
                self.config.insert(key.to_owned(), value.to_owned());
            }
            other => return Err(Error::Arguments(format!("`{other}` is unknown"))),
        }
        Ok(())
    }

    pub(crate) async fn connect(&self) -> Result<async_nats::Client, Error> {
        let options = self.options()?.name(&self.id).connection_timeout(CONNECT_MAX);
        options.connect(&self.url).await.map_err(|cause| Error::Connect { url: self.url.clone(), cause })
    }

    /// The identity that the host hands on, where it has one.
    fn options(&self) -> Result<ConnectOptions, Error> {
        if self.seed.is_empty() {
            return Ok(ConnectOptions::new());
        }
        let key = nkeys::KeyPair::from_seed(&self.seed).map_err(|_| Error::Seed)?;
        if self.jwt.is_empty() {
            return Ok(ConnectOptions::with_nkey(self.seed.clone()));
        }
        let key = Arc::new(key);
        Ok(ConnectOptions::with_jwt(self.jwt.clone(), move |nonce| {
            let key = Arc::clone(&key);
            async move { key.sign(&nonce).map_err(async_nats::AuthError::new) }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_host_is_read() {
        let json = r#"{"host_id":"NH","lattice_rpc_prefix":"local","lattice_rpc_url":"nats://127.0.0.1:4222",
            "provider_key":"imprint-blobs","env_values":[],"link_definitions":[],"config":{"region":"us-east-1"},
            "structured_logging":true,"log_level":"debug","otel_config":{"enable_observability":false}}"#;
        let Ok(setup) = Setup::of_line(&format!("{}\r\n", STANDARD.encode(json))) else { panic!("reads") };
        assert_eq!((setup.lattice.as_str(), setup.id.as_str()), ("local", "imprint-blobs"));
        assert_eq!(setup.config["region"], "us-east-1");
        assert_eq!(setup.log_level.as_deref(), Some("debug"));
    }

    #[test]
    fn arguments_are_read() {
        let words = ["--nats", "nats://h:1", "--lattice", "l", "--id", "i", "--config", "a=b=c"];
        let Ok(setup) = Setup::of_arguments("kind", words.map(str::to_owned).to_vec()) else {
            panic!("reads")
        };
        assert_eq!((setup.url.as_str(), setup.config["a"].as_str()), ("nats://h:1", "b=c"));
        for wrong in [vec!["--nats"], vec!["--config", "a"], vec!["--what", "b"]] {
            let wrong = wrong.into_iter().map(str::to_owned).collect();
            assert!(matches!(Setup::of_arguments("kind", wrong), Err(Error::Arguments(_))));
        }
    }

    #[test]
    fn a_line_of_nonsense_is_a_fault() {
        for line in ["", "%%%", "aGVsbG8=", &STANDARD.encode("{}")] {
            assert!(matches!(Setup::of_line(line), Err(Error::HostData(_))), "{line:?}");
        }
    }
}
