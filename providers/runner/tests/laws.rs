//! The laws of the runner, by loop: die before every append, be told `busy`, fail in every step, be stopped.

use core_brand::fault::Code;
use core_brand::painting::{PaintAnswer, PaintOrder, Painted};
use core_brand::step::find;
use core_brand::{Blame, BlobRef, Document, Fault, Task};
use core_saga::{PAINT, STEPS, STEPS_PAINTED};
use imprint_blobs::{Blobs, MemoryBlobs};
use imprint_ledger::{Ledger, MemoryLedger};
use imprint_runner::{CallContext, Callee, Decided, Finished, Job, Limits, Paintings, Runner, Stop};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const TENANT: &str = "acme";

/// Components that make one document per task, and fail where they are told to.
#[derive(Default)]
struct Toy {
    /// The step that answers with this fault.
    failing: Option<(&'static str, Code)>,
    /// How many builds are answered with `busy` first.
    busy: AtomicU32,
    builds: AtomicU32,
    easel: Easel,
}

/// How a painter answers.
#[derive(Clone, Copy, Default)]
enum Easel {
    #[default]
    Paints,
    Says(Code),
    /// Never, and nobody is told.
    Hangs,
}

impl Callee for Toy {
    async fn decide(&self, _: String, _: CallContext, journal: Vec<String>) -> Result<Decided, Fault> {
        core_saga::next(&journal).map(Decided::from).map_err(|why| core_brand::broken!("{why}"))
    }

    async fn plan(
        &self,
        _: String,
        _: CallContext,
        step: String,
        inputs: Vec<Document>,
    ) -> Result<Vec<Task>, Fault> {
        let mut inputs = inputs.into_iter().take(1).collect::<Vec<_>>();
        if step == PAINT {
            inputs.push(Document::working(PaintOrder::DOCUMENT, &paint_order())?);
        }
        ["a", "b", "c"].iter().map(|id| Task::new(*id, "toy", &step, inputs.clone())).collect()
    }

    async fn build(&self, _: String, ctx: CallContext, task: Task) -> Result<Vec<Document>, Fault> {
        self.builds.fetch_add(1, Ordering::SeqCst);
        if self.busy.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return Err(Fault::new(Code::Conflict, [("expected", "0".into()), ("found", "1".into())]));
        }
        let step: String = task.settings()?;
        if step == PAINT {
            let answer = find(&task.inputs, PaintAnswer::DOCUMENT)?.clone();
            return Ok(vec![Document { name: format!("{step}/{}", task.id), ..answer }]);
        }
        match self.failing {
            Some((failing, code)) if failing == step => Err(Fault::new(code, [])),
            _ => {
                assert!(
                    ctx.idempotency_key.ends_with(&format!("{step}/{}", task.id)),
                    "{}",
                    ctx.idempotency_key
                );
                let bytes = format!("{step}/{}", task.id).into_bytes();
                Ok(vec![Document::file(format!("{step}/{}", task.id), "text/plain", bytes)])
            }
        }
    }

    async fn paint(&self, ctx: CallContext, order: PaintOrder) -> Result<Paintings, Fault> {
        assert!(
            ctx.idempotency_key.starts_with("br_1/paint/") && ctx.attempt == 1,
            "{}",
            ctx.idempotency_key
        );
        assert_eq!((order, ctx.deadline_ms), (paint_order(), 1000));
        match self.easel {
            Easel::Paints => {
                let painted = Painted {
                    content: BlobRef::of(b"a picture"),
                    width: 512,
                    height: 512,
                    seed: 7,
                    model: "procedural@1".into(),
                    backend: "procedural".into(),
                };
                Ok(Paintings { pictures: vec![painted], gpu_ms: 5 })
            }
            Easel::Says(code) => Err(Fault::new(code, [])),
            Easel::Hangs => std::future::pending().await,
        }
    }
}

fn paint_order() -> PaintOrder {
    let (prompt, negative, sampler) = ("a leaf".into(), String::new(), "euler".into());
    let (model, guidance) = ("procedural".into(), 7.0);
    PaintOrder {
        format: 1,
        model,
        prompt,
        negative,
        width: 1024,
        height: 1024,
        steps: 30,
        guidance,
        sampler,
        seed: 7,
        count: 1,
    }
}

/// A ledger that stops working after some appends, as it does when the process dies.
struct Dying {
    ledger: Arc<MemoryLedger>,
    appends_left: AtomicU64,
}

