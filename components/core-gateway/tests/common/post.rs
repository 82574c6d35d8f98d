//! A courier in memory: it keeps what it is given, by tenant and by person.

use super::Memory;
use core_brand::Fault;
use core_brand::fault::Code;
use core_gateway::{Call, Desk, Link, News, NoticeQuery, Notices, Platform, Setting};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// A person: tenant and user.
type Who = (String, String);

#[derive(Debug, Default)]
pub(crate) struct Post {
    /// By tenant, the oldest first.
    pub(crate) notices: RefCell<BTreeMap<String, Vec<Value>>>,
    pub(crate) endpoints: RefCell<BTreeMap<(String, String), Value>>,
    pub(crate) settings: RefCell<BTreeMap<(String, &'static str), String>>,
    pub(crate) people: RefCell<BTreeMap<Who, String>>,
    pub(crate) browsers: RefCell<BTreeMap<(Who, String), String>>,
    pub(crate) news: RefCell<BTreeMap<Who, Vec<Value>>>,
    /// What providers said: status and code.
    pub(crate) reports: RefCell<Vec<(String, Option<String>)>>,
    /// What links of mails stand for, by their token.
    pub(crate) links: RefCell<BTreeMap<String, Link>>,
    /// What was asked for under which key.
    acts: RefCell<BTreeMap<String, String>>,
    /// Told while somebody waits for news.
    pub(crate) meanwhile: RefCell<Vec<(Who, Value)>>,
    /// What was replayed: endpoint, from, until.
    pub(crate) replayed: RefCell<Vec<(String, u64, u64)>>,
    /// What the courier answers instead of doing anything, once.
    pub(crate) refusal: RefCell<Option<Fault>>,
    count: Cell<u64>,
}

pub(crate) fn who(tenant: &str, user: &str) -> Who {
    (tenant.to_owned(), user.to_owned())
}

fn of(call: &Call) -> Who {
    who(&call.tenant, &call.user)
}

/// News as the courier tells them.
pub(crate) fn item(sequence: u64, text: &str) -> Value {
    json!({ "sequence": sequence, "id": format!("n{sequence}"), "at": "2026-11-21T00:00:00.000Z", "subject": "News",
        "text": text, "read": false })
}

/// A message as the courier tells it.
pub(crate) fn notice(id: &str, channel: &str, status: &str, endpoint: Option<&str>) -> Value {
    let mut notice = json!({ "id": id, "channel": channel, "rule": "finished", "status": status,
        "created_at": "2026-11-21T00:00:00.000Z", "due_at": "2026-11-21T00:00:00.000Z",
        "attempts": [{ "at": "2026-11-21T00:00:01.000Z", "answer": "503", "ms": 12, "family": "ipv4" }] });
    if let Some(endpoint) = endpoint {
        notice["endpoint"] = json!(endpoint);
    }
    notice
}

/// The token of a link.
pub(crate) const TOKEN: &str = "acme.0f6a.c2VhbGVk_-";

impl Post {
    /// A link of a mail to somebody who speaks this.
    pub(crate) fn link(&self, language: &str) {
        let link = Link { rule: "brand-finished".to_owned(), language: language.to_owned(), is_off: false };
        self.links.borrow_mut().insert(TOKEN.to_owned(), link);
    }

    /// All that is kept of a tenant, and of one person or all.
    pub(crate) fn kept(&self, tenant: &str, user: Option<&str>) -> String {
        let is_theirs = |who: &Who| who.0 == tenant && user.is_none_or(|user| who.1 == user);
        let people: Vec<_> =
            self.people.borrow().clone().into_iter().filter(|(who, _)| is_theirs(who)).collect();
        let news: Vec<_> = self.news.borrow().clone().into_iter().filter(|(who, _)| is_theirs(who)).collect();
        let browsers: Vec<_> =
            self.browsers.borrow().clone().into_iter().filter(|((who, _), _)| is_theirs(who)).collect();
        let settings: Vec<_> =
            self.settings.borrow().clone().into_iter().filter(|((of, _), _)| of == tenant).collect();
        let endpoints: Vec<_> =
            self.endpoints.borrow().clone().into_iter().filter(|((of, _), _)| of == tenant).collect();
        let notices = self.notices.borrow().get(tenant).cloned();
        format!("{people:?} {news:?} {browsers:?} {settings:?} {endpoints:?} {notices:?}")
    }

    fn next(&self, of: &str) -> String {
        self.count.set(self.count.get() + 1);
        format!("{of}{}", self.count.get())
    }

    fn push_notice(&self, tenant: &str, notice: &Value) {
        self.notices.borrow_mut().entry(tenant.to_owned()).or_default().push(notice.clone());
    }

