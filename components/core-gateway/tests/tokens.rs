//! Who gets in, and who does not.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{Memory, NOW_MS, SEED, answer, bare, claims, json};
use core_gateway::Response;
use core_gateway::token::{Claims, public_key, sign};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};

const NOW_S: u64 = NOW_MS / 1000;

/// Any header and any claims, rightly signed.
fn signed(header: &str, claims: &str) -> String {
    let text = format!(
        "{}.{}",
        BASE64URL_NOPAD.encode(header.as_bytes()),
        BASE64URL_NOPAD.encode(claims.as_bytes())
    );
    let signature = SigningKey::from_bytes(&SEED).sign(text.as_bytes()).to_bytes();
    format!("{text}.{}", BASE64URL_NOPAD.encode(&signature))
}

fn with(change: impl FnOnce(&mut Claims)) -> String {
    let mut claims = claims();
    change(&mut claims);
    sign(&SEED, "k1", &claims)
}

fn shown(authorization: &str) -> Response {
    let memory = Memory::default();
    memory.settings.borrow_mut().insert("revoked".into(), "t0, t9".into());
    answer(&bare("GET", "/api/v1/brands", &[("authorization", authorization)], ""), &memory)
}

#[test]
fn a_good_token_opens() {
    assert_eq!(shown(&format!("Bearer {}", common::token())).status, 200);
    assert_eq!(shown(&format!("bearer  {}", common::token())).status, 200);
}

