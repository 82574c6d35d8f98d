//! Reads journals again and says whether their hash chains hold.

use crate::{Ledger, journal, read_all};
use core_brand::Fault;
use core_brand::envelope::first_break;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub journals: u64,
    pub entries: u64,
    pub breaks: Vec<Break>,
}

/// A journal that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    pub subject: String,
    /// The first entry, counted from 1, that does not follow from the one before.
    pub sequence: u64,
}

impl Report {
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.breaks.is_empty()
    }

    fn found(&mut self, subject: &str, sequence: u64) {
        self.breaks.push(Break { subject: subject.to_owned(), sequence });
    }
}

/// Checks these journals. One that cannot be read because entries are missing is a break, not a failure.
pub async fn verify<L: Ledger>(ledger: &L, subjects: &[String]) -> Result<Report, Fault> {
    let mut report = Report::default();
    for subject in subjects {
        report.journals += 1;
        match read_all(ledger, subject).await {
            Ok(stored) => {
                report.entries += stored.len() as u64;
                if let Some(sequence) = first_break(stored.iter().map(Vec::as_slice)) {
                    report.found(subject, sequence as u64);
                }
            }
            Err(fault) => match journal::missing_at(&fault) {
                Some(sequence) => report.found(subject, sequence),
                None => return Err(fault),
            },
        }
    }
    Ok(report)
}
