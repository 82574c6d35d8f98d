//! The operators of a page's content, read by hand: what is painted, and under which marks.

use std::collections::BTreeMap;

/// A mark that is open while something is painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Artifact,
    /// Real content with its number on the page.
    Tagged(u64),
    /// Text that stands in for what is drawn, and the like.
    Other,
}

/// What a page paints.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    /// Painting operators under each set of marks, outermost first.
    pub(crate) painted: Vec<(String, Vec<Mark>)>,
    /// Every number that a mark gave, with how often.
    pub(crate) numbers: BTreeMap<u64, usize>,
    /// The strings shown in each font.
    pub(crate) shown: BTreeMap<String, Vec<Vec<u8>>>,
    pub(crate) operators: BTreeMap<String, usize>,
    /// Marks that were never closed, or closed without being open.
    pub(crate) unbalanced: bool,
}

#[derive(Clone, Debug)]
enum Token {
    Text(Vec<u8>),
    Word(String),
}

const PAINTING: [&str; 14] = ["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "Tj", "TJ", "'"];

impl Content {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut content = Self::default();
        let (mut marks, mut before): (Vec<Mark>, Vec<Token>) = (Vec::new(), Vec::new());
        let mut font = String::new();
        for token in tokens(bytes) {
            let Token::Word(word) = &token else {
                before.push(token);
                continue;
            };
            if !is_operator(word) {
                before.push(token);
                continue;
            }
            *content.operators.entry(word.clone()).or_default() += 1;
            match word.as_str() {
                "BDC" | "BMC" => {
                    let mark = mark_of(&before);
                    if let Mark::Tagged(number) = mark {
                        *content.numbers.entry(number).or_default() += 1;
                    }
                    marks.push(mark);
                }
                "EMC" => content.unbalanced |= marks.pop().is_none(),
                "Tf" => {
                    if let Some(Token::Word(name)) = before.iter().rev().nth(1) {
                        font.clone_from(name);
                    }
                }
                painting if PAINTING.contains(&painting) => {
                    content.painted.push((word.clone(), marks.clone()));
                    let texts = before.iter().filter_map(|token| match token {
                        Token::Text(text) => Some(text.clone()),
                        Token::Word(_) => None,
                    });
                    content.shown.entry(font.clone()).or_default().extend(texts);
                }
                _ => {}
            }
            before.clear();
        }
        content.unbalanced |= !marks.is_empty();
        content
    }
}

/// The mark that the operands before its operator describe.
fn mark_of(before: &[Token]) -> Mark {
    let words: Vec<&str> = before
        .iter()
        .filter_map(|token| match token {
            Token::Word(word) => Some(word.as_str()),
            Token::Text(_) => None,
        })
        .collect();
    if words.first() == Some(&"/Artifact") {
        return Mark::Artifact;
    }
    let number = words.iter().position(|word| *word == "/MCID").and_then(|at| words.get(at + 1));
    number.and_then(|number| number.parse().ok()).map_or(Mark::Other, Mark::Tagged)
}

fn is_operator(word: &str) -> bool {
    let first = word.as_bytes()[0];
    (first.is_ascii_alphabetic() || first == b'\'' || first == b'"')
        && !matches!(word, "true" | "false" | "null")
}

fn tokens(bytes: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'(' => {
                let (text, next) = literal(bytes, at + 1);
                tokens.push(Token::Text(text));
                at = next;
            }
            b'<' if bytes.get(at + 1) != Some(&b'<') => {
                let end =
                    bytes[at..].iter().position(|byte| *byte == b'>').map_or(bytes.len(), |end| at + end);
                tokens.push(Token::Text(hex(&bytes[at + 1..end])));
                at = end + 1;
            }
            b'<' => at += 2,
            b'%' => at += bytes[at..].iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len() - at),
            b'>' | b'[' | b']' | b'{' | b'}' => at += 1,
            byte if byte.is_ascii_whitespace() || byte == 0 => at += 1,
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || b"()<>[]{}/%".contains(byte);
                let end = bytes[at + 1..].iter().position(ends).map_or(bytes.len(), |length| at + 1 + length);
                tokens.push(Token::Word(String::from_utf8_lossy(&bytes[at..end]).into_owned()));
                at = end;
            }
        }
    }
    tokens
}

/// A string in brackets from its first byte on, and where it ends.
fn literal(bytes: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let (mut text, mut depth) = (Vec::new(), 1);
    while at < bytes.len() {
        let byte = bytes[at];
        at += 1;
        match byte {
            b'\\' => {
                let escaped = bytes.get(at).copied().unwrap_or_default();
                at += 1;
                match escaped {
                    b'n' => text.push(b'\n'),
                    b'r' => text.push(b'\r'),
                    b't' => text.push(b'\t'),
                    b'b' => text.push(8),
                    b'f' => text.push(12),
                    b'\n' => {}
                    b'0'..=b'7' => {
                        let mut value = u32::from(escaped - b'0');
                        for _ in 0..2 {
                            let Some(digit @ b'0'..=b'7') = bytes.get(at) else { break };
                            value = value * 8 + u32::from(digit - b'0');
                            at += 1;
                        }
                        text.push(value.to_le_bytes()[0]);
                    }
                    other => text.push(other),
                }
            }
            b'(' => {
                depth += 1;
                text.push(byte);
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
                text.push(byte);
            }
            _ => text.push(byte),
        }
    }
    (text, at)
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16))
        .map(|value| value.to_le_bytes()[0])
        .collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or_default()).collect()
}
