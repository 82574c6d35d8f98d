//! The link at the foot of a mail, which ends the mails of its rule: the contract `imprint:courier/leaving`.
//!
//! A link holds a token of the person, by what stands for them in keys, and of the rule, sealed with the person's own key:
//! it names nobody, it holds as long as the person is known, and it ends when they are forgotten.

use crate::model::{FORMAT, Person};
use crate::office::{Brands, Known, Office};
use crate::scribe::Scribe;
use crate::store::{self, load, save};
use crate::ticket::{Act, Opened};
use core_brand::Fault;
use core_brand::fault::Code;
use core_notify::{Channel, Choice};
use imprint_ledger::{Timers, Values};

/// Two who write one person's preferences at once need two rounds.
const ROUNDS_MAX: usize = 16;
/// Where a link leads, below the address of the platform.
const PLACE: &str = "unsubscribe";
const LEAVE: Act = Act { name: "leave", seal: store::seal_of };

/// What a link stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The name of the rule whose mails it ends.
    pub rule: String,
    /// BCP 47, of the person.
    pub language: String,
    /// Whether they have ended already.
    pub is_off: bool,
}

impl<V, T, S, C, B> Office<V, T, S, C, B>
where
    V: Values,
    T: Timers,
    S: Scribe,
    B: Brands,
    C: Send + Sync,
{
    /// The link that ends the mails of a rule for a person.
    pub(crate) async fn link(&self, tenant: &str, user: &str, rule: &str) -> Result<String, Fault> {
        let token = self.ticket(&LEAVE, tenant, &store::person(tenant, user), rule).await?;
        Ok(format!("{}/{PLACE}/{token}", self.terms.base_url))
    }

    /// What a link stands for. Changes nothing.
    pub async fn look(&self, token: &str) -> Result<Option<Link>, Fault> {
        self.let_in(LEAVE.name, token)?;
        let Some(opened) = self.opened(&LEAVE, token).await? else { return Ok(None) };
        let found = self.wishes(&opened).await?;
        found.map(|(_, preferences)| self.shown(&opened, &preferences)).transpose()
    }

    /// Ends the mails of the rule.
    pub async fn leave(&self, token: &str) -> Result<Option<Link>, Fault> {
        self.let_in(LEAVE.name, token)?;
        let Some(opened) = self.opened(&LEAVE, token).await? else { return Ok(None) };
        for _ in 0..ROUNDS_MAX {
            let Some((revision, preferences)) = self.wishes(&opened).await? else { return Ok(None) };
            let changed = core_notify::turned_off(&preferences, &opened.clear, Channel::Email)?;
            let link = self.shown(&opened, &changed)?;
            if changed == preferences {
                return Ok(Some(link));
            }
            let seal = store::seal_of(opened.tenant, opened.id);
            let sealed = self.safe.seal(&self.shelves.keys, &seal, "preferences", &changed).await?;
            let person = Person { format: FORMAT, sealed };
            let key = store::person_place(opened.tenant, opened.id);
            match save(&self.shelves.settings, &key, Some(revision), &person).await {
                Ok(_) => return Ok(Some(link)),
                Err(fault) if fault.is(Code::Conflict) => {}
                Err(fault) => return Err(fault),
            }
        }
        let args = [("expected", "a quiet moment".to_owned()), ("found", "a crowd".to_owned())];
        Err(Fault::new(Code::Conflict, args))
    }

    /// What the person of a link set, at its revision.
    async fn wishes(&self, opened: &Opened<'_>) -> Result<Option<(u64, String)>, Fault> {
        let key = store::person_place(opened.tenant, opened.id);
        let Some((revision, person)) = load::<V, Person>(&self.shelves.settings, &key).await? else {
            return Ok(None);
        };
        let seal = store::seal_of(opened.tenant, opened.id);
        let clear = self.safe.open(&self.shelves.keys, &seal, "preferences", &person.sealed).await?;
        Ok(clear.map(|clear| (revision, clear)))
    }

    fn shown(&self, opened: &Opened<'_>, preferences: &str) -> Result<Link, Fault> {
        let known = Known::read(preferences);
        Ok(Link {
            rule: opened.clear.clone(),
            language: known.locale().unwrap_or(&self.terms.locale).to_owned(),
            is_off: core_notify::is_off(preferences, &opened.clear, Channel::Email)?,
        })
    }

    /// Whether the mails of a rule reach a person, and whether that is for them to say.
    pub(crate) async fn choice(&self, tenant: &str, preferences: &str, rule: &str) -> Result<Choice, Fault> {
        let rules = self.setting(tenant, "rules").await?;
        // Rules that cannot be read here are those of another version: they made the message, and it goes out.
        Ok(core_notify::choice(&rules, preferences, rule, Channel::Email).unwrap_or(Choice::Fixed))
    }
}
