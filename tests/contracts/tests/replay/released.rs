//! Texts that lie in stores, queues and journals, as version 0.1.0 wrote them. Who reads them now and who wrote them then are
//! replaced one after the other, so each reads the other.

use crate::http::files;
use crate::root;
use core_brand::brief::Order;
use core_brand::envelope::Envelope;
use core_brand::{Concept, Design};
use core_saga::{Event, Routes, View};
use imprint_contracts::{LATER, Shapes, matches};
use imprint_courier::{Endpoint, News, Notice};
use imprint_ledger::queue::{Claim as _, Queues as _, Work};
use imprint_ledger::{Bus, JetStreamQueues};
use imprint_servers::nats_server;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use tokio::runtime::Runtime;

/// Work that is there comes at once.
const WAIT: Duration = Duration::from_secs(20);

/// A kind of text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Released {
    /// Who writes it, and who reads it.
    because: String,
    /// What reads it: a name in `written`.
    reader: String,
    /// What becomes of a field that the next version has more.
    #[serde(default)]
    later: Lot,
    /// Fields that hold a table, or one case of several.
    tables: Vec<String>,
    /// Places that an older writer leaves out.
    left_out: Vec<String>,
    texts: Vec<Value>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Lot {
    #[default]
    Unheard,
    Refused,
}

/// What this version writes of what it reads there.
fn written(reader: &str, text: &str) -> Result<Value, String> {
    fn of<T: DeserializeOwned + Serialize>(text: &str) -> Result<Value, String> {
        let read: T = serde_json::from_str(text).map_err(|why| why.to_string())?;
        serde_json::to_value(read).map_err(|why| why.to_string())
    }
    match reader {
        "concept" => of::<Concept>(text),
        "design" => of::<Design>(text),
        "endpoint" => of::<Endpoint>(text),
        "envelope" => of::<Envelope>(text),
        "event" => of::<Event>(text),
        "news" => of::<News>(text),
        "notice" => of::<Notice>(text),
        "order" => of::<Order>(text),
        "request" => of::<core_order::Request>(text),
        "view" => of::<View>(text),
        "work" => of::<Work>(text),
        "routes" => match Routes::read(text) {
            (routes, faults) if faults.is_empty() => Ok(json!(routes)),
            (_, faults) => Err(faults.join("; ")),
        },
        other => Err(format!("nobody reads `{other}`")),
    }
}

fn removed(value: &mut Value, place: &str) -> Option<Value> {
    let (above, name) = place.rsplit_once('/')?;
    value.pointer_mut(above)?.as_object_mut()?.remove(name)
}

impl Released {
    fn check(&self) -> Result<usize, String> {
        let tables = self.tables.iter().map(|name| format!("{}/{name}", self.reader)).collect();
        let shapes = Shapes { tables, ..Shapes::default() };
        let mut checks = 0;
        for text in &self.texts {
            let read = |text: &Value| written(&self.reader, &text.to_string());
            let now = read(text)?;
            // What an older reader needs is still written.
            matches(text, &now, &[])?;
            for (place, more) in shapes.each(&self.reader, text) {
                match (self.later, read(&more)) {
                    (Lot::Unheard, Ok(told)) if told == now => {}
                    (Lot::Refused, Err(why)) if why.contains(LATER) => {}
                    (_, told) => return Err(format!("`{LATER}` at `{place}`: {told:?}")),
                }
                checks += 1;
            }
            let mut least = text.clone();
            for place in &self.left_out {
                let mut less = text.clone();
                if removed(&mut less, place).is_none() {
                    continue;
                }
                read(&less).map_err(|why| format!("without `{place}`: {why}"))?;
                removed(&mut least, place);
                checks += 1;
            }
            // What stays is read as it was, without all of them at once.
            matches(&least, &read(&least)?, &[])?;
        }
        Ok(checks)
    }
}

fn released(path: &Path) -> Released {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

#[test]
fn what_the_first_version_wrote_is_read_and_what_is_written_it_reads() {
    for path in files(&root().join("texts/0.1.0")) {
        let kind = released(&path);
        match kind.check() {
            Ok(checks) => println!("{}: {checks} places", kind.reader),
            Err(why) => panic!("{} ({})\n  {why}", path.display(), kind.because),
        }
    }
}

#[test]
fn a_planted_break_of_a_text_is_found() {
    for path in files(&root().join("planted/texts")) {
        let kind = released(&path);
        let told = kind.check().map_or_else(|why| why, |_| "it passes".to_owned());
        assert!(told.contains(&kind.because), "{}: {told}", path.display());
    }
}

/// The queues of a lattice: what a newer ledger puts in is handed out as work of today, and a letter of before is shown.
#[test]
fn work_of_both_neighbours_is_taken_from_a_real_queue() {
    let Some(server) = nats_server() else { return };
    Runtime::new().unwrap().block_on(async {
        let nats = async_nats::connect(server.url()).await.unwrap();
        let queues = JetStreamQueues::open(&Bus::new(nats.clone(), "IMPRINT", 1)).await.unwrap();
        let put = async |subject: &str, text: &Value| {
            let stored = async_nats::jetstream::new(nats.clone());
            let stored = stored.publish(subject.to_owned(), text.to_string().into()).await.unwrap();
            stored.await.unwrap();
        };
        let kind = released(&root().join("texts/0.1.0/work.json"));
        let text = &kind.texts[0];
        let work: Work = serde_json::from_value(text.clone()).unwrap();
        let all =
            Shapes::default().each("work", text).into_iter().map(|(_, more)| more).chain([text.clone()]);
        for one in all {
            put("imprint.work.design.low", &one).await;
            let claim = queues.claim(&["design"], WAIT).await.unwrap().expect("work");
            assert_eq!(claim.work(), &work, "{one}");
            claim.done().await.unwrap();
        }
        // Letters of before do not say how often the work was handed out; those of after say more.
        for letter in [json!({ "work": text, "why": "a" }), json!({ "work": text, "why": "a", LATER: 1 })] {
            put("imprint.dead.design.low", &letter).await;
        }
        let dead = queues.dead(10).await.unwrap();
        let dead: Vec<_> = dead.iter().map(|letter| (&letter.work, letter.deliveries)).collect();
        assert_eq!(dead, [(&work, 0), (&work, 0)]);
    });
}
