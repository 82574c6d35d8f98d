//! The API asked by schemathesis: thousands of requests made from `/openapi.json`, each answer compared with it.
//!
//! The surface over a platform in memory is asked, unless `IMPRINT_API_URL` and `IMPRINT_API_KEY` name a running one.

use imprint_supply::Places;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The version that findings are compared with.
const PACKAGE: &str = "schemathesis==4.32.5";
/// The same requests every time.
const SEED: &str = "7";
/// Requests for each operation, beside those that are derived from its limits.
const EXAMPLES: &str = "25";
/// Checks that are left out, each with its reason.
const EXCEPTIONS: &str = include_str!("../api-exceptions.txt");

pub(crate) fn run(root: &Path) -> Result<(), String> {
    let program = installed()?;
    let asked = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (asked("IMPRINT_API_URL"), asked("IMPRINT_API_KEY")) {
        (Some(url), Some(key)) => ask(&program, root, &url, &key),
        _ => {
            let surface = Surface::start(root)?;
            ask(&program, root, &surface.url, &surface.key)
        }
    }
}

fn ask(program: &Path, root: &Path, url: &str, key: &str) -> Result<(), String> {
    let mut command = Command::new(program);
    command.current_dir(root.join("target")).args(["run", &format!("{url}/openapi.json"), "--checks", "all"]);
    command.args([
        "--header",
        &format!("Authorization: Bearer {key}"),
        "--seed",
        SEED,
        "--max-examples",
        EXAMPLES,
    ]);
    command.args(["--phases", "examples,coverage,fuzzing", "--generation-database", "none"]);
    command.args(["--exclude-checks", &excluded().join(",")]);
    done(&mut command)
}

/// The names on the list.
fn excluded() -> Vec<&'static str> {
    let lines = EXCEPTIONS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim()).collect()
}

/// A virtual environment knows its own path, so it is made where it stays.
fn installed() -> Result<PathBuf, String> {
    let folder = Places::find().map_err(|fault| fault.message)?.cache.join(PACKAGE);
    let program = folder.join("bin/schemathesis");
    if !program.is_file() {
        println!("Installing {PACKAGE} into the cache (once).");
        done(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE];
        done(Command::new(folder.join("bin/python")).args(pip))?;
    }
    Ok(program)
}

/// The surface over a platform in memory, as a process.
struct Surface {
    process: Child,
    url: String,
    key: String,
}

impl Surface {
    fn start(root: &Path) -> Result<Self, String> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(root).args([
            "build",
            "--locked",
            "--package",
            "core-gateway",
            "--example",
            "serve",
        ]);
        done(&mut command)?;
        let mut process = Command::new(root.join("target/debug/examples/serve"))
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|why| format!("the surface does not start: {why}"))?;
        let mut line = String::new();
        if let Some(said) = process.stdout.take() {
            BufReader::new(said)
                .read_line(&mut line)
                .map_err(|why| format!("the surface says nothing: {why}"))?;
        }
        let (url, key) = line.trim().split_once(' ').unwrap_or_default();
        Ok(Self { process, url: url.to_owned(), key: key.to_owned() })
    }
}

impl Drop for Surface {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn done(command: &mut Command) -> Result<(), String> {
    // Arguments stay out of messages: one of them is a key.
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).status().map_err(|why| format!("{name}: {why}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` ended with {status}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exception_has_a_reason() {
        let lines = EXCEPTIONS.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        for line in lines {
            assert!(line.split_once(": ").is_some_and(|(_, why)| why.len() > 20), "{line}");
        }
        assert!(
            excluded().iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        );
    }
}
