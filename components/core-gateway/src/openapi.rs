//! The description of the surface, made from the table that requests are matched with.

mod news;
mod wishes;

use crate::assets::{WIDTH_MAX, WIDTH_MIN};
use crate::brands::STATUSES;
use crate::list::{LIMIT_MAX, ORDERS};
use crate::preview::MARKS_MAX;
use crate::routes::{BRANDS, NOTIFICATIONS, ROUTES, Route};
use crate::submit::{BATCH_MAX, KEY_BYTES_MAX, TIMEOUT_S_MAX, TIMEOUT_S_MIN};
use core_brand::Silhouette;
use core_brand::VERSION;
use core_brand::brief::{
    CONCEPTS_MAX, CONCEPTS_MIN, INDUSTRY_CHARS_MAX, LANGUAGES, NAME_CHARS_MAX, STYLE_CHARS_MAX,
};
use core_brand::painting;
use core_brand::templates;
use serde_json::{Map, Value, json};

const ABOUT: &str = "A name and an industry become a whole brand.\n\n\
**Keys.** What begins work needs an Idempotency-Key. The same key with the same body is the same brand: however often and \
from however many places it is sent at once, exactly one begins it, and all get the same answer (202). With another body \
it is refused (422, idempotency.mismatch). Only while it is not yet known whether the first was stored, the answer is 409 \
(idempotency.in-flight) with Retry-After: send the same again.\n\n\
**Quota.** So many brands may be in hand at once for each tenant, as RateLimit-Policy says on every answer; RateLimit on \
what begins work says how many are left. More are refused (429, quota.open) with Retry-After. A burst may pass the quota \
by what was on its way. Reading is not limited.\n\n\
**Traces.** traceparent and X-Request-Id are taken over where they are well-formed, else made; every answer has \
X-Request-Id.\n\n\
**Packing.** Text and JSON are sent as gzip where Accept-Encoding allows it.";

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
            "description": ABOUT,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": [
            { "name": BRANDS, "description": "From a brief to a kit" },
            { "name": NOTIFICATIONS, "description": "Messages, webhooks and news. 503 where no courier runs" },
        ],
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
        "tags": [route.tag],
        "description": about(route),
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
    in_path.chain(route.takes_also.iter().map(|name| parameter(route, name))).collect()
}

fn parameter(route: &Route, name: &str) -> Value {
    let news = Some(name).filter(|_| is_news(route)).and_then(news::parameter);
    let (place, is_needed, schema) = news.map_or_else(|| usual(name), |schema| ("query", false, schema));
    let about = Some(name).filter(|_| is_news(route)).and_then(news::told_of);
    let about = about.unwrap_or_else(|| told_of(name));
    json!({ "name": name, "in": place, "required": is_needed, "description": about, "schema": schema })
}

/// Where a parameter stands, whether it is needed, and what it is.
fn usual(name: &str) -> (&'static str, bool, Value) {
    match name {
        "Idempotency-Key" => (
            "header",
            true,
            json!({ "type": "string", "minLength": 1, "maxLength": KEY_BYTES_MAX, "pattern": "^[!-~]+$" }),
        ),
        "sort" => {
            let names: Vec<&str> = ORDERS.iter().map(|(name, ..)| *name).collect();
            ("query", false, json!({ "type": "string", "enum": names, "default": names[0] }))
        }
        "name" | "industry" => ("query", false, json!({ "type": "string", "maxLength": NAME_CHARS_MAX })),
        "status" => {
            let names: Vec<&str> = STATUSES.iter().map(|(name, _)| *name).collect();
            ("query", false, json!({ "type": "string", "enum": names }))
        }
        "limit" => ("query", false, json!({ "type": "integer", "minimum": 1, "maximum": LIMIT_MAX })),
        "cursor" => (
            "query",
            false,
            json!({ "type": "string", "pattern": "^([np][coa][0-9a-f]{1,16}-([0-9a-f]{2})*)?$" }),
        ),
        "marks" => {
            ("query", false, json!({ "type": "integer", "minimum": 1, "maximum": MARKS_MAX, "default": 1 }))
        }
        "width" => ("query", false, json!({ "type": "integer", "minimum": WIDTH_MIN, "maximum": WIDTH_MAX })),
        "canary" => ("header", false, json!({ "type": "string", "enum": ["true", "false"] })),
        _ => ("header", false, json!({ "type": "string" })),
    }
}

