//! What the memory of an order is said to be, and what it is: every byte is counted while tiny models paint.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{PROMPT, named, parts, unet_config};
use imprint_painter::{Control, Order, Picture, Source};
use imprint_painter_reference::plan::unet::Call;
use imprint_painter_reference::plan::{Plan, WeightSpec, control};
use imprint_painter_reference::{Beside, ControlNet, ControlOutline, Extras, Lora, LoraOutline, Model, Need};
use std::alloc::{GlobalAlloc, Layout, System};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Weights do not depend on sizes.
const CALL: Call = Call { images: 1, height: 4, width: 4, tokens: 1 };

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: every call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::SeqCst) + layout.size();
        MOST.fetch_max(now, Ordering::SeqCst);
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::SeqCst);
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { System.dealloc(place, layout) }
    }
}

/// The most bytes at once beyond those that were there before.
fn most<T>(act: impl FnOnce() -> T) -> (T, usize) {
    let before = NOW.load(Ordering::SeqCst);
    MOST.store(before, Ordering::SeqCst);
    let done = act();
    (done, MOST.load(Ordering::SeqCst) - before)
}

/// The weights of a LoRA of rank 256 for the middle of the tiny model.
fn lora() -> Plan {
    let spec = |half: &str, shape: [usize; 2]| WeightSpec {
        name: format!("unet.mid_block.attentions.0.proj_in.{half}.weight"),
        shape: shape.to_vec(),
    };
    Plan { weights: vec![spec("lora_A", [256, 64]), spec("lora_B", [64, 256])], ..Plan::default() }
}

/// An order that names something beside its model, loaded for it alone.
fn check_beside(name: &str, model: &Model, order: &Order, (loras, controls): (usize, usize)) {
    let (lora, net) = (lora(), control::plan(&unet_config(), CALL, 1.0).unwrap());
    let names = || lora.weights.iter().map(|weight| weight.name.as_str());
    let (file, weights) = (named("lora", std::slice::from_ref(&lora)), named("controlnet", &[net]));
    let outline = || LoraOutline::new(names(), &*file).unwrap();
    let outlines = Beside {
        loras: (0..loras).map(|_| outline()).collect(),
        controls: (0..controls).map(|_| ControlOutline::new(unet_config(), &*weights).unwrap()).collect(),
    };
    let picture = Picture { width: order.width, height: order.height, rgb: vec![90; 128 * 128 * 3] };
    let control = Control { model: "edges".to_owned(), picture, scale: 1.0 };
    let order = Order { controls: vec![control; controls], ..order.clone() };
    let work = parts().need_beside(&order, &outlines).unwrap().work as usize;
    let (painted, took) = most(|| {
        let loras: Vec<Lora> = (0..loras).map(|_| Lora::new(names(), &*file).unwrap()).collect();
        let nets: Vec<ControlNet> =
            (0..controls).map(|_| ControlNet::new(unet_config(), &*weights).unwrap()).collect();
        let extras =
            Extras { loras: loras.iter().map(|lora| (lora, 1.0)).collect(), controls: nets.iter().collect() };
        model.paint(&order, &extras, &mut |_, _| ControlFlow::Continue(()))
    });
    painted.unwrap();
    println!("{name}: planned {work}, took {took}");
    assert!(took <= work, "{name}: {took} bytes, {work} were planned");
    assert!(work - (4 << 20) <= took + took / 3, "{name}: {took} bytes, and {work} were planned");
}

/// One test, because the bytes of the whole program are counted.
#[test]
fn what_is_allocated_stays_within_the_need_and_near_it() {
    let side = |width, height| Order { width, height, steps: 1, ..Order::new("tiny", PROMPT) };
    let source = Picture { width: 128, height: 128, rgb: vec![90; 128 * 128 * 3] };
    let source = Source { picture: source, strength: 0.9, mask: Some(vec![255; 128 * 128]) };
    let cases = [
        ("small", side(64, 64)),
        ("wide", side(192, 64)),
        ("several", Order { count: 3, ..side(128, 128) }),
        ("without guidance", Order { guidance: 1.0, ..side(128, 128) }),
        ("a long prompt", Order { prompt: format!("{PROMPT} ").repeat(20), ..side(64, 64) }),
        ("a source", Order { source: Some(source), ..side(128, 128) }),
    ];
    let (model, loading) = most(|| Model::new(parts()).unwrap());
    let Need { weights, work } = parts().need(&side(64, 64)).unwrap();
    assert!(
        loading <= (weights + work) as usize,
        "loading took {loading}, {weights} and {work} were planned"
    );
    for (name, order) in cases {
        let need = parts().need(&order).unwrap();
        let mut follow = |_, _: &[f32]| ControlFlow::Continue(());
        let (painted, took) = most(|| model.paint(&order, &Extras::default(), &mut follow));
        painted.unwrap();
        let work = need.work as usize;
        println!("{name}: planned {work}, took {took}");
        assert_eq!(need.weights, weights, "{name}");
        assert!(took <= work, "{name}: {took} bytes, {work} were planned");
        // What is planned for lists and names is large beside a tiny picture.
        assert!(work - (4 << 20) <= took + took / 3, "{name}: {took} bytes, and {work} were planned");
    }
    for (name, count) in [("a LoRA", (1, 0)), ("a ControlNet", (0, 1)), ("two of both", (2, 2))] {
        check_beside(name, &model, &side(128, 128), count);
    }
}
