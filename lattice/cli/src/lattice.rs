//! `up`, `down`, `status`, `regions`, `keys`, `ledger`, `rollout`, `manifest`, `scale`, `images`: handed to a program of
//! their own, so that `make` stays quick to build. What is typed is read here first: help and refusals wait for nothing to be built.

use crate::say::Speaker;
use clap::Parser as _;
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_asked::Args;
use imprint_embedded::Stop;
use imprint_supply::Places;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// Builds the programs of a lattice if their sources are newer, and becomes the one that was asked for.
pub(crate) fn run(act: &str, words: &[String]) -> Result<(), Fault> {
    if let Some(text) = imprint_asked::help(act, words) {
        // Whoever has stopped reading wants no more.
        let _ = write!(std::io::stdout(), "{text}");
        return Ok(());
    }
    let all = ["imprint", act].into_iter().chain(words.iter().map(String::as_str));
    // Ends here where help is wanted, or something is wrong.
    Args::parse_from(all);
    let places = Places::find()?;
    let speaker = Speaker::new(false, Stop::default(), Vec::new());
    let programs = imprint_supply::programs(&places, &speaker)?;
    let why = Command::new(programs.join("imprint-lattice")).arg(act).args(words).exec();
    Err(Fault::new(Code::Storage, [("what", "`imprint-lattice`".to_owned()), ("why", why.to_string())]))
}
