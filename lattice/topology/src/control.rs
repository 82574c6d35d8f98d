//! The control interfaces of a lattice as they stand on the wire: JSON over NATS requests.

use anyhow::{Context as _, Result, bail};
use async_nats::Client;
use futures::{StreamExt as _, TryStreamExt as _};
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

    /// Makes wadm and the lattice forget an application, before wadm and hosts start. wadm takes no second manifest of
    /// one version, an id that runs keeps its old image, and a link that is there keeps its old address. Applications
    /// of others stay.
    pub(crate) async fn forget(&self, app: &str) -> Result<()> {
        let lattice = &self.lattice;
        let manifest = format!("{lattice}-{app}");
        self.purge("wadm_manifests", |key| key == manifest).await?;
        // What wadm last saw running: nothing runs now, and it looks again when hosts come.
        let seen = ["component", "provider", "host"].map(|kind| format!("{kind}_{lattice}"));
        self.purge("wadm_state", |key| seen.iter().any(|seen| seen == key)).await?;
        // Our ids, and the configurations that belong to the manifest, begin with its name.
        let (ids, settings) = (format!("COMPONENT_{app}-"), format!("{app}-"));
        self.purge(&format!("LATTICEDATA_{lattice}"), |key| key.starts_with(&ids)).await?;
        self.purge(&format!("CONFIGDATA_{lattice}"), |key| key.starts_with(&settings)).await
    }

    /// Whether wadm was told to run this version, and no other since. Asked before wadm starts.
    pub(crate) async fn runs(&self, app: &str, version: &str) -> bool {
        let jetstream = async_nats::jetstream::new(self.nats.clone());
        let Ok(store) = jetstream.get_key_value("wadm_manifests").await else { return false };
        let Ok(Some(kept)) = store.get(format!("{}-{app}", self.lattice)).await else { return false };
        let kept: Value = serde_json::from_slice(&kept).unwrap_or_default();
        kept["deployed_version"] == version
    }

    /// Removes what is chosen from a bucket; one that is not there has nothing to remove.
    async fn purge(&self, bucket: &str, is_chosen: impl Fn(&str) -> bool) -> Result<()> {
        let jetstream = async_nats::jetstream::new(self.nats.clone());
        let Ok(store) = jetstream.get_key_value(bucket).await else { return Ok(()) };
        let keys = store.keys().await.with_context(|| format!("`{bucket}`"))?;
        let keys: Vec<String> = keys.try_collect().await.with_context(|| format!("`{bucket}`"))?;
        for key in keys.iter().filter(|key| is_chosen(key)) {
            store.purge(key).await.with_context(|| format!("`{bucket}`"))?;
        }
        Ok(())
    }

    async fn model(&self, act: &str, body: Vec<u8>) -> Result<Value> {
        self.ask(format!("wadm.api.{}.model.{act}", self.lattice), body).await
    }

    /// Puts a manifest and deploys it. One that is there already under its version stays. The version is named: the
    /// newest may be somebody else's.
    pub async fn deploy(&self, app: &str, version: &str, manifest: &str) -> Result<()> {
        let put = self.model("put", manifest.as_bytes().to_vec()).await?;
        let (result, why) = (put["result"].as_str().unwrap_or_default(), put["message"].to_string());
        if result == "error" && !why.contains("already exists") {
            bail!("wadm does not take the manifest: {why}");
        }
        let wanted = serde_json::json!({ "version": version });
        let deployed = self.model(&format!("deploy.{app}"), wanted.to_string().into_bytes()).await?;
        if deployed["result"] == "error" {
            bail!("wadm does not deploy `{app}`: {}", deployed["message"]);
        }
        Ok(())
    }
}
