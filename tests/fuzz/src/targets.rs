//! Who reads what, and what must hold of the answers.

use crate::answer::{Answer, near, no_text, refused, said, same, taken, told, utf8};
use crate::world::{World, claims, token};
use crate::{checksums, component, courier, http, kits, ledger, lists, painter, services, settings, ticket};
use core_assets::png;
use core_brand::Brief;
use core_brand::brief::{Order, RawBrief};
use core_brand::templates::Templates;
use core_gateway::{Body, token as tokens};
use core_graph::Graph;
use core_notify::{Event, Reach, Target as Address};
use core_order::Request;
use core_saga::{GenerationRequested, Routes, from_rfc3339, next, rfc3339};
use core_trace::trace;
use core_vector::path;
use std::collections::BTreeMap;
use unicode_normalization::char::is_combining_mark;

/// A policy has many faults, each a line of its own.
const FAULTS_MAX: usize = 200;
/// Drawn small: reading is what is looked at.
const WIDTH: u32 = 16;
/// Where a request has this, it gets a token that holds.
const TOKEN: &str = "TOKEN";

/// A reader.
pub struct Target {
    pub name: &'static str,
    pub read: fn(&[u8]) -> Answer,
    /// Slow readers get so many times fewer inputs.
    pub slow: usize,
}

/// Everything that meets bytes from outside: of strangers, of services, of operators, and of our own stores.
pub const TARGETS: &[Target] = &[
    Target { name: "address", read: address, slow: 1 },
    Target { name: "aliases", read: settings::aliases, slow: 1 },
    Target { name: "brand-file", read: kits::brand_file, slow: 4 },
    Target { name: "brief", read: brief, slow: 1 },
    Target { name: "bucket", read: services::bucket, slow: 4 },
    Target { name: "chain", read: ledger::chain, slow: 1 },
    Target { name: "checked", read: kits::checked, slow: 10 },
    Target { name: "cloud-event", read: cloud_event, slow: 1 },
    Target { name: "component", read: component::component, slow: 1 },
    Target { name: "contact", read: contact, slow: 1 },
    Target { name: "courier", read: courier::courier, slow: 4 },
    Target { name: "frame", read: ledger::frame, slow: 2 },
    Target { name: "generation-requested", read: generation_requested, slow: 1 },
    Target { name: "graph", read: graph, slow: 20 },
    Target { name: "http", read: surface, slow: 2 },
    Target { name: "journal", read: journal, slow: 1 },
    Target { name: "letter", read: courier::letter, slow: 4 },
    Target { name: "list", read: lists::list, slow: 4 },
    Target { name: "lora", read: painter::lora, slow: 4 },
    Target { name: "manifest", read: kits::manifest, slow: 4 },
    Target { name: "meters", read: services::meters, slow: 1 },
    Target { name: "model-config", read: painter::model_config, slow: 2 },
    Target { name: "model-list", read: painter::model_list, slow: 1 },
    Target { name: "moment", read: moment, slow: 1 },
    Target { name: "notice-settings", read: notice_settings, slow: 1 },
    Target { name: "path", read: outline, slow: 1 },
    Target { name: "picture", read: picture, slow: 20 },
    Target { name: "polish", read: services::polish, slow: 4 },
    Target { name: "prometheus", read: services::prometheus, slow: 1 },
    Target { name: "prompt", read: painter::prompt, slow: 20 },
    Target { name: "receiver", read: courier::receiver, slow: 1 },
    Target { name: "request", read: request, slow: 20 },
    Target { name: "rollout", read: rollout, slow: 2 },
    Target { name: "routes", read: routes, slow: 1 },
    Target { name: "scaling", read: scaling, slow: 2 },
    Target { name: "seal", read: ledger::seal, slow: 1 },
    Target { name: "settings", read: settings::settings, slow: 10 },
    Target { name: "signing-key", read: courier::signing_key, slow: 1 },
    Target { name: "sms", read: services::sms, slow: 4 },
    Target { name: "svg", read: svg, slow: 4 },
    Target { name: "templates", read: templates, slow: 1 },
    Target { name: "ticket", read: ticket::ticket, slow: 4 },
    Target { name: "token", read: bearer, slow: 1 },
    Target { name: "vocabulary", read: painter::vocabulary, slow: 10 },
    Target { name: "weights", read: painter::weights, slow: 1 },
    Target { name: "work", read: ledger::work, slow: 1 },
];

