//! What the courier is given by strangers: events, wishes, browsers, reports, and the answers of receivers.

use crate::answer::{Answer, no_text, parted, refused, said, same, taken, told, utf8};
use crate::world::NOW_MS;
use core_brand::Fault;
use core_notify::{
    Attempt, HTML_BYTES_MAX, Key, KeyError, Letter, Next, PARTS_MAX, PAYLOAD_BYTES_MAX, PUSH_BYTES_MAX,
    TRIES_MAX, next, parts, retry_after, sign,
};
use imprint_courier::{
    Carrier, Native, NoBrands, Office, Outcome, Parcel, Query, Shelves, Terms, Told as Carried,
};
use imprint_ledger::{MemoryTimers, MemoryValues};
use imprint_telemetry::Tally;
use serde_json::Value;
use std::sync::Arc;
use tokio::runtime::Builder;

const TENANT: &str = "acme";
const USER: &str = "ada";
const HOOK: &str = r#"{"url":"https://hooks.example.com/a"}"#;
const LEASE_MS: u64 = 60_000;
/// An event makes a message for each channel and each endpoint at most.
const NOTICES_MAX: usize = 8;
/// The longest wait between two attempts, with all that it may differ by.
const WAIT_MS_MAX: u64 = 43_200_000;

/// Everybody takes what comes.
struct Idle;

impl Carrier for Idle {
    async fn carry(&self, _: Parcel) -> Carried {
        Carried { outcome: Outcome::Sent, answer: "sent".to_owned(), family: None }
    }
}

type Courier = Office<MemoryValues, MemoryTimers, Native, Idle, NoBrands>;

fn office() -> Arc<Courier> {
    let shelves = Shelves {
        settings: MemoryValues::default(),
        messages: MemoryValues::default(),
        keys: MemoryValues::default(),
    };
    let timers = MemoryTimers::claiming(Arc::new(|| NOW_MS), LEASE_MS);
    let terms = Terms {
        base_url: "https://imprint.example".to_owned(),
        push_key: Some("key".to_owned()),
        ..Terms::default()
    };
    let clock = Arc::new(|| NOW_MS);
    Arc::new(Office::new(shelves, timers, Native, Idle, NoBrands, clock, Tally::default(), terms))
}

/// The first line is the door: `event`, `endpoint`, `browser`, `report` or `cursor`.
pub(crate) fn courier(bytes: &[u8]) -> Answer {
    let Some((door, body)) = parted(bytes) else { return no_text() };
    let runtime = Builder::new_current_thread().enable_time().build().map_err(|why| why.to_string())?;
    let office = office();
    runtime.block_on(async {
        match (door, utf8(body)) {
            ("event", _) => event(&office, body).await,
            ("endpoint", Some(wish)) => endpoint(&office, wish).await,
            ("browser", Some(text)) => browser(&office, text).await,
            ("report", Some(form)) => report(&office, form).await,
            ("cursor", Some(cursor)) => match page(&office, Some(cursor.to_owned())).await {
                Err(fault) => refused(&fault),
                Ok((items, _)) => taken(items),
            },
            _ => no_text(),
        }
    })
}

/// What is heard is told or left out, and what is told can be listed and sent.
async fn event(office: &Arc<Courier>, body: &[u8]) -> Answer {
    let inner = |fault: Fault| format!("`{}`: {}", fault.code, fault.message);
    office.add_endpoint(TENANT, HOOK).await.map_err(inner)?;
    office.hear(body).await.map_err(inner)?;
    office.settle().await.map_err(inner)?;
    let (mut count, mut cursor) = (0, None);
    loop {
        let (items, next) = page(office, cursor).await.map_err(inner)?;
        count += items;
        cursor = next;
        if cursor.is_none() || count > NOTICES_MAX {
            break;
        }
    }
    match count {
        0 => Ok(Err("it is not told".to_owned())),
        1..=NOTICES_MAX => taken(count),
        _ => Err(format!("{count} messages of one event")),
    }
}

/// How many messages a page has, and where the next begins.
async fn page(office: &Courier, cursor: Option<String>) -> Result<(usize, Option<String>), Fault> {
    let page = office.notices(TENANT, &Query { cursor, limit: 1, ..Query::default() }).await?;
    Ok((page.items.len(), page.next))
}

