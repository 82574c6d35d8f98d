//! The assets step: PNG renders, favicons, app icons.
