//! What each caller relies on, replayed against the component file or the library that answers.
//!
//! A folder `<caller>-<callee>` holds expectations as JSON: the calls that the caller makes, and of the answers only what
//! it uses. The tests are in `tests/`; `README.md` says how to add one.
//!
//! **Law.** An expectation can fail: whatever word of it is changed, the same answers no longer do
//! (`tests/replay`, by loop over all of them).
//! **Absent.** What nobody uses; how well the callee does its work (`tests/e2e`, `providers/conformance`).

mod away;
mod callee;
mod components;
mod courier;
mod expectation;
mod http;
mod pattern;
mod providers;
mod said;
mod surface;
mod value;

pub use callee::Callee;
pub use components::{CALLEES, Components, One};
pub use courier::Courier;
pub use expectation::{Expectation, Pair, pairs};
pub use http::{Ask, Client, Exchange};
pub use pattern::{matches, planted};
pub use providers::{Fonts, Ledger, Store, Words};
pub use said::{LATER, Later, Shapes, Side, Unheard};
pub use surface::Surface;
pub use value::text_of;
