//! What an operator asks of the ledger of a lattice: is it whole, keep a copy, bring back what was lost, what was set aside,
//! try that again.

use clap::{Parser, Subcommand};
use core_brand::{Blame, Fault};
use imprint_ledger::admin::{
    count, lack_of_key_text, lack_text, lacks_json, letters, letters_json, letters_text, redrive_all,
    report_json, report_text,
};
use imprint_ledger::copy::{self, Lack};
use imprint_ledger::keys;
use imprint_ledger::queue::Queues;
use imprint_ledger::verify::verify;
use imprint_ledger::{Bus, FolderLedger, JetStreamLedger, JetStreamQueues, JetStreamValues, verify_servers};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// What can be mended by who called.
const REFUSED: u8 = 2;
/// Before a server that went is asked again.
const PAUSE: Duration = Duration::from_millis(200);

/// Look into the ledger of a lattice.
///
/// By default it is that of the platform that runs on this machine; --nats names the server of another.
#[derive(Debug, Parser)]
#[command(name = "imprint ledger", bin_name = "imprint ledger", version)]
struct Args {
    /// The NATS server of the lattice, for example nats://127.0.0.1:4222.
    #[arg(long, global = true, value_name = "URL", env = "IMPRINT_NATS_URL")]
    nats: Option<String>,
    /// A file with the credentials for that server, where it asks for some.
    #[arg(long, global = true, value_name = "FILE", env = "IMPRINT_NATS_CREDS")]
    creds: Option<PathBuf>,
    /// What the names of the streams begin with.
    #[arg(long, global = true, value_name = "NAME", default_value = "IMPRINT")]
    prefix: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read every journal and check that each entry follows from the one before.
    ///
    /// No keys are needed: the chains run over what is stored, and hold for erased brands as well. Ends with 1 when a
    /// journal is not as it was written, and names its first entry that does not follow.
    Verify {
        /// A copy that `imprint ledger copy` made: also what is missing at the end of a journal is found.
        #[arg(long, value_name = "FOLDER")]
        copy: Option<PathBuf>,
        /// Also read what each server of a cluster holds, one after the other: one that was damaged is named.
        #[arg(long)]
        servers: bool,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Copy every journal into a folder, which should lie on another machine's disk.
    ///
    /// Only what is new is copied, and only what follows from what the copy has. Ends with 1 when a journal is not what the copy
    /// says. Keys are not copied; `keys copy` does it.
    Copy {
        /// The folder; made when there is none.
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
        /// Go on, append by append, until stopped.
        #[arg(long)]
        follow: bool,
    },
    /// Bring back from a copy what journals have lost at their ends.
    ///
    /// Ends with 1 when a journal has other entries than the copy, or one in it is not to be read: nothing is done about those.
    Mend {
        /// The folder of the copy.
        #[arg(long, value_name = "FOLDER")]
        from: PathBuf,
    },
    /// The keys without which journals are closed.
    Keys {
        #[command(subcommand)]
        act: Keys,
    },
    /// Work that was set aside: handed out too often, or impossible.
    Dead {
        #[command(subcommand)]
        act: Dead,
    },
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Make a file what there is of keys. It should lie elsewhere than the copy of the journals: both together are read.
    ///
    /// Keys of brands that were erased leave the file. Ends with 1 when a key is gone without that, or is another than in the
    /// file: nothing is done about those.
    Copy {
        /// The file; made when there is none.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Bring back keys that are gone. Of brands that somebody asked to forget none comes back: mend the journals first.
    ///
    /// Ends with 1 when there is another key than in the file.
    Mend {
        /// The file of the copy.
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum Dead {
    /// Show what was set aside, oldest first: id, time, step, tenant, job, and why.
    List {
        /// Only of this step.
        #[arg(long, value_name = "STEP")]
        step: Option<String>,
        /// Print a JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Put work back into its queue. It leaves the list when the queue has it.
    Redrive {
        /// The ids that `list` shows.
        #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
        ids: Vec<u64>,
        /// Everything that can be read.
        #[arg(long)]
        all: bool,
        /// With --all: only of this step.
        #[arg(long, value_name = "STEP", requires = "all")]
        step: Option<String>,
    },
}

/// Why it ends with something other than 0.
enum Trouble {
    /// It was answered, and the answer is bad.
    Bad,
    /// The person can change it.
    Refused(String),
    Fault(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(Trouble::Bad) => ExitCode::FAILURE,
        Err(Trouble::Refused(why)) => {
            eprintln!("imprint: {why}");
            ExitCode::from(REFUSED)
        }
        Err(Trouble::Fault(fault)) => {
            eprintln!("imprint: {}", fault.message);
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Trouble> {
    let bus = connect(&args).await?;
    match args.command {
        Command::Verify { copy, servers, json } => check(&bus, copy.as_deref(), servers, json).await,
        Command::Copy { to, follow: false } => copy_once(&bus, &to).await,
        Command::Copy { to, follow: true } => follow(&bus, &to).await,
        Command::Mend { from } => mend(&bus, &from).await,
        Command::Keys { act: Keys::Copy { to } } => copy_keys(&bus, &to).await,
        Command::Keys { act: Keys::Mend { from } } => mend_keys(&bus, &from).await,
        Command::Dead { act: Dead::List { step, json } } => list(&bus, step.as_deref(), json).await,
        Command::Dead { act: Dead::Redrive { all: true, step, .. } } => {
            let redriven = redrive_all(&JetStreamQueues::open(&bus).await?, step.as_deref()).await?;
            println!("{} put back.", count(redriven.len() as u64, "letter was", "letters were"));
            Ok(())
        }
        Command::Dead { act: Dead::Redrive { ids, .. } } => redrive(&bus, &ids).await,
    }
}

/// The ledger that is meant. One that is not there is not made.
async fn connect(args: &Args) -> Result<Bus, Trouble> {
    let none = "No platform runs here. `imprint up` starts one; --nats names the server of another lattice.";
    let url = args.nats.as_deref().ok_or_else(|| Trouble::Refused(none.to_owned()))?;
    let options = match &args.creds {
        None => async_nats::ConnectOptions::new(),
        Some(path) => async_nats::ConnectOptions::with_credentials_file(path)
            .await
            .map_err(|why| Trouble::Refused(format!("`{}` cannot be read: {why}.", path.display())))?,
    };
    let silent = |why| Trouble::Refused(format!("No NATS server answers at {url}: {why}."));
    let bus = Bus::new(options.connect(url).await.map_err(silent)?, &args.prefix, 1);
    match bus.has_ledger().await? {
        true => Ok(bus),
        false => {
            let why = format!("The server at {url} has no ledger `{}`. --prefix names another.", args.prefix);
            Err(Trouble::Refused(why))
        }
    }
}

async fn check(bus: &Bus, copied: Option<&Path>, each: bool, is_json: bool) -> Result<(), Trouble> {
    let ledger = JetStreamLedger::open(bus).await?;
    let report = verify(&ledger, &ledger.subjects().await?).await?;
    let lacks = match copied {
        None => Vec::new(),
        Some(folder) => copy::compare(&ledger, &existing(folder)?).await?.lacks,
    };
    let servers = if each { verify_servers(&ledger).await? } else { Vec::new() };
    let is_whole =
        report.is_whole() && lacks.is_empty() && servers.iter().all(|(_, report)| report.is_whole());
    if is_json {
        let mut json = report_json(&report);
        json["lacks"] = lacks_json(&lacks);
        json["servers"] = servers.iter().map(|(name, report)| (name.clone(), report_json(report))).collect();
        json["whole"] = is_whole.into();
        println!("{json}");
    } else {
        println!("{}", report_text(&report));
        lacks.iter().for_each(|lack| println!("{}", lack_text(lack)));
        servers.iter().for_each(|(name, report)| println!("{name}: {}", report_text(report)));
    }
    good_if(is_whole)
}

async fn copy_once(bus: &Bus, to: &Path) -> Result<(), Trouble> {
    let ledger = JetStreamLedger::open(bus).await?;
    let done = copy::copy(&ledger, &ledger.subjects().await?, &FolderLedger::open(to)?).await?;
    let journals = count(done.journals, "journal was", "journals were");
    println!("{journals} looked at, {} copied.", count(done.entries, "entry was", "entries were"));
    tell(&done.lacks)
}

/// Until somebody stops it. A server that goes is waited for.
async fn follow(bus: &Bus, to: &Path) -> Result<(), Trouble> {
    let (ledger, to) = (JetStreamLedger::open(bus).await?, FolderLedger::open(to)?);
    let mut told = BTreeSet::new();
    println!("Copying. Ctrl-C ends it.");
    loop {
        let tell = |lack: Lack| {
            if told.insert(lack.subject.clone()) {
                eprintln!("imprint: {}", lack_text(&lack).trim_start());
            }
        };
        let Err(fault) = copy::follow(&ledger, &to, tell).await;
        if fault.blame != Blame::Busy {
            return Err(fault.into());
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn mend(bus: &Bus, from: &Path) -> Result<(), Trouble> {
    let done = copy::mend(&JetStreamLedger::open(bus).await?, &existing(from)?).await?;
    let journals = count(done.journals, "journal was", "journals were");
    println!("{journals} looked at, {} brought back.", count(done.entries, "entry was", "entries were"));
    tell(&done.lacks)
}

async fn copy_keys(bus: &Bus, to: &Path) -> Result<(), Trouble> {
    let done = keys::copy(&JetStreamValues::keys(bus).await?, to).await?;
    let new = count(done.new, "key was", "keys were");
    println!("{new} copied, {} removed; the copy has {}.", done.forgotten, done.keys);
    tell_keys(&done.lacks)
}

async fn mend_keys(bus: &Bus, from: &Path) -> Result<(), Trouble> {
    if !from.is_file() {
        return Err(Trouble::Refused(format!("There is no copy at `{}`.", from.display())));
    }
    let (ledger, own) = (JetStreamLedger::open(bus).await?, JetStreamValues::keys(bus).await?);
    let done = keys::mend(&ledger, &own, from).await?;
    let new = count(done.new, "key was", "keys were");
    println!("{new} brought back; {} of {} stay away with their brands.", done.forgotten, done.keys);
    tell_keys(&done.lacks)
}

fn tell_keys(lacks: &[keys::Lack]) -> Result<(), Trouble> {
    lacks.iter().for_each(|lack| println!("{}", lack_of_key_text(lack)));
    good_if(lacks.is_empty())
}

fn tell(lacks: &[Lack]) -> Result<(), Trouble> {
    lacks.iter().for_each(|lack| println!("{}", lack_text(lack)));
    good_if(lacks.is_empty())
}

fn good_if(is_good: bool) -> Result<(), Trouble> {
    if is_good { Ok(()) } else { Err(Trouble::Bad) }
}

/// A copy that is there. An empty one in its place would say that all is well.
fn existing(folder: &Path) -> Result<FolderLedger, Trouble> {
    match folder.is_dir() {
        true => Ok(FolderLedger::open(folder)?),
        false => Err(Trouble::Refused(format!("There is no copy at `{}`.", folder.display()))),
    }
}

async fn list(bus: &Bus, step: Option<&str>, is_json: bool) -> Result<(), Trouble> {
    let letters = letters(&JetStreamQueues::open(bus).await?, step).await?;
    match is_json {
        true => println!("{}", letters_json(&letters)),
        false => println!("{}", letters_text(&letters)),
    }
    Ok(())
}

async fn redrive(bus: &Bus, ids: &[u64]) -> Result<(), Trouble> {
    let queues = JetStreamQueues::open(bus).await?;
    for id in ids {
        if !queues.redrive(*id).await? {
            return Err(Trouble::Refused(format!(
                "There is no letter {id}. `imprint ledger dead list` shows those there are."
            )));
        }
        println!("letter {id} was put back.");
    }
    Ok(())
}
