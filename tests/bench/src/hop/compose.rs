//! Two component files as one.

use std::path::Path;
use wac_graph::types::Package;
use wac_graph::{CompositionGraph, EncodeOptions, plug};

/// Gives the caller what the callee exports, and leaves everything else as it was.
pub(super) fn compose(caller: &Path, callee: &Path, to: &Path) {
    let composed = composed(caller, callee).unwrap_or_else(|why| panic!("they do not fit: {why:#}"));
    std::fs::write(to, composed).unwrap_or_else(|why| panic!("`{}`: {why}", to.display()));
}

fn composed(caller: &Path, callee: &Path) -> anyhow::Result<Vec<u8>> {
    let mut graph = CompositionGraph::new();
    let caller = Package::from_file("imprint:caller", None, caller, graph.types_mut())?;
    let callee = Package::from_file("imprint:callee", None, callee, graph.types_mut())?;
    let (caller, callee) = (graph.register_package(caller)?, graph.register_package(callee)?);
    plug(&mut graph, vec![callee], caller)?;
    Ok(graph.encode(EncodeOptions::default())?)
}
