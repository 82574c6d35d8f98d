//! What goes wrong, when, and to whom.

use crate::servers::NODES;
use imprint_servers::Chance;
use std::time::Duration;

/// Before the first fault, between two, and behind the last there is a time without.
const BEFORE_MS: u64 = 2_000;
const BETWEEN_MS: (u64, u64) = (1_500, 4_000);
const BEHIND_MS: u64 = 3_000;
/// So long a fault lasts. Longer than a claim, shorter than the patience of a writer.
const LASTS_MS: (u64, u64) = (1_500, 6_000);

/// What can go wrong with servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    Kill,
    KillTwo,
    KillAll,
    Pause,
    Restart,
    Isolate,
    Silence,
    Bridge,
    Shatter,
    /// A bit in a block of a server that was killed, and of one that ended as it was asked to.
    Flip,
    Rot,
    Truncate,
    Power,
    PowerOne,
}

impl Fault {
    pub const ALL: [Self; 14] = [
        Self::Kill,
        Self::KillTwo,
        Self::KillAll,
        Self::Pause,
        Self::Restart,
        Self::Isolate,
        Self::Silence,
        Self::Bridge,
        Self::Shatter,
        Self::Flip,
        Self::Rot,
        Self::Truncate,
        Self::Power,
        Self::PowerOne,
    ];
    /// Processes and the ways between them: disks stay as they were written.
    pub const USUAL: [Self; 9] = [
        Self::Kill,
        Self::KillTwo,
        Self::KillAll,
        Self::Pause,
        Self::Restart,
        Self::Isolate,
        Self::Silence,
        Self::Bridge,
        Self::Shatter,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::KillTwo => "kill-two",
            Self::KillAll => "kill-all",
            Self::Pause => "pause",
            Self::Restart => "restart",
            Self::Isolate => "isolate",
            Self::Silence => "silence",
            Self::Bridge => "bridge",
            Self::Shatter => "shatter",
            Self::Flip => "flip",
            Self::Rot => "rot",
            Self::Truncate => "truncate",
            Self::Power => "power",
            Self::PowerOne => "power-one",
        }
    }

    /// Whether what was stored does not stay.
    #[must_use]
    pub fn is_damage(self) -> bool {
        matches!(self, Self::Flip | Self::Truncate | Self::Rot)
    }

    /// Whether it needs disks whose power can be cut.
    #[must_use]
    pub fn cuts_power(self) -> bool {
        matches!(self, Self::Power | Self::PowerOne)
    }

    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.name() == name)
    }
}

/// A fault at its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub at_ms: u64,
    pub lasts_ms: u64,
    pub fault: Fault,
    /// The server it happens to, or the one it does not happen to.
    pub victim: usize,
}

/// How a run is made.
#[derive(Clone, Debug)]
pub struct Plan {
    pub seed: u64,
    pub seconds: u64,
    pub faults: Vec<Fault>,
    /// Operations a second, of all clients.
    pub rate: u64,
    pub clients: usize,
    /// Whether servers sync before they acknowledge.
    pub is_synced: bool,
    /// Whether a second copy is kept, and what was lost brought back from it.
    pub has_copy: bool,
    /// Whether all servers forget everything behind the load, and have only the second copy.
    pub forgets: bool,
    /// Whether each server is asked behind the load with no other in reach, which takes a while.
    pub each_alone: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 1,
            seconds: 60,
            faults: Fault::USUAL.to_vec(),
            rate: 100,
            clients: 6,
            is_synced: true,
            has_copy: true,
            forgets: false,
            each_alone: true,
        }
    }
}

impl Plan {
    /// The faults of this seed.
    #[must_use]
    pub fn troubles(&self) -> Vec<Trouble> {
        let mut chance = Chance::new(self.seed);
        let mut troubles = Vec::new();
        let mut at_ms = BEFORE_MS;
        // Each once in an order by chance, and again from the start.
        let mut left: Vec<Fault> = Vec::new();
        loop {
            if left.is_empty() {
                left.clone_from(&self.faults);
                chance.shuffle(&mut left);
            }
            let Some(fault) = left.pop() else { return troubles };
            let lasts_ms = LASTS_MS.0 + chance.below(LASTS_MS.1 - LASTS_MS.0);
            if at_ms + lasts_ms + BEHIND_MS > self.seconds * 1000 {
                return troubles;
            }
            let victim = usize::try_from(chance.below(NODES as u64)).unwrap_or_default();
            troubles.push(Trouble { at_ms, lasts_ms, fault, victim });
            at_ms += lasts_ms + BETWEEN_MS.0 + chance.below(BETWEEN_MS.1 - BETWEEN_MS.0);
        }
    }

    #[must_use]
    pub fn length(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_what_goes_wrong() {
        let of = |seed| Plan { seed, ..Plan::default() }.troubles();
        assert_eq!(of(3), of(3));
        assert_ne!(of(3), of(4));
        for trouble in (0..20).flat_map(of) {
            assert!(trouble.at_ms + trouble.lasts_ms + BEHIND_MS <= 60_000, "{trouble:?}");
        }
    }

    #[test]
    fn every_fault_has_a_name_and_comes() {
        for fault in Fault::ALL {
            assert_eq!(Fault::parse(fault.name()), Some(fault));
        }
        let came: Vec<Fault> = (0..4)
            .flat_map(|seed| Plan { seed, ..Plan::default() }.troubles())
            .map(|trouble| trouble.fault)
            .collect();
        assert!(Fault::USUAL.iter().all(|fault| came.contains(fault)), "{came:?}");
    }
}
