//! Bytes at hand as JSON: most of them are text, and a list of numbers is four times as long and far slower to read.

use serde::de::{SeqAccess, Visitor};
use serde::{Deserializer, Serialize, Serializer};
use std::fmt::{Formatter, Result as Written};

pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    match std::str::from_utf8(bytes) {
        Ok(text) => serializer.serialize_str(text),
        Err(_) => bytes.serialize(serializer),
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    deserializer.deserialize_any(Bytes)
}

struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> Written {
        formatter.write_str("a text or a list of bytes")
    }

    fn visit_str<E>(self, text: &str) -> Result<Vec<u8>, E> {
        Ok(text.as_bytes().to_vec())
    }

    fn visit_string<E>(self, text: String) -> Result<Vec<u8>, E> {
        Ok(text.into_bytes())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<u8>, A::Error> {
        let mut bytes = Vec::new();
        while let Some(byte) = list.next_element()? {
            bytes.push(byte);
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use crate::Body;

    #[test]
    fn text_is_text_and_lists_of_past_versions_read() {
        let cases: [(&[u8], &str); 4] = [
            (b"", r#"{"inline":""}"#),
            (b"{\"name\": \"x\"}\n", r#"{"inline":"{\"name\": \"x\"}\n"}"#),
            ("é\0".as_bytes(), r#"{"inline":"é\u0000"}"#),
            (b"\x89PNG", r#"{"inline":[137,80,78,71]}"#),
        ];
        for (bytes, text) in cases {
            let body = Body::Inline(bytes.to_vec());
            assert_eq!(serde_json::to_string(&body).expect("serialises"), text);
            assert_eq!(serde_json::from_str::<Body>(text).expect("reads"), body);
            let list = serde_json::json!({ "inline": bytes });
            assert_eq!(serde_json::from_value::<Body>(list).expect("reads"), body);
        }
        for strange in [r#"{"inline":[256]}"#, r#"{"inline":[-1]}"#, r#"{"inline":{}}"#, r#"{"inline":null}"#]
        {
            assert!(serde_json::from_str::<Body>(strange).is_err(), "{strange}");
        }
    }
}
