//! A lattice that only exists on the wire: it answers what a host and wadm answer, over a real nats-server. The real ones are
//! in `tests/e2e`; this one can count what is done to it, stop the executor at any of it, and needs no minutes.

use async_nats::{Client, Message};
use core_saga::{BUCKETS, Routes};
use futures::StreamExt as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::Notify;

const HOST: &str = "NHOST";

/// When the executor is stopped: at this effect, before it is answered or after.
#[derive(Clone, Copy, Debug)]
pub struct Kill {
    pub at: usize,
    pub is_before_answer: bool,
}

/// What the lattice is, and what was done to it.
#[derive(Default)]
pub struct World {
    pub configs: BTreeMap<String, BTreeMap<String, String>>,
    /// Version and deployed version of applications beside the main one.
    pub apps: BTreeMap<String, (String, Option<String>)>,
    pub links: Vec<Value>,
    /// What was done, in order.
    pub effects: Vec<String>,
    /// Every configuration of routes that was put.
    pub puts: Vec<Routes>,
    pub kill: Option<Kill>,
    /// Requests and errors of each arm, since the runner began.
    pub counts: BTreeMap<(String, &'static str), (u64, u64)>,
    /// Whether the new version only fails.
    pub is_faulty: bool,
    /// Providers are silent.
    pub is_silent: bool,
    /// Images come from files.
    pub has_files: bool,
    /// The models of the painter, where there is one.
    pub painter: Option<Vec<&'static str>>,
    /// What rollouts that have had traffic are about.
    components: BTreeMap<String, String>,
}

#[derive(Clone)]
pub struct Fake {
    world: Arc<Mutex<World>>,
    pub killed: Arc<Notify>,
}

impl Fake {
    pub async fn start(nats: Client) -> Self {
        let fake = Self { world: Arc::default(), killed: Arc::default() };
        let subjects = ["wasmbus.ctl.v1.default.>", "wadm.api.default.>", "imprint.metrics.default.>"];
        for subject in subjects {
            let mut asked = nats.subscribe(subject).await.unwrap();
            let (fake, nats) = (fake.clone(), nats.clone());
            tokio::spawn(async move {
                while let Some(message) = asked.next().await {
                    fake.answer(&nats, message).await;
                }
            });
        }
        nats.flush().await.unwrap();
        fake
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    async fn answer(&self, nats: &Client, message: Message) {
        let Some(reply) = message.reply.clone() else { return };
        let (answer, is_kill) = {
            let mut world = self.world();
            let before = world.effects.len();
            let answer = world.handle(&message.subject, &message.payload);
            let kill =
                world.kill.filter(|kill| world.effects.len() > before && world.effects.len() == kill.at);
            (answer, kill)
        };
        if let Some(kill) = is_kill {
            if !kill.is_before_answer {
                nats.publish(reply, answer.unwrap_or_default().into()).await.unwrap();
                nats.flush().await.unwrap();
            }
            self.killed.notify_one();
        } else if let Some(answer) = answer {
            // The painter of the host hears the same question.
            let painter =
                message.subject.starts_with("imprint.metrics").then(|| self.world().listed()).flatten();
            nats.publish(reply.clone(), answer.into()).await.unwrap();
            if let Some(painter) = painter {
                nats.publish(reply, painter.into()).await.unwrap();
            }
        }
    }

    /// As many requests as this, going by the routes that stand in the configuration.
    pub fn serve(&self, requests: u64) {
        self.world().serve(requests);
    }

    pub fn routes(&self) -> Routes {
        self.world().routes()
    }
}

impl World {
    pub fn routes(&self) -> Routes {
        let text = self.configs.get("imprint-routes").and_then(|config| config.get("routes"));
        text.map(|text| serde_json::from_str(text).unwrap()).unwrap_or_default()
    }

    fn serve(&mut self, requests: u64) {
        for (id, route) in self.routes().rollouts {
            self.components.extend(route.set.keys().next().map(|component| (id.clone(), component.clone())));
            let weight = u64::from(route.split.weight);
            let all = u64::from(BUCKETS);
            let new = requests * weight / all;
            let baseline =
                if route.split.has_baseline { requests * weight.min(all - weight) / all } else { 0 };
            let failed = if self.is_faulty { new } else { 0 };
            for (arm, count, errors) in
                [("canary", new, failed), ("baseline", baseline, 0), ("stable", requests - new - baseline, 0)]
            {
                let known = self.counts.entry((id.clone(), arm)).or_default();
                *known = (known.0 + count, known.1 + errors);
            }
        }
    }

    fn meters(&self) -> String {
        let mut text =
            String::from("imprint_dead_letters{service=\"imprint-runner\",instance=\"NHOST\"} 0\n");
        for ((id, arm), (requests, errors)) in &self.counts {
            let component = &self.components[id];
            let of = format!(
                "service=\"imprint-runner\",instance=\"{HOST}\",rollout=\"{id}\",component=\"{component}\",version=\"x\",arm=\"{arm}\""
            );
            text += &format!(
                "imprint_arm_requests_total{{{of},result=\"ok\"}} {}\nimprint_arm_requests_total{{{of},result=\"error\"}} {errors}\n",
                requests - errors
            );
            for le in ["0.1", "1", "2", "5", "+Inf"] {
                text += &format!("imprint_arm_seconds_bucket{{{of},le=\"{le}\"}} {requests}\n");
            }
            text += &format!("imprint_arm_seconds_count{{{of}}} {requests}\n");
        }
        text
    }

