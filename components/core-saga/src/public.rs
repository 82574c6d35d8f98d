//! Public events that others send and read, in every version that was released.

use serde::{Deserialize, Serialize};

/// `brand.generation.requested`, version 3. A message of version 2 says nothing of the distance, one of version 1 has no
/// `experiment_context` either; both read as messages with the defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GenerationRequested {
    pub request_id: String,
    pub user_id: String,
    pub company_name: String,
    pub industry: String,
    #[serde(default)]
    pub style_preferences: StylePreferences,
    #[serde(default)]
    pub experiment_context: ExperimentContext,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StylePreferences {
    pub primary_color: Option<String>,
    pub style: String,
    pub complexity: String,
    /// From what the industry does, 0 to 1; nothing where nothing was said.
    pub distance: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExperimentContext {
    pub model_variant: String,
    pub canary_percentage: u8,
}

impl Default for StylePreferences {
    fn default() -> Self {
        Self {
            primary_color: None,
            style: "modern".to_owned(),
            complexity: "medium".to_owned(),
            distance: None,
        }
    }
}

impl Default for ExperimentContext {
    fn default() -> Self {
        Self { model_variant: "stable".to_owned(), canary_percentage: 0 }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PublicError {
    #[error("version {0} of this event is not known")]
    Version(u32),
    #[error("the event cannot be read")]
    Unreadable(#[source] serde_json::Error),
}

impl GenerationRequested {
    /// The newest version.
    pub const VERSION: u32 = 3;

    /// Reads a message of any version that was released. What a newer producer added is not looked at.
    pub fn read(version: u32, text: &str) -> Result<Self, PublicError> {
        if !(1..=Self::VERSION).contains(&version) {
            return Err(PublicError::Version(version));
        }
        let read: Self = serde_json::from_str(text).map_err(PublicError::Unreadable)?;
        // What a version did not have yet is not what its messages may call so.
        let style_preferences = match version {
            1 | 2 => StylePreferences { distance: None, ..read.style_preferences },
            _ => read.style_preferences,
        };
        let experiment_context = match version {
            1 => ExperimentContext::default(),
            _ => read.experiment_context,
        };
        Ok(Self { style_preferences, experiment_context, ..read })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = r##"{"request_id":"r","user_id":"u","company_name":"TechCorp","industry":"technology",
        "style_preferences":{"primary_color":"#2563eb","complexity":"simple"}}"##;

    #[test]
    fn version_1_reads_as_the_newest_with_defaults() {
        let read = GenerationRequested::read(1, OLD).unwrap();
        assert_eq!(read.experiment_context, ExperimentContext::default());
        let expected = StylePreferences {
            primary_color: Some("#2563eb".to_owned()),
            complexity: "simple".to_owned(),
            ..StylePreferences::default()
        };
        assert_eq!(read.style_preferences, expected);
        let bare = r#"{"request_id":"r","user_id":"u","company_name":"c","industry":"i"}"#;
        assert_eq!(
            GenerationRequested::read(1, bare).unwrap().style_preferences,
            StylePreferences::default()
        );
    }

    #[test]
    fn a_distance_is_of_version_3() {
        let new = OLD.replace("\"simple\"", "\"simple\",\"distance\":0.8");
        let distance = |version| GenerationRequested::read(version, &new).unwrap().style_preferences.distance;
        assert_eq!([1, 2, 3].map(distance), [None, None, Some(0.8)]);
        assert_eq!(GenerationRequested::read(3, OLD).unwrap().style_preferences.distance, None);
    }

    #[test]
    fn version_2_keeps_its_experiment_and_a_stranger_is_refused() {
        let new = OLD.replacen(
            '{',
            r#"{"new":1,"experiment_context":{"model_variant":"b","canary_percentage":5},"#,
            1,
        );
        let read = GenerationRequested::read(2, &new).unwrap();
        let text = serde_json::to_string(&read).unwrap();
        assert_eq!(GenerationRequested::read(2, &text).unwrap(), read);
        assert_eq!(read.experiment_context.canary_percentage, 5);
        assert_eq!(
            GenerationRequested::read(1, &new).unwrap().experiment_context,
            ExperimentContext::default()
        );
        assert!(matches!(GenerationRequested::read(4, OLD), Err(PublicError::Version(4))));
        assert!(matches!(GenerationRequested::read(2, "{}"), Err(PublicError::Unreadable(_))));
    }
}
