//! A text of lines with the same margins everywhere.

use crate::show::pen::{Pen, wrap};
use core_brand::brief::Order;
use core_brand::check::Severity;
use core_brand::{Check, Design};

/// Everything below a heading stands this far in.
pub(crate) const MARGIN: usize = 2;

pub(crate) struct Sheet<'a> {
    pub(crate) pen: &'a Pen,
    text: String,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(pen: &'a Pen) -> Self {
        Self { pen, text: String::new() }
    }

    /// One line. What would stand behind it unseen is cut off.
    pub(crate) fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end_matches(' '));
        self.text.push('\n');
    }

    /// A line below a heading.
    pub(crate) fn row(&mut self, text: &str) {
        self.line(&format!("{}{text}", " ".repeat(MARGIN)));
    }

    pub(crate) fn heading(&mut self, title: &str) {
        self.line("");
        let title = self.pen.strong(title);
        self.line(&title);
    }

    /// Running text below a heading.
    pub(crate) fn paragraph(&mut self, text: &str) {
        for line in wrap(text, self.pen.width - 2 * MARGIN) {
            self.row(&line);
        }
    }

    /// A remark that can be passed over.
    pub(crate) fn remark(&mut self, text: &str) {
        for line in wrap(text, self.pen.width - 2 * MARGIN) {
            let line = self.pen.faint(&line);
            self.row(&line);
        }
    }

    /// Whose design it is, and how the brief was read.
    pub(crate) fn title(&mut self, order: &Order, design: &Design) {
        let name = self.pen.strong(&order.brief.company_name);
        self.line(&name);
        let read = |name: &str, confidence: f64| match confidence {
            sure if sure >= 1.0 => name.to_owned(),
            sure => format!("{name} ({:.0} % sure)", sure * 100.0),
        };
        let industry = read(&design.industry.name, design.industry.confidence);
        let style = read(&design.style.name, design.style.confidence);
        let apart = design.distance.as_ref().map(|found| match found.asked {
            Some(asked) => format!(" · distance {:.2} (asked {asked:.2})", found.measured),
            None => format!(" · distance {:.2}", found.measured),
        });
        let line = format!("{industry} · {style}{} · seed {}", apart.unwrap_or_default(), order.seed);
        for line in wrap(&line, self.pen.width) {
            let line = self.pen.faint(&line);
            self.line(&line);
        }
    }

    /// What the person should know; how many gates were measured.
    pub(crate) fn findings(&mut self, design: &Design, prefix: &str) {
        let missed: Vec<_> = design
            .checks
            .iter()
            .filter(|check| check.severity == Severity::Warn && !check.passed && check.id.starts_with(prefix))
            .collect();
        if !design.warnings.is_empty() || !missed.is_empty() {
            self.heading("Warnings");
        }
        for warning in &design.warnings {
            self.warning(&warning.message);
        }
        for check in missed {
            self.missed(check);
        }
        let of_topic = design.checks.iter().filter(|check| check.id.starts_with(prefix));
        let gates: Vec<_> = of_topic.filter(|check| check.severity == Severity::Gate).collect();
        let failed = gates.iter().filter(|check| !check.passed).count();
        self.gates(gates.len(), failed);
    }

    /// How many gates were measured; an empty line before it.
    pub(crate) fn gates(&mut self, count: usize, failed: usize) {
        if count == 0 {
            return;
        }
        self.line("");
        self.remark(&match failed {
            0 => format!("{count} gates measured, all hold."),
            failed => format!("{count} gates measured, {failed} fail."),
        });
    }

    /// A check that is no gate and does not hold.
    pub(crate) fn missed(&mut self, check: &Check) {
        let Check { message, measured, unit, threshold, fix, .. } = check;
        self.warning(&format!("{message} Measured {measured} {unit}, wanted {threshold}. {fix}"));
    }

    pub(crate) fn warning(&mut self, message: &str) {
        for (index, line) in wrap(message, self.pen.width - 3 * MARGIN).iter().enumerate() {
            self.row(&format!("{} {line}", if index == 0 { "!" } else { " " }));
        }
    }

    pub(crate) fn text(self) -> String {
        self.text
    }
}
