//! What of an answer matters: an object names some fields, a list all items, a plain value is itself; and the operators.

use crate::callee::Callee;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Faults show no more of a value.
const SHOWN_LETTERS_MAX: usize = 300;

/// Says what of the answer is not as the pattern has it. `before` are the answers of earlier calls.
pub fn matches(pattern: &Value, found: &Value, before: &[Value]) -> Result<(), String> {
    match (pattern, found) {
        (Value::Object(fields), _) => match operator(fields) {
            Some((name, wanted)) => operated(name, wanted, found, before),
            None => fields.iter().try_for_each(|(name, wanted)| {
                let inner = found.get(name).ok_or_else(|| format!("no `{name}` in {}", shown(found)))?;
                matches(wanted, inner, before).map_err(|why| format!("{name}: {why}"))
            }),
        },
        (Value::Array(wanted), Value::Array(items)) if wanted.len() == items.len() => {
            let mut all = wanted.iter().zip(items).enumerate();
            all.try_for_each(|(index, (wanted, item))| {
                matches(wanted, item, before).map_err(|why| format!("{index}: {why}"))
            })
        }
        _ if pattern == found => Ok(()),
        _ => Err(format!("{} is not {}", shown(found), shown(pattern))),
    }
}

fn operator(fields: &Map<String, Value>) -> Option<(&str, &Value)> {
    let (name, wanted) = fields.iter().next().filter(|_| fields.len() == 1)?;
    name.starts_with('$').then_some((name, wanted))
}

fn operated(name: &str, wanted: &Value, found: &Value, before: &[Value]) -> Result<(), String> {
    let no = || Err(format!("{} is not {name} {}", shown(found), shown(wanted)));
    let text = found.as_str().unwrap_or_default();
    match name {
        "$is" if is(wanted.as_str().unwrap_or_default(), found)? => Ok(()),
        "$starts" if wanted.as_str().is_some_and(|start| text.starts_with(start)) => Ok(()),
        "$from" if earlier(wanted, before)? == *found => Ok(()),
        "$json" => match serde_json::from_str(text) {
            Ok(inner) => matches(wanted, &inner, before),
            Err(_) => no(),
        },
        "$list" => list(wanted, found, before),
        _ => no(),
    }
}

fn is(kind: &str, found: &Value) -> Result<bool, String> {
    let is_hash = |value: &Value| {
        let text = value.as_str().unwrap_or_default();
        text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    let is_content = |value: &Value| is_hash(&value["sha256"]) && value["bytes"].is_u64();
    Ok(match kind {
        "text" => found.as_str().is_some_and(|text| !text.is_empty()),
        "number" => found.is_number(),
        "list" => found.is_array(),
        "content" => is_content(found),
        "body" => found.get("inline").is_some() || is_content(&found["stored"]),
        other => return Err(format!("there is no kind `{other}`")),
    })
}

/// `each` item and at least one, `has` these somewhere, `unique` by a field, at `most` so many, `rising` by a field.
fn list(wanted: &Value, found: &Value, before: &[Value]) -> Result<(), String> {
    let items = found.as_array().ok_or_else(|| format!("{} is no list", shown(found)))?;
    if items.is_empty() {
        return Err("the list is empty".to_owned());
    }
    for (option, wanted) in wanted.as_object().into_iter().flatten() {
        let field = |item: &Value| item.get(wanted.as_str()?).cloned();
        let fields: Option<Vec<Value>> = items.iter().map(field).collect();
        let is_fine = match option.as_str() {
            "each" => items.iter().try_for_each(|item| matches(wanted, item, before)).map(|()| true)?,
            "has" => {
                let mut all = wanted.as_array().into_iter().flatten();
                all.all(|one| items.iter().any(|item| matches(one, item, before).is_ok()))
            }
            "unique" => fields.is_some_and(|all| {
                all.iter().map(Value::to_string).collect::<BTreeSet<_>>().len() == items.len()
            }),
            "rising" => fields.is_some_and(|all| {
                all.windows(2)
                    .all(|pair| matches!((pair[0].as_u64(), pair[1].as_u64()), (Some(a), Some(b)) if a <= b))
            }),
            "most" => wanted.as_u64().is_some_and(|most| items.len() as u64 <= most),
            _ => false,
        };
        if !is_fine {
            return Err(format!("{} is not `{option}` {}", shown(found), shown(wanted)));
        }
    }
    Ok(())
}

/// `/0/ok/1` is the second item of what the first call gave.
fn earlier(pointer: &Value, before: &[Value]) -> Result<Value, String> {
    pointed(pointer.as_str().unwrap_or_default(), before)
}

pub(crate) fn pointed(pointer: &str, before: &[Value]) -> Result<Value, String> {
    let (number, rest) = pointer.trim_start_matches('/').split_once('/').unwrap_or_default();
    let answer = number.parse().ok().and_then(|number: usize| before.get(number));
    let value = answer.and_then(|answer| answer.pointer(&format!("/{rest}")));
    value.cloned().ok_or_else(|| format!("no earlier answer has `{pointer}`"))
}

/// What a job begins with, as the gateway writes it. `ID`, `TENANT` and `NOW` stand for those of the call.
const SUBMISSION: &str = include_str!("../submission.json");

/// An argument as it is sent: `$json` becomes text, `$from` what an earlier call gave, `$made` the documents before a
/// step, `$submission` the beginning of the job of this id.
pub(crate) fn resolve(
    arg: &Value,
    before: &[Value],
    callee: &dyn Callee,
    context: &Value,
) -> Result<Value, String> {
    let inner = |value: &Value| resolve(value, before, callee, context);
    match arg {
        Value::Object(fields) => match operator(fields) {
            Some(("$json", value)) => Ok(json!(inner(value)?.to_string())),
            Some(("$from", pointer)) => earlier(pointer, before),
            Some(("$made", step)) => callee.made(step.as_str().unwrap_or_default()),
            Some(("$submission", id)) => {
                let places =
                    [("\"ID\"", id), ("\"TENANT\"", &context["tenant"]), ("\"NOW\"", &context["now-ms"])];
                let filled =
                    |text: String, (name, value): (&str, &Value)| text.replace(name, &value.to_string());
                let text = places.into_iter().fold(SUBMISSION.to_owned(), filled);
                inner(&serde_json::from_str(&text).map_err(|why| why.to_string())?)
            }
            Some((name, _)) => Err(format!("an argument cannot be {name}")),
            None => fields.iter().map(|(name, value)| Ok((name.clone(), inner(value)?))).collect(),
        },
        Value::Array(items) => items.iter().map(inner).collect(),
        plain => Ok(plain.clone()),
    }
}

/// The pattern with one thing changed in it, in every way: what matched it must match none of these.
#[must_use]
pub fn planted(pattern: &Value) -> Vec<Value> {
    match pattern {
        Value::Object(fields) => {
            let mut added = fields.clone();
            added.insert("planted".to_owned(), Value::Null);
            let inner = fields.iter().flat_map(|(name, value)| {
                planted(value).into_iter().map(move |changed| {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), changed);
                    Value::Object(fields)
                })
            });
            std::iter::once(Value::Object(added)).chain(inner).collect()
        }
        Value::Array(items) => {
            let longer = [items.as_slice(), &[json!("planted")]].concat();
            let inner = items.iter().enumerate().flat_map(|(index, value)| {
                planted(value).into_iter().map(move |changed| {
                    let mut items = items.clone();
                    items[index] = changed;
                    Value::Array(items)
                })
            });
            std::iter::once(Value::Array(longer)).chain(inner).collect()
        }
        Value::String(text) => vec![json!(format!("{text} planted"))],
        Value::Number(number) => vec![json!(u8::from(number.as_u64() == Some(0)))],
        Value::Bool(is_so) => vec![json!(!is_so)],
        Value::Null => vec![json!("planted")],
    }
}

