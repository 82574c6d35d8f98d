//! Where the bucket is and who asks. The secret comes from a file or from the environment, never from the configuration.

use crate::setting;
use core_brand::Fault;
use rusty_s3::{Bucket, Credentials, UrlStyle};
use std::collections::BTreeMap;
use std::fmt;

/// Where the secret is when no file is named.
pub(super) const SECRET_VARIABLE: &str = "IMPRINT_S3_SECRET_KEY";

/// Everything that may be said. A word more is a mistake, and one with the secret in it a grave one.
const KEYS: [&str; 6] =
    ["s3.endpoint", "s3.region", "s3.bucket", "s3.folder", "s3.access_key", "s3.secret_file"];

/// Where all lie whose endpoint knows no regions.
const REGION: &str = "us-east-1";

/// A bucket, and the right to use it.
pub(super) struct Settings {
    pub(super) bucket: Bucket,
    pub(super) credentials: Credentials,
    /// What all keys begin with: nothing, or a name and a `/`.
    pub(super) folder: String,
}

impl fmt::Debug for Settings {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("bucket", &self.bucket.base_url().as_str())
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// `variable` is what the environment has.
    pub(super) fn of(config: &BTreeMap<String, String>, variable: Option<String>) -> Result<Self, Fault> {
        let strange = config.keys().find(|key| key.starts_with("s3.") && !KEYS.contains(&key.as_str()));
        if let Some(key) = strange {
            let why = "it is unknown; a secret belongs into the file that `s3.secret_file` names";
            return Err(setting(key, why));
        }
        let endpoint = needed(config, "s3.endpoint")?.parse().map_err(|why| setting("s3.endpoint", why))?;
        let region = config.get("s3.region").map_or(REGION, String::as_str).to_owned();
        let bucket = Bucket::new(endpoint, UrlStyle::Path, needed(config, "s3.bucket")?.to_owned(), region)
            .map_err(|why| setting("s3.endpoint", format!("{why:?}")))?;
        let credentials = Credentials::new(needed(config, "s3.access_key")?, secret(config, variable)?);
        Ok(Self { bucket, credentials, folder: folder(config)? })
    }
}

fn needed<'a>(config: &'a BTreeMap<String, String>, key: &str) -> Result<&'a str, Fault> {
    let value = config.get(key).map(String::as_str).filter(|value| !value.is_empty());
    value.ok_or_else(|| setting(key, "the backend `s3` needs it"))
}

fn secret(config: &BTreeMap<String, String>, variable: Option<String>) -> Result<String, Fault> {
    let secret = match config.get("s3.secret_file") {
        Some(path) => std::fs::read_to_string(path).map_err(|why| setting("s3.secret_file", why))?,
        None => variable.unwrap_or_default(),
    };
    match secret.trim() {
        "" => Err(setting("s3.secret_file", format!("neither it nor `{SECRET_VARIABLE}` holds a secret"))),
        secret => Ok(secret.to_owned()),
    }
}

fn folder(config: &BTreeMap<String, String>) -> Result<String, Fault> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    match config.get("s3.folder").map_or("", String::as_str) {
        "" => Ok(String::new()),
        name if name.chars().all(plain) => Ok(format!("{name}/")),
        _ => Err(setting("s3.folder", "letters, digits, `-` and `_` are possible")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(more: &[(&str, &str)]) -> BTreeMap<String, String> {
        let usual = [("s3.endpoint", "http://127.0.0.1:9"), ("s3.bucket", "b"), ("s3.access_key", "me")];
        usual.iter().chain(more).map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_secret_is_never_shown() {
        let settings = Settings::of(&config(&[]), Some("hush-hush".to_owned())).expect("reads");
        let shown = format!("{settings:?} {:?} {:?}", settings.credentials, settings.bucket);
        assert!(!shown.contains("hush"), "{shown}");
    }

    #[test]
    fn a_secret_in_the_configuration_is_refused_unseen() {
        for key in ["s3.secret", "s3.secret_key", "s3.secret_access_key"] {
            let why = Settings::of(&config(&[(key, "hush-hush")]), None).expect_err("refused");
            assert!(why.message.contains(key) && !why.message.contains("hush"), "{why}");
        }
    }

    #[test]
    fn a_file_comes_before_the_environment() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "of the file\n").expect("writes");
        let config = config(&[("s3.secret_file", &file.path().display().to_string())]);
        assert_eq!(secret(&config, Some("of the environment".to_owned())).expect("reads"), "of the file");
    }

    #[test]
    fn what_is_missing_is_named() {
        for key in ["s3.endpoint", "s3.bucket", "s3.access_key"] {
            let mut config = config(&[]);
            config.remove(key);
            let why = Settings::of(&config, Some("x".to_owned())).expect_err("refused");
            assert!(why.message.contains(key), "{why}");
        }
        assert!(Settings::of(&config(&[]), None).expect_err("refused").message.contains(SECRET_VARIABLE));
        for folder in ["..", "a/b", "a b", "%2e"] {
            assert!(Settings::of(&config(&[("s3.folder", folder)]), Some("x".to_owned())).is_err());
        }
    }
}
