//! The blob store as a process of the lattice.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    imprint_provider::main("imprint-blobs", imprint_blobs::provider::run).await
}
