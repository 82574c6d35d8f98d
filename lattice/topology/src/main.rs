//! `imprint up` and its family: what the `imprint` command starts when it is asked for a lattice.

use anyhow::{Context as _, Result, bail};
use clap::Parser as _;
use core_brand::{Blame, Fault};
use imprint_asked::{
    self as asked, Args, Command, Keys, Manifest, Model, NATS_URL, Regions, Scale, Status, Up,
};
use imprint_supply::{Places, Voice};
use imprint_topology::{
    Card, Certificate, EdgeOf, GUARD, HOSTS_MAX_COUNT, Leaves, Painter, Platform, Polish, Site, State,
    Wanted, WantedKey, Wrong, manifest, registry_image,
};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Where they find the lattice.
const LATTICE: &str = "IMPRINT_LATTICE";

/// How often the children are looked at.
const TEND: Duration = Duration::from_millis(100);

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
        Command::Regions { act } => regions(&State::open(&root)?, act).await,
        Command::Keys { act } => keys(&State::open(&root)?, act).await,
        Command::Ledger { words } => {
            become_program("imprint-ledger", &State::open(&root)?, &words, |card| card.nats_url.clone())
        }
        Command::Rollout { words } => {
            become_program("imprint-rollout", &State::open(&root)?, &words, Card::nats_urls)
        }
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
    let (leaves, edge_of) = (leaves(&asked)?, edge_of(&asked)?);
    let Up { port, nats_port, regions, fresh, lattice, width, otlp, polish, painter, gpu, .. } = asked;
    let painter = painter_of(painter, gpu)?;
    let lattice = match &edge_of {
        Some(of) => format!("{}-{}", of.lattice, regions.join("-")),
        None => lattice,
    };
    let (polish, state_folder) = (model(polish), state.clone());
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
        painter,
        courier,
        leaves,
        edge_of,
    };
    let programs = programs()?;
    if gpu {
        eprintln!("{}", devices(&programs)?);
    }
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
    if let Some(leaves) = &wanted.leaves {
        let key = imprint_topology::edge_key_path(&State::open(&state)?);
        println!("  edges  join at {}:{} with a copy of `{}`", leaves.listen, leaves.port, key.display());
    }
    let (url, lattice) = (platform.card.nats_url.clone(), platform.card.lattice.clone());
    let scaling = rules.map(|rules| {
        tokio::spawn(async move { imprint_topology::follow_queues(&url, &lattice, rules, &Aloud).await })
    });
    let ended = tended(&mut platform, &mut terminate).await;
    eprintln!("Stopping.");
    if let Some(scaling) = scaling {
        scaling.abort();
    }
    platform.stop().await;
    ended.map_or(Ok(()), Err)
}

/// Keeps it running until somebody stops it, or until why it cannot go on.
async fn tended(platform: &mut Platform, terminate: &mut Signal) -> Option<anyhow::Error> {
    loop {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => return None,
            _ = terminate.recv() => return None,
            () = tokio::time::sleep(TEND) => {
                if let Err(why) = platform.tend(&Aloud) {
                    return Some(why);
                }
            }
        }
    }
}

/// Where edges join, if they do. Servers have their files by whole paths.
fn leaves(asked: &Up) -> Result<Option<Leaves>> {
    let Some(port) = asked.leaf_port else { return Ok(None) };
    let tls = asked.leaf_cert.as_ref().zip(asked.leaf_key.as_ref());
    let tls = tls.map(|(cert, key)| anyhow::Ok(Certificate { cert: absolute(cert)?, key: absolute(key)? }));
    Ok(Some(Leaves { port, listen: asked.leaf_listen, tls: tls.transpose()? }))
}

/// The region behind, if this is an edge.
fn edge_of(asked: &Up) -> Result<Option<EdgeOf>> {
    let (Some(url), Some(key)) = (asked.edge_of.clone(), &asked.edge_key) else { return Ok(None) };
    let ca = asked.edge_ca.as_deref().map(absolute).transpose()?;
    Ok(Some(EdgeOf { url, lattice: asked.lattice.clone(), key: absolute(key)?, ca }))
}

fn absolute(path: &Path) -> Result<PathBuf> {
    Ok(std::path::absolute(path)?)
}

/// The language model, where one was named.
fn model(asked: Model) -> Option<Polish> {
    let (url, model) = (asked.polish?, asked.polish_model?);
    Some(Polish { url, model, key_file: asked.polish_key_file })
}

/// The painter, where one was asked for.
fn painter_of(words: asked::Painter, gpu: bool) -> Result<Option<Painter>> {
    let folder = words.painter.or_else(|| gpu.then(PathBuf::new));
    let Some(folder) = folder else { return Ok(None) };
    let models = if folder.as_os_str().is_empty() { Places::models()? } else { std::path::absolute(folder)? };
    Ok(Some(Painter { models, memory: words.painter_memory }))
}

