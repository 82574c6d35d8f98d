//! The courier as a process of the lattice.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    imprint_provider::main("imprint-courier", imprint_courier::provider::run).await
}
