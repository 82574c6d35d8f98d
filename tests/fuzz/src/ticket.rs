//! Addresses that the courier gave away: the link at the foot of a mail, and where a provider of SMS reports.

use crate::answer::{Answer, inner, no_text, parted, refused, same, taken, utf8};
use crate::ledger::now;
use crate::world::NOW_MS;
use data_encoding::BASE64;
use imprint_courier::{
    Asking, Carrier, Hidden, Native, NoBrands, Office, Outcome, Parcel, Query, Shelves, Terms, To, Told,
};
use imprint_ledger::{MemoryTimers, MemoryValues};
use imprint_telemetry::Tally;
use ring::hmac;
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};

const TENANT: &str = "acme";
const USER: &str = "ada";
const BASE: &str = "https://imprint.example";
/// What the provider signs with.
const SECRET: &str = "12345";
const LEASE_MS: u64 = 60_000;
const WISHES: &str = r#"{"addresses":{"email":"ada@acme.example","phone":"+491701234567"}}"#;
const RULES: &str = r#"{"format":1,"rules":[{"name":"all","on":["brand-kit.compilation.finished"],"channels":["email","sms"]}]}"#;
const EVENT: &str = r#"{"specversion":"1.0","id":"e1","source":"/imprint/test","type":"com.brandgenerator.events.brand-kit.compilation.finished","subject":"br_1","tenant":"acme","time":"2026-11-21T00:00:00Z","data":{"id":"br_1","at_ms":1795219100000,"user_id":"ada","files":42}}"#;
/// Where an input has these, it gets a token that we gave away, and the signature of who may report.
const LINK: &str = "LINK";
const REPORT: &str = "REPORT";
const SIGNED: &str = "SIGNED";

/// Everybody takes what comes, and it is noted where we may be asked about it.
#[derive(Clone, Default)]
struct Noted(Arc<Mutex<Given>>);

#[derive(Clone, Default)]
struct Given {
    link: String,
    report: String,
}

impl Carrier for Noted {
    async fn carry(&self, parcel: Parcel) -> Told {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match parcel.to {
            To::Email { unsubscribe: Some(link), .. } => given.link = link,
            To::Sms { report: Some(report), .. } => given.report = report,
            _ => {}
        }
        Told { outcome: Outcome::Sent, answer: "sent".to_owned(), family: None }
    }
}

type Courier = Office<MemoryValues, MemoryTimers, Native, Noted, NoBrands>;

/// An office that sent a mail and a text message, and the tokens that it gave away with them.
async fn office() -> Result<(Arc<Courier>, Given), String> {
    let shelves = Shelves {
        settings: MemoryValues::default(),
        messages: MemoryValues::default(),
        keys: MemoryValues::default(),
    };
    let timers = MemoryTimers::claiming(Arc::new(|| NOW_MS), LEASE_MS);
    let sms_secret = Some(Hidden(SECRET.to_owned()));
    let terms = Terms { base_url: BASE.to_owned(), sms_secret, ..Terms::default() };
    let (noted, clock) = (Noted::default(), Arc::new(|| NOW_MS));
    let office =
        Office::new(shelves, timers, Native, noted.clone(), NoBrands, clock, Tally::default(), terms);
    let office = Arc::new(office);
    let asking = Asking { tenant: TENANT.to_owned(), now_ms: NOW_MS, ..Asking::default() };
    office.set(&asking, "rules", RULES).await.map_err(inner)?;
    office.set_preferences(&asking, USER, WISHES).await.map_err(inner)?;
    office.hear(EVENT.as_bytes()).await.map_err(inner)?;
    office.settle().await.map_err(inner)?;
    let given = noted.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let token = |address: &str, place: &str| {
        let token = address.strip_prefix(BASE).and_then(|rest| rest.strip_prefix(place));
        token.map(str::to_owned).ok_or_else(|| format!("{address:?} was given away"))
    };
    let given = Given {
        link: token(&given.link, "/unsubscribe/")?,
        report: token(&given.report, "/callbacks/sms/")?,
    };
    Ok((office, given))
}

/// The first line is the door: `look`, `leave` or `report`. The next is the token, and of a report the signature and the form.
pub(crate) fn ticket(bytes: &[u8]) -> Answer {
    let Some((door, rest)) = parted(bytes) else { return no_text() };
    let Some(rest) = utf8(rest) else { return no_text() };
    now(async {
        let (office, given) = office().await?;
        match door {
            "look" | "leave" => link(&office, door, &rest.replace(LINK, &given.link), &given.link).await,
            "report" => report(&office, rest, &given.report).await,
            _ => no_text(),
        }
    })
}

/// Nobody but us makes a link. Whoever leaves has left.
async fn link(office: &Courier, door: &str, token: &str, ours: &str) -> Answer {
    let asked = match door {
        "look" => office.look(token).await,
        _ => office.leave(token).await,
    };
    match asked {
        Err(fault) => refused(&fault),
        Ok(None) if token == ours => Err("a link of ours is not known".to_owned()),
        Ok(None) => Ok(Err("no link of ours".to_owned())),
        Ok(Some(link)) => {
            same("a token", &ours, &token)?;
            same("whether they left", &(door == "leave"), &link.is_off)?;
            let again = office.look(token).await.map_err(inner)?;
            same("a link", &Some(link), &again)?;
            taken(door)
        }
    }
}

/// Nobody but the provider is heard, at an address of ours, and only a word of theirs is kept.
async fn report(office: &Courier, rest: &str, ours: &str) -> Answer {
    let (token, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let (signature, form) = rest.split_once('\n').unwrap_or((rest, ""));
    let token = token.replace(REPORT, ours);
    let right = signed(&format!("{BASE}/callbacks/sms/{token}"), form);
    let signature = signature.replace(SIGNED, &right);
    match office.sms_report(&token, form, Some(signature.as_str())).await {
        Err(fault) => refused(&fault),
        Ok(false) => Ok(Err("no report of ours".to_owned())),
        Ok(true) => {
            same("a token", &ours, &token.as_str())?;
            same("a signature", &right, &signature)?;
            let query = Query { channel: Some("sms".to_owned()), limit: 1, ..Query::default() };
            let page = office.notices(TENANT, &query).await.map_err(inner)?;
            let notice = page.items.first().ok_or("the message is gone")?;
            let notice: Value = serde_json::from_str(notice).map_err(|why| why.to_string())?;
            let why = notice["why"].as_str().unwrap_or_default();
            if !why.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
                return Err(format!("{why:?} is kept of a report"));
            }
            taken(notice["status"].as_str().unwrap_or_default())
        }
    }
}

/// As Twilio signs: the address, and every field behind it, sorted by name.
fn signed(address: &str, form: &str) -> String {
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    fields.sort();
    let fields: String = fields.iter().map(|(name, value)| format!("{name}{value}")).collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, SECRET.as_bytes());
    BASE64.encode(hmac::sign(&key, format!("{address}{fields}").as_bytes()).as_ref())
}
