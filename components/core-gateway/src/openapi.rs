//! The description of the surface, made from the table that requests are matched with.

use crate::assets::{WIDTH_MAX, WIDTH_MIN};
use crate::brands::{LIMIT_MAX, STATUSES};
use crate::routes::{ROUTES, Route};
use crate::submit::{BATCH_MAX, KEY_BYTES_MAX, TIMEOUT_S_MAX, TIMEOUT_S_MIN};
use core_brand::VERSION;
use core_brand::brief::{CONCEPTS_MAX, CONCEPTS_MIN, LANGUAGES, NAME_CHARS_MAX};
use serde_json::{Map, Value, json};

/// OpenAPI 3.1.
pub(crate) fn description() -> Value {
    let mut paths = Map::new();
    for route in ROUTES {
        let path = paths.entry(route.path.replace("...}", "}")).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(route.method.to_ascii_lowercase(), operation(route));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Imprint",
            "version": VERSION,
            "description": "A name and an industry become a whole brand.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
            "schemas": schemas(),
        },
    })
}

fn operation(route: &Route) -> Value {
    let mut operation = json!({
        "operationId": route.name,
        "summary": route.summary,
        "parameters": parameters(route),
        "responses": responses(route),
        "security": route.scope.map_or_else(|| json!([]), |scope| json!([{ "token": [scope] }])),
    });
    if let (Some(schema), Some(operation)) = (route.takes, operation.as_object_mut()) {
        let content = json!({ "application/json": { "schema": reference(schema) } });
        operation.insert("requestBody".to_owned(), json!({ "required": true, "content": content }));
    }
    operation
}

fn parameters(route: &Route) -> Vec<Value> {
    let names = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = names.map(|name| {
        let name = name.trim_end_matches("...");
        json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 } })
    });
    in_path.chain(route.takes_also.iter().map(|name| parameter(name))).collect()
}

fn parameter(name: &str) -> Value {
    let (place, is_needed, schema) = match name {
        "Idempotency-Key" => (
            "header",
            true,
            json!({ "type": "string", "minLength": 1, "maxLength": KEY_BYTES_MAX, "pattern": "^[!-~]+$" }),
        ),
        "status" => {
            let names: Vec<&str> = STATUSES.iter().map(|(name, _)| *name).collect();
            ("query", false, json!({ "type": "string", "enum": names }))
        }
        "limit" => ("query", false, json!({ "type": "integer", "minimum": 1, "maximum": LIMIT_MAX })),
        "cursor" => {
            ("query", false, json!({ "type": "string", "pattern": "^br_[a-z0-9-]{1,32}_[a-z2-7]{26}$" }))
        }
        "width" => ("query", false, json!({ "type": "integer", "minimum": WIDTH_MIN, "maximum": WIDTH_MAX })),
        "canary" => ("header", false, json!({ "type": "string", "enum": ["true", "false"] })),
        _ => ("header", false, json!({ "type": "string" })),
    };
    json!({ "name": name, "in": place, "required": is_needed, "schema": schema })
}

fn responses(route: &Route) -> Value {
    let mut all = Map::new();
    for status in route.statuses {
        let has_body = !matches!(status, 204 | 304);
        let schema = route.gives.map_or_else(|| json!({}), reference);
        let media_type = if route.media_type.is_empty() { "*/*" } else { route.media_type };
        let content = json!({ media_type: { "schema": schema } });
        let told = json!({ "description": told(*status) });
        let told =
            if has_body { json!({ "description": told["description"], "content": content }) } else { told };
        all.insert(status.to_string(), told);
    }
    let content = json!({ "application/problem+json": { "schema": reference("Problem") } });
    let problem = json!({ "description": "Why it was not done", "content": content });
    for status in problems(route) {
        all.insert(status.to_string(), problem.clone());
    }
    Value::Object(all)
}

/// How a request may fail, beside 500.
fn problems(route: &Route) -> Vec<u16> {
    let has_part = route.path.contains('{');
    let is_open = route.scope.is_none();
    let cases = [
        (true, 405),
        (true, 406),
        (true, 413),
        (true, 500),
        (!is_open || route.name == "getReadiness", 503),
        (!is_open, 401),
        (!is_open, 403),
        (has_part, 404),
        (has_part && !is_open, 410),
        (has_part && !is_open, 409),
        (!is_open, 400),
        (route.takes.is_some(), 415),
        (route.takes.is_some() || route.name == "optimizeAsset", 422),
        (route.name == "getFile", 416),
    ];
    cases.into_iter().filter(|(may, _)| *may).map(|(_, status)| status).collect()
}

