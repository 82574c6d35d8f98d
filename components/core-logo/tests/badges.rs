//! What the drawn grammars and the badge promise, measured on what they draw.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disk;

use core_brand::brief::{Order, RawBrief};
use core_brand::{Concept, Drawing, FillRole};
use core_logo::desk::{Desk, Try};
use core_logo::{concept, plan};
use core_vector::{bezier, measure, path, raster};
use disk::Disk;

fn order(name: &str, industry: &str, style: &str, seed: u64) -> Order {
    let raw = RawBrief {
        company_name: name.into(),
        industry: industry.into(),
        style: Some(style.into()),
        ..RawBrief::default()
    };
    Order::new(&raw, Some(seed), Some(1)).unwrap()
}

fn first_concept(order: &Order) -> Concept {
    let design = core_design::decide(order).unwrap();
    let wish = plan::wishes(order, &design, &Disk).unwrap().remove(0);
    concept::draw(order, &design, &wish, &Disk).unwrap()
}

/// Name, and whether it is set around the mark.
const NAMES: &[(&str, bool)] = &[
    ("Northwind Coffee", true),
    ("Volt", true),
    ("7", true),
    ("Alder & Ash", true),
    ("Maison Éclair", true),
    ("Straße", true),
    ("Ελλάς", true),
    ("北風コーヒー", true),
    ("قهوة الشمال", false),
    ("שמש", false),
    ("गंगा", false),
    ("The Very Long Company Name of Aberdeen", false),
];

#[test]
fn every_concept_has_a_badge_that_can_be_read() {
    for (at, (name, is_round)) in NAMES.iter().enumerate() {
        for seed in 0..3 {
            let badge =
                first_concept(&order(name, "coffee", "classic", seed * 100 + at as u64)).badge.unwrap();
            inside_its_box(name, &badge);
            assert_eq!(is_disc(&badge), *is_round, "{name}");
            assert!(badge.width / badge.height <= 3.0, "{name} is {} wide", badge.width / badge.height);
            let ink: Vec<_> = badge.shapes.iter().filter(|shape| shape.fill == FillRole::Ink).collect();
            if *is_round && !ink.is_empty() {
                let points =
                    ink.iter().flat_map(|shape| bezier::polygons(&path::parse(&shape.path).unwrap(), 1.0));
                let far: Vec<f64> =
                    points.flatten().map(|p| (p - kurbo::Point::new(500.0, 500.0)).hypot2().sqrt()).collect();
                let band =
                    far.iter().copied().fold(0.0, f64::max) - far.iter().copied().fold(500.0, f64::min);
                assert!(band >= 90.0, "the letters of {name} are {band} high");
            }
        }
    }
}

fn is_disc(badge: &Drawing) -> bool {
    let mask = raster::mask(badge, 64);
    (badge.width - badge.height).abs() < 1e-6 && !mask.ink(2, 2) && mask.cover[0] == 0 && mask.cover[3] == 0
}

fn inside_its_box(name: &str, badge: &Drawing) {
    assert!(badge.shapes.len() >= 2, "{name}");
    for shape in &badge.shapes {
        let ink = bezier::bounds(&path::parse(&shape.path).unwrap());
        assert!(ink.x0 > -1.0 && ink.y0 > -1.0, "{name} {ink:?}");
        assert!(ink.x1 < badge.width + 1.0 && ink.y1 < badge.height + 1.0, "{name} {ink:?}");
    }
}

const GRAMMARS: &[&str] = &["monoline", "emblem", "echo", "rebus", "facet", "tally"];
const BRIEFS: &[(&str, &str, &str)] = &[
    ("Northwind Coffee", "coffee", "modern"),
    ("Alder & Ash", "law", "classic"),
    ("Bloom", "florist", "elegant"),
    ("Delta Works", "construction", "bold"),
    ("Ember Grill", "restaurant", "bold"),
    ("Golden Gate Gym", "fitness", "bold"),
    ("Harbor House", "hotel", "elegant"),
    ("Juniper", "bakery", "playful"),
    ("Kestrel", "mobility", "modern"),
    ("Lumen", "energy", "technical"),
    ("Otto", "technology", "minimal"),
    ("Quill", "education", "classic"),
    ("Tidal", "technology", "bold"),
    ("Willow Spa", "wellness", "organic"),
    ("Xenon Labs", "pharma", "technical"),
    ("42 North", "brewery", "vintage"),
];

#[test]
fn the_drawn_grammars_suit_every_other_name_and_tell_names_apart() {
    for grammar in GRAMMARS {
        let mut masks = Vec::new();
        for (at, (name, industry, style)) in BRIEFS.iter().enumerate() {
            let order = order(name, industry, style, at as u64);
            let design = core_design::decide(&order).unwrap();
            let desk = Desk::open(&order, &design, &Disk).unwrap();
            let tries = (0..7).flat_map(|idea| (0..3).map(move |attempt| (idea, attempt)));
            let mut marks = tries.filter_map(|(idea, attempt)| {
                desk.mark(&Try { grammar: (*grammar).to_owned(), round: 0, idea, attempt })
            });
            masks.extend(marks.next().map(|mark| raster::mask(&mark.drawing, 48)));
        }
        // A name has eighteen to choose from: the lanes of an echo hold at 16 pixels for few, and folded signs are for
        // names that say them.
        let least = match *grammar {
            "echo" => 0.4,
            "facet" => 0.65,
            _ => 0.8,
        };
        assert!(
            masks.len() as f64 >= least * BRIEFS.len() as f64,
            "{grammar}: {} of {}",
            masks.len(),
            BRIEFS.len()
        );
        let pairs = masks
            .iter()
            .enumerate()
            .flat_map(|(at, one)| masks[at + 1..].iter().map(move |other| (one, other)));
        let mut alike: Vec<f64> = pairs.map(|(one, other)| measure::overlap(one, other)).collect();
        alike.sort_by(f64::total_cmp);
        assert!(alike[alike.len() / 2] <= 0.6, "{grammar}: {}", alike[alike.len() / 2]);
    }
}
