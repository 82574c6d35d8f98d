//! A platform in memory: jobs are journals, and a brand is made when a test says so.
#![allow(clippy::unwrap_used, dead_code, reason = "shared by several suites; a test stops where it fails")]

mod described;
pub(crate) mod post;

pub(crate) use described::answer;

use core_brand::envelope::{Envelope, EventBody};
use core_brand::fault::Code;
use core_brand::{BlobRef, Body, Document, DocumentKind, Fault};
use core_gateway::token::{self, Claims};
use core_gateway::{
    Body as Sent, Call, Desk, Mark, Order, Page, Platform, PublicEvent, Query, Receipt, Request, Response,
    Standing, Submission,
};
use core_saga::{Event, Outcome, View};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

pub(crate) const SEED: [u8; 32] = [7; 32];
/// 21 November 2026.
pub(crate) const NOW_MS: u64 = 1_795_219_200_000;
pub(crate) const BRIEF: &str =
    r##"{"company_name":"TechCorp","industry":"technology","primary_color":"#2563eb"}"##;
pub(crate) const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// A job of a tenant, with its events and their times.
struct Job {
    /// Counted from 1, in the order in which jobs were begun.
    place: u64,
    tenant: String,
    first: Vec<u8>,
    events: Vec<(Event, u64)>,
}

pub(crate) struct Memory {
    pub(crate) now_ms: Cell<u64>,
    pub(crate) settings: RefCell<BTreeMap<String, String>>,
    /// Whom no call reaches.
    pub(crate) gone: RefCell<Vec<&'static str>>,
    jobs: RefCell<BTreeMap<String, Job>>,
    blobs: RefCell<BTreeMap<String, Vec<u8>>>,
    /// The access log.
    pub(crate) lines: RefCell<Vec<String>>,
    /// What the ledger answers to the next submission instead of taking it.
    pub(crate) refusal: RefCell<Option<Fault>>,
    /// The traces that calls were made in.
    pub(crate) traces: RefCell<Vec<String>>,
    random: Cell<u64>,
    /// What is said of where jobs wait.
    pub(crate) note: RefCell<Option<String>>,
    /// Done while somebody waits for events.
    pub(crate) meanwhile: RefCell<Vec<(String, Event)>>,
    pub(crate) post: post::Post,
    /// The components that direct calls went to, where they were named.
    pub(crate) targets: RefCell<Vec<Option<String>>>,
}

impl Default for Memory {
    fn default() -> Self {
        let settings = BTreeMap::from([("key.k1".to_owned(), token::public_key(&SEED))]);
        Self {
            now_ms: Cell::new(NOW_MS),
            settings: RefCell::new(settings),
            gone: RefCell::default(),
            jobs: RefCell::default(),
            blobs: RefCell::default(),
            lines: RefCell::default(),
            refusal: RefCell::default(),
            traces: RefCell::default(),
            random: Cell::new(0),
            note: RefCell::default(),
            meanwhile: RefCell::default(),
            post: post::Post::default(),
            targets: RefCell::default(),
        }
    }
}

pub(crate) fn claims() -> Claims {
    Claims {
        iss: token::ISSUER.to_owned(),
        tenant: "acme".to_owned(),
        sub: "ada".to_owned(),
        scopes: [token::READ, token::WRITE, token::NOTIFY].map(str::to_owned).to_vec(),
        iat: NOW_MS / 1000 - 10,
        exp: NOW_MS / 1000 + 3600,
        jti: "t1".to_owned(),
    }
}

pub(crate) fn token() -> String {
    token::sign(&SEED, "k1", &claims())
}

/// A request with a token.
pub(crate) fn request(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let mut request = bare(method, target, headers, body);
    request.headers.push(("authorization".to_owned(), format!("Bearer {}", token())));
    request
}

/// A request as it is.
pub(crate) fn bare(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: Some(body.as_bytes().to_vec()),
    }
}

/// What `/openapi.json` says.
pub(crate) fn description() -> Value {
    json(core_gateway::answer(&bare("GET", "/openapi.json", &[], ""), &Memory::default()))
}

