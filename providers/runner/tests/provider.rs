//! The provider as a process, over a real server: jobs are done by components that are called over the lattice, and go on
//! when the process or the server is killed and when calls are lost.

use bindings::exports::imprint::jobs::step;
use bindings::exports::imprint::orchestrator::saga;
use collector::Collector;
use core_brand::envelope::Envelope;
use core_brand::fault::Code;
use core_brand::painting::{PaintAnswer, PaintOrder};
use core_brand::{Blame, BlobRef, Document, Fault, Task};
use core_saga::{
    Arm, Decision, Drawn, EXPOSURES, Event, Exposed, Outcome, PAINT, Pins, Priority, STEPS, Sticky, Terms,
    component_id, state,
};
use data_encoding::BASE64;
use easel::exports::imprint::painter::orders;
use futures::StreamExt;
use identities::Identities;
use imprint_blobs::{Blobs, NatsBlobs, space};
use imprint_ledger::journal::{Home, Stamp, event_of, previous_of};
use imprint_ledger::queue::{DECIDE, Queues, Work};
use imprint_ledger::{Bus, JetStreamQueues, JetStreamValues, LatticeLedger, Ledger, Values, read_all};
use imprint_provider::wire::types;
use imprint_servers::{NatsServer, nats_server, nats_server_with};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::task::JoinSet;
use tokio::time::sleep;
use wrpc_transport_nats::{Client, NatsContext};

mod collector;
mod identities;

mod bindings {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        inline: "
            package imprint:toy@0.1.0;
            world toy {
                export imprint:jobs/step@0.1.0;
                export imprint:orchestrator/saga@0.1.0;
            }
        ",
        world: "imprint:toy/toy@0.1.0",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:jobs/step@0.1.0": generate,
            "imprint:orchestrator/saga@0.1.0": generate,
        },
    });
}

mod easel {
    // What the macro writes is not ours to tidy.
    wit_bindgen_wrpc::generate!({
        world: "painter-provider",
        path: "../../wit",
        with: {
            "imprint:platform/types@0.1.0": imprint_provider::wire::types,
            "imprint:painter/orders@0.1.0": generate,
        },
    });
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_imprint-runner-provider");
const REGION: &str = "us-east-1";
const TENANT: &str = "acme";
/// The request that began all jobs.
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";
/// No job of these tests takes longer on a working machine.
const WAIT_MAX: Duration = Duration::from_secs(60);

/// A component of every name, all in one.
#[derive(Clone, Default)]
struct Toy {
    builds: Arc<AtomicUsize>,
    takes: Duration,
    /// So many builds are never answered, as when a host is killed with them in its hands.
    lost: Arc<AtomicUsize>,
    traces: Arc<Mutex<Vec<String>>>,
}

impl saga::Handler<NatsContext> for Toy {
    async fn next(
        &self,
        _: NatsContext,
        _: types::CallContext,
        journal: Vec<String>,
    ) -> anyhow::Result<Result<saga::Decision, types::Error>> {
        let of =
            |row: &core_saga::StepRow| saga::Work { step: row.name.into(), component: row.component.into() };
        Ok(Ok(match core_saga::next(&journal)? {
            Decision::Plan(row) => saga::Decision::Plan(of(row)),
            Decision::Build(row, ids) => saga::Decision::Build(saga::Tasks {
                step: row.name.into(),
                component: row.component.into(),
                ids,
            }),
            Decision::Undo(row) => saga::Decision::Undo(of(row)),
            Decision::End(Outcome::Completed) => saga::Decision::End(saga::Outcome::Completed),
            Decision::End(Outcome::Failed) => saga::Decision::End(saga::Outcome::Failed),
            Decision::End(Outcome::Cancelled) => saga::Decision::End(saga::Outcome::Cancelled),
            Decision::Rest => saga::Decision::Rest,
        }))
    }
}

impl step::Handler<NatsContext> for Toy {
    async fn plan(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        step: String,
        _: Vec<types::Document>,
    ) -> anyhow::Result<Result<Vec<types::Task>, types::Error>> {
        self.traces.lock().expect("works").push(ctx.traceparent);
        let order = Document::working(PaintOrder::DOCUMENT, &paint_order());
        let inputs: Vec<Document> = order.into_iter().filter(|_| step == PAINT).collect();
        let tasks: Result<Vec<_>, Fault> = ["a", "b", "c"]
            .iter()
            .map(|id| Task::new(*id, "toy", &step, inputs.clone()).map(Into::into))
            .collect();
        Ok(tasks.map_err(Into::into))
    }

