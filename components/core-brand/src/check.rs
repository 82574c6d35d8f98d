//! A check: what was measured, against which threshold. `report.json` is a list of these.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A kit that fails this is not made.
    Gate,
    /// A kit is made, and says so.
    Warn,
    /// Measured for information.
    Info,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    AtLeast,
    AtMost,
    Equal,
}

/// One measured value against one threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Dotted and stable, such as `palette.contrast.light.text-on-background`.
    pub id: String,
    pub severity: Severity,
    pub measured: f64,
    pub comparison: Comparison,
    pub threshold: f64,
    pub unit: String,
    pub passed: bool,
    /// A sentence in English.
    pub message: String,
    /// What helps where it does not pass, in English; empty where nothing needs to be done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fix: String,
}

impl Check {
    /// Measures on a grid of 1/1000, so that the text is the same everywhere.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        severity: Severity,
        measured: f64,
        comparison: Comparison,
        threshold: f64,
        unit: &str,
        message: impl Into<String>,
    ) -> Self {
        let passed = match comparison {
            Comparison::AtLeast => measured >= threshold,
            Comparison::AtMost => measured <= threshold,
            Comparison::Equal => measured == threshold,
        };
        Self {
            id: id.into(),
            severity,
            // Rounded down where more is better, so that no figure looks better than it is.
            measured: if comparison == Comparison::AtLeast {
                (measured * 1000.0).floor()
            } else {
                (measured * 1000.0).ceil()
            } / 1000.0,
            comparison,
            threshold,
            unit: unit.to_owned(),
            passed,
            message: message.into(),
            fix: String::new(),
        }
    }

    /// With what helps, where it does not pass.
    #[must_use]
    pub fn or(self, fix: &str) -> Self {
        if self.passed { self } else { Self { fix: fix.to_owned(), ..self } }
    }
}