pub(crate) fn get(memory: &Memory, target: &str) -> Response {
    answer(&request("GET", target, &[], ""), memory)
}

pub(crate) fn post(memory: &Memory, target: &str, key: &str, body: &str) -> Response {
    let headers = [("content-type", "application/json"), ("idempotency-key", key)];
    answer(&request("POST", target, &headers, body), memory)
}

pub(crate) fn bytes(memory: &Memory, response: Response) -> Vec<u8> {
    let mut all = Vec::new();
    let sent = response.body.send(memory, &mut |part| {
        all.extend(part);
        Ok(())
    });
    sent.unwrap();
    all
}

pub(crate) fn text(memory: &Memory, response: Response) -> String {
    String::from_utf8(bytes(memory, response)).unwrap()
}

pub(crate) fn json(response: Response) -> Value {
    let Sent::Bytes(bytes) = response.body else { panic!("a stream is no JSON") };
    serde_json::from_slice(&bytes).unwrap()
}

/// The id of a brand that was asked for.
pub(crate) fn brand(memory: &Memory, key: &str) -> String {
    let answer = post(memory, "/api/v1/brands", key, BRIEF);
    assert_eq!(answer.status, 202);
    json(answer)["id"].as_str().unwrap().to_owned()
}

impl Memory {
    pub(crate) fn happen(&self, id: &str, event: Event) {
        let mut jobs = self.jobs.borrow_mut();
        jobs.get_mut(id).unwrap().events.push((event, self.now_ms.get()));
    }

    pub(crate) fn keep(&self, bytes: &[u8]) -> BlobRef {
        let content = BlobRef::of(bytes);
        self.blobs.borrow_mut().insert(content.sha256.clone(), bytes.to_vec());
        content
    }

    /// Makes a kit of these files at once.
    pub(crate) fn complete(&self, id: &str, files: &[(&str, &str, &[u8])]) {
        self.happen(id, Event::Planned { step: "design".into(), tasks: Vec::new() });
        let document = |(path, media_type, bytes): &(&str, &str, &[u8])| {
            self.keep(bytes);
            let kind = if *path == "design.json" { DocumentKind::Working } else { DocumentKind::File };
            let body = Body::Inline(bytes.to_vec());
            Document { name: (*path).into(), kind, media_type: (*media_type).into(), pixels: None, body }
        };
        let documents = files.iter().map(document).collect();
        self.happen(id, Event::Built { step: "design".into(), task: "all".into(), documents });
        self.happen(id, Event::Ended { outcome: Outcome::Completed });
    }

    /// A brand with a small kit.
    pub(crate) fn completed(&self, key: &str) -> String {
        let id = brand(self, key);
        self.complete(
            &id,
            &[
                ("manifest.json", "application/json", b"{}"),
                ("logos/orbit/mark.svg", "image/svg+xml", SVG.as_bytes()),
                ("logos/orbit/mark.png", "image/png", b"\x89PNG"),
                ("logos/ribbon/mark.svg", "image/svg+xml", SVG.as_bytes()),
            ],
        );
        id
    }

    pub(crate) fn first(&self, id: &str) -> Vec<u8> {
        self.jobs.borrow()[id].first.clone()
    }

    fn reach(&self, callee: &str) -> Result<(), Fault> {
        if self.gone.borrow().contains(&callee) {
            let args = [("callee", callee.to_owned()), ("why", "not connected".to_owned())];
            return Err(Fault::new(Code::Unreachable, args));
        }
        Ok(())
    }

    fn look(&self, call: &Call, id: &str) -> Option<View> {
        let jobs = self.jobs.borrow();
        let job = jobs.get(id).filter(|job| job.tenant == call.tenant)?;
        let mut view = View::new(id, &job.tenant);
        for (event, at_ms) in &job.events {
            view.apply(event, *at_ms, 0);
        }
        view.message = self.note.borrow().clone().or(view.message);
        Some(view)
    }
}

