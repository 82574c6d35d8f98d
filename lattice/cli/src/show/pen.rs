//! What a terminal can show, and text that fits it.

use core_brand::Rgb;
use std::io::IsTerminal;
use unicode_width::UnicodeWidthStr;

/// Where nobody says how wide it is.
const WIDTH_DEFAULT: usize = 80;
/// In a narrower terminal, lines break where the terminal breaks them.
const WIDTH_MIN: usize = 60;
/// Wider lines are not read.
const WIDTH_MAX: usize = 120;

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Text without any control sequence.
    Plain,
    /// The 256 of xterm.
    Indexed,
    /// All of them.
    True,
}

/// A way of writing: how many colours, how wide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pen {
    pub(crate) depth: Depth,
    pub(crate) width: usize,
}

impl Pen {
    /// The pen of standard output.
    pub(crate) fn of_stdout() -> Self {
        let stdout = std::io::stdout();
        let is_terminal = stdout.is_terminal();
        let size = is_terminal.then(|| rustix::termios::tcgetwinsize(stdout).ok()).flatten();
        let width = size.map(|size| usize::from(size.ws_col)).filter(|width| *width > 0);
        let width = width.unwrap_or(WIDTH_DEFAULT).clamp(WIDTH_MIN, WIDTH_MAX);
        Self { depth: depth(is_terminal, |name| std::env::var(name).ok()), width }
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.depth == Depth::Plain
    }

    /// A stretch of colour; nothing where there are no colours.
    pub(crate) fn fill(&self, rgb: Rgb, cells: usize) -> String {
        let space = " ".repeat(cells);
        match self.depth {
            Depth::Plain => String::new(),
            Depth::Indexed => format!("\x1b[48;5;{}m{space}\x1b[0m", indexed(rgb)),
            Depth::True => format!("\x1b[48;2;{};{};{}m{space}\x1b[0m", rgb.r, rgb.g, rgb.b),
        }
    }

    /// What is looked for first.
    pub(crate) fn strong(&self, text: &str) -> String {
        self.marked("1", text)
    }

    /// What can be passed over.
    pub(crate) fn faint(&self, text: &str) -> String {
        self.marked("2", text)
    }

    fn marked(&self, code: &str, text: &str) -> String {
        if self.is_plain() || text.is_empty() {
            return text.to_owned();
        }
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

/// What a terminal says of itself. `NO_COLOR` with any value means plain, as no-color.org has it.
fn depth(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> Depth {
    let [no_color, term, colorterm] =
        ["NO_COLOR", "TERM", "COLORTERM"].map(|name| variable(name).unwrap_or_default());
    match () {
        () if !is_terminal || !no_color.is_empty() || term == "dumb" => Depth::Plain,
        () if matches!(colorterm.as_str(), "truecolor" | "24bit") => Depth::True,
        () if term.contains("256color") => Depth::Indexed,
        () => Depth::Plain,
    }
}

/// The nearest of xterm's cube and greys.
fn indexed(rgb: Rgb) -> u8 {
    const STEPS: [i32; 6] = [0, 95, 135, 175, 215, 255];
    let channels = [rgb.r, rgb.g, rgb.b].map(i32::from);
    let far = |other: [i32; 3]| -> i32 {
        channels.iter().zip(other).map(|(one, other)| (one - other) * (one - other)).sum()
    };
    let cube = (0..216_u8).map(|place| {
        let at = [place / 36, place / 6 % 6, place % 6].map(|step| STEPS[usize::from(step)]);
        (far(at), 16 + place)
    });
    let greys = (0..24_u8).map(|place| (far([8 + 10 * i32::from(place); 3]), 232 + place));
    cube.chain(greys).min().map_or(16, |(_, index)| index)
}

/// How many cells a text takes; letters of the far east take two.
pub(crate) fn cells(text: &str) -> usize {
    text.width()
}

pub(crate) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(cells(text))))
}

pub(crate) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(cells(text))))
}

