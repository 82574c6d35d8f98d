//! `imprint up` and its family: what the `imprint` command starts when it is asked for a lattice.

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use core_brand::{Blame, Fault};
use imprint_supply::{Places, Voice};
use imprint_topology::{
    GUARD, HOSTS_MAX_COUNT, Polish, RELEASED_VERSION, Site, State, Wanted, WantedKey, Wrong, manifest,
    registry_image,
};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// Where `imprint-ledger` and `imprint-rollout` find the server, unless they are told otherwise.
const NATS_URL: &str = "IMPRINT_NATS_URL";
const COURIER: &str = "IMPRINT_COURIER";
/// And the lattice.
const LATTICE: &str = "IMPRINT_LATTICE";

/// How often the children are looked at.
const TEND: Duration = Duration::from_millis(100);

/// A platform on this machine.
#[derive(Debug, Parser)]
#[command(name = "imprint", bin_name = "imprint")]
struct Args {
    /// The folder of the platform.
    #[arg(long, global = true, value_name = "DIR", env = "IMPRINT_LATTICE_STATE")]
    state: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a platform and keep it running until Ctrl-C.
    Up(Up),
    /// Stop the platform that runs.
    Down,
    /// Show what runs.
    Status(Status),
    /// Make the buckets of a lattice on a NATS of your own, before hosts and wadm start there.
    Prepare {
        #[arg(long, value_name = "URL")]
        nats: String,
        #[arg(long, default_value = "default", value_name = "NAME")]
        lattice: String,
    },
    /// Keep the numbers of instances of a lattice at what its queues ask for, until Ctrl-C. `up --scale` does it by itself.
    Scale(Scale),
    /// Print the manifest with images of a registry, for `wash app deploy`.
    Manifest(Manifest),
    /// Write the image of every component and provider into a folder, for `wash push`.
    Images { folder: PathBuf },
    /// Keys of the API.
    Keys {
        #[command(subcommand)]
        act: Keys,
    },
    /// Check the journals, and look after work that was set aside.
    #[command(disable_help_flag = true)]
    Ledger {
        /// Read by `imprint-ledger`, which links what this program may not.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        words: Vec<String>,
    },
    /// Bring new versions to people in steps, and back when they are worse.
    #[command(disable_help_flag = true)]
    Rollout {
        /// Read by `imprint-rollout`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        words: Vec<String>,
    },
}

