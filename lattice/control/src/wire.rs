//! The control interfaces of a lattice as they stand on the wire: JSON over NATS requests.

use anyhow::{Context as _, Result, bail};
use async_nats::Client;
use async_nats::jetstream::kv::CreateErrorKind;
use futures::{StreamExt as _, TryStreamExt as _};
use serde::Deserialize;
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
        Ok(Self::over(nats, lattice))
    }

    /// Over a connection that is there, such as one with credentials.
    #[must_use]
    pub fn over(nats: Client, lattice: &str) -> Self {
        Self { nats, lattice: lattice.to_owned() }
    }

    #[must_use]
    pub fn nats(&self) -> &Client {
        &self.nats
    }

    #[must_use]
    pub fn lattice(&self) -> &str {
        &self.lattice
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
        self.hosts_within(PING).await
    }

    /// The same, with another patience.
    pub async fn hosts_within(&self, patience: Duration) -> Result<Vec<String>> {
        let inbox = self.nats.new_inbox();
        let mut answers = self.nats.subscribe(inbox.clone()).await?;
        let subject = format!("wasmbus.ctl.v1.{}.host.ping", self.lattice);
        self.nats.publish_with_reply(subject, inbox, "".into()).await?;
        let mut hosts = Vec::new();
        while let Ok(Some(answer)) = tokio::time::timeout(patience, answers.next()).await {
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

    /// A named configuration; nothing is in one that is not there.
    pub async fn config(&self, name: &str) -> Result<BTreeMap<String, String>> {
        let answer =
            self.ask(format!("wasmbus.ctl.v1.{}.config.get.{name}", self.lattice), Vec::new()).await?;
        Ok(serde_json::from_value(answer["response"].clone()).unwrap_or_default())
    }

    /// What runs on a host.
    pub async fn inventory(&self, host: &str) -> Result<Inventory> {
        let mut answer =
            self.ask(format!("wasmbus.ctl.v1.{}.host.get.{host}", self.lattice), Vec::new()).await?;
        let said = answer["response"].take();
        serde_json::from_value(said).with_context(|| format!("the inventory of `{host}`"))
    }

    /// Puts a link that is not there. One that is there stays as it is.
    pub async fn link(&self, link: &Link) -> Result<()> {
        let known = self.ask(format!("wasmbus.ctl.v1.{}.link.get", self.lattice), Vec::new()).await?;
        let is_it = |known: &Value| {
            known["source_id"] == *link.source
                && known["target"] == *link.target
                && known["wit_package"] == *link.package
                && known["name"] == *link.name
        };
        if known["response"].as_array().is_some_and(|links| links.iter().any(is_it)) {
            return Ok(());
        }
        let body = serde_json::json!({
            "source_id": link.source, "target": link.target, "name": link.name, "wit_namespace": "imprint",
            "wit_package": link.package, "interfaces": link.interfaces, "source_config": [], "target_config": [],
        });
        let subject = format!("wasmbus.ctl.v1.{}.link.put", self.lattice);
        let answer = self.ask(subject, body.to_string().into_bytes()).await?;
        if answer["success"].as_bool() != Some(true) {
            bail!(
                "the link from `{}` to `{}` was not taken: {}",
                link.source,
                link.target,
                answer["message"]
            );
        }
        Ok(())
    }

    /// Puts an empty named configuration where there is none. Written to its bucket, where that is one act: a host only
    /// knows how to overwrite.
    pub async fn begin_config(&self, name: &str) -> Result<()> {
        let bucket = format!("CONFIGDATA_{}", self.lattice);
        let store = async_nats::jetstream::new(self.nats.clone()).get_key_value(&bucket).await;
        let begun = store.with_context(|| format!("`{bucket}`"))?.create(name, "{}".into()).await;
        match begun {
            Err(why) if why.kind() != CreateErrorKind::AlreadyExists => {
                Err(why).with_context(|| format!("`{bucket}`"))
            }
            _ => Ok(()),
        }
    }

    /// Makes wadm and the lattice forget an application, before wadm and hosts start. wadm takes no second manifest of
    /// one version, an id that runs keeps its old image, and a link that is there keeps its old address. Applications
    /// of others stay.
    pub async fn forget(&self, app: &str) -> Result<()> {
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
    pub async fn runs(&self, app: &str, version: &str) -> bool {
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

    /// The applications that wadm knows, with the version that is deployed, if one is.
    pub async fn applications(&self) -> Result<BTreeMap<String, Option<String>>> {
        let answer = self.model("get", Vec::new()).await?;
        if answer["result"] == "error" {
            bail!("wadm does not list its applications: {}", answer["message"]);
        }
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let models = answer["models"].as_array().into_iter().flatten();
        Ok(models.filter_map(|one| Some((text(&one["name"])?, text(&one["deployed_version"])))).collect())
    }

    /// The newest manifest of an application, as JSON; nothing where wadm has none.
    pub async fn manifest(&self, app: &str) -> Result<Option<Value>> {
        let mut answer = self.model(&format!("get.{app}"), Vec::new()).await?;
        match answer["result"].as_str() {
            Some("success") => Ok(Some(answer["manifest"].take())),
            Some("notfound") => Ok(None),
            _ => bail!("wadm does not show `{app}`: {}", answer["message"]),
        }
    }

    /// The manifest that is deployed, as JSON; nothing where none is.
    pub async fn deployed(&self, app: &str) -> Result<Option<Value>> {
        let versions = self.model(&format!("versions.{app}"), Vec::new()).await?;
        if versions["result"] == "error" {
            bail!("wadm does not show `{app}`: {}", versions["message"]);
        }
        let mut versions = versions["versions"].as_array().into_iter().flatten();
        let Some(deployed) = versions.find(|one| one["deployed"] == true) else { return Ok(None) };
        let wanted = serde_json::json!({ "version": deployed["version"] }).to_string();
        let mut answer = self.model(&format!("get.{app}"), wanted.into_bytes()).await?;
        Ok(Some(answer["manifest"].take()).filter(Value::is_object))
    }

    /// Makes wadm forget one version of an application.
    pub async fn forget_version(&self, app: &str, version: &str) -> Result<()> {
        let body = serde_json::json!({ "version": version, "delete_all": false }).to_string();
        let answer = self.model(&format!("del.{app}"), body.into_bytes()).await?;
        if answer["result"] == "error" {
            bail!("wadm does not forget `{app}` {version}: {}", answer["message"]);
        }
        Ok(())
    }

    /// Stops what an application runs. One that is not there, or does not run, is fine.
    pub async fn undeploy(&self, app: &str) -> Result<()> {
        let answer = self.model(&format!("undeploy.{app}"), b"{}".to_vec()).await?;
        if answer["result"] == "error" {
            bail!("wadm does not stop `{app}`: {}", answer["message"]);
        }
        Ok(())
    }
}

/// What a host says of itself.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Inventory {
    pub host_id: String,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    #[serde(default)]
    pub components: Vec<Placed>,
    #[serde(default)]
    pub providers: Vec<Placed>,
}

/// A component or a provider on a host.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Placed {
    pub id: String,
    #[serde(default)]
    pub image_ref: String,
    #[serde(default)]
    pub max_instances: u32,
}

/// Who may call whom, in a package of ours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub source: String,
    pub target: String,
    /// By which the source chooses it; `default` where it need not choose.
    pub name: String,
    pub package: String,
    pub interfaces: Vec<String>,
}