    fn find(&self, call: &Call, id: &str) -> Option<Value> {
        let notices = self.notices.borrow();
        notices.get(&call.tenant)?.iter().find(|notice| notice["id"] == id).cloned()
    }
}

impl Memory {
    fn post(&self) -> Result<&Post, Fault> {
        self.reach("courier")?;
        self.post.refusal.borrow_mut().take().map_or(Ok(&self.post), Err)
    }

    fn endpoint_of(&self, call: &Call, id: &str) -> Result<Option<Value>, Fault> {
        Ok(self.post()?.endpoints.borrow().get(&who(&call.tenant, id)).cloned())
    }
}

fn text(value: Option<Value>) -> Option<String> {
    value.map(|value| value.to_string())
}

impl Desk for Memory {
    fn notices(&self, call: &Call, query: NoticeQuery) -> Result<Notices, Fault> {
        let notices = self.post()?.notices.borrow();
        let fits = |notice: &&Value| {
            let is = |field: &str, wanted: &Option<String>| {
                wanted.as_ref().is_none_or(|wanted| notice[field] == wanted.as_str())
            };
            is("channel", &query.channel) && is("status", &query.status) && is("endpoint", &query.endpoint)
        };
        let found: Vec<&Value> = notices.get(&call.tenant).into_iter().flatten().rev().filter(fits).collect();
        let from: usize = query.cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
        let end = found.len().min(from + query.limit as usize);
        let items = found.get(from..end).unwrap_or_default().iter().map(ToString::to_string).collect();
        Ok(Notices { items, next: (end < found.len()).then(|| end.to_string()) })
    }

    fn notice(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        Ok(text(self.post()?.find(call, id)))
    }

    fn redrive(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        assert_eq!(call.act, format!("{id}/redrive"));
        let mut notices = self.post()?.notices.borrow_mut();
        let found = notices.get_mut(&call.tenant).into_iter().flatten().find(|notice| notice["id"] == id);
        Ok(found.map(|notice| {
            notice["status"] = json!("queued");
            notice.to_string()
        }))
    }

    fn news(&self, call: &Call, after: u64, limit: u32, wait_ms: u32) -> Result<News, Fault> {
        assert!(wait_ms <= 5000);
        let post = self.post()?;
        let found = || {
            let news = post.news.borrow();
            let all = news.get(&of(call)).cloned().unwrap_or_default();
            let items: Vec<Value> =
                all.iter().filter(|item| item["sequence"].as_u64().unwrap() > after).cloned().collect();
            let items: Vec<Value> = items.into_iter().take(limit as usize).collect();
            let unread = all.iter().filter(|item| item["read"] == false).count();
            let last = items.last().and_then(|item| item["sequence"].as_u64()).unwrap_or(after);
            let items = items.iter().map(ToString::to_string).collect();
            News { items, unread: u32::try_from(unread).unwrap(), last }
        };
        let now = found();
        if wait_ms == 0 || !now.items.is_empty() {
            return Ok(now);
        }
        self.pause(u64::from(wait_ms));
        if let Some((who, item)) = post.meanwhile.borrow_mut().pop() {
            post.news.borrow_mut().entry(who).or_default().push(item);
        }
        Ok(found())
    }

    fn mark(&self, call: &Call, ids: &[String], up_to: u64) -> Result<u32, Fault> {
        let mut news = self.post()?.news.borrow_mut();
        let Some(news) = news.get_mut(&of(call)) else { return Ok(0) };
        for item in news.iter_mut() {
            let is_named = ids.iter().any(|id| item["id"] == id.as_str());
            if is_named || item["sequence"].as_u64().unwrap() <= up_to {
                item["read"] = json!(true);
            }
        }
        Ok(u32::try_from(news.iter().filter(|item| item["read"] == false).count()).unwrap())
    }

    fn endpoints(&self, call: &Call) -> Result<Vec<String>, Fault> {
        let endpoints = self.post()?.endpoints.borrow();
        let ours = endpoints.iter().filter(|((tenant, _), _)| *tenant == call.tenant);
        Ok(ours.map(|(_, endpoint)| endpoint.to_string()).collect())
    }

    fn endpoint(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        self.endpoint_of(call, id).map(text)
    }

    fn add_endpoint(&self, call: &Call, wish: &str) -> Result<String, Fault> {
        let post = self.post()?;
        let act = format!("{}/{}", call.tenant, call.act);
        let known = post.acts.borrow().get(&act).cloned();
        if let Some(known) = known {
            let (asked, id) = known.split_once('\n').unwrap();
            let same = self.endpoint_of(call, id)?.filter(|_| asked == wish);
            let mut same = same.ok_or_else(|| Fault::new(Code::KeyMismatch, []))?;
            same["secret"] = json!("whsec_1");
            return Ok(same.to_string());
        }
        let asked: Value = serde_json::from_str(wish).unwrap();
        let id = post.next("we_");
        post.acts.borrow_mut().insert(act, format!("{wish}\n{id}"));
        let usual = |name: &str, usual: Value| asked.get(name).cloned().unwrap_or(usual);
        let made = json!({ "id": id, "url": asked["url"], "description": usual("description", json!("")),
            "events": usual("events", json!([])), "enabled": usual("enabled", json!(true)),
            "signature": usual("signature", json!("hmac")), "created_at": "2026-11-21T00:00:00.000Z" });
        post.endpoints.borrow_mut().insert(who(&call.tenant, &id), made.clone());
        let mut told = made;
        told["secret"] = json!("whsec_1");
        Ok(told.to_string())
    }

