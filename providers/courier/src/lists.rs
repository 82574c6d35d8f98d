//! Lists of messages, newest first: a projection of what is stored, made again where it is not at hand.
//!
//! Values are listed in the order in which they were written, and only forward. So each tenant's messages are followed
//! here by a few words of each; what is shown is read from the store when it is asked for.

use crate::limits::{LISTED_MAX, LISTED_TENANTS_MAX};
use crate::model::{Notice, Status};
use core_notify::Channel;
use std::collections::BTreeMap;

/// Of each message what lists are asked by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) channel: Channel,
    pub(crate) status: Status,
    pub(crate) endpoint: Option<String>,
    pub(crate) event_ms: u64,
}

/// The place of a message: when it was made, and its id.
pub(crate) type Place = (u64, String);

/// What is known of one tenant.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    pub(crate) revision: u64,
    pub(crate) rows: BTreeMap<Place, Row>,
}

/// What is known of all tenants that were asked for lately.
#[derive(Debug, Default)]
pub(crate) struct Lists(BTreeMap<String, List>);

impl Lists {
    /// Takes a tenant's list out, to be followed; another that asks meanwhile begins anew.
    pub(crate) fn take(&mut self, tenant: &str) -> List {
        self.0.remove(tenant).unwrap_or_default()
    }

    pub(crate) fn put(&mut self, tenant: &str, list: List) {
        if self.0.len() >= LISTED_TENANTS_MAX {
            self.0.clear();
        }
        let is_newer = self.0.get(tenant).is_none_or(|known| known.revision <= list.revision);
        if is_newer {
            self.0.insert(tenant.to_owned(), list);
        }
    }
}

impl List {
    pub(crate) fn see(&mut self, revision: u64, notice: &Notice) {
        self.revision = self.revision.max(revision);
        let row = Row {
            channel: notice.channel,
            status: notice.status,
            endpoint: notice.endpoint.clone(),
            event_ms: notice.event_ms,
        };
        self.rows.insert((notice.created_ms, notice.id.clone()), row);
        while self.rows.len() > LISTED_MAX {
            self.rows.pop_first();
        }
    }

    /// The places that pass, newest first, before this one.
    pub(crate) fn before<'a>(
        &'a self,
        cursor: Option<&Place>,
        passes: impl Fn(&Row) -> bool + 'a,
    ) -> impl Iterator<Item = &'a Place> {
        let end = cursor.cloned();
        let is_before = move |place: &&Place| end.as_ref().is_none_or(|end| *place < end);
        let passing = self.rows.iter().filter(move |(_, row)| passes(row));
        passing.map(|(place, _)| place).rev().filter(is_before)
    }
}