/// The name of an event outside.
fn kind(event: &Event) -> &'static str {
    match event {
        Event::Ended { outcome: Outcome::Completed } => "brand-kit.compilation.finished",
        Event::Ended { outcome: Outcome::Failed } => "brand.generation.failed",
        Event::Ended { outcome: Outcome::Cancelled } => "brand.generation.cancelled",
        other => other.event_type(),
    }
}

impl Platform for Memory {
    fn now_ms(&self) -> u64 {
        self.now_ms.get()
    }

    fn pause(&self, ms: u64) {
        self.now_ms.set(self.now_ms.get() + ms);
    }

    fn random(&self) -> u64 {
        self.random.set(self.random.get() + 1);
        self.random.get()
    }

    fn log(&self, line: &str) {
        self.lines.borrow_mut().push(line.to_owned());
    }

    fn setting(&self, key: &str) -> Result<Option<String>, Fault> {
        Ok(self.settings.borrow().get(key).cloned())
    }

    fn submit(&self, call: &Call, submissions: Vec<Submission>) -> Result<Vec<Receipt>, Fault> {
        self.reach("ledger")?;
        self.traces.borrow_mut().push(call.traceparent.clone());
        if let Some(refusal) = self.refusal.borrow_mut().take() {
            return Err(refusal);
        }
        let mut jobs = self.jobs.borrow_mut();
        let one = |one: Submission| {
            let envelope = Envelope::from_bytes(&one.first).unwrap();
            assert_eq!((&envelope.tenant, envelope.correlation_id), (&call.tenant, one.id.clone()));
            let EventBody::Inline(body) = envelope.body else { panic!("a first event is inline") };
            let fresh = !jobs.contains_key(&one.id);
            let place = jobs.len() as u64 + 1;
            let job = jobs.entry(one.id).or_insert_with(|| Job {
                place,
                tenant: envelope.tenant,
                first: one.first,
                events: vec![(serde_json::from_value(body).unwrap(), envelope.recorded_ms)],
            });
            Receipt { fresh, first: job.first.clone() }
        };
        Ok(submissions.into_iter().map(one).collect())
    }

    fn view(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        self.reach("ledger")?;
        Ok(self.look(call, id))
    }

