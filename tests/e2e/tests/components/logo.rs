//! The component file of logo.

use super::surface;

/// What the file imports and exports is what its world says, and nothing else.
#[test]
pub(crate) fn surface_is_its_world() {
    surface::check("logo", &["blobs/store", "fonts/library"], &["jobs/step", "logo/marks"]);
}
