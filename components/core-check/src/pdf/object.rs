//! Objects of a PDF, read from bytes.

use crate::limits::PDF_DEPTH_MAX;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Entries of one list or dictionary, operands of one command: colours and text need far fewer.
const ENTRIES_MAX: usize = 100_000;

pub(crate) type Dictionary = BTreeMap<String, Object>;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Object {
    /// Null, true, false, and what is not understood.
    Nothing,
    Number(f64),
    Name(String),
    /// Its bytes are text that nobody needs here; only its length is kept.
    Text(usize),
    List(Rc<Vec<Object>>),
    Dictionary(Rc<Dictionary>),
    /// The number of an object.
    Reference(u32),
    /// A command of a page.
    Command(String),
}

impl Object {
    pub(crate) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(crate) fn name(&self) -> Option<&str> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }
}

/// Reads one object after another.
pub(crate) struct Lexer<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: usize,
    /// Whether `5 0 R` is a reference: inside of pages it never is.
    pub(crate) has_references: bool,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize, has_references: bool) -> Self {
        Self { bytes, at, has_references }
    }

    /// The next object; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Object> {
        self.object(0)
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        self.space();
        let byte = *self.bytes.get(self.at)?;
        match byte {
            b'/' => Some(Object::Name(self.name())),
            b'(' => Some(Object::Text(self.text())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Some(self.dictionary(depth + 1))
            }
            b'<' => Some(Object::Text(self.hex())),
            b'[' => {
                self.at += 1;
                Some(self.list(depth + 1))
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.numeric()),
            b']' | b'>' | b'}' | b'{' | b')' => {
                self.at += 1;
                Some(Object::Nothing)
            }
            _ => Some(self.word()),
        }
    }

    pub(crate) fn space(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'%' => {
                    let rest = &self.bytes[self.at..];
                    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                    self.at += end.unwrap_or(rest.len());
                }
                _ if is_space(*byte) => self.at += 1,
                _ => return,
            }
        }
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let raw = self.run(|byte| !is_space(byte) && !is_delimiter(byte));
        let mut name = Vec::with_capacity(raw.len());
        let mut at = 0;
        while let Some(byte) = raw.get(at) {
            let code = (*byte == b'#').then(|| raw.get(at + 1..at + 3)).flatten();
            let code = code.and_then(|code| std::str::from_utf8(code).ok());
            match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
                Some(code) => {
                    name.push(code);
                    at += 3;
                }
                None => {
                    name.push(*byte);
                    at += 1;
                }
            }
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// A string in brackets, which may hold brackets.
    fn text(&mut self) -> usize {
        let (start, mut depth) = (self.at, 0_usize);
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        self.at = self.at.min(self.bytes.len());
        (self.at - start).saturating_sub(2)
    }

    fn hex(&mut self) -> usize {
        let length = self.run(|byte| byte != b'>').len();
        // One that is never closed ends with the file.
        self.at = (self.at + 1).min(self.bytes.len());
        length / 2
    }

    fn numeric(&mut self) -> Object {
        let number = self.plain_number();
        let start = self.at;
        if self.has_references && number >= 0.0 && number.fract() == 0.0 && number < f64::from(u32::MAX) {
            self.space();
            if self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
                self.run(|byte| byte.is_ascii_digit());
                self.space();
                let after = self.bytes.get(self.at + 1).copied().unwrap_or(b' ');
                if self.bytes.get(self.at) == Some(&b'R') && (is_space(after) || is_delimiter(after)) {
                    self.at += 1;
                    return Object::Reference(number as u32);
                }
            }
        }
        self.at = start;
        Object::Number(number)
    }

    fn plain_number(&mut self) -> f64 {
        let raw = self.run(|byte| matches!(byte, b'+' | b'-' | b'.' | b'0'..=b'9'));
        let text = std::str::from_utf8(raw).unwrap_or_default();
        text.parse().unwrap_or(0.0)
    }

    fn word(&mut self) -> Object {
        let raw = self.run(|byte| !is_space(byte) && !is_delimiter(byte));
        if raw.is_empty() {
            self.at += 1;
        }
        match raw {
            b"null" | b"true" | b"false" | b"" => Object::Nothing,
            word => Object::Command(String::from_utf8_lossy(word).into_owned()),
        }
    }

    fn list(&mut self, depth: usize) -> Object {
        let mut list = Vec::new();
        loop {
            self.space();
            match self.bytes.get(self.at) {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(_) if depth > PDF_DEPTH_MAX || list.len() >= ENTRIES_MAX => break,
                Some(_) => list.extend(self.object(depth)),
            }
        }
        Object::List(Rc::new(list))
    }

    fn dictionary(&mut self, depth: usize) -> Object {
        let mut dictionary = Dictionary::new();
        loop {
            self.space();
            match self.bytes.get(self.at) {
                Some(b'/') if depth <= PDF_DEPTH_MAX && dictionary.len() < ENTRIES_MAX => {
                    let key = self.name();
                    let Some(value) = self.object(depth) else { break };
                    dictionary.insert(key, value);
                }
                Some(b'>') => {
                    self.at += 2;
                    break;
                }
                _ => break,
            }
        }
        self.at = self.at.min(self.bytes.len());
        Object::Dictionary(Rc::new(dictionary))
    }
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 12)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
