//! What providers say later of messages that they took, as Twilio says it.
//!
//! The address was given with the message and holds its token, so nobody shows a key.

use crate::api::Visit;
use crate::desk::is_token;
use crate::http::Response;
use core_brand::Fault;
use core_brand::fault::Code;

/// Words and numbers of a provider are short; what is longer is none.
const WORD_BYTES_MAX: usize = 32;

/// `POST /callbacks/sms/{token}`.
pub(crate) fn sms(visit: &Visit<'_>) -> Result<Response, Fault> {
    let (token, missing) = (visit.part("token"), || Fault::new(Code::HttpMissing, []));
    if !is_token(token) {
        return Err(missing());
    }
    let body = visit.request.body.as_deref().unwrap_or_default();
    let fields: Vec<_> = form_urlencoded::parse(body).collect();
    let field = |name: &str| {
        let found = fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref());
        let is_word = |text: &&str| {
            text.len() <= WORD_BYTES_MAX && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        found.filter(is_word).filter(|text| !text.is_empty())
    };
    let call = visit.call("report", "sms");
    let status = field("MessageStatus").unwrap_or_default();
    match visit.platform.desk().sms_report(&call, token, status, field("ErrorCode"))? {
        true => Ok(Response::empty(204)),
        false => Err(missing()),
    }
}
