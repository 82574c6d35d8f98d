//! Runs in words: a line each, and a table of all.

use crate::run::Ended;
use std::fmt::Write as _;

/// What one run was like.
#[must_use]
pub fn line(ended: &Ended) -> String {
    let Ended { seed, faults, acts, acknowledged, refused, unknown, .. } = ended;
    let worst = |values: &[u64]| values.iter().max().map_or("-".to_owned(), u64::to_string);
    format!(
        "seed {seed}: {faults} faults, {acts} acts, {acknowledged} acknowledged, {refused} refused, {unknown} unknown; back in \
         {} ms, everybody in {} ms, longest silence {} ms; {}",
        worst(&ended.first_ms),
        worst(&ended.every_ms),
        worst(&ended.silent_ms),
        match (ended.wrong.len(), ended.left.len()) {
            (0, 0) => "nothing wrong".to_owned(),
            (wrong, left) => format!("{wrong} WRONG, {left} left"),
        },
    )
}

/// All runs together.
#[must_use]
pub fn table(runs: &[Ended]) -> String {
    let sum = |of: fn(&Ended) -> usize| runs.iter().map(of).sum::<usize>();
    let wrong = |what: &str| {
        let starts = |line: &&String| line.starts_with(what);
        runs.iter().map(|run| run.wrong.iter().filter(starts).count()).sum::<usize>()
    };
    let mut text = format!("| {} runs | |\n|---|---|\n", runs.len());
    let mut row = |name: &str, value: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {name} | {value} |");
    };
    row("faults", sum(|run| run.faults).to_string());
    row("acts of clients", sum(|run| run.acts).to_string());
    row("entries and work acknowledged", sum(|run| run.acknowledged).to_string());
    row(
        "refused (somebody else was first), unknown",
        format!("{}, {}", sum(|run| run.refused), sum(|run| run.unknown)),
    );
    row("acknowledged and lost", wrong("lost").to_string());
    row("there twice", wrong("there twice").to_string());
    row("refused and there; half of an append or of content; written by nobody", {
        (wrong("refused and there") + wrong("half") + wrong("written by nobody")).to_string()
    });
    row(
        "content kept, removed, read, with an answer",
        format!("{}, {}, {}", sum(|run| run.kept), sum(|run| run.removed), sum(|run| run.fetches)),
    );
    row(
        "content that had to be there, and that had to be gone",
        format!("{}, {}", sum(|run| run.standing), sum(|run| run.gone)),
    );
    row("content kept and lost, or lacking a piece", wrong("lost: content").to_string());
    row("content whose bytes are not those of its name", wrong("changed").to_string());
    row("content removed and there", wrong("removed and there").to_string());
    row("journals whose chain or count is broken", wrong("broken").to_string());
    row("reads that did not show what their process had written", wrong("stale").to_string());
    row("reads refused because a server lacked something", sum(|run| run.tampered).to_string());
    row(
        "reads of content that had been removed (nobody promises otherwise)",
        format!("{} of {}", sum(|run| run.old_fetches), sum(|run| run.fetches)),
    );
    row(
        "looks of other processes that were old (nobody promises otherwise)",
        format!("{} of {}", sum(|run| run.old_looks), sum(|run| run.looks)),
    );
    row("anything wrong", sum(|run| run.wrong.len()).to_string());
    row("damaged servers that `imprint ledger verify --servers` named", sum(|run| run.found).to_string());
    row("servers that joined anew", sum(|run| run.anew).to_string());
    row(
        "entries brought back from the second copy",
        runs.iter().map(|run| run.mended).sum::<u64>().to_string(),
    );
    row("still wrong then", sum(|run| run.left.len()).to_string());
    let mut spread = |name: &str, of: fn(&Ended) -> Vec<u64>| {
        let mut values: Vec<u64> = runs.iter().flat_map(of).collect();
        values.sort_unstable();
        let Some(last) = values.len().checked_sub(1) else { return row(name, "-".to_owned()) };
        let at = |percent: usize| values[last * percent / 100];
        row(name, format!("{} ms, {} ms, {} ms", at(50), at(99), at(100)));
    };
    spread("an acknowledged write: p50, p99, max", |run| run.write_ms.clone());
    spread("fault over to the first acknowledged write: p50, p99, max", |run| run.first_ms.clone());
    spread("the same until every client had one", |run| run.every_ms.clone());
    spread("longest time without any acknowledged write around a fault", |run| run.silent_ms.clone());
    spread("end of the load until three servers had the same", |run| vec![run.settled_ms]);
    text
}
