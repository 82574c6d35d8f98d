//! SDXL on a GPU: the plans of the reference as launches of CUDA, built without CUDA.
//!
//! `lower` turns a plan into launches over one piece of memory, `kernels` holds the text of what is launched, `find` and
//! `library` open CUDA's libraries where they lie, `gpu` runs the launches, `engine` makes them an engine of the reference.
//!
//! **Law.** Nothing of CUDA is needed to build or test this crate, and whatever is missing where it runs is an error that says
//! what was looked for (`tests/find.rs`). Every kernel does on the CPU what the kernel of the reference does
//! (`tests/twin.rs`), and compiles for each device without a warning where a compiler is given (`tests/compile.rs`).
//! **Absent.** Any run on a GPU: its speed is unmeasured. Convolutions in eight bits. Several devices.

pub mod engine;
mod error;
pub mod find;
pub mod gpu;
pub mod kernels;
pub mod launch;
pub mod library;
pub mod lower;
pub mod machine;
pub mod need;
mod products;
pub mod sdxl;

pub use error::CudaError;