    async fn build(
        &self,
        _: NatsContext,
        _: types::CallContext,
        task: types::Task,
    ) -> anyhow::Result<Result<Vec<types::Document>, types::Error>> {
        if task.settings.trim_matches('"') == PAINT {
            let answer = task.inputs.into_iter().find(|input| input.name == PaintAnswer::DOCUMENT);
            let answer = answer.expect("the answer of the painter is beside its order");
            return Ok(Ok(vec![types::Document { name: format!("{PAINT}/{}", task.id), ..answer }]));
        }
        self.builds.fetch_add(1, Ordering::SeqCst);
        if self.lost.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            std::future::pending::<()>().await;
        }
        sleep(self.takes).await;
        let name = format!("{}/{}", task.settings.trim_matches('"'), task.id);
        Ok(Ok(vec![Document::file(name.clone(), "text/plain", name.into_bytes()).into()]))
    }
}

/// A host of all components.
async fn host(server: &NatsServer, toy: Toy) -> JoinSet<()> {
    let mut host = JoinSet::new();
    let components: std::collections::BTreeSet<_> = STEPS.iter().map(|row| row.component).collect();
    for component in components {
        let nats = async_nats::connect(server.url()).await.expect("works");
        let id = component_id(component, "0.1.0");
        let client = Client::new(nats, format!("test.{id}"), Some(id.into())).await.expect("works");
        for (_, _, calls) in bindings::serve(&client, toy.clone()).await.expect("works") {
            host.spawn(calls.for_each_concurrent(None, |call| async { drop(call.expect("works").await) }));
        }
    }
    host
}

/// What a painter does with orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Paints,
    /// Takes them, and nothing more.
    Dawdles,
    /// Has no device for them.
    Refuses,
}

/// A painter that takes orders, or has nothing to paint them on.
#[derive(Clone)]
struct Easel {
    way: Way,
    keys: Arc<Mutex<BTreeSet<String>>>,
    /// What it was asked for, by name.
    models: Arc<Mutex<BTreeSet<String>>>,
}

impl orders::Handler<NatsContext> for Easel {
    async fn models(
        &self,
        _: NatsContext,
        _: types::CallContext,
    ) -> anyhow::Result<Result<Vec<orders::Model>, types::Error>> {
        let backend = orders::Backend::Reference;
        let model = |name: &str| orders::Model { name: name.into(), native_px: 512, backend, loaded: true };
        Ok(Ok(["tiny@1", "tiny@2", "tiny@3"].map(model).to_vec()))
    }

    async fn submit(
        &self,
        _: NatsContext,
        ctx: types::CallContext,
        order: orders::Order,
    ) -> anyhow::Result<Result<String, types::Error>> {
        assert_eq!((order.width, order.height, order.steps, order.seed), (512, 512, 4, 7));
        self.keys.lock().expect("works").insert(ctx.idempotency_key.clone());
        if self.way == Way::Refuses {
            let args = [("looked_for", "there is no driver".to_owned())];
            return Ok(Err(Fault::new(Code::PaintNoDevice, args).into()));
        }
        self.models.lock().expect("works").insert(order.model);
        Ok(Ok(ctx.idempotency_key))
    }

    async fn poll(
        &self,
        _: NatsContext,
        _: types::CallContext,
        id: String,
    ) -> anyhow::Result<Result<Option<orders::State>, types::Error>> {
        let is_known = self.way != Way::Refuses && self.keys.lock().expect("works").contains(&id);
        let painting = || orders::Painting {
            picture: BlobRef::of(id.as_bytes()).into(),
            seed: 7,
            model: "tiny@1".into(),
            backend: orders::Backend::Reference,
            gpu_ms: 3,
        };
        let state = match self.way {
            Way::Paints => orders::State::Done(vec![painting()]),
            Way::Dawdles | Way::Refuses => orders::State::Waiting(0),
        };
        Ok(Ok(is_known.then_some(state)))
    }