impl Ledger for Dying {
    async fn append(&self, subject: &str, expected: u64, entries: Vec<Vec<u8>>) -> Result<u64, Fault> {
        if self
            .appends_left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_err()
        {
            return Err(core_brand::broken!("the process is gone"));
        }
        self.ledger.append(subject, expected, entries).await
    }

    async fn read(&self, subject: &str, from: u64) -> Result<Vec<Vec<u8>>, Fault> {
        self.ledger.read(subject, from).await
    }
}

fn job() -> Job {
    Job {
        id: "br_1".into(),
        tenant: TENANT.into(),
        home_region: "local".into(),
        locale: "en".into(),
        request: Document::file("request.json", "application/json", b"{}".to_vec()),
        components: BTreeMap::new(),
    }
}

fn runner<L: Ledger>(ledger: Arc<L>, blobs: Arc<MemoryBlobs>, toy: Arc<Toy>) -> Runner<L, MemoryBlobs, Toy> {
    let limits = Limits { width: 2, call_ms: 1000, attempts: 3, backoff_ms_max: 1, paint_ms: 1000 };
    Runner { ledger, blobs, callee: toy, limits, clock: || 0 }
}

async fn run<L: Ledger + 'static>(runner: &Runner<L, MemoryBlobs, Toy>) -> Result<Finished, Fault> {
    runner.run(&job(), &Stop::default(), &|_| {}).await
}

