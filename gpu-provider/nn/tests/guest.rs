//! A component that speaks `wasi:nn` paints with the tiny model, and whatever tensors say, the answer is a picture or a reason.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "../../serve/tests/support/mod.rs"]
mod support;

use imprint_painter::{
    Backend, Model as Offer, Order, PaintError, Painter, Painting, Picture, Progress, Unwatched, Watch,
};
use imprint_painter_nn::limits::{CALL_BYTES_MAX, HANDLES_MAX};
use imprint_painter_nn::{Facade, INPUTS, models};
use imprint_painter_reference::{Model, Reference, folder};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use wasmtime::component::{Component, ComponentNamedList, Instance, Lift, Linker, Lower};
use wasmtime::{Engine, Store};
use wasmtime_wasi_nn::backend::NamedTensor;
use wasmtime_wasi_nn::wit::{Tensor, TensorType};

const MODEL: &str = "tiny@1";
const LONG: Duration = Duration::from_secs(600);

fn reference() -> Arc<dyn Painter> {
    let home = tempfile::tempdir().unwrap();
    support::tiny(home.path());
    let mut painter = Reference::default();
    painter.add_model(MODEL, 64, Model::new(folder::open(home.path()).unwrap()).unwrap());
    Arc::new(painter)
}

/// Counts orders, and sees that each is within the limits; its pictures are black.
#[derive(Default)]
struct Checks(AtomicU32);

impl Painter for Checks {
    fn models(&self) -> Vec<Offer> {
        vec![Offer { name: MODEL.into(), native_px: 64, backend: Backend::Procedural }]
    }

    fn paint(&self, order: &Order, watch: &mut dyn Watch) -> Result<Vec<Painting>, PaintError> {
        order.check().unwrap();
        self.0.fetch_add(1, Ordering::Relaxed);
        if order.prompt == "nothing" {
            return Ok(Vec::new());
        }
        if order.prompt == "no device" {
            return Err(PaintError::NoDevice { looked_for: "/usr/lib/secret.so".into() });
        }
        for step in 1..=order.steps {
            if watch.step(Progress { image: 0, step, steps: order.steps }).is_break() {
                return Err(PaintError::Cancelled { step });
            }
        }
        let (width, height) = (order.width, order.height);
        let picture = Picture { width, height, rgb: vec![0; Picture::bytes_of(width, height)] };
        Ok(vec![Painting { picture, seed: order.seed, backend: Backend::Procedural }])
    }
}

/// Calls one export of the guest, in an instance of its own.
fn call<P, R>(painter: &Arc<dyn Painter>, name: &str, params: P) -> wasmtime::Result<R>
where
    P: ComponentNamedList + Lower,
    R: ComponentNamedList + Lift + 'static,
{
    let engine = Engine::default();
    let component = Component::new(&engine, wat::parse_str(include_str!("guest.wat")).unwrap())?;
    let mut linker = Linker::<Facade>::new(&engine);
    wasmtime_wasi_nn::wit::add_to_linker(&mut linker, |facade| facade.view())?;
    let mut store = Store::new(&engine, Facade::new(painter, LONG));
    store.set_hostcall_fuel(CALL_BYTES_MAX);
    let instance: Instance = linker.instantiate(&mut store, &component)?;
    instance.get_typed_func::<P, R>(&mut store, name)?.call(&mut store, params)
}

type Painted = (Result<(Vec<u32>, Vec<u8>), String>,);

#[test]
fn a_guest_paints_what_the_painter_paints() {
    let painter = reference();
    let (painted,): Painted = call(&painter, "paint", (MODEL, support::PROMPT.as_bytes(), 64, 128)).unwrap();
    let (dimensions, bytes) = painted.unwrap();
    assert_eq!(dimensions, [64, 128, 3]);
    let order = Order { width: 128, height: 64, steps: 2, ..Order::new(MODEL, support::PROMPT) };
    let own = painter.paint(&order, &mut Unwatched).unwrap();
    assert_eq!(bytes, own[0].picture.rgb);
}

