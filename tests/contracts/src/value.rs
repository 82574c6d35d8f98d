//! JSON to the values of the engine and back, by the types of the contract.

use core_brand::BlobRef;
use imprint_embedded::Val;
use imprint_embedded::types::{Field, Record, Type, Variant};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// What bytes that are no text begin with.
const HEX: &str = "0x";

/// Bytes as JSON: text where they are some.
#[must_use]
pub fn text_of(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => json!(text),
        Err(_) => {
            let hex = |mut text: String, byte: &u8| {
                // Writing to a String cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            };
            json!(bytes.iter().fold(HEX.to_owned(), hex))
        }
    }
}

pub(crate) fn bytes_of(value: &Value) -> Result<Vec<u8>, String> {
    let text = value.as_str().ok_or_else(|| format!("{value} is no text"))?;
    let Some(hex) = text.strip_prefix(HEX) else { return Ok(text.as_bytes().to_vec()) };
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        pair.ok_or_else(|| format!("`{text}` is not hexadecimal"))
    };
    hex.as_bytes().chunks(2).map(byte).collect()
}

/// A field of an argument.
pub(crate) fn field<'a>(value: &'a Value, name: &str) -> Result<&'a str, String> {
    value[name].as_str().ok_or_else(|| format!("no text `{name}` in {value}"))
}

pub(crate) fn number(value: &Value, name: &str) -> Result<u64, String> {
    value[name].as_u64().ok_or_else(|| format!("no number `{name}` in {value}"))
}

pub(crate) fn content_of(value: &Value) -> Result<BlobRef, String> {
    Ok(BlobRef { sha256: field(value, "sha256")?.to_owned(), bytes: number(value, "bytes")? })
}

pub(crate) fn of_content(content: &BlobRef) -> Value {
    json!({ "sha256": content.sha256, "bytes": content.bytes })
}

/// The value of this type. What does not fit the type is a break of the contract.
pub(crate) fn val(kind: &Type, value: &Value) -> Result<Val, String> {
    let strange = || format!("{value} does not fit the contract");
    let unsigned = value.as_u64();
    Ok(match kind {
        Type::Bool => Val::Bool(value.as_bool().ok_or_else(strange)?),
        Type::U8 => Val::U8(unsigned.and_then(|n| n.try_into().ok()).ok_or_else(strange)?),
        Type::U16 => Val::U16(unsigned.and_then(|n| n.try_into().ok()).ok_or_else(strange)?),
        Type::U32 => Val::U32(unsigned.and_then(|n| n.try_into().ok()).ok_or_else(strange)?),
        Type::U64 => Val::U64(unsigned.ok_or_else(strange)?),
        Type::Float64 => Val::Float64(value.as_f64().ok_or_else(strange)?),
        Type::String => Val::String(value.as_str().ok_or_else(strange)?.to_owned()),
        Type::List(list) if list.ty() == Type::U8 && value.is_string() => {
            Val::List(bytes_of(value)?.into_iter().map(Val::U8).collect())
        }
        Type::List(list) => {
            let items = value.as_array().ok_or_else(strange)?;
            Val::List(items.iter().map(|item| val(&list.ty(), item)).collect::<Result<_, _>>()?)
        }
        Type::Option(_) if value.is_null() => Val::Option(None),
        Type::Option(inner) => Val::Option(Some(Box::new(val(&inner.ty(), value)?))),
        Type::Enum(names) => {
            let name = value.as_str().filter(|name| names.names().any(|known| known == *name));
            Val::Enum(name.ok_or_else(strange)?.to_owned())
        }
        Type::Record(record) => record_val(record, value)?,
        Type::Variant(variant) => variant_val(variant, value)?,
        other => return Err(format!("no expectation knows a {other:?}")),
    })
}

/// All fields and no others.
fn record_val(record: &Record, value: &Value) -> Result<Val, String> {
    let given = value.as_object().ok_or_else(|| format!("{value} is no record"))?;
    if let Some(unknown) = given.keys().find(|name| !record.fields().any(|field| field.name == **name)) {
        return Err(format!("the record has no `{unknown}`"));
    }
    let field = |field: Field<'_>| {
        let value = given.get(field.name).unwrap_or(&Value::Null);
        let value = val(&field.ty, value).map_err(|why| format!("{}: {why}", field.name))?;
        Ok((field.name.to_owned(), value))
    };
    Ok(Val::Record(record.fields().map(field).collect::<Result<_, String>>()?))
}

fn variant_val(variant: &Variant, value: &Value) -> Result<Val, String> {
    let one = value.as_object().filter(|given| given.len() == 1).and_then(|given| given.iter().next());
    let (name, inner) = match (value.as_str(), one) {
        (Some(name), _) => (name, None),
        (None, Some((name, inner))) => (name.as_str(), Some(inner)),
        _ => return Err(format!("{value} is no variant")),
    };
    let case = variant.cases().find(|case| case.name == name);
    let case = case.ok_or_else(|| format!("the variant has no `{name}`"))?;
    let inner = match (case.ty, inner) {
        (Some(kind), Some(inner)) => Some(Box::new(val(&kind, inner)?)),
        (None, None) => None,
        _ => return Err(format!("`{name}` does not fit the variant")),
    };
    Ok(Val::Variant(name.to_owned(), inner))
}

/// A value as JSON.
pub(crate) fn json_of(val: &Val) -> Value {
    let inner = |inner: &Option<Box<Val>>| inner.as_ref().map_or(Value::Null, |val| json_of(val));
    match val {
        Val::Bool(is_so) => json!(is_so),
        Val::U8(number) => json!(number),
        Val::U16(number) => json!(number),
        Val::U32(number) => json!(number),
        Val::U64(number) => json!(number),
        Val::Float64(number) => json!(number),
        Val::String(text) | Val::Enum(text) => json!(text),
        Val::List(items) => list_json(items),
        Val::Record(fields) => {
            Value::Object(fields.iter().map(|(name, val)| (name.clone(), json_of(val))).collect())
        }
        Val::Option(one) => inner(one),
        Val::Variant(name, None) => json!(name),
        Val::Variant(name, one) => Value::Object(Map::from_iter([(name.clone(), inner(one))])),
        Val::Result(Ok(one)) => json!({ "ok": inner(one) }),
        Val::Result(Err(one)) => json!({ "err": inner(one) }),
        other => json!({ "unknown": format!("{other:?}") }),
    }
}

/// Bytes are text; a list without items is one either way.
fn list_json(items: &[Val]) -> Value {
    let bytes: Option<Vec<u8>> =
        items.iter().map(|item| if let Val::U8(byte) = item { Some(*byte) } else { None }).collect();
    match bytes {
        Some(bytes) if !bytes.is_empty() => text_of(&bytes),
        _ => items.iter().map(json_of).collect(),
    }
}