#[test]
fn bad_tokens_do_not() {
    const HEADER: &str = r#"{"alg":"EdDSA","kid":"k1"}"#;
    let good = common::token();
    let body = serde_json::to_string(&claims()).unwrap();
    let parts: Vec<&str> = good.split('.').collect();
    let (head, middle, tail) = (parts[0], parts[1], parts[2]);
    let none = BASE64URL_NOPAD.encode(br#"{"alg":"none","kid":"k1"}"#);
    let doubled = |claim: &str| body.replacen('{', &format!("{{{claim},"), 1);
    let cases: &[(&str, String, &str)] = &[
        ("no algorithm, unsigned", format!("{none}.{middle}."), "token.invalid"),
        ("no algorithm", signed(r#"{"alg":"none","kid":"k1"}"#, &body), "token.invalid"),
        ("HS256", signed(r#"{"alg":"HS256","kid":"k1"}"#, &body), "token.invalid"),
        ("HS512", signed(r#"{"alg":"HS512","kid":"k1"}"#, &body), "token.invalid"),
        ("RS256", signed(r#"{"alg":"RS256","kid":"k1"}"#, &body), "token.invalid"),
        ("another case", signed(r#"{"alg":"eddsa","kid":"k1"}"#, &body), "token.invalid"),
        ("no key", signed(r#"{"alg":"EdDSA"}"#, &body), "token.invalid"),
        ("empty key", signed(r#"{"alg":"EdDSA","kid":""}"#, &body), "token.invalid"),
        ("unknown key", sign(&SEED, "k2", &claims()), "token.invalid"),
        ("a key that is a path", sign(&SEED, "../k1", &claims()), "token.invalid"),
        ("somebody else's key", sign(&[8; 32], "k1", &claims()), "token.invalid"),
        ("critical", signed(r#"{"alg":"EdDSA","kid":"k1","crit":["x"]}"#, &body), "token.invalid"),
        ("a key inside", signed(r#"{"alg":"EdDSA","kid":"k1","jwk":{}}"#, &body), "token.invalid"),
        ("another type", signed(r#"{"alg":"EdDSA","kid":"k1","typ":"JWE"}"#, &body), "token.invalid"),
        ("two algorithms", signed(r#"{"alg":"none","alg":"EdDSA","kid":"k1"}"#, &body), "token.invalid"),
        ("two tenants", signed(HEADER, &doubled(r#""tenant":"evil""#)), "token.invalid"),
        ("two expiries", signed(HEADER, &doubled(r#""exp":9999999999"#)), "token.invalid"),
        ("a claim that is unknown", signed(HEADER, &doubled(r#""nbf":9999999999"#)), "token.invalid"),
        ("no claims", signed(HEADER, "{}"), "token.invalid"),
        ("a header that is a list", signed(r#"["EdDSA","k1"]"#, &body), "token.invalid"),
        ("claims that are a list", signed(HEADER, "[]"), "token.invalid"),
        ("expired", with(|claims| claims.exp = NOW_S), "token.expired"),
        ("long expired", with(|claims| (claims.iat, claims.exp) = (1, 2)), "token.expired"),
        ("from the future", with(|claims| claims.iat = NOW_S + 61), "token.invalid"),
        ("for ever", with(|claims| claims.exp = u64::MAX), "token.invalid"),
        ("another issuer", with(|claims| claims.iss = "evil".into()), "token.invalid"),
        ("no tenant", with(|claims| claims.tenant.clear()), "token.invalid"),
        ("a tenant that is a subject", with(|claims| claims.tenant = "a.>".into()), "token.invalid"),
        ("a tenant that is a path", with(|claims| claims.tenant = "../a".into()), "token.invalid"),
        ("no name", with(|claims| claims.jti.clear()), "token.invalid"),
        ("revoked", with(|claims| claims.jti = "t9".into()), "token.revoked"),
        ("may write only", with(|claims| claims.scopes = vec!["brands:write".into()]), "token.scope"),
        ("may nothing", with(|claims| claims.scopes.clear()), "token.scope"),
        ("too long", with(|claims| claims.sub = "x".repeat(4000)), "token.invalid"),
        ("a long name", with(|claims| claims.sub = "x".repeat(200)), "token.invalid"),
        ("two parts", format!("{head}.{middle}"), "token.invalid"),
        ("four parts", format!("{good}.x"), "token.invalid"),
        ("no parts", "x".to_owned(), "token.invalid"),
        ("padding", format!("{head}.{middle}.{tail}="), "token.invalid"),
        ("no signature", format!("{head}.{middle}."), "token.invalid"),
        ("a cut signature", good[..good.len() - 4].to_owned(), "token.invalid"),
        (
            "claims of another",
            format!("{head}.{}.{tail}", with(|c| c.tenant = "evil".into()).split('.').nth(1).unwrap()),
            "token.invalid",
        ),
    ];
    for (what, token, code) in cases {
        let refused = shown(&format!("Bearer {token}"));
        assert_eq!(refused.status, if *code == "token.scope" { 403 } else { 401 }, "{what}");
        assert!(refused.header("www-authenticate").unwrap().starts_with("Bearer"), "{what}");
        assert_eq!(json(refused)["code"], *code, "{what}");
    }
}

#[test]
fn other_ways_in_are_shut() {
    let token = common::token();
    for other in ["", "Bearer", "Basic YTpi", &token, &format!("Bearer{token}"), &format!("Token {token}")] {
        assert_eq!(json(shown(other))["code"], "token.missing", "{other}");
    }
    let twice = [("authorization", format!("Bearer {token}")), ("authorization", format!("Bearer {token}"))];
    let twice: Vec<(&str, &str)> = twice.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(answer(&bare("GET", "/api/v1/brands", &twice, ""), &Memory::default()).status, 401);
    let in_query = bare("GET", &format!("/api/v1/brands?access_token={token}"), &[], "");
    assert_eq!(answer(&in_query, &Memory::default()).status, 401);
}

#[test]
fn everything_but_the_open_addresses_is_shut() {
    let memory = Memory::default();
    let description = json(answer(&bare("GET", "/openapi.json", &[], ""), &memory));
    let mut open = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let target = path.replace(['{', '}'], "");
            let answered = answer(&bare(&method.to_uppercase(), &target, &[], ""), &memory).status;
            if answered == 401 { continue } else { open.push(path.as_str()) }
        }
    }
    assert_eq!(
        open,
        [
            "/",
            "/callbacks/sms/{token}",
            "/healthz",
            "/openapi.json",
            "/page.css",
            "/page.js",
            "/problems",
            "/problems/{code}",
            "/readyz",
            "/unsubscribe/{token}",
            "/unsubscribe/{token}"
        ]
    );
    // What is not there is not told to strangers either.
    assert_eq!(answer(&bare("GET", "/api/v1/nothing", &[], ""), &memory).status, 401);
    assert_eq!(answer(&bare("PATCH", "/api/v1/brands", &[], ""), &memory).status, 401);
}

#[test]
fn a_key_is_taken_back_while_running() {
    let memory = Memory::default();
    let ask = || answer(&common::request("GET", "/api/v1/brands", &[], ""), &memory).status;
    assert_eq!(ask(), 200);
    memory.settings.borrow_mut().insert("key.k1".into(), public_key(&[9; 32]));
    assert_eq!(ask(), 401);
    memory.settings.borrow_mut().insert("key.k1".into(), "not a key".into());
    assert_eq!(ask(), 500);
}
