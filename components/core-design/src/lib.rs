//! The design step: a brief to a design with reasons.
