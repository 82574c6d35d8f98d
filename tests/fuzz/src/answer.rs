//! What a reader may answer, and what holds of every answer.

use core_brand::fault::Code;
use core_brand::{Blame, Fault};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Display;

/// A refusal that is longer repeats too much of what was sent: two values of 1,500 letters stand in a few.
const REFUSAL_BYTES_MAX: usize = 8_000;
/// What reading a number may change of it.
const ROUNDED: f64 = 1e-15;

/// A kind of answer, or which law is broken.
pub(crate) type Answer = Result<Result<String, String>, String>;

pub(crate) fn taken(what: impl Display) -> Answer {
    Ok(Ok(what.to_string()))
}

/// Refused by us in a way that a person can use.
pub(crate) fn refused(fault: &Fault) -> Answer {
    if !Code::ALL.iter().any(|code| fault.is(*code)) || fault.blame != Blame::Rejected {
        return Err(format!("`{}` blames us, or is in no table: {}", fault.code, fault.message));
    }
    said(&fault.message)?;
    Ok(Err(fault.code.clone()))
}

/// Refused where nobody outside is to blame: what we stored is damaged, an operator or a service of others is wrong. It has a
/// code of the table, and somebody of ours can read it.
pub(crate) fn failed(fault: &Fault) -> Answer {
    if !Code::ALL.iter().any(|code| fault.is(*code)) {
        return Err(format!("`{}` is in no table: {}", fault.code, fault.message));
    }
    said(&fault.message)?;
    Ok(Err(fault.code.clone()))
}

/// A refusal of a reader that knows no faults.
pub(crate) fn told(why: impl Display) -> Answer {
    let why = why.to_string();
    said(&why)?;
    // Numbers are places; letters are what is wrong.
    Ok(Err(why.chars().filter(|letter| letter.is_ascii_alphabetic() || *letter == ' ').take(60).collect()))
}

pub(crate) fn said(text: &str) -> Result<(), String> {
    let is_clear = |letter: char| letter == '\n' || !letter.is_control();
    if text.is_empty() || text.len() > REFUSAL_BYTES_MAX {
        return Err(format!("the refusal has {} bytes: {:.200}", text.len(), text));
    }
    text.chars().all(is_clear).then_some(()).ok_or_else(|| format!("the refusal is not clear: {text:?}"))
}

pub(crate) fn same<T: PartialEq + std::fmt::Debug>(what: &str, one: &T, other: &T) -> Result<(), String> {
    if one == other { Ok(()) } else { Err(format!("{what}: {one:?} became {other:?}")) }
}

/// The same but for the last digit of a number, which is rounded when it is read.
pub(crate) fn near<T: Serialize>(what: &str, one: &T, other: &T) -> Result<(), String> {
    let value = |value: &T| serde_json::to_value(value).map_err(|why| why.to_string());
    let (one, other) = (value(one)?, value(other)?);
    if is_near(&one, &other) { Ok(()) } else { Err(format!("{what}: {one} became {other}")) }
}

fn is_near(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => match (one.as_f64(), other.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= a.abs() * ROUNDED,
            _ => one == other,
        },
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_near(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(key, value): (&String, &Value)| other.get(key).is_some_and(|own| is_near(value, own));
            one.len() == other.len() && one.iter().all(has)
        }
        _ => one == other,
    }
}

pub(crate) fn utf8(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// What is no text never reaches a reader of texts.
pub(crate) fn no_text() -> Answer {
    Ok(Err("no text".to_owned()))
}

/// The first line says how the rest is read.
pub(crate) fn parted(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((utf8(&bytes[..end])?, &bytes[end + 1..]))
}

/// A fault where none may be, as a finding tells it.
pub(crate) fn inner(fault: Fault) -> String {
    let Fault { code, message, .. } = fault;
    format!("`{code}`: {message}")
}
