//! Every answer a language model can give, from a server on this machine.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_polish::{Polisher, Settings};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A case: what the server answers, and what comes of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    settings: BTreeMap<String, String>,
    status: u16,
    body: Value,
    /// The server takes the request and says nothing.
    #[serde(default)]
    silent: bool,
    texts: Vec<String>,
    wanted: Option<Vec<String>>,
    fault: Option<String>,
}

fn cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
    };
    files.into_iter().map(read).collect()
}

/// Answers one request, and gives what was asked: the head and the body.
async fn server(status: u16, body: String, silent: bool) -> (u16, JoinHandle<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
        let (head, asked) = loop {
            let count = stream.read(&mut part).await.unwrap();
            bytes.extend_from_slice(&part[..count]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let Some((head, asked)) = text.split_once("\r\n\r\n") else { continue };
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if asked.len() >= length.unwrap_or(0) {
                break (head.to_owned(), asked.to_owned());
            }
        };
        if silent {
            // Until the other side gives up.
            let _ = stream.read(&mut part).await;
        } else {
            let head =
                format!("HTTP/1.1 {status} -\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        }
        (head, asked)
    });
    (port, served)
}

fn settings(port: u16, more: &BTreeMap<String, String>) -> Settings {
    let mut config = more.clone();
    config.insert("url".into(), format!("http://127.0.0.1:{port}/v1/"));
    config.insert("model".into(), "tiny".into());
    Settings::read(&config).unwrap().unwrap()
}

#[tokio::test]
async fn every_answer_ends_as_the_case_says() {
    for (name, case) in cases() {
        let (port, served) = server(case.status, case.body.to_string(), case.silent).await;
        let polisher = Polisher::new(Some(settings(port, &case.settings))).unwrap();
        let done = polisher.rephrase("en", &case.texts).await;
        match (&case.wanted, &case.fault) {
            (Some(wanted), None) => assert_eq!(done.as_ref().unwrap(), wanted, "{name}"),
            (None, Some(code)) => {
                let fault = done.unwrap_err();
                assert_eq!(fault.code, *code, "{name}: {fault}");
                assert!(!fault.message.contains("secret"), "{name}: {fault}");
            }
            _ => panic!("`{name}` wants one of `wanted` and `fault`"),
        }
        served.abort();
    }
}

#[tokio::test]
async fn the_question_is_what_servers_expect() {
    let folder = std::env::temp_dir().join(format!("imprint-polish-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("key"), "sk-1\n").unwrap();
    let more = BTreeMap::from([("key_file".to_owned(), folder.join("key").display().to_string())]);
    let answer = r#"{"choices":[{"message":{"content":"{\"sentences\":[\"b\"]}"}}]}"#;
    let (port, served) = server(200, answer.into(), false).await;
    let polisher = Polisher::new(Some(settings(port, &more))).unwrap();
    assert_eq!(polisher.rephrase("de", &["a".to_owned()]).await.unwrap(), ["b"]);
    let (head, asked) = served.await.unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(head.starts_with("POST /v1/chat/completions HTTP/1.1"), "{head}");
    assert!(head.to_lowercase().contains("authorization: bearer sk-1"), "{head}");
    let asked: Value = serde_json::from_str(&asked).unwrap();
    assert_eq!(asked["model"], "tiny");
    assert_eq!(asked["response_format"]["type"], "json_schema");
    let mine: Value = serde_json::from_str(asked["messages"][1]["content"].as_str().unwrap()).unwrap();
    assert_eq!((mine["language"].as_str(), mine["sentences"][0].as_str()), (Some("de"), Some("a")));
}

#[tokio::test]
async fn without_an_address_it_is_off_and_wrong_settings_are_said() {
    let read = |pairs: &[(&str, &str)]| {
        Settings::read(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    };
    assert_eq!(read(&[("model", "x")]).unwrap(), None);
    let off = Polisher::new(None).unwrap().rephrase("en", &["a".to_owned()]).await.unwrap_err();
    assert_eq!(off.code, "polish.off");
    for (pairs, word) in [
        (vec![("url", "ftp://x"), ("model", "m")], "url"),
        (vec![("url", "http://x")], "model"),
        (vec![("url", "http://x"), ("model", "m"), ("time_ms", "0")], "time_ms"),
        (vec![("url", "http://x"), ("model", "m"), ("time_ms", "soon")], "time_ms"),
    ] {
        let fault = read(&pairs).unwrap_err();
        assert!(fault.message.contains(&format!("`{word}` of polish")), "{fault}");
    }
}
