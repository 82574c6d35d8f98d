//! The same tasks native and in wasm, in turn, in one process.

use crate::{TASK_RUNS, median, ms};
use core_brand::{Document, Fault, Task};
use imprint_artifacts::artifacts;
use imprint_embedded::{CallContext, Callee, MemoryBlobs, Settings, Workshop};
use imprint_harness::{NativeComponents, Site, request};
use std::sync::Arc;
use std::time::Instant;

/// Which task of which step stands for what.
const TASKS: &[(&str, &str, &str, &str)] = &[
    ("palette and type", "design", "design", "decide"),
    ("one logo concept", "logo", "logo", "draw"),
    ("pictures of one concept", "assets", "assets", "render"),
    ("brand book (PDF)", "kit", "kit", "book"),
];

pub(crate) fn print() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("threads start");
    if let Err(fault) = runtime.block_on(compare()) {
        panic!("{fault}");
    }
}

async fn compare() -> Result<(), Fault> {
    let documents = documents().await?;
    let native = NativeComponents::new(Arc::new(MemoryBlobs::default()), artifacts().fonts.clone());
    let built = artifacts();
    let opened =
        Workshop::open(&built.components, built.fonts.clone(), &built.compiled, Settings::default(), || 0)?;
    println!("\n{TASK_RUNS} runs each, in turn, median; wasm with its instantiation:\n");
    println!("| task | native | wasm | native / wasm |\n|---|---|---|---|");
    for (label, component, step, kind) in TASKS {
        let plan = native.plan((*component).into(), context(), (*step).into(), documents.clone()).await?;
        let task = plan.into_iter().find(|task| task.kind == *kind);
        let task = task.unwrap_or_else(|| panic!("`{component}` plans no task `{kind}`"));
        let (mut native_ms, mut wasm_ms) = (Vec::new(), Vec::new());
        for _ in 0..TASK_RUNS {
            native_ms.push(time(&native, component, &task).await?);
            wasm_ms.push(time(opened.components(), component, &task).await?);
        }
        let (native_ms, wasm_ms) = (median(native_ms), median(wasm_ms));
        println!("| {label} | {native_ms:.1} ms | {wasm_ms:.1} ms | {:.2} |", native_ms / wasm_ms);
    }
    Ok(())
}

async fn time<C: Callee>(callee: &C, component: &str, task: &Task) -> Result<f64, Fault> {
    let started = Instant::now();
    callee.build(component.to_owned(), context(), task.clone()).await?;
    Ok(ms(started.elapsed()))
}

fn context() -> CallContext {
    CallContext { tenant: "local".into(), ..CallContext::default() }
}

/// Every document of a finished job, with its bytes at hand.
async fn documents() -> Result<Vec<Document>, Fault> {
    let Site::Native(workshop) = Site::native() else {
        return Err(core_brand::broken!("a native site is native"));
    };
    let request = Document::working("request.json", &request("Northwind Coffee", "coffee"))?;
    let stop = imprint_embedded::Stop::default();
    let kit = workshop.make("br_bench", request, &stop, &|_| {}).await?;
    let mut documents = Vec::new();
    for document in kit.documents {
        let bytes = workshop.read(&document).await?;
        documents.push(Document { body: core_brand::Body::Inline(bytes), ..document });
    }
    Ok(documents)
}