    fn views(&self, call: &Call, query: Query) -> Result<Page, Fault> {
        self.reach("ledger")?;
        let of = |view: &View, field: &str| match &view.request {
            Some(request) => request["brief"][field].as_str().unwrap_or_default().to_lowercase(),
            None => String::new(),
        };
        let status = |view: &View| serde_json::to_value(view.status).unwrap();
        let places: Vec<(u64, String)> =
            self.jobs.borrow().iter().map(|(id, job)| (job.place, id.clone())).collect();
        let mut found: Vec<((String, u64), View)> = Vec::new();
        for (place, id) in places {
            let Some(view) = self.look(call, &id) else { continue };
            let fits = query.status.as_ref().is_none_or(|wanted| status(&view) == wanted.as_str())
                && query
                    .industry
                    .as_ref()
                    .is_none_or(|wanted| of(&view, "industry") == wanted.to_lowercase())
                && query
                    .name_starts
                    .as_ref()
                    .is_none_or(|start| of(&view, "company_name").starts_with(&start.to_lowercase()));
            let name = if query.order == Order::Name { of(&view, "company_name") } else { String::new() };
            if fits {
                found.push(((name, place), view));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        if query.order == Order::Newest {
            found.reverse();
        }
        // Only forwards: what a cursor does is tested where cursors are made.
        let letter = match query.order {
            Order::Newest => 'c',
            Order::Oldest => 'o',
            Order::Name => 'a',
        };
        let place =
            |cursor: &String| u64::from_str_radix(cursor[2..].split('-').next().unwrap(), 16).unwrap();
        let from = query.cursor.as_ref().map_or(0, |cursor| {
            found.iter().position(|((_, at), _)| *at == place(cursor)).map_or(found.len(), |index| index + 1)
        });
        let cursor = |way: char, index: usize| format!("{way}{letter}{:x}-", found[index].0.1);
        let end = (from + query.limit as usize).min(found.len());
        Ok(Page {
            next: (end < found.len()).then(|| cursor('n', end - 1)),
            previous: (from > 0 && from < end).then(|| cursor('p', from)),
            views: found[from..end].iter().map(|(_, view)| view.clone()).collect(),
        })
    }

    fn standing(&self, call: &Call) -> Result<Standing, Fault> {
        self.reach("ledger")?;
        let ids: Vec<String> = self.jobs.borrow().keys().cloned().collect();
        let open =
            ids.iter().filter_map(|id| self.look(call, id)).filter(|view| view.ended_ms.is_none()).count();
        Ok(Standing { open: u32::try_from(open).unwrap(), open_max: 1000 })
    }

    fn events(&self, call: &Call, id: &str, after: u64, wait_ms: u32) -> Result<Vec<PublicEvent>, Fault> {
        self.reach("ledger")?;
        assert!(wait_ms <= 5000 && call.act.starts_with(id));
        let found = |memory: &Self| -> Vec<PublicEvent> {
            let jobs = memory.jobs.borrow();
            let events = jobs[id].events.iter().enumerate().skip(usize::try_from(after).unwrap());
            let public = |(index, (event, _)): (usize, &(Event, u64))| PublicEvent {
                sequence: index as u64 + 1,
                kind: kind(event).to_owned(),
                body: "{\n}".to_owned(),
            };
            events.map(public).collect()
        };
        let events = found(self);
        if events.is_empty() && wait_ms > 0 {
            self.pause(u64::from(wait_ms));
            if let Some((id, event)) = self.meanwhile.borrow_mut().pop() {
                self.happen(&id, event);
            }
            return Ok(found(self));
        }
        Ok(events)
    }

    fn cancel(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        self.reach("ledger")?;
        if self.look(call, id).is_some_and(|view| view.ended_ms.is_none()) {
            self.happen(id, Event::CancelRequested);
        }
        Ok(self.look(call, id))
    }

    fn erase(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        self.reach("ledger")?;
        if self.look(call, id).is_some() {
            self.happen(id, Event::EraseRequested);
        }
        Ok(self.look(call, id))
    }

    fn blob(&self, call: &Call, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        self.reach("blobs")?;
        assert!(call.act.starts_with("br_"), "a space of blobs is named by its brand: {}", call.act);
        let missing = || Fault::new(Code::BlobMissing, [("sha256", content.sha256.clone())]);
        self.blobs.borrow().get(&content.sha256).cloned().ok_or_else(missing)
    }

    fn render(&self, _: &Call, target: Option<&str>, svg: &str, width: u32) -> Result<Vec<u8>, Fault> {
        self.reach("assets")?;
        self.targets.borrow_mut().push(target.map(str::to_owned));
        Ok(format!("PNG {width} {}", svg.len()).into_bytes())
    }

    fn design(&self, _: &Call, target: Option<&str>, order: Document) -> Result<Vec<Document>, Fault> {
        self.reach("design")?;
        self.targets.borrow_mut().push(target.map(str::to_owned));
        let Body::Inline(order) = order.body else { panic!("an order is inline") };
        let design = core_design::decide(&serde_json::from_slice(&order).unwrap())?;
        Ok(vec![Document::working(core_brand::Design::DOCUMENT, &design)?])
    }

    fn mark(
        &self,
        _: &Call,
        target: Option<&str>,
        (order, design): (&str, &str),
        rank: u32,
    ) -> Result<Mark, Fault> {
        self.reach("logo")?;
        assert!(order.contains("TechCorp") && design.contains("palette"), "{order} {design}");
        self.targets.borrow_mut().push(target.map(str::to_owned));
        let text = |what: &str| format!("{what} {rank}");
        Ok(Mark { concept: text("concept"), title: text("title"), idea: text("idea"), svg: SVG.to_owned() })
    }

    fn desk(&self) -> &dyn Desk {
        self
    }
}
