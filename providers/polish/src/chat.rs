//! The question and the answer, as chat completions have them.

use crate::Settings;
use core_brand::Fault;
use core_brand::fault::Code;
use serde_json::{Value, json};

/// What the model is told. Facts are compared afterwards, so this saves refusals only.
const TASK: &str = "You edit sentences of a brand book. Rewrite each sentence of the JSON list so that it reads well: \
clear, warm, concrete, in the same language. Keep every number, code, ratio and name exactly as it stands, add none, \
and leave no fact out. Keep each sentence about as long as it is. Plain text, no markup. Answer with JSON only: \
{\"sentences\": [...]}, one entry for each of mine, in my order.";

/// Little freedom: the words may change, the matter may not.
const TEMPERATURE: f64 = 0.4;

pub(crate) fn question(settings: &Settings, language: &str, texts: &[String]) -> String {
    let mine = json!({ "language": language, "sentences": texts });
    let mut body = json!({
        "model": settings.model,
        "temperature": TEMPERATURE,
        "stream": false,
        "messages": [
            { "role": "system", "content": TASK },
            { "role": "user", "content": mine.to_string() },
        ],
    });
    if settings.structured {
        let list = json!({ "type": "array", "items": { "type": "string" } });
        let schema = json!({
            "type": "object", "properties": { "sentences": list }, "required": ["sentences"], "additionalProperties": false,
        });
        body["response_format"] = json!({
            "type": "json_schema", "json_schema": { "name": "sentences", "strict": true, "schema": schema },
        });
    }
    body.to_string()
}

pub(crate) fn sentences(body: &[u8], wanted: usize) -> Result<Vec<String>, Fault> {
    let answer: Value = serde_json::from_slice(body).map_err(|why| unusable(&why))?;
    let said = answer["choices"][0]["message"]["content"].as_str();
    let said = said.ok_or_else(|| unusable(&"it has no message"))?;
    let said: Value = serde_json::from_str(unfenced(said)).map_err(|why| unusable(&why))?;
    let list = said["sentences"].as_array().ok_or_else(|| unusable(&"it has no list of sentences"))?;
    let texts: Vec<String> = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    if texts.len() != wanted {
        return Err(unusable(&format!("{} sentences for {wanted}", texts.len())));
    }
    Ok(texts)
}

/// Models without a schema like to put JSON between fences.
fn unfenced(said: &str) -> &str {
    let from = said.find('{').unwrap_or_default();
    let to = said.rfind('}').map_or(said.len(), |at| at + 1);
    said.get(from..to).unwrap_or(said)
}

fn unusable(why: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::PolishMalformed, [("why", why.to_string())])
}
