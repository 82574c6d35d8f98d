//! Free ports of this machine, for servers that are started a moment later.
//!
//! **Law.** A port that was given out is given to nobody else who asks here, in this process or another, as long as this
//! process lives. It lies outside of the range from which the system takes ports for connections, so no connection, not even
//! one that somebody tries to this very port, can take it before its server listens.
//! **Absent.** Programs that do not ask here. They may take a port at any time, and its server then says so.

use std::io::{Error, ErrorKind, Result};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::sync::{Mutex, PoisonError};

/// Below, services have their usual ports.
const FIRST: u16 = 10_000;
/// Where the system begins to take ports for connections, unless it says otherwise.
const CONNECTIONS_FROM: u16 = 32_768;
/// A smaller range is no range to search.
const RANGE_MIN: u16 = 1_000;
/// Processes begin to search so far apart: a prime, so that they spread.
const STEP: u32 = 7_919;

/// Who asks here first binds the port for datagrams, which nobody uses, and keeps it.
static HELD: Mutex<Vec<(u16, UdpSocket)>> = Mutex::new(Vec::new());

/// A free port.
pub fn one() -> Result<u16> {
    Ok(row(1)?.start)
}

/// So many free ports.
pub fn some(count: usize) -> Result<Vec<u16>> {
    (0..count).map(|_| one()).collect()
}

/// So many free ports that follow each other.
pub fn row(count: u16) -> Result<std::ops::Range<u16>> {
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    let range = FIRST..connections_from();
    let width = u32::from(range.end.saturating_sub(range.start));
    let begin = held.last().map_or(std::process::id().wrapping_mul(STEP), |(last, _)| u32::from(*last) + 1);
    for offset in 0..width {
        // Both sums stay below the end of the range.
        let place = (begin.wrapping_add(offset)) % width;
        let first = range.start + u16::try_from(place).unwrap_or_default();
        let Some(end) = first.checked_add(count).filter(|end| *end <= range.end) else { continue };
        let Some(taken) = (first..end).map(take).collect::<Option<Vec<_>>>() else { continue };
        held.extend(taken);
        return Ok(first..end);
    }
    Err(Error::new(ErrorKind::AddrInUse, format!("no {count} ports in a row are free on this machine")))
}

fn take(port: u16) -> Option<(u16, UdpSocket)> {
    let held = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok().map(|_| (port, held))
}

fn connections_from() -> u16 {
    let said = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").ok();
    let first = said.and_then(|text| text.split_whitespace().next()?.parse().ok());
    first.filter(|first| *first >= FIRST + RANGE_MIN).unwrap_or(CONNECTIONS_FROM)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops where it fails")]
mod tests {
    use super::*;

    #[test]
    fn no_port_is_given_twice() {
        let mut all: Vec<u16> = std::thread::scope(|scope| {
            let several: Vec<_> = (0..4).map(|_| scope.spawn(|| some(20).unwrap())).collect();
            several.into_iter().flat_map(|one| one.join().unwrap()).collect()
        });
        all.extend(row(5).unwrap());
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_port_is_one_that_a_server_can_have_and_a_connection_cannot() {
        let port = one().unwrap();
        assert!(port < connections_from());
        assert!(std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
    }

    #[test]
    fn who_listens_keeps_a_port() {
        let port = row(3).unwrap().start;
        assert!(take(port).is_none(), "it is ours");
        assert!(row(u16::MAX).is_err());
    }
}
