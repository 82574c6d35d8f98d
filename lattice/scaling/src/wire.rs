//! What the controller asks a lattice: hosts, meters and wadm, as JSON and text over NATS.

use crate::manifest::Labels;
use anyhow::{Context as _, Result, bail};
use async_nats::Client;
use core_saga::row;
use futures::StreamExt as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// One request.
const REQUEST_MAX: Duration = Duration::from_secs(10);
/// Whoever has not answered a question to many by then is left out of this look.
const GATHER: Duration = Duration::from_millis(600);
/// Hosts and providers of a lattice; more answers come from somebody else.
const ANSWERS_MAX: usize = 1024;
/// Some thousand samples; a larger answer is none of a provider of ours.
const ANSWER_BYTES_MAX: usize = 512 << 10;

/// A lattice.
pub(crate) struct Wire {
    pub(crate) nats: Client,
    pub(crate) lattice: String,
}

/// A host, by its id and labels.
pub(crate) struct Host {
    id: String,
    pub(crate) labels: Labels,
}

impl Wire {
    /// The hosts that answer.
    pub(crate) async fn hosts(&self) -> Result<Vec<Host>> {
        let answers = self.gather(&[format!("wasmbus.ctl.v1.{}.host.ping", self.lattice)]).await?;
        let read = |text: &String| {
            let answer: Value = serde_json::from_str(text).ok()?;
            let labels = serde_json::from_value(answer["response"]["labels"].clone()).unwrap_or_default();
            Some(Host { id: answer["response"]["id"].as_str()?.to_owned(), labels })
        };
        Ok(answers.iter().filter_map(read).collect())
    }

    /// Work that waits or is claimed, by component; nothing of those whose queues nobody tells.
    pub(crate) async fn depths(&self, hosts: &[Host]) -> Result<BTreeMap<String, u64>> {
        let subject = |host: &Host| format!("imprint.metrics.{}.{}", self.lattice, host.id);
        let texts = self.gather(&hosts.iter().map(subject).collect::<Vec<_>>()).await?;
        Ok(depths(texts.iter().map(String::as_str)))
    }

    async fn gather(&self, subjects: &[String]) -> Result<Vec<String>> {
        let inbox = self.nats.new_inbox();
        let mut answers = self.nats.subscribe(inbox.clone()).await?;
        for subject in subjects {
            self.nats.publish_with_reply(subject.clone(), inbox.clone(), "".into()).await?;
        }
        let mut texts = Vec::new();
        let end = tokio::time::Instant::now() + GATHER;
        while let Ok(Some(answer)) = tokio::time::timeout_at(end, answers.next()).await {
            let is_fine = answer.status.is_none() && answer.payload.len() <= ANSWER_BYTES_MAX;
            texts.extend(is_fine.then(|| String::from_utf8_lossy(&answer.payload).into_owned()));
            if texts.len() >= ANSWERS_MAX {
                break;
            }
        }
        Ok(texts)
    }

    async fn model(&self, act: &str, body: Vec<u8>) -> Result<Value> {
        let subject = format!("wadm.api.{}.model.{act}", self.lattice);
        let asked = tokio::time::timeout(REQUEST_MAX, self.nats.request(subject.clone(), body.into()));
        let answer = asked.await.with_context(|| format!("`{subject}` is silent"))??;
        let answer: Value =
            serde_json::from_slice(&answer.payload).with_context(|| format!("`{subject}`"))?;
        if answer["result"] == "error" {
            bail!("wadm: {}", answer["message"].as_str().unwrap_or("an error without words"));
        }
        Ok(answer)
    }

    /// The manifest that is deployed; nothing where none is.
    pub(crate) async fn deployed(&self, app: &str) -> Result<Option<Value>> {
        let versions = self.model(&format!("versions.{app}"), Vec::new()).await?;
        let mut versions = versions["versions"].as_array().into_iter().flatten();
        let Some(deployed) = versions.find(|one| one["deployed"] == true) else { return Ok(None) };
        let wanted = json!({ "version": deployed["version"] }).to_string();
        let mut answer = self.model(&format!("get.{app}"), wanted.into_bytes()).await?;
        Ok(Some(answer["manifest"].take()).filter(Value::is_object))
    }

    /// Puts a manifest and deploys it.
    pub(crate) async fn deploy(&self, app: &str, version: &str, manifest: &Value) -> Result<()> {
        self.model("put", manifest.to_string().into_bytes()).await?;
        self.model(&format!("deploy.{app}"), json!({ "version": version }).to_string().into_bytes()).await?;
        Ok(())
    }

    /// Makes wadm forget one version.
    pub(crate) async fn forget(&self, app: &str, version: &str) -> Result<()> {
        let body = json!({ "version": version, "delete_all": false }).to_string();
        self.model(&format!("del.{app}"), body.into_bytes()).await.map(drop)
    }
}

/// Every runner tells all queues, so the most that one says counts.
fn depths<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<String, u64> {
    let mut queues: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for line in texts.flat_map(str::lines) {
        let Some((step, priority, depth)) = sample(line) else { continue };
        let most = queues.entry((step, priority)).or_default();
        *most = depth.max(*most);
    }
    let mut depths = BTreeMap::new();
    for ((step, _), depth) in queues {
        if let Some(row) = row(step) {
            *depths.entry(row.component.to_owned()).or_default() += depth;
        }
    }
    depths
}

/// Step, priority and depth of a line of Prometheus text.
fn sample(line: &str) -> Option<(&str, &str, u64)> {
    let (labels, depth) = line.strip_prefix("imprint_queue_depth{")?.split_once("} ")?;
    let label = |name: &str| {
        let mut pairs = labels.split(',').filter_map(|pair| pair.split_once('='));
        pairs.find(|(found, _)| *found == name).map(|(_, value)| value.trim_matches('"'))
    };
    Some((label("step")?, label("priority")?, depth.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::depths;

    #[test]
    fn steps_of_a_component_are_added_and_runners_are_not() {
        let runner = |name: &str, kit: u64, seal: u64| {
            let line = |step: &str, priority: &str, depth: u64| {
                format!(
                    "imprint_queue_depth{{service=\"{name}\",step=\"{step}\",priority=\"{priority}\"}} {depth}\n"
                )
            };
            line("kit", "low", kit)
                + &line("kit", "high", 1)
                + &line("seal", "low", seal)
                + &line("decide", "low", 9)
        };
        let texts =
            [runner("one", 3, 4), runner("two", 5, 2), "imprint_queue_depth{step=\"logo\"} x\n".to_owned()];
        let found = depths(texts.iter().map(String::as_str));
        assert_eq!(found, [("kit".to_owned(), 10)].into());
    }
}
