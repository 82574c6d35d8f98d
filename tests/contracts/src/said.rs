//! A neighbour of the next version: it says more in every record of every text than this version knows.

use crate::callee::Callee;
use serde::Deserialize;
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;

/// The field that the next version has more. No record of ours will ever have it.
pub const LATER: &str = "said_later";

/// Whose texts say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Asker,
    Answerer,
}

/// Where a text can say no more.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shapes {
    /// `<text>/<field>`: a table, whose every name means something, or one case of several.
    pub tables: BTreeSet<String>,
    /// Texts that a person said: what is not known in them is refused.
    pub of_people: BTreeSet<String>,
}

/// A callee, with a neighbour of the next version on one side.
pub struct Later<'a> {
    pub callee: &'a dyn Callee,
    pub side: Side,
    pub shapes: &'a Shapes,
    /// How many texts said more.
    pub said: Cell<usize>,
}

impl Shapes {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
        serde_json::from_str(&text).map_err(|why| format!("{}: {why}", path.display()))
    }

    /// Says more in every record of a value.
    pub fn more(&self, text: &str, value: &mut Value) {
        self.say(text, value, "");
    }

    fn is_table(&self, text: &str, name: &str) -> bool {
        self.tables.contains(&format!("{text}/{name}"))
    }

    fn say(&self, text: &str, value: &mut Value, name: &str) {
        match value {
            Value::Object(fields) => {
                fields.iter_mut().for_each(|(name, value)| self.say(text, value, name));
                if !self.is_table(text, name) {
                    fields.insert(LATER.to_owned(), json!([1]));
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.say(text, item, name)),
            _ => {}
        }
    }

    /// Every place in a value at which one field more can be said, each with the value that says it.
    #[must_use]
    pub fn each(&self, text: &str, value: &Value) -> Vec<(String, Value)> {
        let mut all = Vec::new();
        self.places(text, value, (String::new(), ""), &mut all);
        let said = |place: String| {
            let mut value = value.clone();
            value.pointer_mut(&place).and_then(Value::as_object_mut)?.insert(LATER.to_owned(), json!([1]));
            Some((place, value))
        };
        all.into_iter().filter_map(said).collect()
    }

    fn places(&self, text: &str, value: &Value, (place, name): (String, &str), all: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let key = name.replace('~', "~0").replace('/', "~1");
                    self.places(text, value, (format!("{place}/{key}"), name), all);
                }
                if !self.is_table(text, name) {
                    all.push(place);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.places(text, item, (format!("{place}/{index}"), name), all);
                }
            }
            _ => {}
        }
    }
}

impl Later<'_> {
    /// Every text in this value, and every stored document that it names, with more said in them.
    fn texts(&self, value: &mut Value, name: &str) -> Result<(), String> {
        match value {
            Value::String(text) if text.starts_with(['{', '[']) => {
                if let Some(more) = self.more(name, text.as_bytes()) {
                    *text = more;
                }
            }
            Value::Object(fields) => {
                let is_document = fields.get("media-type").is_some_and(|kind| kind == "application/json");
                let document = fields.get("name").and_then(Value::as_str).unwrap_or(name).to_owned();
                for (name, value) in fields.iter_mut() {
                    let name =
                        if ["body", "inline", "ok"].contains(&name.as_str()) { &document } else { name };
                    match value.get("stored").cloned() {
                        Some(content) if is_document => *value = self.kept(name, &content)?,
                        _ => self.texts(value, name)?,
                    }
                }
            }
            Value::Array(items) => {
                items.iter_mut().try_for_each(|item| self.texts(item, name))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn more(&self, name: &str, bytes: &[u8]) -> Option<String> {
        let mut value: Value = serde_json::from_slice(bytes).ok()?;
        if self.shapes.of_people.contains(name) {
            return None;
        }
        self.shapes.more(name, &mut value);
        self.said.set(self.said.get() + 1);
        Some(value.to_string())
    }

    /// A stored document, kept again with more in it.
    fn kept(&self, name: &str, content: &Value) -> Result<Value, String> {
        let bytes = self.callee.content(content)?;
        let content = match self.more(name, &bytes) {
            Some(more) => self.callee.keep(more.as_bytes())?,
            None => content.clone(),
        };
        Ok(json!({ "stored": content }))
    }
}

/// A person of the next version: what was said to a function says more at one place, at every place in turn. Each is refused, and the
/// call goes on as it was.
pub struct Unheard<'a> {
    pub callee: &'a dyn Callee,
    pub shapes: &'a Shapes,
    /// How often something was refused.
    pub refused: Cell<usize>,
}

impl Unheard<'_> {
    fn tried(&self, function: &str, args: &[Value], index: usize) -> Result<(), String> {
        let name = format!("{}.{index}", short(function));
        let said = args[index].as_str().filter(|_| self.shapes.of_people.contains(&name));
        let Some(said) = said.and_then(|text| serde_json::from_str(text).ok()) else { return Ok(()) };
        for (place, more) in self.shapes.each(&name, &said) {
            let mut args = args.to_vec();
            args[index] = json!(more.to_string());
            let answer = self.callee.call(function, &args)?;
            if answer.pointer("/err/rejected").is_none() {
                return Err(format!("`{LATER}` at `{place}` of {name} is not refused: {answer}"));
            }
            self.refused.set(self.refused.get() + 1);
        }
        Ok(())
    }
}

impl Callee for Unheard<'_> {
    fn call(&self, function: &str, args: &[Value]) -> Result<Value, String> {
        (1..args.len()).try_for_each(|index| self.tried(function, args, index))?;
        self.callee.call(function, args)
    }

    fn made(&self, step: &str) -> Result<Value, String> {
        self.callee.made(step)
    }
}

fn short(function: &str) -> &str {
    function.rsplit_once('#').map_or(function, |(_, name)| name)
}

impl Callee for Later<'_> {
    fn call(&self, function: &str, args: &[Value]) -> Result<Value, String> {
        let name = short(function);
        let mut args = args.to_vec();
        if self.side == Side::Asker {
            // The context is no text.
            for (index, arg) in args.iter_mut().enumerate().skip(1) {
                self.texts(arg, &format!("{name}.{index}"))?;
            }
        }
        let mut answer = self.callee.call(function, &args)?;
        if self.side == Side::Answerer {
            self.texts(&mut answer, name)?;
        }
        Ok(answer)
    }

    fn made(&self, step: &str) -> Result<Value, String> {
        self.callee.made(step)
    }

    fn content(&self, content: &Value) -> Result<Vec<u8>, String> {
        self.callee.content(content)
    }

    fn keep(&self, bytes: &[u8]) -> Result<Value, String> {
        self.callee.keep(bytes)
    }

    fn store_is_away(&self, is_away: bool) {
        self.callee.store_is_away(is_away);
    }
}
