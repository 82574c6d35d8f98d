//! One module per component; a component without one does not compile.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod assets;
mod design;
mod gateway;
mod kit;
mod logo;
mod notify;
mod orchestrator;
mod surface;

/// Names the test that every component must have.
macro_rules! has_test {
    ($component:ident) => {
        const _: fn() = $component::surface_is_its_world;
    };
}

imprint_artifacts::foreach_component!(has_test);
