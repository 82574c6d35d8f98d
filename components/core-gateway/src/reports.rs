//! What providers say later of messages that they took, as Twilio says it.
//!
//! The address was given with the message and holds its token, so nobody shows a key. The courier knows whether it must be
//! signed, and reads the form.

use crate::api::Visit;
use crate::desk::is_token;
use crate::http::Response;
use core_brand::Fault;
use core_brand::fault::Code;

/// How Twilio signs what it says.
const SIGNATURE: &str = "x-twilio-signature";

/// `POST /callbacks/sms/{token}`.
pub(crate) fn sms(visit: &Visit<'_>) -> Result<Response, Fault> {
    let (token, missing) = (visit.part("token"), || Fault::new(Code::HttpMissing, []));
    if !is_token(token) {
        return Err(missing());
    }
    let form = String::from_utf8_lossy(visit.request.body.as_deref().unwrap_or_default());
    let call = visit.call("report", "sms");
    let signature = visit.request.header(SIGNATURE);
    match visit.platform.desk().sms_report(&call, token, &form, signature)? {
        true => Ok(Response::empty(204)),
        false => Err(missing()),
    }
}
