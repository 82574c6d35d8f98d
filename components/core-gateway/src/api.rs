//! What every handler is given.

use crate::http::Request;
use crate::platform::{Call, Platform};

/// One request on its way.
pub(crate) struct Visit<'a> {
    pub(crate) platform: &'a dyn Platform,
    pub(crate) request: &'a Request,
    /// The parts of the address that its pattern names, unescaped.
    pub(crate) parts: Vec<(&'static str, String)>,
    pub(crate) caller: Call,
}

impl Visit<'_> {
    /// A part of the address; empty where the pattern has no such part.
    pub(crate) fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn caller(&self) -> &Call {
        &self.caller
    }

    /// The caller, doing this to a brand.
    pub(crate) fn call(&self, id: &str, act: &str) -> Call {
        self.caller.to(self.platform, id, act)
    }
}
