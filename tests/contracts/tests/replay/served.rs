//! A provider that serves two versions of an interface at once, with the bindings that providers are generated with; and a provider
//! of before beside it, in the same place, while one is replaced by the other.

use bindings::exports::imprint::fonts0_1_0::library as served;
use bindings::exports::imprint::fonts0_2_0::library as served_next;
use bindings::imprint::fonts0_1_0::library as asked;
use bindings::imprint::fonts0_2_0::library as asked_next;
use bindings::imprint::platform::types;
use core_brand::FontKey;
use futures::stream::{Stream, StreamExt as _, select_all};
use imprint_artifacts::artifacts;
use imprint_blobs::FontShelf;
use imprint_servers::nats_server;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use wrpc_transport_nats::{Client, NatsContext};

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        // Version 0.1.0 is the released text; of the next one no more is there than what it says more.
        inline: "
            package test:both;
            world both {
                import imprint:fonts/library@0.1.0;
                import imprint:fonts/library@0.2.0;
                export imprint:fonts/library@0.1.0;
                export imprint:fonts/library@0.2.0;
            }
            package imprint:fonts@0.2.0 {
                interface library {
                    use imprint:platform/types@0.1.0.{blob-ref, call-context, error};
                    record font-key { family: string, weight: u32, italic: bool, width: option<u32> }
                    find: func(ctx: call-context, key: font-key) -> result<blob-ref, error>;
                }
            }
        ",
        path: "../../wit",
        world: "test:both/both",
        generate_all,
    });
}

/// Where both providers are asked.
const PLACE: &str = "test.fonts";
/// Providers of one id share the calls.
const GROUP: &str = "fonts";
/// Nobody waits longer for an answer, or for hearing that there is none.
const ANSWER_MAX: Duration = Duration::from_secs(20);
/// A call that reached who was just leaving is made again after this long.
const AGAIN: Duration = Duration::from_secs(1);
/// So many calls go to each of two who share them with near certainty: one of them gets none once in 2^31 runs.
const CALLS: usize = 32;

/// The code that a version refuses by what it cannot do.
const WIDTH: &str = "font.width";

/// The fonts of this checkout, and how often somebody asked for one by the released version.
#[derive(Clone)]
struct Room {
    fonts: Arc<FontShelf>,
    released: Arc<AtomicUsize>,
}

type Answer = anyhow::Result<Result<types::BlobRef, types::Error>>;

impl Room {
    fn open() -> Self {
        let fonts = Arc::new(FontShelf::new(artifacts().fonts.clone()));
        Self { fonts, released: Arc::default() }
    }

    fn find(&self, family: String, weight: u32, italic: bool) -> Answer {
        let weight = u16::try_from(weight).unwrap_or(u16::MAX);
        Ok(match self.fonts.find(&FontKey { family, weight, italic }) {
            Ok(content) => Ok(types::BlobRef { sha256: content.sha256, bytes: content.bytes }),
            Err(fault) => Err(refused(&fault.code)),
        })
    }
}

fn refused(code: &str) -> types::Error {
    let (code, message) = (code.to_owned(), String::new());
    types::Error::Rejected(types::Fault { code, args: Vec::new(), field: None, message })
}

impl served::Handler<NatsContext> for Room {
    async fn find(&self, _: NatsContext, _: types::CallContext, key: served::FontKey) -> Answer {
        self.released.fetch_add(1, Ordering::Relaxed);
        self.find(key.family, key.weight, key.italic)
    }
}

impl served_next::Handler<NatsContext> for Room {
    async fn find(&self, _: NatsContext, _: types::CallContext, key: served_next::FontKey) -> Answer {
        match key.width {
            Some(_) => Ok(Err(refused(WIDTH))),
            None => self.find(key.family, key.weight, key.italic),
        }
    }
}

/// Does what is asked, call by call.
async fn work<C: Future<Output = anyhow::Result<()>>>(
    mut calls: impl Stream<Item = anyhow::Result<C>> + Unpin,
) {
    while let Some(call) = calls.next().await {
        call.unwrap().await.unwrap();
    }
}

