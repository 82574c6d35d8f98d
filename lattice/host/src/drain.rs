//! Going without dropping anything: components take no more calls, providers end theirs.

use crate::args::Args;
use crate::nats;
use anyhow::{Context as _, Result, anyhow};
use std::time::Duration;
use wasmcloud_control_interface::{Client, ClientBuilder};

/// One command to ourselves.
const COMMAND_MAX: Duration = Duration::from_secs(15);
/// Everything together; whoever started us kills us a little later.
const DRAIN_MAX: Duration = Duration::from_secs(20);
/// How often the inventory is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Stops what runs on this host, providers first: they hold the work.
pub(crate) async fn drain(args: &Args, host: &str) -> Result<()> {
    tokio::time::timeout(DRAIN_MAX, stop_all(args, host)).await.context("draining took too long")?
}

async fn stop_all(args: &Args, host: &str) -> Result<()> {
    let nats = nats::connect(args).await?;
    let control = ClientBuilder::new(nats).lattice(&args.lattice).timeout(COMMAND_MAX).build();
    let (components, providers) = running(&control, host).await?;
    for provider in &providers {
        control.stop_provider(host, provider).await.map_err(|why| anyhow!("{why}"))?;
    }
    while !running(&control, host).await?.1.is_empty() {
        tokio::time::sleep(LOOK).await;
    }
    for (id, image) in &components {
        let none = std::collections::BTreeMap::new();
        control
            .scale_component(host, image, id, 0, Some(none), vec![], false)
            .await
            .map_err(|why| anyhow!("{why}"))?;
    }
    Ok(())
}

/// The components (id and image) and providers of a host.
async fn running(control: &Client, host: &str) -> Result<(Vec<(String, String)>, Vec<String>)> {
    let answer = control.get_host_inventory(host).await.map_err(|why| anyhow!("{why}"))?;
    let inventory = answer.into_data().context("the host has no inventory")?;
    let component = |one: &wasmcloud_control_interface::ComponentDescription| {
        (one.id().to_owned(), one.image_ref().to_owned())
    };
    let components = inventory.components().iter().map(component).collect();
    Ok((components, inventory.providers().iter().map(|one| one.id().to_owned()).collect()))
}