#[test]
fn a_guest_hears_why_there_is_no_picture() {
    let painter: Arc<dyn Painter> = Arc::new(Checks::default());
    let long = vec![b'a'; 5000];
    let cases: [(&str, &[u8], i32, i32, &str); 8] = [
        ("tiny@2", b"a fox", 64, 64, "tiny@2"),
        ("", b"a fox", 64, 64, "name"),
        (MODEL, b"a fox", 65, 64, "paint.range: `height` is 65; allowed is a multiple of 64"),
        (MODEL, b"a fox", 64, i32::MAX, "`width` is 2147483647"),
        (MODEL, b"a fox", i32::MIN, 64, "`size` is -2147483648"),
        (MODEL, b"a \xff fox", 64, 64, "`prompt` is no UTF-8 from byte 2"),
        (MODEL, &long, 64, 64, "`prompt` is 5000; allowed is at most 4096"),
        (MODEL, b"no device", 64, 64, "Failed while accessing backend"),
    ];
    for (model, prompt, height, width, wanted) in cases {
        let (painted,): Painted = call(&painter, "paint", (model, prompt, height, width)).unwrap();
        let why = painted.unwrap_err();
        assert!(why.contains(wanted) && !why.contains("secret"), "{wanted}: {why}");
    }
}

#[test]
fn weights_are_not_taken_from_guests() {
    let painter: Arc<dyn Painter> = Arc::new(Checks::default());
    for encoding in 0..7_u32 {
        let (why,): (String,) = call(&painter, "bring", (&b"weights"[..], encoding)).unwrap();
        assert!(why.contains("name a model with `load-by-name`"), "{encoding}: {why}");
    }
}

#[test]
fn a_guest_holds_no_more_than_it_may() {
    let painter: Arc<dyn Painter> = Arc::new(Checks::default());
    let hold = |count: usize, len: usize| call::<_, ()>(&painter, "hold", (count as u32, len as u32));
    hold(HANDLES_MAX, 4096).unwrap();
    hold(HANDLES_MAX + 1, 1).unwrap_err();
    hold(1, CALL_BYTES_MAX + 1).unwrap_err();
}

/// One inference without a guest around it: the words of the error, or the outputs.
fn infer(painter: &Arc<dyn Painter>, inputs: Vec<NamedTensor>) -> Result<Vec<NamedTensor>, String> {
    let registry = models(painter, LONG);
    let mut context = registry.get(MODEL).unwrap().init_execution_context().unwrap();
    context.compute_with_io(inputs).map_err(|why| why.to_string())
}

fn input(name: &str, ty: TensorType, dimensions: &[u32], data: &[u8]) -> NamedTensor {
    let tensor = Tensor { dimensions: dimensions.to_vec(), ty, data: data.to_vec() };
    NamedTensor { name: name.to_owned(), tensor }
}

fn fox() -> NamedTensor {
    input("prompt", TensorType::U8, &[3], b"fox")
}

#[test]
fn every_input_is_read_and_every_output_says_what_it_is() {
    let painter: Arc<dyn Painter> = Arc::new(Checks::default());
    let inputs = vec![
        fox(),
        input("negative", TensorType::U8, &[0], b""),
        input("size", TensorType::I32, &[2], &[[128, 0, 0, 0], [64, 0, 0, 0]].concat()),
        input("steps", TensorType::I32, &[1], &4_i32.to_le_bytes()),
        input("seed", TensorType::I64, &[1], &7_i64.to_le_bytes()),
        input("guidance", TensorType::Fp32, &[1], &1.5_f32.to_le_bytes()),
        input("sampler", TensorType::U8, &[5], b"turbo"),
    ];
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(names, INPUTS);
    let outputs = infer(&painter, inputs).unwrap();
    let told = |at: usize| (outputs[at].name.as_str(), outputs[at].tensor.dimensions.as_slice());
    assert_eq!(
        [told(0), told(1), told(2)],
        [("picture", &[128, 64, 3][..]), ("seed", &[1]), ("backend", &[10])]
    );
    assert_eq!(outputs[0].tensor.data.len(), 128 * 64 * 3);
    assert_eq!(outputs[1].tensor.data, 7_i64.to_le_bytes());
    assert_eq!(outputs[2].tensor.data, b"procedural");
    // Only the prompt has to be given: the size is then what the model was trained at.
    assert_eq!(infer(&painter, vec![fox()]).unwrap()[0].tensor.dimensions, [64, 64, 3]);
}

