//! The `imprint` command: a brief becomes a brand kit.
//!
//! Standard output is data; everything said to a person goes to standard error. Exit codes: 0 done, 2 for what the
//! person can change, 3 where `check` finds something, 1 for our own fault or a full disk, 130 when interrupted.
//!
//! **Law.** Each refusal is one clear sentence that says what is wrong and what to do; never panic text (`tests/e2e`).
//! **Absent.** Decisions about brands: they are the components'.

mod archive;
mod args;
mod check;
mod doctor;
mod engine;
mod explain;
mod lattice;
mod listing;
mod make;
mod more;
mod notify;
mod paint;
mod painting;
mod publish;
mod record;
mod remake;
mod say;
mod sheet;
mod show;
mod unlike;

use args::{Args, Command, ModelsCommand, NotifyCommand};
use clap::Parser;
use core_brand::fault::Code;
use core_brand::{Blame, Fault};
use std::process::ExitCode;

/// A checked file is not as the brand has it.
const FOUND: u8 = 3;

/// What was interrupted, as shells count it: 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Command::Make(make) => make::run(make),
        Command::Palette(show) => show::palette(show),
        Command::Type(show) => show::faces(show),
        Command::Sheet(sheet) => sheet::run(sheet),
        Command::Explain(explain) => explain::run(explain),
        Command::Check(check) => match check::run(check) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::from(FOUND),
            Err(fault) => Err(fault),
        },
        Command::More(more) => more::run(more),
        Command::Remake(remake) => remake::run(remake),
        Command::Zip(zip) => archive::run(zip),
        Command::Prompts(prompts) => paint::prompts(prompts),
        Command::Trace(trace) => paint::trace(trace),
        Command::Paint(paint) => painting::paint(paint),
        Command::Models(models) => match &models.command {
            ModelsCommand::Add(add) => painting::add(add),
            ModelsCommand::List(listing) => painting::list(listing),
            ModelsCommand::Pull(pull) => painting::pull(pull),
        },
        Command::Notify(notify) => match &notify.command {
            NotifyCommand::Preview(preview) => notify::preview(preview),
        },
        Command::Doctor => return doctor::run(),
        Command::Industries(listing) => listing::industries(listing),
        Command::Styles(listing) => listing::styles(listing),
        Command::Up(words) => lattice::run("up", &words.words),
        Command::Down(words) => lattice::run("down", &words.words),
        Command::Status(words) => lattice::run("status", &words.words),
        Command::Regions(words) => lattice::run("regions", &words.words),
        Command::Keys(words) => lattice::run("keys", &words.words),
        Command::Ledger(words) => lattice::run("ledger", &words.words),
        Command::Rollout(words) => lattice::run("rollout", &words.words),
        Command::Manifest(words) => lattice::run("manifest", &words.words),
        Command::Scale(words) => lattice::run("scale", &words.words),
        Command::Images(words) => lattice::run("images", &words.words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            say::fault(&fault);
            ExitCode::from(exit_code(&fault))
        }
    }
}

fn exit_code(fault: &Fault) -> u8 {
    match fault.blame {
        _ if fault.is(Code::Cancelled) => INTERRUPTED,
        Blame::Rejected => 2,
        Blame::Busy | Blame::Internal => 1,
    }
}
