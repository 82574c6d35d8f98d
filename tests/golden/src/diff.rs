//! The lines that differ, with a few around them.

/// Lines shown around a difference.
const CONTEXT_LINES: usize = 2;
/// The table of the comparison grows with the square; beyond this the differing parts are shown whole.
const COMPARED_LINES_MAX: usize = 2000;
/// Nobody reads more in a terminal.
const SHOWN_LINES_MAX: usize = 200;

#[derive(Clone, Copy, PartialEq)]
enum Line<'a> {
    Same(&'a str),
    Gone(&'a str),
    New(&'a str),
}

/// Says in lines how one text becomes another: `-` for what goes, `+` for what comes. Empty where they are equal.
#[must_use]
pub fn difference(before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let [old, new] = [before, after].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let lines = compare(&old, &new);
    let mut shown: Vec<String> = Vec::new();
    let mut skipped = false;
    for (index, line) in lines.iter().enumerate() {
        let around = index.saturating_sub(CONTEXT_LINES)..(index + CONTEXT_LINES + 1).min(lines.len());
        if lines[around].iter().all(|near| matches!(near, Line::Same(_))) {
            skipped = true;
            continue;
        }
        if std::mem::take(&mut skipped) {
            shown.push("  ...\n".to_owned());
        }
        shown.push(show(*line));
    }
    if shown.len() > SHOWN_LINES_MAX {
        let more = shown.len() - SHOWN_LINES_MAX;
        shown.truncate(SHOWN_LINES_MAX);
        shown.push(format!("  ... and {more} more lines\n"));
    }
    shown.concat()
}

fn show(line: Line) -> String {
    let (sign, text) = match line {
        Line::Same(text) => (' ', text),
        Line::Gone(text) => ('-', text),
        Line::New(text) => ('+', text),
    };
    // A missing line break at the end, or a carriage return, is a difference that must be seen.
    match text.strip_suffix('\n') {
        Some(text) => format!("{sign} {}\n", text.replace('\r', "\\r").replace('\t', "\\t")),
        None => format!("{sign} {text} (without a line break)\n"),
    }
}

fn compare<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Line<'a>> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut lines: Vec<Line> = old[..start].iter().map(|line| Line::Same(line)).collect();
    lines.extend(compare_middle(&old[start..old.len() - end], &new[start..new.len() - end]));
    lines.extend(old[old.len() - end..].iter().map(|line| Line::Same(line)));
    lines
}

/// The longest common subsequence, by the textbook table.
fn compare_middle<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Line<'a>> {
    if old.len().max(new.len()) > COMPARED_LINES_MAX {
        let gone = old.iter().map(|line| Line::Gone(line));
        return gone.chain(new.iter().map(|line| Line::New(line))).collect();
    }
    let length = lengths(old, new);
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push(Line::Same(old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && length[i + 1][j] >= length[i][j + 1]) {
            lines.push(Line::Gone(old[i]));
            i += 1;
        } else {
            lines.push(Line::New(new[j]));
            j += 1;
        }
    }
    lines
}

/// `length[i][j]`: how many lines the rests `old[i..]` and `new[j..]` share in order.
fn lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut length = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            length[i][j] = if old[i] == new[j] {
                length[i + 1][j + 1] + 1
            } else {
                length[i + 1][j].max(length[i][j + 1])
            };
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_differs_and_little_else() {
        let cases = [
            ("equal", "a\nb\n", "a\nb\n", ""),
            ("changed", "a\nb\nc\n", "a\nB\nc\n", "  a\n- b\n+ B\n  c\n"),
            ("added", "a\n", "a\nb\n", "  a\n+ b\n"),
            ("removed", "a\nb\n", "b\n", "- a\n  b\n"),
            ("far from the start", "1\n2\n3\n4\n5\n", "1\n2\n3\n4\nx\n", "  ...\n  3\n  4\n- 5\n+ x\n"),
            ("moved", "a\nb\nc\n", "b\nc\na\n", "- a\n  b\n  c\n+ a\n"),
            ("no last line break", "a\n", "a", "- a\n+ a (without a line break)\n"),
            ("a carriage return", "a\n", "a\r\n", "- a\n+ a\\r\n"),
            ("from nothing", "", "a\n", "+ a\n"),
        ];
        for (what, before, after, wanted) in cases {
            assert_eq!(difference(before, after), wanted, "{what}");
        }
    }

    #[test]
    fn long_texts_stay_quick_and_short() {
        let text = |letter: char| (0..5000).map(|n| format!("{letter}{n}\n")).collect::<String>();
        let shown = difference(&text('a'), &text('b'));
        assert_eq!(shown.lines().count(), SHOWN_LINES_MAX + 1);
        assert!(shown.ends_with("... and 9800 more lines\n"), "{shown}");
    }
}
