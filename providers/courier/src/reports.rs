//! What a provider says later of a message that it took: the contract `imprint:courier/reports`.
//!
//! With a text message goes an address of ours with a token of that message, sealed with a key of the tenant. Whoever has it may say what became of that message, and of no other.

use crate::limits::REPORT_WAIT;
use crate::meters::NOTICES;
use crate::model::Status;
use crate::office::{Brands, Office};
use crate::scribe::Scribe;
use crate::send::sms::is_no_such;
use crate::store::{self, save};
use crate::ticket::{Act, Opened};
use core_brand::Fault;
use core_brand::fault::Code;
use imprint_ledger::{Timers, Values};
use tokio::time::{Instant, sleep};

/// Where reports go, below the address of the platform.
const PLACE: &str = "callbacks/sms";
const REPORT: Act = Act { name: "report", seal: |tenant, _| store::endpoints_seal(tenant) };
/// Between two looks whether a message is stored as sent.
const TICK: std::time::Duration = std::time::Duration::from_millis(100);

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

    /// What a provider says of a text message. `false` where it says nothing of ours.
    pub async fn sms_report(&self, token: &str, status: &str, code: Option<&str>) -> Result<bool, Fault> {
        let Some(Opened { tenant, id, .. }) = self.opened(&REPORT, token).await? else { return Ok(false) };
        let Some((status, why)) = meant(status, code) else { return Ok(true) };
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
