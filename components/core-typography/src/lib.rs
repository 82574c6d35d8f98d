//! Type families with measured metrics, pairing rules, shaping and outlines.
