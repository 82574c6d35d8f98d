//! The component file of design.

use super::surface;

/// What the file imports and exports is what its world says, and nothing else.
#[test]
pub(crate) fn surface_is_its_world() {
    surface::check("design", &["blobs/store", "polish/text"], &["design/palette", "jobs/step"]);
}
