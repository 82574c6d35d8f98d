//! A GPU that runs launches: kernels through the driver, products through cuBLASLt, one stream, and the launches of a step
//! recorded as one graph.

use crate::CudaError;
use crate::find::Places;
use crate::kernels;
use crate::launch::{Arg, Call, Launch, Product};
use crate::library::{Compiler, Driver, Matrices};
use crate::machine::{Bases, Machine, Recorded};
use crate::products::{Products, WORKSPACE_BYTES};
use cudarc::driver::sys as cu;
use std::collections::BTreeMap;
use std::ffi::{CString, c_int, c_void};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The oldest architecture that multiplies numbers of eight bits.
const EIGHTHS_MIN: u32 = 89;
/// The oldest generation that has the numbers and products that the kernels use.
const GENERATION_MIN: c_int = 8;

/// A device with its kernels.
#[derive(Clone)]
pub struct Gpu {
    inner: Arc<Inner>,
}

/// What a device is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub name: String,
    /// Such as `sm_90a`.
    pub arch: String,
    pub driver: i32,
    pub compiler: String,
    pub matrices: usize,
    pub memory_bytes: u64,
    pub free_bytes: u64,
    pub libraries: Vec<String>,
}

struct Inner {
    about: About,
    kernels: BTreeMap<String, cu::CUfunction>,
    stream: cu::CUstream,
    context: cu::CUcontext,
    workspace: u64,
    /// One thread at a time tells the device something, so that nobody is in between the launches of a graph.
    products: Mutex<Products>,
    driver: Driver,
}

// SAFETY: the pointers are handles of the driver, which may be used from any thread in which the context is made current;
// `Inner::here` does that before every use. The products, which may not be shared, lie behind a lock.
unsafe impl Send for Inner {}
// SAFETY: as above.
unsafe impl Sync for Inner {}

impl Gpu {
    /// The first device. With `search`, every size of product is timed in several ways at its first use, and the fastest kept:
    /// then low bits may differ from one process to the next.
    pub fn open(places: &Places, search: bool) -> Result<Self, CudaError> {
        let driver = Driver::open(places)?;
        let compiler = Compiler::open(places)?;
        let matrices = Matrices::open(places)?;
        let device = first_device(&driver)?;
        let arch = arch(&driver, device)?;
        let (code, _) = compiler.compile(&kernels::source(), &arch, &[])?;
        let libraries =
            [&driver.path, &compiler.path, &matrices.path].map(|path| path.display().to_string()).to_vec();
        let mut about = About {
            name: name(&driver, device)?,
            arch,
            driver: 0,
            compiler: compiler.version(),
            matrices: 0,
            memory_bytes: 0,
            free_bytes: 0,
            libraries,
        };
        let (context, stream) = begin(&driver, device)?;
        about.driver = driver_version(&driver)?;
        (about.free_bytes, about.memory_bytes) = memory(&driver)?;
        let kernels = functions(&driver, &code)?;
        let workspace = take(&driver, WORKSPACE_BYTES)?;
        let products = Products::new(matrices, workspace, search)?;
        about.matrices = products.version();
        let products = Mutex::new(products);
        let inner = Inner { about, kernels, stream, context, workspace, products, driver };
        Ok(Self { inner: Arc::new(inner) })
    }

    #[must_use]
    pub fn about(&self) -> &About {
        &self.inner.about
    }

    /// Whether it multiplies numbers of eight bits.
    #[must_use]
    pub fn has_eighths(&self) -> bool {
        is_architecture(&self.inner.about.arch, EIGHTHS_MIN)
    }

    /// Bytes of its memory that nobody has, of this process or another.
    pub fn free_bytes(&self) -> Result<u64, CudaError> {
        let _own = self.inner.here()?;
        Ok(memory(&self.inner.driver)?.0)
    }

    /// Milliseconds that the device takes for what is told in between.
    pub fn time(&self, tell: &mut dyn FnMut() -> Result<(), CudaError>) -> Result<f32, CudaError> {
        let inner = &self.inner;
        let (begin, end) = (inner.event()?, inner.event()?);
        inner.mark(begin)?;
        let told = tell();
        inner.mark(end)?;
        let apart = inner.apart(begin, end);
        told?;
        apart
    }
}

impl Machine for Gpu {
    fn take(&self, bytes: usize) -> Result<u64, CudaError> {
        let _own = self.inner.here()?;
        take(&self.inner.driver, bytes)
    }

    fn give_back(&self, at: u64, _bytes: usize) {
        let Ok(_own) = self.inner.here() else { return };
        // SAFETY: `at` came from `take` and is given back once, by the owner that drops. Nothing more is told to use it,
        // and the driver waits for what was told before.
        unsafe { (self.inner.driver.give_back)(at) };
    }

