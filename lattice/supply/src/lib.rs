//! Gets what a run needs: component files and fonts. The only room that builds or downloads.
//!
//! Components are built by a child cargo with its own target folder; fonts come by npm, pinned by the lock file in
//! `fonts/`, into a cache. Both say so when they work, and cost a few file stamps when there is nothing to do.
//!
//! **Law.** Nothing is built or fetched except by `components` and `fonts`, and every file that comes out has a
//! hash that was checked: fonts against the committed index, components against what was built.
//! **Absent.** Loading components (`embedded`).

mod child;
mod components;
mod diagnose;
mod fonts;
mod places;

pub use child::{Quiet, Voice};
pub use components::{COMPONENTS, Component, component_files, components};
pub use diagnose::{Finding, diagnose};
pub use fonts::{Font, font_files, fonts};
pub use places::{Places, TARGET};

use core_brand::Fault;
use core_brand::fault::Code;

/// Something that is not at hand, why, and what to do.
pub(crate) fn missing(what: &str, why: impl std::fmt::Display, mend: &str) -> Fault {
    Fault::new(
        Code::SetupMissing,
        [("what", what.to_owned()), ("why", why.to_string()), ("mend", mend.to_owned())],
    )
}
