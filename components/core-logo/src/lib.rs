//! The logo step: concepts as vector marks and wordmarks of shaped outlines.
