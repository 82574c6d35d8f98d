//! The brand knowledge graph: industries, styles, traits, and the path behind each answer.
