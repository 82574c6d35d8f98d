//! Exchanges of a client with the gateway, as a released version had them: requests, and what the client uses of the answers.

use crate::pattern::{matches, pointed};
use crate::said::{LATER, Shapes};
use crate::surface::Surface;
use crate::value::text_of;
use core_gateway::{Body, Request, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Of what is no text, and of long texts, so much is looked at.
const SHOWN_BYTES_MAX: usize = 16;
const SHOWN_LETTERS_MAX: usize = 100_000;

/// The code of a body that cannot be read.
const UNKNOWN: &str = "http.body";
/// What was stored is heard of at once; ten seconds are far more than that takes.
const SOON_PAUSE: Duration = Duration::from_millis(20);
const SOON_TRIES: usize = 500;
/// The status of a part of a file.
const PARTIAL: u16 = 206;

/// What a client does, in its order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    pub because: String,
    pub requests: Vec<Ask>,
}

/// One request. `<0/id>` in its address is what the first answer has there in its body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ask {
    pub method: String,
    pub target: String,
    #[serde(default)]
    pub headers: Map<String, Value>,
    pub body: Option<Value>,
    /// Whoever asks without a token.
    #[serde(default)]
    pub open: bool,
    /// What was done is seen as soon as the ledger has heard of it: it is asked again until then.
    #[serde(default)]
    pub soon: bool,
    /// The kit of the brand that this answer gave the id of is made before.
    pub works: Option<String>,
    /// The codes of the refusals of a body that says more than is known, by the places below which they are given: `http.body` where
    /// none is named.
    #[serde(default)]
    pub unknown: BTreeMap<String, String>,
    /// What the client uses: `status`, `headers`, `body`.
    pub answer: Value,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    /// As it was recorded.
    Recorded,
    /// Says more: a parameter and a header with each request, and first of all a field at every place of its body, one by one.
    Later,
}

impl Exchange {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
        serde_json::from_str(&text).map_err(|why| format!("{}: {why}", path.display()))
    }

    /// Makes the requests and compares. `work` makes the kit of a brand.
    pub fn replay(
        &self,
        surface: &Surface<'_>,
        client: Client,
        work: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<Vec<Value>, String> {
        let mut answers = Vec::new();
        for (number, ask) in self.requests.iter().enumerate() {
            let asked = || {
                let answer = ask.made(surface, client, &answers, work)?;
                matches(&ask.answer, &answer, &answers).map(|()| answer)
            };
            let mut answer = asked();
            for _ in 0..if ask.soon { SOON_TRIES } else { 0 } {
                if answer.is_ok() {
                    break;
                }
                std::thread::sleep(SOON_PAUSE);
                answer = asked();
            }
            answers.push(answer.map_err(|why| format!("{number}, {} {}: {why}", ask.method, ask.target))?);
        }
        Ok(answers)
    }
}

impl Ask {
    fn made(
        &self,
        surface: &Surface<'_>,
        client: Client,
        before: &[Value],
        work: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<Value, String> {
        if let Some(brand) = &self.works {
            work(&filled(brand, before)?)?;
        }
        let mut target = filled(&self.target, before)?;
        let body = self.body.as_ref();
        if client == Client::Later {
            self.unheard(surface, &target, body)?;
            let sign = if target.contains('?') { '&' } else { '?' };
            target = format!("{target}{sign}{LATER}=1");
        }
        let text = body.map(Value::to_string).unwrap_or_default();
        told(surface, core_gateway::answer(&self.request(surface, &target, &text, client), surface))
    }

    /// Each of these bodies is refused, and begins nothing: the request behind them is answered as if they had not been.
    fn unheard(&self, surface: &Surface<'_>, target: &str, body: Option<&Value>) -> Result<(), String> {
        for (place, more) in body.into_iter().flat_map(|body| Shapes::default().each("", body)) {
            let request = self.request(surface, target, &more.to_string(), Client::Later);
            let answer = told(surface, core_gateway::answer(&request, surface))?;
            let is_refused = [json!(400), json!(422)].contains(&answer["status"]);
            let named = self.unknown.iter().rfind(|(above, _)| place.starts_with(above.as_str()));
            let code = named.map_or(UNKNOWN, |(_, code)| code.as_str());
            if !is_refused || answer["body"]["code"] != code {
                return Err(format!("`{LATER}` at `{place}` of the body is answered by {answer}"));
            }
        }
        Ok(())
    }

    fn request(&self, surface: &Surface<'_>, target: &str, body: &str, client: Client) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let header =
            |(name, value): (&String, &Value)| (name.clone(), value.as_str().unwrap_or_default().to_owned());
        let mut headers: Vec<_> = self.headers.iter().map(header).collect();
        if !self.open {
            headers.push(("authorization".to_owned(), format!("Bearer {}", surface.token())));
        }
        if self.body.is_some() && !self.headers.contains_key("content-type") {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        if client == Client::Later {
            headers.push((format!("x-{LATER}"), "1".to_owned()));
        }
        Request {
            method: self.method.clone(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: Some(body.as_bytes().to_vec()),
        }
    }
}

/// An answer as JSON: bodies by their media types.
fn told(surface: &Surface<'_>, response: Response) -> Result<Value, String> {
    let Response { status, headers, body } = response;
    let mut bytes = Vec::new();
    let sent = Body::send(body, surface, &mut |part| {
        bytes.extend(part);
        Ok(())
    });
    sent.map_err(|why| format!("the body breaks off: {why:?}"))?;
    let kind =
        headers.iter().find(|(name, _)| name == "content-type").map_or("", |(_, value)| value.as_str());
    let body = match kind.split(';').next().unwrap_or_default() {
        "text/event-stream" => events(&String::from_utf8_lossy(&bytes)),
        // A part of a file is none.
        kind if kind.ends_with("json") && status != PARTIAL => {
            serde_json::from_slice(&bytes).map_err(|why| why.to_string())?
        }
        _ if std::str::from_utf8(&bytes).is_ok() => text_of(&bytes[..bytes.len().min(SHOWN_LETTERS_MAX)]),
        _ => text_of(&bytes[..bytes.len().min(SHOWN_BYTES_MAX)]),
    };
    let headers: Map<String, Value> = headers.into_iter().map(|(name, value)| (name, json!(value))).collect();
    Ok(json!({ "status": status, "headers": headers, "body": body }))
}

/// Server-sent events, each with its fields.
fn events(text: &str) -> Value {
    let field = |line: &str| {
        let (name, value) = line.split_once(": ").filter(|(name, _)| !name.is_empty())?;
        Some((name.to_owned(), json!(value)))
    };
    let event = |block: &str| block.lines().filter_map(field).collect::<Map<_, _>>();
    let all = text.split("\n\n").map(event).filter(|event| event.contains_key("data"));
    all.map(Value::Object).collect()
}

/// A text with `<0/id>` replaced by what the first answer has in its body.
fn filled(text: &str, before: &[Value]) -> Result<String, String> {
    let Some((head, (place, tail))) =
        text.split_once('<').and_then(|(head, rest)| Some((head, rest.split_once('>')?)))
    else {
        return Ok(text.to_owned());
    };
    let (number, rest) = place.split_once('/').ok_or_else(|| format!("`{place}` is no place"))?;
    let value = pointed(&format!("/{number}/body/{rest}"), before)?;
    let value = value.as_str().ok_or_else(|| format!("{value} at `{place}` is no text"))?;
    Ok(format!("{head}{value}{}", filled(tail, before)?))
}
