//! The component file of notify, which runs on a lattice and beside the courier.

use core_notify::{kind, sample_event, sample_matter};
use imprint_embedded::{ComponentFile, Embedded, MemoryBlobs, Settings, Val, Workshop};
use imprint_supply::{Places, Quiet};
use serde_json::Value;
use std::collections::BTreeSet;

const INTERFACE: &str = "imprint:notify/notices@0.1.0";
const FINISHED: &str = "brand-kit.compilation.finished";

fn workshop() -> Workshop<Embedded<MemoryBlobs>> {
    let places = Places::find().unwrap();
    let files = imprint_supply::lattice_components(&places, &Quiet).unwrap();
    let file = files.into_iter().find(|file| file.name == "notify").unwrap();
    let file = ComponentFile { name: file.name, path: file.path, sha256: file.sha256 };
    Workshop::open(&[file], Vec::new(), &places.compiled(), Settings::default(), || 0).unwrap()
}

fn text(value: &str) -> Val {
    Val::String(value.to_owned())
}

fn context(tenant: &str, locale: &str) -> Val {
    let field = |name: &str, value| (name.to_owned(), value);
    Val::Record(vec![
        field("tenant", text(tenant)),
        field("traceparent", text("")),
        field("now-ms", Val::U64(0)),
        field("deadline-ms", Val::U64(0)),
        field("attempt", Val::U32(1)),
        field("idempotency-key", text("")),
        field("locale", text(locale)),
    ])
}

fn call(on: &Embedded<MemoryBlobs>, function: &str, context: Val, params: &[&str]) -> Result<Val, String> {
    let params: Vec<Val> = std::iter::once(context).chain(params.iter().map(|param| text(param))).collect();
    match on.call("notify", INTERFACE, function, &params).unwrap() {
        Val::Result(Ok(Some(value))) => Ok(*value),
        Val::Result(Err(Some(error))) => Err(format!("{error:?}")),
        other => panic!("{function} answered {other:?}"),
    }
}

/// A field of a record as text; nothing where an option is empty.
fn field(record: &Val, name: &str) -> Option<String> {
    let Val::Record(fields) = record else { panic!("{record:?} is no record") };
    match &fields.iter().find(|(field, _)| field == name).unwrap().1 {
        Val::String(text) => Some(text.clone()),
        Val::U64(number) => Some(number.to_string()),
        Val::Option(inner) => inner.as_ref().map(|inner| match &**inner {
            Val::String(text) => text.clone(),
            other => panic!("{name} is {other:?}"),
        }),
        other => panic!("{name} is {other:?}"),
    }
}

/// It calls nobody, and answers what the core answers here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_speaks_as_its_core_does() {
    let workshop = workshop();
    let on = workshop.components();
    let surface = on.surface("notify").unwrap();
    let ours = surface.imports.iter().filter(|name| name.starts_with("imprint:"));
    assert_eq!(ours.collect::<Vec<_>>(), ["imprint:platform/types@0.1.0"]);
    assert!(
        !surface.imports.iter().any(|name| name.starts_with("wasi:http") || name.starts_with("wasi:sockets"))
    );
    assert_eq!(surface.exports.iter().collect::<BTreeSet<_>>(), BTreeSet::from([&INTERFACE.to_owned()]));
    tokio::task::block_in_place(|| {
        plans(on);
        writes(on);
        checks(on);
    });
}

fn plans(on: &Embedded<MemoryBlobs>) {
    let event = sample_event(kind(FINISHED).unwrap()).to_string();
    let Val::List(told) = call(on, "plan", context("acme", "en"), &[&event, "ann", "", ""]).unwrap() else {
        panic!("plan gives no list")
    };
    let natively = core_notify::plan("acme", &event, "ann", "", "").unwrap();
    assert_eq!(told.len(), natively.len());
    for (told, message) in told.iter().zip(natively) {
        assert_eq!(field(told, "id").unwrap(), message.id);
        assert_eq!(field(told, "rule").unwrap(), message.rule);
        assert_eq!(field(told, "channel").unwrap(), message.channel.as_str());
        assert_eq!(field(told, "due-ms").unwrap(), message.due_ms.to_string());
        assert_eq!(field(told, "digest"), message.digest);
    }
    let refused = call(on, "plan", context("acme", "en"), &["{", "ann", "", ""]).unwrap_err();
    assert!(refused.contains("rejected") && refused.contains("notify.event.malformed"), "{refused}");
}

fn writes(on: &Embedded<MemoryBlobs>) {
    let finished = kind(FINISHED).unwrap();
    let matter = sample_matter(&[finished, finished], "Żółw & Söhne", &Value::Null, &Value::Null).to_string();
    for (language, channel) in
        [("de-AT", "email"), ("ja", "sms"), ("pl", "push"), ("en", "feed"), ("en", "webhook")]
    {
        let letter = call(on, "write", context("acme", language), &[channel, &matter]).unwrap();
        let natively = core_notify::write(language, channel, &matter).unwrap();
        assert_eq!(field(&letter, "subject").unwrap(), natively.subject);
        assert_eq!(field(&letter, "text").unwrap(), natively.text);
        assert_eq!(field(&letter, "html"), natively.html);
        assert_eq!(field(&letter, "payload"), natively.payload);
    }
}

fn checks(on: &Embedded<MemoryBlobs>) {
    let wish = r#"{"addresses":{"email":"a@EXAMPLE.com"}}"#;
    let stored = call(on, "check", context("acme", "en"), &["preferences", wish]).unwrap();
    assert_eq!(stored, text(&core_notify::check("preferences", wish).unwrap()));
    let refused = call(on, "check", context("acme", "en"), &["rules", "[]"]).unwrap_err();
    assert!(refused.contains("notify.rules.malformed"), "{refused}");
    // As many braces as would end the stack of a careless reader.
    let deep = format!(r#"{{"format":1,"messages":{{"en":{{"sms":{{"sms":"{}"}}}}}}}}"#, "{".repeat(1900));
    let refused = call(on, "check", context("acme", "en"), &["templates", &deep]).unwrap_err();
    assert!(refused.contains("more than 6 deep"), "{refused}");
}
