//! Whether versions fit each other: what a component offers and asks for stands in its file, by interface and version.
//!
//! A version keeps offering what the one before it offered, so that whoever asks for that is answered by both; and what it
//! newly asks for is offered by whoever its calls go to, in the version that they will go to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use wasmparser::{Parser, Payload};

/// The interfaces of ours begin with this; others are the host's.
const OURS: &str = "imprint:";
/// An interface of nothing but types: words, no ability.
const TYPES: &str = "/types@";
/// Ours have some forty letters.
const NAME_BYTES_MAX: usize = 256;

/// What a component offers and asks for, such as `imprint:jobs/step@0.1.0`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    pub offers: BTreeSet<String>,
    pub asks: BTreeSet<String>,
}

/// A component of a set: what it is, and what it is to be.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    pub to: String,
    pub old: Surface,
    pub new: Surface,
}

/// Versions that do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// Others ask for it, and it is gone.
    Withdrawn { component: String, to: String, interface: String },
    /// It is asked for, and nobody offers it; who would have to.
    Unanswered { component: String, to: String, interface: String, target: Option<String> },
}

impl Surface {
    /// Reads a component; nothing where the bytes are none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (mut found, mut depth, mut is_component) = (Self::default(), 0u32, false);
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.ok()? {
                Payload::Version { encoding, .. } => {
                    is_component |= depth == 0 && encoding == wasmparser::Encoding::Component;
                    depth += 1;
                }
                Payload::End(_) => depth = depth.saturating_sub(1),
                Payload::ComponentImportSection(imports) if depth == 1 => {
                    for import in imports {
                        found.asks.extend(ours(import.ok()?.name.name)?);
                    }
                }
                Payload::ComponentExportSection(exports) if depth == 1 => {
                    for export in exports {
                        found.offers.extend(ours(export.ok()?.name.name)?);
                    }
                }
                _ => {}
            }
        }
        is_component.then_some(found)
    }
}

/// The interface, if it is one of ours; nothing at all where it is called so as no interface can be, and could not be shown.
fn ours(name: &str) -> Option<Option<String>> {
    let is_ours = name.starts_with(OURS) && !name.contains(TYPES);
    let is_name = name.len() <= NAME_BYTES_MAX && name.bytes().all(|byte| byte.is_ascii_graphic());
    (is_name || !is_ours).then(|| is_ours.then(|| name.to_owned()))
}

/// Who answers a call of a component: by component, the packages, interfaces and targets of its calls.
pub type Calls<'a> = &'a dyn Fn(&str) -> &'static [(&'static str, &'static str, &'static str)];

/// What does not fit in a set that moves together, beside components that stay as they are.
#[must_use]
pub fn breaches(
    set: &BTreeMap<String, Moved>,
    beside: &BTreeMap<String, Surface>,
    calls: Calls<'_>,
) -> Vec<Breach> {
    let mut found = Vec::new();
    for (component, Moved { to, old, new }) in set {
        let gone = old.offers.difference(&new.offers).cloned();
        found.extend(gone.map(|interface| Breach::Withdrawn {
            component: component.clone(),
            to: to.clone(),
            interface,
        }));
        for interface in new.asks.difference(&old.asks) {
            let target = target(calls(component), interface);
            let answers =
                target.and_then(|name| set.get(name).map(|moved| &moved.new).or_else(|| beside.get(name)));
            if !answers.is_some_and(|surface| surface.offers.contains(interface)) {
                found.push(Breach::Unanswered {
                    component: component.clone(),
                    to: to.clone(),
                    interface: interface.clone(),
                    target: target.map(str::to_owned),
                });
            }
        }
    }
    found
}

