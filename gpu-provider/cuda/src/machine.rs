//! What runs launches: a GPU, or in tests the same kernels on the CPU.

use crate::CudaError;
use crate::launch::Launch;

/// Memory and launches. All calls are in order; `read` waits for what was told before.
pub trait Machine: Send + Sync {
    /// Bytes that nobody else has. What is in them is anything.
    fn take(&self, bytes: usize) -> Result<u64, CudaError>;

    fn give_back(&self, at: u64, bytes: usize);

    fn write(&self, at: u64, bytes: &[u8]) -> Result<(), CudaError>;

    fn read(&self, at: u64, bytes: &mut [u8]) -> Result<(), CudaError>;

    fn run(&self, launches: &[Launch], bases: Bases) -> Result<(), CudaError>;

    /// The same launches as one, to be run again and again; nothing where a machine cannot.
    fn record(&self, launches: &[Launch], bases: Bases) -> Result<Option<Box<dyn Recorded>>, CudaError>;
}

/// Launches that are told at once.
pub trait Recorded: Send + Sync {
    fn run(&self) -> Result<(), CudaError>;
}

/// Where places begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bases {
    pub work: u64,
    pub weights: u64,
}

impl Bases {
    #[must_use]
    pub fn of(self, place: crate::launch::Place) -> u64 {
        match place {
            crate::launch::Place::Work(at) => self.work + at as u64,
            crate::launch::Place::Weight(at) => self.weights + at as u64,
        }
    }
}