    /// What the painter says of its models.
    fn listed(&self) -> Option<String> {
        let line = |model: &&str| {
            format!(
                "imprint_painter_model{{service=\"imprint-painter\",instance=\"{HOST}\",model=\"{model}\"}} 1\n"
            )
        };
        Some(self.painter.as_ref()?.iter().map(line).collect())
    }

    fn handle(&mut self, subject: &str, body: &[u8]) -> Option<Vec<u8>> {
        let words: Vec<&str> = subject.split('.').collect();
        let answer = match words.as_slice() {
            ["imprint", "metrics", ..] if self.is_silent => return None,
            ["imprint", "metrics", ..] => return Some(self.meters().into_bytes()),
            ["wasmbus", _, _, _, rest @ ..] => self.control(rest, body),
            ["wadm", "api", _, "model", act @ ..] => self.model(act, body),
            _ => return None,
        };
        Some(answer.to_string().into_bytes())
    }

    fn control(&mut self, words: &[&str], body: &[u8]) -> Value {
        let fine = |response: Value| json!({ "success": true, "message": "", "response": response });
        match words {
            ["host", "ping"] => fine(json!({ "id": HOST })),
            ["host", "get", _] => fine(self.inventory()),
            ["config", "get", name] => fine(json!(self.configs.get(*name))),
            ["config", "put", name] => {
                let values = serde_json::from_slice(body).unwrap();
                self.configs.insert((*name).to_owned(), values);
                let routes = self.routes();
                self.effects.push("routes".into());
                self.puts.push(routes);
                fine(Value::Null)
            }
            ["link", "get"] => fine(json!(self.links)),
            ["link", "put"] => {
                self.links.push(serde_json::from_slice(body).unwrap());
                self.effects.push("link".into());
                fine(Value::Null)
            }
            other => panic!("nobody asks for {other:?}"),
        }
    }

    fn inventory(&self) -> Value {
        let main = ["design", "logo", "kit"].map(|name| format!("imprint-{name}-0_1_0"));
        let apps =
            self.apps.iter().filter(|(_, (_, deployed))| deployed.is_some()).map(|(name, _)| name.clone());
        let components: Vec<Value> =
            main.into_iter().chain(apps).map(|id| json!({ "id": id, "image_ref": "" })).collect();
        let providers: Vec<Value> = self.painter.iter().map(|_| json!({ "id": "imprint-painter" })).collect();
        json!({ "host_id": HOST, "labels": { "region": "us-east-1" }, "components": components, "providers": providers })
    }

    fn model(&mut self, words: &[&str], body: &[u8]) -> Value {
        match words {
            ["get"] => {
                let one = |(name, (version, deployed)): (&String, &(String, Option<String>))| json!({ "name": name, "version": version, "deployed_version": deployed });
                json!({ "result": "success", "models": self.apps.iter().map(one).collect::<Vec<_>>() })
            }
            ["get", "imprint"] => {
                let image = |name: &str| match self.has_files {
                    true => format!("file:///somewhere/{name}.wasm"),
                    false => format!("registry.local:5000/imprint-{name}:0.1.0"),
                };
                let component = |name: &str| json!({ "name": name, "type": "component", "properties": { "id": format!("imprint-{name}-0_1_0"), "image": image(name) } });
                let all = ["design", "logo", "kit", "gateway"].map(component);
                json!({ "result": "success", "manifest": { "spec": { "components": all } } })
            }
            ["get", app] => match self.apps.get(*app) {
                Some(_) => json!({ "result": "success", "manifest": { "spec": { "components": [
                    { "properties": { "image": "registry.local:5000/imprint-design:0.2.0" } }] } } }),
                None => json!({ "result": "notfound" }),
            },
            ["put"] => {
                let text = String::from_utf8_lossy(body);
                let behind = |start: &str| {
                    text.lines().find_map(|line| line.trim().strip_prefix(start)).unwrap().to_owned()
                };
                let (name, version) = (behind("name: "), behind("version: "));
                if self.apps.get(&name).is_some_and(|(known, _)| *known == version) {
                    return json!({ "result": "error", "message": "the version already exists" });
                }
                self.apps.insert(name.clone(), (version, None));
                self.effects.push(format!("put {name}"));
                json!({ "result": "created" })
            }
            ["deploy", app] => {
                let wanted: Value = serde_json::from_slice(body).unwrap();
                let version = wanted["version"].as_str().unwrap().to_owned();
                self.apps.get_mut(*app).unwrap().1 = Some(version);
                self.effects.push(format!("deploy {app}"));
                json!({ "result": "acknowledged" })
            }
            ["undeploy", app] => {
                self.apps.get_mut(*app).unwrap().1 = None;
                self.effects.push(format!("undeploy {app}"));
                json!({ "result": "acknowledged" })
            }
            other => panic!("nobody asks wadm for {other:?}"),
        }
    }
}