/// Where calls of an interface go, whatever its version.
fn target(calls: &[(&'static str, &'static str, &'static str)], interface: &str) -> Option<&'static str> {
    let (package, rest) = interface.strip_prefix(OURS)?.split_once('/')?;
    let name = rest.split('@').next()?;
    let is_it = |call: &&(&str, &str, &str)| call.0 == package && call.1.split(", ").any(|one| one == name);
    calls.iter().find(is_it).map(|call| call.2)
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withdrawn { component, to, interface } => write!(
                f,
                "`{component}` {to} does not offer {interface} any more, which others ask it for; offer both versions of it"
            ),
            Self::Unanswered { component, to, interface, target: Some(target) } => write!(
                f,
                "`{component}` {to} asks for {interface}, which `{target}` does not offer; move a version of `{target}` that \
                 does with it, such as --set {target}=…"
            ),
            Self::Unanswered { component, to, interface, target: None } => {
                write!(f, "`{component}` {to} asks for {interface}, and nobody here is asked for that")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: &str = "imprint:jobs/step@0.1.0";
    const RASTER: [&str; 2] = ["imprint:assets/raster@0.1.0", "imprint:assets/raster@0.2.0"];

    fn surface(offers: &[&str], asks: &[&str]) -> Surface {
        let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Surface { offers: all(offers), asks: all(asks) }
    }

    fn kit(asks: &[&str]) -> Moved {
        let old = surface(&[STEP], &[RASTER[0], "imprint:blobs/store@0.1.0"]);
        Moved { to: "0.2.0".into(), old, new: surface(&[STEP], asks) }
    }

    fn calls(component: &str) -> &'static [(&'static str, &'static str, &'static str)] {
        match component {
            "kit" => &[("blobs", "store", "blobs"), ("assets", "raster, other", "assets")],
            _ => &[],
        }
    }

    /// What it is, what moves, what the others offer, and what is said.
    type Case<'a> = (&'a str, Vec<(&'a str, Moved)>, &'a [&'a str], &'a [&'a str]);

    #[test]
    fn versions_fit_or_it_is_said_why_not() {
        let assets = |offers: &[&str]| Moved {
            to: "0.2.0".into(),
            old: surface(&[STEP, RASTER[0]], &[]),
            new: surface(offers, &[]),
        };
        let (both, new_only) = ([STEP, RASTER[0], RASTER[1]], [STEP, RASTER[1]]);
        let cases: [Case; 8] = [
            ("the same", vec![("kit", kit(&[RASTER[0]]))], &both[..2], &[]),
            ("asks for less", vec![("kit", kit(&[]))], &[], &[]),
            (
                "asks for more, alone",
                vec![("kit", kit(&[RASTER[1]]))],
                &both[..2],
                &["move a version of `assets`"],
            ),
            ("asks for more, offered already", vec![("kit", kit(&[RASTER[1]]))], &both, &[]),
            ("together", vec![("kit", kit(&[RASTER[1]])), ("assets", assets(&both))], &both[..2], &[]),
            (
                "together, and the old is gone",
                vec![("kit", kit(&[RASTER[1]])), ("assets", assets(&new_only))],
                &[],
                &["any more"],
            ),
            (
                "a provider",
                vec![("kit", kit(&["imprint:blobs/store@0.2.0"]))],
                &both,
                &["which `blobs` does not offer"],
            ),
            (
                "nobody",
                vec![("kit", kit(&["imprint:painter/queue@0.1.0"]))],
                &both,
                &["nobody here is asked for that"],
            ),
        ];
        for (name, set, beside, told) in cases {
            let set = set.into_iter().map(|(component, moved)| (component.to_owned(), moved)).collect();
            let beside = [("assets".to_owned(), surface(beside, &[]))].into();
            let found: Vec<String> =
                breaches(&set, &beside, &calls).iter().map(ToString::to_string).collect();
            assert_eq!(found.len(), told.len(), "{name}: {found:?}");
            assert!(found.iter().zip(told).all(|(found, told)| found.contains(told)), "{name}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_component_has_no_surface() {
        // A core module without anything in it, and a component.
        let module = *b"\0asm\x01\0\0\0";
        assert_eq!(Surface::read(b"no wasm"), None);
        assert_eq!(Surface::read(&module), None);
        assert_eq!(Surface::read(b"\0asm\x0d\0\x01\0"), Some(Surface::default()));
    }
}
