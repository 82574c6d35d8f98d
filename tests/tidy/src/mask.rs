//! Rust source split into code and comments, so that a rule about one never stumbles over the other.

/// Two texts of the length of the source. What belongs elsewhere is blank; line breaks stand in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// Code, the contents of strings and characters blank.
    pub code: String,
    /// Comments, documentation too.
    pub comments: String,
}

impl Masked {
    #[must_use]
    pub fn new(source: &str) -> Self {
        let blank: Vec<u8> = source.bytes().map(|byte| if byte == b'\n' { b'\n' } else { b' ' }).collect();
        let (mut code, mut comments) = (blank.clone(), blank);
        let bytes = source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let (end, kind) = piece(source, at);
            match kind {
                Kind::Code => code[at..end].copy_from_slice(&bytes[at..end]),
                Kind::Comment => comments[at..end].copy_from_slice(&bytes[at..end]),
                Kind::Literal => {}
            }
            at = end;
        }
        // Pieces end between characters, so both stay text.
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { code: text(code), comments: text(comments) }
    }

    /// The code without what is compiled for tests only.
    #[must_use]
    pub fn code_without_tests(&self) -> String {
        const GATE: &str = "#[cfg(test)]";
        let mut code = self.code.clone().into_bytes();
        for (start, _) in self.code.match_indices(GATE) {
            let end = item_end(&self.code, start + GATE.len());
            for byte in code[start..end].iter_mut().filter(|byte| **byte != b'\n') {
                *byte = b' ';
            }
        }
        String::from_utf8_lossy(&code).into_owned()
    }
}

/// The byte after the brace or bracket that closes the one at `open`; the end of the text where none does.
#[must_use]
pub fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return offset + 1;
        }
    }
    code.len()
}

/// The byte after an item: its closing brace, or the semicolon of one without.
#[must_use]
pub fn item_end(code: &str, from: usize) -> usize {
    let bytes = code.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b';' => return at + 1,
            b'{' => return closing(code, at),
            b'(' | b'[' => at = closing(code, at),
            _ => at += 1,
        }
    }
    code.len()
}

#[derive(Clone, Copy)]
enum Kind {
    Code,
    Comment,
    Literal,
}

fn piece(source: &str, at: usize) -> (usize, Kind) {
    let rest = &source[at..];
    if rest.starts_with("//") {
        return (at + rest.find('\n').unwrap_or(rest.len()), Kind::Comment);
    }
    if rest.starts_with("/*") {
        return (at + block_comment(rest), Kind::Comment);
    }
    if let Some(length) = raw_string(source, at) {
        return (at + length, Kind::Literal);
    }
    if rest.starts_with('"') {
        return (at + quoted(rest, '"'), Kind::Literal);
    }
    if rest.starts_with('\'') && is_character(rest) {
        return (at + quoted(rest, '\''), Kind::Literal);
    }
    (at + rest.chars().next().map_or(1, char::len_utf8), Kind::Code)
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += 1;
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of `r"…"`, `r#"…"#`, `br"…"` and so on.
fn raw_string(source: &str, at: usize) -> Option<usize> {
    let before = source[..at].chars().next_back();
    if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
        return None;
    }
    let rest = &source[at..];
    let after = ["r", "br", "cr"].iter().find_map(|prefix| rest.strip_prefix(prefix))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let text = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = text.find(&end).map_or(text.len(), |found| found + end.len());
    Some(rest.len() - text.len() + length)
}

/// The length of a literal with escapes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if letter == quote {
            return at + 1;
        }
    }
    rest.len()
}

/// A character, not the start of a lifetime.
fn is_character(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    match letters.next() {
        Some('\\') => true,
        Some(_) => letters.next() == Some('\''),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_comments_part() {
        let cases = [
            ("let a = 1; // b", "let a = 1;", "// b"),
            ("f(\"// no { comment\") // yes", "f( )", "// yes"),
            ("/* a /* b */ c */ d", "d", "/* a /* b */ c */"),
            ("r#\"a\" { \"#; x", "; x", ""),
            ("br\"\\\"; x", "; x", ""),
            ("r#fn; '{'; 'a: loop", "r#fn; ; 'a: loop", ""),
            ("'\\''; b'\"'; x", "; b ; x", ""),
            ("\"\\\"{\" }", "}", ""),
            ("\"é\" é", "é", ""),
        ];
        for (source, code, comments) in cases {
            let masked = Masked::new(source);
            let words = masked.code.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!((words.as_str(), masked.comments.trim()), (code, comments), "{source}");
            assert_eq!(masked.code.len(), source.len(), "{source}");
        }
    }

    #[test]
    fn tests_are_left_out() {
        let source = "a();\n#[cfg(test)]\nmod tests { fn f(x: [u8; 2]) { b(); } }\nc();\n#[cfg(test)]\nmod more;\nd();";
        let code = Masked::new(source).code_without_tests();
        let words: Vec<_> = code.split_whitespace().collect();
        assert_eq!(words, ["a();", "c();", "d();"]);
    }
}
