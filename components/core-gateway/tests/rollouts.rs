//! Who gets which version while rollouts are under way: told by the live configuration, kept in the first event.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{BRIEF, Memory, SEED, answer, bare, claims, json, post};
use core_brand::VERSION;
use core_brand::envelope::{Envelope, EventBody};
use core_gateway::Response;
use core_gateway::token::{Claims, sign};
use core_saga::{Arm, BUCKETS, Change, Drawn, Event, Pins, ROUTES, Route, Routes, Split, Sticky, Trial};
use std::collections::BTreeMap;

const BRANDS: &str = "/api/v1/brands";

/// What stands where in the configuration.
fn memory(settings: &[(&str, &str)]) -> Memory {
    let memory = Memory::default();
    let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    memory.settings.borrow_mut().extend(settings);
    memory
}

fn routes(split: Split) -> Routes {
    let change = |to: &str| Change { from: "0.1.0".into(), to: to.into(), shadow: false };
    let set = [("kit".to_owned(), change("0.3.0")), ("logo".to_owned(), change("0.2.0"))].into();
    let route = Route { split: Split { rollout: "new".into(), ..split }, set, experiment: None };
    Routes { versions: BTreeMap::new(), rollouts: [("new".to_owned(), route)].into() }
}

fn text(routes: &Routes) -> String {
    serde_json::to_string(routes).unwrap()
}

fn weighted(weight: u16) -> String {
    text(&routes(Split { weight, has_baseline: true, ..Split::default() }))
}

/// Asks for a brand as somebody, with these headers.
fn ask(memory: &Memory, tenant: &str, user: &str, key: &str, headers: &[(&str, &str)]) -> Response {
    let usual = [("content-type", "application/json"), ("idempotency-key", key)];
    let headers: Vec<_> = usual.iter().chain(headers).copied().collect();
    let mut request = bare("POST", BRANDS, &headers, BRIEF);
    let claims = Claims { tenant: tenant.into(), sub: user.into(), ..claims() };
    request.headers.push(("authorization".into(), format!("Bearer {}", sign(&SEED, "k1", &claims))));
    answer(&request, memory)
}

fn pins_of(memory: &Memory, id: &str) -> Pins {
    let envelope = Envelope::from_bytes(&memory.first(id)).unwrap();
    let EventBody::Inline(body) = envelope.body else { panic!() };
    let Event::Requested { pins, .. } = serde_json::from_value(body).unwrap() else { panic!() };
    pins
}

fn pins_with(memory: &Memory, tenant: &str, user: &str, headers: &[(&str, &str)]) -> Pins {
    let taken = ask(memory, tenant, user, &format!("{tenant}-{user}"), headers);
    assert_eq!(taken.status, 202);
    pins_of(memory, json(taken)["id"].as_str().unwrap())
}

fn pins(memory: &Memory, user: &str) -> Pins {
    pins_with(memory, "acme", user, &[])
}

#[test]
fn a_job_runs_on_what_its_arm_says_and_keeps_the_draw() {
    for (weight, versions, arm) in
        [(0, ["0.1.0", "0.1.0"], Arm::Stable), (BUCKETS, ["0.3.0", "0.2.0"], Arm::Canary)]
    {
        let routes = weighted(weight);
        let memory = memory(&[("versions", "design=0.1.9,logo=0.0.1"), (ROUTES, &routes)]);
        let pins = pins(&memory, "ada");
        let found = ["kit", "logo", "design", "assets"].map(|name| pins.components[name].as_str());
        assert_eq!(
            found,
            [versions[0], versions[1], "0.1.9", VERSION],
            "routes, then the setting, then ours"
        );
        let components = vec!["kit".to_owned(), "logo".to_owned()];
        let drawn = Drawn {
            rollout: "new".into(),
            arm,
            is_drawn: true,
            components,
            sticky: Sticky::User,
            variant: None,
            shadows: BTreeMap::new(),
        };
        assert_eq!((pins.draws, pins.model_variant.as_str()), (vec![drawn], "stable"));
    }
    let none = pins(&memory(&[]), "ada");
    assert!(none.draws.is_empty() && none.components.values().all(|version| version == VERSION));
}

