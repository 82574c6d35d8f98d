//! Studios in this process: what they keep, and orders for them.
#![allow(dead_code, reason = "each suite uses a part")]

use core_brand::content::sha256;
use core_brand::fault::Code;
use core_brand::{BlobRef, Fault};
use imprint_painter::{Backend as Kind, Order, PaintError, Picture, Progress};
use imprint_painter_serve::backend::{Backend, Canvas, DeviceMemory, Follow, Gathered};
use imprint_painter_serve::plan::Need;
use imprint_painter_serve::queue::Priority;
use imprint_painter_serve::registry::{Aliases, Beside, Card, Registry};
use imprint_painter_serve::{Asked, Equipment, Files, Keep, Settings, State, Studio};
use imprint_telemetry::Tally;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// No order of these tests takes longer on a working machine.
pub(crate) const WAIT: Duration = Duration::from_secs(60);

/// Keeps what it is given; can be full.
#[derive(Default)]
pub(crate) struct Shelf {
    pub(crate) kept: Mutex<BTreeMap<String, Vec<u8>>>,
    pub(crate) is_full: bool,
}

impl Shelf {
    /// The picture of an order that was painted.
    pub(crate) fn picture(&self, state: &State) -> Vec<u8> {
        let State::Done(kept) = state else { panic!("{state:?}") };
        self.kept.lock().unwrap()[&kept[0].picture.sha256].clone()
    }
}

impl Keep for Shelf {
    fn put(&self, _: &str, _: &str, bytes: Vec<u8>) -> Result<BlobRef, Fault> {
        if self.is_full {
            let args = [("what", "the stream".to_owned()), ("why", "maximum bytes exceeded".to_owned())];
            return Err(Fault::new(Code::Storage, args));
        }
        let content = BlobRef::of(&bytes);
        self.kept.lock().unwrap().insert(content.sha256.clone(), bytes);
        Ok(content)
    }
}

pub(crate) fn equipment(registry: Registry, backend: Arc<dyn Backend>, shelf: &Arc<Shelf>) -> Equipment {
    let keep: Arc<dyn Keep> = Arc::clone(shelf) as Arc<dyn Keep>;
    Equipment { registry, backend, keep, inspectors: Vec::new(), meters: Tally::default() }
}

pub(crate) fn asked(key: &str, order: Order) -> Asked {
    let fingerprint = sha256(format!("{order:?}").as_bytes());
    let (tenant, key) = ("acme".to_owned(), key.to_owned());
    let files = Files::default();
    Asked { tenant, key, fingerprint, priority: Priority::Normal, wait_ms: None, order, files }
}

pub(crate) fn ended(studio: &Studio, id: &str) -> State {
    let state = studio.wait("acme", id, WAIT).unwrap();
    assert!(!matches!(state, State::Waiting(_) | State::Painting(..)), "{id} does not end: {state:?}");
    state
}

/// A painter whose steps the test lets happen one by one, and which fails as the prompt says.
#[derive(Default)]
pub(crate) struct Puppet {
    /// Steps that may still be taken, and those that were, by the order's seed.
    steps: Mutex<(u32, Vec<u64>)>,
    changed: Condvar,
    is_gone: AtomicBool,
}

impl Puppet {
    pub(crate) fn allow(&self, steps: u32) {
        self.steps.lock().unwrap().0 += steps;
        self.changed.notify_all();
    }

    /// Waits until a step is allowed.
    fn wait_allowed(&self) {
        let allowed = self.steps.lock().unwrap();
        let (_allowed, late) = self.changed.wait_timeout_while(allowed, WAIT, |it| it.0 == 0).unwrap();
        assert!(!late.timed_out(), "no step was allowed");
    }

    pub(crate) fn taken(&self) -> Vec<u64> {
        self.steps.lock().unwrap().1.clone()
    }

    pub(crate) fn wait_taken(&self, count: usize) -> Vec<u64> {
        let taken = self.steps.lock().unwrap();
        let (taken, late) =
            self.changed.wait_timeout_while(taken, WAIT, |taken| taken.1.len() < count).unwrap();
        assert!(!late.timed_out(), "{count} steps were not taken: {:?}", taken.1);
        taken.1.clone()
    }
}

