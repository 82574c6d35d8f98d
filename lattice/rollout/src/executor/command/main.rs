//! `imprint rollout`: starts, shows and steers rollouts, and carries them out.
//!
//! **Law.** Standard output is data; what a person must know besides goes to standard error. 0 done, 2 for what the person
//! can change, 3 when a watched rollout went back, 1 for our own fault.
//! **Absent.** Deciding and carrying out: they are the library's.

/// Prints a line. Whoever has stopped reading, such as `head`, wants no more.
macro_rules! out {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        // There is nobody left to tell.
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

mod args;
mod preview;
mod results;
mod view;

use anyhow::Result;
use args::{Args, Command, One, Set};
use clap::Parser as _;
use imprint_control::Control;
use imprint_rollout::executor::{
    Asked, Clock, Executor, Operators, Patience, Record, Refused, Shown, Store, Version, forget, hold,
    is_told, start,
};
use imprint_rollout::{Order, Status};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::signal::unix::{SignalKind, signal};
use view::Style;

/// Refused, and the person can change it.
const REFUSED: u8 = 2;
/// A watched rollout went back.
const BACK: u8 = 3;
/// How often a view is drawn.
const DRAW: Duration = Duration::from_millis(500);
/// An order is read within a look, and a look is at most so far away.
const HEARD_MAX: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(100);
/// Lines of a terminal that does not say how many it has.
const ROWS: usize = 24;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(code) => code,
        Err(why) => {
            eprintln!("imprint: {why:#}");
            if why.is::<Refused>() { ExitCode::from(REFUSED) } else { ExitCode::FAILURE }
        }
    }
}