fn names(finished: &Finished) -> Vec<String> {
    let mut names: Vec<_> = finished.documents.iter().map(|document| document.name.clone()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_job_goes_on_wherever_it_died() {
    let counting = Arc::new(Dying { ledger: Arc::default(), appends_left: AtomicU64::new(u64::MAX) });
    let whole = run(&runner(counting.clone(), Arc::default(), Arc::default())).await.unwrap();
    assert_eq!(names(&whole).len(), 1 + 3 * STEPS.len());
    let appends = u64::MAX - counting.appends_left.load(Ordering::SeqCst);
    // One for the start and the end, one for each plan; tasks that are done at one moment share theirs.
    assert!((2 + 2 * STEPS.len() as u64..2 + 4 * STEPS.len() as u64).contains(&appends), "{appends}");
    for appends in 0..appends {
        let (ledger, blobs, toy) = (Arc::<MemoryLedger>::default(), Arc::default(), Arc::<Toy>::default());
        let dying = Dying { ledger: ledger.clone(), appends_left: AtomicU64::new(appends) };
        assert!(
            run(&runner(Arc::new(dying), Arc::clone(&blobs), toy.clone())).await.is_err(),
            "died after {appends}"
        );
        let again =
            run(&runner(ledger, blobs, toy)).await.unwrap_or_else(|fault| panic!("after {appends}: {fault}"));
        assert_eq!(names(&again), names(&whole), "died after {appends}");
    }
}

#[tokio::test]
async fn a_finished_job_is_answered_and_not_done_again() {
    let (ledger, blobs, toy) = (Arc::<MemoryLedger>::default(), Arc::default(), Arc::<Toy>::default());
    let runner = runner(ledger, blobs, toy.clone());
    let first = run(&runner).await.unwrap();
    let builds = toy.builds.load(Ordering::SeqCst);
    assert_eq!(names(&run(&runner).await.unwrap()), names(&first));
    assert_eq!(toy.builds.load(Ordering::SeqCst), builds);
}

#[tokio::test]
async fn busy_is_tried_again_and_only_so_often() {
    for (busy, done) in [(1, true), (2, true), (1000, false)] {
        let toy = Arc::new(Toy { busy: AtomicU32::new(busy), ..Toy::default() });
        let ended = run(&runner(Arc::<MemoryLedger>::default(), Arc::default(), toy)).await;
        match ended {
            Ok(_) => assert!(done, "busy {busy}"),
            Err(fault) => assert!(!done && fault.blame == Blame::Busy, "busy {busy}: {fault:?}"),
        }
    }
}

#[tokio::test]
async fn a_fault_in_any_step_is_told_and_leaves_no_content() {
    for step in STEPS {
        let (ledger, blobs) = (Arc::<MemoryLedger>::default(), Arc::<MemoryBlobs>::default());
        let toy = Arc::new(Toy { failing: Some((step.name, Code::NameEmpty)), ..Toy::default() });
        let fault = run(&runner(ledger.clone(), blobs.clone(), toy)).await.unwrap_err();
        assert!(fault.is(Code::NameEmpty), "{}: {fault:?}", step.name);
        for made in STEPS {
            for task in ["a", "b", "c"] {
                let content = core_brand::BlobRef::of(format!("{}/{task}", made.name).as_bytes());
                assert!(
                    !blobs.exists(TENANT, &content).await.unwrap(),
                    "{} left {}/{task}",
                    step.name,
                    made.name
                );
            }
        }
        // Asked again, the journal tells the same end.
        assert!(run(&runner(ledger, blobs, Arc::default())).await.unwrap_err().message.contains(step.name));
    }
}

#[tokio::test]
async fn a_changed_journal_is_refused() {
    let (ledger, blobs) = (Arc::<MemoryLedger>::default(), Arc::<MemoryBlobs>::default());
    let subject = "imprint.v1.local.acme.brand.br_1";
    run(&runner(ledger.clone(), blobs.clone(), Arc::default())).await.unwrap();
    let mut entries = ledger.read(subject, 0).await.unwrap();
    let at = entries[1].iter().position(|byte| *byte == b'0').unwrap();
    entries[1][at] = b'1';
    let changed = Arc::<MemoryLedger>::default();
    changed.append(subject, 0, entries).await.unwrap();
    assert!(run(&runner(changed, blobs, Arc::default())).await.unwrap_err().is(Code::Tampered));
}

#[tokio::test]
async fn a_stopped_job_is_undone() {
    let (ledger, blobs, toy) =
        (Arc::<MemoryLedger>::default(), Arc::<MemoryBlobs>::default(), Arc::<Toy>::default());
    let stop = Stop::default();
    let asking = stop.clone();
    let watch = move |progress: imprint_runner::Progress| {
        if progress.step == "assets" {
            asking.ask();
        }
    };
    let ended = runner(ledger, blobs.clone(), toy).run(&job(), &stop, &watch).await;
    assert!(ended.unwrap_err().is(Code::Cancelled));
    let content = core_brand::BlobRef::of(b"logo/a");
    assert!(!blobs.exists(TENANT, &content).await.unwrap());
}

/// Whatever the painter does, the job comes to its end, and the component hears what the painter said.
#[tokio::test(start_paused = true)]
async fn a_painter_keeps_no_job_from_its_end() {
    let cases = [
        (Easel::Paints, None),
        (Easel::Says(Code::PaintOff), Some(Code::PaintOff)),
        (Easel::Says(Code::PaintDeviceLost), Some(Code::PaintDeviceLost)),
        (Easel::Hangs, Some(Code::PaintLate)),
    ];
    for (easel, said) in cases {
        let toy = Arc::new(Toy { easel, ..Toy::default() });
        let blobs = Arc::<MemoryBlobs>::default();
        let runner = runner(Arc::<MemoryLedger>::default(), blobs.clone(), toy);
        let request = Document::file("request.json", "application/json", br#"{"painted":{}}"#.to_vec());
        let finished = runner.run(&Job { request, ..job() }, &Stop::default(), &|_| {}).await.unwrap();
        assert_eq!(names(&finished).len(), 1 + 3 * STEPS_PAINTED.len());
        let bytes = blobs.get(TENANT, &finished.document("paint/a").unwrap().content()).await.unwrap();
        let answer: PaintAnswer = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(answer.pictures.len(), usize::from(said.is_none()));
        assert_eq!(answer.missed.map(|why| why.code), said.map(|code| code.as_str().to_owned()));
    }
}

/// Who waits for a painter hears a stop at once.
#[tokio::test(start_paused = true)]
async fn a_stop_is_heard_while_somebody_paints() {
    let toy = Arc::new(Toy { easel: Easel::Hangs, ..Toy::default() });
    let limits = Limits { width: 2, call_ms: 1000, attempts: 3, backoff_ms_max: 1, paint_ms: 1000 };
    let (ledger, blobs) = (Arc::<MemoryLedger>::default(), Arc::<MemoryBlobs>::default());
    let runner = Runner { ledger, blobs, callee: toy, limits, clock: || 0 };
    let request = Document::file("request.json", "application/json", br#"{"painted":{}}"#.to_vec());
    let stop = Stop::default();
    let (asking, began) = (stop.clone(), Instant::now());
    tokio::spawn(async move {
        sleep(Duration::from_millis(50)).await;
        asking.ask();
    });
    let fault = runner.run(&Job { request, ..job() }, &stop, &|_| {}).await.unwrap_err();
    assert!(fault.is(Code::Cancelled), "{fault:?}");
    assert!(began.elapsed() < Duration::from_secs(1), "the painter was waited for");
}
