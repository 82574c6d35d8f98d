//! `imprint doctor`: what is installed, what is missing, how to get it.

use crate::say::data;
use imprint_supply::{Finding, diagnose};
use std::process::ExitCode;

/// Prints each finding; exits with 2 when something that `make` needs is missing.
pub(crate) fn run() -> ExitCode {
    let findings = diagnose();
    for finding in &findings {
        data(&line(finding));
    }
    let missing = findings.iter().filter(|finding| finding.mend.is_some()).count();
    if missing == 0 {
        data("\nEverything `imprint make` needs is here or will be got by it.");
        ExitCode::SUCCESS
    } else {
        data(&format!("\n{missing} missing. Do what stands above, then run `imprint doctor` again."));
        ExitCode::from(2)
    }
}

fn line(finding: &Finding) -> String {
    let sign = if finding.mend.is_some() { "missing" } else { "ok" };
    let mend = finding.mend.as_ref().map(|mend| format!("\n          → {mend}")).unwrap_or_default();
    format!("{sign:>7}   {:<22} {}{mend}", finding.what, finding.seen)
}
