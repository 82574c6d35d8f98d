//! What changes in a rollout: the version of a component, or what a name means to painters.

use core_brand::painting::{NAME_BYTES_MAX, PROCEDURAL};
use core_saga::{model_key, model_of};
use serde::Deserialize;

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Member {
    /// Its name; `model/<name>` for a name of models.
    pub component: String,
    /// What the name of a model means before, where the lattice does not know.
    pub from: Option<String>,
    pub to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    component: Option<String>,
    model: Option<String>,
    from: Option<String>,
    to: String,
}

impl TryFrom<Written> for Member {
    type Error = &'static str;

    fn try_from(Written { component, model, from, to }: Written) -> Result<Self, Self::Error> {
        match (component, model, from) {
            (Some(component), None, None) => Ok(Self { component, from: None, to }),
            (None, Some(model), from) => Ok(Self { component: model_key(&model), from, to }),
            (Some(_), None, Some(_)) => Err("`from` belongs to a `model`; what a component runs as is known"),
            _ => Err("what changes is either a `component` or a `model`"),
        }
    }
}

impl Member {
    /// The name of models that it is about, if so.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        model_of(&self.component)
    }
}

/// The key of a name for models, whether it is written as one or as a key.
pub(crate) fn key_of(name: &str) -> String {
    model_key(model_of(name).unwrap_or(name))
}

/// Whether a painter may mean one model or another by it. Who names a version gets that one, and who wants no model at all
/// gets none.
pub(crate) fn is_open_name(name: &str) -> bool {
    is_word(name) && name != PROCEDURAL
}

/// Whether it is a model: name and version.
pub(crate) fn is_model(name: &str) -> bool {
    name.split_once('@').is_some_and(|(name, version)| is_open_name(name) && is_word(version))
        && name.len() <= NAME_BYTES_MAX
}

fn is_word(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        && word.bytes().all(is_letter)
        && word.len() <= NAME_BYTES_MAX
}
