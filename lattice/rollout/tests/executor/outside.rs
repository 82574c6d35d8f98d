//! Hooks, Prometheus and meters, when they answer and when they do not.

use super::{CANARY, REQUESTS, Site, connect};
use imprint_rollout::executor::Record;
use imprint_rollout::{Hold, Phase};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// Somebody who answers HTTP with what he is told to, and remembers what he was asked.
#[derive(Clone)]
struct Someone {
    url: String,
    status: Arc<Mutex<u16>>,
    body: Arc<Mutex<String>>,
    heard: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Someone {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let someone =
            Self { url, status: Arc::new(Mutex::new(200)), body: Arc::default(), heard: Arc::default() };
        let serving = someone.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
                while let Ok(count) = stream.read(&mut part).await {
                    bytes.extend(&part[..count]);
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
                    let length = head.lines().find_map(|line| {
                        line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned)
                    });
                    if count == 0 || body.len() >= length.map_or(0, |length| length.trim().parse().unwrap()) {
                        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                        serving
                            .heard
                            .lock()
                            .unwrap()
                            .push((path, serde_json::from_str(body).unwrap_or_default()));
                        break;
                    }
                }
                let (status, body) = (*serving.status.lock().unwrap(), serving.body.lock().unwrap().clone());
                let answer = format!(
                    "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                // Who has hung up needs no answer.
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        someone
    }

    fn says(&self, status: u16, body: &str) {
        *self.status.lock().unwrap() = status;
        body.clone_into(&mut self.body.lock().unwrap());
    }

    fn heard(&self, on: &str) -> Vec<Value> {
        let heard = self.heard.lock().unwrap();
        heard.iter().map(|(_, body)| body.clone()).filter(|body| body["on"] == on).collect()
    }
}

/// What hooks say comes back between two looks.
const BETWEEN: Duration = Duration::from_millis(60);

