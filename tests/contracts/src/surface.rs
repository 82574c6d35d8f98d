//! The gateway over callees: what it asks of the world goes through their contracts, as JSON has them.

use crate::callee::{Callee, context};
use crate::value::{bytes_of, of_content, text_of};
use core_brand::{Blame, BlobRef, Body, Document, DocumentKind, Fault, broken};
use core_gateway::token::{self, Claims};
use core_gateway::{
    Call, Desk, Link, Mark, News, NoticeQuery, Notices, Order, Page, Platform, PublicEvent, Query, Receipt,
    Setting, Standing, Submission,
};
use core_saga::View;
use serde_json::{Map, Value, json};
use std::cell::Cell;

const SEED: [u8; 32] = [7; 32];
const LEDGER: &str = "imprint:ledger/jobs@0.1.0";
const SHELF: &str = "imprint:ledger/shelf@0.1.0";
const DESK: &str = "imprint:courier/desk@0.1.0";
const STEP: &str = "imprint:jobs/step@0.1.0";

/// The world of a gateway.
pub struct Surface<'a> {
    pub ledger: &'a dyn Callee,
    pub blobs: &'a dyn Callee,
    pub courier: &'a dyn Callee,
    pub assets: &'a dyn Callee,
    pub design: &'a dyn Callee,
    pub logo: &'a dyn Callee,
    /// Whose token is used.
    pub tenant: String,
    pub now_ms: Cell<u64>,
}

impl Surface<'_> {
    /// A token that this gateway takes.
    #[must_use]
    pub fn token(&self) -> String {
        let now = self.now_ms.get() / 1000;
        let claims = Claims {
            iss: token::ISSUER.to_owned(),
            tenant: self.tenant.clone(),
            sub: "ada".to_owned(),
            scopes: [token::READ, token::WRITE, token::NOTIFY].map(str::to_owned).to_vec(),
            iat: now,
            exp: now + 3600,
            jti: "t1".to_owned(),
        };
        token::sign(&SEED, "k1", &claims)
    }

    fn ask(&self, of: &dyn Callee, function: &str, call: &Call, args: Vec<Value>) -> Result<Value, Fault> {
        let changed = json!({
            "tenant": call.tenant,
            "traceparent": call.traceparent,
            "now-ms": self.now_ms.get(),
            "deadline-ms": call.deadline_ms,
            "idempotency-key": call.act,
            "locale": call.locale,
        });
        let changed: Map<String, Value> = changed.as_object().cloned().unwrap_or_default();
        let args = [vec![context(&changed, 1)], args].concat();
        let mut answer = of.call(function, &args).map_err(|why| broken!("{function}: {why}"))?;
        match answer.get_mut("err") {
            Some(error) => Err(fault(error)),
            None => Ok(answer["ok"].take()),
        }
    }

    fn desk(&self, function: &str, call: &Call, args: Vec<Value>) -> Result<Value, Fault> {
        self.ask(self.courier, &format!("{DESK}#{function}"), call, args)
    }

    fn job(&self, function: &str, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        let told = self.ask(self.ledger, &format!("{LEDGER}#{function}"), call, vec![json!(id)])?;
        told.as_str().map(view).transpose()
    }
}

