//! Forwarding: an import of one component is a call of the component that exports it.

use crate::guest::Guest;
use crate::load::Loaded;
use imprint_blobs::Blobs;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use wasmtime::Engine;
use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, Linker, Val};

/// A call may lead to a call, and so on, this often: no contract needs more, and a circle ends.
pub(crate) const DEPTH_MAX: u32 = 4;

/// The loaded components, known only after all are linked.
pub(crate) type Directory<B> = Arc<OnceLock<BTreeMap<String, Arc<Loaded<B>>>>>;

/// Which component exports which interface of ours.
pub(crate) fn exporters(
    engine: &Engine,
    components: &BTreeMap<String, Component>,
) -> BTreeMap<String, String> {
    let mut exporters = BTreeMap::new();
    for (name, component) in components {
        for (interface, _) in component.component_type().exports(engine) {
            // Every component exports the step; it is called by component, never imported.
            if interface.starts_with("imprint:") && !interface.starts_with("imprint:jobs/") {
                exporters.insert(interface.to_owned(), name.clone());
            }
        }
    }
    exporters
}

/// Links every import of ours that another component exports.
pub(crate) fn link<B: Blobs + 'static>(
    linker: &mut Linker<Guest<B>>,
    component: &Component,
    exporters: &BTreeMap<String, String>,
    directory: &Directory<B>,
) -> wasmtime::Result<()> {
    let engine = linker.engine().clone();
    for (interface, item) in component.component_type().imports(&engine) {
        let (Some(exporter), ComponentItem::ComponentInstance(instance)) =
            (exporters.get(interface), item.ty)
        else {
            continue;
        };
        let mut functions = linker.instance(interface)?;
        for (function, item) in instance.exports(&engine) {
            if !matches!(item.ty, ComponentItem::ComponentFunc(_)) {
                continue;
            }
            let route = Route {
                exporter: exporter.clone(),
                interface: interface.to_owned(),
                function: function.to_owned(),
                directory: directory.clone(),
            };
            functions.func_new(function, move |caller, _type, params, results| {
                route.call(caller.data().depth, params, results)
            })?;
        }
    }
    Ok(())
}

/// Where an imported function really is.
struct Route<B: 'static> {
    exporter: String,
    interface: String,
    function: String,
    directory: Directory<B>,
}

impl<B: Blobs + 'static> Route<B> {
    fn call(&self, depth: u32, params: &[Val], results: &mut [Val]) -> wasmtime::Result<()> {
        wasmtime::ensure!(depth + 1 < DEPTH_MAX, "more than {DEPTH_MAX} calls lead to each other");
        let callee = self.directory.get().and_then(|all| all.get(&self.exporter));
        let callee = callee.ok_or_else(|| wasmtime::format_err!("nobody exports `{}`", self.interface))?;
        invoke(callee, depth + 1, &self.interface, &self.function, params, results)
    }
}

/// Calls an exported function in an instance of its own.
pub(crate) fn invoke<B: Blobs + 'static>(
    callee: &Loaded<B>,
    depth: u32,
    interface: &str,
    name: &str,
    params: &[Val],
    results: &mut [Val],
) -> wasmtime::Result<()> {
    let mut store = callee.store(depth);
    let instance = callee.pre.instantiate(&mut store)?;
    let exported = instance.get_export_index(&mut store, None, interface);
    let function = instance.get_export_index(&mut store, exported.as_ref(), name);
    let function = function.and_then(|index| instance.get_func(&mut store, index));
    let function = function.ok_or_else(|| wasmtime::format_err!("`{interface}` has no `{name}`"))?;
    function.call(&mut store, params, results)
}