pub(crate) struct Theatre(pub(crate) Arc<Puppet>);

impl Backend for Theatre {
    fn need(&self, _: &Card, order: &Order, _: &Beside) -> Result<Need, PaintError> {
        Ok(Need { weights: 100, work: u64::from(order.width) })
    }

    fn load(&self, card: &Card) -> Result<Arc<dyn Canvas>, PaintError> {
        if card.name.starts_with("broken") {
            return Err(PaintError::Unreadable { why: "it is torn".to_owned() });
        }
        if card.name.starts_with("stuck") {
            self.0.wait_allowed();
        }
        Ok(Arc::new(Theatre(Arc::clone(&self.0))))
    }

    fn device_memory(&self) -> Option<DeviceMemory> {
        Some(DeviceMemory { free: 300, total: 1000 })
    }

    fn answers(&self) -> Result<(), PaintError> {
        match self.0.is_gone.load(Ordering::SeqCst) {
            true => Err(PaintError::DeviceLost { why: "nobody answers".to_owned() }),
            false => Ok(()),
        }
    }
}

impl Canvas for Theatre {
    fn gather(&self, _: &Beside) -> Result<Gathered, PaintError> {
        Ok(Gathered::default())
    }

    fn paint(&self, order: &Order, _: &Gathered, follow: &mut Follow) -> Result<Vec<Picture>, PaintError> {
        for step in 1..=order.steps {
            let allowed = self.0.steps.lock().unwrap();
            let (mut allowed, late) =
                self.0.changed.wait_timeout_while(allowed, WAIT, |it| it.0 == 0).unwrap();
            assert!(!late.timed_out(), "no step was allowed");
            allowed.0 -= 1;
            allowed.1.push(order.seed);
            drop(allowed);
            self.0.changed.notify_all();
            match order.prompt.as_str() {
                "panic" => panic!("as asked"),
                "slow" => std::thread::sleep(Duration::from_millis(10)),
                "lost" => return Err(PaintError::DeviceLost { why: "it fell off the bus".to_owned() }),
                "gone" => {
                    self.0.is_gone.store(true, Ordering::SeqCst);
                    return Err(PaintError::DeviceLost { why: "it fell off the bus".to_owned() });
                }
                "nan" => return Err(PaintError::NotANumber { stage: "unet".to_owned() }),
                _ => {}
            }
            if follow(Progress { image: 0, step, steps: order.steps }, None).is_break() {
                return Err(PaintError::Cancelled { step });
            }
        }
        let color = |at: usize| if order.prompt == "blank" { 7 } else { at as u8 };
        let rgb = (0..Picture::bytes_of(order.width, order.height)).map(color).collect();
        Ok(vec![Picture { width: order.width, height: order.height, rgb }])
    }
}

pub(crate) fn registry(names: &[&str]) -> Registry {
    let card = |name: &&str| Card {
        name: (*name).to_owned(),
        native_px: 64,
        backend: Kind::Reference,
        home: PathBuf::new(),
    };
    Registry::new(names.iter().map(card).collect(), Aliases::new()).unwrap()
}

pub(crate) fn theatre(settings: Settings) -> (Studio, Arc<Puppet>) {
    let (studio, puppet, _) = measured(&["m@1", "broken@1", "stuck@1"], settings);
    (studio, puppet)
}

/// A theatre of these models, and what it counts.
pub(crate) fn measured(models: &[&str], settings: Settings) -> (Studio, Arc<Puppet>, Tally) {
    let (puppet, shelf) = (Arc::new(Puppet::default()), Arc::new(Shelf::default()));
    let backend = Arc::new(Theatre(Arc::clone(&puppet)));
    let equipment = equipment(registry(models), backend, &shelf);
    let meters = equipment.meters.clone();
    (Studio::new(equipment, settings), puppet, meters)
}

/// The number of a meter; none where it is not told.
pub(crate) fn told(meters: &Tally, name: &str) -> Option<f64> {
    let text = meters.text(&[]);
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.rsplit(' ').next()?.parse().ok()
}

pub(crate) fn failed(studio: &Studio, id: &str) -> Fault {
    match ended(studio, id) {
        State::Failed(fault) => fault,
        other => panic!("{id}: {other:?}"),
    }
}