/// The fault that a callee answered with.
fn fault(error: &Value) -> Fault {
    let (blame, delay) = match error.get("busy") {
        Some(delay) => (Blame::Busy, delay["after-ms"].as_u64().unwrap_or_default()),
        None if error.get("rejected").is_some() => (Blame::Rejected, 0),
        None => (Blame::Internal, 0),
    };
    let told = ["rejected", "internal"].iter().find_map(|name| error.get(name));
    let told = told.unwrap_or(&error["busy"]["fault"]);
    let arg = |arg: &Value| (text(&arg["name"]), text(&arg["value"]));
    Fault {
        code: text(&told["code"]),
        blame,
        args: told["args"].as_array().into_iter().flatten().map(arg).collect(),
        field: told["field"].as_str().map(str::to_owned),
        message: text(&told["message"]),
        retry_after_ms: u32::try_from(delay).unwrap_or(u32::MAX),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn some(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

fn small(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap_or_default()).unwrap_or(u32::MAX)
}

fn bytes(value: &Value) -> Result<Vec<u8>, Fault> {
    bytes_of(value).map_err(|why| broken!("{why}"))
}

/// As the gateway component reads it.
fn view(text: &str) -> Result<View, Fault> {
    serde_json::from_str(text).map_err(|why| broken!("a view of the ledger: {why}"))
}

fn link(told: &Value) -> Option<Link> {
    let is_off = told["is-off"].as_bool()?;
    Some(Link { rule: text(&told["rule"]), language: text(&told["language"]), is_off })
}

fn document(told: &Value) -> Result<Document, Fault> {
    let kind = if told["kind"] == "file" { DocumentKind::File } else { DocumentKind::Working };
    let body = Body::Inline(bytes(&told["body"]["inline"])?);
    Ok(Document {
        name: text(&told["name"]),
        kind,
        media_type: text(&told["media-type"]),
        pixels: None,
        body,
    })
}

impl Platform for Surface<'_> {
    fn now_ms(&self) -> u64 {
        self.now_ms.get()
    }

    fn pause(&self, ms: u64) {
        self.now_ms.set(self.now_ms.get() + ms);
    }

    fn random(&self) -> u64 {
        7
    }

    fn log(&self, _line: &str) {}

    fn setting(&self, key: &str) -> Result<Option<String>, Fault> {
        Ok((key == "key.k1").then(|| token::public_key(&SEED)))
    }

    fn submit(&self, call: &Call, submissions: Vec<Submission>) -> Result<Vec<Receipt>, Fault> {
        let wire = |one: Submission| json!({ "id": one.id, "home-region": one.home_region, "first": text_of(&one.first) });
        let all: Value = submissions.into_iter().map(wire).collect();
        let told = self.ask(self.ledger, &format!("{LEDGER}#submit"), call, vec![all])?;
        let receipt = |one: &Value| Ok(Receipt { fresh: one["fresh"] == true, first: bytes(&one["first"])? });
        told.as_array().into_iter().flatten().map(receipt).collect()
    }

    fn view(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        self.job("view", call, id)
    }

    fn views(&self, call: &Call, query: Query) -> Result<Page, Fault> {
        let order = match query.order {
            Order::Newest => "newest",
            Order::Oldest => "oldest",
            Order::Name => "name",
        };
        let wish = json!({
            "status": query.status,
            "industry": query.industry,
            "name-starts": query.name_starts,
            "order": order,
            "cursor": query.cursor,
            "limit": query.limit,
        });
        let told = self.ask(self.ledger, &format!("{SHELF}#views"), call, vec![wish])?;
        let views = texts(&told["views"]).iter().map(|text| view(text)).collect::<Result<_, _>>()?;
        Ok(Page { views, next: some(&told["next"]), previous: some(&told["previous"]) })
    }

    fn standing(&self, call: &Call) -> Result<Standing, Fault> {
        let told = self.ask(self.ledger, &format!("{SHELF}#standing"), call, Vec::new())?;
        Ok(Standing { open: small(&told["open"]), open_max: small(&told["open-max"]) })
    }

    fn events(&self, call: &Call, id: &str, after: u64, wait_ms: u32) -> Result<Vec<PublicEvent>, Fault> {
        let args = vec![json!(id), json!(after), json!(wait_ms)];
        let told = self.ask(self.ledger, &format!("{LEDGER}#events"), call, args)?;
        let event = |one: &Value| PublicEvent {
            sequence: one["sequence"].as_u64().unwrap_or_default(),
            kind: text(&one["kind"]),
            body: text(&one["body"]),
        };
        Ok(told.as_array().into_iter().flatten().map(event).collect())
    }

    fn cancel(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        self.job("cancel", call, id)
    }

    fn erase(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        self.job("erase", call, id)
    }

    fn blob(&self, call: &Call, content: &BlobRef) -> Result<Vec<u8>, Fault> {
        let args = vec![of_content(content)];
        bytes(&self.ask(self.blobs, "imprint:blobs/store@0.1.0#get", call, args)?)
    }

    fn render(&self, call: &Call, _target: Option<&str>, svg: &str, width: u32) -> Result<Vec<u8>, Fault> {
        let args = vec![json!(svg), json!(width)];
        bytes(&self.ask(self.assets, "imprint:assets/raster@0.1.0#render", call, args)?["png"])
    }

    fn design(&self, call: &Call, _target: Option<&str>, order: Document) -> Result<Vec<Document>, Fault> {
        let Body::Inline(body) = &order.body else { return Err(broken!("an order is inline")) };
        let order = json!([{
            "name": order.name,
            "kind": "working",
            "media-type": order.media_type,
            "pixels": null,
            "body": { "inline": text_of(body) },
        }]);
        let planned = self.ask(self.design, &format!("{STEP}#plan"), call, vec![json!("design"), order])?;
        let mut made = Vec::new();
        for task in planned.as_array().into_iter().flatten() {
            let built = self.ask(self.design, &format!("{STEP}#build"), call, vec![task.clone()])?;
            made.extend(built.as_array().into_iter().flatten().map(document).collect::<Result<Vec<_>, _>>()?);
        }
        Ok(made)
    }

    fn mark(
        &self,
        call: &Call,
        _target: Option<&str>,
        (order, design): (&str, &str),
        rank: u32,
    ) -> Result<Mark, Fault> {
        let args = vec![json!(order), json!(design), json!(rank)];
        let told = self.ask(self.logo, "imprint:logo/marks@0.1.0#draw", call, args)?;
        let [concept, title, idea, svg] = ["concept", "title", "idea", "svg"].map(|name| text(&told[name]));
        Ok(Mark { concept, title, idea, svg })
    }

    fn desk(&self) -> &dyn Desk {
        self
    }
}

impl Desk for Surface<'_> {
    fn notices(&self, call: &Call, query: NoticeQuery) -> Result<Notices, Fault> {
        let NoticeQuery { channel, status, endpoint, cursor, limit } = query;
        let query = json!({ "channel": channel, "status": status, "endpoint": endpoint, "cursor": cursor, "limit": limit });
        let told = self.desk("notices", call, vec![query])?;
        Ok(Notices { items: texts(&told["items"]), next: some(&told["next"]) })
    }

    fn notice(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        Ok(some(&self.desk("notice", call, vec![json!(id)])?))
    }

    fn redrive(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        Ok(some(&self.desk("redrive", call, vec![json!(id)])?))
    }

    fn news(&self, call: &Call, after: u64, limit: u32, wait_ms: u32) -> Result<News, Fault> {
        let args = vec![json!(call.user), json!(after), json!(limit), json!(wait_ms)];
        let told = self.desk("news", call, args)?;
        let last = told["last"].as_u64().unwrap_or_default();
        Ok(News { items: texts(&told["items"]), unread: small(&told["unread"]), last })
    }

    fn mark(&self, call: &Call, ids: &[String], up_to: u64) -> Result<u32, Fault> {
        Ok(small(&self.desk("mark", call, vec![json!(call.user), json!(ids), json!(up_to)])?))
    }

    fn endpoints(&self, call: &Call) -> Result<Vec<String>, Fault> {
        Ok(texts(&self.desk("endpoints", call, Vec::new())?))
    }

    fn endpoint(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        Ok(some(&self.desk("endpoint", call, vec![json!(id)])?))
    }

    fn add_endpoint(&self, call: &Call, wish: &str) -> Result<String, Fault> {
        Ok(text(&self.desk("add-endpoint", call, vec![json!(wish)])?))
    }

    fn change_endpoint(&self, call: &Call, id: &str, wish: &str) -> Result<Option<String>, Fault> {
        Ok(some(&self.desk("change-endpoint", call, vec![json!(id), json!(wish)])?))
    }

    fn remove_endpoint(&self, call: &Call, id: &str) -> Result<bool, Fault> {
        Ok(self.desk("remove-endpoint", call, vec![json!(id)])? == true)
    }

    fn rotate_secret(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        Ok(some(&self.desk("rotate-secret", call, vec![json!(id)])?))
    }

    fn try_endpoint(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        Ok(some(&self.desk("try-endpoint", call, vec![json!(id)])?))
    }

    fn replay(&self, call: &Call, id: &str, from_ms: u64, until_ms: u64) -> Result<Option<u32>, Fault> {
        let told = self.desk("replay", call, vec![json!(id), json!(from_ms), json!(until_ms)])?;
        Ok(told.as_u64().map(|_| small(&told)))
    }

    fn setting(&self, call: &Call, kind: Setting) -> Result<Option<String>, Fault> {
        Ok(some(&self.desk("setting", call, vec![json!(kind.as_str())])?))
    }

    fn set(&self, call: &Call, kind: Setting, said: &str) -> Result<String, Fault> {
        Ok(text(&self.desk("set", call, vec![json!(kind.as_str()), json!(said)])?))
    }

    fn preferences(&self, call: &Call) -> Result<Option<String>, Fault> {
        Ok(some(&self.desk("preferences", call, vec![json!(call.user)])?))
    }

    fn set_preferences(&self, call: &Call, said: &str) -> Result<String, Fault> {
        Ok(text(&self.desk("set-preferences", call, vec![json!(call.user), json!(said)])?))
    }

    fn forget(&self, call: &Call) -> Result<bool, Fault> {
        Ok(self.desk("forget", call, vec![json!(call.user)])? == true)
    }

    fn push_key(&self, call: &Call) -> Result<Option<String>, Fault> {
        Ok(some(&self.desk("push-key", call, Vec::new())?))
    }

    fn subscribe(&self, call: &Call, subscription: &str) -> Result<String, Fault> {
        Ok(text(&self.desk("subscribe", call, vec![json!(call.user), json!(subscription)])?))
    }

    fn unsubscribe(&self, call: &Call, id: &str) -> Result<bool, Fault> {
        Ok(self.desk("unsubscribe", call, vec![json!(call.user), json!(id)])? == true)
    }

    fn look(&self, call: &Call, token: &str) -> Result<Option<Link>, Fault> {
        let told = self.ask(self.courier, "imprint:courier/leaving@0.1.0#look", call, vec![json!(token)])?;
        Ok(link(&told))
    }

    fn leave(&self, call: &Call, token: &str) -> Result<Option<Link>, Fault> {
        let told = self.ask(self.courier, "imprint:courier/leaving@0.1.0#leave", call, vec![json!(token)])?;
        Ok(link(&told))
    }

    fn sms_report(
        &self,
        call: &Call,
        token: &str,
        form: &str,
        signature: Option<&str>,
    ) -> Result<bool, Fault> {
        let args = vec![json!(token), json!(form), json!(signature)];
        Ok(self.ask(self.courier, "imprint:courier/reports@0.1.0#sms", call, args)? == true)
    }
}
