//! From one colour to a palette whose contrasts are measured.