    fn write(&self, at: u64, bytes: &[u8]) -> Result<(), CudaError> {
        let _own = self.inner.here()?;
        let driver = &self.inner.driver;
        // SAFETY: the owner of `at` has at least so many bytes there. From memory that is not pinned, the driver has read the
        // bytes when the call returns.
        let code = unsafe { (driver.write)(at, bytes.as_ptr().cast(), bytes.len(), self.inner.stream) };
        driver.check("cuMemcpyHtoDAsync", code)
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> Result<(), CudaError> {
        let _own = self.inner.here()?;
        let driver = &self.inner.driver;
        // SAFETY: the owner of `at` has at least so many bytes there, and `bytes` lives until the wait below is over.
        let code = unsafe { (driver.read)(bytes.as_mut_ptr().cast(), at, bytes.len(), self.inner.stream) };
        let told = driver.check("cuMemcpyDtoHAsync", code);
        self.inner.wait()?;
        told
    }

    fn run(&self, launches: &[Launch], bases: Bases) -> Result<(), CudaError> {
        let mut own = self.inner.here()?;
        self.inner.tell(launches, bases, &mut own)
    }

    fn record(&self, launches: &[Launch], bases: Bases) -> Result<Option<Box<dyn Recorded>>, CudaError> {
        let mut own = self.inner.here()?;
        let driver = &self.inner.driver;
        let alone = cu::CUstreamCaptureMode::CU_STREAM_CAPTURE_MODE_THREAD_LOCAL as u32;
        // SAFETY: the stream is ours, and nobody else tells it anything while `own` is held.
        let code = unsafe { (driver.record)(self.inner.stream, alone) };
        driver.check("cuStreamBeginCapture", code)?;
        let told = self.inner.tell(launches, bases, &mut own);
        let mut graph = std::ptr::null_mut();
        // SAFETY: the recording was begun above and has to end, whatever was told; `graph` lives through the call.
        let code = unsafe { (driver.record_end)(self.inner.stream, &raw mut graph) };
        let ended = told.and(driver.check("cuStreamEndCapture", code));
        let mut ready = std::ptr::null_mut();
        let made = ended.and_then(|()| {
            // SAFETY: the graph was made above; `ready` lives through the call.
            let code = unsafe { (driver.graph)(&raw mut ready, graph, 0) };
            driver.check("cuGraphInstantiateWithFlags", code)
        });
        if !graph.is_null() {
            // SAFETY: what is ready holds all that it needs of the graph, and nobody uses the graph after this.
            unsafe { (driver.graph_end)(graph) };
        }
        made?;
        Ok(Some(Box::new(Graph { ready, inner: Arc::clone(&self.inner) })))
    }
}

/// The launches of a step.
struct Graph {
    ready: cu::CUgraphExec,
    inner: Arc<Inner>,
}

// SAFETY: a handle of the driver, used only while the lock of the device is held.
unsafe impl Send for Graph {}
// SAFETY: as above.
unsafe impl Sync for Graph {}

impl Recorded for Graph {
    fn run(&self) -> Result<(), CudaError> {
        let _own = self.inner.here()?;
        // SAFETY: the graph was made by `record` and lives as long as this.
        let code = unsafe { (self.inner.driver.graph_run)(self.ready, self.inner.stream) };
        self.inner.driver.check("cuGraphLaunch", code)
    }
}

impl Drop for Graph {
    fn drop(&mut self) {
        let Ok(_own) = self.inner.here() else { return };
        // SAFETY: made by `record`, and dropped once. The driver waits for a run that is under way.
        unsafe { (self.inner.driver.graph_run_end)(self.ready) };
    }
}

impl Inner {
    /// The device for this thread alone, with its context.
    fn here(&self) -> Result<MutexGuard<'_, Products>, CudaError> {
        let own = self.products.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: the context lives as long as this.
        let code = unsafe { (self.driver.context_here)(self.context) };
        self.driver.check("cuCtxSetCurrent", code)?;
        Ok(own)
    }

    fn tell(&self, launches: &[Launch], bases: Bases, products: &mut Products) -> Result<(), CudaError> {
        for launch in launches {
            match launch {
                Launch::Kernel(call) => self.kernel(call, bases)?,
                Launch::Product(product) => self.product(product, bases, products)?,
            }
        }
        Ok(())
    }

    fn product(&self, product: &Product, bases: Bases, products: &mut Products) -> Result<(), CudaError> {
        let timer = |tell: &mut dyn FnMut() -> Result<(), CudaError>| {
            let (begin, end) = (self.event()?, self.event()?);
            self.mark_here(begin)?;
            let told = tell();
            self.mark_here(end)?;
            let apart = self.apart(begin, end);
            told?;
            apart
        };
        products.multiply(product, bases, self.stream, &timer)
    }