#[test]
fn nobody_goes_back_while_a_weight_grows() {
    let weights: [u16; 5] = [0, 500, 2500, 5000, BUCKETS];
    let mut counts = [0; 5];
    for user in (0..40).map(|number| format!("user-{number}")) {
        let arms = weights.map(|weight| {
            let memory = memory(&[(ROUTES, &weighted(weight))]);
            pins(&memory, &user).draws[0].arm
        });
        let first = arms.iter().position(|arm| *arm == Arm::Canary).unwrap();
        assert!(arms[first..].iter().all(|arm| *arm == Arm::Canary), "{user}: {arms:?}");
        counts[first] += 1;
    }
    assert!(counts[0] == 0 && counts[2..].iter().all(|count| *count > 0), "{counts:?}");
}

#[test]
fn headers_force_and_tenants_narrow() {
    let mut split = Split { weight: BUCKETS, sticky: Sticky::Tenant, ..Split::default() };
    split.tenants.insert("acme".into());
    split.headers.insert("X-Ring".into(), "beta".into());
    let narrow = text(&routes(split));
    let memory = memory(&[(ROUTES, &narrow)]);
    // Whose job, with which header, and then the version, whether it was drawn, and the variant.
    let cases = [
        ("acme", ("accept", "*/*"), ("0.2.0", true, "stable")),
        ("other", ("accept", "*/*"), ("0.1.0", false, "stable")),
        ("other", ("x-ring", "beta"), ("0.2.0", false, "stable")),
        ("other", ("x-ring", "alpha"), ("0.1.0", false, "stable")),
        ("other", ("canary", "true"), ("0.2.0", false, "canary")),
        ("other", ("canary", "false"), ("0.1.0", false, "stable")),
    ];
    for (number, (tenant, header, expected)) in cases.into_iter().enumerate() {
        let pins = pins_with(&memory, tenant, &format!("ada-{number}"), &[header]);
        let found = (pins.components["logo"].as_str(), pins.draws[0].is_drawn, pins.model_variant.as_str());
        assert_eq!(found, expected, "{tenant} {header:?}");
        assert_eq!(pins.draws[0].sticky, Sticky::Tenant);
    }
}

/// What a name means to painters is drawn, forced and kept like the version of a component.
#[test]
fn a_job_keeps_the_model_that_a_name_meant() {
    let (name, [old, new]) = ("model/best", ["sdxl-base@1.0", "sdxl-base@1.1"]);
    let routes = |weight| {
        let change = Change { from: old.into(), to: new.into(), shadow: false };
        let split = Split { rollout: "new".into(), weight, ..Split::default() };
        let route = Route { split, set: [(name.to_owned(), change)].into(), experiment: None };
        Routes { versions: BTreeMap::new(), rollouts: [("new".to_owned(), route)].into() }
    };
    let meant = |routes: &Routes, headers: &[(&str, &str)]| {
        let pins = pins_with(&memory(&[(ROUTES, &text(routes))]), "acme", "ada", headers);
        (pins.components[name].clone(), pins.draws.iter().map(|drawn| drawn.is_drawn).collect::<Vec<_>>())
    };
    assert_eq!(meant(&routes(0), &[]), (old.to_owned(), vec![true]));
    assert_eq!(meant(&routes(BUCKETS), &[]), (new.to_owned(), vec![true]));
    assert_eq!(meant(&routes(0), &[("canary", "true")]), (new.to_owned(), vec![false]));
    let promoted = Routes { versions: [(name.to_owned(), new.to_owned())].into(), ..Routes::default() };
    assert_eq!(meant(&promoted, &[]), (new.to_owned(), Vec::new()));
}

#[test]
fn a_region_has_routes_of_its_own() {
    let (nobody, everybody) = (weighted(0), weighted(BUCKETS));
    let settings = |region| [(ROUTES, nobody.as_str()), ("routes.eu-west-1", &everybody), ("region", region)];
    for (region, arm) in [("eu-west-1", Arm::Canary), ("us-east-1", Arm::Stable)] {
        assert_eq!(pins(&memory(&settings(region)), "ada").draws[0].arm, arm, "{region}");
    }
    // Without a name of its own a gateway is in the first region.
    let unnamed = memory(&[("routes.us-east-1", &everybody)]);
    assert_eq!(pins(&unnamed, "ada").draws[0].arm, Arm::Canary);
}

