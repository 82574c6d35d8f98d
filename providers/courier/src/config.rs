//! What an operator says. Secrets stand in files, and are read once.

use crate::limits::LEASE_MS;
use crate::office::{Hidden, Terms};
use crate::send::dkim::Signer;
use crate::send::folder::Folder;
use crate::send::hook::Hooks;
use crate::send::http::Http;
use crate::send::mail::{Mail, Server};
use crate::send::push::{Push, Sender};
use crate::send::sms::Sms;
use crate::send::{Names, Post};
use core_brand::{Fault, broken};
use core_notify::Reach;
use imprint_outbound::Outbound;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A claim must outlast an attempt, and not leave a dead courier's messages for long.
const LEASE_MS_RANGE: std::ops::RangeInclusive<u64> = 2000..=600_000;

/// The settings of the courier, by name.
#[derive(Clone, Debug)]
pub struct Settings<'a>(pub &'a BTreeMap<String, String>);

impl Settings<'_> {
    fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    fn needed(&self, key: &str, of: &str) -> Result<&str, Fault> {
        self.text(key).ok_or_else(|| broken!("`{key}` of the courier is missing; `{of}` needs it"))
    }

    fn path(&self, key: &str) -> Option<PathBuf> {
        self.text(key).map(PathBuf::from)
    }

    /// What a file holds, without the blanks around it.
    fn secret(&self, key: &str, of: &str) -> Result<String, Fault> {
        let path = self.needed(key, of)?;
        let read = std::fs::read_to_string(path);
        read.map(|text| text.trim().to_owned()).map_err(|why| broken!("the file `{path}` of `{key}`: {why}"))
    }

    fn reach(&self) -> Result<Reach, Fault> {
        let networks =
            self.text("networks").unwrap_or_default().split(',').filter(|text| !text.trim().is_empty());
        Reach::read(networks)
            .map_err(|bad| broken!("`networks` of the courier: `{bad}` is not a network such as 10.1.0.0/16"))
    }

    fn allows_local(&self) -> bool {
        self.text("networks").is_some()
    }

    /// What is not a way out.
    pub fn terms(&self) -> Result<Terms, Fault> {
        let usual = Terms::default();
        let lease_ms = match self.text("lease_ms").map(str::parse) {
            None => LEASE_MS,
            Some(Ok(lease_ms)) if LEASE_MS_RANGE.contains(&lease_ms) => lease_ms,
            Some(_) => return Err(broken!("`lease_ms` of the courier is not from 2000 to 600000")),
        };
        let sms_secret = match self.text("sms_signed") {
            None | Some("false") => None,
            Some("true") => Some(Hidden(self.secret("sms_token_file", "sms_signed")?)),
            Some(_) => return Err(broken!("`sms_signed` of the courier is neither `true` nor `false`")),
        };
        Ok(Terms {
            base_url: self
                .text("base_url")
                .map_or(usual.base_url, |url| url.trim_end_matches('/').to_owned()),
            locale: self.text("locale").map_or(usual.locale, str::to_owned),
            allows_local: self.allows_local(),
            push_key: self.sender()?.map(|sender| sender.public()),
            lease_ms,
            sms_secret,
        })
    }

    /// The ways out that are set up.
    pub fn post(&self) -> Result<Post, Fault> {
        self.post_by(Names::System)
    }

    /// The same, with somebody else to say what the names of receivers lead to.
    pub fn post_by(&self, names: Names) -> Result<Post, Fault> {
        if let Some(root) = self.path("outbox") {
            let from = self.text("mail_from").unwrap_or("imprint@localhost").to_owned();
            return Ok(Post { folder: Some(Folder { root, from }), ..Post::default() });
        }
        let http = Arc::new(Http::new(self.reach()?, names, self.path("authorities").as_deref())?);
        let allows_local = self.allows_local();
        let push = self.sender()?.map(|sender| Push { http: Arc::clone(&http), allows_local, sender });
        Ok(Post {
            mail: self.mail()?,
            hooks: Some(Hooks { http, allows_local }),
            sms: self.sms()?,
            push,
            folder: None,
        })
    }

    fn mail(&self) -> Result<Option<Mail>, Fault> {
        let Some(url) = self.text("smtp") else { return Ok(None) };
        let server = Server::read(url).ok_or_else(|| {
            broken!(
                "`smtp` of the courier must be smtps://host, smtp://host or smtp+plain://host, without a user"
            )
        })?;
        let login = match self.text("smtp_user") {
            Some(user) => Some((user.to_owned(), self.secret("smtp_password_file", "smtp_user")?)),
            None => None,
        };
        let signer = match self.path("dkim_key_file") {
            Some(path) => {
                let domain = self.needed("dkim_domain", "dkim_key_file")?;
                Some(Signer::read(domain, self.needed("dkim_selector", "dkim_key_file")?, &path)?)
            }
            None => None,
        };
        let from = self.needed("mail_from", "smtp")?;
        Mail::new(&server, login, self.path("authorities").as_deref(), from, signer).map(Some)
    }

    fn sms(&self) -> Result<Option<Sms>, Fault> {
        let Some(account) = self.text("sms_account") else { return Ok(None) };
        let url = self.text("sms_url").unwrap_or("https://api.twilio.com").trim_end_matches('/').to_owned();
        Ok(Some(Sms {
            outbound: Outbound::new()?,
            url,
            account: account.to_owned(),
            token: self.secret("sms_token_file", "sms_account")?,
            from: self.needed("sms_from", "sms_account")?.to_owned(),
        }))
    }

    fn sender(&self) -> Result<Option<Sender>, Fault> {
        let Some(path) = self.text("push_key_file") else { return Ok(None) };
        let contact = self.needed("push_contact", "push_key_file")?;
        Sender::read(Path::new(path), contact).map(Some)
    }
}
