//! A folder in place of the world: mails as `.eml`, everything else as `.json`, each under its id.

use super::{Outcome, Parcel, To, Told, mail};
use core_notify::sign;
use serde_json::json;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Takes messages in place of all channels.
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    /// Whom mails come from.
    pub(crate) from: String,
}

impl Folder {
    pub(crate) fn put(&self, parcel: &Parcel) -> Told {
        let (ending, bytes) = match self.text(parcel) {
            Ok(text) => text,
            Err(why) => return Told::new(Outcome::Failed, why),
        };
        let name = format!("{}-{}.{ending}", parcel.channel.as_str(), parcel.id);
        match write_whole(&self.root, &name, &bytes) {
            Ok(()) => Told::new(Outcome::Sent, "written"),
            Err(why) => Told::silent(format!("not written: {}", why.kind())),
        }
    }

    fn text(&self, parcel: &Parcel) -> Result<(&'static str, Vec<u8>), String> {
        let letter = &parcel.letter;
        let message = match &parcel.to {
            To::Email { address, unsubscribe } => {
                let made = mail::message(&self.from, parcel, address, unsubscribe.as_deref())?;
                return Ok(("eml", made.formatted()));
            }
            To::Hook { url, keys } => {
                let body = letter.payload.as_deref().unwrap_or_default();
                let signed = sign(keys, &parcel.id, parcel.at_ms / 1000, body.as_bytes());
                json!({ "url": url, "webhook-id": signed.id, "webhook-timestamp": signed.timestamp,
                    "webhook-signature": signed.signature, "body": body })
            }
            To::Sms { number, report } => {
                json!({ "to": number, "text": letter.text, "report": report })
            }
            To::Push { .. } => {
                json!({ "subject": letter.subject, "text": letter.text, "payload": letter.payload })
            }
        };
        serde_json::to_vec_pretty(&message).map(|bytes| ("json", bytes)).map_err(|why| why.to_string())
    }
}

/// Whole or not there: written beside, then renamed.
fn write_whole(root: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(root)?;
    let beside = root.join(format!("{name}.partial"));
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    fs::rename(&beside, root.join(name))
}
