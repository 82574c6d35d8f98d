//! The painter as a process of the lattice; with the word `devices` it only says what there is to paint on.

use imprint_painter_serve::gpu::{Here, Tuning};
use imprint_painter_serve::provider;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().nth(1).is_some_and(|word| word == "devices") {
        println!("{}", Here::look(&[], Tuning::default()).told());
        return ExitCode::SUCCESS;
    }
    let lost = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&lost);
    let ended = imprint_provider::main("imprint-painter", |own| provider::run(own, told)).await;
    if lost.load(Ordering::SeqCst) { ExitCode::from(provider::LOST) } else { ended }
}