/// Where two values differ first.
pub(crate) fn at(found: &Value, wanted: &Value) -> String {
    matches(wanted, found, &[]).err().unwrap_or_else(|| format!("{} has more", shown(found)))
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN_LETTERS_MAX) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_tell_what_matters_from_what_does_not() {
        let hash = "a".repeat(64);
        let cases = [
            (json!({"a": 1}), json!({"a": 1, "b": 2}), true),
            (json!({"a": 1}), json!({"b": 2}), false),
            (json!({"a": null}), json!({}), false),
            (json!([1]), json!([1, 2]), false),
            (json!([1, 2]), json!([2, 1]), false),
            (json!("rest"), json!("rest"), true),
            (json!({"$is": "text"}), json!(""), false),
            (json!({"$is": "number"}), json!(0), true),
            (json!({"$is": "list"}), json!([]), true),
            (json!({"$is": "content"}), json!({"sha256": hash, "bytes": 1}), true),
            (json!({"$is": "content"}), json!({"sha256": "a", "bytes": 1}), false),
            (json!({"$is": "body"}), json!({"inline": "x"}), true),
            (json!({"$is": "dancing"}), json!("x"), false),
            (json!({"$starts": "<svg"}), json!("<svg>"), true),
            (json!({"$starts": "<svg"}), json!("svg"), false),
            (json!({"$json": {"a": 1}}), json!("{\"a\": 1}"), true),
            (json!({"$json": {"a": 1}}), json!("{"), false),
            (json!({"$from": "/0/ok"}), json!(7), true),
            (json!({"$from": "/0/ok"}), json!(8), false),
            (json!({"$from": "/1/ok"}), json!(7), false),
            (json!({"$list": {"each": {"a": 1}}}), json!([]), false),
            (json!({"$list": {"each": {"a": 1}}}), json!([{"a": 1}, {"a": 2}]), false),
            (json!({"$list": {"has": [{"a": 2}]}}), json!([{"a": 1}, {"a": 2}]), true),
            (json!({"$list": {"unique": "a"}}), json!([{"a": 1}, {"a": 1}]), false),
            (json!({"$list": {"rising": "a"}}), json!([{"a": 2}, {"a": 1}]), false),
            (json!({"$list": {"most": 1}}), json!([1, 2]), false),
            (json!({"$list": {"strange": 1}}), json!([1]), false),
        ];
        for (pattern, found, is_match) in cases {
            let told = matches(&pattern, &found, &[json!({"ok": 7})]);
            assert_eq!(told.is_ok(), is_match, "{pattern} and {found}: {told:?}");
        }
    }

    #[test]
    fn every_word_of_a_pattern_is_changed_once() {
        assert_eq!(planted(&json!({"a": ["x", 0]})).len(), 4);
    }
}
