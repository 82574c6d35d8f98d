//! What a provider says later of a message that it took: the contract `imprint:courier/reports`.
//!
//! With a text message goes an address of ours with a token of that message, sealed with a key of the tenant. Whoever has it
//! may say what became of that message, and of no other; where the operator wants it so, only the provider, who signs.

use crate::limits::{REPORT_WAIT, WISH_BYTES_MAX};
use crate::meters::NOTICES;
use crate::model::Status;
use crate::office::{Brands, Hidden, Office};
use crate::scribe::Scribe;
use crate::send::sms::is_no_such;
use crate::store::{self, save};
use crate::ticket::{Act, Opened};
use core_brand::Fault;
use core_brand::fault::Code;
use data_encoding::BASE64;
use imprint_ledger::{Timers, Values};
use ring::hmac;
use tokio::time::{Instant, sleep};
use tracing::warn;

/// Where reports go, below the address of the platform.
const PLACE: &str = "callbacks/sms";
const REPORT: Act = Act { name: "report", seal: |tenant, _| store::endpoints_seal(tenant) };
/// Between two looks whether a message is stored as sent.
const TICK: std::time::Duration = std::time::Duration::from_millis(100);
/// Words and numbers of a provider are short.
const WORD_BYTES_MAX: usize = 32;

impl<V, T, S, C, B> Office<V, T, S, C, B>
where
    V: Values,
    T: Timers,
    S: Scribe,
    B: Brands,
    C: Send + Sync,
{
    /// Where a provider may say what became of a message. Nothing where nobody outside reaches us by TLS: a provider
    /// refuses a message with an address that it cannot reach.
    pub(crate) async fn report_to(&self, tenant: &str, id: &str) -> Result<Option<String>, Fault> {
        if !self.terms.base_url.starts_with("https://") {
            return Ok(None);
        }
        let token = self.ticket(&REPORT, tenant, id, id).await?;
        Ok(Some(format!("{}/{PLACE}/{token}", self.terms.base_url)))
    }

    /// What a provider says of a text message, as a form. `false` where it says nothing of ours.
    pub async fn sms_report(&self, token: &str, form: &str, signature: Option<&str>) -> Result<bool, Fault> {
        self.let_in(REPORT.name, token)?;
        if form.len() > WISH_BYTES_MAX {
            return Ok(false);
        }
        let fields: Vec<(String, String)> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
        let address = format!("{}/{PLACE}/{token}", self.terms.base_url);
        let is_signed = |secret: &Hidden| is_signed(&secret.0, &address, &fields, signature);
        if !self.terms.sms_secret.as_ref().is_none_or(is_signed) {
            warn!("a report without the signature of the provider is not heard");
            return Ok(false);
        }
        let Some(Opened { tenant, id, .. }) = self.opened(&REPORT, token).await? else { return Ok(false) };
        let status = word(&fields, "MessageStatus").unwrap_or_default();
        let Some((status, why)) = meant(status, word(&fields, "ErrorCode")) else { return Ok(true) };
        let until = Instant::now() + REPORT_WAIT;
        loop {
            let Some((revision, mut notice)) = self.notice_of(tenant, id).await? else { return Ok(false) };
            match notice.status {
                Status::Sent => {
                    notice.status = status;
                    notice.why.clone_from(&why);
                    let key = store::notice_key(tenant, id);
                    match save(&self.shelves.messages, &key, Some(revision), &notice).await {
                        Ok(_) => {
                            let labels = [("channel", notice.channel.as_str()), ("status", status.as_str())];
                            self.meters.count(&NOTICES, &labels);
                            return Ok(true);
                        }
                        Err(fault) if fault.is(Code::Conflict) => {}
                        Err(fault) => return Err(fault),
                    }
                }
                // It came before we wrote down that the provider took it.
                Status::Queued if Instant::now() < until => sleep(TICK).await,
                Status::Queued => {
                    return Err(Fault::new(
                        Code::Conflict,
                        [("expected", "sent".to_owned()), ("found", "queued".to_owned())],
                    ));
                }
                _ => return Ok(true),
            }
        }
    }
}

/// A field that is one short word; nothing else of a stranger's is looked at.
fn word<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let (_, value) = fields.iter().find(|(known, _)| known == name)?;
    let is_word = !value.is_empty()
        && value.len() <= WORD_BYTES_MAX
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_word.then_some(value.as_str())
}

/// Whether this is the signature of Twilio: HMAC-SHA1 over the address and every field, sorted by name, in base64.
fn is_signed(secret: &str, address: &str, fields: &[(String, String)], signature: Option<&str>) -> bool {
    let Some(signature) = signature.and_then(|text| BASE64.decode(text.as_bytes()).ok()) else {
        return false;
    };
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort();
    let fields: String = fields.into_iter().map(|(name, value)| format!("{name}{value}")).collect();
    // The only one that Twilio has; what is attacked in SHA-1 is of no use against HMAC.
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
    hmac::verify(&key, format!("{address}{fields}").as_bytes(), &signature).is_ok()
}

/// What a status of the provider says for good; nothing while the message is on its way.
fn meant(status: &str, code: Option<&str>) -> Option<(Status, Option<String>)> {
    // A code is a number; nothing else of a stranger's is kept.
    let number: Option<u64> = code.and_then(|code| code.parse().ok());
    let why = || Some(number.map_or(status.to_owned(), |number| format!("{status} {number}")));
    match status {
        "delivered" | "read" => Some((Status::Delivered, None)),
        "undelivered" | "failed" if number.is_some_and(is_no_such) => Some((Status::Bounced, why())),
        "undelivered" | "failed" => Some((Status::Failed, why())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_signed;

    /// The example of Twilio's manual; the signature was computed with another library.
    #[test]
    fn a_signature_is_checked_as_twilio_makes_it() {
        let fields = [
            ("To", "+18005551212"),
            ("CallSid", "CA1234567890ABCDE"),
            ("From", "+12349013030"),
            ("Digits", "1234"),
            ("Caller", "+12349013030"),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let address = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let signature = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=";
        assert!(is_signed("12345", address, &fields, Some(signature)));
        let other =
            signature.replacen(&signature[..1], if signature.starts_with('A') { "B" } else { "A" }, 1);
        let cases = [
            ("12346", address, &fields[..], Some(signature)),
            ("12345", "https://mycompany.com/myapp.php", &fields[..], Some(signature)),
            ("12345", address, &fields[1..], Some(signature)),
            ("12345", address, &fields[..], Some(other.as_str())),
            ("12345", address, &fields[..], Some("?")),
            ("12345", address, &fields[..], Some("")),
            ("12345", address, &fields[..], None),
        ];
        for (secret, address, fields, signature) in cases {
            assert!(!is_signed(secret, address, fields, signature), "{secret} {address} {signature:?}");
        }
    }
}
