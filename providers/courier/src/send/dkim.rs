//! DKIM (RFC 6376, and RFC 8463 for ed25519): who sent a mail, in its head. Both parts are signed in the relaxed form,
//! which survives what servers on the way do to blanks.

use core_brand::content::sha256;
use core_brand::{Fault, broken};
use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject as _;
use std::path::Path;

/// What is signed of the head, where it is there.
const SIGNED: &[&str] = &[
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

/// Signs mails for one domain.
pub(crate) struct Signer {
    domain: String,
    selector: String,
    key: Pair,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

impl Signer {
    /// The key is PKCS#8 in PEM, of RSA or of ed25519.
    pub(crate) fn read(domain: &str, selector: &str, key_file: &Path) -> Result<Self, Fault> {
        let failed = |why: &dyn std::fmt::Display| broken!("the key of DKIM `{}`: {why}", key_file.display());
        let der = PrivatePkcs8KeyDer::from_pem_file(key_file).map_err(|why| failed(&why))?;
        let der = der.secret_pkcs8_der();
        let key = match Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
            Ok(key) => Pair::Ed25519(Box::new(key)),
            Err(_) => Pair::Rsa(Box::new(RsaKeyPair::from_pkcs8(der).map_err(|why| failed(&why))?)),
        };
        Ok(Self { domain: domain.to_owned(), selector: selector.to_owned(), key })
    }

    /// The line that goes before the mail.
    pub(crate) fn sign(&self, mail: &[u8], at_s: u64) -> Result<String, String> {
        let text = std::str::from_utf8(mail).map_err(|why| why.to_string())?;
        let (head, body) = text.split_once("\r\n\r\n").ok_or("the mail has no body")?;
        let fields = fields(head);
        let mut names = Vec::new();
        let mut signed = String::new();
        for name in SIGNED {
            if let Some((_, value)) = fields.iter().find(|(found, _)| found == name) {
                names.push(*name);
                signed += &format!("{name}:{value}\r\n");
            }
        }
        let line = format!(
            "v=1; a={}; c=relaxed/relaxed; d={}; s={}; t={at_s}; h={}; bh={}; b=",
            self.algorithm(),
            self.domain,
            self.selector,
            names.join(":"),
            BASE64.encode(&sha256(relaxed_body(body).as_bytes())),
        );
        signed += &format!("dkim-signature:{line}");
        let signature = self.signature(signed.as_bytes())?;
        Ok(format!("DKIM-Signature: {line}{}\r\n", BASE64.encode(&signature)).replace("; ", ";\r\n "))
    }

    fn algorithm(&self) -> &'static str {
        match self.key {
            Pair::Rsa(_) => "rsa-sha256",
            Pair::Ed25519(_) => "ed25519-sha256",
        }
    }

    fn signature(&self, text: &[u8]) -> Result<Vec<u8>, String> {
        match &self.key {
            // RFC 8463 signs the hash.
            Pair::Ed25519(key) => Ok(key.sign(&sha256(text)).as_ref().to_vec()),
            Pair::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                let signed = key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature);
                signed.map_err(|why| format!("DKIM cannot sign: {why}"))?;
                Ok(signature)
            }
        }
    }
}

/// The fields of a head in the relaxed form: names in small letters, folded lines as one, runs of blanks as one.
fn fields(head: &str) -> Vec<(String, String)> {
    let whole = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let field = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let value = value.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        Some((name.trim().to_ascii_lowercase(), value))
    };
    whole.split("\r\n").filter_map(field).collect()
}

/// The body in the relaxed form: runs of blanks as one, none at the end of a line, no empty lines at the end.
fn relaxed_body(body: &str) -> String {
    let mut relaxed = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        let mut has_blank = false;
        for letter in line.chars() {
            if letter == ' ' || letter == '\t' {
                has_blank = true;
                continue;
            }
            if has_blank {
                relaxed.push(' ');
                has_blank = false;
            }
            relaxed.push(letter);
        }
        relaxed.push_str("\r\n");
    }
    let end = relaxed.trim_end_matches("\r\n").len();
    relaxed.truncate(end);
    if !relaxed.is_empty() {
        relaxed.push_str("\r\n");
    }
    relaxed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_relaxed_form_is_that_of_the_rfc() {
        // RFC 6376, 3.4.5.
        let head = "A: X\r\nB : Y\t\r\n\tZ  ";
        let expected = [("a", "X"), ("b", "Y Z")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(fields(head), expected);
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed_body("\r\n\r\n"), "");
    }
}
