//! The language model as a process of the lattice.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    imprint_provider::main("imprint-polish", imprint_polish::provider::run).await
}
