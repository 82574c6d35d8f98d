//! Addresses that are given away: whoever holds one may do one thing with it, and shows no key.
//!
//! A token is `<tenant>.<id>.<sealed>`. What is sealed opens only for the same act, tenant and id, so nobody makes a token or
//! turns it to anything else, and it ends with the key that it is sealed with.

use crate::office::{Brands, Office};
use crate::store;
use core_brand::{Fault, broken};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use imprint_ledger::Values;

/// What a token is for.
pub(crate) struct Act {
    /// Sealed with it.
    pub(crate) name: &'static str,
    /// The key of a tenant and an id.
    pub(crate) seal: fn(&str, &str) -> String,
}

/// A token that was read.
pub(crate) struct Opened<'a> {
    pub(crate) tenant: &'a str,
    pub(crate) id: &'a str,
    pub(crate) clear: String,
}

impl<V, T, S, C, B> Office<V, T, S, C, B>
where
    V: Values,
    B: Brands,
{
    pub(crate) async fn ticket(
        &self,
        act: &Act,
        tenant: &str,
        id: &str,
        clear: &str,
    ) -> Result<String, Fault> {
        let seal = (act.seal)(tenant, id);
        let sealed = self.safe.seal(&self.shelves.keys, &seal, &act.words(tenant, id), clear).await?;
        let sealed = BASE64.decode(sealed.as_bytes()).map_err(|why| broken!("what was sealed: {why}"))?;
        Ok(format!("{tenant}.{id}.{}", BASE64URL_NOPAD.encode(&sealed)))
    }

    /// Nothing where it is none of ours.
    pub(crate) async fn opened<'a>(&self, act: &Act, token: &'a str) -> Result<Option<Opened<'a>>, Fault> {
        let mut parts = token.split('.');
        let (Some(tenant), Some(id), Some(sealed), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Ok(None);
        };
        let Ok(sealed) = BASE64URL_NOPAD.decode(sealed.as_bytes()) else { return Ok(None) };
        if store::check_tenant(tenant).is_err() || !store::is_id(id) {
            return Ok(None);
        }
        let (seal, sealed) = ((act.seal)(tenant, id), BASE64.encode(&sealed));
        let clear = self.safe.opens(&self.shelves.keys, &seal, &act.words(tenant, id), &sealed).await?;
        Ok(clear.map(|clear| Opened { tenant, id, clear }))
    }
}

impl Act {
    /// What is sealed opens only together with these.
    fn words(&self, tenant: &str, id: &str) -> String {
        format!("{} {tenant} {id}", self.name)
    }
}