#[derive(Debug, clap::Args)]
struct Up {
    /// The port of the API and the page.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The port of NATS; 0 takes a free one.
    #[arg(long, default_value_t = 4222)]
    nats_port: u16,
    /// How many hosts.
    #[arg(long, value_name = "NUMBER")]
    hosts: Option<usize>,
    /// Regions, the first being home: one, or three or four with servers, wadm, a host and an address each (`--port`,
    /// the next, …), any one of which may die.
    #[arg(long, value_delimiter = ',', default_value = "us-east-1")]
    regions: Vec<String>,
    /// Forget everything that was kept.
    #[arg(long)]
    fresh: bool,
    #[arg(long, default_value = "default", value_name = "NAME")]
    lattice: String,
    /// Steps that one runner works on at once.
    #[arg(long, default_value_t = 4)]
    width: u32,
    /// Send traces, metrics and logs to this OTLP collector, for example `http://127.0.0.1:4318`.
    #[arg(long, value_name = "URL", env = "OTEL_EXPORTER_OTLP_ENDPOINT")]
    otlp: Option<String>,
    /// Let the numbers of instances follow their queues, by the rules of this file.
    #[arg(long, value_name = "FILE")]
    scale: Option<PathBuf>,
    #[command(flatten)]
    polish: Model,
    /// Deliver notifications as this file says: mail server, SMS, push, DKIM. Without it they are written into the folder
    /// `outbox` of the platform.
    #[arg(long, value_name = "FILE", env = COURIER)]
    courier: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Scale {
    /// The rules, such as `wadm/scaling/usual.yaml`.
    file: PathBuf,
    /// The NATS of the lattice. Without it: that of the platform of this folder.
    #[arg(long, value_name = "URL", env = NATS_URL)]
    nats: Option<String>,
    #[arg(long, default_value = "default", value_name = "NAME")]
    lattice: String,
}

/// A language model for briefs that ask for it: any server that speaks OpenAI's chat completions.
#[derive(Debug, clap::Args)]
struct Model {
    /// Let briefs with `polish` have their reasons rephrased here, for example `http://127.0.0.1:11434/v1`.
    #[arg(long, value_name = "URL", requires = "polish_model")]
    polish: Option<String>,
    /// The model to ask for.
    #[arg(long, value_name = "NAME", requires = "polish")]
    polish_model: Option<String>,
    /// The file that holds the key of the model, on every host.
    #[arg(long, value_name = "FILE", requires = "polish")]
    polish_key_file: Option<PathBuf>,
}

impl Model {
    fn polish(self) -> Option<Polish> {
        let (url, model) = (self.polish?, self.polish_model?);
        Some(Polish { url, model, key_file: self.polish_key_file })
    }
}

#[derive(Debug, clap::Args)]
struct Status {
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Manifest {
    /// Where the images are, for example `127.0.0.1:5000`.
    #[arg(long, value_name = "HOST:PORT")]
    registry: String,
    /// The version of the manifest. wadm takes one manifest of each.
    #[arg(long, default_value = RELEASED_VERSION)]
    version: String,
    /// Where the API and the page answer. Without it: where the platform of this folder does.
    #[arg(long, value_name = "ADDRESS")]
    http: Option<String>,
    /// Copies of every stream and bucket.
    #[arg(long, default_value_t = 1)]
    replicas: u32,
    /// The list of font files on the hosts. Without it: that of this folder.
    #[arg(long, value_name = "FILE")]
    fonts: Option<PathBuf>,
    /// Steps that one runner works on at once.
    #[arg(long, default_value_t = 4)]
    width: u32,
    #[command(flatten)]
    polish: Model,
    /// What the courier delivers with, as a file. Without it: webhooks and news only.
    #[arg(long, value_name = "FILE", env = COURIER)]
    courier: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Make a key.
    Create {
        #[arg(long, default_value = "local")]
        tenant: String,
        /// Who it is for.
        #[arg(long, default_value = "owner")]
        subject: String,
        #[arg(long)]
        read_only: bool,
        /// Let it see and set what belongs to all of the tenant: notifications, webhooks, rules and templates.
        #[arg(long)]
        notify: bool,
        /// How long it holds, in days.
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u64).range(1..=365))]
        days: u64,
        /// Print `{"key": …}`.
        #[arg(long)]
        json: bool,
    },
    /// Take a key back.
    Revoke { key: String },
}

/// Says what is going on, on standard error.
struct Aloud;

impl Voice for Aloud {
    fn say(&self, what: &str) {
        eprintln!("{what}");
    }

    fn lets_children_speak(&self) -> bool {
        true
    }

    fn is_stopped(&self) -> bool {
        false
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some((GUARD, rest)) = words.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return said(imprint_topology::guard(rest));
    }
    let args = Args::parse();
    let runtime = tokio::runtime::Runtime::new();
    said(runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(run(args))))
}

