//! A machine that runs the kernels' own text on the CPU.

use crate::build;
use imprint_painter_cuda::gpu::bits;
use imprint_painter_cuda::launch::{Call, Launch, Place, Product};
use imprint_painter_cuda::lower::narrow;
use imprint_painter_cuda::machine::{Bases, Machine, Recorded};
use imprint_painter_cuda::{CudaError, kernels};
use std::alloc::{Layout, alloc, dealloc};
use std::collections::BTreeMap;
use std::ffi::{CString, c_char, c_int, c_void};
use std::sync::{Arc, Mutex, OnceLock};

/// Bytes behind every piece of memory that nobody may write to.
const GUARD: usize = 4096;
const POISON: u8 = 0xff;

type Run = unsafe extern "C" fn(*const c_char, *const u32, u32, u32, *mut *mut c_void, c_int) -> c_int;
type Multiply = unsafe extern "C" fn(
    *const c_void,
    *const c_void,
    *const c_void,
    *const c_void,
    *mut c_void,
    *const Sizes,
);

#[repr(C)]
struct Sizes {
    counts: [u32; 9],
    strides: [u64; 3],
    by: f32,
}

struct Shim {
    run: Run,
    multiply: Multiply,
    _library: libloading::Library,
}

/// One machine; the shim itself runs one launch at a time.
pub(crate) struct Twin {
    shim: &'static Mutex<Shim>,
    backward: bool,
    taken: Arc<Mutex<Taken>>,
}

/// Bytes by where they begin, and the most there were at once.
#[derive(Default)]
struct Taken {
    pieces: BTreeMap<u64, usize>,
    most: usize,
}

impl Taken {
    fn bytes(&self) -> usize {
        self.pieces.values().sum()
    }
}

/// The kernels as they are, built once.
fn shim() -> Option<&'static Mutex<Shim>> {
    static SHIM: OnceLock<Option<&'static Mutex<Shim>>> = OnceLock::new();
    *SHIM.get_or_init(|| Shim::new(&kernels::source()))
}

impl Shim {
    /// Kept as long as the process. None where this machine has no compiler of C++.
    fn new(source: &str) -> Option<&'static Mutex<Self>> {
        let folder = tempfile::tempdir().unwrap();
        let made = build::twin(folder.path(), source)?;
        // SAFETY: a library that was just made from the text beside this one; both functions have these types there.
        unsafe {
            let library = libloading::Library::new(made).unwrap();
            let run = *library.get::<Run>(b"run\0").unwrap();
            let multiply = *library.get::<Multiply>(b"multiply_matrices\0").unwrap();
            Some(Box::leak(Box::new(Mutex::new(Self { run, multiply, _library: library }))))
        }
    }
}

