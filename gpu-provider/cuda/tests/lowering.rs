//! Plans of SDXL at its true sizes, lowered: nothing runs, and everything is known.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use imprint_painter_cuda::launch::{Arg, Call, Launch, Place, Product};
use imprint_painter_cuda::lower::{Bits, Layout, Lowered, STEP};
use imprint_painter_cuda::{kernels, sdxl};
use imprint_painter_reference::plan::unet::Call as Size;
use imprint_painter_reference::plan::{Op, Plan, control, unet};
use std::collections::BTreeMap;

fn plans() -> Vec<(&'static str, Plan, Bits)> {
    let eight = [("step 1024 in eight bits", sdxl::step(2, 1024).unwrap(), Bits::Eight)];
    sixteen().into_iter().map(|(name, plan)| (name, plan, Bits::Sixteen)).chain(eight).collect()
}

fn sixteen() -> Vec<(&'static str, Plan)> {
    let [first, second] = sdxl::texts(1).unwrap();
    let [_, long] = sdxl::texts(4).unwrap();
    let config = sdxl::unet_config().unwrap();
    let call = Size { images: 2, height: 128, width: 128, tokens: 77 };
    let wide = Size { images: 2, height: 96, width: 168, tokens: 154 };
    vec![
        ("step 1024", sdxl::step(2, 1024).unwrap()),
        ("step 1024 without guidance", sdxl::step(1, 1024).unwrap()),
        ("step 512", sdxl::step(2, 512).unwrap()),
        ("step 1344 x 768, two chunks", unet::plan(&config, wide, false).unwrap()),
        ("step 1024 with a ControlNet", unet::plan(&config, call, true).unwrap()),
        ("ControlNet 1024", control::plan(&config, call, 0.5).unwrap()),
        ("decoder 1024", sdxl::decoder(1024).unwrap()),
        ("decoder 512", sdxl::decoder(512).unwrap()),
        ("encoder 1024", sdxl::encoder(1024).unwrap()),
        ("first text encoder", first),
        ("second text encoder", second),
        ("second text encoder, four chunks", long),
    ]
}

fn lowered(plan: &Plan, bits: Bits) -> (Layout, Lowered) {
    let layout = Layout::new(plan, bits.of(plan));
    let lowered = Lowered::new(plan, &layout, &plan.outputs).unwrap();
    (layout, lowered)
}

fn launches(lowered: &Lowered) -> impl Iterator<Item = &Launch> {
    lowered.steady.iter().chain(&lowered.step)
}

fn places(launch: &Launch) -> Vec<Place> {
    match launch {
        Launch::Kernel(Call { args, .. }) => {
            args.iter().filter_map(|arg| if let Arg::At(place) = arg { Some(*place) } else { None }).collect()
        }
        Launch::Product(Product { a, b, bias, more, to, ones, .. }) => {
            let own = [Some(*a), Some(*b), *bias, *more, Some(*to)].into_iter().flatten();
            own.chain(ones.iter().flatten().copied()).collect()
        }
    }
}

