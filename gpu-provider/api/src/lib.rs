//! What a painter is asked and what it answers.
//!
//! **Law.** An order that passes `Order::check` is within every limit of this crate, whatever was sent; kept by the cases
//! in `tests/orders.rs`. A painter answers every order with pictures or with a reason that says whose fault it is.
//! **Absent.** Models and how they are run (`gpu-provider/reference`), queues and files (`gpu-provider/serve`).

mod error;
pub mod limits;
mod order;

pub use error::{Blame, PaintError};
pub use order::{Control, Lora, Noise, Order, Picture, Sampler, Source};

use std::ops::ControlFlow;

/// Something that paints.
pub trait Painter: Send + Sync {
    /// What can be asked for by name.
    fn models(&self) -> Vec<Model>;

    /// Paints `order.count` pictures. `watch` hears of every step and may end it there.
    fn paint(&self, order: &Order, watch: &mut dyn Watch) -> Result<Vec<Painting>, PaintError>;
}

/// Follows an order while it is painted.
pub trait Watch {
    /// Called after each step. `Break` cancels: the painter answers `PaintError::Cancelled`.
    fn step(&mut self, progress: Progress) -> ControlFlow<()>;
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn step(&mut self, _progress: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Counted from 0.
    pub image: u32,
    /// Steps done of this image.
    pub step: u32,
    pub steps: u32,
}

/// A model that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// `name@version`.
    pub name: String,
    /// The side that the model was trained at, in pixels.
    pub native_px: u32,
    pub backend: Backend,
}

/// What paints. It is part of every answer, so that nobody takes one for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// The exact model on the CPU.
    Reference,
    /// The same model on a GPU.
    Cuda,
    /// No model: shapes drawn from the words of the prompt.
    Procedural,
}

impl Backend {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Cuda => "cuda",
            Self::Procedural => "procedural",
        }
    }
}

/// One picture, and what is needed to paint it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Painting {
    pub picture: Picture,
    /// The seed of this picture: that of the order plus its place.
    pub seed: u64,
    pub backend: Backend,
}
