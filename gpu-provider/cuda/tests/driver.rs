//! What is told to CUDA's libraries, told to libraries of those names on the CPU: opening, copies, launches, graphs, products
//! and their ways, a launch that fails and a device that is lost. They refuse what the real ones refuse (`twin/driver.cpp`).
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "twin/build.rs"]
mod build;
#[path = "../../reference/tests/common/mod.rs"]
mod common;

use imprint_painter_cuda::CudaError;
use imprint_painter_cuda::engine::OnMachine;
use imprint_painter_cuda::find::Places;
use imprint_painter_cuda::gpu::Gpu;
use imprint_painter_cuda::lower::Bits;
use imprint_painter_cuda::machine::Machine;
use imprint_painter_reference::ModelError;
use imprint_painter_reference::plan::{Bound, Inputs, Outputs, Plan, unet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// What a tiny model may differ from the reference, relative to its length; and one in eight bits.
const MODEL: f64 = 3e-2;
const OF_EIGHTHS: f64 = 4e-1;
/// What cuBLASLt is given beside matrices.
const WORKSPACE: usize = 32 << 20;
const CALL: unet::Call = unet::Call { images: 2, height: 8, width: 8, tokens: 13 };

/// A device of its own for each test. None where this machine has no compiler of C++.
struct Device(TempDir);

impl Device {
    fn new() -> Option<Self> {
        static DRIVER: OnceLock<Option<TempDir>> = OnceLock::new();
        let built = DRIVER.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            build::driver(folder.path())?;
            Some(folder)
        });
        let folder = tempfile::tempdir().unwrap();
        build::another(built.as_ref()?.path(), folder.path());
        Some(Self(folder))
    }

    fn open(&self, search: bool) -> Gpu {
        let places = Places { folders: vec![self.0.path().to_owned()], bare: false };
        Gpu::open(&places, search).unwrap()
    }

    /// Lets the next launch fail.
    fn fail(&self, how: &str) {
        fs::write(self.0.path().join("fails"), how).unwrap();
    }

    /// Bytes that are taken.
    fn taken(&self) -> usize {
        fs::read_to_string(self.0.path().join("taken")).unwrap().parse().unwrap()
    }

    /// Products that were made in this way.
    fn multiplied(&self, way: u32) -> u32 {
        self.told(b"driver_multiplied\0", way)
    }

    /// Records that nobody has ended.
    fn graphs(&self) -> u32 {
        self.told(b"driver_graphs\0", 0)
    }

    fn told(&self, function: &[u8], of: u32) -> u32 {
        // SAFETY: the driver of this test, which is open already; its functions for tests have this type.
        unsafe {
            let library = libloading::Library::new(self.0.path().join("libcublasLt.so.13")).unwrap();
            library.get::<unsafe extern "C" fn(u32) -> u32>(function).unwrap()(of)
        }
    }
}

fn step() -> Plan {
    unet::plan(&common::unet_config(), CALL, false).unwrap()
}

fn inputs(timestep: f32) -> Inputs<'static> {
    let config = common::unet_config();
    let pooled = config.projection_class_embeddings_input_dim - 6 * config.addition_time_embed_dim;
    Inputs::from([
        ("sample", common::given("sample", CALL.images * CALL.height * CALL.width * 4)),
        ("timestep", vec![timestep; CALL.images]),
        ("context", common::given("context", CALL.images * CALL.tokens * config.cross_attention_dim)),
        ("pooled", common::given("pooled", CALL.images * pooled)),
        ("sizes", [64.0, 64.0, 0.0, 0.0, 64.0, 64.0].repeat(CALL.images)),
    ])
}

fn on(gpu: &Gpu, bits: Bits) -> Bound {
    let plan = step();
    let engine = OnMachine::new(Arc::new(gpu.clone())).in_bits(bits);
    Bound::on(&engine, plan.clone(), &common::Named::new("driver", &plan)).unwrap()
}

fn distance(found: &Outputs, wanted: &Outputs) -> f64 {
    let square = |value: f64| value * value;
    let pairs = || found["out"].iter().zip(&wanted["out"]);
    let apart: f64 = pairs().map(|(a, b)| square(f64::from(*a) - f64::from(*b))).sum();
    let length: f64 = pairs().map(|(_, b)| square(f64::from(*b))).sum();
    (apart / length).sqrt()
}

/// Launch by launch, recorded, and from the record; with products of sixteen bits and of eight.
#[test]
fn a_tiny_model_through_the_driver() {
    let Some(device) = Device::new() else { return };
    let gpu = device.open(false);
    let about = gpu.about();
    assert_eq!((about.name.as_str(), about.arch.as_str(), about.driver), ("the CPU", "sm_90a", 13_000));
    assert!(gpu.has_eighths() && about.libraries.len() == 3, "{about:?}");
    assert_eq!(device.taken(), WORKSPACE);
    let plan = step();
    let exact = Bound::new(plan.clone(), &common::Named::new("driver", &plan)).unwrap();
    for (bits, most) in [(Bits::Sixteen, MODEL), (Bits::Eight, OF_EIGHTHS)] {
        let bound = on(&gpu, bits);
        for timestep in [900.0, 500.0, 100.0] {
            let (found, wanted) =
                (bound.run(&inputs(timestep)).unwrap(), exact.run(&inputs(timestep)).unwrap());
            let apart = distance(&found, &wanted);
            assert!(apart <= most, "{bits:?} at {timestep}: {apart:.2e} apart");
        }
        assert!(device.taken() > WORKSPACE);
        drop(bound);
        assert_eq!(device.taken(), WORKSPACE, "{bits:?}: not everything was given back");
    }
    drop(gpu);
    assert_eq!(device.taken(), 0);
}