/// Other kernels than those that are shipped.
pub(crate) struct Planted(&'static Mutex<Shim>);

impl Planted {
    pub(crate) fn new(source: &str) -> Option<Self> {
        Some(Self(Shim::new(source)?))
    }

    /// Forward and backward.
    pub(crate) fn twins(&self) -> [Twin; 2] {
        [false, true].map(|backward| Twin { shim: self.0, backward, taken: Arc::default() })
    }
}

impl Twin {
    /// With `backward`, the threads of a block run in the other order.
    pub(crate) fn new(backward: bool) -> Option<Self> {
        Some(Self { shim: shim()?, backward, taken: Arc::default() })
    }

    /// Bytes that are taken, and the most that were at once.
    pub(crate) fn bytes(&self) -> (usize, usize) {
        let taken = self.taken.lock().unwrap();
        (taken.bytes(), taken.most)
    }

    pub(crate) fn forget_most(&self) {
        self.taken.lock().unwrap().most = 0;
    }

    fn kernel(&self, call: &Call, bases: Bases) -> Result<(), CudaError> {
        let name = CString::new(call.name).unwrap();
        let mut values: Vec<u64> = call.args.iter().map(|arg| bits(*arg, bases)).collect();
        let mut args: Vec<*mut c_void> = values.iter_mut().map(|value| (&raw mut *value).cast()).collect();
        let shim = self.shim.lock().unwrap();
        // SAFETY: the places are memory that `take` gave; the kernel reads as many arguments as it has.
        let code = unsafe {
            let (threads, shared, backward) = (call.threads, call.shared_bytes, c_int::from(self.backward));
            (shim.run)(name.as_ptr(), call.blocks.as_ptr(), threads, shared, args.as_mut_ptr(), backward)
        };
        assert_eq!(code, 0, "{call:?}");
        Ok(())
    }

    fn product(&self, product: &Product, bases: Bases) {
        let s = product.sizes;
        let widened = product.ones.map(|ones| widened(product, ones, bases));
        let flags = [u32::from(s.is_across), u32::from(s.is_wide), s.batches];
        let counts =
            [s.rows, s.outputs, s.inputs, s.next_a, s.next_b, s.next_to, flags[0], flags[1], flags[2]];
        let sizes = Sizes { counts, strides: [s.batch_a, s.batch_b, s.batch_to], by: s.by };
        let at = |place| bases.of(place) as *const c_void;
        let [a, b] = match &widened {
            Some(matrices) => matrices.each_ref().map(|matrix| matrix.as_ptr().cast()),
            None => [product.a, product.b].map(at),
        };
        let maybe = |place: Option<_>| place.map_or(std::ptr::null(), at);
        for place in [product.a, product.b, product.to] {
            assert_eq!(bases.of(place) % 16, 0, "{product:?}");
        }
        let shim = self.shim.lock().unwrap();
        // SAFETY: the places are memory that `take` gave.
        unsafe {
            let to = bases.of(product.to) as *mut c_void;
            (shim.multiply)(a, b, maybe(product.bias), maybe(product.more), to, &raw const sizes);
        }
    }
}

/// Both matrices of eight bits as bf16, which has each of their numbers exactly.
fn widened(product: &Product, ones: [Place; 2], bases: Bases) -> [Vec<u16>; 2] {
    let s = product.sizes;
    assert!(s.batches == 1 && !s.is_across && (s.next_a, s.next_b) == (s.inputs, s.inputs), "{product:?}");
    assert!([s.rows * s.inputs, s.outputs, s.inputs].iter().all(|count| count % 16 == 0), "{product:?}");
    let rows = [s.rows, s.outputs];
    let mut all = [product.a, product.b].into_iter().zip(ones).zip(rows).map(|((place, one), rows)| {
        let count = (rows * s.inputs) as usize;
        // SAFETY: the places are memory that `take` gave.
        let (bytes, one) = unsafe {
            let one = (bases.of(one) as *const f32).read();
            (std::slice::from_raw_parts(bases.of(place) as *const u8, count), one)
        };
        assert!(one > 0.0 && one.to_bits() & 0x7f_ffff == 0, "{one} is no power of two");
        bytes.iter().map(|byte| narrow(one * whole(*byte))).collect()
    });
    [all.next().unwrap(), all.next().unwrap()]
}

/// What a number of eight bits is.
pub(crate) fn whole(byte: u8) -> f32 {
    let (power, behind) = (u32::from(byte >> 3 & 15), f32::from(byte & 7));
    let size = match (power, byte & 7) {
        (15, 7) => f32::NAN,
        (0, _) => behind / 512.0,
        _ => (1.0 + behind / 8.0) * f32::from_bits((power + 127 - 7) << 23),
    };
    if byte & 0x80 == 0 { size } else { -size }
}

fn layout(bytes: usize) -> Layout {
    Layout::from_size_align(bytes + GUARD, 256).unwrap()
}

impl Machine for Twin {
    fn take(&self, bytes: usize) -> Result<u64, CudaError> {
        // SAFETY: the size is not zero; the memory is filled before anybody reads it.
        let at = unsafe {
            let at = alloc(layout(bytes));
            at.write_bytes(POISON, bytes + GUARD);
            at
        };
        let mut taken = self.taken.lock().unwrap();
        taken.pieces.insert(at as u64, bytes);
        taken.most = taken.most.max(taken.bytes());
        Ok(at as u64)
    }

    fn give_back(&self, at: u64, bytes: usize) {
        assert_eq!(self.taken.lock().unwrap().pieces.remove(&at), Some(bytes));
        // SAFETY: `take` gave it with the same layout, and it is given back once.
        unsafe {
            let guard = std::slice::from_raw_parts((at as *const u8).add(bytes), GUARD);
            assert!(guard.iter().all(|byte| *byte == POISON), "somebody wrote behind the end");
            dealloc(at as *mut u8, layout(bytes));
        }
    }

    fn write(&self, at: u64, bytes: &[u8]) -> Result<(), CudaError> {
        // SAFETY: the caller has so many bytes there.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), at as *mut u8, bytes.len()) };
        Ok(())
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> Result<(), CudaError> {
        // SAFETY: the caller has so many bytes there.
        unsafe { std::ptr::copy_nonoverlapping(at as *const u8, bytes.as_mut_ptr(), bytes.len()) };
        Ok(())
    }

    fn run(&self, launches: &[Launch], bases: Bases) -> Result<(), CudaError> {
        for launch in launches {
            match launch {
                Launch::Kernel(call) => self.kernel(call, bases)?,
                Launch::Product(product) => self.product(product, bases),
            }
        }
        Ok(())
    }

    fn record(&self, launches: &[Launch], bases: Bases) -> Result<Option<Box<dyn Recorded>>, CudaError> {
        let twin = Self { shim: self.shim, backward: self.backward, taken: Arc::clone(&self.taken) };
        Ok(Some(Box::new(Again { twin, launches: launches.to_vec(), bases })))
    }
}

struct Again {
    twin: Twin,
    launches: Vec<Launch>,
    bases: Bases,
}

impl Recorded for Again {
    fn run(&self) -> Result<(), CudaError> {
        self.twin.run(&self.launches, self.bases)
    }
}
