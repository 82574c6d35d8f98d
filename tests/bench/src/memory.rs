//! What a server holds in memory for each content that it stores: while content comes in, when nothing is done any more, and
//! after a restart, when it has read only what it has to.

use crate::servers::Server;
use imprint_blobs::{Blobs, NatsBlobs, space};
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// Contents, unless somebody says another number.
const CONTENTS: usize = 100_000;
/// As many as a usual brand of one concept has, and as large.
const BRAND: usize = 100;
const BYTES: usize = 8192;
/// Lines of the table while content comes in.
const LOOKS: usize = 4;
/// A server puts what it has read, and the index of it, away after two minutes.
const REST: Duration = Duration::from_secs(150);
const KIB_A_MIB: f64 = 1024.0;

pub(crate) fn print(contents: Option<usize>) {
    let runtime = tokio::runtime::Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    let server = Server::alone(folder.path());
    let contents = contents.unwrap_or(CONTENTS).max(LOOKS * BRAND);
    println!("\n| contents of {BYTES} bytes, {BRAND} a brand | nats-server | more for each |\n|---|---|---|");
    let empty = mib(server.pid());
    row("none", empty, empty, 0);
    for look in 0..LOOKS {
        let (from, to) = (contents * look / LOOKS, contents * (look + 1) / LOOKS);
        runtime.block_on(fill(&server, from, to));
        row(&to.to_string(), mib(server.pid()), empty, to);
    }
    std::thread::sleep(REST);
    row(&format!("the same, {} s later", REST.as_secs()), mib(server.pid()), empty, contents);
    let server = server.again();
    // What was put is there, and asking for it makes the server read.
    runtime.block_on(fill(&server, contents, contents + BRAND));
    row("after a restart", mib(server.pid()), empty, contents);
}

fn row(what: &str, now: f64, empty: f64, contents: usize) {
    let each = if contents == 0 { 0.0 } else { (now - empty) * KIB_A_MIB / contents as f64 };
    println!("| {what} | {now:.0} MiB | {each:.2} KiB |");
}

async fn fill(server: &Server, from: usize, to: usize) {
    let nats = async_nats::connect(server.url()).await.unwrap_or_else(|why| panic!("{why}"));
    let blobs =
        NatsBlobs::open(nats, &BTreeMap::new()).await.unwrap_or_else(|fault| panic!("{}", fault.message));
    for number in from..to {
        let brand = format!("bench-{}", number / BRAND);
        // No two are the same, and none is easily packed.
        let words = (0..BYTES / 8).map(|word| (number * BYTES + word).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let bytes: Vec<u8> = words.flat_map(usize::to_le_bytes).collect();
        if let Err(fault) = blobs.put(&space("acme", &brand), bytes).await {
            panic!("{}", fault.message);
        }
    }
}

/// What it holds of its own: not what the kernel keeps of its files.
pub(crate) fn mib(pid: u32) -> f64 {
    let about = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_else(|why| panic!("{why}"));
    let line = about.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or_else(|| panic!("no `RssAnon` in {about}")) / KIB_A_MIB
}
