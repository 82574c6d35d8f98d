//! What a component file reaches for and what it offers.

use imprint_harness::Site;
use std::collections::BTreeSet;

/// Asserts that the file imports and exports exactly these of ours, and nothing foreign but plain WASI.
pub(crate) fn check(component: &str, imports: &[&str], exports: &[&str]) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let Site::Embedded(workshop) = Site::embedded() else { panic!("an embedded site is embedded") };
    let surface = workshop.components().surface(component).unwrap();
    let ours = |names: &[String]| -> BTreeSet<String> {
        let bare = names.iter().filter_map(|name| name.strip_prefix("imprint:")?.split('@').next());
        // Types are words, not abilities.
        bare.filter(|name| *name != "platform/types").map(str::to_owned).collect()
    };
    let wanted = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(ours(&surface.imports), wanted(imports), "imports of {component}");
    assert_eq!(ours(&surface.exports), wanted(exports), "exports of {component}");
    for import in &surface.imports {
        assert!(
            import.starts_with("imprint:") || import.starts_with("wasi:"),
            "{component} imports {import}"
        );
        assert!(
            !import.starts_with("wasi:http") && !import.starts_with("wasi:sockets"),
            "{component} imports {import}"
        );
    }
    for name in surface.imports.iter().chain(&surface.exports).filter(|name| name.starts_with("imprint:")) {
        assert!(name.ends_with("@0.1.0"), "{name} has no version");
    }
}
