//! Marks that somebody has already: those of an order's `unlike`. None of its concepts may be near one of them.

use crate::choice::{Look, bits};
use crate::crowd::TAKEN_BITS;
use core_brand::Silhouette;

/// The marks that are taken.
#[derive(Clone, Copy)]
pub(crate) struct Taken<'a>(pub &'a [Silhouette]);

impl Taken<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Bits that the nearest of them differs in; as many as there are where none is taken.
    pub(crate) fn bits(&self, look: &Look) -> u32 {
        let own = look.silhouette();
        self.0.iter().map(|taken| bits(own, *taken)).min().unwrap_or(u64::BITS)
    }

    /// Whether one of them is this figure.
    pub(crate) fn holds(&self, look: &Look) -> bool {
        self.bits(look) <= TAKEN_BITS
    }
}
