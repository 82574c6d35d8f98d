//! Addresses that a message may go to.
//!
//! A list of what is allowed cannot be written, since it is the internet; but everything that is special has a range of
//! its own in the registries of IANA, and an address that holds another is judged by that one too.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ranges that an operator lets messages reach although they are not public: a receiver in the same network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Network and length.
    allowed: Vec<(IpAddr, u8)>,
}

/// Networks that are no part of the internet, or only of its machinery.
const V4: &[([u8; 4], u8)] = &[
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // behind a provider's own translation
    ([127, 0, 0, 0], 8),     // this machine
    ([169, 254, 0, 0], 16),  // this link, and the metadata of clouds
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 31, 196, 0], 24), // AS112
    ([192, 52, 193, 0], 24), // automatic multicast tunnels
    ([192, 88, 99, 0], 24),  // 6to4 relays
    ([192, 168, 0, 0], 16),  // private
    ([192, 175, 48, 0], 24), // AS112
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // many at once
    ([240, 0, 0, 0], 4),     // reserved, and everybody
];

/// The same inside of `2000::/3`, which is all that is given out.
const V6: &[([u16; 8], u8)] = &[
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), // protocol assignments, Teredo among them
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), // 6to4, which holds an address of the older kind
    ([0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0], 48), // AS112
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), // documentation
];

/// Whether an address is one of the internet.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !V4.iter().any(|(network, length)| is_in_v4(v4, Ipv4Addr::from(*network), *length)),
        IpAddr::V6(v6) => {
            let is_given_out = v6.segments()[0] & 0xe000 == 0x2000;
            is_given_out
                && !V6.iter().any(|(network, length)| is_in_v6(v6, Ipv6Addr::from(*network), *length))
        }
    }
}

impl Reach {
    /// Reads networks such as `10.1.0.0/16` or `fd00::/8`. Gives the one that cannot be read.
    pub fn read<'a>(networks: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let allowed: Result<Vec<_>, _> =
            networks.into_iter().map(|text| network(text).ok_or_else(|| text.to_owned())).collect();
        Ok(Self { allowed: allowed? })
    }

    /// Whether a message may go to this address. An older address in the clothes of a newer one is what it is.
    #[must_use]
    pub fn allows(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.allowed.iter().any(|(network, length)| is_in(address, *network, *length))
    }
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = text.trim().split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let length: u8 = length.parse().ok()?;
    (length <= if address.is_ipv4() { 32 } else { 128 }).then_some((address, length))
}

fn is_in(address: IpAddr, network: IpAddr, length: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => is_in_v4(address, network, length),
        (IpAddr::V6(address), IpAddr::V6(network)) => is_in_v6(address, network, length),
        _ => false,
    }
}

fn is_in_v4(address: Ipv4Addr, network: Ipv4Addr, length: u8) -> bool {
    let differs = u32::from(address) ^ u32::from(network);
    differs.leading_zeros() >= u32::from(length)
}

fn is_in_v6(address: Ipv6Addr, network: Ipv6Addr, length: u8) -> bool {
    let differs = u128::from(address) ^ u128::from(network);
    differs.leading_zeros() >= u32::from(length)
}
