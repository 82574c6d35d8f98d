//! What can be asked of a platform: read by `imprint` before anything is built, and by the program that does it.
//!
//! **Law.** Only words: nothing is started, opened or connected here.
//! **Absent.** What `imprint ledger` and `imprint rollout` take; their programs read it themselves. What they say of it is kept
//! here as text, and is the same (`tests/e2e/tests/rollout`).

mod help;

pub use help::help;

use clap::{Parser, Subcommand};
use std::net::IpAddr;
use std::path::PathBuf;

/// Where `imprint-ledger` and `imprint-rollout` find the server, unless they are told otherwise.
pub const NATS_URL: &str = "IMPRINT_NATS_URL";
const COURIER: &str = "IMPRINT_COURIER";
/// The version of the manifest that is released.
const RELEASED_VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"));

/// A platform on this machine.
#[derive(Debug, Parser)]
#[command(name = "imprint", bin_name = "imprint")]
pub struct Args {
    /// The folder of the platform.
    #[arg(long, global = true, value_name = "DIR", env = "IMPRINT_LATTICE_STATE")]
    pub state: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
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
    /// Several regions: which of them leads what is kept.
    Regions {
        #[command(subcommand)]
        act: Regions,
    },
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
pub struct Up {
    /// The port of the API and the page.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The port of NATS; 0 takes a free one.
    #[arg(long, default_value_t = 4222)]
    pub nats_port: u16,
    /// How many hosts.
    #[arg(long, value_name = "NUMBER")]
    pub hosts: Option<usize>,
    /// Regions, the first being home: one, or three or four with servers, wadm, a host and an address each (`--port`,
    /// the next, …), any one of which may die.
    #[arg(long, value_delimiter = ',', default_value = "us-east-1")]
    pub regions: Vec<String>,
    /// The port where edges join; of several regions the first, the next, …. They need the key that is made for it.
    #[arg(long, value_name = "PORT")]
    pub leaf_port: Option<u16>,
    /// The address where edges join. One that others can reach needs a certificate.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", requires = "leaf_port")]
    pub leaf_listen: IpAddr,
    /// The certificate that edges are shown, and with it the links to them encrypted.
    #[arg(long, value_name = "FILE", requires_all = ["leaf_port", "leaf_key"])]
    pub leaf_cert: Option<PathBuf>,
    /// The key of that certificate.
    #[arg(long, value_name = "FILE", requires = "leaf_cert")]
    pub leaf_key: Option<PathBuf>,
    /// Be an edge of a region: a gateway, design and logo near users that go on while the link is cut. The URL is where the
    /// region takes edges, such as `tls://core.us-east-1:7422`; `--regions` names the edge, `--lattice` the lattice of the
    /// region.
    #[arg(long, value_name = "URL", requires = "edge_key")]
    pub edge_of: Option<String>,
    /// The key of that region: a copy of `keys/edge` in its folder.
    #[arg(long, value_name = "FILE", requires = "edge_of")]
    pub edge_key: Option<PathBuf>,
    /// The certificates that the one of the region leads to, and with it an encrypted link.
    #[arg(long, value_name = "FILE", requires = "edge_of")]
    pub edge_ca: Option<PathBuf>,
    /// Forget everything that was kept.
    #[arg(long)]
    pub fresh: bool,
    #[arg(long, default_value = "default", value_name = "NAME")]
    pub lattice: String,
    /// Steps that one runner works on at once.
    #[arg(long, default_value_t = 4)]
    pub width: u32,
    /// Send traces, metrics and logs to this OTLP collector, for example `http://127.0.0.1:4318`.
    #[arg(long, value_name = "URL", env = "OTEL_EXPORTER_OTLP_ENDPOINT")]
    pub otlp: Option<String>,
    /// Let the numbers of instances follow their queues, by the rules of this file.
    #[arg(long, value_name = "FILE")]
    pub scale: Option<PathBuf>,
    #[command(flatten)]
    pub polish: Model,
    #[command(flatten)]
    pub painter: Painter,
    /// Say which devices for painting this machine has; starts a painter too.
    #[arg(long)]
    pub gpu: bool,
    /// Deliver notifications as this file says: mail server, SMS, push, DKIM. Without it they are written into the folder
    /// `outbox` of the platform.
    #[arg(long, value_name = "FILE", env = COURIER)]
    pub courier: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Scale {
    /// The rules, such as `wadm/scaling/usual.yaml`.
    pub file: PathBuf,
    /// The NATS of the lattice. Without it: that of the platform of this folder.
    #[arg(long, value_name = "URL", env = NATS_URL)]
    pub nats: Option<String>,
    #[arg(long, default_value = "default", value_name = "NAME")]
    pub lattice: String,
}

/// A language model for briefs that ask for it: any server that speaks OpenAI's chat completions.
#[derive(Debug, clap::Args)]
pub struct Model {
    /// Let briefs with `polish` have their reasons rephrased here, for example `http://127.0.0.1:11434/v1`.
    #[arg(long, value_name = "URL", requires = "polish_model")]
    pub polish: Option<String>,
    /// The model to ask for.
    #[arg(long, value_name = "NAME", requires = "polish")]
    pub polish_model: Option<String>,
    /// The file that holds the key of the model, on every host.
    #[arg(long, value_name = "FILE", requires = "polish")]
    pub polish_key_file: Option<PathBuf>,
}

/// A painter for briefs that ask for painted concepts.
#[derive(Debug, clap::Args)]
pub struct Painter {
    /// Start a painter, with the models of this folder [default: that of `imprint models`].
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = "")]
    pub painter: Option<PathBuf>,
    /// Bytes that its models and work may take [default: 1 GiB].
    #[arg(long, value_name = "BYTES", requires = "painter")]
    pub painter_memory: Option<u64>,
}

#[derive(Debug, clap::Args)]
pub struct Status {
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Manifest {
    /// Where the images are, for example `127.0.0.1:5000`.
    #[arg(long, value_name = "HOST:PORT")]
    pub registry: String,
    /// The version of the manifest. wadm takes one manifest of each.
    #[arg(long, default_value = RELEASED_VERSION)]
    pub version: String,
    /// Where the API and the page answer. Without it: where the platform of this folder does.
    #[arg(long, value_name = "ADDRESS")]
    pub http: Option<String>,
    /// Copies of every stream and bucket.
    #[arg(long, default_value_t = 1)]
    pub replicas: u32,
    /// The list of font files on the hosts. Without it: that of this folder.
    #[arg(long, value_name = "FILE")]
    pub fonts: Option<PathBuf>,
    /// Steps that one runner works on at once.
    #[arg(long, default_value_t = 4)]
    pub width: u32,
    #[command(flatten)]
    pub polish: Model,
    #[command(flatten)]
    pub painter: Painter,
    /// What the courier delivers with, as a file. Without it: webhooks and news only.
    #[arg(long, value_name = "FILE", env = COURIER)]
    pub courier: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Regions {
    /// Show which region leads how much of what is kept, and which of them are away or behind.
    Show {
        #[arg(long)]
        json: bool,
    },
    /// Let this region lead all that is kept, without losing any of it: before another is stopped, or to be near who writes most.
    /// A region that dies is replaced by the others without this.
    Promote { region: String },
}

#[derive(Debug, Subcommand)]
pub enum Keys {
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
