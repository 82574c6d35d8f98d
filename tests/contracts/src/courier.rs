//! The courier as a callee: the library behind its provider, with the real words, and no way out of the house.

use crate::callee::Callee;
use crate::providers::answer;
use crate::value::{field, number};
use imprint_courier::{Asking, Link, Native, NoBrands, Office, Page, Post, Query, Shelves, Terms};
use imprint_ledger::{MemoryTimers, MemoryValues};
use imprint_telemetry::Tally;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::runtime::Runtime;

/// `imprint:courier/desk`, `leaving` and `reports` in memory.
pub struct Courier {
    runtime: Runtime,
    office: Office<MemoryValues, MemoryTimers, Native, Post, NoBrands>,
}

impl Courier {
    /// On this clock.
    pub fn new(now_ms: fn() -> u64) -> Result<Self, String> {
        let runtime = Runtime::new().map_err(|why| why.to_string())?;
        let shelves = Shelves {
            settings: MemoryValues::default(),
            messages: MemoryValues::default(),
            keys: MemoryValues::default(),
        };
        let (terms, clock) = (Terms::default(), Arc::new(now_ms));
        let timers = MemoryTimers::claiming(clock.clone(), terms.lease_ms);
        let (post, tally) = (Post::default(), Tally::default());
        let office = Office::new(shelves, timers, Native, post, NoBrands, clock, tally, terms);
        Ok(Self { runtime, office })
    }

    async fn answer(&self, function: &str, asking: &Asking, args: &[Value]) -> Result<Value, String> {
        let (office, tenant) = (&self.office, asking.tenant.as_str());
        let text = |index: usize| args.get(index).and_then(Value::as_str).ok_or("an argument is no text");
        let whole = |index: usize| args.get(index).and_then(Value::as_u64).unwrap_or_default();
        let small = |index: usize| u32::try_from(whole(index)).unwrap_or(u32::MAX);
        Ok(match function {
            "desk@0.1.0#notices" => {
                answer(office.notices(tenant, &query(args.first())).await.map(|found| page(&found)))
            }
            "desk@0.1.0#notice" => answer(office.notice(tenant, text(0)?).await.map(Value::from)),
            "desk@0.1.0#redrive" => answer(office.redrive(tenant, text(0)?).await.map(Value::from)),
            "desk@0.1.0#news" => {
                let news = office.news(tenant, text(0)?, whole(1), small(2), small(3)).await;
                answer(
                    news.map(|feed| json!({ "items": feed.items, "unread": feed.unread, "last": feed.last })),
                )
            }
            "desk@0.1.0#mark" => {
                let ids: Vec<String> = args
                    .get(1)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect();
                answer(office.mark(tenant, text(0)?, &ids, whole(2)).await.map(Value::from))
            }
            "desk@0.1.0#rotate-secret" => {
                answer(office.rotate_secret(tenant, text(0)?).await.map(Value::from))
            }
            "desk@0.1.0#endpoints" => answer(office.endpoints(tenant).await.map(Value::from)),
            "desk@0.1.0#endpoint" => answer(office.endpoint(tenant, text(0)?).await.map(Value::from)),
            "desk@0.1.0#add-endpoint" => {
                answer(office.add_endpoint_once(tenant, &asking.key, text(0)?).await.map(Value::from))
            }
            "desk@0.1.0#change-endpoint" => {
                answer(office.change_endpoint(tenant, text(0)?, text(1)?).await.map(Value::from))
            }
            "desk@0.1.0#remove-endpoint" => {
                answer(office.remove_endpoint(tenant, text(0)?).await.map(Value::from))
            }
            "desk@0.1.0#try-endpoint" => answer(office.try_endpoint(tenant, text(0)?).await.map(Value::from)),
            "desk@0.1.0#replay" => {
                answer(office.replay(tenant, text(0)?, whole(1), whole(2)).await.map(Value::from))
            }
            "desk@0.1.0#setting" => answer(office.settings(tenant, text(0)?).await.map(Value::from)),
            "desk@0.1.0#set" => answer(office.set(asking, text(0)?, text(1)?).await.map(Value::from)),
            "desk@0.1.0#preferences" => {
                answer(office.preferences_of(tenant, text(0)?).await.map(Value::from))
            }
            "desk@0.1.0#set-preferences" => {
                answer(office.set_preferences(asking, text(0)?, text(1)?).await.map(Value::from))
            }
            "desk@0.1.0#forget" => answer(office.forget(tenant, text(0)?).await.map(Value::from)),
            "desk@0.1.0#push-key" => json!({ "ok": office.push_key() }),
            "leaving@0.1.0#look" => answer(office.look(text(0)?).await.map(link)),
            "leaving@0.1.0#leave" => answer(office.leave(text(0)?).await.map(link)),
            "reports@0.1.0#sms" => {
                let signature = args.get(2).and_then(Value::as_str);
                answer(office.sms_report(text(0)?, text(1)?, signature).await.map(Value::from))
            }
            other => return Err(format!("the courier has no `{other}`")),
        })
    }
}

impl Callee for Courier {
    fn call(&self, function: &str, args: &[Value]) -> Result<Value, String> {
        let [context, args @ ..] = args else { return Err("a call without a context".to_owned()) };
        let asking = Asking {
            tenant: field(context, "tenant")?.to_owned(),
            traceparent: field(context, "traceparent")?.to_owned(),
            now_ms: number(context, "now-ms")?,
            key: field(context, "idempotency-key")?.to_owned(),
            locale: field(context, "locale")?.to_owned(),
        };
        let name = function.strip_prefix("imprint:courier/").unwrap_or(function);
        self.runtime.block_on(self.answer(name, &asking, args))
    }
}

fn query(value: Option<&Value>) -> Query {
    let text = |name: &str| value.and_then(|value| value[name].as_str()).map(str::to_owned);
    let limit = value.and_then(|value| value["limit"].as_u64()).unwrap_or_default();
    Query {
        channel: text("channel"),
        status: text("status"),
        endpoint: text("endpoint"),
        cursor: text("cursor"),
        limit: u32::try_from(limit).unwrap_or(u32::MAX),
    }
}

fn page(page: &Page) -> Value {
    json!({ "items": page.items, "next": page.next })
}

fn link(link: Option<Link>) -> Value {
    link.map_or(
        Value::Null,
        |link| json!({ "rule": link.rule, "language": link.language, "is-off": link.is_off }),
    )
}
