//! The runner as a process of the lattice.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    imprint_provider::main("imprint-runner", imprint_runner::provider::run).await
}
