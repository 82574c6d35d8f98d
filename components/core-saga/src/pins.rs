//! The address of a version, and under what a name for models is pinned.

/// What the key of a name for models begins with, among components: it is drawn, pinned and counted under it like one of
/// them. No component has a slash in its name.
const MODEL: &str = "model/";

/// The key of a name for models.
#[must_use]
pub fn model_key(name: &str) -> String {
    format!("{MODEL}{name}")
}

/// The name for models that a key is about, if so.
#[must_use]
pub fn model_of(key: &str) -> Option<&str> {
    key.strip_prefix(MODEL)
}

/// The id of a component of this version on a lattice. Two versions run side by side under two ids, and nobody
/// writes one by hand. A dot would split a NATS subject.
#[must_use]
pub fn component_id(component: &str, version: &str) -> String {
    format!("imprint-{component}-{}", version.replace('.', "_"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_id_is_one_token_of_a_subject() {
        assert_eq!(super::component_id("kit", "0.1.0-rc.1"), "imprint-kit-0_1_0-rc_1");
    }
}
