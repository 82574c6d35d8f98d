//! SDXL on the CPU, exact and slow: what every faster backend is measured against.
//!
//! A model is a plan, a list of typed operations with fixed sizes, and weights. Any backend lowers the same plans.
//!
//! **Law.** Every stage agrees with diffusers to 1e-4 on the models of the tests (`tests/parity.rs`), every known trap is
//! planted and found (`tests/traps.rs`), and no file makes this crate panic or take more memory than its limits say.
//! **Absent.** Speed. Queues and results (`gpu-provider/serve`).

pub mod config;
mod error;
pub mod folder;
mod kernel;
mod lora;
mod model;
mod need;
pub mod noise;
pub mod paint;
mod painter;
pub mod plan;
pub mod safetensors;
pub mod schedule;
pub mod single;
mod tensor;
mod text;
pub mod tokens;
pub mod weights;

pub use error::ModelError;
pub use lora::{Lora, LoraOutline};
pub use model::{Model, Parts};
pub use need::{Beside, Need};
pub use paint::{ControlNet, ControlOutline, Extras};
pub use painter::Reference;
pub use tensor::{Shape, Tensor, channels_last};
