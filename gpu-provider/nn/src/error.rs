//! Why there is no picture, and what of it a guest hears.

use imprint_painter::{Blame, PaintError};
use wasmtime_wasi_nn::backend::BackendError;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NnError {
    #[error("weights are not taken from guests: name a model with `load-by-name`")]
    Weights,
    #[error("inputs are given to `compute`, by name, and outputs come from it")]
    ByIndex,
    #[error("`{name}` is no input; inputs are {known}")]
    Unknown { name: String, known: String },
    #[error("`{name}` is given twice")]
    Twice { name: &'static str },
    #[error("`prompt` is missing")]
    NoPrompt,
    #[error("`{name}` is {found}; it has to be {wanted}")]
    Kind { name: &'static str, found: String, wanted: String },
    #[error("`{name}` has {bytes} bytes, and its dimensions ask for {wanted}")]
    Length { name: &'static str, bytes: usize, wanted: u64 },
    #[error("`{name}` is no UTF-8 from byte {byte}")]
    Text { name: &'static str, byte: usize },
    #[error("{code}: {0}", code = .0.code())]
    Paint(#[from] PaintError),
    #[error("the time of {seconds} s was over after {step} steps")]
    Late { seconds: u64, step: u32 },
    #[error("the painter answered without a picture of the size that was ordered")]
    NoPicture,
}

impl NnError {
    pub(crate) fn blame(&self) -> Blame {
        match self {
            Self::Paint(why) => why.blame(),
            Self::NoPicture => Blame::Internal,
            _ => Blame::Rejected,
        }
    }
}

/// Of the errors that a backend may give, one has room for words that reach the guest. It begins with "Unsupported tensor
/// type", and says the rest as it is. What is not the guest's fault may name paths and devices of the host: the guest hears that
/// the backend failed, and the words go to the host's log.
impl From<NnError> for BackendError {
    fn from(why: NnError) -> Self {
        match why.blame() {
            Blame::Rejected => Self::UnsupportedTensorType(why.to_string()),
            Blame::Busy | Blame::Internal => Self::BackendAccess(why.into()),
        }
    }
}
