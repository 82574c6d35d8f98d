//! What can be typed. Values are checked where they are understood, so that every surface refuses in the same words.

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};
use core_brand::painting::Paintings;
use imprint_embedded::painter::Sampler;
use std::path::PathBuf;

/// An open, self-hosted brand generator: a name and an industry become a whole brand kit.
#[derive(Debug, Parser)]
#[command(name = "imprint", version, propagate_version = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a brand kit.
    Make(Box<Make>),
    /// Show the colours that a kit would have: swatches, scales, themes, contrasts.
    Palette(Box<Show>),
    /// Show the type that a kit would have: families, the reason for the pair, the scale.
    Type(Box<Show>),
    /// Draw every concept side by side: lockups, colourways, small sizes, on light, dark and colour.
    Sheet(Box<Sheet>),
    /// Tell why each choice of a kit was made, as a tree.
    Explain(Explain),
    /// Grade a file against a kit: colours, fonts, the logo; exit code 3 where something is found.
    Check(Check),
    /// Make a kit of more concepts like one of another kit.
    More(More),
    /// Make the next revision of a kit, with something changed; only what depends on the change is made anew.
    Remake(Box<Remake>),
    /// Write a kit, or an earlier revision of it, as one zip: the same bytes as the API sends.
    Zip(Zip),
    /// Show what an image model is to be told for each concept: prompts, seeds, sizes.
    Prompts(Box<Prompts>),
    /// Make a mark of a painted picture: an SVG of flat shapes that passes the checks of drawn marks.
    Trace(Trace),
    /// Paint one picture in this process, with a model of yours or by rules.
    Paint(Paint),
    /// Bring models for the painter in, and list them.
    Models(Models),
    /// See what people are told: e-mail, SMS, feed, push and webhooks.
    Notify(Notify),
    /// Show what is installed, what is missing, and how to get it.
    Doctor,
    /// List the industries that are known by name.
    Industries(Listing),
    /// List the styles that are known by name.
    Styles(Listing),
    /// Start a whole platform on this machine: API, page, hosts. `imprint up --help` says more.
    Up(Words),
    /// Stop the platform.
    Down(Words),
    /// Show what runs.
    Status(Words),
    /// Show which region leads what is kept, or let another do so.
    Regions(Words),
    /// Make or take back keys of the API.
    Keys(Words),
    /// Check the journals of the platform, and look after work that was set aside.
    Ledger(Words),
    /// Bring new versions to people in steps, and back by themselves when they are worse.
    Rollout(Words),
    /// Print the application's manifest with images of a registry, for `wash app deploy`.
    Manifest(Words),
    /// Let the numbers of instances of a lattice follow their queues, by the rules of a file.
    Scale(Words),
    /// Write the application's images into a folder, for `wash push`.
    Images(Words),
}

/// Read by the program that is started.
#[derive(Debug, clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Words {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    pub(crate) words: Vec<String>,
}