    fn kernel(&self, call: &Call, bases: Bases) -> Result<(), CudaError> {
        let function =
            self.kernels.get(call.name).ok_or_else(|| CudaError::Kernel { name: call.name.to_owned() })?;
        let mut values: Vec<u64> = call.args.iter().map(|arg| bits(*arg, bases)).collect();
        let mut args: Vec<*mut c_void> = values.iter_mut().map(|value| (&raw mut *value).cast()).collect();
        let [x, y, z] = call.blocks;
        // SAFETY: the kernel is one of this module; `lower` gives it as many arguments as it has, of its types, which
        // `tests/twin.rs` runs and `tests/lowering.rs` counts; each value has eight bytes and the lowest are read first. All
        // places lie within memory of the plan that is run.
        let code = unsafe {
            let none = std::ptr::null_mut();
            let (threads, shared) = (call.threads, call.shared_bytes);
            (self.driver.launch)(
                *function,
                x,
                y,
                z,
                threads,
                1,
                1,
                shared,
                self.stream,
                args.as_mut_ptr(),
                none,
            )
        };
        self.driver.check(call.name, code)
    }

    fn wait(&self) -> Result<(), CudaError> {
        // SAFETY: the stream lives as long as this.
        let code = unsafe { (self.driver.stream_wait)(self.stream) };
        self.driver.check("cuStreamSynchronize", code)
    }

    fn event(&self) -> Result<cu::CUevent, CudaError> {
        let mut event = std::ptr::null_mut();
        // SAFETY: `event` lives through the call.
        let code = unsafe { (self.driver.event)(&raw mut event, 0) };
        self.driver.check("cuEventCreate", code)?;
        Ok(event)
    }

    fn mark(&self, event: cu::CUevent) -> Result<(), CudaError> {
        let _own = self.here()?;
        self.mark_here(event)
    }

    fn mark_here(&self, event: cu::CUevent) -> Result<(), CudaError> {
        // SAFETY: the event was made by `event` and is not yet ended.
        let code = unsafe { (self.driver.event_here)(event, self.stream) };
        self.driver.check("cuEventRecord", code)
    }

    /// Milliseconds between two marks, which are gone after it.
    fn apart(&self, begin: cu::CUevent, end: cu::CUevent) -> Result<f32, CudaError> {
        let mut apart = 0.0;
        // SAFETY: both were made by `event` and are ended here; `apart` lives through the call.
        let (waited, told) = unsafe {
            let waited = (self.driver.event_wait)(end);
            let told = (self.driver.event_apart)(&raw mut apart, begin, end);
            (self.driver.event_end)(begin);
            (self.driver.event_end)(end);
            (waited, told)
        };
        self.driver.check("cuEventSynchronize", waited)?;
        self.driver.check("cuEventElapsedTime", told)?;
        Ok(apart)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // The context stays as long as the process: the library for matrices goes after this, and wants it.
        // SAFETY: nobody else has any of these any more; a device that is lost answers with an error, which nobody needs.
        unsafe {
            (self.driver.context_here)(self.context);
            (self.driver.stream_wait)(self.stream);
            (self.driver.give_back)(self.workspace);
            (self.driver.stream_end)(self.stream);
        }
    }
}

/// An argument as the driver reads it: the lowest bytes first, as many as its type has.
#[must_use]
pub fn bits(arg: Arg, bases: Bases) -> u64 {
    match arg {
        Arg::At(place) => bases.of(place),
        Arg::None => 0,
        Arg::Long(value) => value,
        Arg::Int(value) => u64::from(value),
        Arg::Float(value) => u64::from(value.to_bits()),
    }
}

/// Whether `sm_90a` and the like is this architecture or a later one.
fn is_architecture(arch: &str, least: u32) -> bool {
    let digits = arch.trim_start_matches("sm_").trim_end_matches(char::is_alphabetic);
    digits.parse::<u32>().is_ok_and(|number| number >= least)
}

fn first_device(driver: &Driver) -> Result<cu::CUdevice, CudaError> {
    // SAFETY: a call without pointers.
    let code = unsafe { (driver.init)(0) };
    driver.check("cuInit", code)?;
    let (mut count, mut device) = (0, 0);
    // SAFETY: `count` lives through the call.
    let code = unsafe { (driver.device_count)(&raw mut count) };
    driver.check("cuDeviceGetCount", code)?;
    if count == 0 {
        let looked_for = format!("{} knows of none", driver.path.display());
        return Err(CudaError::Missing { what: "device", looked_for });
    }
    // SAFETY: `device` lives through the call.
    let code = unsafe { (driver.device)(&raw mut device, 0) };
    driver.check("cuDeviceGet", code)?;
    Ok(device)
}

