//! An operator, its accounts and a user, as nats-server knows them: JWTs signed by each other.

use data_encoding::BASE64URL_NOPAD;
use nkeys::KeyPair;
use serde_json::{Value, json};
use std::sync::Arc;

pub(crate) struct Identities {
    operator: String,
    accounts: Vec<(String, String)>,
    user: Arc<KeyPair>,
    /// Who the user is.
    pub(crate) jwt: String,
}

impl Identities {
    pub(crate) fn new() -> Self {
        let (operator, system, account) =
            (KeyPair::new_operator(), KeyPair::new_account(), KeyPair::new_account());
        let user = KeyPair::new_user();
        let unlimited = json!({
            "subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "wildcards": true, "conn": -1,
            "leaf": -1, "mem_storage": -1, "disk_storage": -1, "streams": -1, "consumer": -1,
        });
        let of_account = json!({ "type": "account", "version": 2, "limits": unlimited });
        let of_system = json!({ "type": "account", "version": 2, "limits": { "subs": -1, "conn": -1, "data": -1, "payload": -1 } });
        let of_user = json!({ "type": "user", "version": 2, "subs": -1, "data": -1, "payload": -1 });
        let named =
            |key: &KeyPair, claims: &Value| (key.public_key(), signed(&operator, key, "an account", claims));
        Self {
            accounts: vec![named(&system, &of_system), named(&account, &of_account)],
            jwt: signed(&account, &user, "a host", &of_user),
            operator: signed(
                &operator,
                &operator,
                "the operator",
                &json!({ "type": "operator", "version": 2 }),
            ),
            user: Arc::new(user),
        }
    }

    /// The configuration of a server that trusts this operator.
    pub(crate) fn config(&self) -> String {
        let accounts: String = self.accounts.iter().map(|(key, jwt)| format!("  {key}: {jwt}\n")).collect();
        let (operator, system) = (&self.operator, &self.accounts[0].0);
        format!(
            "operator: {operator}\nsystem_account: {system}\nresolver: MEMORY\nresolver_preload: {{\n{accounts}}}\n"
        )
    }

    pub(crate) fn seed(&self) -> String {
        self.user.seed().expect("it has one")
    }

    /// As this user.
    pub(crate) async fn connect(&self, url: &str) -> async_nats::Client {
        let user = self.user.clone();
        let options = async_nats::ConnectOptions::with_jwt(self.jwt.clone(), move |nonce| {
            let user = user.clone();
            async move { user.sign(&nonce).map_err(async_nats::AuthError::new) }
        });
        options.connect(url).await.expect("works")
    }
}

fn signed(issuer: &KeyPair, subject: &KeyPair, name: &str, nats: &Value) -> String {
    let encoded = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let header = encoded(&json!({ "typ": "JWT", "alg": "ed25519-nkey" }));
    let claims = encoded(&json!({
        "jti": subject.public_key(), "iat": 1_700_000_000, "iss": issuer.public_key(), "name": name,
        "sub": subject.public_key(), "nats": nats,
    }));
    let signature = issuer.sign(format!("{header}.{claims}").as_bytes()).expect("it holds the seed");
    format!("{header}.{claims}.{}", BASE64URL_NOPAD.encode(&signature))
}
