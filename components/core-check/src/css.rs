//! Style sheets to declarations: enough of CSS to know who says what about colours and fonts.

use crate::limits::{CSS_DECLARATIONS_MAX, CSS_DEPTH_MAX};
use std::rc::Rc;

/// A selector longer than this is told by its beginning.
const RULE_CHARS_MAX: usize = 200;

#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) declarations: Vec<Declaration>,
    /// What it wants to be fetched.
    pub(crate) imports: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Declaration {
    /// The innermost selector or at-rule around it.
    pub(crate) rule: Rc<str>,
    /// Declarations of one block have one number.
    pub(crate) block: usize,
    /// In small letters; variables as they are.
    pub(crate) property: String,
    pub(crate) value: String,
    pub(crate) line: u32,
}

/// A block that is open.
struct Open {
    rule: Rc<str>,
    block: usize,
    line: u32,
}

/// Reads a sheet; what cannot be read is said in words that end a sentence.
pub(crate) fn read(text: &str) -> Result<Sheet, String> {
    let mut reader = Reader { text, at: 0, line: 1, sheet: Sheet::default(), open: Vec::new(), blocks: 0 };
    reader.all()?;
    Ok(reader.sheet)
}

/// Reads what stands in one attribute.
pub(crate) fn read_inline(text: &str) -> Result<Vec<Declaration>, String> {
    Ok(read(&format!("{{{text}}}"))?.declarations)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    sheet: Sheet,
    open: Vec<Open>,
    blocks: usize,
}

impl Reader<'_> {
    fn all(&mut self) -> Result<(), String> {
        let (mut piece, mut begun, mut parens) = (String::new(), 0_u32, 0_usize);
        while let Some(letter) = self.peek() {
            if self.text[self.at..].starts_with("/*") {
                self.comment()?;
                piece.push(' ');
                continue;
            }
            if piece.trim().is_empty() && !letter.is_whitespace() {
                begun = self.line;
            }
            match letter {
                '"' | '\'' => {
                    let string = self.string(letter)?;
                    piece.push_str(&string);
                    continue;
                }
                '\\' => {
                    piece.push(letter);
                    self.step();
                    self.peek().inspect(|escaped| piece.push(*escaped));
                }
                '(' | ')' => {
                    parens = if letter == '(' { parens + 1 } else { parens.saturating_sub(1) };
                    piece.push(letter);
                }
                '{' if parens == 0 => self.enter(&std::mem::take(&mut piece))?,
                ';' if parens == 0 => self.declare(&std::mem::take(&mut piece), begun)?,
                '}' if parens == 0 => {
                    self.declare(&std::mem::take(&mut piece), begun)?;
                    let closes = self.open.pop();
                    closes.ok_or_else(|| format!("line {} closes a block that is not open", self.line))?;
                }
                _ => piece.push(letter),
            }
            self.step();
        }
        match self.open.last() {
            Some(open) => Err(format!("the block that opens in line {} is never closed", open.line)),
            None if parens > 0 => Err(format!("the bracket that opens in line {begun} is never closed")),
            None => self.declare(&piece, begun),
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn step(&mut self) {
        if let Some(letter) = self.peek() {
            self.at += letter.len_utf8();
            self.line += u32::from(letter == '\n');
        }
    }

    fn comment(&mut self) -> Result<(), String> {
        let rest = &self.text[self.at..];
        let end = rest.find("*/").ok_or_else(|| format!("the comment of line {} has no end", self.line))?;
        self.line += lines(&rest[..end]);
        self.at += end + 2;
        Ok(())
    }

    /// A string with its quotes. A line break ends one without a second quote, as browsers have it.
    fn string(&mut self, quote: char) -> Result<String, String> {
        let mut string = String::from(quote);
        let begun = self.line;
        self.step();
        while let Some(letter) = self.peek() {
            self.step();
            string.push(letter);
            match letter {
                '\\' => {
                    self.peek().inspect(|escaped| string.push(*escaped));
                    self.step();
                }
                '\n' => break,
                _ if letter == quote => return Ok(string),
                _ => {}
            }
        }
        Err(format!("the string of line {begun} has no end"))
    }

    fn enter(&mut self, prelude: &str) -> Result<(), String> {
        if self.open.len() >= CSS_DEPTH_MAX {
            return Err(format!("its blocks lie deeper than {CSS_DEPTH_MAX} in line {}", self.line));
        }
        self.blocks += 1;
        let rule: String = prelude.split_whitespace().collect::<Vec<_>>().join(" ");
        let rule = rule.chars().take(RULE_CHARS_MAX).collect::<String>().into();
        self.open.push(Open { rule, block: self.blocks, line: self.line });
        Ok(())
    }

    fn declare(&mut self, piece: &str, line: u32) -> Result<(), String> {
        let piece = piece.trim();
        if let Some(import) = piece.strip_prefix("@import") {
            self.sheet.imports.push(import.trim().chars().take(RULE_CHARS_MAX).collect());
            return Ok(());
        }
        let (Some(open), Some((property, value))) = (self.open.last(), piece.split_once(':')) else {
            return Ok(());
        };
        if self.sheet.declarations.len() >= CSS_DECLARATIONS_MAX {
            return Err(format!("it has more than {CSS_DECLARATIONS_MAX} declarations"));
        }
        let property = property.trim();
        let property =
            if property.starts_with("--") { property.to_owned() } else { property.to_ascii_lowercase() };
        let value = value.trim().trim_end_matches("!important").trim().to_owned();
        self.sheet.declarations.push(Declaration {
            rule: open.rule.clone(),
            block: open.block,
            property,
            value,
            line,
        });
        Ok(())
    }
}

fn lines(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}
