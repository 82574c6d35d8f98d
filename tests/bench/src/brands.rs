//! What the ledger's provider holds in memory for brands that are done: while they come in, and after a restart, when it has
//! read every journal there is; and how long that takes.
//!
//! The journals are written as the runner writes them, sealed, without anybody who makes anything.

use crate::durable::{context, jobs, pins, request, sure};
use crate::memory::mib;
use crate::servers::{Process, Server, processor_s, until};
use core_brand::Document;
use core_brand::content::sha256_hex;
use core_saga::{Event, Outcome, Terms};
use futures::StreamExt as _;
use imprint_ledger::journal::{Home, Stamp, previous_of};
use imprint_ledger::{Bus, LatticeLedger, Ledger};
use imprint_provider::wire::answer;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use wrpc_transport_nats::Client;

/// Brands, unless somebody says another number.
const BRANDS: usize = 4000;
/// As many as a usual brand of one concept has, in as many steps.
const FILES: usize = 100;
const STEPS: usize = 5;
/// Brands that are written at once.
const WIDTH: usize = 8;
/// Lines of the table while brands come in.
const LOOKS: usize = 8;
const LATTICE: &str = "brands";
const LEDGER: &str = "imprint-ledger";
const TENANT: &str = "acme";
const REGION: &str = "us-east-1";
const ANSWER_MAX: Duration = Duration::from_secs(30);

struct Provider {
    process: Process,
    calls: Client,
}

pub(crate) fn print(brands: Option<usize>) {
    let runtime = tokio::runtime::Runtime::new().unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().unwrap_or_else(|why| panic!("{why}"));
    runtime.block_on(measure(folder.path(), brands.unwrap_or(BRANDS).max(LOOKS)));
}

async fn measure(folder: &Path, brands: usize) {
    let server = Server::alone(folder);
    let nats = async_nats::connect(server.url()).await.unwrap_or_else(|why| panic!("{why}"));
    let ledger = sure(LatticeLedger::open(&Bus::new(nats, "IMPRINT", 1)).await);
    let provider = Provider::start(&server, folder.join("first.log")).await;
    println!("\n| brands of {FILES} files, done | the ledger's provider | more for each |\n|---|---|---|");
    let empty = mib(provider.process.pid());
    row("none", empty, empty, 0);
    for look in 0..LOOKS {
        let (from, to) = (brands * look / LOOKS, brands * (look + 1) / LOOKS);
        let written = futures::stream::iter(from..to).map(|number| write(&ledger, number));
        written.buffer_unordered(WIDTH).collect::<()>().await;
        provider.knows(to - 1).await;
        row(&to.to_string(), mib(provider.process.pid()), empty, to);
    }
    drop(provider);
    let (began, servers_s) = (Instant::now(), processor_s(&[server.pid()]));
    let again = Provider::start(&server, folder.join("again.log")).await;
    again.knows(brands - 1).await;
    let took_s = began.elapsed().as_secs_f64();
    row("after a restart", mib(again.process.pid()), empty, brands);
    let events = brands * (STEPS + 2);
    let (own_s, servers_s) = (processor_s(&[again.process.pid()]), processor_s(&[server.pid()]) - servers_s);
    println!(
        "\nIt knew all {events} events again after {took_s:.1} s, {:.0} a second; {own_s:.1} s of its processor time, {servers_s:.1} s of the server's.",
        events as f64 / took_s
    );
}

fn row(what: &str, now: f64, empty: f64, brands: usize) {
    let each = if brands == 0 { 0.0 } else { (now - empty) * 1024.0 / brands as f64 };
    println!("| {what} | {now:.0} MiB | {each:.1} KiB |");
}

impl Provider {
    async fn start(server: &Server, log: PathBuf) -> Self {
        let args = ["--nats", &server.url(), "--lattice", LATTICE, "--id", LEDGER];
        let process = Process::start(&imprint_harness::program("imprint-ledger-provider"), &args, &log);
        let nats = async_nats::connect(server.url()).await.unwrap_or_else(|why| panic!("{why}"));
        let calls = Client::new(nats, format!("{LATTICE}.{LEDGER}"), None).await;
        let calls = calls.unwrap_or_else(|why| panic!("{why:#}"));
        let one = Self { process, calls };
        until("no provider", async || one.view("br_none").await.is_some()).await;
        one
    }

    /// Until the last one that was written is known.
    async fn knows(&self, number: usize) {
        let id = id(number);
        let is_known =
            async || self.view(&id).await.flatten().is_some_and(|view| view.contains("\"completed\""));
        until("the last brand is not known", is_known).await;
    }

    /// Nothing where nobody answers.
    async fn view(&self, id: &str) -> Option<Option<String>> {
        answer(LEDGER, ANSWER_MAX, jobs::view(&self.calls, None, &context(TENANT), id)).await.ok()
    }
}

fn id(number: usize) -> String {
    format!("br_{REGION}_{number:0>26}")
}

/// The journal of a brand that is done, in one append.
async fn write(ledger: &LatticeLedger, number: usize) {
    let home = Home::new(REGION, TENANT, &id(number));
    let built = |step: usize| {
        let file = |file: usize| {
            let path = format!("logos/concept-{step}/file-{file}.svg");
            Document::file(path, "image/svg+xml", format!("{number} {step} {file}").into_bytes())
                .by_reference()
        };
        let documents = (0..FILES / STEPS).map(file).collect();
        Event::Built { step: "kit".to_owned(), task: step.to_string(), documents }
    };
    let first = Event::Requested { request: request(), pins: pins(), terms: Terms::default() };
    let all = std::iter::once(first).chain((0..STEPS).map(built));
    let all = all.chain(std::iter::once(Event::Ended { outcome: Outcome::Completed }));
    let (mut entries, mut previous) = (Vec::new(), previous_of(&[]));
    for (place, event) in (0..).zip(all) {
        let entry = sure(home.entry(place, &previous, &event, Stamp::default()));
        let entry = sure(ledger.seal(&home.subject(), place, entry).await);
        previous = sha256_hex(&entry);
        entries.push(entry);
    }
    sure(ledger.append(&home.subject(), 0, entries).await);
}
