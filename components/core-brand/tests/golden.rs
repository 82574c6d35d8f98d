//! Stored forms of every past version still read, and are still written as they were: the hash chain runs over bytes.

use core_brand::brief::Order;
use core_brand::envelope::{Envelope, first_break};

const ENVELOPES: &str = include_str!("../golden/envelope-1.json");
const ORDERS: [&str; 2] =
    [include_str!("../golden/order-1.json"), include_str!("../golden/order-unlike-1.json")];

#[test]
fn the_envelope_is_frozen() {
    for line in ENVELOPES.lines() {
        let envelope = Envelope::from_bytes(line.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(envelope.to_bytes().unwrap()).unwrap(), line);
    }
}

#[test]
fn the_chain_holds_and_every_change_breaks_it() {
    let stored: Vec<Vec<u8>> = ENVELOPES.lines().map(|line| line.as_bytes().to_vec()).collect();
    let broken_at = |stored: &[Vec<u8>]| first_break(stored.iter().map(Vec::as_slice));
    assert_eq!(broken_at(&stored), None);
    let changed =
        [stored[0].iter().map(|byte| if *byte == b'4' { b'5' } else { *byte }).collect(), stored[1].clone()];
    assert_eq!(broken_at(&changed), Some(2));
    assert_eq!(broken_at(&[stored[1].clone(), stored[0].clone()]), Some(1));
    assert_eq!(broken_at(&stored[1..]), Some(1));
}

#[test]
fn an_order_of_format_1_reads_and_writes() {
    for (text, unlike) in ORDERS.into_iter().zip([0, 2]) {
        let order: Order = serde_json::from_str(text).unwrap();
        assert_eq!((order.seed, order.unlike.len()), (u64::MAX, unlike));
        assert_eq!(serde_json::to_string(&order).unwrap(), text.trim_end());
    }
}
