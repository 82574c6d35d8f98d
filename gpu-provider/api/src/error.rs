//! Why an order was not painted, and whose fault it is.

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The order is wrong; the same one fails again.
    Rejected,
    /// Later it may work.
    Busy,
    /// Ours.
    Internal,
}

/// Why an order was not painted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PaintError {
    #[error("`{field}` is {value}; allowed is {allowed}")]
    OutOfRange { field: &'static str, value: String, allowed: String },
    #[error("`{field}` is `{value}`, which is no such name")]
    Name { field: &'static str, value: String },
    #[error("there is no model `{name}`")]
    NoModel { name: String },
    #[error("`{part}` does not fit the model: {why}")]
    Unfit { part: String, why: String },
    #[error("`{what}` is not available on this painter")]
    Unsupported { what: String },
    #[error("no device: {looked_for}")]
    NoDevice { looked_for: String },
    #[error("the device was lost: {why}")]
    DeviceLost { why: String },
    #[error("{bytes} bytes of the device's memory are wanted, and {free} are free")]
    Memory { bytes: u64, free: u64 },
    #[error("it was cancelled after {step} steps")]
    Cancelled { step: u32 },
    #[error("the model gave values that are no numbers at `{stage}`")]
    NotANumber { stage: String },
    #[error("the model cannot be read: {why}")]
    Unreadable { why: String },
}

impl PaintError {
    /// A code that never changes its meaning.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "paint.range",
            Self::Name { .. } => "paint.name",
            Self::NoModel { .. } => "paint.model.unknown",
            Self::Unfit { .. } => "paint.model.unfit",
            Self::Unsupported { .. } => "paint.unsupported",
            Self::NoDevice { .. } => "paint.device.none",
            Self::DeviceLost { .. } => "paint.device.lost",
            Self::Memory { .. } => "paint.memory",
            Self::Cancelled { .. } => "paint.cancelled",
            Self::NotANumber { .. } => "paint.nan",
            Self::Unreadable { .. } => "paint.model.unreadable",
        }
    }

    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::OutOfRange { .. }
            | Self::Name { .. }
            | Self::NoModel { .. }
            | Self::Unfit { .. }
            | Self::Unsupported { .. }
            | Self::Memory { .. }
            | Self::Cancelled { .. } => Blame::Rejected,
            Self::NoDevice { .. } | Self::DeviceLost { .. } => Blame::Busy,
            Self::NotANumber { .. } | Self::Unreadable { .. } => Blame::Internal,
        }
    }
}