fn told(status: u16) -> &'static str {
    match status {
        202 => "Taken; it will be done",
        204 => "There is nothing more",
        206 => "A part",
        304 => "As you have it",
        _ => "Done",
    }
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn schemas() -> Value {
    json!({
        "Brief": brief(),
        "Batch": {
            "type": "object",
            "required": ["briefs"],
            "additionalProperties": false,
            "properties": { "briefs": { "type": "array", "minItems": 1, "maxItems": BATCH_MAX, "items": reference("Brief") } },
        },
        "Batched": list("brands", "Brand"),
        "BrandList": list("brands", "Brand"),
        "FileList": list("files", "File"),
        "Brand": brand(),
        "File": file(),
        "Content": {
            "type": "object",
            "required": ["job_id", "status", "concepts"],
            "properties": { "job_id": { "type": "string" }, "status": { "type": "string" }, "concepts": { "type": "array" } },
        },
        "Palette": {
            "type": "object",
            "required": ["design_id", "palette"],
            "properties": { "design_id": { "type": "string" }, "palette": { "type": "object" } },
        },
        "Health": { "type": "object", "required": ["status"], "properties": { "status": { "type": "string" } } },
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail", "code"],
            "properties": {
                "type": { "type": "string", "format": "uri-reference" },
                "title": { "type": "string" },
                "status": { "type": "integer" },
                "detail": { "type": "string" },
                "code": { "type": "string" },
                "field": { "type": "string" },
                "args": { "type": "object" },
            },
        },
    })
}

fn list(name: &str, of: &str) -> Value {
    json!({
        "type": "object",
        "required": [name],
        "properties": { name: { "type": "array", "items": reference(of) } },
    })
}

fn brief() -> Value {
    let optional = |schema: Value| json!({ "anyOf": [schema, { "type": "null" }] });
    json!({
        "type": "object",
        "required": ["industry"],
        "additionalProperties": false,
        "properties": {
            "company_name": { "type": "string", "minLength": 1, "maxLength": NAME_CHARS_MAX, "examples": ["TechCorp"] },
            "name": { "type": "string", "minLength": 1, "maxLength": NAME_CHARS_MAX, "description": "The same as company_name; give one." },
            "industry": { "type": "string", "minLength": 1, "maxLength": 80, "examples": ["technology"] },
            "style": optional(json!({ "type": "string", "maxLength": 80, "default": "modern" })),
            "primary_color": optional(json!({ "type": "string", "examples": ["#2563eb"] })),
            "complexity": optional(json!({ "type": "string", "enum": ["simple", "medium", "complex"] })),
            "language": optional(json!({ "type": "string", "examples": LANGUAGES })),
            "seed": optional(json!({ "type": ["string", "integer"], "minimum": 0, "pattern": "^[0-9]+$" })),
            "concepts": optional(json!({ "type": "integer", "minimum": CONCEPTS_MIN, "maximum": CONCEPTS_MAX })),
            "priority": optional(json!({ "type": "string", "enum": ["low", "normal", "high"] })),
            "timeout": optional(json!({ "type": "integer", "minimum": TIMEOUT_S_MIN, "maximum": TIMEOUT_S_MAX, "description": "Seconds" })),
        },
        "oneOf": [{ "required": ["company_name"] }, { "required": ["name"] }],
    })
}

fn brand() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "required": ["id", "job_id", "type", "status", "links"],
        "properties": {
            "id": text, "job_id": text, "type": { "const": "brand_generation" },
            "status": { "type": "string", "enum": ["queued", "running", "completed", "failed", "cancelled", "erased"] },
            "priority": text,
            "request": { "type": ["object", "null"] },
            "created_at": { "type": "string", "format": "date-time" },
            "started_at": { "type": ["string", "null"], "format": "date-time" },
            "ended_at": { "type": ["string", "null"], "format": "date-time" },
            "sla": { "type": "object", "properties": { "due_at": { "type": "string", "format": "date-time" }, "missed": { "type": "boolean" } } },
            "progress": { "type": "object" },
            "steps": { "type": "array" },
            "fault": { "type": ["object", "null"] },
            "files": { "type": "array", "items": reference("File") },
            "links": { "type": "object", "additionalProperties": text },
        },
    })
}

fn file() -> Value {
    json!({
        "type": "object",
        "required": ["path", "media_type", "bytes", "sha256", "href"],
        "properties": {
            "path": { "type": "string" },
            "media_type": { "type": "string" },
            "bytes": { "type": "integer" },
            "sha256": { "type": "string" },
            "width": { "type": ["integer", "null"] },
            "height": { "type": ["integer", "null"] },
            "href": { "type": "string" },
        },
    })
}
