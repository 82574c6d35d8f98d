//! What can be measured about a mark without asking anybody, by the number it has in the report.
//!
//! One measure, one function: L1 `faults`, L3 `fills`, L4 `segments` and `bytes`, L5 `widths`, L6 `topology`, L8 `one_color`, L9 `imbalance`, L10 `symmetry`, L11 `coverage`, L12 `complexity`, L13 `overlap`
//! and `hash` of `centred` masks. `roundness` tells a disc (L18). `appeal` is no gate: it ranks.

mod appeal;
mod area;
mod file;
mod likeness;
mod outline;
mod topology;
mod width;

pub use appeal::{Appeal, appeal};
pub use area::{coverage, imbalance, roundness};
pub use file::faults;
pub use likeness::{HASH_PX, Hash, centred, hash, hash_cut_free, overlap, symmetry};
pub use outline::{OneColor, bytes, complexity, fills, one_color, segments};
pub use topology::{LARGE_PX, Topology, is_firm, keeps, keeps_counted, smallest_side, topology};
pub use width::{WIDTHS_PX, Widths, shards, widths};
