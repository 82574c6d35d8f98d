//! Parameters of an address.

use core_brand::Fault;
use core_brand::fault::Code;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// What stays readable in a segment of a path; everything else is escaped.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Unescapes a part of a path; nothing if that is no text.
pub(crate) fn unescape(part: &str) -> Option<String> {
    percent_decode_str(part).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// A path below a folder of the address: each segment escaped, slashes kept.
pub(crate) fn escape_path(path: &str) -> String {
    path.split('/').map(escape).collect::<Vec<_>>().join("/")
}

/// One segment, slashes escaped too.
pub(crate) fn escape(segment: &str) -> String {
    utf8_percent_encode(segment, SEGMENT).to_string()
}

/// The first value of a parameter; an empty one counts as none.
pub(crate) fn parameter(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(known, value)| known == name && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

/// A whole number within bounds.
pub(crate) fn number<T: FromStr + PartialOrd + Display>(
    query: &str,
    name: &str,
    bounds: RangeInclusive<T>,
) -> Result<Option<T>, Fault> {
    let Some(text) = parameter(query, name) else { return Ok(None) };
    match text.parse() {
        Ok(number) if bounds.contains(&number) => Ok(Some(number)),
        _ => {
            let wanted = format!("a whole number from {} to {}", bounds.start(), bounds.end());
            Err(refused(name, &text, &wanted))
        }
    }
}

pub(crate) fn refused(name: &str, value: &str, wanted: &str) -> Fault {
    let args = [("name", name.to_owned()), ("value", value.to_owned()), ("wanted", wanted.to_owned())];
    Fault { field: Some(name.to_owned()), ..Fault::new(Code::HttpParameter, args) }
}