fn responses(route: &Route) -> Value {
    let mut all = Map::new();
    for status in route.statuses {
        let has_body = !matches!(status, 204 | 304);
        let schema = route.gives.map_or_else(|| json!({}), reference);
        let media_type = if route.media_type.is_empty() { "*/*" } else { route.media_type };
        let content = json!({ media_type: { "schema": schema } });
        let mut told = json!({ "description": told(*status), "headers": headers(route, *status) });
        if let (true, Some(told)) = (has_body, told.as_object_mut()) {
            told.insert("content".to_owned(), content);
        }
        all.insert(status.to_string(), told);
    }
    let content = json!({ "application/problem+json": { "schema": reference("Problem") } });
    for status in problems(route) {
        let headers = headers(route, status);
        let problem = json!({ "description": "Why it was not done", "headers": headers, "content": content });
        all.insert(status.to_string(), problem);
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
        (true, 414),
        (true, 431),
        (true, 500),
        (!is_open || is_news(route) || route.name == "getReadiness", 503),
        (!is_open, 401),
        (!is_open, 403),
        (has_part, 404),
        ((has_part || takes_key(route)) && !is_open && !is_news(route), 410),
        ((has_part || takes_key(route)) && !is_open, 409),
        (takes_key(route) && !is_news(route) || route.path.contains("{token}"), 429),
        (route.path.contains("/push/"), 404),
        (!is_open, 400),
        (route.takes.is_some(), 415),
        (route.takes.is_some() || takes_key(route) || route.name == "optimizeAsset", 422),
        (route.name == "getFile", 416),
    ];
    let is_problem = |status: &u16| !route.statuses.contains(status);
    cases.into_iter().filter(|(may, _)| *may).map(|(_, status)| status).filter(is_problem).collect()
}

fn is_news(route: &Route) -> bool {
    route.tag == NOTIFICATIONS
}

fn takes_key(route: &Route) -> bool {
    route.takes_also.contains(&"Idempotency-Key")
}

/// The headers of an answer, each a text.
fn headers(route: &Route, status: u16) -> Value {
    let is_limited = takes_key(route) && !is_news(route) && (status < 300 || status == 429);
    let cases: &[(bool, &str, &str)] = &[
        (true, "X-Request-Id", "The name of the request"),
        (route.scope.is_some(), "RateLimit-Policy", "How many brands may be in hand at once"),
        (is_limited, "RateLimit", "How many more may be begun now"),
        (matches!(status, 409 | 429 | 503), "Retry-After", "Seconds until it is worth another try"),
        (status == 405, "Allow", "What is possible here"),
        (matches!(status, 401 | 403), "WWW-Authenticate", "Which token is needed"),
    ];
    let wanted = cases.iter().filter(|(is_so, ..)| *is_so);
    let header = |what: &str| json!({ "description": what, "schema": { "type": "string" } });
    wanted.map(|(_, name, what)| ((*name).to_owned(), header(what))).collect::<Map<_, _>>().into()
}

/// What the summary does not say.
fn about(route: &Route) -> &'static str {
    match route.name {
        "createBrands" => {
            "All or none: every brief is checked before the first is stored. Where some are refused, the answer is the \
             problem of the first, and `problems` has one for each, with the place in `field`, such as \
             `briefs[3].industry`. A body that cannot be read at all is one problem. Each brief has a key of its own, \
             made from the key of the batch and its place."
        }
        "previewDesign" => {
            "What a brand of this brief and seed would begin with. Nothing is kept. An edge whose link is cut answers it too."
        }
        "listBrands" => {
            "Sorted by the time they were begun, or by name, letter case aside. `next` and `prev` in `links`, and the \
             Link header, lead to other pages; a cursor stays where it is whatever is begun or erased meanwhile, and \
             belongs to its `sort`."
        }
        "followBrand" => {
            "Server-sent events. The stream is closed after 20 seconds; Last-Event-ID goes on where it stopped. 204 says \
             that nothing more will happen."
        }
        name => news::about(name),
    }
}

fn told_of(name: &str) -> &'static str {
    match name {
        "Idempotency-Key" => "New for each wish, the same for each repetition",
        "Prefer" => "`wait=10` waits so many seconds for the end, at most 20",
        "canary" => "`true` runs the brand on the new version of all that is being changed",
        "sort" => "What the list is sorted by",
        "status" => "Only brands that stand so",
        "industry" => "Only brands of this industry, letter case aside",
        "name" => "Only brands whose name begins so, letter case aside",
        "limit" => "The size of a page",
        "cursor" => "From a `next` or `prev` link",
        "marks" => "So many of the first concepts",
        "width" => "In pixels",
        "Range" => "`bytes=0-99` is the first hundred bytes",
        "If-None-Match" => "Tags that are at hand already",
        "Last-Event-ID" => "The last event that was heard",
        _ => "A part of the address",
    }
}