#[test]
fn tensors_are_not_believed() {
    let painter: Arc<dyn Painter> = Arc::new(Checks::default());
    let minus = (-1_i64).to_le_bytes();
    let cases = [
        (vec![], "`prompt` is missing"),
        (vec![fox(), fox()], "`prompt` is given twice"),
        (vec![fox(), input("lora", TensorType::U8, &[1], b"a")], "`lora` is no input"),
        (
            vec![input("prompt", TensorType::Fp32, &[1], &[0; 4])],
            "`prompt` is FP32 [1]; it has to be U8 [length]",
        ),
        (vec![input("prompt", TensorType::U8, &[u32::MAX], b"fox")], "ask for 4294967295"),
        (vec![input("prompt", TensorType::U8, &[u32::MAX; 9], b"fox")], ", …]"),
        (vec![fox(), input("size", TensorType::I32, &[2], &[0; 4])], "`size` has 4 bytes"),
        (vec![fox(), input("size", TensorType::I32, &[3], &[0; 12])], "it has to be I32 [2]"),
        (vec![fox(), input("steps", TensorType::I32, &[1], &[0; 4])], "`steps` is 0; allowed is 1 to 150"),
        (vec![fox(), input("steps", TensorType::I64, &[1], &[0; 8])], "`steps` is I64 [1]"),
        (vec![fox(), input("seed", TensorType::I64, &[1], &minus)], "`seed` is -1; allowed is at least 0"),
        (
            vec![fox(), input("guidance", TensorType::Fp32, &[1], &f32::NAN.to_le_bytes())],
            "`guidance` is NaN",
        ),
        (
            vec![fox(), input("sampler", TensorType::U8, &[4], b"slow")],
            "`sampler` is `slow`, which is no such name",
        ),
        (vec![input("prompt", TensorType::U8, &[7], b"nothing")], "Failed while accessing backend"),
    ];
    for (inputs, wanted) in cases {
        let why = infer(&painter, inputs).err().unwrap();
        assert!(why.contains(wanted), "{wanted}: {why}");
    }
}

/// Whatever is sent, an order that reaches the painter is within its limits, which the painter sees to itself.
#[test]
fn no_tensor_makes_it_panic() {
    let checks = Arc::new(Checks::default());
    let painter: Arc<dyn Painter> = checks.clone();
    let types = [
        TensorType::Fp16,
        TensorType::Fp32,
        TensorType::Fp64,
        TensorType::Bf16,
        TensorType::U8,
        TensorType::I32,
        TensorType::I64,
    ];
    let dimensions: [&[u32]; 7] = [&[], &[0], &[1], &[2], &[8], &[1, 1], &[u32::MAX, u32::MAX, u32::MAX]];
    let mut refused = 0;
    for name in INPUTS.iter().chain(&["", "PROMPT", "prompt\0"]) {
        for ty in types {
            for dimensions in dimensions {
                for (len, fill) in
                    [(0, 0), (1, 0xff), (2, 0x20), (4, 0x7f), (8, 0), (8, 1), (8, 0xff), (9, 0x40)]
                {
                    let odd = input(name, ty, dimensions, &vec![fill; len]);
                    let inputs = if *name == "prompt" { vec![odd] } else { vec![fox(), odd] };
                    refused += u32::from(infer(&painter, inputs).is_err());
                }
            }
        }
    }
    let painted = checks.0.load(Ordering::Relaxed);
    assert_eq!(painted + refused, 10 * 7 * 7 * 8);
    assert!(painted > 0 && refused > painted, "{painted} painted, {refused} refused");
}

/// The time of an order is over from the beginning.
#[test]
fn an_order_ends_at_the_step_at_which_its_time_is_over() {
    let painter: Arc<dyn Painter> = Arc::new(Checks::default());
    let registry = models(&painter, Duration::ZERO);
    let mut context = registry.get(MODEL).unwrap().init_execution_context().unwrap();
    let why = context.compute_with_io(vec![fox()]).err().unwrap().to_string();
    assert!(why.contains("the time of 0 s was over after 1 steps"), "{why}");
    // What core modules would ask is refused, and is no panic.
    assert!(context.compute().is_err());
}
