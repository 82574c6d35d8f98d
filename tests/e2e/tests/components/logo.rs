//! The component file of logo.

use super::surface;

/// What the file imports and exports is what its world says, and nothing else.
#[test]
pub(crate) fn surface_is_its_world() {
    let exports = ["jobs/step", "logo/marks", "logo/painting"];
    surface::check("logo", &["blobs/store", "fonts/library"], &exports);
}
