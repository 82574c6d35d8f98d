//! What an operator says of the courier: a file of JSON with a text for each name. Secrets stand in files of their own.

use crate::up::Wanted;
use crate::wrong::wrong;
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::Path;

/// A page of settings; more is another file.
const BYTES_MAX: u64 = 64 << 10;
/// What can be said. The README of the courier tells what each is.
const NAMES: &[&str] = &[
    "authorities",
    "base_url",
    "dkim_domain",
    "dkim_key_file",
    "dkim_selector",
    "locale",
    "mail_from",
    "networks",
    "outbox",
    "push_contact",
    "push_key_file",
    "sms_account",
    "sms_from",
    "sms_signed",
    "sms_token_file",
    "sms_url",
    "smtp",
    "smtp_password_file",
    "smtp_user",
];
/// Files that must be there, beside those whose names end in `_file`.
const AUTHORITIES: &str = "authorities";
/// A folder that is made.
const OUTBOX: &str = "outbox";

/// Reads and checks such a file. Paths in it begin at its folder.
pub fn read(path: &Path) -> Result<BTreeMap<String, String>> {
    let shown = path.display();
    let length = match std::fs::metadata(path) {
        Ok(known) => known.len(),
        Err(why) => wrong!("the settings of the courier cannot be read from `{shown}` ({why})"),
    };
    if length > BYTES_MAX {
        wrong!("`{shown}` has {length} bytes; settings of the courier have at most {BYTES_MAX}");
    }
    let said: BTreeMap<String, String> = match serde_json::from_slice(&std::fs::read(path)?) {
        Ok(said) => said,
        Err(why) => {
            wrong!("`{shown}` is no object of texts, such as {{\"smtp\": \"smtps://mail.example\"}}: {why}")
        }
    };
    let folder = path.canonicalize()?.parent().map(Path::to_owned).unwrap_or_default();
    let mut settings = BTreeMap::new();
    for (name, value) in said {
        if !NAMES.contains(&name.as_str()) {
            wrong!("`{name}` in `{shown}` is not a setting of the courier; there are {}", NAMES.join(", "));
        }
        let is_file = name.ends_with("_file") || name == AUTHORITIES;
        let value = if is_file || name == OUTBOX { folder.join(value).display().to_string() } else { value };
        if is_file && !Path::new(&value).is_file() {
            wrong!("`{name}` in `{shown}` names `{value}`, and there is no such file");
        }
        settings.insert(name, value);
    }
    Ok(settings)
}

/// What the courier of this platform is told: as its operator says, else everything goes into a folder.
pub(crate) fn settings(wanted: &Wanted, root: &Path) -> BTreeMap<String, String> {
    let outbox = || BTreeMap::from([(OUTBOX.to_owned(), root.join(OUTBOX).display().to_string())]);
    let mut settings = wanted.courier.clone().unwrap_or_else(outbox);
    settings.entry("base_url".to_owned()).or_insert_with(|| format!("http://127.0.0.1:{}", wanted.port));
    settings
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Wrong;

    #[test]
    fn settings_are_checked_and_paths_begin_at_their_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("courier.json");
        std::fs::write(folder.path().join("key"), "secret").unwrap();
        let root = folder.path().canonicalize().unwrap();
        let told = |text: &str| {
            std::fs::write(&file, text).unwrap();
            read(&file)
        };
        let read =
            told(r#"{"smtp":"smtps://mail.example","smtp_password_file":"key","outbox":"out"}"#).unwrap();
        assert_eq!(read["smtp_password_file"], root.join("key").display().to_string());
        assert_eq!((read["outbox"].as_str(), read.len()), (root.join("out").to_str().unwrap(), 3));
        for (text, why) in [
            ("", "no object"),
            ("[]", "no object"),
            (r#"{"smtp":25}"#, "no object"),
            (r#"{"smtp_password":"secret"}"#, "`smtp_password`"),
            (r#"{"smtp_password_file":"nothing"}"#, "no such file"),
        ] {
            let refused = told(text).unwrap_err();
            assert!(refused.is::<Wrong>() && refused.to_string().contains(why), "{text}: {refused}");
        }
        let large = format!(r#"{{"smtp":"{}"}}"#, "x".repeat(70_000));
        assert!(told(&large).unwrap_err().to_string().contains("at most"));
        assert!(super::read(&folder.path().join("other")).unwrap_err().is::<Wrong>());
    }
}
