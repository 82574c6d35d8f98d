//! SMS through a provider that speaks as Twilio does.
//!
//! The interface has no way to say that a message is a repetition: where an answer is lost, a person may get it twice.

use super::{Outcome, Parcel, Told};
use crate::limits::{ANSWER_BYTES_MAX, ATTEMPT_MAX};
use core_notify::Attempt;
use data_encoding::BASE64;
use imprint_outbound::{Call, Method, Outbound};
use serde_json::Value;

/// Three parts of a message; more costs as many messages more.
const CHARS_MAX: usize = 459;
/// Numbers that are none, cannot be reached, or want nothing more.
const NO_SUCH: &[u64] = &[21211, 21214, 21217, 21407, 21610, 21612, 21614, 30005, 30006];

/// An account.
pub(crate) struct Sms {
    pub(crate) outbound: Outbound,
    /// Up to and without `/2010-04-01`.
    pub(crate) url: String,
    pub(crate) account: String,
    pub(crate) token: String,
    /// A number, or the id of a messaging service (`MG…`).
    pub(crate) from: String,
}

impl Sms {
    pub(crate) async fn send(&self, parcel: &Parcel, number: &str, report: Option<&str>) -> Told {
        if !is_number(number) {
            return Told::new(Outcome::Failed, "the receiver is no number");
        }
        let text: String = parcel.letter.text.chars().take(CHARS_MAX).collect();
        let sender = if self.from.starts_with("MG") { "MessagingServiceSid" } else { "From" };
        let mut fields = vec![("To", number), (sender, &self.from), ("Body", &text)];
        fields.extend(report.map(|address| ("StatusCallback", address)));
        let body = form(&fields);
        let login = BASE64.encode(format!("{}:{}", self.account, self.token).as_bytes());
        let call = Call {
            method: Method::POST,
            url: format!("{}/2010-04-01/Accounts/{}/Messages.json", self.url, self.account),
            headers: vec![
                ("authorization", format!("Basic {login}")),
                ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ],
            body: body.into(),
        };
        match self.outbound.once(call, ATTEMPT_MAX, ANSWER_BYTES_MAX).await {
            Ok(Ok(answer)) => {
                let wait = answer.headers.get("retry-after").and_then(|text| text.to_str().ok());
                judged(answer.status.as_u16(), wait, &answer.body)
            }
            Ok(Err(why)) => Told::silent(why),
            Err(fault) => Told::new(Outcome::Failed, fault.code),
        }
    }
}

fn judged(status: u16, wait: Option<&str>, body: &[u8]) -> Told {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = said["code"].as_u64();
    let answer = code.map_or(status.to_string(), |code| format!("{status} {code}"));
    let outcome = match status {
        200..=299 => Outcome::Sent,
        _ if code.is_some_and(is_no_such) => Outcome::Bounced,
        // Our own account: that is mended, and says nothing of the receiver.
        401 | 403 => Outcome::Tried(Attempt::Silent),
        400..=428 | 430..=499 => Outcome::Failed,
        _ => {
            let retry_after_s = wait.and_then(core_notify::retry_after);
            Outcome::Tried(Attempt::Answered { status, retry_after_s })
        }
    };
    Told::new(outcome, answer)
}

/// Whether a code of the provider says that nobody is reached by this number.
pub(crate) fn is_no_such(code: u64) -> bool {
    NO_SUCH.contains(&code)
}

/// As E.164 has them.
pub(crate) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn form(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        let letter = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        };
        text.bytes().map(letter).collect()
    };
    let field = |(name, value): &(&str, &str)| format!("{name}={}", escaped(value));
    fields.iter().map(field).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_judged() {
        let told = |status, body: &str| judged(status, None, body.as_bytes()).outcome;
        let later = |status| Outcome::Tried(Attempt::Answered { status, retry_after_s: None });
        assert_eq!(told(201, r#"{"sid":"SM1","status":"queued"}"#), Outcome::Sent);
        assert_eq!(told(400, r#"{"code":21211}"#), Outcome::Bounced);
        assert_eq!(told(400, r#"{"code":21602}"#), Outcome::Failed);
        assert_eq!(told(401, r#"{"code":20003}"#), Outcome::Tried(Attempt::Silent));
        assert_eq!(told(429, r#"{"code":20429}"#), later(429));
        assert_eq!(told(503, "<html>"), later(503));
    }

    #[test]
    fn numbers_are_those_of_the_world() {
        assert!(is_number("+491701234567"));
        for wrong in ["", "+", "0170123456", "+0170123456", "+49 170", "+1234567890123456", "+49170\r\nx"] {
            assert!(!is_number(wrong), "{wrong:?}");
        }
        assert_eq!(form(&[("To", "+49"), ("Body", "a b&ü")]), "To=%2B49&Body=a%20b%26%C3%BC");
    }
}
