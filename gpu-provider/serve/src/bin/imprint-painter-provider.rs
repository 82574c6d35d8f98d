//! The painter as a process of the lattice.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    imprint_provider::main("imprint-painter", imprint_painter_serve::provider::run).await
}