#[test]
fn no_two_values_share_a_byte_at_a_time() {
    for (name, plan, bits) in plans() {
        let (_, lowered) = lowered(&plan, bits);
        for (number, one) in lowered.spans.iter().enumerate() {
            assert!(one.at + one.bytes <= lowered.bytes && one.at.is_multiple_of(STEP), "{name}: {one:?}");
            for other in &lowered.spans[number + 1..] {
                let at_once = one.from < other.until && other.from < one.until;
                let on_each = one.at < other.at + other.bytes && other.at < one.at + one.bytes;
                assert!(!(at_once && on_each), "{name}: {one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn launches_touch_only_what_is_taken() {
    for (name, plan, bits) in plans() {
        let (layout, lowered) = lowered(&plan, bits);
        for (number, launch) in launches(&lowered).enumerate() {
            for place in places(launch) {
                let is_fine = match place {
                    Place::Weight(at) => at < layout.bytes,
                    Place::Work(at) => lowered.spans.iter().any(|span| {
                        (span.at..span.at + span.bytes).contains(&at)
                            && (span.from..span.until).contains(&number)
                    }),
                };
                assert!(is_fine, "{name}: {place:?} in launch {number}, {launch:?}");
            }
        }
    }
}

/// Bytes of memory, and launches that are done once and for each step.
#[test]
fn sizes_are_known_to_the_byte() {
    let wanted = include_str!("golden/sizes.txt");
    let mut found = String::new();
    for (name, plan, bits) in plans() {
        let (layout, lowered) = lowered(&plan, bits);
        let (steady, step) = (lowered.steady.len(), lowered.step.len());
        let products = launches(&lowered).filter(|launch| matches!(launch, Launch::Product(_))).count();
        found += &format!(
            "{name}: weights {}, work {}, launches {steady} once and {step} each time, {products} of them products\n",
            layout.bytes, lowered.bytes
        );
    }
    if std::env::var_os("IMPRINT_ACCEPT").is_some_and(|value| value == "1") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/sizes.txt");
        std::fs::write(path, &found).unwrap();
        return;
    }
    assert_eq!(found, wanted);
}

/// Two bytes a number, and what places and the few numbers in f32 cost beside.
#[test]
fn weights_take_two_bytes_a_number() {
    for (name, plan) in sixteen() {
        let (least, found) = (plan.weight_bytes(2), Layout::new(&plan, Bits::Sixteen).bytes);
        assert!(
            found >= least && found <= least + least / 1000 + 512 * plan.weights.len(),
            "{name}: {found}"
        );
    }
}

#[test]
fn products_do_the_work_of_the_published_model() {
    let (_, step) = lowered(&sdxl::step(2, 1024).unwrap(), Bits::Sixteen);
    let all = Lowered::product_work(&step.steady) + Lowered::product_work(&step.step);
    // Of 13.52 TFLOP a step, attention has 1.5 in kernels of its own; narrow convolutions and rows of f32 next to nothing.
    let tera = all as f64 / 1e12;
    assert!((11.9..12.2).contains(&tera), "{tera}");
    let once = Lowered::product_work(&step.steady) as f64 / all as f64;
    assert!((0.005..0.02).contains(&once), "keys and values of the prompt are {once}");
}

/// In eight bits, every linear layer of a step is, and nothing else; keys and values are products of their own.
#[test]
fn linear_layers_in_eight_bits() {
    let plan = sdxl::step(2, 1024).unwrap();
    let (sixteen, eight) = (lowered(&plan, Bits::Sixteen), lowered(&plan, Bits::Eight));
    let linears = plan.ops.iter().filter(|op| matches!(op, Op::Linear { .. })).count();
    let is_eight = |launch: &&Launch| matches!(launch, Launch::Product(Product { ones: Some(_), .. }));
    let found = launches(&eight.1).filter(is_eight).count();
    // The four small ones of time and sizes are rows of f32.
    assert!((linears - 30..=linears - 4).contains(&found), "{found} of {linears}");
    assert_eq!(launches(&sixteen.1).filter(is_eight).count(), 0);
    let share = eight.0.bytes as f64 / sixteen.0.bytes as f64;
    assert!((0.5..0.7).contains(&share), "weights take {share:.3} of what they did");
    for (name, plan) in self::sixteen() {
        let is_step = name.starts_with("step") || name.starts_with("ControlNet");
        assert_eq!(Bits::Eight.of(&plan) == Bits::Eight, is_step, "{name}");
    }
}

/// Everything of a prompt is done once: no product of a step reads 77 rows of it.
#[test]
fn what_a_prompt_needs_is_done_once() {
    let plan = sdxl::step(2, 1024).unwrap();
    let (_, lowered) = lowered(&plan, Bits::Sixteen);
    let of_prompt =
        |launch: &&Launch| matches!(launch, Launch::Product(product) if product.sizes.rows == 154);
    assert_eq!(lowered.steady.iter().filter(of_prompt).count(), 70);
    assert_eq!(lowered.step.iter().filter(of_prompt).count(), 0);
    let attentions = plan.ops.iter().filter(|op| matches!(op, Op::Attention { .. })).count();
    assert_eq!(attentions, 140);
}

/// Names, counts and types of arguments are those of the kernels' text.
#[test]
fn arguments_are_those_of_the_kernels() {
    let source = kernels::source();
    let signatures: BTreeMap<String, Vec<char>> = source
        .split("KERNEL ")
        .skip(2)
        .filter_map(|text| {
            let (name, rest) = text.split_once('(')?;
            let args = rest.split_once(')')?.0.split(',').map(kind_of).collect();
            Some((name.to_owned(), args))
        })
        .collect();
    assert_eq!(signatures.len(), kernels::names().len());
    let mut used: Vec<&str> = Vec::new();
    for (name, plan, bits) in plans() {
        let (_, lowered) = lowered(&plan, bits);
        for launch in launches(&lowered) {
            let Launch::Kernel(call) = launch else { continue };
            let given: Vec<char> = call.args.iter().map(kind).collect();
            assert_eq!(Some(&given), signatures.get(call.name), "{name}: {}", call.name);
            assert!(call.blocks[1] <= 65_535 && call.blocks[2] <= 65_535 && call.blocks[0] > 0, "{call:?}");
            if !used.contains(&call.name) {
                used.push(call.name);
            }
        }
    }
    assert!(used.len() >= 20, "{used:?}");
}

fn kind(arg: &Arg) -> char {
    match arg {
        Arg::At(_) | Arg::None => 'p',
        Arg::Long(_) => 'l',
        Arg::Int(_) => 'i',
        Arg::Float(_) => 'f',
    }
}

fn kind_of(text: &str) -> char {
    let text = text.trim();
    match text {
        _ if text.contains('*') => 'p',
        _ if text.starts_with("place") => 'l',
        _ if text.starts_with("unsigned") => 'i',
        _ if text.starts_with("float") => 'f',
        _ => '?',
    }
}