fn arch(driver: &Driver, device: cu::CUdevice) -> Result<String, CudaError> {
    use cu::CUdevice_attribute as Attribute;
    let attribute = |which: Attribute| {
        let mut value = 0;
        // SAFETY: `value` lives through the call.
        let code = unsafe { (driver.device_attribute)(&raw mut value, which as c_int, device) };
        driver.check("cuDeviceGetAttribute", code).map(|()| value)
    };
    let major = attribute(Attribute::CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)?;
    let minor = attribute(Attribute::CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR)?;
    if major < GENERATION_MIN {
        let looked_for = format!("the first is of generation {major}.{minor}, wanted is {GENERATION_MIN}.0");
        return Err(CudaError::Missing { what: "device that is new enough", looked_for });
    }
    // From the ninth on, a letter opens what only this generation has.
    Ok(format!("sm_{major}{minor}{}", if major >= 9 { "a" } else { "" }))
}

fn name(driver: &Driver, device: cu::CUdevice) -> Result<String, CudaError> {
    let mut bytes = [0_u8; 256];
    // SAFETY: the call writes at most as many bytes as there are, a zero included.
    let code = unsafe { (driver.device_name)(bytes.as_mut_ptr().cast(), bytes.len() as c_int, device) };
    driver.check("cuDeviceGetName", code)?;
    Ok(String::from_utf8_lossy(&bytes).split('\0').next().unwrap_or_default().to_owned())
}

fn begin(driver: &Driver, device: cu::CUdevice) -> Result<(cu::CUcontext, cu::CUstream), CudaError> {
    let (mut context, mut stream) = (std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: `context` lives through the call.
    let code = unsafe { (driver.context)(&raw mut context, device) };
    driver.check("cuDevicePrimaryCtxRetain", code)?;
    // SAFETY: the context was made above.
    let code = unsafe { (driver.context_here)(context) };
    driver.check("cuCtxSetCurrent", code)?;
    // Of its own: what others do on this device does not wait for it.
    let alone = cu::CUstream_flags::CU_STREAM_NON_BLOCKING as u32;
    // SAFETY: `stream` lives through the call.
    let code = unsafe { (driver.stream)(&raw mut stream, alone) };
    driver.check("cuStreamCreate", code)?;
    Ok((context, stream))
}

fn driver_version(driver: &Driver) -> Result<i32, CudaError> {
    let mut version = 0;
    // SAFETY: `version` lives through the call.
    let code = unsafe { (driver.version)(&raw mut version) };
    driver.check("cuDriverGetVersion", code)?;
    Ok(version)
}

/// Free bytes, and all.
fn memory(driver: &Driver) -> Result<(u64, u64), CudaError> {
    let (mut free, mut total) = (0, 0);
    // SAFETY: both live through the call.
    let code = unsafe { (driver.memory_free)(&raw mut free, &raw mut total) };
    driver.check("cuMemGetInfo", code)?;
    Ok((free as u64, total as u64))
}

fn take(driver: &Driver, bytes: usize) -> Result<u64, CudaError> {
    let mut at = 0;
    // SAFETY: `at` lives through the call.
    let code = unsafe { (driver.take)(&raw mut at, bytes) };
    if code == cu::CUresult::CUDA_ERROR_OUT_OF_MEMORY as c_int {
        return Err(CudaError::Memory { bytes, free: memory(driver).map_or(0, |(free, _)| free as usize) });
    }
    driver.check("cuMemAlloc", code)?;
    Ok(at)
}

fn functions(driver: &Driver, code: &[u8]) -> Result<BTreeMap<String, cu::CUfunction>, CudaError> {
    let mut module = std::ptr::null_mut();
    // SAFETY: the compiler's own code, which says how long it is; the driver copies it.
    let loaded = unsafe { (driver.module)(&raw mut module, code.as_ptr().cast()) };
    driver.check("cuModuleLoadData", loaded)?;
    let mut all = BTreeMap::new();
    for name in kernels::names() {
        let text = CString::new(name.as_str()).map_err(|_| CudaError::Kernel { name: name.clone() })?;
        let mut function = std::ptr::null_mut();
        // SAFETY: the module was made above and is never unloaded; the name ends with a zero.
        let found = unsafe { (driver.function)(&raw mut function, module, text.as_ptr()) };
        driver.check("cuModuleGetFunction", found)?;
        all.insert(name, function);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn architectures_are_read() {
        let has = |arch: &str| is_architecture(arch, EIGHTHS_MIN);
        assert!(has("sm_89") && has("sm_90a") && has("sm_100a") && has("sm_120a"));
        assert!(!has("sm_80") && !has("sm_86") && !has("") && !has("sm_"));
    }
}
