//! Why a model cannot be read or run.

use imprint_painter::PaintError;

/// Why a model cannot be read or run.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("cannot read `{path}`")]
    File {
        path: String,
        #[source]
        cause: std::io::Error,
    },
    #[error("`{path}` is no configuration of this model")]
    Config {
        path: String,
        #[source]
        cause: serde_json::Error,
    },
    #[error("this configuration is not supported: {why}")]
    Unsupported { why: String },
    #[error("the file of weights is damaged: {why}")]
    Damaged { why: String },
    #[error("there is no weight `{name}`")]
    NoWeight { name: String },
    #[error("weight `{name}` is {found:?}, wanted is {wanted:?}")]
    Shape { name: String, found: Vec<usize>, wanted: Vec<usize> },
    #[error("input `{name}` is missing or has another size than the plan")]
    Input { name: String },
    #[error("the vocabulary is damaged: {why}")]
    Vocabulary { why: String },
    #[error("the device failed: {why}")]
    Device { why: String },
    #[error("{bytes} bytes of the device's memory are wanted, and {free} are free")]
    Memory { bytes: u64, free: u64 },
}

impl From<ModelError> for PaintError {
    fn from(error: ModelError) -> Self {
        match error {
            ModelError::NoWeight { name } => Self::Unfit { part: name, why: "it is missing".to_owned() },
            ModelError::Shape { name, found, wanted } => {
                Self::Unfit { part: name, why: format!("it is {found:?}, wanted is {wanted:?}") }
            }
            ModelError::Unsupported { why } => Self::Unsupported { what: why },
            ModelError::Device { why } => Self::DeviceLost { why },
            ModelError::Memory { bytes, free } => Self::Memory { bytes, free },
            other => Self::Unreadable { why: other.to_string() },
        }
    }
}