#[tokio::test(flavor = "multi_thread")]
async fn hooks_are_asked_until_they_agree_and_told_once() {
    let (Some(site), board) = (Site::start().await, Someone::start().await) else { return };
    let hooks = format!(
        "{CANARY}hooks:\n  - {{ name: board, on: confirm-rollout, url: \"{url}/ask\", timeout: 2s }}\n  - {{ name: chat, on: event, url: \"{url}/tell\" }}\n",
        url = board.url
    );
    let id = site.begin(&hooks).await.id;
    let mut executor = site.executor().await;
    let look = async |executor: &mut imprint_rollout::executor::Executor, times: usize| {
        for _ in 0..times {
            site.pass(11_000);
            site.fake.serve(REQUESTS);
            executor.round().await.unwrap();
            tokio::time::sleep(BETWEEN).await;
        }
    };
    // Neither silence nor a fault nor a refusal lets it begin.
    for status in [500, 404, 302] {
        board.says(status, "");
        look(&mut executor, 2).await;
        assert_eq!(site.record(&id).await.state.phase, Phase::Pending { is_started: true }, "{status}");
    }
    board.says(204, "");
    for _ in 0..super::ROUNDS_MAX {
        if site.record(&id).await.state.phase != (Phase::Pending { is_started: true }) {
            break;
        }
        look(&mut executor, 1).await;
    }
    assert_ne!(site.record(&id).await.state.phase, Phase::Pending { is_started: true });
    let asked = board.heard("confirm-rollout");
    assert!(asked.iter().all(|one| one["rollout"] == *id && one["generation"] == 1), "{asked:?}");
    site.until(&mut executor, &id, "over", |record| record.state.is_over()).await;
    look(&mut executor, 3).await;
    assert!(site.record(&id).await.is_closed);
    let mut told: Vec<String> = board.heard("event").iter().map(|one| one["id"].to_string()).collect();
    let all = told.len();
    told.sort();
    told.dedup();
    assert!(all >= told.len() && told.len() == site.texts(&id).await.len(), "{all} {told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_red_button_sends_it_back() {
    let (Some(site), board) = (Site::start().await, Someone::start().await) else { return };
    let hooks = format!(
        "{CANARY}hooks:\n  - {{ name: red, on: rollback, url: \"{}/red\", timeout: 2s }}\n",
        board.url
    );
    board.says(404, "");
    let id = site.begin(&hooks).await.id;
    let mut executor = site.executor().await;
    let has_traffic = |record: &Record| record.state.weight("all").is_some_and(|weight| weight > 0);
    site.until(&mut executor, &id, "traffic", has_traffic).await;
    board.says(200, "");
    for _ in 0..super::ROUNDS_MAX {
        site.pass(super::LOOK_MS);
        executor.round().await.unwrap();
        if site.record(&id).await.is_back() {
            break;
        }
        tokio::time::sleep(BETWEEN).await;
    }
    assert!(site.record(&id).await.is_back(), "{:?}", site.texts(&id).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_meters_nothing_goes_on_and_a_person_is_called() {
    let Some(site) = Site::start().await else { return };
    let id = site.begin(&format!("{CANARY}judgement: {{ no_data: {{ after: 20s, do: hold }} }}\n")).await.id;
    site.fake.world().is_silent = true;
    let mut executor = site.executor().await;
    site.until(&mut executor, &id, "held", |record| record.state.hold == Some(Hold::NoData)).await;
    let record = site.record(&id).await;
    assert_eq!(record.state.weight("all"), Some(500), "{:?}", record.said.waits);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prometheus_that_is_away_or_says_nothing_never_lets_a_stage_pass() {
    let (Some(site), prometheus) = (Site::start().await, Someone::start().await) else { return };
    let text = CANARY.replace(
        "latency_p99: \"<2s\" } }\n    - { name: expand",
        "depth: \"<100\" } }\n    - { name: expand",
    ) + "metrics: { depth: { source: prometheus, query: 'max(depth{step=\"kit\"})' } }\n";
    let mut asked = site.asked(&text);
    asked.prometheus = Some(prometheus.url.clone());
    let record =
        imprint_rollout::executor::start(&site.control().await, &site.store().await, &asked).await.unwrap();
    let mut executor = site.executor().await;
    let vector = |value: &str| {
        format!(
            r#"{{"status":"success","data":{{"resultType":"vector","result":[{{"metric":{{}},"value":[1,"{value}"]}}]}}}}"#
        )
    };
    let id = &record.id;
    for (status, body) in
        [(503, String::new()), (200, vector("NaN")), (200, "{".to_owned()), (200, vector("700"))]
    {
        prometheus.says(status, &body);
        for _ in 0..8 {
            site.pass(super::LOOK_MS);
            site.fake.serve(REQUESTS);
            executor.round().await.unwrap();
        }
        assert_eq!(site.record(id).await.state.weight("all"), Some(500), "{body}");
    }
    prometheus.says(200, &vector("7"));
    site.until(&mut executor, id, "further", |record| record.state.weight("all") == Some(2500)).await;
    let heard = prometheus.heard.lock().unwrap();
    assert!(
        heard[0].0.starts_with("/api/v1/query?query=max%28depth%7Bstep%3D%22kit%22%7D%29"),
        "{:?}",
        heard[0]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runner_that_is_started_anew_breaks_nothing() {
    let Some(site) = Site::start().await else { return };
    let id = site.begin(CANARY).await.id;
    let mut executor = site.executor().await;
    let has_traffic = |record: &Record| record.state.weight("all").is_some_and(|weight| weight > 0);
    site.until(&mut executor, &id, "traffic", has_traffic).await;
    for _ in 0..3 {
        site.fake.world().counts.clear();
        site.pass(super::LOOK_MS);
        site.fake.serve(REQUESTS);
        executor.round().await.unwrap();
        let broken =
            site.record(&id).await.said.verdicts.into_iter().find(|one| one.text.starts_with("broken"));
        assert_eq!(broken, None);
    }
    site.until(&mut executor, &id, "promoted", |record| record.state.phase == Phase::Promoted).await;
}

/// Who was drawn is counted once each, whoever counts, and only when everybody is counted.
#[tokio::test(flavor = "multi_thread")]
async fn an_uneven_draw_calls_a_person() {
    let Some(site) = Site::start().await else { return };
    let jetstream = async_nats::jetstream::new(connect(&site.server).await);
    let bucket =
        async_nats::jetstream::kv::Config { bucket: "imprint-exposures".into(), ..Default::default() };
    let people = jetstream.create_key_value(bucket).await.unwrap();
    let id = site.begin(CANARY).await.id;
    let mut executor = site.executor().await;
    let has_traffic = |record: &Record| record.state.weight("all").is_some_and(|weight| weight > 0);
    site.until(&mut executor, &id, "traffic", has_traffic).await;
    for round in 0..6 {
        site.pass(super::LOOK_MS);
        executor.round().await.unwrap();
        for person in 0..50 {
            // Meant are 5 %; these are half.
            let arm = if person % 2 == 0 { "canary" } else { "stable" };
            let value = format!("{arm} us-east-1");
            people.put(format!("{id}.{round}{person:04}"), value.into()).await.unwrap();
        }
        // Another one counts from the start, and comes to the same.
        executor = site.executor().await;
    }
    site.until(&mut executor, &id, "held", |record| record.state.hold == Some(Hold::Uneven)).await;
}
