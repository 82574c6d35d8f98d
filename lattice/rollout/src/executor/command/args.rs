//! What can be typed.

use anyhow::{Context as _, Result};
use async_nats::ConnectOptions;
use clap::{Parser, Subcommand};
use imprint_control::Control;
use imprint_rollout::Order;
use imprint_rollout::executor::{Operators, Refused};
use nkeys::KeyPair;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bring a new version to people in steps, and back by itself when it is worse.
///
/// By default it is that of the platform that runs on this machine; --nats names the server of another.
#[derive(Debug, Parser)]
#[command(name = "imprint rollout", bin_name = "imprint rollout", version)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) site: Site,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// A lattice, and who we are to it.
#[derive(Debug, clap::Args)]
pub(crate) struct Site {
    /// The NATS server of the lattice, for example nats://127.0.0.1:4222. Of several regions one each, with commas between: the
    /// first that answers is taken, and the next when it is gone.
    #[arg(long, global = true, value_name = "URL", value_delimiter = ',', env = "IMPRINT_NATS_URL")]
    nats: Vec<String>,
    #[arg(long, global = true, default_value = "default", value_name = "NAME", env = "IMPRINT_LATTICE")]
    lattice: String,
    /// The JWT of the NATS user that this program is.
    #[arg(long, global = true, value_name = "FILE", env = "IMPRINT_NATS_JWT_FILE")]
    nats_jwt: Option<PathBuf>,
    /// The seed of that user.
    #[arg(long, global = true, value_name = "FILE", env = "IMPRINT_NATS_SEED_FILE")]
    nats_seed: Option<PathBuf>,
    /// A file with both.
    #[arg(long, global = true, value_name = "FILE", env = "IMPRINT_NATS_CREDS")]
    creds: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Carry rollouts out until Ctrl-C. `imprint up` does this; several may run.
    Run {
        /// Who is told when a version starts, waits, is promoted or goes back, by the notifications of a tenant: the tenant, or
        /// one person of it, better by a role: the name stands in the audit for 400 days.
        #[arg(long, value_name = "TENANT[/PERSON]", env = "IMPRINT_OPERATORS")]
        operators: Option<Operators>,
    },
    /// Show what a file would do: stages, times, risks. No lattice is needed.
    Plan {
        file: PathBuf,
        #[command(flatten)]
        set: Set,
        #[arg(long)]
        json: bool,
    },
    /// Start a rollout.
    Start {
        file: PathBuf,
        #[command(flatten)]
        set: Set,
        /// The image of a component's new version: a file, or its name in a registry. Without it: beside the running one in its
        /// registry. A model has none.
        #[arg(long, value_name = "COMPONENT=IMAGE", value_parser = pair)]
        image: Vec<(String, String)>,
        /// What it is called [default: the name in the file, else component and version].
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Where metrics from Prometheus are asked for, for example http://127.0.0.1:9090.
        #[arg(long, value_name = "URL")]
        prometheus: Option<String>,
        /// Show it until everybody has one version. Ends with 3 when that is the old one.
        #[arg(long)]
        watch: bool,
        #[arg(long)]
        json: bool,
    },
    /// Show what is under way, or one rollout.
    Status {
        id: Option<String>,
        /// Show it until everybody has one version. Ends with 3 when that is the old one.
        #[arg(long)]
        watch: bool,
        #[arg(long)]
        json: bool,
    },
    /// Stay where it is. Going back stays possible, also by itself.
    Pause(One),
    /// Go on after a pause or an alarm, or through a gate.
    Resume(One),
    /// Give everybody of this wave the new version now.
    Promote(One),
    /// End it before promotion: everybody has the old version.
    Abort(One),
    /// Go back to the old version, also after promotion while that is warm.
    Rollback(One),
    /// Say each verdict with its numbers, and what is waited for.
    Why(One),
    /// Show what each version and each variant of an experiment has come to: people, errors and times, with intervals.
    Results(One),
    /// Show what happened, oldest first.
    History(One),
    /// Show every rollout, newest first.
    List {
        #[arg(long)]
        json: bool,
    },
    /// Show what everybody has since earlier rollouts: versions of components, and what names for models mean.
    Versions {
        #[arg(long)]
        json: bool,
    },
    /// Say what a name for models means to everybody, before its first rollout.
    Hold {
        /// The name as briefs write it, and a model that every painter has, for example best=sdxl-base@1.0.
        #[arg(value_name = "NAME=MODEL", value_parser = pair)]
        name: (String, String),
        #[arg(long)]
        json: bool,
    },
    /// Give a name for models back: it means what painters take it for, as before its first rollout.
    Forget {
        /// The name as briefs write it, for example best.
        name: String,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Set {
    /// A component and its new version, for example design=0.2.0, or a name for models of the painter and the model that it shall
    /// mean, for example model/best=sdxl-base@1.1. Several move together.
    #[arg(long = "set", value_name = "COMPONENT=VERSION", value_parser = pair)]
    pub(crate) set: Vec<(String, String)>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct One {
    /// The id that `list` shows, or how it begins.
    pub(crate) id: String,
    #[arg(long)]
    pub(crate) json: bool,
}

impl Command {
    /// What a person orders with it, and of which rollout.
    pub(crate) fn order(&self) -> Option<(Order, &One)> {
        match self {
            Self::Pause(one) => Some((Order::Pause, one)),
            Self::Resume(one) => Some((Order::Resume, one)),
            Self::Promote(one) => Some((Order::Promote, one)),
            Self::Abort(one) => Some((Order::Abort, one)),
            Self::Rollback(one) => Some((Order::Rollback, one)),
            _ => None,
        }
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, value)| !name.is_empty() && !value.is_empty());
    pair.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| format!("`{text}` has no `name=value`"))
}

impl Site {
    pub(crate) async fn control(&self) -> Result<Control> {
        if self.nats.is_empty() {
            let what = "no platform runs here; start one with `imprint up`, or name the server of another with --nats";
            return Err(Refused(what.to_owned()).into());
        }
        let options = self.options().await?.name("imprint-rollout").retain_servers_order();
        let nats = options.connect(self.nats.as_slice()).await;
        let silent = |why| Refused(format!("nothing answers at {}: {why}", self.nats.join(", ")));
        Ok(Control::over(nats.map_err(silent)?, &self.lattice))
    }

