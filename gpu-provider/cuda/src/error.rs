//! Why a device does not do what it is told.

use imprint_painter_reference::ModelError;

/// Why a device does not do what it is told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CudaError {
    #[error("there is no {what}: {looked_for}")]
    Missing { what: &'static str, looked_for: String },
    #[error("`{path}` has no `{symbol}`")]
    Symbol { path: String, symbol: String },
    #[error("`{call}` answered {code}{why}")]
    Call { call: &'static str, code: i32, why: String },
    #[error("the kernels do not compile for {arch}: {log}")]
    Compile { arch: String, log: String },
    #[error("{bytes} bytes of the device's memory are wanted, and {free} are free")]
    Memory { bytes: usize, free: usize },
    #[error("there is no kernel `{name}`")]
    Kernel { name: String },
}

impl From<CudaError> for ModelError {
    fn from(error: CudaError) -> Self {
        match error {
            // The device is as it was: nothing is lost but this order.
            CudaError::Memory { bytes, free } => Self::Memory { bytes: bytes as u64, free: free as u64 },
            other => Self::Device { why: other.to_string() },
        }
    }
}
