//! On the bus: the version is part of the address of a call.

use crate::made::{Change, Contract, Contracts};
use bytes::Bytes;
use futures::StreamExt as _;
use imprint_servers::nats_server;
use std::pin::pin;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::runtime::Runtime;
use tokio::time::timeout;
use wrpc_transport::{Invoke as _, Serve as _};
use wrpc_transport_nats::Client;

/// Nobody waits longer for an answer, or for hearing that there is none.
const ANSWER_MAX: Duration = Duration::from_secs(20);

/// Answers every call of a contract with the name of what was called, and with what came with the call.
async fn answer(client: &Client, contract: &Contract) {
    for function in &contract.functions {
        let calls = client.serve(&contract.id(), function, Vec::new()).await.unwrap();
        let name = format!("{}#{function}", contract.id());
        tokio::spawn(async move {
            let mut calls = pin!(calls);
            while let Some(Ok((_, mut answer, mut params))) = calls.next().await {
                let mut given = String::new();
                params.read_to_string(&mut given).await.unwrap();
                answer.write_all(format!("{name} {given}").as_bytes()).await.unwrap();
                answer.shutdown().await.unwrap();
            }
        });
    }
}

async fn ask(client: &Client, contract: &Contract, function: &str, given: &str) -> Result<String, String> {
    let asked = async {
        let none: [[Option<usize>; 1]; 0] = [];
        let params = Bytes::copy_from_slice(given.as_bytes());
        let (mut rest, mut answer) = client.invoke(None, &contract.id(), function, params, none).await?;
        rest.shutdown().await?;
        let mut told = String::new();
        answer.read_to_string(&mut told).await?;
        Ok::<_, anyhow::Error>(told)
    };
    timeout(ANSWER_MAX, asked)
        .await
        .expect("an answer, or that there is none")
        .map_err(|why| format!("{why:#}"))
}

#[test]
fn on_the_bus_a_call_goes_to_its_version() {
    let Some(server) = nats_server() else { return };
    Runtime::new().unwrap().block_on(async {
        let nats = async_nats::connect(server.url()).await.unwrap();
        let client = async |id: &str| Client::new(nats.clone(), format!("test.{id}"), None).await.unwrap();
        let Contracts { released, next, .. } = Contracts::read(Change::Functions);
        // Who answers both versions, and who only the released one.
        let [both, old] = [client("both").await, client("old").await];
        for contract in released.iter().chain(&next) {
            answer(&both, contract).await;
        }
        for contract in &released {
            answer(&old, contract).await;
        }
        for contract in released.iter().chain(&next) {
            for function in &contract.functions {
                let (name, is_old) = (format!("{}#{function}", contract.id()), released.contains(contract));
                let told = format!("{name} {function} is asked");
                let given = format!("{function} is asked");
                assert_eq!(ask(&both, contract, function, &given).await, Ok(told.clone()));
                let asked = ask(&old, contract, function, &given).await;
                assert_eq!(asked.as_ref().ok(), is_old.then_some(&told), "{name}: {asked:?}");
            }
        }
    });
}
