//! Journals that nobody can read without a key, one for each brand, and the keys can be destroyed.
//!
//! Sealed are the body of an envelope and who caused it; everything else stays readable, and the hash chain runs over what is
//! stored, so that a journal is verified without any key. Entries from before there were keys are in clear and are read as
//! they are: `key_id` tells them apart.
//!
//! Keys are made before the first entry that needs them: a stop in between leaves a key that the next try uses. They are
//! destroyed before the last entry is written, and from the wish to be forgotten on nothing asks for them any more.

use crate::journal::{Chain, Entry, Home, Said, head_of, inline, said};
use crate::values::Values;
use crate::{Ledger, conflict};
use chacha20poly1305::aead::{Aead, Generate, Key, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use core_brand::content::sha256_hex;
use core_brand::envelope::{DataClass, Envelope, EventBody, Head};
use core_brand::fault::Code;
use core_brand::{Blame, Fault, broken};
use core_saga::Event;
use data_encoding::BASE64;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::sleep;
use tracing::warn;

/// The keys of this many brands are remembered; one that is not costs a round trip.
const KEYS_MAX: usize = 10_000;
/// Whoever loses the race for a new key reads that of the winner, from a server that may be behind for a moment.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(50);
/// How a key is stored: this byte and the key. Nothing at all stands for a key that was destroyed.
const FORMAT: u8 = 1;
/// What the names of keys begin with.
pub(crate) const KEYS: &str = "key";
/// How an entry is sealed. It stands in the entry, so that there can be others.
const CIPHER: &str = "xchacha20-poly1305";

/// A ledger whose entries are sealed.
pub struct Sealed<L, V> {
    ledger: L,
    keys: V,
    known: Mutex<BTreeMap<String, Known>>,
}

/// What is remembered of a brand's key.
#[derive(Clone)]
enum Known {
    Cipher(Box<XChaCha20Poly1305>),
    Destroyed,
}

/// What is sealed of an envelope.
#[derive(Serialize, Deserialize)]
struct Content<Body> {
    user: Option<String>,
    data_class: DataClass,
    body: EventBody<Body>,
}

/// What stands in its place.
#[derive(Serialize, Deserialize)]
struct Seal {
    cipher: String,
    nonce: String,
    text: String,
}

impl<L: Ledger, V: Values> Sealed<L, V> {
    pub fn new(ledger: L, keys: V) -> Self {
        Self { ledger, keys, known: Mutex::default() }
    }

    /// The ledger below, where everything is as it is stored.
    #[must_use]
    pub fn ledger(&self) -> &L {
        &self.ledger
    }

    /// What a follower of all journals reads, entry by entry: what does not open stays sealed, and is said in the log. Only
    /// silence is a fault of the whole, and over in a moment.
    pub(crate) async fn said_where_it_opens(
        &self,
        home: &Home,
        place: u64,
        stored: &[Vec<u8>],
    ) -> Result<Vec<Result<Entry, Fault>>, Fault> {
        let heads: Vec<_> = stored.iter().map(|bytes| head_of(bytes)).collect();
        let name = key_name(home);
        if heads.iter().flatten().any(|head| head.key_id.is_some()) {
            // A key that this does not bring is asked for by itself.
            let _ = self.look_ahead(&name).await;
        }
        let cipher = match self.opens(&name, heads.iter().flatten()).await {
            Err(fault) if fault.blame == Blame::Busy => return Err(fault),
            Err(fault) => {
                stay_sealed(home, &fault);
                None
            }
            Ok(cipher) => cipher,
        };
        let said =
            stored.iter().zip(heads).zip(place..).map(|((bytes, head), place)| match (&cipher, head?) {
                (Some(cipher), head) if head.key_id.is_some() => {
                    let opened = open(cipher, home, place, head.clone(), bytes);
                    let opened = opened.and_then(|(head, body)| Ok((head, Some(inline(body)?))));
                    opened.or_else(|fault| {
                        stay_sealed(home, &fault);
                        Ok((head, None))
                    })
                }
                (_, head) => said(head, bytes),
            });
        Ok(said.collect())
    }

    /// Whoever reads all journals from the start needs one key after another, nearly in the order in which they were made:
    /// where one is not known, those behind it come along.
    async fn look_ahead(&self, name: &str) -> Result<(), Fault> {
        if self.known().contains_key(name) {
            return Ok(());
        }
        let Some((revision, _)) = self.keys.get(name).await? else { return Ok(()) };
        let behind = self.keys.after(KEYS, revision.saturating_sub(1)).await?;
        for listed in behind {
            if let Ok(known) = known_of(&listed.key, &listed.bytes) {
                // What is known already may be newer: that a brand is forgotten is never unlearned.
                self.roomy().entry(listed.key).or_insert(known);
            }
        }
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known, with room for one more.
    fn roomy(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        let mut all = self.known();
        if all.len() >= KEYS_MAX {
            all.clear();
        }
        all
    }

    fn remember(&self, name: &str, known: &Known) {
        self.roomy().insert(name.to_owned(), known.clone());
    }

    /// What there is of a key; `None` where there never was one.
    async fn look(&self, name: &str) -> Result<Option<Known>, Fault> {
        let remembered = self.known().get(name).cloned();
        if remembered.is_some() {
            return Ok(remembered);
        }
        let Some((_, bytes)) = self.keys.get(name).await? else { return Ok(None) };
        let known = known_of(name, &bytes)?;
        self.remember(name, &known);
        Ok(Some(known))
    }

    /// The key of a brand, made when there never was one. Of two who make one, one wins and both use it.
    async fn look_or_make(&self, name: &str) -> Result<Known, Fault> {
        for _ in 0..TRIES {
            if let Some(known) = self.look(name).await? {
                return Ok(known);
            }
            let key = Key::<XChaCha20Poly1305>::generate();
            match self.keys.put(name, Some(0), [&[FORMAT], key.as_slice()].concat()).await {
                Ok(_) => {
                    let known = Known::Cipher(Box::new(XChaCha20Poly1305::new(&key)));
                    self.remember(name, &known);
                    return Ok(known);
                }
                Err(fault) if fault.is(Code::Conflict) => sleep(PAUSE).await,
                Err(fault) => return Err(fault),
            }
        }
        Err(lost(name, "somebody made it, and it is not to be read"))
    }

    /// The key that opens these entries; `None` where there is nothing to open, or nobody may any more.
    async fn opens<'a>(
        &self,
        name: &str,
        heads: impl IntoIterator<Item = &'a Head>,
    ) -> Result<Option<Box<XChaCha20Poly1305>>, Fault> {
        let mut is_sealed = false;
        for head in heads {
            if is_end(&head.event_type) {
                // Somebody asked to forget the brand: from here on it makes no difference whether its key is still there.
                self.remember(name, &Known::Destroyed);
                return Ok(None);
            }
            is_sealed |= head.key_id.is_some();
        }
        if !is_sealed {
            return Ok(None);
        }
        match self.look(name).await? {
            Some(Known::Cipher(cipher)) => Ok(Some(cipher)),
            Some(Known::Destroyed) => Ok(None),
            None => Err(lost(name, "it is not there; restore it from a copy")),
        }
    }

    async fn sealed(&self, home: &Home, place: u64, entry: Vec<u8>) -> Result<Vec<u8>, Fault> {
        let is_as_it_is = |head: Head| head.key_id.is_some() || is_clear(&head.event_type);
        if Head::read(&entry).is_ok_and(is_as_it_is) {
            return Ok(entry);
        }
        let Ok(mut envelope) = Envelope::from_bytes(&entry) else { return Ok(entry) };
        let name = key_name(home);
        let Known::Cipher(cipher) = self.look_or_make(&name).await? else {
            // The brand was forgotten meanwhile, and its journal says so to whoever reads again.
            return Err(conflict(place, place.saturating_add(1)));
        };
        let content =
            Content { user: envelope.user.take(), data_class: envelope.data_class, body: envelope.body };
        let nonce = XNonce::generate();
        let context = context(home, place, &envelope.event_type);
        let clear = serde_json::to_vec(&content).map_err(|why| broken!("{why}"))?;
        let text = cipher.encrypt(&nonce, Payload { msg: &clear, aad: &context });
        let seal = Seal {
            cipher: CIPHER.to_owned(),
            nonce: BASE64.encode(&nonce),
            text: BASE64.encode(&text.map_err(|why| broken!("an entry cannot be sealed: {why}"))?),
        };
        envelope.data_class = DataClass::Personal;
        envelope.key_id = Some(name);
        envelope.body = EventBody::Inline(serde_json::to_value(seal).map_err(|why| broken!("{why}"))?);
        envelope.to_bytes().map_err(|why| broken!("{why}"))
    }
}

impl<L: Ledger, V: Values> Ledger for Sealed<L, V> {
    /// Seals what is not sealed yet. Entries that follow each other in one append still do.
    async fn append(&self, subject: &str, expected: u64, entries: Vec<Vec<u8>>) -> Result<u64, Fault> {
        let mut sealed: Vec<Vec<u8>> = Vec::with_capacity(entries.len());
        let mut before: Option<String> = None;
        // A caller may expect anything; the ledger below says that it is wrong.
        for (place, entry) in entries.into_iter().enumerate() {
            let place = expected.saturating_add(place as u64);
            let clear = sha256_hex(&entry);
            let entry = match (sealed.last(), before) {
                (Some(last), Some(before)) => follow(entry, &before, last)?,
                _ => entry,
            };
            sealed.push(self.seal(subject, place, entry).await?);
            before = Some(clear);
        }
        self.ledger.append(subject, expected, sealed).await
    }

    async fn read(&self, subject: &str, from: u64) -> Result<Vec<Vec<u8>>, Fault> {
        self.ledger.read(subject, from).await
    }

    async fn seal(&self, subject: &str, place: u64, entry: Vec<u8>) -> Result<Vec<u8>, Fault> {
        match Home::of_subject(subject) {
            Some(home) => self.sealed(&home, place, entry).await,
            // No journal of a brand: the ledger below takes it or refuses it.
            None => Ok(entry),
        }
    }

    async fn unseal(&self, subject: &str, place: u64, stored: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Fault> {
        let Some(home) = Home::of_subject(subject) else { return Ok(stored.to_vec()) };
        let heads: Vec<_> = stored.iter().map(|bytes| Head::read(bytes).ok()).collect();
        let Some(cipher) = self.opens(&key_name(&home), heads.iter().flatten()).await? else {
            return Ok(stored.to_vec());
        };
        let opened = stored.iter().zip(heads).zip(place..).map(|((bytes, head), place)| match head {
            Some(head) if head.key_id.is_some() => written(&cipher, &home, place, head, bytes),
            _ => Ok(bytes.clone()),
        });
        opened.collect()
    }

    async fn entries(&self, subject: &str, chain: Chain<'_>) -> Result<Vec<Entry>, Fault> {
        let Chain { stored, heads } = chain;
        let cipher = match Home::of_subject(subject) {
            Some(home) => self.opens(&key_name(&home), &heads).await?.map(|cipher| (home, cipher)),
            None => None,
        };
        let entries = stored.iter().zip(heads).zip(0..).map(|((bytes, head), place)| match &cipher {
            Some((home, cipher)) if head.key_id.is_some() => {
                let (head, body) = open(cipher, home, place, head, bytes)?;
                Ok((head, Some(inline(body)?)))
            }
            _ => said(head, bytes),
        });
        entries.collect()
    }

    async fn shred(&self, subject: &str) -> Result<(), Fault> {
        let Some(home) = Home::of_subject(subject) else { return Ok(()) };
        let name = key_name(&home);
        self.keys.destroy(&name).await?;
        self.remember(&name, &Known::Destroyed);
        Ok(())
    }
}

/// What says nothing of a brand and has to be understood when its key is gone. Anything else is sealed, also what is yet to be
/// invented.
fn is_clear(event_type: &str) -> bool {
    let undone = Event::Undone { step: String::new() };
    let ended = Event::Ended { outcome: core_saga::Outcome::Completed };
    let clear = [Event::CancelRequested, undone, ended].map(|event| event.event_type());
    clear.contains(&event_type) || is_end(event_type)
}

pub(crate) fn is_end(event_type: &str) -> bool {
    [Event::EraseRequested, Event::Erased].iter().any(|event| event.event_type() == event_type)
}

pub(crate) fn key_name(home: &Home) -> String {
    format!("{KEYS}.{}.{}", home.tenant, home.job_id)
}

fn stay_sealed(home: &Home, fault: &Fault) {
    warn!(code = %fault.code, job = home.job_id, "entries stay sealed: {}", fault.message);
}

fn known_of(name: &str, bytes: &[u8]) -> Result<Known, Fault> {
    match bytes.split_first() {
        None => Ok(Known::Destroyed),
        Some((&FORMAT, key)) => {
            let cipher =
                XChaCha20Poly1305::new_from_slice(key).map_err(|why| lost(name, &why.to_string()))?;
            Ok(Known::Cipher(Box::new(cipher)))
        }
        Some((format, _)) => Err(lost(name, &format!("format {format} is of a later version"))),
    }
}

fn lost(name: &str, why: &str) -> Fault {
    Fault::new(Code::Storage, [("what", format!("`{name}`")), ("why", why.to_owned())])
}

/// What an entry is sealed together with: it opens nowhere else.
fn context(home: &Home, place: u64, event_type: &str) -> Vec<u8> {
    format!("imprint/1\n{}\n{}\n{place}\n{event_type}", home.tenant, home.job_id).into_bytes()
}

/// An entry as it was before it was sealed, byte for byte.
fn written(
    cipher: &XChaCha20Poly1305,
    home: &Home,
    place: u64,
    head: Head,
    bytes: &[u8],
) -> Result<Vec<u8>, Fault> {
    let (head, body) = open::<Value>(cipher, home, place, head, bytes)?;
    let sealed = Envelope::from_bytes(bytes).map_err(|why| broken!("{why}"))?;
    let Head { user, data_class, key_id, .. } = head;
    Envelope { user, data_class, key_id, body, ..sealed }.to_bytes().map_err(|why| broken!("{why}"))
}

/// The envelope of an entry as it was before it was sealed, and its body.
fn open<Body: DeserializeOwned>(
    cipher: &XChaCha20Poly1305,
    home: &Home,
    place: u64,
    mut head: Head,
    bytes: &[u8],
) -> Result<(Head, EventBody<Body>), Fault> {
    let context = context(home, place, &head.event_type);
    let clear = unlock(cipher, &context, bytes)
        .ok_or_else(|| Fault::new(Code::Tampered, [("sequence", place.saturating_add(1).to_string())]))?;
    let content: Content<Body> =
        serde_json::from_slice(&clear).map_err(|why| broken!("a stored event: {why}"))?;
    head.user = content.user;
    head.data_class = content.data_class;
    head.key_id = None;
    Ok((head, content.body))
}

/// `None` when this is not what was sealed here.
fn unlock(cipher: &XChaCha20Poly1305, context: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let Said { body: EventBody::Inline(seal) } = serde_json::from_slice::<Said<Seal>>(bytes).ok()? else {
        return None;
    };
    if seal.cipher != CIPHER {
        return None;
    }
    let nonce = XNonce::try_from(BASE64.decode(seal.nonce.as_bytes()).ok()?.as_slice()).ok()?;
    let text = BASE64.decode(seal.text.as_bytes()).ok()?;
    cipher.decrypt(&nonce, Payload { msg: &text, aad: context }).ok()
}

/// An entry that followed another in clear, made to follow it sealed.
fn follow(entry: Vec<u8>, clear: &str, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    match Envelope::from_bytes(&entry) {
        Ok(mut envelope) if envelope.previous == clear => {
            envelope.previous = sha256_hex(sealed);
            envelope.to_bytes().map_err(|why| broken!("{why}"))
        }
        _ => Ok(entry),
    }
}
