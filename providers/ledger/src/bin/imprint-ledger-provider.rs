//! The ledger as a process of the lattice.

use imprint_provider::{Error, Provider};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let provider = Provider::start("imprint-ledger").await?;
    imprint_ledger::provider::run(provider).await
}
