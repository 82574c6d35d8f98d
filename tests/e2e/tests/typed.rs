//! The typed interfaces of the component files, called directly, without a job.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_embedded::{Embedded, MemoryBlobs, Val, Workshop};
use imprint_harness::Site;

type Components = Embedded<MemoryBlobs>;

fn text(value: &str) -> Val {
    Val::String(value.to_owned())
}

fn record(fields: Vec<(&str, Val)>) -> Val {
    Val::Record(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn some(value: Val) -> Val {
    Val::Option(Some(Box::new(value)))
}

fn context() -> Val {
    record(vec![
        ("tenant", text("local")),
        ("traceparent", text("")),
        ("now-ms", Val::U64(0)),
        ("deadline-ms", Val::U64(0)),
        ("attempt", Val::U32(1)),
        ("idempotency-key", text("")),
        ("locale", text("en")),
    ])
}

fn request(name: &str) -> Val {
    record(vec![
        ("company-name", text(name)),
        ("industry", text("technology")),
        ("style", Val::Option(None)),
        ("primary-color", some(text("#2563EB"))),
        ("complexity", Val::Option(None)),
        ("language", Val::Option(None)),
        ("seed", some(text("42"))),
        ("concepts", some(Val::U32(3))),
    ])
}

/// What a function answered, or the error it answered with.
fn call(on: &Components, name: &str, interface: &str, function: &str, params: Vec<Val>) -> Result<Val, Val> {
    let params: Vec<Val> = std::iter::once(context()).chain(params).collect();
    let interface = format!("imprint:{interface}@0.1.0");
    match on.call(name, &interface, function, &params).unwrap() {
        Val::Result(Ok(Some(value))) => Ok(*value),
        Val::Result(Err(Some(error))) => Err(*error),
        other => panic!("{interface}#{function} answered {other:?}"),
    }
}

fn field<'a>(value: &'a Val, name: &str) -> &'a Val {
    let Val::Record(fields) = value else { panic!("{value:?} is no record") };
    &fields.iter().find(|(field, _)| field == name).unwrap().1
}

fn string(value: &Val) -> &str {
    let Val::String(text) = value else { panic!("{value:?} is no text") };
    text
}

fn list(value: &Val) -> &[Val] {
    let Val::List(items) = value else { panic!("{value:?} is no list") };
    items
}

/// The design that a job of this order would use, as JSON.
async fn design(site: &Site, order: &str) -> String {
    let order: serde_json::Value = serde_json::from_str(order).unwrap();
    let mut request = imprint_harness::request("TechCorp", "technology");
    request.brief.primary_color = Some("#2563eb".into());
    request.seed = Some("42".into());
    request.concepts = Some(3);
    let kit = site.make(&request).await.unwrap();
    let brand: serde_json::Value = serde_json::from_str(imprint_harness::text(&kit, "brand.json")).unwrap();
    assert_eq!(brand["order"], order);
    brand["design"].to_string()
}

/// The component answers with the very text that the core gives here.
fn traces_as_natively(workshop: &Workshop<Components>, png: &Val) {
    let byte = |value: &Val| if let Val::U8(byte) = value { *byte } else { panic!("{value:?} is no byte") };
    let png: Vec<u8> = list(png).iter().map(byte).collect();
    let natively = serde_json::to_string(&core_trace::trace(&png, 2).unwrap()).unwrap();
    let kept = tokio::runtime::Handle::current().block_on(workshop.keep(png)).unwrap();
    let picture = record(vec![("sha256", text(&kept.sha256)), ("bytes", Val::U64(kept.bytes))]);
    let params = vec![picture, Val::U32(2)];
    let traced = call(workshop.components(), "logo", "logo/painting", "trace", params).unwrap();
    assert_eq!(string(&traced), natively);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_typed_interface_answers() {
    let site = Site::embedded();
    let Site::Embedded(workshop) = &site else { panic!("an embedded site is embedded") };
    let on = workshop.components();
    let order = call(on, "orchestrator", "orchestrator/briefs", "check", vec![request("TechCorp")]).unwrap();
    let order = string(&order).to_owned();
    let design = design(&site, &order).await;
    tokio::task::block_in_place(|| {
        let palette = call(on, "design", "design/palette", "compute", vec![text(&order)]).unwrap();
        assert_eq!(string(field(&list(field(&palette, "swatches"))[0], "hex")), "#2563eb");
        assert_eq!(list(field(&palette, "themes")).len(), 3);
        let params = vec![text(&order), text(&design), Val::U32(1)];
        let mark = call(on, "logo", "logo/marks", "draw", params).unwrap();
        let svg = string(field(&mark, "svg"));
        assert!(svg.starts_with("<svg") && svg.contains("<path"), "{svg}");
        let drawn = call(on, "assets", "assets/raster", "render", vec![text(svg), Val::U32(256)]).unwrap();
        assert_eq!(field(&drawn, "width"), &Val::U32(256));
        let prompts =
            call(on, "logo", "logo/painting", "prompts", vec![text(&order), text(&design)]).unwrap();
        assert!(string(&prompts).contains(r#""id":"paint-03""#), "{prompts:?}");
        traces_as_natively(workshop, field(&drawn, "png"));
        let files = call(on, "kit", "kit/tokens", "export", vec![text(&order), text(&design)]).unwrap();
        let css = list(&files).iter().find(|file| string(field(file, "path")).ends_with(".css")).unwrap();
        assert!(string(field(css, "text")).contains("#2563eb"));
        let journal = Val::List(Vec::new());
        let decision = call(on, "orchestrator", "orchestrator/saga", "next", vec![journal]).unwrap();
        assert_eq!(decision, Val::Variant("rest".into(), None));
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_typed_refusal_says_whose_fault_it_is() {
    let Site::Embedded(workshop) = Site::embedded() else { panic!("an embedded site is embedded") };
    let on = workshop.components();
    let error = call(on, "orchestrator", "orchestrator/briefs", "check", vec![request(" ")]).unwrap_err();
    let Val::Variant(whose, Some(fault)) = error else { panic!("{error:?}") };
    assert_eq!((whose.as_str(), string(field(&fault, "code"))), ("rejected", "brief.name.empty"));
}
