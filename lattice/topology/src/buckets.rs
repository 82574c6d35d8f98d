//! What a lattice stores in, made before anybody else makes it with a single copy.
//!
//! The engine and wadm make their buckets with one replica where they find none, and never change one that is there. The
//! streams of Imprint are made by its providers, with the number of replicas in the manifest.

use anyhow::{Context as _, Result};
use async_nats::error::Error as JetStreamError;
use async_nats::jetstream::context::{CreateStreamError, CreateStreamErrorKind};
use async_nats::jetstream::{Context, ErrorCode, kv};
use std::error::Error as _;

/// Three copies outlive one server, and a majority of them still writes. More only make writing slower.
const REPLICAS_MAX: usize = 3;

/// Makes the buckets of a lattice that are not there. Gives how often the server keeps them, which is as often as its
/// cluster allows.
pub async fn prepare(nats_url: &str, lattice: &str) -> Result<usize> {
    prepare_with(nats_url, lattice, 1).await
}

/// The same, and rather nothing than fewer copies than these: a cluster that is not yet all there.
pub(crate) async fn prepare_with(nats_url: &str, lattice: &str, copies_min: usize) -> Result<usize> {
    let jetstream = connect(nats_url).await?;
    let of_lattice = ["LATTICEDATA", "CONFIGDATA"].map(|kind| format!("{kind}_{lattice}"));
    let of_wadm = ["wadm_manifests", "wadm_state"].map(str::to_owned);
    let mut fewest = REPLICAS_MAX;
    for bucket in of_lattice.iter().chain(&of_wadm) {
        fewest = fewest.min(
            one(&jetstream, bucket, copies_min).await.with_context(|| format!("the bucket `{bucket}`"))?,
        );
    }
    Ok(fewest)
}

async fn connect(nats_url: &str) -> Result<Context> {
    let nats =
        async_nats::connect(nats_url).await.with_context(|| format!("nothing answers at {nats_url}"))?;
    Ok(async_nats::jetstream::new(nats))
}

/// A bucket that is there stays as it is.
async fn one(jetstream: &Context, bucket: &str, copies_min: usize) -> Result<usize> {
    if let Ok(stream) = jetstream.get_stream(format!("KV_{bucket}")).await {
        return Ok(stream.cached_info().config.num_replicas);
    }
    let mut replicas = REPLICAS_MAX;
    loop {
        let config =
            kv::Config { bucket: bucket.to_owned(), num_replicas: replicas, ..kv::Config::default() };
        match jetstream.create_key_value(config).await {
            Ok(_) => return Ok(replicas),
            // Only the server knows how many it is.
            Err(why) if replicas > copies_min && is_too_many(&why) => replicas -= 1,
            Err(why) => return Err(why.into()),
        }
    }
}

/// A server alone refuses more than one copy; a small cluster finds no place for all.
fn is_too_many<K>(why: &JetStreamError<K>) -> bool
where
    K: Clone + std::fmt::Debug + std::fmt::Display + PartialEq,
{
    let cause = why.source().and_then(|cause| cause.downcast_ref::<CreateStreamError>());
    let Some(CreateStreamErrorKind::JetStream(refused)) = cause.map(CreateStreamError::kind) else {
        return false;
    };
    [ErrorCode::STREAM_REPLICAS_NOT_SUPPORTED, ErrorCode::CLUSTER_NO_PEERS].contains(&refused.error_code())
}
