//! Our own connection to NATS, beside those of the engine.

use crate::args::{Args, User};
use anyhow::{Context as _, Result};
use async_nats_host::{AuthError, Client, ConnectOptions};

pub(crate) async fn connect(args: &Args) -> Result<Client> {
    let options = args.user()?.map_or_else(ConnectOptions::new, identified).name("imprint-host");
    options.connect(args.nats.as_str()).await.with_context(|| format!("no connection to {}", args.nats))
}

fn identified(user: User) -> ConnectOptions {
    ConnectOptions::with_jwt(user.jwt, move |nonce| {
        let key = user.key.clone();
        async move { key.sign(&nonce).map_err(AuthError::new) }
    })
}
