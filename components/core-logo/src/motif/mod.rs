//! Motifs of the trades, each built from a few primitives with proportions that the name decides.

mod made;
mod nature;
mod sign;

use crate::art::{Art, Pen};
use kurbo::{BezPath, Rect};

/// Draws a motif.
type Draw = fn(&mut Pen) -> Art;

/// Every motif by id.
pub(crate) const ALL: &[(&str, Draw)] = &[
    ("anchor", made::anchor),
    ("arc", sign::arc),
    ("bean", nature::bean),
    ("bolt", sign::bolt),
    ("book", made::book),
    ("brick", made::brick),
    ("coin", sign::coin),
    ("cross", sign::cross),
    ("drop", nature::drop),
    ("gear", made::gear),
    ("house", made::house),
    ("key", made::key),
    ("leaf", nature::leaf),
    ("lens", sign::lens),
    ("node", sign::node),
    ("note", made::note),
    ("paw", nature::paw),
    ("peak", nature::peak),
    ("pin", sign::pin),
    ("route", sign::route),
    ("scale", made::scale),
    ("seed", nature::seed),
    ("shield", sign::shield),
    ("spark", sign::spark),
    ("star", sign::star),
    ("steam", nature::steam),
    ("sun", nature::sun),
    ("thread", made::thread),
    ("wave", nature::wave),
    ("wheel", made::wheel),
];

/// The motif of an id, and the id as this table writes it.
#[must_use]
pub(crate) fn find(id: &str) -> Option<(&'static str, Draw)> {
    ALL.iter().find(|(known, _)| *known == id).copied()
}

/// The outline of a shield, also a tile for other things.
#[must_use]
pub(crate) fn shield() -> BezPath {
    sign::shield_shape(0.5)
}

/// A solid body with the room it has for a letter, for motifs that are one or stand near one; named by what it is.
#[must_use]
pub(crate) fn body(id: &str) -> Option<(&'static str, BezPath, Rect)> {
    let middle = |width: f64, height: f64, y: f64| Rect::from_center_size((500.0, y), (width, height));
    Some(match id {
        "drop" => ("drop", nature::drop_shape(340.0, 20.0, 980.0), middle(380.0, 400.0, 640.0)),
        "shield" => ("shield", shield(), middle(480.0, 500.0, 440.0)),
        "leaf" => ("leaf", nature::body(), middle(440.0, 460.0, 500.0)),
        "house" | "brick" => ("house", made::gable(), middle(480.0, 480.0, 600.0)),
        "pin" | "route" => ("pin", sign::pin_body(), middle(380.0, 400.0, 370.0)),
        "gear" => ("gear", made::cog(8, 490.0, 385.0, 0.3, 0.0), middle(390.0, 410.0, 500.0)),
        "book" => ("book", made::cover(), middle(430.0, 470.0, 500.0)),
        _ => return None,
    })
}
