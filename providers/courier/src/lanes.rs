//! Who may be tried now: a lane for each receiver, bounds for each tenant and for all.
//!
//! Pure. A lane takes in only what it can begin while the claims on it hold, reckoned by how long its attempts take: a
//! slow receiver fills neither the memory nor the hands of this process.

use crate::limits::{
    ALL_MAX, LANE_MAX, SET_BACK_MS, SET_BACK_MS_MAX, TENANT_MAX, WAITING_MAX, WAITING_MS_MAX,
};
use crate::model::Notice;
use core_notify::Channel;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Until a lane was seen, its attempts are taken to be this long.
const USUAL_MS: u64 = 100;
/// Lanes that are remembered although nothing is in them.
const IDLE_MAX: usize = 1000;

/// A receiver, as far as others are to be kept from waiting for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lane {
    pub(crate) tenant: String,
    pub(crate) channel: String,
    /// An endpoint of webhooks; the others of a tenant share a lane for each channel.
    pub(crate) endpoint: String,
}

impl Lane {
    pub(crate) fn of(notice: &Notice) -> Self {
        let endpoint = match notice.channel {
            Channel::Webhook => notice.endpoint.clone().unwrap_or_default(),
            _ => String::new(),
        };
        Self { tenant: notice.tenant.clone(), channel: notice.channel.as_str().to_owned(), endpoint }
    }

    /// As it stands on a timer, with how often the message was set back.
    pub(crate) fn text(&self, set_back: u32) -> String {
        format!("{} {} {set_back}", self.channel, self.endpoint)
    }

    pub(crate) fn read(tenant: &str, text: &str) -> (Self, u32) {
        let mut words = text.split(' ');
        let mut next = || words.next().unwrap_or_default().to_owned();
        let (channel, endpoint, set_back) = (next(), next(), next());
        (Self { tenant: tenant.to_owned(), channel, endpoint }, set_back.parse().unwrap_or_default())
    }
}

/// A message that may be tried, claimed at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turn<D> {
    pub(crate) lane: Lane,
    pub(crate) id: String,
    pub(crate) claimed_ms: u64,
    pub(crate) due: D,
}

/// What becomes of a message that is due.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Entry<D> {
    /// It is tried now.
    Now(Turn<D>),
    /// It waits here.
    Waits,
    /// It is here already: a claim ran out.
    Known,
    /// There is no room; it is to come back after so many milliseconds.
    Full(Turn<D>, u64),
}

/// All lanes of a process.
pub(crate) struct Lanes<D> {
    lanes: BTreeMap<Lane, Seen<D>>,
    tenants: BTreeMap<String, usize>,
    running: usize,
    /// Waiting or tried, by tenant and id.
    here: BTreeSet<(String, String)>,
    /// The lane that had the last turn: the next is another's.
    last: Option<Lane>,
}

struct Seen<D> {
    running: usize,
    waiting: VecDeque<Turn<D>>,
    /// How long attempts take, smoothed.
    usual_ms: u64,
}

impl<D> Default for Lanes<D> {
    fn default() -> Self {
        Self {
            lanes: BTreeMap::new(),
            tenants: BTreeMap::new(),
            running: 0,
            here: BTreeSet::new(),
            last: None,
        }
    }
}

impl<D> Lanes<D> {
    /// A message is due that was set back so often.
    pub(crate) fn enter(&mut self, turn: Turn<D>, set_back: u32) -> Entry<D> {
        let key = (turn.lane.tenant.clone(), turn.id.clone());
        if self.here.contains(&key) {
            return Entry::Known;
        }
        let is_free = self.has_room(&turn.lane);
        let fresh = || Seen { running: 0, waiting: VecDeque::new(), usual_ms: USUAL_MS };
        let lane = self.lanes.entry(turn.lane.clone()).or_insert_with(fresh);
        if is_free && lane.waiting.is_empty() {
            self.here.insert(key);
            self.begin(&turn.lane);
            return Entry::Now(turn);
        }
        let in_time = WAITING_MS_MAX * LANE_MAX as u64 / lane.usual_ms.max(1);
        let room = usize::try_from(in_time).unwrap_or(usize::MAX).clamp(LANE_MAX, WAITING_MAX);
        if lane.waiting.len() >= room {
            let wait_ms = SET_BACK_MS.saturating_mul(1 << set_back.min(16)).min(SET_BACK_MS_MAX);
            return Entry::Full(turn, wait_ms);
        }
        self.here.insert(key);
        lane.waiting.push_back(turn);
        Entry::Waits
    }

    /// An attempt has ended after so many milliseconds.
    pub(crate) fn leave(&mut self, lane: &Lane, id: &str, ms: u64) {
        self.here.remove(&(lane.tenant.clone(), id.to_owned()));
        self.running = self.running.saturating_sub(1);
        if let Some(running) = self.tenants.get_mut(&lane.tenant) {
            *running = running.saturating_sub(1);
            if *running == 0 {
                self.tenants.remove(&lane.tenant);
            }
        }
        if let Some(seen) = self.lanes.get_mut(lane) {
            seen.running = seen.running.saturating_sub(1);
            seen.usual_ms = (seen.usual_ms * 3 + ms) / 4;
        }
        if self.lanes.len() > IDLE_MAX {
            self.lanes.retain(|_, seen| seen.running > 0 || !seen.waiting.is_empty());
        }
    }

