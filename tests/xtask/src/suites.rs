//! Runs what cargo built: several suites at once, since many of them wait for servers most of their time.
//!
//! Cargo itself runs one after another. Each suite keeps its words to itself until it ends; those of failed ones are said
//! again at the end.

use serde_json::Value;
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// More platforms of several processes at once than this are too much for any machine.
const AT_ONCE_MAX: usize = 4;
/// Suites that take longest, longest first: begun last, one of them would run alone.
const LONG: &[&str] = &[
    "faults", "cluster", "control", "crowd", "rollout", "regions", "edge", "lattice", "kit", "own", "sim",
    "sheets", "command",
];
/// Suites that only compute. They give way to the others: a platform that is missed comes back under a clock, and starting a
/// host compiles all its components.
const PATIENT: &[&str] = &["crowd", "laws", "marks", "own", "reasons", "sheets", "sim", "step"];
/// How far they give way: a tenth of a processor that others want is left to them.
const NICE: &str = "10";
/// So many are named with their times.
const NAMED: usize = 15;

struct Suite {
    /// `<package>/<target>`
    name: String,
    program: PathBuf,
    /// Where cargo would run it.
    folder: PathBuf,
}

impl Suite {
    fn target(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    fn command(&self) -> Command {
        if !PATIENT.contains(&self.target()) {
            return Command::new(&self.program);
        }
        let mut command = Command::new("nice");
        command.args(["-n", NICE]).arg(&self.program);
        command
    }
}

struct Ended {
    name: String,
    seconds: f64,
    failure: Option<String>,
}

/// Builds and runs the tests that `command`, a `cargo test`, names.
pub(crate) fn run(mut command: Command) -> Result<(), String> {
    command.args(["--no-run", "--message-format=json-render-diagnostics"]);
    let said = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit()).output();
    let said = said.map_err(|why| format!("cargo: {why}"))?;
    if !said.status.success() {
        return Err(format!("the tests are not built: {}", said.status));
    }
    let mut suites: Vec<Suite> = String::from_utf8_lossy(&said.stdout).lines().filter_map(suite).collect();
    if suites.is_empty() {
        return Err("cargo names no tests".to_owned());
    }
    let place = |suite: &Suite| LONG.iter().position(|long| *long == suite.target()).unwrap_or(LONG.len());
    suites.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.name.cmp(&b.name)));
    let at_once = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, AT_ONCE_MAX);
    let environment = command;
    let ended = all(suites, at_once, &environment);
    judge(ended)
}

/// A line of cargo that names a suite.
fn suite(line: &str) -> Option<Suite> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let program = PathBuf::from(message["executable"].as_str()?);
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?.to_owned();
    let package = folder.file_name()?.to_string_lossy().into_owned();
    Some(Suite { name: format!("{package}/{}", message["target"]["name"].as_str()?), program, folder })
}

fn all(suites: Vec<Suite>, at_once: usize, environment: &Command) -> Vec<Ended> {
    println!("{} suites, {at_once} at once", suites.len());
    let waiting = Mutex::new(VecDeque::from(suites));
    let ended = Mutex::new(Vec::new());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some(suite) = next() {
                    let one = one(&suite, environment);
                    ended.lock().unwrap_or_else(PoisonError::into_inner).push(one);
                }
            });
        }
    });
    ended.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn one(suite: &Suite, environment: &Command) -> Ended {
    let began = Instant::now();
    let (status, words) = match listen(suite, environment) {
        Ok(done) => done,
        Err(why) => return Ended { name: suite.name.clone(), seconds: 0.0, failure: Some(why) },
    };
    let seconds = began.elapsed().as_secs_f64();
    // In one piece: others end at the same time.
    print!("\n-- {} ({seconds:.1} s)\n{words}", suite.name);
    let failure = (!status.success()).then(|| format!("{status}\n{words}"));
    Ended { name: suite.name.clone(), seconds, failure }
}

fn listen(suite: &Suite, environment: &Command) -> Result<(ExitStatus, String), String> {
    let fault = |why: std::io::Error| format!("{}: {why}", suite.program.display());
    let path = suite.program.with_extension("log");
    let log = File::create(&path).map_err(fault)?;
    let mut command = suite.command();
    for (name, value) in environment.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.current_dir(&suite.folder).env("CARGO_MANIFEST_DIR", &suite.folder).stdin(Stdio::null());
    command.stdout(log.try_clone().map_err(fault)?).stderr(log.try_clone().map_err(fault)?);
    let status = command.status().map_err(fault)?;
    let mut words = Vec::new();
    let mut log = File::open(&path).map_err(fault)?;
    log.rewind().and_then(|()| log.read_to_end(&mut words)).map_err(fault)?;
    fs::remove_file(&path).map_err(fault)?;
    Ok((status, String::from_utf8_lossy(&words).into_owned()))
}

fn judge(mut ended: Vec<Ended>) -> Result<(), String> {
    ended.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    println!("\nThe longest suites:");
    for suite in ended.iter().take(NAMED) {
        println!("{:>8.1} s  {}", suite.seconds, suite.name);
    }
    let failed: Vec<&Ended> = ended.iter().filter(|suite| suite.failure.is_some()).collect();
    for suite in &failed {
        println!("\n== FAILED: {}: {}", suite.name, suite.failure.as_deref().unwrap_or_default());
    }
    let names: Vec<&str> = failed.iter().map(|suite| suite.name.as_str()).collect();
    if names.is_empty() { Ok(()) } else { Err(format!("failed: {}", names.join(", "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_suites_are_run() {
        let line = |is_test: bool, program: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/r/tests/e2e/Cargo.toml",
                "target":{{"name":"kit"}},"profile":{{"test":{is_test}}},"executable":{program}}}"#
            )
        };
        let found =
            suite(&line(true, r#""/r/target/debug/deps/kit-1""#)).map(|suite| (suite.name, suite.folder));
        assert_eq!(found, Some(("e2e/kit".to_owned(), PathBuf::from("/r/tests/e2e"))));
        assert!(suite(&line(false, r#""/r/target/debug/imprint""#)).is_none(), "a program");
        assert!(suite(&line(true, "null")).is_none(), "a library that is only compiled");
        assert!(suite("warning: something").is_none());
    }

    #[test]
    fn all_that_failed_are_named() {
        let ended = |name: &str, failure: Option<&str>| Ended {
            name: name.to_owned(),
            seconds: 1.0,
            failure: failure.map(str::to_owned),
        };
        assert_eq!(judge(vec![ended("a", None)]), Ok(()));
        let several = vec![ended("a", None), ended("b", Some("it")), ended("c", Some("it"))];
        assert_eq!(judge(several), Err("failed: b, c".to_owned()));
    }
}