/// What decides the design.
#[derive(Debug, clap::Args)]
pub(crate) struct Wish {
    /// The company's name, as it is written.
    #[arg(allow_hyphen_values = true)]
    pub(crate) name: String,
    /// What the company does, for example `coffee`; any words will do.
    #[arg(long, value_name = "WORDS")]
    pub(crate) industry: String,
    /// How it should feel, for example `warm and minimal` [default: modern].
    #[arg(long, value_name = "WORDS")]
    pub(crate) style: Option<String>,
    /// The brand's own colour, kept exactly, for example `#2563eb`.
    #[arg(long, value_name = "#RRGGBB")]
    pub(crate) color: Option<String>,
    /// The language of reasons and book: en, de, es, fr, pt, it, nl, pl, tr or ja [default: en].
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
    /// Another seed, another set of ideas [default: from the brief].
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub(crate) seed: Option<String>,
    /// How far from what the industry does: 0 as everybody, 1 deliberately apart [default: 0.35].
    #[arg(long, value_name = "0..1", allow_hyphen_values = true)]
    pub(crate) distance: Option<String>,
    /// Your own industries, words and edges for the brand graph: a JSON file.
    #[arg(long, value_name = "FILE")]
    pub(crate) graph: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Make {
    #[command(flatten)]
    pub(crate) wish: Wish,
    /// How much the kit holds: simple, medium or complex [default: medium].
    #[arg(long, value_name = "LEVEL")]
    pub(crate) complexity: Option<String>,
    /// How many logo concepts, 1 to 12 [default: 6].
    #[arg(long, value_name = "NUMBER")]
    pub(crate) concepts: Option<u32>,
    #[command(flatten)]
    pub(crate) painted: Painted,
    /// No mark near one of this kit: a folder, a zip, a `brand.json`, or a folder of kits. Can be said again.
    #[arg(long, value_name = "KIT")]
    pub(crate) unlike: Vec<PathBuf>,
    /// The folder of the kit; must be empty or not exist [default: ./<name>].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Your own layouts for social pictures and stationery, beside ours or in their places: a JSON file.
    #[arg(long, value_name = "FILE")]
    pub(crate) templates: Option<PathBuf>,
    /// Write the kit also as a zip beside its folder: the same bytes as the API sends.
    #[arg(long)]
    pub(crate) zip: bool,
    /// Print one JSON object about the kit on standard output.
    #[arg(long)]
    pub(crate) json: bool,
    /// Say nothing but what went wrong.
    #[arg(long)]
    pub(crate) quiet: bool,
}

/// Concepts that are painted, beside those that are drawn.
#[derive(Debug, clap::Args)]
pub(crate) struct Painted {
    /// Concepts painted by this model and traced; `procedural` sets shapes by rules, for demonstration.
    #[arg(long, value_name = "MODEL")]
    pub(crate) painted: Option<String>,
    /// How many of them, 1 to 3 [default: 1].
    #[arg(long, value_name = "NUMBER", requires = "painted")]
    pub(crate) painted_concepts: Option<u32>,
    /// Steps of a picture, 1 to 150 [default: 30, and 4 with lcm, turbo or lightning].
    #[arg(long, value_name = "NUMBER", requires = "painted")]
    pub(crate) painted_steps: Option<u32>,
    /// euler, euler-ancestral, dpm-multistep-karras, lcm, turbo or lightning, as the model was made for [default: euler].
    #[arg(long, value_name = "NAME", requires = "painted")]
    pub(crate) painted_sampler: Option<String>,
}

impl Painted {
    /// What was typed; whether it is within bounds is asked where every order is checked.
    pub(crate) fn wish(&self) -> Option<Paintings> {
        let model = self.painted.clone()?;
        let (steps, sampler) = (self.painted_steps, self.painted_sampler.clone());
        Some(Paintings { model, concepts: self.painted_concepts.unwrap_or(1), steps, sampler })
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) wish: Wish,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Default, clap::Args)]
pub(crate) struct Sheet {
    /// The company's name, as it is written; or the folder of a kit, whose own files are shown.
    #[arg(value_name = "NAME|KIT", allow_hyphen_values = true, required_unless_present = "briefs")]
    pub(crate) name: Option<String>,
    /// What the company does, for example `coffee`; not needed for a kit.
    #[arg(long, value_name = "WORDS")]
    pub(crate) industry: Option<String>,
    /// How it should feel, for example `warm and minimal` [default: modern].
    #[arg(long, value_name = "WORDS")]
    pub(crate) style: Option<String>,
    /// The brand's own colour, for example `#2563eb`.
    #[arg(long, value_name = "#RRGGBB")]
    pub(crate) color: Option<String>,
    /// The language of the ideas: en, de, es, fr, pt, it, nl, pl, tr or ja [default: en].
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
    /// Another seed, another set of ideas [default: from the brief].
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub(crate) seed: Option<String>,
    /// How far from what the industry does: 0 as everybody, 1 deliberately apart [default: 0.35].
    #[arg(long, value_name = "0..1", allow_hyphen_values = true)]
    pub(crate) distance: Option<String>,
    /// Your own industries, words and edges for the brand graph: a JSON file.
    #[arg(long, value_name = "FILE")]
    pub(crate) graph: Option<PathBuf>,
    /// How many concepts, 1 to 12 [default: 6].
    #[arg(long, value_name = "NUMBER")]
    pub(crate) concepts: Option<u32>,
    /// No mark near one of this kit: a folder, a zip, a `brand.json`, or a folder of kits. Can be said again.
    #[arg(long, value_name = "KIT")]
    pub(crate) unlike: Vec<PathBuf>,
    /// Many briefs: a line each, `name | industry | style | colour | seed` or JSON; one picture each, into a folder.
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    pub(crate) briefs: Option<PathBuf>,
    /// The picture, .png or .svg [default: ./<name>-sheet.png]; with --briefs the folder [default: ./sheets].
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Say nothing but the paths of what was written.
    #[arg(long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Prompts {
    #[command(flatten)]
    pub(crate) wish: Wish,
    /// How many concepts, 1 to 12 [default: 6].
    #[arg(long, value_name = "NUMBER")]
    pub(crate) concepts: Option<u32>,
    /// Print JSON: the document `painter-prompts.json`.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Trace {
    /// A still PNG: one mark on a plain ground.
    #[arg(value_name = "PICTURE")]
    pub(crate) picture: PathBuf,
    /// Where the SVG goes [default: beside the picture].
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// With at most so many colours, 1 to 3.
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    pub(crate) colors: u32,
    /// Print JSON: the drawing and its checks, or what does not hold.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Paint {
    /// What is to be seen; `(word:1.2)` weighs a word.
    #[arg(value_name = "PROMPT", allow_hyphen_values = true)]
    pub(crate) prompt: String,
    /// A model, with or without its version; `imprint models list` shows them [default: the only one there is].
    #[arg(long, value_name = "NAME", conflicts_with = "procedural")]
    pub(crate) model: Option<String>,
    /// Draw by rules from the words and the seed, without a model.
    #[arg(long)]
    pub(crate) procedural: bool,
    /// What is not to be seen.
    #[arg(long, value_name = "WORDS", default_value = "", allow_hyphen_values = true)]
    pub(crate) negative: String,
    /// Another seed, another picture.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Pixels, `512` or `768x512`; multiples of 64 [default: what the model was trained at].
    #[arg(long, value_name = "PIXELS")]
    pub(crate) size: Option<String>,
    /// How noise becomes a picture, as the model was made for.
    #[arg(long, value_name = "NAME", default_value = "euler", value_parser = samplers())]
    pub(crate) sampler: String,
    /// How often the noise is made less, 1 to 150 [default: 30, and 4 with lcm, turbo or lightning].
    #[arg(long, value_name = "NUMBER")]
    pub(crate) steps: Option<u32>,
    /// How closely the words are followed, 0 to 30; 1 and less takes half the time [default: 5, and 1 with lcm, turbo or
    /// lightning].
    #[arg(long, value_name = "NUMBER")]
    pub(crate) guidance: Option<f32>,
    /// A LoRA and its weight, -4 to 4, such as `ink:0.8`; several add up.
    #[arg(long, value_name = "NAME[:WEIGHT]")]
    pub(crate) lora: Vec<String>,
    /// The picture, a PNG.
    #[arg(short, long, value_name = "FILE", default_value = "painted.png")]
    pub(crate) out: PathBuf,
    /// Print JSON: what painted it, and how.
    #[arg(long)]
    pub(crate) json: bool,
}

