//! Component files, as far as they are read before anybody runs them.

use crate::answer::{Answer, said, same, taken};
use imprint_rollout::contracts::{Moved, Surface, breaches};
use std::collections::BTreeMap;

/// What it offers and asks for, and what is said of a version that comes after it or before it.
pub(crate) fn component(bytes: &[u8]) -> Answer {
    let Some(found) = Surface::read(bytes) else { return Ok(Err("no component".to_owned())) };
    let moved = |old: &Surface, new: &Surface| {
        let moved = Moved { to: "0.2.0".to_owned(), old: old.clone(), new: new.clone() };
        let set = BTreeMap::from([("kit".to_owned(), moved)]);
        breaches(&set, &BTreeMap::new(), &|_| &[])
    };
    let none = Surface::default();
    same("what is not kept of the same", &moved(&found, &found).len(), &0)?;
    same("what is withdrawn", &moved(&found, &none).len(), &found.offers.len())?;
    same("what is newly asked for", &moved(&none, &found).len(), &found.asks.len())?;
    for breach in moved(&found, &none).iter().chain(&moved(&none, &found)) {
        said(&breach.to_string())?;
    }
    taken(format!("{} {}", found.offers.len().min(3), found.asks.len().min(3)))
}