fn brief(bytes: &[u8]) -> Answer {
    let raw: RawBrief = match serde_json::from_slice(bytes) {
        Ok(raw) => raw,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    match Order::new(&raw, None, None) {
        Err(fault) => refused(&fault),
        Ok(order) => {
            let again = Brief::canonical(&order.brief.raw()).map_err(|fault| format!("again: {fault}"))?;
            same("a canonical brief", &order.brief, &again)?;
            let is_plain =
                |letter: char| letter.is_alphanumeric() || is_combining_mark(letter) || letter == '-';
            if !order.brief.slug().chars().all(is_plain) {
                return Err(format!("no folder can be called {:?}", order.brief.slug()));
            }
            taken(order.brief.language)
        }
    }
}

fn request(bytes: &[u8]) -> Answer {
    let request: Request = match serde_json::from_slice(bytes) {
        Ok(request) => request,
        Err(why) => return Ok(Err(format!("{:?}", why.classify()))),
    };
    match core_order::order(&request) {
        Err(fault) => refused(&fault),
        Ok(order) => {
            let again = core_order::order(&Request::of(&order)).map_err(|fault| format!("again: {fault}"))?;
            same("an order", &order, &again)?;
            taken(order.concepts)
        }
    }
}

fn templates(bytes: &[u8]) -> Answer {
    match Templates::read(bytes) {
        Err(fault) => refused(&fault),
        Ok(templates) => {
            let text = serde_json::to_vec(&templates).map_err(|why| why.to_string())?;
            let again = Templates::read(&text).map_err(|fault| format!("again: {fault}"))?;
            same("templates", &templates, &again)?;
            taken("templates")
        }
    }
}

fn graph(bytes: &[u8]) -> Answer {
    let base = Graph::base().map_err(|fault| fault.to_string())?;
    match base.with(bytes) {
        Err(fault) => refused(&fault),
        Ok(graph) => taken(graph.overlays().len()),
    }
}

/// A line is an event.
fn journal(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    let lines: Vec<&str> = text.lines().collect();
    match next(&lines) {
        Ok(decision) => taken(format!("{decision:?}").split(['(', ' ']).next().unwrap_or_default()),
        Err(why) => told(why),
    }
}

/// The first line is the version.
fn generation_requested(bytes: &[u8]) -> Answer {
    let Some((version, body)) = utf8(bytes).and_then(|text| text.split_once('\n')) else { return no_text() };
    let Ok(version) = version.parse() else { return no_text() };
    match GenerationRequested::read(version, body) {
        Err(why) => told(why),
        Ok(read) => {
            let text = serde_json::to_string(&read).map_err(|why| why.to_string())?;
            let again = GenerationRequested::read(GenerationRequested::VERSION, &text);
            near("an event", &read, &again.map_err(|why| format!("again: {why}"))?)?;
            taken(version)
        }
    }
}

fn cloud_event(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    match Event::read(text) {
        Err(fault) => refused(&fault),
        Ok(event) => match event.at_ms() {
            Ok(_) => taken("an event"),
            Err(fault) => refused(&fault),
        },
    }
}

/// The first line is the setting.
fn notice_settings(bytes: &[u8]) -> Answer {
    let Some((setting, body)) = utf8(bytes).and_then(|text| text.split_once('\n')) else { return no_text() };
    match core_notify::check(setting, body) {
        Err(fault) => refused(&fault),
        Ok(kept) => {
            let again = core_notify::check(setting, &kept).map_err(|fault| format!("again: {fault}"))?;
            same("a setting", &kept, &again)?;
            taken(setting)
        }
    }
}

/// Where webhooks go: without leave, no address of ours is reached by name.
fn address(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    let networks = Reach::read(text.split(','));
    match (Address::read(text, false), networks) {
        (Err(why), Err(_)) => told(why),
        (Err(why), Ok(_)) => told(why),
        (Ok(target), _) => {
            let literal = format!("{target:?}");
            let is_inner = ["127.0.0.1", "169.254.169.254", "localhost"]
                .iter()
                .any(|inner| literal.contains(&format!("\"{inner}\"")));
            if is_inner { Err(format!("{text:?} leads inside: {literal}")) } else { taken("an address") }
        }
    }
}

fn contact(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    let is_line = |text: &str| !text.chars().any(char::is_control);
    match (core_notify::email(text), core_notify::phone(text)) {
        (Ok(found), _) | (_, Ok(found)) if !is_line(&found) => Err(format!("{found:?} is more than a line")),
        (Ok(found), _) => {
            same("an address", &Ok(found.clone()), &core_notify::email(&found))?;
            taken("mail")
        }
        (_, Ok(found)) => {
            same("a number", &Ok(found.clone()), &core_notify::phone(&found))?;
            taken("phone")
        }
        (Err(why), _) => told(why),
    }
}

fn moment(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    match from_rfc3339(text) {
        None => Ok(Err("no moment".to_owned())),
        Some(ms) => {
            same("a moment", &Some(ms), &from_rfc3339(&rfc3339(ms)))?;
            taken("a moment")
        }
    }
}

/// Answers always: what cannot be read is left out and named.
fn routes(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    let (_, wrong) = Routes::read(text);
    for why in &wrong {
        said(why)?;
    }
    taken(wrong.len().min(3))
}

fn policies(faults: impl IntoIterator<Item = String>) -> Answer {
    let faults: Vec<String> = faults.into_iter().collect();
    if faults.is_empty() || faults.len() > FAULTS_MAX {
        return Err(format!("{} faults", faults.len()));
    }
    faults.iter().try_for_each(|why| said(why))?;
    told(&faults[0])
}

fn rollout(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    match imprint_rollout::Policy::read(text) {
        Ok(_) => taken("a policy"),
        Err(faults) => policies(faults.iter().map(ToString::to_string)),
    }
}

fn scaling(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    match imprint_scaling::Policy::read(text) {
        Ok(_) => taken("a policy"),
        Err(faults) => policies(faults.iter().map(ToString::to_string)),
    }
}

fn outline(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    match path::parse(text) {
        Err(fault) => {
            said(&fault.message)?;
            Ok(Err(fault.code))
        }
        Ok(read) => {
            let written = path::write(&read);
            let again = path::parse(&written).map_err(|fault| format!("{written:?}: {fault}"))?;
            same("an outline", &written, &path::write(&again))?;
            taken("an outline")
        }
    }
}

fn svg(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    match png(text, WIDTH) {
        // Drawings are ours: the surface renders files of kits only.
        Err(fault) => told(fault.message),
        Ok(drawn) => {
            same("the width", &WIDTH, &drawn.width)?;
            taken("a picture")
        }
    }
}

/// A reader of pictures looks at checksums first: what was changed is read with those that hold.
fn picture(bytes: &[u8]) -> Answer {
    let mended = checksums::mended(bytes);
    match trace(mended.as_deref().unwrap_or(bytes), 2) {
        Err(fault) => refused(&fault),
        Ok(core_trace::Traced::Vector { .. }) => taken("a mark"),
        Ok(core_trace::Traced::Picture { .. }) => taken("a picture"),
    }
}

/// Nobody but us makes tokens.
fn bearer(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    let text = text.trim_end().replace(TOKEN, &token());
    match tokens::verify(&World, &text) {
        Err(fault) => {
            said(&fault.message)?;
            Ok(Err(fault.message))
        }
        Ok(found) => {
            same("the tenant", &claims().tenant, &found.tenant)?;
            same("a token", &token(), &text)?;
            taken("a token")
        }
    }
}

fn surface(bytes: &[u8]) -> Answer {
    let mut request = http::request(bytes);
    for (_, value) in &mut request.headers {
        *value = value.replace(TOKEN, &token());
    }
    let response = core_gateway::answer(&request, &World);
    let headers: BTreeMap<_, _> =
        response.headers.iter().map(|(name, value)| (name.as_str(), value)).collect();
    let is_clear = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if let Some((name, value)) = headers.iter().find(|(name, value)| !is_clear(name) || !is_clear(value)) {
        return Err(format!("a header that is none: {name}: {value:?}"));
    }
    let Body::Bytes(body) = &response.body else { return taken(response.status) };
    if response.status >= 500 {
        return Err(format!("{}: {}", response.status, String::from_utf8_lossy(body)));
    }
    // Pages for people and what is packed are looked at elsewhere.
    let is_problem =
        headers.get("content-type").is_some_and(|kind| kind.starts_with("application/problem+json"));
    if !is_problem || headers.contains_key("content-encoding") || request.method == "HEAD" {
        return taken(response.status);
    }
    let problem: serde_json::Value =
        serde_json::from_slice(body).map_err(|why| format!("{}: {why}", response.status))?;
    said(problem["detail"].as_str().or(problem["title"].as_str()).unwrap_or_default())?;
    Ok(Err(format!("{} {}", response.status, problem["code"])))
}
