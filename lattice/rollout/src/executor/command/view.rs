//! A rollout in a terminal: 80 cells, one accent, nothing that moves without a reason.

use imprint_rollout::executor::{Line, Progress, Shown, Stage};
use imprint_rollout::{Span, Status};
use std::fmt::Write as _;

/// Cells of a line.
const WIDTH: usize = 80;
/// Cells of a bar.
const BAR: usize = 24;
/// Lines of the history that are shown.
const LINES: usize = 5;
/// Cells of the longest name of a stage that is shown whole.
const NAME: usize = 14;
/// Cells of what stands before numbers.
const CELL: usize = 12;
/// Waits that are shown; `why` says all.
const WAITS: usize = 2;
/// A controller that has not looked for so long is away.
const AWAY_MS: u64 = 15_000;

/// How words are set apart.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) has_color: bool,
}

impl Style {
    fn with(self, code: &str, text: &str) -> String {
        if self.has_color && !text.is_empty() {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    fn accent(self, text: &str) -> String {
        self.with("36", text)
    }

    fn quiet(self, text: &str) -> String {
        self.with("2", text)
    }

    fn strong(self, text: &str) -> String {
        self.with("1", text)
    }
}

/// Everything of one rollout.
pub(crate) fn page(shown: &Shown, history: &[Line], now_ms: u64, style: Style) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (number, (component, change)) in shown.set.iter().enumerate() {
        let title = format!("{component} {} → {}", change.from, change.to);
        let right = if number == 0 { shown.id.as_str() } else { "" };
        let gap = " ".repeat((WIDTH - 4).saturating_sub(width(&title) + width(right)).max(1));
        lines.push(format!("  {}{gap}{}", style.strong(&title), style.quiet(right)));
    }
    lines.push(format!("  {}", style.accent(&headline(shown))));
    lines.push(String::new());
    lines.extend(shown.stages.iter().map(|one| stage(shown, one, style)));
    lines.push(String::new());
    // In the shadow nobody has the new version, and there is nothing to set side by side.
    if !shown.arms.is_empty() && shown.status != Status::Shadow {
        lines.extend(numbers(shown, style));
        lines.push(String::new());
    }
    if !shown.shadow.is_empty() {
        lines.extend(compared(shown, style));
        lines.push(String::new());
    }
    if let Some(away) = away(shown, now_ms) {
        lines.extend(wrap(&away, "  ").into_iter().map(|line| style.strong(&line)));
    }
    for wait in shown.waits.iter().take(WAITS) {
        lines.extend(wrap(wait, "  "));
    }
    if !history.is_empty() {
        lines.push(String::new());
        for line in history.iter().rev().take(LINES) {
            lines.extend(event(line, style));
        }
    }
    lines.push(String::new());
    lines
}

/// Where it stands, in one line.
pub(crate) fn headline(shown: &Shown) -> String {
    let stage = shown.stages.iter().find(|stage| stage.is == Progress::Now);
    let mut text = match (shown.status, stage) {
        (Status::Stage, Some(stage)) => {
            format!("stage {} · {} get the new version", stage.name, stage.traffic)
        }
        (Status::Waiting, Some(stage)) => format!("stage {} has passed and waits", stage.name),
        (Status::Pending, _) => "not started yet".to_owned(),
        (Status::Starting, _) => "the new version starts".to_owned(),
        (Status::Shadow, _) => "in the shadow · asked behind the old version, and nobody has it".to_owned(),
        (Status::Baking, _) => "the wave is through and is watched".to_owned(),
        (Status::Paused, _) => "paused".to_owned(),
        (Status::Frozen, _) => "frozen".to_owned(),
        (Status::Promoting, _) => "everybody gets the new version".to_owned(),
        (Status::PromotedWarm, _) => "promoted · the old version stays warm".to_owned(),
        (Status::Promoted, _) => "promoted".to_owned(),
        (Status::RollingBack, _) => "everybody goes back to the old version".to_owned(),
        (Status::RolledBack, _) => "rolled back · everybody has the old version".to_owned(),
        (Status::Aborted, _) => "aborted · everybody has the old version".to_owned(),
        (Status::Stage | Status::Waiting, None) => "under way".to_owned(),
    };
    if let Some((wave, all)) = shown.wave {
        let _ = write!(text, " · wave {wave} of {all}");
    }
    text
}

fn stage(shown: &Shown, stage: &Stage, style: Style) -> String {
    let full = usize::try_from(stage.part.min(100)).unwrap_or_default() * BAR / 100;
    let (done, rest) = ("━".repeat(full), "─".repeat(BAR - full));
    let name: String = stage.name.chars().take(NAME).collect();
    let words = format!("{name:<NAME$} {:>7}", stage.traffic);
    let duration = Span(stage.duration_ms).to_string();
    let note = match (stage.is, shown.left_ms) {
        (Progress::Past, _) => "passed".to_owned(),
        (Progress::Now, Some(left)) => format!("{} left", Span(left).in_seconds()),
        (Progress::Now, None) => "time is over".to_owned(),
        (Progress::Next, _) if stage.needs_person => "a person lets it go on".to_owned(),
        (Progress::Next, _) if stage.duration_ms == 0 => "goes on by itself".to_owned(),
        (Progress::Next, _) => duration,
    };
    let bar = format!("{}{}", style.accent(&done), style.quiet(&rest));
    match stage.is {
        Progress::Past => format!("  {} {words}   {bar}   {}", style.accent("●"), style.quiet(&note)),
        Progress::Now => format!("  {} {}   {bar}   {note}", style.accent("◐"), style.strong(&words)),
        Progress::Next => {
            format!("  {} {}   {bar}   {}", style.quiet("○"), style.quiet(&words), style.quiet(&note))
        }
    }
}

fn numbers(shown: &Shown, style: Style) -> Vec<String> {
    let mut lines =
        vec![style.quiet(&format!("  {:<CELL$}{:<CELL$}{:>22}{:>22}", "", "", "new version", "old version"))];
    for (component, arms) in &shown.arms {
        let unknown = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        // The name of a model may be long.
        let is_short = width(component) < CELL;
        lines.extend((!is_short).then(|| format!("  {}", style.strong(component))));
        let name = if is_short { component.as_str() } else { "" };
        let rows = [
            (name, "requests", thousands(arms.new.requests), thousands(arms.old.requests)),
            ("", "errors", unknown(&arms.new.error_rate), unknown(&arms.old.error_rate)),
            ("", "p50", unknown(&arms.new.p50), unknown(&arms.old.p50)),
            ("", "p99", unknown(&arms.new.p99), unknown(&arms.old.p99)),
        ];
        for (name, what, new, old) in rows {
            let name = style.strong(&format!("{name:<CELL$}"));
            let what = style.quiet(&format!("{what:<CELL$}"));
            lines.push(format!("  {name}{what}{new:>22}{}", style.quiet(&format!("{old:>22}"))));
        }
    }
    lines
}

/// What the new version said in the shadow.
fn compared(shown: &Shown, style: Style) -> Vec<String> {
    let title = format!("  {:<12}{:>22}{:>22}{:>12}", "", "answers in the shadow", "not the same", "errors");
    let mut lines = vec![style.quiet(&title)];
    for (component, all) in &shown.shadow {
        let unknown = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        let name: String = component.chars().take(12).collect();
        let numbers = [thousands(all.answers), unknown(&all.difference_rate), unknown(&all.error_rate)];
        let [answers, differs, errors] = numbers;
        lines.push(format!(
            "  {}{answers:>22}{differs:>22}{errors:>12}",
            style.strong(&format!("{name:<12}"))
        ));
    }
    lines
}

/// Whoever should look and does not.
pub(crate) fn away(shown: &Shown, now_ms: u64) -> Option<String> {
    let silent_ms = now_ms.saturating_sub(shown.looked_ms.max(shown.began_ms));
    let is_away = shown.over_ms.is_none() && silent_ms > AWAY_MS;
    is_away.then(|| {
        format!("no controller has looked for {}; `imprint rollout run` is one", Span(silent_ms).in_seconds())
    })
}

/// A line of the history, as one of the terminal or more.
pub(crate) fn event(line: &Line, style: Style) -> Vec<String> {
    let lines = wrap(&line.text, "            ");
    let time = style.quiet(&time(line.at_ms));
    let first = lines.first().map_or("", |line| line.trim_start());
    let mut told = vec![format!("  {time}  {first}")];
    told.extend(lines.iter().skip(1).cloned());
    told
}

/// The time of the day, UTC.
pub(crate) fn time(ms: u64) -> String {
    let s = ms / 1000;
    format!("{:02}:{:02}:{:02}", s / 3600 % 24, s / 60 % 60, s % 60)
}

pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Words in lines that fit, each with the indent. A number stays with what it counts.
pub(crate) fn wrap(text: &str, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let counted = is_number(word).then(|| words.next()).flatten();
        let word = counted.map_or_else(|| word.to_owned(), |counted| format!("{word} {counted}"));
        if !line.is_empty() && width(indent) + width(&line) + 1 + width(&word) > WIDTH {
            lines.push(format!("{indent}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    lines.push(format!("{indent}{line}"));
    lines
}

fn is_number(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_digit())
        && word.chars().all(|letter| letter.is_ascii_digit() || ",.".contains(letter))
}

/// Every letter that is written here takes one cell.
fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use imprint_rollout::executor::{Arm, Arms, Change, Shadowed};
    use std::collections::BTreeMap;

    fn arm(requests: u64, rate: &str) -> Arm {
        let known = |text: &str| Some(text.to_owned());
        let p99 = known("up to 1 s");
        Arm { requests, errors: 1, error_rate: known(rate), p50: known("up to 100 ms"), p99 }
    }

    fn stage(name: &str, traffic: &str, duration_ms: u64, is: Progress, part: u64) -> Stage {
        let (name, traffic) = (name.to_owned(), traffic.to_owned());
        Stage { name, traffic, duration_ms, is, part, needs_person: false }
    }

    fn shown() -> Shown {
        let change = Change { from: "0.1.0".into(), to: "0.2.0".into(), image: "x".into() };
        Shown {
            format: 1,
            id: "design-0_2_0-1".into(),
            status: Status::Stage,
            hold: None,
            set: [("design".to_owned(), change)].into(),
            by: "ann".into(),
            began_ms: 1_795_593_600_000,
            looked_ms: 1_795_595_400_000,
            over_ms: None,
            wave: None,
            stages: vec![
                stage("initial", "5 %", 1_800_000, Progress::Past, 100),
                stage("expand", "25 %", 3_600_000, Progress::Now, 37),
                stage("full", "100 %", 0, Progress::Next, 0),
            ],
            weights: [("all".to_owned(), 2500)].into(),
            arms: [("design".to_owned(), Arms { new: arm(1204, "0.08 %"), old: arm(23_911, "0.04 %") })]
                .into(),
            shadow: BTreeMap::new(),
            verdicts: Vec::new(),
            waits: vec!["waits another 38 min".into()],
            left_ms: Some(2_280_000),
        }
    }

    const PAGE: &str = "
  design 0.1.0 → 0.2.0                                          design-0_2_0-1
  stage expand · 25 % get the new version

  ● initial            5 %   ━━━━━━━━━━━━━━━━━━━━━━━━   passed
  ◐ expand            25 %   ━━━━━━━━────────────────   38 min left
  ○ full             100 %   ────────────────────────   goes on by itself

                                     new version           old version
  design      requests                     1,204                23,911
              errors                      0.08 %                0.04 %
              p50                   up to 100 ms          up to 100 ms
              p99                      up to 1 s             up to 1 s

  waits another 38 min

  08:30:00  wave 1, stage expand: 25 % get the new version
  08:00:00  started
";

    fn history() -> Vec<Line> {
        let line = |number, at_ms, text: &str| Line { number, at_ms, text: text.to_owned() };
        vec![
            line(0, 1_795_593_600_000, "started"),
            line(1, 1_795_595_400_000, "wave 1, stage expand: 25 % get the new version"),
        ]
    }

    #[test]
    fn a_page_is_calm_and_narrow() {
        let style = Style { has_color: false };
        let lines = page(&shown(), &history(), 1_795_595_401_000, style);
        assert_eq!(lines.join("\n"), PAGE.trim_end_matches('\n').to_owned() + "\n");
        let long = Line { text: "goes back, because bad: error_rate of design is 100 % over 42 requests; it goes back above 1 %; evidence of harm over 1,000,000 to 1, 2000 to 1 is needed".into(), ..history()[0].clone() };
        let lines = page(&shown(), &[long], 1_795_999_999_000, style);
        assert!(lines.iter().all(|line| width(line) <= WIDTH), "{lines:#?}");
        assert!(lines.iter().any(|line| line.contains("no controller has looked")));
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        for fill in 60..80 {
            let lines = wrap(&format!("{} 25 % of people wait 11 s more", "x".repeat(fill)), "  ");
            assert!(lines.iter().all(|line| !line.ends_with("25") && !line.ends_with("11")), "{lines:#?}");
        }
    }

    const IN_THE_SHADOW: &str = "
  design 0.1.0 → 0.2.0                                          design-0_2_0-1
  in the shadow · asked behind the old version, and nobody has it

  ◐ shadow             0 %   ━━━━━━━━────────────────   38 min left
  ○ initial            5 %   ────────────────────────   30 min

               answers in the shadow          not the same      errors
  design                       1,204                 3.1 %         0 %

  waits another 38 min
";

    #[test]
    fn a_long_name_has_a_line_of_its_own() {
        let mut shown = shown();
        let arms = shown.arms.remove("design").unwrap_or_default();
        shown.arms.insert("model/sdxl-base".to_owned(), arms);
        let lines = page(&shown, &[], 1_795_595_401_000, Style { has_color: false });
        let at = lines.iter().position(|line| line == "  model/sdxl-base").unwrap_or_default();
        assert!(lines[at + 1].starts_with("              requests   "), "{lines:#?}");
    }

    #[test]
    fn in_the_shadow_nothing_stands_side_by_side() {
        let mut shown = Shown { status: Status::Shadow, ..shown() };
        shown.stages = vec![
            stage("shadow", "0 %", 3_600_000, Progress::Now, 37),
            stage("initial", "5 %", 1_800_000, Progress::Next, 0),
        ];
        let known = |text: &str| Some(text.to_owned());
        let compared = Shadowed {
            answers: 1204,
            differs: 37,
            difference_rate: known("3.1 %"),
            error_rate: known("0 %"),
            ..Shadowed::default()
        };
        shown.shadow = [("design".to_owned(), compared)].into();
        let lines = page(&shown, &[], 1_795_595_401_000, Style { has_color: false });
        assert_eq!(lines.join("\n"), IN_THE_SHADOW);
    }

    #[test]
    fn colours_change_no_cell() {
        let plain = page(&shown(), &history(), 1_795_595_401_000, Style { has_color: false });
        let coloured = page(&shown(), &history(), 1_795_595_401_000, Style { has_color: true }).join("\n");
        let mut bare = coloured.clone();
        for code in ["36", "2", "1", "0"] {
            bare = bare.replace(&format!("\x1b[{code}m"), "");
        }
        assert_eq!(bare, plain.join("\n"));
        assert_ne!(bare, coloured);
    }
}
