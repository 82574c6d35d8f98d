//! Secrets and addresses as they are stored: sealed with a key that lies apart, and can be destroyed.

use chacha20poly1305::aead::{Aead, Generate, Key, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use core_brand::fault::Code;
use core_brand::{Fault, broken};
use data_encoding::BASE64;
use imprint_ledger::Values;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// So many keys are remembered; another is a round trip.
const KEYS_MAX: usize = 10_000;
/// How a key is stored: this byte, and the key. Nothing stands for one that was destroyed.
const FORMAT: u8 = 1;
/// Whoever loses the race for a new key reads that of the winner.
const TRIES: usize = 10;
const NONCE_BYTES: usize = 24;

/// Seals and opens. What it remembers lives as long as the process.
#[derive(Default)]
pub(crate) struct Safe {
    known: Mutex<BTreeMap<String, XChaCha20Poly1305>>,
}

impl Safe {
    /// Seals with the key of this name, which is made if there is none, or none any more. What is sealed opens only
    /// together with the same words.
    pub(crate) async fn seal<V: Values>(
        &self,
        keys: &V,
        name: &str,
        words: &str,
        clear: &str,
    ) -> Result<String, Fault> {
        let cipher = self.cipher_or_new(keys, name).await?;
        let nonce = XNonce::generate();
        let sealed = cipher.encrypt(&nonce, Payload { msg: clear.as_bytes(), aad: words.as_bytes() });
        let sealed = sealed.map_err(|why| broken!("nothing can be sealed: {why}"))?;
        Ok(BASE64.encode(&[nonce.as_slice(), &sealed].concat()))
    }

    /// Nothing when the key was destroyed, which is how people are forgotten.
    pub(crate) async fn open<V: Values>(
        &self,
        keys: &V,
        name: &str,
        words: &str,
        sealed: &str,
    ) -> Result<Option<String>, Fault> {
        let Some(cipher) = self.cipher(keys, name).await?.1 else { return Ok(None) };
        let clear = unlock(&cipher, words, sealed);
        let lost =
            || Fault::new(Code::Storage, [("what", name.to_owned()), ("why", "it does not open".to_owned())]);
        clear.map(Some).ok_or_else(lost)
    }

    /// The same for what a stranger may have written: nothing where it does not open.
    pub(crate) async fn opens<V: Values>(
        &self,
        keys: &V,
        name: &str,
        words: &str,
        sealed: &str,
    ) -> Result<Option<String>, Fault> {
        let cipher = self.cipher(keys, name).await?.1;
        Ok(cipher.and_then(|cipher| unlock(&cipher, words, sealed)))
    }

    /// Destroys the key: what was sealed with it is gone, wherever copies lie.
    pub(crate) async fn destroy<V: Values>(&self, keys: &V, name: &str) -> Result<(), Fault> {
        keys.destroy(name).await?;
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }

    /// The revision of what is stored, and the key if there is one.
    async fn cipher<V: Values>(
        &self,
        keys: &V,
        name: &str,
    ) -> Result<(u64, Option<XChaCha20Poly1305>), Fault> {
        if let Some(cipher) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return Ok((0, Some(cipher.clone())));
        }
        let Some((revision, bytes)) = keys.get(name).await? else { return Ok((0, None)) };
        let Some((&FORMAT, key)) = bytes.split_first() else { return Ok((revision, None)) };
        let cipher = XChaCha20Poly1305::new_from_slice(key).map_err(|why| broken!("{why}"))?;
        self.remember(name, &cipher);
        Ok((revision, Some(cipher)))
    }

    async fn cipher_or_new<V: Values>(&self, keys: &V, name: &str) -> Result<XChaCha20Poly1305, Fault> {
        for _ in 0..TRIES {
            let revision = match self.cipher(keys, name).await? {
                (_, Some(cipher)) => return Ok(cipher),
                (revision, None) => revision,
            };
            let key = Key::<XChaCha20Poly1305>::generate();
            match keys.put(name, Some(revision), [&[FORMAT], key.as_slice()].concat()).await {
                Ok(_) => {
                    let cipher = XChaCha20Poly1305::new(&key);
                    self.remember(name, &cipher);
                    return Ok(cipher);
                }
                Err(fault) if fault.is(Code::Conflict) => {}
                Err(fault) => return Err(fault),
            }
        }
        Err(broken!("the key `{name}` is made again and again"))
    }

    fn remember(&self, name: &str, cipher: &XChaCha20Poly1305) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEYS_MAX {
            known.clear();
        }
        known.insert(name.to_owned(), cipher.clone());
    }
}

fn unlock(cipher: &XChaCha20Poly1305, words: &str, sealed: &str) -> Option<String> {
    let bytes = BASE64.decode(sealed.as_bytes()).ok()?;
    let (nonce, text) = bytes.split_at_checked(NONCE_BYTES)?;
    let nonce = XNonce::try_from(nonce).ok()?;
    let clear = cipher.decrypt(&nonce, Payload { msg: text, aad: words.as_bytes() }).ok()?;
    String::from_utf8(clear).ok()
}
