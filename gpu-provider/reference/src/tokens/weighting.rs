//! How much parts of a prompt weigh: `(more)`, `(much more:1.5)`, `[less]`, `\(plain\)`.

/// What brackets without a number do.
const MORE: f32 = 1.1;
/// Beyond it embeddings leave what the model knows.
pub const WEIGHT_MAX: f32 = 4.0;

/// A part of a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub text: String,
    pub weight: f32,
}

/// An open bracket: where its parts begin, and what it does when it is closed without a number.
struct Open {
    first: usize,
    factor: f32,
    closes: char,
}

/// The parts of a prompt in their order. Brackets that are never closed weigh as if they were, at the end; one that was never
/// opened is a letter.
#[must_use]
pub fn parts(prompt: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut text = String::new();
    let mut letters = prompt.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(|next| "()[]\\".contains(*next)) => {
                text.extend(letters.next());
            }
            '(' | '[' => {
                flush(&mut parts, &mut text);
                let (factor, closes) = if letter == '(' { (MORE, ')') } else { (1.0 / MORE, ']') };
                open.push(Open { first: parts.len(), factor, closes });
            }
            ')' | ']' if open.last().is_some_and(|open| open.closes == letter) => {
                let Some(ended) = open.pop() else { continue };
                let factor = if letter == ')' { number(&mut text) } else { None };
                flush(&mut parts, &mut text);
                weigh(&mut parts[ended.first..], factor.unwrap_or(ended.factor));
            }
            _ => text.push(letter),
        }
    }
    flush(&mut parts, &mut text);
    for open in open.into_iter().rev() {
        weigh(&mut parts[open.first..], open.factor);
    }
    parts
}

/// Takes `:1.5` from the end of a text.
fn number(text: &mut String) -> Option<f32> {
    let (before, number) = text.rsplit_once(':')?;
    let number: f32 = number.trim().parse().ok().filter(|number: &f32| number.is_finite())?;
    *text = before.to_owned();
    Some(number)
}

fn flush(parts: &mut Vec<Part>, text: &mut String) {
    if !text.is_empty() {
        parts.push(Part { text: std::mem::take(text), weight: 1.0 });
    }
}

fn weigh(parts: &mut [Part], factor: f32) {
    for part in parts {
        part.weight = (part.weight * factor).clamp(-WEIGHT_MAX, WEIGHT_MAX);
    }
}
