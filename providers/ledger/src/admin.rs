//! What an operator asks of a ledger, and the words of the answers.

use crate::copy::{Lack, What};
use crate::journal::Home;
#[cfg(feature = "nats")]
use crate::keys;
use crate::queue::{DeadLetter, Queues};
use crate::verify::Report;
use core_brand::Fault;
use core_saga::rfc3339;
use serde_json::{Value, json};

/// So many letters are looked at in one go. More wait for the next one.
pub const LETTERS_MAX: usize = 100_000;

/// A report for a person.
#[must_use]
pub fn report_text(report: &Report) -> String {
    let read = format!(
        "{} and {} were read",
        count(report.journals, "journal", "journals"),
        count(report.entries, "entry", "entries")
    );
    if report.is_whole() {
        return format!("{read}; every chain holds.");
    }
    let broken = report.breaks.len() as u64;
    let mut text = format!("{read}; {} not as written:", count(broken, "journal is", "journals are"));
    for found in &report.breaks {
        text.push_str(&format!(
            "\n  {}: entry {} does not follow from the one before",
            found.subject, found.sequence
        ));
    }
    text
}

/// A report for a program.
#[must_use]
pub fn report_json(report: &Report) -> Value {
    let breaks = report.breaks.iter().map(|found| {
        let home = Home::of_subject(&found.subject);
        json!({
            "subject": found.subject,
            "tenant": home.as_ref().map(|home| &home.tenant),
            "job_id": home.as_ref().map(|home| &home.job_id),
            "sequence": found.sequence,
        })
    });
    json!({
        "whole": report.is_whole(),
        "journals": report.journals,
        "entries": report.entries,
        "breaks": breaks.collect::<Vec<_>>(),
    })
}

/// How a journal differs from its copy, for a person.
#[must_use]
pub fn lack_text(lack: &Lack) -> String {
    let what = match lack.what {
        What::Short { has, copied } => format!("ends behind {has}, its copy behind {copied}"),
        What::Other { at } => format!("entry {at} is not that of its copy"),
        What::Broken { at } => {
            format!("entry {at} does not follow from the one before, or is not to be read")
        }
    };
    format!("  {}: {what}", lack.subject)
}

/// How a key differs from its copy, for a person.
#[cfg(feature = "nats")]
#[must_use]
pub fn lack_of_key_text(lack: &keys::Lack) -> String {
    let what = match lack.what {
        keys::What::Gone => "is in the copy only, and was not destroyed; `keys mend` brings it back",
        keys::What::Other => "is not the key of the copy",
        keys::What::Nobodys => "is the key of no journal",
    };
    format!("  {}: {what}", lack.name)
}

/// The same for a program.
#[must_use]
pub fn lacks_json(lacks: &[Lack]) -> Value {
    let lack = |lack: &Lack| match lack.what {
        What::Short { has, copied } => {
            json!({ "subject": lack.subject, "what": "short", "has": has, "copied": copied })
        }
        What::Other { at } => json!({ "subject": lack.subject, "what": "other", "sequence": at }),
        What::Broken { at } => json!({ "subject": lack.subject, "what": "broken", "sequence": at }),
    };
    Value::from(lacks.iter().map(lack).collect::<Vec<_>>())
}

/// What was set aside, of one step or of all.
pub async fn letters<Q: Queues>(queues: &Q, step: Option<&str>) -> Result<Vec<DeadLetter>, Fault> {
    let mut letters = queues.dead(LETTERS_MAX).await?;
    letters.retain(|letter| step.is_none_or(|step| letter.work.step == step));
    Ok(letters)
}

/// Puts back what was set aside until now and can be read. What comes to nothing meanwhile is not tried again.
pub async fn redrive_all<Q: Queues>(queues: &Q, step: Option<&str>) -> Result<Vec<u64>, Fault> {
    let mut redriven = Vec::new();
    for letter in letters(queues, step).await?.iter().filter(|letter| letter.is_readable()) {
        if queues.redrive(letter.sequence).await? {
            redriven.push(letter.sequence);
        }
    }
    Ok(redriven)
}

/// Letters for a person, one to a line.
#[must_use]
pub fn letters_text(letters: &[DeadLetter]) -> String {
    if letters.is_empty() {
        return "Nothing was set aside.".to_owned();
    }
    let line = |letter: &DeadLetter| {
        format!(
            "{:>6}  {}  {:<10}  {}  {}  handed out {}: {}",
            letter.sequence,
            rfc3339(letter.at_ms),
            letter.work.step,
            or_dash(&letter.work.tenant),
            or_dash(&letter.work.job_id),
            count(u64::from(letter.deliveries), "time", "times"),
            letter.why,
        )
    };
    letters.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Letters for a program.
#[must_use]
pub fn letters_json(letters: &[DeadLetter]) -> Value {
    let letter = |letter: &DeadLetter| {
        json!({
            "id": letter.sequence,
            "step": letter.work.step,
            "tenant": letter.work.tenant,
            "job_id": letter.work.job_id,
            "priority": letter.work.priority.as_str(),
            "why": letter.why,
            "deliveries": letter.deliveries,
            "at": rfc3339(letter.at_ms),
            "readable": letter.is_readable(),
        })
    };
    Value::from(letters.iter().map(letter).collect::<Vec<_>>())
}

/// A number and what is counted.
#[must_use]
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::Break;

    #[test]
    fn a_report_says_what_is_wrong_and_where() {
        let mut report = Report { journals: 2, entries: 1, breaks: Vec::new() };
        assert_eq!(report_text(&report), "2 journals and 1 entry were read; every chain holds.");
        assert_eq!(report_json(&report)["whole"], true);
        report.breaks.push(Break { subject: "imprint.v1.us-east-1.acme.brand.b1".to_owned(), sequence: 3 });
        let text = report_text(&report);
        assert!(
            text.contains("1 journal is not as written") && text.contains("acme.brand.b1: entry 3"),
            "{text}"
        );
        let json = report_json(&report);
        assert_eq!(
            (json["breaks"][0]["tenant"].as_str(), json["breaks"][0]["sequence"].as_u64()),
            (Some("acme"), Some(3))
        );
    }
}
