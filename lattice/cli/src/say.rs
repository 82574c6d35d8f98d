//! What is said to a person, on standard error. Readable without colour.

use core_brand::Fault;
use imprint_embedded::{Progress, Stop};
use imprint_supply::Voice;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::Write;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// Says a fault as one paragraph. A closed standard error is nobody's loss.
pub(crate) fn fault(fault: &Fault) {
    let _ = writeln!(std::io::stderr(), "imprint: {}", fault.message);
}

/// Says a line on standard output; a reader that has gone away ends us quietly.
pub(crate) fn data(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Says a text of lines on standard output.
pub(crate) fn print(text: &str) {
    let _ = write!(std::io::stdout(), "{text}");
}

/// The voice of one `make`: progress bars for a terminal, lines for a file, nothing when quiet.
pub(crate) struct Speaker {
    quiet: bool,
    stop: Stop,
    bar: Mutex<Option<ProgressBar>>,
    /// The steps of the job, for one bar over all of them.
    steps: Vec<&'static str>,
}

impl Speaker {
    pub(crate) fn new(quiet: bool, stop: Stop, steps: Vec<&'static str>) -> Self {
        Self { quiet, stop, bar: Mutex::new(None), steps }
    }

    pub(crate) fn line(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// Moves the bar; each step is an equal part of it.
    pub(crate) fn progress(&self, progress: &Progress) {
        if self.quiet {
            return;
        }
        let mut bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = bar.get_or_insert_with(|| new_bar(self.steps.len() as u64 * PARTS));
        let before = self.steps.iter().position(|step| *step == progress.step).unwrap_or_default() as u64;
        let part = progress.done as u64 * PARTS / progress.total.max(1) as u64;
        bar.set_message(doing(&progress.step).to_owned());
        bar.set_position(before * PARTS + part);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
}

impl Voice for Speaker {
    fn say(&self, what: &str) {
        self.line(what);
    }

    fn lets_children_speak(&self) -> bool {
        !self.quiet
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_asked()
    }
}

/// A step of the bar in finer parts.
const PARTS: u64 = 100;
/// How often a bar is drawn at most.
const DRAWS_PER_SECOND: u8 = 30;

fn new_bar(length: u64) -> ProgressBar {
    let bar =
        ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(DRAWS_PER_SECOND));
    // A template that does not parse is a fault of this line; the plain bar is as good.
    let style = ProgressStyle::with_template("  {bar:32} {percent:>3} %  {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸─"));
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

fn doing(step: &str) -> &str {
    match step {
        "create-job" => "reading the brief",
        "design" => "choosing colours and type",
        "logo" => "drawing the concepts",
        "paint" => "having concepts painted",
        "assets" => "making pictures",
        "kit" => "setting the book",
        "seal" => "checking and sealing",
        other => other,
    }
}
