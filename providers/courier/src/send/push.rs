//! Web Push: sealed for one browser (RFC 8291), with a signed word of who sends it (VAPID, RFC 8292).

use super::hook::told;
use super::http::Http;
use super::{Outcome, Parcel, Told};
use core_brand::{Fault, broken};
use core_notify::{Attempt, Target};
use data_encoding::BASE64URL_NOPAD;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Deserialize;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// A push service keeps a message for a browser that is away as long as this.
const KEPT_S: u64 = 24 * 3600;
/// A word of who sends holds as long; services take up to a day.
const WORD_S: u64 = 12 * 3600;
/// Services take 4096 bytes; sealing adds about a hundred.
const BYTES_MAX: usize = 3800;
/// Bytes of one record, which is all there is.
const RECORD: u32 = 4096;
const POINT_BYTES: usize = 65;
const AUTH_BYTES: usize = 16;

/// Sends push messages.
pub(crate) struct Push {
    pub(crate) http: Arc<Http>,
    pub(crate) allows_local: bool,
    pub(crate) sender: Sender,
}

/// Who sends: a key of P-256, and where its owner is reached.
pub(crate) struct Sender {
    key: EcdsaKeyPair,
    contact: String,
}

/// A subscription as browsers give it.
#[derive(Deserialize)]
pub(crate) struct Browser {
    pub(crate) endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

impl Sender {
    /// The key is PKCS#8 in PEM; `contact` is a `mailto:` or `https:` address.
    pub(crate) fn read(key_file: &Path, contact: &str) -> Result<Self, Fault> {
        let failed = |why: &dyn std::fmt::Display| broken!("the key of push `{}`: {why}", key_file.display());
        let der = PrivatePkcs8KeyDer::from_pem_file(key_file).map_err(|why| failed(&why))?;
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = EcdsaKeyPair::from_pkcs8(algorithm, der.secret_pkcs8_der(), &SystemRandom::new());
        Ok(Self { key: key.map_err(|why| failed(&why))?, contact: contact.to_owned() })
    }

    /// What a browser needs to know.
    pub(crate) fn public(&self) -> String {
        BASE64URL_NOPAD.encode(self.key.public_key().as_ref())
    }

    fn authorization(&self, target: &Target, now_s: u64) -> Result<String, String> {
        let port = if target.port == 443 { String::new() } else { format!(":{}", target.port) };
        let scheme = if target.scheme == core_notify::Scheme::Https { "https" } else { "http" };
        let claims = json!({
            "aud": format!("{scheme}://{}{port}", target.host),
            "exp": now_s + WORD_S,
            "sub": self.contact,
        });
        let part = |value: &serde_json::Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let text = format!("{}.{}", part(&json!({ "typ": "JWT", "alg": "ES256" })), part(&claims));
        let signature = self.key.sign(&SystemRandom::new(), text.as_bytes());
        let signature = signature.map_err(|why| format!("the word of push cannot be signed: {why}"))?;
        let signature = BASE64URL_NOPAD.encode(signature.as_ref());
        Ok(format!("vapid t={text}.{signature}, k={}", self.public()))
    }
}

impl Browser {
    /// Reads a subscription; says what is wrong with it.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let browser: Self = serde_json::from_str(text).map_err(|why| why.to_string())?;
        browser.secrets()?;
        Ok(browser)
    }

    /// The point of the browser, and what it shares with us.
    fn secrets(&self) -> Result<(Vec<u8>, Vec<u8>), String> {
        let bytes = |name: &str, text: &str, length: usize| {
            let bytes = BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes());
            let bytes = bytes.map_err(|_| format!("`keys.{name}` is not base64url"))?;
            let is_fine = bytes.len() == length;
            is_fine.then_some(bytes).ok_or_else(|| format!("`keys.{name}` is not of {length} bytes"))
        };
        Ok((bytes("p256dh", &self.keys.p256dh, POINT_BYTES)?, bytes("auth", &self.keys.auth, AUTH_BYTES)?))
    }
}