fn said(done: Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("imprint: {why:#}");
            // As the whole command does: 2 is for what the person can mend.
            let is_mendable = why.is::<Wrong>()
                || why.downcast_ref::<Fault>().is_some_and(|fault| fault.blame == Blame::Rejected);
            if is_mendable { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

async fn run(args: Args) -> Result<()> {
    let root = match args.state {
        Some(root) => root,
        None => Places::state()?.join("lattice"),
    };
    match args.command {
        Command::Up(wanted) => up(wanted, root).await,
        Command::Down if imprint_topology::down(&root)? => Ok(()),
        Command::Down => Err(Wrong(format!("no platform runs from `{}`", root.display())).into()),
        Command::Status(status) => show(&State::open(&root)?, &status).await,
        Command::Scale(wanted) => scale(&State::open(&root)?, wanted).await,
        Command::Prepare { nats, lattice } => {
            let replicas = imprint_topology::prepare(&nats, &lattice).await?;
            println!("replicas: {replicas}");
            Ok(())
        }
        Command::Manifest(wanted) => print_manifest(&State::open(&root)?, wanted),
        Command::Images { folder } => images(&root, &folder).await,
        Command::Keys { act } => keys(&State::open(&root)?, act).await,
        Command::Ledger { words } => become_program("imprint-ledger", &State::open(&root)?, &words),
        Command::Rollout { words } => become_program("imprint-rollout", &State::open(&root)?, &words),
    }
}

async fn up(asked: Up, state: PathBuf) -> Result<()> {
    let hosts = asked.hosts.unwrap_or(asked.regions.len());
    if hosts == 0 || hosts > HOSTS_MAX_COUNT {
        let why = format!("{hosts} hosts are not possible; choose 1 to {HOSTS_MAX_COUNT} with --hosts");
        return Err(Wrong(why).into());
    }
    let rules = asked.scale.as_deref().map(imprint_topology::read_scaling).transpose()?;
    let courier = asked.courier.as_deref().map(imprint_topology::read_courier).transpose()?;
    let Up { port, nats_port, regions, fresh, lattice, width, otlp, polish, .. } = asked;
    let (polish, state_folder) = (polish.polish(), state.clone());
    let wanted = Wanted {
        state: state_folder,
        port,
        nats_port,
        hosts,
        regions,
        fresh,
        lattice,
        width,
        otlp,
        polish,
        courier,
    };
    let programs = programs()?;
    let mut terminate = signal(SignalKind::terminate())?;
    let places = Places::find()?;
    let starting = imprint_topology::up(&wanted, &programs, &places, &Aloud);
    let mut platform = tokio::select! {
        started = starting => started?,
        // Dropped half-way, the children see their parent go and stop by themselves.
        _ = tokio::signal::ctrl_c() => bail!("interrupted while starting"),
        _ = terminate.recv() => bail!("stopped while starting"),
    };
    greet(&State::open(&state)?, &platform.card)?;
    let (url, lattice) = (platform.card.nats_url.clone(), platform.card.lattice.clone());
    let scaling = rules.map(|rules| {
        tokio::spawn(async move { imprint_topology::follow_queues(&url, &lattice, rules, &Aloud).await })
    });
    let ended = loop {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => break None,
            _ = terminate.recv() => break None,
            () = tokio::time::sleep(TEND) => {
                if let Err(why) = platform.tend(&Aloud) {
                    break Some(why);
                }
            }
        }
    };
    eprintln!("Stopping.");
    if let Some(scaling) = scaling {
        scaling.abort();
    }
    platform.stop().await;
    ended.map_or(Ok(()), Err)
}

fn greet(state: &State, card: &imprint_topology::Card) -> Result<()> {
    let day = Duration::from_secs(86_400);
    let wanted = WantedKey {
        tenant: "local".into(),
        subject: "owner".into(),
        may_write: true,
        may_notify: false,
        life: day,
    };
    let key = imprint_topology::create_key(state, &wanted)?;
    println!("Imprint runs.");
    println!("  page   {}/#key={key}", card.http_url);
    println!("  API    {}/api/v1   (`imprint keys create --json` makes a key)", card.http_url);
    println!("  NATS   {}", card.nats_url);
    for region in card.regions.iter().skip(1) {
        println!("  {} {}   NATS {}", region.name, region.http_url, region.nats_url);
    }
    for url in &card.metrics_urls {
        println!("  meters {url}");
    }
    eprintln!("Ctrl-C stops it; what was made stays.");
    Ok(())
}

/// Becomes a program that hears where the platform of this folder is, if one runs.
fn become_program(name: &str, state: &State, words: &[String]) -> Result<()> {
    let mut program = std::process::Command::new(programs()?.join(name));
    if let Some(card) = state.card().filter(|_| std::env::var_os(NATS_URL).is_none()) {
        program.env(NATS_URL, card.nats_url).env(LATTICE, card.lattice);
    }
    let why = program.args(words).exec();
    bail!("`{name}` does not start: {why}")
}

async fn scale(state: &State, wanted: Scale) -> Result<()> {
    let rules = imprint_topology::read_scaling(&wanted.file)?;
    let here = || state.card().map(|card| card.nats_url);
    let url = wanted.nats.or_else(here).ok_or_else(|| {
        Wrong("no platform runs; `imprint up` starts one, `--nats URL` names another".to_owned())
    })?;
    tokio::select! {
        () = imprint_topology::follow_queues(&url, &wanted.lattice, rules, &Aloud) => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}

async fn show(state: &State, status: &Status) -> Result<()> {
    let card = state.card();
    let scaling = match &card {
        Some(card) => imprint_topology::scaling_standing(&card.nats_url, &card.lattice).await,
        None => None,
    };
    if status.json {
        let mut value = serde_json::to_value(&card)?;
        if let (Some(value), Some(scaling)) = (value.as_object_mut(), &scaling) {
            value.insert("scaling".to_owned(), serde_json::to_value(scaling)?);
        }
        println!("{}", serde_json::to_string_pretty(&value)?);
        return Ok(());
    }
    let card = card.ok_or_else(|| Wrong("no platform runs; `imprint up` starts one".to_owned()))?;
    println!("{}   NATS {}   lattice {}", card.http_url, card.nats_url, card.lattice);
    for region in &card.regions {
        println!(
            "{:<16} {}   NATS {}   leaf {}",
            region.name, region.http_url, region.nats_url, region.leaf_url
        );
        for (name, pid) in card.processes.iter().filter(|(name, _)| region.processes.contains(name)) {
            println!("  {name:<24} {pid}");
        }
    }
    let is_told = |name: &String| card.regions.iter().any(|region| region.processes.contains(name));
    for (name, pid) in card.processes.iter().filter(|(name, _)| !is_told(name)) {
        println!("  {name:<8} {pid}");
    }
    for url in &card.metrics_urls {
        println!("  {url}");
    }
    if let Some(scaling) = &scaling {
        println!("instances");
        imprint_topology::scaling_lines(scaling).iter().for_each(|line| println!("{line}"));
    }
    Ok(())
}

fn print_manifest(state: &State, wanted: Manifest) -> Result<()> {
    let card = state.card();
    let here = card.as_ref().and_then(|card| card.http_url.strip_prefix("http://")).map(str::to_owned);
    let fonts = wanted.fonts.clone().unwrap_or_else(|| state.fonts());
    let text = manifest(&Site {
        version: &wanted.version,
        image: &|name| registry_image(&wanted.registry, name),
        http: wanted.http.clone().or(here).unwrap_or_else(|| "127.0.0.1:8080".to_owned()),
        region: card.map_or_else(|| "us-east-1".to_owned(), |card| card.region),
        replicas: wanted.replicas,
        fonts: fonts.display().to_string(),
        width: wanted.width,
        polish: wanted.polish.polish(),
        courier: wanted
            .courier
            .as_deref()
            .map(imprint_topology::read_courier)
            .transpose()?
            .unwrap_or_default(),
        entrances: Vec::new(),
    });
    print!("{text}");
    Ok(())
}

async fn images(state: &std::path::Path, folder: &std::path::Path) -> Result<()> {
    let programs = programs()?;
    let places = Places::find()?;
    for path in
        imprint_topology::write_images(&State::open(state)?, &programs, &places, &Aloud, folder).await?
    {
        println!("{}", path.display());
    }
    Ok(())
}

/// The programs of a lattice lie beside this one.
fn programs() -> Result<PathBuf> {
    Ok(std::env::current_exe()?.parent().map(PathBuf::from).unwrap_or_default())
}

async fn keys(state: &State, act: Keys) -> Result<()> {
    match act {
        Keys::Create { tenant, subject, read_only, notify, days, json } => {
            let life = Duration::from_secs(days * 86_400);
            let key = imprint_topology::create_key(
                state,
                &WantedKey { tenant, subject, may_write: !read_only, may_notify: notify, life },
            )?;
            if json {
                println!("{}", serde_json::json!({ "key": key }));
            } else {
                println!("{key}");
            }
        }
        Keys::Revoke { key } => {
            let name = imprint_topology::revoke_key(state, &key)?;
            imprint_topology::publish_access(state).await?;
            println!("revoked {name}");
        }
    }
    Ok(())
}
