//! A language model may say reasons better, and change nothing.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use core_brand::brief::{Order, RawBrief};
use core_brand::fault::Code;
use core_brand::{BlobRef, Design, Document, Fault, FontKey, Step, Studio, Task};
use core_design::DesignStep;

/// What a model makes of some sentences.
type Answer = fn(&[String]) -> Result<Vec<String>, Fault>;

/// A studio with such a model.
struct Model(Answer);

impl Studio for Model {
    fn blob(&self, _: &BlobRef) -> Result<Vec<u8>, Fault> {
        unreachable!("everything is at hand")
    }

    fn font(&self, _: &FontKey) -> Result<Vec<u8>, Fault> {
        unreachable!("a design needs no font")
    }

    fn picture(&self, _: &str, _: u32) -> Result<Vec<u8>, Fault> {
        unreachable!("a design needs no picture")
    }

    fn rephrase(&self, language: &str, texts: &[String]) -> Result<Vec<String>, Fault> {
        assert_eq!(language, "en");
        (self.0)(texts)
    }
}

fn design(polish: bool, model: Answer) -> Design {
    let raw = RawBrief { company_name: "Nord".into(), industry: "coffee".into(), ..RawBrief::default() };
    let order = Order { polish, ..Order::new(&raw, Some(7), None).unwrap() };
    let inputs = vec![Document::working(Order::DOCUMENT, &order).unwrap()];
    let studio = Model(model);
    let tasks: Vec<Task> = DesignStep.plan("design", &inputs, &studio).unwrap();
    DesignStep.build(&tasks[0], &studio).unwrap()[0].json(&studio).unwrap()
}

fn texts(design: &Design) -> Vec<String> {
    design.reasons.iter().map(|reason| reason.text.clone()).collect()
}

#[test]
fn nobody_is_asked_unless_the_order_says_so() {
    let plain = design(false, |_| unreachable!("it was not asked for"));
    assert_eq!(plain.polish, None);
}

#[test]
fn good_words_are_taken_and_nothing_else_changes() {
    let plain = design(false, |_| unreachable!());
    let polished = design(true, |texts| Ok(texts.iter().map(|text| format!("{text} So be it.")).collect()));
    let count = u32::try_from(plain.reasons.len()).unwrap();
    let outcome = polished.polish.clone().unwrap();
    assert_eq!((outcome.asked, outcome.taken, outcome.kept.len()), (count, count, 0));
    let wanted: Vec<String> = texts(&plain).iter().map(|text| format!("{text} So be it.")).collect();
    assert_eq!(texts(&polished), wanted);
    assert_eq!((plain.palette, plain.checks), (polished.palette, polished.checks));
}

#[test]
fn what_changes_a_fact_or_fails_keeps_our_words() {
    let plain = texts(&design(false, |_| unreachable!()));
    let worse: &[(Answer, Option<&str>)] = &[
        (|texts| Ok(texts.iter().map(|text| format!("{text} It is 9 times better.")).collect()), None),
        (|texts| Ok(texts.iter().map(|text| format!("{text} Even Google says so.")).collect()), None),
        (|texts| Ok(texts.iter().map(|_| String::new()).collect()), None),
        (|_| Ok(vec!["One for all.".into()]), Some("polish.malformed")),
        (|_| Err(Fault::new(Code::Unreachable, [])), Some("lattice.unreachable")),
        (|_| Err(Fault::new(Code::PolishOff, [])), Some("polish.off")),
    ];
    for (at, (model, fault)) in worse.iter().enumerate() {
        let kept = design(true, *model);
        let outcome = kept.polish.clone().unwrap();
        assert_eq!(texts(&kept), plain, "{at}");
        assert_eq!((outcome.taken, outcome.fault.as_deref()), (0, *fault), "{at}");
    }
}