/// What was taken as a wish is what is shown, and the same wish changes nothing.
async fn endpoint(office: &Courier, wish: &str) -> Answer {
    let made = match office.add_endpoint(TENANT, wish).await {
        Ok(made) => made,
        Err(fault) => return refused(&fault),
    };
    let read = |text: &str| serde_json::from_str::<Value>(text).map_err(|why| format!("{text}: {why}"));
    let mut made = read(&made)?;
    let fields = made.as_object_mut().ok_or("an endpoint is an object")?;
    let secret = fields.remove("secret").ok_or("an endpoint is made with its secret")?;
    let id = made["id"].as_str().unwrap_or_default();
    let shown = office.endpoint(TENANT, id).await.map_err(|fault| format!("shown: {fault}"))?;
    same("an endpoint", &made, &read(&shown.unwrap_or_default())?)?;
    let changed =
        office.change_endpoint(TENANT, id, wish).await.map_err(|fault| format!("again: {fault}"))?;
    same("an endpoint", &made["url"], &read(&changed.unwrap_or_default())?["url"])?;
    taken(secret.as_str().unwrap_or_default().split('_').next().unwrap_or_default())
}

async fn browser(office: &Courier, text: &str) -> Answer {
    match office.subscribe(TENANT, USER, text).await {
        Err(fault) => refused(&fault),
        Ok(id) => {
            let again = office.subscribe(TENANT, USER, text).await;
            same("the id of a browser", &Ok(id.clone()), &again.map_err(|fault| fault.to_string()))?;
            let is_gone = office.unsubscribe(TENANT, USER, &id).await.map_err(|fault| fault.to_string())?;
            same("whether it was there", &true, &is_gone)?;
            taken("a browser")
        }
    }
}

/// The first line is the token. Nobody but us makes one.
async fn report(office: &Courier, text: &str) -> Answer {
    let (token, form) = text.split_once('\n').unwrap_or((text, ""));
    match office.sms_report(token, form, None).await {
        Err(fault) => refused(&fault),
        Ok(true) => Err("a report about nothing was heard".to_owned()),
        Ok(false) => Ok(Err("no report of ours".to_owned())),
    }
}

/// The first line is the language and the channel, the rest is the matter.
pub(crate) fn letter(bytes: &[u8]) -> Answer {
    let asked = parted(bytes).and_then(|(line, matter)| Some((line.split_once(' ')?, utf8(matter)?)));
    let Some(((language, channel), matter)) = asked else { return no_text() };
    match core_notify::write(language, channel, matter) {
        Err(fault) => refused(&fault),
        Ok(letter) => {
            fits(channel, &letter)?;
            taken(channel)
        }
    }
}

/// A letter has room where it goes, and its first line is one.
fn fits(channel: &str, letter: &Letter) -> Result<(), String> {
    if letter.subject.chars().any(char::is_control) {
        return Err(format!("the subject is no line: {:?}", letter.subject));
    }
    let html = letter.html.as_deref().unwrap_or_default();
    let payload = letter.payload.as_deref().unwrap_or("{}");
    serde_json::from_str::<Value>(payload).map_err(|why| format!("{payload}: {why}"))?;
    let (size, max) = match channel {
        "email" => (html.len(), HTML_BYTES_MAX),
        "sms" => (parts(&letter.text), PARTS_MAX),
        "push" => (payload.len(), PUSH_BYTES_MAX),
        "webhook" => (payload.len(), PAYLOAD_BYTES_MAX),
        _ => (0, 0),
    };
    if size > max { Err(format!("a letter of {size} for {channel}; at most {max}")) } else { Ok(()) }
}

/// The first line is the status, the rest is the header `Retry-After`.
pub(crate) fn receiver(bytes: &[u8]) -> Answer {
    let answered = parted(bytes).and_then(|(line, header)| Some((line.parse().ok()?, utf8(header)?)));
    let Some((status, header)) = answered else { return no_text() };
    let retry_after_s = retry_after(header);
    let follows = |number| next("m1", number, Attempt::Answered { status, retry_after_s });
    for number in 1..=TRIES_MAX + 1 {
        match follows(number) {
            Next::Again(ms) if ms == 0 || ms > WAIT_MS_MAX => return Err(format!("again after {ms} ms")),
            Next::Again(_) if number >= TRIES_MAX => return Err(format!("again after attempt {number}")),
            _ => {}
        }
    }
    let what = format!("{:?}", follows(1));
    let what = what.split('(').next().unwrap_or_default().to_owned();
    if retry_after_s.is_some() { taken(what) } else { Ok(Err(what)) }
}

/// A key is told as a line, and signs in one.
pub(crate) fn signing_key(bytes: &[u8]) -> Answer {
    let Some(text) = utf8(bytes) else { return no_text() };
    match Key::read(text) {
        Err(why) => told(match why {
            KeyError::Prefix => "prefix",
            KeyError::Base64 => "base64",
            KeyError::Length => "length",
        }),
        Ok(key) => {
            if let Key::Shared(_) = key {
                let again = Key::read(&key.told()).map_err(|why| format!("again: {why:?}"))?;
                same("a secret", &key.told(), &again.told())?;
            }
            let signed = sign(std::slice::from_ref(&key), "m1", NOW_MS / 1000, b"{}");
            said(&signed.signature)?;
            taken(signed.signature.split(',').next().unwrap_or_default())
        }
    }
}
