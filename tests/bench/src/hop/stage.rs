//! Hosts of the shapes, the shipped program, and the graph on them.

use super::load::Connection;
use super::own::{COMMAND as OWN_HOST, Callee};
use crate::servers::{Process, REGIONS, port, until};
use imprint_control::{Control, Link};
use imprint_topology::prepare;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// More than there are callers.
const INSTANCES: u32 = 256;

pub(super) const CALLER: &str = "caller";
pub(super) const CALLEE: &str = "callee";
const HTTP: &str = "http";
/// The configuration that the HTTP server is linked with.
const ADDRESS: &str = "address";

/// A component file, and the host it runs on.
pub(super) struct Part<'a> {
    pub(super) id: &'static str,
    pub(super) file: &'a Path,
    pub(super) host: usize,
}

/// The hosts of a shape, and the port where it answers.
pub(super) struct Stage {
    hosts: Vec<Process>,
    /// Hosts of another shape that answer here too.
    others: Vec<u32>,
    pub(super) port: u16,
}

impl Stage {
    /// Starts a host at each of these servers, puts the parts on them and waits until they answer.
    pub(super) async fn start(folder: &Path, lattice: &str, urls: &[&str], parts: &[Part<'_>]) -> Self {
        // The servers of several regions first look for each other.
        until("there are no buckets", async || prepare(urls[0], lattice).await.is_ok()).await;
        let control = Control::connect(urls[0], lattice).await.unwrap_or_else(|why| panic!("{why:#}"));
        let (mut hosts, mut ids) = (Vec::new(), Vec::<String>::new());
        for (number, url) in urls.iter().enumerate() {
            let log = folder.join(format!("{lattice}-{number}.log"));
            let args = ["--nats", url, "--lattice", lattice, "--region", REGIONS[number]];
            hosts.push(Process::start(&imprint_harness::program("imprint-host"), &args, &log));
            until("the host does not answer", async || {
                control.hosts().await.is_ok_and(|found| found.len() == hosts.len())
            })
            .await;
            let found = control.hosts().await.unwrap_or_default();
            ids.extend(found.into_iter().find(|id| !ids.contains(id)));
        }
        let port = port();
        deploy(&control, &ids, parts, port).await;
        answers(port).await;
        Self { hosts, others: Vec::new(), port }
    }

    /// Starts a host of our own and waits until it answers. Where the callee is elsewhere, these hosts have it.
    pub(super) async fn own(
        folder: &Path,
        name: &str,
        caller: &Path,
        callee: &Callee<'_>,
        others: Vec<u32>,
    ) -> Self {
        let us = std::env::current_exe().unwrap_or_else(|why| panic!("{why}"));
        let (port, log) = (port(), folder.join(format!("{name}.log")));
        let mut args = vec![OWN_HOST.to_owned(), port.to_string(), caller.display().to_string()];
        args.extend(callee.words());
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let hosts = vec![Process::start(&us, &args, &log)];
        answers(port).await;
        Self { hosts, others, port }
    }

    pub(super) fn pids(&self) -> Vec<u32> {
        self.hosts.iter().map(Process::pid).chain(self.others.iter().copied()).collect()
    }
}

async fn answers(port: u16) {
    until("no right answer", async || {
        Connection::open(port).and_then(|mut connection| connection.is_answered()).unwrap_or_default()
    })
    .await;
}

async fn deploy(control: &Control, hosts: &[String], parts: &[Part<'_>], port: u16) {
    let address = BTreeMap::from([("address".to_owned(), format!("127.0.0.1:{port}"))]);
    until("no configuration is taken", async || control.put_config(ADDRESS, &address).await.is_ok()).await;
    for Part { id, file, host } in parts {
        let (host, file) = (&hosts[*host], format!("file://{}", file.display()));
        let scale = json!({
            "component_ref": file, "component_id": id, "host_id": host, "max_instances": INSTANCES, "count": INSTANCES,
        });
        tell(control, &format!("component.scale.{host}"), &scale).await;
    }
    let front = &hosts[0];
    let http =
        json!({ "provider_ref": "wasmcloud+builtin://http-server", "provider_id": HTTP, "host_id": front });
    tell(control, &format!("provider.start.{front}"), &http).await;
    for Part { id, host, .. } in parts {
        until("a component does not start", async || {
            let found = control.inventory(&hosts[*host]).await.unwrap_or_default();
            found.components.iter().any(|one| one.id == *id)
        })
        .await;
    }
    until("the HTTP server does not start", async || {
        let found = control.inventory(front).await.unwrap_or_default();
        found.providers.iter().any(|one| one.id == HTTP)
    })
    .await;
    let call = Link {
        source: CALLER.to_owned(),
        target: CALLEE.to_owned(),
        name: "default".to_owned(),
        package: "hop".to_owned(),
        interfaces: vec!["names".to_owned()],
    };
    if parts.len() > 1 {
        until("the link is not taken", async || control.link(&call).await.is_ok()).await;
    }
    let entrance = json!({
        "source_id": HTTP, "target": CALLER, "name": "default", "wit_namespace": "wasi", "wit_package": "http",
        "interfaces": ["incoming-handler"], "source_config": [ADDRESS], "target_config": [],
    });
    tell(control, "link.put", &entrance).await;
}

/// Tells the lattice, again until it is taken.
async fn tell(control: &Control, subject: &str, body: &Value) {
    let full = format!("wasmbus.ctl.v1.{}.{subject}", control.lattice());
    until(subject, async || {
        let answer = control.nats().request(full.clone(), body.to_string().into()).await;
        let said = answer.ok().and_then(|answer| serde_json::from_slice::<Value>(&answer.payload).ok());
        said.is_some_and(|said| said["success"] == true)
    })
    .await;
}