    fn change_endpoint(&self, call: &Call, id: &str, wish: &str) -> Result<Option<String>, Fault> {
        let mut endpoints = self.post()?.endpoints.borrow_mut();
        let wish: Value = serde_json::from_str(wish).unwrap();
        Ok(endpoints.get_mut(&who(&call.tenant, id)).map(|endpoint| {
            for (name, value) in wish.as_object().unwrap() {
                endpoint[name] = value.clone();
            }
            endpoint.to_string()
        }))
    }

    fn remove_endpoint(&self, call: &Call, id: &str) -> Result<bool, Fault> {
        Ok(self.post()?.endpoints.borrow_mut().remove(&who(&call.tenant, id)).is_some())
    }

    fn rotate_secret(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        let Some(mut endpoint) = self.endpoint_of(call, id)? else { return Ok(None) };
        endpoint["secret"] = json!(format!("whsec_{}", call.act.len()));
        Ok(Some(endpoint.to_string()))
    }

    fn try_endpoint(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        if self.endpoint_of(call, id)?.is_none() {
            return Ok(None);
        }
        let sent = notice(&self.post.next("test_"), "webhook", "queued", Some(id));
        self.post.push_notice(&call.tenant, &sent);
        Ok(Some(sent.to_string()))
    }

    fn replay(&self, call: &Call, id: &str, from_ms: u64, until_ms: u64) -> Result<Option<u32>, Fault> {
        let found = self.endpoint_of(call, id)?;
        Ok(found.map(|_| {
            self.post.replayed.borrow_mut().push((id.to_owned(), from_ms, until_ms));
            2
        }))
    }

    fn setting(&self, call: &Call, kind: Setting) -> Result<Option<String>, Fault> {
        Ok(self.post()?.settings.borrow().get(&(call.tenant.clone(), kind.as_str())).cloned())
    }

    fn set(&self, call: &Call, kind: Setting, text: &str) -> Result<String, Fault> {
        self.post()?.settings.borrow_mut().insert((call.tenant.clone(), kind.as_str()), text.to_owned());
        Ok(text.to_owned())
    }

    fn preferences(&self, call: &Call) -> Result<Option<String>, Fault> {
        Ok(self.post()?.people.borrow().get(&of(call)).cloned())
    }

    fn set_preferences(&self, call: &Call, text: &str) -> Result<String, Fault> {
        self.post()?.people.borrow_mut().insert(of(call), text.to_owned());
        Ok(text.to_owned())
    }

    fn forget(&self, call: &Call) -> Result<bool, Fault> {
        let (post, who) = (self.post()?, of(call));
        post.browsers.borrow_mut().retain(|(of, _), _| *of != who);
        post.news.borrow_mut().remove(&who);
        Ok(post.people.borrow_mut().remove(&who).is_some())
    }

    fn push_key(&self, _: &Call) -> Result<Option<String>, Fault> {
        self.post()?;
        Platform::setting(self, "push")
    }

    fn subscribe(&self, call: &Call, subscription: &str) -> Result<String, Fault> {
        let post = self.post()?;
        let id = post.next("b");
        post.browsers.borrow_mut().insert((of(call), id.clone()), subscription.to_owned());
        Ok(id)
    }

    fn unsubscribe(&self, call: &Call, id: &str) -> Result<bool, Fault> {
        Ok(self.post()?.browsers.borrow_mut().remove(&(of(call), id.to_owned())).is_some())
    }

    fn look(&self, _: &Call, token: &str) -> Result<Option<Link>, Fault> {
        Ok(self.post()?.links.borrow().get(token).cloned())
    }

    fn leave(&self, _: &Call, token: &str) -> Result<Option<Link>, Fault> {
        let mut links = self.post()?.links.borrow_mut();
        Ok(links.get_mut(token).map(|link| {
            link.is_off = true;
            link.clone()
        }))
    }

    fn sms_report(&self, _: &Call, token: &str, form: &str, signature: Option<&str>) -> Result<bool, Fault> {
        let post = self.post()?;
        if token != TOKEN {
            return Ok(false);
        }
        post.reports.borrow_mut().push((form.to_owned(), signature.map(str::to_owned)));
        Ok(true)
    }
}
