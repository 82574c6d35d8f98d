//! Rules about Rust source.

use crate::mask::{Masked, closing, item_end};
use crate::{Finding, line_of};

/// Longer files hold more than one thing.
pub const FILE_LINES_MAX: usize = 800;
/// Longer functions decide more than one thing.
pub const FUNCTION_LINES_MAX: usize = 70;

/// A Rust file, read once for all rules.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
    pub masked: Masked,
}

impl Source {
    #[must_use]
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), masked: Masked::new(text) }
    }

    fn finding(&self, byte: usize, what: impl Into<String>) -> Finding {
        Finding::new(&self.path, line_of(&self.text, byte), what)
    }
}

/// Every file says first what it is.
#[must_use]
pub fn heading(source: &Source) -> Vec<Finding> {
    if source.text.starts_with("//! ") {
        return Vec::new();
    }
    vec![Finding::new(&source.path, 1, "does not start with `//!` and a sentence")]
}

/// Functions that exceed the limit and are no exception; exceptions that are not needed.
#[must_use]
pub fn long_functions(sources: &[Source], exceptions: &[(&str, &str, &str)]) -> Vec<Finding> {
    let long: Vec<(&Source, Function)> = sources
        .iter()
        .flat_map(|source| functions(source).into_iter().map(move |function| (source, function)))
        .filter(|(_, function)| function.lines > FUNCTION_LINES_MAX)
        .collect();
    let excepted = |source: &Source, function: &Function| {
        exceptions.iter().any(|(path, name, _)| *path == source.path && *name == function.name)
    };
    let found =
        long.iter().filter(|(source, function)| !excepted(source, function)).map(|(source, function)| {
            let what =
                format!("`{}` has {} lines; stop at {FUNCTION_LINES_MAX}", function.name, function.lines);
            source.finding(function.byte, what)
        });
    let idle = exceptions.iter().filter(|(path, name, _)| {
        !long.iter().any(|(source, function)| source.path == *path && function.name == *name)
    });
    found
        .chain(idle.map(|(path, name, _)| Finding::new(path, 0, format!("`{name}` needs no exception"))))
        .collect()
}

/// `#[allow(…)]` and `#[expect(…)]` say why.
#[must_use]
pub fn silenced_without_reason(source: &Source) -> Vec<Finding> {
    let code = &source.masked.code;
    let attributes = ["#[allow", "#![allow", "#[expect", "#![expect"];
    let starts =
        attributes.iter().flat_map(|attribute| code.match_indices(attribute)).map(|(start, _)| start);
    let bare = starts.filter(|start| {
        let open = start + code[*start..].find('[').unwrap_or_default();
        !code[*start..closing(code, open)].contains("reason =")
    });
    bare.map(|start| source.finding(start, "silences a lint without `reason = \"…\"`")).collect()
}

/// Nothing unfinished, nothing switched off.
#[must_use]
pub fn unfinished(source: &Source) -> Vec<Finding> {
    let code = ["todo!", "unimplemented!", "#[ignore", "#[should_panic"];
    let comments = ["FIXME", "XXX", "TODO"];
    // `TODO-hardening:` and its like name a kind of debt and are allowed.
    let is_kind = |at: usize| source.masked.comments[at..].starts_with("TODO-");
    let in_code = code.iter().flat_map(|word| words(&source.masked.code, word));
    let in_comments = comments.iter().flat_map(|word| words(&source.masked.comments, word));
    in_code
        .chain(in_comments.filter(|(at, _)| !is_kind(*at)))
        .map(|(at, word)| source.finding(at, format!("`{word}` is not finished work")))
        .collect()
}

/// Code in comments is compiled by nobody: the suites are run without documentation tests.
#[must_use]
pub fn code_in_comments(source: &Source) -> Vec<Finding> {
    let fences = source.masked.comments.match_indices("```").map(|(at, _)| at);
    fences.map(|at| source.finding(at, "code in a comment is never run; make it a test")).collect()
}