    /// The next message that waits and may be tried: of the lane behind the one that had the last turn.
    pub(crate) fn next(&mut self) -> Option<Turn<D>> {
        if self.running >= ALL_MAX {
            return None;
        }
        let is_open =
            |lanes: &Self, lane: &Lane, seen: &Seen<D>| !seen.waiting.is_empty() && lanes.has_room(lane);
        let behind = |lane: &&Lane| self.last.as_ref().is_none_or(|last| *lane > last);
        let mut open =
            self.lanes.iter().filter(|(lane, seen)| is_open(self, lane, seen)).map(|(lane, _)| lane);
        let first = open.next()?.clone();
        let lane = match behind(&&first) {
            true => first,
            false => open.find(behind).cloned().unwrap_or(first),
        };
        let turn = self.lanes.get_mut(&lane)?.waiting.pop_front()?;
        self.begin(&lane);
        self.last = Some(lane);
        Some(turn)
    }

    pub(crate) fn running(&self) -> usize {
        self.running
    }

    fn has_room(&self, lane: &Lane) -> bool {
        let in_lane = self.lanes.get(lane).map_or(0, |seen| seen.running);
        let of_tenant = self.tenants.get(&lane.tenant).copied().unwrap_or_default();
        self.running < ALL_MAX && of_tenant < TENANT_MAX && in_lane < LANE_MAX
    }

    fn begin(&mut self, lane: &Lane) {
        self.running += 1;
        *self.tenants.entry(lane.tenant.clone()).or_default() += 1;
        if let Some(seen) = self.lanes.get_mut(lane) {
            seen.running += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(tenant: &str, endpoint: &str, id: usize) -> Turn<()> {
        let lane = Lane { tenant: tenant.into(), channel: "webhook".into(), endpoint: endpoint.into() };
        Turn { lane, id: id.to_string(), claimed_ms: 0, due: () }
    }

    #[test]
    fn a_silent_receiver_keeps_only_its_own_messages() {
        let mut lanes = Lanes::default();
        for id in 0..LANE_MAX {
            assert!(matches!(lanes.enter(turn("acme", "slow", id), 0), Entry::Now(_)));
        }
        assert_eq!(lanes.enter(turn("acme", "slow", 90), 0), Entry::Waits);
        assert_eq!(lanes.enter(turn("acme", "slow", 90), 0), Entry::Known);
        assert!(matches!(lanes.enter(turn("acme", "fast", 91), 0), Entry::Now(_)));
        assert_eq!(lanes.next(), None);
        lanes.leave(&turn("acme", "slow", 0).lane, "0", 20_000);
        assert_eq!(lanes.next().map(|turn| turn.id), Some("90".into()));
    }

    #[test]
    fn a_slow_lane_takes_in_what_it_can_do_in_time() {
        let mut lanes = Lanes::default();
        let slow = turn("acme", "slow", 0).lane;
        for id in 0..LANE_MAX {
            lanes.enter(turn("acme", "slow", id), 0);
        }
        for _ in 0..20 {
            lanes.leave(&slow, "none", 20_000);
            lanes.begin(&slow);
        }
        let taken = (100..200).filter(|id| lanes.enter(turn("acme", "slow", *id), 0) == Entry::Waits).count();
        assert!((LANE_MAX..=8).contains(&taken), "{taken}");
        let waits = [0, 1, 5, 30].map(|back| match lanes.enter(turn("acme", "slow", 500), back) {
            Entry::Full(_, wait_ms) => wait_ms,
            other => panic!("{other:?}"),
        });
        assert_eq!(waits, [2000, 4000, 64_000, SET_BACK_MS_MAX]);
    }

    #[test]
    fn a_tenant_with_much_leaves_room_for_others_and_lanes_take_turns() {
        let mut lanes = Lanes::default();
        let mut now = 0;
        for endpoint in 0..30 {
            for id in 0..8 {
                let entered = lanes.enter(turn("much", &endpoint.to_string(), endpoint * 100 + id), 0);
                now += usize::from(matches!(entered, Entry::Now(_)));
            }
        }
        assert_eq!(now, TENANT_MAX);
        assert!(matches!(lanes.enter(turn("little", "a", 9999), 0), Entry::Now(_)));
        let mut served = BTreeSet::new();
        for _ in 0..10 {
            let running = lanes.lanes.iter().find(|(lane, seen)| lane.tenant == "much" && seen.running > 0);
            let lane = running.map(|(lane, _)| lane.clone()).unwrap();
            lanes.leave(&lane, "none", 5);
            served.insert(lanes.next().unwrap().lane.endpoint);
        }
        assert!(served.len() >= 8, "{served:?}");
    }

    #[test]
    fn lanes_are_read_from_their_text() {
        let lane = turn("acme", "ep_1", 1).lane;
        assert_eq!(Lane::read("acme", &lane.text(3)), (lane, 3));
        let mail = Lane { channel: "email".into(), endpoint: String::new(), ..turn("acme", "", 1).lane };
        assert_eq!(Lane::read("acme", &mail.text(0)), (mail, 0));
    }
}
