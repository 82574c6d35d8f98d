//! Why a provider cannot start.

/// Said once, on standard error, before the process ends.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "the arguments cannot be read: {0}. Use --nats URL --lattice NAME --id ID --config key=value --host ID --otlp URL"
    )]
    Arguments(String),
    #[error("the host's data on standard input cannot be read: {0}")]
    HostData(String),
    #[error("the setting `{key}` cannot be used: {why}")]
    Config { key: String, why: String },
    #[error("no connection to {url}")]
    Connect {
        url: String,
        #[source]
        cause: async_nats::ConnectError,
    },
    // Said without the seed.
    #[error("the seed that the host hands on is none of NATS")]
    Seed,
    #[error("no subscription to {subject}")]
    Subscribe {
        subject: String,
        #[source]
        cause: async_nats::SubscribeError,
    },
    #[error("no wRPC client: {0:#}")]
    Rpc(anyhow::Error),
    #[error(transparent)]
    Fault(#[from] core_brand::Fault),
}