/// Outside tests a failure has a path of its own.
#[must_use]
pub fn unwraps(source: &Source) -> Vec<Finding> {
    let is_test = source.path.ends_with("/tests.rs") || !source.path.contains("/src/");
    if is_test || source.path.contains("/src/tests/") {
        return Vec::new();
    }
    let code = source.masked.code_without_tests();
    let found = code.match_indices(".unwrap()");
    found.map(|(at, _)| source.finding(at, "`unwrap()` outside tests; hand the failure on")).collect()
}

/// The planner of rollouts is as pure as a core crate; an executor beside it is not.
const PLANNER: (&str, &str) = ("lattice/rollout/src/", "lattice/rollout/src/executor");

/// Core crates ask for the world, they do not reach for it.
#[must_use]
pub fn world_in_core(source: &Source) -> Vec<Finding> {
    let is_core = source.path.starts_with("components/core-") && source.path.contains("/src/");
    let is_planner = source.path.starts_with(PLANNER.0) && !source.path.starts_with(PLANNER.1);
    if !is_core && !is_planner {
        return Vec::new();
    }
    let code = &source.masked.code;
    let direct = [
        "std::fs",
        "std::net",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant",
        "thread::spawn",
        "env::var",
    ];
    let found = direct.iter().flat_map(|word| words(code, word));
    found
        .chain(grouped(code))
        .map(|(at, word)| source.finding(at, format!("`{word}` in pure code")))
        .collect()
}

/// The same, imported in a group: `use std::{fs, io}`.
fn grouped(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let groups =
        code.match_indices("std::{").map(|(at, text)| (at, &code[at..closing(code, at + text.len() - 1)]));
    groups.flat_map(|(at, group)| {
        let roots = ["fs", "net", "process", "thread", "env"];
        roots.into_iter().filter(|root| words(group, root).next().is_some()).map(move |root| (at, root))
    })
}

/// Where a word stands by itself.
fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).filter(move |(at, word)| {
        let inside = |letter: Option<char>, edge: Option<char>| {
            letter.is_some_and(is_letter) && edge.is_some_and(is_letter)
        };
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !inside(before, word.chars().next()) && !inside(after, word.chars().next_back())
    })
}

struct Function {
    name: String,
    byte: usize,
    lines: usize,
}

