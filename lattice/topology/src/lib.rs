//! A platform on one machine: NATS, wadm, hosts, providers and the application, started, watched and stopped together.
//!
//! **Law.** What it starts it stops, and nothing else; a child never outlives it (`children`), and
//! one that dies is started again (`supervise`). What is kept between runs lies in one folder (`state`).
//! **Absent.** Production: there the same programs run apart, under whatever the operator uses, from the same manifest.

mod access;
mod buckets;
mod children;
mod courier;
mod edge;
mod images;
mod leaves;
mod promote;
mod regions;
mod running;
mod scaling;
mod state;
mod supervise;
mod up;
mod wrong;

pub use access::{Wanted as WantedKey, create as create_key, revoke as revoke_key};
pub use buckets::prepare;
pub use courier::read as read_courier;
pub use edge::{Edge, EdgeOf, waiting as waiting_at_edge};
pub use images::write as write_images;
pub use imprint_control::{
    APP, Control, Entrance, Painter, Polish, RELEASED_VERSION, ROUTES_CONFIG, Site, manifest, registry_image,
};
pub use leaves::{Certificate, Door, Leaves, Pass, Trust, key_path as edge_key_path};
pub use promote::{Leader, leaders, promote};
pub use regions::{Core, Local};
pub use running::{Run, lines as running_lines, running};
pub use scaling::{
    follow as follow_queues, lines as scaling_lines, read as read_scaling, standing as scaling_standing,
};
pub use state::{Card, RegionCard, State};
pub use up::{HOSTS_MAX_COUNT, Platform, Wanted, up};
pub use wrong::Wrong;

use anyhow::Result;
use std::path::Path;
use std::time::{Duration, Instant};

/// Longer than everything takes that `up` does to stop.
const DOWN_MAX: Duration = Duration::from_secs(60);

/// Becomes another program that ends when its parent does. Only returns when that failed.
pub fn guard(words: &[String]) -> Result<()> {
    children::become_guarded(words)
}

/// The word that stands before such a program.
pub const GUARD: &str = children::GUARD;

/// Stops the platform of this folder and waits until it is gone. Gives whether one ran.
pub fn down(root: &Path) -> Result<bool> {
    let state = State::open(root)?;
    let Some(card) = state.card() else { return Ok(false) };
    children::signal(card.pid, rustix::process::Signal::TERM);
    let began = Instant::now();
    while state.card().is_some() {
        anyhow::ensure!(began.elapsed() < DOWN_MAX, "process {} does not stop", card.pid);
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(true)
}

/// Makes the running platform hear of new keys and revocations.
pub async fn publish_access(state: &State) -> Result<()> {
    let Some(card) = state.card() else { return Ok(()) };
    let control = Control::connect(&card.nats_url, &card.lattice).await?;
    access::publish(state, &control, &card).await
}
