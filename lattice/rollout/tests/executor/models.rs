//! A name for models in a rollout: nothing is deployed, painters have both models, and the name never means the new one to
//! anybody whom the rollout did not give it.

use super::{CANARY, Site};
use core_saga::BUCKETS;
use imprint_rollout::executor::{Asked, Record, Refused, start};
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

fn meant(site: &Site) -> Option<String> {
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
    assert_eq!(meant(&site).as_deref(), Some(OLD));

    site.fake.world().is_faulty = false;
    let id = begin(&site, "model: best, to: sdxl-base@1.2").await.id;
    site.until(&mut executor, &id, "promoted", |record| record.is_closed).await;
    assert_eq!(meant(&site).as_deref(), Some(GOOD));
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
    assert_eq!(meant(&site).as_deref(), Some(GOOD));
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
    assert_eq!(meant(&site).as_deref(), Some(OLD), "the name is held before anybody has the new model");
    assert!(matches!(site.record(&id).await.state.phase, Phase::Opening { .. }));
    site.fake.world().painter = Some(vec![OLD, GOOD]);
    site.until(&mut executor, &id, "it goes on", |record| record.state.weight("all") == Some(500)).await;
    site.store().await.order(&id, Order::Rollback, "ann").await.unwrap();
    executor.round().await.unwrap();
    assert!(site.fake.routes().rollouts.is_empty(), "one look is enough");
    assert_eq!(meant(&site).as_deref(), Some(OLD));
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
