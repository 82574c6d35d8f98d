//! A name for models in a rollout: nothing is deployed, painters have both models, and the name never means the new one to
//! anybody whom the rollout did not give it.

use super::{CANARY, LOOK_MS, Site};
use core_saga::BUCKETS;
use imprint_rollout::executor::{Asked, Record, Refused, forget, hold, is_told, start};
use imprint_rollout::{Order, Phase};

const OLD: &str = "sdxl-base@1.0";
const BAD: &str = "sdxl-base@1.1";
const GOOD: &str = "sdxl-base@1.2";

fn asked(site: &Site, member: &str) -> Asked {
    let text = format!("set: [{{ {member} }}]\n{CANARY}");
    Asked { set: [].into(), ..site.asked(&text) }
}

async fn begin(site: &Site, member: &str) -> Record {
    start(&site.control().await, &site.store().await, &asked(site, member)).await.unwrap()
}

fn meant_by(site: &Site) -> Option<String> {
    site.fake.routes().versions.get("model/best").cloned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_model_goes_back_and_a_good_one_is_what_the_name_means() {
    let Some(site) = Site::start().await else { return };
    site.fake.world().painter = Some(vec![OLD, BAD, GOOD]);
    let mut executor = site.executor().await;
    site.fake.world().is_faulty = true;
    let id = begin(&site, "model: best, from: sdxl-base@1.0, to: sdxl-base@1.1").await.id;
    assert_eq!(id, "model_best-sdxl-base_1_1-1");
    let has_traffic = |record: &Record| record.state.weight("all").is_some_and(|weight| weight > 0);
    site.until(&mut executor, &id, "traffic", has_traffic).await;
    let routes = site.fake.routes();
    let change = &routes.rollouts[&id].set["model/best"];
    assert_eq!((change.from.as_str(), change.to.as_str()), (OLD, BAD));
    let began_ms = site.now_ms();
    site.until(&mut executor, &id, "back", Record::is_back).await;
    assert!(site.now_ms() - began_ms <= 10_000, "{} ms", site.now_ms() - began_ms);
    site.until(&mut executor, &id, "closed", |record| record.is_closed).await;
    assert!(site.texts(&id).await.iter().any(|text| text.contains("bad: error_rate of model/best")));
    // To a painter the bare name would be the newest that it has.
    assert_eq!(meant_by(&site).as_deref(), Some(OLD));

    site.fake.world().is_faulty = false;
    let id = begin(&site, "model: best, to: sdxl-base@1.2").await.id;
    site.until(&mut executor, &id, "promoted", |record| record.is_closed).await;
    assert_eq!(meant_by(&site).as_deref(), Some(GOOD));
    assert!(site.fake.routes().rollouts.is_empty());
    let weights: Vec<u16> = {
        let world = site.fake.world();
        let routes = world.puts.iter().filter_map(|routes| routes.rollouts.get(&id));
        routes.map(|route| route.split.weight).collect()
    };
    assert_eq!(weights, [500, 2500, BUCKETS]);
    let effects = site.fake.world().effects.clone();
    assert!(effects.iter().all(|effect| effect == "routes"), "nothing is deployed: {effects:?}");
    // Whoever comes later, and has forgotten both, still says the same.
    site.fake.world().configs.clear();
    site.executor().await.round().await.unwrap();
    assert_eq!(meant_by(&site).as_deref(), Some(GOOD));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_waits_for_a_painter_that_lost_the_model() {
    let Some(site) = Site::start().await else { return };
    site.fake.world().painter = Some(vec![OLD, GOOD]);
    let id = begin(&site, "model: best, from: sdxl-base@1.0, to: sdxl-base@1.2").await.id;
    let mut executor = site.executor().await;
    site.fake.world().painter = Some(vec![OLD]);
    let waits =
        |record: &Record| record.said.waits.contains(&format!("waits for every painter to have {GOOD}"));
    site.until(&mut executor, &id, "it waits", waits).await;
    assert_eq!(meant_by(&site).as_deref(), Some(OLD), "the name is held before anybody has the new model");
    assert!(matches!(site.record(&id).await.state.phase, Phase::Opening { .. }));
    site.fake.world().painter = Some(vec![OLD, GOOD]);
    site.until(&mut executor, &id, "it goes on", |record| record.state.weight("all") == Some(500)).await;
    site.store().await.order(&id, Order::Rollback, "ann").await.unwrap();
    executor.round().await.unwrap();
    assert!(site.fake.routes().rollouts.is_empty(), "one look is enough");
    assert_eq!(meant_by(&site).as_deref(), Some(OLD));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_painters_lack_is_not_begun_with() {
    let Some(site) = Site::start().await else { return };
    let usual = "model: best, from: sdxl-base@1.0, to: sdxl-base@1.2";
    let cases: [(Option<Vec<&'static str>>, &str, &str); 5] = [
        (None, usual, "no painter runs on this lattice"),
        (
            Some(vec![OLD]),
            usual,
            "no model `sdxl-base@1.2`, but sdxl-base@1.0: bring it in there with `imprint models add`",
        ),
        (Some(vec![GOOD]), usual, "no model `sdxl-base@1.0`"),
        (Some(vec![OLD, GOOD]), "model: best, to: sdxl-base@1.2", "say it in the file"),
        (Some(vec![OLD]), "model: best, from: sdxl-base@1.0, to: sdxl-base@1.0", "for everybody already"),
    ];
    let (control, store) = (site.control().await, site.store().await);
    for (painter, member, told) in cases {
        site.fake.world().painter = painter;
        let why = start(&control, &store, &asked(&site, member)).await.unwrap_err();
        assert!(why.is::<Refused>() && why.to_string().contains(told), "{member}: {why:#}");
    }
    assert!(store.ids().await.unwrap().is_empty(), "nothing was stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_given_back_means_what_painters_take_it_for() {
    let Some(site) = Site::start().await else { return };
    site.fake.world().painter = Some(vec![OLD, BAD, GOOD]);
    let (control, store) = (site.control().await, site.store().await);
    let why = forget(&store, "best", site.now_ms()).await.unwrap_err();
    assert!(
        why.is::<Refused>() && why.to_string().contains("nobody has said here what `best` means"),
        "{why:#}"
    );
    let mut executor = site.executor().await;
    let id = begin(&site, "model: best, from: sdxl-base@1.0, to: sdxl-base@1.2").await.id;
    site.until(&mut executor, &id, "under way", |record| record.said.left_ms.is_some()).await;
    let why = forget(&store, "best", site.now_ms()).await.unwrap_err();
    assert!(why.to_string().contains(&format!("end it with `imprint rollout rollback {id}`")), "{why:#}");
    site.until(&mut executor, &id, "promoted", |record| record.is_closed).await;
    assert!(is_told(&control, "best").await.unwrap());

    // A clock that is behind changes nothing.
    let meant = forget(&store, "model/best", 1).await.unwrap();
    assert_eq!(meant, [GOOD.to_owned()].into());
    executor.round().await.unwrap();
    assert!(!is_told(&control, "best").await.unwrap() && meant_by(&site).is_none());
    assert!(forget(&store, "best", site.now_ms()).await.is_err(), "it is given back");
    // Whoever comes later reads the old rollouts again, and gives it no meaning.
    let mut later = site.executor().await;
    later.round().await.unwrap();
    later.round().await.unwrap();
    assert_eq!(meant_by(&site), None);

    // What it means has to be said again, and is held again.
    site.pass(LOOK_MS);
    let why = start(&control, &store, &asked(&site, "model: best, to: sdxl-base@1.2")).await.unwrap_err();
    assert!(why.to_string().contains("say it in the file"), "{why:#}");
    let id = begin(&site, "model: best, from: sdxl-base@1.1, to: sdxl-base@1.2").await.id;
    assert_eq!(id, "model_best-sdxl-base_1_2-2");
    later.round().await.unwrap();
    assert_eq!(meant_by(&site).as_deref(), Some(BAD));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_has_no_image() {
    let Some(site) = Site::start().await else { return };
    site.fake.world().painter = Some(vec![OLD, GOOD]);
    let (control, store) = (site.control().await, site.store().await);
    // Whether the rollout is about that name or about a component.
    for member in ["model: best, from: sdxl-base@1.0, to: sdxl-base@1.2", "component: logo, to: 0.2.0"] {
        let images = [("model/best".to_owned(), "sdxl.wasm".to_owned())].into();
        let asked = Asked { images, ..asked(&site, member) };
        let why = start(&control, &store, &asked).await.unwrap_err();
        let told = "--image names `model/best`: components come from images, and models do not";
        assert!(why.is::<Refused>() && why.to_string().contains(told), "{member}: {why:#}");
    }
    assert!(store.ids().await.unwrap().is_empty(), "nothing was stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_given_a_meaning_before_its_first_rollout() {
    let Some(site) = Site::start().await else { return };
    site.fake.world().painter = Some(vec![OLD]);
    let (control, store) = (site.control().await, site.store().await);
    let cases = [
        ("best@1", OLD, "is no name for models"),
        ("procedural", OLD, "is no name for models"),
        ("best", "sdxl-base", "is no model; write its name and version"),
        ("best", GOOD, "has no model `sdxl-base@1.2`, but sdxl-base@1.0"),
    ];
    for (name, model, told) in cases {
        let why = hold(&control, &store, name, model, site.now_ms()).await.unwrap_err();
        assert!(why.is::<Refused>() && why.to_string().contains(told), "{name}={model}: {why:#}");
    }
    hold(&control, &store, "best", OLD, site.now_ms()).await.unwrap();
    let mut executor = site.executor().await;
    executor.round().await.unwrap();
    assert_eq!(meant_by(&site).as_deref(), Some(OLD));
    site.fake.world().painter = Some(vec![OLD, GOOD]);
    let why = hold(&control, &store, "best", GOOD, site.now_ms()).await.unwrap_err();
    assert!(why.to_string().contains("`best` means sdxl-base@1.0 already"), "{why:#}");

    // Its first rollout needs not say it again, and no other meaning comes while it is under way.
    let id = begin(&site, "model: best, to: sdxl-base@1.2").await.id;
    site.until(&mut executor, &id, "traffic", |record| record.state.weight("all") == Some(500)).await;
    let why = hold(&control, &store, "best", OLD, site.now_ms()).await.unwrap_err();
    assert!(why.to_string().contains(&format!("is in the rollout {id}")), "{why:#}");
    site.until(&mut executor, &id, "promoted", |record| record.is_closed).await;
    assert_eq!(meant_by(&site).as_deref(), Some(GOOD));

    // Given back and given a meaning again, it has that one, whatever the rollout said.
    forget(&store, "best", site.now_ms()).await.unwrap();
    hold(&control, &store, "best", OLD, 1).await.unwrap();
    site.executor().await.round().await.unwrap();
    assert_eq!(meant_by(&site).as_deref(), Some(OLD));
}
