//! What cannot be begun, and what is said then.

use super::{CANARY, Site};
use imprint_rollout::executor::{Asked, Refused, start};

type Change = fn(&mut Asked);

/// So many that a walk over the newest entries misses one.
const LISTINGS: usize = 500;

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_is_said_before_anything_is_stored() {
    let Some(site) = Site::start().await else { return };
    site.begin(CANARY).await;
    let cases: &[(&str, Change, &str)] = &[
        ("under way", |_| {}, "is in the rollout design-0_2_0-1 already"),
        (
            "gateway",
            |asked| asked.set = [("gateway".into(), "0.2.0".into())].into(),
            "`gateway` cannot be in a rollout",
        ),
        (
            "unknown",
            |asked| asked.set = [("paint".into(), "0.2.0".into())].into(),
            "there are design, logo, kit. A name for models is written `model/paint`",
        ),
        ("same", |asked| asked.set = [("logo".into(), "0.1.0".into())].into(), "what everybody has already"),
        ("version", |asked| asked.set = [("logo".into(), "0 2".into())].into(), "is no version"),
        ("nothing", |asked| asked.set.clear(), "nothing is to change"),
        (
            "stray image",
            |asked| {
                asked.set = [("logo".into(), "0.2.0".into())].into();
                asked.images = [("kit".into(), "x:1".into())].into();
            },
            "--image names `kit`",
        ),
        (
            "no file",
            |asked| {
                asked.set = [("logo".into(), "0.2.0".into())].into();
                asked.images = [("logo".into(), "/nowhere/logo.wasm".into())].into();
            },
            "is no file",
        ),
        (
            "region",
            |asked| {
                asked.set = [("logo".into(), "0.2.0".into())].into();
                asked.text += "waves: [{ regions: [mars] }]\n";
            },
            "no host stands in the region `mars`; there are hosts in us-east-1",
        ),
        ("file", |asked| asked.text = "canary: {}".into(), "the file cannot be used"),
        (
            "prometheus",
            |asked| {
                asked.set = [("logo".into(), "0.2.0".into())].into();
                asked.text += "metrics: { depth: { source: prometheus, query: depth } }\n";
            },
            "add --prometheus",
        ),
    ];
    let (control, store) = (site.control().await, site.store().await);
    for (name, change, told) in cases {
        let mut asked = site.asked(CANARY);
        change(&mut asked);
        let why = start(&control, &store, &asked).await.unwrap_err();
        assert!(why.is::<Refused>() && why.to_string().contains(told), "{name}: {why:#}");
    }
    site.fake.world().has_files = true;
    let mut asked = site.asked(CANARY);
    asked.set = [("logo".into(), "0.2.0".into())].into();
    let why = start(&control, &store, &asked).await.unwrap_err();
    assert!(why.to_string().contains("add --image logo=<file.wasm>"), "{why:#}");
    assert_eq!(store.ids().await.unwrap().len(), 1, "nothing else was stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rollout_is_listed_while_somebody_writes_it() {
    let Some(site) = Site::start().await else { return };
    let (store, writer) = (site.store().await, site.store().await);
    let id = site.begin(CANARY).await.id;
    let rewritten = id.clone();
    let writing = tokio::spawn(async move {
        loop {
            let (record, revision) = writer.record(&rewritten).await.unwrap().unwrap();
            assert!(writer.swap(&record, revision).await.unwrap());
        }
    });
    for listing in 0..LISTINGS {
        assert_eq!(store.ids().await.unwrap(), [id.as_str()], "listing {listing}");
    }
    assert!(!writing.is_finished(), "it was written all the while");
    writing.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_begin_at_once_one_is_refused() {
    let Some(site) = Site::start().await else { return };
    let (control, store, asked) = (site.control().await, site.store().await, site.asked(CANARY));
    let all = futures::future::join_all((0..4).map(|_| start(&control, &store, &asked))).await;
    assert!(all.iter().filter(|one| one.is_ok()).count() <= 1, "a component is in two rollouts");
}
