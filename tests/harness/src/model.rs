//! A language model that a test can foresee: it says each sentence again and adds one of its own.

use imprint_topology::Polish;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

/// Answers chat completions on a port of this machine, as long as the process lives.
pub struct ChattyModel {
    port: u16,
}

impl ChattyModel {
    /// What it adds to each sentence.
    pub const WORDS: &str = " So be it.";

    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap_or_else(|why| panic!("{why}"));
        let port = listener.local_addr().unwrap_or_else(|why| panic!("{why}")).port();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who hangs up needs no answer.
                let _ = serve(stream);
            }
        });
        Self { port }
    }

    /// What a platform is told of it.
    #[must_use]
    pub fn polish(&self) -> Polish {
        let url = format!("http://127.0.0.1:{}/v1", self.port);
        Polish { url, model: "chatty".to_owned(), key_file: None }
    }
}

fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    let asked = loop {
        let count = stream.read(&mut part)?;
        bytes.extend_from_slice(&part[..count]);
        let head_end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        // The question is whole when it is whole JSON.
        match head_end.and_then(|end| serde_json::from_slice::<Value>(&bytes[end + 4..]).ok()) {
            Some(asked) => break asked,
            None if count == 0 => return Ok(()),
            None => {}
        }
    };
    let mine: Value = asked["messages"][1]["content"]
        .as_str()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let said = |text: &Value| format!("{}{}", text.as_str().unwrap_or_default(), ChattyModel::WORDS);
    let sentences: Vec<String> = mine["sentences"].as_array().into_iter().flatten().map(said).collect();
    let content = json!({ "sentences": sentences }).to_string();
    let body = json!({ "choices": [{ "message": { "content": content } }] }).to_string();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}
