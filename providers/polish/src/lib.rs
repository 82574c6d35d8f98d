//! Sentences said better by a language model.
//!
//! Any server that speaks OpenAI's chat completions: one of a vendor, or Ollama, vLLM or mistral.rs beside the platform.
//! Off unless an address is given.
//!
//! **Law.** One request with one limit of time; no answer is waited for longer, and none is larger than its limit. The
//! key is read from a file and never said.
//! **Absent.** Whether the facts are still the same: who asks compares (`core-design`).

mod chat;
pub mod provider;

use core_brand::fault::Code;
use core_brand::{Fault, broken};
use imprint_outbound::{Answer, Call, Method, Outbound};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// A task takes five seconds at most, and a brand is not worth more waiting for words.
const TIME_MS: u64 = 4_000;
/// The engine ends a call after thirty seconds.
const TIME_MS_MAX: u64 = 20_000;
/// The reasons of a brand are a page or two in any language.
const BYTES_MAX: usize = 256 << 10;

/// Where a model answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Up to and without `/chat/completions`, such as `http://127.0.0.1:11434/v1`.
    pub url: String,
    pub model: String,
    /// The file that holds the key, where one is needed.
    pub key_file: Option<PathBuf>,
    pub time_ms: u64,
    /// Whether the server keeps to a JSON schema; where it does not, it is asked in words.
    pub structured: bool,
}

impl Settings {
    /// From `url`, `model`, `key_file`, `time_ms` and `structured`. None without an address: polish is off.
    pub fn read(config: &BTreeMap<String, String>) -> Result<Option<Self>, Fault> {
        let Some(url) = config.get("url").filter(|url| !url.is_empty()) else { return Ok(None) };
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(wrong("url", url, "an address that begins with http:// or https://"));
        }
        let model = config.get("model").filter(|model| !model.is_empty());
        let model = model.ok_or_else(|| wrong("model", "", "the name of a model"))?;
        let time = config.get("time_ms").map_or(Ok(TIME_MS), |text| text.parse());
        let time_ms = time.ok().filter(|time| (1..=TIME_MS_MAX).contains(time));
        let range = format!("milliseconds from 1 to {TIME_MS_MAX}");
        let asked = config.get("time_ms").map_or("", String::as_str);
        Ok(Some(Self {
            url: url.trim_end_matches('/').to_owned(),
            model: model.clone(),
            key_file: config.get("key_file").filter(|path| !path.is_empty()).map(PathBuf::from),
            time_ms: time_ms.ok_or_else(|| wrong("time_ms", asked, &range))?,
            structured: config.get("structured").is_none_or(|text| text != "false"),
        }))
    }
}

fn wrong(name: &str, value: &str, wanted: &str) -> Fault {
    broken!("`{name}` of polish is `{value}`; it must be {wanted}")
}

/// Asks a model, or says that there is none.
#[derive(Clone)]
pub struct Polisher {
    model: Option<(Settings, Outbound)>,
}

impl Polisher {
    /// None is one that says that polish is off.
    pub fn new(settings: Option<Settings>) -> Result<Self, Fault> {
        let client = settings.is_some().then(Outbound::new).transpose()?;
        Ok(Self { model: settings.zip(client) })
    }

    /// Each text said again, in their order.
    pub async fn rephrase(&self, language: &str, texts: &[String]) -> Result<Vec<String>, Fault> {
        let (settings, outbound) = self.model.as_ref().ok_or_else(|| Fault::new(Code::PolishOff, []))?;
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let call = Call {
            method: Method::POST,
            url: format!("{}/chat/completions", settings.url),
            headers: headers(settings)?,
            body: chat::question(settings, language, texts).into(),
        };
        let within = Duration::from_millis(settings.time_ms);
        let answer = outbound.once(call, within, BYTES_MAX).await?.map_err(silent)?;
        chat::sentences(&good(answer)?.body, texts.len())
    }
}

fn headers(settings: &Settings) -> Result<Vec<(&'static str, String)>, Fault> {
    let mut headers = vec![("content-type", "application/json".to_owned())];
    if let Some(path) = &settings.key_file {
        let key = std::fs::read_to_string(path);
        let key = key.map_err(|why| broken!("the key file `{}` of polish: {why}", path.display()))?;
        headers.push(("authorization", format!("Bearer {}", key.trim())));
    }
    Ok(headers)
}

fn good(answer: Answer) -> Result<Answer, Fault> {
    // What it says beside is not told: it may repeat the key.
    if answer.status.is_success() {
        return Ok(answer);
    }
    Err(silent(format!("it answers {}", answer.status.as_u16())))
}

fn silent(why: String) -> Fault {
    Fault::new(Code::Unreachable, [("callee", "the language model".to_owned()), ("why", why)])
}