    async fn cancel(
        &self,
        _: NatsContext,
        _: types::CallContext,
        _: String,
    ) -> anyhow::Result<Result<Option<orders::State>, types::Error>> {
        Ok(Ok(None))
    }
}

impl Easel {
    /// Serves as the painter of the lattice.
    async fn serve(server: &NatsServer, way: Way) -> (Self, JoinSet<()>) {
        let own = Self { way, keys: Arc::default(), models: Arc::default() };
        let mut serving = JoinSet::new();
        let nats = async_nats::connect(server.url()).await.expect("works");
        let client = Client::new(nats, "test.imprint-painter", Some("imprint-painter".into())).await;
        for (_, _, calls) in easel::serve(&client.expect("works"), own.clone()).await.expect("works") {
            serving.spawn(calls.for_each_concurrent(None, |call| async { drop(call.expect("works").await) }));
        }
        (own, serving)
    }

    async fn asked(&self, count: usize) {
        let end = Instant::now() + WAIT_MAX;
        while self.keys.lock().expect("works").len() < count {
            assert!(Instant::now() < end, "nobody asks the painter");
            sleep(Duration::from_millis(20)).await;
        }
    }
}

fn paint_order() -> PaintOrder {
    PaintOrder {
        format: 1,
        model: "tiny".into(),
        prompt: "a leaf".into(),
        negative: String::new(),
        width: 1024,
        height: 1024,
        steps: 4,
        guidance: 1.0,
        sampler: "turbo".into(),
        seed: 7,
        count: 1,
    }
}

struct Lattice {
    server: NatsServer,
    nats: async_nats::Client,
    ledger: LatticeLedger,
    queues: JetStreamQueues,
}

impl Lattice {
    async fn start() -> Option<Self> {
        let server = nats_server()?;
        let nats = async_nats::connect(server.url()).await.expect("works");
        let bus = Bus::new(nats.clone(), "IMPRINT", 1);
        let ledger = LatticeLedger::open(&bus).await.expect("works");
        let queues = JetStreamQueues::open(&bus).await.expect("works");
        Some(Self { server, nats, ledger, queues })
    }

    fn runner(&self) -> Runner {
        self.runner_with(&[])
    }

    fn runner_with(&self, more: &[&str]) -> Runner {
        let mut command = Command::new(PROGRAM);
        command.args(["--nats", &self.server.url(), "--lattice", "test", "--id", "imprint-runner"]);
        command.args(["--config", "width=8", "--config", "region=us-east-1"]);
        Runner(command.args(more).stdin(Stdio::null()).spawn().expect("works"))
    }

    async fn submit(&self, number: usize) {
        self.submit_drawn(number, Vec::new()).await;
    }

    /// A job of Ann's, with these draws.
    async fn submit_drawn(&self, number: usize, draws: Vec<Drawn>) {
        let request = Document::working("request", &"a brief").expect("works");
        self.submit_asking(number, draws, request).await;
    }

    async fn submit_asking(&self, number: usize, draws: Vec<Drawn>, request: Document) {
        self.submit_pinned(number, pins(draws), request).await;
    }

    async fn submit_pinned(&self, number: usize, pins: Pins, request: Document) {
        let event = Event::Requested { request, pins, terms: Terms::default() };
        let stamp = Stamp { now_ms: now_ms(), ..Stamp::default() };
        let first = home(number).entry(0, &previous_of(&[]), &event, stamp).expect("works");
        let envelope =
            Envelope { user: Some("ann".to_owned()), ..Envelope::from_bytes(&first).expect("works") };
        let first = envelope.to_bytes().expect("works");
        self.ledger.append(&home(number).subject(), 0, vec![first]).await.expect("works");
        self.remind(number, 0).await;
    }

