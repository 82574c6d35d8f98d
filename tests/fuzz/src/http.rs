//! A request as text: the line, the headers, an empty line, the body.

use core_gateway::Request;

/// Reads what a client might send. What is no request at all never gets past the HTTP server, so it is made one.
pub(crate) fn request(bytes: &[u8]) -> Request {
    let end = bytes.windows(2).position(|two| two == b"\n\n");
    let (head, body) = end.map_or((bytes, None), |end| (&bytes[..end], Some(bytes[end + 2..].to_vec())));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let (method, target) = lines.next().unwrap_or_default().split_once(' ').unwrap_or(("GET", "/"));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_lowercase(), value.trim().to_owned()))
    };
    Request {
        method: method.to_uppercase(),
        path: format!("/{}", path.trim_start_matches('/')),
        query: query.to_owned(),
        headers: lines.filter_map(header).collect(),
        body,
    }
}