fn context() -> types::CallContext {
    types::CallContext {
        tenant: "acme".to_owned(),
        traceparent: String::new(),
        now_ms: 1,
        deadline_ms: 2,
        attempt: 1,
        idempotency_key: String::new(),
        locale: "en".to_owned(),
    }
}

async fn client(nats: &async_nats::Client, group: Option<&str>) -> Client {
    Client::new(nats.clone(), PLACE, group.map(Arc::from)).await.unwrap()
}

/// What an answer says: the content, the code of a fault, or that nobody answers.
fn said(answer: anyhow::Result<Result<types::BlobRef, types::Error>>) -> String {
    match answer {
        Ok(Ok(content)) => content.sha256,
        Ok(Err(types::Error::Rejected(fault))) => fault.code,
        Ok(Err(other)) => format!("{other:?}"),
        Err(_) => "nobody".to_owned(),
    }
}

async fn ask(client: &Client, font: &FontKey) -> String {
    let (family, weight) = (font.family.clone(), u32::from(font.weight));
    let key = asked::FontKey { family, weight, italic: font.italic };
    said(timeout(ANSWER_MAX, asked::find(client, None, &context(), &key)).await.expect("an answer"))
}

async fn ask_next(client: &Client, font: &FontKey, width: Option<u32>) -> String {
    let (family, weight) = (font.family.clone(), u32::from(font.weight));
    let key = asked_next::FontKey { family, weight, italic: font.italic, width };
    said(timeout(ANSWER_MAX, asked_next::find(client, None, &context(), &key)).await.expect("an answer"))
}

#[test]
fn a_provider_serves_two_versions_and_one_of_before_stands_beside_it() {
    let Some(server) = nats_server() else { return };
    let (old, both) = (Room::open(), Room::open());
    let entry = &artifacts().fonts[0];
    let (font, content) = (&entry.key, entry.content.sha256.clone());
    let missing = FontKey { family: "of nobody".to_owned(), ..font.clone() };
    Runtime::new().unwrap().block_on(async {
        let nats = async_nats::connect(server.url()).await.unwrap();
        let asks = client(&nats, None).await;
        // The provider of before, alone: the next version hears that there is nobody.
        let before = client(&nats, Some(GROUP)).await;
        let calls = served::serve_interface(&before, old.clone()).await.unwrap();
        let calls = calls.into_iter().map(|(.., calls)| calls);
        let serving = tokio::spawn(work(select_all(calls)));
        nats.flush().await.unwrap();
        assert_eq!(ask(&asks, font).await, content);
        assert_eq!(ask_next(&asks, font, None).await, "nobody");
        // One that serves both comes beside it: no call of either version is lost, nor answered by the other version.
        let after = client(&nats, Some(GROUP)).await;
        let calls = bindings::serve(&after, both.clone()).await.unwrap();
        let calls = calls.into_iter().map(|(.., calls)| calls);
        tokio::spawn(work(select_all(calls)));
        nats.flush().await.unwrap();
        for _ in 0..CALLS {
            assert_eq!(ask(&asks, font).await, content);
            assert_eq!(ask_next(&asks, font, None).await, content);
        }
        let shared = [&old, &both].map(|room| room.released.load(Ordering::Relaxed));
        assert!(shared[0] > 1 && shared[1] > 0, "{shared:?}");
        assert_eq!(ask_next(&asks, font, Some(75)).await, WIDTH);
        assert_eq!(ask(&asks, &missing).await, ask_next(&asks, &missing, None).await);
        // The one of before goes: the other one answers whoever asks by its version, each time from then on.
        serving.abort();
        drop(before);
        let mut in_a_row = 0;
        let all = async {
            while in_a_row < CALLS {
                let known = both.released.load(Ordering::Relaxed);
                let told = timeout(AGAIN, ask(&asks, font)).await;
                assert!(told.iter().all(|told| *told == content), "{told:?}");
                let is_its = both.released.load(Ordering::Relaxed) == known + 1;
                in_a_row = if is_its && told.is_ok() { in_a_row + 1 } else { 0 };
            }
        };
        timeout(ANSWER_MAX, all).await.expect("the one that stays");
    });
}
