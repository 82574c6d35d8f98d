//! The painter as a process of the lattice; with the word `devices` it only says what there is to paint on.

use imprint_painter_serve::device::Device;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().nth(1).is_some_and(|word| word == "devices") {
        println!("{}", Device::here().told());
        return ExitCode::SUCCESS;
    }
    imprint_provider::main("imprint-painter", imprint_painter_serve::provider::run).await
}
