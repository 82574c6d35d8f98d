//! The API, from the side of clients that are there already: what version 0.1.0 was asked and answered is asked and answered now.

use crate::{NOW_MS, root, shapes};
use core_saga::{Event, Outcome};
use imprint_blobs::MemoryBlobs;
use imprint_contracts::{
    Callee, Client, Components, Courier, Exchange, Later, Ledger, Side, Store, Surface, matches, planted,
    text_of,
};
use imprint_servers::{NatsServer, nats_server};
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use tokio::runtime::Runtime;

/// The version whose clients these are.
const RELEASED: &str = "http/0.1.0";

/// The neighbours of a gateway.
struct World {
    components: Components,
    ledger: Ledger,
    blobs: Store<MemoryBlobs>,
    courier: Courier,
    _server: NatsServer,
}

pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    assert!(!all.is_empty());
    all
}

impl World {
    fn open() -> Option<Self> {
        let server = nats_server()?;
        Some(Self {
            components: Components::open().unwrap(),
            ledger: Ledger::start(&server.url(), || NOW_MS).unwrap(),
            blobs: Store::new(Runtime::new().unwrap(), MemoryBlobs::default()),
            courier: Courier::new(|| NOW_MS).unwrap(),
            _server: server,
        })
    }

    /// Replays an exchange for a tenant of its own. `of_later` says whether the neighbours are of the next version.
    fn replay(
        &self,
        exchange: &Exchange,
        tenant: &str,
        client: Client,
        of_later: bool,
    ) -> Result<Vec<Value>, String> {
        let shapes = shapes();
        let callees: [&dyn Callee; 5] = [
            &self.ledger,
            &self.courier,
            &self.components.one("assets"),
            &self.components.one("design"),
            &self.components.one("logo"),
        ];
        let later =
            callees.map(|callee| Later { callee, side: Side::Answerer, shapes: &shapes, said: Cell::new(0) });
        let [ledger, courier, assets, design, logo] =
            std::array::from_fn(|at| if of_later { &later[at] as &dyn Callee } else { callees[at] });
        let surface = Surface {
            ledger,
            blobs: &self.blobs,
            courier,
            assets,
            design,
            logo,
            tenant: tenant.to_owned(),
            now_ms: Cell::new(NOW_MS),
        };
        exchange.replay(&surface, client, &|id| self.made(tenant, id))
    }

    /// Makes the kit of a brand: the documents that the components make of the usual brief.
    fn made(&self, tenant: &str, id: &str) -> Result<(), String> {
        let mut events = Vec::new();
        for (step, documents) in self.components.kit()? {
            let kept = |document| self.kept(tenant, id, document);
            let documents = documents.into_iter().map(kept).collect::<Result<_, _>>()?;
            events.push(Event::Planned { step: step.to_owned(), tasks: Vec::new() });
            events.push(Event::Built { step: step.to_owned(), task: "all".to_owned(), documents });
        }
        events.push(Event::Ended { outcome: Outcome::Completed });
        self.ledger.happen(tenant, id, &events)
    }

    /// A document with its body in the space of the brand.
    fn kept(&self, tenant: &str, id: &str, mut document: Value) -> Result<core_brand::Document, String> {
        let bytes = self.components.one("kit").content(&document["body"]["stored"])?;
        let context = json!({ "tenant": tenant, "idempotency-key": format!("{id}/make") });
        let stored = self.blobs.call("imprint:blobs/store@0.1.0#put", &[context, text_of(&bytes)])?;
        document["body"] = json!({ "stored": stored["ok"] });
        document["media_type"] = document["media-type"].take();
        serde_json::from_value(document).map_err(|why| why.to_string())
    }

    fn all(&self, client: Client, of_later: bool) -> Vec<(String, Exchange, Vec<Value>)> {
        let replayed = |(number, path): (usize, PathBuf)| {
            let exchange = Exchange::read(&path).unwrap();
            let tenant = format!("t{number}-{}-{}", client == Client::Later, of_later);
            let title = format!("{} ({})", path.display(), exchange.because);
            let told = self.replay(&exchange, &tenant, client, of_later);
            let told = told.unwrap_or_else(|why| panic!("{title}\n  {why}"));
            (title, exchange, told)
        };
        files(&root().join(RELEASED)).into_iter().enumerate().map(replayed).collect()
    }
}

#[test]
fn clients_of_the_first_version_are_answered_as_they_were() {
    let Some(world) = World::open() else { return };
    for (title, exchange, told) in world.all(Client::Recorded, false) {
        for (number, ask) in exchange.requests.iter().enumerate() {
            for broken in planted(&ask.answer) {
                let why = matches(&broken, &told[number], &told[..number]);
                assert!(why.is_err(), "{title}: nothing fails on {broken}");
            }
        }
    }
}

/// A field that is not known is refused with a code, at whatever place of a body, and nothing begins; a parameter and a header that
/// are not known are left alone. The gateway stands between what a person says, where a default in place of what was meant is worse
/// than a fault, and what programs on the way add.
#[test]
fn clients_of_the_next_version_hear_what_is_not_known() {
    let Some(world) = World::open() else { return };
    world.all(Client::Later, false);
}

/// Ledger, courier and components were replaced first, and say more in every text of theirs.
#[test]
fn clients_do_not_see_that_the_neighbours_of_a_gateway_are_newer() {
    let Some(world) = World::open() else { return };
    world.all(Client::Recorded, true);
}

/// Exchanges that are broken on purpose; what is to be found stands in `because`.
#[test]
fn a_planted_break_of_the_api_is_found() {
    let Some(world) = World::open() else { return };
    for (number, path) in files(&root().join("planted/http")).into_iter().enumerate() {
        let exchange = Exchange::read(&path).unwrap();
        let told = world.replay(&exchange, &format!("planted{number}"), Client::Later, false);
        let told = told.map_or_else(|why| why, |_| "it passes".to_owned());
        assert!(told.contains(&exchange.because), "{}: {told}", path.display());
    }
}
