//! What a guest may not do: take too long, take too much; and what is left when it tries.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::fault::Code;
use core_brand::{Blame, Document};
use core_order::Request;
use imprint_artifacts::artifacts;
use imprint_embedded::{Settings, Stop, Workshop};
use imprint_harness::request;

async fn fault_with(settings: Settings) -> core_brand::Fault {
    let built = artifacts();
    let workshop =
        Workshop::open(&built.components, built.fonts.clone(), &built.compiled, settings, || 0).unwrap();
    let document = Document::working(Request::DOCUMENT, &request("Northwind Coffee", "coffee")).unwrap();
    let made = workshop.make("br_limits", document, &Stop::default(), &|_| {}).await;
    match made {
        Ok(_) => panic!("a job under {settings:?} was made"),
        Err(fault) => fault,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_takes_too_long_is_stopped() {
    let fault = fault_with(Settings { call_ms: 10, ..Settings::default() }).await;
    assert!(fault.is(Code::StepTimeout), "{fault:?}");
    assert_eq!(fault.blame, Blame::Internal);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_that_wants_too_much_memory_is_stopped() {
    let fault = fault_with(Settings { memory_bytes_max: 3 << 20, ..Settings::default() }).await;
    assert!(fault.is(Code::StepTrapped), "{fault:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_job_ends_cancelled() {
    let built = artifacts();
    let opened =
        Workshop::open(&built.components, built.fonts.clone(), &built.compiled, Settings::default(), || 0);
    let stop = Stop::default();
    let document = Document::working(Request::DOCUMENT, &request("Northwind Coffee", "coffee")).unwrap();
    let asking = stop.clone();
    let watch = move |progress: imprint_embedded::Progress| {
        if progress.step == "logo" {
            asking.ask();
        }
    };
    let made = opened.unwrap().make("br_stopped", document, &stop, &watch).await;
    assert!(made.is_err_and(|fault| fault.is(Code::Cancelled)));
}

/// A request that no component can read is the asker's, in the words of the table.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_request_is_rejected_by_the_component() {
    let built = artifacts();
    let opened =
        Workshop::open(&built.components, built.fonts.clone(), &built.compiled, Settings::default(), || 0);
    let workshop = opened.unwrap();
    for (text, code) in [
        ("{", Code::BriefMalformed),
        (r#"{"format":1,"brief":{"company_name":" ","industry":"x"}}"#, Code::NameEmpty),
    ] {
        let document = Document::file(Request::DOCUMENT, "application/json", text.as_bytes().to_vec());
        let made = workshop.make(&format!("br_{}", text.len()), document, &Stop::default(), &|_| {}).await;
        let Err(fault) = made else { panic!("{text} was made") };
        assert!(fault.is(code), "{fault:?}");
        assert_eq!(fault.blame, Blame::Rejected);
    }
}
