//! JSON whose members keep the order in which they were written, whatever else is compiled in.

use core_brand::{Fault, broken};
use serde::ser::{Serialize, SerializeMap, Serializer};

pub(crate) enum Json {
    Object(Vec<(String, Json)>),
    List(Vec<Json>),
    Text(String),
    Number(f64),
    Whole(u64),
    Bool(bool),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            Self::List(items) => items.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Whole(number) => serializer.serialize_u64(*number),
            Self::Bool(is) => serializer.serialize_bool(*is),
        }
    }
}

impl Json {
    /// The text of a file.
    pub(crate) fn write(&self) -> Result<String, Fault> {
        let json = serde_json::to_string_pretty(self).map_err(|why| broken!("tokens: {why}"))?;
        Ok(json + "\n")
    }
}

pub(crate) fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

pub(crate) fn members(members: impl Iterator<Item = (String, Json)>) -> Json {
    Json::Object(members.collect())
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "callers hand over colours, words and numbers as they have them"
)]
pub(crate) fn text(text: impl ToString) -> Json {
    Json::Text(text.to_string())
}