/// Only that step fails: launch by launch, recorded, or from the record. Its memory is given back, and the next is as if
/// nothing had been.
#[test]
fn a_launch_that_fails_harms_nobody_else() {
    let Some(device) = Device::new() else { return };
    let gpu = device.open(false);
    let wanted = on(&gpu, Bits::Sixteen).run(&inputs(300.0)).unwrap();
    for runs_before in 0..3 {
        let bound = on(&gpu, Bits::Sixteen);
        let weights = device.taken();
        for _ in 0..runs_before {
            bound.run(&inputs(500.0)).unwrap();
        }
        device.fail("once");
        let Err(ModelError::Device { why }) = bound.run(&inputs(500.0)) else { panic!("it did not fail") };
        assert!(why.contains("answered 701"), "{why}");
        assert_eq!(device.taken(), weights, "the memory of a step that failed was not given back");
        assert_eq!(bound.run(&inputs(300.0)).unwrap(), wanted, "after {runs_before} runs");
        drop(bound);
        assert_eq!(device.taken(), WORKSPACE);
    }
    assert_eq!(device.graphs(), 0, "a record was not given back");
}

/// A launch answers nothing; that the device is lost shows when it is waited for, and at every call after it.
#[test]
fn a_device_that_is_lost_answers_nothing_more() {
    let Some(device) = Device::new() else { return };
    let gpu = device.open(false);
    let bound = on(&gpu, Bits::Sixteen);
    bound.run(&inputs(500.0)).unwrap();
    device.fail("for good");
    for _ in 0..2 {
        let Err(ModelError::Device { why }) = bound.run(&inputs(500.0)) else { panic!("it did not fail") };
        assert!(why.contains("answered 719: unspecified launch failure"), "{why}");
    }
    assert!(matches!(gpu.take(8), Err(CudaError::Call { call: "cuMemAlloc", code: 719, .. })));
    drop((bound, gpu));
    assert_eq!(device.taken(), 0, "something was not even asked back");
}

#[test]
fn more_memory_than_there_is() {
    let Some(device) = Device::new() else { return };
    let gpu = device.open(false);
    let bytes = usize::try_from(gpu.about().memory_bytes).unwrap();
    let found = gpu.take(bytes);
    assert_eq!(found, Err(CudaError::Memory { bytes, free: bytes - WORKSPACE }));
}

/// Ways are timed once for each size, those that do not work are passed over, and the fastest is kept.
#[test]
fn the_fastest_way_is_found() {
    let Some(device) = Device::new() else { return };
    let gpu = device.open(false);
    let first = on(&gpu, Bits::Sixteen).run(&inputs(500.0)).unwrap();
    assert!(device.multiplied(0) > 0 && device.multiplied(1) == 0);
    let searching = device.open(true);
    let bound = on(&searching, Bits::Sixteen);
    assert_eq!(bound.run(&inputs(500.0)).unwrap(), first);
    let before = [0, 1, 2, 3].map(|way| device.multiplied(way));
    for _ in 0..3 {
        assert_eq!(bound.run(&inputs(500.0)).unwrap(), first);
    }
    let after = [0, 1, 2, 3].map(|way| device.multiplied(way));
    assert!(before[3] > 0 && after[1] > before[1], "{before:?}, {after:?}");
    assert_eq!([before[0], before[2], before[3]], [after[0], 0, after[3]], "{before:?}, {after:?}");
}

fn check(libraries: &Path, more: &[&str]) -> (Output, Vec<String>) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_imprint-painter-cuda-check"));
    let out = program.args(["--tiny", "--libraries"]).arg(libraries).args(more).output().unwrap();
    let lines = String::from_utf8(out.stdout.clone()).unwrap().lines().map(str::to_owned).collect();
    (out, lines)
}

/// All that is done the day a GPU is there, with a toy: every line says how it ended, and none that it failed.
#[test]
fn the_check_program_checks_everything() {
    let Some(device) = Device::new() else { return };
    let (out, mut lines) = check(device.0.path(), &[]);
    let last = lines.pop().unwrap();
    assert!(out.status.success() && last.ends_with(" passed, 0 failed"), "{lines:#?}\n{last}");
    for line in &lines {
        assert!(["pass ", "skip ", "time "].iter().any(|word| line.starts_with(word)), "{line}");
    }
    let wanted = [
        "pass cuBLASLt: 130000",
        "time start: ",
        "time product 32 x 64 -> 64: ",
        "pass tiny UNet: ",
        "pass tiny UNet in eight bits: ",
        "skip parity with PyTorch: ",
        "time decoder, searched: ",
        "time picture of 2 steps in eight bits: ",
        "pass memory in sixteen bits, given back: 0 bytes",
    ];
    for start in wanted {
        assert!(lines.iter().any(|line| line.starts_with(start)), "nobody says `{start}`: {lines:#?}");
    }
    assert_eq!(device.taken(), 0);
}

/// Each part says what it looked for and where, fails, and does not panic.
#[test]
fn the_check_program_without_a_device() {
    if Gpu::open(&Places::here(&[]), false).is_ok() {
        println!("skipped: this machine has a device");
        return;
    }
    let empty = tempfile::tempdir().unwrap();
    for part in ["versions", "pieces", "parity", "speed"] {
        let (out, lines) = check(empty.path(), &["--part", part]);
        let looked = format!("fail device: there is no driver of NVIDIA: {}", empty.path().display());
        assert!(lines[0].starts_with(&looked), "{lines:?}");
        assert_eq!((lines[1].as_str(), out.status.code()), ("0 passed, 1 failed", Some(1)));
        assert_eq!(String::from_utf8_lossy(&out.stderr), "");
    }
    assert_eq!(check(empty.path(), &["--part", "everything"]).0.status.code(), Some(2));
}