impl Push {
    pub(crate) async fn send(&self, parcel: &Parcel, subscription: &str) -> Told {
        match self.prepared(parcel, subscription) {
            Ok((target, headers, body)) => {
                let told = told(self.http.post(&target, &headers, body.into()).await, parcel.at_ms);
                Told { outcome: judged(told.outcome), ..told }
            }
            Err(why) => Told::new(Outcome::Failed, why),
        }
    }

    #[allow(clippy::type_complexity, reason = "the parts of one request")]
    fn prepared(
        &self,
        parcel: &Parcel,
        subscription: &str,
    ) -> Result<(Target, Vec<(&'static str, String)>, Vec<u8>), String> {
        let browser = Browser::read(subscription)?;
        let target = Target::read(&browser.endpoint, self.allows_local);
        let target = target.map_err(|why| format!("the address {why}"))?;
        let body = sealed(&browser, &content(parcel))?;
        let headers = vec![
            ("authorization", self.sender.authorization(&target, parcel.at_ms / 1000)?),
            ("content-encoding", "aes128gcm".to_owned()),
            ("content-type", "application/octet-stream".to_owned()),
            ("ttl", KEPT_S.to_string()),
            ("urgency", "normal".to_owned()),
            // A message of the same topic takes the place of one that waits: a repetition is seen once.
            ("topic", parcel.id.chars().take(32).collect()),
        ];
        Ok((target, headers, body))
    }
}

/// A push service hands on what it takes; a subscription that it does not know is over.
fn judged(outcome: Outcome) -> Outcome {
    let Outcome::Tried(Attempt::Answered { status, .. }) = outcome else { return outcome };
    match status {
        200..=299 => Outcome::Sent,
        404 => Outcome::Tried(Attempt::Answered { status: 410, retry_after_s: None }),
        400..=409 | 411..=428 | 430..=499 => Outcome::Failed,
        _ => outcome,
    }
}

/// What the page of the browser gets. Too much for a push message is cut to its words.
fn content(parcel: &Parcel) -> Vec<u8> {
    let letter = &parcel.letter;
    if let Some(payload) = letter.payload.as_ref().filter(|payload| payload.len() <= BYTES_MAX) {
        return payload.clone().into_bytes();
    }
    let short = |text: &str, chars: usize| text.chars().take(chars).collect::<String>();
    let words =
        json!({ "id": parcel.id, "title": short(&letter.subject, 120), "body": short(&letter.text, 500) });
    words.to_string().into_bytes()
}

/// Seals for one browser, with a key that is used this once.
fn sealed(browser: &Browser, clear: &[u8]) -> Result<Vec<u8>, String> {
    let failed = |what: &'static str| move |_: ring::error::Unspecified| what.to_owned();
    let (theirs, auth) = browser.secrets()?;
    let random = SystemRandom::new();
    let mut salt = [0; 16];
    random.fill(&mut salt).map_err(failed("no random numbers"))?;
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random).map_err(failed("no key"))?;
    let point = own.compute_public_key().map_err(failed("no key"))?;
    let shared = agree_ephemeral(own, &UnparsedPublicKey::new(&ECDH_P256, &theirs), <[u8]>::to_vec);
    let shared = shared.map_err(failed("`keys.p256dh` is no point of P-256"))?;
    let info = [b"WebPush: info\0", theirs.as_slice(), point.as_ref(), &[1]].concat();
    let key = mac(&salt, &mac(&mac(&auth, &shared), &info));
    let seal = mac(&key, b"Content-Encoding: aes128gcm\0\x01");
    let nonce = mac(&key, b"Content-Encoding: nonce\0\x01");
    let seal = UnboundKey::new(&AES_128_GCM, &seal[..16]).map_err(failed("no key"))?;
    let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).map_err(failed("no nonce"))?;
    // 2 says that this record is the last one.
    let mut text = [clear, &[2]].concat();
    LessSafeKey::new(seal)
        .seal_in_place_append_tag(nonce, Aad::empty(), &mut text)
        .map_err(failed("it cannot be sealed"))?;
    let length = [POINT_BYTES as u8];
    Ok([salt.as_slice(), &RECORD.to_be_bytes(), &length, point.as_ref(), &text].concat())
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text).as_ref().to_vec()
}