    async fn remind(&self, number: usize, sequence: usize) {
        let Home { region, tenant, job_id } = home(number);
        let work = Work {
            step: DECIDE.to_owned(),
            priority: Priority::Normal,
            tenant,
            home_region: region,
            id: format!("{job_id}/{DECIDE}/{sequence}"),
            job_id,
            traceparent: format!("00-{TRACE}-{PARENT}-01"),
        };
        self.queues.enqueue(&work).await.expect("works");
    }

    async fn events(&self, number: usize) -> Vec<Event> {
        let end = Instant::now() + WAIT_MAX;
        let stored = loop {
            // A server that comes back is busy for a while.
            match read_all(&self.ledger, &home(number).subject()).await {
                Err(fault) if fault.blame == Blame::Busy && Instant::now() < end => {}
                stored => break stored.expect("works"),
            }
            sleep(Duration::from_millis(20)).await;
        };
        let opened = self.ledger.unseal(&home(number).subject(), 0, &stored).await.expect("works");
        opened.iter().map(|bytes| event_of(bytes).expect("works").1).collect()
    }

    async fn ended(&self, number: usize) -> Outcome {
        let end = Instant::now() + WAIT_MAX;
        loop {
            if let Some(outcome) = state(&self.events(number).await).ended {
                return outcome;
            }
            assert!(Instant::now() < end, "job {number} is lost: {:?}", self.events(number).await);
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// What the painter's step of a job was told for each of its tasks.
    async fn painted(&self, number: usize) -> Vec<PaintAnswer> {
        let events = self.events(number).await;
        let blobs = NatsBlobs::open(self.nats.clone(), &BTreeMap::new()).await.expect("works");
        let mut answers = Vec::new();
        for task in ["a", "b", "c"] {
            let name = format!("{PAINT}/{task}");
            let made = state(&events).documents.into_iter().find(|document| document.name == name);
            let space = space(TENANT, &home(number).job_id);
            let bytes = blobs.get(&space, &made.expect("works").content()).await.expect("works");
            answers.push(serde_json::from_slice(&bytes).expect("works"));
        }
        answers
    }

    /// Completed, each task once, and all that it made is there.
    async fn check(&self, number: usize) {
        assert_eq!(self.ended(number).await, Outcome::Completed);
        let events = self.events(number).await;
        let built = events.iter().filter(|event| matches!(event, Event::Built { .. })).count();
        assert_eq!(built, 3 * STEPS.len());
        let blobs = NatsBlobs::open(self.nats.clone(), &BTreeMap::new()).await.expect("works");
        for document in state(&events).documents.iter().skip(1) {
            let space = space(TENANT, &home(number).job_id);
            assert_eq!(
                blobs.get(&space, &document.content()).await.expect("works"),
                document.name.as_bytes()
            );
        }
    }
}

struct Runner(Child);

impl Drop for Runner {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn pins(draws: Vec<Drawn>) -> Pins {
    let components = STEPS.iter().map(|row| (row.component.to_owned(), "0.1.0".to_owned())).collect();
    Pins { steps_version: 1, components, model_variant: "stable".to_owned(), draws }
}

fn count_of(sample: &str) -> u64 {
    let count = sample.rsplit(' ').next().and_then(|number| number.parse().ok());
    count.expect("a sample ends with its number")
}

fn home(number: usize) -> Home {
    Home::new(REGION, TENANT, &format!("br_{REGION}_{number:0>26}"))
}

#[allow(clippy::disallowed_methods, reason = "the provider has the clock of the machine too")]
fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("works").as_millis() as u64
}

#[tokio::test]
async fn jobs_are_done_by_components_of_the_lattice() {
    let Some(lattice) = Lattice::start().await else { return };
    let toy = Toy::default();
    let _host = host(&lattice.server, toy.clone()).await;
    let _runner = lattice.runner();
    for number in 0..5 {
        lattice.submit(number).await;
    }
    for number in 0..5 {
        lattice.check(number).await;
    }
    assert_eq!(toy.builds.load(Ordering::SeqCst), 5 * 3 * STEPS.len());
    assert!(toy.traces.lock().expect("works").iter().all(|trace| trace.starts_with("00-4bf92f35")));
    assert!(lattice.queues.dead(10).await.expect("works").is_empty());
}

/// What a lost painter had in hand is put in again under its key, and painted by the next.
#[tokio::test]
async fn a_painter_that_is_lost_leaves_its_orders_to_the_next() {
    let Some(lattice) = Lattice::start().await else { return };
    let _host = host(&lattice.server, Toy::default()).await;
    let _runner = lattice.runner();
    let (slow, serving) = Easel::serve(&lattice.server, Way::Dawdles).await;
    let request = Document::working("request", &BTreeMap::from([("painted", "tiny")])).expect("works");
    lattice.submit_asking(0, Vec::new(), request).await;
    slow.asked(3).await;
    drop(serving);
    let (next, _serving) = Easel::serve(&lattice.server, Way::Paints).await;
    assert_eq!(lattice.ended(0).await, Outcome::Completed);
    assert_eq!(*next.keys.lock().expect("works"), *slow.keys.lock().expect("works"), "under the same keys");
    for answer in lattice.painted(0).await {
        let [picture] = &answer.pictures[..] else { panic!("{answer:?}") };
        assert_eq!((picture.model.as_str(), picture.backend.as_str()), ("tiny@1", "reference"));
    }
}

/// A painter on a host without a GPU shares what is asked with one that has one, which is asked in its turn.
#[tokio::test]
async fn a_painter_without_a_device_leaves_its_orders_to_one_that_has_one() {
    let Some(lattice) = Lattice::start().await else { return };
    let _host = host(&lattice.server, Toy::default()).await;
    let _runner = lattice.runner();
    let (refusing, _bare) = Easel::serve(&lattice.server, Way::Refuses).await;
    let request = Document::working("request", &BTreeMap::from([("painted", "tiny")])).expect("works");
    lattice.submit_asking(0, Vec::new(), request).await;
    refusing.asked(3).await;
    let (painting, _serving) = Easel::serve(&lattice.server, Way::Paints).await;
    assert_eq!(lattice.ended(0).await, Outcome::Completed);
    assert_eq!(*painting.keys.lock().expect("works"), *refusing.keys.lock().expect("works"));
    for answer in lattice.painted(0).await {
        assert_eq!((answer.pictures.len(), &answer.missed), (1, &None), "{answer:?}");
    }
}

/// Where nobody has a device, the job is told so soon, in the painter's own words.
#[tokio::test]
async fn painters_without_any_device_are_told_as_they_are() {
    let Some(lattice) = Lattice::start().await else { return };
    let _host = host(&lattice.server, Toy::default()).await;
    let _runner = lattice.runner();
    let (_, _bare) = Easel::serve(&lattice.server, Way::Refuses).await;
    let request = Document::working("request", &BTreeMap::from([("painted", "tiny")])).expect("works");
    lattice.submit_asking(0, Vec::new(), request).await;
    assert_eq!(lattice.ended(0).await, Outcome::Completed);
    for answer in lattice.painted(0).await {
        let missed = answer.missed.expect("nothing was painted");
        assert!(missed.code == "paint.device.none" && missed.message.contains("no driver"), "{missed:?}");
    }
}

/// The brief says `tiny`, and which model that is was drawn when the job was submitted.
#[tokio::test]
async fn the_model_that_a_job_is_pinned_to_reaches_the_painter() {
    let Some(lattice) = Lattice::start().await else { return };
    let _host = host(&lattice.server, Toy::default()).await;
    let _runner = lattice.runner_with(&["--host", "one"]);
    let (easel, _serving) = Easel::serve(&lattice.server, Way::Paints).await;
    let request = || Document::working("request", &BTreeMap::from([("painted", "tiny")])).expect("works");
    let drawn = |components: &[&str]| Drawn {
        rollout: "tiny-1".to_owned(),
        arm: Arm::Canary,
        is_drawn: true,
        components: components.iter().map(|name| (*name).to_owned()).collect(),
        sticky: Sticky::User,
        variant: None,
        shadows: BTreeMap::new(),
    };
    // Drawn for it, forced to it, and of a name that the brief does not have.
    let forced = Drawn { is_drawn: false, ..drawn(&["model/tiny"]) };
    let cases = [
        ("model/tiny", "tiny@2", drawn(&["model/tiny"]), "tiny@2"),
        ("model/tiny", "tiny@3", forced, "tiny@3"),
        ("model/other", "other@2", drawn(&["model/other"]), "tiny"),
    ];
    for (number, (key, model, drawn, asked)) in cases.into_iter().enumerate() {
        let mut pins = pins(vec![drawn]);
        pins.components.insert(key.to_owned(), model.to_owned());
        lattice.submit_pinned(number, pins, request()).await;
        assert_eq!(lattice.ended(number).await, Outcome::Completed);
        let models = std::mem::take(&mut *easel.models.lock().expect("works"));
        assert_eq!(models, BTreeSet::from([asked.to_owned()]), "{key}");
    }
    let text = lattice.nats.request("imprint.metrics.test.one", "".into()).await.expect("answers");
    let text = String::from_utf8(text.payload.to_vec()).expect("is text");
    let arms: Vec<&str> =
        text.lines().filter(|line| line.starts_with("imprint_arm_requests_total{")).collect();
    let [painted] = arms[..] else { panic!("{arms:?}") };
    for label in [r#"rollout="tiny-1""#, r#"component="model/tiny""#, r#"version="tiny@2""#, r#"result="ok""#]
    {
        assert!(painted.contains(label), "{painted}");
    }
    assert_eq!(count_of(painted), 3, "an order for each task");
    assert!(text.contains("imprint_arm_seconds_count"), "{text}");
}

#[tokio::test]
async fn two_runners_note_a_person_once_and_count_for_the_arm() {
    let Some(lattice) = Lattice::start().await else { return };
    let _host = host(&lattice.server, Toy::default()).await;
    let runners = ["one", "two"].map(|host| lattice.runner_with(&["--host", host]));
    let drawn = Drawn {
        rollout: "logo-0_2_0.1".to_owned(),
        arm: Arm::Canary,
        is_drawn: true,
        components: vec!["logo".to_owned()],
        sticky: Sticky::User,
        variant: None,
        shadows: BTreeMap::new(),
    };
    for number in 0..6 {
        lattice.submit_drawn(number, vec![drawn.clone()]).await;
    }
    for number in 0..6 {
        lattice.check(number).await;
    }
    let values =
        JetStreamValues::exposures(&Bus::new(lattice.nats.clone(), "IMPRINT", 1)).await.expect("works");
    let end = Instant::now() + WAIT_MAX;
    let noted = loop {
        let noted = values.after(&drawn.rollout, 0).await.expect("works");
        if noted.len() >= 2 {
            break noted;
        }
        assert!(Instant::now() < end, "nobody was noted, or no end of a brand");
        sleep(Duration::from_millis(20)).await;
    };
    // Six jobs with a plan and three tasks each, whoever did them.
    let mut counted = 0;
    for host in ["one", "two"] {
        let text =
            lattice.nats.request(format!("imprint.metrics.test.{host}"), "".into()).await.expect("answers");
        let text = String::from_utf8(text.payload.to_vec()).expect("is text");
        let is_it =
            |line: &&str| line.starts_with("imprint_arm_requests_total{") && line.contains("result=\"ok\"");
        counted += text.lines().filter(is_it).map(count_of).sum::<u64>();
    }
    drop(runners);
    assert_eq!(
        (counted, noted.len()),
        (6 * 4, 2),
        "one person, once; and that a brand of theirs is complete"
    );
    let met = Exposed::read(std::str::from_utf8(&noted[0].bytes).expect("works"));
    assert_eq!(met, drawn.exposed(REGION));
    assert_eq!(noted[0].key, drawn.exposure_key(TENANT, "ann"));
    // Whoever reads it knows the bucket by this name.
    let jetstream = async_nats::jetstream::new(lattice.nats.clone());
    let bucket = jetstream.get_key_value(EXPOSURES).await.expect("is there");
    assert!(bucket.get(&noted[0].key).await.expect("works").is_some());
}

#[tokio::test]
async fn a_job_goes_on_when_runners_are_killed() {
    let Some(lattice) = Lattice::start().await else { return };
    let toy = Toy { takes: Duration::from_millis(150), ..Toy::default() };
    let _host = host(&lattice.server, toy).await;
    lattice.submit(0).await;
    lattice.submit(1).await;
    // Each lives for less than a job takes.
    for _ in 0..3 {
        let runner = lattice.runner();
        sleep(Duration::from_millis(700)).await;
        drop(runner);
    }
    let _runner = lattice.runner();
    lattice.check(0).await;
    lattice.check(1).await;
}

#[tokio::test]
async fn jobs_go_on_when_the_server_is_killed() {
    let Some(mut lattice) = Lattice::start().await else { return };
    let _host = host(&lattice.server, Toy { takes: Duration::from_millis(100), ..Toy::default() }).await;
    let _runner = lattice.runner();
    for number in 0..3 {
        lattice.submit(number).await;
    }
    for _ in 0..2 {
        sleep(Duration::from_millis(500)).await;
        lattice.server.restart();
    }
    for number in 0..3 {
        lattice.check(number).await;
    }
}

#[tokio::test]
async fn a_job_moves_when_the_calls_of_a_step_are_lost() {
    let Some(lattice) = Lattice::start().await else { return };
    let toy = Toy { lost: Arc::new(AtomicUsize::new(3)), ..Toy::default() };
    let _host = host(&lattice.server, toy.clone()).await;
    let _runner = lattice.runner();
    lattice.submit(0).await;
    let end = Instant::now() + WAIT_MAX;
    while toy.lost.load(Ordering::SeqCst) > 0 {
        assert!(Instant::now() < end, "nothing was built");
        sleep(Duration::from_millis(20)).await;
    }
    let gone = Instant::now();
    while !lattice.events(0).await.iter().any(|event| matches!(event, Event::Built { .. })) {
        assert!(gone.elapsed() < Duration::from_secs(5), "the job does not move");
        sleep(Duration::from_millis(20)).await;
    }
    lattice.check(0).await;
}

#[tokio::test]
async fn a_missing_component_is_waited_for() {
    let Some(lattice) = Lattice::start().await else { return };
    let _runner = lattice.runner();
    lattice.submit(0).await;
    sleep(Duration::from_secs(1)).await;
    let _host = host(&lattice.server, Toy::default()).await;
    lattice.check(0).await;
}

#[tokio::test]
async fn a_stop_ends_the_process_and_gives_work_back() {
    let Some(lattice) = Lattice::start().await else { return };
    let _host = host(&lattice.server, Toy { takes: Duration::from_millis(300), ..Toy::default() }).await;
    let runner = lattice.runner();
    lattice.submit(0).await;
    sleep(Duration::from_millis(700)).await;
    runner.stop().await;
    let _runner = lattice.runner();
    lattice.check(0).await;
}

impl Runner {
    /// Asks it to stop and waits until it has.
    async fn stop(mut self) {
        let told = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().expect("works");
        assert!(told.success());
        let end = Instant::now() + Duration::from_secs(11);
        while self.0.try_wait().expect("works").is_none() {
            assert!(Instant::now() < end, "it does not stop");
            sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test]
async fn the_trace_of_a_job_is_unbroken() {
    let Some(lattice) = Lattice::start().await else { return };
    let toy = Toy::default();
    let _host = host(&lattice.server, toy.clone()).await;
    let (collector, url) = Collector::start().await;
    let runner = lattice.runner_with(&["--otlp", &url]);
    lattice.submit(0).await;
    lattice.check(0).await;
    // What is on its way is sent before it goes.
    runner.stop().await;
    let spans = collector.spans();
    let ids: BTreeSet<&str> = spans.iter().map(|span| span.id.as_str()).collect();
    for span in &spans {
        assert_eq!(span.trace, TRACE, "{span:?}");
        assert!(
            span.parent == PARENT || ids.contains(span.parent.as_str()),
            "nobody knows the parent of {span:?}"
        );
        assert!(span.service.contains("imprint-runner"), "{span:?}");
    }
    let count = |name: &str| spans.iter().filter(|span| span.name == name).count();
    assert_eq!(count("task"), 3 * STEPS.len());
    assert!(count("work") > STEPS.len() && count("call") > 4 * STEPS.len(), "{spans:?}");
    // A component is told the span of the call that it is in.
    for told in toy.traces.lock().expect("works").iter() {
        let call = spans.iter().find(|span| told.contains(&span.id)).expect("a span of ours");
        assert_eq!(
            (told.as_str(), call.name.as_str()),
            (format!("00-{TRACE}-{}-01", call.id).as_str(), "call")
        );
    }
}

#[tokio::test]
async fn a_runner_says_what_it_counts() {
    let Some(lattice) = Lattice::start().await else { return };
    let _host = host(&lattice.server, Toy::default()).await;
    let _runner = lattice.runner_with(&["--host", "NHOST"]);
    lattice.submit(0).await;
    lattice.check(0).await;
    let asked = lattice.nats.request("imprint.metrics.test.NHOST", "".into());
    let answer = tokio::time::timeout(Duration::from_secs(5), asked).await.expect("in time").expect("works");
    let text = String::from_utf8(answer.payload.to_vec()).expect("a text");
    let who = "service=\"imprint-runner\",instance=\"NHOST\"";
    let component = component_id("design", "0.1.0");
    for want in [
        format!("imprint_jobs_ended_total{{{who},outcome=\"completed\"}} 1\n"),
        format!("imprint_step_duration_seconds_count{{{who},step=\"design\"}} 1\n"),
        format!("imprint_work_total{{{who},step=\"design\",what=\"acked\"}} 1\n"),
        format!("imprint_work_total{{{who},step=\"design\",what=\"claimed\"}} 1\n"),
        format!("imprint_calls_total{{{who},callee=\"{component}\",result=\"ok\"}} 4\n"),
        format!("imprint_breaker_state{{{who},callee=\"{component}\"}} 0\n"),
        format!("imprint_queue_depth{{{who},step=\"seal\",priority=\"low\"}} 0\n"),
        format!("imprint_dead_letters{{{who}}} 0\n"),
    ] {
        assert!(text.contains(&want), "{want} is not in\n{text}");
    }
}

#[tokio::test]
async fn only_a_known_user_is_let_in() {
    let identities = Identities::new();
    let Some(server) = nats_server_with(&identities.config()) else { return };
    let refused = handed(&server.url(), "", "");
    let said = refused.wait_with_output().expect("works");
    let log = String::from_utf8_lossy(&said.stderr).to_lowercase();
    assert!(!said.status.success() && log.contains("authorization"), "{log}");
    let nonsense = handed(&server.url(), &identities.jwt, "SUNONSENSE").wait_with_output().expect("works");
    let log = String::from_utf8_lossy(&nonsense.stderr).into_owned();
    assert!(!nonsense.status.success() && log.contains("the seed that the host hands on"), "{log}");
    assert!(!log.contains("SUNONSENSE"), "{log}");

    let mut let_in = handed(&server.url(), &identities.jwt, &identities.seed());
    let nats = identities.connect(&server.url()).await;
    let end = Instant::now() + WAIT_MAX;
    let healthy = loop {
        let asked = nats.request("wasmbus.rpc.test.imprint-runner.health", "".into());
        match tokio::time::timeout(Duration::from_secs(1), asked).await {
            Ok(Ok(answer)) => break answer,
            _ => assert!(Instant::now() < end, "it does not serve"),
        }
        sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(healthy.payload.as_ref(), br#"{"healthy":true}"#);
    let_in.kill().expect("works");
    let said = let_in.wait_with_output().expect("works");
    assert!(!String::from_utf8_lossy(&said.stderr).contains(&identities.seed()));
}

/// A provider as a host starts it, with this user.
fn handed(url: &str, jwt: &str, seed: &str) -> Child {
    let data = serde_json::json!({
        "host_id": "NHOST", "lattice_rpc_prefix": "test", "lattice_rpc_url": url, "provider_key": "imprint-runner",
        "lattice_rpc_user_jwt": jwt, "lattice_rpc_user_seed": seed, "config": {},
    });
    let mut command = Command::new(PROGRAM);
    let mut child =
        command.stdin(Stdio::piped()).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("works");
    let line = format!("{}\r\n", BASE64.encode(data.to_string().as_bytes()));
    child.stdin.take().expect("is piped").write_all(line.as_bytes()).expect("works");
    child
}
