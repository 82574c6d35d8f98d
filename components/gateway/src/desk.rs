//! The courier over the imports of the world.

use crate::calls::{Lattice, answer};
use crate::remote::imprint::courier::{desk, leaving, reports};
use core_brand::Fault;
use core_gateway::{Call, Desk, Link, News, NoticeQuery, Notices, Setting};

const COURIER: &str = "imprint-courier";

impl Desk for Lattice {
    fn notices(&self, call: &Call, query: NoticeQuery) -> Result<Notices, Fault> {
        let NoticeQuery { channel, status, endpoint, cursor, limit } = query;
        let query = desk::Query { channel, status, endpoint, cursor, limit };
        let page = answer(COURIER, desk::notices(&self.context(call), &query))?;
        Ok(Notices { items: page.items, next: page.next })
    }

    fn notice(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        answer(COURIER, desk::notice(&self.context(call), id))
    }

    fn redrive(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        answer(COURIER, desk::redrive(&self.context(call), id))
    }

    fn news(&self, call: &Call, after: u64, limit: u32, wait_ms: u32) -> Result<News, Fault> {
        let feed = answer(COURIER, desk::news(&self.context(call), &call.user, after, limit, wait_ms))?;
        Ok(News { items: feed.items, unread: feed.unread, last: feed.last })
    }

    fn mark(&self, call: &Call, ids: &[String], up_to: u64) -> Result<u32, Fault> {
        answer(COURIER, desk::mark(&self.context(call), &call.user, ids, up_to))
    }

    fn endpoints(&self, call: &Call) -> Result<Vec<String>, Fault> {
        answer(COURIER, desk::endpoints(&self.context(call)))
    }

    fn endpoint(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        answer(COURIER, desk::endpoint(&self.context(call), id))
    }

    fn add_endpoint(&self, call: &Call, wish: &str) -> Result<String, Fault> {
        answer(COURIER, desk::add_endpoint(&self.context(call), wish))
    }

    fn change_endpoint(&self, call: &Call, id: &str, wish: &str) -> Result<Option<String>, Fault> {
        answer(COURIER, desk::change_endpoint(&self.context(call), id, wish))
    }

    fn remove_endpoint(&self, call: &Call, id: &str) -> Result<bool, Fault> {
        answer(COURIER, desk::remove_endpoint(&self.context(call), id))
    }

    fn rotate_secret(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        answer(COURIER, desk::rotate_secret(&self.context(call), id))
    }

    fn try_endpoint(&self, call: &Call, id: &str) -> Result<Option<String>, Fault> {
        answer(COURIER, desk::try_endpoint(&self.context(call), id))
    }

    fn replay(&self, call: &Call, id: &str, from_ms: u64, until_ms: u64) -> Result<Option<u32>, Fault> {
        answer(COURIER, desk::replay(&self.context(call), id, from_ms, until_ms))
    }

    fn setting(&self, call: &Call, kind: Setting) -> Result<Option<String>, Fault> {
        answer(COURIER, desk::setting(&self.context(call), kind.as_str()))
    }

    fn set(&self, call: &Call, kind: Setting, text: &str) -> Result<String, Fault> {
        answer(COURIER, desk::set(&self.context(call), kind.as_str(), text))
    }

    fn preferences(&self, call: &Call) -> Result<Option<String>, Fault> {
        answer(COURIER, desk::preferences(&self.context(call), &call.user))
    }

    fn set_preferences(&self, call: &Call, text: &str) -> Result<String, Fault> {
        answer(COURIER, desk::set_preferences(&self.context(call), &call.user, text))
    }

    fn forget(&self, call: &Call) -> Result<bool, Fault> {
        answer(COURIER, desk::forget(&self.context(call), &call.user))
    }

    fn push_key(&self, call: &Call) -> Result<Option<String>, Fault> {
        answer(COURIER, desk::push_key(&self.context(call)))
    }

    fn subscribe(&self, call: &Call, subscription: &str) -> Result<String, Fault> {
        answer(COURIER, desk::subscribe(&self.context(call), &call.user, subscription))
    }

    fn unsubscribe(&self, call: &Call, id: &str) -> Result<bool, Fault> {
        answer(COURIER, desk::unsubscribe(&self.context(call), &call.user, id))
    }

    fn look(&self, call: &Call, token: &str) -> Result<Option<Link>, Fault> {
        Ok(answer(COURIER, leaving::look(&self.context(call), token))?.map(link))
    }

    fn leave(&self, call: &Call, token: &str) -> Result<Option<Link>, Fault> {
        Ok(answer(COURIER, leaving::leave(&self.context(call), token))?.map(link))
    }

    fn sms_report(
        &self,
        call: &Call,
        token: &str,
        form: &str,
        signature: Option<&str>,
    ) -> Result<bool, Fault> {
        answer(COURIER, reports::sms(&self.context(call), token, form, signature))
    }
}

fn link(link: leaving::Link) -> Link {
    Link { rule: link.rule, language: link.language, is_off: link.is_off }
}