/// What there is to paint on, as the painter says it.
fn devices(programs: &std::path::Path) -> Result<String> {
    let program = programs.join("imprint-painter-provider");
    let said = std::process::Command::new(&program).arg("devices").output();
    let said = said.with_context(|| format!("`{}` does not start", program.display()))?;
    Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

fn greet(state: &State, card: &imprint_topology::Card) -> Result<()> {
    if let Some(region) = &card.edge_of {
        println!("An edge of {region} runs.");
        println!("  page   {}   (keys of the region hold here)", card.http_url);
        println!("  NATS   {}", card.nats_url);
        eprintln!("Ctrl-C stops it; what waits here stays.");
        return Ok(());
    }
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
fn become_program(name: &str, state: &State, words: &[String], nats: fn(&Card) -> String) -> Result<()> {
    let mut program = std::process::Command::new(programs()?.join(name));
    if let Some(card) = state.card().filter(|_| std::env::var_os(NATS_URL).is_none()) {
        program.env(NATS_URL, nats(&card)).env(LATTICE, card.lattice);
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

async fn regions(state: &State, act: Regions) -> Result<()> {
    let Some(card) = state.card() else {
        return Err(Wrong("no platform runs; `imprint up` starts one".to_owned()).into());
    };
    // The first that answers: any of them may be away.
    let urls = card.regions.iter().map(|region| &region.nats_url);
    let mut url = card.nats_url.clone();
    for known in urls {
        if imprint_topology::Control::connect(known, &card.lattice).await.is_ok() {
            url.clone_from(known);
            break;
        }
    }
    match act {
        Regions::Promote { region } => {
            let (moved, without) = imprint_topology::promote(&url, &card.regions, &region).await?;
            println!("{region} leads all that it has; {moved} moved");
            if !without.is_empty() {
                println!("no copy lies there of {}", without.join(", "));
            }
        }
        Regions::Show { json } => {
            let leaders = imprint_topology::leaders(&url).await?;
            if json {
                println!("{}", serde_json::to_string_pretty(&leaders)?);
                return Ok(());
            }
            for region in &card.regions {
                let is_it = |name: &String| *name == region.name;
                let led = leaders.iter().filter(|one| one.region.as_ref().is_some_and(is_it)).count();
                let behind = leaders.iter().filter(|one| one.behind.iter().any(is_it)).count();
                println!("{:<16} leads {led} of {}   away or behind {behind}", region.name, leaders.len());
            }
        }
    }
    Ok(())
}

async fn show(state: &State, status: &Status) -> Result<()> {
    let card = state.card();
    let (scaling, running) = match &card {
        Some(card) => tokio::join!(
            imprint_topology::scaling_standing(&card.nats_url, &card.lattice),
            imprint_topology::running(&card.nats_url, &card.lattice)
        ),
        None => (None, None),
    };
    if status.json {
        let mut value = serde_json::to_value(&card)?;
        if let (Some(value), Some(scaling)) = (value.as_object_mut(), &scaling) {
            value.insert("scaling".to_owned(), serde_json::to_value(scaling)?);
        }
        if let (Some(value), Some(running)) = (value.as_object_mut(), &running) {
            value.insert("running".to_owned(), serde_json::to_value(running)?);
        }
        println!("{}", serde_json::to_string_pretty(&value)?);
        return Ok(());
    }
    let card = card.ok_or_else(|| Wrong("no platform runs; `imprint up` starts one".to_owned()))?;
    println!("{}   NATS {}   lattice {}", card.http_url, card.nats_url, card.lattice);
    if let Some(region) = &card.edge_of {
        let waiting = imprint_topology::waiting_at_edge(&card.nats_url).await;
        let waiting = waiting.map_or_else(|| "unknown".to_owned(), |count| count.to_string());
        println!("edge `{}` of {region}   jobs that wait for it: {waiting}", card.region);
    }
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
    if let Some(running) = &running {
        println!("runs");
        imprint_topology::running_lines(running).iter().for_each(|line| println!("{line}"));
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
        polish: model(wanted.polish),
        painter: painter_of(wanted.painter, false)?,
        courier: wanted
            .courier
            .as_deref()
            .map(imprint_topology::read_courier)
            .transpose()?
            .unwrap_or_default(),
        entrances: Vec::new(),
        edge_of: None,
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
    if state.card().is_some_and(|card| card.edge_of.is_some()) {
        return Err(Wrong(
            "keys are made and taken back where the region runs, and hold here too".to_owned(),
        )
        .into());
    }
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