    async fn options(&self) -> Result<ConnectOptions> {
        if let Some(creds) = &self.creds {
            let read = ConnectOptions::with_credentials_file(creds).await;
            return read.map_err(|why| Refused(format!("`{}`: {why}", creds.display())).into());
        }
        let (Some(jwt), Some(seed)) = (&self.nats_jwt, &self.nats_seed) else {
            if self.nats_jwt.is_some() || self.nats_seed.is_some() {
                return Err(Refused("--nats-jwt and --nats-seed belong together".to_owned()).into());
            }
            return Ok(ConnectOptions::new());
        };
        // A fault names the file and never what is in it.
        let key = KeyPair::from_seed(&read(seed)?).ok();
        let key = Arc::new(key.with_context(|| format!("`{}` holds no seed", seed.display()))?);
        Ok(ConnectOptions::with_jwt(read(jwt)?, move |nonce| {
            let key = Arc::clone(&key);
            async move { key.sign(&nonce).map_err(async_nats::AuthError::new) }
        }))
    }
}

fn read(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|why| Refused(format!("`{}` cannot be read: {why}", path.display())))?;
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_of_several_regions_have_commas_between() {
        for words in
            [&["list", "--nats", "nats://a:1,nats://b:2"][..], &["--nats", "nats://a:1,nats://b:2", "list"]]
        {
            let args = Args::try_parse_from([&["imprint rollout"][..], words].concat());
            assert_eq!(args.map(|args| args.site.nats).unwrap_or_default(), ["nats://a:1", "nats://b:2"]);
        }
    }
}
