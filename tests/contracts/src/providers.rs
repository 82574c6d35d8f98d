//! Libraries behind providers as callees: the contract of each, in JSON.

use crate::callee::Callee;
use crate::value::{bytes_of, content_of, field, number, of_content, text_of};
use core_brand::{Blame, Fault, FontKey, broken};
use core_saga::Event;
use imprint_blobs::{Blobs, FontShelf, space};
use imprint_ledger::jobs::{Asker, Jobs, Order, Submission, Wish};
use imprint_ledger::journal::{Home, Stamp, previous_of, region_of};
use imprint_ledger::{Bus, Ledger as _, read_all};
use imprint_polish::Polisher;
use serde_json::{Value, json};
use std::fmt::Display;
use std::time::Duration;
use tokio::runtime::Runtime;

/// What was appended is seen as soon as it is followed: ten seconds are far more than that takes.
const SEEN_PAUSE: Duration = Duration::from_millis(20);
const SEEN_TRIES: usize = 500;

/// `imprint:blobs/store` over a backend.
pub struct Store<B> {
    runtime: Runtime,
    blobs: B,
}

/// `imprint:fonts/library`.
pub struct Fonts(pub FontShelf);

/// `imprint:polish/text`.
pub struct Words {
    runtime: Runtime,
    polisher: Polisher,
}

/// `imprint:ledger/jobs` and `imprint:ledger/shelf` over a server.
pub struct Ledger {
    runtime: Runtime,
    jobs: Jobs,
    now_ms: fn() -> u64,
}

impl<B: Blobs> Store<B> {
    pub fn new(runtime: Runtime, blobs: B) -> Self {
        Self { runtime, blobs }
    }
}

impl<B: Blobs> Callee for Store<B> {
    fn call(&self, function: &str, args: &[Value]) -> Result<Value, String> {
        let [context, what] = args else { return Err(format!("`{function}` takes two arguments")) };
        let space = space(field(context, "tenant")?, field(context, "idempotency-key")?);
        match function {
            "imprint:blobs/store@0.1.0#get" => {
                let got = self.runtime.block_on(self.blobs.get(&space, &content_of(what)?));
                Ok(answer(got.map(|bytes| text_of(&bytes))))
            }
            "imprint:blobs/store@0.1.0#put" => {
                let kept = self.runtime.block_on(self.blobs.put(&space, bytes_of(what)?));
                Ok(answer(kept.map(|content| of_content(&content))))
            }
            other => Err(format!("the store has no `{other}`")),
        }
    }
}

impl Callee for Fonts {
    fn call(&self, function: &str, args: &[Value]) -> Result<Value, String> {
        let ("imprint:fonts/library@0.1.0#find", [_, key]) = (function, args) else {
            return Err(format!("the library has no `{function}`"));
        };
        let weight = u16::try_from(number(key, "weight")?).unwrap_or(u16::MAX);
        let italic = key["italic"].as_bool().ok_or("no `italic`")?;
        let key = FontKey { family: field(key, "family")?.to_owned(), weight, italic };
        Ok(answer(self.0.find(&key).map(|content| of_content(&content))))
    }
}

impl Words {
    #[must_use]
    pub fn new(runtime: Runtime, polisher: Polisher) -> Self {
        Self { runtime, polisher }
    }
}

impl Callee for Words {
    fn call(&self, function: &str, args: &[Value]) -> Result<Value, String> {
        let ("imprint:polish/text@0.1.0#rephrase", [_, language, texts]) = (function, args) else {
            return Err(format!("polish has no `{function}`"));
        };
        let language = language.as_str().ok_or("no language")?;
        let texts = texts.as_array().ok_or("no texts")?;
        let texts: Vec<String> = texts.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        Ok(answer(self.runtime.block_on(self.polisher.rephrase(language, &texts)).map(Value::from)))
    }
}

impl Ledger {
    /// A ledger on the server at this address. `now_ms` is the clock of its sweeper.
    pub fn start(url: &str, now_ms: fn() -> u64) -> Result<Self, String> {
        fn why(why: impl Display) -> String {
            why.to_string()
        }
        let runtime = Runtime::new().map_err(why)?;
        let jobs = runtime.block_on(async {
            let nats = async_nats::connect(url).await.map_err(why)?;
            let jobs = Jobs::start(&Bus::new(nats, "IMPRINT", 1), now_ms).await.map_err(why)?;
            jobs.ready().await;
            Ok::<_, String>(jobs)
        })?;
        Ok(Self { runtime, jobs, now_ms })
    }

    /// Appends events to the journal of a job, as the runner does, and waits until they are seen.
    pub fn happen(&self, tenant: &str, id: &str, events: &[Event]) -> Result<(), String> {
        let done = self.runtime.block_on(async {
            let home = Home::new(region_of(id).unwrap_or_default(), tenant, id);
            let journal = self.jobs.ledger();
            for event in events {
                let stored = read_all(journal, &home.subject()).await?;
                let end = stored.len() as u64;
                let stamp = Stamp { now_ms: (self.now_ms)(), ..Stamp::default() };
                let entry = home.entry(end, &previous_of(&stored), event, stamp)?;
                journal.append(&home.subject(), end, vec![entry]).await?;
            }
            let asker = Asker { tenant: tenant.to_owned(), now_ms: (self.now_ms)(), ..Asker::default() };
            let end = read_all(journal, &home.subject()).await?.len() as u64;
            for _ in 0..SEEN_TRIES {
                if self.jobs.view(&asker, id).await?.is_some_and(|view| view.sequence >= end) {
                    return Ok(());
                }
                tokio::time::sleep(SEEN_PAUSE).await;
            }
            Err(broken!("what happened to `{id}` is not seen"))
        });
        done.map_err(|fault: Fault| fault.message)
    }

