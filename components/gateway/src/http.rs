//! A request and a response over the bindings of WASI.

use core_gateway::{Body, Gone, Platform, Request, Response};
use wasip2::http::types::{
    ErrorCode, Fields, IncomingBody, IncomingRequest, Method, OutgoingBody, OutgoingResponse,
    ResponseOutparam,
};
use wasip2::io::streams::{OutputStream, StreamError};

/// What one call to a stream may carry.
const WRITE_BYTES_MAX: usize = 4096;

/// The request as plain values.
pub(crate) fn request(wasi: &IncomingRequest) -> Request {
    let target = wasi.path_with_query().unwrap_or_else(|| "/".to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let text = |(name, value): (String, Vec<u8>)| {
        (name.to_ascii_lowercase(), String::from_utf8_lossy(&value).into_owned())
    };
    let method = wasi.method();
    let headers: Vec<_> = wasi.headers().entries().into_iter().map(text).collect();
    let body = match has_body(&method, &headers) {
        true => wasi.consume().map_or_else(|()| Some(Vec::new()), |body| read(&body)),
        false => Some(Vec::new()),
    };
    Request { method: name(&method), path: path.to_owned(), query: query.to_owned(), headers, body }
}

/// Looking whether a body comes means waiting for the connection: most questions have none, and say so by not naming one.
fn has_body(method: &Method, headers: &[(String, String)]) -> bool {
    let is_question = matches!(method, Method::Get | Method::Head | Method::Options);
    !is_question || headers.iter().any(|(name, _)| name == "content-length" || name == "transfer-encoding")
}

fn name(method: &Method) -> String {
    match method {
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
        Method::Connect => "CONNECT",
        Method::Options => "OPTIONS",
        Method::Trace => "TRACE",
        Method::Patch => "PATCH",
        Method::Other(name) => name,
    }
    .to_owned()
}

/// The body, unless it is too large. A body that breaks off is what had come.
fn read(body: &IncomingBody) -> Option<Vec<u8>> {
    let (stream, mut bytes) = (body.stream().ok()?, Vec::new());
    while let Ok(part) = stream.blocking_read(WRITE_BYTES_MAX as u64) {
        bytes.extend(part);
        if bytes.len() > Request::BODY_BYTES_MAX {
            return None;
        }
    }
    Some(bytes)
}

/// Sends the answer. Where its body ends too early, the connection is cut, so that nobody takes a part for all.
pub(crate) fn respond(out: ResponseOutparam, answer: Response, platform: &dyn Platform) {
    let response = OutgoingResponse::new(fields(&answer.headers));
    let is_set = response.set_status_code(answer.status).is_ok();
    if !is_set {
        return ResponseOutparam::set(out, Err(ErrorCode::InternalError(None)));
    }
    // A response whose body is never opened has none, whatever length its headers name: this is HEAD.
    if matches!(&answer.body, Body::Bytes(bytes) if bytes.is_empty()) {
        return ResponseOutparam::set(out, Ok(response));
    }
    let Ok(body) = response.body() else {
        return ResponseOutparam::set(out, Err(ErrorCode::InternalError(None)));
    };
    ResponseOutparam::set(out, Ok(response));
    if send(answer.body, &body, platform).is_ok() {
        // The reader may have gone; there is nobody left to tell.
        let _ = OutgoingBody::finish(body, None);
    }
}

/// All headers in one call to the host.
fn fields(headers: &[(String, String)]) -> Fields {
    let list: Vec<_> =
        headers.iter().map(|(name, value)| (name.clone(), value.clone().into_bytes())).collect();
    Fields::from_list(&list).unwrap_or_else(|_| {
        let fields = Fields::new();
        for (name, value) in list {
            // A name or value that WASI refuses is left out.
            let _ = fields.append(&name, &value);
        }
        fields
    })
}

fn send(content: Body, body: &OutgoingBody, platform: &dyn Platform) -> Result<(), Gone> {
    let stream = body.write().map_err(|()| Gone::Reader)?;
    content.send(platform, &mut |bytes| write(&stream, bytes).map_err(|_| Gone::Reader))
}

fn write(stream: &OutputStream, bytes: &[u8]) -> Result<(), StreamError> {
    bytes.chunks(WRITE_BYTES_MAX).try_for_each(|part| stream.blocking_write_and_flush(part))
}
