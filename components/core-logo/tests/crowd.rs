//! The figures that many names get: `data/crowd.txt` says what the grammars draw.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use core_brand::brief::{Order, RawBrief};
use core_brand::{BlobRef, Fault, FontKey, Rng, Studio, broken};
use core_logo::choice::Look;
use core_logo::{crowd, plan};
use core_order::Request;
use core_vector::measure::Hash;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Says that the table is to be written.
const WRITE: (&str, &str) = ("IMPRINT_CROWD", "write");
const TABLE: &str = "data/crowd.txt";
/// Names of each trade.
const NAMES: usize = 5;
/// Hashes that differ in no more bits stand in the table once.
const SPACING: u32 = 6;
/// Two trades that are drawn again in each run, and how much of what they share the table must know.
const TRADES: [&str; 2] = ["law", "bakery"];
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

/// Fonts from the cache that the set-up fills, read once.
struct Disk;

static FONTS: Mutex<BTreeMap<FontKey, Vec<u8>>> = Mutex::new(BTreeMap::new());

impl Studio for Disk {
    fn blob(&self, _content: &BlobRef) -> Result<Vec<u8>, Fault> {
        Err(broken!("there are no blobs here"))
    }

    fn font(&self, key: &FontKey) -> Result<Vec<u8>, Fault> {
        let mut fonts = FONTS.lock().map_err(|_| broken!("poisoned"))?;
        if let Some(bytes) = fonts.get(key) {
            return Ok(bytes.clone());
        }
        let family = core_typography::family(&key.family).ok_or_else(|| broken!("no family {key}"))?;
        let file = core_typography::font_file(key).ok_or_else(|| broken!("no font {key}"))?;
        let home = std::env::var("HOME").unwrap_or_default();
        let cache = std::env::var("IMPRINT_CACHE").unwrap_or_else(|_| format!("{home}/.cache/imprint"));
        let path = format!("{cache}/fonts/node_modules/{}/{}", family.package, file.path);
        let bytes = std::fs::read(&path).map_err(|why| broken!("{path}: {why}"))?;
        fonts.insert(key.clone(), bytes.clone());
        Ok(bytes)
    }

    fn picture(&self, _svg: &str, _width: u32) -> Result<Vec<u8>, Fault> {
        Err(broken!("there are no pictures here"))
    }
}

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
    plan::looks(order, &core_design::decide(order).unwrap(), &Disk).unwrap()
}

/// The hashes of each brief, drawn by two hands.
fn drawn(orders: &[Order]) -> Vec<Vec<Hash>> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let hand = || {
        while let Some((at, order)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, orders.get(at)?)))
        {
            let hashes = looks(order).iter().map(Look::hash).collect();
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

/// What was drawn for two names or more, and for how many others.
fn shared(drawn: &[Vec<Hash>]) -> Vec<(usize, Hash)> {
    let is_near = |one: &Hash, other: &Hash| one.apart(*other) <= crowd::NEAR_BITS;
    let others = |at: usize, hash: &Hash| {
        let others = drawn.iter().enumerate().filter(|(other, _)| *other != at);
        others.filter(|(_, theirs)| theirs.iter().any(|their| is_near(hash, their))).count()
    };
    let all = drawn.iter().enumerate().flat_map(|(at, own)| own.iter().map(move |hash| (at, *hash)));
    all.map(|(at, hash)| (others(at, &hash), hash)).filter(|(count, _)| *count > 0).collect()
}

#[test]
fn the_table_knows_what_names_share() {
    if std::env::var(WRITE.0).is_ok_and(|value| value == WRITE.1) {
        write();
        return;
    }
    let drawn: Vec<Vec<Look>> =
        TRADES.iter().flat_map(|trade| briefs(trade)).map(|order| looks(&order)).collect();
    let hashes: Vec<Vec<Hash>> = drawn.iter().map(|looks| looks.iter().map(Look::hash).collect()).collect();
    let all: BTreeMap<Hash, &Look> = drawn.iter().flatten().map(|look| (look.hash(), look)).collect();
    let shared = shared(&hashes);
    let known = shared.iter().filter(|(_, hash)| crowd::holds(all[hash])).count();
    let share = known as f64 / shared.len().max(1) as f64;
    assert!(shared.len() > 50, "only {} figures are shared", shared.len());
    assert!(
        share >= KNOWN_MIN,
        "the table knows {share:.2} of what names share: write it anew, {}={} cargo test -p core-logo --test crowd",
        WRITE.0,
        WRITE.1
    );
    let brief = RawBrief {
        company_name: "Halcyon Boats".to_owned(),
        industry: "travel".to_owned(),
        ..RawBrief::default()
    };
    let fresh = looks(&core_order::order(&Request { format: 1, brief, ..Request::default() }).unwrap());
    let crowd = fresh.iter().filter(|look| crowd::holds(look)).count() as f64 / fresh.len() as f64;
    assert!(crowd <= CROWD_MAX, "{crowd:.2} of what a new name gets is everybody's");
}

/// The table: what most names share first, each figure once.
fn write() {
    let orders: Vec<Order> = core_graph::industries().iter().flat_map(|trade| briefs(&trade.id)).collect();
    let mut shared = shared(&drawn(&orders));
    shared.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut kept: Vec<Hash> = Vec::new();
    for (_, hash) in shared {
        if kept.iter().all(|known| known.apart(hash) > SPACING) {
            kept.push(hash);
        }
    }
    kept.sort_unstable();
    let mut text = format!(
        "# Looks that two or more of {} made-up names share: hashes of `core_vector::measure::hash`.\n",
        orders.len()
    );
    for hash in kept {
        writeln!(text, "{:016x}", hash.0).unwrap();
    }
    std::fs::write(TABLE, text).unwrap();
}
