//! The control interfaces of a lattice as they stand on the wire: JSON over NATS requests.

use anyhow::{Context as _, Result, bail};
use async_nats::Client;
use futures::StreamExt as _;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// One request. The first start of a component compiles it, which wadm waits for and we do not.
const REQUEST_MAX: Duration = Duration::from_secs(10);
/// All hosts answer a ping within this.
const PING: Duration = Duration::from_millis(600);

/// A lattice, by its NATS connection and name.
#[derive(Clone)]
pub struct Control {
    nats: Client,
    lattice: String,
}

impl Control {
    pub async fn connect(url: &str, lattice: &str) -> Result<Self> {
        let nats = async_nats::connect(url).await.with_context(|| format!("nothing answers at {url}"))?;
        Ok(Self { nats, lattice: lattice.to_owned() })
    }

    async fn ask(&self, subject: String, body: Vec<u8>) -> Result<Value> {
        let asked = self.nats.request(subject.clone(), body.into());
        let answer = tokio::time::timeout(REQUEST_MAX, asked)
            .await
            .with_context(|| format!("`{subject}` is silent"))?;
        let answer = answer.with_context(|| format!("`{subject}`"))?;
        serde_json::from_slice(&answer.payload).with_context(|| format!("the answer of `{subject}`"))
    }

    /// The ids of the hosts that answer.
    pub async fn hosts(&self) -> Result<Vec<String>> {
        let inbox = self.nats.new_inbox();
        let mut answers = self.nats.subscribe(inbox.clone()).await?;
        let subject = format!("wasmbus.ctl.v1.{}.host.ping", self.lattice);
        self.nats.publish_with_reply(subject, inbox, "".into()).await?;
        let mut hosts = Vec::new();
        while let Ok(Some(answer)) = tokio::time::timeout(PING, answers.next()).await {
            let answer: Value = serde_json::from_slice(&answer.payload).unwrap_or_default();
            hosts.extend(answer["response"]["id"].as_str().map(str::to_owned));
        }
        Ok(hosts)
    }

    /// Writes a named configuration, whole.
    pub async fn put_config(&self, name: &str, values: &BTreeMap<String, String>) -> Result<()> {
        let subject = format!("wasmbus.ctl.v1.{}.config.put.{name}", self.lattice);
        let answer = self.ask(subject, serde_json::to_vec(values)?).await?;
        if answer["success"].as_bool() != Some(true) {
            bail!("the configuration `{name}` was not taken: {}", answer["message"]);
        }
        Ok(())
    }

    /// Makes wadm and the lattice forget every application, before wadm and hosts start. wadm takes no second manifest of
    /// one version, an id that runs keeps its old image, and a link that is there keeps its old address.
    pub(crate) async fn forget_apps(&self) -> Result<()> {
        let jetstream = async_nats::jetstream::new(self.nats.clone());
        let of_lattice = ["LATTICEDATA", "CONFIGDATA"].map(|kind| format!("KV_{kind}_{}", self.lattice));
        let of_wadm = ["KV_wadm_manifests", "KV_wadm_state"].map(str::to_owned);
        for bucket in of_lattice.into_iter().chain(of_wadm) {
            if jetstream.get_stream(&bucket).await.is_ok() {
                jetstream.delete_stream(&bucket).await.with_context(|| format!("`{bucket}`"))?;
            }
        }
        Ok(())
    }

    async fn model(&self, act: &str, body: Vec<u8>) -> Result<Value> {
        self.ask(format!("wadm.api.{}.model.{act}", self.lattice), body).await
    }

    /// Puts a manifest and deploys it. One that is there already under its version stays.
    pub async fn deploy(&self, app: &str, manifest: &str) -> Result<()> {
        let put = self.model("put", manifest.as_bytes().to_vec()).await?;
        let (result, why) = (put["result"].as_str().unwrap_or_default(), put["message"].to_string());
        if result == "error" && !why.contains("already exists") {
            bail!("wadm does not take the manifest: {why}");
        }
        let deployed = self.model(&format!("deploy.{app}"), Vec::new()).await?;
        if deployed["result"] == "error" {
            bail!("wadm does not deploy `{app}`: {}", deployed["message"]);
        }
        Ok(())
    }
}