fn functions(source: &Source) -> Vec<Function> {
    let code = &source.masked.code;
    let found = words(code, "fn").filter_map(|(at, _)| {
        let rest = &code[at + 2..];
        let name: String =
            rest.trim_start().chars().take_while(|l| l.is_alphanumeric() || *l == '_').collect();
        // A pointer type has no name.
        if name.is_empty() || !rest.starts_with(char::is_whitespace) {
            return None;
        }
        let lines = line_of(code, item_end(code, at)) - line_of(code, at) + 1;
        Some(Function { name, byte: at, lines })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORE: &str = "components/core-brand/src/lib.rs";

    fn count(rule: fn(&Source) -> Vec<Finding>, path: &str, text: &str) -> usize {
        rule(&Source::new(path, text)).len()
    }

    #[test]
    fn files_start_with_a_sentence() {
        for (text, wanted) in
            [("//! What.\n", 0), ("// What.\n", 1), ("\n//! What.\n", 1), ("", 1), ("//!\n", 1)]
        {
            assert_eq!(count(heading, CORE, text), wanted, "{text:?}");
        }
    }

    #[test]
    fn long_functions_are_found_and_idle_exceptions_too() {
        let body = "\n    x();".repeat(FUNCTION_LINES_MAX - 1);
        let fits = format!("fn fits(f: fn(u8) -> [u8; 2]) {{{}\n}}\n", &body[..body.len() - 9]);
        let long = format!("pub fn long() where u8: Copy {{{body}\n}}\n");
        let sources = [Source::new(CORE, &format!("{fits}{long}trait T {{ fn none(&self); }}\n"))];
        let found = long_functions(&sources, &[]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].line, FUNCTION_LINES_MAX + 1);
        assert!(found[0].what.starts_with("`long` has 71 lines"), "{}", found[0]);
        assert_eq!(long_functions(&sources, &[(CORE, "long", "a table")]), []);
        assert_eq!(long_functions(&sources, &[(CORE, "long", ""), (CORE, "fits", "")]).len(), 1);
    }

    #[test]
    fn silence_needs_a_reason() {
        let cases = [
            ("#[allow(dead_code)]", 1),
            ("#![allow(\n    clippy::all,\n)]", 1),
            ("#[expect(dead_code)]", 1),
            ("#[allow(dead_code, reason = \"each test uses a part\")]", 0),
            ("// #[allow(dead_code)]", 0),
            ("\"#[allow(dead_code)]\"", 0),
        ];
        for (text, wanted) in cases {
            assert_eq!(count(silenced_without_reason, CORE, text), wanted, "{text}");
        }
    }

    #[test]
    fn unfinished_work_is_found() {
        let cases = [
            ("fn f() { todo!() }", 1),
            ("fn f() { unimplemented!(\"later\") }", 1),
            ("#[test]\n#[ignore]\nfn f() {}", 1),
            ("#[test]\n#[ignore = \"slow\"]\nfn f() {}", 1),
            ("#[should_panic]", 1),
            ("// FIXME", 1),
            ("/* XXX */", 1),
            ("// TODO: later", 1),
            ("// TODO-hardening: bound the queue.", 0),
            ("let todo = \"todo!() FIXME\"; // ignored", 0),
        ];
        for (text, wanted) in cases {
            assert_eq!(count(unfinished, CORE, text), wanted, "{text}");
        }
    }

    #[test]
    fn code_in_comments_is_found() {
        assert_eq!(count(code_in_comments, CORE, "/// ```\n/// f();\n/// ```\nfn f() {}"), 2);
        assert_eq!(count(code_in_comments, CORE, "let fence = \"```\"; // `f`"), 0);
    }

    #[test]
    fn unwraps_belong_to_tests() {
        let text = "fn f() { a.unwrap(); }\n#[cfg(test)]\nmod tests { fn g() { a.unwrap(); } }\n";
        for (path, wanted) in
            [(CORE, 1), ("components/core-brand/tests/a.rs", 0), ("components/core-brand/src/tests.rs", 0)]
        {
            assert_eq!(count(unwraps, path, text), wanted, "{path}");
        }
        assert_eq!(count(unwraps, CORE, "a.unwrap_or(1); // .unwrap()"), 0);
    }

    #[test]
    fn core_stays_pure() {
        let cases = [
            ("use std::fs::read;", 1),
            ("use std::{collections::BTreeMap, fs};", 1),
            ("use std::{\n    fmt,\n    net::{self, TcpStream},\n};", 1),
            ("std::net::TcpStream::connect(a)", 1),
            ("let t = SystemTime::UNIX_EPOCH;", 1),
            ("let t = Instant::EPOCH;", 1),
            ("std::env::var(\"HOME\")", 1),
            ("env!(\"CARGO_PKG_VERSION\")", 0),
            ("use std::{collections::BTreeMap, fmt};", 0),
            ("struct Instantly; // std::fs", 0),
            ("let offset = self.fs;", 0),
        ];
        for (text, wanted) in cases {
            assert_eq!(count(world_in_core, CORE, text), wanted, "{text}");
        }
        assert_eq!(count(world_in_core, "providers/blobs/src/lib.rs", "use std::fs;"), 0);
        assert_eq!(count(world_in_core, "components/core-brand/tests/a.rs", "use std::fs;"), 0);
        assert_eq!(count(world_in_core, "lattice/rollout/src/plan/waits.rs", "use std::fs;"), 1);
        assert_eq!(count(world_in_core, "lattice/rollout/src/executor/store.rs", "use std::fs;"), 0);
    }
}
