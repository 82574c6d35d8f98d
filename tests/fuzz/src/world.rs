//! A platform where everybody answers and nothing is kept: what the surface makes of a request is all that is looked at.

use core_brand::brief::NAME_CHARS_MAX;
use core_brand::{BlobRef, Body, Design, Document, Fault, broken};
use core_gateway::token::{self, Claims};
use core_gateway::{
    Call, Desk, Link, Mark, News, NoticeQuery, Notices, Order, Page, Platform, PublicEvent, Query, Receipt,
    Setting, Standing, Submission,
};
use core_saga::View;

const SEED: [u8; 32] = [7; 32];
/// 21 November 2026.
pub(crate) const NOW_MS: u64 = 1_795_219_200_000;
/// A document of the courier.
const DOCUMENT: &str = r#"{"id":"x1"}"#;

/// What a page has at most, and the longest place of one.
const LIMIT_MAX: u32 = 100;
const CURSOR_BYTES_MAX: usize = 2048;

pub(crate) struct World;

/// A token that holds here.
pub(crate) fn token() -> String {
    token::sign(&SEED, "k1", &claims())
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

/// What reaches a list was looked at: a page has an end, a cursor is of plain letters, and no word is endless.
fn asked_for(limit: u32, cursor: Option<&str>, words: [&Option<String>; 3]) -> Result<(), Fault> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
    let is_cursor = |cursor: &str| cursor.len() <= CURSOR_BYTES_MAX && cursor.bytes().all(is_plain);
    let is_word = |word: &String| word.chars().count() <= NAME_CHARS_MAX;
    let is_fine = (1..=LIMIT_MAX).contains(&limit)
        && cursor.is_none_or(is_cursor)
        && words.into_iter().flatten().all(is_word);
    if is_fine { Ok(()) } else { Err(broken!("{limit} behind {cursor:?} of {words:?} was asked for")) }
}

impl Platform for World {
    fn now_ms(&self) -> u64 {
        NOW_MS
    }

    fn pause(&self, _: u64) {}

    fn random(&self) -> u64 {
        7
    }

    fn log(&self, _: &str) {}

    fn setting(&self, key: &str) -> Result<Option<String>, Fault> {
        Ok((key == "key.k1").then(|| token::public_key(&SEED)))
    }

    fn submit(&self, _: &Call, submissions: Vec<Submission>) -> Result<Vec<Receipt>, Fault> {
        Ok(submissions.into_iter().map(|one| Receipt { fresh: true, first: one.first }).collect())
    }

    fn view(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        Ok(Some(View::new(id, &call.tenant)))
    }

    fn views(&self, _: &Call, query: Query) -> Result<Page, Fault> {
        let order = match query.order {
            Order::Newest => 'c',
            Order::Oldest => 'o',
            Order::Name => 'a',
        };
        let asked = [&query.status, &query.industry, &query.name_starts];
        asked_for(query.limit, query.cursor.as_deref(), asked)?;
        // The first page leads to the second, and that to itself.
        let next = query.cursor.unwrap_or_else(|| format!("n{order}1f-6162"));
        Ok(Page { next: Some(next), ..Page::default() })
    }

    fn standing(&self, _: &Call) -> Result<Standing, Fault> {
        Ok(Standing { open: 0, open_max: 100 })
    }

    fn events(&self, _: &Call, _: &str, _: u64, _: u32) -> Result<Vec<PublicEvent>, Fault> {
        Ok(Vec::new())
    }

    fn cancel(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        self.view(call, id)
    }

    fn erase(&self, call: &Call, id: &str) -> Result<Option<View>, Fault> {
        self.view(call, id)
    }

    fn blob(&self, _: &Call, _: &BlobRef) -> Result<Vec<u8>, Fault> {
        Ok(Vec::new())
    }

    fn render(&self, _: &Call, _: Option<&str>, _: &str, _: u32) -> Result<Vec<u8>, Fault> {
        Ok(Vec::new())
    }

