//! Where a person can be reached, read so strictly that an address is nothing but one.
//!
//! An address ends in a header of a message and in a dialogue of a mail server: what has a place in neither is refused,
//! also where the standards of old would let it pass (quoted names, comments, addresses of machines).

use serde::{Deserialize, Serialize};
use std::fmt;

/// As RFC 5321 has them.
const EMAIL_MAX: usize = 254;
const LOCAL_MAX: usize = 64;
const LABEL_MAX: usize = 63;
/// Digits of a number, the country with it, as E.164 has them.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The addresses of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Addresses {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Why an address cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactError {
    EmailLong,
    EmailAt,
    EmailLocal,
    EmailDomain,
    PhonePlus,
    PhoneDigits,
    PhoneLength,
}

impl fmt::Display for ContactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmailLong => "has more than 254 letters, or more than 64 before the @",
            Self::EmailAt => "has not exactly one @",
            Self::EmailLocal => {
                "may have letters, digits, .!#$%&'*+/=?^_`{|}~- before the @, and no dot at an end or twice"
            }
            Self::EmailDomain => {
                "has no domain such as example.com behind the @; write other alphabets in punycode"
            }
            Self::PhonePlus => "does not begin with + and the country",
            Self::PhoneDigits => "has something else than digits; leave out blanks, hyphens and brackets",
            Self::PhoneLength => "has not 7 to 15 digits",
        })
    }
}

/// Reads an address of e-mail. The domain comes back in small letters.
pub fn email(text: &str) -> Result<String, ContactError> {
    let (local, domain) = text.split_once('@').ok_or(ContactError::EmailAt)?;
    if domain.contains('@') {
        return Err(ContactError::EmailAt);
    }
    if text.len() > EMAIL_MAX || local.len() > LOCAL_MAX {
        return Err(ContactError::EmailLong);
    }
    let is_atom = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte))
    };
    // Some programs read what begins with a hyphen as an option.
    if local.starts_with('-') || !local.split('.').all(is_atom) {
        return Err(ContactError::EmailLocal);
    }
    let domain = domain.to_ascii_lowercase();
    let labels: Vec<&str> = domain.split('.').collect();
    let top = labels.last().copied().unwrap_or_default();
    let is_name = labels.len() > 1 && top.len() > 1 && top.bytes().any(|byte| byte.is_ascii_lowercase());
    if !is_name || !labels.iter().all(|label| is_label(label)) {
        return Err(ContactError::EmailDomain);
    }
    Ok(format!("{local}@{domain}"))
}

fn is_label(label: &str) -> bool {
    (1..=LABEL_MAX).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Reads a number of E.164, such as `+4915112345678`.
pub fn phone(text: &str) -> Result<String, ContactError> {
    let digits =
        text.strip_prefix('+').filter(|rest| !rest.starts_with('0')).ok_or(ContactError::PhonePlus)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ContactError::PhoneDigits);
    }
    if !PHONE_DIGITS.contains(&digits.len()) {
        return Err(ContactError::PhoneLength);
    }
    Ok(text.to_owned())
}
