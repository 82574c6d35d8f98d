//! From a request to a response: match, ask for the token, check what is sent and wanted, do it.

use crate::api::Visit;
use crate::http::{Body, Request, Response};
use crate::platform::{Call, Platform};
use crate::routes::{Route, allowed, matching};
use crate::{accept, browser, problem, token};
use core_brand::Fault;
use core_brand::fault::Code;

/// Answers a request. Every failure is an answer too.
#[must_use]
pub fn answer(request: &Request, platform: &dyn Platform) -> Response {
    let answer = route(request, platform).unwrap_or_else(|fault| problem(&fault));
    finish(request, answer)
}

fn route(request: &Request, platform: &dyn Platform) -> Result<Response, Fault> {
    let (routes, parts) = matching(&request.path);
    if request.method == "OPTIONS" && !routes.is_empty() {
        return Ok(browser::options(&allowed(&routes)));
    }
    let method = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
    let route = routes.iter().find(|route| route.method == method);
    let is_open = match route {
        Some(route) => route.scope.is_none(),
        // Nothing is told of what lies behind the door.
        None => !request.path.starts_with("/api/"),
    };
    let caller = if is_open { stranger(request) } else { caller(request, platform, route)? };
    let Some(route) = route else { return Ok(no_route(request, &routes)) };
    if request.body.is_none() {
        let max = Request::BODY_BYTES_MAX.to_string();
        return Err(Fault::new(Code::HttpBodyTooLarge, [("max", max)]));
    }
    accept::check_answer(request, route.media_type)?;
    (route.run)(&Visit { platform, request, parts, caller })
}

fn no_route(request: &Request, routes: &[&Route]) -> Response {
    if routes.is_empty() {
        return problem(&Fault::new(Code::HttpMissing, []));
    }
    let allowed = allowed(routes);
    let args = [("method", request.method.clone()), ("allowed", allowed.clone())];
    problem(&Fault::new(Code::HttpMethod, args)).with("allow", allowed)
}

/// Who calls, by token.
fn caller(request: &Request, platform: &dyn Platform, route: Option<&&Route>) -> Result<Call, Fault> {
    let missing = || Fault::new(Code::TokenMissing, []);
    let sent = request.header("authorization").ok_or_else(missing)?;
    let (scheme, token) = sent.split_once(' ').ok_or_else(missing)?;
    if !scheme.eq_ignore_ascii_case("bearer") || request.header_count("authorization") != 1 {
        return Err(missing());
    }
    let claims = token::verify(platform, token.trim())?;
    let needed = route.and_then(|route| route.scope);
    if let Some(scope) = needed.filter(|scope| !claims.scopes.iter().any(|known| known == scope)) {
        return Err(Fault::new(Code::TokenScope, [("scope", scope.to_owned())]));
    }
    Ok(Call { tenant: claims.tenant, user: claims.sub, ..stranger(request) })
}

/// What is known of anyone.
fn stranger(request: &Request) -> Call {
    let traceparent = request.header("traceparent").filter(|value| is_traceparent(value)).unwrap_or_default();
    Call { traceparent: traceparent.to_owned(), locale: "en".to_owned(), ..Call::default() }
}

/// `00-<32 hex>-<16 hex>-<2 hex>`.
fn is_traceparent(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [2, 32, 16, 2] && parts.iter().all(|part| is_hex(part))
}

/// Adds what every answer carries; leaves the body out where only the headers were asked for.
fn finish(request: &Request, answer: Response) -> Response {
    let mut answer = browser::guard(request, answer);
    if !matches!(answer.status, 204 | 304)
        && let Some(length) = answer.length()
    {
        answer = answer.with("content-length", length.to_string());
    }
    if request.method == "HEAD" {
        answer.body = Body::Bytes(Vec::new());
    }
    answer
}