/// Lines of at most this width, broken at spaces that may break; between letters where a text has none.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let line = lines.last().map_or(0, |line| cells(line));
        if line > 0 && line + 1 + cells(word) <= width {
            push(&mut lines, &format!(" {word}"));
        } else if line == 0 && cells(word) <= width {
            push(&mut lines, word);
        } else {
            break_word(&mut lines, word, width);
        }
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

fn break_word(lines: &mut Vec<String>, word: &str, width: usize) {
    let has_room = cells(word) > width && lines.last().is_some_and(|line| cells(line) + 1 < width);
    if !has_room {
        lines.push(String::new());
    } else if lines.last().is_some_and(|line| !line.is_empty()) {
        push(lines, " ");
    }
    for letter in word.chars() {
        let letter = letter.to_string();
        if lines.last().is_some_and(|line| cells(line) + cells(&letter) > width) {
            lines.push(String::new());
        }
        push(lines, &letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether it is a terminal, what the environment says, and what follows.
    type Case<'a> = (bool, &'a [(&'a str, &'a str)], Depth);

    #[test]
    fn a_terminal_is_believed() {
        let cases: &[Case<'_>] = &[
            (true, &[("COLORTERM", "truecolor"), ("TERM", "xterm-256color")], Depth::True),
            (true, &[("COLORTERM", "24bit")], Depth::True),
            (true, &[("TERM", "screen-256color")], Depth::Indexed),
            (true, &[("TERM", "xterm")], Depth::Plain),
            (true, &[("COLORTERM", "truecolor"), ("TERM", "dumb")], Depth::Plain),
            (true, &[("COLORTERM", "truecolor"), ("NO_COLOR", "1")], Depth::Plain),
            (true, &[("COLORTERM", "truecolor"), ("NO_COLOR", "")], Depth::True),
            (false, &[("COLORTERM", "truecolor")], Depth::Plain),
            (true, &[], Depth::Plain),
        ];
        for (is_terminal, variables, wanted) in cases {
            let find = |name: &str| variables.iter().find(|(key, _)| *key == name);
            let seen = depth(*is_terminal, |name| find(name).map(|(_, value)| (*value).to_owned()));
            assert_eq!(seen, *wanted, "{is_terminal} {variables:?}");
        }
    }

    #[test]
    fn the_nearest_of_256_is_taken() {
        let cases = [("#000000", 16), ("#ffffff", 231), ("#ff0000", 196), ("#808080", 244), ("#5f87af", 67)];
        for (hex, index) in cases {
            assert_eq!(indexed(Rgb::parse(hex).unwrap()), index, "{hex}");
        }
        let pen = Pen { depth: Depth::Indexed, width: 80 };
        assert_eq!(pen.fill(Rgb::WHITE, 2), "\x1b[48;5;231m  \x1b[0m");
        assert_eq!(Pen { depth: Depth::Plain, width: 80 }.fill(Rgb::WHITE, 2), "");
    }

    #[test]
    fn lines_keep_their_width() {
        let cases: &[(&str, usize, &[&str])] = &[
            ("a warm brand", 6, &["a warm", "brand"]),
            ("a warm brand", 80, &["a warm brand"]),
            ("", 10, &[""]),
            ("unbreakable", 4, &["unbr", "eaka", "ble"]),
            ("色は暖かい。", 6, &["色は暖", "かい。"]),
            ("a 色は暖かい", 6, &["a 色は", "暖かい"]),
            ("warm +1.2 · quiet\u{a0}-1", 14, &["warm +1.2 ·", "quiet\u{a0}-1"]),
        ];
        for (text, width, wanted) in cases {
            let lines = wrap(text, *width);
            assert_eq!(lines, *wanted, "{text}");
            assert!(lines.iter().all(|line| cells(line) <= *width));
        }
        assert_eq!((left("色", 4), right("色", 4)), ("色  ".to_owned(), "  色".to_owned()));
    }
}
