//! The figures that many names get: `data/crowd.txt` says what the grammars draw.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disk;

use core_brand::Rng;
use core_brand::brief::{Order, RawBrief};
use core_logo::choice::{Hashes, Look};
use core_logo::{crowd, plan};
use core_order::Request;
use core_vector::measure::Hash;
use disk::Disk;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Says that the table is to be written.
const WRITE: (&str, &str) = ("IMPRINT_CROWD", "write");
const TABLES: [&str; 2] = ["data/crowd.txt", "data/crowd-usual.txt"];
const WAYS: [&str; 2] = ["hash", "hash_cut_free"];
/// Names of each trade.
const NAMES: usize = 10;
/// Hashes that differ in no more bits stand in the table once.
const SPACING: u32 = 6;
/// Two trades that are drawn again in each run, so many names of each, and how much of what they share the table must know.
const TRADES: [&str; 2] = ["law", "bakery"];
const NAMES_CHECKED: usize = 5;
const KNOWN_MIN: f64 = 0.9;
/// How much of what a new name gets may be in the table: more would leave nothing to choose from.
const CROWD_MAX: f64 = 0.7;

const FIRST: &[&str] = &[
    "Amber",
    "Bramble",
    "Cedar",
    "Delta",
    "Echo",
    "Falcon",
    "Granite",
    "Hazel",
    "Indigo",
    "Jasper",
    "Kindle",
    "Linden",
    "Mosaic",
    "Nectar",
    "Onyx",
    "Pine",
    "Quartz",
    "River",
    "Saffron",
    "Tundra",
    "Urban",
    "Velvet",
    "Willow",
    "Xenon",
    "Yarrow",
    "Zephyr",
    "Äther",
    "Élan",
    "Łąka",
    "Аврора",
    "Мост",
    "Φως",
    "Λίμνη",
    "שחר",
    "ليل",
    "空",
];
const SECOND: &[&str] =
    &["", "", "Collective", "& Co", "Valley", "Brothers", "Mill", "Union", "Kitchen", "Quarter", "7", "Arts"];

/// The made-up briefs of a trade.
fn briefs(trade: &str) -> Vec<Order> {
    let styles: Vec<&str> = core_graph::styles().iter().map(|style| style.id.as_str()).collect();
    let mut rng = Rng::fork(0, &format!("crowd/{trade}"));
    let mut one = |of: &[&'static str]| of[rng.below(of.len())];
    let mut order = || {
        let company_name = format!("{} {}", one(FIRST), one(SECOND)).trim().to_owned();
        let style = Some(one(&styles).to_owned());
        let brief = RawBrief { company_name, industry: trade.to_owned(), style, ..RawBrief::default() };
        core_order::order(&Request { format: 1, brief, ..Request::default() }).unwrap()
    };
    (0..NAMES).map(|_| order()).collect()
}

fn looks(order: &Order) -> Vec<Look> {
    plan::looks(order, &core_design::decide(order).unwrap(), &Disk, 0).unwrap()
}

/// The hashes of each brief, drawn by two hands.
fn drawn(orders: &[Order]) -> Vec<Vec<Hashes>> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let hand = || {
        while let Some((at, order)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, orders.get(at)?)))
        {
            let hashes = looks(order).iter().map(Look::hashes).collect();
            done.lock().unwrap().insert(at, hashes);
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(hand);
        hand();
        other.join().unwrap();
    });
    done.into_inner().unwrap().into_values().collect()
}

/// What was drawn for two names or more by one way to hash, and for how many others.
fn shared(drawn: &[Vec<Hashes>], way: usize) -> Vec<(usize, Hashes)> {
    let others = |at: usize, own: &Hashes| {
        let others = drawn.iter().enumerate().filter(|(other, _)| *other != at);
        let is_near = |their: &Hashes| own[way].apart(their[way]) <= crowd::NEAR_BITS;
        others.filter(|(_, theirs)| theirs.iter().any(is_near)).count()
    };
    let all = drawn.iter().enumerate().flat_map(|(at, own)| own.iter().map(move |hashes| (at, *hashes)));
    all.map(|(at, hashes)| (others(at, &hashes), hashes)).filter(|(count, _)| *count > 0).collect()
}

#[test]
fn the_table_knows_what_names_share() {
    if std::env::var(WRITE.0).is_ok_and(|value| value == WRITE.1) {
        write();
        return;
    }
    let orders: Vec<Order> =
        TRADES.iter().flat_map(|trade| briefs(trade).into_iter().take(NAMES_CHECKED)).collect();
    let drawn = drawn(&orders);
    for (way, table) in TABLES.iter().enumerate() {
        let shared = shared(&drawn, way);
        let known = shared.iter().filter(|(_, hashes)| crowd::knows(*hashes)).count();
        let share = known as f64 / shared.len().max(1) as f64;
        assert!(shared.len() > 25, "only {} figures are shared", shared.len());
        assert!(
            share >= KNOWN_MIN,
            "{table} knows {share:.2} of what names share: write it anew, {}={} cargo test -p core-logo --test crowd",
            WRITE.0,
            WRITE.1
        );
    }
    let brief = RawBrief {
        company_name: "Halcyon Boats".to_owned(),
        industry: "travel".to_owned(),
        ..RawBrief::default()
    };
    let fresh = looks(&core_order::order(&Request { format: 1, brief, ..Request::default() }).unwrap());
    let crowd = fresh.iter().filter(|look| crowd::holds(look)).count() as f64 / fresh.len() as f64;
    assert!(crowd <= CROWD_MAX, "{crowd:.2} of what a new name gets is everybody's");
}

/// The tables: what most names share first, each figure once.
fn write() {
    let orders: Vec<Order> = core_graph::industries().iter().flat_map(|trade| briefs(&trade.id)).collect();
    let drawn = drawn(&orders);
    for (way, table) in TABLES.iter().enumerate() {
        let mut shared = shared(&drawn, way);
        shared.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut kept: Vec<Hash> = Vec::new();
        for (_, hashes) in shared {
            if kept.iter().all(|known| known.apart(hashes[way]) > SPACING) {
                kept.push(hashes[way]);
            }
        }
        kept.sort_unstable();
        let mut text = format!(
            "# Looks that two or more of {} made-up names share: hashes of `core_vector::measure::{}`.\n",
            orders.len(),
            WAYS[way]
        );
        for hash in kept {
            writeln!(text, "{:016x}", hash.0).unwrap();
        }
        std::fs::write(table, text).unwrap();
    }
}
