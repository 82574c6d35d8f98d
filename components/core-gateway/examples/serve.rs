//! The surface over a platform in memory, on a socket: for tools that ask over HTTP. Jobs stay where they are.
//!
//! Prints its address and a token, then serves until it is stopped.
#![allow(clippy::unwrap_used, reason = "a tool of tests stops where it fails")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::Memory;
use core_gateway::{Request, Response};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

/// A tool that says nothing for this long has gone.
const PATIENCE: Duration = Duration::from_secs(5);

fn main() {
    let memory = Memory::default();
    for number in 0..3 {
        memory.completed(&format!("sample-{number}"));
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    println!("http://{} {}", listener.local_addr().unwrap(), common::token());
    for stream in listener.incoming().map_while(Result::ok) {
        // Whoever hangs up in the middle is not our concern.
        let _ = serve(&memory, stream);
    }
}

/// One request for each connection.
fn serve(memory: &Memory, mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let Some(request) = read(&mut BufReader::new(stream.try_clone()?))? else { return Ok(()) };
    let answer = core_gateway::answer(&request, memory);
    stream.write_all(head(&answer).as_bytes())?;
    // Where a body breaks off, the connection closes too early, and that is heard.
    let _ =
        answer.body.send(memory, &mut |part| stream.write_all(part).map_err(|_| core_gateway::Gone::Reader));
    Ok(())
}

fn head(answer: &Response) -> String {
    let lines = answer.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    format!("HTTP/1.1 {} -\r\nconnection: close\r\n{}\r\n", answer.status, lines.collect::<String>())
}

fn read(stream: &mut impl BufRead) -> std::io::Result<Option<Request>> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line).into_owned();
    let mut words = line.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = Vec::new();
    loop {
        let mut line = Vec::new();
        stream.read_until(b'\n', &mut line)?;
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: None,
    };
    request.body = body(&request, stream)?;
    Ok(Some(request))
}

fn body(request: &Request, stream: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let length: u64 = request.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut bytes = Vec::new();
    match request.header("transfer-encoding") {
        Some("chunked") => loop {
            let mut line = String::new();
            stream.read_line(&mut line)?;
            let length = u64::from_str_radix(line.trim(), 16).unwrap_or(0);
            stream.take(length + 2).read_to_end(&mut bytes)?;
            bytes.truncate(bytes.len().saturating_sub(2));
            if length == 0 {
                break;
            }
        },
        _ => drop(stream.take(length).read_to_end(&mut bytes)?),
    }
    Ok(Some(bytes).filter(|bytes| bytes.len() <= Request::BODY_BYTES_MAX))
}
