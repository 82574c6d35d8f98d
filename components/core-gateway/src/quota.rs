//! How much one tenant may have in hand, as every answer of the API says it.
//!
//! The ledger counts and refuses, because a component remembers nothing; here it is only told.

use crate::api::Visit;
use crate::http::Response;
use core_saga::OPEN_MAX;

/// What every answer of the API says: the quota is of brands in hand at once, not of requests in a window.
pub(crate) fn policy() -> String {
    format!("\"open\";q={OPEN_MAX};qu=\"concurrent-requests\"")
}

/// Nothing is left; come back after this long.
pub(crate) fn none_left(seconds: u32) -> String {
    format!("\"open\";r=0;t={seconds}")
}

/// What is left after something was taken. Where the ledger does not say, nothing is said.
pub(crate) fn told(visit: &Visit<'_>, answer: Response) -> Response {
    match visit.platform.standing(&visit.call("quota", "standing")) {
        Ok(now) => answer.with("ratelimit", format!("\"open\";r={}", now.open_max.saturating_sub(now.open))),
        Err(_) => answer,
    }
}