async fn run(args: Args) -> Result<ExitCode> {
    if let Command::Plan { file, set, json } = &args.command {
        return preview::print(&asked(file, set)?, *json);
    }
    let control = args.site.control().await?;
    if let Command::Run { operators } = args.command {
        return carry_out(control, operators).await;
    }
    let store = Store::open(control.nats()).await?;
    if let Some((order, one)) = args.command.order() {
        return give(&store, order, one).await;
    }
    match &args.command {
        Command::Start { file, set, image, name, prometheus, watch, json } => {
            let mut asked = asked(file, set)?;
            asked.images = image.iter().cloned().collect();
            (asked.name, asked.prometheus) = (name.clone(), prometheus.clone());
            let record = start(&control, &store, &asked).await?;
            if *watch {
                return watch_it(&store, &record.id).await;
            }
            if *json {
                out!("{}", json!({ "id": record.id }));
            } else {
                out!("{}", record.id);
                eprintln!("Started. `imprint rollout status {} --watch` shows it.", record.id);
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Status { id, watch: true, .. } => {
            let id = match id {
                Some(id) => find(&store, id).await?.id,
                None => under_way(&store).await?.id,
            };
            watch_it(&store, &id).await
        }
        Command::Status { id, json, .. } => status(&store, id.as_deref(), *json).await,
        Command::Why(one) => why(&store, one).await,
        Command::Results(one) => {
            let record = find(&store, &one.id).await?;
            results::print(&record, &store.notes(&record.id).await?, one.json)
        }
        Command::History(one) => history(&store, one).await,
        Command::List { json } => list(&store, *json).await,
        Command::Versions { json } => versions(&store, *json).await,
        Command::Hold { name, json } => hold_name(&control, &store, name, *json).await,
        Command::Forget { name, json } => forget_name(&control, &store, name, *json).await,
        _ => Ok(ExitCode::SUCCESS),
    }
}

#[allow(clippy::disallowed_methods, reason = "the clock of the looks; nothing of it enters a kit")]
fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

async fn carry_out(control: Control, operators: Option<Operators>) -> Result<ExitCode> {
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
    let clock: Clock = Arc::new(now_ms);
    let executor = Executor::open(control, clock, Patience::default()).await?.telling(operators);
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = executor.run() => ended?,
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn asked(file: &Path, set: &Set) -> Result<Asked> {
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|why| Refused(format!("`{}` cannot be read: {why}", file.display())))?;
    let set: BTreeMap<String, String> = set.set.iter().cloned().collect();
    Ok(Asked { text, set, by: person(), now_ms: now_ms(), ..Asked::default() })
}

fn person() -> String {
    std::env::var("USER").unwrap_or_default()
}

/// The rollout with this id, or the only one whose id begins so.
async fn find(store: &Store, id: &str) -> Result<Record> {
    let mut matching = store.ids().await?;
    match matching.iter().any(|known| known == id) {
        true => matching.retain(|known| known == id),
        false => matching.retain(|known| known.starts_with(id)),
    }
    match (matching.pop(), matching.len()) {
        (Some(only), 0) => {
            let found = store.record(&only).await?;
            Ok(found.ok_or_else(|| Refused(format!("the rollout `{only}` was removed")))?.0)
        }
        (None, _) => {
            Err(Refused(format!("there is no rollout `{id}`; `imprint rollout list` shows all")).into())
        }
        (Some(_), others) => Err(Refused(format!("{} rollouts begin with `{id}`", others + 1)).into()),
    }
}

async fn under_way(store: &Store) -> Result<Record> {
    let running = store.records().await?.into_iter().rfind(|record| !record.state.is_over());
    running.ok_or_else(|| Refused("no rollout is under way; name one".to_owned()).into())
}

/// Appends an order, and waits until somebody has read it.
async fn give(store: &Store, order: Order, one: &One) -> Result<ExitCode> {
    let found = find(store, &one.id).await?;
    if found.state.is_over() {
        let shown = Shown::of(&found);
        return Err(Refused(format!("{}: it is over ({})", shown.id, view::headline(&shown))).into());
    }
    let id = found.id;
    let before = store.history(&id).await?.last().map_or(0, |line| line.number + 1);
    let sequence = store.order(&id, order, &person()).await?;
    let heard = tokio::time::timeout(HEARD_MAX, async {
        loop {
            if let Some((record, _)) = store.record(&id).await?
                && record.state.command >= sequence
            {
                return anyhow::Ok(Shown::of(&record));
            }
            tokio::time::sleep(LOOK).await;
        }
    });
    let Ok(heard) = heard.await else {
        eprintln!("The order is kept, and no controller has read it yet; `imprint rollout run` is one.");
        return Ok(ExitCode::SUCCESS);
    };
    let shown = heard?;
    // The history is written right behind.
    tokio::time::sleep(LOOK).await;
    let lines = store.history(&id).await?;
    let refused =
        lines.iter().filter(|line| line.number >= before).find(|line| line.text.contains("was refused"));
    if let Some(line) = refused {
        return Err(Refused(line.text.clone()).into());
    }
    if one.json {
        out!("{}", serde_json::to_string_pretty(&shown)?);
    } else {
        out!("{}: {}", shown.id, view::headline(&shown));
    }
    Ok(ExitCode::SUCCESS)
}

async fn status(store: &Store, id: Option<&str>, json: bool) -> Result<ExitCode> {
    let records = match id {
        Some(id) => vec![find(store, id).await?],
        None => {
            let mut records = store.records().await?;
            records.retain(|record| !record.state.is_over());
            records
        }
    };
    if json {
        let shown: Vec<Shown> = records.iter().map(Shown::of).collect();
        let text = match (id, shown.first()) {
            (Some(_), Some(first)) => serde_json::to_string_pretty(first)?,
            _ => serde_json::to_string_pretty(&shown)?,
        };
        out!("{text}");
        return Ok(ExitCode::SUCCESS);
    }
    if records.is_empty() {
        out!("Nothing is under way.");
    }
    for record in &records {
        let history = store.history(&record.id).await?;
        for line in view::page(&Shown::of(record), &history, now_ms(), style()) {
            out!("{line}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn style() -> Style {
    let is_wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    Style { has_color: is_wanted && std::io::stdout().is_terminal() }
}

/// Draws one rollout over itself until everybody has one version; without a terminal, a line for each change.
async fn watch_it(store: &Store, id: &str) -> Result<ExitCode> {
    let is_terminal = std::io::stdout().is_terminal();
    let (mut drawn, mut told) = (0, 0);
    loop {
        let Some((record, _)) = store.record(id).await? else {
            return Err(Refused(format!("`{id}` is gone")).into());
        };
        let (shown, history) = (Shown::of(&record), store.history(id).await?);
        if is_terminal {
            let mut lines = view::page(&shown, &history, now_ms(), style());
            // What scrolled away could not be drawn over; the history is at the end, and `history` shows all of it.
            lines.truncate(rows().saturating_sub(1));
            let mut out = std::io::stdout().lock();
            if drawn > 0 {
                write!(out, "\x1b[{drawn}A")?;
            }
            for line in &lines {
                writeln!(out, "{line}\x1b[K")?;
            }
            write!(out, "\x1b[J")?;
            out.flush()?;
            drawn = lines.len();
        } else {
            for line in history.iter().filter(|line| line.number >= told) {
                out!("{}  {}", view::time(line.at_ms), line.text);
            }
            told = history.last().map_or(told, |line| line.number + 1);
        }
        match shown.status {
            Status::Promoted | Status::PromotedWarm => return Ok(ExitCode::SUCCESS),
            Status::RolledBack | Status::Aborted => return Ok(ExitCode::from(BACK)),
            _ => tokio::time::sleep(DRAW).await,
        }
    }
}

/// Lines of the terminal.
fn rows() -> usize {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok();
    size.map(|size| usize::from(size.ws_row)).filter(|rows| *rows > 1).unwrap_or(ROWS)
}

async fn why(store: &Store, one: &One) -> Result<ExitCode> {
    let record = find(store, &one.id).await?;
    let shown = Shown::of(&record);
    if one.json {
        let said = json!({ "id": shown.id, "status": shown.status, "verdicts": shown.verdicts, "waits": shown.waits });
        out!("{}", serde_json::to_string_pretty(&said)?);
        return Ok(ExitCode::SUCCESS);
    }
    out!("{}: {}", shown.id, view::headline(&shown));
    for verdict in &shown.verdicts {
        let mark = if verdict.blocks { "–" } else { "+" };
        let lines = view::wrap(&verdict.text, "    ");
        out!("  {mark} {}", lines[0].trim_start());
        lines.iter().skip(1).for_each(|line| out!("{line}"));
    }
    if shown.verdicts.is_empty() || record.is_back() {
        // What decided stands in the history.
        let history = store.history(&shown.id).await?;
        history.iter().rev().take(2).rev().for_each(|line| out!("  {}", line.text));
    }
    shown.waits.iter().flat_map(|wait| view::wrap(wait, "  ")).for_each(|line| out!("{line}"));
    if let Some(away) = view::away(&shown, now_ms()) {
        out!("  {away}");
    }
    Ok(ExitCode::SUCCESS)
}

async fn history(store: &Store, one: &One) -> Result<ExitCode> {
    let id = find(store, &one.id).await?.id;
    let lines = store.history(&id).await?;
    if one.json {
        out!("{}", serde_json::to_string_pretty(&lines)?);
    } else {
        lines.iter().flat_map(|line| view::event(line, style())).for_each(|line| out!("{line}"));
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(store: &Store, json: bool) -> Result<ExitCode> {
    let shown: Vec<Shown> = store.records().await?.iter().rev().map(Shown::of).collect();
    if json {
        out!("{}", serde_json::to_string_pretty(&shown)?);
        return Ok(ExitCode::SUCCESS);
    }
    if shown.is_empty() {
        out!("There was no rollout yet.");
    }
    let width = shown.iter().map(|one| one.id.len()).max().unwrap_or_default();
    for one in &shown {
        out!("{:<width$}  {}  {}", one.id, view::time(one.began_ms), view::headline(one));
    }
    Ok(ExitCode::SUCCESS)
}

/// What everybody has that the application was not deployed with.
async fn versions(store: &Store, json: bool) -> Result<ExitCode> {
    let (versions, _) = store.versions().await?;
    let all = versions.iter().flat_map(|(region, known)| known.iter().map(move |one| (region, one)));
    let said: Vec<_> = all.filter(|(_, (_, version))| version.is_said()).collect();
    if json {
        let one = |(region, (name, version)): &(&String, (&String, &Version))| {
            let region = Some(region).filter(|region| !region.is_empty());
            let rollout = Some(&version.rollout).filter(|rollout| !rollout.is_empty());
            json!({ "name": name, "region": region, "version": version.version, "rollout": rollout, "at_ms": version.at_ms })
        };
        let all: Vec<serde_json::Value> = said.iter().map(one).collect();
        out!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(ExitCode::SUCCESS);
    }
    if said.is_empty() {
        out!(
            "Everybody has what the application was deployed with; names for models mean what painters take them for."
        );
    }
    let width = said.iter().map(|(_, (name, _))| name.len()).max().unwrap_or_default();
    for (region, (name, version)) in said {
        let place = if region.is_empty() { String::new() } else { format!(" in {region}") };
        let by = if version.rollout.is_empty() { "hand" } else { &version.rollout };
        out!("{name:<width$}  {}{place}, by {by}", version.version);
    }
    Ok(ExitCode::SUCCESS)
}

/// Gives a name for models its first meaning.
async fn hold_name(
    control: &Control,
    store: &Store,
    (name, model): &(String, String),
    json: bool,
) -> Result<ExitCode> {
    hold(control, store, name, model, now_ms()).await?;
    hear(control, name, true).await?;
    if json {
        out!("{}", json!({ "name": name, "means": model }));
    } else {
        out!("`{name}` means {model} to everybody.");
    }
    Ok(ExitCode::SUCCESS)
}

async fn forget_name(control: &Control, store: &Store, name: &str, json: bool) -> Result<ExitCode> {
    let meant = forget(store, name, now_ms()).await?;
    hear(control, name, false).await?;
    if json {
        out!("{}", json!({ "name": name, "meant": meant }));
    } else {
        let meant: Vec<String> = meant.into_iter().collect();
        out!("`{name}` meant {}; now it means what painters take it for.", meant.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits until gateways are told what a name means, or no longer are.
async fn hear(control: &Control, name: &str, is_wanted: bool) -> Result<()> {
    let heard = tokio::time::timeout(HEARD_MAX, async {
        while is_told(control, name).await? != is_wanted {
            tokio::time::sleep(LOOK).await;
        }
        anyhow::Ok(())
    });
    match heard.await {
        Ok(heard) => heard,
        Err(_) => {
            eprintln!("It is noted, and no controller has read it yet; `imprint rollout run` is one.");
            Ok(())
        }
    }
}