    fn design(&self, _: &Call, _: Option<&str>, order: Document) -> Result<Vec<Document>, Fault> {
        let Body::Inline(order) = order.body else { return Err(broken!("an order is inline")) };
        let order = serde_json::from_slice(&order).map_err(|why| broken!("the order: {why}"))?;
        Ok(vec![Document::working(Design::DOCUMENT, &core_design::decide(&order)?)?])
    }

    fn mark(&self, _: &Call, _: Option<&str>, _: (&str, &str), rank: u32) -> Result<Mark, Fault> {
        let text = |what: &str| format!("{what} {rank}");
        Ok(Mark { concept: text("concept"), title: text("title"), idea: text("idea"), svg: text("svg") })
    }

    fn desk(&self) -> &dyn Desk {
        self
    }
}

impl Desk for World {
    fn notices(&self, _: &Call, query: NoticeQuery) -> Result<Notices, Fault> {
        let asked = [&query.channel, &query.status, &query.endpoint];
        asked_for(query.limit, query.cursor.as_deref(), asked)?;
        Ok(Notices { next: Some(query.cursor.unwrap_or_else(|| "7.n1".to_owned())), ..Notices::default() })
    }

    fn notice(&self, _: &Call, _: &str) -> Result<Option<String>, Fault> {
        Ok(Some(DOCUMENT.to_owned()))
    }

    fn redrive(&self, _: &Call, _: &str) -> Result<Option<String>, Fault> {
        Ok(Some(DOCUMENT.to_owned()))
    }

    fn news(&self, _: &Call, _: u64, _: u32, _: u32) -> Result<News, Fault> {
        Ok(News::default())
    }

    fn mark(&self, _: &Call, _: &[String], _: u64) -> Result<u32, Fault> {
        Ok(0)
    }

    fn endpoints(&self, _: &Call) -> Result<Vec<String>, Fault> {
        Ok(Vec::new())
    }

    fn endpoint(&self, _: &Call, _: &str) -> Result<Option<String>, Fault> {
        Ok(Some(DOCUMENT.to_owned()))
    }

    fn add_endpoint(&self, _: &Call, _: &str) -> Result<String, Fault> {
        Ok(DOCUMENT.to_owned())
    }

    fn change_endpoint(&self, _: &Call, _: &str, _: &str) -> Result<Option<String>, Fault> {
        Ok(Some(DOCUMENT.to_owned()))
    }

    fn remove_endpoint(&self, _: &Call, _: &str) -> Result<bool, Fault> {
        Ok(true)
    }

    fn rotate_secret(&self, _: &Call, _: &str) -> Result<Option<String>, Fault> {
        Ok(Some(DOCUMENT.to_owned()))
    }

    fn try_endpoint(&self, _: &Call, _: &str) -> Result<Option<String>, Fault> {
        Ok(Some(DOCUMENT.to_owned()))
    }

    fn replay(&self, _: &Call, _: &str, _: u64, _: u64) -> Result<Option<u32>, Fault> {
        Ok(Some(0))
    }

    fn setting(&self, _: &Call, _: Setting) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    fn set(&self, _: &Call, kind: Setting, text: &str) -> Result<String, Fault> {
        core_notify::check(kind.as_str(), text)
    }

    fn preferences(&self, _: &Call) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    fn set_preferences(&self, _: &Call, text: &str) -> Result<String, Fault> {
        core_notify::check("preferences", text)
    }

    fn forget(&self, _: &Call) -> Result<bool, Fault> {
        Ok(true)
    }

    fn push_key(&self, _: &Call) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    fn subscribe(&self, _: &Call, _: &str) -> Result<String, Fault> {
        Ok(DOCUMENT.to_owned())
    }

    fn unsubscribe(&self, _: &Call, _: &str) -> Result<bool, Fault> {
        Ok(true)
    }

    fn look(&self, _: &Call, _: &str) -> Result<Option<Link>, Fault> {
        Ok(None)
    }

    fn leave(&self, _: &Call, _: &str) -> Result<Option<Link>, Fault> {
        Ok(None)
    }

    fn sms_report(&self, _: &Call, _: &str, _: &str, _: Option<&str>) -> Result<bool, Fault> {
        Ok(false)
    }
}
