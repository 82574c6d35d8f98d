//! Every answer of these tests is compared with what `/openapi.json` says of it.

use core_gateway::{Body, Platform, Request, Response};
use jsonschema::Validator;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What an answer may be: by route, method and status.
struct Description {
    operations: Vec<Operation>,
}

struct Operation {
    /// Segments of the path; `None` is a parameter.
    path: Vec<Option<String>>,
    method: String,
    responses: BTreeMap<u16, Answer>,
}

struct Answer {
    /// By media type.
    content: BTreeMap<String, Validator>,
    headers: Vec<String>,
}

/// Answers a request, and fails where the answer is not what was described.
pub(crate) fn answer(request: &Request, platform: &dyn Platform) -> Response {
    let answer = core_gateway::answer(request, platform);
    description().check(request, &answer);
    answer
}

fn description() -> &'static Description {
    static READ: OnceLock<Description> = OnceLock::new();
    READ.get_or_init(|| Description::read(&super::description()))
}

impl Description {
    fn read(text: &Value) -> Self {
        let mut operations = Vec::new();
        for (path, methods) in text["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let responses = operation["responses"].as_object().unwrap().iter();
                operations.push(Operation {
                    path: path
                        .split('/')
                        .map(|part| (!part.starts_with('{')).then(|| part.to_owned()))
                        .collect(),
                    method: method.to_uppercase(),
                    responses: responses
                        .map(|(status, told)| (status.parse().unwrap(), Answer::read(told, text)))
                        .collect(),
                });
            }
        }
        Self { operations }
    }

    fn check(&self, request: &Request, answer: &Response) {
        let method = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
        let place = format!("{} {} -> {}", request.method, request.path, answer.status);
        let fits = |one: &&Operation| one.method == method && one.fits(&request.path);
        // A path that ends in a parameter may hold slashes; the longest pattern is meant.
        let found = self.operations.iter().filter(fits).max_by_key(|one| one.path.len());
        let Some(operation) = found else {
            assert!(matches!(answer.status, 204 | 401 | 404 | 405 | 414 | 431), "{place} is not described");
            return;
        };
        let told =
            operation.responses.get(&answer.status).unwrap_or_else(|| panic!("{place} is not described"));
        told.check(&place, request.method == "HEAD", answer);
    }
}

impl Operation {
    fn fits(&self, path: &str) -> bool {
        let segments: Vec<&str> = path.split('/').collect();
        let takes_rest = self.path.iter().rev().nth(1).is_some_and(|part| part.as_deref() == Some("files"));
        let is_length =
            if takes_rest { segments.len() >= self.path.len() } else { segments.len() == self.path.len() };
        is_length
            && self
                .path
                .iter()
                .zip(&segments)
                .all(|(part, segment)| part.as_ref().is_none_or(|part| part == segment))
    }
}

impl Answer {
    fn read(told: &Value, text: &Value) -> Self {
        let validator = |content: &Value| {
            let mut schema = content["schema"].clone();
            schema["components"] = text["components"].clone();
            jsonschema::validator_for(&schema).unwrap()
        };
        let content = told["content"].as_object().into_iter().flatten();
        let headers = told["headers"].as_object().into_iter().flatten();
        Self {
            content: content.map(|(media_type, content)| (media_type.clone(), validator(content))).collect(),
            headers: headers.map(|(name, _)| name.to_lowercase()).collect(),
        }
    }

    fn check(&self, place: &str, is_head: bool, answer: &Response) {
        let extra =
            ["retry-after", "allow", "www-authenticate", "x-request-id", "ratelimit", "ratelimit-policy"];
        for name in extra.iter().filter(|name| answer.header(name).is_some()) {
            assert!(
                self.headers.iter().any(|told| told == name),
                "{place}: the header {name} is not described"
            );
        }
        assert!(answer.header("x-request-id").is_some(), "{place}");
        let Body::Bytes(bytes) = &answer.body else { return };
        if bytes.is_empty() || is_head || answer.header("content-encoding").is_some() {
            return;
        }
        let media_type = answer.header("content-type").unwrap().split(';').next().unwrap();
        let told = self.content.get(media_type).or_else(|| self.content.get("*/*"));
        let told = told.unwrap_or_else(|| panic!("{place}: {media_type} is not described"));
        if media_type.ends_with("json") {
            let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
            let wrong: Vec<String> =
                told.iter_errors(&value).map(|why| format!("{why} at {}", why.instance_path)).collect();
            assert!(wrong.is_empty(), "{place}: {wrong:?}\n{value}");
        }
    }
}