#[test]
fn routes_that_cannot_be_read_move_nobody_and_are_said() {
    let everybody = weighted(BUCKETS);
    let half = everybody.replace("\"rollouts\":{", "\"rollouts\":{\"odd\":{\"split\":7},");
    let promoted = r#"{"versions":{"logo":"0.1.7"},"rollouts":{"odd":{}}}"#;
    let cases = [
        ("{", "0.1.5", 0, "EOF"),
        ("[7]", "0.1.5", 0, "invalid"),
        (promoted, "0.1.7", 0, "odd"),
        (half.as_str(), "0.2.0", 1, "odd"),
    ];
    for (broken, version, draws, why) in cases {
        let memory = memory(&[("versions", "logo=0.1.5"), (ROUTES, broken)]);
        let pins = pins(&memory, "ada");
        assert_eq!((pins.components["logo"].as_str(), pins.draws.len()), (version, draws), "{broken}");
        let lines = memory.lines.borrow();
        let said: Vec<_> = lines.iter().filter(|line| line.contains("routes cannot be read")).collect();
        assert!(said.len() == 1 && said[0].contains(why), "{broken}: {lines:?}");
    }
    // Nothing is not wrong.
    let empty = memory(&[(ROUTES, "")]);
    assert!(pins(&empty, "ada").draws.is_empty());
    assert!(!empty.lines.borrow().iter().any(|line| line.contains("routes")));
}

#[test]
fn a_batch_has_one_draw_and_a_repeated_wish_keeps_its_own() {
    let memory = memory(&[(ROUTES, &weighted(BUCKETS))]);
    let batch = |memory| {
        json(post(memory, "/api/v1/brands:batch", "k", &format!(r#"{{"briefs":[{BRIEF},{BRIEF}]}}"#)))
    };
    let told = batch(&memory);
    let ids: Vec<&str> =
        told["brands"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(pins_of(&memory, ids[0]), pins_of(&memory, ids[1]));
    assert_eq!(pins_of(&memory, ids[0]).components["logo"], "0.2.0");
    // Everybody goes back; what was begun stays on what it was begun with.
    memory.settings.borrow_mut().insert(ROUTES.into(), weighted(0));
    assert_eq!(batch(&memory), told);
    assert_eq!(pins_of(&memory, ids[0]).components["logo"], "0.2.0");
    assert_eq!(pins(&memory, "ada").components["logo"], "0.1.0");
}

#[test]
fn an_experiment_and_a_shadow_are_kept_with_the_draw() {
    let mut routes = routes(Split { weight: BUCKETS, ..Split::default() });
    let route = routes.rollouts.get_mut("new").unwrap();
    let variants = [("plain".to_owned(), 5000), ("warm".to_owned(), 5000)].into();
    route.experiment = Some(Trial { name: "palette".into(), traffic: BUCKETS, variants });
    route.set.get_mut("logo").unwrap().shadow = true;
    let memory = memory(&[(ROUTES, &text(&routes))]);
    let pins = pins(&memory, "ada");
    let drawn = &pins.draws[0];
    assert!(matches!(drawn.variant.as_deref(), Some("plain" | "warm")), "{drawn:?}");
    assert_eq!((pins.components["logo"].as_str(), drawn.shadows["logo"].as_str()), ("0.1.0", "0.2.0"));
    assert_eq!((pins.components["kit"].as_str(), &drawn.components), ("0.3.0", &vec!["kit".to_owned()]));
}

#[test]
fn a_direct_call_goes_where_a_job_would() {
    for (weight, arm) in [(0, None), (BUCKETS, Some("imprint-assets-0_2_0"))] {
        let change = Change { from: VERSION.into(), to: "0.2.0".into(), shadow: false };
        let split = Split { rollout: "new".into(), weight, ..Split::default() };
        let set = [("assets".to_owned(), change)].into();
        let route = Route { split, set, experiment: None };
        let routes = Routes { versions: BTreeMap::new(), rollouts: [("new".to_owned(), route)].into() };
        let memory = memory(&[(ROUTES, &text(&routes))]);
        let id = memory.completed("k");
        let target = format!("/api/v1/assets/{id}:logos%2Forbit%2Fmark.svg/optimize");
        let draw = |headers: &[(&str, &str)]| {
            let told = answer(&common::request("PUT", &target, headers, ""), &memory);
            assert_eq!(told.status, 200);
            memory.targets.borrow_mut().pop().unwrap()
        };
        assert_eq!(draw(&[]).as_deref(), arm);
        assert_eq!(draw(&[("canary", "true")]).as_deref(), Some("imprint-assets-0_2_0"));
        memory.settings.borrow_mut().insert(ROUTES.into(), String::new());
        assert_eq!(draw(&[("canary", "true")]), None, "the usual one needs no name");
        memory.settings.borrow_mut().insert("versions".into(), "assets=0.1.7".into());
        assert_eq!(draw(&[]).as_deref(), Some("imprint-assets-0_1_7"));
    }
}