fn samplers() -> PossibleValuesParser {
    Sampler::ALL.map(Sampler::word).into()
}

#[derive(Debug, clap::Args)]
pub(crate) struct Models {
    #[command(subcommand)]
    pub(crate) command: ModelsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelsCommand {
    /// Copy a model of SDXL's kind, or a LoRA or ControlNet for one, from where it lies.
    Add(AddModel),
    /// List the models of this machine.
    List(Listing),
    /// Fetch a model over HTTP, with its hashes checked; a broken pull goes on where it was.
    Pull(PullModel),
}

#[derive(Debug, clap::Args)]
pub(crate) struct AddModel {
    /// The folder of a model or ControlNet as diffusers lays it out, or the file of a LoRA. The weights of a model may be one
    /// checkpoint at the top of its folder.
    #[arg(value_name = "PATH")]
    pub(crate) folder: PathBuf,
    /// What it is called from now on, for example `sdxl-base@1.0`.
    #[arg(long, value_name = "NAME@VERSION")]
    pub(crate) name: String,
    /// The side that it was trained at, in pixels.
    #[arg(long, value_name = "PIXELS", default_value_t = imprint_embedded::painter::NATIVE_PX)]
    pub(crate) native: u32,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PullModel {
    /// Where the hub is; the files lie at `URL/NAME/resolve/VERSION/`.
    #[arg(value_name = "URL")]
    pub(crate) base: String,
    /// For example `sdxl-base@1.0`.
    #[arg(value_name = "NAME@VERSION")]
    pub(crate) name: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The folder of a kit, its zip, or its `brand.json`.
    #[arg(value_name = "KIT")]
    pub(crate) kit: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The folder of a kit.
    #[arg(value_name = "KIT")]
    pub(crate) kit: PathBuf,
    /// The file to check: SVG, PNG, CSS, HTML or PDF.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct More {
    /// The folder of a kit, its zip, or its `brand.json`.
    #[arg(value_name = "KIT")]
    pub(crate) kit: PathBuf,
    /// The concept to start from, by its id or its rank, for example `3-orbit` or `3`.
    #[arg(long, value_name = "CONCEPT")]
    pub(crate) like: String,
    /// How many logo concepts, 1 to 12, the chosen one among them [default: 6].
    #[arg(long, value_name = "NUMBER")]
    pub(crate) concepts: Option<u32>,
    /// No neighbour near a mark of this kit: a folder, a zip, a `brand.json`, or a folder of kits. Can be said again.
    #[arg(long, value_name = "KIT")]
    pub(crate) unlike: Vec<PathBuf>,
    /// The folder of the new kit; must be empty or not exist [default: ./<name>-like-<concept>].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// The graph overlay that the kit was made with, if one was.
    #[arg(long, value_name = "FILE")]
    pub(crate) graph: Option<PathBuf>,
    /// Print one JSON object about the kit on standard output.
    #[arg(long)]
    pub(crate) json: bool,
    /// Say nothing but what went wrong.
    #[arg(long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Remake {
    /// The folder of a kit.
    #[arg(value_name = "KIT")]
    pub(crate) kit: PathBuf,
    /// Another name.
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) name: Option<String>,
    /// Another industry.
    #[arg(long, value_name = "WORDS")]
    pub(crate) industry: Option<String>,
    /// Another style.
    #[arg(long, value_name = "WORDS")]
    pub(crate) style: Option<String>,
    /// Another colour, for example `#2563eb`.
    #[arg(long, value_name = "#RRGGBB")]
    pub(crate) color: Option<String>,
    /// Another language of reasons and book.
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
    /// Another seed [default: the seed of the kit, also where it came from the brief].
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub(crate) seed: Option<String>,
    /// Another distance from what the industry does, 0 to 1.
    #[arg(long, value_name = "0..1", allow_hyphen_values = true)]
    pub(crate) distance: Option<String>,
    /// How much the kit holds: simple, medium or complex.
    #[arg(long, value_name = "LEVEL")]
    pub(crate) complexity: Option<String>,
    /// How many logo concepts, 1 to 12.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) concepts: Option<u32>,
    /// The graph overlay: the one that the kit was made with, or another.
    #[arg(long, value_name = "FILE")]
    pub(crate) graph: Option<PathBuf>,
    /// Other templates than those of the kit.
    #[arg(long, value_name = "FILE")]
    pub(crate) templates: Option<PathBuf>,
    /// Print one JSON object about what was made anew and what is another.
    #[arg(long)]
    pub(crate) json: bool,
    /// Say nothing but what went wrong.
    #[arg(long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Zip {
    /// The folder of a kit.
    #[arg(value_name = "KIT")]
    pub(crate) kit: PathBuf,
    /// An earlier revision [default: the newest].
    #[arg(long, value_name = "NUMBER")]
    pub(crate) revision: Option<u32>,
    /// The zip; one that is there is replaced [default: ./<name>.zip].
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Listing {
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Notify {
    #[command(subcommand)]
    pub(crate) command: NotifyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NotifyCommand {
    /// Write the messages of an event as they would be sent: subject, text, HTML, payload.
    Preview(Preview),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Preview {
    /// The event, or `digest`: several told as one [default: brand-kit.compilation.finished].
    #[arg(long, value_name = "EVENT")]
    pub(crate) event: Option<String>,
    /// Only this channel: email, webhook, sms, feed or push.
    #[arg(long, value_name = "CHANNEL")]
    pub(crate) channel: Option<String>,
    /// Only this language: en, de, es, fr, pt, it, nl, pl, tr or ja.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// Your own messages in place of ours: a JSON file.
    #[arg(long, value_name = "FILE")]
    pub(crate) templates: Option<PathBuf>,
    /// The name and the colours of this kit: its folder, its zip, or its `brand.json` [default: a sample].
    #[arg(long, value_name = "KIT")]
    pub(crate) kit: Option<PathBuf>,
    /// The folder of the messages; must be empty or not exist [default: ./notifications].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}
