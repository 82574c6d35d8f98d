//! Messages: what each channel costs to write, native and in wasm, and how large a mail is in each language.

use crate::{median, ms};
use core_brand::brief::LANGUAGES;
use core_notify::{Channel, kind, sample_matter};
use imprint_embedded::{ComponentFile, Embedded, MemoryBlobs, Settings, Val, Workshop};
use imprint_supply::{Places, Quiet};
use serde_json::json;
use std::time::Instant;

const INTERFACE: &str = "imprint:notify/notices@0.1.0";
/// Messages of each kind; one takes less than a millisecond.
const RUNS: usize = 200;

pub(crate) fn print() {
    let runtime = tokio::runtime::Runtime::new().expect("threads start");
    let _inside = runtime.enter();
    let workshop = workshop();
    let colors =
        json!({ "primary": "#2563eb", "on_primary": "#ffffff", "surface": "#ffffff", "text": "#15213b" });
    let finished = kind("brand-kit.compilation.finished").expect("it is in the table");
    let matter = sample_matter(&[finished], "TechCorp", &colors, &json!(null)).to_string();
    println!("\n| channel | native, ms | wasm with a fresh instance, ms |\n|---|---|---|");
    for channel in Channel::ALL {
        let (mut native, mut wasm) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let start = Instant::now();
            let own =
                core_notify::write("de", channel.as_str(), &matter).unwrap_or_else(|fault| panic!("{fault}"));
            native.push(ms(start.elapsed()));
            let start = Instant::now();
            let other = write(workshop.components(), channel, &matter);
            wasm.push(ms(start.elapsed()));
            assert!(other.contains(&own.subject), "wasm says something else");
        }
        println!("| {} | {:.3} | {:.3} |", channel.as_str(), median(native), median(wasm));
    }
    println!("\n| language | HTML, bytes | text, bytes |\n|---|---|---|");
    for language in LANGUAGES {
        let mail = core_notify::write(language, "email", &matter).unwrap_or_else(|fault| panic!("{fault}"));
        println!("| {language} | {} | {} |", mail.html.unwrap_or_default().len(), mail.text.len());
    }
}

fn workshop() -> Workshop<Embedded<MemoryBlobs>> {
    let open = || {
        let places = Places::find()?;
        let files = imprint_supply::lattice_components(&places, &Quiet)?;
        let file = |one: imprint_supply::Component| ComponentFile {
            name: one.name,
            path: one.path,
            sha256: one.sha256,
        };
        let notify: Vec<_> = files.into_iter().filter(|one| one.name == "notify").map(file).collect();
        Workshop::open(&notify, Vec::new(), &places.compiled(), Settings::default(), || 0)
    };
    open().unwrap_or_else(|fault| panic!("{fault}"))
}

fn write(on: &Embedded<MemoryBlobs>, channel: Channel, matter: &str) -> String {
    let text = |value: &str| Val::String(value.to_owned());
    let field = |name: &str, value| (name.to_owned(), value);
    let context = Val::Record(vec![
        field("tenant", text("acme")),
        field("traceparent", text("")),
        field("now-ms", Val::U64(0)),
        field("deadline-ms", Val::U64(0)),
        field("attempt", Val::U32(1)),
        field("idempotency-key", text("")),
        field("locale", text("de")),
    ]);
    let letter = on.call("notify", INTERFACE, "write", &[context, text(channel.as_str()), text(matter)]);
    format!("{:?}", letter.unwrap_or_else(|fault| panic!("{fault}")))
}
