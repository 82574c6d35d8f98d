//! What the language model answers on a lattice.

use crate::{Polisher, Settings};
use bindings::exports::imprint::polish::text;
use imprint_provider::wire::{reply, types};
use imprint_provider::{Error, Provider};
use wrpc_transport_nats::NatsContext;

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "polish-provider",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:polish/text@0.1.0": generate,
        },
    });
}

/// Serves until a stop. The configuration: `url`, `model`, `key_file`, `time_ms` and `structured`.
pub async fn run(provider: Provider) -> Result<(), Error> {
    let settings = Settings::read(provider.config())?;
    if settings.is_none() {
        tracing::warn!("polish has no `url`: every question is answered with `polish.off`");
    }
    let room = Room { polisher: Polisher::new(settings)? };
    let calls = bindings::serve(&provider.serving().await?, room).await.map_err(Error::Rpc)?;
    provider.serve(calls).await;
    provider.finish().await;
    Ok(())
}

#[derive(Clone)]
struct Room {
    polisher: Polisher,
}

impl text::Handler<NatsContext> for Room {
    async fn rephrase(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        language: String,
        texts: Vec<String>,
    ) -> anyhow::Result<Result<Vec<String>, types::Error>> {
        reply(&ctx, self.polisher.rephrase(&language, &texts)).await
    }
}
