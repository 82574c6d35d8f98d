//! From a request to a response: match, ask for the token, check what is sent and wanted, do it.

use crate::api::Visit;
use crate::http::{Body, HEADERS_BYTES_MAX, Request, Response, TARGET_BYTES_MAX};
use crate::platform::{Call, Platform};
use crate::record::Record;
use crate::routes::{Route, allowed, matching};
use crate::{accept, browser, coding, problem, quota, token};
use core_brand::Fault;
use core_brand::fault::Code;

/// Answers a request, and writes it into the access log. Every failure is an answer too.
#[must_use]
pub fn answer(request: &Request, platform: &dyn Platform) -> Response {
    let mut record = Record::begin(request, platform);
    let answer = route(request, platform, &mut record).unwrap_or_else(|fault| problem(&fault));
    let answer = finish(request, answer).with("x-request-id", &record.request_id);
    record.end(platform, answer.status);
    answer
}

fn route(request: &Request, platform: &dyn Platform, record: &mut Record) -> Result<Response, Fault> {
    check_size(request)?;
    let (routes, parts) = matching(&request.path);
    record.route = routes.first().map(|route| route.path);
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
    let caller = if is_open { stranger(record) } else { caller(request, platform, route, record)? };
    let Some(route) = route else { return Ok(no_route(request, &routes)) };
    if request.body.is_none() {
        let max = Request::BODY_BYTES_MAX.to_string();
        return Err(Fault::new(Code::HttpBodyTooLarge, [("max", max)]));
    }
    accept::check_answer(request, route.media_type)?;
    (route.run)(&Visit { platform, request, parts, caller })
}

/// Before anything is read.
fn check_size(request: &Request) -> Result<(), Fault> {
    let over = |code: Code, max: usize| Err(Fault::new(code, [("max", max.to_string())]));
    if request.target_bytes() > TARGET_BYTES_MAX {
        return over(Code::HttpTargetTooLong, TARGET_BYTES_MAX);
    }
    if request.headers_bytes() > HEADERS_BYTES_MAX {
        return over(Code::HttpHeadersTooLarge, HEADERS_BYTES_MAX);
    }
    Ok(())
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
fn caller(
    request: &Request,
    platform: &dyn Platform,
    route: Option<&&Route>,
    record: &mut Record,
) -> Result<Call, Fault> {
    let missing = || Fault::new(Code::TokenMissing, []);
    let sent = request.header("authorization").ok_or_else(missing)?;
    let (scheme, token) = sent.split_once(' ').ok_or_else(missing)?;
    if !scheme.eq_ignore_ascii_case("bearer") || request.header_count("authorization") != 1 {
        return Err(missing());
    }
    let claims = token::verify(platform, token.trim())?;
    record.user = Some(claims.sub.clone());
    let needed = route.and_then(|route| route.scope);
    if let Some(scope) = needed.filter(|scope| !claims.scopes.iter().any(|known| known == scope)) {
        return Err(Fault::new(Code::TokenScope, [("scope", scope.to_owned())]));
    }
    Ok(Call { tenant: claims.tenant, user: claims.sub, ..stranger(record) })
}

/// What is known of anyone.
fn stranger(record: &Record) -> Call {
    Call { traceparent: record.traceparent(), locale: "en".to_owned(), ..Call::default() }
}

/// Adds what every answer carries; leaves the body out where only the headers were asked for.
fn finish(request: &Request, answer: Response) -> Response {
    let mut answer = coding::encode(request, browser::guard(request, answer));
    if request.path.starts_with("/api/") {
        answer = answer.with("ratelimit-policy", quota::policy());
    }
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
