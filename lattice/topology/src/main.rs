//! `imprint up` and its family: what the `imprint` command starts when it is asked for a lattice.

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use imprint_supply::{Places, Voice};
use imprint_topology::{GUARD, HOSTS_MAX_COUNT, State, Wanted, WantedKey};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

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
    /// Keys of the API.
    Keys {
        #[command(subcommand)]
        act: Keys,
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
    /// A host in each of these regions, the first being home.
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
}

#[derive(Debug, clap::Args)]
struct Status {
    #[arg(long)]
    json: bool,
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
            ExitCode::FAILURE
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
        Command::Down => bail!("no platform runs from `{}`", root.display()),
        Command::Status(status) => show(&State::open(&root)?, &status),
        Command::Keys { act } => keys(&State::open(&root)?, act).await,
    }
}

async fn up(asked: Up, state: PathBuf) -> Result<()> {
    let hosts = asked.hosts.unwrap_or(asked.regions.len());
    if hosts == 0 || hosts > HOSTS_MAX_COUNT {
        bail!("{hosts} hosts are not possible; choose 1 to {HOSTS_MAX_COUNT} with --hosts");
    }
    let Up { port, nats_port, regions, fresh, lattice, width, .. } = asked;
    let wanted = Wanted { state: state.clone(), port, nats_port, hosts, regions, fresh, lattice, width };
    let programs = std::env::current_exe()?.parent().map(PathBuf::from).unwrap_or_default();
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
    let ended = loop {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => break None,
            _ = terminate.recv() => break None,
            () = tokio::time::sleep(Duration::from_millis(500)) => {
                if let Some(why) = platform.first_ended() {
                    break Some(why);
                }
            }
        }
    };
    eprintln!("Stopping.");
    platform.stop().await;
    ended.map_or(Ok(()), |why| bail!("{why}"))
}

fn greet(state: &State, card: &imprint_topology::Card) -> Result<()> {
    let day = Duration::from_secs(86_400);
    let wanted = WantedKey { tenant: "local".into(), subject: "owner".into(), may_write: true, life: day };
    let key = imprint_topology::create_key(state, &wanted)?;
    println!("Imprint runs.");
    println!("  page   {}/#key={key}", card.http_url);
    println!("  API    {}/api/v1   (`imprint keys create --json` makes a key)", card.http_url);
    println!("  NATS   {}", card.nats_url);
    eprintln!("Ctrl-C stops it; what was made stays.");
    Ok(())
}

fn show(state: &State, status: &Status) -> Result<()> {
    let card = state.card();
    if status.json {
        println!("{}", serde_json::to_string_pretty(&card)?);
        return Ok(());
    }
    let Some(card) = card else { bail!("no platform runs; `imprint up` starts one") };
    println!("{}   NATS {}   lattice {}", card.http_url, card.nats_url, card.lattice);
    for (name, pid) in &card.processes {
        println!("  {name:<8} {pid}");
    }
    Ok(())
}

async fn keys(state: &State, act: Keys) -> Result<()> {
    match act {
        Keys::Create { tenant, subject, read_only, days, json } => {
            let life = Duration::from_secs(days * 86_400);
            let key = imprint_topology::create_key(
                state,
                &WantedKey { tenant, subject, may_write: !read_only, life },
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