fn told(status: u16) -> &'static str {
    match status {
        201 => "Made",
        202 => "Taken; it will be done",
        204 => "There is nothing more",
        206 => "A part",
        304 => "As you have it",
        404 => "Nothing of this name, or not any more",
        _ => "Done",
    }
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn schemas() -> Value {
    let mut all = usual_schemas();
    if let Some(all) = all.as_object_mut() {
        all.extend(news::schemas().into_iter().map(|(name, schema)| (name.to_owned(), schema)));
    }
    all
}

fn usual_schemas() -> Value {
    json!({
        "Brief": brief(),
        "Batch": {
            "type": "object",
            "required": ["briefs"],
            "additionalProperties": false,
            "properties": { "briefs": { "type": "array", "minItems": 1, "maxItems": BATCH_MAX, "items": reference("Brief") } },
        },
        "Batched": list("brands", "Brand"),
        "BrandList": list("brands", "BrandSummary"),
        "FileList": list("files", "File"),
        "Brand": brand(&["steps"]),
        "BrandSummary": brand(&[]),
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
        "Preview": preview(),
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
                "problems": { "type": "array", "items": reference("Problem"), "description": "Where several are" },
            },
        },
    })
}

fn preview() -> Value {
    let text = json!({ "type": "string" });
    let mark = json!({
        "type": "object",
        "required": ["id", "title", "idea", "svg"],
        "properties": { "id": text, "title": text, "idea": text, "svg": text },
    });
    json!({
        "type": "object",
        "required": ["palette", "type", "concepts"],
        "properties": {
            "palette": { "type": "object" },
            "type": { "type": "object" },
            "concepts": { "type": "array", "items": mark, "maxItems": MARKS_MAX },
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
            "industry": { "type": "string", "minLength": 1, "maxLength": INDUSTRY_CHARS_MAX, "examples": ["technology"] },
            "style": optional(json!({ "type": "string", "maxLength": STYLE_CHARS_MAX, "default": "modern" })),
            "primary_color": optional(json!({ "type": "string", "examples": ["#2563eb"] })),
            "complexity": optional(json!({ "type": "string", "enum": ["simple", "medium", "complex"] })),
            "language": optional(json!({ "type": "string", "examples": LANGUAGES })),
            "distance": optional(json!({ "type": "number", "minimum": 0, "maximum": 1, "description": "From what the industry does: 0 as everybody, 1 deliberately apart" })),
            "seed": optional(json!({ "type": ["string", "integer"], "minimum": 0, "pattern": "^[0-9]+$" })),
            "concepts": optional(json!({ "type": "integer", "minimum": CONCEPTS_MIN, "maximum": CONCEPTS_MAX })),
            "priority": optional(json!({ "type": "string", "enum": ["low", "normal", "high"] })),
            "timeout": optional(json!({ "type": "integer", "minimum": TIMEOUT_S_MIN, "maximum": TIMEOUT_S_MAX, "description": "Seconds" })),
            "polish": { "type": "boolean", "default": false, "description": "Let the platform's language model, if it has one, say the reasons in better words." },
            "templates": optional(templates()),
            "unlike": optional(unlike()),
            "painted": optional(painted()),
        },
        "oneOf": [{ "required": ["company_name"] }, { "required": ["name"] }],
    })
}

/// Concepts that are painted.
fn painted() -> Value {
    json!({
        "type": "object",
        "description": "Concepts that the platform's painter, if it has one, paints beside those that are drawn. What it cannot paint is missing from the kit, whose brand.json says why.",
        "required": ["model"],
        "additionalProperties": false,
        "properties": {
            "model": { "type": "string", "minLength": 1, "maxLength": painting::NAME_BYTES_MAX, "description": "A model of the painter; `procedural` sets shapes by rules, for demonstration.", "examples": ["sdxl-base@1.0"] },
            "concepts": { "type": "integer", "minimum": 1, "maximum": painting::CONCEPTS_MAX, "default": 1 },
            "steps": { "type": ["integer", "null"], "minimum": 1, "maximum": painting::STEPS_MAX },
            "sampler": { "type": ["string", "null"], "enum": painting::SAMPLERS.iter().map(|name| json!(name)).chain([Value::Null]).collect::<Vec<_>>() },
        },
    })
}

/// Marks to keep away from.
fn unlike() -> Value {
    json!({
        "type": "array",
        "maxItems": Silhouette::COUNT_MAX,
        "items": { "type": "string", "pattern": "^[0-9a-f]{32}$" },
        "description": "Marks that no concept may be near: `silhouette` of the concepts in the brand.json of earlier kits.",
    })
}