    async fn answer(&self, function: &str, asker: &Asker, args: &[Value]) -> Result<Value, String> {
        let jobs = &self.jobs;
        let id = || args.first().and_then(Value::as_str).ok_or_else(|| "no id".to_owned());
        Ok(match function {
            "jobs@0.1.0#submit" => {
                let list = args.first().and_then(Value::as_array).ok_or("no submissions")?;
                let all = list.iter().map(submission).collect::<Result<_, _>>()?;
                answer(jobs.submit(asker, all).await.map(|receipts| {
                    let wire = |one: imprint_ledger::jobs::Receipt| {
                        json!({ "fresh": one.fresh, "first": text_of(&one.first) })
                    };
                    receipts.into_iter().map(wire).collect()
                }))
            }
            "jobs@0.1.0#view" => answer(jobs.view(asker, id()?).await.map(|view| shown(view.as_ref()))),
            "jobs@0.1.0#cancel" => answer(jobs.cancel(asker, id()?).await.map(|view| shown(view.as_ref()))),
            "jobs@0.1.0#erase" => answer(jobs.erase(asker, id()?).await.map(|view| shown(view.as_ref()))),
            "shelf@0.1.0#views" => {
                let wish = wish(args.first().ok_or("no wish")?)?;
                answer(jobs.shelf(asker, &wish).await.map(|page| {
                    let views: Vec<Value> = page.views.iter().map(|view| shown(Some(view))).collect();
                    json!({ "views": views, "next": page.next, "previous": page.previous })
                }))
            }
            "shelf@0.1.0#standing" => {
                json!({ "ok": { "open": jobs.open(asker).await, "open-max": core_saga::OPEN_MAX } })
            }
            "jobs@0.1.0#events" => {
                let number = |index: usize| args.get(index).and_then(Value::as_u64).unwrap_or_default();
                let wait_ms = u32::try_from(number(2)).unwrap_or(u32::MAX);
                let told = jobs.events(asker, id()?, number(1), wait_ms).await;
                answer(told.map(|told| {
                    let wire = |one: imprint_ledger::jobs::PublicEvent| {
                        json!({ "sequence": one.sequence, "kind": one.kind, "body": one.body })
                    };
                    told.into_iter().map(wire).collect()
                }))
            }
            other => return Err(format!("the ledger has no `{other}`")),
        })
    }
}

impl Callee for Ledger {
    fn call(&self, function: &str, args: &[Value]) -> Result<Value, String> {
        let [context, args @ ..] = args else { return Err("a call without a context".to_owned()) };
        let asker = Asker {
            tenant: field(context, "tenant")?.to_owned(),
            traceparent: field(context, "traceparent")?.to_owned(),
            now_ms: number(context, "now-ms")?,
        };
        let name = function.strip_prefix("imprint:ledger/").unwrap_or(function);
        self.runtime.block_on(self.answer(name, &asker, args))
    }
}

fn submission(value: &Value) -> Result<Submission, String> {
    Ok(Submission {
        id: field(value, "id")?.to_owned(),
        home_region: field(value, "home-region")?.to_owned(),
        first: bytes_of(&value["first"])?,
    })
}

fn wish(value: &Value) -> Result<Wish, String> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let status = serde_json::from_value(value["status"].clone()).map_err(|why| format!("a status: {why}"))?;
    let order = match field(value, "order")? {
        "newest" => Order::Newest,
        "oldest" => Order::Oldest,
        "name" => Order::Name,
        other => return Err(format!("there is no order `{other}`")),
    };
    let limit = usize::try_from(number(value, "limit")?).unwrap_or(usize::MAX);
    let (industry, name_starts, cursor) = (text("industry"), text("name-starts"), text("cursor"));
    Ok(Wish { status, industry, name_starts, order, cursor, limit })
}

/// A view travels as text.
fn shown(view: Option<&core_saga::View>) -> Value {
    view.map_or(Value::Null, |view| json!(json!(view).to_string()))
}

pub(crate) fn answer(outcome: Result<Value, Fault>) -> Value {
    let fault = match outcome {
        Ok(value) => return json!({ "ok": value }),
        Err(fault) => fault,
    };
    let args: Vec<Value> =
        fault.args.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let told = json!({ "code": fault.code, "args": args, "field": fault.field, "message": fault.message });
    match fault.blame {
        Blame::Rejected => json!({ "err": { "rejected": told } }),
        Blame::Busy => json!({ "err": { "busy": { "fault": told, "after-ms": fault.retry_after_ms } } }),
        Blame::Internal => json!({ "err": { "internal": told } }),
    }
}