/// Layouts of one's own.
fn templates() -> Value {
    let side =
        json!({ "type": "integer", "minimum": templates::SIDES_PX[0], "maximum": templates::SIDES_PX[1] });
    let name = json!({ "type": "string", "pattern": "^[a-z0-9-]{1,40}$" });
    let pair = json!({ "type": "array", "items": { "type": "integer", "minimum": 1 }, "minItems": 2, "maxItems": 2 });
    let format = json!({
        "type": "object",
        "required": ["id", "width", "height", "layout", "safe", "room"],
        "additionalProperties": false,
        "properties": {
            "id": name, "width": side, "height": side,
            "layout": { "type": "string", "enum": ["avatar", "tile", "banner", "post", "story", "corner"] },
            "safe": { "anyOf": [pair, { "const": "circle" }] },
            "room": { "type": "number", "minimum": templates::ROOM[0], "maximum": templates::ROOM[1] },
        },
    });
    let list = |items: Value| json!({ "type": "array", "items": items, "maxItems": templates::FORMATS_MAX });
    json!({
        "type": "object",
        "description": "Layouts of your own, over those of Imprint; else those that the operator keeps for you.",
        "required": ["version"],
        "additionalProperties": false,
        "properties": {
            "version": { "const": templates::VERSION },
            "about": {},
            "social": {
                "type": "object",
                "additionalProperties": false,
                "properties": { "formats": list(format), "without": list(name.clone()) },
            },
            "print": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "formats": { "type": "array", "items": print_sheet(&name), "maxItems": templates::SHEETS_MAX },
                    "without": { "type": "array", "items": name, "maxItems": templates::SHEETS_MAX },
                },
            },
        },
    })
}

/// A sheet of stationery; its parts are told in words, as their fields depend on what they are.
fn print_sheet(id: &Value) -> Value {
    let number = json!({ "type": "number" });
    json!({
        "type": "object",
        "required": ["id", "size_mm", "bleed_mm", "safe_mm", "pages"],
        "additionalProperties": false,
        "properties": {
            "id": id,
            "from": { "type": "string", "enum": ["simple", "medium", "complex"], "description": "The smallest kit that holds it" },
            "size_mm": { "type": "array", "items": number, "minItems": 2, "maxItems": 2 },
            "bleed_mm": number, "safe_mm": number,
            "pages": { "type": "array", "minItems": 1, "items": {
                "type": "object",
                "required": ["ground", "parts"],
                "additionalProperties": false,
                "properties": {
                    "ground": { "type": "string", "enum": ["paper", "primary", "dark"] },
                    "parts": { "type": "array", "items": {
                        "type": "object",
                        "required": ["part", "box_mm"],
                        "description": "logo, pattern, text or fill, with a box [left, top, width, height] in mm",
                        "properties": { "part": { "type": "string", "enum": ["logo", "pattern", "text", "fill"] } },
                    } },
                },
            } },
        },
    })
}

/// A brand: alone it has its steps too.
fn brand(also: &[&str]) -> Value {
    let text = json!({ "type": "string" });
    let moment = json!({ "type": "string", "format": "date-time" });
    let moment_or_none = json!({ "type": ["string", "null"], "format": "date-time" });
    let usual = ["id", "job_id", "type", "status", "priority", "created_at", "sla", "progress", "links"];
    let required: Vec<&str> = usual.iter().chain(also).copied().collect();
    json!({
        "type": "object",
        "required": required,
        "properties": {
            "id": text, "job_id": text, "type": { "const": "brand_generation" },
            "status": { "type": "string", "enum": ["queued", "running", "completed", "failed", "cancelled", "erased"] },
            "priority": { "type": "string", "enum": ["high", "normal", "low"] },
            "request": { "type": ["object", "null"] },
            "created_at": moment,
            "started_at": moment_or_none,
            "ended_at": moment_or_none,
            "sla": {
                "type": "object",
                "required": ["due_at", "missed"],
                "properties": { "due_at": moment, "missed": { "type": "boolean" } },
            },
            "progress": {
                "type": "object",
                "required": ["tasks_done", "tasks_known"],
                "properties": { "tasks_done": { "type": "integer" }, "tasks_known": { "type": "integer" } },
            },
            "steps": { "type": "array", "items": step() },
            "fault": { "anyOf": [brand_fault(), { "type": "null" }] },
            "note": { "type": ["string", "null"], "description": "Where a job waits, where that is worth knowing: at an edge whose link is cut" },
            "files": { "type": "array", "items": reference("File") },
            "links": { "type": "object", "required": ["self"], "additionalProperties": text },
        },
    })
}

fn step() -> Value {
    json!({
        "type": "object",
        "required": ["name", "done", "total"],
        "properties": {
            "name": { "type": "string" },
            "done": { "type": "integer" },
            "total": { "type": "integer" },
        },
    })
}

fn brand_fault() -> Value {
    json!({
        "type": "object",
        "required": ["type", "code"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference" },
            "code": { "type": "string" },
            "detail": { "type": ["string", "null"] },
            "step": { "type": ["string", "null"] },
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
